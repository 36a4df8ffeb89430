//! The level of EDTF that a value needs.

use super::{Date, Doubt, End, Shape, Year};

/// Where a date stands; the level of some features depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Alone,
    Interval,
    Set,
}

/// The level of the canonical form of a value.
pub(super) fn level_of(shape: &Shape) -> u8 {
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
fn level_of_date(date: Date, place: Place) -> u8 {
    level_of_digits(date, place).max(level_of_doubt(date, place))
}

/// The level that year, season and unspecified digits need.
pub(crate) fn level_of_digits(date: Date, place: Place) -> u8 {
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
pub(crate) fn shared_doubt(date: Date) -> (usize, Doubt) {
    let first = date.doubt[0];
    if first == Doubt::None {
        return (0, Doubt::None);
    }
    let n = date.doubt[..date.n_components()].iter().take_while(|&&doubt| doubt == first).count();
    (n, first)
}
