//! EDTF in plain English: "12 October 2006, a Thursday", "the year 1850, approximate".
//!
//! Words for people only; the value itself always stands beside them.

use letterbook_dates::calendar::gregorian;
use letterbook_dates::day::Day;
use letterbook_dates::value::{Bound, Edtf, Item};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What the value means, where a few words can say it.
pub(crate) fn words(value: &Edtf) -> Option<String> {
    let mut words = span(value)?;
    let written = value.to_string();
    let (doubted, rough) = (written.contains(['?', '%']), written.contains(['~', '%']));
    match (doubted, rough) {
        (true, true) => words.push_str(", uncertain and approximate"),
        (true, false) => words.push_str(", uncertain"),
        (false, true) => words.push_str(", approximate"),
        (false, false) => {}
    }
    Some(words)
}

fn span(value: &Edtf) -> Option<String> {
    if value.to_string().contains("XXXX") || value.to_string().starts_with("XX") {
        // the bounds of "some year" tell nobody anything
        return open_century(value);
    }
    if let Some(words) = few(value) {
        return Some(words);
    }
    if let Some(day) = value.to_day() {
        return Some(format!("{}, a {}", day_words(day), day.weekday().name()));
    }
    match (value.earliest(), value.latest()) {
        (Bound::Day(first), Bound::Day(last)) => {
            Some(between(first, last, value.as_interval().is_some()))
        }
        (Bound::Day(first), _) => Some(format!("{} or later", day_words(first))),
        (_, Bound::Day(last)) => Some(format!("{} or earlier", day_words(last))),
        _ => None,
    }
}

/// A date whose century the page does not settle: "3 November of a year that ends in 26".
fn open_century(value: &Edtf) -> Option<String> {
    let date = value.as_date()?;
    let written = value.to_string();
    let year = written.strip_prefix("XX")?.get(..2)?;
    if !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let month = date.month_number().and_then(|m| MONTHS.get(usize::from(m).checked_sub(1)?));
    let day = match (date.day_number(), month) {
        (Some(day), Some(month)) => format!("{day} {month} of "),
        (None, Some(month)) => format!("{month} of "),
        _ => String::new(),
    };
    Some(format!("{day}a year that ends in {year}"))
}

/// The members of a small set, one by one.
fn few(value: &Edtf) -> Option<String> {
    let (all, items) = value.as_set().filter(|(_, items)| items.len() <= 3)?;
    let words: Option<Vec<String>> = items
        .iter()
        .map(|item| match *item {
            Item::One(date) => span(&Edtf::from(date)),
            _ => None,
        })
        .collect();
    Some(words?.join(if all { " and " } else { " or " }))
}

fn between(first: Day, last: Day, is_all: bool) -> String {
    if first == last {
        return format!("{}, a {}", day_words(first), first.weekday().name());
    }
    let (year, month, day) = gregorian::from_day(first);
    let (last_year, last_month, last_day) = gregorian::from_day(last);
    let to_month_end = day == 1 && last_day == gregorian::month_length(last_year, last_month);
    match (year == last_year, month == last_month) {
        (true, true) if to_month_end => {
            format!("{} {}", MONTHS[usize::from(month) - 1], year_words(year))
        }
        (true, false) if to_month_end && month == 1 && last_month == 12 => {
            format!("the year {}", year_words(year))
        }
        _ if is_all => format!("{} to {}", day_words(first), day_words(last)),
        _ => format!("between {} and {}", day_words(first), day_words(last)),
    }
}

/// A day as it is written in English: "12 October 2006", "24 July 587 BC".
pub(crate) fn day_words(day: Day) -> String {
    let (year, month, day) = gregorian::from_day(day);
    format!("{day} {} {}", MONTHS[usize::from(month) - 1], year_words(year))
}

/// A year with its era, where it is before our own; there is a year 0 in EDTF and none here.
fn year_words(year: i32) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1 - year) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(edtf: &str, expected: &str) {
        let value = Edtf::parse(edtf).expect("the tests write EDTF");
        assert_eq!(words(&value).as_deref().unwrap_or("-"), expected, "{edtf}");
    }

    #[test]
    fn days_months_years_and_spans_have_their_words() {
        check("2006-10-12", "12 October 2006, a Thursday");
        check("-0586-07-24", "24 July 587 BC, a Sunday");
        check("1850-02", "February 1850");
        check("1850", "the year 1850");
        check("185X", "between 1 January 1850 and 31 December 1859");
        check("1794-09-22/1795-09-22", "22 September 1794 to 22 September 1795");
        check("1850-12-01/..", "1 December 1850 or later");
        check("[1850-03-04,1850-04]", "4 March 1850, a Monday or April 1850");
        check("{1850,1852}", "the year 1850 and the year 1852");
        check("[..1849]", "31 December 1849 or earlier");
    }

    #[test]
    fn doubt_is_said() {
        check("1850~", "the year 1850, approximate");
        check("1850?", "the year 1850, uncertain");
        check("1850-05%", "May 1850, uncertain and approximate");
    }

    #[test]
    fn what_has_no_bounds_has_no_words() {
        check("Y170000002", "-");
        check("XXXX-05-12", "-");
    }

    #[test]
    fn a_year_without_its_century_is_said_as_such() {
        check("XX26-11-03", "3 November of a year that ends in 26");
        check("XX26-11", "November of a year that ends in 26");
        check("XX26?", "a year that ends in 26, uncertain");
        check("18XX", "between 1 January 1800 and 31 December 1899");
    }
}
