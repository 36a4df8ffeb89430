//! Text to the terms of the index, one value of a field at a time.
//!
//! Owns what a term is: every word folded; in the same place its key in the letter's language
//! where that is another (`=de:teil`); and in the place of the first, two common words that follow
//! each other (`dear sir`), so that a phrase of them need not look into most of the letters. No
//! folded word has `=` or a space. The index calls it while it takes a letter in, so that no list
//! of words is ever made. The language stands before the text, since a tokenizer is told nothing
//! else.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::fold::{self, Keys, Ranges};

/// The name under which the index's schema knows the terms of names, places, bodies …
pub(crate) const OF_NAMES: &str = "letterbook names";

/// The name of those of a letter's text, which has pairs.
pub(crate) const OF_TEXT: &str = "letterbook text";

/// What stands between the language and the text.
const MARK: char = ':';

/// How many words have their key kept, for each field: the frequent ones make up most of a text.
const MOST_KEPT: usize = 1 << 15;

/// A value as the tokenizer takes it: the language that its words are of, and the text.
pub(crate) fn value(language: &str, text: &str) -> String {
    let language = fold::keyed(language);
    let mut out = String::with_capacity(language.len() + MARK.len_utf8() + text.len());
    out.push_str(language);
    out.push(MARK);
    out.push_str(text);
    out
}

/// The term of a word's key in one of [`fold::LANGUAGES`].
pub(crate) fn key_term(language: &str, key: &str) -> String {
    format!("={language}:{key}")
}

/// Words so frequent that two of them in a row are a term of their own.
#[derive(Debug, Default)]
pub(crate) struct Common(FxHashSet<Box<str>>);

impl Common {
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Common {
        Common(words.into_iter().map(String::into_boxed_str).collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|word| &**word)
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// The fewest terms that stand where these words follow each other, and how many words after
    /// the first each stands.
    pub(crate) fn phrase(&self, words: &[String]) -> Vec<(usize, String)> {
        let pair = |at: usize| match words.get(at..at + 2) {
            Some([one, two]) if self.has(one) && self.has(two) => Some(format!("{one} {two}")),
            _ => None,
        };
        let mut terms = Vec::new();
        let mut at = 0;
        while at < words.len() {
            if let Some(term) = pair(at) {
                terms.push((at, term));
                at += 2;
                continue;
            }
            // a pair that overlaps the one before is still rarer than the word
            match at.checked_sub(1).and_then(|before| Some((before, pair(before)?))) {
                Some(term) => terms.push(term),
                None => terms.push((at, words[at].clone())),
            }
            at += 1;
        }
        terms
    }
}

/// Makes the terms of a field's values.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    common: Arc<Common>,
    languages: Vec<Language>,
}

impl Terms {
    pub(crate) fn new(common: Arc<Common>) -> Terms {
        Terms { common, languages: Vec::new() }
    }
}

/// The keys of one language, those of frequent words kept.
#[derive(Debug)]
struct Language {
    name: String,
    keys: Keys,
    /// Where in `terms` a word's key is.
    kept: FxHashMap<Box<str>, usize>,
    /// The term of a word's key; none when the word is its own key.
    terms: Vec<Option<Box<str>>>,
}

impl Clone for Language {
    fn clone(&self) -> Language {
        Language::new(&self.name)
    }
}

impl Language {
    fn new(name: &str) -> Language {
        Language {
            name: name.to_owned(),
            keys: Keys::of(name),
            kept: FxHashMap::default(),
            terms: Vec::new(),
        }
    }

    /// The term of the word's key, if it is not the word.
    fn term(&mut self, word: &str) -> Option<&str> {
        if self.name.is_empty() {
            return None;
        }
        let at = match self.kept.get(word) {
            Some(&at) => at,
            None => self.keep(word),
        };
        self.terms[at].as_deref()
    }

    fn keep(&mut self, word: &str) -> usize {
        if self.terms.len() == MOST_KEPT {
            self.kept.clear();
            self.terms.clear();
        }
        let key = self.keys.key(word);
        let term = (key != word).then(|| key_term(&self.name, &key).into_boxed_str());
        self.terms.push(term);
        self.kept.insert(word.into(), self.terms.len() - 1);
        self.terms.len() - 1
    }
}

impl Tokenizer for Terms {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> Stream<'a> {
        let (name, text) = value.split_once(MARK).unwrap_or(("", value));
        let at = self.languages.iter().position(|l| l.name == name).unwrap_or_else(|| {
            self.languages.push(Language::new(name));
            self.languages.len() - 1
        });
        Stream {
            common: &self.common,
            language: &mut self.languages[at],
            words: Ranges::new(text),
            word: String::new(),
            before: String::new(),
            was_common: false,
            due: Due::Next,
            place: 0,
            token: Token::default(),
        }
    }
}

/// What the stream gives next.
#[derive(Debug, Clone, Copy)]
enum Due {
    /// Whatever the next word brings.
    Next,
    /// The word's key, if it has one; then the word.
    Key,
    Word,
}

/// The terms of one value.
#[derive(Debug)]
pub(crate) struct Stream<'a> {
    common: &'a Common,
    language: &'a mut Language,
    words: Ranges<'a>,
    /// The word here, folded.
    word: String,
    /// The word before, if it was common.
    before: String,
    was_common: bool,
    due: Due,
    /// How many words there were, this one too.
    place: usize,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            self.token.text.clear();
            match self.due {
                Due::Next => {
                    let Some(range) = self.words.next_folded(&mut self.word) else { return false };
                    self.token.offset_from = range.start;
                    self.token.offset_to = range.end;
                    self.place += 1;
                    self.due = Due::Key;
                    let is_common = self.common.has(&self.word);
                    let is_pair = is_common && self.was_common;
                    if is_pair {
                        self.token.position = self.place - 2;
                        self.token.text.extend([self.before.as_str(), " ", &self.word]);
                    }
                    self.was_common = is_common;
                    if is_common {
                        self.before.clone_from(&self.word);
                    }
                    if is_pair {
                        return true;
                    }
                }
                Due::Key => {
                    self.due = Due::Word;
                    if let Some(term) = self.language.term(&self.word) {
                        self.token.position = self.place - 1;
                        self.token.text.push_str(term);
                        return true;
                    }
                }
                Due::Word => {
                    self.due = Due::Next;
                    self.token.position = self.place - 1;
                    std::mem::swap(&mut self.token.text, &mut self.word);
                    return true;
                }
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: &[(usize, &str)]) {
        let mut terms = Terms::new(Arc::new(Common::new(["dear", "sir"].map(String::from))));
        let value = value(language, text);
        // the second time from what was kept
        for _ in 0..2 {
            let mut found = Vec::new();
            let mut stream = terms.token_stream(&value);
            stream.process(&mut |token| found.push((token.position, token.text.clone())));
            let found: Vec<_> = found.iter().map(|(at, term)| (*at, term.as_str())).collect();
            assert_eq!(found, expected, "{language}: {text}");
        }
    }

    #[test]
    fn a_word_and_its_key_stand_in_one_place() {
        check(
            "de-AT",
            "Die Theile: Zürich",
            &[(0, "die"), (1, "=de:teil"), (1, "theile"), (2, "zurich")],
        );
        check("en", "Sir: 12 letters", &[(0, "sir"), (1, "12"), (2, "=en:letter"), (2, "letters")]);
        check("zh", "北京大", &[(0, "北京"), (1, "京大")]);
        check("", "a:b", &[(0, "a"), (1, "b")]);
        check("?!:", "letters", &[(0, "letters")]);
        check("en", "", &[]);
    }

    #[test]
    fn two_common_words_are_a_term_where_the_first_stands() {
        check("", "dear sir", &[(0, "dear"), (0, "dear sir"), (1, "sir")]);
        check(
            "",
            "sir dear sir, my dear; sir",
            &[
                (0, "sir"),
                (0, "sir dear"),
                (1, "dear"),
                (1, "dear sir"),
                (2, "sir"),
                (3, "my"),
                (4, "dear"),
                (4, "dear sir"),
                (5, "sir"),
            ],
        );
    }

    #[test]
    fn a_phrase_is_the_fewest_terms_that_say_it() {
        let common = Common::new(["i", "have", "the"].map(String::from));
        for (phrase, expected) in [
            ("i have", &[(0, "i have")][..]),
            ("i have the", &[(0, "i have"), (1, "have the")]),
            ("i have the i", &[(0, "i have"), (2, "the i")]),
            ("have news", &[(0, "have"), (1, "news")]),
            ("i have news the i", &[(0, "i have"), (2, "news"), (3, "the i")]),
            ("news i have", &[(0, "news"), (1, "i have")]),
            ("news", &[(0, "news")]),
        ] {
            let words: Vec<String> = phrase.split(' ').map(String::from).collect();
            let found = common.phrase(&words);
            let found: Vec<_> = found.iter().map(|(at, term)| (*at, term.as_str())).collect();
            assert_eq!(found, expected, "{phrase}");
        }
    }

    #[test]
    fn languages_do_not_mix() {
        let mut terms = Terms::new(Arc::default());
        for (language, expected) in [("en", "=en:letter"), ("fr", "=fr:letter"), ("xx", "letters")]
        {
            let value = value(language, "letters");
            assert_eq!(terms.token_stream(&value).next().unwrap().text, expected);
        }
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let mut language = Language::new("en");
        for n in 0..2 * MOST_KEPT {
            language.term(&format!("x{n}"));
        }
        assert!(language.kept.len() <= MOST_KEPT);
        assert_eq!(language.term("letters"), Some("=en:letter"));
    }
}
