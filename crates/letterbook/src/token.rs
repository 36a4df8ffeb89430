//! Splits a letter into words, numbers and marks, each with its bytes, its line and its block.
//!
//! Owns the smallest pieces that the readers of zones speak of. Any Unicode text is welcome: words
//! are runs of alphabetic characters with their combining marks; scripts that write no spaces give
//! one token a character (Han) or one for every few (kana, Thai, Lao, Khmer, Burmese). Hyphens and
//! apostrophes are marks, so `d’Arc` is three tokens; the square brackets of an editor who completes a
//! word belong to it (`Nov[ember]`), for it is one word of the letter. Nothing is normalised,
//! nothing is dropped but white space and control characters. This module knows no words, but the number of each, and the
//! one that telegrams have for a full stop.
//!
//! Tokens are made once for a letter ([`text`](crate::text)), and readers make their words of them:
//! - `zone` reads tokens as they are.
//! - `language` joins words over apostrophes that touch them (`c'est`) and keeps their accents.
//! - The tagger of names (`mention::tagger`) joins words and digits that touch (`B2`) and the halves
//!   of a word that a line's end breaks.
//! - Frames (`mention::words`) do so too, and join over inner apostrophes where the language does not
//!   part an elided word there (`don't`); they spell old forms as today, and cut scripts without
//!   spaces at the words that they know.
//!
//! The fields of head and foot (`mention::stretch`) split the few lines that they read by
//! themselves, for what stands between two words matters most there; so does `letterbook-dates`, a
//! crate that uses none of ours.

use crate::folding::{fold, step};
use crate::span::Span;

/// What a [`Token`] is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters and their combining marks.
    Word,
    /// Decimal digits of any script.
    Number,
    /// Anything else that is visible; a run of one and the same mark is one token.
    Mark,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes; never empty.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// Its line, counted from 0, blank lines included.
    pub line: u32,
    /// Its block, counted from 0: blocks are parted by blank lines.
    pub block: u32,
    /// Whether the first letter is upper or title case.
    pub capital: bool,
    /// Whether there are two letters or more and every one that has case is upper case.
    pub upper: bool,
    /// Whether white space or the start of the text stands before it.
    pub spaced: bool,
    /// The number of a word, as [`fold`] gives it; 0 for anything else.
    pub folded: u64,
}

impl Token {
    /// The token's characters in the `text` it is of.
    #[inline]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.start..self.span.end]
    }
}

/// The longest word in characters; longer runs are cut, so that no token is unbounded.
const LONGEST_WORD: usize = 64;
/// The longest run of a script that writes no spaces.
const LONGEST_UNSPACED: usize = 4;

/// The tokens of `text` in order; one pass, linear in its length.
///
/// ```
/// use letterbook::token::tokens;
/// let text = "Dear Sir,\n\nYours of the 3rd";
/// let words: Vec<&str> = tokens(text).iter().map(|t| t.of(text)).collect();
/// assert_eq!(words, ["Dear", "Sir", ",", "Yours", "of", "the", "3", "rd"]);
/// assert!(tokens(" \r\n\t").is_empty());
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 4 + 4);
    let (mut line, mut block, mut spaced) = (0u32, 0u32, true);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        let start = at;
        at += c.len_utf8();
        // most characters are of the plainest kinds
        if c == ' ' {
            spaced = true;
            continue;
        }
        if !c.is_ascii_graphic() {
            if is_line_end(c) {
                if c == '\r' && bytes.get(at) == Some(&b'\n') {
                    at += 1;
                }
                line += 1;
                spaced = true;
                continue;
            }
            if c.is_whitespace() {
                spaced = true;
                continue;
            }
            if is_unseen(c) {
                continue;
            }
        }
        if let Some(last) = out.last()
            && line > last.line + 1
            && block == last.block
        {
            block += 1;
        }
        let plain = plain_word(&bytes[start..]).or_else(|| plain_mark(&bytes[start..]));
        let piece = plain.unwrap_or_else(|| piece_at(text, start, c));
        at = start + piece.length;
        out.push(Token {
            span: Span::new(start, at),
            kind: piece.kind,
            line,
            block,
            capital: piece.capital,
            upper: piece.capital && piece.letters >= 2 && !piece.lower,
            spaced,
            folded: piece.folded,
        });
        spaced = false;
    }
    out
}

/// Whether token `at` is the word that telegraph offices of all countries sent for a full stop. Among
/// words in capitals it is; in "you must STOP this" it is a verb.
pub(crate) fn is_telegraph_stop(tokens: &[Token], at: usize, text: &str) -> bool {
    let is_sent = |t: &Token| match t.kind {
        Kind::Word => t.upper || t.capital && t.span.len() == 1,
        Kind::Number | Kind::Mark => true,
    };
    tokens[at].upper
        && tokens[at].of(text) == "STOP"
        && tokens[..at].last().is_some_and(is_sent)
        && tokens.get(at + 1).is_none_or(is_sent)
}

/// What a token is by its characters alone.
struct Piece {
    /// In bytes.
    length: usize,
    kind: Kind,
    letters: usize,
    capital: bool,
    /// Whether a letter is lower case.
    lower: bool,
    folded: u64,
}

/// The word that `bytes` begin with if all its letters are ASCII, as most are.
#[inline]
fn plain_word(bytes: &[u8]) -> Option<Piece> {
    let longest = &bytes[..bytes.len().min(LONGEST_WORD)];
    let length = longest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(longest.len());
    let (word, rest) = bytes.split_at(length);
    let is_whole = rest.first().is_none_or(|b| b.is_ascii() && !matches!(b, b'[' | b']'));
    let capital = word.first()?.is_ascii_uppercase();
    is_whole.then(|| Piece {
        length,
        kind: Kind::Word,
        letters: length,
        capital,
        lower: word.iter().any(|b| b.is_ascii_lowercase()),
        folded: word.iter().fold(0, |h, b| step(h, (b | 0x20).into())) | 1,
    })
}

/// The run of one mark that `bytes` begin with if it is ASCII.
#[inline]
fn plain_mark(bytes: &[u8]) -> Option<Piece> {
    let mark = bytes.first().filter(|b| b.is_ascii_punctuation())?;
    Some(Piece {
        length: bytes.iter().take_while(|b| *b == mark).count(),
        kind: Kind::Mark,
        letters: 0,
        capital: false,
        lower: false,
        folded: 0,
    })
}

/// What the visible character `c` at byte `start` begins.
fn piece_at(text: &str, start: usize, c: char) -> Piece {
    let kind = kind_of(c);
    let (mut letters, mut lower) = (usize::from(is_letter(c)), c.is_lowercase());
    let longest = match script_of(c) {
        Script::Single => 1,
        Script::Unspaced => LONGEST_UNSPACED,
        Script::Spaced => LONGEST_WORD,
    };
    let (mut at, mut n) = (start + c.len_utf8(), 1);
    let mut bracket = Bracket::before(&text[..start]);
    while let Some(d) = char_at(text, at) {
        let same = match kind {
            Kind::Word if matches!(d, '[' | ']') => match bracket.at(text, at) {
                Some(after) => {
                    bracket = after;
                    n < longest
                }
                None => false,
            },
            Kind::Word => {
                is_mark_of_word(d) || (n < longest && is_letter(d) && script_of(d) == script_of(c))
            }
            Kind::Number => n < longest && is_digit(d),
            Kind::Mark => d == c,
        };
        if !same {
            break;
        }
        at += d.len_utf8();
        n += 1;
        letters += usize::from(is_letter(d));
        lower |= d.is_lowercase();
    }
    let is_word = kind == Kind::Word;
    Piece {
        length: at - start,
        kind,
        letters,
        capital: is_word && (c.is_uppercase() || is_title_case(c)),
        lower,
        folded: if is_word { fold(&text[start..at]) } else { 0 },
    }
}

/// Where the word being read stands to the brackets with which an editor completes it: `Nov[ember]`,
/// `h[um]ble`, `[Bos]ton`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    /// None is open.
    None,
    /// One that opened right before the word.
    Before,
    /// One that opened within it.
    Within,
}

impl Bracket {
    /// As a word begins behind `text`.
    fn before(text: &str) -> Bracket {
        if text.ends_with('[') { Bracket::Before } else { Bracket::None }
    }

    /// Behind the bracket at byte `at`, if that is part of the word.
    fn at(self, text: &str, at: usize) -> Option<Bracket> {
        let goes_on = char_at(text, at + 1).is_some_and(is_letter);
        match (text.as_bytes()[at], self) {
            // "recieved[sic]" is the editor's word, not the writer's
            (b'[', Bracket::None) if goes_on && !text[at..].starts_with("[sic") => {
                Some(Bracket::Within)
            }
            (b']', Bracket::Within) => Some(Bracket::None),
            (b']', Bracket::Before) if goes_on => Some(Bracket::None),
            _ => None,
        }
    }
}

/// The character that begins at byte `at`.
#[inline]
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&b) if b.is_ascii() => Some(b as char),
        _ => text.get(at..)?.chars().next(),
    }
}

#[derive(PartialEq)]
enum Script {
    /// One token a character.
    Single,
    /// Written without spaces, cut every few characters.
    Unspaced,
    Spaced,
}

fn script_of(c: char) -> Script {
    match c as u32 {
        0..0x0E00 => Script::Spaced,
        // Thai, Lao; Burmese; Khmer; hiragana, katakana and their half-width forms
        0x0E00..=0x0EFF
        | 0x1000..=0x109F
        | 0x1780..=0x17FF
        | 0x3040..=0x30FF
        | 0x31F0..=0x31FF
        | 0xFF66..=0xFF9F => Script::Unspaced,
        // Han with its extensions, compatibility forms and radicals
        0x2E80..=0x2FDF
        | 0x3005..=0x3007
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF
        | 0x20000..=0x323AF => Script::Single,
        _ => Script::Spaced,
    }
}

fn kind_of(c: char) -> Kind {
    if is_digit(c) {
        Kind::Number
    } else if is_letter(c) || is_mark_of_word(c) {
        Kind::Word
    } else {
        Kind::Mark
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric() && !is_letter(c))
}

/// Whether `c` is alphabetic; told at once for Latin letters with diacritics, and for the dashes
/// and quotation marks of print.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{2000}'..='\u{206F}' => false,
        _ => c.is_alphabetic(),
    }
}

/// Whether `c` is alphabetic or numeric; told at once where [`is_letter`] is.
#[inline]
pub(crate) fn is_letter_or_number(c: char) -> bool {
    match c {
        '\u{C0}'..='\u{24F}' | '\u{2000}'..='\u{206F}' => is_letter(c),
        _ => c.is_alphanumeric(),
    }
}

/// Whether all of `word` is ASCII letters and digits.
#[inline]
pub(crate) fn is_plain(word: &str) -> bool {
    // no branch for each byte: most words are short, and plain to their end
    word.bytes().fold(true, |plain, b| plain & b.is_ascii_alphanumeric())
}

/// Combining marks, with which a word may go on; the joiners of Persian and Indic writing too.
fn is_mark_of_word(c: char) -> bool {
    !c.is_ascii()
        && (unicode_normalization::char::is_combining_mark(c)
            || matches!(c, '\u{200C}' | '\u{200D}'))
}

fn is_title_case(c: char) -> bool {
    matches!(c, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ')
}

/// Line feed, carriage return, form feed, vertical tab, next line, line and paragraph separators.
pub(crate) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Control and format characters that leave no ink: byte order mark, soft hyphen, zero widths,
/// directions.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
