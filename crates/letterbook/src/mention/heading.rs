//! The words of a heading by which one office says that it writes to another: "The Secretary of State
//! to the Minister in Siam".
//!
//! Tells where who reads begins, and who holds an office by the name in brackets behind it. What
//! stands before a heading on the page, and whose it is, is the letter's affair.

use super::lexicon::Classes;
use super::name::{Name, is_name_word, name_at};
use super::stretch::{Word, span_of};
use crate::text::Text;

/// Where a heading over the letter says who writes to whom.
pub(crate) struct HeadingEnds {
    /// The word behind those of the one who writes.
    pub(crate) writes: usize,
    /// The word after "to".
    pub(crate) reads: usize,
    /// Whether both sides are plainly told apart: the one who writes has an article, or the one who
    /// reads has none.
    pub(crate) named: bool,
}

/// The word after "to" in a heading over the letter, "The Secretary of State to the Minister in Siam".
/// "The Secretary to the Governor" is one office, and so is "Agent au Ministère".
pub(crate) fn heading_ends(text: &str, words: &[Word]) -> Option<HeadingEnds> {
    /// The longest name of the office that writes.
    const LONGEST: usize = 12;
    let mut line = words.iter().skip(1).take_while(|w| w.gap.lines == 0).count() + 1;
    let leads = words.first().is_some_and(|w| w.is(Classes::LINK) && w.capital);
    // "Le Préfet de la Drôme / à Monsieur le Maire", "Au ministre de la Guerre"
    let begins_line = |i: usize| {
        let reader = Classes::TITLE.or(Classes::ROLE).or(Classes::BODY);
        let titled = words.get(i + 1).is_some_and(|w| w.is(reader));
        words[i].gap.lines == 1 && words[i].is(Classes::TO) && (!words[i].capital || titled)
    };
    if leads && line < words.len() && begins_line(line) {
        line += words[line + 1..].iter().take_while(|w| w.gap.lines == 0).count() + 1;
    }
    let in_capitals = words.len() > 1 && {
        let said = span_of(&words[..line.min(words.len())]);
        !text[said.start..said.end].contains(char::is_lowercase)
    };
    let is_low = |w: &Word| !w.capital || in_capitals;
    let article = |w: &Word| w.is(Classes::LINK) && is_low(w);
    // "an den", which no office has in its name
    let german = |reads: &[Word]| reads.first().is_some_and(|w| w.is(Classes::OBJECT));
    let small = Classes::ROLE.or(Classes::TITLE).or(Classes::LINK).or(Classes::AT).or(Classes::TO);
    let reads = (2..line.min(LONGEST)).find(|&i| {
        let (writes, reads) = (&words[..i], &words[i + 1..line]);
        // "Le consul de France à Smyrne au ministre": small letters, and no sentence
        let is_small = leads && writes.iter().all(|w| w.capital || w.is(small));
        let titled = Classes::ROLE.or(Classes::TITLE).or(Classes::NOBLE);
        let office = |w: &Word| w.is(titled) && (w.capital || is_small || begins_line(i));
        // "Les administrateurs du Gers au Comité", "Der Landrat an den Magistrat", but "Le Chef de
        // bureau au Ministère", "The Secretary to the Board"
        let body = |w: &Word| {
            let led = german(reads);
            w.is(Classes::BODY)
                && w.capital
                && (led || (leads || is_name_word(&writes[i - 1])) && !writes[i - 1].is(Classes::ROLE))
        };
        words[i].is(Classes::TO)
            // "Le général de division"
            && !words[i].is(Classes::ROLE)
            && (is_low(&words[i]) || begins_line(i))
            // "de la Seine-Inférieure"
            && !article(&writes[i - 1])
            && writes[0].is(Classes::LINK.or(Classes::ROLE))
            // "À Monsieur Morel, secrétaire de M. le duc"
            && !writes[0].is(Classes::HEAD_TO)
            && writes.iter().any(|w| w.is(Classes::ROLE))
            // "Secretary of State" has its small word before it, "Gobernador civil a Alcalde" none after
            && (!writes[i - 1].is(Classes::ROLE) || article(&writes[i - 2]) || !reads.first().is_some_and(article) || german(reads))
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
    Some(HeadingEnds { writes, reads, named })
}

/// Whether the words are a line, or one for each, that says which office writes to whom, and no sentence:
/// "Le général Joubert au général en chef Bonaparte."
pub(crate) fn is_office_heading(text: &str, words: &[Word]) -> bool {
    let small = Classes::ROLE
        .or(Classes::BODY)
        .or(Classes::TITLE)
        .or(Classes::LINK)
        .or(Classes::AT)
        .or(Classes::TO)
        .or(Classes::PARTICLE);
    let below = words.iter().skip(1).position(|w| w.gap.lines > 0).map(|n| n + 1);
    let is_low = |w: &Word| !w.capital && !w.is(small);
    let Some(to) = heading_ends(text, words).filter(|to| to.named) else { return false };
    match below {
        None => !words.iter().any(is_low),
        // "Le Ministre de l'intérieur, / Au citoyen Commissaire près l'administration centrale"
        Some(at) => {
            to.writes == at
                && words[at].gap.lines == 1
                && words[at + 1..].iter().all(|w| w.gap.lines == 0)
                && !words[..at].iter().any(is_low)
        }
    }
}

/// An office, and in brackets behind it who holds it: "Minister in Siam (King)".
pub(crate) fn holder<'w>(text: &Text<'_>, words: &'w [Word]) -> Option<(&'w [Word], Name)> {
    let line = words.iter().skip(1).take_while(|w| w.gap.lines == 0).count() + 1;
    let opens = |i: &usize| text.as_str()[..words[*i].span.start].ends_with('(');
    let at = (1..line.min(words.len())).find(opens)?;
    let name = name_at(&words[at..], 0)?;
    let end = words[at..].get(name.words.1.checked_sub(1)?)?.span.end;
    text.as_str()[end..].starts_with(')').then_some((&words[..at], name))
}
