//! The date in the page's own words, and the same day in other calendars.

use super::{Candidate, is_day};
use crate::mention::contact::fold_space;
use crate::mention::lexicon::Classes;
use crate::mention::stretch::SplitText;
use crate::record::{ParallelDate, Written};
use crate::span::Span;

pub(super) fn weekday(iso: u8) -> Option<&'static str> {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        .get(usize::from(iso).checked_sub(1)?)
        .copied()
}

/// Year, month and day in the page's own words.
pub(super) fn written(text: &SplitText<'_>, candidate: &Candidate) -> Written {
    let parts = &candidate.reading.written;
    let tokens = text.words(candidate.span, None);
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

/// The same day in other calendars, as the page gives it: within the same words, or right beside
/// them ("5 Nissan 5668, 6 avril 1908").
pub(super) fn parallel(
    text: &SplitText<'_>,
    chosen: &Candidate,
    candidates: &[Candidate],
) -> Vec<ParallelDate> {
    let own = chosen.reading.parallel.iter().map(|p| ParallelDate {
        value: p.value.to_string(),
        calendar: p.calendar.clone(),
        evidence: vec![text.evidence(chosen.part(&p.span))],
    });
    let beside = candidates.iter().filter(|c| {
        is_day(&c.reading)
            && is_day(&chosen.reading)
            && c.reading.calendar != chosen.reading.calendar
            && are_beside(text, chosen.span, c.span)
    });
    let beside = beside.map(|c| ParallelDate {
        value: c.reading.value.to_string(),
        calendar: c.reading.calendar.label().to_owned(),
        evidence: vec![text.evidence(c.span)],
    });
    own.chain(beside).collect()
}

/// Whether nothing but a mark or a line's end parts the two.
fn are_beside(text: &SplitText<'_>, a: Span, b: Span) -> bool {
    let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
    first.end <= second.start && {
        let between = text.slice(Span::new(first.end, second.start));
        between.len() < 8
            && between.matches('\n').count() < 2
            && between.chars().all(|c| c.is_whitespace() || ",;()[]/=–—-".contains(c))
    }
}
