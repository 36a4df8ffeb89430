//! `letterbook edit`: what people say of a reading, one value or a table of them.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;

use letterbook_archive::correction::{Action, Edit};
use letterbook_archive::{Archive, Planned, field};

use super::{Failure, count, letter, now, open, open_to_write, who};
use crate::args;
use crate::commands::Status;
use crate::output::Output;
use crate::render::{correction, listing, width};
use crate::request::Problem;

/// The columns of a table of corrections.
const COLUMNS: [&str; 6] = ["letter", "field", "action", "value", "who", "why"];

pub(crate) fn run(args: &args::archive::Edit) -> Result<Status, Failure> {
    if let Some(number) = args.undo {
        let speaker = who(&args.voice)?;
        let mut archive = open_to_write(&args.archive)?;
        let id = archive.undo(number, &speaker, &now(), &args.voice.why)?;
        archive.close()?;
        return done(&format!("correction {number} of letter {id} is taken back"));
    }
    let speaker = match args.dry_run {
        // nothing is kept that somebody must answer for
        true => args.voice.who.clone().unwrap_or_default(),
        false => who(&args.voice)?,
    };
    let mut archive = match args.dry_run {
        true => open(&args.archive)?,
        false => open_to_write(&args.archive)?,
    };
    let (edits, lines) = match &args.csv {
        Some(file) => table(&archive, file, &speaker, &args.voice.why)?,
        None => (vec![one(&archive, args, &speaker)?], vec![None]),
    };
    let planned = archive.plan(&edits).map_err(|(at, error)| {
        let name = args.csv.as_ref().map_or("--archive".into(), |f| f.display().to_string());
        match lines[at] {
            Some(line) => Failure::Problem(format!("{name}:{line}"), super::problem(&error)),
            None => Failure::Archive(error),
        }
    })?;
    if args.dry_run {
        show(&planned, &edits, None)?;
        return done(&format!(
            "{} would be made; nothing was changed",
            count(planned.len() as u64, "correction")
        ));
    }
    let numbers = archive.correct_all(&planned, &now())?;
    archive.close()?;
    show(&planned, &edits, Some(&numbers))?;
    done(&count(numbers.len() as u64, "correction"))
}

fn done(words: &str) -> Result<Status, Failure> {
    let mut output = Output::open(None, true)?;
    writeln!(output, "{}", listing::summary(words))?;
    output.finish()?;
    Ok(Status::Done)
}

fn one(archive: &Archive, args: &args::archive::Edit, who: &str) -> Result<Edit, Failure> {
    let action = match (args.confirm, args.reject) {
        (true, _) => Action::Confirm,
        (_, true) => Action::Reject,
        _ => Action::Set,
    };
    Ok(Edit {
        letter: letter(archive, args.letter.as_deref().unwrap_or_default())?,
        path: field::named(args.field.as_deref().unwrap_or_default()).to_owned(),
        action,
        value: args.value.clone(),
        who: who.to_owned(),
        why: args.voice.why.clone(),
    })
}

/// The corrections of a CSV file, and on which line of the file each stands.
fn table(
    archive: &Archive,
    file: &Path,
    speaker: &str,
    reason: &str,
) -> Result<(Vec<Edit>, Vec<Option<u64>>), Failure> {
    let name = file.display().to_string();
    let fail = |line: Option<u64>, code, message: String, hint: &'static str| {
        let place = line.map_or_else(|| name.clone(), |line| format!("{name}:{line}"));
        Failure::Problem(place, Problem::new(code, message, hint))
    };
    let opened = File::open(file).map_err(|error| {
        let message = format!("expected a file that can be read, but found: {error}");
        fail(None, "unreadable-file", message, "check the path")
    })?;
    let mut opened = BufReader::new(opened);
    let delimiter = delimiter(opened.fill_buf().unwrap_or_default());
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::Headers).delimiter(delimiter).from_reader(opened);
    let bad = |error: &csv::Error| {
        let line = error.position().map(csv::Position::line);
        let message = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("expected {expected_len} cells as in the head row, but found {len}")
            }
            csv::ErrorKind::Utf8 { .. } => "expected UTF-8, but found another encoding".to_owned(),
            _ => "expected a table, but found a file that breaks off".to_owned(),
        };
        fail(line, "bad-csv", message, "write a head row, as many cells in each row, and UTF-8")
    };
    let head = reader.headers().map_err(|e| bad(&e))?.clone();
    let columns: HashMap<String, usize> = head
        .iter()
        .enumerate()
        .map(|(i, name)| (name.trim_start_matches('\u{feff}').to_lowercase(), i))
        .collect();
    if let Some(missing) = ["letter", "field"].into_iter().find(|c| !columns.contains_key(*c)) {
        let found = head.iter().collect::<Vec<_>>().join(", ");
        let message = format!("expected a column `{missing}`, but found the columns {found}");
        return Err(fail(
            Some(1),
            "bad-csv",
            message,
            "the head row is letter,field,action,value,who,why",
        ));
    }
    if let Some(other) = columns.keys().find(|name| !COLUMNS.contains(&name.as_str())) {
        let message = format!("expected the columns {}, but found `{other}`", COLUMNS.join(", "));
        return Err(fail(Some(1), "bad-csv", message, "take the column out, or mend its name"));
    }
    let (mut edits, mut lines) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.map_err(|e| bad(&e))?;
        let line = row.position().map(csv::Position::line);
        let cell = |name: &str| {
            let cell = columns.get(name).and_then(|&i| row.get(i)).map(str::trim);
            cell.filter(|cell| !cell.is_empty())
        };
        let value = cell("value").map(str::to_owned);
        let action = match cell("action") {
            None => Action::Set,
            Some(action) => Action::from_name(&action.to_lowercase()).ok_or_else(|| {
                let message = format!("expected set, confirm or reject, but found `{action}`");
                fail(line, "bad-action", message, "leave the cell empty to set the value")
            })?,
        };
        let id =
            letter(archive, cell("letter").unwrap_or_default()).map_err(|error| match error {
                Failure::Problem(_, problem) => {
                    let place = line.map_or_else(|| name.clone(), |l| format!("{name}:{l}"));
                    Failure::Problem(place, problem)
                }
                other => other,
            })?;
        edits.push(Edit {
            letter: id,
            path: field::named(cell("field").unwrap_or_default()).to_owned(),
            action,
            value: value.filter(|_| action == Action::Set),
            who: cell("who").unwrap_or(speaker).to_owned(),
            why: cell("why").unwrap_or(reason).to_owned(),
        });
        lines.push(line);
    }
    Ok((edits, lines))
}

/// What parts the cells: a semicolon where spreadsheets of many countries write one, or a comma.
fn delimiter(file: &[u8]) -> u8 {
    let head = file.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| head.iter().filter(|&&b| b == mark).count();
    [b';', b'\t'].into_iter().find(|&mark| count(mark) > count(b',')).unwrap_or(b',')
}

/// What was, or would be, done: a line for each, and below it what the record then says otherwise.
fn show(planned: &[Planned], edits: &[Edit], numbers: Option<&[i64]>) -> Result<(), Failure> {
    let mut output = Output::open(None, true)?;
    let width = width(None);
    for (i, (plan, edit)) in planned.iter().zip(edits).enumerate() {
        let number = numbers.map(|n| format!("correction {}: ", n[i])).unwrap_or_default();
        let (action, path) = (edit.action.name(), &edit.path);
        writeln!(output, "{number}letter {}, {action} {path}", plan.letter)?;
        write!(output, "{}", correction::differences(&plan.differences, width))?;
    }
    output.finish()?;
    Ok(())
}
