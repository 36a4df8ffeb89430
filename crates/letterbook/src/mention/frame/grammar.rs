//! Everything that the tables say of one language: its lexicon, classes and frames.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::aside::Asides;
use super::denial::Denial;
use super::endings::Endings;
use super::packed::{self, Bits, Table};
use super::run::{Placed, Run};
use super::spelling::spelling;
use super::steps::{self, DIGITS, Mask, One, Step, Steps, UNKNOWN};
use super::{Frame, Match};
use crate::mention::words::{self, CAPITAL, CLAUSE, NUMBER, Sentence, Spelling, Word, Words};
use crate::packed::Packed;
use crate::span::Span;
use crate::text::Text;

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
    pub(super) frames: Vec<Frame>,
    pub(super) steps: Steps,
    /// What every word is at its place; see [`steps`](super::steps).
    marks: Vec<Mask>,
    /// For each word the frames that are found from it, one after another in the order of the words, so
    /// that a look-up reads on in memory.
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
    /// For each word the classes it belongs to.
    bits: Vec<Bits>,
    endings: Endings,
    classes: FxHashMap<&'static str, u16>,
    /// Length in bytes of the longest word.
    longest: usize,
}

impl Lexicon {
    #[inline]
    fn has(&self, id: u32, class: u16) -> bool {
        self.bits[id as usize][class as usize / 64] & (1 << (class % 64)) != 0
    }

    /// Reads the words, classes and endings of `language`.
    fn read(language: &str, from: &mut Packed) -> Lexicon {
        let classes = (0..).zip(from.strings()).map(|(at, name)| (name, at)).collect();
        let sets: Vec<u64> = from.longs().collect();
        let (sets, _) = sets.as_chunks();
        let bits = from.numbers().map(|set| sets[set as usize]).collect();
        let ids = numbered(from);
        let endings = Endings {
            ids: numbered(from),
            lengths: from.numbers().map(|length| length as usize).collect(),
            last: from.longs().collect::<Vec<_>>().try_into().expect("a bit for each byte"),
        };
        let longest = from.numbers().map(|length| length as usize).max().unwrap_or_default();
        Lexicon { spelling: spelling(language), ids, bits, endings, classes, longest }
    }
}

/// Keys, each with its number.
fn numbered(from: &mut Packed) -> FxHashMap<u64, u32> {
    let keys = from.longs();
    keys.zip(from.numbers()).collect()
}

/// The steps; `masks` has what may stand where they begin.
fn read_steps(masks: &[Mask], from: &mut Packed) -> Steps {
    let steps = from.rows().map(|[first, kind, a, b, next]| {
        let act = packed::act(kind, a, b);
        Step { first: masks[first as usize], act, next }
    });
    let steps: Vec<Step> = steps.collect();
    let ways: Vec<u32> = from.numbers().collect();
    let firsts = ways.iter().map(|&way| steps[way as usize].first).collect();
    Steps { firsts, steps, ways, ones: from.numbers().map(packed::one).collect() }
}

fn read_frames(from: &mut Packed) -> Vec<Frame> {
    let names = from.strings();
    let name = |at: u32| names[at as usize];
    let frames = from.rows().map(|[table, what, when, denies, ahead, behind]| Frame {
        table: Table::ALL[table as usize],
        what: name(what),
        when: name(when),
        denies: denies != 0,
        ahead,
        behind,
    });
    frames.collect()
}

impl Grammar {
    /// Reads what the script that builds the crate has made of the tables of `language`, in the order
    /// in which it wrote that.
    pub(super) fn read(language: &str, bytes: &'static [u8]) -> Grammar {
        let from = &mut Packed(bytes);
        let names = Lexicon::read(language, from);
        let class = |name: &str| names.classes.get(name).copied();
        let masks: Vec<Mask> = from.masks().collect();
        let mask = |at: u32| masks[at as usize];
        let mut grammar = Grammar {
            common: class("common"),
            negative: class("negative"),
            and: class("and"),
            denial: Denial::new(class),
            asides: Asides::new(class),
            steps: read_steps(&masks, from),
            frames: read_frames(from),
            wants: from
                .rows()
                .map(|wants| wants.map(mask))
                .map(|[after, before, a, b]| Wants { after, before, needs: [a, b] })
                .collect(),
            candidates: from.numbers().collect(),
            first_candidates: from.numbers().collect(),
            marks: Vec::new(),
            names,
        };
        grammar.marks = (0..grammar.names.bits.len() as u32).map(|id| grammar.mark(id)).collect();
        grammar
    }

    /// What word number `id` is at its place.
    fn mark(&self, id: u32) -> Mask {
        let sign = |class, sign| if self.is_in(id, class) { sign } else { 0 };
        let plain = steps::PLAIN ^ sign(self.common, steps::PLAIN);
        let signs = plain | sign(self.and, steps::JOINS) | sign(self.negative, steps::DENIES);
        steps::bit(id) | steps::ANY | signs
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
        let placed = Placed { words, places };
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
                let mut run = Run::new(self, placed);
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
        self.endings.of(folded).unwrap_or(UNKNOWN)
    }

    fn longest(&self) -> usize {
        self.longest
    }
}
