//! Lines outside of datelines that may hold the letter's date: a mail's head, and short lines that are
//! no part of running text.

use super::super::head::{Kind, labelled};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::text::Text;
use crate::zone::{Zone, of};

/// The line of a mail's head that gives its date: the label, and what stands behind it.
pub(super) fn mail_date(text: &Text<'_>, language: Option<&str>) -> Option<(Span, Span)> {
    /// A mail's head stands in the first lines.
    const LINES: usize = 24;
    let lines = text.lines().iter().take(LINES);
    let mut labels = lines.filter_map(|line| labelled(text, *line, language));
    labels.find(|l| l.kind == Kind::Date).map(|l| (l.label, l.value))
}

/// How many lines from the beginning and from the end of a letter may hold a dateline.
const HEAD_LINES: usize = 30;
const FOOT_LINES: usize = 15;

/// Lines outside of datelines that may be one all the same: short, and no part of running text.
pub(super) fn dated_lines(text: &Text<'_>, zones: &[Zone]) -> Vec<Span> {
    let lines = text.lines();
    let foot = lines.len().saturating_sub(FOOT_LINES);
    let mut out = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let reach = nth < HEAD_LINES || nth >= foot;
        let page = text.slice(*line);
        if !reach || line.len() > 100 || !page.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let in_dateline = of(zones, ZoneLabel::Dateline).any(|z| z.span.contains(*line));
        let flows = nth > 0 && {
            let before = text.slice(lines[nth - 1]);
            let last = before.split_whitespace().next_back().unwrap_or_default();
            before.len() > 40 && last.chars().all(char::is_lowercase)
        };
        // a line that the next one goes on with is running text
        let flows_on = lines.get(nth + 1).is_some_and(|after| {
            line.len() > 30
                && !page.ends_with('.')
                && text.slice(*after).starts_with(char::is_lowercase)
        });
        if !in_dateline && !flows && !flows_on {
            out.push(*line);
        }
    }
    out
}

/// The last sentences of the body, the shortest first: a hand that runs on to the end of the sheet dates
/// the letter there, "… Vale. Romae, quinto Idus Martias 1519."
pub(super) fn closing_sentences(text: &Text<'_>, zones: &[Zone]) -> Vec<Span> {
    const LONGEST: usize = 100;
    const MOST: usize = 3;
    let Some(body) = of(zones, ZoneLabel::Body).last() else { return Vec::new() };
    let body = body.span.trim(text.as_str());
    let page = text.slice(body);
    let ends = page.match_indices(['.', '!', '?']).map(|(at, _)| at + 1).rev();
    let starts = ends.take_while(|at| page.len() - at <= LONGEST).filter(|at| {
        let rest = &page[*at..];
        rest.starts_with(char::is_whitespace) && rest.trim_start().starts_with(char::is_uppercase)
    });
    starts.take(MOST).map(|at| Span::new(body.start + at, body.end).trim(text.as_str())).collect()
}
