//! Who wrote to whom: one sender and one recipient out of signature, letterhead, address,
//! salutation, dateline and body.
//!
//! The signature names the sender; letterhead and dateline add office and body, and stand in where
//! nobody signs. The address names the recipient; the salutation adds the form of address, and
//! stands in where there is no address. A heading, or the first sentence of a note in the third person,
//! names both sides. A name that nothing shows is left out.
//!
//! Each part of the letter has a file of its own here; this one joins what they find.

mod foot;
mod heading;
mod inscription;
mod letterhead;
mod mail_head;
mod own;
mod principal;
mod recipients;
mod resettle;
mod same;
mod signers;
mod trim;
mod verbale;

use std::rc::Rc;
use std::sync::LazyLock;

pub(super) use principal::spell_out;

use self::foot::{led_within, read_foot};
use self::heading::{join_heading, join_office_heading, office_heading};
use self::letterhead::{join_letterhead, read_letterhead};
use self::mail_head::{read_mail_head, turn_name};
use self::own::{join_own, read_own};
use self::principal::join_principal;
use self::recipients::{read_recipients, read_vocative};
use self::resettle::resettle;
use self::same::{may_be_same, same_initials, share_word};
use self::signers::read_signatures;
use self::trim::{trim_body, trim_office};
use self::verbale::{join_note, read_note};
use super::clip;
use super::sure::{of_reader, of_zone, sure};
use crate::mention::contact::{Contact, fold_space};
use crate::mention::dateline::Dateline;
use crate::mention::fold;
use crate::mention::label::is_motto;
use crate::mention::lexicon::{Classes, lexicon, rows};
use crate::mention::stretch::{SplitText, Word};
use crate::record::{Alternative, ContactKind, Party, Reading};
use crate::span::Span;
use crate::zone::Zone;

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
    /// Whether the one who signs says that he stands in for another, whose office stands above.
    deputy: bool,
}

impl Draft {
    /// Whether nothing but its place at the end of the letter makes it a name.
    fn is_last_line(&self) -> bool {
        self.name.is_some_and(|(_, rule)| rule == "body/last-line")
    }

    /// Gives the office above the name: his own, or that of the one for whom he stands in.
    fn take_office(&mut self, office: Option<(Span, &'static str)>) {
        let slot = if self.deputy { &mut self.principal } else { &mut self.role };
        *slot = slot.or(office);
    }

    fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.role.is_none()
            && self.body.is_none()
            && self.principal.is_none()
            && self.form.is_none()
            && !self.contacts.iter().any(|c| c.kind == ContactKind::Email)
    }
}

/// The words of a zone, without lines that are a motto.
fn zone_words(text: &SplitText<'_>, zone: Zone, language: Option<&str>) -> Rc<Vec<Word>> {
    let words = text.words(clip(text, zone.span, REACH), language);
    let lines = || words.chunk_by(|_, next| next.gap.lines == 0);
    if !lines().any(is_motto) {
        return words;
    }
    Rc::new(lines().filter(|line| !is_motto(line)).flatten().cloned().collect())
}

/// Reads both sides of the letter; what stands in one of its `days` is no name.
pub(super) fn read_sides(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
    datelines: &[Dateline],
    days: &[Span],
) -> Sides {
    let mut sides = Sides::default();
    let mut zones = resettle(text, zones, language);
    let mail = read_mail_head(text, language);
    // the lines of a mail's head say who writes to whom by themselves
    let below = mail.as_ref().map_or(0, |m| m.end);
    zones.retain(|z| z.span.end > below);
    let own = read_own(text, &zones, language);
    if let Some(own) = &own {
        zones.retain(|z| !own.line.contains(z.span));
    }
    let zones = zones.as_slice();
    let letterhead = read_letterhead(text, zones, language, below);
    sides.town = letterhead.town;

    let (mut senders, displaced) = read_signatures(text, zones, language);
    let heading = office_heading(text, zones, language);
    let headed = heading.as_ref().map(|(_, reads)| reads.as_slice());
    let mut recipients = read_recipients(text, zones, language, headed, &displaced);
    if senders.iter().all(|d| d.name.is_none())
        && let Some(closing) = read_foot(text, zones, language, senders.is_empty())
        && !(letterhead.persons.len() == 1 && closing.is_last_line())
    {
        match senders.first_mut() {
            Some(first) => {
                first.name = closing.name;
                first.role = first.role.or(closing.role);
                first.body = first.body.or(closing.body);
            }
            None => senders.push(closing),
        }
    }
    join_led(text, zones, language, &mut senders);
    if recipients.iter().all(|d| d.name.is_none())
        && let Some(vocative) = read_vocative(text, zones, language)
    {
        match recipients.first_mut() {
            Some(first) => first.name = vocative.name,
            None => recipients.push(vocative),
        }
    }
    if let Some(note) = read_note(text, zones, language) {
        join_note(text, note, &mut senders, &mut recipients);
    }
    if let Some(mut mail) = mail {
        turn_name(text, &mut mail.to, &recipients);
        senders = join_mail(text, mail.from.into_iter().collect(), senders);
        recipients = join_mail(text, mail.to, recipients);
        let is_new = |copy: &Draft| {
            let name = |d: &Draft| d.name.map(|(name, _)| text.slice(name).to_owned());
            !recipients.iter().any(|r| name(r).is_some() && name(r) == name(copy))
        };
        let copies: Vec<Draft> = mail.copies.into_iter().filter(is_new).collect();
        recipients.extend(copies);
    }
    for draft in senders.iter_mut().chain(&mut recipients) {
        draft.name = draft.name.filter(|(name, _)| !days.iter().any(|day| day.contains(*name)));
    }
    if let Some(own) = own {
        join_own(text, own, &mut senders);
    }
    join_letterhead(text, &mut senders, &letterhead, datelines);
    join_principal(text, zones, language, &mut senders);
    join_heading(text, language, &mut senders, &mut recipients);
    if let Some((writes, reads)) = &heading {
        join_office_heading(text, writes, reads, &mut senders);
    }
    doubt_who_signs(text, &senders, &mut recipients);
    // a name that stands on both sides is the recipient's where the address shows it: a signature
    // zone may reach into an address that follows it
    senders.retain(|s| {
        let Some((span, _)) = s.name else { return true };
        !recipients.iter().any(|r| r.name.is_some_and(|(other, _)| other.overlaps(span)))
    });
    for draft in senders.iter_mut().chain(&mut recipients) {
        draft.role = draft.role.map(|(span, rule)| (trim_office(text, span), rule));
        draft.body = draft.body.and_then(|(span, rule)| Some((trim_body(text, span)?, rule)));
    }
    sides.senders = senders
        .into_iter()
        .filter(|d| !d.is_empty())
        .take(MOST)
        .map(|d| party(text, |span| of_zone(zones, span), d))
        .collect();
    sides.recipients = recipients
        .into_iter()
        .filter(|d| !d.is_empty())
        .take(MOST)
        .map(|d| party(text, |span| of_reader(zones, span), d))
        .collect();
    sides
}

/// Adds those who sign within the foot of the letter; a word that is a name by its place alone then is
/// none, be it the last line or behind words that are no formula: "Nur Schnee."
fn join_led(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
    senders: &mut Vec<Draft>,
) {
    let mut led = led_within(text, zones, language);
    if led.is_empty() {
        return;
    }
    let is_apart = |name: Span| {
        let before = &text.as_str()[..name.start];
        let from = before.rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
        let formula = text.words(Span::new(from, name.start), language);
        formula.iter().all(|w| w.is(Classes::CLOSING.or(Classes::YOURS).or(Classes::KIN)))
    };
    senders.retain(|s| match s.name {
        Some((_, "body/last-line" | "signature/common-word")) => false,
        Some((name, "signature/word")) => is_apart(name),
        _ => true,
    });
    led.retain(|&name| {
        !senders.iter().filter_map(|s| s.name).any(|(other, _)| {
            // "Ihr Ergebener / Weber"
            let below = || text.slice(Span::new(name.end, other.start));
            other.overlaps(name)
                || may_be_same(text.slice(other), text.slice(name))
                || name.end <= other.start && !below().contains(char::is_alphanumeric)
        })
    });
    let named = |name| Draft { name: Some((name, "body/led")), ..Draft::default() };
    senders.extend(led.into_iter().map(named));
    senders.sort_by_key(|s| s.name.map(|(name, _)| name.start));
}

/// Leaves out a reader by whose name somebody signs where another is named, as over a letter both sides
/// are; alone he may be a father or a cousin, and is little sure.
fn doubt_who_signs(text: &SplitText<'_>, senders: &[Draft], recipients: &mut Vec<Draft>) {
    let signs = |reader: &Draft| {
        reader.name.is_some_and(|(name, _)| {
            let by = |d: &Draft| {
                d.name.is_some_and(|(s, _)| may_be_same(text.slice(s), text.slice(name)))
            };
            senders.iter().any(by)
        })
    };
    if recipients.iter().any(|r| r.name.is_some() && !signs(r)) {
        // a family name alone may be another's of the house
        let in_full = |(name, _): (Span, _)| text.slice(name).contains(char::is_whitespace);
        recipients.retain(|r| !signs(r) || !r.name.is_some_and(in_full));
        return;
    }
    for reader in recipients.iter_mut().filter(|r| signs(r)) {
        reader.name = reader.name.map(|(name, _)| (name, "reader/as-signed"));
    }
}

/// Whether a name in a mail's head is that of the body that signs, turned as a family name is:
/// "Lights, Northern" of the "Northern Lights Board".
fn is_turned_body(name: &str, body: &str) -> bool {
    let turned = |(last, first): (&str, &str)| format!("{} {}", first.trim(), last.trim());
    let whole = name.split_once(',').map(turned);
    whole.is_some_and(|whole| body.strip_prefix(&*whole).is_some_and(|rest| rest.starts_with(' ')))
}

/// Lets the head of a mail say who it is, and the rest of the letter what more is known of them:
/// office, body, form of address.
fn join_mail(text: &SplitText<'_>, head: Vec<Draft>, read: Vec<Draft>) -> Vec<Draft> {
    if head.is_empty() {
        return read;
    }
    let mut head = head;
    let alone = head.len() == 1 && read.len() == 1;
    for draft in read {
        let twin = head.iter_mut().find(|h| match (h.name, draft.name) {
            (Some((a, _)), Some((b, _))) => {
                let (full, short) = (text.slice(a), text.slice(b));
                share_word(full, short) || same_initials(short, full)
            }
            _ => alone,
        });
        if let Some(twin) = twin {
            if let (Some((name, _)), Some((body, _)), None) = (twin.name, draft.body, draft.name)
                && is_turned_body(text.slice(name), text.slice(body))
            {
                twin.name = None;
            }
            twin.name = twin.name.or(draft.name);
            twin.form = draft.form.or(twin.form);
            twin.role = draft.role.or(twin.role);
            twin.body = draft.body.or(twin.body);
            twin.principal = draft.principal;
            twin.address.extend(draft.address);
            twin.contacts.extend(draft.contacts);
        }
    }
    head
}

/// The record of a draft, each value as sure as its rule and `place`, where it stands.
fn party(text: &SplitText<'_>, place: impl Fn(Span) -> f32, draft: Draft) -> Party {
    let reading = |found: Option<(Span, &'static str)>| {
        found.map(|(span, rule)| Reading {
            value: value_of(text.slice(whole(text, span))),
            evidence: vec![text.evidence(whole(text, span))],
            confidence: sure(rule) * place(span),
            alternatives: Vec::new(),
            by: rule.into(),
        })
    };
    let mut name = reading(draft.name.map(|(span, rule)| (without_honorific(text, span), rule)));
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

static HONORIFICS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../tables/honorifics.tsv"))
        .flat_map(|[_, endings]: [&'static str; 2]| endings.split(", "))
        .collect()
});

/// `span` without the word of respect that ends a name in scripts that write it on: "田中太郎様",
/// "이영희 드림".
fn without_honorific(text: &SplitText<'_>, span: Span) -> Span {
    let name = text.slice(span);
    if name.is_ascii() {
        return span;
    }
    let found = HONORIFICS.iter().find_map(|ending| {
        let rest = name.strip_suffix(ending)?.trim_end();
        (!rest.is_empty()).then_some(rest.len())
    });
    found.map_or(span, |n| Span::new(span.start, span.start + n))
}

/// A value as the record has it: white space folded, a word whole that a line's end parts.
fn value_of(written: &str) -> String {
    let mut lines = written.lines().map(str::trim);
    let mut whole = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        // "Unterrichts- / und" are two
        let first = fold(line.split_whitespace().next().unwrap_or_default());
        let joins = lexicon().word(&first).0.any(Classes::AND);
        match whole.strip_suffix('-') {
            Some(part) if line.starts_with(char::is_lowercase) && !joins => {
                whole.truncate(part.len());
            }
            _ => whole.push(' '),
        }
        whole.push_str(line);
    }
    fold_space(&whole)
}

/// `span` with the bracket that opens before it and closes inside ("[J.] Albert Brand"), and with
/// the stop of an initial or abbreviation that ends it ("J. W. H.", "Miller Jr.").
fn whole(text: &SplitText<'_>, span: Span) -> Span {
    let inside = text.slice(span);
    let opened = text.as_str()[..span.start].ends_with('[');
    let closes = inside.find(']').is_some_and(|at| !inside[..at].contains('['));
    let start = if opened && closes { span.start - 1 } else { span.start };
    let after = &text.as_str()[span.end..];
    // "J[ohn] H[ale]"
    let is_open = inside.rfind('[').is_some_and(|at| !inside[at..].contains(']'));
    let bracket = usize::from(is_open && after.starts_with(']'));
    let end = span.end + bracket + closing_quote(inside, after);
    let last = inside.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let stopped = text.as_str()[span.end..].starts_with('.')
        && (last.chars().count() == 1 && last.chars().all(char::is_uppercase)
            || lexicon().word(&fold(last)).0.any(Classes::STOPPED));
    Span::new(start, if end > span.end { end } else { span.end + usize::from(stopped) })
}

/// How many bytes of `after` close a quotation that `inside` opens: `Banda "La Durantina"`.
fn closing_quote(inside: &str, after: &str) -> usize {
    let Some(next) = after.chars().next() else { return 0 };
    let open = match next {
        '"' => inside.matches('"').count() % 2 == 1,
        '”' | '“' => {
            let opened = inside.rfind(['„', '“']);
            opened.is_some_and(|at| !inside[at + '„'.len_utf8()..].contains(['”', '“']))
        }
        '»' => inside.rfind('«').is_some_and(|at| !inside[at..].contains('»')),
        _ => false,
    };
    if open { next.len_utf8() } else { 0 }
}
