//! The project's own checks and chores: `cargo xtask ci` runs every check, in order.
//!
//! Uses no crate of ours and no crate at all, so that it builds in a second and runs on a broken
//! tree. Does not train, score or measure: that is the lab's work.

mod ci;
mod instructions;
mod modules;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask COMMAND

commands:
  ci     run every check, as a submission must pass it
  tidy   check the walls of the house, module heads and table headers
  instructions
         count the instructions of reading a letter (needs valgrind)";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let result = match (arguments.next().as_deref(), arguments.next()) {
        (Some("ci"), None) => ci::run(&root()),
        (Some("tidy"), None) => tidy::run(&root()),
        (Some("instructions"), None) => instructions::run(&root()),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&message);
            ExitCode::FAILURE
        }
    }
}

/// The workspace's folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[expect(clippy::print_stdout, reason = "xtask speaks to the person who runs it")]
fn say(line: &str) {
    println!("{line}");
}
