//! Dates in prose: finds them in a letter's text and reads what they say.
//!
//! One tokenizer, one grammar and one reckoning serve every language; what differs between
//! languages are words, and they live in the tables under `tables/phrase`. A reading keeps the
//! words and numbers as written beside the EDTF value, the rule that made it, and what else it may
//! mean. Relative dates ("the 28th ult.", "yesterday", "Montag Abend") hang on the anchor of the
//! [`Context`]; without one the value stays partial (`XXXX-05-12`), never guessed.
//!
//! Does not choose among the dates of a letter, and does not know what a letter is.

mod fold;
mod grammar;
mod languages;
mod lexicon;
mod lists;
mod named;
mod number;
mod numeric;
mod pairs;
mod parts;
mod points;
mod relative;
mod resolve;
mod sayings;
mod stream;
mod tables;
mod textual;
mod token;
mod units;
mod years;

use std::ops::Range;

use crate::calendar::Calendar;
use crate::value::{Date, Edtf};
use grammar::{Found, Parser};
use languages::{DAY_FIRST, ENGLISH, FRENCH, LANGUAGES};
use lexicon::{Class, Era, Lexicon, MONTH_CALENDARS, STYLES};
use parts::{DayList, MonthPart, Parts, Saying, YearPart};
use relative::LAST;
use resolve::{Resolver, Twin};
use stream::Tokens;
use token::{Kind, Token};

/// What is known beside the text.
#[derive(Debug, Clone, Default)]
pub struct Context<'a> {
    /// The language of the text, as BCP 47; guessed from the words where it is not given.
    pub lang: Option<&'a str>,
    /// What relative dates hang on: the letter's date, a postmark, a note of receipt.
    pub anchor: Option<Edtf>,
    /// Where it was written, with custom or style if known ("England before 1752").
    pub place: Option<&'a str>,
    /// The calendar in which the anchor is written. The months of the French Republic are counted by
    /// it alone ("le 20 courant"); otherwise the custom of the place says by what months one counts,
    /// and where no place is known, a Julian anchor does.
    pub calendar: Option<Calendar>,
}

/// A date as read.
#[derive(Debug, Clone, PartialEq)]
pub struct DateReading {
    /// The bytes of the text that say it.
    pub span: Range<usize>,
    /// The value, proleptic Gregorian.
    pub value: Edtf,
    /// The calendar as written.
    pub calendar: Calendar,
    /// The parts as written.
    pub written: Written,
    /// The same day or year in a second calendar or era: that of Juche in "October 12, 2006 (Juche
    /// 95)", the Gregorian day in "12/24 March 1874".
    pub parallel: Vec<Parallel>,
    /// How sure the reading is, 0..=1.
    pub confidence: f32,
    /// What else it may mean, likelier first.
    pub alternatives: Vec<Alternative>,
    /// The rule of the grammar that read it.
    pub rule: &'static str,
    /// It hangs on an anchor that the context does not have.
    pub unanchored: bool,
    /// The anniversary or age that it names.
    pub anniversary: Option<Anniversary>,
}

/// The parts of a date as written, in the numbers of their own calendar and era.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The year, with two digits if it was written so.
    pub year: Option<i32>,
    /// The second year of "1648/9".
    pub second_year: Option<i32>,
    /// The month, 1-based, of the calendar named by `month_calendar`.
    pub month: Option<u8>,
    /// The calendar of the month's name, if it is not the Roman one.
    pub month_calendar: Option<&'static str>,
    /// The day of the month.
    pub day: Option<u8>,
    /// ISO weekday, 1 for Monday.
    pub weekday: Option<u8>,
    /// The style: `os`, `ns`, `venice`, `florence`, `easter` or `ladyday`.
    pub style: Option<&'static str>,
    /// The era of the year, if it is not the Christian one.
    pub era: Option<String>,
    /// The feast that stands for day and month.
    pub feast: Option<&'static str>,
}

/// A day or a year given once more, in a second calendar or era.
#[derive(Debug, Clone, PartialEq)]
pub struct Parallel {
    /// The calendar or the era, by its label.
    pub calendar: String,
    /// What it says, proleptic Gregorian: a day or a year.
    pub value: Edtf,
    /// Whether it can be the day or the year that the reading has.
    pub agrees: bool,
    /// The bytes of the text that say it.
    pub span: Range<usize>,
}

/// Another value that the words allow.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The value.
    pub value: Edtf,
    /// Its calendar.
    pub calendar: Calendar,
    /// Why it may be meant.
    pub reason: &'static str,
}

/// An anniversary, jubilee or age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anniversary {
    /// How many years.
    pub years: i32,
    /// Whether more years than that are said, or an age.
    pub kind: AnniversaryKind,
    /// The year counted from, where an anchor gives it.
    pub since: Option<i32>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnniversaryKind {
    /// "the 61st anniversary", "centenary", "70. Geburtstag".
    Return,
    /// "for more than 60 years".
    AtLeast,
    /// "aged 37 years", in completed years.
    Age,
}

/// Finds every date of a text, in order, never overlapping.
///
/// Spans are bytes of `text`, on character boundaries. Linear in the text; any Unicode will do.
/// A text beyond 4 GiB has no readings.
///
/// ```
/// use letterbook_dates::phrase::{Context, find_dates};
///
/// let dates = find_dates("I left on the 5th of May 1821; the boat on the 7th.", &Context::default());
/// assert_eq!(dates[0].value.to_string(), "1821-05-05");
/// assert_eq!(dates[1].value.to_string(), "XXXX-XX-07");
/// assert!(find_dates("12 Thaler and 5 Groschen for 3 books", &Context::default()).is_empty());
/// ```
pub fn find_dates(text: &str, context: &Context<'_>) -> Vec<DateReading> {
    let mut readings = Vec::new();
    let Some((parser, resolver)) = prepare(text, context) else { return readings };
    let reaches = parser.reaches();
    let mut at = 0;
    while at < parser.items.len() {
        let reading = if reaches[at] { read_at(&parser, &resolver, at) } else { None };
        match reading {
            Some((reading, end)) => {
                readings.push(reading);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    readings
}

/// Reads a text that is one date, as a dateline has it, past the words around it.
///
/// Of several dates in it the one with most parts counts, then the first.
///
/// ```
/// use letterbook_dates::phrase::{Context, read_date};
///
/// let reading = read_date("Weimar, den 5. May 1821.", &Context::default()).unwrap();
/// assert_eq!(reading.value.to_string(), "1821-05-05");
/// assert!(read_date("Weimar", &Context::default()).is_none());
/// ```
pub fn read_date(expression: &str, context: &Context<'_>) -> Option<DateReading> {
    let weight = |reading: &DateReading| {
        let written = &reading.written;
        u8::from(written.year.is_some()) * 3
            + u8::from(written.month.is_some() || written.feast.is_some()) * 2
            + u8::from(written.day.is_some()) * 2
            + u8::from(written.weekday.is_some())
            + u8::from(reading.value.to_day().is_some())
    };
    find_dates(expression, context).into_iter().rev().max_by_key(weight)
}

/// A day that is written and that no calendar has: "31 June 1850", "the 31st ult." in July.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpossibleDay {
    /// The bytes of the text that say it.
    pub span: Range<usize>,
    /// The year, as written or from the anchor; none where neither gives it.
    pub year: Option<i32>,
    /// The month, 1..=12, as written or by its place to the anchor's.
    pub month: u8,
    /// The day as written, 1..=31.
    pub day: u8,
}

/// Finds the days of a text that do not exist, in order, never overlapping.
///
/// [`find_dates`] gives no such day and never moves it to one that exists; at most it reads the month
/// and year beside it. A 29 February counts as a day where the Julian or the Gregorian year has one,
/// and where no year is known.
///
/// ```
/// use letterbook_dates::phrase::{Context, find_impossible_days};
/// use letterbook_dates::value::Edtf;
///
/// let anchor = Edtf::parse("1850-07-04").ok();
/// let july = Context { lang: Some("en"), anchor, ..Context::default() };
/// let found = find_impossible_days("yours of the 31st ult. came", &july);
/// assert_eq!((found[0].year, found[0].month, found[0].day), (Some(1850), 6, 31));
/// assert!(find_impossible_days("yours of the 30th ult. came", &july).is_empty());
/// ```
pub fn find_impossible_days(text: &str, context: &Context<'_>) -> Vec<ImpossibleDay> {
    let mut days = Vec::new();
    let Some((parser, resolver)) = prepare(text, context) else { return days };
    let reaches = parser.reaches();
    let mut at = 0;
    while at < parser.items.len() {
        let found = if reaches[at] { parser.saying(at) } else { None };
        let Some(found) = found.filter(|found| is_credible(&parser, found, &resolver)) else {
            at += 1;
            continue;
        };
        if resolver.resolve(&found.saying).is_some() {
            at = found.end.max(at + 1);
            continue;
        }
        if let Saying::Point(parts) = &found.saying
            && let Some((year, month, day)) = resolver.missing_day(parts)
        {
            let start = first_word(&parser, &found);
            let items = &parser.items;
            let span = items[start].token.start as usize..items[found.end - 1].end as usize;
            days.push(ImpossibleDay { span, year, month, day });
            at = found.end;
        }
        at += 1;
    }
    days
}

fn prepare<'t>(text: &'t str, context: &'t Context<'t>) -> Option<(Parser<'t>, Resolver<'t>)> {
    if u32::try_from(text.len()).is_err() {
        return None;
    }
    let lexicon = Lexicon::get();
    let languages = context.lang.map(|lang| languages::language_bit(lang).unwrap_or(u32::MAX));
    let tokens = Tokens::of_text(text, lexicon, languages);
    if tokens.is_empty() {
        return None;
    }
    let languages = languages.unwrap_or_else(|| guess_languages(&tokens, lexicon));
    let telling = |token: &Token| match token.kind {
        Kind::Number => true,
        // A small numeral needs a month or the like beside it, which tells too.
        Kind::Numeral => token.value >= 1000 || token.node.is_some() || !token.capital,
        Kind::Word => {
            token.dense || token.node.is_some_and(|node| lexicon.is_trigger(node, languages))
        }
        _ => false,
    };
    // a few words may be "last month", which tells nothing within a text
    if tokens.len() > FEW && !tokens.iter().any(telling) {
        return None;
    }
    let parser = Parser::new(text, &tokens, languages);
    Some((parser, Resolver::new(context, lexicon)))
}

/// So many tokens are an expression rather than a text.
const FEW: usize = 5;

/// The languages most of whose words the text has.
fn guess_languages(tokens: &[Token], lexicon: &Lexicon) -> u32 {
    let mut scores = [0u32; 32];
    for node in tokens.iter().filter_map(|token| token.node) {
        let mut seen = 0;
        for sense in lexicon.senses(node) {
            let weight = match sense.class {
                Class::Month | Class::Weekday | Class::RelDay | Class::Feast => 4,
                Class::OrdSuffix => continue,
                _ => 1,
            };
            let mut rest = sense.languages & !seen;
            seen |= sense.languages;
            while rest != 0 {
                scores[rest.trailing_zeros() as usize] += weight;
                rest &= rest - 1;
            }
        }
    }
    let best = scores[..LANGUAGES.len()].iter().copied().max().unwrap_or(0);
    if best == 0 {
        return u32::MAX;
    }
    let ties = scores.iter().enumerate().filter(|(_, score)| **score == best);
    ties.fold(0, |mask, (nth, _)| mask | 1 << nth)
}

/// The reading that begins at an item, if there is one, and where to go on.
fn read_at(
    parser: &Parser<'_>,
    resolver: &Resolver<'_>,
    at: usize,
) -> Option<(DateReading, usize)> {
    let mut found = parser.saying(at)?;
    // "your letter of Tuesday", "am Donnerstag erhalten" came before.
    if let Saying::Point(parts) = &mut found.saying
        && parts.is_weekday()
        && (parser.looks_back(at)
            || parser.has(found.end, Class::Received)
            || parser.has(found.end, Class::PastVerb)
            // "ce dimanche" heads a letter; "this Sunday" is to come
            || parser.languages == FRENCH
                && (at.saturating_sub(1)..found.end).any(|word| parser.has(word, Class::This)))
        && parser.items[at].token.lines == 0
    {
        parts.hour = true;
    }
    if is_counted(parser, first_word(parser, &found)) || !is_credible(parser, &found, resolver) {
        return None;
    }
    // "seit Ostern" came before
    if let Saying::Point(parts) = &mut found.saying
        && parts.feast.is_some()
        && parts.year.is_none()
        && resolver.anchor.is_some()
        && parser.counts_from(at)
    {
        parts.year = Some(YearPart::told(LAST));
    }
    let resolved = resolver.resolve(&found.saying)?;
    let start = first_word(parser, &found);
    let span = parser.items[start].token.start as usize..parser.items[found.end - 1].end as usize;
    let main = match &found.saying {
        Saying::Point(parts)
        | Saying::Before(parts)
        | Saying::NotAfter(parts)
        | Saying::After(parts)
        | Saying::NotBefore(parts)
        | Saying::Since(parts)
        | Saying::Third(_, parts)
        | Saying::Range(parts, _)
        | Saying::Within(parts, _)
        | Saying::Either(parts, _)
        | Saying::Both(parts, _)
        | Saying::List(DayList { first: parts, .. }) => Some(parts),
        Saying::Dual(first, second) => Some(if resolved.twin.is_some() { first } else { second }),
        _ => None,
    };
    if let Some(parts) = main {
        resolver.keep(parts, &resolved.value);
    }
    let since = resolved.value.as_date().and_then(|date| date.year_number());
    let anniversary = match found.saying {
        Saying::Anniversary(years) => {
            Some(Anniversary { years, kind: AnniversaryKind::Return, since })
        }
        Saying::MoreThan(years) => {
            let since = resolver
                .anchor
                .map(|anchor| crate::calendar::gregorian::from_day(anchor.last).0 - years);
            Some(Anniversary { years, kind: AnniversaryKind::AtLeast, since })
        }
        Saying::Age(years, _) => Some(Anniversary { years, kind: AnniversaryKind::Age, since }),
        _ => None,
    };
    let mut written = main.map(|parts| written(parts, parser.lexicon)).unwrap_or_default();
    if let Saying::Shift(_, weekday) = found.saying {
        written.weekday = weekday;
    }
    if let Saying::Dual(first, second) = found.saying {
        written.weekday = first.weekday.or(second.weekday);
    }
    if let Saying::WeekdayFrom(weekday, ..) | Saying::WeekdayOf(weekday, _) = found.saying {
        written.weekday = Some(weekday);
    }
    let parallel = match &resolved.twin {
        Some(twin) => Some(second_half(parser, &found, twin, span.clone())),
        None => main
            .and_then(|parts| parts.parallel)
            .and_then(|year| second_year(parser, resolver, &year, &resolved.value, span.clone())),
    };
    let reading = DateReading {
        span,
        value: resolved.value,
        calendar: resolved.calendar,
        written,
        parallel: parallel.into_iter().collect(),
        confidence: resolved.confidence,
        alternatives: resolved.alternatives,
        rule: found.rule,
        unanchored: resolved.unanchored,
        anniversary,
    };
    Some((reading, found.end))
}

/// The second half of a day written twice, with its characters.
fn second_half(parser: &Parser<'_>, found: &Found, twin: &Twin, span: Range<usize>) -> Parallel {
    let is_mark = |at: &usize| matches!(parser.mark(*at), '/' | '(');
    let cut = (found.start..found.end).rev().find(is_mark).unwrap_or(found.start);
    let closed = (cut..found.end).find(|&at| parser.mark(at) == ')');
    let end = closed.map_or(span.end, |at| parser.items[at].token.start as usize);
    let half = parser.items[cut].token.end as usize..end;
    Parallel {
        calendar: twin.calendar.label().to_owned(),
        value: twin.value.into(),
        agrees: twin.agrees,
        span: without_ends(parser.text, half),
    }
}

/// A year in a second era beside the first; none where neither era nor calendar tells the year.
fn second_year(
    parser: &Parser<'_>,
    resolver: &Resolver<'_>,
    year: &YearPart,
    value: &Edtf,
    span: Range<usize>,
) -> Option<Parallel> {
    let calendar = era_label(year.era, parser.lexicon)
        .unwrap_or_else(|| "gregorian".to_owned())
        .to_lowercase();
    let own = value.as_date().and_then(|date| date.year_number());
    let other = resolver.year_of(year);
    let agrees = own.is_some() && own == other;
    let value: Edtf = match Calendar::from_label(&calendar).filter(|_| !agrees) {
        Some(calendar) => {
            let (first, last) = calendar.year_span(year.number).ok()?;
            let whole = other.and_then(|year| Date::year(year).ok()).map(Edtf::from);
            whole
                .filter(|whole| whole.bounds() == (Some(first), Some(last)))
                .or_else(|| Edtf::from_days(first, last).ok())?
        }
        None => Date::year(other?).ok()?.into(),
    };
    // the era stands right before its year or after it, up to a mark
    let within = &parser.text[span.clone()];
    let number = year.number.to_string();
    let half = within.rfind(&number).map_or(span.clone(), |at| {
        let start = within[..at].rfind(['(', ',', '/', '\n']).map_or(0, |n| n + 1);
        span.start + start..span.start + at + number.len()
    });
    Some(Parallel { calendar, value, agrees, span: without_ends(parser.text, half) })
}

/// A span without white space and marks at either end.
fn without_ends(text: &str, span: Range<usize>) -> Range<usize> {
    let is_end = |c: char| !c.is_alphanumeric();
    let within = text[span.clone()].trim_start_matches(is_end);
    let start = span.end - within.len();
    start..start + within.trim_end_matches(is_end).len()
}

/// Whether the number at an item counts something else: "No. 12 of April 28" is of the 28th.
fn is_counted(parser: &Parser<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let word = if parser.mark(before) == '.' { before.checked_sub(1) } else { Some(before) };
    let is_number = parser.items[at].token.kind == token::Kind::Number;
    is_number
        && parser.items[at].token.lines == 0
        && word.is_some_and(|word| parser.has(word, Class::Counted))
}

/// The first item that belongs to the date itself, past articles and prepositions.
fn first_word(parser: &Parser<'_>, found: &Found) -> usize {
    let mut start = found.start;
    while start + 1 < found.end && parser.is_only_glue(start) {
        start += 1;
    }
    start
}

fn written(parts: &Parts, lexicon: &Lexicon) -> Written {
    let (month, month_calendar) = match parts.month {
        Some(MonthPart::Named(month) | MonthPart::Quaker(month)) => (Some(month), None),
        Some(MonthPart::Numbered { number, .. }) => (Some(number), None),
        Some(MonthPart::Of { calendar, number }) => {
            (Some(number), MONTH_CALENDARS.get(usize::from(calendar)).copied())
        }
        _ => (None, None),
    };
    let year = parts.year.filter(|year| year.relative.is_none());
    Written {
        year: year.map(|year| year.number).or(parts.regnal.map(|(year, _)| year)),
        second_year: year.and_then(|year| year.second),
        month,
        month_calendar,
        day: parts.day.filter(|day| *day <= 31),
        weekday: parts.weekday,
        style: parts.style.and_then(|style| STYLES.get(usize::from(style)).copied()),
        era: year.and_then(|year| era_label(year.era, lexicon)).or_else(|| {
            parts.regnal.and_then(|(_, monarch)| {
                lexicon.names.get(usize::from(monarch)).map(|name| (*name).to_owned())
            })
        }),
        feast: parts
            .feast
            .and_then(|feast| lexicon.names.get(usize::from(feast.name)))
            .map(|name| name.split_once("..").map_or(*name, |(feast, _)| feast)),
    }
}

fn era_label(era: Era, lexicon: &Lexicon) -> Option<String> {
    let label = match era {
        Era::Christian => return None,
        Era::BeforeChrist => "before-christ",
        Era::Reign(name) => lexicon.names.get(usize::from(name)).copied()?,
        Era::Hijri => "hijri",
        Era::Hebrew => "hebrew",
        Era::Ethiopic => "ethiopic",
        Era::Coptic => "coptic",
        Era::Saka => "indian-saka",
        Era::Persian => "persian",
        Era::Rumi => "rumi",
        Era::Republican => "french-republican",
        Era::Liberty => "liberty",
        Era::Fascist => "fascist-era",
        Era::Buddhist => "buddhist",
        Era::Bahai => "bahai",
        Era::Byzantine => "byzantine",
        Era::Rattanakosin => "rattanakosin",
    };
    Some(label.to_owned())
}

/// So many years and more are said of what is long ago or never.
const MANY: i32 = 1000;

/// Whether running text would mean a date by this, or only a text that is nothing else.
fn is_credible(parser: &Parser<'_>, found: &Found, resolver: &Resolver<'_>) -> bool {
    let (start, end) = (found.start, found.end);
    let whole = parser.whole(start, end);
    let introduced = parser.is_introduced(start);
    match &found.saying {
        Saying::Point(parts) => {
            // "an einem Sonntage": any of them
            if parts.is_weekday() && parser.is_any_of_them(start) {
                return whole;
            }
            // "Fort Augustus 4 May 1746"
            if parts.year.is_none() && parser.is_before_whole_date(found, parts) {
                return false;
            }
            let only = |year: bool, month: bool, day: bool, weekday: bool| {
                parts.year.is_some() == year
                    && parts.month.is_some() == month
                    && parts.day.is_some() == day
                    && parts.weekday.is_some() == weekday
                    && parts.feast.is_none()
                    && parts.season.is_none()
                    && parts.century.is_none()
                    && parts.decade.is_none()
                    && parts.regnal.is_none()
                    && parts.roman.is_none()
            };
            if only(true, false, false, false) {
                let Some(year) = parts.year else { return false };
                // "tausend Jahre" are many
                if year.number == MANY && year.digits == 0 && parser.has(end - 1, Class::Unit) {
                    return false;
                }
                return whole || year.marked || is_year_in_prose(parser, found, &year);
            }
            if only(false, true, false, false) {
                let token = parser.items[end - 1].token;
                // of two letters it is rather the Spanish "En" than the month
                let is_word = token.capital && token.end - token.start > 2;
                let is_named = is_word || parser.is_long_month(end - 1);
                let is_named = is_named && (is_word || !parser.has(end - 1, Class::Common));
                // "of the fever" is no Portuguese February
                return whole || introduced && is_named && parser.is_own(end - 1, Class::Month);
            }
            // "on Tuesday. May I ask": a weekday and a month make no day
            if only(false, true, false, true) {
                return whole;
            }
            if only(false, false, true, false) {
                let is_day = parts.ordinal && parser.closes(end) && !parser.counts_with_next(end);
                return whole || introduced && is_day;
            }
            if only(false, false, true, true) && !parts.ordinal {
                return whole || !parser.is_aside(start, end);
            }
            // "am Sonntag. Ist das alles?": a word that could be a Roman number begins a sentence
            if only(false, false, true, true) && parser.begins_sentence(start, end) {
                return whole;
            }
            if only(false, true, true, false) && found.rule == "numeric" {
                return whole || introduced && parser.closes(end);
            }
            if only(false, true, true, false) && !parts.ordinal {
                return whole || !parser.counts_what_follows(start, end, introduced);
            }
            if parts.feast.is_some() && parts.year.is_none() {
                return whole || parser.is_strong_feast(start, end, introduced);
            }
            if only(true, true, false, false) && parts.year.is_some_and(|year| year.digits == 2) {
                return true;
            }
            true
        }
        Saying::Either(first, second) | Saying::Both(first, second)
            if first.year.is_none() && second.year.is_none() && !second.ordinal =>
        {
            whole || !parser.counts_what_follows(start, end, introduced)
        }
        Saying::ShiftYears(years, _) => whole || years.abs() < MANY,
        Saying::Shift(..) => whole || !parser.is_greeting(start),
        Saying::MoreThan(_) | Saying::Age(..) => resolver.anchor.is_some() || whole,
        _ => true,
    }
}

/// A year that stands by itself in running text.
fn is_year_in_prose(parser: &Parser<'_>, found: &Found, year: &YearPart) -> bool {
    if year.digits != 4 || !(1300..=2100).contains(&year.number) {
        return false;
    }
    if year.unknown > 0 || year.second.is_some() {
        return true;
    }
    parser.is_introduced(found.start) && parser.closes(found.end)
}

impl Parser<'_> {
    /// For each item whether a date can begin there: something telling stands there or a few items
    /// on, with nothing foreign between. Spares the grammar the bulk of running text.
    fn reaches(&self) -> Vec<bool> {
        const REACH: usize = 10;
        if self.items.len() <= FEW {
            return vec![true; self.items.len()];
        }
        let mut reaches = vec![false; self.items.len()];
        let mut distance = usize::MAX;
        for (at, item) in self.items.iter().enumerate().rev() {
            distance = match item.token.kind {
                Kind::Number | Kind::Numeral => 0,
                Kind::Break => usize::MAX,
                Kind::Word if item.token.dense => 0,
                Kind::Word
                    if item
                        .node
                        .is_some_and(|node| self.lexicon.is_trigger(node, self.languages)) =>
                {
                    0
                }
                _ => distance.saturating_add(1),
            };
            reaches[at] = distance <= REACH
                && (distance == 0 || item.token.kind == Kind::Punct || !self.is_mere_glue(at));
        }
        reaches
    }

    fn is_mere_glue(&self, at: usize) -> bool {
        // A numeral such as the V of "V Kal. Iul." may be a word of some other language too.
        if self.items[at].token.value > 0 {
            return false;
        }
        match self.items[at].node {
            Some(node) => self.lexicon.senses(node).iter().all(|sense| {
                matches!(sense.class, Class::Glue | Class::Of)
                    || sense.languages & self.languages == 0
            }),
            None => true,
        }
    }

    fn is_only_glue(&self, at: usize) -> bool {
        let token = &self.items[at].token;
        (token.kind == Kind::Punct && !matches!(token.mark, '[' | '('))
            || (self.glue_of(at) && token.kind == Kind::Word)
    }

    fn glue_of(&self, at: usize) -> bool {
        self.has_class(at, Class::Glue)
    }

    fn has_class(&self, at: usize, class: Class) -> bool {
        self.has(at, class)
    }

    /// A preposition or article stands before the item or is it.
    fn is_introduced(&self, at: usize) -> bool {
        if self.glue_of(at) {
            return true;
        }
        let Some(before) = at.checked_sub(1) else { return false };
        if self.items[at].token.lines > 0 {
            return false;
        }
        [
            Class::Glue,
            Class::From,
            Class::To,
            Class::Since,
            Class::Dated,
            Class::Before,
            Class::After,
        ]
        .into_iter()
        .any(|class| self.has_class(before, class))
            || matches!(self.items[before].token.mark, '(' | '[')
    }

    /// The word before the weekday makes it any one of its kind: "un dimanche", "a Sunday".
    fn is_any_of_them(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|_| self.items[at].token.lines == 0);
        before.is_some_and(|before| self.has(before, Class::Any))
    }

    /// The words before the item say that what they speak of lasts from there to the letter: "seit den
    /// Ostern", "depuis Pâques"; what begins, as "ab Ostern", may be to come.
    fn counts_from(&self, at: usize) -> bool {
        let lasts = |at: usize| {
            self.has(at, Class::Since) && (self.has(at, Class::For) || self.has(at, Class::Ago))
        };
        let before = at.checked_sub(1).filter(|_| self.items[at].token.lines == 0);
        before.is_some_and(|before| {
            let glue = before.checked_sub(1).filter(|_| self.glue_of(before));
            lasts(before) || glue.is_some_and(lasts)
        })
    }

    /// The day that closes a month and a day is rather that of the month and year behind it.
    fn is_before_whole_date(&self, found: &Found, parts: &Parts) -> bool {
        let (Some(MonthPart::Named(_)), Some(_)) = (parts.month, parts.day) else { return false };
        let is_last = self.kind(found.end - 1) == Some(Kind::Number);
        let follows = self.items.get(found.end).is_some_and(|item| item.token.lines == 0);
        is_last
            && follows
            && self.has(found.start, Class::Month)
            && self.is(found.end, Class::Month).is_some()
            && self.number(self.skip(found.end + 1, ".,")).is_some_and(|(year, _)| year.digits == 4)
    }

    /// Nothing hangs on what ends here: a mark, the end of the line, or a word such as "and".
    pub(super) fn closes(&self, end: usize) -> bool {
        let Some(item) = self.items.get(end) else { return true };
        if item.token.lines > 0 {
            return true;
        }
        match item.token.kind {
            Kind::Punct => {
                !matches!(item.token.mark, '%' | '$' | '£' | '€' | '/' | '°' | '=' | '+')
            }
            Kind::Word => {
                !self.has_class(end, Class::Unit)
                    && !self.has_class(end, Class::Clock)
                    && [
                        Class::Glue,
                        Class::And,
                        Class::Or,
                        Class::To,
                        Class::From,
                        Class::Before,
                        Class::After,
                        Class::Hence,
                    ]
                    .into_iter()
                    .any(|class| self.has_class(end, class))
            }
            _ => false,
        }
    }

    /// Whether the number behind a month is no day: "Captain May 8 days ago", "I cannot march 10
    /// miles", "we may 12 of us come", "the brig Julie, of 14 guns", "in August 3 men died"; or that the
    /// month behind a number is a verb: "only 13 may come".
    fn counts_what_follows(&self, start: usize, end: usize, introduced: bool) -> bool {
        let is_english = self.languages & ENGLISH != 0;
        let is_of = |at: usize| self.has(at, Class::Of);
        let is_verb = |month: usize| is_english && !self.items[month].token.capital && !introduced;
        // "12 Mai-Käfer"
        if self.mark(end) == '-' && self.kind(end + 1) == Some(Kind::Break) {
            return !self.spaced(end) && !self.spaced(end + 1);
        }
        if !self.has(start, Class::Month) {
            let last = end - 1;
            return self.has(last, Class::Month)
                && is_verb(last)
                && !self.begins_line(start)
                && !self.closes(end);
        }
        // "il mar 3 navi", "mazzo di tre carte": where the day stands first, a small word before a
        // number of things is no month; nor is "ja" before any number
        let begins = &self.items[start];
        let is_short = begins.end - begins.token.start <= 2 && self.mark(start + 1) != '.';
        if self.languages & !DAY_FIRST == 0
            && (is_short || !begins.token.capital && self.mark(end) == '\0' && !self.closes(end))
        {
            return true;
        }
        let within = |at: usize| self.has(at, Class::HencePre);
        self.mark(end) == '\0'
            && (self.has(end, Class::Unit)
                || is_english && (start..end).any(is_of) && !self.closes(end)
                || is_english && start.checked_sub(1).is_some_and(within) && !self.closes(end)
                || is_verb(start) && (!self.closes(end) || is_of(end)))
    }

    /// Whether the ordinal that ends here shares its noun with a second one: "the 3rd and 4th volumes".
    fn counts_with_next(&self, end: usize) -> bool {
        let joins = [Class::And, Class::Or, Class::To].into_iter().any(|word| self.has(end, word));
        joins
            && self
                .number(self.gap(end + 1))
                .is_some_and(|(number, after)| number.ordinal && !self.closes(after))
    }

    /// Whether a number behind a weekday and a comma counts what follows: "the brig Friday, 12 guns".
    fn is_aside(&self, start: usize, end: usize) -> bool {
        let comma = (start..end).any(|at| self.mark(at) == ',');
        comma && !self.begins_line(start) && !self.closes(end)
    }

    /// Whether a full stop stands before a Roman number with the ending of an ordinal.
    fn begins_sentence(&self, start: usize, end: usize) -> bool {
        (start + 1..end).any(|at| {
            let token = &self.items[at].token;
            self.mark(at - 1) == '.'
                && token.kind == Kind::Numeral
                && token.ordinal
                && token.capital
        })
    }

    fn begins_line(&self, at: usize) -> bool {
        at == 0 || self.items[at].token.lines > 0
    }

    fn is_long_month(&self, at: usize) -> bool {
        self.items[at].end - self.items[at].token.start > 4
    }

    /// A feast that is not also a name or a common word: more than one word, or a long one.
    fn is_strong_feast(&self, start: usize, end: usize, introduced: bool) -> bool {
        (start..end).any(|at| {
            let item = &self.items[at];
            self.has_class(at, Class::Feast)
                && item.token.capital
                && (item.end != item.token.end || introduced && item.end - item.token.start >= 6)
        })
    }

    /// "guten Morgen", "am Morgen": a part of the day, not tomorrow.
    fn is_greeting(&self, at: usize) -> bool {
        self.has_class(at, Class::Part) && at > 0 && self.items[at].token.lines == 0 && {
            let before = &self.items[at - 1];
            before.token.kind == Kind::Break && self.items[at].token.capital || self.glue_of(at - 1)
        }
    }
}

#[cfg(test)]
mod tests;
