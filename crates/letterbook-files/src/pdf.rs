//! PDF documents and pictures of pages.
//!
//! The text layer as `pdftotext` finds it, with the box of each word; pages without one, and
//! pictures, by `tesseract`, at 300 dots an inch. Needs those programs ([`Tools`]); where they
//! are not, the failure says what to install. What was recognised and not written is noted as
//! damage, since its characters may be wrong. Does not repair, decrypt or look at signatures.

use crate::decode::Offsets;
use crate::document::Document;
use crate::format::Format;
use crate::layout::{self, Grammar, Page};
use crate::limits::Limits;
use crate::map::Builder;
use crate::reader::{Reader, Unit};
use crate::tools::{self, Tools};
use crate::trouble::Failure;

const POPPLER: &str = "Poppler's programs (package `poppler-utils`)";
const TESSERACT: &str = "Tesseract (package `tesseract-ocr`) and the languages wanted";

/// Reads a PDF document.
pub(crate) fn read(reader: &mut Reader, unit: Unit<'_>) {
    let Some(tools) = reader.tools.clone() else { return reader.fail(no_tools(unit.part)) };
    let limits = reader.budget.limits;
    let last = limits.pages.to_string();
    let arguments = ["-bbox-layout", "-l", &last, "-", "-"];
    let written = tools::run("pdftotext", &arguments, unit.bytes, &limits);
    let xml = match written {
        Ok(xml) => String::from_utf8_lossy(&xml).into_owned(),
        Err(trouble) => {
            return reader.fail(tools::failure(unit.part, "pdftotext", POPPLER, &trouble));
        }
    };
    // control characters that a font maps its glyphs to are no XML
    let xml: String =
        xml.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let (mut pages, fault) = layout::pages(&xml, Grammar::Boxes, limits.markup_depth);
    let mut builder = Builder::new(unit.source, Offsets::Same(0));
    if let Some(fault) = fault {
        builder.note(fault.code, fault.message);
    }
    let mut recognised = 0;
    for (page, number) in pages.iter_mut().zip(1u32..).filter(|(p, _)| p.is_empty()) {
        match recognise_page(reader, &tools, unit, number) {
            Ok(mut found) if !found.is_empty() => {
                *page = found.swap_remove(0);
                recognised += usize::from(!page.is_empty());
            }
            Ok(_) => {}
            // every page would fail alike
            Err(failure) => {
                let part = unit.part;
                reader.fail(Failure { part: join_page(part, number), ..failure });
                break;
            }
        }
    }
    if pages.len() >= limits.pages {
        builder.note("too-many-pages", format!("only the first {last} pages were read"));
    }
    if recognised > 0 {
        builder.note(
            "recognised",
            format!(
                "{recognised} pages have no text; their characters were recognised and may be wrong"
            ),
        );
    }
    push(reader, unit, Format::Pdf, &pages, builder);
}

/// Reads a picture of a page.
pub(crate) fn read_picture(reader: &mut Reader, unit: Unit<'_>) {
    let Some(tools) = reader.tools.clone() else { return reader.fail(no_tools(unit.part)) };
    let limits = reader.budget.limits;
    match recognise(&tools, unit.part, unit.bytes, &limits) {
        Ok(pages) => {
            let mut builder = Builder::new(unit.source, Offsets::Same(0));
            builder.note("recognised", "the characters were recognised and may be wrong");
            push(reader, unit, Format::Picture, &pages, builder);
        }
        Err(failure) => reader.fail(failure),
    }
}

fn push(reader: &mut Reader, unit: Unit<'_>, format: Format, pages: &[Page], mut builder: Builder) {
    layout::write(pages, 1, &mut builder);
    reader.push(Document::whole(format, unit.part, builder.finish()));
}

fn recognise_page(
    reader: &mut Reader,
    tools: &Tools,
    unit: Unit<'_>,
    page: u32,
) -> Result<Vec<Page>, Failure> {
    let limits = reader.budget.limits;
    // no need to draw the page when nobody will look at it
    if tools.ocr_languages.is_empty() {
        return recognise(tools, unit.part, &[], &limits);
    }
    reader.step();
    let number = page.to_string();
    let arguments = ["-r", "300", "-gray", "-png", "-f", &number, "-l", &number, "-"];
    let picture = tools::run("pdftoppm", &arguments, unit.bytes, &limits)
        .map_err(|trouble| tools::failure(unit.part, "pdftoppm", POPPLER, &trouble))?;
    reader.step();
    recognise(tools, unit.part, &picture, &limits)
}

fn recognise(
    tools: &Tools,
    part: &str,
    picture: &[u8],
    limits: &Limits,
) -> Result<Vec<Page>, Failure> {
    if tools.ocr_languages.is_empty() {
        return Err(Failure::new(
            part,
            "no-text",
            "expected text, but found a picture of a page",
            "choose a language for recognising characters",
        ));
    }
    let arguments = ["stdin", "stdout", "-l", &tools.ocr_languages, "alto"];
    let xml = tools::run("tesseract", &arguments, picture, limits)
        .map_err(|trouble| tools::failure(part, "tesseract", TESSERACT, &trouble))?;
    Ok(layout::pages(&String::from_utf8_lossy(&xml), Grammar::Alto, 64).0)
}

fn no_tools(part: &str) -> Failure {
    Failure::new(
        part,
        "unsupported-format",
        "expected a format that is read without other programs, but found a PDF or a picture",
        "allow other programs to be started, or export the letter as text",
    )
}

fn join_page(part: &str, page: u32) -> String {
    crate::reader::join(part, &format!("page {page}"))
}
