//! The Indian national calendar, in Saka years.
//!
//! Chaitra begins on 22 March, in a Gregorian leap year on 21 March and has then 31 days. Exact for
//! the Saka years 1..=9920; official since 22 March 1957. Source: Calendar Reform Committee,
//! *Report* (1955); `icu_calendar` agrees.

use super::gregorian;
use super::rule::{Month, Rule};
use crate::day::Day;

pub(super) struct IndianSaka;

impl Rule for IndianSaka {
    fn years(&self) -> (i32, i32) {
        (1, 9920)
    }

    fn months(&self, _: i32) -> u8 {
        12
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let gregorian_year = year + 78;
        let is_leap = gregorian::is_leap(gregorian_year);
        let first = gregorian::day_unchecked(gregorian_year, 3, if is_leap { 21 } else { 22 });
        let of_chaitra = 30 + u8::from(is_leap);
        let (before, length) = match nth {
            0 => (0, of_chaitra),
            1..=5 => (i32::from(of_chaitra) + 31 * i32::from(nth - 1), 31),
            _ => (i32::from(of_chaitra) + 155 + 30 * i32::from(nth - 6), 30),
        };
        Month::new(nth + 1, first.plus(before), length)
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0 - 78
    }
}
