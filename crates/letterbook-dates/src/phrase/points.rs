//! Points in time: a day, month, year, feast or the like, its parts in the order the writer chose.

use super::grammar::{After, Number, Parser};
use super::lexicon::{Class, Era, era_of};
use super::parts::{FeastPart, MonthPart, Parts, RomanPart, YearPart};
use super::token::Kind;
use crate::value::Doubt;

impl Parser<'_> {
    /// The longest point that begins here, where it ends, and the rule that read it.
    pub(super) fn point(&self, at: usize) -> Option<(Parts, usize, &'static str)> {
        let mut best: Option<(Parts, usize, &'static str)> = None;
        let readings = [
            (self.units(at), "units"),
            (self.numeric(at), "numeric"),
            (self.roman_day(at), "roman"),
            (self.feast(at), "feast"),
            (self.textual(at), "textual"),
            (self.period(at), "period"),
        ];
        for (reading, rule) in readings {
            if let Some((parts, end)) = reading
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

    fn date_follows(&self, at: usize) -> bool {
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
        let day_after = |end: usize| self.day(self.gap(end)).is_some();
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
        let mut next = at;
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
        (self.has(next, Class::Clock) || half_day).then_some(next + 1)
    }

    fn number_words_hour(&self, at: usize) -> Option<usize> {
        let (number, next) = self.number(at)?;
        (number.words && number.value <= 24 && self.has(next, Class::Clock)).then_some(next + 1)
    }

    /// "a.m." and "p.m.", not "morning": "3 morning visits".
    fn is_half_day(&self, at: usize) -> bool {
        self.has(at, Class::Part) && self.items[at].end - self.items[at].token.end >= 1
    }

    /// Day, month and year in words and figures, in any order that letters use.
    fn textual(&self, at: usize) -> Option<(Parts, usize)> {
        let mut parts = Parts::default();
        let mut next = at;
        let mut end = at;
        // "the 5th day of the 3d month" speaks of one month.
        for step in 0..12 {
            let here = if step == 0 { next } else { self.gap(next) };
            if step > 0 && (self.stops(here) || here > next + 5) {
                break;
            }
            let Some(after) = self.textual_part(here, &mut parts, step == 0) else { break };
            next = after;
            if !(parts.is_empty()) {
                end = after;
            }
        }
        if end == at || !self.is_worth(&parts) {
            return None;
        }
        // The bracket of "17. [Juni 1790]".
        if self.mark(end) == ']' && parts.month.is_some() && parts.year.is_some() {
            let marks = |mark: char| (at..end).filter(|item| self.mark(*item) == mark).count();
            if marks('[') > marks(']') {
                end += 1;
            }
        }
        Some((parts, end))
    }

    /// Whether the parts say something a reader would call a date.
    fn is_worth(&self, parts: &Parts) -> bool {
        parts.day.is_some()
            || parts.month.is_some()
            || parts.year.is_some()
            || parts.weekday.is_some()
            || parts.regnal.is_some()
    }

    /// Takes the part that stands at `here` and says where it ends.
    fn textual_part(&self, here: usize, parts: &mut Parts, first: bool) -> Option<usize> {
        // A hyphen may join them: "12-Oct-2006".
        let here = if !first
            && self.mark(here) == '-'
            && (parts.day.is_some() || parts.month.is_some())
            && parts.year.is_none()
            && !self.spaced(here)
            && !self.spaced(here + 1)
            && (self.has(here + 1, Class::Month) || parts.month.is_some())
            && !self.is_range_before_year(here)
        {
            here + 1
        } else {
            here
        };
        if parts.style.is_none()
            && parts.is_empty()
            && let Some(style) = self.is(here, Class::Style)
        {
            parts.style = Some(style as u8);
            return Some(self.skip(here + 1, "."));
        }
        // "21 Novembre St. v. 1766".
        if parts.style.is_none()
            && parts.day.is_some()
            && parts.month.is_some()
            && parts.year.is_none()
            && let Some(style) = self.is(here, Class::Style)
            && self.year(self.skip(here + 1, ".,"), After::Day).is_some()
        {
            parts.style = Some(style as u8);
            return Some(self.skip(here + 1, ".,"));
        }
        if parts.regnal.is_none()
            && parts.year.is_none()
            && let Some((monarch, year, end)) = self.regnal(here, parts)
        {
            parts.regnal = Some((year, monarch));
            return Some(end);
        }
        if parts.weekday.is_none()
            && let Some(weekday) = self.weekday(here, true)
        {
            let strong = self.has(here, Class::Weekday) || self.has(here, Class::QuakerDay);
            let after = if self.has(here + 1, Class::QuakerMark) { here + 2 } else { here + 1 };
            let decorated = self.date_follows(after) || self.hour(self.skip(after, ".,")).is_some();
            if strong || decorated || (!first && parts.day.is_some()) {
                parts.weekday = Some(weekday);
                // Friends wrote their numbered weekdays in datelines.
                parts.hour |= self.has(here, Class::QuakerDay);
                return Some(after);
            }
        }
        if parts.weekday.is_none() && parts.day.is_none() && self.has(here, Class::DecadeDay) {
            let after = here + 1;
            if self.date_follows(after) || self.number(self.gap(after)).is_some() {
                return Some(after);
            }
            return None;
        }
        if !first
            && (parts.weekday.is_some() || parts.day.is_some())
            && let Some(after) = self.hour(here)
            && self.number(here).is_none_or(|_| after > here + 1)
        {
            // "Montag, morgens 8 Uhr": the number of an hour, not a day.
            parts.hour = true;
            return Some(after);
        }
        if parts.month.is_none()
            && self.has(here, Class::RelMonth)
            && !first
            && parts.day.is_some()
            && parts.year.is_none()
        {
            let value = self.is(here, Class::RelMonth)?;
            // "§ 2 dieses Gesetzes": the word belongs to a noun that follows.
            let item = &self.items[here];
            if self.languages == GERMAN
                && item.end == item.token.end
                && self.items.get(here + 1).is_some_and(|next| {
                    next.token.kind == Kind::Break && next.token.capital && next.token.lines == 0
                })
            {
                return None;
            }
            parts.month = Some(MonthPart::Relative(value));
            parts.bare = false;
            return Some(self.skip(here + 1, "."));
        }
        if parts.month.is_none() && !first && parts.day.is_some() && parts.year.is_none() {
            if self.has(here, Class::LastPast) {
                parts.month = Some(MonthPart::Past);
                return Some(self.skip(here + 1, "."));
            }
            if self.has(here, Class::NextCome) {
                parts.month = Some(MonthPart::Coming);
                return Some(self.skip(here + 1, "."));
            }
        }
        // "múlt hó 28-án", "bu ayın 5’i": the month before its day.
        if parts.is_empty()
            && self.languages & !MONTH_FIRST == 0
            && let Some(months) = self.is(here, Class::RelMonth)
            && let Some((number, end)) = self.day(self.skip(here + 1, "."))
            && (number.ordinal || self.mark(end) == '.')
        {
            parts.month = Some(MonthPart::Relative(months));
            parts.day = u8::try_from(number.value).ok();
            return Some(end);
        }
        // "1850 karácsonyán", `2006年中秋節`: the feast after its year.
        if parts.year.is_some_and(|year| !year.marked || self.dense(here))
            && parts.day.is_none()
            && parts.month.is_none()
            && parts.feast.is_none()
            && parts.weekday.is_none()
            && self.items.get(here).is_some_and(|item| item.token.lines == 0)
            && let Some(name) = self.is(here, Class::Feast)
        {
            parts.feast = Some(FeastPart { name: name as u16, shift: 0, then: None });
            return Some(here + 1);
        }
        // "1799 tavasza": the season after its year.
        if parts.year.is_some_and(|year| year.relative.is_none())
            && parts.day.is_none()
            && parts.month.is_none()
            && parts.season.is_none()
            && self.languages & !MONTH_FIRST == 0
            && let Some(season) = self.is(here, Class::Season)
        {
            parts.season = u8::try_from(season).ok();
            return Some(here + 1);
        }
        // "gurre-i Muharrem": a word for the first or the last day.
        if parts.day.is_none()
            && parts.month.is_none()
            && !self.dense(here)
            && let Some(day) = self.is(here, Class::DayWord)
        {
            let next = self.gap(self.skip(here + 1, "-"));
            if matches!(self.month(next), Some((MonthPart::Of { .. } | MonthPart::Named(_), _, _)))
            {
                parts.day = u8::try_from(day).ok();
                return Some(next);
            }
        }
        // A number before a month is its day, even where both can be read as "7th month".
        if parts.day.is_none()
            && let Some((number, after)) = self.day(here)
            && self.month_name_is_number(here).is_none()
            && let Some(after) = self.day_part(here, &number, after, parts)
        {
            return Some(after);
        }
        if parts.month.is_none()
            && let Some((month, doubt, after)) = self.month(here)
        {
            let after_dot = if self.mark(after) == '.' { after + 1 } else { after };
            parts.month = Some(month);
            parts.doubt[1] = doubt;
            parts.bare = false;
            // "10 Septembre Octobre 1918": a slip and its correction, where the latter counts.
            if parts.day.is_some()
                && doubt == Doubt::None
                && let Some((corrected, _, end)) = self.month(after)
                && matches!((month, corrected), (MonthPart::Named(_), MonthPart::Named(_)))
                && self.has(after, Class::Month)
                && self.kind(end) != Some(Kind::Word)
            {
                parts.month = Some(corrected);
                return Some(end);
            }
            let _ = after_dot;
            return Some(after);
        }
        // The year.
        if parts.year.is_none() {
            let after = match (parts.day.is_some(), parts.month) {
                (_, Some(MonthPart::Of { .. })) => After::OtherDay,
                (true, Some(_)) => After::Day,
                (false, Some(_)) => After::Month,
                _ => After::Nothing,
            };
            if self.items.get(here).is_some_and(|item| item.token.lines > 0)
                && after == After::Nothing
                && !first
            {
                return None;
            }
            // "im Jahr 1850", "the 5th of May in the 3rd year of".
            if let Some((monarch, year, end)) = self.regnal(here, parts) {
                parts.regnal = Some((year, monarch));
                return Some(end);
            }
            // Past a note such as "(postmark 13)".
            let here = self.past_note(here).unwrap_or(here);
            // "January 27th —16", "Mar 18-1914".
            let here =
                if after == After::Day && self.mark(here) == '-' && self.is_year_after_dash(here) {
                    here + 1
                } else {
                    here
                };
            if let Some((year, doubt, parallel, end)) = self.year(here, after)
                && (!first || year.marked || self.year_may_begin(here, end))
            {
                if after == After::Month
                    && !year.marked
                    && year.digits == 2
                    && parts.month.is_some()
                    && !self.is_year_like(here)
                {
                    return None;
                }
                parts.year = Some(year);
                parts.parallel = parallel;
                parts.doubt[0] = doubt;
                return Some(end);
            }
        } else if parts.year.is_some_and(|year| year.relative.is_none())
            && parts.regnal.is_none()
            && parts.day.is_some()
            && let Some((monarch, year, end)) = self.regnal(here, parts)
        {
            parts.regnal = Some((year, monarch));
            return Some(end);
        }
        None
    }

    /// The hyphen of "Oct. 14–16, 1856".
    fn is_range_before_year(&self, hyphen: usize) -> bool {
        let next = self.skip(hyphen + 2, ",.");
        self.items.get(hyphen + 1).is_some_and(|item| matches!(item.token.digits, 1 | 2))
            && self.items.get(next).is_some_and(|item| item.token.digits == 4)
    }

    /// "Mar 18-1914", "January 27th —16", but not "Oct. 14–16, 1856".
    fn is_year_after_dash(&self, dash: usize) -> bool {
        let Some(item) = self.items.get(dash + 1) else { return false };
        !item.token.spaced
            && match item.token.digits {
                4 => true,
                2 => self.spaced(dash) && !self.is_range_before_year(dash),
                _ => false,
            }
    }

    /// Whether a year without a month may begin a date here, or be one.
    fn year_may_begin(&self, at: usize, end: usize) -> bool {
        // "1850 Thaler", "1850 f.", "1850,5" are no years; whether "1850" alone is, the caller decides.
        let item = &self.items[at];
        let bracketed = self.mark(at) == '[' || self.mark(at + 1) == '[' || item.token.digits == 3;
        (item.token.digits == 4 || bracketed || self.unknown_digits(at + 1, 2).is_some())
            && !(self.mark(end) == ','
                && self.kind(end + 1) == Some(Kind::Number)
                && !self.spaced(end + 1))
            || item.token.kind != Kind::Number
    }

    /// An apostrophe or a value beyond 31 makes two digits a year after a month.
    fn is_year_like(&self, at: usize) -> bool {
        self.mark(at) == '\''
            || (at > 0 && self.mark(at - 1) == '\'')
            || self.items.get(at).is_some_and(|item| item.token.value > 31)
    }

    fn month_name_is_number(&self, at: usize) -> Option<()> {
        // "12th Mo. 25th", "8br 19": a number that is part of a month.
        self.is(at, Class::Month).map(|_| ()).or_else(|| {
            self.month(at)
                .filter(|(month, _, _)| matches!(month, MonthPart::Quaker(_) | MonthPart::Named(_)))
                .map(|_| ())
        })
    }

    /// A day that stands alone or by a month; says where it ends.
    fn day_part(
        &self,
        here: usize,
        number: &Number,
        after: usize,
        parts: &mut Parts,
    ) -> Option<usize> {
        // "11 o'clock", "8 Uhr", "4 10 a m".
        if self.hour(here).is_some_and(|end| end > here + 1) {
            if parts.weekday.is_some() || parts.month.is_some() {
                parts.hour = true;
                return self.hour(here);
            }
            return None;
        }
        // "May 18--" is a year.
        if number.digits == 2
            && !number.ordinal
            && (self.unknown_digits(after, 2).is_some()
                || (self.mark(after) == '[' && !self.spaced(after)))
        {
            return None;
        }
        let mut next = after;
        // "5th day of the", "11 días del mes de", "XXVIII mensis".
        let mut looked = next;
        for _ in 0..6 {
            if self.has(looked, Class::DayMark)
                || self.has(looked, Class::MonthMark)
                || matches!(self.mark(looked), '.' | '\'')
                || (self.has(looked, Class::Glue) && !self.has(looked, Class::Month))
            {
                looked += 1;
            } else {
                break;
            }
        }
        let month_follows = self.items.get(looked).is_some_and(|item| item.token.lines < 2)
            && (self.month(looked).is_some()
                || self.mark(looked) == '-'
                    && !self.spaced(looked + 1)
                    && self.has(looked + 1, Class::Month));
        let relative_follows = {
            let gap = self.gap(next);
            self.has(gap, Class::RelMonth)
                || self.has(gap, Class::LastPast)
                || self.has(gap, Class::NextCome)
                || self.has(next, Class::RelMonth)
        };
        let after_month = parts.month.is_some();
        // "le premier", "im ersten" count other things too.
        if number.words && !month_follows && !after_month && !relative_follows {
            return None;
        }
        // "Ida. Aug 18th": where the day follows the month, the letter before it is none.
        if number.roman
            && month_follows
            && let Some((_, _, after_month)) = self.month(looked)
            && let Some((day, _)) = self.number(self.gap(after_month))
            && day.ordinal
            && !day.roman
        {
            return None;
        }
        // "I may" is no date; "I. May" and "die V Maii" are.
        let letters = self.items[here].end - self.items[here].token.start;
        if number.roman
            && !number.ordinal
            && letters == 1
            && self.mark(after) != '.'
            && self.languages & LATIN == 0
        {
            return None;
        }
        // "Dienstag von 4 bis 6": only what follows the weekday at once is its day.
        if parts.weekday.is_some()
            && !number.ordinal
            && !month_follows
            && !after_month
            && !relative_follows
            && (here == 0
                || !(self.kind(here - 1) == Some(Kind::Punct)
                    || self.has(here - 1, Class::Weekday))
                || self.has(next, Class::To)
                || self.mark(next) == '-')
        {
            return None;
        }
        if number.roman && !number.ordinal && !month_follows && !after_month && !relative_follows {
            return None;
        }
        if after_month
            && parts.day.is_none()
            && parts.year.is_none()
            && number.digits == 0
            && !number.ordinal
            && !number.words
        {
            return None;
        }
        if !(number.ordinal
            || month_follows
            || after_month
            || relative_follows
            || parts.weekday.is_some())
        {
            return None;
        }
        if after_month && !number.ordinal && self.items[here].token.lines > 0 {
            return None;
        }
        if month_follows {
            next = looked;
        } else if self.has(next, Class::DayMark)
            && (number.ordinal || after_month || self.dense(next))
        {
            next += 1;
        }
        // "2 Maccabees", "5 percent" cannot be told from "Friday 5"; a weekday must be near.
        parts.day = Some(number.value as u8);
        parts.ordinal = number.ordinal;
        parts.doubt[2] = number.doubt;
        Some(next)
    }

    fn past_note(&self, at: usize) -> Option<usize> {
        // "November 6 [8], 1919": an editor's correction of the day.
        if self.mark(at) == '['
            && self.mark(at + 2) == ']'
            && self.items.get(at + 1).is_some_and(|item| matches!(item.token.digits, 1 | 2))
        {
            return Some(self.gap(at + 3));
        }
        if !matches!(self.mark(at), '(' | '[') || !self.has(at + 1, Class::Received) {
            return None;
        }
        (at + 2..at + 8)
            .find(|next| matches!(self.mark(*next), ')' | ']'))
            .map(|close| self.gap(close + 1))
    }

    /// "12 Hen. VIII", "in the third year of the reign of King George the Third".
    fn regnal(&self, at: usize, parts: &Parts) -> Option<(u16, i32, usize)> {
        let mut next = at;
        if self.has(next, Class::YearMark) {
            next += 1;
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

    /// Numbers between marks: "10.9.1905", "2/VIII 1900", "21 VI 1941", "1994. 12. 15.".
    fn numeric(&self, at: usize) -> Option<(Parts, usize)> {
        let mut parts = Parts::default();
        let mut first_at = at;
        if let Some(weekday) = self.weekday(at, true) {
            parts.weekday = Some(weekday);
            first_at = self.gap(at + 1);
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
        // "2006-10-12": a year first.
        let (second_at, separator) = self.separator(first_at + 1)?;
        let second = self.items.get(second_at)?;
        let roman = second.token.kind != Kind::Number
            && second.token.value > 0
            && second.end == second.token.end
            && (second.token.capital || separator.contains('/') || separator.contains('.'))
            && second.token.languages == 0
            && !second.token.dense
            && self.text[second.token.start as usize..second.token.end as usize]
                .bytes()
                .all(|b| b.is_ascii_uppercase() == second.token.capital);
        if !roman
            && (second.token.kind != Kind::Number
                || separator.is_empty()
                || second.token.digits > 2)
        {
            return None;
        }
        let (one, two) = (first.token.value, second.token.value);
        let third = self.separator(second_at + 1).and_then(|(third_at, mark)| {
            let item = self.items.get(third_at)?;
            let apostrophe = self.mark(third_at.wrapping_sub(1)) == '\'';
            let fits = item.token.kind == Kind::Number
                && (item.token.digits >= 2 || first.token.digits == 4)
                && item.token.digits <= 4
                && item.token.lines == 0
                && (!mark.is_empty() || roman || item.token.digits != 1 || apostrophe);
            fits.then_some((third_at, mark, item.token))
        });
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

    /// Numbers with their units: `昭和二十年八月十五日`, `1981년 6월 22일`, "ngày 2 tháng 9 năm 1945".
    fn units(&self, at: usize) -> Option<(Parts, usize)> {
        let mut parts = Parts::default();
        let mut next = at;
        let mut end = at;
        let mut any_unit = false;
        // "thứ hai ngày 12 tháng 3 năm 1951"
        if self.languages & !VIETNAMESE == 0
            && let Some(weekday) = self.is(next, Class::Weekday)
        {
            parts.weekday = Some(weekday as u8);
            next = self.skip(next + 1, ",");
        }
        for step in 0..12 {
            if step > 0 && self.stops(next) {
                break;
            }
            if step > 0 && (self.mark(next) == ',') && any_unit {
                next += 1;
                continue;
            }
            if self.has(next, Class::Lunar) {
                parts.lunar = true;
                next += 1;
                continue;
            }
            if parts.year.is_none() {
                if let Some(relative) = self.is(next, Class::RelYear).filter(|_| self.dense(next)) {
                    parts.year = Some(YearPart {
                        relative: Some(relative),
                        marked: true,
                        ..YearPart::default()
                    });
                    next += 1;
                    end = next;
                    any_unit = true;
                    continue;
                }
                if let Some((year, after, parallel)) = self.unit_year(next) {
                    parts.year = Some(year);
                    parts.parallel = parallel;
                    next = after;
                    end = next;
                    any_unit = true;
                    continue;
                }
            }
            if parts.month.is_none() {
                if let Some(relative) = self.is(next, Class::RelMonth).filter(|_| self.dense(next))
                {
                    parts.month = Some(MonthPart::Relative(relative));
                    next += 1;
                    any_unit = true;
                    continue;
                }
                if let Some((month, after)) = self.unit_month(next) {
                    parts.month = Some(month);
                    next = after;
                    end = next;
                    any_unit = true;
                    continue;
                }
            }
            if parts.day.is_none()
                && (parts.month.is_some()
                    || any_unit
                    || self.is_prefix_day(next)
                    || self.languages & !VIETNAMESE == 0)
                && let Some((day, after)) = self.unit_day(next, parts.month.is_some())
            {
                parts.day = Some(day);
                next = after;
                end = next;
                any_unit = true;
                continue;
            }
            if parts.season.is_none()
                && parts.month.is_none()
                && any_unit
                && self.dense(next)
                && let Some(season) = self.is(next, Class::Season)
            {
                parts.season = Some(season as u8);
                next += 1;
                end = next;
                continue;
            }
            break;
        }
        if !any_unit
            || end == at
            || (parts.month == Some(MonthPart::Relative(0)) && parts.day.is_none())
        {
            return None;
        }
        Some((parts, end))
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
            return (number.digits == 4).then_some((year, end, parallel));
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
                return Some((year, end, None));
            }
        }
        None
    }

    fn unit_month(&self, at: usize) -> Option<(MonthPart, usize)> {
        // After an era's initial: ".8.15".
        if self.mark(at) == '.'
            && !self.spaced(at + 1)
            && self.kind(at + 1) == Some(Kind::Number)
            && self.mark(at + 2) == '.'
        {
            let number = u8::try_from(self.items[at + 1].token.value)
                .ok()
                .filter(|n| (1..=12).contains(n))?;
            return Some((MonthPart::Numbered { number, leap: false }, at + 2));
        }
        if let Some(month) = self.is(at, Class::Month).filter(|_| self.dense(at)) {
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
            && !self.spaced(at + 1)
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

    /// "a.d. VI Id. Mart.", "prid. Kal. Oct.", "Idibus Martiis", "1848 március idusán".
    fn roman_day(&self, at: usize) -> Option<(Parts, usize)> {
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
    fn feast(&self, at: usize) -> Option<(Parts, usize)> {
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
        if let Some(weekday) = self.feria(next) {
            parts.feast = None;
            let (day, after) = weekday;
            let mut after = after;
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
                parts.feast = Some(FeastPart { name: name as u16, shift: 0, then: Some(then) });
                return Some(self.feast_year(parts, after + 1));
            }
        }
        for step in 0..5 {
            if self.stops(next) && step > 0 {
                return None;
            }
            if let Some(days) = self.is(next, Class::Vigil)
                && (!self.has(next, Class::Feast) || self.has(self.gap(next + 1), Class::Feast))
            {
                shift = days;
            } else {
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
        let name = self.is(next, Class::Feast)?;
        if self.items[next].token.lines > 1 && next > at {
            return None;
        }
        parts.feast = Some(FeastPart { name: name as u16, shift, then: None });
        let mut end = next + 1;
        // "sancti Martini episcopi", "St. Bartholomew's day".
        if self.has(end, Class::DayMark) || self.has(end, Class::FeastLead) {
            end += 1;
        }
        Some(self.feast_year(parts, end))
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
                && self.text[item.token.start as usize..].starts_with(super::token::is_hebrew)
        })
    }

    /// Seasons, centuries and decades.
    fn period(&self, at: usize) -> Option<(Parts, usize)> {
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
            return Some((parts, end));
        }
        if let Some(hundreds) = self.is(next, Class::CenturyName) {
            let item = &self.items[next];
            if item.token.capital {
                parts.century = Some(hundreds);
                return Some((parts, next + 1));
            }
            return None;
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
        if self.has(next, Class::Century) && !self.dense(next) {
            let gap = self.skip(self.gap(next + 1), "-");
            let (number, end) = self.number(gap)?;
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
            if self.has(after, Class::Century)
                && (after > end || number.ordinal || number.roman || self.dense(after))
            {
                parts.century = Some(number.value - 1);
                return Some((parts, self.skip(after + 1, ".")));
            }
        }
        None
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

const VIETNAMESE: u32 = 1 << 18;
/// Turkish and Hungarian.
const MONTH_FIRST: u32 = 1 << 21 | 1 << 25;
const GERMAN: u32 = 1 << 1;
const LATIN: u32 = 1 << 7;
