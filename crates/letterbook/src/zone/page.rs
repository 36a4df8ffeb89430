//! What the labeller sees of a letter: its pieces, and the features of each.
//!
//! Pieces nest: a token lies in a phrase, a phrase in a line and in a sentence. What is true of a
//! whole piece is said once for the piece, so that its tokens tend to stay together. Features are
//! hashes; which of them matter is the weights' affair.

use std::ops::Range;

use crate::folding;
use crate::tables::{self, Classes};
use crate::text::Text;
use crate::token::{Kind, Token};

mod echo;
mod shape;

use echo::Names;
use shape::{is_clipped, shape_of};

/// How many kinds of boundary there are between two tokens: see [`Page::boundary`].
pub const BOUNDARIES: usize = 24;

/// How many tokens from the start of a letter its salutation is looked for.
const HEAD: usize = 220;
/// Bytes from which a line is prose, of which the classes of its words tell nothing.
const PROSE: usize = 120;
/// Bytes from which a line is no longer short.
const LONG_LINE: usize = 70;
/// How many tokens a letter has that is called long.
const LONG: usize = 480;

/// A letter as the labeller sees it.
#[derive(Debug)]
pub struct Page<'t> {
    /// The letter's tokens in order.
    pub tokens: &'t [Token],
    /// Before each token: what kind of boundary parts it from the token before. Below
    /// [`BOUNDARIES`]: line or block breaks, the mark before, whether a capital follows.
    pub boundary: Vec<u8>,
    words: Vec<u64>,
    classes: Vec<Classes>,
    shapes: Vec<u8>,
    /// See [`whole_form`].
    forms: Vec<u64>,
    lines: Vec<Piece>,
    sentences: Vec<Piece>,
    /// The phrases of the page in order.
    pub phrases: Vec<Phrase>,
    blocks: Vec<Block>,
    names: Names,
    letter: u64,
    salutation: Option<usize>,
    close: Option<usize>,
}

/// A stretch of words that marks and line ends set apart.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The line that it lies in.
    pub line: usize,
    /// The sentence that it lies in.
    pub sentence: usize,
    counts: Counts,
}

/// What stands in a stretch of tokens.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    classes: Classes,
    capitals: usize,
    words: usize,
    numbers: usize,
    running: usize,
    year: bool,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.classes.0 |= other.classes.0;
        self.capitals += other.capitals;
        self.words += other.words;
        self.numbers += other.numbers;
        self.running += other.running;
        self.year |= other.year;
    }
}

/// A line or a sentence.
#[derive(Debug, Clone)]
struct Piece {
    tokens: Range<usize>,
    counts: Counts,
    /// Characters of ink and the spaces between, in bytes.
    size: usize,
    block: usize,
    indent: usize,
    blank_before: bool,
    /// Blank lines before this one: 0 to 3, and 3 for more.
    gap: u64,
    /// Place in a run of short lines, whether or not blank lines stand between: how many come
    /// before and how many after, 0 to 4 each. Addresses typed with a blank line after every line
    /// are one run of many blocks.
    run: (u64, u64),
    /// Whether a short line of the same words stands elsewhere: 0 for none, 1 if this is the first
    /// of them, 2 for the others. A firm's second sheet repeats the head of its first.
    echo: u64,
    /// Before the first long line (0), from there to the last (1), or below it (2).
    region: usize,
}

#[derive(Debug, Clone, Copy)]
struct Block {
    first_line: usize,
    lines: usize,
    size: usize,
    classes: Classes,
}

/// Counts in steps that widen: 0 to 12.
#[inline]
pub(super) fn step(n: usize) -> u64 {
    match n {
        0..=4 => n as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        23..=35 => 9,
        36..=60 => 10,
        61..=100 => 11,
        _ => 12,
    }
}

/// A length of line in coarse steps: 0 to 7.
#[inline]
fn width(size: usize) -> u64 {
    [4, 12, 24, 40, 60, 90, 200].iter().take_while(|&&w| size >= w).count() as u64
}

/// The hash of feature number `template` with `value`.
#[inline]
pub(super) fn feature(template: u64, value: u64) -> u64 {
    (value ^ template.wrapping_mul(0xA24B_AED4_963E_E407)).wrapping_mul(0x9FB2_1C65_1E98_DF25)
        ^ (value >> 29)
}

/// Takes the features of a piece one by one.
pub trait Features {
    /// Takes feature number `template` with `value`.
    fn add(&mut self, template: u64, value: u64);
}

/// The features' hashes.
impl Features for Vec<u64> {
    fn add(&mut self, template: u64, value: u64) {
        self.push(feature(template, value));
    }
}

#[inline]
fn pair(a: u64, b: u64) -> u64 {
    (a.rotate_left(25) ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Class, shape and the break before a token, in one number.
fn whole_form(classes: Classes, shape: u8, boundary: u8) -> u64 {
    let broken = u64::from(boundary / 8);
    u64::from(classes.0 & !(1 << 15)) << 8 | u64::from(shape) << 2 | broken
}

/// How many kinds of content are told: numbers, and the groups of [`CONTENT`].
pub(super) const CONTENTS: u64 = CONTENT.len() as u64 + 1;
/// Groups of word classes: dates; greetings; takings of leave; titles and roles; bodies; streets,
/// states and telephones; running text.
const CONTENT: [u32; 7] =
    [0b11, 0b1_1000, 0b1110_0000, 0b11 << 8, 0b11 << 10, 0b1011 << 12, 1 << 21];

impl<'t> Page<'t> {
    /// Looks at the tokens of `text`; linear in its length.
    pub fn of(text: &'t Text<'_>) -> Page<'t> {
        let tokens = text.tokens();
        let text = text.as_str();
        let n = tokens.len();
        let shapes: Vec<u8> = tokens.iter().map(|t| shape_of(t, text)).collect();
        let words: Vec<u64> = (0..n)
            .map(|i| match tokens[i].kind {
                Kind::Word => tokens[i].folded,
                // a number's size matters, not which it is
                Kind::Number => u64::from(shapes[i]) << 8 | tokens[i].span.len().min(9) as u64,
                Kind::Mark => {
                    let c = tokens[i].of(text).chars().next().map_or(0, u32::from);
                    u64::from(c) << 8 | 0xFF
                }
            })
            .collect();
        let classes = tables::classes(text, tokens);
        let lines = tokens.last().map_or(0, |last| n.min(last.line as usize + 1));
        let mut page = Page {
            tokens,
            boundary: Vec::with_capacity(n),
            words,
            classes,
            shapes,
            forms: Vec::new(),
            lines: Vec::with_capacity(lines),
            sentences: Vec::with_capacity(n / 16 + 4),
            phrases: Vec::with_capacity(n / 5 + 4),
            blocks: Vec::new(),
            names: Names::default(),
            letter: 0,
            salutation: None,
            close: None,
        };
        page.cut(text);
        let looks = page.classes.iter().zip(&page.shapes);
        page.forms = looks.zip(&page.boundary).map(|((c, s), b)| whole_form(*c, *s, *b)).collect();
        page.look();
        page
    }

    /// Cuts the page into phrases, lines, sentences and blocks.
    fn cut(&mut self, text: &str) {
        let n = self.tokens.len();
        // the first token of a phrase, the first phrases of a line and of a sentence
        let (mut phrase, mut line, mut sentence) = (0, 0, 0);
        for i in 0..n {
            let breaks = self.break_before(i);
            let ended = if i == 0 { Ended::Strong } else { self.ended(i - 1, text) };
            let capital = self.tokens[i].capital || self.tokens[i].kind == Kind::Number;
            self.boundary.push(breaks as u8 * 8 + ended as u8 * 2 + u8::from(capital));
            if i == 0 {
                continue;
            }
            let new_line = breaks != Break::None;
            let new_sentence = breaks == Break::Block || ended == Ended::Strong;
            if new_line || ended != Ended::No {
                self.end_phrase(phrase..i);
                phrase = i;
            }
            if new_line {
                self.end_line(line, text);
                line = self.phrases.len();
            }
            if new_sentence {
                self.sentences.push(self.piece(sentence));
                sentence = self.phrases.len();
            }
        }
        if n > 0 {
            self.end_phrase(phrase..n);
            self.end_line(line, text);
            self.sentences.push(self.piece(sentence));
        }
        self.count_runs();
        self.find_echoes();
        self.count_names();
        for (i, line) in self.lines.iter_mut().enumerate() {
            let begins = line.blank_before || i == 0;
            if begins {
                self.blocks.push(Block {
                    first_line: i,
                    lines: 0,
                    size: 0,
                    classes: Classes::default(),
                });
            }
            line.block = self.blocks.len() - 1;
            if let Some(block) = self.blocks.last_mut() {
                block.lines += 1;
                block.size += line.size;
                block.classes.0 |= line.counts.classes.0;
            }
        }
    }

    /// Fills in [`Piece::run`].
    fn count_runs(&mut self) {
        let mut before = 0;
        for line in &mut self.lines {
            line.run.0 = before;
            before = if line.size < LONG_LINE { (before + 1).min(4) } else { 0 };
        }
        let mut after = 0;
        for line in self.lines.iter_mut().rev() {
            line.run.1 = after;
            after = if line.size < LONG_LINE { (after + 1).min(4) } else { 0 };
        }
    }

    fn break_before(&self, i: usize) -> Break {
        if i == 0 {
            return Break::Block;
        }
        let (before, now) = (&self.tokens[i - 1], &self.tokens[i]);
        if before.block != now.block {
            Break::Block
        } else if before.line != now.line {
            Break::Line
        } else {
            Break::None
        }
    }

    /// What kind of end token `i` makes.
    fn ended(&self, i: usize, text: &str) -> Ended {
        match self.shapes[i] {
            shape::COMMA => Ended::Comma,
            shape::CALL => Ended::Strong,
            shape::STOP => {
                // a point after an initial, a title, a month or a number ends nothing
                let short = i > 0 && !self.tokens[i].spaced && {
                    let word = &self.tokens[i - 1];
                    matches!(self.shapes[i - 1], shape::INITIAL | shape::DAY)
                        || (word.kind == Kind::Word && word.span.len() <= 2)
                        || (self.classes[i - 1].any(Classes(Classes::MONTH.0 | Classes::TITLE.0))
                            && word.span.len() <= 5)
                        || (self.shapes[i - 1] != shape::UPPER && is_clipped(word.of(text)))
                };
                // nor one in the middle of a word: "Ill.mo", "www.hull.example"
                // but "。" stands without a space at the end of every sentence
                let in_word =
                    |next: &Token| !next.spaced && next.kind == Kind::Word && !next.capital;
                let inside =
                    self.tokens[i].of(text) == "." && self.tokens.get(i + 1).is_some_and(in_word);
                if short || inside { Ended::No } else { Ended::Strong }
            }
            shape::COLON => Ended::Other,
            shape::DASH if self.tokens[i].spaced || self.tokens[i].span.len() > 1 => Ended::Other,
            _ => Ended::No,
        }
    }

    fn end_phrase(&mut self, tokens: Range<usize>) {
        let mut counts = Counts::default();
        let looks = self.classes[tokens.clone()].iter().zip(&self.shapes[tokens.clone()]);
        for (t, (classes, &shape)) in self.tokens[tokens.clone()].iter().zip(looks) {
            counts.classes.0 |= classes.0;
            counts.words += usize::from(t.kind == Kind::Word);
            counts.capitals += usize::from(t.capital);
            counts.numbers += usize::from(t.kind == Kind::Number);
            counts.running += usize::from(classes.any(Classes::RUNNING));
            counts.year |= shape == shape::YEAR;
        }
        self.phrases.push(Phrase {
            tokens,
            line: self.lines.len(),
            sentence: self.sentences.len(),
            counts,
        });
    }

    /// Ends the line that begins with phrase `from`.
    fn end_line(&mut self, from: usize, text: &str) {
        let mut line = self.piece(from);
        let first = line.tokens.start;
        line.blank_before = self.break_before(first) == Break::Block;
        let before = &text[..self.tokens[first].span.start];
        line.indent = before
            .bytes()
            .rev()
            .take(64)
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .map(|b| if b == b'\t' { 8 } else { 1 })
            .sum();
        let space = &before[before.trim_end().len()..];
        let breaks = space.bytes().filter(|&b| b == b'\n').count() as u64;
        line.gap = breaks.saturating_sub(1).min(3);
        if line.size >= PROSE {
            line.counts.classes = Classes::default();
        }
        self.lines.push(line);
    }

    fn classes_of(&self, tokens: &Range<usize>) -> Classes {
        Classes(self.classes[tokens.clone()].iter().fold(0, |all, c| all | c.0))
    }

    /// The phrases cut so far, from number `from` on, as one piece.
    fn piece(&self, from: usize) -> Piece {
        let phrases = &self.phrases[from..];
        let tokens = phrases[0].tokens.start..phrases[phrases.len() - 1].tokens.end;
        let mut counts = Counts::default();
        phrases.iter().for_each(|p| counts.add(&p.counts));
        Piece {
            counts,
            size: self.tokens[tokens.end - 1].span.end - self.tokens[tokens.start].span.start,
            block: 0,
            indent: 0,
            blank_before: false,
            gap: 0,
            run: (0, 0),
            echo: 0,
            region: 1,
            tokens,
        }
    }

    /// Finds what the rest of the letter turns on: its habits of layout, its likely salutation and
    /// close.
    fn look(&mut self) {
        let n = self.tokens.len();
        let ink: usize = self.lines.iter().map(|l| l.size).sum();
        let average = ink / self.lines.len().max(1);
        self.salutation = self.phrases.iter().position(|p| {
            p.tokens.start < HEAD.min(n) && p.tokens.len() <= 9 && {
                let first = p.tokens.start;
                let opens = self.classes[first].any(Classes::SALUTE)
                    || (p.tokens.len() > 1 && self.classes[first + 1].any(Classes::SALUTE));
                let begun = first == 0
                    || self.break_before(first) != Break::None
                    || self.boundary[first] / 2 % 4 == Ended::Strong as u8;
                opens && begun
            }
        });
        self.close = self.phrases.iter().rposition(|p| {
            p.tokens.end + 160 > n
                && p.tokens.len() <= 14
                && p.counts.classes.any(Classes(Classes::CLOSE.0 | Classes::SERVANT.0))
                && self.salutation.is_none_or(|s| p.tokens.start > self.phrases[s].tokens.end)
        });
        let dated = |l: &Piece| {
            l.counts.numbers > 0 && (l.counts.year || l.counts.classes.any(Classes::MONTH))
        };
        let head = self.lines.iter().take(6).any(|l| dated(l) && l.size < 90);
        let tail = self.lines.iter().rev().take(5).any(|l| dated(l) && l.size < 90);
        let flags = [
            head,
            tail,
            self.salutation.is_some(),
            self.close.is_some(),
            self.blocks.len() > 1,
            n > LONG,
        ];
        let flags = flags.iter().fold(0, |all, &f| all << 1 | u64::from(f));
        self.letter = flags << 8 | width(average) << 4 | step(self.lines.len()).min(9);
    }

    /// The first token that does not begin before byte `at`.
    pub(super) fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|t| t.span.start < at)
    }

    /// Whether a blank line stands before token `at`.
    pub(super) fn starts_block(&self, at: usize) -> bool {
        self.break_before(at) == Break::Block
    }

    /// The token after the last of the sentence that has token `at`.
    pub(super) fn sentence_end(&self, at: usize) -> usize {
        let after = self.sentences.partition_point(|s| s.tokens.start <= at);
        self.sentences[after - 1].tokens.end
    }

    /// The first token of the block that begins after byte `from` and goes on at byte `at`, if it is one
    /// sentence up to there or its first sentence bids farewell.
    pub(super) fn leave_of(&self, from: usize, at: usize) -> Option<usize> {
        let token = self.token_at(at);
        let upto = self.sentences.partition_point(|s| s.tokens.start < token);
        let begin = |s: &Piece| self.tokens[s.tokens.start].span.start;
        let first = self.sentences[..upto]
            .iter()
            .rev()
            .take_while(|s| begin(s) > from)
            .find(|s| self.starts_block(s.tokens.start))?;
        let is_whole = first.tokens.end > token;
        let leaves = is_whole || first.counts.classes.any(Classes::FAREWELL);
        (leaves && !self.starts_block(token)).then_some(first.tokens.start)
    }

    /// The first token of the second block of `tokens`, if what stands above it is no piece of a
    /// formula: it has come to its end, or no word of it takes leave.
    pub(super) fn below_news(&self, tokens: Range<usize>) -> Option<usize> {
        let Range { start, end } = tokens;
        let below = (start + 1..end).find(|&t| self.starts_block(t))?;
        let is_ended = matches!(self.shapes[below - 1], shape::STOP | shape::CALL | shape::DASH);
        let leave = Classes(Classes::CLOSE.0 | Classes::FAREWELL.0);
        (is_ended || !self.classes_of(&(start..below)).any(leave)).then_some(below)
    }

    /// The first token of the formula that begins after byte `from` and goes on at byte `at`: lines that have not come to
    /// their end above it, of which the first takes leave. "Je suis avec respect, / Sire, / de Votre
    /// Majesté".
    pub(super) fn begun_above(&self, from: usize, at: usize) -> Option<usize> {
        /// Bytes of a line that is no news.
        const LINE: usize = 120;
        /// Words of one that takes leave …
        const FORMULA: usize = 10;
        /// … and of one that names who reads.
        const VOCATIVE: usize = 4;
        let upto = self.sentences.partition_point(|s| s.tokens.end <= self.token_at(at));
        let mut begin = None;
        for s in self.sentences[..upto].iter().rev() {
            let Range { start, end } = s.tokens;
            let last = self.shapes[end - 1];
            let is_ended = matches!(last, shape::STOP | shape::CALL | shape::COLON | shape::DASH);
            if self.tokens[start].span.start <= from || is_ended || s.size > LINE {
                break;
            }
            // "Ihre" alone is a word of news as well
            let leaves = self.leaves(start..end);
            let is_formula = match last {
                shape::COMMA => leaves > 0 && s.counts.words <= FORMULA,
                _ => leaves > 1 && leaves * 3 >= s.counts.words,
            };
            if is_formula {
                begin = Some(start);
            } else if s.counts.words > VOCATIVE {
                break;
            }
        }
        begin
    }

    /// The first token of the last block before byte `at`, if it begins after byte `from` and renews
    /// assurances.
    pub(super) fn renewal_before(&self, from: usize, at: usize) -> Option<usize> {
        let end = self.token_at(at);
        let start = (0..end).rev().find(|&t| self.starts_block(t))?;
        let is_below = self.tokens[start].span.start > from;
        (is_below && tables::renews(&self.words[start..end])).then_some(start)
    }

    /// How many of the tokens take leave.
    fn leaves(&self, tokens: Range<usize>) -> usize {
        let leave = Classes(Classes::CLOSE.0 | Classes::SERVANT.0);
        self.classes[tokens].iter().filter(|c| c.any(leave)).count()
    }

    /// Whether a phrase of two words or more begins at byte `at`, a comma behind it, that names nobody:
    /// "Your letter, my dear Sir, of the 3rd".
    pub(super) fn tells_at(&self, at: usize) -> bool {
        let token = self.token_at(at);
        let names = Classes(Classes::SALUTE.0 | Classes::ADDRESSEE.0 | Classes::TITLE.0);
        let phrase = self.phrases.partition_point(|p| p.tokens.start < token);
        self.phrases.get(phrase).is_some_and(|p| {
            p.tokens.len() > 2
                && self.shapes[p.tokens.end - 1] == shape::COMMA
                && !p.counts.classes.any(names)
        })
    }

    /// Where a day and a month end, a full stop behind them, that stand at byte `at`.
    pub(super) fn day_at(&self, at: usize) -> Option<usize> {
        /// Tokens of "Monday, the 18th of November".
        const LONGEST: usize = 8;
        let first = self.token_at(at);
        let end = self.tokens.len().min(first + LONGEST);
        let dated = Classes(Classes::MONTH.0 | Classes::WEEKDAY.0 | Classes::DATEWORD.0);
        let (mut day, mut month) = (false, false);
        for i in first..end {
            let is_number = self.tokens[i].kind == Kind::Number;
            match self.shapes[i] {
                shape::STOP if day && month => return Some(self.tokens[i].span.end),
                shape::STOP | shape::COMMA => {}
                _ if is_number || self.classes[i].any(dated) => {}
                _ => return None,
            }
            day |= self.shapes[i] == shape::DAY;
            month |= self.classes[i].any(Classes::MONTH);
        }
        None
    }

    /// Whether the word at byte `at` greets and, unlike "Monsieur", is no title that stands on a cover
    /// too.
    pub(super) fn greets_at(&self, at: usize) -> bool {
        self.classes
            .get(self.token_at(at))
            .is_some_and(|c| c.any(Classes::SALUTE) && !c.any(Classes::TITLE))
    }

    /// Whether the bracket at byte `at` opens with a word that notes a receipt.
    pub(super) fn receives_at(&self, at: usize) -> bool {
        self.classes.get(self.token_at(at) + 1).is_some_and(|c| c.any(Classes::RECEIPT))
    }

    /// Whether the word at byte `at` marks a postscript.
    pub(super) fn adds_at(&self, at: usize) -> bool {
        self.classes.get(self.token_at(at)).is_some_and(|c| c.any(Classes::PS))
    }

    /// How many lines the page has.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// How many sentences the page has.
    pub fn sentences(&self) -> usize {
        self.sentences.len()
    }

    /// The features of token `i`.
    pub fn token_features(&self, i: usize, phrase: usize, out: &mut impl Features) {
        let n = self.tokens.len();
        let near = |d: isize| i.checked_add_signed(d).filter(|&j| j < n);
        let word = |d: isize| near(d).map_or(d as u64, |j| self.words[j]);
        let form = |d: isize| near(d).map_or(0xFFFF, |j| self.forms[j]);
        let line = &self.lines[self.phrases[phrase].line];
        let (from_line, to_line) = (i - line.tokens.start, line.tokens.end - 1 - i);
        let in_phrase = i - self.phrases[phrase].tokens.start;
        let (from_head, from_tail) = (step(i), step(n - 1 - i));
        let (before, word, after) = (word(-1), self.words[i], word(1));
        let (form2, form1, form, next1, next2) =
            (form(-2), form(-1), self.forms[i], form(1), form(2));
        out.add(1, word);
        out.add(2, pair(before, word));
        out.add(3, pair(word, after));
        out.add(4, form);
        out.add(5, pair(form1, form));
        out.add(6, pair(form, next1));
        out.add(7, pair(pair(form1, form), next1));
        out.add(8, pair(pair(form2, form1), form));
        out.add(9, pair(pair(form, next1), next2));
        out.add(10, pair(word, step(from_line).min(2)));
        out.add(11, pair(word, u64::from(in_phrase == 0) << 1 | u64::from(to_line == 0)));
        out.add(12, pair(form, from_head));
        out.add(13, pair(form, from_tail));
        out.add(14, step(from_line).min(7) << 8 | step(to_line).min(7) << 4);
        out.add(15, from_head << 4 | u64::from(in_phrase == 0));
        out.add(16, from_tail << 4 | u64::from(in_phrase == 0));
        if let Some(elsewhere) = self.elsewhere(i, line.region) {
            let value = elsewhere << 1 | u64::from(in_phrase == 0);
            out.add(17, value);
            out.add(18, pair(value, form));
        }
        for (k, d) in [-2, -1, 1, 2].into_iter().enumerate() {
            for bit in near(d).map_or(Classes::default(), |j| self.classes[j]).bits() {
                out.add(20 + k as u64, u64::from(bit));
            }
        }
        for bit in self.classes[i].bits() {
            out.add(24, u64::from(bit) << 8 | step(from_line).min(3));
            out.add(25, u64::from(bit) << 8 | width(line.size));
        }
    }

    /// The last letters of the word at token `i`, which tell inflection; none for short words.
    pub fn affix_features(&self, i: usize, text: &str, out: &mut impl Features) {
        let token = &self.tokens[i];
        if token.kind != Kind::Word {
            return;
        }
        let (mut a, mut b, mut c, mut d) = (0, 0, 0, 0u64);
        let mut letters = 0;
        folding::fold_with(token.of(text), |letter| {
            (a, b, c, d) = (b, c, d, u64::from(u32::from(letter)));
            letters += 1;
        });
        if letters > 3 {
            out.add(30, pair(pair(b, c), d));
        }
        if letters > 5 {
            out.add(31, pair(pair(a, b), pair(c, d)));
        }
    }

    /// What kinds of things stand in phrase `i`, as a set of [`CONTENTS`] bits: what tells a date
    /// from a firm.
    pub(super) fn content(&self, i: usize) -> u64 {
        let phrase = &self.phrases[i];
        let classes = phrase.counts.classes.0;
        let number = u64::from(phrase.counts.numbers > 0);
        CONTENT
            .iter()
            .enumerate()
            .fold(number, |set, (k, &c)| set | u64::from(classes & c != 0) << (k + 1))
    }

    /// The features of phrase `i`.
    pub fn phrase_features(&self, i: usize, out: &mut impl Features) {
        let phrase = &self.phrases[i];
        let Range { start, end } = phrase.tokens.clone();
        let length = step(end - start);
        let begins = (self.boundary[start] / 2).min(12);
        let ends = self.boundary.get(end).map_or(12, |b| (b / 2).min(12));
        let frame = u64::from(begins) << 4 | u64::from(ends);
        out.add(40, frame);
        out.add(41, pair(frame, length));
        out.add(42, pair(self.words[start], u64::from(begins)));
        if end - start > 1 {
            out.add(43, pair(self.words[start], self.words[start + 1]));
            out.add(44, pair(self.words[end - 2], self.words[end - 1]));
        }
        out.add(45, self.words[end - 1]);
        if end - start <= 6 {
            let all = (start..end).fold(0, |h, j| pair(h, self.words[j]));
            out.add(46, all);
            out.add(47, (start..end).fold(0, |h, j| pair(h, self.form(j))));
        }
        for bit in phrase.counts.classes.bits() {
            out.add(48, u64::from(bit) << 8 | length);
        }
        if i > 0 {
            for bit in self.phrases[i - 1].counts.classes.bits() {
                out.add(49, u64::from(bit) << 8 | u64::from(begins));
            }
        }
        if let Some(next) = self.phrases.get(i + 1) {
            for bit in next.counts.classes.bits() {
                out.add(50, u64::from(bit) << 8 | u64::from(ends));
            }
        }
        let place = |anchor: Option<usize>| match anchor {
            None => 31,
            Some(a) if i < a => step(a - i).min(8),
            Some(a) => 10 + step(i - a).min(8),
        };
        let (salutation, close) = (place(self.salutation), place(self.close));
        out.add(51, salutation);
        out.add(52, close);
        out.add(53, pair(salutation, close));
        out.add(54, pair(pair(salutation, length), u64::from(phrase.counts.classes.0)));
        out.add(55, pair(pair(close, length), u64::from(phrase.counts.classes.0)));
    }

    fn form(&self, i: usize) -> u64 {
        u64::from(self.classes[i].0) << 8 | u64::from(self.shapes[i])
    }

    /// The features of sentence `i`.
    pub fn sentence_features(&self, i: usize, out: &mut impl Features) {
        let s = &self.sentences[i];
        let length = step(s.tokens.len());
        let (from_head, from_tail) =
            (i.min(6) as u64, (self.sentences.len() - 1 - i).min(6) as u64);
        out.add(60, length);
        out.add(61, length << 8 | from_tail);
        out.add(62, length << 8 | from_head);
        out.add(63, pair(self.words[s.tokens.start], from_tail.min(2)));
        for bit in s.counts.classes.bits() {
            out.add(64, u64::from(bit) << 8 | length);
            out.add(65, u64::from(bit) << 8 | from_tail);
        }
        let running = (s.counts.running * 8 / s.tokens.len().max(1)) as u64;
        out.add(66, running << 8 | length);
        let end = &s.tokens.end - 1;
        out.add(67, pair(self.words[end], length));
    }

    /// In which block a line lies.
    pub fn block_of(&self, line: usize) -> usize {
        self.lines[line].block
    }

    /// How many blocks the page has.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The features of line `i` that are its own.
    pub fn line_features(&self, i: usize, out: &mut impl Features) {
        let line = &self.lines[i];
        let (before, after) = (i.checked_sub(1).map(|j| &self.lines[j]), self.lines.get(i + 1));
        let block = &self.blocks[line.block];
        let (from_head, from_tail) = (step(i).min(9), step(self.lines.len() - 1 - i).min(9));
        let (block_head, block_tail) = self.block_place(line.block);
        let in_block = step(i - block.first_line).min(5);
        let wide = width(line.size);
        let blank_after = after.is_none_or(|l| l.blank_before);
        let gaps = u64::from(line.blank_before) << 1 | u64::from(blank_after);
        let neighbours =
            before.map_or(9, |l| width(l.size)) << 8 | after.map_or(9, |l| width(l.size));
        let capitals = (line.counts.capitals * 4 / line.counts.words.max(1)) as u64;
        let running = (line.counts.running * 6 / line.counts.words.max(1)) as u64;
        let (first, last) = (line.tokens.start, line.tokens.end - 1);
        let end = u64::from(self.shapes[last]);
        out.add(80, self.letter);
        out.add(81, self.letter << 8 | from_head);
        out.add(82, self.letter << 8 | from_tail);
        out.add(83, wide << 8 | gaps);
        out.add(84, pair(neighbours, wide << 8 | gaps));
        out.add(85, from_head << 8 | wide);
        out.add(86, from_tail << 8 | wide);
        out.add(87, block_head << 8 | step(block.lines).min(7) << 4 | in_block);
        out.add(88, block_tail << 8 | step(block.lines).min(7) << 4 | in_block);
        out.add(89, pair(block_tail << 8 | block_head, width(block.size)));
        out.add(90, step(line.indent).min(10) << 8 | wide);
        out.add(91, capitals << 12 | running << 8 | wide);
        out.add(92, pair(capitals << 8 | running, from_head));
        out.add(93, pair(capitals << 8 | running, from_tail));
        out.add(94, self.words[first]);
        out.add(95, pair(self.words[first], end));
        if line.tokens.len() > 1 {
            out.add(96, pair(self.words[first], self.words[first + 1]));
        }
        out.add(97, self.words[last]);
        out.add(98, end << 8 | wide);
        let numbers = (line.counts.numbers.min(3) as u64) << 4 | u64::from(line.counts.year);
        out.add(99, pair(numbers, wide << 8 | u64::from(line.counts.classes.0 & 7)));
        out.add(100, pair(numbers, from_head << 4 | wide));
        for bit in line.counts.classes.bits() {
            let bit = u64::from(bit) << 8;
            out.add(101, bit | wide);
            out.add(102, bit | from_head);
            out.add(103, bit | from_tail);
        }
        if line.size < 90 {
            if line.tokens.len() <= 10 {
                out.add(104, line.tokens.clone().fold(0, |h, j| pair(h, self.form(j))));
                out.add(
                    105,
                    line.tokens.clone().fold(0, |h, j| pair(h, u64::from(self.shapes[j]))),
                );
                for j in line.tokens.clone().filter(|&j| self.tokens[j].kind == Kind::Word) {
                    out.add(106, self.words[j]);
                }
            }
            out.add(107, u64::from(line.counts.classes.0 & !Classes::RUNNING.0));
        }
        for (template, other) in [(110, before), (115, after)] {
            let Some(other) = other else { continue };
            for bit in other.counts.classes.bits() {
                out.add(template, u64::from(bit) << 8 | width(other.size));
            }
            out.add(template + 1, self.words[other.tokens.start]);
            out.add(
                template + 2,
                u64::from(self.shapes[other.tokens.end - 1]) << 8 | width(other.size),
            );
            let numbers = (other.counts.numbers.min(3) as u64) << 4 | u64::from(other.counts.year);
            out.add(template + 3, pair(numbers, width(other.size) << 8 | gaps));
        }
        let beside = (before.map_or(0, |l| l.echo), after.map_or(0, |l| l.echo));
        if line.echo > 0 || beside != (0, 0) {
            let echoes = line.echo << 4 | beside.0 << 2 | beside.1;
            out.add(128, echoes);
            out.add(129, pair(echoes, wide));
            out.add(130, pair(echoes, from_tail));
        }
        let gap_after = after.map_or(4, |l| l.gap);
        let spacing = line.gap << 3 | gap_after;
        let run = line.run.0 << 3 | line.run.1;
        out.add(122, spacing << 8 | wide);
        out.add(123, pair(run, wide));
        out.add(124, pair(run, spacing));
        for bit in line.counts.classes.bits() {
            out.add(125, pair(u64::from(bit), run));
        }
        for (template, other) in
            [(126, i.checked_sub(2).map(|j| &self.lines[j])), (127, self.lines.get(i + 2))]
        {
            let Some(other) = other else { continue };
            for bit in other.counts.classes.bits() {
                out.add(template, u64::from(bit) << 8 | width(other.size));
            }
        }
    }

    /// The features of block `i`, which count for each of its lines.
    pub fn block_features(&self, i: usize, out: &mut impl Features) {
        let block = &self.blocks[i];
        let (from_head, from_tail) = self.block_place(i);
        let size = step(block.lines).min(7) << 4 | width(block.size);
        for bit in block.classes.bits() {
            out.add(120, u64::from(bit) << 12 | from_head << 4 | from_tail);
            out.add(121, u64::from(bit) << 12 | size);
        }
    }

    /// How many blocks stand before block `i` and after it, up to five.
    fn block_place(&self, i: usize) -> (u64, u64) {
        (i.min(5) as u64, (self.blocks.len() - 1 - i).min(5) as u64)
    }
}

/// What lies between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Break {
    None,
    Line,
    Block,
}

/// How a token ends what stands before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    No,
    Comma,
    Strong,
    Other,
}
