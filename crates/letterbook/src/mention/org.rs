//! Bodies and the initials that stand for them.

use super::lexicon::Classes;
use super::stretch::Word;
use crate::span::Span;

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

/// "on behalf of X", in a sentence of the body: where X stands.
///
/// X runs to the comma or the verb's subject: a few capitalised words with small words between.
pub(crate) fn principal_in(words: &[Word]) -> Option<Span> {
    for (i, w) in words.iter().enumerate() {
        if !(w.phrase.any(Classes::FORMULA) || w.is(Classes::FORMULA) && w.length == 1) {
            continue;
        }
        let from = i + w.length.max(1);
        let mut start = from;
        while words.get(start).is_some_and(|w| w.is(Classes::LINK) && !w.capital && !w.gap.comma) {
            start += 1;
        }
        let mut end = start;
        let mut last = None;
        while let Some(w) = words.get(end) {
            if end > start
                && (w.gap.comma
                    || w.gap.stop && !words[end - 1].is_letter()
                    || w.gap.colon
                    || w.gap.lines > 1
                    || w.gap.call
                    || w.gap.mark)
            {
                break;
            }
            // the second half of "Co-operative" belongs to the first, whatever its case
            let inside = w.capital
                || w.gap.tight && end > start
                || w.is(Classes::LINK)
                || w.is(Classes::BODY.or(Classes::ROLE));
            if !inside || w.number || end - start > 16 {
                break;
            }
            if !w.is(Classes::LINK) || w.capital {
                last = Some(end);
            }
            end += 1;
        }
        let capitals = last.is_some_and(|last| {
            words[start..=last].iter().any(|w| w.capital && !w.is(Classes::MY))
        });
        if let Some(last) = last.filter(|_| capitals) {
            return Some(Span::new(words[start].span.start, words[last].span.end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::stretch::words;

    fn all(text: &str) -> Vec<Word> {
        words(text, Span::new(0, text.len()), None)
    }

    #[test]
    fn a_hyphen_does_not_end_a_body() {
        let text = "On behalf of the Co-operative Society of Selby, I write to you.";
        let span = principal_in(&all(text)).unwrap();
        assert_eq!(&text[span.start..span.end], "Co-operative Society of Selby");
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

    #[test]
    fn the_body_says_for_whom_it_speaks() {
        let text = "Gentlemen, on behalf of the Harbour Workers' Union of Leith, we thank you.";
        let span = principal_in(&all(text)).expect("a principal");
        assert_eq!(&text[span.start..span.end], "Harbour Workers' Union of Leith");
        assert_eq!(principal_in(&all("On behalf of my sister and me")), None);
        assert_eq!(principal_in(&all("We thank you.")), None);
    }
}
