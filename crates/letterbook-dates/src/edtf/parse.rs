//! The reader of EDTF strings: one pass, positions in bytes.

use std::fmt;

use crate::calendar::gregorian;
use crate::value::{
    Component, Date, Doubt, Edtf, End, Item, Place, Shape, Time, ValueError, Year, Zone, fits,
    level_of_digits, number,
};

/// Why a string is not EDTF, or not of the level asked for.
///
/// ```
/// use letterbook_dates::value::Edtf;
///
/// let error = Edtf::parse("1850-02-30").unwrap_err();
/// assert_eq!(error.at, 8);
/// assert_eq!(error.found, "`30`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdtfError {
    /// Where: a byte offset into the string, 0 to its length.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
    /// What was found there.
    pub found: String,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, but found {} at byte {}", self.expected, self.found, self.at)
    }
}

impl std::error::Error for EdtfError {}

/// How many characters of the string an error quotes.
const QUOTE: usize = 24;

/// Year digits after which a number is beyond every use and `i64`.
const YEAR_DIGITS: usize = 18;

pub(super) fn parse(text: &str, limit: u8) -> Result<Edtf, EdtfError> {
    let mut parser = Parser { text, at: 0, limit, level: 0, departure: None };
    let shape = parser.value()?;
    if parser.at < text.len() {
        return Err(parser.unexpected("the end of the date"));
    }
    Ok(Edtf { shape, level: parser.level, departure: parser.departure })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    limit: u8,
    /// The highest level of a feature met.
    level: u8,
    departure: Option<&'static str>,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Shape, EdtfError> {
        match self.peek() {
            Some(b'[') => self.set(false, b']'),
            Some(b'{') => self.set(true, b'}'),
            Some(_) if self.text.contains('/') => self.interval(),
            _ => self.date_or_time(),
        }
    }

    fn date_or_time(&mut self) -> Result<Shape, EdtfError> {
        let date = self.date(Place::Alone)?;
        if self.peek() != Some(b'T') {
            return Ok(Shape::Date(date));
        }
        if date.to_day().is_none() || date.doubt != [Doubt::None; 3] {
            return Err(self.unexpected("a time only after a day that is fully known"));
        }
        self.at += 1;
        Ok(Shape::DateTime(date, self.time()?))
    }

    fn interval(&mut self) -> Result<Shape, EdtfError> {
        let start = self.end()?;
        if !self.take(b'/') {
            return Err(self.unexpected("`/` after the start of the interval"));
        }
        let end_at = self.at;
        let end = self.end()?;
        if let (End::Unknown, End::Unknown) = (start, end) {
            self.depart("an interval of two unknown ends");
        }
        let value = Edtf::interval(start, end).map_err(|error| self.refuse(end_at, error))?;
        Ok(value.shape)
    }

    fn end(&mut self) -> Result<End, EdtfError> {
        let start = self.at;
        if self.take_str("..") {
            self.raise(1, start, "an open end")?;
            return Ok(End::Open);
        }
        match self.peek() {
            None | Some(b'/') => {
                self.raise(1, start, "an unknown end")?;
                Ok(End::Unknown)
            }
            _ => self.date(Place::Interval).map(End::At),
        }
    }

    fn set(&mut self, all: bool, close: u8) -> Result<Shape, EdtfError> {
        let start = self.at;
        self.raise(2, start, "a set")?;
        self.at += 1;
        let mut items = Vec::new();
        let mut is_spaced = None;
        loop {
            items.push(self.item()?);
            let space_before = self.spaces();
            if self.take(close) && !space_before {
                break;
            }
            if !self.take(b',') {
                let expected = if close == b']' { "`,` or `]`" } else { "`,` or `}`" };
                return Err(self.unexpected(expected));
            }
            let spaced = self.spaces() || space_before;
            // Uneven spaces are more likely a slip than a style.
            if *is_spaced.get_or_insert(spaced) != spaced {
                return Err(self.unexpected("spaces at every comma of a set or at none"));
            }
            if spaced {
                self.depart("spaces in a set");
            }
        }
        let value = if all { Edtf::all_of(items) } else { Edtf::one_of(items) };
        Ok(value.map_err(|error| self.refuse(start, error))?.shape)
    }

    fn item(&mut self) -> Result<Item, EdtfError> {
        if self.take_str("..") {
            return self.date(Place::Set).map(Item::UpTo);
        }
        let first = self.date(Place::Set)?;
        if !self.take_str("..") {
            return Ok(Item::One(first));
        }
        match self.peek() {
            Some(b',' | b' ' | b']' | b'}') | None => Ok(Item::From(first)),
            _ => self.date(Place::Set).map(|last| Item::Range(first, last)),
        }
    }

    fn date(&mut self, place: Place) -> Result<Date, EdtfError> {
        let start = self.at;
        if self.peek() == Some(b'Y') {
            return self.long_year(place);
        }
        let mut signs = Signs::default();
        signs.before(Component::Year, self.doubt(), start);
        let mut date = Date { year: self.year(place)?, ..Date::unknown() };
        self.doubt_after(&mut signs, Component::Year)?;
        let has_four_digits_only = matches!(date.year, Year::Four { significant: None, .. });
        if has_four_digits_only && self.departure != Some(CENTURY) && self.take(b'-') {
            let month_at = self.at;
            signs.before(Component::Month, self.doubt(), month_at);
            date.month = Some(self.month()?);
            self.doubt_after(&mut signs, Component::Month)?;
            if date.month_number().is_none_or(|month| month <= 12) && self.take(b'-') {
                let day_at = self.at;
                signs.before(Component::Day, self.doubt(), day_at);
                let digits_at = self.at;
                date.day = Some(self.two_digits("a day of two digits")?);
                if !date.exists() {
                    self.at = digits_at;
                    return Err(self.unexpected(last_day_message(date)));
                }
                self.doubt_after(&mut signs, Component::Day)?;
            }
        }
        let is_century = self.departure == Some(CENTURY);
        // The reader of the year has raised the level of a century, which is not that of its `X`s.
        if !is_century {
            self.raise(level_of_digits(date, place), start, digits_feature(date))?;
        }
        date.doubt = signs.doubts();
        let (level, at) = signs.level(date, place);
        // ISO 8601-2 has centuries in level 0, but nothing of the profile puts doubt on one.
        let level = if is_century && level > 0 { 2 } else { level };
        self.raise(level, at, "a doubt sign")?;
        if signs.is_doubled {
            self.depart("two doubts on one component");
        }
        Ok(date)
    }

    /// Four digits; or, read as a departure, two or three that are a century or decade.
    fn year(&mut self, place: Place) -> Result<Year, EdtfError> {
        let sign_at = self.at;
        let negative = self.take(b'-');
        let start = self.at;
        let n_digits = self.run(|byte| byte.is_ascii_digit() || byte == b'X', 5);
        let mut digits = *b"XXXX";
        let written = &self.text.as_bytes()[start..start + n_digits.min(4)];
        digits[..written.len()].copy_from_slice(written);
        match n_digits {
            4 => {}
            2 | 3 if place == Place::Alone && !written.contains(&b'X') => {
                // `-00` and `-000` are no centuries: the year 0 has no sign.
                if negative && written.iter().all(|&digit| digit == b'0') {
                    self.at = sign_at;
                    return Err(self.unexpected("a year without sign for 0"));
                }
                self.at = start + n_digits;
                let level = if n_digits == 2 { u8::from(negative) } else { 2 };
                self.raise(level, start, "a century or decade")?;
                if let Some(b'-' | b'T' | b'S' | b'/') = self.peek() {
                    self.at = start;
                    return Err(self.unexpected("a year of four digits"));
                }
                self.depart(CENTURY);
                return Ok(Year::Four { negative, digits, significant: None });
            }
            _ => return Err(self.unexpected("a year of four digits")),
        }
        self.at = start + 4;
        if negative && digits == *b"0000" {
            self.at = sign_at;
            return Err(self.unexpected("a year without sign for 0"));
        }
        let significant = self.significant(place, number(&digits).is_some())?;
        Ok(Year::Four { negative, digits, significant })
    }

    fn long_year(&mut self, place: Place) -> Result<Date, EdtfError> {
        let start = self.at;
        if place != Place::Alone {
            return Err(self.unexpected("a year of four digits in an interval or set"));
        }
        self.raise(1, start, "a year of more than four digits")?;
        self.at += 1;
        let negative = self.take(b'-');
        let digits_at = self.at;
        if self.peek() == Some(b'0') {
            return Err(self.unexpected("a year without leading zeros after `Y`"));
        }
        let mantissa = self.number("digits after `Y`", YEAR_DIGITS)?;
        let mut exponent = 0;
        if self.peek() == Some(b'E') {
            self.raise(2, self.at, "a power of ten")?;
            self.at += 1;
            exponent = self.number("digits after `E`", 2)?;
        }
        let year = u32::try_from(exponent)
            .ok()
            .and_then(|exponent| 10_i64.checked_pow(exponent))
            .and_then(|power| mantissa.checked_mul(power));
        if year.is_none_or(|year| year <= 9999) {
            self.at = digits_at;
            return Err(self.unexpected("a year of 5..=18 digits after `Y`"));
        }
        let significant = self.significant(place, true)?;
        let mantissa = if negative { -mantissa } else { mantissa };
        let year = Year::Long { mantissa, exponent: exponent as u8, significant };
        Ok(Date { year, ..Date::unknown() })
    }

    fn significant(&mut self, place: Place, is_allowed: bool) -> Result<Option<u8>, EdtfError> {
        if self.peek() != Some(b'S') || place != Place::Alone || !is_allowed {
            return Ok(None);
        }
        self.raise(2, self.at, "significant digits")?;
        self.at += 1;
        let start = self.at;
        let significant = self.number("the number of significant digits", 2)?;
        if significant == 0 {
            self.at = start;
            return Err(self.unexpected("a number of significant digits from 1"));
        }
        Ok(Some(significant as u8))
    }

    fn month(&mut self) -> Result<[u8; 2], EdtfError> {
        let start = self.at;
        let digits = self.two_digits("a month of two digits")?;
        let exists = match number(&digits) {
            Some(month) => matches!(month, 1..=12 | 21..=41),
            None => (1..=12).any(|month| fits(&digits, month)),
        };
        if !exists {
            self.at = start;
            return Err(self.unexpected("a month from 01 to 12 or a season from 21 to 41"));
        }
        Ok(digits)
    }

    fn time(&mut self) -> Result<Time, EdtfError> {
        let hour = self.clock(24, "an hour in 00..=24")?;
        self.expect(b':', "`:` after the hour")?;
        let minute_at = self.at;
        let minute = self.clock(59, "a minute in 00..=59")?;
        self.expect(b':', "`:` after the minute")?;
        let second = self.clock(59, "a second in 00..=59")?;
        let mut fraction = 0;
        if self.take(b'.') {
            fraction = self.run(|byte| byte.is_ascii_digit(), usize::MAX);
            if fraction == 0 {
                return Err(self.unexpected("digits of a second"));
            }
            self.at += fraction;
            self.depart("a fraction of a second");
        }
        if hour == 24 && (minute, second, fraction) != (0, 0, 0) {
            self.at = minute_at;
            return Err(self.unexpected("`00:00` after hour 24"));
        }
        Ok(Time { hour, minute, second, zone: self.zone()? })
    }

    fn zone(&mut self) -> Result<Zone, EdtfError> {
        let start = self.at;
        if self.take(b'Z') {
            return Ok(Zone::Utc);
        }
        let negative = match self.peek() {
            Some(b'+') => false,
            Some(b'-') => true,
            _ => return Ok(Zone::Local),
        };
        self.at += 1;
        let hours = i16::from(self.clock(14, "a shift of hours in 00..=14")?);
        let has_colon = self.take(b':');
        let has_minutes = has_colon || self.peek().is_some_and(|byte| byte.is_ascii_digit());
        let minutes =
            if has_minutes { i16::from(self.clock(59, "minutes in 00..=59")?) } else { 0 };
        let total = 60 * hours + minutes;
        let limit = if negative { 12 * 60 } else { 14 * 60 };
        if total > limit || (negative && total == 0) {
            self.at = start;
            return Err(self.unexpected("a shift from UTC in -12:00..=+14:00, with `+` for none"));
        }
        if has_minutes && !has_colon {
            self.depart("a time shift without colon");
        }
        let sign = if negative { -1 } else { 1 };
        Ok(if has_minutes {
            Zone::Minutes(sign * total)
        } else {
            Zone::Hours((sign * hours) as i8)
        })
    }

    fn clock(&mut self, last: u8, expected: &'static str) -> Result<u8, EdtfError> {
        let start = self.at;
        let digits = self.two_digits(expected)?;
        match number(&digits) {
            Some(value) if value <= i32::from(last) => Ok(value as u8),
            _ => {
                self.at = start;
                Err(self.unexpected(expected))
            }
        }
    }

    fn doubt_after(&mut self, signs: &mut Signs, component: Component) -> Result<(), EdtfError> {
        let start = self.at;
        let doubt = self.doubt();
        if !signs.after(component, doubt, start) {
            self.at = start;
            return Err(self.unexpected("one doubt sign for a component"));
        }
        Ok(())
    }

    fn doubt(&mut self) -> Doubt {
        let doubt = match self.peek() {
            Some(b'?') => Doubt::Uncertain,
            Some(b'~') => Doubt::Approximate,
            Some(b'%') => Doubt::Both,
            _ => return Doubt::None,
        };
        self.at += 1;
        doubt
    }

    /// Exactly two digits or `X`s, and no third.
    fn two_digits(&mut self, expected: &'static str) -> Result<[u8; 2], EdtfError> {
        let bytes = &self.text.as_bytes()[self.at..];
        match *bytes {
            [one, two, ..] if is_digit_or_x(one) && is_digit_or_x(two) => {
                self.at += 2;
                Ok([one, two])
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    fn number(&mut self, expected: &'static str, most_digits: usize) -> Result<i64, EdtfError> {
        let n_digits = self.run(|byte| byte.is_ascii_digit(), most_digits + 1);
        if n_digits == 0 || n_digits > most_digits {
            return Err(self.unexpected(expected));
        }
        let digits = &self.text.as_bytes()[self.at..self.at + n_digits];
        self.at += n_digits;
        Ok(digits.iter().fold(0, |sum, digit| 10 * sum + i64::from(digit - b'0')))
    }

    /// How many of the next bytes, at most `most`, are of a kind.
    fn run(&self, is_of_kind: impl Fn(u8) -> bool, most: usize) -> usize {
        self.text.as_bytes()[self.at..]
            .iter()
            .take(most)
            .take_while(|&&byte| is_of_kind(byte))
            .count()
    }

    fn spaces(&mut self) -> bool {
        let n = self.run(|byte| byte == b' ', usize::MAX);
        self.at += n;
        n > 0
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn take_str(&mut self, text: &str) -> bool {
        let found = self.text.as_bytes()[self.at..].starts_with(text.as_bytes());
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn expect(&mut self, byte: u8, expected: &'static str) -> Result<(), EdtfError> {
        if self.take(byte) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    fn depart(&mut self, departure: &'static str) {
        self.departure.get_or_insert(departure);
    }

    /// Notes a feature of a level, and refuses it when the level is above the one asked for.
    fn raise(&mut self, level: u8, at: usize, feature: &'static str) -> Result<(), EdtfError> {
        if level > self.limit {
            let expected = if self.limit == 0 { "EDTF of level 0" } else { "EDTF of level 0 or 1" };
            return Err(EdtfError { at, expected, found: format!("{feature} (level {level})") });
        }
        self.level = self.level.max(level);
        Ok(())
    }

    fn refuse(&self, at: usize, error: ValueError) -> EdtfError {
        let expected = match error {
            ValueError::EndBeforeStart => "an end that is not before the start",
            ValueError::OpenRangeWithin => "an open range only first or last in the set",
            ValueError::EmptySet => "a date in the set",
            ValueError::LongYearWithin => "a year of four digits",
            ValueError::Date(_) => "a date that exists",
        };
        EdtfError { at, expected, found: self.quote(at) }
    }

    fn unexpected(&self, expected: &'static str) -> EdtfError {
        EdtfError { at: self.at, expected, found: self.quote(self.at) }
    }

    fn quote(&self, at: usize) -> String {
        match self.text.get(at..) {
            None | Some("") => "the end".to_owned(),
            Some(rest) => {
                let quoted: String = rest.chars().take(QUOTE).collect();
                let more = if quoted.len() < rest.len() { "…" } else { "" };
                format!("`{quoted}{more}`")
            }
        }
    }
}

const CENTURY: &str = "a century or decade of two or three digits";

fn is_digit_or_x(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'X'
}

fn digits_feature(date: Date) -> &'static str {
    if date.has_unspecified() {
        "unspecified digits"
    } else if date.month_number().is_some_and(|month| month > 12) {
        "a season"
    } else {
        "a year before 0"
    }
}

fn last_day_message(date: Date) -> &'static str {
    match date.month_number() {
        Some(2) if date.year_number().is_some_and(|year| !gregorian::is_leap(year)) => {
            "a day from 01 to 28 for February of a common year"
        }
        Some(2) => "a day from 01 to 29 for February",
        Some(4 | 6 | 9 | 11) => "a day from 01 to 30 for this month",
        _ => "a day from 01 to 31",
    }
}

/// The doubt signs of a date as written.
#[derive(Default)]
struct Signs {
    before: [Doubt; 3],
    after: [Doubt; 3],
    n_signs: u8,
    first_at: usize,
    is_doubled: bool,
}

impl Signs {
    fn before(&mut self, component: Component, doubt: Doubt, at: usize) {
        self.before[component as usize] = doubt;
        self.count(doubt, at);
    }

    /// False when the component has the same doubt already.
    fn after(&mut self, component: Component, doubt: Doubt, at: usize) -> bool {
        let before = self.before[component as usize];
        self.after[component as usize] = doubt;
        self.count(doubt, at);
        if before != Doubt::None && doubt != Doubt::None {
            self.is_doubled = true;
            return before != doubt;
        }
        true
    }

    fn count(&mut self, doubt: Doubt, at: usize) {
        if doubt != Doubt::None {
            if self.n_signs == 0 {
                self.first_at = at;
            }
            self.n_signs += 1;
        }
    }

    /// A sign before a component is for it alone, a sign after it for all up to it.
    fn doubts(&self) -> [Doubt; 3] {
        let mut group = Doubt::None;
        let mut doubts = [Doubt::None; 3];
        for component in Component::ALL.into_iter().rev() {
            let nth = component as usize;
            group = group.and(self.after[nth]);
            doubts[nth] = group.and(self.before[nth]);
        }
        doubts
    }

    fn level(&self, date: Date, place: Place) -> (u8, usize) {
        let at_the_end = self.after[date.n_components() - 1] != Doubt::None;
        let is_season = date.month_number().is_some_and(|month| month > 12);
        let level = match self.n_signs {
            0 => 0,
            // A season with doubt is level 2 by itself and level 1 as the end of an interval.
            1 if at_the_end && !(is_season && place == Place::Alone) => 1,
            _ => 2,
        };
        (level, self.first_at)
    }
}
