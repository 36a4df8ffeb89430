//! Days that have a name: feasts and years of a reign.

use super::{Outcome, iso};
use crate::calendar::easter::Computus;
use crate::calendar::{gregorian, julian};
use crate::day::Day;
use crate::feast::{self, Feast};
use crate::regnal::Reign;

/// Whether a feast fell on the day that is written; the year is that of the day in the computus's
/// calendar.
///
/// Computes the day of the feast.
///
/// ```
/// use letterbook_dates::calendar::{easter::Computus, gregorian};
/// use letterbook_dates::check::{Verdict, feast};
/// use letterbook_dates::feast::feast_by_id;
///
/// let easter = feast_by_id("easter").unwrap();
/// let day = gregorian::day(1850, 4, 7).unwrap();
/// let outcome = feast(easter, Computus::Western, day);
/// assert_eq!(outcome.message, "expected easter on 1850-03-31, but found 1850-04-07");
/// ```
pub fn feast(feast: Feast, computus: Computus, written: Day) -> Outcome {
    let year = match (feast.calendar(), computus) {
        (Some(calendar), _) => calendar.from_day(written).map(|date| date.year).ok(),
        (None, Computus::Western) => Some(gregorian::from_day(written).0),
        (None, Computus::Eastern | Computus::JulianWest) => Some(julian::from_day(written).0),
    };
    let Some(found) = year.and_then(|year| feast::day(feast, year, computus)) else {
        return Outcome::conflict(format!(
            "expected a year that has {}, but found none",
            feast.id()
        ));
    };
    if found == written {
        return Outcome::ok(format!("{} fell on {}", feast.id(), iso(found))).with_days([found]);
    }
    Outcome::conflict(format!(
        "expected {} on {}, but found {}",
        feast.id(),
        iso(found),
        iso(written)
    ))
    .with_days([found])
}

/// Whether a day of a regnal year lies in the year of the Lord beside it, begun on 1 January or as the
/// place began it.
///
/// Computes the day; a conflict names the first and the last day of the regnal year.
///
/// ```
/// use letterbook_dates::check::{Verdict, regnal};
/// use letterbook_dates::regnal::reign;
///
/// let elizabeth = reign("elizabeth-i-england").unwrap();
/// assert_eq!(regnal(elizabeth, 43, 6, 20, 1601).verdict, Verdict::Ok);
/// assert_eq!(regnal(elizabeth, 43, 6, 20, 1602).verdict, Verdict::Conflict);
/// ```
pub fn regnal(reign: &Reign, regnal_year: i32, month: u8, day: u8, written: i32) -> Outcome {
    let Some((first, last)) = reign.span(regnal_year) else {
        return Outcome::conflict(format!(
            "expected a year of the reign ({}), but found {regnal_year}",
            reign.id
        ));
    };
    let span = format!(
        "year {regnal_year} of {} ran from {} to {}",
        reign.id,
        as_written(reign, first),
        as_written(reign, last)
    );
    let Some(found) = reign.day(regnal_year, month, day) else {
        return Outcome::conflict(format!(
            "expected a day of the regnal year, but found none: {span}"
        ));
    };
    if reign.written_years(found).contains(&written) {
        return Outcome::ok(format!("the day is {}", iso(found))).with_days([found]);
    }
    Outcome::conflict(format!(
        "expected {} for the day, but found {written}: {span}",
        reign.written_years(found)[0]
    ))
    .with_days([found])
}

/// A day as the reign's place wrote it.
fn as_written(reign: &Reign, day: Day) -> String {
    let (year, month, of_month) = reign.written_date(day);
    format!("{year:04}-{month:02}-{of_month:02}")
}
