//! The pattern language of the tables: one line of words and signs becomes a sequence of nodes.
//!
//! What the signs mean stands in the head of [`super`]. This module knows the grammar only as a
//! [`Names`]: something that numbers words and knows classes.

use std::iter::Peekable;
use std::sync::Arc;

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

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    One(One),
    /// So many words or fewer.
    Gap(u8),
    /// The same, but within a clause, and none of them denies.
    Within(u8),
    /// The next word is none of these.
    Not(Vec<Node>),
    SentenceStart,
    ClauseStart,
    SentenceEnd,
    ClauseEnd,
    CiteStart,
    CiteEnd,
    Alt(Vec<Vec<Node>>),
    /// One word, which is one of these; frames that are written out of one row share them.
    OneOf(Arc<[One]>),
    Opt(Vec<Node>),
    /// The frame is found from this one.
    Anchor(Box<Node>),
}

/// What a pattern needs to know of a language.
pub(super) trait Names {
    /// The number of a word.
    fn word(&mut self, word: &str) -> u32;
    /// The class, or the phrases, of that name.
    fn class(&self, name: &str) -> Option<Node>;
}

/// Sequences of which one is wanted: their nodes one after another, and where each ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Branches {
    nodes: Vec<Node>,
    ends: Vec<usize>,
}

impl Branches {
    /// Adds one more sequence.
    pub(super) fn push(&mut self, nodes: Vec<Node>) {
        self.nodes.extend(nodes);
        self.end();
    }

    fn end(&mut self) {
        self.ends.push(self.nodes.len());
    }

    /// All of them as one node, in which words side by side are no sequences.
    pub(super) fn into_node(mut self) -> Node {
        if self.ends.iter().copied().eq(1..=self.nodes.len()) {
            let mut words = Vec::with_capacity(self.nodes.len());
            words.extend(self.nodes.iter().map_while(|node| match node {
                Node::One(one) => Some(*one),
                _ => None,
            }));
            if words.len() == self.nodes.len() {
                return Node::OneOf(words.into());
            }
        }
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let lengths: Vec<usize> = self.ends.iter().zip(begins).map(|(end, b)| end - b).collect();
        let mut nodes = self.nodes.drain(..);
        Node::Alt(lengths.into_iter().map(|n| nodes.by_ref().take(n).collect()).collect())
    }
}

/// Reads a pattern.
///
/// # Panics
///
/// The tables are part of the program: one that cannot be read is a fault of ours, told with the
/// pattern. The tests read all of them.
pub(super) fn parse(names: &mut impl Names, pattern: &str) -> Vec<Node> {
    let mut tokens = tokens(pattern).peekable();
    let all = sequences(names, &mut tokens, pattern, 0);
    assert!(tokens.next().is_none(), "expected no closing bracket in {pattern:?}");
    assert!(all.ends.len() == 1, "expected brackets around the alternatives in {pattern:?}");
    all.nodes
}

/// The words and signs of a pattern; a round bracket is one wherever it stands.
fn tokens(pattern: &str) -> impl Iterator<Item = &str> {
    let mut rest = pattern;
    std::iter::from_fn(move || {
        rest = rest.trim_ascii_start();
        let ends = |b: &u8| matches!(b, b'(' | b')') || b.is_ascii_whitespace();
        let length = match rest.bytes().next()? {
            b'(' | b')' => 1,
            _ => rest.as_bytes().iter().position(ends).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        Some(token)
    })
}

/// Alternatives up to a closing bracket or the end.
fn sequences<'p>(
    names: &mut impl Names,
    tokens: &mut Peekable<impl Iterator<Item = &'p str>>,
    of: &str,
    depth: u8,
) -> Branches {
    assert!(depth < 8, "expected at most eight brackets in {of:?}");
    // most brackets hold no more than these
    let mut all = Branches { nodes: Vec::with_capacity(8), ends: Vec::with_capacity(8) };
    while let Some(token) = tokens.next_if(|&t| t != ")") {
        let node = match token {
            "|" => {
                all.end();
                continue;
            }
            "(" => {
                let inner = sequences(names, tokens, of, depth + 1).into_node();
                assert_eq!(tokens.next(), Some(")"), "expected a closing bracket in {of:?}");
                match tokens.next_if_eq(&"?") {
                    Some(_) => Node::Opt(vec![inner]),
                    None => inner,
                }
            }
            "^" => Node::SentenceStart,
            "<" => Node::ClauseStart,
            "." => Node::SentenceEnd,
            ">" => Node::ClauseEnd,
            "{" => Node::CiteStart,
            "}" => Node::CiteEnd,
            _ => match token.strip_suffix('?') {
                Some(t) => Node::Opt(vec![atom(names, t, of)]),
                None => atom(names, token, of),
            },
        };
        all.nodes.push(node);
    }
    all.end();
    all
}

fn atom(names: &mut impl Names, token: &str, of: &str) -> Node {
    let most = || token[1..].parse().unwrap_or_else(|_| panic!("expected a number in {of:?}"));
    match token.as_bytes() {
        b"#" => Node::One(One::Number),
        b"A" => Node::One(One::Capital),
        b"_" => Node::One(One::Any),
        b"%" => Node::One(One::Plain),
        b"*" => Node::Gap(3),
        [b'*', ..] => Node::Gap(most()),
        [b'+', ..] => Node::Within(most()),
        [b'=', ..] => Node::Anchor(Box::new(atom(names, &token[1..], of))),
        [b'!', ..] => Node::Not(token[1..].split('|').map(|t| atom(names, t, of)).collect()),
        [b'$', ..] => (names.class(&token[1..]))
            .unwrap_or_else(|| panic!("expected a class, but found {token} in {of:?}")),
        bytes if bytes.contains(&b'|') || bytes.contains(&b'{') => {
            let mut words: Vec<One> = Vec::new();
            for one in token.split('|') {
                braces(one, &mut |form| words.push(word(names, form)));
            }
            match words[..] {
                [one] => Node::One(one),
                _ => Node::OneOf(words.into()),
            }
        }
        _ => Node::One(word(names, token)),
    }
}

fn word(names: &mut impl Names, word: &str) -> One {
    let id = names.word(word);
    if word.starts_with(char::is_uppercase) { One::Named(id) } else { One::Word(id) }
}

/// Turns a sequence around, with everything inside it.
pub(super) fn reverse(nodes: &mut [Node]) {
    nodes.reverse();
    for node in nodes {
        match node {
            Node::Alt(all) => all.iter_mut().for_each(|a| reverse(a)),
            Node::Opt(inner) => reverse(inner),
            _ => {}
        }
    }
}

/// Calls `each` with every form of `a{b,c}`: `ab`, `ac`.
pub(super) fn braces(word: &str, each: &mut dyn FnMut(&str)) {
    let parts = word.split_once('{').and_then(|(a, rest)| Some((a, rest.split_once('}')?)));
    let Some((before, (choices, after))) = parts else { return each(word) };
    for choice in choices.split(',') {
        braces(&[before, choice, after].concat(), each);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_write_out_every_form() {
        let forms = |word| {
            let mut forms = Vec::new();
            braces(word, &mut |form| forms.push(form.to_owned()));
            forms
        };
        assert_eq!(forms("gr{u,ue}ss{e,}"), ["grusse", "gruss", "gruesse", "gruess"]);
        assert_eq!(forms("none"), ["none"]);
    }

    /// Numbers words by their length and knows one class.
    struct Lengths;

    impl Names for Lengths {
        fn word(&mut self, word: &str) -> u32 {
            word.len() as u32
        }

        fn class(&self, name: &str) -> Option<Node> {
            (name == "known").then_some(Node::One(One::Class(7)))
        }
    }

    #[test]
    fn signs_become_nodes() {
        use Node::*;
        let (word, known) = (|id| One(super::One::Word(id)), One(super::One::Class(7)));
        assert_eq!(
            parse(
                &mut Lengths,
                "^ word Named $known +2 ( a | bc )? !no|$known =".trim_end_matches(" =")
            ),
            [
                SentenceStart,
                word(4),
                One(super::One::Named(5)),
                known.clone(),
                Within(2),
                Opt(vec![OneOf([super::One::Word(1), super::One::Word(2)].into())]),
                Not(vec![word(2), known]),
            ]
        );
        assert_eq!(parse(&mut Lengths, "=word"), [Anchor(Box::new(word(4)))]);
    }

    #[test]
    fn alternatives_of_a_word_each_become_one_node() {
        let nodes = parse(&mut Lengths, "a|bc ( # | a ( b | $known )? )");
        let [a, bc, known] = [One::Word(1), One::Word(2), One::Class(7)];
        let rest = vec![Node::One(a), Node::Opt(vec![Node::OneOf([a, known].into())])];
        assert_eq!(
            nodes,
            [Node::OneOf([a, bc].into()), Node::Alt(vec![vec![Node::One(One::Number)], rest])]
        );
    }

    #[test]
    #[should_panic(expected = "expected brackets around the alternatives")]
    fn alternatives_without_brackets_are_told() {
        parse(&mut Lengths, "a | b");
    }

    #[test]
    #[should_panic(expected = "expected a class, but found $other")]
    fn a_class_that_no_table_has_is_told() {
        parse(&mut Lengths, "$other");
    }
}
