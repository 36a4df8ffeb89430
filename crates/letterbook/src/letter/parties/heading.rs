//! A heading that names both sides: an edition's ("Schiller an Goethe", "Voltaire à d'Alembert") or
//! the inscription of a Latin letter (`inscription`).
//!
//! An edition's is the first line of the text and holds nothing but two names and the word between
//! them. What the letter says of a side elsewhere goes first; the heading fills in a side that has no
//! name.

use super::Draft;
use super::inscription::read_inscription;
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, name_at};
use crate::mention::stretch::{Word, words};
use crate::span::{Span, Text};

/// The longest heading in words.
const LONGEST: usize = 14;
/// The same in bytes.
const REACH: usize = 120;

/// Gives the sides that have no name those of the heading; a name that only the heading shows is
/// the heading's to give.
pub(super) fn join_heading(
    text: &Text<'_>,
    language: Option<&str>,
    senders: &mut Vec<Draft>,
    recipients: &mut Vec<Draft>,
) {
    let open = |side: &[Draft], heading: Span| {
        let shown = |d: &Draft| d.name.or(d.body).is_some_and(|(span, _)| !heading.contains(span));
        !side.iter().any(shown)
    };
    let (heading, from, to, rule) = if let Some(i) = read_inscription(text, language) {
        (i.span, i.from, i.to, "inscription/name")
    } else {
        let Some(line) = first_line(text) else { return };
        if !open(senders, line) && !open(recipients, line) {
            return;
        }
        let Some((from, to)) = read_heading(text, line, language) else { return };
        (line, from.span, to.span, "heading/name")
    };
    let give = |side: &mut Vec<Draft>, name: Span| {
        side.truncate(1);
        if side.is_empty() {
            side.push(Draft::default());
        }
        side[0].name = Some((name, rule));
        side[0].body = None;
    };
    if open(senders, heading) {
        give(senders, from);
    }
    if open(recipients, heading) {
        give(recipients, to);
    }
}

/// The first line of the text, if it is short and has no figures.
fn first_line(text: &Text<'_>) -> Option<Span> {
    let page = text.as_str();
    let start = page.find(|c: char| !c.is_whitespace())?;
    let line = page[start..].split_once('\n')?.0.trim_end();
    let may_be = line.len() <= REACH && !line.contains(|c: char| c.is_ascii_digit());
    may_be.then(|| Span::new(start, start + line.len()))
}

/// The two names of the first line, if it is nothing else.
fn read_heading(text: &Text<'_>, line: Span, language: Option<&str>) -> Option<(Name, Name)> {
    let words = words(text.as_str(), line, language);
    if words.len() < 3 || words.len() > LONGEST {
        return None;
    }
    let whole = |run: &[Word]| {
        name_at(run, 0).filter(|n| n.words == (0, run.len()) && n.full > 0 && n.role.is_none())
    };
    (1..words.len() - 1).find_map(|at| {
        let to = &words[at];
        let leads = to.is(Classes::HEAD_TO) && !to.capital && !to.gap.comma && !to.gap.stop;
        if !leads {
            return None;
        }
        Some((whole(&words[..at])?, whole(&words[at + 1..])?))
    })
}
