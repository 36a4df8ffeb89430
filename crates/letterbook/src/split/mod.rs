//! Many letters in one text: where each of them begins.
//!
//! Letter books, transcripts and printed collections put letters one below the other, with a line
//! of signs, a page, a number or nothing between them. A place where a letter may begin is a line
//! that looks like an opening, a number, the heading of an enclosed letter or the first after a line of
//! signs. For each, `place` lets the zone labeller read what stands below as the head of a letter and what stands
//! above as the foot of one; weights that the lab learned on letters joined in many ways
//! (`tables/split.tsv`, `lab split`) say how much of a boundary that shows; and `book` weighs all
//! places of the text together. That is done twice: after the first look, `habit` adds what the
//! letters found so far have alike, since a letter book is uniform. A quoted letter, an enclosure or
//! a postscript looks like the one half of a boundary and is none. Works in time linear in the text.
//! Does not know files: pages come as form feeds.

mod book;
mod habit;
mod lines;
mod place;
mod side;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub use book::chances;
pub use habit::habits;
pub use place::{Form, Parting, Place, Places, places};

/// A letter that begins in the middle of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Boundary {
    /// Where the one before ends, in bytes: before the line of signs that parts them.
    pub end: usize,
    /// Where the letter begins, in bytes.
    pub start: usize,
    /// What shows it.
    pub reason: Reason,
    /// In `0.0..=1.0`; of the boundaries given with 0.9, nine in ten are right.
    pub confidence: f32,
}

/// What shows that a letter begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A line of signs.
    Separator,
    /// A page feed.
    Page,
    /// A heading whose number counts on from that of another, or that of an enclosed letter.
    Heading,
    /// An opening after the end of another letter.
    Opening,
}

/// What the signs of a place weigh, and what is known of a text before it is seen.
#[derive(Debug, Clone)]
pub struct Weights {
    /// The weight of each sign in the first look and in the second, by its name: natural logarithms
    /// of odds.
    pub signs: FxHashMap<String, [f32; 2]>,
    /// The odds that a text is a book, for either look, as natural logarithms.
    pub prior: [f32; 2],
    /// The least chance of a boundary, in `0.0..=1.0`.
    pub limit: f32,
    /// How much of the logarithm of a chance's odds is to be trusted, and what is to be added: what
    /// makes a confidence of a chance.
    pub trust: (f32, f32),
}

/// The rows of the table that are no signs.
const PRIOR: &str = "(prior)";
const LIMIT: &str = "(limit)";
const TRUST: &str = "(trust)";

impl Weights {
    /// The weights that ship with the crate.
    pub fn shipped() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> =
            LazyLock::new(|| Weights::parse(include_str!("../../tables/split.tsv")));
        &WEIGHTS
    }

    /// Reads a table of names and weights; rows that are none are passed over.
    pub fn parse(table: &str) -> Weights {
        let signs = FxHashMap::default();
        let mut weights = Weights { signs, prior: [0.0; 2], limit: 0.5, trust: (1.0, 0.0) };
        for row in table.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = row.split('\t');
            let name = cells.next().unwrap_or_default();
            let mut number = || cells.next().and_then(|cell| cell.parse::<f32>().ok());
            let Some(first) = number() else { continue };
            let second = number().unwrap_or_default();
            match name {
                PRIOR => weights.prior = [first, second],
                LIMIT => weights.limit = first,
                TRUST => weights.trust = (first, second),
                _ => drop(weights.signs.insert(name.to_owned(), [first, second])),
            }
        }
        weights
    }

    /// The rows of the table, as [`Weights::parse`] reads them.
    pub fn rows(&self) -> Vec<String> {
        let row = |name: &str, [a, b]: [f32; 2]| format!("{name}\t{a:.2}\t{b:.2}");
        let mut rows: Vec<String> = self.signs.iter().map(|(name, w)| row(name, *w)).collect();
        rows.sort();
        let (slope, shift) = self.trust;
        let others = [(PRIOR, self.prior), (LIMIT, [self.limit, 0.0]), (TRUST, [slope, shift])];
        rows.splice(0..0, others.map(|(name, values)| row(name, values)));
        rows
    }

    /// How sure a boundary of this chance is, in `0.0..=1.0`.
    pub fn confidence(&self, chance: f64) -> f32 {
        let chance = chance.clamp(1e-6, 1.0 - 1e-6) as f32;
        let (slope, shift) = self.trust;
        1.0 / (1.0 + (-(slope * (chance / (1.0 - chance)).ln() + shift)).exp())
    }

    /// How much likelier what a place shows is at a boundary than elsewhere, as natural logarithms
    /// for the first look and the second.
    pub fn evidence(&self, signs: &[String]) -> [f64; 2] {
        let seen = signs.iter().filter_map(|sign| self.signs.get(sign));
        seen.fold([0.0; 2], |sum, w| [sum[0] + f64::from(w[0]), sum[1] + f64::from(w[1])])
    }
}

/// The letters that begin after the first, in the order of the text.
///
/// ```
/// use letterbook::split::find_letters;
///
/// let one = "Leeds, 4 May 1871\n\nDear Sir,\n\nThe two parcels came this morning, and I have \
///            put them in the dry store, where they will keep until you send for them. The third, \
///            of which you wrote, has not been seen at the station.\n\nYours faithfully,\nJ. Marsh\n";
/// assert!(find_letters(one).is_empty());
///
/// let two = format!("{one}\n* * *\n\n{one}");
/// let found = find_letters(&two);
/// assert_eq!(found.len(), 1);
/// assert!(two[found[0].start..].starts_with("Leeds, 4 May"));
/// ```
pub fn find_letters(text: &str) -> Vec<Boundary> {
    choose(&places(text), Weights::shipped())
}

/// The boundaries among the places of a text by the weights given.
pub fn choose(places: &Places, weights: &Weights) -> Vec<Boundary> {
    let Places { all, .. } = places;
    let evidence: Vec<[f64; 2]> = all.iter().map(|p| weights.evidence(&p.signs)).collect();
    let [prior, second_prior] = weights.prior.map(f64::from);
    let first: Vec<f64> = evidence.iter().map(|e| e[0]).collect();
    let habits = habits(places, &chances(all, &first, prior));
    let second = evidence.iter().zip(&habits).map(|(e, signs)| e[1] + weights.evidence(signs)[1]);
    let chances = chances(all, &second.collect::<Vec<f64>>(), second_prior);
    let chosen = book::choose(all, &chances, f64::from(weights.limit));
    let boundary = |i: usize| {
        let Place { end, start, parting, .. } = all[i];
        let reason = match parting {
            Parting::Rule(_) => Reason::Separator,
            Parting::Page => Reason::Page,
            Parting::Heading => Reason::Heading,
            Parting::Blanks | Parting::Blank | Parting::Line => Reason::Opening,
        };
        Boundary { end, start, reason, confidence: weights.confidence(chances[i]) }
    };
    chosen.into_iter().map(boundary).collect()
}
