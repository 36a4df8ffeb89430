//! What a zone says: names, offices, bodies, places, ways to reach someone.
//!
//! Each reader takes one stretch of the letter and gives spans of it, best first. None of them
//! knows the other zones or chooses between them; `letter` does.

pub(crate) mod act;
pub(crate) mod address;
pub(crate) mod block;
pub(crate) mod contact;
pub(crate) mod contraction;
pub(crate) mod dateline;
pub(crate) mod enclosure;
pub(crate) mod entity;
mod fold;
pub(crate) mod frame;
pub(crate) mod heading;
pub(crate) mod label;
pub(crate) mod lexicon;
pub(crate) mod name;
pub(crate) mod occasion;
pub(crate) mod org;
pub(crate) mod principal;
pub(crate) mod reference;
pub(crate) mod respelling;
pub(crate) mod salutation;
pub(crate) mod stretch;
pub mod tagger;
pub(crate) mod words;

/// Reads the tables of this module that any letter needs, late on its way.
pub(crate) fn prepare() {
    lexicon::lexicon();
    principal::prepare();
}

/// Reads the tables of a language's frames.
pub(crate) fn prepare_language(language: Option<&str>) {
    language.and_then(frame::grammar);
}

pub use crate::tables::town;
pub use fold::{fold, fold_into, is_inner};
