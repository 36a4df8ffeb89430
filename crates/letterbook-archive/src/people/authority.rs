//! Numbers of persons, bodies and places in authority files, as people enter them.
//!
//! Knows the form of each number and its check digit where it has one: GND (modulo 11, as PICA
//! counts it), ORCID (ISO 7064, MOD 11-2); VIAF, Wikidata and GeoNames have none. Takes the number
//! or the address of its page. Looks nothing up: whether there is such a record, it cannot say.

use std::fmt;

/// An authority file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Authority {
    /// Gemeinsame Normdatei.
    Gnd,
    /// Virtual International Authority File.
    Viaf,
    /// Wikidata.
    Wikidata,
    /// GeoNames.
    Geonames,
    /// Open Researcher and Contributor ID.
    Orcid,
}

impl Authority {
    /// All of them.
    pub const ALL: [Authority; 5] = [
        Authority::Gnd,
        Authority::Viaf,
        Authority::Wikidata,
        Authority::Geonames,
        Authority::Orcid,
    ];

    /// Its name in the store and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Authority::Gnd => "gnd",
            Authority::Viaf => "viaf",
            Authority::Wikidata => "wikidata",
            Authority::Geonames => "geonames",
            Authority::Orcid => "orcid",
        }
    }

    /// The authority of that name, in any case.
    pub fn from_name(name: &str) -> Option<Authority> {
        Authority::ALL.into_iter().find(|a| a.name().eq_ignore_ascii_case(name))
    }

    /// What stands before the number in the address of its page.
    fn page(self) -> &'static str {
        match self {
            Authority::Gnd => "https://d-nb.info/gnd/",
            Authority::Viaf => "https://viaf.org/viaf/",
            Authority::Wikidata => "https://www.wikidata.org/entity/",
            Authority::Geonames => "https://www.geonames.org/",
            Authority::Orcid => "https://orcid.org/",
        }
    }
}

/// A number in an authority file, in its usual form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier {
    /// Where.
    pub authority: Authority,
    /// The number.
    pub number: String,
}

impl Identifier {
    /// Reads a number, or the address of its page.
    ///
    /// # Errors
    ///
    /// What was expected and what was found, in words.
    ///
    /// ```
    /// use letterbook_archive::people::{Authority, Identifier};
    ///
    /// let page = "https://d-nb.info/gnd/118540238";
    /// assert_eq!(Identifier::parse(Authority::Gnd, page).unwrap().number, "118540238");
    /// let error = Identifier::parse(Authority::Gnd, "118540239").unwrap_err();
    /// assert_eq!(error, "expected the check digit 8 in `118540239`, but found 9");
    /// ```
    pub fn parse(authority: Authority, text: &str) -> Result<Identifier, String> {
        let number = last_part(text.trim());
        let number = match authority {
            Authority::Gnd => gnd(number)?,
            Authority::Viaf => digits(number, "a VIAF number of 1 to 22 digits", 22)?,
            Authority::Geonames => digits(number, "a GeoNames number of 1 to 10 digits", 10)?,
            Authority::Wikidata => wikidata(number)?,
            Authority::Orcid => orcid(number)?,
        };
        Ok(Identifier { authority, number })
    }

    /// The address of its page.
    pub fn url(&self) -> String {
        format!("{}{}", self.authority.page(), self.number)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.authority.name(), self.number)
    }
}

/// The number of a page's address; the text itself when it is none.
fn last_part(text: &str) -> &str {
    let is_address = text.starts_with("http://") || text.starts_with("https://");
    if !is_address {
        return text;
    }
    let path = text.split(['?', '#']).next().unwrap_or(text).trim_end_matches('/');
    // GeoNames writes the place's name behind its number
    let has_digit = |part: &&str| part.bytes().any(|b| b.is_ascii_digit());
    path.split('/').skip(3).filter(has_digit).last().unwrap_or(text)
}

fn digits(text: &str, what: &str, most: usize) -> Result<String, String> {
    let is_number = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    match is_number && (1..=most).contains(&text.len()) {
        true => Ok(text.to_owned()),
        false => Err(format!("expected {what}, but found `{text}`")),
    }
}

fn wikidata(text: &str) -> Result<String, String> {
    let upper = text.to_ascii_uppercase();
    match upper.strip_prefix('Q').map(|n| digits(n, "", 12)) {
        Some(Ok(_)) => Ok(upper),
        _ => Err(format!("expected Q and 1 to 12 digits, but found `{text}`")),
    }
}

/// Old numbers of bodies and subjects are written with a hyphen, those of persons without; the two
/// count their check digits apart.
fn gnd(text: &str) -> Result<String, String> {
    let upper = text.to_ascii_uppercase();
    let plain = upper.replace('-', "");
    let (body, check) = plain.split_at(plain.len().saturating_sub(1));
    let is_hyphened = upper.len() == plain.len() + 1 && upper.rfind('-') == Some(body.len());
    let is_number = (5..=9).contains(&body.len())
        && body.bytes().all(|b| b.is_ascii_digit())
        && check.bytes().all(|b| b.is_ascii_digit() || b == b'X')
        && (is_hyphened || upper.len() == plain.len());
    if !is_number {
        return Err(format!("expected a GND number such as 118540238, but found `{text}`"));
    }
    let sum: u32 =
        body.bytes().rev().zip(2..).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let value = if is_hyphened { sum % 11 } else { (11 - sum % 11) % 11 };
    expect_check(text, check, value)?;
    Ok(upper)
}

/// ISO 7064, MOD 11-2, over sixteen characters in groups of four.
fn orcid(text: &str) -> Result<String, String> {
    let plain: String = text.to_ascii_uppercase().replace('-', "");
    let (body, check) = plain.split_at(plain.len().saturating_sub(1));
    let is_number = plain.len() == 16
        && body.bytes().all(|b| b.is_ascii_digit())
        && check.bytes().all(|b| b.is_ascii_digit() || b == b'X');
    if !is_number {
        return Err(format!("expected an ORCID such as 0000-0002-1825-0097, but found `{text}`"));
    }
    let total = body.bytes().fold(0u32, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    expect_check(text, check, (12 - total) % 11)?;
    let groups: Vec<&str> = (0..4).map(|i| &plain[4 * i..4 * i + 4]).collect();
    Ok(groups.join("-"))
}

fn expect_check(text: &str, found: &str, value: u32) -> Result<(), String> {
    let expected = if value == 10 { "X".to_owned() } else { value.to_string() };
    match found == expected {
        true => Ok(()),
        false => Err(format!("expected the check digit {expected} in `{text}`, but found {found}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(authority: Authority, text: &str, expected: &str) {
        let found = Identifier::parse(authority, text).map_or_else(|e| e, |id| id.number);
        assert_eq!(found, expected);
    }

    #[test]
    fn gnd_numbers_are_checked_in_both_ways_of_counting() {
        // a poet, and three places and bodies of the old files with a hyphen
        check(Authority::Gnd, "118540238", "118540238");
        check(Authority::Gnd, "https://d-nb.info/gnd/118540238", "118540238");
        check(Authority::Gnd, "4005728-8", "4005728-8");
        check(Authority::Gnd, "5036103-x", "5036103-X");
        check(
            Authority::Gnd,
            "4005728-3",
            "expected the check digit 8 in `4005728-3`, but found 3",
        );
        check(
            Authority::Gnd,
            "Goethe",
            "expected a GND number such as 118540238, but found `Goethe`",
        );
        check(Authority::Gnd, "", "expected a GND number such as 118540238, but found ``");
        check(
            Authority::Gnd,
            "40-05728-8",
            "expected a GND number such as 118540238, but found `40-05728-8`",
        );
    }

    #[test]
    fn an_orcid_has_sixteen_characters_and_a_check_digit() {
        check(Authority::Orcid, "0000-0002-1825-0097", "0000-0002-1825-0097");
        check(Authority::Orcid, "https://orcid.org/000000021694233X", "0000-0002-1694-233X");
        check(
            Authority::Orcid,
            "0000-0002-1825-0098",
            "expected the check digit 7 in `0000-0002-1825-0098`, but found 8",
        );
        check(
            Authority::Orcid,
            "12",
            "expected an ORCID such as 0000-0002-1825-0097, but found `12`",
        );
    }

    #[test]
    fn the_others_are_known_by_their_form() {
        check(Authority::Wikidata, "q42", "Q42");
        check(Authority::Wikidata, "https://www.wikidata.org/wiki/Q42", "Q42");
        check(Authority::Wikidata, "42", "expected Q and 1 to 12 digits, but found `42`");
        check(Authority::Viaf, "http://viaf.org/viaf/24602065/", "24602065");
        check(Authority::Viaf, "x1", "expected a VIAF number of 1 to 22 digits, but found `x1`");
        check(Authority::Geonames, "https://www.geonames.org/2761369/vienna.html", "2761369");
        check(
            Authority::Geonames,
            "0",
            "expected a GeoNames number of 1 to 10 digits, but found `0`",
        );
    }
}
