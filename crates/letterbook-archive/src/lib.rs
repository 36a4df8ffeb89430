//! Keeps letters and what was read in them, in one folder, on one machine, with nothing to set up.
//!
//! An archive is a store (SQLite, the truth) and a search index (tantivy, made from the store). A
//! letter keeps its number; its files are kept byte for byte; what people say of a reading lies
//! beside it and survives every new reading. One process writes, many read. Times are arguments:
//! nothing here asks the clock. Does not read letters itself, does not print, and knows no format
//! but its own.
//!
//! ```
//! use letterbook::record::Letter;
//! use letterbook_archive::{Archive, Hints, ingest::{Item, Reader}, search::Request};
//!
//! fn read(letters: &[(&str, &Hints)]) -> Vec<Letter> {
//!     letters.iter().map(|_| Letter::default()).collect()
//! }
//! # let folder = std::env::temp_dir().join(format!("letterbook-doc-{}", std::process::id()));
//! let check = |_: &str, letter: &Letter, _: &Hints| letter.findings.clone();
//! let reader = Reader { name: "example 1".into(), read, check };
//! let mut archive = Archive::open_or_create(&folder, reader)?;
//! let item = Item { source: "a.txt".into(), bytes: b"Dear Sir, peace".to_vec(), ..Item::default() };
//! archive.add(vec![item], "2026-01-01T00:00:00Z")?;
//! archive.commit()?;
//! let found = archive.search(&Request::new("peace"))?;
//! assert_eq!(found.total, 1);
//! assert!(archive.search(&Request::new("from:")).is_err());
//! # drop(archive);
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok::<(), letterbook_archive::Error>(())
//! ```

mod archive;
pub mod audit;
pub mod correction;
pub mod difference;
mod error;
mod evidence;
pub mod field;
pub mod fold;
mod index;
pub mod ingest;
mod label;
pub mod language;
mod named;
mod packing;
pub mod people;
mod period;
pub mod query;
pub mod search;
pub mod store;
mod terms;

pub use archive::{Archive, Health, Held, Planned, Reread};
pub use error::{Error, cause};
pub use store::Hints;
