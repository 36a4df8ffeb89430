//! The outer form of a token: what is seen of it without reading it.

use crate::folding;
use crate::token::{Kind, Token};

pub(super) const LOWER: u8 = 0;
pub(super) const CAPITAL: u8 = 1;
pub(super) const UPPER: u8 = 2;
pub(super) const INITIAL: u8 = 3;
pub(super) const CASELESS: u8 = 4;
pub(super) const DAY: u8 = 5;
pub(super) const YEAR: u8 = 6;
pub(super) const NUMBER: u8 = 7;
pub(super) const LONG: u8 = 8;
pub(super) const COMMA: u8 = 9;
pub(super) const STOP: u8 = 10;
pub(super) const CALL: u8 = 11;
pub(super) const COLON: u8 = 12;
pub(super) const DASH: u8 = 13;
pub(super) const BRACKET: u8 = 14;
pub(super) const OTHER: u8 = 15;

/// The code of a token's outer form.
pub(super) fn shape_of(token: &Token, text: &str) -> u8 {
    let s = token.of(text);
    match token.kind {
        Kind::Word if token.upper => UPPER,
        Kind::Word if token.capital && s.chars().nth(1).is_none() => INITIAL,
        Kind::Word if token.capital => CAPITAL,
        Kind::Word if s.chars().next().is_some_and(char::is_lowercase) => LOWER,
        Kind::Word => CASELESS,
        Kind::Number => match s.parse::<u32>() {
            Ok(1..=31) if s.len() <= 2 => DAY,
            Ok(1200..=2100) if s.len() == 4 => YEAR,
            Ok(_) if s.len() <= 4 => NUMBER,
            _ => LONG,
        },
        Kind::Mark => match s.chars().next().unwrap_or(' ') {
            ',' | '،' | '、' | '，' => COMMA,
            '.' | '。' | '…' => STOP,
            '!' | '?' | '！' | '？' => CALL,
            ':' | ';' | '：' | '；' => COLON,
            '-' | '–' | '—' | '_' | '=' | '~' | '*' => DASH,
            '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '«' | '»' | '"' | '“' | '”' => {
                BRACKET
            }
            _ => OTHER,
        },
    }
}

/// Whether a word can only be an abbreviation: without a vowel nobody says it.
pub(super) fn is_clipped(word: &str) -> bool {
    let mut vowel = false;
    folding::fold_with(word, |c| vowel |= !c.is_ascii_alphabetic() || "aeiouy".contains(c));
    !vowel
}
