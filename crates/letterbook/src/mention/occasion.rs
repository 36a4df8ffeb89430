//! What a letter is written for or marks: anniversaries, birthdays, feasts, deaths, weddings.
//!
//! Anniversaries with a number come from `letterbook_dates`, which counts the years in words and
//! digits and from the letter's year gives the year of the event. The others come from the frames
//! of `tables/occasions.tsv`; most of them count only beside an act that marks an occasion
//! (congratulating, condoling, wishing), since a letter may tell of a wedding without being
//! written for it. This module looks nothing up: an event's day is read or absent.

use crate::mention::act::ActReading;
use crate::mention::frame::{Grammar, Match, Table};
use crate::mention::words::{NUMBER, QUOTED, Words};
use crate::record::{ActKind, OccasionKind};
use crate::span::Span;

/// An anniversary that the date reader found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CountedYears {
    pub(crate) span: Span,
    pub(crate) years: u32,
    /// The year counted from, where the letter's date gives it.
    pub(crate) since: Option<i32>,
}

/// An occasion as read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OccasionReading {
    pub(crate) kind: OccasionKind,
    /// Where the event is named.
    pub(crate) event: Option<Span>,
    pub(crate) ordinal: Option<u32>,
    pub(crate) since: Option<i32>,
    pub(crate) span: Span,
    pub(crate) confidence: f32,
}

/// How many words name an event at most.
const MOST_WORDS: usize = 14;

fn kind(name: &str) -> OccasionKind {
    match name {
        "anniversary" => OccasionKind::Anniversary,
        "birthday" => OccasionKind::Birthday,
        "holiday" => OccasionKind::Holiday,
        "death" => OccasionKind::Death,
        "marriage" => OccasionKind::Marriage,
        "birth" => OccasionKind::Birth,
        "illness" => OccasionKind::Illness,
        "appointment" => OccasionKind::Appointment,
        "award" => OccasionKind::Award,
        "publication" => OccasionKind::Publication,
        "visit" => OccasionKind::Visit,
        _ => OccasionKind::Other,
    }
}

/// Finds the occasions of a body, in the order of the text. `acts` and `years` are those of the
/// same body.
pub(crate) fn find_occasions(
    text: &str,
    grammar: &Grammar,
    words: &Words,
    matches: &[Match<'_>],
    acts: &[ActReading],
    years: &[CountedYears],
    letter_year: Option<i32>,
) -> Vec<OccasionReading> {
    let marking =
        |a: &ActReading| matches!(a.act, ActKind::Congratulate | ActKind::Condole | ActKind::Wish);
    let sentence_at = |byte: usize| {
        let at = words.words.partition_point(|w| w.span.end <= byte);
        words.words.get(at).map(|w| w.sentence)
    };
    let marked: Vec<u32> =
        acts.iter().filter(|a| marking(a)).filter_map(|a| sentence_at(a.span.start)).collect();
    let congratulated: Vec<u32> = acts
        .iter()
        .filter(|a| a.act == ActKind::Congratulate)
        .filter_map(|a| sentence_at(a.span.start))
        .collect();
    let mut out: Vec<OccasionReading> = Vec::new();
    for y in years {
        let first = words.words.partition_point(|w| w.span.end <= y.span.start);
        let end = words.words.partition_point(|w| w.span.start < y.span.end);
        if first >= end || words.words[first].is(QUOTED) {
            continue;
        }
        let named = event_end(grammar, words, end);
        let birthday = words.words[first..end].iter().any(|&w| grammar.is(w, "birthday"));
        out.push(OccasionReading {
            kind: if birthday { OccasionKind::Birthday } else { OccasionKind::Anniversary },
            event: event_start(grammar, words, end, named).map(|from| words.span(from, named)),
            ordinal: Some(y.years),
            since: y.since,
            span: words.span(first, named),
            confidence: 0.9,
        });
    }
    for m in matches.iter().filter(|m| m.frame.table == Table::Occasion) {
        let (first, end) = m.cited;
        let sentence = words.words[first].sentence;
        let holds = match m.frame.when {
            "t" => marked.contains(&sentence),
            "a" => !marked.is_empty(),
            "c" => congratulated.contains(&sentence),
            "g" => !congratulated.is_empty(),
            "d" => acts.iter().any(|a| a.act == ActKind::Condole),
            _ => true,
        };
        if !holds || words.words[first].is(QUOTED) {
            continue;
        }
        let kind = kind(m.frame.what);
        // "congratulate you on your son, and send" is read no further than the son
        let end = match kind {
            OccasionKind::Other => end.min(words.clause_end(first + 1, MOST_WORDS)),
            _ => end,
        };
        let span = words.span(first, end);
        // "75jährigen Bestehen"
        let ordinal = words.words[first..end]
            .iter()
            .find(|w| {
                matches!(kind, OccasionKind::Anniversary | OccasionKind::Birthday) && w.is(NUMBER)
            })
            .and_then(|w| leading_number(&text[w.span.start..w.span.end]));
        out.push(OccasionReading {
            kind,
            event: Some(span),
            ordinal,
            since: ordinal.and_then(|n| letter_year?.checked_sub_unsigned(n)),
            span,
            confidence: if m.frame.when == "-" { SURE } else { 0.6 },
        });
    }
    // one for the same words, the surer, the one with a kind and the longer first; one of a kind
    // for a sentence
    let is_other = |o: &OccasionReading| o.kind == OccasionKind::Other;
    out.sort_by(|a, b| {
        let surer = b.confidence.total_cmp(&a.confidence);
        surer.then(is_other(a).cmp(&is_other(b))).then(b.span.len().cmp(&a.span.len()))
    });
    let mut chosen: Vec<OccasionReading> = Vec::new();
    let mut taken: Vec<(Option<u32>, OccasionKind)> = Vec::new();
    for o in out {
        let place = (sentence_at(o.span.start), o.kind);
        let counted = o.ordinal.is_some();
        // "the wedding" after "your marriage to Mr. Hale" is the same
        let same = !counted && taken.iter().any(|t| t.1 == o.kind);
        if same
            || chosen.len() >= MOST_OCCASIONS
            || chosen.iter().any(|c| c.span.overlaps(o.span))
            || is_other(&o) && taken.iter().any(|t| t.0 == place.0)
            || is_other(&o) && o.confidence < SURE && chosen.iter().any(is_congratulated)
        {
            continue;
        }
        taken.push(place);
        chosen.push(o);
    }
    chosen.sort_by_key(|o| o.span);
    chosen
}

/// The number with which a word begins, if it may count years.
fn leading_number(word: &str) -> Option<u32> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word[..end].parse().ok().filter(|n| (1..=3000).contains(n))
}

/// How sure a frame is that needs nothing beside it.
const SURE: f32 = 0.7;

/// Whether the occasion is one that the letter's congratulation stands for, so that "congratulate
/// you on so well deserved an honour" elsewhere names no other.
fn is_congratulated(o: &OccasionReading) -> bool {
    use OccasionKind::{Appointment, Award, Birth, Marriage, Publication};
    o.confidence < SURE && matches!(o.kind, Appointment | Award | Birth | Marriage | Publication)
}

/// A letter that marks more occasions than this is a calendar.
const MOST_OCCASIONS: usize = 24;

/// Where the name of an event that begins at word `from` ends.
fn event_end(grammar: &Grammar, words: &Words, from: usize) -> usize {
    if from >= words.words.len() || !opens_event(grammar, words, from) {
        return from;
    }
    let end = words.clause_end(from + 1, MOST_WORDS);
    // "… of the Party and the 80th anniversary of …"
    (from + 1..end).find(|&i| grammar.joins(words.words[i])).unwrap_or(end)
}

fn opens_event(grammar: &Grammar, words: &Words, from: usize) -> bool {
    from > 0
        && words.words[from].sentence == words.words[from - 1].sentence
        && grammar.is(words.words[from], "of")
}

/// The first word of the event's name, past "of the".
fn event_start(grammar: &Grammar, words: &Words, from: usize, end: usize) -> Option<usize> {
    (from..end).find(|&i| !grammar.is(words.words[i], "of"))
}
