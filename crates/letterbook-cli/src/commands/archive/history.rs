//! `letterbook history`: what happened to a letter.

use std::io::Write as _;

use letterbook_archive::store::{LetterId, Removal};
use serde::Serialize;

use super::show::Said;
use super::{Failure, letter, open, removed};
use crate::args::archive::{Format, History};
use crate::commands::Status;
use crate::commands::jsonl::to_line;
use crate::output::Output;
use crate::render::wrap::Paragraph;
use crate::render::{FAINT, PLAIN, TITLE, correction, listing, printable, table, width};

/// A version as programs get it.
#[derive(Serialize)]
struct Event<'a> {
    version: u32,
    hash: String,
    bytes: u64,
    added: &'a str,
    reader: &'a str,
    read: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

/// A letter that was taken out, as programs get it.
#[derive(Serialize)]
struct TakenOut<'a> {
    letter: LetterId,
    removed: &'a str,
    who: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
}

/// The columns of a table of what was said of a letter.
const COLUMNS: [&str; 10] = [
    "correction",
    "field",
    "action",
    "value",
    "who",
    "at",
    "why",
    "undone",
    "undone_by",
    "undone_why",
];

/// Tells how a letter was taken out: all that is left of it.
fn tell_removal(id: LetterId, removal: &Removal, format: Format) -> Result<Status, Failure> {
    let Removal { who, at, why } = removal;
    let mut output = Output::open(None, format == Format::Text)?;
    match format {
        Format::Text => {
            let how = correction::removal(removal);
            writeln!(output, "{TITLE}letter {id}{TITLE:#} · {how}")?;
        }
        Format::Jsonl => {
            output.write_all(&to_line(&TakenOut { letter: id, removed: at, who, why }))?;
        }
        Format::Csv => {
            output.write_all(&table::line(COLUMNS.into_iter()))?;
            let cells = ["", "", "remove", "", who, at, why, "", "", ""];
            output.write_all(&table::line(cells.into_iter()))?;
        }
    }
    output.finish()?;
    Ok(Status::Done)
}

pub(crate) fn run(args: &History) -> Result<Status, Failure> {
    let archive = open(&args.archive)?;
    if let Some((id, removal)) = removed(&archive, &args.letter)? {
        return tell_removal(id, &removal, args.shown.format);
    }
    let id = letter(&archive, &args.letter)?;
    let versions = archive.store().versions(id)?;
    let corrections = archive.history(id)?;
    let sources = archive.letter(id)?.stored.sources;
    let mut output = Output::open(None, args.shown.format == Format::Text)?;
    match args.shown.format {
        Format::Text => {
            let width = width(args.shown.width);
            let names = sources.join(", ");
            writeln!(output, "{TITLE}letter {id}{TITLE:#} · {}", printable(&names))?;
            for version in &versions {
                let mut line = Paragraph::default();
                let added = correction::day(&version.added);
                line.push(&format!("version {}", version.number), PLAIN);
                line.push(&format!(" added {added}, {} bytes", version.bytes), PLAIN);
                match &version.failure {
                    Some(why) => line.push(&format!("; not read: {}", printable(why)), PLAIN),
                    None => {
                        let read = correction::day(&version.read);
                        line.push(&format!("; read {read} by {}", version.reader), FAINT)
                    }
                };
                write!(output, "{}", listing::row("file", &line, width))?;
            }
            for said in &corrections {
                let line = correction::said(said);
                write!(output, "{}", listing::row("edit", &line, width))?;
            }
        }
        Format::Jsonl => {
            for version in &versions {
                output.write_all(&to_line(&Event {
                    version: version.number,
                    hash: format!("blake3:{}", version.hash),
                    bytes: version.bytes,
                    added: &version.added,
                    reader: &version.reader,
                    read: &version.read,
                    error: version.failure.as_deref(),
                }))?;
            }
            for said in &corrections {
                output.write_all(&to_line(&Said::of(said)))?;
            }
        }
        Format::Csv => {
            output.write_all(&table::line(COLUMNS.into_iter()))?;
            for said in &corrections {
                let number = said.id.to_string();
                let cells = [
                    number.as_str(),
                    &said.path,
                    said.action.name(),
                    said.value.as_deref().unwrap_or_default(),
                    &said.who,
                    &said.at,
                    &said.why,
                    said.undone.as_deref().unwrap_or_default(),
                    said.undoer.as_deref().unwrap_or_default(),
                    &said.undone_why,
                ];
                output.write_all(&table::line(cells.into_iter()))?;
            }
        }
    }
    output.finish()?;
    Ok(Status::Done)
}
