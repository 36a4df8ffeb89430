//! Days of this, the last and the next month: inst., ult., prox.

use super::{Outcome, iso};
use crate::calendar::Calendar;
use crate::day::Day;

/// A month by its place to the letter's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthWord {
    /// Inst., currentis, dieses: the month of the letter.
    Instant,
    /// Ult., passati, vorigen: the month before.
    Ultimo,
    /// Prox., futuri, künftigen: the month after.
    Proximo,
}

/// Whether "the 30th ult." of a letter is a day, and, when it speaks of a letter received or sent, one
/// that is not after the letter.
///
/// Computes the day. Months are those of `calendar`, Gregorian or Julian, in which the letter is dated.
///
/// ```
/// use letterbook_dates::calendar::{Calendar, gregorian};
/// use letterbook_dates::check::{MonthWord, Verdict, month_word};
///
/// let letter = gregorian::day(1850, 1, 4).unwrap();
/// let outcome = month_word(letter, Calendar::Gregorian, MonthWord::Ultimo, 29, true);
/// assert_eq!(outcome.computed[0].to_string(), "1849-12-29");
/// let outcome = month_word(letter, Calendar::Gregorian, MonthWord::Instant, 31, true);
/// assert_eq!(outcome.verdict, Verdict::Conflict);
/// ```
pub fn month_word(
    letter: Day,
    calendar: Calendar,
    word: MonthWord,
    day: u8,
    is_past: bool,
) -> Outcome {
    let date = match calendar.from_day(letter) {
        Ok(date) => date,
        Err(error) => return Outcome::conflict(error.to_string()),
    };
    let (year, month) = match (word, date.month) {
        (MonthWord::Instant, month) => (date.year, month),
        (MonthWord::Ultimo, 1) => (date.year - 1, 12),
        (MonthWord::Ultimo, month) => (date.year, month - 1),
        (MonthWord::Proximo, 12) => (date.year + 1, 1),
        (MonthWord::Proximo, month) => (date.year, month + 1),
    };
    match calendar.to_day(year, month, false, day) {
        Ok(found) if is_past && found > letter => Outcome::conflict(format!(
            "expected a day to {}, the letter's own, but found {}",
            iso(letter),
            iso(found)
        ))
        .with_days([found]),
        Ok(found) => Outcome::ok(format!("the day is {}", iso(found))).with_days([found]),
        Err(error) => Outcome::conflict(error.to_string()),
    }
}
