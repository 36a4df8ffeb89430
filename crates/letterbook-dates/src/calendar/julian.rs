//! The Julian calendar.
//!
//! There is no year 0: year −1 is 1 BC, as historians count. Exact for the years −9999..=−1 and
//! 1..=9999 as a reckoning; before AD 8 the leap years that Rome actually kept differ from the
//! rule and are uncertain. The year is taken to begin on 1 January: other beginnings are the
//! business of `reckoning`. Source: Reingold and Dershowitz, *Calendrical
//! Calculations* (4th ed.), ch. 3.

use super::rule::{Month, Rule};
use super::{Calendar, CalendarError};
use crate::day::Day;

/// The first and the last year; there is no year 0 between them.
pub const YEARS: (i32, i32) = (-9999, 9999);

/// The year as the rule counts it, with a year 0 for 1 BC.
fn counted(year: i32) -> i32 {
    if year < 0 { year + 1 } else { year }
}

/// Whether the year, written without a year 0, has a 29 February.
pub fn is_leap(year: i32) -> bool {
    counted(year).rem_euclid(4) == 0
}

/// The number of days in the month, 28..=31; 0 when the month is not in 1..=12.
pub fn month_length(year: i32, month: u8) -> u8 {
    match month {
        2 => 28 + u8::from(is_leap(year)),
        _ => super::gregorian::month_length(1, month),
    }
}

/// The day of a Julian year, month and day.
///
/// # Errors
///
/// When the year is 0 or not in −9999..=9999, the month not in 1..=12, the month has no such day,
/// or the day is after [`Day::MAX`].
///
/// ```
/// use letterbook_dates::calendar::{gregorian, julian};
///
/// assert_eq!(julian::day(1688, 11, 5), gregorian::day(1688, 11, 15));
/// assert!(julian::day(0, 1, 1).is_err());
/// ```
pub fn day(year: i32, month: u8, day: u8) -> Result<Day, CalendarError> {
    if year == 0 || year < YEARS.0 || year > YEARS.1 {
        return Err(CalendarError::year(Calendar::Julian, year, YEARS));
    }
    let length = month_length(year, month);
    if length == 0 {
        return Err(CalendarError::month(Calendar::Julian, year, month, 12));
    }
    if day == 0 || day > length {
        return Err(CalendarError::day(Calendar::Julian, year, month, day, length));
    }
    let found = day_unchecked(counted(year), month, day);
    if found > Day::MAX {
        return Err(CalendarError::outside(Calendar::Julian, year));
    }
    Ok(found)
}

/// The day of an existing date, in a year counted with a year 0.
pub(crate) fn day_unchecked(year: i32, month: u8, day: u8) -> Day {
    let before_march = i32::from(month <= 2);
    let year = year - before_march;
    let month = i32::from(month) + 12 * before_march;
    Day(365 * year + year.div_euclid(4) + (153 * month - 457) / 5 + i32::from(day) - 308)
}

/// The Julian year (without a year 0), month and day of a day.
///
/// ```
/// use letterbook_dates::{calendar::julian, day::Day};
///
/// assert_eq!(julian::from_day(Day(-2)), (-1, 12, 31));
/// ```
pub fn from_day(day: Day) -> (i32, u8, u8) {
    let since = i64::from(day.0) + 307;
    let cycle = since.div_euclid(1461) as i32;
    let of_cycle = since.rem_euclid(1461) as i32;
    let year_of_cycle = ((4 * of_cycle + 3) / 1461).min(3);
    let of_year = of_cycle - year_of_cycle * 365;
    let month = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * month + 2) / 5 + 1;
    let year = 4 * cycle + year_of_cycle + i32::from(month >= 10);
    let month = if month < 10 { month + 3 } else { month - 9 };
    (if year <= 0 { year - 1 } else { year }, month as u8, day_of_month as u8)
}

/// A month, by its place from 0, of a year counted with a year 0.
pub(super) fn counted_month(year: i32, nth: u8) -> Month {
    let length = month_length(if year <= 0 { year - 1 } else { year }, nth + 1);
    Month::new(nth + 1, day_unchecked(year, nth + 1, 1), length)
}

pub(super) struct Julian;

impl Rule for Julian {
    fn years(&self) -> (i32, i32) {
        YEARS
    }

    fn has_year(&self, year: i32) -> bool {
        year != 0
    }

    fn months(&self, _: i32) -> u8 {
        12
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        counted_month(counted(year), nth)
    }

    fn year_near(&self, day: Day) -> i32 {
        from_day(day).0
    }
}
