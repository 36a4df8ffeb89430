//! A reader for tests: letters whose head says in so many words what there is to read.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use letterbook::record::{Finding, Letter};
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook_archive::correction::{Action, Edit};
use letterbook_archive::ingest::{Item, Outcome, Reader};
use letterbook_archive::{Archive, Hints};
use serde_json::{Value, json};

/// A time for what happens in a test.
pub(crate) const NOW: &str = "2026-01-02T03:04:05Z";

/// Reads lines such as `From: Anna Berg`, up to the first empty line.
pub(crate) fn read(text: &str, _: &Hints) -> Letter {
    let marks = Text::new(text);
    let mut record = json!({ "letterbook": 1, "zones": [] });
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, value)) = line.trim_end().split_once(": ") else { break };
        let from = start + key.len() + 2;
        let evidence = marks.evidence(Span::new(from, from + value.len()));
        let reading = json!({ "value": value, "evidence": [evidence], "confidence": 0.9 });
        let shown = json!([evidence]);
        match key {
            "From" => push(&mut record, "senders", json!({ "name": reading })),
            "To" => push(&mut record, "recipients", json!({ "name": reading })),
            "Place" => record["place"] = reading,
            "Language" => record["language"] = reading,
            "Date" => {
                record["date"] = json!({ "value": value, "calendar": "gregorian",
                    "evidence": shown, "confidence": 0.6 });
            }
            "Occasion" => {
                let occasion = json!({ "kind": value, "event": "Jubilee", "evidence": shown,
                    "confidence": 0.8 });
                push(&mut record, "occasions", occasion);
            }
            "Finding" => {
                let finding = json!({ "code": value, "severity": "error", "message": "m" });
                push(&mut record, "findings", finding);
            }
            "Postscript" => {
                let zone = json!({ "label": "postscript", "start": evidence.start,
                    "end": evidence.end, "confidence": 0.9 });
                push(&mut record, "zones", zone);
            }
            "Weekday" => record["date"]["weekday"] = json!(value),
            "Role" => record["senders"][0]["role"] = reading,
            "Body" => record["senders"][0]["organisation"] = reading,
            "Act" => {
                let act = json!({ "act": value, "evidence": shown, "confidence": 0.8 });
                push(&mut record, "acts", act);
            }
            "Yours" => {
                let reference = json!({ "kind": "letter", "from": "recipient", "date": value,
                    "evidence": shown, "confidence": 0.8 });
                push(&mut record, "references", reference);
            }
            "About" => {
                let mention = json!({ "kind": "org", "value": value, "evidence": shown,
                    "confidence": 0.8 });
                push(&mut record, "mentions", mention);
            }
            _ => {}
        }
    }
    let end = marks.code_point(text.len());
    push(
        &mut record,
        "zones",
        json!({ "label": "body", "start": marks.code_point(at.min(text.len())),
        "end": end, "confidence": 0.9 }),
    );
    serde_json::from_value(record).expect("a record made by hand")
}

fn push(record: &mut Value, list: &str, item: Value) {
    match record[list].as_array_mut() {
        Some(items) => items.push(item),
        None => record[list] = json!([item]),
    }
}

pub(crate) fn reader() -> Reader {
    Reader { name: "plain 1".into(), read: |letters| each(letters, read), check }
}

/// Reads several letters by a reader of one.
pub(crate) fn each(letters: &[(&str, &Hints)], read: fn(&str, &Hints) -> Letter) -> Vec<Letter> {
    letters.iter().map(|(text, hints)| read(text, hints)).collect()
}

/// Finds what was found before, but that it has a weekday, where it has one.
pub(crate) fn check(_: &str, letter: &Letter, _: &Hints) -> Vec<Finding> {
    letter.findings.clone()
}

/// A folder of its own, gone when the test is over.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("letterbook-archive-{}-{n}", std::process::id());
        Folder(std::env::temp_dir().join(name))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn archive(&self) -> Archive {
        Archive::open_or_create(&self.0, reader()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn item(source: &str, text: &str) -> Item {
    Item { source: source.into(), bytes: text.into(), ..Item::default() }
}

/// Adds one letter and lets it be found; its number.
pub(crate) fn add(archive: &mut Archive, source: &str, text: &str) -> i64 {
    let outcome = archive.add(vec![item(source, text)], NOW).unwrap();
    archive.commit().unwrap();
    match outcome[..] {
        [Outcome::Added(id)] => id,
        ref other => panic!("expected a new letter, but found {other:?}"),
    }
}

/// A correction by an editor.
pub(crate) fn edit(letter: i64, path: &str, action: Action, value: Option<&str>) -> Edit {
    Edit {
        letter,
        path: path.into(),
        action,
        value: value.map(str::to_owned),
        who: "editor".into(),
        why: String::new(),
    }
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            // an index that is still merging may have dropped the file since the folder was listed
            match fs::copy(entry.path(), target) {
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                copied => drop(copied.unwrap()),
            }
        }
    }
}
