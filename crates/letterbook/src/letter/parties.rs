//! Who wrote to whom: one sender and one recipient out of signature, letterhead, address,
//! salutation, dateline and body.
//!
//! The signature names the sender; letterhead and dateline add office and body, and stand in where
//! nobody signs. The address names the recipient; the salutation adds the form of address, and
//! stands in where there is no address. A name that nothing shows is left out.

use super::sure::{of_zone, sure};
use crate::mention::block::{Block, Piece, pieces};
use crate::mention::contact::{Contact, contacts, fold_space};
use crate::mention::dateline::Dateline;
use crate::mention::lexicon::{Classes, lexicon};
use crate::mention::name::{Name, name_at, names};
use crate::mention::org::{abbreviates, is_initials, principal_in};
use crate::mention::salutation::{Salutation, read_salutation};
use crate::mention::stretch::{Word, span_of, words};
use crate::mention::{fold, town};
use crate::record::{Alternative, Party, Reading, ZoneLabel};
use crate::span::{Span, Text};
use crate::zone::{Zone, of};

/// More parties than this on one side are a list of names, not correspondents.
const MOST: usize = 16;
/// A zone of the frame is read up to this many bytes; heads and feet are short.
const REACH: usize = 6000;
/// How far into the body an opening or a formula is looked for.
const OPENING: usize = 600;

/// Both sides, and where the letterhead says it was written.
#[derive(Debug, Default)]
pub(super) struct Sides {
    pub(super) senders: Vec<Party>,
    pub(super) recipients: Vec<Party>,
    /// The town of the letterhead.
    pub(super) town: Option<Span>,
}

/// What is known of one party before it becomes a record.
#[derive(Debug, Clone, Default)]
struct Draft {
    name: Option<(Span, &'static str)>,
    form: Option<(Span, &'static str)>,
    role: Option<(Span, &'static str)>,
    body: Option<(Span, &'static str)>,
    principal: Option<(Span, &'static str)>,
    address: Vec<Span>,
    contacts: Vec<Contact>,
    /// The signature that `name`, taken from elsewhere, is the full form of.
    signed: Option<Span>,
}

impl Draft {
    fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.role.is_none()
            && self.body.is_none()
            && self.principal.is_none()
            && self.form.is_none()
    }
}

/// The words of a zone.
fn zone_words(text: &Text<'_>, zone: Zone, language: Option<&str>) -> Vec<Word> {
    words(text.as_str(), clip(text, zone.span, REACH), language)
}

fn clip(text: &Text<'_>, span: Span, most: usize) -> Span {
    let mut end = span.end.min(span.start + most);
    while !text.as_str().is_char_boundary(end) {
        end -= 1;
    }
    Span::new(span.start, end)
}

/// Reads both sides of the letter.
pub(super) fn read_sides(
    text: &Text<'_>,
    zones: &[Zone],
    language: Option<&str>,
    datelines: &[Dateline],
) -> Sides {
    let mut sides = Sides::default();
    let letterhead = read_letterhead(text, zones, language);
    sides.town = letterhead.town;
    let mail = read_mail_head(text, language);

    let mut recipients = read_recipients(text, zones, language);
    let mut senders = read_signatures(text, zones, language);
    if senders.iter().all(|d| d.name.is_none())
        && let Some(closing) = read_close(text, zones, language)
    {
        senders.push(closing);
    }
    if recipients.iter().all(|d| d.name.is_none())
        && let Some(vocative) = read_vocative(text, zones, language)
    {
        match recipients.first_mut() {
            Some(first) => first.name = vocative.name,
            None => recipients.push(vocative),
        }
    }
    if let Some((from, to)) = mail {
        if senders.iter().all(|d| d.name.is_none()) {
            senders = from.into_iter().chain(senders).take(1).collect();
        }
        if recipients.iter().all(|d| d.name.is_none()) && !to.is_empty() {
            let form = recipients.into_iter().next();
            recipients = to;
            if let (Some(first), Some(form)) = (recipients.first_mut(), form) {
                first.form = form.form;
                first.role = first.role.or(form.role);
            }
        }
    }
    join_letterhead(text, &mut senders, &letterhead, datelines);
    join_principal(text, zones, language, &mut senders);
    // a name that stands on both sides is the recipient's where the address shows it: a signature
    // zone may reach into an address that follows it
    senders.retain(|s| {
        let Some((span, _)) = s.name else { return true };
        !recipients.iter().any(|r| r.name.is_some_and(|(other, _)| other.overlaps(span)))
    });
    sides.senders = senders
        .into_iter()
        .filter(|d| !d.is_empty())
        .take(MOST)
        .map(|d| party(text, zones, d))
        .collect();
    sides.recipients = recipients
        .into_iter()
        .filter(|d| !d.is_empty())
        .take(MOST)
        .map(|d| party(text, zones, d))
        .collect();
    sides
}

/// What a letterhead says.
#[derive(Debug, Default)]
struct Letterhead {
    persons: Vec<Name>,
    roles: Vec<(Span, Option<usize>)>,
    body: Option<Span>,
    town: Option<Span>,
    address: Vec<Span>,
    contacts: Vec<Contact>,
}

fn read_letterhead(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Letterhead {
    let mut head = Letterhead::default();
    for zone in of(zones, ZoneLabel::Letterhead).take(20) {
        let words = zone_words(text, zone, language);
        let pieces = pieces(text.as_str(), &words, Block::Letterhead);
        let mut country = None;
        for piece in &pieces {
            match piece {
                Piece::Person(name) => {
                    head.roles.extend(name.role.map(|r| (r, Some(head.persons.len()))));
                    head.persons.push(name.clone());
                }
                Piece::Role(span) => {
                    let of = head.persons.len().checked_sub(1);
                    head.roles.push((*span, of));
                }
                Piece::Body(span) | Piece::Principal(span) => head.body = head.body.or(Some(*span)),
                Piece::Street(span) => head.address.push(*span),
                Piece::Town(span) => {
                    let code = town(&fold(text.slice(*span)));
                    let known = head.town.is_some_and(|t| town(&fold(text.slice(t))).is_some());
                    if !known {
                        head.town = Some(*span);
                    }
                    head.address.push(*span);
                    country = country.or_else(|| code.and_then(|c| c.get(..2)));
                }
                Piece::Country(span) => {
                    head.address.push(*span);
                    country = lexicon().country(&fold(text.slice(*span))).or(country);
                }
            }
        }
        let zone_contacts = contacts(text.as_str(), &words, country);
        head.address.retain(|a| {
            !zone_contacts.iter().any(|c| c.span.overlaps(*a) && c.span.len() * 2 > a.len())
        });
        head.contacts.extend(zone_contacts);
    }
    head
}

fn read_recipients(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for zone in of(zones, ZoneLabel::Address).take(20) {
        let words = zone_words(text, zone, language);
        read_address(text, &words, &mut out);
    }
    if out.is_empty() {
        // a telegram's form: "To James Hartley"
        for zone in of(zones, ZoneLabel::Other).take(20).filter(|z| z.span.len() < 200) {
            let words = zone_words(text, zone, language);
            if words.first().is_some_and(|w| w.is(Classes::TO) && w.capital && w.span.len() > 1) {
                read_address(text, &words, &mut out);
            }
        }
        out.retain(|d| d.name.is_some());
    }
    let mut salutations: Vec<Salutation> = of(zones, ZoneLabel::Salutation)
        .take(8)
        .map(|zone| read_salutation(text.as_str(), &zone_words(text, zone, language)))
        .collect();
    if salutations.is_empty() {
        salutations.extend(read_opening(text, zones, language));
    }
    for (n, salutation) in salutations.into_iter().enumerate() {
        join_salutation(text, salutation, n == 0, &mut out);
    }
    out
}

/// Adds the parties of an inside address.
fn read_address(text: &Text<'_>, words: &[Word], out: &mut Vec<Draft>) {
    let begin = out.len();
    let mut draft = Draft::default();
    let mut country = None;
    for piece in pieces(text.as_str(), words, Block::Address) {
        match piece {
            Piece::Person(name) => {
                if draft.name.is_some() {
                    out.push(std::mem::take(&mut draft));
                }
                draft.name = Some((
                    name.span,
                    if name.title.is_some() { "address/titled" } else { "address/name" },
                ));
                draft.form = name.title.map(|t| (t, "address/title"));
                draft.role = draft.role.or(name.role.map(|r| (r, "address/role")));
            }
            Piece::Role(span) => draft.role = draft.role.or(Some((span, "address/role"))),
            Piece::Body(span) | Piece::Principal(span) => {
                draft.body = draft.body.or(Some((span, "address/body")))
            }
            Piece::Street(span) => draft.address.push(span),
            Piece::Town(span) => {
                draft.address.push(span);
                country =
                    country.or_else(|| town(&fold(text.slice(span))).and_then(|c| c.get(..2)));
            }
            Piece::Country(span) => {
                draft.address.push(span);
                country = lexicon().country(&fold(text.slice(span))).or(country);
            }
        }
    }
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

/// Whether `signed` is `full` cut short: "A. W.", "A.", "AWeber" for "Anton Weber".
fn same_initials(signed: &str, full: &str) -> bool {
    let (signed, full) = (fold(signed), fold(full));
    let full: Vec<&str> = full.split(' ').collect();
    let parts: Vec<&str> = signed.split(' ').collect();
    let (Some(first), Some(last)) = (full.first(), full.last()) else { return false };
    if parts.iter().all(|p| p.chars().count() == 1) {
        // each letter begins a word, in the same order
        let mut rest = full.iter();
        return parts.iter().all(|p| rest.any(|f| f.starts_with(p)));
    }
    parts.len() == 1
        && last.chars().count() > 2
        && parts[0]
            .strip_suffix(last)
            .is_some_and(|rest| !rest.is_empty() && first.starts_with(rest))
}

fn share_word(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    a.split(' ').any(|w| w.chars().count() > 2 && b.split(' ').any(|v| v == w))
}

/// The salutation that runs into the first paragraph, where no zone has it.
fn read_opening(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Salutation> {
    let body = of(zones, ZoneLabel::Body).next()?;
    let words = words(text.as_str(), clip(text, body.span, OPENING), language);
    let first = words.first()?;
    let greets = Classes::DEAR.or(Classes::MY).or(Classes::SIR).or(Classes::TITLE);
    if !first.is(greets) || !first.capital {
        return None;
    }
    let end = (1..words.len().min(14)).find(|&i| {
        let g = words[i].gap;
        g.comma || g.colon || g.call || g.lines > 0 || g.stop && words[i - 1].span.len() > 4
    })?;
    let run = &words[..end];
    // "My letter, which …" greets nobody
    let greets = run.iter().any(|w| w.is(Classes::DEAR.or(Classes::SIR).or(Classes::TITLE)))
        || words[end].gap.call && end <= 4;
    greets.then(|| read_salutation(text.as_str(), run))
}

fn join_salutation(text: &Text<'_>, salutation: Salutation, first: bool, out: &mut Vec<Draft>) {
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
            } else if let Some(draft) = out.first_mut() {
                // the address names somebody else: a nickname, or a wife's name on a card
                draft.form = form.or(draft.form);
                let other = Draft { name: Some((name.span, rule)), form, ..Draft::default() };
                out.push(other);
            }
        }
        return;
    }
    match out.first_mut() {
        Some(draft) => {
            if draft.name.is_none() {
                draft.name = salutation.kin.map(|k| (k, "salutation/kin"));
            }
            draft.form = form.or(draft.form);
            draft.role = draft.role.or(role);
            draft.body = draft.body.or(body);
        }
        None => out.push(Draft {
            name: salutation.kin.map(|k| (k, "salutation/kin")),
            form,
            role,
            body,
            ..Draft::default()
        }),
    }
}

fn read_signatures(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for zone in of(zones, ZoneLabel::Signature).take(40) {
        let words = zone_words(text, zone, language);
        read_signature(text, &words, &mut out);
    }
    if !out.is_empty() {
        read_cosigners(text, zones, language, &mut out);
    }
    out
}

/// Signers whose name stands in a close of its own, beside those in signature zones: "Dein A. Weber".
fn read_cosigners(text: &Text<'_>, zones: &[Zone], language: Option<&str>, out: &mut Vec<Draft>) {
    let Some(first) = of(zones, ZoneLabel::Signature).next() else { return };
    let after = |z: &Zone| z.span.start > first.span.start && z.span.len() < 60;
    for zone in of(zones, ZoneLabel::Close).filter(after).take(12) {
        let words = zone_words(text, zone, language);
        let Some(at) = words.iter().position(|w| !w.is(Classes::CLOSING)) else { continue };
        let Some(name) = name_at(&words, at) else { continue };
        let calls = words[1..].iter().any(|w| w.gap.comma || w.gap.call);
        let ends =
            text.slice(Span::new(name.span.end, zone.span.end)).trim_matches(['.', ' ']).is_empty();
        if name.words == (at, words.len()) && name.full > 0 && !calls && ends {
            out.push(Draft { name: Some((name.span, "close/cosigner")), ..Draft::default() });
        }
    }
    dedupe(text, out);
}

fn read_signature(text: &Text<'_>, words: &[Word], out: &mut Vec<Draft>) {
    let begin = out.len();
    let mut pending = Draft::default();
    for piece in pieces(text.as_str(), words, Block::Signature) {
        match piece {
            Piece::Person(name) => {
                let rule = if name.initials {
                    "signature/initials"
                } else if name.full == 1 && name.span.len() < 40 {
                    "signature/word"
                } else {
                    "signature/name"
                };
                let mut draft = std::mem::take(&mut pending);
                draft.name = Some((name.span, rule));
                draft.role = draft.role.or(name.role.map(|r| (r, "signature/role")));
                out.push(draft);
            }
            Piece::Role(span) => match out[begin..].last_mut().filter(|d| d.role.is_none()) {
                Some(last) => last.role = Some((span, "signature/role")),
                None => pending.role = pending.role.or(Some((span, "signature/role"))),
            },
            Piece::Body(span) => match out[begin..].last_mut().filter(|d| d.body.is_none()) {
                Some(last) => last.body = Some((span, "signature/body")),
                None => pending.body = pending.body.or(Some((span, "signature/body"))),
            },
            Piece::Principal(span) => {
                match out[begin..].last_mut().filter(|d| d.principal.is_none()) {
                    Some(last) => last.principal = Some((span, "signature/for")),
                    None => pending.principal = pending.principal.or(Some((span, "signature/for"))),
                }
            }
            Piece::Street(span) | Piece::Town(span) | Piece::Country(span) => {
                if let Some(last) = out[begin..].last_mut() {
                    last.address.push(span);
                }
            }
        }
    }
    if out.len() == begin && pending.name.is_none() {
        // a line that is only one common word is a name here, if it is anything: "Page"
        if let Some(word) = lone_name(words) {
            pending.name = Some((word, "signature/common-word"));
        }
    }
    if !pending.is_empty() {
        out.push(pending);
    }
    dedupe(text, out);
}

/// The word that a signature consists of, though the lexicon knows it as a common one.
fn lone_name(words: &[Word]) -> Option<Span> {
    let last = words
        .iter()
        .rev()
        .find(|w| !w.number && w.capital && (!w.is_letter() || words.len() == 1))
        .or_else(|| {
            words.last().filter(|w| words.len() <= 2 && !w.number && !w.is(Classes::CLOSING))
        })?;
    let alone =
        words.iter().filter(|w| w.gap.lines == 0 || w.span.start == words[0].span.start).count()
            <= 4;
    (alone && !last.is(Classes::BODY) && words.len() <= 6).then_some(last.span)
}

/// Drops signatures that repeat another in fewer letters: "W. B." after "Wilhelm Berger".
fn dedupe(text: &Text<'_>, out: &mut Vec<Draft>) {
    let names: Vec<Option<Vec<String>>> = out
        .iter()
        .map(|d| d.name.map(|(s, _)| fold(text.slice(s)).split(' ').map(str::to_owned).collect()))
        .collect();
    let repeats = |short: &[String], long: &[String]| {
        short.len() <= long.len()
            && short.iter().all(|s| {
                long.iter().any(|l| l == s || s.chars().count() == 1 && l.starts_with(s.as_str()))
            })
    };
    let mut keep = vec![true; out.len()];
    for i in 0..out.len() {
        for j in 0..out.len() {
            if i == j || !keep[i] || !keep[j] {
                continue;
            }
            if let (Some(a), Some(b)) = (&names[i], &names[j])
                && repeats(a, b)
                && (a.len() < b.len() || i > j)
            {
                keep[i] = false;
            }
        }
    }
    let mut n = 0;
    out.retain(|_| {
        n += 1;
        keep[n - 1]
    });
}

/// A name at the foot that no signature zone has: "Yours, Anne", "(Sig.) Dr. A. Weber", or the last
/// line of a letter that has neither close nor signature.
fn read_close(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Draft> {
    let (zone, rule) = match of(zones, ZoneLabel::Close).last() {
        Some(zone) => (zone.span, "close/name"),
        None if of(zones, ZoneLabel::Signature).next().is_none() => {
            let body = of(zones, ZoneLabel::Body).last()?.span;
            let line = |end: usize| {
                text.slice(Span::new(body.start, end))
                    .rfind('\n')
                    .map_or(body.start, |n| body.start + n)
            };
            (Span::new(line(line(body.end)), body.end), "body/last-line")
        }
        None => return None,
    };
    let start = zone.end.saturating_sub(240).max(zone.start);
    let start = (start..zone.end).find(|&at| text.as_str().is_char_boundary(at))?;
    let words = words(text.as_str(), Span::new(start, zone.end), language);
    // the office after the name: "A. Weber, Ständerat"
    let office = (1..words.len()).rev().take(5).find(|&i| {
        words[i].gap.comma
            && words[i..].iter().any(|w| w.is(Classes::ROLE))
            && words[i..].iter().all(|w| w.gap.lines == 0)
    });
    let run = &words[..office.unwrap_or(words.len())];
    let name = (run.len().saturating_sub(8)..run.len())
        .find_map(|i| name_at(run, i).filter(|n| n.words.1 == run.len() && n.full > 0))?;
    let at = name.words.0;
    let gap = run[at].gap;
    let fresh_line = at == 0 || gap.lines > 0;
    let begins = fresh_line || gap.mark || gap.stop && !run[at - 1].is_letter();
    let led = at > 0 && run[at - 1].is(Classes::CLOSING) && !gap.call && !gap.comma;
    let shown = if rule == "close/name" { begins || led } else { fresh_line && at > 0 };
    (shown && name.full <= 4).then(|| Draft {
        name: Some((name.span, rule)),
        role: office.map(|i| (span_of(&words[i..]), "close/role")),
        ..Draft::default()
    })
}

/// The reader's name where the writer calls it in the close: "Farewell, my dear Anne!"
fn read_vocative(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Draft> {
    for zone in of(zones, ZoneLabel::Close).take(6) {
        let words = zone_words(text, zone, language);
        for i in 1..words.len() {
            let Some(name) =
                name_at(&words, i).filter(|n| (1..=3).contains(&n.full) && n.title.is_none())
            else {
                continue;
            };
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

/// The two parties of a mail's head: "From: …", "To: …" on lines of their own.
fn read_mail_head(text: &Text<'_>, language: Option<&str>) -> Option<(Option<Draft>, Vec<Draft>)> {
    /// A mail's head stands in the first lines.
    const LINES: usize = 24;
    let (mut from, mut to, mut labels, mut at) = (None, Vec::new(), 0, 0);
    for line in text.as_str().split_inclusive('\n').take(LINES) {
        let span = Span::new(at, at + line.len()).trim(text.as_str());
        at += line.len();
        let Some((label, rest)) = text.slice(span).split_once([':', '：']) else { continue };
        if label.len() > 24 {
            continue;
        }
        let first = words(text.as_str(), Span::new(span.start, span.start + label.len()), language);
        let Some(word) = first.first().filter(|w| w.length.max(1) == first.len()) else { continue };
        let rest = Span::new(span.end - rest.len(), span.end).trim(text.as_str());
        let rest = words(text.as_str(), rest, language);
        if word.is(Classes::FROM) {
            labels += 1;
            from = from.or_else(|| mail_party(text, &rest, "mail/from").into_iter().next());
        } else if word.is(Classes::HEAD_TO) {
            labels += 1;
            if to.is_empty() {
                to = mail_party(text, &rest, "mail/to");
            }
        } else if word.is(Classes::SUBJECT) {
            labels += 1;
        }
    }
    (labels >= 2 && (from.is_some() || !to.is_empty())).then_some((from, to))
}

fn mail_party(text: &Text<'_>, words: &[Word], rule: &'static str) -> Vec<Draft> {
    let contacts = contacts(text.as_str(), words, None);
    let free: Vec<Word> = words
        .iter()
        .filter(|w| !contacts.iter().any(|c| c.span.overlaps(w.span)))
        .cloned()
        .collect();
    let mut out: Vec<Draft> = names(&free)
        .into_iter()
        .map(|n| Draft {
            name: Some((n.span, rule)),
            role: n.role.map(|r| (r, rule)),
            ..Draft::default()
        })
        .collect();
    if out.is_empty() {
        for piece in pieces(text.as_str(), &free, Block::Letterhead) {
            if let Piece::Body(span) = piece {
                out.push(Draft { body: Some((span, rule)), ..Draft::default() });
                break;
            }
        }
    }
    if let (1, [one]) = (contacts.len(), out.as_mut_slice()) {
        one.contacts = contacts;
    }
    out
}

/// Adds what letterhead and dateline say of the sender.
fn join_letterhead(
    text: &Text<'_>,
    senders: &mut Vec<Draft>,
    head: &Letterhead,
    datelines: &[Dateline],
) {
    let named: Vec<String> =
        senders.iter().filter_map(|d| d.name).map(|(s, _)| fold(text.slice(s))).collect();
    if named.is_empty() {
        // nobody signs: the one person of the letterhead, or its body
        let mut draft = senders.pop().unwrap_or_default();
        match head.persons.as_slice() {
            [one] if head.roles.iter().all(|(_, of)| *of == Some(0)) => {
                draft.name = Some((one.span, "letterhead/name"))
            }
            _ => {}
        }
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
            let twin =
                head.persons.iter().position(|p| share_word(text.slice(p.span), text.slice(name)));
            // "A." under the printed "Dr. Anton Weber", "AWeber" glued together
            let twin = twin.or(match head.persons.as_slice() {
                [one] if same_initials(text.slice(name), text.slice(one.span)) => Some(0),
                // "Col." under the printed "Col. James Hartley, President"
                all => all.iter().position(|p| {
                    p.title.is_some_and(|t| fold(text.slice(t)) == fold(text.slice(name)))
                }),
            });
            if let Some(i) = twin {
                if !share_word(text.slice(head.persons[i].span), text.slice(name)) {
                    draft.name = Some((head.persons[i].span, "letterhead/name-for-initials"));
                    draft.signed = Some(name);
                }
                let role = head
                    .roles
                    .iter()
                    .find(|(_, of)| *of == Some(i))
                    .map(|(s, _)| (*s, "letterhead/role"));
                draft.role = draft.role.or(role);
            }
        }
        if one {
            if draft.address.is_empty() {
                draft.address.clone_from(&head.address);
            }
            draft.contacts.extend(head.contacts.iter().cloned());
            // "Der Präsident des Rates" as the whole head
            if let ([], [(role, None)]) = (head.persons.as_slice(), head.roles.as_slice()) {
                draft.role = draft.role.or(Some((*role, "letterhead/role")));
            }
        }
    }
}

/// For whom the sender says to speak, in the body; and what initials stand for.
fn join_principal(text: &Text<'_>, zones: &[Zone], language: Option<&str>, senders: &mut [Draft]) {
    if senders.is_empty() {
        return;
    }
    let mut said = None;
    for zone in of(zones, ZoneLabel::Body).take(3) {
        let words = words(text.as_str(), clip(text, zone.span, OPENING), language);
        said = said.or_else(|| principal_in(&words));
    }
    for draft in senders.iter_mut() {
        if draft.principal.is_none() {
            draft.principal = said.map(|s| (s, "body/on-behalf-of"));
        }
    }
}

/// What the letter writes in full for initials: the span that they abbreviate.
fn in_full(text: &Text<'_>, initials: Span, candidates: &[Span]) -> Option<Span> {
    if !is_initials(text.slice(initials)) {
        return None;
    }
    candidates.iter().copied().find(|c| {
        !c.overlaps(initials) && abbreviates(text.slice(initials), &words(text.as_str(), *c, None))
    })
}

/// The record of a draft.
fn party(text: &Text<'_>, zones: &[Zone], draft: Draft) -> Party {
    let reading = |found: Option<(Span, &'static str)>| {
        found.map(|(span, rule)| Reading {
            value: value_of(text.slice(span)),
            evidence: vec![text.evidence(span)],
            confidence: sure(rule) * of_zone(zones, span),
            alternatives: Vec::new(),
            by: rule.into(),
        })
    };
    let mut name = reading(draft.name);
    if let (Some(name), Some(signed)) = (&mut name, draft.signed) {
        name.evidence.push(text.evidence(signed));
        name.alternatives.push(Alternative {
            value: value_of(text.slice(signed)),
            confidence: 1.0 - name.confidence,
            reason: "as signed".into(),
        });
    }
    let mut party = Party {
        name,
        form_of_address: reading(draft.form),
        role: reading(draft.role),
        organisation: reading(draft.body),
        on_behalf_of: reading(draft.principal),
        ..Party::default()
    };
    if party.name.is_none() && party.role.is_none() {
        party.name.clone_from(&party.organisation);
    }
    if !draft.address.is_empty() {
        let value: Vec<String> = draft.address.iter().map(|s| value_of(text.slice(*s))).collect();
        party.address = Some(Reading {
            value: value.join(", "),
            evidence: draft.address.iter().map(|s| text.evidence(*s)).collect(),
            confidence: sure("block/address"),
            alternatives: Vec::new(),
            by: "block/address".into(),
        });
    }
    party.contacts = draft
        .contacts
        .into_iter()
        .map(|c| crate::record::Contact {
            kind: c.kind,
            value: c.value,
            evidence: vec![text.evidence(c.span)],
            confidence: sure(if c.sure { "contact/valid" } else { "contact/as-written" }),
            by: if c.sure { "contact/valid".into() } else { "contact/as-written".into() },
        })
        .collect();
    party
}

/// A value as the record has it: white space folded, a stop that closes initials kept.
fn value_of(written: &str) -> String {
    fold_space(written)
}

/// Gives every "on behalf of" in initials its full form, from whatever else the letter calls a
/// body: the full form as another reading, its characters as evidence.
pub(super) fn spell_out(
    text: &Text<'_>,
    senders: &mut [Party],
    zones: &[Zone],
    language: Option<&str>,
) {
    let mut candidates: Vec<Span> = Vec::new();
    for party in senders.iter() {
        for reading in [&party.organisation, &party.on_behalf_of].into_iter().flatten() {
            candidates.extend(reading.evidence.iter().filter_map(|e| text.locate(e)));
        }
    }
    for zone in of(zones, ZoneLabel::Body).take(3) {
        candidates.extend(principal_in(&words(
            text.as_str(),
            clip(text, zone.span, OPENING),
            language,
        )));
    }
    for party in senders.iter_mut() {
        for reading in [&mut party.organisation, &mut party.on_behalf_of].into_iter().flatten() {
            let Some(span) = reading.evidence.first().and_then(|e| text.locate(e)) else {
                continue;
            };
            let Some(full) = in_full(text, span, &candidates) else { continue };
            reading.evidence.push(text.evidence(full));
            reading.alternatives.push(Alternative {
                value: value_of(text.slice(full)),
                confidence: sure("initials/in-full"),
                reason: "the words that the initials stand for".into(),
            });
        }
    }
}
