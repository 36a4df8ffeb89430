//! The Ottoman financial calendar (Rumi).
//!
//! Month 1 is Kânunusani, January. The year began on 1 March (Julian) and was the Julian year less
//! 584; months 1 and 2 were its last. 15 Şubat 1332 was followed by 1 Mart 1333 = 1 March 1917
//! (Gregorian), that year ended with 31 December, and from 1334 the year was the Gregorian one less
//! 584. Exact for 1256..=1341, 13 March 1840 to 31 December 1925. Source: laws of 8 February 1332
//! and 26 December 1341, checked on documented days.

use super::rule::{Month, Rule};
use super::{gregorian, julian};
use crate::day::Day;

/// The first year that began on 1 January as the Gregorian calendar has it.
const GREGORIAN_FROM: i32 = 1334;

pub(super) struct Rumi;

impl Rule for Rumi {
    fn years(&self) -> (i32, i32) {
        (1256, 1341)
    }

    fn months(&self, year: i32) -> u8 {
        if year == 1333 { 10 } else { 12 }
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        if year >= GREGORIAN_FROM {
            return gregorian::Gregorian.month(year + 584, nth);
        }
        // March is the first month.
        let (after, index) = (i32::from((nth + 2) / 12), (nth + 2) % 12);
        if year == 1333 {
            return gregorian::Gregorian.month(year + 584, index);
        }
        let month = julian::Julian.month(year + 584 + after, index);
        let length = if year == 1332 && month.number == 2 { 15 } else { month.length };
        Month { length, ..month }
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0 - 584
    }
}
