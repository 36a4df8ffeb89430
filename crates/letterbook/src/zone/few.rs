//! The weights of features of few values, laid out by value: neither hashed nor searched for.
//!
//! Owns which features these are and how their rows are numbered; knows nothing of what they say. A
//! value that is not among those laid out is looked up like any other, so that nothing but speed
//! depends on the table here.

use super::page::{Features, feature};
use crate::model::{Model, STATES, Steps};

/// A template, and below what the upper part of its values lies, and the lowest byte.
const FEW: [(u64, usize, usize); 52] = [
    (14, 8, 113),
    (15, 1, 194),
    (16, 1, 194),
    (17, 1, 64),
    (20, 1, 24),
    (21, 1, 24),
    (22, 1, 24),
    (23, 1, 24),
    (24, 24, 4),
    (25, 24, 8),
    (40, 1, 205),
    (48, 24, 13),
    (49, 24, 13),
    (50, 24, 13),
    (51, 1, 32),
    (52, 1, 32),
    (60, 1, 13),
    (61, 13, 7),
    (62, 13, 7),
    (64, 24, 13),
    (65, 24, 7),
    (66, 9, 13),
    (83, 8, 4),
    (85, 10, 8),
    (86, 10, 8),
    (87, 6, 118),
    (88, 6, 118),
    (90, 11, 8),
    (91, 71, 8),
    (98, 16, 8),
    (101, 24, 8),
    (102, 24, 10),
    (103, 24, 10),
    (110, 24, 8),
    (112, 16, 8),
    (115, 24, 8),
    (117, 16, 8),
    (122, 29, 8),
    (126, 24, 8),
    (127, 24, 8),
    (128, 1, 48),
    (200, 1, 64),
    (201, 8, 256),
    (202, 8, 256),
    (203, 8, 256),
    (204, 3, 256),
    (205, 19, 256),
    (206, 16, 256),
    (207, 9, 256),
    (208, 9, 256),
    (209, 1, 256),
    (210, 7, 256),
];

/// How many templates there may be.
const TEMPLATES: usize = 256;

/// Of each template: the number of its first row, and the bounds of [`FEW`].
const PLACES: [(usize, usize, usize); TEMPLATES] = {
    let mut places = [(0, 0, 0); TEMPLATES];
    let (mut i, mut first) = (0, 0);
    while i < FEW.len() {
        let (template, high, low) = FEW[i];
        places[template as usize] = (first, high, low);
        first += high * low;
        i += 1;
    }
    places
};

/// The features laid out, in the order of their rows.
pub(super) fn laid_out() -> impl Iterator<Item = u64> {
    FEW.into_iter().flat_map(|(template, high, low)| {
        let values = (0..high).flat_map(move |h| (0..low).map(move |l| h << 8 | l));
        values.map(move |value| feature(template, value as u64))
    })
}

/// The number of a feature's row, if it is laid out.
#[inline(always)]
fn row_of(template: u64, value: u64) -> Option<usize> {
    let (first, high, low) = PLACES[template as usize % TEMPLATES];
    let (upper, lowest) = ((value >> 8) as usize, (value & 0xFF) as usize);
    (upper < high && lowest < low).then(|| first + upper * low + lowest)
}

/// Adds up what the features of a piece weigh.
pub(super) struct Scales<'m> {
    model: &'m Model<'m>,
    sum: Steps,
    /// Features that are still to be looked up.
    hashed: Vec<u64>,
}

impl<'m> Scales<'m> {
    pub(super) fn new(model: &'m Model<'m>) -> Scales<'m> {
        Scales { model, sum: [0; STATES], hashed: Vec::with_capacity(256) }
    }

    /// What the features that `tell` names weigh together with `base`.
    #[inline(always)]
    pub(super) fn weigh(&mut self, base: Steps, tell: impl FnOnce(&mut Self)) -> Steps {
        self.sum = base;
        tell(self);
        self.model.add(&mut self.hashed, &mut self.sum);
        self.sum
    }
}

impl Features for Scales<'_> {
    #[inline(always)]
    fn add(&mut self, template: u64, value: u64) {
        match row_of(template, value) {
            Some(row) => self.model.add_laid_out(row, &mut self.sum),
            None => self.hashed.push(feature(template, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_laid_out_has_a_row_of_its_own() {
        let laid: Vec<u64> = laid_out().collect();
        for (template, value) in [(14, 0), (24, 23 << 8 | 3), (91, 70 << 8 | 7), (210, 1599)] {
            let row = row_of(template, value).expect("a row");
            assert_eq!(laid[row], feature(template, value));
        }
        assert_eq!((row_of(1, 0), row_of(24, 24 << 8), row_of(24, 4)), (None, None, None));
    }
}
