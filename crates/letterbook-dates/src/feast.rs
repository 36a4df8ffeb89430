//! Feasts, fixed and movable, by the churches' own calendars and by others.
//!
//! A feast is named by an id of `tables/feasts.tsv`; names in languages belong to the phrases. Easter is
//! reckoned in [`calendar::easter`](crate::calendar::easter). Knows no "today".

use std::sync::LazyLock;

use crate::calendar::Calendar;
pub use crate::calendar::easter::{Computus, easter};
use crate::day::{Day, Weekday};

/// A feast of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Feast(u16);

struct Row {
    id: &'static str,
    calendar: Option<Calendar>,
    west: Rules,
    east: Rules,
}

/// Rules with the first year of each; none where a church has no such feast.
type Rules = Vec<(i32, Rule)>;

#[derive(Clone, Copy)]
enum Rule {
    Fixed(u8, u8),
    Easter(i32),
    WeekdayFrom(Weekday, u8, u8),
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    include_str!("../tables/feasts.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(row)
        .collect()
});

/// The feast of an id, such as `easter-monday`.
///
/// ```
/// use letterbook_dates::feast::feast_by_id;
///
/// assert_eq!(feast_by_id("easter-monday").unwrap().id(), "easter-monday");
/// assert!(feast_by_id("festivus").is_none());
/// ```
pub fn feast_by_id(id: &str) -> Option<Feast> {
    ROWS.iter().position(|row| row.id == id).map(|nth| Feast(nth as u16))
}

/// Every feast.
pub fn feasts() -> impl Iterator<Item = Feast> {
    (0..ROWS.len()).map(|nth| Feast(nth as u16))
}

impl Feast {
    /// The id by which tables name it.
    pub fn id(self) -> &'static str {
        ROWS[usize::from(self.0)].id
    }

    /// The calendar whose year [`day`] asks for; none for the churches' own.
    pub fn calendar(self) -> Option<Calendar> {
        ROWS[usize::from(self.0)].calendar
    }

    /// Whether it moves with Easter or a weekday.
    ///
    /// ```
    /// use letterbook_dates::feast::feast_by_id;
    ///
    /// assert!(feast_by_id("trinity").unwrap().is_movable());
    /// assert!(!feast_by_id("christmas").unwrap().is_movable());
    /// ```
    pub fn is_movable(self) -> bool {
        !matches!(ROWS[usize::from(self.0)].west[..], [(_, Rule::Fixed(..))])
    }
}

/// The day on which a feast fell.
///
/// The year is that of the computus's calendar, begun on 1 January, in 1..=9999; for a feast of another
/// calendar (see [`Feast::calendar`]) the year of that. None beyond the range and where that church has
/// no such feast.
///
/// ```
/// use letterbook_dates::calendar::gregorian;
/// use letterbook_dates::feast::{self, Computus, feast_by_id};
///
/// let trinity = feast_by_id("trinity").unwrap();
/// assert_eq!(feast::day(trinity, 1850, Computus::Western), gregorian::day(1850, 5, 26).ok());
/// let ash_wednesday = feast_by_id("ash-wednesday").unwrap();
/// assert_eq!(feast::day(ash_wednesday, 1850, Computus::Eastern), None);
/// ```
pub fn day(feast: Feast, year: i32, computus: Computus) -> Option<Day> {
    let row = &ROWS[usize::from(feast.0)];
    let rules = match computus {
        Computus::Eastern => &row.east,
        Computus::Western | Computus::JulianWest => &row.west,
    };
    let (_, rule) = *rules.iter().rev().find(|(from, _)| *from <= year)?;
    let calendar = row.calendar.unwrap_or(match computus {
        Computus::Western => Calendar::Gregorian,
        Computus::Eastern | Computus::JulianWest => Calendar::Julian,
    });
    if row.calendar.is_none() && !(1..=9999).contains(&year) {
        return None;
    }
    match rule {
        Rule::Fixed(month, day) => calendar.to_day(year, month, false, day).ok(),
        Rule::Easter(days) => Some(easter(computus, year)?.plus(days)),
        Rule::WeekdayFrom(weekday, month, day) => {
            let from = calendar.to_day(year, month, false, day).ok()?;
            Some(from.plus((weekday as i32 - from.weekday() as i32).rem_euclid(7)))
        }
    }
}

fn row(line: &'static str) -> Row {
    let mut fields = line.split('\t');
    let mut field = || fields.next().unwrap_or_default();
    let (id, calendar, west, east) = (field(), field(), field(), field());
    let west = rules(west);
    Row {
        id,
        calendar: Calendar::from_label(calendar),
        east: if east.is_empty() { west.clone() } else { rules(east) },
        west,
    }
}

/// The rules of a field, in the order of their years.
fn rules(text: &str) -> Rules {
    text.split(' ')
        .filter_map(|text| match text.split_once(':') {
            Some((from, text)) => Some((from.parse().ok()?, rule(text)?)),
            None => Some((i32::MIN, rule(text)?)),
        })
        .collect()
}

/// None for `-`; the tests hold that nothing else is unread.
fn rule(text: &str) -> Option<Rule> {
    if let Some(days) = text.strip_prefix("easter") {
        return days.parse().ok().map(Rule::Easter);
    }
    let month_day = |text: &str| {
        let (month, day) = text.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    if let Some((weekday, from)) = text.split_once(">=") {
        let (month, day) = month_day(from)?;
        let weekday =
            Weekday::ALL.into_iter().find(|day| day.name().eq_ignore_ascii_case(weekday))?;
        return Some(Rule::WeekdayFrom(weekday, month, day));
    }
    month_day(text).map(|(month, day)| Rule::Fixed(month, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::gregorian;

    #[test]
    fn every_rule_of_the_table_is_read_and_falls_on_a_day() {
        for line in
            include_str!("../tables/feasts.tsv").lines().filter(|line| !line.starts_with('#'))
        {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 4, "{line}");
            assert!(fields[1] == "church" || Calendar::from_label(fields[1]).is_some(), "{line}");
            for text in &fields[2..] {
                let all = text.split(' ').count();
                assert!(matches!(*text, "" | "-") || rules(text).len() == all, "{line}");
            }
        }
        for feast in feasts() {
            assert_eq!(feast_by_id(feast.id()), Some(feast), "two rows have the id {}", feast.id());
            let year = match feast.calendar() {
                None => 1850,
                Some(Calendar::Gregorian) => 1950,
                Some(Calendar::Hebrew) => 5700,
                Some(Calendar::HijriCivil | Calendar::Persian) => 1300,
                Some(_) => 1990,
            };
            let computi = [Computus::Western, Computus::Eastern];
            assert!(
                computi.into_iter().any(|computus| day(feast, year, computus).is_some()),
                "{}",
                feast.id()
            );
        }
    }

    #[test]
    fn advent_begins_on_the_fourth_sunday_before_christmas() {
        let advent = feast_by_id("advent-1").unwrap();
        assert_eq!(day(advent, 1850, Computus::Western), gregorian::day(1850, 12, 1).ok());
        assert_eq!(day(advent, 1853, Computus::Western), gregorian::day(1853, 11, 27).ok());
    }
}
