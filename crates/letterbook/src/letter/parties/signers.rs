//! Those who sign: signatures, names in the close, and the last line where nothing else is left.

use super::same::share_word;
use super::{Draft, zone_words};
use crate::mention::block::{Block, Piece, pieces};
use crate::mention::lexicon::Classes;
use crate::mention::name::{is_name_word, name_at};
use crate::mention::stretch::{Word, span_of, words};
use crate::mention::{fold, town};
use crate::record::ZoneLabel;
use crate::span::{Span, Text};
use crate::zone::{Zone, of};

/// Those who sign, and the words of an address that a signature zone holds ("à Monsieur Blanc").
pub(super) fn read_signatures(
    text: &Text<'_>,
    zones: &[Zone],
    language: Option<&str>,
) -> (Vec<Draft>, Vec<Word>) {
    let mut out: Vec<Draft> = Vec::new();
    let mut displaced = Vec::new();
    let body = of(zones, ZoneLabel::Body).next().map_or(0, |z| z.span.start);
    let all: Vec<Zone> = of(zones, ZoneLabel::Signature).take(40).collect();
    let signed_below = all.last().is_some_and(|z| z.span.start > body);
    let below: String = all
        .iter()
        .filter(|z| z.span.start > body)
        .map(|z| text.slice(z.span))
        .collect::<Vec<_>>()
        .join(" ");
    let opened = zones
        .iter()
        .find(|z| matches!(z.label, ZoneLabel::Salutation | ZoneLabel::Close | ZoneLabel::Body));
    for zone in all {
        let mut words = zone_words(text, zone, language);
        // a name that opens the letter is whom it goes to, where somebody else signs below
        if signed_below
            && opened.is_none_or(|z| zone.span.start < z.span.start)
            && !share_word(text.slice(zone.span), &below)
        {
            displaced.append(&mut words);
            continue;
        }
        if let Some(at) = address_begins(&words) {
            displaced.extend(words.drain(at..));
        }
        read_signature(text, &words, &mut out);
    }
    if !out.is_empty() {
        read_cosigners(text, zones, language, &mut out);
    }
    (out, displaced)
}

/// The first word of an address in a signature: a line "An Frau Weber", "à Paul Blanc".
fn address_begins(words: &[Word]) -> Option<usize> {
    (0..words.len()).filter(|&i| i == 0 || words[i].gap.lines > 0).find(|&i| {
        let rest = &words[i + 1..];
        let article = rest.iter().take_while(|w| w.is(Classes::TO) && !w.capital).count();
        words[i].is(Classes::HEAD_TO)
            && !(words[i].is_letter() && words[i].capital)
            && rest.first().is_some_and(|w| w.gap.lines <= 1 && !w.gap.stop)
            && name_at(&rest[article..], 0).is_some_and(|n| n.full > 0)
    })
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
    let words = &name_lanes(words);
    let mut for_all = None;
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
                    // "For the Board:" above the names holds for all of them
                    None => for_all = for_all.or(Some((span, "signature/for"))),
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
        // a line that is only one common word is a name here, if it is anything: "Page"; but
        // who signs as "Secretary" or "Col." does not say who he is
        let office = Classes::ROLE.or(Classes::TITLE).or(Classes::NOBLE);
        match lone_name(words) {
            Some(word) if word.is(office) && !word.is(Classes::SURNAME) => {
                pending.role = pending.role.or(Some((word.span, "signature/role")));
            }
            Some(word) => pending.name = Some((word.span, "signature/common-word")),
            None => {}
        }
    }
    if !pending.is_empty() || out.len() == begin && for_all.is_some() {
        out.push(pending);
    }
    for draft in &mut out[begin..] {
        draft.principal = draft.principal.or(for_all);
    }
    dedupe(text, out);
}

/// Streets and houses that are family names where they sign: "John Lane", "Lane, Secretary".
fn name_lanes(words: &[Word]) -> Vec<Word> {
    const PLACE: Classes = Classes::STREET.or(Classes::HOUSE);
    let mut out = words.to_vec();
    for i in 0..out.len() {
        let w = &out[i];
        let line_end =
            out[i + 1..].iter().position(|w| w.gap.lines > 0).map_or(out.len(), |n| i + 1 + n);
        let parted = out.get(i + 1).is_none_or(|n| n.gap.comma || n.gap.lines > 0);
        let alone = i == 0 && parted;
        let follows = i > 0
            && w.gap.lines == 0
            && !w.gap.comma
            && (out[i - 1].is_letter() || is_name_word(&out[i - 1]));
        if w.capital
            && w.is(PLACE)
            && (alone || follows)
            && !out[i..line_end].iter().any(|w| w.number)
        {
            out[i].classes = out[i].classes.without(PLACE);
        }
    }
    out
}

/// The word that a signature consists of, though the lexicon knows it as a common one.
fn lone_name(words: &[Word]) -> Option<&Word> {
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
    (alone && !last.is(Classes::BODY) && words.len() <= 6).then_some(last)
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

/// A name at the foot that no signature zone has: "Yours, Anne" in the close, "Your son John" at the
/// end of the body, a line above the postscript or beside the date.
///
/// Beyond the close only where `unsigned`: nothing at all is known of a sender.
pub(super) fn read_foot(
    text: &Text<'_>,
    zones: &[Zone],
    language: Option<&str>,
    unsigned: bool,
) -> Option<Draft> {
    let close = of(zones, ZoneLabel::Close).last();
    if let Some(found) = close.and_then(|z| name_at_end(text, z.span, language, "close/name")) {
        return Some(found);
    }
    if !unsigned {
        return None;
    }
    let body = of(zones, ZoneLabel::Body).last()?;
    let below = |z: &Zone| z.span.start > body.span.start;
    let signed = of(zones, ZoneLabel::Signature).next().is_some();
    if let Some(found) = name_at_end(
        text,
        body.span,
        language,
        if close.is_none() && !signed { "body/last-line" } else { "body/led" },
    ) {
        return Some(found);
    }
    // the name that opens a postscript, or stands in a line of the date below the letter
    let first_line = of(zones, ZoneLabel::Postscript)
        .find(below)
        .and_then(|z| name_lines(text, z, language).into_iter().next().flatten());
    let beside_date = || {
        of(zones, ZoneLabel::Dateline)
            .filter(below)
            .find_map(|z| name_lines(text, z, language).into_iter().flatten().next())
    };
    let name = first_line.map(|n| (n, "postscript/name"));
    let name = name.or_else(|| beside_date().map(|n| (n, "dateline/name")))?;
    Some(Draft { name: Some(name), ..Draft::default() })
}

/// Of each line of the zone, the name that it consists of, if it is one and no town.
fn name_lines(text: &Text<'_>, zone: Zone, language: Option<&str>) -> Vec<Option<Span>> {
    let words = zone_words(text, zone, language);
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() && out.len() < 6 {
        let end = (at + 1..words.len()).find(|&i| words[i].gap.lines > 0).unwrap_or(words.len());
        let line = &words[at..end];
        at = end;
        let name = name_at(line, 0)
            .filter(|n| n.words == (0, line.len()) && n.full > 0 && n.title.is_none());
        let place = town(&fold(text.slice(span_of(line)))).is_some();
        let dated = line.iter().any(|w| w.number || w.is(Classes::MONTH.or(Classes::AT)));
        out.push(name.filter(|_| !place && !dated).map(|n| n.span));
    }
    out
}

/// The name that ends `span`: on a line of its own, or right after "Yours", "Ihre", "votre ami".
fn name_at_end(
    text: &Text<'_>,
    span: Span,
    language: Option<&str>,
    rule: &'static str,
) -> Option<Draft> {
    let start = span.end.saturating_sub(240).max(span.start);
    let start = (start..span.end).find(|&at| text.as_str().is_char_boundary(at))?;
    let words = words(text.as_str(), Span::new(start, span.end), language);
    // the office after the name: "A. Weber, Ständerat"
    let office = (1..words.len()).rev().take(5).find(|&i| {
        words[i].gap.comma
            && words[i..].iter().any(|w| w.is(Classes::ROLE))
            && words[i..].iter().all(|w| w.gap.lines == 0)
    });
    let run = &words[..office.unwrap_or(words.len())];
    let Some(name) = (run.len().saturating_sub(8)..run.len())
        .find_map(|i| name_at(run, i).filter(|n| n.words.1 == run.len() && n.full > 0))
    else {
        return (rule == "close/name").then(|| office_at_end(text, &words)).flatten();
    };
    let at = name.words.0;
    let gap = run[at].gap;
    let fresh_line = gap.lines > 0 || at == 0 && start == span.start;
    let begins = fresh_line || gap.mark || gap.stop && !run[at - 1].is_letter();
    let led = at > 0 && run[at - 1].is(Classes::CLOSING) && !gap.call && !gap.comma && !gap.stop;
    let (shown, rule) = match rule {
        "close/name" => (begins || led, rule),
        _ if at > 0 && is_yours(&run[..at]) && !gap.call && !gap.comma && !gap.stop => {
            (true, "body/led")
        }
        "body/last-line" => (fresh_line && at > 0, rule),
        _ => (false, rule),
    };
    (shown && name.full <= 4).then(|| Draft {
        name: Some((name.span, rule)),
        role: office.map(|i| (span_of(&words[i..]), "close/role")),
        ..Draft::default()
    })
}

/// Whether the words end in "your", "Ihre", "votre ami": what a writer puts right before his name.
fn is_yours(words: &[Word]) -> bool {
    let own = Classes::CLOSING.or(Classes::KIN).or(Classes::DEAR);
    for (n, w) in words.iter().rev().enumerate().take(5) {
        if w.is(Classes::YOURS) {
            return true;
        }
        if !w.is(own) || w.gap.stop || w.gap.call || n > 0 && w.gap.comma {
            return false;
        }
    }
    false
}

/// The office that ends a close under which nobody signs: "Der Präsident der Direktion der Bahn".
fn office_at_end(text: &Text<'_>, words: &[Word]) -> Option<Draft> {
    let lines = (1..words.len()).rev().filter(|&i| words[i].gap.lines > 0);
    let at = lines.take(4).find(|&i| {
        let article = usize::from(words[i].is(Classes::LINK));
        words.get(i + article).is_some_and(|w| w.is(Classes::ROLE) && w.capital && !w.is_letter())
    })?;
    let mut draft = Draft::default();
    for piece in pieces(text.as_str(), &words[at..], Block::Signature) {
        match piece {
            Piece::Role(span) => draft.role = draft.role.or(Some((span, "close/role"))),
            Piece::Body(span) => draft.body = draft.body.or(Some((span, "close/body"))),
            Piece::Person(_) => return None,
            _ => {}
        }
    }
    draft.role.is_some().then_some(draft)
}
