//! Years: "1850", "1648/9", "18[45]", "’64", "anno 1593", "year VIII", "Juche 95 (2006)".

use super::grammar::{After, Item, Number, Parser};
use super::languages::{DAY_FIRST, ENGLISH, LATIN, POSTPOSING, THAI};
use super::lexicon::{Class, Era, era_of};
use super::parts::{MonthPart, Parts, YearPart};
use super::relative::SAME;
use super::token::Kind;
use crate::value::Doubt;

/// What is read of a year so far.
struct YearSoFar {
    year: YearPart,
    era: Option<Era>,
    doubt: Doubt,
    /// A bracket was opened before it.
    bracket: bool,
    /// The item to go on with.
    end: usize,
}

impl Parser<'_> {
    /// A year: "1850", "1648/9", "18[45]", "’64", "anno 1593", "year VIII", "Juche 95 (2006)".
    ///
    /// `after` says what stands before it: nothing (only marked years and four digits count), a
    /// month, or day and month.
    pub(super) fn year(
        &self,
        at: usize,
        after: After,
    ) -> Option<(YearPart, Doubt, Option<YearPart>, usize)> {
        if self.stops(at) {
            return None;
        }
        let mut read = self.before_year(at, after)?;
        // "the same year" says little without its day or month
        let says = |years: &i32| *years != SAME || after != After::Nothing;
        if let Some(relative) = self.is(at, Class::RelYear).filter(says) {
            let year = YearPart { relative: Some(relative), marked: true, ..read.year };
            return Some((year, Doubt::None, None, at + 1));
        }
        if self.mark(read.end) == '?' && read.bracket {
            read.doubt = Doubt::Uncertain;
            read.end += 1;
        }
        let first = read.end;
        if let Some((number, end)) = self.bracketed_digits(first, read.bracket) {
            let year = YearPart { number, digits: 4, ..read.year };
            return Some((year, read.doubt, None, end));
        }
        let number = self.number_of_year(after, &mut read)?;
        if matches!(after, After::Day | After::Month)
            && !read.year.marked
            && !read.bracket
            && let Some((whole, end)) = self.year_in_pieces(first)
        {
            read.year.number = whole;
            read.year.digits = 4;
            read.end = end;
        }
        let dense =
            self.dense(first) || (self.dense(read.end) && self.has(read.end, Class::YearMark));
        self.last_digits(&number, &mut read);
        if after == After::Day {
            self.second_in_fraction(&number, &mut read);
        }
        if !self.can_be_year(&number, first, after, &read) || self.is_hour_or_form(&number, &read) {
            return None;
        }
        self.second_of_full_year(&mut read);
        if after == After::Day {
            self.second_of_short_year(&number, &mut read);
        }
        if read.bracket {
            self.close_of_year(&mut read)?;
        }
        let parallel = self.after_year(dense, &mut read);
        if let Some(era) = read.era {
            read.year.era = era;
        } else if number.digits == 0 && !number.words && self.is_hebrew_numeral(first) {
            read.year.era = Era::Hebrew;
        }
        Some((read.year, read.doubt, parallel, read.end))
    }

    /// What may stand before the number: a bracket, an apostrophe, "anno", "A.D.", an era.
    fn before_year(&self, at: usize, after: After) -> Option<YearSoFar> {
        const MOST: usize = 5;
        let mut read = YearSoFar {
            year: YearPart::default(),
            era: None,
            doubt: Doubt::None,
            bracket: false,
            end: at,
        };
        for _ in 0..MOST {
            let next = read.end;
            if matches!(self.mark(next), '[' | '(') && !read.bracket {
                read.bracket = true;
            } else if self.mark(next) == '\'' && (after != After::Nothing || !self.spaced(next + 1))
                || self.mark(next) == '.' && next > at
            {
                // An apostrophe or the dot of an abbreviation: nothing to note.
            } else if let Some(value) = self.is(next, Class::Era) {
                // "London E. C. 14th May": a district, not an era.
                if self.is_month_of_day(next + 1) {
                    return None;
                }
                read.era = Some(era_of(value));
                read.year.marked = true;
            } else if self.has(next, Class::YearMark) && !self.dense(next) {
                read.year.marked = true;
            } else if !(read.year.marked && next > at && self.has(next, Class::Glue)) {
                break;
            }
            read.end += 1;
        }
        Some(read)
    }

    /// The number itself, in figures, numerals or words; none where it is a day.
    fn number_of_year(&self, after: After, read: &mut YearSoFar) -> Option<Number> {
        let at = read.end;
        let (number, end) = if self.has(at, Class::FirstYear) && self.dense(at) {
            (Number { value: 1, digits: 1, ..Number::default() }, at + 1)
        } else if self.kind(at) == Some(Kind::Number) {
            // The number alone: "1850 d. C." has no ordinal suffix.
            let token = self.items[at].token;
            let number = Number {
                value: token.value,
                digits: token.digits,
                apostrophe: at > 0 && self.mark(at - 1) == '\'',
                ..Number::default()
            };
            let suffixed = self.ordinal_suffix(at + 1, &number).filter(|_| number.digits <= 2);
            // "2nd mo. 14th 1830": an ordinal is a day, unless a word says that it is a year, as behind
            // a Republican day: "19 ventôse, 2e année".
            let is_year = read.year.marked
                || after == After::OtherDay
                    && suffixed.is_some_and(|end| self.has(end, Class::YearMark));
            if suffixed.is_some() && !is_year {
                return None;
            }
            (number, suffixed.unwrap_or(at + 1))
        } else {
            self.number(at)?
        };
        // "fi 3 Şaban sene 1255", "fi 10 Temmuz": a mark of years before the number of a day.
        if read.year.marked
            && read.era.is_none()
            && matches!(number.digits, 1 | 2)
            && (self.has(end, Class::Cal) || self.has(end, Class::Month))
        {
            return None;
        }
        read.year.number = number.value;
        read.year.digits = number.digits;
        read.end = end;
        Some(number)
    }

    /// "18[45]", "184-", "18--", "18..": the last digits, supplied by an editor or left open.
    fn last_digits(&self, number: &Number, read: &mut YearSoFar) {
        if !matches!(number.digits, 2 | 3) {
            return;
        }
        let end = read.end;
        if self.mark(end) == '[' && !self.spaced(end) && self.kind(end + 1) == Some(Kind::Number) {
            let rest = self.items[end + 1].token;
            if rest.digits + number.digits != 4 {
                return;
            }
            read.year.number = number.value * 10i32.pow(u32::from(rest.digits)) + rest.value;
            read.year.digits = 4;
            read.end += 2;
            if self.mark(read.end) == '?' {
                read.doubt = Doubt::Uncertain;
                read.end += 1;
            }
            if self.mark(read.end) == ']' {
                read.end += 1;
            }
        } else if let Some((count, after_dashes)) = self.unknown_digits(end, 4 - number.digits)
            // "April 7/64—" has no year of the sixties of centuries.
            && (number.digits == 3 && number.value >= 100 || (10..=20).contains(&number.value))
        {
            read.year.number = number.value * 10i32.pow(u32::from(count));
            read.year.digits = 4;
            read.year.unknown = count;
            read.end = after_dashes;
        }
    }

    /// Whether a number as it is written may be a year after what stands before it.
    fn can_be_year(&self, number: &Number, first: usize, after: After, read: &YearSoFar) -> bool {
        let year = &read.year;
        // "pontificatus nostri anno tertio" is no year of Christ
        let of_reign = self.languages == LATIN && number.words && year.number < 1000;
        if of_reign && read.era.is_none() {
            return false;
        }
        let plain = year.digits == 4 && (1000..=2100).contains(&year.number);
        let spelled = (number.words || number.roman)
            && (1000..=2999).contains(&year.number)
            && (year.marked || after != After::Nothing || number.words)
            // "le 15 avril à M. Roux"
            && (year.marked || !number.roman || year.number > 1000);
        let marked = year.marked
            && (1..=9999).contains(&year.number)
            && (read.era.is_some() || after != After::Nothing || year.number <= 2100);
        plain
            || spelled
            || marked
            || match after {
                After::Nothing => false,
                After::Month => self.can_be_year_of_month(number, year),
                After::Day => self.can_be_year_of_day(number, first, read),
                After::OtherDay => (1..=9999).contains(&year.number),
            }
    }

    /// Whether an unmarked number behind a month may be its year, not its day.
    fn can_be_year_of_month(&self, number: &Number, year: &YearPart) -> bool {
        match number.digits {
            2 => number.apostrophe || number.value > 31,
            3 => year.number >= 800,
            4 => {
                (3000..=7600).contains(&year.number)
                    || self.languages == THAI && (2300..=2700).contains(&year.number)
            }
            _ => false,
        }
    }

    /// Whether an unmarked number behind day and month may be their year.
    fn can_be_year_of_day(&self, number: &Number, first: usize, read: &YearSoFar) -> bool {
        match number.digits {
            // "1. July 9/10", and "24. 7ber 9." where nothing else stands
            1 => {
                let is_double = || {
                    self.mark(read.end) == '/'
                        && !self.spaced(read.end)
                        && self.items.get(read.end + 1).is_some_and(|item| {
                            item.token.digits == 2 && item.token.value == number.value + 1
                        })
                };
                let is_all = || {
                    self.languages & !DAY_FIRST == 0 && read.end >= self.idle.1 && self.idle.0 == 0
                };
                !number.ordinal
                    && self.items.get(first).is_some_and(|item| item.token.lines == 0)
                    && (is_double() || is_all())
            }
            2 => !number.words && !number.ordinal && !number.roman,
            3 => !number.words && !number.ordinal && !number.roman && read.year.number >= 800,
            4 => number.value > 0,
            _ => false,
        }
    }

    /// "Mar 17 / 1552 AM" is an hour; "Dec. 1314 191__" has its year in the printed form.
    fn is_hour_or_form(&self, number: &Number, read: &YearSoFar) -> bool {
        let end = read.end;
        !read.year.marked
            && number.digits == 4
            && (self.has(end, Class::Clock)
                || self.has(end, Class::Part) && self.is_short_capitals(end)
                || self.items.get(end).is_some_and(|item| {
                    let token = item.token;
                    matches!(token.digits, 2 | 3)
                        && token.lines == 0
                        && self.unknown_digits(end + 1, 4 - token.digits).is_some()
                }))
    }

    /// The second half of a double year: 1648/9, 1731/32, 1699/1700.
    fn second_of_full_year(&self, read: &mut YearSoFar) {
        let (year, end) = (&mut read.year, read.end);
        if year.digits == 4
            && year.unknown == 0
            && self.mark(end) == '/'
            && !self.spaced(end)
            && !self.spaced(end + 1)
            && let Some(Item { token, .. }) =
                self.items.get(end + 1).filter(|item| item.token.kind == Kind::Number)
        {
            let scale = 10i32.pow(u32::from(token.digits.min(4)));
            let full = year.number - year.number % scale + token.value;
            let full = if full <= year.number { full + scale } else { full };
            if token.digits <= 4 && full == year.number + 1 {
                year.second = Some(full);
                read.end += 2;
            }
        }
    }

    /// "1. July 9/10", "1 October 12/13"
    fn second_of_short_year(&self, number: &Number, read: &mut YearSoFar) {
        let (year, end) = (&mut read.year, read.end);
        if matches!(number.digits, 1 | 2)
            && year.digits == number.digits
            && self.mark(end) == '/'
            && !self.spaced(end)
            && let Some(Item { token, .. }) = self.items.get(end + 1)
            && token.kind == Kind::Number
            && !token.spaced
            && token.digits == 2
            && token.value == (year.number + 1) % 100
            && self.number(end + 2).is_none()
        {
            year.second = Some(year.number + 1);
            year.digits = 2;
            read.end += 2;
        }
    }

    /// The end of an English double year that is joined otherwise than by a dense stroke: "9 Feb.
    /// 1735-6", "9 Feb. 1735 / 6". Only a day from 1 January to 24 March lay in two years, and only
    /// until 1752: elsewhere such a pair is a stretch of years.
    pub(super) fn second_of_old_year(&self, at: usize, parts: &mut Parts) -> Option<usize> {
        let year = parts.year.as_mut().filter(|year| year.second.is_none())?;
        let lay_in_two_years = match (parts.month?, parts.day?) {
            (MonthPart::Named(1 | 2), _) => true,
            (MonthPart::Named(3), day) => day < 25,
            _ => false,
        };
        let (joint, token) = (self.items.get(at)?.token, self.items.get(at + 1)?.token);
        let is_joined = match self.mark(at) {
            '-' => !joint.spaced && !token.spaced,
            '/' => joint.lines == 0 && token.lines == 0,
            _ => false,
        };
        let next = year.number + 1;
        let is_next = token.kind == Kind::Number
            && matches!(token.digits, 1 | 2 | 4)
            && token.value == next % 10i32.pow(u32::from(token.digits));
        // "12 Jan. 1712-13 Feb. 1713", "3 Feb. 1735-6th"
        let goes_on = matches!(self.mark(at + 2), '-' | '/')
            || self.has(self.skip(at + 2, "."), Class::Month)
            || self
                .items
                .get(at + 2)
                .is_some_and(|item| !item.token.spaced && self.mark(at + 2) == '\0');
        let is_old = year.digits == 4 && year.unknown == 0 && year.number < 1752;
        if self.languages != ENGLISH
            || !is_old
            || !lay_in_two_years
            || !is_joined
            || !is_next
            || goes_on
        {
            return None;
        }
        year.second = Some(next);
        Some(at + 2)
    }

    /// "173⅚": a fraction whose figures are the last of both years.
    fn second_in_fraction(&self, number: &Number, read: &mut YearSoFar) {
        let end = read.end;
        let last = match self.mark(end) {
            '½' => 1,
            '⅔' => 2,
            '¾' => 3,
            '⅘' => 4,
            '⅚' => 5,
            '⅞' => 7,
            _ => return,
        };
        if number.digits == 3 && (100..=175).contains(&number.value) && !self.spaced(end) {
            read.year.number = number.value * 10 + last;
            read.year.digits = 4;
            read.year.second = Some(read.year.number + 1);
            read.end += 1;
        }
    }

    /// Past the bracket that closes a year; none where it stays open.
    fn close_of_year(&self, read: &mut YearSoFar) -> Option<()> {
        if self.mark(read.end) == '?' {
            read.doubt = read.doubt.and(Doubt::Uncertain);
            read.end += 1;
        }
        if !matches!(self.mark(read.end), ']' | ')') {
            return None;
        }
        read.end += 1;
        Some(())
    }

    /// What may stand after the number: an era, a word for "year", a suffix, the same year in
    /// another era, which is given back.
    fn after_year(&self, dense: bool, read: &mut YearSoFar) -> Option<YearPart> {
        const MOST: usize = 3;
        let mut parallel = None;
        for _ in 0..MOST {
            let end = read.end;
            let mut after_gap = if matches!(self.mark(end), '.' | ',') { end + 1 } else { end };
            if self.has(after_gap, Class::Glue) && self.has(after_gap + 1, Class::Era) {
                after_gap += 1;
            }
            if let Some(value) = self.is(after_gap, Class::Era).filter(|_| self.mark(end) != ',') {
                read.era = Some(era_of(value));
                read.year.marked = true;
                read.end = after_gap + 1;
            } else if self.has(end, Class::YearMark)
                && (dense || self.dense(end) || !self.has(end, Class::Glue))
                && !self.number_follows(end + 1)
            {
                read.year.marked = true;
                read.end += 1;
            } else if self.has(end, Class::MonthPart) {
                read.end += 1;
            } else if matches!(self.mark(end), '\'' | '-')
                && !self.spaced(end + 1)
                && self.has(end + 1, Class::MonthPart)
            {
                // "1950’den", "1956-ban"
                read.end += 2;
            } else if self.mark(end) == '.'
                && self.languages & !POSTPOSING == 0
                && self.has(end + 1, Class::YearMark)
            {
                // "1848. évi"
                read.end += 2;
            } else if self.mark(end) == '('
                && parallel.is_none()
                && !read.bracket
                && let Some((other, close)) = self.parallel_year(end)
            {
                parallel = Some(other);
                read.end = close;
            } else {
                break;
            }
        }
        parallel
    }

    /// A year whose last digits stand apart, as on forms with the first ones printed: "18 83",
    /// "187 6". Nothing may follow that would make the pieces something else.
    fn year_in_pieces(&self, at: usize) -> Option<(i32, usize)> {
        let (first, second) = (self.items.get(at)?.token, self.items.get(at + 1)?.token);
        let fits = match first.digits {
            2 => (15..=20).contains(&first.value) && second.digits == 2,
            3 => (150..=209).contains(&first.value) && second.digits == 1,
            _ => false,
        };
        let closes = self.items.get(at + 2).is_none_or(|item| {
            item.token.lines > 0
                || item.token.kind == Kind::Punct
                    && matches!(item.token.mark, '.' | ',' | ')' | ']')
        });
        let both = first.kind == Kind::Number && second.kind == Kind::Number && second.spaced;
        if !fits || !both || !closes || second.lines > 0 {
            return None;
        }
        Some((first.value * 10i32.pow(u32::from(second.digits)) + second.value, at + 2))
    }

    /// The digits of a year of which an editor supplied some: "[17]96", "17[9]6".
    fn bracketed_digits(&self, at: usize, opened: bool) -> Option<(i32, usize)> {
        let digits = |at: usize, count: u8| {
            self.items
                .get(at)
                .filter(|item| item.token.digits == count)
                .map(|item| item.token.value)
        };
        let joined = |range: std::ops::Range<usize>| range.into_iter().all(|at| !self.spaced(at));
        if opened && self.mark(at + 1) == ']' && joined(at + 1..at + 3) {
            return Some((digits(at, 2)? * 100 + digits(at + 2, 2)?, at + 3));
        }
        if self.mark(at + 1) == '[' && self.mark(at + 3) == ']' && joined(at + 1..at + 5) {
            // "17[9]6", "1[8]50"
            let number = match digits(at, 2) {
                Some(first) => first * 100 + digits(at + 2, 1)? * 10 + digits(at + 4, 1)?,
                None => digits(at, 1)? * 1000 + digits(at + 2, 1)? * 100 + digits(at + 4, 2)?,
            };
            return Some((number, at + 5));
        }
        None
    }

    /// "AM", "PM", but not the "A.M." of a year of the world.
    fn is_short_capitals(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            let word = &self.text[item.token.start as usize..item.end as usize];
            word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase())
        })
    }

    /// Whether a number of one or two digits stands here with a month right after it.
    fn is_month_of_day(&self, at: usize) -> bool {
        let at = self.skip(at, ".,");
        self.items.get(at).is_some_and(|item| matches!(item.token.digits, 1 | 2))
            && self.number(at).is_some_and(|(_, end)| self.has(self.skip(end, ". "), Class::Month))
    }

    fn number_follows(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Number | Kind::Numeral)) && !self.dense(at)
    }

    /// "(2006)", "(Juche 95)", "（2006年）".
    pub(super) fn parallel_year(&self, at: usize) -> Option<(YearPart, usize)> {
        let mut next = at + 1;
        let mut year = YearPart { marked: true, ..YearPart::default() };
        if let Some(value) = self.is(next, Class::Era) {
            year.era = era_of(value);
            next += 1;
        }
        let (number, mut end) = if self.has(next, Class::FirstYear) {
            (Number { value: 1, digits: 1, ..Number::default() }, next + 1)
        } else {
            self.number(next)?
        };
        if year.era == Era::Christian && number.digits != 4 {
            let value = self.is(end, Class::Era)?;
            year.era = era_of(value);
        }
        while self.mark(end) == '.' || self.has(end, Class::YearMark) || self.has(end, Class::Era) {
            end += 1;
        }
        year.number = number.value;
        year.digits = number.digits;
        (self.mark(end) == ')').then_some((year, end + 1))
    }

    /// "-", "--", "—", "..", "**", "xx": so many unknown digits.
    pub(super) fn unknown_digits(&self, at: usize, wanted: u8) -> Option<(u8, usize)> {
        let mark = self.mark(at);
        if !matches!(mark, '-' | '.' | '*' | '_') || self.spaced(at) {
            return None;
        }
        let item = &self.items[at];
        let raw = &self.text[item.token.start as usize..item.end as usize];
        let mut next = at;
        while self.mark(next) == mark
            && next < at + usize::from(wanted)
            && (next == at || !self.spaced(next))
        {
            next += 1;
        }
        let count = (next - at) as u8;
        // An em dash stands for both digits; dots alone may end a sentence.
        if wanted == 2 && count == 1 && raw != "—" && raw != "⸺" {
            return None;
        }
        if mark == '.' && count < 2 {
            return None;
        }
        // "1850-53" and "185-190" are ranges.
        if self.kind(next) == Some(Kind::Number) && !self.spaced(next) {
            return None;
        }
        Some((wanted, next))
    }
}
