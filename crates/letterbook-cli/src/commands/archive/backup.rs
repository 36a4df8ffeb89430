//! `letterbook backup`: a whole copy, also while others write.

use super::{Failure, count, say};
use crate::args::archive::Backup;
use crate::commands::Status;
use letterbook_archive::Archive;

pub(crate) fn run(args: &Backup) -> Result<Status, Failure> {
    let archive = Archive::open(&args.archive.folder)?;
    archive.store().back_up(&args.to)?;
    let copy = Archive::open(&args.to)?;
    let letters = copy.health()?.counts.letters;
    say(&format!("{} copied to {}", count(letters, "letter"), args.to.display()));
    Ok(Status::Done)
}
