//! `impossible-date`: days that the page writes and that no month has.
//!
//! "31 September 1931" in the dateline, "the 31st ult." in a letter of July. Only numbers that some
//! month lacks, 29, 30 and 31, are looked at, each with the words around it. The reading stops at the
//! month; a day is never moved to one that exists.

use letterbook_dates::calendar::{Calendar, gregorian};
use letterbook_dates::check as dates;
use letterbook_dates::phrase::{Context, find_impossible_days};
use letterbook_dates::value::Edtf;

use super::finding;
use crate::record::{Finding, Letter, Severity};
use crate::span::Span;
use crate::text::Text;

/// How far around such a number its month and year are looked for, in bytes.
const BEFORE: usize = 40;
const AFTER: usize = 60;

/// So many are named; a page with more is a table, not a letter.
const MOST: usize = 5;

/// Adds a finding for each day that does not exist.
pub(super) fn check(text: &Text, letter: &Letter, findings: &mut Vec<Finding>) {
    let page = text.as_str();
    let anchor = letter.date.as_ref().and_then(|date| Edtf::parse(&date.value).ok());
    let lang = letter.language.as_ref().map(|language| language.value.as_str());
    let calendar = letter.date.as_ref().and_then(|date| Calendar::from_label(&date.calendar));
    let context = Context { lang, anchor, calendar, ..Context::default() };
    let mut seen: Vec<Span> = Vec::new();
    for at in late_days(page) {
        if seen.len() >= MOST {
            break;
        }
        if seen.last().is_some_and(|last| last.end > at) {
            continue;
        }
        let window = window(page, at);
        let found = find_impossible_days(text.slice(window), &context);
        let day = found
            .into_iter()
            .map(|day| (Span::from(day.span.clone()).shift(window.start), day))
            .find(|(span, _)| span.start <= at && at < span.end);
        let Some((span, day)) = day else { continue };
        seen.push(span);
        let message = match day.year {
            Some(year) => {
                dates::exists(Calendar::Gregorian, year, day.month, false, day.day).message
            }
            None => format!(
                "expected a day from 1 to {} for month {}, but found {}",
                gregorian::month_length(LEAP, day.month),
                day.month,
                day.day
            ),
        };
        let evidence = text.evidence(span);
        let is_own = letter.date.as_ref().is_some_and(|date| {
            date.evidence.iter().any(|own| own.start < evidence.end && evidence.start < own.end)
        });
        findings.push(if is_own {
            finding(
                "impossible-date",
                Severity::Error,
                message,
                "the month stands; the day, the month or the year is miswritten or misread",
                vec![evidence],
            )
        } else {
            finding(
                "impossible-date",
                Severity::Warning,
                message,
                "the day, the month or the word for this month or the last is miswritten or misread",
                vec![evidence],
            )
        });
    }
}

/// A year in which every month has all its days.
const LEAP: i32 = 2000;

/// Where the numbers 29, 30 and 31 stand by themselves.
fn late_days(page: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = page.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    memchr::memchr2_iter(b'2', b'3', bytes).filter(move |&at| {
        let is_late = matches!(bytes.get(at..at + 2), Some(b"29" | b"30" | b"31"));
        is_late && !is_digit(at + 2) && (at == 0 || !is_digit(at - 1))
    })
}

/// The words around a number, on character boundaries.
fn window(page: &str, at: usize) -> Span {
    let mut start = at.saturating_sub(BEFORE);
    while !page.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (at + AFTER).min(page.len());
    while !page.is_char_boundary(end) {
        end -= 1;
    }
    // not from within a word or a number
    let skip = page[start..at].find(|c: char| !c.is_alphanumeric()).unwrap_or(0);
    let start = if start == 0 { 0 } else { start + skip };
    let cut = page[at..end].rfind(|c: char| !c.is_alphanumeric()).map_or(end, |n| at + n);
    Span::new(start, if end == page.len() { end } else { cut })
}
