//! The canonical form.

use std::fmt::{self, Write};

use crate::value::{Component, Date, Edtf, End, Item, Shape, Time, Year, Zone, shared_doubt};

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
