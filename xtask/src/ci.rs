//! Every check of the project, cheapest first, each by the command that a person would type.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::{say, tidy};

/// The release of cargo-deny that the checks are written for.
const DENY: &str = "0.20.2";

/// Runs all checks and stops at the first that fails.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    step("tidy", || tidy::run(root))?;
    cargo(root, "format", &["fmt", "--all", "--check"], &[])?;
    cargo(
        root,
        "clippy",
        &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
        &[],
    )?;
    cargo(root, "tests and doc tests", &["test", "--workspace", "--locked"], &[])?;
    cargo(
        root,
        "docs",
        &["doc", "--workspace", "--no-deps", "--locked"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    )?;
    step("licences, bans, sources and advisories", || deny(root))?;
    // what a newcomer does first must work as the README writes it
    cargo(
        root,
        "the main job",
        &["run", "--release", "--locked", "--", "read", "corpora/letters", "-o", "/dev/null"],
        &[],
    )?;
    say("ci: every check passed");
    Ok(())
}

/// Checks the dependencies; the advisory database is asked for, and missed aloud when out of reach.
fn deny(root: &Path) -> Result<(), String> {
    let tools = root.join("target/tools");
    let program = tools.join("bin/cargo-deny");
    if !program.exists() {
        let tools = tools.to_string_lossy();
        let install =
            ["install", "cargo-deny", "--quiet", "--locked", "--version", DENY, "--root", &tools];
        spawn(Command::new("cargo").args(install).current_dir(root))?;
    }
    let check = |what: &[&str]| {
        spawn(Command::new(&program).args(["--all-features", "check"]).args(what).current_dir(root))
    };
    check(&["licenses", "bans", "sources"])?;
    let fetch = Command::new(&program).args(["fetch", "db"]).current_dir(root).output();
    if fetch.is_ok_and(|o| o.status.success()) {
        check(&["advisories"])
    } else {
        say("skipped: advisories, because the advisory database cannot be reached from here");
        Ok(())
    }
}

fn cargo(
    root: &Path,
    name: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Result<(), String> {
    step(name, || {
        let mut command = Command::new("cargo");
        command.args(arguments).envs(environment.iter().copied()).current_dir(root);
        spawn(&mut command)
    })
}

fn step(name: &str, work: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    say(&format!("ci: {name}"));
    let start = Instant::now();
    work().map_err(|e| format!("ci: {name} failed: {e}"))?;
    say(&format!("ci: {name}: {} s", start.elapsed().as_secs()));
    Ok(())
}

fn spawn(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{command:?}` ended with {status}")),
        Err(error) => Err(format!("`{command:?}` could not be started: {error}")),
    }
}
