//! Folding: the one form in which words are compared with tables.
//!
//! Folded text is lower-case, without accents, with `ß`, `ſ`, `æ`, `œ`, `ø` and `ł` spelt out in plain
//! letters and Cyrillic as it is written since 1918; everything that is neither letter nor digit parts words. Folding is for comparing
//! only: values and evidence are always of the text as it stands.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::folding::{base_of, reformed, without_hard_sign};
use crate::token::is_plain;

/// Appends the folded form of `word`, which should hold no white space, to `out`.
pub fn fold_into(word: &str, out: &mut String) {
    if is_plain(word) {
        let from = out.len();
        out.push_str(word);
        out[from..].make_ascii_lowercase();
        return;
    }
    for c in without_hard_sign(word).chars() {
        match base_of(c) {
            Some(base) => out.push(base),
            None if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            // Cyrillic is folded already but for capitals and letters with a mark
            None if matches!(c, 'а'..='и' | 'к'..='я') => out.push(c),
            // marks change places with each other only, and none of them is kept
            None => std::iter::once(c).nfkd().for_each(|part| fold_part(part, out)),
        }
    }
}

/// Appends the folded form of one character of a word taken apart.
fn fold_part(c: char, out: &mut String) {
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'ſ' => out.push('s'),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' => out.push('d'),
        'ı' => out.push('i'),
        _ if let Some(now) = reformed(c) => out.push(now),
        _ if is_combining_mark(c) => {}
        _ if c.is_alphanumeric() => out.extend(c.to_lowercase()),
        _ => {}
    }
}

/// The words of `text`, folded, with single spaces between them.
///
/// ```
/// assert_eq!(letterbook::mention::fold("Saint-Étienne, Große  Straße"), "saint etienne grosse strasse");
/// ```
pub fn fold(text: &str) -> String {
    // most of what is folded is one plain word
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_inner(c)) {
        let before = out.len();
        if before > 0 {
            out.push(' ');
        }
        let with_space = out.len();
        fold_into(word, &mut out);
        if out.len() == with_space {
            out.truncate(before);
        }
    }
    out
}

/// Whether `c` may stand inside a word without parting it: accents and apostrophes.
pub fn is_inner(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ') || !c.is_ascii() && is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_old_letters_do_not_tell_words_apart() {
        assert_eq!(fold("ZÜRICH"), fold("Zu\u{308}rich"));
        assert_eq!(fold("Geſchäft"), "geschaft");
        assert_eq!(fold("Министръ Путей Сообщенія"), "министр путеи сообщения");
        assert_eq!(fold("L’Œuvre – d'Art"), "loeuvre dart");
        assert_eq!(fold("  …  "), "");
        assert_eq!(fold(" ' O'Brien,  ' & Co. "), "obrien co");
    }

    #[test]
    fn scripts_without_case_stay_as_they_are() {
        assert_eq!(fold("東京、三月"), "東京 三月");
        assert_eq!(fold("Дорогой Алёша"), "дорогои алеша");
        assert_eq!(fold("서울 Москва"), {
            // hangul is decomposed like everything else; both sides of a comparison agree
            let mut s: String = "서울".nfkd().collect();
            s.push_str(" москва");
            s
        });
    }
}
