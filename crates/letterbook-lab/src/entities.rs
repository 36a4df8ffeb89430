//! Scores the names of the body against the entities that editions mark.
//!
//! A mention is right when a marked entity of its kind shares a character with it, each entity
//! counting once. Editions do not mark every name, so a kind's precision is counted only in the
//! letters that mark one of that kind, and only inside the zones that mentions are read from.

use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;

use letterbook::Options;
use letterbook::language::read_language;
use letterbook::letter::join;
use letterbook::record::{MentionKind, ZoneLabel};
use letterbook::span::Text;
use serde::Deserialize;

use crate::fields::{GoldLetter, zones_of};

#[derive(Deserialize)]
struct Marked {
    #[serde(default)]
    entities: Vec<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    label: String,
    start: usize,
    end: usize,
}

const KINDS: [(MentionKind, &str); 4] = [
    (MentionKind::Person, "person"),
    (MentionKind::Place, "place"),
    (MentionKind::Org, "org"),
    (MentionKind::Event, "event"),
];

#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

/// Reads every letter of `files` through its gold zones and writes a line for each kind of name.
///
/// # Errors
///
/// When a file cannot be read, is no gold file, or `out` cannot be written.
pub(crate) fn run(files: &[PathBuf], mut out: impl Write) -> io::Result<()> {
    let mut tallies = [Tally::default(); KINDS.len()];
    for file in files {
        for line in BufReader::new(std::fs::File::open(file)?).lines() {
            let line = line?;
            let marked: Marked = serde_json::from_str(&line)?;
            if marked.entities.is_empty() {
                continue;
            }
            let letter: GoldLetter = serde_json::from_str(&line)?;
            let text = Text::new(&letter.text);
            let zones = zones_of(&text, &letter);
            let language = read_language(&letter.text).map(|l| l.tag);
            let record = join(&text, &zones, language, &Options::default());
            let read = |at: usize| {
                record.zones.iter().any(|z| {
                    matches!(z.label, ZoneLabel::Body | ZoneLabel::Postscript)
                        && z.start <= at
                        && at < z.end
                })
            };
            for ((kind, label), tally) in KINDS.iter().zip(&mut tallies) {
                let gold: Vec<&Entity> =
                    marked.entities.iter().filter(|e| e.label == *label && read(e.start)).collect();
                if gold.is_empty() {
                    continue;
                }
                let mut used = vec![false; gold.len()];
                for mention in record.mentions.iter().filter(|m| m.kind == *kind) {
                    let Some(said) = mention.evidence.first() else { continue };
                    let hit = gold
                        .iter()
                        .enumerate()
                        .find(|(i, g)| !used[*i] && g.start < said.end && said.start < g.end);
                    match hit {
                        Some((i, _)) => {
                            used[i] = true;
                            tally.right += 1;
                        }
                        None => tally.wrong += 1,
                    }
                }
                tally.missed += used.iter().filter(|u| !**u).count();
            }
        }
    }
    for ((_, label), t) in KINDS.iter().zip(tallies) {
        let part = |of: usize| 100.0 * t.right as f64 / (t.right + of).max(1) as f64;
        let (precision, recall) = (part(t.wrong), part(t.missed));
        let f1 = 2.0 * precision * recall / (precision + recall).max(1.0);
        writeln!(
            out,
            "{label:8} P {precision:6.2}  R {recall:6.2}  F1 {f1:6.2}  (gold {})",
            t.right + t.missed
        )?;
    }
    Ok(())
}
