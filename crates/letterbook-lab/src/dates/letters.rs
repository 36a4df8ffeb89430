//! The dates of gold letters that are read wrongly, in part or not at all, with the lines that show
//! them: what to look at when the choice of a letter's date is mended.

use std::path::PathBuf;

use letterbook::options::Options;
use letterbook::record::{self, ZoneLabel};
use rayon::prelude::*;

use crate::gold;
use crate::score::{is_asserted, without_doubt};

/// What became of a letter's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Another date is asserted.
    Wrong,
    /// Less is said, or something open.
    Partial,
    /// Nothing is said.
    Missed,
}

/// Reads every letter of `files` and prints those whose date is not the edition's.
///
/// # Errors
///
/// When a file cannot be read or is no gold file.
pub(super) fn report(files: &[PathBuf]) -> Result<(), String> {
    let mut letters = Vec::new();
    for file in files {
        letters.extend(gold::read(file)?);
    }
    letters.retain(|letter| letter.date.is_some());
    let mut faults: Vec<(Verdict, String)> = letters.par_iter().filter_map(fault).collect();
    faults.sort();
    for (_, fault) in &faults {
        println!("{fault}");
    }
    let count = |verdict| faults.iter().filter(|(found, _)| *found == verdict).count();
    println!(
        "{} letters with a date: {} wrong, {} in part, {} missed",
        letters.len(),
        count(Verdict::Wrong),
        count(Verdict::Partial),
        count(Verdict::Missed)
    );
    Ok(())
}

/// A line about a letter whose date is not the one of its edition.
fn fault(letter: &gold::Letter) -> Option<(Verdict, String)> {
    let when = letter.date.as_deref()?;
    let options = Options { explain: true, ..Options::default() };
    let read = letterbook::read_text(&letter.text, &options);
    let value = read.date.as_ref().map(|date| without_doubt(&date.value)).unwrap_or_default();
    if value == when {
        return None;
    }
    let agrees = when.starts_with(&value) || value.starts_with(when);
    let verdict = if value.is_empty() {
        Verdict::Missed
    } else if is_asserted(&value) && !agrees {
        Verdict::Wrong
    } else {
        Verdict::Partial
    };
    let rule = read.date.as_ref().map_or("-", |date| &*date.by);
    let sure = read.date.as_ref().map_or(0.0, |date| date.confidence);
    let own: Vec<String> = letter
        .zones
        .iter()
        .filter(|zone| zone.label == ZoneLabel::Dateline)
        .map(|zone| flat(&letter.text[zone.span.start..zone.span.end]))
        .collect();
    let line = format!(
        "{verdict:?}\t{}\texpected {when}\tfound {value} ({rule}, {sure:.2})\tread {}\tgold {}",
        letter.id,
        datelines(&letter.text, &read),
        own.join(" ¦ "),
    );
    Some((verdict, line))
}

/// What was read as a dateline, and where the date was found.
fn datelines(text: &str, read: &record::Letter) -> String {
    let characters: Vec<char> = text.chars().collect();
    let slice = |start: usize, end: usize| {
        flat(&characters[start..end.min(characters.len())].iter().collect::<String>())
    };
    let zones = read.zones.iter().filter(|zone| zone.label == ZoneLabel::Dateline);
    let mut out: Vec<String> = zones.map(|zone| slice(zone.start, zone.end)).collect();
    if out.is_empty() {
        out.push(format!("no dateline: {} …", slice(0, 200.min(characters.len()))));
    }
    if let Some(date) = &read.date {
        out.extend(date.evidence.iter().map(|part| format!("«{}»", flat(&part.quote))));
    }
    out.join(" ¦ ")
}

fn flat(text: &str) -> String {
    let short: String = text.chars().take(240).collect();
    short.split_whitespace().collect::<Vec<_>>().join(" ")
}
