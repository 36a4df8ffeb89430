//! What no writer parts, joined again, and what none joins, parted.
//!
//! The chain of states sees a few words at a time; these rules see whole blocks and what stands on
//! either side. Each changes labels and borders that the form of a letter rules out, a kind of fault
//! each, and leaves the rest. Knows no words but by their classes, and reads no values.

pub(super) mod foot;
mod head;
mod leave;

use super::Zone;
use super::page::Page;
use crate::record::ZoneLabel;
use crate::token::is_telegraph_stop;

/// Whether a zone of the label ends the letter proper.
fn ends_letter(label: ZoneLabel) -> bool {
    matches!(label, ZoneLabel::Close | ZoneLabel::Signature)
}

/// Whether the zone stops within a sentence.
fn is_open(text: &str, zone: Zone) -> bool {
    !text[..zone.span.end].ends_with(['.', '!', '?', '。', '！', '？'])
}

/// Mends the zones of a page, in the order of the text and not overlapping.
pub(super) fn mend(page: &Page, text: &str, zones: &mut Vec<Zone>) {
    read_telegram(page, text, zones);
    leave::join_paragraph(page, zones);
    head::join_greeting(page, text, zones);
    head::greet_initials(text, zones);
    head::join_sentence(page, text, zones);
    head::part_columns(text, zones);
    head::join_year(text, zones);
    head::join_receipt(page, text, zones);
    head::part_day(page, text, zones);
    leave::join_leave(page, text, zones);
    leave::join_vocative(text, zones);
    leave::part_news(page, zones);
    leave::part_leave(page, zones);
    leave::join_begun(page, zones);
    foot::join_afterthought(page, zones);
    foot::part_bracket(text, zones);
}

/// Gives a telegram its body, where none was found: what has full stops spelt out is its text.
fn read_telegram(page: &Page, text: &str, zones: &mut [Zone]) {
    if zones.iter().any(|z| z.label == ZoneLabel::Body) {
        return;
    }
    let stops = |zone: &Zone| {
        let mut tokens = page.token_at(zone.span.start)..page.token_at(zone.span.end);
        tokens.any(|at| is_telegraph_stop(page.tokens, at, text))
    };
    for zone in zones.iter_mut().filter(|z| stops(z)) {
        zone.label = ZoneLabel::Body;
    }
}

/// Makes one of neighbours of one label, as sure as the less sure of them.
fn join_equal(zones: &mut Vec<Zone>) {
    zones.dedup_by(|next, zone| {
        let joins = next.label == zone.label;
        if joins {
            zone.span.end = next.span.end;
            zone.confidence = zone.confidence.min(next.confidence);
        }
        joins
    });
}

#[cfg(test)]
mod tests;
