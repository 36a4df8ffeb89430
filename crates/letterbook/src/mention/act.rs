//! What the writer does by writing: the nineteen acts.
//!
//! After the speech acts of letter-writing manuals and `docs/annotation/acts.md`: a request, a
//! promise, thanks. The frames of `tables/acts.tsv` name them; this module chooses among frames
//! that fit the same words (the longer wins), leaves out what stands in quotation marks or under
//! a condition, and cites the clause. Telling of news is no act, nor is what others did.

use crate::mention::frame::{Grammar, Match, Table};
use crate::mention::words::{CLAUSE, QUOTED, Words};
use crate::record::ActKind;
use crate::span::Span;

/// An act and the clause that shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ActReading {
    pub(crate) act: ActKind,
    pub(crate) span: Span,
    pub(crate) confidence: f32,
}

/// How many words of a clause are cited beyond the frame.
const MOST_WORDS: usize = 14;

/// How many words may lead from a request to the courtesy that it is for.
const LEAD: usize = 6;

fn is_courtesy(act: ActKind) -> bool {
    matches!(
        act,
        ActKind::Thank
            | ActKind::Wish
            | ActKind::Congratulate
            | ActKind::Condole
            | ActKind::Apologise
            | ActKind::Introduce
    )
}

struct Candidate {
    act: ActKind,
    first: usize,
    end: usize,
    sentence: u32,
    /// 0 for a frame, 1 for a frame marked weak, 2 for a question as such.
    rank: u8,
    chained: bool,
}

/// Finds the acts of a body, in the order of the text.
pub(crate) fn find_acts(
    grammar: &Grammar,
    words: &Words,
    matches: &[Match<'_>],
) -> Vec<ActReading> {
    let mut blocked: Vec<(u32, ActKind, usize, usize)> = Vec::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    for m in matches.iter().filter(|m| m.frame.table == Table::Act) {
        let Some(act) = ActKind::from_name(m.frame.what) else { continue };
        let when = m.frame.when;
        let sentence = words.words[m.first].sentence;
        if when.contains('x') {
            blocked.push((sentence, act, m.first, m.end));
            continue;
        }
        let question = words.sentences[sentence as usize].question;
        if when.contains('q') && !question || when.contains('s') && question {
            continue;
        }
        if words.words[m.first..m.end].iter().any(|w| w.is(QUOTED)) {
            continue;
        }
        let before = m.first.checked_sub(1).map(|i| words.words[i]);
        if before.is_some_and(|b| b.sentence == sentence && grammar.is(b, "condition")) {
            continue;
        }
        candidates.push(Candidate {
            act,
            first: m.first,
            end: m.end,
            sentence,
            rank: u8::from(when.contains('w')),
            chained: when.contains('c'),
        });
    }
    // any other question asks
    for (n, s) in words.sentences.iter().enumerate().filter(|(_, s)| s.question) {
        if !words.words[s.end - 1].is(QUOTED) {
            candidates.push(Candidate {
                act: ActKind::Ask,
                first: s.first,
                end: s.end,
                sentence: n as u32,
                rank: 2,
                chained: false,
            });
        }
    }
    // matches come sentence by sentence, so `blocked` is in that order
    candidates.retain(|c| {
        let from = blocked.partition_point(|b| b.0 < c.sentence);
        !blocked[from..]
            .iter()
            .take_while(|b| b.0 == c.sentence)
            .any(|&(_, act, first, end)| act == c.act && first < c.end && c.first < end)
    });
    // strong before weak, and the longer of two that share words
    candidates.sort_by_key(|c| {
        let plain = c.act == ActKind::Request; // "tell me whether" asks rather than requests
        (c.sentence, c.rank, std::cmp::Reverse(c.end - c.first), plain, c.first)
    });
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut from = 0; // of this sentence among the chosen
    for c in candidates {
        if chosen.last().is_some_and(|l| l.sentence != c.sentence) {
            from = chosen.len();
        }
        let mates = &chosen[from..];
        if c.chained && !mates.iter().any(|m| m.first < c.first) {
            continue;
        }
        if c.rank == 2 {
            // a question that asks, offers or invites otherwise is not a question as well
            let spoken = |a| {
                matches!(
                    a,
                    ActKind::Ask
                        | ActKind::Request
                        | ActKind::Offer
                        | ActKind::Invite
                        | ActKind::Wish
                )
            };
            if mates.iter().any(|m| spoken(m.act)) {
                continue;
            }
        }
        let same_words = |m: &Candidate| m.first < c.end && c.first < m.end && c.rank != 2;
        let same_act = |m: &Candidate| m.act == c.act && !parted(words, m, &c);
        if mates.iter().any(|m| same_words(m) || same_act(m)) {
            continue;
        }
        chosen.push(c);
    }
    chosen.sort_by_key(|c| (c.first, c.end));
    // "I beg you to accept my thanks" thanks: the request only leads up to it
    let led_up: Vec<bool> = (0..chosen.len())
        .map(|i| {
            let (c, next) = (&chosen[i], chosen.get(i + 1));
            matches!(c.act, ActKind::Request)
                && next.is_some_and(|n| {
                    is_courtesy(n.act) && n.first <= c.end + LEAD && !parted(words, c, n)
                })
        })
        .collect();
    chosen
        .iter()
        .zip(led_up)
        .filter(|(_, led_up)| !led_up)
        .map(|(c, _)| c)
        .map(|c| {
            let (first, end) = if c.rank == 2 {
                let s = words.sentence_of(c.first);
                // a long sentence asks in its last clause
                let from = s.first.max(s.end.saturating_sub(2 * MOST_WORDS));
                let clause =
                    (from..s.end.saturating_sub(2)).rev().find(|&i| words.words[i].is(CLAUSE));
                (if s.end - s.first > MOST_WORDS { clause.unwrap_or(from) } else { s.first }, s.end)
            } else {
                (c.first, cited_end(words, c.end))
            };
            let confidence = [0.8, 0.6, 0.85][usize::from(c.rank)];
            ActReading { act: c.act, span: words.span(first, end), confidence }
        })
        .collect()
}

/// Where the clause ends that a frame opens; "I beg that, …" goes on after its comma.
fn cited_end(words: &Words, end: usize) -> usize {
    let clause = words.clause_end(end, MOST_WORDS);
    if clause == end && end < words.sentence_of(end - 1).end {
        words.clause_end(end + 1, MOST_WORDS)
    } else {
        clause
    }
}

/// Whether a clause ends between two frames.
fn parted(words: &Words, a: &Candidate, b: &Candidate) -> bool {
    let (left, right) = if a.first < b.first { (a, b) } else { (b, a) };
    words.clause_end(left.end, usize::MAX / 2) <= right.first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::frame::grammar;

    fn acts(language: &str, text: &str) -> Vec<&'static str> {
        let grammar = grammar(language).expect("a language with tables");
        let words = grammar.words(text, Span::new(0, text.len()));
        let matches = grammar.matches(&words);
        find_acts(grammar, &words, &matches).iter().map(|a| a.act.name()).collect()
    }

    #[test]
    fn polite_wrappings_do_what_their_verb_says() {
        assert_eq!(
            acts(
                "en",
                "I have the honour to acknowledge the receipt of your note, and to transmit herewith a map."
            ),
            ["acknowledge", "transmit"]
        );
        assert_eq!(acts("en", "Allow me to thank you most warmly for the grapes."), ["thank"]);
        assert_eq!(
            acts("de", "Ich erlaube mir, Sie um Rückgabe der Bücher zu bitten."),
            ["request"]
        );
        assert_eq!(
            acts("fr", "J’ai l’honneur de vous accuser réception de votre lettre."),
            ["acknowledge"]
        );
        assert_eq!(acts("es", "Le ruego a usted que me mande el plano."), ["request"]);
    }

    #[test]
    fn commands_requests_and_questions_are_told_apart() {
        assert_eq!(acts("en", "You are hereby directed to sail at once."), ["instruct"]);
        assert_eq!(acts("en", "Please send the trunk by rail."), ["request"]);
        assert_eq!(acts("en", "Has the boat come in?"), ["ask"]);
        assert_eq!(acts("de", "Ist das Schiff schon da?"), ["ask"]);
        assert_eq!(acts("fr", "Envoyez-moi les épreuves."), ["request"]);
    }

    #[test]
    fn a_refusal_is_no_acceptance_and_a_denial_no_act() {
        assert_eq!(acts("en", "I regret that I cannot accept the post."), ["decline"]);
        assert!(acts("en", "I did not thank him, and he did not ask.").is_empty());
    }

    #[test]
    fn what_others_do_and_say_is_not_the_writers_act() {
        assert!(acts("en", "He thanked them and promised to write.").is_empty());
        assert!(acts("en", "She cried “please send me the money now” and wept.").is_empty());
        assert!(acts("en", "If I promise to come the others stay.").is_empty());
    }

    #[test]
    fn feelings_shared_and_wishes_sent_are_acts() {
        assert_eq!(acts("en", "Accept our heartfelt condolences."), ["condole"]);
        assert_eq!(acts("de", "Herzlichen Glückwunsch zu der Wahl!"), ["congratulate"]);
        assert_eq!(acts("es", "Le felicito por su nombramiento."), ["congratulate"]);
        assert_eq!(acts("en", "Give my love to the children."), ["wish"]);
    }

    #[test]
    fn plain_news_has_no_act() {
        assert!(acts("en", "The harvest was poor and the river rose.").is_empty());
        assert!(acts("de", "Die Ernte war schlecht und der Fluss stieg.").is_empty());
        assert!(acts("fr", "La récolte fut mauvaise.").is_empty());
    }
}
