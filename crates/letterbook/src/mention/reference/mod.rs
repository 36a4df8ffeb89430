//! Other letters, telegrams and notes that a letter speaks of.
//!
//! The frames of `tables/references.tsv` find the words ("your letter", "my No. 721", "I wrote to
//! you"), a date or number that follows belongs to them, and further dates joined by "and" are
//! further letters ("of the 3d and 9th instant"). What is only awaited, and the letter itself,
//! is no other letter. Which day a date is comes from `letterbook_dates`, resolved against the
//! letter's own.

mod candidate;
mod days;
mod tail;

use crate::mention::frame::{Grammar, Match};
use crate::mention::words::{CAPITAL, Words};
use crate::record::{ReferenceFrom, ReferenceKind};
use crate::span::Span;

use candidate::{Candidate, Candidates, Wants};
use tail::{FAR_REACH, Scene, Tail};

pub(crate) use days::{DateInText, OwnDate};

/// Another letter that is spoken of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReferenceReading {
    pub(crate) kind: ReferenceKind,
    /// `None`: a body's message, and the parties tell whose.
    pub(crate) from: Option<ReferenceFrom>,
    pub(crate) date: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) span: Span,
    pub(crate) confidence: f32,
}

/// Finds the references of a body, in the order of the text. `dates` are those of the same body,
/// in order, not overlapping.
pub(crate) fn find_references(
    text: &str,
    grammar: &Grammar,
    words: &Words,
    matches: &[Match<'_>],
    dates: &[DateInText],
    own: Option<OwnDate>,
    reread: impl Fn(Span) -> Option<DateInText>,
) -> Vec<ReferenceReading> {
    let mut found = Candidates::find(text, words, matches, dates, own);
    let dates = &days::joined(dates, std::mem::take(&mut found.own_days));
    let mut scene = Scene { text, grammar, words, dates, own, reread: &reread, limit: 0 };
    let mut out: Vec<ReferenceReading> = Vec::new();
    let mut taken = 0; // words before this one belong to a reference
    for (nth, c) in found.letters.iter().enumerate() {
        if c.first < taken {
            continue;
        }
        scene.limit = found.limit(nth);
        let tail = Tail::read(&scene, c);
        if !is_letter(&scene, &found, c, &tail) {
            continue;
        }
        let kind = kind_of(&scene, c, &tail);
        let from = from_of(&scene, c);
        if is_again(&out, c, &tail, kind, from) {
            continue;
        }
        taken = words.words.partition_point(|w| w.span.start < tail.end).max(c.end);
        push_letters(&mut out, &scene, c, tail, kind, from);
    }
    out
}

/// Whether the words are another letter: what they want follows, and no other frame says that they
/// only look like one. A date or number tells a letter that was written from one that is awaited.
fn is_letter(scene: &Scene<'_>, found: &Candidates, c: &Candidate, tail: &Tail) -> bool {
    let has_wanted = match c.wants {
        Wants::Nothing => true,
        Wants::DateOrNumber => tail.is_named(),
        Wants::Day => tail.dates_at(scene.words, c.end),
    };
    // "la carta 12 del tomo II" is printed
    let is_printed =
        tail.number.is_some() && c.from == Some(ReferenceFrom::Other) && tail.is_of_volume(scene);
    let has_wanted = has_wanted && !is_printed;
    let is_sure = tail.is_named() && c.wants != Wants::Day;
    has_wanted && (is_sure || !found.looks_like(c))
}

/// Whose letter it is. "ihr Brief" is her letter, "Ihr Brief" yours.
fn from_of(scene: &Scene<'_>, c: &Candidate) -> Option<ReferenceFrom> {
    let first = scene.words.words[c.first];
    let is_hers = c.from == Some(ReferenceFrom::Recipient)
        && !first.is(CAPITAL)
        && scene.grammar.is(first, "ihr.polite");
    if is_hers { Some(ReferenceFrom::Other) } else { c.from }
}

/// The first year in which telegraphs carried what private persons and offices wrote: Prussia opened
/// its lines in 1849, France in 1851.
const TELEGRAPH: i32 = 1849;

fn kind_of(scene: &Scene<'_>, c: &Candidate, tail: &Tail) -> ReferenceKind {
    let &Scene { grammar, words, own, .. } = scene;
    let says = |class| scene.says(c, class);
    let before_telegraphs =
        own.and_then(|o| o.date.year_number()).is_some_and(|year| year < TELEGRAPH);
    // an office numbers its despatches or names them with ceremony ("dont Votre Excellence m'a
    // honoré"), and writes "dépêche télégraphique" where it wired
    let by_wire = || words.words.get(c.end).is_some_and(|&w| grammar.is(w, "ref.wired"));
    let courtly = || scene.any(c.first, words.clause_end(c.end, FAR_REACH), "ref.courtly");
    let is_office = || (tail.number.is_some() || courtly()) && !by_wire();
    if says("ref.letter") || says("ref.despatch") && (before_telegraphs || is_office()) {
        ReferenceKind::Letter
    } else if says("ref.telegram") || says("ref.despatch") || says("ref.wire") {
        ReferenceKind::Telegram
    } else if says("ref.note") {
        ReferenceKind::Note
    } else if says("ref.other") || says("ref.paper") {
        ReferenceKind::Other
    } else if tail.number.as_ref().is_some_and(|n| !n.is_marked) {
        // "Your 575": telegrams are cited by the number alone
        ReferenceKind::Telegram
    } else {
        ReferenceKind::Letter
    }
}

/// Whether it is a letter of those read last again, by few words that tell nothing new.
fn is_again(
    read: &[ReferenceReading],
    c: &Candidate,
    tail: &Tail,
    kind: ReferenceKind,
    from: Option<ReferenceFrom>,
) -> bool {
    /// Words of such a mention, and how many references back the letter is looked for.
    const SHORT: usize = 3;
    const BACK: usize = 8;
    !tail.is_named()
        && c.end - c.first <= SHORT
        && from.is_some_and(|f| f != ReferenceFrom::Other)
        && read.iter().rev().take(BACK).any(|r| r.from == from && r.kind == kind)
}

/// Puts the letter after those of `out`, and with it those whose numbers or days are joined to its.
fn push_letters(
    out: &mut Vec<ReferenceReading>,
    scene: &Scene<'_>,
    c: &Candidate,
    tail: Tail,
    kind: ReferenceKind,
    from: Option<ReferenceFrom>,
) {
    let reading = |date, number, span, confidence| ReferenceReading {
        kind,
        from,
        date,
        number,
        span,
        confidence,
    };
    let span = tail.span(scene.words.span(c.first, c.end));
    let confidence = if tail.is_named() { 0.9 } else { 0.7 };
    let joined = tail.joined_letters(scene.text);
    let mut days = tail.dates.into_iter();
    let date = days.next().and_then(|d| d.value);
    out.push(reading(date, tail.number.map(|n| n.said), span, confidence));
    if joined.is_empty() {
        out.extend(days.map(|d| reading(d.value, None, d.span, 0.8)));
    } else {
        // each number is a letter; one that has none is told by its day
        let later = joined.into_iter();
        out.extend(later.map(|(number, date, span)| reading(date, Some(number), span, 0.8)));
    }
}

#[cfg(test)]
mod tests;
