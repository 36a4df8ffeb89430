//! The calendars against the table of conversions, and their two directions against each other.

use letterbook_dates::calendar::roman::Event;
use letterbook_dates::calendar::{Calendar, convert, gregorian};
use letterbook_dates::day::Day;
use proptest::prelude::*;

use crate::shared;

fn iso(day: Day) -> String {
    let (year, month, day) = gregorian::from_day(day);
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{month:02}-{day:02}", year.abs())
}

#[test]
fn every_conversion_of_the_table_is_exact_and_goes_back() {
    let Some(rows) = shared::rows("calendar_conversions.tsv") else { return };
    let mut failures = Vec::new();
    for row in &rows {
        let (year, month) = (row[1].parse().expect("a year"), row[2].parse().expect("a month"));
        let found = convert(&row[0], year, month, &row[3], &row[4]);
        match found {
            Ok(day) if iso(day) == row[5] && day.weekday().name() == row[6] => {
                let Some(calendar) = Calendar::from_label(&row[0]) else { continue };
                let back = calendar.from_day(day).expect("a day that has a date goes back to it");
                let is_same =
                    (back.year, back.month, back.leap_month) == (year, month, row[4] == "leap");
                if !is_same || (calendar != Calendar::Roman && back.day.to_string() != row[3]) {
                    failures.push(format!("{row:?}: goes back to {back:?}"));
                }
            }
            Ok(day) => failures.push(format!("{row:?}: {} {}", iso(day), day.weekday().name())),
            Err(error) => failures.push(format!("{row:?}: {error}")),
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), rows.len(), failures.join("\n"));
}

#[test]
fn days_of_every_calendar_go_back_and_forth() {
    for &calendar in Calendar::ALL {
        let mut n_days = 0;
        // A day in five of the years people wrote letters in, and a stride beyond.
        let days = (-1_000_000..1_000_000).step_by(97).chain((570_000..745_000).step_by(5));
        for day in days.map(Day) {
            let Ok(date) = calendar.from_day(day) else { continue };
            n_days += 1;
            let back = calendar.to_day(date.year, date.month, date.leap_month, date.day);
            assert_eq!(back, Ok(day), "{date:?}");
        }
        assert!(n_days > 800, "{} has only {n_days} days", calendar.label());
    }
}

#[test]
fn years_are_made_of_their_months_and_follow_each_other() {
    for &calendar in Calendar::ALL {
        let mut n_years = 0;
        for year in -200..6000 {
            let Ok((first, last)) = calendar.year_span(year) else { continue };
            n_years += 1;
            assert!(first <= last, "{} {year}", calendar.label());
            if let Ok((next, _)) = calendar.year_span(year + 1) {
                let is_cut_short = calendar == Calendar::FrenchRepublican;
                assert!(is_cut_short || next == last.plus(1), "{} {year}", calendar.label());
            }
        }
        assert!(n_years > 10, "{} has only {n_years} years", calendar.label());
    }
}

#[test]
fn beyond_the_range_is_an_error() {
    for &calendar in Calendar::ALL {
        let first = if calendar == Calendar::Roman { Event::Kalends.day_number(1) } else { 1 };
        for year in [i32::MIN, -10_000, 10_000, i32::MAX] {
            let error =
                calendar.to_day(year, 1, false, first).expect_err("a year beyond the range");
            assert!(error.is_year(), "{} {year}: {error}", calendar.label());
        }
        for day in [i32::MIN, Day::MIN.0 - 1, Day::MAX.0 + 1, i32::MAX] {
            assert!(calendar.from_day(Day(day)).is_err(), "{} {day}", calendar.label());
        }
    }
}

#[test]
fn the_readme_states_the_ranges() {
    let readme = include_str!("../../README.md");
    for &calendar in Calendar::ALL {
        let ((first_year, last_year), (first, last)) = (calendar.years(), calendar.days());
        let row = format!(
            "| `{}` | {first_year} to {last_year} | {} to {} |",
            calendar.label(),
            iso(first),
            iso(last)
        );
        assert!(readme.lines().any(|line| line == row), "the README lacks\n{row}");
    }
}

proptest! {
    #[test]
    fn no_numbers_panic(nth in 0..Calendar::ALL.len(), year in any::<i32>(), month in any::<u8>(), leap in any::<bool>(), day in any::<u8>()) {
        let calendar = Calendar::ALL[nth];
        for year in [year, year % 10_000] {
            if let Ok(found) = calendar.to_day(year, month, leap, day) {
                prop_assert!((Day::MIN..=Day::MAX).contains(&found));
            }
            let _ = calendar.month_span(year, month, leap);
            let _ = calendar.year_span(year);
        }
    }
}
