//! A heading that names both sides: an edition's ("Schiller an Goethe", "Voltaire à d'Alembert") or
//! the inscription of a Latin letter (`inscription`).
//!
//! An edition's is the first line of the text and holds nothing but a number, the names and the word
//! between them ("12. An Schiller" has one name), with what they are or where. What the letter says of
//! a side elsewhere goes first; the heading fills in a side that has no name, and the whole of one
//! that signs cut short.

use super::Draft;
use super::inscription::read_inscription;
use super::same::same_initials;
use crate::mention::block::is_town;
use crate::mention::lexicon::Classes;
use crate::mention::name::name_at;
use crate::mention::stretch::{Word, words};
use crate::span::{Span, Text};

/// The longest heading in words.
const LONGEST: usize = 14;
/// The same in bytes.
const REACH: usize = 120;

/// What a heading gives: who writes, who reads, and the rule.
struct Sides {
    line: Span,
    from: Option<Span>,
    to: Span,
    rule: &'static str,
}

/// Gives the sides that have no name those of the heading; a name that only the heading shows is
/// the heading's to give.
pub(super) fn join_heading(
    text: &Text<'_>,
    language: Option<&str>,
    senders: &mut Vec<Draft>,
    recipients: &mut Vec<Draft>,
) {
    let sides = if let Some(i) = read_inscription(text, language) {
        Sides { line: i.span, from: Some(i.from), to: i.to, rule: "inscription/name" }
    } else {
        let sides = first_line(text).and_then(|line| read_heading(text, line, language));
        let Some(sides) = sides else { return };
        sides
    };
    let inside = |found: Option<(Span, &str)>| found.is_some_and(|(s, _)| sides.line.overlaps(s));
    let open = |side: &[Draft]| {
        !side.iter().any(|d| d.name.or(d.body).is_some() && !inside(d.name) && !inside(d.body))
    };
    let give = |side: &mut Vec<Draft>, name: Span| {
        side.truncate(1);
        if side.is_empty() {
            side.push(Draft::default());
        }
        let draft = &mut side[0];
        draft.name = Some((name, sides.rule));
        draft.body = None;
        draft.role = draft.role.filter(|_| !inside(draft.role));
        draft.address.retain(|line| !sides.line.overlaps(*line));
    };
    if let Some(from) = sides.from {
        // "G. B." and "George" below "George Bell to A. Hale"
        let is_short = |d: &Draft| {
            d.name.is_some_and(|(name, _)| {
                name.len() < from.len() && same_initials(text.slice(name), text.slice(from))
            })
        };
        if open(senders) || matches!(senders.as_slice(), [one] if is_short(one)) {
            give(senders, from);
        }
    }
    if open(recipients) {
        give(recipients, sides.to);
    }
}

/// The first line of the text without the number that an edition gives its letters, if it is short
/// and has no other figures.
fn first_line(text: &Text<'_>) -> Option<Span> {
    let page = text.as_str();
    let start = page.find(|c: char| !c.is_whitespace())?;
    let line = page[start..].split_once('\n')?.0.trim_end();
    let bare = without_number(line);
    let may_be = line.len() <= REACH && !bare.contains(|c: char| c.is_ascii_digit());
    let start = start + (line.len() - bare.len());
    may_be.then(|| Span::new(start, start + bare.trim_end_matches(['.', ']']).len()))
}

/// `line` without its number: "114. ", "[12] ", "No. 88. ", "CLII. ".
fn without_number(line: &str) -> &str {
    let numbered = |head: &str| {
        let digits = head.bytes().filter(u8::is_ascii_digit).count();
        let roman = head.len() > 1 && head.bytes().all(|b| b"IVXLCDM".contains(&b));
        digits > 0 && digits + 3 >= head.len() || roman
    };
    let mut rest = line.trim_start_matches('[');
    // the label of the number, and the number
    for _ in 0..3 {
        let Some((word, after)) = rest.split_once(' ') else { break };
        let mark = word.trim_matches(['.', ')', ']', '[', ':', '-', '–', '—']);
        let stopped = word.len() > mark.len();
        if numbered(mark) && (stopped || mark.bytes().all(|b| b.is_ascii_digit())) {
            return after.trim_start();
        }
        // "No. 88.", "Letter XII."
        if mark.len() > 6 {
            break;
        }
        rest = after.trim_start();
    }
    line.trim_start_matches('[')
}

/// The names of the first line, if it is nothing else but what they are and where.
fn read_heading(text: &Text<'_>, line: Span, language: Option<&str>) -> Option<Sides> {
    let words = words(text.as_str(), line, language);
    if words.len() < 2 || words.len() > LONGEST {
        return None;
    }
    let in_capitals = !text.slice(line).contains(char::is_lowercase);
    let leads = |w: &Word| {
        w.is(Classes::HEAD_TO.or(Classes::TO))
            && (!w.capital || in_capitals)
            && w.span.len() <= 4
            && !w.gap.comma
            && !w.gap.stop
    };
    let sides = |from, to| Sides { line, from, to, rule: "heading/name" };
    // "From George Bell to …", "De Sarmiento a …"
    let begin = usize::from(words[0].is(Classes::FROM) && words[0].capital);
    let both = (begin + 1..words.len() - 1).filter(|&at| leads(&words[at])).find_map(|at| {
        let from = named(text, &words[begin..at], false)?;
        Some(sides(Some(from), named(text, &words[at + 1..], true)?))
    });
    // "To Alexander Hale" alone is whom it goes to
    let is_to = words[0].is(Classes::HEAD_TO) && words[0].capital && !words[1].gap.colon;
    both.or_else(|| {
        let to = named(text, words.get(1..).filter(|_| is_to)?, true)?;
        Some(sides(None, to))
    })
}

/// The name that a side of a heading consists of, kinship before it and what follows a comma or
/// says where aside: "son fils Maurice", "Constant Dutilleux, peintre", "Körner in Dresden".
fn named(text: &Text<'_>, mut side: &[Word], may_say_where: bool) -> Option<Span> {
    let kin = Classes::MY.or(Classes::KIN).or(Classes::OTHERS);
    while side.first().is_some_and(|w| w.is(kin) && !w.is(Classes::SURNAME) && !w.capital) {
        side = &side[1..];
    }
    let name = name_at(side, 0).filter(|n| n.words.0 == 0 && n.full > 0 && n.role.is_none())?;
    let whole = match side.get(name.words.1) {
        None => true,
        Some(next) if next.gap.comma => true,
        Some(next) => {
            let place = side.get(name.words.1 + 1..).unwrap_or_default();
            may_say_where && next.is(Classes::AT) && !next.capital && is_town(text.as_str(), place)
        }
    };
    whole.then_some(name.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of a heading over a short letter: who writes and who reads, `-` where it says none.
    fn check(heading: &str, language: &str, from: &str, to: &str) {
        let page = format!("{heading}\n\nThe rest of the page.\n");
        let text = Text::new(&page);
        let sides = first_line(&text).and_then(|line| read_heading(&text, line, Some(language)));
        let of = |span: Option<Span>| span.map_or("-", |s| text.slice(s));
        let found = (of(sides.as_ref().and_then(|s| s.from)), of(sides.as_ref().map(|s| s.to)));
        assert_eq!(found, (from, to), "{heading}");
    }

    #[test]
    fn editions_number_their_headings_and_print_them_in_capitals() {
        check("114. Weber an Savigny", "de", "Weber", "Savigny");
        check("[12] An Karl Weber", "de", "-", "Karl Weber");
        check("LETTER XII. To Anna Hale.", "en", "-", "Anna Hale");
        check("DURAND À SOPHIE MOREAU.", "fr", "DURAND", "SOPHIE MOREAU");
        check("From George Bell to Anna Hale", "en", "George Bell", "Anna Hale");
    }

    #[test]
    fn kinship_trade_and_town_are_no_part_of_the_name() {
        check("Louise Morel à son fils Maurice", "fr", "Louise Morel", "Maurice");
        check("Paul Morel à Constant Dutour, peintre", "fr", "Paul Morel", "Constant Dutour");
        check("Weber an Körner in Dresden", "de", "Weber", "Körner");
    }

    #[test]
    fn a_sentence_or_the_head_of_a_mail_is_no_heading() {
        check("To Anna this is all the same", "en", "-", "-");
        check("An: Keller, Anna", "de", "-", "-");
        check("We went to Dover on Friday", "en", "-", "-");
    }
}
