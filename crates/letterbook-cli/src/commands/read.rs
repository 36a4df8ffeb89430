//! `letterbook read`: letters from files, folders and pipes, for people and for programs.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use letterbook::text::Text;
use letterbook_archive::cause;
use serde::Serialize;

use super::jsonl::{ErrorRecord, to_line};
use super::{Status, complain};
use crate::args::{self, Format};
use crate::files::{self, Item};
use crate::intake::{self, BROKEN, Intake, Letter, Refusal, Settings, Taken};
use crate::output::Output;
use crate::pipe::{self, Emit, Job};
use crate::places::{self, Where};
use crate::progress::{Progress, Tally, Unit};
use crate::render::card::{View, card};
use crate::render::margin::margin;
use crate::render::{FAINT, TITLE, finding, table, width};
use crate::resume::{self, Done};

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
    if args.resume && shape != Shape::Jsonl {
        complain("--resume goes on with a file of JSON lines: add --format jsonl");
        return Ok(Status::Misunderstood);
    }
    let opened = match args.output.as_deref().filter(|_| args.resume) {
        Some(file) => resume::open(file),
        None => Output::open(args.output.as_deref(), is_cards).map(|o| (o, Done::default())),
    };
    let (output, done) = match opened {
        Ok(opened) => opened,
        Err(e) => {
            let file = args.output.as_deref().map(files::name).unwrap_or_default();
            complain(&format!("expected to write to {file}, but found {}", cause(&e)));
            return Ok(Status::Incomplete);
        }
    };
    crate::interrupt::listen();
    std::thread::spawn(letterbook::prepare);

    let settings = args.intake.settings(args.jsonl, args.explain);
    let stdin = [PathBuf::from("-")];
    let paths = if args.paths.is_empty() { &stdin[..] } else { &args.paths };
    let found = files::find(paths, args.output.as_deref(), !args.intake.no_ocr);
    let sizes = found.items.iter().map(|item| match item {
        Item::File(_, size) => Some(*size),
        Item::Unreadable(..) => Some(0),
        Item::Stdin => None,
    });
    let total: Option<u64> = sizes.sum();
    let progress = Progress::new(Unit::Letter, total, args.quiet, output.is_terminal());
    let has_several = found.items.len() > 1;
    let intake = Intake::new(done.left(found.items), &settings);
    let reader = Reader { settings, shape, places: args.places, has_several, done };
    let tally = Tally { skipped: found.skipped.len() as u64, ..Tally::default() };
    let mut report = Report {
        output,
        progress,
        tally,
        shape,
        answers: 0,
        failed: false,
        unread: BTreeMap::new(),
    };
    report.begin()?;
    let end = pipe::run(intake, |pieces| reader.answer(pieces), &mut report);
    report.progress.finish();
    let end = end?;
    report.end(end, &found.skipped, &args)
}

impl Job for Taken {
    fn weight(&self) -> usize {
        Taken::weight(self)
    }
}

/// What became of one letter.
#[derive(Default)]
struct Answer {
    /// For the output.
    bytes: Vec<u8>,
    /// For standard error.
    said: String,
    tally: Tally,
    /// The cause and the name of what failed, where the output does not answer it in its place.
    failure: Option<(String, String)>,
}

/// What became of some pieces: their letters, and the bytes of input that they took.
struct Answers {
    each: Vec<Answer>,
    taken: u64,
}

/// Reads and shows, some pieces at a time, on any core.
struct Reader {
    settings: Settings,
    shape: Shape,
    /// Whether each value says its place in the file.
    places: bool,
    /// Whether letters of several files are read.
    has_several: bool,
    /// Letters that the output has already.
    done: Done,
}

impl Reader {
    fn answer(&self, pieces: Vec<Taken>) -> Answers {
        let taken = pieces.iter().map(|piece| piece.taken).sum();
        let opened = pieces.into_iter().flat_map(|piece| self.settings.open(piece));
        let new = opened.filter(|o| !o.as_ref().is_ok_and(|l| self.done.has(l)));
        let each = intake::read(new.collect()).into_iter().map(|read| match read {
            Ok((letter, Ok(record))) => self.letter(&letter, &record),
            Ok((letter, Err(problem))) => {
                let (name, id) = (self.name(&letter), letter.id);
                self.failure(&Refusal { id, name, line: None, problem: Box::new(problem) })
            }
            Err(refusal) => self.failure(&refusal),
        });
        Answers { each: each.collect(), taken }
    }

    /// What a letter is called among those that are read.
    fn name(&self, letter: &Letter) -> String {
        if self.has_several { letter.full_name() } else { letter.name.clone() }
    }

    fn letter(&self, letter: &Letter, record: &letterbook::record::Letter) -> Answer {
        let mut tally = Tally { letters: 1, ..Tally::default() };
        for finding in &record.findings {
            tally.find(finding.severity);
        }
        let bytes = match self.shape {
            Shape::Cards { explain, zones, width } => {
                let text = Text::new(&letter.text);
                let mut page = String::new();
                let name = &*self.name(letter);
                if zones {
                    page.push_str(&margin(name, &text, record, width));
                    page.push('\n');
                }
                let map = letter.document.as_ref().filter(|_| self.places).map(|d| &d.map);
                let view = View { name, text: &text, letter: record, width, explain, map };
                page.push_str(&card(&view));
                page.into_bytes()
            }
            Shape::Json | Shape::Jsonl => self.record(letter, record),
            Shape::Csv => table::row(record, letter.source.as_deref()),
        };
        Answer { bytes, tally, ..Answer::default() }
    }

    /// The record as a line: beside it the file of a letter that has an identifier of its own, with
    /// the hash of its text, and the places where they are asked for.
    fn record(&self, letter: &Letter, record: &letterbook::record::Letter) -> Vec<u8> {
        #[derive(Serialize)]
        struct Beside<'a, R> {
            #[serde(flatten)]
            record: &'a R,
            #[serde(skip_serializing_if = "Option::is_none")]
            source: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            hash: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            r#where: Option<Where<'a>>,
        }
        let (source, hash) = (letter.source.as_deref(), letter.hash());
        match letter.document.as_deref().filter(|_| self.places) {
            None if source.is_none() => to_line(record),
            None => to_line(&Beside { record, source, hash, r#where: None }),
            Some(document) => {
                let record = &serde_json::to_value(record).unwrap_or_default();
                let r#where = Some(places::of(record, &letter.text, document));
                to_line(&Beside { record, source, hash, r#where })
            }
        }
    }

    fn failure(&self, refusal: &Refusal) -> Answer {
        let Refusal { id, name, line, problem } = refusal;
        let is_pipe = self.settings.is_pipe;
        let mut tally = Tally::default();
        tally.fail(problem.code.clone());
        // a pipe answers each bad line in its place, but has no place for a file
        let is_failure = !is_pipe || line.is_none() || problem.code == BROKEN;
        let bytes = match self.shape {
            Shape::Cards { .. } => Vec::new(),
            Shape::Jsonl if is_pipe && line.is_none() => Vec::new(),
            Shape::Json | Shape::Jsonl => {
                let source = line.filter(|_| !is_pipe).map(|_| name.as_str());
                to_line(&ErrorRecord::new(id.as_ref(), *line, problem).of(source))
            }
            Shape::Csv => table::failure(name, problem),
        };
        let said = match is_failure {
            true => finding::failure(name, *line, problem, width(None)),
            false => String::new(),
        };
        let failure = is_failure.then(|| (problem.code.to_string(), name.clone()));
        Answer { bytes, said, tally, failure }
    }
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
    /// The first names of what could not be read, by cause.
    unread: BTreeMap<String, Vec<String>>,
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
        let has_skipped = !skipped.is_empty();
        let most = if args.verbose { usize::MAX } else { NAMED };
        let (unread, skipped) = (self.unread(), files::passed_over(skipped, most));
        if is_cards && !args.quiet {
            let gap = if self.answers > 0 { "\n" } else { "" };
            writeln!(self.output, "{gap}{TITLE}{summary}{TITLE:#}")?;
            for names in [&unread, &skipped].into_iter().flatten() {
                writeln!(self.output, "{FAINT}{names}{FAINT:#}")?;
            }
        }
        let broken_off = match interrupted {
            true => self.output.break_off()?,
            false => self.output.finish().map(|()| None)?,
        };
        // programs get the summary beside their data, where it is news
        let is_news = self.failed || interrupted || has_skipped || io::stderr().is_terminal();
        let is_said = if is_cards { args.output.is_some() } else { is_news };
        if is_said && !args.quiet {
            self.progress.say(&summary);
            for names in [&unread, &skipped].into_iter().flatten() {
                self.progress.say(names);
            }
        }
        if let (Some(part), Some(file)) = (broken_off, &args.output) {
            self.progress.say(&left_behind(&part, file, self.shape));
        }
        Ok(Status::of(end, self.failed))
    }
}

impl Emit<Answers> for Report {
    fn emit(&mut self, answers: Answers) -> io::Result<()> {
        for answer in answers.each {
            self.emit_one(answer)?;
        }
        self.progress.advance(answers.taken, &self.tally);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

impl Report {
    fn emit_one(&mut self, answer: Answer) -> io::Result<()> {
        let Answer { bytes, said, tally, failure } = answer;
        self.tally.add(&tally);
        if let Some((code, name)) = failure {
            self.failed = true;
            let names = self.unread.entry(code).or_default();
            if names.len() < NAMED {
                names.push(name);
            }
        }
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

    /// What could not be read, a line for each cause, where there was so much that it has scrolled
    /// away.
    fn unread(&self) -> Option<String> {
        const MANY: u64 = 8;
        if self.tally.failed() < MANY {
            return None;
        }
        let lines = self.unread.iter().map(|(code, names)| {
            let n = self.tally.failures.get(code.as_str()).copied().unwrap_or_default();
            let more = match n.saturating_sub(names.len() as u64) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("not read, {code}: {}{more}", names.join(", "))
        });
        Some(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// Where a run that was stopped left what it had written.
fn left_behind(part: &Path, file: &Path, shape: Shape) -> String {
    let (part, name) = (files::name(part), files::name(file));
    let old = if file.exists() { "is as it was" } else { "was not made" };
    let next = match shape {
        Shape::Jsonl => "; the same command with --resume goes on from there",
        _ => "",
    };
    format!("{name} {old}; what was read before that stands in {part}{next}")
}

/// Names in a line of a summary, at most.
const NAMED: usize = 10;
