//! Word and OpenDocument text, as the page shows it.
//!
//! DOCX by ECMA-376 part 1 (WordprocessingML), ODT and flat ODT by OASIS OpenDocument 1.3. Text
//! of headers comes before the body and text of footers after it, since letterheads are kept
//! there; text boxes stand where they are anchored. A paragraph is a block, unless one in six
//! between others is empty: then the writer parted blocks by them, and a paragraph is a line. Deleted
//! text, comments, foot- and endnotes are left out and noted; so, without a note, are the numbers
//! of pages, with "Page … of …" around them. Does not lay out pages and does not read formulas,
//! pictures or embedded objects.

use crate::decode::decode;
use crate::document::Document;
use crate::format::Format;
use crate::map::{self, Builder, Paragraphs};
use crate::reader::{Reader, Unit, join};
use crate::trouble::Failure;
use crate::xml::{Item, Tag, Walk};

/// A file of XML inside the document.
pub(crate) struct Part {
    /// Its name, such as `word/document.xml`.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// The elements that matter, whatever the format calls them.
enum Kind {
    Paragraph,
    Row,
    Cell,
    Tab,
    LineBreak,
    Spaces(usize),
    Character(&'static str),
    /// Holds the characters of the page, every space of them.
    Text,
    /// Holds the instruction of a field.
    FieldCode,
    /// The beginning, the middle or the end of a field whose result is shown.
    Field(String),
    /// The number of a page, which no writer wrote.
    PageNumber,
    /// Is not shown; what the reader is told was left out, if it is worth telling.
    Unseen(Option<&'static str>),
    Other,
}

/// The parts of a Word document that hold text, in the order of the page.
pub(crate) fn word_parts(names: &[String]) -> Vec<String> {
    let like = |stem: &str| {
        let mut found: Vec<String> = names
            .iter()
            .filter(|n| {
                n.strip_prefix("word/").and_then(|n| n.strip_suffix(".xml")).is_some_and(|n| {
                    n.strip_prefix(stem).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()))
                })
            })
            .cloned()
            .collect();
        found.sort();
        found
    };
    [like("header"), like("document"), like("footer")].concat()
}

/// Reads a Word document from its parts.
pub(crate) fn read_word(reader: &mut Reader, unit: Unit<'_>, parts: &[Part]) {
    let sections: Vec<Section<'_>> =
        parts.iter().map(|part| Section { part, inside: None }).collect();
    read(reader, unit, Format::Docx, &sections, word_kind);
}

/// Reads OpenDocument text from `content.xml` and `styles.xml`, or from the one flat file.
pub(crate) fn read_open(reader: &mut Reader, unit: Unit<'_>, content: &Part, styles: &Part) {
    let sections = [
        Section { part: styles, inside: Some("header") },
        Section { part: content, inside: Some("body") },
        Section { part: styles, inside: Some("footer") },
    ];
    read(reader, unit, Format::Odt, &sections, open_kind);
}

/// A part, and the element inside which it is read.
struct Section<'a> {
    part: &'a Part,
    inside: Option<&'static str>,
}

fn read(
    reader: &mut Reader,
    unit: Unit<'_>,
    format: Format,
    sections: &[Section<'_>],
    kind: fn(&Tag<'_>) -> Kind,
) {
    let by_lines = match build(reader, unit, sections, kind, true) {
        Ok(built) => built,
        Err(failure) => return reader.fail(failure),
    };
    let built = if by_lines.paragraphs.are_lines() {
        by_lines
    } else {
        match build(reader, unit, sections, kind, false) {
            Ok(built) => built,
            Err(failure) => return reader.fail(failure),
        }
    };
    reader.push(Document::whole(format, unit.part, built.builder.finish()));
}

struct Built {
    builder: Builder,
    paragraphs: Paragraphs,
}

fn build(
    reader: &Reader,
    unit: Unit<'_>,
    sections: &[Section<'_>],
    kind: fn(&Tag<'_>) -> Kind,
    by_lines: bool,
) -> Result<Built, Failure> {
    let mut builder: Option<Builder> = None;
    let mut paragraphs = Paragraphs::default();
    let mut seen: Vec<String> = Vec::new();
    for section in sections {
        let name = join(unit.source, &section.part.name);
        let label = crate::xml::declared_encoding(&section.part.bytes);
        let decoded = decode(unit.part, &section.part.bytes, label.as_deref())?;
        let builder = match &mut builder {
            Some(builder) => {
                builder.enter_part(&name, decoded.offsets);
                builder
            }
            None => builder.insert(Builder::new(&name, decoded.offsets)),
        };
        builder.end_block();
        // the styles of a document are ten times its text, and most have no header
        if section.inside.is_some_and(|name| !has_element(&decoded.text, name)) {
            continue;
        }
        // headers of first, left and right pages often say the same
        let start = builder.text().len();
        let is_word = section.part.name.starts_with("word/");
        let mut walk = Walk::new(&decoded.text, reader.budget.limits.markup_depth);
        paragraphs.end_section();
        let shape = Shape { inside: section.inside, kind, by_lines, is_word };
        build_section(&mut walk, &shape, &mut paragraphs, builder);
        if let Some(fault) = walk.fault {
            builder.note(fault.code, format!("{name}: {}", fault.message));
        }
        let text = builder.text()[start..].trim().to_owned();
        if section.part.name != "content.xml" && seen.contains(&text) {
            builder.truncate(start);
        }
        seen.push(text);
    }
    let builder = builder.ok_or_else(|| {
        Failure::new(
            unit.part,
            "damaged-document",
            "expected the text of the document in the archive, but found none",
            "open the document in its program and save it again",
        )
    })?;
    Ok(Built { builder, paragraphs })
}

/// Whether `xml` may have an element of that local name.
fn has_element(xml: &str, name: &str) -> bool {
    xml.match_indices(name).any(|(at, _)| {
        let rest = &xml[at + name.len()..];
        xml[..at].ends_with(['<', ':'])
            && rest.starts_with(|c: char| matches!(c, '>' | '/') || c.is_ascii_whitespace())
    })
}

/// How one part is read.
struct Shape {
    inside: Option<&'static str>,
    kind: fn(&Tag<'_>) -> Kind,
    by_lines: bool,
    is_word: bool,
}

/// Appends what is shown, and counts paragraphs.
fn build_section(
    walk: &mut Walk<'_>,
    shape: &Shape,
    counted: &mut Paragraphs,
    builder: &mut Builder,
) {
    let &Shape { inside, kind, by_lines, is_word } = shape;
    let mut within = usize::from(inside.is_none());
    // for each open element: what it is, whether it is the region read, where its text begins
    let mut open: Vec<(Kind, bool, usize)> = Vec::new();
    let (mut hidden, mut paragraphs) = (0usize, 0usize);
    // for each open field: its instruction, and whether its result is hidden
    let mut fields: Vec<(String, bool)> = Vec::new();
    let mut is_paged = false;
    while let Some(item) = walk.next() {
        match item {
            Item::Start(tag) => {
                let is_region = inside == Some(tag.name.as_str());
                within += usize::from(is_region);
                let kind = kind(&tag);
                let is_shown = within > 0 && hidden == 0;
                match &kind {
                    Kind::Paragraph if is_shown => {
                        let text = builder.text();
                        if !text.ends_with(['\n', '\t']) && !text.is_empty() {
                            builder.end_line();
                        }
                    }
                    Kind::Cell if is_shown => builder.next_cell(),
                    Kind::Tab if is_shown => builder.make("\t"),
                    Kind::LineBreak if is_shown => builder.make("\n"),
                    Kind::Character(c) if is_shown => builder.make(c),
                    Kind::Spaces(n) if is_shown => builder.make(&" ".repeat(*n)),
                    Kind::Field(step) => match step.as_str() {
                        "begin" => fields.push((String::new(), false)),
                        "separate" => {
                            if let Some((code, hides)) = fields.last_mut() {
                                *hides = is_page_number(code);
                                hidden += usize::from(*hides);
                                is_paged |= *hides && is_shown;
                            }
                        }
                        _ => {
                            hidden -= usize::from(fields.pop().is_some_and(|(_, hides)| hides));
                        }
                    },
                    Kind::PageNumber => {
                        is_paged |= is_shown;
                        hidden += 1;
                    }
                    Kind::Unseen(what) => {
                        if let Some(what) = what.filter(|_| is_shown) {
                            builder.note("left-out", format!("{what} was left out"));
                        }
                        hidden += 1;
                    }
                    _ => {}
                }
                if matches!(kind, Kind::Paragraph) {
                    paragraphs += 1;
                    builder.enter_path(&walk.path());
                }
                open.push((kind, is_region, builder.text().len()));
            }
            Item::End(_) => {
                let Some((kind, is_region, start)) = open.pop() else { continue };
                paragraphs -= usize::from(matches!(kind, Kind::Paragraph));
                match kind {
                    Kind::Paragraph if within > 0 && hidden == 0 => {
                        let in_cell = open.iter().any(|(k, ..)| matches!(k, Kind::Cell));
                        let rest = builder.text().get(start..).unwrap_or_default();
                        if std::mem::take(&mut is_paged) && map::is_page_number(rest) {
                            builder.truncate(start);
                        }
                        let is_empty =
                            builder.text()[start.min(builder.text().len())..].trim().is_empty();
                        if in_cell {
                            // a cell of several paragraphs has several lines
                        } else {
                            counted.count(is_empty);
                            if by_lines && !is_empty {
                                builder.end_line();
                            } else {
                                builder.end_block();
                            }
                        }
                    }
                    Kind::Row if within > 0 && hidden == 0 => builder.end_line(),
                    Kind::Unseen(_) | Kind::PageNumber => hidden -= 1,
                    _ => {}
                }
                within -= usize::from(is_region);
            }
            Item::Text(text, _) if matches!(open.last(), Some((Kind::FieldCode, ..))) => {
                if let Some((code, _)) = fields.last_mut() {
                    code.push_str(text);
                }
            }
            Item::Text(text, at) if paragraphs > 0 && hidden == 0 && within > 0 => {
                // WordprocessingML shows what stands in `t` and keeps its white space;
                // OpenDocument shows all that stands in a paragraph and folds it
                let in_text = open.last().is_some_and(|(k, ..)| matches!(k, Kind::Text));
                match (is_word, in_text) {
                    (true, true) => builder.copy(text, at),
                    (true, false) => {}
                    (false, _) => builder.copy_folded(text, at),
                }
            }
            Item::Reference(stands, range) if paragraphs > 0 && hidden == 0 && within > 0 => {
                builder.stand(&stands, range);
            }
            _ => {}
        }
    }
}

/// Whether a field shows the number of a page or of all pages, which no writer wrote.
fn is_page_number(code: &str) -> bool {
    matches!(code.split_whitespace().next(), Some("PAGE" | "NUMPAGES" | "SECTIONPAGES"))
}

fn word_kind(tag: &Tag<'_>) -> Kind {
    match tag.name.as_str() {
        "p" => Kind::Paragraph,
        "tr" => Kind::Row,
        "tc" => Kind::Cell,
        "t" => Kind::Text,
        "tab" | "ptab" => Kind::Tab,
        "br" | "cr" => Kind::LineBreak,
        "noBreakHyphen" => Kind::Character("\u{2011}"),
        "del" | "moveFrom" => Kind::Unseen(Some("deleted text")),
        "fldChar" => Kind::Field(tag.attribute("fldCharType").unwrap_or_default()),
        "instrText" => Kind::FieldCode,
        "fldSimple" if tag.attribute("instr").is_some_and(|code| is_page_number(&code)) => {
            Kind::PageNumber
        }
        "delText" | "Fallback" | "pPr" | "rPr" | "sectPr" | "tblPr" | "binData" => {
            Kind::Unseen(None)
        }
        "sym" => Kind::Character("\u{FFFD}"),
        "footnoteReference" | "endnoteReference" => Kind::Unseen(Some("a note")),
        "object" => Kind::Unseen(Some("an embedded object")),
        _ => Kind::Other,
    }
}

fn open_kind(tag: &Tag<'_>) -> Kind {
    match tag.name.as_str() {
        "p" | "h" => Kind::Paragraph,
        "table-row" => Kind::Row,
        "table-cell" => Kind::Cell,
        "tab" => Kind::Tab,
        "line-break" => Kind::LineBreak,
        "s" => Kind::Spaces(tag.number("c").map_or(1, |n| n.clamp(0.0, 1000.0) as usize)),
        "body" | "header" | "footer" => Kind::Other,
        "note" => Kind::Unseen(Some("a note")),
        "annotation" => Kind::Unseen(Some("a comment")),
        "tracked-changes" => Kind::Unseen(Some("deleted text")),
        "page-number" | "page-count" => Kind::PageNumber,
        "forms" | "title" | "desc" | "meta" | "scripts" | "binary-data" | "sequence-decls" => {
            Kind::Unseen(None)
        }
        _ => Kind::Other,
    }
}
