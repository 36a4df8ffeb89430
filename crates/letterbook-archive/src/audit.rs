//! Checks across letters: what each letter says may be right alone and wrong beside the others.
//!
//! Compares letters by what they say of themselves, corrections included: days that are known
//! exactly, senders and recipients by their folded names. Changes nothing, and decides nothing: a
//! finding names the letters to look at. What can be seen in one letter is `letterbook`'s `check`.
//!
//! - `two-places-one-day`: one sender writes from two places on one day.
//! - `long-life`: one sender's letters lie more than [`LIFE`] years apart.
//! - `answer-before-letter`: a letter answers, by its day, one that is held and that is younger.
//! - `weekday-other-year`: a letter's weekday is not that of its date, but is that of the same day
//!   in another year, in which the sender has letters.
//! - `cited-year`: a letter answers one of a day of which none is held, but the same
//!   correspondent's letter of that day in a neighbouring year is.

use std::collections::HashMap;

use letterbook::record::{Letter, Party, ReferenceFrom, Severity};
use letterbook_dates::calendar::gregorian;
use letterbook_dates::day::{Day, Weekday};
use letterbook_dates::value::Edtf;

use crate::archive::Archive;
use crate::error::Error;
use crate::fold;
use crate::store::LetterId;

/// The years between a writer's first and last letter that are still believed.
pub const LIFE: i32 = 80;

/// The years to either side in which a weekday is looked for.
const YEARS: i32 = 30;

/// Something that does not fit between letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// A stable name, such as `two-places-one-day`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The letters that it is between, the earlier first.
    pub letters: [LetterId; 2],
    /// What was expected and what was found.
    pub message: String,
    /// What to do about it.
    pub hint: &'static str,
}

/// What of a letter is compared.
#[derive(Debug)]
struct Line {
    id: LetterId,
    sender: u32,
    recipient: Option<u32>,
    day: Day,
    place: Option<u32>,
    /// The weekday that the page gives, where it is not the day's own.
    odd_weekday: Option<Weekday>,
}

/// A day that a letter says its correspondent wrote to it.
#[derive(Debug)]
struct Answer {
    id: LetterId,
    /// Who wrote the letter that is answered, and to whom.
    from: u32,
    to: u32,
    day: Day,
    /// When the answer was written, where that is known to the day.
    written: Option<Day>,
}

/// Names, each once, so that a line is small whatever the number of letters.
#[derive(Debug, Default)]
struct Names {
    numbers: HashMap<String, u32>,
    shown: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        let folded = fold::words(name).into_iter().map(|w| w.folded).collect::<Vec<_>>().join(" ");
        *self.numbers.entry(folded).or_insert_with(|| {
            self.shown.push(name.to_owned());
            u32::try_from(self.shown.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn show(&self, number: u32) -> &str {
        self.shown.get(number as usize).map_or("", String::as_str)
    }
}

/// Compares all letters of an archive; `seen` is told the number of each as it is read.
///
/// # Errors
///
/// Whatever the disk says.
pub fn audit(archive: &Archive, seen: &mut dyn FnMut(LetterId)) -> Result<Vec<Conflict>, Error> {
    let (mut names, mut lines, mut answers) = (Names::default(), Vec::new(), Vec::new());
    archive.each_letter(seen, |id, letter| {
        lines.extend(line(id, letter, &mut names));
        answers.extend(answers_of(id, letter, &mut names));
    })?;
    lines.sort_by_key(|line| (line.sender, line.day, line.id));
    let mut conflicts = Vec::new();
    for letters in lines.chunk_by(|a, b| a.sender == b.sender) {
        find_two_places(letters, &names, &mut conflicts);
        find_long_life(letters, &names, &mut conflicts);
        find_other_years(letters, &names, &mut conflicts);
    }
    find_answered(&lines, &answers, &names, &mut conflicts);
    conflicts.sort_by_key(|conflict| (conflict.letters, conflict.code));
    Ok(conflicts)
}

fn name_of(parties: &[Party]) -> Option<&str> {
    match parties {
        // several who sign together are no one person
        [party] => Some(party.name.as_ref()?.value.as_str()),
        _ => None,
    }
}

fn exact_day(value: &str) -> Option<Day> {
    Edtf::parse(value).ok()?.to_day()
}

fn line(id: LetterId, letter: &Letter, names: &mut Names) -> Option<Line> {
    let sender = names.number(name_of(&letter.senders)?);
    let date = letter.date.as_ref()?;
    let day = exact_day(&date.value)?;
    let weekday = date.weekday.as_ref().and_then(|written| {
        Weekday::ALL.into_iter().find(|weekday| weekday.name().eq_ignore_ascii_case(written))
    });
    Some(Line {
        id,
        sender,
        recipient: name_of(&letter.recipients).map(|name| names.number(name)),
        day,
        place: letter.place.as_ref().map(|place| names.number(&place.value)),
        odd_weekday: weekday.filter(|weekday| *weekday != day.weekday()),
    })
}

fn answers_of(id: LetterId, letter: &Letter, names: &mut Names) -> Vec<Answer> {
    let (Some(writer), Some(other)) = (name_of(&letter.senders), name_of(&letter.recipients))
    else {
        return Vec::new();
    };
    let (to, from) = (names.number(writer), names.number(other));
    let written = letter.date.as_ref().and_then(|date| exact_day(&date.value));
    letter
        .references
        .iter()
        .filter(|reference| reference.from == ReferenceFrom::Recipient)
        .filter_map(|reference| exact_day(reference.date.as_ref()?))
        .map(|day| Answer { id, from, to, day, written })
        .collect()
}

fn find_two_places(letters: &[Line], names: &Names, conflicts: &mut Vec<Conflict>) {
    for day in letters.chunk_by(|a, b| a.day == b.day) {
        let mut placed = day.iter().filter(|line| line.place.is_some());
        let Some(first) = placed.next() else { continue };
        let Some(other) = placed.find(|line| line.place != first.place) else { continue };
        let place = |line: &Line| line.place.map_or("", |place| names.show(place));
        conflicts.push(Conflict {
            code: "two-places-one-day",
            severity: Severity::Warning,
            letters: [first.id, other.id],
            message: format!(
                "expected {} to write from one place on {}, but found {} and {}",
                names.show(first.sender),
                show(first.day),
                place(first),
                place(other)
            ),
            hint: "one of the dates or places may be misread, or one letter may be dictated",
        });
    }
}

fn find_long_life(letters: &[Line], names: &Names, conflicts: &mut Vec<Conflict>) {
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return };
    let years = gregorian::from_day(last.day).0 - gregorian::from_day(first.day).0;
    if years > LIFE {
        conflicts.push(Conflict {
            code: "long-life",
            severity: Severity::Warning,
            letters: [first.id, last.id],
            message: format!(
                "expected {}'s letters within {LIFE} years, but found {} and {}",
                names.show(first.sender),
                show(first.day),
                show(last.day)
            ),
            hint: "a year may be misread, or two persons may share the name",
        });
    }
}

/// The year nearest to a letter's own in which its day has the weekday that the page gives, and in
/// which its sender has letters.
fn find_other_years(letters: &[Line], names: &Names, conflicts: &mut Vec<Conflict>) {
    for line in letters {
        let Some(weekday) = line.odd_weekday else { continue };
        let (year, month, day) = gregorian::from_day(line.day);
        let fits = |year: i32| {
            let other = gregorian::day(year, month, day).ok()?;
            let in_year =
                |other: &&Line| other.id != line.id && gregorian::from_day(other.day).0 == year;
            let neighbour = letters.iter().find(in_year)?;
            (other.weekday() == weekday).then_some((other, neighbour))
        };
        let nearest = (1..=YEARS).flat_map(|n| [year - n, year + n]).find_map(fits);
        if let Some((other, neighbour)) = nearest {
            conflicts.push(Conflict {
                code: "weekday-other-year",
                severity: Severity::Warning,
                letters: [line.id, neighbour.id],
                message: format!(
                    "expected a {} as the page says, but found {}, a {}; {} was one, and {} wrote \
                     then",
                    weekday.name(),
                    show(line.day),
                    line.day.weekday().name(),
                    show(other),
                    names.show(line.sender)
                ),
                hint: "the year may be misread, or misdated by an editor",
            });
        }
    }
}

fn find_answered(lines: &[Line], answers: &[Answer], names: &Names, conflicts: &mut Vec<Conflict>) {
    let held = |from: u32, to: u32, day: Day| {
        let start = lines.partition_point(|line| (line.sender, line.day) < (from, day));
        lines[start..]
            .iter()
            .take_while(|line| (line.sender, line.day) == (from, day))
            .find(|line| line.recipient == Some(to))
    };
    for answer in answers {
        let is_younger = |line: &Line| answer.written.is_some_and(|written| line.day > written);
        let exact = held(answer.from, answer.to, answer.day);
        if exact.is_some_and(|line| !is_younger(line)) {
            continue;
        }
        let (year, month, day) = gregorian::from_day(answer.day);
        let near = exact.or_else(|| {
            [year - 1, year + 1]
                .into_iter()
                .filter_map(|year| gregorian::day(year, month, day).ok())
                .find_map(|day| held(answer.from, answer.to, day))
        });
        let Some(near) = near else { continue };
        let (code, message) = match answer.written.filter(|_| is_younger(near)) {
            Some(written) => (
                "answer-before-letter",
                format!(
                    "expected an answer after {}'s letter of {}, but found it on {}",
                    names.show(answer.from),
                    show(near.day),
                    show(written)
                ),
            ),
            None => (
                "cited-year",
                format!(
                    "expected {}'s letter of {}, which this one answers, but found one of {}",
                    names.show(answer.from),
                    show(answer.day),
                    show(near.day)
                ),
            ),
        };
        conflicts.push(Conflict {
            code,
            severity: Severity::Warning,
            letters: [near.id, answer.id],
            message,
            hint: "the year of one of the two may be misread",
        });
    }
}

fn show(day: Day) -> String {
    Edtf::from_day(day).map_or_else(|error| error.to_string(), |value| value.to_string())
}
