//! `letterbook check`: what does not fit between letters.

use std::io::Write as _;

use letterbook::record::Severity;
use letterbook_archive::audit::{Conflict, audit};
use serde::Serialize;

use super::{Failure, count, open};
use crate::args::archive::{Check, Format};
use crate::commands::Status;
use crate::commands::jsonl::to_line;
use crate::output::Output;
use crate::progress::{Progress, Tally, Unit};
use crate::render::{conflict, listing, table, width};

/// A finding between letters as programs get it.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: Severity,
    letters: [i64; 2],
    message: &'a str,
    hint: &'a str,
}

pub(crate) fn run(args: &Check) -> Result<Status, Failure> {
    let archive = open(&args.archive)?;
    let total = archive.health()?.counts.letters;
    let mut progress = Progress::new(Unit::Letter, Some(total), args.quiet, false);
    let mut tally = Tally::default();
    let found = audit(&archive, &mut |_| {
        tally.letters += 1;
        progress.advance(1, &tally);
    })?;
    progress.finish();
    let mut output = Output::open(None, args.shown.format == Format::Text)?;
    match args.shown.format {
        Format::Text => {
            let width = width(args.shown.width);
            for conflict in &found {
                writeln!(output, "{}", conflict::draw(conflict, width))?;
            }
            let letters = count(total, "letter");
            let words = format!("{letters} compared, {}", count(found.len() as u64, "finding"));
            writeln!(output, "{}", listing::summary(&words))?;
        }
        Format::Jsonl => {
            for Conflict { code, severity, letters, message, hint } in &found {
                let (severity, letters) = (*severity, *letters);
                output.write_all(&to_line(&Finding { code, severity, letters, message, hint }))?;
            }
        }
        Format::Csv => {
            let head = ["code", "severity", "letter", "other", "message", "hint"];
            output.write_all(&table::line(head.into_iter()))?;
            for found in &found {
                let severity = conflict::severity(found.severity);
                let [one, other] = found.letters.map(|id| id.to_string());
                let cells = [found.code, severity, &one, &other, &found.message, found.hint];
                output.write_all(&table::line(cells.into_iter()))?;
            }
        }
    }
    output.finish()?;
    Ok(if found.is_empty() { Status::Done } else { Status::Incomplete })
}
