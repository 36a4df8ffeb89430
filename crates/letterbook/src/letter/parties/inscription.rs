//! The inscription of a Latin letter: "Petrus Gallus Ioanni Fabro suo S. P. D."
//!
//! Who writes stands in the nominative, whom he writes to in the dative, in either order, and a
//! greeting ends it. The ends of the words tell the cases (`tables/inscriptions.tsv`); a word whose
//! end tells nothing belongs with the one before it. Where the cases do not part two names, nobody
//! is named. Knows nothing of other languages.

use std::sync::LazyLock;

use crate::mention::lexicon::{Classes, rows};
use crate::mention::name::is_name_word;
use crate::mention::stretch::{SplitText, Word, span_of};
use crate::span::Span;

/// The longest inscription in words …
const LONGEST: usize = 30;
/// … the reader's name behind the greeting …
const READER: usize = 6;
/// … and the whole in bytes.
const REACH: usize = 400;

/// What the rows of the table say, class and words.
static TABLE: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    rows(include_str!("../../../tables/inscriptions.tsv"))
        .map(|[class, words]: [&'static str; 2]| (class, words.split(", ").collect()))
        .collect()
});

fn of(class: &str) -> impl Iterator<Item = &'static str> {
    let row = TABLE.iter().filter(move |row| row.0 == class);
    row.flat_map(|(_, words)| words.iter().copied())
}

/// What a heading gives.
pub(super) struct Heading {
    /// Where it stands.
    pub(super) span: Span,
    /// Who writes.
    pub(super) from: Option<Span>,
    /// Whom he writes to.
    pub(super) to: Span,
    /// By what rule.
    pub(super) rule: &'static str,
}

/// Reads the inscription that opens a Latin letter, up to the end of the greeting.
pub(super) fn read_inscription(text: &SplitText<'_>, language: Option<&str>) -> Option<Heading> {
    if language != Some("la") {
        return None;
    }
    let page = text.as_str();
    let start = page.len() - page.trim_start().len();
    let end = page.floor_char_boundary((start + REACH).min(page.len()));
    let words = text.words(Span::new(start, end), language);
    let (at, greeting) =
        (2..words.len().min(LONGEST)).find_map(|at| Some((at, greeting(&words[at..])?)))?;
    let head = &words[..at];
    // a blank line or the end of a sentence before the greeting: it is not of these words
    if head.iter().skip(1).any(|w| w.gap.lines > 1 || w.gap.call || w.number) {
        return None;
    }
    let behind = at + greeting;
    // "Petrus Gallus S. P. D. Ioanni Fabro"
    let named = |w: &Word| w.capital || of("his").any(|his| his == w.folded);
    let line = words[behind..].iter().take_while(|w| w.gap.lines == 0).count();
    let reader = &words[behind..behind + line];
    let around = || {
        let may_be = line <= READER && reader.iter().all(named);
        Some((part(&[head, reader].concat()).filter(|_| may_be)?, behind + line))
    };
    let ((from, to), end) = part(head).map(|sides| (sides, behind)).or_else(around)?;
    let span = span_of(&words[..end]);
    Some(Heading { span, from: Some(from), to, rule: "inscription/name" })
}

/// How many of the first words are a greeting.
fn greeting(words: &[Word]) -> Option<usize> {
    let length = |greeting: &'static str| {
        let said: Vec<&str> = greeting.split(' ').collect();
        let stands =
            words.iter().map(|w| w.folded.as_str()).take(said.len()).eq(said.iter().copied());
        stands.then_some(said.len())
    };
    of("greeting").filter_map(length).max()
}

/// The case that the end of a name's word shows.
#[derive(Clone, Copy, PartialEq)]
enum Case {
    Nominative,
    Dative,
    Unknown,
}

fn case_of(word: &Word) -> Case {
    // capitals write "v" for "u": "PHILIPPVS"
    let ends = |class| of(class).any(|end| word.folded.replace('v', "u").ends_with(end));
    match () {
        () if of("givers").any(|name| name == word.folded) || ends("giver") => Case::Nominative,
        () if ends("taker") => Case::Dative,
        () => Case::Unknown,
    }
}

/// The writer's and the reader's name.
fn part(words: &[Word]) -> Option<(Span, Span)> {
    let mut runs: Vec<(Case, Vec<Word>)> = Vec::new();
    let mut goes_on = false;
    for word in words {
        if of("his").any(|his| his == word.folded) {
            goes_on = false;
            continue;
        }
        let is_initial = word.is_letter() && word.capital && !word.is(Classes::TITLE);
        if !is_initial && !is_name_word(word) {
            goes_on = goes_on && word.is(Classes::PARTICLE) && !word.capital;
            continue;
        }
        let case = if is_initial { Case::Unknown } else { case_of(word) };
        match runs.last_mut() {
            Some((of, run)) if goes_on && (case == *of || case == Case::Unknown) => {
                run.push(word.clone());
            }
            // "G. Weismannus": an initial has the case of the word after it
            Some((of @ Case::Unknown, run)) if goes_on => {
                *of = case;
                run.push(word.clone());
            }
            _ => runs.push((case, vec![word.clone()])),
        }
        goes_on = true;
    }
    let first = |case| runs.iter().find(|(of, _)| *of == case).map(|(_, run)| span_of(run));
    Some((first(Case::Nominative)?, first(Case::Dative)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let text = Text::new(text);
        let found = read_inscription(&SplitText::new(&text), Some("la"));
        let names = found.and_then(|i| Some((text.slice(i.from?), text.slice(i.to))));
        assert_eq!(names, expected, "{}", text.as_str());
    }

    #[test]
    fn cases_tell_who_writes_to_whom_in_either_order() {
        check(
            "Petrus Gallus Ioanni Fabro suo S. P. D.\n\nLitterae",
            Some(("Petrus Gallus", "Ioanni Fabro")),
        );
        check(
            "Clarissimo viro D. Matthiae Lindnero, professori, Georgius Weismann S. D.\nGratias",
            Some(("Georgius Weismann", "Matthiae Lindnero")),
        );
        check("Petrus Gallus S. P. D. Ioanni Fabro suo\n", Some(("Petrus Gallus", "Ioanni Fabro")));
        check("Petrus Gallus S. D. Ioanni Fabro scribo saepe.", None);
        check("Cicero Attico sal.\nQuod scribis", Some(("Cicero", "Attico")));
        check(
            "PAVLVS HORNIVS IOACHIMO VELIO SVO S. D.\n\nLitterae",
            Some(("PAVLVS HORNIVS", "IOACHIMO VELIO")),
        );
        check("G. Hornius Paulo Vitali salutem plurimam.\n", Some(("G. Hornius", "Paulo Vitali")));
    }

    #[test]
    fn without_two_names_and_a_greeting_nobody_is_named() {
        check("Litterae tuae mihi redditae sunt. Vale.", None);
        check("Ioanni Fabro S. D.\nLitterae", None);
        check("", None);
        let german = Text::new("Petrus Gallus Ioanni Fabro suo S. P. D.\n");
        assert!(read_inscription(&SplitText::new(&german), Some("de")).is_none());
    }
}
