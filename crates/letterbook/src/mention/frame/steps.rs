//! Patterns as steps that lie one after another in memory, and what each of them can begin with.
//!
//! A pattern of a table becomes steps when the crate is built (`make/steps.rs`). A step says what the
//! pattern says, together with the step after it, wherever its brackets end, and with the [`Mask`]
//! of all that may stand where it begins. Most attempts end at a word that a mask shuts out.

/// The word of which nothing is known, and a number in digits.
pub(super) const UNKNOWN: u32 = 0;
pub(super) const DIGITS: u32 = 1;

/// A set of what may stand at a place: each word is one of the lower bits, which it may share, and
/// the [`SIGNS`] are the highest.
pub(super) type Mask = u128;

/// A word stands there.
pub(super) const ANY: Mask = 1 << 127;
/// It has a capital.
pub(super) const CAPITAL: Mask = 1 << 126;
/// It is a number in digits.
pub(super) const NUMBER: Mask = 1 << 125;
/// It is none of the common ones and has no capital.
pub(super) const PLAIN: Mask = 1 << 124;
/// It denies.
pub(super) const DENIES: Mask = 1 << 123;
/// It joins a clause to the one before it.
pub(super) const JOINS: Mask = 1 << 122;
/// A clause begins or ends there.
pub(super) const CLAUSE: Mask = 1 << 121;
/// The sentence begins or ends there.
pub(super) const EDGE: Mask = 1 << 120;
/// How many bits are signs.
const SIGNS: u32 = 8;

/// The bit of word number `id`. No frame asks for an unknown one.
pub(super) fn bit(id: u32) -> Mask {
    if id == UNKNOWN {
        return 0;
    }
    let mixed = id.wrapping_mul(0x9e37_79b1);
    1 << ((u64::from(mixed) * u64::from(Mask::BITS - SIGNS)) >> u32::BITS)
}

/// What one word must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum One {
    Word(u32),
    /// The word with a capital.
    Named(u32),
    Class(u16),
    Number,
    Capital,
    Plain,
    Any,
}

/// Which of several belong to a step: the first of them and the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Part(pub(super) u32, pub(super) u32);

impl Part {
    #[inline]
    pub(super) fn of<T>(self, all: &[T]) -> &[T] {
        &all[self.0 as usize..self.1 as usize]
    }
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Act {
    One(One),
    OneOf(Part),
    /// The next word is none of these.
    Not(Part),
    /// So many words or fewer.
    Gap(u8),
    /// The same, but within a clause, and none of them denies.
    Within(u8),
    /// One of these ways on, the first that fits.
    Branch(Part),
    SentenceStart,
    ClauseStart,
    SentenceEnd,
    ClauseEnd,
    CiteStart,
    CiteEnd,
    /// The pattern is at its end.
    Done,
}

/// One step of a pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// What may stand where it begins.
    pub(super) first: Mask,
    pub(super) act: Act,
    /// The step after it; a branch goes its own ways.
    pub(super) next: u32,
}

/// The steps of all patterns of a language; what ends alike has its last steps in common.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub(super) steps: Vec<Step>,
    /// The steps with which branches go on, and what may stand where each of them begins.
    pub(super) ways: Vec<u32>,
    pub(super) firsts: Vec<Mask>,
    pub(super) ones: Vec<One>,
}

impl Steps {
    /// What may stand where `step` begins.
    #[inline]
    pub(super) fn first(&self, step: u32) -> Mask {
        self.steps[step as usize].first
    }
}
