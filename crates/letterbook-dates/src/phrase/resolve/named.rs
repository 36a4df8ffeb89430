//! Feasts, years of a reign, days of the Roman and months of the Quaker calendar.

use super::{Anchor, Resolver, When, after, before, full_year};
use crate::calendar::{Calendar, gregorian, julian, roman};
use crate::day::Day;
use crate::feast::{self, Computus};
use crate::phrase::lexicon::{Era, STYLES};
use crate::phrase::parts::{FeastPart, MonthPart, Parts, RomanPart};
use crate::phrase::relative::{LAST, NEXT};
use crate::reckoning::YearStart;
use crate::regnal;
use crate::value::{Date, Edtf};

impl Resolver<'_> {
    pub(super) fn feast(&self, part: &FeastPart, parts: &Parts) -> Option<(When, Calendar)> {
        let name = *self.lexicon.names.get(usize::from(part.name))?;
        // "die Pfingstfeiertage" are `pentecost..1`: the feast and one day more
        let (name, more) = match name.split_once("..") {
            Some((name, more)) => (name, more.parse().ok()?),
            None => (name, 0),
        };
        let finish = |(day, calendar): (Day, Calendar)| {
            let day = match part.then {
                Some(weekday @ 1..=7) => after(day, weekday),
                Some(weekday) => before(day, weekday - 10),
                None => day,
            };
            let day = day.plus(part.shift);
            if more > 0 {
                return Some((When::Span(day, day.plus(more)), calendar));
            }
            Some((When::Date(Date::from_day(day).ok()?), calendar))
        };
        if let Some(found) =
            name.strip_prefix('=').and_then(|rule| Edtf::parse(rule).ok()?.to_day())
        {
            return finish((found, Calendar::Gregorian));
        }
        if let Some(relative @ (LAST | NEXT)) = parts.year.and_then(|year| year.relative) {
            // "last Christmas", "next Easter"
            let anchor = self.anchor.and_then(Anchor::day)?;
            let year = gregorian::from_day(anchor).0;
            let mut days = (year - 1..=year + 1).filter_map(|y| self.feast_of_year(name, y, parts));
            let found = match relative {
                LAST => days.rfind(|(day, _)| *day < anchor),
                _ => days.find(|(day, _)| *day > anchor),
            };
            return finish(found?);
        }
        if let Some(year) = parts.year {
            if year.unknown > 0 || year.digits == 3 && self.anchor.is_none() && year.number >= 800 {
                return None;
            }
            let number = self.year(&year)?;
            // A year of the feast's own calendar, as in "Rosh Hashana 5700".
            let number = if year.era == Era::Hebrew { year.number } else { number };
            return finish(self.feast_of_year(name, number, parts)?);
        }
        let Some(anchor) = self.anchor else {
            // A fixed feast has a day without a year.
            let (first, _) = self.feast_of_year(name, 1901, parts)?;
            let (second, _) = self.feast_of_year(name, 1902, parts)?;
            let ((_, month, day), (_, other_month, other_day)) =
                (gregorian::from_day(first), gregorian::from_day(second));
            let fixed = (month, day) == (other_month, other_day)
                && part.shift == 0
                && part.then.is_none()
                && more == 0;
            return fixed.then(|| {
                Date::month_day(month, day).ok().map(|date| (When::Date(date), Calendar::Gregorian))
            })?;
        };
        let year = anchor.year();
        let nearest = (year - 1..=year + 1)
            .filter_map(|year| self.feast_of_year(name, year, parts))
            .min_by_key(|(day, _)| day.0.abs_diff(anchor.last.0))?;
        finish(nearest)
    }

    /// The day of a feast in a year as written.
    pub(super) fn feast_of_year(
        &self,
        name: &str,
        year: i32,
        parts: &Parts,
    ) -> Option<(Day, Calendar)> {
        let custom = self.custom();
        let eastern = match custom {
            Some(custom) => ["russia", "greece", "serbia", "romania", "bulgaria"]
                .iter()
                .any(|east| custom.id.starts_with(east)),
            None => self
                .context
                .lang
                .is_some_and(|lang| matches!(lang, "ru" | "el" | "bg" | "sr" | "uk")),
        };
        let style = parts.style.and_then(|style| STYLES.get(usize::from(style)).copied());
        let is_julian = |day: Day| match (style, custom) {
            (Some("ns"), _) => false,
            (Some(_), _) => true,
            (None, Some(custom)) => custom.calendar_on(day) == Calendar::Julian,
            (None, None) => day < julian_end(),
        };
        let day_by = |computus: Computus, year: i32| -> Option<Day> {
            if let Some(rule) = name.strip_prefix('=') {
                return rule_day(rule, year, computus);
            }
            let feast = feast::feast_by_id(name)?;
            if let Some(calendar) = feast.calendar() {
                return feast_of_calendar(feast, calendar, year, computus);
            }
            feast::day(feast, year, computus)
        };
        let own_calendar = feast::feast_by_id(name).is_some_and(|feast| feast.calendar().is_some());
        if own_calendar {
            return Some((day_by(Computus::Western, year)?, Calendar::Gregorian));
        }
        let computus = if eastern { Computus::Eastern } else { Computus::JulianWest };
        let start = custom.map_or(YearStart::January1, |custom| custom.year_start(year));
        let in_julian = |year: i32| -> Option<Day> {
            let day = day_by(computus, year)?;
            let (_, month, of_month) = julian::from_day(day);
            let modern = start.modern_year(year, month, of_month);
            if modern == year { Some(day) } else { day_by(computus, modern) }
        };
        // The Church of Greece keeps its fixed feasts by the Gregorian calendar since 1924.
        let greek = custom.map_or(self.context.lang == Some("el"), |c| c.id.starts_with("greece"));
        let is_fixed = || {
            let of = |year: i32| day_by(Computus::Western, year).map(gregorian::from_day);
            let (one, other) = (of(year), of(year + 1));
            one.map(|(_, m, d)| (m, d)) == other.map(|(_, m, d)| (m, d))
        };
        let is_new = greek && year >= 1924 && is_fixed();
        if let Some(day) = in_julian(year)
            && (is_julian(day) || eastern)
            && !is_new
        {
            return Some((day, Calendar::Julian));
        }
        Some((day_by(Computus::Western, year)?, Calendar::Gregorian))
    }

    pub(super) fn regnal(
        &self,
        year: i32,
        monarch: u16,
        parts: &Parts,
    ) -> Option<(When, Calendar)> {
        let reign = regnal::reign(self.lexicon.names.get(usize::from(monarch))?)?;
        let date = |day: Day| {
            let calendar = if reign.written_date(day) == gregorian::from_day(day) {
                Calendar::Gregorian
            } else {
                Calendar::Julian
            };
            Some((When::Date(Date::from_day(day).ok()?), calendar))
        };
        if let (Some(MonthPart::Named(month)), Some(day)) = (parts.month, parts.day) {
            return date(reign.day(year, month, day)?);
        }
        if parts.month.is_some() || parts.day.is_some() {
            return None;
        }
        let (first, last) = reign.span(year)?;
        let calendar = if reign.written_date(first) == gregorian::from_day(first) {
            Calendar::Gregorian
        } else {
            Calendar::Julian
        };
        Some((When::Span(first, last), calendar))
    }

    pub(super) fn roman(&self, part: &RomanPart, parts: &Parts) -> Option<(When, Calendar)> {
        let Some(MonthPart::Named(month)) = parts.month else { return None };
        let event = roman::Event::from_number(part.event)?;
        // "postridie Kalendas" is counted forward.
        let (count, after) = if part.count == 0 { (1, 1) } else { (part.count, 0) };
        let custom = self.custom();
        let of_year = |year: i32| -> Option<(Day, Calendar)> {
            let old = roman::day(year, month, event, count, false).ok()?.plus(after);
            let is_julian = match custom {
                Some(custom) => custom.calendar_on(old) == Calendar::Julian,
                None => old < julian_end(),
            };
            if is_julian {
                return Some((old, Calendar::Julian));
            }
            Some((
                roman::gregorian_day(year, month, event, count, false).ok()?.plus(after),
                Calendar::Gregorian,
            ))
        };
        let found = match parts.year {
            Some(year) => of_year(self.year(&year)?)?,
            None => {
                let Some(anchor) = self.anchor else {
                    // February counts back from the kalends of March differently in leap years
                    let (day, calendar) = of_year(1901)?;
                    let (_, month, of_month) = gregorian::from_day(day);
                    let date = if month == 2 && of_month > 13 {
                        Date::month_only(month).ok()?
                    } else {
                        Date::month_day(month, of_month).ok()?
                    };
                    return Some((When::Date(date), calendar));
                };
                let year = anchor.year();
                (year - 1..=year + 1)
                    .filter_map(of_year)
                    .min_by_key(|(day, _)| day.0.abs_diff(anchor.last.0))?
            }
        };
        Some((When::Date(Date::from_day(found.0).ok()?), found.1))
    }

    /// Months by number: March is the first until 1751.
    pub(super) fn quaker(&self, number: u8, parts: &Parts) -> Option<(When, Calendar)> {
        let mut named = *parts;
        named.month = Some(MonthPart::Named(number));
        let Some(year) = parts.year else { return self.when(&named) };
        let Some(day) = parts.day else {
            return if year.number >= 1752 { self.when(&named) } else { None };
        };
        let written = self.year(&year)?;
        if written >= 1752 {
            return self.when(&named);
        }
        let month = if number <= 10 { number + 2 } else { number - 10 };
        let modern = match year.second {
            Some(second) if month <= 3 => second,
            _ => YearStart::LadyDay.modern_year(written, month, day),
        };
        // The first month began with March, whose days before the 25th belong to the year begun.
        let modern = if number == 1 && year.second.is_none() { written } else { modern };
        let found = julian::day(modern, month, day).ok()?;
        Some((When::Date(Date::from_day(found).ok()?), Calendar::Julian))
    }
}

/// The first day of the Gregorian calendar where it was first in force.
pub(super) fn julian_end() -> Day {
    // 15 October 1582 on the common axis.
    Day(577_736)
}

/// A feast of a calendar of its own in a year of that or of the Gregorian calendar.
fn feast_of_calendar(
    feast: feast::Feast,
    calendar: Calendar,
    year: i32,
    computus: Computus,
) -> Option<Day> {
    let year = full_year(calendar, year);
    let offsets: &[i32] = match calendar {
        Calendar::Hebrew if year < 3000 => &[3760, 3761],
        Calendar::Persian if year > 1500 => &[-621, -622],
        Calendar::HijriCivil if year > 1500 => {
            return (1300..1500)
                .filter_map(|hijri| feast::day(feast, hijri, computus))
                .find(|day| gregorian::from_day(*day).0 == year);
        }
        _ => return feast::day(feast, year, computus),
    };
    offsets
        .iter()
        .filter_map(|offset| feast::day(feast, year + offset, computus))
        .find(|day| gregorian::from_day(*day).0 == year)
}

/// The day of a rule of the phrase tables: `MM-DD`, `easter+N`, `advent-N`.
fn rule_day(rule: &str, year: i32, computus: Computus) -> Option<Day> {
    let shifted = |feast: &str, rest: &str| {
        let days: i32 = rest.parse().ok()?;
        Some(feast::day(feast::feast_by_id(feast)?, year, computus)?.plus(days))
    };
    if let Some(rest) = rule.strip_prefix("easter") {
        return shifted("easter", rest);
    }
    if let Some(rest) = rule.strip_prefix("advent") {
        return shifted("advent-1", rest);
    }
    let (month, day) = rule.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    match computus {
        Computus::Western => gregorian::day(year, month, day).ok(),
        _ => julian::day(year, month, day).ok(),
    }
}
