//! The pattern language of the tables: one line of words and signs becomes a sequence of nodes.
//!
//! What the signs mean stands in the head of [`super`]. This module knows the grammar only as a
//! [`Names`]: something that numbers words and knows classes.

use std::iter::Peekable;

/// What one word must be.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    /// One word, which is one of these.
    OneOf(Vec<One>),
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

/// Reads a pattern.
///
/// # Panics
///
/// The tables are part of the program: one that cannot be read is a fault of ours, told with the
/// pattern. The tests read all of them.
pub(super) fn parse(names: &mut impl Names, pattern: &str) -> Vec<Node> {
    let spaced = pattern.replace('(', " ( ").replace(')', " ) ");
    let mut tokens = spaced.split_whitespace().peekable();
    let mut all = sequence(names, &mut tokens, pattern, 0);
    assert!(tokens.next().is_none(), "expected no closing bracket in {pattern:?}");
    all.swap_remove(0)
}

/// Alternatives up to a closing bracket or the end.
fn sequence<'p>(
    names: &mut impl Names,
    tokens: &mut Peekable<impl Iterator<Item = &'p str>>,
    of: &str,
    depth: u8,
) -> Vec<Vec<Node>> {
    assert!(depth < 8, "expected at most eight brackets in {of:?}");
    let mut all = vec![Vec::new()];
    while let Some(token) = tokens.next_if(|&t| t != ")") {
        let node = match token {
            "|" => {
                all.push(Vec::new());
                continue;
            }
            "(" => {
                let inner = sequence(names, tokens, of, depth + 1);
                assert_eq!(tokens.next(), Some(")"), "expected a closing bracket in {of:?}");
                match tokens.next_if_eq(&"?") {
                    Some(_) => Node::Opt(vec![Node::Alt(inner)]),
                    None => Node::Alt(inner),
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
        all.last_mut().expect("one sequence at least").push(node);
    }
    all
}

fn atom(names: &mut impl Names, token: &str, of: &str) -> Node {
    let most = |n: &str| n.parse().unwrap_or_else(|_| panic!("expected a number in {of:?}"));
    match token {
        "#" => return Node::One(One::Number),
        "A" => return Node::One(One::Capital),
        "_" => return Node::One(One::Any),
        "%" => return Node::One(One::Plain),
        "*" => return Node::Gap(3),
        _ => {}
    }
    if let Some(n) = token.strip_prefix('*') {
        return Node::Gap(most(n));
    }
    if let Some(n) = token.strip_prefix('+') {
        return Node::Within(most(n));
    }
    if let Some(marked) = token.strip_prefix('=') {
        return Node::Anchor(Box::new(atom(names, marked, of)));
    }
    if let Some(not) = token.strip_prefix('!') {
        let nodes: Vec<Node> = not.split('|').map(|t| atom(names, t, of)).collect();
        return Node::Not(nodes);
    }
    if let Some(name) = token.strip_prefix('$') {
        return names
            .class(name)
            .unwrap_or_else(|| panic!("expected a class, but found ${name} in {of:?}"));
    }
    if !token.contains(['|', '{']) {
        return word(names, token);
    }
    let mut words: Vec<Node> = token.split('|').flat_map(braces).map(|w| word(names, &w)).collect();
    match words.len() {
        1 => words.remove(0),
        _ => Node::Alt(words.into_iter().map(|w| vec![w]).collect()),
    }
}

fn word(names: &mut impl Names, word: &str) -> Node {
    let id = names.word(word);
    let named = word.starts_with(char::is_uppercase);
    Node::One(if named { One::Named(id) } else { One::Word(id) })
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

/// Makes one node of alternatives that are a word each, so that they lie side by side.
pub(super) fn gather_words(nodes: &mut [Node]) {
    for node in nodes {
        match node {
            Node::Alt(all) => {
                all.iter_mut().for_each(|a| gather_words(a));
                let words = all.iter().map(|a| match a[..] {
                    [Node::One(one)] => Some(one),
                    _ => None,
                });
                if let Some(words) = words.collect() {
                    *node = Node::OneOf(words);
                }
            }
            Node::Opt(inner) | Node::Not(inner) => gather_words(inner),
            _ => {}
        }
    }
}

/// `a{b,c}` as `ab`, `ac`.
pub(super) fn braces(word: &str) -> Vec<String> {
    let parts = word.split_once('{').and_then(|(a, rest)| Some((a, rest.split_once('}')?)));
    let Some((before, (choices, after))) = parts else { return vec![word.to_owned()] };
    choices.split(',').flat_map(|c| braces(&format!("{before}{c}{after}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_write_out_every_form() {
        assert_eq!(braces("gr{u,ue}ss{e,}"), ["grusse", "gruss", "gruesse", "gruess"]);
        assert_eq!(braces("none"), ["none"]);
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
                Opt(vec![Alt(vec![vec![word(1)], vec![word(2)]])]),
                Not(vec![word(2), known]),
            ]
        );
        assert_eq!(parse(&mut Lengths, "=word"), [Anchor(Box::new(word(4)))]);
    }

    #[test]
    fn alternatives_of_a_word_each_become_one_node() {
        let mut nodes = parse(&mut Lengths, "a|bc ( # | a ( b | $known )? )");
        gather_words(&mut nodes);
        let [a, bc, known] = [One::Word(1), One::Word(2), One::Class(7)];
        let rest = vec![Node::One(a), Node::Opt(vec![Node::OneOf(vec![a, known])])];
        assert_eq!(
            nodes,
            [Node::OneOf(vec![a, bc]), Node::Alt(vec![vec![Node::One(One::Number)], rest])]
        );
    }

    #[test]
    #[should_panic(expected = "expected a class, but found $other")]
    fn a_class_that_no_table_has_is_told() {
        parse(&mut Lengths, "$other");
    }
}
