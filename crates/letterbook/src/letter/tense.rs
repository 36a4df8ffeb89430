//! Whether a clause speaks of what is past or to come, as far as that tells a date of it.
//!
//! "In acht Wochen gestorben" says how long it took, and no day; "I shall be there on the 9th" names the
//! next such day. Owns the table `tables/tenses.tsv`; dates are read by `letterbook-dates`.

use std::sync::LazyLock;

use crate::mention::fold;
use crate::mention::lexicon::{primary, rows};
use crate::span::Span;

/// A clause is looked at so many bytes to either side.
const REACH: usize = 240;
/// Marks that part clauses.
const MARKS: [char; 8] = ['.', ';', ':', '!', '?', ',', '—', '–'];

/// The rows of the table: class, language, words.
static TABLE: LazyLock<Vec<(&'static str, &'static str, Vec<&'static str>)>> =
    LazyLock::new(|| {
        rows(include_str!("../../tables/tenses.tsv"))
            .map(|[class, language, words]: [&'static str; 3]| {
                (class, language, words.split(", ").collect())
            })
            .collect()
    });

/// The words of a date, folded, and those of its clause before and behind it.
pub(super) struct Clause {
    before: Vec<String>,
    date: Vec<String>,
    behind: Vec<String>,
    language: &'static str,
}

impl Clause {
    /// The clause of `text` that has the date at `date`; none in a language that the table has not.
    pub(super) fn around(text: &str, date: Span, language: Option<&str>) -> Option<Clause> {
        let language = primary(language)?;
        let language = TABLE.iter().find(|row| row.1 == language)?.1;
        let from = text.floor_char_boundary(date.start.saturating_sub(REACH));
        let to = text.floor_char_boundary((date.end + REACH).min(text.len()));
        let before = text[from..date.start].rsplit(MARKS).next().unwrap_or_default();
        let behind = text[date.end..to].split(MARKS).next().unwrap_or_default();
        let words = |part: &str| fold(part).split(' ').map(str::to_owned).collect();
        Some(Clause {
            before: words(before.trim()),
            date: words(&text[date.start..date.end]),
            behind: words(behind.trim()),
            language,
        })
    }

    fn is(&self, class: &str, word: &str) -> bool {
        let mut rows = TABLE.iter().filter(|row| row.0 == class && row.1 == self.language);
        rows.any(|row| row.2.contains(&word))
    }

    fn has(&self, class: &str) -> bool {
        self.before.iter().chain(&self.behind).any(|word| self.is(class, word))
    }

    /// Whether a participle stands in the clause: "gebaut".
    fn has_participle(&self) -> bool {
        /// Shorter words that look like one are others: "gegen".
        const SHORTEST: usize = 6;
        let ends = TABLE.iter().filter(|row| row.0 == "participle" && row.1 == self.language);
        let ends: Vec<(&str, &str)> =
            ends.flat_map(|row| &row.2).filter_map(|ends| ends.split_once('-')).collect();
        let is_one = |word: &String| {
            let fits = |(begin, end): &(&str, &str)| word.starts_with(begin) && word.ends_with(end);
            word.len() >= SHORTEST && ends.iter().any(fits)
        };
        self.before.iter().chain(&self.behind).any(is_one)
    }

    /// Whether the date before whose number of days "in" stands is how long something past took: "ist in
    /// acht Wochen gestorben".
    pub(super) fn tells_how_long(&self) -> bool {
        let led = self.before.last().is_some_and(|word| self.is("within", word));
        let counted = self.date.last().is_some_and(|word| self.is("unit", word));
        led && counted
            && !self.has("ahead")
            && (self.has("past") || self.has("perfect") && self.has_participle())
    }

    /// Whether something is to be on the day that one word names: "I shall be there on the 9th".
    pub(super) fn is_to_come(&self) -> bool {
        let ([.., on, article], [_]) = (self.before.as_slice(), self.date.as_slice()) else {
            return false;
        };
        let led = self.is("on", article) || self.is("on", on);
        led && self.before.iter().any(|word| self.is("ahead", word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(text: &str, date: &str, language: &str) -> Clause {
        let start = text.find(date).expect("the words are in the text");
        let date = Span::new(start, start + date.len());
        Clause::around(text, date, Some(language)).expect("a language of the table")
    }

    #[test]
    fn what_took_so_long_is_no_day() {
        for text in [
            "Mein Vater ist in acht Wochen an der Schwindsucht gestorben.",
            "In acht Wochen war alles vorbei.",
            "Wir haben das Haus in acht Wochen gebaut.",
        ] {
            assert!(clause(text, "acht Wochen", "de").tells_how_long(), "{text}");
        }
        for text in [
            "Ich werde in acht Wochen bei Dir sein.",
            "In acht Wochen ist Markt.",
            "In acht Wochen sehen wir uns, wie er gesagt hat.",
            "Vor acht Wochen ist er gestorben.",
        ] {
            assert!(!clause(text, "acht Wochen", "de").tells_how_long(), "{text}");
        }
        assert!(clause("In three weeks he was dead.", "three weeks", "en").tells_how_long());
        assert!(!clause("I shall know in three weeks.", "three weeks", "en").tells_how_long());
    }

    #[test]
    fn a_day_on_which_something_shall_be_is_to_come() {
        assert!(clause("I shall be in Bath on the 9th.", "9th", "en").is_to_come());
        assert!(clause("I will write to you by the 9th", "9th", "en").is_to_come());
        assert!(!clause("I shall come on the 9th inst.", "9th inst.", "en").is_to_come());
        assert!(!clause("In April last he was here", "April last", "en").tells_how_long());
        for text in ["I was in Bath on the 9th.", "I shall answer yours of the 9th.", "the 9th"] {
            assert!(!clause(text, "9th", "en").is_to_come(), "{text}");
        }
    }
}
