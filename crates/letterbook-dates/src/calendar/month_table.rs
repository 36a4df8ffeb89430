//! Month tables, read from their text when the crate is compiled.

use super::rule::{Month, Rule};
use crate::day::Day;

/// The months of one year.
#[derive(Clone, Copy)]
pub(super) struct Year {
    first: i32,
    /// Two bits a month in the order lived: its length less 28 days.
    lengths: u32,
    /// The number of the month that is repeated; 0 for none.
    leap: u8,
}

/// A calendar that is a table of months.
pub(super) struct MonthTable {
    pub(super) first_year: i32,
    pub(super) years: &'static [Year],
}

/// Reads the lines of a table, of which the year and then `L`, `s`, `*` or the last digit of a length
/// stand in each, and places the first year on `first_day`.
///
/// # Panics
///
/// At compile time, when the table has another form or number of years.
pub(super) const fn read<const N: usize>(text: &str, first_day: i32) -> [Year; N] {
    let bytes = text.as_bytes();
    let mut years = [Year { first: 0, lengths: 0, leap: 0 }; N];
    let mut n_years = 0;
    let mut first = first_day;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'#' {
            while bytes[at] != b'\n' {
                at += 1;
            }
            at += 1;
            continue;
        }
        // The year is for people; its place in the table tells it.
        while bytes[at] != b' ' {
            at += 1;
        }
        at += 1;
        let mut year = Year { first, lengths: 0, leap: 0 };
        let mut n_months = 0;
        while bytes[at] != b'\n' {
            let length = match bytes[at] {
                b'8' => 28,
                b's' | b'9' => 29,
                b'L' | b'0' => 30,
                b'1' => 31,
                b'*' => {
                    year.leap = n_months as u8;
                    at += 1;
                    continue;
                }
                _ => panic!("a month table has a letter that is no length"),
            };
            year.lengths |= (length - 28) << (2 * n_months);
            first += length as i32;
            n_months += 1;
            at += 1;
        }
        at += 1;
        assert!(n_months == 12 + (year.leap > 0) as u32, "a year of a month table lacks months");
        years[n_years] = year;
        n_years += 1;
    }
    assert!(n_years == N, "a month table has another number of years than stated");
    years
}

impl MonthTable {
    fn year(&self, year: i32) -> Year {
        self.years[(year - self.first_year) as usize]
    }
}

impl Year {
    fn length(self, nth: u8) -> u8 {
        28 + (self.lengths >> (2 * nth) & 3) as u8
    }
}

impl Rule for MonthTable {
    fn years(&self) -> (i32, i32) {
        (self.first_year, self.first_year + self.years.len() as i32 - 1)
    }

    fn months(&self, year: i32) -> u8 {
        12 + u8::from(self.year(year).leap > 0)
    }

    fn month(&self, year: i32, nth: u8) -> Month {
        let year = self.year(year);
        let before: i32 = (0..nth).map(|nth| i32::from(year.length(nth))).sum();
        let is_after_leap = year.leap > 0 && nth >= year.leap;
        Month {
            number: if is_after_leap { nth } else { nth + 1 },
            leap: year.leap > 0 && nth == year.leap,
            first: Day(year.first + before),
            length: year.length(nth),
        }
    }

    fn year_near(&self, day: Day) -> i32 {
        let after = self.years.partition_point(|year| year.first <= day.0) as i32;
        self.first_year + after - 1
    }
}
