//! The text of a letter: its places as the record cites them, and its tokens.
//!
//! Inside the crate a place is a [`Span`] of UTF-8 bytes; in the record it is an [`Evidence`] of
//! Unicode code points, as the W3C Web Annotation text position selector counts them. [`Text`] is
//! the one place where the two meet, and it is split into tokens once for all who read it. This
//! module does not know the bytes of the file that a text came from; `source` does.

use std::sync::OnceLock;

use crate::record::Evidence;
use crate::span::Span;
use crate::token::{Token, tokens};

/// How many bytes lie between two marks of the code point table.
const STRIDE: usize = 64;

/// A letter's text, together with the table that turns bytes into code points in constant time, and
/// with its tokens and lines once a reader has asked for them.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    text: &'a str,
    /// Code points before byte `i * STRIDE`; empty for ASCII, where both counts agree.
    marks: Vec<u32>,
    tokens: OnceLock<Vec<Token>>,
    lines: OnceLock<Vec<Span>>,
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
                // counted in a byte, which the processor does for many side by side
                n += u32::from(chunk.iter().map(|&b| u8::from(!is_continuation(b))).sum::<u8>());
            }
        }
        Text { text, marks, tokens: OnceLock::new(), lines: OnceLock::new() }
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
    #[inline]
    pub fn slice(&self, span: Span) -> &'a str {
        &self.text[span.start..span.end]
    }

    /// The tokens of the text in order.
    pub fn tokens(&self) -> &[Token] {
        self.tokens.get_or_init(|| tokens(self.text))
    }

    /// The tokens that lie in `span`.
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let tokens = self.tokens();
        let first = tokens.partition_point(|t| t.span.start < span.start);
        let more = tokens[first..].partition_point(|t| t.span.end <= span.end);
        &tokens[first..first + more]
    }

    /// The lines of the text without the white space around them, blank ones too.
    pub fn lines(&self) -> &[Span] {
        self.lines.get_or_init(|| {
            let mut at = 0;
            let lines = self.text.split_inclusive('\n').map(|line| {
                let span = Span::new(at, at + line.len());
                at = span.end;
                span.trim(self.text)
            });
            lines.collect()
        })
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
    fn lines_are_told_without_the_white_space_around_them() {
        let t = Text::new("Leeds, \r\n\n  Dear Sir,\n it rains");
        let lines: Vec<&str> = t.lines().iter().map(|&line| t.slice(line)).collect();
        assert_eq!(lines, ["Leeds,", "", "Dear Sir,", "it rains"]);
        assert!(Text::new("").lines().is_empty());
    }

    #[test]
    fn the_tokens_of_a_stretch_are_those_that_end_in_it() {
        let t = Text::new("Dear Sir, it rains");
        let words = |start, end| -> Vec<&str> {
            t.tokens_in(Span::new(start, end)).iter().map(|w| w.of(t.as_str())).collect()
        };
        assert_eq!(words(5, 12), ["Sir", ",", "it"]);
        assert_eq!(words(1, 15), ["Sir", ",", "it"]);
        assert!(words(4, 5).is_empty());
    }
}
