//! How the frames of one language lie in bytes: what the script that builds the crate and the program
//! have to agree on.
//!
//! The script reads the tables, makes the frames and writes them (`make`); the program reads them when a
//! letter first needs its language ([`Grammar::read`](super::Grammar::read)).

use super::steps::{Act, One, Part};

/// How many classes a language may have.
pub(super) const MOST_CLASSES: usize = 256;
/// The classes that a word belongs to, one bit each.
pub(super) type Bits = [u64; MOST_CLASSES / 64];

/// Which table a frame stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    Act,
    Occasion,
    Reference,
    Enclosure,
}

impl Table {
    /// All four, in the order of their numbers.
    pub(super) const ALL: [Table; 4] =
        [Table::Act, Table::Occasion, Table::Reference, Table::Enclosure];
}

/// What a word must be, from its number.
pub(super) fn one(number: u32) -> One {
    let of = number >> 3;
    match number & 7 {
        0 => One::Word(of),
        1 => One::Named(of),
        2 => One::Class(of as u16),
        3 => One::Number,
        4 => One::Capital,
        5 => One::Plain,
        6 => One::Any,
        other => panic!("expected what a word must be, but found {other}"),
    }
}

/// What a step does, from its kind and what else it needs.
pub(super) fn act(kind: u32, a: u32, b: u32) -> Act {
    match kind {
        0 => Act::One(one(a)),
        1 => Act::OneOf(Part(a, b)),
        2 => Act::Not(Part(a, b)),
        3 => Act::Gap(a as u8),
        4 => Act::Within(a as u8),
        5 => Act::Branch(Part(a, b)),
        6 => Act::SentenceStart,
        7 => Act::ClauseStart,
        8 => Act::SentenceEnd,
        9 => Act::ClauseEnd,
        10 => Act::CiteStart,
        11 => Act::CiteEnd,
        12 => Act::Done,
        other => panic!("expected what a step does, but found {other}"),
    }
}
