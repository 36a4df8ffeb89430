//! Scores references and enclosures against letters of `gold/train` read by eye.
//!
//! `annotated/references.tsv` holds offsets only. A reading is right when it shares a character with
//! an annotated stretch of its sort, each counting once; of right references kind, sender and date
//! are counted where the annotation gives them. The letters of the set `held` were not looked at
//! while the tables were written.

use std::io::{self, Write};

use letterbook::record::{Evidence, Letter};
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook::{Options, read_text};

use crate::entities::Tally;
use crate::gold;

const TABLE: &str = include_str!("../annotated/references.tsv");

/// One line of the table.
struct Row<'t> {
    file: &'t str,
    id: &'t str,
    set: &'t str,
    what: &'t str,
    start: usize,
    end: usize,
    kind: &'t str,
    from: &'t str,
    date: &'t str,
}

fn rows() -> Vec<Row<'static>> {
    let lines = TABLE.lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|line| {
            let [file, id, set, what, start, end, kind, from, date] =
                line.split('\t').collect::<Vec<_>>()[..]
            else {
                return None;
            };
            let (start, end) = (start.parse().ok()?, end.parse().ok()?);
            Some(Row { file, id, set, what, start, end, kind, from, date })
        })
        .collect()
}

/// What is counted of one set.
#[derive(Default)]
struct Sum {
    references: Tally,
    enclosures: Tally,
    /// Right and all: kind, sender, date.
    values: [(usize, usize); 3],
}

/// Reads the annotated letters and writes a line for each set and figure.
///
/// # Errors
///
/// When `../shared/gold/train` is not there or `out` cannot be written.
pub(crate) fn run(mut out: impl Write) -> io::Result<()> {
    let rows = rows();
    let root =
        gold::shared().ok_or_else(|| io::Error::other("expected ../shared, but found none"))?;
    for set in ["seen", "held"] {
        let mut sum = Sum::default();
        let mut files: Vec<&str> = rows.iter().map(|r| r.file).collect();
        files.sort_unstable();
        files.dedup();
        for file in files {
            let path = root.join("gold/train").join(format!("{file}.jsonl"));
            for letter in gold::read(&path).map_err(io::Error::other)? {
                let of: Vec<&Row<'_>> = rows
                    .iter()
                    .filter(|r| r.set == set && r.file == file && r.id == letter.id)
                    .collect();
                if !of.is_empty() {
                    count(
                        &letter.text,
                        &read_text(&letter.text, &Options::default()),
                        &of,
                        &mut sum,
                    );
                }
            }
        }
        writeln!(out, "{set:5} references  {}", sum.references)?;
        writeln!(out, "{set:5} enclosures  {}", sum.enclosures)?;
        for (name, (right, all)) in ["kind", "sender", "date"].iter().zip(sum.values) {
            writeln!(out, "{set:5} {name:10}  {right} of {all}")?;
        }
    }
    Ok(())
}

fn count(text: &str, letter: &Letter, rows: &[&Row<'_>], sum: &mut Sum) {
    let text = Text::new(text);
    let at = |evidence: &[Evidence]| text.locate(evidence.first()?);
    let gold = |what: &str| -> Vec<(Span, &Row<'_>)> {
        let of = rows.iter().filter(|r| r.what == what);
        of.filter_map(|r| Some((Span::new(text.byte(r.start)?, text.byte(r.end)?), *r))).collect()
    };
    let enclosures = gold("enclosure");
    let found: Vec<Span> = letter.enclosures.iter().filter_map(|e| at(&e.evidence)).collect();
    tally(&mut sum.enclosures, &enclosures, &found);
    let references = gold("reference");
    let found: Vec<Span> = letter.references.iter().filter_map(|r| at(&r.evidence)).collect();
    for (g, r) in tally(&mut sum.references, &references, &found) {
        let (row, read) = (references[g].1, &letter.references[r]);
        let same = [
            (row.kind, format!("{:?}", read.kind).to_lowercase()),
            (row.from, format!("{:?}", read.from).to_lowercase()),
            (row.date, read.date.clone().unwrap_or_default()),
        ];
        for ((wanted, read), value) in same.iter().zip(&mut sum.values) {
            if !wanted.is_empty() {
                value.0 += usize::from(wanted == read);
                value.1 += 1;
            }
        }
    }
}

/// Counts, and gives the pairs that belong together.
fn tally(sum: &mut Tally, gold: &[(Span, &Row<'_>)], found: &[Span]) -> Vec<(usize, usize)> {
    let mut used = vec![false; found.len()];
    let mut pairs = Vec::new();
    for (g, (span, _)) in gold.iter().enumerate() {
        match (0..found.len()).find(|&f| !used[f] && found[f].overlaps(*span)) {
            Some(f) => {
                used[f] = true;
                sum.right += 1;
                pairs.push((g, f));
            }
            None => sum.missed += 1,
        }
    }
    sum.wrong += used.iter().filter(|u| !**u).count();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_row() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(rows().len(), lines);
        for row in rows() {
            assert!(["seen", "held"].contains(&row.set), "{}", row.id);
            assert!(["none", "reference", "enclosure"].contains(&row.what), "{}", row.id);
            assert!(row.what == "none" || row.start < row.end, "{}", row.id);
        }
    }
}
