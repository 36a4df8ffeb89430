//! One letter as one row of a table: UTF-8 CSV by RFC 4180, with a head row.
//!
//! Several values in one cell are parted by "; ". Evidence and confidence are not here: the JSON
//! forms have them.

use std::collections::BTreeMap;

use letterbook::record::{Id, Letter, Party, Reading};

use super::words;
use crate::request::Problem;

/// The head row.
pub(crate) const COLUMNS: [&str; 23] = [
    "id",
    "source",
    "language",
    "date",
    "date_written",
    "calendar",
    "weekday",
    "place",
    "senders",
    "sender_roles",
    "sender_organisations",
    "sender_on_behalf_of",
    "sender_addresses",
    "sender_contacts",
    "recipients",
    "recipient_roles",
    "recipient_organisations",
    "recipient_addresses",
    "occasions",
    "acts",
    "references",
    "enclosures",
    "findings",
];

/// So many of the columns say which letter it is.
const NAMES: usize = 2;

/// The last column, of what could not be read.
pub(crate) const ERROR: &str = "error";

/// The head row as a line.
pub(crate) fn head() -> Vec<u8> {
    line(COLUMNS.into_iter().chain([ERROR]))
}

/// The head row with other columns in the place of the first two, for letters that are kept.
pub(crate) fn head_with(first: &[&'static str]) -> Vec<u8> {
    line(first.iter().copied().chain(COLUMNS.into_iter().skip(NAMES)).chain([ERROR]))
}

/// The row of a letter that is kept, with other cells in the place of the first two; `error` says why
/// there is none.
pub(crate) fn row_with(
    first: &[String],
    letter: Option<&Letter>,
    error: Option<&String>,
) -> Vec<u8> {
    let cells = letter.map_or_else(Default::default, |letter| cells(letter, None));
    let rest = cells.iter().skip(NAMES).map(String::as_str);
    line(first.iter().map(String::as_str).chain(rest).chain([error.map_or("", String::as_str)]))
}

/// How many letters there are of each value of each kind.
pub(crate) fn counts(facets: &BTreeMap<String, Vec<(String, u64)>>) -> Vec<u8> {
    let mut out = line(["kind", "value", "letters"].into_iter());
    for (kind, values) in facets {
        for (value, n) in values {
            out.extend(line([kind.as_str(), value, &n.to_string()].into_iter()));
        }
    }
    out
}

/// Any row.
pub(crate) fn line<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells).expect("memory takes any row");
    writer.into_inner().expect("memory takes any row")
}

/// The row of a letter, and the file that it stands in where its identifier is its own.
pub(crate) fn row(letter: &Letter, source: Option<&str>) -> Vec<u8> {
    let cells = cells(letter, source);
    line(cells.iter().map(String::as_str).chain([""]))
}

fn cells(letter: &Letter, source: Option<&str>) -> [String; COLUMNS.len()] {
    let of = |parties: &[Party], field: fn(&Party) -> &Option<Reading>| {
        join(parties.iter().filter_map(|p| field(p).as_ref()).map(|r| r.value.clone()))
    };
    let date = letter.date.as_ref();
    let quotes = |evidence: &[letterbook::record::Evidence]| {
        evidence
            .iter()
            .map(|e| super::printable(&e.quote).into_owned())
            .collect::<Vec<_>>()
            .join(" … ")
    };
    [
        letter.id.as_ref().map(id).unwrap_or_default(),
        source.unwrap_or_default().to_owned(),
        letter.language.as_ref().map(|l| l.value.clone()).unwrap_or_default(),
        date.map(|d| d.value.clone()).unwrap_or_default(),
        date.map(|d| quotes(&d.evidence)).unwrap_or_default(),
        date.map(|d| d.calendar.clone()).unwrap_or_default(),
        date.and_then(|d| d.weekday.clone()).unwrap_or_default(),
        letter.place.as_ref().map(|p| p.value.clone()).unwrap_or_default(),
        of(&letter.senders, |p| &p.name),
        of(&letter.senders, |p| &p.role),
        of(&letter.senders, |p| &p.organisation),
        of(&letter.senders, |p| &p.on_behalf_of),
        of(&letter.senders, |p| &p.address),
        join(letter.senders.iter().flat_map(|p| &p.contacts).map(|c| c.value.clone())),
        of(&letter.recipients, |p| &p.name),
        of(&letter.recipients, |p| &p.role),
        of(&letter.recipients, |p| &p.organisation),
        of(&letter.recipients, |p| &p.address),
        join(letter.occasions.iter().map(|o| {
            let name = words::occasion(o.kind);
            let event = o.event.as_deref().map(|e| format!(": {e}")).unwrap_or_default();
            let n = o.ordinal.map(|n| format!("{} ", words::ordinal(n))).unwrap_or_default();
            let date = o.event_date.as_deref().map(|d| format!(" ({d})")).unwrap_or_default();
            format!("{n}{name}{event}{date}")
        })),
        join(letter.acts.iter().map(|a| a.act.name().to_owned())),
        join(letter.references.iter().map(|r| {
            let date = r.date.as_deref().map(|d| format!(" {d}")).unwrap_or_default();
            format!("{}{date}", words::reference(r.kind, r.from))
        })),
        join(letter.enclosures.iter().map(|e| quotes(&e.evidence))),
        join(letter.findings.iter().map(|f| f.code.to_string())),
    ]
}

/// The row of what could not be read.
pub(crate) fn failure(name: &str, problem: &Problem) -> Vec<u8> {
    let error = format!("{}: {}", problem.code, problem.message);
    let empty = std::iter::repeat_n("", COLUMNS.len() - 1);
    line([name].into_iter().chain(empty).chain([error.as_str()]))
}

/// An identifier as text.
pub(crate) fn id(id: &Id) -> String {
    match id {
        Id::Number(n) => n.to_string(),
        Id::Text(text) => text.clone(),
    }
}

fn join(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("; ")
}
