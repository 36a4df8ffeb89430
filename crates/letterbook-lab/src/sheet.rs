//! A letter in parts, each with the labels it may have: what training learns from and what
//! augmentation changes.

use letterbook::record::ZoneLabel;
use letterbook::zone::{AFTER, BODY, LABELS};

use crate::gold::Letter;

/// The labels in the order of their bits in a [`Part`].
pub(crate) const ALL: [ZoneLabel; 11] = [
    ZoneLabel::Letterhead,
    ZoneLabel::Dateline,
    ZoneLabel::Address,
    ZoneLabel::Salutation,
    ZoneLabel::Body,
    ZoneLabel::Close,
    ZoneLabel::Signature,
    ZoneLabel::Postscript,
    ZoneLabel::Enclosure,
    ZoneLabel::NoteOfReceipt,
    ZoneLabel::Other,
];

/// The set that holds `label` alone.
pub(crate) fn only(label: ZoneLabel) -> u16 {
    1 << ALL.iter().position(|&l| l == label).unwrap_or(4)
}

/// A stretch of the letter with the white space before it.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) space: String,
    pub(crate) text: String,
    /// The labels that this stretch may have.
    pub(crate) labels: u16,
}

impl Part {
    /// Whether the part is known to be `label`.
    pub(crate) fn is(&self, label: ZoneLabel) -> bool {
        self.labels == only(label)
    }
}

/// The letter in parts.
///
/// What an edition marks throughout is known; what it marks otherwise is taken where it stands; what
/// it does not mark may be anything that it does not mark.
pub(crate) fn parts(letter: &Letter) -> Vec<Part> {
    let known: u16 = letter.scored.iter().map(|&l| only(l)).fold(0, |a, b| a | b);
    let everything = (1 << ALL.len()) - 1;
    let open = everything & !known | only(ZoneLabel::Other);
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    let mut put = |parts: &mut Vec<Part>, start: usize, end: usize, labels: u16| {
        let whole = &letter.text[at..end];
        let inner = &letter.text[start.max(at)..end];
        let text = inner.trim();
        if text.is_empty() {
            return;
        }
        at = end;
        let space = &whole[..whole.len() - inner.trim_start().len()];
        parts.push(Part { space: space.to_owned(), text: text.to_owned(), labels });
    };
    let mut last = 0;
    for (i, zone) in letter.zones.iter().enumerate() {
        if zone.span.start > last {
            put(&mut parts, last, zone.span.start, open);
        }
        last = zone.span.end.max(last);
        let beside_signature = [i.wrapping_sub(1), i + 1]
            .iter()
            .any(|&j| letter.zones.get(j).is_some_and(|z| z.label == ZoneLabel::Signature));
        let is_known = known & only(zone.label) != 0;
        match zone.label {
            ZoneLabel::Body if !is_known => {
                for (start, end, labels) in split(letter, zone.span.start, zone.span.end, known) {
                    put(&mut parts, start, end, labels);
                }
            }
            // an office under the name, which some editions leave out of the signature
            ZoneLabel::Other if !is_known && beside_signature => {
                let labels = only(ZoneLabel::Other) | only(ZoneLabel::Signature);
                put(&mut parts, zone.span.start, zone.span.end, labels);
            }
            label => put(&mut parts, zone.span.start, zone.span.end, only(label)),
        }
    }
    if last < letter.text.len() {
        put(&mut parts, last, letter.text.len(), open);
    }
    parts
}

/// What some editions call body again after the last signature may as well be a postscript: it is
/// one where no other close or signature follows.
pub(crate) fn open_afterthought(parts: &mut [Part]) {
    let ends = |p: &Part| p.is(ZoneLabel::Signature) || p.is(ZoneLabel::Close);
    let Some(last) = parts.iter().rposition(ends) else { return };
    if parts[..last].iter().any(|p| p.is(ZoneLabel::Body)) {
        for part in parts[last + 1..].iter_mut().filter(|p| p.is(ZoneLabel::Body)) {
            part.labels |= only(ZoneLabel::Postscript);
        }
    }
}

/// How many words of an unmarked body may be its salutation.
const OPENING: usize = 10;
/// How many words of an unmarked body may be what ends a letter.
const ENDING: usize = 40;

/// A body whose salutation and close the edition does not mark.
///
/// Where typography tells them they are taken; elsewhere only the first and the last words may be
/// anything but body. Without that fence the lattice drifts: it learns to call the running text of
/// such an edition a postscript or whatever else the edition leaves open.
fn split(letter: &Letter, start: usize, end: usize, known: u16) -> Vec<(usize, usize, u16)> {
    let body = only(ZoneLabel::Body);
    let told: Vec<_> =
        letter.silver.iter().filter(|z| z.span.start >= start && z.span.end <= end).collect();
    let has = |label| told.iter().any(|z| z.label == label);
    let mut opening = only(ZoneLabel::Salutation) & !known;
    let mut ending = (only(ZoneLabel::Close) | only(ZoneLabel::Signature)) & !known;
    // one that leaves the signature open as well leaves all that follows it open
    if ending & only(ZoneLabel::Signature) != 0 {
        ending |= (only(ZoneLabel::Postscript) | only(ZoneLabel::Enclosure)) & !known;
    }
    if has(ZoneLabel::Salutation) {
        opening = 0;
    }
    if has(ZoneLabel::Close) {
        ending = 0;
    }
    let words: Vec<usize> = letter.text[start..end]
        .split_whitespace()
        .map(|w| w.as_ptr() as usize - letter.text.as_ptr() as usize)
        .collect();
    let head = words.get(OPENING.min(words.len() / 2)).copied().unwrap_or(start);
    let tail = words.get(words.len().saturating_sub(ENDING).max(OPENING.min(words.len() / 2)));
    let tail = tail.copied().unwrap_or(end);
    let mut out = Vec::new();
    let mut open = |from: usize, to: usize| {
        for (a, b, labels) in
            [(start, head, body | opening), (head, tail, body), (tail, end, body | ending)]
        {
            let (a, b) = (a.max(from), b.min(to));
            if a < b {
                out.push((a, b, labels));
            }
        }
    };
    let mut at = start;
    for zone in &told {
        open(at, zone.span.start);
        at = zone.span.end;
    }
    open(at, end);
    out.extend(told.iter().map(|z| (z.span.start, z.span.end, only(z.label))));
    out.sort_unstable();
    out
}

/// Where sentences of `text` end, the last aside.
pub(crate) fn sentence_ends(text: &str) -> Vec<usize> {
    let ends = text.match_indices(['.', '!', '?']).map(|(i, s)| i + s.len());
    ends.filter(|&i| text[i..].starts_with([' ', '\n'])).collect()
}

/// The text of the parts, and for each byte the set of states that it may have.
pub(crate) fn lay_out(parts: &[Part]) -> (String, Vec<u16>) {
    let (mut text, mut states) = (String::new(), Vec::new());
    let text_of = only(ZoneLabel::Body);
    let body = parts
        .iter()
        .position(|p| p.labels & text_of != 0 && p.labels & only(ZoneLabel::Letterhead) == 0);
    for (i, part) in parts.iter().enumerate() {
        text.push_str(&part.space);
        states.resize(text.len(), 0);
        text.push_str(&part.text);
        let side = match body {
            None => Side::Either,
            Some(b) if i < b => Side::Before,
            Some(_) => Side::After,
        };
        states.resize(text.len(), allowed(part.labels, side));
    }
    (text, states)
}

enum Side {
    Before,
    After,
    Either,
}

/// The states whose label is in `labels`, on that side of the body.
fn allowed(labels: u16, side: Side) -> u16 {
    let mut states = 0u16;
    for (s, &label) in LABELS.iter().enumerate() {
        if labels & only(label) == 0 {
            continue;
        }
        // labels with one state only keep it wherever they stand
        let twins = LABELS.iter().filter(|&&l| l == label).count() > 1;
        let fits = match side {
            Side::Before => s < AFTER,
            Side::After => s >= AFTER || s == BODY,
            Side::Either => true,
        };
        if fits || !twins {
            states |= 1 << s;
        }
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;
    use ZoneLabel::{Body, Close, Postscript, Signature};

    fn opened(labels: &[ZoneLabel]) -> Vec<u16> {
        let part =
            |&l: &ZoneLabel| Part { space: "\n".into(), text: "words".into(), labels: only(l) };
        let mut parts: Vec<Part> = labels.iter().map(part).collect();
        open_afterthought(&mut parts);
        parts.iter().map(|p| p.labels).collect()
    }

    #[test]
    fn body_after_the_last_signature_may_be_a_postscript() {
        let all = opened(&[Body, Close, Signature, Body]);
        assert_eq!(all[0], only(Body));
        assert_eq!(all[3], only(Body) | only(Postscript));
    }

    #[test]
    fn body_between_two_signatures_stays_body() {
        assert_eq!(opened(&[Body, Signature, Body, Signature])[2], only(Body));
    }

    #[test]
    fn body_under_a_signature_with_none_above_stays_body() {
        assert_eq!(opened(&[Signature, Body])[1], only(Body));
    }
}
