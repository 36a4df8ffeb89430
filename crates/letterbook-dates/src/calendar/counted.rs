//! Eras that number the Gregorian year from another beginning and keep its months and days.
//!
//! | label | year 1 | in use |
//! |---|---|---|
//! | `juche` | 1912 | North Korea, from 1997 and for earlier years in retrospect |
//! | `minguo` | 1912 | Republic of China |
//! | `dangi-era` | 2333 BC | South Korea, official 1948–1961 |
//! | `daehan-minguk` | 1919 | Korean provisional government, 1948 |
//! | `koki` | 660 BC | Japan, from 1872 |
//!
//! Each is exact from its year 1 to Gregorian 9999. Sources: the laws and decrees of their
//! countries; `icu_calendar` agrees on Minguo.

use super::gregorian;
use super::rule::{Month, Rule};
use crate::day::Day;

/// A Gregorian year by another number.
pub(super) struct Counted {
    /// What to add to the number to have the Gregorian year.
    offset: i32,
}

pub(super) const JUCHE: Counted = Counted { offset: 1911 };
pub(super) const MINGUO: Counted = Counted { offset: 1911 };
pub(super) const DANGI: Counted = Counted { offset: -2333 };
pub(super) const DAEHAN_MINGUK: Counted = Counted { offset: 1918 };
pub(super) const KOKI: Counted = Counted { offset: -660 };

impl Rule for Counted {
    fn years(&self) -> (i32, i32) {
        (1, (9999 - self.offset).min(9999))
    }

    fn months(&self, _: i32) -> u8 {
        12
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        gregorian::Gregorian.month(year + self.offset, nth)
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0 - self.offset
    }
}
