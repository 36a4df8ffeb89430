//! Sayings: points with what is said of them — ranges, bounds, doubt, anchors, anniversaries.

use super::grammar::{After, Found, Parser};
use super::languages::{FRENCH, POSTPOSING, ROMANCE};
use super::lexicon::Class;
use super::parts::{DayList, MonthPart, Parts, Saying, Third};
use super::token::Kind;
use crate::value::Doubt;

/// Reads a saying of one kind: what it says, where it ends, and by which rule.
type Read<P> = fn(&P, usize) -> Option<(Saying, usize, &'static str)>;

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
        // Most words begin nothing, but a text that is only a day may have some before it.
        if item.token.kind == Kind::Word && at > self.idle.0 && !self.may_begin(at) {
            return None;
        }
        let readers: [Read<Self>; 5] =
            [Self::anniversary, Self::relative, Self::bracketed, Self::bounded, Self::pointed];
        let mut longest: Option<(Saying, usize, &'static str)> = None;
        for read in readers {
            if let Some(found) = read(self, at)
                && longest.is_none_or(|longest| found.1 > longest.1)
            {
                longest = Some(found);
            }
        }
        let longest = longest.or_else(|| self.lone_day(at));
        let (saying, end, rule) = longest?;
        Some(Found { saying, start: at, end, rule })
    }

    /// Whether a saying may begin with a word.
    fn may_begin(&self, at: usize) -> bool {
        const COUNTS: u128 =
            Class::set(&[Class::Few, Class::Unit, Class::UnitIdiom, Class::RelDay]);
        self.has_any(at, BEGINNINGS)
            || self.may_begin_point(at)
            || self.has_any(at, BEFORE_POINTS) && self.may_begin_point(self.gap(at + 1))
            || self.has_any(at, BEFORE_COUNTS)
                && (self.has_any(at + 1, COUNTS) || self.may_be_first_part(at + 1))
            || self.has(at, Class::For) && self.has(at + 1, Class::MoreThan)
            || self.has(at, Class::This) && self.has(at + 1, Class::Season)
    }

    /// A text that is nothing but the number of a day: "20.", "d. 5.,".
    fn lone_day(&self, at: usize) -> Option<(Saying, usize, &'static str)> {
        let first = at;
        let at = self.gap(at);
        let (mut number, end) = self.day(at)?;
        // "le 14", "el 14"
        if self.languages & !(FRENCH | ROMANCE) == 0 && at > first && number.digits > 0 {
            number.ordinal = true;
        }
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
        if let Some((doubt, next)) = self.doubts(at) {
            return self.doubted(doubt, next);
        }
        if let Some((third, next)) = self.third_of(at) {
            let (parts, end) = self.month_of_third(next)?;
            let is_half = matches!(third, Third::FirstHalf | Third::SecondHalf);
            return Some((
                Saying::Third(third, parts),
                end,
                if is_half { "half" } else { "third" },
            ));
        }
        self.within_bounds(at)
    }

    /// The words of doubt that stand first: "c.", "?", "probably about".
    fn doubts(&self, at: usize) -> Option<(Doubt, usize)> {
        const MOST: usize = 3;
        let mut next = at;
        let mut doubt = Doubt::None;
        if self.mark(next) == '?' {
            doubt = Doubt::Uncertain;
            next += 1;
        }
        for _ in 0..MOST {
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
        (doubt != Doubt::None).then_some((doubt, next))
    }

    /// What stands behind words of doubt.
    fn doubted(&self, mut doubt: Doubt, at: usize) -> Option<(Saying, usize, &'static str)> {
        // Doubt upon doubt upon doubt is not read: the parse stays shallow.
        if self.mark(at) == '?' || self.has(at, Class::Approx) || self.has(at, Class::Doubt) {
            return None;
        }
        let (saying, mut end, _) =
            self.bounded(at).into_iter().chain(self.pointed(at)).max_by_key(|(_, end, _)| *end)?;
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
        Some((saying.doubted(doubt), end, "doubt"))
    }

    /// Which third or half is named, and where what it is of may stand.
    fn third_of(&self, at: usize) -> Option<(Third, usize)> {
        let thirds =
            [(Class::Early, Third::Early), (Class::Mid, Third::Mid), (Class::Late, Third::Late)];
        if let Some((_, third)) = thirds.into_iter().find(|(class, _)| self.has(at, *class)) {
            return Some((third, self.skip(self.gap(at + 1), "-")));
        }
        let half = self.is(at, Class::Half)?;
        let next = self.gap(at + 1);
        let next = if self.has(next, Class::MonthMark) { self.gap(next + 1) } else { next };
        Some((if half == 1 { Third::FirstHalf } else { Third::SecondHalf }, next))
    }

    /// "before", "since", "from … to", "between … and": the longest of them.
    fn within_bounds(&self, at: usize) -> Option<(Saying, usize, &'static str)> {
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
        let is_since = self.has(at, Class::Since) && !self.is_plural_article(at);
        if self.has(at, Class::From) || is_since {
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
        // "bis 1850", where nothing else stands
        if self.has(at, Class::Until)
            && let Some((parts, end, _)) = self.point(self.gap(at + 1))
            && self.is_definite(&parts, "not-after")
            && self.whole(at, end)
        {
            keep((Saying::NotAfter(parts), end, "not-after"));
        }
        for (class, build, rule) in bounds {
            if self.has(at, class) && !self.is_plural_article(at) {
                let next = self.gap(at + 1);
                if let Some((mut parts, end, _)) = self.point(next)
                    && (self.is_definite(&parts, rule) || rule == "since" && parts.is_weekday())
                {
                    // "since Tuesday" is since the last one
                    parts.hour |= parts.is_weekday();
                    let (parts, end) = self.with_question(parts, end);
                    keep((build(parts), end, rule));
                }
            }
        }
        best
    }

    /// "Vos lettres des 30 avril et 7 mai": "dès" has its accent, which the look-up drops.
    fn is_plural_article(&self, at: usize) -> bool {
        let item = &self.items[at];
        let word = &self.text[item.token.start as usize..item.end as usize];
        self.languages == FRENCH && word.len() == 3 && word.is_ascii()
    }

    /// The last of several initials: the C of "Washington, D. C., May 11" is not "circa".
    pub(super) fn is_initial_in_name(&self, at: usize) -> bool {
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

    pub(super) fn month_year(&self, at: usize) -> Option<(Parts, usize)> {
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
        let member = self.member_with(at, single).filter(|(_, end, _)| self.may_join(*end));
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
                // "8 nivôse an II — 28 décembre 1793" is one day twice, "du 8 nivôse au" a range
                "range" if self.mark(self.skip(member.1, ".")) == '-' && first.is_twin(&second) => {
                    Saying::Dual(first, second)
                }
                "range" => Saying::Range(first, second),
                "either" => Saying::Either(first, second),
                "list" => Saying::Both(first, second),
                _ if first.day.is_none() => Saying::Range(first, second),
                _ => Saying::Dual(first, second),
            };
            best = Some((saying, end, rule));
        }
        if let Some(member) = member
            && let Some((list, end)) = self.list(at, member)
        {
            best = Some((Saying::List(list), end, "list"));
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

    /// Whether a mark or a word stands here that may join a point to another.
    fn may_join(&self, at: usize) -> bool {
        const WORDS: u128 = Class::set(&[Class::To, Class::And, Class::Or, Class::Particle]);
        self.mark(at) != '\0' || self.has_any(at, WORDS)
    }

    pub(super) fn with_question(&self, mut parts: Parts, end: usize) -> (Parts, usize) {
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
}

/// The classes whose words may begin a saying, whatever follows.
const BEGINNINGS: u128 = Class::set(&[
    Class::Jubilee,
    Class::Aged,
    Class::HisYear,
    Class::Anniversary,
    Class::RelDay,
    Class::Few,
    Class::Unit,
    Class::UnitIdiom,
    Class::LastWeek,
    Class::NextWeek,
    Class::ThisWeek,
    Class::PastWeekday,
    Class::Last,
    Class::Next,
    Class::LastPast,
    Class::NextCome,
    Class::NoDate,
    Class::Approx,
    Class::Doubt,
    Class::Early,
    Class::Mid,
    Class::Late,
    Class::Half,
]);

/// The classes whose words begin a saying where a point follows.
const BEFORE_POINTS: u128 = Class::set(&[
    Class::NotAfter,
    Class::NotBefore,
    Class::Before,
    Class::After,
    Class::Since,
    Class::NightOf,
    Class::Between,
    Class::From,
    Class::Either,
    Class::Until,
]);

/// The classes whose words begin a saying where a count follows: "in three days".
const BEFORE_COUNTS: u128 = Class::set(&[Class::AgoPre, Class::HencePre, Class::MoreThan]);

impl Saying {
    /// The same, with doubt of the whole.
    pub(super) fn doubted(mut self, doubt: Doubt) -> Saying {
        let mark = |parts: &mut Parts| parts.whole = parts.whole.and(doubt);
        match &mut self {
            Saying::Point(parts)
            | Saying::Before(parts)
            | Saying::NotAfter(parts)
            | Saying::After(parts)
            | Saying::NotBefore(parts)
            | Saying::Since(parts)
            | Saying::Third(_, parts)
            | Saying::List(DayList { first: parts, .. }) => mark(parts),
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
