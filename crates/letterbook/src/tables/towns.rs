//! Towns by name: the tables `places.tsv` (GeoNames, CC BY 4.0) and `towns_then.tsv`.
//!
//! Says whether a name is a town's and in which countries; which of several towns is meant it does
//! not say. The tables are long and searched by bisection, and a body of German has a capital in
//! every third word, so there is a first look as well ([`may_be_town`]): each name sets two bits of
//! a field, and about one other word in two hundred is taken for a town too. That is good enough
//! for one sign among many, and never for a value.

use std::sync::LazyLock;

use memchr::memchr;
use rustc_hash::FxHashMap;

use super::{fold, join, step};

const TOWNS: &str = include_str!("../../tables/places.tsv");

static TOWNS_THEN: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let table = include_str!("../../tables/towns_then.tsv");
    let rows = table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.flat_map(|(code, names)| names.split(", ").map(move |name| (name, code.trim()))).collect()
});

/// The countries (ISO 3166-1 alpha-2, comma between, the likeliest first) that have a town of this
/// folded name; `None` where no table knows it.
///
/// ```
/// use letterbook::mention::{fold, town};
/// assert_eq!(town(&fold("Zürich")), Some("CH"));
/// assert_eq!(town(&fold("Preßburg")), Some("SK"));
/// assert_eq!(town("hochachtungsvoll"), None);
/// ```
pub fn town(folded: &str) -> Option<&'static str> {
    if let Some(&code) = TOWNS_THEN.get(folded) {
        return Some(code);
    }
    // binary search over the bytes of a file sorted by line; its comments sort before all names
    let bytes = TOWNS.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |n| n + 1);
        let end =
            bytes[middle..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |n| middle + n);
        let line = &TOWNS[start..end];
        let (name, codes) = line.split_once('\t').unwrap_or((line, ""));
        match name.cmp(folded) {
            std::cmp::Ordering::Equal => return Some(codes).filter(|c| !c.is_empty()),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// Every folded name of the tables, in no order.
fn names() -> impl Iterator<Item = &'static str> {
    let bytes = TOWNS.as_bytes();
    let next_line = |at| memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
    let mut at = 0;
    while bytes.get(at) == Some(&b'#') {
        at = next_line(at);
    }
    let today = std::iter::from_fn(move || {
        let tab = at + memchr(b'\t', &bytes[at..])?;
        let name = &TOWNS[at..tab];
        at = next_line(tab);
        Some(name)
    });
    today.chain(TOWNS_THEN.keys().copied())
}

/// Log2 of the number of bits.
const BITS: u32 = 22;

static FIELD: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut field = vec![0u64; 1 << (BITS - 6)];
    // a script without capitals has no names for the tagger
    for name in names().filter(|n| n.starts_with(char::is_lowercase)) {
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
            word = step(word, u32::from(b));
        }
    }
    join(whole, word | 1)
}

fn bits(hash: u64) -> [usize; 2] {
    let h = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    [(h >> (64 - BITS)) as usize, (h >> (40 - BITS)) as usize & ((1 << BITS) - 1)]
}

/// Whether a town may have the name with that hash: one word's folded hash, or several joined.
pub(crate) fn may_be_town(hash: u64) -> bool {
    bits(hash).iter().all(|&bit| FIELD[bit >> 6] >> (bit & 63) & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_found_by_the_search() {
        let lines = TOWNS.lines().filter(|l| !l.starts_with('#'));
        for line in lines.step_by(97) {
            let (name, codes) = line.split_once('\t').expect("expected a tab");
            // the table of old names answers first
            if !TOWNS_THEN.contains_key(name) {
                assert_eq!(town(name), Some(codes));
            }
        }
    }

    #[test]
    fn old_names_and_other_scripts_are_towns_and_other_words_are_not() {
        assert_eq!(town("petrograd"), Some("RU"));
        assert_eq!(town("constantinople"), Some("TR"));
        assert_eq!(town("東京"), Some("JP"));
        assert_eq!(town("st gallen"), Some("CH"));
        for word in ["", "#", "a", "zzzzzzzz", "sincerely", "\u{10ffff}"] {
            assert_eq!(town(word), None);
        }
    }

    #[test]
    fn towns_are_always_known_and_few_other_words_are() {
        for name in names().filter(|n| n.starts_with(char::is_lowercase)).step_by(101) {
            let hash = name.split(' ').fold(0, |h, word| join(h, fold(word)));
            assert_eq!(hash, hash_of(name), "{name}");
            assert!(may_be_town(hash), "{name}");
        }
        let others = (0..10_000).filter(|i| may_be_town(fold(&format!("qx{i}zw")))).count();
        assert!(others < 150, "{others}");
    }
}
