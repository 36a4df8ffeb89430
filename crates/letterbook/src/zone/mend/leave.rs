//! The taking of leave: where the close begins and how far it goes.

use super::super::page::Page;
use super::{Zone, ends_letter, is_open, join_equal};
use crate::record::ZoneLabel;
use crate::span::Span;

/// Bytes from which what follows a formula in its paragraph is news: of a hundred closes of the training
/// editions, none or one is longer.
const NEWS: usize = 400;

/// Lets a leave go on to the end of its paragraph, when what stands there was taken for a postscript
/// or, below a sentence that is not at its end, for more body: "Leb wohl, mein / Herz, und denk an
/// mich", and the name below.
pub(super) fn join_leave(page: &Page, text: &str, zones: &mut Vec<Zone>) {
    for i in 1..zones.len() {
        let (leave, next) = (zones[i - 1], zones[i]);
        if leave.label != ZoneLabel::Close {
            continue;
        }
        let is_signed = zones.get(i + 1).is_some_and(|z| ends_letter(z.label));
        let is_more = match next.label {
            ZoneLabel::Postscript => true,
            ZoneLabel::Body => is_signed && is_open(text, leave),
            _ => false,
        };
        if is_more && next.span.len() < NEWS && runs_on(page, text, leave.span, next.span) {
            zones[i].label = ZoneLabel::Close;
        }
    }
    join_equal(zones);
}

/// Lets a leave have the vocative that is set apart within it: "I have the honour to be, / Sir, / your
/// obedient servant". Nobody is greeted where leave has begun.
pub(super) fn join_vocative(text: &str, zones: &mut Vec<Zone>) {
    for i in 1..zones.len().saturating_sub(1) {
        let (leave, vocative, next) = (zones[i - 1], zones[i], zones[i + 1].label);
        if (leave.label, vocative.label) == (ZoneLabel::Close, ZoneLabel::Salutation)
            && ends_letter(next)
            && is_open(text, leave)
        {
            zones[i].label = ZoneLabel::Close;
        }
    }
    join_equal(zones);
}

/// Whether `next` goes on in the line of `leave`, or in the line below a full one, and is not
/// marked as an afterthought.
fn runs_on(page: &Page, text: &str, leave: Span, next: Span) -> bool {
    /// Characters of a line that was not ended on purpose.
    const FULL: usize = 20;
    let last = text[..leave.end].lines().next_back().unwrap_or("");
    let words = &text[next.start..next.end];
    let same_paragraph = match text[leave.end..next.start].matches('\n').count() {
        // where all stands in one line, the line tells nothing
        0 => text.trim_end().contains('\n'),
        1 => last.chars().count() >= FULL || words.starts_with(char::is_lowercase),
        _ => false,
    };
    same_paragraph && !page.adds_at(next.start)
}

/// Lets each close below body begin at the token that `first` finds for the spans of both, and the body
/// end before it.
fn begin_close(page: &Page, zones: &mut [Zone], first: impl Fn(Span, Span) -> Option<usize>) {
    for i in 1..zones.len() {
        let (body, close) = (zones[i - 1], zones[i]);
        if (body.label, close.label) == (ZoneLabel::Body, ZoneLabel::Close)
            && let Some(first) = first(body.span, close.span)
        {
            zones[i - 1].span.end = page.tokens[first - 1].span.end;
            zones[i].span.start = page.tokens[first].span.start;
        }
    }
}

/// Lets a close that begins within a paragraph have all of it, where the paragraph is one sentence
/// or [begins with a farewell](Page::leave_of): "Indem ich Ihrer Antwort entgegensehe, verbleibe ich
/// mit / Hochachtung" is one formula, and so is "Farewell, my dear, and write. / Your Ann".
pub(super) fn join_paragraph(page: &Page, zones: &mut [Zone]) {
    /// Bytes from which what leads to a formula is news.
    const LEADING: usize = 400;
    begin_close(page, zones, |body, close| {
        page.leave_of(body.start.max(close.start.saturating_sub(LEADING)), close.start)
    });
}

/// Gives the body the blocks that a close of several begins with, while they are
/// [news](Page::below_news): "Write soon, and give my love to the boys." above "Ever yours,". Leave
/// is taken once, and last.
pub(super) fn part_news(page: &Page, zones: &mut [Zone]) {
    begin_close(page, zones, |_, close| {
        let end = page.token_at(close.end);
        let below = |&start: &usize| page.below_news(start..end);
        std::iter::successors(below(&page.token_at(close.start)), below).last()
    });
}

/// Lets a close have the lines above it with which its formula [begins](Page::begun_above): "Je suis
/// avec le plus profond respect, / Sire, / de Votre Majesté".
pub(super) fn join_begun(page: &Page, zones: &mut [Zone]) {
    begin_close(page, zones, |body, close| page.begun_above(body.start, close.start));
}

/// Lets the body end above its last block where that [renews assurances](Page::renewal_before), if no
/// other leave is taken.
pub(super) fn part_leave(page: &Page, zones: &mut Vec<Zone>) {
    if zones.iter().any(|z| z.label == ZoneLabel::Close) {
        return;
    }
    let Some(last) = zones.iter().rposition(|z| z.label == ZoneLabel::Body) else { return };
    let body = zones[last];
    let Some(first) = page.renewal_before(body.span.start, body.span.end) else { return };
    zones[last].span.end = page.tokens[first - 1].span.end;
    let span = Span::new(page.tokens[first].span.start, body.span.end);
    zones.insert(last + 1, Zone { label: ZoneLabel::Close, span, ..body });
}
