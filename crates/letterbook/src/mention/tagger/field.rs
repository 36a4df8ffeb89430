//! The weights of the tagger: a linear chain of eight states over hashed features.
//!
//! Owns the weights' file format and the look-up of feature rows; what follows from them is
//! `crate::chain`'s. It is the zone labeller's mechanism (`crate::model`) made small: names need
//! seven states, a row of eight bytes and a quarter of the work a word, and half of a body's words
//! may be looked at. Training is the lab's.
//!
//! File: magic, version, log2 of the number of sets, kinds of boundary, scale, calibration, start
//! and transition scores, keys, rows; little-endian. A feature's hash names a set of four slots and
//! a key of sixteen bits.

use std::fmt;

use crate::chain::{self, Powers};
pub use crate::model::KNOTS;
use crate::model::{EarlyEnd, Reader, on_curve};

/// How many states a lattice has.
pub const STATES: usize = 8;
/// One score or probability a state.
pub type Row = chain::Row<STATES>;
/// Scores from each state (first index) to each (second).
pub type Matrix = chain::Matrix<STATES>;
/// The scores that do not depend on features; how a stretch ends is all one.
pub type Frame = chain::Frame<STATES>;
/// The same as factors.
pub type Factors = chain::Factors<STATES>;
/// A stretch's worth of factors and what follows from them.
pub type Lattice = chain::Lattice<STATES>;
/// Slots in a set.
pub const WAYS: usize = 4;

const MAGIC: &[u8; 4] = b"LBNM";
const VERSION: u32 = 1;

/// Where a feature's weights would lie: the set, and the key that tells it from others there.
///
/// `bits` is log2 of the number of sets. The key is never 0, which marks an empty slot.
#[inline]
pub fn place(hash: u64, bits: u32) -> (usize, u16) {
    let h = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((h >> (64 - bits)) as usize, ((h >> 20) as u16).max(1))
}

/// A trained field.
#[derive(Debug)]
pub struct Field {
    bits: u32,
    scale: f32,
    calibration: [f32; KNOTS],
    factors: Factors,
    powers: Powers,
    sets: Vec<Set>,
}

/// Keys and rows of one set of slots, side by side: a look-up waits for memory once.
#[derive(Debug, Clone, Copy)]
struct Set {
    keys: [u8; 2 * WAYS],
    rows: [[u8; STATES]; WAYS],
}

/// A number that is 0 where no slot of a set holds `key`; its lowest bit lies among the sixteen of
/// the first slot that does. All slots are compared at once.
#[inline]
fn equal_to(key: u16, keys: [u8; 2 * WAYS]) -> u64 {
    const ONES: u64 = 0x0001_0001_0001_0001;
    // what is equal becomes 0 and borrows; slots above it may borrow from it, those below do not
    let differ = u64::from_le_bytes(keys) ^ (u64::from(key) * ONES);
    differ.wrapping_sub(ONES) & !differ & (ONES << 15)
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

impl Field {
    /// Reads the weights in `bytes`.
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
    pub fn parse(bytes: &[u8]) -> Result<Field, BadField> {
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
        let (keys, _) = at.take(2 * slots)?.as_chunks();
        let (rows, _) = at.take(STATES * slots)?.as_chunks::<STATES>();
        let (rows, _) = rows.as_chunks();
        if !at.bytes.is_empty() {
            return Err(BadField("bytes after the end"));
        }
        let (factors, powers) = (frame.exp(), Powers::new(scale));
        let sets = keys.iter().zip(rows).map(|(&keys, &rows)| Set { keys, rows }).collect();
        Ok(Field { bits, scale, calibration, factors, powers, sets })
    }

    /// Start and transitions as factors.
    pub fn factors(&self) -> &Factors {
        &self.factors
    }

    /// Adds the weights of the `features`, in steps of the field's scale, to `sum`, and empties the
    /// list.
    #[allow(clippy::needless_range_loop, reason = "states are numbered alike in every row")]
    pub fn add(&self, features: &mut Vec<u64>, sum: &mut [i16; STATES]) {
        for feature in features.iter() {
            let (set, key) = place(*feature, self.bits);
            let set = &self.sets[set];
            let equal = equal_to(key, set.keys);
            // without a branch on what memory holds, so that the look-ups overlap
            let row = &set.rows[equal.trailing_zeros() as usize / 16 % WAYS];
            let found = -i16::from(equal != 0);
            for s in 0..STATES {
                sum[s] += i16::from(row[s] as i8) & found;
            }
        }
        features.clear();
    }

    /// The factors of scores in `steps`, the largest taken as 1; states from `used` on have none.
    pub fn weighed(&self, steps: &[i16; STATES], used: usize) -> Row {
        let mut steps = *steps;
        steps[used..].fill(i16::MIN);
        let mut row = self.powers.of(&steps, 1);
        row[used..].fill(0.0);
        row
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_slot_that_holds_a_key_is_told() {
        let first = |key: u16, slots: [u16; WAYS]| {
            let bytes: Vec<u8> = slots.iter().flat_map(|k| k.to_le_bytes()).collect();
            let equal = equal_to(key, bytes.try_into().expect("a set of slots"));
            (equal != 0).then_some(equal.trailing_zeros() / 16)
        };
        for (at, slots) in
            [[7, 8, 6, 0], [6, 7, 8, 0], [0, 0x8007, 7, 7], [8, 6, 0, 7]].into_iter().enumerate()
        {
            assert_eq!(first(7, slots), Some(at as u32));
            assert_eq!(first(9, slots), None);
        }
        assert_eq!(first(0x8000, [1, 0, 0xFFFF, 0x8000]), Some(3));
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
        field.add(&mut vec![78, 77, 79], &mut sum);
        assert_eq!(sum, [1, -2, 3, 0, 0, 0, 0, 127]);
        assert!((field.calibrated(0.525) - 0.525).abs() < 1e-6);
        assert!(Field::parse(&bytes[..bytes.len() - 1]).is_err());
        assert!(Field::parse(&[&bytes[..], &[0]].concat()).is_err());
    }
}
