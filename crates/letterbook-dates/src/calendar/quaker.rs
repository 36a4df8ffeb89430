//! The dates of the Society of Friends, by numbered months.
//!
//! To 1751 the first month is March, the year is taken from 1 March, and the calendar is Julian;
//! 1751 ends with its tenth month, December, as the Calendar Act had it. From 1752 the first month is
//! January; September 1752 lacks the days 3–13, after which the calendar is Gregorian. Exact for
//! 1640..=9999 in England and its colonies. Source: Calendar (New Style) Act 1750; minute of the
//! Meeting for Sufferings of 1751.

use super::rule::{Month, Rule};
use super::{Calendar, CalendarError, gregorian, julian};
use crate::day::Day;

const SHORT_YEAR: i32 = 1751;

pub(super) struct Quaker;

/// The first Gregorian day, 14 September 1752.
fn gregorian_from() -> Day {
    gregorian::day_unchecked(1752, 9, 14)
}

impl Rule for Quaker {
    fn years(&self) -> (i32, i32) {
        (1640, 9999)
    }

    fn months(&self, year: i32) -> u8 {
        if year == SHORT_YEAR { 10 } else { 12 }
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        if year <= SHORT_YEAR {
            let (after, index) = (i32::from((nth + 2) / 12), (nth + 2) % 12);
            return Month { number: nth + 1, ..julian::Julian.month(year + after, index) };
        }
        let month = gregorian::Gregorian.month(year, nth);
        if year > 1752 || nth >= 9 {
            month
        } else if nth == 8 {
            // As many days as were lived.
            Month::new(9, julian::day_unchecked(1752, 9, 1), 19)
        } else {
            julian::Julian.month(year, nth)
        }
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0
    }
}

/// The day of September 1752, whose numbers have a gap; none for another month.
pub(super) fn day_of_the_short_month(
    year: i32,
    month: u8,
    day: u8,
) -> Option<Result<Day, CalendarError>> {
    if (year, month) != (1752, 9) {
        return None;
    }
    Some(match day {
        1..=2 => Ok(julian::day_unchecked(year, month, day)),
        14..=30 => Ok(gregorian::day_unchecked(year, month, day)),
        3..=13 => Err(CalendarError::outside(Calendar::Quaker, year)),
        _ => Err(CalendarError::day(Calendar::Quaker, year, month, day, 30)),
    })
}

/// The number of the day in its month, where the gap moves it.
pub(super) fn numbered(day: Day, of_month: u8) -> u8 {
    let is_after_gap = gregorian::from_day(day).0 == 1752
        && gregorian::from_day(day).1 == 9
        && day >= gregorian_from();
    if is_after_gap { of_month + 11 } else { of_month }
}
