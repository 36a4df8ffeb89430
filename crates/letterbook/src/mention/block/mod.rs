//! Address, letterhead and signature as blocks: pieces between commas and line ends, each with
//! what it is.
//!
//! The order of the pieces does not matter: an address may begin with the town, an office may
//! stand on the line after the name or before it. Which piece belongs to whom, `letter` says.

mod cut;
mod office;
mod place;
mod row;
mod segment;
#[cfg(test)]
mod tests;
mod way;

pub(crate) use cut::is_dashed;
pub(crate) use office::{deputy_line, names_street, office_line, principal_line};
pub(crate) use place::{is_town, town_in};

use self::cut::{
    breaks_body, breaks_signer, enumeration_ends, firm_goes_on, goes_on, is_broken, is_dashed_town,
    is_label, join_lines, join_parted, parts_signers,
};
use self::row::{body_of_office, is_born, lists_officers, officer_at, row_of_names, says_no_more};
use self::segment::segment;
use self::way::{is_house, trade_ends, way_ends};
use super::lexicon::Classes;
use super::name::{Name, lone_family, name_at};
use super::stretch::{Word, span_of};
use crate::span::Span;

/// What kind of block is read: it settles what an unknown capitalised word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    /// To whom the letter goes: a person first, then places.
    Address,
    /// Print or stamp: a body or a person, then places.
    Letterhead,
    /// Those who sign: persons.
    Signature,
}

/// A piece of a block.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// A person.
    Person(Name),
    /// An office or trade.
    Role(Span),
    /// A body.
    Body(Span),
    /// For whom somebody signs, without the words that say so.
    Principal(Span),
    /// A street or house with its number.
    Street(Span),
    /// A town, without the words before it.
    Town(Span),
    /// A country or a part of one.
    Country(Span),
}

/// The pieces of a block, in the order of the page.
pub(crate) fn pieces(text: &str, words: &[Word], block: Block) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    let whole = join_parted(text, words);
    let words = whole.as_deref().unwrap_or(words);
    let joined = match block {
        Block::Address => join_lines(words, is_broken),
        Block::Signature => join_lines(words, breaks_signer),
        Block::Letterhead => join_lines(words, breaks_body),
    };
    let words = joined.as_deref().unwrap_or(words);
    let officers = block == Block::Letterhead && lists_officers(words);
    let is_parted = |at: usize| match block {
        Block::Signature => parts_signers(text, words, at),
        Block::Address => {
            is_dashed_town(text, words, at)
                || is_house(text, &words[at..])
                || way_ends(text, words, at).is_some()
        }
        Block::Letterhead => is_dashed_town(text, words, at),
    };
    while at < words.len() {
        if is_label(words, at, block) {
            // contacts are read by themselves; they end the line
            at += 1;
            while words.get(at).is_some_and(|w| w.gap.lines == 0) {
                at += 1;
            }
            continue;
        }
        if block == Block::Address
            && let Some(behind) = way_ends(text, words, at)
        {
            at = behind;
            continue;
        }
        let mut end = at + 1;
        while words.get(end).is_some_and(|w| !w.gap.comma && w.gap.lines == 0)
            && !is_label(words, end, block)
            && !is_parted(end)
        {
            end += 1;
        }
        // "Petersen, Lund & Co.": a comma inside the name of a firm
        if let Some(close) = firm_goes_on(words, at, end) {
            end = close;
        } else if let Some(close) = enumeration_ends(words, at, end) {
            end = close;
        }
        // "Peter Bergen, Treasurer" in a list of officers, though Bergen is a town
        if officers && let Some(name) = officer_at(words, at) {
            at = name.words.1;
            out.push(Piece::Person(name));
            continue;
        }
        // "Esq.", "Jr.", "K.G.", "geb. Weber" behind a name
        if let Some(Piece::Person(name)) = out.last_mut()
            && (says_no_more(&words[at..end], block) || is_born(&words[at..end]))
        {
            let is_of_name = !words[at].is(Classes::HONOUR) || words[at].is(Classes::POSTNOMINAL);
            if is_of_name && words[at].gap.lines == 0 && !words[at].is_letter() {
                name.span = name.span.cover(span_of(&words[at..end]));
            }
            at = end;
            continue;
        }
        // "Ziegler. Brandt. Meinicke." for a board
        if block == Block::Signature
            && let Some(names) = row_of_names(&words[at..end])
        {
            out.extend(names.into_iter().map(Piece::Person));
            at = end;
            continue;
        }
        // "Durand. — Petit.": a family name that is a town's or a common word as well
        if block == Block::Signature
            && matches!(out.last(), Some(Piece::Person(_)))
            && is_dashed(text, words, at)
            && let Some(name) = name_at(&words[at..end], 0).or_else(|| lone_family(&words[at..end]))
            && name.words == (0, end - at)
            && name.full > 0
        {
            out.push(Piece::Person(name));
            at = end;
            continue;
        }
        // a line that ends in a small word goes on: "Secretary of / the Navy", "Mitglied des"
        while end < words.len()
            && !words[end].gap.comma
            && words[end].gap.lines == 1
            && !(block == Block::Address
                && (way_ends(text, words, end).is_some() || is_house(text, &words[end..])))
            && goes_on(text, words, at, end)
        {
            end += 1;
            while words.get(end).is_some_and(|w| !w.gap.comma && w.gap.lines == 0)
                && !is_label(words, end, block)
            {
                end += 1;
            }
        }
        // "To / Messrs. Petersen, Lund & Co."
        if let Some(close) = firm_goes_on(words, at, end) {
            end = close;
        }
        if block == Block::Address && is_house(text, &words[at..end]) {
            out.push(Piece::Street(span_of(&words[at..end])));
            at = trade_ends(words, end);
            continue;
        }
        if let Some(body) = body_of_office(text, &words[at..end], block, &out) {
            out.push(Piece::Body(body));
        } else {
            segment(text, &words[at..end], block, &mut out);
        }
        // "chez Rusk, libraire"
        let is_host = block == Block::Address && words[at].is(Classes::CARE);
        at = if is_host { trade_ends(words, end) } else { end };
    }
    out
}
