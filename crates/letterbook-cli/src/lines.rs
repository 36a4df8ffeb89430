//! Input cut into lines, without ever holding more than one line that is too long to keep.
//!
//! Counts lines from 1 as editors do, drops a byte order mark and `\r` at line ends, and passes
//! over blank lines (which still count). Does not know what a line says.

use std::io::{self, BufRead, BufReader, Read};

use crate::pipe::CHUNK;

/// A line of the input.
#[derive(Debug)]
pub(crate) struct Line {
    /// Counted from 1.
    pub number: u64,
    /// The bytes of the input that the line took, its end included.
    pub taken: u64,
    /// The line without its end, or why it could not be had.
    pub body: Result<Vec<u8>, LineError>,
}

/// Why a line could not be had.
#[derive(Debug)]
pub(crate) enum LineError {
    /// It is longer than the limit: its length in bytes.
    TooLong(u64),
    /// The input broke off.
    Broken(io::Error),
}

/// The lines of an input, in chunks: what can be had without waiting, up to [`CHUNK`] bytes.
pub(crate) struct Chunks<R> {
    reader: BufReader<R>,
    /// Bytes that a line may have.
    max: u64,
    number: u64,
    ended: bool,
}

impl<R: Read> Chunks<R> {
    /// Lines of `reader`, each of at most `max` bytes.
    pub(crate) fn new(reader: R, max: u64) -> Chunks<R> {
        Chunks { reader: BufReader::with_capacity(4 * CHUNK, reader), max, number: 0, ended: false }
    }

    /// The next line, blank or not; `None` at the end of the input.
    fn line(&mut self) -> Option<Line> {
        let mut body = Vec::new();
        // bytes seen of the line, without its end
        let (mut len, mut taken) = (0u64, 0u64);
        let closed = loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => {
                    self.ended = true;
                    self.number += 1;
                    let body = Err(LineError::Broken(e));
                    return Some(Line { number: self.number, taken, body });
                }
            };
            if buffer.is_empty() {
                self.ended = true;
                break false;
            }
            let end = memchr::memchr(b'\n', buffer);
            let part = &buffer[..end.unwrap_or(buffer.len())];
            len += part.len() as u64;
            if len <= self.max {
                body.extend_from_slice(part);
            } else {
                body = Vec::new();
            }
            let used = part.len() + usize::from(end.is_some());
            taken += used as u64;
            self.reader.consume(used);
            if end.is_some() {
                break true;
            }
        };
        if taken == 0 && !closed {
            return None;
        }
        self.number += 1;
        if len > self.max {
            let body = Err(LineError::TooLong(len));
            return Some(Line { number: self.number, taken, body });
        }
        if body.last() == Some(&b'\r') {
            body.pop();
        }
        if self.number == 1 && body.starts_with(b"\xEF\xBB\xBF") {
            body.drain(..3);
        }
        Some(Line { number: self.number, taken, body: Ok(body) })
    }
}

impl Line {
    fn is_blank(&self) -> bool {
        self.body.as_ref().is_ok_and(|b| b.iter().all(u8::is_ascii_whitespace))
    }
}

impl<R: Read> Iterator for Chunks<R> {
    type Item = Vec<Line>;

    fn next(&mut self) -> Option<Vec<Line>> {
        let mut chunk = Vec::new();
        let mut weight = 0;
        while !self.ended {
            let Some(line) = self.line() else { break };
            if !line.is_blank() {
                weight += line.taken;
                chunk.push(line);
            }
            let more_is_there = memchr::memchr(b'\n', self.reader.buffer()).is_some();
            if weight >= CHUNK as u64 || (!more_is_there && !chunk.is_empty()) {
                break;
            }
        }
        (!chunk.is_empty()).then_some(chunk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8], max: u64) -> Vec<(u64, Result<String, u64>)> {
        Chunks::new(input, max)
            .flatten()
            .map(|line| {
                let body = match line.body {
                    Ok(body) => Ok(String::from_utf8(body).expect("the tests are UTF-8")),
                    Err(LineError::TooLong(n)) => Err(n),
                    Err(LineError::Broken(e)) => panic!("a slice does not break: {e}"),
                };
                (line.number, body)
            })
            .collect()
    }

    #[test]
    fn blank_lines_count_and_are_passed_over() {
        let found = lines(b"\xEF\xBB\xBFone\r\n\n  \t\r\ntwo\nthree", 100);
        let text = |s: &str| Ok(s.to_owned());
        assert_eq!(found, [(1, text("one")), (4, text("two")), (5, text("three"))]);
        assert!(lines(b"", 100).is_empty());
        assert!(lines(b"\n\n\n", 100).is_empty());
    }

    #[test]
    fn a_line_at_the_limit_passes_and_one_byte_more_does_not() {
        let found = lines(b"12345\n123456\n1\n", 5);
        assert_eq!(found, [(1, Ok("12345".to_owned())), (2, Err(6)), (3, Ok("1".to_owned()))]);
    }

    #[test]
    fn a_line_longer_than_the_buffer_is_measured_and_not_kept() {
        let mut input = vec![b'x'; 3_000_000];
        input.extend_from_slice(b"\nshort\n");
        let found = lines(&input, 1_000_000);
        assert_eq!(found, [(1, Err(3_000_000)), (2, Ok("short".to_owned()))]);
        let found = lines(&input, 4_000_000);
        assert_eq!(found[0].1.as_ref().map(String::len), Ok(3_000_000));
    }

    /// Gives one line a call, as a terminal does.
    struct Typed(Vec<&'static [u8]>);

    impl Read for Typed {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let line = self.0.remove(0);
            buffer[..line.len()].copy_from_slice(line);
            Ok(line.len())
        }
    }

    #[test]
    fn a_line_that_is_typed_is_answered_before_the_next() {
        let mut chunks = Chunks::new(Typed(vec![b"first\n", b"sec", b"ond\nthird\n"]), 100);
        let numbers = |c: Option<Vec<Line>>| c.map(|c| c.iter().map(|l| l.number).collect());
        assert_eq!(numbers(chunks.next()), Some(vec![1]));
        assert_eq!(numbers(chunks.next()), Some(vec![2, 3]));
        assert_eq!(numbers(chunks.next()), None);
    }
}
