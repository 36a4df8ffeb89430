//! Sayings: points with what is said of them — ranges, bounds, doubt, anchors, anniversaries.

use super::grammar::{After, Found, Parser};
use super::lexicon::{Class, POSTPOSING};
use super::parts::{MonthPart, Parts, Saying, Third};
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
        // "[12 May] 1850"
        if let Saying::Point(parts) = &mut saying
            && parts.year.is_none()
            && matches!(parts.month, Some(MonthPart::Named(_)))
            && let Some((year, doubt, parallel, after)) = self.year(self.gap(end), After::Day)
            && year.digits == 4
        {
            parts.year = Some(year);
            parts.doubt[0] = doubt;
            parts.parallel = parallel;
            end = after;
        }
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
            let sign = if self.has(next, Class::Approx) && !self.is_initial_in_name(next) {
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
            let words = [Class::To, Class::And, Class::NightTo];
            if let Some((first, second, end)) = self.pair(next, &words, "-/") {
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

    /// The last of several initials: the C of "Washington, D. C., May 11" is not "circa".
    fn is_initial_in_name(&self, at: usize) -> bool {
        let token = &self.items[at].token;
        if !token.capital || token.end - token.start != 1 {
            return false;
        }
        let before = self.text[..token.start as usize].trim_end();
        before.strip_suffix('.').is_some_and(|before| {
            let mut letters = before.chars().rev();
            letters.next().is_some_and(char::is_uppercase)
                && letters.next().is_none_or(|c| !c.is_alphabetic())
        })
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
            let after = self.skip(end, ".");
            if rule == "list"
                && self.languages & !POSTPOSING == 0
                && self.has(after, Class::Between)
            {
                return Some((Saying::Within(first, second), after + 1, "between"));
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
            // "12 May 1850 or later"
            let closing: [(Class, Build); 2] =
                [(Class::NotBefore, Saying::NotBefore), (Class::NotAfter, Saying::NotAfter)];
            for (class, build) in closing {
                if best.is_none()
                    && self.has(end, class)
                    && self.is_definite(&parts, "not-before")
                    && self.whole(at, end + 1)
                {
                    return Some((build(parts), end + 1, "bound"));
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
            && (!first.has_month()
                || matches!(self.mark(next + 1), '/' | '-')
                || self.languages & !POSTPOSING == 0)
        {
            next += 1;
        }
        // A particle such as 부터 or から after the first, or "-től".
        let glued = |at: usize| {
            self.mark(at) == '-' && !self.spaced(at + 1) && self.has(at + 1, Class::Particle)
        };
        if self.has(next, Class::Particle) {
            next += 1;
        } else if glued(next) {
            next += 2;
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
            // `12 ו-13`
            if self.mark(next) == '-' && !self.spaced(next) && !self.spaced(next + 1) {
                next += 1;
            }
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
        } else if glued(end) {
            end += 2;
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
            && !(second.bare && self.languages & !POSTPOSING == 0)
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
            && self.languages & !POSTPOSING != 0
        {
            return None;
        }
        // "January 2, 1919—7 p.m." and "—12 noon" have an hour
        let is_hour = self.hour(next).is_some()
            || first.year.is_some() && !second.has_month() && self.has(end, Class::Part);
        if second.bare && (self.unit_follows(end) || is_hour) {
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
        Class::NightTo,
    ];
    let mut bits = 0;
    let mut nth = 0;
    while nth < within.len() {
        bits |= within[nth].bit();
        nth += 1;
    }
    !bits
};

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
