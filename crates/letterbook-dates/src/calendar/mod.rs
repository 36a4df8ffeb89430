//! The calendars that letters are dated by, one file each, meeting only on the day axis.
//!
//! Every calendar states its year numbering and the range over which it is exact; beyond the range
//! a date is an error, never clamped or wrapped. Names of months and eras belong to
//! the phrases, beginnings of the year to `reckoning`.

mod convert;
mod error;
pub mod gregorian;
pub mod julian;
mod rule;

pub use convert::convert;
pub use error::CalendarError;
use rule::Rule;

use crate::day::Day;

/// A calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Calendar {
    /// Proleptic Gregorian, see [`gregorian`].
    Gregorian,
    /// Julian, without a year 0, see [`julian`].
    Julian,
}

/// A date as its calendar writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CalendarDate {
    /// The calendar.
    pub calendar: Calendar,
    /// The year, as the calendar numbers it.
    pub year: i32,
    /// The month, 1-based.
    pub month: u8,
    /// Whether it is an intercalary month that repeats the number of the month before.
    pub leap_month: bool,
    /// The day of the month, 1-based.
    pub day: u8,
}

impl Calendar {
    /// Every calendar.
    pub const ALL: &[Calendar] = &[Calendar::Gregorian, Calendar::Julian];

    /// The label by which commands and tables name the calendar.
    pub fn label(self) -> &'static str {
        match self {
            Calendar::Gregorian => "gregorian",
            Calendar::Julian => "julian",
        }
    }

    /// The calendar of a label.
    ///
    /// ```
    /// use letterbook_dates::calendar::Calendar;
    ///
    /// assert_eq!(Calendar::from_label("julian"), Some(Calendar::Julian));
    /// assert_eq!(Calendar::from_label("stardate"), None);
    /// ```
    pub fn from_label(label: &str) -> Option<Calendar> {
        Calendar::ALL.iter().copied().find(|calendar| calendar.label() == label)
    }

    /// The day of a year, month and day; `leap` asks for the intercalary month of that number.
    ///
    /// # Errors
    ///
    /// When the calendar has no such year, month or day, or states no such range.
    ///
    /// ```
    /// use letterbook_dates::calendar::Calendar;
    ///
    /// let day = Calendar::Julian.to_day(1917, 10, false, 25)?;
    /// assert_eq!(Calendar::Gregorian.from_day(day)?.month, 11);
    /// assert!(Calendar::Julian.to_day(1917, 13, false, 1).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn to_day(self, year: i32, month: u8, leap: bool, day: u8) -> Result<Day, CalendarError> {
        match self {
            Calendar::Gregorian if !leap => gregorian::day(year, month, day),
            Calendar::Julian if !leap => julian::day(year, month, day),
            _ => rule::to_day(self.rule(), self, year, month, leap, day),
        }
    }

    /// The date of a day.
    ///
    /// # Errors
    ///
    /// When the day is beyond the calendar's range.
    pub fn from_day(self, day: Day) -> Result<CalendarDate, CalendarError> {
        rule::from_day(self.rule(), self, day)
    }

    /// The first and the last day of a year, both within it.
    ///
    /// # Errors
    ///
    /// When the year is beyond the calendar's range.
    pub fn year_span(self, year: i32) -> Result<(Day, Day), CalendarError> {
        rule::year_span(self.rule(), self, year)
    }

    /// The first and the last day of a month, both within it.
    ///
    /// # Errors
    ///
    /// When the calendar has no such year or month.
    pub fn month_span(self, year: i32, month: u8, leap: bool) -> Result<(Day, Day), CalendarError> {
        rule::month_span(self.rule(), self, year, month, leap)
    }

    fn rule(self) -> &'static dyn Rule {
        match self {
            Calendar::Gregorian => &gregorian::Gregorian,
            Calendar::Julian => &julian::Julian,
        }
    }
}
