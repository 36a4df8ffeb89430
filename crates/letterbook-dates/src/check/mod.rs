//! What arithmetic says of the dates of a letter: ok, conflict, or warning, with what was computed.
//!
//! Each check takes values, not text, and changes none of them: which of two numbers is the slip is for
//! people to decide. A conflict cannot be true as it stands; a warning is unlikely but can.
//!
//! | check | asks |
//! |---|---|
//! | [`weekday`] | does the day have that weekday |
//! | [`same_day`], [`era_year`], [`sexagenary`] | do two datings of one day agree |
//! | [`exists`], [`exists_at`], [`exists_in_era`], [`roman_count`] | is there such a day |
//! | [`unmarked_style`] | is it Old Style without saying so |
//! | [`anniversary`], [`anniversaries`], [`years_since`], [`age`] | do numbers of years fit two dates |
//! | [`event`], [`in_use`], [`received`], [`post`], [`not_after`], [`answers`], [`zones`] | is the order possible |
//! | [`month_word`] | is there a day for "the 30th ult." |
//! | [`feast()`], [`regnal()`] | do name and year agree |

mod dual;
mod exists;
mod month;
mod named;
mod order;
mod weekday;
mod years;

pub use crate::calendar::Dated;
pub use dual::{era_year, same_day, sexagenary};
pub use exists::{exists, exists_at, exists_in_era, roman_count, unmarked_style};
pub use month::{MonthWord, month_word};
pub use named::{feast, regnal};
pub use order::{Instant, Tense, answers, event, in_use, not_after, post, received, zones};
pub use weekday::weekday;
pub use years::{Age, Count, age, anniversaries, anniversary, anniversary_year, years_since};

use crate::calendar::gregorian;
use crate::day::Day;
use crate::value::{Date, Edtf};

/// What a check says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Nothing stands against it.
    Ok,
    /// It can be true, but is unlikely.
    Warning,
    /// It cannot be true as it stands.
    Conflict,
}

/// The outcome of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// The reason in one line, with the values computed.
    pub message: String,
    /// What would be true instead, or what was found, most likely first; always Gregorian.
    pub computed: Vec<Edtf>,
}

impl Outcome {
    fn new(verdict: Verdict, message: String) -> Outcome {
        Outcome { verdict, message, computed: Vec::new() }
    }

    fn ok(message: String) -> Outcome {
        Outcome::new(Verdict::Ok, message)
    }

    fn conflict(message: String) -> Outcome {
        Outcome::new(Verdict::Conflict, message)
    }

    fn warning(message: String) -> Outcome {
        Outcome::new(Verdict::Warning, message)
    }

    fn with_days(mut self, days: impl IntoIterator<Item = Day>) -> Outcome {
        self.computed.extend(days.into_iter().filter_map(|day| Edtf::from_day(day).ok()));
        self
    }

    fn with_years(mut self, years: impl IntoIterator<Item = i32>) -> Outcome {
        self.computed
            .extend(years.into_iter().filter_map(|year| Date::year(year).ok()).map(Edtf::from));
        self
    }
}

/// A day as messages write it.
fn iso(day: Day) -> String {
    let (year, month, day) = gregorian::from_day(day);
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
}
