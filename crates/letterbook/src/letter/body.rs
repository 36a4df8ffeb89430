//! The dates that a body speaks of, resolved against the letter's own.

use letterbook_dates::calendar::Calendar;
use letterbook_dates::phrase::{AnniversaryKind, Context, DateReading, find_dates};
use letterbook_dates::value::Edtf;

use super::tense::Clause;
use crate::mention::occasion::CountedYears;
use crate::mention::reference::{DateInText, OwnDate};
use crate::record::LetterDate;
use crate::span::Span;

/// The dates of one stretch.
#[derive(Default)]
pub(super) struct BodyDates {
    /// Days, months, years and spans of them, in order.
    pub(super) days: Vec<DateInText>,
    /// "for more than 60 years".
    pub(super) counted: Vec<CountedYears>,
}

/// Whether the words name the day of a month and nothing more: "the 9th".
fn is_bare_day(date: &DateReading) -> bool {
    let written = &date.written;
    written.day.is_some()
        && written.month.is_none()
        && written.year.is_none()
        && written.weekday.is_none()
        && date.value.to_day().is_some()
}

impl BodyDates {
    /// Reads the dates of `text[area]`.
    pub(super) fn read(
        text: &str,
        area: Span,
        language: Option<&str>,
        date: Option<&LetterDate>,
    ) -> BodyDates {
        let anchor = date.and_then(|d| Edtf::parse(&d.value).ok());
        // what the letter's own date is reckoned by counts for the dates that it speaks of
        let place = date.filter(|d| d.calendar == Calendar::Julian.label());
        let place = place.and_then(|_| super::date::home_of(language)?.place());
        let calendar = date.and_then(|d| Calendar::from_label(&d.calendar));
        let own = anchor
            .as_ref()
            .and_then(Edtf::as_date)
            .map(|date| OwnDate { date, calendar: calendar.unwrap_or(Calendar::Gregorian) });
        let context = Context { lang: language, anchor, place, calendar };
        let mut dates = BodyDates::default();
        for d in find_dates(&text[area.start..area.end], &context) {
            let span = Span::from(d.span.clone()).shift(area.start);
            match d.anniversary {
                Some(a) if a.kind == AnniversaryKind::Return => {
                    if let Ok(years) = u32::try_from(a.years) {
                        dates.counted.push(CountedYears { span, years, since: a.since });
                    }
                }
                _ => {
                    let clause = || Clause::around(text, span, language);
                    if d.rule == "relative" && clause().is_some_and(|c| c.tells_how_long()) {
                        continue;
                    }
                    let to_come = || is_bare_day(&d) && clause().is_some_and(|c| c.is_to_come());
                    let next = d.written.day.filter(|_| to_come());
                    let next = next.and_then(|day| own?.next_day(day)).map(Edtf::from);
                    let value = next.unwrap_or_else(|| d.value.clone()).to_string();
                    // a day without month or year says little more than a number
                    let value = (!value.starts_with("XXXX-XX")).then_some(value);
                    let written = &d.written;
                    let is_yearless =
                        written.day.is_some() && written.month.is_some() && written.year.is_none();
                    dates.days.push(DateInText {
                        span,
                        value,
                        is_yearless,
                        confidence: d.confidence,
                    });
                }
            }
        }
        dates
    }
}
