//! Trains and scores the tagger of names: the tasks `mentions-train`, `mentions-loo`.
//!
//! A conditional random field with partial labels, as the zone labeller is: what an edition does
//! not mark is unknown where it may be a name all the same. That is so of words that editions mark
//! elsewhere, of kinds that an edition does not mark at all, and of one edition whose persons only
//! are marked, and few of them: there tables stand in for the editor. The same letters and
//! settings give the same bytes, whatever the number of threads.
#![allow(clippy::print_stdout, reason = "tables for the terminal")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use letterbook::folding::fold;
use letterbook::mention::tagger::field::{
    Factors, Field, Frame, KNOTS, Lattice, Matrix, Row, STATES, WAYS, Weights, place,
};
use letterbook::mention::tagger::sheet::{
    AT, BODY, BOUNDARIES, CAPITAL, GOVERN, LAND, LAND_FIRST, NATION, OPENS, PARTING, Sheet, TITLE,
    TOWN, TOWN_PAIR, Word,
};
use letterbook::mention::tagger::{KINDS, USED, read_names};
use letterbook::record::{MentionKind, ZoneLabel};
use letterbook::span::Span;
use letterbook::text::Text;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::entities::Tally;
use crate::gold::{self, Letter, Name};
use crate::noted;
use crate::random::Random;

/// What can be chosen about a training run.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Settings {
    /// Letters drawn for each epoch
    #[arg(long, default_value_t = 20_000)]
    letters: usize,
    /// How often letters are drawn
    #[arg(long, default_value_t = 6)]
    epochs: usize,
    /// Step of the first epoch
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// How strongly weights are drawn to zero
    #[arg(long, default_value_t = 3e-5)]
    decay: f32,
    /// In how many letters a feature must stand
    #[arg(long, default_value_t = 2)]
    rare: u32,
    /// Log2 of the number of feature sets
    #[arg(long, default_value_t = 16)]
    bits: u32,
    /// Share of features left out of a word's sum while training
    #[arg(long, default_value_t = 0.1)]
    dropout: f64,
    /// Share of letters in which no word is known by itself, only by what surrounds it
    #[arg(long, default_value_t = 0.5)]
    blind: f64,
    /// An edition's share of its language's draw grows with this power of its size
    #[arg(long, default_value_t = 0.3)]
    power: f64,
    /// The share of each language's draw that noted letters have, where there are any
    #[arg(long, default_value_t = 0.3)]
    noted: f64,
    /// How much is taken from the score of being no name: editions leave names unmarked
    #[arg(long, default_value_t = 1.0)]
    lean: f32,
    /// How much is added to the score of being a person, of whom they leave most unmarked
    #[arg(long, default_value_t = 0.4)]
    persons: f32,
    /// Of the sparsely marked edition one letter in so many loses the titles before its names; 0
    /// for none
    #[arg(long, default_value_t = 2)]
    untitled: usize,
    /// Where chance begins
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many runs, each with a chance of its own, the weights are the mean of
    #[arg(long, default_value_t = 4)]
    runs: u64,
}

/// The edition whose persons only are marked, and few of them.
const SPARSE: &str = "frus";
/// Editions that mark organisations throughout.
const MARK_BODIES: [&str; 3] = ["legalkraus", "schnitzler", "dahn_pec"];
/// Each language's share of the draw.
const LANGUAGES: [(&str, f64); 5] =
    [("de", 0.36), ("en", 0.32), ("fr", 0.23), ("es", 0.06), ("it", 0.03)];
/// One letter in how many is kept out of training, to measure the confidence on.
const HELD: usize = 25;

/// How often a word with a capital stands in the editions, and how often it is marked as each kind.
#[derive(Default, Clone, Copy)]
struct Surface {
    seen: u32,
    marked: [u32; KINDS.len()],
}

/// One stretch of a letter: features by word, and what each word may be.
struct Example {
    rows: Vec<u32>,
    ends: Vec<u32>,
    boundary: Vec<u8>,
    allowed: Vec<u16>,
}

impl Example {
    fn rows(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.rows[start..self.ends[at] as usize]
    }
}

/// The stretches in which mentions are read: the body and what is written after it; where an
/// edition does not mark the body, what lies between the zones that it does mark.
pub(crate) fn areas(letter: &Letter) -> Vec<Span> {
    let is_body = |l| matches!(l, ZoneLabel::Body | ZoneLabel::Postscript);
    let mut taken: Vec<Span> = Vec::new();
    let mut out: Vec<Span> = Vec::new();
    for zone in letter.zones.iter().chain(&letter.silver) {
        if is_body(zone.label) { &mut out } else { &mut taken }.push(zone.span);
    }
    taken.sort_unstable();
    if !letter.zones.iter().any(|z| z.label == ZoneLabel::Body) {
        out = vec![Span::new(0, letter.text.len())];
    }
    let mut cut = Vec::new();
    for area in out {
        let mut from = area.start;
        for t in taken.iter().filter(|t| t.overlaps(area)) {
            if t.start > from {
                cut.push(Span::new(from, t.start));
            }
            from = from.max(t.end);
        }
        if from < area.end {
            cut.push(Span::new(from, area.end));
        }
    }
    cut.sort_unstable();
    cut
}

/// The folded words of the correspondents' names.
fn party(letter: &Letter) -> Vec<u64> {
    let people = letter.senders.iter().chain(&letter.recipients);
    people
        .flat_map(|p| p.name.split(|c: char| !c.is_alphanumeric()))
        .filter(|w| w.chars().count() >= 3 && w.starts_with(char::is_uppercase))
        .map(fold)
        .collect()
}

fn kind_of(name: &Name) -> Option<usize> {
    KINDS.iter().position(|&k| k == name.kind)
}

/// For each looked-at word the kind marked there and whether it begins the name; `Err` where a word
/// is marked but is no name itself (a title, "my father").
type Mark = Option<Result<(usize, bool), ()>>;

fn marks(sheet: &Sheet, names: &[Name]) -> Vec<Mark> {
    let mut out: Vec<Mark> = vec![None; sheet.looked.len()];
    let start = |at: usize| sheet.words[sheet.looked[at] as usize].span.start;
    for name in names {
        let Some(kind) = kind_of(name) else { continue };
        let first =
            (0..out.len()).collect::<Vec<_>>().partition_point(|&at| start(at) < name.span.start);
        let inside: Vec<usize> =
            (first..out.len()).take_while(|&at| start(at) < name.span.end).collect();
        let mut begun = false;
        for &at in &inside {
            if out[at].is_some() {
                continue;
            }
            let i = sheet.looked[at] as usize;
            let titled = kind == 0 && sheet.words[i].classes & TITLE != 0;
            if !begun && (titled || !sheet.is_capital(i)) {
                out[at] = Some(Err(()));
                continue;
            }
            out[at] = Some(Ok((kind, !begun)));
            begun = true;
        }
    }
    out
}

fn surfaces(sheets: &[(usize, Sheet)], letters: &[Letter]) -> FxHashMap<u64, Surface> {
    let mut out: FxHashMap<u64, Surface> = FxHashMap::default();
    for (l, sheet) in sheets {
        let letter = &letters[*l];
        if is_sparse(letter) {
            continue;
        }
        let marks = marks(sheet, &letter.names);
        for (at, mark) in marks.iter().enumerate() {
            let i = sheet.looked[at] as usize;
            if !sheet.is_capital(i) {
                continue;
            }
            let s = out.entry(sheet.words[i].folded).or_default();
            s.seen += 1;
            if let Some(Ok((kind, _))) = mark {
                s.marked[*kind] += 1;
            }
        }
    }
    out
}

/// Whether the word is a short form of address before a name: "Mr.", "Miss".
fn is_short_title(word: &Word) -> bool {
    word.classes & TITLE != 0 && word.flags & CAPITAL != 0 && word.span.len() <= 4
}

/// A letter without the short titles before names: "I saw Mr. Orme" as "I saw Orme", where "Orme" is
/// marked as a person.
///
/// Official papers give hardly anybody's name alone, and letters of friends hardly with a title;
/// what stands around the name is alike.
fn without_titles(letter: &Letter) -> Letter {
    /// A person has so many words at most.
    const WORDS: usize = 4;
    let sheet = Sheet::new(&Text::new(&letter.text), Span::new(0, letter.text.len()), &[]);
    let mut cuts: Vec<Span> = Vec::new();
    let mut shown: Vec<Span> = Vec::new();
    for (i, pair) in sheet.words.windows(2).enumerate() {
        let [title, first] = pair else { continue };
        let plain = |w: &Word| {
            w.flags & CAPITAL != 0 && w.classes & (TITLE | BODY | GOVERN | NATION | LAND) == 0
        };
        if !is_short_title(title)
            || title.flags & OPENS != 0
            || !plain(first)
            || sheet.is_parted(i + 1)
            || sheet.is_written_small(i + 1)
        {
            continue;
        }
        let more = (i + 2..sheet.words.len())
            .take(WORDS - 1)
            .take_while(|&j| plain(&sheet.words[j]) && !sheet.is_parted(j))
            .last();
        cuts.push(Span::new(title.span.start, first.span.start));
        shown.push(first.span.cover(sheet.words[more.unwrap_or(i + 1)].span));
    }
    let mut out = letter.clone();
    out.names.retain(|n| !cuts.iter().chain(&shown).any(|s| s.overlaps(n.span)));
    out.names.extend(shown.iter().map(|&span| Name { kind: MentionKind::Person, span }));
    out.names.sort_by_key(|n| n.span);
    let moved = |at: usize| {
        let gone = cuts.iter().take_while(|c| c.start < at);
        at - gone.map(|c| c.end.min(at) - c.start).sum::<usize>()
    };
    let shift = |span: &mut Span| *span = Span::new(moved(span.start), moved(span.end));
    out.names.iter_mut().for_each(|n| shift(&mut n.span));
    out.zones.iter_mut().chain(&mut out.silver).for_each(|z| shift(&mut z.span));
    out.text.clear();
    let mut from = 0;
    for cut in &cuts {
        out.text.push_str(&letter.text[from..cut.start]);
        from = cut.end;
    }
    out.text.push_str(&letter.text[from..]);
    out
}

/// The letters, and of the sparsely marked edition one in `one_in` without titles.
fn with_untitled(letters: &[Letter], one_in: usize) -> Vec<Letter> {
    let change =
        |(i, letter): (usize, &Letter)| match is_sparse(letter) && one_in > 0 && i % one_in == 0 {
            true => without_titles(letter),
            false => letter.clone(),
        };
    letters.par_iter().enumerate().map(change).collect()
}

const NONE: u16 = 1;
const ANY: u16 = (1 << USED) - 1;

/// Both states of a kind.
fn both(kind: usize) -> u16 {
    0b11 << (2 * kind + 1)
}

/// Whether only persons are marked in the letter, and few of them.
fn is_sparse(letter: &Letter) -> bool {
    letter.edition == SPARSE && letter.open.is_none()
}

/// What each looked-at word of a noted letter may be: what it is noted as, and any of all where the
/// note leaves it `open`.
fn allowed_by_notes(letter: &Letter, sheet: &Sheet, open: &[Span]) -> Vec<u16> {
    let marks = marks(sheet, &letter.names);
    let allow = |(at, mark): (usize, &Mark)| {
        let word = &sheet.words[sheet.looked[at] as usize];
        match mark {
            _ if open.iter().any(|s| s.overlaps(word.span)) => ANY,
            Some(Ok((kind, true))) => 1 << (2 * kind + 1),
            Some(Ok((kind, false))) => 1 << (2 * kind + 2),
            Some(Err(())) | None => NONE,
        }
    };
    marks.iter().enumerate().map(allow).collect()
}

/// What each looked-at word of a marked edition may be.
fn allowed(letter: &Letter, sheet: &Sheet, surfaces: &FxHashMap<u64, Surface>) -> Vec<u16> {
    let bodies = MARK_BODIES.contains(&letter.edition.as_str());
    let open = if bodies { NONE } else { NONE | both(2) };
    let marks = marks(sheet, &letter.names);
    let mut out = Vec::with_capacity(marks.len());
    for (at, mark) in marks.iter().enumerate() {
        let i = sheet.looked[at] as usize;
        if !sheet.is_capital(i) {
            // goes on with a name or not, as its neighbours say
            let inside = matches!(mark, Some(Ok(_)));
            let kind = mark.and_then(Result::ok).map_or(0, |m| m.0);
            out.push(if inside { 1 << (2 * kind + 2) } else { open & !(1 << 5) });
            continue;
        }
        let s = surfaces.get(&sheet.words[i].folded).copied().unwrap_or_default();
        let named: u32 = s.marked.iter().sum();
        out.push(match *mark {
            Some(Ok((kind, begins))) => {
                let state = 1 << (2 * kind + if begins { 1 } else { 2 });
                // "Vater" is marked here and there, and is no name
                if s.seen >= 4 && 2 * named < s.seen && begins { state | NONE } else { state }
            }
            Some(Err(())) => open,
            None if named >= 2 && 10 * named >= 3 * s.seen => {
                (0..KINDS.len()).filter(|&k| s.marked[k] > 0).fold(open, |a, k| a | both(k))
            }
            None => open,
        });
    }
    out
}

/// What each word of the sparsely marked edition may be, by tables and by how it is used.
fn allowed_by_tables(letter: &Letter, sheet: &Sheet, told: &Told) -> Vec<u16> {
    let marks = marks(sheet, &letter.names);
    let common = &told.common;
    let mut out: Vec<u16> = Vec::with_capacity(marks.len());
    let mut titled = false; // inside a name that a title opened
    for (at, mark) in marks.iter().enumerate() {
        let i = sheet.looked[at] as usize;
        let word = &sheet.words[i];
        let parted = sheet.boundary[at] >= PARTING;
        let before = i.checked_sub(1).map(|b| &sheet.words[b]).filter(|_| word.flags & OPENS == 0);
        let after_title = before.is_some_and(|b| b.classes & TITLE != 0 && sheet.is_capital(i - 1));
        let is_common = common.contains(&word.folded);
        let plain = word.classes & (TITLE | BODY | GOVERN | NATION | LAND) == 0 && !is_common;
        let goes_on = titled && !parted && plain && sheet.is_capital(i);
        let mask = match mark {
            Some(Ok((kind, true))) => 1 << (2 * kind + 1),
            Some(Ok((kind, false))) => 1 << (2 * kind + 2),
            Some(Err(())) => NONE,
            None if !sheet.is_capital(i) => NONE | 1 << 6,
            None if after_title && plain => 1 << 1,
            None if goes_on => 1 << 2,
            None if word.classes & LAND != 0 && word.flags & LAND_FIRST != 0 => 1 << 3 | 1 << 6,
            None if word.classes & LAND != 0 => 1 << 4 | 1 << 6,
            None if word.classes & TITLE != 0 => NONE,
            None if word.classes & (BODY | GOVERN | NATION) != 0 => NONE | both(2),
            None if word.flags & (TOWN | TOWN_PAIR) != 0 && !is_common && after_at(before) => {
                1 << 3
            }
            None if word.flags & TOWN_PAIR != 0 && !is_common && !parted => 1 << 3 | 1 << 4,
            None if told.titled.contains(&word.folded) && plain => 1 << 1 | 1 << 2,
            None if is_common && word.flags & OPENS != 0 => NONE,
            None if is_common => NONE | both(2),
            None => ANY,
        };
        titled = mask == 1 << 1 || mask == 1 << 2;
        out.push(mask);
    }
    out
}

/// Whether a small word that stands before places is there.
fn after_at(before: Option<&Word>) -> bool {
    before.is_some_and(|b| b.classes & AT != 0 && b.flags & CAPITAL == 0)
}

/// What the sparsely marked edition tells of its words by how it uses them.
struct Told {
    /// Words that it writes small as well.
    common: FxHashSet<u64>,
    /// Words that often follow a title: surnames.
    titled: FxHashSet<u64>,
}

impl Told {
    fn new(sheets: &[(usize, Sheet)], letters: &[Letter]) -> Told {
        /// Seldom used words tell nothing.
        const LEAST: u32 = 5;
        let mut counts: FxHashMap<u64, [u32; 3]> = FxHashMap::default(); // capital, small, titled
        for (_, sheet) in sheets.iter().filter(|(l, _)| is_sparse(&letters[*l])) {
            for (i, word) in sheet.words.iter().enumerate() {
                let count = counts.entry(word.folded).or_default();
                count[usize::from(!sheet.is_capital(i))] += 1;
                let before = i.checked_sub(1).map(|b| &sheet.words[b]);
                let titled =
                    before.is_some_and(|b| b.classes & TITLE != 0 && b.flags & CAPITAL != 0);
                count[2] += u32::from(titled && word.flags & OPENS == 0);
            }
        }
        let chosen = |is: fn(&[u32; 3]) -> bool| {
            counts.iter().filter(|(_, c)| is(c)).map(|(w, _)| *w).collect()
        };
        Told {
            common: chosen(|c| 4 * c[1] >= c[0]),
            titled: chosen(|c| c[2] >= LEAST && 3 * c[2] >= c[0] && c[1] == 0),
        }
    }
}

/// Features that name the word itself, its ending or its beginning come first in a sheet's list.
const OWN: usize = 4;

struct Data {
    examples: Vec<Example>,
    /// Examples by edition and language, with each group's share of the draw.
    groups: Vec<(f64, Vec<usize>)>,
    keys: Vec<u16>,
}

fn prepare(letters: &[Letter], s: &Settings) -> Data {
    let sheets: Vec<(usize, Sheet)> = letters
        .par_iter()
        .enumerate()
        .flat_map_iter(|(l, letter)| {
            let (text, party) = (Text::new(&letter.text), party(letter));
            areas(letter).into_iter().map(move |a| (l, Sheet::new(&text, a, &party)))
        })
        .filter(|(_, sheet)| !sheet.looked.is_empty())
        .collect();
    let surfaces = surfaces(&sheets, letters);
    let told = Told::new(&sheets, letters);
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for chunk in sheets.chunks(1024) {
        let seen: Vec<Vec<u64>> = chunk
            .par_iter()
            .map(|(l, sheet)| {
                let mut out = Vec::new();
                for at in 0..sheet.looked.len() {
                    sheet.features(&letters[*l].text, at, &mut out);
                }
                out.sort_unstable();
                out.dedup();
                out
            })
            .collect();
        for hash in seen.into_iter().flatten() {
            *counts.entry(hash).or_default() += 1;
        }
    }
    let mut kept: Vec<(u32, u64)> =
        counts.into_iter().filter(|c| c.1 >= s.rare).map(|(h, n)| (n, h)).collect();
    kept.sort_unstable_by(|a, b| b.cmp(a));
    println!("{} features stand in {} stretches or more", kept.len(), s.rare);
    let mut keys = vec![0u16; WAYS << s.bits];
    for (_, hash) in kept {
        let (set, key) = place(hash, s.bits);
        let ways = &mut keys[set * WAYS..][..WAYS];
        if !ways.contains(&key)
            && let Some(empty) = ways.iter_mut().find(|k| **k == 0)
        {
            *empty = key;
        }
    }
    let row = |hash: u64| {
        let (set, key) = place(hash, s.bits);
        let way = keys[set * WAYS..][..WAYS].iter().position(|&k| k == key)?;
        Some((set * WAYS + way) as u32)
    };
    let examples: Vec<Example> = sheets
        .par_iter()
        .map(|(l, sheet)| {
            let letter = &letters[*l];
            let allowed = match &letter.open {
                Some(open) => allowed_by_notes(letter, sheet, open),
                None if is_sparse(letter) => allowed_by_tables(letter, sheet, &told),
                None => allowed(letter, sheet, &surfaces),
            };
            let mut e = Example {
                rows: Vec::new(),
                ends: Vec::new(),
                boundary: sheet.boundary.clone(),
                allowed,
            };
            let mut features = Vec::new();
            for at in 0..sheet.looked.len() {
                features.clear();
                sheet.features(&letter.text, at, &mut features);
                for (n, &f) in features.iter().enumerate() {
                    if let Some(r) = row(f) {
                        // the highest bit says that the feature is of the word itself
                        e.rows.push(r | if n < OWN { 1 << 31 } else { 0 });
                    }
                }
                e.ends.push(e.rows.len() as u32);
            }
            e
        })
        .collect();
    let mut by: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (n, (l, _)) in sheets.iter().enumerate() {
        let letter = &letters[*l];
        let is_noted = letter.open.is_some();
        if letter.names.is_empty() && !is_noted && !is_sparse(letter) {
            continue;
        }
        // noted letters are of one kind, whatever edition they are of
        let edition = if is_noted { noted::OWN } else { &letter.edition };
        by.entry((&letter.language, edition)).or_default().push(n);
    }
    let size = |g: &Vec<usize>| (g.len() as f64).powf(s.power);
    let mut languages: BTreeMap<&str, f64> = BTreeMap::new();
    let marked = by.iter().filter(|((_, edition), _)| *edition != noted::OWN);
    marked.for_each(|((l, _), g)| *languages.entry(l).or_default() += size(g));
    let has_noted = |l: &str| by.contains_key(&(l, noted::OWN));
    let spoken = |l: &str| by.keys().any(|k| k.0 == l);
    let all: f64 = LANGUAGES.iter().filter(|(l, _)| spoken(l)).map(|l| l.1).sum();
    let share = |language: &str, edition: &str, size: f64| {
        let whole = LANGUAGES.iter().find(|(l, _)| *l == language).map_or(0.0, |l| l.1) / all;
        match (languages.get(language), edition == noted::OWN) {
            (None, _) => whole,
            (Some(_), true) => whole * s.noted,
            (Some(sum), false) if has_noted(language) => whole * (1.0 - s.noted) * size / sum,
            (Some(sum), false) => whole * size / sum,
        }
    };
    let shares: Vec<f64> = by.iter().map(|(k, g)| share(k.0, k.1, size(g))).collect();
    let groups = shares.into_iter().zip(by.into_values()).collect();
    Data { examples, groups, keys }
}

/// Weights in training.
struct Net {
    rows: Vec<[f32; USED]>,
    squares: Vec<[f32; USED]>,
    sum: Vec<[f32; USED]>,
    frame: Frame,
    frame_squares: Frame,
    frame_sum: Frame,
    averaged: f32,
}

/// Scores at the start: no name is gone on with where none has begun, nor across other words.
fn steady() -> Frame {
    const NEVER: f32 = -30.0;
    let mut frame = Frame::flat(BOUNDARIES);
    for kind in 0..KINDS.len() {
        let inside = 2 * kind + 2;
        frame.start[inside] = NEVER;
        for (boundary, matrix) in frame.transitions.iter_mut().enumerate() {
            for (a, row) in matrix.iter_mut().enumerate() {
                if boundary >= usize::from(PARTING) || !(a == inside || a == inside - 1) {
                    row[inside] = NEVER;
                }
            }
        }
    }
    frame
}

struct Step {
    rows: Vec<(u32, usize)>,
    delta: Vec<[f32; USED]>,
    start: Row,
    transitions: Vec<(usize, Matrix)>,
    loss: f64,
}

impl Net {
    fn new(slots: usize) -> Net {
        Net {
            rows: vec![[0.0; USED]; slots],
            squares: vec![[0.0; USED]; slots],
            sum: vec![[0.0; USED]; slots],
            frame: steady(),
            frame_squares: Frame::flat(BOUNDARIES),
            frame_sum: Frame::flat(BOUNDARIES),
            averaged: 0.0,
        }
    }

    fn weigh(&self, e: &Example, factors: &Factors, s: &Settings, r: &mut Random) -> Step {
        let n = e.boundary.len();
        let blind = r.chance(s.blind);
        let (mut free, mut bound) = (Lattice::default(), Lattice::default());
        free.boundary.clone_from(&e.boundary);
        bound.boundary.clone_from(&e.boundary);
        let mut rows: Vec<(u32, usize)> = Vec::new();
        for t in 0..n {
            let mut scores = [0.0f32; USED];
            for &row in e.rows(t) {
                let own = row >> 31 == 1;
                if own && blind || r.chance(s.dropout) {
                    continue;
                }
                let row = row & !(1 << 31);
                scores.iter_mut().zip(&self.rows[row as usize]).for_each(|(a, w)| *a += w);
                rows.push((row, t));
            }
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let mut emission = [0.0; STATES];
            for (x, score) in emission.iter_mut().zip(scores) {
                *x = (score - most).max(-60.0).exp();
            }
            free.emission.push(emission);
            for (state, x) in emission.iter_mut().enumerate() {
                if e.allowed[t] >> state & 1 == 0 {
                    *x = 0.0;
                }
            }
            bound.emission.push(emission);
        }
        let mut matrices: Vec<Option<Matrix>> = vec![None; BOUNDARIES];
        let mut add = |kind: usize, before: &Row, ahead: &Row, sign: f32| {
            let m = matrices[kind].get_or_insert([[0.0; STATES]; STATES]);
            let f = &factors.to[kind];
            for a in 0..USED {
                for b in 0..USED {
                    m[a][b] += sign * before[a] * f[a][b] * ahead[b];
                }
            }
        };
        let asked = bound.forward_backward(factors, |k, x, y| add(k, x, y, 1.0));
        let given = free.forward_backward(factors, |k, x, y| add(k, x, y, -1.0));
        let delta: Vec<[f32; USED]> = bound
            .marginal
            .iter()
            .zip(&free.marginal)
            .map(|(a, g)| std::array::from_fn(|s| a[s] - g[s]))
            .collect();
        let start = std::array::from_fn(|s| if s < USED { delta[0][s] } else { 0.0 });
        let transitions =
            matrices.into_iter().enumerate().filter_map(|(k, m)| Some((k, m?))).collect();
        Step { rows, delta, start, transitions, loss: given - asked }
    }

    fn step(
        &mut self,
        steps: &[Step],
        gradient: &mut FxHashMap<u32, [f32; USED]>,
        rate: f32,
        decay: f32,
    ) -> f64 {
        let mut loss = 0.0;
        gradient.clear();
        for step in steps {
            loss += step.loss;
            for &(row, t) in &step.rows {
                let d = &step.delta[t];
                if d.iter().all(|x| x.abs() < 1e-3) {
                    continue;
                }
                let g = gradient.entry(row).or_insert([0.0; USED]);
                g.iter_mut().zip(d).for_each(|(g, d)| *g += d);
            }
            let squares = &mut self.frame_squares;
            move_row(&mut self.frame.start, &mut squares.start, &step.start, rate, 0.0);
            for (kind, matrix) in &step.transitions {
                let rows = self.frame.transitions[*kind].iter_mut();
                for ((w, q), g) in rows.zip(&mut squares.transitions[*kind]).zip(matrix) {
                    move_row(w, q, g, rate, 0.0);
                }
            }
        }
        for (&row, g) in gradient.iter() {
            let row = row as usize;
            move_row(&mut self.rows[row], &mut self.squares[row], g, rate, decay);
        }
        loss
    }

    /// Notes the weights as they are for their mean.
    fn average(&mut self) {
        self.averaged += 1.0;
        add_rows(&mut self.sum, &self.rows);
        add_row(&mut self.frame_sum.start, &self.frame.start);
        let sums = self.frame_sum.transitions.iter_mut();
        sums.zip(&self.frame.transitions).for_each(|(a, b)| add_rows(a, b));
    }

    /// Takes what another run noted into the mean.
    fn add(&mut self, other: &Net) {
        self.averaged += other.averaged;
        add_rows(&mut self.sum, &other.sum);
        add_row(&mut self.frame_sum.start, &other.frame_sum.start);
        let sums = self.frame_sum.transitions.iter_mut();
        sums.zip(&other.frame_sum.transitions).for_each(|(a, b)| add_rows(a, b));
    }

    /// The mean of what was noted, a byte a weight.
    fn weights(&self, keys: Vec<u16>, bits: u32) -> Weights {
        let n = self.averaged.max(1.0);
        let scale = 0.025;
        let rows = self
            .sum
            .iter()
            .map(|row| {
                let mut out = [0i8; STATES];
                for (o, w) in out.iter_mut().zip(row) {
                    *o = (w / n / scale).round().clamp(-127.0, 127.0) as i8;
                }
                out
            })
            .collect();
        let mut frame = self.frame.clone();
        frame.start = self.frame_sum.start.map(|x| x / n);
        let mean = self.frame_sum.transitions.iter().map(|m| m.map(|r| r.map(|x| x / n)));
        frame.transitions = mean.collect();
        Weights {
            bits,
            scale,
            calibration: std::array::from_fn(|i| i as f32 / (KNOTS - 1) as f32),
            frame,
            keys,
            rows,
        }
    }
}

fn add_rows<const N: usize>(to: &mut [[f32; N]], rows: &[[f32; N]]) {
    to.iter_mut().zip(rows).for_each(|(a, b)| add_row(a, b));
}

fn add_row<const N: usize>(to: &mut [f32; N], row: &[f32; N]) {
    to.iter_mut().zip(row).for_each(|(a, b)| *a += b);
}

/// One AdaGrad step uphill, with a pull to zero.
fn move_row<const N: usize>(
    w: &mut [f32; N],
    squares: &mut [f32; N],
    gradient: &[f32; N],
    rate: f32,
    decay: f32,
) {
    for s in 0..N {
        let g = gradient[s] - decay * w[s];
        squares[s] += g * g;
        w[s] += rate * g / (squares[s].sqrt() + 1e-2);
    }
}

/// Trains on `letters`: the mean of several runs' weights, which is a logarithmic opinion pool
/// (Smith, Cohn and Osborne 2005) of the fields.
fn train(letters: &[Letter], s: &Settings) -> Weights {
    let started = Instant::now();
    let letters = with_untitled(letters, s.untitled);
    let data = prepare(&letters, s);
    println!("{} stretches, {:.0} s", data.examples.len(), started.elapsed().as_secs_f64());
    let mut pool = train_once(&data, s, s.seed);
    for run in 1..s.runs {
        pool.add(&train_once(&data, s, s.seed + run));
    }
    pool.weights(data.keys, s.bits)
}

/// One run over the draws that follow from `seed`.
fn train_once(data: &Data, s: &Settings, seed: u64) -> Net {
    const BATCH: usize = 8;
    const AVERAGE: usize = 50;
    let started = Instant::now();
    let mut net = Net::new(WAYS << s.bits);
    let batches = s.letters / BATCH;
    let mut gradient = FxHashMap::default();
    for epoch in 0..s.epochs {
        let rate = s.rate * (1.0 - 0.85 * epoch as f32 / s.epochs.max(1) as f32);
        let (mut loss, mut words) = (0.0, 0usize);
        for batch in 0..batches {
            let factors = net.frame.exp();
            let first = (epoch * batches + batch) * BATCH;
            let steps: Vec<Step> = (first..first + BATCH)
                .into_par_iter()
                .map(|i| {
                    let mut r = Random::new(seed, i as u64);
                    let mut x = r.unit();
                    let group = data.groups.iter().position(|(share, _)| {
                        x -= share;
                        x < 0.0
                    });
                    let group = &data.groups[group.unwrap_or(0)].1;
                    net.weigh(&data.examples[*r.one(group)], &factors, s, &mut r)
                })
                .collect();
            words += steps.iter().map(|s| s.delta.len()).sum::<usize>();
            loss += net.step(&steps, &mut gradient, rate, s.decay);
            if 2 * epoch >= s.epochs && batch % AVERAGE == 0 {
                net.average();
            }
        }
        println!(
            "epoch {} of {}: loss a word {:.4}, {:.0} s",
            epoch + 1,
            s.epochs,
            loss / words.max(1) as f64,
            started.elapsed().as_secs_f64()
        );
    }
    net
}

/// Takes `by` from the score of every step to "no name".
fn lean(weights: &mut Weights, by: f32) {
    weights.frame.start[0] -= by;
    weights.frame.transitions.iter_mut().flatten().for_each(|row| row[0] -= by);
}

/// Adds `by` to the score of every step to a person's name.
fn favour_persons(weights: &mut Weights, by: f32) {
    const PERSON: std::ops::RangeInclusive<usize> = 1..=2;
    let frame = &mut weights.frame;
    let rows = frame.transitions.iter_mut().flatten().chain([&mut frame.start]);
    rows.for_each(|row| row[PERSON].iter_mut().for_each(|x| *x += by));
}

/// Every name that `model` reads in `letter`.
fn read(model: &Field, letter: &Letter) -> Vec<(MentionKind, Span, f32)> {
    let (text, party) = (Text::new(&letter.text), party(letter));
    let names = areas(letter).into_iter().flat_map(|area| {
        let sheet = Sheet::new(&text, area, &party);
        read_names(model, &letter.text, &sheet)
    });
    names.map(|t| (t.kind, t.span, t.confidence)).collect()
}

/// Fills in the curve of confidence from letters held out, of editions that mark all three kinds.
fn calibrate(weights: &mut Weights, held: &[Letter]) {
    let bytes = weights.to_bytes();
    let Ok(model) = Field::parse(&bytes) else { return };
    let marked =
        held.iter().filter(|l| l.open.is_some() || MARK_BODIES.contains(&l.edition.as_str()));
    let seen: Vec<(f32, f32)> = marked
        .flat_map(|letter| {
            read(&model, letter).into_iter().map(|(kind, span, confidence)| {
                let open = letter.open.iter().flatten().any(|s| s.overlaps(span));
                let right =
                    open || letter.names.iter().any(|n| n.kind == kind && n.span.overlaps(span));
                (confidence, if right { 1.0 } else { 0.0 })
            })
        })
        .collect();
    weights.calibration = curve(&seen);
}

/// At each knot the share right of the answers near it, drawn to the identity where there are few,
/// and never falling.
fn curve(seen: &[(f32, f32)]) -> [f32; KNOTS] {
    /// How many answers the identity counts as.
    const PULL: f32 = 8.0;
    let mut most = 0.0f32;
    std::array::from_fn(|i| {
        let knot = i as f32 / (KNOTS - 1) as f32;
        let near = seen.iter().filter(|(c, _)| (c - knot).abs() < 1.5 / (KNOTS - 1) as f32);
        let (right, all) =
            near.fold((PULL * knot, PULL), |(r, n), (_, right)| (r + right, n + 1.0));
        most = most.max(right / all);
        most
    })
}

/// The letters, those with notes after them and in the place of their own.
fn with_noted(mut letters: Vec<Letter>) -> Result<Vec<Letter>, String> {
    let noted = noted::letters(&letters)?;
    let ids: FxHashSet<&str> = noted.iter().map(|l| l.id.as_str()).collect();
    letters.retain(|l| !ids.contains(l.id.as_str()));
    letters.extend(noted);
    Ok(letters)
}

/// Trains on `../shared/gold/train` and writes the weights to `out`; prints scores on dev.
pub(crate) fn train_and_write(s: &Settings, out: Option<PathBuf>) -> Result<(), String> {
    let letters = with_noted(gold::load("train")?)?;
    let (mut held, mut rest) = (Vec::new(), Vec::new());
    for (i, letter) in letters.into_iter().enumerate() {
        if i % HELD == HELD - 1 { &mut held } else { &mut rest }.push(letter);
    }
    let mut weights = train(&rest, s);
    lean(&mut weights, s.lean);
    favour_persons(&mut weights, s.persons);
    calibrate(&mut weights, &held);
    let bytes = weights.to_bytes();
    let out =
        out.unwrap_or_else(|| gold::workspace().join("crates/letterbook/models/mentions.bin"));
    std::fs::write(&out, &bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    println!("{} bytes to {}", bytes.len(), out.display());
    let model = Field::parse(&bytes).map_err(|e| e.to_string())?;
    print_scores(&model, &gold::load("dev")?);
    println!("noted letters held out");
    held.retain(|l| l.open.is_some());
    print_scores(&model, &held);
    Ok(())
}

/// Trains without one edition at a time and scores it on that edition.
pub(crate) fn loo(s: &Settings, only: &[String]) -> Result<(), String> {
    let letters = with_noted(gold::load("train")?)?;
    let mut editions: Vec<String> = letters.iter().map(|l| l.edition.clone()).collect();
    editions.sort();
    editions.dedup();
    for edition in editions {
        if edition == SPARSE
            || edition == noted::OWN
            || !only.is_empty() && !only.contains(&edition)
        {
            continue;
        }
        let (mut out, rest): (Vec<Letter>, Vec<Letter>) =
            letters.iter().cloned().partition(|l| l.edition == edition);
        out.retain(|l| l.open.is_none());
        let mut weights = train(&rest, s);
        for step in 0..4 {
            println!("with {:.1} taken from being no name", s.lean * step as f32);
            let model = weights.to_bytes();
            print_scores(&Field::parse(&model).map_err(|e| e.to_string())?, &out);
            lean(&mut weights, s.lean);
        }
    }
    Ok(())
}

fn print_scores(model: &Field, letters: &[Letter]) {
    let mut by: BTreeMap<(&str, &str), [Tally; KINDS.len()]> = BTreeMap::new();
    let found: Vec<Vec<(MentionKind, Span, f32)>> =
        letters.par_iter().map(|l| read(model, l)).collect();
    for (letter, found) in letters.iter().zip(&found) {
        let areas = areas(letter);
        let inside = |s: Span| areas.iter().any(|a| a.start <= s.start && s.start < a.end);
        let tallies = by.entry((&letter.edition, &letter.language)).or_default();
        for (kind, tally) in KINDS.iter().zip(tallies) {
            let gold: Vec<Span> = letter
                .names
                .iter()
                .filter(|n| n.kind == *kind && inside(n.span))
                .map(|n| n.span)
                .collect();
            let open = |s: Span| letter.open.iter().flatten().any(|o| o.overlaps(s));
            let read = found.iter().filter(|f| f.0 == *kind && !open(f.1));
            tally.count(&gold, read.map(|f| f.1));
        }
    }
    for ((edition, language), tallies) in by {
        for (kind, tally) in KINDS.iter().zip(tallies).filter(|(_, t)| t.right + t.missed > 0) {
            let kind = format!("{kind:?}").to_lowercase();
            println!("{language} {edition:26} {kind:8} {tally}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_follows_the_answers_and_never_falls() {
        let mut seen: Vec<(f32, f32)> = Vec::new();
        for i in 0..2_000 {
            seen.push((0.9, if i % 10 < 6 { 1.0 } else { 0.0 }));
            seen.push((0.5, if i % 10 < 8 { 1.0 } else { 0.0 }));
        }
        let knots = curve(&seen);
        assert!(knots.windows(2).all(|w| w[0] <= w[1]), "{knots:?}");
        assert!((knots[10] - 0.8).abs() < 0.02, "{knots:?}");
        assert!((curve(&[])[7] - 0.35).abs() < 1e-5);
    }

    #[test]
    fn a_name_is_gone_on_with_only_where_one_has_begun() {
        let frame = steady();
        for (boundary, matrix) in frame.transitions.iter().enumerate() {
            for (from, row) in matrix.iter().enumerate() {
                let is_open = boundary < usize::from(PARTING) && (from == 1 || from == 2);
                assert_eq!(row[2] < -1.0, !is_open, "{boundary} {from}");
            }
        }
    }
}
