//! The Vietnamese lunisolar calendar, in the Gregorian years in which its years begin.
//!
//! Read for 1813..=2050. From 1968 by the Chinese rules for UTC+7, as in force in the north from 1968
//! and in the whole country from 1976; before, by the calendar of China, which the court of Huế
//! reckoned alike from 1813 and which the almanacs printed until 1967. Earlier calendars of Vietnam
//! differ from it and are not read. Source: see the table's head; for the time before 1968 the tables
//! of Hồ Ngọc Đức, by whom the two calendars agree from 1813 but for single months.

use super::chinese::CHINESE;
use super::month_table::{MonthTable, Year, read};
use super::rule::{Month, Rule};
use crate::day::Day;

static YEARS: [Year; 83] = read(include_str!("../../tables/lunisolar/vietnamese.txt"), 718_460);

static OWN: MonthTable = MonthTable { first_year: OWN_FROM, years: &YEARS };

const FIRST: i32 = 1813;
const OWN_FROM: i32 = 1968;

/// The calendar.
pub(super) struct Vietnamese;

impl Rule for Vietnamese {
    fn years(&self) -> (i32, i32) {
        (FIRST, OWN.years().1)
    }

    fn months(&self, year: i32) -> u8 {
        if year < OWN_FROM { CHINESE.months(year) } else { OWN.months(year) }
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        if year >= OWN_FROM {
            return OWN.month(year, nth);
        }
        let month = CHINESE.month(year, nth);
        // The new year of 1968 came a day before that of China.
        let end = OWN.month(OWN_FROM, 0).first.0;
        let length = i32::from(month.length).min(end - month.first.0);
        Month { length: u8::try_from(length).unwrap_or(month.length), ..month }
    }

    fn year_near(&self, day: Day) -> i32 {
        if day < OWN.month(OWN_FROM, 0).first { CHINESE.year_near(day) } else { OWN.year_near(day) }
    }
}
