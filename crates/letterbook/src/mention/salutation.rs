//! The salutation: form of address, name, office.
//!
//! "Dear Comrade Kim" addresses Kim as Comrade; "Hochgeehrter Herr Geheimrat" names nobody, but
//! gives an office; "Lieber Vater" gives the one word by which the writer calls the reader.

use std::ops::Range;
use std::sync::LazyLock;

use super::block::{Block, Piece, pieces};
use super::fold::fold;
use super::label::{Label, is_given, label_length};
use super::lexicon::{Classes, rows};
use super::name::{Name, name_at};
use super::stretch::{Word, span_of};
use crate::span::Span;

/// What a salutation says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Salutation {
    /// "Comrade", "Herr Geheimrat", "Sir", without "dear" and "my".
    pub(crate) form: Option<Span>,
    /// Those whom it names.
    pub(crate) names: Vec<Name>,
    /// "Vater", where no name stands; "Father and Mother" are two.
    pub(crate) kin: Vec<Span>,
    /// "Geheimrat", "Président".
    pub(crate) role: Option<Span>,
    /// The body in which the office is held: "Monsieur le Directeur du Musée".
    pub(crate) body: Option<Span>,
}

/// Reads the words of a salutation.
pub(crate) fn read_salutation(text: &str, words: &[Word]) -> Salutation {
    let mut out = Salutation::default();
    let mut i = words.first().filter(|w| w.is(Classes::NOBODY)).map_or(0, |w| w.length.max(1));
    // "To Sir W. Elder", "Für Emma"
    let mut dear = words.first().is_some_and(|w| w.is(Classes::TO.or(Classes::FOR)) && w.capital);
    let mut kin: Option<Range<usize>> = None;
    // greetings are short: what stands after the second line belongs to the letter
    let limit = words.len().min(30);
    while i < limit {
        let w = &words[i];
        // "Fellow Workers": whoever stands behind it is no name
        let likes = words.get(i + 1).filter(|n| n.gap.lines == 0 && !n.gap.comma);
        if w.capital
            && label_length(Label::Fellow, &words[i..]) == Some(1)
            && let Some(likes) = likes.filter(|_| out.form.is_none())
        {
            out.form = Some(w.span.cover(likes.span));
            i += 2;
            continue;
        }
        // an office, and what it is an office of
        if w.is(Classes::ROLE) && !w.is_letter() && (w.capital || dear) && !next_is_name(words, i) {
            let mut end = i + 1;
            while words.get(end).is_some_and(|n| {
                !n.gap.comma
                    && !n.gap.call
                    && !n.gap.colon
                    && (n.gap.lines == 0 || n.is(Classes::LINK) && !n.capital)
            }) {
                end += 1;
            }
            let end = if words
                .get(i + 1)
                .is_some_and(|n| n.is(Classes::LINK) && !n.is(Classes::AND) || n.is(Classes::ROLE))
            {
                end
            } else {
                i + w.length.max(1)
            };
            if out.role.is_none() {
                for piece in pieces(text, &words[i..end.min(words.len())], Block::Letterhead) {
                    match piece {
                        Piece::Role(span) if out.role.is_none() => out.role = Some(span),
                        Piece::Body(span) if out.body.is_none() => out.body = Some(span),
                        _ => {}
                    }
                }
                let role = out.role.unwrap_or_else(|| span_of(&words[i..end.min(words.len())]));
                out.role = Some(role);
                let form = Span::new(w.span.start, role.end.max(w.span.end));
                out.form = Some(out.form.map_or(form, |f| f.cover(form)));
            }
            i = end.max(i + 1);
            continue;
        }
        // "S. P. D." greets, and is no initials
        let greeting = w.is_letter() && w.is(Classes::DEAR);
        let named = |n: &Name| n.words.0 == i && !greeting && !is_before_several(words, n);
        if let Some(name) = name_at(words, i).filter(named) {
            let first = &words[name.words.0];
            // a name alone needs a greeting before it or the whole line for itself
            let alone = i == 0
                && (name.words.1 == words.len()
                    || words[name.words.1].gap.call
                    || words[name.words.1].gap.comma
                    || words[name.words.1].gap.colon
                    || words[name.words.1].gap.lines > 0
                    || words[name.words.1].is(Classes::AND)
                        && name_at(words, name.words.1 + 1).is_some())
                && !name.initials;
            let greeted = dear || name.title.is_some() || out.form.is_some();
            if (alone || greeted) && (first.capital || name.full > 0) {
                if let Some(title) = name.title {
                    out.form = Some(out.form.map_or(title, |f| f.cover(title)));
                }
                out.role = out.role.or(name.role);
                i = name.words.1;
                out.names.push(name);
                dear = words.get(i).is_some_and(|n| n.is(Classes::AND));
                if !dear
                    && out.names.len() == 1
                    && words.get(i).is_some_and(|n| {
                        n.gap.comma || n.gap.call || n.gap.colon || n.gap.lines > 0
                    })
                {
                    break;
                }
                continue;
            }
        }
        // French "Ma chère", though English calls a mother so
        let is_my = w.is(Classes::MY)
            && words.get(i + 1).is_some_and(|n| {
                n.gap.lines == 0 && !n.gap.comma && n.is(Classes::DEAR.or(Classes::KIN))
            });
        // "Brother Soldiers" are nobody's kin
        let is_greeting = w.phrase.any(Classes::SIR) && w.length > 1;
        if w.is(Classes::KIN) && (dear || w.capital) && !is_my && !is_greeting {
            // "Lieber Vetter Anton" has both
            let run = i..i + if w.phrase.any(Classes::KIN) { w.length } else { 1 };
            if kin.clone().is_none_or(|last| are_two(words, &last, &run)) {
                out.kin.push(span_of(&words[run.clone()]));
                i = run.end - 1;
                kin = Some(run);
            }
            dear = true;
        } else if w.is(Classes::DEAR)
            && !greeting
            && words.get(i + 1).is_some_and(|n| !n.gap.comma && !n.gap.call)
        {
            // "Lieber Vater": of "mein Lieber" it would be the form
            dear = true;
        } else if w.is(Classes::TITLE.or(Classes::SIR).or(Classes::NOBLE))
            && (w.capital || dear)
            && !w.is_letter()
        {
            let n = w.length.max(1);
            let span = span_of(&words[i..(i + n).min(words.len())]);
            if out.form.is_none_or(|f| text[f.end..span.start].trim().is_empty())
                || out.names.is_empty()
                    && !text[out.form.map_or(span.end, |f| f.end)
                        ..span.start.max(out.form.map_or(span.end, |f| f.end))]
                        .contains([',', '!'])
            {
                out.form = Some(out.form.map_or(span, |f| f.cover(span)));
            }
            dear = true;
            i += n;
            continue;
        } else if w.is(Classes::BODY)
            && w.capital
            && !w.is_letter()
            && dear
            && out.body.is_none()
            && out.names.is_empty()
            && out.form.is_none()
        {
            // "Wohllöblicher Magistrat der Stadt Lahr!"
            let ends = |n: &Word| n.gap.comma || n.gap.call || n.gap.colon || n.gap.lines > 0;
            let end = (i + 1..limit).find(|&n| ends(&words[n])).unwrap_or(limit);
            out.body = Some(span_of(&words[i..end]));
            i = end;
            continue;
        } else if greeting {
            // and nobody is called behind it: "S. D. Accepi litteras tuas"
        } else if w.is(Classes::DEAR.or(Classes::MY)) {
            dear = true;
        } else if w.is(Classes::LINK.or(Classes::AND).or(Classes::TO)) {
            // small words between
        } else if w.number {
            break;
        }
        i += 1;
    }
    if !out.names.is_empty() {
        out.kin.clear();
    }
    out
}

/// Whether the name is rather an adjective of those who are greeted behind it on its line, or ends in them:
/// "Ehrsame, liebe Herren", "Worthy Gentlemen". One whom a word of greeting leads to is named.
fn is_before_several(words: &[Word], name: &Name) -> bool {
    let (first, end) = name.words;
    let led =
        first > 0 && words[first - 1].is(Classes::DEAR.or(Classes::MY)) && !words[first].gap.comma;
    let several = |w: &Word| w.is(Classes::SEVERAL) && w.capital;
    let mut line = words[end..].iter().take_while(|w| w.gap.lines == 0);
    name.title.is_none()
        && (several(&words[end - 1])
            || name.full == 1 && !led && !is_given(&words[first..end]) && line.any(several))
}

/// What the words of kinship say of number and sex, by the table's class.
static KIN: LazyLock<Vec<(&'static str, Vec<String>)>> = LazyLock::new(|| {
    rows(include_str!("../../tables/kin.tsv"))
        .map(|[class, _, words]: [&'static str; 3]| (class, words.split(", ").map(fold).collect()))
        .collect()
});

/// Whether these are kin of two kinds, a father and a mother, with nothing but "and", a comma or "dear"
/// between: "Lieber Bruder und Schwager" may be one person.
fn are_two(words: &[Word], first: &Range<usize>, second: &Range<usize>) -> bool {
    let is = |run: &Range<usize>, class| {
        let called =
            words[run.clone()].iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
        KIN.iter().any(|(of, known)| *of == class && known.contains(&called))
    };
    let is_of_two_kinds =
        is(first, "several") || is(second, "several") || is(first, "women") != is(second, "women");
    let small = Classes::AND.or(Classes::DEAR).or(Classes::MY);
    let between = &words[first.end..second.start];
    let parted = |w: &Word| w.gap.comma || w.is(Classes::AND);
    let joined = words[first.end..=second.start].iter().any(parted);
    joined && is_of_two_kinds && between.iter().all(|w| w.is(small) && w.gap.lines == 0)
}

/// Whether a name follows the office at `at` on its line: "Professor Weber", "Président Weber".
fn next_is_name(words: &[Word], at: usize) -> bool {
    let next = at + words[at].length.max(1);
    words.get(next).is_some_and(|w| {
        w.gap.lines == 0
            && !w.gap.comma
            && !w.gap.call
            && name_at(words, next).is_some_and(|n| n.words.0 == next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::stretch::words;

    fn check(text: &str, form: &str, name: &str, role: &str, kin: &str) {
        let w = words(text, Span::new(0, text.len()), None);
        let s = read_salutation(text, &w);
        let of = |s: Option<Span>| s.map(|s| &text[s.start..s.end]).unwrap_or_default();
        let names: Vec<&str> = s.names.iter().map(|n| of(Some(n.span))).collect();
        let called: Vec<&str> = s.kin.iter().map(|k| of(Some(*k))).collect();
        assert_eq!(
            (of(s.form), names.join(" + ").as_str(), of(s.role), called.join(" + ").as_str()),
            (form, name, role, kin),
            "{text}"
        );
    }

    #[test]
    fn forms_of_address_are_no_names() {
        check("Dear Comrade Pak Chol Su,", "Comrade", "Pak Chol Su", "", "");
        check("Dear Sir,", "Sir", "", "", "");
        check("Sehr geehrter Herr Dr. Lindner!", "Herr Dr", "Lindner", "", "");
        check("Hochverehrter Herr Geheimrath!", "Herr Geheimrath", "", "Geheimrath", "");
        check("Monsieur le Ministre,", "Monsieur le Ministre", "", "Ministre", "");
        check("Mon cher Bertholet,", "", "Bertholet", "", "");
        check("Muy señor mío:", "señor mío", "", "", "");
        check("Caro Giovanni,", "", "Giovanni", "", "");
        let starost = "Mości Panie Starosto Dobrodzieju";
        check("Mości Panie Starosto Dobrodzieju!", starost, "", "Starosto", "");
        check("De mi mayor consideración:", "", "", "", "");
        check("To whom it may concern", "", "", "", "");
        check("S. D. Accepi litteras tuas,", "", "", "", "");
    }

    #[test]
    fn a_body_is_greeted_as_a_whole() {
        fn body(text: &str) -> &str {
            let found = read_salutation(text, &words(text, Span::new(0, text.len()), None)).body;
            found.map_or("", |s| &text[s.start..s.end])
        }
        assert_eq!(body("Wohllöblicher Magistrat der Stadt Lahr!"), "Magistrat der Stadt Lahr");
        assert_eq!(body("Dear Mr. Bank,"), "");
        assert_eq!(body("Dear Sir,"), "");
    }

    #[test]
    fn kin_stand_in_for_a_name_only_where_none_is_given() {
        check("Lieber Vater!", "", "", "", "Vater");
        check("My dear Mother,", "", "", "", "Mother");
        check("Lieber und verehrter Freund", "Freund", "", "", "");
        check("Ma chère petite femme,", "", "", "", "femme");
    }

    #[test]
    fn kin_of_two_kinds_are_two_persons() {
        check("Dear Father and Mother,", "", "", "", "Father + Mother");
        check("Liebe Eltern und Geschwister!", "", "", "", "Eltern + Geschwister");
        check("Cher père et chère mère,", "", "", "", "père + mère");
        check("Lieber Vater, liebe Mutter!", "", "", "", "Vater + Mutter");
        check("Lieber Bruder und Schwager!", "", "", "", "Bruder");
        check("Chers parents et chère belle-sœur,", "", "", "", "parents + belle-sœur");
    }
}
