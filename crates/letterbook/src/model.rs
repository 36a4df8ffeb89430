//! A linear-chain conditional random field over hashed features, and nothing of letters.
//!
//! Owns the weights' file format, the look-up of feature rows and the lattice: forward, backward
//! and best path. Weights are one byte a state and read where they lie, so loading costs nothing.
//! Training is the lab's; the lattice here is the one it trains with.
//!
//! File: magic, version, log2 of the number of sets, scale, calibration, start, end and transition
//! scores, keys, rows; little-endian. A feature's hash names a set of four slots and a key of
//! sixteen bits; unknown features are told from known ones by the key, wrongly once in some
//! sixteen thousand looks.

use std::fmt;

/// How many states a lattice has.
pub const STATES: usize = 16;
/// One score or probability a state.
pub type Row = [f32; STATES];
/// Scores from each state (first index) to each (second).
pub type Matrix = [Row; STATES];

const MAGIC: &[u8; 4] = b"LBZM";
const VERSION: u32 = 1;
/// Slots in a set.
pub const WAYS: usize = 4;
/// Points of the calibration curve: confidences 0, 0.05, … 1.
pub const KNOTS: usize = 21;

/// Where a feature's weights would lie: the set, and the key that tells it from others there.
///
/// `bits` is log2 of the number of sets. The key is never 0, which marks an empty slot.
pub fn place(hash: u64, bits: u32) -> (usize, u16) {
    let h = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let set = (h >> (64 - bits)) as usize;
    (set, ((h >> 20) as u16).max(1))
}

/// The scores that do not depend on features.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Log-scores of the first token's state.
    pub start: Row,
    /// Log-scores of the last token's state.
    pub end: Row,
    /// Log-scores of transitions, one matrix for each kind of boundary between two tokens.
    pub transitions: Vec<Matrix>,
}

impl Frame {
    /// No preference at all, for `kinds` kinds of boundary.
    pub fn flat(kinds: usize) -> Frame {
        Frame {
            start: [0.0; STATES],
            end: [0.0; STATES],
            transitions: vec![[[0.0; STATES]; STATES]; kinds],
        }
    }

    /// The same scores as factors.
    pub fn exp(&self) -> Frame {
        let exp = |r: &Row| r.map(f32::exp);
        Frame {
            start: exp(&self.start),
            end: exp(&self.end),
            transitions: self.transitions.iter().map(|m| m.each_ref().map(exp)).collect(),
        }
    }
}

/// A trained model, its weights where they lie.
#[derive(Debug)]
pub struct Model<'a> {
    bits: u32,
    scale: f32,
    calibration: [f32; KNOTS],
    factors: Frame,
    keys: &'a [u8],
    rows: &'a [u8],
}

/// Why bytes are not a model.
#[derive(Debug, PartialEq, Eq)]
pub struct BadModel(&'static str);

impl fmt::Display for BadModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected the weights of a zone model, but found {}", self.0)
    }
}

impl std::error::Error for BadModel {}

impl<'a> Model<'a> {
    /// Reads the weights in `bytes`, copying only the frame.
    ///
    /// # Errors
    ///
    /// When the bytes are of another format or version, or are cut short.
    pub fn parse(bytes: &'a [u8]) -> Result<Model<'a>, BadModel> {
        let mut at = Reader { bytes };
        if at.take(4)? != MAGIC {
            return Err(BadModel("another kind of file"));
        }
        if at.u32()? != VERSION {
            return Err(BadModel("another version of the format; train again"));
        }
        let bits = at.u32()?;
        let kinds = at.u32()? as usize;
        if !(4..=24).contains(&bits) || kinds > 4096 {
            return Err(BadModel("sizes out of range"));
        }
        let scale = at.f32()?;
        let mut calibration = [0.0; KNOTS];
        for k in &mut calibration {
            *k = at.f32()?;
        }
        let mut frame = Frame::flat(kinds);
        frame.start = at.row()?;
        frame.end = at.row()?;
        for row in frame.transitions.iter_mut().flatten() {
            *row = at.row()?;
        }
        let slots = WAYS << bits;
        let keys = at.take(2 * slots)?;
        let rows = at.take(STATES * slots)?;
        if !at.bytes.is_empty() {
            return Err(BadModel("bytes after the end"));
        }
        Ok(Model { bits, scale, calibration, factors: frame.exp(), keys, rows })
    }

    /// Start, end and transitions as factors.
    pub fn factors(&self) -> &Frame {
        &self.factors
    }

    /// Adds the weights of the feature `hash`, in steps of the model's scale, to `sum`.
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

    /// What one step of [`add`](Model::add) weighs.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The share of right answers among those given with `probability`.
    pub fn calibrated(&self, probability: f32) -> f32 {
        let x = probability.clamp(0.0, 1.0) * (KNOTS - 1) as f32;
        let i = (x as usize).min(KNOTS - 2);
        let part = x - i as f32;
        self.calibration[i] * (1.0 - part) + self.calibration[i + 1] * part
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
    /// Start, end and transition log-scores.
    pub frame: Frame,
    /// The key in each slot, 0 when it is empty.
    pub keys: Vec<u16>,
    /// The steps of each slot.
    pub rows: Vec<[i8; STATES]>,
}

impl Weights {
    /// The bytes that [`Model::parse`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend(self.bits.to_le_bytes());
        out.extend((self.frame.transitions.len() as u32).to_le_bytes());
        let frame = [&self.frame.start, &self.frame.end];
        let rows = frame.into_iter().chain(self.frame.transitions.iter().flatten());
        for x in [self.scale].iter().chain(&self.calibration).chain(rows.flatten()) {
            out.extend(x.to_le_bytes());
        }
        self.keys.iter().for_each(|k| out.extend(k.to_le_bytes()));
        self.rows.iter().flatten().for_each(|&w| out.push(w as u8));
        out
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], BadModel> {
        let (head, tail) = self.bytes.split_at_checked(n).ok_or(BadModel("an early end"))?;
        self.bytes = tail;
        Ok(head)
    }

    fn u32(&mut self) -> Result<u32, BadModel> {
        Ok(self.take(4)?.iter().rev().fold(0, |n, &b| n << 8 | u32::from(b)))
    }

    fn f32(&mut self) -> Result<f32, BadModel> {
        self.u32().map(f32::from_bits)
    }

    fn row(&mut self) -> Result<Row, BadModel> {
        let mut row = [0.0; STATES];
        for x in &mut row {
            *x = self.f32()?;
        }
        Ok(row)
    }
}

/// A sentence's worth of factors and what follows from them.
///
/// Kept between letters, so that its memory is used again.
#[derive(Debug, Default)]
pub struct Lattice {
    /// Factor of each state at each token, `exp` of its score; 0 forbids the state.
    pub emission: Vec<Row>,
    /// The kind of boundary before each token; the first token's is not looked at.
    pub boundary: Vec<u8>,
    /// After [`forward_backward`](Lattice::forward_backward): the probability of each state.
    pub marginal: Vec<Row>,
    forward: Vec<Row>,
    scale: Vec<f32>,
    back: Vec<[u8; STATES]>,
}

#[allow(clippy::needless_range_loop, reason = "rows and columns are numbered alike")]
impl Lattice {
    /// Forgets the last letter.
    pub fn clear(&mut self) {
        self.emission.clear();
        self.boundary.clear();
    }

    /// Fills [`marginal`](Lattice::marginal) and returns the logarithm of the sum over all paths.
    ///
    /// `pair` is given, for each token but the first, the boundary's kind and a function's worth of
    /// numbers: forward factors of the token before, and backward factors times emission of this
    /// one; their products with the transition factors are the pairs' probabilities.
    pub fn forward_backward(
        &mut self,
        factors: &Frame,
        mut pair: impl FnMut(usize, &Row, &Row),
    ) -> f64 {
        let n = self.emission.len();
        self.marginal.clear();
        if n == 0 {
            return 0.0;
        }
        self.forward.clear();
        self.scale.clear();
        let mut log_sum = 0.0f64;
        let mut now = factors.start;
        for t in 0..n {
            if t > 0 {
                let m = &factors.transitions[usize::from(self.boundary[t])];
                let before = self.forward[t - 1];
                now = [0.0; STATES];
                for a in 0..STATES {
                    for b in 0..STATES {
                        now[b] += before[a] * m[a][b];
                    }
                }
            }
            for (x, e) in now.iter_mut().zip(&self.emission[t]) {
                *x *= e;
            }
            let sum: f32 = now.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            now.iter_mut().for_each(|x| *x /= sum);
            log_sum += f64::from(sum.ln());
            self.forward.push(now);
            self.scale.push(sum);
        }
        let ended: f32 =
            now.iter().zip(&factors.end).map(|(a, e)| a * e).sum::<f32>().max(f32::MIN_POSITIVE);
        log_sum += f64::from(ended.ln());
        self.marginal.resize(n, [0.0; STATES]);
        let mut backward = factors.end.map(|e| e / ended);
        for t in (0..n).rev() {
            for b in 0..STATES {
                self.marginal[t][b] = self.forward[t][b] * backward[b];
            }
            if t == 0 {
                break;
            }
            let mut ahead = backward;
            for (x, e) in ahead.iter_mut().zip(&self.emission[t]) {
                *x *= e / self.scale[t];
            }
            let kind = usize::from(self.boundary[t]);
            pair(kind, &self.forward[t - 1], &ahead);
            let m = &factors.transitions[kind];
            for a in 0..STATES {
                let mut sum = 0.0;
                for b in 0..STATES {
                    sum += m[a][b] * ahead[b];
                }
                backward[a] = sum;
            }
        }
        log_sum
    }

    /// The most probable path, one state a token.
    pub fn best_path(&mut self, factors: &Frame, path: &mut Vec<u8>) {
        let n = self.emission.len();
        path.clear();
        self.back.clear();
        if n == 0 {
            return;
        }
        let mut now = factors.start;
        for t in 0..n {
            let mut from = [0u8; STATES];
            if t > 0 {
                let m = &factors.transitions[usize::from(self.boundary[t])];
                let before = now;
                now = [-1.0; STATES];
                for a in 0..STATES {
                    for b in 0..STATES {
                        let x = before[a] * m[a][b];
                        let better = x > now[b];
                        now[b] = if better { x } else { now[b] };
                        from[b] = if better { a as u8 } else { from[b] };
                    }
                }
            }
            let mut most = f32::MIN_POSITIVE;
            for (x, e) in now.iter_mut().zip(&self.emission[t]) {
                *x *= e;
                most = most.max(*x);
            }
            now.iter_mut().for_each(|x| *x /= most);
            self.back.push(from);
        }
        let mut state = 0;
        for b in 1..STATES {
            if now[b] * factors.end[b] > now[state] * factors.end[state] {
                state = b;
            }
        }
        for from in self.back.iter().rev() {
            path.push(state as u8);
            state = usize::from(from[state]);
        }
        path.reverse();
    }
}

#[cfg(test)]
mod tests;
