//! For whom a letter speaks, as its sentences say it.
//!
//! "On behalf of the Union I thank you", "I am instructed by the Board to …", "The Board directs me
//! to inform you". A formula counts where the writer is who acts in its clause: what others do on behalf
//! of somebody is no principal of the writer, nor is who has him buy wool. The tokens of the body are gone through for the longest word
//! of each formula, and only the sentence around one is read.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::{fold, is_inner};
use super::label::{Label, label_length};
use super::lexicon::{Classes, rows};
use super::org::is_initials;
use super::stretch::{Word, words};
use crate::folding;
use crate::numbered::Numbered;
use crate::span::Span;
use crate::text::Text;

/// A sentence is read at most this many bytes before and after the word that was looked for.
const AROUND: usize = 300;
/// A formula and its name have about this many bytes.
const CUT: usize = 120;
/// The name of a principal has at most this many words.
const LONGEST: usize = 16;
/// The subject of a clause is looked for at most this many words before its formula.
const CLAUSE: usize = 12;

/// The formulas, each as its folded words, by the number of their longest.
static FORMULAS: LazyLock<Numbered<Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut by_word: FxHashMap<u64, Vec<Vec<String>>> = FxHashMap::default();
    let formulas = rows(include_str!("../../tables/parts.tsv"))
        .filter(|[class, _, _]: &[&str; 3]| matches!(*class, "formula" | "bidden" | "bids"))
        .flat_map(|[_, _, phrases]| phrases.split(", "));
    for formula in formulas {
        let Some(word) = formula.split([' ', '\'']).max_by_key(|w| w.chars().count()) else {
            continue;
        };
        let folded = fold(formula).split(' ').map(str::to_owned).collect();
        by_word.entry(folding::fold(word)).or_default().push(folded);
    }
    by_word.into()
});

/// Makes what finds formulas, if no letter has yet.
pub(super) fn prepare() {
    LazyLock::force(&FORMULAS);
}

/// Where the body names the one for whom it speaks, first mention first, without "the".
pub(crate) fn find_principal(text: &Text<'_>, body: Span, language: Option<&str>) -> Option<Span> {
    let (page, known) = (text.as_str(), &*FORMULAS);
    let mut done = body.start;
    for token in text.tokens_in(body) {
        let Some(formulas) = known.get(token.folded) else { continue };
        let Span { start, end } = token.span;
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if start < done
            || inside(page[body.start..start].chars().next_back())
            || inside(page[end..body.end].chars().next())
            || !stands(&page[body.start..body.end], start - body.start, formulas)
        {
            continue;
        }
        let sentence = sentence_around(page, body, start, end);
        // a formula near the end of what was read may have been cut
        done = end.max(sentence.end.saturating_sub(CUT));
        let german = language.is_some_and(|l| l.starts_with("de"));
        if let Some(span) = principal_in(page, &words(page, sentence, language), german) {
            return Some(span);
        }
    }
    None
}

/// Whether one of `formulas` has the word that byte `at` of the body lies in, its other words side by
/// side with it.
fn stands(body: &str, at: usize, formulas: &[Vec<String>]) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || is_inner(c);
    // an elided article is part of its word: "d'ordre"
    let before = body[..at].trim_end_matches(is_part);
    let after = body[at..].trim_start_matches(is_part);
    let word = fold(&body[before.len()..body.len() - after.len()]);
    formulas.iter().any(|formula| {
        (0..formula.len()).any(|i| {
            let (first, last) = (&formula[..i], &formula[i + 1..]);
            let mut next = after.split(|c| !is_part(c)).filter(|w| !w.is_empty()).map(fold);
            let mut back = before.rsplit(|c| !is_part(c)).filter(|w| !w.is_empty()).map(fold);
            formula[i] == word
                && last.iter().all(|w| next.next().as_ref() == Some(w))
                && first.iter().rev().all(|w| back.next().as_ref() == Some(w))
        })
    })
}

/// The sentence around `start..end`, by its marks; words of four letters or fewer end none.
fn sentence_around(text: &str, body: Span, start: usize, end: usize) -> Span {
    let near = |at: usize| {
        let at = at.clamp(body.start, body.end);
        (at..=body.end).find(|&i| text.is_char_boundary(i)).unwrap_or(body.end)
    };
    let (from, to) = (near(start.saturating_sub(AROUND)), near(end + AROUND));
    // looked at for every byte around, so the cheap questions come first
    let ends = |at: usize| {
        let before = &text[from..at];
        if before.ends_with("\n\n") {
            return true;
        }
        if !text[at..].chars().next().is_none_or(char::is_whitespace) {
            return false;
        }
        match before.chars().next_back() {
            Some('!' | '?') => true,
            Some('.') => {
                let last = before.trim_end_matches(['.', '!', '?', '”', '"', '“', '»']);
                last.chars().rev().take_while(|c| c.is_alphanumeric()).count() > 4
            }
            _ => false,
        }
    };
    let at = |range: std::ops::Range<usize>| range.filter(|&i| text.is_char_boundary(i));
    let begin = at(from + 1..start).rev().find(|&i| ends(i)).unwrap_or(from);
    let stop = at(end..to).find(|&i| ends(i)).unwrap_or(to);
    Span::new(begin, stop)
}

/// For whom a sentence says that its writer speaks; `german` where every noun has a capital.
fn principal_in(text: &str, words: &[Word], german: bool) -> Option<Span> {
    let mut i = 0;
    while i < words.len() {
        let w = &words[i];
        let n = w.length.max(1);
        let is = |class: Classes| w.phrase.any(class) || n == 1 && w.is(class);
        let names_itself = words[i..i + n].iter().any(|w| w.is(Classes::SELF));
        let pleads = i > 0 && label_length(Label::Pleads, &words[i - 1..i]).is_some();
        let found = if is(Classes::FORMULA) && !pleads && (opens(words, i) || writer_acts(words, i))
            || is(Classes::BIDDEN) && writer_acts(words, i) && writer_stands_by(words, i)
            || is(Classes::BIDDEN) && names_itself
        {
            whom(text, words, i + n, german)
        } else if is(Classes::BIDS) && is_spoken(&words[i..]) {
            who_bids(words, i)
        } else {
            None
        };
        if found.is_some() {
            return found;
        }
        i += n;
    }
    None
}

/// Whether the formula at word `at` opens its sentence: "Gentlemen, on behalf of …".
fn opens(words: &[Word], at: usize) -> bool {
    at <= 2 || at <= 5 && (words[at].gap.comma || words[at].gap.colon || words[at].gap.call)
}

/// Whether the first to act in the clause that holds word `at` is the writer.
fn writer_acts(words: &[Word], at: usize) -> bool {
    let clause = (at.saturating_sub(CLAUSE)..at)
        .rev()
        .take_while(|&i| {
            let next = &words[i + 1];
            let stop = next.gap.stop && words[i].span.len() > 3;
            // "I have the honor, by direction of the Duke, to …" is one clause
            let comma = next.gap.comma && i + 1 < at;
            let parted = stop || comma || next.gap.colon || next.gap.call;
            !(parted || words[i].is(Classes::THAT))
        })
        .last()
        .unwrap_or(at);
    let subject = words[clause..at].iter().find(|w| w.is(Classes::SELF.or(Classes::OTHERS)));
    subject.is_some_and(|w| w.is(Classes::SELF))
}

/// Whether the writer stands a few words before word `at`: "I have been requested by", not "they told
/// me of the papers that were drawn up and requested by".
fn writer_stands_by(words: &[Word], at: usize) -> bool {
    const NEAR: usize = 6;
    words[at.saturating_sub(NEAR)..at].iter().any(|w| w.is(Classes::SELF))
}

/// The name that begins at word `from`: capitalised words, small words between them, bodies and
/// offices; the article stands aside before a name of its own.
fn whom(text: &str, words: &[Word], from: usize, german: bool) -> Option<Span> {
    let mut start = from;
    while words.get(start).is_some_and(|w| w.is(Classes::LINK) && !w.capital && !w.gap.comma) {
        start += 1;
    }
    let mut last = None;
    // "the 340 members of the Guild", "toda la vecindad"
    let counts = words.get(start + 1).is_some_and(|w| w.is(Classes::GROUP) || w.capital);
    let counted = words.get(start).is_some_and(|w| w.number) && counts;
    for end in start..words.len().min(start + LONGEST) {
        let w = &words[end];
        let before = end.checked_sub(1).map(|i| &words[i]);
        let short = before.is_some_and(|b| b.is(Classes::TITLE) || b.span.len() <= 3);
        let parted =
            w.gap.comma || w.gap.stop && !short || w.gap.colon || w.gap.lines > 1 || w.gap.call;
        if end > start && (parted || w.gap.mark) {
            break;
        }
        // "Namens des Vereins die Bereitschaft aussprechen", "Dank sagen"
        let said = || label_length(Label::Spoken, &words[end..]).is_some();
        let is_next = german && (w.is(Classes::OTHERS) || said());
        if end > start && (is_next || w.is(Classes::OBJECT) && !w.capital) {
            break;
        }
        // the second half of "Co-operative" belongs to the first, whatever its case
        let inside = !w.is(Classes::SELF)
            && (w.capital
                || w.gap.tight && end > start
                || w.is(Classes::LINK.or(Classes::BODY).or(Classes::ROLE).or(Classes::NOBLE))
                || w.is(Classes::KIN) && end > start
                || w.is_letter() && w.gap.lines == 0)
            || w.is(Classes::GROUP)
            || end == start && (w.is(Classes::MY) && w.is(Classes::SELF) || counted);
        if !inside || w.number && !(counted && end == start) {
            break;
        }
        if !w.is(Classes::LINK) || w.capital {
            last = Some(end);
        }
    }
    let run = &words[start..=last?];
    let named = run.iter().any(|w| {
        w.capital && !w.is(Classes::MY.or(Classes::SELF))
            || w.is(Classes::BODY.or(Classes::ROLE).or(Classes::KIN))
            || w.is(Classes::GROUP) && run.len() > 1
    });
    // "in the name of God", "au nom de la loi" name nobody for whom one could write; of a common
    // noun behind its article nothing is known: "im Namen des Mannes"
    let somebody = Classes::BODY.or(Classes::ROLE).or(Classes::NOBLE).or(Classes::COUNTRY);
    let initials = || is_initials(&text[run[0].span.start..run[0].span.end]);
    let common = !run[0].capital || german && start > from && !initials();
    let alone = run.len() == 1 && common && !run[0].is(somebody)
        || run.iter().all(|w| w.is(Classes::NOBODY) || w.is(Classes::LINK) && !w.capital);
    let begin = if run[0].capital || start == from { start } else { start - 1 };
    (named && !alone).then(|| Span::new(words[begin].span.start, run[run.len() - 1].span.end))
}

/// Whether the words from "directs me" on say that something is said: "to inform you", "Ihnen zu danken".
/// An errand is the writer's own, and so is his letter about it: "to buy wool".
fn is_spoken(words: &[Word]) -> bool {
    /// A German verb stands at the end of its clause.
    const REACH: usize = 16;
    (0..words.len().min(REACH)).any(|i| label_length(Label::Spoken, &words[i..]).is_some())
}

/// Who stands before "directs me": back over capitalised words, offices and small words.
fn who_bids(words: &[Word], at: usize) -> Option<Span> {
    if at == 0 {
        return None;
    }
    let mut start = at;
    while start > 0 && at - start < LONGEST {
        let w = &words[start - 1];
        let next = &words[start];
        let parted = start < at && (next.gap.comma || next.gap.stop && w.span.len() > 4)
            || next.gap.colon
            || next.gap.call
            || next.gap.lines > 1;
        let inside = w.capital
            || w.is(Classes::LINK)
            || w.is(Classes::BODY.or(Classes::ROLE).or(Classes::NOBLE));
        if parted || !inside || w.is(Classes::SELF.or(Classes::OTHERS)) || w.number {
            break;
        }
        start -= 1;
    }
    while start < at
        && (words[start].is(Classes::TITLE.or(Classes::AND).or(Classes::AT))
            && !words[start].is(Classes::ROLE.or(Classes::NOBLE))
            || words[start].is(Classes::LINK) && words.get(start + 1).is_some_and(|w| w.capital))
    {
        start += 1;
    }
    // "… and has asked me": its subject stands elsewhere; "unless the Board instructs me" and "ask the
    // Board to instruct me" may not be
    let before = &words[start.saturating_sub(2)..start];
    let last = &words[at - 1];
    let small = last.is(Classes::TO.or(Classes::LINK)) && !last.capital;
    if small || last.is(Classes::AND) || before.iter().any(|w| w.is(Classes::CONDITION)) {
        return None;
    }
    let run = &words[start..at];
    let office = Classes::BODY.or(Classes::ROLE).or(Classes::NOBLE);
    let titled = start > 0 && words[start - 1].is(Classes::TITLE);
    let known = run.iter().any(|w| w.is(office)) || titled && run.iter().any(|w| w.capital);
    known.then(|| Span::new(run[0].span.start, run[run.len() - 1].span.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = find_principal(&Text::new(text), Span::new(0, text.len()), None);
        let shown: String = text.chars().take(200).collect();
        assert_eq!(found.map_or("", |s| &text[s.start..s.end]), expected, "{shown}");
    }

    #[test]
    fn the_writer_speaks_on_behalf_of_somebody() {
        check(
            "Gentlemen, on behalf of the Harbour Workers' Union of Leith, we thank you.",
            "Harbour Workers' Union of Leith",
        );
        check(
            "On behalf of the Co-operative Society of Selby, I write to you.",
            "Co-operative Society of Selby",
        );
        check("I have to thank you on behalf of the Committee.", "Committee");
        check("I have the honor, by direction of the Duke of Ayr, to write.", "Duke of Ayr");
        check("On behalf of my Government I protest.", "my Government");
        check(
            "In the names of Mrs. Arden and of Lady Vane I ask you.",
            "Mrs. Arden and of Lady Vane",
        );
        // whoever is thanked in another's name hears the other, though the writer is no secretary
        check("Monsieur Morel me charge de vous remercier de vos livres.", "Morel");
        check("Im Namen des Turnvereins danke ich Ihnen.", "Turnvereins");
        check("Je vous écris au nom de la Société des Amis.", "Société des Amis");
        check("En nombre de la Sociedad Obrera, felicito a usted.", "Sociedad Obrera");
        check("I say so on behalf of the whole Vestry.", "the whole Vestry");
        check(
            "I write on behalf of the 60 tenants of Alder Court to protest.",
            "the 60 tenants of Alder Court",
        );
        check("Im Namen aller Arbeiter der Grube danke ich.", "aller Arbeiter der Grube");
        check("En nombre de todos los vecinos pido a usted esto.", "todos los vecinos");
    }

    #[test]
    fn a_writer_may_be_told_to_write() {
        check("It is well. I am instructed by the Earl of Dunmore to say so.", "Earl of Dunmore");
        check("I have instructions from the Minister of Marine to ask.", "Minister of Marine");
        check("I have instructions from the minister to ask.", "the minister");
        check(
            "The Directors of the Weaver Canal wish me to call.",
            "Directors of the Weaver Canal",
        );
        check("Monsieur le Maire de Nantes m'a chargé de vous répondre.", "Maire de Nantes");
        check("Herr Lohmann lässt Sie ersuchen, zu antworten.", "Lohmann");
        check("El señor Alcalde me encarga decirle esto.", "Alcalde");
    }

    #[test]
    fn who_sends_the_writer_on_an_errand_is_no_principal() {
        check("The Board has instructed me to inform you of it.", "Board");
        check("Der Minister hat mich beauftragt, seinen Dank auszusprechen.", "Minister");
        for errand in [
            "The Board has instructed me to buy wool.",
            "El señor Alcalde me ha encargado que compre mulas.",
            "Der Minister hat mich beauftragt, Pferde zu kaufen.",
            "Monsieur le Maire m'a chargé d'acheter des livres.",
            "Il Ministro mi ha incaricato di comprare grano.",
        ] {
            check(errand, "");
        }
        // he pleads for the prisoner, and does not write in his name
        check("I am asked to intercede on behalf of Mr. Slade, now in prison.", "");
    }

    #[test]
    fn what_others_do_for_somebody_is_not_the_writers() {
        check("The ship was released by order of Captain Boon.", "");
        check("J'ai reçu ce que vous m'avez dit au nom de la Direction.", "");
        check("I ask that your consuls use their offices in behalf of the Greeks.", "");
        check("We thank you.", "");
        check("My brother asked me to call.", "");
        check(
            "He told me that a note was drawn up to give the facts requested by the Peruvian Board.",
            "",
        );
        check("I shall stay unless the Harbour Office instructs me otherwise.", "");
        check("Please ask the Harbour Board to instruct me.", "");
    }

    #[test]
    fn whom_one_calls_upon_is_no_principal() {
        check("What did you mean, I ask in the name of Heaven, by going?", "");
        check("Je vous le demande au nom du Ciel et de la justice.", "");
        check("I ask it in the name of the Lantern Club.", "Lantern Club");
    }

    #[test]
    fn a_common_noun_is_nobody_and_what_is_said_of_the_body_is_not_its_name() {
        let german = |text: &str, expected: &str| {
            let found = find_principal(&Text::new(text), Span::new(0, text.len()), Some("de"));
            assert_eq!(found.map_or("", |s| &text[s.start..s.end]), expected, "{text}");
        };
        german("Ich frage im Namen des Nachbarn.", "");
        german("Ich frage im Namen des ADGB.", "ADGB");
        german("Ich erkläre Namens des Bankvereins die Bereitschaft dazu.", "Bankvereins");
        german("Ich danke im Namen des Herrn Orth für Ihren Brief.", "Herrn Orth");
    }

    #[test]
    fn long_bodies_and_odd_characters_are_no_trouble() {
        let filler = "ü ".repeat(4000);
        check(&format!("{filler}\n\nOn behalf of the Board I agree. {filler}"), "Board");
        check("behalf", "");
        check("", "");
    }
}
