//! The solar Hijri calendar of Iran and Afghanistan.
//!
//! Six months of 31 days, five of 30, and a twelfth of 29 or 30. Official in Iran since 1304 (1925);
//! exact for the years 1178..=1501, over which leap years in a cycle of 33 give the equinox at 52.5°
//! east. Source: Reingold and Dershowitz, *Calendrical Calculations* (4th ed.), ch. 15; the range of the
//! cycle as tested in `calendrical_calculations` 0.2.4.

use super::rule::{Month, Rule};
use crate::day::Day;

/// 1 Farvardin of year 1: 19 March 622 (Julian).
const EPOCH: i32 = 226_896;

pub(super) struct Persian;

fn new_year(year: i32) -> i32 {
    EPOCH - 1 + 365 * (year - 1) + (8 * year + 21).div_euclid(33)
}

impl Rule for Persian {
    fn years(&self) -> (i32, i32) {
        (1178, 1501)
    }

    fn months(&self, _: i32) -> u8 {
        12
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let first =
            new_year(year) + 31 * i32::from(nth.min(6)) + 30 * i32::from(nth.saturating_sub(6));
        let length = match nth {
            0..=5 => 31,
            6..=10 => 30,
            _ => (new_year(year + 1) - first) as u8,
        };
        Month::new(nth + 1, Day(first), length)
    }

    fn year_near(&self, day: Day) -> i32 {
        (33 * i64::from(day.0 - EPOCH)).div_euclid(12_053) as i32 + 1
    }
}
