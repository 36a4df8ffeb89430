//! ZIP, tar and gzip: the files inside, each read as if it lay by itself.
//!
//! ZIP by APPNOTE 6.3 (`zip`: stored and deflated members), tar by POSIX.1-2001 (`tar`), gzip by
//! RFC 1952 (`flate2`). Members are unpacked into memory one at a time under the limits and never
//! onto a disk, so a member's path can lead nowhere; links in tar files are passed over. Word and
//! OpenDocument files are ZIP archives too and are told from others here. Does not decrypt.

use std::borrow::Cow;
use std::io::Cursor;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::format::unsupported;
use crate::office::{self, Part};
use crate::reader::{Reader, Unit, join};
use crate::trouble::Failure;

const AGAIN: &str = "copy the file again from where it came, or repair it with its program";

/// Reads a ZIP archive, or the document that it is.
pub(crate) fn read_zip(reader: &mut Reader, unit: Unit<'_>) {
    let mut archive = match ZipArchive::new(Cursor::new(unit.bytes)) {
        Ok(archive) => archive,
        Err(_) => {
            return reader.fail(Failure::new(
                unit.part,
                "damaged-archive",
                "expected a whole ZIP archive, but found one that is damaged or breaks off",
                AGAIN,
            ));
        }
    };
    let names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    if has("word/document.xml") {
        let mut parts = Vec::new();
        for name in office::word_parts(&names) {
            match member(reader, unit, &mut archive, &name) {
                Ok(part) => parts.push(part),
                Err(failure) => return reader.fail(failure),
            }
        }
        return office::read_word(reader, unit, &parts);
    }
    if has("content.xml") && has("META-INF/manifest.xml") {
        return read_open(reader, unit, &mut archive, has("styles.xml"));
    }
    for (name, what) in [
        ("xl/workbook.xml", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("META-INF/container.xml", "an e-book (EPUB)"),
    ] {
        if has(name) {
            let hint = "export the letters from it as text, Word or PDF";
            return reader.fail(unsupported(unit.part, what, hint));
        }
    }
    for i in 0..archive.len() {
        let label = match archive.by_index_raw(i) {
            Ok(file) if file.is_dir() => continue,
            Ok(file) => String::from_utf8_lossy(file.name_raw()).into_owned(),
            Err(e) => {
                reader.fail(unread(unit.part, &format!("member {}", i + 1), &e));
                continue;
            }
        };
        if is_system(&label) {
            continue;
        }
        match member_at(reader, unit, &mut archive, i, &label) {
            Ok(part) => read_member(reader, unit, &part),
            Err(failure) => reader.fail(failure),
        }
        if reader.is_full() {
            return;
        }
    }
}

fn read_open(
    reader: &mut Reader,
    unit: Unit<'_>,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    has_styles: bool,
) {
    let manifest = member(reader, unit, archive, "META-INF/manifest.xml");
    let is_encrypted = manifest.is_ok_and(|m| m.bytes.windows(15).any(|w| w == b"encryption-data"));
    if is_encrypted {
        return reader.fail(encrypted(unit.part));
    }
    let styles = match has_styles {
        true => member(reader, unit, archive, "styles.xml"),
        false => Ok(Part { name: "styles.xml".into(), bytes: b"<styles/>".to_vec() }),
    };
    let content = member(reader, unit, archive, "content.xml");
    match (content, styles) {
        (Ok(content), Ok(styles)) => office::read_open(reader, unit, &content, &styles),
        (Err(failure), _) | (_, Err(failure)) => reader.fail(failure),
    }
}

fn member(
    reader: &Reader,
    unit: Unit<'_>,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<Part, Failure> {
    let index = archive.index_for_name(name).ok_or_else(|| {
        let message = format!("expected `{name}` in the archive, but found no such member");
        Failure::new(unit.part, "damaged-document", message, AGAIN)
    })?;
    member_at(reader, unit, archive, index, name)
}

fn member_at(
    reader: &Reader,
    unit: Unit<'_>,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    name: &str,
) -> Result<Part, Failure> {
    let file = archive.by_index(index).map_err(|e| unread(unit.part, name, &e))?;
    let packed = file.compressed_size().min(unit.bytes.len() as u64);
    let bytes = reader.budget.unpack(&join(unit.part, name), file, packed)?;
    Ok(Part { name: name.to_owned(), bytes })
}

fn read_member(reader: &mut Reader, unit: Unit<'_>, part: &Part) {
    let label = join(unit.part, &part.name);
    let source = join(unit.source, &part.name);
    reader.read_member(Unit {
        part: &label,
        source: &source,
        base: 0,
        bytes: &part.bytes,
        name: &part.name,
    });
}

fn unread(part: &str, name: &str, error: &ZipError) -> Failure {
    if matches!(error, ZipError::UnsupportedArchive(what) if what.contains("assword")) {
        return encrypted(&join(part, name));
    }
    let found = match error {
        ZipError::UnsupportedArchive(_) => "one that is packed in a way that is not known",
        _ => "one that is damaged or breaks off",
    };
    let message = format!("expected a member that can be unpacked, but found {found}");
    Failure::new(join(part, name), "damaged-archive", message, AGAIN)
}

fn encrypted(part: &str) -> Failure {
    Failure::new(
        part,
        "encrypted",
        "expected a document that is open, but found one locked with a password",
        "open it with its password and save it without one",
    )
}

/// Files that systems add to archives, and not their owners.
fn is_system(name: &str) -> bool {
    // `.` and `..` are steps of a path and hide nothing
    let is_hidden = |part: &str| part.starts_with('.') && !matches!(part, "." | "..");
    name.split(['/', '\\']).any(|part| part == "__MACOSX" || is_hidden(part))
}

/// Reads what a gzip file holds.
pub(crate) fn read_gzip(reader: &mut Reader, unit: Unit<'_>) {
    let packed = unit.bytes.len() as u64;
    let input = flate2::read::MultiGzDecoder::new(unit.bytes);
    let bytes = match reader.budget.unpack(unit.part, input, packed) {
        Ok(bytes) => bytes,
        Err(failure) => return reader.fail(failure),
    };
    let lower = unit.name.to_ascii_lowercase();
    let name = lower.strip_suffix(".gz").map_or(unit.name, |n| &unit.name[..n.len()]);
    let source = join(unit.source, "unpacked");
    reader.read_member(Unit { part: unit.part, source: &source, base: 0, bytes: &bytes, name });
}

/// Reads each file of a tar archive.
pub(crate) fn read_tar(reader: &mut Reader, unit: Unit<'_>) {
    let mut archive = tar::Archive::new(unit.bytes);
    let damaged = |_| {
        let message = "expected a whole tar archive, but found one that is damaged or breaks off";
        Failure::new(unit.part, "damaged-archive", message, AGAIN)
    };
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(e) => return reader.fail(damaged(e)),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            // nothing behind a damaged head can be found
            Err(e) => return reader.fail(damaged(e)),
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !entry.header().entry_type().is_file() || is_system(&name) {
            continue;
        }
        let size = entry.size();
        match reader.budget.unpack(&join(unit.part, &name), entry, size) {
            Ok(bytes) => read_member(reader, unit, &Part { name, bytes }),
            Err(failure) => reader.fail(failure),
        }
        if reader.is_full() {
            return;
        }
    }
}
