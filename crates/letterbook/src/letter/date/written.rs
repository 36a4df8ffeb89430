//! The date in the page's own words, and the same day in other calendars.

use letterbook_dates::calendar::Calendar;
use letterbook_dates::value::Edtf;

use super::Candidate;
use crate::mention::contact::fold_space;
use crate::mention::lexicon::Classes;
use crate::mention::stretch::words;
use crate::record::{ParallelDate, Written};
use crate::span::{Span, Text};

pub(super) fn weekday(iso: u8) -> Option<&'static str> {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        .get(usize::from(iso).checked_sub(1)?)
        .copied()
}

/// Year, month and day in the page's own words.
pub(super) fn written(text: &Text<'_>, candidate: &Candidate) -> Written {
    let parts = &candidate.reading.written;
    let tokens = words(text.as_str(), candidate.span, None);
    let digits = |folded: &str| {
        folded.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<i64>().ok()
    };
    let number = |wanted: Option<i64>, taken: &[Span]| {
        tokens
            .iter()
            .find(|w| {
                wanted.is_some()
                    && w.number
                    && digits(&w.folded) == wanted
                    && !taken.contains(&w.span)
            })
            .map(|w| w.span)
    };
    let month_word = tokens.iter().find(|w| w.is(Classes::MONTH)).map(|w| w.span);
    // the year is the last number that can be it, the day the first
    let year = tokens
        .iter()
        .rev()
        .find(|w| {
            w.number && parts.year.is_some() && digits(&w.folded) == parts.year.map(i64::from)
        })
        .map(|w| w.span);
    let taken: Vec<Span> = year.into_iter().collect();
    let day = number(parts.day.map(i64::from), &taken);
    let taken: Vec<Span> = taken.into_iter().chain(day).collect();
    let month = month_word.or_else(|| number(parts.month.map(i64::from), &taken));
    let of = |span: Option<Span>| span.map(|s| fold_space(text.slice(s)));
    Written {
        year: of(year),
        month: of(month),
        day: of(day),
        style: parts.style.map(str::to_owned),
    }
}

/// The same day in other calendars, as the page gives it beside the first.
pub(super) fn parallel(text: &Text<'_>, candidate: &Candidate) -> Vec<ParallelDate> {
    let own_year = candidate.reading.value.as_date().and_then(|d| d.year_number());
    candidate
        .reading
        .parallel
        .iter()
        .filter_map(|p| {
            // eras are named as people write them, calendars by their labels
            let label = p.era.to_lowercase();
            let value = match (p.agrees, own_year) {
                (true, Some(year)) => Edtf::from(letterbook_dates::value::Date::year(year).ok()?),
                _ => {
                    let (first, last) = Calendar::from_label(&label)?.year_span(p.year).ok()?;
                    Edtf::from_days(first, last).ok()?
                }
            };
            let number = p.year.to_string();
            let within = text.slice(candidate.span);
            let span = within.rfind(&number).map_or(candidate.span, |at| {
                let end = candidate.span.start + at + number.len();
                let start = within[..at]
                    .rfind(['(', ',', '/', '\n'])
                    .map_or(candidate.span.start, |n| candidate.span.start + n + 1);
                Span::new(start, end).trim(text.as_str())
            });
            Some(ParallelDate {
                value: value.to_string(),
                calendar: label,
                evidence: vec![text.evidence(span)],
            })
        })
        .collect()
}
