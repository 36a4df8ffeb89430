//! `letterbook completions` and `letterbook man`, from the definitions in `args`.

use std::io::{self, Write};

use clap::CommandFactory;
use letterbook_archive::cause;

use super::{Status, complain};
use crate::args::{Cli, Completions, Man};
use crate::output::Output;

/// Prints the completion script of a shell.
pub(crate) fn completions(args: Completions) -> io::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "letterbook", &mut script);
    print(&script)
}

/// Prints the manual page, or writes those of all commands into a folder.
pub(crate) fn man(args: Man) -> io::Result<Status> {
    match args.dir {
        Some(dir) => {
            let written = std::fs::create_dir_all(&dir)
                .and_then(|()| clap_mangen::generate_to(Cli::command(), &dir));
            if let Err(e) = written {
                let dir = dir.display();
                complain(&format!("expected to write into {dir}, but found {}", cause(&e)));
                return Ok(Status::Incomplete);
            }
            Ok(Status::Done)
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            print(&page)
        }
    }
}

fn print(bytes: &[u8]) -> io::Result<Status> {
    let mut out = Output::open(None, false)?;
    out.write_all(bytes)?;
    out.finish()?;
    Ok(Status::Done)
}
