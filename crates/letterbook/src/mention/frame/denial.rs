//! Whether the clause of a frame denies what the frame says.
//!
//! After Jespersen, *Negation in English and Other Languages* (1917): what denies stands before the
//! verb (English, the Romance and Slavic tongues), after it (German, Dutch, the Scandinavian ones)
//! or on both sides (French). The classes `deny…` of `tables/classes.tsv` name its words. Nothing is
//! denied where what denies belongs to an infinitive ("I beg you not to come"), stands twice, or
//! with a word that turns it round ("cannot thank you enough", "shall not fail to").

use std::ops::Range;

use super::Match;
use super::grammar::Grammar;
use crate::mention::words::{CLAUSE, NUMBER, Word, Words};
use crate::record::ActKind;

/// How far from its verb something denies, in words.
const REACH: usize = 12;

/// The same before a participle, in words.
const BESIDE: usize = 2;

/// The classes of one language that tell a denial, each where the language has it.
#[derive(Debug, Default)]
pub(super) struct Denial {
    /// What denies the verb after it: "not", `ne`.
    before: Option<u16>,
    /// What denies the verb before it: "nothing", `nicht`.
    after: Option<u16>,
    /// Without one of these what stands before the verb denies nothing: `pas`.
    with: Option<u16>,
    /// What turns the denial round: "enough", "fail".
    spare: Option<u16>,
    /// What may stand between the verb and what denies it after it: "you", `Ihnen`.
    over: Option<u16>,
    /// What leads an infinitive, which is denied then and not the verb: `zu`.
    to: Option<u16>,
    /// The writer.
    writer: Option<u16>,
    /// What opens another clause without a comma.
    opens: [Option<u16>; 4],
    /// For each act the verbs that do it by being said.
    verbs: [Option<u16>; ActKind::ALL.len()],
}

impl Denial {
    pub(super) fn new(class: impl Fn(&str) -> Option<u16>) -> Denial {
        Denial {
            before: class("deny"),
            after: class("deny.after"),
            with: class("deny.with"),
            spare: class("deny.spare"),
            over: class("deny.over"),
            to: class("deny.to"),
            writer: class("deny.writer"),
            opens: ["and", "that", "wh", "condition"].map(&class),
            verbs: ActKind::ALL.map(|act| match act {
                ActKind::Request => class("deny.request").or_else(|| class("request.verb")),
                _ => class(&format!("{}.verb", act.name())),
            }),
        }
    }
}

/// Whether word `i` stands before a number: "No. 1".
fn numbers(words: &Words, i: usize) -> bool {
    words.words.get(i + 1).is_some_and(|w| w.is(NUMBER))
}

impl Grammar {
    /// Whether any of `words` denies: most sentences have none that does.
    pub(crate) fn has_denial(&self, words: &[Word]) -> bool {
        let classes = [self.denial.before, self.denial.after];
        let mut classes = classes.into_iter().flatten();
        classes.any(|class| words.iter().any(|w| self.has(w.id, class)))
    }

    /// Whether the clause denies that it does `act` by the words of `m`.
    pub(crate) fn is_denied(&self, words: &Words, act: ActKind, m: &Match<'_>) -> bool {
        use ActKind::{Apologise, Ask, Decline, Instruct, Protest, Request, Warn, Wish};
        if m.frame.denies || matches!(act, Ask | Decline | Warn | Wish) {
            return false;
        }
        let (first, end) = (m.first, m.end);
        let d = &self.denial;
        let is = |i: usize, class: Option<u16>| self.is_of(words, i, class);
        let verb = (first..end).rev().find(|&i| is(i, d.verbs[act as usize]));
        let last = || (first..end).rev().find(|&i| !self.opens_clause(words, i)).unwrap_or(first);
        let at = verb.unwrap_or_else(last);
        let clause = self.clause_of(words, at);
        if !clause.clone().any(|i| is(i, d.before) || is(i, d.after)) {
            return false;
        }
        // a command that denies still commands; only who says "I ask" is denied it
        if matches!(act, Request | Instruct | Apologise | Protest)
            && (verb.is_none() || d.writer.is_some() && !clause.clone().any(|i| is(i, d.writer)))
        {
            return false;
        }
        let mut with_next = clause.start..words.sentence_of(first).end.min(clause.end + 1);
        if with_next.any(|i| is(i, d.spare)) {
            return false;
        }
        // what stands before the writer denies something else: "not knowing it I send", `weil es
        // nicht passt sende ich`
        let from = match verb {
            Some(verb) if verb + 1 < clause.end && is(verb + 1, d.writer) => verb,
            // what is enclosed is denied beside its participle: "not enclosed"
            None if act == ActKind::Transmit => clause.start.max(first.saturating_sub(BESIDE)),
            _ => clause.start,
        };
        // not as the object of what is denied: "ne nous a pas été remise"
        let writes = |&i: &usize| is(i, d.writer) && !(i > from && is(i - 1, d.before));
        let from = (from..at).rev().find(writes).unwrap_or(from);
        let denies = |i: usize| {
            let none = act == ActKind::Acknowledge && is(i, d.after) && !numbers(words, i);
            let of_infinitive = d.with.is_some() && is(i + 1, d.with);
            none || is(i, d.before) && !of_infinitive
        };
        let is_whole = d.with.is_none() || clause.clone().any(|i| is(i, d.with));
        is_whole && (from..at).filter(|&i| denies(i)).count() % 2 == 1
            || self.is_denied_after(words, at, clause.end)
    }

    /// Whether a word between the verb `at` and the end of its clause denies it: next to it, or
    /// as the clause's last.
    fn is_denied_after(&self, words: &Words, at: usize, end: usize) -> bool {
        let d = &self.denial;
        let is = |i: usize, class: Option<u16>| self.is_of(words, i, class);
        let apart = (at + 1..end).find(|&i| !is(i, d.over) && !is(i, d.after)).unwrap_or(end);
        let is_last = |i: usize| (i + 1..end).all(|i| is(i, d.over));
        (at + 1..end).any(|i| {
            is(i, d.after)
                && (i < apart || is_last(i))
                && !numbers(words, i)
                && !(i + 1..end).any(|to| is(to, d.to))
        })
    }

    /// The words of the clause in which word `at` stands, no more than [`REACH`] to each side.
    fn clause_of(&self, words: &Words, at: usize) -> Range<usize> {
        let sentence = words.sentence_of(at);
        let low = sentence.first.max(at.saturating_sub(REACH));
        let opened = |&i: &usize| words.words[i + 1].is(CLAUSE) || self.opens_clause(words, i);
        let low = (low..at).rev().find(opened).map_or(low, |i| i + 1);
        let high = sentence.end.min(at + 1 + REACH);
        let closed = |&i: &usize| words.words[i].is(CLAUSE) || self.opens_clause(words, i);
        low..(at + 1..high).find(closed).unwrap_or(high)
    }

    /// Whether word `i` opens another clause. Where what denies stands before its verb only, it joins
    /// nothing: the verb of `non è` is spelt as "and" is.
    fn opens_clause(&self, words: &Words, i: usize) -> bool {
        self.denial.opens.iter().any(|&class| self.is_of(words, i, class))
            && !(self.denial.after.is_none()
                && i > 0
                && self.is_of(words, i - 1, self.denial.before))
    }

    pub(super) fn is_of(&self, words: &Words, i: usize, class: Option<u16>) -> bool {
        self.is_in(words.words[i].id, class)
    }
}

#[cfg(test)]
mod tests {
    use crate::mention::frame::{Table, grammar};
    use crate::record::ActKind;
    use crate::span::Span;
    use crate::text::Text;

    /// Whether `text` denies all that its frames say of `act`.
    fn denies(language: &str, act: ActKind, text: &str) -> bool {
        let grammar = grammar(language).expect("a language with tables");
        let words = grammar.words(&Text::new(text), Span::new(0, text.len()));
        let matches = grammar.matches(&words);
        let mut said = matches
            .iter()
            .filter(|m| m.frame.table == Table::Act && m.frame.what == act.name())
            .filter(|m| m.frame.when != "x")
            .peekable();
        assert!(said.peek().is_some(), "expected a frame of {act:?} in {text:?}");
        said.all(|m| grammar.is_denied(&words, act, m))
    }

    #[test]
    fn what_denies_stands_before_the_verb_or_after_it() {
        for (language, text) in [
            ("en", "I do not thank you for the pears."),
            ("de", "Ich danke Ihnen nicht für die Birnen."),
            ("fr", "Je ne vous remercie point de vos poires."),
            ("es", "No le agradezco las peras."),
            ("it", "Non La ringrazio delle pere."),
            ("nl", "Ik dank U niet voor de peren."),
            ("da", "Jeg takker Dem ikke for bogen."),
            ("ru", "Я не благодарю вас за книгу."),
        ] {
            assert!(denies(language, ActKind::Thank, text), "{text}");
        }
    }

    #[test]
    fn nothing_sent_is_denied_as_well() {
        assert!(denies("en", ActKind::Transmit, "I send you no money."));
        assert!(denies("de", ActKind::Transmit, "Ich schicke Ihnen kein Geld."));
        assert!(denies("sv", ActKind::Transmit, "Jag sänder er inga pengar."));
        assert!(denies("de", ActKind::Transmit, "Ich sende Ihnen das Buch nicht."));
        assert!(denies("fr", ActKind::Transmit, "Je ne vous envoie rien."));
    }

    #[test]
    fn an_infinitive_that_is_denied_leaves_its_verb() {
        assert!(!denies("de", ActKind::Request, "Ich bitte Sie nicht zu kommen."));
        assert!(!denies("fr", ActKind::Request, "Je vous prie de ne pas venir."));
        assert!(!denies("nl", ActKind::Request, "Ik verzoek U niet te komen."));
        assert!(!denies("en", ActKind::Promise, "I promise not to sell the mare."));
    }

    #[test]
    fn what_turns_a_denial_round_affirms() {
        assert!(!denies("en", ActKind::Thank, "I cannot thank you enough for the pears."));
        assert!(!denies(
            "de",
            ActKind::Thank,
            "Ich verfehle nicht Ihnen für die Birnen zu danken."
        ));
        assert!(!denies("fr", ActKind::Thank, "Je ne puis que vous remercier de vos poires."));
        assert!(!denies("es", ActKind::Thank, "No puedo menos de darle las gracias."));
    }

    #[test]
    fn another_clause_denies_nothing_of_this_one() {
        assert!(!denies("de", ActKind::Thank, "Ich komme nicht und danke Ihnen für die Birnen."));
        assert!(!denies("en", ActKind::Transmit, "Not knowing better I send you the list."));
    }
}
