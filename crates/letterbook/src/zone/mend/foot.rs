//! What stands below the signature: postscripts and enclosures.

use super::super::page::Page;
use super::{Zone, ends_letter, join_equal};
use crate::record::ZoneLabel;

/// Lets a postscript below the signature or the close go on to where something other than body
/// begins: the words of a long one look like body, and nobody takes up the letter again below it. What
/// stands above the first close or signature, and has no mark, is no postscript.
pub(super) fn join_afterthought(page: &Page, zones: &mut Vec<Zone>) {
    let mut is_signed = false;
    for i in 1..zones.len() {
        is_signed |= ends_letter(zones[i - 1].label);
        let follows = zones[i - 1].label == ZoneLabel::Postscript;
        if !is_signed
            && (zones[i - 1].label, zones[i].label) == (ZoneLabel::Body, ZoneLabel::Postscript)
            && zones.get(i + 1).is_some_and(|z| ends_letter(z.label))
            && !page.adds_at(zones[i].span.start)
        {
            zones[i].label = ZoneLabel::Body;
        }
        if is_signed && follows && zones[i].label == ZoneLabel::Body {
            zones[i].label = ZoneLabel::Postscript;
        }
    }
    join_equal(zones);
}

/// Lets a label of enclosures that ends in a colon have the list that stands below it: a list of
/// papers looks like an address or an afterthought; one below the signature and a full stop like another
/// signature.
pub(in crate::zone) fn join_announced(text: &str, zones: &mut Vec<Zone>) {
    let signed = zones.iter().find(|z| z.label == ZoneLabel::Signature).map(|z| z.span.start);
    zones.dedup_by(|next, label| {
        let said = &text[label.span.start..label.span.end];
        let is_list = match next.label {
            ZoneLabel::Address | ZoneLabel::Postscript | ZoneLabel::Other => said.ends_with(':'),
            ZoneLabel::Signature => {
                said.ends_with([':', '.']) && signed.is_some_and(|at| at < label.span.start)
            }
            _ => false,
        };
        let announced = label.label == ZoneLabel::Enclosure
            && is_list
            && text[label.span.end..next.span.start].matches('\n').count() <= 2;
        if announced {
            label.span.end = next.span.end;
        }
        announced
    });
}

/// Gives the bracket that a zone ends with to the next, where it opens.
pub(super) fn part_bracket(text: &str, zones: &mut Vec<Zone>) {
    for i in 1..zones.len() {
        let span = zones[i - 1].span;
        let said = &text[span.start..span.end];
        if let Some(before) = said.strip_suffix(['[', '(']) {
            zones[i].span.start = span.start + before.len();
            zones[i - 1].span.end = span.start + before.trim_end().len();
        }
    }
    zones.retain(|z| !z.span.is_empty());
}
