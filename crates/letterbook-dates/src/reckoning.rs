//! By what calendar and from what day of the year a place dated its letters.
//!
//! Old and New Style, the beginnings of the year, and when places adopted the Gregorian calendar, from
//! `tables/adoption.tsv`. Reads no phrases: a place is a name, or a hint that holds one.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::calendar::easter::{Computus, easter};
use crate::calendar::{Calendar, CalendarError, gregorian, julian};
use crate::day::Day;

/// The day on which the number of the year changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum YearStart {
    /// 1 January: the number that we use.
    January1,
    /// 25 March after, as in England: 24 March 1602 was followed by 25 March 1603.
    LadyDay,
    /// 25 March after, as in Florence; the same as [`YearStart::LadyDay`].
    Florence,
    /// 25 March before, as in Pisa: a year ahead of Florence.
    Pisa,
    /// 1 March after, *more veneto*.
    Venice,
    /// Easter after, as in France.
    Easter,
    /// 1 September before, as in Byzantium and Russia.
    September1,
    /// 25 December before.
    Christmas,
}

impl YearStart {
    /// The style of a label, such as `lady-day`, `venice` or `january`.
    ///
    /// ```
    /// use letterbook_dates::reckoning::YearStart;
    ///
    /// assert_eq!(YearStart::from_label("venice"), Some(YearStart::Venice));
    /// assert_eq!(YearStart::from_label("atlantis"), None);
    /// ```
    pub fn from_label(label: &str) -> Option<YearStart> {
        Some(match label {
            "january" => YearStart::January1,
            "lady-day" => YearStart::LadyDay,
            "florence" => YearStart::Florence,
            "pisa" => YearStart::Pisa,
            "venice" => YearStart::Venice,
            "easter" => YearStart::Easter,
            "september" => YearStart::September1,
            "christmas" => YearStart::Christmas,
            _ => return None,
        })
    }

    /// The year from 1 January for a date whose year is written in this style.
    ///
    /// For [`YearStart::Easter`] a day of March or April may belong to two years: this is the earlier
    /// one, and [`YearStart::other_year`] the later.
    ///
    /// ```
    /// use letterbook_dates::reckoning::YearStart;
    ///
    /// assert_eq!(YearStart::LadyDay.modern_year(1602, 3, 24), 1603);
    /// assert_eq!(YearStart::LadyDay.modern_year(1602, 3, 25), 1602);
    /// assert_eq!(YearStart::Pisa.modern_year(1602, 3, 25), 1601);
    /// ```
    pub fn modern_year(self, year: i32, month: u8, day: u8) -> i32 {
        let is_before = |start: (u8, u8)| (month, day) < start;
        match self {
            YearStart::January1 => year,
            YearStart::LadyDay | YearStart::Florence => next_if(year, is_before((3, 25))),
            YearStart::Venice => next_if(year, is_before((3, 1))),
            YearStart::Pisa => previous_if(year, !is_before((3, 25))),
            YearStart::September1 => previous_if(year, !is_before((9, 1))),
            YearStart::Christmas => previous_if(year, !is_before((12, 25))),
            YearStart::Easter => next_if(year, is_before_easter(year, month, day)),
        }
    }

    /// The second year that the date can belong to: days between two Easters that come twice.
    ///
    /// ```
    /// use letterbook_dates::reckoning::YearStart;
    ///
    /// // Easter was on 28 March in 1540 and on 17 April in 1541
    /// assert_eq!(YearStart::Easter.other_year(1540, 4, 10), Some(1541));
    /// assert_eq!(YearStart::Easter.other_year(1540, 4, 20), None);
    /// ```
    pub fn other_year(self, year: i32, month: u8, day: u8) -> Option<i32> {
        let next = year.checked_add(1)?;
        let comes_twice = self == YearStart::Easter
            && !is_before_easter(year, month, day)
            && is_before_easter(next, month, day);
        comes_twice.then_some(next)
    }
}

fn next_if(year: i32, condition: bool) -> i32 {
    year.saturating_add(i32::from(condition))
}

fn previous_if(year: i32, condition: bool) -> i32 {
    year.saturating_sub(i32::from(condition))
}

fn is_before_easter(year: i32, month: u8, day: u8) -> bool {
    let Some(easter) = easter(Computus::JulianWest, year) else {
        return false;
    };
    let (_, easter_month, easter_day) = julian::from_day(easter);
    (month, day) < (easter_month, easter_day)
}

/// The day of an Old Style date, Julian, with the year in a style.
///
/// # Errors
///
/// When the Julian calendar has no such day.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::reckoning::{YearStart, os_to_day};
///
/// let written = os_to_day(1648, 1, 30, YearStart::LadyDay)?;
/// assert_eq!(written, gregorian::day(1649, 2, 9)?);
/// assert!(os_to_day(1648, 2, 30, YearStart::LadyDay).is_err());
/// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
/// ```
pub fn os_to_day(year: i32, month: u8, day: u8, start: YearStart) -> Result<Day, CalendarError> {
    julian::day(start.modern_year(year, month, day), month, day)
}

/// How a place dated.
#[derive(Debug, PartialEq, Eq)]
pub struct Custom {
    /// The id of the row of `tables/adoption.tsv`.
    pub id: &'static str,
    /// The last day by the Julian calendar.
    pub last_julian: Day,
    /// The first day by the Gregorian calendar, the day after.
    pub first_gregorian: Day,
    /// The styles of the year, each to the end of a written year, in order.
    styles: Vec<(YearStart, i32)>,
    /// Folded.
    names: Vec<String>,
    /// The language whose letters are dated so where no place says otherwise.
    language: Option<&'static str>,
}

/// A date at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The day.
    pub day: Day,
    /// The calendar in force, Julian or Gregorian.
    pub calendar: Calendar,
    /// The year from 1 January in that calendar.
    pub year: i32,
    /// What the written year was begun with.
    pub start: YearStart,
}

/// Why a date at a place is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlacedError {
    /// The calendar in force has no such date.
    Date(CalendarError),
    /// The place left the day out when it changed its calendar; the first and the last such day, as
    /// Gregorian dates would number them.
    Skipped(Day, Day),
}

impl std::fmt::Display for PlacedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PlacedError::Date(error) => error.fmt(f),
            PlacedError::Skipped(first, last) => {
                let ((year, month, first), (_, last_month, last)) =
                    (gregorian::from_day(*first), gregorian::from_day(*last));
                write!(
                    f,
                    "expected a day that the place had, but found one of the days left out, \
                     {year:04}-{month:02}-{first:02} to {last_month:02}-{last:02}"
                )
            }
        }
    }
}

impl std::error::Error for PlacedError {}

impl Custom {
    /// The style of a year as it was written, and whether a Julian or a Gregorian one.
    ///
    /// ```
    /// use letterbook_dates::reckoning::{YearStart, custom_of};
    ///
    /// let london = custom_of("London").unwrap();
    /// assert_eq!(london.year_start(1711), YearStart::LadyDay);
    /// assert_eq!(london.year_start(1850), YearStart::January1);
    /// ```
    pub fn year_start(&self, written_year: i32) -> YearStart {
        self.styles
            .iter()
            .find(|(_, until)| written_year <= *until)
            .map_or(YearStart::January1, |(style, _)| *style)
    }

    /// The day of a date as the place wrote it.
    ///
    /// # Errors
    ///
    /// When the calendar then in force has no such date, or the place left it out.
    ///
    /// ```
    /// use letterbook_dates::reckoning::{PlacedError, custom_of};
    ///
    /// let london = custom_of("London").unwrap();
    /// assert!(london.day(1752, 9, 2).is_ok());
    /// assert!(matches!(london.day(1752, 9, 5), Err(PlacedError::Skipped(..))));
    /// ```
    pub fn day(&self, year: i32, month: u8, day: u8) -> Result<Placed, PlacedError> {
        let start = self.year_start(year);
        let modern = start.modern_year(year, month, day);
        self.modern_day(modern, month, day).map(|placed| Placed { start, ..placed })
    }

    /// The day of a date whose year is counted from 1 January.
    ///
    /// # Errors
    ///
    /// As for [`Custom::day`].
    ///
    /// ```
    /// use letterbook_dates::calendar::gregorian;
    /// use letterbook_dates::reckoning::custom_of;
    ///
    /// let london = custom_of("London").unwrap();
    /// assert_eq!(london.modern_day(1732, 2, 11)?.day, gregorian::day(1732, 2, 22)?);
    /// assert!(london.modern_day(1752, 9, 5).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn modern_day(&self, year: i32, month: u8, day: u8) -> Result<Placed, PlacedError> {
        let start = YearStart::January1;
        let (last_year, last_month, last_day) = julian::from_day(self.last_julian);
        if (year, month, day) <= (last_year, last_month, last_day) {
            let day = julian::day(year, month, day).map_err(PlacedError::Date)?;
            return Ok(Placed { day, calendar: Calendar::Julian, year, start });
        }
        let found = gregorian::day(year, month, day).map_err(PlacedError::Date)?;
        if found < self.first_gregorian {
            let first_skipped =
                gregorian::day(last_year, last_month, last_day).map_err(PlacedError::Date)?.plus(1);
            return Err(PlacedError::Skipped(first_skipped, self.first_gregorian.plus(-1)));
        }
        Ok(Placed { day: found, calendar: Calendar::Gregorian, year, start })
    }

    /// The calendar in force on a day.
    ///
    /// ```
    /// use letterbook_dates::calendar::{Calendar, gregorian};
    /// use letterbook_dates::reckoning::custom_of;
    ///
    /// let petersburg = custom_of("Russia").unwrap();
    /// assert_eq!(petersburg.calendar_on(gregorian::day(1918, 2, 13)?), Calendar::Julian);
    /// assert_eq!(petersburg.calendar_on(gregorian::day(1918, 2, 14)?), Calendar::Gregorian);
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn calendar_on(&self, day: Day) -> Calendar {
        if day <= self.last_julian { Calendar::Julian } else { Calendar::Gregorian }
    }

    /// Whether the place was Julian into the twentieth century.
    pub fn was_julian_after_1900(&self) -> bool {
        gregorian::from_day(self.first_gregorian).0 > 1900
    }

    /// A name of the place, by which [`custom_of`] finds it again.
    pub fn place(&self) -> Option<&str> {
        self.names.first().map(String::as_str)
    }
}

static CUSTOMS: LazyLock<Vec<Custom>> = LazyLock::new(|| {
    include_str!("../tables/adoption.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(row)
        .collect()
});

/// The custom of a place, by its name or a hint that holds one, such as `Philadelphia, Pennsylvania`.
///
/// The longest name found decides; names are compared without regard to case, diacritics and the old
/// letters of Cyrillic.
///
/// ```
/// use letterbook_dates::reckoning::custom_of;
///
/// assert_eq!(custom_of("given at Hampton Court").map(|custom| custom.id), Some("england"));
/// assert_eq!(custom_of("Парижъ").map(|custom| custom.id), Some("france"));
/// assert_eq!(custom_of("Erewhon"), None);
/// ```
pub fn custom_of(place: &str) -> Option<&'static Custom> {
    // A hint is short; what is longer is no place.
    const LONGEST: usize = 200;
    let end = place.char_indices().nth(LONGEST).map_or(place.len(), |(at, _)| at);
    let place = folded(&place[..end]);
    let starts =
        place.char_indices().filter(|(at, _)| !place[..*at].ends_with(char::is_alphanumeric));
    let names = starts.flat_map(|(at, _)| {
        let rest = &place[at..];
        let is_here = move |(name, _): &&(&str, usize)| {
            let behind = rest.strip_prefix(name);
            behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
        };
        NAMES.get(first_word(rest)).into_iter().flatten().filter(is_here)
    });
    // of names of one length the first of the table stands
    let longest = names.max_by_key(|(name, custom)| (name.len(), Reverse(*custom)));
    longest.map(|(_, custom)| &CUSTOMS[*custom])
}

/// The names of the table by their first word, each with the number of its custom.
static NAMES: LazyLock<HashMap<&str, Vec<(&str, usize)>>> = LazyLock::new(|| {
    let mut out: HashMap<&str, Vec<(&str, usize)>> = HashMap::new();
    for (number, custom) in CUSTOMS.iter().enumerate() {
        for name in &custom.names {
            out.entry(first_word(name)).or_default().push((name, number));
        }
    }
    out
});

/// The letters and digits at the head of `text`.
fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

/// The custom by which letters in a language are dated where no place says otherwise: Greek is dated
/// as Greece dated. None for a language that was written where customs differ.
///
/// ```
/// use letterbook_dates::reckoning::custom_of_language;
///
/// assert_eq!(custom_of_language("ru").map(|custom| custom.id), Some("russia"));
/// assert_eq!(custom_of_language("de"), None);
/// ```
pub fn custom_of_language(language: &str) -> Option<&'static Custom> {
    CUSTOMS.iter().find(|custom| custom.language == Some(language))
}

/// Small letters without diacritics, Cyrillic ones as they are written since 1918.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter_map(|c| match c {
            'ѣ' => Some('е'),
            'і' => Some('и'),
            'ѳ' => Some('ф'),
            'ς' => Some('σ'),
            'ъ' => None,
            _ => (!is_combining_mark(c)).then_some(c),
        })
        .collect()
}

/// The custom of an id of the table, such as `england`.
///
/// ```
/// use letterbook_dates::reckoning::custom_by_id;
///
/// assert!(custom_by_id("england").is_some());
/// assert!(custom_by_id("erewhon").is_none());
/// ```
pub fn custom_by_id(id: &str) -> Option<&'static Custom> {
    CUSTOMS.iter().find(|custom| custom.id == id)
}

fn row(line: &'static str) -> Option<Custom> {
    let mut fields = line.split('\t');
    let id = fields.next()?;
    let (last_julian, first_gregorian) = (fields.next()?, fields.next()?);
    let (styles, names) = (fields.next()?, fields.next()?);
    let language = fields.next();
    let (year, month, day) = date(last_julian)?;
    let last_julian = julian::day(year, month, day).ok()?;
    let (year, month, day) = date(first_gregorian)?;
    let first_gregorian = gregorian::day(year, month, day).ok()?;
    let styles = styles
        .split(';')
        .filter_map(|style| {
            let (label, until) = style.split_once("..")?;
            Some((YearStart::from_label(label)?, until.parse().ok()?))
        })
        .collect();
    let names = names.split('|').map(folded).collect();
    Some(Custom { id, last_julian, first_gregorian, styles, names, language })
}

fn date(text: &str) -> Option<(i32, u8, u8)> {
    let mut parts = text.split('-');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read_and_its_two_days_follow_each_other() {
        let lines = include_str!("../tables/adoption.tsv").lines();
        assert_eq!(lines.filter(|line| !line.starts_with('#')).count(), CUSTOMS.len());
        for custom in CUSTOMS.iter() {
            assert_eq!(custom.first_gregorian, custom.last_julian.plus(1), "{}", custom.id);
            assert!(!custom.names.is_empty(), "{}", custom.id);
            assert_eq!(custom.place().and_then(custom_of), Some(custom), "{}", custom.id);
        }
    }

    #[test]
    fn the_style_of_the_year_moves_it() {
        let year = |start: YearStart, month, day| start.modern_year(1500, month, day);
        assert_eq!(year(YearStart::LadyDay, 3, 24), 1501);
        assert_eq!(year(YearStart::LadyDay, 3, 25), 1500);
        assert_eq!(year(YearStart::Pisa, 3, 24), 1500);
        assert_eq!(year(YearStart::Pisa, 3, 25), 1499);
        assert_eq!(year(YearStart::Venice, 2, 28), 1501);
        assert_eq!(year(YearStart::Christmas, 12, 25), 1499);
        // Easter fell on 19 April 1500 and 11 April 1501.
        assert_eq!(year(YearStart::Easter, 4, 18), 1501);
        assert_eq!(year(YearStart::Easter, 4, 19), 1500);
        assert_eq!(YearStart::Easter.other_year(1501, 4, 12), None);
        // 27 March 1502, 16 April 1503: the days between came twice in 1502.
        assert_eq!(YearStart::Easter.other_year(1502, 4, 1), Some(1503));
    }
}
