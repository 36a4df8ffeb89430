//! What can be proved of a store: that its file is sound and that everything in it agrees.

use std::fmt;

use super::{Hash, LetterId, Packed, Store};
use crate::error::{Doing, Error};
use crate::packing;

/// Something in a store that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The letter that it is about, where it is about one.
    pub letter: Option<LetterId>,
    /// What was expected and what was found.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.letter {
            Some(id) => write!(f, "letter {id}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Store {
    /// Checks the database's own structure, every reference, every original's hash, and that
    /// every current record can be read and cites its letter's text exactly.
    ///
    /// Reads the whole store, one letter at a time; `seen` is told the number of each.
    ///
    /// # Errors
    ///
    /// When the store cannot be read at all; what is wrong in it comes back as faults.
    pub fn verify(&self, seen: &mut dyn FnMut(LetterId)) -> Result<Vec<Fault>, Error> {
        let mut faults = Vec::new();
        self.verify_database(&mut faults)?;
        self.verify_originals(&mut faults)?;
        let mut last = 0;
        loop {
            let ids = self.letters_after(last, 1000)?;
            let Some(&end) = ids.last() else { return Ok(faults) };
            for id in ids {
                seen(id);
                self.verify_letter(id, &mut faults)?;
            }
            last = end;
        }
    }

    fn verify_database(&self, faults: &mut Vec<Fault>) -> Result<(), Error> {
        let doing = "checking the store";
        let mut statement = self.db.prepare("PRAGMA integrity_check").doing(doing)?;
        let said: Vec<String> =
            statement.query_map([], |r| r.get(0)).and_then(Iterator::collect).doing(doing)?;
        faults.extend(said.into_iter().filter(|s| s != "ok").map(|s| whole(format!("store: {s}"))));
        let mut statement = self.db.prepare("PRAGMA foreign_key_check").doing(doing)?;
        let dangling: Vec<(String, String)> = statement
            .query_map([], |r| Ok((r.get(0)?, r.get(2)?)))
            .and_then(Iterator::collect)
            .doing(doing)?;
        faults.extend(dangling.into_iter().map(|(table, parent)| {
            whole(format!("expected every {table} to have its {parent}, but found one without"))
        }));
        for (sql, what) in [
            (
                "SELECT l.id FROM letter l WHERE NOT EXISTS
                 (SELECT 1 FROM version v WHERE v.letter = l.id AND v.number = l.version)",
                "expected its current version, but found none",
            ),
            (
                "SELECT l.id FROM letter l WHERE
                 (SELECT count(*) FROM version v WHERE v.letter = l.id) <> l.version",
                "expected every version from the first on, but found a gap",
            ),
            (
                "SELECT id FROM letter WHERE stamp > (SELECT coalesce(max(stamp), 0) FROM history)",
                "expected its last change in the history, but found none",
            ),
        ] {
            let ids: Vec<LetterId> = self
                .db
                .prepare(sql)
                .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
                .doing(doing)?;
            faults.extend(ids.into_iter().map(|id| fault(id, what.into())));
        }
        let unused: i64 = self
            .db
            .query_row(
                "SELECT count(*) FROM original o
                 WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.original = o.id)",
                [],
                |r| r.get(0),
            )
            .doing(doing)?;
        if unused > 0 {
            faults.push(whole(format!(
                "expected every original to be a letter's, but found {unused} of none"
            )));
        }
        Ok(())
    }

    fn verify_originals(&self, faults: &mut Vec<Fault>) -> Result<(), Error> {
        let doing = "checking the originals";
        let mut statement =
            self.db.prepare("SELECT id, hash, size, bytes FROM original").doing(doing)?;
        let mut rows = statement.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let id: i64 = row.get(0).doing(doing)?;
            let hash = Hash(row.get(1).doing(doing)?);
            let size: i64 = row.get(2).doing(doing)?;
            let packed: Vec<u8> = row.get(3).doing(doing)?;
            let message = match packing::unpack(&packed) {
                Err(why) => why,
                Ok(bytes) if Hash::of(&bytes) != hash => {
                    format!("expected the hash {hash}, but found {}", Hash::of(&bytes))
                }
                Ok(bytes) if i64::try_from(bytes.len()) != Ok(size) => {
                    format!("expected {size} bytes, but found {}", bytes.len())
                }
                Ok(_) => continue,
            };
            faults.push(whole(format!("original {id}: {message}")));
        }
        Ok(())
    }

    fn verify_letter(&self, id: LetterId, faults: &mut Vec<Fault>) -> Result<(), Error> {
        let doing = "checking a letter";
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT v.number, o.hash, v.added, v.reader, v.read, v.text, v.record, v.failure,
                        o.bytes, v.hints
                 FROM version v JOIN original o ON o.id = v.original
                 WHERE v.letter = ?1 ORDER BY v.number",
            )
            .doing(doing)?;
        let rows: Vec<Packed> =
            statement.query_map([id], Packed::of).and_then(Iterator::collect).doing(doing)?;
        for row in rows {
            match row.unpack(id) {
                Err(error) => faults.push(fault(id, error.to_string())),
                Ok((_, Err(_))) => {}
                Ok((text, Ok(letter))) => {
                    let text = letterbook::text::Text::new(&text);
                    let amiss = crate::evidence::of(&letter)
                        .into_iter()
                        .find(|evidence| text.locate(evidence).is_none());
                    if let Some(evidence) = amiss {
                        faults.push(fault(
                            id,
                            format!(
                                "expected `{}` at {}..{} of version {}, but found other text",
                                evidence.quote, evidence.start, evidence.end, row.version
                            ),
                        ));
                    }
                }
            }
        }
        Ok(())
    }
}

fn fault(id: LetterId, message: String) -> Fault {
    Fault { letter: Some(id), message }
}

fn whole(message: String) -> Fault {
    Fault { letter: None, message }
}
