//! The transitional calendar of Sweden and Finland.
//!
//! Sweden left out 29 February 1700 and so was a day ahead of the Julian calendar, until it went
//! back with a 30 February 1712. Exact for 1 March 1700..=30 February 1712. Source: royal ordinances
//! of 1699 and 1711, as cited by Grotefend, *Taschenbuch der Zeitrechnung*.

use super::julian;
use super::rule::{Month, Rule};
use crate::day::Day;

pub(super) struct Swedish;

impl Rule for Swedish {
    fn years(&self) -> (i32, i32) {
        (1700, 1712)
    }

    fn months(&self, year: i32) -> u8 {
        if year == 1712 { 2 } else { 12 }
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let month = julian::Julian.month(year, nth);
        let (first, length) = match (year, month.number) {
            // January and February 1700 were Julian still; 29 February was left out.
            (1700, 1) => (month.first, 31),
            (1700, 2) => (month.first, 28),
            (1712, 2) => (month.first.plus(-1), 30),
            _ => (month.first.plus(-1), month.length),
        };
        Month::new(month.number, first, length)
    }

    fn year_near(&self, day: Day) -> i32 {
        julian::from_day(day).0
    }

    fn limits(&self, _: i32) -> (Day, Day) {
        (julian::day_unchecked(1700, 2, 29), julian::day_unchecked(1712, 2, 29))
    }
}
