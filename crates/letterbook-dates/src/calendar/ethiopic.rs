//! The Ethiopian calendar, in years of Mercy (Amete Mihret).
//!
//! The months are the Coptic ones under other names; year 1 began on 29 August 8 (Julian). Exact
//! for −9999..=9991 as a reckoning, with a year 0. Years of the World (Amete Alem) are 5500 more.
//! Source: Reingold and Dershowitz, *Calendrical Calculations* (4th ed.), ch. 4.

use super::coptic::Alexandrian;

pub(super) const ETHIOPIC: Alexandrian = Alexandrian { years: (-9999, 9991), julian_year: 8 };
