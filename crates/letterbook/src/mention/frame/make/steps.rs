//! Makes steps of patterns.

use rustc_hash::FxHashMap;

use super::pattern::Node;
use crate::mention::frame::steps::{
    ANY, Act, CAPITAL, CLAUSE, EDGE, Mask, NUMBER, One, PLAIN, Part, Step, Steps, bit,
};

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

/// Adds `more` behind `all`.
fn push<T: Copy>(all: &mut Vec<T>, more: &[T]) -> Part {
    let from = all.len() as u32;
    all.extend_from_slice(more);
    Part(from, all.len() as u32)
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
    /// For patterns with those classes.
    pub(super) fn new(classes: &'c [Mask]) -> Maker<'c> {
        // each direction has an end of its own, so that no step of one is taken for one of the other
        let done = Step { first: Mask::MAX, act: Act::Done, next: 0 };
        let made = Steps { steps: vec![done; 2], ..Steps::default() };
        let (steps, ways, ones) = Default::default();
        Maker { made, classes, steps, ways, ones }
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
            push(&mut made.ways, ways)
        });
        self.push(first, Act::Branch(part), 0)
    }

    fn ones(&mut self, ones: &[One]) -> Part {
        let made = &mut self.made.ones;
        *self.ones.entry(ones.into()).or_insert_with_key(|ones| push(made, ones))
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
        let mut maker = Maker::new(&[]);
        let step = maker.add(nodes, ahead);
        maker.made.first(step)
    }

    #[test]
    fn patterns_that_end_alike_have_their_last_steps_in_common() {
        let mut maker = Maker::new(&[]);
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
