//! Makes the lexicon of heads and feet from its tables, when the crate is built.
//!
//! The program reads what [`write`] leaves (`Lexicon::read`).

use std::collections::BTreeMap;

use super::classes::{Classes, NAMES};
use super::rows;
use crate::folding::key;
use crate::mention::fold::fold;
use crate::packed::Bytes;

/// The tables; words and phrases by their keys.
#[derive(Debug, Default)]
struct Made {
    /// One word: its classes, and how many words the longest phrase has that it begins.
    words: BTreeMap<u64, (Classes, u8)>,
    phrases: BTreeMap<u64, Classes>,
    suffixes: BTreeMap<u64, Classes>,
    /// How long the suffixes are that end in these two bytes: a bit for each length below 64.
    suffix_lengths: BTreeMap<[u8; 2], u64>,
    /// Titles and streets of one letter hold in their own language only: keys of language and letter.
    letters: BTreeMap<(u64, u64), Classes>,
    countries: BTreeMap<u64, &'static str>,
}

/// The lexicon as it is read back.
pub(crate) fn write() -> Vec<u8> {
    let mut made = Made::default();
    for [class, language, phrases] in rows(include_str!("../../../tables/parts.tsv")) {
        let Some(&(_, class)) = NAMES.iter().find(|(name, _)| *name == class) else { continue };
        for phrase in phrases.split(", ") {
            made.add(phrase, class, language);
        }
    }
    for [code, names] in rows(include_str!("../../../tables/countries.tsv")) {
        for name in names.split(", ") {
            made.add(name, Classes::COUNTRY, "");
            made.countries.insert(key(&fold(name)), code);
        }
    }
    made.bytes().0
}

impl Made {
    fn add(&mut self, phrase: &str, class: Classes, language: &str) {
        let folded = fold(phrase);
        if phrase.starts_with('-') {
            if let Some(&end) = folded.as_bytes().last_chunk() {
                *self.suffix_lengths.entry(end).or_default() |= 1 << folded.len();
            }
            let known = self.suffixes.entry(key(&folded)).or_default();
            *known = known.or(class);
            return;
        }
        if class.any(Classes::TITLE.or(Classes::STREET)) && folded.chars().count() == 1 {
            let known = self.letters.entry((key(language), key(&folded))).or_default();
            *known = known.or(class);
            return;
        }
        let n = 1 + folded.bytes().filter(|&byte| byte == b' ').count();
        let first = folded.split_once(' ').map_or(&folded[..], |(first, _)| first);
        let entry = self.words.entry(key(first)).or_default();
        entry.1 = entry.1.max(n.min(250) as u8);
        if n == 1 {
            entry.0 = entry.0.or(class);
        } else {
            let known = self.phrases.entry(key(&folded)).or_default();
            *known = known.or(class);
        }
    }

    fn bytes(&self) -> Bytes {
        let mut out = Bytes::default();
        out.longs(self.words.keys().copied());
        out.longs(self.words.values().map(|(classes, _)| classes.0));
        out.numbers(self.words.values().map(|(_, longest)| u32::from(*longest)));
        for classes in [&self.phrases, &self.suffixes] {
            out.longs(classes.keys().copied());
            out.longs(classes.values().map(|classes| classes.0));
        }
        out.numbers(self.suffix_lengths.keys().map(|&end| u16::from_le_bytes(end).into()));
        out.longs(self.suffix_lengths.values().copied());
        out.longs(self.letters.keys().map(|(language, _)| *language));
        out.longs(self.letters.keys().map(|(_, letter)| *letter));
        out.longs(self.letters.values().map(|classes| classes.0));
        out.longs(self.countries.keys().copied());
        out.strings(self.countries.values().copied());
        out
    }
}
