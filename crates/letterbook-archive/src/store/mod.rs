//! The truth: originals named by their hash, letters, readings, corrections, in one SQLite file.
//!
//! Owns the format (`schema-1.sql` and on, version in `PRAGMA user_version`), its migrations, what one
//! transaction is, and what can be proved of a store (`verify`). Write-ahead logging with
//! full synchronisation: what [`Store::write`] has returned from survives a kill and a power cut;
//! one process writes, many read meanwhile. Hashes are BLAKE3, 32 bytes: as safe as SHA-256 and
//! several times as fast, so that hashing never holds up adding. Does not know what a record
//! means, does not search, and does not ask the clock.

mod batch;
mod decision;
#[cfg(test)]
mod full;
mod hints;
mod migrate;
mod verify;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use letterbook::record::Letter;
use letterbook::source::Source;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};

pub use batch::{Batch, Reading};
pub use decision::{Decision, Deed, PersonId, Statement};
pub use hints::Hints;
pub use migrate::FORMAT;
pub use verify::Fault;

use crate::correction::{Action, Correction};
use crate::error::{At, Doing, Error};
use crate::packing;

/// The number of a letter in its archive, from 1; never used again.
pub type LetterId = i64;

/// The BLAKE3 hash of a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(*blake3::hash(bytes).as_bytes())
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The name of the store's file in the archive's folder.
const FILE: &str = "letters.sqlite";

/// The file that the one writer holds locked.
const LOCK: &str = "writer.lock";

/// A store, open for reading or as the one writer.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    folder: PathBuf,
    /// Held for as long as the store is open for writing; the system frees it when a process dies.
    lock: Option<File>,
}

/// A point in a store's history: how many transactions, and the hash over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// How many transactions there were.
    pub number: i64,
    /// The hash over what they changed.
    pub chain: Hash,
}

/// One letter as the store keeps it.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its number.
    pub id: LetterId,
    /// The version of its file, from 1.
    pub version: u32,
    /// The names under which it came, sorted.
    pub sources: Vec<String>,
    /// Hash of the file's bytes.
    pub hash: Hash,
    /// When this version was added.
    pub added: String,
    /// Which program read it, and when.
    pub reader: String,
    /// When it was read.
    pub read: String,
    /// What was known of the letter beside its text when it was read.
    pub hints: Hints,
    /// The letter's text; empty when the file could not be read.
    pub text: String,
    /// What was read, without corrections, or why nothing could be.
    pub record: Result<Letter, String>,
    /// What people said of it, oldest first, without what was undone.
    pub corrections: Vec<Correction>,
}

/// How a letter was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Who took it out.
    pub who: String,
    /// When, as RFC 3339.
    pub at: String,
    /// Why; may be empty.
    pub why: String,
}

/// One version of a letter's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// Hash of the file's bytes.
    pub hash: Hash,
    /// How many bytes the file has.
    pub bytes: u64,
    /// When it was added.
    pub added: String,
    /// Which program read it last.
    pub reader: String,
    /// When it was read last.
    pub read: String,
    /// Why it could not be read, if so.
    pub failure: Option<String>,
}

/// How many there are of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Letters.
    pub letters: u64,
    /// Letters whose file could not be read.
    pub unreadable: u64,
    /// Versions of files, at least as many as letters.
    pub versions: u64,
    /// Names under which letters came.
    pub sources: u64,
    /// Corrections in force.
    pub corrections: u64,
    /// Letters taken out.
    pub removed: u64,
    /// Bytes of the originals.
    pub bytes: u64,
}

impl Store {
    /// Opens the store in `folder` as its one writer, making the folder and the store when they
    /// are not there.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when another process writes, [`Error::Newer`] when the store's format is
    /// newer than [`FORMAT`], and whatever the disk says.
    pub fn open_or_create(folder: &Path) -> Result<Store, Error> {
        std::fs::create_dir_all(folder).at(folder)?;
        let path = folder.join(LOCK);
        let lock = File::options().create(true).append(true).open(&path).at(&path)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Busy { folder: folder.to_owned() });
            }
            Err(TryLockError::Error(error)) => return Err(error).at(&path),
        }
        let mut db = Connection::open(folder.join(FILE)).doing("opening the store")?;
        migrate::migrate(&mut db)?;
        prepare(&db)?;
        Ok(Store { db, folder: folder.to_owned(), lock: Some(lock) })
    }

    /// Opens the store in `folder` for reading; another process may be writing.
    ///
    /// # Errors
    ///
    /// [`Error::NotAnArchive`] when there is none, [`Error::Newer`] when its format is newer than
    /// [`FORMAT`], and whatever the disk says.
    pub fn open(folder: &Path) -> Result<Store, Error> {
        let path = folder.join(FILE);
        if !path.is_file() {
            return Err(Error::NotAnArchive { folder: folder.to_owned() });
        }
        // Write access to the file, because the log of a killed writer may have to be replayed.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).doing("opening the store")?;
        if migrate::check(&db, folder)? < FORMAT {
            // an older store is brought up first, as its one writer for a moment
            drop(Store::open_or_create(folder)?);
        }
        prepare(&db)?;
        db.pragma_update(None, "query_only", true).doing("opening the store")?;
        Ok(Store { db, folder: folder.to_owned(), lock: None })
    }

    /// Whether `folder` holds a store.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// The archive's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether this process may write.
    pub fn is_writer(&self) -> bool {
        self.lock.is_some()
    }

    /// Runs `work` in one transaction at time `at` (RFC 3339): all of it is kept, or nothing.
    ///
    /// When it returns, what was written is on the disk.
    ///
    /// # Errors
    ///
    /// What `work` says, in which case nothing is changed, or what the disk says.
    pub fn write<T>(
        &mut self,
        at: &str,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.lock.is_none() {
            return Err(Error::ReadOnly);
        }
        let before = self.stamp()?;
        let transaction = self
            .db
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .doing("beginning to write")?;
        let mut batch = Batch::new(&transaction, before, at);
        let out = work(&mut batch)?;
        batch.finish()?;
        transaction.commit().doing("writing to the store")?;
        Ok(out)
    }

    /// Where the store stands now.
    ///
    /// # Errors
    ///
    /// Whatever the disk says, here as in all that follow.
    pub fn stamp(&self) -> Result<Stamp, Error> {
        let row = self
            .db
            .prepare_cached("SELECT stamp, chain FROM history ORDER BY stamp DESC LIMIT 1")
            .and_then(|mut s| {
                s.query_row([], |r| Ok(Stamp { number: r.get(0)?, chain: Hash(r.get(1)?) }))
                    .optional()
            })
            .doing("reading the history")?;
        Ok(row.unwrap_or(Stamp { number: 0, chain: Hash([0; 32]) }))
    }

    /// Whether this store once stood at `stamp`.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn has_been_at(&self, stamp: Stamp) -> Result<bool, Error> {
        if stamp.number == 0 {
            return Ok(stamp.chain == Hash([0; 32]));
        }
        let chain: Option<[u8; 32]> = self
            .db
            .query_row("SELECT chain FROM history WHERE stamp = ?1", [stamp.number], |r| r.get(0))
            .optional()
            .doing("reading the history")?;
        Ok(chain == Some(stamp.chain.0))
    }

    /// The letters that were changed after `stamp`, in the order of their numbers.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn changed_since(&self, stamp: i64) -> Result<Vec<LetterId>, Error> {
        self.ids("SELECT id FROM letter WHERE stamp > ?1 ORDER BY id", stamp)
    }

    /// The letters that were taken out after `stamp`.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn removed_since(&self, stamp: i64) -> Result<Vec<LetterId>, Error> {
        self.ids("SELECT letter FROM removal WHERE stamp > ?1 ORDER BY letter", stamp)
    }

    /// Up to `most` letters with numbers above `after`, in order; the way to walk a large archive.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn letters_after(&self, after: LetterId, most: usize) -> Result<Vec<LetterId>, Error> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.db
            .prepare_cached("SELECT id FROM letter WHERE id > ?1 ORDER BY id LIMIT ?2")
            .and_then(|mut s| s.query_map([after, most], |r| r.get(0))?.collect())
            .doing("listing letters")
    }

    fn ids(&self, sql: &str, value: i64) -> Result<Vec<LetterId>, Error> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map([value], |r| r.get(0))?.collect())
            .doing("listing letters")
    }

    /// The letter that came under this name.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn find_source(&self, name: &str) -> Result<Option<LetterId>, Error> {
        self.db
            .prepare_cached("SELECT letter FROM source WHERE name = ?1")
            .and_then(|mut s| s.query_row([name], |r| r.get(0)).optional())
            .doing("looking for a source")
    }

    /// Whether there is a letter of that number.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn has_letter(&self, id: LetterId) -> Result<bool, Error> {
        self.db
            .prepare_cached("SELECT 1 FROM letter WHERE id = ?1")
            .and_then(|mut s| s.exists([id]))
            .doing("looking for a letter")
    }

    /// How the letter of that number was taken out; none where it was not.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn removal(&self, id: LetterId) -> Result<Option<Removal>, Error> {
        self.db
            .query_row("SELECT who, at, why FROM removal WHERE letter = ?1", [id], |r| {
                Ok(Removal { who: r.get(0)?, at: r.get(1)?, why: r.get(2)? })
            })
            .optional()
            .doing("looking for a letter")
    }

    /// Whether the letter that came under this name has these bytes now.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn holds(&self, name: &str, hash: Hash) -> Result<bool, Error> {
        self.db
            .prepare_cached(
                "SELECT 1 FROM source s JOIN letter l ON l.id = s.letter
                 JOIN version v ON v.letter = l.id AND v.number = l.version
                 JOIN original o ON o.id = v.original WHERE s.name = ?1 AND o.hash = ?2",
            )
            .and_then(|mut s| s.exists(params![name, &hash.0[..]]))
            .doing("looking for a source")
    }

    /// The letter whose current version has these bytes; the first, when there are several.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn find_hash(&self, hash: Hash) -> Result<Option<LetterId>, Error> {
        find_hash(&self.db, hash)
    }

    /// The letter of that number, in its current version.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchLetter`], or [`Error::Damaged`] when what is kept cannot be unpacked.
    pub fn letter(&self, id: LetterId) -> Result<Stored, Error> {
        Ok(Stored { corrections: self.corrections(id)?, ..self.read(id, None)? })
    }

    /// The letter of that number in an earlier version, counted from 1, without corrections: they
    /// are of the current one.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchLetter`], [`Error::NoSuchVersion`], or [`Error::Damaged`].
    pub fn version(&self, id: LetterId, version: u32) -> Result<Stored, Error> {
        self.read(id, Some(version))
    }

    fn read(&self, id: LetterId, version: Option<u32>) -> Result<Stored, Error> {
        let row = self
            .db
            .prepare_cached(
                "SELECT v.number, o.hash, v.added, v.reader, v.read, v.text, v.record, v.failure,
                        o.bytes, v.hints
                 FROM letter l
                 JOIN version v ON v.letter = l.id AND v.number = coalesce(?2, l.version)
                 JOIN original o ON o.id = v.original
                 WHERE l.id = ?1",
            )
            .and_then(|mut s| s.query_row(params![id, version], Packed::of).optional())
            .doing("reading a letter")?
            .ok_or_else(|| no_such(id, version))?;
        let (text, record) = row.unpack(id)?;
        let sources = self
            .db
            .prepare_cached("SELECT name FROM source WHERE letter = ?1 ORDER BY name")
            .and_then(|mut s| s.query_map([id], |r| r.get(0))?.collect())
            .doing("reading a letter's sources")?;
        Ok(Stored {
            id,
            version: row.version,
            sources,
            hash: row.hash,
            added: row.added,
            reader: row.reader,
            read: row.read,
            hints: row.hints.as_deref().map(Hints::of_json).unwrap_or_default(),
            text,
            record,
            corrections: Vec::new(),
        })
    }

    /// The bytes of a letter's file as they came; `version` counts from 1, none is the current.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchLetter`], [`Error::NoSuchVersion`], or [`Error::Damaged`].
    pub fn original(&self, id: LetterId, version: Option<u32>) -> Result<Vec<u8>, Error> {
        let (hash, packed): ([u8; 32], Vec<u8>) = self
            .db
            .query_row(
                "SELECT o.hash, o.bytes FROM letter l
                 JOIN version v ON v.letter = l.id AND v.number = coalesce(?2, l.version)
                 JOIN original o ON o.id = v.original WHERE l.id = ?1",
                params![id, version],
                |r| Ok((r.get(0)?, r.get(1)?)),
            )
            .optional()
            .doing("reading an original")?
            .ok_or_else(|| no_such(id, version))?;
        let bytes = packing::unpack(&packed)
            .map_err(|e| Error::Damaged(format!("original of letter {id}: {e}")))?;
        let found = Hash::of(&bytes);
        if found.0 == hash {
            Ok(bytes)
        } else {
            let hash = Hash(hash);
            Err(Error::Damaged(format!(
                "original of letter {id}: expected the hash {hash}, but found {found}"
            )))
        }
    }

    /// The corrections in force for a letter, oldest first.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn corrections(&self, id: LetterId) -> Result<Vec<Correction>, Error> {
        let mut all = self.history(id)?;
        all.retain(|c| c.undone.is_none());
        Ok(all)
    }

    /// All corrections of a letter, those undone too, oldest first.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn history(&self, id: LetterId) -> Result<Vec<Correction>, Error> {
        self.db
            .prepare_cached(
                "SELECT id, path, action, value, was, who, at, why, undone, undoer, undone_why
                 FROM correction WHERE letter = ?1 ORDER BY id",
            )
            .and_then(|mut s| s.query_map([id], correction)?.collect())
            .doing("reading corrections")
    }

    /// The versions of a letter's file, oldest first; empty when there is no such letter.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn versions(&self, id: LetterId) -> Result<Vec<Version>, Error> {
        self.db
            .prepare_cached(
                "SELECT v.number, o.hash, o.size, v.added, v.reader, v.read, v.failure
                 FROM version v JOIN original o ON o.id = v.original
                 WHERE v.letter = ?1 ORDER BY v.number",
            )
            .and_then(|mut s| {
                s.query_map([id], |r| {
                    Ok(Version {
                        number: r.get(0)?,
                        hash: Hash(r.get(1)?),
                        bytes: r.get::<_, i64>(2)?.unsigned_abs(),
                        added: r.get(3)?,
                        reader: r.get(4)?,
                        read: r.get(5)?,
                        failure: r.get(6)?,
                    })
                })?
                .collect()
            })
            .doing("reading versions")
    }

    /// How many there are of everything.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn counts(&self) -> Result<Counts, Error> {
        self.db
            .query_row(
                "SELECT (SELECT count(*) FROM letter),
                        (SELECT count(*) FROM letter l JOIN version v
                           ON v.letter = l.id AND v.number = l.version WHERE v.record IS NULL),
                        (SELECT count(*) FROM version),
                        (SELECT count(*) FROM source),
                        (SELECT count(*) FROM correction WHERE undone IS NULL),
                        (SELECT count(*) FROM removal),
                        (SELECT coalesce(sum(size), 0) FROM original)",
                [],
                |r| {
                    let count = |i| r.get::<_, i64>(i).map(i64::unsigned_abs);
                    Ok(Counts {
                        letters: count(0)?,
                        unreadable: count(1)?,
                        versions: count(2)?,
                        sources: count(3)?,
                        corrections: count(4)?,
                        removed: count(5)?,
                        bytes: count(6)?,
                    })
                },
            )
            .doing("counting")
    }

    /// Writes a whole copy of the store to the folder `to`, while others may be writing.
    ///
    /// # Errors
    ///
    /// When `to` holds a store already, or the disk fails.
    pub fn back_up(&self, to: &Path) -> Result<(), Error> {
        std::fs::create_dir_all(to).at(to)?;
        let path = to.join(FILE);
        if path.exists() {
            let source = std::io::ErrorKind::AlreadyExists.into();
            return Err(Error::File { path, source });
        }
        let db = Connection::open(self.folder.join(FILE)).doing("opening the store")?;
        db.execute("VACUUM INTO ?1", [path.to_string_lossy()]).doing("copying the store")?;
        Ok(())
    }
}

fn prepare(db: &Connection) -> Result<(), Error> {
    db.busy_timeout(std::time::Duration::from_secs(10))
        .and_then(|()| db.pragma_update(None, "synchronous", "FULL"))
        .and_then(|()| db.pragma_update(None, "foreign_keys", true))
        // KiB: enough for the inner pages of a million letters
        .and_then(|()| db.pragma_update(None, "cache_size", -32_768))
        // a statement is planned once, and not again for each value that it is given
        .and_then(|()| db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop))
        .doing("opening the store")?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn no_such(id: LetterId, version: Option<u32>) -> Error {
    version.map_or(Error::NoSuchLetter(id), |version| Error::NoSuchVersion(id, version))
}

fn find_hash(db: &Connection, hash: Hash) -> Result<Option<LetterId>, Error> {
    db.prepare_cached(
        "SELECT l.id FROM original o
         JOIN version v ON v.original = o.id
         JOIN letter l ON l.id = v.letter AND l.version = v.number
         WHERE o.hash = ?1 ORDER BY l.id LIMIT 1",
    )
    .and_then(|mut s| s.query_row([&hash.0[..]], |r| r.get(0)).optional())
    .doing("looking for a hash")
}

fn correction(row: &Row<'_>) -> rusqlite::Result<Correction> {
    let action: String = row.get(2)?;
    let was: Option<String> = row.get(4)?;
    Ok(Correction {
        id: row.get(0)?,
        path: row.get(1)?,
        action: Action::from_name(&action).ok_or_else(|| {
            rusqlite::Error::FromSqlConversionFailure(
                2,
                rusqlite::types::Type::Text,
                format!("expected `set`, `confirm` or `reject`, but found `{action}`").into(),
            )
        })?,
        value: row.get(3)?,
        was: was.and_then(|json| serde_json::from_str(&json).ok()),
        who: row.get(5)?,
        at: row.get(6)?,
        why: row.get(7)?,
        undone: row.get(8)?,
        undoer: row.get(9)?,
        undone_why: row.get::<_, Option<String>>(10)?.unwrap_or_default(),
    })
}

/// A version's row before it is unpacked.
struct Packed {
    version: u32,
    hash: Hash,
    added: String,
    reader: String,
    read: String,
    text: Option<Vec<u8>>,
    record: Option<Vec<u8>>,
    failure: Option<String>,
    original: Vec<u8>,
    hints: Option<String>,
}

impl Packed {
    fn of(row: &Row<'_>) -> rusqlite::Result<Packed> {
        Ok(Packed {
            version: row.get(0)?,
            hash: Hash(row.get(1)?),
            added: row.get(2)?,
            reader: row.get(3)?,
            read: row.get(4)?,
            text: row.get(5)?,
            record: row.get(6)?,
            failure: row.get(7)?,
            original: row.get(8)?,
            hints: row.get(9)?,
        })
    }

    /// The text, and the record or why there is none.
    fn unpack(&self, id: LetterId) -> Result<(String, Result<Letter, String>), Error> {
        let damaged = |what: &str, why: String| {
            Error::Damaged(format!("{what} of letter {id}, version {}: {why}", self.version))
        };
        let Some(record) = &self.record else {
            return Ok((String::new(), Err(self.failure.clone().unwrap_or_default())));
        };
        let text = packing::unpack(self.text.as_ref().unwrap_or(&self.original))
            .and_then(|bytes| String::from_utf8(bytes).map_err(|e| e.to_string()))
            .map_err(|e| damaged("text", e))?;
        let json = packing::unpack_record(record, &text).map_err(|e| damaged("record", e))?;
        let letter = serde_json::from_slice(&json).map_err(|e| damaged("record", e.to_string()))?;
        Ok((text, Ok(letter)))
    }
}

/// What a file's bytes say as text, or why they say nothing.
pub(crate) fn decode(bytes: &[u8]) -> Result<Source, String> {
    Source::decode(bytes).map_err(|e| e.to_string())
}
