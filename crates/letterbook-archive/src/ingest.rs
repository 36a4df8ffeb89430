//! Files into the archive: bytes → read → store, and what goes into the index.
//!
//! One transaction for each batch; the next batch is read while the last is written. The store
//! is committed first and the index follows: a letter that was reported is on the disk, whatever
//! happens then, and an index that was left behind catches up when the archive is next opened for
//! writing. Knows which file is new, known or changed; the rules of reading are the reader's.

use letterbook::record::{Finding, Letter};
use rayon::prelude::*;
use tantivy::TantivyDocument;

use crate::error::Error;
use crate::index::{Entry, Fields};
use crate::named::Decided;
use crate::store::{self, Batch, Hash, Hints, LetterId, Reading, Store};

/// What reads a letter's text, and its name and version for the record's provenance.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Name and version: `letterbook 0.1.0`.
    pub name: String,
    /// Text and hints in, record out; the same record for the same.
    pub read: fn(&str, &Hints) -> Letter,
    /// The findings of a record that people have corrected.
    pub check: fn(&str, &Letter, &Hints) -> Vec<Finding>,
}

/// A file to be added.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// Its path or identifier: what it is called when it comes again.
    pub source: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The text in it, where whoever brings it knows better than the bytes (a PDF, a pipe).
    pub text: Option<String>,
    /// What is known of the letter beside the text.
    pub hints: Hints,
    /// Why whoever brings it found no text in it; it is then kept unread.
    pub failure: Option<String>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is a new letter.
    Added(LetterId),
    /// It is here already, under this name.
    Known(LetterId),
    /// The same bytes are here already, under another name; they are one letter.
    Same(LetterId),
    /// The file has changed: a new version of the letter.
    Changed(LetterId, u32),
    /// It could not be read; its bytes are kept.
    Unreadable(LetterId, String),
}

impl Outcome {
    /// The letter that the file now is.
    pub fn letter(&self) -> LetterId {
        match self {
            Outcome::Added(id)
            | Outcome::Known(id)
            | Outcome::Same(id)
            | Outcome::Changed(id, _)
            | Outcome::Unreadable(id, _) => *id,
        }
    }
}

/// A file that was read, or that need not be.
#[derive(Debug)]
pub(crate) struct Prepared {
    source: String,
    hash: Hash,
    /// None when the store had it when it was looked at, and nobody read it since.
    read: Option<(Reading, TantivyDocument)>,
    /// Empty when it was read.
    item: Item,
    is_known: bool,
}

/// A change for the index after the store has committed.
pub(crate) enum Change {
    Add(LetterId, Box<TantivyDocument>),
    /// The letter is to be taken from the store again.
    Refresh(LetterId),
}

/// Finds which files the store has already, so that they are not read again.
pub(crate) fn look_up(store: &Store, items: Vec<Item>) -> Result<Vec<Prepared>, Error> {
    let hashes: Vec<Hash> = items.par_iter().map(|item| Hash::of(&item.bytes)).collect();
    items
        .into_iter()
        .zip(hashes)
        .map(|(item, hash)| {
            let is_known = store.find_hash(hash)?.is_some();
            Ok(Prepared { source: item.source.clone(), hash, read: None, item, is_known })
        })
        .collect()
}

/// Reads the files that are new, on all cores.
pub(crate) fn read(
    reader: &Reader,
    fields: &Fields,
    decided: &Decided,
    mut files: Vec<Prepared>,
) -> Result<Vec<Prepared>, Error> {
    files.par_iter_mut().filter(|file| !file.is_known).try_for_each(|file| {
        let item = std::mem::take(&mut file.item);
        let sources = [item.source.clone()];
        let reading = read_item(reader, item)?;
        let document = fields.document(Entry {
            text: &reading.text,
            letter: reading.record.as_ref().ok(),
            sources: &sources,
            is_corrected: false,
            id: 0,
            decided,
        });
        file.read = Some((reading, document));
        Ok::<(), Error>(())
    })?;
    Ok(files)
}

fn read_item(reader: &Reader, item: Item) -> Result<Reading, Error> {
    match item.failure {
        Some(why) => Reading::new(&item.bytes, String::new(), Err(why), &Hints::default()),
        None => read_one(reader, &item.bytes, item.text, &item.hints),
    }
}

/// Reads one file.
pub(crate) fn read_one(
    reader: &Reader,
    bytes: &[u8],
    text: Option<String>,
    hints: &Hints,
) -> Result<Reading, Error> {
    let text = match text {
        Some(text) => Ok(text),
        None => store::decode(bytes).map(|source| source.text().to_owned()),
    };
    match text {
        Ok(text) => {
            let letter = (reader.read)(&text, hints);
            Reading::new(bytes, text, Ok(letter), hints)
        }
        Err(why) => Reading::new(bytes, String::new(), Err(why), hints),
    }
}

/// Keeps what was read, in one transaction; what became of each file, and what the index needs.
pub(crate) fn keep(
    store: &mut Store,
    reader: &Reader,
    files: Vec<Prepared>,
    at: &str,
) -> Result<(Vec<Outcome>, Vec<Change>), Error> {
    let mut changes = Vec::with_capacity(files.len());
    let outcomes = store.write(at, |batch| {
        files.into_iter().map(|file| keep_one(batch, reader, file, &mut changes)).collect()
    })?;
    Ok((outcomes, changes))
}

fn keep_one(
    batch: &mut Batch<'_>,
    reader: &Reader,
    file: Prepared,
    changes: &mut Vec<Change>,
) -> Result<Outcome, Error> {
    let Prepared { source, hash, read, item, .. } = file;
    let holder = batch.find_source(&source, hash)?;
    if let Some((id, true)) = holder {
        return Ok(Outcome::Known(id));
    }
    // the file now holds what another letter holds, or its bytes came under another name first
    if let Some(same) = batch.find_hash(hash)? {
        if let Some((old, _)) = holder {
            batch.release_source(&source)?;
            changes.push(Change::Refresh(old));
        }
        batch.insert_source(same, &source)?;
        changes.push(Change::Refresh(same));
        return Ok(Outcome::Same(same));
    }
    let (reading, document) = match read {
        Some((reading, document)) => (reading, Some(document)),
        // the letter that had these bytes has got others since, perhaps in this very batch
        None => (read_item(reader, item)?, None),
    };
    match holder {
        Some((id, _)) if batch.count_sources(id)? == 1 => {
            let version = batch.insert_next_version(id, &reading, &reader.name)?;
            changes.push(Change::Refresh(id));
            match reading.record {
                Ok(_) => Ok(Outcome::Changed(id, version)),
                Err(why) => Ok(Outcome::Unreadable(id, why)),
            }
        }
        _ => {
            if let Some((old, _)) = holder {
                batch.release_source(&source)?;
                changes.push(Change::Refresh(old));
            }
            let id = batch.insert(&source, &reading, &reader.name)?;
            changes.push(match document {
                Some(document) => Change::Add(id, Box::new(document)),
                None => Change::Refresh(id),
            });
            match reading.record {
                Ok(_) => Ok(Outcome::Added(id)),
                Err(why) => Ok(Outcome::Unreadable(id, why)),
            }
        }
    }
}
