//! The Coptic calendar, in years of the Martyrs.
//!
//! Twelve months of 30 days and a thirteenth of 5, or 6 in the year before a Julian leap year; year
//! 1 began on 29 August 284 (Julian). Exact for −9999..=9715 as a reckoning, with a year 0; used by
//! people from year 1. Source: Reingold and Dershowitz, *Calendrical Calculations* (4th ed.), ch. 4.

use super::julian;
use super::rule::{Month, Rule};
use crate::day::Day;

/// A calendar of the Alexandrian kind, from its first day.
pub(super) struct Alexandrian {
    pub(super) years: (i32, i32),
    /// The Julian year on whose 29 August year 1 began.
    pub(super) julian_year: i32,
}

pub(super) const COPTIC: Alexandrian = Alexandrian { years: (-9999, 9715), julian_year: 284 };

impl Alexandrian {
    fn first_day(&self, year: i32) -> i32 {
        let epoch = julian::day_unchecked(self.julian_year, 8, 29).0;
        epoch + 365 * (year - 1) + year.div_euclid(4)
    }
}

impl Rule for Alexandrian {
    fn years(&self) -> (i32, i32) {
        self.years
    }

    fn months(&self, _: i32) -> u8 {
        13
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let first = Day(self.first_day(year) + 30 * i32::from(nth));
        let length = match nth {
            12 => 5 + u8::from((year + 1).rem_euclid(4) == 0),
            _ => 30,
        };
        Month::new(nth + 1, first, length)
    }

    fn year_near(&self, day: Day) -> i32 {
        (4 * i64::from(day.0 - self.first_day(1))).div_euclid(1461) as i32 + 1
    }
}
