//! What a first look makes of a letter, as features for the second.
//!
//! A chain of states forgets: at a postscript it no longer knows that a signature stands above. The
//! sketch remembers. It holds, for each phrase, the likeliest state by the first look, what stands
//! before and after it, how far its zone reaches, and what is in that zone and its neighbours: a
//! dateline without a date is none.

use crate::model::{Row, STATES};

use super::BODY;
use super::page::{CONTENTS, Features, Page, feature, step};

/// The first look at a whole letter.
#[derive(Debug, Default)]
pub struct Sketch {
    phrases: Vec<Guess>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Guess {
    state: u64,
    /// How sure: 0 to 3.
    sure: u64,
    /// Which of [`TOLD`] stand before this phrase, and which after it.
    before: u64,
    after: u64,
    /// The state before the run of phrases of one state that this one lies in, and the one after.
    neighbours: (u64, u64),
    /// Phrases of the run before this one and after it.
    run: (usize, usize),
    /// Runs of the same state before this one and after it.
    same: (usize, usize),
    /// What stands in the run, and in the runs before and after it: see [`Page::content`].
    content: u64,
    beside: (u64, u64),
}

/// States that tell how far a letter has come, each with its bit.
const TOLD: [u64; STATES] = {
    let mut bits = [0; STATES];
    bits[2] = 1;
    bits[4] = 2;
    bits[BODY] = 4;
    bits[12] = 8;
    bits[13] = 16;
    bits[14] = 32;
    bits[7] = 64;
    bits[8] = 64;
    bits
};
/// The first number of these features among all, and the number of each one's values.
const FIRST: u64 = 200;
const VALUES: [u64; 11] = [
    64,
    128 * 16,
    128 * 16,
    128 * 16,
    36 * 16,
    17 * 17 * 16,
    16 << CONTENTS,
    17 * 16 * CONTENTS,
    17 * 16 * CONTENTS,
    16 * 16,
    100 * 16,
];

impl Sketch {
    /// The sketch of a letter whose phrases have these probabilities by the first look.
    pub fn new(page: &Page, marginal: &[Row]) -> Sketch {
        let contents: Vec<u64> = (0..marginal.len()).map(|i| page.content(i)).collect();
        Sketch::of(&contents, marginal)
    }

    fn of(contents: &[u64], marginal: &[Row]) -> Sketch {
        let mut phrases: Vec<Guess> = marginal
            .iter()
            .map(|row| {
                let state =
                    (1..STATES).fold(0, |best, s| if row[s] > row[best] { s } else { best });
                let sure = [0.5, 0.9, 0.99].iter().filter(|&&p| row[state] >= p).count();
                Guess { state: state as u64, sure: sure as u64, ..Guess::default() }
            })
            .collect();
        let mut seen = 0;
        let mut last = (STATES as u64, STATES as u64, 0);
        for guess in &mut phrases {
            if guess.state != last.0 {
                last = (guess.state, last.0, 0);
            }
            guess.before = seen;
            guess.neighbours.0 = last.1;
            guess.run.0 = last.2;
            last.2 += 1;
            seen |= TOLD[guess.state as usize];
        }
        seen = 0;
        last = (STATES as u64, STATES as u64, 0);
        for guess in phrases.iter_mut().rev() {
            if guess.state != last.0 {
                last = (guess.state, last.0, 0);
            }
            guess.after = seen;
            guess.neighbours.1 = last.1;
            guess.run.1 = last.2;
            last.2 += 1;
            seen |= TOLD[guess.state as usize];
        }
        Sketch::fill_in(&mut phrases, contents);
        Sketch::count_runs(&mut phrases);
        Sketch { phrases }
    }

    /// Fills in [`Guess::same`].
    fn count_runs(phrases: &mut [Guess]) {
        let mut counts = [0; STATES];
        for run in phrases.chunk_by_mut(|a, b| a.state == b.state) {
            let state = run[0].state as usize;
            run.iter_mut().for_each(|g| g.same.0 = counts[state]);
            counts[state] += 1;
        }
        for guess in phrases {
            guess.same.1 = counts[guess.state as usize] - 1 - guess.same.0;
        }
    }

    /// Fills in what stands in each run and beside it.
    fn fill_in(phrases: &mut [Guess], contents: &[u64]) {
        let mut start = 0;
        let mut last = 0;
        for run in phrases.chunk_by_mut(|a, b| a.state == b.state) {
            let content = contents[start..start + run.len()].iter().fold(0, |a, b| a | b);
            run.iter_mut().for_each(|g| (g.content, g.beside.0) = (content, last));
            (start, last) = (start + run.len(), content);
        }
        let mut last = 0;
        let mut i = phrases.len();
        while i > 0 {
            let first = i - 1 - phrases[i - 1].run.0;
            let content = phrases[i - 1].content;
            phrases[first..i].iter_mut().for_each(|g| g.beside.1 = last);
            (i, last) = (first, content);
        }
    }

    /// The features of phrase `i`.
    pub fn features(&self, i: usize, out: &mut impl Features) {
        let g = &self.phrases[i];
        // of what stands around: the opening before, the end before, the end after
        let around = g.before >> 1 & 1
            | (g.before >> 3 & 7) << 1
            | (g.after >> 3 & 3) << 4
            | (g.after >> 1 & 1) << 6;
        let values = [
            g.state << 2 | g.sure,
            g.before << 4 | g.state,
            g.after << 4 | g.state,
            around << 4 | g.state,
            (step(g.run.0).min(5) * 6 + step(g.run.1).min(5)) << 4 | g.state,
            (g.neighbours.0 * 17 + g.neighbours.1) << 4 | g.state,
            g.content << 4 | g.state,
        ];
        for (value, template) in values.into_iter().zip(FIRST..) {
            out.add(template, value);
        }
        let same = (g.same.0.min(3) * 4 + g.same.1.min(3)) as u64;
        out.add(FIRST + 9, same << 4 | g.state);
        let long = step(g.run.0).min(9) * 10 + step(g.run.1).min(9);
        out.add(FIRST + 10, long << 4 | g.state);
        let sides = [(g.beside.0, g.neighbours.0), (g.beside.1, g.neighbours.1)];
        for ((content, state), template) in sides.into_iter().zip(FIRST + values.len() as u64..) {
            for kind in (0..CONTENTS).filter(|k| content >> k & 1 == 1) {
                out.add(template, (kind * 17 + state) << 4 | g.state);
            }
        }
    }

    /// Every feature that there may be: they are known before any letter is seen.
    pub fn all_features() -> impl Iterator<Item = u64> {
        VALUES
            .into_iter()
            .zip(FIRST..)
            .flat_map(|(n, template)| (0..n).map(move |value| feature(template, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn sketch(states: &[usize]) -> Sketch {
        let row = |&s: &usize| std::array::from_fn(|i| if i == s { 0.95 } else { 0.05 / 15.0 });
        let contents: Vec<u64> = (0..states.len()).map(|i| 1 << (i as u64 % CONTENTS)).collect();
        Sketch::of(&contents, &states.iter().map(row).collect::<Vec<Row>>())
    }

    #[test]
    fn it_remembers_what_stands_before_and_after() {
        let s = sketch(&[2, 4, 0, 0, 12, 13, 0]);
        assert_eq!(s.phrases[6].before, 1 | 2 | 4 | 8 | 16);
        assert_eq!(s.phrases[2].after, 4 | 8 | 16);
        assert_eq!(s.phrases[3].neighbours, (4, 12));
        assert_eq!(s.phrases[3].run, (1, 0));
        assert_eq!(s.phrases[0].neighbours, (16, 4));
        assert_eq!((s.phrases[0].state, s.phrases[0].sure), (2, 2));
        let body = &s.phrases[2];
        assert_eq!((body.content, body.beside), (4 | 8, (2, 16)));
        assert_eq!(s.phrases[6].beside, (32, 0));
    }

    #[test]
    fn it_counts_the_zones_of_one_label() {
        let s = sketch(&[2, 2, 0, 13, 14, 13]);
        assert_eq!(s.phrases.iter().map(|g| g.same.0).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 1]);
        assert_eq!(s.phrases.iter().map(|g| g.same.1).collect::<Vec<_>>(), [0, 0, 0, 1, 0, 0]);
    }

    #[test]
    fn no_feature_is_outside_those_listed() {
        let all: HashSet<u64> = Sketch::all_features().collect();
        assert_eq!(all.len() as u64, VALUES.iter().sum::<u64>());
        for states in [&[2, 4, 0, 12, 13, 14, 7, 8][..], &[15; 9], &[0], &[14, 1, 14, 13, 4]] {
            let s = sketch(states);
            let mut out = Vec::new();
            (0..states.len()).for_each(|i| s.features(i, &mut out));
            assert!(out.iter().all(|f| all.contains(f)));
        }
    }
}
