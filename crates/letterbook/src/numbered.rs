//! A map from the numbers of words to what a table says of them.
//!
//! The numbers of [`folding`](crate::folding) are hashes already, so they are not hashed again: the
//! upper bits of a number say where it lies, and where another lies there, the next place is tried.
//! Half of the places are empty: one look tells that a word stands in no table, as most do not.

use rustc_hash::FxHashMap;

/// What an empty place has for a number; no word has it.
const EMPTY: u64 = 0;

/// What is said of words, by their numbers.
#[derive(Debug)]
pub(crate) struct Numbered<V> {
    /// A power of two of them, each with its number.
    places: Vec<(u64, V)>,
    /// How far to the right the upper bits of a number lie.
    shift: u32,
}

impl<V: Default> From<FxHashMap<u64, V>> for Numbered<V> {
    fn from(said: FxHashMap<u64, V>) -> Numbered<V> {
        let size = (2 * said.len()).next_power_of_two().max(2);
        let mut places = Vec::with_capacity(size);
        places.resize_with(size, || (EMPTY, V::default()));
        let mut out = Numbered { places, shift: u64::BITS - size.ilog2() };
        for (number, value) in said {
            let mut at = out.first(number);
            while out.places[at].0 != EMPTY {
                at = out.next(at);
            }
            out.places[at] = (number, value);
        }
        out
    }
}

impl<V> Numbered<V> {
    /// What is said of the word with that number, if anything.
    #[inline]
    pub(crate) fn get(&self, number: u64) -> Option<&V> {
        let mut at = self.first(number);
        loop {
            match &self.places[at] {
                (EMPTY, _) => return None,
                (known, value) if *known == number => return Some(value),
                _ => at = self.next(at),
            }
        }
    }

    #[inline]
    fn first(&self, number: u64) -> usize {
        (number >> self.shift) as usize
    }

    #[inline]
    fn next(&self, at: usize) -> usize {
        (at + 1) & (self.places.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folding::fold;

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        let words = ["Yours", "ever", "Ihr", "ergebenster", "votre"];
        let map: FxHashMap<u64, usize> =
            words.iter().enumerate().map(|(i, w)| (fold(w), i)).collect();
        let numbered = Numbered::from(map);
        for (i, word) in words.iter().enumerate() {
            assert_eq!(numbered.get(fold(word)), Some(&i));
        }
        assert_eq!(numbered.get(fold("servant")), None);
        assert_eq!(numbered.get(EMPTY), None);
    }

    #[test]
    fn numbers_of_one_place_do_not_hide_each_other() {
        let high = u64::MAX;
        let map: FxHashMap<u64, u8> =
            [(high, 1), (high - 1, 2), (high - 2, 3)].into_iter().collect();
        let numbered = Numbered::from(map);
        let found = [high, high - 1, high - 2, high - 3].map(|n| numbered.get(n).copied());
        assert_eq!(found, [Some(1), Some(2), Some(3), None]);
        assert_eq!(Numbered::<u8>::from(FxHashMap::default()).get(high), None);
    }
}
