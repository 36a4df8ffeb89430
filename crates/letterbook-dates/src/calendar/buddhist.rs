//! The Thai solar calendar, in years of the Buddhist era.
//!
//! Gregorian months and days since 1 April 1889; the year then began on 1 April, and from B.E. 2484
//! (1941) on 1 January, so that B.E. 2483 had nine months, April to December 1940. Months are
//! numbered as in the Gregorian calendar: in the years to B.E. 2482, January to March are the last
//! three. Exact for B.E. 2432..=9999. The lunar calendar before 1889 is not read. Source: royal
//! decrees of 1888 and 1912 and the act of 1940; `icu_calendar` agrees from B.E. 2484.

use super::gregorian;
use super::rule::{Month, Rule};
use crate::day::Day;

/// The year that lost its January to March.
const SHORT_YEAR: i32 = 2483;

pub(super) struct Buddhist;

impl Rule for Buddhist {
    fn years(&self) -> (i32, i32) {
        (2432, 9999)
    }

    fn months(&self, year: i32) -> u8 {
        if year == SHORT_YEAR { 9 } else { 12 }
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let gregorian_year = year - 543;
        if year > SHORT_YEAR {
            return gregorian::Gregorian.month(gregorian_year, nth);
        }
        let nth = nth + 3;
        gregorian::Gregorian.month(gregorian_year + i32::from(nth / 12), nth % 12)
    }

    fn year_near(&self, day: Day) -> i32 {
        gregorian::from_day(day).0 + 543
    }
}
