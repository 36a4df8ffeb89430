//! Letters a second, read whole on one core: those of `corpora/letters`, which have 0.9 KB each, and
//! letters of some 2 KB from the shared gold letters, where they are. They are read many at a time, as
//! the program reads them; one figure is of the same letters one by one.
//!
//! `cargo bench -p letterbook-lab --bench letters`; `cargo xtask instructions` counts the work on the
//! letters of the corpus in instructions, which do not depend on what else the machine is doing.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use letterbook::source::Source;
use letterbook::zone::Markup;
use letterbook::{Given, Options, read_many};
use serde_json::Value;

/// Bytes of a letter of some 2 KB.
const COMMON: RangeInclusive<usize> = 1_700..=2_900;
/// So many of them are taken from each edition, for all to have a say.
const EACH: usize = 8;

fn main() {
    divan::main();
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of a folder with that ending, those in folders of it too, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder that is there");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("a folder that can be read").path()).collect();
    paths.sort();
    let below = |path: PathBuf| match path.is_dir() {
        true => files(&path, ending),
        false => vec![path],
    };
    paths
        .into_iter()
        .flat_map(below)
        .filter(|p| p.extension().is_some_and(|e| e == ending))
        .collect()
}

/// The letters of the repository.
fn corpus() -> Vec<String> {
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).expect("a letter that can be read");
        Source::decode(&bytes).expect("a letter that is text").text().to_owned()
    };
    files(&workspace().join("corpora/letters"), "txt").iter().map(read).collect()
}

/// Letters of some 2 KB from every edition of the shared gold letters that only measure.
fn common_letters() -> Option<Vec<String>> {
    let named = std::env::var_os("LETTERBOOK_SHARED").map(PathBuf::from);
    let gold = named.unwrap_or_else(|| workspace().join("../shared")).join("gold/dev");
    if !gold.is_dir() {
        return None;
    }
    let of_edition = |path: &PathBuf| {
        let lines = fs::read_to_string(path).expect("an edition that can be read");
        let text = |line: &str| -> Option<String> {
            let letter: Value = serde_json::from_str(line).ok()?;
            Some(letter.get("text")?.as_str()?.to_owned())
        };
        let texts = lines.lines().filter_map(text).filter(|text| COMMON.contains(&text.len()));
        texts.take(EACH).collect::<Vec<_>>()
    };
    Some(files(&gold, "jsonl").iter().flat_map(of_edition).collect())
}

/// Times the reading of `texts`, so many at a time.
fn read(bencher: Bencher, texts: &[String], together: usize) {
    let (options, markup) = (Options::default(), Markup::default());
    let given = |text| Given { text, options: &options, markup: &markup };
    let letters: Vec<Given<'_>> = texts.iter().map(|text| given(text)).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(ItemsCount::new(texts.len())).counter(BytesCount::new(bytes)).bench(|| {
        let read = |some| read_many(divan::black_box(some)).len();
        letters.chunks(together).map(read).sum::<usize>()
    });
}

#[divan::bench]
fn the_letters_of_the_corpus(bencher: Bencher) {
    read(bencher, &corpus(), usize::MAX);
}

#[divan::bench]
fn letters_of_two_kilobytes(bencher: Bencher) {
    read_common(bencher, usize::MAX);
}

#[divan::bench]
fn letters_of_two_kilobytes_one_by_one(bencher: Bencher) {
    read_common(bencher, 1);
}

#[expect(clippy::print_stderr, reason = "a bench that is skipped says so")]
fn read_common(bencher: Bencher, together: usize) {
    match common_letters() {
        Some(texts) => read(bencher, &texts, together),
        None => eprintln!("skipped: expected the gold letters in ../shared, but found none"),
    }
}
