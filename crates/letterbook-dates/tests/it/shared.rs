//! The tables that are shared with the project but not part of it.

use std::path::{Path, PathBuf};

/// The rows of a table below `dates/`, without its header; none when the tables are not there.
///
/// Says so when they are not, so that a run without them is not taken for a pass.
#[expect(clippy::print_stderr, reason = "a skipped table must be seen")]
#[expect(clippy::disallowed_methods, reason = "the tables are files outside the crate")]
pub(crate) fn rows(table: &str) -> Option<Vec<Vec<String>>> {
    let path = directories()
        .into_iter()
        .map(|dir| dir.join("dates").join(table))
        .find(|path| path.is_file());
    let Some(path) = path else {
        eprintln!("skipped: ../shared/dates/{table} is not there");
        return None;
    };
    let text = std::fs::read_to_string(&path).expect("a table that is there can be read");
    let rows: Vec<Vec<String>> = text
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect();
    assert!(!rows.is_empty(), "{} has no rows", path.display());
    Some(rows)
}

fn directories() -> Vec<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let named = std::env::var_os("LETTERBOOK_SHARED").map(PathBuf::from);
    named.into_iter().chain([workspace.join("../shared"), workspace.join("../../shared")]).collect()
}
