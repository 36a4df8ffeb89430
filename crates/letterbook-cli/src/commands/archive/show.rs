//! `letterbook show`: a letter of the archive as a card, as its text, or as it came.

use std::io::Write as _;

use letterbook::record::{Id, Letter};
use letterbook::text::Text;
use letterbook_archive::correction::{self as corrections, Correction};
use letterbook_archive::{Held, field};
use serde::Serialize;

use super::{Failure, check, letter, open, read, say};
use crate::args::archive::{Show, ShowFormat};
use crate::commands::Status;
use crate::commands::jsonl::to_line;
use crate::output::Output;
use crate::render::card::{View, card};
use crate::render::margin::margin;
use crate::render::wrap::{Paragraph, shorten};
use crate::render::{FAINT, LABEL, PLAIN, correction, finding, printable, width};
use crate::request::Problem;

pub(crate) fn run(args: &Show) -> Result<Status, Failure> {
    let archive = open(&args.archive)?;
    let mut letters = Vec::with_capacity(args.letters.len());
    for name in &args.letters {
        letters.push(letter(&archive, name)?);
    }
    let is_text = args.format == ShowFormat::Text && !args.original && !args.text;
    let mut output = Output::open(None, is_text)?;
    for (i, &id) in letters.iter().enumerate() {
        if args.original {
            output.write_all(&archive.store().original(id, args.version)?)?;
            continue;
        }
        let mut held = match args.version {
            Some(version) => archive.version(id, version)?,
            None => archive.letter(id)?,
        };
        if args.explain && !explain(&mut held) {
            say(&format!(
                "note: letter {id} was read by {}, whose rules are not known; `letterbook rebuild \
                 --read` reads it anew",
                held.stored.reader
            ));
        }
        if args.fields {
            let gap = if i > 0 { "\n" } else { "" };
            write!(output, "{gap}{}", fields(&held, width(args.width)))?;
            continue;
        }
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

/// Names the rule behind each value, which is not kept, by reading the letter again; whether this
/// gives what is kept.
fn explain(held: &mut Held) -> bool {
    let stored = &held.stored;
    let Ok(kept) = &stored.record else { return true };
    let mut hints = stored.hints.clone();
    hints.options.explain = true;
    let Some(letter) = read(&[(&stored.text, &hints)]).pop() else { return false };
    let mut plain = letter.clone();
    plain.forget_rules();
    if plain != *kept {
        return false;
    }
    let check = |letter: &Letter| check(&stored.text, letter, &stored.hints);
    held.letter = Some(corrections::apply(&letter, &stored.text, &stored.corrections, &check));
    true
}

/// The fields of a letter, as `letterbook edit` takes them, and what each says.
fn fields(held: &Held, width: usize) -> String {
    let mut out = format!("letter {}\n", held.stored.id);
    let places = held.letter.as_ref().map(field::places).unwrap_or_default();
    let longest = places.iter().map(|place| place.path.len()).max().unwrap_or(0);
    let columns = width.saturating_sub(longest + 4).max(16);
    for place in places {
        let mut line = Paragraph::default();
        line.push(&shorten(&printable(&place.value), columns * 3), PLAIN);
        if let Some(quote) = place.quote {
            line.push(&format!(" “{}”", shorten(&printable(&quote), columns)), FAINT);
        }
        for (i, row) in line.lines(columns).iter().enumerate() {
            let path = if i == 0 { place.path.as_str() } else { "" };
            out.push_str(&format!("  {LABEL}{path:<longest$}{LABEL:#}  {row}\n"));
        }
    }
    out
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
    #[serde(skip_serializing_if = "Option::is_none")]
    undone_by: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    undone_why: &'a str,
}

impl<'a> Said<'a> {
    pub(super) fn of(said: &'a Correction) -> Said<'a> {
        Said {
            correction: said.id,
            field: &said.path,
            action: said.action.name(),
            value: said.value.as_deref(),
            was: said.was_there(),
            who: &said.who,
            at: &said.at,
            why: &said.why,
            undone: said.undone.as_deref(),
            undone_by: said.undoer.as_deref(),
            undone_why: &said.undone_why,
        }
    }
}

fn page(held: &Held, args: &Show) -> String {
    let stored = &held.stored;
    let width = width(args.width);
    let version = args.version.map_or(String::new(), |n| format!(", version {n}"));
    let name = match stored.sources.first() {
        Some(file) => format!("letter {}{version} · {file}", stored.id),
        None => format!("letter {}{version}", stored.id),
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
