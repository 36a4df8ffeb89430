//! Which files are read: those that are named, and those in folders that look like letters.
//!
//! In a folder: plain text (`.txt`, `.text`, no extension) and JSON lines (`.jsonl`), in the
//! order of their names, folder after folder. Hidden files and the `*.expected.json` beside test
//! letters are passed over without a word; every other file is passed over and named. A file
//! that is named outright is always tried. Folders behind symbolic links are not entered. Does
//! not open a file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::request::Problem;

/// What `letterbook read` was pointed at, piece by piece.
#[derive(Debug)]
pub(crate) enum Item {
    /// Standard input.
    Stdin,
    /// A file, and its size in bytes where known.
    File(PathBuf, u64),
    /// Something that cannot be read, and why.
    Unreadable(String, Problem),
}

/// The files to read, and those that were passed over.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order in which they are read.
    pub items: Vec<Item>,
    /// Files in folders whose kind is not read.
    pub skipped: Vec<PathBuf>,
}

/// How a path is shown and used as an identifier: with `/` on every system.
pub(crate) fn name(path: &Path) -> String {
    let name = path.to_string_lossy().into_owned();
    if std::path::MAIN_SEPARATOR == '/' { name } else { name.replace('\\', "/") }
}

/// Whether a file holds JSON lines, by its name.
pub(crate) fn is_jsonl(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl"))
}

/// Looks for letters at `paths`; `-` is standard input, and `except` is never read.
pub(crate) fn find(paths: &[PathBuf], except: Option<&Path>) -> Found {
    let except = except.and_then(|path| path.canonicalize().ok());
    let mut found = Found::default();
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
                    let cause = e.io_error().map_or_else(|| e.to_string(), ToString::to_string);
                    let message =
                        format!("expected a folder that can be opened, but found: {cause}");
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
        // a link to a file counts as the file
        let Some(metadata) = path.metadata().ok().filter(|m| m.is_file() && is_read(path)) else {
            self.skipped.push(entry.into_path());
            return;
        };
        let is_output = except.is_some_and(|e| path.canonicalize().is_ok_and(|p| p == e));
        if !is_output {
            self.items.push(Item::File(entry.into_path(), metadata.len()));
        }
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_expectation(name: &OsStr) -> bool {
    name.as_encoded_bytes().ends_with(b".expected.json")
}

fn is_read(path: &Path) -> bool {
    let plain = |e: &OsStr| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("text");
    path.extension().is_none_or(plain) || is_jsonl(path)
}
