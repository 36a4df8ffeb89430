//! What stands below the signature: postscripts and enclosures.

use super::{Zone, join_equal};
use crate::record::ZoneLabel;

/// Lets a postscript below the signature or the close go on to where something other than body
/// begins: the words of a long one look like body, and nobody takes up the letter again below it.
pub(super) fn join_afterthought(zones: &mut Vec<Zone>) {
    let mut is_signed = false;
    for i in 1..zones.len() {
        is_signed |= matches!(zones[i - 1].label, ZoneLabel::Signature | ZoneLabel::Close);
        let follows = zones[i - 1].label == ZoneLabel::Postscript;
        if is_signed && follows && zones[i].label == ZoneLabel::Body {
            zones[i].label = ZoneLabel::Postscript;
        }
    }
    join_equal(zones);
}

/// Lets a label of enclosures that ends in a colon have the list that stands below it: a list of
/// papers looks like an address or an afterthought.
pub(in crate::zone) fn join_announced(text: &str, zones: &mut Vec<Zone>) {
    zones.dedup_by(|next, label| {
        let announced = label.label == ZoneLabel::Enclosure
            && text[label.span.start..label.span.end].ends_with(':')
            && matches!(next.label, ZoneLabel::Address | ZoneLabel::Postscript | ZoneLabel::Other)
            && text[label.span.end..next.span.start].matches('\n').count() <= 2;
        if announced {
            label.span.end = next.span.end;
        }
        announced
    });
}
