//! What each command does: composing the reader, the pipe and the rendering.
//!
//! Exit statuses are decided here and nowhere else.

use std::io::{self, Write};
use std::process::ExitCode;

use letterbook_archive::cause;

use crate::args::{Cli, Color, Command};
use crate::{interrupt, pipe};

mod archive;
mod calendar;
mod dates;
mod edtf;
mod jsonl;
mod pages;
mod read;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// All was done.
    Done,
    /// Something could not be read; it has been reported.
    Incomplete,
    /// The person stopped it.
    Interrupted,
    /// The command line asked for what does not go together.
    Misunderstood,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        match status {
            Status::Done => ExitCode::SUCCESS,
            Status::Incomplete => ExitCode::FAILURE,
            Status::Misunderstood => ExitCode::from(2),
            Status::Interrupted => ExitCode::from(interrupt::STATUS),
        }
    }
}

impl Status {
    /// The status of a run that left `failed` behind.
    fn of(end: pipe::End, failed: bool) -> Status {
        match end {
            pipe::End::Interrupted => Status::Interrupted,
            pipe::End::Complete if failed => Status::Incomplete,
            pipe::End::Complete => Status::Done,
        }
    }
}

/// Does what the command line asks.
pub(crate) fn run(cli: Cli) -> ExitCode {
    let color = match cli.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    color.write_global();
    let done = match cli.command {
        Command::Read(args) => read::run(*args),
        Command::Add(args) => archive::settle(archive::add::run(&args), &args.archive),
        Command::List(args) => archive::settle(archive::find::list(&args), &args.archive),
        Command::Show(args) => archive::settle(archive::show::run(&args), &args.archive),
        Command::Search(args) => archive::settle(archive::find::search(&args), &args.archive),
        Command::Check(args) => archive::settle(archive::check::run(&args), &args.archive),
        Command::Edit(args) => archive::settle(archive::edit::run(&args), &args.archive),
        Command::History(args) => archive::settle(archive::history::run(&args), &args.archive),
        Command::People(args) => {
            archive::settle(archive::people::run(&args), archive::people::home(&args))
        }
        Command::Stats(args) => archive::settle(archive::stats::run(&args), &args.archive),
        Command::Rebuild(args) => archive::settle(archive::rebuild::run(&args), &args.archive),
        Command::Verify(args) => archive::settle(archive::verify::run(&args), &args.archive),
        Command::Backup(args) => archive::settle(archive::backup::run(&args), &args.archive),
        Command::Remove(args) => archive::settle(archive::remove::run(&args), &args.archive),
        Command::Dates(args) => dates::run(args),
        Command::Edtf(args) => edtf::run(args),
        Command::Calendar(args) => calendar::run(args),
        Command::Completions(args) => pages::completions(args),
        Command::Man(args) => pages::man(args),
    };
    end(done)
}

/// Reads files for another process of this program.
pub(crate) fn work() -> ExitCode {
    end(extract())
}

fn end(done: io::Result<Status>) -> ExitCode {
    match done {
        Ok(status) => status.into(),
        // the reader of a pipe has seen enough
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            complain(&format!("expected to write the output, but found {}", cause(&e)));
            ExitCode::FAILURE
        }
    }
}

/// Reads the files that another process of this program hands over, until it has no more.
fn extract() -> io::Result<Status> {
    // Ctrl-C is for the other process, which ends this one by closing its input, as its own end
    // does however it comes
    interrupt::listen();
    // what goes wrong is told through the pipe; nobody reads a message about it
    std::panic::set_hook(Box::new(|_| {}));
    use letterbook_files::worker::{end, serve};
    serve(io::stdin(), io::stdout(), || end())?;
    Ok(Status::Done)
}

/// Says on standard error what went wrong.
fn complain(message: &str) {
    let style = anstyle::AnsiColor::BrightRed.on_default().bold();
    let mut stderr = anstream::AutoStream::auto(io::stderr());
    // where nobody listens there is nobody to tell
    let _ = writeln!(stderr, "{style}error{style:#}: {message}");
}
