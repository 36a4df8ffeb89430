//! The letter's own date, among the dates of its frame.
//!
//! The dateline's date counts, wherever the dateline stands; of several datelines the first that
//! gives a day. Where no dateline has one, a line near the letter's beginning or end that says a
//! place and a day and nothing else may stand in, then a date in letterhead or signature. A date
//! without a year or a century stays without one, unless a year beside it, a year elsewhere on the
//! page with the same last digits, or the caller's hints (`received`, `anchor`) settle it: a wrong
//! date is worse than none.

use letterbook_dates::calendar::Calendar;
use letterbook_dates::phrase::{Context, DateReading, find_dates};
use letterbook_dates::value::Edtf;

use super::sure::{of_zone, sure};
use crate::mention::contact::fold_space;
use crate::mention::lexicon::Classes;
use crate::mention::stretch::words;
use crate::options::Options;
use crate::record::{Alternative, LetterDate, ParallelDate, Written, ZoneLabel};
use crate::span::{Span, Text};
use crate::zone::{Zone, of};

/// A date of the frame: where it stands, and by what rule it may be the letter's.
struct Candidate {
    reading: DateReading,
    span: Span,
    /// Where the year stands, if apart from the rest.
    year: Option<Span>,
    rule: &'static str,
}

/// The dates of the frame.
#[derive(Default)]
pub(super) struct Dates {
    candidates: Vec<Candidate>,
    /// Where the dates of the datelines stand, and the label of a mail's date.
    pub(super) spans: Vec<Span>,
}

/// Zones longer than this are no datelines.
const REACH: usize = 1500;

/// Finds the dates of the frame.
pub(super) fn find(
    text: &Text<'_>,
    zones: &[Zone],
    language: Option<&str>,
    options: &Options,
) -> Dates {
    let anchor = [&options.anchor, &options.received]
        .into_iter()
        .flatten()
        .find_map(|e| Edtf::parse(e).ok());
    let context = Context { lang: language, anchor, place: options.place.as_deref() };
    let mut dates = Dates::default();
    for zone in of(zones, ZoneLabel::Dateline).take(12) {
        dates.add(text, zone.span, &context, "dateline/date");
    }
    dates.spans = dates.candidates.iter().map(|c| c.span).collect();
    let mail = mail_date(text);
    // the label of a mail's head is no place
    dates.spans.extend(mail.map(|(label, _)| label));
    dates.complete_years(text, &context);
    if dates.candidates.iter().any(|c| is_day(&c.reading)) {
        return dates;
    }
    // a dateline whose date nobody can read still says that the date is not elsewhere
    let dated = of(zones, ZoneLabel::Dateline).any(|z| looks_dated(text, z.span));
    if dated {
        return dates;
    }
    for line in mail.map(|(_, date)| date).into_iter().chain(dated_lines(text, zones)) {
        dates.add_alone(text, line, &context);
    }
    for (label, rule) in
        [(ZoneLabel::Letterhead, "letterhead/date"), (ZoneLabel::Signature, "signature/date")]
    {
        for zone in of(zones, label).take(8) {
            dates.add(text, zone.span, &context, rule);
        }
    }
    dates
}

/// The line of a mail's head that gives its date: the label, and what stands behind it.
fn mail_date(text: &Text<'_>) -> Option<(Span, Span)> {
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n').take(24) {
        let span = Span::new(at, at + line.len()).trim(text.as_str());
        at += line.len();
        if let Some((label, rest)) = text.slice(span).split_once(':')
            && [
                "date",
                "sent",
                "datum",
                "gesendet",
                "fecha",
                "data",
                "envoye",
                "enviado",
                "inviato",
                "дата",
                "verzonden",
                "skickat",
                "sendt",
                "wyslano",
                "datum odeslani",
            ]
            .contains(&crate::mention::fold(label).as_str())
        {
            let behind = Span::new(span.end - rest.len(), span.end);
            return Some((Span::new(span.start, behind.start), behind));
        }
    }
    None
}

/// How many lines from the beginning and from the end of a letter may hold a dateline.
const HEAD_LINES: usize = 30;
const FOOT_LINES: usize = 15;

/// Lines outside of datelines that may be one all the same: short, and no part of running text.
fn dated_lines(text: &Text<'_>, zones: &[Zone]) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n') {
        lines.push(Span::new(at, at + line.len()).trim(text.as_str()));
        at += line.len();
    }
    let foot = lines.len().saturating_sub(FOOT_LINES);
    let mut out = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let reach = nth < HEAD_LINES || nth >= foot;
        let page = text.slice(*line);
        if !reach || line.len() > 100 || !page.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let in_dateline = of(zones, ZoneLabel::Dateline).any(|z| z.span.contains(*line));
        let flows = nth > 0 && {
            let before = text.slice(lines[nth - 1]);
            let last = before.split_whitespace().next_back().unwrap_or_default();
            before.len() > 40 && last.chars().all(char::is_lowercase)
        };
        if !in_dateline && !flows {
            out.push(*line);
        }
    }
    out
}

/// Whether a stretch names a month or a year that is not the day of a receipt.
fn looks_dated(text: &Text<'_>, span: Span) -> bool {
    let words = words(text.as_str(), span, None);
    let is_year = |folded: &str| folded.parse::<u16>().is_ok_and(|y| (1500..2100).contains(&y));
    !words.iter().any(|w| w.is(Classes::RECEIPT))
        && words.iter().any(|w| w.is(Classes::MONTH) || w.number && is_year(&w.folded))
}

fn is_day(reading: &DateReading) -> bool {
    reading.value.to_day().is_some()
}

/// Whether the year, if one is read, is late enough for a letter with a dateline; days of the first
/// centuries come from numbers misread.
fn is_of_an_age_of_letters(reading: &DateReading) -> bool {
    const FIRST: i32 = 500;
    reading.value.as_date().and_then(|d| d.year_number()).is_none_or(|year| year >= FIRST)
}

/// How much of a date a reading gives: day, month or year.
fn weight(reading: &DateReading) -> u8 {
    let written = &reading.written;
    let partial = u8::from(written.year.is_some()) * 2
        + u8::from(written.month.is_some() || written.feast.is_some()) * 2
        + u8::from(written.day.is_some()) * 2;
    if is_day(reading) { 10 } else { partial }
}

impl Dates {
    fn add(&mut self, text: &Text<'_>, zone: Span, context: &Context<'_>, rule: &'static str) {
        let zone = Span::new(zone.start, text_boundary(text, zone.end.min(zone.start + REACH)));
        let place = |reading: &DateReading| Span::from(reading.span.clone()).shift(zone.start);
        // two days that one stroke allows are an answer too: no other language is asked
        let own = |reading: &DateReading| {
            (is_day(reading) || !reading.alternatives.is_empty())
                && is_of_an_age_of_letters(reading)
                && !is_receipt(text, zone, place(reading))
        };
        let mut readings = find_dates(text.slice(zone), context);
        if !readings.iter().any(own) {
            // "Sep— 24th 1901", "Feby 12 —1914": dashes and rules that say nothing
            let plain = without_rules(text.slice(zone));
            let plain = plain.map(|plain| find_dates(&plain, context)).unwrap_or_default();
            if plain.iter().any(own) {
                readings = plain;
            }
        }
        if context.lang.is_some() && !readings.iter().any(own) {
            // a dateline in another language than the letter
            let any = find_dates(text.slice(zone), &Context { lang: None, ..context.clone() });
            if any.iter().any(own) {
                readings = any;
            }
        }
        for reading in readings {
            let span = place(&reading);
            if is_of_an_age_of_letters(&reading) && !is_receipt(text, zone, span) {
                let reading = in_american_order(text, span, context).unwrap_or(reading);
                self.candidates.push(Candidate { reading, span, year: None, rule });
            }
        }
    }

    /// Gives days without a year or a century the one that the page shows elsewhere.
    fn complete_years(&mut self, text: &Text<'_>, context: &Context<'_>) {
        if self.candidates.iter().any(|c| is_day(&c.reading)) {
            return;
        }
        for candidate in &mut self.candidates {
            let value = candidate.reading.value.to_string();
            let [century, rest @ ..] = value.as_bytes() else { continue };
            if *century != b'X' || value.len() != 10 || value[5..].contains('X') {
                continue;
            }
            let found = if rest.starts_with(b"XXX") {
                year_beside(text, candidate.span)
            } else {
                year_elsewhere(text, candidate.span, &value[..4])
            };
            let Some((year, number)) = found else { continue };
            let whole = if rest.starts_with(b"XXX") {
                // read anew with its year, for the calendar of the time
                let joined = format!("{} {number}", text.slice(candidate.span));
                find_dates(&joined, context).into_iter().find(is_day)
            } else {
                Edtf::parse(&format!("{number}{}", &value[4..])).ok().map(|value| DateReading {
                    value,
                    unanchored: false,
                    ..candidate.reading.clone()
                })
            };
            if let Some(reading) = whole.filter(is_day) {
                let written = candidate.reading.written.clone();
                candidate.reading = DateReading { written, ..reading };
                candidate.year = Some(year);
                candidate.rule = match candidate.rule {
                    "dateline/date" => "dateline/date-and-year",
                    other => other,
                };
            }
        }
    }

    /// Adds the date of a line that says a place and a day and nothing else.
    fn add_alone(&mut self, text: &Text<'_>, line: Span, context: &Context<'_>) {
        let page = text.slice(line);
        let mut readings = find_dates(page, context);
        if !readings.iter().any(is_day)
            && let Some(plain) = without_rules(page)
        {
            readings = find_dates(&plain, context);
        }
        let Some(reading) = readings
            .into_iter()
            .find(|r| is_day(r) || !r.alternatives.is_empty())
            .filter(|r| is_of_an_age_of_letters(r) && r.anniversary.is_none() && !r.unanchored)
        else {
            return;
        };
        let span = Span::from(reading.span.clone()).shift(line.start);
        let before = words(text.as_str(), Span::new(line.start, span.start), None);
        let is_head = |w: &crate::mention::stretch::Word| {
            w.capital || w.number || w.span.len() <= 3 || w.is(Classes::AT.or(Classes::LINK))
        };
        let alone = before.len() <= 7
            && before.iter().all(is_head)
            && !before.iter().any(|w| w.is(Classes::RECEIPT))
            && (!text.slice(Span::new(span.end, line.end)).contains(char::is_alphabetic)
                || span.len() * 2 >= line.len());
        if alone {
            let reading = in_american_order(text, span, context).unwrap_or(reading);
            self.candidates.push(Candidate { reading, span, year: None, rule: "line/date" });
        }
    }

    /// The letter's date.
    pub(super) fn choose(self, text: &Text<'_>, zones: &[Zone]) -> Option<LetterDate> {
        let best = self
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| weight(&c.reading) > 0 && c.reading.anniversary.is_none())
            .filter(|(_, c)| {
                c.rule.starts_with("dateline/")
                    || is_day(&c.reading)
                    || c.rule == "line/date" && !c.reading.alternatives.is_empty()
            })
            // the first of those that say most; a dateline before anything else
            .max_by_key(|(i, c)| {
                (
                    is_day(&c.reading),
                    c.rule.starts_with("dateline/"),
                    !self.heads_columns(text, *i),
                    weight(&c.reading),
                    std::cmp::Reverse(*i),
                )
            })?
            .0;
        let chosen = &self.candidates[best];
        let rule = if is_day(&chosen.reading) || !chosen.rule.starts_with("dateline/") {
            chosen.rule
        } else {
            "dateline/partial-date"
        };
        let mut alternatives: Vec<Alternative> = chosen
            .reading
            .alternatives
            .iter()
            .map(|a| Alternative {
                value: a.value.to_string(),
                confidence: 0.1,
                reason: a.reason.into(),
            })
            .collect();
        let value = span_of_days(text, chosen).unwrap_or_else(|| chosen.reading.value.to_string());
        for other in &self.candidates {
            let seen = other.reading.value.to_string();
            if is_day(&other.reading)
                && seen != value
                && alternatives.iter().all(|a| a.value != seen)
                && alternatives.len() < 6
            {
                alternatives.push(Alternative {
                    value: seen,
                    confidence: 0.1,
                    reason: "another date of the letter's frame".into(),
                });
            }
        }
        // the reader's own doubt counts where it is great; else the rule has been measured with it
        let own =
            if chosen.reading.confidence < 0.5 { chosen.reading.confidence.max(0.0) } else { 1.0 };
        // a line apart from the datelines was measured without regard to its zone
        let zone = if rule == "line/date" { 1.0 } else { of_zone(zones, chosen.span) };
        let confidence = sure(rule) * own * zone;
        Some(LetterDate {
            calendar: chosen.reading.calendar.label().to_owned(),
            written: written(text, chosen),
            weekday: chosen.reading.written.weekday.and_then(weekday).map(str::to_owned),
            parallel: parallel(text, chosen),
            evidence: [chosen.span]
                .into_iter()
                .chain(chosen.year)
                .map(|span| text.evidence(span))
                .collect(),
            confidence,
            alternatives,
            by: format!("{rule}: {}", chosen.reading.rule).into(),
            value,
        })
    }

    /// Whether another day follows in a column to the right: in the line of references of an
    /// office ("Ihre Nachricht vom … Unser Zeichen … Datum", DIN 5008) the last day is the
    /// letter's own, and the one before that of the letter it answers.
    fn heads_columns(&self, text: &Text<'_>, i: usize) -> bool {
        let (own, next) = (&self.candidates[i], self.candidates.get(i + 1));
        next.is_some_and(|next| {
            is_day(&next.reading) && own.span.end < next.span.start && {
                let between = text.slice(Span::new(own.span.end, next.span.start));
                !between.contains('\n') && (between.contains("   ") || between.contains('\t'))
            }
        })
    }
}

/// `text` with spaces for dashes, underscores and brackets, byte for byte; `None` without any.
fn without_rules(text: &str) -> Option<String> {
    let rule = |c: char| matches!(c, '—' | '–' | '-' | '_' | '[' | ']' | '|');
    text.contains(rule).then(|| {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if rule(c) { out.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { out.push(c) }
        }
        out
    })
}

/// "4/9 1896" beside a town of the United States has the month first.
fn in_american_order(text: &Text<'_>, span: Span, context: &Context<'_>) -> Option<DateReading> {
    if context.lang != Some("en") || context.place.is_some() {
        return None;
    }
    let reading = find_dates(text.slice(span), context).into_iter().next()?;
    if reading.alternatives.len() != 2 || is_day(&reading) {
        return None;
    }
    const NEAR: usize = 160;
    let start = text_boundary(text, span.start.saturating_sub(NEAR));
    let end = text_boundary(text, (span.end + NEAR).min(text.as_str().len()));
    let around = words(text.as_str(), Span::new(start, end), Some("en"));
    let is_town_in_state = around.windows(2).any(|pair| {
        let [town, state] = pair else { return false };
        town.capital
            && town.span.len() > 3
            && state.capital
            && state.span.len() > 1
            && state.gap.lines == 0
            && state.is(Classes::STATE)
    });
    if !is_town_in_state {
        return None;
    }
    let american = Context { place: Some("United States"), ..context.clone() };
    find_dates(text.slice(span), &american).into_iter().find(is_day)
}

/// A year that stands alone on a line of its own, right below the date or above it.
fn year_beside(text: &Text<'_>, date: Span) -> Option<(Span, i32)> {
    let page = text.as_str();
    let below = page[date.end..]
        .char_indices()
        .find(|(_, c)| c.is_alphanumeric())
        .filter(|(at, _)| page[date.end..date.end + at].contains('\n'))
        .map(|(at, _)| date.end + at);
    let line_of = |at: usize| {
        let start = page[..at].rfind('\n').map_or(0, |n| n + 1);
        let end = page[at..].find('\n').map_or(page.len(), |n| at + n);
        Span::new(start, end).trim(page)
    };
    // above: past at most one line, which may hold the place
    let own = line_of(date.start).start;
    let above = page[..own].trim_end();
    let above_two = above.rfind('\n').map(|n| page[..n].trim_end());
    let candidates = below
        .into_iter()
        .chain((!above.is_empty()).then(|| above.len() - 1))
        .chain(above_two.filter(|a| !a.is_empty()).map(|a| a.len() - 1));
    for at in candidates {
        let span = line_of(text_boundary(text, at));
        let digits = text.slice(span).trim_matches(|c: char| !c.is_alphanumeric());
        if digits.len() == 4
            && let Ok(year) = digits.parse::<i32>()
            && (1500..2100).contains(&year)
        {
            return Some((span, year));
        }
    }
    None
}

/// The one year of the page that ends as `pattern` ("XX98", "X919") does.
fn year_elsewhere(text: &Text<'_>, date: Span, pattern: &str) -> Option<(Span, i32)> {
    let ending = pattern.trim_start_matches('X');
    let page = text.as_str();
    let mut found: Option<(Span, i32)> = None;
    for (at, _) in page.match_indices(ending) {
        let end = at + ending.len();
        let Some(start) = end.checked_sub(4) else { continue };
        let Some(year) = page.get(start..end).and_then(|digits| digits.parse::<i32>().ok()) else {
            continue;
        };
        let is_longer = page[..start].ends_with(|c: char| c.is_ascii_digit())
            || page[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if (1500..2100).contains(&year) && !is_longer && !date.contains(Span::new(at, end)) {
            if found.is_some_and(|(_, known)| known != year) {
                return None;
            }
            found = found.or(Some((Span::new(start, end), year)));
        }
    }
    found
}

/// Whether the words right before the date say that something was received or answered then.
fn is_receipt(text: &Text<'_>, zone: Span, date: Span) -> bool {
    /// Bytes in which the words right before a date have room.
    const NEAR: usize = 120;
    let from = text_boundary(text, date.start.saturating_sub(NEAR)).max(zone.start);
    let line = text.slice(Span::new(from, date.start)).rfind('\n').map_or(from, |n| from + n);
    words(text.as_str(), Span::new(line, date.start), None)
        .iter()
        .rev()
        .take(3)
        .any(|w| w.is(Classes::RECEIPT))
}

/// "8./9. August 1841": a letter written over two days is of neither alone.
fn span_of_days(text: &Text<'_>, candidate: &Candidate) -> Option<String> {
    let last = candidate.reading.value.to_day()?;
    let before = text.as_str()[..candidate.span.start].trim_end();
    let before = before.strip_suffix(['/', '–'])?.trim_end().trim_end_matches('.');
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let first: i32 =
        before[before.len() - digits..].parse().ok().filter(|_| (1..=2).contains(&digits))?;
    let back = i32::from(candidate.reading.value.as_date()?.day_number()?) - first;
    // ten days and more apart are the two styles of one day
    (1..10).contains(&back).then_some(())?;
    Edtf::from_days(letterbook_dates::day::Day(last.0 - back), last).ok().map(|e| e.to_string())
}

fn text_boundary(text: &Text<'_>, mut at: usize) -> usize {
    while !text.as_str().is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn weekday(iso: u8) -> Option<&'static str> {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        .get(usize::from(iso).checked_sub(1)?)
        .copied()
}

/// Year, month and day in the page's own words.
fn written(text: &Text<'_>, candidate: &Candidate) -> Written {
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
fn parallel(text: &Text<'_>, candidate: &Candidate) -> Vec<ParallelDate> {
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
