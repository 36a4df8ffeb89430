//! Where zones begin and end, against those of the edition: by characters and by exact spans.

use letterbook::record::ZoneLabel;

use super::figures::{Counts, Ordered};
use super::words::is_space;
use crate::gold::{Letter, Zone};

/// Character counts by label (`close+signature` too) and exact spans by label.
#[derive(Debug, Clone, Default)]
pub(crate) struct ZoneScore {
    pub(crate) characters: Ordered<Counts>,
    pub(crate) spans: Ordered<Counts>,
}

impl ZoneScore {
    /// Counts one letter.
    pub(crate) fn add(&mut self, gold: &Letter, read: &[Zone]) {
        let text = gold.text.as_str();
        for &label in &gold.scored {
            let mut right = mask(text, &gold.zones, &[label]);
            let got = mask(text, read, &[label]);
            if label == ZoneLabel::Dateline {
                // an edition without letterhead or address marks them as dateline
                let unmarked: Vec<ZoneLabel> = [ZoneLabel::Letterhead, ZoneLabel::Address]
                    .into_iter()
                    .filter(|l| !gold.scored.contains(l))
                    .collect();
                let elsewhere = mask(text, read, &unmarked);
                right.iter_mut().zip(elsewhere).for_each(|(r, e)| *r &= !e);
            }
            count(self.characters.entry(label.name()), text, &right, &got);
            let (a, b) = (trimmed(text, &gold.zones, label), trimmed(text, read, label));
            let both = a.iter().filter(|z| b.contains(z)).count();
            let spans = self.spans.entry(label.name());
            spans.add(both, b.len() - both, a.len() - both);
        }
        let joint = [ZoneLabel::Close, ZoneLabel::Signature];
        if joint.iter().all(|l| gold.scored.contains(l)) {
            let (a, b) = (mask(text, &gold.zones, &joint), mask(text, read, &joint));
            count(self.characters.entry("close+signature"), text, &a, &b);
        }
    }

    /// The F1 of `label` by characters, if it was scored anywhere.
    pub(crate) fn f1(&self, label: &str) -> Option<f64> {
        self.characters.get(label).map(|c| 100.0 * c.f1())
    }
}

fn mask(text: &str, zones: &[Zone], labels: &[ZoneLabel]) -> Vec<bool> {
    let mut out = vec![false; text.len()];
    for zone in zones.iter().filter(|z| labels.contains(&z.label)) {
        out[zone.span.start..zone.span.end].fill(true);
    }
    out
}

fn count(counts: &mut Counts, text: &str, gold: &[bool], read: &[bool]) {
    for (i, c) in text.char_indices() {
        if !is_space(c) {
            match (gold[i], read[i]) {
                (true, true) => counts.right += 1,
                (false, true) => counts.wrong += 1,
                (true, false) => counts.missed += 1,
                (false, false) => {}
            }
        }
    }
}

/// Distinct spans of `label`, without white space at either end and without `,.;:` at the end.
fn trimmed(text: &str, zones: &[Zone], label: ZoneLabel) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = zones
        .iter()
        .filter(|z| z.label == label)
        .map(|z| {
            let inner = &text[z.span.start..z.span.end];
            let start = z.span.end - inner.trim_start_matches(is_space).len();
            let kept = inner
                .trim_start_matches(is_space)
                .trim_end_matches(|c: char| is_space(c) || ",.;:".contains(c));
            (start, start + kept.len())
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
