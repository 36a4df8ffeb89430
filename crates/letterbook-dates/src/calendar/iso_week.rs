//! Weeks of ISO 8601: the month is the week, 1..=53, and the day 1 (Monday) to 7.
//!
//! Week 1 is the week with the year's first Thursday. Exact for −9998..=9998; the year is counted
//! with a year 0. Source: ISO 8601-1:2019, 5.2.3.

use super::gregorian;
use super::rule::{Month, Rule};
use crate::day::Day;

pub(super) struct IsoWeek;

/// Monday of week 1: the week with 4 January.
fn first_monday(year: i32) -> Day {
    let day = gregorian::day_unchecked(year, 1, 4);
    day.plus(1 - day.weekday() as i32)
}

impl Rule for IsoWeek {
    fn years(&self) -> (i32, i32) {
        (-9998, 9998)
    }

    fn months(&self, year: i32) -> u8 {
        ((first_monday(year + 1).0 - first_monday(year).0) / 7) as u8
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        Month::new(nth + 1, first_monday(year).plus(7 * i32::from(nth)), 7)
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0
    }
}
