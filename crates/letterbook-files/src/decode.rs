//! Bytes to characters where the format says in what encoding they are, and the way back.
//!
//! The encodings are those of the WHATWG Encoding Standard. A byte order mark outranks the
//! format's word, and that outranks a guess, except that bytes which are valid UTF-8 and not
//! plain ASCII are UTF-8 whatever they are called: programs that rewrite a file forget its
//! label. The guess itself is `letterbook::source`'s.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use letterbook::source::{Source, Unreadable};
use serde::{Deserialize, Serialize};

use crate::trouble::{Damage, Failure};

/// The characters of a part, and the way back to its bytes.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) offsets: Offsets,
    pub(crate) damage: Vec<Damage>,
}

/// Where in a part's bytes each byte of its decoded text stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Offsets {
    /// The text is the bytes, after a mark of so many.
    Same(usize),
    /// Runs of characters of one width, in the order of the text.
    Runs(Vec<Run>),
}

/// A run of characters that all take as many bytes in the text and in the file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Run {
    at: usize,
    byte: usize,
    text_width: u8,
    byte_width: u8,
}

impl Offsets {
    /// The byte of the part at which the character at `at` of the decoded text begins.
    pub(crate) fn byte(&self, at: usize) -> usize {
        match self {
            Offsets::Same(mark) => mark + at,
            Offsets::Runs(runs) => {
                let Some(i) = runs.partition_point(|r| r.at <= at).checked_sub(1) else { return 0 };
                let run = runs[i];
                run.byte + (at - run.at) / usize::from(run.text_width) * usize::from(run.byte_width)
            }
        }
    }

    /// The byte of the part after the character that `at` of the decoded text belongs to.
    pub(crate) fn byte_after(&self, at: usize) -> usize {
        match self {
            Offsets::Same(mark) => mark + at + 1,
            Offsets::Runs(runs) => {
                let i = runs.partition_point(|r| r.at <= at).saturating_sub(1);
                self.byte(at) + runs.get(i).map_or(1, |r| usize::from(r.byte_width))
            }
        }
    }
}

/// Runs from the widths of the characters of `text`, in bytes of the file.
fn runs(text: &str, mark: usize, mut width: impl FnMut(usize, char) -> usize) -> Offsets {
    let mut runs: Vec<Run> = Vec::new();
    let mut byte = mark;
    for (at, c) in text.char_indices() {
        let (text_width, byte_width) = (c.len_utf8() as u8, width(at, c).min(255) as u8);
        let same =
            runs.last().is_some_and(|r| r.text_width == text_width && r.byte_width == byte_width);
        if !same {
            runs.push(Run { at, byte, text_width, byte_width });
        }
        byte += usize::from(byte_width);
    }
    // the place after the last character
    runs.push(Run { at: text.len(), byte, text_width: 1, byte_width: 1 });
    Offsets::Runs(runs)
}

/// Decodes the bytes of `part`, which the format calls `label`.
///
/// # Errors
///
/// When nothing is said and the bytes are no text.
pub(crate) fn decode(part: &str, bytes: &[u8], label: Option<&str>) -> Result<Decoded, Failure> {
    let declared = label.and_then(|l| Encoding::for_label(l.as_bytes()));
    match (declared, std::str::from_utf8(bytes)) {
        // nothing is to be guessed; most XML is so
        (Some(encoding), Ok(text))
            if encoding == UTF_8
                && Encoding::for_bom(bytes).is_none()
                && !text.contains(char::from(0)) =>
        {
            Ok(Decoded { text: text.to_owned(), offsets: Offsets::Same(0), damage: Vec::new() })
        }
        // a file of eight-bit characters cannot say in them that it is UTF-16
        (Some(encoding), Err(_))
            if Encoding::for_bom(bytes).is_none()
                && encoding != UTF_8
                && encoding != UTF_16LE
                && encoding != UTF_16BE =>
        {
            Ok(decode_as(bytes, encoding))
        }
        _ => decode_guessed(part, bytes),
    }
}

/// Decodes bytes whose encoding the format names and that need no look; a name that nobody knows
/// stands for Windows-1252.
pub(crate) fn decode_named(bytes: &[u8], label: &str) -> Decoded {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
    decode_as(bytes, encoding)
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let offsets = runs_of(&text, 0, encoding);
    let mut damage = Vec::new();
    if had_errors {
        damage.push(Damage {
            code: "undecoded-bytes".into(),
            message: format!("expected {} text, but found bytes that are none", encoding.name()),
            span: None,
        });
    }
    Decoded { text, offsets, damage }
}

fn runs_of(text: &str, mark: usize, encoding: &'static Encoding) -> Offsets {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return runs(text, mark, |_, c| 2 * c.len_utf16());
    }
    let mut buffer = [0; 4];
    runs(text, mark, |_, c| {
        if c.is_ascii() || encoding.is_single_byte() {
            1
        } else {
            encoding.encode(c.encode_utf8(&mut buffer)).0.len()
        }
    })
}

fn decode_guessed(part: &str, bytes: &[u8]) -> Result<Decoded, Failure> {
    let source = Source::decode(bytes).map_err(|e| unreadable(part, &e))?;
    let mark = match Encoding::for_bom(bytes) {
        Some((_, mark)) => mark,
        None => 0,
    };
    let encoding = Encoding::for_label(source.encoding().as_bytes()).unwrap_or(UTF_8);
    let offsets = if encoding != UTF_8 {
        runs_of(source.text(), mark, encoding)
    } else if source.replaced().is_empty() {
        Offsets::Same(mark)
    } else {
        let mut replaced = source.replaced().iter().peekable();
        runs(source.text(), mark, |at, c| {
            while replaced.peek().is_some_and(|r| r.span.start < at) {
                replaced.next();
            }
            match replaced.peek() {
                Some(r) if r.span.start == at => r.len,
                _ => c.len_utf8(),
            }
        })
    };
    let damage = source
        .replaced()
        .first()
        .map(|first| Damage {
            code: "undecoded-bytes".into(),
            message: format!(
                "expected {} text, but found bytes that are none, first at byte {} ({} in all)",
                source.encoding(),
                first.byte,
                source.replaced().len()
            ),
            span: Some(first.span),
        })
        .into_iter()
        .collect();
    Ok(Decoded { text: source.text().to_owned(), offsets, damage })
}

/// The failure for bytes that are no text.
pub(crate) fn unreadable(part: &str, error: &Unreadable) -> Failure {
    Failure::new(part, error.code(), error.to_string(), error.hint())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], label: Option<&str>, needle: &str, byte: usize) {
        let decoded = decode("", bytes, label).expect("text");
        let at = decoded.text.find(needle).expect("the needle is there");
        assert_eq!(decoded.offsets.byte(at), byte, "{:?}", decoded.text);
    }

    #[test]
    fn characters_know_their_bytes_in_each_kind_of_encoding() {
        check("Zürich, März".as_bytes(), None, "März", 9);
        check(b"\xEF\xBB\xBFZ\xC3\xBCrich", None, "rich", 6);
        check(b"Z\xFCrich, M\xE4rz 1848", Some("iso-8859-1"), "1848", 13);
        check(b"Z\xFCrich, M\xE4rz 1848, gr\xFC\xDFt", None, "1848", 13);
        let utf16: Vec<u8> =
            "\u{FEFF}Zürich 大阪 😀 x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, None, "x", utf16.len() - 2);
        let bad = "Grüße aus Köln, äöüß ÄÖÜ \u{1}".replace('\u{1}', "").into_bytes();
        let bad = [&bad[..], b"\xFF und Wien"].concat();
        check(&bad, None, "Wien", bad.len() - 4);
        check(b"\x93\xFA\x96{ 1904", Some("shift_jis"), "1904", 5);
    }

    #[test]
    fn utf8_outranks_a_wrong_label() {
        let decoded = decode("", "Köln".as_bytes(), Some("windows-1252")).expect("text");
        assert_eq!(decoded.text, "Köln");
    }
}
