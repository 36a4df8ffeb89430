//! Bodies and the initials that stand for them.

use super::lexicon::Classes;
use super::stretch::Word;

/// Whether `initials` are those of the words: "ABC" of "Association of British Crofters".
///
/// Small words and the second half of a hyphenated word may count or not.
pub(crate) fn abbreviates(initials: &str, words: &[Word]) -> bool {
    let wanted: Vec<char> =
        initials.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if wanted.len() < 2 || wanted.len() > 12 || words.len() > 40 {
        return false;
    }
    // reachable[n]: the words so far can spell the first n letters
    let mut reachable = vec![false; wanted.len() + 1];
    reachable[0] = true;
    for word in words {
        let optional = word.is(Classes::LINK) || !word.capital || word.gap.tight;
        let initial = word.folded.chars().next();
        let mut next = vec![false; wanted.len() + 1];
        for n in 0..=wanted.len() {
            if !reachable[n] {
                continue;
            }
            if optional {
                next[n] = true;
            }
            if n < wanted.len() && initial == Some(wanted[n]) {
                next[n + 1] = true;
            }
        }
        reachable = next;
    }
    reachable[wanted.len()]
}

/// Whether the characters look like initials of a body: "CCFK", "T.U.C.".
pub(crate) fn is_initials(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=12).contains(&letters)
        && text.chars().all(|c| c.is_uppercase() || c == '.' || c == '-' || c.is_whitespace())
        && text.split_whitespace().all(|part| {
            part.len() <= 2 || part.contains('.') || text.split_whitespace().count() == 1
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::stretch::words;
    use crate::span::Span;

    fn all(text: &str) -> Vec<Word> {
        words(text, Span::new(0, text.len()), None)
    }

    #[test]
    fn initials_stand_for_the_words_they_begin() {
        assert!(abbreviates("ABC", &all("Association of British Crofters")));
        assert!(abbreviates("CCHW", &all("Co-ordinating Committee of Harbour Workers")));
        assert!(abbreviates("S.P.C.K.", &all("Society for Promoting Christian Knowledge")));
        assert!(!abbreviates("ABD", &all("Association of British Crofters")));
        assert!(!abbreviates("AB", &all("Association of British Crofters")));
        assert!(!abbreviates("", &all("")));
    }
}
