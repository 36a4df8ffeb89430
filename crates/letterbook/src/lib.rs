//! Reads letters: who wrote to whom, in what office and on whose behalf, when in any calendar,
//! from where, on what occasion, doing what and answering what, each value with the characters
//! that show it.
//!
//! The cascade is `source` → `zone` → `mention` → `letter` → `check`; a module may use only those
//! above it (ARCHITECTURE.md has the table that a test holds the code against).

mod check;
pub mod language;
pub mod letter;
pub mod mention;
pub mod model;
pub mod options;
pub mod record;
pub mod source;
pub mod span;
pub mod tables;
pub mod token;
pub mod zone;

pub use options::Options;
