//! The anatomy of a letter: text in, labelled stretches out.
//!
//! Owns where each zone begins and ends; knows nothing of the values in it (`mention` reads
//! those). Labels are those of letter-writing manuals and TEI, see
//! [`ZoneLabel`]. A token-level conditional random field reads the letter (openings run into the first
//! paragraph, signatures share a line with the close), with the weights in
//! `models/zones.bin`; the card beside them says what they were trained on and how they score. The
//! labeller does not look at the letter's language. Most of a letter is told to be body at a first,
//! cheap look; only the rest is read word by word.

pub(crate) mod marked;
pub mod page;
pub mod sketch;

pub use marked::Markup;

use std::ops::Range;
use std::sync::LazyLock;

use crate::model::{Lattice, Model, Row, STATES, Steps};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::tables::Classes;
use crate::text::Text;
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

/// Bytes that begin where a line of the processor's cache begins.
#[repr(align(64))]
struct Aligned<const N: usize>([u8; N]);

static WEIGHTS: &[u8] = {
    static BYTES: Aligned<{ include_bytes!("../../models/zones.bin").len() }> =
        Aligned(*include_bytes!("../../models/zones.bin"));
    &BYTES.0
};

static MODEL: LazyLock<Model<'static>> = LazyLock::new(|| {
    Model::parse(WEIGHTS).unwrap_or_else(|e| panic!("the weights in this program are damaged: {e}"))
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
/// and of their sentences; phrases that it has no more than a [trace of doubt](Model::doubt) are body are settled. The second
/// weighs the other phrases word by word, and knows what the first made of the letter
/// ([`Sketch`]).
pub fn read_zones_with(model: &Model, text: &Text) -> Vec<Zone> {
    let page = Page::of(text);
    let text = text.as_str();
    let mut zones = cut(model, &page, text);
    join_paragraph(&page, &mut zones);
    join_greeting(&page, text, &mut zones);
    part_columns(text, &mut zones);
    join_year(text, &mut zones);
    join_leave(text, &mut zones);
    join_vocative(text, &mut zones);
    part_news(&page, &mut zones);
    join_afterthought(&mut zones);
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
    let mut features: Vec<u64> = Vec::with_capacity(256);
    let mut bases = weigh_phrases(model, page, &mut features);
    let mut lattice = Lattice::default();
    first_look(model, page, &bases, &mut lattice);
    let settled: Vec<bool> =
        doubts(&lattice.marginal).iter().map(|&d| d <= model.doubt()).collect();
    let sketch = Sketch::new(page, &lattice.marginal);
    for (i, base) in bases.iter_mut().enumerate().filter(|(i, _)| !settled[*i]) {
        sketch.features(i, &mut features);
        model.add(&mut features, base);
    }
    let nodes = weigh_words(model, page, text, &bases, &settled, &mut features, &mut lattice);
    lattice.forward_backward(model.factors(), |_, _, _| {});
    let mut path = Vec::with_capacity(nodes.len());
    lattice.best_path(model.factors(), &mut path);
    part_doubted(page, &nodes, &mut path, &lattice.marginal);
    let mut zones = gather(model, page, &nodes, &path, &lattice.marginal);
    join_announced(text, &mut zones);
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

/// Marks that end a sentence.
const SENTENCE_ENDS: [char; 6] = ['.', '!', '?', '。', '！', '？'];

/// Lets a leave go on to the end of its paragraph, when what stands there was taken for a postscript
/// or, below a sentence that is not at its end, for more body: "Leb wohl, mein / Herz, und denk an mich", and the name below.
fn join_leave(text: &str, zones: &mut Vec<Zone>) {
    let is_open = |leave: Zone| !text[..leave.span.end].ends_with(SENTENCE_ENDS);
    for i in 1..zones.len() {
        let (leave, next) = (zones[i - 1], zones[i]);
        if leave.label != ZoneLabel::Close {
            continue;
        }
        let is_signed = zones
            .get(i + 1)
            .is_some_and(|z| matches!(z.label, ZoneLabel::Signature | ZoneLabel::Close));
        let is_more = match next.label {
            ZoneLabel::Postscript => true,
            ZoneLabel::Body => is_signed && is_open(leave) && next.span.len() < NEWS,
            _ => false,
        };
        if is_more && runs_on(text, leave.span, next.span) {
            zones[i].label = ZoneLabel::Close;
        }
    }
    join_equal(zones);
}

/// Lets a dateline that is not at its end have the year that fills the line below: "Lima, 3 de Enero /
/// de 1795."
fn join_year(text: &str, zones: &mut Vec<Zone>) {
    for i in 1..zones.len() {
        let (day, next) = (zones[i - 1], zones[i]);
        let is_day = day.label == ZoneLabel::Dateline
            && !text[..day.span.end].ends_with(SENTENCE_ENDS)
            && text[day.span.end..next.span.start].trim_matches([' ', '\r']) == "\n";
        let line = text[next.span.start..next.span.end].lines().next().unwrap_or("");
        if is_day && is_year_line(line) {
            let end = next.span.start + line.trim_end().len();
            zones[i - 1].span.end = end;
            let rest = &text[end..next.span.end];
            zones[i].span.start = end + (rest.len() - rest.trim_start().len());
        }
    }
    zones.retain(|zone| !zone.span.is_empty());
}

/// Whether the line is a year, alone or behind small words.
fn is_year_line(line: &str) -> bool {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let year = words.pop().unwrap_or("").trim_end_matches(['.', ',']);
    let is_small = |w: &&str| w.len() <= 3 && w.chars().all(char::is_lowercase);
    year.len() == 4
        && year.starts_with('1')
        && year.bytes().all(|b| b.is_ascii_digit())
        && words.len() <= 2
        && words.iter().all(is_small)
}

/// Lets a leave have the vocative that is set apart within it: "I have the honour to be, / Sir, / your
/// obedient servant". Nobody is greeted where leave has begun.
fn join_vocative(text: &str, zones: &mut Vec<Zone>) {
    for i in 1..zones.len().saturating_sub(1) {
        let (leave, vocative, next) = (zones[i - 1], zones[i], zones[i + 1].label);
        let is_open = !text[..leave.span.end].ends_with(SENTENCE_ENDS);
        if (leave.label, vocative.label) == (ZoneLabel::Close, ZoneLabel::Salutation)
            && matches!(next, ZoneLabel::Close | ZoneLabel::Signature)
            && is_open
        {
            zones[i].label = ZoneLabel::Close;
        }
    }
    join_equal(zones);
}

/// Whether `next` goes on in the line of `leave`, or in the line below a full one, and is not
/// marked as an afterthought.
fn runs_on(text: &str, leave: Span, next: Span) -> bool {
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
    same_paragraph && !Page::new(words.lines().next().unwrap_or("")).opens(Classes::PS)
}

/// Lets a postscript below the signature or the close go on to where something other than body
/// begins: the words of a long one look like body, and nobody takes up the letter again below it.
fn join_afterthought(zones: &mut Vec<Zone>) {
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

/// Makes one of neighbours of one label, as sure as the less sure of them.
fn join_equal(zones: &mut Vec<Zone>) {
    zones.dedup_by(|next, zone| {
        let joins = next.label == zone.label;
        if joins {
            zone.span.end = next.span.end;
            zone.confidence = zone.confidence.min(next.confidence);
        }
        joins
    });
}

/// Bytes from which what stands between a formula and the name is news.
const NEWS: usize = 300;

/// Lets a close that begins within a paragraph have all of it, where the paragraph is one sentence
/// or [begins with a farewell](Page::leave_of): "Indem ich Ihrer Antwort entgegensehe, verbleibe ich
/// mit / Hochachtung" is one formula, and so is "Farewell, my dear, and write. / Your Ann".
fn join_paragraph(page: &Page, zones: &mut [Zone]) {
    /// Bytes from which what leads to a formula is news.
    const LEADING: usize = 400;
    for i in 1..zones.len() {
        let (body, close) = (zones[i - 1], zones[i]);
        if (body.label, close.label) != (ZoneLabel::Body, ZoneLabel::Close) {
            continue;
        }
        let at = close.span.start;
        let from = body.span.start.max(at.saturating_sub(LEADING));
        let Some(start) = page.leave_of(from, at) else { continue };
        zones[i - 1].span.end = page.tokens[page.token_at(start) - 1].span.end;
        zones[i].span.start = start;
    }
}

/// Gives the body the blocks that a close of several begins with, while they are
/// [news](Page::below_news): "Write soon, and give my love to the boys." above "Ever yours,". Leave
/// is taken once, and last.
fn part_news(page: &Page, zones: &mut [Zone]) {
    for i in 1..zones.len() {
        let (body, close) = (zones[i - 1], zones[i]);
        if (body.label, close.label) != (ZoneLabel::Body, ZoneLabel::Close) {
            continue;
        }
        let (first, end) = (page.token_at(close.span.start), page.token_at(close.span.end));
        let below = |&start: &usize| page.below_news(start..end);
        let Some(leave) = std::iter::successors(below(&first), below).last() else { continue };
        zones[i - 1].span.end = page.tokens[leave - 1].span.end;
        zones[i].span.start = page.tokens[leave].span.start;
    }
}

/// Lets a line of head or address that begins like a greeting be one, where a greeting or the text
/// follows it: "Hochlöblicher Hofkriegsrat p." above "Durchlauchtigster Fürst, …" greets a body.
fn join_greeting(page: &Page, text: &str, zones: &mut Vec<Zone>) {
    for i in 1..zones.len() {
        let (line, next) = (zones[i - 1], zones[i].label);
        let leads = matches!(line.label, ZoneLabel::Letterhead | ZoneLabel::Address)
            && matches!(next, ZoneLabel::Salutation | ZoneLabel::Body);
        if leads
            && page.greets_at(line.span.start)
            && !text[line.span.start..line.span.end].contains('\n')
        {
            zones[i - 1].label = ZoneLabel::Salutation;
        }
    }
    join_equal(zones);
}

/// Lets a label of enclosures that ends in a colon have the list that stands below it: a list of
/// papers looks like an address or an afterthought.
fn join_announced(text: &str, zones: &mut Vec<Zone>) {
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

/// Lets a wide gap in their line part a salutation from the dateline beside it: "Dear Sir      New
/// York, 3 June".
fn part_columns(text: &str, zones: &mut [Zone]) {
    const GAPS: [&str; 2] = ["\t", "   "];
    for i in 1..zones.len() {
        let (greeting, dateline) = (zones[i - 1].span, zones[i].span);
        let labels = (zones[i - 1].label, zones[i].label);
        let line = &text[greeting.start..dateline.start];
        if labels != (ZoneLabel::Salutation, ZoneLabel::Dateline) || line.contains('\n') {
            continue;
        }
        let said = &text[greeting.start..greeting.end];
        let Some(gap) = GAPS.iter().filter_map(|gap| said.find(gap)).min() else { continue };
        let place = said[gap..].trim_start();
        zones[i - 1].span.end = greeting.start + gap;
        zones[i].span.start = greeting.end - place.len();
    }
}

/// How many words of a phrase count in the first look.
pub const FIRST_LOOK: usize = 6;

/// How far each phrase is from being settled by the first look alone: what [`Model::doubt`] is held
/// against.
pub fn first_looks(model: &Model, page: &Page) -> Vec<f32> {
    let bases = weigh_phrases(model, page, &mut Vec::new());
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

/// What is said of each phrase, its line and its sentence.
fn weigh_phrases(model: &Model, page: &Page, features: &mut Vec<u64>) -> Vec<Steps> {
    let zero: Steps = [0; STATES];
    let mut lines = vec![zero; page.lines()];
    for (i, sum) in lines.iter_mut().enumerate() {
        page.line_features(i, features);
        model.add(features, sum);
    }
    let mut sentences = vec![zero; page.sentences()];
    for (i, sum) in sentences.iter_mut().enumerate() {
        page.sentence_features(i, features);
        model.add(features, sum);
    }
    let mut bases = Vec::with_capacity(page.phrases.len());
    for (i, phrase) in page.phrases.iter().enumerate() {
        let mut base = lines[phrase.line];
        for (b, s) in base.iter_mut().zip(&sentences[phrase.sentence]) {
            *b += s;
        }
        page.phrase_features(i, features);
        model.add(features, &mut base);
        bases.push(base);
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
    features: &mut Vec<u64>,
    lattice: &mut Lattice,
) -> Vec<Range<usize>> {
    let mut is_body = [0.0; STATES];
    is_body[BODY] = 1.0;
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
                    lattice.emission.push(is_body);
                    nodes.push(phrase.tokens.clone());
                }
            }
        } else {
            for t in phrase.tokens.clone() {
                let mut sum = bases[i];
                page.token_features(t, i, features);
                page.affix_features(t, text, features);
                model.add(features, &mut sum);
                lattice.boundary.push(page.boundary[t]);
                lattice.emission.push(model.weighed(&sum, 1));
                nodes.push(t..t + 1);
            }
        }
        was_settled = settled[i];
    }
    nodes
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
        let probability: f32 =
            (0..STATES).filter(|&s| LABELS[s] == label).map(|s| marginal[i][s]).sum();
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
