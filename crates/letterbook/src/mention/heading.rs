//! The words of a heading by which one office says that it writes to another: "The Secretary of State
//! to the Minister in Siam".
//!
//! Tells where who reads begins, and who holds an office by the name in brackets behind it. What
//! stands before a heading on the page, and whose it is, is the letter's affair.

use super::lexicon::Classes;
use super::name::{Name, is_name_word, name_at};
use super::stretch::Word;
use crate::span::Text;

/// Where a heading over the letter says who writes to whom.
pub(crate) struct HeadingEnds {
    /// The word after "to".
    pub(crate) reads: usize,
    /// Whether both sides are plainly told apart: the one who writes has an article, or the one who
    /// reads has none.
    pub(crate) named: bool,
}

/// The word after "to" in a heading over the letter, "The Secretary of State to the Minister in Siam".
/// "The Secretary to the Governor" is one office, and so is "Agent au Ministère".
pub(crate) fn heading_ends(words: &[Word]) -> Option<HeadingEnds> {
    /// The longest name of the office that writes.
    const LONGEST: usize = 12;
    let mut line = words.iter().skip(1).take_while(|w| w.gap.lines == 0).count() + 1;
    // "Le Préfet de la Drôme / à Monsieur le Maire"
    let below = words.get(line).filter(|w| w.gap.lines == 1 && w.is(Classes::TO) && !w.capital);
    if below.is_some() && words[0].is(Classes::LINK) && words[0].capital {
        line += words[line + 1..].iter().take_while(|w| w.gap.lines == 0).count() + 1;
    }
    let article = |w: &Word| w.is(Classes::LINK) && !w.capital;
    let leads = words.first().is_some_and(|w| w.is(Classes::LINK) && w.capital);
    let small = Classes::ROLE.or(Classes::TITLE).or(Classes::LINK).or(Classes::AT).or(Classes::TO);
    let reads = (2..line.min(LONGEST)).find(|&i| {
        let (writes, reads) = (&words[..i], &words[i + 1..line]);
        // "Le consul de France à Smyrne au ministre": small letters, and no sentence
        let is_small = leads && writes.iter().all(|w| w.capital || w.is(small));
        let office =
            |w: &Word| w.is(Classes::ROLE.or(Classes::TITLE)) && (w.capital || is_small);
        words[i].is(Classes::TO)
            && !words[i].capital
            // "de la Seine-Inférieure"
            && !article(&writes[i - 1])
            && writes[0].is(Classes::LINK.or(Classes::ROLE))
            && writes.iter().any(|w| w.is(Classes::ROLE))
            // "Secretary of State" has its small word before it, "Gobernador civil a Alcalde" none after
            && (!writes[i - 1].is(Classes::ROLE) || article(&writes[i - 2]) || !reads.first().is_some_and(article))
            && reads.iter().find(|w| !article(w)).is_some_and(office)
    })? + 1;
    // "Ambassador Page to the Secretary of State"
    let with_name = is_name_word(&words[reads - 2]);
    let named = leads || with_name || !words.get(reads).is_some_and(article);
    Some(HeadingEnds { reads, named })
}

/// Whether the words are one line that says which office writes to whom, and no sentence: "Le général
/// Joubert au général en chef Bonaparte."
pub(crate) fn is_office_heading(words: &[Word]) -> bool {
    let small = Classes::ROLE
        .or(Classes::TITLE)
        .or(Classes::LINK)
        .or(Classes::AT)
        .or(Classes::TO)
        .or(Classes::PARTICLE);
    words.iter().skip(1).all(|w| w.gap.lines == 0)
        && words.iter().all(|w| w.capital || w.is(small))
        && heading_ends(words).is_some_and(|to| to.named)
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
