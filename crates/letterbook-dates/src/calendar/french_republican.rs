//! The French Republican calendar, as it was lived.
//!
//! Twelve months of 30 days, and month 13 for the complementary days, five or six; years I–XIV from
//! 22 September 1792, ended on 31 December 1805 (10 Nivôse XIV), and year LXXIX, which the Commune
//! of 1871 used. A date of another year is an error: the rules proposed for later leap years were
//! never law. Source: decree of 4 Frimaire II (equinox at Paris) and the printed concordances.

use super::gregorian;
use super::rule::{Month, Rule};
use crate::day::Day;

/// The year that the Commune wrote.
const COMMUNE: i32 = 79;

/// The last year in which the calendar was law.
const LAST: i32 = 14;

pub(super) struct FrenchRepublican;

/// 1 Vendémiaire, by the equinox at Paris.
fn new_year(year: i32) -> Day {
    let day = match year {
        1..=3 | 5..=7 => 22,
        12 => 24,
        _ => 23,
    };
    gregorian::day_unchecked(year + 1791, 9, day)
}

impl Rule for FrenchRepublican {
    fn years(&self) -> (i32, i32) {
        (1, COMMUNE)
    }

    fn has_year(&self, year: i32) -> bool {
        year <= LAST || year == COMMUNE
    }

    fn months(&self, _: i32) -> u8 {
        13
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let first = new_year(year).plus(30 * i32::from(nth));
        let length = match nth {
            12 => 5 + u8::from(matches!(year, 3 | 7 | 11)),
            _ => 30,
        };
        Month::new(nth + 1, first, length)
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0 - 1791
    }

    fn limits(&self, year: i32) -> (Day, Day) {
        let day = gregorian::day_unchecked;
        if year == COMMUNE {
            (day(1871, 3, 18), day(1871, 5, 28))
        } else {
            (day(1792, 9, 22), day(1805, 12, 31))
        }
    }
}
