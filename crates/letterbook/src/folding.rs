//! Folding to numbers: those under which the tables keep words, whatever their case and accents.
//!
//! There is one number for a word of plain letters and digits, [`fold`], which all tables know it by.
//! Readers differ in what they make of other words: those that want a spelling of their own fold to
//! characters and take the `key` of them. That a word of a letter has the number of another word
//! of a table is one chance in 10¹⁴ for tables of this size, so nothing but the number is compared.
//! The script that builds the crate takes this file too, for the field of towns.

/// The hash of a phrase that goes on with one more word.
pub(crate) fn join(phrase: u64, word: u64) -> u64 {
    if phrase == 0 { word } else { (phrase.rotate_left(23) ^ word).wrapping_mul(MIX) }
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// The letter of Russian since 1918 that stands for one that it gave up then.
pub(crate) fn reformed(c: char) -> Option<char> {
    Some(match c {
        'ѣ' | 'Ѣ' => 'е',
        'і' | 'І' | 'ѵ' | 'Ѵ' => 'и',
        'ѳ' | 'Ѳ' => 'ф',
        _ => return None,
    })
}

/// The word without the hard sign that stood after every consonant at a word's end until 1918.
pub(crate) fn without_hard_sign(word: &str) -> &str {
    word.strip_suffix(['ъ', 'Ъ']).unwrap_or(word)
}

/// The hash of a word's folded form: lower case, Latin letters without diacritics, `ß` and `ſ` as
/// `s` would be written, Cyrillic as since 1918; the brackets of an editor who completes it are left out.
/// No allocation.
pub fn fold(word: &str) -> u64 {
    if word.is_ascii() {
        return plain_letters(word).fold(0, |h, b| step(h, u32::from(b))) | 1;
    }
    let mut h = 0;
    fold_with(word, |c| h = step(h, u32::from(c)));
    h | 1
}

/// The letters of a word of ASCII in lower case, without the brackets of an editor.
fn plain_letters(word: &str) -> impl Iterator<Item = u8> {
    word.bytes().filter(|b| !matches!(b, b'[' | b']')).map(|b| b.to_ascii_lowercase())
}

/// The number of a word that a reader has folded in its own way; for a plain one that of [`fold`].
pub(crate) fn key(folded: &str) -> u64 {
    folded.bytes().fold(0, |h, b| step(h, u32::from(b))) | 1
}

/// One more letter of a folded word; [`fold`] gives the same with its lowest bit set.
#[inline]
pub(crate) fn step(hash: u64, letter: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(letter)).wrapping_mul(MIX)
}

/// The letter without its diacritic, in lower case, of those letters of western Europe that have
/// one: what any fold makes of them, told without the tables of Unicode.
pub(crate) fn base_of(c: char) -> Option<char> {
    Some(match c {
        'à'..='å' | 'À'..='Å' => 'a',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ò'..='ö' | 'Ò'..='Ö' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        'ç' | 'Ç' => 'c',
        'ñ' | 'Ñ' => 'n',
        _ => return None,
    })
}

/// Gives the folded characters of `word` to `each`.
pub fn fold_with(word: &str, mut each: impl FnMut(char)) {
    if word.is_ascii() {
        plain_letters(word).for_each(|b| each(b as char));
        return;
    }
    for c in without_hard_sign(word).chars() {
        match c {
            '[' | ']' => {}
            'ß' => ['s', 's'].into_iter().for_each(&mut each),
            'ſ' => each('s'),
            'æ' | 'Æ' => ['a', 'e'].into_iter().for_each(&mut each),
            'œ' | 'Œ' => ['o', 'e'].into_iter().for_each(&mut each),
            'ø' | 'Ø' => each('o'),
            'ł' | 'Ł' => each('l'),
            'ı' => each('i'),
            _ if c.is_ascii() => each(c.to_ascii_lowercase()),
            _ if let Some(base) = base_of(c) => each(base),
            _ => {
                for lower in c.to_lowercase() {
                    // Hangul and Han stay whole; letters with diacritics give their base
                    if matches!(lower as u32, 0xC0..0x2000) {
                        unicode_normalization::char::decompose_canonical(lower, |d| {
                            if !unicode_normalization::char::is_combining_mark(d) {
                                each(reformed(d).unwrap_or(d));
                            }
                        });
                    } else if !unicode_normalization::char::is_combining_mark(lower) {
                        each(lower);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(word: &str) -> String {
        let mut s = String::new();
        fold_with(word, |c| s.push(c));
        s
    }

    #[test]
    fn folding_takes_case_and_diacritics_and_nothing_else() {
        assert_eq!(folded("Größe"), "grosse");
        assert_eq!(folded("ÉTÉ"), "ete");
        assert_eq!(folded("e\u{301}te\u{301}"), "ete");
        assert_eq!(folded("Января"), "января");
        assert_eq!(folded("Ѳедоръ"), folded("Федор"));
        assert_eq!(folded("МІРЪ"), folded("мир"));
        assert_eq!(folded("Вѣры"), folded("веры"));
        assert_ne!(folded("объявить"), folded("обявить"));
        assert_eq!(folded("동지"), "동지");
        assert_eq!(fold("März"), fold("MARZ"));
        assert_eq!(fold("M[är]z"), fold("MARZ"));
        assert_eq!(fold("Nov[ember]"), fold("november"));
        assert_ne!(fold("mars"), fold("marz"));
    }

    #[test]
    fn a_plain_word_has_one_number_however_it_is_folded() {
        for word in ["letter", "LETTER", "3rd"] {
            assert_eq!(fold(word), key(&word.to_ascii_lowercase()));
        }
        assert_ne!(key("mandó"), key("mando"));
    }

    #[test]
    fn the_base_of_a_letter_is_what_unicode_takes_it_apart_to() {
        for c in ('\u{80}'..='\u{17F}').filter(|&c| base_of(c).is_some()) {
            let lower = c.to_lowercase().next().expect("a letter has a lower case");
            let mut parts = Vec::new();
            unicode_normalization::char::decompose_canonical(lower, |d| parts.push(d));
            assert_eq!(parts.first().copied(), base_of(c), "{c}");
            assert!(unicode_normalization::char::is_combining_mark(parts[1]) && parts.len() == 2);
        }
    }
}
