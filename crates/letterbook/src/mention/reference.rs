//! Other letters, telegrams and notes that a letter speaks of.
//!
//! The frames of `tables/references.tsv` find the words ("your letter", "my No. 721", "I wrote to
//! you"), a date or number that follows belongs to them, and further dates joined by "and" are
//! further letters ("of the 3d and 9th instant"). What is only awaited, and the letter itself,
//! is no other letter. Which day a date is comes from `letterbook_dates`, resolved against the
//! letter's own.

use crate::mention::frame::{Grammar, Match, Table};
use crate::mention::words::{CAPITAL, NUMBER, Words};
use crate::record::{ReferenceFrom, ReferenceKind};
use crate::span::Span;

/// A date of the body that a reference may claim.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DateInText {
    pub(crate) span: Span,
    /// EDTF; `None` where the day cannot be told.
    pub(crate) value: Option<String>,
    pub(crate) confidence: f32,
}

impl DateInText {
    /// Each day of "the 19th and 27th", which the date reader gives as one set.
    fn days(&self) -> impl Iterator<Item = DateInText> + '_ {
        let value = self.value.as_deref();
        let set = value.and_then(|v| v.strip_prefix('{')?.strip_suffix('}'));
        let listed = set.filter(|s| !s.contains("..")).or(value).unwrap_or("");
        listed.split(',').map(|day| DateInText {
            span: self.span,
            value: (!day.is_empty()).then(|| day.trim().to_owned()),
            confidence: self.confidence,
        })
    }
}

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

/// How many words may stand between a reference and its date: "No. 652, of the".
const REACH: usize = 6;
/// The same where a clause lies between: "which I addressed to the minister on".
const FAR_REACH: usize = 12;

struct Candidate<'g> {
    what: &'g str,
    bare: bool,
    first: usize,
    end: usize,
}

/// Finds the references of a body, in the order of the text. `dates` are those of the same body,
/// in order, not overlapping.
pub(crate) fn find_references(
    text: &str,
    grammar: &Grammar,
    words: &Words,
    matches: &[Match<'_>],
    dates: &[DateInText],
    reread: impl Fn(Span) -> Option<DateInText>,
) -> Vec<ReferenceReading> {
    let mut blocked: Vec<(usize, usize)> = Vec::new();
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for m in matches.iter().filter(|m| m.frame.table == Table::Reference) {
        let (first, end) = m.cited;
        if m.frame.when == "x" {
            blocked.push((first, end));
        } else {
            candidates.push(Candidate {
                what: m.frame.what,
                bare: m.frame.when.contains('b'),
                first,
                end,
            });
        }
    }
    // the longest that begins first
    candidates.sort_by_key(|c| (c.first, c.bare, std::cmp::Reverse(c.end)));
    blocked.sort_unstable();
    let mut out: Vec<ReferenceReading> = Vec::new();
    let mut taken = 0; // words before this one belong to a reference
    for c in candidates {
        if c.first < taken {
            continue;
        }
        let from = blocked.partition_point(|b| b.0 + 16 < c.first);
        let tail = Tail::read(text, grammar, words, &c, dates, &reread);
        let named = !tail.dates.is_empty() || tail.number.is_some();
        if c.bare && !named {
            continue;
        }
        let awaited = blocked[from..]
            .iter()
            .take_while(|b| b.0 < c.end)
            .any(|b| b.1 >= c.end && b.1 > c.first);
        if awaited && !named {
            continue;
        }
        let kind = kind_of(grammar, words, &c, tail.marked);
        let sender = match c.what {
            "sender" => Some(ReferenceFrom::Sender),
            "recipient" => Some(ReferenceFrom::Recipient),
            "house" => None,
            _ => Some(ReferenceFrom::Other),
        };
        let head = words.span(c.first, c.end);
        let end = if tail.dates.len() > 1 { tail.dates[0].span.end } else { tail.end };
        let span = Span::new(head.start, end.max(head.end));
        // the same letter again, by words that tell nothing new
        let again = !named
            && c.end - c.first <= 3
            && sender.is_some_and(|s| s != ReferenceFrom::Other)
            && out.iter().rev().take(8).any(|r| r.from == sender && r.kind == kind);
        if again {
            continue;
        }
        let mut more = tail.dates.into_iter();
        let first = more.next();
        let date = first.as_ref().and_then(|d| d.value.clone());
        let confidence = if named { 0.9 } else { 0.7 };
        out.push(ReferenceReading {
            kind,
            from: sender,
            date,
            number: tail.number,
            span,
            confidence,
        });
        for d in more {
            out.push(ReferenceReading {
                kind,
                from: sender,
                date: d.value,
                number: None,
                span: d.span,
                confidence: 0.8,
            });
        }
        taken = words.words.partition_point(|w| w.span.start < tail.end).max(c.end);
    }
    out
}

fn kind_of(
    grammar: &Grammar,
    words: &Words,
    c: &Candidate<'_>,
    number_marked: Option<bool>,
) -> ReferenceKind {
    let says = |class| words.words[c.first..c.end].iter().any(|&w| grammar.is(w, class));
    if says("ref.letter") {
        ReferenceKind::Letter
    } else if says("ref.telegram") {
        ReferenceKind::Telegram
    } else if says("ref.note") {
        ReferenceKind::Note
    } else if says("ref.other") {
        ReferenceKind::Other
    } else if number_marked == Some(false) {
        // "Your 575": telegrams are cited by the number alone
        ReferenceKind::Telegram
    } else {
        ReferenceKind::Letter
    }
}

/// What follows a frame and belongs to it.
struct Tail {
    dates: Vec<DateInText>,
    number: Option<String>,
    /// Whether the number is marked as one ("No."); `None` without number.
    marked: Option<bool>,
    /// Byte where the reference ends.
    end: usize,
}

impl Tail {
    fn read(
        text: &str,
        grammar: &Grammar,
        words: &Words,
        c: &Candidate<'_>,
        dates: &[DateInText],
        reread: &impl Fn(Span) -> Option<DateInText>,
    ) -> Tail {
        let sentence = words.sentence_of(c.first);
        let head = words.span(c.first, c.end);
        let mut tail = Tail { dates: Vec::new(), number: None, marked: None, end: head.end };
        let mut at = c.first;
        let mut last = c.end; // words up to here are part of the reference
        // a date may run over a full stop: "10. ds. Mts."
        while at < words.words.len() && at < last + REACH {
            let word = words.words[at];
            let next = dates.partition_point(|d| d.span.end <= word.span.start);
            if let Some(d) = dates.get(next)
                && d.span.start <= word.span.start
                && d.span.start >= head.start
            {
                let numbered = at < c.end && word.is(NUMBER) && d.span.end > head.end;
                if numbered {
                    // "Your 1359, April 28": the number is the letter's, not the year's
                    tail.number = Some(text[word.span.start..word.span.end].to_owned());
                    tail.marked = Some(at > 0 && grammar.is(words.words[at - 1], "no"));
                    tail.dates.extend(reread(Span::new(word.span.end, d.span.end)));
                } else {
                    tail.push(d);
                }
                tail.end = tail.end.max(d.span.end);
                at = words.words.partition_point(|w| w.span.start < d.span.end);
                last = at;
                // a second day is another letter
                if !(at < sentence.end
                    && (grammar.is(words.words[at], "and") || text[d.span.end..].starts_with(','))
                    && dates.get(next + 1).is_some_and(|n| {
                        words.words.partition_point(|w| w.span.start < n.span.start) <= at + 3
                    }))
                {
                    break;
                }
                at += 1;
                continue;
            }
            if at >= sentence.end {
                break;
            }
            if word.is(NUMBER) {
                let before = at.checked_sub(1).map(|i| words.words[i]);
                let marked = before.is_some_and(|w| grammar.is(w, "no"));
                if tail.number.is_none() && (marked || at < c.end || at == c.end) {
                    let raw = &text[word.span.start..word.span.end];
                    if raw.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
                        tail.number = Some(raw.to_owned());
                        tail.marked = Some(marked);
                        tail.end = tail.end.max(word.span.end);
                        last = at + 1;
                    }
                }
            } else if at >= c.end
                && !grammar.is(word, "joint")
                && !(word.is(CAPITAL) && at < last + 3)
            {
                break;
            }
            at += 1;
        }
        if tail.dates.is_empty() {
            tail.claim_far(grammar, words, c, dates);
        }
        if tail.dates.is_empty() {
            tail.claim_before(words, c, dates);
        }
        tail
    }

    /// "a despatch which I addressed to the minister on the 19th": a date later in the clause, if
    /// a word that dates stands before it.
    fn claim_far(
        &mut self,
        grammar: &Grammar,
        words: &Words,
        c: &Candidate<'_>,
        dates: &[DateInText],
    ) {
        let end = words.clause_end(c.end, FAR_REACH);
        let Some(last) = end.checked_sub(1).map(|i| words.words[i]) else { return };
        let next = dates.partition_point(|d| d.span.start < self.end);
        let Some(d) = dates.get(next).filter(|d| d.span.start < last.span.end) else { return };
        let first = words.words.partition_point(|w| w.span.start < d.span.start);
        let dated = |i: usize| words.words.get(i).is_some_and(|w| grammar.is(*w, "joint"));
        if first > c.end
            && (dated(first - 1) || dated(first) || first > c.end + 1 && dated(first - 2))
        {
            self.end = d.span.end;
            self.push(d);
        }
    }

    /// "On the 3d instant I received a telegram": a date that opens the sentence.
    fn claim_before(&mut self, words: &Words, c: &Candidate<'_>, dates: &[DateInText]) {
        let sentence = words.sentence_of(c.first);
        let opening = words.words[sentence.first].span.start;
        let next = dates.partition_point(|d| d.span.start < opening);
        let Some(d) = dates.get(next) else { return };
        let first = words.words.partition_point(|w| w.span.start < d.span.start);
        let end = words.words.partition_point(|w| w.span.start < d.span.end);
        if first <= sentence.first + 2 && end < c.first && c.first <= end + 5 {
            self.dates.extend(d.days().take(1));
        }
    }

    fn push(&mut self, d: &DateInText) {
        self.dates.extend(d.days());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::frame::grammar;

    /// The references of `text`, where `dates` are words of it and what they mean.
    fn references(language: &str, text: &str, dates: &[(&str, &str)]) -> Vec<String> {
        let grammar = grammar(language).expect("a language with tables");
        let words = grammar.words(text, Span::new(0, text.len()));
        let matches = grammar.matches(&words);
        let dates: Vec<DateInText> = dates
            .iter()
            .map(|&(said, value)| {
                let start = text.find(said).expect("a date of the text");
                let span = Span::new(start, start + said.len());
                DateInText { span, value: Some(value.to_owned()), confidence: 1.0 }
            })
            .collect();
        find_references(text, grammar, &words, &matches, &dates, |_| None)
            .iter()
            .map(|r| {
                format!(
                    "{:?} {:?} {} {} [{}]",
                    r.kind,
                    r.from.unwrap_or(ReferenceFrom::Other),
                    r.date.as_deref().unwrap_or("-"),
                    r.number.as_deref().unwrap_or("-"),
                    &text[r.span.start..r.span.end]
                )
            })
            .collect()
    }

    #[test]
    fn a_date_and_a_number_that_follow_belong_to_the_letter() {
        assert_eq!(
            references(
                "en",
                "I refer to your letter No. 12 of the 4th ultimo.",
                &[("4th ultimo", "1880-03-04")]
            ),
            ["Letter Recipient 1880-03-04 12 [your letter No. 12 of the 4th ultimo]"]
        );
        assert_eq!(
            references(
                "de",
                "Auf Ihr Schreiben vom 6. ds. Mts. erwidere ich",
                &[("6. ds. Mts.", "1880-04-06")]
            ),
            ["Letter Recipient 1880-04-06 - [Ihr Schreiben vom 6. ds. Mts.]"]
        );
        assert_eq!(
            references("es", "su carta del 5 del corriente", &[("5 del corriente", "1880-04-05")]),
            ["Letter Recipient 1880-04-05 - [su carta del 5 del corriente]"]
        );
    }

    #[test]
    fn two_days_are_two_letters() {
        let found = references(
            "en",
            "Your notes of the 3d instant and the 9th instant lie here.",
            &[("3d instant", "1880-04-03"), ("9th instant", "1880-04-09")],
        );
        assert_eq!(
            found,
            [
                "Note Recipient 1880-04-03 - [Your notes of the 3d instant]",
                "Note Recipient 1880-04-09 - [9th instant]"
            ]
        );
    }

    #[test]
    fn who_wrote_is_told_by_the_words() {
        assert_eq!(
            references("en", "I wrote to you from Leeds", &[]),
            ["Letter Sender - - [I wrote to you]"]
        );
        assert_eq!(references("fr", "ma lettre", &[]), ["Letter Sender - - [ma lettre]"]);
        assert_eq!(
            references("en", "He read a telegram from Captain Moss.", &[]),
            ["Telegram Other - - [a telegram from]"]
        );
    }

    #[test]
    fn what_is_awaited_and_the_letter_itself_are_no_references() {
        assert!(references("en", "I await your reply.", &[]).is_empty());
        assert!(references("en", "Burn this letter.", &[]).is_empty());
        assert!(references("de", "Ich hoffe auf baldige Antwort.", &[]).is_empty());
    }
}
