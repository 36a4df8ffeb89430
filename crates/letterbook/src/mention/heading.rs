//! The words of a heading by which an office or a body says that it writes to another: "The Secretary of
//! State to the Minister in Siam", "The Committee of Safety to the President".
//!
//! Tells where who writes and who reads begin, and who holds an office by the name in brackets behind
//! it. What stands before a heading on the page, and whose it is, is the letter's affair.

use super::label::{Label, label_length};
use super::lexicon::Classes;
use super::name::{Name, is_name_word, name_at};
use super::stretch::Word;
use crate::text::Text;

/// Where a heading over the letter says who writes to whom.
pub(crate) struct HeadingEnds {
    /// The first word of the one who writes, behind "From the" or the article.
    pub(crate) begins: usize,
    /// The word behind those of the one who writes.
    pub(crate) writes: usize,
    /// The word after "to".
    pub(crate) reads: usize,
    /// Whether both sides are plainly told apart: the one who writes has an article, or the one who
    /// reads has none.
    pub(crate) named: bool,
}

/// The longest name of the office that writes, in words.
const LONGEST: usize = 12;
/// What such an office is.
const OFFICE: Classes = Classes::ROLE.or(Classes::BODY).or(Classes::NOBLE);

/// The word after "to" in a heading over the letter, "The Secretary of State to the Minister in Siam".
/// "The Secretary to the Governor" is one office, and so is "Agent au Ministère".
pub(crate) fn heading_ends(text: &str, words: &[Word]) -> Option<HeadingEnds> {
    // "From the Secretary"
    let from = match words {
        [first, next, ..] => first.is(Classes::FROM) && first.capital && is_article(next),
        _ => false,
    };
    let begin = usize::from(from);
    let Some(ends) = sides(text, &words[begin..], from) else { return wired(words) };
    let at = |i: usize| i + begin;
    Some(HeadingEnds {
        begins: at(ends.begins),
        writes: at(ends.writes),
        reads: at(ends.reads),
        named: ends.named,
    })
}

/// The sides of a telegram's head, which has no articles and calls a ministry by what it is for: "Préfet
/// Nord à Intérieur, Sûreté générale, Paris".
pub(crate) fn wired(words: &[Word]) -> Option<HeadingEnds> {
    /// The longest name of an office so called, in words.
    const LONGEST: usize = 5;
    words.first().filter(|w| w.is(Classes::ROLE) && w.capital && !w.is(Classes::LINK))?;
    let leads = |&i: &usize| words[i].is(Classes::TO) && !words[i].capital;
    let to = (1..words.len().min(LONGEST)).find(leads)?;
    // "Gouverneur général"
    let is_office =
        words[1..to].iter().all(|w| w.capital || w.is(Classes::ROLE.or(Classes::TITLE)));
    let one_line = words[1..=to].iter().all(|w| w.gap.lines == 0 && !w.gap.comma);
    let reads = words.get(to + 1..)?;
    (is_office && one_line && ministry(reads).is_some()).then_some(HeadingEnds {
        begins: 0,
        writes: to,
        reads: to + 1,
        named: true,
    })
}

/// How many of the first words are a ministry as telegrams call it, "Ministre" before it or not.
pub(crate) fn ministry(words: &[Word]) -> Option<usize> {
    let minister = words.first().is_some_and(|w| w.is(Classes::ROLE) && w.capital);
    let at = usize::from(minister);
    Some(
        at + label_length(
            Label::Ministry,
            words.get(at..).filter(|w| w.first().is_some_and(|w| w.capital))?,
        )?,
    )
}

/// An article with a small letter.
fn is_article(word: &Word) -> bool {
    word.is(Classes::LINK) && !word.capital
}

/// The sides of a heading without "From"; `is_led` where that stood before it.
fn sides(text: &str, words: &[Word], is_led: bool) -> Option<HeadingEnds> {
    let mut line = words.iter().skip(1).take_while(|w| w.gap.lines == 0).count() + 1;
    let leads = words.first().is_some_and(|w| {
        let article = w.is(Classes::LINK) || label_length(Label::Article, words).is_some();
        article && (w.capital || is_led)
    });
    // "Le Préfet de la Drôme / à Monsieur le Maire", "Au ministre de la Guerre"
    let begins_line = |i: usize| {
        let reader = Classes::TITLE.or(Classes::ROLE).or(Classes::BODY);
        let titled = words.get(i + 1).is_some_and(|w| w.is(reader));
        words[i].gap.lines == 1 && words[i].is(Classes::TO) && (!words[i].capital || titled)
    };
    // "M. Morel, ministre à Berne, / à M. Blanc, ministre des Affaires étrangères"
    let holds =
        || words[0].is(Classes::TITLE) && words[1..line].iter().any(|w| w.is(Classes::ROLE));
    if line < words.len() && begins_line(line) && (leads || holds()) {
        line += words[line + 1..].iter().take_while(|w| w.gap.lines == 0).count() + 1;
    }
    // "THE GOVERNOR to THE SECRETARY of STATE": small words alone may be small
    let in_capitals = words.len() > 1
        && words[..line.min(words.len())].iter().all(|w| {
            w.is(Classes::TO.or(Classes::LINK))
                || !text[w.span.start..w.span.end].contains(char::is_lowercase)
        });
    let is_low = |w: &Word| !w.capital || in_capitals;
    let article = |w: &Word| w.is(Classes::LINK) && is_low(w);
    // "an den", which no office has in its name
    let german = |reads: &[Word]| reads.first().is_some_and(|w| w.is(Classes::OBJECT));
    let reads = (2..line.min(LONGEST)).filter(|&i| words[i].is(Classes::TO)).find(|&i| {
        let (writes, reads) = (&words[..i], &words[i + 1..line]);
        // "Le consul de France à Smyrne au ministre": small letters, and no sentence
        let is_small = leads && are_of_name(writes);
        let titled = Classes::ROLE.or(Classes::TITLE).or(Classes::NOBLE);
        let office = |w: &Word| w.is(titled) && (w.capital || is_small || begins_line(i));
        // "The Governor", "The American Commissioners": whom no other office has in its name
        let is_head = is_head(writes);
        // "Les administrateurs du Gers au Comité", "Der Landrat an den Magistrat", but "Le Chef de
        // bureau au Ministère", "The Secretary to the Board"
        let body = |w: &Word| {
            let led = german(reads) || is_head;
            w.is(Classes::BODY)
                && w.capital
                && !is_sent(writes)
                && (led
                    || (leads || is_name_word(&writes[i - 1])) && !writes[i - 1].is(Classes::ROLE))
        };
        // "Het Bestuur der Maatschappij"
        let is_cut_short = words[i].is_letter() && words.get(i + 1).is_some_and(|w| w.gap.stop);
        !words[i].is(Classes::NAMED_AFTER)
            // "WERKE A. G."
            && !is_cut_short
            // "Le général de division"
            && !words[i].is(Classes::ROLE)
            && (is_low(&words[i]) || begins_line(i))
            // "de la Seine-Inférieure"
            && !article(&writes[i - 1])
            && (leads || writes[0].is(OFFICE.or(Classes::TITLE)))
            // "À Monsieur Morel, secrétaire de M. le duc"
            && !writes[0].is(Classes::HEAD_TO)
            && writes_office(writes)
            // "Secretary of State" has its small word before it, "Gobernador civil a Alcalde" none after
            && (!writes[i - 1].is(Classes::ROLE)
                || is_head
                || article(&writes[i - 2])
                || !reads.first().is_some_and(article)
                || german(reads))
            && reads.iter().find(|w| !article(w)).is_some_and(|w| office(w) || body(w))
    })? + 1;
    // "Ambassador Page to the Secretary of State"
    let with_name = is_name_word(&words[reads - 2]);
    let named = leads || with_name || !words.get(reads).is_some_and(article);
    // "A LA CONVENTION", "to the": the small words before the one who reads
    let writes = (1..reads).rfind(|&i| {
        !words[i - 1].is(Classes::TO.or(Classes::LINK))
            || !is_low(&words[i - 1]) && !begins_line(i - 1)
    })?;
    Some(HeadingEnds { begins: usize::from(leads), writes, reads, named })
}

/// Whether the words have an office, a body or many who write together, or are a person with his title:
/// "Lord Dorset".
fn writes_office(writes: &[Word]) -> bool {
    let titled =
        || name_at(writes, 0).is_some_and(|n| n.title.is_some() && n.words == (0, writes.len()));
    writes.iter().any(|w| w.is(OFFICE.or(Classes::GROUP))) || titled()
}

/// Whether the words end in an office that is none to another: "The Lieutenant Governor".
fn is_head(writes: &[Word]) -> bool {
    let ends = |n: usize| {
        let last = writes.len().checked_sub(n).map(|at| &writes[at..]);
        last.is_some_and(|last| label_length(Label::Head, last) == Some(n))
    };
    ends(1) || ends(2)
}

/// Whether the words are of those whom somebody sends to a body, which is then in their name: "The Permanent
/// Mission of Nepal to the League".
fn is_sent(writes: &[Word]) -> bool {
    writes.iter().any(|w| label_length(Label::Sent, std::slice::from_ref(w)).is_some())
}

/// Whether all the words may stand in the name of an office or a body.
pub(crate) fn are_of_name(words: &[Word]) -> bool {
    (0..words.len()).all(|i| is_of_name(words, i))
}

/// Whether the word at `at` may stand in the name of an office or a body: it has a capital, is small, or
/// says with one adjective at most what the word before it is of, "Comité de salut public".
fn is_of_name(words: &[Word], at: usize) -> bool {
    let small = Classes::ROLE
        .or(Classes::BODY)
        .or(Classes::TITLE)
        .or(Classes::LINK)
        .or(Classes::AT)
        .or(Classes::TO)
        .or(Classes::PARTICLE);
    let is_low = |i: usize| !words[i].capital && !words[i].is(small);
    let joins = |i: usize| {
        let w = &words[i];
        // "l'armée", and not "a écrit"
        let elided = w.is_letter() && w.is(Classes::LINK) && words[i + 1].gap.tight;
        !w.capital && (elided || w.is(Classes::GENITIVE.or(Classes::NAMED_AFTER)))
    };
    !is_low(at) || at > 0 && joins(at - 1) || at > 1 && is_low(at - 1) && joins(at - 2)
}

/// Whether the words are a line, or one for each, that says which office writes to whom, and no sentence:
/// "Le général Joubert au général en chef Bonaparte."
pub(crate) fn is_office_heading(text: &str, words: &[Word]) -> bool {
    let below = words.iter().skip(1).position(|w| w.gap.lines > 0).map(|n| n + 1);
    let Some(to) = heading_ends(text, words).filter(|to| to.named) else { return false };
    match below {
        None => are_of_name(words),
        // "Le Ministre de l'intérieur, / Au citoyen Commissaire près l'administration centrale"
        Some(at) => {
            to.writes == at
                && words[at].gap.lines == 1
                && words[at + 1..].iter().all(|w| w.gap.lines == 0)
                && are_of_name(&words[..at])
        }
    }
}

/// An office, and behind it who holds it, in brackets or with his title: "Minister in Siam (King)",
/// "Ministro en Londres, Sr. Gil".
pub(crate) fn holder<'w>(text: &Text<'_>, words: &'w [Word]) -> Option<(&'w [Word], Name)> {
    let line = words.iter().skip(1).take_while(|w| w.gap.lines == 0).count() + 1;
    let titled = (1..line.min(words.len())).rfind(|&i| words[i].gap.comma).and_then(|at| {
        let name = name_at(&words[at..], 0).filter(|n| n.title.is_some() && n.full > 0)?;
        let is_last = name.role.is_none() && at + name.words.1 == words.len();
        (is_last && words[0].is(Classes::ROLE)).then_some((&words[..at], name))
    });
    if titled.is_some() {
        return titled;
    }
    let opens = |i: &usize| text.as_str()[..words[*i].span.start].ends_with('(');
    let at = (1..line.min(words.len())).find(opens)?;
    let name = name_at(&words[at..], 0)?;
    let end = words[at..].get(name.words.1.checked_sub(1)?)?.span.end;
    text.as_str()[end..].starts_with(')').then_some((&words[..at], name))
}
