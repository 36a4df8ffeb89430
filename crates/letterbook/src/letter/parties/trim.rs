//! Where the office or the body on a line begins and ends.
//!
//! A line of print or of a signature holds more than the office: the name of who has it, the next
//! officer, a whole sentence. Cuts what is plainly something else from either end; does not look for
//! offices and bodies, which is `mention::block`'s.

use crate::mention::lexicon::Classes;
use crate::mention::stretch::{SplitText, Word, span_of};
use crate::span::Span;

/// So many words in small letters that are no small words, side by side, are of a sentence.
const SENTENCE: usize = 3;

/// Small words that may stand inside the name of an office or a body.
const SMALL: Classes =
    Classes::LINK.or(Classes::AND).or(Classes::AT).or(Classes::TO).or(Classes::PARTICLE);

/// The office without the sentence that goes on behind it, the name of who has it, or the next office.
pub(super) fn trim_office(text: &SplitText<'_>, span: Span) -> Span {
    let words = text.words(span, None);
    let cut = (1..words.len()).find(|&i| {
        let (before, word) = (&words[i - 1], &words[i]);
        let initial = word.is_letter() && word.capital && !word.is(Classes::TITLE);
        ends(before, word)
            || initial && before.is(Classes::ROLE) && !before.is_letter()
            || is_sentence(&words[i..])
    });
    let mut end = cut.unwrap_or(words.len());
    while end > 1 && cut.is_some() && words[end - 1].is(SMALL) && !words[end - 1].capital {
        end -= 1;
    }
    if end == words.len() { span } else { span_of(&words[..end]) }
}

/// The body without small words before it, or an officer's title; `None` where it is a sentence.
pub(super) fn trim_body(text: &SplitText<'_>, span: Span) -> Option<Span> {
    let all = text.words(span, None);
    if (1..all.len()).any(|i| is_sentence(&all[i..])) {
        return None;
    }
    let mut words = all.as_slice();
    // "Gen'l Agent. Harbour Company": the part that has the body's own word
    while let Some(at) = (1..words.len()).find(|&i| ends(&words[i - 1], &words[i])) {
        let (first, rest) = words.split_at(at);
        let has = |part: &[Word]| part.iter().any(|w| w.is(Classes::BODY));
        if has(first) || !has(rest) {
            break;
        }
        words = rest;
    }
    // "zu der Kammer", "of the Railway Company", not "von Erlen & Söhne"; "Tit. Bank"
    let small = |w: &Word| !w.capital && w.is(SMALL) && !w.is(Classes::LEADING);
    let polite =
        |i: usize| words[i].is(Classes::DEAR) && words.get(i + 1).is_some_and(|w| w.gap.stop);
    // "Honourable the House of Commons"
    let honoured = |i: usize| {
        let article = |w: &Word| w.is(Classes::LINK) && !w.capital;
        words[i].is(Classes::HONOUR.or(Classes::TITLE))
            && words.get(i + 1).is_some_and(article)
            && !words[i].is(Classes::BODY)
    };
    let from =
        (0..words.len()).take_while(|&i| small(&words[i]) || polite(i) || honoured(i)).count();
    let words = words.get(from..).filter(|rest| !rest.is_empty())?;
    Some(if words.len() == all.len() { span } else { Span::new(words[0].span.start, span.end) })
}

/// Whether a colon or the full stop after an office or a body parts the two; after other words a
/// stop shortens them: "philol. Sem.".
fn ends(before: &Word, word: &Word) -> bool {
    const WHOLE: usize = 4;
    let whole = before.is(Classes::ROLE.or(Classes::BODY)) && before.span.len() > WHOLE;
    word.gap.colon || word.gap.stop && whole && word.capital
}

/// Whether a sentence goes on at the first of the words.
fn is_sentence(words: &[Word]) -> bool {
    let run = words.iter().take_while(|w| !w.capital && !w.number);
    let opens = words.first().is_some_and(|w| !w.is(SMALL));
    opens && run.filter(|w| !w.is(SMALL.or(Classes::ROLE))).count() >= SENTENCE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[track_caller]
    fn office(said: &str, expected: &str) {
        let text = Text::new(said);
        assert_eq!(
            text.slice(trim_office(&SplitText::new(&text), Span::new(0, said.len()))),
            expected
        );
    }

    #[track_caller]
    fn body(said: &str, expected: Option<&str>) {
        let text = Text::new(said);
        let found = trim_body(&SplitText::new(&text), Span::new(0, said.len()));
        assert_eq!(found.map(|s| text.slice(s)), expected);
    }

    #[test]
    fn an_office_ends_where_a_sentence_a_name_or_another_line_begins() {
        office(
            "Minister for Foreign Affairs said further that it was hard",
            "Minister for Foreign Affairs",
        );
        office("Proprietor F. H. Garland", "Proprietor");
        office("Directeur: M. L. Sonnier", "Directeur");
        office("Envoyé extraordinaire de S. M.", "Envoyé extraordinaire de S. M.");
        office("Directeur du chemin de fer du Jura", "Directeur du chemin de fer du Jura");
        office("Director des philologischen Seminars", "Director des philologischen Seminars");
        office("Director d. philol. Seminars", "Director d. philol. Seminars");
        office("Treasurer. A. B. Milner", "Treasurer");
        office("Secretary", "Secretary");
    }

    #[test]
    fn a_body_has_no_small_words_before_it_and_is_no_sentence() {
        body("zu der Württembergischen Kammer", Some("Württembergischen Kammer"));
        body("of the Selby Railway Company", Some("Selby Railway Company"));
        body("von Erlen & Söhne", Some("von Erlen & Söhne"));
        body("Gen'l Agent. Harbour Company", Some("Harbour Company"));
        body("This Company delivers messages only on conditions limiting its duty", None);
        body("Tit. Bank in Glarus", Some("Bank in Glarus"));
        body("Honourable the House of Lords", Some("House of Lords"));
        body("Board", Some("Board"));
    }
}
