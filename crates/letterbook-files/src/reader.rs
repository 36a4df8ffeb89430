//! One file on its way to documents: who reads which part, how deep, and how much is left.
//!
//! A part is handed from reader to reader as a [`Unit`]; files within files come back here, so
//! that depth and size are counted in one place. Knows the formats' readers, not their formats.

use crate::decode::{Offsets, decode};
use crate::document::{Document, Piece};
use crate::format::{self, Format};
use crate::layout::Grammar;
use crate::limits::{Budget, Limits};
use crate::map::Builder;
use crate::office::{self, Part};
use crate::tools::Tools;
use crate::trouble::Failure;
use crate::{archive, html, jsonl, layout, mail, markdown, outlook, pdf, rtf, tei, xml};

/// A part of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit<'a> {
    /// What it is called in documents and failures; empty for the file itself.
    pub(crate) part: &'a str,
    /// The part whose bytes are counted.
    pub(crate) source: &'a str,
    /// Where in those the part begins.
    pub(crate) base: usize,
    /// Its bytes.
    pub(crate) bytes: &'a [u8],
    /// The name of the file, for its ending.
    pub(crate) name: &'a str,
}

/// The name of a part of a part.
pub(crate) fn join(part: &str, inner: &str) -> String {
    if part.is_empty() { inner.to_owned() } else { format!("{part} / {inner}") }
}

/// What was read of a file so far, and what may still be.
pub(crate) struct Reader<'s> {
    pub(crate) budget: Budget,
    /// The programs that may be started, if any may.
    pub(crate) tools: Option<Tools>,
    /// Takes what is read as it comes, so that nobody need hold all letters of a mailbox.
    sink: &'s mut dyn FnMut(Piece),
    given: usize,
    depth: usize,
    full: bool,
}

impl<'s> Reader<'s> {
    pub(crate) fn new(
        limits: Limits,
        tools: Option<Tools>,
        sink: &'s mut dyn FnMut(Piece),
    ) -> Reader<'s> {
        let budget = Budget::new(limits);
        Reader { budget, tools, sink, given: 0, depth: 0, full: false }
    }

    pub(crate) fn push(&mut self, document: Document) {
        let most = self.budget.limits.documents;
        if self.given < most {
            self.given += 1;
            (self.sink)(Piece::Document(Box::new(document)));
        } else if !self.full {
            self.full = true;
            self.fail(Failure::new(
                document.part,
                "too-many-letters",
                format!("expected at most {most} letters in a file, but found more"),
                "part the file, or raise the limit; the letters before this were read",
            ));
        }
    }

    pub(crate) fn fail(&mut self, failure: Failure) {
        (self.sink)(Piece::Failure(failure));
    }

    /// Shows that the work goes on.
    pub(crate) fn step(&mut self) {
        (self.sink)(Piece::Step);
    }

    /// Whether no more letters are taken.
    pub(crate) fn is_full(&self) -> bool {
        self.full
    }

    /// Hands `unit`, which lies inside another part, to `read`, unless that is too deep.
    pub(crate) fn nested<'a>(
        &mut self,
        unit: Unit<'a>,
        read: impl FnOnce(&mut Reader<'s>, Unit<'a>),
    ) {
        let most = self.budget.limits.nesting;
        if self.depth >= most {
            self.fail(Failure::new(
                unit.part,
                "nested-too-deep",
                format!("expected at most {most} files inside each other, but found one more"),
                "unpack it yourself and read what is inside; raise the limit if it is a letter",
            ));
            return;
        }
        self.depth += 1;
        read(self, unit);
        self.depth -= 1;
    }

    /// Reads a file inside another.
    pub(crate) fn read_member(&mut self, unit: Unit<'_>) {
        self.nested(unit, |reader, unit| reader.read(unit));
    }

    /// Reads a part, whatever it is.
    pub(crate) fn read(&mut self, unit: Unit<'_>) {
        let most = self.budget.limits.file_bytes;
        if unit.bytes.len() as u64 > most {
            return self.fail(Failure::new(
                unit.part,
                "too-large",
                format!("expected at most {most} bytes, but found {}", unit.bytes.len()),
                "raise the limit if the file really holds letters",
            ));
        }
        match format::detect(unit.part, unit.name, unit.bytes) {
            Err(failure) => self.fail(failure),
            Ok(Format::Mail) => mail::read_message(self, unit, false),
            Ok(Format::Mailbox) => mail::read_mailbox(self, unit),
            Ok(Format::Outlook) => outlook::read(self, unit),
            Ok(Format::JsonLines) => jsonl::read(self, unit),
            // the archive tells which of the two it is
            Ok(Format::Zip | Format::Docx) => archive::read_zip(self, unit),
            Ok(Format::Odt) => {
                let part =
                    |name: &str, bytes: &[u8]| Part { name: name.into(), bytes: bytes.into() };
                let content = part("content.xml", unit.bytes);
                office::read_open(self, unit, &content, &part("styles.xml", unit.bytes));
            }
            Ok(Format::Rtf) => self.read_rtf(unit),
            Ok(Format::Tei) => {
                let label = xml::declared_encoding(unit.bytes);
                match decode(unit.part, unit.bytes, label.as_deref()) {
                    Ok(d) => tei::read(self, unit, &d.text, &d.offsets, &d.damage),
                    Err(failure) => self.fail(failure),
                }
            }
            Ok(Format::Alto) => self.read_pages(unit, Format::Alto, Grammar::Alto),
            Ok(Format::PageXml) => self.read_pages(unit, Format::PageXml, Grammar::PageXml),
            Ok(Format::Hocr) => self.read_pages(unit, Format::Hocr, Grammar::Hocr),
            Ok(Format::Pdf) => pdf::read(self, unit),
            Ok(Format::Picture) => pdf::read_picture(self, unit),
            Ok(Format::Tar) => archive::read_tar(self, unit),
            Ok(Format::Gzip) => archive::read_gzip(self, unit),
            Ok(format @ (Format::Text | Format::Markdown | Format::Html)) => {
                self.read_text(unit, format);
            }
        }
    }

    fn read_pages(&mut self, unit: Unit<'_>, format: Format, grammar: Grammar) {
        let label = xml::declared_encoding(unit.bytes);
        let decoded = match decode(unit.part, unit.bytes, label.as_deref()) {
            Ok(decoded) => decoded,
            Err(failure) => return self.fail(failure),
        };
        let max_depth = self.budget.limits.markup_depth;
        let (pages, fault) = layout::pages(&decoded.text, grammar, max_depth);
        let mut builder = Builder::new(unit.source, decoded.offsets);
        builder.damage = decoded.damage;
        if let Some(fault) = fault {
            builder.note(fault.code, fault.message);
        }
        layout::write(&pages, 1, &mut builder);
        self.push(Document::whole(format, unit.part, builder.finish()));
    }

    fn read_rtf(&mut self, unit: Unit<'_>) {
        let max_depth = self.budget.limits.markup_depth;
        let build = |by_lines| {
            let mut builder = Builder::new(unit.source, Offsets::Same(unit.base));
            let are_lines = rtf::read(unit.bytes, max_depth, by_lines, &mut builder);
            (builder, are_lines)
        };
        let (blocks, are_lines) = build(false);
        let builder = if are_lines { build(true).0 } else { blocks };
        self.push(Document::whole(Format::Rtf, unit.part, builder.finish()));
    }

    /// A part that is text with or without markup, in whatever encoding.
    fn read_text(&mut self, unit: Unit<'_>, format: Format) {
        let label = match format {
            Format::Html => charset(unit.bytes),
            _ => None,
        };
        let decoded = match decode(unit.part, unit.bytes, label.as_deref()) {
            Ok(decoded) => decoded,
            Err(failure) => return self.fail(failure),
        };
        let mut builder = Builder::new(unit.source, decoded.offsets);
        builder.damage = decoded.damage;
        let max_depth = self.budget.limits.markup_depth;
        let mut stated = Vec::new();
        match format {
            Format::Html => {
                let page = html::read(&decoded.text, 0, max_depth, &mut builder);
                stated.extend(page.language());
            }
            Format::Markdown => markdown::read(&decoded.text, max_depth, &mut builder),
            _ => {
                builder.copy(&decoded.text, 0);
                let whole = Document::whole(format, unit.part, builder.finish_as_is());
                return self.push(whole);
            }
        }
        self.push(Document { stated, ..Document::whole(format, unit.part, builder.finish()) });
    }
}

/// The encoding that an HTML page declares in its first 1,024 bytes, as browsers look for it.
fn charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let label: String = head[at..]
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    (!label.is_empty()).then_some(label)
}
