//! The same letters and queries in SQLite's FTS5, and in notmuch if it is installed, for comparison.
//!
//! Made as somebody would who knows FTS5: no second copy of the text, accents folded, dates and
//! labels in an indexed table beside it. It knows no stems, no old spelling and no facets.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use letterbook_archive::Archive;
use letterbook_dates::value::Edtf;
use rusqlite::{Connection, params};

use crate::letters::{self, Question};
use crate::notmuch;

const TABLES: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA page_size = 8192;
    CREATE VIRTUAL TABLE words USING fts5(
        text, sender, recipient, place, content = '', tokenize = 'unicode61 remove_diacritics 2');
    CREATE TABLE letter (
        id INTEGER PRIMARY KEY, earliest TEXT, latest TEXT, act TEXT, lang TEXT) STRICT;
    CREATE INDEX letter_earliest ON letter (earliest);
    CREATE INDEX letter_latest ON letter (latest);
    CREATE INDEX letter_act ON letter (act, earliest);";

/// Makes the tables from the archive in `folder`, and asks all.
pub(crate) fn beside(folder: &Path) -> Result<(), Box<dyn Error>> {
    let archive = Archive::open(folder, crate::reader())?;
    let path = folder.with_extension("fts5");
    let _ = std::fs::remove_file(&path);
    let mut db = Connection::open(&path)?;
    db.execute_batch(TABLES)?;
    let (mut last, mut spent) = (0, 0.0);
    loop {
        let ids = archive.store().letters_after(last, 2_000)?;
        let Some(&end) = ids.last() else { break };
        let mut letters = Vec::with_capacity(ids.len());
        for id in ids {
            letters.push(archive.letter(id)?);
        }
        let start = Instant::now();
        let batch = db.transaction()?;
        for held in &letters {
            keep(&batch, held)?;
        }
        batch.commit()?;
        spent += start.elapsed().as_secs_f64();
        last = end;
    }
    let start = Instant::now();
    db.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
    spent += start.elapsed().as_secs_f64();
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    let bytes = std::fs::metadata(&path)?.len();
    println!("fts5: indexed in {spent:.1} s, {bytes} bytes");
    let runs =
        crate::ask(&letters::questions(), crate::ROUNDS, &mut |question| search(&db, question))?;
    crate::report("fts5", runs);
    notmuch::beside(&archive, folder)?;
    drop(archive);
    crate::search(folder)
}

fn keep(db: &Connection, held: &letterbook_archive::Held) -> Result<(), Box<dyn Error>> {
    let Some(letter) = &held.letter else { return Ok(()) };
    let name = |parties: &[letterbook::record::Party]| {
        parties.first().and_then(|p| p.name.as_ref()).map(|n| n.value.clone()).unwrap_or_default()
    };
    let place = letter.place.as_ref().map(|p| p.value.as_str());
    let bounds = letter.date.as_ref().and_then(|d| Edtf::parse(&d.value).ok());
    let days = bounds.map(|d| (d.earliest().to_string(), d.latest().to_string()));
    let (earliest, latest) = days.unwrap_or_default();
    let id = held.stored.id;
    db.prepare_cached(
        "INSERT INTO words (rowid, text, sender, recipient, place) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        id,
        held.stored.text,
        name(&letter.senders),
        name(&letter.recipients),
        place
    ])?;
    db.prepare_cached(
        "INSERT INTO letter (id, earliest, latest, act, lang) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        id,
        earliest,
        latest,
        letter.acts.first().map(|a| a.act.name()),
        letter.language.as_ref().map(|l| l.value.as_str()),
    ])?;
    Ok(())
}

/// How many letters there are, and the first twenty in order, as the archive gives them.
fn search(db: &Connection, question: &Question) -> Result<usize, Box<dyn Error>> {
    let condition = &question.condition;
    let (from, terms) = match &question.terms {
        None => (format!("letter l WHERE {condition}"), None),
        Some(terms) if condition.is_empty() => {
            ("words WHERE words MATCH ?1".to_owned(), Some(terms))
        }
        Some(terms) => (
            format!(
                "words JOIN letter l ON l.id = words.rowid WHERE words MATCH ?1 AND {condition}"
            ),
            Some(terms),
        ),
    };
    let order = if question.by_date { "earliest" } else { "rank" };
    let id = if terms.is_some() { "words.rowid" } else { "l.id" };
    let count = format!("SELECT count(*) FROM {from}");
    let first = format!("SELECT {id} FROM {from} ORDER BY {order} LIMIT 20");
    let bound: Vec<&String> = terms.into_iter().collect();
    let total: usize = db
        .prepare_cached(&count)?
        .query_row(rusqlite::params_from_iter(&bound), |r| r.get::<_, i64>(0))?
        .try_into()?;
    let mut statement = db.prepare_cached(&first)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&bound))?;
    while rows.next()?.is_some() {}
    Ok(total)
}
