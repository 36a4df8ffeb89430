//! What a file is: by its bytes first, by its name where they leave it open.
//!
//! Magic numbers of the formats' own specifications, the root element of XML, the first lines of
//! mail. A name that says otherwise than the bytes is noted and loses. Does not read the file.

use serde::{Deserialize, Serialize};

use crate::trouble::Failure;
use crate::xml;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Plain text in any encoding.
    Text,
    /// CommonMark.
    Markdown,
    /// HTML and XHTML.
    Html,
    /// One message by RFC 5322.
    Mail,
    /// A mailbox by RFC 4155.
    Mailbox,
    /// One message of Outlook, `.msg`.
    Outlook,
    /// JSON, one object a line with a `text`.
    JsonLines,
    /// Word since 2007.
    Docx,
    /// OpenDocument text, packed or flat.
    Odt,
    /// Rich text.
    Rtf,
    /// TEI P5, one letter or many.
    Tei,
    /// ALTO: recognised pages.
    Alto,
    /// PAGE XML: transcribed pages.
    PageXml,
    /// hOCR: recognised pages.
    Hocr,
    /// PDF.
    Pdf,
    /// A picture of a page.
    Picture,
    /// A ZIP archive of other files.
    Zip,
    /// A tar archive.
    Tar,
    /// A file packed with gzip.
    Gzip,
}

impl Format {
    /// The name in messages and tables.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Mail => "a mail message",
            Format::Mailbox => "a mailbox",
            Format::Outlook => "an Outlook message",
            Format::JsonLines => "JSON lines",
            Format::Docx => "a Word document",
            Format::Odt => "an OpenDocument text",
            Format::Rtf => "an RTF document",
            Format::Tei => "TEI",
            Format::Alto => "ALTO",
            Format::PageXml => "PAGE XML",
            Format::Hocr => "hOCR",
            Format::Pdf => "a PDF document",
            Format::Picture => "a picture",
            Format::Zip => "a ZIP archive",
            Format::Tar => "a tar archive",
            Format::Gzip => "a gzip file",
        }
    }
}

/// The endings of names, in lower case, by which a folder's files are chosen.
pub const EXTENSIONS: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "eml", "mbox", "mbx", "jsonl",
    "ndjson", "docx", "dotx", "odt", "ott", "fodt", "rtf", "xml", "tei", "hocr", "pdf", "zip",
    "tar", "tgz", "gz", "msg",
];

/// The endings of pictures of pages.
pub const PICTURES: &[&str] = &["png", "jpg", "jpeg", "tif", "tiff"];

/// The endings of formats that hold letters and are refused, each with its way out.
pub const REFUSED: &[&str] = &["doc"];

/// The first bytes of pictures: PNG, JPEG, TIFF.
const PICTURE_HEADS: [&[u8]; 4] = [b"\x89PNG", b"\xFF\xD8\xFF", b"II*\0", b"MM\0*"];

/// How many bytes at the head of a file are looked at.
const PROBE: usize = 64 * 1024;

/// The ending of a name, in lower case.
fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    file.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}

/// Whether an attachment is worth reading by its name or head.
pub(crate) fn is_readable(name: &str, bytes: &[u8]) -> bool {
    EXTENSIONS.contains(&extension(name).as_str())
        || detect("", name, bytes).is_ok_and(|f| f != Format::Text)
}

/// What the bytes of `part`, a file of that name, are.
///
/// # Errors
///
/// When they are a format that holds letters and is not read, with the way out.
pub fn detect(part: &str, name: &str, bytes: &[u8]) -> Result<Format, Failure> {
    let head = &bytes[..bytes.len().min(PROBE)];
    let extension = extension(name);
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        if is_outlook(bytes) {
            return Ok(Format::Outlook);
        }
        let (what, hint) = match extension.as_str() {
            "docx" | "odt" => ("a document locked with a password", "save it without a password"),
            "doc" => ("a Word 97–2003 document (.doc)", "save it as .docx, .odt or .rtf"),
            _ => ("an old Microsoft Office document", "save it in the program's newer format"),
        };
        return Err(unsupported(part, what, hint));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Format::Zip);
    }
    if head.starts_with(b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if PICTURE_HEADS.iter().any(|magic| head.starts_with(magic)) {
        return Ok(Format::Picture);
    }
    if head.starts_with(b"\x1F\x8B") {
        return Ok(Format::Gzip);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Ok(Format::Tar);
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if head.starts_with(b"From ") && text.split_once('\n').is_some_and(|(_, r)| is_header(r)) {
        return Ok(Format::Mailbox);
    }
    if is_mail(text) || (extension == "eml" && is_header(text)) {
        return Ok(Format::Mail);
    }
    if text.starts_with("{\\rtf") {
        return Ok(Format::Rtf);
    }
    let opening =
        text.get(..text.floor_char_boundary(512)).unwrap_or_default().to_ascii_lowercase();
    if opening.starts_with("<!doctype html") || opening.starts_with("<html") {
        return Ok(if is_recognised(text) { Format::Hocr } else { Format::Html });
    }
    if let Some((root, namespace)) = xml::root(text) {
        return match root.as_str() {
            "document" if namespace.contains("opendocument") => Ok(Format::Odt),
            "TEI" | "TEI.2" | "teiCorpus" => Ok(Format::Tei),
            "alto" => Ok(Format::Alto),
            "PcGts" => Ok(Format::PageXml),
            "html" if is_recognised(text) => Ok(Format::Hocr),
            "html" => Ok(Format::Html),
            _ if matches!(extension.as_str(), "html" | "htm" | "md" | "markdown") => {
                Ok(Format::Html)
            }
            _ if text.starts_with("<?xml") || extension == "xml" => Err(unsupported(
                part,
                &format!("XML whose root is `{root}`"),
                "convert it to TEI or plain text",
            )),
            _ => Ok(Format::Text),
        };
    }
    if text.starts_with('{')
        && text
            .lines()
            .next()
            .is_some_and(|l| l.contains("\"text\"") && l.trim_end().ends_with('}'))
    {
        return Ok(Format::JsonLines);
    }
    Ok(match extension.as_str() {
        "html" | "htm" | "xhtml" if text.contains('<') => Format::Html,
        "md" | "markdown" => Format::Markdown,
        "jsonl" | "ndjson" => Format::JsonLines,
        "mbox" | "mbx" if head.starts_with(b"From ") => Format::Mailbox,
        _ => Format::Text,
    })
}

/// Whether an HTML page is hOCR, by its classes.
fn is_recognised(text: &str) -> bool {
    text.contains("ocr_page") && text.contains("ocr_line")
}

/// Whether a compound file is a message, by a name that every one has in its directory.
fn is_outlook(bytes: &[u8]) -> bool {
    let name: Vec<u8> =
        "__properties_version1.0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

pub(crate) fn unsupported(part: &str, what: &str, hint: &str) -> Failure {
    let message = format!("expected a format that is read, but found {what}");
    Failure::new(part, "unsupported-format", message, hint)
}

/// Whether a text begins with a header line of RFC 5322: a name without spaces, a colon.
fn is_header(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    line.split_once(':').is_some_and(|(name, _)| {
        (1..=76).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

/// Whether a text begins with the header of a mail: one of the lines that programs write and
/// people, who copy `From:` and `Date:` into transcripts, do not.
fn is_mail(text: &str) -> bool {
    const WRITTEN_BY_PROGRAMS: [&str; 7] = [
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "content-type",
        "dkim-signature",
    ];
    let mut shown = false;
    for (n, line) in text.lines().take(400).enumerate() {
        if n > 0 && line.starts_with([' ', '\t']) {
            continue;
        }
        if !is_header(line) {
            break;
        }
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        shown |= WRITTEN_BY_PROGRAMS.contains(&name.as_str());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &[u8], expected: Format) {
        assert_eq!(detect("", name, bytes), Ok(expected), "{name}");
    }

    #[test]
    fn the_bytes_outrank_the_name() {
        check("letter.txt", b"<!DOCTYPE html><p>Sir,</p>", Format::Html);
        check(
            "letter.docx",
            b"Message-ID: <1@b.example>\r\nFrom: a@b.example\r\n\r\nSir,",
            Format::Mail,
        );
        check(
            "inbox",
            b"From a@b Thu Mar  4 16:52:00 2010\nFrom: a@b.example\n\nSir,\n",
            Format::Mailbox,
        );
        check("a.html", b"Dear Ann,\nno markup here", Format::Text);
    }

    #[test]
    fn a_transcript_of_a_printed_mail_is_plain_text() {
        check("a.txt", b"From:  Ida Behr\nSent:  Monday\nTo: Emil\n\nHello", Format::Text);
        check("a.eml", b"From:  Ida Behr\nDate:  Monday\nTo: Emil\n\nHello", Format::Mail);
        check("a.txt", b"From Bath we drove on.\nMy dear: come soon", Format::Text);
    }

    #[test]
    fn old_office_files_are_refused_with_a_way_out() {
        let failure = detect("", "a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest").unwrap_err();
        assert_eq!(
            failure.message,
            "expected a format that is read, but found a Word 97–2003 document (.doc)"
        );
        assert_eq!(failure.hint, "save it as .docx, .odt or .rtf");
    }
}
