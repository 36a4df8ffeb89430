//! Pairs: ranges, alternatives, lists and dual dates; what one half lacks, the other gives.

use super::grammar::{After, Parser};
use super::languages::POSTPOSING;
use super::lexicon::{Class, Era};
use super::parts::{MonthPart, Parts, Saying, YearPart};
use super::token::Kind;
use crate::value::Doubt;

/// Parts, where they end, and the rule that read them.
pub(super) type Member = (Parts, usize, &'static str);

/// Two members as they are written, before one gives the other what it lacks.
struct Couple {
    /// The first item.
    at: usize,
    first: Parts,
    first_rule: &'static str,
    /// The item at which the second member begins.
    next: usize,
    second: Parts,
    second_rule: &'static str,
    end: usize,
}

impl Couple {
    fn are_days(&self) -> bool {
        self.first.day.is_some() && self.second.day.is_some()
    }

    fn are_months(&self) -> bool {
        let no_day = self.first.day.is_none() && self.second.day.is_none();
        no_day && self.first.has_month() && self.second.has_month()
    }

    fn are_years(&self) -> bool {
        let no_day = self.first.day.is_none() && self.second.day.is_none();
        no_day && self.first.year.is_some() && self.second.year.is_some()
    }

    /// Whether a stroke may join them: "12/13 Mai", "Mai/Juni 1850".
    fn may_have_stroke(&self) -> bool {
        let months = self.are_months() && self.first.year.is_none() && self.second.year.is_some();
        self.are_days() || months
    }
}

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
        let next = self.gap(self.past_joint(&first, end, words, marks)?);
        if self.stops(next) {
            return None;
        }
        if words.contains(&Class::To)
            && let Some((second, end)) = self.same_day_of_next_year(&first, next)
        {
            return Some((first, second, end));
        }
        if marks.contains('-')
            && let Some((second, end)) = self.year_cut_short(&first, next)
        {
            return Some((first, second, end));
        }
        let (second, end, second_rule) = self.second_member(&first, at, next)?;
        let couple = Couple { at, first, first_rule, next, second, second_rule, end };
        if !self.is_of_a_kind(&couple)
            || words.contains(&Class::And) && self.stand_alone(&couple)
            || marks == "/" && !couple.may_have_stroke()
            || second.bare && self.is_bare_number(&couple)
        {
            return None;
        }
        let (mut first, mut second) = (first, second);
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
        if first.month.is_none()
            && first.feast.is_none()
            && first.day.is_some()
            && !self.are_ordinals(&couple)
        {
            return None;
        }
        let (second, end) = self.with_question(second, end);
        if second.whole != Doubt::None {
            first.whole = second.whole;
        }
        Some((first, second, end))
    }

    /// Past what joins two members: a particle, one of the marks, one of the words.
    fn past_joint(&self, first: &Parts, end: usize, words: &[Class], marks: &str) -> Option<usize> {
        let mut next = end;
        if self.mark(next) == '.'
            && (!first.has_month()
                || matches!(self.mark(next + 1), '/' | '-')
                // "30 Sept. & 1 Oct. 1796": the dot of an abbreviation, not of a sentence
                || words.iter().any(|word| self.has(next + 1, *word))
                    && self.items.get(next + 1).is_some_and(|word| !word.token.capital)
                || self.languages & !POSTPOSING == 0)
        {
            next += 1;
        }
        if let Some(after) = self.past_particle(next) {
            return Some(after);
        }
        if !marks.is_empty() && self.mark(next) != '\0' && marks.contains(self.mark(next)) {
            // A list needs its last "and": "12, 13 and 14 May" is read from "13".
            return (marks != ",").then(|| self.skip(next + 1, "-"));
        }
        if matches!(self.mark(next), ',' | '/')
            && words.iter().any(|word| self.has(next + 1, *word))
        {
            return Some(next + 2);
        }
        // "e" joins, but not that of "nota de V. E. de 28 de enero"
        if words.iter().any(|word| self.has(next, *word)) && !self.is_initial_in_name(next) {
            // `12 ו-13`
            let hyphen =
                self.mark(next + 1) == '-' && !self.spaced(next + 1) && !self.spaced(next + 2);
            return Some(if hyphen { next + 2 } else { next + 1 });
        }
        None
    }

    /// Past a particle such as 부터 or から after a member, or "-től".
    fn past_particle(&self, at: usize) -> Option<usize> {
        let glued =
            self.mark(at) == '-' && !self.spaced(at + 1) && self.has(at + 1, Class::Particle);
        if self.has(at, Class::Particle) { Some(at + 1) } else { glued.then_some(at + 2) }
    }

    /// 1850-53, 1814-15: the last digits of a later year.
    fn year_cut_short(&self, first: &Parts, at: usize) -> Option<(Parts, usize)> {
        let (year, token) = (first.year?, self.items.get(at)?.token);
        let is_cut = year.digits == 4
            && year.unknown == 0
            && first.month.is_none()
            && token.kind == Kind::Number
            && matches!(token.digits, 1 | 2);
        if !is_cut
            || self.month(at + 1).is_some()
            || self.mark(at + 1) == '-'
            || self.hour(at).is_some()
        {
            return None;
        }
        let scale = 10i32.pow(u32::from(token.digits));
        let number = year.number - year.number % scale + token.value;
        let second = Parts { year: Some(YearPart { number, ..year }), ..*first };
        (number > year.number).then_some((second, at + 1))
    }

    /// The second member, with the year that stands behind both.
    fn second_member(&self, first: &Parts, at: usize, next: usize) -> Option<Member> {
        let (mut second, end, rule) = self.member(next)?;
        // "4. 8ber bis 10. 9.": the second month is written as the first
        if rule == "numeric"
            && second.year.is_none()
            && first.year.is_none()
            && (at..next).any(|item| self.has(item, Class::NumberMonth))
            && let Some(MonthPart::Named(month @ 7..=10)) = second.month
            && matches!(first.month, Some(MonthPart::Named(9..=12)))
        {
            second.month = Some(MonthPart::Named(month + 2));
        }
        // "28 ottobre 1932 – X", "9 de abril de 1826.–16º" have the year of a second era, no last day.
        if first.day.is_some() && first.year.is_some() && !second.has_month() {
            let token = self.items[next].token;
            let is_word = token.digits == 0 && token.kind != Kind::Number && !token.dense;
            let is_after_dash = self.mark(next.saturating_sub(1)) == '-';
            if rule == "bare" && second.bare && is_word || second.ordinal && is_after_dash {
                return None;
            }
        }
        let mut end = self.past_particle(end).unwrap_or(end);
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
        Some((second, end, rule))
    }

    /// Whether both members are days, months, years or the like.
    fn is_of_a_kind(&self, couple: &Couple) -> bool {
        let Couple { first, second, .. } = couple;
        let seasons = first.season.is_some() && second.season.is_some();
        let weekdays = couple.are_days() && first.weekday.is_some() && second.weekday.is_some();
        let feasts = first.feast.is_some() && (second.feast.is_some() || second.day.is_some())
            || second.feast.is_some() && first.day.is_some();
        let centuries = first.century.is_some() && second.century.is_some();
        let decades = first.decade.is_some() && second.decade.is_some();
        couple.are_days() && (first.has_month() || second.has_month())
            || self.are_ordinals(couple)
            || couple.are_years()
            || couple.are_months()
            || seasons
            || weekdays
            || feasts
            || centuries
            || decades
    }

    /// "the 12th to the 14th", where nothing else stands.
    fn are_ordinals(&self, couple: &Couple) -> bool {
        let Couple { at, first, second, end, .. } = couple;
        couple.are_days()
            && second.ordinal
            && first.bare
            && (self.whole(*at, *end) || first.ordinal)
    }

    /// Whether "and" joins two dates that each stand alone.
    fn stand_alone(&self, couple: &Couple) -> bool {
        let Couple { at, first, first_rule, second, second_rule, end, .. } = couple;
        let postposing = self.languages & !POSTPOSING == 0;
        // "1850 and 1851" in prose are two years, "May and June" two months.
        let apart = (couple.are_years() || couple.are_months())
            && *first_rule != "range"
            && !self.whole(*at, *end)
            && !self.is_after_between(*at);
        // Two complete dates are two dates: only what lacks something joins.
        let complete = first.has_month()
            && (first.year.is_some() || second.year.is_none())
            && !(second.bare && postposing);
        let counted = second.bare
            && first.has_month()
            && !second.has_month()
            && *second_rule == "bare"
            && !second.ordinal
            && first.year.is_some()
            && !postposing;
        apart || complete || counted
    }

    /// Whether the bare number of the second member is none of a day.
    fn is_bare_number(&self, couple: &Couple) -> bool {
        let Couple { first, next, second, end, .. } = couple;
        // "den 12. Mai und 14 Personen": the second must look like a date.
        let no_month = !second.has_month() && !first.has_month() && !self.are_ordinals(couple);
        // "January 2, 1919—7 p.m." and "—12 noon" have an hour
        let is_hour = || {
            self.hour(*next).is_some()
                || first.year.is_some() && !second.has_month() && self.has(*end, Class::Part)
        };
        no_month || self.unit_follows(*end) || is_hour()
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
