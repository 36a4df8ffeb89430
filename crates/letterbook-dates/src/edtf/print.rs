//! The canonical form, and its level.

use std::fmt::{self, Write};

use crate::value::{Component, Date, Doubt, Edtf, End, Item, Shape, Time, Year, Zone};

/// Where a date stands; the level of some features depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Alone,
    Interval,
    Set,
}

/// The level of the canonical form of a value.
pub(crate) fn level_of(shape: &Shape) -> u8 {
    match shape {
        Shape::Date(date) | Shape::DateTime(date, _) => level_of_date(*date, Place::Alone),
        Shape::Interval(start, end) => [start, end]
            .into_iter()
            .map(|end| match end {
                End::At(date) => level_of_date(*date, Place::Interval),
                End::Open | End::Unknown => 1,
            })
            .fold(0, u8::max),
        Shape::Set { .. } => 2,
    }
}

/// The level that the components of a date need, doubt included.
pub(super) fn level_of_date(date: Date, place: Place) -> u8 {
    level_of_digits(date, place).max(level_of_doubt(date, place))
}

/// The level that year, season and unspecified digits need.
pub(super) fn level_of_digits(date: Date, place: Place) -> u8 {
    let of_year = match date.year {
        Year::Four { significant: Some(_), .. } | Year::Long { significant: Some(_), .. } => 2,
        Year::Long { exponent, .. } => 1 + u8::from(exponent > 0),
        Year::Four { negative, .. } => u8::from(negative),
    };
    let of_season = match date.month_number() {
        Some(21..=24) => 1,
        Some(25..) => 2,
        _ => 0,
    };
    let of_unspecified = if !date.has_unspecified() {
        0
    } else if place == Place::Alone && is_unspecified_from_the_right(date) {
        1
    } else {
        2
    };
    of_year.max(of_season).max(of_unspecified)
}

fn level_of_doubt(date: Date, place: Place) -> u8 {
    if date.doubt.iter().all(|&doubt| doubt == Doubt::None) {
        0
    } else if shared_doubt(date).0 == date.n_components() {
        let season_alone =
            place == Place::Alone && date.month_number().is_some_and(|month| month > 12);
        1 + u8::from(season_alone)
    } else {
        2
    }
}

/// Whether the unspecified digits are those that level 1 allows: `201X`, `20XX`, `2004-XX`,
/// `1985-04-XX`, `1985-XX-XX`, and a date of which nothing is known.
fn is_unspecified_from_the_right(date: Date) -> bool {
    let Year::Four { digits, .. } = date.year else {
        return false;
    };
    let known = digits.iter().take_while(|&&digit| digit != b'X').count();
    if digits[known..].iter().any(|&digit| digit != b'X') {
        return false;
    }
    let whole = |part: Option<[u8; 2]>| part.is_none_or(|digits| digits == *b"XX");
    match (known, date.month, date.day) {
        (2..=3, None, None) => true,
        (0, month, day) => whole(month) && whole(day),
        (4, Some(_), None) => whole(date.month),
        (4, Some(_), Some(_)) => {
            whole(date.day) && (whole(date.month) || date.month_number().is_some())
        }
        _ => false,
    }
}

/// How many leading components share one doubt, and that doubt; 0 when the year has none.
fn shared_doubt(date: Date) -> (usize, Doubt) {
    let first = date.doubt[0];
    if first == Doubt::None {
        return (0, Doubt::None);
    }
    let n = date.doubt[..date.n_components()].iter().take_while(|&&doubt| doubt == first).count();
    (n, first)
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.shape {
            Shape::Date(date) => date.fmt(f),
            Shape::DateTime(date, time) => write!(f, "{date}T{time}"),
            Shape::Interval(start, end) => write!(f, "{start}/{end}"),
            Shape::Set { all, items } => {
                let (open, close) = if *all { ('{', '}') } else { ('[', ']') };
                for (nth, item) in items.iter().enumerate() {
                    f.write_char(if nth == 0 { open } else { ',' })?;
                    item.fmt(f)?;
                }
                f.write_char(close)
            }
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::At(date) => date.fmt(f),
            End::Open => f.write_str(".."),
            End::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::One(date) => date.fmt(f),
            Item::Range(first, last) => write!(f, "{first}..{last}"),
            Item::UpTo(date) => write!(f, "..{date}"),
            Item::From(date) => write!(f, "{date}.."),
        }
    }
}

/// One doubt over the leading components is written after the last of them (`2004-06~-11`), unless
/// it is on the year alone; any other before its component (`?1850-05-12`).
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_components = self.n_components();
        let (n_shared, shared) = shared_doubt(*self);
        let is_group = n_shared > 1 || n_shared == n_components;
        for nth in 0..n_components {
            if nth > 0 {
                f.write_char('-')?;
            }
            if let Some(sign) = self.doubt[nth].sign()
                && (!is_group || nth >= n_shared)
            {
                f.write_char(sign)?;
            }
            match nth {
                0 => self.year.fmt(f)?,
                1 => write_digits(f, &self.month.unwrap_or_default())?,
                _ => write_digits(f, &self.day.unwrap_or_default())?,
            }
            if let Some(sign) = shared.sign()
                && is_group
                && nth + 1 == n_shared
            {
                f.write_char(sign)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let significant = match self {
            Year::Four { negative, digits, significant } => {
                if *negative {
                    f.write_char('-')?;
                }
                write_digits(f, digits)?;
                significant
            }
            Year::Long { mantissa, exponent, significant } => {
                write!(f, "Y{mantissa}")?;
                if *exponent > 0 {
                    write!(f, "E{exponent}")?;
                }
                significant
            }
        };
        match significant {
            Some(significant) => write!(f, "S{significant}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        let sign = |negative| if negative { '-' } else { '+' };
        match self.zone {
            Zone::Local => Ok(()),
            Zone::Utc => f.write_char('Z'),
            Zone::Hours(hours) => write!(f, "{}{:02}", sign(hours < 0), hours.unsigned_abs()),
            Zone::Minutes(minutes) => {
                let n = minutes.unsigned_abs();
                write!(f, "{}{:02}:{:02}", sign(minutes < 0), n / 60, n % 60)
            }
        }
    }
}

fn write_digits(f: &mut fmt::Formatter<'_>, digits: &[u8]) -> fmt::Result {
    digits.iter().try_for_each(|&digit| f.write_char(char::from(digit)))
}

impl Component {
    pub(super) const ALL: [Component; 3] = [Component::Year, Component::Month, Component::Day];
}
