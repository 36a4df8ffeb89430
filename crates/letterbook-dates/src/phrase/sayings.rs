//! Sayings: points with what is said of them — ranges, bounds, doubt, anchors, anniversaries.

use super::grammar::{After, Found, Parser};
use super::lexicon::Class;
use super::parts::{FeastPart, MonthPart, Parts, Saying, Third};
use super::token::Kind;
use crate::value::Doubt;

/// Parts, where they end, and the rule that read them.
type Member = (Parts, usize, &'static str);

/// How a bound is made of its point.
type Build = fn(Parts) -> Saying;

impl Parser<'_> {
    /// The longest saying that begins at an item.
    pub(crate) fn saying(&self, at: usize) -> Option<Found> {
        let item = self.items.get(at)?;
        if item.token.kind == Kind::Break {
            return None;
        }
        // A word within a dense run begins nothing, unless something known stands before it.
        if item.token.kind == Kind::Punct && !matches!(item.token.mark, '[' | '(' | '?' | '<') {
            return None;
        }
        // Most words begin nothing.
        let is_word = item.token.kind == Kind::Word && item.token.value == 0 && !item.token.dense;
        if is_word && !self.has_any(at, BEGINNINGS) {
            return None;
        }
        let longest = [
            self.anniversary(at),
            self.relative(at),
            self.bracketed(at),
            self.bounded(at),
            self.pointed(at),
        ]
        .into_iter()
        .rev()
        .flatten()
        // Of equally long ones the first: `max_by_key` keeps the last it sees.
        .max_by_key(|(_, end, _)| *end)
        .or_else(|| self.lone_day(at));
        let (saying, end, rule) = longest?;
        Some(Found { saying, start: at, end, rule })
    }

    /// A text that is nothing but the number of a day: "20.", "d. 5.,".
    fn lone_day(&self, at: usize) -> Option<(Saying, usize, &'static str)> {
        let at = self.gap(at);
        let (number, end) = self.day(at)?;
        // "21 4" for 21 April, where day stands before month.
        if number.digits > 0
            && self.languages & 1 == 0
            && let Some((month, after)) = self.day(end)
            && month.digits > 0
            && month.value <= 12
            && !month.ordinal
            && self.whole(at, after)
        {
            let parts = Parts {
                day: Some(number.value as u8),
                month: Some(MonthPart::Named(month.value as u8)),
                ..Parts::default()
            };
            return Some((Saying::Point(parts), after, "day"));
        }
        let marked = number.ordinal || matches!(self.mark(end), '.' | ',');
        if !marked || number.words || number.roman || !self.whole(at, end) {
            return None;
        }
        let parts =
            Parts { day: Some(number.value as u8), ordinal: number.ordinal, ..Parts::default() };
        Some((Saying::Point(parts), self.skip(end, "."), "day"))
    }

    /// "[vor dem 12. Mai 1850]", "[c. 1850?]", "[?12 May 1850]".
    fn bracketed(&self, at: usize) -> Option<(Saying, usize, &'static str)> {
        if !matches!(self.mark(at), '[' | '(') {
            return None;
        }
        let mut next = at + 1;
        let mut doubt = Doubt::None;
        while matches!(self.mark(next), '?' | '¿' | '"') {
            if self.mark(next) != '"' {
                doubt = Doubt::Uncertain;
            }
            next += 1;
        }
        let inner = self
            .bounded(next)
            .into_iter()
            .chain(self.pointed(next))
            .max_by_key(|(_, end, _)| *end)?;
        let (mut saying, mut end, rule) = inner;
        if let Some(after) = self.question(end) {
            doubt = Doubt::Uncertain;
            end = after;
        }
        end = self.skip(end, ".");
        if !matches!(self.mark(end), ']' | ')') {
            return None;
        }
        end += 1;
        // "[12] May 1850" is a date with a bracket in it, not a bracket with a date.
        if doubt != Doubt::None {
            saying = saying.doubted(Doubt::Uncertain);
        }
        // "May [1850?]" is read by the year itself.
        if let Saying::Point(parts) = &saying
            && parts.day.is_some()
            && parts.month.is_none()
        {
            return None;
        }
        Some((saying, end, rule))
    }

    /// Points with words before them: "before", "about", "early", "from … to", "between … and".
    fn bounded(&self, at: usize) -> Option<(Saying, usize, &'static str)> {
        if self.has(at, Class::NoDate) {
            let mut end = at + 1;
            if self.mark(end) == '.' {
                end += 1;
            }
            return Some((Saying::Undated, end, "undated"));
        }
        let mut next = at;
        let mut doubt = Doubt::None;
        if self.mark(next) == '?' {
            doubt = Doubt::Uncertain;
            next += 1;
        }
        for _ in 0..3 {
            let sign = if self.has(next, Class::Approx) {
                Doubt::Approximate
            } else if self.has(next, Class::Doubt) {
                Doubt::Uncertain
            } else {
                break;
            };
            doubt = doubt.and(sign);
            next = self.gap(next + 1);
        }
        // Doubt upon doubt upon doubt is not read: the parse stays shallow.
        if doubt != Doubt::None
            && (self.mark(next) == '?'
                || self.has(next, Class::Approx)
                || self.has(next, Class::Doubt))
        {
            return None;
        }
        if doubt != Doubt::None {
            let (saying, mut end, _) = self
                .bounded(next)
                .into_iter()
                .chain(self.pointed(next))
                .max_by_key(|(_, end, _)| *end)?;
            if let Some(after) = self.question(end) {
                doubt = doubt.and(Doubt::Uncertain);
                end = after;
            }
            // "um 3 Uhr", "about 12" say nothing of days.
            if let Saying::Point(parts) = &saying
                && (parts.year.is_none()
                    && parts.month.is_none()
                    && parts.feast.is_none()
                    && parts.decade.is_none()
                    && parts.century.is_none())
            {
                return None;
            }
            if let Saying::Point(parts) = &saying
                && parts.whole != Doubt::None
            {
                return Some((saying.doubted(doubt), end, "doubt"));
            }
            return Some((saying.doubted(doubt), end, "doubt"));
        }
        for (class, third) in
            [(Class::Early, Third::Early), (Class::Mid, Third::Mid), (Class::Late, Third::Late)]
        {
            if self.has(at, class) {
                let next = self.skip(self.gap(at + 1), "-");
                let (parts, end) = self.month_of_third(next)?;
                return Some((Saying::Third(third, parts), end, "third"));
            }
        }
        let bounds: [(Class, Build, &'static str); 5] = [
            (Class::NotAfter, Saying::NotAfter, "not-after"),
            (Class::NotBefore, Saying::NotBefore, "not-before"),
            (Class::Before, Saying::Before, "before"),
            (Class::After, Saying::After, "after"),
            (Class::Since, Saying::Since, "since"),
        ];
        let mut best: Option<(Saying, usize, &'static str)> = None;
        let mut keep = |found: (Saying, usize, &'static str)| {
            if best.is_none_or(|best| found.1 > best.1) {
                best = Some(found);
            }
        };
        if self.has(at, Class::NightOf) {
            let next = self.gap(at + 1);
            if let Some((first, second, end)) = self.pair(next, &[Class::To, Class::And], "-/") {
                keep((Saying::Range(first, second), end, "night"));
            } else if let Some((parts, end, _)) = self.point(next) {
                keep((Saying::Point(parts), end, "night"));
            }
        }
        if self.has(at, Class::Between)
            && let Some((first, second, end)) =
                self.pair(self.gap(at + 1), &[Class::And, Class::To], "-")
        {
            keep((Saying::Within(first, second), end, "between"));
        }
        if self.has(at, Class::From) || self.has(at, Class::Since) {
            let next = self.gap(at + 1);
            if let Some((first, second, end)) = self.pair(next, &[Class::To], "-") {
                keep((Saying::Range(first, second), end, "from-to"));
            }
        }
        if self.has(at, Class::Either)
            && let Some((first, second, end)) = self.pair(self.gap(at + 1), &[Class::Or], "")
        {
            keep((Saying::Either(first, second), end, "either"));
        }
        for (class, build, rule) in bounds {
            if self.has(at, class) {
                let next = self.gap(at + 1);
                if let Some((parts, end, _)) = self.point(next)
                    && self.is_definite(&parts, rule)
                {
                    let (parts, end) = self.with_question(parts, end);
                    keep((build(parts), end, rule));
                }
            }
        }
        best
    }

    /// What may follow "before" and "since": a date, not a weekday or an hour.
    fn is_definite(&self, parts: &Parts, rule: &str) -> bool {
        let dated = parts.day.is_some() && parts.has_month()
            || parts.year.is_some_and(|year| year.relative.is_none())
            || parts.feast.is_some() && parts.year.is_some();
        match rule {
            "before" | "after" | "not-after" | "not-before" => {
                dated && (parts.year.is_some() || parts.day.is_some())
            }
            _ => dated || parts.month.is_some(),
        }
    }

    /// The month, season or year that is early, mid or late.
    fn month_of_third(&self, at: usize) -> Option<(Parts, usize)> {
        if let Some((parts, end)) = self.month_year(at) {
            return Some((parts, end));
        }
        let (parts, end, _) = self.point(at)?;
        // "đầu tháng 5 năm 1950".
        if parts.day.is_none() && matches!(parts.month, Some(MonthPart::Numbered { .. })) {
            return Some((parts, end));
        }
        (parts.day.is_none()
            && (parts.year.is_some() || parts.century.is_some())
            && parts.month.is_none())
        .then_some((parts, end))
    }

    fn month_year(&self, at: usize) -> Option<(Parts, usize)> {
        let mut parts = Parts::default();
        if let Some(relative) = self.is(at, Class::RelMonth) {
            parts.month = Some(MonthPart::Relative(relative));
            return Some((parts, self.skip(at + 1, ".")));
        }
        let (month, doubt, mut end) = self.month(at)?;
        parts.month = Some(month);
        parts.doubt[1] = doubt;
        let gap = self.gap(end);
        if let Some((year, doubt, parallel, after)) = self.year(gap, After::Month)
            && (year.digits != 2 || year.number > 31 || self.mark(gap) == '\'')
        {
            parts.year = Some(year);
            parts.doubt[0] = doubt;
            parts.parallel = parallel;
            end = after;
        }
        Some((parts, end))
    }

    /// A point, and the range, list or pair that it may begin.
    fn pointed(&self, at: usize) -> Option<(Saying, usize, &'static str)> {
        let single = self.point(at);
        let member = self.member_with(at, single);
        let mut best: Option<(Saying, usize, &'static str)> = None;
        let all = [
            (&[Class::To][..], "-~", "range"),
            (&[Class::Or][..], "", "either"),
            (&[Class::And][..], ",", "list"),
            (&[][..], "/", "slash"),
        ];
        for (words, marks, rule) in all {
            let Some(member) = member else { break };
            let Some((first, second, end)) = self.pair_with(member, at, words, marks) else {
                continue;
            };
            if best.is_some_and(|best| best.1 >= end) {
                continue;
            }
            let saying = match rule {
                "range" => Saying::Range(first, second),
                "either" => Saying::Either(first, second),
                "list" => Saying::Both(first, second),
                _ if first.day.is_none() => Saying::Range(first, second),
                _ => Saying::Dual(first, second),
            };
            best = Some((saying, end, rule));
        }
        if let Some(member) = member
            && let Some((saying, end)) = self.parenthesis_dual(member)
            && best.is_none_or(|best| end > best.1)
        {
            best = Some((saying, end, "dual"));
        }
        if let Some((parts, end, rule)) = single {
            // "May early", 5월 초: the third may follow.
            let postposed = self.dense(end) || self.languages & !POSTPOSING == 0;
            if parts.day.is_none() && parts.month.is_some() && postposed {
                for (class, third) in [
                    (Class::Early, Third::Early),
                    (Class::Mid, Third::Mid),
                    (Class::Late, Third::Late),
                ] {
                    if self.has(end, class) {
                        return Some((Saying::Third(third, parts), end + 1, "third"));
                    }
                }
            }
            // Dense writing puts "before" and "after" last.
            let end = if postposed && self.mark(end) == '.' && !self.dense(end) {
                let after = self.skip(end, ".");
                let bound =
                    [Class::NotAfter, Class::Since, Class::Before, Class::After, Class::Approx];
                if bound.into_iter().any(|class| self.has(after, class)) { after } else { end }
            } else {
                end
            };
            if postposed && best.is_none() {
                let trailing: [(Class, Build); 4] = [
                    (Class::NotAfter, Saying::NotAfter),
                    (Class::Since, Saying::Since),
                    (Class::Before, Saying::Before),
                    (Class::After, Saying::After),
                ];
                for (class, build) in trailing {
                    if self.has(end, class) {
                        return Some((build(parts), end + 1, "bound"));
                    }
                }
            }
            let (mut parts, mut end) = self.with_question(parts, end);
            // "1850 ca.", "1850年頃".
            if self.has(end, Class::Approx) && postposed {
                parts.whole = parts.whole.and(Doubt::Approximate);
                end += 1;
            }
            if best.is_none_or(|best| end > best.1) {
                best = Some((Saying::Point(parts), end, rule));
            }
        }
        best
    }

    fn with_question(&self, mut parts: Parts, end: usize) -> (Parts, usize) {
        if let Some(after) = self.question(end)
            && Self::no_doubt(&parts)
            && (self.mark(end) != '?' || self.is_editorial(end))
        {
            parts.whole = Doubt::Uncertain;
            return (parts, after);
        }
        (parts, end)
    }

    /// Whether a question mark doubts the date before it rather than ends a question: nothing but
    /// marks may follow on the line.
    fn is_editorial(&self, at: usize) -> bool {
        match self.items.get(at + 1) {
            None => true,
            Some(item) => {
                item.token.kind == Kind::Punct && matches!(item.token.mark, ']' | ')' | ',' | '.')
            }
        }
    }

    /// Two points joined by one of the words or marks; what one lacks, the other gives.
    fn pair(&self, at: usize, words: &[Class], marks: &str) -> Option<(Parts, Parts, usize)> {
        self.pair_with(self.member(at)?, at, words, marks)
    }

    fn pair_with(
        &self,
        (first, end, first_rule): Member,
        at: usize,
        words: &[Class],
        marks: &str,
    ) -> Option<(Parts, Parts, usize)> {
        let mut next = end;
        if self.mark(next) == '.'
            && (!first.has_month() || matches!(self.mark(next + 1), '/' | '-'))
        {
            next += 1;
        }
        // A particle such as 부터 or から after the first.
        if self.has(next, Class::Particle) {
            next += 1;
        } else if !marks.is_empty() && self.mark(next) != '\0' && marks.contains(self.mark(next)) {
            if marks == "," {
                // A list needs its last "and": "12, 13 and 14 May" is read from "13".
                return None;
            }
            next += 1;
            while self.mark(next) == '-' {
                next += 1;
            }
        } else if self.mark(next) == ',' && words.iter().any(|word| self.has(next + 1, *word)) {
            next += 2;
        } else if words.iter().any(|word| self.has(next, *word)) {
            next += 1;
        } else {
            return None;
        }
        next = self.gap(next);
        if self.stops(next) {
            return None;
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
        // "28 ottobre 1932 – X" has the year of a second era, not a tenth day.
        if second_rule == "bare" && second.bare && first.day.is_some() && first.year.is_some() {
            let item = &self.items[next];
            if item.token.digits == 0 && item.token.kind != Kind::Number && !item.token.dense {
                return None;
            }
        }
        if self.has(end, Class::Particle) {
            end += 1;
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
        {
            return None;
        }
        if second.bare && self.unit_follows(end) {
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

    /// Whether "between" stands before an item, past articles.
    fn is_after_between(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|before| {
                self.has(before, Class::Between)
                    && (before + 1..at).all(|word| self.has(word, Class::Glue))
            })
        })
    }

    fn unit_follows(&self, at: usize) -> bool {
        self.has(at, Class::Unit)
            || self.has(at, Class::Clock)
            || self.kind(at) == Some(Kind::Break)
    }

    /// Whether the items are all there is.
    pub(crate) fn whole(&self, start: usize, end: usize) -> bool {
        start <= self.idle.0 && end >= self.idle.1
    }

    /// A point or a bare number of a day.
    fn member(&self, at: usize) -> Option<Member> {
        self.member_with(at, self.point(at))
    }

    fn member_with(&self, at: usize, point: Option<Member>) -> Option<Member> {
        let bare = self
            .day(at)
            .filter(|(number, _)| number.digits > 0 || number.ordinal || number.roman)
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
    fn parenthesis_dual(&self, (mut first, end, _): Member) -> Option<(Saying, usize)> {
        if self.mark(end) != '('
            || first.day.is_none()
            || !first.has_month() && first.year.is_some()
        {
            return None;
        }
        let (mut second, close, _) = self.member(end + 1)?;
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

    // ---- anchors ----

    /// "yesterday", "last Tuesday", "ten days since", "il y a huit jours", "Tuesday week".
    fn relative(&self, at: usize) -> Option<(Saying, usize, &'static str)> {
        const RULE: &str = "relative";
        if let Some(days) = self.is(at, Class::RelDay) {
            return Some(self.relative_day(at, days));
        }
        if let Some((days, end)) = self
            .count_before(at, Class::AgoPre, -1)
            .or_else(|| self.count_before(at, Class::HencePre, 1))
            .or_else(|| self.count_before(at, Class::Ahead, 1))
        {
            return Some((self.shift(days, end).0, self.shift(days, end).1, RULE));
        }
        if let Some((count, end)) = self.count(at) {
            let after = self.skip(end, "");
            if self.has(after, Class::Ago) {
                let shift = self.shift(count.times(-1), after + 1);
                return Some((shift.0, shift.1, RULE));
            }
            if self.has(after, Class::Hence) {
                let shift = self.shift(count.times(1), after + 1);
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
        // Weeks with weekdays.
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
        // "Tuesday last", "last Tuesday", "zondag jl.", "this day week".
        let mut next = at;
        let mut direction = 0;
        for (class, sign) in
            [(Class::Last, -1), (Class::Next, 1), (Class::LastPast, -1), (Class::NextCome, 1)]
        {
            if direction == 0 && self.has(next, class) {
                direction = sign;
            }
        }
        if direction != 0 {
            next = self.skip(next + 1, ".");
            while self.has(next, Class::Glue) && next < at + 3 {
                next += 1;
            }
            if let Some(weekday) = self.weekday(next, false)
                && !self.date_begins(next + 1)
            {
                return Some((
                    Saying::WeekdayFrom(weekday, direction, 0),
                    self.past_hour(next + 1),
                    RULE,
                ));
            }
            // "last Christmas"
            if let Some(name) = self.is(next, Class::Feast) {
                let parts = Parts {
                    feast: Some(FeastPart { name: name as u16, shift: 0, then: None }),
                    year: Some(super::parts::YearPart {
                        relative: Some(if direction < 0 { LAST } else { NEXT }),
                        marked: true,
                        ..Default::default()
                    }),
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
                    year: Some(super::parts::YearPart {
                        relative: Some(if direction < 0 { LAST } else { NEXT }),
                        marked: true,
                        ..Default::default()
                    }),
                    ..Parts::default()
                };
                return Some((Saying::Point(parts), next + 1, RULE));
            }
            return None;
        }
        // "i söndags": a form that only looks back.
        if let Some(weekday) = self.is(at, Class::PastWeekday) {
            return Some((Saying::WeekdayFrom(weekday as u8, -1, 0), at + 1, RULE));
        }
        if let Some(weekday) = self.weekday(at, false) {
            let next = self.skip(at + 1, ",.");
            for (class, sign) in
                [(Class::LastPast, -1), (Class::NextCome, 1), (Class::Last, -1), (Class::Next, 1)]
            {
                if self.has(next, class) {
                    let weeks = if self.is(next + 1, Class::Unit) == Some(7)
                        && self.has(next, Class::Last)
                    {
                        -1
                    } else {
                        0
                    };
                    let end = self.skip(next + 1, ".");
                    return Some((Saying::WeekdayFrom(weekday, sign, weeks), end, RULE));
                }
            }
            if let Some(days) = self.is(next, Class::Unit).filter(|days| matches!(days, 7 | 14))
                && self.spaced(next)
                && self.languages & 1 != 0
            {
                return Some((Saying::WeekdayFrom(weekday, 1, days / 7), next + 1, RULE));
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
        // "last month", "next year" alone.
        if let Some(years) = self
            .is(at, Class::RelYear)
            .filter(|_| self.items[at].end > self.items[at].token.end || self.whole(at, at + 1))
        {
            let parts = Parts {
                year: Some(super::parts::YearPart {
                    relative: Some(years),
                    marked: true,
                    ..Default::default()
                }),
                ..Parts::default()
            };
            return Some((Saying::Point(parts), at + 1, "relative-year"));
        }
        None
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

    fn relative_day(&self, at: usize, days: i32) -> (Saying, usize, &'static str) {
        let mut shift = days;
        let mut end = at + 1;
        // "gestern vor 8 Tagen", "heute über acht Tage", "to-morrow se'nnight", "yesterday week".
        let next = self.skip(end, ",");
        if let Some((count, after)) = self
            .count_before(next, Class::AgoPre, -1)
            .or_else(|| self.count_before(next, Class::HencePre, 1))
            && count.unit < 100
        {
            return (
                Saying::Shift(shift.saturating_add(count.n * count.unit), None),
                after,
                "relative",
            );
        }
        if self.languages & 1 != 0
            && let Some(days) = self.is(end, Class::Unit).filter(|days| matches!(days, 7 | 14))
        {
            shift += if days > 0 && shift < 0 { -days } else { days };
            return (Saying::Shift(shift, None), end + 1, "relative");
        }
        if let Some(ahead) = self.is(end, Class::Ahead) {
            return (Saying::Shift(shift + ahead, None), end + 1, "relative");
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
            return (Saying::Shift(shift, Some(weekday)), end, "relative");
        }
        (Saying::Shift(shift, None), end, "relative")
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
            1001 => (Saying::ShiftMonths(count.n), end),
            1002 => {
                // "twenty years ago this day".
                let exact = self.is(end, Class::RelDay) == Some(0);
                (Saying::ShiftYears(count.n, exact), if exact { end + 1 } else { end })
            }
            1003 => (Saying::ShiftYears(count.n.saturating_mul(100), false), end),
            days => (Saying::Shift(count.n.saturating_mul(days), None), end),
        }
    }

    // ---- anniversaries and ages ----

    fn anniversary(&self, at: usize) -> Option<(Saying, usize, &'static str)> {
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
        // "الذكرى الخمسون": the return before its number.
        if self.has(at, Class::Anniversary)
            && self.languages & ARABIC != 0
            && let Some((number, end)) = self.number(at + 1)
            && (number.ordinal || number.words)
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
        let ordinal = number.ordinal || matches!(self.mark(end), '.' | '-') || number.roman;
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

/// The classes whose words may begin a saying.
const BEGINNINGS: u128 = {
    let within = [
        Class::OrdSuffix,
        Class::Of,
        Class::QuakerMark,
        Class::Clock,
        Class::And,
        Class::Or,
        Class::Old,
        Class::LifeYear,
        Class::RegnalYear,
        Class::RegnalOf,
        Class::Received,
        Class::AnnivAdj,
        Class::NumberMonth,
        Class::YearsEnding,
        Class::MonthPart,
        Class::Particle,
    ];
    let mut bits = 0;
    let mut nth = 0;
    while nth < within.len() {
        bits |= within[nth].bit();
        nth += 1;
    }
    !bits
};

/// Languages without articles, where "неделю назад" is one week ago: Russian, Polish, Czech,
/// Turkish, Hungarian, Arabic, Hebrew, Persian, Thai.
const UNCOUNTED: u32 =
    1 << 5 | 1 << 13 | 1 << 14 | 1 << 16 | 1 << 17 | 1 << 19 | 1 << 21 | 1 << 22 | 1 << 25;

/// Languages that put after the date what others put before it: Turkish, Hungarian.
const POSTPOSING: u32 = 1 << 21 | 1 << 25;

const ARABIC: u32 = 1 << 13;

/// So many units.
#[derive(Debug, Clone, Copy)]
struct Count {
    n: i32,
    unit: i32,
}

impl Count {
    fn times(self, sign: i32) -> Count {
        Count { n: self.n * sign, ..self }
    }
}

/// The year of "last May" and "next May".
pub(crate) const LAST: i32 = -100;
pub(crate) const NEXT: i32 = 100;

impl Saying {
    /// The same, with doubt of the whole.
    fn doubted(mut self, doubt: Doubt) -> Saying {
        let mark = |parts: &mut Parts| parts.whole = parts.whole.and(doubt);
        match &mut self {
            Saying::Point(parts)
            | Saying::Before(parts)
            | Saying::NotAfter(parts)
            | Saying::After(parts)
            | Saying::NotBefore(parts)
            | Saying::Since(parts)
            | Saying::Third(_, parts) => mark(parts),
            Saying::Range(first, second)
            | Saying::Within(first, second)
            | Saying::Either(first, second)
            | Saying::Both(first, second)
            | Saying::Dual(first, second) => {
                mark(first);
                mark(second);
            }
            _ => {}
        }
        self
    }
}
