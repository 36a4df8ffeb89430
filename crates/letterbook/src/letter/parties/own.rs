//! The line at head or foot in which the writer gives his own address: "Absender: Karl Weber, 3. Komp.",
//! "My address: A. Hale, 14 Mill Street".
//!
//! Such a line says who writes where nobody signs, spells out the one who signs by one of his names,
//! and is no address of the reader and no letterhead, whatever its zone.

use super::super::head::may_have_colon;
use super::Draft;
use super::same::{same_initials, share_word};
use crate::mention::label::{Label, label_length, own_address};
use crate::mention::name::{Name, name_at};
use crate::mention::stretch::{SplitText, span_of};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::zone::Zone;

/// The longest line in bytes.
const REACH: usize = 200;
/// So many lines outside the body are looked at.
const LINES: usize = 80;

/// What the line gives: a name, with the office before it, and where he is to be reached.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) line: Span,
    name: Name,
    address: Option<Span>,
}

/// The line of the writer's own address, if one names him; "Address: Mr. Hale" is the reader's.
pub(super) fn read_own(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
) -> Option<Own> {
    let is_told =
        |line: &Span| zones.iter().any(|z| z.label == ZoneLabel::Body && z.span.contains(*line));
    let has_colon = |line: &str| may_have_colon(line) && line.contains([':', '：']);
    let is_labelled = |line: &Span| line.len() <= REACH && has_colon(text.slice(*line));
    let lines = text.lines().iter().copied().filter(is_labelled).filter(|line| !is_told(line));
    lines.take(LINES).find_map(|line| {
        let words = text.words(line, language);
        let length = label_length(Label::Own, &words).filter(|_| own_address(&words) == Some(0))?;
        let named = words.get(length..).filter(|rest| rest.first().is_some_and(|w| w.gap.colon))?;
        let name = name_at(named, 0).filter(|n| n.full > 0 && n.title.is_none())?;
        let rest = &named[name.words.1..];
        let address = rest.first().filter(|w| w.gap.comma).map(|_| span_of(rest));
        Some(Own { line, name, address })
    })
}

/// Gives the one who signs by a part of the name the whole of it and the address; where nobody signs,
/// the line does.
pub(super) fn join_own(text: &SplitText<'_>, own: Own, senders: &mut Vec<Draft>) {
    let full = own.name.span;
    if senders.iter().all(|d| d.name.is_none()) {
        senders.truncate(1);
        senders.resize_with(1, Draft::default);
    }
    let is_same = |signed: Span| {
        let (signed, full) = (text.slice(signed), text.slice(full));
        share_word(signed, full) || same_initials(signed, full)
    };
    let writer = senders.iter_mut().find(|d| d.name.is_none_or(|(signed, _)| is_same(signed)));
    let Some(writer) = writer else { return };
    let signed = writer.name.map(|(signed, _)| signed);
    if signed.is_none_or(|signed| signed.len() < full.len()) {
        writer.name = Some((full, "own/name"));
        writer.signed = signed;
    }
    writer.role = writer.role.or(own.name.role.map(|office| (office, "own/role")));
    if writer.address.is_empty() {
        writer.address.extend(own.address);
    }
}
