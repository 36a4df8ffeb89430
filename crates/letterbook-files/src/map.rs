//! The way back from a character of a text to the place in the file that shows it.
//!
//! A text is built from pieces: copied characters, which know their bytes; characters that stand
//! for others (`&amp;`, `\'e9`), which know the bytes of what they stand for; characters on a
//! page, which know their box; and characters that the reader put in between (the line break of
//! a paragraph), which have no place. Does not know any format.

use std::ops::Range;
use std::sync::Arc;

use letterbook::span::Span;
use serde::{Deserialize, Serialize};

use crate::decode::Offsets;
use crate::trouble::Damage;

/// Where each character of a text stands in its file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SourceMap {
    /// Shared with the maps of the letters that one text is cut into.
    #[serde(with = "shared")]
    parts: Arc<Vec<Part>>,
    #[serde(with = "shared")]
    paths: Arc<Vec<String>>,
    /// In the order of the text; each ends where the next begins.
    pieces: Vec<Piece>,
    /// Length of the text in bytes.
    len: usize,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Part {
    name: String,
    offsets: Offsets,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Piece {
    at: usize,
    origin: Origin,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Origin {
    /// Byte for byte from `start` of the part's decoded text.
    Copied { part: u32, path: u32, start: usize },
    /// For the whole range of the part's decoded text.
    Stands { part: u32, path: u32, start: usize, end: usize },
    /// On a page.
    Boxed { part: u32, page: u32, area: Area },
    /// Put there by the reader.
    Made,
}

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Left edge, in the units of the page (points in PDF, pixels in ALTO, PAGE and hOCR) from
    /// its left.
    pub left: f32,
    /// Upper edge, from the top of the page.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

/// The place of a character in its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Place<'a> {
    /// The part of the file whose bytes or pages are counted; empty for the file itself.
    pub part: &'a str,
    /// XML path of the element, as in `/TEI[1]/text[1]/body[1]/p[2]`; empty outside of XML.
    pub path: &'a str,
    /// Where there.
    pub spot: Spot,
}

/// Bytes or a box.
#[derive(Debug, Clone, PartialEq)]
pub enum Spot {
    /// Bytes of the part, half-open, counted from 0.
    Bytes(Range<usize>),
    /// A box on a page; pages count from 1.
    Page(u32, Area),
}

impl SourceMap {
    /// Where the character at byte `at` of the text stands; none for characters that the reader
    /// put between others, and past the end.
    pub fn place(&self, at: usize) -> Option<Place<'_>> {
        if at >= self.len {
            return None;
        }
        let i = self.pieces.partition_point(|p| p.at <= at).checked_sub(1)?;
        let piece = self.pieces[i];
        match piece.origin {
            Origin::Made => None,
            Origin::Copied { part, path, start } => {
                let from = start + (at - piece.at);
                let owner = &self.parts[part as usize];
                let first = owner.offsets.byte(from);
                Some(Place {
                    part: &owner.name,
                    path: &self.paths[path as usize],
                    spot: Spot::Bytes(first..owner.offsets.byte_after(from)),
                })
            }
            Origin::Stands { part, path, start, end } => {
                let owner = &self.parts[part as usize];
                Some(Place {
                    part: &owner.name,
                    path: &self.paths[path as usize],
                    spot: Spot::Bytes(owner.offsets.byte(start)..owner.offsets.byte(end)),
                })
            }
            Origin::Boxed { part, page, area } => Some(Place {
                part: &self.parts[part as usize].name,
                path: "",
                spot: Spot::Page(page, area),
            }),
        }
    }

    /// The places of all pieces that `span` of the text touches, in the order of the text.
    ///
    /// A phrase over two lines of a page has two boxes, one in a file of plain text one range.
    pub fn places(&self, span: Span) -> Vec<Place<'_>> {
        let mut places: Vec<Place<'_>> = Vec::new();
        let mut at = span.start;
        while at < span.end.min(self.len) {
            let i = self.pieces.partition_point(|p| p.at <= at);
            let end = self.pieces.get(i).map_or(self.len, |p| p.at).min(span.end);
            if let Some(mut place) = self.place(at) {
                if let Spot::Bytes(range) = &mut place.spot
                    && let Some(Place { spot: Spot::Bytes(last), .. }) = self.place(end - 1)
                {
                    range.end = last.end;
                }
                places.push(place);
            }
            at = end;
        }
        places
    }
}

/// Whether a paragraph with the number of a page in it, which is left out, says nothing else:
/// "Page", "Seite von", "– –".
pub(crate) fn is_page_number(rest: &str) -> bool {
    /// Letters of "page" and "of" in any language.
    const LETTERS: usize = 12;
    rest.chars().filter(|c| c.is_alphanumeric()).count() <= LETTERS
}

/// Paragraphs of a word processor, counted to tell whether empty ones part the blocks.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    full: usize,
    /// Between full ones.
    empty: usize,
    /// Behind the last full one.
    trailing: usize,
}

impl Paragraphs {
    /// Counts one.
    pub(crate) fn count(&mut self, is_empty: bool) {
        if is_empty {
            self.trailing += usize::from(self.full > 0);
        } else {
            self.full += 1;
            self.empty += std::mem::take(&mut self.trailing);
        }
    }

    /// Forgets the empty ones at the end of a header or body.
    pub(crate) fn end_section(&mut self) {
        self.trailing = 0;
    }

    /// Whether a paragraph is a line, since at least one in six between others is empty.
    pub(crate) fn are_lines(&self) -> bool {
        self.empty > 0 && self.empty * 5 >= self.full
    }
}

/// A text in the making, with its map.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    text: String,
    map: SourceMap,
    pub(crate) damage: Vec<Damage>,
    part: u32,
    path: u32,
}

impl Builder {
    /// An empty text, whose characters come from the part of that name.
    pub(crate) fn new(part: &str, offsets: Offsets) -> Builder {
        let mut builder = Builder::default();
        builder.map.paths = Arc::new(vec![String::new()]);
        builder.enter_part(part, offsets);
        builder
    }

    /// From now on characters come from another part.
    pub(crate) fn enter_part(&mut self, name: &str, offsets: Offsets) {
        self.part = self.map.parts.len() as u32;
        Arc::make_mut(&mut self.map.parts).push(Part { name: name.to_owned(), offsets });
    }

    /// From now on characters come from the element at that path.
    pub(crate) fn enter_path(&mut self, path: &str) {
        if self.map.paths.last().is_none_or(|last| last != path) {
            Arc::make_mut(&mut self.map.paths).push(path.to_owned());
        }
        self.path = (self.map.paths.len() - 1) as u32;
    }

    fn push(&mut self, text: &str, origin: Origin) {
        if text.is_empty() {
            return;
        }
        let joins = self.map.pieces.last().is_some_and(|last| match (last.origin, origin) {
            (
                Origin::Copied { part: p, path: a, start },
                Origin::Copied { part: q, path: b, start: next },
            ) => p == q && a == b && start + (self.text.len() - last.at) == next,
            (Origin::Made, Origin::Made) => true,
            _ => false,
        });
        if !joins {
            self.map.pieces.push(Piece { at: self.text.len(), origin });
        }
        self.text.push_str(text);
    }

    /// Characters that stand so in the part, from byte `start` of its decoded text.
    pub(crate) fn copy(&mut self, text: &str, start: usize) {
        self.push(text, Origin::Copied { part: self.part, path: self.path, start });
    }

    /// Characters that stand for `range` of the part's decoded text.
    pub(crate) fn stand(&mut self, text: &str, range: Range<usize>) {
        let Range { start, end } = range;
        self.push(text, Origin::Stands { part: self.part, path: self.path, start, end });
    }

    /// Characters in a box of a page.
    pub(crate) fn boxed(&mut self, text: &str, page: u32, area: Area) {
        self.push(text, Origin::Boxed { part: self.part, page, area });
    }

    /// Characters that the file does not have.
    pub(crate) fn make(&mut self, text: &str) {
        self.push(text, Origin::Made);
    }

    /// The text so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Ends the line, unless the text is at the head of one; spaces at its end are taken back.
    pub(crate) fn end_line(&mut self) {
        self.trim_end_of_line();
        if !self.text.is_empty() && !self.text.ends_with(['\n', '\u{0C}']) {
            self.make("\n");
        }
    }

    /// Ends the block: an empty line, unless the text is at its beginning or has one already.
    pub(crate) fn end_block(&mut self) {
        self.end_line();
        let is_begun = self.text.is_empty() || self.text.ends_with("\n\n");
        if !is_begun && !self.text.ends_with('\u{0C}') {
            self.make("\n");
        }
    }

    /// Parts a cell from the one before it in its row.
    pub(crate) fn next_cell(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.make("\t");
        }
    }

    fn trim_end_of_line(&mut self) {
        let kept = self.text.trim_end_matches([' ', '\t']).len();
        if kept < self.text.len() {
            self.truncate(kept);
        }
    }

    /// Takes back all after the first `len` bytes.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        while self.map.pieces.last().is_some_and(|p| p.at >= len && p.at > 0) {
            self.map.pieces.pop();
        }
        if len == 0 {
            self.map.pieces.clear();
        }
    }

    /// Markup text of which white space counts as one space, and none at the head of a line.
    ///
    /// `text` stands in the decoded part from `start`.
    pub(crate) fn copy_folded(&mut self, text: &str, start: usize) {
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0C}');
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let word = rest.find(is_space).unwrap_or(rest.len());
            self.copy(&rest[..word], start + at);
            let space = rest[word..].find(|c| !is_space(c)).unwrap_or(rest.len() - word);
            if space > 0 && !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                let from = start + at + word;
                if rest.as_bytes()[word] == b' ' {
                    self.copy(" ", from);
                } else {
                    self.stand(" ", from..from + space);
                }
            }
            at += word + space;
        }
    }

    /// Notes something that is not as it was, at the end of the text so far.
    pub(crate) fn note(&mut self, code: &'static str, message: impl Into<String>) {
        let at = self.text.len();
        self.damage.push(Damage {
            code: code.into(),
            message: message.into(),
            span: Some(Span::new(at, at)),
        });
    }

    /// The text to its last character, its map, and what was noted.
    pub(crate) fn finish_as_is(mut self) -> (String, SourceMap, Vec<Damage>) {
        self.map.len = self.text.len();
        (self.text, self.map, self.damage)
    }

    /// The text without empty lines at its end, its map, and what was noted.
    pub(crate) fn finish(mut self) -> (String, SourceMap, Vec<Damage>) {
        let kept = self.text.trim_end_matches(['\n', '\r', ' ', '\t']).len();
        let mut ends = self.text[kept..].match_indices('\n').map(|(at, _)| kept + at + 1);
        if let (Some(first), Some(_)) = (ends.next(), ends.next()) {
            self.truncate(first);
        }
        self.map.len = self.text.len();
        (self.text, self.map, self.damage)
    }
}

/// The text made of `ranges` of another, with the map of its characters.
///
/// Ranges are bytes of `text`, in its order, on character boundaries.
pub(crate) fn select(
    text: &str,
    map: &SourceMap,
    ranges: impl IntoIterator<Item = Range<usize>>,
) -> (String, SourceMap) {
    let mut chosen = String::new();
    let mut pieces = Vec::new();
    for range in ranges {
        let mut at = range.start;
        let mut i = map.pieces.partition_point(|p| p.at <= at);
        while at < range.end {
            let end = map.pieces.get(i).map_or(map.len, |p| p.at).min(range.end);
            let origin = match i.checked_sub(1).map(|i| map.pieces[i]) {
                Some(Piece { at: from, origin: Origin::Copied { part, path, start } }) => {
                    Origin::Copied { part, path, start: start + (at - from) }
                }
                Some(piece) => piece.origin,
                None => Origin::Made,
            };
            pieces.push(Piece { at: chosen.len(), origin });
            chosen.push_str(&text[at..end]);
            at = end;
            i += 1;
        }
    }
    let len = chosen.len();
    (
        chosen,
        SourceMap { parts: Arc::clone(&map.parts), paths: Arc::clone(&map.paths), pieces, len },
    )
}

/// A shared list as a list.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        list: &Arc<Vec<T>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        list.as_slice().serialize(to)
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Arc<Vec<T>>, D::Error> {
        Vec::deserialize(from).map(Arc::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(map: &SourceMap, at: usize) -> Option<Range<usize>> {
        map.place(at).map(|place| match place.spot {
            Spot::Bytes(range) => range,
            Spot::Page(..) => unreachable!("no page was made"),
        })
    }

    #[test]
    fn copied_made_and_standing_characters_know_their_places() {
        let mut builder = Builder::new("", Offsets::Same(3));
        builder.copy("Bath & ", 10);
        builder.stand("é", 20..28);
        builder.end_line();
        builder.copy("x", 40);
        let (text, map, _) = builder.finish();
        assert_eq!(text, "Bath & é\nx");
        assert_eq!(bytes(&map, 1), Some(14..15));
        assert_eq!(bytes(&map, 7), Some(23..31));
        assert_eq!(bytes(&map, 9), None);
        assert_eq!(bytes(&map, 10), Some(43..44));
        assert_eq!(bytes(&map, 11), None);
        assert_eq!(map.places(Span::new(0, 11)).len(), 3);
    }

    #[test]
    fn a_choice_of_lines_keeps_their_places() {
        let mut builder = Builder::new("", Offsets::Same(0));
        builder.copy("> Dear Ann,\n> come\n", 0);
        let (text, map, _) = builder.finish();
        let (text, map) = select(&text, &map, [2..12, 14..19]);
        assert_eq!(text, "Dear Ann,\ncome\n");
        assert_eq!(bytes(&map, 10), Some(14..15));
    }

    #[test]
    fn white_space_of_markup_folds_to_one_space() {
        let mut builder = Builder::new("", Offsets::Same(0));
        builder.copy_folded("\n  Dear \n\t Ann, ", 0);
        builder.end_block();
        builder.copy_folded("  come  ", 50);
        let (text, map, _) = builder.finish();
        assert_eq!(text, "Dear Ann,\n\ncome ");
        assert_eq!(bytes(&map, 4), Some(7..8));
        assert_eq!(bytes(&map, text.find("come").expect("there")), Some(52..53));
    }
}
