//! The letters of `corpora/annotated`: what they quote stands in them, in the words of the record.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use letterbook::record::ActKind;
use letterbook_dates::value::Edtf;
use serde_json::Value;

const REFERENCES: [&[&str]; 2] =
    [&["letter", "telegram", "note", "other"], &["recipient", "sender", "other"]];
const OCCASIONS: [&str; 12] = [
    "anniversary",
    "birthday",
    "holiday",
    "death",
    "marriage",
    "birth",
    "illness",
    "appointment",
    "award",
    "publication",
    "visit",
    "other",
];

/// What a letter quotes or names from its page.
fn quotes(letter: &Value) -> Vec<&str> {
    let items = ["occasions", "acts", "references", "enclosures"];
    let quoted = items.iter().flat_map(|k| letter[k].as_array().unwrap()).map(|i| &i["quote"]);
    let parts = ["name", "role", "organisation", "on_behalf_of"];
    let parties = ["senders", "recipients"].iter().flat_map(|k| letter[k].as_array().unwrap());
    let named = parties.flat_map(|p| parts.map(|k| &p[k])).filter(|v| !v.is_null());
    let place = Some(&letter["place"]).filter(|v| !v.is_null());
    quoted.chain(named).chain(place).map(|v| v.as_str().unwrap()).collect()
}

#[test]
fn annotated_letters_quote_their_page_in_the_words_of_the_record() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora/annotated/letters.jsonl");
    let lines = fs::read_to_string(path).unwrap();
    let mut ids = BTreeSet::new();
    for line in lines.lines() {
        let letter: Value = serde_json::from_str(line).unwrap();
        let id = letter["id"].as_str().unwrap();
        assert!(ids.insert(id.to_owned()), "{id} stands twice");
        let text = letter["text"].as_str().unwrap();
        for quote in quotes(&letter) {
            assert!(!quote.is_empty() && text.contains(quote), "{id}: no {quote:?} on the page");
        }
        for act in letter["acts"].as_array().unwrap() {
            assert!(ActKind::from_name(act["act"].as_str().unwrap()).is_some(), "{id}: {act}");
        }
        for occasion in letter["occasions"].as_array().unwrap() {
            assert!(OCCASIONS.contains(&occasion["kind"].as_str().unwrap()), "{id}: {occasion}");
        }
        let references = letter["references"].as_array().unwrap();
        for reference in references {
            let known = ["kind", "from"].iter().zip(REFERENCES);
            for (key, words) in known {
                assert!(words.contains(&reference[key].as_str().unwrap()), "{id}: {reference}");
            }
        }
        let dates = references.iter().map(|r| &r["date"]).chain([&letter["date"]]);
        for date in dates.filter_map(Value::as_str) {
            assert!(Edtf::parse(date).is_ok(), "{id}: {date} is no EDTF");
        }
    }
    assert_eq!(ids.len(), 96);
}
