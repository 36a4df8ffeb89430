//! Dates in numbers and marks: "10.9.1905", "2/VIII 1900", "1994. 12. 15.", "1849 3/22".

use super::grammar::{After, Parser};
use super::lexicon::Class;
use super::parts::{MonthPart, Parts, YearPart};
use super::token::Kind;

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
        let first = self.items.get(first_at)?;
        if first.token.kind != Kind::Number
            || first.token.digits > 4
            || (at > 0
                && self.mark(at - 1) == '.'
                && !self.spaced(at)
                && self.kind(at.wrapping_sub(2)) == Some(Kind::Number))
        {
            return None;
        }
        // "1849 3/22", "1865 / 12/22.": a year above or before a day and a month.
        if first.token.digits == 4
            && (1000..=2100).contains(&first.token.value)
            && let Some((day, month, swappable, end)) = self.stroke_after_year(first_at + 1)
        {
            parts.year =
                Some(YearPart { number: first.token.value, digits: 4, ..YearPart::default() });
            parts.month = Some(MonthPart::Named(month));
            parts.day = Some(day);
            parts.swappable = swappable;
            return Some((parts, end));
        }
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
        // "2006-10-12": a year first.
        let (second_at, separator) = self.separator(first_end.unwrap_or(first_at + 1))?;
        let second = self.items.get(second_at)?;
        // "8r" is October
        let second_end = Some(second_at)
            .filter(|at| second.token.kind == Kind::Number && !self.has(at + 1, Class::NumberMonth))
            .and_then(ordinal);
        let word = &self.text[second.token.start as usize..second.token.end as usize];
        let roman = second.token.kind != Kind::Number
            && second.token.value > 0
            && second.end == second.token.end
            // "30. J. 1920" is January, June or July.
            && !word.eq_ignore_ascii_case("j")
            && (second.token.capital
                || separator.contains('/')
                || separator.contains('.')
                // "9 vi 33"
                || self.items.get(second_at + 1).is_some_and(|year| {
                    matches!(year.token.digits, 2 | 4) && year.token.lines == 0
                }))
            && second.token.languages == 0
            && !second.token.dense
            && word.bytes().all(|b| b.is_ascii_uppercase() == second.token.capital);
        if !roman
            && (second.token.kind != Kind::Number
                || separator.is_empty() && second_end.is_none()
                || second.token.digits > 2)
        {
            return None;
        }
        let (one, two) = (first.token.value, second.token.value);
        let after_second = second_end.unwrap_or(second_at + 1);
        let third = self.separator(after_second).and_then(|(third_at, mark)| {
            let item = self.items.get(third_at)?;
            let apostrophe = self.mark(third_at.wrapping_sub(1)) == '\'';
            let fits = item.token.kind == Kind::Number
                && (item.token.digits >= 2 || first.token.digits == 4)
                && item.token.digits <= 4
                && item.token.lines == 0
                && (!mark.is_empty() || roman || item.token.digits != 1 || apostrophe);
            fits.then_some((third_at, mark, item.token))
        });
        let ordinals = first_end.is_some() || second_end.is_some();
        if ordinals && third.is_none_or(|(_, _, token)| token.digits != 4) {
            return None;
        }
        if first.token.digits == 4 && (1000..=2999).contains(&one) {
            let (third_at, _, third) = third?;
            if roman && separator != "."
                || !(1..=12).contains(&two)
                || !(1..=31).contains(&third.value)
                || third.digits > 2
                || separator.is_empty()
            {
                return None;
            }
            parts.year = Some(YearPart { number: one, digits: 4, ..YearPart::default() });
            parts.month = Some(MonthPart::Named(two as u8));
            parts.day = Some(third.value as u8);
            let end = if self.mark(third_at + 1) == '.' && separator == "." {
                third_at + 2
            } else {
                third_at + 1
            };
            return Some((parts, end));
        }
        if first.token.digits > 2 || !(1..=31).contains(&one) {
            return None;
        }
        let Some((third_at, second_separator, third)) = third else {
            // "23. 9.", "28/1", "12. X.": a day and a month.
            if !(1..=12).contains(&two) || separator == "-" {
                return None;
            }
            if !roman
                && separator == "/"
                && self.languages & 1 != 0
                && self.languages.count_ones() == 1
            {
                return None;
            }
            // "3. 4. br" is a day and a numbered month, left to the words.
            let mut end = second_at + 1;
            if self.mark(end) == '.' {
                end += 1;
            } else if separator.starts_with('.') && !roman {
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
                || self.mark(end) == '/'
                || self.mark(end) == '%'
            {
                return None;
            }
            if roman && separator.is_empty() && self.mark(second_at + 1) != '.' {
                return None;
            }
            parts.month = Some(MonthPart::Named(two as u8));
            parts.day = Some(one as u8);
            return Some((parts, end));
        };
        // Two numbers and a year with only spaces between are too thin: "3 10 99".
        if !roman && second_separator.is_empty() && third.digits < 2 {
            return None;
        }
        // Sections and versions: 1.2.345.
        if !roman && third.digits == 3 && third.value < 800 {
            return None;
        }
        let apostrophe_before = self.mark(third_at.wrapping_sub(1)) == '\'';
        let _ = apostrophe_before;
        let (mut year, doubt, parallel, year_end) = self.year(third_at, After::Day)?;
        year.marked = true;
        let slashed = separator != "." || second_separator != ".";
        let american = self.languages == 1;
        if !roman && two > 12 && (1..=12).contains(&one) && two <= 31 && american {
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
        Some((parts, year_end))
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
