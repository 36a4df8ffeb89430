//! Text into tokens: numbers, words and the marks between them.
//!
//! One pass, linear, without allocation per token. Words are hashed as they are folded; what the
//! tables say of them is asked in `stream`. Writing without spaces (Han, kana, Hangul, Thai) gives a
//! token a character.

use std::num::NonZeroU32;

use super::fold::{
    HASH_SEED, LETTERS, Letter, begins_word, finish, hash_char, hash_folded, is_dense, is_hebrew,
    joins, letters,
};

/// A place in the trie of forms, below its root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node(pub(super) NonZeroU32);

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Digits of any script.
    Number,
    /// A word that begins or continues a form of the tables.
    Word,
    /// A Roman, Hebrew or glued number that no table has as a word.
    Numeral,
    /// A mark.
    Punct,
    /// One or more words of no interest.
    Break,
}

/// A token; its text is `text[start..end]`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    /// White space stands before it.
    pub(crate) spaced: bool,
    /// A line ends before it; 2 for an empty line.
    pub(crate) lines: u8,
    /// The mark, normalized; NUL for other tokens.
    pub(crate) mark: char,
    /// The number of digits, or 0.
    pub(crate) digits: u8,
    /// The first letter is upper case.
    pub(crate) capital: bool,
    /// An ordinal, as far as the word itself shows.
    pub(crate) ordinal: bool,
    /// A character of a script without spaces.
    pub(crate) dense: bool,
    /// The value of a number; of a word, its value as a Roman numeral, or 0.
    pub(crate) value: i32,
    /// The hash of the folded word or of the digits.
    pub(crate) hash: u64,
    /// The word at the root of the trie.
    pub(crate) node: Option<Node>,
    /// Languages of a glued number.
    pub(crate) languages: u32,
}

impl Token {
    /// The beginning of a token.
    #[inline]
    fn at(start: u32, spaced: bool, lines: u8) -> Token {
        Token {
            start,
            end: start,
            kind: Kind::Word,
            spaced,
            lines,
            mark: '\0',
            digits: 0,
            capital: false,
            ordinal: false,
            dense: false,
            value: 0,
            hash: 0,
            node: None,
            languages: 0,
        }
    }

    /// The hash by which the token continues a form: in Hangul and the like a space matters.
    pub(crate) fn joint(&self, continues: bool) -> u64 {
        if continues && self.dense && self.spaced { self.hash.rotate_left(17) } else { self.hash }
    }
}
/// The digit that a character of any script is.
#[inline]
fn digit(c: char) -> Option<u32> {
    let code = c as u32;
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let zero = match code {
        0x0660..=0x0669 => 0x0660,
        0x06f0..=0x06f9 => 0x06f0,
        0x0966..=0x096f => 0x0966,
        0x0e50..=0x0e59 => 0x0e50,
        0x1040..=0x1049 => 0x1040,
        0x17e0..=0x17e9 => 0x17e0,
        0xff10..=0xff19 => 0xff10,
        _ => return None,
    };
    Some(code - zero)
}
/// A mark in its plain form.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '′' | '`' | '´' | '‛' | 'ʻ' => '\'',
        '–' | '—' | '‒' | '−' | '‐' | '‑' | '―' | '⸺' | '－' => '-',
        '~' | '〜' | '～' => '~',
        '（' | '〔' | '【' => '(',
        '）' | '〕' | '】' => ')',
        '，' | '、' | '،' | '､' => ',',
        '。' | '．' | '·' | '・' | '։' | '።' | '⋅' | '∙' | '•' => '.',
        '／' | '⁄' => '/',
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '״' => '"',
        '？' | '؟' => '?',
        '：' => ':',
        '［' | '⟨' | '〈' | '<' | '‹' => '[',
        '］' | '⟩' | '〉' | '>' | '›' => ']',
        '＆' => '&',
        other => other,
    }
}
/// Calls `each` with every token, unknown words among them.
#[inline]
pub(crate) fn scan(text: &str, mut each: impl FnMut(Token)) {
    let bytes = text.as_bytes();
    let letters = letters();
    let mut at = 0;
    let (mut spaced, mut lines) = (false, 0u8);
    while let Some(&byte) = bytes.get(at) {
        if matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
            spaced = true;
            lines = lines.saturating_add(u8::from(byte == b'\n'));
            at += 1;
            continue;
        }
        let start = at;
        // Typewriters without a 1 have "I9I6", "l9l6" and "I7".
        let typed_one = matches!(byte, b'I' | b'l')
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && (bytes.get(at + 3).is_some_and(|b| b.is_ascii_digit() || matches!(b, b'I' | b'l'))
                || ends_word(bytes, at + 2));
        let c = match byte.is_ascii() {
            true => char::from(byte),
            false => text[at..].chars().next().unwrap_or_default(),
        };
        let is_letter = match byte.is_ascii() {
            true => byte.is_ascii_alphabetic() && !typed_one,
            false => begins_word(c, letters),
        };
        let mut token =
            Token::at(start as u32, std::mem::take(&mut spaced), std::mem::take(&mut lines));
        if is_letter {
            token.capital = c.is_uppercase();
            let mut hash = HASH_SEED;
            // "14tenNovember", "14 tenNovember": a capital within what follows a number begins a
            // word.
            let before = bytes[..start].strip_suffix(b" ").unwrap_or(&bytes[..start]);
            let after_number = before.last().is_some_and(u8::is_ascii_digit);
            let mut bracket = false;
            loop {
                let end = if after_number { capital_within(bytes, at) } else { bytes.len() };
                for byte in &bytes[at..end] {
                    let letter = byte | 0x20;
                    if !letter.is_ascii_lowercase() {
                        break;
                    }
                    hash = hash_char(hash, char::from(letter));
                    at += 1;
                }
                if bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
                    (at, hash) = word_rest(text, at, hash, letters);
                }
                let opened = start > 0 && bytes[start - 1] == b'[';
                match completes(bytes, at, bracket, opened, u8::is_ascii_alphabetic) {
                    Some(open) => bracket = open,
                    None => break,
                }
                at += 1;
            }
            token.hash = finish(hash);
        } else if digit(c).is_some() || typed_one {
            at = read_digits(text, at, typed_one, &mut token);
        } else if (0x1369..=0x137c).contains(&(c as u32)) {
            at = read_ethiopic(text, at, &mut token);
        } else if c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2028}'..='\u{202f}')
        {
            spaced = token.spaced || c.is_whitespace();
            lines = token.lines;
            at += c.len_utf8();
            continue;
        } else if is_dense(c) {
            token.dense = true;
            token.mark = c;
            token.hash = finish(hash_char(HASH_SEED, c));
            at += c.len_utf8();
        } else {
            token.mark = plain(c);
            at += c.len_utf8();
            // "&" is a word.
            if token.mark == '&' {
                token.hash = finish(hash_char(HASH_SEED, '&'));
            } else {
                token.kind = Kind::Punct;
            }
        }
        token.end = at as u32;
        each(token);
    }
}

/// Reads the digits at a byte, a typed one among them, and says where they end.
#[inline(never)]
fn read_digits(text: &str, start: usize, typed_one: bool, token: &mut Token) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    token.kind = Kind::Number;
    let mut value = 0u32;
    let mut hash = HASH_SEED;
    let mut bracket = false;
    for c in text[at..].chars() {
        // "17[76]"
        if matches!(c, '[' | ']')
            && at > start
            // "[18]50" is two numbers, which the years know
            && let Some(open) = completes(bytes, at, bracket, false, u8::is_ascii_digit)
            // "3[5?]" is in doubt
            && (!open || bytes[at + 1..].iter().find(|b| !b.is_ascii_digit()) == Some(&b']'))
        {
            bracket = open;
            at += 1;
            continue;
        }
        let inside = at > start || typed_one;
        let figure = match digit(c) {
            Some(figure) => figure,
            None if inside
                && matches!(c, 'I' | 'l')
                && (bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
                    || at - start == 3 && ends_word(bytes, at + 1)
                    || typed_one && at + 1 - start == 4
                    || at - start == 1 && ends_word(bytes, at + 1)) =>
            {
                1
            }
            None => break,
        };
        value = value.saturating_mul(10).saturating_add(figure);
        token.digits = token.digits.saturating_add(1);
        hash = hash_char(hash, char::from_digit(figure, 10).unwrap_or('0'));
        at += c.len_utf8();
    }
    token.value = i32::try_from(value).unwrap_or(i32::MAX);
    token.hash = finish(hash);
    at
}

/// Reads the Ethiopic number at a byte and says where it ends.
#[inline(never)]
fn read_ethiopic(text: &str, start: usize, token: &mut Token) -> usize {
    let mut at = start;
    token.kind = Kind::Number;
    for c in text[at..].chars() {
        let value = match c as u32 {
            code @ 0x1369..=0x1371 => code as i32 - 0x1368,
            code @ 0x1372..=0x137a => (code as i32 - 0x1371) * 10,
            0x137b => 100,
            0x137c => 10_000,
            _ => break,
        };
        token.value = if value >= 100 {
            token.value.max(1).saturating_mul(value)
        } else {
            token.value.saturating_add(value)
        };
        at += c.len_utf8();
    }
    token.digits = token.value.checked_ilog10().map_or(0, |power| power as u8 + 1);
    at
}

/// Whether the byte at `at` is a bracket by which an editor completes the word or number before it
/// (`Nov[ember]`, `17[76]`), and whether it leaves one open: `open` is one within, `opened` one before
/// (`[Bos]ton`).
fn completes(
    bytes: &[u8],
    at: usize,
    open: bool,
    opened: bool,
    goes_on: impl Fn(&u8) -> bool,
) -> Option<bool> {
    let next = bytes.get(at + 1).is_some_and(|byte| goes_on(byte) || !byte.is_ascii());
    match bytes.get(at)? {
        b'[' if next && !open && !bytes[at..].starts_with(b"[sic") => Some(true),
        b']' if open || opened && next => Some(false),
        _ => None,
    }
}

/// Where the letters after `at` end, or the first capital after a small letter stands among them.
fn capital_within(bytes: &[u8], at: usize) -> usize {
    let ends = |pair: &[u8]| {
        !pair[0].is_ascii_alphabetic()
            || pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()
    };
    bytes[at..].windows(2).position(ends).map_or(bytes.len(), |before| at + before + 1)
}

/// Whether no letter or digit stands at a byte.
fn ends_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
}

/// Goes on with a word: where it ends, and the hash with its folded letters.
fn word_rest(text: &str, at: usize, mut hash: u64, letters: &[Letter; LETTERS]) -> (usize, u64) {
    let mut end = at;
    let mut hebrew = false;
    let mut rest = text[at..].chars();
    while let Some(c) = rest.next() {
        // Gershayim and geresh are part of a Hebrew numeral.
        let marks_numeral = || match c {
            '״' | '׳' | '\'' | '’' => hebrew,
            '"' | '”' => hebrew && rest.clone().next().is_some_and(is_hebrew),
            _ => false,
        };
        if !joins(c, letters) && !marks_numeral() {
            break;
        }
        hebrew |= is_hebrew(c);
        hash = hash_folded(hash, c, letters);
        end += c.len_utf8();
    }
    (end, hash)
}
