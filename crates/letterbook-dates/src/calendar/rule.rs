//! What a calendar states of itself, and what follows from it for every calendar alike.

use super::{Calendar, CalendarDate, CalendarError};
use crate::day::Day;

/// One month (or week, or festival season) as a stretch of days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    /// The number that people write, usually 1..=12 or 1..=13.
    pub(super) number: u8,
    /// Whether it is an intercalary month that repeats the number before it.
    pub(super) leap: bool,
    pub(super) first: Day,
    /// In days; never 0.
    pub(super) length: u8,
}

impl Month {
    pub(super) fn new(number: u8, first: Day, length: u8) -> Month {
        Month { number, leap: false, first, length }
    }

    fn last(self) -> Day {
        self.first.plus(i32::from(self.length) - 1)
    }
}

/// A calendar, as its months in the order in which they are lived.
pub(super) trait Rule {
    /// The first and the last year, closed.
    fn years(&self) -> (i32, i32);

    /// The number of months in a year of [`Rule::years`], at least 1.
    fn months(&self, year: i32) -> u8;

    /// Month `nth` of the year, counted from 0 in the order lived; `nth < self.months(year)`.
    fn month(&self, year: i32, nth: u8) -> Month;

    /// A year not far from the one that holds `day`; it need not be within [`Rule::years`].
    fn year_near(&self, day: Day) -> i32;

    /// The first and the last day, closed, where the calendar begins or ends within the year.
    fn limits(&self, _year: i32) -> (Day, Day) {
        (Day::MIN, Day::MAX)
    }

    /// Whether the year exists, within [`Rule::years`]: a calendar may skip some.
    fn has_year(&self, _year: i32) -> bool {
        true
    }

    /// The month that bears the number; a leap month only when asked for.
    fn find(&self, year: i32, number: u8, leap: bool) -> Option<Month> {
        (0..self.months(year))
            .map(|nth| self.month(year, nth))
            .find(|month| month.number == number && month.leap == leap)
    }
}

/// First and last day of a year.
pub(super) fn year_span(
    rule: &dyn Rule,
    calendar: Calendar,
    year: i32,
) -> Result<(Day, Day), CalendarError> {
    check_year(rule, calendar, year)?;
    let first = rule.month(year, 0).first;
    let last = rule.month(year, rule.months(year) - 1).last();
    clip(rule, year, (first, last)).ok_or(CalendarError::outside(calendar, year))
}

/// First and last day of a month.
pub(super) fn month_span(
    rule: &dyn Rule,
    calendar: Calendar,
    year: i32,
    number: u8,
    leap: bool,
) -> Result<(Day, Day), CalendarError> {
    let month = find_month(rule, calendar, year, number, leap)?;
    clip(rule, year, (month.first, month.last())).ok_or(CalendarError::outside(calendar, year))
}

/// The day of a year, month and day.
pub(super) fn to_day(
    rule: &dyn Rule,
    calendar: Calendar,
    year: i32,
    number: u8,
    leap: bool,
    day: u8,
) -> Result<Day, CalendarError> {
    let month = find_month(rule, calendar, year, number, leap)?;
    if day == 0 || day > month.length {
        return Err(CalendarError::day(calendar, year, number, day, month.length));
    }
    let found = month.first.plus(i32::from(day) - 1);
    let (first, last) = rule.limits(year);
    if found < first || found > last {
        return Err(CalendarError::outside(calendar, year));
    }
    Ok(found)
}

/// The date of a day.
pub(super) fn from_day(
    rule: &dyn Rule,
    calendar: Calendar,
    day: Day,
) -> Result<CalendarDate, CalendarError> {
    let beyond = Err(CalendarError::beyond(calendar, day));
    let (first, last) = rule.years();
    let mut year = rule.year_near(day).clamp(first, last);
    while rule.month(year, 0).first > day {
        if year == first {
            return beyond;
        }
        year -= 1;
    }
    loop {
        for nth in 0..rule.months(year) {
            let month = rule.month(year, nth);
            if (month.first..=month.last()).contains(&day) {
                let (first, last) = rule.limits(year);
                if day < first || day > last || !rule.has_year(year) {
                    return beyond;
                }
                return Ok(CalendarDate {
                    calendar,
                    year,
                    month: month.number,
                    leap_month: month.leap,
                    day: (day.0 - month.first.0 + 1) as u8,
                });
            }
            if month.first > day {
                return beyond;
            }
        }
        if year == last {
            return beyond;
        }
        year += 1;
    }
}

fn check_year(rule: &dyn Rule, calendar: Calendar, year: i32) -> Result<(), CalendarError> {
    let years = rule.years();
    if year < years.0 || year > years.1 || !rule.has_year(year) {
        return Err(CalendarError::year(calendar, year, years));
    }
    Ok(())
}

fn find_month(
    rule: &dyn Rule,
    calendar: Calendar,
    year: i32,
    number: u8,
    leap: bool,
) -> Result<Month, CalendarError> {
    check_year(rule, calendar, year)?;
    if let Some(month) = rule.find(year, number, leap) {
        return Ok(month);
    }
    if leap {
        return Err(CalendarError::leap_month(calendar, year, number));
    }
    let greatest =
        (0..rule.months(year)).map(|nth| rule.month(year, nth).number).max().unwrap_or(0);
    Err(CalendarError::month(calendar, year, number, greatest))
}

fn clip(rule: &dyn Rule, year: i32, span: (Day, Day)) -> Option<(Day, Day)> {
    let days = rule.limits(year);
    let clipped = (span.0.max(days.0), span.1.min(days.1));
    (clipped.0 <= clipped.1).then_some(clipped)
}
