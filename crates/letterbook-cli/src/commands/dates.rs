//! `letterbook dates`: the dates in a text, in any calendar.

use std::io::{self, Read, Write};

use letterbook::record::Evidence;
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook_archive::cause;
use letterbook_dates::calendar::gregorian::month_length;
use letterbook_dates::phrase::{
    AnniversaryKind, Context, DateReading, ImpossibleDay, find_dates, find_impossible_days,
};
use letterbook_dates::value::Edtf;
use serde::Serialize;

use super::edtf::row;
use super::{Status, complain, jsonl};
use crate::args;
use crate::output::Output;
use crate::render::wrap::{Paragraph, shorten};
use crate::render::{DOUBT, FAINT, OWN, TITLE, date, printable, width};
use crate::request::{Object, Problem};

/// The answer of the pipe.
#[derive(Serialize)]
struct Answer {
    dates: Vec<DateAnswer>,
    /// Days that no month has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    impossible: Vec<ImpossibleAnswer>,
}

#[derive(Serialize)]
struct ImpossibleAnswer {
    message: String,
    evidence: [Evidence; 1],
}

/// A date, by the terms of the record.
#[derive(Serialize)]
struct DateAnswer {
    value: String,
    calendar: &'static str,
    evidence: [Evidence; 1],
    confidence: f32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<AlternativeAnswer>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parallel: Vec<ParallelAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anniversary: Option<AnniversaryAnswer>,
    /// Whether the value would be fuller with an anchor.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unanchored: bool,
    by: &'static str,
}

#[derive(Serialize)]
struct AlternativeAnswer {
    value: String,
    calendar: &'static str,
    reason: &'static str,
}

#[derive(Serialize)]
struct ParallelAnswer {
    value: String,
    calendar: String,
    agrees: bool,
    evidence: [Evidence; 1],
}

#[derive(Serialize)]
struct AnniversaryAnswer {
    kind: &'static str,
    years: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<i32>,
}

/// Answers on the command line, or runs the pipe.
///
/// # Errors
///
/// When the output cannot be written.
pub(crate) fn run(args: args::Dates) -> io::Result<Status> {
    let anchor = match args.anchor.as_deref().map(anchor).transpose() {
        Ok(anchor) => anchor,
        Err(problem) => {
            complain(&problem.line());
            return Ok(Status::Incomplete);
        }
    };
    let common = Context {
        lang: args.lang.as_deref(),
        anchor,
        place: args.place.as_deref(),
        ..Context::default()
    };
    if args.jsonl {
        let keys = &["text", "lang", "anchor", "place"];
        return jsonl::run(args.limit.max_bytes, keys, |object| answer(object, &common));
    }
    let text = match args.text.is_empty() {
        false => args.text.join(" "),
        true => {
            let mut bytes = Vec::new();
            let limit = args.limit.max_bytes;
            let read = io::stdin().take(limit + 1).read_to_end(&mut bytes);
            if let Err(e) = read {
                complain(&format!("expected more input, but found {}", cause(&e)));
                return Ok(Status::Incomplete);
            }
            if bytes.len() as u64 > limit {
                complain(&format!(
                    "expected at most {limit} bytes, but found more; raise the limit with --max-bytes"
                ));
                return Ok(Status::Incomplete);
            }
            match letterbook::source::Source::decode(&bytes) {
                Ok(source) => source.text().to_owned(),
                Err(e) => {
                    complain(&format!("standard input: {e}"));
                    return Ok(Status::Incomplete);
                }
            }
        }
    };
    let mut out = Output::open(None, true)?;
    let found = find_dates(&text, &common);
    let mut missing = find_impossible_days(&text, &common).into_iter().peekable();
    let is_empty = found.is_empty() && missing.peek().is_none();
    for reading in &found {
        while let Some(day) = missing.next_if(|day| day.span.start < reading.span.end) {
            show_missing(&mut out, &text, &day)?;
        }
        show(&mut out, &text, reading)?;
    }
    for day in missing {
        show_missing(&mut out, &text, &day)?;
    }
    if is_empty {
        writeln!(out, "{FAINT}no date found{FAINT:#}")?;
    }
    out.finish()?;
    Ok(Status::Done)
}

fn anchor(written: &str) -> Result<Edtf, Problem> {
    Edtf::parse(written).map_err(|e| {
        let message = format!("expected the anchor as EDTF, but found `{written}`: {e}");
        Problem::new("bad-anchor", message, "write the day as 1901-12-20, or what is known of it")
    })
}

fn answer(object: &Object<'_>, common: &Context<'_>) -> Result<Answer, Problem> {
    let text = object.expect_text("text")?;
    let (lang, place) = (object.hint("lang")?, object.hint("place")?);
    let near = match object.hint("anchor")? {
        Some(written) => Some(anchor(&written)?),
        None => common.anchor.clone(),
    };
    let context = Context {
        lang: lang.as_deref().or(common.lang),
        anchor: near,
        place: place.as_deref().or(common.place),
        ..Context::default()
    };
    let source = Text::new(&text);
    let dates = find_dates(&text, &context)
        .into_iter()
        .map(|reading| DateAnswer {
            value: reading.value.to_string(),
            calendar: reading.calendar.label(),
            evidence: [source.evidence(Span::from(reading.span))],
            confidence: reading.confidence,
            alternatives: reading
                .alternatives
                .into_iter()
                .map(|other| AlternativeAnswer {
                    value: other.value.to_string(),
                    calendar: other.calendar.label(),
                    reason: other.reason,
                })
                .collect(),
            parallel: reading
                .parallel
                .into_iter()
                .map(|p| ParallelAnswer {
                    value: p.value.to_string(),
                    calendar: p.calendar,
                    agrees: p.agrees,
                    evidence: [source.evidence(Span::from(p.span))],
                })
                .collect(),
            anniversary: reading.anniversary.map(|a| AnniversaryAnswer {
                kind: match a.kind {
                    AnniversaryKind::Return => "return",
                    AnniversaryKind::AtLeast => "at_least",
                    AnniversaryKind::Age => "age",
                },
                years: a.years,
                since: a.since,
            }),
            unanchored: reading.unanchored,
            by: reading.rule,
        })
        .collect();
    let impossible = find_impossible_days(&text, &context)
        .into_iter()
        .map(|day| ImpossibleAnswer {
            message: missing(&day),
            evidence: [source.evidence(Span::from(day.span))],
        })
        .collect();
    Ok(Answer { dates, impossible })
}

/// A day that no month has.
fn show_missing(out: &mut impl Write, text: &str, day: &ImpossibleDay) -> io::Result<()> {
    quoted(out, &text[day.span.clone()])?;
    row(out, "no such", &format!("{DOUBT}day{DOUBT:#}: {}", missing(day)))
}

/// How long the month is that has not the day; February as in a leap year where none is known.
fn missing(day: &ImpossibleDay) -> String {
    let year = day.year.map(|year| format!(" of {year}")).unwrap_or_default();
    let last = month_length(day.year.unwrap_or(4), day.month);
    format!("month {}{year} has {last} days, not {}", day.month, day.day)
}

fn quoted(out: &mut impl Write, words: &str) -> io::Result<()> {
    let width = width(None);
    let mut title = Paragraph::default();
    title.push("“", FAINT).push(&shorten(&printable(words), width), OWN).push("”", FAINT);
    for line in title.lines(width) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn show(out: &mut impl Write, text: &str, reading: &DateReading) -> io::Result<()> {
    quoted(out, &text[reading.span.clone()])?;
    let width = width(None);
    let words = date::words(&reading.value).map(|w| format!("  {w}")).unwrap_or_default();
    row(out, "means", &format!("{TITLE}{}{TITLE:#}{words}", reading.value))?;
    row(out, "calendar", reading.calendar.label())?;
    for p in &reading.parallel {
        let quote = shorten(&printable(&text[p.span.clone()]), width);
        let agrees = if p.agrees { "the same" } else { "another" };
        let unit = if p.value.as_date().is_some_and(|d| d.day_number().is_some()) {
            "day"
        } else {
            "year"
        };
        row(
            out,
            "also",
            &format!("“{quote}”, {}, {agrees} {unit}: {}", printable(&p.calendar), p.value),
        )?;
    }
    for other in &reading.alternatives {
        row(out, "or", &format!("{DOUBT}{}{DOUBT:#}  {}", other.value, other.reason))?;
    }
    if reading.unanchored {
        row(out, "open", "leans on another date; give it with --anchor")?;
    }
    Ok(())
}
