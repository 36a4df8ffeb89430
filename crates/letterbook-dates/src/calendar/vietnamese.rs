//! The Vietnamese lunisolar calendar, in the Gregorian years in which its years begin.
//!
//! By the Chinese rules for UTC+7, as in force in the north from 1968 and in the whole country from
//! 1976. Exact for 1968..=2050; earlier calendars of Vietnam, which followed those of China with
//! exceptions, are not read. Source: see the table's head.

use super::month_table::{MonthTable, Year, read};

static YEARS: [Year; 83] = read(include_str!("../../tables/lunisolar/vietnamese.txt"), 718_460);

pub(super) static VIETNAMESE: MonthTable = MonthTable { first_year: 1968, years: &YEARS };
