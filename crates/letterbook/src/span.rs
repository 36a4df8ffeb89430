//! Half-open ranges of a text, and the text that can answer for them.
//!
//! Inside the crate a place is a [`Span`] of UTF-8 bytes; in the record it is an
//! [`Evidence`] of Unicode code points, as the W3C Web Annotation text
//! position selector counts them. [`Text`] is the one place where the two meet. This module does
//! not know the bytes of the file that a text came from; `source` does.

use crate::record::Evidence;

/// A half-open range of UTF-8 bytes, both ends on character boundaries of the text it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte of the range, counted from 0.
    pub start: usize,
    /// The byte after the last; `start <= end`.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "span runs backwards: {start}..{end}");
        Span { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the range holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this range.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two ranges share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range, seen from a text that begins `offset` bytes earlier.
    pub fn shift(self, offset: usize) -> Span {
        Span { start: self.start + offset, end: self.end + offset }
    }

    /// The smallest range that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The part of `text` that this range names, without white space at either end.
    pub fn trim(self, text: &str) -> Span {
        let s = &text[self.start..self.end];
        let start = self.end - s.trim_start().len();
        Span { start, end: start + s.trim().len() }
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(r: std::ops::Range<usize>) -> Span {
        Span::new(r.start, r.end)
    }
}

/// How many bytes lie between two marks of the code point table.
const STRIDE: usize = 64;

/// A letter's text, together with the table that turns bytes into code points in constant time.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    text: &'a str,
    /// Code points before byte `i * STRIDE`; empty for ASCII, where both counts agree.
    marks: Vec<u32>,
}

impl<'a> Text<'a> {
    /// Prepares `text`; one pass, linear in its length.
    pub fn new(text: &'a str) -> Text<'a> {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            marks.reserve(text.len() / STRIDE + 1);
            let mut n = 0u32;
            for chunk in text.as_bytes().chunks(STRIDE) {
                marks.push(n);
                n += chunk.iter().filter(|&&b| !is_continuation(b)).count() as u32;
            }
        }
        Text { text, marks }
    }

    /// The whole text.
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// The characters at `span`.
    ///
    /// # Panics
    ///
    /// When the span is out of bounds or cuts a character: evidence refuses, it never bends.
    pub fn slice(&self, span: Span) -> &'a str {
        &self.text[span.start..span.end]
    }

    /// How many code points stand before byte `byte`.
    pub fn code_point(&self, byte: usize) -> usize {
        if self.marks.is_empty() {
            return byte;
        }
        let mark = byte / STRIDE;
        let (from, n) = match self.marks.get(mark) {
            Some(&n) => (mark * STRIDE, n as usize),
            // only at the very end of a text whose length is a multiple of the stride
            None => ((mark - 1) * STRIDE, self.marks[mark - 1] as usize),
        };
        n + self.text.as_bytes()[from..byte].iter().filter(|&&b| !is_continuation(b)).count()
    }

    /// The byte at which code point number `code_point` starts, if the text has so many.
    ///
    /// The text's length in code points gives its length in bytes.
    pub fn byte(&self, code_point: usize) -> Option<usize> {
        if self.marks.is_empty() {
            return (code_point <= self.text.len()).then_some(code_point);
        }
        let mark = self.marks.partition_point(|&n| n as usize <= code_point) - 1;
        let mut left = code_point - self.marks[mark] as usize;
        let from = mark * STRIDE;
        for (i, &b) in self.text.as_bytes()[from..].iter().enumerate() {
            if !is_continuation(b) {
                if left == 0 {
                    return Some(from + i);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.text.len())
    }

    /// What stands at `span`, as the record cites it.
    pub fn evidence(&self, span: Span) -> Evidence {
        Evidence {
            start: self.code_point(span.start),
            end: self.code_point(span.end),
            quote: self.slice(span).to_owned(),
        }
    }

    /// Where in the text a piece of evidence stands; `None` when the text does not have it there.
    pub fn locate(&self, evidence: &Evidence) -> Option<Span> {
        let span = Span { start: self.byte(evidence.start)?, end: self.byte(evidence.end)? };
        (span.start <= span.end && self.slice(span) == evidence.quote).then_some(span)
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_code_points_agree_with_a_count_by_hand() {
        let text = "Zürich, 3 März 1848 — 大阪 ".repeat(9);
        let t = Text::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(t.code_point(byte), n);
            assert_eq!(t.byte(n), Some(byte));
        }
        let n = text.chars().count();
        assert_eq!(t.code_point(text.len()), n);
        assert_eq!(t.byte(n), Some(text.len()));
        assert_eq!(t.byte(n + 1), None);
    }

    #[test]
    fn a_text_that_ends_on_a_mark_is_counted_to_its_end() {
        let text = "é".repeat(STRIDE / 2);
        let t = Text::new(&text);
        assert_eq!(t.code_point(text.len()), STRIDE / 2);
        assert_eq!(t.byte(STRIDE / 2), Some(text.len()));
    }

    #[test]
    fn evidence_that_is_not_there_is_refused() {
        let t = Text::new("Dear Sir,");
        let mut e = t.evidence(Span::new(5, 8));
        assert_eq!((e.start, e.end, e.quote.as_str()), (5, 8, "Sir"));
        assert_eq!(t.locate(&e), Some(Span::new(5, 8)));
        e.quote = "Man".into();
        assert_eq!(t.locate(&e), None);
        assert_eq!(t.locate(&Evidence { start: 7, end: 99, quote: "x".into() }), None);
    }

    #[test]
    fn trimming_drops_white_space_at_both_ends_only() {
        let text = " \n Yours truly, \n";
        let s = Span::new(0, text.len()).trim(text);
        assert_eq!(&text[s.start..s.end], "Yours truly,");
        assert!(Span::new(0, 2).trim(" \n Yours").is_empty());
    }
}
