//! Years of a reign: of the kings and queens of England and France, the emperors, and the popes.
//!
//! From `tables/regnal.tsv`, whose head names the sources. Names in languages belong to the phrases; a
//! reign is named by its id. Reigns that count otherwise than from one day of the year, but for King
//! John, are not reckoned.

use std::sync::LazyLock;

use crate::calendar::easter::{Computus, easter};
use crate::calendar::{Calendar, gregorian, julian};
use crate::day::Day;
use crate::reckoning::{Custom, custom_by_id};

/// A reign.
#[derive(Debug, PartialEq, Eq)]
pub struct Reign {
    /// The id, such as `elizabeth-i-england`.
    pub id: &'static str,
    /// The first day of regnal year 1.
    pub first: Day,
    /// The last day of the reign.
    pub last: Day,
    custom: &'static Custom,
    /// Month and day from which a year is counted, as the custom writes them.
    month_day: (u8, u8),
    first_year: i32,
    counting: Counting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counting {
    /// From the same date of each year, in the calendar then in force.
    Date,
    /// From the same Julian date of each year.
    JulianDate,
    /// From a feast so many days after Easter.
    Easter(i32),
}

static REIGNS: LazyLock<Vec<Reign>> = LazyLock::new(|| {
    include_str!("../tables/regnal.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(row)
        .collect()
});

/// The reign of an id.
///
/// ```
/// use letterbook_dates::calendar::julian;
/// use letterbook_dates::regnal::reign;
///
/// let elizabeth = reign("elizabeth-i-england").unwrap();
/// assert_eq!(julian::from_day(elizabeth.first), (1558, 11, 17));
/// assert!(reign("jane-seymour").is_none());
/// ```
pub fn reign(id: &str) -> Option<&'static Reign> {
    REIGNS.iter().find(|reign| reign.id == id)
}

/// Every reign, in the order of the table.
pub fn reigns() -> impl Iterator<Item = &'static Reign> {
    REIGNS.iter()
}

/// The first and the last day of a regnal year, cut at the end of the reign; none when the reign had no
/// such year.
///
/// ```
/// use letterbook_dates::calendar::julian;
/// use letterbook_dates::regnal::regnal_span;
///
/// let (first, last) = regnal_span("elizabeth-i-england", 43).unwrap();
/// assert_eq!(julian::from_day(first), (1600, 11, 17));
/// assert_eq!(julian::from_day(last), (1601, 11, 16));
/// assert_eq!(regnal_span("elizabeth-i-england", 46), None);
/// ```
pub fn regnal_span(id: &str, regnal_year: i32) -> Option<(Day, Day)> {
    reign(id)?.span(regnal_year)
}

/// The day of a month and day in a regnal year; none when the year has no such day.
///
/// ```
/// use letterbook_dates::calendar::julian;
/// use letterbook_dates::regnal::regnal_day;
///
/// let day = regnal_day("elizabeth-i-england", 43, 6, 20).unwrap();
/// assert_eq!(julian::from_day(day), (1601, 6, 20));
/// ```
pub fn regnal_day(id: &str, regnal_year: i32, month: u8, day: u8) -> Option<Day> {
    reign(id)?.day(regnal_year, month, day)
}

impl Reign {
    /// See [`regnal_span`].
    pub fn span(&self, regnal_year: i32) -> Option<(Day, Day)> {
        if regnal_year < 1 {
            return None;
        }
        let first = self.year_start(regnal_year)?;
        if first > self.last {
            return None;
        }
        let next = self.year_start(regnal_year.checked_add(1)?)?;
        Some((first, next.plus(-1).min(self.last)))
    }

    /// See [`regnal_day`].
    pub fn day(&self, regnal_year: i32, month: u8, day: u8) -> Option<Day> {
        let (first, last) = self.span(regnal_year)?;
        let (year, ..) = gregorian::from_day(first);
        // A regnal year touches two calendar years, and King John's from one Ascension to the next
        // may hold a date twice: the first is meant.
        (year - 1..=year + 2)
            .filter_map(|year| self.custom.modern_day(year, month, day).ok())
            .map(|placed| placed.day)
            .find(|day| (first..=last).contains(day))
    }

    /// The regnal year that holds a day; none beyond the reign.
    ///
    /// ```
    /// use letterbook_dates::calendar::julian;
    /// use letterbook_dates::regnal::reign;
    ///
    /// let elizabeth = reign("elizabeth-i-england").unwrap();
    /// assert_eq!(elizabeth.year_of(julian::day(1601, 6, 20)?), Some(43));
    /// assert_eq!(elizabeth.year_of(julian::day(1603, 6, 20)?), None);
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn year_of(&self, day: Day) -> Option<i32> {
        if day < self.first || day > self.last {
            return None;
        }
        let guess = (day.0 - self.first.0) / 366 + 1;
        (guess - 1..=guess + 2).find(|&year| {
            self.span(year).is_some_and(|(first, last)| (first..=last).contains(&day))
        })
    }

    /// The date of a day in the calendar that the place then kept, with the year from 1 January.
    ///
    /// ```
    /// use letterbook_dates::calendar::julian;
    /// use letterbook_dates::regnal::reign;
    ///
    /// let elizabeth = reign("elizabeth-i-england").unwrap();
    /// let day = julian::day(1602, 2, 8)?;
    /// assert_eq!(elizabeth.written_date(day), (1602, 2, 8));
    /// assert_eq!(elizabeth.written_years(day), [1602, 1601]);
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn written_date(&self, day: Day) -> (i32, u8, u8) {
        match self.custom.calendar_on(day) {
            Calendar::Julian => julian::from_day(day),
            _ => gregorian::from_day(day),
        }
    }

    /// The years that the place could write for a day: from 1 January, and from its own beginning.
    pub fn written_years(&self, day: Day) -> [i32; 2] {
        let (year, month, of_month) = self.written_date(day);
        let written = [year - 1, year, year + 1].into_iter().find(|&written| {
            self.custom.year_start(written).modern_year(written, month, of_month) == year
        });
        [year, written.unwrap_or(year)]
    }

    fn year_start(&self, regnal_year: i32) -> Option<Day> {
        if regnal_year == 1 {
            return Some(self.first);
        }
        let year = self.first_year.checked_add(regnal_year - 1)?;
        let (month, day) = self.month_day;
        match self.counting {
            Counting::Date => {
                self.custom.modern_day(year, month, day).ok().map(|placed| placed.day)
            }
            Counting::JulianDate => julian::day(year, month, day).ok(),
            Counting::Easter(days) => Some(easter(Computus::JulianWest, year)?.plus(days)),
        }
    }
}

fn row(line: &'static str) -> Option<Reign> {
    let mut fields = line.split('\t');
    let id = fields.next()?;
    let custom = custom_by_id(fields.next()?)?;
    let (first_year, month, day) = date(fields.next()?)?;
    let first = custom.modern_day(first_year, month, day).ok()?.day;
    let (last_year, last_month, last_day) = date(fields.next()?)?;
    let last = custom.modern_day(last_year, last_month, last_day).ok()?.day;
    let counting = match fields.next()?.strip_prefix("easter") {
        Some(days) => Counting::Easter(days.parse().ok()?),
        // The English year of a reign that began before 1752 stayed where it was.
        None if custom.id == "england" && first <= custom.last_julian => Counting::JulianDate,
        None => Counting::Date,
    };
    Some(Reign { id, first, last, custom, month_day: (month, day), first_year, counting })
}

fn date(text: &str) -> Option<(i32, u8, u8)> {
    let mut parts = text.split('-');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read_and_runs_forward() {
        let lines = include_str!("../tables/regnal.tsv").lines();
        assert_eq!(lines.filter(|line| !line.starts_with('#')).count(), REIGNS.len());
        for reign in reigns() {
            assert!(reign.first < reign.last, "{}", reign.id);
            let mut next = reign.first;
            for year in 1.. {
                let Some((first, last)) = reign.span(year) else { break };
                assert_eq!(first, next, "{} {year}", reign.id);
                assert_eq!(reign.year_of(first), Some(year), "{}", reign.id);
                assert_eq!(reign.year_of(last), Some(year), "{}", reign.id);
                next = last.plus(1);
            }
            assert_eq!(next, reign.last.plus(1), "{}", reign.id);
        }
    }

    #[test]
    fn king_john_counts_from_ascension_to_ascension() {
        // 27 May 1199, 18 May 1200, 3 May 1201.
        let (first, last) = regnal_span("john-england", 2).unwrap();
        assert_eq!(julian::from_day(first), (1200, 5, 18));
        assert_eq!(julian::from_day(last), (1201, 5, 2));
    }

    #[test]
    fn the_years_of_george_ii_move_with_the_calendar() {
        let (first, last) = regnal_span("george-ii-england", 26).unwrap();
        assert_eq!(julian::from_day(first), (1752, 6, 11));
        assert_eq!(gregorian::from_day(last), (1753, 6, 21));
    }
}
