//! The words that the heads and feet of letters are made of, by class.
//!
//! Owns the table `tables/parts.tsv` and how its phrases are found; knows nothing of zones. The
//! classes of a word say what it may be, in any language of the table; the readers decide. The table
//! is read when the crate is built (`make`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::folding::key;
use crate::packed::Packed;

mod classes;
// the build makes the lexicon; here it is held against the rules of the table
#[cfg(test)]
mod make;

pub(crate) use crate::rows::rows;
pub(crate) use classes::Classes;

/// The tables; words and phrases by their keys.
pub(crate) struct Lexicon {
    /// One word: its classes, and how many words the longest phrase has that it begins.
    words: FxHashMap<u64, (Classes, u8)>,
    phrases: FxHashMap<u64, Classes>,
    suffixes: FxHashMap<u64, Classes>,
    /// How long the suffixes are that end in these two bytes: a bit for each length below 64. Most
    /// words end otherwise.
    suffix_lengths: FxHashMap<[u8; 2], u64>,
    /// Titles and streets of one letter hold in their own language only: keys of language and letter.
    letters: FxHashMap<(u64, u64), Classes>,
    /// Folded name of a country and its ISO 3166-1 alpha-2 code.
    countries: FxHashMap<u64, &'static str>,
}

/// What the script that builds the crate has made of the tables.
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/parts.bin"));

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(BYTES));

/// The language of a tag without script and region: "de" of "de-AT".
pub(crate) fn primary(language: Option<&str>) -> Option<&str> {
    language?.split('-').next()
}

/// The lexicon that all readers share.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// Reads what the script that builds the crate has made of the tables, in the order in which it
    /// wrote that.
    fn read(bytes: &'static [u8]) -> Lexicon {
        let from = &mut Packed(bytes);
        let words = from.longs().zip(from.longs()).zip(from.numbers());
        Lexicon {
            words: words
                .map(|((k, classes), longest)| (k, (Classes(classes), longest as u8)))
                .collect(),
            phrases: Lexicon::read_classes(from),
            suffixes: Lexicon::read_classes(from),
            suffix_lengths: from
                .numbers()
                .zip(from.longs())
                .map(|(end, lengths)| ((end as u16).to_le_bytes(), lengths))
                .collect(),
            letters: from
                .longs()
                .zip(from.longs())
                .zip(from.longs())
                .map(|(keys, classes)| (keys, Classes(classes)))
                .collect(),
            countries: from.longs().zip(from.strings()).collect(),
        }
    }

    /// Reads keys, each with its classes.
    fn read_classes(from: &mut Packed) -> FxHashMap<u64, Classes> {
        from.longs().zip(from.longs()).map(|(key, classes)| (key, Classes(classes))).collect()
    }

    /// The classes of a folded word standing alone, and the length in words of the longest phrase
    /// that begins with it (0 where there is none).
    pub(crate) fn word(&self, folded: &str) -> (Classes, usize) {
        match self.words.get(&key(folded)) {
            Some(&(classes, longest)) if classes != Classes::NONE => (classes, longest.into()),
            Some(&(_, longest)) => (self.ending(folded), longest.into()),
            None => (self.ending(folded).or(self.declined(folded)), 0),
        }
    }

    /// What a declined German office or body is: "Präsidenten", "Rathes".
    fn declined(&self, folded: &str) -> Classes {
        const DECLINED: Classes = Classes::ROLE.or(Classes::BODY);
        /// Bytes of the shortest stem.
        const STEM: usize = 6;
        let mut found = Classes::NONE;
        if folded.len() <= STEM {
            return found;
        }
        let stems = ["en", "es", "e", "n", "s"].iter().filter_map(|end| folded.strip_suffix(end));
        for stem in stems.filter(|stem| stem.len() >= STEM) {
            let known = self.words.get(&key(stem)).map_or(Classes::NONE, |&(classes, _)| classes);
            found = found.or(known.or(self.ending(stem)).and(DECLINED));
        }
        found
    }

    /// The classes that the end of a long word gives it.
    fn ending(&self, folded: &str) -> Classes {
        /// A word must be longer than its ending by this many letters.
        const STEM: usize = 2;
        let mut found = Classes::NONE;
        let end = folded.as_bytes().last_chunk();
        let Some(&(mut lengths)) = end.and_then(|end| self.suffix_lengths.get(end)) else {
            return found;
        };
        let stem = folded.char_indices().nth(STEM).map_or(folded.len(), |(at, _)| at);
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            if let Some(at) = folded.len().checked_sub(length)
                && at >= stem
                && let Some(&classes) =
                    folded.get(at..).and_then(|end| self.suffixes.get(&key(end)))
            {
                found = found.or(classes);
            }
        }
        found
    }

    /// The classes of a folded phrase of two words or more.
    pub(crate) fn phrase(&self, folded: &str) -> Classes {
        self.phrases.get(&key(folded)).copied().unwrap_or_default()
    }

    /// What the one letter is in `language` alone: a title as French "M." and Spanish "D.", a street
    /// as Spanish "C.".
    pub(crate) fn letter(&self, language: Option<&str>, folded: &str) -> Classes {
        if folded.len() > 2 {
            return Classes::NONE;
        }
        let Some(primary) = primary(language) else { return Classes::NONE };
        self.letters.get(&(key(primary), key(folded))).copied().unwrap_or_default()
    }

    /// The ISO 3166-1 alpha-2 code of the country of that folded name.
    pub(crate) fn country(&self, folded: &str) -> Option<&'static str> {
        self.countries.get(&key(folded)).copied()
    }
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;
    use crate::mention::fold::fold;
    use classes::NAMES;

    #[test]
    fn what_the_build_has_made_is_what_the_tables_say() {
        assert!(make::write() == BYTES);
    }

    #[test]
    fn no_two_classes_are_one() {
        for (i, (name, class)) in NAMES.iter().enumerate() {
            assert_ne!(*class, Classes::NONE, "{name}");
            for (other, same) in &NAMES[..i] {
                assert!(!class.any(*same), "`{name}` and `{other}` share a bit");
            }
        }
    }

    #[test]
    fn every_row_of_the_tables_has_a_known_class() {
        let mut read = FxHashSet::default();
        for [class, language, phrases] in rows(include_str!("../../tables/parts.tsv")) {
            let is_new = phrases.split(", ").all(|phrase| read.insert((class, language, phrase)));
            assert!(is_new, "expected each phrase once, but found one twice: {class} {phrases}");
            assert!(NAMES.iter().any(|(name, _)| *name == class), "unknown class `{class}`");
            assert!(!phrases.is_empty(), "no phrases for `{class}`");
        }
        for [code, _] in rows(include_str!("../../tables/countries.tsv")) {
            assert_eq!(code.len(), 2, "expected a country code, but found `{code}`");
        }
    }

    #[test]
    fn a_word_is_known_by_itself_or_by_its_end() {
        let l = lexicon();
        assert!(l.word("herrn").0.any(Classes::TITLE));
        assert!(l.word("landsknechtsgasse").0.any(Classes::STREET));
        assert!(l.word("oberbergrath").0.any(Classes::ROLE));
        assert_eq!(l.word("rath").0.without(Classes::ROLE), Classes::NONE);
        assert!(l.phrase("secretary of state").any(Classes::ROLE));
        assert_eq!(l.country(&fold("Österreich")), Some("AT"));
    }

    #[test]
    fn one_letter_is_a_title_or_a_street_in_its_own_language_only() {
        assert_eq!(lexicon().letter(Some("fr-CH"), "m"), Classes::TITLE);
        assert_eq!(lexicon().letter(Some("es"), "c"), Classes::STREET);
        assert_eq!(lexicon().letter(Some("en"), "m"), Classes::NONE);
        assert_eq!(lexicon().letter(None, "m"), Classes::NONE);
    }
}
