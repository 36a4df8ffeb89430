//! JSON lines: one object a line, its `text` a letter, its other keys what is stated of it.
//!
//! By RFC 8259, as `letterbook read --jsonl` reads them: `id`, `lang` and `anchor` are taken,
//! other keys passed over. A line that is no such object is a failure with its number; the others
//! are read. Characters written as escapes stand for the bytes of the whole line.

use serde_json::Value;

use crate::decode::{Offsets, decode};
use crate::document::{Document, Stated, StatedField};
use crate::format::Format;
use crate::map::Builder;
use crate::reader::{Reader, Unit, join};
use crate::trouble::Failure;

/// Reads each line of `unit`.
pub(crate) fn read(reader: &mut Reader, unit: Unit<'_>) {
    let decoded = match decode(unit.part, unit.bytes, Some("utf-8")) {
        Ok(decoded) => decoded,
        Err(failure) => return reader.fail(failure),
    };
    let mut at = 0;
    for (n, line) in decoded.text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let part = join(unit.part, &format!("line {}", n + 1));
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(object)) => {
                let Some(Value::String(text)) = object.get("text") else {
                    reader.fail(Failure::new(
                        part,
                        "missing-key",
                        "expected text under `text`, but the object does not have it",
                        "write {\"id\": …, \"text\": …} on each line",
                    ));
                    continue;
                };
                let mut builder = Builder::new(unit.source, shifted(&decoded.offsets, unit.base));
                match line.find(text.as_str()).filter(|_| !text.is_empty()) {
                    Some(found) => builder.copy(text, start + found),
                    None => builder.stand(text, start..at),
                }
                let keys = [
                    ("id", StatedField::Identifier),
                    ("lang", StatedField::Language),
                    ("anchor", StatedField::Date),
                ];
                let stated = keys.iter().filter_map(|&(key, field)| {
                    let value = match object.get(key)? {
                        Value::String(text) => text.clone(),
                        Value::Number(number) => number.to_string(),
                        _ => return None,
                    };
                    let normalised = (key == "anchor").then(|| value.clone());
                    Some(Stated { field, value, normalised, span: None, at: key.to_owned() })
                });
                let stated = stated.collect();
                let whole = Document::whole(Format::JsonLines, &part, builder.finish());
                reader.push(Document { stated, ..whole });
            }
            Ok(_) | Err(_) => reader.fail(Failure::new(
                part,
                "bad-json",
                "expected one JSON object on the line, but found something else",
                "write each object on a line of its own, line breaks inside texts as \\n",
            )),
        }
        if reader.is_full() {
            return;
        }
    }
}

fn shifted(offsets: &Offsets, base: usize) -> Offsets {
    match offsets {
        Offsets::Same(mark) => Offsets::Same(mark + base),
        runs => runs.clone(),
    }
}
