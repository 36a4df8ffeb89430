//! Towns by name: the tables `places.tsv` (GeoNames, CC BY 4.0) and `towns_then.tsv`.
//!
//! Says whether a name is a town's and in which countries; which of several towns is meant it does
//! not say. The tables are long and searched by bisection, and a body of German has a capital in
//! every third word, so there is a first look as well ([`may_be_town`]): each name sets two bits of
//! a field, and about one other word in two hundred is taken for a town too. That is good enough
//! for one sign among many, and never for a value.

use std::sync::LazyLock;

use memchr::{memchr, memrchr};
use rustc_hash::FxHashMap;

use crate::folding::{fold, join};

mod field;

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
    if field::has(folded) && !may_be_town(hash_of(folded)) {
        return None;
    }
    if let Some(&code) = TOWNS_THEN.get(folded) {
        return Some(code);
    }
    // binary search over the bytes of a file sorted by line; its comments sort before all names
    let bytes = TOWNS.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = memrchr(b'\n', &bytes[..middle]).map_or(0, |n| n + 1);
        let end = memchr(b'\n', &bytes[middle..]).map_or(bytes.len(), |n| middle + n);
        let line = &bytes[start..end];
        let tab = memchr(b'\t', line).unwrap_or(line.len());
        match line[..tab].cmp(folded.as_bytes()) {
            std::cmp::Ordering::Equal => {
                return TOWNS.get(start + tab + 1..end).filter(|c| !c.is_empty());
            }
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// The joined hash of a folded name's words.
fn hash_of(name: &str) -> u64 {
    name.split(' ').fold(0, |hash, word| join(hash, fold(word)))
}

/// The bits that the names of the tables set: the script that builds the crate makes them.
static FIELD: &[u8; field::BYTES] = include_bytes!(concat!(env!("OUT_DIR"), "/towns.bits"));

/// Whether a town may have the name with that hash: one word's folded hash, or several joined.
pub(crate) fn may_be_town(hash: u64) -> bool {
    field::bits(hash).into_iter().all(|bit| FIELD[bit / 8] >> (bit % 8) & 1 == 1)
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
        let today = TOWNS.lines().filter_map(|l| l.split_once('\t')).map(|(name, _)| name);
        let names = today.step_by(101).chain(TOWNS_THEN.keys().copied());
        for name in names.filter(|n| field::has(n)) {
            assert!(may_be_town(hash_of(name)), "{name}");
        }
        let others = (0..10_000).filter(|i| may_be_town(fold(&format!("qx{i}zw")))).count();
        assert!(others < 150, "{others}");
    }
}
