//! The record as a contract: what is written can be read back, and nothing absent is written.

use letterbook::record::Letter;
use letterbook::{Options, read_text};

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
