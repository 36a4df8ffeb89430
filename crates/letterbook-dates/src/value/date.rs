//! One EDTF date: a year, perhaps a month or season, perhaps a day, each with its doubt.

use crate::calendar::{CalendarError, gregorian};
use crate::day::Day;

/// The doubt that a component of a date carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Doubt {
    /// None.
    #[default]
    None,
    /// `?`: the source or the reading is uncertain.
    Uncertain,
    /// `~`: about then.
    Approximate,
    /// `%`: both.
    Both,
}

impl Doubt {
    /// The EDTF sign; none for [`Doubt::None`].
    pub fn sign(self) -> Option<char> {
        match self {
            Doubt::None => None,
            Doubt::Uncertain => Some('?'),
            Doubt::Approximate => Some('~'),
            Doubt::Both => Some('%'),
        }
    }

    /// Both doubts together.
    pub fn and(self, other: Doubt) -> Doubt {
        match (self, other) {
            (Doubt::None, doubt) | (doubt, Doubt::None) => doubt,
            (one, two) if one == two => one,
            _ => Doubt::Both,
        }
    }

    /// Whether it holds `?`.
    pub fn is_uncertain(self) -> bool {
        matches!(self, Doubt::Uncertain | Doubt::Both)
    }

    /// Whether it holds `~`.
    pub fn is_approximate(self) -> bool {
        matches!(self, Doubt::Approximate | Doubt::Both)
    }
}

/// A component of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Component {
    /// The year.
    Year,
    /// The month or season.
    Month,
    /// The day of the month.
    Day,
}

/// A season or other part of a year that is not a month, with the number EDTF gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Season {
    /// `21`, March to May.
    Spring = 21,
    /// `22`, June to August.
    Summer = 22,
    /// `23`, September to November.
    Autumn = 23,
    /// `24`: the winter that belongs to the year written; its bounds are December of that year.
    Winter = 24,
    /// `33`, January to March.
    Quarter1 = 33,
    /// `34`, April to June.
    Quarter2 = 34,
    /// `35`, July to September.
    Quarter3 = 35,
    /// `36`, October to December.
    Quarter4 = 36,
    /// `40`, January to June.
    Half1 = 40,
    /// `41`, July to December.
    Half2 = 41,
}

/// The year of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Year {
    /// Four digits, each `0`–`9` or `X`.
    Four { negative: bool, digits: [u8; 4], significant: Option<u8> },
    /// `Y`, five digits or more, perhaps as mantissa and power of ten.
    Long { mantissa: i64, exponent: u8, significant: Option<u8> },
}

/// A date of EDTF: year, month or season, and day, as precisely as known.
///
/// Small and `Copy`; builders never allocate. Always proleptic Gregorian, and always a date that
/// can exist: a pattern such as `15XX-02-3X`, which no day fits, cannot be built.
///
/// ```
/// use letterbook_dates::value::{Component, Date, Doubt};
///
/// let date = Date::day(1850, 5, 12)?.with_doubt(Component::Year, Doubt::Uncertain);
/// assert_eq!(date.to_string(), "?1850-05-12");
/// assert_eq!(Date::day(1850, 5, 12)?.with_doubt_of_all(Doubt::Approximate).to_string(), "1850-05-12~");
/// assert_eq!(Date::month_day(5, 12)?.to_string(), "XXXX-05-12");
/// assert!(Date::day(1850, 2, 30).is_err());
/// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    pub(crate) year: Year,
    /// `01`–`12`, `21`–`41`, or digits with `X`.
    pub(crate) month: Option<[u8; 2]>,
    pub(crate) day: Option<[u8; 2]>,
    pub(crate) doubt: [Doubt; 3],
}

const UNKNOWN: [u8; 2] = *b"XX";

impl Date {
    /// A year, −9999..=9999; 0 is 1 BC.
    ///
    /// # Errors
    ///
    /// When the year is beyond that.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::year(1850)?.to_string(), "1850");
    /// assert_eq!(Date::year(0)?.to_string(), "0000");
    /// assert!(Date::year(10_000).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn year(year: i32) -> Result<Date, CalendarError> {
        gregorian::day(year, 1, 1)?;
        let digits = four_digits(year.unsigned_abs());
        let year = Year::Four { negative: year < 0, digits, significant: None };
        Ok(Date { year, month: None, day: None, doubt: [Doubt::None; 3] })
    }

    /// A month of a year.
    ///
    /// # Errors
    ///
    /// When the year is not in −9999..=9999 or the month not in 1..=12.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::month(1850, 5)?.to_string(), "1850-05");
    /// assert!(Date::month(1850, 13).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn month(year: i32, month: u8) -> Result<Date, CalendarError> {
        gregorian::day(year, month, 1)?;
        Ok(Date { month: Some(two_digits(month)), ..Date::year(year)? })
    }

    /// A day.
    ///
    /// # Errors
    ///
    /// When the proleptic Gregorian calendar has no such day.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::day(1852, 2, 29)?.to_string(), "1852-02-29");
    /// assert!(Date::day(1850, 2, 29).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn day(year: i32, month: u8, day: u8) -> Result<Date, CalendarError> {
        gregorian::day(year, month, day)?;
        Ok(Date { day: Some(two_digits(day)), ..Date::month(year, month)? })
    }

    /// A day of the common axis.
    ///
    /// # Errors
    ///
    /// When it is not in [`Day::MIN`]..=[`Day::MAX`].
    ///
    /// ```
    /// use letterbook_dates::calendar::julian;
    /// use letterbook_dates::day::Day;
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::from_day(julian::day(1917, 10, 25)?)?.to_string(), "1917-11-07");
    /// assert!(Date::from_day(Day::MAX.plus(1)).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn from_day(day: Day) -> Result<Date, CalendarError> {
        let (year, month, day) = gregorian::from_day(day);
        Date::day(year, month, day)
    }

    /// A season or quarter of a year, as `1850-22`.
    ///
    /// # Errors
    ///
    /// When the year is not in −9999..=9999.
    ///
    /// ```
    /// use letterbook_dates::value::{Date, Season};
    ///
    /// assert_eq!(Date::season(1850, Season::Summer)?.to_string(), "1850-22");
    /// assert!(Date::season(10_000, Season::Summer).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn season(year: i32, season: Season) -> Result<Date, CalendarError> {
        Ok(Date { month: Some(two_digits(season as u8)), ..Date::year(year)? })
    }

    /// The ten years from `year`, whose last digit is dropped: `184X`.
    ///
    /// # Errors
    ///
    /// When the year is not in −9999..=9999.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::decade(1843)?.to_string(), "184X");
    /// assert!(Date::decade(10_000).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn decade(year: i32) -> Result<Date, CalendarError> {
        Ok(Date::year(year)?.without_last_digits(1))
    }

    /// The hundred years of `year`, whose last two digits are dropped: `18XX`.
    ///
    /// # Errors
    ///
    /// When the year is not in −9999..=9999.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::century(1843)?.to_string(), "18XX");
    /// assert!(Date::century(10_000).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn century(year: i32) -> Result<Date, CalendarError> {
        Ok(Date::year(year)?.without_last_digits(2))
    }

    /// A day of the month without a year: `XXXX-05-12`.
    ///
    /// # Errors
    ///
    /// When no year has such a day.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::month_day(2, 29)?.to_string(), "XXXX-02-29");
    /// assert!(Date::month_day(2, 30).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn month_day(month: u8, day: u8) -> Result<Date, CalendarError> {
        // 2000 has a 29 February.
        Ok(Date::day(2000, month, day)?.without_year())
    }

    /// A month without a year: `XXXX-05`.
    ///
    /// # Errors
    ///
    /// When the month is not in 1..=12.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::month_only(5)?.to_string(), "XXXX-05");
    /// assert!(Date::month_only(0).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn month_only(month: u8) -> Result<Date, CalendarError> {
        Ok(Date::month(2000, month)?.without_year())
    }

    /// A day of some month of some year: `XXXX-XX-12`.
    ///
    /// # Errors
    ///
    /// When no month has such a day.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::day_only(12)?.to_string(), "XXXX-XX-12");
    /// assert!(Date::day_only(32).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn day_only(day: u8) -> Result<Date, CalendarError> {
        Ok(Date { month: Some(UNKNOWN), ..Date::day(2000, 1, day)?.without_year() })
    }

    /// No part known: `XXXX`.
    pub fn unknown() -> Date {
        let year = Year::Four { negative: false, digits: *b"XXXX", significant: None };
        Date { year, month: None, day: None, doubt: [Doubt::None; 3] }
    }

    /// The same with the year unknown (`XXXX`).
    #[must_use]
    pub fn without_year(self) -> Date {
        Date { year: Date::unknown().year, ..self }
    }

    /// The same with the month unknown (`XX`), where a year and a day are written.
    #[must_use]
    pub fn without_month(self) -> Date {
        Date { month: Some(UNKNOWN), ..self }
    }

    /// The same with the day unknown (`XX`), where year and month are written.
    #[must_use]
    pub fn without_day(self) -> Date {
        match self.month_number() {
            Some(month) if month > 12 => self,
            _ => Date { month: self.month.or(Some(UNKNOWN)), day: Some(UNKNOWN), ..self },
        }
    }

    /// The same with doubt on one component; a component that is not written carries none.
    #[must_use]
    pub fn with_doubt(mut self, component: Component, doubt: Doubt) -> Date {
        let nth = component as usize;
        if nth < self.n_components() {
            self.doubt[nth] = self.doubt[nth].and(doubt);
        }
        self
    }

    /// The same with doubt on every component that is written.
    #[must_use]
    pub fn with_doubt_of_all(self, doubt: Doubt) -> Date {
        self.with_doubt(Component::Year, doubt)
            .with_doubt(Component::Month, doubt)
            .with_doubt(Component::Day, doubt)
    }

    /// The doubt on a component.
    pub fn doubt(self, component: Component) -> Doubt {
        self.doubt[component as usize]
    }

    /// The year, where every digit is known and it lies in −9999..=9999.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// let year = |text: &str| text.parse::<letterbook_dates::value::Edtf>().ok()?.as_date()?.year_number();
    /// assert_eq!(year("1850-05"), Some(1850));
    /// assert_eq!(year("185X"), None);
    /// ```
    pub fn year_number(self) -> Option<i32> {
        match self.year {
            Year::Four { negative, digits, .. } => {
                let year = number(&digits)?;
                Some(if negative { -year } else { year })
            }
            Year::Long { .. } => None,
        }
    }

    /// The month, 1..=12, or the season, 21..=41, where both digits are known.
    pub fn month_number(self) -> Option<u8> {
        self.month.and_then(|digits| number(&digits)).map(|month| month as u8)
    }

    /// The day of the month, where both digits are known.
    pub fn day_number(self) -> Option<u8> {
        self.day.and_then(|digits| number(&digits)).map(|day| day as u8)
    }

    /// The day on the common axis, where year, month and day are all known.
    ///
    /// ```
    /// use letterbook_dates::value::Date;
    ///
    /// assert_eq!(Date::day(1, 1, 1)?.to_day().unwrap().0, 1);
    /// assert_eq!(Date::month(1850, 5)?.to_day(), None);
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn to_day(self) -> Option<Day> {
        gregorian::day(self.year_number()?, self.month_number()?, self.day_number()?).ok()
    }

    /// How many components are written, 1..=3.
    pub(crate) fn n_components(self) -> usize {
        1 + usize::from(self.month.is_some()) + usize::from(self.day.is_some())
    }

    fn without_last_digits(mut self, n: usize) -> Date {
        if let Year::Four { digits, .. } = &mut self.year {
            digits[4 - n..].fill(b'X');
        }
        self
    }
}

/// Whether every digit of the pattern is a digit or `X` and `value` fits it.
pub(crate) fn fits(pattern: &[u8], value: u32) -> bool {
    let mut rest = value;
    for &digit in pattern.iter().rev() {
        if digit != b'X' && u32::from(digit - b'0') != rest % 10 {
            return false;
        }
        rest /= 10;
    }
    rest == 0
}

/// The number that the digits write; none when one is `X`.
pub(crate) fn number(digits: &[u8]) -> Option<i32> {
    digits
        .iter()
        .try_fold(0, |sum, &digit| (digit != b'X').then(|| 10 * sum + i32::from(digit - b'0')))
}

fn four_digits(number: u32) -> [u8; 4] {
    [1000, 100, 10, 1].map(|place| b'0' + (number / place % 10) as u8)
}

fn two_digits(number: u8) -> [u8; 2] {
    [b'0' + number / 10 % 10, b'0' + number % 10]
}
