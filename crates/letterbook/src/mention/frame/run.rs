//! One attempt at one frame, from its anchor to both sides.

use super::grammar::Grammar;
use super::pattern::Node;
use crate::mention::words::{CLAUSE, Word};

/// What follows a bracket.
struct Next<'n> {
    nodes: &'n [Node],
    next: Option<&'n Next<'n>>,
}

/// One attempt at one frame.
pub(super) struct Run<'r> {
    grammar: &'r Grammar,
    words: &'r [Word],
    /// The sentence: its first word, and the word after its last.
    low: usize,
    high: usize,
    pub(super) cite_start: Option<usize>,
    pub(super) cite_end: Option<usize>,
    steps: u32,
}

/// Steps after which an attempt is given up: none of the tables' frames comes near.
const MOST_STEPS: u32 = 4000;

impl<'r> Run<'r> {
    pub(super) fn new(grammar: &'r Grammar, words: &'r [Word], low: usize, high: usize) -> Self {
        Run { grammar, words, low, high, cite_start: None, cite_end: None, steps: 0 }
    }

    /// Whether `node` stands for exactly one word, and for this one.
    fn one(&self, node: &Node, word: Word) -> bool {
        match node {
            Node::One(one) => self.grammar.fits(*one, word),
            Node::OneOf(words) => words.iter().any(|&one| self.grammar.fits(one, word)),
            Node::Alt(all) => all.iter().any(|a| matches!(&a[..], [n] if self.one(n, word))),
            _ => false,
        }
    }

    fn boundary(&mut self, node: &Node, at: usize) -> bool {
        match node {
            Node::SentenceStart => at == self.low,
            Node::SentenceEnd => at == self.high,
            Node::ClauseEnd => at == self.high || self.words[at].is(CLAUSE),
            Node::ClauseStart => {
                at == self.low
                    || at < self.high && self.words[at].is(CLAUSE)
                    || self.grammar.joins(self.words[at - 1])
            }
            Node::Not(nodes) => {
                at >= self.high || !nodes.iter().any(|n| self.one(n, self.words[at]))
            }
            Node::CiteStart => {
                self.cite_start = Some(at);
                true
            }
            Node::CiteEnd => {
                self.cite_end = Some(at);
                true
            }
            _ => false,
        }
    }

    /// Whether a clause begins with word `at`.
    fn opens_clause(&self, at: usize) -> bool {
        at < self.high && self.words[at].is(CLAUSE)
    }

    /// The word after the last of those that match, reading on from word `at`.
    pub(super) fn ahead(&mut self, at: usize, nodes: &[Node]) -> Option<usize> {
        self.on(at, nodes, None)
    }

    /// The first of those that match before word `at`; `nodes` are in reverse.
    pub(super) fn behind(&mut self, at: usize, nodes: &[Node]) -> Option<usize> {
        self.back(at, nodes, None)
    }

    fn on(&mut self, mut at: usize, nodes: &[Node], next: Option<&Next<'_>>) -> Option<usize> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let Some((node, rest)) = nodes.split_first() else {
            return match next {
                Some(n) => self.on(at, n.nodes, n.next),
                None => Some(at),
            };
        };
        match node {
            Node::One(one) => {
                let fits = at < self.high && self.grammar.fits(*one, self.words[at]);
                if fits { self.on(at + 1, rest, next) } else { None }
            }
            Node::OneOf(_) => {
                let fits = at < self.high && self.one(node, self.words[at]);
                if fits { self.on(at + 1, rest, next) } else { None }
            }
            Node::Gap(most) => {
                (at..=self.high.min(at + *most as usize)).find_map(|at| self.on(at, rest, next))
            }
            Node::Within(most) => {
                for _ in 0..=*most {
                    if self.opens_clause(at) {
                        return None;
                    }
                    if let Some(end) = self.on(at, rest, next) {
                        return Some(end);
                    }
                    if at >= self.high || self.grammar.denies(self.words[at]) {
                        return None;
                    }
                    at += 1;
                }
                None
            }
            Node::Alt(all) => {
                let next = Next { nodes: rest, next };
                all.iter().find_map(|a| self.on(at, a, Some(&next)))
            }
            Node::Opt(inner) => {
                let then = Next { nodes: rest, next };
                self.on(at, inner, Some(&then)).or_else(|| self.on(at, rest, next))
            }
            _ => {
                if self.boundary(node, at) {
                    self.on(at, rest, next)
                } else {
                    None
                }
            }
        }
    }

    fn back(&mut self, mut at: usize, nodes: &[Node], next: Option<&Next<'_>>) -> Option<usize> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let Some((node, rest)) = nodes.split_first() else {
            return match next {
                Some(n) => self.back(at, n.nodes, n.next),
                None => Some(at),
            };
        };
        match node {
            Node::One(one) => {
                let fits = at > self.low && self.grammar.fits(*one, self.words[at - 1]);
                if fits { self.back(at - 1, rest, next) } else { None }
            }
            Node::OneOf(_) => {
                let fits = at > self.low && self.one(node, self.words[at - 1]);
                if fits { self.back(at - 1, rest, next) } else { None }
            }
            Node::Gap(most) => (self.low.max(at.saturating_sub(*most as usize))..=at)
                .rev()
                .find_map(|at| self.back(at, rest, next)),
            Node::Within(most) => {
                for _ in 0..=*most {
                    if self.opens_clause(at) {
                        return None;
                    }
                    if let Some(first) = self.back(at, rest, next) {
                        return Some(first);
                    }
                    if at <= self.low || self.grammar.denies(self.words[at - 1]) {
                        return None;
                    }
                    at -= 1;
                }
                None
            }
            Node::Alt(all) => {
                let next = Next { nodes: rest, next };
                all.iter().find_map(|a| self.back(at, a, Some(&next)))
            }
            Node::Opt(inner) => {
                let then = Next { nodes: rest, next };
                self.back(at, inner, Some(&then)).or_else(|| self.back(at, rest, next))
            }
            _ => {
                if self.boundary(node, at) {
                    self.back(at, rest, next)
                } else {
                    None
                }
            }
        }
    }
}
