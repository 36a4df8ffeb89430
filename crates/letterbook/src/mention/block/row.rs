//! Segments that stand in a row with those before them: what goes with the name or office before it, and
//! the names of a board or of a list of officers.

use super::place::is_town;
use super::{Block, Piece};
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, is_name_word, name_at};
use crate::mention::stretch::{Word, span_of};
use crate::span::Span;

/// Whether the words behind a name say neither an office nor where: "Esq.", "Exzellenz", "Jr."; in an
/// address letters as "F.R.S." too, and three or more behind a comma wherever somebody is named. Two
/// letters may be a state.
pub(super) fn says_no_more(words: &[Word], block: Block) -> bool {
    let suffix = Classes::HONOUR.or(Classes::POSTNOMINAL);
    let several = words.len() > 2;
    let letters = |w: &Word| w.is_letter() && w.capital && (several || !w.is(Classes::STATE));
    let behind_comma = || several && words[0].gap.comma && words[0].gap.lines == 0;
    let held = || words[0].phrase.any(Classes::ROLE);
    // "Exzellenz" is a title before a name, and an honour on a line of its own
    let other =
        if words[0].gap.lines > 0 { Classes::ROLE } else { Classes::ROLE.or(Classes::TITLE) };
    words.iter().all(|w| w.is(suffix) && !w.is(other))
        || words.len() > 1
            && (block == Block::Address || behind_comma() && !held())
            && words.iter().all(letters)
}

/// Whether the words behind a name say what it was before marriage: "geb. Weber", "née Blanc".
pub(super) fn is_born(words: &[Word]) -> bool {
    let other = Classes::LEADING.or(Classes::AT).or(Classes::TO).or(Classes::AND).or(Classes::LINK);
    let [first, rest @ ..] = words else { return false };
    let leads = first.is(Classes::PARTICLE) && !first.is(other) && !first.capital;
    leads && first.gap.lines == 0 && !rest.is_empty() && rest.iter().all(is_name_word)
}

/// The names of three persons or more that full stops part, each a family name or initials and one:
/// "A. Weber. K. Schulz. F. Lang."; a first name that is cut short is shorter.
pub(super) fn row_of_names(words: &[Word]) -> Option<Vec<Name>> {
    /// The fewest names of a row.
    const NAMES: usize = 3;
    /// The fewest letters of a family name without initials, the last aside, and of one with.
    const ALONE: usize = 5;
    const LETTERS: usize = 4;
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let initials = words[at..].iter().take_while(|w| w.is_letter() && w.capital).count();
        let family = words.get(at + initials).filter(|w| is_name_word(w))?;
        let end = at + initials + 1;
        let least = if initials > 0 { LETTERS } else { ALONE };
        let is_last = end == words.len();
        if !is_last && (!words[end].gap.stop || family.folded.chars().count() < least) {
            return None;
        }
        out.push(name_at(&words[at..end], 0).filter(|n| n.words == (0, end - at))?);
        at = end;
    }
    (out.len() >= NAMES).then_some(out)
}

/// Whether the print of a head lists officers, each with the office after the name.
pub(super) fn lists_officers(words: &[Word]) -> bool {
    let begins = |&i: &usize| i == 0 || words[i].gap.lines > 0;
    (0..words.len()).filter(begins).filter(|&i| officer_at(words, i).is_some()).take(2).count() > 1
}

/// The name of two words or more at `at` that an office follows on its line, a comma or stop between.
pub(super) fn officer_at(words: &[Word], at: usize) -> Option<Name> {
    let name = name_at(words, at).filter(|n| n.full > 1 || n.full == 1 && n.words.1 > at + 1)?;
    let next = words.get(name.words.1)?;
    let parted = (next.gap.comma || next.gap.stop) && next.gap.lines == 0;
    (parted && name.role.is_none() && next.is(Classes::ROLE) && next.capital).then_some(name)
}

/// The body that follows an office on its line, a comma between, where no word tells that it is one:
/// "Managing Editor, The Selby Lantern".
pub(super) fn body_of_office(
    text: &str,
    words: &[Word],
    block: Block,
    before: &[Piece],
) -> Option<Span> {
    let first = words.first().filter(|w| w.gap.comma && w.gap.lines == 0)?;
    let Some(Piece::Role(role)) = before.last() else { return None };
    let named = before.iter().any(|p| matches!(p, Piece::Person(_)));
    let between = Span::new(role.end, first.span.start);
    let adjoins = text[between.start..between.end].trim_matches([' ', ',', '.']).is_empty();
    let elsewhere = Classes::STREET
        .or(Classes::HOUSE)
        .or(Classes::ROLE)
        .or(Classes::TITLE)
        .or(Classes::STATE)
        .or(Classes::COUNTRY)
        .or(Classes::HONOUR)
        .or(Classes::POSTNOMINAL);
    let proper =
        |w: &Word| w.capital && !w.number && !w.is_letter() && !w.is(elsewhere) || is_link(w);
    let capitals = words.iter().filter(|w| w.capital).count();
    // two names may be a town or a house: "Governor, Cape Hale"
    let told = is_link(first) && capitals > 1 || capitals > 3;
    let start = words.iter().position(|w| !is_link(w))?;
    (block != Block::Letterhead
        && named
        && adjoins
        && told
        && words.iter().all(proper)
        && !is_town(text, words))
    .then(|| span_of(&words[start..]))
}

fn is_link(word: &Word) -> bool {
    word.is(Classes::LINK) && !word.is(Classes::AT)
}
