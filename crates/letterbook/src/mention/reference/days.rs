//! The dates that references claim, told by the letter's own.

use letterbook_dates::calendar::Calendar;
use letterbook_dates::day::Day;
use letterbook_dates::value::{Date, Edtf};

use crate::mention::label::is_day_ordinal;
use crate::span::Span;
use crate::tables::{Classes, classes};
use crate::token::tokens;

const WEEK: i32 = 7;

/// A date of the body that a reference may claim.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DateInText {
    pub(crate) span: Span,
    /// EDTF; `None` where the day cannot be told.
    pub(crate) value: Option<String>,
    /// The words name day and month and leave the year open: "the 20th Septr."
    pub(crate) is_yearless: bool,
    pub(crate) confidence: f32,
}

impl DateInText {
    /// Each day of "the 19th and 27th", which the date reader gives as one set.
    pub(super) fn days(&self) -> impl Iterator<Item = DateInText> + '_ {
        let value = self.value.as_deref();
        let set = value.and_then(|v| v.strip_prefix('{')?.strip_suffix('}'));
        let set = set.filter(|s| !s.contains(".."));
        // a choice, "[…,…]", is one day that could not be told, and stays whole
        let (listed, comma) = (set.or(value).unwrap_or(""), set.map(|_| ','));
        listed.split(move |c| Some(c) == comma).map(|day| DateInText {
            span: self.span,
            value: (!day.is_empty()).then(|| day.trim().to_owned()),
            is_yearless: self.is_yearless,
            confidence: self.confidence,
        })
    }
}

/// `own_days` put among `dates`, in order; where both read the same words, `dates` stands.
pub(super) fn joined(dates: &[DateInText], mut own_days: Vec<DateInText>) -> Vec<DateInText> {
    own_days.sort_by_key(|d| d.span);
    own_days.retain(|s| {
        let after = dates.partition_point(|d| d.span.end <= s.span.start);
        dates.get(after).is_none_or(|d| d.span.start >= s.span.end)
    });
    let mut last = 0;
    own_days.retain(|s| {
        let is_free = s.span.start >= last;
        last = last.max(s.span.end);
        is_free
    });
    let mut out: Vec<DateInText> = dates.iter().cloned().chain(own_days).collect();
    out.sort_by_key(|d| d.span);
    out
}

/// The letter's own date, and the calendar by which it counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnDate {
    pub(crate) date: Date,
    pub(crate) calendar: Calendar,
}

impl OwnDate {
    pub(super) fn day(self) -> Option<Day> {
        self.date.to_day()
    }

    /// The last day of that number, 1 to 31, that is not after the letter's own, in the months by
    /// which it counts.
    pub(super) fn last_day(self, number: u8) -> Option<Date> {
        let today = self.calendar.from_day(self.day()?).ok()?;
        let (year, month) = match today.month {
            month if number <= today.day => (today.year, month),
            1 => (today.year - 1, 12),
            month => (today.year, month - 1),
        };
        Date::from_day(self.calendar.to_day(year, month, false, number).ok()?).ok()
    }

    /// The first day of that number, 1 to 31, that is not before the letter's own, in the months by which
    /// it counts.
    pub(crate) fn next_day(self, number: u8) -> Option<Date> {
        let today = self.calendar.from_day(self.day()?).ok()?;
        let (year, month) = match today.month {
            month if number >= today.day => (today.year, month),
            12 => (today.year + 1, 1),
            month => (today.year, month + 1),
        };
        Date::from_day(self.calendar.to_day(year, month, false, number).ok()?).ok()
    }

    /// Whether the date is the letter's own day or the one before: "to-day", "gestern".
    pub(super) fn is_near(self, date: &DateInText) -> bool {
        let day = date.value.as_deref().and_then(|v| Edtf::parse(v).ok()?.to_day());
        matches!((day, self.day()), (Some(d), Some(o)) if d == o || d == o.plus(-1))
    }

    /// Whether the date is no day and lies after the letter that speaks of it: "in the coming
    /// autumn" is no day of a letter received. A day after it stands, and the checks say so.
    pub(super) fn excludes(self, value: &str) -> bool {
        let Ok(said) = Edtf::parse(value) else { return false };
        let first = said.bounds().0;
        said.to_day().is_none() && matches!((first, self.day()), (Some(f), Some(o)) if f > o)
    }

    /// The day that `said` names where the words leave week, month or year open and `value` would
    /// lie after the letter that speaks of it: the last one before.
    pub(super) fn earlier(self, value: &str, said: &str, is_yearless: bool) -> Option<Date> {
        let date = Edtf::parse(value).ok()?.as_date()?;
        let ahead = date.to_day()?.0 - self.day()?.0;
        if ahead <= 0 {
            return None;
        }
        if ahead <= WEEK && !said.contains(|c: char| c.is_ascii_digit()) {
            // "I wrote you on Monday": the last one
            return Date::from_day(date.to_day()?.plus(-WEEK)).ok();
        }
        let mut numbers = said.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
        let day = date.day_number()?;
        let is_day_only = numbers.next()?.parse() == Ok(day) && numbers.next().is_none();
        if !is_day_only {
            return None;
        }
        if !names_month(said, is_yearless) {
            return self.last_day(day);
        }
        // "inst." tells the month and needs no year
        if !is_yearless && !words_of(said).any(is_month) {
            return None;
        }
        let (year, month) = (self.date.year_number()?, date.month_number()?);
        let same = Date::day(year, month, day).ok()?;
        if same.to_day()? <= self.day()? {
            return Some(same);
        }
        Date::day(year - 1, month, day).ok()
    }
}

fn words_of(said: &str) -> impl Iterator<Item = &str> {
    said.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty())
}

/// Whether the words of a day tell its month too: "the 20th of May" has its month, whatever small words
/// stand beside it, and any word but an ordinal's ending may tell it, as "inst." does.
pub(super) fn names_month(said: &str, is_yearless: bool) -> bool {
    is_yearless || !words_of(said).all(is_day_ordinal)
}

/// Whether the word names a month.
pub(super) fn is_month(word: &str) -> bool {
    classes(word, &tokens(word)).iter().any(|c| c.any(Classes::MONTH))
}
