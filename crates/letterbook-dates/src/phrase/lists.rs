//! Lists: three days and more of one month or year, and the days of a month that are counted by
//! their weekday.

use super::grammar::{After, Parser};
use super::languages::POSTPOSING;
use super::lexicon::Class;
use super::pairs::Member;
use super::parts::{DayList, MonthPart, Parts};

impl Parser<'_> {
    /// "the 3rd, 5th and 7th of May", "May 3, 5, and 7, 1850", "12, 13 May 1850": days between
    /// commas that share what only one of them has.
    pub(super) fn list(&self, at: usize, first: Member) -> Option<(DayList, usize)> {
        let (mut parts, mut end, _) = first;
        let comma = self.skip(end, ".");
        if self.mark(comma) != ',' || parts.day.is_none() {
            return None;
        }
        // "May 3, 5 and 7" gives its month to what follows, "3, 5 and 7 May" to what went before.
        let month_first = self.month_begins(at);
        let postposing = self.languages & !POSTPOSING == 0;
        if !is_day_of_month(&parts) || parts.year.is_some() && !(month_first && postposing) {
            return None;
        }
        let mut list =
            DayList { first: parts, rest: [(0, None); DayList::MOST - 1], count: 0, either: false };
        let mut last = parts;
        let mut joined = false;
        loop {
            let mut next = self.skip(end, ".");
            let comma = self.mark(next) == ',';
            next += usize::from(comma);
            let or = self.has(next, Class::Or);
            let word = or || self.has(next, Class::And);
            if joined || !comma && !word || last.year.is_some() && !postposing {
                break;
            }
            next = self.gap(next + usize::from(word));
            if self.stops(next) {
                break;
            }
            let Some((member, after, rule)) = self.member(next) else { break };
            // "No. 13, October 21", "6, 17.2.38": a number and a date
            if rule == "numeric" || !month_first && self.month_begins(next) {
                return None;
            }
            if !is_day_of_month(&member) || usize::from(list.count) == list.rest.len() {
                return None;
            }
            list.rest[usize::from(list.count)] = (member.day?, member.month);
            list.count += 1;
            list.either = or;
            joined = word;
            last = member;
            end = after;
        }
        // two days with no "and" are more often a number and a date: "Despatch 12, 13 May 1850"
        if list.count == 0 || list.count == 1 && (joined || month_first || !self.whole(at, end)) {
            return None;
        }
        let mut year = parts.year.or(last.year);
        if year.is_none()
            && last.month.is_none()
            && let Some((found, doubt, _, after)) = self.year(self.gap(end), After::Day)
        {
            year = Some(found);
            last.doubt[0] = doubt;
            end = after;
        }
        if !last.has_month() && self.unit_follows(end) {
            return None;
        }
        parts.year = year;
        parts.bare = false;
        parts.style = parts.style.or(last.style);
        parts.doubt[0] = last.doubt[0];
        list.first = parts;
        share_months(&mut list, month_first);
        let days = || list.days().map(|day| (day.month, day.day));
        let has_months = list.days().all(|day| day.month.is_some());
        // numbers that do not rise within their month count something else
        let rises =
            days().zip(days().skip(1)).all(|(one, other)| one.0 != other.0 || one.1 < other.1);
        (has_months && rises).then_some((list, end))
    }

    /// Whether a month's name stands here, past articles.
    fn month_begins(&self, at: usize) -> bool {
        let at = self.gap(at);
        self.month(at).is_some()
            || self.languages & !POSTPOSING == 0
                && self
                    .year(at, After::Nothing)
                    .is_some_and(|(.., end)| self.month(self.gap(end)).is_some())
    }

    /// "the first Monday in May 1850", "am letzten Sonntag des Oktober", "den zweiten Dienstag im
    /// nächsten Monat".
    pub(super) fn nth_weekday(&self, at: usize) -> Option<(Parts, usize)> {
        // few numbers stand before a weekday
        const NEAR: usize = 4;
        let weekdays = Class::Weekday.bit() | Class::QuakerDay.bit();
        if !(at + 1..at + NEAR).any(|next| self.has_any(next, weekdays)) {
            return None;
        }
        let (nth, next) = if self.has(at, Class::Last) || self.has(at, Class::DayWord) {
            (-1, at + 1)
        } else {
            let (number, end) = self.number(at)?;
            let dotted = self.mark(end) == '.' && !number.words;
            if !(1..=5).contains(&number.value) || !(number.ordinal || dotted || number.roman) {
                return None;
            }
            (i8::try_from(number.value).ok()?, end + usize::from(dotted))
        };
        let weekday = self.weekday(next, false)?;
        // "the first Sunday, May 5th", "2. Montag, Mai"
        if self.mark(next + 1) == ',' {
            return None;
        }
        let mut month_at = self.gap(next + 1);
        if self.has(month_at, Class::MonthMark) {
            month_at = self.gap(month_at + 1);
        }
        let (mut parts, end) = self.month_year(month_at)?;
        // "the first Sunday May 5th": a day of its own
        if self.day(self.gap(month_at + 1)).is_some_and(|(number, _)| number.digits > 0)
            && parts.year.is_none()
        {
            return None;
        }
        parts.weekday = Some(weekday);
        parts.nth = Some(nth);
        Some((parts, end))
    }
}

/// Whether a member is a day with or without its month, and nothing else.
fn is_day_of_month(parts: &Parts) -> bool {
    let calendar = matches!(
        parts.month,
        None | Some(MonthPart::Named(_) | MonthPart::Relative(_) | MonthPart::Numbered { .. })
    );
    parts.day.is_some()
        && calendar
        && !parts.swappable
        && parts.nth.is_none()
        && parts.feast.is_none()
        && parts.roman.is_none()
        && parts.regnal.is_none()
}

/// Gives each day the month of the nearest that has one, on the side from which the list takes it.
fn share_months(list: &mut DayList, month_first: bool) {
    let count = usize::from(list.count);
    let mut months = [None; DayList::MOST];
    months[0] = list.first.month;
    for (month, (_, own)) in months[1..].iter_mut().zip(&list.rest[..count]) {
        *month = *own;
    }
    let mut near = None;
    let mut pass = |month: &mut Option<MonthPart>| {
        near = month.or(near);
        *month = near;
    };
    if month_first {
        months[..=count].iter_mut().for_each(&mut pass);
    } else {
        months[..=count].iter_mut().rev().for_each(&mut pass);
    }
    list.first.month = months[0];
    for ((_, own), month) in list.rest[..count].iter_mut().zip(&months[1..]) {
        *own = *month;
    }
}
