//! What each line of a text shows by itself: signs, numbers, the words of an opening.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use crate::span::Span;
use crate::tables::{self, Classes, Form};
use crate::token::{Kind, Token, tokens};

/// A line of more bytes is no line of an opening.
pub(super) const SHORT: usize = 100;

/// A line with words or signs on it.
pub(super) struct Line {
    pub(super) span: Span,
    /// Blank lines before it, at most 3.
    pub(super) blank: u8,
    /// Whether a form feed stands before it.
    pub(super) page: bool,
    /// The sign of a line that is signs only, as in `* * *`.
    pub(super) rule: Option<char>,
    /// Whether it is a number, or ends or begins with one, and other lines count on from it or up
    /// to it; or the heading of an enclosed letter or a copy, which opens below it: "COPY.".
    pub(super) counts: bool,
    /// Whether its first words are those of an opening.
    pub(super) opens: bool,
    /// Whether it is short and takes leave.
    pub(super) closes: bool,
    /// Its first word, folded; 0 for none.
    pub(super) word: u64,
    /// Whether a postscript's mark is among its first words.
    pub(super) is_postscript: bool,
    /// Bytes of the text above that are no rules, blank lines or indents.
    pub(super) ink: usize,
    /// A heading's number and the hash of what stands around it.
    pub(super) number: Option<(u64, u32)>,
}

impl Line {
    pub(super) fn words<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.start..self.span.end]
    }
}

/// The lines of `text`, blank ones left out.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut at, mut blank, mut page, mut ink) = (0, 0u8, false, 0);
    for raw in text.split_inclusive(['\n', '\u{0C}']) {
        let span = Span::new(at, at + raw.len()).trim(text);
        at += raw.len();
        if span.is_empty() {
            blank = blank.saturating_add(u8::from(raw.ends_with('\n'))).min(3);
        } else {
            let line = Line { blank, page, ink, ..line(text, span) };
            ink += if line.rule.is_some() { 0 } else { span.len() };
            lines.push(line);
            (blank, page) = (0, false);
        }
        page |= raw.ends_with('\u{0C}');
    }
    count(&mut lines);
    lines
}

fn line(text: &str, span: Span) -> Line {
    let words = &text[span.start..span.end];
    // only the head of a long line can open a letter
    let head = &words[..words.floor_char_boundary(SHORT)];
    let all = tokens(head);
    let classes = tables::classes(head, &all);
    let any = |class: Classes| classes.iter().any(|c| c.any(class));
    let first = |class: Classes| classes.iter().take(3).any(|c| c.any(class));
    let is_year =
        |word: &str| word.len() == 4 && word.parse().is_ok_and(|n: u32| (1000..2100).contains(&n));
    let has_number = all.iter().any(|t| t.kind == Kind::Number);
    let has_year = all.iter().any(|t| t.kind == Kind::Number && is_year(t.of(head)));
    let is_dated = words.len() <= SHORT && has_number && (has_year || any(Classes::MONTH));
    let is_heading = words.len() <= 40 && !any(Classes::MONTH) && !any(Classes::WEEKDAY);
    Line {
        span,
        blank: 0,
        page: false,
        rule: rule(words),
        counts: words.len() <= SHORT && encloses(&all, head),
        opens: is_dated || first(Classes::SALUTE),
        closes: words.len() <= 60
            && (any(Classes::CLOSE) || any(Classes::SERVANT) || any(Classes::FAREWELL)),
        word: all.iter().map(|t| t.folded).find(|&w| w != 0).unwrap_or(0),
        is_postscript: first(Classes::PS),
        ink: 0,
        number: if is_heading { number(words) } else { None },
    }
}

/// Whether the tokens are a heading over what is enclosed or copied: its one word, or that word before
/// a number, a colon or a small word; not "Copy to" or "Copie conforme".
fn encloses(all: &[Token], text: &str) -> bool {
    let mut words = (0..all.len()).filter(|&i| all[i].kind != Kind::Mark);
    let Some(first) = words.next().filter(|&i| i <= 1 && all[i].capital) else { return false };
    let form = |i: usize| tables::form_of(all[i].folded);
    let is_set = |next: usize| {
        let is_small = all[next].span.len() <= 3 && form(next) != Some(Form::Gets);
        all[next].kind == Kind::Number
            || is_small
            || form(next) == Some(Form::Enclosed)
            || all[first + 1].of(text) == ":"
    };
    form(first) == Some(Form::Enclosed) && words.next().is_none_or(is_set)
}

/// Marks the lines whose number follows on, or is followed by, that of the nearest line alike, and
/// headings of enclosed letters with an opening below.
fn count(lines: &mut [Line]) {
    /// Lines below a heading in which the letter must open: a caption may stand between.
    const OPENING: usize = 3;
    for i in 0..lines.len() {
        let apart = i == 0 || lines[i].blank > 0 || lines[i].page;
        lines[i].counts &= apart && lines[i + 1..].iter().take(OPENING).any(|l| l.opens);
    }
    let mut last: FxHashMap<u64, (usize, u32)> = FxHashMap::default();
    for i in 0..lines.len() {
        let Some((form, n)) = lines[i].number else { continue };
        if let Some((before, m)) = last.insert(form, (i, n))
            && m.checked_add(1) == Some(n)
        {
            lines[before].counts = true;
            lines[i].counts = true;
        }
    }
}

/// The sign of a line that is signs only: three and more of a rule, stars, or the like.
fn rule(line: &str) -> Option<char> {
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
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let first = signs.next().filter(|c| is_sign(*c))?;
    let others = signs.try_fold(0, |n, c| is_sign(c).then_some(n + 1))?;
    (others >= 2 || line.contains(['⁂', '⸻'])).then_some(first)
}

/// The number of a heading and the hash of what stands around it: `12`, `[12]`, `No. 12`,
/// `Letter XII.`, `12. Brief`.
fn number(line: &str) -> Option<(u64, u32)> {
    let words: Vec<&str> = line
        .split(|c: char| {
            c.is_whitespace()
                || matches!(c, '.' | ':' | '[' | ']' | '(' | ')' | '–' | '-' | '°' | 'º')
        })
        .filter(|w| !w.is_empty())
        .collect();
    let value = |word: &str| {
        let value = word.parse().ok().or_else(|| roman(word))?;
        (value < 10_000).then_some((word.len(), value))
    };
    let (at, (length, n)) = match words.as_slice() {
        [one] => (one, value(one)?),
        [a, b] => match value(b) {
            Some(found) => (b, found),
            None => (a, value(a)?),
        },
        _ => return None,
    };
    let from = at.as_ptr() as usize - line.as_ptr() as usize;
    let mut form = FxHasher::default();
    form.write(&line.as_bytes()[..from]);
    form.write_u8(0);
    form.write(&line.as_bytes()[from + length..]);
    Some((form.finish(), n))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_signs_are_told_from_dashes_in_text() {
        for line in ["* * *", "-----", "⁂", "= = = =", "———", "~~~~"] {
            assert!(rule(line).is_some(), "{line}");
        }
        for line in ["--", "-- Ann", "* a", "—", "1 * * *", ""] {
            assert!(rule(line).is_none(), "{line}");
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
            assert_eq!(number(line).map(|(_, n)| n), expected, "{line}");
        }
    }

    #[test]
    fn numbers_count_only_where_others_alike_go_on() {
        let all = lines("Letter 1\n\nOne.\n\n[5]\n\nLetter 2\n\nTwo.\n\n12 May\n\n13 May\n");
        let counting = all.iter().filter(|l| l.counts).map(|l| l.span.start).collect::<Vec<_>>();
        assert_eq!(counting, [0, 21]);
    }

    #[test]
    fn headings_of_enclosed_letters_count_where_a_letter_opens_below() {
        let counts = |text: &str| lines(text).iter().filter(|l| l.counts).count();
        let letter = "Leeds, 4 May 1871\n\nSir,";
        for heading in [
            "COPY.",
            "[Enclosure.]",
            "[Inclosure in No. 5.]\n\nMr. Hale to Mr. Bell.",
            "[Enclosure: Ann Hale to Ben Orme]",
            "Pièce jointe.",
            "Abschrift",
            "Beilage zu Nr. 14.",
        ] {
            assert_eq!(counts(&format!("Ann Lowe\n\n{heading}\n\n{letter}")), 1, "{heading}");
        }
        for line in ["Copy to Mr. Hale.", "Copie conforme.", "Copy that to all", "The enclosure."] {
            assert_eq!(counts(&format!("Ann Lowe\n\n{line}\n\n{letter}")), 0, "{line}");
        }
        assert_eq!(counts("Ann Lowe\n\nCOPY.\n\nThe hay is in."), 0);
    }
}
