//! The Fascist era of Italy.
//!
//! Year I began on 29 October 1922 and every year on that day; months and days are Gregorian.
//! October is divided: its days 29–31 are the first of a year and its days 1–28 the last. Exact for
//! the years 1..=23, to 28 October 1945. Source: circular of the head of government of 25 December
//! 1926, in force from 29 October 1927, the earlier years in retrospect.

use super::gregorian;
use super::rule::{Month, Rule};
use super::{Calendar, CalendarError};
use crate::day::Day;

pub(super) struct Fascist;

impl Rule for Fascist {
    fn years(&self) -> (i32, i32) {
        (1, 23)
    }

    fn months(&self, _: i32) -> u8 {
        13
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let gregorian_year = year + 1921;
        match nth {
            0 => Month::new(10, gregorian::day_unchecked(gregorian_year, 10, 29), 3),
            1 | 2 => gregorian::Gregorian.month(gregorian_year, nth + 9),
            12 => Month::new(10, gregorian::day_unchecked(gregorian_year + 1, 10, 1), 28),
            _ => gregorian::Gregorian.month(gregorian_year + 1, nth - 3),
        }
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0 - 1921
    }
}

/// The day of a year, Gregorian month and day: the number of the day says which October is meant.
pub(super) fn to_day(year: i32, month: u8, day: u8) -> Result<Day, CalendarError> {
    let years = Fascist.years();
    if year < years.0 || year > years.1 {
        return Err(CalendarError::year(Calendar::Fascist, year, years));
    }
    let is_before_new_year = (month, day) < (10, 29);
    gregorian::day(year + 1921 + i32::from(is_before_new_year), month, day)
}

/// The number of the day in its month: the three days that open the year are 29 to 31 October.
pub(super) fn numbered(month: u8, of_stretch: u8, day: Day) -> u8 {
    if month == 10 { gregorian::from_day(day).2 } else { of_stretch }
}
