//! Where a body may speak of another letter, as the frames of `tables/references.tsv` say.
//!
//! Owns what the columns of that table mean. Whether a place is a reference, its tail tells.

use letterbook_dates::value::Edtf;

use super::days::{DateInText, OwnDate};
use crate::mention::frame::{Frame, Match, Table};
use crate::mention::words::Words;
use crate::record::ReferenceFrom;
use crate::span::Span;

/// How many later candidates are asked whether they begin another letter.
const NEAR: usize = 16;
/// How many words before a candidate those that only look like a letter may begin.
const BEFORE: usize = 16;

/// What a frame says.
enum Said {
    /// A letter of that party; `None` for a body's, and the parties tell whose.
    Letter(Option<ReferenceFrom>),
    /// The letter's own day, or the one so many days before it: "of even date".
    OwnDay { before: i32 },
    /// The day of the letter spoken of before, or else the letter's own: "of the same date".
    SameDay,
    /// Words that only look like a letter.
    NoLetter,
}

impl Said {
    fn by(frame: &Frame) -> Said {
        match (frame.what, frame.when) {
            ("own", _) => Said::OwnDay { before: 0 },
            ("own1", _) => Said::OwnDay { before: 1 },
            ("same", _) => Said::SameDay,
            (_, "x") => Said::NoLetter,
            ("sender", _) => Said::Letter(Some(ReferenceFrom::Sender)),
            ("recipient", _) => Said::Letter(Some(ReferenceFrom::Recipient)),
            ("house", _) => Said::Letter(None),
            _ => Said::Letter(Some(ReferenceFrom::Other)),
        }
    }
}

/// What must follow the words of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    Nothing,
    DateOrNumber,
    /// A day, at once: "Your September 18".
    Day,
}

impl Wants {
    fn by(frame: &Frame) -> Wants {
        match frame.when {
            "b" => Wants::DateOrNumber,
            "n" => Wants::Day,
            _ => Wants::Nothing,
        }
    }
}

/// Words that may speak of another letter.
pub(super) struct Candidate {
    /// Whose letter; `None` for a body's.
    pub(super) from: Option<ReferenceFrom>,
    pub(super) wants: Wants,
    /// The first word, and the one after the last.
    pub(super) first: usize,
    pub(super) end: usize,
}

impl Candidate {
    /// Whether it is no letter without what follows it.
    pub(super) fn is_bare(&self) -> bool {
        self.wants != Wants::Nothing
    }
}

/// What the frames find in a body.
pub(super) struct Candidates {
    /// In the order of the text; of those that begin at one word the longest first, the bare last.
    pub(super) letters: Vec<Candidate>,
    /// First word and the one after the last of what only looks like a letter, in order.
    no_letters: Vec<(usize, usize)>,
    /// Days told by the letter's own, or by that of a letter spoken of before.
    pub(super) own_days: Vec<DateInText>,
}

impl Candidates {
    pub(super) fn find(
        text: &str,
        words: &Words,
        matches: &[Match<'_>],
        dates: &[DateInText],
        own: Option<OwnDate>,
    ) -> Candidates {
        let (mut letters, mut no_letters, mut own_days) = (Vec::new(), Vec::new(), Vec::new());
        let mut same_days = Vec::new();
        let own_day = |before: i32| {
            let day = own.and_then(|o| Edtf::from_day(o.day()?.plus(-before)).ok());
            day.map(|d| d.to_string())
        };
        for m in matches.iter().filter(|m| m.frame.table == Table::Reference) {
            let (first, end) = m.cited;
            match Said::by(m.frame) {
                Said::OwnDay { before } => {
                    own_days.push(told(words.span(first, end), own_day(before)));
                }
                Said::SameDay => same_days.push((first, end)),
                Said::NoLetter => no_letters.push((first, end)),
                Said::Letter(from) if !closes_bracket(text, words.span(first, end)) => {
                    letters.push(Candidate { from, wants: Wants::by(m.frame), first, end });
                }
                Said::Letter(_) => {}
            }
        }
        letters.sort_by_key(|c| (c.first, c.is_bare(), std::cmp::Reverse(c.end)));
        no_letters.sort_unstable();
        own_days.extend(same_days.into_iter().map(|(first, end)| {
            let before = day_before(text, words, &letters, dates, own, first);
            told(words.span(first, end), before.or_else(|| own_day(0)))
        }));
        Candidates { letters, no_letters, own_days }
    }

    /// The word at which another letter's words begin after those of letter `nth`: what follows them
    /// is that letter's. "With reference to your No. 12 of".
    pub(super) fn limit(&self, nth: usize) -> usize {
        let end = self.letters[nth].end;
        let mut later = self.letters[nth + 1..].iter().take(NEAR);
        later.find(|o| o.first >= end && !o.is_bare()).map_or(usize::MAX, |o| o.first)
    }

    /// Whether the last words of `c` are among those that only look like a letter.
    pub(super) fn looks_like(&self, c: &Candidate) -> bool {
        let from = self.no_letters.partition_point(|n| n.0 + BEFORE < c.first);
        let mut begun = self.no_letters[from..].iter().take_while(|n| n.0 < c.end);
        begun.any(|n| n.1 >= c.end)
    }
}

/// A day that words tell without a number.
fn told(span: Span, value: Option<String>) -> DateInText {
    DateInText { span, value, is_yearless: false, confidence: 0.8 }
}

/// The last day before word `at`, in its sentence and behind the words of a letter: "your despatch of
/// the 15th and the telegram of the same date".
fn day_before(
    text: &str,
    words: &Words,
    letters: &[Candidate],
    dates: &[DateInText],
    own: Option<OwnDate>,
    at: usize,
) -> Option<String> {
    let opening = words.sentence_of(at).first;
    let next = dates.partition_point(|d| d.span.end <= words.words[at].span.start);
    let is_day = |d: &&DateInText| {
        let last = d.days().last().and_then(|d| d.value);
        last.and_then(|value| Edtf::parse(&value).ok()?.to_day()).is_some()
    };
    let day = dates[..next].iter().rfind(is_day)?;
    let is_letters = |c: &Candidate| {
        let end = words.words[c.end - 1].span.end;
        c.first >= opening && end <= day.span.end
    };
    letters.iter().any(is_letters).then_some(())?;
    let value = day.days().last()?.value?;
    let said = &text[day.span.start..day.span.end];
    let earlier = own.and_then(|o| o.earlier(&value, said, day.is_yearless));
    Some(earlier.map_or(value, |date| Edtf::from(date).to_string()))
}

/// Whether a bracket closes among the words that has not opened there: the words are no phrase.
fn closes_bracket(text: &str, span: Span) -> bool {
    let said = &text[span.start..span.end];
    said.find(')').is_some_and(|at| !said[..at].contains('('))
}
