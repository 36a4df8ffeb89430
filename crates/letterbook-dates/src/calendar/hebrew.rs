//! The Hebrew calendar, in years of the Creation.
//!
//! Month 1 is Nisan and the year begins with month 7, Tishri; month 12 is Adar, in a leap year
//! Adar I, and month 13 Adar II. A day is given as the civil day on which it ends at sunset. Exact
//! for the years 1..=9999 by the arithmetic rule of Hillel II, which was kept from about 4600
//! (AD 840) on. Source: Maimonides, *Sanctification of the New Moon*, 6–8, as set out by Reingold
//! and Dershowitz, *Calendrical Calculations* (4th ed.), ch. 8.

use super::rule::{Month, Rule};
use crate::day::Day;

/// The last day before the first of Tishri of year 1.
const EPOCH: i32 = -1_373_428;

/// Parts of an hour of which a lunation has 29 days and [`LUNATION_REST`].
const DAY_PARTS: i64 = 25_920;
const LUNATION_REST: i64 = 13_753;

/// Whether the year has an Adar II.
pub(crate) fn is_leap(year: i32) -> bool {
    (7 * year + 1).rem_euclid(19) < 7
}

/// Days from the epoch to the new year, before the rule on neighbouring years.
fn elapsed(year: i32) -> i32 {
    let months = (235 * i64::from(year) - 234).div_euclid(19);
    let parts = 12_084 + LUNATION_REST * months;
    let days = 29 * months + parts.div_euclid(DAY_PARTS);
    // No new year on Sunday, Wednesday or Friday.
    let is_forbidden = (3 * (days + 1)).rem_euclid(7) < 3;
    (days + i64::from(is_forbidden)) as i32
}

/// First of Tishri.
fn new_year(year: i32) -> i32 {
    let (before, this, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    // A year of 356 days, or a year of 382 before this one, moves the new year.
    let delay = if after - this == 356 {
        2
    } else if this - before == 382 {
        1
    } else {
        0
    };
    EPOCH + this + delay + 1
}

pub(super) struct Hebrew;

impl Rule for Hebrew {
    fn years(&self) -> (i32, i32) {
        (1, 9999)
    }

    fn months(&self, year: i32) -> u8 {
        12 + u8::from(is_leap(year))
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let first = new_year(year);
        let n_days = new_year(year + 1) - first;
        let is_leap = is_leap(year);
        let (is_full, is_deficient) = (n_days % 10 == 5, n_days % 10 == 3);
        let months = 12 + u8::from(is_leap);
        let number_of = |nth: u8| if nth + 7 <= months { nth + 7 } else { nth + 7 - months };
        let length_of = |number: u8| match number {
            8 if !is_full => 29,
            9 if is_deficient => 29,
            12 if is_leap => 30,
            2 | 4 | 6 | 10 | 12 | 13 => 29,
            _ => 30,
        };
        let before: i32 = (0..nth).map(|nth| i32::from(length_of(number_of(nth)))).sum();
        let number = number_of(nth);
        Month::new(number, Day(first + before), length_of(number))
    }

    fn year_near(&self, day: Day) -> i32 {
        ((i64::from(day.0) - i64::from(EPOCH)) * 98_496 / 35_975_351) as i32 + 1
    }
}
