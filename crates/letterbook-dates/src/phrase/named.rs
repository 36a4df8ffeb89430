//! Points with names of their own: feasts, days of the Roman calendar, years of a reign, seasons,
//! centuries and decades.

use super::fold::is_hebrew;
use super::grammar::{After, Parser};
use super::languages::{ROMANCE, THAI};
use super::lexicon::Class;
use super::parts::{FeastPart, MonthPart, Parts, RomanPart, YearPart};
use super::relative::{LAST, NEXT};
use super::token::Kind;

impl Parser<'_> {
    /// "12 Hen. VIII", "in the third year of the reign of King George the Third".
    pub(super) fn regnal(&self, at: usize, parts: &Parts) -> Option<(u16, i32, usize)> {
        let mut next = at;
        if self.has(next, Class::YearMark) {
            next += 1;
        }
        if self.has(next, Class::RegnalYear) {
            return self.regnal_of(next);
        }
        let (year, mut next) = match self.number(next) {
            Some((number, after)) if (1..=70).contains(&number.value) => (number.value, after),
            _ => return None,
        };
        let mut marked = self.has(at, Class::YearMark);
        for _ in 0..5 {
            if self.has(next, Class::RegnalYear)
                || self.has(next, Class::RegnalOf)
                || self.has(next, Class::YearMark)
            {
                marked = true;
                next += 1;
            } else if self.has(next, Class::Glue) {
                next += 1;
            } else {
                break;
            }
        }
        let monarch = self.is(next, Class::Monarch)?;
        // "3 Mar. 1669/70" is a day of March, not of Mary
        if self.has(next, Class::Month) && self.year(self.gap(next + 1), After::Day).is_some() {
            return None;
        }
        let item = &self.items[next];
        // "3 Mary" needs a sign that a year is meant; "3 Geo. III" does not.
        let numbered = item.end != item.token.end;
        if !marked
            && !numbered
            && parts.day.is_none()
            && self.mark(next + 1) != '.'
            && !self.whole(at, next + 1)
        {
            return None;
        }
        Some((monarch as u16, year, next + 1))
    }

    /// "anno regni regis Georgii tertii quinto": the monarch before the year.
    fn regnal_of(&self, at: usize) -> Option<(u16, i32, usize)> {
        let is_word = |at: usize| {
            self.has(at, Class::RegnalYear)
                || self.has(at, Class::RegnalOf)
                || self.has(at, Class::Glue)
        };
        let next = (at..at + 4).find(|at| !is_word(*at))?;
        let monarch = self.is(next, Class::Monarch)?;
        let (number, end) = self.number(self.gap(next + 1))?;
        let counts = number.ordinal || number.roman;
        (counts && (1..=70).contains(&number.value)).then_some((monarch as u16, number.value, end))
    }

    /// "a.d. VI Id. Mart.", "prid. Kal. Oct.", "Idibus Martiis", "1848 március idusán".
    pub(super) fn roman_day(&self, at: usize) -> Option<(Parts, usize)> {
        let mut parts = Parts::default();
        let mut next = at;
        if let Some(month) = self.is(next, Class::Month) {
            // Month first: "március idusán".
            let event = self.is(next + 1, Class::Ides)?;
            parts.month = Some(MonthPart::Named(month as u8));
            parts.roman = Some(RomanPart { event: event as u8, count: 1 });
            return Some((parts, next + 2));
        }
        if let Some((year, _, _, end)) = self.year(next, After::Nothing)
            && self.has(self.gap(end) + 1, Class::Ides)
        {
            let month = self.is(self.gap(end), Class::Month)?;
            parts.year = Some(year);
            parts.month = Some(MonthPart::Named(month as u8));
            parts.roman = Some(RomanPart { event: 3, count: 1 });
            return Some((parts, self.gap(end) + 2));
        }
        // "anno salutis 1650, tertio Idus Decembris"
        if self.has(at, Class::YearMark)
            && let Some((year, doubt, _, end)) = self.year(at, After::Nothing)
            && !self.has(self.gap(end), Class::YearMark)
            && let Some((mut parts, end)) = self.roman_day(self.gap(end))
            && parts.year.is_none()
        {
            parts.year = Some(year);
            parts.doubt[0] = doubt;
            return Some((parts, end));
        }
        let mut count = 1;
        if self.has(next, Class::Postridie) {
            count = 0;
            next = self.skip(next + 1, ".");
        } else if self.has(next, Class::AnteDiem) {
            next = self.skip(next + 1, ".");
        }
        if count == 0 {
        } else if self.has(next, Class::Pridie) {
            count = 2;
            next = self.skip(next + 1, ".");
        } else if let Some((number, after)) = self.number(next) {
            if !(2..=19).contains(&number.value) {
                return None;
            }
            count = number.value as u8;
            next = self.skip(after, ".");
        }
        let event = self.is(next, Class::RomanDay)? as u8;
        next = self.gap(next + 1);
        let (month, _, after) = self.month(next)?;
        // "San Francisco, Cal., March 17, 1882" has its day after the month.
        if let Some((day, _)) = self.number(self.gap(after))
            && !day.roman
            && !day.words
            && matches!(day.digits, 1 | 2)
            && day.value <= 31
        {
            return None;
        }
        parts.month = Some(month);
        parts.roman = Some(RomanPart { event, count });
        let mut end = after;
        if let Some((year, doubt, _, after)) = self.year(self.gap(end), After::Day) {
            parts.year = Some(year);
            parts.doubt[0] = doubt;
            end = after;
        }
        Some((parts, end))
    }

    /// "the eve of St. John 1555", "feria sexta post festum Pasche 1400", "Pâques 1871".
    pub(super) fn feast(&self, at: usize) -> Option<(Parts, usize)> {
        let mut parts = Parts::default();
        let mut next = at;
        let mut shift = 0;
        // "Sonntag Laetare 1533": the weekday of the feast itself.
        if let Some(weekday) = self.weekday(at, false) {
            let after = self.gap(at + 1);
            if (self.has(after, Class::Feast) || self.has(after, Class::FeastLead))
                && let Some((mut parts, end)) = self.feast(after)
            {
                parts.weekday = Some(weekday);
                return Some((parts, end));
            }
        }
        // "the second Sunday after Easter", "2. Sonntag nach Trinitatis"
        let may_count = self.kind(next) == Some(Kind::Number) || self.has(next, Class::Ord);
        let counted = if may_count { self.number(next) } else { None };
        let (nth, first) = match counted {
            Some((number, end))
                if (1..=27).contains(&number.value)
                    && number.digits <= 2
                    && (number.ordinal || self.mark(end) == '.')
                    && self.weekday(self.skip(end, "."), false).is_some() =>
            {
                (number.value, self.skip(end, "."))
            }
            _ => (1, next),
        };
        if let Some((day, mut after)) = self.feria(first) {
            parts.feast = None;
            let mut sign = 0;
            for _ in 0..4 {
                if self.has(after, Class::After) {
                    sign = 1;
                } else if self.has(after, Class::Before) {
                    sign = -1;
                } else if !self.has(after, Class::Glue) && !self.has(after, Class::FeastLead) {
                    break;
                }
                after += 1;
            }
            if sign != 0
                && let Some(name) = self.is(after, Class::Feast)
            {
                let then = if sign > 0 { day } else { day + 10 };
                let shift = sign * 7 * (nth - 1);
                parts.feast = Some(FeastPart { name: name as u16, shift, then: Some(then) });
                return Some(self.feast_year(parts, after + 1));
            }
        }
        let mut lead = false;
        for step in 0..5 {
            if self.stops(next) && step > 0 {
                return None;
            }
            if let Some(days) = self.is(next, Class::Vigil)
                && (!self.has(next, Class::Feast) || self.has(self.gap(next + 1), Class::Feast))
            {
                shift = days;
                lead = true;
                next += 1;
                continue;
            } else {
                lead |= self.has(next, Class::FeastLead);
                let passed = step > 0 && (self.has(next, Class::Glue) || self.mark(next) == '.')
                    || self.has(next, Class::FeastLead)
                    || self.has(next, Class::Glue) && self.has(next + 1, Class::Feast);
                if !passed {
                    break;
                }
            }
            if self.has(next, Class::Feast) {
                break;
            }
            next += 1;
        }
        let name = self
            .is(next, Class::Feast)
            // a saint's name is a feast where "vigil of" or "feast of" says so
            .or_else(|| self.is(next, Class::Saint).filter(|_| lead))
            .or_else(|| {
                self.is(next, Class::Saint).filter(|_| self.past_saints_day(next + 1).is_some())
            })
            .or_else(|| self.is(next, Class::Saint).filter(|_| self.is_saint_of_year(at, next)))?;
        if self.items[next].token.lines > 1 && next > at {
            return None;
        }
        parts.feast = Some(FeastPart { name: name as u16, shift, then: None });
        let mut end = next + 1;
        if let Some(after) = self.past_saints_day(end).filter(|_| self.has(next, Class::Saint)) {
            end = after;
        }
        // "sancti Martini episcopi", "St. Bartholomew's day".
        if self.has(end, Class::DayMark) || self.has(end, Class::FeastLead) {
            end += 1;
        }
        Some(self.feast_year(parts, end))
    }

    /// Whether a saint's name is a day by its year: "San Juan de 1850", or "San Martino 1740" and
    /// nothing else. Bare, it is mostly a town, a street or a church.
    fn is_saint_of_year(&self, at: usize, saint: usize) -> bool {
        let (parts, end) = self.feast_year(Parts::default(), saint + 1);
        let is_year = parts.year.is_some_and(|year| year.relative.is_none());
        is_year && (self.has(saint + 1, Class::Of) || self.whole(at, end))
    }

    /// Past "’s day" after a saint's name.
    fn past_saints_day(&self, at: usize) -> Option<usize> {
        let at = self.skip(at, "'");
        let at = if self.has(at, Class::OrdSuffix) { at + 1 } else { at };
        self.has(at, Class::DayMark).then_some(at + 1)
    }

    fn feria(&self, at: usize) -> Option<(u8, usize)> {
        if self.has(at, Class::FeriaOf) {
            let (number, end) = self.number(at + 1)?;
            return matches!(number.value, 2..=6).then_some((number.value as u8 - 1, end));
        }
        let weekday = self.weekday(at, false)?;
        Some((weekday, at + 1))
    }

    fn feast_year(&self, mut parts: Parts, end: usize) -> (Parts, usize) {
        // "Christmas next", "à Noël dernier"
        for (class, relative) in [(Class::Last, LAST), (Class::Next, NEXT)] {
            if self.has(end, class) && self.items[end].token.lines == 0 {
                parts.year = Some(YearPart::told(relative));
                return (parts, end + 1);
            }
        }
        let mut gap = self.gap(end);
        if self.has(gap, Class::DayMark) {
            gap = self.gap(gap + 1);
        }
        let after = if self.is_hebrew_numeral(gap) { After::OtherDay } else { After::Month };
        if let Some((year, doubt, parallel, after)) = self.year(gap, after)
            && (gap <= end + 3)
            && (year.digits != 2 || self.is_year_like(gap))
        {
            parts.year = Some(year);
            parts.parallel = parallel;
            parts.doubt[0] = doubt;
            return (parts, after);
        }
        (parts, end)
    }

    /// A numeral in Hebrew letters.
    pub(super) fn is_hebrew_numeral(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            item.token.kind == Kind::Numeral
                && item.token.languages == 0
                && self.text[item.token.start as usize..].starts_with(is_hebrew)
        })
    }

    /// Seasons, centuries and decades.
    pub(super) fn period(&self, at: usize) -> Option<(Parts, usize)> {
        let mut parts = Parts::default();
        let next = self.period_start(at);
        if let Some(season) = self.is(next, Class::Season) {
            parts.season = Some(season as u8);
            let gap = self.gap(next + 1);
            let (year, doubt, parallel, end) = self.year(gap, After::Month)?;
            if year.digits == 2 && !self.is_year_like(gap) {
                return None;
            }
            parts.year = Some(year);
            parts.doubt[0] = doubt;
            parts.parallel = parallel;
            // "Winter 1850–51" is one winter
            let runs_on = matches!(self.mark(end), '-' | '/')
                && self.items.get(end + 1).is_some_and(|item| {
                    let next = year.number + 1;
                    let token = item.token;
                    token.digits == 2 && token.value == next % 100
                        || token.digits == 4 && token.value == next
                });
            return Some((parts, if season == 24 && runs_on { end + 2 } else { end }));
        }
        if let Some(hundreds) = self.is(next, Class::CenturyName) {
            let item = &self.items[next];
            if item.token.capital {
                parts.century = Some(hundreds);
                return Some((parts, next + 1));
            }
            return None;
        }
        // "die fünfziger Jahre des 19. Jahrhunderts", "les années cinquante du XIXe siècle"
        if let Some(found) = self.decade_of_century(next) {
            return Some(found);
        }
        // "les années 1840", "de jaren dertig", "the 1840s", "the eighteen-forties".
        if self.has(next, Class::DecadeOf) {
            let number_at = self.gap(next + 1);
            let (number, end) = self.number(number_at)?;
            if number.digits == 4 && number.value % 10 == 0 && (1000..2100).contains(&number.value)
            {
                parts.decade = Some(number.value);
                return Some((parts, end));
            }
            return None;
        }
        // "il secolo XIX", "thế kỷ 19", "القرن التاسع عشر".
        if self.has(next, Class::Century) && (!self.dense(next) || self.languages == THAI) {
            let gap = self.skip(self.gap(next + 1), "-");
            let (number, end) = self.number(gap)?;
            // "PARI S, 3 Avril" is no century.
            let letter = self.items[next].end - self.items[next].token.start == 1;
            if letter && !number.roman {
                return None;
            }
            if (1..=21).contains(&number.value) && number.digits <= 2 {
                parts.century = Some(number.value - 1);
                return Some((parts, end));
            }
            return None;
        }
        let (number, end) = self.number(next)?;
        if number.digits == 4 && number.value % 10 == 0 && (1000..2100).contains(&number.value) {
            // "1800-talet" is a century, "1840-talet" a decade.
            let suffix = if self.mark(end) == '-' && !self.spaced(end + 1) { end + 1 } else { end };
            if self.is_number_of_years(suffix) {
                if number.value % 100 == 0 {
                    parts.century = Some(number.value / 100);
                } else {
                    parts.decade = Some(number.value);
                }
                return Some((parts, suffix + 1));
            }
            let apostrophe = self.mark(end) == '\'' && !self.spaced(end) && !self.spaced(end + 1);
            let suffix = end + usize::from(apostrophe);
            if number.ordinal || self.has(suffix, Class::DecadeOf) || self.is_decade_suffix(suffix)
            {
                parts.decade = Some(number.value);
                let end = if number.ordinal { end } else { suffix + 1 };
                return Some((
                    parts,
                    if self.has(self.gap(end), Class::DecadeOf) { self.gap(end) + 1 } else { end },
                ));
            }
        }
        let tens_at = if self.mark(end) == '-' { end + 1 } else { end };
        if number.words
            && (10..=20).contains(&number.value)
            && let Some(tens) = self.is(tens_at, Class::Decade)
        {
            parts.decade = Some(number.value * 100 + tens);
            return Some((parts, tens_at + 1));
        }
        let counted = number.ordinal || number.roman || number.digits > 0 || self.dense(next);
        if (1..=21).contains(&number.value) && counted {
            let after = self.skip(end, ".");
            // Russian and Polish write "XIX в.", "XIX w.", but Spanish "V. S." is whom one addresses
            let address = self.languages & ROMANCE == self.languages
                && self.items.get(after).is_some_and(|s| s.end - s.token.start == 1);
            if self.has(after, Class::Century)
                && !address
                && (after > end || number.ordinal || number.roman || self.dense(after))
            {
                parts.century = Some(number.value - 1);
                return Some((parts, self.skip(after + 1, ".")));
            }
        }
        None
    }

    fn decade_of_century(&self, at: usize) -> Option<(Parts, usize)> {
        let (tens, end) = if let Some(tens) = self.is(at, Class::Decade) {
            (tens, at + 1)
        } else if self.has(at, Class::DecadeOf) {
            let (number, end) = self.number(self.gap(at + 1))?;
            (number.words.then_some(number.value)?, end)
        } else {
            return None;
        };
        let is_year = self.is(end, Class::Unit) == Some(1002) || self.has(end, Class::DecadeOf);
        let next = self.gap(end + usize::from(is_year));
        // no decade of a decade: the parse stays shallow
        let nested = self.has(next, Class::Decade) || self.has(next, Class::DecadeOf);
        if !(10..=90).contains(&tens) || tens % 10 != 0 || next <= end || nested {
            return None;
        }
        let (mut parts, end) = self.period(next)?;
        parts.decade = Some(parts.century.take()? * 100 + tens);
        Some((parts, end))
    }

    fn period_start(&self, at: usize) -> usize {
        if self.has(at, Class::Glue)
            && !self.has(at, Class::Season)
            && !self.has(at, Class::DecadeOf)
        {
            at + 1
        } else {
            at
        }
    }

    fn is_decade_suffix(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            !item.token.spaced
                && matches!(
                    &self.text[item.token.start as usize..item.end as usize],
                    "s" | "er" | "ern" | "e" | "erne" | "es"
                )
        })
    }

    fn is_number_of_years(&self, at: usize) -> bool {
        !self.spaced(at) && self.has(at, Class::YearsEnding)
    }
}
