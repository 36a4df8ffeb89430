//! Everything that the tables say of one language: its lexicon, classes and frames.

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::aside::Asides;
use super::denial::Denial;
use super::pattern::{Branches, Names, Node, One, braces, parse, reverse};
use super::run::{Page, Run};
use super::steps::{self, Maker, Mask, Steps, needed};
use super::{CLASSES, Frame, Match, TABLES, Table};
use crate::folding::key;
use crate::mention::lexicon::rows;
use crate::mention::respelling::respelling;
use crate::mention::words::{self, CAPITAL, CLAUSE, NUMBER, Sentence, Spelling, Word, Words};
use crate::record::ActKind;
use crate::span::Span;
use crate::text::Text;

pub(super) const UNKNOWN: u32 = 0;
const DIGITS: u32 = 1;
/// How many classes a language may have.
const MOST_CLASSES: usize = 256;
/// What a common word costs as the one from which a frame is found; any other costs 1.
const COMMON: usize = 500;
type Bits = [u64; MOST_CLASSES / 64];

/// Everything that the tables say of one language.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    names: Lexicon,
    /// The class of words that say little, of those that deny, and of those that join clauses.
    common: Option<u16>,
    negative: Option<u16>,
    and: Option<u16>,
    pub(super) denial: Denial,
    pub(super) asides: Asides,
    /// What each class costs: its words together.
    costs: Vec<usize>,
    pub(super) frames: Vec<Frame>,
    pub(super) steps: Steps,
    /// The patterns of the frames, from the anchor on and before it; empty once the grammar is made.
    patterns: Vec<[Vec<Node>; 2]>,
    /// What every word is at its place; see [`steps`](super::steps).
    marks: Vec<Mask>,
    /// For each word the frames that are found from it; empty once the grammar is made.
    found_from: Vec<Vec<u32>>,
    /// The same one after another, by word, so that a look-up reads on in memory.
    candidates: Vec<u32>,
    /// What each frame wants of its sentence; most attempts end here.
    wants: Vec<Wants>,
    /// Where each word's candidates begin; the next word's beginning is their end.
    first_candidates: Vec<u32>,
}

/// What a frame wants before it is tried.
#[derive(Debug, Clone, Copy)]
struct Wants {
    /// One of these behind the anchor, and one of these before it.
    after: Mask,
    before: Mask,
    /// One of each of these in the sentence, beside the anchor.
    needs: [Mask; 2],
}

/// Words and the classes they belong to.
#[derive(Debug, Default)]
struct Lexicon {
    spelling: Spelling,
    /// The number of each word, by its key.
    ids: FxHashMap<u64, u32>,
    /// The words of the lexicon with their numbers; empty once the grammar is made.
    spelt: Vec<(Box<str>, u32)>,
    /// The word that is being numbered.
    folded: String,
    /// For each word the classes it belongs to.
    bits: Vec<Bits>,
    /// Endings, with the word number that stands for each.
    endings: FxHashMap<u64, u32>,
    /// How long endings are, in bytes, longest first.
    ending_lengths: Vec<usize>,
    /// The last bytes of endings, one bit each: many words end otherwise.
    ending_ends: [u64; 4],
    classes: FxHashMap<&'static str, u16>,
    /// For each class the words and endings that its row names.
    members: Vec<Vec<u32>>,
    /// Classes of phrases, written out where a frame names them.
    phrases: FxHashMap<&'static str, Branches>,
    /// Length in bytes of the longest word.
    longest: usize,
}

impl Names for Lexicon {
    fn word(&mut self, word: &str) -> u32 {
        let mut folded = mem::take(&mut self.folded);
        folded.clear();
        words::fold(word, self.spelling, &mut folded);
        let next = self.bits.len() as u32;
        let id = *self.ids.entry(key(&folded)).or_insert(next);
        if id == next {
            self.fresh();
            self.longest = self.longest.max(folded.len());
            self.spelt.push((folded.as_str().into(), id));
        }
        self.folded = folded;
        id
    }

    fn class(&self, name: &str) -> Option<Node> {
        let class = self.classes.get(name).map(|&c| Node::One(One::Class(c)));
        class.or_else(|| self.phrases.get(name).cloned().map(Branches::into_node))
    }
}

impl Lexicon {
    fn fresh(&mut self) -> u32 {
        self.bits.push([0; MOST_CLASSES / 64]);
        self.bits.len() as u32 - 1
    }

    fn ending(&mut self, ending: &str) -> u32 {
        let mut folded = String::new();
        words::fold(ending, self.spelling, &mut folded);
        if let Some(&id) = self.endings.get(&key(&folded)) {
            return id;
        }
        let id = self.fresh();
        if !self.ending_lengths.contains(&folded.len()) {
            self.ending_lengths.push(folded.len());
            self.ending_lengths.sort_unstable_by_key(|&l| std::cmp::Reverse(l));
        }
        if let Some(&last) = folded.as_bytes().last() {
            self.ending_ends[usize::from(last / 64)] |= 1 << (last % 64);
        }
        self.endings.insert(key(&folded), id);
        id
    }

    fn class_number(&mut self, name: &'static str) -> u16 {
        let next = self.classes.len() as u16;
        assert!((next as usize) < MOST_CLASSES, "expected at most {MOST_CLASSES} classes");
        let number = *self.classes.entry(name).or_insert(next);
        self.members.resize(self.classes.len(), Vec::new());
        number
    }

    fn join(&mut self, id: u32, class: u16) {
        if !self.has(id, class) {
            self.bits[id as usize][class as usize / 64] |= 1 << (class % 64);
            self.members[class as usize].push(id);
        }
    }

    #[inline]
    fn has(&self, id: u32, class: u16) -> bool {
        self.bits[id as usize][class as usize / 64] & (1 << (class % 64)) != 0
    }

    /// Reads the classes of `language`, single words first: phrases are made of them.
    fn read_classes(&mut self, language: &str) {
        let rows: Vec<(&'static str, &'static str)> =
            rows_of(language, CLASSES).map(|[_, name, members]| (name, members)).collect();
        let phrases: Vec<&str> =
            rows.iter().filter(|(_, m)| m.contains(';')).map(|&(name, _)| name).collect();
        for (name, members) in rows.iter().filter(|(name, _)| !phrases.contains(name)) {
            let class = self.class_number(name);
            for member in members.split_whitespace() {
                braces(member, &mut |member| self.read_member(member, class));
            }
        }
        for (name, members) in rows.iter().filter(|(name, _)| phrases.contains(name)) {
            for member in members.split(';').filter(|m| !m.trim().is_empty()) {
                let nodes = parse(self, member);
                self.phrases.entry(name).or_default().push(nodes);
            }
        }
    }

    /// Reads a word, an ending or another class into `class`.
    fn read_member(&mut self, member: &str, class: u16) {
        if let Some(other) = member.strip_prefix('$') {
            let other = self.classes[other];
            for id in self.members[other as usize].clone() {
                self.join(id, class);
            }
            return;
        }
        let id = match member.strip_prefix('~') {
            Some(ending) => self.ending(ending),
            None => self.word(member),
        };
        self.join(id, class);
    }

    /// Gives short forms the numbers of their words in full, before any table names them: "yr" is
    /// "your" to every frame.
    fn read_full_forms(&mut self, language: &str) {
        for (short, full) in words::full_forms(language) {
            let id = self.word(full);
            self.ids.insert(key(short), id);
        }
    }

    /// Reads `&` as the first word of the class `and`, so that frames need not name it.
    fn read_ampersand(&mut self) {
        let and = self.classes.get("and").and_then(|&c| self.members[c as usize].first());
        if let Some(&id) = and {
            self.ids.insert(key("&"), id);
        }
    }

    /// The number of the longest ending that `word` has and is more than.
    fn ending_of(&self, word: &str) -> Option<u32> {
        let last = word.bytes().last()?;
        if self.ending_ends[usize::from(last / 64)] >> (last % 64) & 1 == 0 {
            return None;
        }
        self.ending_lengths.iter().filter(|&&l| l < word.len()).find_map(|l| {
            let ending = word.get(word.len() - l..)?;
            self.endings.get(&key(ending)).copied()
        })
    }
}

/// The words and classes from which `node` can be found; `None` when it is no single word.
fn starters(node: &Node) -> Option<Cow<'_, [One]>> {
    let ones = match node {
        Node::One(one) => Cow::Borrowed(std::slice::from_ref(one)),
        Node::OneOf(ones) => Cow::Borrowed(&ones[..]),
        Node::Anchor(inner) => starters(inner)?,
        Node::Alt(all) => {
            let mut ones = Vec::new();
            for branch in all {
                let [node] = &branch[..] else { return None };
                ones.extend_from_slice(&starters(node)?);
            }
            Cow::Owned(ones)
        }
        _ => return None,
    };
    let known = |one: &One| matches!(one, One::Word(_) | One::Named(_) | One::Class(_));
    ones.iter().all(known).then_some(ones)
}

/// The rows of a table that are of `language`, which the first column says.
fn rows_of<const N: usize>(
    language: &str,
    table: &'static str,
) -> impl Iterator<Item = [&'static str; N]> {
    let speaks = move |line: &&str| {
        let column = line.split('\t').next().unwrap_or_default();
        column == language || column.split(',').any(|l| l == language || l == "*")
    };
    table.lines().filter(speaks).flat_map(rows)
}

/// A frame of `@` stands for one of each act whose classes it names (`$@.verb`).
fn each_act<'p>(
    names: &Lexicon,
    what: &'static str,
    pattern: &'p str,
) -> Vec<(&'static str, Cow<'p, str>)> {
    if what != "@" {
        return vec![(what, pattern.into())];
    }
    ActKind::ALL
        .iter()
        .map(|act| (act.name(), pattern.replace('@', act.name())))
        .filter(|(_, p)| {
            let mut classes =
                p.split_whitespace().filter_map(|t| t.trim_start_matches('=').strip_prefix('$'));
            classes.all(|t| names.class(t.trim_end_matches('?')).is_some())
        })
        .map(|(act, p)| (act, p.into()))
        .collect()
}

impl Grammar {
    pub(super) fn new(language: &str) -> Grammar {
        let mut names = Lexicon {
            spelling: Spelling {
                elides: matches!(language, "fr" | "it"),
                dotted_ordinals: matches!(language, "de" | "nl" | "pl" | "da" | "sv" | "cs" | "hu"),
                german: language == "de",
                portuguese: language == "pt",
                final_accents: match language {
                    "es" => &['ó', 'é'],
                    "it" => &['ó'],
                    _ => &[],
                },
                short_words: words::short_words(language),
                older: respelling(language),
                unspaced: matches!(language, "ja" | "zh"),
            },
            ..Lexicon::default()
        };
        names.word("\u{0}unknown");
        names.word("\u{0}digits");
        names.read_full_forms(language);
        names.read_classes(language);
        names.read_ampersand();
        let class = |name: &str| names.classes.get(name).copied();
        let (common, negative, and) = (class("common"), class("negative"), class("and"));
        let (denial, asides) = (Denial::new(class), Asides::new(class));
        let mut g = Grammar { names, common, negative, and, denial, asides, ..Grammar::default() };
        let costs = g.names.members.iter().map(|ids| ids.iter().map(|&id| g.cost_of(id)).sum());
        g.costs = costs.collect();
        for (table, text) in TABLES {
            for [_, what, when, pattern] in rows_of(language, text) {
                for (what, pattern) in each_act(&g.names, what, pattern) {
                    let nodes = parse(&mut g.names, &pattern);
                    g.add(table, what, when, nodes);
                }
            }
        }
        g.found_from.resize(g.names.bits.len(), Vec::new());
        g.share_endings();
        g.line_up();
        g
    }

    /// Lets the words of the lexicon have what their endings say, but for the common ones.
    fn share_endings(&mut self) {
        let words = mem::take(&mut self.names.spelt);
        for (word, id) in words {
            if self.is_in(id, self.common) {
                continue;
            }
            if let Some(ending) = self.names.ending_of(&word) {
                let of = self.names.bits[ending as usize];
                let frames = self.found_from[ending as usize].clone();
                self.names.bits[id as usize].iter_mut().zip(of).for_each(|(b, e)| *b |= e);
                let own = &mut self.found_from[id as usize];
                own.extend(frames);
                own.sort_unstable();
                own.dedup();
            }
        }
    }

    /// Makes steps of the patterns and lines the frames up by word.
    fn line_up(&mut self) {
        let mut classes = vec![0; self.names.classes.len()];
        for (id, bits) in (0..).zip(&self.names.bits) {
            for (at, &bits) in bits.iter().enumerate() {
                let mut rest = bits;
                while rest != 0 {
                    classes[64 * at + rest.trailing_zeros() as usize] |= steps::bit(id);
                    rest &= rest - 1;
                }
            }
            let sign = |class, sign| if self.is_in(id, class) { sign } else { 0 };
            let plain = steps::PLAIN ^ sign(self.common, steps::PLAIN);
            let signs = plain | sign(self.and, steps::JOINS) | sign(self.negative, steps::DENIES);
            self.marks.push(steps::bit(id) | steps::ANY | signs);
        }
        let mut maker = Maker::new(self.frames.len(), &classes);
        for (frame, [ahead, behind]) in self.frames.iter_mut().zip(mem::take(&mut self.patterns)) {
            let after = maker.add(&ahead[1..], true);
            frame.ahead = maker.sequence(&ahead[..1], after, true);
            frame.behind = maker.add(&behind, false);
            let [after, before] = [after, frame.behind].map(|step| maker.made.first(step));
            // not the anchor: the frame is found from it
            let mut needs = [Mask::MAX; 2];
            for mask in ahead[1..].iter().chain(&behind).filter_map(|n| needed(n, &classes)) {
                // the rarest, the first of them first
                if mask.count_ones() < needs[1].count_ones() {
                    needs[1] = mask;
                    needs.sort_by_key(|m| m.count_ones());
                }
            }
            self.wants.push(Wants { after, before, needs });
        }
        self.steps = maker.made;
        for frames in mem::take(&mut self.found_from) {
            self.first_candidates.push(self.candidates.len() as u32);
            self.candidates.extend(frames);
        }
        self.first_candidates.push(self.candidates.len() as u32);
    }

    #[inline]
    pub(super) fn has(&self, id: u32, class: u16) -> bool {
        self.names.has(id, class)
    }

    /// Whether the word belongs to the class, if the language has it.
    #[inline]
    pub(super) fn is_in(&self, id: u32, class: Option<u16>) -> bool {
        class.is_some_and(|class| self.has(id, class))
    }

    /// Whether `word` is what a pattern wants.
    #[inline]
    pub(super) fn fits(&self, one: One, word: Word) -> bool {
        match one {
            One::Word(id) => word.id == id,
            One::Named(id) => word.id == id && word.is(CAPITAL),
            One::Class(class) => self.has(word.id, class),
            One::Number => word.is(NUMBER),
            One::Capital => word.is(CAPITAL),
            One::Plain => !word.is(CAPITAL | NUMBER) && !self.is_common(word),
            One::Any => true,
        }
    }

    /// Whether `word` belongs to the class `name`.
    pub(crate) fn is(&self, word: Word, name: &str) -> bool {
        self.names.classes.get(name).is_some_and(|&c| self.has(word.id, c))
    }

    /// Whether the language has a class `name`.
    pub(crate) fn has_class(&self, name: &str) -> bool {
        self.names.classes.contains_key(name)
    }

    /// Whether `word` says little by itself.
    #[inline]
    fn is_common(&self, word: Word) -> bool {
        self.is_in(word.id, self.common)
    }

    /// Whether `word` joins a clause to the one before it.
    pub(crate) fn joins(&self, word: Word) -> bool {
        self.is_in(word.id, self.and)
    }

    /// Whether a pattern has a word that denies and that it cannot do without.
    fn names_denial(&self, nodes: &[Node]) -> bool {
        let denies = |id: u32| self.is_in(id, self.negative);
        nodes.iter().any(|node| match node {
            Node::One(One::Word(id) | One::Named(id)) => denies(*id),
            Node::OneOf(words) => {
                words.iter().all(|one| matches!(one, One::Word(id) | One::Named(id) if denies(*id)))
            }
            Node::Alt(all) => all.iter().all(|one| self.names_denial(one)),
            Node::Anchor(inner) => self.names_denial(std::slice::from_ref(inner)),
            _ => false,
        })
    }

    fn cost(&self, one: One) -> usize {
        match one {
            One::Class(class) => self.costs[class as usize],
            One::Word(id) | One::Named(id) => self.cost_of(id),
            _ => 0,
        }
    }

    fn cost_of(&self, id: u32) -> usize {
        if self.is_in(id, self.common) { COMMON } else { 1 }
    }

    fn add(&mut self, table: Table, what: &'static str, when: &'static str, mut nodes: Vec<Node>) {
        let marked = nodes.iter().position(|n| matches!(n, Node::Anchor(_)));
        let best = nodes
            .iter()
            .enumerate()
            .filter(|(i, _)| marked.is_none_or(|m| m == *i))
            .filter_map(|(i, n)| Some((i, starters(n)?.iter().map(|&o| self.cost(o)).sum())))
            .min_by_key(|&(_, cost): &(usize, usize)| cost);
        let rare = best.is_some_and(|(_, cost)| cost < COMMON);
        // a frame of common words only is better found from inside its brackets
        let bracket = nodes.iter().position(|n| match n {
            Node::OneOf(_) => true,
            Node::Alt(all) => all.iter().all(|branch| !branch.is_empty()),
            _ => false,
        });
        if !rare
            && marked.is_none()
            && let Some(at) = bracket
        {
            let after = nodes.split_off(at + 1);
            let branches = match nodes.pop() {
                Some(Node::OneOf(ones)) => ones.iter().map(|&o| vec![Node::One(o)]).collect(),
                Some(Node::Alt(all)) => all,
                _ => Vec::new(),
            };
            for branch in branches {
                let mut one = Vec::with_capacity(nodes.len() + branch.len() + after.len());
                one.extend_from_slice(&nodes);
                one.extend(branch);
                one.extend_from_slice(&after);
                self.add(table, what, when, one);
            }
            return;
        }
        let Some((at, _)) = best else {
            panic!("expected a word to find a frame from: {what} {when} {nodes:?}");
        };
        let frame = self.frames.len() as u32;
        self.found_from.resize(self.names.bits.len(), Vec::new());
        for one in starters(&nodes[at]).iter().flat_map(|ones| ones.iter()) {
            let ids = match one {
                One::Word(id) | One::Named(id) => std::slice::from_ref(id),
                One::Class(class) => &self.names.members[*class as usize],
                _ => &[],
            };
            for &id in ids {
                let known = &mut self.found_from[id as usize];
                if known.last() != Some(&frame) {
                    known.push(frame);
                }
            }
        }
        let denies = self.names_denial(&nodes);
        if let Node::Anchor(inner) = &mut nodes[at] {
            nodes[at] = mem::replace(&mut **inner, Node::One(One::Any));
        }
        let ahead = nodes.split_off(at);
        reverse(&mut nodes);
        self.patterns.push([ahead, nodes]);
        self.frames.push(Frame { table, what, when, denies, ahead: 0, behind: 0 });
    }

    /// The words of `text[area]`, numbered by this grammar.
    pub(crate) fn words(&self, text: &Text<'_>, area: Span) -> Words {
        let mut words = words::read_words(text, area, self.names.spelling, &self.names, DIGITS);
        self.find_asides(&mut words, text.as_str());
        words
    }

    /// Every place where a frame fits, sentence by sentence.
    pub(crate) fn matches<'g>(&'g self, words: &Words) -> Vec<Match<'g>> {
        let (mut out, mut places) = (Vec::new(), Vec::new());
        let mut asides = &words.asides[..];
        for s in &words.sentences {
            self.match_sentence(&words.words, s.first, s.end, &mut places, &mut out);
            let inside = asides.iter().take_while(|aside| aside.end < s.end).count();
            let (here, later) = asides.split_at(inside);
            asides = later;
            if !here.is_empty() {
                self.match_over(words, *s, here, &mut places, &mut out);
            }
        }
        out
    }

    /// Adds what fits in sentence `s` over one of its parentheses `asides`.
    fn match_over<'g>(
        &'g self,
        words: &Words,
        s: Sentence,
        asides: &[Range<usize>],
        places: &mut Vec<[Mask; 2]>,
        out: &mut Vec<Match<'g>>,
    ) {
        let kept: Vec<usize> =
            (s.first..s.end).filter(|i| !asides.iter().any(|aside| aside.contains(i))).collect();
        let mut rest: Vec<Word> = kept.iter().map(|&i| words.words[i]).collect();
        let goes_on = |i: usize| asides.iter().any(|aside| aside.end == i);
        for (word, _) in rest.iter_mut().zip(&kept).filter(|&(_, &i)| goes_on(i)) {
            word.flags &= !CLAUSE;
        }
        let mut found = Vec::new();
        self.match_sentence(&rest, 0, rest.len(), places, &mut found);
        let there = |(first, end): (usize, usize)| (kept[first], kept[end - 1] + 1);
        out.extend(found.into_iter().filter_map(|m| {
            let (first, end) = there((m.first, m.end));
            let over = (end - first) - (m.end - m.first);
            (over > 0).then(|| Match { first, end, cited: there(m.cited), over, ..m })
        }));
    }

    /// Adds every place where a frame fits in the sentence of the `words` from `low` up to `high`, in
    /// the order of the words that they are found from.
    fn match_sentence<'g>(
        &'g self,
        words: &[Word],
        low: usize,
        high: usize,
        places: &mut Vec<[Mask; 2]>,
        out: &mut Vec<Match<'g>>,
    ) {
        let words = &words[low..high];
        self.look(words, places);
        let there = places.iter().fold(0, |sum, [after, _]| sum | after);
        let page = Page { words, places };
        for (at, word) in words.iter().enumerate() {
            let id = word.id as usize;
            let own = self.first_candidates[id] as usize..self.first_candidates[id + 1] as usize;
            let (after, before) = (places[at + 1][0], places[at][1]);
            for &frame in &self.candidates[own] {
                let wants = &self.wants[frame as usize];
                if wants.after & after == 0
                    || wants.before & before == 0
                    || wants.needs.iter().any(|need| need & there == 0)
                {
                    continue;
                }
                let frame = &self.frames[frame as usize];
                let mut run = Run::new(self, page);
                let Some(end) = run.ahead(at, frame.ahead) else { continue };
                let Some(first) = run.behind(at, frame.behind) else { continue };
                let cited = (run.cite_start.unwrap_or(first), run.cite_end.unwrap_or(end));
                if cited.0 < cited.1 {
                    let cited = (low + cited.0, low + cited.1);
                    out.push(Match { frame, first: low + first, end: low + end, cited, over: 0 });
                }
            }
        }
    }

    /// Notes what stands after and before each place of a sentence.
    fn look(&self, words: &[Word], places: &mut Vec<[Mask; 2]>) {
        const EDGE: Mask = steps::EDGE | steps::CLAUSE;
        places.clear();
        let mut before = EDGE;
        for word in words {
            let mut here = self.marks[word.id as usize];
            if word.is(CAPITAL | NUMBER) {
                here &= !steps::PLAIN;
            }
            let sign = |flag, sign| if word.is(flag) { sign } else { 0 };
            here |= sign(CAPITAL, steps::CAPITAL) | sign(NUMBER, steps::NUMBER);
            let clause = sign(CLAUSE, steps::CLAUSE);
            places.push([here | clause, before | clause]);
            // what joins a clause begins one behind it
            before = here | if here & steps::JOINS != 0 { steps::CLAUSE } else { 0 };
        }
        places.push([EDGE, before]);
    }
}

impl words::Numbers for Lexicon {
    fn known(&self, key: u64) -> Option<u32> {
        self.ids.get(&key).copied()
    }

    fn unknown(&self, folded: &str) -> u32 {
        self.ending_of(folded).unwrap_or(UNKNOWN)
    }

    fn longest(&self) -> usize {
        self.longest
    }
}
