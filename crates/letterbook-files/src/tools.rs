//! Other programs, each with a limit on time, memory and output.
//!
//! PDF text comes from `pdftotext` and pictures of its pages from `pdftoppm` (Poppler), characters
//! of pictures from `tesseract`, where they are installed. They run as processes of their own, so
//! that a file which crashes or hangs one takes nothing else down: they get the file on standard
//! input, no shell reads any part of it, and they end at the limits. The only room of the crate
//! that is not a pure function of the bytes: what is installed decides.

#![expect(clippy::disallowed_types, reason = "this room starts other programs")]

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use crate::trouble::Failure;

/// Whether and how other programs may be started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tools {
    /// The languages in which pictures are read, as `tesseract` names them (`eng`, `deu+frk`).
    /// English unless told; empty to read no pictures.
    pub ocr_languages: String,
}

impl Default for Tools {
    fn default() -> Tools {
        Tools { ocr_languages: "eng".into() }
    }
}

/// Why a program gave nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It is not installed.
    Missing,
    /// It did not end in time.
    TooLong,
    /// It wrote more than it may.
    TooMuch,
    /// It ended with an error: the first line of what it said.
    Failed(String),
}

/// Runs `program` on `input` and gives what it writes, within the limits of time, memory and size.
pub(crate) fn run(
    program: &str,
    arguments: &[&str],
    input: &[u8],
    limits: &Limits,
) -> Result<Vec<u8>, Trouble> {
    let most = limits.file_bytes;
    let mut child = start(program, arguments, limits.memory_bytes)?;
    let (Some(mut stdin), Some(stdout), Some(stderr)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(Trouble::Failed("no pipes".into()));
    };
    thread::scope(|scope| {
        scope.spawn(move || {
            // a program that has seen enough closes its end, and that is no error
            let _ = stdin.write_all(input);
        });
        let said = scope.spawn(move || {
            let mut said = String::new();
            let _ = stderr.take(4096).read_to_string(&mut said);
            said
        });
        let (sender, receiver) = mpsc::channel();
        scope.spawn(move || {
            let mut output = Vec::new();
            let read = stdout.take(most.saturating_add(1)).read_to_end(&mut output);
            let _ = sender.send(read.map(|_| output));
        });
        let output = receiver.recv_timeout(Duration::from_secs(limits.seconds));
        let output = match output {
            Ok(Ok(output)) if output.len() as u64 <= most => output,
            Ok(Ok(_)) => return stop(&mut child, Trouble::TooMuch),
            Ok(Err(e)) => return stop(&mut child, Trouble::Failed(e.to_string())),
            Err(_) => return stop(&mut child, Trouble::TooLong),
        };
        // it has closed its output, so it ends now or is stopped
        match child.wait() {
            Ok(status) if status.success() => Ok(output),
            Ok(status) if status.code() == Some(127) => Err(Trouble::Missing),
            Ok(status) => {
                let said = said.join().unwrap_or_default();
                let line = said.lines().next().map(str::trim).unwrap_or_default();
                Err(Trouble::Failed(match line {
                    "" => status.to_string(),
                    line => line.to_owned(),
                }))
            }
            Err(e) => Err(Trouble::Failed(e.to_string())),
        }
    })
}

fn start(program: &str, arguments: &[&str], memory_bytes: u64) -> Result<Child, Trouble> {
    let mut command = if cfg!(unix) {
        // `ulimit` is the shell's; the program and its arguments stay outside its text
        let mut shell = Command::new("sh");
        let limit = format!("ulimit -v {} 2>/dev/null; exec \"$0\" \"$@\"", memory_bytes / 1024);
        shell.args(["-c", &limit, program]);
        shell
    } else {
        Command::new(program)
    };
    command
        .args(arguments)
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Trouble::Missing,
        _ => Trouble::Failed(e.to_string()),
    })
}

fn stop(child: &mut Child, trouble: Trouble) -> Result<Vec<u8>, Trouble> {
    // an error means that it has ended already
    let _ = child.kill();
    let _ = child.wait();
    Err(trouble)
}

/// The failure of `part` when `program` of `package` gave nothing.
pub(crate) fn failure(part: &str, program: &str, package: &str, trouble: &Trouble) -> Failure {
    match trouble {
        Trouble::Missing => Failure::new(
            part,
            "program-missing",
            format!("expected the program `{program}`, but found that it is not installed"),
            format!("install {package}"),
        ),
        Trouble::TooLong => Failure::new(
            part,
            "too-long",
            format!("expected `{program}` to end in time, but found it still at work"),
            "raise the limit of seconds, or part the file",
        ),
        Trouble::TooMuch => Failure::new(
            part,
            "unpacks-too-large",
            format!("expected `{program}` to write less than the limit, but found more"),
            "raise the limit of size, or part the file",
        ),
        Trouble::Failed(said) if said.contains("assword") => Failure::new(
            part,
            "encrypted",
            "expected a document that is open, but found one locked with a password",
            "open it with its password and save it without one",
        ),
        Trouble::Failed(said) => Failure::new(
            part,
            "damaged-document",
            format!("expected `{program}` to read it, but found: {said}"),
            "open it in its program and save it again",
        ),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn programs_that_hang_flood_fail_or_are_not_there_are_told_apart() {
        let limits = Limits { seconds: 1, file_bytes: 100, ..Limits::default() };
        assert_eq!(run("cat", &[], b"Sir,", &limits), Ok(b"Sir,".to_vec()));
        assert_eq!(run("sleep", &["30"], b"", &limits), Err(Trouble::TooLong));
        assert_eq!(run("cat", &[], &[b'a'; 200], &limits), Err(Trouble::TooMuch));
        assert_eq!(run("no-such-program", &[], b"", &limits), Err(Trouble::Missing));
        let failed = run("sh", &["-c", "echo 'bad file' >&2; exit 3"], b"", &limits);
        assert_eq!(failed, Err(Trouble::Failed("bad file".into())));
    }

    #[test]
    fn a_program_that_wants_too_much_memory_fails() {
        let limits = Limits { memory_bytes: 64 << 20, ..Limits::default() };
        let greedy = "import sys; x = bytearray(500 << 20); print(len(x))";
        match run("python3", &["-c", greedy], b"", &limits) {
            Err(Trouble::Missing) => eprintln!("skipped: python3 is not there"),
            other => assert!(matches!(other, Err(Trouble::Failed(_))), "{other:?}"),
        }
    }
}
