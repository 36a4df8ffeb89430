//! One text with many letters, cut into a document each.
//!
//! Where they begin is for `letterbook::split` to say; here the way back, the damage and what the
//! format states go with each letter. Formats that part letters themselves (messages, elements of
//! TEI, lines of JSON) are left as they are.

use std::ops::Range;

use letterbook::span::Span;
use letterbook::split::{Reason, find_letters};

use crate::document::{Boundary, BoundaryReason, Document, StatedField};
use crate::format::Format;
use crate::map::select;
use crate::reader::join;
use crate::trouble::Damage;

/// The letters of a document, in order: one document for each, or the document itself.
pub fn split(document: Document) -> Vec<Document> {
    if matches!(document.format, Format::Mail | Format::Outlook | Format::Tei | Format::JsonLines) {
        return vec![document];
    }
    let found = find_letters(&document.text);
    if found.is_empty() {
        return vec![document];
    }
    let ends = found.iter().map(|b| b.end).chain([document.text.len()]);
    let starts = [(0, document.boundary)].into_iter().chain(found.iter().map(|b| {
        let reason = match b.reason {
            Reason::Separator => BoundaryReason::Separator,
            Reason::Page => BoundaryReason::Page,
            Reason::Heading => BoundaryReason::Heading,
            Reason::Opening => BoundaryReason::Opening,
        };
        (b.start, Boundary { reason, confidence: b.confidence })
    }));
    let letters = starts.zip(ends).enumerate();
    letters.map(|(n, ((start, boundary), end))| cut(&document, n, start..end, boundary)).collect()
}

fn cut(document: &Document, n: usize, range: Range<usize>, boundary: Boundary) -> Document {
    let (text, map) = select(&document.text, &document.map, [range.clone()]);
    let within = |span: Span| Span::from(range.clone()).contains(span);
    let damage = document.damage.iter().filter_map(|damage| match damage.span {
        // what is not known to lie in one of them is told with the first
        None => (n == 0).then(|| damage.clone()),
        Some(span) if within(span) => {
            let span = Some(Span::new(span.start - range.start, span.end - range.start));
            Some(Damage { span, ..damage.clone() })
        }
        Some(_) => None,
    });
    let of_all = document.stated.iter().filter(|s| s.field == StatedField::Language);
    Document {
        format: document.format,
        part: join(&document.part, &format!("letter {}", n + 1)),
        boundary,
        text,
        map,
        stated: of_all.cloned().collect(),
        marked: Vec::new(),
        damage: damage.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Spot;
    use crate::{Limits, read_file};

    const LETTER: &str = "Leeds, 4 May 1871\n\nDear Sir,\n\nThe two parcels came this morning, and \
        I have put them in the dry store, where they will keep until you send for them. The third, \
        of which you wrote, has not been seen at the station.\n\nYours faithfully,\nJ. Marsh\n";

    #[test]
    fn each_letter_of_a_book_knows_its_place_and_why_it_begins() {
        let book = format!("{LETTER}\n* * *\n\n{LETTER}");
        let document =
            read_file("book.txt", book.as_bytes(), Limits::default()).documents.remove(0);
        let letters = split(document);
        let [first, second] = letters.as_slice() else {
            panic!("expected two letters, but found {}", letters.len());
        };
        assert_eq!((first.part.as_str(), second.part.as_str()), ("letter 1", "letter 2"));
        assert_eq!(first.text.trim_end(), LETTER.trim_end());
        assert_eq!(second.text, LETTER);
        assert_eq!(second.boundary.reason, BoundaryReason::Separator);
        let at = book.rfind("Leeds").expect("there");
        assert_eq!(second.map.place(0).map(|p| p.spot), Some(Spot::Bytes(at..at + 1)));
    }

    #[test]
    fn a_letter_is_left_whole() {
        let document = read_file("a.txt", LETTER.as_bytes(), Limits::default()).documents.remove(0);
        let letters = split(document);
        assert_eq!((letters.len(), letters[0].part.as_str()), (1, ""));
    }
}
