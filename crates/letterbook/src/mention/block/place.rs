//! Towns, streets and countries of a block.

use super::Piece;
use crate::mention::fold;
use crate::mention::label::{Label, begins_saint, is_ordinal, label_length};
use crate::mention::lexicon::{Classes, lexicon};
use crate::mention::name::is_name_word;
use crate::mention::stretch::{Word, span_of};
use crate::span::Span;
use crate::tables::town;

/// The town that a run of words names, if the whole run, small words and districts aside, is one.
pub(crate) fn is_town(text: &str, words: &[Word]) -> bool {
    town_in(text, words).is_some()
}

/// Whether the small words at `at` lead to the name of a town: "in / Düsseldorf".
pub(super) fn leads_to_town(words: &[Word], at: usize) -> bool {
    let mut i = at;
    while words.get(i).is_some_and(|w| w.is(Classes::AT) && !w.capital) {
        i += 1;
    }
    i > at && words.get(i).is_some_and(|w| is_name_word(w) && town(&w.folded).is_some())
}

/// The known town of a run that holds nothing else: "in Zürich", "Wien XVIII", "Berlin NO 18".
pub(crate) fn town_in(text: &str, words: &[Word]) -> Option<Span> {
    if words.len() <= 4
        && words.first().is_some_and(|w| w.capital && !w.is(Classes::MONTH.or(Classes::WEEKDAY)))
    {
        let all = span_of(words);
        if town(&fold(&text[all.start..all.end])).is_some() {
            return Some(all);
        }
    }
    let mut from = 0;
    while words.get(from).is_some_and(|w| {
        w.is(Classes::AT.or(Classes::TO))
            && (!w.capital
                || w.span.len() <= 2
                || from == 0 && w.is(Classes::AT) && w.span.len() <= 3)
            && words.len() > from + 1
            && !begins_saint(&words[from..])
    }) {
        from += 1;
    }
    let mut end = words.len();
    while end > from + 1 && (words[end - 1].number || is_district(&words[end - 1])) {
        end -= 1;
    }
    // "VIII Wien", but "E. Harlan" is a person
    let is_initial = |i: usize| words[i].is_letter() && words[i + 1].gap.stop;
    while from + 1 < end && (words[from].number || is_district(&words[from]) && !is_initial(from)) {
        from += 1;
    }
    let run = words.get(from..end).filter(|run| !run.is_empty() && run.len() <= 6)?;
    if !run[0].capital || run.iter().any(|w| w.number) {
        return None;
    }
    // the longest beginning of the run that is a town, the rest being part of a country
    for n in (1..=run.len()).rev() {
        let span = span_of(&run[..n]);
        let rest_is_region = run[n..].iter().all(|w| {
            w.is(Classes::STATE.or(Classes::COUNTRY).or(Classes::LINK))
                || w.gap.mark
                || w.gap.dash
                || w.is_letter()
        });
        if rest_is_region
            && town(&fold(&text[span.start..span.end])).is_some()
            && !run[0].is(Classes::MONTH.or(Classes::WEEKDAY))
        {
            return Some(span);
        }
    }
    None
}

/// "NW", "XVIII", "S.W.", "Cedex".
pub(super) fn is_district(word: &Word) -> bool {
    word.capital
        && (word.folded.bytes().all(|b| b"ivx".contains(&b))
            || word.folded.len() <= 2 && word.folded.bytes().all(|b| b"nsweoc".contains(&b)))
        || word.folded == "cedex"
        || word.folded.len() <= 4 && word.folded.bytes().any(|b| b.is_ascii_digit())
}

/// The word after a postcode, where nothing but a town's name follows it: "29300 Quimper",
/// "8435 ZG Drachten".
pub(super) fn after_postcode(words: &[Word]) -> Option<usize> {
    let is_code = |w: &Word| {
        (4..=6).contains(&w.folded.len()) && w.folded.bytes().all(|b| b.is_ascii_digit())
    };
    let code = words.iter().position(|w| w.number && is_code(w))?;
    let letters = |w: &Word| w.capital && w.folded.len() <= 2 && !w.is(Classes::LINK);
    let name = if words.get(code + 1).is_some_and(letters) { code + 2 } else { code + 1 };
    let run = words.get(name..).filter(|run| !run.is_empty() && run.len() <= 5)?;
    let town = run[0].capital
        && run.iter().all(|w| !w.number && (w.capital || w.is(Classes::LINK.or(Classes::AT))))
        && !run.iter().any(|w| w.is(Classes::MONTH.or(Classes::STREET)));
    town.then_some(name)
}

pub(super) fn places(text: &str, words: &[Word], out: &mut Vec<Piece>) {
    let all = span_of(words);
    if let Some(name) = after_postcode(words) {
        let code = (0..name).rev().find(|&i| words[i].number).unwrap_or(name);
        if code > 0 {
            out.push(Piece::Street(span_of(&words[..code])));
        }
        out.push(Piece::Town(span_of(&words[name..])));
        return;
    }
    if let Some(code) =
        Some(fold(&text[all.start..all.end])).filter(|f| lexicon().country(f).is_some())
    {
        debug_assert!(!code.is_empty());
        out.push(Piece::Country(all));
    } else if !out.is_empty() && label_length(Label::County, words) == Some(words.len()) {
        out.push(Piece::Country(all));
    } else if let Some(span) = town_in(text, words) {
        out.push(Piece::Town(span));
    } else if words.iter().all(|w| w.is(Classes::STATE.or(Classes::COUNTRY))) {
        out.push(Piece::Country(all));
    } else if words.iter().any(|w| w.number || w.is(Classes::STREET.or(Classes::HOUSE))) {
        // "Wien XVIII. Lange Gasse 7", "Paris, 12 rue Basse"
        let leading = (1..words.len().min(4)).rev().find(|&n| {
            words[0].capital
                && !words[n].is(Classes::STREET.or(Classes::HOUSE)) | words[n].number
                && (words[n].number
                    || is_district(&words[n])
                    || words[n].gap.mark
                    || words[n].gap.stop && n + 1 < words.len())
                && !words[..n].iter().any(|w| w.number || w.is(Classes::STREET.or(Classes::HOUSE)))
                && town(&fold(&text[words[0].span.start..words[n - 1].span.end])).is_some()
        });
        if let Some(n) = leading {
            out.push(Piece::Town(span_of(&words[..n])));
            out.push(Piece::Street(span_of(&words[n..])));
            return;
        }
        out.push(Piece::Street(all));
        // "170 Mill Road London SW8": the town may close the line
        let last = (0..words.len()).rev().take(6).find(|&i| {
            is_name_word(&words[i])
                && i > 0
                && town(&words[i].folded).is_some()
                && words[i + 1..].iter().all(|w| {
                    w.number || is_district(w) || w.is(Classes::STATE) || w.span.len() <= 4
                })
        });
        if let Some(i) = last.filter(|&i| words[..i].iter().any(|w| w.number)) {
            out.push(Piece::Town(words[i].span));
        }
    } else if words.first().is_some_and(|w| w.is(Classes::AT) || is_name_word(w))
        && out.iter().any(|p| matches!(p, Piece::Person(_) | Piece::Body(_) | Piece::Street(_)))
    {
        let run: Vec<&Word> =
            words.iter().skip_while(|w| w.is(Classes::AT) && !is_name_word(w)).collect();
        if let (Some(first), Some(last)) = (run.first(), run.last())
            && run.len() <= 4
            && run
                .iter()
                .all(|w| is_name_word(w) && !w.gap.mark || w.is(Classes::LINK.or(Classes::AT)))
        {
            out.push(Piece::Town(Span::new(first.span.start, last.span.end)));
        }
    }
}

/// Digits alone, or with one letter: "12", "12a", not "3e".
pub(super) fn is_house_number(word: &Word) -> bool {
    let letters = word.folded.trim_start_matches(|c: char| c.is_ascii_digit());
    word.number && !is_ordinal(letters)
}
