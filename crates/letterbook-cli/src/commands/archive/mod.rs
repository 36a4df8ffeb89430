//! The commands that keep letters: what all of them share.
//!
//! How an archive is opened, how a letter is named, who speaks and when, and what is said when
//! something cannot be done. The clock is asked here and nowhere below.

use std::fmt::Write as _;
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

use letterbook::Given;
use letterbook::record::{Finding, Letter};
use letterbook_archive::store::{LetterId, Removal};
use letterbook_archive::{Archive, Error, Hints, ingest};
use letterbook_dates::calendar::gregorian;
use letterbook_dates::day::Day;
use letterbook_files::document::Told;

use super::Status;
use crate::args::archive::{Home, Voice};
use crate::render::{correction, finding, query, width};
use crate::request::Problem;

pub(super) mod add;
pub(super) mod backup;
pub(super) mod check;
pub(super) mod edit;
pub(super) mod find;
pub(super) mod history;
pub(super) mod people;
pub(super) mod rebuild;
pub(super) mod remove;
pub(super) mod show;
pub(super) mod stats;
pub(super) mod verify;

/// Why a command came to no end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The archive could not do it.
    Archive(Error),
    /// What was asked does not fit; what it is about, and why.
    Problem(String, Problem),
    /// The output could not be written.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Archive(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

/// Says why a command came to no end; its status.
///
/// # Errors
///
/// When the output could not be written.
pub(super) fn settle(done: Result<Status, Failure>, home: &Home) -> io::Result<Status> {
    let (said, status) = match done {
        Ok(status) => return Ok(status),
        Err(Failure::Output(error)) => return Err(error),
        Err(Failure::Archive(Error::Query(error))) => {
            (query::error(&error, width(None)), Status::Misunderstood)
        }
        Err(Failure::Archive(error)) => {
            let name = home.folder.display().to_string();
            (finding::failure(&name, None, &problem(&error), width(None)), Status::Incomplete)
        }
        Err(Failure::Problem(name, problem)) => {
            (finding::failure(&name, None, &problem, width(None)), Status::Incomplete)
        }
    };
    say(&said);
    Ok(status)
}

/// Writes to standard error; where nobody listens there is nobody to tell.
pub(super) fn say(text: &str) {
    let mut stderr = anstream::AutoStream::auto(io::stderr());
    let _ = io::Write::write_all(&mut stderr, format!("{}\n", text.trim_end()).as_bytes());
}

/// An archive's error as a problem with a name.
pub(super) fn problem(error: &Error) -> Problem {
    let code = match error {
        Error::NotAnArchive { .. } => "no-archive",
        Error::Newer { .. } => "newer-archive",
        Error::Busy { .. } => "busy-archive",
        Error::NoSuchLetter(_) => "no-such-letter",
        Error::NoSuchCorrection(_) => "no-such-correction",
        Error::NoSuchField { .. } => "no-such-field",
        Error::NoSuchVersion(..) => "no-such-version",
        Error::Correction(_) => "correction-does-not-fit",
        Error::NoSuchDecision(_) => "no-such-decision",
        Error::Decision(_) => "decision-does-not-fit",
        Error::Damaged(_) => "damaged-archive",
        _ => "archive-failed",
    };
    Problem::new(code, error.to_string(), error.hint().to_owned())
}

/// What reads letters for the archive.
pub(super) fn reader() -> ingest::Reader {
    let name = format!("letterbook {}", env!("CARGO_PKG_VERSION"));
    ingest::Reader { name, read, check }
}

/// Reads letters as `letterbook read` does, each with what its file says beside it.
fn read(letters: &[(&str, &Hints)]) -> Vec<Letter> {
    let given: Vec<Given<'_>> = letters
        .iter()
        .map(|&(text, Hints { options, markup, .. })| Given { text, options, markup })
        .collect();
    let mut records = letterbook::read_many(&given);
    for (record, (text, hints)) in records.iter_mut().zip(letters) {
        record.findings.extend(check_against_file(text, record, hints));
    }
    records
}

/// The findings of a record that people have corrected, the file's own words beside it.
fn check(text: &str, letter: &Letter, hints: &Hints) -> Vec<Finding> {
    let mut findings = letterbook::check_record(text, letter);
    findings.extend(check_against_file(text, letter, hints));
    findings
}

fn check_against_file(text: &str, letter: &Letter, hints: &Hints) -> Vec<Finding> {
    let told = hints.file.as_deref().and_then(|json| Told::of_json(json, text));
    told.map_or_else(Vec::new, |told| letterbook_files::check(&told, text, letter))
}

/// Opens an archive to ask it; says so when its index does not have everything yet.
pub(super) fn open(home: &Home) -> Result<Archive, Failure> {
    let archive = Archive::open(&home.folder, reader())?;
    let behind = archive.behind()?;
    if behind > 0 {
        say(&format!(
            "note: {behind} letters that were added or changed are not found yet; the next command \
             that writes, such as `letterbook rebuild`, brings the index up"
        ));
    }
    Ok(archive)
}

/// Opens an archive to change it.
pub(super) fn open_to_write(home: &Home) -> Result<Archive, Failure> {
    Ok(Archive::open_to_write(&home.folder, reader())?)
}

/// The letter that a person names by its number or by its file.
pub(super) fn letter(archive: &Archive, name: &str) -> Result<LetterId, Failure> {
    let by_file = || archive.store().find_source(&tidy(name));
    match name.parse() {
        Ok(id) if archive.store().has_letter(id)? => Ok(id),
        _ => by_file()?.ok_or_else(|| {
            if let Ok(Some((id, removal))) = removed(archive, name) {
                return taken_out(id, &removal);
            }
            let message = format!("expected a letter's number or file, but found `{name}`");
            let hint = "`letterbook list` shows the letters";
            Failure::Problem(name.to_owned(), Problem::new("no-such-letter", message, hint))
        }),
    }
}

/// The letter that a person names by its number, where it was taken out, and how.
pub(super) fn removed(
    archive: &Archive,
    name: &str,
) -> Result<Option<(LetterId, Removal)>, Failure> {
    let Ok(id) = name.parse() else { return Ok(None) };
    Ok(archive.store().removal(id)?.map(|removal| (id, removal)))
}

fn taken_out(id: LetterId, removal: &Removal) -> Failure {
    let message = format!("expected a letter, but found {id} {}", correction::removal(removal));
    let hint = "its number is not used again; a copy of the archive may still have it";
    Failure::Problem(id.to_string(), Problem::new("letter-taken-out", message, hint))
}

/// A path as it is kept: without `.` and `..` where they say nothing.
pub(super) fn tidy(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for (i, part) in name.split('/').enumerate() {
        match part {
            "." => {}
            // an empty first part is the root
            "" if i > 0 => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Who speaks: as said, or from the environment, or by the system's own name.
pub(super) fn who(voice: &Voice) -> Result<String, Failure> {
    let named = voice.who.clone().or_else(|| {
        ["LETTERBOOK_WHO", "USER", "LOGNAME", "USERNAME"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
    });
    named.or_else(login).ok_or_else(|| {
        let message = "expected to know who says so, but found no name";
        let problem =
            Problem::new("no-name", message, "give it with --who NAME, or set LETTERBOOK_WHO");
        Failure::Problem("--who".into(), problem)
    })
}

/// The name that the system knows the user by, where the environment does not say it.
fn login() -> Option<String> {
    let said = std::process::Command::new("id").arg("-un").output().ok()?;
    let name = String::from_utf8(said.stdout).ok()?.trim().to_owned();
    (said.status.success() && !name.is_empty()).then_some(name)
}

/// The time now in UTC, as RFC 3339; `SOURCE_DATE_EPOCH` (seconds since 1970) stands in for it.
pub(super) fn now() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.trim().parse::<i64>().ok());
    let seconds = fixed.unwrap_or_else(|| {
        let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(passed.as_secs()).unwrap_or(i64::MAX)
    });
    timestamp(seconds)
}

/// 1970-01-01, the day from which Unix counts.
const EPOCH: i32 = 719_163;

fn timestamp(seconds: i64) -> String {
    let days = i32::try_from(seconds.div_euclid(86_400)).unwrap_or(0);
    let (year, month, day) = gregorian::from_day(Day(EPOCH + days));
    let rest = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// A number of things in words: "1 letter", "3 letters".
pub(super) fn count(n: u64, one: &str) -> String {
    let mut out = crate::progress::grouped(n);
    let _ = write!(out, " {one}");
    if n != 1 {
        match one.strip_suffix('y') {
            Some(_) => out.replace_range(out.len() - 1.., "ies"),
            None => out.push('s'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_by_rfc_3339() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00Z");
        assert_eq!(timestamp(951_827_696), "2000-02-29T12:34:56Z");
        assert_eq!(timestamp(-1), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn one_file_has_one_name() {
        for (name, expected) in [
            ("./letters//a.txt", "letters/a.txt"),
            ("letters/../b.txt", "b.txt"),
            ("../b.txt", "../b.txt"),
            ("/home/x/./b.txt", "/home/x/b.txt"),
            ("/../b", "/../b"),
        ] {
            assert_eq!(tidy(name), expected);
        }
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!(count(1, "letter"), "1 letter");
        assert_eq!(count(0, "entry"), "0 entries");
        assert_eq!(count(12_000, "correction"), "12,000 corrections");
    }
}
