//! Easter, by the Gregorian computus of 1582 and by the Alexandrian one of the Julian calendar.
//!
//! Exact for the years 1..=9999 of each calendar as a reckoning; kept as the Alexandrian rule only from
//! the sixth century on. The Easter of Protestant Germany, Denmark and Sweden by astronomical tables
//! (1700–1844) is not reckoned: it fell on another day in 1724, 1744 and, in Sweden, 1802, 1805 and 1818.
//! Source: Reingold and Dershowitz, *Calendrical Calculations* (4th ed.), ch. 9.

use super::{gregorian, julian};
use crate::day::Day;

/// By which church's calendar a feast is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Computus {
    /// The Western feasts, Gregorian.
    Western,
    /// The Eastern feasts, Julian.
    Eastern,
    /// The Western feasts, Julian: before a place adopted the Gregorian calendar.
    JulianWest,
}

/// Easter Sunday of a year, 1..=9999; the year is Gregorian or Julian as the computus is.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::feast::{Computus, easter};
///
/// assert_eq!(easter(Computus::Western, 1916), gregorian::day(1916, 4, 23).ok());
/// assert_eq!(easter(Computus::Eastern, 0), None);
/// ```
pub fn easter(computus: Computus, year: i32) -> Option<Day> {
    if !(1..=9999).contains(&year) {
        return None;
    }
    let golden = year.rem_euclid(19);
    let limit = match computus {
        Computus::Western => {
            let century = year / 100 + 1;
            let shifted =
                (14 + 11 * golden - 3 * century / 4 + (5 + 8 * century) / 25).rem_euclid(30);
            let is_moved = shifted == 0 || (shifted == 1 && golden > 10);
            let epact = shifted + i32::from(is_moved);
            gregorian::day_unchecked(year, 4, 19).plus(-epact)
        }
        Computus::Eastern | Computus::JulianWest => {
            let epact = (14 + 11 * golden).rem_euclid(30);
            julian::day_unchecked(year, 4, 19).plus(-epact)
        }
    };
    // The Sunday after the paschal moon.
    Some(limit.plus(7 - limit.weekday() as i32 % 7))
}
