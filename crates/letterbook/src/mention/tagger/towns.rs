//! Whether a name may be a town's, told in one look.
//!
//! The tables of towns are long and searched by bisection; a body of German has a capital in every
//! third word. Here each name sets two bits of a field, so that about one other word in two hundred
//! is taken for a town as well: good enough for one sign among many, and never for a value.

use std::sync::LazyLock;

use super::sheet::{fold_byte, join};
use crate::mention::place;
use crate::tables::fold;

/// Log2 of the number of bits.
const BITS: u32 = 22;

static FIELD: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut field = vec![0u64; 1 << (BITS - 6)];
    // a script without capitals has no names for the tagger
    for name in place::names().filter(|n| n.starts_with(char::is_lowercase)) {
        for bit in bits(hash_of(name)) {
            field[bit >> 6] |= 1 << (bit & 63);
        }
    }
    field
});

/// The joined hash of a folded name's words. Most names are ASCII, and there are so many that the
/// general fold would cost a letter's whole reading.
fn hash_of(name: &str) -> u64 {
    if !name.is_ascii() {
        return name.split(' ').fold(0, |h, word| join(h, fold(word)));
    }
    let (mut whole, mut word) = (0, 0u64);
    for &b in name.as_bytes() {
        if b == b' ' {
            whole = join(whole, word | 1);
            word = 0;
        } else {
            word = fold_byte(word, b);
        }
    }
    join(whole, word | 1)
}

fn bits(hash: u64) -> [usize; 2] {
    let h = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    [(h >> (64 - BITS)) as usize, (h >> (40 - BITS)) as usize & ((1 << BITS) - 1)]
}

/// Whether a town may have the name with that hash: one word's folded hash, or several joined.
pub(super) fn may_be_town(hash: u64) -> bool {
    bits(hash).iter().all(|&bit| FIELD[bit >> 6] >> (bit & 63) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_are_always_known_and_few_other_words_are() {
        for name in place::names().filter(|n| n.starts_with(char::is_lowercase)).step_by(101) {
            let hash = name.split(' ').fold(0, |h, word| join(h, fold(word)));
            assert_eq!(hash, hash_of(name), "{name}");
            assert!(may_be_town(hash), "{name}");
        }
        let others = (0..10_000).filter(|i| may_be_town(fold(&format!("qx{i}zw")))).count();
        assert!(others < 150, "{others}");
    }
}
