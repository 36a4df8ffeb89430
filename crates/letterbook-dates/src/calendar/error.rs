//! Why a date of some calendar is none.

use std::fmt;

use super::{Calendar, gregorian};
use crate::day::Day;

/// A date that its calendar does not have, or that lies beyond the calendar's range.
///
/// ```
/// use letterbook_dates::calendar::Calendar;
///
/// let error = Calendar::Gregorian.to_day(1900, 2, false, 29).unwrap_err();
/// assert!(error.is_day());
/// assert_eq!(
///     error.to_string(),
///     "expected a day from 1 to 28 for month 2 of 1900 (gregorian), but found 29",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarError {
    calendar: Option<Calendar>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Label,
    Year { year: i32, years: (i32, i32) },
    Month { year: i32, month: u8, last: u8 },
    LeapMonth { year: i32, month: u8 },
    Day { year: i32, month: u8, day: u8, last: u8 },
    Outside { year: i32 },
    Beyond { day: Day },
    Field { field: &'static str },
}

impl CalendarError {
    /// Whether the year is out of the calendar's range.
    pub fn is_year(self) -> bool {
        matches!(self.kind, Kind::Year { .. })
    }

    /// Whether the year has no such month or leap month.
    pub fn is_month(self) -> bool {
        matches!(self.kind, Kind::Month { .. } | Kind::LeapMonth { .. })
    }

    /// Whether the month has no such day.
    pub fn is_day(self) -> bool {
        matches!(self.kind, Kind::Day { .. })
    }

    /// The last day of the month, where [`CalendarError::is_day`].
    ///
    /// ```
    /// use letterbook_dates::calendar::gregorian;
    ///
    /// let error = gregorian::day(1850, 2, 30).unwrap_err();
    /// assert!(error.is_day());
    /// assert_eq!(error.last_day(), Some(28));
    /// assert_eq!(gregorian::day(1850, 13, 1).unwrap_err().last_day(), None);
    /// ```
    pub fn last_day(self) -> Option<u8> {
        match self.kind {
            Kind::Day { last, .. } => Some(last),
            _ => None,
        }
    }

    /// Whether the calendar was not yet, or no longer, in force on that day.
    pub fn is_outside(self) -> bool {
        matches!(self.kind, Kind::Outside { .. } | Kind::Beyond { .. })
    }

    pub(super) fn label() -> CalendarError {
        CalendarError { calendar: None, kind: Kind::Label }
    }

    pub(super) fn field(field: &'static str) -> CalendarError {
        CalendarError { calendar: None, kind: Kind::Field { field } }
    }

    pub(crate) fn year(calendar: Calendar, year: i32, years: (i32, i32)) -> CalendarError {
        CalendarError { calendar: Some(calendar), kind: Kind::Year { year, years } }
    }

    pub(crate) fn month(calendar: Calendar, year: i32, month: u8, last: u8) -> CalendarError {
        CalendarError { calendar: Some(calendar), kind: Kind::Month { year, month, last } }
    }

    pub(super) fn leap_month(calendar: Calendar, year: i32, month: u8) -> CalendarError {
        CalendarError { calendar: Some(calendar), kind: Kind::LeapMonth { year, month } }
    }

    pub(crate) fn day(
        calendar: Calendar,
        year: i32,
        month: u8,
        day: u8,
        last: u8,
    ) -> CalendarError {
        CalendarError { calendar: Some(calendar), kind: Kind::Day { year, month, day, last } }
    }

    pub(crate) fn outside(calendar: Calendar, year: i32) -> CalendarError {
        CalendarError { calendar: Some(calendar), kind: Kind::Outside { year } }
    }

    pub(super) fn beyond(calendar: Calendar, day: Day) -> CalendarError {
        CalendarError { calendar: Some(calendar), kind: Kind::Beyond { day } }
    }
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.calendar.map_or("calendar", Calendar::label);
        match self.kind {
            Kind::Label => write!(f, "expected the label of a calendar, such as `julian`"),
            Kind::Field { field } => write!(f, "expected {field}"),
            Kind::Year { year, years: (first, last) } if first < 0 && year == 0 && last > 0 => {
                write!(
                    f,
                    "expected a year from {first} to -1 or from 1 to {last} ({name}), but found 0"
                )
            }
            Kind::Year { year, years: (first, last) } => {
                write!(f, "expected a year from {first} to {last} ({name}), but found {year}")
            }
            Kind::Month { year, month, last } => {
                write!(
                    f,
                    "expected a month from 1 to {last} for {year} ({name}), but found {month}"
                )
            }
            Kind::LeapMonth { year, month } => {
                write!(
                    f,
                    "expected a leap month of {year} ({name}), but found leap month {month}, which it has not"
                )
            }
            Kind::Day { year, month, day, last } => write!(
                f,
                "expected a day from 1 to {last} for month {month} of {year} ({name}), but found {day}"
            ),
            Kind::Outside { year } => {
                write!(
                    f,
                    "expected a day on which the calendar was in force ({name}), but found one of {year} on which it was not"
                )
            }
            Kind::Beyond { day } => {
                let (year, month, day) = gregorian::from_day(day);
                write!(
                    f,
                    "expected a day within the range of the calendar ({name}), but found {year:04}-{month:02}-{day:02}"
                )
            }
        }
    }
}

impl std::error::Error for CalendarError {}
