//! How words were spelt of old: `Danck` for `Dank`, `vostre` for `votre`, `Ue` for `Ü`.
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

/// The pairs of one language by their first letter, the longest first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Respelling {
    by_first: [Vec<Pair>; 26],
}

static TABLE: LazyLock<FxHashMap<&'static str, Respelling>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Respelling> = FxHashMap::default();
    for [language, pairs] in rows(include_str!("../../tables/old-spellings.tsv")) {
        let respelling = table.entry(language).or_default();
        for (old, new) in pairs.split_whitespace().filter_map(|pair| pair.split_once('>')) {
            let (begins, ends) = (old.starts_with('^'), old.ends_with('$'));
            let old = old.trim_matches(['^', '$']);
            if let Some(at) = old.bytes().next().and_then(letter) {
                respelling.by_first[at].push(Pair { old, new, begins, ends });
            }
        }
    }
    for pairs in table.values_mut().flat_map(|r| &mut r.by_first) {
        pairs.sort_by_key(|p| std::cmp::Reverse((p.old.len(), p.begins, p.ends)));
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
        let mut at = 0;
        while let Some(c) = word[at..].chars().next() {
            let here = word.as_bytes().get(at).copied().and_then(letter);
            let fits = |p: &&Pair| {
                word[at..].starts_with(p.old)
                    && (!p.begins || at == 0)
                    && (!p.ends || at + p.old.len() == word.len())
            };
            if let Some(pair) = here.and_then(|l| self.by_first[l].iter().find(fits)) {
                if pair.new != pair.old || out.is_some() {
                    out.get_or_insert_with(|| word[..at].to_owned()).push_str(pair.new);
                }
                at += pair.old.len();
            } else {
                if let Some(out) = &mut out {
                    out.push(c);
                }
                at += c.len_utf8();
            }
        }
        out
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
