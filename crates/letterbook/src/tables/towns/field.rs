//! A field of bits in which each name sets two, so that most words are told to be no name at once.
//!
//! The script that builds the crate fills it, and takes this file for that.

/// Log2 of the number of bits.
const BITS: u32 = 22;

/// How many bytes the field has.
pub(super) const BYTES: usize = 1 << (BITS - 3);

/// Whether the field has names like `name`: the tagger looks for none in a script without capitals.
pub(super) fn has(name: &str) -> bool {
    name.starts_with(char::is_lowercase)
}

/// The bits of the name with that hash.
pub(super) fn bits(hash: u64) -> [usize; 2] {
    let h = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    [(h >> (64 - BITS)) as usize, (h >> (40 - BITS)) as usize & ((1 << BITS) - 1)]
}
