//! Scores readings against gold letters: the figures of `../shared/score/score.py`.

use std::collections::BTreeMap;

use letterbook::record::ZoneLabel;

use crate::gold::{Letter, Zone};

/// Counts of right, false and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

impl Counts {
    /// Precision, recall and their harmonic mean; 0 where there is nothing to divide by.
    pub(crate) fn figures(self) -> (f64, f64, f64) {
        let share = |of: usize| if of == 0 { 0.0 } else { self.right as f64 / of as f64 };
        let (p, r) = (share(self.right + self.wrong), share(self.right + self.missed));
        (p, r, if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) })
    }

    fn add(&mut self, right: usize, wrong: usize, missed: usize) {
        self.right += right;
        self.wrong += wrong;
        self.missed += missed;
    }
}

/// Character counts by label (`close+signature` too) and exact spans by label.
#[derive(Debug, Clone, Default)]
pub(crate) struct ZoneScore {
    pub(crate) characters: BTreeMap<String, Counts>,
    pub(crate) spans: BTreeMap<String, Counts>,
}

/// A label's name in the record.
pub(crate) fn name(label: ZoneLabel) -> String {
    serde_json::to_value(label).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
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
            count(self.characters.entry(name(label)).or_default(), text, &right, &got);
            let (a, b) = (trimmed(text, &gold.zones, label), trimmed(text, read, label));
            let both = a.iter().filter(|z| b.contains(z)).count();
            let spans = self.spans.entry(name(label)).or_default();
            spans.add(both, b.len() - both, a.len() - both);
        }
        let joint = [ZoneLabel::Close, ZoneLabel::Signature];
        if joint.iter().all(|l| gold.scored.contains(l)) {
            let (a, b) = (mask(text, &gold.zones, &joint), mask(text, read, &joint));
            count(self.characters.entry("close+signature".into()).or_default(), text, &a, &b);
        }
    }

    /// The F1 of `label` by characters, if it was scored anywhere.
    pub(crate) fn f1(&self, label: &str) -> Option<f64> {
        self.characters.get(label).map(|c| 100.0 * c.figures().2)
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
        if !c.is_whitespace() {
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
            let start = z.span.end - inner.trim_start().len();
            let kept = inner
                .trim_start()
                .trim_end_matches(|c: char| c.is_whitespace() || ",.;:".contains(c));
            (start, start + kept.len())
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
