//! Pairs: ranges, alternatives, lists and dual dates; what one half lacks, the other gives.

use super::grammar::{After, Parser};
use super::languages::POSTPOSING;
use super::lexicon::{Class, Era};
use super::parts::{MonthPart, Parts, Saying, YearPart};
use super::token::Kind;
use crate::value::Doubt;

/// Parts, where they end, and the rule that read them.
pub(super) type Member = (Parts, usize, &'static str);

impl Parser<'_> {
    /// Two points joined by one of the words or marks; what one lacks, the other gives.
    pub(super) fn pair(
        &self,
        at: usize,
        words: &[Class],
        marks: &str,
    ) -> Option<(Parts, Parts, usize)> {
        self.pair_with(self.member(at)?, at, words, marks)
    }

    pub(super) fn pair_with(
        &self,
        (first, end, first_rule): Member,
        at: usize,
        words: &[Class],
        marks: &str,
    ) -> Option<(Parts, Parts, usize)> {
        let mut next = end;
        if self.mark(next) == '.'
            && (!first.has_month()
                || matches!(self.mark(next + 1), '/' | '-')
                || self.languages & !POSTPOSING == 0)
        {
            next += 1;
        }
        // A particle such as 부터 or から after the first, or "-től".
        let glued = |at: usize| {
            self.mark(at) == '-' && !self.spaced(at + 1) && self.has(at + 1, Class::Particle)
        };
        if self.has(next, Class::Particle) {
            next += 1;
        } else if glued(next) {
            next += 2;
        } else if !marks.is_empty() && self.mark(next) != '\0' && marks.contains(self.mark(next)) {
            if marks == "," {
                // A list needs its last "and": "12, 13 and 14 May" is read from "13".
                return None;
            }
            next += 1;
            while self.mark(next) == '-' {
                next += 1;
            }
        } else if matches!(self.mark(next), ',' | '/')
            && words.iter().any(|word| self.has(next + 1, *word))
        {
            next += 2;
        } else if words.iter().any(|word| self.has(next, *word)) && !self.is_initial_in_name(next) {
            // "e" joins, but not that of "nota de V. E. de 28 de enero"
            next += 1;
            // `12 ו-13`
            if self.mark(next) == '-' && !self.spaced(next) && !self.spaced(next + 1) {
                next += 1;
            }
        } else {
            return None;
        }
        next = self.gap(next);
        if self.stops(next) {
            return None;
        }
        if words.contains(&Class::To)
            && let Some((second, end)) = self.same_day_of_next_year(&first, next)
        {
            return Some((first, second, end));
        }
        let slash = marks == "/";
        // 1850-53, 1814-15.
        if let Some(year) = first.year
            && year.digits == 4
            && year.unknown == 0
            && let Some(item) = self.items.get(next)
            && item.token.kind == Kind::Number
            && item.token.digits <= 2
            && item.token.digits > 0
            && marks.contains('-')
            && self.month(next + 1).is_none()
            && (first.month.is_none() || !self.spaced(next))
        {
            let scale = 10i32.pow(u32::from(item.token.digits));
            let full = year.number - year.number % scale + item.token.value;
            if full > year.number
                && first.month.is_none()
                && self.mark(next + 1) != '-'
                && self.hour(next).is_none()
            {
                let mut second = first;
                if let Some(second) = &mut second.year {
                    second.number = full;
                }
                return Some((first, second, next + 1));
            }
        }
        let (mut second, mut end, second_rule) = self.member(next)?;
        // "4. 8ber bis 10. 9.": the second month is written as the first
        if second_rule == "numeric"
            && second.year.is_none()
            && first.year.is_none()
            && (at..next).any(|item| self.has(item, Class::NumberMonth))
            && let Some(MonthPart::Named(month @ 7..=10)) = second.month
            && matches!(first.month, Some(MonthPart::Named(9..=12)))
        {
            second.month = Some(MonthPart::Named(month + 2));
        }
        // "28 ottobre 1932 – X" has the year of a second era, not a tenth day.
        if second_rule == "bare" && second.bare && first.day.is_some() && first.year.is_some() {
            let item = &self.items[next];
            if item.token.digits == 0 && item.token.kind != Kind::Number && !item.token.dense {
                return None;
            }
        }
        if self.has(end, Class::Particle) {
            end += 1;
        } else if glued(end) {
            end += 2;
        }
        // A year after both: "5월 12일부터 14일까지, 1950년".
        if second.year.is_none()
            && first.year.is_none()
            && (second.has_month() || first.has_month())
            && let Some((year, doubt, _, after)) = self.year(self.gap(end), After::Nothing)
            && year.relative.is_none()
        {
            second.year = Some(year);
            second.doubt[0] = doubt;
            end = after;
        }
        let mut first = first;
        // Both must be of a kind.
        let (days, one_month) =
            (first.day.is_some() && second.day.is_some(), first.has_month() || second.has_month());
        let years = first.year.is_some()
            && second.year.is_some()
            && first.day.is_none()
            && second.day.is_none();
        let months =
            first.day.is_none() && second.day.is_none() && first.has_month() && second.has_month();
        let seasons = first.season.is_some() && second.season.is_some();
        let anchored = days && first.weekday.is_some() && second.weekday.is_some();
        let feasts = first.feast.is_some() && (second.feast.is_some() || second.day.is_some())
            || second.feast.is_some() && first.day.is_some();
        let decades = (first.century.is_some() && second.century.is_some())
            || (first.decade.is_some() && second.decade.is_some());
        let ordinals =
            days && second.ordinal && first.bare && (self.whole(at, end) || first.ordinal);
        if !(days && one_month
            || ordinals
            || years
            || months
            || seasons
            || anchored
            || feasts
            || decades)
        {
            return None;
        }
        // "1850 and 1851" in prose are two years, "May and June" two months; each stands alone.
        if (years || months)
            && words.contains(&Class::And)
            && first_rule != "range"
            && !self.whole(at, end)
            && !self.is_after_between(at)
        {
            return None;
        }
        // Two complete dates are two dates: only what lacks something joins.
        if words.contains(&Class::And)
            && first.has_month()
            && (first.year.is_some() || second.year.is_none())
            && !(second.bare && self.languages & !POSTPOSING == 0)
        {
            return None;
        }
        // "12/13 Mai" are days, "Mai/Juni 1850" months.
        if slash && !days && !(months && first.year.is_none() && second.year.is_some()) {
            return None;
        }
        // "den 12. Mai und 14 Personen": the second must look like a date.
        if second.bare && !second.has_month() && !first.has_month() && !ordinals {
            return None;
        }
        if second.bare
            && first.has_month()
            && !second.has_month()
            && second_rule == "bare"
            && words.contains(&Class::And)
            && !second.ordinal
            && first.year.is_some()
            && self.languages & !POSTPOSING != 0
        {
            return None;
        }
        // "January 2, 1919—7 p.m." and "—12 noon" have an hour
        let is_hour = self.hour(next).is_some()
            || first.year.is_some() && !second.has_month() && self.has(end, Class::Part);
        if second.bare && (self.unit_follows(end) || is_hour) {
            return None;
        }
        first.complete_from(&second);
        second.complete_from(&first);
        // "January 27th —16" is no range backwards.
        if marks.contains('-')
            && first.month == second.month
            && first.month.is_some()
            && first.year == second.year
            && matches!((first.day, second.day), (Some(first), Some(second)) if second <= first)
        {
            return None;
        }
        if first.month.is_none() && first.feast.is_none() && first.day.is_some() && !ordinals {
            return None;
        }
        let (second, end) = self.with_question(second, end);
        if second.whole != Doubt::None {
            first.whole = second.whole;
        }
        Some((first, second, end))
    }

    /// "1. April 18 bis 19": to the same day of the year that stands alone after "to".
    fn same_day_of_next_year(&self, first: &Parts, at: usize) -> Option<(Parts, usize)> {
        let at = self.skip(at, "-");
        let (year, token) = (first.year?, self.items.get(at)?.token);
        let follows = token.kind == Kind::Number
            && token.lines == 0
            && matches!(token.digits, 2 | 4)
            && token.digits == year.digits
            && token.value == year.number + 1
            && self.whole(at, at + 1).max(self.closes(at + 1));
        let is_day = first.day.is_some() && first.month.is_some() && year.era == Era::Christian;
        let year = YearPart { number: token.value, ..year };
        (follows && is_day).then_some((Parts { year: Some(year), ..*first }, at + 1))
    }

    /// Whether "between" stands before an item, past articles.
    fn is_after_between(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|before| {
                self.has(before, Class::Between)
                    && (before + 1..at).all(|word| self.has(word, Class::Glue))
            })
        })
    }

    pub(super) fn unit_follows(&self, at: usize) -> bool {
        self.has(at, Class::Unit)
            || self.has(at, Class::Clock)
            || self.kind(at) == Some(Kind::Break)
    }

    /// Whether the items are all there is.
    pub(crate) fn whole(&self, start: usize, end: usize) -> bool {
        start <= self.idle.0 && end >= self.idle.1
    }

    /// A point or a bare number of a day.
    pub(super) fn member(&self, at: usize) -> Option<Member> {
        self.member_with(at, self.point(at))
    }

    pub(super) fn member_with(&self, at: usize, point: Option<Member>) -> Option<Member> {
        let bare = self
            .day(at)
            .filter(|(number, end)| {
                let with_unit = self.dense(*end) && self.has(*end, Class::DayMark);
                number.digits > 0 || number.ordinal || number.roman || with_unit
            })
            .map(|(number, end)| {
                let parts = Parts {
                    day: Some(number.value as u8),
                    bare: true,
                    ordinal: number.ordinal,
                    doubt: [Doubt::None, Doubt::None, number.doubt],
                    ..Parts::default()
                };
                let unit = self.dense(end) && self.has(end, Class::DayMark);
                (parts, end + usize::from(unit), "bare")
            });
        match (point, bare) {
            (Some(point), Some(bare)) if bare.1 > point.1 => Some(bare),
            (Some(point), _) => Some(point),
            (None, bare) => bare,
        }
    }

    /// Old style with New Style in parentheses: "26 августа (7 сентября) 1812 года".
    pub(super) fn parenthesis_dual(&self, (mut first, end, _): Member) -> Option<(Saying, usize)> {
        // "May 11, (23,) 1861"
        let comma = first.has_month() && self.mark(end) == ',' && self.mark(end + 1) == '(';
        let end = if comma { end + 1 } else { end };
        if self.mark(end) != '('
            || first.day.is_none()
            || !first.has_month() && first.year.is_some()
        {
            return None;
        }
        let (mut second, close, _) = self.member(end + 1)?;
        let close = self.skip(close, ",.");
        if self.mark(close) != ')' || second.day.is_none() {
            return None;
        }
        let mut after = close + 1;
        if second.month.is_none()
            && let Some((month, _, end)) = self.month(self.gap(after))
        {
            second.month = Some(month);
            after = end;
        }
        if second.year.is_none()
            && first.year.is_none()
            && let Some((year, doubt, _, end)) = self.year(self.gap(after), After::Day)
        {
            second.year = Some(year);
            second.doubt[0] = doubt;
            after = end;
        }
        first.complete_from(&second);
        second.complete_from(&first);
        (first.has_month() && second.has_month()).then_some((Saying::Dual(first, second), after))
    }
}
