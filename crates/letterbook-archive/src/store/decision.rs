//! What people say of persons and bodies, as it is kept: decisions, and what each says.
//!
//! Owns their rows. What follows from them is `people`'s.

use rusqlite::{Row, params};

use super::{Batch, LetterId, Store};
use crate::error::{Doing, Error};

/// The number of a person or body that somebody said something of, from 1.
pub type PersonId = i64;

/// What a decision does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Several are one.
    Merge,
    /// A part is another's.
    Split,
    /// It is called so.
    Name,
    /// It has that number in an authority file.
    Identify,
}

impl Deed {
    /// Its name in the store.
    pub fn name(self) -> &'static str {
        match self {
            Deed::Merge => "merge",
            Deed::Split => "split",
            Deed::Name => "name",
            Deed::Identify => "identify",
        }
    }

    fn from_name(name: &str) -> Option<Deed> {
        [Deed::Merge, Deed::Split, Deed::Name, Deed::Identify]
            .into_iter()
            .find(|deed| deed.name() == name)
    }
}

/// One thing that a decision says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// Who is written so is the person.
    Form(String),
    /// Who is written so in that letter is the person.
    Letter(String, LetterId),
    /// The person is another than that one.
    Apart(PersonId),
    /// The person is called so.
    Name(String),
    /// The person's number in an authority file, such as `gnd:118540238`.
    Identifier(String),
}

impl Statement {
    fn kind(&self) -> &'static str {
        match self {
            Statement::Form(_) => "form",
            Statement::Letter(..) => "letter",
            Statement::Apart(_) => "apart",
            Statement::Name(_) => "name",
            Statement::Identifier(_) => "identifier",
        }
    }
}

/// Something that somebody did about persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its number in the archive.
    pub id: i64,
    /// What it does.
    pub deed: Deed,
    /// What it says, and of whom.
    pub statements: Vec<(PersonId, Statement)>,
    /// Who decided.
    pub who: String,
    /// When, as RFC 3339.
    pub at: String,
    /// Why; may be empty.
    pub why: String,
    /// When it was taken back.
    pub undone: Option<String>,
    /// Who took it back; none where nobody was asked.
    pub undoer: Option<String>,
    /// Why it was taken back; may be empty.
    pub undone_why: String,
}

impl Decision {
    /// Whether it says something of one of `persons`.
    fn is_of(&self, persons: &[PersonId]) -> bool {
        self.statements.iter().any(|(person, statement)| {
            let other = match statement {
                Statement::Apart(other) => Some(other),
                _ => None,
            };
            persons.contains(person) || other.is_some_and(|other| persons.contains(other))
        })
    }

    /// Of whom it says something, also as whom somebody is not.
    pub(crate) fn persons(&self) -> Vec<PersonId> {
        let of = |(person, statement): &(PersonId, Statement)| match statement {
            Statement::Apart(other) => vec![*person, *other],
            _ => vec![*person],
        };
        self.statements.iter().flat_map(of).collect()
    }
}

impl Store {
    /// All decisions, oldest first, those taken back too.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        let doing = "reading decisions";
        let mut all: Vec<Decision> = self
            .db
            .prepare_cached(
                "SELECT id, action, who, at, why, undone, undoer, undone_why
                 FROM decision ORDER BY id",
            )
            .and_then(|mut s| s.query_map([], decision)?.collect())
            .doing(doing)?;
        let mut statements = self
            .db
            .prepare_cached(
                "SELECT decision, person, kind, form, letter, other, value
                 FROM statement ORDER BY decision, id",
            )
            .doing(doing)?;
        let mut rows = statements.query([]).doing(doing)?;
        let mut at = 0;
        while let Some(row) = rows.next().doing(doing)? {
            let (id, person, said) = statement(row).doing(doing)?;
            while all.get(at).is_some_and(|d| d.id < id) {
                at += 1;
            }
            if let Some(decision) = all.get_mut(at).filter(|d| d.id == id) {
                decision.statements.push((person, said));
            }
        }
        Ok(all)
    }
}

impl Batch<'_> {
    /// A new person or body of which nothing is said yet.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn insert_person(&mut self) -> Result<PersonId, Error> {
        self.db.execute("INSERT INTO person DEFAULT VALUES", []).doing("keeping a person")?;
        Ok(self.db.last_insert_rowid())
    }

    /// Keeps a decision; its number.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn decide(
        &mut self,
        deed: Deed,
        statements: &[(PersonId, Statement)],
        who: &str,
        why: &str,
    ) -> Result<i64, Error> {
        let doing = "keeping a decision";
        self.db
            .execute(
                "INSERT INTO decision (action, who, at, why) VALUES (?1, ?2, ?3, ?4)",
                params![deed.name(), who, self.at, why],
            )
            .doing(doing)?;
        let id = self.db.last_insert_rowid();
        for (person, statement) in statements {
            let (mut form, mut letter, mut other, mut value) = (None, None, None, None);
            match statement {
                Statement::Form(f) => form = Some(f),
                Statement::Letter(f, l) => (form, letter) = (Some(f), Some(l)),
                Statement::Apart(o) => other = Some(o),
                Statement::Name(v) | Statement::Identifier(v) => value = Some(v),
            }
            self.note("decide", *person, format!("{statement:?}").as_bytes());
            self.db
                .prepare_cached(
                    "INSERT INTO statement (decision, person, kind, form, letter, other, value)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )
                .and_then(|mut s| {
                    s.execute(params![id, person, statement.kind(), form, letter, other, value])
                })
                .doing(doing)?;
        }
        Ok(id)
    }

    /// Takes a decision back.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchDecision`] when none of that number is in force, [`Error::Decision`] when
    /// a later one in force stands on it, or what the disk says.
    pub fn undo_decision(
        &mut self,
        id: i64,
        all: &[Decision],
        who: &str,
        why: &str,
    ) -> Result<(), Error> {
        let in_force = || all.iter().filter(|d| d.undone.is_none());
        let decision = in_force().find(|d| d.id == id).ok_or(Error::NoSuchDecision(id))?;
        let persons = decision.persons();
        if let Some(later) = in_force().find(|d| d.id > id && d.is_of(&persons)) {
            return Err(Error::Decision(format!(
                "expected decision {id} to be the last about its persons, but found {}",
                later.id
            )));
        }
        self.note("undo decision", id, b"");
        self.db
            .execute(
                "UPDATE decision SET undone = ?2, undoer = ?3, undone_why = ?4 WHERE id = ?1",
                params![id, self.at, who, why],
            )
            .doing("taking a decision back")?;
        Ok(())
    }
}

fn unknown(column: usize, what: &str, found: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(
        column,
        rusqlite::types::Type::Text,
        format!("expected {what}, but found `{found}`").into(),
    )
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let action: String = row.get(1)?;
    Ok(Decision {
        id: row.get(0)?,
        deed: Deed::from_name(&action).ok_or_else(|| unknown(1, "a deed", &action))?,
        statements: Vec::new(),
        who: row.get(2)?,
        at: row.get(3)?,
        why: row.get(4)?,
        undone: row.get(5)?,
        undoer: row.get(6)?,
        undone_why: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
    })
}

fn statement(row: &Row<'_>) -> rusqlite::Result<(i64, PersonId, Statement)> {
    let kind: String = row.get(2)?;
    let said = match kind.as_str() {
        "form" => Statement::Form(row.get(3)?),
        "letter" => Statement::Letter(row.get(3)?, row.get(4)?),
        "apart" => Statement::Apart(row.get(5)?),
        "name" => Statement::Name(row.get(6)?),
        "identifier" => Statement::Identifier(row.get(6)?),
        _ => return Err(unknown(2, "a kind of statement", &kind)),
    };
    Ok((row.get(0)?, row.get(1)?, said))
}
