//! Which files are read: those that are named, and those in folders that look like letters.
//!
//! In a folder: all kinds that `letterbook-files` reads or refuses with a way out, and files
//! without an ending, in the order of their names, folder after folder. A Maildir (a folder with
//! `cur`, `new` and `tmp`) is its messages, whatever their names end with; what is being delivered
//! in `tmp` is not read. Hidden files and the `*.expected.json` beside test letters are passed over
//! without a word; a README, which tells of the letters and is none, and every other file is passed
//! over and named. A file that is named outright is always tried. Folders behind symbolic links are not entered. Does not open a file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use letterbook_archive::cause;
use letterbook_files::format::{EXTENSIONS, PICTURES, REFUSED};
use walkdir::{DirEntry, WalkDir};

use crate::request::Problem;

/// What `letterbook read` was pointed at, piece by piece.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    /// Standard input.
    Stdin,
    /// A file, and its size in bytes where known.
    File(PathBuf, u64),
    /// Something that cannot be read, and why.
    Unreadable(String, Problem),
}

impl Item {
    /// What it is called.
    pub(crate) fn name(&self) -> String {
        match self {
            Item::Stdin => "-".to_owned(),
            Item::File(path, _) => name(path),
            Item::Unreadable(name, _) => name.clone(),
        }
    }
}

/// The files to read, and those that were passed over.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order in which they are read.
    pub items: Vec<Item>,
    /// Files in folders whose kind is not read.
    pub skipped: Vec<PathBuf>,
    /// Whether pictures in folders are read.
    pub with_pictures: bool,
}

/// How a path is shown and used as an identifier: with `/` on every system.
pub(crate) fn name(path: &Path) -> String {
    let name = path.to_string_lossy().into_owned();
    if std::path::MAIN_SEPARATOR == '/' { name } else { name.replace('\\', "/") }
}

/// Whether a file holds JSON lines, by its name.
pub(crate) fn is_jsonl(path: &Path) -> bool {
    extension(path).is_some_and(|e| matches!(&*e, "jsonl" | "ndjson"))
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_string_lossy().to_ascii_lowercase())
}

/// Looks for letters at `paths`; `-` is standard input, and `except` is never read.
/// Pictures are taken from folders only `with_pictures`.
pub(crate) fn find(paths: &[PathBuf], except: Option<&Path>, with_pictures: bool) -> Found {
    let except = except.and_then(|path| path.canonicalize().ok());
    let mut found = Found { with_pictures, ..Found::default() };
    for path in paths {
        if path.as_os_str() == "-" {
            found.items.push(Item::Stdin);
        } else if path.is_dir() {
            found.walk(path, except.as_deref());
        } else {
            let size = path.metadata().map_or(0, |m| m.len());
            found.items.push(Item::File(path.clone(), size));
        }
    }
    found
}

impl Found {
    fn walk(&mut self, folder: &Path, except: Option<&Path>) {
        let before = self.items.len() + self.skipped.len();
        let entries = WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|e| e.depth() == 0 || !is_hidden(e.file_name()));
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(entry, except),
                Err(e) => {
                    let at = e.path().map_or_else(|| name(folder), name);
                    let cause = e.io_error().map_or_else(|| e.to_string(), cause);
                    let message =
                        format!("expected a folder that can be opened, but found {cause}");
                    let hint = "check its permissions, or name the files themselves";
                    self.items.push(Item::Unreadable(
                        at,
                        Problem::new("unreadable-folder", message, hint),
                    ));
                }
            }
        }
        if self.items.len() + self.skipped.len() == before {
            let message = "expected letters in the folder, but found no file";
            let problem = Problem::new("empty-folder", message, "check the path");
            self.items.push(Item::Unreadable(name(folder), problem));
        }
    }

    fn entry(&mut self, entry: DirEntry, except: Option<&Path>) {
        let path = entry.path();
        if entry.file_type().is_dir() || is_expectation(entry.file_name()) {
            return;
        }
        let is_letter = match mailbox_folder(path) {
            Some("tmp") => return,
            Some(_) => true,
            None => self.is_read(path),
        };
        // a link to a file counts as the file
        let metadata = match path.metadata() {
            Ok(metadata) if metadata.is_file() && is_letter => metadata,
            Err(_) if is_letter && entry.path_is_symlink() => {
                self.items.push(Item::Unreadable(name(path), dangling(path)));
                return;
            }
            _ => {
                self.skipped.push(entry.into_path());
                return;
            }
        };
        let is_output = except.is_some_and(|e| path.canonicalize().is_ok_and(|p| p == e));
        if !is_output {
            self.items.push(Item::File(entry.into_path(), metadata.len()));
        }
    }

    fn is_read(&self, path: &Path) -> bool {
        if path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme")) {
            return false;
        }
        let Some(extension) = extension(path) else { return true };
        let extension = extension.as_str();
        EXTENSIONS.contains(&extension)
            || REFUSED.contains(&extension)
            || (self.with_pictures && PICTURES.contains(&extension))
    }
}

/// The problem of a link to a file that is not there.
fn dangling(link: &Path) -> Problem {
    let to = std::fs::read_link(link).map_or_else(|_| "nothing".to_owned(), |to| name(&to));
    let message = format!("expected a file behind the link, but found none: it points to {to}");
    Problem::new("dangling-link", message, "mend the link, or take it out of the folder")
}

/// The names of the files that were passed over, `most` of them; none where there are none.
pub(crate) fn passed_over(skipped: &[PathBuf], most: usize) -> Option<String> {
    if skipped.is_empty() {
        return None;
    }
    let names: Vec<String> = skipped.iter().take(most).map(|path| name(path)).collect();
    let more = match skipped.len().saturating_sub(most) {
        0 => String::new(),
        n => format!(" and {n} more; --verbose names all"),
    };
    Some(format!("passed over, being of no kind that is read: {}{more}", names.join(", ")))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_expectation(name: &OsStr) -> bool {
    name.as_encoded_bytes().ends_with(b".expected.json")
}

/// The folder of a Maildir in which a file lies: `cur`, `new` or `tmp`.
fn mailbox_folder(path: &Path) -> Option<&'static str> {
    let folder = path.parent()?;
    let name = ["cur", "new", "tmp"].into_iter().find(|n| folder.ends_with(n))?;
    let mailbox = folder.parent()?;
    ["cur", "new", "tmp"].iter().all(|n| mailbox.join(n).is_dir()).then_some(name)
}
