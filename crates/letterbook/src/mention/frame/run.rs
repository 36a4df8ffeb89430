//! One attempt at one frame, from its anchor to both sides.

use super::grammar::Grammar;
use super::steps::{Act, DENIES, Mask, One};
use crate::mention::words::{CLAUSE, Word};

/// A sentence, and what may stand at each of its places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'r> {
    pub(super) words: &'r [Word],
    /// What stands after each place, from before the first word to behind the last, and what stands
    /// before it.
    pub(super) places: &'r [[Mask; 2]],
}

/// One attempt at one frame.
pub(super) struct Run<'r> {
    grammar: &'r Grammar,
    placed: Placed<'r>,
    pub(super) cite_start: Option<usize>,
    pub(super) cite_end: Option<usize>,
    steps: u32,
}

/// Steps after which an attempt is given up: none of the tables' frames comes near.
const MOST_STEPS: u32 = 4000;

impl<'r> Run<'r> {
    #[inline]
    pub(super) fn new(grammar: &'r Grammar, placed: Placed<'r>) -> Self {
        Run { grammar, placed, cite_start: None, cite_end: None, steps: 0 }
    }

    /// The place after the last of the words that match, reading on from place `at`.
    pub(super) fn ahead(&mut self, at: usize, step: u32) -> Option<usize> {
        self.go::<true>(at, step)
    }

    /// The place of the first of the words that match before place `at`, by steps that read back.
    pub(super) fn behind(&mut self, at: usize, step: u32) -> Option<usize> {
        self.go::<false>(at, step)
    }

    /// The word after a place, or before it, and the place beyond it.
    #[inline]
    fn next<const AHEAD: bool>(&self, at: usize) -> Option<(Word, usize)> {
        let beyond = if AHEAD { at + 1 } else { at.wrapping_sub(1) };
        let word = self.placed.words.get(if AHEAD { at } else { beyond })?;
        Some((*word, beyond))
    }

    fn fits(&self, ones: &[One], word: Word) -> bool {
        ones.iter().any(|&one| self.grammar.fits(one, word))
    }

    /// Whether a clause begins at place `at`.
    fn opens_clause(&self, at: usize) -> bool {
        self.placed.words.get(at).is_some_and(|w| w.is(CLAUSE))
    }

    fn go<const AHEAD: bool>(&mut self, mut at: usize, mut step: u32) -> Option<usize> {
        let grammar = self.grammar;
        let all = &grammar.steps;
        loop {
            let here = self.placed.places[at][usize::from(!AHEAD)];
            let now = all.steps[step as usize];
            self.steps += 1;
            if self.steps > MOST_STEPS || now.first & here == 0 {
                return None;
            }
            let fits = match now.act {
                Act::Done => return Some(at),
                Act::One(one) => {
                    let (word, beyond) = self.next::<AHEAD>(at)?;
                    at = beyond;
                    grammar.fits(one, word)
                }
                Act::OneOf(part) => {
                    let (word, beyond) = self.next::<AHEAD>(at)?;
                    at = beyond;
                    self.fits(part.of(&all.ones), word)
                }
                Act::Not(part) => {
                    let next = self.placed.words.get(at);
                    next.is_none_or(|&word| !self.fits(part.of(&all.ones), word))
                }
                Act::Gap(most) => return self.over::<AHEAD>(at, now.next, most, false),
                Act::Within(most) => return self.over::<AHEAD>(at, now.next, most, true),
                Act::Branch(part) => {
                    let ways = part.of(&all.ways);
                    for (n, first) in part.of(&all.firsts).iter().enumerate() {
                        if first & here != 0
                            && let Some(end) = self.go::<AHEAD>(at, ways[n])
                        {
                            return Some(end);
                        }
                    }
                    return None;
                }
                Act::SentenceStart => at == 0,
                Act::SentenceEnd => at == self.placed.words.len(),
                Act::ClauseStart => {
                    let joins = |i: usize| grammar.joins(self.placed.words[i]);
                    at.checked_sub(1).is_none_or(joins) || self.opens_clause(at)
                }
                Act::ClauseEnd => at == self.placed.words.len() || self.opens_clause(at),
                Act::CiteStart => {
                    self.cite_start = Some(at);
                    true
                }
                Act::CiteEnd => {
                    self.cite_end = Some(at);
                    true
                }
            };
            if !fits {
                return None;
            }
            step = now.next;
        }
    }

    /// Goes on with `step` after as few words as will do, at `most` so many.
    fn over<const AHEAD: bool>(
        &mut self,
        mut at: usize,
        step: u32,
        most: u8,
        within: bool,
    ) -> Option<usize> {
        let first = self.grammar.steps.first(step);
        for _ in 0..=most {
            if within && self.opens_clause(at) {
                return None;
            }
            let here = self.placed.places[at][usize::from(!AHEAD)];
            if first & here != 0
                && let Some(end) = self.go::<AHEAD>(at, step)
            {
                return Some(end);
            }
            if within && here & DENIES != 0 {
                return None;
            }
            at = self.next::<AHEAD>(at)?.1;
        }
        None
    }
}
