//! The weekday that a date names.

use super::{Outcome, iso};
use crate::calendar::{Calendar, gregorian, julian};
use crate::day::{Day, Weekday};

/// The last year in which a place of Europe wrote Julian dates in civil life.
const LAST_JULIAN_YEAR: i32 = 1923;

/// Whether `day`, read in `calendar`, has the weekday that is written.
///
/// A conflict computes the nearest days with that weekday, and, for a Gregorian reading to 1923, the
/// same numbers in the Julian calendar where those have it.
///
/// ```
/// use letterbook_dates::calendar::{Calendar, gregorian};
/// use letterbook_dates::check::{Verdict, weekday};
/// use letterbook_dates::day::Weekday;
///
/// let day = gregorian::day(1850, 5, 14).unwrap();
/// assert_eq!(weekday(day, Calendar::Gregorian, Weekday::Tuesday).verdict, Verdict::Ok);
/// assert_eq!(
///     weekday(day, Calendar::Gregorian, Weekday::Monday).message,
///     "expected a Tuesday on 1850-05-14, but found Monday; the nearest such day is 1850-05-13",
/// );
/// ```
pub fn weekday(day: Day, calendar: Calendar, written: Weekday) -> Outcome {
    let true_weekday = day.weekday();
    if true_weekday == written {
        return Outcome::ok(format!("{} is a {}", iso(day), written.name()));
    }
    let after = (written as i32 - true_weekday as i32).rem_euclid(7);
    let (nearest, other) = if after <= 3 { (after, after - 7) } else { (after - 7, after) };
    let nearest = day.plus(nearest);
    let mut message = format!(
        "expected a {} on {}, but found {}; the nearest such day is {}",
        true_weekday.name(),
        iso(day),
        written.name(),
        iso(nearest)
    );
    let mut computed = vec![nearest, day.plus(other)];
    let (year, month, of_month) = gregorian::from_day(day);
    if calendar == Calendar::Gregorian
        && year <= LAST_JULIAN_YEAR
        && let Ok(old_style) = julian::day(year, month, of_month)
        && old_style.weekday() == written
    {
        message.push_str(&format!(
            "; read as Old Style it is {}, a {}",
            iso(old_style),
            written.name()
        ));
        computed.insert(0, old_style);
    }
    Outcome::conflict(message).with_days(computed)
}
