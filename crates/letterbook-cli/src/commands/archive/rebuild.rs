//! `letterbook rebuild`: the index anew, or every letter read again.

use std::io::Write as _;

use letterbook_archive::difference::{self, Difference};
use letterbook_archive::store::LetterId;
use letterbook_archive::{Archive, Reread};
use serde::Serialize;

use super::{Failure, count, now, open, open_to_write, reader, say};
use crate::args::archive::{Format, Rebuild};
use crate::commands::Status;
use crate::commands::jsonl::to_line;
use crate::interrupt;
use crate::output::Output;
use crate::progress::{Progress, Tally, Unit};
use crate::render::{correction, table, width};

/// Letters that are read again in one transaction.
const BATCH: usize = 500;

pub(crate) fn run(args: &Rebuild) -> Result<Status, Failure> {
    if args.read {
        return read(args);
    }
    let mut archive = open_to_write(&args.archive)?;
    let total = archive.health()?.counts.letters;
    let mut progress = Progress::new(Unit::Letter, Some(total), args.quiet, false);
    let mut tally = Tally::default();
    archive.rebuild(&mut |_, _| {
        tally.letters += 1;
        progress.advance(1, &tally);
    })?;
    archive.close()?;
    progress.finish();
    if !args.quiet {
        say(&format!("the index has {} now", count(total, "letter")));
    }
    Ok(Status::Done)
}

/// A letter that is read otherwise now, as programs get it.
#[derive(Serialize)]
struct Other<'a> {
    letter: LetterId,
    differences: Vec<Change<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct Change<'a> {
    field: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

fn read(args: &Rebuild) -> Result<Status, Failure> {
    interrupt::listen();
    let mut archive = match args.dry_run {
        true => open(&args.archive)?,
        false => open_to_write(&args.archive)?,
    };
    let total = archive.health()?.counts.letters;
    let mut output = Output::open(None, args.shown.format == Format::Text)?;
    let terminal = output.is_terminal();
    let mut progress = Progress::new(Unit::Letter, Some(total), args.quiet, terminal);
    let mut tally = Tally::default();
    if args.shown.format == Format::Csv {
        output.write_all(&table::line(["letter", "field", "before", "after"].into_iter()))?;
    }
    let (mut last, mut changed, mut in_value) = (0, 0, 0);
    while !interrupt::is_asked() {
        let ids = archive.store().letters_after(last, BATCH)?;
        let Some(&end) = ids.last() else { break };
        for (id, reread) in again(&mut archive, &ids, args.dry_run)? {
            let Reread::Changed { before, after } = reread else { continue };
            changed += 1;
            let differences = match (&before, &after) {
                (Some(before), Ok(after)) => difference::between(before, after),
                _ => Vec::new(),
            };
            let error = after.as_ref().err().map(String::as_str);
            in_value += u64::from(!differences.is_empty() || before.is_none() || error.is_some());
            show(&mut output, args, id, &differences, error)?;
        }
        last = end;
        tally.letters += ids.len() as u64;
        progress.advance(ids.len() as u64, &tally);
    }
    if !args.dry_run {
        archive.close()?;
    }
    progress.finish();
    output.finish()?;
    if !args.quiet {
        let would = if args.dry_run { "would be" } else { "are" };
        let mut words = format!(
            "{} read again; {changed} {would} read otherwise, {in_value} of them in a value",
            count(tally.letters, "letter")
        );
        if interrupt::is_asked() {
            words.push_str("; interrupted, the rest is as it was");
        }
        say(&words);
    }
    Ok(if interrupt::is_asked() { Status::Interrupted } else { Status::Done })
}

fn again(
    archive: &mut Archive,
    ids: &[LetterId],
    dry_run: bool,
) -> Result<Vec<(LetterId, Reread)>, Failure> {
    Ok(match dry_run {
        true => archive.would_change(ids, &reader())?,
        false => archive.read_all_again(ids, &now())?,
    })
}

fn show(
    output: &mut Output,
    args: &Rebuild,
    id: LetterId,
    differences: &[Difference],
    error: Option<&str>,
) -> Result<(), Failure> {
    match args.shown.format {
        // confidence and evidence alone are no news to people
        Format::Text if differences.is_empty() && error.is_none() => {}
        Format::Text => {
            writeln!(output, "letter {id}{}", error.map(|e| format!(": {e}")).unwrap_or_default())?;
            let lines = correction::differences(differences, width(args.shown.width));
            write!(output, "{lines}")?;
        }
        Format::Jsonl => {
            let differences = differences
                .iter()
                .map(|d| Change {
                    field: &d.path,
                    before: d.before.as_deref(),
                    after: d.after.as_deref(),
                })
                .collect();
            output.write_all(&to_line(&Other { letter: id, differences, error }))?;
        }
        Format::Csv => {
            let number = id.to_string();
            for d in differences {
                let before = d.before.as_deref().unwrap_or_default();
                let after = d.after.as_deref().unwrap_or_default();
                output.write_all(&table::line(
                    [&number, d.path.as_str(), before, after].into_iter(),
                ))?;
            }
        }
    }
    Ok(())
}
