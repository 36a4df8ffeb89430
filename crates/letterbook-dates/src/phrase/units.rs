//! Numbers with their units, as East Asia writes dates: `昭和二十年八月十五日`, "ngày 2 tháng 9 năm 1945".

use super::grammar::{Number, Parser};
use super::languages::{KOREAN, VIETNAMESE};
use super::lexicon::{Class, Era, era_of};
use super::parts::{MonthPart, Parts, YearPart};
use super::points::CYCLIC;
use super::token::Kind;

/// What is read of numbers with units so far.
struct UnitsSoFar {
    parts: Parts,
    /// The item to go on with.
    next: usize,
    /// The item after the last part that counts.
    end: usize,
    any_unit: bool,
}

impl UnitsSoFar {
    /// Goes on behind a part.
    fn take(&mut self, after: usize) {
        self.next = after;
        self.end = after;
        self.any_unit = true;
    }

    /// Goes on behind a word that needs another part after it.
    fn lean(&mut self, after: usize) {
        self.next = after;
        self.any_unit = true;
    }
}

impl Parser<'_> {
    /// Numbers with their units: `昭和二十年八月十五日`, `1981년 6월 22일`, "ngày 2 tháng 9 năm 1945".
    pub(super) fn units(&self, at: usize) -> Option<(Parts, usize)> {
        const MOST: usize = 12;
        let mut read = UnitsSoFar { parts: Parts::default(), next: at, end: at, any_unit: false };
        // "thứ hai ngày 12 tháng 3 năm 1951"
        if self.languages & !VIETNAMESE == 0
            && let Some(weekday) = self.is(at, Class::Weekday)
        {
            read.parts.weekday = Some(weekday as u8);
            read.next = self.skip(at + 1, ",");
        }
        for step in 0..MOST {
            if step > 0 && self.stops(read.next) {
                break;
            }
            if step > 0 && self.mark(read.next) == ',' && read.any_unit {
                read.next += 1;
            } else if self.has(read.next, Class::Lunar) {
                read.parts.lunar = true;
                read.next += 1;
            } else if !(self.year_in_units(&mut read)
                || self.month_in_units(&mut read)
                || self.day_in_units(&mut read)
                || self.season_in_units(&mut read))
            {
                break;
            }
        }
        let UnitsSoFar { parts, end, any_unit, .. } = read;
        if !any_unit
            || end == at
            || (parts.month == Some(MonthPart::Relative(0)) && parts.day.is_none())
        {
            return None;
        }
        Some((parts, end))
    }

    /// Takes a year, if one stands next.
    fn year_in_units(&self, read: &mut UnitsSoFar) -> bool {
        if read.parts.year.is_some() {
            return false;
        }
        let next = read.next;
        if let Some(relative) = self.is(next, Class::RelYear).filter(|_| self.dense(next)) {
            read.parts.year = Some(YearPart::told(relative));
            read.take(next + 1);
            return true;
        }
        // "tháng 5/1950"
        if read.parts.month.is_some()
            && self.languages == VIETNAMESE
            && self.mark(next) == '/'
            && let Some(token) = self.items.get(next + 1).map(|item| item.token)
            && token.digits == 4
        {
            read.parts.year = Some(YearPart {
                number: token.value,
                digits: 4,
                marked: true,
                ..YearPart::default()
            });
            read.take(next + 2);
            return true;
        }
        if let Some((year, after, parallel)) = self.unit_year(next) {
            read.parts.year = Some(year);
            read.parts.parallel = parallel;
            read.take(after);
            return true;
        }
        false
    }

    /// Takes a month, if one stands next.
    fn month_in_units(&self, read: &mut UnitsSoFar) -> bool {
        if read.parts.month.is_some() {
            return false;
        }
        let next = read.next;
        if let Some(relative) = self.is(next, Class::RelMonth).filter(|_| self.dense(next)) {
            read.parts.month = Some(MonthPart::Relative(relative));
            read.lean(next + 1);
            return true;
        }
        // `去る五日`, `来る十二月五日`
        if self.dense(next) && !read.any_unit {
            let side = [(Class::LastPast, MonthPart::Past), (Class::NextCome, MonthPart::Coming)];
            if let Some((_, side)) = side.into_iter().find(|(class, _)| self.has(next, *class)) {
                if self.unit_month(next + 1).is_none() {
                    read.parts.month = Some(side);
                }
                read.lean(next + 1);
                return true;
            }
        }
        if let Some((month, after)) = self.unit_month(next) {
            read.parts.month = Some(month);
            read.take(after);
            return true;
        }
        false
    }

    /// Takes a day, if one stands next.
    fn day_in_units(&self, read: &mut UnitsSoFar) -> bool {
        if read.parts.day.is_some() {
            return false;
        }
        let next = read.next;
        let after_month = read.parts.month.is_some();
        // "rằm tháng 8"
        if !after_month
            && self.languages == VIETNAMESE
            && let Some(day) = self.is(next, Class::DayWord)
            && self.unit_month(next + 1).is_some()
        {
            read.parts.day = u8::try_from(day).ok();
            read.lean(next + 1);
            return true;
        }
        if (after_month
            || read.any_unit
            || self.is_prefix_day(next)
            || self.languages & !VIETNAMESE == 0)
            && let Some((day, after)) = self.unit_day(next, after_month)
        {
            read.parts.day = Some(day);
            read.take(after);
            return true;
        }
        false
    }

    /// Takes the season of a year, if one stands next.
    fn season_in_units(&self, read: &mut UnitsSoFar) -> bool {
        if read.parts.season.is_none()
            && read.parts.month.is_none()
            && read.any_unit
            && self.dense(read.next)
            && let Some(season) = self.is(read.next, Class::Season)
        {
            read.parts.season = Some(season as u8);
            read.take(read.next + 1);
            return true;
        }
        false
    }

    fn is_prefix_day(&self, at: usize) -> bool {
        self.has(at, Class::OrdPrefix) || self.has(at, Class::DayMark)
    }

    /// `昭和二十年`, `주체95(2006)년`, `1981年`, `S20.`, "năm 1945", `丙戌年`.
    fn unit_year(&self, at: usize) -> Option<(YearPart, usize, Option<YearPart>)> {
        let mut year = YearPart { marked: true, ..YearPart::default() };
        let mut next = at;
        let era = self
            .is(next, Class::Era)
            .filter(|_| self.items[next].token.dense || self.items[next].token.capital);
        if let Some(value) = era {
            year.era = era_of(value);
            next += 1;
        }
        let prefixed = self.has(next, Class::YearMark)
            && !self.dense(next)
            && self.languages & VIETNAMESE != 0;
        if prefixed {
            next += 1;
        }
        if let Some(nth) = self.is(next, Class::Cyclic) {
            // A year of the sixty-year cycle.
            if self.has(next + 1, Class::YearMark) {
                year.number = nth;
                year.digits = CYCLIC;
                return Some((year, next + 2, None));
            }
            return None;
        }
        let first_year = self.has(next, Class::FirstYear);
        let (number, mut end) = if first_year {
            (Number { value: 1, digits: 1, ..Number::default() }, next + 1)
        } else {
            self.number(next)?
        };
        // `갑오년`, `二年三月`: a year of the cycle that no table has, or of an era that is left out
        if year.era == Era::Christian && number.digits == 0 && number.value < 100 {
            return None;
        }
        year.number = number.value;
        year.digits = number.digits;
        if first_year && self.items[next].end != self.items[next].token.end {
            // 元年 has the unit in it.
            return Some((year, end, None));
        }
        let mut parallel = None;
        if self.mark(end) == '('
            && let Some((other, close)) = self.parallel_year(end)
        {
            parallel = Some(other);
            end = close;
        }
        if prefixed {
            let spelled = number.words && (1000..=2999).contains(&number.value);
            return (number.digits == 4 || spelled).then_some((year, end, parallel));
        }
        if self.dense(end) && self.has(end, Class::YearMark) {
            end += 1;
            if parallel.is_none()
                && self.mark(end) == '('
                && let Some((other, close)) = self.parallel_year(end)
            {
                parallel = Some(other);
                end = close;
            }
            return Some((year, end, parallel));
        }
        // An initial of an era and numbers: S20.8.15.
        if let Era::Reign(_) = year.era
            && self.mark(end) == '.'
            && number.digits > 0
            && !self.spaced(next)
        {
            let (month, day) = (self.items.get(end + 1)?.token, self.items.get(end + 3)?.token);
            if self.mark(end + 2) == '.' && month.kind == Kind::Number && day.kind == Kind::Number {
                return Some((year, end, parallel));
            }
        }
        None
    }

    fn unit_month(&self, at: usize) -> Option<(MonthPart, usize)> {
        // After an era's initial: ".8.15".
        if self.mark(at) == '.'
            && (!self.spaced(at + 1) || self.languages == KOREAN)
            && self.kind(at + 1) == Some(Kind::Number)
            && self.mark(at + 2) == '.'
        {
            let number = u8::try_from(self.items[at + 1].token.value)
                .ok()
                .filter(|n| (1..=12).contains(n))?;
            return Some((MonthPart::Numbered { number, leap: false }, at + 2));
        }
        // "tháng sau" is next month, "tháng sáu" June
        let next_month = |at: usize| {
            let item = &self.items[at];
            self.has(at, Class::RelMonth)
                && self.text[item.token.start as usize..item.end as usize].ends_with("sau")
        };
        let named = self.dense(at)
            || self.languages == VIETNAMESE && self.has(at, Class::Month) && !next_month(at);
        if let Some(month) = self.is(at, Class::Month).filter(|_| named) {
            return Some((MonthPart::Numbered { number: month as u8, leap: false }, at + 1));
        }
        let mut next = at;
        let leap = self.has(next, Class::Leap);
        if leap {
            next += 1;
        }
        if self.languages & VIETNAMESE != 0 && self.has(next, Class::MonthMark) && !self.dense(next)
        {
            let (number, after) = self.number(next + 1)?;
            let number = u8::try_from(number.value).ok().filter(|n| (1..=12).contains(n))?;
            return Some((MonthPart::Numbered { number, leap }, after));
        }
        let (number, after) = self.number(next)?;
        let number = u8::try_from(number.value).ok().filter(|n| (1..=12).contains(n))?;
        (self.dense(after) && self.has(after, Class::MonthMark))
            .then_some((MonthPart::Numbered { number, leap }, after + 1))
    }

    fn unit_day(&self, at: usize, after_month: bool) -> Option<(u8, usize)> {
        if self.mark(at) == '.'
            && after_month
            && (!self.spaced(at + 1) || self.languages == KOREAN)
            && self.kind(at + 1) == Some(Kind::Number)
        {
            let day = u8::try_from(self.items[at + 1].token.value)
                .ok()
                .filter(|n| (1..=31).contains(n))?;
            return Some((day, at + 2));
        }
        if let Some(day) = self.is(at, Class::DayWord).filter(|_| after_month) {
            return Some((day.unsigned_abs().min(31) as u8, at + 1));
        }
        let mut next = at;
        let mut prefixed = false;
        while self.has(next, Class::OrdPrefix)
            || (!self.dense(next)
                && self.languages & VIETNAMESE != 0
                && self.has(next, Class::DayMark))
        {
            prefixed = true;
            next += 1;
            if next > at + 2 {
                return None;
            }
        }
        let (number, after) = self.number(next)?;
        let day = u8::try_from(number.value).ok().filter(|n| (1..=31).contains(n))?;
        if self.dense(after) && self.has(after, Class::DayMark) {
            return Some((day, after + 1));
        }
        // "từ ngày 3 đến 9 tháng 7": the month's own mark follows.
        if self.languages & !VIETNAMESE == 0
            && !after_month
            && self.has(after, Class::MonthMark)
            && !self.dense(after)
        {
            return Some((day, after));
        }
        // `八月十五`, "mùng 5": no unit needed.
        ((prefixed && number.digits < 3) || (after_month && self.dense(next) && number.digits == 0))
            .then_some((day, after))
    }
}
