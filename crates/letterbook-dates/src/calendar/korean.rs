//! The Korean lunisolar calendar, in the Gregorian years in which its years begin.
//!
//! As the Chinese, but as Korea kept it: by its own observatory, and for UTC+9 where that was civil
//! time. Official until 1895; exact for 1392..=2050. Source: see the table's head.

use super::month_table::{MonthTable, Year, read};

static YEARS: [Year; 659] = read(include_str!("../../tables/lunisolar/korean.txt"), 508_085);

pub(super) static KOREAN: MonthTable = MonthTable { first_year: 1392, years: &YEARS };
