//! Every text of the corpora in both line ends and both Unicode forms: the same letters.

use std::path::{Path, PathBuf};

use letterbook_files::{Limits, read_file};
use unicode_normalization::UnicodeNormalization;

use crate::corpora;

/// The files below a folder of the corpora.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the corpus is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The letters of a file, with line ends and Unicode form made alike.
fn letters(name: &str, text: &str) -> Vec<(String, String)> {
    let contents = read_file(name, text.as_bytes(), Limits::default());
    let alike = |text: &str| text.replace('\r', "").nfc().collect::<String>();
    contents.documents.iter().map(|d| (d.part.nfc().collect(), alike(&d.text))).collect()
}

#[test]
fn line_ends_and_unicode_forms_change_no_letter() {
    let mut seen = 0;
    for folder in ["files", "malformed", "letters"] {
        for path in files(&corpora().join(folder)) {
            let name = path.display().to_string();
            // lone line ends are what this one is about
            if name.contains("mixed-line-ends") {
                continue;
            }
            let Ok(text) = String::from_utf8(std::fs::read(&path).expect("readable")) else {
                continue;
            };
            // UTF-16 and containers that count their bytes may be valid UTF-8 too
            if text.starts_with("%PDF-") || text.contains('\0') {
                continue;
            }
            let lf = text.replace("\r\n", "\n");
            let expected = letters(&name, &lf);
            assert_eq!(letters(&name, &lf.replace('\n', "\r\n")), expected, "{name}: CRLF");
            let nfc: String = lf.nfc().collect();
            assert_eq!(letters(&name, &nfc), expected, "{name}: NFC");
            let nfd: String = lf.nfd().collect();
            assert_eq!(letters(&name, &nfd), expected, "{name}: NFD");
            seen += usize::from(!expected.is_empty());
        }
    }
    assert!(seen > 80, "expected the corpora, but found {seen} texts");
}

#[test]
fn hostile_files_end_in_letters_or_in_failures_that_say_what_to_do() {
    let mut seen = 0;
    for path in files(&corpora().join("malformed")) {
        let name = path.display().to_string();
        let bytes = std::fs::read(&path).expect("readable");
        let contents = read_file(&name, &bytes, Limits::default());
        assert!(contents.documents.len() + contents.failures.len() > 0, "{name}");
        for failure in &contents.failures {
            assert!(failure.message.starts_with("expected "), "{name}: {failure}");
            assert!(!failure.hint.is_empty(), "{name}: {failure}");
        }
        let most = contents.documents.iter().map(|d| d.text.len()).max().unwrap_or(0);
        // a few kilobytes on the disk never become a page of megabytes
        assert!(most <= bytes.len().max(1 << 16), "{name}: {most} bytes of text");
        seen += 1;
    }
    assert!(seen > 55, "expected the corpus, but found {seen} files");
}

#[test]
fn members_that_climb_out_or_stand_at_the_root_are_read_under_their_names() {
    for (name, members) in [("letters.zip", 3), ("letters.tar", 2)] {
        let path = corpora().join("malformed/path-traversal").join(name);
        let bytes = std::fs::read(path).expect("the corpus is there");
        let contents = read_file(name, &bytes, Limits::default());
        assert_eq!(contents.documents.len(), members, "{name}");
        assert!(contents.documents[0].part.starts_with("../"), "{}", contents.documents[0].part);
    }
}
