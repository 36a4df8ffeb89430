//! Bytes to text, with the damage and the way back.
//!
//! Owns how a plain-text file becomes characters: byte order marks, UTF-8, UTF-16, and legacy
//! encodings told by `chardetng` (the WHATWG Encoding Standard's set). Nothing is normalised or
//! mended: line ends, odd spaces and control characters stay in the text, so that positions are
//! those of the page. Does not know what the text means, and does not read PDF, Word or e-mail.

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::span::Span;

/// A file's text, and what happened on the way from its bytes.
#[derive(Debug, Clone)]
pub struct Source {
    text: String,
    encoding: &'static Encoding,
    /// Length of the byte order mark, 0 to 3 bytes.
    mark: usize,
    /// Whether the encoding was guessed from the bytes rather than declared or proved.
    guessed: bool,
    /// Bytes that were no character of the encoding, each with its U+FFFD in the text.
    replaced: Vec<Replaced>,
}

/// Bytes that could not be read, and the U+FFFD that stands for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaced {
    /// Where U+FFFD stands in the text.
    pub span: Span,
    /// Offset of the first unreadable byte in the file.
    pub byte: usize,
    /// How many bytes it stands for, 1 to 3.
    pub len: usize,
}

/// Why a file is no letter that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// The bytes are a format that holds no plain text: its name.
    Format(&'static str),
    /// The bytes are no text in any encoding: offset of the first byte that shows it.
    Binary {
        /// Offset in the file, counted from 0.
        byte: usize,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Format(name) => write!(f, "expected plain text, but found {name}"),
            Unreadable::Binary { byte } => {
                write!(f, "expected plain text, but found binary data at byte {byte}")
            }
        }
    }
}

impl Unreadable {
    /// A stable name for logs and records.
    pub fn code(&self) -> &'static str {
        match self {
            Unreadable::Format(_) => "unsupported-format",
            Unreadable::Binary { .. } => "binary-file",
        }
    }

    /// What the reader can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Unreadable::Format(_) => "export the letter as plain text and read that",
            Unreadable::Binary { .. } => {
                "check that the file is the transcript and not a scan or a program's own format"
            }
        }
    }
}

impl std::error::Error for Unreadable {}

/// First bytes of formats that people mistake for text, and their names.
const FORMATS: [(&[u8], &str); 11] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (Word, OpenDocument and e-book files are such archives)"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Microsoft Office document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\xFF\xFE\0\0", "text in UTF-32, which no letter program writes"),
];

/// Bytes examined to tell text from binary data; a longer file is judged by its beginning.
const PROBE: usize = 64 * 1024;

impl Source {
    /// Reads the bytes of a plain-text file.
    ///
    /// UTF-8 and UTF-16 are recognised with and without a byte order mark; anything else is
    /// guessed. Bytes that are no character become U+FFFD and are listed by
    /// [`replaced`](Source::replaced). An empty file is an empty text.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when the bytes are a format of another kind, or no text at all.
    ///
    /// ```
    /// use letterbook::source::Source;
    ///
    /// let source = Source::decode(b"M\xFCnchen, 3. M\xE4rz 1848")?;
    /// assert_eq!(source.text(), "München, 3. März 1848");
    /// assert_eq!(source.encoding(), "windows-1252");
    ///
    /// let error = Source::decode(b"%PDF-1.7").unwrap_err();
    /// assert_eq!(error.to_string(), "expected plain text, but found a PDF document");
    /// # Ok::<(), letterbook::source::Unreadable>(())
    /// ```
    pub fn decode(bytes: &[u8]) -> Result<Source, Unreadable> {
        if let Some((_, name)) = FORMATS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            return Err(Unreadable::Format(name));
        }
        if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
            return Ok(Source::decode_as(bytes, encoding, mark, false));
        }
        let probe = &bytes[..bytes.len().min(PROBE)];
        if let Some(encoding) = utf16_without_mark(probe) {
            return Ok(Source::decode_as(bytes, encoding, 0, true));
        }
        if let Some(byte) = binary_byte(probe) {
            return Err(Unreadable::Binary { byte });
        }
        if is_mostly_utf8(bytes) {
            return Ok(Source::decode_as(bytes, UTF_8, 0, false));
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let encoding = detector.guess(None, Utf8Detection::Deny);
        Ok(Source::decode_as(bytes, encoding, 0, true))
    }

    fn decode_as(bytes: &[u8], encoding: &'static Encoding, mark: usize, guessed: bool) -> Source {
        let body = &bytes[mark..];
        let (text, replaced) =
            if encoding == UTF_8 { decode_utf8(body, mark) } else { decode_other(body, encoding) };
        Source { text, encoding, mark, guessed, replaced }
    }

    /// The text, character for character as the file has it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The encoding's name in the WHATWG Encoding Standard.
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// Whether the encoding was guessed from the bytes.
    pub fn is_guessed(&self) -> bool {
        self.guessed
    }

    /// The bytes that were no character, in the order of the file.
    ///
    /// Known one by one for UTF-8 only; in other encodings each U+FFFD of the text counts as one.
    pub fn replaced(&self) -> &[Replaced] {
        &self.replaced
    }

    /// The offset in the file of the character at byte `at` of the text.
    ///
    /// Exact for UTF-8 and UTF-16 and for legacy text without unreadable bytes. Linear in `at`
    /// for other encodings than UTF-8.
    ///
    /// # Panics
    ///
    /// When `at` is past the end of the text or inside a character.
    pub fn file_offset(&self, at: usize) -> usize {
        let before = &self.text[..at];
        if self.encoding == UTF_8 {
            // each U+FFFD takes three bytes of text for `len` bytes of file
            let n = self.replaced.partition_point(|r| r.span.start < at);
            let shrink: usize = self.replaced[..n].iter().map(|r| 3 - r.len).sum();
            self.mark + at - shrink
        } else if self.encoding == UTF_16LE || self.encoding == UTF_16BE {
            self.mark + 2 * before.chars().map(char::len_utf16).sum::<usize>()
        } else {
            self.encoding.encode(before).0.len()
        }
    }
}

/// UTF-8 with each undecodable stretch replaced by one U+FFFD and listed.
fn decode_utf8(bytes: &[u8], mark: usize) -> (String, Vec<Replaced>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Vec::new());
    }
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = Vec::new();
    let mut at = mark;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        let len = chunk.invalid().len();
        if len > 0 {
            let start = text.len();
            text.push(char::REPLACEMENT_CHARACTER);
            replaced.push(Replaced { span: Span::new(start, text.len()), byte: at, len });
            at += len;
        }
    }
    (text, replaced)
}

fn decode_other(bytes: &[u8], encoding: &'static Encoding) -> (String, Vec<Replaced>) {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = if had_errors {
        text.match_indices(char::REPLACEMENT_CHARACTER)
            .map(|(i, c)| {
                let before = encoding.encode(&text[..i]).0.len();
                Replaced { span: Span::new(i, i + c.len()), byte: before, len: 1 }
            })
            // one exact place is enough to find the damage; a list of thousands is no help and
            // would make the search for each quadratic
            .take(1)
            .collect()
    } else {
        Vec::new()
    };
    (text.into_owned(), replaced)
}

/// UTF-16 without a mark shows itself in Latin text by a NUL in every other byte.
fn utf16_without_mark(probe: &[u8]) -> Option<&'static Encoding> {
    if probe.len() < 4 {
        return None;
    }
    let zeros = |first: usize| probe.iter().skip(first).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), probe.len() / 2);
    match (even * 100 / half, odd * 100 / half) {
        (..5, 40..) => Some(UTF_16LE),
        (40.., ..5) => Some(UTF_16BE),
        _ => None,
    }
}

/// The first byte that shows data rather than text: a NUL, controls beyond one in ten bytes, or
/// beyond one in fifty where the bytes are as little UTF-8 as noise is. Letters in an old encoding
/// are no UTF-8 either, but have hardly a control.
fn binary_byte(probe: &[u8]) -> Option<usize> {
    /// Fewer controls are damage, however short the text is.
    const FEW: usize = 4;
    let is_control = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    let controls = probe.iter().filter(|&&b| is_control(b)).count();
    let nuls = probe.iter().filter(|&&b| b == 0).count();
    let is_noise = || {
        let invalid = probe.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
        controls > FEW && controls * 50 > probe.len() && invalid * 10 > probe.len()
    };
    // a stray NUL in a transcript is damage, not a format: one in a hundred is tolerated
    if nuls * 100 > probe.len() || controls * 10 > probe.len() || is_noise() {
        probe.iter().position(|&b| is_control(b))
    } else {
        None
    }
}

/// UTF-8 with a few bytes spoilt is still UTF-8: at least nine in ten of the stretches beyond
/// ASCII decode.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good >= 9 * bad
}

/// A character that a page never shows and that can deceive its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oddity {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: OddityKind,
}

/// The kinds of [`Oddity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OddityKind {
    /// A control character other than tab, line end and form feed.
    Control,
    /// A character that turns the direction of writing (U+202A–202E, U+2066–2069).
    Bidi,
    /// U+FFFD: something was lost before the text reached us, or on the way in.
    Replacement,
}

/// Whether an odd character may begin with that byte: hardly a page has one, and the first byte
/// rules most out. No branches, so that many bytes are asked at once.
#[inline]
fn may_be_odd(b: u8) -> bool {
    (b < b' ') & (b != b'\t') & (b != b'\n') & (b != 0x0C) & (b != b'\r')
        | (b == 0x7F)
        | (b == 0xC2)
        | (b == 0xE2)
        | (b == 0xEF)
}

/// Finds the characters that a page never shows; linear, in the order of the text.
pub fn find_oddities(text: &str) -> impl Iterator<Item = Oddity> + '_ {
    /// Bytes that are ruled out at once.
    const CHUNK: usize = 64;
    // added up in a byte, which the processor does for many side by side
    let any_may_be_odd = |(_, chunk): &(usize, &[u8])| {
        chunk.iter().map(|&b| u8::from(may_be_odd(b))).sum::<u8>() > 0
    };
    let chunks = text.as_bytes().chunks(CHUNK).enumerate().filter(any_may_be_odd);
    let places = chunks.flat_map(|(n, chunk)| {
        let inside = chunk.iter().enumerate().filter(|&(_, &b)| may_be_odd(b));
        inside.map(move |(i, _)| n * CHUNK + i)
    });
    places.filter_map(|i| {
        let c = text[i..].chars().next()?;
        let kind = match c {
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => OddityKind::Control,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => OddityKind::Bidi,
            char::REPLACEMENT_CHARACTER => OddityKind::Replacement,
            _ => return None,
        };
        Some(Oddity { span: Span::new(i, i + c.len_utf8()), kind })
    })
}

#[cfg(test)]
mod tests;
