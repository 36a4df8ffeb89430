//! The civil calendar of Saudi Arabia, Umm al-Qura.
//!
//! Exact for AH 1343..=1500, 1 August 1924 to 16 November 2077, with the months as they were
//! proclaimed: some have 28 or 31 days. Source: see the table's head; `icu_calendar` agrees but for the
//! days about 1 Muharram 1400 and other proclaimed months.

use super::month_table::{MonthTable, Year, read};

static YEARS: [Year; 158] = read(include_str!("../../tables/umm_al_qura.txt"), 702_574);

pub(super) static UMM_AL_QURA: MonthTable = MonthTable { first_year: 1343, years: &YEARS };
