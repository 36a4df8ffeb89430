//! The Bahá'í calendar (Badí‘), in years of the Bahá'í era.
//!
//! Nineteen months of nineteen days; the intercalary days, four or five, before month 19 are month 0.
//! The year began on 21 March as long as the West kept it so, to 171 B.E.; from 172 (2015) it begins
//! on the day of the equinox at Tehran. Exact for −9999..=171 by rule, with a year 0, and for
//! 172..=214, beyond which the equinox comes too near sunset to be foretold. A day is given as the civil
//! day on which it ends at sunset. Source: Reingold and Dershowitz, *Calendrical Calculations* (4th
//! ed.), ch. 16; the dates since 172 from Meeus, *Astronomical Algorithms*, ch. 27, which agree with
//! those published by the Universal House of Justice.

use super::gregorian;
use super::rule::{Month, Rule};
use crate::day::Day;

/// The first year that begins by the equinox.
const BY_EQUINOX: i32 = 172;

pub(super) struct Bahai;

fn new_year(year: i32) -> Day {
    let gregorian_year = year + 1843;
    // The equinox falls after sunset of the 20th, or on the day before.
    let is_late = match gregorian_year {
        2015 | 2018 | 2019 | 2022 | 2023 | 2026 | 2027 => true,
        2028.. => (gregorian_year - 2031) % 4 == 0,
        _ => year < BY_EQUINOX,
    };
    gregorian::day_unchecked(gregorian_year, 3, if is_late { 21 } else { 20 })
}

impl Rule for Bahai {
    fn years(&self) -> (i32, i32) {
        (-9999, 214)
    }

    fn months(&self, _: i32) -> u8 {
        20
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let first = new_year(year);
        let last_month = new_year(year + 1).plus(-19);
        match nth {
            18 => {
                let intercalary = first.plus(18 * 19);
                Month::new(0, intercalary, (last_month.0 - intercalary.0) as u8)
            }
            19 => Month::new(19, last_month, 19),
            _ => Month::new(nth + 1, first.plus(19 * i32::from(nth)), 19),
        }
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0 - 1843
    }
}
