//! Trains the zone labeller: a conditional random field with partial labels, by AdaGrad.
//!
//! The same letters, options and source give the same bytes, whatever the number of threads: the
//! letters of a batch are weighed side by side against the same weights, and their changes are
//! applied in the order of the batch, each row by one thread.

use std::ops::Range;
use std::time::Instant;

use letterbook::model::{
    Factors, Frame, KNOTS, Lattice, Matrix, Row, STATES, WAYS, Weights, place,
};
use letterbook::record::ZoneLabel;
use letterbook::text::Text;
use letterbook::zone::page::{BOUNDARIES, Page};
use letterbook::zone::sketch::Sketch;
use letterbook::zone::{BODY, FIRST_LOOK, LABELS, Zone, chain_zones, first_looks, parse_model};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::augment::{change_page, change_parts};
use crate::generic::Generic;
use crate::gold::Letter;
use crate::random::Random;
use crate::sheet::{Part, lay_out, open_afterthought, parts};

/// What can be chosen about a training run.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Settings {
    /// Letters drawn for each epoch
    #[arg(long, default_value_t = 8_000)]
    pub(crate) letters: usize,
    /// How often letters are drawn
    #[arg(long, default_value_t = 6)]
    pub(crate) epochs: usize,
    /// Step of the first epoch
    #[arg(long, default_value_t = 0.04)]
    pub(crate) rate: f32,
    /// How strongly weights are drawn to zero
    #[arg(long, default_value_t = 2e-4)]
    pub(crate) decay: f32,
    /// Share of drawn letters whose layout is changed
    #[arg(long, default_value_t = 0.6)]
    pub(crate) augment: f64,
    /// Share of drawn letters with parts put in from the generic tables
    #[arg(long, default_value_t = 0.35)]
    pub(crate) swap: f64,
    /// Letters made wholly of generic parts, as a share of those drawn
    #[arg(long, default_value_t = 0.2)]
    pub(crate) made: f64,
    /// Share of drawn letters whose last sentences are made a postscript
    #[arg(long, default_value_t = 0.15)]
    pub(crate) afterthought: f64,
    /// Share of drawn letters whose letterhead, if any, is put in again in the body
    #[arg(long, default_value_t = 0.12)]
    pub(crate) sheets: f64,
    /// In how many letters a feature must stand
    #[arg(long, default_value_t = 3)]
    pub(crate) rare: u32,
    /// Buckets of three features each
    #[arg(long, default_value_t = 80_000)]
    pub(crate) buckets: usize,
    /// Share of letters that are learned by the first look, without their words
    #[arg(long, default_value_t = 0.25)]
    pub(crate) skimmed: f64,
    /// Share of features left out of a token's sum while training
    #[arg(long, default_value_t = 0.05)]
    pub(crate) dropout: f64,
    /// How many runs, each with chances of its own, the weights are the mean of
    #[arg(long, default_value_t = 9)]
    pub(crate) members: u64,
    /// Tenths of the epochs in which only letters are drawn whose parts are all told
    #[arg(long, default_value_t = 4)]
    pub(crate) sure: usize,
    /// In how many of the runs each edition has weights of its own beside those of all
    #[arg(long, default_value_t = 3)]
    pub(crate) apart: u64,
    /// How much of the mean of the editions' own weights is kept
    #[arg(long, default_value_t = 0.5)]
    pub(crate) keep: f32,
    /// Where chance begins
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

/// A letter ready for the lattice: rows of features by piece.
///
/// A node is a word, or, where the first look is learned, a phrase.
struct Example {
    boundary: Vec<u8>,
    allowed: Vec<u16>,
    /// How often the scores of each node count.
    times: Vec<f32>,
    /// The line, sentence and phrase of each phrase's tokens.
    phrases: Vec<(u32, u32, u32)>,
    phrase_of: Vec<u32>,
    lines: Lists,
    sentences: Lists,
    phrase_rows: Lists,
    tokens: Lists,
    /// What the first look makes of each phrase; none where the first look is learned.
    sketched: Lists,
    /// The boundary before each phrase, and how often it counts in the first look.
    first_look: Vec<(u8, f32)>,
    /// Whether the words are learned, not the first look.
    in_words: bool,
    /// Where the rows of the letter's edition begin, if it has any of its own.
    own: Option<u32>,
}

/// Lists of row numbers, end to end.
#[derive(Default)]
struct Lists {
    rows: Vec<u32>,
    ends: Vec<u32>,
}

impl Lists {
    fn close(&mut self) {
        self.ends.push(self.rows.len() as u32);
    }

    fn get(&self, i: usize) -> &[u32] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.rows[start..self.ends[i] as usize]
    }

    fn len(&self) -> usize {
        self.ends.len()
    }
}

/// Which features are kept, and where their weights lie.
struct Dictionary {
    buckets: usize,
    keys: Vec<u32>,
}

impl Dictionary {
    fn row(&self, hash: u64) -> Option<u32> {
        let (bucket, key) = place(hash, self.buckets);
        let ways = &self.keys[bucket * WAYS..][..WAYS];
        ways.iter().position(|&k| k == key).map(|w| (bucket * WAYS + w) as u32)
    }
}

fn each_feature(page: &Page, text: &str, mut see: impl FnMut(Piece, &[u64])) {
    let mut out = Vec::new();
    for i in 0..page.lines() {
        page.line_features(i, &mut out);
        page.block_features(page.block_of(i), &mut out);
        see(Piece::Line, &out);
        out.clear();
    }
    for i in 0..page.sentences() {
        page.sentence_features(i, &mut out);
        see(Piece::Sentence, &out);
        out.clear();
    }
    for (i, phrase) in page.phrases.iter().enumerate() {
        page.phrase_features(i, &mut out);
        see(Piece::Phrase, &out);
        out.clear();
        for t in phrase.tokens.clone() {
            page.token_features(t, i, &mut out);
            page.affix_features(t, text, &mut out);
            see(Piece::Token, &out);
            out.clear();
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Piece {
    Line,
    Sentence,
    Phrase,
    Token,
}

/// Draws letters so that large editions do not drown small ones.
pub(crate) struct Draw<'a> {
    /// Letters whose parts are all told.
    sure: Groups<'a>,
    /// These and letters with stretches that may be one thing or another.
    all: Groups<'a>,
    /// The editions drawn from, by name.
    editions: Vec<&'a str>,
}

/// Letters by edition and language, with each group's share of the draw.
struct Groups<'a> {
    groups: Vec<(f64, Vec<&'a Letter>)>,
}

impl<'a> Groups<'a> {
    /// A group's share grows with the 0.7th power of its size.
    fn new(letters: impl Iterator<Item = &'a Letter>) -> Groups<'a> {
        let mut groups: Vec<(f64, Vec<&Letter>)> = Vec::new();
        for letter in letters {
            match groups.last_mut() {
                Some((_, g))
                    if g[0].edition == letter.edition && g[0].language == letter.language =>
                {
                    g.push(letter);
                }
                _ => groups.push((0.0, vec![letter])),
            }
        }
        groups.iter_mut().for_each(|(share, g)| *share = (g.len() as f64).powf(0.7));
        let all: f64 = groups.iter().map(|g| g.0).sum();
        groups.iter_mut().for_each(|(share, _)| *share /= all);
        Groups { groups }
    }

    fn one(&self, r: &mut Random) -> &'a Letter {
        let mut x = r.unit();
        let group = self.groups.iter().position(|(share, _)| {
            x -= share;
            x < 0.0
        });
        let (_, letters) = &self.groups[group.unwrap_or(0)];
        letters[r.below(letters.len())]
    }
}

impl<'a> Draw<'a> {
    /// Leaves out letters of which no zone is marked.
    pub(crate) fn new(letters: &'a [Letter]) -> Draw<'a> {
        let told = |l: &&Letter| {
            let silver = |label| l.silver.iter().any(|z| z.label == label);
            l.scored.contains(&ZoneLabel::Body)
                || (silver(ZoneLabel::Salutation) && silver(ZoneLabel::Close))
        };
        let drawn = letters.iter().filter(|l| !l.scored.is_empty());
        let mut editions: Vec<&str> = drawn.map(|l| l.edition.as_str()).collect();
        editions.sort_unstable();
        editions.dedup();
        Draw {
            sure: Groups::new(letters.iter().filter(told)),
            all: Groups::new(letters.iter().filter(|l| !l.scored.is_empty())),
            editions,
        }
    }

    /// The number of an edition among those drawn from.
    fn number(&self, edition: &str) -> Option<usize> {
        self.editions.iter().position(|e| *e == edition)
    }
}

/// A drawn letter.
struct Drawn {
    text: String,
    /// The states allowed at each byte.
    states: Vec<u16>,
    /// The number of its edition; none where it is wholly made of generic parts.
    edition: Option<usize>,
}

/// Draws a letter, of which all parts are told if `sure`, and changes it as chance has it.
fn drawn(draw: &Draw, sure: bool, generic: &Generic, s: &Settings, r: &mut Random) -> Drawn {
    let letter = if sure { &draw.sure } else { &draw.all }.one(r);
    let mut edition = draw.number(&letter.edition);
    let mut parts: Vec<Part> = parts(letter);
    open_afterthought(&mut parts);
    if r.chance(s.made) {
        parts = generic.letter(&parts, &letter.language, r);
        edition = None;
    } else if r.chance(s.swap) {
        generic.swap(&mut parts, &letter.language, r);
    }
    if r.chance(s.afterthought) {
        generic.afterthought(&mut parts, r);
    }
    if r.chance(s.sheets) {
        generic.second_sheet(&mut parts, r);
    }
    let is_changed = r.chance(s.augment);
    if is_changed {
        change_parts(&mut parts, r);
    }
    let (mut text, mut states) = lay_out(&parts);
    if is_changed {
        (text, states) = change_page(&text, &states, r);
    }
    Drawn { text, states, edition }
}

/// Trains on `letters`; `say` is told of progress.
pub(crate) fn train(letters: &[Letter], s: &Settings, mut say: impl FnMut(String)) -> Weights {
    let started = Instant::now();
    let (held, letters) = held_out(letters);
    let letters = &letters[..];
    let draw = Draw::new(letters);
    let generic = Generic::new();
    let dictionary = dictionary(&draw, &generic, s);
    let used = dictionary.keys.iter().filter(|&&k| k != 0).count();
    say(format!("{used} features, {:.0} s", started.elapsed().as_secs_f64()));
    let mut mean: Option<Net> = None;
    for member in 0..s.members {
        let net = learn(&draw, &generic, &dictionary, s, member, &mut |said| {
            say(format!("{said}, {:.0} s", started.elapsed().as_secs_f64()));
        });
        match &mut mean {
            Some(mean) => mean.add(&net),
            None => mean = Some(net),
        }
    }
    let mut net = mean.unwrap_or_else(|| Net::new(WAYS * s.buckets, 0));
    net.divide(s.members.max(1) as f32);
    let mut weights = net.weights(dictionary.keys);
    let (kept, skimmed) = settle_doubt(&mut weights, &held, &generic, s);
    say(format!(
        "first look: settled up to {:e}, reads {:.1} % of words again, loses {:.2} % of the frame's phrases",
        weights.doubt,
        100.0 * kept,
        100.0 * skimmed
    ));
    calibrate(&mut weights, &held, &generic, s);
    forget_faint(&mut weights);
    weights
}

/// Learns weights from the chances of run number `member`.
fn learn(
    draw: &Draw<'_>,
    generic: &Generic,
    dictionary: &Dictionary,
    s: &Settings,
    member: u64,
    say: &mut dyn FnMut(String),
) -> Net {
    let seed = s.seed + (member << 32);
    let editions = if member < s.apart { draw.editions.len() } else { 0 };
    let mut net = Net::new(WAYS * s.buckets, editions);
    const BATCH: usize = 8;
    let batches = s.letters / BATCH;
    for epoch in 0..s.epochs {
        let mut loss = 0.0;
        let mut tokens = 0usize;
        // what is told comes first, so that what is not told is read by what was learned from it
        let is_sure = epoch * 10 < s.epochs * s.sure;
        let rate = s.rate * (1.0 - 0.85 * epoch as f32 / s.epochs.max(1) as f32);
        for batch in 0..batches {
            let factors = net.frame.exp();
            let first = (epoch * batches + batch) * BATCH;
            let weighed: Vec<(Example, Vec<Row>, FrameStep, f64)> = (first..first + BATCH)
                .into_par_iter()
                .map(|i| {
                    let mut r = Random::new(seed, i as u64);
                    let Drawn { text, states, edition } = drawn(draw, is_sure, generic, s, &mut r);
                    let letter = Text::new(&text);
                    let page = Page::of(&letter);
                    let mut example = prepare(&page, &text, &states, dictionary, s, &mut r);
                    example.own = edition.filter(|_| editions > 0).map(|e| net.own(e));
                    net.sketch(&mut example, &page, &factors, dictionary);
                    let (delta, step, loss) = net.weigh(&example, &factors);
                    (example, delta, step, loss)
                })
                .collect();
            let mut frame = FrameStep::none();
            for (example, _, step, l) in &weighed {
                loss += l;
                tokens += example.boundary.len();
                frame.add(step);
            }
            net.step_frame(&frame, rate);
            net.step_rows(&weighed, rate, s.decay);
            let done = (epoch * batches + batch) as f32 / (s.epochs * batches) as f32;
            if batch % FORGET == 0 && done < 0.3 {
                net.forget();
            }
            if batch % AVERAGE == 0 && done > 0.5 {
                net.average();
            }
        }
        say(format!(
            "run {} of {}, epoch {} of {}: loss a token {:.4}",
            member + 1,
            s.members,
            epoch + 1,
            s.epochs,
            loss / tokens.max(1) as f64
        ));
    }
    net.settle();
    net.fold(s.keep);
    net
}

/// One letter in how many is kept out of training, to measure the confidence on.
const HELD: usize = 25;
/// How many changed letters the curve of confidence is drawn from.
const CALIBRATION: usize = 6_000;

/// Parts the letters into those held out and those to learn from.
fn held_out(letters: &[Letter]) -> (Vec<Letter>, Vec<Letter>) {
    let (mut held, mut rest) = (Vec::new(), Vec::new());
    for (i, letter) in letters.iter().enumerate() {
        if i % HELD == HELD - 1 { &mut held } else { &mut rest }.push(letter.clone());
    }
    (held, rest)
}

/// What share of the phrases that are no body the first look may take for body.
const LOST: f64 = 0.003;

/// Chooses up to which doubt the first look is believed; returns the share of words that are
/// left to the second look, and the share of the frame's phrases that are lost.
fn settle_doubt(
    weights: &mut Weights,
    held: &[Letter],
    generic: &Generic,
    s: &Settings,
) -> (f64, f64) {
    let bytes = weights.to_bytes();
    let Ok(model) = parse_model(&bytes) else { return (1.0, 0.0) };
    let draw = Draw::new(held);
    let seen: Vec<Vec<(f32, usize, bool)>> = (0..CALIBRATION / 2)
        .into_par_iter()
        .map(|i| {
            let mut r = Random::new(s.seed ^ 0x5EE4, i as u64);
            let Drawn { text, states, .. } = drawn(&draw, false, generic, s, &mut r);
            let letter = Text::new(&text);
            let page = Page::of(&letter);
            let of_frame = |t: usize| {
                let states = states[page.tokens[t].span.start];
                states != 0 && states & 1 << BODY == 0
            };
            first_looks(&model, &page)
                .into_iter()
                .zip(&page.phrases)
                .map(|(p, phrase)| (p, phrase.tokens.len(), phrase.tokens.clone().any(of_frame)))
                .collect()
        })
        .collect();
    let seen = seen.concat();
    let mut frame: Vec<f32> = seen.iter().filter(|x| x.2).map(|x| x.0).collect();
    frame.sort_unstable_by(f32::total_cmp);
    let at = (frame.len() as f64 * LOST) as usize;
    weights.doubt = frame.get(at).copied().unwrap_or(0.0).min(0.02);
    let share = |f: &dyn Fn(&(f32, usize, bool)) -> usize, of: usize| {
        seen.iter().map(f).sum::<usize>() as f64 / of.max(1) as f64
    };
    let words = seen.iter().map(|x| x.1).sum();
    let doubt = weights.doubt;
    (
        share(&|x| if x.0 > doubt { x.1 } else { 0 }, words),
        share(&|x| usize::from(x.2 && x.0 <= doubt), frame.len()),
    )
}

/// Fills in the curve that turns a zone's mean probability into the share of such zones that are
/// right, from letters held out and changed as those of training are.
fn calibrate(weights: &mut Weights, held: &[Letter], generic: &Generic, s: &Settings) {
    let bytes = weights.to_bytes();
    let Ok(model) = parse_model(&bytes) else { return };
    let draw = Draw::new(held);
    let changed = Settings { augment: 1.0, made: 0.0, ..s.clone() };
    let seen: Vec<Vec<(f32, f32)>> = (0..CALIBRATION)
        .into_par_iter()
        .map(|i| {
            let mut r = Random::new(s.seed ^ 0xCA1B, i as u64);
            let Drawn { text, states, .. } = drawn(&draw, false, generic, &changed, &mut r);
            let zones = chain_zones(&model, &Text::new(&text));
            zones.into_iter().filter_map(|z| judged(&z, &text, &states)).collect()
        })
        .collect();
    weights.calibration = curve(&seen.concat());
}

/// The confidence of a zone, and 1 if at least half of it may bear its label, 0 if not; none for the
/// body and for zones of which the edition does not tell what they are.
fn judged(zone: &Zone, text: &str, states: &[u16]) -> Option<(f32, f32)> {
    if zone.label == ZoneLabel::Body {
        return None;
    }
    let own = (0..STATES).filter(|&s| LABELS[s] == zone.label).fold(0u16, |a, s| a | 1 << s);
    let ink: Vec<u16> = text[zone.span.start..zone.span.end]
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .map(|(i, _)| states[zone.span.start + i])
        .filter(|&s| s != 0)
        .collect();
    let open = |s: &u16| *s & own != 0 && *s & !own != 0;
    if ink.is_empty() || ink.iter().any(open) {
        return None;
    }
    let right = ink.iter().filter(|&&s| s & own != 0).count();
    Some((zone.confidence, if 2 * right >= ink.len() { 1.0 } else { 0.0 }))
}

/// The knots nearest to the answers by least squares, drawn a little to the identity where there
/// are few, and never falling.
fn curve(seen: &[(f32, f32)]) -> [f32; KNOTS] {
    /// How many answers the identity counts as, at each knot.
    const PULL: f32 = 8.0;
    let identity: [f32; KNOTS] = std::array::from_fn(|i| i as f32 / (KNOTS - 1) as f32);
    let mut on_self = [PULL; KNOTS];
    let mut on_next = [0.0f32; KNOTS];
    let mut wanted = identity.map(|x| x * PULL);
    for &(confidence, right) in seen {
        let x = confidence.clamp(0.0, 1.0) * (KNOTS - 1) as f32;
        let i = (x as usize).min(KNOTS - 2);
        let b = x - i as f32;
        let a = 1.0 - b;
        on_self[i] += a * a;
        on_self[i + 1] += b * b;
        on_next[i] += a * b;
        wanted[i] += a * right;
        wanted[i + 1] += b * right;
    }
    let mut knots = identity;
    for _ in 0..500 {
        for i in 0..KNOTS {
            let before = if i > 0 { on_next[i - 1] * knots[i - 1] } else { 0.0 };
            let after = if i + 1 < KNOTS { on_next[i] * knots[i + 1] } else { 0.0 };
            knots[i] = (wanted[i] - before - after) / on_self[i];
        }
    }
    let mut most = 0.0f32;
    knots.map(|k| {
        most = most.max(k.clamp(0.0, 1.0));
        most
    })
}

/// Keeps the features that stand in enough letters, those of more letters first.
fn dictionary(draw: &Draw, generic: &Generic, s: &Settings) -> Dictionary {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    let looks = s.letters.min(10_000);
    for chunk in (0..looks).collect::<Vec<_>>().chunks(512) {
        let seen: Vec<Vec<u64>> = chunk
            .par_iter()
            .map(|&i| {
                let mut r = Random::new(s.seed ^ 0xD1C7, i as u64);
                let Drawn { text, .. } = drawn(draw, false, generic, s, &mut r);
                let letter = Text::new(&text);
                let page = Page::of(&letter);
                let mut set: FxHashSet<u64> = FxHashSet::default();
                each_feature(&page, &text, |_, features| set.extend(features));
                let mut all: Vec<u64> = set.into_iter().collect();
                all.sort_unstable();
                all
            })
            .collect();
        for hash in seen.into_iter().flatten() {
            *counts.entry(hash).or_default() += 1;
        }
    }
    let mut kept: Vec<(u32, u64)> =
        counts.into_iter().filter(|c| c.1 >= s.rare).map(|(h, n)| (n, h)).collect();
    kept.sort_unstable_by(|a, b| b.cmp(a));
    let mut keys = vec![0u32; WAYS * s.buckets];
    for hash in Sketch::all_features().chain(kept.into_iter().map(|(_, hash)| hash)) {
        let (bucket, key) = place(hash, s.buckets);
        let ways = &mut keys[bucket * WAYS..][..WAYS];
        if ways.contains(&key) {
            continue;
        }
        if let Some(empty) = ways.iter_mut().find(|k| **k == 0) {
            *empty = key;
        }
    }
    Dictionary { buckets: s.buckets, keys }
}

/// How many words from its start a letter is learned word by word.
const HEAD: usize = 220;
/// How many words before its end.
const TAIL: usize = 260;

fn prepare(
    page: &Page,
    text: &str,
    states: &[u16],
    dictionary: &Dictionary,
    s: &Settings,
    r: &mut Random,
) -> Example {
    let mut example = Example {
        boundary: Vec::new(),
        allowed: Vec::new(),
        times: Vec::new(),
        phrases: Vec::new(),
        phrase_of: Vec::new(),
        lines: Lists::default(),
        sentences: Lists::default(),
        phrase_rows: Lists::default(),
        tokens: Lists::default(),
        sketched: Lists::default(),
        first_look: Vec::new(),
        in_words: false,
        own: None,
    };
    let skimmed = r.chance(s.skimmed);
    let n = page.tokens.len();
    // the words of a long letter's middle cost much and teach little
    let in_words =
        |tokens: &Range<usize>| !skimmed && (tokens.start < HEAD || tokens.end + TAIL > n);
    example.in_words = !skimmed;
    let dropping = r.chance(0.5);
    let mut phrase = 0;
    each_feature(page, text, |piece, features| {
        let list = match piece {
            Piece::Line => &mut example.lines,
            Piece::Sentence => &mut example.sentences,
            Piece::Phrase => {
                phrase += 1;
                if !in_words(&page.phrases[phrase - 1].tokens) {
                    example.tokens.close();
                }
                &mut example.phrase_rows
            }
            Piece::Token if !in_words(&page.phrases[phrase - 1].tokens) => return,
            Piece::Token => &mut example.tokens,
        };
        for &f in features {
            if let Some(row) = dictionary.row(f)
                && !(dropping && r.chance(s.dropout))
            {
                list.rows.push(row);
            }
        }
        list.close();
    });
    let allowed = |t: usize| match states[page.tokens[t].span.start] {
        0 => u16::MAX,
        s => s,
    };
    for (i, phrase) in page.phrases.iter().enumerate() {
        example.phrases.push((phrase.line as u32, phrase.sentence as u32, i as u32));
        let times = phrase.tokens.len().min(FIRST_LOOK) as f32;
        example.first_look.push((page.boundary[phrase.tokens.start], times));
        if !in_words(&phrase.tokens) {
            let all = phrase.tokens.clone().map(allowed);
            let common = all.clone().fold(u16::MAX, |a, b| a & b);
            // a phrase in two zones is as much one as the other
            let common = if common == 0 { all.fold(0, |a, b| a | b) } else { common };
            example.allowed.push(common);
            example.boundary.push(page.boundary[phrase.tokens.start]);
            example.times.push(times);
            example.phrase_of.push(i as u32);
            continue;
        }
        for t in phrase.tokens.clone() {
            example.allowed.push(allowed(t));
            example.boundary.push(page.boundary[t]);
            example.times.push(1.0);
            example.phrase_of.push(i as u32);
        }
    }
    example
}

/// Weights in training.
struct Net {
    /// Rows of a bank. The first bank is everybody's; one for each edition may follow, for what
    /// is only that edition's habit ("feature augmentation", Daumé, "Frustratingly Easy Domain
    /// Adaptation", ACL 2007). A letter is weighed by the sum of both.
    bank: usize,
    /// Rows by number modulo [`SHARDS`], with the sums of their squared gradients.
    shards: Vec<Shard>,
    frame: Frame,
    frame_squares: Frame,
    frame_sum: Frame,
    averaged: f32,
}

struct Shard {
    weights: Vec<Row>,
    squares: Vec<Row>,
    /// The sum of the weights at moments of the second half of training.
    sum: Vec<Row>,
    /// The batch's gradient, zero but for the rows in `touched`.
    gradient: Vec<Row>,
    is_touched: Vec<bool>,
    touched: Vec<u32>,
}

const SHARDS: usize = 2;
/// Batches between two halvings of the squares, in the first part of training.
const FORGET: usize = 50;
/// Batches between two moments of the mean.
const AVERAGE: usize = 50;

/// The gradient of the frame for one letter.
struct FrameStep {
    start: Row,
    end: Row,
    transitions: Vec<(usize, Matrix)>,
}

impl FrameStep {
    fn none() -> FrameStep {
        FrameStep { start: [0.0; STATES], end: [0.0; STATES], transitions: Vec::new() }
    }

    fn add(&mut self, other: &FrameStep) {
        add_row(&mut self.start, &other.start);
        add_row(&mut self.end, &other.end);
        for (kind, matrix) in &other.transitions {
            match self.transitions.iter_mut().find(|(k, _)| k == kind) {
                Some((_, own)) => own.iter_mut().zip(matrix).for_each(|(a, b)| add_row(a, b)),
                None => self.transitions.push((*kind, *matrix)),
            }
        }
    }
}

impl Net {
    fn new(bank: usize, editions: usize) -> Net {
        let slots = bank * (1 + editions);
        let shards = (0..SHARDS)
            .map(|_| Shard {
                weights: vec![[0.0; STATES]; slots / SHARDS],
                squares: vec![[0.0; STATES]; slots / SHARDS],
                sum: vec![[0.0; STATES]; slots / SHARDS],
                gradient: vec![[0.0; STATES]; slots / SHARDS],
                is_touched: vec![false; slots / SHARDS],
                touched: Vec::new(),
            })
            .collect();
        Net {
            bank,
            shards,
            frame: steady(),
            frame_squares: Frame::flat(BOUNDARIES),
            frame_sum: Frame::flat(BOUNDARIES),
            averaged: 0.0,
        }
    }

    /// Where the rows of edition number `edition` begin.
    fn own(&self, edition: usize) -> u32 {
        ((edition + 1) * self.bank) as u32
    }

    fn row(&self, row: u32) -> &Row {
        &self.shards[row as usize % SHARDS].weights[row as usize / SHARDS]
    }

    fn sum(&self, rows: &[u32], own: Option<u32>, base: Row) -> Row {
        let mut sum = base;
        for &row in rows {
            add_row(&mut sum, self.row(row));
            if let Some(own) = own {
                add_row(&mut sum, self.row(own + row));
            }
        }
        sum
    }

    /// What is said of each phrase, its line and its sentence.
    fn bases(&self, e: &Example, own: Option<u32>) -> Vec<Row> {
        let zero = [0.0; STATES];
        let lines: Vec<Row> =
            (0..e.lines.len()).map(|i| self.sum(e.lines.get(i), own, zero)).collect();
        let sentences: Vec<Row> =
            (0..e.sentences.len()).map(|i| self.sum(e.sentences.get(i), own, zero)).collect();
        e.phrases
            .iter()
            .map(|&(line, sentence, phrase)| {
                let mut base = lines[line as usize];
                base.iter_mut().zip(&sentences[sentence as usize]).for_each(|(b, s)| *b += s);
                self.sum(e.phrase_rows.get(phrase as usize), own, base)
            })
            .collect()
    }

    /// Takes a first look with the weights as they are, and notes what it makes of each phrase.
    fn sketch(&self, e: &mut Example, page: &Page, factors: &Factors, dictionary: &Dictionary) {
        if !e.in_words {
            e.phrases.iter().for_each(|_| e.sketched.close());
            return;
        }
        let mut lattice = Lattice::default();
        for (base, &(boundary, times)) in self.bases(e, None).iter().zip(&e.first_look) {
            lattice.boundary.push(boundary);
            lattice.emission.push(factors_of(base, times));
        }
        lattice.forward_backward(factors, |_, _, _| {});
        let sketch = Sketch::new(page, &lattice.marginal);
        let mut features = Vec::new();
        for i in 0..e.phrases.len() {
            sketch.features(i, &mut features);
            e.sketched.rows.extend(features.drain(..).filter_map(|f| dictionary.row(f)));
            e.sketched.close();
        }
    }

    /// The gradient of one letter: for each token and state, what is asked for less what is given.
    fn weigh(&self, e: &Example, factors: &Factors) -> (Vec<Row>, FrameStep, f64) {
        let n = e.boundary.len();
        let zero = [0.0; STATES];
        let phrases: Vec<Row> = self
            .bases(e, e.own)
            .into_iter()
            .enumerate()
            .map(|(i, base)| self.sum(e.sketched.get(i), e.own, base))
            .collect();
        let mut free = Lattice::default();
        free.boundary.clone_from(&e.boundary);
        for t in 0..n {
            let scores = self.sum(e.tokens.get(t), e.own, phrases[e.phrase_of[t] as usize]);
            free.emission.push(factors_of(&scores, e.times[t]));
        }
        let mut bound = Lattice::default();
        bound.boundary.clone_from(&e.boundary);
        let mut shift = 0.0f64;
        for t in 0..n {
            let mut row = free.emission[t];
            for (s, x) in row.iter_mut().enumerate() {
                if e.allowed[t] >> s & 1 == 0 {
                    *x = 0.0;
                }
            }
            // the best allowed state counts as 1, lest all of them vanish
            let most = row.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
            row.iter_mut().for_each(|x| *x /= most);
            shift += f64::from(most.ln());
            bound.emission.push(row);
        }
        let mut step = FrameStep { start: zero, end: zero, transitions: Vec::new() };
        let mut matrices: Vec<Option<Matrix>> = vec![None; BOUNDARIES];
        let mut add = |kind: usize, before: &Row, ahead: &Row, sign: f32| {
            let m = matrices[kind].get_or_insert([zero; STATES]);
            let f = &factors.to[kind];
            for a in 0..STATES {
                for b in 0..STATES {
                    m[a][b] += sign * before[a] * f[a][b] * ahead[b];
                }
            }
        };
        let asked = bound.forward_backward(factors, |k, x, y| add(k, x, y, 1.0)) + shift;
        let given = free.forward_backward(factors, |k, x, y| add(k, x, y, -1.0));
        let delta: Vec<Row> = bound
            .marginal
            .iter()
            .zip(&free.marginal)
            .map(|(a, g)| std::array::from_fn(|s| a[s] - g[s]))
            .collect();
        if let (Some(first), Some(last)) = (delta.first(), delta.last()) {
            step.start = *first;
            step.end = *last;
        }
        step.transitions =
            matrices.into_iter().enumerate().filter_map(|(k, m)| Some((k, m?))).collect();
        (delta, step, given - asked)
    }

    /// Halves the memory of squares: the first batches, in which a hundred features of a token all
    /// move at once, would keep later steps too short.
    fn forget(&mut self) {
        let halve = |r: &mut Row| r.iter_mut().for_each(|x| *x *= 0.5);
        self.shards.par_iter_mut().for_each(|s| s.squares.iter_mut().for_each(halve));
        self.frame_squares.transitions.iter_mut().flatten().for_each(halve);
    }

    /// Adds the weights as they are to the mean that [`settle`](Net::settle) takes.
    fn average(&mut self) {
        self.averaged += 1.0;
        self.shards.par_iter_mut().for_each(|s| {
            s.sum.iter_mut().zip(&s.weights).for_each(|(sum, row)| add_row(sum, row));
        });
        let rows = self.frame_sum.transitions.iter_mut().flatten();
        rows.zip(self.frame.transitions.iter().flatten()).for_each(|(sum, row)| add_row(sum, row));
    }

    /// Puts the mean of the later weights in the place of the last ones.
    fn settle(&mut self) {
        let n = self.averaged.max(1.0);
        for shard in &mut self.shards {
            shard.weights = shard.sum.iter().map(|r| r.map(|x| x / n)).collect();
        }
        let mean = self.frame_sum.transitions.iter().map(|m| m.map(|r| r.map(|x| x / n)));
        self.frame.transitions = mean.collect();
    }

    /// Adds the weights of another run.
    fn add(&mut self, other: &Net) {
        for (own, other) in self.shards.iter_mut().zip(&other.shards) {
            own.weights.iter_mut().zip(&other.weights).for_each(|(a, b)| add_row(a, b));
        }
        add_row(&mut self.frame.start, &other.frame.start);
        add_row(&mut self.frame.end, &other.frame.end);
        let rows = self.frame.transitions.iter_mut().flatten();
        rows.zip(other.frame.transitions.iter().flatten()).for_each(|(a, b)| add_row(a, b));
    }

    /// Divides all weights by `n`.
    fn divide(&mut self, n: f32) {
        let divide = |r: &mut Row| r.iter_mut().for_each(|x| *x /= n);
        self.shards.iter_mut().flat_map(|s| &mut s.weights).for_each(divide);
        divide(&mut self.frame.start);
        divide(&mut self.frame.end);
        self.frame.transitions.iter_mut().flatten().for_each(divide);
    }

    fn step_frame(&mut self, step: &FrameStep, rate: f32) {
        let squares = &mut self.frame_squares;
        move_row(&mut self.frame.start, &mut squares.start, &step.start, rate, 1e-4);
        move_row(&mut self.frame.end, &mut squares.end, &step.end, rate, 1e-4);
        for (kind, matrix) in &step.transitions {
            let rows = self.frame.transitions[*kind].iter_mut();
            for ((w, q), g) in rows.zip(&mut squares.transitions[*kind]).zip(matrix) {
                move_row(w, q, g, rate, 1e-4);
            }
        }
    }

    fn step_rows(
        &mut self,
        weighed: &[(Example, Vec<Row>, FrameStep, f64)],
        rate: f32,
        decay: f32,
    ) {
        self.shards.par_iter_mut().enumerate().for_each(|(number, shard)| {
            let mut apply = |rows: &[u32], of: Option<u32>, delta: &Row| {
                if delta.iter().all(|d| d.abs() < 1e-3) {
                    return;
                }
                let all = rows.iter().copied();
                let own = rows.iter().filter_map(|r| Some(of? + r));
                for row in all.chain(own).filter(|&r| r as usize % SHARDS == number) {
                    let i = row as usize / SHARDS;
                    shard.gradient[i].iter_mut().zip(delta).for_each(|(g, d)| *g += d);
                    if !std::mem::replace(&mut shard.is_touched[i], true) {
                        shard.touched.push(i as u32);
                    }
                }
            };
            for (e, delta, _, _) in weighed {
                let mut lines = vec![[0.0; STATES]; e.lines.len()];
                let mut sentences = vec![[0.0; STATES]; e.sentences.len()];
                let mut phrases = vec![[0.0; STATES]; e.phrases.len()];
                for (t, d) in delta.iter().enumerate() {
                    let d = &d.map(|d| d * e.times[t]);
                    apply(e.tokens.get(t), e.own, d);
                    let (line, sentence, phrase) = e.phrases[e.phrase_of[t] as usize];
                    for sum in [
                        &mut lines[line as usize],
                        &mut sentences[sentence as usize],
                        &mut phrases[phrase as usize],
                    ] {
                        sum.iter_mut().zip(d).for_each(|(s, d)| *s += d);
                    }
                }
                lines.iter().enumerate().for_each(|(i, d)| apply(e.lines.get(i), e.own, d));
                sentences.iter().enumerate().for_each(|(i, d)| apply(e.sentences.get(i), e.own, d));
                phrases.iter().enumerate().for_each(|(i, d)| apply(e.phrase_rows.get(i), e.own, d));
                phrases.iter().enumerate().for_each(|(i, d)| apply(e.sketched.get(i), e.own, d));
            }
            for i in std::mem::take(&mut shard.touched) {
                let i = i as usize;
                shard.is_touched[i] = false;
                let gradient = std::mem::replace(&mut shard.gradient[i], [0.0; STATES]);
                move_row(&mut shard.weights[i], &mut shard.squares[i], &gradient, rate, decay);
            }
        });
    }

    /// Adds `keep` of the mean of the editions' own weights to those of all, and drops them.
    fn fold(&mut self, keep: f32) {
        let bank = self.bank / SHARDS;
        for shard in &mut self.shards {
            let (all, own) = shard.weights.split_at_mut(bank);
            let editions = own.len() / bank;
            for bank in own.chunks_exact(bank) {
                let share = keep / editions as f32;
                for (row, own) in all.iter_mut().zip(bank) {
                    row.iter_mut().zip(own).for_each(|(a, b)| *a += share * b);
                }
            }
            shard.weights.truncate(bank);
        }
    }

    /// The weights in whole steps.
    fn weights(&self, keys: Vec<u32>) -> Weights {
        let scale = 0.02;
        let rows = (0..keys.len() as u32)
            .map(|row| self.row(row).map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8))
            .collect();
        Weights {
            scale,
            doubt: -1.0,
            calibration: std::array::from_fn(|i| i as f32 / (KNOTS - 1) as f32),
            frame: self.frame.clone(),
            keys,
            rows,
        }
    }
}

/// Empties the slots of features that hardly tell one state from another: most of those kept for
/// training, and each one costs a look-up.
fn forget_faint(weights: &mut Weights) {
    /// By how many steps the weights of such a feature differ at most.
    const FAINT: i16 = 3;
    for (key, row) in weights.keys.iter_mut().zip(&mut weights.rows) {
        let steps = row.map(i16::from);
        let range = steps.iter().max().zip(steps.iter().min()).map_or(0, |(a, b)| a - b);
        if range <= FAINT {
            *key = 0;
            *row = [0; STATES];
        }
    }
}

/// `exp` of `times` the scores, the largest of them taken as 1.
fn factors_of(scores: &Row, times: f32) -> Row {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.map(|s| ((s - most) * times).max(-60.0).exp())
}

/// Where the transitions begin: labels last, most of all inside a sentence.
fn steady() -> Frame {
    let mut frame = Frame::flat(BOUNDARIES);
    for (kind, matrix) in frame.transitions.iter_mut().enumerate() {
        let change = match kind {
            0..2 => -6.0,
            2..8 => -4.0,
            8..16 => -3.0,
            _ => -1.5,
        };
        for (a, row) in matrix.iter_mut().enumerate() {
            row.iter_mut().enumerate().filter(|(b, _)| *b != a).for_each(|(_, w)| *w = change);
        }
    }
    frame
}

fn add_row(sum: &mut Row, row: &Row) {
    sum.iter_mut().zip(row).for_each(|(a, b)| *a += b);
}

/// One AdaGrad step uphill, with a pull to zero.
fn move_row(weights: &mut Row, squares: &mut Row, gradient: &Row, rate: f32, decay: f32) {
    for s in 0..STATES {
        let g = gradient[s] - decay * weights[s];
        squares[s] += g * g;
        weights[s] += rate * g / (squares[s].sqrt() + 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_follows_the_answers_and_never_falls() {
        let mut seen: Vec<(f32, f32)> = Vec::new();
        for i in 0..4_000 {
            seen.push((0.9, if i % 10 < 6 { 1.0 } else { 0.0 }));
            seen.push((0.7, if i % 10 < 8 { 1.0 } else { 0.0 }));
        }
        let knots = curve(&seen);
        assert!(knots.windows(2).all(|w| w[0] <= w[1]), "{knots:?}");
        assert!((knots[14] - 0.8).abs() < 0.02, "{knots:?}");
    }

    #[test]
    fn half_the_mean_of_what_editions_have_of_their_own_is_kept() {
        let mut net = Net::new(4, 2);
        let all = |x: f32| [x; STATES];
        let mut set = |row: u32, x: f32| {
            net.shards[row as usize % SHARDS].weights[row as usize / SHARDS] = all(x);
        };
        set(1, 1.0);
        set(4 + 1, 0.5);
        set(8 + 1, 1.5);
        set(8 + 2, 2.0);
        assert_eq!((net.own(0), net.own(1)), (4, 8));
        assert_eq!(net.sum(&[1, 2], Some(8), all(0.0)), all(4.5));
        net.fold(0.5);
        let rows: Vec<Row> = (0..4).map(|row| *net.row(row)).collect();
        assert_eq!(rows, [all(0.0), all(1.5), all(0.5), all(0.0)]);
        assert!(net.shards.iter().all(|s| s.weights.len() == 4 / SHARDS));
    }

    #[test]
    fn without_answers_the_curve_is_the_identity() {
        let knots = curve(&[]);
        for (i, k) in knots.iter().enumerate() {
            assert!((k - i as f32 / 20.0).abs() < 1e-5, "{knots:?}");
        }
    }
}
