//! What can have been before what: events, lives, names, posts, replies.

use std::sync::LazyLock;

use super::{Outcome, iso};
use crate::calendar::{gregorian, julian};
use crate::day::Day;

/// How a letter speaks of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// As something that has been.
    Past,
    /// As something to come.
    Future,
}

/// Whether an event lies before or after the letter, as it says.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::{Tense, Verdict, event};
///
/// let (letter, fire) = (gregorian::day(1842, 5, 1).unwrap(), gregorian::day(1842, 5, 5).unwrap());
/// assert_eq!(event(letter, fire, Tense::Future).verdict, Verdict::Ok);
/// assert_eq!(event(letter, fire, Tense::Past).verdict, Verdict::Conflict);
/// ```
pub fn event(letter: Day, event: Day, tense: Tense) -> Outcome {
    let (is_possible, expected) = match tense {
        Tense::Past => (event <= letter, "an event to the day of the letter"),
        Tense::Future => (event >= letter, "an event from the day of the letter on"),
    };
    let found = format!("{} (letter of {})", iso(event), iso(letter));
    if is_possible {
        Outcome::ok(format!("the event is of {found}"))
    } else {
        Outcome::conflict(format!("expected {expected}, but found one of {found}"))
            .with_days([event])
    }
}

/// Whether a person, an office or a name was there on the day of the letter, from a first day to a last.
///
/// Before the first day is a conflict. After the last is one too, unless `may_linger`: the old name of a
/// place is written for years.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::{Verdict, in_use};
///
/// let day = |year, month, day| gregorian::day(year, month, day).unwrap();
/// let (first, last) = (Some(day(1914, 9, 1)), Some(day(1924, 1, 26)));
/// assert_eq!(in_use(day(1920, 5, 12), first, last, false).verdict, Verdict::Ok);
/// assert_eq!(in_use(day(1910, 5, 12), first, last, false).verdict, Verdict::Conflict);
/// assert_eq!(in_use(day(1925, 5, 12), first, last, true).verdict, Verdict::Warning);
/// ```
pub fn in_use(letter: Day, first: Option<Day>, last: Option<Day>, may_linger: bool) -> Outcome {
    if let Some(first) = first.filter(|first| letter < *first) {
        return Outcome::conflict(format!(
            "expected a letter from {} on, but found one of {}",
            iso(first),
            iso(letter)
        ))
        .with_days([first]);
    }
    if let Some(last) = last.filter(|last| letter > *last) {
        let message =
            format!("expected a letter to {}, but found one of {}", iso(last), iso(letter));
        let outcome = if may_linger {
            Outcome::warning(format!("{message}; the old name may have lingered"))
        } else {
            Outcome::conflict(message)
        };
        return outcome.with_days([last]);
    }
    Outcome::ok(format!("it was in use on {}", iso(letter)))
}

/// Whether a letter is not dated after a day on which it was there: received, filed, or read.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::{Verdict, not_after};
///
/// let day = |year, month, day| gregorian::day(year, month, day).unwrap();
/// assert_eq!(not_after(day(1850, 5, 12), day(1850, 5, 14)).verdict, Verdict::Ok);
/// assert_eq!(not_after(day(1850, 5, 14), day(1850, 5, 12)).verdict, Verdict::Conflict);
/// ```
pub fn not_after(letter: Day, known: Day) -> Outcome {
    if letter <= known {
        Outcome::ok(format!("{} is not after {}", iso(letter), iso(known)))
    } else {
        Outcome::conflict(format!("expected a date to {}, but found {}", iso(known), iso(letter)))
    }
}

/// Whether a letter was received after it was sent.
///
/// A conflict that two calendars would explain says so and computes the day of receipt, were it Old
/// Style.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::{Verdict, received};
///
/// let day = |year, month, day| gregorian::day(year, month, day).unwrap();
/// assert_eq!(received(day(1850, 5, 12), day(1850, 5, 14)).verdict, Verdict::Ok);
/// assert_eq!(received(day(1850, 5, 14), day(1850, 5, 12)).verdict, Verdict::Conflict);
/// ```
pub fn received(sent: Day, received: Day) -> Outcome {
    if received >= sent {
        return Outcome::ok(format!(
            "{} days from {} to {}",
            received.0.saturating_sub(sent.0),
            iso(sent),
            iso(received)
        ));
    }
    let message = format!("expected a receipt from {} on, but found {}", iso(sent), iso(received));
    let (year, month, day) = gregorian::from_day(received);
    match julian::day(year, month, day) {
        Ok(old_style) if old_style >= sent => Outcome::conflict(format!(
            "{message}; received Old Style, it would be {}",
            iso(old_style)
        ))
        .with_days([old_style]),
        _ => Outcome::conflict(message),
    }
}

/// Whether a letter can have come from one place to another in that time.
///
/// A warning when it would have been faster than any post of its time; places that
/// `tables/places.tsv` does not hold are not judged. A receipt before the sending is [`received`].
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::{Verdict, post};
///
/// let day = |day| gregorian::day(1800, 5, day).unwrap();
/// assert_eq!(post(day(1), "Boston", day(29), "London").verdict, Verdict::Ok);
/// assert_eq!(post(day(1), "Boston", day(5), "London").verdict, Verdict::Warning);
/// ```
pub fn post(sent: Day, from: &str, received_on: Day, to: &str) -> Outcome {
    let days = received_on.0.saturating_sub(sent.0);
    let (Some(one), Some(other)) = (place(from), place(to)) else {
        return received(sent, received_on);
    };
    if days < 0 {
        return received(sent, received_on);
    }
    let distance = kilometres(one, other);
    let (year, ..) = gregorian::from_day(sent);
    // The fastest regular carriage: couriers and packets, then steam and rail, then aircraft.
    let per_day = match year {
        ..1830 => 250.0,
        1830..1870 => 500.0,
        1870..1920 => 1000.0,
        _ => 20_000.0,
    };
    // A letter of the same town arrives on the day.
    let fewest = (distance / per_day).floor() as i32;
    let found = format!("{days} days for {distance:.0} km, {from} to {to}");
    if days >= fewest {
        Outcome::ok(found)
    } else {
        Outcome::warning(format!(
            "expected {fewest} days or more by any post of {year}, but found {found}"
        ))
        .with_days([sent.plus(fewest)])
    }
}

/// Whether a letter can answer another.
///
/// An answer dated in January of the year in which the other was written late is a likely slip at the new
/// year: a warning, which computes the same day a year on.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::{Verdict, answers};
///
/// let day = |year, month, day| gregorian::day(year, month, day).unwrap();
/// assert_eq!(answers(day(1850, 5, 14), day(1850, 5, 12)).verdict, Verdict::Ok);
/// // January of the old year
/// let outcome = answers(day(1850, 1, 4), day(1850, 12, 28));
/// assert_eq!(outcome.verdict, Verdict::Warning);
/// assert_eq!(outcome.computed[0].to_string(), "1851-01-04");
/// ```
pub fn answers(letter: Day, answered: Day) -> Outcome {
    if letter >= answered {
        return Outcome::ok(format!("{} is answered on {}", iso(answered), iso(letter)));
    }
    let (year, month, day) = gregorian::from_day(letter);
    let year_on = gregorian::day(year.saturating_add(1), month, day).ok();
    const SLIP_TO_MONTH: u8 = 2;
    const SLIP_WITHIN_DAYS: i32 = 120;
    match year_on {
        Some(year_on)
            if month <= SLIP_TO_MONTH
                && (0..=SLIP_WITHIN_DAYS).contains(&(year_on.0.saturating_sub(answered.0))) =>
        {
            Outcome::warning(format!(
                "expected a letter from {} on, but found {}; at the new year it is likely {}",
                iso(answered),
                iso(letter),
                iso(year_on)
            ))
            .with_days([year_on])
        }
        _ => Outcome::conflict(format!(
            "expected a letter from {} on, but found {}",
            iso(answered),
            iso(letter)
        )),
    }
}

/// A day with an hour and its shift from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant {
    /// The day as written.
    pub day: Day,
    /// The minute of that day, 0..=1440.
    pub minute: u16,
    /// Minutes ahead of UTC, −720..=840.
    pub ahead: i16,
}

impl Instant {
    /// The day and the minute in UTC.
    fn utc(self) -> (Day, i32) {
        let minute = i32::from(self.minute) - i32::from(self.ahead);
        (self.day.plus(minute.div_euclid(1440)), minute.rem_euclid(1440))
    }
}

/// Whether a reply is not before what it answers once both are in UTC.
///
/// Held to the day: the hour on a page is that of writing or of sending, and offices differ. Computes the
/// two days in UTC.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::check::{Instant, Verdict, zones};
///
/// let at = |day, minute, ahead| Instant { day: gregorian::day(1918, 11, day).unwrap(), minute, ahead };
/// assert_eq!(zones(at(11, 600, 0), at(11, 660, -300)).verdict, Verdict::Ok);
/// assert_eq!(zones(at(11, 600, 0), at(10, 660, -300)).verdict, Verdict::Conflict);
/// ```
pub fn zones(first: Instant, reply: Instant) -> Outcome {
    let ((first_day, first_minute), (reply_day, reply_minute)) = (first.utc(), reply.utc());
    let written = |day, minute: i32| format!("{} {:02}:{:02}Z", iso(day), minute / 60, minute % 60);
    let (first, reply) = (written(first_day, first_minute), written(reply_day, reply_minute));
    if reply_day >= first_day {
        Outcome::ok(format!("the first is of {first}, the reply of {reply}"))
    } else {
        Outcome::conflict(format!("expected a reply not before {first}, but found {reply}"))
    }
    .with_days([first_day, reply_day])
}

struct Place {
    name: &'static str,
    latitude: f64,
    longitude: f64,
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    include_str!("../../tables/places.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(row)
        .collect()
});

fn place(name: &str) -> Option<&'static Place> {
    PLACES.iter().find(|place| place.name.eq_ignore_ascii_case(name.trim()))
}

/// Along the great circle.
fn kilometres(one: &Place, other: &Place) -> f64 {
    const EARTH_RADIUS: f64 = 6371.0;
    let (one_lat, other_lat) = (one.latitude.to_radians(), other.latitude.to_radians());
    let half_lat = (other_lat - one_lat) / 2.0;
    let half_long = (other.longitude - one.longitude).to_radians() / 2.0;
    let chord = half_lat.sin().powi(2) + one_lat.cos() * other_lat.cos() * half_long.sin().powi(2);
    2.0 * EARTH_RADIUS * chord.sqrt().min(1.0).asin()
}

fn row(line: &'static str) -> Option<Place> {
    let mut fields = line.split('\t');
    let name = fields.next()?;
    Some(Place {
        name,
        latitude: fields.next()?.parse().ok()?,
        longitude: fields.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_the_table_is_read() {
        let lines = include_str!("../../tables/places.tsv").lines();
        assert_eq!(lines.filter(|line| !line.starts_with('#')).count(), PLACES.len());
        let distance = kilometres(place("London").unwrap(), place("Paris").unwrap());
        assert!((330.0..360.0).contains(&distance), "{distance}");
    }
}
