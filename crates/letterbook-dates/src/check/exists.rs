//! Whether there is such a day.

use super::{Outcome, iso};
use crate::calendar::roman::{Event, greatest_count};
use crate::calendar::{Calendar, gregorian, julian};
use crate::era::Era;
use crate::reckoning::{Custom, PlacedError};

/// Whether a calendar has a date; `leap` asks for an intercalary month.
///
/// For a Gregorian 29 February that is Julian only, a conflict computes the Julian day.
///
/// ```
/// use letterbook_dates::calendar::Calendar;
/// use letterbook_dates::check::{Verdict, exists};
///
/// assert_eq!(exists(Calendar::Hebrew, 5708, 13, false, 13).verdict, Verdict::Ok);
/// let outcome = exists(Calendar::Gregorian, 1900, 2, false, 29);
/// assert_eq!(outcome.verdict, Verdict::Conflict);
/// assert_eq!(outcome.computed[0].to_string(), "1900-03-13");
/// ```
pub fn exists(calendar: Calendar, year: i32, month: u8, leap: bool, day: u8) -> Outcome {
    let error = match calendar.to_day(year, month, leap, day) {
        Ok(day) => return Outcome::ok(format!("the day is {}", iso(day))).with_days([day]),
        Err(error) => error,
    };
    let old_style =
        (calendar == Calendar::Gregorian).then(|| julian::day(year, month, day).ok()).flatten();
    match old_style {
        Some(old_style) => Outcome::conflict(format!(
            "{error}; the Julian calendar has it: {} New Style",
            iso(old_style)
        ))
        .with_days([old_style]),
        None => Outcome::conflict(error.to_string()),
    }
}

/// Whether a place had a date, by the calendar and the beginning of the year that it kept.
///
/// A conflict over days that the place left out computes the last day before and the first after.
///
/// ```
/// use letterbook_dates::check::{Verdict, exists_at};
/// use letterbook_dates::reckoning::custom_of;
///
/// let london = custom_of("London").unwrap();
/// assert_eq!(exists_at(london, 1752, 9, 2).verdict, Verdict::Ok);
/// assert_eq!(exists_at(london, 1752, 9, 5).verdict, Verdict::Conflict);
/// ```
pub fn exists_at(custom: &Custom, year: i32, month: u8, day: u8) -> Outcome {
    match custom.day(year, month, day) {
        Ok(placed) => Outcome::ok(format!(
            "the day is {}, {} in the calendar in force",
            iso(placed.day),
            placed.calendar.label()
        ))
        .with_days([placed.day]),
        Err(error @ PlacedError::Skipped(..)) => {
            Outcome::conflict(format!("{error} ({})", custom.id))
                .with_days([custom.last_julian, custom.first_gregorian])
        }
        Err(error @ PlacedError::Date(_)) => Outcome::conflict(format!("{error} ({})", custom.id)),
    }
}

/// Whether a date without a mark of style, at a place that then kept the Julian calendar or another
/// beginning of the year, is what it seems.
///
/// A warning when its numbers taken as Gregorian, from 1 January, give another day; computes the day by
/// the custom of the place, then that by its face.
///
/// ```
/// use letterbook_dates::check::{Verdict, unmarked_style};
/// use letterbook_dates::reckoning::custom_of;
///
/// let outcome = unmarked_style(custom_of("Boston").unwrap(), 1741, 2, 3);
/// assert_eq!(outcome.verdict, Verdict::Warning);
/// assert_eq!(outcome.computed[0].to_string(), "1742-02-14");
/// ```
pub fn unmarked_style(custom: &Custom, year: i32, month: u8, day: u8) -> Outcome {
    let (Ok(placed), Ok(by_face)) =
        (custom.day(year, month, day), gregorian::day(year, month, day))
    else {
        return exists_at(custom, year, month, day);
    };
    if placed.day == by_face {
        return Outcome::ok(format!("the day is {}", iso(by_face))).with_days([by_face]);
    }
    let message = format!(
        "expected a date by the custom of the place ({}), {} in {} reckoning, but found no mark that it is not {}",
        custom.id,
        iso(placed.day),
        placed.calendar.label(),
        iso(by_face)
    );
    Outcome::warning(message).with_days([placed.day, by_face])
}

/// Whether an era had a date.
///
/// A conflict names the day on which the era began or ended, where it is known, and computes it.
///
/// ```
/// use letterbook_dates::check::{Verdict, exists_in_era};
/// use letterbook_dates::era::era_by_id;
///
/// let kaei = era_by_id("japan-kaei").unwrap();
/// assert_eq!(exists_in_era(kaei, 6, 6, false, 3).verdict, Verdict::Ok);
/// assert_eq!(exists_in_era(kaei, 9, 1, false, 1).verdict, Verdict::Conflict);
/// ```
pub fn exists_in_era(era: &Era, year: i32, month: u8, leap: bool, day: u8) -> Outcome {
    let error = match era.day(year, month, leap, day) {
        Ok(day) => return Outcome::ok(format!("the day is {}", iso(day))).with_days([day]),
        Err(error) => error,
    };
    let name = era.names().last().copied().unwrap_or(era.id);
    let (first, last) = era.years;
    let ended = era.year_span(last).map(|(_, last)| last);
    match (era.proclaimed(), ended) {
        (Some(began), _) if year <= first && !error.is_month() && !error.is_day() => {
            Outcome::conflict(format!("expected a day from {} on ({name} began), but found an earlier one", iso(began)))
                .with_days([began])
        }
        (_, Ok(ended)) if year >= last && !error.is_month() && !error.is_day() => Outcome::conflict(format!(
            "expected a day to {} of year {last} ({name} ended), but found a later one of year {year}",
            iso(ended)
        ))
        .with_days([ended]),
        _ => Outcome::conflict(format!("{name}: {error}")),
    }
}

/// Whether a Roman count before kalends, nones or ides of a month can be so great.
///
/// ```
/// use letterbook_dates::calendar::roman::Event;
/// use letterbook_dates::check::{Verdict, roman_count};
///
/// assert_eq!(roman_count(5, Event::Ides, 8).verdict, Verdict::Ok);
/// assert_eq!(roman_count(5, Event::Ides, 9).verdict, Verdict::Conflict);
/// ```
pub fn roman_count(month: u8, event: Event, count: u8) -> Outcome {
    let most = greatest_count(month, event);
    if (1..=most).contains(&count) {
        Outcome::ok(format!("the greatest count before that day is {most}"))
    } else {
        Outcome::conflict(format!(
            "expected a count from 1 to {most} before that day, but found {count}"
        ))
    }
}
