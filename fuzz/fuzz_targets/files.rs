//! Files: any bytes under any name are documents or failures, and every character of a document
//! leads back into the file.
//!
//! The first byte picks the ending of the name; the bytes after it are the file, as they are and
//! behind the first bytes of a real one of that kind.

#![no_main]

use letterbook_files::{Limits, read_file};
use libfuzzer_sys::fuzz_target;

/// An ending, and how files of that kind begin.
const KINDS: [(&str, &[u8]); 14] = [
    ("txt", b""),
    ("md", b"# "),
    ("html", b"<!doctype html><html><body><p>"),
    ("eml", b"Message-ID: <1@b.example>\nFrom: a@b.example\nTo: c@d.example\nDate: Tue, 4 May 2010 10:00:00 +0000\n"),
    ("mbox", b"From a@b.example Tue May  4 10:00:00 2010\nFrom: a@b.example\n"),
    ("rtf", b"{\\rtf1\\ansi "),
    ("xml", b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body>"),
    ("xml", b"<alto><Layout><Page>"),
    ("xml", b"<PcGts><Page>"),
    ("html", b"<html><body><div class='ocr_page'>"),
    ("fodt", b"<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>"),
    ("zip", b"PK\x03\x04"),
    ("jsonl", b"{\"text\": \""),
    ("msg", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
];

fuzz_target!(|data: &[u8]| {
    let Some((&first, rest)) = data.split_first() else { return };
    let (ending, head) = KINDS[usize::from(first) % KINDS.len()];
    let name = format!("letter.{ending}");
    let limits = Limits { file_bytes: 1 << 20, unpacked_bytes: 1 << 22, ..Limits::default() };
    for bytes in [rest.to_vec(), [head, rest].concat()] {
        let contents = read_file(&name, &bytes, limits);
        for document in &contents.documents {
            assert!((0.0..=1.0).contains(&document.boundary.confidence), "{:?}", document.boundary);
            for stated in document.stated.iter().filter_map(|s| s.span) {
                assert!(document.text.get(stated.start..stated.end).is_some(), "{stated:?}");
            }
        }
        for failure in &contents.failures {
            assert!(!failure.message.is_empty() && !failure.hint.is_empty(), "{failure:?}");
        }
    }
});
