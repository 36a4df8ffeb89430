//! The first and the last day that a value can mean.

use std::fmt;

use super::{Date, Edtf, End, Item, Shape, Year, fits};
use crate::calendar::gregorian;
use crate::day::Day;

/// The first or the last day of a value.
///
/// `Display` writes an ISO 8601 date, `..` for none, and nothing for an unknown one.
///
/// ```
/// use letterbook_dates::value::{Bound, Edtf};
///
/// assert_eq!(Edtf::parse("1850/..")?.latest(), Bound::Open);
/// assert_eq!(Edtf::parse("1850/")?.latest(), Bound::Unknown);
/// assert_eq!(Edtf::parse("Y12345")?.latest(), Bound::Far(12_345, 12, 31));
/// # Ok::<(), letterbook_dates::edtf::EdtfError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// There is none: `..`.
    Open,
    /// There is one, not known: the missing end of `1850/`.
    Unknown,
    /// A day.
    Day(Day),
    /// A day of a year beyond −9999..=9999, which is not on the day axis: year, month, day.
    Far(i64, u8, u8),
}

impl Bound {
    /// The day, where it is one of the axis.
    pub fn day(self) -> Option<Day> {
        match self {
            Bound::Day(day) => Some(day),
            _ => None,
        }
    }

    /// Whether it is a day, on the axis or beyond.
    pub fn is_known(self) -> bool {
        matches!(self, Bound::Day(_) | Bound::Far(..))
    }

    /// Whether both are known and this one is the earlier.
    pub(super) fn is_before(self, other: Bound) -> bool {
        self.is_known() && other.is_known() && self.order() < other.order()
    }

    fn order(self) -> (i64, u8, u8) {
        match self {
            Bound::Day(day) => {
                let (year, month, day) = gregorian::from_day(day);
                (i64::from(year), month, day)
            }
            Bound::Far(year, month, day) => (year, month, day),
            Bound::Open | Bound::Unknown => (0, 0, 0),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::Open => f.write_str(".."),
            Bound::Unknown => Ok(()),
            Bound::Day(_) | Bound::Far(..) => {
                let (year, month, day) = self.order();
                let sign = if year < 0 { "-" } else { "" };
                write!(f, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
            }
        }
    }
}

impl Edtf {
    /// The earliest and the latest day that the value can mean.
    ///
    /// None where it is open, unknown, or beyond −9999..=9999; [`Edtf::earliest`] and
    /// [`Edtf::latest`] tell these apart. Doubt (`?`, `~`) does not widen the bounds, and the
    /// seasons are those of the table in [`Season`](super::Season).
    ///
    /// ```
    /// use letterbook_dates::calendar::gregorian;
    /// use letterbook_dates::value::Edtf;
    ///
    /// let (first, last) = Edtf::parse("1850-02")?.bounds();
    /// assert_eq!(first.map(gregorian::from_day), Some((1850, 2, 1)));
    /// assert_eq!(last.map(gregorian::from_day), Some((1850, 2, 28)));
    /// assert_eq!(Edtf::parse("1850/..")?.bounds().1, None);
    /// # Ok::<(), letterbook_dates::edtf::EdtfError>(())
    /// ```
    pub fn bounds(&self) -> (Option<Day>, Option<Day>) {
        (self.earliest().day(), self.latest().day())
    }

    /// The earliest day that the value can mean.
    pub fn earliest(&self) -> Bound {
        match &self.shape {
            Shape::Date(date) | Shape::DateTime(date, _) => date.earliest(),
            Shape::Interval(start, _) => of_end(*start, Date::earliest),
            Shape::Set { items, .. } => items
                .iter()
                .map(|item| match *item {
                    Item::One(date) | Item::Range(date, _) | Item::From(date) => date.earliest(),
                    Item::UpTo(_) => Bound::Open,
                })
                .reduce(|one, two| if one.is_known() && two.is_before(one) { two } else { one })
                .unwrap_or(Bound::Unknown),
        }
    }

    /// The latest day that the value can mean.
    pub fn latest(&self) -> Bound {
        match &self.shape {
            Shape::Date(date) | Shape::DateTime(date, _) => date.latest(),
            Shape::Interval(_, end) => of_end(*end, Date::latest),
            Shape::Set { items, .. } => items
                .iter()
                .map(|item| match *item {
                    Item::One(date) | Item::Range(_, date) | Item::UpTo(date) => date.latest(),
                    Item::From(_) => Bound::Open,
                })
                .reduce(|one, two| if !two.is_known() || one.is_before(two) { two } else { one })
                .unwrap_or(Bound::Unknown),
        }
    }
}

fn of_end(end: End, of_date: impl Fn(Date) -> Bound) -> Bound {
    match end {
        End::At(date) => of_date(date),
        End::Open => Bound::Open,
        End::Unknown => Bound::Unknown,
    }
}

/// Whether an interval between two dates would run backwards.
///
/// An end that is coarser than the start (`0000-02/0000`) begins before it and is refused; an end
/// with unspecified digits may be any day that fits, and one of them must not be before the start.
pub(super) fn is_reversed(start: Date, end: Date) -> bool {
    let end = if end.has_unspecified() { end.latest() } else { end.earliest() };
    end.is_before(start.earliest())
}

/// The span of a season or sub-year grouping: its first and its last month.
fn grouping(number: u8) -> (u8, u8) {
    match number {
        21 | 25 | 31 => (3, 5),
        22 | 26 | 32 => (6, 8),
        23 | 27 | 29 => (9, 11),
        // Winter, north and south alike as the year is written: the part that lies in it.
        24 | 28 | 30 => (12, 12),
        33..=36 => (3 * (number - 33) + 1, 3 * (number - 33) + 3),
        37..=39 => (4 * (number - 37) + 1, 4 * (number - 37) + 4),
        40 => (1, 6),
        41 => (7, 12),
        _ => (1, 12),
    }
}

impl Date {
    /// Whether an `X` is written.
    pub(crate) fn has_unspecified(self) -> bool {
        let of_year = match self.year {
            Year::Four { digits, .. } => digits.contains(&b'X'),
            Year::Long { .. } => false,
        };
        of_year || [self.month, self.day].into_iter().flatten().any(|digits| digits.contains(&b'X'))
    }

    /// Whether some day fits the pattern.
    pub(crate) fn exists(self) -> bool {
        self.extreme(false).is_some()
    }

    /// The earliest day that the date can mean.
    pub fn earliest(self) -> Bound {
        self.bound(false)
    }

    /// The latest day that the date can mean.
    pub fn latest(self) -> Bound {
        self.bound(true)
    }

    fn bound(self, last: bool) -> Bound {
        if let Year::Long { mantissa, exponent, significant } = self.year {
            // The parser has checked that the year fits.
            let year = mantissa.saturating_mul(10_i64.saturating_pow(u32::from(exponent)));
            let year = significant_bound(year, significant, last);
            return if last { Bound::Far(year, 12, 31) } else { Bound::Far(year, 1, 1) };
        }
        self.extreme(last).map_or(Bound::Unknown, Bound::Day)
    }

    /// The first or last day of a year of four digits that fits the pattern.
    fn extreme(self, last: bool) -> Option<Day> {
        if let Some(day) = self.to_day() {
            return Some(day);
        }
        let Year::Four { negative, digits, significant } = self.year else {
            return None;
        };
        let n_unspecified = digits.iter().filter(|&&digit| digit == b'X').count() as u32;
        let n_years = 10_u32.pow(n_unspecified);
        // Going back in time is going up in number before the year 0.
        let descending = last != negative;
        for nth in 0..n_years {
            let nth = if descending { n_years - 1 - nth } else { nth };
            let year = fill(&digits, nth);
            if negative && year == 0 {
                continue;
            }
            let year = if negative { -year } else { year };
            let year =
                significant_bound(i64::from(year), significant, last).clamp(-9999, 9999) as i32;
            if let Some(day) = self.extreme_of_year(year, last) {
                return Some(day);
            }
        }
        None
    }

    fn extreme_of_year(self, year: i32, last: bool) -> Option<Day> {
        let month_of = |nth: u8| if last { 12 - nth } else { 1 + nth };
        let (first_month, last_month) = match (self.month, self.month_number()) {
            (Some(_), Some(number)) if number > 12 => {
                let (first, last_month) = grouping(number);
                let month = if last { last_month } else { first };
                return self.extreme_of_month(year, month, last);
            }
            (_, Some(number)) => (number, number),
            _ => (1, 12),
        };
        (0..12)
            .map(month_of)
            .filter(|month| (first_month..=last_month).contains(month))
            .filter(|&month| self.month.is_none_or(|digits| fits(&digits, u32::from(month))))
            .find_map(|month| self.extreme_of_month(year, month, last))
    }

    fn extreme_of_month(self, year: i32, month: u8, last: bool) -> Option<Day> {
        let length = gregorian::month_length(year, month);
        let day_of = |nth: u8| if last { length - nth } else { 1 + nth };
        let day = (0..length)
            .map(day_of)
            .find(|&day| self.day.is_none_or(|digits| fits(&digits, u32::from(day))))?;
        gregorian::day(year, month, day).ok()
    }
}

/// The number with its `X`s replaced by the digits of `nth`.
fn fill(digits: &[u8; 4], mut nth: u32) -> i32 {
    let mut year = 0;
    let mut place = 1;
    for &digit in digits.iter().rev() {
        let value = if digit == b'X' {
            let value = nth % 10;
            nth /= 10;
            value
        } else {
            u32::from(digit - b'0')
        };
        year += value * place;
        place *= 10;
    }
    year as i32
}

/// The first or last year that agrees with `year` in its leading significant digits.
fn significant_bound(year: i64, significant: Option<u8>, last: bool) -> i64 {
    let Some(significant) = significant else {
        return year;
    };
    let n_digits = year.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
    let free = n_digits.saturating_sub(u32::from(significant));
    let step = 10_i64.saturating_pow(free);
    let towards_zero = year / step * step;
    let away = towards_zero.saturating_add(if year < 0 { 1 - step } else { step - 1 });
    if (year < 0) == last { towards_zero } else { away }
}
