//! `letterbook read`: letters from files, folders and pipes, for people and for programs.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use letterbook::record::{Id, Letter};
use letterbook::source::{Source, Unreadable};
use letterbook::span::Text;
use letterbook::{Options, read, read_text};

use super::jsonl::{BROKEN, ErrorRecord, line_problem, to_line};
use super::{Status, complain};
use crate::args::{self, Format};
use crate::files::{self, Item};
use crate::lines::{Chunks, Line};
use crate::output::Output;
use crate::pipe::{self, Emit, Job};
use crate::progress::{Progress, Tally, Unit};
use crate::render::card::{View, card};
use crate::render::margin::margin;
use crate::render::{FAINT, TITLE, finding, table, width};
use crate::request::{Object, Problem};

/// What a line of the pipe may say.
const KEYS: &[&str] = &["text", "lang", "place", "received", "anchor"];

/// How the answers look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Cards { explain: bool, zones: bool, width: usize },
    Json,
    Jsonl,
    Csv,
}

/// Reads what the command line names.
///
/// # Errors
///
/// When the output cannot be written.
pub(crate) fn run(args: args::Read) -> io::Result<Status> {
    let shape = match args.format {
        _ if args.jsonl => Shape::Jsonl,
        Format::Text => {
            Shape::Cards { explain: args.explain, zones: args.zones, width: width(args.width) }
        }
        Format::Json => Shape::Json,
        Format::Jsonl => Shape::Jsonl,
        Format::Csv => Shape::Csv,
    };
    let is_cards = matches!(shape, Shape::Cards { .. });
    let output = match Output::open(args.output.as_deref(), is_cards) {
        Ok(output) => output,
        Err(e) => {
            let file = args.output.as_deref().map(files::name).unwrap_or_default();
            complain(&format!("{file} could not be opened for writing: {e}"));
            return Ok(Status::Incomplete);
        }
    };
    crate::interrupt::listen();

    let found = match args.paths.is_empty() {
        true => files::Found { items: vec![Item::Stdin], skipped: Vec::new() },
        false => files::find(&args.paths, args.output.as_deref()),
    };
    let sizes = found.items.iter().map(|item| match item {
        Item::File(_, size) => Some(*size),
        Item::Unreadable(..) => Some(0),
        Item::Stdin => None,
    });
    let total: Option<u64> = sizes.sum();
    let progress = Progress::new(Unit::Letter, total, args.quiet, output.is_terminal());
    let jobs = Jobs {
        items: found.items.into(),
        lines: None,
        all_jsonl: args.jsonl,
        max_bytes: args.max_bytes,
    };
    let reader = Reader {
        options: Options {
            language: args.lang.clone(),
            place: args.place.clone(),
            explain: args.explain,
            ..Options::default()
        },
        shape,
        max_bytes: args.max_bytes,
        is_pipe: args.jsonl,
    };
    let tally = Tally { skipped: found.skipped.len() as u64, ..Tally::default() };
    let mut report = Report { output, progress, tally, shape, answers: 0, failed: false };
    report.begin()?;
    let end = pipe::run(jobs, |job| reader.answer(job), &mut report);
    report.progress.finish();
    let end = end?;
    report.end(end, &found.skipped, &args)
}

/// A piece of work: a file, a line, or something that is known to be unreadable.
enum Task {
    File(PathBuf, u64),
    Stdin,
    Line(Option<Arc<str>>, Line),
    Unreadable(String, Problem),
}

impl Job for Task {
    fn weight(&self) -> usize {
        match self {
            Task::File(_, size) => usize::try_from(*size).unwrap_or(usize::MAX).min(16 << 20),
            Task::Line(_, line) => line.weight(),
            Task::Stdin | Task::Unreadable(..) => 0,
        }
    }
}

/// A file of JSON lines that is being read, and its name; standard input has none.
type Lines = (Option<Arc<str>>, Chunks<Box<dyn Read + Send>>);

/// The work in the order of the command line; files of JSON lines come apart into their lines.
struct Jobs {
    items: VecDeque<Item>,
    lines: Option<Lines>,
    all_jsonl: bool,
    max_bytes: u64,
}

impl Jobs {
    fn open(&mut self, name: Option<Arc<str>>, input: Box<dyn Read + Send>) {
        self.lines = Some((name, Chunks::new(input, self.max_bytes)));
    }
}

impl Iterator for Jobs {
    type Item = Vec<Task>;

    fn next(&mut self) -> Option<Vec<Task>> {
        loop {
            if let Some((name, chunks)) = &mut self.lines {
                if let Some(chunk) = chunks.next() {
                    return Some(chunk.into_iter().map(|l| Task::Line(name.clone(), l)).collect());
                }
                self.lines = None;
            }
            match self.items.pop_front()? {
                Item::Stdin if self.all_jsonl => self.open(None, Box::new(io::stdin())),
                Item::Stdin => return Some(vec![Task::Stdin]),
                Item::File(path, _) if self.all_jsonl || files::is_jsonl(&path) => {
                    let name = files::name(&path);
                    match File::open(&path) {
                        Ok(file) => self.open(Some(name.into()), Box::new(file)),
                        Err(e) => return Some(vec![Task::Unreadable(name, unopened(&e))]),
                    }
                }
                Item::File(path, size) => return Some(vec![Task::File(path, size)]),
                Item::Unreadable(name, problem) => {
                    return Some(vec![Task::Unreadable(name, problem)]);
                }
            }
        }
    }
}

fn unopened(error: &io::Error) -> Problem {
    let (code, hint) = match error.kind() {
        io::ErrorKind::NotFound => ("not-found", "check the spelling of the path"),
        io::ErrorKind::PermissionDenied => {
            ("no-permission", "ask for the right to read it, or copy it to a folder of your own")
        }
        _ => ("unreadable-file", "check the disk, and whether another program holds the file"),
    };
    Problem::new(code, format!("expected a file that can be read, but found: {error}"), hint)
}

fn undecoded(error: &Unreadable) -> Problem {
    Problem::new(error.code(), error.to_string(), error.hint())
}

/// What became of a task.
struct Answer {
    /// For the output.
    bytes: Vec<u8>,
    /// For standard error.
    said: String,
    /// Bytes of input that it took.
    taken: u64,
    tally: Tally,
    /// Whether something failed that the output does not answer in its place.
    is_failure: bool,
}

/// Reads and shows, one task at a time, on any core.
struct Reader {
    options: Options,
    shape: Shape,
    max_bytes: u64,
    /// Whether failures stand in the output alone, as the pipe's contract has it.
    is_pipe: bool,
}

impl Reader {
    fn answer(&self, task: Task) -> Answer {
        match task {
            Task::File(path, size) => {
                let name = files::name(&path);
                let bytes = File::open(&path).map_err(|e| unopened(&e));
                let read = bytes.and_then(|file| self.bytes(file, size));
                self.page(&name, read, size)
            }
            Task::Stdin => {
                let read = self.bytes(io::stdin(), 0);
                let taken = read.as_ref().map_or(0, |b| b.len() as u64);
                self.page("-", read, taken)
            }
            Task::Line(source, line) => self.line(source.as_deref(), &line),
            Task::Unreadable(name, problem) => {
                self.failure(Some(&Id::Text(name.clone())), &name, None, &problem, 0)
            }
        }
    }

    /// All bytes of an input, unless there are too many.
    fn bytes(&self, input: impl Read, size: u64) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(self.max_bytes)).unwrap_or(0));
        input.take(self.max_bytes + 1).read_to_end(&mut bytes).map_err(|e| unopened(&e))?;
        if bytes.len() as u64 > self.max_bytes {
            let message = format!("expected at most {} bytes, but found more", self.max_bytes);
            let hint = "raise the limit with --max-bytes if the letter is really so long";
            return Err(Problem::new("too-large", message, hint));
        }
        Ok(bytes)
    }

    /// A file that holds one letter.
    fn page(&self, name: &str, bytes: Result<Vec<u8>, Problem>, taken: u64) -> Answer {
        let id = Id::Text(name.to_owned());
        let source = bytes.and_then(|bytes| {
            let letter = guarded(|| read(&bytes, &self.options))?.map_err(|e| undecoded(&e))?;
            Ok((bytes, letter))
        });
        match source {
            Err(problem) => self.failure(Some(&id), name, None, &problem, taken),
            Ok((bytes, mut letter)) => {
                letter.id = Some(id);
                // only the cards need the text beside the record
                let source = match self.shape {
                    Shape::Cards { .. } => Source::decode(&bytes).ok(),
                    _ => None,
                };
                let text = source.as_ref().map_or("", Source::text);
                self.letter(name, text, &letter, taken)
            }
        }
    }

    /// A line that holds one letter.
    fn line(&self, source: Option<&str>, line: &Line) -> Answer {
        let fail = |id: Option<&Id>, problem: &Problem| {
            self.failure(id, source.unwrap_or("-"), Some(line.number), problem, line.taken)
        };
        let body = match &line.body {
            Ok(body) => body,
            Err(e) => return fail(None, &line_problem(e, self.max_bytes)),
        };
        let object = match Object::parse(body, KEYS) {
            Ok(object) => object,
            Err((id, problem)) => return fail(id.as_ref(), &problem),
        };
        match self.request(&object) {
            Err(problem) => fail(object.id(), &problem),
            Ok((text, mut letter)) => {
                letter.id = object.id().cloned();
                let place = format!("{}:{}", source.unwrap_or("-"), line.number);
                let name = letter.id.as_ref().map_or(place.clone(), table::id);
                if !self.is_pipe && letter.id.is_none() {
                    letter.id = Some(Id::Text(place));
                }
                self.letter(&name, &text, &letter, line.taken)
            }
        }
    }

    /// The text of a request and what it says, read with the hints beside it.
    fn request(&self, object: &Object<'_>) -> Result<(String, Letter), Problem> {
        let text = object.expect_text("text")?;
        let or = |hint: Option<String>, all: &Option<String>| hint.or_else(|| all.clone());
        let options = Options {
            language: or(object.hint("lang")?, &self.options.language),
            place: or(object.hint("place")?, &self.options.place),
            received: object.hint("received")?,
            anchor: object.hint("anchor")?,
            ..self.options.clone()
        };
        let letter = guarded(|| read_text(&text, &options))?;
        Ok((text, letter))
    }

    fn letter(&self, name: &str, text: &str, letter: &Letter, taken: u64) -> Answer {
        let mut tally = Tally { letters: 1, ..Tally::default() };
        for finding in &letter.findings {
            tally.find(finding.severity);
        }
        let bytes = match self.shape {
            Shape::Cards { explain, zones, width } => {
                let text = Text::new(text);
                let mut page = String::new();
                if zones {
                    page.push_str(&margin(name, &text, letter, width));
                    page.push('\n');
                }
                let view = View { name, text: &text, letter, width, explain };
                page.push_str(&card(&view));
                page.into_bytes()
            }
            Shape::Json | Shape::Jsonl => to_line(letter),
            Shape::Csv => table::row(letter),
        };
        Answer { bytes, said: String::new(), taken, tally, is_failure: false }
    }

    fn failure(
        &self,
        id: Option<&Id>,
        name: &str,
        line: Option<u64>,
        problem: &Problem,
        taken: u64,
    ) -> Answer {
        let mut tally = Tally::default();
        tally.fail(problem.code);
        // a pipe answers each bad line in its place, but has no place for a file
        let is_failure = !self.is_pipe || line.is_none() || problem.code == BROKEN;
        let bytes = match self.shape {
            Shape::Cards { .. } => Vec::new(),
            Shape::Jsonl if self.is_pipe && line.is_none() => Vec::new(),
            Shape::Json | Shape::Jsonl => to_line(&ErrorRecord::new(id, line, problem)),
            Shape::Csv => table::failure(name, problem),
        };
        let said = match is_failure {
            true => finding::failure(name, line, problem, width(None)),
            false => String::new(),
        };
        Answer { bytes, said, taken, tally, is_failure }
    }
}

/// Reads, and turns a fault of the program into a problem of this one letter.
fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| {
        let message = "expected a reading, but the program found a fault in itself";
        let hint = "report this with the letter, if you may share it; the others are not touched";
        Problem::new("internal-fault", message, hint)
    })
}

/// Takes the answers, keeps the count, and ends with a summary.
struct Report {
    output: Output,
    progress: Progress,
    tally: Tally,
    shape: Shape,
    /// Answers written so far.
    answers: u64,
    failed: bool,
}

impl Report {
    fn begin(&mut self) -> io::Result<()> {
        match self.shape {
            Shape::Csv => self.output.write_all(&table::head()),
            Shape::Json => self.output.write_all(b"["),
            Shape::Cards { .. } | Shape::Jsonl => Ok(()),
        }
    }

    fn end(mut self, end: pipe::End, skipped: &[PathBuf], args: &args::Read) -> io::Result<Status> {
        if self.shape == Shape::Json {
            self.output.write_all(if self.answers > 0 { b"\n]\n" } else { b"]\n" })?;
        }
        let interrupted = end == pipe::End::Interrupted;
        let mut summary = self.tally.summary(Unit::Letter);
        if interrupted {
            summary.push_str("; interrupted, the rest was not read");
        }
        let is_cards = matches!(self.shape, Shape::Cards { .. });
        if is_cards && !args.quiet {
            let gap = if self.answers > 0 { "\n" } else { "" };
            writeln!(self.output, "{gap}{TITLE}{summary}{TITLE:#}")?;
            if let Some(names) = passed_over(skipped) {
                writeln!(self.output, "{FAINT}{names}{FAINT:#}")?;
            }
        }
        self.output.finish()?;
        // programs get the summary beside their data, where it is news
        let is_news =
            self.failed || interrupted || !skipped.is_empty() || io::stderr().is_terminal();
        let is_said = if is_cards { args.output.is_some() } else { is_news };
        if is_said && !args.quiet {
            self.progress.say(&summary);
            if let Some(names) = passed_over(skipped) {
                self.progress.say(&names);
            }
        }
        Ok(Status::of(end, self.failed))
    }
}

impl Emit<Answer> for Report {
    fn emit(&mut self, answer: Answer) -> io::Result<()> {
        let Answer { bytes, said, taken, tally, is_failure } = answer;
        self.failed |= is_failure;
        self.tally.add(&tally);
        self.progress.advance(taken, &self.tally);
        if !bytes.is_empty() {
            match (self.shape, self.answers) {
                (Shape::Json, 0) => self.output.write_all(b"\n")?,
                (Shape::Json, _) => self.output.write_all(b",\n")?,
                (Shape::Cards { .. }, 1..) => self.output.write_all(b"\n")?,
                _ => {}
            }
            self.answers += 1;
            // the array's commas stand before the line breaks
            let bytes = match self.shape {
                Shape::Json => bytes.strip_suffix(b"\n").unwrap_or(&bytes),
                _ => &bytes,
            };
            self.output.write_all(bytes)?;
        }
        if !said.is_empty() {
            // in the order of the letters, also where both go to the same terminal
            self.output.flush()?;
            self.progress.say(&said);
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// The names of the files that were passed over, as far as a line or two can hold them.
fn passed_over(skipped: &[PathBuf]) -> Option<String> {
    const NAMED: usize = 8;
    if skipped.is_empty() {
        return None;
    }
    let names: Vec<String> = skipped.iter().take(NAMED).map(|path| files::name(path)).collect();
    let more = match skipped.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    Some(format!("passed over, being no plain text: {}{more}", names.join(", ")))
}
