//! The Gregorian calendar, proleptic.
//!
//! Years are counted as ISO 8601 counts them: year 0 is 1 BC, year −1 is 2 BC. Exact for the years
//! −9999..=9999. The rules are those of the bull *Inter gravissimas* (1582); the day count is
//! Reingold and Dershowitz's *rata die*, by the shifted-year method of Neri and Schneider (2022).

use super::rule::{Month, Rule};
use super::{Calendar, CalendarError};
use crate::day::Day;

/// The first and the last year that this crate counts.
pub const YEARS: (i32, i32) = (-9999, 9999);

/// Days in 400 Gregorian years.
const CYCLE: i32 = 146_097;

/// Whether the year has a 29 February.
pub fn is_leap(year: i32) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// The number of days in the month, 28..=31; 0 when the month is not in 1..=12.
pub fn month_length(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(is_leap(year)),
        _ => 0,
    }
}

/// The day of a year, month and day.
///
/// # Errors
///
/// When the year is not in −9999..=9999, the month not in 1..=12, or the month has no such day.
///
/// ```
/// use letterbook_dates::{calendar::gregorian, day::Day};
///
/// assert_eq!(gregorian::day(1806, 10, 12).unwrap(), Day(659_547));
/// assert_eq!(
///     gregorian::day(1806, 4, 31).unwrap_err().to_string(),
///     "expected a day from 1 to 30 for month 4 of 1806 (gregorian), but found 31",
/// );
/// ```
pub fn day(year: i32, month: u8, day: u8) -> Result<Day, CalendarError> {
    if year < YEARS.0 || year > YEARS.1 {
        return Err(CalendarError::year(Calendar::Gregorian, year, YEARS));
    }
    let length = month_length(year, month);
    if length == 0 {
        return Err(CalendarError::month(Calendar::Gregorian, year, month, 12));
    }
    if day == 0 || day > length {
        return Err(CalendarError::day(Calendar::Gregorian, year, month, day, length));
    }
    Ok(day_unchecked(year, month, day))
}

/// The day of a date that is known to exist.
pub(crate) fn day_unchecked(year: i32, month: u8, day: u8) -> Day {
    // The year is moved to begin on 1 March, so that the leap day is its last.
    let before_march = i32::from(month <= 2);
    let year = year - before_march;
    let month = i32::from(month) + 12 * before_march;
    let century = year.div_euclid(100);
    Day(365 * year + year.div_euclid(4) - century
        + century.div_euclid(4)
        + (153 * month - 457) / 5
        + i32::from(day)
        - 306)
}

/// The year, month and day of a day.
///
/// Total: a day beyond the years −9999..=9999 gets the year that it has, see [`Day::MIN`] and
/// [`Day::MAX`].
///
/// ```
/// use letterbook_dates::{calendar::gregorian, day::Day};
///
/// assert_eq!(gregorian::from_day(Day(1)), (1, 1, 1));
/// ```
pub fn from_day(day: Day) -> (i32, u8, u8) {
    // Days since 0000-03-01, in cycles of 400 years, so that nothing overflows.
    let since = i64::from(day.0) + 305;
    let cycle = since.div_euclid(i64::from(CYCLE)) as i32;
    let of_cycle = since.rem_euclid(i64::from(CYCLE)) as i32;
    let century = ((4 * of_cycle + 3) / CYCLE).min(3);
    let of_century = of_cycle - century * CYCLE / 4;
    let year_of_century = ((4 * of_century + 3) / 1461).min(99);
    let of_year = of_century - year_of_century * 1461 / 4;
    let month = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * month + 2) / 5 + 1;
    let year = 400 * cycle + 100 * century + year_of_century + i32::from(month >= 10);
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year, month as u8, day_of_month as u8)
}

pub(super) struct Gregorian;

impl Rule for Gregorian {
    fn years(&self) -> (i32, i32) {
        YEARS
    }

    fn months(&self, _: i32) -> u8 {
        12
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        Month::new(nth + 1, day_unchecked(year, nth + 1, 1), month_length(year, nth + 1))
    }

    fn year_near(&self, day: Day) -> i32 {
        from_day(day).0
    }
}
