//! The lines of an address, whole and in the page's order: house, street, district, postcode, town,
//! country.
//!
//! The pieces of a block say where street and town stand; this module widens each to what belongs
//! to it on its line ("London SW8 2LA", "26919 Brake") and leaves persons, offices, bodies and
//! telephone numbers out.

use super::block::Piece;
use super::lexicon::Classes;
use super::stretch::Word;
use super::{fold, lexicon};
use crate::span::Span;
use crate::tables::town;

/// Where the lines of an address stand; those that share a line of the page are one, with the
/// marks between them.
pub(crate) fn address_lines(text: &str, words: &[Word], pieces: &[Piece]) -> Vec<Span> {
    let places = places_of(text, pieces);
    let taken: Vec<Span> = pieces
        .iter()
        .filter_map(|p| match p {
            Piece::Person(name) => Some(name.span),
            Piece::Role(s) | Piece::Body(s) | Piece::Principal(s) => Some(*s),
            Piece::Street(_) | Piece::Town(_) | Piece::Country(_) => None,
        })
        .collect();
    let mut out: Vec<Span> = Vec::new();
    for place in places {
        let line = widen(words, place, &taken);
        match out.last_mut() {
            Some(last) if last.overlaps(line) => *last = last.cover(line),
            Some(last)
                if last.end <= line.start
                    && !text[last.end..line.start]
                        .contains(|c: char| c.is_alphanumeric() || c == '\n') =>
            {
                *last = last.cover(line);
            }
            _ => out.push(line),
        }
    }
    out
}

/// The pieces that are places; words that no table knows count as a town beside a street, or where
/// nothing better stands.
fn places_of(text: &str, pieces: &[Piece]) -> Vec<Span> {
    let known = |s: Span| town(&fold(&text[s.start..s.end])).is_some();
    let any_known = pieces.iter().any(|p| matches!(p, Piece::Town(s) if known(*s)));
    let mut after_street = false;
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Street(span) | Piece::Country(span) => out.push(*span),
            Piece::Town(span) if known(*span) || !any_known || after_street => out.push(*span),
            _ => {}
        }
        after_street = match piece {
            Piece::Street(_) => true,
            Piece::Town(_) => after_street,
            _ => false,
        };
    }
    out
}

/// The place with the postcode, district or state beside it, up to the next comma or line end.
fn widen(words: &[Word], place: Span, taken: &[Span]) -> Span {
    let inside = |w: &Word| place.contains(w.span);
    let (Some(first), Some(last)) = (words.iter().position(inside), words.iter().rposition(inside))
    else {
        return place;
    };
    let free = |w: &Word| !taken.iter().any(|t| t.overlaps(w.span));
    let mut begin = first;
    while begin > 0
        && words[begin].gap.lines == 0
        && !words[begin].gap.comma
        && !words[begin].gap.colon
    {
        let w = &words[begin - 1];
        // a postcode: "26919 Brake", "8435 ZG Donkerbroek"
        let code = w.number || is_code(w) && begin > 1 && words[begin - 2].number;
        if !code || !free(w) {
            break;
        }
        begin -= 1;
    }
    let mut end = last + 1;
    while let Some(w) = words.get(end) {
        let belongs = w.number
            || is_code(w)
            || w.is(Classes::STATE.or(Classes::COUNTRY))
            || w.gap.mark && w.capital
            || w.is(Classes::AT.or(Classes::LINK)) && !w.capital
            || w.capital && words[end - 1].is(Classes::AT.or(Classes::LINK)) && end > last + 1;
        let label = Classes::PHONE.or(Classes::FAX).or(Classes::EMAIL).or(Classes::WEB);
        if w.gap.lines > 0 || w.gap.comma || w.gap.colon || !belongs || !free(w) || w.is(label) {
            break;
        }
        end += 1;
    }
    // small words lead to something that did not come
    while end > last + 1
        && words[end - 1].is(Classes::AT.or(Classes::LINK))
        && !words[end - 1].capital
    {
        end -= 1;
    }
    Span::new(words[begin].span.start.min(place.start), words[end - 1].span.end.max(place.end))
}

/// "SW8", "2LA", "NO", "XVIII", "ZG": letters of a postcode or district.
fn is_code(word: &Word) -> bool {
    word.capital
        && (word.folded.len() <= 4 && word.folded.bytes().all(|b| b.is_ascii_alphanumeric())
            || word.folded.bytes().all(|b| b"ivx".contains(&b)))
}

/// The country of the address, ISO 3166-1 alpha-2: named in it, else that of its first known town.
pub(crate) fn country_of(text: &str, pieces: &[Piece]) -> Option<&'static str> {
    let slice = |s: &Span| fold(&text[s.start..s.end]);
    let named = pieces.iter().rev().find_map(|p| match p {
        Piece::Country(s) => lexicon::lexicon().country(&slice(s)),
        _ => None,
    });
    named.or_else(|| {
        pieces.iter().find_map(|p| match p {
            Piece::Town(s) => town(&slice(s)).and_then(|codes| codes.get(..2)),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::block::{Block, pieces};
    use super::super::stretch::words;
    use super::*;

    fn check(block: Block, text: &str, expected: &str) {
        let words = words(text, Span::new(0, text.len()), None);
        let lines = address_lines(text, &words, &pieces(text, &words, block));
        let lines: Vec<&str> = lines.iter().map(|s| &text[s.start..s.end]).collect();
        assert_eq!(lines.join(", "), expected, "{text}");
    }

    #[test]
    fn postcodes_and_districts_belong_to_the_town() {
        check(
            Block::Letterhead,
            "Harbour Union\nc/o 17 Mill Road, London SW8 2LA\ntel. 020 7946 0018",
            "c/o 17 Mill Road, London SW8 2LA",
        );
        check(
            Block::Letterhead,
            "Landesamt für Deiche\nWeserdeich 40, 26919 Brake",
            "Weserdeich 40, 26919 Brake",
        );
        check(
            Block::Address,
            "Herrn Anton Weber\nLange Gasse 12\nWien XVIII",
            "Lange Gasse 12, Wien XVIII",
        );
        check(
            Block::Letterhead,
            "Atelier de reliure\n3 rue du Puits, 29300 Quimper",
            "3 rue du Puits, 29300 Quimper",
        );
    }

    #[test]
    fn persons_offices_and_bodies_are_no_part_of_an_address() {
        check(Block::Address, "Mr. John Hartley,\nShip Chandler,\nCardiff", "Cardiff");
        check(
            Block::Address,
            "Señor Don Juan Prieto\nPresidente del Casino\nCalle del Comercio 18 · Cádiz",
            "Calle del Comercio 18 · Cádiz",
        );
        check(Block::Address, "The Rt. Hon. the Earl of Ashby, K.C.B.,\nLeeds", "Leeds");
        check(
            Block::Address,
            "À Monsieur Brulard, directeur de la Revue, rue des Beaux-Arts, 10",
            "rue des Beaux-Arts, 10",
        );
        check(
            Block::Letterhead,
            "THE SLATERS' FEDERATION\nRegistered Office: Park Street, Cardiff",
            "Park Street, Cardiff",
        );
    }
}
