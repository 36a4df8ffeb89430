//! The anatomy of a letter: text in, labelled stretches out.
//!
//! Owns where each zone begins and ends; knows nothing of the values in it (`mention` reads
//! those). Labels are those of letter-writing manuals and TEI, see
//! [`ZoneLabel`](crate::record::ZoneLabel).

use crate::record::ZoneLabel;
use crate::span::Span;

/// A stretch of the letter and what it is, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zone {
    /// What the stretch is.
    pub label: ZoneLabel,
    /// Where it stands, without white space at either end; never empty.
    pub span: Span,
    /// In `0.0..=1.0`: how sure the label is.
    pub confidence: f32,
}

/// The zones of `label`, in the order of the text.
pub fn of(zones: &[Zone], label: ZoneLabel) -> impl Iterator<Item = Zone> + '_ {
    zones.iter().copied().filter(move |z| z.label == label)
}
