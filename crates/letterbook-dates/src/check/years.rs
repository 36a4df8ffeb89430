//! Numbers of years between two dates: anniversaries, bounds, ages.

use super::{Outcome, iso};
use crate::calendar::gregorian;
use crate::day::Day;

/// Whether the `n`-th anniversary of an event of a year is kept in the year of the letter.
///
/// A conflict computes the year in which it would be.
///
/// ```
/// use letterbook_dates::check::{Verdict, anniversary};
///
/// assert_eq!(anniversary(1850, 50, 1800).verdict, Verdict::Ok);
/// assert_eq!(
///     anniversary(1850, 49, 1800).message,
///     "expected an event of 1801 for anniversary 49 in 1850, but found 1800: \
///      the letter is of 1849, or the number is 50",
/// );
/// ```
pub fn anniversary(letter_year: i32, n: i32, event_year: i32) -> Outcome {
    let computed = event_year.saturating_add(n);
    if computed == letter_year {
        return Outcome::ok(format!("anniversary {n} of {event_year} is in {computed}"))
            .with_years([computed]);
    }
    Outcome::conflict(format!(
        "expected an event of {} for anniversary {n} in {letter_year}, but found {event_year}: \
         the letter is of {computed}, or the number is {}",
        letter_year.saturating_sub(n),
        letter_year.saturating_sub(event_year)
    ))
    .with_years([computed])
}

/// The year in which the `n`-th anniversary of an event is kept, for a letter without a year.
///
/// Computes the year, and the day of the anniversary, near which the letter was written.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::anniversary_year;
///
/// let outcome = anniversary_year(61, gregorian::day(1945, 10, 10).unwrap());
/// assert_eq!(outcome.computed[0].to_string(), "2006");
/// assert_eq!(outcome.computed[1].to_string(), "2006-10-10");
/// ```
pub fn anniversary_year(n: i32, event: Day) -> Outcome {
    let (event_year, month, day) = gregorian::from_day(event);
    let year = event_year.saturating_add(n);
    let anniversary = gregorian::day(year, month, day).ok();
    let near = anniversary.map(iso).unwrap_or_default();
    Outcome::ok(format!(
        "anniversary {n} of {} gives the year {year}; the letter is near {near}",
        iso(event)
    ))
    .with_years([year])
    .with_days(anniversary)
}

/// Whether several anniversaries, each a number and the year of its event, fall in one year.
///
/// Computes the years that they give, each once.
///
/// ```
/// use letterbook_dates::check::{Verdict, anniversaries};
///
/// assert_eq!(anniversaries(&[(61, 1945), (58, 1948)]).verdict, Verdict::Ok);
/// assert_eq!(anniversaries(&[(61, 1945), (58, 1950)]).verdict, Verdict::Conflict);
/// ```
pub fn anniversaries(constraints: &[(i32, i32)]) -> Outcome {
    let mut years: Vec<i32> =
        constraints.iter().map(|(n, event)| event.saturating_add(*n)).collect();
    years.dedup();
    let written: Vec<String> = years.iter().map(i32::to_string).collect();
    match years.as_slice() {
        [] => Outcome::ok("no anniversary is named".to_owned()),
        [year] => Outcome::ok(format!("all anniversaries give {year}")).with_years([*year]),
        _ => Outcome::conflict(format!(
            "expected anniversaries that give one year, but found {}",
            written.join(" against ")
        ))
        .with_years(years),
    }
}

/// How a number of years is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// "More than", "over".
    MoreThan,
    /// "At least".
    AtLeast,
    /// "Less than", "not yet".
    LessThan,
    /// "At most", "up to".
    AtMost,
}

/// Whether so many years lie between an event and the letter.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::{Count, Verdict, years_since};
///
/// let day = |year, month, day| gregorian::day(year, month, day).unwrap();
/// let (letter, event) = (day(2006, 10, 12), day(1945, 10, 10));
/// assert_eq!(years_since(letter, event, Count::MoreThan, 60).verdict, Verdict::Ok);
/// assert_eq!(years_since(letter, event, Count::MoreThan, 61).verdict, Verdict::Ok);
/// assert_eq!(years_since(letter, event, Count::MoreThan, 62).verdict, Verdict::Conflict);
/// ```
pub fn years_since(letter: Day, event: Day, count: Count, n: i32) -> Outcome {
    let completed = completed_years(event, letter);
    let is_whole = anniversary_day(event, completed) == Some(letter);
    let fits = match count {
        Count::MoreThan => completed > n || (completed == n && !is_whole),
        Count::AtLeast => completed >= n,
        Count::LessThan => completed < n,
        Count::AtMost => completed < n || (completed == n && is_whole),
    };
    let found = format!("{completed} completed years from {} to {}", iso(event), iso(letter));
    if fits {
        Outcome::ok(format!("{found}, as bound by {n}"))
    } else {
        let words = match count {
            Count::MoreThan => "more than",
            Count::AtLeast => "at least",
            Count::LessThan => "less than",
            Count::AtMost => "at most",
        };
        Outcome::conflict(format!("expected {words} {n} years, but found {found}"))
    }
}

/// How an age is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// "Aged 37": years completed.
    Completed(i32),
    /// "In his 37th year": the year that is not yet completed.
    InYear(i32),
    /// "37 years old this day": a birthday.
    ThisDay(i32),
}

/// Whether a person born on a day has the age that the letter gives.
///
/// A conflict computes the birthdays that would fit.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::{Age, Verdict, age};
///
/// let (letter, born) = (gregorian::day(1850, 5, 12).unwrap(), gregorian::day(1810, 6, 1).unwrap());
/// assert_eq!(age(letter, born, Age::InYear(40)).verdict, Verdict::Ok);
/// assert_eq!(
///     age(letter, born, Age::Completed(40)).message,
///     "expected 39 completed years on 1850-05-12, but found 40 (born 1810-06-01)",
/// );
/// ```
pub fn age(letter: Day, born: Day, age: Age) -> Outcome {
    let completed = completed_years(born, letter);
    let (n, written) = match age {
        Age::Completed(n) | Age::ThisDay(n) => (n, n),
        Age::InYear(n) => (n.saturating_sub(1), n),
    };
    let is_birthday = anniversary_day(born, completed) == Some(letter);
    if completed == n && (is_birthday || !matches!(age, Age::ThisDay(_))) {
        return Outcome::ok(format!("{completed} completed years on {}", iso(letter)));
    }
    let (letter_year, ..) = gregorian::from_day(letter);
    let message = match age {
        Age::ThisDay(_) if completed == n => {
            format!("expected a birthday on {}, but found one born {}", iso(letter), iso(born))
        }
        Age::InYear(_) => format!(
            "expected year {} of life on {}, but found {written} (born {})",
            completed.saturating_add(1),
            iso(letter),
            iso(born)
        ),
        _ => format!(
            "expected {completed} completed years on {}, but found {written} (born {})",
            iso(letter),
            iso(born)
        ),
    };
    Outcome::conflict(message).with_years([
        letter_year.saturating_sub(n),
        letter_year.saturating_sub(n).saturating_sub(1),
    ])
}

/// Completed years from one day to another; negative before it.
fn completed_years(from: Day, to: Day) -> i32 {
    let (from_year, from_month, from_day) = gregorian::from_day(from);
    let (to_year, to_month, to_day) = gregorian::from_day(to);
    to_year - from_year - i32::from((to_month, to_day) < (from_month, from_day))
}

/// The same date so many years later; for 29 February in a common year, none.
fn anniversary_day(day: Day, years: i32) -> Option<Day> {
    let (year, month, day) = gregorian::from_day(day);
    gregorian::day(year.checked_add(years)?, month, day).ok()
}
