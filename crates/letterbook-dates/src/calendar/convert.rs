//! One call from the fields of a written date to its day.

use super::{Calendar, CalendarError};
use crate::day::Day;

/// The day of a date whose fields are given as text: the calendar by its label, the day as the
/// calendar writes it, and `leap` or nothing as a flag.
///
/// # Errors
///
/// When the label names no calendar, a field is not of its form, or the calendar has no such date.
///
/// ```
/// use letterbook_dates::calendar::{convert, gregorian};
///
/// assert_eq!(convert("julian", 1688, 11, "5", "")?, gregorian::day(1688, 11, 15)?);
/// assert!(convert("julian", 1688, 11, "31", "").is_err());
/// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
/// ```
pub fn convert(
    label: &str,
    year: i32,
    month: u8,
    day: &str,
    flag: &str,
) -> Result<Day, CalendarError> {
    let calendar = Calendar::from_label(label).ok_or(CalendarError::label())?;
    let leap = match flag {
        "" => false,
        "leap" => true,
        _ => return Err(CalendarError::field("`leap` or no flag")),
    };
    let day = day.parse().map_err(|_| CalendarError::field("a day in digits, 1..=31"))?;
    calendar.to_day(year, month, leap, day)
}
