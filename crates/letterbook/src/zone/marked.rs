//! Zones that a page's own markup names, laid over those of the model.
//!
//! An editor who marks a dateline has looked at the page, so marked zones stand as they are and the
//! model only fills what lies between. Where an edition marks a label throughout, what the model
//! calls so elsewhere becomes body. Does not read markup.

use super::Zone;
use crate::record::ZoneLabel;
use crate::span::Span;

/// What markup says of a letter's parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Markup {
    /// In the order of the text, not overlapping, none of them empty.
    pub zones: Vec<Zone>,
    /// Whether labels that are marked somewhere are marked wherever they apply.
    pub is_throughout: bool,
}

/// `zones` of the model with those of `markup` over them, in order and not overlapping.
pub(crate) fn overlay(text: &str, zones: Vec<Zone>, markup: &Markup) -> Vec<Zone> {
    let marked = markup.zones.as_slice();
    if marked.is_empty() {
        return zones;
    }
    let mut all: Vec<Zone> = Vec::with_capacity(zones.len() + marked.len());
    let mut next = 0;
    for zone in zones {
        let is_marked = markup.is_throughout && marked.iter().any(|m| m.label == zone.label);
        let label = if is_marked { ZoneLabel::Body } else { zone.label };
        let mut push = |start: usize, end: usize| {
            if start < end {
                let span = Span::new(start, end).trim(text);
                if text[span.start..span.end].chars().any(char::is_alphanumeric) {
                    all.push(Zone { label, span, ..zone });
                }
            }
        };
        let mut at = zone.span.start;
        // a mark may reach over several zones, so the last one is looked at again
        while let Some(mark) = marked.get(next).filter(|m| m.span.start < zone.span.end) {
            push(at, mark.span.start.max(at));
            at = at.max(mark.span.end);
            if mark.span.end > zone.span.end {
                break;
            }
            next += 1;
        }
        push(at, zone.span.end);
    }
    all.extend_from_slice(marked);
    all.sort_by_key(|z| z.span);
    all.dedup_by(|b, a| {
        let joins = a.label == b.label && text[a.span.end..b.span.start].trim().is_empty();
        if joins {
            a.span.end = b.span.end;
            a.confidence = a.confidence.min(b.confidence);
        }
        joins
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use ZoneLabel::{Body, Close, Dateline, Salutation, Signature};

    fn check(
        zones: &[(ZoneLabel, &str)],
        marked: &[(ZoneLabel, &str)],
        expected: &[(ZoneLabel, &str)],
    ) {
        let text = "Bath, 3 May. Sir, I am well. Yours, J.";
        let place = |list: &[(ZoneLabel, &str)]| -> Vec<Zone> {
            list.iter()
                .map(|&(label, words)| {
                    let start = text.find(words).expect("the words are in the text");
                    Zone { label, span: Span::new(start, start + words.len()), confidence: 0.5 }
                })
                .collect()
        };
        let found = {
            let markup = Markup { zones: place(marked), is_throughout: true };
            overlay(text, place(zones), &markup)
        };
        let found: Vec<_> =
            found.iter().map(|z| (z.label, &text[z.span.start..z.span.end])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_stand_and_the_model_fills_the_rest() {
        check(
            &[(Body, "Bath, 3 May. Sir, I am well."), (Signature, "Yours, J.")],
            &[(Dateline, "Bath, 3 May."), (Close, "Yours,")],
            &[
                (Dateline, "Bath, 3 May."),
                (Body, "Sir, I am well."),
                (Close, "Yours,"),
                (Signature, "J."),
            ],
        );
    }

    #[test]
    fn a_marked_label_is_taken_from_the_model_elsewhere() {
        check(
            &[(Dateline, "Bath, 3 May."), (Salutation, "Sir,"), (Body, "I am well. Yours, J.")],
            &[(Dateline, "Yours, J.")],
            &[
                (Body, "Bath, 3 May."),
                (Salutation, "Sir,"),
                (Body, "I am well."),
                (Dateline, "Yours, J."),
            ],
        );
    }

    #[test]
    fn a_mark_over_several_zones_replaces_them() {
        check(
            &[(Dateline, "Bath, 3 May."), (Salutation, "Sir,"), (Body, "I am well. Yours, J.")],
            &[(Body, "3 May. Sir, I am")],
            &[(Dateline, "Bath,"), (Body, "3 May. Sir, I am well. Yours, J.")],
        );
        check(&[(Body, "I am well.")], &[], &[(Body, "I am well.")]);
    }
}
