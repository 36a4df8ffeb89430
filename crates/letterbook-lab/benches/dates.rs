//! Speed of reading dates: expressions a second, and bytes of text without dates a second.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use letterbook_dates::phrase::{Context, find_dates};

const EXPRESSIONS: &[(&str, &str)] = &[
    ("en", "Thursday, the 9th of March, 1837"),
    ("en", "Septr. 3d 1790"),
    ("de", "den 17ten Hornung 1804"),
    ("de", "4. XI. 1899"),
    ("fr", "ce lundi 2 7bre 1811"),
    ("fr", "3 frimaire an VI"),
    ("it", "addì 3 febbraio 1702"),
    ("nl", "den 11den wijnmaand 1809"),
    ("ru", "7 июля 1903 г."),
    ("ja", "大正三年七月九日"),
    ("la", "VIII Kal. Iun. 1530"),
    ("es", "a veinte y dos de agosto de 1790"),
];

fn main() {
    divan::main();
}

#[divan::bench]
fn expressions(bencher: Bencher) {
    bencher.counter(ItemsCount::new(EXPRESSIONS.len())).bench(|| {
        EXPRESSIONS
            .iter()
            .map(|(lang, text)| {
                let context = Context { lang: Some(lang), ..Context::default() };
                find_dates(divan::black_box(text), &context).len()
            })
            .sum::<usize>()
    });
}

#[divan::bench]
fn letter_without_dates(bencher: Bencher) {
    let letter =
        "My dear Sir, I have read with the greatest pleasure all that you were so kind as \
                  to write about our common friend, and about the house that he hopes to build \
                  beside the river. He speaks of nothing else, and we are glad of it. "
            .repeat(9);
    let context = Context { lang: Some("en"), ..Context::default() };
    bencher
        .counter(BytesCount::of_str(letter.as_str()))
        .bench(|| find_dates(divan::black_box(&letter), &context));
}
