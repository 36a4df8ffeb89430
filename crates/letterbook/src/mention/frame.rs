//! The one matcher of the letter's phrases: frames over words, kept in tables.
//!
//! A frame is a line of a table: a language, what the phrase says (an act, a kind of occasion …),
//! a condition, and a pattern over the folded words of one sentence:
//!
//! | in a pattern | matches |
//! |---|---|
//! | `word`, `a\|b` | that word, one of those words |
//! | `$name` | a word or phrase of that class (`tables/classes.tsv`) |
//! | `#` | a number in digits |
//! | `A` | any word with a capital |
//! | `%` | a word without a capital that is none of the `common` ones |
//! | `_` | any word |
//! | `*`, `*6` | up to three, up to six words |
//! | `( a b \| c )` | one of the sequences |
//! | `x?` | `x` or nothing |
//! | `^`, `<` | nothing, at the beginning of a sentence, of a clause |
//! | `.` | nothing, at the end of a sentence |
//! | `=x` | `x`, from which the frame is found (otherwise its rarest word is) |
//! | `{ … }` | the part that is cited, where it is not the whole |
//!
//! A class is a list of words, or of phrases parted by semicolons; `$other` among the
//! words takes in another class, and `~ez` is an ending, which holds for all but the `common`
//! words. Each frame is found from one of its words, outwards to both sides, so that a text costs
//! one look-up a word and a bounded step for each frame that has the word: linear time.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::mention::words::{self, CAPITAL, CLAUSE, NUMBER, Spelling, Word, Words};
use crate::record::ActKind;
use crate::span::Span;

/// The lines of a table: columns parted by tabs, comments and blank lines left out.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|l| l.split('\t').map(str::trim).collect())
}

/// Which table a frame stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    Act,
    Occasion,
    Reference,
    Enclosure,
}

const TABLES: [(Table, &str); 4] = [
    (Table::Act, include_str!("../../tables/acts.tsv")),
    (Table::Occasion, include_str!("../../tables/occasions.tsv")),
    (Table::Reference, include_str!("../../tables/references.tsv")),
    (Table::Enclosure, include_str!("../../tables/enclosures.tsv")),
];
const CLASSES: &str = include_str!("../../tables/classes.tsv");

/// The languages that have tables.
const LANGUAGES: [&str; 7] = ["en", "de", "fr", "es", "it", "nl", "la"];

/// One frame.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) table: Table,
    /// The second column: what the phrase says.
    pub(crate) what: &'static str,
    /// The third column: conditions, one letter each.
    pub(crate) when: &'static str,
    /// From the anchor on, in reading order.
    ahead: Vec<Node>,
    /// Before the anchor, nearest first.
    behind: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Word(u32),
    Class(u16),
    Number,
    Capital,
    Plain,
    Any,
    Gap(u8),
    SentenceStart,
    ClauseStart,
    SentenceEnd,
    CiteStart,
    CiteEnd,
    Alt(Vec<Vec<Node>>),
    Opt(Vec<Node>),
}

/// Where a frame fits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match<'g> {
    pub(crate) frame: &'g Frame,
    /// First word, and the word after the last.
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// The same for the cited part.
    pub(crate) cited: (usize, usize),
}

const UNKNOWN: u32 = 0;
const DIGITS: u32 = 1;
/// How many classes a language may have.
const MOST_CLASSES: usize = 256;
type Bits = [u64; MOST_CLASSES / 64];

/// Everything that the tables say of one language.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    spelling: Spelling,
    lexicon: FxHashMap<Box<str>, u32>,
    /// For each word of the lexicon the classes it belongs to.
    bits: Vec<Bits>,
    /// Endings, longest first, with the word number that stands for each.
    endings: Vec<(Box<str>, u32)>,
    /// The class of words that say little.
    common: Option<u16>,
    class_names: FxHashMap<&'static str, u16>,
    /// Classes of phrases, written out where a frame names them.
    phrases: FxHashMap<&'static str, Vec<Vec<Node>>>,
    frames: Vec<Frame>,
    /// For each word the frames that are found from it.
    found_from: Vec<Vec<u32>>,
}

static GRAMMARS: LazyLock<[Grammar; LANGUAGES.len()]> =
    LazyLock::new(|| LANGUAGES.map(Grammar::new));

/// The grammar of the language with that BCP 47 tag, if there are tables for it.
pub(crate) fn grammar(language: &str) -> Option<&'static Grammar> {
    let primary = language.split('-').next().unwrap_or(language);
    let at = LANGUAGES.iter().position(|&l| l == primary)?;
    Some(&GRAMMARS[at])
}

fn speaks(column: &str, language: &str) -> bool {
    column.split(',').any(|l| l == language || l == "*")
}

impl Grammar {
    fn new(language: &'static str) -> Grammar {
        let mut g = Grammar {
            spelling: Spelling {
                elides: matches!(language, "fr" | "it"),
                dotted_ordinals: matches!(language, "de" | "nl"),
                german: language == "de",
            },
            ..Grammar::default()
        };
        g.word("\u{0}unknown");
        g.word("\u{0}digits");
        // single words first: phrases are made of them
        let classes: Vec<(&'static str, &'static str)> = rows(CLASSES)
            .filter(|r| r.len() >= 3 && speaks(r[0], language))
            .map(|r| (r[1], r[2]))
            .collect();
        let phrases: Vec<&str> =
            classes.iter().filter(|(_, m)| m.contains(';')).map(|&(name, _)| name).collect();
        for (name, members) in &classes {
            if !phrases.contains(name) {
                let class = g.class(name);
                for member in members.split_whitespace().flat_map(braces) {
                    if let Some(other) = member.strip_prefix('$') {
                        let other = g.class_names[other];
                        for id in g.members(other).collect::<Vec<_>>() {
                            g.join(id, class);
                        }
                        continue;
                    }
                    let id = match member.strip_prefix('~') {
                        Some(ending) => g.ending(ending),
                        None => g.word(&member),
                    };
                    g.join(id, class);
                }
            }
        }
        for (name, members) in classes {
            if phrases.contains(&name) {
                let alternatives = members
                    .split(';')
                    .filter(|m| !m.trim().is_empty())
                    .map(|m| g.parse(m, name))
                    .collect::<Vec<_>>();
                g.phrases.entry(name).or_default().extend(alternatives);
            }
        }
        g.common = g.class_names.get("common").copied();
        g.endings.sort_by_key(|(e, _)| std::cmp::Reverse(e.len()));
        for (table, text) in TABLES {
            for row in rows(text) {
                let [languages, what, when, pattern] = row[..] else {
                    debug_assert!(false, "expected four columns, but found {row:?}");
                    continue;
                };
                if !speaks(languages, language) {
                    continue;
                }
                for (what, pattern) in g.each_act(what, pattern) {
                    let nodes = g.parse(&pattern, &pattern);
                    g.add(table, what, when, nodes);
                }
            }
        }
        g.share_endings();
        g
    }

    /// A frame of `@` stands for one of each act whose classes it names (`$@.verb`).
    fn each_act(&self, what: &'static str, pattern: &str) -> Vec<(&'static str, String)> {
        if what != "@" {
            return vec![(what, pattern.to_owned())];
        }
        ActKind::ALL
            .iter()
            .map(|act| (act.name(), pattern.replace('@', act.name())))
            .filter(|(_, p)| {
                p.split_whitespace().filter_map(|t| t.strip_prefix('$')).all(|t| {
                    let name = t.trim_end_matches('?');
                    self.class_names.contains_key(name) || self.phrases.contains_key(name)
                })
            })
            .collect()
    }

    /// Lets the words of the lexicon have what their endings say, but for the common ones.
    fn share_endings(&mut self) {
        let common = self.common;
        let words: Vec<(String, u32)> =
            self.lexicon.iter().map(|(w, &id)| (w.to_string(), id)).collect();
        for (word, id) in words {
            if common.is_some_and(|c| self.has(id, c)) {
                continue;
            }
            let ending = self.endings.iter().find(|(e, _)| is_ending(&word, e));
            if let Some(&(_, ending)) = ending {
                let (of, frames) =
                    (self.bits[ending as usize], self.found_from[ending as usize].clone());
                self.bits[id as usize].iter_mut().zip(of).for_each(|(b, e)| *b |= e);
                let own = &mut self.found_from[id as usize];
                own.extend(frames);
                own.sort_unstable();
                own.dedup();
            }
        }
    }

    fn word(&mut self, word: &str) -> u32 {
        let mut folded = String::new();
        words::fold(word, self.spelling, &mut folded);
        if let Some(&id) = self.lexicon.get(folded.as_str()) {
            return id;
        }
        let id = self.fresh();
        self.lexicon.insert(folded.into(), id);
        id
    }

    fn fresh(&mut self) -> u32 {
        self.bits.push([0; MOST_CLASSES / 64]);
        self.found_from.push(Vec::new());
        self.bits.len() as u32 - 1
    }

    fn ending(&mut self, ending: &str) -> u32 {
        let mut folded = String::new();
        words::fold(ending, self.spelling, &mut folded);
        if let Some((_, id)) = self.endings.iter().find(|(e, _)| **e == *folded) {
            return *id;
        }
        let id = self.fresh();
        self.endings.push((folded.into(), id));
        id
    }

    fn class(&mut self, name: &'static str) -> u16 {
        let next = self.class_names.len() as u16;
        assert!((next as usize) < MOST_CLASSES, "expected at most {MOST_CLASSES} classes");
        *self.class_names.entry(name).or_insert(next)
    }

    fn join(&mut self, id: u32, class: u16) {
        self.bits[id as usize][class as usize / 64] |= 1 << (class % 64);
    }

    fn has(&self, id: u32, class: u16) -> bool {
        self.bits[id as usize][class as usize / 64] & (1 << (class % 64)) != 0
    }

    /// Whether `word` belongs to the class `name`.
    pub(crate) fn is(&self, word: Word, name: &str) -> bool {
        self.class_names.get(name).is_some_and(|&c| self.has(word.id, c))
    }

    fn parse(&mut self, pattern: &str, of: &str) -> Vec<Node> {
        let spaced = pattern.replace('(', " ( ").replace(')', " ) ");
        let mut tokens = spaced.split_whitespace().peekable();
        let nodes = self.sequence(&mut tokens, of, 0);
        assert!(tokens.next().is_none(), "expected no closing bracket in {of:?}");
        nodes.into_iter().next().unwrap_or_default()
    }

    /// Alternatives up to a closing bracket or the end.
    fn sequence<'p>(
        &mut self,
        tokens: &mut std::iter::Peekable<impl Iterator<Item = &'p str>>,
        of: &str,
        depth: u8,
    ) -> Vec<Vec<Node>> {
        assert!(depth < 8, "expected at most eight brackets in {of:?}");
        let mut all = vec![Vec::new()];
        while let Some(&token) = tokens.peek() {
            if token == ")" {
                break;
            }
            tokens.next();
            let node = match token {
                "|" => {
                    all.push(Vec::new());
                    continue;
                }
                "(" => {
                    let inner = self.sequence(tokens, of, depth + 1);
                    assert_eq!(tokens.next(), Some(")"), "expected a closing bracket in {of:?}");
                    if tokens.next_if_eq(&"?").is_some() {
                        Node::Opt(vec![Node::Alt(inner)])
                    } else {
                        Node::Alt(inner)
                    }
                }
                "^" => Node::SentenceStart,
                "<" => Node::ClauseStart,
                "." => Node::SentenceEnd,
                "{" => Node::CiteStart,
                "}" => Node::CiteEnd,
                _ => match token.strip_suffix('?') {
                    Some(t) => Node::Opt(vec![self.atom(t, of)]),
                    None => self.atom(token, of),
                },
            };
            all.last_mut().expect("one sequence at least").push(node);
        }
        all
    }

    fn atom(&mut self, token: &str, of: &str) -> Node {
        match token {
            "#" => return Node::Number,
            "A" => return Node::Capital,
            "_" => return Node::Any,
            "%" => return Node::Plain,
            "*" => return Node::Gap(3),
            _ => {}
        }
        if let Some(n) = token.strip_prefix('*') {
            return Node::Gap(n.parse().unwrap_or_else(|_| panic!("expected a number in {of:?}")));
        }
        if let Some(marked) = token.strip_prefix('=') {
            // kept as an alternative of one, which `add` knows for the anchor
            return Node::Alt(vec![vec![self.atom(marked, of)], Vec::new()]);
        }
        if let Some(name) = token.strip_prefix('$') {
            if let Some(&class) = self.class_names.get(name) {
                return Node::Class(class);
            }
            if let Some(alternatives) = self.phrases.get(name) {
                return Node::Alt(alternatives.clone());
            }
            panic!("expected a class, but found ${name} in {of:?}");
        }
        let mut words: Vec<Node> =
            token.split('|').flat_map(braces).map(|w| Node::Word(self.word(&w))).collect();
        match words.len() {
            1 => words.remove(0),
            _ => Node::Alt(words.into_iter().map(|w| vec![w]).collect()),
        }
    }

    fn members(&self, class: u16) -> impl Iterator<Item = u32> + '_ {
        (0..self.bits.len() as u32).filter(move |&id| self.has(id, class))
    }

    /// The words from which `node` can be found; `None` when it is no single word.
    fn starters(&self, node: &Node) -> Option<Vec<u32>> {
        match node {
            Node::Word(id) => Some(vec![*id]),
            Node::Class(class) => Some(self.members(*class).collect()),
            Node::Alt(all) => {
                let mut ids = Vec::new();
                for seq in all {
                    match seq.as_slice() {
                        [one] => ids.extend(self.starters(one)?),
                        _ => return None,
                    }
                }
                Some(ids)
            }
            _ => None,
        }
    }

    fn add(&mut self, table: Table, what: &'static str, when: &'static str, mut nodes: Vec<Node>) {
        let marked =
            nodes.iter().position(|n| matches!(n, Node::Alt(a) if a.len() == 2 && a[1].is_empty()));
        if let Some(at) = marked
            && let Node::Alt(mut a) = nodes[at].clone()
        {
            nodes[at] = a.swap_remove(0).remove(0);
        }
        let common = self.common;
        let cost = |ids: &[u32]| -> usize {
            ids.iter()
                .map(|&id| if common.is_some_and(|c| self.has(id, c)) { 500 } else { 1 })
                .sum()
        };
        let candidates: Vec<(usize, Vec<u32>)> = nodes
            .iter()
            .enumerate()
            .filter(|(i, _)| marked.is_none_or(|m| m == *i))
            .filter_map(|(i, n)| Some((i, self.starters(n)?)))
            .collect();
        let best = candidates.into_iter().min_by_key(|(_, ids)| cost(ids));
        let rare = best.as_ref().is_some_and(|(_, ids)| cost(ids) < 500);
        // a frame of common words only is better found from inside its brackets
        let bracket =
            nodes.iter().position(|n| matches!(n, Node::Alt(a) if a.iter().all(|s| !s.is_empty())));
        if !rare
            && marked.is_none()
            && let Some(at) = bracket
            && let Node::Alt(all) = nodes[at].clone()
        {
            for branch in all {
                let mut one = nodes.clone();
                one.splice(at..=at, branch);
                self.add(table, what, when, one);
            }
            return;
        }
        let Some((at, ids)) = best else {
            panic!("expected a word to find a frame from: {what} {when} {nodes:?}");
        };
        let ahead = nodes.split_off(at);
        reverse(&mut nodes);
        let frame = self.frames.len() as u32;
        self.frames.push(Frame { table, what, when, ahead, behind: nodes });
        for id in ids {
            if self.found_from[id as usize].last() != Some(&frame) {
                self.found_from[id as usize].push(frame);
            }
        }
    }

    /// The words of `text[area]`, numbered by this grammar.
    pub(crate) fn words(&self, text: &str, area: Span) -> Words {
        let number = |folded: &str| match self.lexicon.get(folded) {
            Some(&id) => id,
            None => self
                .endings
                .iter()
                .find(|(e, _)| is_ending(folded, e))
                .map_or(UNKNOWN, |&(_, id)| id),
        };
        words::read_words(text, area, self.spelling, number, DIGITS)
    }

    /// Every place where a frame fits, in the order of the words that they are found from.
    pub(crate) fn matches<'g>(&'g self, words: &Words) -> Vec<Match<'g>> {
        let mut out = Vec::new();
        for sentence in &words.sentences {
            for at in sentence.first..sentence.end {
                for &f in &self.found_from[words.words[at].id as usize] {
                    let frame = &self.frames[f as usize];
                    let mut run = Run {
                        grammar: self,
                        words: &words.words,
                        low: sentence.first,
                        high: sentence.end,
                        cite_start: None,
                        cite_end: None,
                        steps: 0,
                    };
                    let Some(end) = run.ahead(at, &frame.ahead, None) else { continue };
                    let Some(first) = run.behind(at, &frame.behind, None) else { continue };
                    let cited = (run.cite_start.unwrap_or(first), run.cite_end.unwrap_or(end));
                    if cited.0 < cited.1 {
                        out.push(Match { frame, first, end, cited });
                    }
                }
            }
        }
        out
    }
}

/// Whether `word` is more than its ending.
fn is_ending(word: &str, ending: &str) -> bool {
    word.len() > ending.len() && word.ends_with(ending)
}

/// Turns a sequence around, with everything inside it.
fn reverse(nodes: &mut [Node]) {
    nodes.reverse();
    for node in nodes {
        match node {
            Node::Alt(all) => all.iter_mut().for_each(|a| reverse(a)),
            Node::Opt(inner) => reverse(inner),
            _ => {}
        }
    }
}

/// `a{b,c}` as `ab`, `ac`.
fn braces(word: &str) -> Vec<String> {
    let parts = word.split_once('{').and_then(|(a, rest)| Some((a, rest.split_once('}')?)));
    let Some((before, (choices, after))) = parts else { return vec![word.to_owned()] };
    choices.split(',').flat_map(|c| braces(&format!("{before}{c}{after}"))).collect()
}

/// What follows a bracket.
struct Next<'n> {
    nodes: &'n [Node],
    next: Option<&'n Next<'n>>,
}

/// One attempt at one frame.
struct Run<'r> {
    grammar: &'r Grammar,
    words: &'r [Word],
    low: usize,
    high: usize,
    cite_start: Option<usize>,
    cite_end: Option<usize>,
    steps: u32,
}

/// Steps after which an attempt is given up: none of the tables' frames comes near.
const MOST_STEPS: u32 = 4000;

impl Run<'_> {
    fn one(&self, node: &Node, word: Word) -> bool {
        match node {
            Node::Word(id) => word.id == *id,
            Node::Class(class) => self.grammar.has(word.id, *class),
            Node::Number => word.is(NUMBER),
            Node::Capital => word.is(CAPITAL),
            Node::Plain => {
                !word.is(CAPITAL | NUMBER)
                    && self.grammar.common.is_none_or(|c| !self.grammar.has(word.id, c))
            }
            Node::Any => true,
            _ => false,
        }
    }

    fn boundary(&mut self, node: &Node, at: usize) -> bool {
        match node {
            Node::SentenceStart => at == self.low,
            Node::SentenceEnd => at == self.high,
            Node::ClauseStart => {
                at == self.low
                    || at < self.high && self.words[at].is(CLAUSE)
                    || self.grammar.is(self.words[at - 1], "and")
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

    fn ahead(&mut self, at: usize, nodes: &[Node], next: Option<&Next<'_>>) -> Option<usize> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let Some((node, rest)) = nodes.split_first() else {
            return match next {
                Some(n) => self.ahead(at, n.nodes, n.next),
                None => Some(at),
            };
        };
        match node {
            Node::Word(_)
            | Node::Class(_)
            | Node::Number
            | Node::Capital
            | Node::Plain
            | Node::Any => (at < self.high && self.one(node, self.words[at]))
                .then(|| self.ahead(at + 1, rest, next))
                .flatten(),
            Node::Gap(most) => {
                (at..=self.high.min(at + *most as usize)).find_map(|at| self.ahead(at, rest, next))
            }
            Node::Alt(all) => {
                let next = Next { nodes: rest, next };
                all.iter().find_map(|a| self.ahead(at, a, Some(&next)))
            }
            Node::Opt(inner) => {
                let then = Next { nodes: rest, next };
                self.ahead(at, inner, Some(&then)).or_else(|| self.ahead(at, rest, next))
            }
            _ => self.boundary(node, at).then(|| self.ahead(at, rest, next)).flatten(),
        }
    }

    fn behind(&mut self, at: usize, nodes: &[Node], next: Option<&Next<'_>>) -> Option<usize> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let Some((node, rest)) = nodes.split_first() else {
            return match next {
                Some(n) => self.behind(at, n.nodes, n.next),
                None => Some(at),
            };
        };
        match node {
            Node::Word(_)
            | Node::Class(_)
            | Node::Number
            | Node::Capital
            | Node::Plain
            | Node::Any => (at > self.low && self.one(node, self.words[at - 1]))
                .then(|| self.behind(at - 1, rest, next))
                .flatten(),
            Node::Gap(most) => (self.low.max(at.saturating_sub(*most as usize))..=at)
                .rev()
                .find_map(|at| self.behind(at, rest, next)),
            Node::Alt(all) => {
                let next = Next { nodes: rest, next };
                all.iter().find_map(|a| self.behind(at, a, Some(&next)))
            }
            Node::Opt(inner) => {
                let then = Next { nodes: rest, next };
                self.behind(at, inner, Some(&then)).or_else(|| self.behind(at, rest, next))
            }
            _ => self.boundary(node, at).then(|| self.behind(at, rest, next)).flatten(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each frame of one table says of `text`, with the words that it fits.
    fn found(language: &str, table: Table, text: &str) -> Vec<String> {
        let grammar = grammar(language).expect("a language with tables");
        let words = grammar.words(text, Span::new(0, text.len()));
        let mut out: Vec<String> = grammar
            .matches(&words)
            .iter()
            .filter(|m| m.frame.table == table)
            .map(|m| {
                let s = words.span(m.cited.0, m.cited.1);
                format!("{}: {}", m.frame.what, &text[s.start..s.end])
            })
            .collect();
        out.dedup();
        out
    }

    #[test]
    fn every_language_has_frames_of_every_table() {
        for language in LANGUAGES {
            let grammar = grammar(language).expect("listed");
            for (table, _) in TABLES {
                assert!(grammar.frames.iter().any(|f| f.table == table), "{language} {table:?}");
            }
        }
        assert!(grammar("en-GB").is_some());
        assert!(grammar("eo").is_none());
    }

    #[test]
    fn a_frame_is_found_from_its_rarest_word_to_both_sides() {
        let text = "In reply I have the honour again to acknowledge the receipt of the box.";
        let acts = found("en", Table::Act, text);
        assert!(
            acts.iter().any(|a| a.starts_with("acknowledge: have the honour")),
            "expected the frame to begin before its verb, but found {acts:?}"
        );
        assert!(found("en", Table::Act, "The receipt lay on the table.").is_empty());
    }

    #[test]
    fn old_spelling_and_broken_lines_are_read() {
        let german = found("de", Table::Reference, "Ihren werthen Brief");
        assert!(german.contains(&"recipient: Ihren werthen Brief".to_owned()), "{german:?}");
        let french = found("fr", Table::Reference, "votre let-\n  tre est là");
        assert!(french.contains(&"recipient: votre let-\n  tre".to_owned()), "{french:?}");
    }

    #[test]
    fn braces_write_out_every_form() {
        assert_eq!(braces("gr{u,ue}ss{e,}"), ["grusse", "gruss", "gruesse", "gruess"]);
        assert_eq!(braces("none"), ["none"]);
    }
}
