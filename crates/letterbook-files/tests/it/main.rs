//! The files of `corpora/files`, each made by a real program, and hostile ones.
//!
//! All were made from one letter of `corpora/letters`; whatever the format, the same words must
//! come out in the same order. Spaces and line ends may differ, as pages do.
#![allow(clippy::print_stderr, reason = "tests say what they skip")]
#![expect(clippy::disallowed_methods, reason = "tests read the files of the corpus")]

mod doubles;
mod hostile;
mod same;

use std::path::{Path, PathBuf};

use letterbook_files::{Contents, Limits, read_file};

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora")
}

fn bytes(path: &str) -> Vec<u8> {
    let path = corpora().join(path);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn contents(path: &str) -> Contents {
    read_file(path, &bytes(&format!("files/{path}")), Limits::default())
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of the letter that all files were made from.
fn letter() -> String {
    let page = bytes("letters/en-official-harbour-board.txt");
    folded(std::str::from_utf8(&page).expect("the page is UTF-8"))
}
