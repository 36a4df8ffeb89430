//! What was known of a letter beside its text, as it is kept: JSON with the names of the pipe.

use letterbook::Options;
use letterbook::record::ZoneLabel;
use letterbook::span::Span;
use letterbook::zone::{Markup, Zone};
use serde_json::{Map, Value, json};

/// What was known of a letter beside its text; a new reading gets the same.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hints {
    /// Language, place, day of receipt, anchor.
    pub options: Options,
    /// What the file's own markup says of the letter's parts, in bytes of the text.
    pub markup: Markup,
    /// What the file says beside its text, in the words of whoever brings it: kept for the reader,
    /// not understood here.
    pub file: Option<String>,
}

impl Hints {
    /// The hints as JSON; none when there are none.
    pub(super) fn to_json(&self) -> Option<String> {
        let options = &self.options;
        let hints = [
            ("lang", &options.language),
            ("place", &options.place),
            ("received", &options.received),
            ("anchor", &options.anchor),
            ("file", &self.file),
        ];
        let mut known: Map<String, Value> = hints
            .into_iter()
            .filter_map(|(name, hint)| Some((name.to_owned(), json!(hint.as_ref()?))))
            .collect();
        if !self.markup.zones.is_empty() {
            let zone = |zone: &Zone| json!([zone.label.name(), zone.span.start, zone.span.end]);
            known.insert("zones".into(), self.markup.zones.iter().map(zone).collect());
        }
        if self.markup.is_throughout {
            known.insert("throughout".into(), json!(true));
        }
        (!known.is_empty()).then(|| Value::Object(known).to_string())
    }

    /// The hints of [`Hints::to_json`]; what is damaged is no hint.
    pub(super) fn of_json(json: &str) -> Hints {
        let known: Map<String, Value> = serde_json::from_str(json).unwrap_or_default();
        let hint = |name: &str| known.get(name).and_then(Value::as_str).map(str::to_owned);
        let options = Options {
            language: hint("lang"),
            place: hint("place"),
            received: hint("received"),
            anchor: hint("anchor"),
            explain: false,
        };
        let zones = known.get("zones").and_then(Value::as_array);
        let markup = Markup {
            zones: zones.into_iter().flatten().filter_map(zone).collect(),
            is_throughout: known.get("throughout").and_then(Value::as_bool).unwrap_or(false),
        };
        Hints { options, markup, file: hint("file") }
    }
}

fn zone(value: &Value) -> Option<Zone> {
    let at = |i: usize| usize::try_from(value.get(i)?.as_u64()?).ok();
    let (start, end) = (at(1)?, at(2)?);
    let label = ZoneLabel::from_name(value.get(0)?.as_str()?)?;
    (start < end).then(|| Zone { label, span: Span::new(start, end), confidence: 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_come_back_as_they_were_kept() {
        assert_eq!(Hints::default().to_json(), None);
        let options = Options {
            language: Some("de".into()),
            received: Some("1848-03".into()),
            ..Options::default()
        };
        let span = Span::new(3, 9);
        let zones = vec![Zone { label: ZoneLabel::Dateline, span, confidence: 1.0 }];
        let hints = Hints {
            options,
            markup: Markup { zones, is_throughout: true },
            file: Some("[1]".into()),
        };
        let json = hints.to_json().unwrap();
        assert_eq!(
            json,
            r#"{"file":"[1]","lang":"de","received":"1848-03","throughout":true,"zones":[["dateline",3,9]]}"#
        );
        assert_eq!(Hints::of_json(&json), hints);
        assert_eq!(Hints::of_json("damaged"), Hints::default());
        assert_eq!(Hints::of_json(r#"{"zones":[["dateline",9,3],7]}"#), Hints::default());
    }
}
