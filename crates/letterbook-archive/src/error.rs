//! What can go wrong between an archive and its disk, and what to do about it.
//!
//! Messages say what was expected, what was found and where; [`Error::hint`] says what to do next.
//! A letter that cannot be read is no error of the archive: see [`Outcome`](crate::ingest::Outcome).

use std::fmt;
use std::path::{Path, PathBuf};

use crate::field;
use crate::query::QueryError;

/// Why an archive could not do what it was asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The folder holds no archive.
    NotAnArchive {
        /// The folder.
        folder: PathBuf,
    },
    /// The store's format is newer than this program knows.
    Newer {
        /// Format version of the store.
        found: u32,
        /// Newest format version that this program reads.
        known: u32,
    },
    /// Another process writes to the archive.
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// The archive was opened for reading, and something was to be written.
    ReadOnly,
    /// There is no letter of that number.
    NoSuchLetter(i64),
    /// There is no correction of that number, or it is undone already.
    NoSuchCorrection(i64),
    /// No record has a field of that name.
    NoSuchField {
        /// The name.
        found: String,
        /// The field whose name is most like it.
        nearest: Option<&'static str>,
    },
    /// There is no such version of a letter.
    NoSuchVersion(i64, u32),
    /// A correction does not fit the letter.
    Correction(String),
    /// There is no decision of that number, or it is taken back already.
    NoSuchDecision(i64),
    /// A decision about persons does not fit what is there.
    Decision(String),
    /// The query cannot be understood.
    Query(QueryError),
    /// Something in the store is not what it should be.
    Damaged(String),
    /// The store failed.
    Store {
        /// What was being done.
        doing: &'static str,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The search index failed.
    Index {
        /// What was being done.
        doing: &'static str,
        /// What tantivy says.
        source: tantivy::TantivyError,
    },
    /// A file or folder failed.
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl Error {
    /// What to do about it; empty where there is nothing to advise.
    pub fn hint(&self) -> &str {
        match self {
            Error::NotAnArchive { .. } => "`letterbook add PATH… --archive DIR` makes one",
            Error::Newer { .. } => {
                "update Letterbook; the archive is as it was and has not been touched"
            }
            Error::Busy { .. } => "wait for the other process to end; reading goes on meanwhile",
            Error::NoSuchLetter(_) => "`letterbook list` shows the numbers of the letters",
            Error::NoSuchCorrection(_) => "`letterbook history LETTER` shows the numbers",
            Error::NoSuchField { .. } => field::NAMES,
            Error::NoSuchVersion(..) => "`letterbook history LETTER` shows the versions",
            Error::NoSuchDecision(_) => "`letterbook people show ENTRY` shows the numbers",
            Error::Query(error) => &error.hint,
            Error::Damaged(_) => "`letterbook verify` lists what is damaged; restore from a copy",
            Error::Index { .. } => "`letterbook rebuild` makes the index anew from the store",
            Error::File { .. } => "check the path and your rights, or name another",
            Error::Store { source, .. } if is_full(source) => {
                "free some space and run the same command again; it goes on where it stopped"
            }
            _ => "",
        }
    }
}

/// What the system says of a file, in words that complete "but found …".
pub fn cause(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    let words = match error.kind() {
        Kind::NotFound => "nothing of that name",
        Kind::PermissionDenied => "no right to use it",
        Kind::AlreadyExists => "something of that name there already",
        Kind::IsADirectory => "a folder",
        Kind::NotADirectory => "a file where a folder should be",
        Kind::StorageFull => "no room left on the disk",
        Kind::ReadOnlyFilesystem => "a disk that cannot be written to",
        _ => "",
    };
    if !words.is_empty() {
        return words.to_owned();
    }
    // the number at the end is the system's own
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_owned()
}

fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotAnArchive { folder } => {
                write!(f, "expected an archive, but found none in {}", folder.display())
            }
            Error::Newer { found, known } => {
                write!(f, "expected a store of format {known} or older, but found format {found}")
            }
            Error::Busy { folder } => write!(
                f,
                "expected to be the only writer, but found another process writing to {}",
                folder.display()
            ),
            Error::ReadOnly => f.write_str("expected an archive open for writing"),
            Error::NoSuchLetter(id) => {
                write!(f, "expected a letter, but found none of number {id}")
            }
            Error::NoSuchCorrection(id) => {
                write!(f, "expected a correction in force, but found none of number {id}")
            }
            Error::NoSuchField { found, nearest } => {
                write!(f, "expected a field of the record, but found `{found}`")?;
                nearest.map_or(Ok(()), |name| write!(f, "; the nearest is `{name}`"))
            }
            Error::NoSuchVersion(id, version) => {
                write!(f, "expected a version of letter {id}, but found none of number {version}")
            }
            Error::NoSuchDecision(id) => {
                write!(f, "expected a decision in force, but found none of number {id}")
            }
            Error::Correction(what) | Error::Decision(what) | Error::Damaged(what) => {
                f.write_str(what)
            }
            Error::Query(error) => error.fmt(f),
            Error::Store { doing, source } => write!(f, "{doing}: {source}"),
            Error::Index { doing, source } => write!(f, "{doing}: {source}"),
            Error::File { path, source } => {
                write!(f, "expected to use {}, but found {}", path.display(), cause(source))
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Store { source, .. } => Some(source),
            Error::Index { source, .. } => Some(source),
            Error::File { source, .. } => Some(source),
            Error::Query(error) => Some(error),
            _ => None,
        }
    }
}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Error {
        Error::Query(error)
    }
}

/// Says what was being done when SQLite or tantivy failed.
pub(crate) trait Doing<T> {
    fn doing(self, what: &'static str) -> Result<T, Error>;
}

impl<T> Doing<T> for Result<T, rusqlite::Error> {
    fn doing(self, doing: &'static str) -> Result<T, Error> {
        self.map_err(|source| Error::Store { doing, source })
    }
}

impl<T> Doing<T> for Result<T, tantivy::TantivyError> {
    fn doing(self, doing: &'static str) -> Result<T, Error> {
        self.map_err(|source| Error::Index { doing, source })
    }
}

/// Names the file that failed.
pub(crate) trait At<T> {
    fn at(self, path: &Path) -> Result<T, Error>;
}

impl<T> At<T> for Result<T, std::io::Error> {
    fn at(self, path: &Path) -> Result<T, Error> {
        self.map_err(|source| Error::File { path: path.to_owned(), source })
    }
}
