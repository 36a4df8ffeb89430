//! The `letterbook` program: the rim where files, terminals and pipes meet the reader.
//!
//! `args` says what can be asked, `commands` does it, `render` shows it to people. Rules of
//! reading and of calendars live in the crates below; none is here.

use std::process::ExitCode;

mod args;
mod commands;
mod files;
mod intake;
mod interrupt;
mod lines;
mod output;
mod pipe;
mod places;
mod progress;
mod render;
mod request;
mod resume;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().collect();
    if args.get(1).is_some_and(|command| command == intake::WORKER) {
        return commands::work();
    }
    commands::run(args::parse(args))
}
