//! Gold letters: reads `../shared/gold/<split>/<language>/<edition>.jsonl`.
//!
//! Offsets in the files are code points; here they are bytes.

use std::fs;
use std::path::{Path, PathBuf};

use letterbook::record::{MentionKind, ZoneLabel};
use letterbook::span::Span;
use letterbook::text::Text;
use serde::Deserialize;
use serde_json::Value;

/// A zone as an edition marks it.
#[derive(Debug, Clone)]
pub(crate) struct Zone {
    pub(crate) label: ZoneLabel,
    pub(crate) span: Span,
}

/// A sender or recipient as the edition's metadata name them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Person {
    pub(crate) name: String,
    /// Whether it is a body and no person.
    pub(crate) is_body: bool,
}

/// A name in the text as an edition marks it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Name {
    pub(crate) kind: MentionKind,
    pub(crate) span: Span,
}

/// A letter with what its edition says of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letter {
    pub(crate) id: String,
    /// The file's name without its ending: the edition.
    pub(crate) edition: String,
    /// The folder's name.
    pub(crate) language: String,
    pub(crate) senders: Vec<Person>,
    pub(crate) recipients: Vec<Person>,
    /// BCP 47, `und` where the edition does not say.
    pub(crate) tag: String,
    /// Year, month or day of writing, ISO 8601; only where the editor is sure and the page does not
    /// contradict.
    pub(crate) date: Option<String>,
    /// Where the letter was written, in the edition's spelling.
    pub(crate) place: Option<String>,
    pub(crate) text: String,
    /// Zones in order; those of labels that are not in `scored` are only likely.
    pub(crate) zones: Vec<Zone>,
    /// Zones told by typography.
    pub(crate) silver: Vec<Zone>,
    /// The labels that the edition marks throughout this letter.
    pub(crate) scored: Vec<ZoneLabel>,
    /// Persons, places, organisations and events that the edition marks, in order; it need not
    /// mark them all.
    pub(crate) names: Vec<Name>,
    /// Where `names` are all that there are, noted by eye: what was left open. None where they are
    /// the edition's.
    pub(crate) open: Option<Vec<Span>>,
}

#[derive(Deserialize)]
struct RawName {
    label: MentionKind,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct RawZone {
    label: ZoneLabel,
    start: usize,
    end: usize,
}

/// Where the shared data lie: `LETTERBOOK_SHARED`, or `shared` beside the workspace or one above.
pub(crate) fn shared() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("LETTERBOOK_SHARED") {
        return Some(PathBuf::from(path));
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    ["../shared", "../../shared"].iter().map(|p| workspace.join(p)).find(|p| p.is_dir())
}

/// The workspace's folder.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The gold files below `root`, by language and name.
pub(crate) fn files(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut out = Vec::new();
    for folder in list(root)? {
        if folder.is_dir() {
            out.extend(
                list(&folder)?.into_iter().filter(|p| p.extension().is_some_and(|e| e == "jsonl")),
            );
        }
    }
    Ok(out)
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    Ok(paths)
}

/// All letters of the split `split` (`train` or `dev`).
pub(crate) fn load(split: &str) -> Result<Vec<Letter>, String> {
    let root = shared().ok_or("expected ../shared with the gold letters, but found none")?;
    let mut letters = Vec::new();
    for file in files(&root.join("gold").join(split))? {
        letters.extend(read(&file)?);
    }
    Ok(letters)
}

/// The letters of one file.
pub(crate) fn read(file: &Path) -> Result<Vec<Letter>, String> {
    let name = |p: Option<&std::ffi::OsStr>| p.unwrap_or_default().to_string_lossy().into_owned();
    let edition = name(file.file_stem());
    let language = name(file.parent().and_then(Path::file_name));
    let all = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    all.lines()
        .filter(|l| !l.trim().is_empty())
        .map(|line| {
            letter(line, &edition, &language).map_err(|e| format!("{}: {e}", file.display()))
        })
        .collect()
}

fn letter(line: &str, edition: &str, language: &str) -> Result<Letter, String> {
    let raw: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let string = |key: &str| raw[key].as_str().unwrap_or_default().to_owned();
    let text = string("text");
    let index = Text::new(&text);
    let zones = |key: &str| -> Result<Vec<Zone>, String> {
        if raw[key].is_null() {
            return Ok(Vec::new());
        }
        let raw: Vec<RawZone> = Vec::deserialize(&raw[key]).map_err(|e| e.to_string())?;
        let mut zones: Vec<Zone> = raw
            .iter()
            .filter_map(|z| {
                let (start, end) = (index.byte(z.start)?, index.byte(z.end)?);
                (start < end).then(|| Zone { label: z.label, span: Span::new(start, end) })
            })
            .collect();
        zones.sort_by_key(|z| z.span);
        Ok(zones)
    };
    let people = |key: &str| -> Vec<Person> {
        let people = raw["gold"][key].as_array().map(Vec::as_slice).unwrap_or_default();
        people
            .iter()
            .map(|p| Person {
                name: p["name"].as_str().unwrap_or_default().to_owned(),
                is_body: p["kind"] == "org",
            })
            .collect()
    };
    let date = &raw["gold"]["date"];
    let is_doubtful =
        raw["date_suspect"] == true || date["cert"].as_str().is_some_and(|c| !c.is_empty());
    let day = date["when"].as_str().and_then(|w| w.split('T').next()).filter(|d| !d.is_empty());
    let place = raw["gold"]["place_sent"].as_str().filter(|p| !p.is_empty());
    let scored = if raw["scored_labels"].is_null() {
        Vec::new()
    } else {
        Vec::deserialize(&raw["scored_labels"]).map_err(|e| e.to_string())?
    };
    let raw_names: Vec<RawName> = match &raw["entities"] {
        Value::Null => Vec::new(),
        names => Vec::deserialize(names).map_err(|e| e.to_string())?,
    };
    let mut names: Vec<Name> = raw_names
        .iter()
        .filter(|n| n.label != MentionKind::Date)
        .filter_map(|n| {
            let (start, end) = (index.byte(n.start)?, index.byte(n.end)?);
            (start < end).then(|| Name { kind: n.label, span: Span::new(start, end) })
        })
        .collect();
    names.sort_by_key(|n| n.span);
    Ok(Letter {
        id: string("id"),
        names,
        open: None,
        edition: edition.to_owned(),
        language: language.to_owned(),
        senders: people("sender"),
        recipients: people("recipient"),
        tag: string("lang"),
        date: day.filter(|_| !is_doubtful).map(str::to_owned),
        place: place.map(str::to_owned),
        zones: zones("zones")?,
        silver: zones("zones_silver")?,
        scored,
        text,
    })
}
