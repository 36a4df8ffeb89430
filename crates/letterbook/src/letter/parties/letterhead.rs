//! The letterhead: body, officers, address and contacts of the sender.

use super::same::{same_initials, share_word};
use super::{Draft, zone_words};
use crate::mention::address::{address_lines, country_of};
use crate::mention::block::{Block, Piece, office_line, pieces};
use crate::mention::contact::{Contact, contacts};
use crate::mention::dateline::Dateline;
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, name_at};
use crate::mention::stretch::SplitText;
use crate::mention::{fold, town};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::text::Text;
use crate::zone::{Zone, of};

/// What a letterhead says.
#[derive(Debug, Default)]
pub(super) struct Letterhead {
    pub(super) persons: Vec<Name>,
    /// Offices, and to which of `persons` each belongs, where the print shows it.
    pub(super) roles: Vec<(Span, Option<usize>)>,
    pub(super) body: Option<Span>,
    pub(super) town: Option<Span>,
    pub(super) address: Vec<Span>,
    pub(super) contacts: Vec<Contact>,
    /// Names of a heading that is no letterhead by its zone; they explain initials only.
    pub(super) aside: Vec<Span>,
    /// Whether it is the print of a post or telegraph office, whose officers write nothing.
    pub(super) form: bool,
}

/// Reads the letterhead of what stands from byte `below` on.
pub(super) fn read_letterhead(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
    below: usize,
) -> Letterhead {
    let mut head = Letterhead::default();
    let body = of(zones, ZoneLabel::Body).next().map_or(usize::MAX, |z| z.span.start);
    let printed = of(zones, ZoneLabel::Letterhead).filter(|z| z.span.start >= below);
    for zone in printed.take(20) {
        let words = zone_words(text, zone, language);
        let is_form = words.iter().any(|w| w.is(Classes::FORM));
        head.form |= is_form;
        let pieces = pieces(text.as_str(), &words, Block::Letterhead);
        let owners = owners_of_roles(text, &pieces, head.persons.len());
        let has_street = pieces.iter().any(|p| matches!(p, Piece::Street(_)));
        for (piece, owner) in pieces.iter().zip(owners) {
            match piece {
                Piece::Person(name) => {
                    head.roles.extend(name.role.map(|r| (r, Some(head.persons.len()))));
                    head.persons.push(name.clone());
                }
                Piece::Role(span) => head.roles.push((*span, owner)),
                Piece::Body(span) | Piece::Principal(span) => {
                    // "Incorporated" below the company's name on its form
                    let mut inside = words.iter().filter(|w| span.contains(w.span));
                    let printed = is_form && inside.clone().count() == 1
                        || inside.any(|w| w.is(Classes::FORM));
                    if !printed {
                        head.body = head.body.or(Some(*span));
                    }
                }
                Piece::Town(span) => {
                    // words that no table knows are a town beside a street; elsewhere they may be
                    // the trade: "TEXTILE MACHINERY"
                    let is_known = |s: Span| town(&fold(text.slice(s))).is_some();
                    let is_told = is_known(*span) || has_street;
                    if is_told && !head.town.is_some_and(is_known) {
                        head.town = Some(*span);
                    }
                }
                Piece::Street(_) | Piece::Country(_) => {}
            }
        }
        let country = country_of(text.as_str(), &pieces);
        let zone_contacts = contacts(text.as_str(), &words, country);
        // a town alone says where the head was printed or written; an address has a street
        let mut lines = address_lines(text.as_str(), &words, &pieces);
        lines.retain(|a| {
            !zone_contacts.iter().any(|c| c.span.overlaps(*a) && c.span.len() * 2 > a.len())
        });
        if has_street {
            head.address.extend(lines);
        }
        head.contacts.extend(zone_contacts);
    }
    let before = |z: &Zone| z.span.start < body && z.span.len() < 200;
    for zone in of(zones, ZoneLabel::Other).filter(before).take(4) {
        let words = zone_words(text, zone, language);
        // the first line of all, taken for something else: "Kreisverwaltung Aurich"
        let first_of_all = zone.span.start >= below && is_first(zones, zone);
        if first_of_all && let Some(office) = office_line(text.as_str(), &words) {
            head.roles.push((office, None));
        }
        let is_form = words.iter().any(|w| w.is(Classes::FORM));
        if head.body.is_none()
            && first_of_all
            && !is_form
            && let Some(Piece::Body(span)) =
                pieces(text.as_str(), &words, Block::Letterhead).first()
        {
            head.body = Some(*span);
        }
        let first = name_at(&words, 0).filter(|n| n.full > 1 || n.title.is_some());
        head.aside.extend(first.map(|n| n.span));
    }
    head
}

/// Whether nothing stands above the zone.
fn is_first(zones: &[Zone], zone: Zone) -> bool {
    zones.first().is_some_and(|first| first.span.start == zone.span.start)
}

/// To which person each piece that is an office belongs: the one on its line, else the one above,
/// else the one below.
fn owners_of_roles(text: &SplitText<'_>, pieces: &[Piece], before: usize) -> Vec<Option<usize>> {
    let persons: Vec<Span> = pieces
        .iter()
        .filter_map(|p| if let Piece::Person(name) = p { Some(name.span) } else { None })
        .collect();
    let same_line = |a: Span, b: Span| {
        let between = Span::new(a.end.min(b.end), a.start.max(b.start).max(a.end.min(b.end)));
        !text.slice(between).contains('\n')
    };
    let mut above = 0usize;
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Person(_) => {
                above += 1;
                None
            }
            Piece::Role(role) => {
                let (last, next) =
                    (above.checked_sub(1), Some(above).filter(|n| *n < persons.len()));
                let on_line = |i: &usize| same_line(*role, persons[*i]);
                last.filter(on_line).or(next.filter(on_line)).or(last).or(next).map(|i| i + before)
            }
            _ => None,
        })
        .collect()
}

/// Adds what letterhead and dateline say of the sender.
pub(super) fn join_letterhead(
    text: &SplitText<'_>,
    senders: &mut Vec<Draft>,
    head: &Letterhead,
    datelines: &[Dateline],
) {
    if senders.iter().all(|d| d.name.is_none()) {
        // nobody signs: the officer who signs as such, or the one person of the letterhead
        let mut draft = senders.pop().unwrap_or_default();
        let officer = draft.role.and_then(|(role, _)| officer(text, head, role));
        match (officer, head.persons.as_slice()) {
            (Some(i), _) => {
                draft.name = Some((head.persons[i].span, "letterhead/officer"));
                draft.signed = draft.role.map(|(role, _)| role);
            }
            (None, [one])
                if !head.form
                    && draft.role.is_none()
                    && head.roles.iter().all(|(_, of)| *of == Some(0)) =>
            {
                draft.name = Some((one.span, "letterhead/name"));
            }
            _ => {}
        }
        // "Col." tells which of the printed names it is, and is no office itself
        draft.role = draft.role.filter(|(_, rule)| *rule != "signature/rank");
        senders.push(draft);
    }
    let body = head
        .body
        .map(|b| (b, "letterhead/body"))
        .or_else(|| datelines.iter().find_map(|d| d.body).map(|b| (b, "dateline/body")));
    let one = senders.len() == 1;
    for draft in senders.iter_mut() {
        draft.body = draft.body.or(body);
        if let Some((name, _)) = draft.name {
            join_person(text, draft, name, head);
        }
        if one {
            if draft.address.is_empty() {
                draft.address.clone_from(&head.address);
            }
            draft.contacts.extend(head.contacts.iter().cloned());
            // who signs "i. A." below "Verband / Abt. Ausland" speaks for the body
            let is_part =
                |role: Span| draft.deputy && body.is_some_and(|(body, _)| body.start < role.start);
            // "Der Präsident des Rates" as the whole head
            if let ([], [(role, None)]) = (head.persons.as_slice(), head.roles.as_slice())
                && !is_part(*role)
                && !is_behind_comma(text, *role)
            {
                draft.take_office(Some((*role, "letterhead/role")));
            }
            let office = datelines.iter().find_map(|d| d.role);
            draft.take_office(office.map(|r| (r, "dateline/role")));
        }
    }
}

/// Whether a comma stands before the office on its line, so that it is that of whoever is named there:
/// "W. Peel, Proprietor".
fn is_behind_comma(text: &SplitText<'_>, role: Span) -> bool {
    text.as_str()[..role.start].trim_end_matches(' ').ends_with(',')
}

/// Adds the full name and the office that the letterhead gives the one who signs as `name`.
fn join_person(text: &SplitText<'_>, draft: &mut Draft, name: Span, head: &Letterhead) {
    let signed = text.slice(name);
    let spans: Vec<Span> = head.persons.iter().map(|p| p.span).collect();
    let only = |found: &dyn Fn(Span) -> bool| {
        one_person(text, &spans, (0..spans.len()).filter(|&i| found(spans[i])))
    };
    let letters = signed.chars().filter(|c| c.is_alphabetic()).count();
    let shared = spans.iter().position(|s| share_word(text.slice(*s), signed));
    let twin = shared
        // "A." under the printed "Dr. Anton Weber", "AWeber" glued together
        .or_else(|| {
            only(&|s| same_initials(signed, text.slice(s)))
                .filter(|_| letters > 1 || one_person(text, &spans, 0..spans.len()).is_some())
        })
        // "Bill" under the printed "Col. William Hartley (Buffalo Bill), President"
        .or_else(|| only(&|s| by_name_of(text, s).is_some_and(|by| share_word(by, signed))));
    if let Some(i) = twin {
        if shared.is_none() {
            draft.name = Some((spans[i], "letterhead/name-for-initials"));
            draft.signed = Some(name);
        }
        let role = head.roles.iter().find(|(_, of)| *of == Some(i));
        draft.role = draft.role.or(role.map(|(s, _)| (*s, "letterhead/role")));
    } else if let [aside] = head.aside.as_slice()
        && head.persons.is_empty()
        && same_initials(signed, text.slice(*aside))
        && !share_word(text.slice(*aside), signed)
    {
        draft.name = Some((*aside, "letterhead/name-for-initials"));
        draft.signed = Some(name);
    }
}

/// The one person of the head who has the office or rank in which somebody signs.
fn officer(text: &SplitText<'_>, head: &Letterhead, signed: Span) -> Option<usize> {
    let signed = fold(text.slice(signed));
    let same = |span: Span| fold(text.slice(span)) == signed;
    let found = (0..head.persons.len()).filter(|&i| {
        head.persons[i].title.is_some_and(same)
            || head.roles.iter().any(|(role, of)| *of == Some(i) && same(*role))
    });
    let spans: Vec<Span> = head.persons.iter().map(|p| p.span).collect();
    one_person(text, &spans, found)
}

/// The first of `found`, if all of them are one person; a head may be printed on every sheet.
fn one_person(
    text: &SplitText<'_>,
    spans: &[Span],
    mut found: impl Iterator<Item = usize>,
) -> Option<usize> {
    let first = found.next()?;
    let name = fold(text.slice(spans[first]));
    found.all(|i| fold(text.slice(spans[i])) == name).then_some(first)
}

/// What stands in brackets right after a printed name: another name of the person.
fn by_name_of<'t>(text: &Text<'t>, name: Span) -> Option<&'t str> {
    let rest = text.as_str().get(name.end..)?;
    let rest = rest.trim_start_matches(['.', ',', ' ']).strip_prefix('(')?;
    rest.find([')', '\n']).map(|end| &rest[..end])
}
