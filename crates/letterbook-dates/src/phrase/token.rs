//! Text into tokens: numbers, words known to the tables, and the marks between them.
//!
//! One pass, linear, without allocation per token. Words are hashed as they are folded (case and
//! diacritics dropped, final letters and old spellings of the alphabet made one); a word that no
//! table has becomes part of a [`Kind::Break`], and so does what stands between two such words and
//! tells of no date, so that a page without dates leaves almost nothing.
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
    /// The word at the root of the trie.
    pub(crate) node: Option<Node>,
    /// Languages of a glued number.
    pub(crate) languages: u32,
}

impl Token {
    /// The beginning of a token.
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

pub(crate) const HASH_SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds a folded letter to a hash.
#[inline]
pub(crate) fn hash_char(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Adds the folded letters of a character to a hash.
#[inline]
fn hash_folded(hash: u64, c: char, letters: &[Letter; LETTERS]) -> u64 {
    match fold_char(c, letters) {
        ['\0', _] => hash,
        [letter, '\0'] => hash_char(hash, letter),
        [first, second] => hash_char(hash_char(hash, first), second),
    }
}

/// Mixes a finished hash, so that its upper bits can be used too.
#[inline]
pub(crate) fn finish(hash: u64) -> u64 {
    let mixed = hash ^ (hash >> 29);
    mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// The letters of a word folded and how many there are; none where there are more than `N`.
pub(crate) fn folded<const N: usize>(word: &str) -> Option<([char; N], usize)> {
    let known = letters();
    let mut letters = ['\0'; N];
    let mut n = 0;
    for c in word.chars() {
        for letter in fold_char(c, known).into_iter().filter(|c| *c != '\0') {
            *letters.get_mut(n)? = letter;
            n += 1;
        }
    }
    Some((letters, n))
}

/// What is known of a letter of Latin, Greek, Cyrillic, Hebrew or Arabic script.
struct Letter {
    folded: [char; 2],
    /// A word may begin with it.
    begins: bool,
    /// It goes on with the word that it follows.
    joins: bool,
}

/// The code points that have a [`Letter`] end before this one.
const LETTERS: usize = 0x700;

fn letters() -> &'static [Letter; LETTERS] {
    static FOUND: OnceLock<Box<[Letter; LETTERS]>> = OnceLock::new();
    FOUND.get_or_init(|| {
        Box::new(std::array::from_fn(|code| {
            let c = char::from_u32(code as u32).unwrap_or('\0');
            Letter { folded: fold_slowly(c), begins: begins_slowly(c), joins: joins_slowly(c) }
        }))
    })
}

/// At most two letters that stand for one; NUL where there are fewer.
#[inline]
fn fold_char(c: char, letters: &[Letter; LETTERS]) -> [char; 2] {
    if c.is_ascii() {
        return [c.to_ascii_lowercase(), '\0'];
    }
    if let Some(letter) = letters.get(c as usize) {
        return letter.folded;
    }
    if matches!(c as u32, 0x0900..=0x1dff | 0x2c00..=0xfaff) {
        return [c, '\0'];
    }
    fold_slowly(c)
}

/// Whether a word may begin with a character; one of a script without spaces is a token of its own.
#[inline]
fn begins_word(c: char, letters: &[Letter; LETTERS]) -> bool {
    match letters.get(c as usize) {
        Some(letter) => letter.begins,
        // dashes and quotation marks
        None => !matches!(c, '\u{2010}'..='\u{206f}') && begins_slowly(c),
    }
}

fn begins_slowly(c: char) -> bool {
    !is_dense(c) && (c.is_alphabetic() || matches!(c, 'º' | 'ª' | '°'))
}

/// Whether a character goes on with the word that it follows.
#[inline]
fn joins(c: char, letters: &[Letter; LETTERS]) -> bool {
    match letters.get(c as usize) {
        Some(letter) => letter.joins,
        None => !matches!(c, '\u{2010}'..='\u{206f}') && joins_slowly(c),
    }
}

fn joins_slowly(c: char) -> bool {
    begins_slowly(c) || c == '\u{ad}' || unicode_normalization::char::is_combining_mark(c)
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

/// The tokens of a text, unknown words collapsed.
pub(crate) struct Tokens<'t> {
    text: &'t str,
    lexicon: &'t Lexicon,
    /// The languages in force; none where they are not known yet.
    languages: Option<u32>,
    list: Vec<Token>,
    /// Where what follows the last unknown word begins, and whether it tells of a date.
    stretch: usize,
    telling: bool,
    /// Before it stands a [`Kind::Break`] of stretches that tell of none.
    after_idle: bool,
}

impl<'t> Tokens<'t> {
    /// The tokens of a text; where the languages are known, stretches between unknown words that tell
    /// of no date in them are collapsed too.
    pub(crate) fn of_text(
        text: &'t str,
        lexicon: &'t Lexicon,
        languages: Option<u32>,
    ) -> Vec<Token> {
        let list = Vec::with_capacity((text.len() / 8).min(8192));
        let (stretch, telling, after_idle) = (0, true, false);
        let mut tokens = Tokens { text, lexicon, languages, list, stretch, telling, after_idle };
        scan(text, |token| tokens.take(token));
        tokens.list
    }

    #[inline]
    fn take(&mut self, mut token: Token) {
        if token.kind != Kind::Word {
            return self.push(token);
        }
        token.node = self.lexicon.first(token.hash);
        if may_be_numeral(self.text, &token, self.lexicon) {
            self.numeral(token);
        } else if token.node.is_some() || number::han_digit(token.mark).is_some() {
            self.push(token);
        } else {
            self.unknown(token);
        }
    }

    /// Takes a word that may be a number.
    fn numeral(&mut self, mut token: Token) {
        numeral(self.text, &mut token, self.lexicon);
        if token.value == 0 && token.lines == 0 && follows_day(&self.list) {
            token.value = month_after_day(self.text, &token, &self.list);
            if token.value > 0 && token.node.is_none() {
                token.kind = Kind::Numeral;
            }
        }
        if token.kind == Kind::Word && token.node.is_none() {
            self.unknown(token);
        } else {
            self.push(token);
        }
    }

    #[inline]
    fn push(&mut self, token: Token) {
        self.telling |= match token.kind {
            Kind::Number | Kind::Numeral => true,
            Kind::Punct | Kind::Break => false,
            Kind::Word => {
                let is_trigger = |node| {
                    self.languages.is_none_or(|languages| self.lexicon.is_trigger(node, languages))
                };
                token.dense || token.node.is_some_and(is_trigger)
            }
        };
        self.list.push(token);
    }

    /// Takes a word that no table has.
    #[inline]
    fn unknown(&mut self, word: Token) {
        if let Some(last) = self.list.last_mut()
            && last.kind == Kind::Break
        {
            last.end = word.end;
            last.lines = last.lines.max(word.lines);
            return;
        }
        self.end_stretch(word);
    }

    /// Ends a stretch before an unknown word.
    fn end_stretch(&mut self, word: Token) {
        // a short text is kept as it is: it may be one expression
        const SHORT: usize = 20;
        let mut word = Token { kind: Kind::Break, ..word };
        let idle = !self.telling && self.stretch >= SHORT;
        if idle {
            // the words next to a date stay apart from it
            self.stretch -= usize::from(self.after_idle);
            let first = self.list[self.stretch];
            let lines = self.list.drain(self.stretch..).map(|token| token.lines).max();
            word = Token {
                start: first.start,
                spaced: first.spaced,
                capital: first.capital,
                lines: word.lines.max(lines.unwrap_or(0)),
                ..word
            };
        }
        self.list.push(word);
        self.stretch = self.list.len();
        self.telling = self.languages.is_none();
        self.after_idle = idle;
    }
}

/// The month of a numeral in small letters after the number of a day, or 0: "9 vi 33", "4.viii.1914".
fn month_after_day(text: &str, token: &Token, before: &[Token]) -> i32 {
    let word = &text[token.start as usize..token.end as usize];
    let between_marks = || {
        !token.spaced
            && matches!(before.last(), Some(Token { mark: '.' | '/', spaced: false, .. }))
            && text[token.end as usize..].starts_with(['.', '/'])
    };
    // of one letter it may be a word
    let free = token.node.is_none() || word.len() > 1 || between_marks();
    if free { small_month(word) } else { 0 }
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

/// Whether a word may be a number, by its first letters and its last.
#[inline]
fn may_be_numeral(text: &str, token: &Token, lexicon: &Lexicon) -> bool {
    // a longer word that a table has is no numeral
    const SHORT: usize = 5;
    if token.dense {
        return false;
    }
    let word = &text.as_bytes()[token.start as usize..token.end as usize];
    let [first, rest @ ..] = word else { return false };
    if word.len() > SHORT && token.node.is_some() {
        return false;
    }
    // numerals of one letter are in capitals, but for those of months
    let is_roman = is_roman_digit(*first)
        && (rest.first().is_none_or(|second| is_roman_digit(*second))
            || word.len() <= SHORT && first.is_ascii_uppercase());
    is_roman || !first.is_ascii() || word.len() > SHORT && lexicon.may_be_glued(word)
}

/// Notes the number that a word is: Roman (with the ending of an ordinal), Hebrew, or glued.
#[inline(never)]
fn numeral(text: &str, token: &mut Token, lexicon: &Lexicon) {
    let word = &text[token.start as usize..token.end as usize];
    let stem = word.bytes().take_while(|byte| is_roman_digit(*byte)).count();
    if stem > 0 && word.len() <= 16 {
        if stem == word.len()
            && is_numeral_like(word)
            && let Some(value) = number::roman(word)
        {
            token.value = value;
            if token.node.is_none() {
                token.kind = Kind::Numeral;
            }
            return;
        }
        if token.node.is_none() && stem < word.len() {
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
                    && !(stem.len() == 1
                        && matches!(suffix.as_bytes()[0] | 0x20, b'n' | b'd' | b'a'))
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
    if word.starts_with(is_hebrew) {
        if word.contains(['״', '׳', '"', '\'', '”', '’'])
            && let Some(value) =
                number::hebrew(without_thousands(word).chars().filter(|c| is_hebrew(*c)))
        {
            token.value = value;
            token.kind = Kind::Numeral;
        }
    } else if token.node.is_none()
        && (6..=64).contains(&word.len())
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
    let bytes = word.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_uppercase) {
        return bytes.iter().all(u8::is_ascii_uppercase);
    }
    bytes.len() > 1
        && bytes.iter().all(u8::is_ascii_lowercase)
        && (bytes.ends_with(b"j") || word.bytes().any(|byte| byte == b'x'))
}

fn is_roman_digit(byte: u8) -> bool {
    matches!(byte | 0x20, b'i' | b'v' | b'x' | b'l' | b'c' | b'd' | b'm' | b'j')
}

pub(crate) fn hash_word(word: &str) -> u64 {
    let letters = letters();
    finish(word.chars().fold(HASH_SEED, |hash, c| hash_folded(hash, c, letters)))
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
        let Some(c) = text[at..].chars().next() else { break };
        let is_letter = match byte.is_ascii() {
            true => byte.is_ascii_alphabetic() && !typed_one,
            false => begins_word(c, letters),
        };
        let mut token =
            Token::at(start as u32, std::mem::take(&mut spaced), std::mem::take(&mut lines));
        if is_letter {
            token.capital = c.is_uppercase();
            let mut hash = HASH_SEED;
            // "14tenNovember": a capital within what is joined to a number begins a word.
            let after_number = !token.spaced && start > 0 && bytes[start - 1].is_ascii_digit();
            let end = if after_number { capital_within(bytes, at) } else { bytes.len() };
            let word = bytes[at..end].iter().take_while(|byte| byte.is_ascii_alphabetic());
            at += word.map(|letter| hash = hash_char(hash, char::from(letter | 0x20))).count();
            if bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
                (at, hash) = word_rest(text, at, hash, letters);
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
