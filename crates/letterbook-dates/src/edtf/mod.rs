//! EDTF strings: reading, levels, and the canonical form.
//!
//! By the specification of the Library of Congress (4 February 2019), a profile of
//! ISO 8601-2:2019, levels 0, 1 and 2 in full. Values, their bounds and their order are in
//! [`value`](crate::value); prose is not read here.
//!
//! # Where the specification leaves a choice
//!
//! - A date must exist: `1900-02-29` and `15XX-02-3X` are refused, `XXXX-02-29` is read.
//! - An interval must not run backwards. An end that is coarser than its start and begins before it
//!   (`2004-06-11/2004-06`) is refused, unless the end has unspecified digits that may lie later.
//! - A time of day may be shifted from −12:00 to +14:00; `-00:00` is refused, and an interval has
//!   no times of day.
//! - `Y` needs more than four digits and stands alone.
//! - Read, never written, and told by [`Edtf::departure`]: centuries and decades of ISO 8601-2
//!   (`19`, `198`), fractions of a second, time shifts without colon, evenly spaced commas in sets,
//!   and two doubts on one component (`2001-?09~`). So is `/` alone, which has no other form.

mod parse;
mod print;

pub use parse::EdtfError;

use crate::value::Edtf;

impl Edtf {
    /// Reads an EDTF string of any level.
    ///
    /// # Errors
    ///
    /// When the string is not EDTF; the error says at which byte, what was expected there and what
    /// was found.
    ///
    /// ```
    /// use letterbook_dates::value::Edtf;
    ///
    /// assert_eq!(Edtf::parse("1850-05-1X")?.level(), 2);
    /// let error = Edtf::parse("1850-13").unwrap_err();
    /// assert_eq!(error.at, 5);
    /// assert_eq!(
    ///     error.to_string(),
    ///     "expected a month from 01 to 12 or a season from 21 to 41, but found `13` at byte 5",
    /// );
    /// # Ok::<(), letterbook_dates::edtf::EdtfError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Edtf, EdtfError> {
        Edtf::parse_at_level(text, 2)
    }

    /// Reads an EDTF string of level 0, 1 or 2 and refuses what a higher level adds.
    ///
    /// # Errors
    ///
    /// As for [`Edtf::parse`], and for a feature of a level above `level`.
    ///
    /// ```
    /// use letterbook_dates::value::Edtf;
    ///
    /// assert!(Edtf::parse_at_level("1850?", 1).is_ok());
    /// assert_eq!(
    ///     Edtf::parse_at_level("1850?", 0).unwrap_err().to_string(),
    ///     "expected EDTF of level 0, but found a doubt sign (level 1) at byte 4",
    /// );
    /// ```
    pub fn parse_at_level(text: &str, level: u8) -> Result<Edtf, EdtfError> {
        parse::parse(text, level)
    }
}

impl std::str::FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Edtf, EdtfError> {
        Edtf::parse(text)
    }
}
