//! The lunisolar calendar of Japan, in the Gregorian years in which its years begin.
//!
//! As it was issued, by the Senmyō, Jōkyō, Hōryaku, Kansei and Tenpō rules. Exact for 1501..=1872, to
//! day 2 of month 12 of 1872 (Meiji 5), 31 December 1872. Source: see the table's head. Eras are in
//! [`era`](crate::era).

use super::gregorian;
use super::month_table::{MonthTable, Year, read};
use super::rule::{Month, Rule};
use crate::day::Day;

static YEARS: [Year; 372] = read(include_str!("../../tables/lunisolar/japanese.txt"), 547_891);

static TABLE: MonthTable = MonthTable { first_year: 1501, years: &YEARS };

pub(super) struct JapaneseLunisolar;

impl Rule for JapaneseLunisolar {
    fn years(&self) -> (i32, i32) {
        TABLE.years()
    }

    fn months(&self, year: i32) -> u8 {
        TABLE.months(year)
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        TABLE.month(year, nth)
    }

    fn year_near(&self, day: Day) -> i32 {
        TABLE.year_near(day)
    }

    fn limits(&self, _: i32) -> (Day, Day) {
        (Day::MIN, gregorian::day_unchecked(1872, 12, 31))
    }
}
