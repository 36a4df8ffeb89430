//! The modern eras of Japan.
//!
//! | label | first day | last day |
//! |---|---|---|
//! | `japanese-meiji` | 25 January 1868 | 30 July 1912 |
//! | `japanese-taisho` | 30 July 1912 | 25 December 1926 |
//! | `japanese-showa` | 25 December 1926 | 7 January 1989 |
//! | `japanese-heisei` | 8 January 1989 | 30 April 2019 |
//! | `japanese-reiwa` | 1 May 2019 | – |
//!
//! Gregorian months and days since 1 January of Meiji 6 (1873); Meiji 1–5 are years of the
//! [lunisolar calendar](super::Calendar::JapaneseLunisolar), the first whole, as the edict of Keiō 4/9/8
//! had it. Meiji and Taishō end on the day on which the next era begins, which was dated by both. A day
//! outside an era is an error. Reiwa is read to year 7981 (9999). Source: the edicts and
//! cabinet orders that proclaimed the eras.

use super::gregorian;
use super::japanese_lunisolar::JapaneseLunisolar;
use super::rule::{Month, Rule};
use crate::day::Day;

/// An era.
pub(super) struct Modern {
    /// What to add to the year to have the Gregorian one.
    offset: i32,
    last_year: i32,
    first: (i32, u8, u8),
    last: (i32, u8, u8),
}

pub(super) const MEIJI: Modern =
    Modern { offset: 1867, last_year: 45, first: (1868, 1, 25), last: (1912, 7, 30) };
pub(super) const TAISHO: Modern =
    Modern { offset: 1911, last_year: 15, first: (1912, 7, 30), last: (1926, 12, 25) };
pub(super) const SHOWA: Modern =
    Modern { offset: 1925, last_year: 64, first: (1926, 12, 25), last: (1989, 1, 7) };
pub(super) const HEISEI: Modern =
    Modern { offset: 1988, last_year: 31, first: (1989, 1, 8), last: (2019, 4, 30) };
pub(super) const REIWA: Modern =
    Modern { offset: 2018, last_year: 7981, first: (2019, 5, 1), last: (9999, 12, 31) };

/// The last year of Meiji that was lunisolar, as a Gregorian year.
const LUNISOLAR_UNTIL: i32 = 1872;

impl Rule for Modern {
    fn years(&self) -> (i32, i32) {
        (1, self.last_year)
    }

    fn months(&self, year: i32) -> u8 {
        match year + self.offset {
            ..=LUNISOLAR_UNTIL => JapaneseLunisolar.months(year + self.offset),
            _ => 12,
        }
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        match year + self.offset {
            ..=LUNISOLAR_UNTIL => JapaneseLunisolar.month(year + self.offset, nth),
            _ => gregorian::Gregorian.month(year + self.offset, nth),
        }
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0 - self.offset
    }

    fn limits(&self, year: i32) -> (Day, Day) {
        let day = |(year, month, day)| gregorian::day_unchecked(year, month, day);
        let last = if year + self.offset == LUNISOLAR_UNTIL { (1872, 12, 31) } else { self.last };
        (day(self.first), day(last))
    }
}
