//! Those who sign, in zones of their own: names, offices, bodies, and for whom.

use super::foot::{led_name, office_at_end};
use super::same::share_word;
use super::{Draft, zone_words};
use crate::mention::block::{Block, Piece, deputy_line, pieces};
use crate::mention::fold;
use crate::mention::heading::are_of_name;
use crate::mention::label::{Label, label_length, own_address, says_what_lies};
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, is_name_word, name_at};
use crate::mention::stretch::{SplitText, Word};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::zone::{Zone, of};

/// Those who sign, and the words of an address that a signature zone holds ("à Monsieur Blanc").
pub(super) fn read_signatures(
    text: &SplitText<'_>,
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
    let copied = attested(text, zones, language);
    for zone in all {
        let mut words = without_seals(text, zone_words(text, zone, language).to_vec());
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
        let is_copyists = |w: &Word| copied.is_some_and(|from| w.span.start >= from);
        if let Some(at) = words.iter().position(is_copyists).filter(|&at| at > 0 || !out.is_empty())
        {
            words.truncate(at);
        }
        if ends_sentence(text, zones, zone, language)
            && let Some(at) = (1..words.len()).find(|&i| words[i].gap.lines > 0)
        {
            words.drain(..at);
        }
        if let Some(at) = witnesses_begin(&words).filter(|&at| at > 0 || !out.is_empty()) {
            words.truncate(at);
        }
        if let Some(at) = note_begins(&words) {
            words.truncate(at);
        }
        read_signature(text, &words, &mut out);
    }
    drop_articles(text, &mut out);
    join_offices(&mut out);
    if !out.is_empty() {
        read_cosigners(text, zones, language, &mut out);
    }
    // "Der Landrat / Weber": the office at the end of the close; "Der Rat zu Dresden. / Der
    // Oberbürgermeister: / Weber": or the body
    if let [one] = out.as_mut_slice()
        && one.name.is_some()
        && (one.role.is_none() || one.body.is_none())
        && let Some(above) = office_above(text, zones, language)
    {
        one.deputy |= above.deputy;
        if one.role.is_none() {
            one.take_office(above.role);
        }
        one.body = one.body.or(above.body);
    }
    (out, displaced)
}

/// Where the line begins below the body by which somebody attests a copy or countersigns: who is named
/// from there on is not who writes.
fn attested(text: &SplitText<'_>, zones: &[Zone], language: Option<&str>) -> Option<usize> {
    let body = zones.iter().position(|z| z.label == ZoneLabel::Body)?;
    let mut foot = zones[body + 1..].iter().filter(|z| z.label != ZoneLabel::Body);
    foot.find_map(|zone| {
        let words = zone_words(text, *zone, language);
        let begins = |i: &usize| *i == 0 || words[*i].gap.lines > 0;
        let says = |i: &usize| label_length(Label::Attested, &words[*i..]).is_some();
        let at = (0..words.len()).filter(begins).find(says)?;
        Some(words[at].span.start)
    })
}

/// The words without those of seals in brackets: "(Hay un sello de la Alcaldía)", "(L. S.)".
fn without_seals(text: &SplitText<'_>, mut words: Vec<Word>) -> Vec<Word> {
    let opens = |w: &Word| text.as_str()[..w.span.start].ends_with(['(', '[']);
    let is_seal = |i: usize| label_length(Label::Seal, &words[i..]).is_some();
    let seals: Vec<Span> = (0..words.len())
        .filter(|&i| opens(&words[i]) && is_seal(i))
        .filter_map(|i| {
            let start = words[i].span.start;
            let length = text.as_str()[start..].find([')', ']'])?;
            Some(Span::new(start, start + length))
        })
        .collect();
    words.retain(|w| !seals.iter().any(|seal| seal.contains(w.span)));
    words
}

/// Whether the first line of a signature rather ends the sentence of the close: "mon attachement en /
/// Notre-Seigneur.", "in Jesu / Christo".
fn ends_sentence(text: &SplitText<'_>, zones: &[Zone], zone: Zone, language: Option<&str>) -> bool {
    let above = zones.iter().rfind(|z| z.span.end <= zone.span.start);
    let Some(above) = above.filter(|z| z.label == ZoneLabel::Close) else { return false };
    let between = text.slice(Span::new(above.span.end, zone.span.start));
    let is_next_line = between.matches('\n').count() == 1;
    let said = text.slice(above.span).trim_end();
    let broken = said.ends_with('-');
    let small = said.ends_with(char::is_alphabetic)
        && zone_words(text, *above, language).last().is_some_and(|w| {
            let other = Classes::PARTICLE.or(Classes::LEADING).or(Classes::FOR).or(Classes::BEHALF);
            w.is(Classes::AT) && !w.capital && !w.is_letter() && !w.is(other)
        });
    // "schreiben Sie bald an / Ihren L. Weber"
    let words = zone_words(text, zone, language);
    let is_his = words.first().is_some_and(|w| w.is(Classes::YOURS.or(Classes::CLOSING)));
    is_next_line && (broken || small) && !is_his
}

/// Takes the name from an office whose only letter it is: of "O Secretario" the article is no name, as
/// it has no full stop.
fn drop_articles(text: &SplitText<'_>, out: &mut [Draft]) {
    let is_letter = |span: Span| {
        text.slice(span).chars().count() == 1 && !text.as_str()[span.end..].starts_with('.')
    };
    for draft in out.iter_mut().filter(|d| d.role.is_some()) {
        draft.name = draft.name.filter(|&(span, _)| !is_letter(span));
    }
}

/// Gives an office that stands in a zone of its own to the name above or below it.
fn join_offices(out: &mut Vec<Draft>) {
    let mut at = 1;
    while at < out.len() {
        let (named, office) = match (out[at - 1].name, out[at].name) {
            (Some(_), None) => (at - 1, at),
            (None, Some(_)) => (at, at - 1),
            _ => {
                at += 1;
                continue;
            }
        };
        if out[named].role.is_some() && out[office].role.is_some() {
            at += 1;
            continue;
        }
        let office = out[office].clone();
        let draft = &mut out[named];
        if draft.role.is_none() {
            draft.take_office(office.role);
        }
        draft.body = draft.body.or(office.body);
        draft.principal = draft.principal.or(office.principal);
        out.remove(if named == at { at - 1 } else { at });
    }
}

/// Whether the last block below those who sign is one line with a title or an honour that nobody gives
/// himself: "Mrs. Lowe.", "Thomas Lowe, Esq."
fn names_reader(words: &[Word], at: usize) -> bool {
    let block = &words[at..];
    let is_line = at > 0 && block[0].gap.lines > 1 && block[1..].iter().all(|w| w.gap.lines == 0);
    let titled =
        |w: &Word, label| w.capital && label_length(label, std::slice::from_ref(w)).is_some();
    let Some(name) = name_at(block, 0).filter(|n| n.full > 0) else { return false };
    let rest = &block[name.words.1..];
    is_line
        && (name.title.is_some() && rest.is_empty() && titled(&block[0], Label::Reader)
            || matches!(rest, [honour] if titled(honour, Label::Esquire)))
}

/// The first word of an address in a signature: a line "An Frau Weber", "à Paul Blanc", "Herrn Weber".
fn address_begins(words: &[Word]) -> Option<usize> {
    (0..words.len()).filter(|&i| i == 0 || words[i].gap.lines > 0).find(|&i| {
        if names_reader(words, i) {
            return true;
        }
        let rest = &words[i + 1..];
        // "Herrn Dr. Weber", below whoever signs
        let dative = |n: Name| n.title.is_some() && n.full > 0;
        if i > 0 && words[i].is(Classes::DATIVE) && words[i].capital {
            return name_at(&words[i..], 0).is_some_and(dative);
        }
        let article = rest.iter().take_while(|w| w.is(Classes::TO) && !w.capital).count();
        words[i].is(Classes::HEAD_TO)
            && !(words[i].is_letter() && words[i].capital)
            && rest.first().is_some_and(|w| w.gap.lines <= 1 && !w.gap.stop)
            && name_at(&rest[article..], 0).is_some_and(|n| n.full > 0)
    })
}

/// The first word of a line that an edition or the writer puts below the name: "ALS, Webb Papers",
/// "Address: Fort Royal", "Enclosed invoice".
fn note_begins(words: &[Word]) -> Option<usize> {
    let lines = (0..words.len()).filter(|&i| i == 0 || words[i].gap.lines > 0);
    // German "als" is another word
    let parted = |w: &Word| w.gap.comma || w.gap.stop;
    let is_note = |&i: &usize| {
        words[i].capital
            && label_length(Label::Edition, &words[i..]).is_some()
            && words.get(i + 1).is_some_and(parted)
            || says_what_lies(&words[i..])
    };
    own_address(words).into_iter().chain(lines.into_iter().find(is_note)).min()
}

/// The first word of a line that says in what other part the names after it stand there: "Attest:",
/// "Witnesses:", "Copy:".
fn witnesses_begin(words: &[Word]) -> Option<usize> {
    (0..words.len()).filter(|&i| i == 0 || words[i].gap.lines > 0).find(|&i| {
        words[i].is(Classes::REMARK)
            && !words[i].is_letter()
            && words.get(i + words[i].length).is_some_and(|next| next.gap.colon)
    })
}

/// The office that stands right above the signature, in a line of its own.
fn office_above(text: &SplitText<'_>, zones: &[Zone], language: Option<&str>) -> Option<Draft> {
    let above = above_signature(text, zones)?;
    let words = text.words(above, language);
    // "Der Polizeipräsident. / In Vertretung"
    let deputy = deputy_line(&words).filter(|&at| at > 0);
    let above = &words[..deputy.unwrap_or(words.len())];
    let office = office_at_end(text, above).or_else(|| body_at_end(text, above))?;
    Some(Draft { deputy: deputy.is_some(), ..office })
}

/// The body that the last line names with its article, and nothing else: "Der Rat zu Dresden."
fn body_at_end(text: &SplitText<'_>, words: &[Word]) -> Option<Draft> {
    let at = (0..words.len()).rfind(|&i| i == 0 || words[i].gap.lines > 0)?;
    let [article, rest @ ..] = &words[at..] else { return None };
    let is_article = article.is(Classes::LINK) && article.capital && article.length == 1;
    let last = rest.last()?;
    match pieces(text.as_str(), rest, Block::Letterhead).as_slice() {
        // "Die Bank hat bezahlt."
        [Piece::Body(body)] if is_article && body.end == last.span.end && are_of_name(rest) => {
            Some(Draft { body: Some((*body, "close/body")), ..Draft::default() })
        }
        _ => None,
    }
}

/// The last lines of the close, or of a body without one, right above the signature.
pub(super) fn above_signature(text: &SplitText<'_>, zones: &[Zone]) -> Option<Span> {
    /// An office and those for whom it signs take no more bytes.
    const REACH: usize = 200;
    let at = zones.iter().rposition(|z| z.label == ZoneLabel::Signature)?;
    let above = zones.get(at.checked_sub(1)?)?;
    let span = match above.label {
        ZoneLabel::Close => above.span,
        ZoneLabel::Body => {
            // from the first line end within reach: sentences run on before it
            let from = above.span.end.saturating_sub(REACH).max(above.span.start);
            let from = (from..above.span.end).find(|&i| text.as_str().is_char_boundary(i))?;
            let line = text.slice(Span::new(from, above.span.end)).find('\n')?;
            Span::new(from + line + 1, above.span.end)
        }
        _ => return None,
    };
    Some(span)
}

/// Signers whose name stands in a close of its own, beside those in signature zones: "Dein A. Weber".
fn read_cosigners(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
    out: &mut Vec<Draft>,
) {
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
    // a postscript that somebody else signs: "And best wishes from your Anne"
    let below = |z: &Zone| z.span.start > first.span.start;
    for zone in of(zones, ZoneLabel::Postscript).filter(below).take(4) {
        if let Some(name) = led_name(text, zone.span, language) {
            out.push(Draft { name: Some((name, "close/cosigner")), ..Draft::default() });
        }
    }
    dedupe(text, out);
}

fn read_signature(text: &SplitText<'_>, words: &[Word], out: &mut Vec<Draft>) {
    let begin = out.len();
    let mut pending = Draft::default();
    let words = &name_lanes(&columns_apart(after_formula(words)));
    let (mut for_all, mut office_of_all, mut body_of_all) = (None, None, None);
    let deputy = deputy_line(words).map(|at| words[at].span.start);
    for piece in pieces(text.as_str(), words, Block::Signature) {
        match piece {
            Piece::Person(name) if is_where_held(text, words, &name, out[begin..].last()) => {
                if let Some(signer) = out.last_mut() {
                    signer.address.push(name.span);
                }
            }
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
            // "Les officiers municipaux de Dole," above the names
            Piece::Role(span) if out.len() == begin && is_of_several(words, span) => {
                office_of_all = office_of_all.or(Some((span, "signature/role")));
            }
            // "Der Minister des Innern. / I. V. / Weber"
            Piece::Role(span) if out.len() == begin && deputy.is_some_and(|at| span.end <= at) => {
                for_all = for_all.or(Some((span, "signature/for")));
            }
            // "Der Staatssekretär des Schatzamts / In Vertretung"
            Piece::Body(span)
                if deputy.is_some_and(|at| span.end <= at)
                    && for_all.is_some_and(|(head, _)| is_one_line(text, head, span)) =>
            {
                for_all = for_all.map(|(head, rule)| (head.cover(span), rule));
                pending.body = pending.body.or(Some((span, "signature/body")));
            }
            Piece::Role(span) => {
                let own = Some((span, "signature/role"));
                let last = out[begin..].last_mut();
                // "der Vorstand / Weber, Vorsitzender. Lang, Schriftführer"
                let above = last.as_ref().and_then(|last| above_his_own(text, last, span));
                match last {
                    Some(last) if last.role.is_none() => last.role = own,
                    Some(last) if above.is_some() => {
                        last.role = own;
                        let board = |w: &Word| {
                            above.is_some_and(|s| s.contains(w.span)) && w.is(Classes::BODY)
                        };
                        if words.iter().any(board) {
                            body_of_all = above.map(|s| (s, "signature/body"));
                        } else {
                            office_of_all = above.map(|s| (s, "signature/role"));
                        }
                    }
                    _ => pending.role = pending.role.or(own),
                }
            }
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
    if out.len() == begin {
        pending.role = pending.role.or(office_of_all);
    }
    if out.len() == begin && pending.name.is_none() {
        // a line that is only one common word is a name here, if it is anything: "Page"; but
        // who signs as "Secretary" or "Col." does not say who he is
        let office = Classes::ROLE.or(Classes::TITLE).or(Classes::NOBLE);
        // "Gebrüder Brand" is a firm, and nobody
        let in_body = |w: &&Word| pending.body.is_some_and(|(body, _)| body.contains(w.span));
        // nor is the see of "The Bishop of Wells"
        let is_named_after = |w: &&Word| {
            let at = words.iter().position(|o| o.span == w.span).unwrap_or(0);
            let joined = at > 0 && words[at - 1].is(Classes::LINK) && !words[at - 1].capital;
            joined && pending.role.is_some_and(|(role, _)| role.contains(w.span))
        };
        match lone_name(words).filter(|w| !in_body(w) && !is_named_after(w)) {
            Some(word) if word.is(office) && !word.is(Classes::SURNAME) => {
                let is_office = word.is(Classes::ROLE.or(Classes::NOBLE));
                let rule = if is_office { "signature/role" } else { "signature/rank" };
                pending.role = pending.role.or(Some((word.span, rule)));
            }
            Some(word) => pending.name = Some((word.span, "signature/common-word")),
            None => {}
        }
    }
    // "Colonel, commanding the Station": a second office is no second person
    let signed = out[begin..].iter().any(|d| d.name.is_some());
    if !pending.is_empty() && !signed || out.len() == begin && for_all.is_some() {
        out.push(pending);
    }
    for draft in &mut out[begin..] {
        draft.deputy = deputy.is_some();
        draft.body = draft.body.or(body_of_all);
        draft.role = draft.role.or(office_of_all);
        draft.principal = draft.principal.or(for_all);
    }
    dedupe(text, out);
}

/// The office above the signer's name, where `own` stands behind the name on its line.
fn above_his_own(text: &SplitText<'_>, signer: &Draft, own: Span) -> Option<Span> {
    let ((name, _), (above, _)) = (signer.name?, signer.role?);
    (above.end <= name.start && is_one_line(text, name, own)).then_some(above)
}

/// Whether `next` stands behind `span` on its line.
fn is_one_line(text: &SplitText<'_>, span: Span, next: Span) -> bool {
    span.end <= next.start && !text.slice(Span::new(span.end, next.start)).contains('\n')
}

/// Whether the office is that of several at once: "officiers municipaux".
fn is_of_several(words: &[Word], office: Span) -> bool {
    words.iter().any(|w| w.span.start == office.start && w.is(Classes::GROUP))
}

/// Whether the word ends the line of the signer before it, who says his office: "Ann Lowe, Teacher, Hull".
fn is_where_held(
    text: &SplitText<'_>,
    words: &[Word],
    name: &Name,
    before: Option<&Draft>,
) -> bool {
    let Some((office, _)) = before.filter(|d| d.name.is_some()).and_then(|d| d.role) else {
        return false;
    };
    let ends_line = |w: &Word| w.gap.lines > 0;
    // the office may stand before the name: "Commissioner Lowe, Hull"
    let signer = before.and_then(|d| d.name).map_or(office, |(signer, _)| signer);
    let end = office.end.max(signer.end);
    let parted = end <= name.span.start && {
        let gap = text.slice(Span::new(end, name.span.start));
        gap.starts_with(',') && !gap.contains('\n')
    };
    let next = words.iter().find(|w| w.span.start >= name.span.end);
    parted && name.title.is_none() && name.full == 1 && next.is_none_or(ends_line)
}

/// The words below a first line that is but the end of the close: "S. S." in Spanish letters.
fn after_formula(words: &[Word]) -> &[Word] {
    let Some(first) = words.first().filter(|w| w.phrase.any(Classes::CLOSING)) else {
        return words;
    };
    let below = words.get(first.length).is_some_and(|w| w.gap.lines > 0);
    if below { &words[first.length..] } else { words }
}

/// The words of columns one column after the other: those who sign side by side have each their
/// office below them.
///
/// Lines that follow each other stand in columns when wide spaces part all of them into as many
/// cells, and those of the second are offices: more names are further signers, line by line.
fn columns_apart(words: &[Word]) -> Vec<Word> {
    let mut lines: Vec<Vec<&[Word]>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let end = (at + 1..words.len()).find(|&i| words[i].gap.lines > 0).unwrap_or(words.len());
        let mut cells = Vec::new();
        while at < end {
            let next = (at + 1..end).find(|&i| words[i].gap.wide).unwrap_or(end);
            cells.push(&words[at..next]);
            at = next;
        }
        lines.push(cells);
    }
    let mut out = Vec::with_capacity(words.len());
    let is_office = |cell: &&[Word]| {
        let is_name = name_at(cell, 0).is_some_and(|n| n.full > 1 || n.title.is_some());
        cell.iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY))) && !is_name
    };
    let beside = |a: &Vec<&[Word]>, b: &Vec<&[Word]>| {
        a.len() == b.len() && b[0][0].gap.lines == 1 && b.iter().all(is_office)
    };
    for rows in lines.chunk_by(beside) {
        for column in 0..rows[0].len() {
            for row in rows {
                let begin = out.len();
                out.extend_from_slice(row[column]);
                if rows.len() > 1 && column > 0 {
                    out[begin].gap.lines = out[begin].gap.lines.max(1);
                }
            }
        }
    }
    out
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
    // "m. Rückschein", "Immer Deine", "Et Neveu" name nobody
    let nobody = Classes::REMARK.or(Classes::YOURS);
    if words.iter().all(|w| w.is(Classes::SIGNED) && !w.is_letter()) {
        return None;
    }
    let aside = |w: &Word| w.is(nobody) && !w.is(Classes::SURNAME);
    if words.iter().any(aside) || words.first().is_some_and(|w| w.is(Classes::AND)) {
        return None;
    }
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
fn dedupe(text: &SplitText<'_>, out: &mut Vec<Draft>) {
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
