//! Files a second, format by format: the same letter as each program wrote it.
//!
//! `cargo bench -p letterbook-files`. PDF and pictures are left out: they measure other programs.

#![expect(clippy::disallowed_methods, reason = "benches read the files of the corpus")]

use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use letterbook_files::{Limits, read_file};

const FILES: [&str; 14] = [
    "letter.md",
    "html/pandoc.html",
    "html/libreoffice.html",
    "docx/pandoc.docx",
    "docx/libreoffice.docx",
    "odt/pandoc.odt",
    "odt/libreoffice.fodt",
    "rtf/pandoc.rtf",
    "tei/pandoc.tei",
    "mail/plain.eml",
    "mail/attached.eml",
    "outlook/plain.msg",
    "alto/tesseract.xml",
    "archive/letters.zip",
];

fn main() {
    divan::main();
}

#[divan::bench(args = FILES)]
fn read(bencher: Bencher<'_, '_>, file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora/files").join(file);
    let bytes = std::fs::read(&path).expect("the corpus is there");
    bencher
        .counter(ItemsCount::new(1usize))
        .bench(|| read_file(file, divan::black_box(&bytes), Limits::default()));
}
