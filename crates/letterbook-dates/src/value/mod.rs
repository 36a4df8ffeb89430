//! The value of a date: what is known of it, as EDTF can say it.
//!
//! Shapes, bounds and order of the values of EDTF (ISO 8601-2:2019 clause 4 to 14 in the profile of
//! the Library of Congress, levels 0–2). Reading and writing the strings is [`edtf`](crate::edtf).
//! A value knows nothing of text or of the calendar that the page used.

mod bounds;
mod date;
mod level;

pub use bounds::Bound;
pub use date::{Component, Date, Doubt, Season};
pub(crate) use date::{Year, fits, number};
pub(crate) use level::{Place, level_of_digits, shared_doubt};

use std::cmp::Ordering;

use crate::calendar::CalendarError;
use crate::day::Day;

/// An EDTF value: a date, a date with a time of day, an interval, or a set.
///
/// Made by [`Edtf::parse`], by builders, or from a [`Date`]. `Display` writes the canonical form.
/// Two values are equal when they say the same, however they were written.
///
/// ```
/// use letterbook_dates::value::{Date, Edtf};
///
/// let stay = Edtf::interval(Date::month(1813, 6)?, Date::day(1813, 7, 4)?)?;
/// assert_eq!(stay.to_string(), "1813-06/1813-07-04");
/// assert!(Edtf::interval(Date::year(1814)?, Date::year(1813)?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Edtf {
    pub(crate) shape: Shape,
    /// The level of the form written, which the canonical form may undercut (`%2001`).
    pub(crate) level: u8,
    pub(crate) departure: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    Date(Date),
    DateTime(Date, Time),
    Interval(End, End),
    Set { all: bool, items: Vec<Item> },
}

/// A time of day, without the fraction of its second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Time {
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u8,
    pub(crate) zone: Zone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Zone {
    Local,
    Utc,
    /// Ahead of UTC, in hours, as `+04`.
    Hours(i8),
    /// Ahead of UTC, in minutes, as `+04:30`.
    Minutes(i16),
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// A date.
    At(Date),
    /// `..`: the interval has no such end.
    Open,
    /// Nothing written: there is an end, but it is not known.
    Unknown,
}

impl From<Date> for End {
    fn from(date: Date) -> End {
        End::At(date)
    }
}

/// One element of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// A date.
    One(Date),
    /// `a..b`: every date of that precision from the first to the second.
    Range(Date, Date),
    /// `..a`, only as the first element.
    UpTo(Date),
    /// `a..`, only as the last element.
    From(Date),
}

/// Why a value cannot be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueError {
    /// A date is none.
    Date(CalendarError),
    /// An interval or range ends before it begins.
    EndBeforeStart,
    /// A set has no element.
    EmptySet,
    /// An open range stands elsewhere than at the start (`..a`) or the end (`a..`) of a set.
    OpenRangeWithin,
    /// A year of more than four digits stands in an interval or a set.
    LongYearWithin,
}

impl std::fmt::Display for ValueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ValueError::Date(error) => error.fmt(f),
            ValueError::EndBeforeStart => {
                f.write_str("expected an end that is not before the start")
            }
            ValueError::EmptySet => f.write_str("expected a date in the set, but found none"),
            ValueError::OpenRangeWithin => f.write_str(
                "expected an open range first or last in its set, but found it between others",
            ),
            ValueError::LongYearWithin => f.write_str(
                "expected a year of four digits in an interval or set, but found a longer one",
            ),
        }
    }
}

impl std::error::Error for ValueError {}

impl From<CalendarError> for ValueError {
    fn from(error: CalendarError) -> ValueError {
        ValueError::Date(error)
    }
}

impl Edtf {
    /// A day of the common axis.
    ///
    /// # Errors
    ///
    /// When it is not in [`Day::MIN`]..=[`Day::MAX`].
    ///
    /// ```
    /// use letterbook_dates::calendar::gregorian;
    /// use letterbook_dates::day::Day;
    /// use letterbook_dates::value::Edtf;
    ///
    /// assert_eq!(Edtf::from_day(gregorian::day(1850, 5, 12)?)?.to_string(), "1850-05-12");
    /// assert!(Edtf::from_day(Day::MIN.plus(-1)).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn from_day(day: Day) -> Result<Edtf, CalendarError> {
        Ok(Date::from_day(day)?.into())
    }

    /// The days from the first to the last, as an interval; one day as a plain date.
    ///
    /// # Errors
    ///
    /// When a day is not in [`Day::MIN`]..=[`Day::MAX`], or the last is before the first.
    ///
    /// ```
    /// use letterbook_dates::calendar::gregorian;
    /// use letterbook_dates::value::Edtf;
    ///
    /// let (first, last) = (gregorian::day(1850, 5, 12)?, gregorian::day(1850, 5, 14)?);
    /// assert_eq!(Edtf::from_days(first, last)?.to_string(), "1850-05-12/1850-05-14");
    /// assert_eq!(Edtf::from_days(first, first)?.to_string(), "1850-05-12");
    /// assert!(Edtf::from_days(last, first).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_days(first: Day, last: Day) -> Result<Edtf, ValueError> {
        if first == last {
            return Ok(Edtf::from_day(first)?);
        }
        Edtf::interval(Date::from_day(first)?, Date::from_day(last)?)
    }

    /// From one end to the other, as `1850-05/1850-06` or, with an [`End::Open`], `1850/..`.
    ///
    /// # Errors
    ///
    /// When the end is before the start, or a year has more than four digits.
    ///
    /// ```
    /// use letterbook_dates::value::{Date, Edtf, End};
    ///
    /// let open = Edtf::interval(End::Open, Date::year(1850)?)?;
    /// assert_eq!(open.to_string(), "../1850");
    /// assert!(Edtf::interval(Date::month(1850, 6)?, Date::month(1850, 5)?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn interval(start: impl Into<End>, end: impl Into<End>) -> Result<Edtf, ValueError> {
        let (start, end) = (start.into(), end.into());
        for bound in [start, end] {
            if let End::At(Date { year: Year::Long { .. }, .. }) = bound {
                return Err(ValueError::LongYearWithin);
            }
        }
        if let (End::At(start), End::At(end)) = (start, end)
            && bounds::is_reversed(start, end)
        {
            return Err(ValueError::EndBeforeStart);
        }
        Ok(Edtf::canonical(Shape::Interval(start, end)))
    }

    /// Since a date, without end: `1850/..`.
    ///
    /// # Errors
    ///
    /// When the year has more than four digits.
    ///
    /// ```
    /// use letterbook_dates::value::{Date, Edtf};
    ///
    /// assert_eq!(Edtf::since(Date::year(1850)?)?.to_string(), "1850/..");
    /// let far = Edtf::parse("Y12345")?.as_date().unwrap();
    /// assert!(Edtf::since(far).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn since(start: Date) -> Result<Edtf, ValueError> {
        Edtf::interval(start, End::Open)
    }

    /// Some time not after a date: `[..1850]`.
    ///
    /// # Errors
    ///
    /// When the year has more than four digits.
    ///
    /// ```
    /// use letterbook_dates::value::{Date, Edtf};
    ///
    /// assert_eq!(Edtf::not_after(Date::year(1850)?)?.to_string(), "[..1850]");
    /// let far = Edtf::parse("Y12345")?.as_date().unwrap();
    /// assert!(Edtf::not_after(far).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn not_after(last: Date) -> Result<Edtf, ValueError> {
        Edtf::one_of(vec![Item::UpTo(last)])
    }

    /// Some time not before a date: `[1850..]`.
    ///
    /// # Errors
    ///
    /// When the year has more than four digits.
    ///
    /// ```
    /// use letterbook_dates::value::{Date, Edtf};
    ///
    /// assert_eq!(Edtf::not_before(Date::year(1850)?)?.to_string(), "[1850..]");
    /// let far = Edtf::parse("Y12345")?.as_date().unwrap();
    /// assert!(Edtf::not_before(far).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn not_before(first: Date) -> Result<Edtf, ValueError> {
        Edtf::one_of(vec![Item::From(first)])
    }

    /// One unknown day, month or year from `first` to `last`: `[1850-05-01..1850-05-10]`.
    ///
    /// # Errors
    ///
    /// When `last` is before `first`, or a year has more than four digits.
    ///
    /// ```
    /// use letterbook_dates::value::{Date, Edtf};
    ///
    /// let (first, last) = (Date::day(1850, 5, 1)?, Date::day(1850, 5, 10)?);
    /// assert_eq!(Edtf::within(first, last)?.to_string(), "[1850-05-01..1850-05-10]");
    /// assert!(Edtf::within(last, first).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn within(first: Date, last: Date) -> Result<Edtf, ValueError> {
        Edtf::one_of(vec![Item::Range(first, last)])
    }

    /// One of several, it is not known which: `[1850-10-12,1850-12-10]`.
    ///
    /// # Errors
    ///
    /// When the set is empty, a range runs backwards, or an open range stands between others.
    ///
    /// ```
    /// use letterbook_dates::value::{Date, Edtf, Item};
    ///
    /// let days = vec![Item::One(Date::day(1850, 10, 12)?), Item::One(Date::day(1850, 12, 10)?)];
    /// assert_eq!(Edtf::one_of(days)?.to_string(), "[1850-10-12,1850-12-10]");
    /// assert!(Edtf::one_of(Vec::new()).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn one_of(items: Vec<Item>) -> Result<Edtf, ValueError> {
        Edtf::set(false, items)
    }

    /// All of several: `{1850-05-12,1850-05-14}`.
    ///
    /// # Errors
    ///
    /// When the set is empty, a range runs backwards, or an open range stands between others.
    ///
    /// ```
    /// use letterbook_dates::value::{Date, Edtf, Item};
    ///
    /// let days = vec![Item::One(Date::day(1850, 5, 12)?), Item::One(Date::day(1850, 5, 14)?)];
    /// assert_eq!(Edtf::all_of(days)?.to_string(), "{1850-05-12,1850-05-14}");
    /// let open = vec![Item::One(Date::year(1850)?), Item::UpTo(Date::year(1860)?)];
    /// assert!(Edtf::all_of(open).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn all_of(items: Vec<Item>) -> Result<Edtf, ValueError> {
        Edtf::set(true, items)
    }

    fn set(all: bool, items: Vec<Item>) -> Result<Edtf, ValueError> {
        if items.is_empty() {
            return Err(ValueError::EmptySet);
        }
        for (nth, item) in items.iter().enumerate() {
            let (first, last) = match *item {
                Item::One(date) => (date, None),
                Item::Range(first, last) => (first, Some(last)),
                Item::UpTo(date) if nth == 0 => (date, None),
                Item::From(date) if nth + 1 == items.len() => (date, None),
                Item::UpTo(_) | Item::From(_) => return Err(ValueError::OpenRangeWithin),
            };
            for date in [Some(first), last].into_iter().flatten() {
                if let Year::Long { .. } = date.year {
                    return Err(ValueError::LongYearWithin);
                }
            }
            if last.is_some_and(|last| bounds::is_reversed(first, last)) {
                return Err(ValueError::EndBeforeStart);
            }
        }
        Ok(Edtf::canonical(Shape::Set { all, items }))
    }

    /// The plain date, where the value is one.
    pub fn as_date(&self) -> Option<Date> {
        match self.shape {
            Shape::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Start and end, where the value is an interval.
    ///
    /// ```
    /// use letterbook_dates::value::{Edtf, End};
    ///
    /// assert!(matches!(Edtf::parse("1850/..")?.as_interval(), Some((End::At(_), End::Open))));
    /// assert!(Edtf::parse("1850")?.as_interval().is_none());
    /// # Ok::<(), letterbook_dates::edtf::EdtfError>(())
    /// ```
    pub fn as_interval(&self) -> Option<(End, End)> {
        match self.shape {
            Shape::Interval(start, end) => Some((start, end)),
            _ => None,
        }
    }

    /// The elements, where the value is a set, with whether all of them are meant.
    ///
    /// ```
    /// use letterbook_dates::value::Edtf;
    ///
    /// let either = Edtf::parse("[1850,1852]")?;
    /// let (all, items) = either.as_set().unwrap();
    /// assert!(!all && items.len() == 2);
    /// assert!(Edtf::parse("1850/1852")?.as_set().is_none());
    /// # Ok::<(), letterbook_dates::edtf::EdtfError>(())
    /// ```
    pub fn as_set(&self) -> Option<(bool, &[Item])> {
        match &self.shape {
            Shape::Set { all, items } => Some((*all, items)),
            _ => None,
        }
    }

    /// The single day that the value names, without regard to doubt.
    ///
    /// ```
    /// use letterbook_dates::value::Edtf;
    ///
    /// assert!(Edtf::parse("1850-05-12?")?.to_day().is_some());
    /// assert_eq!(Edtf::parse("1850-05")?.to_day(), None);
    /// # Ok::<(), letterbook_dates::edtf::EdtfError>(())
    /// ```
    pub fn to_day(&self) -> Option<Day> {
        match self.shape {
            Shape::Date(date) | Shape::DateTime(date, _) => date.to_day(),
            _ => None,
        }
    }

    /// The EDTF level of the form, 0..=2.
    ///
    /// A parsed value answers for the string that was parsed; a built one for its canonical form.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// What was read although the profile does not allow it, such as spaces in a set.
    ///
    /// The canonical form does not have it.
    ///
    /// ```
    /// use letterbook_dates::value::Edtf;
    ///
    /// assert!(Edtf::parse("{1850, 1852}")?.departure().is_some());
    /// assert_eq!(Edtf::parse("{1850,1852}")?.departure(), None);
    /// # Ok::<(), letterbook_dates::edtf::EdtfError>(())
    /// ```
    pub fn departure(&self) -> Option<&'static str> {
        self.departure
    }

    /// The value in its canonical form, whose level may be lower than that of the string parsed.
    pub(crate) fn canonical(shape: Shape) -> Edtf {
        let level = level::level_of(&shape);
        Edtf { shape, level, departure: None }
    }

    /// How the value lies to another on the day axis, where that is certain.
    ///
    /// `Less` when it ends before the other begins, `Greater` when it begins after the other ends,
    /// `Equal` when both have the same two days as bounds, and none when they overlap otherwise.
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use letterbook_dates::value::Edtf;
    ///
    /// let order = |a, b| Edtf::parse(a).unwrap().compare(&Edtf::parse(b).unwrap());
    /// assert_eq!(order("1850-05", "1850-06-01"), Some(Ordering::Less));
    /// assert_eq!(order("1850/..", "1849"), Some(Ordering::Greater));
    /// assert_eq!(order("1850-05", "1850-05-12"), None);
    /// ```
    pub fn compare(&self, other: &Edtf) -> Option<Ordering> {
        let (mine, theirs) = ((self.earliest(), self.latest()), (other.earliest(), other.latest()));
        if mine.1.is_before(theirs.0) {
            Some(Ordering::Less)
        } else if theirs.1.is_before(mine.0) {
            Some(Ordering::Greater)
        } else if mine == theirs && mine.0.is_known() && mine.1.is_known() {
            Some(Ordering::Equal)
        } else {
            None
        }
    }

    /// Whether the day may be meant, going by the bounds.
    ///
    /// ```
    /// use letterbook_dates::calendar::gregorian;
    /// use letterbook_dates::value::Edtf;
    ///
    /// let before = Edtf::parse("[..1850]").unwrap();
    /// assert!(before.may_be(gregorian::day(1849, 5, 12).unwrap()));
    /// assert!(!before.may_be(gregorian::day(1851, 5, 12).unwrap()));
    /// ```
    pub fn may_be(&self, day: Day) -> bool {
        let day = Bound::Day(day);
        !day.is_before(self.earliest()) && !self.latest().is_before(day)
    }
}

impl From<Date> for Edtf {
    fn from(date: Date) -> Edtf {
        Edtf::canonical(Shape::Date(date))
    }
}

impl PartialEq for Edtf {
    fn eq(&self, other: &Edtf) -> bool {
        self.shape == other.shape
    }
}

impl Eq for Edtf {}

impl std::hash::Hash for Edtf {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.shape.hash(state);
    }
}
