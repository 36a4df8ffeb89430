//! Days and months without a year or a month: those nearest to the anchor.

use super::{
    Anchor, LAST_BUT_ONE, LAST_OF_MONTH, Resolved, Resolver, When, add_months, alternative, dated,
    pattern, placed, split,
};
use crate::calendar::{Calendar, gregorian};
use crate::day::Day;
use crate::phrase::lexicon::Era;
use crate::phrase::parts::{MonthPart, Parts, YearPart};
use crate::phrase::relative::{LAST, NEXT};
use crate::value::{Date, Edtf, Season};

impl Resolver<'_> {
    pub(super) fn without_month(&self, parts: &Parts) -> Option<(When, Calendar)> {
        if let Some(day) = parts.day {
            let Some(anchor) = self.anchor.and_then(Anchor::day) else {
                return Some((When::Date(Date::day_only(day).ok()?), Calendar::Gregorian));
            };
            return self.day_of_near_month(parts, day, anchor);
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
    fn day_of_near_month(&self, parts: &Parts, day: u8, anchor: Day) -> Option<(When, Calendar)> {
        let calendar = self.months_at(Anchor { first: anchor, last: anchor });
        let (year, month, today) = split(calendar, anchor);
        let of = |months: i32| {
            let (year, month) = add_months(year, month, months)?;
            placed(calendar, year, month, Some(day))
        };
        if let Some(weekday) = parts.weekday {
            let fits = |(when, _): &(When, Calendar)| {
                when.to_day().is_some_and(|day| day.weekday() as u8 == weekday)
            };
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
    pub(super) fn without_year(&self, parts: &Parts, month: u8) -> Option<(When, Calendar)> {
        let Some(anchor) = self.anchor else {
            let date = match parts.day {
                // the last of February may be either day
                Some(LAST_OF_MONTH | LAST_BUT_ONE) if month == 2 => Date::month_only(month).ok(),
                Some(day @ (LAST_OF_MONTH | LAST_BUT_ONE)) => {
                    let last = gregorian::month_length(1, month);
                    Date::month_day(month, last - (LAST_OF_MONTH - day)).ok()
                }
                Some(day) => Date::month_day(month, day).ok(),
                None => Date::month_only(month).ok(),
            };
            return Some((When::Date(date?), Calendar::Gregorian));
        };
        let calendar = self.calendar_at(anchor);
        let (year, ..) = split(calendar, anchor.last);
        let candidates = [year - 1, year, year + 1];
        let of_year = |year: i32| placed(calendar, year, month, parts.day);
        let far = |day: Day| day.0.abs_diff(anchor.last.0);
        let days = || candidates.into_iter().rev().filter_map(of_year);
        const CLOSE: u32 = 45;
        // A date close by is meant even if its weekday is not right.
        let is_close = days().any(|(when, _)| when.to_day().is_some_and(|day| far(day) <= CLOSE));
        if let Some(weekday) = parts.weekday
            && !is_close
        {
            let fits = days().filter_map(|found| Some((found.0.to_day()?, found)));
            let found = fits
                .filter(|(day, _)| day.weekday() as u8 == weekday)
                .min_by_key(|(day, _)| far(*day));
            if let Some((_, found)) = found {
                return Some(found);
            }
        }
        let near = |(when, _): &(When, Calendar)| {
            let middle = match when {
                When::Date(date) => match date.to_day() {
                    Some(day) => day.0,
                    None => Edtf::from(*date).bounds().0.map_or(0, |day| day.0 + 15),
                },
                When::Span(first, _) => first.0,
            };
            // A day to come weighs a little more than one past.
            let distance = middle - anchor.last.0;
            if distance > 0 { distance + distance / 8 } else { -distance }
        };
        candidates.into_iter().filter_map(of_year).min_by_key(near)
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
            -1 => found.next_back(),
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

impl Resolver<'_> {
    /// The year of "last summer", which is over, of "next summer", which has not begun, or of this one.
    pub(super) fn year_of_season(&self, season: Season, relative: i32) -> Option<i32> {
        let (year, month, _) = gregorian::from_day(self.anchor?.last);
        // months from the beginning of the anchor's year
        let now = i32::from(month) - 1;
        let begins = |of_year: i32| 12 * (of_year - year) + 3 * (season as i32 - 20) - 1;
        match relative {
            LAST => (year - 2..=year).rev().find(|of_year| begins(*of_year) + 3 <= now),
            NEXT => (year - 1..=year + 1).find(|of_year| begins(*of_year) > now),
            // in January "this winter" is the one begun in December
            _ => Some(if season == Season::Winter && month <= 2 { year - 1 } else { year }),
        }
    }
}

impl Resolver<'_> {
    /// "The 20th ult." of a letter of `XX26-11-03`: the month is known where the year is not, but for
    /// what lies across a new year.
    pub(super) fn month_of_open_year(&self, months: i32, day: Option<u8>) -> Option<Date> {
        let date = self.context.anchor.as_ref()?.as_date()?;
        date.day_number()?;
        let month = i32::from(date.month_number()?).checked_add(months)?;
        let value = date.to_string();
        let year = value.get(..4).filter(|year| year.contains('X'))?;
        let text = match day {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{year}-{month:02}"),
        };
        if !(1..=12).contains(&month) {
            return None;
        }
        Edtf::parse(&text).ok()?.as_date()
    }
}
