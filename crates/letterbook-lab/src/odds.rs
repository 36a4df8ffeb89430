//! `lab acts --odds` and `--reliability`: how likely an act is one, by what it does and by its signs.
//!
//! Makes `crates/letterbook/tables/act-odds.tsv` by logistic regression over letters whose acts are
//! noted in full: the half "develop" of `annotated/train.tsv`, and `annotated/letters`. The notes of
//! `annotated/acts.tsv` are too sparing to say how often a reading is right. Measures on letters that it
//! did not see.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use letterbook::letter::join;
use letterbook::record::{Letter, ZoneLabel};
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook::zone::Zone;
use letterbook::{Options, read_text};

use crate::acts;
use crate::fields::Reliability;
use crate::noted::{CLAUSES, Written, written};
use crate::score::{Annotated, json_lines};

/// An act that was read: its signs, and whether it is right.
type Judged = (Vec<String>, bool);

/// The sign that every act has.
const ANY: &str = "any";

/// How strongly the odds of a sign are held to 1, as the inverse variance of their logarithm: a sign
/// needs some tens of readings before it counts.
const HELD_TO_ONE: f64 = 10.0;

/// Rounds over all signs, after which the odds no longer change.
const ROUNDS: u32 = 60;

/// The table of odds.
///
/// # Errors
///
/// When the shared letters are not there.
pub(crate) fn table() -> Result<String, String> {
    let mut readings: Vec<Judged> = Vec::new();
    for letter in acts::annotated("develop")? {
        let options = Options { explain: true, ..Options::default() };
        judge(&letter, &read_text(&letter.text, &options), &mut readings);
    }
    for (language, table) in CLAUSES {
        for letter in written(table).iter().map(annotated) {
            judge(&letter, &read_body(&letter.text, language), &mut readings);
        }
    }
    let mut out = String::from(
        "# What makes an act likely: sign, odds, readings counted. The odds of any act times those of the act and of\n\
         # its signs (letter/sure.rs) are the odds that the reading is right.\n\
         # frames-1 to frames-4 (or more): so many frames say so of the same words; question: none does; opening: at\n\
         # the beginning of its sentence.\n\
         # Source: measured on the project's own notes by `letterbook-lab acts --odds`. Licence: as the project.\n\
         # Range: letters in English, German, French and Spanish.\n",
    );
    for (sign, logarithm) in fit(&readings) {
        let count = readings.iter().filter(|r| r.0.contains(&sign)).count();
        out += &format!("{sign}\t{:.2}\t{count}\n", logarithm.exp());
    }
    Ok(out)
}

/// How often acts of each confidence are right, in the half "held" and in letters annotated by hand.
///
/// # Errors
///
/// When the letters are not there or cannot be read.
pub(crate) fn reliability(files: &[PathBuf]) -> Result<String, String> {
    let mut sets = vec![("held", acts::annotated("held")?)];
    for file in files {
        sets.push(("annotated", json_lines(file)?));
    }
    let mut kinds = Reliability::default();
    for (name, letters) in sets {
        for letter in letters {
            let read = read_text(&letter.text, &Options::default());
            for (act, right) in read.acts.iter().zip(letter.right_acts(&read.acts)) {
                kinds.add(name, act.confidence, right);
                kinds.add("together", act.confidence, right);
            }
        }
    }
    Ok(kinds.table())
}

/// A body written clause by clause, with what each is said to do.
fn annotated(body: &Written) -> Annotated {
    let does = body.clauses.iter().flat_map(|(does, clause)| {
        let all = does.split(',').map(str::trim).filter(|d| *d != "-");
        all.map(|d| (d.to_owned(), (*clause).to_owned()))
    });
    Annotated::of_acts(body.id.to_owned(), body.text(), does.collect())
}

/// Reads a letter that is nothing but a body.
fn read_body(text: &str, language: &str) -> Letter {
    let body = Zone { label: ZoneLabel::Body, span: Span::new(0, text.len()), confidence: 1.0 };
    join(&Text::new(text), &[body], Some(language), &Options::default())
}

/// Adds the acts read in `letter` to `out`, with the signs that their rule names.
fn judge(letter: &Annotated, read: &Letter, out: &mut Vec<Judged>) {
    for (act, right) in read.acts.iter().zip(letter.right_acts(&read.acts)) {
        let signs = act.by.strip_prefix("act/").unwrap_or_default().split('+');
        let all = [ANY, act.act.name()].into_iter().chain(signs);
        out.push((all.map(str::to_owned).collect(), right));
    }
}

/// The logarithm of each sign's odds, by logistic regression: Newton's steps, a sign at a time.
fn fit(readings: &[Judged]) -> BTreeMap<String, f64> {
    let signs: BTreeSet<&String> = readings.iter().flat_map(|r| &r.0).collect();
    let mut odds: BTreeMap<String, f64> = signs.iter().map(|s| ((*s).clone(), 0.0)).collect();
    for _ in 0..ROUNDS {
        for &sign in &signs {
            let held = if sign == ANY { 0.0 } else { HELD_TO_ONE };
            let (mut slope, mut bend) = (-held * odds[sign], held);
            for (all, right) in readings.iter().filter(|r| r.0.contains(sign)) {
                let sum: f64 = all.iter().map(|s| odds[s]).sum();
                let p = 1.0 / (1.0 + (-sum).exp());
                slope += f64::from(u8::from(*right)) - p;
                bend += p * (1.0 - p);
            }
            *odds.entry(sign.clone()).or_default() += slope / bend;
        }
    }
    odds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odds_of(sign: &str, right: usize, wrong: usize) -> f64 {
        let reading = |signs: &[&str], is| (signs.iter().map(|s| (*s).to_owned()).collect(), is);
        let mut all = Vec::new();
        all.resize(100, reading(&[ANY], true));
        all.resize(200, reading(&[ANY], false));
        all.resize(200 + right, reading(&[ANY, sign], true));
        all.resize(200 + right + wrong, reading(&[ANY, sign], false));
        fit(&all)[sign].exp()
    }

    #[test]
    fn a_sign_counts_the_more_the_oftener_it_was_seen() {
        assert!((odds_of("neither", 50, 50) - 1.0).abs() < 0.01);
        assert!(odds_of("often", 90, 30) > odds_of("seldom", 9, 3));
        assert!(odds_of("seldom", 9, 3) > 1.0);
        assert!(odds_of("often", 90, 30) < 3.0);
    }

    #[test]
    fn bodies_of_clauses_are_joined_by_spaces() {
        let table = "# Head.\n\n## en-own-1\n-\tIt rained,\nask, thank\tbut are you well?\n";
        let letters: Vec<Annotated> = written(table).iter().map(annotated).collect();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].text, "It rained, but are you well?");
        assert_eq!(letters[0].id, "en-own-1");
    }
}
