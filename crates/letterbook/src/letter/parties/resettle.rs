//! Lines of a foot that the zones give to an address and that belong to whoever signs.
//!
//! An office below a name looks like the office of an address, and a name below a close like the
//! name of one. The zones of the record stay as they are; only who is who is read by these.

use super::super::blocks::is_addressed;
use super::zone_words;
use crate::mention::block::{Block, Piece, pieces};
use crate::mention::lexicon::Classes;
use crate::record::ZoneLabel;
use crate::span::{Span, Text};
use crate::zone::Zone;

/// The zones, with each address at the foot that is none as a signature.
pub(super) fn resettle(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Vec<Zone> {
    let mut out = zones.to_vec();
    let body = zones.iter().position(|z| z.label == ZoneLabel::Body).unwrap_or(0);
    let signed = zones[body..].iter().any(|z| z.label == ZoneLabel::Signature);
    let headed = zones[..body].iter().any(|z| z.label == ZoneLabel::Address);
    for at in body + 1..zones.len() {
        if zones[at].label != ZoneLabel::Address {
            continue;
        }
        let above = zones[at - 1].label;
        let words = zone_words(text, zones[at], language);
        let pieces = pieces(text.as_str(), &words, Block::Address);
        let person = pieces.iter().any(|p| matches!(p, Piece::Person(_)));
        // "Hon. Secretary, Reading Circle" below the name
        let office = above == ZoneLabel::Signature
            && !person
            && matches!(pieces.first(), Some(Piece::Role(_)))
            && (!words[0].is(Classes::TO.or(Classes::TITLE).or(Classes::DATIVE))
                || words[0].phrase.any(Classes::ROLE))
            // "The Secretary of the Society", set apart, is whom it goes to
            && !(is_set_apart(text, zones, at) && is_addressed(text.as_str(), &words));
        // a name without title or address, where nobody else signs; or whatever stands there where
        // the address is at the head
        let name = above == ZoneLabel::Close && !signed && (headed || is_signer(&pieces));
        // "for Alder & Sons Ltd." between close and name
        let below = zones.get(at + 1).map(|z| z.label);
        let principal = above == ZoneLabel::Close
            && below == Some(ZoneLabel::Signature)
            && words[0].is(Classes::FOR.or(Classes::BEHALF));
        if office || name || principal {
            out[at].label = ZoneLabel::Signature;
        }
    }
    out
}

/// Whether a blank line stands above zone number `at`, which is not the first.
fn is_set_apart(text: &Text<'_>, zones: &[Zone], at: usize) -> bool {
    let between = Span::new(zones[at - 1].span.end, zones[at].span.start);
    text.slice(between).matches('\n').count() > 1
}

/// Whether the block is a name with an office, and nothing says where it is.
fn is_signer(pieces: &[Piece]) -> bool {
    let bare = matches!(pieces.first(), Some(Piece::Person(name)) if name.title.is_none());
    let office = pieces.iter().any(|p| matches!(p, Piece::Role(_)));
    let placed =
        pieces.iter().any(|p| matches!(p, Piece::Street(_) | Piece::Town(_) | Piece::Country(_)));
    bare && office && !placed
}
