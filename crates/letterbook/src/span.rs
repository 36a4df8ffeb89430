//! Half-open ranges of a text, in UTF-8 bytes.
//!
//! Inside the crate a place is a [`Span`]; [`text`](crate::text) turns it into what the record
//! cites.

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
    #[inline]
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
        let begun = text[self.start..self.end].trim_start();
        let start = self.end - begun.len();
        Span { start, end: start + begun.trim_end().len() }
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(r: std::ops::Range<usize>) -> Span {
        Span::new(r.start, r.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_drops_white_space_at_both_ends_only() {
        let text = " \n Yours truly, \n";
        let s = Span::new(0, text.len()).trim(text);
        assert_eq!(&text[s.start..s.end], "Yours truly,");
        assert!(Span::new(0, 2).trim(" \n Yours").is_empty());
    }
}
