//! Paths, and what must hold of every record whatever the letter.

use std::path::{Path, PathBuf};

use letterbook::record::{Letter, MentionKind};
use letterbook_dates::value::Edtf;
use serde_json::Value;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A path below the shared data, or `None`, said aloud, where it is not at hand.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let given = std::env::var_os("LETTERBOOK_SHARED").map(PathBuf::from);
    let beside = [root().join("../shared"), root().join("../../shared")];
    let found = given.into_iter().chain(beside).map(|d| d.join(path)).find(|p| p.exists());
    if found.is_none() {
        eprintln!("skipped: ../shared/{path} is not there");
    }
    found
}

/// The record as JSON, after what must hold of any record has been checked: every span in bounds
/// and with its quote, zones in order and apart, dates EDTF. That it is valid by the schema is checked in the
/// lab's tests, which can bear the validator's weight.
#[track_caller]
pub(crate) fn checked_json(name: &str, text: &str, letter: &Letter) -> Value {
    let json = serde_json::to_value(letter).unwrap();
    let characters: Vec<char> = text.chars().collect();
    check_spans(name, &characters, &json);
    let zones = &letter.zones;
    for pair in zones.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{name}: zones overlap: {pair:?}");
    }
    let date = letter.date.iter().flat_map(|d| {
        let others = d.alternatives.iter().map(|a| &a.value);
        std::iter::once(&d.value).chain(others).chain(d.parallel.iter().map(|p| &p.value))
    });
    let mentioned = letter.mentions.iter().filter(|m| m.kind == MentionKind::Date);
    let said = letter.references.iter().filter_map(|r| r.date.as_ref());
    let occasions = letter.occasions.iter().filter_map(|o| o.event_date.as_ref());
    for value in date.chain(mentioned.map(|m| &m.value)).chain(said).chain(occasions) {
        assert!(Edtf::parse(value).is_ok(), "{name}: {value} is no EDTF");
    }
    json
}

fn check_spans(name: &str, characters: &[char], json: &Value) {
    match json {
        Value::Object(map) => {
            if let (Some(start), Some(end)) = (map.get("start"), map.get("end")) {
                let (start, end) = (start.as_u64().unwrap(), end.as_u64().unwrap());
                let stretch = characters
                    .get(start as usize..end as usize)
                    .unwrap_or_else(|| panic!("{name}: {start}..{end} is out of bounds"));
                if let Some(quote) = map.get("quote") {
                    assert_eq!(
                        quote.as_str().unwrap(),
                        stretch.iter().collect::<String>(),
                        "{name}: the quote at {start}..{end} is not the text"
                    );
                }
            }
            map.values().for_each(|v| check_spans(name, characters, v));
        }
        Value::Array(list) => list.iter().for_each(|v| check_spans(name, characters, v)),
        _ => {}
    }
}
