//! `letterbook stats`: how much an archive holds, and of what.

use std::collections::BTreeMap;
use std::io::Write as _;

use letterbook_archive::search::Request;
use serde::Serialize;

use super::{Failure, count, open};
use crate::args::archive::{Format, Stats};
use crate::commands::Status;
use crate::commands::jsonl::to_line;
use crate::output::Output;
use crate::progress::grouped;
use crate::render::{listing, table, width};

/// The counts as programs get them.
#[derive(Serialize)]
struct Counted<'a> {
    letters: u64,
    unreadable: u64,
    versions: u64,
    files: u64,
    corrections: u64,
    removed: u64,
    bytes: u64,
    facets: &'a BTreeMap<String, Vec<(String, u64)>>,
}

pub(crate) fn run(args: &Stats) -> Result<Status, Failure> {
    let archive = open(&args.archive)?;
    let counts = archive.health()?.counts;
    let found = archive.search(&Request { facets: true, limit: 0, ..Request::new("") })?;
    let most = match (args.limit, args.shown.format) {
        (Some(0), _) => usize::MAX,
        (Some(limit), _) => limit,
        (None, Format::Text) => listing::VALUES,
        (None, _) => usize::MAX,
    };
    let mut output = Output::open(None, args.shown.format == Format::Text)?;
    match args.shown.format {
        Format::Text => {
            let mut words = vec![count(counts.letters, "letter")];
            for (n, what) in [(counts.unreadable, "not read"), (counts.removed, "taken out")] {
                if n > 0 {
                    words.push(format!("{} {what}", grouped(n)));
                }
            }
            words.push(count(counts.sources, "file"));
            words.push(count(counts.versions, "version"));
            words.push(count(counts.corrections, "correction"));
            words.push(count(counts.bytes, "byte"));
            writeln!(output, "{}", listing::summary(&words.join(", ")))?;
            if !found.facets.is_empty() {
                let width = width(args.shown.width);
                write!(output, "\n{}", listing::facets(&found.facets, most, width))?;
            }
        }
        Format::Jsonl => output.write_all(&to_line(&Counted {
            letters: counts.letters,
            unreadable: counts.unreadable,
            versions: counts.versions,
            files: counts.sources,
            corrections: counts.corrections,
            removed: counts.removed,
            bytes: counts.bytes,
            facets: &listing::in_order(&found.facets, most),
        }))?,
        Format::Csv => output.write_all(&table::counts(&listing::in_order(&found.facets, most)))?,
    }
    output.finish()?;
    Ok(Status::Done)
}
