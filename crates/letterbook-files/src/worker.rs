//! Files read by a process apart, so that one which crashes, hangs or grows takes nothing down.
//!
//! A [`Worker`] starts a program (the caller's own, with arguments that make it call [`serve`])
//! and hands it file after file; the process lives on between files, so that a small file costs
//! a message and not a start. It has a limit of memory of its own, and of time between one piece
//! and the next; whoever goes over is stopped, what it gave before stays, the file gets a
//! [`Failure`], and the next file a new process. It ends with the one who asks: when its input
//! closes, whether because the asker is done or was killed, it stops in the middle of whatever it
//! does, and where processes have groups the programs that it started end with it. Small pages without packing or nesting (plain
//! text, Markdown, HTML) are read where they are: nothing in them can harm.
//!
//! A request is a line of JSON, `name`, `bytes`, `limits` and `tools`, and the bytes; the answer
//! a line of JSON for each [`Piece`] and an empty line. Both ends are the same build, so the form
//! is promised to nobody. Does not open files.

#![expect(clippy::disallowed_types, reason = "this room starts other processes")]

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::document::Piece;
use crate::format::{self, Format};
use crate::limits::Limits;
use crate::reader::{Reader, Unit};
use crate::tools::Tools;
use crate::trouble::Failure;

/// Bytes up to which a page without packing or nesting is read where it is.
const SMALL: usize = 1 << 20;

/// Pieces that a process may be ahead of its reader.
const AHEAD: usize = 8;

/// Seconds beyond the limit after which a process is stopped: the programs that it starts have the
/// limit itself, and it is to say which of them failed.
const GRACE: u64 = 2;

/// What a process is asked.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    name: String,
    bytes: usize,
    limits: Limits,
    tools: Option<Tools>,
}

/// A process that reads files, one after the other; started when first needed.
#[derive(Debug)]
pub struct Worker {
    command: Vec<OsString>,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    input: ChildStdin,
    /// Pieces, and none at the end of a file.
    pieces: Receiver<Option<Piece>>,
}

impl Worker {
    /// A worker that is started by `command`: a program and its arguments, which calls [`serve`].
    pub fn new(command: Vec<OsString>) -> Worker {
        Worker { command, running: None }
    }

    /// Reads a file as [`read_each`](crate::read_each) does, and outlives it whatever it is.
    pub fn read(
        &mut self,
        name: &str,
        bytes: &[u8],
        limits: Limits,
        tools: Option<&Tools>,
        sink: &mut dyn FnMut(Piece),
    ) {
        let is_harmless = bytes.len() <= SMALL
            && matches!(
                format::detect("", name, bytes),
                Ok(Format::Text | Format::Markdown | Format::Html) | Err(_)
            );
        let tools = tools.cloned();
        if is_harmless {
            return read_here(name, bytes, limits, tools, sink);
        }
        let request = Request { name: name.to_owned(), bytes: bytes.len(), limits, tools };
        if let Err(failure) = self.ask(&request, bytes, sink) {
            self.stop();
            sink(Piece::Failure(failure));
        }
    }

    /// Hands over a request and what comes back for it.
    fn ask(
        &mut self,
        request: &Request,
        bytes: &[u8],
        sink: &mut dyn FnMut(Piece),
    ) -> Result<(), Failure> {
        if self.running.is_none() {
            self.running = Some(start(&self.command).map_err(|e| not_started(&e))?);
        }
        let Some(running) = &mut self.running else { return Ok(()) };
        let Running { child, input, pieces } = running;
        let patience = Duration::from_secs(request.limits.seconds.saturating_add(GRACE));
        thread::scope(|scope| {
            // a process that dies before it has heard all is told by its silence
            scope.spawn(move || {
                let mut line = serde_json::to_vec(request).unwrap_or_default();
                line.push(b'\n');
                let _ = input.write_all(&line).and_then(|()| input.write_all(bytes));
                let _ = input.flush();
            });
            loop {
                match pieces.recv_timeout(patience) {
                    Ok(Some(piece)) => sink(piece),
                    Ok(None) => return Ok(()),
                    Err(RecvTimeoutError::Timeout) => {
                        // also lets go of the thread that writes to it
                        kill(child);
                        return Err(too_long(request.limits.seconds));
                    }
                    Err(RecvTimeoutError::Disconnected) => {
                        kill(child);
                        return Err(ended(child, &request.limits));
                    }
                }
            }
        })
    }

    fn stop(&mut self) {
        if let Some(mut running) = self.running.take() {
            kill(&mut running.child);
            let _ = running.child.wait();
        }
    }
}

/// Ends a process and the programs that it started; that it has ended already is no error.
fn kill(child: &mut Child) {
    #[cfg(unix)]
    if let Ok(Some(group)) = i32::try_from(child.id()).map(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

fn start(command: &[OsString]) -> io::Result<Running> {
    let (program, arguments) = command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // the programs that it starts are of its group and end with it
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let (sender, pieces) = mpsc::sync_channel(AHEAD);
    thread::spawn(move || {
        // ends when the process or the worker does
        for line in BufReader::new(output).split(b'\n') {
            let Ok(line) = line else { return };
            let piece = match line.as_slice() {
                b"" => None,
                line => match serde_json::from_slice(line) {
                    Ok(piece) => Some(piece),
                    Err(_) => return,
                },
            };
            if sender.send(piece).is_err() {
                return;
            }
        }
    });
    Ok(Running { child, input, pieces })
}

fn not_started(error: &io::Error) -> Failure {
    Failure::new(
        "",
        "no-worker",
        format!("expected a process that reads the file, but found: {error}"),
        "check that the program may start itself, and that the system has room for processes",
    )
}

fn too_long(seconds: u64) -> Failure {
    Failure::new(
        "",
        "too-long",
        format!("expected a text or page within {seconds} seconds, but found none"),
        "raise the limit of seconds, or part the file",
    )
}

/// Why a process ended in the middle of a file.
fn ended(child: &mut Child, limits: &Limits) -> Failure {
    let status = child.wait();
    // memory may also run out before there is room to say so
    let is_aborted = status.as_ref().is_ok_and(is_aborted);
    let status = status.map_or_else(|e| e.to_string(), |s| s.to_string());
    let mut said = String::new();
    if let Some(stderr) = &mut child.stderr {
        let _ = stderr.take(4096).read_to_string(&mut said);
    }
    if said.contains("memory allocation of") || is_aborted && !said.contains("panicked") {
        return Failure::new(
            "",
            "too-much-memory",
            format!(
                "expected a file that can be read in {} bytes of memory, but found that it takes more",
                limits.memory_bytes
            ),
            "raise the limit of memory, or part the file",
        );
    }
    Failure::new(
        "",
        "reader-crashed",
        format!("expected the file to be read, but found that its reader ended: {status}"),
        "report this with the file, if you may share it; the others are not touched",
    )
}

/// Whether a process ended itself, as a program does that can have no more memory.
#[cfg(unix)]
fn is_aborted(status: &ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(rustix::process::Signal::ABORT.as_raw())
}

#[cfg(not(unix))]
fn is_aborted(_: &ExitStatus) -> bool {
    false
}

/// Reads in this process, and turns a fault of the program into a failure of this one file.
fn read_here(
    name: &str,
    bytes: &[u8],
    limits: Limits,
    tools: Option<Tools>,
    sink: &mut dyn FnMut(Piece),
) {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let unit = Unit { part: "", source: "", base: 0, bytes, name };
        Reader::new(limits, tools, sink).read(unit);
    }));
    if read.is_err() {
        sink(Piece::Failure(Failure::new(
            "",
            "internal-fault",
            "expected a text, but the program found a fault in itself",
            "report this with the file, if you may share it; the others are not touched",
        )));
    }
}

/// The other end of a [`Worker`]: reads the files that come through `input` until it ends.
///
/// The end of `input` is heard in the middle of a file, too, and `abandoned` is called then: nobody
/// waits for an answer any more, so it may [end the process](end). If it does not, what was asked
/// is answered.
///
/// # Errors
///
/// When `input` or `output` breaks off in the middle of a file, or is not what a worker writes.
pub fn serve(
    input: impl Read + Send,
    output: impl Write,
    abandoned: impl Fn() + Send,
) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    let (sender, requests) = mpsc::sync_channel(0);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut input = BufReader::new(input);
            while let Some(request) = read_request(&mut input).transpose() {
                let is_broken = request.is_err();
                if sender.send(request).is_err() || is_broken {
                    return;
                }
            }
            abandoned();
        });
        for request in requests {
            let (Request { name, limits, tools, .. }, bytes) = request?;
            let mut written = Ok(());
            read_here(&name, &bytes, limits, tools, &mut |piece| {
                if written.is_ok() {
                    written = write_line(&mut output, &piece);
                }
            });
            written?;
            output.write_all(b"\n")?;
            output.flush()?;
        }
        Ok(())
    })
}

/// The next request and the file that it is about.
fn read_request(input: &mut impl BufRead) -> io::Result<Option<(Request, Vec<u8>)>> {
    let mut line = Vec::new();
    if input.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let request: Request = serde_json::from_slice(&line)?;
    limit_memory(request.limits.memory_bytes);
    let mut bytes = vec![0; request.bytes];
    input.read_exact(&mut bytes)?;
    Ok(Some((request, bytes)))
}

/// Ends this process at once, and the programs that it started where it leads a group of its own.
pub fn end() -> ! {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpgrp, getpid, kill_current_process_group};
        if getpgrp() == getpid() {
            let _ = kill_current_process_group(Signal::KILL);
        }
    }
    std::process::exit(0)
}

fn write_line(output: &mut impl Write, piece: &Piece) -> io::Result<()> {
    serde_json::to_writer(&mut *output, piece)?;
    output.write_all(b"\n")?;
    output.flush()
}

/// Limits the address space of this process and of those that it will start.
#[cfg(unix)]
fn limit_memory(bytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::As).maximum;
    let current = Some(maximum.map_or(bytes, |most| bytes.min(most)));
    // a system that cannot limit it leaves the other limits
    let _ = setrlimit(Resource::As, Rlimit { current, maximum });
}

#[cfg(not(unix))]
fn limit_memory(_bytes: u64) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Contents;

    /// A file that is not read in this process.
    const MAIL: &[u8] = b"Message-ID: <1@b.example>\r\nFrom: a@b.example\r\n\r\nSir,";

    fn read(worker: &mut Worker, bytes: &[u8], limits: Limits) -> Contents {
        let mut contents = Contents::default();
        worker.read("a", bytes, limits, None, &mut |piece| contents.push(piece));
        contents
    }

    fn shell(script: &str) -> Worker {
        Worker::new(["sh", "-c", script].map(OsString::from).into())
    }

    #[test]
    fn both_ends_understand_each_other() {
        let request = |bytes: &[u8]| {
            let limits = Limits { memory_bytes: u64::MAX, ..Limits::default() };
            let request = Request { name: "a".into(), bytes: bytes.len(), limits, tools: None };
            let mut all = serde_json::to_vec(&request).expect("plain data");
            all.push(b'\n');
            all.extend_from_slice(bytes);
            all
        };
        let mut answers = Vec::new();
        serve(&*[request(MAIL), request(b"PK\x03\x04")].concat(), &mut answers, || {})
            .expect("served");
        let pieces: Vec<Option<Piece>> = answers
            .split(|&b| b == b'\n')
            .map(|line| (!line.is_empty()).then(|| serde_json::from_slice(line).expect("a piece")))
            .collect();
        let [Some(Piece::Document(document)), None, Some(Piece::Failure(failure)), None, None] =
            pieces.as_slice()
        else {
            panic!("expected a text and a failure, but found {pieces:?}");
        };
        assert_eq!(document.text, "From: a@b.example\n\nSir,");
        let at = document.text.find("Sir").expect("there");
        let direct = crate::read_file("a", MAIL, Limits::default());
        assert_eq!(document.map.place(at), direct.documents[0].map.place(at));
        assert_eq!(failure.code, "damaged-archive");
    }

    #[cfg(unix)]
    #[test]
    fn a_process_that_hangs_or_crashes_is_a_failure_of_its_file() {
        let limits = Limits { seconds: 0, ..Limits::default() };
        let code = |script: &str| read(&mut shell(script), MAIL, limits).failures[0].code.clone();
        assert_eq!(code("exec sleep 100"), "too-long");
        assert_eq!(code("kill -SEGV $$"), "reader-crashed");
        assert_eq!(
            code("echo 'memory allocation of 9 bytes failed' >&2; exit 1"),
            "too-much-memory"
        );
        assert_eq!(code("kill -ABRT $$"), "too-much-memory");
        assert_eq!(code("echo 'thread panicked' >&2; kill -ABRT $$"), "reader-crashed");
        assert_eq!(code("echo nonsense; exec sleep 100"), "reader-crashed");
        assert_eq!(
            read(&mut Worker::new(vec!["no-such-program".into()]), MAIL, limits).failures[0].code,
            "no-worker"
        );
    }

    #[test]
    fn the_end_of_the_questions_is_heard_and_said() {
        let heard = std::sync::atomic::AtomicBool::new(false);
        let hear = || heard.store(true, std::sync::atomic::Ordering::Relaxed);
        serve(&b""[..], &mut Vec::new(), hear).expect("served");
        assert!(heard.load(std::sync::atomic::Ordering::Relaxed));
        assert!(serve(&b"nonsense\n"[..], &mut Vec::new(), || {}).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn what_came_before_a_crash_stays_and_the_next_file_gets_a_new_process() {
        let script = r#"head -n 1 >/dev/null; echo '"Step"'; echo '{"Failure":{"part":"a","code":"b","message":"c","hint":"d"}}'; exit 9"#;
        let mut worker = shell(script);
        for _ in 0..2 {
            let failures = read(&mut worker, MAIL, Limits::default()).failures;
            let codes: Vec<&str> = failures.iter().map(|f| &*f.code).collect();
            assert_eq!(codes, ["b", "reader-crashed"]);
        }
    }

    #[test]
    fn small_plain_pages_need_no_process() {
        let contents = read(&mut Worker::new(Vec::new()), b"Dear Ann,", Limits::default());
        assert_eq!(contents.documents[0].text, "Dear Ann,");
    }
}
