//! Time against length: one letter from 1 KB to 10 MB, so that a step that is not linear shows.
//!
//! `cargo bench -p letterbook-lab --bench linear`; the column to read is throughput, which stays
//! level while the work is linear.

use divan::Bencher;
use divan::counter::BytesCount;
use letterbook::Options;

fn main() {
    divan::main();
}

const SIZES: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

const HEAD: &str =
    "Harbour Board\n3 Quay Street, Whitby\n\nWhitby, 4 May 1848.\n\nDear Mr. Pell,\n\n";
const TAIL: &str = "\n\nYours truly,\n\nHannah Garth\nSecretary\n";
const PARAGRAPH: &str = "I thank you for your letter of the 2nd inst. and for the news of the \
    brig. On behalf of the Board I beg you to send the plans of the new pier to Mr. Oates at Hull \
    before the 20th of this month, since the committee meets on Monday.\n\n";

fn letter(size: usize, paragraph: &str) -> String {
    let n = (size.saturating_sub(HEAD.len() + TAIL.len()) / paragraph.len()).max(1);
    [HEAD, &paragraph.repeat(n), TAIL].concat()
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn letter_of_many_paragraphs(bencher: Bencher, size: usize) {
    bench(bencher, letter(size, PARAGRAPH));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn letter_on_one_line(bencher: Bencher, size: usize) {
    bench(bencher, letter(size, PARAGRAPH).replace('\n', " "));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn nothing_but_digits(bencher: Bencher, size: usize) {
    bench(bencher, "1848 ".repeat(size / 5));
}

fn bench(bencher: Bencher, text: String) {
    let options = Options::default();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| letterbook::read_text(divan::black_box(&text), &options));
}
