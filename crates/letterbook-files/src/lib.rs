//! Gets letters out of files.
//!
//! Bytes and a name in, documents out: each one text that `letterbook::read_text` can be given,
//! the way back from every character to its place in the file, what the format says of the letter,
//! and what was damaged or left out. One file may hold many letters; a part that cannot be read is
//! a failure of that part and not of the file.
//!
//! Like reading itself [`read_file`] is a pure function. Which formats are read, what is kept of each and
//! what is not stands in `docs/formats.md`. Does not open files or walk folders.

pub mod document;
pub mod format;
pub mod limits;
pub mod map;
pub mod trouble;

mod archive;
mod check;
mod decode;
mod entity;
mod html;
mod jsonl;
mod layout;
mod mail;
mod markdown;
mod office;
mod outlook;
mod pdf;
mod quoted;
mod reader;
mod rtf;
mod split;
mod tei;
pub mod tools;
mod wire;
pub mod worker;
mod xml;

pub use check::check;
pub use document::{Contents, Document, Piece};
pub use format::Format;
pub use limits::Limits;
pub use split::split;
pub use tools::Tools;
pub use trouble::{Damage, Failure};
pub use worker::Worker;

/// Reads a file, whatever it is.
///
/// `name` is the file's name or path, of which only the ending counts, and only where the bytes
/// leave open what they are.
///
/// ```
/// use letterbook_files::{Limits, read_file};
///
/// let page = b"<p>Bath, 3 May 1811</p><p>Dear Ann,<br>come &amp; stay.</p>";
/// let contents = read_file("letter.html", page, Limits::default());
/// assert_eq!(contents.documents[0].text, "Bath, 3 May 1811\n\nDear Ann,\ncome & stay.\n");
///
/// let contents = read_file("letter.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Limits::default());
/// assert!(contents.documents.is_empty());
/// assert_eq!(contents.failures[0].hint, "save it as .docx, .odt or .rtf");
/// ```
pub fn read_file(name: &str, bytes: &[u8], limits: Limits) -> Contents {
    read_with(name, bytes, limits, None)
}

/// Reads a file, whatever it is, and starts other programs for PDF documents and pictures.
///
/// Not a pure function: what is installed decides. A program that crashes, hangs or grows is
/// stopped, and the failure says which and why.
pub fn read_file_with_tools(name: &str, bytes: &[u8], limits: Limits, tools: &Tools) -> Contents {
    read_with(name, bytes, limits, Some(tools.clone()))
}

fn read_with(name: &str, bytes: &[u8], limits: Limits, tools: Option<Tools>) -> Contents {
    let mut contents = Contents::default();
    read_each(name, bytes, limits, tools, &mut |piece| contents.push(piece));
    contents
}

/// Reads a file, whatever it is, and hands on each text and each failure as it comes.
///
/// So nobody need hold all messages of a large mailbox. Other programs are started with `tools`
/// only.
pub fn read_each(
    name: &str,
    bytes: &[u8],
    limits: Limits,
    tools: Option<Tools>,
    sink: &mut dyn FnMut(Piece),
) {
    let mut reader = reader::Reader::new(limits, tools, sink);
    reader.read(reader::Unit { part: "", source: "", base: 0, bytes, name });
}
