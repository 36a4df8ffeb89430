//! Dates in numbers and marks: "10.9.1905", "2/VIII 1900", "1994. 12. 15.", "1849 3/22".

use super::grammar::{After, Parser};
use super::languages::ENGLISH;
use super::lexicon::Class;
use super::parts::{MonthPart, Parts, YearPart};
use super::token::{Kind, Token};

/// Two or three figures between marks, of which the second may be a numeral.
struct Figures {
    first: Token,
    /// The marks between the first and the second.
    mark: &'static str,
    second_at: usize,
    second: Token,
    /// The second is a numeral: "12. X."
    roman: bool,
    third: Option<Third>,
}

/// The third figure.
struct Third {
    at: usize,
    token: Token,
    /// The marks between the second and the third.
    mark: &'static str,
}

impl Parser<'_> {
    /// Numbers between marks: "10.9.1905", "2/VIII 1900", "21 VI 1941", "1994. 12. 15.".
    pub(super) fn numeric(&self, at: usize) -> Option<(Parts, usize)> {
        let mut parts = Parts::default();
        let mut first_at = at;
        if let Some(weekday) = self.weekday(at, true) {
            parts.weekday = Some(weekday);
            first_at = self.gap(at + 1);
        }
        if let Some(found) = self.month_and_year(first_at) {
            return Some(found);
        }
        let first = self.items.get(first_at)?.token;
        if first.kind != Kind::Number
            || first.digits > 4
            || (at > 0
                && self.mark(at - 1) == '.'
                && !self.spaced(at)
                && self.kind(at.wrapping_sub(2)) == Some(Kind::Number))
        {
            return None;
        }
        // "1849 3/22", "1865 / 12/22.": a year above or before a day and a month.
        if first.digits == 4
            && (1000..=2100).contains(&first.value)
            && let Some((day, month, swappable, end)) = self.stroke_after_year(first_at + 1)
        {
            parts.year = Some(YearPart { number: first.value, digits: 4, ..YearPart::default() });
            parts.month = Some(MonthPart::Named(month));
            parts.day = Some(day);
            parts.swappable = swappable;
            return Some((parts, end));
        }
        if let Some(found) = self.between_commas(first_at, first, parts) {
            return Some(found);
        }
        let figures = self.figures(first_at, first)?;
        if first.digits == 4 && (1000..=2999).contains(&first.value) {
            return self.year_before(&figures, parts);
        }
        if first.digits > 2 || !(1..=31).contains(&first.value) {
            return None;
        }
        match &figures.third {
            None => self.day_and_month(&figures, parts),
            Some(third) => self.year_behind(&figures, third, parts),
        }
    }

    /// "Madrid, 2, XI, 1940", "2, noviembre, 1940": commas on either side of the month, where a line or
    /// a place before a comma ends right before the day.
    fn between_commas(&self, at: usize, day: Token, mut parts: Parts) -> Option<(Parts, usize)> {
        let month_at = at + 2;
        let begins = at == 0 || day.lines > 0 || self.mark(at - 1) == ',';
        if self.mark(at + 1) != ',' || !begins || !(1..=31).contains(&day.value) {
            return None;
        }
        let month = match self.month(month_at) {
            Some((MonthPart::Named(month), _, end)) if end == month_at + 1 => month,
            _ if self.is_month_numeral(month_at, ",") => {
                u8::try_from(self.items[month_at].token.value).ok().filter(|n| *n <= 12)?
            }
            _ => return None,
        };
        let year = self.items.get(month_at + 2)?.token;
        if self.mark(month_at + 1) != ',' || year.digits != 4 || year.lines > 0 {
            return None;
        }
        let (year, ..) = self.year(month_at + 2, After::Day)?;
        parts.day = u8::try_from(day.value).ok();
        parts.month = Some(MonthPart::Named(month));
        parts.year = Some(year);
        Some((parts, month_at + 3))
    }

    /// The figures that begin with the number at `first_at`, which is `first`.
    fn figures(&self, first_at: usize, first: Token) -> Option<Figures> {
        // "12ten XII. 1847", "22 9ten 1857": ordinals, where the year makes it sure.
        let ordinal = |at: usize| {
            if self.languages & 1 != 0 || !self.has(at + 1, Class::OrdSuffix) {
                return None;
            }
            let (number, end) = self.number(at).filter(|(number, _)| number.digits <= 2)?;
            let glued = number.ordinal && end == at + 2;
            glued.then_some(end)
        };
        let first_end = ordinal(first_at);
        let (second_at, mark) = self.separator(first_end.unwrap_or(first_at + 1))?;
        let second = self.items.get(second_at)?.token;
        // "8r" is October
        let second_end = Some(second_at)
            .filter(|at| second.kind == Kind::Number && !self.has(at + 1, Class::NumberMonth))
            .and_then(ordinal);
        let roman = self.is_month_numeral(second_at, mark);
        if !roman
            && (second.kind != Kind::Number
                || mark.is_empty() && second_end.is_none()
                || second.digits > 2)
        {
            return None;
        }
        let third = self.separator(second_end.unwrap_or(second_at + 1)).and_then(|(at, mark)| {
            let token = self.items.get(at)?.token;
            let apostrophe = self.mark(at.wrapping_sub(1)) == '\'';
            let fits = token.kind == Kind::Number
                && (token.digits >= 2 || first.digits == 4)
                && token.digits <= 4
                && token.lines == 0
                && (!mark.is_empty() || roman || token.digits != 1 || apostrophe);
            fits.then_some(Third { at, token, mark })
        });
        let ordinals = first_end.is_some() || second_end.is_some();
        if ordinals && third.as_ref().is_none_or(|third| third.token.digits != 4) {
            return None;
        }
        Some(Figures { first, mark, second_at, second, roman, third })
    }

    /// Whether the word behind the number of a day is the numeral of its month: "12. X.", "9 vi 33".
    fn is_month_numeral(&self, at: usize, mark: &str) -> bool {
        let Some(item) = self.items.get(at) else { return false };
        let token = &item.token;
        let word = &self.text[token.start as usize..token.end as usize];
        token.kind != Kind::Number
            && token.value > 0
            && item.end == token.end
            // "30. J. 1920" is January, June or July.
            && !word.eq_ignore_ascii_case("j")
            && (token.capital
                || mark.contains('/')
                || mark.contains('.')
                // "9 vi 33"
                || self.items.get(at + 1).is_some_and(|year| {
                    matches!(year.token.digits, 2 | 4) && year.token.lines == 0
                }))
            && token.languages == 0
            && !token.dense
            && word.bytes().all(|b| b.is_ascii_uppercase() == token.capital)
    }

    /// "2006-10-12", "1994. 12. 15.": the year before month and day.
    fn year_before(&self, figures: &Figures, mut parts: Parts) -> Option<(Parts, usize)> {
        let Figures { first, mark, second, roman, third, .. } = figures;
        let third = third.as_ref()?;
        if *roman && *mark != "."
            || !(1..=12).contains(&second.value)
            || !(1..=31).contains(&third.token.value)
            || third.token.digits > 2
            || mark.is_empty()
        {
            return None;
        }
        parts.year = Some(YearPart { number: first.value, digits: 4, ..YearPart::default() });
        parts.month = Some(MonthPart::Named(second.value as u8));
        parts.day = Some(third.token.value as u8);
        let dot = self.mark(third.at + 1) == '.' && *mark == ".";
        Some((parts, third.at + 1 + usize::from(dot)))
    }

    /// "23. 9.", "28/1", "12. X.": a day and a month.
    fn day_and_month(&self, figures: &Figures, mut parts: Parts) -> Option<(Parts, usize)> {
        let Figures { first, mark, second_at, second, roman, .. } = figures;
        if !(1..=12).contains(&second.value)
            || *mark == "-"
            || !roman && *mark == "/" && self.languages == ENGLISH
        {
            return None;
        }
        // "3. 4. br" is a day and a numbered month, left to the words.
        let mut end = second_at + 1;
        if self.mark(end) == '.' {
            end += 1;
        } else if mark.starts_with('.') && !roman {
            return None;
        }
        if matches!(self.mark(end), ',' | '.')
            && self.kind(end + 1) == Some(Kind::Number)
            && !self.spaced(end + 1)
        {
            return None;
        }
        // "24./12. Mai 1850" are two days of a month.
        if self.has(self.gap(end), Class::Month)
            || self.has(end, Class::NumberMonth)
            || self.has(end, Class::OrdSuffix) && !self.spaced(end)
            || matches!(self.mark(end), '/' | '%')
            || *roman && mark.is_empty() && self.mark(second_at + 1) != '.'
        {
            return None;
        }
        parts.month = Some(MonthPart::Named(second.value as u8));
        parts.day = Some(first.value as u8);
        Some((parts, end))
    }

    /// "10.9.1905", "2/VIII 1900": the year behind day and month.
    fn year_behind(
        &self,
        figures: &Figures,
        third: &Third,
        mut parts: Parts,
    ) -> Option<(Parts, usize)> {
        let Figures { first, mark, second, roman, .. } = figures;
        // Two numbers and a year with only spaces between are too thin: "3 10 99"; sections and
        // versions: 1.2.345.
        if !roman
            && (third.mark.is_empty() && third.token.digits < 2
                || third.token.digits == 3 && third.token.value < 800)
        {
            return None;
        }
        let (mut year, doubt, parallel, end) = self.year(third.at, After::Day)?;
        year.marked = true;
        let (one, two) = (first.value, second.value);
        let slashed = *mark != "." || third.mark != ".";
        let american = self.languages == ENGLISH;
        if !roman && (13..=31).contains(&two) && (1..=12).contains(&one) && american {
            parts.month = Some(MonthPart::Named(one as u8));
            parts.day = Some(two as u8);
        } else if (1..=12).contains(&two) {
            parts.month = Some(MonthPart::Named(two as u8));
            parts.day = Some(one as u8);
            parts.swappable = american && !roman && slashed && one <= 12 && one != two;
        } else {
            return None;
        }
        parts.year = Some(year);
        parts.doubt[0] = doubt;
        parts.parallel = parallel;
        Some((parts, end))
    }

    /// "XII. 1850", "12/1850", "05.1950": a month by number and a year, where nothing else stands.
    fn month_and_year(&self, at: usize) -> Option<(Parts, usize)> {
        let (month, year) = (self.items.get(at)?.token, self.items.get(at + 2)?.token);
        let roman = month.kind != Kind::Number && month.capital && month.digits == 0;
        let mark = self.mark(at + 1);
        let joins = mark == '/' || mark == '.' && (roman || !year.spaced && month.digits == 2);
        let fits = (1..=12).contains(&month.value)
            && month.digits <= 2
            && !month.ordinal
            && year.digits == 4
            && (1000..=2100).contains(&year.value);
        if !joins || !fits || !self.whole(at, at + 3) {
            return None;
        }
        let parts = Parts {
            month: Some(MonthPart::Named(month.value as u8)),
            year: Some(YearPart { number: year.value, digits: 4, ..YearPart::default() }),
            ..Parts::default()
        };
        Some((parts, at + 3))
    }

    /// Day and month of "3/22" and "22/3" right after a year; whether they may be exchanged.
    fn stroke_after_year(&self, at: usize) -> Option<(u8, u8, bool, usize)> {
        let small = |at: usize| {
            self.items
                .get(at)
                .filter(|item| item.token.kind == Kind::Number && item.token.digits <= 2)
                .and_then(|item| u8::try_from(item.token.value).ok())
        };
        let (one, two) = (small(at)?, small(at + 2)?);
        if !self.spaced(at) || self.mark(at + 1) != '/' || self.mark(at + 3) == '/' {
            return None;
        }
        match (one, two) {
            (1..=12, 13..=31) => Some((two, one, false, at + 3)),
            (13..=31, 1..=12) => Some((one, two, false, at + 3)),
            (1..=12, 1..=12) => Some((one, two, one != two, at + 3)),
            _ => None,
        }
    }

    /// Past the marks between two numbers of a date; gives them.
    fn separator(&self, at: usize) -> Option<(usize, &'static str)> {
        let mut next = at;
        let mut seen = "";
        for _ in 0..3 {
            match self.mark(next) {
                '.' if seen.is_empty() => seen = ".",
                '/' if seen.is_empty() => seen = "/",
                '/' if seen == "." => seen = "./",
                '-' if seen.is_empty() => seen = "-",
                '\'' => {}
                _ => break,
            }
            next += 1;
        }
        if self.items.get(next).is_none_or(|item| item.token.lines > 0) {
            return None;
        }
        if next == at && !self.spaced(next) && self.kind(next) == Some(Kind::Number) {
            return None;
        }
        Some((next, seen))
    }
}
