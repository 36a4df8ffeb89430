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
    let again = match letters.len() {
        1 => "adding its file again makes it a new letter",
        _ => "adding their files again makes them new letters",
    };
    say(&format!("{} taken out; {again}", count(letters.len() as u64, "letter")));
    Ok(Status::Done)
}
