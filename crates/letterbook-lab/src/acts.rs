//! `lab acts`: acts and occasions on training letters annotated for them.
//!
//! The annotation is `annotated/train.tsv`: labels and code points of letters that stay in
//! `../shared/gold/train`. The half "develop" is looked at while frames are mended; "held" only
//! measures. The rules of the count are those of the shared scorer.

#![expect(clippy::print_stdout, reason = "the report is the purpose")]

use std::collections::BTreeMap;

use letterbook::{Options, read_text};

use crate::gold;
use crate::score::{Annotated, AnnotatedScore};

const ANNOTATION: &str = include_str!("../annotated/train.tsv");

/// A letter with what was noted of it, in code points.
struct Noted {
    id: String,
    text: String,
    language: String,
    said: Vec<(String, usize, usize)>,
}

impl Noted {
    fn annotated(&self) -> Annotated {
        let said = self.said.iter();
        let quoted = said.map(|(what, start, end)| (what.clone(), self.quote(*start, *end)));
        Annotated::of_acts(self.id.clone(), self.text.clone(), quoted.collect())
    }

    fn quote(&self, start: usize, end: usize) -> String {
        self.text.chars().skip(start).take(end - start).collect()
    }
}

/// Prints how well acts and occasions are read, by half and language.
///
/// # Errors
///
/// When the shared letters are not there.
pub(crate) fn run(faults: bool) -> Result<(), String> {
    for name in ["develop", "held"] {
        let letters = half(name)?;
        println!("{name}");
        let mut languages: Vec<&str> = letters.iter().map(|l| l.language.as_str()).collect();
        languages.sort_unstable();
        languages.dedup();
        for language in languages {
            print_score(language, letters.iter().filter(|l| l.language == language), false);
        }
        print_score("all", letters.iter(), faults && name == "develop");
    }
    Ok(())
}

/// The annotated letters of the half `name`.
///
/// # Errors
///
/// When the shared letters are not there.
pub(crate) fn annotated(name: &str) -> Result<Vec<Annotated>, String> {
    Ok(half(name)?.iter().map(Noted::annotated).collect())
}

/// The annotated letters of one half, with their texts.
fn half(name: &str) -> Result<Vec<Noted>, String> {
    let mut said: BTreeMap<&str, Vec<(String, usize, usize)>> = BTreeMap::new();
    for line in ANNOTATION.lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [half, id, what, start, end] = columns[..] else {
            return Err(format!("expected five columns, but found {line:?}"));
        };
        if half != name {
            continue;
        }
        let number = |n: &str| n.parse().map_err(|_| format!("expected a number in {line:?}"));
        let items = said.entry(id).or_default();
        if what != "-" {
            items.push((what.to_owned(), number(start)?, number(end)?));
        }
    }
    let mut all: Vec<Noted> = gold::load("train")?
        .into_iter()
        .filter_map(|l| {
            let said = said.remove(l.id.as_str())?;
            Some(Noted { id: l.id, text: l.text, language: l.tag, said })
        })
        .collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    match said.keys().next() {
        Some(id) => Err(format!("expected letter {id} among the shared letters, but found none")),
        None => Ok(all),
    }
}

fn print_score<'n>(name: &str, letters: impl Iterator<Item = &'n Noted>, faults: bool) {
    let mut score = AnnotatedScore::default();
    for letter in letters {
        let read = read_text(&letter.text, &Options::default());
        score.add(&letter.annotated(), Some(&read));
        if faults {
            let meets = |a: (usize, usize), b: (usize, usize)| a.0 < b.1 && b.0 < a.1;
            let acts = read.acts.iter().map(|a| (a.act.name().to_owned(), &a.evidence[0]));
            let occasions = read.occasions.iter();
            let occasions = occasions
                .map(|o| (format!("occasion:{:?}", o.kind).to_lowercase(), &o.evidence[0]));
            let found: Vec<(String, (usize, usize), &str)> = acts
                .chain(occasions)
                .map(|(what, e)| (what, (e.start, e.end), &*e.quote))
                .collect();
            for (what, start, end) in &letter.said {
                if !found.iter().any(|f| f.0 == *what && meets(f.1, (*start, *end))) {
                    println!("  - {} {what}: {:?}", letter.id, letter.quote(*start, *end));
                }
            }
            for (what, span, quote) in found {
                if !letter.said.iter().any(|s| *s.0 == *what && meets(span, (s.1, s.2))) {
                    println!("  + {} {what}: {quote:?}", letter.id);
                }
            }
        }
    }
    for (figure, counts) in
        score.counts.iter().filter(|(n, _)| matches!(&n[..], "acts" | "occasions"))
    {
        println!("  {name:4} {:4} letters  {figure:10} {counts}", score.letters);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use letterbook::record::ActKind;

    use super::*;
    use crate::noted::CLAUSES;

    const NOTES: &str = include_str!("../annotated/acts.tsv");

    /// Whether `what` says what a letter does: an act, an occasion's kind, or nothing.
    fn is_known(what: &str) -> bool {
        let occasion = what.strip_prefix("occasion:");
        what == "-" || occasion.is_some() || ActKind::from_name(what).is_some()
    }

    #[test]
    fn every_row_of_the_annotation_can_be_read() {
        for line in ANNOTATION.lines().filter(|l| !l.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 5, "{line}");
            assert!(is_known(columns[2]), "{line}");
        }
    }

    #[test]
    fn every_row_of_the_notes_to_learn_from_can_be_read() {
        let mut letters = BTreeSet::new();
        for line in NOTES.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            let id = columns.next().unwrap_or_default();
            assert!(letters.insert(id), "expected each letter once, but found {id} again");
            let measured = ANNOTATION.lines().any(|l| l.split('\t').nth(1) == Some(id));
            assert!(!measured, "expected letters that measure nothing, but found {id}");
            for column in columns {
                let parts: Vec<&str> = column.split(' ').collect();
                let [what, start, end] = parts[..] else { panic!("{id}: {column}") };
                let number = |n: &str| n.parse::<usize>().expect("code points");
                assert!(is_known(what) && number(start) < number(end), "{id}: {column}");
            }
        }
    }

    #[test]
    fn every_clause_of_the_letters_to_learn_from_says_what_it_does() {
        for (language, letters) in CLAUSES {
            let mut count = 0;
            for line in letters.lines().filter(|l| !l.is_empty() && !l.starts_with("# ")) {
                if let Some(id) = line.strip_prefix("## ") {
                    count += 1;
                    assert_eq!(id, format!("{language}-own-{count}"));
                    continue;
                }
                let columns: Vec<&str> = line.split('\t').collect();
                let [does, clause] = columns[..] else { panic!("{language}-own-{count}: {line}") };
                assert!(does.split(',').all(|d| is_known(d.trim())), "{line}");
                assert!(!clause.trim().is_empty(), "{language}-own-{count}: {line}");
            }
            assert!(count > 0, "{language}");
        }
    }
}
