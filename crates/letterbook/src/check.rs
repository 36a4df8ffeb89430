//! Findings: what arithmetic and damage show to be worth a second look.
//!
//! Owns the checks of one letter against itself; calendars and weekdays are counted by
//! `letterbook-dates`. A check adds findings and never changes the reading. Checks across letters
//! are the archive's.
//!
//! Each check has a code that does not change; `docs/findings.md` lists them with an example each.

mod days;
mod events;

use std::borrow::Cow;

use letterbook_dates::calendar::{Calendar, Dated, gregorian};
use letterbook_dates::check::{self as dates, Verdict};
use letterbook_dates::day::{Day, Weekday};
use letterbook_dates::value::Edtf;

use crate::record::{
    Evidence, Finding, Letter, LetterDate, Mention, MentionKind, OccasionKind, Severity,
};
use crate::source::{OddityKind, find_oddities};
use crate::span::Span;
use crate::text::Text;

/// How many places of one kind of damage are cited; the message counts the rest.
const PLACES: usize = 5;

/// How far, in years, a year beside an anniversary may lie from the computed one and still be
/// taken for the same event written wrongly rather than for another event.
const NEAR: i32 = 5;

/// The longest stretch of a sentence that is looked at on either side of an anniversary, in bytes.
const SENTENCE: usize = 1000;

/// How far after a span of years the event from which it counts is looked for, in bytes.
const CLAUSES: usize = 120;

/// All findings of one letter, damage first, then in the order of the checks.
pub(crate) fn check(text: &Text, letter: &Letter) -> Vec<Finding> {
    let mut findings = Vec::new();
    if text.as_str().trim().is_empty() {
        findings.push(finding(
            "empty-letter",
            Severity::Warning,
            "expected a letter, but found no text".into(),
            "check that the transcript was saved",
            Vec::new(),
        ));
        return findings;
    }
    check_oddities(text, &mut findings);
    days::check(text, letter, &mut findings);
    match &letter.date {
        Some(date) => {
            check_weekday(date, &mut findings);
            check_parallel(date, &mut findings);
            check_references(date, letter, &mut findings);
            check_anniversaries(text, date, letter, &mut findings);
            check_events(date, letter, &mut findings);
            check_spans(text, date, letter, &mut findings);
        }
        None => findings.push(finding(
            "no-date",
            Severity::Note,
            "expected a date in the letter's frame, but found none".into(),
            "a postmark, an answer or a day of receipt may date it",
            Vec::new(),
        )),
    }
    findings
}

fn finding(
    code: &'static str,
    severity: Severity,
    message: String,
    hint: impl Into<String>,
    evidence: Vec<Evidence>,
) -> Finding {
    Finding { code: Cow::Borrowed(code), severity, message, hint: hint.into(), evidence }
}

/// `control-character`, `bidi-control`, `lost-character`: what a page never shows.
fn check_oddities(text: &Text, findings: &mut Vec<Finding>) {
    let mut kinds: [(OddityKind, usize, Vec<Span>); 3] = [
        (OddityKind::Control, 0, Vec::new()),
        (OddityKind::Bidi, 0, Vec::new()),
        (OddityKind::Replacement, 0, Vec::new()),
    ];
    for oddity in find_oddities(text.as_str()) {
        for (kind, n, spans) in &mut kinds {
            if *kind == oddity.kind {
                *n += 1;
                if spans.len() < PLACES {
                    spans.push(oddity.span);
                }
            }
        }
    }
    for (kind, n, spans) in kinds {
        if n == 0 {
            continue;
        }
        let (code, [one, many], hint) = match kind {
            OddityKind::Control => (
                "control-character",
                ["control character", "control characters"],
                "they come from a faulty conversion; compare with the page",
            ),
            OddityKind::Bidi => (
                "bidi-control",
                [
                    "character that turns the direction of writing",
                    "characters that turn the direction of writing",
                ],
                "the text may read otherwise on a screen than it is stored; compare with the page",
            ),
            OddityKind::Replacement => (
                "lost-character",
                [
                    "character that was lost in a conversion (U+FFFD)",
                    "characters that were lost in a conversion (U+FFFD)",
                ],
                "convert the original again with the right encoding",
            ),
        };
        let evidence = spans.into_iter().map(|s| text.evidence(s)).collect();
        let what = if n == 1 { one } else { many };
        let message = format!("expected plain text, but found {n} {what}");
        findings.push(finding(code, Severity::Warning, message, hint, evidence));
    }
}

/// `weekday-conflict`, `weekday-agrees`: the weekday that the page gives against the day's own.
fn check_weekday(date: &LetterDate, findings: &mut Vec<Finding>) {
    let Some(written) = date.weekday.as_deref().and_then(weekday_by_name) else { return };
    let Some(day) = Edtf::parse(&date.value).ok().and_then(|e| e.to_day()) else { return };
    let calendar = Calendar::from_label(&date.calendar).unwrap_or(Calendar::Gregorian);
    let outcome = dates::weekday(day, calendar, written);
    let is_ok = outcome.verdict == Verdict::Ok;
    findings.push(finding(
        if is_ok { "weekday-agrees" } else { "weekday-conflict" },
        if is_ok { Severity::Note } else { Severity::Warning },
        outcome.message,
        if is_ok { "" } else { "the weekday, the day, the month or the year is wrong" },
        date.evidence.clone(),
    ));
}

fn weekday_by_name(name: &str) -> Option<Weekday> {
    Weekday::ALL.into_iter().find(|w| w.name() == name)
}

/// `dual-date-conflict`, `dual-date-agrees`: one day in two calendars.
fn check_parallel(date: &LetterDate, findings: &mut Vec<Finding>) {
    let Ok(value) = Edtf::parse(&date.value) else { return };
    let mut agreed = Vec::new();
    for parallel in &date.parallel {
        let Ok(other) = Edtf::parse(&parallel.value) else { continue };
        let calendars = (&*date.calendar, &*parallel.calendar);
        if meet(&value, &other) || may_be_one(&value, &other, calendars) {
            agreed.push(parallel);
            continue;
        }
        findings.push(finding(
            "dual-date-conflict",
            Severity::Warning,
            format!(
                "expected both calendars to name one day, but found {} and, by the {} date, {}",
                date.value, parallel.calendar, parallel.value
            ),
            "one of the two was miscounted or miswritten",
            parallel.evidence.clone(),
        ));
    }
    let mut calendars: Vec<&str> = agreed.iter().map(|p| p.calendar.as_str()).collect();
    if calendars.iter().any(|c| *c != date.calendar) && agreed.len() == date.parallel.len() {
        if !calendars.contains(&date.calendar.as_str()) {
            calendars.insert(0, &date.calendar);
        }
        findings.push(finding(
            "dual-date-agrees",
            Severity::Note,
            format!("the dates in {} agree on {}", calendars.join(" and "), date.value),
            "",
            date.parallel.iter().flat_map(|p| p.evidence.clone()).collect(),
        ));
    }
}

/// Whether the two values have a day in common. Of a choice of days the whole must be in the other:
/// it was left open because the two do not agree.
fn meet(a: &Edtf, b: &Edtf) -> bool {
    let ((a1, a2), (b1, b2)) = (a.bounds(), b.bounds());
    let before = |x: Option<_>, y: Option<_>| matches!((x, y), (Some(x), Some(y)) if x < y);
    if a.as_set().is_some() {
        return !before(a1, b1) && !before(b2, a2);
    }
    !before(a2, b1) && !before(b2, a1)
}

/// Whether the two days, each in its calendar, can be one: a Hijri month begins when the moon is seen.
fn may_be_one(a: &Edtf, b: &Edtf, calendars: (&str, &str)) -> bool {
    let dated = |value: &Edtf, label: &str| {
        Some(Dated { calendar: Calendar::from_label(label)?, day: value.to_day()? })
    };
    dated(a, calendars.0).zip(dated(b, calendars.1)).is_some_and(|(a, b)| a.may_be(b))
}

/// `reference-after-letter`: a letter cannot answer one that was not yet written.
fn check_references(date: &LetterDate, letter: &Letter, findings: &mut Vec<Finding>) {
    let Some(written) = Edtf::parse(&date.value).ok().and_then(|e| e.bounds().1) else { return };
    for reference in &letter.references {
        let Some(value) = &reference.date else { continue };
        let Some(first) = Edtf::parse(value).ok().and_then(|e| e.bounds().0) else { continue };
        let outcome = dates::answers(written, first);
        if outcome.verdict != Verdict::Ok {
            findings.push(finding(
                "reference-after-letter",
                Severity::Warning,
                outcome.message,
                "the month, the year or the word for this month is wrong on one of the two",
                reference.evidence.clone(),
            ));
        }
    }
}

/// `anniversary-conflict`, `anniversary-agrees`: the year that an ordinal gives against a year
/// that the same sentence writes, or the ordinals against each other.
fn check_anniversaries(
    text: &Text,
    date: &LetterDate,
    letter: &Letter,
    findings: &mut Vec<Finding>,
) {
    // in the order of the text, so that each sentence finds its own years by bisection
    let mut years: Vec<(Span, i32, &Mention)> = letter
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Date && is_year(&m.value))
        .filter_map(|m| Some((text.locate(m.evidence.first()?)?, year_of(&m.value)?, m)))
        .collect();
    years.sort_by_key(|(span, ..)| *span);
    let mut solved = Vec::new();
    for occasion in &letter.occasions {
        let (OccasionKind::Anniversary, Some(n), Some(value)) =
            (occasion.kind, occasion.ordinal, &occasion.event_date)
        else {
            continue;
        };
        let (Some(year), Ok(n)) = (year_of(value), i32::try_from(n)) else { continue };
        let Some(at) = occasion.evidence.first().and_then(|e| text.locate(e)) else { continue };
        let sentence = sentence_at(text.as_str(), at);
        let first = years.partition_point(|(span, ..)| span.start < sentence.start);
        let inside = years[first..].iter().take_while(|(span, ..)| span.end <= sentence.end);
        let mut beside = inside.filter(|(span, ..)| !at.overlaps(*span));
        let other = beside.find(|(_, found, _)| *found != year && (found - year).abs() <= NEAR);
        if let Some((_, found, other)) = other {
            let mut evidence = occasion.evidence.clone();
            evidence.extend(other.evidence.iter().cloned());
            findings.push(finding(
                "anniversary-conflict",
                Severity::Warning,
                dates::anniversary(year + n, n, *found).message,
                "the number, the year of the event or the year of the letter is wrong",
                evidence,
            ));
        } else {
            solved.push((n, year, &occasion.evidence));
        }
    }
    if !solved.is_empty() {
        let list: Vec<String> =
            solved.iter().map(|(n, year, _)| format!("{n} years since {year}")).collect();
        findings.push(finding(
            "anniversary-agrees",
            Severity::Note,
            format!("the letter of {} counts {}", date.value, list.join(" and ")),
            "",
            solved.into_iter().flat_map(|(_, _, e)| e.clone()).collect(),
        ));
    }
}

/// `event-agrees`, `event-conflict`: an anniversary against the event of the built-in table that
/// it names. A year farther off than [`NEAR`] is taken for another event of that name.
fn check_events(date: &LetterDate, letter: &Letter, findings: &mut Vec<Finding>) {
    let written = Edtf::parse(&date.value).ok().and_then(|e| match e.bounds() {
        (Some(first), Some(last)) if first == last => Some(first),
        _ => None,
    });
    for occasion in letter.occasions.iter().filter(|o| o.kind == OccasionKind::Anniversary) {
        let (Some(n), Some(said)) = (occasion.ordinal, occasion.event.as_deref()) else { continue };
        let Some(counted) = occasion.event_date.as_deref().and_then(year_of) else { continue };
        let Some(event) = events::find_event(said) else { continue };
        let Some(known) = event.first_year() else { continue };
        if (known - counted).abs() > NEAR {
            continue;
        }
        if known != counted {
            findings.push(finding(
                "event-conflict",
                Severity::Warning,
                format!(
                    "expected {known} for an event that is dated {}, but found {counted} by \
                     anniversary {n}",
                    event.date
                ),
                "the number or the year of the letter is wrong, or another event is meant",
                occasion.evidence.clone(),
            ));
            continue;
        }
        let kept = event.day().and_then(|day| anniversary_day(day, n));
        let beside = match (kept, written) {
            (Some(kept), Some(written)) => match written.0 - kept.0 {
                0 => "; the letter is of its anniversary".to_owned(),
                n @ 1.. => format!("; the letter is {n} days after its anniversary"),
                n => format!("; the letter is {} days before its anniversary", -n),
            },
            _ => String::new(),
        };
        findings.push(finding(
            "event-agrees",
            Severity::Note,
            format!("anniversary {n} fits the event, dated {}{beside}", event.date),
            "",
            occasion.evidence.clone(),
        ));
    }
}

/// The day on which the `n`-th anniversary of `day` is kept, if that year has such a day.
fn anniversary_day(day: Day, n: u32) -> Option<Day> {
    let (year, month, day) = gregorian::from_day(day);
    gregorian::day(year.checked_add_unsigned(n)?, month, day).ok()
}

/// `span-agrees`, `span-conflict`: "more than 60 years" since an event of the built-in table that
/// its sentence names, against the date of the letter.
///
/// Such words are read as a date that is open at its beginning and ends that many years ago.
fn check_spans(text: &Text, date: &LetterDate, letter: &Letter, findings: &mut Vec<Finding>) {
    let Some(year) = year_of(&date.value) else { return };
    for mention in letter.mentions.iter().filter(|m| m.kind == MentionKind::Date) {
        let until = mention.value.strip_prefix("[..").and_then(|v| v.strip_suffix(']'));
        let Some(latest) = until.filter(|v| is_year(v)).and_then(|v| v.parse::<i32>().ok()) else {
            continue;
        };
        let Some(at) = mention.evidence.first().and_then(|e| text.locate(e)) else { continue };
        let sentence = sentence_at(text.as_str(), at);
        let after = &text.as_str()[at.end..sentence.end.max(at.end)];
        // the event that is named first, within a clause or two
        let near = &after[..after.ceil_char_boundary(CLAUSES.min(after.len()))];
        let Some(event) = events::find_event(near) else { continue };
        let Some(ended) = event.last_year().filter(|y| (y - latest).abs() <= NEAR) else {
            continue;
        };
        let (least, passed) = (year - latest, year - ended);
        let (code, severity, hint) = if ended <= latest {
            ("span-agrees", Severity::Note, "")
        } else {
            ("span-conflict", Severity::Warning, "the number or the year of the letter is wrong")
        };
        let message = if ended <= latest {
            format!("more than {least} years holds: {passed} years since {ended} ({})", event.date)
        } else {
            format!(
                "expected at least {least} years since an event that is dated {}, but found {passed}",
                event.date
            )
        };
        findings.push(finding(code, severity, message, hint, mention.evidence.clone()));
    }
}

fn is_year(value: &str) -> bool {
    value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit())
}

fn year_of(value: &str) -> Option<i32> {
    Edtf::parse(value).ok()?.as_date()?.year_number()
}

/// The sentence around `at`: up to a full stop before white space, or a blank line, and no
/// farther than [`SENTENCE`] bytes on either side.
fn sentence_at(text: &str, at: Span) -> Span {
    let from = text.floor_char_boundary(at.start.saturating_sub(SENTENCE));
    let to = text.ceil_char_boundary((at.end + SENTENCE).min(text.len()));
    let is_end = |i: usize, c: char| {
        let rest = &text[i + c.len_utf8()..];
        match c {
            '.' | '!' | '?' => rest.starts_with(char::is_whitespace),
            '。' | '！' | '？' => true,
            '\n' => rest.trim_start_matches(['\r', ' ', '\t']).starts_with('\n'),
            _ => false,
        }
    };
    let ends = |(i, c): (usize, char)| is_end(i, c).then_some(i + c.len_utf8());
    let before = text[from..at.start].char_indices().rev();
    let start = before.map(|(i, c)| (from + i, c)).find_map(ends).unwrap_or(from);
    let after = text[at.end..to].char_indices();
    let end = after.map(|(i, c)| (at.end + i, c)).find_map(ends).unwrap_or(to);
    Span::new(start, end)
}

#[cfg(test)]
mod tests;
