//! Scores the names of the body against the entities that editions mark.
//!
//! A mention is right when a marked entity of its kind shares a character with it, each entity
//! counting once. Editions do not mark every name, so a kind's precision is counted only in the
//! letters that mark one of that kind, and only inside the zones that mentions are read from.

use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;

use letterbook::record::{MentionKind, ZoneLabel};
use letterbook::span::Span;
use letterbook::text::Text;
use rayon::prelude::*;

use crate::fields::read_through;
use crate::gold::{self, Letter};

const KINDS: [MentionKind; 4] =
    [MentionKind::Person, MentionKind::Place, MentionKind::Org, MentionKind::Event];

/// How many names were read rightly, wrongly, and not at all.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

impl Tally {
    /// Counts one kind of one letter; nothing where the edition marks none of it.
    pub(crate) fn count(&mut self, gold: &[Span], found: impl Iterator<Item = Span>) {
        if gold.is_empty() {
            return;
        }
        let mut used = vec![false; gold.len()];
        for said in found {
            match (0..gold.len()).find(|&i| !used[i] && gold[i].overlaps(said)) {
                Some(i) => {
                    used[i] = true;
                    self.right += 1;
                }
                None => self.wrong += 1,
            }
        }
        self.missed += used.iter().filter(|u| !**u).count();
    }

    fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |of: usize| 100.0 * self.right as f64 / (self.right + of).max(1) as f64;
        let (precision, recall) = (part(self.wrong), part(self.missed));
        let f1 = 2.0 * precision * recall / (precision + recall).max(1.0);
        let gold = self.right + self.missed;
        write!(f, "P {precision:6.2}  R {recall:6.2}  F1 {f1:6.2}  (gold {gold})")
    }
}

/// Reads every letter of `files` through its gold zones and writes a line for each kind of name of
/// each file; with `faults`, what was read wrongly or not at all instead.
///
/// # Errors
///
/// When a file cannot be read, is no gold file, or `out` cannot be written.
pub(crate) fn run(files: &[PathBuf], faults: bool, mut out: impl Write) -> io::Result<()> {
    let mut all = [Tally::default(); KINDS.len()];
    for file in files {
        let letters = gold::read(file).map_err(io::Error::other)?;
        let read: Vec<([Tally; KINDS.len()], String)> = letters.par_iter().map(tally).collect();
        let mut tallies = [Tally::default(); KINDS.len()];
        for (one, said) in &read {
            tallies.iter_mut().zip(one).for_each(|(t, o)| t.add(*o));
            if faults {
                out.write_all(said.as_bytes())?;
            }
        }
        writeln!(out, "{}", file.display())?;
        write_tallies(&tallies, &mut out)?;
        all.iter_mut().zip(tallies).for_each(|(t, o)| t.add(o));
    }
    writeln!(out, "all")?;
    write_tallies(&all, &mut out)
}

fn write_tallies(tallies: &[Tally], out: &mut impl Write) -> io::Result<()> {
    for (kind, tally) in KINDS.iter().zip(tallies).filter(|(_, t)| t.right + t.missed > 0) {
        writeln!(out, "  {:8} {tally}", format!("{kind:?}").to_lowercase())?;
    }
    Ok(())
}

/// The tallies of one letter, and its faults in words.
fn tally(letter: &Letter) -> ([Tally; KINDS.len()], String) {
    let mut tallies = [Tally::default(); KINDS.len()];
    let mut faults = String::new();
    if letter.names.is_empty() {
        return (tallies, faults);
    }
    let record = read_through(letter);
    let text = Text::new(&letter.text);
    let bodies: Vec<Span> = record
        .zones
        .iter()
        .filter(|z| matches!(z.label, ZoneLabel::Body | ZoneLabel::Postscript))
        .filter_map(|z| Some(Span::new(text.byte(z.start)?, text.byte(z.end)?)))
        .collect();
    for (kind, tally) in KINDS.iter().zip(&mut tallies) {
        let marked = letter.names.iter().filter(|n| n.kind == *kind).map(|n| n.span);
        let inside = |s: &Span| bodies.iter().any(|b| b.start <= s.start && s.start < b.end);
        let gold: Vec<Span> = marked.filter(inside).collect();
        let mentions = record.mentions.iter().filter(|m| m.kind == *kind);
        let found: Vec<Span> =
            mentions.filter_map(|m| text.locate(m.evidence.first()?)).filter(inside).collect();
        tally.count(&gold, found.iter().copied());
        if gold.is_empty() {
            continue;
        }
        let mut say = |what: &str, span: Span| {
            let from = letter.text.floor_char_boundary(span.start.saturating_sub(30));
            let to = letter.text.ceil_char_boundary((span.end + 20).min(letter.text.len()));
            let side = |a, b| letter.text[a..b].replace('\n', "/");
            faults += &format!(
                "{what} {kind:?}\t{}[{}]{}\n",
                side(from, span.start),
                side(span.start, span.end),
                side(span.end, to)
            );
        };
        for f in found.iter().filter(|f| !gold.iter().any(|g| g.overlaps(**f))) {
            say("wrong", *f);
        }
        for g in gold.iter().filter(|g| !found.iter().any(|f| f.overlaps(**g))) {
            say("missed", *g);
        }
    }
    (tallies, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_marked_name_counts_once_and_unmarked_kinds_not_at_all() {
        let span = |a, b| Span::new(a, b);
        let mut tally = Tally::default();
        tally
            .count(&[span(0, 4), span(10, 12)], [span(1, 2), span(3, 4), span(20, 21)].into_iter());
        assert_eq!(tally, Tally { right: 1, wrong: 2, missed: 1 });
        tally.count(&[], [span(0, 1)].into_iter());
        assert_eq!(tally, Tally { right: 1, wrong: 2, missed: 1 });
    }
}
