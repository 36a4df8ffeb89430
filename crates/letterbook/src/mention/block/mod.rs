//! Address, letterhead and signature as blocks: pieces between commas and line ends, each with
//! what it is.
//!
//! The order of the pieces does not matter: an address may begin with the town, an office may
//! stand on the line after the name or before it. Which piece belongs to whom, `letter` says.

mod office;
mod place;
#[cfg(test)]
mod tests;

pub(crate) use office::{deputy_line, office_line, principal_line};
pub(crate) use place::{is_town, town_in};

use self::office::{
    council, is_body, joins_firm, office_begins, read_agency, role_and_body, speaks_for,
};
use self::place::{is_house_number, places};
use super::label::{Label, is_given, label_length};
use super::lexicon::Classes;
use super::name::{Name, is_name_word, lone_family, name_at};
use super::stretch::{Word, span_of};
use crate::span::Span;
use crate::tables::town;
/// What kind of block is read: it settles what an unknown capitalised word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    /// To whom the letter goes: a person first, then places.
    Address,
    /// Print or stamp: a body or a person, then places.
    Letterhead,
    /// Those who sign: persons.
    Signature,
}

/// A piece of a block.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// A person.
    Person(Name),
    /// An office or trade.
    Role(Span),
    /// A body.
    Body(Span),
    /// For whom somebody signs, without the words that say so.
    Principal(Span),
    /// A street or house with its number.
    Street(Span),
    /// A town, without the words before it.
    Town(Span),
    /// A country or a part of one.
    Country(Span),
}

/// Words before a telephone number and the like.
const LABELS: Classes =
    Classes::PHONE.or(Classes::FAX).or(Classes::EMAIL).or(Classes::WEB).or(Classes::CABLE);

/// The pieces of a block, in the order of the page.
pub(crate) fn pieces(text: &str, words: &[Word], block: Block) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    let joined = match block {
        Block::Address => join_lines(words, is_broken),
        Block::Signature => join_lines(words, breaks_signer),
        Block::Letterhead => None,
    };
    let words = joined.as_deref().unwrap_or(words);
    let officers = block == Block::Letterhead && lists_officers(words);
    let is_parted = |at: usize| match block {
        Block::Signature => parts_signers(text, words, at),
        Block::Address => is_dashed_town(text, words, at),
        Block::Letterhead => false,
    };
    while at < words.len() {
        if is_label(words, at, block) {
            // contacts are read by themselves; they end the line
            at += 1;
            while words.get(at).is_some_and(|w| w.gap.lines == 0) {
                at += 1;
            }
            continue;
        }
        let mut end = at + 1;
        while words.get(end).is_some_and(|w| !w.gap.comma && w.gap.lines == 0)
            && !is_label(words, end, block)
            && !is_parted(end)
        {
            end += 1;
        }
        // "Petersen, Lund & Co.": a comma inside the name of a firm
        if let Some(close) = firm_goes_on(words, at, end) {
            end = close;
        } else if let Some(close) = enumeration_ends(words, at, end) {
            end = close;
        }
        // "Peter Bergen, Treasurer" in a list of officers, though Bergen is a town
        if officers && let Some(name) = officer_at(words, at) {
            at = name.words.1;
            out.push(Piece::Person(name));
            continue;
        }
        // "Esq.", "Jr.", "K.G.", "geb. Weber" behind a name
        if let Some(Piece::Person(name)) = out.last_mut()
            && (says_no_more(&words[at..end], block) || is_born(&words[at..end]))
        {
            let is_of_name = !words[at].is(Classes::HONOUR) || words[at].is(Classes::POSTNOMINAL);
            if is_of_name && words[at].gap.lines == 0 && !words[at].is_letter() {
                name.span = name.span.cover(span_of(&words[at..end]));
            }
            at = end;
            continue;
        }
        // "Ziegler. Brandt. Meinicke." for a board
        if block == Block::Signature
            && let Some(names) = row_of_names(&words[at..end])
        {
            out.extend(names.into_iter().map(Piece::Person));
            at = end;
            continue;
        }
        // "Durand. — Petit.": a family name that is a town's or a common word as well
        if block == Block::Signature
            && matches!(out.last(), Some(Piece::Person(_)))
            && is_dashed(text, words, at)
            && let Some(name) = name_at(&words[at..end], 0).or_else(|| lone_family(&words[at..end]))
            && name.words == (0, end - at)
            && name.full > 0
        {
            out.push(Piece::Person(name));
            at = end;
            continue;
        }
        // a line that ends in a small word goes on: "Secretary of / the Navy", "Mitglied des"
        while end < words.len()
            && !words[end].gap.comma
            && words[end].gap.lines == 1
            && goes_on(text, words, at, end)
        {
            end += 1;
            while words.get(end).is_some_and(|w| !w.gap.comma && w.gap.lines == 0)
                && !is_label(words, end, block)
            {
                end += 1;
            }
        }
        if let Some(body) = body_of_office(text, &words[at..end], block, &out) {
            out.push(Piece::Body(body));
        } else {
            segment(text, &words[at..end], block, &mut out);
        }
        at = end;
    }
    out
}

/// The words with the lines joined whose end breaks a name or an office, as `is_broken` tells; none
/// where no line does.
fn join_lines(words: &[Word], is_broken: fn(&[Word], usize) -> bool) -> Option<Vec<Word>> {
    let broken: Vec<usize> = (1..words.len()).filter(|&at| is_broken(words, at)).collect();
    let mut out = (!broken.is_empty()).then(|| words.to_vec())?;
    for at in broken {
        out[at].gap.lines = 0;
    }
    Some(out)
}

/// Whether the line end before the word at `at` breaks a name or an office, as in prose: "A Monsieur
/// Jean / Lambert", "Al Sr. D. Luis de la / Vega", "Ministre des Affaires / étrangères".
fn is_broken(words: &[Word], at: usize) -> bool {
    let gap = words[at].gap;
    if gap.lines != 1 || gap.comma || gap.stop || gap.colon || gap.call || gap.mark {
        return false;
    }
    let begin = (1..at).rfind(|&i| words[i].gap.lines > 0 || words[i].gap.comma).unwrap_or(0);
    let end = (at + 1..words.len()).find(|&i| words[i].gap.lines > 0 || words[i].gap.comma);
    let (line, next) = (&words[begin..at], &words[at..end.unwrap_or(words.len())]);
    let held = line.iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY)) && !w.is_letter());
    let small = Classes::LINK.or(Classes::AT).or(Classes::TO).or(Classes::AND).or(Classes::CARE);
    if held {
        let ends_name = |w: &Word| w.is(small) || w.is(Classes::ROLE);
        let adjective = !next[0].capital && !next[0].number && !next[0].is_letter();
        return adjective && !next[0].is(small.or(Classes::ROLE)) && !ends_name(&words[at - 1]);
    }
    let elsewhere = Classes::STREET
        .or(Classes::HOUSE)
        .or(Classes::ROLE)
        .or(Classes::BODY)
        .or(Classes::STATE)
        .or(Classes::COUNTRY);
    let is_family = next.iter().all(|w| !w.number && !w.is(elsewhere))
        && is_name_word(&next[0])
        && next[0].capital
        && name_at(next, 0).is_some_and(|n| n.words == (0, next.len()) && n.title.is_none())
        && town(&next[0].folded).is_none()
        && !is_given(next);
    let led = line[0].is(Classes::TO.or(Classes::TITLE));
    // "Jean", and no family name before it; "de la", "de la Vega y"
    let given = is_given(&words[at - 1..at])
        && name_from(line).is_some_and(|n| n.full == 1 && n.words.1 == line.len());
    let particle = words[at - 1].is(Classes::PARTICLE)
        && !words[at - 1].capital
        && line.iter().any(|w| w.is(Classes::TITLE));
    led && is_family && (given || particle)
}

/// Whether the line end before the word at `at` breaks the name of one who signs, or a pair: "Juan de la
/// Vega y / Mendoza", "Anna und / Karl Weber".
fn breaks_signer(words: &[Word], at: usize) -> bool {
    let (last, next) = (&words[at - 1], &words[at]);
    let gap = next.gap;
    if gap.lines != 1 || gap.comma || gap.stop || gap.colon || gap.call || gap.mark {
        return false;
    }
    let begin = (1..at).rfind(|&i| words[i].gap.lines > 0).unwrap_or(0);
    let line = &words[begin..at];
    let office = |w: &Word| w.is(Classes::ROLE.or(Classes::BODY)) && !w.is_letter();
    let leads = last.is(Classes::AND.or(Classes::PARTICLE)) && !last.capital;
    leads
        && !last.is(Classes::TO)
        && is_name_word(next)
        && name_from(line).is_some()
        && !line.iter().any(office)
}

/// The first name of a line.
fn name_from(line: &[Word]) -> Option<Name> {
    (0..line.len()).find_map(|at| name_at(line, at).filter(|n| n.full > 0))
}

/// Whether a full stop and a dash part the word at `at` from those before it, as Spanish prints part
/// those who sign: "Juan Gil, alcalde.—Pedro Ruiz, regidor"; or a full stop does after an office, where
/// a name follows: "Weber, Vorsitzender. Lang, Schriftführer".
fn parts_signers(text: &str, words: &[Word], at: usize) -> bool {
    /// Shorter words that end in a full stop may be cut short, …
    const WHOLE: usize = 5;
    /// … and shorter names.
    const LONG: usize = 6;
    let (before, word) = (&words[at - 1], &words[at]);
    let whole = |least: usize| before.span.len() > least && word.gap.lines == 0;
    let names = || name_at(words, at).is_some_and(|n| n.full > 0 && n.role.is_none());
    let after_office = before.is(Classes::ROLE) && whole(WHOLE) && names();
    // "J. Kessler. G. Anders": initials behind a family name begin the next
    let after_name = at > 1
        && whole(LONG)
        && is_name_word(before)
        && before.gap.lines == 0
        && (words[at - 2].is_letter() || is_name_word(&words[at - 2]))
        && word.is_letter()
        && names();
    word.gap.stop && (is_dashed(text, words, at) || after_office || after_name)
}

/// Whether a dash stands between the word at `at` and the one before it; words of columns are not in
/// the order of the page.
pub(crate) fn is_dashed(text: &str, words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| words[i].span.end);
    let between = before.and_then(|end| text.get(end..words[at].span.start));
    between.is_some_and(|between| between.contains(['—', '–']))
}

/// Whether a dash parts the town that ends the line from the name before it: "Herrn Weber — Ulm".
fn is_dashed_town(text: &str, words: &[Word], at: usize) -> bool {
    let end = (at + 1..words.len()).find(|&i| words[i].gap.lines > 0).unwrap_or(words.len());
    is_dashed(text, words, at) && is_town(text, &words[at..end])
}

/// Where the name of a body or an office ends that `words[at..end]` begin and that goes on behind their
/// comma: "Ministerium der geistlichen, Unterrichts- und Medizinal-Angelegenheiten",
/// "Ministère de l'agriculture, du commerce et des travaux publics", "Ministry of Food, Fisheries and
/// Forests".
fn enumeration_ends(words: &[Word], at: usize, end: usize) -> Option<usize> {
    let held = Classes::BODY.or(Classes::ROLE);
    let head =
        (at..end).find(|&i| words[i].is(held) && words[i].capital && !words[i].is_letter())?;
    let next = words.get(end).filter(|w| w.gap.comma && w.gap.lines == 0)?;
    let close = (end + 1..words.len())
        .find(|&i| words[i].gap.comma || words[i].gap.lines > 0)
        .unwrap_or(words.len());
    let is_of = |w: &Word| w.is(Classes::LINK) && !w.is(Classes::AND) && !w.capital;
    let named = words.get(head + 1..end)?;
    let (of, rest) = (named.first()?, &words[end..close]);
    let joined = rest.iter().any(|w| w.is(Classes::AND) && !w.capital && !w.is_letter());
    let elsewhere = Classes::STREET.or(Classes::TITLE).or(Classes::ROLE).or(Classes::BODY);
    let plain = |w: &Word| !w.number && !w.is(elsewhere);
    // "der geistlichen": an adjective without its noun; "du commerce" behind "de l'agriculture"
    let is_open = named.len() > 1
        && !words[end - 1].is(Classes::LINK)
        && !words[end - 1].capital
        && next.capital
        && rest.get(1).is_some_and(|w| w.is(Classes::AND));
    let is_more = !next.capital && next.is(Classes::LINK) && !next.is(Classes::AND);
    let is_list = next.capital && named.len() > 1 && words[head].is(Classes::BODY);
    (is_of(of) && joined && rest.iter().all(plain) && (is_open || is_more || is_list))
        .then_some(close)
}

/// The body that follows an office on its line, a comma between, where no word tells that it is one:
/// "Managing Editor, The Selby Lantern".
fn body_of_office(text: &str, words: &[Word], block: Block, before: &[Piece]) -> Option<Span> {
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

/// Whether the words behind a name say neither an office nor where: "Esq.", "Exzellenz", "Jr."; in an
/// address letters as "F.R.S." too, which are no state.
fn says_no_more(words: &[Word], block: Block) -> bool {
    let suffix = Classes::HONOUR.or(Classes::POSTNOMINAL);
    let letters = |w: &Word| w.is_letter() && w.capital && !w.is(Classes::STATE);
    // "Exzellenz" is a title before a name, and an honour on a line of its own
    let other =
        if words[0].gap.lines > 0 { Classes::ROLE } else { Classes::ROLE.or(Classes::TITLE) };
    words.iter().all(|w| w.is(suffix) && !w.is(other))
        || block == Block::Address && words.len() > 1 && words.iter().all(letters)
}

/// Whether the words behind a name say what it was before marriage: "geb. Weber", "née Blanc".
fn is_born(words: &[Word]) -> bool {
    let other = Classes::LEADING.or(Classes::AT).or(Classes::TO).or(Classes::AND).or(Classes::LINK);
    let [first, rest @ ..] = words else { return false };
    let leads = first.is(Classes::PARTICLE) && !first.is(other) && !first.capital;
    leads && first.gap.lines == 0 && !rest.is_empty() && rest.iter().all(is_name_word)
}

/// The names of three persons or more that full stops part, each a family name or initials and one:
/// "A. Weber. K. Schulz. F. Lang."; a first name that is cut short is shorter.
fn row_of_names(words: &[Word]) -> Option<Vec<Name>> {
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

/// Whether names are followed by the small word of a family's firm: "Roux frères", "Gil hermanos".
fn ends_as_firm(words: &[Word]) -> bool {
    let [names @ .., last] = words else { return false };
    let is_name = |w: &Word| is_name_word(w) || w.is(Classes::TITLE) && !w.is_letter();
    last.is(Classes::FIRM)
        && !last.capital
        && !last.is_letter()
        && !last.is(Classes::POSTNOMINAL)
        && last.gap.lines == 0
        && names.iter().any(is_name_word)
        && names.iter().all(is_name)
}

fn is_link(word: &Word) -> bool {
    word.is(Classes::LINK) && !word.is(Classes::AT)
}

/// Whether the print of a head lists officers, each with the office after the name.
fn lists_officers(words: &[Word]) -> bool {
    let begins = |&i: &usize| i == 0 || words[i].gap.lines > 0;
    (0..words.len()).filter(begins).filter(|&i| officer_at(words, i).is_some()).take(2).count() > 1
}

/// The name of two words or more at `at` that an office follows on its line, a comma or stop between.
fn officer_at(words: &[Word], at: usize) -> Option<Name> {
    let name = name_at(words, at).filter(|n| n.full > 1 || n.full == 1 && n.words.1 > at + 1)?;
    let next = words.get(name.words.1)?;
    let parted = (next.gap.comma || next.gap.stop) && next.gap.lines == 0;
    (parted && name.role.is_none() && next.is(Classes::ROLE) && next.capital).then_some(name)
}

/// Where the firm ends that begins with the names `at..end` before a comma.
fn firm_goes_on(words: &[Word], at: usize, end: usize) -> Option<usize> {
    // "HARKER & SONS, LTD."
    let form = words.get(end).is_some_and(|w| {
        w.gap.comma && w.gap.lines == 0 && w.is(Classes::BODY) && w.span.len() <= 4
    });
    let form_ends = words.get(end + 1).is_none_or(|w| w.gap.comma || w.gap.lines > 0);
    if form && form_ends && (at..end).any(|i| joins_firm(words, i) && words[i].folded == "&") {
        return Some(end + 1);
    }
    // "p. p. Dale, Fox y Cía", "for Dale, Fox & Co."
    let at = at + speaks_for(&words[at..end]).unwrap_or(0).min(end - at);
    // "Sres. Dale, Fox y Cía"
    let titles = words[at..end].iter().take_while(|w| w.is(Classes::TITLE) && !w.is_letter());
    let at = at + titles.count();
    let name = |w: &Word| (is_name_word(w) || w.is_letter() && w.capital) && !w.is(Classes::TITLE);
    // "Dale, Bros. & Co."
    let goes_on = |w: &Word| name(w) || w.is(Classes::FIRM) && w.capital;
    let next = words.get(end).filter(|w| w.gap.comma && w.gap.lines == 0 && goes_on(w))?;
    if at == end || end - at > 3 || !words[at..end].iter().all(name) || next.number {
        return None;
    }
    let close = (end + 1..words.len())
        .find(|&i| words[i].gap.comma || words[i].gap.lines > 0)
        .unwrap_or(words.len());
    let joins = |i: usize| {
        words[i].folded == "&" && joins_firm(words, i)
            // "Dale, Fox y Cía"
            || words[i].is(Classes::AND) && words.get(i + 1).is_some_and(|w| w.is(Classes::FIRM))
    };
    (end..close).any(joins).then_some(close)
}

/// Whether the word at `at` announces a telephone number or the like: "Philander Cable" is a name.
fn is_label(words: &[Word], at: usize, block: Block) -> bool {
    let follows_name = at > 0
        && words[at].gap.lines == 0
        && !words[at].gap.comma
        && (words[at - 1].is_letter() || is_name_word(&words[at - 1]));
    words[at].is(LABELS) && !(block != Block::Letterhead && follows_name && words[at].capital)
}

/// Whether the segment `at..end` needs the next line to be whole.
fn goes_on(text: &str, words: &[Word], at: usize, end: usize) -> bool {
    let (last, next) = (&words[end - 1], &words[end]);
    // "Der Minister des Innern. / von Stein"
    let is_named = next.is(Classes::LEADING)
        && !next.capital
        && words.get(end + 1).is_some_and(|w| is_name_word(w) && w.gap.lines == 0);
    if next.gap.stop && last.span.len() > 4 && is_named {
        return false;
    }
    // "MINISTÈRE / DE LA GUERRE": in print that is all capitals a small word has them too
    let in_capitals =
        |w: &Word| !text[w.span.start..w.span.end].contains(char::is_lowercase) && !w.is_letter();
    // "AL-BAHRIYA" is a name
    let is_name = words.get(end + 1).is_some_and(|w| w.gap.tight);
    let is_small =
        !next.capital || in_capitals(next) && !is_name && words[at..end].iter().all(in_capitals);
    let only_title = words[at..end].iter().all(|w| {
        (w.is(Classes::TITLE.or(Classes::HONOUR).or(Classes::TO)) && !w.is_letter())
            || (w.is(Classes::LINK) && !w.capital)
    });
    // "Herrn Regierungsrat und Professor / Anton Weber"
    let titled = words[at].is(Classes::TITLE.or(Classes::TO))
        && words[at..end].iter().any(|w| w.is(Classes::TITLE))
        && words[at..end].iter().all(|w| {
            w.is(Classes::TITLE
                .or(Classes::ROLE)
                .or(Classes::HONOUR)
                .or(Classes::AND)
                .or(Classes::TO))
        })
        && !next.number
        && next.capital
        && town(&next.folded).is_none();
    let small = |w: &Word| {
        w.is(Classes::LINK)
            && !w.is_letter()
            && !next.number
            && (!w.capital || w.is(Classes::LINK) && !is_name_word(w))
    };
    // "John Ballard for / the Harbour Board"
    let speaks = last.is(Classes::FOR)
        && !last.is_letter()
        && !last.capital
        && words[at..end - 1].iter().any(is_name_word);
    // "Director des philologischen / Seminars": what the office is held in has not come yet
    let open_office = end - at > 2
        && !last.capital
        && !last.number
        && !last.is_letter()
        && !last.is(Classes::CLOSING.or(Classes::ROLE).or(Classes::BODY))
        && next.capital
        && words[at..end].iter().any(|w| w.is(Classes::ROLE) && w.capital)
        && words[end - 2].is(Classes::LINK)
        && !words[end - 2].capital
        // "Responsable de prensa / Museo de la Mar" is whole
        && last.folded.ends_with("en");
    only_title
        || titled
        || speaks
        || open_office
        || (small(last) && !last.is(Classes::AT) || small(last) && words[at..end].iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY))))
            && words[at..end].iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY).or(Classes::NOBLE)))
        || (next.is(Classes::LINK) && is_small && !next.is(Classes::TITLE.or(Classes::AGENT)) && words[at..end].iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY))) && (next.is(Classes::GENITIVE) || !leads_to_town(words, end)))
        // "DIRECTION / DER / BANK": a small word on a line of its own
        || (next.is(Classes::LINK) && words.get(end + 1).is_some_and(|w| w.gap.lines > 0) && !leads_to_town(words, end))
}

/// Whether the street that begins `words` is joined by a small word to what it is named after.
fn is_street_of(words: &[Word]) -> bool {
    words.get(1).is_some_and(|w| {
        // "Baring & Co."
        w.is(Classes::LINK.or(Classes::PARTICLE)) && !w.capital && w.folded != "&"
    })
}

/// Whether the small words at `at` lead to the name of a town: "in / Düsseldorf".
fn leads_to_town(words: &[Word], at: usize) -> bool {
    let mut i = at;
    while words.get(i).is_some_and(|w| w.is(Classes::AT) && !w.capital) {
        i += 1;
    }
    i > at && words.get(i).is_some_and(|w| is_name_word(w) && town(&w.folded).is_some())
}

fn segment(text: &str, mut words: &[Word], block: Block, out: &mut Vec<Piece>) {
    // "per Packet" says how the letter went, "per Adr. Verlag Brand" where to
    if block == Block::Address
        && let [per, ship] = words
        && per.is(Classes::AGENT)
        && !per.capital
        && !ship.is(Classes::TITLE.or(Classes::BODY))
    {
        return;
    }
    let article = words.first().is_some_and(|w| w.is(Classes::LINK) && w.capital);
    // "Der Vorstand i. A. Dr. Weber": for whom, then who signs
    if block == Block::Signature
        && let Some(at) = (1..words.len()).find(|&i| words[i].phrase.any(Classes::BEHALF))
        && words[..at].iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY)) && w.capital)
        && !words[..at].iter().any(|w| w.is(Classes::BEHALF.or(Classes::FOR)) && !w.capital)
        && !words[at - 1].is(Classes::AND)
        && name_at(words, at + words[at].length).is_some()
    {
        out.push(Piece::Principal(span_of(&words[..at])));
        return segment(text, &words[at + words[at].length..], block, out);
    }
    // "(signed)", "To", "An", "Received"
    let all = words.len();
    let mut is_led = false;
    while let Some(w) = words.first() {
        // "De Ud. attos. y S. S.": letters that end a formula
        let ends_formula =
            words.len() < all && w.phrase.any(Classes::CLOSING) && w.length == words.len();
        let opener = w.is(Classes::SIGNED) && !w.is_letter()
            // "Abs.: Karl Lindner"
            || w.is(Classes::FROM) && !w.is_letter() && words.get(1).is_some_and(|n| n.gap.colon)
            || block == Block::Address
                && w.is(Classes::TO)
                && !w.is(Classes::NOBLE)
                && !(w.is_letter() && w.capital && words.get(1).is_some_and(|n| n.gap.stop))
            || block == Block::Signature
                && w.is(Classes::CLOSING)
                && (ends_formula || !(w.is_letter() && w.capital))
                && !(w.capital
                    && !w.phrase.any(Classes::CLOSING)
                    && name_at(words, 0).is_some_and(|n| n.words.0 == 0 && n.full > 0))
                && !w.is(Classes::BEHALF.or(Classes::FOR).or(Classes::TITLE))
                && !is_particle(words)
                && !is_office_article(words)
                && !closing_is_name(words);
        if !opener {
            break;
        }
        let (opened, rest) = words.split_at(w.length.clamp(1, words.len()));
        is_led = block == Block::Address && opened.last().is_some_and(is_dative_article);
        words = rest;
    }
    // "&c., &c."
    if words.first().is_some_and(|w| w.folded == "&") {
        return;
    }
    // "Siège : 3 rue du Puits": what the line gives, before a colon
    if block != Block::Signature
        && let Some(colon) = (1..words.len().min(4)).find(|&i| words[i].gap.colon)
        && (words[0].phrase.any(Classes::SEAT)
            || !words[..colon].iter().any(|w| {
                w.number
                    || w.is_letter()
                    || w.is(Classes::ROLE.or(Classes::BODY).or(Classes::TITLE).or(Classes::FROM))
            }))
        && (words[colon..].iter().any(|w| w.number || w.is(Classes::STREET.or(Classes::HOUSE)))
            || is_town(text, &words[colon..]))
    {
        words = &words[colon..];
    }
    // "Maison fondée en 1842" says how old the firm is
    if block == Block::Letterhead
        && let Some(at) = words.iter().position(|w| w.is(Classes::PRINTED))
        && words[at + 1..].iter().take(3).any(|w| w.number)
    {
        words = if at > 1 { &words[..at] } else { &[] };
    }
    let Some(first) = words.first() else { return };
    // "1140 PM" on a form
    if block != Block::Signature
        && first.number
        && words[1..].iter().any(|w| w.is(Classes::REMARK))
        && words.iter().all(|w| w.number || w.is(Classes::REMARK))
    {
        return;
    }
    // "The Secretary of War, / Washington, D. C."
    if block == Block::Address
        && (matches!(out.last(), Some(Piece::Town(_))) || words.iter().all(Word::is_letter))
        && !out.is_empty()
        && words.iter().all(|w| w.is(Classes::STATE))
    {
        return out.push(Piece::Country(span_of(words)));
    }
    // "An den König"
    if is_led && words.len() == 1 && first.is(Classes::NOBLE) && first.capital {
        return out.push(Piece::Role(first.span));
    }
    // "Nr. 2417", "J.-Nr. 12", "I. 3. 518" of an office is no house
    if block == Block::Letterhead && is_file_number(words) {
        return;
    }
    // "K.C.B." after the name of a peer
    if words.iter().all(|w| w.is(Classes::HONOUR.or(Classes::POSTNOMINAL)) && w.is_letter()) {
        return;
    }
    // "rue des Beaux-Arts": the street comes first, whatever it is named after
    if block == Block::Address && first.is(Classes::STREET) && is_street_of(words) {
        return places(text, words, out);
    }
    // "Abs. Weber" on an envelope is who sends it
    let sends = first.is(Classes::FROM)
        && first.capital
        && words.get(1).is_some_and(|w| w.gap.stop || w.gap.colon);
    if sends && block == Block::Address {
        return;
    }
    if first.is(Classes::CARE)
        && (first.length > 1 || block != Block::Signature)
        && !first.is(Classes::TITLE)
        && words.len() > first.length
    {
        // whoever the letter is in care of is no party, but a house may follow
        if block != Block::Signature {
            out.push(Piece::Street(span_of(words)));
        }
        return;
    }
    if block == Block::Signature
        && let Some(bishop) = bishop_of_two(words)
    {
        return out.push(Piece::Person(bishop));
    }
    if block == Block::Signature && read_agency(text, words, out) {
        return;
    }
    // "Col. 5th Ohio Vols." below the name
    if block == Block::Signature
        && first.is(Classes::TITLE.or(Classes::ROLE))
        && !first.is_letter()
        && words.get(1).is_some_and(is_ordinal)
        && body_in(words, block).is_none()
        && matches!(out.last(), Some(Piece::Person(_)))
    {
        return out.push(Piece::Role(span_of(words)));
    }
    // "Bürgermeister und Rat von Wismar," above those who sign
    if !matches!(out.last(), Some(Piece::Person(_)))
        && let Some(council) = council(words)
    {
        return out.push(Piece::Body(council));
    }
    let body = body_in(words, block);
    let role = words.iter().position(|w| {
        w.is(Classes::ROLE) && !w.is_letter() && (w.capital || block != Block::Letterhead)
    });
    // "en son hôtel" is no "and Son"
    let firm = words.windows(3).any(|w| {
        w[1].is(Classes::AND) && w[2].is(Classes::FIRM) && (w[2].capital || !w[2].is_letter())
    }) || (1..words.len()).any(|i| {
        // "Herren Breit & Hartung", but "Mr. & Mrs. Brown"
        let joined = [i - 1, i + 1].map(|at| words.get(at));
        words[i].folded == "&"
            && joins_firm(words, i)
            && joined.into_iter().flatten().all(|w| !w.is(Classes::TITLE))
    }) || ends_as_firm(words);
    // "Société Générale de Crédit": the title is the body's adjective, and what follows its kind
    let of_body = |n: &Name| {
        let at = n.words.0;
        at > 0
            && n.title.is_some_and(|t| t == words[at].span)
            && !words[at].gap.mark
            && is_body(words, at - 1)
            && words.get(at + 1).is_some_and(|w| w.is(Classes::KIND_OF))
    };
    // "An den Maire von Düren": an office of a town
    let of_town = |n: &Name| {
        let (at, end) = n.words;
        let joint = (at..end).find(|&i| words[i].is(Classes::GENITIVE) && !words[i].capital);
        is_led
            && n.title.is_none()
            && n.role.is_some()
            && joint.is_some_and(|i| is_town(text, &words[i + 1..end]))
    };
    // "Collector of His Majesty's Customs"
    let of_ruler = |n: &Name| {
        n.title.is_some_and(|t| {
            let title = &text[t.start..t.end];
            let adjoins = t.end <= n.span.start && text[t.end..n.span.start].trim().is_empty();
            adjoins && (title.ends_with("'s") || title.ends_with("’s"))
        })
    };
    let named =
        choose_name(text, words, block).filter(|n| !of_body(n) && !of_town(n) && !of_ruler(n));
    // "der verantwortliche Redakteur der Zeitung Herr Weber": office first, then the person
    // "An den Königlichen Landrat Herrn von Stein"
    if let Some(mut name) = named.clone()
        && is_led
        && name.title.is_some()
        && name.words.0 == 1
        && let Some(role) = name.role.filter(|r| r.start == words[1].span.start)
    {
        name.role = Some(first.span.cover(role));
        let rest = &words[name.words.1..];
        out.push(Piece::Person(name));
        return after_name(text, rest, block, out);
    }
    if let Some(name) = &named
        && block == Block::Address
        && name.title.is_some()
        && words[..name.words.0].iter().any(|w| w.is(Classes::ROLE))
    {
        let (before, rest) = words.split_at(name.words.0);
        role_and_body(before, 0, (0..before.len()).find(|&i| is_body(before, i)), out);
        out.push(Piece::Person(name.clone()));
        return after_name(text, &rest[name.words.1 - name.words.0..], block, out);
    }
    // „Die Neue Zeit“: what stands in quotation marks at the head of a line is a body
    let quoted = text[..first.span.start].ends_with(['„', '“', '"', '«', '»', '‚', '”']);
    if quoted && block != Block::Signature && first.capital && body.is_none() {
        let end = (1..words.len()).find(|&i| words[i].gap.mark).unwrap_or(words.len());
        out.push(Piece::Body(span_of(&words[..end])));
        return;
    }
    // "上海机械厂 厂长 王建国": body, office and name, from the large to the small
    if block == Block::Signature
        && let (Some(name), Some(at)) = (&named, body)
        && at < name.words.0
        && name.role.is_some()
        && words.iter().all(|w| is_caseless(text, w))
    {
        out.push(Piece::Body(span_of(&words[..=at])));
        out.push(Piece::Person(name.clone()));
        return after_name(text, &words[name.words.1..], block, out);
    }
    // "Chief Surveyor" below the name, "The Executive Engineer", "Der Kaiserliche Gesandte", "den
    // Königlichen Landrath": an office, whatever its first word
    let is_below = |name: &Name| {
        let below = block != Block::Letterhead && name.words == (0, 1);
        below && out.iter().any(|p| matches!(p, Piece::Person(_)))
    };
    if let (Some(name), Some(at)) = (&named, role)
        && name.title.is_none()
        && name.words.1 == at
        && !words[at].gap.mark
        && (is_below(name)
            || name.words.0 <= 1
                && article
                && (block != Block::Address || name.full == 1 && !words[at].is(Classes::BODY))
            || name.words.0 == 0 && is_led && name_at(words, at).is_none())
    {
        role_and_body(words, name.words.0, body, out);
        return;
    }
    // a name with a title or office right before it
    if let Some(name) = &named {
        let start = words[name.words.0].span.start;
        let before = &words[..name.words.0];
        // "The Marquis of Ashby": a peer is called by what he is peer of
        let peer = block == Block::Address && words[name.words.0].is(Classes::NOBLE);
        let leads = before.iter().all(|w| {
            !w.capital
                || w.is(Classes::TITLE.or(Classes::DEAR).or(Classes::HONOUR).or(Classes::DATIVE))
                // "The Right Hon. the Earl of Ashby"
                || block == Block::Address && w.is(Classes::LINK) && (name.title.is_some() || peer)
                || block == Block::Signature && !w.is(Classes::ROLE.or(Classes::BODY))
        });
        let has_title =
            name.title.is_some() || peer || name.role.is_some() && block != Block::Letterhead;
        let whole_is_body = body.is_some_and(|b| b <= name.words.0) || firm;
        if !whole_is_body
            && leads
            && (has_title || block == Block::Signature)
            && (has_title || role.is_none_or(|r| r >= name.words.0))
        {
            // in an address a word after the name may be the town
            if block != Block::Signature
                && name.title.is_none()
                && name.role.is_none()
                && is_town(text, words)
            {
                // falls through to the town below
            } else {
                debug_assert!(start <= name.span.start);
                let rest = name.words.1;
                out.push(Piece::Person(name.clone()));
                after_name(text, &words[rest..], block, out);
                return;
            }
        }
    }
    // "Borough Librarian": the office of a body, and no body
    if let (Some(at), Some(b)) = (role, body)
        && at == b + 1
        && at + 1 == words.len()
        && !words[at].gap.mark
        && words.iter().all(|w| w.capital && !w.number)
    {
        out.push(Piece::Role(span_of(&words[office_begins(words, at)..])));
        return;
    }
    if let Some(at) = role
        && body.is_none_or(|b| at < b || block == Block::Signature && at == b)
        && words[..at].iter().all(|w| !is_name_word(w) || w.is(Classes::LINK))
    {
        role_and_body(words, office_begins(words, at), body, out);
        return;
    }
    if firm && !words[0].number {
        // "Herrn Joh. Brand & Comp. in Zürich"
        let titles = words.iter().take_while(|w| w.is(Classes::TITLE) && !w.is_letter()).count();
        let place = (titles + 1..words.len()).find(|&i| leads_to_town(words, i));
        let end = place.unwrap_or(words.len());
        out.push(Piece::Body(span_of(if titles < end { &words[titles..end] } else { words })));
        if end < words.len() {
            places(text, &words[end..], out);
        }
        return;
    }
    if let Some(at) = body {
        // "Peter Weber, Bank": a name before the body's own word is part of the body's name
        let has_street = words.iter().any(is_house_number) && at > 0;
        if !has_street || words[..at].iter().all(|w| !w.number) {
            let end = words
                .iter()
                .position(|w| w.number && w.span.len() > 1)
                // "Head Quarters 2d Division", "Füsilier-Regiment Nr. 86"
                .filter(|&n| {
                    let is_counted = n > at + 1
                        && words[n - 1].is(Classes::REMARK)
                        && words[n - 2].is(Classes::BODY);
                    let counts = is_ordinal(&words[n])
                        && words.get(n + 1).is_some_and(|w| w.is(Classes::BODY));
                    n > at && !is_counted && !counts
                })
                .unwrap_or(words.len());
            out.push(Piece::Body(span_of(&words[..end])));
            return;
        }
    }
    if let Some(name) = &named
        && block == Block::Address
        && name.words.0 == 0
        && !out.iter().any(|p| matches!(p, Piece::Person(_) | Piece::Body(_)))
        && !is_town(text, words)
        && !(words.iter().any(|w| w.number || w.is(Classes::STREET.or(Classes::HOUSE)))
            && name.words.1 == words.len())
    {
        out.push(Piece::Person(name.clone()));
        after_name(text, &words[name.words.1..], block, out);
        return;
    }
    if let Some(name) = &named
        && block == Block::Letterhead
        && name.words == (0, words.len())
        && name.full > 0
        && words.iter().any(|w| w.is_letter() && w.capital)
        && !is_town(text, words)
        && !words.iter().any(|w| w.is(Classes::STATE))
    {
        out.push(Piece::Person(name.clone()));
        return;
    }
    places(text, words, out);
    if let Some(name) = &named
        && block == Block::Letterhead
        && name.words.0 == 0
        && name.words.1 == words.len()
        && (name.full >= 2 || name.full == 1 && words.iter().any(Word::is_letter))
        && !is_town(text, words)
        && !matches!(out.last(), Some(Piece::Town(_) | Piece::Street(_) | Piece::Country(_)))
    {
        out.push(Piece::Person(name.clone()));
    }
}

/// The bishop who signs by both his sees behind his initials: "J. B. Bath & Wells".
fn bishop_of_two(words: &[Word]) -> Option<Name> {
    let [given @ .., see, and, other] = words else { return None };
    let own = |w: &Word| w.capital && (w.is_letter() || is_name_word(w));
    let named = !given.is_empty() && given.iter().all(own);
    let whole = words[1..].iter().all(|w| !w.gap.comma && w.gap.lines == 0);
    let sees = || label_length(Label::Sees, &[see.clone(), other.clone()]).is_some();
    (named && whole && and.is(Classes::AND) && sees()).then(|| Name {
        span: span_of(words),
        title: None,
        role: None,
        words: (0, words.len()),
        initials: false,
        full: 2,
    })
}

/// The name of a segment: in an address what a title leads to, in a signature the last of what
/// small words join ("gehorsamster Diener Anton Weber"), else the first.
fn choose_name(text: &str, words: &[Word], block: Block) -> Option<Name> {
    let mut all: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < words.len().min(16) {
        match name_at(words, at) {
            Some(name) => {
                at = name.words.1.max(at + 1);
                all.push(name);
            }
            // no name begins inside an office: "Comandante General de Marina"
            None if words[at].phrase.any(Classes::ROLE) => at += words[at].length,
            None => at += 1,
        }
    }
    match block {
        Block::Address => {
            let untitled = all.iter().find(|n| {
                // a house number or a street makes one word a place, and so does a month
                let place =
                    words.iter().any(|w| w.number || w.is(Classes::STREET.or(Classes::MONTH)));
                (!place || n.full + usize::from(words[n.words.0].is_letter()) > 1) && n.full > 0
                    || n.initials && words.len() <= 4 && !place
            });
            // "Hochwohlgeboren / Berlin": an honour after the name, then the town
            let honoured_town = |n: &&Name| {
                let (first, last) = n.words;
                n.full == 1
                    && words[first..last - 1].iter().all(|w| w.is(Classes::HONOUR))
                    && is_town(text, &words[last - 1..last])
            };
            all.iter().find(|n| n.title.is_some() && !honoured_town(n)).or(untitled).cloned()
        }
        Block::Signature => {
            let mut chosen = all.first()?;
            for next in &all[1..] {
                let between = &words[chosen.words.1..next.words.0];
                // "Untertänig gehorsamst […] Diener Anton Weber"
                let formula = between.iter().any(|w| w.is(Classes::CLOSING));
                let small = Classes::AND.or(Classes::LINK).or(Classes::PARTICLE).or(Classes::AT);
                // small words alone join parts of a name, or two who sign: "Anne und Karl"
                let joined = between.iter().any(|w| !w.is(small) && w.span.len() > 1)
                    && between.iter().all(|w| {
                        (!w.capital || formula && w.is(Classes::CLOSING))
                            && !w.is(Classes::ROLE.or(Classes::BODY))
                            && (!w.gap.mark || formula)
                    })
                    && chosen.full == 1
                    && chosen.title.is_none()
                    && !words[next.words.0].gap.mark;
                let town = is_town(text, &words[next.words.0..next.words.1]) && next.full == 1;
                if !joined || town {
                    break;
                }
                chosen = next;
            }
            Some(chosen.clone())
        }
        Block::Letterhead => all.first().cloned(),
    }
}

/// Whether the closing word at the head of a line is rather a name: it stands alone with a capital
/// after initials, or is a family name.
fn closing_is_name(words: &[Word]) -> bool {
    words[0].is(Classes::SURNAME) && words.len() == 1
}

/// The first word that tells a body; "John Mills" who signs is none.
fn body_in(words: &[Word], block: Block) -> Option<usize> {
    (0..words.len()).find(|&i| {
        let family = block == Block::Signature
            && (1..=3).contains(&i)
            && words[i].is(Classes::SURNAME)
            && (i + 1 == words.len() || words[i + 1].gap.comma)
            && words[..i].iter().all(|w| is_name_word(w) || w.is_letter() && w.capital);
        is_body(words, i) && !family
    })
}

/// Whether the word is written in a script without capitals.
fn is_caseless(text: &str, word: &Word) -> bool {
    let mut letters = text[word.span.start..word.span.end].chars().filter(|c| c.is_alphabetic());
    word.capital && letters.all(|c| !c.is_uppercase() && !c.is_lowercase())
}

/// "An den", "to the", "au": an article behind the word that says to whom, or one with it.
fn is_dative_article(word: &Word) -> bool {
    word.is(Classes::LINK) && !word.is(Classes::HEAD_TO.or(Classes::FOR)) && !word.capital
}

/// "5th", "60th", "4e": a number with the letters that make it an ordinal.
fn is_ordinal(word: &Word) -> bool {
    let letters = word.folded.trim_start_matches(|c: char| c.is_ascii_digit());
    word.number && !letters.is_empty() && letters.chars().all(char::is_alphabetic)
}

/// "De Minister": the article of an office is no word of a formula.
fn is_office_article(words: &[Word]) -> bool {
    let next = words.get(1);
    words[0].is(Classes::LINK)
        && next.is_some_and(|w| w.is(Classes::ROLE) && w.capital && w.gap.lines == 0)
}

/// Whether the words are a number with its label: the letter's own, or that of its file.
fn is_file_number(words: &[Word]) -> bool {
    let label = |w: &Word| w.is(Classes::REMARK) || w.is_letter();
    words.iter().any(|w| w.number)
        && words.iter().any(label)
        && words.iter().all(|w| w.number || label(w))
}

fn is_particle(words: &[Word]) -> bool {
    words[0].is(Classes::PARTICLE)
        && words.get(1).is_some_and(is_name_word)
        && words[0].is(Classes::LEADING)
}

/// What follows a name on its line: office, body, town.
fn after_name(text: &str, mut words: &[Word], block: Block, out: &mut Vec<Piece>) {
    while let Some(w) = words.first() {
        if !w.is(Classes::HONOUR.or(Classes::POSTNOMINAL)) || w.is(Classes::ROLE) {
            break;
        }
        words = &words[w.length.max(1).min(words.len())..];
    }
    let Some(first) = words.first() else { return };
    if block == Block::Signature && read_agency(text, words, out) {
        return;
    }
    // "and Mary", "und seine Schwester Anna"
    let whose = Classes::MY.or(Classes::KIN).or(Classes::OTHERS).or(Classes::SELF);
    let second = 1 + words[1..].iter().take_while(|w| !w.capital && w.is(whose)).count();
    let second =
        second + usize::from(second > 1 && words.get(second).is_some_and(|w| w.is(Classes::KIN)));
    if first.is(Classes::AND)
        && block != Block::Letterhead
        && let Some(name) = name_at(words, second)
    {
        let rest = name.words.1;
        out.push(Piece::Person(name));
        return after_name(text, &words[rest..], block, out);
    }
    let body = body_in(words, block);
    let role = words.iter().position(|w| w.is(Classes::ROLE) && !w.is_letter());
    match (role, body) {
        (Some(at), _) if body.is_none_or(|b| at <= b) => {
            role_and_body(words, office_begins(words, at), body.filter(|&b| b > at), out);
        }
        (_, Some(b)) => {
            let start = (0..=b).find(|&i| words[i].capital).unwrap_or(b);
            out.push(Piece::Body(span_of(&words[start..])));
        }
        // two signatories side by side
        _ if block == Block::Signature
            && name_at(words, 0)
                .is_some_and(|n| n.full > 0 && n.words.0 == 0 && words[0].gap.mark) => {}
        _ => places(text, words, out),
    }
}
