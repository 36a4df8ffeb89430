//! The fields of a record of which people may say something: their names, and what each may hold.
//!
//! A field is named by the keys and positions that lead to it (`date`, `senders.0.name`,
//! `acts.2`); the schema of the record says what they mean. Knows whether a value is of the kind
//! that its field holds, and shows which fields a record has. Changes no record.

use letterbook::record::{
    ActKind, ContactKind, Letter, MentionKind, OccasionKind, ReferenceFrom, ReferenceKind,
    ZoneLabel,
};
use letterbook_dates::calendar::Calendar;
use letterbook_dates::day::Weekday;
use letterbook_dates::value::Edtf;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use strsim::levenshtein;

use crate::difference::plain;
use crate::language;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Several fields, which are set one by one.
    Whole,
    /// A BCP 47 tag; people may give the English name of a language.
    Tag,
    /// EDTF.
    Date,
    Calendar,
    Weekday,
    Words,
    /// A telephone number, an address of mail or of the web.
    Contact,
    /// How often, from 1.
    Count,
    Zone,
    Act,
    Occasion,
    Reference,
    From,
    Mention,
    ContactKind,
}

/// Whether a record can be without a field whose parent it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Optional,
    Required,
}

use Need::{Optional, Required};

/// Every field, in the order of a record; N is a position. Recipients have what senders have.
const FIELDS: [(&str, Holds, Need); 37] = [
    ("language", Holds::Tag, Optional),
    ("date", Holds::Date, Optional),
    ("date.calendar", Holds::Calendar, Required),
    ("date.weekday", Holds::Weekday, Optional),
    ("place", Holds::Words, Optional),
    ("senders.N", Holds::Whole, Optional),
    ("senders.N.name", Holds::Words, Optional),
    ("senders.N.form_of_address", Holds::Words, Optional),
    ("senders.N.role", Holds::Words, Optional),
    ("senders.N.organisation", Holds::Words, Optional),
    ("senders.N.on_behalf_of", Holds::Words, Optional),
    ("senders.N.address", Holds::Words, Optional),
    ("senders.N.contacts.N", Holds::Contact, Optional),
    ("senders.N.contacts.N.kind", Holds::ContactKind, Required),
    ("recipients.N", Holds::Whole, Optional),
    ("recipients.N.name", Holds::Words, Optional),
    ("recipients.N.form_of_address", Holds::Words, Optional),
    ("recipients.N.role", Holds::Words, Optional),
    ("recipients.N.organisation", Holds::Words, Optional),
    ("recipients.N.on_behalf_of", Holds::Words, Optional),
    ("recipients.N.address", Holds::Words, Optional),
    ("recipients.N.contacts.N", Holds::Contact, Optional),
    ("recipients.N.contacts.N.kind", Holds::ContactKind, Required),
    ("occasions.N", Holds::Occasion, Optional),
    ("occasions.N.event", Holds::Words, Optional),
    ("occasions.N.ordinal", Holds::Count, Optional),
    ("occasions.N.event_date", Holds::Date, Optional),
    ("acts.N", Holds::Act, Optional),
    ("references.N", Holds::Reference, Optional),
    ("references.N.from", Holds::From, Required),
    ("references.N.date", Holds::Date, Optional),
    ("references.N.number", Holds::Words, Optional),
    ("enclosures.N", Holds::Whole, Optional),
    ("mentions.N", Holds::Words, Optional),
    ("mentions.N.kind", Holds::Mention, Required),
    ("zones.N", Holds::Zone, Optional),
    ("findings.N", Holds::Whole, Optional),
];

/// What the fields are called, for who has named one that is none.
pub(crate) const NAMES: &str = "the fields are language, date, date.calendar, date.weekday, place, \
    senders.N.name (or form_of_address, role, organisation, on_behalf_of, address, contacts.N, \
    contacts.N.kind; so recipients), occasions.N (event, ordinal, event_date), acts.N, \
    references.N (from, date, number), enclosures.N, mentions.N (kind), zones.N, findings.N; N \
    counts from 0, and `letterbook show LETTER --fields` shows those of a letter";

/// Short names of fields, as people write them.
const SHORT: [(&str, &str); 6] = [
    ("sender", "senders.0.name"),
    ("from", "senders.0.name"),
    ("recipient", "recipients.0.name"),
    ("to", "recipients.0.name"),
    ("lang", "language"),
    ("calendar", "date.calendar"),
];

/// A field of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    holds: Holds,
    /// Whether its parent cannot be without it.
    pub(crate) is_required: bool,
}

/// The place in the record that a person's word for it means.
pub fn named(name: &str) -> &str {
    let name = name.trim();
    SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, path)| path)
}

/// The field at `path`; none when no record has one there.
pub(crate) fn find(path: &str) -> Option<Field> {
    let pattern = pattern(path);
    FIELDS
        .iter()
        .find(|(name, ..)| *name == pattern)
        .map(|&(_, holds, need)| Field { holds, is_required: need == Required })
}

fn pattern(path: &str) -> String {
    let part = |part| if is_position(part) { "N" } else { part };
    path.split('.').map(part).collect::<Vec<_>>().join(".")
}

/// Whether a part of a path is a position: digits alone, as `+1` is none.
pub(crate) fn is_position(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit()) && part.parse::<usize>().is_ok()
}

/// The field whose name is most like `path`; none when none is like it.
pub(crate) fn nearest(path: &str) -> Option<&'static str> {
    let wanted = pattern(path.trim()).to_lowercase();
    let names = FIELDS.iter().map(|(name, ..)| *name).chain(SHORT.iter().map(|(short, _)| *short));
    names
        .map(|name| {
            // a name with something behind it, but not a field below it
            let goes_on = |c: char| c != '.' && !c.is_alphanumeric();
            let is_longer = wanted.strip_prefix(name).is_some_and(|rest| rest.starts_with(goes_on));
            let steps = if is_longer { 1 } else { levenshtein(&wanted, name) };
            (steps, name)
        })
        .filter(|(steps, _)| 3 * steps <= wanted.chars().count())
        .min_by_key(|(steps, name)| (*steps, usize::MAX - name.len()))
        .map(|(_, name)| name)
}

impl Field {
    /// The value as the field holds it.
    ///
    /// # Errors
    ///
    /// What was expected, when the value is of another kind.
    pub(crate) fn check(self, value: &str) -> Result<String, String> {
        let value = value.trim();
        if value.is_empty() {
            return Err("expected a value, but found an empty one".into());
        }
        match self.holds {
            Holds::Whole => Err(format!(
                "expected one of its fields to set, but found the whole and the value `{value}`"
            )),
            Holds::Tag => {
                language::named(value).map_or_else(|| tag(value), |tag| Ok(tag.to_owned()))
            }
            Holds::Date => match Edtf::parse(value) {
                Ok(_) => Ok(value.to_owned()),
                Err(error) => Err(format!("expected an EDTF date, but found `{value}`: {error}")),
            },
            Holds::Calendar => one_of(value, Calendar::ALL.iter().map(|c| c.label())),
            Holds::Weekday => one_of(value, Weekday::ALL.into_iter().map(Weekday::name)),
            Holds::Words if !value.chars().any(char::is_alphanumeric) => {
                Err(format!("expected words, but found `{value}`"))
            }
            Holds::Words => Ok(value.to_owned()),
            Holds::Contact => contact_kind(value).map(|_| value.to_owned()).ok_or_else(|| {
                format!("expected a number or an address to be reached by, but found `{value}`")
            }),
            Holds::Count => match value.parse::<u32>() {
                Ok(1..) => Ok(value.to_owned()),
                _ => Err(format!("expected a number from 1, but found `{value}`")),
            },
            Holds::Zone => one_of(value, ZoneLabel::ALL.into_iter().map(ZoneLabel::name)),
            Holds::Act => one_of(value, ActKind::ALL.into_iter().map(ActKind::name)),
            Holds::Occasion => kind::<OccasionKind>(value),
            Holds::Reference => kind::<ReferenceKind>(value),
            Holds::From => kind::<ReferenceFrom>(value),
            Holds::Mention => kind::<MentionKind>(value),
            Holds::ContactKind => kind::<ContactKind>(value),
        }
    }
}

fn one_of(value: &str, names: impl Iterator<Item = &'static str>) -> Result<String, String> {
    let names: Vec<&str> = names.collect();
    match names.iter().find(|name| name.eq_ignore_ascii_case(value)) {
        Some(name) => Ok((*name).to_owned()),
        None => Err(format!("expected one of {}, but found `{value}`", names.join(", "))),
    }
}

/// A value that is the name of a kind, as the record's JSON writes it.
fn kind<K: DeserializeOwned>(value: &str) -> Result<String, String> {
    let value = value.to_lowercase();
    match serde_json::from_value::<K>(json!(value)) {
        Ok(_) => Ok(value),
        // "unknown variant `x`, expected one of `a`, `b`"
        Err(error) => {
            let said = error.to_string();
            let expected = said.split_once(", ").map_or("expected a kind", |(_, rest)| rest);
            Err(format!("{expected}, but found `{value}`"))
        }
    }
}

/// A well-formed BCP 47 tag (RFC 5646, 2.1) with a language of two or three letters; that it is
/// registered is not looked up.
fn tag(value: &str) -> Result<String, String> {
    let refuse = || {
        Err(format!(
            "expected a language, by its English name or a BCP 47 tag such as fr-CA, but found \
             `{value}`"
        ))
    };
    let mut parts = value.split('-');
    let language = parts.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
    let is_rest = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if !is_language
        || !parts.clone().all(is_rest)
        || parts.clone().next_back().is_some_and(|p| p.len() == 1)
    {
        return refuse();
    }
    Ok(std::iter::once(language.to_lowercase())
        .chain(parts.map(str::to_owned))
        .collect::<Vec<_>>()
        .join("-"))
}

/// What of a contact a value can be; none when nobody can be reached by it.
pub(crate) fn contact_kind(value: &str) -> Option<&'static str> {
    let is_named = |part: &str| part.chars().any(char::is_alphanumeric);
    if let Some((user, host)) = value.split_once('@') {
        return (is_named(user) && is_named(host)).then_some("email");
    }
    let lower = value.to_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.") {
        return Some("web");
    }
    (value.chars().filter(|c| c.is_numeric()).count() >= 3).then_some("phone")
}

/// A field that a record has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// How it is named: `senders.2.name`.
    pub path: String,
    /// What it says.
    pub value: String,
    /// The characters that show it, where its value is not these.
    pub quote: Option<String>,
}

/// The fields that a record has, in its order, as they can be named now.
pub fn places(letter: &Letter) -> Vec<Place> {
    let Ok(record) = serde_json::to_value(letter) else { return Vec::new() };
    let mut all: Vec<(usize, usize, Place)> = Vec::new();
    let mut tops: Vec<&str> = Vec::new();
    for (pattern, ..) in &FIELDS {
        let top = pattern.split('.').next().unwrap_or_default();
        let rank = tops.iter().position(|t| *t == top).unwrap_or_else(|| {
            tops.push(top);
            tops.len() - 1
        });
        let mut found = vec![(Vec::new(), &record)];
        for part in pattern.split('.') {
            found = found.into_iter().flat_map(|(path, value)| step(path, value, part)).collect();
        }
        for (path, value) in found {
            let first = path.iter().find_map(|part| part.parse().ok()).unwrap_or(0);
            all.extend(place(path.join("."), value).map(|place| (rank, first, place)));
        }
    }
    all.sort_by_key(|(rank, first, _)| (*rank, *first));
    all.into_iter().map(|(_, _, place)| place).collect()
}

fn step<'v>(path: Vec<String>, value: &'v Value, part: &str) -> Vec<(Vec<String>, &'v Value)> {
    let below = |part: String, value| {
        let mut path = path.clone();
        path.push(part);
        (path, value)
    };
    match (part, value) {
        ("N", Value::Array(items)) => {
            items.iter().enumerate().map(|(i, item)| below(i.to_string(), item)).collect()
        }
        ("N", _) => Vec::new(),
        (_, value) => value.get(part).map(|v| below(part.to_owned(), v)).into_iter().collect(),
    }
}

/// None for a sender or recipient as a whole: its fields follow.
fn place(path: String, value: &Value) -> Option<Place> {
    let quote = value.pointer("/evidence/0/quote").and_then(Value::as_str).map(str::to_owned);
    let has_heart = !value.is_object()
        || ["value", "act", "label", "code", "kind"].iter().any(|key| value.get(*key).is_some());
    match (has_heart, quote) {
        (true, quote) => {
            let value = plain(value);
            Some(Place { path, quote: quote.filter(|quote| *quote != value), value })
        }
        (false, Some(quote)) => Some(Place { path, value: quote, quote: None }),
        (false, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, value: &str, expected: &str) {
        let found = find(path).expect(path).check(value);
        assert_eq!(found.as_deref().unwrap_or_else(|why| why), expected, "{path}");
    }

    #[test]
    fn a_value_is_of_the_kind_that_its_field_holds() {
        check("language", "FR", "fr");
        check("language", "pt-BR", "pt-BR");
        check("language", "french", "fr");
        check(
            "language",
            "francese",
            "expected a language, by its English name or a BCP 47 tag such as fr-CA, but found \
             `francese`",
        );
        check("date", " 1848~ ", "1848~");
        check("date.weekday", "monday", "Monday");
        check("date.calendar", "Julian", "julian");
        check("senders.3.name", "", "expected a value, but found an empty one");
        check("senders.3.name", " — ", "expected words, but found `—`");
        check("occasions.0.ordinal", "61", "61");
        check("occasions.0.ordinal", "0", "expected a number from 1, but found `0`");
        check("mentions.0.kind", "place", "place");
        check("recipients.0.contacts.1", "ann@example.org", "ann@example.org");
        check(
            "recipients.0.contacts.1",
            "mail",
            "expected a number or an address to be reached by, but found `mail`",
        );
        check(
            "references.0.from",
            "her",
            "expected one of `sender`, `recipient`, `other`, but found `her`",
        );
    }

    #[test]
    fn what_is_no_field_has_a_nearest_name() {
        for (path, expected) in [
            ("sendr", Some("sender")),
            ("recipient_typo", Some("recipient")),
            ("senders.2.naem", Some("senders.N.name")),
            ("Date", Some("date")),
            ("foo", None),
            ("", None),
        ] {
            assert_eq!(find(path), None, "{path}");
            assert_eq!(nearest(path), expected, "{path}");
        }
        assert_eq!(find("senders.+1.name"), None);
        assert_eq!(named(" sender "), "senders.0.name");
    }

    #[test]
    fn the_fields_of_a_record_are_shown_by_their_places() {
        let reading = |v: &str| json!({ "value": v, "evidence": [], "confidence": 0.5 });
        let shown = json!([{ "start": 3, "end": 9, "quote": "thanks" }]);
        let letter: Letter = serde_json::from_value(json!({
            "letterbook": 1, "place": reading("Wien"),
            "senders": [{ "name": reading("Ann"), "role": reading("Abbess") },
                { "name": reading("Eva") }],
            "acts": [{ "act": "thank", "evidence": shown, "confidence": 0.5 }],
            "enclosures": [{ "evidence": shown, "confidence": 0.5 }],
        }))
        .unwrap();
        let said: Vec<String> = places(&letter)
            .into_iter()
            .map(|p| format!("{} {} {}", p.path, p.value, p.quote.unwrap_or_default()))
            .collect();
        assert_eq!(
            said,
            [
                "place Wien ",
                "senders.0.name Ann ",
                "senders.0.role Abbess ",
                "senders.1.name Eva ",
                "acts.0 thank thanks",
                "enclosures.0 thanks ",
            ]
        );
    }
}
