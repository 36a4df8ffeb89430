//! The store's format version: making a store, bringing an old one up, refusing a newer one.

use std::path::Path;

use rusqlite::Connection;

use crate::error::{Doing, Error};

/// The newest format of the store that this program reads and the one that it writes.
pub const FORMAT: u32 = 3;

/// Marks the file as Letterbook's in its header, where `file` and SQLite look: "LtBk".
const APPLICATION: i32 = 0x4c74_426b;

/// What brings a store from each format to the next; the first makes it.
const STEPS: [&str; FORMAT as usize] =
    [include_str!("schema-1.sql"), include_str!("schema-2.sql"), include_str!("schema-3.sql")];

/// Brings the store up to [`FORMAT`], each step in a transaction of its own.
pub(super) fn migrate(db: &mut Connection) -> Result<(), Error> {
    let doing = "preparing the store";
    let mut found = version(db)?;
    if found == 0 {
        // Both must be settled before the first table is made. Pages of 8 KiB hold most letters
        // and records whole.
        db.pragma_update(None, "page_size", 8192).doing(doing)?;
        let mode: String =
            db.pragma_update_and_check(None, "journal_mode", "WAL", |r| r.get(0)).doing(doing)?;
        if mode != "wal" {
            return Err(Error::Damaged(format!(
                "expected a disk that allows write-ahead logging, but found the mode `{mode}`"
            )));
        }
    }
    while found < FORMAT {
        let step = db.transaction().doing(doing)?;
        step.execute_batch(STEPS[found as usize]).doing(doing)?;
        found += 1;
        step.pragma_update(None, "user_version", found).doing(doing)?;
        step.pragma_update(None, "application_id", APPLICATION).doing(doing)?;
        step.commit().doing(doing)?;
    }
    Ok(())
}

/// The format of the store, which is [`FORMAT`] or older.
pub(super) fn check(db: &Connection, folder: &Path) -> Result<u32, Error> {
    match version(db)? {
        0 => Err(Error::NotAnArchive { folder: folder.to_owned() }),
        found => Ok(found),
    }
}

fn version(db: &Connection) -> Result<u32, Error> {
    let doing = "reading the store's format";
    let found: u32 = db.pragma_query_value(None, "user_version", |r| r.get(0)).doing(doing)?;
    if found > FORMAT {
        return Err(Error::Newer { found, known: FORMAT });
    }
    let application: i32 =
        db.pragma_query_value(None, "application_id", |r| r.get(0)).doing(doing)?;
    if found > 0 && application != APPLICATION {
        return Err(Error::Damaged(format!(
            "expected a store of Letterbook, but found a database of application {application:#x}"
        )));
    }
    Ok(found)
}
