//! The anatomy of a letter: text in, labelled stretches out.
//!
//! Owns where each zone begins and ends; knows nothing of the values in it (`mention` reads
//! those). Labels are those of letter-writing manuals and TEI, see
//! [`ZoneLabel`]. A token-level conditional random field reads the letter (openings run into the first
//! paragraph, signatures share a line with the close), with the weights in
//! `models/zones.bin`; the card beside them says what they were trained on and how they score. The
//! labeller does not look at the letter's language. Most of a letter is told to be body at a first,
//! cheap look; only the rest is read word by word.

mod few;
pub(crate) mod marked;
mod mend;
pub mod page;
mod quoted;
pub mod sketch;

pub use marked::Markup;

use std::ops::Range;
use std::sync::LazyLock;

use crate::model::{BadModel, Lattice, Model, Row, STATES, Steps};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::text::Text;
use few::Scales;
use page::Page;
use sketch::Sketch;

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
/// The state that stands for the close; there is no other such state.
const CLOSE: usize = 12;
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

/// The factors of what is body for sure.
const SETTLED: Row = {
    let mut row = [0.0; STATES];
    row[BODY] = 1.0;
    row
};

/// Bytes that begin where a line of the processor's cache begins.
#[repr(align(64))]
struct Aligned<const N: usize>([u8; N]);

static WEIGHTS: &[u8] = {
    static BYTES: Aligned<{ include_bytes!("../../models/zones.bin").len() }> =
        Aligned(*include_bytes!("../../models/zones.bin"));
    &BYTES.0
};

static MODEL: LazyLock<Model<'static>> = LazyLock::new(|| {
    parse_model(WEIGHTS).unwrap_or_else(|e| panic!("the weights in this program are damaged: {e}"))
});

/// Reads weights for the features of a page.
///
/// # Errors
///
/// Those of [`Model::parse`].
pub fn parse_model(bytes: &[u8]) -> Result<Model<'_>, BadModel> {
    Model::parse(bytes, few::laid_out())
}

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
/// use letterbook::{record::ZoneLabel, text::Text, zone::{of, read_zones}};
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
///
/// It is read twice. The first look weighs whole phrases by what is said of them, of their lines
/// and of their sentences; phrases that it has no more than a [trace of doubt](Model::doubt) are
/// body are settled, and so are those of letters that are quoted in the text. The second weighs the
/// other phrases word by word, and knows what the first made of the letter ([`Sketch`]).
pub fn read_zones_with(model: &Model, text: &Text) -> Vec<Zone> {
    let page = Page::of(text);
    let text = text.as_str();
    let mut zones = cut(model, &page, text);
    mend::mend(&page, text, &mut zones);
    zones
}

/// The zones as the chain of states cuts them: those of [`read_zones_with`] before what no writer
/// parts is joined. The curve of confidence is drawn from these, for it is their labels that are
/// doubted.
pub fn chain_zones(model: &Model, text: &Text) -> Vec<Zone> {
    cut(model, &Page::of(text), text.as_str())
}

fn cut(model: &Model, page: &Page, text: &str) -> Vec<Zone> {
    if page.tokens.is_empty() {
        return Vec::new();
    }
    let mut scales = Scales::new(model);
    let mut bases = weigh_phrases(page, &mut scales);
    let mut lattice = Lattice::default();
    first_look(model, page, &bases, &mut lattice);
    let quoted = quoted::phrases(page, text, &lattice.marginal);
    if !quoted.is_empty() {
        quoted.iter().for_each(|&i| lattice.emission[i] = SETTLED);
        lattice.forward_backward(model.factors(), |_, _, _| {});
    }
    let mut settled: Vec<bool> =
        doubts(&lattice.marginal).iter().map(|&d| d <= model.doubt()).collect();
    quoted.iter().for_each(|&i| settled[i] = true);
    let sketch = Sketch::new(page, &lattice.marginal);
    for (i, base) in bases.iter_mut().enumerate().filter(|(i, _)| !settled[*i]) {
        *base = scales.weigh(*base, |out| sketch.features(i, out));
    }
    let nodes = weigh_words(model, page, text, &bases, &settled, &mut scales, &mut lattice);
    lattice.forward_backward(model.factors(), |_, _, _| {});
    let mut path = Vec::with_capacity(nodes.len());
    lattice.best_path(model.factors(), &mut path);
    part_doubted(page, &nodes, &mut path, &lattice.marginal);
    let mut zones = gather(model, page, &nodes, &path, &lattice.marginal);
    mend::foot::join_announced(text, &mut zones);
    zones
}

/// Gives the body the sentences with which a close begins within a paragraph, while the chain
/// doubts them and the close goes on behind: "The boat is mended. I remain yours".
fn part_doubted(page: &Page, nodes: &[Range<usize>], path: &mut [u8], marginal: &[Row]) {
    /// Mean chance of a close below which a sentence that leads to the formula is news.
    const DOUBTED: f32 = 0.85;
    for i in 1..path.len() {
        let begins = usize::from(path[i - 1]) == BODY && usize::from(path[i]) == CLOSE;
        if !begins || page.starts_block(nodes[i].start) {
            continue;
        }
        let end = page.sentence_end(nodes[i].start);
        let run = path[i..].iter().take_while(|&&state| usize::from(state) == CLOSE).count();
        let within = nodes[i..i + run].partition_point(|node| node.start < end);
        let sum: f32 = marginal[i..i + within].iter().map(|row| row[CLOSE]).sum();
        if within < run && sum < DOUBTED * within as f32 {
            path[i..i + within].fill(BODY as u8);
        }
    }
}

/// How many words of a phrase count in the first look.
pub const FIRST_LOOK: usize = 6;

/// How far each phrase is from being settled by the first look alone: what [`Model::doubt`] is held
/// against.
pub fn first_looks(model: &Model, page: &Page) -> Vec<f32> {
    let bases = weigh_phrases(page, &mut Scales::new(model));
    let mut lattice = Lattice::default();
    first_look(model, page, &bases, &mut lattice);
    doubts(&lattice.marginal)
}

/// For each phrase the chance of any state but body; 1 from where the letter may have come to its
/// end, for a postscript looks like body.
fn doubts(marginal: &[Row]) -> Vec<f32> {
    /// The chance of states after the body from which on nothing is settled.
    const ENDING: f32 = 0.05;
    let mut is_ending = false;
    marginal
        .iter()
        .map(|row| {
            is_ending |= row[AFTER..].iter().sum::<f32>() >= ENDING;
            // summed, for the complement has no room for small numbers
            let others: f32 = row[1..].iter().sum();
            if is_ending { 1.0 } else { others }
        })
        .collect()
}

/// Fills the lattice with one node a phrase and reads it.
fn first_look(model: &Model, page: &Page, bases: &[Steps], lattice: &mut Lattice) {
    lattice.boundary.reserve(bases.len());
    lattice.emission.reserve(bases.len());
    for (phrase, base) in page.phrases.iter().zip(bases) {
        lattice.boundary.push(page.boundary[phrase.tokens.start]);
        lattice.emission.push(model.weighed(base, phrase.tokens.len().min(FIRST_LOOK)));
    }
    lattice.forward_backward(model.factors(), |_, _, _| {});
}

/// What is said of each phrase, its sentence, its line and the block of that.
fn weigh_phrases(page: &Page, scales: &mut Scales<'_>) -> Vec<Steps> {
    let zero: Steps = [0; STATES];
    let blocks: Vec<Steps> =
        (0..page.blocks()).map(|i| scales.weigh(zero, |out| page.block_features(i, out))).collect();
    let lines: Vec<Steps> = (0..page.lines())
        .map(|i| scales.weigh(blocks[page.block_of(i)], |out| page.line_features(i, out)))
        .collect();
    let sentences: Vec<Steps> = (0..page.sentences())
        .map(|i| scales.weigh(zero, |out| page.sentence_features(i, out)))
        .collect();
    let mut bases = Vec::with_capacity(page.phrases.len());
    for (i, phrase) in page.phrases.iter().enumerate() {
        let mut base = lines[phrase.line];
        for (b, s) in base.iter_mut().zip(&sentences[phrase.sentence]) {
            *b += s;
        }
        bases.push(scales.weigh(base, |out| page.phrase_features(i, out)));
    }
    bases
}

/// Fills the lattice with one node a word, and one for each run of settled phrases; returns what
/// tokens each node stands for.
fn weigh_words(
    model: &Model,
    page: &Page,
    text: &str,
    bases: &[Steps],
    settled: &[bool],
    scales: &mut Scales<'_>,
    lattice: &mut Lattice,
) -> Vec<Range<usize>> {
    let mut nodes: Vec<Range<usize>> = Vec::new();
    let mut was_settled = false;
    let most: usize = page
        .phrases
        .iter()
        .zip(settled)
        .map(|(phrase, &is_settled)| if is_settled { 1 } else { phrase.tokens.len() })
        .sum();
    nodes.reserve(most);
    lattice.clear();
    lattice.boundary.reserve(most);
    lattice.emission.reserve(most);
    for (i, phrase) in page.phrases.iter().enumerate() {
        if settled[i] {
            match nodes.last_mut() {
                Some(last) if was_settled => last.end = phrase.tokens.end,
                _ => {
                    lattice.boundary.push(page.boundary[phrase.tokens.start]);
                    lattice.emission.push(SETTLED);
                    nodes.push(phrase.tokens.clone());
                }
            }
        } else {
            for t in phrase.tokens.clone() {
                let sum = scales.weigh(bases[i], |out| {
                    page.token_features(t, i, out);
                    page.affix_features(t, text, out);
                });
                lattice.boundary.push(page.boundary[t]);
                lattice.emission.push(model.weighed(&sum, 1));
                nodes.push(t..t + 1);
            }
        }
        was_settled = settled[i];
    }
    nodes
}

/// The chance of `label` in a row of states.
fn chance(row: &Row, label: ZoneLabel) -> f32 {
    (0..STATES).filter(|&s| LABELS[s] == label).map(|s| row[s]).sum()
}

/// Joins nodes of one label into zones.
fn gather(
    model: &Model,
    page: &Page,
    nodes: &[Range<usize>],
    path: &[u8],
    marginal: &[Row],
) -> Vec<Zone> {
    /// A zone with the sum of its tokens' probabilities and their number.
    struct Open {
        label: ZoneLabel,
        span: Span,
        sum: f32,
        tokens: f32,
    }
    let mut zones: Vec<Open> = Vec::new();
    let mut push = |label: ZoneLabel, span: Span, probability: f32, tokens: usize| {
        let tokens = tokens as f32;
        match zones.last_mut() {
            Some(last) if last.label == label => {
                last.span.end = span.end;
                last.sum += probability * tokens;
                last.tokens += tokens;
            }
            _ => zones.push(Open { label, span, sum: probability * tokens, tokens }),
        }
    };
    for (i, node) in nodes.iter().enumerate() {
        let label = LABELS[usize::from(path[i])];
        let probability = chance(&marginal[i], label);
        let span = page.tokens[node.start].span.cover(page.tokens[node.end - 1].span);
        push(label, span, probability, node.len());
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
