//! `letterbook show`: a letter of the archive as a card, as its text, or as it came.

use std::io::Write as _;

use letterbook::record::{Id, Letter};
use letterbook::text::Text;
use letterbook_archive::Held;
use letterbook_archive::correction::Correction;
use serde::Serialize;

use super::{Failure, letter, open};
use crate::args::archive::{Show, ShowFormat};
use crate::commands::Status;
use crate::commands::jsonl::to_line;
use crate::output::Output;
use crate::render::card::{View, card};
use crate::render::margin::margin;
use crate::render::{correction, finding, width};
use crate::request::Problem;

pub(crate) fn run(args: &Show) -> Result<Status, Failure> {
    let archive = open(&args.archive)?;
    let mut letters = Vec::with_capacity(args.letters.len());
    for name in &args.letters {
        letters.push(letter(&archive, name)?);
    }
    let is_card = args.format == ShowFormat::Text && !args.original && !args.text;
    let mut output = Output::open(None, is_card)?;
    for (i, &id) in letters.iter().enumerate() {
        if args.original {
            output.write_all(&archive.store().original(id, args.version)?)?;
            continue;
        }
        let held = archive.letter(id)?;
        if args.text {
            output.write_all(held.stored.text.as_bytes())?;
            continue;
        }
        match args.format {
            ShowFormat::Text => {
                let gap = if i > 0 { "\n" } else { "" };
                write!(output, "{gap}{}", page(&held, args))?;
            }
            ShowFormat::Jsonl => output.write_all(&to_line(&Whole::of(&held)))?,
            ShowFormat::Json => {
                output.write_all(if i == 0 { b"[\n" } else { b",\n" })?;
                let line = to_line(&Whole::of(&held));
                output.write_all(line.trim_ascii_end())?;
            }
        }
    }
    if args.format == ShowFormat::Json {
        output.write_all(b"\n]\n")?;
    }
    output.finish()?;
    Ok(Status::Done)
}

/// A letter with all that the archive knows of it, as programs get it.
#[derive(Serialize)]
struct Whole<'a> {
    letter: i64,
    version: u32,
    files: &'a [String],
    added: &'a str,
    reader: &'a str,
    read: &'a str,
    hash: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<Said<'a>>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a Letter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

impl<'a> Whole<'a> {
    fn of(held: &'a Held) -> Whole<'a> {
        let stored = &held.stored;
        Whole {
            letter: stored.id,
            version: stored.version,
            files: &stored.sources,
            added: &stored.added,
            reader: &stored.reader,
            read: &stored.read,
            hash: format!("blake3:{}", stored.hash),
            corrections: stored.corrections.iter().map(Said::of).collect(),
            text: &stored.text,
            record: held.letter.as_ref(),
            error: stored.record.as_ref().err().map(String::as_str),
        }
    }
}

/// A correction as programs get it.
#[derive(Serialize)]
pub(super) struct Said<'a> {
    correction: i64,
    field: &'a str,
    action: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'a serde_json::Value>,
    who: &'a str,
    at: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    undone: Option<&'a str>,
}

impl<'a> Said<'a> {
    pub(super) fn of(said: &'a Correction) -> Said<'a> {
        Said {
            correction: said.id,
            field: &said.path,
            action: said.action.name(),
            value: said.value.as_deref(),
            was: said.was.as_ref(),
            who: &said.who,
            at: &said.at,
            why: &said.why,
            undone: said.undone.as_deref(),
        }
    }
}

fn page(held: &Held, args: &Show) -> String {
    let stored = &held.stored;
    let width = width(args.width);
    let name = match stored.sources.first() {
        Some(file) => format!("letter {} · {file}", stored.id),
        None => format!("letter {}", stored.id),
    };
    let letter = match (&held.letter, &stored.record) {
        (Some(letter), _) => letter,
        (None, Err(why)) => {
            let hint = "its bytes are kept; `letterbook show LETTER --original` gives them";
            return finding::failure(&name, None, &Problem::new("not-read", why, hint), width);
        }
        (None, Ok(_)) => return String::new(),
    };
    let mut letter = letter.clone();
    letter.id = Some(Id::Number(stored.id));
    let text = Text::new(&stored.text);
    let mut page = String::new();
    if args.zones {
        page.push_str(&margin(&name, &text, &letter, width));
        page.push('\n');
    }
    let view =
        View { name: &name, text: &text, letter: &letter, width, explain: args.explain, map: None };
    page.push_str(&card(&view));
    if !stored.corrections.is_empty() {
        page.push('\n');
        page.push_str(&correction::below_card(&stored.corrections, width));
    }
    page
}
