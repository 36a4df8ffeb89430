//! Lines of head and foot whose zones would give them to the wrong side.
//!
//! A body's name above the date looks like an inside address, a firm's above the greeting like one
//! who is greeted, an office below a name like the office of an address, a name below a close like
//! the name of one, and the second line of a heading like an address. The zones of the record stay
//! as they are; only who is who is read by these.

use super::super::blocks::{ends_above_reader, is_addressed};
use super::same::share_word;
use super::zone_words;
use crate::mention::block::{Block, Piece, pieces};
use crate::mention::fold;
use crate::mention::heading::heading_ends;
use crate::mention::label::{Label, behind_outside, label_length};
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, name_at};
use crate::mention::salutation::read_salutation;
use crate::mention::stretch::{SplitText, Word};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::zone::{Zone, of};

/// The zones, with each address at the head that is a letterhead as one and each letterhead or
/// salutation that is an address as one, and each address at the foot that is none as a signature.
pub(super) fn resettle(text: &SplitText<'_>, zones: &[Zone], language: Option<&str>) -> Vec<Zone> {
    let zones = &join_heading_lines(text, zones, language);
    let mut out = zones.clone();
    if let Some(at) = letterhead(text, zones, language) {
        out[at].label = ZoneLabel::Letterhead;
    }
    if let Some(at) = body_above_greeting(text, zones, language) {
        out[at].label = ZoneLabel::Address;
    }
    let body = zones.iter().position(|z| z.label == ZoneLabel::Body).unwrap_or(0);
    // "Memorandum for the Chief Engineer" is no print of whoever writes
    for zone in out[..body].iter_mut().filter(|z| z.label == ZoneLabel::Letterhead) {
        let words = zone_words(text, *zone, language);
        if words.first().is_some_and(|w| w.phrase.any(Classes::MEMO)) {
            zone.label = ZoneLabel::Other;
        }
        // "John Orme Esqr. Secretary to the Board": nobody gives himself such an honour
        let esquire = |at: usize| label_length(Label::Esquire, &words[at..]).is_some();
        let bare = |n: &Name| n.full > 0 && n.title.is_none() && n.role.is_none();
        let honoured = name_at(&words, 0).is_some_and(|n| bare(&n) && esquire(n.words.1))
            // a company prints all its officers so
            && (0..words.len()).filter(|&at| esquire(at)).count() == 1;
        // "Sres. Gil y Ruiz"
        let courteous = label_length(Label::Courtesy, &words).is_some() && words[0].capital;
        if honoured || courteous {
            zone.label = ZoneLabel::Address;
        }
        // "All'On. Sig. Prefetto di Lodi"
        let is_elided = |w: &Word| text.as_str()[w.span.end..].starts_with(['\'', '’']);
        let elided = words.first().is_some_and(|w| w.is(Classes::TO) && w.capital && is_elided(w));
        // "Al Ministro de Hacienda"
        let led = label_length(Label::Led, &words).is_some_and(|length| {
            let party = Classes::ROLE.or(Classes::TITLE);
            let reader = |w: &Word| w.capital && w.gap.lines == 0 && w.is(party);
            words[0].capital && words.get(length).is_some_and(reader)
        });
        if elided || led {
            zone.label = ZoneLabel::Address;
        }
    }
    // "Hochlöblicher Magistrat der Stadt Lahr" greets where nothing else does: no body calls itself so
    let greets = zones[..body].iter().any(|z| z.label == ZoneLabel::Salutation);
    for zone in out[..body].iter_mut().filter(|z| z.label == ZoneLabel::Letterhead) {
        let words = zone_words(text, *zone, language);
        let honoured = words
            .first()
            .is_some_and(|w| w.is(Classes::DEAR) && w.capital && !w.is(Classes::SURNAME));
        let found = || pieces(text.as_str(), &words, Block::Letterhead);
        if honoured
            && !greets
            && words.iter().all(|w| w.gap.lines == 0)
            && matches!(found().as_slice(), [Piece::Body(_)])
        {
            zone.label = ZoneLabel::Address;
        }
    }
    offices_below(text, zones, language, &mut out);
    let signed = zones[body..].iter().any(|z| z.label == ZoneLabel::Signature);
    let headed = zones[..body].iter().any(|z| z.label == ZoneLabel::Address);
    for at in body + 1..zones.len() {
        if zones[at].label != ZoneLabel::Address {
            continue;
        }
        let above = zones[at - 1].label;
        let words = zone_words(text, zones[at], language);
        let words = behind_outside(&words);
        // a zone of marks alone says nothing
        let Some(first) = words.first() else { continue };
        let pieces = pieces(text.as_str(), words, Block::Address);
        let person = pieces.iter().any(|p| matches!(p, Piece::Person(_)));
        // "Hon. Secretary, Reading Circle" below the name
        let office = above == ZoneLabel::Signature
            && !person
            && matches!(pieces.first(), Some(Piece::Role(_)))
            && (!first.is(Classes::TO.or(Classes::TITLE).or(Classes::DATIVE))
                || first.phrase.any(Classes::ROLE))
            // "The Secretary of the Society", set apart, is whom it goes to
            && !((is_set_apart(text, zones, at)
                || ends_above_reader(text.slice(zones[at - 1].span), words, language))
                && is_addressed(text.as_str(), words));
        // a name without title or address, where nobody else signs; or whatever stands there where
        // the address is at the head
        let name = above == ZoneLabel::Close && !signed && (headed || is_signer(&pieces));
        // "for Alder & Sons Ltd." between close and name
        let below = zones.get(at + 1).map(|z| z.label);
        let principal = above == ZoneLabel::Close
            && below == Some(ZoneLabel::Signature)
            && first.is(Classes::FOR.or(Classes::BEHALF));
        // "Seid gegrüßt von Eurem / Heinrich Stumm": whose the letter is
        let yours = !signed
            && matches!(above, ZoneLabel::Body | ZoneLabel::Close)
            && zone_words(text, zones[at - 1], language)
                .last()
                .is_some_and(|w| w.is(Classes::YOURS))
            && !first.is(Classes::TO.or(Classes::TITLE).or(Classes::DATIVE));
        if office || name || principal || yours {
            out[at].label = ZoneLabel::Signature;
        }
    }
    out
}

/// The zones, with the two lines of a heading as one where they were told apart: "Le Général Morin,
/// commandant la 3e division, / à Monsieur le Ministre de la guerre".
fn join_heading_lines(text: &SplitText<'_>, zones: &[Zone], language: Option<&str>) -> Vec<Zone> {
    let mut out = zones.to_vec();
    let reads = zones.iter().position(|z| z.label == ZoneLabel::Address);
    let Some(reads) = reads.filter(|&at| at > 0 && !is_set_apart(text, zones, at)) else {
        return out;
    };
    let span = zones[reads - 1].span.cover(zones[reads].span);
    let whole = Zone { span, label: ZoneLabel::Other, ..zones[reads] };
    let words = zone_words(text, whole, language);
    let reader = heading_ends(text.as_str(), &words)
        .filter(|to| to.named)
        .and_then(|to| words.get(to.reads));
    if reader.is_some_and(|w| w.span.start > zones[reads].span.start) {
        out[reads - 1] = whole;
        out.remove(reads);
    }
    out
}

/// Makes one signature of a name and the lines right below it that are its office and body, though no
/// signature by their label: "Sandra Leroy / Responsable des expositions / Musée de la Mer".
fn offices_below(text: &SplitText<'_>, zones: &[Zone], language: Option<&str>, out: &mut [Zone]) {
    /// The longest such block and the longest of its lines, in bytes.
    const LONGEST: usize = 240;
    const LINE: usize = 80;
    let signed = zones.iter().any(|z| z.label == ZoneLabel::Signature);
    for at in 1..zones.len() {
        let (above, zone) = (out[at - 1], zones[at]);
        let may_be = matches!(
            zone.label,
            ZoneLabel::Postscript
                | ZoneLabel::Letterhead
                | ZoneLabel::Other
                | ZoneLabel::Body
                | ZoneLabel::Dateline
        );
        let written = text.slice(zone.span);
        // "L. Masson, capitaine" below the close of a letter that nobody else signs
        let signs = above.label == ZoneLabel::Close && !signed && zone.label != ZoneLabel::Body;
        let below = above.label == ZoneLabel::Signature
            && zone.label != ZoneLabel::Dateline
            && !is_set_apart(text, zones, at);
        if !may_be
            || !(below || signs)
            || written.len() > LONGEST
            || written
                .split('\n')
                .any(|line| line.len() > LINE || line.trim_end().ends_with([';', '!', '?']))
        {
            continue;
        }
        let words = zone_words(text, zone, language);
        let found = pieces(text.as_str(), &words, Block::Signature);
        if signs {
            let sentence = words.iter().any(|w| w.is(Classes::SELF.or(Classes::OTHERS)));
            let dated = zone.label == ZoneLabel::Dateline && words.iter().any(|w| w.number);
            if is_signer(&found) && found.len() <= 3 && !sentence && !dated {
                out[at].label = ZoneLabel::Signature;
                break;
            }
            continue;
        }
        let opens =
            words.iter().take_while(|w| w.gap.lines == 0 || w.span.start == words[0].span.start);
        let office = Classes::ROLE.or(Classes::BODY);
        let is_office = opens.clone().any(|w| w.is(office) && w.capital && !w.is_letter())
            && !opens.clone().any(|w| w.is(Classes::SELF.or(Classes::OTHERS)));
        let names = found.iter().any(|p| matches!(p, Piece::Person(n) if n.title.is_some()));
        if is_office && !names && matches!(found.first(), Some(Piece::Role(_) | Piece::Body(_))) {
            out[at].label = ZoneLabel::Signature;
        }
    }
}

/// The address that opens the letter, if it is the print of whoever writes.
///
/// It names a body, and the date or another address stands below it; an inside address stands below
/// the date, or begins with "To", a title or an office. A body is greeted as several or as such, so
/// that "Gentlemen" leaves it the address, unless the body itself signs; "Sir" does where it says
/// in what town the body is.
fn letterhead(text: &SplitText<'_>, zones: &[Zone], language: Option<&str>) -> Option<usize> {
    let body = zones.iter().position(|z| z.label == ZoneLabel::Body).unwrap_or(zones.len());
    let at = zones[..body].iter().position(|z| z.label != ZoneLabel::Letterhead)?;
    let (first, below) = (zones[at], &zones[at + 1..body]);
    let is_dated = below.first().is_some_and(|z| z.label == ZoneLabel::Dateline);
    let addressed = of(below, ZoneLabel::Address).any(|z| {
        let words = zone_words(text, z, language);
        let named = |p: &Piece| matches!(p, Piece::Person(_) | Piece::Body(_) | Piece::Role(_));
        pieces(text.as_str(), &words, Block::Address).iter().any(named)
    });
    if first.label != ZoneLabel::Address || !is_dated && !addressed {
        return None;
    }
    let words = zone_words(text, first, language);
    let led = Classes::TO.or(Classes::TITLE).or(Classes::DATIVE).or(Classes::HONOUR);
    let found = pieces(text.as_str(), &words, Block::Address);
    let has = |is: fn(&Piece) -> bool| found.iter().any(is);
    let titled = |p: &Piece| matches!(p, Piece::Person(name) if name.title.is_some());
    let is_placed = has(|p| matches!(p, Piece::Street(_) | Piece::Town(_)));
    if words.first().is_none_or(|w| w.is(led))
        || matches!(found.first(), Some(Piece::Role(_)))
        || !has(|p| matches!(p, Piece::Body(_)))
        || found.iter().any(titled)
        // below a letterhead a body with its town is more likely an inside address
        || at > 0 && is_placed
    {
        return None;
    }
    let printed = text.slice(first.span);
    if addressed || signs(text, zones, language).is_some_and(|b| holds(printed, text.slice(b))) {
        return Some(at);
    }
    let greeting = zone_words(text, of(below, ZoneLabel::Salutation).next()?, language);
    let greeted = read_salutation(text.as_str(), &greeting);
    let own = if greeted.names.is_empty() {
        // whoever is greeted without a name may be the person that the block names beside the body
        let is_person = has(|p| matches!(p, Piece::Person(_)));
        let is_greeted = greeted.body.is_some() || greets_several(&greeting);
        !is_person && !is_placed && !is_greeted
    } else {
        !greeted.names.iter().any(|n| share_word(printed, text.slice(n.span)))
    };
    own.then_some(at)
}

fn greets_several(greeting: &[Word]) -> bool {
    greeting.iter().any(|w| w.is(Classes::SEVERAL))
}

/// Whether `printed` holds the name of a body that is written as `signed`.
fn holds(printed: &str, signed: &str) -> bool {
    fold(printed).contains(&fold(signed))
}

/// The body that signs.
fn signs(text: &SplitText<'_>, zones: &[Zone], language: Option<&str>) -> Option<Span> {
    of(zones, ZoneLabel::Signature).find_map(|z| {
        let found = pieces(text.as_str(), &zone_words(text, z, language), Block::Signature);
        found.iter().find_map(|p| if let Piece::Body(span) = p { Some(*span) } else { None })
    })
}

/// The zone above the greeting that is nothing but a body and its town, though no address by its
/// label: "Gebr. Hallwyler / Osnabrück" between date and salutation, or a letterhead elsewhere than
/// the date, where another body signs and greets several.
fn body_above_greeting(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
) -> Option<usize> {
    let greeting = zones.iter().rposition(|z| z.label == ZoneLabel::Salutation)?;
    let dated = zones.iter().position(|z| z.label == ZoneLabel::Dateline)?;
    if of(&zones[..greeting], ZoneLabel::Address).next().is_some() {
        return None;
    }
    let date = zone_words(text, zones[dated], language);
    let placed = |p: &Piece| matches!(p, Piece::Street(_) | Piece::Town(_) | Piece::Country(_));
    let aside = Classes::DEAR.or(Classes::SIR).or(Classes::SUBJECT).or(Classes::REMARK);
    (0..greeting).find(|&at| {
        let words = zone_words(text, zones[at], language);
        let found = pieces(text.as_str(), &words, Block::Address);
        let [Piece::Body(body), place @ ..] = found.as_slice() else { return false };
        let Some(Piece::Town(town)) = place.last() else { return false };
        // a heading in capitals may end in a town as well: "LA HAUTE ÉCOLE de PAU"
        let below = text.slice(Span::new(body.end, town.start)).contains('\n');
        let is_heading = words[0].is(Classes::LINK) && words[0].capital;
        if words.iter().any(|w| w.is(aside)) || !place.iter().all(placed) || !below || is_heading {
            return false;
        }
        let town = fold(text.slice(*town));
        // a heading, a house or a bureau may stand there as well; what is labelled a greeting has nothing else
        let is_firm =
            words.iter().any(|w| body.contains(w.span) && (w.is(Classes::FIRM) || w.folded == "&"));
        if !is_firm && zones[at].label != ZoneLabel::Salutation {
            return false;
        }
        let elsewhere = !date.iter().any(|w| town.split(' ').any(|t| t == w.folded));
        match zones[at].label {
            ZoneLabel::Salutation | ZoneLabel::Other => at > dated,
            ZoneLabel::Letterhead if at > dated => elsewhere,
            ZoneLabel::Letterhead => {
                let several = greets_several(&zone_words(text, zones[greeting], language));
                let other = signs(text, zones, language)
                    .is_some_and(|s| !share_word(text.slice(s), text.slice(*body)));
                let is_placed =
                    date.iter().any(|w| w.capital && !w.number && !w.is(Classes::MONTH));
                at == 0 && is_placed && elsewhere && several && other
            }
            _ => false,
        }
    })
}

/// Whether a blank line stands above zone number `at`, which is not the first.
fn is_set_apart(text: &SplitText<'_>, zones: &[Zone], at: usize) -> bool {
    let between = Span::new(zones[at - 1].span.end, zones[at].span.start);
    text.slice(between).matches('\n').count() > 1
}

/// Whether the block is a name with an office, and nothing says where it is.
fn is_signer(pieces: &[Piece]) -> bool {
    let bare = matches!(pieces.first(), Some(Piece::Person(name)) if name.title.is_none());
    let office = pieces.iter().any(|p| matches!(p, Piece::Role(_)));
    let placed =
        pieces.iter().any(|p| matches!(p, Piece::Street(_) | Piece::Town(_) | Piece::Country(_)));
    bare && office && !placed
}

#[cfg(test)]
mod tests {
    use ZoneLabel::{Address, Body, Close, Dateline, Letterhead, Other, Salutation, Signature};

    use super::*;
    use crate::text::Text;

    /// What the zones of a letter are for who is who; its parts stand apart by a blank line.
    fn settled(parts: &[(ZoneLabel, &str)]) -> Vec<ZoneLabel> {
        let page: Vec<&str> = parts.iter().map(|(_, part)| *part).collect();
        let page = page.join("\n\n");
        let mut at = 0;
        let zones: Vec<Zone> = parts
            .iter()
            .map(|&(label, part)| {
                let span = Span::new(at, at + part.len());
                at = span.end + 2;
                Zone { label, span, confidence: 0.9 }
            })
            .collect();
        resettle(&SplitText::new(&Text::new(&page)), &zones, None).iter().map(|z| z.label).collect()
    }

    #[test]
    fn a_body_above_the_date_writes_where_somebody_else_is_greeted() {
        for (head, date, greeting) in [
            ("Fielding's Wild Animal Show", "Toledo, Apr. 3, 1901", "My dear Hobart,"),
            ("Amos Webb, Agent\nFielding's Show", "Toledo, Apr. 3, 1901", "Dear Hobart,"),
            ("Norddeutsche Baggergesellschaft", "Emden, 3. Mai 1899", "Lieber Otto,"),
            ("Société des Bateaux Omnibus", "Lyon, le 3 mai 1887", "Mon cher Paul,"),
            ("Compañía de Vapores del Sur", "Cádiz, 3 de mayo de 1887", "Querido Julio:"),
        ] {
            let parts =
                [(Address, head), (Dateline, date), (Salutation, greeting), (Body, "All is well.")];
            assert_eq!(settled(&parts)[0], Letterhead, "{head}");
        }
    }

    #[test]
    fn a_body_that_is_addressed_stays_the_address() {
        for (head, greeting) in [
            ("Northern Dredging Company\n14 Quay Street, Leith", "Gentlemen,"),
            ("Northern Dredging Company", "Gentlemen,"),
            ("The Harbour Office\nLeith", "Sir,"),
            ("To the Harbour Office", "Dear Hobart,"),
            ("Herrn Karl Weber\nDeutsche Bank", "Lieber Otto,"),
            ("Amos Webb, Agent\nFielding's Show", "Dear Webb,"),
            ("Société des Bateaux", "Messieurs,"),
        ] {
            let parts = [
                (Address, head),
                (Dateline, "3 May 1899"),
                (Salutation, greeting),
                (Body, "All is well."),
            ];
            assert_eq!(settled(&parts)[0], Address, "{head}");
        }
    }

    #[test]
    fn a_zone_of_marks_alone_stays_what_it_is() {
        let parts = [
            (Body, "All is well."),
            (Close, "Yours truly,"),
            (Address, "* * *"),
            (Signature, "J. Marsh"),
        ];
        assert_eq!(settled(&parts)[2], Address);
    }

    #[test]
    fn a_body_that_signs_or_stands_above_an_address_is_the_letterhead() {
        let parts = [
            (Address, "Northern Dredging Company"),
            (Dateline, "Leith, 3 May 1899"),
            (Salutation, "Gentlemen,"),
            (Body, "All is well."),
            (Signature, "Northern Dredging Company\nJ. Lunn"),
        ];
        assert_eq!(settled(&parts)[0], Letterhead);
        let parts = [
            (Address, "Dunmore Iron Works Company"),
            (Address, "Mr. John Hale\nCarlisle"),
            (Salutation, "Dear Sir,"),
            (Body, "All is well."),
        ];
        assert_eq!(settled(&parts)[..2], [Letterhead, Address]);
    }

    #[test]
    fn a_firm_with_its_town_above_the_greeting_is_whom_it_goes_to() {
        for (label, firm, greeting) in [
            (Salutation, "Gebr. Hallwyler\nOsnabrück", "Sehr geehrte Herren,"),
            (Other, "Roche Frères\nGrenoble", "Messieurs,"),
            (Letterhead, "Harker Bros.\nLeeds", "Gentlemen,"),
        ] {
            let parts = [
                (Dateline, "Hull, 4 March 1903"),
                (label, firm),
                (Salutation, greeting),
                (Body, "All is well."),
            ];
            assert_eq!(settled(&parts)[1], Address, "{firm}");
        }
        // at the head only where another firm signs
        let mut parts = [
            (Letterhead, "Harker Bros.\nLeeds"),
            (Dateline, "Hull, 4 March 1903"),
            (Salutation, "Gentlemen,"),
            (Body, "All is well."),
            (Signature, "Dale & Sons"),
        ];
        assert_eq!(settled(&parts)[0], Address);
        parts[4].1 = "J. Harker";
        assert_eq!(settled(&parts)[0], Letterhead);
    }

    #[test]
    fn the_two_lines_of_a_heading_are_one() {
        let page = "Vitry, le 4 mars 1916\n\nLe Général MORIN, commandant la 34e division,\n\
                    à Monsieur le Général commandant le 20e corps\n\nNos pertes sont légères.";
        let zone = |label, line: &str| {
            let start = page.find(line).expect("the line is in the letter");
            Zone { label, span: Span::new(start, start + line.len()), confidence: 0.9 }
        };
        let writes = "Le Général MORIN, commandant la 34e division,";
        let reads = "à Monsieur le Général commandant le 20e corps";
        for label in [Body, Salutation, Letterhead] {
            let zones = [
                zone(Dateline, "Vitry, le 4 mars 1916"),
                zone(label, writes),
                zone(Address, reads),
                zone(Body, "Nos pertes sont légères."),
            ];
            let found = resettle(&SplitText::new(&Text::new(page)), &zones, Some("fr"));
            let labels: Vec<_> = found.iter().map(|z| z.label).collect();
            assert_eq!(labels, [Dateline, Other, Body], "{label:?}");
            assert_eq!(found[1].span, zones[1].span.cover(zones[2].span));
        }
    }
}
