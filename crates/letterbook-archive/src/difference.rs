//! What two readings of one letter say otherwise, value by value.
//!
//! Compares what a person would compare: values by their place in the record, and lists (acts,
//! mentions, references …) as sets, so that one item more does not shift all that follow. Evidence
//! and confidence are left out: they change with every model.

use std::collections::BTreeMap;
use std::fmt;

use letterbook::record::{Letter, Party};
use serde_json::Value;

use crate::label;

/// A value that is in one reading and not, or otherwise, in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where in the record: `date`, `senders.0.name`; a list's name for an item of a list.
    pub path: String,
    /// What the first reading says; none where it says nothing.
    pub before: Option<String>,
    /// What the second reading says; none where it says nothing.
    pub after: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".into());
        write!(f, "{}: {} → {}", self.path, show(&self.before), show(&self.after))
    }
}

/// What `after` says otherwise than `before`: the letter as a whole, its parties, its lists.
pub fn between(before: &Letter, after: &Letter) -> Vec<Difference> {
    let mut differences = Vec::new();
    compare(&frame(before), &frame(after), &mut differences);
    for (list, old, new) in [
        ("senders", &before.senders, &after.senders),
        ("recipients", &before.recipients, &after.recipients),
    ] {
        compare_parties(list, old, new, &mut differences);
    }
    let (old, new) = (items(before), items(after));
    for (list, items) in &old {
        for (item, n) in items {
            let kept = new.get(list).and_then(|i| i.get(item)).copied().unwrap_or(0);
            differences.extend((kept..*n).map(|_| Difference {
                path: (*list).to_owned(),
                before: Some(item.clone()),
                after: None,
            }));
        }
    }
    for (list, items) in &new {
        for (item, n) in items {
            let had = old.get(list).and_then(|i| i.get(item)).copied().unwrap_or(0);
            differences.extend((had..*n).map(|_| Difference {
                path: (*list).to_owned(),
                before: None,
                after: Some(item.clone()),
            }));
        }
    }
    differences
}

/// The value at the heart of a part of a record: a reading's words, an act's or zone's name.
pub fn plain(part: &Value) -> String {
    let heart = ["value", "act", "label", "code", "kind", "event"];
    match part {
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            heart.iter().find_map(|key| fields.get(*key)?.as_str()).map_or_else(
                || fields.get("name").map_or_else(|| part.to_string(), plain),
                str::to_owned,
            )
        }
        other => other.to_string(),
    }
}

/// A value and where it stands; none where nothing does.
type Said<'l> = (String, Option<&'l str>);

fn compare(old: &[Said<'_>], new: &[Said<'_>], differences: &mut Vec<Difference>) {
    let changed = old.iter().zip(new).filter(|((_, before), (_, after))| before != after);
    differences.extend(changed.map(|((path, before), (_, after))| Difference {
        path: path.clone(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    }));
}

/// The single values of the letter as a whole.
fn frame(letter: &Letter) -> [Said<'_>; 5] {
    let date = letter.date.as_ref();
    [
        ("language".into(), letter.language.as_ref().map(|r| r.value.as_str())),
        ("date".into(), date.map(|d| d.value.as_str())),
        ("date.calendar".into(), date.map(|d| d.calendar.as_str())),
        ("date.weekday".into(), date.and_then(|d| d.weekday.as_deref())),
        ("place".into(), letter.place.as_ref().map(|r| r.value.as_str())),
    ]
}

/// Compares the parties that lie between those that are the same from the first on and from the
/// last back, so that one that is taken out does not shift all that follow. A value is named by
/// its place before; one that was not there by its place after.
fn compare_parties(list: &str, old: &[Party], new: &[Party], differences: &mut Vec<Difference>) {
    let is_same = |(a, b): &(&Party, &Party)| fields(a) == fields(b);
    let first = old.iter().zip(new).take_while(is_same).count();
    let (rest, other) = (&old[first..], &new[first..]);
    let last = rest.iter().rev().zip(other.iter().rev()).take_while(is_same).count();
    let (rest, other) = (&rest[..rest.len() - last], &other[..other.len() - last]);
    let none = Party::default();
    for i in 0..rest.len().max(other.len()) {
        let said = |parties: &[Party]| {
            let of = fields(parties.get(i).unwrap_or(&none));
            of.map(|(field, value)| {
                (format!("{list}.{}.{field}", first + i), value.map(str::to_owned))
            })
        };
        let (before, after) = (said(rest), said(other));
        let changed = before.into_iter().zip(after).filter(|((_, a), (_, b))| a != b);
        differences.extend(changed.map(|((path, before), (_, after))| Difference {
            path,
            before,
            after,
        }));
    }
}

fn fields(party: &Party) -> [(&'static str, Option<&str>); 6] {
    [
        ("name", &party.name),
        ("form_of_address", &party.form_of_address),
        ("role", &party.role),
        ("organisation", &party.organisation),
        ("on_behalf_of", &party.on_behalf_of),
        ("address", &party.address),
    ]
    .map(|(field, reading)| (field, reading.as_ref().map(|r| r.value.as_str())))
}

/// The items of the lists, in words, and how often each stands there.
fn items(letter: &Letter) -> BTreeMap<&'static str, BTreeMap<String, usize>> {
    let mut all: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut put = |list, item: String| *all.entry(list).or_default().entry(item).or_default() += 1;
    for zone in &letter.zones {
        put("zones", format!("{} {}–{}", zone.label.name(), zone.start, zone.end));
    }
    for mention in &letter.mentions {
        put("mentions", format!("{} {}", label::name(&mention.kind), mention.value));
    }
    for occasion in &letter.occasions {
        let event = occasion.event.as_deref().unwrap_or_default();
        put("occasions", format!("{} {event}", label::name(&occasion.kind)).trim_end().to_owned());
    }
    for act in &letter.acts {
        put("acts", act.act.name().to_owned());
    }
    for reference in &letter.references {
        let date = reference.date.as_deref().unwrap_or("undated");
        let from = label::name(&reference.from);
        put("references", format!("{} of {from}, {date}", label::name(&reference.kind)));
    }
    for enclosure in &letter.enclosures {
        let quote = enclosure.evidence.first().map_or("", |e| e.quote.as_str());
        put("enclosures", quote.to_owned());
    }
    for finding in &letter.findings {
        put("findings", finding.code.to_string());
    }
    for (list, parties) in [("senders", &letter.senders), ("recipients", &letter.recipients)] {
        for contact in parties.iter().flat_map(|p| &p.contacts) {
            put(list, format!("{} {}", label::name(&contact.kind), contact.value));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn letter(record: Value) -> Letter {
        serde_json::from_value(record).unwrap()
    }

    fn act(name: &str) -> Value {
        json!({ "act": name, "evidence": [], "confidence": 0.5 })
    }

    #[test]
    fn values_are_compared_by_place_and_lists_as_sets() {
        let reading = |v: &str, c: f64| json!({ "value": v, "evidence": [], "confidence": c });
        let before = letter(json!({
            "letterbook": 1, "place": reading("Wien", 0.4),
            "senders": [{ "name": reading("Anna", 0.4), "role": reading("Consul", 0.4) }],
            "acts": [act("thank"), act("ask"), act("thank")],
        }));
        let after = letter(json!({
            "letterbook": 1, "place": reading("Wien", 0.9),
            "senders": [{ "name": reading("Anne", 0.4) }],
            "acts": [act("wish"), act("thank"), act("ask")],
        }));
        let said: Vec<String> = between(&before, &after).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "senders.0.name: Anna → Anne",
                "senders.0.role: Consul → nothing",
                "acts: thank → nothing",
                "acts: nothing → wish",
            ]
        );
        assert_eq!(between(&before, &before), []);
    }

    #[test]
    fn a_party_that_is_taken_out_does_not_shift_the_others() {
        let reading = |v: &str| json!({ "value": v, "evidence": [], "confidence": 0.5 });
        let of = |names: &[&str]| {
            let senders: Vec<Value> =
                names.iter().map(|name| json!({ "name": reading(name) })).collect();
            letter(json!({ "letterbook": 1, "senders": senders }))
        };
        let said = |a: &[&str], b: &[&str]| -> Vec<String> {
            between(&of(a), &of(b)).iter().map(ToString::to_string).collect()
        };
        assert_eq!(said(&["A", "B", "C"], &["A", "C"]), ["senders.1.name: B → nothing"]);
        assert_eq!(said(&["A", "C"], &["A", "C", "D"]), ["senders.2.name: nothing → D"]);
        assert_eq!(said(&["A", "B", "C"], &["A", "X", "C"]), ["senders.1.name: B → X"]);
    }

    #[test]
    fn the_heart_of_a_part_is_its_value() {
        assert_eq!(plain(&json!({ "value": "Wien", "confidence": 1.0 })), "Wien");
        assert_eq!(plain(&act("thank")), "thank");
        assert_eq!(plain(&json!({ "kind": "birthday" })), "birthday");
        assert_eq!(plain(&json!({ "name": { "value": "Anna" } })), "Anna");
        assert_eq!(plain(&json!(61)), "61");
    }
}
