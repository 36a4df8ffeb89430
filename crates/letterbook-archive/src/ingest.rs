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
    /// Texts with their hints in, a record of each out, in order; the same record for the same,
    /// whatever is read with it.
    pub read: fn(&[(&str, &Hints)]) -> Vec<Letter>,
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
    /// Nothing is written in it; it is no copy of another that is blank.
    is_blank: bool,
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
            let is_blank = is_blank(&item);
            let is_known = !is_blank && store.find_hash(hash)?.is_some();
            let source = item.source.clone();
            Ok(Prepared { source, hash, read: None, item, is_known, is_blank })
        })
        .collect()
}

fn is_blank(item: &Item) -> bool {
    let text = item.text.as_ref().is_none_or(|text| text.trim().is_empty());
    text && item.bytes.iter().all(u8::is_ascii_whitespace)
}

/// Reads the files that are new, on all cores.
pub(crate) fn read(
    reader: &Reader,
    fields: &Fields,
    decided: &Decided,
    mut files: Vec<Prepared>,
) -> Result<Vec<Prepared>, Error> {
    let mut new: Vec<&mut Prepared> = files.iter_mut().filter(|file| !file.is_known).collect();
    let together = together(new.len());
    new.par_chunks_mut(together).try_for_each(|some| {
        let mut items: Vec<Item> =
            some.iter_mut().map(|file| std::mem::take(&mut file.item)).collect();
        let opened = items.iter_mut().map(Opened::of_item).collect();
        for (file, reading) in some.iter_mut().zip(read_together(reader, opened)?) {
            let document = fields.document(Entry {
                text: &reading.text,
                letter: reading.record.as_ref().ok(),
                sources: std::slice::from_ref(&file.source),
                is_corrected: false,
                id: 0,
                decided,
            });
            file.read = Some((reading, document));
        }
        Ok::<(), Error>(())
    })?;
    Ok(files)
}

/// How many of `n` files a core reads together: those of a batch are shared out finely, so that no core
/// is left with the longest.
pub(crate) fn together(n: usize) -> usize {
    /// More are read no faster together.
    const MOST: usize = 32;
    n.div_ceil(4 * rayon::current_num_threads()).clamp(1, MOST)
}

/// A file that is opened.
pub(crate) struct Opened<'a> {
    bytes: &'a [u8],
    /// Its text, or why it has none.
    text: Result<String, String>,
    hints: &'a Hints,
}

impl<'a> Opened<'a> {
    /// A file with the text that came with it, else that of its bytes.
    pub(crate) fn new(bytes: &'a [u8], text: Option<String>, hints: &'a Hints) -> Opened<'a> {
        let text = match text {
            Some(text) => Ok(text),
            None => store::decode(bytes).map(|source| source.text().to_owned()),
        };
        Opened { bytes, text, hints }
    }

    fn of_item(item: &'a mut Item) -> Opened<'a> {
        if let Some(why) = item.failure.take() {
            item.hints = Hints::default();
            return Opened { bytes: &item.bytes, text: Err(why), hints: &item.hints };
        }
        Opened::new(&item.bytes, item.text.take(), &item.hints)
    }

    /// What the reader gets, where there is a text.
    fn given(&self) -> Option<(&str, &Hints)> {
        Some((self.text.as_deref().ok()?, self.hints))
    }

    fn pack(self, record: Option<Letter>) -> Result<Reading, Error> {
        let Opened { bytes, text, hints } = self;
        match text {
            Ok(text) => {
                let record = record.ok_or_else(|| "the reader gave no record".to_owned());
                Reading::new(bytes, text, record, hints)
            }
            Err(why) => Reading::new(bytes, String::new(), Err(why), hints),
        }
    }
}

/// Reads files together.
pub(crate) fn read_together(
    reader: &Reader,
    files: Vec<Opened<'_>>,
) -> Result<Vec<Reading>, Error> {
    let given: Vec<(&str, &Hints)> = files.iter().filter_map(Opened::given).collect();
    let mut records = (reader.read)(&given).into_iter();
    let packed = files.into_iter().map(|file| {
        let record = file.given().is_some().then(|| records.next()).flatten();
        file.pack(record)
    });
    packed.collect()
}

/// Reads one file.
fn read_alone(reader: &Reader, file: Opened<'_>) -> Result<Reading, Error> {
    let record = file.given().and_then(|given| (reader.read)(&[given]).pop());
    file.pack(record)
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
    let Prepared { source, hash, read, mut item, is_blank, .. } = file;
    let holder = batch.find_source(&source, hash)?;
    if let Some((id, true)) = holder {
        return Ok(Outcome::Known(id));
    }
    // the file now holds what another letter holds, or its bytes came under another name first
    if !is_blank && let Some(same) = batch.find_hash(hash)? {
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
        None => (read_alone(reader, Opened::of_item(&mut item))?, None),
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
