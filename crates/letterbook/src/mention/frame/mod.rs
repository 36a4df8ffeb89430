//! The one matcher of the letter's phrases: frames over words, kept in tables.
//!
//! A frame is a line of a table: a language, what the phrase says (an act, a kind of occasion …),
//! a condition, and a pattern over the folded words of one sentence:
//!
//! | in a pattern | matches |
//! |---|---|
//! | `word`, `a\|b` | that word, one of those words |
//! | `Word` | that word with a capital |
//! | `$name` | a word or phrase of that class (`tables/classes.tsv`) |
//! | `#` | a number in digits |
//! | `A` | any word with a capital |
//! | `%` | a word without a capital that is none of the `common` ones |
//! | `_` | any word |
//! | `*`, `*6` | up to three, up to six words |
//! | `+6` | up to six words of the same clause, none of them of the `negative` ones |
//! | `!a\|b` | nothing, where the next word is none of these |
//! | `( a b \| c )` | one of the sequences |
//! | `x?` | `x` or nothing |
//! | `^`, `<` | nothing, at the beginning of a sentence, of a clause |
//! | `.`, `>` | nothing, at the end of a sentence, of a clause |
//! | `=x` | `x`, from which the frame is found (otherwise its rarest word is) |
//! | `{ … }` | the part that is cited, where it is not the whole |
//!
//! A class is a list of words, or of phrases parted by semicolons; `$other` among the
//! words takes in another class, and `~ez` is an ending, which holds for all but the `common`
//! words. A short parenthesis is stepped over ([`aside`]). Each frame is found from one of its
//! words, outwards to both sides, so that a text costs one look-up a word and a bounded step for
//! each frame that has the word: linear time. The tables are read when the crate is built
//! (`build.rs`, [`packed`]); what they say of a language is unpacked when a letter first needs it.

mod aside;
mod denial;
mod endings;
mod grammar;
// the build makes the frames; here are its tests
#[cfg(test)]
mod make;
mod packed;
mod run;
mod spelling;
mod steps;

use super::lexicon::primary;
use std::sync::OnceLock;

pub(crate) use grammar::Grammar;
pub(crate) use packed::Table;

use crate::packed::Packed;
use spelling::LANGUAGES;

/// What the script that builds the crate has made of the tables: how many bytes each language has, and
/// the bytes of all.
static FRAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/frames.bin"));

/// One frame.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) table: Table,
    /// The second column: what the phrase says.
    pub(crate) what: &'static str,
    /// The third column: conditions, one letter each.
    pub(crate) when: &'static str,
    /// Whether one of its own words denies: what it says is said of the denial.
    pub(crate) denies: bool,
    /// The first step from the anchor on, in reading order.
    ahead: u32,
    /// The first step before the anchor, nearest first.
    behind: u32,
}

/// Where a frame fits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match<'g> {
    pub(crate) frame: &'g Frame,
    /// First word, and the word after the last.
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// The same for the cited part.
    pub(crate) cited: (usize, usize),
    /// How many of the words between are of parentheses that it steps over.
    pub(crate) over: usize,
}

static GRAMMARS: [OnceLock<Grammar>; LANGUAGES.len()] =
    [const { OnceLock::new() }; LANGUAGES.len()];

/// The grammar of the language with that BCP 47 tag, if there are tables for it. Norwegian shares
/// the tables of Danish, which have its words too.
pub(crate) fn grammar(language: &str) -> Option<&'static Grammar> {
    let language = match primary(Some(language))? {
        "nb" | "no" | "nn" => "da",
        language => language,
    };
    let at = LANGUAGES.iter().position(|&l| l == language)?;
    Some(GRAMMARS[at].get_or_init(|| Grammar::read(LANGUAGES[at], bytes_of(at))))
}

/// The bytes of the language of that number.
fn bytes_of(at: usize) -> &'static [u8] {
    let mut all = Packed(FRAMES);
    let mut lengths = all.numbers().map(|length| length as usize);
    let from = lengths.by_ref().take(at).sum();
    &all.0[from..][..lengths.next().expect("a length for each language")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::text::Text;

    /// What each frame of one table says of `text`, with the words that it fits.
    fn found(language: &str, table: Table, text: &str) -> Vec<String> {
        let grammar = grammar(language).expect("a language with tables");
        let words = grammar.words(&Text::new(text), Span::new(0, text.len()));
        let mut out: Vec<String> = grammar
            .matches(&words)
            .iter()
            .filter(|m| m.frame.table == table)
            .map(|m| {
                let s = words.span(m.cited.0, m.cited.1);
                format!("{}: {}", m.frame.what, &text[s.start..s.end])
            })
            .collect();
        out.dedup();
        out
    }

    #[test]
    fn every_language_has_frames() {
        for language in LANGUAGES {
            let grammar = grammar(language).expect("listed");
            let outline = ["pt", "ru", "pl", "ko", "ja", "zh"].contains(&language);
            for table in Table::ALL.into_iter().take(if outline { 2 } else { 4 }) {
                assert!(grammar.frames.iter().any(|f| f.table == table), "{language} {table:?}");
            }
        }
        assert!(grammar("en-GB").is_some());
        assert!(grammar("eo").is_none());
    }

    #[test]
    fn a_frame_is_found_from_its_rarest_word_to_both_sides() {
        let text = "In reply I have the honour again to acknowledge the receipt of the box.";
        let acts = found("en", Table::Act, text);
        assert!(
            acts.iter().any(|a| a.starts_with("acknowledge: have the honour")),
            "expected the frame to begin before its verb, but found {acts:?}"
        );
        assert!(found("en", Table::Act, "The receipt lay on the table.").is_empty());
    }

    #[test]
    fn old_spelling_and_broken_lines_are_read() {
        let german = found("de", Table::Reference, "Ihren werthen Brief");
        assert!(german.contains(&"recipient: Ihren werthen Brief".to_owned()), "{german:?}");
        let french = found("fr", Table::Reference, "votre let-\n  tre est là");
        assert!(french.contains(&"recipient: votre let-\n  tre".to_owned()), "{french:?}");
    }

    #[test]
    fn a_gap_within_a_clause_ends_at_its_comma_and_at_a_denial() {
        let german = |text| !found("de", Table::Act, text).is_empty();
        assert!(german("Ich stimme den Plänen gern zu."));
        assert!(!german("Ich stimme den Plänen nicht zu."));
        assert!(!german("Ich stimme, und der Plan nimmt zu."));
    }
}
