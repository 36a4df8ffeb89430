//! Where in its file each value of a record stands, for JSON and for cards.
//!
//! Stands beside the record and is no part of it: the record speaks of the text, this of the file
//! that the text came from. Positions in the text are code points as in the record; in the file
//! they are bytes, half-open and counted from 0, or a page, counted from 1, with a box.

use letterbook::span::Span;
use letterbook::text::Text;
use letterbook_files::Document;
use letterbook_files::document::Boundary;
use letterbook_files::map::{Place, SourceMap, Spot};
use serde::Serialize;
use serde_json::Value;

/// What stands under `where` beside a record.
#[derive(Debug, Serialize)]
pub(crate) struct Where<'a> {
    format: letterbook_files::Format,
    boundary: Boundary,
    places: Vec<Cited<'a>>,
}

/// Characters that the record cites.
#[derive(Debug, Serialize)]
struct Cited<'a> {
    start: u64,
    end: u64,
    at: Vec<At<'a>>,
}

/// A stretch of the file.
#[derive(Debug, Serialize)]
struct At<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    part: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    /// Left, top, right, bottom, in the units of the page.
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    area: Option<[f32; 4]>,
}

impl<'a> From<Place<'a>> for At<'a> {
    fn from(Place { part, path, spot }: Place<'a>) -> At<'a> {
        let (bytes, page, area) = match spot {
            Spot::Bytes(range) => (Some([range.start, range.end]), None, None),
            Spot::Page(page, a) => (None, Some(page), Some([a.left, a.top, a.right, a.bottom])),
        };
        At { part, path, bytes, page, area }
    }
}

/// The places of all that `record` cites of `text`, which came from `document`.
pub(crate) fn of<'a>(record: &Value, text: &str, document: &'a Document) -> Where<'a> {
    let mut cited = Vec::new();
    gather(record, &mut cited);
    cited.sort_unstable();
    cited.dedup();
    let text = Text::new(text);
    let places = cited.into_iter().filter_map(|(start, end)| {
        let byte = |n: u64| text.byte(usize::try_from(n).ok()?);
        let span = Span::new(byte(start)?, byte(end)?);
        let at = document.map.places(span).into_iter().map(At::from).collect();
        Some(Cited { start, end, at })
    });
    Where { format: document.format, boundary: document.boundary, places: places.collect() }
}

/// Finds the evidence in a record: every object with `start`, `end` and `quote`.
fn gather(value: &Value, cited: &mut Vec<(u64, u64)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, cited)),
        Value::Object(object) => {
            let number = |key: &str| object.get(key).and_then(Value::as_u64);
            match (number("start"), number("end"), object.get("quote")) {
                (Some(start), Some(end), Some(_)) => cited.push((start, end)),
                _ => object.values().for_each(|item| gather(item, cited)),
            }
        }
        _ => {}
    }
}

/// The places of a stretch of the text in words: `page 2, 71–240 × 90–102`, `bytes 12–30`.
pub(crate) fn words(map: &SourceMap, span: Span) -> String {
    /// Stretches that are named; a paragraph over many lines has many.
    const NAMED: usize = 3;
    let places = map.places(span);
    let mut words: Vec<String> = places
        .iter()
        .take(NAMED)
        .map(|place| {
            let spot = match &place.spot {
                Spot::Bytes(range) => format!("bytes {}–{}", range.start, range.end),
                Spot::Page(page, a) => format!(
                    "page {page}, {:.0}–{:.0} × {:.0}–{:.0}",
                    a.left, a.right, a.top, a.bottom
                ),
            };
            [place.part, place.path, &spot]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    if places.len() > NAMED {
        words.push("…".to_owned());
    }
    words.join("; ")
}
