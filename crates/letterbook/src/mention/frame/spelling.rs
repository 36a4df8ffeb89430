//! The languages that have tables of frames, and how each of them writes its words.

use crate::mention::contraction::contractions;
use crate::mention::respelling::respelling;
use crate::mention::words::{Spelling, short_words};

/// The languages that have tables.
pub(super) const LANGUAGES: [&str; 19] = [
    "en", "de", "fr", "es", "it", "nl", "la", "pt", "ru", "pl", "sv", "da", "cs", "hu", "el", "tr",
    "ko", "ja", "zh",
];

/// How `language` writes its words.
pub(super) fn spelling(language: &str) -> Spelling {
    Spelling {
        elides: matches!(language, "fr" | "it"),
        dotted_ordinals: matches!(language, "de" | "nl" | "pl" | "da" | "sv" | "cs" | "hu"),
        german: language == "de",
        portuguese: language == "pt",
        final_accents: match language {
            "es" => &['ó', 'é'],
            "it" => &['ó'],
            _ => &[],
        },
        short_words: short_words(language),
        contractions: contractions(language),
        older: respelling(language),
        unspaced: matches!(language, "ja" | "zh"),
    }
}
