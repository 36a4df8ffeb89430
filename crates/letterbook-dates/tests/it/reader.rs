//! A thin reader of the dates in the table of checks: numbers and month names in order, no grammar.
//!
//! Unlike the phrases it must read dates that do not exist.

use letterbook_dates::calendar::{Calendar, gregorian, julian};
use letterbook_dates::day::{Day, Weekday};
use letterbook_dates::reckoning::{Custom, custom_of};

/// One piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    Number(i32),
    Word(String),
    Mark(char),
}

pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(&first) = chars.peek() {
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        match kind(first) {
            (true, _) => {
                let mut digits = String::new();
                while let Some(c) = chars.next_if(char::is_ascii_digit) {
                    digits.push(c);
                }
                pieces.push(Piece::Number(digits.parse().expect("a number of the table is short")));
            }
            (_, true) => {
                let mut word = String::new();
                while let Some(c) = chars.next_if(|c| c.is_alphabetic()) {
                    word.push(c);
                }
                pieces.push(Piece::Word(word));
            }
            _ => {
                pieces.push(Piece::Mark(first));
                chars.next();
            }
        }
    }
    pieces
}

/// The calendars and month of a name or its abbreviation; the Gregorian first.
pub(crate) fn months(word: &str) -> Vec<(Calendar, u8)> {
    let word = word.to_lowercase();
    let mut found = Vec::new();
    for is_whole in [true, false] {
        for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let label = fields.next().expect("a label");
            let month = fields.next().and_then(|month| month.parse().ok()).expect("a month");
            let mut names = fields.next().expect("names").split(' ');
            let fits = |name: &str| match is_whole {
                true => name == word,
                false => word.chars().count() >= 3 && name.starts_with(&word),
            };
            if names.any(fits) {
                found.push((Calendar::from_label(label).expect("a known calendar"), month));
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

pub(crate) fn roman_numeral(word: &str) -> Option<i32> {
    let value = |c| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        })
    };
    let values: Vec<i32> = word.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(nth, value)| {
        if values[nth + 1..].first().is_some_and(|next| next > value) { -value } else { *value }
    });
    Some(signed.sum())
}

pub(crate) fn weekday(text: &str) -> Option<Weekday> {
    Weekday::ALL.into_iter().find(|weekday| text.contains(weekday.name()))
}

/// A date as written.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) calendar: Calendar,
    /// As written first, and, where it is written twice ("1731/2"), the second.
    pub(crate) year: i32,
    pub(crate) second_year: Option<i32>,
    pub(crate) month: u8,
    pub(crate) day: u8,
    pub(crate) custom: Option<&'static Custom>,
    is_old_style: bool,
}

impl Written {
    /// The year from 1 January, where the text gives it.
    pub(crate) fn modern_year(&self) -> i32 {
        self.second_year.unwrap_or(self.year)
    }

    pub(crate) fn to_day(&self) -> Option<Day> {
        let year = self.modern_year();
        if self.calendar != Calendar::Gregorian {
            return self.calendar.to_day(self.year, self.month, false, self.day).ok();
        }
        if self.is_old_style {
            return julian::day(year, self.month, self.day).ok();
        }
        match self.custom {
            Some(custom) if self.second_year.is_some() => {
                custom.modern_day(year, self.month, self.day).ok().map(|placed| placed.day)
            }
            Some(custom) => custom.day(year, self.month, self.day).ok().map(|placed| placed.day),
            None => gregorian::day(year, self.month, self.day).ok(),
        }
    }

    pub(crate) fn calendar_of_day(&self) -> Calendar {
        match (self.is_old_style, self.custom, self.to_day()) {
            (true, ..) => Calendar::Julian,
            (_, Some(custom), Some(day)) => custom.calendar_on(day),
            _ => self.calendar,
        }
    }
}

/// Reads "11 February 1731/2 (London)", "18 brumaire an VIII", "2006-10-06".
pub(crate) fn read(text: &str) -> Option<Written> {
    let pieces = pieces(text);
    let custom = text.split_once('(').and_then(|(_, place)| custom_of(place));
    let is_old_style = text.contains("O.S.") || text.contains("Julian");
    let written = |calendar, year, second_year, month, day| Written {
        calendar,
        year,
        second_year,
        month,
        day,
        custom,
        is_old_style,
    };
    if let Some(at) = pieces.windows(5).position(|window| {
        matches!(
            window,
            [
                Piece::Number(1000..),
                Piece::Mark('-'),
                Piece::Number(_),
                Piece::Mark('-'),
                Piece::Number(_)
            ]
        )
    }) {
        let numbers: Vec<i32> = pieces[at..at + 5].iter().filter_map(as_number).collect();
        return Some(written(
            Calendar::Gregorian,
            numbers[0],
            None,
            numbers[1] as u8,
            numbers[2] as u8,
        ));
    }
    let (month_at, candidates) = pieces.iter().enumerate().find_map(|(at, piece)| match piece {
        Piece::Word(word) if pieces[..at].iter().any(|piece| as_number(piece).is_some()) => {
            Some((at, months(word))).filter(|(_, months)| !months.is_empty())
        }
        _ => None,
    })?;
    let day = pieces[..month_at].iter().rev().find_map(as_number)? as u8;
    let rest = &pieces[month_at + 1..];
    let is_second_adar = matches!(rest, [Piece::Mark(' '), Piece::Word(word), ..] if word == "II");
    let year_at = rest.iter().position(|piece| match piece {
        Piece::Number(_) => true,
        Piece::Word(word) => roman_numeral(word).is_some() && !is_second_adar,
        Piece::Mark(_) => false,
    })?;
    let year = match &rest[year_at] {
        Piece::Word(word) => roman_numeral(word)?,
        piece => as_number(piece)?,
    };
    let second_year = match rest.get(year_at + 1..year_at + 3) {
        Some([Piece::Mark('/'), Piece::Number(second)]) => Some(complete(year, *second)),
        _ => None,
    };
    let calendar = candidates.iter().find(|(calendar, _)| {
        text.to_lowercase().contains(calendar.label())
            || calendar.years().0 <= year && is_usual(*calendar, year)
    });
    let (calendar, month) = *calendar.or(candidates.first())?;
    Some(written(calendar, year, second_year, if is_second_adar { 13 } else { month }, day))
}

/// Whether people write such years of a calendar, so that Nisan is told from Nisan.
fn is_usual(calendar: Calendar, year: i32) -> bool {
    match calendar {
        Calendar::Hebrew => year > 4000,
        Calendar::Rumi | Calendar::HijriCivil => year < 1500,
        _ => true,
    }
}

pub(crate) fn as_number(piece: &Piece) -> Option<i32> {
    match piece {
        Piece::Number(number) => Some(*number),
        _ => None,
    }
}

/// The year that the last digits after a stroke mean: 1731/2 is 1732.
fn complete(year: i32, last: i32) -> i32 {
    let place = [10, 100, 1000, 10_000].into_iter().find(|place| last < *place).unwrap_or(10_000);
    year / place * place + last + if last < year % place { place } else { 0 }
}
