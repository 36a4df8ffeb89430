//! Persons, bodies and events that a body of text names.
//!
//! A name is a run of capitalised words; what it names is told by a title before it ("Herr",
//! "General"), by a word that heads bodies or events ("Party", "Treaty"), or because the letter's
//! parties bear it. In German, where every noun has a capital, only such a sign makes a name.
//! Without a sign a run is left alone: unknown is better than wrong. This module does not know
//! who a person is, and joins no two names.

use crate::mention::fold;
use crate::mention::frame::Grammar;
use crate::mention::lexicon::lexicon;
use crate::mention::words::{CAPITAL, CLAUSE, Words};
use crate::record::MentionKind;
use crate::span::Span;

/// How many words a name has at most.
const MOST_WORDS: usize = 9;

/// Finds names in a body, in the order of the text, not overlapping. `known` are folded words of
/// the parties' names; `place` says whether a name is a town's.
pub(crate) fn find_names(
    text: &str,
    grammar: &Grammar,
    words: &Words,
    known: &[String],
    place: impl Fn(&str) -> bool,
) -> Vec<(MentionKind, Span)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.words.len() {
        if governs(grammar, words, at) {
            out.push((MentionKind::Org, words.span(at, at + 2)));
            at += 2;
            continue;
        }
        let title = grammar.is(words.words[at], "title");
        if !words.words[at].is(CAPITAL) && !title {
            at += 1;
            continue;
        }
        let (end, name_from) = run_from(text, grammar, words, at);
        // where "Portugal and the Azores" names nothing, "Portugal" may
        let short = (name_from + 1..end)
            .find(|&i| !words.words[i].is(CAPITAL) && !joined(text, words, i))
            .unwrap_or(end);
        let kind = |end| kind_of(text, grammar, words, at, name_from, end, known, &place);
        let whole = kind(end).map(|found| (found, end));
        let cut = || (short < end).then(|| kind(short)).flatten().map(|found| (found, short));
        if let Some(((kind, first), end)) = whole.or_else(cut) {
            out.push((kind, words.span(first, end)));
            at = end;
        } else {
            at += 1;
        }
    }
    out
}

/// The end of the run of capitalised words that begins at `at`, and where the name in it begins,
/// past the titles.
fn run_from(text: &str, grammar: &Grammar, words: &Words, at: usize) -> (usize, usize) {
    let mut name_from = at;
    while name_from < words.words.len() && grammar.is(words.words[name_from], "title") {
        name_from += 1;
    }
    let mut end = name_from.max(at);
    let limit = words.words.len().min(at + MOST_WORDS);
    let mut i = end;
    while i < limit {
        let word = words.words[i];
        // an initial's full stop is part of a name; a sentence's is not
        let initial = i > at && words.words[i - 1].span.len() <= 2;
        if i > at && (word.is(CLAUSE) || word.sentence != words.words[i - 1].sentence && !initial) {
            break;
        }
        if i > at && text[words.words[i - 1].span.end..word.span.start].contains('\n') {
            // a line may break within a name, but not a paragraph
            let gap = &text[words.words[i - 1].span.end..word.span.start];
            if gap.matches('\n').count() > 1 {
                break;
            }
        }
        // "Down-with-Tolls League" is one run whatever its hyphens join
        if word.is(CAPITAL) || i > at && joined(text, words, i) {
            end = i + 1;
        } else if !(i > name_from && grammar.is(word, "inside")) {
            break;
        }
        i += 1;
    }
    (end, name_from)
}

#[expect(clippy::too_many_arguments, reason = "one run and everything that may tell what it is")]
fn kind_of(
    text: &str,
    grammar: &Grammar,
    words: &Words,
    at: usize,
    name_from: usize,
    end: usize,
    known: &[String],
    place: &impl Fn(&str) -> bool,
) -> Option<(MentionKind, usize)> {
    if end <= name_from {
        return None;
    }
    let name = &words.words[name_from..end];
    let heads = |class| name.iter().any(|&w| w.is(CAPITAL) && grammar.is(w, class));
    let opening = at == words.sentence_of(at).first;
    if name_from > at {
        return (name[0].is(CAPITAL) && !heads("org")).then_some((MentionKind::Person, name_from));
    }
    if name.len() >= 2 && heads("event") {
        return Some((MentionKind::Event, at));
    }
    if name.len() >= 2 && heads("org") && !(opening && name.len() == 2) {
        return Some((MentionKind::Org, at));
    }
    if name.len() >= 2 && heads("region") {
        return Some((MentionKind::Place, at));
    }
    // a half of a hyphenated word is no name by itself
    let half = at > 0 && joined(text, words, at);
    let span = words.span(name_from, end);
    let said = &text[span.start..span.end];
    let short = name.len() == 1
        && grammar.is(name[0], "land.short")
        && said.chars().all(char::is_uppercase);
    if !half && (short || said.chars().count() > 3 && is_country(said)) {
        return Some((MentionKind::Place, at));
    }
    let mut folded = String::new();
    for w in name {
        folded.clear();
        super::words::fold(&text[w.span.start..w.span.end], Default::default(), &mut folded);
        if known.contains(&folded) {
            return Some((MentionKind::Person, at));
        }
    }
    if !opening && !half && place(said) {
        return Some((MentionKind::Place, at));
    }
    None
}

/// Whether word `at` hangs on the word before it by a hyphen.
fn joined(text: &str, words: &Words, at: usize) -> bool {
    matches!(&text[words.words[at - 1].span.end..words.words[at].span.start], "-" | "‐" | "‑")
}

/// Whether a nation's adjective and its government, army or mission stand side by side at `at`.
fn governs(grammar: &Grammar, words: &Words, at: usize) -> bool {
    let (one, Some(&two)) = (words.words[at], words.words.get(at + 1)) else { return false };
    let pair = |nation, body| grammar.is(nation, "nation") && grammar.is(body, "govern");
    one.sentence == two.sentence && !two.is(CLAUSE) && (pair(one, two) || pair(two, one))
}

fn is_country(name: &str) -> bool {
    lexicon().country(&fold(name)).is_some()
}
