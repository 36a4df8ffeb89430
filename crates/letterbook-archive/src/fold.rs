//! Text to the words that are searched: folded, stemmed, and in old and new spelling.
//!
//! A word is a run of letters and digits (Unicode's), folded by NFKD without marks and lower case,
//! so that `Zürich` and `ZURICH` are one. Its *key* is the stem (Snowball, by the letter's
//! language) of its modern spelling (`tables/spellings.tsv`); words with one key find each other.
//! Chinese, Japanese and Korean are cut into pairs of characters, as they have no word ends that
//! can be told without a dictionary. Ranges are half-open UTF-8 bytes of the text as given.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The word, folded.
    pub folded: String,
}

/// The words of `text`, in order.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut folded = String::new();
    let mut ranges = Ranges::new(text);
    while let Some(range) = ranges.next_folded(&mut folded) {
        words.push(Word { start: range.start, end: range.end, folded: folded.clone() });
    }
    words
}

/// Walks over the words of a text without keeping them.
#[derive(Debug)]
pub(crate) struct Ranges<'t> {
    text: &'t str,
    at: usize,
    /// Whether the last character passed was the first of an East Asian pair, so that the one
    /// here stands in a pair already.
    is_inner: bool,
}

impl<'t> Ranges<'t> {
    pub(crate) fn new(text: &'t str) -> Ranges<'t> {
        Ranges { text, at: 0, is_inner: false }
    }

    /// The next word's bytes; the word itself, folded, takes the place of what `folded` has.
    pub(crate) fn next_folded(&mut self, folded: &mut String) -> Option<Range<usize>> {
        loop {
            let range = self.next_range()?;
            folded.clear();
            fold_onto(folded, &self.text[range.clone()]);
            if !folded.is_empty() {
                return Some(range);
            }
        }
    }

    fn next_range(&mut self) -> Option<Range<usize>> {
        loop {
            let start = self.at;
            let c = self.text[start..].chars().next()?;
            self.at += c.len_utf8();
            let is_inner = std::mem::take(&mut self.is_inner);
            if is_east_asian(c) {
                let next = self.text[self.at..].chars().next().filter(|&n| is_east_asian(n));
                if let Some(next) = next {
                    self.is_inner = true;
                    return Some(start..self.at + next.len_utf8());
                }
                if !is_inner {
                    return Some(start..self.at);
                }
            } else if c.is_alphanumeric() {
                let rest = &self.text[self.at..];
                let is_end =
                    |n: char| is_east_asian(n) || !(n.is_alphanumeric() || is_combining_mark(n));
                self.at += rest.find(is_end).unwrap_or(rest.len());
                return Some(start..self.at);
            }
        }
    }
}

/// Whether the character is of a script that is written without spaces, or nearly so.
pub fn is_east_asian(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Lower case, compatibility forms made plain, marks dropped; letters with a stroke made plain.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_onto(&mut out, text);
    out
}

fn fold_onto(out: &mut String, text: &str) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
        return;
    }
    if text.chars().all(is_east_asian) {
        // Hangul would come apart into its letters
        out.extend(text.nfkc());
        return;
    }
    for c in text.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            // the dot that Turkish capital I leaves behind is a mark made by lower-casing
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
}

/// One rule of old spelling.
struct Rule {
    /// Where in the word the letters must stand.
    at_start: bool,
    at_end: bool,
    old: String,
    new: String,
}

static RULES: LazyLock<HashMap<&'static str, Vec<Rule>>> = LazyLock::new(|| {
    let mut rules: HashMap<&str, Vec<Rule>> = HashMap::new();
    for line in include_str!("../tables/spellings.tsv").lines() {
        let mut cells = line.split('\t');
        let (Some(language), Some(old), Some(new)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        if language.starts_with('#') {
            continue;
        }
        rules.entry(language).or_default().push(Rule {
            at_start: old.starts_with('^'),
            at_end: old.ends_with('$'),
            old: old.trim_start_matches('^').trim_end_matches('$').to_owned(),
            new: new.to_owned(),
        });
    }
    rules
});

/// Makes keys of words in one language.
pub struct Keys {
    rules: &'static [Rule],
    stemmer: Option<Stemmer>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl Keys {
    /// The keys of the language with this BCP 47 tag; a language without stemmer has plain words.
    pub fn of(language: &str) -> Keys {
        let primary = keyed(language);
        Keys {
            rules: RULES.get(primary).map_or(&[], Vec::as_slice),
            stemmer: algorithm(primary).map(Stemmer::new),
        }
    }

    /// The key of a folded word; the word itself when there is nothing to change.
    pub fn key<'w>(&self, folded: &'w str) -> Cow<'w, str> {
        if folded.starts_with(|c: char| c.is_ascii_digit() || is_east_asian(c)) {
            return Cow::Borrowed(folded);
        }
        let modern = self.modern(folded);
        let Some(stemmer) = &self.stemmer else { return modern };
        match modern {
            Cow::Borrowed(word) => stemmer.stem(word),
            Cow::Owned(word) => Cow::Owned(stemmer.stem(&word).into_owned()),
        }
    }

    fn modern<'w>(&self, folded: &'w str) -> Cow<'w, str> {
        let mut word = Cow::Borrowed(folded);
        for rule in self.rules {
            let old = rule.old.as_str();
            let changed = match (rule.at_start, rule.at_end) {
                (true, true) => (word == old).then(|| rule.new.clone()),
                (true, false) => word.strip_prefix(old).map(|rest| format!("{}{rest}", rule.new)),
                (false, true) => word.strip_suffix(old).map(|rest| format!("{rest}{}", rule.new)),
                (false, false) => word.contains(old).then(|| word.replace(old, &rule.new)),
            };
            if let Some(changed) = changed.filter(|w| !w.is_empty()) {
                word = Cow::Owned(changed);
            }
        }
        word
    }
}

/// The one of [`LANGUAGES`] that a language with this BCP 47 tag has its keys by; empty when none.
pub(crate) fn keyed(language: &str) -> &'static str {
    let primary = match language.split('-').next().unwrap_or_default() {
        "nb" | "nn" => "no",
        primary => primary,
    };
    LANGUAGES.into_iter().find(|&l| l == primary).unwrap_or_default()
}

/// Languages whose words have keys other than themselves, by primary BCP 47 subtag.
pub const LANGUAGES: [&str; 21] = [
    "ca", "cs", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "la", "nl", "no", "pl", "pt",
    "ro", "ru", "sv", "tr", "uk",
];

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" => Algorithm::Norwegian,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.folded).collect()
    }

    #[test]
    fn words_are_folded_and_know_where_they_stand() {
        assert_eq!(folded("Geehrter Herr, in ZÜRICH!"), ["geehrter", "herr", "in", "zurich"]);
        assert_eq!(folded("Łódź, Straße, Œuvre"), ["lodz", "strasse", "oeuvre"]);
        // a decomposed ü is one word with its mark
        let text = "in Zu\u{308}rich";
        assert_eq!(&text[words(text)[1].start..words(text)[1].end], "Zu\u{308}rich");
        assert_eq!(folded(text)[1], "zurich");
    }

    #[test]
    fn east_asian_runs_are_cut_into_pairs() {
        assert_eq!(folded("致北京大学"), ["致北", "北京", "京大", "大学"]);
        assert_eq!(folded("京 A"), ["京", "a"]);
        assert_eq!(folded("동지에게"), ["동지", "지에", "에게"]);
    }

    #[test]
    fn old_and_new_spelling_and_all_forms_share_a_key() {
        for (language, one, other) in [
            ("de", "theile", "teil"),
            ("de", "aerzte", "arzte"),
            ("de", "briefen", "briefe"),
            ("fr", "avoit", "avait"),
            ("en", "publick", "public"),
            ("en", "congratulations", "congratulate"),
            ("la", "jvlivs", "iulius"),
        ] {
            let keys = Keys::of(language);
            assert_eq!(keys.key(one), keys.key(other), "{language}: {one}, {other}");
        }
        assert_ne!(Keys::of("en").key("letter"), Keys::of("en").key("litter"));
        assert_eq!(Keys::of("xx").key("theile"), "theile");
    }

    #[test]
    fn every_language_with_keys_is_listed() {
        for language in LANGUAGES {
            assert!(algorithm(language).is_some() || RULES.contains_key(language), "{language}");
        }
        for language in RULES.keys() {
            assert!(LANGUAGES.contains(language), "{language}");
        }
    }
}
