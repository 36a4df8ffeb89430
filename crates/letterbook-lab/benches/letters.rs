//! Letters a second: the letters of `corpora/letters`, read whole on one core.
//!
//! `cargo bench -p letterbook-lab --bench letters`; `cargo xtask instructions` counts the same work
//! in instructions, which do not depend on what else the machine is doing.

use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use letterbook::source::Source;
use letterbook::{Options, read_text};

fn main() {
    divan::main();
}

fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora/letters");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the corpus is there")
        .map(|entry| entry.expect("a folder that can be read").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).expect("a letter that can be read");
        Source::decode(&bytes).expect("a letter that is text").text().to_owned()
    };
    paths.iter().map(read).collect()
}

#[divan::bench]
fn the_letters_of_the_corpus(bencher: Bencher) {
    let texts = texts();
    let options = Options::default();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(ItemsCount::new(texts.len())).counter(BytesCount::new(bytes)).bench(|| {
        texts
            .iter()
            .map(|text| read_text(divan::black_box(text), &options).zones.len())
            .sum::<usize>()
    });
}
