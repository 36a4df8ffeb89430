//! Two or more datings of one day.

use super::{Outcome, iso};
use crate::calendar::{Calendar, Dated};
use crate::era::{Era, sexagenary_of_year};

/// Whether all datings can be of one day.
///
/// Computes the days that the datings give, in their order.
///
/// ```
/// use letterbook_dates::calendar::{Calendar, gregorian, julian};
/// use letterbook_dates::check::{Dated, Verdict, same_day};
///
/// let old = Dated { calendar: Calendar::Julian, day: julian::day(1850, 5, 2).unwrap() };
/// let new = |day| Dated { calendar: Calendar::Gregorian, day: gregorian::day(1850, 5, day).unwrap() };
/// assert_eq!(same_day(&[old, new(14)]).verdict, Verdict::Ok);
/// assert_eq!(
///     same_day(&[old, new(12)]).message,
///     "expected one day, but found 1850-05-14 (julian) and 1850-05-12 (gregorian), off by -2",
/// );
/// ```
pub fn same_day(datings: &[Dated]) -> Outcome {
    let days = || datings.iter().map(|dated| dated.day);
    for (nth, one) in datings.iter().enumerate() {
        for other in &datings[nth + 1..] {
            if one.may_be(*other) {
                continue;
            }
            let mut message = format!(
                "expected one day, but found {} ({}) and {} ({}), off by {:+}",
                iso(one.day),
                one.calendar.label(),
                iso(other.day),
                other.calendar.label(),
                other.day.0.saturating_sub(one.day.0)
            );
            if [one, other].iter().any(|dated| dated.calendar == Calendar::Hebrew) {
                message.push_str("; -1 would be the evening on which the day began");
            }
            return Outcome::conflict(message).with_days(days());
        }
    }
    let found: Vec<String> = days().map(iso).collect();
    Outcome::ok(format!("all datings are of one day: {}", found.join(", "))).with_days(days())
}

/// Whether a year of an era is the Gregorian year beside it.
///
/// ```
/// use letterbook_dates::check::{Verdict, era_year};
/// use letterbook_dates::era::era_by_id;
///
/// let kaei = era_by_id("japan-kaei").unwrap();
/// assert_eq!(era_year(kaei, 6, 1853).verdict, Verdict::Ok);
/// assert_eq!(era_year(kaei, 6, 1854).verdict, Verdict::Conflict);
/// ```
pub fn era_year(era: &Era, year: i32, written: i32) -> Outcome {
    let name = era.names().last().copied().unwrap_or(era.id);
    match era.gregorian_year(year) {
        Ok(computed) if computed == written => {
            Outcome::ok(format!("{name} {year} is {computed}")).with_years([computed])
        }
        Ok(computed) => Outcome::conflict(format!(
            "expected {computed} beside {name} {year}, but found {written}"
        ))
        .with_years([computed]),
        Err(error) => Outcome::conflict(format!("{name}: {error}")),
    }
}

/// Whether a number of the sexagenary cycle, 1..=60, is that of the Gregorian year beside it.
///
/// A conflict computes the years nearest to the written one that have that number.
///
/// ```
/// use letterbook_dates::check::{Verdict, sexagenary};
///
/// assert_eq!(sexagenary(23, 2006).verdict, Verdict::Ok);
/// let outcome = sexagenary(23, 2007);
/// assert_eq!(outcome.verdict, Verdict::Conflict);
/// assert_eq!(outcome.computed[0].to_string(), "2006");
/// ```
pub fn sexagenary(number: u8, written: i32) -> Outcome {
    let true_number = sexagenary_of_year(written);
    if true_number == number {
        return Outcome::ok(format!("{written} is year {number} of the cycle"))
            .with_years([written]);
    }
    let after = (i32::from(number) - i32::from(true_number)).rem_euclid(60);
    let (one, other) = if after <= 30 { (after, after - 60) } else { (after - 60, after) };
    let years = [written.saturating_add(one), written.saturating_add(other)];
    Outcome::conflict(format!(
        "expected year {true_number} of the cycle beside {written}, but found {number}, which is {} or {}",
        years[0], years[1]
    ))
    .with_years(years)
}
