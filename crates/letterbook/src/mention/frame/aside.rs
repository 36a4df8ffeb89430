//! Parentheses between two commas that part a verb from what belongs to it: "I shall, if possible,
//! come", `Ich bitte Sie, lieber Freund, mir zu schreiben`.
//!
//! Found once for all frames, after the words are numbered. Either the word before the first comma
//! wants another after it, an auxiliary for one (class `broken`), and then what follows the second
//! comma goes on with its clause and opens none; or the parenthesis has a word that addresses or
//! qualifies (class `aside`). Frames are read over a parenthesis as well as with it. Longer ones, and
//! what stands in square brackets, are left alone: an editor's word belongs to the sentence.

use std::ops::Range;

use super::grammar::Grammar;
use crate::mention::words::{CAPITAL, CLAUSE, Word, Words};

/// The longest parenthesis, in words.
const MOST: usize = 5;

/// How far before a verb is looked for what puts it at the end of a clause, in words.
const REACH: usize = 6;

/// The classes by which one language tells a parenthesis, each where the language has it.
#[derive(Debug, Default)]
pub(super) struct Asides {
    /// What wants another word after it: "shall", `werde`, `prie`.
    broken: Option<u16>,
    /// One of these stands on one side of it where verbs may end a clause: `ich`.
    by: Option<u16>,
    /// None of these opens its clause: "as", `que`.
    not: Option<u16>,
    /// What addresses or qualifies: "Sir", "possible".
    aside: Option<u16>,
    /// The writer, who as a subject begins another clause.
    writer: Option<u16>,
    /// What joins the last of several.
    and: Option<u16>,
}

impl Asides {
    pub(super) fn new(class: impl Fn(&str) -> Option<u16>) -> Asides {
        Asides {
            broken: class("broken"),
            by: class("broken.by"),
            not: class("broken.not"),
            aside: class("aside"),
            writer: class("deny.writer"),
            and: class("and"),
        }
    }
}

impl Grammar {
    /// Notes the parentheses of `words`, which are words of `text`.
    pub(super) fn find_asides(&self, words: &mut Words, text: &str) {
        if self.asides.aside.is_none() {
            return;
        }
        for sentence in 0..words.sentences.len() {
            let s = words.sentences[sentence];
            let mut from = None;
            for at in s.first + 1..s.end {
                if !words.words[at].is(CLAUSE) {
                    continue;
                }
                let aside = from.filter(|from| at - from <= MOST).map(|from| from..at);
                let Some(aside) = aside.filter(|a| self.is_parted(words, text, a)) else {
                    from = Some(at);
                    continue;
                };
                from = None;
                if self.is_broken(&words.words[s.first..aside.start]) {
                    words.words[aside.start].flags &= !CLAUSE;
                    words.words[at].flags &= !CLAUSE;
                } else if !aside.clone().any(|i| self.is_of(words, i, self.asides.aside))
                    || self.is_of(words, at, self.asides.writer)
                {
                    from = Some(at);
                    continue;
                }
                words.asides.push(aside);
            }
        }
    }

    /// Whether marks that may hold a parenthesis stand on both sides, and no last of several follows.
    fn is_parted(&self, words: &Words, text: &str, aside: &Range<usize>) -> bool {
        let bare = |at: usize| {
            let gap = &text[words.words[at - 1].span.end..words.words[at].span.start];
            !gap.contains(['[', ']', '/'])
        };
        bare(aside.start) && bare(aside.end) && !self.is_of(words, aside.end, self.asides.and)
    }

    /// Whether the last of `before`, the words of a sentence so far, wants another after it.
    fn is_broken(&self, before: &[Word]) -> bool {
        let a = &self.asides;
        let is = |word: &Word, class: Option<u16>| self.is_in(word.id, class);
        let Some((last, rest)) = before.split_last() else { return false };
        let wants = match rest.last() {
            Some(prior) if a.by.is_some() => {
                is(last, a.broken) && is(prior, a.by) || is(last, a.by) && is(prior, a.broken)
            }
            prior => is(last, a.broken) && (prior.is_none() || !last.is(CAPITAL)),
        };
        let from = rest.iter().rposition(|w| w.is(CLAUSE)).unwrap_or(0);
        let from = if last.is(CLAUSE) { rest.len() } else { from };
        let from = from.max(rest.len().saturating_sub(REACH));
        wants && !rest[from..].iter().any(|w| is(w, a.not))
    }
}

#[cfg(test)]
mod tests {
    use crate::mention::frame::{Table, grammar};
    use crate::span::Span;
    use crate::text::Text;

    /// Whether a frame of `act` fits over all the words from `first` to `last`.
    fn spans(language: &str, act: &str, text: &str, first: &str, last: &str) -> bool {
        let grammar = grammar(language).expect("a language with tables");
        let words = grammar.words(&Text::new(text), Span::new(0, text.len()));
        grammar.matches(&words).iter().any(|m| {
            let s = words.span(m.first, m.end);
            let said = &text[s.start..s.end];
            m.frame.table == Table::Act
                && m.frame.what == act
                && said.contains(first)
                && said.contains(last)
        })
    }

    #[test]
    fn a_frame_steps_over_a_parenthesis() {
        for (language, act, text, first, last) in [
            ("en", "promise", "I shall, God willing, sail on Monday.", "shall", "sail"),
            ("en", "decline", "I must (with regret) decline the chair.", "must", "decline"),
            ("fr", "request", "Je vous prie, Monsieur, de m’envoyer la carte.", "prie", "de"),
            ("es", "request", "Ruego a Vd., muy señor mío, que me mande el mapa.", "Ruego", "que"),
        ] {
            assert!(spans(language, act, text, first, last), "{text}");
        }
    }

    /// How many words of `text` open a clause.
    fn clauses(text: &str) -> usize {
        let grammar = grammar("en").expect("a language with tables");
        let words = grammar.words(&Text::new(text), Span::new(0, text.len()));
        words.words.iter().filter(|w| w.is(super::CLAUSE)).count()
    }

    #[test]
    fn what_follows_a_parenthesis_after_an_auxiliary_opens_no_clause() {
        assert_eq!(clauses("I shall, if possible, come"), 1);
        assert_eq!(clauses("Bring what you can, dear boy, come soon"), 3);
        assert_eq!(clauses("I may [not] come"), 3);
    }
}
