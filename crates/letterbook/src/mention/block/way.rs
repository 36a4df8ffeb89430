//! How a letter went and in whose house its reader is: "Per the Concord, Capt. Trewin", "at Mr. Rudd's,
//! Bookseller". Whoever is named there is no reader.
//!
//! Owns no words: those of the way are the labels `ship`, `bearer` and `captain`, those of the house
//! the label `host`.

use crate::mention::label::{Label, label_length};
use crate::mention::lexicon::Classes;
use crate::mention::name::name_at;
use crate::mention::stretch::Word;

/// Where the line ends that says from the word `at` on with which ship or master the letter went.
pub(super) fn way_ends(text: &str, words: &[Word], at: usize) -> Option<usize> {
    /// "per the good ship Mary Ann": so many words between the first and the master's rank.
    const SHIP: usize = 5;
    let end = (at + 1..words.len()).find(|&i| words[i].gap.lines > 0).unwrap_or(words.len());
    let line = &words[at..end];
    let is_captain = |i: usize| label_length(Label::Captain, &line[i..]).is_some();
    let led_to_captain = |from: usize| {
        let captain = (from..line.len()).take(SHIP).find(|&i| is_captain(i))?;
        let ship = &line[from..captain];
        ship.iter()
            .all(|w| w.capital && !w.is(Classes::TITLE) || w.is(Classes::LINK))
            .then_some(end)
    };
    if label_length(Label::Ship, line).is_some() {
        return Some(end);
    }
    let signed = text[..line.first()?.span.start].trim_end().ends_with('⅌');
    let bearer = label_length(Label::Bearer, line).or(signed.then_some(0))?;
    led_to_captain(bearer)
}

/// Whether the words begin by saying in whose house the reader is: "at the Rev. Mr. Rudd's", "to be left
/// with Mrs. Hale".
pub(super) fn is_house(text: &str, words: &[Word]) -> bool {
    let Some(host) = label_length(Label::Host, words) else { return false };
    // "presso il Sig. Gallo"
    let is_article = |w: &Word| {
        let article = || label_length(Label::Article, std::slice::from_ref(w)).is_some();
        !w.capital && (w.is(Classes::LINK) || article())
    };
    let article = usize::from(words.get(host).is_some_and(is_article));
    let name = name_at(words, host + article).filter(|n| n.full > 0 && n.title.is_some());
    // "at Lord Hale" may be a house of that name, "at Lord Hale's" is his
    let whose = host > 1 || words[0].is(Classes::CARE);
    name.is_some_and(|n| whose || ["'s", "’s"].iter().any(|end| text[..n.span.end].ends_with(end)))
}

/// Where the trade ends that stands behind the comma at `at` on the line: "at Mr. Rudd's, Bookseller".
pub(super) fn trade_ends(words: &[Word], at: usize) -> usize {
    let is_trade =
        words.get(at).is_some_and(|w| w.gap.comma && w.gap.lines == 0 && w.is(Classes::ROLE));
    let parts = |&i: &usize| words[i].gap.comma || words[i].gap.lines > 0;
    if is_trade { (at + 1..words.len()).find(parts).unwrap_or(words.len()) } else { at }
}
