//! Names of persons, as the page writes them.
//!
//! A name is a run of capitalised words and initials, with particles inside it ("van der", "y"),
//! after titles and offices that are not part of it ("Herrn Rechtsanwalt Dr."), before what
//! follows names ("Esq."). What a capitalised word cannot be, the lexicon says; what is left is a
//! name. This module does not know who writes to whom.

use super::lexicon::Classes;
use super::stretch::{Word, span_of};
use crate::span::Span;

/// A name and what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The name without title and form of address, initials kept.
    pub span: Span,
    /// The title before it: "Mr.", "Comrade", "Herr Dr.".
    pub title: Option<Span>,
    /// The office that stands between title and name: "Rechtsanwalt" in "Herrn Rechtsanwalt Weber".
    pub role: Option<Span>,
    /// The first word, title and all, and the word after the last, counted in the run searched.
    pub words: (usize, usize),
    /// Whether the name is a single initial or several and no full word.
    pub initials: bool,
    /// How many full words it has.
    pub full: usize,
}

/// What a word of a name cannot be, wherever it stands.
const NEVER: Classes = Classes::BODY
    .or(Classes::HONOUR)
    .or(Classes::TITLE)
    .or(Classes::ROLE)
    .or(Classes::COUNTRY)
    .or(Classes::WEEKDAY);
/// What a word of a name is not, unless it closes a name that has begun: "William Love".
const SELDOM: Classes = Classes::CLOSING
    .or(Classes::DEAR)
    .or(Classes::MY)
    .or(Classes::SIR)
    .or(Classes::KIN)
    .or(Classes::REMARK)
    .or(Classes::MONTH)
    .or(Classes::STREET)
    .or(Classes::HOUSE)
    .or(Classes::NOBLE)
    .or(Classes::AT)
    .or(Classes::TO)
    .or(Classes::LINK)
    .or(Classes::AND)
    .or(Classes::CARE)
    .or(Classes::SIGNED)
    .or(Classes::FOR)
    .or(Classes::BEHALF);

/// Whether the word may be a word of a name by itself.
pub fn is_name_word(word: &Word) -> bool {
    !word.number && word.capital && !word.is_letter() && !word.is(NEVER.or(SELDOM)) && word.folded != "&"
}

/// Whether the word may close a name that has begun, though it is a common word as well.
fn may_close(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let alone_allowed = if word.is(NEVER) { word.is(Classes::SURNAME) } else { true };
    let last = words.get(at + 1).is_none_or(|next| next.gap.lines > 0 || next.gap.comma || next.gap.colon);
    word.capital && !word.number && !word.is_letter() && alone_allowed && last && word.gap.lines == 0
}

fn is_initial(word: &Word) -> bool {
    word.is_letter() && word.capital
}

/// A particle and what it leads to: the number of particles before a name word, from `at`.
fn particles(words: &[Word], at: usize) -> Option<usize> {
    let mut n = 0;
    while let Some(w) = words.get(at + n) {
        if n > 0 && (w.gap.comma || w.gap.lines > 0) {
            return None;
        }
        if is_name_word(w) || (n > 0 && is_initial(w) && !w.is(Classes::PARTICLE)) {
            return (n > 0).then_some(n);
        }
        if !w.is(Classes::PARTICLE) || w.number {
            return (n > 0 && may_close(words, at + n) && !w.is(Classes::PARTICLE)).then_some(n);
        }
        n += 1;
        if n > 4 {
            return None;
        }
    }
    None
}

/// The name that begins at word `at`, title first, if one does.
pub fn name_at(words: &[Word], at: usize) -> Option<Name> {
    let (mut i, mut title, mut role) = (at, None, None);
    // titles, ranks and offices before the name, over line ends: "Herrn / Rechtsanwalt Dr. Weber"
    while let Some(w) = words.get(i) {
        if i > at && w.gap.comma {
            break;
        }
        let (is_title, is_role) = (
            w.is(Classes::TITLE.or(Classes::NOBLE).or(Classes::HONOUR)) && !is_initial_of_name(words, i),
            w.is(Classes::ROLE) && !w.is_letter(),
        );
        let here = span_of(&words[i..=i]);
        if is_title && !(is_role && role.is_none() && title.is_some() && !w.is(Classes::NOBLE)) {
            if w.is(Classes::NOBLE) && rank_is_name(words, i) {
                break;
            }
            title = Some(title.map_or(here, |t: Span| t.cover(here)));
        } else if is_role {
            role = Some(role.map_or(here, |r: Span| r.cover(here)));
        } else if (title.is_some() || role.is_some())
            && w.is(Classes::LINK)
            && !w.capital
            && words.get(i + 1).is_some_and(|next| next.is(Classes::TITLE.or(Classes::NOBLE).or(Classes::ROLE)))
        {
            // "Monsieur le Président", "Herrn und Frau"
        } else {
            break;
        }
        i += 1;
    }
    let begin = i;
    let (mut full, mut initials) = (0, 0);
    while let Some(w) = words.get(i) {
        if i > begin {
            if w.gap.comma || w.gap.colon || w.gap.call || w.gap.lines > 0 {
                break;
            }
            // "Th. Mann" goes on over the stop, "Weber. Wien" does not
            let abbreviated = words[i - 1].span.len() <= 6 || words[i - 1].is_letter();
            if w.gap.stop && !abbreviated {
                break;
            }
        }
        if is_initial(w) {
            initials += 1;
            i += 1;
        } else if is_name_word(w) {
            full += 1;
            i += 1;
        } else if let Some(n) = particles(words, i).filter(|_| i > begin || !w.is(Classes::TO.or(Classes::AT)) || w.folded == "von" || w.folded == "de" || w.folded == "d") {
            i += n + 1;
            full += 1;
        } else if i > begin && (full > 0 || initials > 0) && w.is(Classes::POSTNOMINAL) {
            i += w.length.max(1);
        } else if i > begin && full + initials > 0 && may_close(words, i) {
            full += 1;
            i += 1;
            break;
        } else if begin > at && i == begin && title.is_some() && may_close(words, i) && !w.is(NEVER) && !w.is(Classes::SIR.or(Classes::KIN)) {
            // after a title a common word is a name: "Mr. Close"
            full += 1;
            i += 1;
            break;
        } else if begin > at && i == begin && w.is(Classes::NOBLE) && rank_is_name(words, i) {
            i += 1;
            full += 1;
        } else {
            break;
        }
    }
    if i == begin {
        return None;
    }
    let i = i.min(words.len());
    Some(Name { span: span_of(&words[begin..i]), title, role, words: (at, i), initials: full == 0, full })
}

/// Whether the one letter that could be a title is the first of initials: "M. R. Brown".
fn is_initial_of_name(words: &[Word], at: usize) -> bool {
    words[at].is_letter() && words.get(at + 1).is_some_and(Word::is_letter)
}

/// Whether the rank belongs to the name: "Duke of Kent", not "Graf von Berg".
fn rank_is_name(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| {
        w.gap.lines == 0 && matches!(w.folded.as_str(), "of" | "de" | "du" | "d" | "di" | "della" | "del" | "da")
    })
}

/// The names of a run, in order, not overlapping.
pub fn names(words: &[Word]) -> Vec<Name> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match name_at(words, i) {
            Some(name) => {
                i = name.words.1.max(i + 1);
                out.push(name);
            }
            None => i += 1,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::stretch::words;

    fn check(text: &str, language: Option<&str>, name: &str, title: &str) {
        let w = words(text, Span::new(0, text.len()), language);
        let all = names(&w);
        let of = |s: Span| &text[s.start..s.end];
        let first = all.first().unwrap_or_else(|| panic!("expected a name in `{text}`"));
        assert_eq!(of(first.span), name, "{text}");
        assert_eq!(first.title.map(of).unwrap_or_default(), title, "{text}");
    }

    #[test]
    fn titles_stand_before_names_and_are_none() {
        check("Mr. J. P. Hartley, Esq.", None, "J. P. Hartley", "Mr");
        check("Herrn Geheimrat Dr. Anton Weisskopf", None, "Anton Weisskopf", "Herrn Geheimrat Dr");
        check("Comrade Ho Minh Chau", None, "Ho Minh Chau", "Comrade");
        check("Monsieur le Comte d’Arlincourt", None, "d’Arlincourt", "Monsieur le Comte");
        check("M. Bertholet", Some("fr"), "Bertholet", "M");
        check("M. R. Bertholet", Some("fr"), "M. R. Bertholet", "");
    }

    #[test]
    fn particles_and_common_words_are_parts_of_names() {
        check("Freiherr von der Aue", None, "von der Aue", "Freiherr");
        check("The Duke of Ayrshire", None, "Duke of Ayrshire", "");
        check("Pedro Calvo y Ruiz", None, "Pedro Calvo y Ruiz", "");
        check("Elizabeth Bishop", None, "Elizabeth Bishop", "");
        check("William Love", None, "William Love", "");
        check("Dr. Beer-Hallstein", None, "Beer-Hallstein", "Dr");
    }

    #[test]
    fn formulas_and_offices_name_nobody() {
        for text in ["Yours very truly", "Hochachtungsvoll Ihr ergebener", "Secretary of State", "Sehr geehrter Herr", "Veuillez agréer, Monsieur"] {
            let w = words(text, Span::new(0, text.len()), None);
            assert_eq!(names(&w), Vec::new(), "{text}");
        }
    }
}
