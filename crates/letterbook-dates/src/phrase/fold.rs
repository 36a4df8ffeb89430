//! Letters folded and hashed, the same for the words of the tables and of the text.
//!
//! Case and diacritics are dropped, final letters and old spellings of the alphabet made one; a word
//! is known by the hash of what is left. Which letters a word is made of is asked here too.

use std::sync::OnceLock;

pub(super) const HASH_SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds a folded letter to a hash.
#[inline]
pub(super) fn hash_char(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Adds the folded letters of a character to a hash.
#[inline]
pub(super) fn hash_folded(hash: u64, c: char, letters: &[Letter; LETTERS]) -> u64 {
    match fold_char(c, letters) {
        ['\0', _] => hash,
        [letter, '\0'] => hash_char(hash, letter),
        [first, second] => hash_char(hash_char(hash, first), second),
    }
}

/// Mixes a finished hash, so that its upper bits can be used too.
#[inline]
pub(super) fn finish(hash: u64) -> u64 {
    let mixed = hash ^ (hash >> 29);
    mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// The letters of a word folded and how many there are; none where there are more than `N`.
pub(super) fn folded<const N: usize>(word: &str) -> Option<([char; N], usize)> {
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
pub(super) struct Letter {
    folded: [char; 2],
    /// A word may begin with it.
    begins: bool,
    /// It goes on with the word that it follows.
    joins: bool,
}

/// The code points that have a [`Letter`] end before this one.
pub(super) const LETTERS: usize = 0x700;

pub(super) fn letters() -> &'static [Letter; LETTERS] {
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
pub(super) fn begins_word(c: char, letters: &[Letter; LETTERS]) -> bool {
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
pub(super) fn joins(c: char, letters: &[Letter; LETTERS]) -> bool {
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

/// A script that writes without spaces, or, as Hangul, hangs particles on its words.
#[inline]
pub(super) fn is_dense(c: char) -> bool {
    matches!(c as u32,
        0x0e01..=0x0e4e | 0x1100..=0x11ff | 0x3005..=0x3007 | 0x3041..=0x30ff | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff)
        || c == '○'
}

/// A letter of the Hebrew alphabet, final or not.
pub(super) fn is_hebrew(c: char) -> bool {
    ('א'..='ת').contains(&c)
}

/// The hash by which a word is known.
pub(super) fn hash_word(word: &str) -> u64 {
    let letters = letters();
    finish(word.chars().fold(HASH_SEED, |hash, c| hash_folded(hash, c, letters)))
}
