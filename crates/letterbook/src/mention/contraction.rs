//! Two words that are written as one: `you'll` for `you will`, `don't` for `do not`.
//!
//! Owns the table `tables/contractions.tsv`. The frames name the words in full. Where an apostrophe
//! only parts an elided word from the next (`j'ai`) nothing is contracted: [`crate::mention::words`]
//! cuts there.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lexicon::rows;

/// What one written word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contraction {
    pub(crate) full: [&'static str; 2],
    /// How many letters are written of the second.
    pub(crate) tail: usize,
    /// Whether the word is one of its own without an apostrophe.
    needs_apostrophe: bool,
}

/// The contractions of one language by their folded form.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Contractions(FxHashMap<String, Contraction>);

static TABLE: LazyLock<FxHashMap<&'static str, Contractions>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Contractions> = FxHashMap::default();
    for [language, anyway, apostrophe] in rows(include_str!("../../tables/contractions.tsv")) {
        let of = &mut table.entry(language).or_default().0;
        for (pairs, needs_apostrophe) in [(anyway, false), (apostrophe, true)] {
            let pairs = pairs.split_whitespace().filter_map(|pair| pair.split_once('='));
            of.extend(pairs.filter_map(|(written, full)| {
                let (head, tail) = written.split_once('-')?;
                let full = full.split_once('_')?.into();
                let tail_letters = tail.len();
                let contraction = Contraction { full, tail: tail_letters, needs_apostrophe };
                Some((format!("{head}{tail}"), contraction))
            }));
        }
    }
    table
});

/// The contractions of a language, if the table has any.
pub(crate) fn contractions(language: &str) -> Option<&'static Contractions> {
    TABLE.get(language)
}

impl Contractions {
    /// What the word `raw` stands for, if it is a contraction; `folded` is its folded form.
    pub(crate) fn of(&self, raw: &str, folded: &str) -> Option<Contraction> {
        let found = *self.0.get(folded)?;
        (!found.needs_apostrophe || raw.contains(['\'', '’', 'ʼ'])).then_some(found)
    }
}

impl Contraction {
    /// Where in `raw` the first word ends, and where the second begins.
    pub(crate) fn cut(self, raw: &str) -> (usize, usize) {
        let letters = raw.char_indices().rev().filter(|(_, c)| c.is_alphabetic());
        let second = letters.map(|(i, _)| i).nth(self.tail - 1).unwrap_or_default();
        (raw[..second].trim_end_matches(|c: char| !c.is_alphabetic()).len(), second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(
        raw: &'static str,
        folded: &str,
    ) -> Option<(&'static str, &'static str, [&'static str; 2])> {
        let found = contractions("en").expect("a language of the table").of(raw, folded)?;
        let (first, second) = found.cut(raw);
        Some((&raw[..first], &raw[second..], found.full))
    }

    #[test]
    fn a_contraction_is_two_words() {
        assert_eq!(parts("You’ll", "youll"), Some(("You", "ll", ["you", "will"])));
        assert_eq!(parts("don't", "dont"), Some(("do", "n't", ["do", "not"])));
        assert_eq!(parts("didnt", "didnt"), Some(("did", "nt", ["did", "not"])));
        assert_eq!(parts("won't", "wont"), Some(("wo", "n't", ["will", "not"])));
        assert_eq!(parts("I'm", "im"), Some(("I", "m", ["i", "am"])));
    }

    #[test]
    fn a_word_of_its_own_is_none_without_an_apostrophe() {
        assert_eq!(parts("well", "well"), None);
        assert_eq!(parts("wont", "wont"), None);
        assert_eq!(parts("shed", "shed"), None);
        assert_eq!(parts("oblig'd", "obligd"), None);
    }
}
