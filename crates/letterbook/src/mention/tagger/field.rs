//! A linear-chain conditional random field of eight states over hashed features.
//!
//! Owns the weights' file format, the look-up of feature rows and the lattice. It is the zone
//! labeller's mechanism (`crate::model`) made small: names need seven states, a row of eight bytes
//! and a quarter of the work a word, and half of a body's words may be looked at. Training is the
//! lab's; the lattice here is the one it trains with.
//!
//! File: magic, version, log2 of the number of sets, kinds of boundary, scale, calibration, start
//! and transition scores, keys, rows; little-endian. A feature's hash names a set of four slots and
//! a key of sixteen bits.

use std::fmt;

pub use crate::model::KNOTS;
use crate::model::{EarlyEnd, Reader, on_curve};

/// How many states a lattice has.
pub const STATES: usize = 8;
/// One score or probability a state.
pub type Row = [f32; STATES];
/// Scores from each state (first index) to each (second).
pub type Matrix = [Row; STATES];
/// Slots in a set.
pub const WAYS: usize = 4;

const MAGIC: &[u8; 4] = b"LBNM";
const VERSION: u32 = 1;

/// Where a feature's weights would lie: the set, and the key that tells it from others there.
///
/// `bits` is log2 of the number of sets. The key is never 0, which marks an empty slot.
pub fn place(hash: u64, bits: u32) -> (usize, u16) {
    let h = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((h >> (64 - bits)) as usize, ((h >> 20) as u16).max(1))
}

/// The scores that do not depend on features.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Scores of the first word's state.
    pub start: Row,
    /// Scores of transitions, one matrix for each kind of boundary between two words.
    pub transitions: Vec<Matrix>,
}

impl Frame {
    /// No preference at all, for `kinds` kinds of boundary.
    pub fn flat(kinds: usize) -> Frame {
        Frame { start: [0.0; STATES], transitions: vec![[[0.0; STATES]; STATES]; kinds] }
    }

    /// The same scores as factors.
    pub fn exp(&self) -> Frame {
        let exp = |r: &Row| r.map(f32::exp);
        let transitions = self.transitions.iter().map(|m| m.each_ref().map(exp)).collect();
        Frame { start: exp(&self.start), transitions }
    }
}

/// A trained field, its weights where they lie.
#[derive(Debug)]
pub struct Field<'a> {
    bits: u32,
    scale: f32,
    calibration: [f32; KNOTS],
    factors: Frame,
    keys: &'a [u8],
    rows: &'a [u8],
}

/// Why bytes are not a field.
#[derive(Debug, PartialEq, Eq)]
pub struct BadField(&'static str);

impl fmt::Display for BadField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected the weights of a tagger of names, but found {}", self.0)
    }
}

impl std::error::Error for BadField {}

impl From<EarlyEnd> for BadField {
    fn from(_: EarlyEnd) -> BadField {
        BadField("an early end")
    }
}

impl<'a> Field<'a> {
    /// Reads the weights in `bytes`, copying only the frame.
    ///
    /// # Errors
    ///
    /// When the bytes are of another format or version, or are cut short.
    ///
    /// ```
    /// use letterbook::mention::tagger::field::Field;
    /// let error = Field::parse(b"LBNM").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "expected the weights of a tagger of names, but found an early end"
    /// );
    /// ```
    pub fn parse(bytes: &'a [u8]) -> Result<Field<'a>, BadField> {
        let mut at = Reader { bytes };
        if at.take(4)? != MAGIC {
            return Err(BadField("another kind of file"));
        }
        if at.u32()? != VERSION {
            return Err(BadField("another version of the format; train again"));
        }
        let bits = at.u32()?;
        let kinds = at.u32()? as usize;
        if !(4..=24).contains(&bits) || kinds > 256 {
            return Err(BadField("sizes out of range"));
        }
        let scale = at.f32()?;
        let mut calibration = [0.0; KNOTS];
        for k in &mut calibration {
            *k = at.f32()?;
        }
        let mut frame = Frame::flat(kinds);
        for x in frame.start.iter_mut().chain(frame.transitions.iter_mut().flatten().flatten()) {
            *x = at.f32()?;
        }
        let slots = WAYS << bits;
        let keys = at.take(2 * slots)?;
        let rows = at.take(STATES * slots)?;
        if !at.bytes.is_empty() {
            return Err(BadField("bytes after the end"));
        }
        Ok(Field { bits, scale, calibration, factors: frame.exp(), keys, rows })
    }

    /// Start and transitions as factors.
    pub fn factors(&self) -> &Frame {
        &self.factors
    }

    /// Adds the weights of the feature `hash`, in steps of the field's scale, to `sum`.
    #[inline]
    pub fn add(&self, hash: u64, sum: &mut [i16; STATES]) {
        let (set, key) = place(hash, self.bits);
        let keys = &self.keys[set * 2 * WAYS..][..2 * WAYS];
        let Some(way) = keys.chunks_exact(2).position(|k| u16::from_le_bytes([k[0], k[1]]) == key)
        else {
            return;
        };
        let row = &self.rows[(set * WAYS + way) * STATES..][..STATES];
        for (s, &w) in sum.iter_mut().zip(row) {
            *s += i16::from(w as i8);
        }
    }

    /// What one step of [`add`](Field::add) weighs.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The share of right answers among those given with `probability`.
    pub fn calibrated(&self, probability: f32) -> f32 {
        on_curve(&self.calibration, probability)
    }
}

/// What is written to a weights file; the lab fills it in.
#[derive(Debug)]
pub struct Weights {
    /// Log2 of the number of sets.
    pub bits: u32,
    /// What one step weighs.
    pub scale: f32,
    /// Share of right answers at confidences 0, 0.05, … 1.
    pub calibration: [f32; KNOTS],
    /// Start and transition scores.
    pub frame: Frame,
    /// The key in each slot, 0 when it is empty.
    pub keys: Vec<u16>,
    /// The steps of each slot.
    pub rows: Vec<[i8; STATES]>,
}

impl Weights {
    /// The bytes that [`Field::parse`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend(self.bits.to_le_bytes());
        out.extend((self.frame.transitions.len() as u32).to_le_bytes());
        let transitions = self.frame.transitions.iter().flatten().flatten();
        let scores = self.frame.start.iter().chain(transitions);
        for x in [self.scale].iter().chain(&self.calibration).chain(scores) {
            out.extend(x.to_le_bytes());
        }
        self.keys.iter().for_each(|k| out.extend(k.to_le_bytes()));
        self.rows.iter().flatten().for_each(|&w| out.push(w as u8));
        out
    }
}

/// A stretch's worth of factors and what follows from them.
#[derive(Debug, Default)]
pub struct Lattice {
    /// Factor of each state at each word, `exp` of its score; 0 forbids the state.
    pub emission: Vec<Row>,
    /// The kind of boundary before each word; the first word's is not looked at.
    pub boundary: Vec<u8>,
    /// After [`forward_backward`](Lattice::forward_backward): the probability of each state.
    pub marginal: Vec<Row>,
    forward: Vec<Row>,
    scale: Vec<f32>,
    back: Vec<[u8; STATES]>,
}

/// The row times the matrix.
fn through(row: &Row, matrix: &Matrix) -> Row {
    let mut out = [0.0; STATES];
    for (x, to) in row.iter().zip(matrix) {
        out.iter_mut().zip(to).for_each(|(o, f)| *o += x * f);
    }
    out
}

impl Lattice {
    /// Fills [`marginal`](Lattice::marginal) and returns the logarithm of the sum over all paths.
    ///
    /// `pair` is given, for each word but the first, the boundary's kind, the forward factors of the
    /// word before, and the backward factors times emission of this one; their products with the
    /// transition factors are the pairs' probabilities.
    pub fn forward_backward(
        &mut self,
        factors: &Frame,
        mut pair: impl FnMut(usize, &Row, &Row),
    ) -> f64 {
        let n = self.emission.len();
        self.marginal.clear();
        self.forward.clear();
        self.scale.clear();
        let mut log_sum = 0.0f64;
        let mut now = factors.start;
        for (t, emission) in self.emission.iter().enumerate() {
            if let Some(before) = self.forward.last() {
                now = through(before, &factors.transitions[usize::from(self.boundary[t])]);
            }
            now.iter_mut().zip(emission).for_each(|(x, e)| *x *= e);
            let sum: f32 = now.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            now.iter_mut().for_each(|x| *x /= sum);
            log_sum += f64::from(sum.ln());
            self.forward.push(now);
            self.scale.push(sum);
        }
        self.marginal.resize(n, [0.0; STATES]);
        let mut backward = [1.0; STATES];
        for t in (0..n).rev() {
            for (m, (f, b)) in
                self.marginal[t].iter_mut().zip(self.forward[t].iter().zip(&backward))
            {
                *m = f * b;
            }
            if t == 0 {
                break;
            }
            let mut ahead = backward;
            ahead.iter_mut().zip(&self.emission[t]).for_each(|(x, e)| *x *= e / self.scale[t]);
            let kind = usize::from(self.boundary[t]);
            pair(kind, &self.forward[t - 1], &ahead);
            backward = factors.transitions[kind]
                .each_ref()
                .map(|row| row.iter().zip(&ahead).map(|(f, a)| f * a).sum());
        }
        log_sum
    }

    /// The most probable path, one state a word.
    pub fn best_path(&mut self, factors: &Frame, path: &mut Vec<u8>) {
        path.clear();
        self.back.clear();
        let mut now = factors.start;
        for (t, emission) in self.emission.iter().enumerate() {
            let mut from = [0u8; STATES];
            if t > 0 {
                let matrix = &factors.transitions[usize::from(self.boundary[t])];
                let before = std::mem::replace(&mut now, [-1.0; STATES]);
                for (a, (x, row)) in before.iter().zip(matrix).enumerate() {
                    for ((best, from), factor) in now.iter_mut().zip(&mut from).zip(row) {
                        if x * factor > *best {
                            *best = x * factor;
                            *from = a as u8;
                        }
                    }
                }
            }
            let mut most = f32::MIN_POSITIVE;
            for (x, e) in now.iter_mut().zip(emission) {
                *x *= e;
                most = most.max(*x);
            }
            now.iter_mut().for_each(|x| *x /= most);
            self.back.push(from);
        }
        let best = |a: usize, b: usize| if now[b] > now[a] { b } else { a };
        let mut state = (1..STATES).fold(0, best);
        for from in self.back.iter().rev() {
            path.push(state as u8);
            state = usize::from(from[state]);
        }
        path.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A lattice of three words and factors that favour nothing in particular.
    fn example() -> (Lattice, Frame) {
        let score = |i: usize| ((i * 37 + 11) % 17) as f32 / 8.0 - 1.0;
        let row = |n: usize| std::array::from_fn(|s| score(n * STATES + s));
        let mut frame = Frame { start: row(91), transitions: Vec::new() };
        for kind in 0..2 {
            frame.transitions.push(std::array::from_fn(|a| row(kind * 13 + a)));
        }
        let emission = (0..3).map(|t| row(50 + t).map(f32::exp)).collect();
        (Lattice { emission, boundary: vec![0, 1, 0], ..Lattice::default() }, frame.exp())
    }

    /// Every path of three words with its weight.
    fn paths(l: &Lattice, f: &Frame) -> Vec<([usize; 3], f64)> {
        let mut out = Vec::new();
        for a in 0..STATES {
            for b in 0..STATES {
                for c in 0..STATES {
                    let weight = f.start[a] * l.emission[0][a] * f.transitions[1][a][b];
                    let rest = l.emission[1][b] * f.transitions[0][b][c] * l.emission[2][c];
                    out.push(([a, b, c], f64::from(weight) * f64::from(rest)));
                }
            }
        }
        out
    }

    #[test]
    fn marginals_and_best_path_are_those_of_all_paths_counted_one_by_one() {
        let (mut lattice, frame) = example();
        let log_sum = lattice.forward_backward(&frame, |_, _, _| {});
        let all = paths(&lattice, &frame);
        let sum: f64 = all.iter().map(|p| p.1).sum();
        assert!((log_sum - sum.ln()).abs() < 1e-4, "{log_sum} {}", sum.ln());
        for t in 0..3 {
            for s in 0..STATES {
                let part: f64 = all.iter().filter(|p| p.0[t] == s).map(|p| p.1).sum();
                let told = f64::from(lattice.marginal[t][s]);
                assert!((told - part / sum).abs() < 1e-4, "word {t} state {s}");
            }
        }
        let mut path = Vec::new();
        lattice.best_path(&frame, &mut path);
        let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("paths");
        assert_eq!(path, best.0.map(|s| s as u8));
    }

    #[test]
    fn weights_written_are_weights_read_and_no_others_are_taken() {
        let bits = 4;
        let mut weights = Weights {
            bits,
            scale: 0.5,
            calibration: std::array::from_fn(|i| i as f32 / 20.0),
            frame: Frame::flat(2),
            keys: vec![0; WAYS << bits],
            rows: vec![[0; STATES]; WAYS << bits],
        };
        let (set, key) = place(77, bits);
        weights.keys[set * WAYS] = key;
        weights.rows[set * WAYS] = [1, -2, 3, 0, 0, 0, 0, 127];
        let bytes = weights.to_bytes();
        let field = Field::parse(&bytes).expect("weights just written");
        let mut sum = [0; STATES];
        field.add(77, &mut sum);
        assert_eq!(sum, [1, -2, 3, 0, 0, 0, 0, 127]);
        assert!((field.calibrated(0.525) - 0.525).abs() < 1e-6);
        assert!(Field::parse(&bytes[..bytes.len() - 1]).is_err());
        assert!(Field::parse(&[&bytes[..], &[0]].concat()).is_err());
    }
}
