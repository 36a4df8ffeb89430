//! The walls of the house, held against ARCHITECTURE.md.
//!
//! ARCHITECTURE.md has a table of crates and, for each crate, a table of modules; the second column
//! lists what each may use. Every other edge is a failure. Also: each source file opens with a
//! module head, each table with its source and licence, and no note is left without its issue.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::modules;

/// For each row of a table, what its module or crate may use.
type Walls = BTreeMap<String, Vec<String>>;

/// Checks the whole tree and lists every fault.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let page = read(&root.join("ARCHITECTURE.md"))?;
    let mut faults = Vec::new();
    let crates = table(&page, "### Crates")?;
    for name in crates.keys() {
        check_manifest(root, name, &crates, &mut faults)?;
    }
    for folder in list(&root.join("crates"))? {
        let name = file_name(&folder);
        if !crates.contains_key(&name) {
            faults.push(format!("ARCHITECTURE.md: expected a row for the crate `{name}`"));
        }
        check_crate(root, &page, &name, &mut faults)?;
    }
    check_files(root, &root.join("xtask/src"), &mut faults)?;
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("{} faults\n{}", faults.len(), faults.join("\n")))
    }
}

fn check_crate(
    root: &Path,
    page: &str,
    name: &str,
    faults: &mut Vec<String>,
) -> Result<(), String> {
    let folder = root.join("crates").join(name);
    let src = folder.join("src");
    let walls = table(page, &format!("### Modules of `{name}`"))?;
    check_files(root, &src, faults)?;
    for file in walk(&src)? {
        if file.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let relative = file.strip_prefix(&src).unwrap_or(&file);
        let own = modules::of_file(relative);
        if own.is_empty() {
            continue; // the root of a crate may use all of its modules
        }
        let Some(row) = row_of(&walls, &own) else {
            faults.push(format!(
                "{}: expected a row for `{}` in ARCHITECTURE.md, modules of `{name}`",
                shown(root, &file),
                own.join("::")
            ));
            continue;
        };
        for path in modules::used(&read(&file)?, &own) {
            let Some(target) = row_of(&walls, &path) else { continue };
            let allowed = &walls[row];
            let is_allowed = target == row
                || allowed.iter().any(|a| a == target || target.starts_with(&format!("{a}::")));
            if !is_allowed {
                faults.push(format!(
                    "{}: expected `{row}` to use only {}, but found `{}`",
                    shown(root, &file),
                    if allowed.is_empty() { "no other module".into() } else { allowed.join(", ") },
                    path.join("::")
                ));
            }
        }
    }
    for table in walk(&folder.join("tables")).unwrap_or_default() {
        let text = fs::read(&table).map_err(|e| format!("{}: {e}", table.display()))?;
        let head: String = String::from_utf8_lossy(&text[..text.len().min(2000)])
            .lines()
            .take_while(|l| l.starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n")
            .to_lowercase();
        let is_text = table.extension().is_some_and(|e| e == "tsv" || e == "txt");
        if is_text && !(head.contains("source") && head.contains("licence")) {
            faults.push(format!(
                "{}: expected a header that names source and licence, lines beginning with #",
                shown(root, &table)
            ));
        }
    }
    Ok(())
}

/// The row for a module path: the longest that it begins with.
fn row_of<'w>(walls: &'w Walls, path: &[String]) -> Option<&'w str> {
    (1..=path.len())
        .rev()
        .find_map(|n| walls.get_key_value(&path[..n].join("::")).map(|(name, _)| name.as_str()))
}

/// Cargo holds the edges between crates; this holds Cargo's files against the page.
fn check_manifest(
    root: &Path,
    name: &str,
    crates: &Walls,
    faults: &mut Vec<String>,
) -> Result<(), String> {
    let manifest = root.join("crates").join(name).join("Cargo.toml");
    let mut section = String::new();
    for line in read(&manifest)?.lines() {
        if line.starts_with('[') {
            section = line.to_owned();
        } else if section == "[dependencies]" && line.starts_with("letterbook") {
            let to = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if !crates[name].iter().any(|a| a == to) {
                faults.push(format!(
                    "{}: expected `{name}` to use only [{}], but found `{to}`",
                    shown(root, &manifest),
                    crates[name].join(", ")
                ));
            }
        }
    }
    Ok(())
}

fn check_files(root: &Path, src: &Path, faults: &mut Vec<String>) -> Result<(), String> {
    for file in walk(src)? {
        if file.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let text = read(&file)?;
        let is_test = file.file_name().is_some_and(|n| n == "tests.rs");
        if !text.starts_with("//!") && !is_test {
            faults.push(format!("{}: expected a module head (//!)", shown(root, &file)));
        }
        for (i, line) in text.lines().enumerate() {
            // the two words are split so that this file does not find itself
            let is_note = line.contains(concat!("TO", "DO")) || line.contains(concat!("FIX", "ME"));
            if is_note && !line.contains('#') {
                faults.push(format!(
                    "{}:{}: expected an issue's number beside the note",
                    shown(root, &file),
                    i + 1
                ));
            }
        }
    }
    Ok(())
}

/// The table below `heading`: first column to the backticked names of the second.
fn table(page: &str, heading: &str) -> Result<Walls, String> {
    let start = page
        .find(&format!("{heading}\n"))
        .ok_or_else(|| format!("ARCHITECTURE.md: expected the heading `{heading}`"))?;
    let walls: Walls = page[start..]
        .lines()
        .skip(1)
        .take_while(|l| !l.starts_with('#'))
        .filter(|l| l.starts_with("| `"))
        .map(|l| {
            let mut cells = l.trim_matches('|').split('|');
            let name = quoted(cells.next().unwrap_or_default()).concat();
            (name, quoted(cells.next().unwrap_or_default()))
        })
        .collect();
    if walls.is_empty() { Err(format!("{heading}: expected a table below it")) } else { Ok(walls) }
}

fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    Ok(paths)
}

fn walk(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in list(folder)? {
        if path.is_dir() {
            files.extend(walk(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "### Crates\n\n| crate | may use |\n|---|---|\n| `a` | |\n| `b` | `a` |\n\n### Next\n| `c` | |\n";

    #[test]
    fn a_table_ends_at_the_next_heading() {
        let walls = table(PAGE, "### Crates").unwrap();
        assert_eq!(walls.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(walls["b"], ["a"]);
        assert!(walls["a"].is_empty());
    }

    #[test]
    fn a_missing_table_is_a_fault_that_names_it() {
        let fault = table(PAGE, "### Modules of `x`").unwrap_err();
        assert_eq!(fault, "ARCHITECTURE.md: expected the heading `### Modules of `x``");
    }

    #[test]
    fn the_tree_is_tidy() {
        run(&crate::root()).unwrap();
    }
}
