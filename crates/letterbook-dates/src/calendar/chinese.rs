//! The Chinese lunisolar calendar, in the Gregorian years in which its years begin.
//!
//! Months 1..=12, a leap month repeats the number before it. Exact for 1368..=2050: the calendars that
//! the Ming and the Qing issued, which no modern computation gives back, then the civil one. Checked
//! against the Korean table, from which it differs between 1392 and 1911 only in 1462, 1495, 1581, 1588,
//! 1597, 1599, 1600, 1608, 1609, 1648, 1650–1653, 1699, 1709 and 1841. Source: see the table's head.
//! Reign eras are in [`era`](crate::era).

use super::month_table::{MonthTable, Year, read};

static YEARS: [Year; 683] = read(include_str!("../../tables/lunisolar/chinese.txt"), 499_314);

pub(super) static CHINESE: MonthTable = MonthTable { first_year: 1368, years: &YEARS };
