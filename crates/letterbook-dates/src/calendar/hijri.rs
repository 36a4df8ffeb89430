//! The Hijri calendar by the table, civil and astronomical.
//!
//! Eleven leap years in thirty; the civil epoch is Friday 16 July 622 (Julian), the astronomical
//! one the Thursday before. Exact for −9999..=9665 as a reckoning, with a year 0. People began a
//! month when they saw the moon: a day that a letter writes may differ by [`TOLERANCE_DAYS`] from
//! the table, unless a weekday fixes it. Source: Reingold and Dershowitz, *Calendrical
//! Calculations* (4th ed.), ch. 7.

use super::rule::{Month, Rule};
use crate::day::Day;

/// Days by which a written day may lie before or after that of the table.
pub const TOLERANCE_DAYS: i32 = 2;

pub(super) struct Tabular {
    /// 1 Muharram of year 1.
    epoch: i32,
}

pub(super) const CIVIL: Tabular = Tabular { epoch: 227_015 };
pub(super) const ASTRONOMICAL: Tabular = Tabular { epoch: 227_014 };

impl Tabular {
    fn first_day(&self, year: i32) -> i32 {
        self.epoch + 354 * (year - 1) + (3 + 11 * year).div_euclid(30)
    }
}

impl Rule for Tabular {
    fn years(&self) -> (i32, i32) {
        (-9999, 9665)
    }

    fn months(&self, _: i32) -> u8 {
        12
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let first = Day(self.first_day(year) + 29 * i32::from(nth) + i32::from(nth.div_ceil(2)));
        let is_leap = (14 + 11 * year).rem_euclid(30) < 11;
        let length = match nth {
            11 => 29 + u8::from(is_leap),
            _ => 30 - nth % 2,
        };
        Month::new(nth + 1, first, length)
    }

    fn year_near(&self, day: Day) -> i32 {
        (30 * i64::from(day.0 - self.epoch)).div_euclid(10_631) as i32 + 1
    }
}
