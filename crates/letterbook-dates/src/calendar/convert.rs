//! One call from the fields of a written date to its day.

use super::easter::{Computus, easter};
use super::roman::{self, Event};
use super::{Calendar, CalendarError, gregorian};
use crate::day::Day;

/// The day of a date whose fields are given as text: the calendar by its label, the day as the
/// calendar writes it, and `leap` or nothing as a flag.
///
/// A day of the Roman count is written `event:count`, with 1 for kalends, 2 for nones and 3 for ides.
/// The labels `easter-gregorian` and `easter-julian` ask for the Easter Sunday of the year; month and
/// day are its Gregorian date.
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
    let easter = match label {
        "easter-gregorian" => Some(Computus::Western),
        "easter-julian" => Some(Computus::Eastern),
        _ => None,
    };
    if let Some(computus) = easter {
        return easter_sunday(computus, year, month, day);
    }
    let calendar = Calendar::from_label(label).ok_or(CalendarError::label())?;
    let leap = match flag {
        "" => false,
        "leap" => true,
        _ => return Err(CalendarError::field("`leap` or no flag")),
    };
    if calendar == Calendar::Roman {
        let (event, count) = roman_day(day).ok_or(CalendarError::field(ROMAN_DAY))?;
        return roman::day(year, month, event, count, leap);
    }
    let day = day.parse().map_err(|_| CalendarError::field("a day in digits, 1..=31"))?;
    calendar.to_day(year, month, leap, day)
}

const ROMAN_DAY: &str = "an event 1..=3 and an inclusive count 1..=19, as `1:6`";

fn roman_day(day: &str) -> Option<(Event, u8)> {
    let (event, count) = day.split_once(':')?;
    Some((Event::from_number(event.parse().ok()?)?, count.parse().ok()?))
}

fn easter_sunday(
    computus: Computus,
    year: i32,
    month: u8,
    day: &str,
) -> Result<Day, CalendarError> {
    let sunday = easter(computus, year)
        .ok_or(CalendarError::field("a year for which Easter is reckoned, 1..=9999"))?;
    let (_, easter_month, easter_day) = gregorian::from_day(sunday);
    let day: u8 = day.parse().map_err(|_| CalendarError::field("a day in digits, 1..=31"))?;
    if (month, day) != (easter_month, easter_day) {
        return Err(CalendarError::field("the month and day on which Easter Sunday fell"));
    }
    Ok(sunday)
}
