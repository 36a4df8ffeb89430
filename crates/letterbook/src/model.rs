//! The weights of the zone labeller: a linear chain over hashed features, and nothing of letters.
//!
//! Owns the weights' file format and the look-up of feature rows; what follows from them is
//! `chain`'s. Weights are one byte a state and read where they lie. Training is the lab's.
//!
//! File, little-endian: magic, version, number of buckets, kinds of boundary, scale, doubt,
//! calibration, start, end and transition scores, then the buckets of 64 bytes: three keys of four
//! bytes, four bytes unused, three rows of sixteen. A feature's hash names a bucket and a key, so
//! that a look-up reads one line of the processor's cache.

use std::fmt;
use std::hint::select_unpredictable;

use crate::chain::{self, Powers};

/// How many states a lattice has.
pub const STATES: usize = 16;
/// One score or probability a state.
pub type Row = chain::Row<STATES>;
/// Scores from each state (first index) to each (second).
pub type Matrix = chain::Matrix<STATES>;
/// The scores that do not depend on features.
pub type Frame = chain::Frame<STATES>;
/// The same as factors.
pub type Factors = chain::Factors<STATES>;
/// A letter's worth of factors and what follows from them.
pub type Lattice = chain::Lattice<STATES>;
/// One sum of weights a state, in steps of the model's scale.
pub type Steps = [i16; STATES];

const MAGIC: &[u8; 4] = b"LBZM";
const VERSION: u32 = 2;
/// Slots in a bucket.
pub const WAYS: usize = 3;
/// Bytes of a bucket.
const BUCKET: usize = 64;
/// Unused bytes before the buckets, so that they begin at a multiple of their size.
const PADDING: usize = 20;
/// Where the rows of a bucket begin.
const ROWS: usize = 16;
/// Points of the calibration curve: confidences 0, 0.05, … 1.
pub const KNOTS: usize = 21;
/// The row of a feature that is not among the weights.
const UNKNOWN: [u8; STATES] = [0; STATES];

/// Where a feature's weights would lie: the bucket, and the key that tells it from others there.
///
/// `buckets` is their number. The key is never 0, which marks an empty slot.
#[inline]
pub fn place(hash: u64, buckets: usize) -> (usize, u32) {
    let h = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let bucket = ((h >> 32) * buckets as u64) >> 32;
    (bucket as usize, (h as u32).max(1))
}

/// A trained model, its weights where they lie.
#[derive(Debug)]
pub struct Model<'a> {
    scale: f32,
    doubt: f32,
    calibration: [f32; KNOTS],
    factors: Factors,
    buckets: &'a [[u8; BUCKET]],
    /// The rows of features asked for when the model was parsed.
    laid_out: Vec<[u8; STATES]>,
    powers: Powers,
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
    /// Reads the weights in `bytes`, copying only the frame and the rows of the features to be
    /// `laid_out` one after another.
    ///
    /// # Errors
    ///
    /// When the bytes are of another format or version, or are cut short.
    pub fn parse(
        bytes: &'a [u8],
        laid_out: impl IntoIterator<Item = u64>,
    ) -> Result<Model<'a>, BadModel> {
        let mut at = Reader { bytes };
        if at.take(4)? != MAGIC {
            return Err(BadModel("another kind of file"));
        }
        if at.u32()? != VERSION {
            return Err(BadModel("another version of the format; train again"));
        }
        let buckets = at.u32()? as usize;
        let kinds = at.u32()? as usize;
        if !(1..=1 << 20).contains(&buckets) || kinds > 4096 {
            return Err(BadModel("sizes out of range"));
        }
        let (scale, doubt) = (at.f32()?, at.f32()?);
        if !(0.001..=10.0).contains(&scale) {
            return Err(BadModel("a scale out of range"));
        }
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
        at.take(PADDING)?;
        let (buckets, _) = at.take(BUCKET * buckets)?.as_chunks();
        if !at.bytes.is_empty() {
            return Err(BadModel("bytes after the end"));
        }
        let (factors, powers) = (frame.exp(), Powers::new(scale));
        let laid_out = laid_out.into_iter().map(|hash| *row_in(buckets, hash)).collect();
        Ok(Model { scale, doubt, calibration, factors, buckets, laid_out, powers })
    }

    /// Start, end and transitions as factors.
    pub fn factors(&self) -> &Factors {
        &self.factors
    }

    /// Adds the weights of the `features`, in steps of the model's scale, to `sum`, and empties the
    /// list.
    pub fn add(&self, features: &mut Vec<u64>, sum: &mut Steps) {
        let mut total = *sum;
        for &hash in features.iter() {
            add_row(row_in(self.buckets, hash), &mut total);
        }
        *sum = total;
        features.clear();
    }

    /// Adds the weights of the feature that was laid out as number `at`.
    #[inline(always)]
    pub fn add_laid_out(&self, at: usize, sum: &mut Steps) {
        add_row(&self.laid_out[at], sum);
    }

    /// The factors of scores that are `times` the `steps`, the largest of them taken as 1.
    pub fn weighed(&self, steps: &Steps, times: usize) -> Row {
        self.powers.of(steps, times)
    }

    /// What one step weighs.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// Up to which doubt a first look counts as settled: the probability of all states but one.
    pub fn doubt(&self) -> f32 {
        self.doubt
    }

    /// The share of right answers among those given with `probability`.
    pub fn calibrated(&self, probability: f32) -> f32 {
        on_curve(&self.calibration, probability)
    }
}

/// The weights of the feature with this hash.
#[inline]
fn row_in(buckets: &[[u8; BUCKET]], hash: u64) -> &[u8; STATES] {
    let (bucket, key) = place(hash, buckets.len());
    let bucket = &buckets[bucket];
    let (rows, _) = bucket[ROWS..].as_chunks();
    let (keys, mut row) = (keys(bucket), &UNKNOWN);
    // without a branch on what memory holds, the look-ups overlap
    for way in 0..WAYS {
        row = select_unpredictable(keys[way] == key, &rows[way], row);
    }
    row
}

#[inline(always)]
#[allow(clippy::needless_range_loop, reason = "states are numbered alike in every row")]
fn add_row(row: &[u8; STATES], sum: &mut Steps) {
    for s in 0..STATES {
        sum[s] += i16::from(row[s] as i8);
    }
}

/// The keys in a bucket, 0 where a slot is empty.
#[inline]
fn keys(bucket: &[u8; BUCKET]) -> [u32; WAYS] {
    let (k, _) = bucket.as_chunks();
    [u32::from_le_bytes(k[0]), u32::from_le_bytes(k[1]), u32::from_le_bytes(k[2])]
}

/// What is written to a weights file; the lab fills it in.
#[derive(Debug)]
pub struct Weights {
    /// What one step weighs.
    pub scale: f32,
    /// Up to which doubt a first look counts as settled.
    pub doubt: f32,
    /// Share of right answers at confidences 0, 0.05, … 1.
    pub calibration: [f32; KNOTS],
    /// Start, end and transition log-scores.
    pub frame: Frame,
    /// The key in each slot, 0 when it is empty; [`WAYS`] slots make a bucket.
    pub keys: Vec<u32>,
    /// The steps of each slot.
    pub rows: Vec<[i8; STATES]>,
}

impl Weights {
    /// The bytes that [`Model::parse`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend(((self.keys.len() / WAYS) as u32).to_le_bytes());
        out.extend((self.frame.transitions.len() as u32).to_le_bytes());
        let frame = [&self.frame.start, &self.frame.end];
        let rows = frame.into_iter().chain(self.frame.transitions.iter().flatten());
        for x in [self.scale, self.doubt].iter().chain(&self.calibration).chain(rows.flatten()) {
            out.extend(x.to_le_bytes());
        }
        out.resize(out.len() + PADDING, 0);
        for (keys, rows) in self.keys.chunks_exact(WAYS).zip(self.rows.chunks_exact(WAYS)) {
            keys.iter().for_each(|k| out.extend(k.to_le_bytes()));
            out.resize(out.len() + ROWS - 4 * WAYS, 0);
            rows.iter().flatten().for_each(|&w| out.push(w as u8));
        }
        out
    }
}

/// A weights file that ends before it should.
#[derive(Debug)]
pub(crate) struct EarlyEnd;

impl From<EarlyEnd> for BadModel {
    fn from(_: EarlyEnd) -> BadModel {
        BadModel("an early end")
    }
}

/// The bytes of a weights file, taken from the front; little-endian.
pub(crate) struct Reader<'a> {
    pub(crate) bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn take(&mut self, n: usize) -> Result<&'a [u8], EarlyEnd> {
        let (head, tail) = self.bytes.split_at_checked(n).ok_or(EarlyEnd)?;
        self.bytes = tail;
        Ok(head)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, EarlyEnd> {
        Ok(self.take(4)?.iter().rev().fold(0, |n, &b| n << 8 | u32::from(b)))
    }

    pub(crate) fn f32(&mut self) -> Result<f32, EarlyEnd> {
        self.u32().map(f32::from_bits)
    }

    fn row(&mut self) -> Result<Row, EarlyEnd> {
        let mut row = [0.0; STATES];
        for x in &mut row {
            *x = self.f32()?;
        }
        Ok(row)
    }
}

/// Where `probability` lies on a calibration `curve`, straight between its points.
pub(crate) fn on_curve(curve: &[f32; KNOTS], probability: f32) -> f32 {
    let x = probability.clamp(0.0, 1.0) * (KNOTS - 1) as f32;
    let i = (x as usize).min(KNOTS - 2);
    let part = x - i as f32;
    curve[i] * (1.0 - part) + curve[i + 1] * part
}

#[cfg(test)]
mod tests;
