//! Days and months without a year or a month: those nearest to the anchor.

use super::{
    Anchor, LAST_BUT_ONE, LAST_OF_MONTH, Resolved, Resolver, When, add_months, alternative, dated,
    pattern,
};
use crate::calendar::{Calendar, gregorian};
use crate::day::Day;
use crate::phrase::lexicon::Era;
use crate::phrase::parts::{MonthPart, Parts, YearPart};
use crate::value::{Date, Edtf};

impl Resolver<'_> {
    pub(super) fn without_month(&self, parts: &Parts) -> Option<(When, Calendar)> {
        if let Some(day) = parts.day {
            let Some(anchor) = self.anchor.and_then(Anchor::day) else {
                return Some((When::Date(Date::day_only(day).ok()?), Calendar::Gregorian));
            };
            return Some((
                When::Date(self.day_of_near_month(parts, day, anchor)?),
                Calendar::Gregorian,
            ));
        }
        let year = parts.year?;
        if year.unknown > 0
            || self.anchor.is_none()
                && year.era == Era::Christian
                && matches!(year.digits, 2 | 3)
                && !year.marked_full()
        {
            return Some((When::Date(pattern(&year, None, None)?), Calendar::Gregorian));
        }
        Some((When::Date(Date::year(self.year(&year)?).ok()?), Calendar::Gregorian))
    }

    /// A day of the month alone: in the month of the anchor when it was written as an ordinal,
    /// else the next one; a weekday overrules both.
    pub(super) fn day_of_near_month(&self, parts: &Parts, day: u8, anchor: Day) -> Option<Date> {
        let (year, month, today) = gregorian::from_day(anchor);
        let of = |months: i32| {
            let (year, month) = add_months(year, month, months)?;
            dated(year, month, Some(day))
        };
        if let Some(weekday) = parts.weekday {
            let fits =
                |date: &Date| date.to_day().is_some_and(|day| day.weekday() as u8 == weekday);
            let found = [0, -1, 1, -2, 2, -3].into_iter().filter_map(of).find(fits);
            if found.is_some() {
                return found;
            }
        }
        // far ahead, the same day of the month before is nearer
        const AHEAD: u8 = 15;
        if parts.ordinal && day > today + AHEAD {
            return of(-1).or_else(|| of(0));
        }
        if parts.ordinal || day >= today {
            return of(0).or_else(|| of(-1));
        }
        of(1)
    }

    /// Day and month without a year: the nearest to the anchor, the past when in doubt.
    pub(super) fn without_year(&self, parts: &Parts, month: u8) -> Option<Date> {
        let Some(anchor) = self.anchor else {
            return match parts.day {
                // the last of February may be either day
                Some(LAST_OF_MONTH | LAST_BUT_ONE) if month == 2 => Date::month_only(month).ok(),
                Some(day @ (LAST_OF_MONTH | LAST_BUT_ONE)) => {
                    let last = gregorian::month_length(1, month);
                    Date::month_day(month, last - (LAST_OF_MONTH - day)).ok()
                }
                Some(day) => Date::month_day(month, day).ok(),
                None => Date::month_only(month).ok(),
            };
        };
        let year = anchor.year();
        let candidates = [year - 1, year, year + 1];
        let close = |day: &Day| day.0.abs_diff(anchor.last.0) <= 45;
        if let (Some(weekday), Some(day)) = (parts.weekday, parts.day)
            // A date close by is meant even if its weekday is not right.
            && !candidates.into_iter().filter_map(|year| gregorian::day(year, month, day).ok()).any(|day| close(&day))
        {
            let fits = candidates
                .into_iter()
                .rev()
                .filter_map(|year| gregorian::day(year, month, day).ok())
                .filter(|day| day.weekday() as u8 == weekday);
            if let Some(found) = fits.min_by_key(|day| day.0.abs_diff(anchor.last.0)) {
                return Date::from_day(found).ok();
            }
        }
        let near = |date: &Date| {
            let middle = match date.to_day() {
                Some(day) => day.0,
                None => Edtf::from(*date).bounds().0.map_or(0, |day| day.0 + 15),
            };
            // A day to come weighs a little more than one past.
            let distance = middle - anchor.last.0;
            if distance > 0 { distance + distance / 8 } else { -distance }
        };
        candidates.into_iter().filter_map(|year| dated(year, month, parts.day)).min_by_key(near)
    }
}

impl Resolver<'_> {
    /// "the first Monday in May": counted in the calendar that the month has there; without a year
    /// only the month is known.
    pub(super) fn nth_weekday(
        &self,
        nth: i8,
        weekday: u8,
        parts: &Parts,
    ) -> Option<(When, Calendar)> {
        let of_day =
            |day: u8| self.when(&Parts { day: Some(day), nth: None, weekday: None, ..*parts });
        let month = self.when(&Parts { nth: None, weekday: None, ..*parts })?;
        let When::Date(date) = month.0 else { return None };
        if date.year_number().is_none() || date.month_number().is_none() {
            return Some(month);
        }
        let mut found = (1..=31).filter_map(of_day).filter(|(when, _)| {
            let When::Date(date) = when else { return false };
            date.to_day().is_some_and(|day| day.weekday() as u8 == weekday)
        });
        match nth {
            -1 => found.last(),
            nth => found.nth(usize::try_from(nth.checked_sub(1)?).ok()?),
        }
    }

    /// "Mai 31" in 1931 where the day stands before the month: the year of the anchor, with the day
    /// as what else it may be.
    pub(super) fn month_and_year(&self, parts: &Parts) -> Option<Resolved> {
        let (Some(MonthPart::Named(month)), Some(day)) = (parts.month, parts.day) else {
            return None;
        };
        let year = self.anchor?.year();
        if i32::from(day) != year.rem_euclid(100) {
            return None;
        }
        let mut resolved = Resolved::new(Date::month(year, month).ok()?, 0.7);
        if let Some(date) = dated(year, month, Some(day)) {
            resolved.alternatives.push(alternative(date, "the number is a day"));
        }
        Some(resolved)
    }
}

/// "1. July 1809/10", where no year began late: the year from that day to the same of the next.
pub(super) fn year_from_a_day(parts: &Parts) -> Option<(Parts, Parts)> {
    let (Some(MonthPart::Named(month)), Some(day), Some(year)) =
        (parts.month, parts.day, parts.year)
    else {
        return None;
    };
    let second = year.second?;
    // until 25 March, and until 1752, the year is double because of the custom
    let is_custom = (month, day) < (3, 25) || year.digits == 4 && year.number < 1753;
    if is_custom || year.era != Era::Christian || parts.style.is_some() {
        return None;
    }
    let of = |number: i32| YearPart { number, second: None, ..year };
    Some((
        Parts { year: Some(of(year.number)), ..*parts },
        Parts { year: Some(of(second)), ..*parts },
    ))
}
