//! The recipients: inside address, salutation, opening of the body, and the name called in the close.

use super::super::head::{is_subject_label, line_of};
use super::same::{is_pet_name, share_word};
use super::{Draft, OPENING, clip, without_honorific, zone_words};
use crate::mention::address::{address_lines, country_of};
use crate::mention::block::{Block, Piece, is_town, pieces};
use crate::mention::contact::contacts;
use crate::mention::fold;
use crate::mention::heading::{heading_ends, holder, is_office_heading, ministry};
use crate::mention::label::{
    Label, behind_outside, is_given, label_length, own_address, reaches_writer,
};
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, name_at};
use crate::mention::salutation::{Salutation, read_salutation};
use crate::mention::stretch::{SplitText, Word, may_open_phrase, span_of};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::zone::{Zone, of};

/// Reads the recipients; `headed` is who reads by the heading of an office, `displaced` what a signature
/// zone holds of an address.
pub(super) fn read_recipients(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
    headed: Option<&[Word]>,
    displaced: &[Word],
) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    let body = of(zones, ZoneLabel::Body).next().map_or(usize::MAX, |z| z.span.start);
    let (above, below): (Vec<Zone>, Vec<Zone>) =
        of(zones, ZoneLabel::Address).take(20).partition(|z| z.span.start < body);
    for zone in above {
        if continues_subject(text, zone, language) {
            continue;
        }
        let words = zone_words(text, zone, language);
        let is_first = zones.first().is_some_and(|first| first.span.start == zone.span.start);
        match heading_ends(text.as_str(), &words).filter(|to| is_first || to.named) {
            Some(to) => read_headed(text, &words[to.reads..], &mut out),
            None => read_address(text, &words, &mut out),
        }
    }
    // whom the head of the letter names is not addressed again at its foot: there stand enclosures,
    // copies and the signer's office
    if out.iter().all(|d| d.name.is_none() && d.role.is_none()) {
        for zone in below.into_iter().filter(|z| begins_line(text, zones, *z)) {
            let words = zone_words(text, zone, language);
            let words = behind_outside(&words);
            // "Address: Fort Royal" is the writer's, "Address: Mr. Hale" is not
            let titled = words.iter().any(|w| w.is(Classes::TITLE));
            if !reaches_writer(words) && (titled || own_address(words) != Some(0)) {
                read_address(text, words, &mut out);
            }
        }
    }
    let mut salutations: Vec<Salutation> = Vec::new();
    for zone in of(zones, ZoneLabel::Salutation).take(8) {
        let words = zone_words(text, zone, language);
        let (address, greeting) = part_salutation(&words);
        if !address.is_empty() {
            read_address(text, address, &mut out);
        }
        let is_open = !text.slice(zone.span).ends_with(|c: char| !c.is_alphanumeric());
        let is_about = is_subject(greeting)
            || is_open && is_heading(greeting)
            || is_title_of_paper(text, greeting)
            || is_office_heading(text.as_str(), greeting);
        if !greeting.is_empty() && !is_about {
            salutations.push(read_salutation(text.as_str(), greeting));
        }
    }
    if out.iter().all(|d| d.name.is_none() && d.role.is_none() && d.body.is_none())
        && let Some(reads) = headed
    {
        read_headed(text, reads, &mut out);
    }
    if out.iter().all(|d| d.name.is_none() && d.role.is_none()) {
        read_memorandum(text, language, &mut out);
    }
    if out.iter().all(|d| d.name.is_none()) && !displaced.is_empty() {
        read_address(text, displaced, &mut out);
    }
    if out.iter().all(|d| d.name.is_none()) {
        read_hidden_address(text, zones, language, &mut out);
    }
    if salutations.is_empty() {
        salutations.extend(read_opening(text, zones, language));
    }
    for (n, salutation) in salutations.into_iter().enumerate() {
        join_salutation(text, salutation, n == 0, &mut out);
    }
    out
}

/// Whether the words say what the letter is about and greet nobody: "Re: …", or a line with a day or a
/// number in it that greets nobody.
fn is_subject(words: &[Word]) -> bool {
    // no title, for "Ihrer" is one as well
    let greets = Classes::DEAR.or(Classes::SIR).or(Classes::KIN);
    let counted = words.iter().any(|w| w.number || w.is(Classes::MONTH));
    is_subject_label(words) || counted && !words.iter().any(|w| w.is(greets) && !w.is_letter())
}

/// Whether the line above the zone says what the letter is about and goes on in it: "Betrifft: Ausweisung
/// des / Herrn Weber."
fn continues_subject(text: &SplitText<'_>, zone: Zone, language: Option<&str>) -> bool {
    let above = text.as_str()[..zone.span.start].strip_suffix('\n');
    let Some(above) = above.filter(|above| above.ends_with(char::is_lowercase)) else {
        return false;
    };
    let line = line_of(above, above.len());
    let line = text.words(clip(text, line, OPENING), language);
    let is_open = line.last().is_some_and(|w| w.is(Classes::LINK));
    is_open && is_subject_label(&line)
}

/// Whether the words say what the letter is about without a label: "Bausache Weber" as a whole line.
fn is_heading(words: &[Word]) -> bool {
    let greets = Classes::DEAR.or(Classes::MY).or(Classes::SIR).or(Classes::KIN).or(Classes::TITLE);
    let about = words.first().is_some_and(|w| w.is(Classes::SUBJECT));
    about && words.len() > 1 && !words.iter().any(|w| w.is(greets) || w.gap.comma)
}

/// Whether one word in capitals stands there as the title of a paper does, with a full stop behind it or
/// nothing: "BERICHT.". Whoever is greeted so has a comma or a call.
fn is_title_of_paper(text: &SplitText<'_>, words: &[Word]) -> bool {
    let [title] = words else { return false };
    let greets = Classes::DEAR.or(Classes::SIR).or(Classes::KIN).or(Classes::TITLE);
    let behind = text.as_str()[title.span.end..].trim_start_matches('.');
    let ends = behind.is_empty() || behind.starts_with(['\n', '\r', ' ']);
    let in_capitals = !text.slice(title.span).contains(char::is_lowercase);
    ends && in_capitals && !title.is(greets) && !is_given(words)
}

/// Whom a line of its own says that the paper is for: "MEMORANDUM FOR THE CHIEF OF STAFF".
fn read_memorandum(text: &SplitText<'_>, language: Option<&str>, out: &mut Vec<Draft>) {
    /// Such a line stands below letterhead and date at most.
    const LINES: usize = 24;
    /// The longest in bytes.
    const REACH: usize = 80;
    let capital = |line: &Span| text.slice(*line).starts_with(|c: char| !c.is_lowercase());
    let short = |line: &Span| (1..=REACH).contains(&line.len());
    let may_open = |line: &Span| may_open_phrase(text.as_str(), *line);
    let lines = text.lines().iter().copied().take(LINES);
    let named = lines.filter(short).filter(capital).filter(may_open).find_map(|line| {
        let words = text.words(line, language);
        let opens = words.first().filter(|w| w.capital && w.phrase.any(Classes::MEMO))?;
        let reader = words.get(opens.length..).filter(|rest| rest.iter().any(|w| w.capital))?;
        Some(reader.to_vec())
    });
    if let Some(reader) = named {
        read_address(text, &reader, out);
    }
}

/// Whether nothing stands before the zone on its line, and no sentence leads to it: an address amid one,
/// or below "My address is:", is where to write.
fn begins_line(text: &SplitText<'_>, zones: &[Zone], zone: Zone) -> bool {
    const DASHES: [char; 2] = ['—', '–'];
    let before = text.as_str()[..zone.span.start].trim_end_matches([' ', '\t']);
    let above = zones.iter().rfind(|z| z.span.start < zone.span.start);
    let is_prose =
        above.is_some_and(|z| matches!(z.label, ZoneLabel::Body | ZoneLabel::Postscript));
    // a copy may end in a colon, with whom it goes to in a block of its own
    let led = is_prose
        && before
            .strip_suffix('\n')
            .is_some_and(|line| line.trim_end_matches([' ', '\r']).ends_with(':'));
    // "Juan Gil.—Sr. Alcalde de Lugo"
    let dashed = before.ends_with(DASHES) || text.slice(zone.span).starts_with(DASHES);
    (before.is_empty() || before.ends_with('\n') || dashed) && !led
}

/// What of a salutation is rather an address, and the rest: "An den Ausschuss / in Bern. / Geehrte
/// Herren!", "Hon. Commissioner of Works, / Cardiff. / Sir:".
fn part_salutation(words: &[Word]) -> (&[Word], &[Word]) {
    let greets = Classes::DEAR.or(Classes::SIR).or(Classes::KIN);
    let Some(first) = words.first() else { return (&[], words) };
    let led = first.is(Classes::TO) && first.capital && !first.is_letter() && words.len() > 1;
    let dative = first.is(Classes::DATIVE);
    let lines: Vec<usize> =
        (0..words.len()).filter(|&i| i == 0 || words[i].gap.lines > 0).collect();
    // the last line that greets somebody, if it is no line of the address
    let greeting = lines.iter().copied().skip(1).rev().find(|&at| {
        let end = (at + 1..words.len()).find(|&i| words[i].gap.lines > 0).unwrap_or(words.len());
        words[at].is(greets.or(Classes::MY)) && words[at..end].iter().any(|w| w.is(greets))
    });
    let titled = first.is(Classes::TITLE.or(Classes::ROLE)) && !first.is(Classes::DEAR);
    match greeting {
        Some(at) if led || dative || titled && !words[..at].iter().any(|w| w.is(Classes::DEAR)) => {
            words.split_at(at)
        }
        None if led && (lines.len() > 1 || words.iter().any(|w| w.is(Classes::BODY))) || dative => {
            (words, &[])
        }
        _ => (&[], words),
    }
}

/// An address that no zone of that label has: "To James Hartley" in the form of a telegram, a name
/// between dateline and salutation, a titled name at the foot.
fn read_hidden_address(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
    out: &mut Vec<Draft>,
) {
    let body = of(zones, ZoneLabel::Body).next().map_or(usize::MAX, |z| z.span.start);
    let dated = of(zones, ZoneLabel::Dateline).next().map(|z| z.span.end);
    let head = of(zones, ZoneLabel::Letterhead).next().map(|z| z.span.start);
    let begin = out.len();
    let frame = zones.iter().copied().filter(|z| {
        matches!(
            z.label,
            ZoneLabel::Letterhead | ZoneLabel::Other | ZoneLabel::Postscript | ZoneLabel::Close
        )
    });
    for zone in frame.take(30) {
        let before_body = zone.span.start < body;
        let words = zone_words(text, zone, language);
        let begins = |i: &usize| *i == 0 || words[*i].gap.lines > 0;
        // "Betr.: …" and what stands below it name nobody
        let about = |i: &usize| begins(i) && is_subject_label(&words[*i..]);
        let words = &words[..(0..words.len()).find(about).unwrap_or(words.len())];
        let at = (0..words.len()).filter(begins).find(|&i| {
            let w = &words[i];
            let rest = &words[i..];
            if before_body {
                // a line of a form, or the name that follows the dateline
                let to = w.is(Classes::HEAD_TO)
                    && w.capital
                    && !w.is_letter()
                    && rest.get(1).is_some_and(|n| n.gap.lines == 0 && n.capital)
                    && name_at(rest, 1).is_some();
                let named = i == 0
                    && zone.label != ZoneLabel::Postscript
                    && (zone.label != ZoneLabel::Letterhead || head != Some(zone.span.start))
                    && dated.is_some_and(|end| end <= zone.span.start)
                    && zone.span.len() < 200
                    && name_at(rest, 0).is_some_and(|n| {
                        n.full > 0
                            && ends_line(rest, n.words.1)
                            && is_place_line(text.as_str(), &rest[n.words.1..])
                    });
                to || named
            } else {
                // the last block of the letter, begun by a title in the dative or a mere title
                (i == 0 || w.gap.lines > 1)
                    && words.len() - i <= 16
                    && (zone.label != ZoneLabel::Close || w.gap.lines > 1)
                    && begins_address(rest)
            }
        });
        let Some(at) = at else { continue };
        read_address(text, &words[at..], out);
        let titled =
            |d: &Draft| d.name.is_some_and(|(_, rule)| before_body || rule == "address/titled");
        let mut n = 0;
        out.retain(|d| {
            n += 1;
            n <= begin || titled(d)
        });
        for draft in &mut out[begin..] {
            draft.name = draft.name.map(|(span, _)| (span, "address/hidden"));
        }
        if out.len() > begin {
            return;
        }
    }
}

/// Whether the first line or piece of `words` is that of an address: a street, a town, "c/o".
fn is_place_line(text: &str, words: &[Word]) -> bool {
    let end = (1..words.len())
        .find(|&i| words[i].gap.lines > 0 || words[i].gap.comma)
        .unwrap_or(words.len());
    let line = &words[..end];
    line.first().is_some_and(|w| w.is(Classes::CARE))
        || line.iter().any(|w| w.number || w.is(Classes::STREET))
        || is_town(text, line)
}

fn ends_line(words: &[Word], at: usize) -> bool {
    words.get(at).is_none_or(|w| w.gap.lines > 0 || w.gap.comma)
}

/// Whether the words begin as an address does: "Herrn Dr. Weber", "An Frau Weber", "Monsieur Paul".
fn begins_address(words: &[Word]) -> bool {
    // "To", "A mi hijo"
    let leads = Classes::TO.or(Classes::HONOUR);
    let whose = Classes::MY.or(Classes::KIN);
    let led = words
        .iter()
        .enumerate()
        .take_while(|&(i, w)| w.is(leads) || i > 0 && !w.capital && w.is(whose))
        .count()
        .min(4);
    let rest = &words[led..];
    let titled = |w: &Word| w.is(Classes::TITLE) && (w.capital || led > 1) && w.gap.lines <= 1;
    rest.first().is_some_and(titled)
        && name_at(rest, 0).is_some_and(|n| {
            n.title.is_some() && n.full > 0 && (n.full > 1 || ends_line(rest, n.words.1))
        })
}

/// Adds the party to whom a heading says that the letter goes.
fn read_headed(text: &SplitText<'_>, words: &[Word], out: &mut Vec<Draft>) {
    if ministry(words).is_some() {
        return read_ministries(text, words, out);
    }
    let Some((office, name)) = holder(text, words) else {
        return read_address(text, words, out);
    };
    let before = out.len();
    read_address(text, office, out);
    if let Some(read) = out.get_mut(before) {
        read.name = read.name.or(Some((name.span, "heading/name")));
    }
}

/// Adds the ministries to which a telegram goes, and the town behind the last: "Intérieur, Sûreté générale
/// et Guerre, Paris".
fn read_ministries(text: &SplitText<'_>, words: &[Word], out: &mut Vec<Draft>) {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if let Some(length) = ministry(&words[at..]) {
            let named = span_of(&words[at..at + length]);
            // "Ministre Intérieur" is an office
            let draft = if word.is(Classes::ROLE) {
                Draft { role: Some((named, "address/role")), ..Draft::default() }
            } else {
                Draft { body: Some((named, "address/body")), ..Draft::default() }
            };
            out.push(draft);
            at += length;
        } else if is_town(text.as_str(), &words[at..]) {
            if let Some(last) = out.last_mut() {
                last.address.push(span_of(&words[at..]));
            }
            return;
        } else {
            at += 1;
        }
    }
}

/// Whether the name is all of the line below a small article that stands alone and opens the address.
fn is_below_article(words: &[Word], name: &Name) -> bool {
    let [article, first, ..] = words else { return false };
    article.is(Classes::LINK)
        && !article.capital
        && first.gap.lines > 0
        && first.span.start == name.span.start
        && words.get(name.words.1).is_none_or(|w| w.gap.lines > 0)
}

/// Adds the parties of an inside address.
pub(super) fn read_address(text: &SplitText<'_>, words: &[Word], out: &mut Vec<Draft>) {
    let begin = out.len();
    let mut draft = Draft::default();
    let all = pieces(text.as_str(), words, Block::Address);
    let mut lines = address_lines(text.as_str(), words, &all).into_iter().peekable();
    let country = country_of(text.as_str(), &all);
    for piece in all {
        match piece {
            Piece::Person(name) => {
                let shared = shared_title(words, &draft, &name);
                if draft.name.is_some() {
                    // what stands before the next person is the address of the last
                    while let Some(line) = lines.next_if(|l| l.start < name.span.start) {
                        draft.address.push(line);
                    }
                    out.push(std::mem::take(&mut draft));
                }
                // "佐藤次郎先生" has its title behind it
                let titled =
                    name.title.is_some() || without_honorific(text, name.span) != name.span;
                let titled = titled || shared.is_some();
                // "die / Vereinigten Bühnen" are nobody
                if !titled && is_below_article(words, &name) {
                    draft.body = draft.body.or(Some((name.span, "address/body")));
                    continue;
                }
                let rule = if titled { "address/titled" } else { "address/name" };
                draft.name = Some((name.span, rule));
                draft.form = name.title.map(|t| (t, "address/title")).or(shared);
                draft.role = draft.role.or(name.role.map(|r| (r, "address/role")));
            }
            // "Hofrat Dr. Weber / Direktor der Sternwarte": the line says more than the rank
            Piece::Role(span) if held_after_rank(text, &draft, span) => {
                draft.role = Some((span, "address/role"));
            }
            Piece::Role(span) => draft.role = draft.role.or(Some((span, "address/role"))),
            Piece::Body(span) | Piece::Principal(span) => {
                // "Spettabile Ditta / G. B. Rossi & C.": the first line only says "firm"
                let general = |s: Span| {
                    let mut inside = words.iter().filter(|w| s.contains(w.span));
                    inside.all(|w| w.is(Classes::BODY.or(Classes::TITLE).or(Classes::DEAR)))
                };
                if draft.body.is_none_or(|(s, _)| s.len() < 24 && general(s) && !general(span)) {
                    draft.body = Some((span, "address/body"));
                }
            }
            Piece::Street(_) | Piece::Town(_) | Piece::Country(_) => {}
        }
    }
    draft.address.extend(lines);
    draft.contacts = contacts(text.as_str(), words, country);
    out.push(draft);
    // beside "Herrn Weber" a name without a title is a remark, a place or a franking
    if out[begin..].iter().any(|d| d.name.is_some_and(|(_, rule)| rule == "address/titled")) {
        let mut n = 0;
        out.retain(|d| {
            n += 1;
            n <= begin || d.name.is_none_or(|(_, rule)| rule != "address/name")
        });
    }
    // the same person once more: an envelope beside an inside address
    let added: Vec<Draft> = out.split_off(begin);
    for new in added {
        let twin = out.iter_mut().find(|old| match (old.name, new.name) {
            (Some((a, _)), Some((b, _))) => share_word(text.slice(a), text.slice(b)),
            _ => false,
        });
        match twin {
            Some(old) => {
                if let (Some((a, _)), Some((b, _))) = (old.name, new.name)
                    && text.slice(b).len() > text.slice(a).len()
                {
                    old.name = new.name;
                }
                old.role = old.role.or(new.role);
                old.body = old.body.or(new.body);
                if old.address.is_empty() {
                    old.address = new.address;
                }
            }
            None if new.is_empty() => {}
            None => out.push(new),
        }
    }
}

/// The title that a person shares with `name`, which "and" joins to his: "Herren Schmidt und Vogel".
fn shared_title(words: &[Word], before: &Draft, name: &Name) -> Option<(Span, &'static str)> {
    let (first, _) = before.name.filter(|(_, rule)| *rule == "address/titled")?;
    let mut between =
        words.iter().filter(|w| first.end <= w.span.start && w.span.end <= name.span.start);
    // "a" is "and" in Czech, and "à" a small word before a town
    let joins = |w: &Word| w.is(Classes::AND) && !w.is(Classes::HEAD_TO);
    let joined = between.next().is_some_and(joins) && between.next().is_none();
    before.form.filter(|_| joined && name.title.is_none())
}

/// Whether the office at `span` stands on a line below the name whose rank stands before it.
fn held_after_rank(text: &SplitText<'_>, draft: &Draft, span: Span) -> bool {
    let (Some((role, _)), Some((name, _))) = (draft.role, draft.name) else { return false };
    role.start < name.end
        && name.end <= span.start
        && text.slice(Span::new(name.end, span.start)).contains('\n')
}

/// The salutation that runs into the first paragraph, where no zone has it.
fn read_opening(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
) -> Option<Salutation> {
    let body = of(zones, ZoneLabel::Body).next()?;
    let words = text.words(clip(text, body.span, OPENING), language);
    let first = words.first()?;
    let greets = Classes::DEAR.or(Classes::MY).or(Classes::SIR).or(Classes::TITLE);
    // "El Sr. Ministro me dice" tells of a third
    let told = Classes::TITLE.or(Classes::ROLE);
    let article = first.is(Classes::LINK) && words.get(1).is_some_and(|w| w.is(told));
    if !first.is(greets) || !first.capital || article {
        return None;
    }
    let end = (1..words.len().min(14)).find(|&i| {
        let g = words[i].gap;
        g.comma || g.colon || g.call || g.lines > 0 || g.stop && words[i - 1].span.len() > 4
    })?;
    let run = &words[..end];
    // "Zu Ihrer Beschwerde vom 14. Juli:" says what the letter is about
    if is_subject(run) || is_office_heading(text.as_str(), run) {
        return None;
    }
    // nor does the first line of a sentence, "Herr Fink hat die anliegende Schrift"
    const SMALL: Classes = Classes::DEAR
        .or(Classes::MY)
        .or(Classes::SIR)
        .or(Classes::TITLE)
        .or(Classes::KIN)
        .or(Classes::ROLE)
        .or(Classes::PARTICLE)
        .or(Classes::LINK)
        .or(Classes::AND);
    if run.iter().filter(|w| !w.capital && !w.number && !w.is(SMALL)).count() > 1 {
        return None;
    }
    // "My letter, which …" greets nobody
    let greets = run.iter().any(|w| w.is(Classes::DEAR.or(Classes::SIR).or(Classes::TITLE)))
        || words[end].gap.call && end <= 4;
    greets.then(|| read_salutation(text.as_str(), run))
}

fn join_salutation(
    text: &SplitText<'_>,
    salutation: Salutation,
    first: bool,
    out: &mut Vec<Draft>,
) {
    let form = salutation.form.map(|s| (s, "salutation/form"));
    let role = salutation.role.map(|s| (s, "salutation/role"));
    let body = salutation.body.map(|s| (s, "salutation/body"));
    if !salutation.names.is_empty() {
        for name in salutation.names {
            let rule = match (name.title, name.initials) {
                (_, true) => "salutation/initials",
                (Some(_), _) => "salutation/titled",
                _ => "salutation/name",
            };
            let twin = out.iter_mut().find(|d| {
                d.name.is_some_and(|(span, _)| share_word(text.slice(span), text.slice(name.span)))
            });
            if let Some(twin) = twin {
                twin.form = form.or(twin.form);
                twin.role = twin.role.or(role);
            } else if let Some(draft) = out.iter_mut().find(|d| d.name.is_none()) {
                draft.name = Some((name.span, rule));
                draft.form = form.or(draft.form);
                draft.role = draft.role.or(role);
            } else if out.is_empty() || !first {
                out.push(Draft {
                    name: Some((name.span, rule)),
                    form,
                    role,
                    body,
                    ..Draft::default()
                });
            } else if let [draft] = out.as_mut_slice()
                && let Some(whole) = broken_name(text, draft, name.span)
            {
                draft.name = draft.name.map(|(_, rule)| (whole, rule));
                draft.form = form.or(draft.form);
                draft.role = draft.role.or(role);
            } else if let [draft] = out.as_mut_slice()
                && name.title.is_none()
                && draft
                    .name
                    .is_some_and(|(full, _)| is_pet_name(text.slice(name.span), text.slice(full)))
            {
                draft.form = form.or(draft.form);
            } else if let [draft] = out.as_mut_slice()
                && is_called(text, draft, &name)
            {
                draft.role = draft.role.or(role);
            } else if let Some(draft) = out.first_mut() {
                // the address names somebody else: a wife on a card
                draft.form = form.or(draft.form);
                let other = Draft { name: Some((name.span, rule)), form, ..Draft::default() };
                out.push(other);
            }
        }
        return;
    }
    let mut kin = salutation.kin.into_iter().map(|k| (k, "salutation/kin"));
    if out.is_empty() {
        out.push(Draft::default());
    }
    let draft = &mut out[0];
    draft.form = form.or(draft.form);
    draft.role = draft.role.or(role);
    draft.body = draft.body.or(body);
    if draft.name.is_none() {
        draft.name = kin.next();
        out.extend(kin.map(|k| Draft { name: Some(k), ..Draft::default() }));
    }
}

/// Whether the salutation calls by her given name a woman whose title and family name the inside address
/// has: "Dear Harriet" of "Mrs. Thorold". Men are called by others' names too often to tell.
fn is_called(text: &SplitText<'_>, draft: &Draft, called: &Name) -> bool {
    let has = |span: Span, label| {
        let words = text.words(span, None);
        (0..words.len()).any(|i| label_length(label, &words[i..]).is_some())
    };
    let (Some((family, "address/titled")), Some((title, _))) = (draft.name, draft.form) else {
        return false;
    };
    !draft.address.is_empty()
        && called.title.is_none()
        && called.full == 1
        && !text.slice(family).contains(char::is_whitespace)
        && has(title, Label::Lady)
        && has(called.span, Label::Woman)
}

/// The addressee's name as a whole where a line's end breaks it: "President Nicholas / Murray Butler"
/// whom the salutation greets as `family`.
fn broken_name(text: &SplitText<'_>, draft: &Draft, family: Span) -> Option<Span> {
    let (first, _) = draft.name?;
    let below = text.as_str()[first.end..].strip_prefix('\n')?;
    let line = below.split(['\n', ',']).next()?.trim_end_matches(['.', ' ', '\r']);
    let last = line.rsplit(' ').next()?;
    let named = line.split(' ').all(|w| w.starts_with(char::is_uppercase));
    (named && fold(last) == fold(text.slice(family)))
        .then(|| Span::new(first.start, first.end + 1 + line.len()))
}

/// The reader's name where the writer calls it in the close: "Farewell, my dear Anne!"
pub(super) fn read_vocative(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
) -> Option<Draft> {
    for zone in of(zones, ZoneLabel::Close).take(6) {
        let words = zone_words(text, zone, language);
        for i in 1..words.len() {
            let Some(name) =
                name_at(&words, i).filter(|n| (1..=3).contains(&n.full) && n.title.is_none())
            else {
                continue;
            };
            // "I am, Sir, Your Obedt. Servt.": words cut short are no name
            let is_cut = |pair: &[Word]| pair[1].gap.stop && !pair[0].is_letter();
            if words[i..name.words.1].windows(2).any(is_cut) {
                continue;
            }
            // "your Petitioners will ever pray"
            let ours = Classes::YOURS.without(Classes::MY);
            if words[i - 1].is(ours) && !words[i].gap.comma {
                continue;
            }
            // back over "my dear"
            let mut from = i;
            while from > 0
                && !words[from].gap.comma
                && words[from - 1].is(Classes::DEAR.or(Classes::MY))
            {
                from -= 1;
            }
            let apart = from == 0 || words[from].gap.comma || words[from].gap.call;
            let rest = text.slice(Span::new(name.span.end, zone.span.end));
            if apart && rest.starts_with(['!', ',', '.']) && words[i].gap.lines == 0 {
                return Some(Draft {
                    name: Some((name.span, "close/vocative")),
                    ..Draft::default()
                });
            }
        }
    }
    None
}
