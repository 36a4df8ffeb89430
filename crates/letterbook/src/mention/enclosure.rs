//! Words that say that something lies with the letter.
//!
//! Phrases of the body ("I enclose …"), by the frames of `tables/enclosures.tsv` and those of the
//! act `transmit`, and lines at the foot ("Encl. 2", "2 Beilagen"). What is said of another
//! letter's enclosures is left out. This module does not tell what the enclosed thing is.

use crate::mention::frame::{Grammar, Match, Table};
use crate::mention::words::{QUOTED, Words};
use crate::record::ActKind;
use crate::span::Span;

/// How many words of a clause are cited beyond the frame.
const MOST_WORDS: usize = 10;

/// Finds the enclosures of one stretch, in the order of the text; `foot` says that the stretch is
/// a zone at the letter's foot, where a bare line counts.
pub(crate) fn find_enclosures(
    grammar: &Grammar,
    words: &Words,
    matches: &[Match<'_>],
    transmitted: &[Span],
    foot: bool,
) -> Vec<Span> {
    let mut blocked: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<Span> = transmitted.to_vec();
    for m in matches.iter().filter(|m| m.frame.table == Table::Enclosure) {
        if m.frame.when == "x" {
            blocked.push((m.first, m.end));
        }
    }
    blocked.sort_unstable();
    for m in matches.iter().filter(|m| m.frame.table == Table::Enclosure && m.frame.when != "x") {
        if m.frame.what == "line" && !foot {
            continue;
        }
        if words.words[m.first].is(QUOTED) {
            continue;
        }
        if grammar.is_denied(words, ActKind::Transmit, m) {
            continue;
        }
        let from = blocked.partition_point(|b| b.0 + 24 < m.first);
        if blocked[from..].iter().take_while(|b| b.0 < m.end).any(|b| b.1 > m.first) {
            continue;
        }
        // "a copy is enclosed": what lies with the letter is named before the verb
        let (first, end) = if m.frame.when == "p" {
            (words.clause_start(m.first, MOST_WORDS), m.cited.1)
        } else {
            (m.cited.0, words.clause_end(m.cited.1, MOST_WORDS))
        };
        found.push(words.span(first, end));
    }
    // one for each clause
    found.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in found {
        match out.last_mut() {
            Some(last) if span.start < last.end => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::frame::grammar;
    use crate::text::Text;

    fn enclosures<'t>(language: &str, text: &'t str, foot: bool) -> Vec<&'t str> {
        let grammar = grammar(language).expect("a language with tables");
        let words = grammar.words(&Text::new(text), Span::new(0, text.len()));
        let matches = grammar.matches(&words);
        find_enclosures(grammar, &words, &matches, &[], foot)
            .into_iter()
            .map(|s| &text[s.start..s.end])
            .collect()
    }

    #[test]
    fn phrases_of_the_body_are_cited_to_the_end_of_their_clause() {
        assert_eq!(
            enclosures("en", "I enclose a plan, which is old.", false),
            ["I enclose a plan"]
        );
        assert_eq!(
            enclosures("de", "Anbei die Rechnung. Das Wetter ist gut.", false),
            ["Anbei die Rechnung"]
        );
        assert!(enclosures("en", "The plan was old.", false).is_empty());
    }

    #[test]
    fn what_is_enclosed_may_stand_before_the_verb() {
        assert_eq!(
            enclosures("en", "The plan, of which a copy is enclosed, is old.", false),
            ["of which a copy is enclosed"]
        );
    }

    #[test]
    fn a_bare_line_counts_at_the_foot_only() {
        assert_eq!(enclosures("en", "Encl. 2", true), ["Encl. 2"]);
        assert!(enclosures("en", "Encl", false).is_empty());
    }

    #[test]
    fn the_enclosures_of_another_letter_are_not_this_ones() {
        assert!(enclosures("en", "your note of May inclosing a map came", false).is_empty());
        let sent = "Verzeihen Sie, daß ich die Beilagen nicht eher übermacht habe.";
        assert!(enclosures("de", sent, false).is_empty());
    }

    #[test]
    fn what_was_enclosed_before_does_not_lie_with_this_letter() {
        for said in [
            "My note, a copy of which was enclosed to you, is lost.",
            "The map was enclosed with my last.",
        ] {
            assert!(enclosures("en", said, false).is_empty(), "{said}");
        }
        assert_eq!(
            enclosures("en", "A copy is enclosed to you.", false),
            ["A copy is enclosed to you"]
        );
    }

    #[test]
    fn what_the_reader_is_to_enclose_does_not_lie_with_the_letter() {
        let asked = "Bitte legen Sie die Quittung bei. Fügen Sie ein Bild bei.";
        assert!(enclosures("de", asked, false).is_empty());
        assert_eq!(enclosures("de", "Wir legen die Quittung bei.", false).len(), 1);
    }

    #[test]
    fn what_is_attached_otherwise_does_not_lie_with_the_letter() {
        for said in [
            "A copy is attached by the authorities to the door.",
            "The blame is attached to the master.",
            "The people are attached to the old bell.",
            "The bearer is enclosed in the prison.",
            "The garden is enclosed by a wall.",
        ] {
            assert!(enclosures("en", said, false).is_empty(), "{said}");
        }
        assert_eq!(
            enclosures("en", "A plan is attached to this letter.", false),
            ["A plan is attached"]
        );
    }

    #[test]
    fn who_joins_others_or_settles_a_quarrel_encloses_nothing() {
        for (language, said) in [
            ("de", "Ich schließe mich Ihrer Ansicht an."),
            ("de", "Ich lege den Streit mit dem Nachbarn bei."),
            ("de", "Damit ist der Streit beigelegt."),
            ("fr", "Je me joins à vous pour le féliciter."),
        ] {
            assert!(enclosures(language, said, false).is_empty(), "{said}");
        }
        assert_eq!(enclosures("de", "Ich lege die Rechnung bei.", false).len(), 1);
        assert_eq!(enclosures("de", "2 Anlg.", true), ["2 Anlg"]);
    }

    #[test]
    fn what_the_bearer_brings_goes_along_with_the_letter() {
        for (language, said) in [
            ("en", "By the bearer you will receive two geese."),
            ("de", "Durch Überbringer dieses erhalten Sie zwei Gänse."),
            ("fr", "Le porteur vous remettra deux oies."),
            ("es", "El portador le entregará dos gansos."),
        ] {
            assert_eq!(enclosures(language, said, false).len(), 1, "{said}");
        }
        for (language, said) in [
            ("en", "The bearer of this is my old friend Mr. Lodge."),
            ("de", "Der Überbringer dieses ist mein Freund."),
            ("fr", "Le porteur de cette lettre est mon ami."),
            ("es", "El portador de ésta es mi amigo."),
        ] {
            assert!(enclosures(language, said, false).is_empty(), "{said}");
        }
    }
}
