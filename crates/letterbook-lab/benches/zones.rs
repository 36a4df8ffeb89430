//! Speed of reading zones: letters a second, on letters of the repository of some two kilobytes.
//!
//! `cargo bench -p letterbook-lab --bench zones`; `parse` is what a program pays once at its start.

use divan::Bencher;
use divan::counter::ItemsCount;
use letterbook::text::Text;
use letterbook::zone::{model, page::Page, parse_model, read_zones};

fn main() {
    model();
    divan::main();
}

/// Two kilobytes of letter in three layouts: short frame, long frame, all in one paragraph.
fn letters() -> Vec<String> {
    let body = "I thank you for your letter of the 2nd inst. and for the news of the brig. On \
        behalf of the Board I beg you to send the plans of the new pier to Mr. Oates at Hull before \
        the 20th of this month, since the committee meets on Monday. The men who were to mend the \
        sea wall have gone home; nobody here knows when they will be back, nor who is to pay them.\n\n"
        .repeat(5);
    let short =
        format!("Whitby, 4 May 1848.\n\nDear Pell,\n\n{body}Yours truly,\n\nHannah Garth\n");
    let long = format!(
        "Harbour Board\n3 Quay Street, Whitby\nTelegrams: Quay, Whitby\n\nWhitby, 4 May 1848.\n\n\
         Mr. Jonas Pell\nShipwright\n12 Bridge Lane\nHull\n\nDear Mr. Pell,\n\n{body}I have the \
         honour to be,\nSir,\nyour obedient servant,\n\nHannah Garth\nSecretary\n\nEncl. 2\n"
    );
    let joined = long.replace('\n', " ");
    vec![short, long, joined]
}

#[divan::bench]
fn read(bencher: Bencher) {
    let letters = letters();
    bencher.counter(ItemsCount::new(letters.len())).bench(|| {
        letters.iter().map(|l| read_zones(&Text::new(divan::black_box(l))).len()).sum::<usize>()
    });
}

/// Cutting the page into pieces, without weighing any.
#[divan::bench]
fn cut(bencher: Bencher) {
    let letters = letters();
    bencher.counter(ItemsCount::new(letters.len())).bench(|| {
        letters
            .iter()
            .map(|l| Page::of(&Text::new(divan::black_box(l))).phrases.len())
            .sum::<usize>()
    });
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../letterbook/models/zones.bin");
    let bytes = std::fs::read(path).expect("the weights lie in the repository");
    bencher.bench(|| parse_model(divan::black_box(&bytes)).map(|m| m.scale()));
}
