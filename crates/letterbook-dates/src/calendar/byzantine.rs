//! The Byzantine calendar, in years of the World.
//!
//! Julian months, numbered from January; the year began on 1 September, and year 1 in 5509 BC. Exact
//! for the years 1..=9999. Source: Grumel, *La chronologie* (1958).

use super::julian;
use super::rule::{Month, Rule};
use crate::day::Day;

pub(super) struct Byzantine;

impl Rule for Byzantine {
    fn years(&self) -> (i32, i32) {
        (1, 9999)
    }

    fn months(&self, _: i32) -> u8 {
        12
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        // September to December lie in the Julian year before that of January to August, which is
        // counted here with a year 0.
        let (year, index) = if nth < 4 { (year - 5509, nth + 8) } else { (year - 5508, nth - 4) };
        julian::counted_month(year, index)
    }

    fn year_near(&self, day: Day) -> i32 {
        julian::from_day(day).0 + 5508
    }
}
