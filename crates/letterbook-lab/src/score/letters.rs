//! The figures of gold letters: date, parties, place, zones, evidence.

use letterbook::record::{self, ZoneLabel};
use letterbook::span::Span;
use letterbook::text::Text;
use serde_json::Value;

use super::figures::{Ordered, Ratio};
use super::parties::{keys_on_page, words_read};
use super::words::{capitalised, is_digit, words};
use super::zones::ZoneScore;
use crate::gold::{Letter, Zone};

/// Code points at either end of a letter that count as its frame where the body is not marked.
const END: usize = 300;

/// What was counted over gold letters.
#[derive(Debug, Clone, Default)]
pub(crate) struct LetterScore {
    pub(crate) letters: usize,
    pub(crate) ratios: Ordered<Ratio>,
    pub(crate) zones: ZoneScore,
    /// Spans out of bounds, or whose quote is not what stands there.
    pub(crate) faults: usize,
    /// All spans of the readings.
    pub(crate) spans: usize,
}

impl LetterScore {
    /// Counts one letter and what was read in it, if it was read.
    pub(crate) fn add(&mut self, gold: &Letter, read: Option<&record::Letter>) {
        self.letters += 1;
        self.ratio("answered", read.is_some());
        let frame = frame(gold);
        let mut whole = Vec::new();
        whole.extend(self.add_date(gold, read));
        let capitals = capitalised(&frame);
        let senders = read.map(|r| r.senders.as_slice()).unwrap_or_default();
        let recipients = read.map(|r| r.recipients.as_slice()).unwrap_or_default();
        for (side, people, others, parties) in [
            ("sender", &gold.senders, &gold.recipients, senders),
            ("recipient", &gold.recipients, &gold.senders, recipients),
        ] {
            let here: Vec<_> = people
                .iter()
                .map(|p| keys_on_page(p, others, &capitals))
                .filter(|keys| !keys.is_empty())
                .collect();
            if !here.is_empty() {
                let got = words_read(parties);
                let is_right = here.iter().all(|keys| !keys.is_disjoint(&got));
                let is_wrong = !got.is_empty() && here.iter().all(|keys| keys.is_disjoint(&got));
                self.ratio(&format!("{side} (page)"), is_right);
                self.ratio(&format!("{side} wrong (page), lower is better"), is_wrong);
                whole.push(is_right);
            }
        }
        whole.extend(self.add_place(gold, read, &frame));
        if !whole.is_empty() {
            self.ratio("whole letter right (page)", whole.iter().all(|&right| right));
        }
        self.zones.add(gold, &read.map(|r| zones_in(&gold.text, &r.zones)).unwrap_or_default());
        if let Some(read) = read {
            // a record is plain data: it can always be written as JSON
            let json = serde_json::to_value(read).unwrap_or_default();
            self.check_spans(&Text::new(&gold.text), &json);
        }
    }

    fn ratio(&mut self, name: &str, is_hit: bool) {
        self.ratios.entry(name).add(is_hit);
    }

    /// Whether the date is right, where year and day stand on the page.
    fn add_date(&mut self, gold: &Letter, read: Option<&record::Letter>) -> Option<bool> {
        let when = gold.date.as_deref()?;
        let edtf = read.and_then(|r| r.date.as_ref()).map(|d| without_doubt(&d.value));
        let edtf = edtf.unwrap_or_default();
        let is_right = edtf == when;
        let agrees = when.starts_with(&edtf) || edtf.starts_with(when);
        let mut parts = when.split('-');
        let is_year_here = parts.next().is_none_or(|year| gold.text.contains(year));
        let is_day_here = parts.nth(1).is_none_or(|day| {
            day.parse().is_ok_and(|day: u8| stands_alone(&gold.text, &day.to_string()))
        });
        let is_here = is_year_here && is_day_here;
        if is_here {
            self.ratio("date exact (page)", is_right);
        }
        self.ratio("date exact (all)", is_right);
        self.ratio("date wrong (all), lower is better", is_asserted(&edtf) && !agrees);
        is_here.then_some(is_right)
    }

    /// Whether the place is right, where a word of it stands in dateline, letterhead or frame.
    fn add_place(
        &mut self,
        gold: &Letter,
        read: Option<&record::Letter>,
        frame: &str,
    ) -> Option<bool> {
        let place = gold.place.as_deref()?;
        let capitals = if gold.scored.contains(&ZoneLabel::Dateline) {
            gold.zones
                .iter()
                .filter(|z| matches!(z.label, ZoneLabel::Dateline | ZoneLabel::Letterhead))
                .flat_map(|z| capitalised(&gold.text[z.span.start..z.span.end]))
                .collect()
        } else {
            capitalised(frame)
        };
        let here: Vec<String> =
            words(place, 4).into_iter().filter(|w| capitals.contains(w)).collect();
        if here.is_empty() {
            return None;
        }
        let read = read.and_then(|r| r.place.as_ref()).map(|p| words(&p.value, 4));
        let is_right = read.is_some_and(|read| read.iter().any(|w| here.contains(w)));
        self.ratio("place (page)", is_right);
        Some(is_right)
    }

    /// Counts every object with a start and an end, however deep it lies.
    fn check_spans(&mut self, text: &Text<'_>, json: &Value) {
        match json {
            Value::Object(object) => {
                let number =
                    |key: &str| object.get(key)?.as_u64().and_then(|n| usize::try_from(n).ok());
                if let (Some(start), Some(end)) = (number("start"), number("end")) {
                    let slice = text
                        .byte(start)
                        .zip(text.byte(end))
                        .filter(|(a, b)| a <= b)
                        .map(|(a, b)| text.slice(Span::new(a, b)));
                    let quote = object.get("quote").and_then(Value::as_str);
                    let is_right = slice.is_some_and(|s| quote.is_none_or(|q| q == s));
                    self.spans += 1;
                    self.faults += usize::from(!is_right);
                }
                object.values().for_each(|v| self.check_spans(text, v));
            }
            Value::Array(items) => items.iter().for_each(|v| self.check_spans(text, v)),
            _ => {}
        }
    }
}

/// The letter without its body; where the edition does not mark the body, its head and tail.
fn frame(gold: &Letter) -> String {
    let text = gold.text.as_str();
    if gold.scored.contains(&ZoneLabel::Body) {
        let mut out = String::new();
        let mut at = 0;
        for zone in gold.zones.iter().filter(|z| z.label == ZoneLabel::Body) {
            out += &text[at.min(zone.span.start)..zone.span.start];
            out.push('\n');
            at = at.max(zone.span.end);
        }
        return out + &text[at..];
    }
    let index = Text::new(text);
    let length = text.chars().count();
    match (index.byte(END), index.byte(length.saturating_sub(END))) {
        (Some(head), Some(tail)) if length > 2 * END => {
            format!("{}\n{}", &text[..head], &text[tail..])
        }
        _ => text.to_owned(),
    }
}

/// EDTF without its qualifiers.
pub(crate) fn without_doubt(edtf: &str) -> String {
    edtf.replace(['~', '?', '%'], "")
}

/// Whether the value is a year, a month or a day in plain digits, nothing left open.
pub(crate) fn is_asserted(edtf: &str) -> bool {
    let parts: Vec<&str> = edtf.split('-').collect();
    parts.len() <= 3
        && parts[0].chars().count() == 4
        && parts[1..].iter().all(|p| p.chars().count() == 2)
        && parts.iter().all(|p| p.chars().all(is_digit))
}

/// Whether `number` stands in `text` as a number of its own, perhaps with a zero before it.
fn stands_alone(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let mut before = text[..at].chars().rev();
        let is_free = match before.next() {
            Some('0') => !before.next().is_some_and(is_digit),
            other => !other.is_some_and(is_digit),
        };
        is_free && !text[at + number.len()..].starts_with(is_digit)
    })
}

/// The zones of a reading in bytes of `text`; what lies beyond its end is cut off.
fn zones_in(text: &str, zones: &[record::Zone]) -> Vec<Zone> {
    let index = Text::new(text);
    zones
        .iter()
        .map(|z| {
            let start = index.byte(z.start).unwrap_or(text.len());
            let end = index.byte(z.end).unwrap_or(text.len()).max(start);
            Zone { label: z.label, span: Span::new(start, end) }
        })
        .collect()
}
