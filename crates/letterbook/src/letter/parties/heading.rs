//! A heading that names both sides: an edition's ("Schiller an Goethe", "Voltaire à d'Alembert"), the
//! inscription of a Latin letter (`inscription`), or that of an office ("The Secretary of State to
//! the Minister in Siam").
//!
//! An edition's is the first line of the text and holds nothing but a number, the names and the word
//! between them ("12. An Schiller" has one name), with what they are or where. What the letter says of
//! a side elsewhere goes first; the heading fills in a side that has no name, and the whole of one
//! that signs cut short. An office's may stand below the letterhead.

use super::inscription::{Heading, read_inscription};
use super::same::same_initials;
use super::{Draft, zone_words};
use crate::mention::block::is_town;
use crate::mention::heading::{heading_ends, holder, is_office_heading, ministry};
use crate::mention::label::{Label, label_length};
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, name_at};
use crate::mention::stretch::{SplitText, Word, span_of};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::zone::Zone;

/// The longest heading in words.
const LONGEST: usize = 14;
/// The same in bytes.
const REACH: usize = 120;

/// Gives the sides that have no name those of the heading; a name that only the heading shows is
/// the heading's to give.
pub(super) fn join_heading(
    text: &SplitText<'_>,
    language: Option<&str>,
    senders: &mut Vec<Draft>,
    recipients: &mut Vec<Draft>,
) {
    let edited = || first_line(text).and_then(|line| read_heading(text, line, language));
    let Some(heading) = read_inscription(text, language).or_else(edited) else { return };
    let inside = |found: Option<(Span, &str)>| found.is_some_and(|(s, _)| heading.span.overlaps(s));
    // "My dear Wife" below "JOHN GRAY TO MARY GRAY"
    let own_name = |d: &Draft| d.name.filter(|(_, rule)| *rule != "salutation/kin");
    let open = |side: &[Draft]| {
        !side.iter().any(|d| own_name(d).or(d.body).is_some() && !inside(d.name) && !inside(d.body))
    };
    let give = |side: &mut Vec<Draft>, name: Span| {
        side.truncate(1);
        if side.is_empty() {
            side.push(Draft::default());
        }
        let draft = &mut side[0];
        // "To Sir John Hale, Governor of Barton": it is read already
        let holds_both = |read: Span| {
            read.contains(heading.to) && heading.from.is_some_and(|from| read.contains(from))
        };
        if draft.name.is_some_and(|(read, _)| read.contains(name) && !holds_both(read)) {
            return;
        }
        draft.name = Some((name, heading.rule));
        draft.body = None;
        draft.role = draft.role.filter(|_| !inside(draft.role));
        draft.form = draft.form.filter(|_| !inside(draft.form));
        draft.address.retain(|line| !heading.span.overlaps(*line));
    };
    if let Some(from) = heading.from {
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
        give(recipients, heading.to);
    }
}

/// The first line of the text without the number that an edition gives its letters and without the date
/// in brackets that ends it, if it is short and has no other figures.
fn first_line(text: &SplitText<'_>) -> Option<Span> {
    let page = text.as_str();
    let mut start = page.find(|c: char| !c.is_whitespace())?;
    let mut line = page[start..].split_once('\n')?.0.trim_end();
    // "No. 118.", "[Inclosure in No. 118.]" stand above the heading
    if is_number_of_letter(line) {
        let rest = &page[start + line.len()..];
        start = page.len() - rest.trim_start().len();
        line = page[start..].split_once('\n')?.0.trim_end();
    }
    let unnumbered = without_number(line);
    let bare = without_date(unnumbered);
    let may_be = line.len() <= REACH && !bare.contains(|c: char| c.is_ascii_digit());
    let start = start + (line.len() - unnumbered.len());
    may_be.then(|| Span::new(start, start + bare.trim_end_matches(['.', ']']).len()))
}

/// Whether the line is but the number that an edition gives a letter, or tells in brackets of which letter
/// it is an enclosure.
fn is_number_of_letter(line: &str) -> bool {
    const LONGEST: usize = 40;
    let is_short = line.len() <= LONGEST && line.contains(|c: char| c.is_ascii_digit());
    let is_bracketed = line.starts_with('[') && line.trim_end_matches('.').ends_with(']');
    let mut words = line.split_whitespace();
    let number = |w: &str| w.trim_matches(['.', ')', ']', '[']).bytes().all(|b| b.is_ascii_digit());
    let is_number =
        words.next_back().is_some_and(number) && words.all(|w| w.ends_with('.') && w.len() <= 4);
    is_short && (is_bracketed || is_number)
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

/// `line` without what says in brackets at its end when: "—(Received November 30.)", "[London, 12 March
/// 1868]".
fn without_date(line: &str) -> &str {
    let closed = line.trim_end_matches('.').strip_suffix([')', ']']);
    let opens = closed.and_then(|inside| inside.rfind(['(', '[']));
    match opens.map(|at| line.split_at(at)) {
        Some((bare, date)) if date.contains(|c: char| c.is_ascii_digit()) => {
            bare.trim_end_matches([' ', '.', '-', '–', '—'])
        }
        _ => line,
    }
}

/// The names of the first line, if it is nothing else but what they are and where.
fn read_heading(text: &SplitText<'_>, line: Span, language: Option<&str>) -> Option<Heading> {
    let words = text.words(line, language);
    if words.len() < 2 || words.len() > LONGEST {
        return None;
    }
    // "WELCOME TO BATH"
    if label_length(Label::Slogan, &words).is_some() {
        return None;
    }
    let in_capitals = !text.slice(line).contains(char::is_lowercase);
    // "From George Bell to …", "De Sarmiento a …", "Letter from George Bell to …"
    let from = |at: usize| words[at].is(Classes::FROM) && (words[at].capital || at > 0);
    let is_called = words[0].is(Classes::REMARK) && words[0].capital && from(1);
    let begin = if is_called { 2 } else { usize::from(from(0)) };
    let leads = |at: usize| {
        let w = &words[at];
        // "Mr. Hale, Consul at Bath, to Mr. Bell"; "Anna Hale, to all" goes on
        let is_closed = begin > 0 || words[at + 1].is(Classes::TITLE);
        // "Provincia de San Juan"
        let of = Classes::GENITIVE.or(Classes::NAMED_AFTER);
        (w.is(Classes::HEAD_TO) || w.is(Classes::TO) && !w.is(of))
            && (!w.capital || in_capitals)
            && w.span.len() <= 4
            && (!w.gap.comma || is_closed)
            && !w.gap.stop
    };
    let sides = |from, to| Heading { span: line, from, to, rule: "heading/name" };
    // "To Alexander Hale" is whom it goes to, whatever small word follows
    let is_to = words[0].is(Classes::HEAD_TO) && words[0].capital && !words[1].gap.colon;
    let both = (begin + 1..words.len() - 1).filter(|&at| !is_to && leads(at)).find_map(|at| {
        let from = named(text, &words[begin..at], false)?;
        let to = &words[at + 1..];
        // "M. Hale, ambassadeur de France à Londres"
        let holds = words[begin..at].iter().any(|w| w.is(Classes::ROLE));
        let place = to.iter().take_while(|w| !w.gap.comma).count();
        if holds && words[at].is(Classes::AT) && is_town(text.as_str(), &to[..place]) {
            return None;
        }
        Some(sides(Some(from), named(text, to, true).or_else(|| own_kin(to))?))
    });
    both.or_else(|| {
        let to = named(text, words.get(1..).filter(|_| is_to)?, true)?;
        Some(sides(None, to))
    })
}

/// The name that a side of a heading consists of, kinship before it and what follows a comma or
/// says where aside: "son fils Maurice", "Constant Dutilleux, peintre", "Körner in Dresden".
fn named(text: &SplitText<'_>, mut side: &[Word], may_say_where: bool) -> Option<Span> {
    // "Le citoyen Merlin", "The Earl of Orme"
    let rank = Classes::TITLE.or(Classes::NOBLE);
    let titled = |side: &[Word]| side.get(1).is_some_and(|w| w.is(rank));
    if side.first().is_some_and(|w| w.is(Classes::LINK)) && titled(side) {
        side = &side[1..];
    }
    let kin = Classes::MY.or(Classes::KIN).or(Classes::OTHERS);
    while side.first().is_some_and(|w| w.is(kin) && !w.is(Classes::SURNAME) && !w.capital) {
        side = &side[1..];
    }
    let name = name_at(side, 0).filter(|n| n.words.0 == 0 && n.full > 0 && n.role.is_none())?;
    let whole = match side.get(name.words.1) {
        None => true,
        Some(next) if next.gap.comma => true,
        // "Mr. Hale (Bath)"
        Some(next) if text.as_str()[..next.span.start].ends_with(['(', '[']) => true,
        Some(next) => {
            let place = side.get(name.words.1 + 1..).unwrap_or_default();
            may_say_where && next.is(Classes::AT) && !next.capital && is_town(text.as_str(), place)
        }
    };
    whole.then_some(name.span)
}

/// The kinship by which alone a heading says who reads: "her father".
fn own_kin(side: &[Word]) -> Option<Span> {
    let [whose, kin] = side else { return None };
    let is_kin = kin.is(Classes::KIN) && !kin.capital;
    (is_kin && whose.is(Classes::OTHERS.or(Classes::MY)) && !whose.capital).then_some(kin.span)
}

/// Gives the one who signs the office, or the name, by which a heading says that he writes: "The
/// Secretary of State to the Minister in Siam" over a letter that one person signs, or nobody.
pub(super) fn join_office_heading(
    text: &SplitText<'_>,
    writes: &[Word],
    reads: &[Word],
    senders: &mut Vec<Draft>,
) {
    let writer = if ministry(reads).is_some() {
        // "Préfet Nord" of a telegram is no person
        Draft { role: Some((span_of(writes), "address/role")), ..Draft::default() }
    } else {
        heading_writer(text, writes)
    };
    let heading = span_of(writes).cover(span_of(reads));
    // the print above the date may have been read with it
    let beyond = |found: Option<(Span, &str)>| found.is_some_and(|(s, _)| s.overlaps(heading));
    for sender in senders.iter_mut() {
        sender.role = sender.role.filter(|_| !beyond(sender.role));
        sender.body = sender.body.filter(|_| !beyond(sender.body)).or(writer.body);
    }
    match senders.as_mut_slice() {
        [] => senders.push(writer),
        [one] if one.principal.is_none() => {
            one.role = one.role.or(writer.role);
            one.name = one.name.or(writer.name);
        }
        // "Les administrateurs du Gers"
        several if writes.first().is_some_and(|w| w.is(Classes::GROUP)) => {
            for one in several {
                one.role = one.role.or(writer.role);
            }
        }
        _ => {}
    }
}

/// Who writes by the words of a heading: an office, with a name behind it or in brackets, or a body.
pub(super) fn heading_writer(text: &SplitText<'_>, words: &[Word]) -> Draft {
    let role = |words: &[Word]| Some((span_of(words), "address/role"));
    let first = |class| words.iter().position(|w| w.is(class) && !w.is_letter());
    let (office, body) = (first(Classes::ROLE), first(Classes::BODY.or(Classes::GROUP)));
    // "The Committee of Safety", "The Inhabitants of Orme"
    if body.is_some_and(|at| office.is_none_or(|office| at < office)) {
        return Draft { body: Some((span_of(words), "address/body")), ..Draft::default() };
    }
    if let Some((office, name)) = holder(text, words) {
        let name = Some((name.span, "heading/name"));
        return Draft { role: role(office), name, ..Draft::default() };
    }
    // "Le Général NUDANT, commandant la 34e division"
    let parted = |n: &Name| words.get(n.words.1).is_none_or(|w| w.gap.comma);
    let Some(name) = name_at(words, 0).filter(|n| n.full > 0 && parted(n)) else {
        return Draft { role: role(words), ..Draft::default() };
    };
    let behind = words.get(name.words.1..).filter(|rest| !rest.is_empty());
    // "Governor Hale", "Captain Hale"
    let rank =
        name.title.filter(|t| words.iter().any(|w| t.contains(w.span) && w.is(Classes::ROLE)));
    // "Lord Dorset" has none
    let office = behind.map(span_of).or(name.role).or(rank);
    if office.is_none() && name.words.1 < words.len() {
        return Draft { role: role(words), ..Draft::default() };
    }
    Draft {
        role: office.map(|office| (office, "address/role")),
        name: Some((name.span, "heading/name")),
        ..Draft::default()
    }
}

/// The words of the office that writes by a heading of its own line over the letter, and those of
/// the one that reads.
pub(super) fn office_heading(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
) -> Option<(Vec<Word>, Vec<Word>)> {
    let body = zones.iter().position(|z| z.label == ZoneLabel::Body)?;
    let heads = |z: &&Zone| {
        matches!(
            z.label,
            ZoneLabel::Letterhead | ZoneLabel::Address | ZoneLabel::Salutation | ZoneLabel::Other
        )
    };
    // an edition's heading may have been taken for the first line of the letter
    let first = first_line(text)
        .map(|line| text.words(line, language))
        .filter(|line| is_office_heading(text.as_str(), line));
    let printed = zones[..body].iter().filter(heads).take(8);
    printed.map(|zone| zone_words(text, *zone, language)).chain(first).find_map(|words| {
        let begins: Vec<usize> =
            (0..words.len()).filter(|&i| i == 0 || words[i].gap.lines > 0).collect();
        begins.into_iter().find_map(|at| {
            let line = &words[at..];
            let to = heading_ends(text.as_str(), line).filter(|to| to.named)?;
            let writes = line.get(to.begins..to.writes).filter(|writes| !writes.is_empty())?;
            Some((writes.to_vec(), line[to.reads..].to_vec()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// The names of a heading over a short letter: who writes and who reads, `-` where it says none.
    fn check(heading: &str, language: &str, from: &str, to: &str) {
        let text = format!("{heading}\n\nThe rest of the page.\n");
        let text = Text::new(&text);
        let page = SplitText::new(&text);
        let sides = first_line(&page).and_then(|line| read_heading(&page, line, Some(language)));
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
    fn offices_brackets_and_the_day_of_receipt_part_the_sides() {
        check("Mr. Hale, Consul at Bath, to Mr. Bell, Secretary of State.", "en", "Hale", "Bell");
        check("Mr. Hale (Bath) to Mr. Bell (London).", "en", "Hale", "Bell");
        check("Sir A. Hale to Lord Bell.—(Received May 30.)", "en", "A. Hale", "Bell");
        check("From Captain A. Hale, to Lieut. J. Bell.", "en", "A. Hale", "J. Bell");
        check("Mrs. Hale to her father.", "en", "Hale", "father");
    }

    #[test]
    fn a_land_with_its_kind_is_no_heading() {
        check("Provincia de San Juan", "es", "-", "-");
        check("REPÚBLICA DE NUEVA GRANADA", "es", "-", "-");
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
        check("WELCOME TO BATH", "en", "-", "-");
        check("HERZLICH WILLKOMMEN AN BORD", "de", "-", "-");
    }
}
