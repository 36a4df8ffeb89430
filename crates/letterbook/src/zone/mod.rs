//! The anatomy of a letter: text in, labelled stretches out.
//!
//! Owns where each zone begins and ends; knows nothing of the values in it (`mention` reads
//! those). Labels are those of letter-writing manuals and TEI, see
//! [`ZoneLabel`]. A token-level conditional random field reads the ends of the letter (openings run
//! into the first paragraph, signatures share a line with the close), with the weights in
//! `models/zones.bin`; the card beside them says what they were trained on and how they score. The
//! labeller does not look at the letter's language.

pub(crate) mod marked;
pub mod page;

pub use marked::Markup;

use std::sync::LazyLock;

use crate::model::{Lattice, Model, Row, STATES};
use crate::record::ZoneLabel;
use crate::span::{Span, Text};
use page::Page;

/// A stretch of the letter and what it is, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zone {
    /// What the stretch is.
    pub label: ZoneLabel,
    /// Where it stands, without white space at either end; never empty.
    pub span: Span,
    /// In `0.0..=1.0`: how sure the label is.
    pub confidence: f32,
}

/// The zones of `label`, in the order of the text.
pub fn of(zones: &[Zone], label: ZoneLabel) -> impl Iterator<Item = Zone> + '_ {
    zones.iter().copied().filter(move |z| z.label == label)
}

/// The state that stands for the body; there is no other such state.
pub const BODY: usize = 0;
/// States below this one, the body aside, stand before the body; the others after it.
pub const AFTER: usize = 7;

/// What each state of the lattice means. Labels that stand on either side of the body have a state
/// on each, because a date below the signature does not look like one above the salutation.
pub const LABELS: [ZoneLabel; STATES] = [
    ZoneLabel::Body,
    ZoneLabel::Letterhead,
    ZoneLabel::Dateline,
    ZoneLabel::Address,
    ZoneLabel::Salutation,
    ZoneLabel::Other,
    ZoneLabel::NoteOfReceipt,
    ZoneLabel::Dateline,
    ZoneLabel::Address,
    ZoneLabel::Other,
    ZoneLabel::NoteOfReceipt,
    ZoneLabel::Enclosure,
    ZoneLabel::Close,
    ZoneLabel::Signature,
    ZoneLabel::Postscript,
    ZoneLabel::Letterhead,
];

static MODEL: LazyLock<Model<'static>> = LazyLock::new(|| {
    Model::parse(include_bytes!("../../models/zones.bin"))
        .unwrap_or_else(|e| panic!("the weights in this program are damaged: {e}"))
});

/// The weights that ship with the crate.
///
/// # Panics
///
/// When the crate was built with damaged weights, which a test rules out.
pub fn model() -> &'static Model<'static> {
    &MODEL
}

/// The zones of a letter, in order, not overlapping, none of them empty.
///
/// ```
/// use letterbook::{record::ZoneLabel, span::Text, zone::{of, read_zones}};
/// let letter = "Leeds, 4 May 1871\n\nDear Sir,\n\nThe two parcels came this morning, and I have \
///               put them in the dry store.\n\nYours faithfully,\nJ. Marsh\n";
/// let text = Text::new(letter);
/// let zones = read_zones(&text);
/// let greeting = of(&zones, ZoneLabel::Salutation).next().expect("a salutation");
/// assert_eq!(text.slice(greeting.span), "Dear Sir,");
/// assert!(read_zones(&Text::new(" \n")).is_empty());
/// ```
pub fn read_zones(text: &Text) -> Vec<Zone> {
    read_zones_with(model(), text)
}

/// The zones of a letter by the weights given.
pub fn read_zones_with(model: &Model, text: &Text) -> Vec<Zone> {
    let text = text.as_str();
    let page = Page::new(text);
    if page.tokens.is_empty() {
        return Vec::new();
    }
    let mut lattice = Lattice::default();
    lattice.boundary.extend_from_slice(&page.boundary);
    weigh(model, &page, text, &mut lattice.emission);
    lattice.forward_backward(model.factors(), |_, _, _| {});
    let mut path = Vec::with_capacity(page.tokens.len());
    lattice.best_path(model.factors(), &mut path);
    gather(model, &page, &path, &lattice.marginal)
}

/// The factor of each state at each token.
fn weigh(model: &Model, page: &Page, text: &str, emission: &mut Vec<Row>) {
    let mut features: Vec<u64> = Vec::with_capacity(256);
    let sum_of = |features: &mut Vec<u64>, base: [i16; STATES]| {
        let mut sum = base;
        features.iter().for_each(|&f| model.add(f, &mut sum));
        features.clear();
        sum
    };
    let zero = [0i16; STATES];
    let lines: Vec<_> = (0..page.lines())
        .map(|i| {
            page.line_features(i, &mut features);
            sum_of(&mut features, zero)
        })
        .collect();
    let sentences: Vec<_> = (0..page.sentences())
        .map(|i| {
            page.sentence_features(i, &mut features);
            sum_of(&mut features, zero)
        })
        .collect();
    for (i, phrase) in page.phrases.iter().enumerate() {
        page.phrase_features(i, &mut features);
        let mut base = lines[phrase.line];
        for (b, s) in base.iter_mut().zip(&sentences[phrase.sentence]) {
            *b += s;
        }
        let base = sum_of(&mut features, base);
        for t in phrase.tokens.clone() {
            page.token_features(t, i, &mut features);
            page.affix_features(t, text, &mut features);
            emission.push(factors(sum_of(&mut features, base), model.scale()));
        }
    }
}

/// `exp` of the scores, the largest of them taken as 1.
fn factors(steps: [i16; STATES], scale: f32) -> Row {
    let most = steps.iter().copied().max().unwrap_or(0);
    steps.map(|s| (f32::from(s.saturating_sub(most)) * scale).max(-60.0).exp())
}

/// Joins tokens of one label into zones.
fn gather(model: &Model, page: &Page, path: &[u8], marginal: &[Row]) -> Vec<Zone> {
    /// A zone with the sum of its tokens' probabilities and their number.
    struct Open {
        label: ZoneLabel,
        span: Span,
        sum: f32,
        tokens: f32,
    }
    let mut zones: Vec<Open> = Vec::new();
    let mut push = |label: ZoneLabel, span: Span, probability: f32| match zones.last_mut() {
        Some(last) if last.label == label => {
            last.span.end = span.end;
            last.sum += probability;
            last.tokens += 1.0;
        }
        _ => zones.push(Open { label, span, sum: probability, tokens: 1.0 }),
    };
    for (t, token) in page.tokens.iter().enumerate() {
        if page.gap == Some(t)
            && let Some(middle) = page.middle
        {
            push(ZoneLabel::Body, middle, 1.0);
        }
        let label = LABELS[usize::from(path[t])];
        let probability: f32 =
            (0..STATES).filter(|&s| LABELS[s] == label).map(|s| marginal[t][s]).sum();
        push(label, token.span, probability);
    }
    zones
        .into_iter()
        .map(|z| Zone {
            label: z.label,
            span: z.span,
            confidence: model.calibrated(z.sum / z.tokens),
        })
        .collect()
}

#[cfg(test)]
mod tests;
