//! `letterbook edtf`: what a date in EDTF means.

use std::io::{self, Write};

use letterbook_dates::value::{Bound, Edtf};
use serde::Serialize;

use super::jsonl::{self, ErrorBody};
use super::{Status, complain};
use crate::args;
use crate::output::Output;
use crate::render::{DOUBT, LABEL, TITLE, date, printable};
use crate::request::{Object, Problem};

/// The answer of the pipe.
#[derive(Serialize)]
struct Answer {
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<OwnedError>,
}

#[derive(Serialize)]
#[serde(transparent)]
struct OwnedError(#[serde(serialize_with = "as_body")] Problem);

fn as_body<S: serde::Serializer>(problem: &Problem, serializer: S) -> Result<S::Ok, S::Error> {
    ErrorBody::from(problem).serialize(serializer)
}

/// Answers on the command line, or runs the pipe.
///
/// # Errors
///
/// When the output cannot be written.
pub(crate) fn run(args: args::Edtf) -> io::Result<Status> {
    if args.jsonl {
        return jsonl::run(args.limit.max_bytes, &["edtf", "level"], answer);
    }
    let mut out = Output::open(None, true)?;
    let mut status = Status::Done;
    for written in &args.values {
        match Edtf::parse(written) {
            Ok(value) => show(&mut out, &value)?,
            Err(e) => {
                status = Status::Incomplete;
                out.flush()?;
                complain(&format!("{}: {e}", printable(written)));
            }
        }
    }
    out.finish()?;
    Ok(status)
}

fn answer(object: &Object<'_>) -> Result<Answer, Problem> {
    let written = object.expect_text("edtf")?;
    let level = match object.number("level")? {
        None => 2,
        Some(level @ 0..=2) => level as u8,
        Some(level) => {
            let message = format!("expected a level from 0 to 2, but found {level}");
            return Err(Problem::new("wrong-value", message, "leave it out to allow every level"));
        }
    };
    Ok(match Edtf::parse_at_level(&written, level) {
        Ok(value) => Answer {
            valid: true,
            level: Some(value.level()),
            earliest: bound(value.earliest()),
            latest: bound(value.latest()),
            warning: value.departure().map(str::to_owned),
            error: None,
        },
        Err(e) => Answer {
            valid: false,
            level: None,
            earliest: None,
            latest: None,
            warning: None,
            error: Some(OwnedError(Problem::new("bad-edtf", e.to_string(), ""))),
        },
    })
}

/// A bound as the pipe writes it; an unknown one is absent.
fn bound(bound: Bound) -> Option<String> {
    (bound != Bound::Unknown).then(|| bound.to_string())
}

fn show(out: &mut impl Write, value: &Edtf) -> io::Result<()> {
    let words = date::words(value).map(|words| format!("  {words}")).unwrap_or_default();
    writeln!(out, "{TITLE}{value}{TITLE:#}{words}")?;
    row(out, "level", &value.level().to_string())?;
    for (label, bound) in [("earliest", value.earliest()), ("latest", value.latest())] {
        let words = match bound {
            Bound::Open => "open".to_owned(),
            Bound::Unknown => "not known".to_owned(),
            Bound::Day(day) => format!("{bound}  {}", day.weekday().name()),
            Bound::Far(..) => bound.to_string(),
        };
        row(out, label, &words)?;
    }
    if let Some(departure) = value.departure() {
        writeln!(out, "  {DOUBT}outside the standard: {departure}{DOUBT:#}")?;
    }
    Ok(())
}

/// A labelled row of an answer.
///
/// # Errors
///
/// When it cannot be written.
pub(crate) fn row(out: &mut impl Write, label: &str, value: &str) -> io::Result<()> {
    writeln!(out, "  {LABEL}{label:<17}{LABEL:#} {value}")
}
