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

/// Documented days and days that never were: label, year, month, day, flag, Gregorian day or nothing.
const FACTS: &[(&str, i32, u8, &str, &str, &str)] = &[
    // The leap day that took Sweden back to the Julian calendar, and the day before it was ahead.
    ("swedish", 1712, 2, "30", "", "1712-03-11"),
    ("swedish", 1700, 2, "28", "", ""),
    ("julian", 1712, 2, "30", "", ""),
    // Britain: the last Julian and the first Gregorian day, as Friends numbered the months.
    ("quaker", 1752, 9, "2", "", "1752-09-13"),
    ("quaker", 1752, 9, "14", "", "1752-09-14"),
    ("quaker", 1752, 9, "3", "", ""),
    ("quaker", 1690, 1, "1", "", "1690-03-11"),
    ("quaker", 1751, 11, "1", "", ""),
    // The Ottoman change: 15 Şubat 1332 was followed by 1 Mart 1333; ten months later came 1334.
    ("rumi", 1332, 2, "15", "", "1917-02-28"),
    ("rumi", 1332, 2, "16", "", ""),
    ("rumi", 1333, 12, "31", "", "1917-12-31"),
    ("rumi", 1333, 1, "1", "", ""),
    ("rumi", 1341, 12, "31", "", "1925-12-31"),
    // Siam's last year from April, and the year of nine months.
    ("buddhist", 2482, 3, "31", "", "1940-03-31"),
    ("buddhist", 2483, 4, "1", "", "1940-04-01"),
    ("buddhist", 2483, 1, "1", "", ""),
    ("buddhist", 2484, 1, "1", "", "1941-01-01"),
    // The march on Rome opened the era; its first year ended with the day before.
    ("fascist", 1, 10, "29", "", "1922-10-29"),
    ("fascist", 5, 10, "28", "", "1927-10-28"),
    ("fascist", 6, 10, "29", "", "1927-10-29"),
    // The Commune, and the end of the calendar that it revived.
    ("french-republican", 79, 8, "16", "", "1871-05-06"),
    ("french-republican", 14, 4, "10", "", "1805-12-31"),
    ("french-republican", 14, 4, "11", "", ""),
    ("french-republican", 3, 13, "6", "", "1795-09-22"),
    ("french-republican", 4, 13, "6", "", ""),
    // Japan's last lunisolar day, and eras that end within a year.
    ("japanese-lunisolar", 1872, 12, "2", "", "1872-12-31"),
    ("japanese-lunisolar", 1872, 12, "3", "", ""),
    ("japanese-meiji", 5, 12, "2", "", "1872-12-31"),
    ("japanese-meiji", 6, 1, "1", "", "1873-01-01"),
    ("japanese-showa", 64, 1, "7", "", "1989-01-07"),
    ("japanese-showa", 64, 1, "8", "", ""),
    ("japanese-heisei", 1, 1, "7", "", ""),
    // Korea's last lunisolar day of state, and a leap month that others did not have.
    ("korean", 1895, 11, "16", "", "1895-12-31"),
    ("korean", 2006, 7, "3", "leap", "2006-08-26"),
    ("korean", 2006, 8, "3", "leap", ""),
    // Tết of 1985 came a month before the Chinese new year.
    ("vietnamese", 1985, 1, "1", "", "1985-01-21"),
    ("chinese", 1985, 1, "1", "", "1985-02-20"),
    // Years of the World, from September; 7208 was begun in Russia and ended by decree.
    ("byzantine", 7208, 9, "1", "", "1699-09-11"),
    ("byzantine", 6961, 5, "29", "", "1453-06-07"),
    // Adar II only in leap years; a long and a short Cheshvan.
    ("hebrew", 5708, 13, "13", "", "1948-03-24"),
    ("hebrew", 5709, 13, "1", "", ""),
    // Naw-Rúz by the equinox since 2015; the days between the last two months.
    ("bahai", 172, 1, "1", "", "2015-03-21"),
    ("bahai", 173, 1, "1", "", "2016-03-20"),
    ("bahai", 172, 0, "5", "", ""),
    ("bahai", 174, 0, "5", "", "2018-03-01"),
    ("roman", 1900, 3, "1:6", "leap", "1900-03-09"),
    ("roman", 1901, 3, "1:6", "leap", ""),
    ("iso-week", 2020, 53, "5", "", "2021-01-01"),
    ("iso-week", 2021, 53, "1", "", ""),
    ("easter-gregorian", 1916, 4, "23", "", "1916-04-23"),
    ("easter-gregorian", 1916, 4, "16", "", ""),
    ("stardate", 1, 1, "1", "", ""),
    ("gregorian", 1, 1, "one", "", ""),
    ("gregorian", 1, 1, "1", "maybe", ""),
];

#[test]
fn documented_days_and_days_that_never_were() {
    for (label, year, month, day, flag, expected) in FACTS {
        let found = convert(label, *year, *month, day, flag).map(iso).unwrap_or_default();
        assert_eq!(found, *expected, "{label} {year} {month} {day} {flag}");
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
