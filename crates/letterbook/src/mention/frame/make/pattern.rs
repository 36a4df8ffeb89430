//! The pattern language of the tables: one line of words and signs becomes a sequence of nodes.
//!
//! What the signs mean stands in the head of [`crate::mention::frame`]. This module knows the grammar only as a
//! [`Names`]: something that numbers words and knows classes.

use std::iter::Peekable;
use std::sync::Arc;

use crate::mention::frame::steps::One;

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
/// # Errors
///
/// What of the pattern cannot be read.
pub(super) fn parse(names: &mut impl Names, pattern: &str) -> Result<Vec<Node>, String> {
    let told = |fault: String| format!("{fault} in {pattern:?}");
    let mut tokens = tokens(pattern).peekable();
    let all = sequences(names, &mut tokens, 0).map_err(told)?;
    expect(tokens.next().is_none(), "expected no closing bracket").map_err(told)?;
    expect(all.ends.len() == 1, "expected brackets around the alternatives").map_err(told)?;
    Ok(all.nodes)
}

/// That `fault`, unless it `holds`.
fn expect(holds: bool, fault: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault.to_owned()) }
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
    depth: u8,
) -> Result<Branches, String> {
    expect(depth < 8, "expected at most eight brackets")?;
    // most brackets hold no more than these
    let mut all = Branches { nodes: Vec::with_capacity(8), ends: Vec::with_capacity(8) };
    while let Some(token) = tokens.next_if(|&t| t != ")") {
        let node = match token {
            "|" => {
                all.end();
                continue;
            }
            "(" => {
                let inner = sequences(names, tokens, depth + 1)?.into_node();
                expect(tokens.next() == Some(")"), "expected a closing bracket")?;
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
                Some(t) => Node::Opt(vec![atom(names, t)?]),
                None => atom(names, token)?,
            },
        };
        all.nodes.push(node);
    }
    all.end();
    Ok(all)
}

fn atom(names: &mut impl Names, token: &str) -> Result<Node, String> {
    let most = || {
        let number = token[1..].parse();
        number.map_err(|_| format!("expected a number after {:?}", &token[..1]))
    };
    Ok(match token.as_bytes() {
        b"#" => Node::One(One::Number),
        b"A" => Node::One(One::Capital),
        b"_" => Node::One(One::Any),
        b"%" => Node::One(One::Plain),
        b"*" => Node::Gap(3),
        [b'*', ..] => Node::Gap(most()?),
        [b'+', ..] => Node::Within(most()?),
        [b'=', ..] => Node::Anchor(Box::new(atom(names, &token[1..])?)),
        [b'!', ..] => {
            let not = token[1..].split('|').map(|t| atom(names, t));
            Node::Not(not.collect::<Result<_, _>>()?)
        }
        [b'$', ..] => {
            let class = names.class(&token[1..]);
            class.ok_or_else(|| format!("expected a class, but found {token}"))?
        }
        // behind a bracket they would say nothing: "( a | b ){,e}"
        [b'{', ..] => return Err(format!("expected a word before its endings {token}")),
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
    })
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
            Ok(vec![
                SentenceStart,
                word(4),
                One(super::One::Named(5)),
                known.clone(),
                Within(2),
                Opt(vec![OneOf([super::One::Word(1), super::One::Word(2)].into())]),
                Not(vec![word(2), known]),
            ])
        );
        assert_eq!(parse(&mut Lengths, "=word"), Ok(vec![Anchor(Box::new(word(4)))]));
    }

    #[test]
    fn alternatives_of_a_word_each_become_one_node() {
        let nodes = parse(&mut Lengths, "a|bc ( # | a ( b | $known )? )");
        let [a, bc, known] = [One::Word(1), One::Word(2), One::Class(7)];
        let rest = vec![Node::One(a), Node::Opt(vec![Node::OneOf([a, known].into())])];
        assert_eq!(
            nodes,
            Ok(vec![
                Node::OneOf([a, bc].into()),
                Node::Alt(vec![vec![Node::One(One::Number)], rest])
            ])
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_pattern() {
        let fault = |pattern| parse(&mut Lengths, pattern).expect_err("not to be read");
        assert_eq!(fault("a | b"), "expected brackets around the alternatives in \"a | b\"");
        assert_eq!(fault("$other"), "expected a class, but found $other in \"$other\"");
        assert_eq!(fault("( a"), "expected a closing bracket in \"( a\"");
        let ends = "expected a word before its endings {,s} in \"( a ){,s}\"";
        assert_eq!(fault("( a ){,s}"), ends);
        assert_eq!(fault("*x"), "expected a number after \"*\" in \"*x\"");
    }
}
