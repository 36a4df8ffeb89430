//! `letterbook verify`: whether an archive is whole.

use std::io::Write as _;

use letterbook_archive::Archive;

use super::{Failure, count, reader};
use crate::args::archive::Verify;
use crate::commands::Status;
use crate::output::Output;
use crate::progress::{Progress, Tally, Unit};
use crate::render::{DOUBT, listing, printable};

pub(crate) fn run(args: &Verify) -> Result<Status, Failure> {
    let archive = Archive::open(&args.archive.folder, reader())?;
    let total = archive.health()?.counts.letters;
    let mut progress = Progress::new(Unit::Letter, Some(total), args.quiet, false);
    let mut tally = Tally::default();
    let faults = archive.verify(&mut |_| {
        tally.letters += 1;
        progress.advance(1, &tally);
    })?;
    progress.finish();
    let mut output = Output::open(None, true)?;
    for fault in &faults {
        writeln!(output, "{DOUBT}{}{DOUBT:#}", printable(&fault.to_string()))?;
    }
    let letters = count(total, "letter");
    let words = match faults.len() {
        0 => format!("{letters}, all whole"),
        n => format!("{letters}, {}", count(n as u64, "fault")),
    };
    writeln!(output, "{}", listing::summary(&words))?;
    output.finish()?;
    Ok(if faults.is_empty() { Status::Done } else { Status::Incomplete })
}
