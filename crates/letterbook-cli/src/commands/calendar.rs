//! `letterbook calendar`: the day of a date in another calendar.

use std::io::{self, Write};

use letterbook_dates::calendar::{Calendar, CalendarDate, convert};
use letterbook_dates::day::Day;
use letterbook_dates::value::Edtf;
use serde::Serialize;

use super::edtf::row;
use super::{Status, complain, jsonl};
use crate::args;
use crate::output::Output;
use crate::render::{TITLE, date};
use crate::request::{Object, Problem};

/// The answer of the pipe.
#[derive(Serialize)]
struct Answer {
    iso: String,
    weekday: &'static str,
}

/// Answers on the command line, or runs the pipe.
///
/// # Errors
///
/// When the output cannot be written.
pub(crate) fn run(args: args::Calendar) -> io::Result<Status> {
    if args.jsonl {
        let keys = &["calendar", "year", "month", "day", "flag"];
        return jsonl::run(args.limit.max_bytes, keys, answer);
    }
    let mut out = Output::open(None, true)?;
    let mut status = Status::Done;
    if args.list {
        for calendar in Calendar::ALL {
            writeln!(out, "{}", calendar.label())?;
        }
    } else {
        match by_hand(&args) {
            Ok(day) => show(&mut out, day)?,
            Err(problem) => {
                complain(&problem.line());
                // a day that the calendar has not is an answer, anything else was not understood
                status = match &*problem.code {
                    "bad-date" => Status::Incomplete,
                    _ => Status::Misunderstood,
                };
            }
        }
    }
    out.finish()?;
    Ok(status)
}

fn by_hand(args: &args::Calendar) -> Result<Day, Problem> {
    let label = args.calendar.as_deref().unwrap_or_default();
    let [year, month, day] = args.date.as_slice() else {
        calendar(label)?;
        let found = match args.date.is_empty() {
            true => format!("nothing behind `{label}`"),
            false => format!("`{}`", args.date.join(" ")),
        };
        let message = format!("expected year, month and day, but found {found}");
        let hint = "write them in numbers, as in `letterbook calendar julian 1752 9 2`";
        return Err(Problem::new("wrong-value", message, hint));
    };
    let year = year.parse().map_err(|_| not_a_number("year", year))?;
    let month = month.parse().map_err(|_| not_a_number("month", month))?;
    to_day(label, year, month, day, if args.leap { "leap" } else { "" })
}

fn not_a_number(name: &str, found: &str) -> Problem {
    let message = format!("expected the {name} in numbers, but found `{found}`");
    Problem::new("wrong-value", message, "write it in digits")
}

/// The calendar of that label, whatever its case.
fn calendar(label: &str) -> Result<Calendar, Problem> {
    let folded = label.trim().to_lowercase();
    Calendar::from_label(&folded).ok_or_else(|| {
        let near = Calendar::ALL.iter().map(|c| c.label()).find(|known| {
            !folded.is_empty() && (known.contains(&folded) || folded.contains(known))
        });
        let near = near.map(|known| format!("`{known}` is one; ")).unwrap_or_default();
        let message = format!("expected a calendar, but found `{label}`");
        let hint = format!("{near}`letterbook calendar --list` names them all");
        Problem::new("unknown-calendar", message, hint)
    })
}

fn answer(object: &Object<'_>) -> Result<Answer, Problem> {
    let label = object.expect_text("calendar")?;
    let year = object.number("year")?.ok_or_else(|| object.missing("year"))?;
    let month = object.number("month")?.ok_or_else(|| object.missing("month"))?;
    let day = object.scalar("day")?.ok_or_else(|| object.missing("day"))?;
    let flag = object.hint("flag")?.unwrap_or_default();
    let day = to_day(&label, year, month, &day, &flag)?;
    let iso = iso(day).ok_or_else(|| out_of_range(year))?;
    Ok(Answer { iso, weekday: day.weekday().name() })
}

fn to_day(label: &str, year: i32, month: i32, day: &str, flag: &str) -> Result<Day, Problem> {
    let month = u8::try_from(month).map_err(|_| {
        Problem::new("bad-date", format!("expected a month from 1 to 99, but found {month}"), "")
    })?;
    let label = calendar(label)?.label();
    convert(label, year, month, day, flag).map_err(|e| Problem::new("bad-date", e.to_string(), ""))
}

fn iso(day: Day) -> Option<String> {
    Edtf::from_day(day).ok().map(|value| value.to_string())
}

fn out_of_range(year: i32) -> Problem {
    let message = format!("expected a day of the years -9999..=9999, but found one of {year}");
    Problem::new("bad-date", message, "")
}

/// The day in every calendar that was in force or can be counted, each in the words that the
/// command itself takes.
fn show(out: &mut impl Write, day: Day) -> io::Result<()> {
    let iso = iso(day).unwrap_or_default();
    writeln!(out, "{TITLE}{iso}{TITLE:#}  {}, a {}", date::day_words(day), day.weekday().name())?;
    for calendar in Calendar::ALL.iter().filter(|c| **c != Calendar::Gregorian) {
        let Ok(date) = calendar.from_day(day) else { continue };
        let CalendarDate { year, month, leap_month, day, .. } = date;
        let day = match calendar {
            // event and count in one number, see `roman::Event::day_number`
            Calendar::Roman => format!("{}:{}", day / 32, day % 32),
            _ => day.to_string(),
        };
        let leap = if leap_month { " --leap" } else { "" };
        row(out, calendar.label(), &format!("{year} {month} {day}{leap}"))?;
    }
    Ok(())
}
