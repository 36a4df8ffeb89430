//! The letter's own date, among the dates of its frame.
//!
//! The dateline's date counts, wherever the dateline stands; of several datelines the first that
//! gives a day, or the first that gives day and month where another gives the year. Where no
//! dateline has one, a line near the letter's beginning or end that says a place and a day and
//! nothing else may stand in, then a date in letterhead or signature, then a place and a day that
//! are the last one, two or three sentences of the body. A date without a year or a century stays
//! without one, unless a year beside it, a year elsewhere on the page with the same last digits, or
//! the caller's hints (`received`, `anchor`) settle it: a wrong date is worse than none. The
//! calendar is that of the place the caller names, else that of the country of the page's language
//! where nearly all who wrote it lived by one calendar.

mod lines;
mod plain;
mod written;
mod years;

use std::ops::Range;

use letterbook_dates::calendar::Calendar;
use letterbook_dates::phrase::{Context, DateReading, find_dates};
use letterbook_dates::reckoning::{Custom, custom_of, custom_of_language};
use letterbook_dates::value::{Date, Edtf};

use self::lines::{closing_sentences, dated_lines, mail_date};
use self::plain::{joined_words, without_rules};
use self::written::{parallel, weekday, written};
use super::clip;
use super::head::line_of;
use super::sure::{of_zone, sure};
use crate::mention::lexicon::{Classes, primary};
use crate::mention::stretch::{SplitText, Word};
use crate::options::Options;
use crate::record::{Alternative, LetterDate, ZoneLabel};
use crate::span::Span;
use crate::zone::{Zone, of};

/// A date of the frame: where it stands, and by what rule it may be the letter's.
struct Candidate {
    reading: DateReading,
    span: Span,
    /// Where the year stands, if apart from the rest.
    year: Option<Span>,
    rule: &'static str,
}

impl Candidate {
    /// Where a part of the reading's own span stands on the page; the whole where words that a
    /// line's end broke were joined to be read.
    fn part(&self, of_reading: &Range<usize>) -> Span {
        let own = &self.reading.span;
        if self.span.len() != own.len() {
            return self.span;
        }
        let at = |byte: usize| self.span.start + (byte - own.start);
        Span::new(at(of_reading.start), at(of_reading.end))
    }

    /// Takes a value with the year that stands at `year`; not against a weekday that is named.
    fn take(&mut self, value: Edtf, year: Span) {
        let Some(day) = value.to_day() else { return };
        if self.reading.written.weekday.is_some_and(|named| named != day.weekday() as u8) {
            return;
        }
        self.reading.value = value;
        self.reading.unanchored = false;
        self.year = Some(year);
        if self.rule == "dateline/date" {
            self.rule = "dateline/date-and-year";
        }
    }
}

/// The dates of the frame.
#[derive(Default)]
pub(super) struct Dates {
    candidates: Vec<Candidate>,
    /// Where the dates of the datelines stand, and the label of a mail's date.
    pub(super) spans: Vec<Span>,
    /// The country by whose calendar the page is dated, though the caller does not say so.
    home: Option<Home>,
    /// Whose calendar an old date may be meant by, though it is given by its face: how the first place
    /// dated that a dateline names, then how those did whose language the letter is in.
    customs: Vec<&'static Custom>,
}

/// The custom by which English letters were dated at home and overseas until 1752; a diplomat abroad
/// dated by it or by that of the place.
const OF_ENGLISH: &str = "England";

/// By whose calendar letters of a language are dated.
struct Home {
    custom: &'static Custom,
    /// A dateline names a town of it.
    named: bool,
}

/// The country by whose calendar letters of a language are dated where no place says otherwise:
/// those that were Julian into the twentieth century.
pub(super) fn home_of(language: Option<&str>) -> Option<&'static Custom> {
    custom_of_language(primary(language)?)
}

impl Home {
    /// The country of the language, or the one that kept the Julian calendar as long and that the
    /// datelines name; none where they name a place of another custom: "Женева, 18 мая 1913 г.".
    fn find<'a>(
        language: Option<&str>,
        mut datelines: impl Iterator<Item = &'a str>,
    ) -> Option<Home> {
        let own = Home { custom: home_of(language)?, named: false };
        datelines.try_fold(own, |home, dateline| match custom_of(dateline) {
            Some(custom) if !custom.was_julian_after_1900() => None,
            Some(custom) if !home.named => Some(Home { custom, named: true }),
            _ => Some(home),
        })
    }

    /// How sure it is that a page with nothing but its language is dated so. Russian was hardly
    /// written elsewhere; Greeks, Serbs, Bulgarians and Romanians wrote under other rulers too.
    fn sureness(&self) -> f32 {
        if self.named || self.custom.id == "russia" { 1.0 } else { 0.8 }
    }
}

/// Zones longer than this are no datelines.
const REACH: usize = 1500;

/// Finds the dates of the frame.
pub(super) fn find(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
    options: &Options,
) -> Dates {
    let anchor = [&options.anchor, &options.received]
        .into_iter()
        .flatten()
        .find_map(|e| Edtf::parse(e).ok());
    let datelines = || of(zones, ZoneLabel::Dateline).take(12);
    let home = match &options.place {
        Some(_) => None,
        None => Home::find(language, datelines().map(|zone| text.slice(zone.span))),
    };
    let place = options.place.as_deref().or(home.as_ref().and_then(|home| home.custom.place()));
    let context = Context { lang: language, anchor, place, ..Context::default() };
    let customs = match &options.place {
        Some(_) => Vec::new(),
        None => {
            let town = datelines().find_map(|zone| custom_of(text.slice(zone.span)));
            let english = primary(language) == Some("en");
            let own = english.then(|| custom_of(OF_ENGLISH)).flatten();
            town.into_iter().chain(own).collect()
        }
    };
    let mut dates = Dates { home, customs, ..Dates::default() };
    for zone in datelines() {
        dates.add(text, zone.span, &context, "dateline/date");
    }
    dates.join_styles(text, language);
    dates.spans = dates.candidates.iter().map(|c| c.span).collect();
    let mail = mail_date(text, language);
    // the label of a mail's head is no place
    dates.spans.extend(mail.map(|(label, _)| label));
    dates.complete_from_later();
    dates.complete_years(text, &context);
    dates.complete_from_receipt(text, zones, &context);
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
    for sentence in closing_sentences(text, zones) {
        if dates.candidates.is_empty() {
            dates.add_alone(text, sentence, &context);
        }
    }
    dates
}

/// Whether a stretch names a month or a year that is not the day of a receipt.
fn looks_dated(text: &SplitText<'_>, span: Span) -> bool {
    let words = text.words(span, None);
    let is_year = |folded: &str| folded.parse::<u16>().is_ok_and(|y| (1500..2100).contains(&y));
    !says_receipt(&words)
        && words.iter().any(|w| w.is(Classes::MONTH) || w.number && is_year(&w.folded))
}

fn is_day(reading: &DateReading) -> bool {
    reading.value.to_day().is_some()
}

/// Whether the value is several days close together: "12/13 Mai 1850", "12 and 14 May 1850". A
/// letter written over two days is of neither alone.
fn is_days(reading: &DateReading) -> bool {
    const MONTH: i32 = 31;
    reading.value.as_date().is_none()
        && reading.written.day.is_some()
        && matches!(reading.value.bounds(), (Some(first), Some(last)) if last.0 - first.0 <= MONTH)
}

/// Whether one of the words says that something was received or answered. "Près de" is a receipt's
/// "pres." only with its stop.
fn says_receipt(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(at, w)| {
        w.is(Classes::RECEIPT)
            && (!w.is(Classes::AT) || words.get(at + 1).is_some_and(|next| next.gap.stop))
    })
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
    if is_day(reading) || is_days(reading) { 10 } else { partial }
}

impl Dates {
    /// Reads days that a dash joins anew by the custom of the town that the datelines name: where the
    /// Julian calendar was in use they may be one.
    fn join_styles(&mut self, text: &SplitText<'_>, language: Option<&str>) {
        let Some(custom) = self.customs.first() else { return };
        let context = Context { lang: language, place: custom.place(), ..Context::default() };
        for candidate in self.candidates.iter_mut().filter(|c| is_days(&c.reading)) {
            let anew = find_dates(text.slice(candidate.span), &context).into_iter();
            if let Some(day) = anew.take(1).find(|r| is_day(r) && !r.parallel.is_empty()) {
                candidate.reading = day;
            }
        }
    }

    /// Where two of day, month and year stand together: no name.
    pub(super) fn days(&self) -> Vec<Span> {
        let told = self.candidates.iter().filter(|c| weight(&c.reading) >= 4);
        told.map(|c| c.span).collect()
    }

    fn add(&mut self, text: &SplitText<'_>, zone: Span, context: &Context<'_>, rule: &'static str) {
        let zone = clip(text, zone, REACH);
        let place = |reading: &DateReading| Span::from(reading.span.clone()).shift(zone.start);
        // two days that one stroke allows are an answer too: no other language is asked
        let own = |reading: &DateReading| {
            (is_day(reading) || is_days(reading) || !reading.alternatives.is_empty())
                && is_of_an_age_of_letters(reading)
                && !is_anothers(text, place(reading))
        };
        let mut readings = find_dates(text.slice(zone), context);
        // "Sep— 24th 1901", "Feby 12 —1914": dashes and rules that say nothing; "15 No vembre"
        let smoothers: [fn(&str) -> Option<String>; 2] = [without_rules, joined_words];
        for smooth in smoothers {
            if !readings.iter().any(own)
                && let Some(plain) = smooth(text.slice(zone))
            {
                let plain = find_dates(&plain, context);
                if plain.iter().any(own) {
                    readings = plain;
                }
            }
        }
        if context.lang.is_some() && !readings.iter().any(own) {
            // a dateline in another language than the letter
            let any = find_dates(text.slice(zone), &Context { lang: None, ..context.clone() });
            if any.iter().any(own) {
                readings = any;
            }
        }
        // "San José, 20 de mayo de 1862": a saint beside a day is the town that is named after him
        if readings.iter().any(is_day) {
            readings.retain(|r| r.rule != "feast" || r.written.year.is_some() || is_day(r));
        }
        let across = across_borders(text, zone, context);
        readings.retain(|r| across.iter().all(|other| !other.0.overlaps(place(r))));
        let within = readings.into_iter().map(|r| (place(&r), r));
        let mut all: Vec<(Span, DateReading)> = across.into_iter().chain(within).collect();
        all.sort_by_key(|(span, _)| *span);
        for (span, reading) in all {
            if is_of_an_age_of_letters(&reading) && !is_anothers(text, span) {
                let reading = in_american_order(text, span, context).unwrap_or(reading);
                self.candidates.push(Candidate { reading, span, year: None, rule });
            }
        }
    }

    /// Gives the first dateline's day and month the year of a later one that gives another day: the
    /// later one is of a letter copied or enclosed, or of the day on which the letter was ended.
    fn complete_from_later(&mut self) {
        let Some(later) = self.candidates.iter().position(|c| is_day(&c.reading)) else { return };
        let Some(day) = self.candidates[later].reading.value.to_day() else { return };
        let year = self.candidates[later].span;
        for candidate in &mut self.candidates[..later] {
            let written = &candidate.reading.written;
            if written.day.is_none() || written.month.is_none() {
                continue;
            }
            let value = candidate.reading.value.to_string();
            if let Some(found) = years::near(&value, day)
                && found.to_day() != Some(day)
            {
                candidate.take(found, year);
                return;
            }
        }
    }

    /// Gives days without a year or a century the one that the page shows elsewhere.
    fn complete_years(&mut self, text: &SplitText<'_>, context: &Context<'_>) {
        if self.candidates.iter().any(|c| is_day(&c.reading)) {
            return;
        }
        for candidate in &mut self.candidates {
            let value = candidate.reading.value.to_string();
            if !years::lacks_year(&value) {
                continue;
            }
            // one digit tells too little to look for it elsewhere
            let is_open = value.starts_with("XXX");
            let found = if is_open {
                years::beside(text, candidate.span)
            } else {
                years::elsewhere(text, candidate.span, &value[..4])
            };
            let Some((year, number)) = found else { continue };
            if is_open {
                // read anew with its year, for the calendar of the time
                let joined = format!("{} {number}", text.slice(candidate.span));
                if let Some(reading) = find_dates(&joined, context).into_iter().find(is_day) {
                    candidate.take(reading.value, year);
                }
            } else if let Ok(value) = Edtf::parse(&format!("{number}{}", &value[4..])) {
                candidate.take(value, year);
            }
        }
    }

    /// Gives the first dateline's day and month the year of the day of receipt: "18th November" below
    /// "(Received 19th November, 1913.)".
    fn complete_from_receipt(
        &mut self,
        text: &SplitText<'_>,
        zones: &[Zone],
        context: &Context<'_>,
    ) {
        let Some(first) = self.candidates.first_mut().filter(|c| !is_day(&c.reading)) else {
            return;
        };
        let value = first.reading.value.to_string();
        if !years::lacks_year(&value) {
            return;
        }
        for note in of(zones, ZoneLabel::NoteOfReceipt).take(4) {
            let note = clip(text, note.span, REACH);
            let Some(receipt) = find_dates(text.slice(note), context).into_iter().find(is_day)
            else {
                continue;
            };
            let day = receipt.value.to_day();
            if let Some(found) = day.and_then(|day| years::near(&value, day)) {
                first.take(found, Span::from(receipt.span).shift(note.start));
                return;
            }
        }
    }

    /// Adds the date of a line that says a place and a day and nothing else.
    fn add_alone(&mut self, text: &SplitText<'_>, line: Span, context: &Context<'_>) {
        let page = text.slice(line);
        let mut readings = find_dates(page, context);
        if !readings.iter().any(is_day)
            && let Some(plain) = without_rules(page)
        {
            readings = find_dates(&plain, context);
        }
        // in a line of references the last column is the letter's own day
        if page.contains("   ") || page.contains('\t') {
            readings.reverse();
        }
        let Some(reading) = readings
            .into_iter()
            .find(|r| is_day(r) || !r.alternatives.is_empty())
            .filter(|r| is_of_an_age_of_letters(r) && r.anniversary.is_none() && !r.unanchored)
        else {
            return;
        };
        let span = Span::from(reading.span.clone()).shift(line.start);
        let before = text.words(Span::new(line.start, span.start), None);
        let is_head = |w: &crate::mention::stretch::Word| {
            w.capital || w.number || w.span.len() <= 3 || w.is(Classes::AT.or(Classes::LINK))
        };
        let alone = before.len() <= 7
            && before.iter().all(is_head)
            && !says_receipt(&before)
            && (!text.slice(Span::new(span.end, line.end)).contains(char::is_alphabetic)
                || span.len() * 2 >= line.len());
        if alone {
            let reading = in_american_order(text, span, context).unwrap_or(reading);
            self.candidates.push(Candidate { reading, span, year: None, rule: "line/date" });
        }
    }

    /// The letter's date.
    pub(super) fn choose(self, text: &SplitText<'_>, zones: &[Zone]) -> Option<LetterDate> {
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
                    is_day(&c.reading) || is_days(&c.reading),
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
        let value = span_of_days(text, chosen).unwrap_or_else(|| chosen.reading.value.to_string());
        // the same day by another calendar is no other reading
        let mut alternatives: Vec<Alternative> = chosen
            .reading
            .alternatives
            .iter()
            .map(|a| Alternative {
                value: a.value.to_string(),
                confidence: 0.1,
                reason: a.reason.into(),
            })
            .filter(|a| a.value != value)
            .collect();
        // nothing on the page says that it is Old Style
        let by_face = self.home.as_ref().and_then(|_| face(&chosen.reading));
        let parallel = parallel(text, chosen, &self.candidates);
        let old_style = if self.home.is_none() && parallel.is_empty() {
            let told =
                self.customs.iter().map(|custom| (*custom, by_old_style(text, chosen, custom)));
            told.into_iter().find(|(_, days)| !days.is_empty())
        } else {
            None
        };
        let calendar = match (&self.home, &old_style) {
            (Some(home), _) if by_face.is_some() => home.sureness(),
            (None, Some((custom, _))) => by_face_at(custom),
            _ => 1.0,
        };
        for value in old_style.into_iter().flat_map(|(_, days)| days) {
            if alternatives.iter().all(|a| a.value != value) {
                let reason = "the same date in the Old Style".into();
                alternatives.push(Alternative { value, confidence: 0.2, reason });
            }
        }
        alternatives.extend(by_face.filter(|face| *face != value).map(|value| Alternative {
            value,
            confidence: 0.1,
            reason: "the same numbers in the Gregorian calendar".into(),
        }));
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
        let confidence = sure(rule) * own * zone * calendar;
        Some(LetterDate {
            calendar: chosen.reading.calendar.label().to_owned(),
            written: written(text, chosen),
            weekday: chosen.reading.written.weekday.and_then(weekday).map(str::to_owned),
            parallel,
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
    fn heads_columns(&self, text: &SplitText<'_>, i: usize) -> bool {
        let (own, next) = (&self.candidates[i], self.candidates.get(i + 1));
        next.is_some_and(|next| {
            is_day(&next.reading) && own.span.end < next.span.start && {
                let between = text.slice(Span::new(own.span.end, next.span.start));
                !between.contains('\n') && (between.contains("   ") || between.contains('\t'))
            }
        })
    }
}

/// "4/9 1896" beside a town of the United States has the month first.
fn in_american_order(
    text: &SplitText<'_>,
    span: Span,
    context: &Context<'_>,
) -> Option<DateReading> {
    if context.lang != Some("en") || context.place.is_some() {
        return None;
    }
    let reading = find_dates(text.slice(span), context).into_iter().next()?;
    if reading.alternatives.len() != 2 || is_day(&reading) {
        return None;
    }
    const NEAR: usize = 160;
    let page = text.as_str();
    let start = page.floor_char_boundary(span.start.saturating_sub(NEAR));
    let end = page.floor_char_boundary(span.end + NEAR);
    let around = text.words(Span::new(start, end), Some("en"));
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

/// Dates that a zone's border cuts in two, as where a zone begins within "prid. Kal. Maias": they are
/// read from their whole line.
fn across_borders(
    text: &SplitText<'_>,
    zone: Span,
    context: &Context<'_>,
) -> Vec<(Span, DateReading)> {
    const NEAR: usize = 60;
    let page = text.as_str();
    let start = line_of(page, zone.start).start.max(zone.start.saturating_sub(NEAR));
    let end = line_of(page, zone.end).end.min(zone.end + NEAR);
    let wide = Span::new(page.floor_char_boundary(start), page.floor_char_boundary(end));
    let inner = zone.trim(page);
    if wide.start >= inner.start && wide.end <= inner.end {
        return Vec::new();
    }
    find_dates(text.slice(wide), context)
        .into_iter()
        .map(|reading| (Span::from(reading.span.clone()).shift(wide.start), reading))
        .filter(|(span, reading)| {
            span.overlaps(inner) && !inner.contains(*span) && weight(reading) > 0
        })
        .collect()
}

/// Whether the page says right before the date that it is not the letter's.
fn is_anothers(text: &SplitText<'_>, date: Span) -> bool {
    const NEAR: usize = 60;
    let page = text.as_str();
    let near = page.floor_char_boundary(date.start.saturating_sub(NEAR));
    let before = text.words(Span::new(near, date.start), None);
    let line = line_of(page, date.start).start;
    let of_line = &before[before.partition_point(|w| w.span.start < line)..];
    is_receipt(of_line) || is_printed(&before) || is_of_yours(of_line)
}

/// Whether the words before the date say that something was received or answered then.
fn is_receipt(before: &[Word]) -> bool {
    says_receipt(&before[before.len().saturating_sub(3)..])
}

/// Whether the words before the date speak of what the reader wrote: "Your letter of", "Ihr
/// Schreiben vom".
fn is_of_yours(before: &[Word]) -> bool {
    /// How many words may name what is yours: "letter", "last kind letter".
    const NAMED: usize = 3;
    let Some((of, named)) = before.split_last() else { return false };
    let said = named.iter().rev().take_while(|w| !w.gap.comma && !w.is(Classes::YOURS)).count();
    of.is(Classes::PARTICLE)
        && !of.capital
        && !of.gap.comma
        && (1..=NAMED).contains(&said)
        && named.iter().rev().nth(said).is_some_and(|w| w.is(Classes::YOURS))
}

/// Whether the words before the date say that a patent, a copyright or a house is of then, as heads
/// print it: "Patented Dec. 20, 1887", "Letters Patent No. 12,192. Dated January 12, 1904".
fn is_printed(before: &[Word]) -> bool {
    let is_year = |w: &Word| w.folded.parse().is_ok_and(|year| (1500..2100).contains(&year));
    let passes = |w: &&Word| {
        let small = Classes::AT.or(Classes::LINK).or(Classes::DATED);
        !w.is(Classes::PRINTED) && !is_year(w) && (w.number || w.span.len() <= 2 || w.is(small))
    };
    before.iter().rev().find(|w| !passes(w)).is_some_and(|w| w.is(Classes::PRINTED))
}

/// The day that year, month and day as written are in the Gregorian calendar.
fn face(reading: &DateReading) -> Option<String> {
    let written = &reading.written;
    let is_julian = reading.calendar == Calendar::Julian && written.style.is_none();
    let (year, month, day) = (written.year?, written.month?, written.day?);
    is_julian.then(|| Date::day(year, month, day).ok().map(|date| date.to_string()))?
}

/// The days that the date may be by a custom that still kept the Julian calendar, where nothing on the
/// page says by which it is dated; with the year from 1 January, then as the custom began it.
fn by_old_style(text: &SplitText<'_>, candidate: &Candidate, custom: &Custom) -> Vec<String> {
    let reading = &candidate.reading;
    let written = &reading.written;
    if reading.calendar != Calendar::Gregorian || written.style.is_some() || !is_day(reading) {
        return Vec::new();
    }
    if let (Some(year), Some(month), Some(day)) = (written.year, written.month, written.day) {
        return [custom.modern_day(year, month, day), custom.day(year, month, day)]
            .into_iter()
            .flatten()
            .filter(|placed| placed.calendar == Calendar::Julian)
            .filter_map(|placed| Some(Date::from_day(placed.day).ok()?.to_string()))
            .collect();
    }
    // a feast has no numbers: it is read anew where the custom was kept
    let context = Context { place: custom.place(), ..Context::default() };
    let anew = written.feast.is_some().then(|| find_dates(text.slice(candidate.span), &context));
    let is_julian = |reading: &DateReading| reading.calendar == Calendar::Julian && is_day(reading);
    anew.into_iter().flatten().find(is_julian).map(|r| r.value.to_string()).into_iter().collect()
}

/// How sure it is that a letter of a custom of the Julian calendar is meant by its face, as editions
/// give it. Where the calendar lasted into the twentieth century, who did not write the language of
/// the country mostly dated by the calendar of home. Neither figure is measured: letters of before 1752 are
/// few in the training editions.
fn by_face_at(custom: &Custom) -> f32 {
    if custom.was_julian_after_1900() { 0.95 } else { 0.6 }
}

/// "8./9. August 1841": a letter written over two days is of neither alone.
fn span_of_days(text: &SplitText<'_>, candidate: &Candidate) -> Option<String> {
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
