//! Towns by name, of today and of other times.
//!
//! Owns the tables `places.tsv` (GeoNames, CC BY 4.0) and `towns_then.tsv`. Says whether a name is
//! a town's and in which countries; which of several towns is meant it does not say.

use std::sync::LazyLock;

use memchr::memchr;
use rustc_hash::FxHashMap;

use super::lexicon::rows;

const TOWNS: &str = include_str!("../../tables/places.tsv");

static TOWNS_THEN: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../tables/towns_then.tsv"))
        .flat_map(|[code, names]: [&str; 2]| names.split(", ").map(move |name| (name, code)))
        .collect()
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
pub(super) fn names() -> impl Iterator<Item = &'static str> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::fold;

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
        assert_eq!(town(&fold("Petrograd")), Some("RU"));
        assert_eq!(town(&fold("Constantinople")), Some("TR"));
        assert_eq!(town(&fold("東京")), Some("JP"));
        assert_eq!(town(&fold("St. Gallen")), Some("CH"));
        for word in ["", "#", "a", "zzzzzzzz", "sincerely", "\u{10ffff}"] {
            assert_eq!(town(word), None);
        }
    }
}
