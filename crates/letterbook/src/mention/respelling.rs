//! How words were spelt of old: `Danck` for `Dank`, `vostre` for `votre`, `haue` for `have`, `Ue` for `Ü`.
//!
//! Owns the table `tables/old-spellings.tsv`. What it makes of a word is a guess that counts only where
//! the grammar does not know the word as written and knows the guess; which word that is, is not said
//! here. The ways in which a whole language folds its words stand in [`crate::mention::words::fold`].

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lexicon::rows;

/// One pair of the table.
#[derive(Debug, PartialEq, Eq)]
struct Pair {
    old: &'static str,
    new: &'static str,
    begins: bool,
    ends: bool,
}

/// The pairs of one language by their first letter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Respelling {
    by_first: [Pairs; LETTERS],
}

/// Pairs that begin with one letter.
#[derive(Debug, Default, PartialEq, Eq)]
struct Pairs {
    /// The longest first.
    all: Vec<Pair>,
    /// A bit for each letter that any of them goes on with, the highest for none: most words have none
    /// of them.
    second: u32,
}

const LETTERS: usize = 26;

/// The bit of a letter, or of whatever else stands in its place.
fn bit(byte: Option<&u8>) -> u32 {
    1 << byte.copied().and_then(letter).unwrap_or(LETTERS)
}

static TABLE: LazyLock<FxHashMap<&'static str, Respelling>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Respelling> = FxHashMap::default();
    for [language, pairs] in rows(include_str!("../../tables/old-spellings.tsv")) {
        let respelling = table.entry(language).or_default();
        for (old, new) in pairs.split_whitespace().filter_map(|pair| pair.split_once('>')) {
            let (begins, ends) = (old.starts_with('^'), old.ends_with('$'));
            let old = old.trim_matches(['^', '$']);
            if let Some(at) = old.bytes().next().and_then(letter) {
                let pairs = &mut respelling.by_first[at];
                pairs.second |= match old.as_bytes().get(1) {
                    None if !ends => u32::MAX,
                    second => bit(second),
                };
                pairs.all.push(Pair { old, new, begins, ends });
            }
        }
    }
    for pairs in table.values_mut().flat_map(|r| &mut r.by_first) {
        pairs.all.sort_by_key(|p| std::cmp::Reverse((p.old.len(), p.begins, p.ends)));
    }
    table
});

fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'))
}

/// The old spellings of a language, if the table has any.
pub(crate) fn respelling(language: &str) -> Option<&'static Respelling> {
    TABLE.get(language)
}

impl Respelling {
    /// Spells a folded word as it is spelt today; `None` where nothing in it is old.
    pub(crate) fn respell(&self, word: &str) -> Option<String> {
        let mut out: Option<String> = None;
        let (mut at, mut kept) = (0, 0);
        while at < word.len() {
            let Some(pair) = self.pair_at(word, at) else {
                at += 1;
                continue;
            };
            if pair.new != pair.old {
                let out = out.get_or_insert_with(|| String::with_capacity(word.len() + 4));
                out.push_str(&word[kept..at]);
                out.push_str(pair.new);
                kept = at + pair.old.len();
            }
            at += pair.old.len();
        }
        if let Some(out) = &mut out {
            out.push_str(&word[kept..]);
        }
        out
    }

    /// The pair whose old letters stand at byte `at` of `word`.
    fn pair_at(&self, word: &str, at: usize) -> Option<&Pair> {
        let rest = &word.as_bytes()[at..];
        let pairs = &self.by_first[letter(rest[0])?];
        if pairs.second & bit(rest.get(1)) == 0 {
            return None;
        }
        pairs.all.iter().find(|p| {
            rest.starts_with(p.old.as_bytes())
                && (!p.begins || at == 0)
                && (!p.ends || p.old.len() == rest.len())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today(language: &str, word: &str) -> Option<String> {
        respelling(language).expect("a language of the table").respell(word)
    }

    #[test]
    fn old_letters_are_read_as_todays() {
        for (language, old, new) in [
            ("de", "danck", "dank"),
            ("de", "uebersende", "ubersende"),
            ("de", "gesaget", "gesagt"),
            ("de", "vnser", "unser"),
            ("fr", "vostre", "votre"),
            ("fr", "estoit", "etait"),
            ("fr", "receue", "recue"),
            ("fr", "moy", "moi"),
            ("en", "thanke", "thank"),
            ("en", "receaued", "received"),
            ("en", "obligd", "obliged"),
            ("es", "embio", "envio"),
            ("es", "quenta", "cuenta"),
            ("it", "scriuermi", "scrivermi"),
        ] {
            assert_eq!(today(language, old).as_deref(), Some(new), "{old}");
        }
    }

    #[test]
    fn what_only_looks_old_is_left() {
        for (language, word) in [("de", "trauer"), ("de", "quelle"), ("fr", "est"), ("de", "")] {
            assert_eq!(today(language, word), None, "{word}");
        }
    }
}
