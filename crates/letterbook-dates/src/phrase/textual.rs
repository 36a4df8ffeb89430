//! Day, month and year in words and figures, in any order that letters use.

use std::ops::ControlFlow;

use super::grammar::{After, Item, Number, Parser};
use super::languages::{DAY_FIRST, ENGLISH, GERMAN, LATIN, POSTPOSING};
use super::lexicon::Class;
use super::parts::{FeastPart, MonthPart, Parts, YearPart};
use super::token::Kind;
use crate::value::Doubt;

/// What a reader of one part answers: where the part ends, that no part can stand there, or that the
/// next reader is to be asked.
type Part = ControlFlow<Option<usize>>;

const NOT_MINE: Part = ControlFlow::Continue(());
const NO_PART: Part = ControlFlow::Break(None);

fn read(end: usize) -> Part {
    ControlFlow::Break(Some(end))
}

/// What stands near the number of a day.
struct NearDay {
    /// The item past "day of the" and the like.
    past_words: usize,
    /// A month's name stands there.
    month_follows: bool,
    /// "instant", "last past" or the like follows.
    told_follows: bool,
    /// A month stands before.
    after_month: bool,
    /// A month stands before, and no year.
    after_month_alone: bool,
}

impl NearDay {
    fn any(&self) -> bool {
        self.month_follows || self.told_follows || self.after_month
    }
}

impl Parser<'_> {
    /// Day, month and year in words and figures, in any order that letters use.
    pub(super) fn textual(&self, at: usize) -> Option<(Parts, usize)> {
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
        if let Some((year, after)) = self.year_behind_noun(end, &parts) {
            parts.year = Some(year);
            end = after;
        }
        end = self.second_of_old_year(end, &mut parts).unwrap_or(end);
        // The bracket of "17. [Juni 1790]".
        if self.mark(end) == ']' && parts.month.is_some() && parts.year.is_some() {
            let marks = |mark: char| (at..end).filter(|item| self.mark(*item) == mark).count();
            if marks('[') > marks(']') {
                end += 1;
            }
        }
        Some((parts, end))
    }

    /// The year of "11. Juni Termin 1895", "29 September term 1896": of four digits, behind one word
    /// that is no verb of the tables, with nothing that it counts behind it.
    fn year_behind_noun(&self, at: usize, parts: &Parts) -> Option<(YearPart, usize)> {
        if parts.day.is_none() || parts.year.is_some() {
            return None;
        }
        let Some(MonthPart::Named(_)) = parts.month else { return None };
        let Item { token, end, .. } = *self.items.get(at)?;
        let word = &self.text[token.start as usize..end as usize];
        let is_noun = token.kind == Kind::Break
            || token.kind == Kind::Word && !token.dense && !self.has_any(at, !Class::Unit.bit());
        let figures = self.items.get(at + 1)?.token;
        if !is_noun
            || word.contains(|c: char| !c.is_alphabetic())
            || token.lines > 0
            || figures.lines > 0
            || figures.digits != 4
            || !(1500..=2100).contains(&figures.value)
            || !self.closes(at + 2)
        {
            return None;
        }
        let year = YearPart { number: figures.value, digits: 4, ..YearPart::default() };
        Some((year, at + 2))
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
        let is_dash = !first && self.mark(here) == '-' && parts.year.is_none();
        let here =
            if is_dash && (self.is_hyphen(here, parts) || self.is_day_after_dash(here, parts)) {
                here + 1
            } else {
                here
            };
        self.part_by_turns(here, parts, first).break_value().flatten()
    }

    /// Asks the readers in turn; the first that knows what stands here ends it.
    fn part_by_turns(&self, here: usize, parts: &mut Parts, first: bool) -> Part {
        self.style_part(here, parts)?;
        if parts.year.is_none() {
            self.regnal_part(here, parts)?;
        }
        self.weekday_part(here, parts, first)?;
        if !first {
            self.hour_part(here, parts)?;
            self.month_told_part(here, parts)?;
        }
        self.month_before_day_part(here, parts)?;
        self.name_after_year_part(here, parts)?;
        self.day_word_part(here, parts)?;
        self.day_number_part(here, parts)?;
        self.month_part(here, parts)?;
        if !first {
            self.spread_month_part(here, parts)?;
        }
        match parts.year {
            None => self.year_part(here, parts, first),
            Some(year) if year.relative.is_none() && parts.day.is_some() => {
                self.regnal_part(here, parts)
            }
            Some(_) => NOT_MINE,
        }
    }

    /// "Old Style" at the head, "St. v." before the year of "21 Novembre St. v. 1766".
    fn style_part(&self, here: usize, parts: &mut Parts) -> Part {
        let style = self.is(here, Class::Style).map(|style| style as u8);
        if parts.style.is_some() || style.is_none() {
            return NOT_MINE;
        }
        if parts.is_empty() && !self.is_initials_in_line(here) {
            parts.style = style;
            return read(self.skip(here + 1, "."));
        }
        let next = self.skip(here + 1, ".,");
        if parts.day.is_some()
            && parts.month.is_some()
            && parts.year.is_none()
            && self.year(next, After::Day).is_some()
        {
            parts.style = style;
            return read(next);
        }
        NOT_MINE
    }

    /// "12 Hen. VIII", "in the third year of the reign of King George the Third".
    fn regnal_part(&self, here: usize, parts: &mut Parts) -> Part {
        if parts.regnal.is_none()
            && let Some((monarch, year, end)) = self.regnal(here, parts)
        {
            parts.regnal = Some((year, monarch));
            return read(end);
        }
        NOT_MINE
    }

    /// A weekday, and the day of a decade of the French Republic, which says no more than it.
    fn weekday_part(&self, here: usize, parts: &mut Parts, first: bool) -> Part {
        if parts.weekday.is_some() {
            return NOT_MINE;
        }
        if let Some(weekday) = self.weekday(here, true) {
            let strong = self.has(here, Class::Weekday) || self.has(here, Class::QuakerDay);
            let after = if self.has(here + 1, Class::QuakerMark) { here + 2 } else { here + 1 };
            let decorated = self.date_follows(after) || self.hour(self.skip(after, ".,")).is_some();
            if strong || decorated || (!first && parts.day.is_some()) {
                parts.weekday = Some(weekday);
                // Friends wrote their numbered weekdays in datelines.
                parts.hour |= self.has(here, Class::QuakerDay);
                return read(after);
            }
        }
        if parts.day.is_none() && self.has(here, Class::DecadeDay) {
            let after = here + 1;
            if self.date_follows(after) || self.number(self.gap(after)).is_some() {
                return read(after);
            }
            return NO_PART;
        }
        NOT_MINE
    }

    /// "Montag, morgens 8 Uhr": the number of an hour, not a day.
    fn hour_part(&self, here: usize, parts: &mut Parts) -> Part {
        if (parts.weekday.is_some() || parts.day.is_some())
            && let Some(after) = self.hour(here)
            && self.number(here).is_none_or(|_| after > here + 1)
        {
            parts.hour = true;
            return read(after);
        }
        NOT_MINE
    }

    /// A day's month that the anchor tells: "12th inst.", "den 12 sistlidna april", "12 passati".
    fn month_told_part(&self, here: usize, parts: &mut Parts) -> Part {
        if parts.month.is_some() || parts.day.is_none() || parts.year.is_some() {
            return NOT_MINE;
        }
        if let Some(value) = self.is(here, Class::RelMonth) {
            // "§ 2 dieses Gesetzes": the word belongs to a noun that follows.
            let item = &self.items[here];
            if self.languages == GERMAN
                && item.end == item.token.end
                && self.items.get(here + 1).is_some_and(|next| {
                    next.token.kind == Kind::Break && next.token.capital && next.token.lines == 0
                })
            {
                return NO_PART;
            }
            parts.month = Some(MonthPart::Relative(value));
            parts.bare = false;
            return read(self.skip(here + 1, "."));
        }
        // "den 12 sistlidna april"
        let month_at = self.skip(here + 1, ".");
        if let Some(side) = self.side(here)
            && let Some(month) = self.is(month_at, Class::Month)
        {
            parts.month = Some(MonthPart::Named(month as u8));
            parts.year = Some(YearPart::told(side));
            parts.bare = false;
            return read(month_at + 1);
        }
        // "the 16th of the last"
        if self.languages == ENGLISH
            && parts.ordinal
            && here > 0
            && self.has(here - 1, Class::Glue)
            && self.has(here, Class::Last)
            && self.month(here + 1).is_none()
            && self.closes(here + 1)
        {
            parts.month = Some(MonthPart::Relative(-1));
            return read(here + 1);
        }
        for (class, month) in
            [(Class::LastPast, MonthPart::Past), (Class::NextCome, MonthPart::Coming)]
        {
            if self.has(here, class) {
                parts.month = Some(month);
                return read(self.skip(here + 1, "."));
            }
        }
        NOT_MINE
    }

    /// "múlt hó 28-án", "bu ayın 5’i": the month before its day.
    fn month_before_day_part(&self, here: usize, parts: &mut Parts) -> Part {
        if parts.is_empty()
            && self.languages & !POSTPOSING == 0
            && let Some(months) = self.is(here, Class::RelMonth)
            && let Some((number, end)) = self.day(self.skip(here + 1, "."))
            && (number.ordinal || self.mark(end) == '.')
        {
            parts.month = Some(MonthPart::Relative(months));
            parts.day = u8::try_from(number.value).ok();
            return read(end);
        }
        NOT_MINE
    }

    /// A feast or a season after its year: "1850 karácsonyán", `2006年中秋節`, "1799 tavasza".
    fn name_after_year_part(&self, here: usize, parts: &mut Parts) -> Part {
        let Some(year) = parts.year else { return NOT_MINE };
        if parts.day.is_some() || parts.month.is_some() {
            return NOT_MINE;
        }
        if (!year.marked || self.dense(here))
            && parts.feast.is_none()
            && parts.weekday.is_none()
            && self.items.get(here).is_some_and(|item| item.token.lines == 0)
            && let Some(name) = self.is(here, Class::Feast)
        {
            parts.feast = Some(FeastPart { name: name as u16, shift: 0, then: None });
            return read(here + 1);
        }
        if year.relative.is_none()
            && parts.season.is_none()
            && self.languages & !POSTPOSING == 0
            && let Some(season) = self.is(here, Class::Season)
        {
            parts.season = u8::try_from(season).ok();
            return read(here + 1);
        }
        NOT_MINE
    }

    /// "gurre-i Muharrem", "am letzten d. M.": a word for the first or the last day.
    fn day_word_part(&self, here: usize, parts: &mut Parts) -> Part {
        if parts.day.is_none()
            && parts.month.is_none()
            && !self.dense(here)
            && let Some(day) = self.is(here, Class::DayWord)
        {
            let next = self.gap(self.skip(here + 1, "-"));
            if matches!(self.month(next), Some((MonthPart::Of { .. } | MonthPart::Named(_), _, _)))
            {
                parts.day = u8::try_from(day).ok();
                return read(next);
            }
            // "am letzten d. M.", "the last day of the month"
            let relative = self.is(next, Class::RelMonth);
            let of_this = self.has(next, Class::MonthMark) && next > here + 1;
            if relative.is_some() || of_this && day > 31 {
                parts.day = u8::try_from(day).ok();
                parts.month = Some(MonthPart::Relative(relative.unwrap_or(0)));
                return read(self.skip(next + 1, "."));
            }
        }
        NOT_MINE
    }

    /// A number before a month is its day, even where both can be read as "7th month".
    fn day_number_part(&self, here: usize, parts: &mut Parts) -> Part {
        if parts.day.is_none()
            && let Some((number, after)) = self.day(here)
            && self.month_name_is_number(here).is_none()
            && let Some(after) = self.day_part(here, &number, after, parts)
        {
            return read(after);
        }
        NOT_MINE
    }

    fn month_part(&self, here: usize, parts: &mut Parts) -> Part {
        if parts.month.is_none()
            && let Some((month, doubt, after)) = self.month(here)
        {
            parts.month = Some(month);
            parts.doubt[1] = doubt;
            parts.bare = false;
            // "10 Septembre Octobre 1918": a slip and its correction, where the latter counts. "3d July
            // may go" and "3d June March began" have one month.
            if parts.day.is_some()
                && doubt == Doubt::None
                && let Some((corrected, _, end)) = self.month(after)
                && matches!((month, corrected), (MonthPart::Named(_), MonthPart::Named(_)))
                && self.has(after, Class::Month)
                && (self.languages & ENGLISH == 0 || self.items[after].token.capital)
                && (self.closes(end) || self.kind(end) == Some(Kind::Number))
            {
                parts.month = Some(corrected);
                return read(end);
            }
            return read(after);
        }
        NOT_MINE
    }

    /// "9 S e p t e m b e r 1850"
    fn spread_month_part(&self, here: usize, parts: &mut Parts) -> Part {
        if parts.month.is_none()
            && parts.day.is_some()
            && parts.year.is_none()
            && let Some((month, after)) = self.spread_month(here)
        {
            parts.month = Some(MonthPart::Named(month));
            parts.bare = false;
            return read(after);
        }
        NOT_MINE
    }

    /// A year, of an era or of a reign, past what may stand before it.
    fn year_part(&self, here: usize, parts: &mut Parts, first: bool) -> Part {
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
            return NO_PART;
        }
        // Past a note such as "(postmark 13)".
        let here = self.past_note(here, parts.day.is_some()).unwrap_or(here);
        // "January 27th —16", "Mar 18-1914", "May 11th /73", "June —, 1861".
        let here = match after {
            After::Day
                if self.mark(here) == '-' && self.is_year_after_dash(here)
                    || self.mark(here) == '/' && self.is_year_after_stroke(here, parts) =>
            {
                here + 1
            }
            After::Month => self.past_blank(here).unwrap_or(here),
            _ => here,
        };
        if let Some((year, doubt, parallel, end)) = self.year(here, after)
            && (!first || year.marked || self.year_may_begin(here, end))
        {
            // a number behind a month is a day, and so is "March 32, 1850", which none is
            let is_day = after == After::Month
                && !year.marked
                && year.digits == 2
                && (!self.is_year_like(here) || self.is_before_year(end));
            if is_day {
                return NO_PART;
            }
            parts.year = Some(year);
            parts.parallel = parallel;
            parts.doubt[0] = doubt;
            return read(end);
        }
        NOT_MINE
    }

    /// Whether a comma and a year of four digits stand here.
    fn is_before_year(&self, at: usize) -> bool {
        let year = self.items.get(at + 1).map(|item| item.token);
        self.mark(at) == ','
            && year.is_some_and(|token| {
                token.digits == 4 && token.lines == 0 && (1000..=2100).contains(&token.value)
            })
    }

    /// Two initials with words before them on the line: "Halle a. S., d. 10. Mai" names no style.
    fn is_initials_in_line(&self, at: usize) -> bool {
        const LONGEST: u32 = 5;
        self.items
            .get(at)
            .is_some_and(|item| item.end - item.token.start <= LONGEST && item.token.lines == 0)
            && at.checked_sub(1).is_some_and(|before| !matches!(self.mark(before), '(' | '[' | '/'))
    }

    /// The hyphen of "Oct. 14–16, 1856".
    fn is_range_before_year(&self, hyphen: usize) -> bool {
        let next = self.skip(hyphen + 2, ",.");
        self.items.get(hyphen + 1).is_some_and(|item| matches!(item.token.digits, 1 | 2))
            && self.items.get(next).is_some_and(|item| item.token.digits == 4)
    }

    /// "12-Oct-2006", but not "Oct 14-16, 1856".
    fn is_hyphen(&self, dash: usize, parts: &Parts) -> bool {
        (parts.day.is_some() || parts.month.is_some())
            && !self.spaced(dash)
            && !self.spaced(dash + 1)
            && (self.has(dash + 1, Class::Month) || parts.month.is_some())
            && !self.is_range_before_year(dash)
            && !self.is_range_of_days(dash)
    }

    /// "December 9–21", but not "Dec-9-21" nor "December 9-12", which may be a year.
    fn is_range_of_days(&self, dash: usize) -> bool {
        /// A smaller number is written as a month as well.
        const MONTHLESS: i32 = 13;
        let Some([before, day, _, last]) =
            dash.checked_sub(2).and_then(|i| self.items.get(i..i + 4))
        else {
            return false;
        };
        let [day, last] = [&day.token, &last.token];
        before.token.mark != '-'
            && matches!((day.digits, last.digits), (1 | 2, 2))
            && (MONTHLESS..=31).contains(&last.value)
            && last.value > day.value
            && self.mark(dash + 2) != '-'
    }

    /// "Oct— 3d", "Sept. — 19, 1896": the dash of a hasty pen.
    fn is_day_after_dash(&self, dash: usize, parts: &Parts) -> bool {
        let counts = |(day, _): (Number, usize)| day.ordinal && day.digits > 0;
        parts.month.is_some()
            && parts.day.is_none()
            && (self.number(dash + 1).is_some_and(counts) || self.is_range_before_year(dash))
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

    /// "May 11th /73", "Jan 4/00", "Jan. 27 / 191_", but not "May 3/14".
    fn is_year_after_stroke(&self, stroke: usize, parts: &Parts) -> bool {
        let Some(item) = self.items.get(stroke + 1) else { return false };
        let token = item.token;
        match token.digits {
            4 => true,
            3 => self.unknown_digits(stroke + 2, 1).is_some(),
            2 => parts.ordinal && self.spaced(stroke) || token.value == 0 || token.value > 31,
            _ => false,
        }
    }

    /// Past a day that was left blank or is in doubt, before a year of four digits: "June —, 1861",
    /// "April (?), 1901".
    fn past_blank(&self, at: usize) -> Option<usize> {
        let end = match self.mark(at) {
            '-' | '_' => {
                let mark = self.mark(at);
                (at..at + 6).find(|next| self.mark(*next) != mark)?
            }
            '(' | '[' if self.mark(at + 1) == '?' => {
                matches!(self.mark(at + 2), ')' | ']').then_some(at + 3)?
            }
            _ => return None,
        };
        let year = self.skip(end, ",");
        let is_year = self
            .items
            .get(year)
            .is_some_and(|item| item.token.digits == 4 && item.token.lines == 0);
        (year > end && is_year).then_some(year)
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
    pub(super) fn is_year_like(&self, at: usize) -> bool {
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
        let near = self.near_day(number, after, parts);
        if self.counts_something_else(here, number, after, &near)
            || parts.weekday.is_some() && self.is_apart_from_weekday(here, number, after, &near)
            || near.month_follows && self.is_before_dated_month(number, near.past_words)
            || !(near.any()
                || number.ordinal
                || parts.weekday.is_some()
                || self.weekday_in_brackets(after))
        {
            return None;
        }
        let next = if near.month_follows {
            near.past_words
        } else if self.has(after, Class::DayMark)
            && (number.ordinal || near.after_month || self.dense(after))
        {
            after + 1
        } else {
            after
        };
        // "2 Maccabees", "5 percent" cannot be told from "Friday 5"; a weekday must be near.
        parts.day = Some(number.value as u8);
        parts.ordinal = number.ordinal;
        parts.doubt[2] = number.doubt;
        parts.day_or_year = near.after_month
            && number.digits == 2
            && !number.ordinal
            && self.mark(after) == '\0'
            && self.languages & !DAY_FIRST == 0;
        Some(next)
    }

    /// What stands on either side of the number of a day that ends at `after`.
    fn near_day(&self, number: &Number, after: usize, parts: &Parts) -> NearDay {
        const MOST: usize = 6;
        // "5th day of the", "11 días del mes de", "XXVIII mensis".
        let is_between = |at: usize| {
            self.has(at, Class::DayMark)
                || self.has(at, Class::MonthMark)
                || matches!(self.mark(at), '.' | '\'' | ':')
                || (self.has(at, Class::Glue)
                    && !self.has(at, Class::Month)
                    && !self.has(at, Class::Lead))
        };
        let past_words = (after..after + MOST).find(|at| !is_between(*at)).unwrap_or(after + MOST);
        let is_month = self.items.get(past_words).is_some_and(|item| item.token.lines < 2)
            && (self.month(past_words).is_some()
                || self.mark(past_words) == '-'
                    && !self.spaced(past_words + 1)
                    && self.has(past_words + 1, Class::Month));
        let gap = self.gap(after);
        NearDay {
            past_words,
            month_follows: is_month || !number.words && self.spread_month(past_words).is_some(),
            told_follows: self.has(gap, Class::RelMonth)
                || self.has(gap, Class::LastPast)
                || self.has(gap, Class::NextCome)
                || self.has(after, Class::RelMonth),
            after_month: parts.month.is_some(),
            after_month_alone: parts.month.is_some() && parts.year.is_none(),
        }
    }

    /// Whether the number is none of a day by its own writing and what stands near.
    fn counts_something_else(
        &self,
        here: usize,
        number: &Number,
        after: usize,
        near: &NearDay,
    ) -> bool {
        // "le premier", "im ersten" count other things too, and so does "V".
        let alone = !near.any() && (number.words || number.roman && !number.ordinal);
        // "en la mar, 20 de mayo": a day before its month has no other month before a comma.
        let of_other_month =
            near.after_month && near.month_follows && here > 0 && self.mark(here - 1) == ',';
        // "I may" is no date; "I. May" and "die V Maii" are.
        let letter = number.roman
            && !number.ordinal
            && self.items[here].end - self.items[here].token.start == 1
            && self.mark(after) != '.'
            && self.languages & LATIN == 0;
        let unwritten =
            near.after_month_alone && number.digits == 0 && !number.ordinal && !number.words;
        let on_next_line = near.after_month && !number.ordinal && self.items[here].token.lines > 0;
        alone || of_other_month || letter || unwritten || on_next_line
    }

    /// "Dienstag von 4 bis 6": only what follows the weekday at once is its day.
    fn is_apart_from_weekday(
        &self,
        here: usize,
        number: &Number,
        after: usize,
        near: &NearDay,
    ) -> bool {
        let follows = here > 0
            && (self.kind(here - 1) == Some(Kind::Punct) || self.has(here - 1, Class::Weekday));
        !number.ordinal
            && !near.any()
            && (!follows || self.has(after, Class::To) || self.mark(after) == '-')
    }

    /// Where the day follows the month, what stands before it is none: "Ida. Aug 18th",
    /// "S.W.7. / June 14, 1931".
    fn is_before_dated_month(&self, number: &Number, month: usize) -> bool {
        if let Some((_, _, after_month)) = self.month(month)
            && let Some((day, after_day)) = self.number(self.skip(after_month, ".,"))
        {
            let by_ordinal = number.roman && day.ordinal && !day.roman;
            let is_day = (1..=31).contains(&day.value) && (1..=2).contains(&day.digits);
            let year = || self.number(self.skip(after_day, ".,"));
            return by_ordinal || is_day && year().is_some_and(|(year, _)| year.digits == 4);
        }
        false
    }

    /// "13. (Montag)"
    fn weekday_in_brackets(&self, after: usize) -> bool {
        let at = self.skip(after, ".");
        matches!(self.mark(at), '(' | '[')
            && self.weekday(at + 1, true).is_some()
            && matches!(self.mark(self.skip(at + 2, ".")), ')' | ']')
    }

    fn past_note(&self, at: usize, after_day: bool) -> Option<usize> {
        // "November 6 [8], 1919": an editor's correction of the day; "May 12 [18]50" has a year.
        if after_day
            && self.mark(at) == '['
            && self.mark(at + 2) == ']'
            && self.items.get(at + 1).is_some_and(|item| matches!(item.token.digits, 1 | 2))
            && (self.spaced(at + 3) || self.kind(at + 3) != Some(Kind::Number))
        {
            return Some(self.gap(at + 3));
        }
        // "June 19 [sic], 1930", "March 21, (?) 1897"
        if after_day
            && matches!(self.mark(at), '[' | '(')
            && matches!(self.mark(at + 2), ']' | ')')
            && (self.mark(at + 1) == '?'
                || self.items.get(at + 1).is_some_and(|item| {
                    let word = &self.text[item.token.start as usize..item.token.end as usize];
                    word.eq_ignore_ascii_case("sic")
                }))
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
}
