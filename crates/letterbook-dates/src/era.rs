//! Era names of Japan, China, Korea and Manchukuo, and the sexagenary cycle.
//!
//! An era gives its years to a calendar, which gives the days: `嘉永` to the Japanese lunisolar one, `昭和`
//! to the Gregorian one. From `tables/eras.tsv`, whose head names the sources. Eras of Vietnam and of
//! China before 1368 are not read.

use std::sync::LazyLock;

use crate::calendar::{Calendar, CalendarError};
use crate::day::Day;

/// An era.
#[derive(Debug, PartialEq, Eq)]
pub struct Era {
    /// The id, such as `japan-kaei`.
    pub id: &'static str,
    /// The country, such as `japan`.
    pub country: &'static str,
    /// The calendar whose months and days are written with it.
    pub calendar: Calendar,
    /// The first and the last year of the era that was written, closed.
    pub years: (i32, i32),
    names: Vec<&'static str>,
    offset: i32,
    proclaimed: Option<(u8, bool, u8)>,
}

static ERAS: LazyLock<Vec<Era>> = LazyLock::new(|| {
    include_str!("../tables/eras.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(row)
        .collect()
});

/// Every era, in the order of the table.
pub fn eras() -> impl Iterator<Item = &'static Era> {
    ERAS.iter()
}

/// The era of an id.
///
/// ```
/// use letterbook_dates::era::era_by_id;
///
/// assert_eq!(era_by_id("japan-kaei").unwrap().years, (1, 7));
/// assert!(era_by_id("japan-arcadia").is_none());
/// ```
pub fn era_by_id(id: &str) -> Option<&'static Era> {
    ERAS.iter().find(|era| era.id == id)
}

/// The eras of a name, in characters or in Latin letters; several countries and times share some.
///
/// ```
/// use letterbook_dates::era::eras_named;
///
/// let shared: Vec<&str> = eras_named("弘治").map(|era| era.country).collect();
/// assert_eq!(shared, ["japan", "china"]);
/// assert_eq!(eras_named("Arcadia").count(), 0);
/// ```
pub fn eras_named(name: &str) -> impl Iterator<Item = &'static Era> {
    ERAS.iter().filter(move |era| era.names.iter().any(|known| is_same(known, name)))
}

impl Era {
    /// The names, the most used first.
    ///
    /// ```
    /// use letterbook_dates::era::era_by_id;
    ///
    /// assert_eq!(era_by_id("japan-kaei").unwrap().names()[0], "嘉永");
    /// ```
    pub fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// The year of the calendar for a year of the era.
    ///
    /// # Errors
    ///
    /// When the era had no such year.
    ///
    /// ```
    /// use letterbook_dates::era::era_by_id;
    ///
    /// let kaei = era_by_id("japan-kaei").unwrap();
    /// assert_eq!(kaei.calendar_year(6), Ok(1853));
    /// assert!(kaei.calendar_year(9).is_err());
    /// ```
    pub fn calendar_year(&self, year: i32) -> Result<i32, CalendarError> {
        if year < self.years.0 || year > self.years.1 {
            return Err(CalendarError::year(self.calendar, year, self.years));
        }
        Ok(year + self.offset)
    }

    /// The Gregorian year in which, or in most of which, a year of the era lies.
    ///
    /// # Errors
    ///
    /// When the era had no such year.
    ///
    /// ```
    /// use letterbook_dates::era::era_by_id;
    ///
    /// let kaei = era_by_id("japan-kaei").unwrap();
    /// assert_eq!(kaei.gregorian_year(6), Ok(1853));
    /// assert!(kaei.gregorian_year(0).is_err());
    /// ```
    pub fn gregorian_year(&self, year: i32) -> Result<i32, CalendarError> {
        let calendar_year = self.calendar_year(year)?;
        // A lunisolar year is numbered by its Gregorian one already.
        let is_lunisolar = matches!(
            self.calendar,
            Calendar::JapaneseLunisolar | Calendar::Chinese | Calendar::Korean
        );
        if is_lunisolar {
            return Ok(calendar_year);
        }
        let (_, last) = self.calendar.year_span(calendar_year)?;
        Ok(crate::calendar::gregorian::from_day(last).0)
    }

    /// The day of a year, month and day of the era.
    ///
    /// # Errors
    ///
    /// When the era had no such year, the calendar no such day, or, before 1501 in Japan, no month table.
    ///
    /// ```
    /// use letterbook_dates::calendar::gregorian;
    /// use letterbook_dates::era::era_by_id;
    ///
    /// let kaei = era_by_id("japan-kaei").unwrap();
    /// assert_eq!(kaei.day(6, 6, false, 3), gregorian::day(1853, 7, 8));
    /// assert!(kaei.day(9, 1, false, 1).is_err());
    /// ```
    pub fn day(&self, year: i32, month: u8, leap: bool, day: u8) -> Result<Day, CalendarError> {
        self.calendar.to_day(self.calendar_year(year)?, month, leap, day)
    }

    /// The first and the last day of a year of the era, as its calendar has them.
    ///
    /// # Errors
    ///
    /// As for [`Era::day`].
    ///
    /// ```
    /// use letterbook_dates::calendar::gregorian;
    /// use letterbook_dates::era::era_by_id;
    ///
    /// let kaei = era_by_id("japan-kaei").unwrap();
    /// let (first, last) = kaei.year_span(6)?;
    /// assert_eq!(gregorian::from_day(first), (1853, 2, 8));
    /// assert_eq!(gregorian::from_day(last), (1854, 1, 28));
    /// assert!(kaei.year_span(9).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn year_span(&self, year: i32) -> Result<(Day, Day), CalendarError> {
        self.calendar.year_span(self.calendar_year(year)?)
    }

    /// The first and the last day of a month of the era.
    ///
    /// # Errors
    ///
    /// As for [`Era::day`].
    ///
    /// ```
    /// use letterbook_dates::era::era_by_id;
    ///
    /// let kaei = era_by_id("japan-kaei").unwrap();
    /// let (first, last) = kaei.month_span(6, 6, false)?;
    /// assert!((28..30).contains(&(last.0 - first.0)));
    /// assert!(kaei.month_span(6, 13, false).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn month_span(
        &self,
        year: i32,
        month: u8,
        leap: bool,
    ) -> Result<(Day, Day), CalendarError> {
        self.calendar.month_span(self.calendar_year(year)?, month, leap)
    }

    /// The day on which the era was proclaimed; none where it cannot be given to the day.
    ///
    /// ```
    /// use letterbook_dates::calendar::gregorian;
    /// use letterbook_dates::era::era_by_id;
    ///
    /// let kaei = era_by_id("japan-kaei").unwrap();
    /// assert_eq!(kaei.proclaimed(), gregorian::day(1848, 4, 1).ok());
    /// ```
    pub fn proclaimed(&self) -> Option<Day> {
        match self.proclaimed {
            Some((month, leap, day)) => self.day(self.years.0, month, leap, day).ok(),
            None => self.year_span(self.years.0).ok().map(|(first, _)| first),
        }
    }
}

/// The number, 1..=60, of a Gregorian year in the sexagenary cycle: 1984 is 1, *jiazi*.
pub fn sexagenary_of_year(year: i32) -> u8 {
    (year.saturating_sub(4).rem_euclid(60) + 1) as u8
}

struct Sign {
    number: u8,
    is_stem: bool,
    writings: [&'static str; 2],
}

static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    include_str!("../tables/sexagenary.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(sign)
        .collect()
});

/// The number, 1..=60, of a stem and a branch written together, in characters or hangul.
///
/// None for other text and for the sixty pairs that the cycle does not have.
///
/// ```
/// use letterbook_dates::era::{sexagenary_number, sexagenary_of_year};
///
/// assert_eq!(sexagenary_number("丙戌"), Some(23));
/// assert_eq!(sexagenary_of_year(2006), 23);
/// assert_eq!(sexagenary_number("甲丑"), None);
/// ```
pub fn sexagenary_number(text: &str) -> Option<u8> {
    let number_of = |text: &str, is_stem: bool| {
        let mut signs = SIGNS.iter().filter(|sign| sign.is_stem == is_stem);
        signs.find(|sign| sign.writings.contains(&text)).map(|sign| sign.number)
    };
    let (at, _) = text.char_indices().nth(1)?;
    let (stem, branch) = text.split_at(at);
    let (stem, branch) = (number_of(stem, true)?, number_of(branch, false)?);
    (1..=60).find(|number| (number - 1) % 10 + 1 == stem && (number - 1) % 12 + 1 == branch)
}

fn is_same(known: &str, name: &str) -> bool {
    known.eq_ignore_ascii_case(name)
}

fn sign(line: &'static str) -> Option<Sign> {
    let mut fields = line.split('\t');
    let is_stem = fields.next()? == "stem";
    let number = fields.next()?.parse().ok()?;
    Some(Sign { number, is_stem, writings: [fields.next()?, fields.next()?] })
}

fn row(line: &'static str) -> Option<Era> {
    let mut fields = line.split('\t');
    let (id, country, names) = (fields.next()?, fields.next()?, fields.next()?);
    let calendar = Calendar::from_label(fields.next()?)?;
    let offset = fields.next()?.parse().ok()?;
    let years = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let proclaimed = match fields.next()? {
        "" => None,
        date => {
            let at = date.find(['-', '*'])?;
            let leap = date[at..].starts_with('*');
            Some((date[..at].parse().ok()?, leap, date[at + 1..].parse().ok()?))
        }
    };
    Some(Era {
        id,
        country,
        calendar,
        years,
        names: names.split('|').collect(),
        offset,
        proclaimed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::gregorian;

    #[test]
    fn every_row_of_the_tables_is_read() {
        let n_rows = |table: &str| table.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(n_rows(include_str!("../tables/eras.tsv")), ERAS.len());
        assert_eq!(n_rows(include_str!("../tables/sexagenary.tsv")), SIGNS.len());
    }

    #[test]
    fn eras_from_1501_have_days_and_follow_each_other() {
        let japanese = eras().filter(|era| era.calendar == Calendar::JapaneseLunisolar);
        let mut before: Option<Day> = None;
        let mut n_eras = 0;
        for era in
            japanese.filter(|era| era.calendar_year(era.years.0).is_ok_and(|year| year > 1501))
        {
            let day = era.proclaimed().unwrap_or_else(|| panic!("{} has no first day", era.id));
            assert!(before.is_none_or(|before| before < day), "{}", era.id);
            before = Some(day);
            n_eras += 1;
        }
        assert_eq!(n_eras, 45);
    }

    #[test]
    fn known_days_of_eras() {
        let day =
            |id, year, month, of_month| era_by_id(id).unwrap().day(year, month, false, of_month);
        assert_eq!(day("china-kangxi", 28, 7, 24), gregorian::day(1689, 9, 7));
        assert_eq!(day("korea-gwangmu", 9, 11, 17), gregorian::day(1905, 11, 17));
        assert_eq!(day("japan-showa", 20, 8, 15), gregorian::day(1945, 8, 15));
        assert!(day("japan-showa", 65, 1, 1).is_err());
        // Day 28 of month 2 of Kōka 5.
        assert_eq!(era_by_id("japan-kaei").unwrap().proclaimed(), gregorian::day(1848, 4, 1).ok());
    }

    #[test]
    fn the_cycle_has_sixty_pairs() {
        let stems = SIGNS.iter().filter(|sign| sign.is_stem);
        let pairs: Vec<u8> = stems
            .flat_map(|stem| {
                SIGNS.iter().filter(|sign| !sign.is_stem).map(move |branch| (stem, branch))
            })
            .filter_map(|(stem, branch)| {
                sexagenary_number(&format!("{}{}", stem.writings[0], branch.writings[0]))
            })
            .collect();
        let mut sorted = pairs.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (1..=60).collect::<Vec<u8>>());
    }
}
