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

/// What `after` says otherwise than `before`, in the order of the record.
pub fn between(before: &Letter, after: &Letter) -> Vec<Difference> {
    let (mut old, new) = (values(before), values(after));
    let mut differences = Vec::new();
    for (path, value) in new {
        let was = old.iter().position(|(p, _)| *p == path).map(|at| old.remove(at).1);
        if was.as_ref() != Some(&value) {
            differences.push(Difference { path, before: was, after: Some(value) });
        }
    }
    differences.extend(old.into_iter().map(|(path, value)| Difference {
        path,
        before: Some(value),
        after: None,
    }));
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

/// The single values and where they stand.
fn values(letter: &Letter) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut put = |path: String, value: Option<&str>| {
        all.extend(value.map(|value| (path, value.to_owned())));
    };
    put("language".into(), letter.language.as_ref().map(|r| r.value.as_str()));
    for (list, parties) in [("senders", &letter.senders), ("recipients", &letter.recipients)] {
        for (i, party) in parties.iter().enumerate() {
            for (field, value) in fields(party) {
                put(format!("{list}.{i}.{field}"), value);
            }
        }
    }
    put("date".into(), letter.date.as_ref().map(|d| d.value.as_str()));
    put("date.calendar".into(), letter.date.as_ref().map(|d| d.calendar.as_str()));
    put("date.weekday".into(), letter.date.as_ref().and_then(|d| d.weekday.as_deref()));
    put("place".into(), letter.place.as_ref().map(|r| r.value.as_str()));
    all
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
    fn the_heart_of_a_part_is_its_value() {
        assert_eq!(plain(&json!({ "value": "Wien", "confidence": 1.0 })), "Wien");
        assert_eq!(plain(&act("thank")), "thank");
        assert_eq!(plain(&json!({ "kind": "birthday" })), "birthday");
        assert_eq!(plain(&json!({ "name": { "value": "Anna" } })), "Anna");
        assert_eq!(plain(&json!(61)), "61");
    }
}
