//! What the pipes have in common: a line in, a line out, and a line that says what was wrong.

use std::io::{self, Write};

use letterbook::record::{Id, VERSION};
use serde::Serialize;

use super::Status;
use crate::intake::{BROKEN, line_problem};
use crate::lines::{Chunks, Line};
use crate::output::Output;
use crate::pipe::{self, Emit, Job};
use crate::progress::{Progress, Tally, Unit};
use crate::request::{Object, Problem};

/// What a line gets that has no answer: the contract's error record.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorRecord<'a> {
    letterbook: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    error: ErrorBody<'a>,
}

/// A problem as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorBody<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    hint: &'a str,
}

impl<'a> From<&'a Problem> for ErrorBody<'a> {
    fn from(problem: &'a Problem) -> ErrorBody<'a> {
        ErrorBody { code: &problem.code, message: &problem.message, hint: &problem.hint }
    }
}

impl<'a> ErrorRecord<'a> {
    /// The record of a problem.
    pub(crate) fn new(
        id: Option<&'a Id>,
        line: Option<u64>,
        problem: &'a Problem,
    ) -> ErrorRecord<'a> {
        ErrorRecord { letterbook: VERSION, id, source: None, line, error: problem.into() }
    }

    /// The same, of a line of that file.
    pub(crate) fn of(self, source: Option<&'a str>) -> ErrorRecord<'a> {
        ErrorRecord { source, ..self }
    }
}

/// `value` as one line of compact JSON.
pub(crate) fn to_line(value: &impl Serialize) -> Vec<u8> {
    /// Bytes of the record of a common letter.
    const COMMON: usize = 8 << 10;
    let mut out = Growing(Vec::with_capacity(COMMON));
    serde_json::to_writer(&mut out, value).unwrap_or_else(|e| {
        // the record's types hold nothing that JSON cannot: no maps with other keys than text
        unreachable!("a record that is no JSON: {e}")
    });
    let Growing(mut line) = out;
    line.push(b'\n');
    line
}

/// A line as it is written. Two of three pieces are one byte, a comma or a quotation mark, for which no
/// bytes need be copied.
struct Growing(Vec<u8>);

impl Write for Growing {
    #[inline(always)]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match bytes {
            [byte] => self.0.push(*byte),
            _ => self.0.extend_from_slice(bytes),
        }
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Job for Line {
    fn weight(&self) -> usize {
        self.body.as_ref().map_or(0, Vec::len)
    }
}

/// Runs a pipe from standard input to standard output that gives each object its answer.
///
/// # Errors
///
/// When the output cannot be written.
pub(crate) fn run<A: Serialize>(
    max_bytes: u64,
    keys: &'static [&'static str],
    answer: impl Fn(&Object<'_>) -> Result<A, Problem> + Sync,
) -> io::Result<Status> {
    let one = |line: Line| {
        let (number, taken) = (Some(line.number), line.taken);
        let mut tally = Tally::default();
        let mut fail = |id: Option<&Id>, problem: &Problem| {
            tally.fail(problem.code.clone());
            to_line(&ErrorRecord::new(id, number, problem))
        };
        let bytes = match &line.body {
            Err(e) => fail(None, &line_problem(e, max_bytes)),
            Ok(body) => match Object::parse(body, keys) {
                Err((id, problem)) => fail(id.as_ref(), &problem),
                Ok(object) => match answer(&object) {
                    Err(problem) => fail(object.id(), &problem),
                    Ok(answer) => to_line(&Answered { id: object.id(), answer }),
                },
            },
        };
        tally.letters += u64::from(tally.failures.is_empty());
        (bytes, taken, tally)
    };
    crate::interrupt::listen();
    let output = Output::open(None, false)?;
    let progress = Progress::new(Unit::Line, None, false, output.is_terminal());
    let mut out = Lines { output, progress, tally: Tally::default() };
    let work = |lines: Vec<Line>| lines.into_iter().map(one).collect::<Vec<_>>();
    let end = pipe::run(Chunks::new(io::stdin(), max_bytes), work, &mut out);
    out.progress.finish();
    let end = end?;
    out.output.finish()?;
    Ok(Status::of(end, out.tally.failures.contains_key(BROKEN)))
}

/// An answer with the identifier of its question.
#[derive(Serialize)]
struct Answered<'a, A> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Id>,
    #[serde(flatten)]
    answer: A,
}

struct Lines {
    output: Output,
    progress: Progress,
    tally: Tally,
}

impl Emit<Vec<(Vec<u8>, u64, Tally)>> for Lines {
    fn emit(&mut self, answers: Vec<(Vec<u8>, u64, Tally)>) -> io::Result<()> {
        for (bytes, taken, tally) in answers {
            self.tally.add(&tally);
            self.progress.advance(taken, &self.tally);
            self.output.write_all(&bytes)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
