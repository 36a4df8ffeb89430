//! Many letters in one text: where each of them begins.
//!
//! Letter books, transcripts and printed collections put letters one below the other, with a line
//! of signs, a page, a number or nothing between them. A place where a letter may begin is a line
//! that looks like an opening, a number or the first after a line of signs; for each, the zone
//! labeller reads what stands below it as the head of a letter and what stands above it as the
//! foot of one, and a weighted sum of what it sees says how sure the boundary is. The weights in
//! `tables/split.tsv` are the lab's, learned on letters joined in many ways (`lab split`). A quoted
//! letter, an enclosure or a postscript looks like the one half of a boundary and is none. Works in
//! time linear in the text. Does not know files: pages come as form feeds.

use std::sync::LazyLock;

use crate::record::ZoneLabel;
use crate::span::{Span, Text};
use crate::tables::{self, Classes};
use crate::token::{Kind, tokens};
use crate::zone::{Zone, read_zones};

/// A letter that begins in the middle of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Boundary {
    /// Where the one before ends, in bytes: before the line of signs that parts them.
    pub end: usize,
    /// Where the letter begins, in bytes.
    pub start: usize,
    /// What shows it.
    pub reason: Reason,
    /// In `0.5..=1.0`.
    pub confidence: f32,
}

/// What shows that a letter begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A line of signs.
    Separator,
    /// A page feed.
    Page,
    /// A number or a heading with one, as the others have.
    Heading,
    /// An opening after the end of another letter.
    Opening,
}

/// Bytes that are read as the head or foot of a letter.
const WINDOW: usize = 1600;
/// Bytes of a window in which an opening or an ending is looked for.
const NEAR: usize = 500;
/// A line of more bytes is no line of an opening.
const SHORT: usize = 100;
/// Lines below a place in which its opening must show.
const LINES: usize = 7;
/// Bytes of ink that a letter has at least.
const LEAST: usize = 60;

/// The number of features.
pub const FEATURES: usize = 40;

/// What each feature says, as `tables/split.tsv` names it: what the text below reads like as the
/// head of a letter, what the text above reads like as the foot of one, what stands between.
pub const NAMES: [&str; FEATURES] = [
    "bias",
    "below letterhead",
    "below dateline",
    "below address",
    "below salutation",
    "below other",
    "below body",
    "below ending",
    "below sureness",
    "dateline near",
    "salutation near",
    "dateline times salutation",
    "head before body",
    "opens",
    "above body",
    "above signature",
    "above close",
    "above postscript",
    "above dateline or address",
    "above note or enclosure",
    "above head",
    "above sureness",
    "close near",
    "signature near",
    "closes",
    "separator",
    "page",
    "number",
    "number in a row",
    "two blank lines",
    "an ending above a head",
    "no blank line",
    "inside an opening",
    "mark of a postscript",
    "quotation mark",
    "closes times opens",
    "separator and opens",
    "separator and closes",
    "page or number and opens",
    "page or number and closes",
];

/// A place where a letter may begin, as the weights see it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Where the text before it ends.
    pub end: usize,
    /// Where it begins.
    pub start: usize,
    /// What shows it best.
    pub reason: Reason,
    /// What is seen: 0 or 1, or a confidence; named in `tables/split.tsv`.
    pub features: [f32; FEATURES],
}

static WEIGHTS: LazyLock<[f32; FEATURES]> = LazyLock::new(|| {
    let mut weights = [0.0; FEATURES];
    let rows = include_str!("../tables/split.tsv").lines().filter(|l| !l.starts_with('#'));
    for (name, weight) in rows.filter_map(|row| row.split_once('\t')) {
        if let (Some(at), Ok(value)) = (NAMES.iter().position(|n| *n == name), weight.parse()) {
            weights[at] = value;
        }
    }
    weights
});

/// The letters that begin after the first, in the order of the text.
///
/// ```
/// use letterbook::split::find_letters;
///
/// let one = "Leeds, 4 May 1871\n\nDear Sir,\n\nThe two parcels came this morning, and I have \
///            put them in the dry store.\n\nYours faithfully,\nJ. Marsh\n";
/// assert!(find_letters(one).is_empty());
///
/// let two = format!("{one}\n* * *\n\n{one}");
/// let found = find_letters(&two);
/// assert_eq!(found.len(), 1);
/// assert!(two[found[0].start..].starts_with("Leeds, 4 May"));
/// ```
pub fn find_letters(text: &str) -> Vec<Boundary> {
    choose(candidates(text), text, &WEIGHTS)
}

/// The boundaries among `candidates` of `text` by the weights given.
pub fn choose(candidates: Vec<Candidate>, text: &str, weights: &[f32; FEATURES]) -> Vec<Boundary> {
    let mut found: Vec<Boundary> = Vec::new();
    for candidate in candidates {
        let confidence = sure(&candidate.features, weights);
        if confidence < 0.5 {
            continue;
        }
        let Candidate { end, start, reason, .. } = candidate;
        let boundary = Boundary { end, start, reason, confidence };
        match found.last_mut() {
            // the lines of one opening are places of one boundary
            Some(last) if ink(&text[last.start..start]) < LEAST.max(200) => {
                if confidence > last.confidence {
                    *last = boundary;
                }
            }
            _ => found.push(boundary),
        }
    }
    found
}

/// How sure a boundary is, in `0.0..=1.0`.
pub fn sure(features: &[f32; FEATURES], weights: &[f32; FEATURES]) -> f32 {
    let sum: f32 = features.iter().zip(weights).map(|(f, w)| f * w).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Bytes that are no white space.
fn ink(text: &str) -> usize {
    text.bytes().filter(|b| !b.is_ascii_whitespace()).count()
}

/// A line with words or signs on it.
struct Line {
    span: Span,
    /// Blank lines before it, at most 3.
    blank: u8,
    /// Whether a form feed stands before it.
    page: bool,
    /// Whether it is signs only, as in `* * *`.
    is_separator: bool,
    /// The number that it is, or that it ends with after a word.
    number: Option<u32>,
    /// Whether its first words are those of an opening.
    opens: bool,
    classes: Classes,
}

/// The places where letters may begin.
pub fn candidates(text: &str) -> Vec<Candidate> {
    let lines = lines(text);
    let mut found: Vec<Candidate> = Vec::new();
    // what stood above was read as the head of a letter from `.0`, and its body begins at `.1`
    let mut head = (0, 0);
    let mut separated = false;
    let ink_before = {
        let mut sum = 0;
        lines
            .iter()
            .map(|l| {
                sum += l.span.len();
                sum - l.span.len()
            })
            .collect::<Vec<usize>>()
    };
    for (i, line) in lines.iter().enumerate() {
        if line.is_separator {
            separated = true;
            continue;
        }
        let after_separator = std::mem::take(&mut separated);
        let is_parted = after_separator || line.page || line.blank > 0;
        let is_first = ink_before[i] < LEAST;
        if is_first || !(is_parted || line.opens) || line.span.len() > SHORT && !is_parted {
            continue;
        }
        let opening = lines[i..].iter().take(LINES).take_while(|l| !l.is_separator);
        let has_opening = opening.clone().any(|l| l.opens) || line.number.is_some();
        if !has_opening && !after_separator && !line.page {
            continue;
        }
        let last = lines[..i].iter().rposition(|l| !l.is_separator).unwrap_or(0);
        let place = Place { text, lines: &lines, i, end: lines[last].span.end };
        let (features, body) =
            place.features(after_separator, (head.0 < i && line.span.start < head.1).then_some(()));
        head = (i, body);
        let reason = if after_separator {
            Reason::Separator
        } else if line.page {
            Reason::Page
        } else if line.number.is_some() {
            Reason::Heading
        } else {
            Reason::Opening
        };
        found.push(Candidate { end: place.end, start: line.span.start, reason, features });
    }
    found
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut at, mut blank, mut page) = (0, 0u8, false);
    for raw in text.split_inclusive(['\n', '\u{0C}']) {
        let span = Span::new(at, at + raw.len()).trim(text);
        at += raw.len();
        if span.is_empty() {
            blank = blank.saturating_add(u8::from(raw.ends_with('\n'))).min(3);
        } else {
            lines.push(line(text, span, blank, page));
            (blank, page) = (0, false);
        }
        page |= raw.ends_with('\u{0C}');
    }
    lines
}

fn line(text: &str, span: Span, blank: u8, page: bool) -> Line {
    let words = &text[span.start..span.end];
    let mut line = Line {
        span,
        blank,
        page,
        is_separator: is_separator(words),
        number: None,
        opens: false,
        classes: Classes::default(),
    };
    // only the head of a long line can open a letter
    let head = &words[..words.floor_char_boundary(SHORT)];
    let all = tokens(head);
    let folded: Vec<u64> = all
        .iter()
        .map(|t| if t.kind == Kind::Word { tables::fold(t.of(head)) } else { 0 })
        .collect();
    let classes = tables::classes(head, &all, &folded);
    line.classes = Classes(classes.iter().take(3).fold(0, |all, c| all | c.0));
    let any = |class: Classes| classes.iter().any(|c| c.any(class));
    let is_year =
        |word: &str| word.len() == 4 && word.parse().is_ok_and(|n: u32| (1000..2100).contains(&n));
    let has_number = all.iter().any(|t| t.kind == Kind::Number);
    let has_year = all.iter().any(|t| t.kind == Kind::Number && is_year(t.of(head)));
    let is_short = words.len() <= SHORT;
    let is_dated = is_short && has_number && (has_year || any(Classes::MONTH));
    let opens = classes.iter().take(3).any(|c| c.any(Classes::SALUTE));
    line.opens = is_dated || opens;
    if words.len() <= 40 {
        line.number = number(words);
    }
    line
}

/// Whether a line is signs only: three and more of a rule, stars, or the like.
fn is_separator(line: &str) -> bool {
    let is_sign = |c: char| {
        matches!(
            c,
            '*' | '-'
                | '_'
                | '='
                | '~'
                | '#'
                | '+'
                | '•'
                | '·'
                | '—'
                | '–'
                | '―'
                | '─'
                | '═'
                | '⁂'
                | '∗'
                | '❦'
                | '⸻'
        )
    };
    let signs = line.chars().filter(|c| !c.is_whitespace()).count();
    line.chars().all(|c| is_sign(c) || c.is_whitespace()) && (signs >= 3 || line.contains('⁂'))
}

/// The number of a heading: `12`, `[12]`, `No. 12`, `Letter XII.`, `12. Brief`.
fn number(line: &str) -> Option<u32> {
    let words: Vec<&str> = line
        .split(|c: char| {
            c.is_whitespace()
                || matches!(c, '.' | ':' | '[' | ']' | '(' | ')' | '–' | '-' | '°' | 'º')
        })
        .filter(|w| !w.is_empty())
        .collect();
    let value = |word: &str| word.parse().ok().or_else(|| roman(word)).filter(|n| *n < 10_000);
    match words.as_slice() {
        [one] => value(one),
        [a, b] => value(b).or_else(|| value(a)),
        _ => None,
    }
}

/// A Roman number in capitals.
fn roman(word: &str) -> Option<u32> {
    let mut sum = 0;
    let mut before = 0;
    for c in word.chars().rev() {
        let n = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        };
        if n < before {
            sum -= n.min(sum);
        } else {
            sum += n;
            before = n;
        }
    }
    (sum > 0).then_some(sum)
}

/// A place where a letter may begin.
struct Place<'t> {
    text: &'t str,
    lines: &'t [Line],
    /// Its line.
    i: usize,
    /// Where the text before it ends.
    end: usize,
}

/// What is looked for below and above a place.
#[derive(Default)]
struct Side {
    /// The label next to the place, and how sure it is.
    label: Option<ZoneLabel>,
    confidence: f32,
    /// How sure the nearest zone of each of two labels is; 0 without one.
    pair: [f32; 2],
    /// Bytes up to the body.
    to_body: usize,
}

impl Place<'_> {
    fn features(&self, separated: bool, inside: Option<()>) -> ([f32; FEATURES], usize) {
        use ZoneLabel as L;
        let (text, start, end) = (self.text, self.lines[self.i].span.start, self.end);
        let to = cut_after(text, (start + WINDOW).min(text.len()));
        let from = cut_before(text, end.saturating_sub(WINDOW));
        let below = side(&text[start..to], [L::Dateline, L::Salutation], false);
        let above = side(&text[from..end], [L::Close, L::Signature], true);
        let line = &self.lines[self.i];
        let is = |yes: bool| f32::from(u8::from(yes));
        let opens = below.pair[0] > 0.0 || below.pair[1] > 0.0;
        let closes = above.pair[0] > 0.0 || above.pair[1] > 0.0;
        let first = |labels: &[L]| is(below.label.is_some_and(|l| labels.contains(&l)));
        let last = |labels: &[L]| is(above.label.is_some_and(|l| labels.contains(&l)));
        let is_head = below
            .label
            .is_some_and(|l| matches!(l, L::Letterhead | L::Dateline | L::Address | L::Salutation));
        let is_end = above.label.is_some_and(|l| {
            matches!(l, L::Close | L::Signature | L::Postscript | L::Dateline | L::Address)
        });
        let next = line.number.is_some_and(|n| self.has_neighbour(n));
        let features = [
            1.0,
            first(&[L::Letterhead]),
            first(&[L::Dateline]),
            first(&[L::Address]),
            first(&[L::Salutation]),
            first(&[L::Other]),
            first(&[L::Body]),
            first(&[L::Close, L::Signature, L::Postscript, L::Enclosure, L::NoteOfReceipt]),
            below.confidence,
            below.pair[0],
            below.pair[1],
            below.pair[0] * below.pair[1],
            is(below.to_body > 0),
            is(opens),
            last(&[L::Body]),
            last(&[L::Signature]),
            last(&[L::Close]),
            last(&[L::Postscript]),
            last(&[L::Dateline, L::Address]),
            last(&[L::NoteOfReceipt, L::Other, L::Enclosure]),
            last(&[L::Letterhead, L::Salutation]),
            above.confidence,
            above.pair[0],
            above.pair[1],
            is(closes),
            is(separated),
            is(line.page),
            is(line.number.is_some()),
            is(next),
            is(line.blank >= 2),
            is(is_head && is_end),
            is(line.blank == 0),
            is(inside.is_some()),
            is(line.classes.any(Classes::PS)),
            is(text[start..].starts_with(['>', '"', '“', '„', '«', '‹', '‘', '\'', '('])),
            below.pair[0].max(below.pair[1]) * above.pair[0].max(above.pair[1]),
            is(separated && opens),
            is(separated && closes),
            is((line.page || next) && opens),
            is((line.page || next) && closes),
        ];
        (features, start + below.to_body)
    }

    /// Whether the number before or after `n` heads another part near by.
    fn has_neighbour(&self, n: u32) -> bool {
        /// Lines that are looked at on either side.
        const FAR: usize = 400;
        let near = |l: &Line| l.number.is_some_and(|m| m + 1 == n || n + 1 == m);
        let from = self.i.saturating_sub(FAR);
        self.lines[from..self.i].iter().any(near)
            || self.lines[self.i + 1..].iter().take(FAR).any(near)
    }
}

/// Reads a window as a letter and looks at the end of it that meets the place.
fn side(window: &str, pair: [ZoneLabel; 2], from_end: bool) -> Side {
    let zones = read_zones(&Text::new(window));
    let reach = |z: &Zone| if from_end { window.len() - z.span.end } else { z.span.start };
    let mut side = Side { to_body: window.len(), ..Side::default() };
    let nearest: Vec<&Zone> =
        if from_end { zones.iter().rev().collect() } else { zones.iter().collect() };
    for (n, zone) in nearest.iter().enumerate() {
        if n == 0 {
            (side.label, side.confidence) = (Some(zone.label), zone.confidence);
        }
        if zone.label == ZoneLabel::Body {
            side.to_body = reach(zone);
            break;
        }
        for (sure, label) in side.pair.iter_mut().zip(pair) {
            if zone.label == label && *sure == 0.0 && reach(zone) < NEAR {
                *sure = zone.confidence.max(0.01);
            }
        }
    }
    side
}

/// The end of the line at or after `at`, unless that is far.
fn cut_after(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    text[at..].find('\n').filter(|n| *n < WINDOW).map_or(at, |n| at + n)
}

/// The head of the line after `at`, unless that is far.
fn cut_before(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    if at == 0 {
        return 0;
    }
    text[at..].find('\n').filter(|n| *n < WINDOW / 2).map_or(at, |n| at + n + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_signs_are_told_from_dashes_in_text() {
        for line in ["* * *", "-----", "⁂", "= = = =", "———", "~~~~"] {
            assert!(is_separator(line), "{line}");
        }
        for line in ["--", "-- Ann", "* a", "—", "1 * * *"] {
            assert!(!is_separator(line), "{line}");
        }
    }

    #[test]
    fn headings_give_their_numbers() {
        let cases = [
            ("12", Some(12)),
            ("[12]", Some(12)),
            ("No. 7", Some(7)),
            ("Letter XIV.", Some(14)),
            ("3. Brief", Some(3)),
            ("Dear Sir,", None),
            ("MIX", Some(1009)),
            ("12 March 1850", None),
        ];
        for (line, expected) in cases {
            assert_eq!(number(line), expected, "{line}");
        }
    }
}
