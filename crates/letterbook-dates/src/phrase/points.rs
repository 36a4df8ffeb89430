//! Points in time: a day, month, year, feast or the like, its parts in the order the writer chose.

use super::grammar::{After, Item, Parser};
use super::lexicon::{Class, Era, era_of};
use super::parts::{MonthPart, Parts, YearPart};
use super::relative::LAST;
use super::token::Kind;
use crate::value::Doubt;

/// Reads a point of one kind and says where it ends.
type Read<P> = fn(&P, usize) -> Option<(Parts, usize)>;

/// The classes whose words may begin a point, beside numbers.
const BEGINNINGS: u128 = Class::set(&[
    Class::OrdPrefix,
    Class::Month,
    Class::MonthMark,
    Class::RelMonth,
    Class::Cal,
    Class::Lunar,
    Class::Leap,
    Class::DayMark,
    Class::DayWord,
    Class::DecadeDay,
    Class::Weekday,
    Class::QuakerDay,
    Class::Last,
    Class::YearMark,
    Class::RelYear,
    Class::FirstYear,
    Class::Cyclic,
    Class::Era,
    Class::RegnalYear,
    Class::Style,
    Class::Season,
    Class::Decade,
    Class::DecadeOf,
    Class::Century,
    Class::CenturyName,
    Class::Feast,
    Class::FeastLead,
    Class::Vigil,
    Class::Saint,
    Class::FeriaOf,
    Class::RomanDay,
    Class::Pridie,
    Class::Postridie,
    Class::AnteDiem,
]);

impl Parser<'_> {
    /// Whether a point may begin here, which few words of a text do.
    pub(super) fn may_begin_point(&self, at: usize) -> bool {
        let after_glue =
            || self.kind(at + 1) != Some(Kind::Punct) && self.may_be_first_part(at + 1);
        self.may_be_first_part(at) || self.has(at, Class::Glue) && after_glue()
    }

    /// Whether a point may have its first part here.
    pub(super) fn may_be_first_part(&self, at: usize) -> bool {
        const NUMBERS: u128 = Class::set(&[Class::Num, Class::Ord]);
        let Some(Item { token, .. }) = self.items.get(at) else { return false };
        match token.kind {
            Kind::Number | Kind::Numeral => true,
            Kind::Word => {
                self.has_any(at, BEGINNINGS)
                    || self.has_any(at, NUMBERS) && !self.is_lone_number(at)
                    || self.has(at, Class::WeekdayAbbr)
                        && (token.capital || self.mark(at + 1) == '.')
                    || token.dense
                    || token.digits > 0
                    // a Roman numeral in capitals, or a small one that may be a month
                    || token.value > 0 && (token.capital || token.value <= 12)
            }
            Kind::Punct => matches!(token.mark, '[' | '(' | '\'' | '.'),
            Kind::Break => self.unknown_month(at).is_some(),
        }
    }

    /// "ein" of "ein Brief": a number in words before a word that no date has. From a thousand on
    /// it may be a year.
    fn is_lone_number(&self, at: usize) -> bool {
        let value = self.is(at, Class::Num).or_else(|| self.is(at, Class::Ord));
        self.kind(at + 1) == Some(Kind::Break)
            && value.is_some_and(|value| value < 1000)
            && self.unknown_month(at + 1).is_none()
    }

    /// The longest point that begins here, where it ends, and the rule that read it.
    pub(super) fn point(&self, at: usize) -> Option<(Parts, usize, &'static str)> {
        if !self.may_begin_point(at) {
            return None;
        }
        let readers: [(Read<Self>, &'static str); 7] = [
            (Self::nth_weekday, "nth-weekday"),
            (Self::units, "units"),
            (Self::numeric, "numeric"),
            (Self::roman_day, "roman"),
            (Self::feast, "feast"),
            (Self::textual, "textual"),
            (Self::period, "period"),
        ];
        let mut best: Option<(Parts, usize, &'static str)> = None;
        for (read, rule) in readers {
            if let Some((parts, end)) = read(self, at)
                && best.is_none_or(|(_, longest, _)| end > longest)
            {
                best = Some((parts, end, rule));
            }
        }
        let (mut parts, mut end, rule) = best?;
        end = self.trimmings(&mut parts, end);
        Some((parts, end, rule))
    }

    /// Weekday, style, parallel era and hour after a point.
    fn trimmings(&self, parts: &mut Parts, mut end: usize) -> usize {
        for _ in 0..5 {
            let next = self.gap(end);
            if self.stops(next) {
                break;
            }
            let open = self.mark(next) == '(';
            let inner = if open { next + 1 } else { next };
            let mut close = None;
            if parts.weekday.is_none()
                && (parts.day.is_some() || parts.feast.is_some())
                && let Some(weekday) = self.weekday(inner, true)
                && (open || self.items[inner].token.lines == 0)
                && !self.date_follows(inner + 1)
            {
                parts.weekday = Some(weekday);
                close = Some(inner + 1);
            }
            if close.is_none()
                && parts.style.is_none()
                && let Some(style) = self.is(inner, Class::Style)
            {
                parts.style = Some(style as u8);
                close = Some(inner + 1);
                if self.mark(inner + 1) == '.' && self.mark(inner + 2) == ')' {
                    close = Some(inner + 2);
                }
            }
            if close.is_none() && parts.parallel.is_none() && parts.year.is_some() {
                if open && let Some((year, end)) = self.parallel_year(next) {
                    parts.parallel = Some(year);
                    return end;
                }
                if let Some((year, _, _, after)) = self.year(inner, After::Nothing)
                    && year.marked
                    && year.relative.is_none()
                    && year.era != Era::Christian
                    && parts.year.is_some_and(|own| own.era != year.era)
                {
                    parts.parallel = Some(year);
                    close = Some(after);
                }
            }
            if close.is_none() && parts.year.is_some_and(|year| year.era == Era::Christian) {
                // A calendar named after the date: "29 Kiahk 1600 (Coptic)".
                if let Some(value) = self.is(inner, Class::Era)
                    && (open || self.items[inner].token.lines == 0)
                    && parts.year.is_some_and(|year| year.number < 3000)
                    && !matches!(parts.month, None | Some(MonthPart::Named(_)))
                {
                    if let Some(year) = &mut parts.year {
                        year.era = era_of(value);
                    }
                    close = Some(inner + 1);
                }
            }
            // "on the 6th of June last"
            let is_past = self.has(next, Class::Last) || self.has(next, Class::LastPast);
            if close.is_none()
                && is_past
                && next == end
                && parts.day.is_some()
                && parts.year.is_none()
                && matches!(parts.month, Some(MonthPart::Named(_)))
                && self.items[next].token.lines == 0
                && self.weekday(next + 1, false).is_none()
            {
                parts.year = Some(YearPart::told(LAST));
                close = Some(next + 1);
            }
            if close.is_none()
                && parts.day.is_some()
                && !open
                && let Some(after) = self.hour(next)
            {
                parts.hour = true;
                close = Some(after);
            }
            let Some(mut after) = close else { break };
            if open {
                after = self.skip(after, ".");
                if self.mark(after) != ')' {
                    break;
                }
                after += 1;
            }
            end = after;
        }
        end
    }

    pub(super) fn date_follows(&self, at: usize) -> bool {
        let next = self.gap(at);
        next < at + 3
            && (matches!(self.kind(next), Some(Kind::Number)) || self.has(next, Class::Month))
            && self.items[next].token.lines == 0
            && self.number(next).is_none_or(|(_, end)| !self.has(end, Class::Clock))
    }

    pub(super) fn weekday(&self, at: usize, decorating: bool) -> Option<u8> {
        if let Some(weekday) = self.is(at, Class::Weekday) {
            return Some(weekday as u8);
        }
        if decorating && let Some(weekday) = self.is(at, Class::WeekdayAbbr) {
            let item = &self.items[at];
            if item.token.dense || item.token.capital || self.mark(at + 1) == '.' {
                return Some(weekday as u8);
            }
        }
        // "4th day of the week", with the number read as a Quaker day.
        if let Some(weekday) = self.is(at, Class::QuakerDay)
            && (self.has(at + 1, Class::QuakerMark) || !self.date_of_month_follows(at + 1))
        {
            return Some(weekday as u8);
        }
        None
    }

    fn date_of_month_follows(&self, at: usize) -> bool {
        let next = self.gap(at);
        // "First day, 2nd mo. 14th 1830" has its day after the month.
        let day_after = |end: usize| {
            let day = self.day(self.gap(end)).filter(|(number, _)| number.digits > 0);
            // "the 2nd day of June, 12 Henry VII" has a year of a reign there
            day.is_some_and(|(_, end)| !self.has(end, Class::Monarch))
        };
        next < at + 4
            && (self.month(next).is_some_and(|(.., end)| !day_after(end))
                || self.has(next, Class::MonthMark)
                || self.has(next, Class::RelMonth))
    }

    /// Past a part of the day or an hour: "evening", "at 11 o'clock", "4 10 a m", "0600Z".
    pub(super) fn hour(&self, at: usize) -> Option<usize> {
        if self.has(at, Class::Part) {
            let mut end = at + 1;
            if self.mark(end) == '.' {
                end += 1;
            }
            return Some(end);
        }
        // "half past four", "½ past 10"
        let lead = at + usize::from(matches!(self.mark(at), '½' | '¼' | '¾'));
        if self.has(lead, Class::ClockLead)
            && self.kind(lead + 1) != Some(Kind::Punct)
            && let Some((number, end)) = self.number(lead + 1)
            && (1..=12).contains(&number.value)
            && !number.ordinal
        {
            return Some(if self.has(end, Class::Clock) { end + 1 } else { end });
        }
        // "½12 Uhr"
        let mut next = if self.mark(at) == '½' && !self.spaced(at + 1) { at + 1 } else { at };
        if self.kind(next) != Some(Kind::Number) || self.items[next].token.digits > 4 {
            return self.number_words_hour(at);
        }
        next += 1;
        let mark = self.mark(next);
        if matches!(mark, ':' | '.' | '/') {
            let skip = 1;
            if self.kind(next + skip) == Some(Kind::Number)
                && self.items[next + skip].token.digits <= 2
            {
                next += skip + 1;
            }
        }
        // "5720 A.M." is a year of the World, not an hour.
        let half_day = self.items[at].token.digits <= 2 && self.is_half_day(next);
        if self.has(next, Class::Clock) {
            return Some(self.minutes(next + 1).unwrap_or(next + 1));
        }
        half_day.then_some(next + 1)
    }

    /// Past the minutes that stand between an hour and its part of the day: "3 Uhr 40 Nachm.".
    fn minutes(&self, at: usize) -> Option<usize> {
        let token = self.items.get(at).map(|item| item.token)?;
        let is_number = token.kind == Kind::Number && token.digits <= 2 && token.value < 60;
        (is_number && self.has(at + 1, Class::Part)).then_some(at + 1)
    }

    fn number_words_hour(&self, at: usize) -> Option<usize> {
        let (number, next) = self.number(at)?;
        (number.words && number.value <= 24 && self.has(next, Class::Clock)).then_some(next + 1)
    }

    /// "a.m." and "p.m.", not "morning": "3 morning visits".
    fn is_half_day(&self, at: usize) -> bool {
        self.has(at, Class::Part) && self.items[at].end - self.items[at].token.end >= 1
    }

    /// Marks of doubt after a point: "?", "(?)".
    pub(super) fn question(&self, at: usize) -> Option<usize> {
        if self.mark(at) == '?' {
            return Some(at + 1);
        }
        (matches!(self.mark(at), '(' | '[')
            && self.mark(at + 1) == '?'
            && matches!(self.mark(at + 2), ')' | ']'))
        .then_some(at + 3)
    }

    /// No doubt yet.
    pub(super) fn no_doubt(parts: &Parts) -> bool {
        parts.whole == Doubt::None && parts.doubt == [Doubt::None; 3]
    }
}

/// The digits of a year that is one of the sixty-year cycle.
pub(crate) const CYCLIC: u8 = 60;
