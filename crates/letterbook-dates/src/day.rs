//! The day-number axis on which all calendars meet.
//!
//! Day 1 is 1 January of the year 1, proleptic Gregorian (*rata die*, as in Reingold and
//! Dershowitz, *Calendrical Calculations*). Knows neither names nor text.

/// A day on the axis common to all calendars: day 1 is 0001-01-01, proleptic Gregorian.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::day::{Day, Weekday};
///
/// let day = gregorian::day(1850, 5, 12)?;
/// assert_eq!(day.weekday(), Weekday::Sunday);
/// assert_eq!(gregorian::from_day(day.plus(20)), (1850, 6, 1));
/// // beyond the axis is a number, but no date
/// assert!(letterbook_dates::value::Date::from_day(Day::MAX.plus(1)).is_err());
/// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A day of the week, as ISO 8601 orders them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Weekday {
    /// ISO day 1.
    Monday = 1,
    /// ISO day 2.
    Tuesday,
    /// ISO day 3.
    Wednesday,
    /// ISO day 4.
    Thursday,
    /// ISO day 5.
    Friday,
    /// ISO day 6.
    Saturday,
    /// ISO day 7.
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The English name, as `letterbook calendar` prints it.
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        }
    }
}

impl Day {
    /// -9999-01-01, the first day that this crate counts.
    pub const MIN: Day = Day(-3_652_424);

    /// 9999-12-31, the last day that this crate counts.
    pub const MAX: Day = Day(3_652_059);

    /// The weekday of this day; the seven-day week runs through every calendar change.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[(self.0 - 1).rem_euclid(7) as usize]
    }

    /// The day `n` days later (earlier when negative).
    ///
    /// A result before [`Day::MIN`] or after [`Day::MAX`] is a number like any other, but no
    /// calendar gives it a date.
    pub fn plus(self, n: i32) -> Day {
        Day(self.0.saturating_add(n))
    }
}
