//! What the tagger's names cannot be, by the words beside them.
//!
//! A widow is a person whatever her husband's name looks like, the pronoun "I" is no number of a
//! family name, and "Article A" names no body. The tagger's weights were learned without these; a
//! word of a table settles them.

use crate::mention::tagger::Tagged;
use crate::mention::tagger::sheet::{Aside, INNER, Sheet};
use crate::record::MentionKind;
use crate::span::Span;
use crate::text::Text;

/// Mends the finds of the tagger, which are sorted and do not overlap; `english` says that "I" may be
/// the pronoun.
pub(super) fn mend(text: &Text<'_>, sheet: &Sheet, english: bool, tagged: &mut Vec<Tagged>) {
    join_widows(text, sheet, tagged);
    tagged.retain_mut(|t| {
        let Some((first, last)) = ends(sheet, t.span) else { return true };
        if english && ends_in_pronoun(text, sheet, first, last) {
            // "Hale and I went": what joins the two is no part of the name either
            let small = |i: usize| sheet.words[i].classes & INNER != 0 && !sheet.is_capital(i);
            let Some(end) = (first..last).rev().find(|&i| !small(i)) else { return false };
            t.span = sheet.words[first].span.cover(sheet.words[end].span);
        }
        if first > 0 && adjoins(text, sheet, first) && sheet.is_aside(first - 1, Aside::Widow) {
            t.kind = MentionKind::Person;
        }
        !names_part(text, sheet, first, last) && !is_common(sheet, first, last)
    });
}

/// Whether the find is but a word that names nobody by itself: "His Majesty", "the Department".
fn is_common(sheet: &Sheet, first: usize, last: usize) -> bool {
    first == last && sheet.is_aside(first, Aside::Common)
}

/// Whether what a table's word shows names nobody and nothing: a part of a text, or a widow whose name
/// stands apart.
pub(super) fn names_nothing(text: &Text<'_>, sheet: &Sheet, span: Span) -> bool {
    let Some((first, last)) = ends(sheet, span) else { return false };
    let lone = first == last && sheet.is_aside(first, Aside::Widow);
    lone || names_part(text, sheet, first, last) || is_common(sheet, first, last)
}

/// The first and the last word of a find.
fn ends(sheet: &Sheet, span: Span) -> Option<(usize, usize)> {
    let first = sheet.words.partition_point(|w| w.span.start < span.start);
    let after = sheet.words.partition_point(|w| w.span.start < span.end);
    (first < after).then(|| (first, after - 1))
}

/// Whether nothing but white space and the full stop of an abbreviation stands before word `at`.
fn adjoins(text: &Text<'_>, sheet: &Sheet, at: usize) -> bool {
    let between = Span::new(sheet.words[at - 1].span.end, sheet.words[at].span.start);
    matches!(text.slice(between).trim(), "" | ".")
}

/// Makes one person of "Wwe." and the name that follows it.
fn join_widows(text: &Text<'_>, sheet: &Sheet, tagged: &mut Vec<Tagged>) {
    let lone = |t: &Tagged| {
        ends(sheet, t.span).is_some_and(|(i, j)| i == j && sheet.is_aside(i, Aside::Widow))
    };
    let mut at = 0;
    while at < tagged.len() {
        if !lone(&tagged[at]) {
            at += 1;
            continue;
        }
        let name = tagged.get(at + 1).and_then(|t| ends(sheet, t.span));
        let here = ends(sheet, tagged[at].span);
        match (here, name) {
            (Some((i, _)), Some((first, _))) if first == i + 1 && adjoins(text, sheet, first) => {
                let span = tagged[at].span.cover(tagged[at + 1].span);
                tagged[at + 1] = Tagged { kind: MentionKind::Person, span, ..tagged[at + 1] };
            }
            _ => {}
        }
        // by herself she is "the widow", and nobody in particular
        tagged.remove(at);
    }
}

/// Whether the last word of a name is the pronoun: "With Roosevelt I went", "Tell Ann I'm well". A ruler's
/// first name has a number: "King Edward I was", "Leopold I of Belgium".
fn ends_in_pronoun(text: &Text<'_>, sheet: &Sheet, first: usize, last: usize) -> bool {
    let pronoun = &sheet.words[last];
    let Some(next) = sheet.words.get(last + 1) else { return false };
    let goes_on = !sheet.is_capital(last + 1)
        && sheet.is_spaced(last + 1)
        && !sheet.is_aside(last + 1, Aside::Joint)
        && text.slice(Span::new(pronoun.span.end, next.span.start)).trim().is_empty();
    let reigns = first > 0 && last == first + 1 && sheet.is_aside(first - 1, Aside::Ruler);
    let after = text.as_str()[pronoun.span.end..].strip_prefix(['\'', '’']);
    let is_joined = after.is_some_and(|w| w.starts_with(char::is_lowercase) && !w.starts_with('s'));
    text.slice(pronoun.span) == "I" && (is_joined || goes_on && !reigns)
}

/// Whether the find names a part of a text: "Article A", "See Section C of the Act".
fn names_part(text: &Text<'_>, sheet: &Sheet, first: usize, last: usize) -> bool {
    let numbered = |i: usize| {
        let Some(word) = sheet.words.get(i).filter(|_| adjoins(text, sheet, i)) else {
            return false;
        };
        let said = text.slice(word.span);
        sheet.is_letter(i)
            || said.bytes().all(|b| b.is_ascii_digit())
            || said.bytes().all(|b| b"IVXL".contains(&b))
    };
    (first..=last).any(|i| sheet.is_aside(i, Aside::Part) && numbered(i + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The finds of `text` at `said`, each given as a person, once they are mended.
    fn mended(text: &str, english: bool, said: &[&str]) -> Vec<String> {
        let page = Text::new(text);
        let sheet = Sheet::new(&page, Span::new(0, text.len()), &[]);
        let mut from = 0;
        let mut tagged: Vec<Tagged> = Vec::new();
        for s in said {
            let start = from + text[from..].find(s).expect("what the text says");
            let span = Span::new(start, start + s.len());
            tagged.push(Tagged { kind: MentionKind::Place, span, confidence: 0.9 });
            from = span.end;
        }
        mend(&page, &sheet, english, &mut tagged);
        tagged.iter().map(|t| format!("{:?} {}", t.kind, page.slice(t.span))).collect()
    }

    #[test]
    fn the_pronoun_is_no_number_of_a_name() {
        assert_eq!(
            mended("With Hale I went, as Boyd and I do.", true, &["Hale I", "Boyd and I"]),
            ["Place Hale", "Place Boyd"]
        );
        assert_eq!(mended("Tell Vera I'm sorry.", true, &["Vera I"]), ["Place Vera"]);
        let kept = ["Place Edward I"];
        assert_eq!(mended("King Edward I was there.", true, &["Edward I"]), kept);
        assert_eq!(mended("under Edward I of England", true, &["Edward I"]), kept);
        assert_eq!(mended("with Edward I. He went", true, &["Edward I"]), kept);
        assert_eq!(mended("mit Edward I war nichts", false, &["Edward I"]), kept);
    }

    #[test]
    fn a_widow_is_a_person_by_whatever_name() {
        assert_eq!(mended("the widow Parker came", true, &["Parker"]), ["Person Parker"]);
        assert_eq!(
            mended("bei Wwe. Berg und der Witwe.", false, &["Wwe", "Berg", "Witwe"]),
            ["Person Wwe. Berg"]
        );
        assert_eq!(mended("chez la veuve Blanc", false, &["Blanc"]), ["Person Blanc"]);
        assert_eq!(mended("the Parker widow", true, &["Parker"]), ["Place Parker"]);
    }

    #[test]
    fn words_of_rank_and_kind_alone_are_nobodys_name() {
        for (text, said) in [
            ("His Majesty was pleased", "Majesty"),
            ("die Klienten kamen", "Klienten"),
            ("the Department approves", "Department"),
            ("la Marina contestó", "Marina"),
        ] {
            assert!(mended(text, false, &[said]).is_empty(), "{text}");
        }
        assert_eq!(mended("from Majesty Hall", true, &["Majesty Hall"]), ["Place Majesty Hall"]);
    }

    #[test]
    fn parts_of_a_text_have_no_name() {
        for (text, said) in [
            ("under Article A of it", "Article A"),
            ("See Section C of the Act", "See Section C of the Act"),
            ("nach Artikel IV gilt", "Artikel IV"),
            ("según el Anexo B", "Anexo B"),
        ] {
            assert!(mended(text, false, &[said]).is_empty(), "{text}");
        }
        assert_eq!(mended("the Article Club", true, &["Article Club"]), ["Place Article Club"]);
    }
}
