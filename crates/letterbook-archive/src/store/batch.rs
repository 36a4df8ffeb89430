//! One transaction: what is put in, corrected and taken out together, or not at all.

use letterbook::record::Letter;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Hash, Hints, LetterId, Stamp, find_hash};
use crate::correction::{Action, NewCorrection};
use crate::error::{Doing, Error};
use crate::packing;

/// What a reader made of a file, ready to be kept.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The letter's text; empty when the file could not be read.
    pub text: String,
    /// The record, or why there is none.
    pub record: Result<Letter, String>,
    /// The record's JSON, packed.
    packed: Vec<u8>,
    /// The text, packed, where it is not the file's bytes.
    packed_text: Option<Vec<u8>>,
    /// The file's bytes, packed.
    packed_bytes: Vec<u8>,
    size: usize,
    hash: Hash,
    hints: Option<String>,
}

impl Reading {
    /// Packs what was read in `bytes` with the hints that it was read by; the costly part of keeping a letter, for many threads.
    ///
    /// # Errors
    ///
    /// When the record cannot be written as JSON.
    pub fn new(
        bytes: &[u8],
        text: String,
        record: Result<Letter, String>,
        hints: &Hints,
    ) -> Result<Reading, Error> {
        let packed = match &record {
            Ok(letter) => {
                let json = serde_json::to_vec(letter)
                    .map_err(|e| Error::Damaged(format!("writing a record: {e}")))?;
                packing::pack_record(&json, &text)
            }
            Err(_) => Vec::new(),
        };
        let is_apart = record.is_ok() && text.as_bytes() != bytes;
        Ok(Reading {
            packed,
            packed_text: is_apart.then(|| packing::pack(text.as_bytes())),
            packed_bytes: packing::pack(bytes),
            size: bytes.len(),
            hash: Hash::of(bytes),
            hints: hints.to_json(),
            text,
            record,
        })
    }

    /// The hash of the file's bytes.
    pub fn hash(&self) -> Hash {
        self.hash
    }
}

/// A transaction under way.
#[derive(Debug)]
pub struct Batch<'s> {
    pub(super) db: &'s Connection,
    pub(super) at: &'s str,
    stamp: i64,
    /// Over what was changed; becomes the history's chain.
    chain: blake3::Hasher,
    is_changed: bool,
}

impl<'s> Batch<'s> {
    pub(super) fn new(db: &'s Connection, before: Stamp, at: &'s str) -> Batch<'s> {
        let stamp = before.number + 1;
        let mut chain = blake3::Hasher::new();
        chain.update(&before.chain.0).update(&stamp.to_le_bytes()).update(at.as_bytes());
        Batch { db, at, stamp, chain, is_changed: false }
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        if self.is_changed {
            self.db
                .execute(
                    "INSERT INTO history (stamp, at, chain) VALUES (?1, ?2, ?3)",
                    params![self.stamp, self.at, &self.chain.finalize().as_bytes()[..]],
                )
                .doing("writing the history")?;
        }
        Ok(())
    }

    pub(super) fn note(&mut self, what: &str, id: LetterId, detail: &[u8]) {
        self.is_changed = true;
        self.chain.update(what.as_bytes()).update(&id.to_le_bytes()).update(detail);
    }

    /// Keeps a new letter that came as `source`; its number.
    ///
    /// # Errors
    ///
    /// When `source` names a letter already, or the disk fails.
    pub fn insert(
        &mut self,
        source: &str,
        reading: &Reading,
        reader: &str,
    ) -> Result<LetterId, Error> {
        self.db
            .prepare_cached("INSERT INTO letter (version, stamp) VALUES (1, ?1)")
            .and_then(|mut s| s.execute([self.stamp]))
            .doing("adding a letter")?;
        let id = self.db.last_insert_rowid();
        self.insert_version(id, 1, reading, reader)?;
        self.insert_source(id, source)?;
        Ok(id)
    }

    /// Says that `source` holds the letter `id` too.
    ///
    /// # Errors
    ///
    /// When `source` names a letter already, or the disk fails.
    pub fn insert_source(&mut self, id: LetterId, source: &str) -> Result<(), Error> {
        self.note("source", id, source.as_bytes());
        self.db
            .prepare_cached("INSERT INTO source (name, letter, added) VALUES (?1, ?2, ?3)")
            .and_then(|mut s| s.execute(params![source, id, self.at]))
            .doing("adding a source")?;
        Ok(())
    }

    /// Takes the name `source` from the letter that has it.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn release_source(&mut self, source: &str) -> Result<(), Error> {
        self.note("release", 0, source.as_bytes());
        self.db
            .prepare_cached("DELETE FROM source WHERE name = ?1")
            .and_then(|mut s| s.execute([source]))
            .doing("moving a source")?;
        Ok(())
    }

    /// Keeps a new version of the letter `id`; its number, from 2.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchLetter`], or what the disk says.
    pub fn insert_next_version(
        &mut self,
        id: LetterId,
        reading: &Reading,
        reader: &str,
    ) -> Result<u32, Error> {
        let number: u32 = self
            .db
            .query_row(
                "UPDATE letter SET version = version + 1, stamp = ?2 WHERE id = ?1
                 RETURNING version",
                params![id, self.stamp],
                |r| r.get(0),
            )
            .optional()
            .doing("adding a version")?
            .ok_or(Error::NoSuchLetter(id))?;
        self.insert_version(id, number, reading, reader)?;
        Ok(number)
    }

    fn insert_version(
        &mut self,
        id: LetterId,
        number: u32,
        reading: &Reading,
        reader: &str,
    ) -> Result<(), Error> {
        self.note("version", id, &reading.hash.0);
        let original = self.original(reading)?;
        self.db
            .prepare_cached(
                "INSERT INTO version
                 (letter, number, original, added, reader, read, text, record, failure, hints)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?6, ?7, ?8, ?9)",
            )
            .and_then(|mut s| {
                s.execute(params![
                    id,
                    number,
                    original,
                    self.at,
                    reader,
                    reading.packed_text,
                    reading.record.is_ok().then_some(&reading.packed),
                    reading.record.as_ref().err(),
                    reading.hints,
                ])
            })
            .doing("adding a version")?;
        Ok(())
    }

    /// The row of the file's bytes, which may be there already.
    fn original(&mut self, reading: &Reading) -> Result<i64, Error> {
        let hash = &reading.hash.0[..];
        let inserted = self
            .db
            .prepare_cached(
                "INSERT INTO original (hash, size, bytes) VALUES (?1, ?2, ?3)
                 ON CONFLICT (hash) DO NOTHING",
            )
            .and_then(|mut s| {
                let size = i64::try_from(reading.size).unwrap_or(i64::MAX);
                s.execute(params![hash, size, reading.packed_bytes])
            })
            .doing("adding an original")?;
        if inserted == 1 {
            return Ok(self.db.last_insert_rowid());
        }
        self.db
            .query_row("SELECT id FROM original WHERE hash = ?1", [hash], |r| r.get(0))
            .doing("looking for an original")
    }

    /// Puts a new reading of the same file in the place of the letter's current one.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchLetter`], or what the disk says.
    pub fn replace_reading(
        &mut self,
        id: LetterId,
        reading: &Reading,
        reader: &str,
    ) -> Result<(), Error> {
        self.note("reading", id, &reading.packed);
        let changed = self
            .db
            .prepare_cached(
                "UPDATE version SET reader = ?2, read = ?3, text = ?4, record = ?5, failure = ?6
                 WHERE letter = ?1 AND number = (SELECT version FROM letter WHERE id = ?1)",
            )
            .and_then(|mut s| {
                s.execute(params![
                    id,
                    reader,
                    self.at,
                    reading.packed_text,
                    reading.record.is_ok().then_some(&reading.packed),
                    reading.record.as_ref().err(),
                ])
            })
            .doing("replacing a reading")?;
        if changed == 0 { Err(Error::NoSuchLetter(id)) } else { self.touch(id) }
    }

    /// Keeps a correction; its number.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn correct(&mut self, id: LetterId, new: &NewCorrection) -> Result<i64, Error> {
        let detail = format!("{}\0{}\0{:?}", new.path, new.action.name(), new.value);
        self.note("correct", id, detail.as_bytes());
        self.db
            .execute(
                "INSERT INTO correction (letter, path, action, value, was, who, at, why)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    id,
                    new.path,
                    new.action.name(),
                    new.value.as_ref().filter(|_| new.action == Action::Set),
                    new.was.as_ref().map(ToString::to_string),
                    new.who,
                    self.at,
                    new.why,
                ],
            )
            .doing("keeping a correction")?;
        let number = self.db.last_insert_rowid();
        self.touch(id)?;
        Ok(number)
    }

    /// Takes a correction back; the letter that it was of.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchCorrection`] when there is none in force, or what the disk says.
    pub fn undo(&mut self, correction: i64, who: &str, why: &str) -> Result<LetterId, Error> {
        let id: LetterId = self
            .db
            .query_row(
                "UPDATE correction SET undone = ?2, undoer = ?3, undone_why = ?4
                 WHERE id = ?1 AND undone IS NULL RETURNING letter",
                params![correction, self.at, who, why],
                |r| r.get(0),
            )
            .optional()
            .doing("undoing a correction")?
            .ok_or(Error::NoSuchCorrection(correction))?;
        self.note("undo", id, &correction.to_le_bytes());
        self.touch(id)?;
        Ok(id)
    }

    /// Takes a letter out, with its versions, corrections and every original that no other
    /// letter has; only its number and who took it out remain.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchLetter`], or what the disk says.
    pub fn remove(&mut self, id: LetterId, who: &str, why: &str) -> Result<(), Error> {
        let doing = "removing a letter";
        self.note("remove", id, b"");
        let originals: Vec<i64> = self
            .db
            .prepare_cached("SELECT DISTINCT original FROM version WHERE letter = ?1")
            .and_then(|mut s| s.query_map([id], |r| r.get(0))?.collect())
            .doing(doing)?;
        if self.db.execute("DELETE FROM letter WHERE id = ?1", [id]).doing(doing)? == 0 {
            return Err(Error::NoSuchLetter(id));
        }
        for original in originals {
            self.db
                .execute(
                    "DELETE FROM original WHERE id = ?1
                     AND NOT EXISTS (SELECT 1 FROM version WHERE original = ?1)",
                    [original],
                )
                .doing(doing)?;
        }
        self.db
            .execute(
                "INSERT INTO removal (letter, stamp, who, at, why) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, self.stamp, who, self.at, why],
            )
            .doing(doing)?;
        Ok(())
    }

    /// The letter that came as `source`, as this transaction sees it, and whether its current
    /// version has these bytes.
    pub(crate) fn find_source(
        &self,
        source: &str,
        hash: Hash,
    ) -> Result<Option<(LetterId, bool)>, Error> {
        self.db
            .prepare_cached(
                "SELECT l.id, o.hash = ?2 FROM source s JOIN letter l ON l.id = s.letter
                 JOIN version v ON v.letter = l.id AND v.number = l.version
                 JOIN original o ON o.id = v.original WHERE s.name = ?1",
            )
            .and_then(|mut s| {
                s.query_row(params![source, &hash.0[..]], |r| Ok((r.get(0)?, r.get(1)?))).optional()
            })
            .doing("looking for a source")
    }

    /// The first letter whose current version has these bytes, as this transaction sees it.
    pub(crate) fn find_hash(&self, hash: Hash) -> Result<Option<LetterId>, Error> {
        find_hash(self.db, hash)
    }

    /// Under how many names the letter came.
    pub(crate) fn count_sources(&self, id: LetterId) -> Result<u32, Error> {
        self.db
            .prepare_cached("SELECT count(*) FROM source WHERE letter = ?1")
            .and_then(|mut s| s.query_row([id], |r| r.get(0)))
            .doing("counting sources")
    }

    /// Says that what is shown or found of a letter has changed.
    pub(crate) fn touch(&mut self, id: LetterId) -> Result<(), Error> {
        let changed = self
            .db
            .prepare_cached("UPDATE letter SET stamp = ?2 WHERE id = ?1")
            .and_then(|mut s| s.execute([id, self.stamp]))
            .doing("changing a letter")?;
        if changed == 0 { Err(Error::NoSuchLetter(id)) } else { Ok(()) }
    }
}
