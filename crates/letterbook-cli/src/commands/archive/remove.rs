//! `letterbook remove`: letters taken out for good.

use super::{Failure, count, letter, now, open_to_write, say, who};
use crate::args::archive::Remove;
use crate::commands::Status;

pub(crate) fn run(args: &Remove) -> Result<Status, Failure> {
    let speaker = who(&args.voice)?;
    let mut archive = open_to_write(&args.archive)?;
    // all are looked for before the first is taken out
    let mut letters = Vec::with_capacity(args.letters.len());
    for name in &args.letters {
        letters.push(letter(&archive, name)?);
    }
    letters.sort_unstable();
    letters.dedup();
    for &id in &letters {
        archive.remove(id, &speaker, &now(), &args.voice.why)?;
    }
    archive.close()?;
    say(&format!("{} taken out", count(letters.len() as u64, "letter")));
    Ok(Status::Done)
}
