//! Makes the frames of one language from its tables, when the crate is built.
//!
//! Owns how rows become words, classes and patterns, and from which of its words a frame is found.
//! The program knows nothing of this module: it reads what [`write_all`] leaves (`super::packed`).

mod bytes;
mod pattern;
mod steps;

use std::borrow::Cow;
use std::mem;

use rustc_hash::FxHashMap;

use super::endings::Endings;
use super::packed::{Bits, MOST_CLASSES, Table};
use super::spelling::spelling;
use super::steps::{self as signs, Mask, One, Steps};
use crate::folding::key;
use crate::mention::lexicon;
use crate::mention::words::{self, Spelling};
use crate::record::ActKind;
use pattern::{Branches, Names, Node, braces, parse, reverse};
use steps::{Maker, needed};

pub(crate) use bytes::write_all;

/// What a common word costs as the one from which a frame is found; any other costs 1.
const COMMON: usize = 500;

/// The texts of the tables, each with the name of its file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tables<'t> {
    pub(crate) classes: (&'t str, &'t str),
    /// Those of the frames, in the order of [`Table::ALL`].
    pub(crate) frames: [(&'t str, &'t str); Table::ALL.len()],
}

/// All that the tables say of one language.
#[derive(Debug, Default)]
struct Made<'t> {
    names: Lexicon<'t>,
    /// The class of words that say little, and of those that deny.
    common: Option<u16>,
    negative: Option<u16>,
    /// What each class costs: its words together.
    costs: Vec<usize>,
    frames: Vec<Frame<'t>>,
    /// For each word the frames that are found from it.
    found_from: Vec<Vec<u32>>,
}

/// One frame.
#[derive(Debug)]
struct Frame<'t> {
    table: Table,
    what: &'t str,
    when: &'t str,
    denies: bool,
    /// Its pattern from the anchor on, and before it with the nearest first.
    ahead: Vec<Node>,
    behind: Vec<Node>,
}

/// The steps of all frames, and what each frame wants of its sentence.
#[derive(Debug, Default)]
struct Line {
    steps: Steps,
    /// For each frame the first step from the anchor on, and the first before it.
    firsts: Vec<[u32; 2]>,
    /// One of the first behind the anchor, one of the second before it, and one of each of the others
    /// in the sentence, beside the anchor.
    wants: Vec<[Mask; 4]>,
}

/// Words and the classes they belong to.
#[derive(Debug, Default)]
struct Lexicon<'t> {
    spelling: Spelling,
    /// The number of each word, by its key.
    ids: FxHashMap<u64, u32>,
    /// The words with their numbers.
    spelt: Vec<(Box<str>, u32)>,
    /// For each word the classes it belongs to.
    bits: Vec<Bits>,
    endings: Endings,
    classes: FxHashMap<&'t str, u16>,
    /// For each class the words and endings that its row names.
    members: Vec<Vec<u32>>,
    /// Classes of phrases, written out where a frame names them.
    phrases: FxHashMap<&'t str, Branches>,
    /// Length in bytes of the longest word.
    longest: usize,
}

impl Names for Lexicon<'_> {
    fn word(&mut self, word: &str) -> u32 {
        let mut folded = String::new();
        words::fold(word, self.spelling, &mut folded);
        let next = self.bits.len() as u32;
        let id = *self.ids.entry(key(&folded)).or_insert(next);
        if id == next {
            self.fresh();
            self.longest = self.longest.max(folded.len());
            self.spelt.push((folded.into(), id));
        }
        id
    }

    fn class(&self, name: &str) -> Option<Node> {
        let class = self.classes.get(name).map(|&c| Node::One(One::Class(c)));
        class.or_else(|| self.phrases.get(name).cloned().map(Branches::into_node))
    }
}

impl<'t> Lexicon<'t> {
    fn fresh(&mut self) -> u32 {
        self.bits.push(Bits::default());
        self.bits.len() as u32 - 1
    }

    fn ending(&mut self, ending: &str) -> u32 {
        let mut folded = String::new();
        words::fold(ending, self.spelling, &mut folded);
        if let Some(&id) = self.endings.ids.get(&key(&folded)) {
            return id;
        }
        let id = self.fresh();
        let lengths = &mut self.endings.lengths;
        if !lengths.contains(&folded.len()) {
            lengths.push(folded.len());
            lengths.sort_unstable_by_key(|&l| std::cmp::Reverse(l));
        }
        if let Some(&last) = folded.as_bytes().last() {
            self.endings.last[usize::from(last / 64)] |= 1 << (last % 64);
        }
        self.endings.ids.insert(key(&folded), id);
        id
    }

    fn class_number(&mut self, name: &'t str) -> Result<u16, String> {
        let next = self.classes.len();
        if next == MOST_CLASSES {
            return Err(format!("expected at most {MOST_CLASSES} classes"));
        }
        let number = *self.classes.entry(name).or_insert(next as u16);
        self.members.resize(self.classes.len(), Vec::new());
        Ok(number)
    }

    fn join(&mut self, id: u32, class: u16) {
        if !self.has(id, Some(class)) {
            self.bits[id as usize][class as usize / 64] |= 1 << (class % 64);
            self.members[class as usize].push(id);
        }
    }

    /// Whether the word belongs to the class, if the language has it.
    fn has(&self, id: u32, class: Option<u16>) -> bool {
        class.is_some_and(|c| self.bits[id as usize][c as usize / 64] >> (c % 64) & 1 == 1)
    }

    /// Reads the classes of `language`, single words first: phrases are made of them.
    fn read_classes(&mut self, language: &str, table: (&str, &'t str)) -> Result<(), String> {
        let rows: Vec<(usize, [&str; 3])> = rows(language, table).collect::<Result<_, _>>()?;
        let phrases: Vec<&str> =
            rows.iter().filter(|(_, [.., m])| m.contains(';')).map(|(_, [_, n, _])| *n).collect();
        for (line, [_, name, members]) in rows.iter().filter(|(_, row)| !phrases.contains(&row[1]))
        {
            let told = |fault| at(table.0, *line, fault);
            let class = self.class_number(name).map_err(told)?;
            for member in members.split_whitespace() {
                let mut forms = Vec::new();
                braces(member, &mut |form| forms.push(form.to_owned()));
                for form in forms {
                    self.read_member(&form, class).map_err(told)?;
                }
            }
        }
        for (line, [_, name, members]) in rows.iter().filter(|(_, row)| phrases.contains(&row[1])) {
            for member in members.split(';').filter(|m| !m.trim().is_empty()) {
                let nodes = parse(self, member).map_err(|fault| at(table.0, *line, fault))?;
                self.phrases.entry(name).or_default().push(nodes);
            }
        }
        Ok(())
    }

    /// Reads a word, an ending or another class into `class`.
    fn read_member(&mut self, member: &str, class: u16) -> Result<(), String> {
        if let Some(other) = member.strip_prefix('$') {
            let other = self.classes.get(other);
            let other = *other.ok_or_else(|| format!("expected a class, but found {member}"))?;
            for id in self.members[other as usize].clone() {
                self.join(id, class);
            }
            return Ok(());
        }
        let id = match member.strip_prefix('~') {
            Some(ending) => self.ending(ending),
            None => self.word(member),
        };
        self.join(id, class);
        Ok(())
    }

    /// Gives short forms the numbers of their words in full, before any table names them: "yr" is
    /// "your" to every frame.
    fn read_full_forms(&mut self, language: &str) {
        for (short, full) in full_forms(language) {
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
}

/// What short forms stand for in `language`, each with its word in full.
fn full_forms(language: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let row = lexicon::rows(words::ABBREVIATIONS).find(|row: &[_; 4]| row[0] == language);
    let pairs = row.map_or("", |row| row[3]);
    pairs.split_whitespace().filter_map(|pair| pair.split_once('='))
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

/// A `fault` with the place where it stands.
fn at(file: &str, line: usize, fault: String) -> String {
    format!("{file}:{line}: {fault}")
}

/// The rows of a table that are of `language`, which the first column says, each with its line.
fn rows<'t, const N: usize>(
    language: &str,
    (file, table): (&str, &'t str),
) -> impl Iterator<Item = Result<(usize, [&'t str; N]), String>> {
    let speaks = move |line: &str| {
        let column = line.split('\t').next().unwrap_or_default();
        column == language || column.split(',').any(|l| l == language || l == "*")
    };
    (1..).zip(table.lines()).filter(move |(_, line)| speaks(line)).map(move |(number, line)| {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let row = <[&str; N]>::try_from(columns);
        let wrong = |c: Vec<_>| format!("expected {N} columns, but found {}", c.len());
        row.map(|row| (number, row)).map_err(|columns| at(file, number, wrong(columns)))
    })
}

/// A frame of `@` stands for one of each act whose classes it names (`$@.verb`).
fn each_act<'t>(names: &Lexicon, what: &'t str, pattern: &'t str) -> Vec<(&'t str, Cow<'t, str>)> {
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

impl<'t> Made<'t> {
    fn new(language: &str, tables: Tables<'t>) -> Result<Made<'t>, String> {
        let mut names = Lexicon { spelling: spelling(language), ..Lexicon::default() };
        names.word("\u{0}unknown");
        names.word("\u{0}digits");
        names.read_full_forms(language);
        names.read_classes(language, tables.classes)?;
        names.read_ampersand();
        let class = |name: &str| names.classes.get(name).copied();
        let (common, negative) = (class("common"), class("negative"));
        let mut made = Made { names, common, negative, ..Made::default() };
        let costs = made.names.members.iter();
        made.costs = costs.map(|ids| ids.iter().map(|&id| made.cost_of(id)).sum()).collect();
        for (table, text) in Table::ALL.into_iter().zip(tables.frames) {
            for row in rows(language, text) {
                let (line, [_, what, when, pattern]) = row?;
                for (what, pattern) in each_act(&made.names, what, pattern) {
                    let nodes = parse(&mut made.names, &pattern);
                    let added = nodes.and_then(|nodes| made.add(table, what, when, nodes));
                    added.map_err(|fault| at(text.0, line, fault))?;
                }
            }
        }
        made.found_from.resize(made.names.bits.len(), Vec::new());
        made.share_endings();
        Ok(made)
    }

    /// Lets the words of the lexicon have what their endings say, but for the common ones.
    fn share_endings(&mut self) {
        let words = mem::take(&mut self.names.spelt);
        for (word, id) in words {
            if self.names.has(id, self.common) {
                continue;
            }
            if let Some(ending) = self.names.endings.of(&word) {
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

    /// Makes steps of the patterns.
    fn line_up(&self) -> Line {
        let mut classes = vec![0; self.names.classes.len()];
        for (id, bits) in (0..).zip(&self.names.bits) {
            for (class, mask) in classes.iter_mut().enumerate() {
                if bits[class / 64] >> (class % 64) & 1 == 1 {
                    *mask |= signs::bit(id);
                }
            }
        }
        let mut maker = Maker::new(&classes);
        let mut line = Line::default();
        for Frame { ahead, behind, .. } in &self.frames {
            let after = maker.add(&ahead[1..], true);
            let first = [maker.sequence(&ahead[..1], after, true), maker.add(behind, false)];
            let [after, before] = [after, first[1]].map(|step| maker.made.first(step));
            // not the anchor: the frame is found from it
            let mut needs = [Mask::MAX; 2];
            for mask in ahead[1..].iter().chain(behind).filter_map(|n| needed(n, &classes)) {
                // the rarest, the first of them first
                if mask.count_ones() < needs[1].count_ones() {
                    needs[1] = mask;
                    needs.sort_by_key(|m| m.count_ones());
                }
            }
            line.firsts.push(first);
            line.wants.push([after, before, needs[0], needs[1]]);
        }
        line.steps = maker.made;
        line
    }

    /// Whether a pattern has a word that denies and that it cannot do without.
    fn names_denial(&self, nodes: &[Node]) -> bool {
        let denies = |id: u32| self.names.has(id, self.negative);
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
        if self.names.has(id, self.common) { COMMON } else { 1 }
    }

    fn add(
        &mut self,
        table: Table,
        what: &'t str,
        when: &'t str,
        mut nodes: Vec<Node>,
    ) -> Result<(), String> {
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
            return branches.into_iter().try_for_each(|branch| {
                self.add(table, what, when, [&nodes[..], &branch, &after].concat())
            });
        }
        let Some((at, _)) = best else {
            return Err("expected a word from which the frame is found".to_owned());
        };
        self.find_from(&nodes[at]);
        let denies = self.names_denial(&nodes);
        if let Node::Anchor(inner) = &mut nodes[at] {
            nodes[at] = mem::replace(&mut **inner, Node::One(One::Any));
        }
        let ahead = nodes.split_off(at);
        reverse(&mut nodes);
        self.frames.push(Frame { table, what, when, denies, ahead, behind: nodes });
        Ok(())
    }

    /// Lets the next frame be found from each of the words that `node` stands for.
    fn find_from(&mut self, node: &Node) {
        let frame = self.frames.len() as u32;
        self.found_from.resize(self.names.bits.len(), Vec::new());
        for one in starters(node).iter().flat_map(|ones| ones.iter()) {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with tables of such classes and such acts.
    fn fault(classes: &str, acts: &str) -> String {
        let none = ("none.tsv", "");
        let frames = [("acts.tsv", acts), none, none, none];
        let tables = Tables { classes: ("classes.tsv", classes), frames };
        bytes::write("en", tables).expect_err("not to be read")
    }

    #[test]
    fn what_the_build_has_made_is_what_the_tables_say() {
        let frames = [
            ("", include_str!("../../../../tables/acts.tsv")),
            ("", include_str!("../../../../tables/occasions.tsv")),
            ("", include_str!("../../../../tables/references.tsv")),
            ("", include_str!("../../../../tables/enclosures.tsv")),
        ];
        let classes = ("", include_str!("../../../../tables/classes.tsv"));
        let made = write_all(Tables { classes, frames }).expect("tables that can be read");
        assert!(made == crate::mention::frame::FRAMES);
    }

    #[test]
    fn a_fault_is_told_with_file_and_line() {
        assert_eq!(
            fault("# head\nen\tsmall\ta $no", ""),
            "classes.tsv:2: expected a class, but found $no"
        );
        assert_eq!(
            fault("", "de\tx\t-\t$no\nen\tthank\t-\tthank $no"),
            "acts.tsv:2: expected a class, but found $no in \"thank $no\""
        );
        assert_eq!(fault("", "en\tthank\t-"), "acts.tsv:1: expected 4 columns, but found 3");
        assert_eq!(
            fault("", "en\tthank\t-\t* #"),
            "acts.tsv:1: expected a word from which the frame is found"
        );
    }
}
