//! The lexicon that all readers of dates share.

use std::sync::OnceLock;

use super::lexicon::Lexicon;

/// What the script that builds the crate has made of the tables.
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dates.bin"));

impl Lexicon {
    /// The lexicon of this crate, read at the first use.
    pub(crate) fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon::read(BYTES))
    }
}
