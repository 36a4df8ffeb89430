//! Words as the shared scorer cuts and folds them: its rules are those of Python's `re` and
//! `unicodedata`, which differ from Rust's classes of characters in marks and numerals.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Text without accents and case: `ß` as `ss`, `ſ` as `s`, compatibility forms taken apart.
pub(crate) fn fold(text: &str) -> String {
    text.replace('ß', "ss")
        .replace('ſ', "s")
        .nfkd()
        .filter(|&c| canonical_combining_class(c) == 0)
        .flat_map(fold_case)
        .collect()
}

/// Full case folding of one character, by way of its capital, so that `ς` meets `σ`. The dotless i
/// keeps to itself: its capital is that of the other i.
fn fold_case(c: char) -> impl Iterator<Item = char> {
    let capital = c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let kept = (c == 'ı').then_some(c);
    kept.into_iter().chain(capital.filter(move |_| kept.is_none()))
}

/// The folded words of `text` that have `least` letters or more.
pub(crate) fn words(text: &str, least: usize) -> Vec<String> {
    runs(&fold(text)).filter(|w| w.chars().count() >= least).map(str::to_owned).collect()
}

/// The words of `text` that do not begin with a small letter, folded.
pub(crate) fn capitalised(text: &str) -> BTreeSet<String> {
    runs(text).filter(|w| !w.starts_with(char::is_lowercase)).map(fold).collect()
}

/// Folded letters and digits without anything between them.
pub(crate) fn compact(text: &str) -> String {
    fold(text).chars().filter(|&c| is_letter(c) || is_digit(c)).collect()
}

fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_letter(c)).filter(|w| !w.is_empty())
}

/// A letter, or a numeral that is no decimal digit; a mark that is written on its own is none.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c) && !is_digit(c)
}

/// A decimal digit of any script. Numerals that are none (superscripts, fractions, Roman, circled)
/// lie together in Unicode, but for those of a few scripts that no letter here is written in.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_numeric()
        && !matches!(c, '\u{B2}'..='\u{BE}' | '\u{2070}'..='\u{2793}' | '\u{3007}'..='\u{33FF}')
}

/// White space, the four separators of ASCII with it.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}
