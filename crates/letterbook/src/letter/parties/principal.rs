//! For whom the sender speaks, and what the initials of a body stand for.

use super::super::sure::sure;
use super::signers::above_signature;
use super::{Draft, value_of, zone_words};
use crate::mention::block::principal_line;
use crate::mention::org::{abbreviates, is_initials};
use crate::mention::principal::find_principal;
use crate::mention::stretch::SplitText;
use crate::record::{Alternative, Party, ZoneLabel};
use crate::span::Span;
use crate::zone::{Zone, of};

/// Adds for whom the sender speaks, where the signature does not say it: a line of the close
/// ("For the Secretary:"), or a sentence of the body.
pub(super) fn join_principal(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
    senders: &mut [Draft],
) {
    if senders.iter().all(|d| d.principal.is_some()) {
        return;
    }
    let in_close = of(zones, ZoneLabel::Close)
        .take(6)
        .find_map(|zone| principal_line(text.as_str(), &zone_words(text, zone, language)));
    let above = above_signature(text, zones).map(|span| text.words(span, language));
    let in_close =
        in_close.or_else(|| above.and_then(|words| principal_line(text.as_str(), &words)));
    let said = in_close
        .map(|s| (s, "close/for"))
        .or_else(|| said_in_body(text, zones, language).map(|s| (s, "body/on-behalf-of")));
    for draft in senders.iter_mut() {
        draft.principal = draft.principal.or(said);
    }
}

fn said_in_body(text: &SplitText<'_>, zones: &[Zone], language: Option<&str>) -> Option<Span> {
    of(zones, ZoneLabel::Body).take(3).find_map(|z| find_principal(text, z.span, language))
}

/// What the letter writes in full for initials: the span that they abbreviate.
fn in_full(text: &SplitText<'_>, initials: Span, candidates: &[Span]) -> Option<Span> {
    if !is_initials(text.slice(initials)) {
        return None;
    }
    candidates
        .iter()
        .copied()
        .find(|c| !c.overlaps(initials) && abbreviates(text.slice(initials), &text.words(*c, None)))
}

/// Gives every body in initials the name that the letter writes in full for them, with the
/// characters of both as evidence and the initials as another reading.
pub(in crate::letter) fn spell_out(
    text: &SplitText<'_>,
    senders: &mut [Party],
    zones: &[Zone],
    language: Option<&str>,
) {
    let mut readings: Vec<_> = senders
        .iter_mut()
        .flat_map(|p| [p.organisation.as_mut(), p.on_behalf_of.as_mut()])
        .flatten()
        .collect();
    let mut candidates: Vec<Span> =
        readings.iter().flat_map(|r| r.evidence.iter().filter_map(|e| text.locate(e))).collect();
    if !candidates.iter().any(|c| is_initials(text.slice(*c))) {
        return;
    }
    candidates.extend(said_in_body(text, zones, language));
    for reading in &mut readings {
        let Some(initials) = reading.evidence.first().and_then(|e| text.locate(e)) else {
            continue;
        };
        let Some(full) = in_full(text, initials, &candidates) else { continue };
        reading.evidence.push(text.evidence(full));
        let as_written = std::mem::replace(&mut reading.value, value_of(text.slice(full)));
        reading.alternatives.push(Alternative {
            value: as_written,
            confidence: reading.confidence,
            reason: "the initials as written".into(),
        });
        reading.confidence *= sure("initials/in-full");
    }
}
