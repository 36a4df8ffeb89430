//! Text into tokens: numbers, words known to the tables, and the marks between them.
//!
//! One pass, linear, without allocation per token. Words are hashed as they are folded (case and
//! diacritics dropped, final letters and old spellings of the alphabet made one); a word that no
//! table has becomes part of a [`Kind::Break`], so that a page without dates leaves almost nothing.
//! Writing without spaces (Han, kana, Hangul, Thai) gives a token a character.

use std::sync::OnceLock;

use super::lexicon::{Lexicon, Node};
use super::number;

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
    /// The hash of the first three folded letters.
    pub(crate) start3: u64,
    /// The word at the root of the trie.
    pub(crate) node: Option<Node>,
    /// Languages of a glued number.
    pub(crate) languages: u32,
}

impl Token {
    /// The hash by which the token continues a form: in Hangul and the like a space matters.
    pub(crate) fn joint(&self, continues: bool) -> u64 {
        if continues && self.dense && self.spaced { self.hash.rotate_left(17) } else { self.hash }
    }
}

pub(crate) const HASH_SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds a folded letter to a hash.
#[inline]
pub(crate) fn hash_char(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Mixes a finished hash, so that its upper bits can be used too.
#[inline]
pub(crate) fn finish(hash: u64) -> u64 {
    let mixed = hash ^ (hash >> 29);
    mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// The letters of a word folded: lower case, without diacritics, ligatures resolved.
pub(crate) fn fold(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().flat_map(|c| fold_char(c).into_iter().filter(|c| *c != '\0'))
}

/// At most three letters that stand for one; NUL where there are fewer.
#[inline]
fn fold_char(c: char) -> [char; 2] {
    if c.is_ascii() {
        return [c.to_ascii_lowercase(), '\0'];
    }
    let code = c as usize;
    if code < 0x700 {
        return folds()[code];
    }
    if matches!(code, 0x0900..=0x1dff | 0x2c00..=0xfaff) {
        return [c, '\0'];
    }
    fold_slowly(c)
}

fn folds() -> &'static [[char; 2]] {
    static FOLDS: OnceLock<Vec<[char; 2]>> = OnceLock::new();
    FOLDS.get_or_init(|| {
        (0..0x700u32).map(|code| char::from_u32(code).map_or(['\0'; 2], fold_slowly)).collect()
    })
}

fn fold_slowly(c: char) -> [char; 2] {
    let c = c.to_lowercase().next().unwrap_or(c);
    let special = match c {
        'ß' => ['s', 's'],
        'æ' | 'ǽ' => ['a', 'e'],
        'œ' => ['o', 'e'],
        'ø' => ['o', '\0'],
        'ł' => ['l', '\0'],
        'đ' | 'ð' => ['d', '\0'],
        'þ' => ['t', 'h'],
        'ı' => ['i', '\0'],
        'ſ' => ['s', '\0'],
        'º' | '°' => ['o', '\0'],
        'ª' => ['a', '\0'],
        'ς' => ['σ', '\0'],
        'ѣ' => ['е', '\0'],
        'і' => ['и', '\0'],
        'ѳ' => ['ф', '\0'],
        'ъ' => ['\0', '\0'],
        'أ' | 'إ' | 'آ' | 'ٱ' => ['ا', '\0'],
        'ى' | 'ی' => ['ي', '\0'],
        'ک' => ['ك', '\0'],
        'ة' => ['ه', '\0'],
        'ئ' => ['ي', '\0'],
        'ؤ' => ['و', '\0'],
        'ـ' => ['\0', '\0'],
        '\u{0591}'..='\u{05c7}' | '\u{064b}'..='\u{0652}' | '\u{0670}' => ['\0', '\0'],
        'ך' => ['כ', '\0'],
        'ם' => ['מ', '\0'],
        'ן' => ['נ', '\0'],
        'ף' => ['פ', '\0'],
        'ץ' => ['צ', '\0'],
        _ => {
            let mut base = ['\0'; 2];
            let mut n = 0;
            unicode_normalization::char::decompose_canonical(c, |part| {
                if n < 2 && !unicode_normalization::char::is_combining_mark(part) {
                    base[n] = part;
                    n += 1;
                }
            });
            base
        }
    };
    if special[0] == 'ς' { ['σ', '\0'] } else { special }
}

/// The digit that a character of any script is.
#[inline]
fn digit(c: char) -> Option<u32> {
    let code = c as u32;
    let zero = match code {
        0x30..=0x39 => 0x30,
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

/// A script that writes without spaces, or, as Hangul, hangs particles on its words.
#[inline]
fn is_dense(c: char) -> bool {
    matches!(c as u32,
        0x0e01..=0x0e4e | 0x1100..=0x11ff | 0x3005..=0x3007 | 0x3041..=0x30ff | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff)
        || c == '○'
}

pub(super) fn is_hebrew(c: char) -> bool {
    ('א'..='ת').contains(&c)
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

/// The tokens of a text.
pub(crate) struct Tokens;

impl Tokens {
    /// The tokens of a form of the tables: nothing is dropped.
    pub(crate) fn of_form(form: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        scan(form, |token| tokens.push(token));
        tokens
    }

    /// The tokens of a text, unknown words collapsed.
    pub(crate) fn of_text(text: &str, lexicon: &Lexicon) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::with_capacity((text.len() / 8).min(8192));
        scan(text, |mut token| {
            match token.kind {
                Kind::Number | Kind::Punct => {}
                _ => {
                    token.node = lexicon.first(token.hash);
                    let word = &text[token.start as usize..token.end as usize];
                    if !token.dense && (token.node.is_none() || word.len() <= 5) {
                        numeral(word, &mut token, lexicon);
                    }
                    // "9 vi 33", "4.viii.1914"
                    let between_marks = !token.spaced
                        && matches!(
                            tokens.last(),
                            Some(Token { mark: '.' | '/', spaced: false, .. })
                        )
                        && text[token.end as usize..].starts_with(['.', '/']);
                    let free = token.node.is_none() || word.len() > 1 || between_marks;
                    if token.value == 0 && token.lines == 0 && free && follows_day(&tokens) {
                        token.value = small_month(word);
                        if token.value > 0 && token.node.is_none() {
                            token.kind = Kind::Numeral;
                        }
                    }
                    if token.kind == Kind::Word
                        && token.node.is_none()
                        && (!token.dense || number::han_digit(token.mark).is_none())
                    {
                        token.kind = Kind::Break;
                    }
                }
            }
            if token.kind == Kind::Break
                && let Some(last) = tokens.last_mut()
                && last.kind == Kind::Break
            {
                last.end = token.end;
                last.lines = last.lines.max(token.lines);
                return;
            }
            tokens.push(token);
        });
        tokens
    }
}

/// Whether what was read last is the number of a day, perhaps with a mark.
fn follows_day(tokens: &[Token]) -> bool {
    let is_day = |token: &Token| matches!(token.digits, 1 | 2) && token.value <= 31;
    match tokens {
        [.., day, mark] if matches!(mark.mark, '.' | '/') => is_day(day),
        [.., day] => is_day(day),
        [] => false,
    }
}

/// The month of a numeral in small letters, or 0; a numeral with an x is known anywhere.
fn small_month(word: &str) -> i32 {
    match word {
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        "v" => 5,
        "vi" => 6,
        "vii" => 7,
        "viii" => 8,
        _ => 0,
    }
}

/// Notes the number that a word is: Roman (with the ending of an ordinal), Hebrew, or glued.
fn numeral(word: &str, token: &mut Token, lexicon: &Lexicon) {
    let Some(first) = word.as_bytes().first() else { return };
    if matches!(first | 0x20, b'i' | b'v' | b'x' | b'l' | b'c' | b'd' | b'm' | b'j')
        && word.len() <= 16
    {
        if is_numeral_like(word)
            && let Some(value) = number::roman(word)
        {
            token.value = value;
            if token.node.is_none() {
                token.kind = Kind::Numeral;
            }
            return;
        }
        if token.node.is_none() {
            let stem = word
                .bytes()
                .position(|b| {
                    !matches!(b | 0x20, b'i' | b'v' | b'x' | b'l' | b'c' | b'd' | b'm' | b'j')
                })
                .unwrap_or(0);
            // "XVIIIe", "xxviijth": where the suffix begins with a letter that is a digit too
            // ("IIIme", "XIVmo"), the shorter stem is tried next.
            for cut in [stem, stem.saturating_sub(1)] {
                let (Some(stem), Some(suffix)) = (word.get(..cut), word.get(cut..)) else {
                    continue;
                };
                // "Ind." is a state, and one is no "1nd"; so are "Ia" and "Va", and days are not
                // counted in the feminine.
                if is_numeral_like(stem)
                    && suffix.len() <= 4
                    && !suffix.is_empty()
                    && !(stem.len() == 1 && matches!(suffix.as_bytes()[0] | 0x20, b'n' | b'd' | b'a'))
                    && let Some(value) = number::roman(stem)
                    && lexicon.ordinal_suffix(hash_word(suffix)).is_some()
                {
                    token.value = value;
                    token.ordinal = true;
                    token.kind = Kind::Numeral;
                    return;
                }
            }
        }
    }
    if word.chars().next().is_some_and(is_hebrew) {
        if word.contains(['״', '׳', '"', '\'', '”', '’'])
            && let Some(value) =
                number::hebrew(without_thousands(word).chars().filter(|c| is_hebrew(*c)))
        {
            token.value = value;
            token.kind = Kind::Numeral;
        }
    } else if token.node.is_none()
        && word.len() >= 6
        && word.len() <= 64
        && lexicon.may_be_glued(token.start3)
        && let Some((value, ordinal, languages)) = lexicon.glued_number(word)
    {
        token.value = value;
        token.ordinal = ordinal;
        token.languages = languages;
        token.kind = Kind::Numeral;
    }
}

/// A Hebrew numeral without the letter of its thousands: "ה׳תש״ח" is 708.
fn without_thousands(word: &str) -> &str {
    let mut letters = word.chars();
    let (first, mark) = (letters.next(), letters.next());
    let rest = letters.as_str();
    let is_thousands = first == Some('ה')
        && mark.is_some_and(|c| matches!(c, '׳' | '\'' | '’'))
        && rest.chars().any(is_hebrew);
    if is_thousands { rest } else { word }
}

/// Whether a word is written as numerals are: in capitals, or small with an x or a final j, so that
/// "vin", "did" and "mild" stay words.
fn is_numeral_like(word: &str) -> bool {
    let upper = word.bytes().all(|b| b.is_ascii_uppercase());
    let lower = word.bytes().all(|b| b.is_ascii_lowercase());
    upper || (lower && word.len() > 1 && (word.contains('x') || word.ends_with('j')))
}

pub(crate) fn hash_word(word: &str) -> u64 {
    finish(fold(word).fold(HASH_SEED, hash_char))
}

/// Calls `each` with every token.
#[inline]
fn scan(text: &str, mut each: impl FnMut(Token)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let (mut spaced, mut lines) = (false, 0u8);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b' ' || byte == b'\t' || byte == b'\r' {
            spaced = true;
            at += 1;
            continue;
        }
        if byte == b'\n' {
            spaced = true;
            lines = lines.saturating_add(1);
            at += 1;
            continue;
        }
        let start = at;
        let mut token = Token {
            start: start as u32,
            end: 0,
            kind: Kind::Word,
            spaced: std::mem::take(&mut spaced),
            lines: std::mem::take(&mut lines),
            mark: '\0',
            digits: 0,
            capital: false,
            ordinal: false,
            dense: false,
            value: 0,
            hash: 0,
            start3: 0,
            node: None,
            languages: 0,
        };
        // Typewriters without a 1 have "I9I6", "l9l6" and "I7".
        let typed_one = matches!(byte, b'I' | b'l')
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && (bytes.get(at + 3).is_some_and(|b| b.is_ascii_digit() || matches!(b, b'I' | b'l'))
                || ends_word(bytes, at + 2));
        if byte.is_ascii_alphabetic() && !typed_one {
            token.capital = byte.is_ascii_uppercase();
            let mut hash = HASH_SEED;
            // "14tenNovember": a capital within what is joined to a number begins a word.
            let after_number = start > 0 && bytes[start - 1].is_ascii_digit();
            while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
                if after_number
                    && at > start
                    && bytes[at].is_ascii_uppercase()
                    && bytes[at - 1].is_ascii_lowercase()
                {
                    break;
                }
                hash = hash_char(hash, char::from(bytes[at] | 0x20));
                at += 1;
                if at - start == 3 {
                    token.start3 = finish(hash);
                }
            }
            if at < bytes.len() && bytes[at] >= 0x80 {
                at = word_end(text, at);
                hash_folded(&text[start..at], &mut token);
            } else {
                token.hash = finish(hash);
            }
            token.end = at as u32;
            each(token);
            continue;
        }
        let c = if byte < 0x80 {
            char::from(byte)
        } else {
            match text[at..].chars().next() {
                Some(c) => c,
                None => break,
            }
        };
        if digit(c).is_some() || typed_one {
            token.kind = Kind::Number;
            let mut value = 0u32;
            let mut hash = HASH_SEED;
            for c in text[at..].chars() {
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
        } else if (0x1369..=0x137c).contains(&(c as u32)) {
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
        } else if c.is_alphabetic() || matches!(c, 'º' | 'ª' | '°') {
            token.capital = c.is_uppercase();
            at = word_end(text, at);
            hash_folded(&text[start..at], &mut token);
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

/// Whether no letter or digit stands at a byte.
fn ends_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
}

/// Where the word that covers `at` ends.
fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut hebrew = false;
    let mut rest = text[at..].char_indices().peekable();
    while let Some((offset, c)) = rest.next() {
        let joins = (c.is_alphabetic() && !is_dense(c))
            || unicode_normalization::char::is_combining_mark(c)
            || matches!(c, 'º' | 'ª' | '°' | '\u{ad}')
            // Gershayim and geresh are part of a Hebrew numeral.
            || (hebrew && (matches!(c, '״' | '׳') || (matches!(c, '"' | '\'' | '”' | '’') && (c == '\'' || c == '’' || rest.peek().is_some_and(|(_, next)| is_hebrew(*next))))));
        if !joins {
            break;
        }
        hebrew |= is_hebrew(c);
        end = at + offset + c.len_utf8();
    }
    end
}

fn hash_folded(word: &str, token: &mut Token) {
    let mut hash = HASH_SEED;
    for (nth, c) in fold(word).enumerate() {
        hash = hash_char(hash, c);
        if nth == 2 {
            token.start3 = finish(hash);
        }
    }
    token.hash = finish(hash);
}
