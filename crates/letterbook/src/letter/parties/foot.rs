//! Who signs where no signature zone says so: names in the close, after it, in a postscript, and the
//! last line where nothing else is left.

use super::{Draft, zone_words};
use crate::mention::block::{Block, Piece, pieces};
use crate::mention::lexicon::Classes;
use crate::mention::name::name_at;
use crate::mention::stretch::{SplitText, Word, span_of};
use crate::mention::{fold, town};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::zone::{Zone, of};

/// A name at the foot that no signature zone has: "Yours, Anne" in the close, "Your son John" at the
/// end of the body, a line above the postscript or beside the date.
///
/// Beyond the close only where `unsigned`: nothing at all is known of a sender.
pub(super) fn read_foot(
    text: &SplitText<'_>,
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
    // "Agréez nos salutations. / Martin & Cie"
    if let Some(firm) = close.and_then(|z| firm_line(text, z, language, Line::Last)) {
        return Some(Draft { body: Some((firm, "close/body")), ..Draft::default() });
    }
    let below_close = |close: Zone| zones.iter().find(|z| z.span.start >= close.span.end).copied();
    if let Some((close, next)) = close.and_then(|z| Some((z, below_close(z)?))) {
        if let Some(name) = name_after(text, close, next, language) {
            return Some(Draft { name: Some((name, "close/name")), ..Draft::default() });
        }
        if let Some(office) = office_below(text, next, language) {
            return Some(office);
        }
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
    // the name or firm that opens a postscript, the name that ends one, or that stands in a line
    // of the date below the letter
    let postscript = of(zones, ZoneLabel::Postscript).find(below);
    if let Some(firm) = postscript.and_then(|z| firm_line(text, z, language, Line::First)) {
        return Some(Draft { body: Some((firm, "postscript/name")), ..Draft::default() });
    }
    let first_line =
        postscript.and_then(|z| name_lines(text, z, language).into_iter().next().flatten());
    let beside_date = || {
        of(zones, ZoneLabel::Dateline)
            .filter(below)
            .find_map(|z| name_lines(text, z, language).into_iter().flatten().next())
    };
    let last_line = || {
        let last = of(zones, ZoneLabel::Postscript).filter(below).last()?;
        name_at_end(text, last.span, language, "body/last-line")?.name
    };
    let name = first_line.map(|n| (n, "postscript/name"));
    let name = name.or_else(|| beside_date().map(|n| (n, "dateline/name"))).or_else(last_line)?;
    Some(Draft { name: Some(name), ..Draft::default() })
}

/// The name that begins the `next` zone after a close which ends in "Your", "Dein alter": the writer goes
/// on after his name.
fn name_after(
    text: &SplitText<'_>,
    close: Zone,
    next: Zone,
    language: Option<&str>,
) -> Option<Span> {
    let words = zone_words(text, close, language);
    if !is_yours(&words) {
        return None;
    }
    if !matches!(next.label, ZoneLabel::Postscript | ZoneLabel::Other | ZoneLabel::Body) {
        return None;
    }
    let words = zone_words(text, next, language);
    let name = name_at(&words, 0).filter(|n| n.full > 0 && n.full <= 4 && n.title.is_none())?;
    Some(name.span)
}

/// The office that alone stands in the `next` zone below a close, before a colon for the signature that is not there:
/// "Le Représentant du Comité de la Réunion:".
fn office_below(text: &SplitText<'_>, next: Zone, language: Option<&str>) -> Option<Draft> {
    if !matches!(next.label, ZoneLabel::Postscript | ZoneLabel::Other)
        || !text.slice(next.span).trim_end().ends_with(':')
    {
        return None;
    }
    let words = zone_words(text, next, language);
    let (article, office) = words.split_first()?;
    if !article.is(Classes::LINK) || !article.capital || !office.first()?.is(Classes::ROLE) {
        return None;
    }
    let mut draft = Draft::default();
    for piece in pieces(text.as_str(), office, Block::Signature) {
        match piece {
            Piece::Role(span) => draft.role = draft.role.or(Some((span, "close/role"))),
            Piece::Body(span) => draft.body = draft.body.or(Some((span, "close/body"))),
            Piece::Person(_) if draft.role.is_none() => return None,
            _ => {}
        }
    }
    draft.role.is_some().then_some(draft)
}

/// Which line of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    First,
    /// The last of several.
    Last,
}

/// The firm that is a line of a zone: "Brand, Keller & Cie".
fn firm_line(
    text: &SplitText<'_>,
    zone: Zone,
    language: Option<&str>,
    which: Line,
) -> Option<Span> {
    let words = zone_words(text, zone, language);
    let mut ends = (1..words.len()).filter(|&i| words[i].gap.lines > 0);
    let line = match which {
        Line::First => &words[..ends.next().unwrap_or(words.len())],
        Line::Last => &words[ends.next_back()?..],
    };
    let joined = line.iter().any(|w| w.folded == "&" || w.is(Classes::FIRM));
    match pieces(text.as_str(), line, Block::Signature).as_slice() {
        [Piece::Body(span)] if joined && *span == span_of(line) => Some(*span),
        _ => None,
    }
}

/// The name that ends `span` after a formula of its own: "… in May. Your Anne", "… Dein Karl".
pub(super) fn led_name(text: &SplitText<'_>, span: Span, language: Option<&str>) -> Option<Span> {
    let (name, _) = name_at_end(text, span, language, "body/led")?.name?;
    let before = text.slice(Span::new(span.start, name.start));
    let from = before.trim_end().rfind(['.', '!', '?', '\n', ','])? + 1;
    let formula = text.words(Span::new(span.start + from, name.start), language);
    let own = Classes::CLOSING.or(Classes::YOURS).or(Classes::KIN).or(Classes::DEAR);
    formula.iter().all(|w| w.is(own)).then_some(name)
}

/// The names that end a sentence of formulas at the foot, after which the letter goes on: "Your Ann. /
/// The boat is mended.", "Dein alter Karl, mit vielen Grüßen von uns."
pub(super) fn led_within(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
) -> Vec<Span> {
    /// The foot has so many bytes at most.
    const FOOT: usize = 600;
    /// "mit den herzlichsten Grüßen": so many words behind the first.
    const GREETING: usize = 3;
    let Some(body) = of(zones, ZoneLabel::Body).next() else { return Vec::new() };
    let end = zones.last().map_or(body.span.end, |z| z.span.end);
    let start = end.saturating_sub(FOOT).max(body.span.start);
    let Some(start) = (start..end).find(|&at| text.as_str().is_char_boundary(at)) else {
        return Vec::new();
    };
    let words = text.words(Span::new(start, end), language);
    let own = Classes::CLOSING.or(Classes::KIN).or(Classes::DEAR);
    let is_own = |w: &Word| w.is(own) && !w.capital && !w.gap.stop && !w.gap.comma && !w.gap.call;
    let ends_sentence = |w: &Word| w.gap.stop || w.gap.call || w.gap.mark;
    let mut names = Vec::new();
    for at in 1..words.len() {
        if !words[at].capital || !words[at].is(Classes::YOURS) || !ends_sentence(&words[at]) {
            continue;
        }
        let first = at + 1 + words[at + 1..].iter().take_while(|w| is_own(w)).count();
        let begins = |w: &Word| !w.gap.stop && !w.gap.comma && !w.gap.call && !w.gap.mark;
        let led = words.get(first).is_some_and(begins).then(|| name_at(&words, first)).flatten();
        let Some(name) = led.filter(|n| (1..=4).contains(&n.full) && n.title.is_none()) else {
            continue;
        };
        let is_last = words.get(name.words.1).is_none_or(|next| {
            let greets = || {
                let rest = words[name.words.1..].iter().skip(1).take(GREETING);
                let mut rest = rest.take_while(|w| !w.gap.stop && !w.gap.call);
                !next.capital && rest.any(|w| w.capital && w.is(Classes::CLOSING))
            };
            let is_line = next.gap.lines > 0
                && next.capital
                && (next.gap.stop || words[at].gap.lines > 0 || next.is(Classes::YOURS));
            !next.gap.call && (is_line || next.gap.comma && first > at + 1 && greets())
        });
        if is_last {
            names.push(name.span);
        }
    }
    names
}

/// Of each line of the zone, the name that it consists of, if it is one and no town.
fn name_lines(text: &SplitText<'_>, zone: Zone, language: Option<&str>) -> Vec<Option<Span>> {
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
    text: &SplitText<'_>,
    span: Span,
    language: Option<&str>,
    rule: &'static str,
) -> Option<Draft> {
    let start = span.end.saturating_sub(240).max(span.start);
    let start = (start..span.end).find(|&at| text.as_str().is_char_boundary(at))?;
    let words = text.words(Span::new(start, span.end), language);
    // the office after the name: "A. Weber, Ständerat"
    let office = (1..words.len()).rev().take(5).find(|&i| {
        words[i].gap.comma
            && words[i..].iter().any(|w| w.is(Classes::ROLE))
            && words[i..].iter().all(|w| w.gap.lines == 0)
    });
    let run = &words[..office.unwrap_or(words.len())];
    let Some(name) = (run.len().saturating_sub(8)..run.len())
        .find_map(|i| name_at(run, i).filter(|n| n.words.1 == run.len() && n.full > 0))
        .filter(|n| !continues_office(run, n.words.0))
    else {
        return (rule == "close/name").then(|| office_at_end(text, &words)).flatten();
    };
    let at = name.words.0;
    let gap = run[at].gap;
    let fresh_line = gap.lines > 0 || at == 0 && start == span.start;
    let begins = fresh_line || gap.mark || gap.stop && !run[at - 1].is_letter();
    let close_by = !gap.call && !gap.comma && !gap.stop;
    let led = at > 0 && run[at - 1].is(Classes::CLOSING) && close_by;
    // "Herzlichst Karl Weber" as a line of its own
    let line = (0..at).rev().find(|&i| run[i].gap.lines > 0 || i == 0 && start == span.start);
    let formula = line.is_some_and(|l| l < at && run[l..at].iter().all(|w| w.is(Classes::CLOSING)));
    let (shown, rule) = match rule {
        "close/name" => (begins || led, rule),
        _ if at > 0 && is_yours(&run[..at]) && close_by => (true, "body/led"),
        "body/last-line" if formula && close_by => (true, "body/led"),
        "body/last-line" => (fresh_line && at > 0, rule),
        _ => (false, rule),
    };
    (shown && name.full <= 4).then(|| Draft {
        name: Some((name.span, rule)),
        role: office.map(|i| (span_of(&words[i..]), "close/role")),
        ..Draft::default()
    })
}

/// Whether the line that begins at word `at` with a small word goes on with the office of the line
/// above: "Le Représentant de la Réunion / des Communes".
fn continues_office(words: &[Word], at: usize) -> bool {
    if at == 0 || words[at].capital || words[at].gap.lines != 1 {
        return false;
    }
    let above = (0..at).rev().take_while(|&i| i + 1 == at || words[i + 1].gap.lines == 0);
    above.into_iter().any(|i| words[i].capital && words[i].is(Classes::ROLE.or(Classes::BODY)))
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
pub(super) fn office_at_end(text: &SplitText<'_>, words: &[Word]) -> Option<Draft> {
    /// "Der Kaiserlich Deutsche Gesandte": so many words before the office's own.
    const ADJECTIVES: usize = 2;
    let lines = (0..words.len()).rev().filter(|&i| words[i].gap.lines > 0 || i == 0);
    let at = lines.take(4).find(|&i| {
        let article = usize::from(words[i].is(Classes::LINK));
        let office = |w: &Word| w.is(Classes::ROLE) && w.capital && !w.is_letter();
        let before = if article > 0 { ADJECTIVES } else { 0 };
        // the first words of a close are mostly no office
        (i > 0 || article > 0)
            // "Agréez, Monsieur le / Président, l'assurance …"
            && (i == 0 || !words[i - 1].is(Classes::LINK))
            && words[i + article..]
                .iter()
                .take(before + 1)
                .take_while(|w| w.capital && (w.gap.lines == 0 || w.span == words[i].span))
                .any(office)
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
    // nothing but the office: what goes on is a sentence
    let read = |w: &Word| {
        let inside = |found: Option<(Span, &str)>| found.is_some_and(|(s, _)| s.contains(w.span));
        inside(draft.role) || inside(draft.body)
    };
    let whole = words[at..].iter().filter(|w| !w.is(Classes::LINK)).all(read);
    (draft.role.is_some() && whole).then_some(draft)
}
