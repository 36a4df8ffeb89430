//! What hangs on an anchor: "yesterday", "last Tuesday", "il y a huit jours", anniversaries and ages.

use super::grammar::Parser;
use super::languages::{ARABIC, ENGLISH, NORDIC, PERSIAN, ROMANCE, THAI, UNCOUNTED, VIETNAMESE};
use super::lexicon::Class;
use super::parts::{FeastPart, MonthPart, Parts, Saying, YearPart};
use super::token::Kind;

/// What is said, the item after it and the rule by which it is.
type Told = Option<(Saying, usize, &'static str)>;

const RULE: &str = "relative";

impl Parser<'_> {
    /// "yesterday", "last Tuesday", "ten days since", "il y a huit jours", "Tuesday week".
    pub(super) fn relative(&self, at: usize) -> Told {
        if let Some(days) = self.is(at, Class::RelDay) {
            // "heden den 12den mei 1850": the date itself follows
            if let Some((parts, end, rule)) = self.point(self.gap(at + 1))
                && parts.day.is_some()
                && parts.has_month()
            {
                return Some((Saying::Point(parts), end, rule));
            }
            let (saying, end) = self.relative_day(at, days);
            return Some((saying, end, RULE));
        }
        let told = self
            .shifted(at)
            .or_else(|| self.counted_as_last(at))
            .or_else(|| self.weekday_of_week(at));
        if told.is_some() {
            return told;
        }
        if let Some(side) = self.side(at) {
            return self.last_or_next(at, side);
        }
        self.season_told(at)
            .or_else(|| self.weekday_told(at))
            .or_else(|| self.month_or_year_told(at))
    }

    /// On which side of the anchor "last", "next" and the like are: [`LAST`] or [`NEXT`].
    pub(super) fn side(&self, at: usize) -> Option<i32> {
        const PAST: u128 = Class::set(&[Class::Last, Class::LastPast]);
        const COMING: u128 = Class::set(&[Class::Next, Class::NextCome]);
        if self.has_any(at, PAST) {
            return Some(LAST);
        }
        self.has_any(at, COMING).then_some(NEXT)
    }

    /// So many days, weeks, months or years before or after: "il y a huit jours", "two weeks ago".
    fn shifted(&self, at: usize) -> Told {
        // "il y a aujourd'hui huit jours"
        if self.has(at, Class::AgoPre)
            && let Some(days) = self.is(at + 1, Class::RelDay)
            && let Some((count, end)) = self.count(at + 2)
            && count.unit < 100
        {
            let back = count.n.saturating_mul(count.unit);
            return Some((Saying::Shift(days.saturating_sub(back), None), end, RULE));
        }
        if let Some((days, end)) = self
            .count_before(at, Class::AgoPre, -1)
            .or_else(|| self.count_before(at, Class::HencePre, 1))
            .or_else(|| self.count_before(at, Class::Ahead, 1))
        {
            return Some((self.shift(days, end).0, self.shift(days, end).1, RULE));
        }
        if let Some((count, end)) = self.count(at) {
            let sign = if self.has(end, Class::Ago) { -1 } else { 1 };
            if sign < 0 || self.has(end, Class::Hence) || self.has(end, Class::From) {
                // "a week ago yesterday", "two weeks from today", "a week from Thursday"
                if let Some((saying, end)) = self.counted_from(count.times(sign), end + 1) {
                    return Some((saying, end, RULE));
                }
            }
            if sign < 0 || self.has(end, Class::Hence) {
                let shift = self.shift(count.times(sign), end + 1);
                return Some((shift.0, shift.1, RULE));
            }
        }
        if self.dense(at)
            && let Some(days) = self.is(at, Class::DayWord)
        {
            // 사흘 전, 열흘 후.
            if self.has(at + 1, Class::Ago) {
                return Some((Saying::Shift(-days, None), at + 2, RULE));
            }
            if self.has(at + 1, Class::Hence) {
                return Some((Saying::Shift(days, None), at + 2, RULE));
            }
        }
        None
    }

    /// "ba mươi năm trước", "سه ماه پیش": so many of what the tables have as "last year".
    fn counted_as_last(&self, at: usize) -> Told {
        if self.languages & !(VIETNAMESE | THAI | PERSIAN) == 0
            && let Some((number, end)) = self.number(at)
            && !number.ordinal
            && (number.words || self.languages != PERSIAN)
            && number.digits <= 2
            && at.checked_sub(1).is_none_or(|before| {
                let day = [Class::DayMark, Class::OrdPrefix, Class::Glue];
                !day.into_iter().any(|class| self.has(before, class))
            })
        {
            let n = number.value;
            if self.is(end, Class::RelMonth) == Some(-1) {
                return Some((Saying::ShiftMonths(-n, false), end + 1, RULE));
            }
            if self.is(end, Class::RelYear) == Some(-1) {
                return Some((Saying::ShiftYears(-n, false), end + 1, RULE));
            }
            if self.has(end, Class::LastWeek) {
                return Some((Saying::Shift(n.saturating_mul(-7), None), end + 1, RULE));
            }
            if self.has(end, Class::NextWeek) {
                return Some((Saying::Shift(n.saturating_mul(7), None), end + 1, RULE));
            }
        }
        None
    }

    /// A weekday of the last week, the next or this one: "vorige Woche Dienstag".
    fn weekday_of_week(&self, at: usize) -> Told {
        for (class, weeks) in [(Class::LastWeek, -1), (Class::NextWeek, 1), (Class::ThisWeek, 0)] {
            if self.has(at, class) {
                let next = self.gap(at + 1);
                let weekday = self.weekday(next, false).or_else(|| {
                    self.is(next, Class::WeekdayAbbr)
                        .filter(|_| self.dense(next))
                        .map(|day| day as u8)
                });
                if let Some(weekday) = weekday {
                    return Some((Saying::WeekdayOf(weekday, weeks), next + 1, RULE));
                }
            }
        }
        None
    }

    /// What stands after "last" or "next": "last Tuesday", "next Monday week", "last summer", "last
    /// Christmas", "last May". `side` is [`LAST`] or [`NEXT`].
    fn last_or_next(&self, at: usize, side: i32) -> Told {
        let direction = side.signum();
        let mut next = self.skip(at + 1, ".");
        while self.has(next, Class::Glue) && next < at + 3 {
            next += 1;
        }
        if let Some(weekday) = self.weekday(next, false)
            && !self.date_begins(next + 1)
        {
            // "next Monday week", "last Sunday fortnight"
            let weeks = self.is(next + 1, Class::Unit).filter(|days| matches!(days, 7 | 14));
            if let Some(days) = weeks.filter(|_| self.languages & ENGLISH != 0) {
                let saying = Saying::WeekdayFrom(weekday, direction, direction * days / 7);
                return Some((saying, next + 2, RULE));
            }
            return Some((
                Saying::WeekdayFrom(weekday, direction, 0),
                self.past_hour(next + 1),
                RULE,
            ));
        }
        // "last summer"
        if let Some(season) = self.is(next, Class::Season)
            && self.date_free(next + 1)
        {
            return Some((season_of(season, side), next + 1, RULE));
        }
        // "last Christmas"
        if let Some(name) = self.is(next, Class::Feast) {
            let parts = Parts {
                feast: Some(FeastPart { name: name as u16, shift: 0, then: None }),
                year: Some(YearPart::told(side)),
                ..Parts::default()
            };
            return Some((Saying::Point(parts), next + 1, RULE));
        }
        // "last May", "nächsten Juli" are months of the past or the future.
        if let Some(month) = self.is(next, Class::Month)
            && self.date_free(next + 1)
        {
            let parts = Parts {
                month: Some(MonthPart::Named(month as u8)),
                year: Some(YearPart::told(side)),
                ..Parts::default()
            };
            return Some((Saying::Point(parts), next + 1, RULE));
        }
        None
    }

    /// "this summer", "l'été dernier".
    fn season_told(&self, at: usize) -> Told {
        if self.has(at, Class::This)
            && let Some(season) = self.is(at + 1, Class::Season)
            && self.date_free(at + 2)
        {
            return Some((season_of(season, THIS), at + 2, RULE));
        }
        if let Some(season) = self.is(at, Class::Season)
            && let Some(item) = self.items.get(at + 1)
            && item.token.lines == 0
            && let Some(side) = self.side(at + 1)
        {
            return Some((season_of(season, side), at + 2, RULE));
        }
        None
    }

    /// A weekday and what tells of which week it is: "Tuesday last", "zondag jl.", "Tuesday week".
    fn weekday_told(&self, at: usize) -> Told {
        // "i söndags": a form that only looks back.
        if let Some(weekday) = self.is(at, Class::PastWeekday) {
            return Some((Saying::WeekdayFrom(weekday as u8, -1, 0), at + 1, RULE));
        }
        if let Some(weekday) = self.weekday(at, false) {
            let next = self.skip(at + 1, ",.");
            for (class, weeks) in
                [(Class::LastWeek, -1), (Class::NextWeek, 1), (Class::ThisWeek, 0)]
            {
                if self.has(next, class) {
                    return Some((Saying::WeekdayOf(weekday, weeks), next + 1, RULE));
                }
            }
            // "the Sunday before last"
            if self.has(next, Class::Before) && self.has(next + 1, Class::Last) {
                return Some((Saying::WeekdayFrom(weekday, -1, -1), next + 2, RULE));
            }
            if let Some((count, end)) = self.count_before(next, Class::AgoPre, -1)
                && count.unit < 100
                && count.n * count.unit % 7 == 0
            {
                return Some((
                    Saying::WeekdayFrom(weekday, -1, count.n * count.unit / 7),
                    end,
                    RULE,
                ));
            }
            if let Some(side) = self.side(next) {
                let is_week = self.is(next + 1, Class::Unit) == Some(7);
                let weeks = if is_week && self.has(next, Class::Last) { -1 } else { 0 };
                let end = self.skip(next + 1, ".");
                return Some((Saying::WeekdayFrom(weekday, side.signum(), weeks), end, RULE));
            }
            if let Some(days) = self.is(next, Class::Unit).filter(|days| matches!(days, 7 | 14))
                && self.spaced(next)
                && self.languages & ENGLISH != 0
            {
                // "your letter of Thursday week", "received Thursday week", "came home Sunday fortnight"
                let is_past = self.looks_back(at)
                    || at.checked_sub(1).is_some_and(|before| self.has(before, Class::Received));
                let sign = if is_past { -1 } else { 1 };
                return Some((Saying::WeekdayFrom(weekday, sign, sign * days / 7), next + 1, RULE));
            }
            if let Some(days) = self.is(next, Class::Ahead).filter(|_| self.mark(at + 1) == '\0') {
                return Some((Saying::WeekdayFrom(weekday, 1, days / 7), next + 1, RULE));
            }
            if let Some((count, end)) = self.count_before(next, Class::HencePre, 1)
                && count.unit < 100
                && count.n * count.unit % 7 == 0
                && count.n > 0
            {
                return Some((
                    Saying::WeekdayFrom(weekday, 1, count.n * count.unit / 7),
                    end,
                    RULE,
                ));
            }
        }
        None
    }

    /// Whether a weekday is past by what stands before it: "of", or a verb that only tells what is
    /// past, with a word between at most: "arrived on Sunday", "came home Sunday".
    pub(super) fn looks_back(&self, at: usize) -> bool {
        if at.checked_sub(1).is_some_and(|before| self.has(before, Class::Of)) {
            return true;
        }
        let is_one_word = |at: usize| {
            self.items.get(at).is_some_and(|item| {
                let words = &self.text[item.token.start as usize..item.end as usize];
                self.kind(at) == Some(Kind::Break) && !words.contains(char::is_whitespace)
            })
        };
        let before = |at: usize| at.checked_sub(1).filter(|_| !self.stops(at));
        let mut word = before(at);
        word = word.and_then(|at| if self.has(at, Class::Glue) { before(at) } else { Some(at) });
        word = word.and_then(|at| if is_one_word(at) { before(at) } else { Some(at) });
        word.is_some_and(|at| self.has(at, Class::PastVerb))
    }

    /// "last month", "next year", "December last".
    fn month_or_year_told(&self, at: usize) -> Told {
        // A text that is nothing but "last month".
        if let Some(months) = self.is(at, Class::RelMonth)
            && months != SAME
            && self.items[at].end > self.items[at].token.end
            && self.whole(at, at + 1)
        {
            return Some((Saying::ShiftMonths(months, false), at + 1, "relative-month"));
        }
        // "December last", "mai dernier": the month that is past or to come.
        if let Some(month) = self.is(at, Class::Month)
            && let Some(relative) = [(Class::Last, LAST), (Class::Next, NEXT)]
                .into_iter()
                .find_map(|(class, sign)| self.has(at + 1, class).then_some(sign))
            && self.items[at + 1].token.lines == 0
            && self.weekday(at + 2, false).is_none()
            && self.closes(at + 2)
        {
            let parts = Parts {
                month: Some(MonthPart::Named(month as u8)),
                year: Some(YearPart::told(relative)),
                ..Parts::default()
            };
            return Some((Saying::Point(parts), self.skip(at + 2, "."), RULE));
        }
        // "last month", "next year" alone.
        if let Some(years) = self
            .is(at, Class::RelYear)
            .filter(|&years| years != SAME)
            .filter(|_| self.items[at].end > self.items[at].token.end || self.whole(at, at + 1))
        {
            let parts = Parts { year: Some(YearPart::told(years)), ..Parts::default() };
            return Some((Saying::Point(parts), at + 1, "relative-year"));
        }
        None
    }

    /// A count of days, weeks, months or years from the day or the weekday that stands at `at`.
    fn counted_from(&self, count: Count, at: usize) -> Option<(Saying, usize)> {
        let ahead = count.n.saturating_mul(count.unit);
        if let Some(days) = self.is(at, Class::RelDay) {
            return match count.unit {
                1001 if days == 0 => Some((Saying::ShiftMonths(count.n, true), at + 1)),
                1002 if days == 0 => Some((Saying::ShiftYears(count.n, true), at + 1)),
                1001.. => None,
                _ => Some((Saying::Shift(days.saturating_add(ahead), None), at + 1)),
            };
        }
        // "a week ago last Tuesday" as "a week from next Tuesday"
        let past = self.has(at, Class::Last);
        let named = if past || self.has(at, Class::Next) { at + 1 } else { at };
        let weekday = self.weekday(named, false)?;
        let whole_weeks = count.unit < 100 && ahead % 7 == 0;
        if !whole_weeks || past != (count.n < 0) || self.date_begins(named + 1) {
            return None;
        }
        Some((Saying::WeekdayFrom(weekday, count.n.signum(), ahead / 7), named + 1))
    }

    fn date_free(&self, at: usize) -> bool {
        let next = self.gap(at);
        self.number(next).is_none()
    }

    fn date_begins(&self, at: usize) -> bool {
        let next = self.gap(at);
        !self.stops(next)
            && (self.month(next).is_some()
                || self.number(next).is_some_and(|(_, end)| self.month(self.gap(end)).is_some()))
    }

    fn past_hour(&self, at: usize) -> usize {
        let next = self.skip(at, ",");
        self.hour(next).unwrap_or(at)
    }

    fn relative_day(&self, at: usize, days: i32) -> (Saying, usize) {
        let mut shift = days;
        let mut end = at + 1;
        // "gestern vor 8 Tagen", "heute über acht Tage", "to-morrow se'nnight", "yesterday week".
        let next = self.skip(end, ",");
        if let Some((count, after)) = self
            .count_before(next, Class::AgoPre, -1)
            .or_else(|| self.count_before(next, Class::HencePre, 1))
        {
            let saying = match count.unit {
                // "heute vor einem Jahre"
                1001 if days == 0 => Some(Saying::ShiftMonths(count.n, true)),
                1002 if days == 0 => Some(Saying::ShiftYears(count.n, true)),
                ..100 => Some(Saying::Shift(shift.saturating_add(count.n * count.unit), None)),
                _ => None,
            };
            if let Some(saying) = saying {
                return (saying, after);
            }
        }
        // "i dag otte dage", "i dag åtta dagar till"
        if self.languages & !NORDIC == 0
            && let Some((count, after)) = self.count(end)
            && count.unit < 100
        {
            let back = self.has(after, Class::Ago);
            let ahead = if back { -count.n } else { count.n }.saturating_mul(count.unit);
            let after = if back || self.has(after, Class::Hence) { after + 1 } else { after };
            return (Saying::Shift(shift.saturating_add(ahead), None), after);
        }
        // "this day month"
        if self.languages & ENGLISH != 0
            && days == 0
            && let Some(saying) = match self.is(end, Class::Unit) {
                Some(1001) => Some(Saying::ShiftMonths(1, true)),
                Some(1002) => Some(Saying::ShiftYears(1, true)),
                _ => None,
            }
        {
            return (saying, end + 1);
        }
        if self.languages & ENGLISH != 0
            && let Some(days) = self.is(end, Class::Unit).filter(|days| matches!(days, 7 | 14))
        {
            shift += if days > 0 && shift < 0 { -days } else { days };
            return (Saying::Shift(shift, None), end + 1);
        }
        if let Some(ahead) = self.is(end, Class::Ahead) {
            return (Saying::Shift(shift + ahead, None), end + 1);
        }
        // "this day last week"
        for (class, days) in [(Class::LastWeek, -7), (Class::NextWeek, 7)] {
            if self.has(end, class) {
                return (Saying::Shift(shift + days, None), end + 1);
            }
        }
        end = self.past_hour(end);
        // "morgen, Dienstag".
        let next = self.skip(end, ",(");
        if let Some(weekday) = self.weekday(next, false)
            && !self.date_begins(next + 1)
            && self.number(self.gap(next + 1)).is_none()
        {
            let mut end = next + 1;
            if self.mark(end) == ')' {
                end += 1;
            }
            return (Saying::Shift(shift, Some(weekday)), end);
        }
        (Saying::Shift(shift, None), end)
    }

    /// "three days", "a fortnight", "acht Tage", "неделю": a number and a unit.
    fn count(&self, at: usize) -> Option<(Count, usize)> {
        if let Some(days) = self.is(at, Class::UnitIdiom) {
            return Some((Count { n: 1, unit: days }, at + 1));
        }
        if let Some(n) = self.is(at, Class::Few)
            && let Some(unit) = self.is(at + 1, Class::Unit)
        {
            return Some((Count { n, unit }, at + 2));
        }
        if let Some((number, end)) = self.number(at) {
            if number.ordinal || !(0..=5000).contains(&number.value) {
                return None;
            }
            // "trent’anni"
            let end = if self.spaced(end) { end } else { self.skip(end, "'") };
            let unit = self.is(end, Class::Unit)?;
            return Some((Count { n: number.value, unit }, end + 1));
        }
        if let Some(unit) = self.is(at, Class::Unit)
            && self.languages & UNCOUNTED != 0
            && self.languages != u32::MAX
            && (self.has(at + 1, Class::Ago) || self.has(at + 1, Class::Hence))
        {
            return Some((Count { n: 1, unit }, at + 1));
        }
        None
    }

    fn count_before(&self, at: usize, class: Class, sign: i32) -> Option<(Count, usize)> {
        if !self.has(at, class) || class == Class::Ahead {
            return None;
        }
        // "через неделю", "za týden": one, without a number.
        let single = || {
            let unit = self.is(at + 1, Class::Unit)?;
            let bare = self.languages & UNCOUNTED != 0 && self.languages != u32::MAX;
            bare.then_some((Count { n: 1, unit }, at + 2))
        };
        let (count, end) = self.count(at + 1).or_else(single)?;
        Some((count.times(sign), end))
    }

    fn shift(&self, count: Count, end: usize) -> (Saying, usize) {
        match count.unit {
            1001 => (Saying::ShiftMonths(count.n, false), end),
            1002 => {
                // "twenty years ago this day".
                let exact = self.is(end, Class::RelDay) == Some(0);
                (Saying::ShiftYears(count.n, exact), if exact { end + 1 } else { end })
            }
            1003 => (Saying::ShiftYears(count.n.saturating_mul(100), false), end),
            days => (Saying::Shift(count.n.saturating_mul(days), None), end),
        }
    }

    pub(super) fn anniversary(&self, at: usize) -> Option<(Saying, usize, &'static str)> {
        const RULE: &str = "anniversary";
        if let Some(years) = self.is(at, Class::Jubilee) {
            return Some((Saying::Anniversary(years), at + 1, RULE));
        }
        if self.has(at, Class::MoreThan)
            || (self.has(at, Class::For) && self.has(at + 1, Class::MoreThan))
        {
            let next = if self.has(at, Class::MoreThan) { at + 1 } else { at + 2 };
            let (count, end) = self.count(next)?;
            let years = match count.unit {
                1002 => count.n,
                1003 => count.n.saturating_mul(100),
                _ => return None,
            };
            return Some((Saying::MoreThan(years), end, RULE));
        }
        if self.has(at, Class::Aged) {
            let (number, mut end) = self.number(self.gap(at + 1))?;
            if self.is(end, Class::Unit) == Some(1002) {
                end += 1;
            }
            return ((1..=130).contains(&number.value)).then_some((
                Saying::Age(number.value, false),
                end,
                RULE,
            ));
        }
        if self.has(at, Class::HisYear) {
            let (number, end) = self.number(self.gap(at + 1))?;
            let end = self.skip(end, ".");
            let lived = self.has(end, Class::LifeYear)
                || (self.has(end, Class::YearMark)
                    && !self.has(end + 1, Class::RegnalYear)
                    && !self.has(end + 1, Class::RegnalOf));
            if (number.ordinal || self.has(end, Class::LifeYear))
                && lived
                && (2..=130).contains(&number.value)
            {
                return Some((Saying::Age(number.value - 1, false), end + 1, RULE));
            }
            return None;
        }
        // `没後五十年`
        if self.dense(at)
            && self.has(at, Class::Anniversary)
            && let Some((number, end)) = self.number(at + 1)
            && self.has(end, Class::YearMark)
            && self.dense(end)
            && (1..=2000).contains(&number.value)
        {
            return Some((Saying::Anniversary(number.value), end + 1, RULE));
        }
        // "الذكرى الخمسون": the return before its number.
        if self.has(at, Class::Anniversary)
            && self.languages & (ARABIC | VIETNAMESE) != 0
            && let Some((number, end)) = self.number(at + 1)
            && (number.ordinal || number.words || self.languages == VIETNAMESE)
            && (1..=5000).contains(&number.value)
        {
            return Some((Saying::Anniversary(number.value), end, RULE));
        }
        // "this day 37 years old".
        let (exact, next) =
            if self.is(at, Class::RelDay) == Some(0) { (true, at + 1) } else { (false, at) };
        let (number, mut end) = self.number(next)?;
        if !(1..=5000).contains(&number.value) || number.digits == 4 {
            return None;
        }
        if self.has(end, Class::Unit) || self.has(end, Class::YearMark) {
            let unit = self.is(end, Class::Unit);
            let after = end + 1;
            if unit == Some(1002) && self.has(after, Class::Old) && number.value <= 130 {
                return Some((Saying::Age(number.value, exact), after + 1, RULE));
            }
        }
        if exact {
            return None;
        }
        // "in the 70th year of his age".
        if number.ordinal
            && self.has(end, Class::LifeYear)
            && self.items[end].end > self.items[end].token.end
            && (2..=130).contains(&number.value)
        {
            return Some((Saying::Age(number.value - 1, false), end + 1, RULE));
        }
        if self.has(end, Class::Old)
            && self.items[end].end > self.items[end].token.end
            && number.value <= 130
        {
            return Some((Saying::Age(number.value, false), end + 1, RULE));
        }
        let ordinal = number.ordinal
            || matches!(self.mark(end), '.' | '-')
            // "I return": the English pronoun counts nothing
            || number.roman && (number.value > 1 || self.languages & ENGLISH == 0)
            || self.languages & !ROMANCE == 0
                && at.checked_sub(1).is_some_and(|before| self.has(before, Class::Glue));
        end = self.skip(end, ".-");
        if self.has(end, Class::AnnivAdj) {
            end += 1;
            if self.has(end, Class::Anniversary) {
                return Some((Saying::Anniversary(number.value), end + 1, RULE));
            }
            return None;
        }
        let anniversary = self.has(end, Class::Anniversary);
        if anniversary && (ordinal || self.dense(end)) {
            return Some((Saying::Anniversary(number.value), end + 1, RULE));
        }
        None
    }
}

/// So many units.
#[derive(Debug, Clone, Copy)]
struct Count {
    n: i32,
    unit: i32,
}

impl Count {
    pub(super) fn times(self, sign: i32) -> Count {
        Count { n: self.n * sign, ..self }
    }
}

/// The year of "last May" and "next May", and that of "this summer".
pub(crate) const LAST: i32 = -100;
pub(crate) const NEXT: i32 = 100;
pub(crate) const THIS: i32 = 200;
/// In the tables: the month or the year of the date named before, as in "of the same month".
pub(crate) const SAME: i32 = 99;

/// A season, with its year by the anchor.
fn season_of(season: i32, relative: i32) -> Saying {
    Saying::Point(Parts {
        season: u8::try_from(season).ok(),
        year: Some(YearPart::told(relative)),
        ..Parts::default()
    })
}
