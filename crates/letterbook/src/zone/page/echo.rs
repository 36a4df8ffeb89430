//! What a page says twice: lines that come again, and names that stand in other parts of it.
//!
//! A second sheet has the head of the first, a salutation the name of the address, a signature that
//! of the letterhead; this holds in any language. Knows nothing of labels.

use rustc_hash::FxHashMap;

use super::{LONG_LINE, PROSE, Page, Piece, pair, shape};
use crate::tables::Classes;
use crate::token::Kind;

/// How many parts of a page [`Piece::region`] tells apart.
const REGIONS: usize = 3;

/// How often each name stands in each region.
pub(super) type Names = FxHashMap<u64, [u8; REGIONS]>;

impl Page<'_> {
    /// Fills in [`Piece::echo`].
    pub(super) fn find_echoes(&mut self) {
        let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
        seen.reserve(self.lines.len());
        for i in 0..self.lines.len() {
            let line = &self.lines[i];
            if line.size >= PROSE || line.counts.words < 2 {
                continue;
            }
            let words = line.tokens.clone().filter(|&t| self.tokens[t].kind == Kind::Word);
            let hash = words.fold(0, |h, t| pair(h, self.words[t]));
            if let Some(first) = seen.insert(hash, i) {
                self.lines[first].echo = self.lines[first].echo.max(1);
                self.lines[i].echo = 2;
            }
        }
    }

    /// Fills in [`Piece::region`] and counts in which of them each capitalised word stands.
    pub(super) fn count_names(&mut self) {
        let is_long = |l: &Piece| l.size >= LONG_LINE;
        let first = self.lines.iter().position(is_long);
        let last = self.lines.iter().rposition(is_long);
        self.names.reserve(self.lines.iter().map(|l| l.counts.capitals).sum());
        for i in 0..self.lines.len() {
            let region = match (first, last) {
                (Some(first), _) if i < first => 0,
                (_, Some(last)) if i > last => 2,
                _ => 1,
            };
            self.lines[i].region = region;
            for t in self.lines[i].tokens.clone() {
                if !self.is_name(t) {
                    continue;
                }
                let counts = self.names.entry(self.words[t]).or_default();
                counts[region] = counts[region].saturating_add(1);
            }
        }
    }

    /// In which regions the name at token `i`, which stands in `region`, stands once more: a set of
    /// bits and the region's own number. None where the token is no name.
    pub(super) fn elsewhere(&self, i: usize, region: usize) -> Option<u64> {
        let counts = self.is_name(i).then(|| self.names.get(&self.words[i]))??;
        let set = (0..REGIONS).fold(0, |set, r| {
            let own = u8::from(r == region);
            set << 1 | u64::from(counts[r] > own)
        });
        Some(set << 2 | region as u64)
    }

    /// Whether token `i` may be a name or the like, by its look alone.
    fn is_name(&self, i: usize) -> bool {
        matches!(self.shapes[i], shape::CAPITAL | shape::UPPER)
            && self.tokens[i].span.len() > 2
            && !self.classes[i].any(Classes::RUNNING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_line_that_comes_again_is_told_from_its_first() {
        let text = Text::new(
            "Rowan & Sons\nHull\n\nThe boat came in.\n\nROWAN & SONS\n\nShe sails again.\nHull",
        );
        let page = Page::of(&text);
        let echoes: Vec<u64> = page.lines.iter().map(|l| l.echo).collect();
        // a single word is too little to tell
        assert_eq!(echoes, [1, 0, 0, 2, 0, 0]);
    }

    #[test]
    fn a_name_knows_where_else_it_stands() {
        let body = "We have written to Marsh about the boats, and shall write to him again on Monday \
                    if nothing comes from him.";
        let letter = format!("Mr. Marsh,\nHull\n\n{body}\n\nAnna Lowe");
        let text = Text::new(&letter);
        let page = Page::of(&text);
        let (first, last) = (&page.lines[0], &page.lines[page.lines.len() - 1]);
        // Lowe stands nowhere else, and below the last long line
        assert_eq!(page.elsewhere(page.tokens.len() - 1, last.region), Some(2));
        // Marsh stands in the body too, the second of three bits
        assert_eq!(page.elsewhere(2, first.region), Some(0b010 << 2));
    }
}
