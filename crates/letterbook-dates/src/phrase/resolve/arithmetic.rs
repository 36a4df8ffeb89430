//! Days and months reckoned from others, in the calendar that a place keeps.

use super::When;
use crate::calendar::{Calendar, gregorian, julian};
use crate::day::Day;
use crate::phrase::parts::YearPart;
use crate::value::{Date, Edtf};

/// The year that ends in `number`, nearest to the anchor's; the later of two only if it is close.
pub(super) fn nearest(number: i32, modulus: i32, anchor: i32) -> i32 {
    let past = anchor - (anchor - number).rem_euclid(modulus);
    if past + modulus - anchor <= modulus / 10 { past + modulus } else { past }
}

/// The day number that stands for the last of a month, as *selh* does.
pub(super) const LAST_OF_MONTH: u8 = 99;
/// The day number that stands for the last but one, as *penultima* does.
pub(super) const LAST_BUT_ONE: u8 = 98;

pub(super) fn shifted(day: Day, days: i32) -> Option<Day> {
    day.0.checked_add(days).map(Day)
}

pub(super) fn before(day: Day, weekday: u8) -> Day {
    on_or_before(day.plus(-1), weekday)
}

pub(super) fn after(day: Day, weekday: u8) -> Day {
    on_or_after(day.plus(1), weekday)
}

pub(super) fn on_or_before(day: Day, weekday: u8) -> Day {
    day.plus(-((day.weekday() as i32 - i32::from(weekday)).rem_euclid(7)))
}

pub(super) fn on_or_after(day: Day, weekday: u8) -> Day {
    day.plus((i32::from(weekday) - day.weekday() as i32).rem_euclid(7))
}

/// The month so many after another; none from the days that end a year of the French Republic, which
/// belong to no month.
pub(super) fn add_months(year: i32, month: u8, months: i32) -> Option<(i32, u8)> {
    if month > 12 {
        return None;
    }
    let total = year.checked_mul(12)?.checked_add(i32::from(month) - 1)?.checked_add(months)?;
    Some((total.div_euclid(12), total.rem_euclid(12) as u8 + 1))
}

/// Year, month and day in the calendar by which one counts.
pub(super) fn split(calendar: Calendar, day: Day) -> (i32, u8, u8) {
    match calendar {
        Calendar::Julian => julian::from_day(day),
        Calendar::FrenchRepublican => calendar
            .from_day(day)
            .map_or_else(|_| gregorian::from_day(day), |date| (date.year, date.month, date.day)),
        _ => gregorian::from_day(day),
    }
}

/// A date of the calendar by which one counts; a month alone is that of its face.
pub(super) fn placed(
    calendar: Calendar,
    year: i32,
    month: u8,
    day: Option<u8>,
) -> Option<(When, Calendar)> {
    if calendar == Calendar::FrenchRepublican {
        return Some((of_the_republic(year, month, day)?, calendar));
    }
    let (Calendar::Julian, Some(day)) = (calendar, day) else {
        return Some((When::Date(dated(year, month, day)?), Calendar::Gregorian));
    };
    let day = match day {
        LAST_OF_MONTH | LAST_BUT_ONE => {
            julian::month_length(year, month.min(12)) - (LAST_OF_MONTH - day)
        }
        day => day,
    };
    let found = julian::day(year, month, day).ok()?;
    Some((When::Date(Date::from_day(found).ok()?), Calendar::Julian))
}

/// A day or month of the French Republic.
fn of_the_republic(year: i32, month: u8, day: Option<u8>) -> Option<When> {
    let calendar = Calendar::FrenchRepublican;
    let (first, last) = calendar.month_span(year, month, false).ok()?;
    let day = match day {
        None => return Some(When::Span(first, last)),
        Some(day @ (LAST_OF_MONTH | LAST_BUT_ONE)) => last.plus(-i32::from(LAST_OF_MONTH - day)),
        Some(day) => calendar.to_day(year, month, false, day).ok()?,
    };
    Date::from_day(day).ok().map(When::Date)
}

pub(super) fn dated(year: i32, month: u8, day: Option<u8>) -> Option<Date> {
    match day {
        Some(day @ (LAST_OF_MONTH | LAST_BUT_ONE)) => {
            let last = gregorian::month_length(year, month.min(12));
            Date::day(year, month, last - (LAST_OF_MONTH - day)).ok()
        }
        Some(day) => Date::day(year, month, day).ok(),
        None => Date::month(year, month).ok(),
    }
}

/// The date of the same precision before or after.
pub(super) fn step(date: Date, by: i32) -> Option<Date> {
    if let Some(day) = date.to_day() {
        return Date::from_day(day.plus(by)).ok();
    }
    let year = date.year_number()?;
    match date.month_number() {
        Some(month) if month <= 12 => {
            let (year, month) = add_months(year, month, by)?;
            Date::month(year, month).ok()
        }
        Some(_) => None,
        None => Date::year(year.checked_add(by)?).ok(),
    }
}

/// A date some of whose year's digits are not known: "18XX-05-12", "XX64-04-07".
pub(super) fn pattern(year: &YearPart, month: Option<u8>, day: Option<u8>) -> Option<Date> {
    let mut text = match (year.digits, year.unknown) {
        (1, 0) => format!("XXX{}", year.number),
        (2, 0) => format!("XX{:02}", year.number),
        (3, 0) => format!("X{:03}", year.number),
        (_, unknown) => {
            let known = year.number / 10i32.pow(u32::from(unknown));
            format!("{known}{}", "X".repeat(usize::from(unknown)))
        }
    };
    if let Some(month) = month {
        text.push_str(&format!("-{month:02}"));
        if let Some(day) = day {
            text.push_str(&format!("-{day:02}"));
        }
    }
    Edtf::parse(&text).ok()?.as_date()
}
