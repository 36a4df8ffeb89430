//! Patterns as steps that lie one after another in memory, and what each of them can begin with.
//!
//! A [`Node`] is what a table says; a step says the same to [`Run`](super::run::Run), together with the
//! step after it, wherever its brackets end, and with the [`Mask`] of all that may stand where it
//! begins. Most attempts end at a word that a mask shuts out.

use rustc_hash::FxHashMap;

use super::grammar::UNKNOWN;
use super::pattern::{Node, One};

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

/// The words of which `node` needs one, if it needs any; `classes` are the words of each class.
pub(super) fn needed(node: &Node, classes: &[Mask]) -> Option<Mask> {
    match node {
        Node::One(One::Capital | One::Plain | One::Any) => None,
        Node::One(one) => Some(of_one(*one, classes)),
        Node::OneOf(words) => {
            words.iter().try_fold(0, |sum, one| Some(sum | needed(&Node::One(*one), classes)?))
        }
        Node::Alt(all) => all.iter().try_fold(0, |sum, one| {
            let needs = one.iter().filter_map(|n| needed(n, classes));
            Some(sum | needs.min_by_key(|m| m.count_ones())?)
        }),
        _ => None,
    }
}

fn of_one(one: One, classes: &[Mask]) -> Mask {
    match one {
        One::Word(id) | One::Named(id) => bit(id),
        One::Class(class) => classes[usize::from(class)],
        One::Number => NUMBER,
        One::Capital => CAPITAL,
        One::Plain => PLAIN,
        One::Any => ANY,
    }
}

/// Which of several belong to a step: the first of them and the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Part(u32, u32);

impl Part {
    #[inline]
    pub(super) fn of<T>(self, all: &[T]) -> &[T] {
        &all[self.0 as usize..self.1 as usize]
    }

    /// Adds `more` behind `all`.
    fn push<T: Copy>(all: &mut Vec<T>, more: &[T]) -> Part {
        let from = all.len() as u32;
        all.extend_from_slice(more);
        Part(from, all.len() as u32)
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

/// Makes steps of patterns.
pub(super) struct Maker<'c> {
    pub(super) made: Steps,
    /// The words of each class.
    classes: &'c [Mask],
    /// What has been made, so that it is not made again: steps by what they do and the step after them.
    steps: FxHashMap<(Act, u32), u32>,
    ways: FxHashMap<Box<[u32]>, Part>,
    ones: FxHashMap<Box<[One]>, Part>,
}

impl<'c> Maker<'c> {
    /// For about so many `patterns` with those classes.
    pub(super) fn new(patterns: usize, classes: &'c [Mask]) -> Maker<'c> {
        // each direction has an end of its own, so that no step of one is taken for one of the other
        let done = Step { first: Mask::MAX, act: Act::Done, next: 0 };
        let made = Steps { steps: vec![done; 2], ..Steps::default() };
        let mut steps = FxHashMap::default();
        steps.reserve(3 * patterns);
        Maker { made, classes, steps, ways: FxHashMap::default(), ones: FxHashMap::default() }
    }

    /// Adds a pattern that is read onwards, or backwards if it is not `ahead`; gives its first step.
    pub(super) fn add(&mut self, nodes: &[Node], ahead: bool) -> u32 {
        self.sequence(nodes, u32::from(ahead), ahead)
    }

    /// Adds `nodes`, after which step `next` comes.
    pub(super) fn sequence(&mut self, nodes: &[Node], next: u32, ahead: bool) -> u32 {
        nodes.iter().rev().fold(next, |next, node| self.node(node, next, ahead))
    }

    fn node(&mut self, node: &Node, next: u32, ahead: bool) -> u32 {
        let then = self.made.first(next);
        let (first, act) = match node {
            Node::One(one) => (of_one(*one, self.classes), Act::One(*one)),
            Node::OneOf(ones) => {
                let first = ones.iter().fold(0, |sum, &one| sum | of_one(one, self.classes));
                (first, Act::OneOf(self.ones(ones)))
            }
            Node::Not(nodes) => {
                let mut ones = Vec::new();
                nodes.iter().for_each(|n| single(n, &mut ones));
                (then, Act::Not(self.ones(&ones)))
            }
            Node::Gap(most) => (then | ANY, Act::Gap(*most)),
            Node::Within(most) => (then | ANY, Act::Within(*most)),
            Node::Alt(all) => {
                let ways = all.iter().map(|one| self.sequence(one, next, ahead)).collect();
                return self.branch(ways);
            }
            Node::Opt(inner) => {
                let way = self.sequence(inner, next, ahead);
                return self.branch([way, next].into());
            }
            Node::SentenceStart => (if ahead { then } else { EDGE }, Act::SentenceStart),
            Node::ClauseStart => (if ahead { then } else { CLAUSE }, Act::ClauseStart),
            Node::SentenceEnd => (if ahead { EDGE } else { then }, Act::SentenceEnd),
            Node::ClauseEnd => (if ahead { CLAUSE } else { then }, Act::ClauseEnd),
            Node::CiteStart => (then, Act::CiteStart),
            Node::CiteEnd => (then, Act::CiteEnd),
            Node::Anchor(inner) => return self.node(inner, next, ahead),
        };
        self.push(first, act, next)
    }

    fn branch(&mut self, ways: Box<[u32]>) -> u32 {
        let made = &mut self.made;
        let firsts: Vec<Mask> = ways.iter().map(|&way| made.first(way)).collect();
        let first = firsts.iter().fold(0, |sum, first| sum | first);
        let part = *self.ways.entry(ways).or_insert_with_key(|ways| {
            made.firsts.extend(firsts);
            Part::push(&mut made.ways, ways)
        });
        self.push(first, Act::Branch(part), 0)
    }

    fn ones(&mut self, ones: &[One]) -> Part {
        let made = &mut self.made.ones;
        *self.ones.entry(ones.into()).or_insert_with_key(|ones| Part::push(made, ones))
    }

    fn push(&mut self, first: Mask, act: Act, next: u32) -> u32 {
        let made = &mut self.made.steps;
        *self.steps.entry((act, next)).or_insert_with(|| {
            made.push(Step { first, act, next });
            made.len() as u32 - 1
        })
    }
}

/// Adds what `node` stands for where it stands for exactly one word.
fn single(node: &Node, ones: &mut Vec<One>) {
    match node {
        Node::One(one) => ones.push(*one),
        Node::OneOf(words) => ones.extend_from_slice(words),
        Node::Alt(all) => all.iter().for_each(|branch| {
            if let [node] = &branch[..] {
                single(node, ones);
            }
        }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(id: u32) -> Node {
        Node::One(One::Word(id))
    }

    /// What may stand where a pattern begins.
    fn first(nodes: &[Node], ahead: bool) -> Mask {
        let mut maker = Maker::new(1, &[]);
        let step = maker.add(nodes, ahead);
        maker.made.first(step)
    }

    #[test]
    fn patterns_that_end_alike_have_their_last_steps_in_common() {
        let mut maker = Maker::new(2, &[]);
        maker.add(&[word(5), word(7), word(9)], true);
        let steps = maker.made.steps.len();
        maker.add(&[word(6), word(7), word(9)], true);
        assert_eq!(maker.made.steps.len(), steps + 1);
    }

    #[test]
    fn what_may_be_left_out_lets_the_next_begin() {
        let opt = Node::Opt(vec![word(5)]);
        assert_eq!(first(&[opt, word(7)], true), bit(5) | bit(7));
        assert_eq!(first(&[Node::Gap(2), word(7)], true), ANY | bit(7));
    }

    #[test]
    fn a_sentence_ends_where_no_word_stands() {
        assert_eq!(first(&[Node::SentenceEnd], true), EDGE);
        assert_eq!(first(&[Node::SentenceStart, word(5)], false), EDGE);
    }
}
