//! Paths, standard input and pipes on their way to letters that can be read.
//!
//! [`Intake`] goes through files in order and gives what they hold, piece by piece; several
//! extractors, each with a worker process of `letterbook-files`, read ahead, a bounded number of
//! files. Files of JSON lines come apart into their lines. [`Settings::open`] turns a piece into
//! [`Letter`]s with identifier, text, hints and the way back, or into a [`Refusal`] with its
//! cause, and [`read`] reads several together; both cost the work of a core, so that callers do it
//! on all of them. A letter is called by its path, ` / ` and its part, unless its line has an `id`.
//! Memory depends on the largest file that the limits let in, never on how many there are. Does not
//! show or store anything.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};

use letterbook::record::{self, Id};
use letterbook::zone::Markup;
use letterbook::{Given, Options, read_many};
use letterbook_archive::cause;
use letterbook_archive::store::Hash;
use letterbook_files::document::StatedField;
use letterbook_files::{Document, Failure, Format, Limits, Piece, Tools, Worker};

use crate::files::{self, Item};
use crate::lines::{Chunks, Line, LineError};
use crate::pipe::CHUNK;
use crate::request::{Object, Problem};

/// The word by which the program starts itself as a worker; nobody types it by mistake.
pub(crate) const WORKER: &str = "@worker";

/// The code of an input that broke off: the one problem of a pipe that is not of a line.
pub(crate) const BROKEN: &str = "broken-input";

/// What a line of JSON may say.
const KEYS: &[&str] = &["text", "lang", "place", "received", "anchor"];

/// Pieces of one file that are read ahead.
const AHEAD: usize = 16;

/// What is to be done with all that comes in.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// What one file may take.
    pub limits: Limits,
    /// Which characters of pictures are recognised.
    pub tools: Tools,
    /// Hints for every letter; those of a line or format come before them.
    pub options: Options,
    /// Bytes of one letter's text, and of one line.
    pub max_bytes: u64,
    /// Whether every input is JSON lines, whatever its name, and a line without `id` has none.
    pub is_pipe: bool,
}

/// A piece of a file: what [`Settings::open`] makes letters of.
#[derive(Debug)]
pub(crate) struct Taken {
    /// The file as it was named; none for standard input as a pipe.
    source: Option<Arc<str>>,
    body: Body,
    /// Bytes of the input that are done with this.
    pub taken: u64,
}

#[derive(Debug)]
enum Body {
    Document(Box<Document>),
    Line(Line),
    /// A part that gave nothing, and why.
    Problem(String, Problem),
    /// The end of a file.
    End,
}

impl Taken {
    /// The file as it was named; none for standard input as a pipe.
    pub(crate) fn source(&self) -> Option<Arc<str>> {
        self.source.clone()
    }

    /// Bytes of memory, roughly.
    pub(crate) fn weight(&self) -> usize {
        match &self.body {
            Body::Document(document) => document.text.len(),
            Body::Line(line) => line.body.as_ref().map_or(0, Vec::len),
            Body::Problem(..) | Body::End => 0,
        }
    }
}

/// A letter that can be read.
#[derive(Debug)]
pub(crate) struct Letter {
    /// Its identifier; none for a line of a pipe that has none.
    pub id: Option<Id>,
    /// What it is called: its identifier, or its place in the input.
    pub name: String,
    /// The file, and the part of it, where the identifier is the letter's own and says neither.
    pub source: Option<String>,
    /// Its text.
    pub text: String,
    /// What is known of it beside the text.
    pub options: Options,
    /// The way back to its file, and what the file's format says; none for a line. Its own text
    /// has been moved to `text`.
    pub document: Option<Box<Document>>,
}

/// Something that gave no letter.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The identifier, as far as one was seen.
    pub id: Option<Id>,
    /// The file as it was named, and its part.
    pub name: String,
    /// Which line of it, counted from 1, where it is a line.
    pub line: Option<u64>,
    /// Why, and what to do.
    pub problem: Box<Problem>,
}

impl Letter {
    /// What it is called beside letters of other files: its own identifier may be theirs as well.
    pub(crate) fn full_name(&self) -> String {
        match &self.source {
            Some(source) if self.document.is_none() => format!("{source} / {}", self.name),
            _ => self.name.clone(),
        }
    }

    /// The hash of its text, by which a letter with an identifier of its own is known again.
    pub(crate) fn hash(&self) -> Option<String> {
        self.source.as_ref()?;
        Some(format!("blake3:{}", Hash::of(self.text.as_bytes())))
    }
}

/// A letter as it was opened, or why there is none.
pub(crate) type Opened = Result<Letter, Refusal>;

/// A letter with its record, or with the fault that the program found in itself.
type WithRecord = (Letter, Result<record::Letter, Problem>);

/// Reads the letters of what was opened, together.
pub(crate) fn read(opened: Vec<Opened>) -> Vec<Result<WithRecord, Refusal>> {
    let letters = || opened.iter().flatten();
    let markup = |letter: &Letter| letter.document.as_ref().map(|d| d.markup()).unwrap_or_default();
    let markups: Vec<Markup> = letters().map(markup).collect();
    let given: Vec<Given<'_>> = letters()
        .zip(&markups)
        .map(|(Letter { text, options, .. }, markup)| Given { text, options, markup })
        .collect();
    let mut records = read_guarded(&given, read_many).into_iter();
    let mut with_record = |letter: Letter| {
        let record = records.next().unwrap_or_else(|| Err(fault())).map(|mut record| {
            record.id = letter.id.clone();
            if let Some(document) = &letter.document {
                let told = document.told();
                record.findings.extend(letterbook_files::check(&told, &letter.text, &record));
            }
            record
        });
        (letter, record)
    };
    opened.into_iter().map(|opened| opened.map(&mut with_record)).collect()
}

/// Reads letters together, and again one by one where the program finds a fault in itself: it is that
/// of a letter, and the others have their records.
fn read_guarded(
    given: &[Given<'_>],
    read: fn(&[Given<'_>]) -> Vec<record::Letter>,
) -> Vec<Result<record::Letter, Problem>> {
    match catch_unwind(AssertUnwindSafe(|| read(given))) {
        Ok(records) => records.into_iter().map(Ok).collect(),
        Err(_) if given.len() == 1 => vec![Err(fault())],
        Err(_) => given.chunks(1).flat_map(|one| read_guarded(one, read)).collect(),
    }
}

/// A fault of the program as the problem of a letter.
fn fault() -> Problem {
    let message = "expected a reading, but the program found a fault in itself";
    let hint = "report this with the letter, if you may share it; the others are not touched";
    Problem::new("internal-fault", message, hint)
}

impl Settings {
    /// The letters of a piece, or why there is none.
    pub(crate) fn open(&self, taken: Taken) -> Vec<Opened> {
        let source = taken.source.as_deref();
        match taken.body {
            Body::End => Vec::new(),
            Body::Line(line) => vec![self.open_line(source, &line)],
            Body::Document(document) => letterbook_files::split(*document)
                .into_iter()
                .map(|document| self.open_document(source.unwrap_or("-"), document))
                .collect(),
            Body::Problem(part, problem) => {
                let name = join(source.unwrap_or("-"), &part);
                let id = Some(Id::Text(name.clone()));
                vec![Err(Refusal { id, name, line: None, problem: Box::new(problem) })]
            }
        }
    }

    fn open_document(&self, source: &str, mut document: Document) -> Opened {
        let text = std::mem::take(&mut document.text);
        let name = join(source, &document.part);
        let own = document.stated.iter().find(|s| s.field == StatedField::Identifier);
        let own = own.filter(|_| document.format == Format::JsonLines).map(|own| own.value.clone());
        let source = own.is_some().then(|| name.clone());
        let id = own.unwrap_or_else(|| name.clone());
        let id = Some(Id::Text(id));
        if text.len() as u64 > self.max_bytes {
            let problem = too_large(self.max_bytes, Some(text.len() as u64));
            return Err(Refusal { id, name, line: None, problem: Box::new(problem) });
        }
        let options = document.options(&self.options);
        Ok(Letter { id, name, source, text, options, document: Some(Box::new(document)) })
    }

    fn open_line(&self, source: Option<&str>, line: &Line) -> Opened {
        let refuse = |id: Option<Id>, problem: Problem| Refusal {
            id,
            name: source.unwrap_or("-").to_owned(),
            line: Some(line.number),
            problem: Box::new(problem),
        };
        let body = line.body.as_ref().map_err(|e| refuse(None, line_problem(e, self.max_bytes)))?;
        let object = Object::parse(body, KEYS).map_err(|(id, problem)| refuse(id, problem))?;
        let (text, options) =
            self.request(&object).map_err(|problem| refuse(object.id().cloned(), problem))?;
        let place = format!("{}:{}", source.unwrap_or("-"), line.number);
        let mut id = object.id().cloned();
        let name = match &id {
            Some(Id::Text(text)) => text.clone(),
            Some(Id::Number(n)) => n.to_string(),
            None => place.clone(),
        };
        let mut own_source = None;
        if !self.is_pipe {
            own_source = source.filter(|_| id.is_some()).map(str::to_owned);
            id = id.or(Some(Id::Text(place)));
        }
        Ok(Letter { id, name, source: own_source, text, options, document: None })
    }

    /// The text of a request, and the hints beside it.
    fn request(&self, object: &Object<'_>) -> Result<(String, Options), Problem> {
        let text = object.expect_text("text")?;
        let or = |hint: Option<String>, all: &Option<String>| hint.or_else(|| all.clone());
        let options = Options {
            language: or(object.hint("lang")?, &self.options.language),
            place: or(object.hint("place")?, &self.options.place),
            received: object.hint("received")?,
            anchor: object.hint("anchor")?,
            ..self.options.clone()
        };
        Ok((text, options))
    }
}

/// What a part of a file is called.
fn join(source: &str, part: &str) -> String {
    if part.is_empty() { source.to_owned() } else { format!("{source} / {part}") }
}

fn too_large(most: u64, found: Option<u64>) -> Problem {
    let found = found.map_or("more".to_owned(), |n| n.to_string());
    Problem::new(
        "too-large",
        format!("expected at most {most} bytes, but found {found}"),
        "raise the limit with --max-bytes if the letter is really so long",
    )
}

/// The problem of a line that could not be had.
pub(crate) fn line_problem(error: &LineError, max: u64) -> Problem {
    match error {
        LineError::TooLong(len) => too_large(max, Some(*len)),
        LineError::Broken(e) => Problem::new(
            BROKEN,
            format!("expected more input, but found {}", cause(e)),
            "check the disk or the program before the pipe, and read again from this line",
        ),
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
    let message = format!("expected a file that can be read, but found {}", cause(error));
    Problem::new(code, message, hint)
}

/// The problem of a part that the files' readers could not read, with the options that help.
fn unread(failure: Failure) -> (String, Problem) {
    let Failure { part, code, message, hint } = failure;
    let hint = match &*code {
        "too-large" => format!("{hint} (--max-file)"),
        "unpacks-too-large" => format!("{hint} (--max-unpacked)"),
        "nested-too-deep" => format!("{hint} (--max-nesting)"),
        "too-long" => format!("{hint} (--max-seconds)"),
        "too-much-memory" => format!("{hint} (--max-memory)"),
        "no-text" => format!("{hint} (--ocr)"),
        _ => hint,
    };
    (part, Problem::new(code, message, hint))
}

/// A file that an extractor is to read, and where its pieces go.
struct Order {
    item: Item,
    settings: Arc<Settings>,
    pieces: SyncSender<Result<Piece, Problem>>,
}

impl Order {
    fn run(self, worker: &mut Worker) {
        let Order { item, settings, pieces } = self;
        let read = match &item {
            Item::Stdin => bytes(io::stdin(), 0, settings.limits.file_bytes),
            Item::File(path, size) => File::open(path)
                .map_err(|e| unopened(&e))
                .and_then(|file| bytes(file, *size, settings.limits.file_bytes)),
            Item::Unreadable(_, problem) => Err(problem.clone()),
        };
        // whoever no longer listens was interrupted
        match read {
            Ok(bytes) => {
                let name = item.name();
                worker.read(&name, &bytes, settings.limits, Some(&settings.tools), &mut |piece| {
                    let _ = pieces.send(Ok(piece));
                });
            }
            Err(problem) => {
                let _ = pieces.send(Err(problem));
            }
        }
    }
}

/// All bytes of an input, unless there are too many.
fn bytes(input: impl Read, size: u64, most: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(most)).unwrap_or(0));
    input.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| unopened(&e))?;
    if bytes.len() as u64 > most {
        let message = format!("expected a file of at most {most} bytes, but found more");
        let hint = "raise the limit with --max-file if it really holds letters";
        return Err(Problem::new("too-large", message, hint));
    }
    Ok(bytes)
}

/// What is at the head of the queue.
enum Open {
    File { source: Arc<str>, size: u64, pieces: Receiver<Result<Piece, Problem>> },
    Lines { source: Option<Arc<str>>, chunks: Box<Chunks<Box<dyn Read + Send>>> },
}

/// The pieces of all files, in order.
pub(crate) struct Intake {
    settings: Arc<Settings>,
    items: VecDeque<Item>,
    open: VecDeque<Open>,
    orders: Sender<Order>,
    /// Files that are read ahead.
    ahead: usize,
}

impl Intake {
    /// Goes through `items` in order.
    pub(crate) fn new(items: Vec<Item>, settings: &Settings) -> Intake {
        let threads = rayon::current_num_threads();
        let (orders, receiver) = mpsc::channel::<Order>();
        let receiver = Arc::new(Mutex::new(receiver));
        for _ in 0..threads {
            let receiver = Arc::clone(&receiver);
            std::thread::spawn(move || {
                let mut worker = Worker::new(command());
                loop {
                    let order = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(order) = order else { return };
                    order.run(&mut worker);
                }
            });
        }
        Intake {
            settings: Arc::new(settings.clone()),
            items: items.into(),
            open: VecDeque::new(),
            orders,
            ahead: 2 * threads,
        }
    }

    /// Hands the next files to the extractors.
    fn fill(&mut self) {
        while self.open.len() < self.ahead {
            let Some(item) = self.items.pop_front() else { return };
            let is_pipe = self.settings.is_pipe;
            let open = match item {
                Item::Stdin if is_pipe => Ok(self.lines(None, Box::new(io::stdin()))),
                Item::File(ref path, _) if is_pipe || files::is_jsonl(path) => {
                    let source = Some(files::name(path).into());
                    match File::open(path) {
                        Ok(file) => Ok(self.lines(source, Box::new(file))),
                        Err(e) => Err(Item::Unreadable(files::name(path), unopened(&e))),
                    }
                }
                item => Err(item),
            };
            let open = open.unwrap_or_else(|item| self.order(item));
            self.open.push_back(open);
        }
    }

    fn lines(&self, source: Option<Arc<str>>, input: Box<dyn Read + Send>) -> Open {
        Open::Lines { source, chunks: Box::new(Chunks::new(input, self.settings.max_bytes)) }
    }

    fn order(&self, item: Item) -> Open {
        let (sender, pieces) = mpsc::sync_channel(AHEAD);
        let source = item.name().into();
        let size = if let Item::File(_, size) = &item { *size } else { 0 };
        let settings = Arc::clone(&self.settings);
        // the extractors live as long as this sender
        let _ = self.orders.send(Order { item, settings, pieces: sender });
        Open::File { source, size, pieces }
    }
}

impl Iterator for Intake {
    type Item = Vec<Taken>;

    fn next(&mut self) -> Option<Vec<Taken>> {
        let mut chunk: Vec<Taken> = Vec::new();
        let mut weight = 0;
        while weight < CHUNK {
            self.fill();
            let Some(open) = self.open.front_mut() else { break };
            match open {
                Open::Lines { source, chunks } => {
                    if !chunk.is_empty() {
                        break;
                    }
                    match chunks.next() {
                        Some(lines) => {
                            let taken = lines.into_iter().map(|line| Taken {
                                source: source.clone(),
                                taken: line.taken,
                                body: Body::Line(line),
                            });
                            return Some(taken.collect());
                        }
                        None => drop(self.open.pop_front()),
                    }
                }
                Open::File { source, size, pieces } => {
                    // waits for the first piece only
                    let piece = match chunk.is_empty() {
                        true => pieces.recv().map_err(|_| TryRecvError::Disconnected),
                        false => pieces.try_recv(),
                    };
                    let (body, taken) = match piece {
                        Ok(Ok(Piece::Step)) => continue,
                        Ok(Ok(Piece::Document(document))) => (Body::Document(document), 0),
                        Ok(Ok(Piece::Failure(failure))) => {
                            let (part, problem) = unread(failure);
                            (Body::Problem(part, problem), 0)
                        }
                        Ok(Err(problem)) => (Body::Problem(String::new(), problem), 0),
                        Err(TryRecvError::Empty) => break,
                        Err(TryRecvError::Disconnected) => (Body::End, *size),
                    };
                    let is_end = matches!(body, Body::End);
                    let taken = Taken { source: Some(Arc::clone(source)), body, taken };
                    weight += taken.weight() + 64;
                    chunk.push(taken);
                    if is_end {
                        self.open.pop_front();
                    }
                }
            }
        }
        (!chunk.is_empty()).then_some(chunk)
    }
}

/// How the program starts itself as a worker.
fn command() -> Vec<OsString> {
    let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("letterbook"));
    vec![program.into(), WORKER.into()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_one_letter_leaves_the_others_their_records() {
        fn read(given: &[Given<'_>]) -> Vec<record::Letter> {
            assert!(given.iter().all(|letter| letter.text != "a letter at fault"));
            read_many(given)
        }
        let (options, markup) = (Options::default(), Markup::default());
        let texts = ["Hull, 2 May 1871.", "a letter at fault", "Hull, 5 May 1871."];
        let given = texts.map(|text| Given { text, options: &options, markup: &markup });
        let day = |letter: record::Letter| letter.date.expect("a date").value;
        let said: Vec<Result<String, String>> = read_guarded(&given, read)
            .into_iter()
            .map(|record| record.map(day).map_err(|problem| problem.code.into_owned()))
            .collect();
        let at_fault = Err("internal-fault".into());
        assert_eq!(said, [Ok("1871-05-02".into()), at_fault, Ok("1871-05-05".into())]);
    }
}
