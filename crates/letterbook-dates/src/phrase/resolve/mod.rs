//! From what is said to values: years completed from the anchor, calendars reckoned, EDTF built.
//!
//! The conventions are those of the project's date tables: proleptic Gregorian values, nothing
//! guessed without an anchor, the nearest day where the year is left out.

mod arithmetic;
mod calendars;
mod named;
mod near;
mod styles;

use std::cell::{Cell, OnceCell};

use self::arithmetic::{
    LAST_BUT_ONE, LAST_OF_MONTH, add_months, after, before, dated, nearest, on_or_after,
    on_or_before, pattern, placed, shifted, split, step,
};
use self::near::year_from_a_day;
use super::lexicon::{Era, Lexicon};
use super::parts::{MonthPart, Parts, Saying, Third, YearPart};
use super::relative::{LAST, NEXT, SAME, THIS};
use super::{Alternative, Context};
use crate::calendar::{Calendar, gregorian, julian};
use crate::day::Day;
use crate::reckoning::{Custom, custom_of};
use crate::value::{Component, Date, Doubt, Edtf, Item, Season};

/// The days that a context hangs relative dates on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Anchor {
    pub(crate) first: Day,
    pub(crate) last: Day,
}

impl Anchor {
    /// None where the value does not tell about when: "XXXX-05-12", "187X".
    pub(crate) fn of(value: &Edtf) -> Option<Anchor> {
        /// Days of the widest anchor.
        const WIDEST: u32 = 3 * 366;
        let (first, last) = value.bounds();
        match (first, last) {
            (Some(first), Some(last)) if last.0.abs_diff(first.0) > WIDEST => None,
            (Some(first), Some(last)) => Some(Anchor { first, last }),
            (Some(day), None) | (None, Some(day)) => Some(Anchor { first: day, last: day }),
            (None, None) => None,
        }
    }

    /// The day, where the anchor is one.
    fn day(self) -> Option<Day> {
        (self.first == self.last).then_some(self.first)
    }

    fn year(self) -> i32 {
        gregorian::from_day(self.last).0
    }
}

/// A point reckoned.
#[derive(Debug, Clone, Copy)]
pub(crate) enum When {
    Date(Date),
    /// A year or month of a calendar whose bounds are not those of Gregorian ones.
    Span(Day, Day),
}

impl When {
    /// The day, where it is one.
    fn to_day(self) -> Option<Day> {
        match self {
            When::Date(date) => date.to_day(),
            When::Span(..) => None,
        }
    }
}

/// What a saying comes to.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    pub(crate) value: Edtf,
    pub(crate) calendar: Calendar,
    pub(crate) confidence: f32,
    pub(crate) alternatives: Vec<Alternative>,
    /// The second half of a day written twice; the calendar is the first one's.
    pub(crate) twin: Option<Twin>,
    /// The value hangs on an anchor that was not given.
    pub(crate) unanchored: bool,
}

/// The second half of a day written twice.
#[derive(Debug, Clone)]
pub(crate) struct Twin {
    pub(crate) calendar: Calendar,
    pub(crate) value: Date,
    /// Whether it can be the day of the first half.
    pub(crate) agrees: bool,
}

impl Resolved {
    fn new(value: impl Into<Edtf>, confidence: f32) -> Resolved {
        Resolved {
            value: value.into(),
            calendar: Calendar::Gregorian,
            confidence,
            alternatives: Vec::new(),
            twin: None,
            unanchored: false,
        }
    }
}

pub(crate) struct Resolver<'a> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) anchor: Option<Anchor>,
    pub(crate) lexicon: &'static Lexicon,
    /// The last dates of the text that name their month, and a month or year: "of the same month",
    /// "of the same year" are told by them.
    month_named: Cell<Option<Anchor>>,
    year_named: Cell<Option<Anchor>>,
    /// The custom of the place, once it has been asked for.
    custom: OnceCell<Option<&'static Custom>>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(context: &'a Context<'a>, lexicon: &'static Lexicon) -> Resolver<'a> {
        let anchor = context.anchor.as_ref().and_then(Anchor::of);
        let (month_named, year_named, custom) = Default::default();
        Resolver { context, anchor, lexicon, month_named, year_named, custom }
    }

    /// Keeps the date of the text that was read last, for those that have the same month or year.
    pub(crate) fn keep(&self, parts: &Parts, value: &Edtf) {
        if parts.month.is_some() {
            self.month_named.set(Anchor::of(value));
        }
        if parts.month.is_some() || parts.year.is_some() {
            self.year_named.set(Anchor::of(value));
        }
    }

    /// What a month or a year is told by that is so many from it, and how many it is from there.
    fn told_by(&self, named: &Cell<Option<Anchor>>, steps: i32) -> (Option<Anchor>, i32) {
        match steps {
            SAME => (named.get().or(self.anchor), 0),
            steps => (self.anchor, steps),
        }
    }

    /// The value of a saying; none where it says nothing that can be a date.
    pub(crate) fn resolve(&self, saying: &Saying) -> Option<Resolved> {
        match saying {
            Saying::Point(parts) => self.resolve_point(parts),
            Saying::Range(first, second) => {
                if let Some(day) = self.one_day(first, second) {
                    return Some(day);
                }
                let (start, end) = (self.end(first)?, self.end(second)?);
                let value = Edtf::interval(start.0, end.1).ok()?;
                Some(Resolved::new(value, 0.93))
            }
            Saying::Within(first, second) => {
                let (start, end) = (self.end(first)?, self.end(second)?);
                Some(Resolved::new(Edtf::within(start.0, end.1).ok()?, 0.93))
            }
            Saying::Either(first, second) => {
                let (start, end) = (self.end(first)?, self.end(second)?);
                let items = vec![Item::One(start.0), Item::One(end.0)];
                Some(Resolved::new(Edtf::one_of(items).ok()?, 0.93))
            }
            Saying::Both(first, second) => {
                let (start, end) = (self.end(first)?, self.end(second)?);
                let items = vec![Item::One(start.0), Item::One(end.0)];
                Some(Resolved::new(Edtf::all_of(items).ok()?, 0.9))
            }
            Saying::List(list) => {
                let of = |parts: Parts| self.end(&parts).map(|(date, _)| Item::One(date));
                let items = list.days().map(of).collect::<Option<Vec<_>>>()?;
                let value = if list.either { Edtf::one_of(items) } else { Edtf::all_of(items) };
                Some(Resolved::new(value.ok()?, 0.9))
            }
            Saying::Dual(first, second) => self.dual(first, second),
            Saying::Before(parts) => {
                let (first, _) = self.end(parts)?;
                Some(Resolved::new(Edtf::not_after(step(first, -1)?).ok()?, 0.93))
            }
            Saying::NotAfter(parts) => {
                let (_, last) = self.end(parts)?;
                Some(Resolved::new(Edtf::not_after(last).ok()?, 0.93))
            }
            Saying::After(parts) => {
                let (_, last) = self.end(parts)?;
                Some(Resolved::new(Edtf::not_before(step(last, 1)?).ok()?, 0.93))
            }
            Saying::NotBefore(parts) => {
                let (first, _) = self.end(parts)?;
                Some(Resolved::new(Edtf::not_before(first).ok()?, 0.93))
            }
            Saying::Since(parts) => {
                let (first, _) = self.end(parts)?;
                Some(Resolved::new(Edtf::since(first).ok()?, 0.9))
            }
            Saying::Third(third, parts) => self.third(*third, parts),
            Saying::Undated => Some(Resolved::new(Date::unknown(), 0.9)),
            told => self.by_the_anchor(told),
        }
    }

    /// The value of a saying that is told by the anchor alone.
    fn by_the_anchor(&self, saying: &Saying) -> Option<Resolved> {
        let Some(anchor) = self.anchor else { return Some(self.unanchored()) };
        let of_day = |told: &dyn Fn(Day) -> Option<Resolved>| match anchor.day() {
            Some(day) => told(day),
            None => Some(self.unanchored()),
        };
        match saying {
            Saying::Shift(days, weekday) => of_day(&|day| days_from(day, *days, *weekday)),
            Saying::ShiftMonths(months, exact) => {
                let (year, month, day) = gregorian::from_day(anchor.last);
                let (year, month) = add_months(year, month, *months)?;
                let day = exact.then_some(day);
                Some(Resolved::new(dated(year, month, day)?, if *exact { 0.85 } else { 0.7 }))
            }
            Saying::ShiftYears(years, exact) => {
                let (year, month, day) = gregorian::from_day(anchor.last);
                let year = year.checked_add(*years)?;
                let date = if *exact {
                    Date::day(year, month, day).ok()?
                } else {
                    Date::year(year).ok()?
                };
                Some(Resolved::new(date, 0.85))
            }
            Saying::WeekdayFrom(weekday, direction, weeks) => of_day(&|anchor| {
                let day =
                    if *direction < 0 { before(anchor, *weekday) } else { after(anchor, *weekday) };
                Some(Resolved::new(Date::from_day(shifted(day, weeks * 7)?).ok()?, 0.9))
            }),
            Saying::WeekdayOf(weekday, weeks) => of_day(&|anchor| {
                let monday = anchor.0 - (anchor.weekday() as i32 - 1);
                let day = Day(monday + i32::from(*weekday) - 1 + weeks * 7);
                Some(Resolved::new(Date::from_day(day).ok()?, 0.9))
            }),
            Saying::Anniversary(n) => {
                Some(Resolved::new(Date::year(anchor.year().checked_sub(*n)?).ok()?, 0.85))
            }
            Saying::MoreThan(n) => {
                let year = Date::year(anchor.year().checked_sub(*n)?).ok()?;
                Some(Resolved::new(Edtf::not_after(year).ok()?, 0.75))
            }
            Saying::Age(years, exact) => of_day(&|day| born(day, *years, *exact)),
            _ => None,
        }
    }

    /// A value that cannot be told without an anchor.
    fn unanchored(&self) -> Resolved {
        Resolved { unanchored: true, ..Resolved::new(Date::unknown().without_day(), 0.3) }
    }

    fn resolve_point(&self, parts: &Parts) -> Option<Resolved> {
        if let Some(weekday) = parts.weekday
            && parts.is_weekday()
        {
            let Some(anchor) = self.anchor.and_then(Anchor::day) else {
                return Some(self.unanchored());
            };
            // A dateline's weekday and that "of" a letter are past; others are mostly to come.
            let (past, coming) = (on_or_before(anchor, weekday), on_or_after(anchor, weekday));
            let (first, second, reason) = if parts.hour {
                (past, coming, "that weekday after the anchor")
            } else {
                (coming, past, "that weekday before the anchor")
            };
            let mut resolved =
                Resolved::new(Date::from_day(first).ok()?, if parts.hour { 0.9 } else { 0.75 });
            if first != second {
                resolved.alternatives.push(alternative(Date::from_day(second).ok()?, reason));
            }
            return Some(resolved);
        }
        // "1850/51" alone is both years.
        if let Some(year) = parts.year
            && let Some(second) = year.second
            && year.era == Era::Christian
            && (Parts { year: None, ..*parts }).is_empty()
        {
            let (first, last) = (Date::year(year.number).ok()?, Date::year(second).ok()?);
            return Some(Resolved::new(Edtf::interval(first, last).ok()?, 0.85));
        }
        if let Some((first, last)) = year_from_a_day(parts) {
            let (first, last) = (self.end(&first)?, self.end(&last)?);
            return Some(Resolved::new(Edtf::interval(first.0, last.1).ok()?, 0.8));
        }
        if parts.day_or_year
            && let Some(resolved) = self.month_and_year(parts)
        {
            return Some(resolved);
        }
        let (when, calendar) = self.when(parts)?;
        let confidence = self.confidence(parts, &when);
        let mut resolved = match when {
            When::Date(date) => Resolved::new(doubted(date, parts), confidence),
            When::Span(first, last) => {
                let (first, last) = (Date::from_day(first).ok()?, Date::from_day(last).ok()?);
                Resolved::new(
                    Edtf::interval(
                        first.with_doubt_of_all(parts.whole),
                        last.with_doubt_of_all(parts.whole),
                    )
                    .ok()?,
                    confidence,
                )
            }
        };
        resolved.calendar = calendar;
        if parts.swappable && calendar == Calendar::Gregorian {
            self.swap(parts, &mut resolved);
        }
        resolved.unanchored = self.anchor.is_none()
            && parts.year.is_none()
            && parts.century.is_none()
            && parts.regnal.is_none();
        Some(resolved)
    }

    fn confidence(&self, parts: &Parts, when: &When) -> f32 {
        let day = match when {
            When::Date(date) => date.to_day(),
            When::Span(..) => None,
        };
        match (day, parts.weekday) {
            (Some(day), Some(weekday)) if day.weekday() as u8 == weekday => 0.99,
            (Some(_), Some(_)) => 0.7,
            (Some(_), None)
                if parts.year.is_some_and(|year| year.digits != 2 && year.relative.is_none()) =>
            {
                0.97
            }
            (Some(_), None) => 0.88,
            (None, _) if parts.month.is_some() || parts.season.is_some() => 0.9,
            _ => 0.8,
        }
    }

    /// Day and month the other way round, unless the place tells.
    fn swap(&self, parts: &Parts, resolved: &mut Resolved) {
        let (Some(day), Some(MonthPart::Named(month))) = (parts.day, parts.month) else { return };
        let mut other = *parts;
        other.day = Some(month);
        other.month = Some(MonthPart::Named(day));
        let Some((When::Date(swapped), _)) = self.when(&other) else { return };
        let Some(date) = resolved.value.as_date() else { return };
        let american = self.context.place.is_some_and(|place| {
            ["United States", "USA", "U.S.", "America"].iter().any(|name| place.contains(name))
        });
        if american {
            resolved.alternatives.push(alternative(date, "day before month"));
            resolved.value = swapped.into();
            return;
        }
        if self.context.place.is_some() {
            resolved.alternatives.push(alternative(swapped, "month before day"));
            return;
        }
        if let (Some(one), Some(two)) = (date.to_day(), swapped.to_day()) {
            // A weekday decides.
            if let Some(weekday) = parts.weekday {
                let fits = |day: Day| day.weekday() as u8 == weekday;
                if fits(two) && !fits(one) {
                    resolved.value = swapped.into();
                }
                if fits(one) != fits(two) {
                    return;
                }
            }
            let (first, second) = if one < two { (date, swapped) } else { (swapped, date) };
            // Written in the order of the calendar of the page: day first as the first item.
            let items = vec![Item::One(first), Item::One(second)];
            if let Ok(value) = Edtf::one_of(items) {
                resolved.alternatives.push(alternative(date, "day before month"));
                resolved.alternatives.push(alternative(swapped, "month before day"));
                resolved.value = value;
                resolved.confidence = 0.6;
            }
        }
    }

    /// First and last date of a point, for use as the end of a range.
    fn end(&self, parts: &Parts) -> Option<(Date, Date)> {
        if parts.is_weekday()
            || parts.weekday.is_some()
                && parts.day.is_none()
                && parts.feast.is_none()
                && parts.nth.is_none()
        {
            let date = self.resolve_point(parts)?.value.as_date()?;
            return date.to_day().map(|_| (date, date));
        }
        match self.when(parts)?.0 {
            When::Date(date) => {
                let date = doubted(date, parts);
                Some((date, date))
            }
            When::Span(first, last) => Some((
                Date::from_day(first).ok()?.with_doubt_of_all(parts.whole),
                Date::from_day(last).ok()?.with_doubt_of_all(parts.whole),
            )),
        }
    }

    fn third(&self, third: Third, parts: &Parts) -> Option<Resolved> {
        let (When::Date(date), _) = self.when(parts)? else { return None };
        let (Some(year), Some(month)) = (date.year_number(), date.month_number()) else {
            if parts.month.is_some() && date.year_number().is_none() {
                if date.month_number().is_none() {
                    return Some(self.unanchored());
                }
                return Some(Resolved {
                    unanchored: true,
                    ..Resolved::new(date.with_doubt_of_all(Doubt::Approximate), 0.4)
                });
            }
            return self.third_of_year(third, date);
        };
        if month > 12 {
            return Some(Resolved::new(date.with_doubt_of_all(Doubt::Approximate), 0.6));
        }
        let (first, last) = match third {
            Third::Early => (1, 10),
            Third::Mid => (11, 20),
            Third::Late => (21, gregorian::month_length(year, month)),
            Third::FirstHalf => (1, 15),
            Third::SecondHalf => (16, gregorian::month_length(year, month)),
        };
        let doubt = third.doubt();
        let about =
            |day| Date::day(year, month, day).ok().map(|date| date.with_doubt_of_all(doubt));
        Some(Resolved::new(Edtf::interval(about(first)?, about(last)?).ok()?, 0.9))
    }

    fn third_of_year(&self, third: Third, date: Date) -> Option<Resolved> {
        let year = date.year_number()?;
        let (first, last) = match third {
            Third::Early => (1, 4),
            Third::Mid => (5, 8),
            Third::Late => (9, 12),
            Third::FirstHalf => (1, 6),
            Third::SecondHalf => (7, 12),
        };
        let doubt = third.doubt();
        let about = |month| Date::month(year, month).ok().map(|date| date.with_doubt_of_all(doubt));
        Some(Resolved::new(Edtf::interval(about(first)?, about(last)?).ok()?, 0.6))
    }

    // ---- points ----

    /// Reckons a point.
    pub(crate) fn when(&self, parts: &Parts) -> Option<(When, Calendar)> {
        if let (Some(nth), Some(weekday)) = (parts.nth, parts.weekday) {
            return self.nth_weekday(nth, weekday, parts);
        }
        if let Some(hundreds) = parts.century {
            return Some((When::Date(Date::century(hundreds * 100).ok()?), Calendar::Gregorian));
        }
        if let Some(decade) = parts.decade {
            return Some((When::Date(Date::decade(decade).ok()?), Calendar::Gregorian));
        }
        let gregorian = |date: Date| Some((When::Date(date), Calendar::Gregorian));
        if let Some(season) = parts.season {
            let season = match season {
                21 => Season::Spring,
                22 => Season::Summer,
                23 => Season::Autumn,
                _ => Season::Winter,
            };
            let year = parts.year?;
            // "Sommer 93" of an unknown century
            if self.anchor.is_none() && year.era == Era::Christian && year.digits == 2 {
                return gregorian(pattern(&year, Some(season as u8), None)?);
            }
            let year = match year.relative {
                Some(relative @ (LAST | NEXT | THIS)) => self.year_of_season(season, relative)?,
                _ => self.year(&year)?,
            };
            return gregorian(Date::season(year, season).ok()?);
        }
        if let Some(feast) = parts.feast {
            return self.feast(&feast, parts);
        }
        if let Some((regnal_year, monarch)) = parts.regnal
            && parts.year.is_none()
        {
            return self.regnal(regnal_year, monarch, parts);
        }
        if let Some(roman) = parts.roman {
            return self.roman(&roman, parts);
        }
        if let Some(reckoned) = self.other_calendar(parts) {
            return reckoned;
        }
        let month = match parts.month {
            None => return self.without_month(parts),
            Some(MonthPart::Named(month)) => month,
            Some(MonthPart::Numbered { number, .. }) => number,
            Some(MonthPart::Quaker(number)) => return self.quaker(number, parts),
            Some(MonthPart::Of { .. }) => return None,
            Some(MonthPart::Relative(months)) => {
                let (anchor, months) = self.told_by(&self.month_named, months);
                let Some(anchor) = anchor else {
                    if let Some(date) = self.month_of_open_year(months, parts.day) {
                        return gregorian(date);
                    }
                    return gregorian(
                        parts.day.map_or(Some(Date::unknown()), |day| Date::day_only(day).ok())?,
                    );
                };
                let calendar = self.months_at(anchor);
                let (year, month, _) = split(calendar, anchor.last);
                let (year, month) = add_months(year, month, months)?;
                return placed(calendar, year, month, parts.day);
            }
            Some(side @ (MonthPart::Past | MonthPart::Coming)) => {
                let day = parts.day?;
                let Some(anchor) = self.anchor else { return gregorian(Date::day_only(day).ok()?) };
                let calendar = self.months_at(anchor);
                let (year, month, today) = split(calendar, anchor.last);
                let back = match side {
                    MonthPart::Past => -i32::from(day > today),
                    _ => i32::from(day < today),
                };
                let (year, month) = add_months(year, month, back)?;
                return placed(calendar, year, month, Some(day));
            }
        };
        // "6 March last year" is a day of some year without an anchor
        let known = parts.year.filter(|year| year.relative.is_none() || self.anchor.is_some());
        let Some(year) = known else { return self.without_year(parts, month) };
        if year.unknown > 0
            || (self.anchor.is_none()
                && year.era == Era::Christian
                && (matches!(year.digits, 2 | 3) && !year.marked_full()
                    || year.digits == 1 && !year.marked))
        {
            return gregorian(pattern(&year, Some(month), parts.day)?);
        }
        if let Some(relative @ (LAST | NEXT)) = year.relative {
            let Some(anchor) = self.anchor else { return gregorian(Date::month_only(month).ok()?) };
            let calendar = self.calendar_at(anchor);
            let (this, now, today) = split(calendar, anchor.last);
            let side = match parts.day {
                Some(day) => (month, day).cmp(&(now, today)),
                None => month.cmp(&now),
            };
            let year = match relative {
                LAST if side.is_ge() => this - 1,
                NEXT if side.is_le() => this + 1,
                _ => this,
            };
            return placed(calendar, year, month, parts.day);
        }
        let number = self.year(&year)?;
        let Some(day) = parts.day else { return gregorian(Date::month(number, month).ok()?) };
        let day = match day {
            LAST_OF_MONTH => gregorian::month_length(number, month),
            LAST_BUT_ONE => gregorian::month_length(number, month) - 1,
            day => day,
        };
        self.styled(parts, &year, number, month, day)
    }

    fn custom(&self) -> Option<&'static Custom> {
        *self.custom.get_or_init(|| self.context.place.and_then(custom_of))
    }

    /// The calendar by which the place counts its months around the anchor: "the 5th inst." of a
    /// London letter of 1731 is a Julian day, and everywhere one of 1512, or one of a letter that is
    /// itself dated so.
    fn calendar_at(&self, anchor: Anchor) -> Calendar {
        let is_julian =
            self.context.calendar == Some(Calendar::Julian) || anchor.last < named::julian_end();
        match self.custom() {
            Some(custom) => custom.calendar_on(anchor.last),
            None if is_julian => Calendar::Julian,
            None => Calendar::Gregorian,
        }
    }

    /// The calendar by whose months one counts from the anchor: "le 20 courant" of a letter of
    /// thermidor is in thermidor.
    fn months_at(&self, anchor: Anchor) -> Calendar {
        match self.context.calendar {
            Some(calendar @ Calendar::FrenchRepublican)
                if calendar.from_day(anchor.last).is_ok() =>
            {
                calendar
            }
            _ => self.calendar_at(anchor),
        }
    }

    /// The Gregorian year that a year of an era begins in or is.
    fn year(&self, year: &YearPart) -> Option<i32> {
        if let Some(relative) = year.relative {
            let (anchor, years) = self.told_by(&self.year_named, relative);
            return anchor?.year().checked_add(years);
        }
        let number = year.number;
        match year.era {
            Era::Reign(_) => self.reigns(year).find_map(|era| era.gregorian_year(number).ok()),
            Era::Buddhist => number.checked_sub(543),
            Era::Rattanakosin => number.checked_add(1781),
            Era::Hebrew => number.checked_sub(3760),
            Era::Fascist => number.checked_add(1921),
            Era::Republican => number.checked_add(1791),
            Era::Liberty => number.checked_add(1788),
            Era::BeforeChrist => Some(1 - number),
            Era::Christian => match (year.digits, self.anchor) {
                (1, Some(anchor)) if !year.marked => Some(nearest(number, 10, anchor.year())),
                (2, Some(anchor)) if !year.marked_full() => {
                    Some(nearest(number, 100, anchor.year()))
                }
                (3, Some(anchor)) if !year.marked_full() => {
                    Some(nearest(number, 1000, anchor.year()))
                }
                _ => Some(number),
            },
            _ => None,
        }
    }
}

impl Third {
    /// "Early" and "late" are about then, halves have their days.
    fn doubt(self) -> Doubt {
        match self {
            Third::Early | Third::Mid | Third::Late => Doubt::Approximate,
            Third::FirstHalf | Third::SecondHalf => Doubt::None,
        }
    }
}

impl YearPart {
    /// Words say that the number is the whole year.
    fn marked_full(&self) -> bool {
        self.digits == 3 && self.number < 800
    }
}

fn alternative(date: Date, reason: &'static str) -> Alternative {
    Alternative { value: date.into(), calendar: Calendar::Gregorian, reason }
}

/// A Hebrew year is written without its thousands.
fn full_year(calendar: Calendar, year: i32) -> i32 {
    if calendar == Calendar::Hebrew && year < 1000 { year + 5000 } else { year }
}

fn doubted(date: Date, parts: &Parts) -> Date {
    let mut date = date;
    let components = [Component::Year, Component::Month, Component::Day];
    let only_year = parts.month.is_none() && parts.day.is_none() && parts.feast.is_none();
    for (component, doubt) in components.into_iter().zip(parts.doubt) {
        if doubt != Doubt::None {
            date = if only_year {
                date.with_doubt_of_all(doubt)
            } else {
                date.with_doubt(component, doubt)
            };
        }
    }
    if parts.whole != Doubt::None {
        let all = parts.doubt.iter().fold(parts.whole, |all, doubt| all.and(*doubt));
        date = date.with_doubt_of_all(all);
    }
    date
}

impl Resolver<'_> {
    /// Year, month and day of a point whose day is beyond its month; none where there is such a day,
    /// or where the month cannot be told.
    pub(crate) fn missing_day(&self, parts: &Parts) -> Option<(Option<i32>, u8, u8)> {
        let day = parts.day.filter(|day| (1..=31).contains(day))?;
        let (year, month) = match parts.month? {
            MonthPart::Named(month) | MonthPart::Numbered { number: month, leap: false } => {
                let year = parts.year.filter(|year| year.unknown == 0);
                if year.is_some_and(|year| year.era != Era::Christian) || parts.lunar {
                    return None;
                }
                let is_whole = |year: &YearPart| year.digits != 2 || self.anchor.is_some();
                (year.filter(is_whole).and_then(|year| self.year(&year)), month)
            }
            MonthPart::Relative(months) if months != SAME => {
                let anchor = self.anchor?;
                let calendar = self.months_at(anchor);
                let (year, month, _) = split(calendar, anchor.last);
                let (year, month) = add_months(year, month, months)?;
                let exists = placed(calendar, year, month, Some(day)).is_some();
                return (!exists).then_some((Some(year), month, day));
            }
            _ => return None,
        };
        let has = |year: i32| {
            gregorian::day(year, month, day).is_ok() || julian::day(year, month, day).is_ok()
        };
        const LEAP: i32 = 2000;
        (!has(year.unwrap_or(LEAP))).then_some((year, month, day))
    }

    /// The Gregorian year of a year in whatever era.
    pub(crate) fn year_of(&self, year: &YearPart) -> Option<i32> {
        self.year(year)
    }
}

/// So many days from the anchor, whose weekday may be named.
fn days_from(anchor: Day, days: i32, weekday: Option<u8>) -> Option<Resolved> {
    let day = shifted(anchor, days)?;
    let other = weekday.filter(|weekday| day.weekday() as u8 != *weekday);
    let confidence = if other.is_none() { 0.93 } else { 0.5 };
    let mut resolved = Resolved::new(Date::from_day(day).ok()?, confidence);
    if let Some(weekday) = other {
        let other = Date::from_day(on_or_after(anchor, weekday)).ok()?;
        resolved.alternatives.push(alternative(other, "the weekday named is another"));
    }
    Some(resolved)
}

/// When somebody was born who has completed so many years on a day, or completes them on it.
fn born(day: Day, years: i32, exact: bool) -> Option<Resolved> {
    let (year, month, of_month) = gregorian::from_day(day);
    let back = |years: i32| -> Option<Day> {
        let year = year.checked_sub(years)?;
        let of_month = of_month.min(gregorian::month_length(year, month));
        gregorian::day(year, month, of_month).ok()
    };
    let last = back(years)?;
    if exact {
        return Some(Resolved::new(Date::from_day(last).ok()?, 0.85));
    }
    let first = back(years + 1)?.plus(1);
    Some(Resolved::new(Edtf::from_days(first, last).ok()?, 0.8))
}
