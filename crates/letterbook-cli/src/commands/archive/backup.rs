//! `letterbook backup`: a whole copy, also while others write.

use super::{Failure, count, reader, say};
use crate::args::archive::Backup;
use crate::commands::Status;
use crate::request::Problem;
use letterbook_archive::{Archive, Error};

pub(crate) fn run(args: &Backup) -> Result<Status, Failure> {
    let archive = Archive::open(&args.archive.folder, reader())?;
    let found = match Archive::open(&args.to, reader()) {
        _ if args.to.is_file() => Some("a file"),
        Err(Error::NotAnArchive { .. }) => None,
        _ => Some("an archive"),
    };
    if let Some(found) = found {
        let to = args.to.display().to_string();
        let message = format!("expected a new folder for the copy, but found {found}");
        let hint = "name another folder; what is there is never written over";
        return Err(Failure::Problem(to, Problem::new("copy-exists", message, hint)));
    }
    archive.store().back_up(&args.to)?;
    // whoever opens a writer makes the index, so that the copy can be searched at once
    let copy = Archive::open_to_write(&args.to, reader())?;
    let letters = copy.health()?.counts.letters;
    copy.close()?;
    say(&format!("{} copied to {}", count(letters, "letter"), args.to.display()));
    Ok(Status::Done)
}
