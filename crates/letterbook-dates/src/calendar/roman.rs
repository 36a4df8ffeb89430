//! The Roman count of days back from kalends, nones and ides, in Julian months.
//!
//! A day is an event and an inclusive count, so that 1 is the event itself and `prid.` is 2. The
//! month and the year are those of the event: a.d. VI Kal. Ian. of a year lies in the December
//! before. In a leap year the 24th and the 25th of February are both a.d. VI Kal. Mart.; the second,
//! *bis sextus*, is asked for as the leap month. Range as [`julian`]. Source: Reingold and
//! Dershowitz, *Calendrical Calculations* (4th ed.), ch. 3.

use super::{Calendar, CalendarDate, CalendarError, gregorian, julian};
use crate::day::Day;

/// The day from which the count runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Event {
    /// The 1st.
    Kalends = 1,
    /// The 7th of March, May, July and October, the 5th of the others.
    Nones,
    /// Eight days after the nones.
    Ides,
}

/// The greatest count that an event can have, inclusive.
const MOST: u8 = 19;

impl Event {
    /// The event of number 1, 2 or 3.
    ///
    /// ```
    /// use letterbook_dates::calendar::roman::Event;
    ///
    /// assert_eq!(Event::from_number(3), Some(Event::Ides));
    /// assert_eq!(Event::from_number(4), None);
    /// ```
    pub fn from_number(number: u8) -> Option<Event> {
        [Event::Kalends, Event::Nones, Event::Ides].into_iter().find(|&event| event as u8 == number)
    }

    /// The day of the month on which the event falls.
    ///
    /// ```
    /// use letterbook_dates::calendar::roman::Event;
    ///
    /// assert_eq!(Event::Ides.day_of_month(3), 15);
    /// assert_eq!(Event::Ides.day_of_month(4), 13);
    /// ```
    pub fn day_of_month(self, month: u8) -> u8 {
        let late = if matches!(month, 3 | 5 | 7 | 10) { 2 } else { 0 };
        match self {
            Event::Kalends => 1,
            Event::Nones => 5 + late,
            Event::Ides => 13 + late,
        }
    }

    /// The number by which [`Calendar::Roman`] holds event and count in one day: see [`day`].
    pub fn day_number(self, count: u8) -> u8 {
        (self as u8) * 32 + count.min(31)
    }
}

/// The greatest inclusive count before the event: *a.d. XIX* for the kalends after a month of 31
/// days and ides on the 13th.
///
/// ```
/// use letterbook_dates::calendar::roman::{Event, greatest_count};
///
/// assert_eq!(greatest_count(1, Event::Kalends), 19);
/// assert_eq!(greatest_count(3, Event::Ides), 8);
/// ```
pub fn greatest_count(month: u8, event: Event) -> u8 {
    match event {
        Event::Nones => event.day_of_month(month) - 1,
        Event::Ides => 8,
        Event::Kalends => {
            let before = if month == 1 { 12 } else { month.saturating_sub(1) };
            // Year 1 is common: the second a.d. VI of a leap year repeats a number.
            (julian::month_length(1, before) + 1).saturating_sub(Event::Ides.day_of_month(before))
        }
    }
}

/// The day of an inclusive count before an event of a Julian year and month.
///
/// # Errors
///
/// When the year is 0 or out of −9999..=9999, the month not in 1..=12, the count 0 or above
/// [`greatest_count`], or `bissextile` is asked for where there is none.
///
/// ```
/// use letterbook_dates::calendar::{julian, roman::{self, Event}};
///
/// let written = roman::day(1521, 7, Event::Kalends, 5, false)?;
/// assert_eq!(written, julian::day(1521, 6, 27)?);
/// assert!(roman::day(1521, 1, Event::Kalends, 20, false).is_err());
/// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
/// ```
pub fn day(
    year: i32,
    month: u8,
    event: Event,
    count: u8,
    bissextile: bool,
) -> Result<Day, CalendarError> {
    day_in(julian::day, Calendar::Julian, year, month, event, count, bissextile)
}

/// The same in Gregorian months, as scholars wrote after the reform.
///
/// # Errors
///
/// As for [`day`], with the Gregorian leap years.
///
/// ```
/// use letterbook_dates::calendar::{gregorian, roman::{self, Event}};
///
/// let written = roman::gregorian_day(1850, 5, Event::Ides, 4, false)?;
/// assert_eq!(written, gregorian::day(1850, 5, 12)?);
/// assert!(roman::gregorian_day(1850, 5, Event::Ides, 9, false).is_err());
/// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
/// ```
pub fn gregorian_day(
    year: i32,
    month: u8,
    event: Event,
    count: u8,
    bissextile: bool,
) -> Result<Day, CalendarError> {
    day_in(gregorian::day, Calendar::Gregorian, year, month, event, count, bissextile)
}

fn day_in(
    day_of: fn(i32, u8, u8) -> Result<Day, CalendarError>,
    calendar: Calendar,
    year: i32,
    month: u8,
    event: Event,
    count: u8,
    bissextile: bool,
) -> Result<Day, CalendarError> {
    let first_of_month = day_of(year, month, 1)?;
    let most = greatest_count(month, event);
    if count == 0 || count > most {
        return Err(CalendarError::day(Calendar::Roman, year, month, count, most));
    }
    let is_leap = match calendar {
        Calendar::Gregorian => gregorian::is_leap(year),
        _ => julian::is_leap(year),
    };
    let is_before_leap_day = is_leap && month == 3 && event == Event::Kalends && count >= 6;
    if bissextile && !(is_before_leap_day && count == 6) {
        return Err(CalendarError::leap_month(Calendar::Roman, year, month));
    }
    let event_day = first_of_month.plus(i32::from(event.day_of_month(month)) - 1);
    let back = i32::from(count) - 1 + i32::from(is_before_leap_day && !bissextile);
    Ok(event_day.plus(-back))
}

/// The Roman date of a day, in Julian months.
pub(super) fn from_day(day: Day) -> CalendarDate {
    let (year, month, of_month) = julian::from_day(day);
    let date = |year, month, event: Event, count: u8, leap_month| CalendarDate {
        calendar: Calendar::Roman,
        year,
        month,
        leap_month,
        day: event.day_number(count),
    };
    let nones = Event::Nones.day_of_month(month);
    let ides = Event::Ides.day_of_month(month);
    if of_month == 1 {
        return date(year, month, Event::Kalends, 1, false);
    }
    if of_month <= nones {
        return date(year, month, Event::Nones, nones - of_month + 1, false);
    }
    if of_month <= ides {
        return date(year, month, Event::Ides, ides - of_month + 1, false);
    }
    let (next_year, next_month) = match month {
        12 if year == -1 => (1, 1),
        12 => (year + 1, 1),
        _ => (year, month + 1),
    };
    let is_leap_february = month == 2 && julian::is_leap(year);
    let length = julian::month_length(year, month);
    let count = length - of_month + 2;
    // The day of the bis sextus and those after it count as in a common year.
    if is_leap_february && of_month < 25 {
        return date(next_year, next_month, Event::Kalends, count - 1, false);
    }
    date(next_year, next_month, Event::Kalends, count, is_leap_february && of_month == 25)
}

/// The day of a number that [`Event::day_number`] made.
pub(super) fn to_day(year: i32, month: u8, leap: bool, number: u8) -> Result<Day, CalendarError> {
    let event = Event::from_number(number / 32).ok_or(CalendarError::day(
        Calendar::Roman,
        year,
        month,
        number,
        MOST,
    ))?;
    day(year, month, event, number % 32, leap)
}
