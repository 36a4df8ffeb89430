//! Offices and bodies of a block, and for whom a line of it speaks.

use std::slice;

use super::place::leads_to_town;
use super::segment::segment;
use super::{Block, Piece, pieces};
use crate::mention::label::{Label, is_given, label_length};
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, is_name_word, name_at};
use crate::mention::stretch::{Gap, Word, span_of};
use crate::span::Span;
use crate::tables::town;

/// The first word of the office whose own word is `at`: back over what goes with it ("Acting
/// Secretary", "1. Vorsitzender"), not over article and title ("Madame la Directrice").
pub(super) fn office_begins(words: &[Word], at: usize) -> usize {
    let aside = Classes::TITLE
        .or(Classes::LINK)
        .or(Classes::TO)
        .or(Classes::HONOUR)
        .or(Classes::REMARK)
        .or(Classes::CLOSING)
        .or(Classes::MY);
    let mut start = at;
    while start > 0 {
        let w = &words[start - 1];
        let ordinal = w.number && w.span.len() <= 2 && words[start].gap.stop;
        let goes_with = w.is(Classes::ROLE) && !w.is_letter()
            || w.capital && !w.number && !w.is(aside) && !w.is_letter();
        if !(ordinal || goes_with) || words[start].gap.mark || words[start].gap.colon {
            break;
        }
        start -= 1;
    }
    start
}

/// The council of a town that a whole run names by two offices, or by an office and a body: "Bürgermeister
/// und Rat von Wismar", "Burgemeester en Wethouders van Harlingen".
pub(super) fn council(words: &[Word]) -> Option<Span> {
    let titles = words.iter().take_while(|w| w.is(Classes::TITLE) && !w.is(Classes::ROLE)).count();
    let run = &words[titles..];
    let [head, and, other, of, named @ ..] = run else { return None };
    let (town_of, kind) = named.split_last()?;
    let is_head = head.is(Classes::ROLE) && head.capital;
    let joined = and.is(Classes::AND) && !and.capital && !and.is_letter();
    let is_body = other.is(Classes::BODY) && !other.is(Classes::ROLE);
    let is_pair = is_body || other.is(Classes::ROLE) && town(&town_of.folded).is_some();
    // "der Stadt Wismar"
    let is_of_town = of.is(Classes::GENITIVE) && kind.is_empty() || kind.len() == 1;
    let in_order = of.is(Classes::LINK) && !of.capital && other.capital;
    let is_whole = run[1..].iter().all(|w| !w.gap.comma && !w.gap.stop && w.gap.lines == 0);
    let named = named.iter().all(|w| w.capital);
    (is_head && joined && is_pair && is_of_town && in_order && is_whole && named)
        .then(|| span_of(run))
}

/// An office that begins at word `start`, and the body it is held in: "Präsident der Direktion der
/// Gotthardbahn", "Director of Sales".
pub(super) fn role_and_body(
    words: &[Word],
    start: usize,
    body: Option<usize>,
    out: &mut Vec<Piece>,
) {
    let Some(at) = body.filter(|&b| b > start) else {
        // "Secretary 12 Mill Road", but "capitaine au 4e de ligne"
        let number = words.iter().position(|w| w.number).filter(|&n| n > start);
        let inside = |n: usize| words[n - 1].is(Classes::LINK) && !words[n - 1].capital;
        let mut end = number.filter(|&n| !inside(n)).unwrap_or(words.len());
        // the town after the office: "Advokat in Bern"
        if let Some(n) = (start + 1..end).find(|&i| parts_town(words, i)) {
            end = n;
        }
        // "Chairman of", cut off
        let mut close = end;
        while close > start + 1 && words[close - 1].is(Classes::LINK) && !words[close - 1].capital {
            close -= 1;
        }
        out.push(Piece::Role(span_of(&words[start..close])));
        if end < words.len() && !words[end].number {
            let town = (end..words.len()).find(|&i| is_name_word(&words[i])).unwrap_or(end);
            out.push(Piece::Town(span_of(&words[town..=town])));
        }
        return;
    };
    // back from the body's own word over its adjectives to the small words between
    let mut cut = at;
    while cut > start && !words[cut - 1].is(Classes::ROLE) && !words[cut - 1].is(Classes::LINK) {
        cut -= 1;
    }
    let mut end = cut;
    // "chef de" is an office as well, but of "Ingénieur en chef de la Compagnie" the last word joins
    let joins = |w: &Word| w.is(Classes::LINK) && (!w.capital || !w.is(Classes::ROLE));
    while end > start && joins(&words[end - 1]) {
        end -= 1;
    }
    // "Chef de Bureau", "Head of Special Collections": the kind of an office, and no body
    let plain = |w: &Word| w.is(Classes::KIND_OF);
    let head_of = words[start].phrase.any(Classes::ROLE)
        && words[start].length == 2
        && words.get(start + 1).is_some_and(|w| w.is(Classes::LINK) && !w.capital);
    let kind = cut == at && cut > start && plain(&words[cut - 1]);
    if at + 1 == words.len() && (kind || head_of) {
        out.push(Piece::Role(span_of(&words[start..])));
        return;
    }
    let mut stop = words.len();
    if let Some(n) = (cut + 1..stop).find(|&i| parts_town(words, i)) {
        stop = n;
    }
    if end > start {
        out.push(Piece::Role(span_of(&words[start..end])));
    }
    // "Governor &ca. Council": what is cut short behind the ampersand is of neither
    if cut > start && cut < at && words[cut - 1].folded == "&" && words[cut].gap.none {
        cut += 1;
    }
    out.push(Piece::Body(span_of(&words[cut..stop])));
    if let Some(i) = (stop..words.len()).find(|&i| is_name_word(&words[i])) {
        out.push(Piece::Town(span_of(&words[i..=i])));
    }
}

/// Whether the words at `at` part a town from an office or body: "Advokat in Bern". What a town is
/// joined to by a genitive is named after it: "Alcalde de Huete".
fn parts_town(words: &[Word], at: usize) -> bool {
    // nor does the article after one: "Presidente de la República"
    let joined = at > 0 && words[at - 1].is(Classes::GENITIVE) && !words[at - 1].capital;
    !words[at].is(Classes::GENITIVE) && !joined && leads_to_town(words, at)
}

/// Whether the word tells a body: by itself with a capital, or by its phrase ("A. G.").
pub(super) fn is_body(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    if word.folded == "&" {
        return joins_firm(words, at);
    }
    // "A. G." after the name of a firm; "A. G. Miller" is a person
    let letters = word.is_letter()
        && word.phrase.any(Classes::BODY)
        && at > 0
        && at + word.length.max(1) == words.len()
        && words[..at].iter().any(|w| w.capital && !w.is_letter());
    // "Sa Majesté" is no "S. A."
    let is_title = word.phrase.any(Classes::TITLE);
    word.is(Classes::BODY)
        && word.capital
        && !is_title
        && !names_street(words, at)
        && (!word.is_letter() || letters)
}

/// Where the form of a company ends that begins at word `at` behind a comma, if a name goes before and the
/// line or what the comma parts ends with it: "Minera del Llano, S. A.".
pub(super) fn company_ends(words: &[Word], at: usize) -> Option<usize> {
    let first = words.get(at).filter(|w| w.gap.comma && w.gap.lines == 0 && w.capital)?;
    let end = at + label_length(Label::Company, &words[at..])?;
    let begin = (1..at).rfind(|&i| words[i].gap.comma || words[i].gap.lines > 0).unwrap_or(0);
    let name = &words[begin..at];
    let is_whole = words.get(end).is_none_or(|w| w.gap.comma || w.gap.lines > 0);
    // "Karl Lang, A. G." has an office rather; a firm of letters has a name of several words, or of one
    // that is no person's
    let persons = |w: &Word| {
        w.is_letter() || w.number || w.is(Classes::TITLE) || is_given(slice::from_ref(w))
    };
    let is_name =
        name.iter().any(|w| w.capital) && !(first.is_letter() && name.iter().any(persons));
    (is_whole && is_name).then_some(end)
}

/// Whether the street right behind the word is named after it: "Bank Street", "College Green".
pub(crate) fn names_street(words: &[Word], at: usize) -> bool {
    let street = words.get(at + 1).filter(|w| w.capital && w.gap == Gap::default());
    street.is_some_and(|w| label_length(Label::Way, std::slice::from_ref(w)).is_some())
}

/// Whether the ampersand at `at` joins the names of a firm: not "&c.", not "F. & B.".
pub(super) fn joins_firm(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| &words[i]);
    let after = words.get(at + 1);
    // "les Nobles & Très Honorés Seigneurs"
    let is_dear = |w: &Word| w.is(Classes::DEAR) && w.gap.lines == 0;
    let is_greeting = after.is_some_and(is_dear) && words.get(at + 2).is_some_and(is_dear);
    !is_greeting
        && !is_couple(words, at)
        && before.is_some_and(|w| w.capital && !w.is(Classes::ROLE))
        && after.is_some_and(|w| w.capital && w.gap.lines <= 1 && !w.is(Classes::ROLE))
        && (before.is_some_and(|w| !w.is_letter()) || after.is_some_and(|w| !w.is_letter()))
}

/// Whether the ampersand at `at` joins two given names, a woman's among them, before one family name:
/// "John & Mary Bell". Brothers are a firm more often.
fn is_couple(words: &[Word], at: usize) -> bool {
    let woman = |i: usize| label_length(Label::Woman, &words[i..]).is_some();
    let family = |w: &Word| is_name_word(w) && w.gap.lines == 0 && !w.gap.comma;
    at == 1
        && words.get(3).is_some_and(family)
        && words.get(4).is_none_or(|w| w.gap.lines > 0 || w.gap.comma)
        && (woman(0) || woman(2))
}

/// How many words say that the rest of the line is whom somebody signs for: "for", "on behalf of",
/// "i. A.", "P. O. del Director".
pub(super) fn speaks_for(words: &[Word]) -> Option<usize> {
    let first = words.first()?;
    if first.is(Classes::BEHALF) && first.phrase.any(Classes::BEHALF) {
        return Some(first.length);
    }
    let office = |w: &Word| w.is(Classes::ROLE.or(Classes::BODY)) && w.capital && !w.is_letter();
    // capital letters are initials, unless an office follows: "P. le Ministre", not "P. Meyer"
    let letters = words.iter().take_while(|w| w.is_letter() && w.capital).count();
    if letters > 0 {
        // "P. O. del señor Ministro", "P.O. Le Chef d'État-Major"
        let leads = |w: &&Word| {
            w.gap.lines == 0
                && !w.is_letter()
                && (w.is(Classes::LINK) || w.is(Classes::TITLE) && !w.is(Classes::ROLE))
        };
        let led = words[letters..].iter().take_while(leads).count();
        // "P. Richter": the word alone is a family
        let family = |w: &Word| w.is(Classes::SURNAME) && !w.is(Classes::BODY);
        if led == 0 && letters + 1 == words.len() && family(&words[letters]) {
            return None;
        }
        let follows = words.get(letters + led).filter(|w| w.gap.lines == 0).is_some_and(office);
        return (letters <= 2 && first.is(Classes::FOR) && follows).then_some(letters);
    }
    let single = first.is(Classes::BEHALF) && first.length == 1
        || first.is(Classes::FOR)
            && words.get(1).is_some_and(|w| w.gap.lines == 0 || !first.capital);
    single.then_some(1)
}

/// "By" or "per", and no "per pro.".
fn is_agent(word: &Word) -> bool {
    word.is(Classes::AGENT) && word.length == 1
}

/// The person behind "by" or "per": no office or body, for which one signs as well.
fn signs_for(words: &[Word]) -> Option<Name> {
    words.first().filter(|w| is_agent(w))?;
    // "per Ashby & Nield" is a firm
    let is_firm = (1..words.len()).any(|i| words[i].folded == "&" && joins_firm(words, i));
    let name = name_at(words, 1).filter(|_| !is_firm)?;
    (name.role.is_none() && name.words.0 == 1).then_some(name)
}

/// The office that a run names with its article and that is all of it: "Der Landrat des Kreises".
pub(crate) fn office_line(text: &str, run: &[Word]) -> Option<Span> {
    let [article, office @ ..] = run else { return None };
    let is_article = article.is(Classes::LINK) && article.capital && article.length == 1;
    if !is_article || !office.iter().any(|w| w.is(Classes::ROLE) && w.capital) {
        return None;
    }
    match pieces(text, run, Block::Signature).as_slice() {
        [Piece::Role(span)] => Some(*span),
        _ => None,
    }
}

/// For whom a line of a close speaks, article and all: "For the Colonial Secretary".
///
/// Only lines that hold nothing else, and name an office or a body.
pub(crate) fn principal_line(text: &str, words: &[Word]) -> Option<Span> {
    const LONGEST: usize = 12;
    let lines = (0..words.len()).filter(|&i| i == 0 || words[i].gap.lines > 0);
    for at in lines {
        // a line that begins with a small word goes on: "Per la Società / di Credito"
        let goes_on = |i: usize| words[i].is(Classes::LINK) && !words[i].capital;
        let end = (at + 1..words.len()).find(|&i| words[i].gap.lines > 0 && !goes_on(i));
        let line = &words[at..end.unwrap_or(words.len())];
        let first = &words[at];
        // "for HALE & SONS LTD.," has no small word of a sentence
        let stands = |w: &Word| w.capital || w.is(Classes::LINK) || w.folded == "&";
        let is_line = first.capital || line[1..].iter().all(stands);
        let Some(from) = speaks_for(line).filter(|_| is_line && line.len() <= LONGEST) else {
            continue;
        };
        if signs_for(line).is_some() {
            continue;
        }
        let mut found = Vec::new();
        principal(text, line.get(from..)?, &mut found);
        let named = Classes::ROLE.or(Classes::BODY).or(Classes::FIRM);
        let office = |w: &Word| w.is(named) && w.capital;
        if let Some(Piece::Principal(span)) = found.first()
            && line.iter().any(|w| span.contains(w.span) && office(w))
            && !line.iter().any(|w| w.is(Classes::SELF.or(Classes::OTHERS)))
        {
            return Some(*span);
        }
    }
    None
}

/// Reads a run of a signature that says for whom it stands, "For the Secretary: John Brown", or who
/// signs for the body above, "By John Hale, Manager"; whether it is such a run.
pub(super) fn read_agency(text: &str, words: &[Word], out: &mut Vec<Piece>) -> bool {
    if let Some(name) = signs_for(words) {
        let rest = &words[name.words.1..];
        out.push(Piece::Person(name));
        if !rest.is_empty() {
            segment(text, rest, Block::Signature, out);
        }
        return true;
    }
    let Some(from) = speaks_for(words) else { return false };
    if let Some(at) = holder_behind(words, from).filter(|_| !is_named(out)) {
        principal(text, &words[from..at], out);
        segment(text, &words[at..], Block::Signature, out);
        return true;
    }
    let somebody = Classes::ROLE.or(Classes::BODY);
    let named = words.iter().any(|w| w.is(somebody) || w.folded == "&");
    // "By sales: 4 pounds" is an account
    if named || !is_agent(&words[0]) {
        principal(text, &words[from.min(words.len())..], out);
    }
    true
}

/// Whether one who signs is told already.
fn is_named(out: &[Piece]) -> bool {
    out.iter().any(|p| matches!(p, Piece::Person(_)))
}

/// Where the name begins, with its initials, that ends a line behind the office for which its bearer signs:
/// "Für den Sekretär A. Vogt".
fn holder_behind(words: &[Word], from: usize) -> Option<usize> {
    let office = words.get(from..)?.iter().position(|w| w.is(Classes::ROLE) && w.capital)?;
    let first = words.first().filter(|w| w.capital)?;
    let at =
        (from + office + 1..words.len()).find(|&i| words[i].is_letter() && words[i].capital)?;
    let name = name_at(words, at)?;
    let is_whole = name.words.1 == words.len() && name.full > 0 && name.title.is_none();
    (is_whole && !first.is_letter()).then_some(at)
}

/// Where a line begins that says that whoever signs stands in for another, and not for whom: "I. V.",
/// "Im Auftrage: Weber", "Par délégation".
pub(crate) fn deputy_line(words: &[Word]) -> Option<usize> {
    (0..words.len()).filter(|&i| i == 0 || words[i].gap.lines > 0).find(|&i| {
        let end = (i + 1..words.len()).find(|&i| words[i].gap.lines > 0).unwrap_or(words.len());
        let first = &words[i];
        let stands_in = first.phrase.any(Classes::BEHALF) && first.length <= end - i;
        // "i. V. gez. Weber"
        let signed = |w: &&Word| w.is(Classes::SIGNED) && !w.is_letter();
        let rest = words.get(i + first.length..end).unwrap_or_default();
        let name = &rest[rest.iter().take_while(signed).count()..];
        let office = Classes::ROLE.or(Classes::BODY);
        let named = name_at(name, 0).is_some_and(|n| n.words == (0, name.len()));
        stands_in && (name.is_empty() || named && !name.iter().any(|w| w.is(office)))
    })
}

/// For whom a line of a signature speaks: "the Secretary of State: John Brown".
fn principal(text: &str, words: &[Word], out: &mut Vec<Piece>) {
    // "Im Auftrage: von Stein" is who signs
    let apart = words.first().is_some_and(|w| w.gap.colon || w.gap.lines > 0);
    if apart
        && let Some(name) = name_at(words, 0).filter(|n| n.words == (0, words.len()))
        && name.role.is_none()
    {
        return out.push(Piece::Person(name));
    }
    // "P. p. de Brand et Cie"
    let of = |w: &&Word| w.is(Classes::GENITIVE) && !w.is(Classes::TITLE) && !w.capital;
    let words = &words[words.iter().take_while(of).count().min(words.len().saturating_sub(1))..];
    let mut from = 0;
    while words.get(from).is_some_and(|w| w.is(Classes::LINK) && !w.capital) {
        from += 1;
    }
    let colon = (from + 1..words.len()).find(|&i| words[i].gap.colon).unwrap_or(words.len());
    // "le Ministre et par délégation"
    let until = (from + 1..colon)
        .find(|&i| words[i].phrase.any(Classes::BEHALF))
        .map_or(colon, |i| if words[i - 1].is(Classes::AND) { i - 1 } else { i });
    if from >= until {
        return;
    }
    let principal = &words[..until];
    // "por no saber escribir"
    let named = Classes::ROLE.or(Classes::BODY).or(Classes::GROUP);
    if !principal.iter().any(|w| w.capital || w.is(named)) {
        return;
    }
    // "i. A. Weber": the one who signs, not the one signed for
    let is_someone =
        principal.iter().any(|w| w.is(Classes::BODY.or(Classes::ROLE).or(Classes::AND)))
            || from > 0
            || colon < words.len()
            || principal.len() > 2;
    match name_at(principal, 0) {
        Some(name) if !is_someone && name.words == (0, principal.len()) => {
            out.push(Piece::Person(name))
        }
        // an article is part of "the Board", not of "the ABC"
        _ => {
            let named = &principal[from..];
            let letters = &text[named[0].span.start..named[0].span.end];
            let initials = named.len() == 1 && letters.chars().all(char::is_uppercase);
            out.push(Piece::Principal(span_of(if initials { named } else { principal })));
        }
    }
    if colon < words.len() {
        segment(text, &words[colon..], Block::Signature, out);
    }
}
