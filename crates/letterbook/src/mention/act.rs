//! What the writer does by writing: the nineteen acts.
//!
//! After the speech acts of letter-writing manuals and `docs/annotation/acts.md`: a request, a
//! promise, thanks. The frames of `tables/acts.tsv` name them; this module chooses among frames
//! that fit the same words (the longer wins), leaves out what stands in quotation marks, under a
//! condition or in a clause that denies it, and cites the clause. Telling of news is no act, nor is
//! what others did.

use crate::mention::frame::{Grammar, Match, Table};
use crate::mention::words::{CLAUSE, QUOTED, Sentence, Words};
use crate::record::ActKind;
use crate::span::Span;

/// An act and the clause that shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ActReading {
    pub(crate) act: ActKind,
    pub(crate) span: Span,
    /// How many frames say so of the same words; none of a question that is one by its mark alone.
    pub(crate) frames: usize,
    /// Whether it stands within the first words of its sentence.
    pub(crate) opens: bool,
}

/// An act opens its sentence where no more words than this stand before it: "And so, my dear".
const BEFORE_OPENING: usize = 2;

/// How many words of a clause are cited beyond the frame.
const MOST_WORDS: usize = 14;

/// How many words may lead from a request to the courtesy that it is for.
const LEAD: usize = 6;

/// The same for what is asked.
const LEAD_TO_QUESTION: usize = 4;

/// The same for what is requested: the first request is but a word.
const LEAD_TO_REQUEST: usize = 1;

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

/// What a sentence does but once, in however many clauses: "I feel your loss, and mourn with you".
fn said_once(act: ActKind) -> bool {
    matches!(act, ActKind::Condole | ActKind::Congratulate | ActKind::Introduce)
}

/// A phrase that may be an act.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    act: ActKind,
    /// First word, and the word after the last.
    first: usize,
    end: usize,
    /// How many words it has, without parentheses.
    length: usize,
    sentence: u32,
    rank: Rank,
    /// Which earlier act of its sentence it hangs on, if it does not stand alone.
    hangs: Option<Hangs>,
}

/// How much a candidate says, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Frame,
    /// A frame marked weak gives way to any other.
    WeakFrame,
    /// A question as such, without a frame.
    Question,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hangs {
    /// On any: a second infinitive after "I have the honor to".
    OnAny,
    /// On one of the same kind: "you will sail at once and report".
    OnSame,
}

impl Candidate {
    /// The words that show it, up to the act `next` that a small word joins to it: "Kiss the children |
    /// and write soon".
    fn span(&self, grammar: &Grammar, words: &Words, next: Option<&Candidate>) -> Span {
        if self.rank == Rank::Question {
            return words.span(self.first, self.end);
        }
        let end = cited_end(grammar, words, self.end);
        let inside = |n: &&Candidate| (self.end..end).contains(&n.first);
        // "Mit bestem Dank | sende ich die Hefte zurück"
        if let Some(n) = next.filter(inside)
            && (self.act, n.act) == (ActKind::Thank, ActKind::Transmit)
        {
            return words.span(self.first, n.first);
        }
        let and = |i: usize| (self.end..end).contains(&i) && grammar.joins(words.words[i]);
        let joined =
            // "et | vous prie", "and | I beg"
            next.and_then(|n| (n.first.saturating_sub(2)..=n.first).find(|&i| and(i)));
        words.span(self.first, joined.unwrap_or(end))
    }

    /// Whether it stands within the first words of its sentence.
    fn opens(&self, words: &Words) -> bool {
        self.first <= words.sentence_of(self.first).first + BEFORE_OPENING
    }

    fn shares_words(&self, other: &Candidate) -> bool {
        self.first < other.end && other.first < self.end
    }
}

/// Finds the acts of a body, in the order of the text.
pub(crate) fn find_acts(
    grammar: &Grammar,
    words: &Words,
    matches: &[Match<'_>],
) -> Vec<ActReading> {
    let mut candidates = find_candidates(grammar, words, matches);
    // the longer of two that share words; "tell me whether" asks rather than requests
    candidates.sort_by_key(|c| {
        let plain = c.act == ActKind::Request;
        (c.sentence, c.rank, std::cmp::Reverse(c.length), plain, c.first)
    });
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut from = 0; // of this sentence among the chosen
    // those that hang on others are looked at when the others are chosen
    for sentence in candidates.chunk_by(|a, b| a.sentence == b.sentence) {
        for hanging in [false, true] {
            for c in sentence.iter().filter(|c| c.hangs.is_some() == hanging) {
                if fits(grammar, words, &chosen[from..], c) {
                    chosen.push(*c);
                }
            }
        }
        from = chosen.len();
    }
    chosen.sort_by_key(|c| (c.first, c.end));
    // "I invite you, | to spend the Sunday with us": what is cited with an act does not do it again
    chosen.dedup_by(|c, before| {
        c.act == before.act
            && before.rank != Rank::Question
            && c.first < cited_end(grammar, words, before.end)
            && !(before.end..=c.first).any(|i| grammar.joins(words.words[i]))
    });
    // what keeps the writer is the ground of the refusal before it: "je ne puis accepter : ma santé
    // me retient"
    chosen.dedup_by(|c, before| {
        (before.act, c.act) == (ActKind::Decline, ActKind::Decline)
            && c.rank == Rank::WeakFrame
            && c.sentence == before.sentence + 1
    });
    let mut kept: Vec<Candidate> = Vec::with_capacity(chosen.len());
    for c in chosen.iter().rev() {
        // from the last on: a request that leads up to another leads up to what that leads to
        if !kept.last().is_some_and(|next| leads_up(grammar, words, c, next)) {
            kept.push(*c);
        }
    }
    kept.reverse();
    kept.iter()
        .enumerate()
        .map(|(n, c)| ActReading {
            act: c.act,
            span: c.span(grammar, words, kept.get(n + 1)),
            frames: frames_of(&candidates, c),
            opens: c.opens(words),
        })
        .collect()
}

/// How many of the candidates, which are in the order of their sentences, are frames that say what `c`
/// says of the same words.
fn frames_of(candidates: &[Candidate], c: &Candidate) -> usize {
    if c.rank == Rank::Question {
        return 0;
    }
    let from = candidates.partition_point(|o| o.sentence < c.sentence);
    let mates = candidates[from..].iter().take_while(|o| o.sentence == c.sentence);
    let agrees = |o: &&Candidate| o.act == c.act && o.rank != Rank::Question && o.shares_words(c);
    mates.filter(agrees).count()
}

/// Whether the act `c` only leads up to the act `next`: "I beg you to accept my thanks" thanks, "I
/// beg you, tell me whether" asks, "Please, please come" invites.
fn leads_up(grammar: &Grammar, words: &Words, c: &Candidate, next: &Candidate) -> bool {
    if c.act != ActKind::Request {
        return false;
    }
    let within = |most: usize| next.first <= c.end + most;
    let same_sentence = next.sentence == c.sentence;
    // "send the box, and return the key" are two
    let joined = || (c.end..=next.first).any(|i| grammar.joins(words.words[i]));
    is_courtesy(next.act) && within(LEAD) && !parted(words, c, next) && !joined()
        || next.act == ActKind::Ask && same_sentence && within(LEAD_TO_QUESTION)
        || matches!(next.act, ActKind::Request | ActKind::Invite)
            && same_sentence
            && within(LEAD_TO_REQUEST)
            && !joined()
}

/// Whether `c` may stand beside those already chosen in its sentence.
fn fits(grammar: &Grammar, words: &Words, mates: &[Candidate], c: &Candidate) -> bool {
    let hangs =
        |m: &Candidate| m.first < c.first && (c.hangs == Some(Hangs::OnAny) || m.act == c.act);
    if c.hangs.is_some() && !mates.iter().any(hangs) {
        return false;
    }
    if c.rank == Rank::Question {
        // a question that asks, offers or invites otherwise is not a question as well
        let spoken = |a| {
            matches!(
                a,
                ActKind::Ask | ActKind::Request | ActKind::Offer | ActKind::Invite | ActKind::Wish
            )
        };
        // "How can I ever thank you?" asks nothing either
        let courtesy =
            |m: &Candidate| is_courtesy(m.act) && words.clause_end(m.end, usize::MAX / 2) >= c.end;
        // "Will you do us the pleasure of dining on Monday, with Tom and Ann?" invites as a whole
        // "May I introduce my nephew, who …?" introduces as a whole
        let whole = |m: &Candidate| m.act == ActKind::Introduce && m.opens(words);
        return !mates.iter().any(|m| {
            spoken(m.act) && (m.end > c.first || m.opens(words))
                || m.end > c.first && courtesy(m)
                || whole(m)
        });
    }
    // one clause does a thing once, and what is faint says nothing more in another
    let weak = c.rank == Rank::WeakFrame;
    let same = |m: &Candidate| {
        m.act == c.act
            && c.hangs.is_none()
            && (weak
                || said_once(c.act)
                || !parted(words, m, c) && !begins_anew(grammar, words, m, c)
                || is_content(grammar, words, m, c))
    };
    !mates.iter().any(|m| m.shares_words(c) || same(m))
}

/// Everything in a body that looks like an act and is not marked as something else, in no order.
fn find_candidates(grammar: &Grammar, words: &Words, matches: &[Match<'_>]) -> Vec<Candidate> {
    let mut blocked: Vec<(u32, Option<ActKind>, usize, usize)> = Vec::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut denies = (u32::MAX, false); // whether this sentence has a word that does
    for m in matches.iter().filter(|m| m.frame.table == Table::Act) {
        let act = ActKind::from_name(m.frame.what);
        let when = m.frame.when;
        let sentence = words.words[m.first].sentence;
        if when.contains('x') {
            blocked.push((sentence, act, m.first, m.end));
            continue;
        }
        let Some(act) = act else { continue };
        let question = words.sentences[sentence as usize].question;
        if when.contains('q') && !question || when.contains('s') && question {
            continue;
        }
        // "Shall I be in the way?", "So I shall live with you?" ask, whatever their future promises
        // elsewhere
        if question && act == ActKind::Promise && is_asked(words, m) {
            continue;
        }
        if words.words[m.first..m.end].iter().any(|w| w.is(QUOTED)) {
            continue;
        }
        if denies.0 != sentence {
            let s = words.sentences[sentence as usize];
            // a question that denies asks for a yes: "will you not come?"
            denies = (sentence, !question && grammar.has_denial(&words.words[s.first..s.end]));
        }
        // "I do not thank you"
        if denies.1 && grammar.is_denied(words, act, m) {
            continue;
        }
        let before = m.first.checked_sub(1).map(|i| words.words[i]);
        let led = |b| grammar.is(b, "condition") || grammar.is(b, "relative");
        if before.is_some_and(|b| b.sentence == sentence && led(b)) {
            continue;
        }
        candidates.push(Candidate {
            act,
            // what leads to the cited part may be an act of its own: "I send the key, and beg you to …"
            first: m.cited.0,
            end: m.end,
            length: m.end - m.first - m.over,
            sentence,
            rank: if when.contains('w') { Rank::WeakFrame } else { Rank::Frame },
            hangs: match () {
                () if when.contains('c') => Some(Hangs::OnAny),
                () if when.contains('k') => Some(Hangs::OnSame),
                () => None,
            },
        });
    }
    // any other question asks; where the language's table says so only one that addresses somebody
    let addresses = |s: &Sentence| {
        let mut inside = words.words[s.first..s.end].iter();
        !grammar.has_class("addressed") || inside.any(|&w| grammar.is(w, "addressed"))
    };
    for (n, s) in words.sentences.iter().enumerate().filter(|(_, s)| s.question) {
        if !words.words[s.end - 1].is(QUOTED) && addresses(s) {
            candidates.push(Candidate {
                act: ActKind::Ask,
                first: asked_from(words, *s),
                end: s.end,
                length: s.end - s.first,
                sentence: n as u32,
                rank: Rank::Question,
                hangs: None,
            });
        }
    }
    // matches come sentence by sentence, so `blocked` is in that order
    candidates.retain(|c| {
        let from = blocked.partition_point(|b| b.0 < c.sentence);
        !blocked[from..].iter().take_while(|b| b.0 == c.sentence).any(|&(_, act, first, end)| {
            // what is told inside a question leaves it a question
            act.map_or(c.rank != Rank::Question, |a| a == c.act) && first < c.end && c.first < end
        })
    });
    candidates
}

/// Whether what matches is itself what a question asks: it opens the question, or stands in its last
/// clause. A long clause may have promised before it asked, where a hand sets no commas.
fn is_asked(words: &Words, m: &Match<'_>) -> bool {
    /// The longest clause that asks as a whole, in words.
    const WHOLE: usize = 10;
    let s = words.sentence_of(m.first);
    let from = words.clause_start(m.first, usize::MAX);
    let is_last = words.clause_end(m.end, usize::MAX / 2) >= s.end;
    m.first == s.first || is_last && s.end - from <= WHOLE
}

/// Where the question of a sentence begins: a long sentence asks in its last clause.
fn asked_from(words: &Words, s: Sentence) -> usize {
    if s.end - s.first <= MOST_WORDS {
        return s.first;
    }
    let from = s.first.max(s.end.saturating_sub(2 * MOST_WORDS));
    let clause = (from..s.end.saturating_sub(2)).rev().find(|&i| words.words[i].is(CLAUSE));
    clause.unwrap_or(from)
}

/// How many words between two commas only address or qualify ("I beg you, dear Sir, to …").
const ASIDE: usize = 4;

/// Where the clause ends that a frame opens; what follows its comma at once ("I beg that, …") is
/// cited with it, past a word of address, but not what "and" begins there.
fn cited_end(grammar: &Grammar, words: &Words, end: usize) -> usize {
    let stop = words.sentence_of(end - 1).end;
    let clause = words.clause_end(end, MOST_WORDS);
    if clause > end || end == stop || grammar.joins(words.words[end]) {
        return clause;
    }
    let next = words.clause_end(end + 1, MOST_WORDS);
    if next < stop && next - end <= ASIDE { words.clause_end(next + 1, MOST_WORDS) } else { next }
}

/// Whether one of two is only what the other says: "we assure you, that we shall continue" promises
/// once.
fn is_content(grammar: &Grammar, words: &Words, a: &Candidate, b: &Candidate) -> bool {
    /// How many words may stand between the verb and "that", and between "that" and the rest.
    const NEAR: usize = 3;
    let (left, right) = if a.first < b.first { (a, b) } else { (b, a) };
    let that = |i: usize| grammar.is(words.words[i], "that");
    left.act == ActKind::Promise
        && (left.end..right.first.min(left.end + NEAR))
            .any(|i| that(i) && right.first <= i + 1 + NEAR)
}

/// Whether the later of two orders is another one, which a small word joins to the first: "you will have
/// the wall mended | and you will report". "I beg and pray you" asks once.
fn begins_anew(grammar: &Grammar, words: &Words, a: &Candidate, b: &Candidate) -> bool {
    /// How many words the first has at least for its own.
    const OWN: usize = 2;
    let (left, right) = if a.first < b.first { (a, b) } else { (b, a) };
    let joins = |i: usize| i >= left.end + OWN && grammar.joins(words.words[i]);
    matches!(left.act, ActKind::Request | ActKind::Instruct)
        && (right.first.saturating_sub(1)..=right.first).any(joins)
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
    use crate::text::Text;

    fn readings(language: &str, text: &str) -> Vec<ActReading> {
        let grammar = grammar(language).expect("a language with tables");
        let words = grammar.words(&Text::new(text), Span::new(0, text.len()));
        let matches = grammar.matches(&words);
        find_acts(grammar, &words, &matches)
    }

    fn acts(language: &str, text: &str) -> Vec<&'static str> {
        readings(language, text).iter().map(|a| a.act.name()).collect()
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
    fn what_was_said_of_the_writer_then_is_no_act_now() {
        assert!(acts("en", "I told them that I must decline the chair.").is_empty());
        assert!(acts("en", "The nurses say I shall walk again.").is_empty());
        assert!(acts("de", "Ich sagte ihr, ich müsse die Stelle ablehnen.").is_empty());
        assert!(acts("fr", "Elle croit que je vous enverrai la malle.").is_empty());
        assert_eq!(acts("en", "As I said, I must decline the chair."), ["decline"]);
        assert_eq!(acts("en", "Did you hear that he said I must pay?"), ["ask"]);
    }

    #[test]
    fn what_is_believed_of_the_addressee_is_no_order() {
        assert!(acts("en", "I believe you will not find the road.").is_empty());
        assert_eq!(acts("en", "Trust you will not lose the key."), ["request"]);
        assert!(acts("en", "He is, I am sorry to have to say, very deaf.").is_empty());
    }

    #[test]
    fn a_parenthesis_parts_no_act_and_what_follows_commands_nothing() {
        assert_eq!(acts("en", "I shall, if possible, come on Monday."), ["promise"]);
        assert_eq!(acts("en", "I cannot, I grieve to say, accept the chair."), ["decline"]);
        assert!(acts("en", "He could not, in his state, come to the play.").is_empty());
    }

    #[test]
    fn what_is_written_short_is_read_in_full() {
        assert_eq!(acts("en", "Yr. letter came safe."), ["acknowledge"]);
        assert_eq!(acts("en", "I shd be very grateful for some seeds."), ["request"]);
        assert_eq!(acts("fr", "Je vs remercie de vre lettre."), ["thank"]);
        assert_eq!(acts("es", "Ruego a Vmd. qe. me mande el mapa."), ["request"]);
    }

    #[test]
    fn feelings_shared_and_wishes_sent_are_acts() {
        assert_eq!(acts("en", "Accept our heartfelt condolences."), ["condole"]);
        assert_eq!(acts("de", "Herzlichen Glückwunsch zu der Wahl!"), ["congratulate"]);
        assert_eq!(acts("es", "Le felicito por su nombramiento."), ["congratulate"]);
        assert_eq!(acts("en", "Give my love to the children."), ["wish"]);
    }

    #[test]
    fn what_hangs_on_an_order_is_an_order_too() {
        assert_eq!(
            acts("en", "You are directed to sail at once, and report the result to this office."),
            ["instruct", "instruct"]
        );
        // without the order before it the words order nobody
        assert!(acts("en", "The ships came home and report the loss of a boat.").is_empty());
    }

    #[test]
    fn formal_commands_in_german_are_known_by_their_pronoun() {
        assert_eq!(acts("de", "Bestimmen Sie mir einen Tag."), ["request"]);
        assert!(acts("de", "Die Reisenden bestimmen sie bald.").is_empty());
    }

    #[test]
    fn official_letters_of_spain_and_italy_do_what_they_say() {
        assert_eq!(
            acts("es", "Tengo el honor de acusar recibo de su oficio del 3."),
            ["acknowledge"]
        );
        assert_eq!(acts("es", "Se ruega a los socios que contesten."), ["request"]);
        assert_eq!(acts("it", "Le trasmettiamo la copia del contratto."), ["transmit"]);
    }

    #[test]
    fn languages_in_outline_show_their_main_acts() {
        assert_eq!(acts("pt", "Agradeço a sua carta."), ["thank"]);
        assert_eq!(acts("ru", "Благодарю вас за письмо и прошу ответить."), ["thank", "request"]);
        assert_eq!(acts("pl", "Przesyłam kopię umowy."), ["transmit"]);
        assert_eq!(acts("cs", "Děkuji Vám za dopis a prosím o odpověď."), ["thank", "request"]);
        assert_eq!(acts("hu", "Levelét megkaptam, és köszönöm."), ["acknowledge", "thank"]);
        assert_eq!(acts("el", "Ἔλαβον τὴν ἐπιστολὴν ὑμῶν."), ["acknowledge"]);
        assert_eq!(acts("tr", "Mektubunuzu aldım, teşekkür ederim."), ["acknowledge", "thank"]);
        assert_eq!(acts("ko", "보내주신 편지는 잘 받았습니다."), ["acknowledge"]);
        assert_eq!(acts("ja", "書類を同封いたします。"), ["transmit"]);
        assert_eq!(acts("zh", "来信收到，非常感谢。"), ["acknowledge", "thank"]);
    }

    #[test]
    fn scandinavian_letters_do_what_they_say() {
        assert_eq!(acts("sv", "Tack för ditt brev! Skriv snart till mig."), ["thank", "request"]);
        assert_eq!(acts("sv", "Härmed bifogas räkningen."), ["transmit"]);
        assert_eq!(acts("sv", "Jag kan tyvärr icke antaga inbjudningen."), ["decline"]);
        assert_eq!(acts("da", "Deres Brev har jeg modtaget."), ["acknowledge"]);
        assert_eq!(acts("da", "Hermed sender jeg Dem Tegningen."), ["transmit"]);
        assert_eq!(
            acts("da", "Jeg lover at komme, og jeg gratulerer dig."),
            ["promise", "congratulate"]
        );
        assert_eq!(acts("nb", "Jeg ber deg sende meg boken."), ["request"]);
        assert_eq!(acts("nb", "Vi protesterer mot vedtaket."), ["protest"]);
    }

    #[test]
    fn portuguese_of_before_1911_is_read_as_todays() {
        assert_eq!(acts("pt", "Accuso a recepção do seu officio."), ["acknowledge"]);
        assert_eq!(acts("pt", "Acceito o convite."), ["accept"]);
    }

    #[test]
    fn acts_that_are_joined_are_cited_apart() {
        let cited = |language: &str, text: &'static str| -> Vec<&'static str> {
            let found = readings(language, text);
            found.iter().map(|a| &text[a.span.start..a.span.end]).collect()
        };
        assert_eq!(
            cited("en", "Kiss the children from me and write soon."),
            ["Kiss the children from me", "and write soon"]
        );
        assert_eq!(
            cited("de", "Grüße die Eltern und schreibe bald."),
            ["Grüße die Eltern", "schreibe bald"]
        );
    }

    #[test]
    fn frames_that_agree_and_the_opening_of_a_sentence_are_signs() {
        let signs = |text: &str| -> Vec<(usize, bool)> {
            readings("en", text).iter().map(|a| (a.frames, a.opens)).collect()
        };
        assert_eq!(signs("Had Karl the gout?"), [(0, true)]);
        let [(frames, opens)] =
            signs("After so long a winter on the coast please send the trunk.")[..]
        else {
            panic!("expected one act")
        };
        assert!(frames > 0 && !opens);
    }

    #[test]
    fn plain_news_has_no_act() {
        assert!(acts("en", "The harvest was poor and the river rose.").is_empty());
        assert!(acts("de", "Die Ernte war schlecht und der Fluss stieg.").is_empty());
        assert!(acts("fr", "La récolte fut mauvaise.").is_empty());
    }
}
