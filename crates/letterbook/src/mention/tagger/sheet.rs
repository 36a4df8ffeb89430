//! The words of a body as the tagger sees them, and what is said of each: its features.
//!
//! Only words with a capital are looked at, and the small words between two of them ("Bank *of*
//! England"); all others are background. Training and reading use the same features, so a change
//! here asks for new weights. This module knows no weights and no labels.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::char::is_combining_mark;

use crate::folding::{fold, fold_with, join, step};
use crate::mention::lexicon::rows;
use crate::numbered::Numbered;
use crate::span::Span;
use crate::tables::may_be_town;
use crate::text::Text;
use crate::token::{Kind, Token, is_telegraph_stop};

/// The classes of `tables/mention-words.tsv`, in the order of their bits.
const CLASSES: [&str; 12] = [
    "title", "kin", "inner", "at", "to", "nation", "body", "site", "event", "govern", "land",
    "initials",
];

/// The word goes before a person's name.
pub const TITLE: u16 = 1;
/// A small word that may stand inside a name.
pub const INNER: u16 = 1 << 2;
/// A small word that stands before a place.
pub const AT: u16 = 1 << 3;
/// The word is of a people or its tongue.
pub const NATION: u16 = 1 << 5;
/// The word heads the name of an organisation.
pub const BODY: u16 = 1 << 6;
/// The word heads the name of a place.
pub const SITE: u16 = 1 << 7;
/// The word heads the name of an event.
pub const EVENT: u16 = 1 << 8;
/// What a nation has: a government, an army.
pub const GOVERN: u16 = 1 << 9;
/// The word is part of the name of a state or a part of the world.
pub const LAND: u16 = 1 << 10;
/// The word stands for a state where it is all capitals.
pub const INITIALS: u16 = 1 << 11;

/// The word begins with a capital.
pub const CAPITAL: u16 = 1;
/// The word has two letters or more, all of them capitals.
pub const UPPER: u16 = 1 << 1;
const LETTER: u16 = 1 << 2;
const NUMBER: u16 = 1 << 3;
/// The word opens a sentence.
pub const OPENS: u16 = 1 << 4;
const QUOTED: u16 = 1 << 5;
const STOP_AFTER: u16 = 1 << 6;
const OWNER: u16 = 1 << 7;
const COMMA_AFTER: u16 = 1 << 8;
/// The word begins the name of a state or a part of the world.
pub const LAND_FIRST: u16 = 1 << 9;
/// A town may bear this name.
pub const TOWN: u16 = 1 << 10;
/// The word may make a town's name together with the one beside it.
pub const TOWN_PAIR: u16 = 1 << 11;
const BROKEN: u16 = 1 << 12;

/// A word and what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes; a word broken at a line's end is one.
    pub span: Span,
    /// The hash of its folded form.
    pub folded: u64,
    /// Bits of [`TITLE`] and so on.
    pub classes: u16,
    /// Bits of [`CAPITAL`] and so on.
    pub flags: u16,
    gap: Gap,
    /// Where in [`Sheet::shown`] stands what the letter shows of it.
    shown: u32,
}

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space = 0,
    Hyphen = 1,
    Apostrophe = 2,
    Stop = 3,
    Line = 4,
    Mark = 5,
    Sentence = 6,
}

/// Other words lie between the two.
const APART: u8 = 7;
/// How many kinds of boundary there are.
pub const BOUNDARIES: usize = 8;
/// Boundaries from this one on part two names.
pub const PARTING: u8 = Gap::Sentence as u8;

/// The words of one stretch, and which of them may belong to a name.
#[derive(Debug, Default)]
pub struct Sheet {
    /// All words.
    pub words: Vec<Word>,
    /// Indices of the words that are looked at, in order.
    pub looked: Vec<u32>,
    /// For each of them the kind of boundary before it, below [`BOUNDARIES`].
    pub boundary: Vec<u8>,
    /// What the letter shows elsewhere of each word that has a capital somewhere; first of all others.
    shown: Vec<u8>,
    /// In how many of eight words there is a capital, up to 3.
    capitals: u64,
}

const SHOWN_INSIDE: u8 = 1;
const SHOWN_TITLED: u8 = 1 << 1;
const SHOWN_AT: u8 = 1 << 2;
const SHOWN_SMALL: u8 = 1 << 3;
const SHOWN_TWICE: u8 = 1 << 4;
const SHOWN_PARTY: u8 = 1 << 5;

struct Table {
    words: Numbered<u16>,
    /// Names of lands by the hash of their words so far: whether it is one, whether more may follow.
    lands: Numbered<(bool, bool)>,
    /// The words of classes that the weights know nothing of.
    aside: FxHashSet<(Aside, u64)>,
}

/// Classes of words that the weights know nothing of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aside {
    /// For the reader: courtesy writes them with a capital.
    Polite,
    /// "Widow", "Wwe." before a name.
    Widow,
    /// "King" before a bare first name, which may have a number.
    Ruler,
    /// "Article", "Section" before a letter or a number.
    Part,
    /// "of", "and": what may follow the number of a ruler, and not the pronoun "I".
    Joint,
    /// "Majesty", "clients", "Department": words that alone are nobody's name.
    Common,
}

impl Aside {
    fn from_name(name: &str) -> Option<Aside> {
        match name {
            "polite" => Some(Aside::Polite),
            "widow" => Some(Aside::Widow),
            "ruler" => Some(Aside::Ruler),
            "part" => Some(Aside::Part),
            "joint" => Some(Aside::Joint),
            "common" => Some(Aside::Common),
            _ => None,
        }
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut known: FxHashMap<u64, u16> = FxHashMap::default();
    let mut lands: FxHashMap<u64, (bool, bool)> = FxHashMap::default();
    let mut aside = FxHashSet::default();
    for [class, _, words] in rows(include_str!("../../../tables/mention-words.tsv")) {
        if let Some(class) = Aside::from_name(class) {
            aside.extend(words.split(' ').map(|w| (class, fold(w))));
            continue;
        }
        let Some(bit) = CLASSES.iter().position(|&c| c == class) else { continue };
        for entry in words.split(' ') {
            if 1 << bit == LAND {
                let owned = entry.replace("'s", "");
                let parts: Vec<u64> = owned.split(|c: char| !c.is_alphabetic()).map(fold).collect();
                let mut hash = 0;
                for (i, part) in parts.iter().enumerate() {
                    hash = join(hash, *part);
                    let land = lands.entry(hash).or_default();
                    land.0 |= i + 1 == parts.len();
                    land.1 |= i + 1 < parts.len();
                }
            } else {
                *known.entry(fold(entry)).or_default() |= 1 << bit;
            }
        }
    }
    Table { words: known.into(), lands: lands.into(), aside }
});

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

impl Sheet {
    /// Reads the words of `text[area]`; `party` are the folded hashes of the words of the
    /// correspondents' names.
    pub fn new(text: &Text<'_>, area: Span, party: &[u64]) -> Sheet {
        let mut sheet = Sheet { words: read_words(text, area), ..Sheet::default() };
        sheet.find_lands();
        sheet.look();
        sheet.gather(party);
        sheet
    }

    fn find_lands(&mut self) {
        let lands = &TABLE.lands;
        let mut i = 0;
        while i < self.words.len() {
            let mut hash = 0;
            let mut end = i;
            if self.words[i].flags & CAPITAL != 0 {
                for (j, word) in self.words.iter().enumerate().skip(i).take(8) {
                    if j > i && (word.gap == Gap::Sentence || word.gap == Gap::Mark) {
                        break;
                    }
                    hash = join(hash, word.folded);
                    match lands.get(hash) {
                        Some(&(is, more)) => {
                            if is && word.flags & CAPITAL != 0 {
                                end = j + 1;
                            }
                            if !more {
                                break;
                            }
                        }
                        None => break,
                    }
                }
            }
            if end > i {
                self.words[i].flags |= LAND_FIRST;
                self.words[i..end].iter_mut().for_each(|w| w.classes |= LAND);
                i = end;
            } else {
                i += 1;
            }
        }
    }

    /// Chooses the words that are looked at.
    fn look(&mut self) {
        /// How many small words may stand inside a name.
        const MOST_INNER: usize = 3;
        let capitals = self.words.iter().filter(|w| w.flags & CAPITAL != 0).count();
        self.capitals = (8 * capitals / self.words.len().max(1)).min(3) as u64;
        // with the small words between
        let most = self.words.len().min(2 * capitals);
        self.looked.reserve(most);
        self.boundary.reserve(most);
        let mut last: Option<usize> = None;
        for (i, word) in self.words.iter().enumerate() {
            if word.flags & CAPITAL == 0 {
                continue;
            }
            let mut boundary = APART;
            if let Some(before) = last {
                let inner = &self.words[before + 1..i];
                if inner.is_empty() {
                    boundary = word.gap as u8;
                } else if inner.len() <= MOST_INNER
                    && word.gap != Gap::Sentence
                    && inner.iter().all(|w| {
                        // "Down-with-Tolls League" is one run whatever its hyphens join
                        w.gap == Gap::Hyphen
                            || w.classes & INNER != 0 && !matches!(w.gap, Gap::Sentence | Gap::Mark)
                    })
                {
                    for (j, w) in inner.iter().enumerate() {
                        self.looked.push((before + 1 + j) as u32);
                        self.boundary.push(w.gap as u8);
                    }
                    boundary = word.gap as u8;
                }
            }
            self.looked.push(i as u32);
            self.boundary.push(boundary);
            last = Some(i);
        }
    }

    /// Notes how each word with a capital is used in the stretch.
    fn gather(&mut self, party: &[u64]) {
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        numbers.reserve(self.looked.len());
        self.shown.reserve(1 + self.looked.len());
        self.shown.push(0);
        for &i in &self.looked {
            let i = i as usize;
            let word = self.words[i];
            if word.flags & CAPITAL == 0 {
                continue;
            }
            let mut bits = 0;
            if word.flags & OPENS == 0 {
                bits |= SHOWN_INSIDE;
                if let Some(before) = self.before(i) {
                    if before.classes & TITLE != 0 {
                        bits |= SHOWN_TITLED;
                    }
                    if before.classes & AT != 0 && before.flags & CAPITAL == 0 {
                        bits |= SHOWN_AT;
                    }
                }
            }
            let next = self.shown.len() as u32;
            let number = *numbers.entry(word.folded).or_insert(next);
            if number == next {
                self.shown.push(0);
            } else {
                bits |= SHOWN_TWICE;
            }
            self.shown[number as usize] |= bits | 1 << 7;
            self.words[i].shown = number;
        }
        for word in &mut self.words {
            if word.flags & (CAPITAL | NUMBER) == 0
                && let Some(&number) = numbers.get(&word.folded)
            {
                self.shown[number as usize] |= SHOWN_SMALL;
                word.shown = number;
            }
        }
        for number in party.iter().filter_map(|word| numbers.get(word)) {
            self.shown[*number as usize] |= SHOWN_PARTY;
        }
    }

    fn before(&self, i: usize) -> Option<&Word> {
        (self.words[i].gap != Gap::Sentence).then(|| self.words.get(i.wrapping_sub(1))).flatten()
    }

    fn after(&self, i: usize) -> Option<&Word> {
        self.words.get(i + 1).filter(|w| w.gap != Gap::Sentence)
    }

    /// Whether a mark other than a hyphen, an apostrophe or an abbreviation's full stop parts word
    /// `i` from the one before it.
    pub fn is_parted(&self, i: usize) -> bool {
        matches!(self.words[i].gap, Gap::Mark | Gap::Sentence)
    }

    /// Whether nothing but white space stands before word `i` and after the one before it.
    pub fn is_spaced(&self, i: usize) -> bool {
        matches!(self.words[i].gap, Gap::Space | Gap::Line)
    }

    /// Whether the word is written small elsewhere in the stretch.
    pub fn is_written_small(&self, i: usize) -> bool {
        self.shown[self.words[i].shown as usize] & SHOWN_SMALL != 0
    }

    /// Whether word `i` stands for the reader, as "Ihnen" does.
    pub fn is_polite(&self, i: usize) -> bool {
        self.is_aside(i, Aside::Polite)
    }

    /// Whether word `i` is of a class that the weights know nothing of.
    pub fn is_aside(&self, i: usize, class: Aside) -> bool {
        TABLE.aside.contains(&(class, self.words[i].folded))
    }

    /// Whether word `i` of the sheet is one letter.
    pub fn is_letter(&self, i: usize) -> bool {
        self.words[i].flags & LETTER != 0
    }

    /// Whether word `i` of the sheet has a capital.
    pub fn is_capital(&self, i: usize) -> bool {
        self.words[i].flags & CAPITAL != 0
    }

    /// Appends the features of the looked-at word number `at` to `out`.
    pub fn features(&self, text: &str, at: usize, out: &mut Vec<u64>) {
        let i = self.looked[at] as usize;
        let word = &self.words[i];
        let (before, after) = (self.before(i), self.after(i));
        let shape = shape(word);
        let opens = u64::from(word.flags & OPENS != 0);
        let shown = u64::from(self.shown[word.shown as usize]);
        let raw = &text.as_bytes()[word.span.start..word.span.end];
        let folded_before = before.map_or(1, |w| w.folded);
        let folded_after = after.map_or(2, |w| w.folded);
        let mut say = |kind: u64, value: u64| {
            out.push((value ^ kind.wrapping_mul(0xA24B_AED4_963E_E407)).wrapping_mul(MIX));
        };
        let page = self.capitals << 8 | opens << 9;
        say(1, word.folded);
        say(2, affix(&raw[raw.len() - raw.len().min(3)..]) ^ page);
        say(3, affix(&raw[raw.len() - raw.len().min(5)..]));
        say(4, affix(&raw[..raw.len().min(3)]));
        say(5, shape | page << 4);
        say(6, folded_before);
        say(7, folded_after);
        say(8, folded_before.rotate_left(7) ^ shape | 1 << 60);
        say(9, folded_after.rotate_left(7) ^ shape | 1 << 60);
        if let Some(second) = before.and_then(|_| self.before(i - 1)) {
            say(10, second.folded);
            say(11, second.folded.rotate_left(9) ^ folded_before);
        }
        if let Some(second) = after.and_then(|_| self.after(i + 1)) {
            say(12, second.folded);
        }
        // what tables say of the word and of its neighbours
        let own = u64::from(word.classes);
        let table = own << 3 | u64::from(word.flags >> 9 & 7);
        say(13, table ^ opens << 32);
        say(14, table ^ self.capitals << 32 ^ shape << 36);
        let neighbour = |w: Option<&Word>| {
            w.map_or(1 << 20, |w| {
                u64::from(w.classes) << 4 | u64::from(w.flags & (CAPITAL | LETTER | NUMBER))
            })
        };
        let (left, right) = (neighbour(before), neighbour(after));
        say(15, left << 1 | opens);
        say(16, right);
        say(17, left << 24 ^ table);
        say(18, right << 24 ^ table);
        say(19, left << 24 ^ right);
        let marks = u64::from(word.flags & (QUOTED | STOP_AFTER | OWNER | COMMA_AFTER | BROKEN));
        let gap = word.gap as u64;
        say(20, marks << 4 | gap);
        say(21, shown << 1 | opens);
        say(22, shown << 16 ^ table);
        say(23, shown << 8 ^ self.capitals ^ shape << 20);
        say(24, left << 30 ^ shown << 3 ^ gap);
    }
}

/// Capital first, all capitals, one letter, small, with its length up to 3 by threes.
fn shape(word: &Word) -> u64 {
    let kind = u64::from(word.flags & (CAPITAL | UPPER | LETTER));
    kind << 2 | (word.span.len() as u64 / 3).min(3)
}

/// The hash of a few bytes, ASCII letters in lower case.
fn affix(bytes: &[u8]) -> u64 {
    bytes.iter().fold(bytes.len() as u64, |h, b| {
        (h.rotate_left(5) ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(MIX)
    })
}

/// Reads words with their flags, classes and gaps.
fn read_words(text: &Text<'_>, area: Span) -> Vec<Word> {
    let table = &*TABLE;
    let s = &text.as_str()[..area.end];
    let tokens = text.tokens_in(area);
    let mut out: Vec<Word> = Vec::with_capacity(tokens.len());
    let mut gap = Gap::Sentence;
    let mut quoted = 0u8; // words that a quotation may still run on
    let mut line = tokens.first().map_or(0, |t| t.line);
    let mut lines = 0; // ended since the last word
    let mut next = 0;
    while let Some(token) = tokens.get(next) {
        if token.line > line {
            lines += token.line - line;
            line = token.line;
            if lines > 1 {
                gap = Gap::Sentence;
                quoted = 0;
            } else if gap == Gap::Space {
                gap = Gap::Line;
            }
        }
        if is_telegraph_stop(tokens, next, s) {
            gap = Gap::Sentence;
            next += 1;
            continue;
        }
        if token.kind != Kind::Mark {
            let (run, broken) = word_at(&tokens[next..], s);
            next += run.len();
            let last = run[run.len() - 1];
            line = last.line;
            let span = token.span.cover(last.span);
            let raw = text.slice(span);
            let number = raw.as_bytes()[0].is_ascii_digit();
            let folded = match run {
                _ if number => 3,
                _ if broken => fold_joined(raw),
                [word] if word.kind == Kind::Word => word.folded,
                _ => fold(raw),
            };
            // the s of "Goethe's" belongs to nobody
            if raw == "s" && gap == Gap::Apostrophe {
                if let Some(last) = out.last_mut() {
                    last.flags |= OWNER;
                }
                continue;
            }
            let mut flags = 0;
            if token.capital {
                flags |= CAPITAL;
                let mut rest = raw.chars().skip(1).peekable();
                if rest.peek().is_none() {
                    flags |= LETTER;
                } else if rest.all(|c| !c.is_lowercase()) {
                    flags |= UPPER;
                }
            }
            if number {
                flags |= NUMBER;
            }
            if gap == Gap::Sentence {
                flags |= OPENS;
            }
            if quoted > 0 {
                flags |= QUOTED;
                quoted -= 1;
            }
            if broken {
                flags |= BROKEN;
            }
            let classes = table.words.get(folded).copied().unwrap_or(0);
            if flags & CAPITAL != 0 {
                if raw.len() > 2 && may_be_town(folded) {
                    flags |= TOWN;
                }
                if let Some(last) = out.last_mut()
                    && last.flags & CAPITAL != 0
                    && matches!(gap, Gap::Space | Gap::Hyphen | Gap::Stop)
                    && may_be_town(join(last.folded, folded))
                {
                    last.flags |= TOWN_PAIR;
                    flags |= TOWN_PAIR;
                }
            }
            out.push(Word { span, folded, classes, flags, gap, shown: 0 });
            gap = Gap::Space;
            lines = 0;
            continue;
        }
        next += 1;
        for (i, c) in token.of(s).char_indices() {
            let at = token.span.start + i;
            let after = &s[at + c.len_utf8()..];
            match c {
                '.' => {
                    if let Some(last) = out.last_mut()
                        && last.span.end == at
                    {
                        last.flags |= STOP_AFTER;
                        let short = last.flags & (LETTER | NUMBER) != 0
                            || last.classes & TITLE != 0 && last.span.len() <= 5;
                        gap = if short { Gap::Stop } else { Gap::Sentence };
                    } else {
                        gap = Gap::Sentence;
                    }
                }
                '!' | '?' | ';' | ':' | '…' => gap = Gap::Sentence,
                '-' | '‐' if gap == Gap::Space && after.starts_with(char::is_alphanumeric) => {
                    gap = Gap::Hyphen;
                }
                '\'' | '’' | 'ʼ' if gap == Gap::Space => gap = Gap::Apostrophe,
                '"' | '“' | '„' | '«' | '»' | '”' => {
                    let opens = after.starts_with(char::is_alphanumeric);
                    quoted = if opens && quoted == 0 { 8 } else { 0 };
                    if gap != Gap::Sentence {
                        gap = Gap::Mark;
                    }
                }
                '&' if gap == Gap::Space => {}
                _ => {
                    if c == ','
                        && let Some(last) = out.last_mut()
                        && last.span.end == at
                    {
                        last.flags |= COMMA_AFTER;
                    }
                    if gap != Gap::Sentence {
                        gap = Gap::Mark;
                    }
                }
            }
        }
    }
    out
}

/// The tokens of the word that the first of `tokens` begins, and whether a line's end breaks it.
fn word_at<'t>(tokens: &'t [Token], s: &str) -> (&'t [Token], bool) {
    // most words end at a space
    if s.as_bytes().get(tokens[0].span.end) == Some(&b' ') {
        return (&tokens[..1], false);
    }
    let run = |from: usize| {
        let goes_on = |t: &[Token]| t[0].span.end == t[1].span.start && t[1].kind != Kind::Mark;
        from + 1 + tokens[from..].windows(2).take_while(|pair| goes_on(pair)).count()
    };
    let end = run(0);
    let broken = s[tokens[end - 1].span.end..]
        .strip_prefix(['-', '¬', '\u{ad}', '='])
        .map(|r| r.trim_start_matches([' ', '\r']))
        .and_then(|r| r.strip_prefix('\n'))
        .map(|r| r.trim_start_matches([' ', '\t']))
        .filter(|r| r.starts_with(char::is_lowercase));
    let Some(rest) = broken.filter(|_| !tokens[0].of(s).starts_with(|c: char| c.is_ascii_digit()))
    else {
        return (&tokens[..end], false);
    };
    // the hyphen is a token, a soft one is not
    let mut beside = tokens[end..].iter().take(2);
    match beside.position(|t| t.span.start == s.len() - rest.len()) {
        Some(more) => (&tokens[..run(end + more)], true),
        None => (&tokens[..end], false),
    }
}

/// The hash of a word broken at a line's end, as if it were whole.
fn fold_joined(raw: &str) -> u64 {
    let mut h = 0u64;
    for part in raw.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)) {
        fold_with(part, |c| h = step(h, u32::from(c)));
    }
    h | 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        Sheet::new(&Text::new(text), Span::new(0, text.len()), &[])
    }

    fn looked(text: &str) -> Vec<&str> {
        let sheet = sheet(text);
        let word = |&i: &u32| {
            let s = sheet.words[i as usize].span;
            &text[s.start..s.end]
        };
        sheet.looked.iter().map(word).collect()
    }

    #[test]
    fn capitals_and_the_small_words_between_them_are_looked_at() {
        assert_eq!(
            looked("the Bank of England was shut by Mr. Orme"),
            ["Bank", "of", "England", "Mr", "Orme"]
        );
        assert!(looked("no name at all").is_empty());
        assert_eq!(looked("nach Walli-\nsellen"), ["Walli-\nsellen"]);
    }

    #[test]
    fn a_broken_word_is_the_same_word() {
        let text = "Walli-\nsellen Wallisellen";
        let s = sheet(text);
        assert_eq!(s.words[0].folded, s.words[1].folded);
    }

    #[test]
    fn lands_of_several_words_are_known_with_and_without_an_owner() {
        let land = |text: &str| {
            let s = sheet(text);
            s.words.iter().filter(|w| w.classes & LAND != 0).count()
        };
        assert_eq!(land("in South Africa today"), 2);
        assert_eq!(land("the Democratic People’s Republic of Korea"), 5);
        assert_eq!(land("the south of nowhere"), 0);
        assert_eq!(land("Ik dank U zeer"), 0);
    }

    #[test]
    fn titles_and_initials_do_not_end_a_sentence() {
        let s = sheet("I met Dr. K. Moss. He left");
        let opens: Vec<bool> = s.words.iter().map(|w| w.flags & OPENS != 0).collect();
        assert_eq!(opens, [true, false, false, false, false, true, false]);
    }
}
