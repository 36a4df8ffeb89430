//! The record as a contract: what is written can be read back, and nothing absent is written.

use letterbook::record::{Letter, ZoneLabel};
use letterbook::span::Span;
use letterbook::zone::{Markup, Zone};
use letterbook::{Given, Options, read_many, read_marked_text, read_text};

const LETTER: &str = "Whitby, Thursday 4 May 1848.\n\nDear Mr. Pell,\n\n\
    I thank you for your letter of the 1st inst. and enclose the deed.\n\n\
    Yours truly,\nHannah Garth";

#[test]
fn a_record_survives_its_own_json() {
    let letter = read_text(LETTER, &Options { explain: true, ..Options::default() });
    let json = serde_json::to_string(&letter).unwrap();
    let again: Letter = serde_json::from_str(&json).unwrap();
    assert_eq!(letter, again);
}

#[test]
fn the_rule_that_spoke_is_written_only_when_asked_for() {
    let plain = serde_json::to_string(&read_text(LETTER, &Options::default())).unwrap();
    assert!(!plain.contains("\"by\":"), "{plain}");
    let explained = Options { explain: true, ..Options::default() };
    let json = serde_json::to_value(read_text(LETTER, &explained)).unwrap();
    assert!(json["date"]["by"].is_string(), "{json}");
    assert!(json["senders"][0]["name"]["by"].is_string(), "{json}");
}

#[test]
fn same_input_same_bytes() {
    let once = serde_json::to_string(&read_text(LETTER, &Options::default())).unwrap();
    let twice = serde_json::to_string(&read_text(LETTER, &Options::default())).unwrap();
    assert_eq!(once, twice);
}

#[test]
fn many_letters_have_the_records_that_each_has_alone() {
    let (plain, told) = (Options::default(), Options { explain: true, ..Options::default() });
    let unmarked = Markup::default();
    let close = Zone { label: ZoneLabel::Close, span: Span::new(0, 15), confidence: 1.0 };
    let marked = Markup { zones: vec![close], is_throughout: true };
    // more than go through together, and one that is longer than all of these
    let long = "We had rain again on Tuesday, and Mr. Pell came. ".repeat(2_000);
    let short =
        ["", LETTER, "Yours faithfully, Hull, 2 May 1871", "Lieber Karl, es regnet. Dein Otto"];
    let texts = std::iter::once(&*long).chain(short.into_iter().cycle().take(1_200));
    let letters: Vec<Given<'_>> = texts
        .enumerate()
        .map(|(n, text)| Given {
            text,
            options: if n % 3 == 0 { &told } else { &plain },
            markup: if text.starts_with("Yours") { &marked } else { &unmarked },
        })
        .collect();
    let together = read_many(&letters);
    assert_eq!(together.len(), letters.len());
    for (record, Given { text, options, markup }) in together.iter().zip(&letters) {
        assert_eq!(*record, read_marked_text(text, options, markup));
    }
}
