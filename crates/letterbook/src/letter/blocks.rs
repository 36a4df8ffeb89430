//! Blocks whose place and first words show what they are, though the zones read them otherwise:
//! whom the letter goes to, above the salutation or below the one who signs, and the label of what
//! it encloses.
//!
//! A block between date and salutation that names whom the salutation greets is the inside address,
//! however much its lines look like print.
//!
//! Merchants wrote without a salutation: what stands in a block of short lines between date and text,
//! begins with a person or a firm and ends in a town, is the inside address too.
//!
//! British offices put the addressee below the signature ("The Secretary to the Admiralty."), as the
//! French and the Spanish do ("Monsieur le Préfet."). The zones often give such a block to the
//! signature above it; a blank line and its first words tell it apart, or a full stop and an article.
//! Names alone tell nothing: several may sign in blocks.
//!
//! Below the signature stand also who gets a copy ("c.c.", "Durchschrift an") and the initials of
//! who dictated and who typed; neither is a party.

use super::clip;
use super::head::{is_subject_label, line_of};
use crate::mention::block::{Block, Piece, is_dashed, is_town, pieces};
use crate::mention::fold;
use crate::mention::heading::{is_office_heading, wired};
use crate::mention::label::{
    Label, behind_outside, is_copied, is_given, label_length, says_what_lies,
};
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, name_at, names};
use crate::mention::stretch::{Word, words};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::text::Text;
use crate::zone::marked::overlay;
use crate::zone::{Markup, Zone, of};

/// The longest signature that is looked into, in bytes.
const LONGEST: usize = 1000;
/// How sure the form of such a block is.
const SURE: f32 = 0.85;

/// The zones that blocks show.
pub(crate) fn marks(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Markup {
    let papers = list_of_papers(text, zones, language);
    let mut markup = Markup { zones: papers.into_iter().collect(), ..Markup::default() };
    markup.zones.extend(asides(text, zones, language));
    tidy(&mut markup);
    // what is told stands by itself, so that the rest is read without it
    let zones = &overlay(text.as_str(), zones.to_vec(), &markup);
    markup.zones.extend(head_of_telegram(text, language));
    markup.zones.extend(list_of_subjects(text, zones, language));
    markup.zones.extend(reader_before_date(text, zones, language));
    markup.zones.extend(above_salutation(text, zones, language));
    markup.zones.extend(above_text(text, zones, language));
    markup.zones.extend(below_article(text, zones, language));
    markup.zones.extend(town_above_reader(text, zones, language));
    markup.zones.extend(reader_between_dashes(text, zones, language));
    markup.zones.extend(leave_cut_short(text, zones, language));
    below_close(text, zones, language, &mut markup);
    mistaken_below(text, zones, language, &mut markup);
    let body = of(zones, ZoneLabel::Body).next().map_or(0, |z| z.span.start);
    let below = |z: &Zone| z.span.start > body && z.span.len() < LONGEST;
    let mut signed_to = None; // the end of the last signature
    for zone in zones.iter().filter(|z| below(z)) {
        let signs = zone.label == ZoneLabel::Signature;
        let is_signed = signed_to.is_some();
        let is_apart = signed_to.is_some_and(|end: usize| {
            text.as_str()[end..zone.span.start].matches('\n').count() > 1
        });
        if signs {
            signed_to = Some(zone.span.end);
        }
        // what stands below a signature may have been taken for more of the letter
        let is_more = matches!(zone.label, ZoneLabel::Postscript | ZoneLabel::Other) && is_signed;
        // a note that nobody signs has whom it goes to at its foot
        let is_led_foot = !is_signed
            && (signs || zone.label == ZoneLabel::Postscript)
            && next_zone(zones, zone.span).is_none();
        // an address may hold the one who signs, where nobody else does
        let is_unsigned = zone.label == ZoneLabel::Address
            && !zones.iter().any(|z| z.label == ZoneLabel::Signature);
        let is_read = signs || is_more || is_unsigned;
        if !is_read && !is_led_foot {
            continue;
        }
        // "J. L. Hale, | Esq., Clerk": what ends the line of the signature is the same block
        let same_line = |z: &&Zone| {
            let between = Span::new(zone.span.end, z.span.start);
            signs && z.label == ZoneLabel::Address && !text.slice(between).contains('\n')
        };
        let rest = next_zone(zones, zone.span).filter(same_line);
        let zone = &Zone { span: rest.map_or(zone.span, |z| zone.span.cover(z.span)), ..*zone };
        let words = words(text.as_str(), zone.span, language);
        if is_led_foot && is_led_body(text.as_str(), &words) {
            markup.zones.push(Zone { label: ZoneLabel::Address, confidence: SURE, ..*zone });
            continue;
        }
        if !is_read {
            continue;
        }
        if signs && is_given_line(&words) {
            markup.zones.push(Zone { label: ZoneLabel::Dateline, confidence: SURE, ..*zone });
            continue;
        }
        if !is_more && let Some(at) = reader_begins(text.as_str(), &words, is_unsigned) {
            let labels = [ZoneLabel::Signature, ZoneLabel::Address];
            push_both(text, zone.span, &words[at], labels, &mut markup);
            continue;
        }
        if !is_more && let Some(at) = signer_begins(text.as_str(), &words) {
            let labels = [ZoneLabel::Address, ZoneLabel::Signature];
            push_both(text, zone.span, &words[at], labels, &mut markup);
            continue;
        }
        if is_unsigned {
            continue;
        }
        // the first block of the first signature holds whoever signs
        let apart = |i: usize| {
            let above = &text.as_str()[zone.span.start..words[i].span.start];
            let below = words[i].gap.lines == 1 && ends_above_reader(above, &words[i..], language);
            let first = below && words[1..i].iter().all(|w| w.gap.lines < 2);
            words[i].gap.lines > 1 || first && is_bare_name(&words[..i])
        };
        let begins = |&i: &usize| if i == 0 { !signs || is_apart } else { apart(i) };
        let (mut next, mut end) = (words.len(), zone.span.end);
        for at in (0..words.len()).rev().filter(begins) {
            let mut start = words[at].span.start;
            let block = &words[at..next];
            let reader = outside(block);
            if let Some(reader) = reader {
                let label = Span::new(start, reader.span.start).trim(text.as_str());
                markup.zones.push(Zone { label: ZoneLabel::Other, span: label, confidence: SURE });
                start = reader.span.start;
            }
            // editions take such a line apart from the signature for a postscript
            let label = if names_enclosures(block) || signs && says_what_lies(block) {
                ZoneLabel::Enclosure
            } else if is_addressed(text.as_str(), block)
                || reader.is_some()
                || signs && at > 0 && is_courteous(block)
                || language == Some("la") && is_dative(block)
                || signs && is_titled_below(text.as_str(), &words, block)
            {
                ZoneLabel::Address
            } else {
                continue;
            };
            let span = Span::new(start, end).trim(text.as_str());
            markup.zones.push(Zone { label, span, confidence: SURE });
            (next, end) = (at, start);
        }
    }
    tidy(&mut markup);
    markup
}

/// Whether a last line taken for a signature is a sentence: it ends in a full stop, and before its last
/// word stand two words or more with small letters that are none of a formula or a name, "Der Garten
/// steht noch voll Schnee."
fn is_last_sentence(text: &Text<'_>, span: Span, language: Option<&str>) -> bool {
    /// The fewest words of such a sentence.
    const FEWEST: usize = 4;
    let line = text.slice(span).trim_end();
    if line.contains('\n') || !line.ends_with('.') {
        return false;
    }
    let words = words(text.as_str(), span, language);
    let formula = Classes::CLOSING
        .or(Classes::YOURS)
        .or(Classes::KIN)
        .or(Classes::DEAR)
        .or(Classes::MY)
        .or(Classes::SIR)
        .or(Classes::LINK)
        .or(Classes::AND)
        .or(Classes::AT)
        .or(Classes::TO)
        .or(Classes::FOR)
        .or(Classes::BEHALF)
        .or(Classes::PARTICLE)
        .or(Classes::ROLE)
        .or(Classes::TITLE)
        .or(Classes::HONOUR)
        .or(Classes::BODY);
    let plain = |w: &Word| !w.capital && !w.number && !w.is_letter() && !w.is(formula);
    let unparted = words.iter().all(|w| !w.gap.comma && !w.gap.stop);
    let [before @ .., last] = words.as_slice() else { return false };
    let said = before.iter().rev().take_while(|w| plain(w)).count();
    // "Deine dich ewig liebende Anna." has no noun behind its "your"
    let is_formula = match before {
        [yours, noun, ..] => yours.is(Classes::YOURS) && (!noun.capital || noun.is(formula)),
        _ => true,
    };
    words.len() >= FEWEST && unparted && last.capital && said > 1 && !is_formula
}

/// The zone behind `span`, which is one of the zones.
fn next_zone(zones: &[Zone], span: Span) -> Option<&Zone> {
    zones.get(zones.partition_point(|z| z.span.start < span.end))
}

/// Puts the zones in order; a block may be told in two ways, of which the first stands.
fn tidy(markup: &mut Markup) {
    markup.zones.sort_by_key(|z| z.span);
    markup.zones.dedup_by(|next, zone| next.span.overlaps(zone.span));
}

/// The lines below the one who signs that name no party: whoever gets a copy, and the marks of who
/// dictated and who typed.
fn asides(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Vec<Zone> {
    let mut out: Vec<Zone> = Vec::new();
    let Some(body) = of(zones, ZoneLabel::Body).last() else { return out };
    let ends = |z: &&Zone| matches!(z.label, ZoneLabel::Signature | ZoneLabel::Close);
    let Some(signed) = zones.iter().filter(ends).find(|z| z.span.start > body.span.start) else {
        return out;
    };
    let from = signed.span.start;
    let below = text.lines().iter().copied().skip_while(|l| l.start <= from);
    let lines: Vec<Span> = below.take_while(|l| l.start < from + 2 * LONGEST).collect();
    let is_party = |span: Span| {
        let party = |z: &&Zone| {
            !matches!(z.label, ZoneLabel::Body | ZoneLabel::Enclosure | ZoneLabel::Close)
        };
        zones.iter().filter(party).any(|z| z.span.overlaps(span))
    };
    let mut at = 0;
    while at < lines.len() {
        // "Durchschrift an:" may stand a blank line above the name
        let label = usize::from(text.slice(lines[at]).ends_with(':'));
        let ends = |n: &usize| lines[*n].is_empty() && *n > at + label;
        let end = (at + 1..lines.len()).find(ends).unwrap_or(lines.len());
        let block = lines[at].cover(lines[end - 1]);
        let span = if is_typists_mark(text.slice(lines[at])) {
            lines[at]
        } else if may_be_copied(text, lines[at], language)
            && is_copied(&words(text.as_str(), block, language))
        {
            block.trim(text.as_str())
        } else {
            at += 1;
            continue;
        };
        if is_party(span) {
            out.push(Zone { label: ZoneLabel::Other, span, confidence: SURE });
        }
        at = if span == lines[at] { at + 1 } else { end };
    }
    out
}

/// Whether the head of a line has the words that say who gets a copy; a block of which it has not need not
/// be read as a whole.
fn may_be_copied(text: &Text<'_>, line: Span, language: Option<&str>) -> bool {
    /// Bytes in which all such words have room: "Durchschriften an".
    const ROOM: usize = 24;
    let head = words(text.as_str(), clip(text, line, ROOM), language);
    label_length(Label::Copied, &head).is_some()
}

/// Whether the line is the initials of whoever dictated and of whoever typed: "EMT/JB", "CHL:b"; "NEW-YORK."
/// is longer than two persons' initials.
fn is_typists_mark(line: &str) -> bool {
    let initials = |side: &str| side.chars().filter(|&c| c != '.').collect::<String>();
    line.split_once(['/', ':', '-']).is_some_and(|(dictated, typed)| {
        let (dictated, typed) = (initials(dictated), initials(typed));
        (2..=4).contains(&dictated.len())
            && (1..=3).contains(&typed.len())
            && dictated.bytes().all(|b| b.is_ascii_uppercase())
            && typed.bytes().all(|b| b.is_ascii_alphabetic())
    })
}

/// Whether what stands above ends with a full stop and an English article begins what stands below:
/// "PHILIP HALE. / The Town Clerk" is no office of his own, which has a comma before it and no article.
pub(super) fn ends_above_reader(above: &str, below: &[Word], language: Option<&str>) -> bool {
    language == Some("en")
        && above.trim_end().ends_with('.')
        && below.first().is_some_and(|w| w.is(Classes::LINK) && w.capital)
}

/// The lines that say on what the letter follows, where they are numbered and other zones have those from
/// the second on: "Bezug: 1. Ihr Schreiben vom 3. 4. / 2. Unser Schreiben vom 5. 6.".
fn list_of_subjects(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Zone> {
    let number = |line: Span| {
        let (digits, rest) = text.slice(line).split_once('.')?;
        rest.starts_with(' ').then_some(())?;
        digits.parse::<usize>().ok()
    };
    let is_first = |line: Span| {
        let words = words(text.as_str(), clip(text, line, LONGEST_LED), language);
        let [_, one, next, ..] = words.as_slice() else { return false };
        is_subject_label(&words) && one.folded == "1" && next.gap.stop && next.capital
    };
    let body = of(zones, ZoneLabel::Body).next()?.span.start;
    let lines = text.lines();
    let first = lines.iter().position(|line| line.start < body && is_first(*line))?;
    let below = lines[first + 1..].iter().zip(2..);
    let last = below.take_while(|(line, n)| number(**line) == Some(*n)).last()?.0;
    let span = lines[first].cover(*last);
    let is_whole = zones.iter().any(|z| z.label == ZoneLabel::Other && z.span.contains(span));
    (!is_whole && last.end <= body).then_some(Zone {
        label: ZoneLabel::Other,
        span,
        confidence: SURE,
    })
}

/// The first line, where it is the head of a telegram between offices: "Préfet Nord à Intérieur, Sûreté
/// générale, Paris".
fn head_of_telegram(text: &Text<'_>, language: Option<&str>) -> Option<Zone> {
    let line = *text.lines().iter().find(|line| !line.is_empty())?;
    let may_be = line.len() <= LONGEST_LED && language == Some("fr");
    let words = may_be.then(|| words(text.as_str(), line, language))?;
    wired(&words)?;
    Some(Zone { label: ZoneLabel::Address, span: line, confidence: SURE })
}

/// Whom an edition names before the date in the first line: "To John Hale, 12 March 1868", "Letter to Miss
/// Bell [Bath, 3 May]". "A Lugo, 3 de mayo" is where, so after a word that leads to places as well a
/// name needs a title or its given name.
fn reader_before_date(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Zone> {
    let zone = zones.first().filter(|z| z.label == ZoneLabel::Dateline)?;
    let line = text.slice(zone.span).lines().next()?;
    let until = line.find(['(', '[']).filter(|&at| at > 0).unwrap_or(line.len());
    let before = Span::new(zone.span.start, zone.span.start + until);
    let words = words(text.as_str(), before, language);
    // "Letter to"
    let at = usize::from(words.first()?.is(Classes::REMARK) && words[0].capital);
    let leads = words.get(at).filter(|w| w.is(Classes::HEAD_TO) && (w.capital || at > 0))?;
    let name = name_at(&words, at + 1).filter(|n| n.words.0 == at + 1 && n.full > 0)?;
    let named = &words[name.words.0..name.words.1];
    let is_person = name.title.is_some()
        || name.role.is_some()
        || is_given(named)
        || !leads.is(Classes::AT) && !is_town(text.as_str(), named);
    let is_parted = match words.get(name.words.1) {
        Some(next) => next.gap.comma,
        None => until < line.len(),
    };
    let is_dated = line[name.span.end - zone.span.start..].contains(|c: char| c.is_ascii_digit());
    (is_person && is_parted && is_dated).then_some(Zone {
        label: ZoneLabel::Address,
        span: Span::new(leads.span.start, name.span.end),
        confidence: SURE,
    })
}

/// The last line of the text, where the writer begins a leave that editions cut short: "I have [etc.]".
fn leave_cut_short(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Zone> {
    /// The longest such line in words.
    const LONGEST: usize = 8;
    let body = of(zones, ZoneLabel::Body).last()?;
    let is_last = matches!(next_zone(zones, body.span)?.label, ZoneLabel::Signature);
    let line = line_of(text.as_str(), body.span.trim(text.as_str()).end);
    let span = Span::new(line.start.max(body.span.start), body.span.end).trim(text.as_str());
    let apart = span.start > body.span.start && span.start == line.start;
    let words = (is_last && apart).then(|| words(text.as_str(), span, language))?;
    let cut = |n: usize| {
        let end = words.len().checked_sub(n).and_then(|at| words.get(at..));
        end.is_some_and(|end| label_length(Label::CutShort, end) == Some(n))
    };
    let writes = words.first()?.is(Classes::SELF) && words[0].capital;
    (writes && words.len() <= LONGEST && (cut(1) || cut(2))).then_some(Zone {
        label: ZoneLabel::Close,
        span,
        confidence: SURE,
    })
}

/// Whom the letter goes to, with a title of courtesy between the dashes that part head and text of a letter
/// in one line: "Lima, 3 de Mayo.—Señor Alcalde de Lugo.—Muy señor mío:".
fn reader_between_dashes(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Zone> {
    let body = zones.iter().position(|z| z.label == ZoneLabel::Body)?;
    let other = |z: &&Zone| z.label == ZoneLabel::Other && z.span.len() < LONGEST;
    zones[..body].iter().skip(1).filter(other).find_map(|zone| {
        let dash = |c: char| matches!(c, '—' | '–' | ' ');
        let said = text.slice(zone.span);
        let bare = said.trim_matches(dash);
        let start = zone.span.start + said.len() - said.trim_start_matches(dash).len();
        let span = Span::new(start, start + bare.len());
        let words = words(text.as_str(), span, language);
        let is_one = said.len() > bare.len() && words.iter().all(|w| w.gap.lines == 0);
        let courtesy = is_one && label_length(Label::Courtesy, &words).is_some();
        let named = || name_at(&words, 0).is_some_and(|n| n.title.is_some() && n.full > 0);
        (courtesy && (named() || is_addressed(text.as_str(), &words))).then_some(Zone {
            label: ZoneLabel::Address,
            span,
            confidence: SURE,
        })
    })
}

/// The block above the salutation that names whom it greets, with the line of such a block that was
/// taken for a date and has none.
fn above_salutation(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Zone> {
    let at = zones.iter().position(|z| z.label == ZoneLabel::Salutation)?;
    let head = zones.get(..at)?;
    let words = |zone: &Zone| words(text.as_str(), zone.span, language);
    // a name, a blank line, an office: the rest may be told already
    let told = head.iter().rev().take_while(|z| z.label == ZoneLabel::Address).count();
    if let [.., before, block] = &head[..head.len() - told]
        && (before.label, block.label) == (ZoneLabel::Dateline, ZoneLabel::Letterhead)
        && block.span.len() < LONGEST
    {
        let greeted = names(&words(&zones[at]));
        let last = |s: Span| fold(text.slice(s)).split(' ').next_back().map(str::to_owned);
        let is_greeted = |name: &Name| greeted.iter().any(|g| last(g.span) == last(name.span));
        let named = name_at(&words(block), 0).filter(|n| n.full > 0)?;
        let span = head.last().map_or(block.span, |z| block.span.cover(z.span));
        return is_greeted(&named).then_some(Zone {
            label: ZoneLabel::Address,
            span,
            confidence: SURE,
        });
    }
    let [.., before, block] = head else { return None };
    if (before.label, block.label) != (ZoneLabel::Address, ZoneLabel::Dateline) {
        return None;
    }
    let line = words(block);
    let is_date = line.iter().any(|w| w.number || w.is(Classes::MONTH.or(Classes::WEEKDAY)));
    let name = name_at(&line, 0).filter(|n| n.title.is_some() && n.full > 0);
    (name.is_some() && !is_date).then_some(Zone {
        label: ZoneLabel::Address,
        span: before.span.cover(block.span),
        confidence: SURE,
    })
}

/// Lines of an address that is told by its form alone, …
const LINES: std::ops::RangeInclusive<usize> = 2..=6;
/// … and the longest of them in bytes.
const LONGEST_LINE: usize = 60;
/// The same of one line that says by its first words whom it is for.
const LONGEST_LED: usize = 100;

/// The block at the head of a body without a salutation that begins with a person or a firm and ends
/// in a town, or says whom the letter goes to.
fn above_text(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Zone> {
    let at = zones.iter().position(|z| z.label == ZoneLabel::Body)?;
    let before = &zones[..at];
    let has = |label| before.iter().any(|z| z.label == label);
    if !has(ZoneLabel::Dateline) || has(ZoneLabel::Address) || has(ZoneLabel::Salutation) {
        return None;
    }
    let body = zones[at].span;
    let lines = text.slice(body).split_inclusive('\n').take(*LINES.end() + 1);
    let block: usize = lines.take_while(|line| !line.trim().is_empty()).map(str::len).sum();
    let span = Span::new(body.start, body.start + block).trim(text.as_str());
    if span.end == body.end {
        return None;
    }
    let reads_line = || {
        let words = words(text.as_str(), span, language);
        is_led_line(text, span, &words) || is_office_heading(text.as_str(), &words)
    };
    let is_address = names_and_places(text, span, language) || reads_line();
    is_address.then_some(Zone { label: ZoneLabel::Address, span, confidence: SURE })
}

/// The block at the head that begins with a small article, as German addresses do whose "An" is left
/// out: "die / Vereinigten Bühnen / Lübeck", "die Redaktion des „Morgen“".
fn below_article(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Zone> {
    /// So far down it may begin, in bytes.
    const HEAD: usize = 400;
    if !language.is_some_and(|tag| tag.starts_with("de")) {
        return None;
    }
    let at =
        zones.iter().position(|z| matches!(z.label, ZoneLabel::Salutation | ZoneLabel::Body))?;
    let is_taken = |z: &Zone| {
        matches!(z.label, ZoneLabel::Letterhead | ZoneLabel::Other | ZoneLabel::Signature)
            && z.span.start < HEAD
    };
    zones[..at].iter().filter(|z| is_taken(z)).find_map(|zone| {
        let words = words(text.as_str(), zone.span, language);
        let begins = |&i: &usize| {
            let other = Classes::AND.or(Classes::GENITIVE).or(Classes::FOR);
            let is_article = words[i].is(Classes::LINK) && !words[i].is(other) && !words[i].capital;
            // "den / verantwortlichen Redakteur"
            let line = words[i + 1..].iter().take(3);
            let named = line.take_while(|w| w.gap.lines < 2 && !w.gap.comma).find(|w| w.capital);
            (i == 0 || words[i].gap.lines > 1) && is_article && named.is_some()
        };
        let from = (0..words.len()).find(begins)?;
        let span = Span::new(words[from].span.start, zone.span.end).trim(text.as_str());
        let lines = text.slice(span).lines();
        let is_short = lines.clone().count() <= *LINES.end()
            && lines.max_by_key(|l| l.len())?.len() <= LONGEST_LINE;
        is_short.then_some(Zone { label: ZoneLabel::Address, span, confidence: SURE })
    })
}

/// The town that opens an address as a line of its own, a blank line below it: typists set the place of
/// writing there. "Wien / / Herrn / Karl Weber".
fn town_above_reader(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Zone> {
    let first = zones.first().filter(|z| z.label == ZoneLabel::Address)?;
    let (line, rest) = text.slice(first.span).split_once('\n')?;
    let below = rest.trim_start();
    let is_apart = rest[..rest.len() - below.len()].contains('\n');
    let span = Span::new(first.span.start, first.span.start + line.len()).trim(text.as_str());
    let words = words(text.as_str(), span, language);
    let is_town = block_is_town(text, &words) && !words.iter().any(|w| w.is(Classes::TITLE));
    (is_apart && !below.is_empty() && is_town).then_some(Zone {
        label: ZoneLabel::Dateline,
        span,
        confidence: SURE,
    })
}

/// Whether the words are a town and nothing else.
fn block_is_town(text: &Text<'_>, words: &[Word]) -> bool {
    matches!(pieces(text.as_str(), words, Block::Address).as_slice(), [Piece::Town(_)])
        && is_town(text.as_str(), words)
}

/// Whether this is one short line that begins with "An den" or "To the" and goes on with an office, a
/// titled name or a body: "An den Minister von Stein."
fn is_led_line(text: &Text<'_>, span: Span, words: &[Word]) -> bool {
    let line = text.slice(span);
    if line.len() > LONGEST_LED || line.contains('\n') || line.ends_with([',', ':', ';']) {
        return false;
    }
    let Some(first) = words.first() else { return false };
    let small = Classes::LINK.or(Classes::TO).or(Classes::PARTICLE);
    let is_led = first.is(Classes::HEAD_TO) && first.capital && !first.is_letter();
    let article = words.get(1).is_some_and(|w| w.is(Classes::LINK) && !w.capital);
    let found = pieces(text.as_str(), words, Block::Address);
    let is_reader = match found.first() {
        Some(Piece::Person(name)) => name.title.is_some() || name.role.is_some(),
        Some(Piece::Role(_) | Piece::Body(_)) => true,
        _ => false,
    };
    // "das Ministerium der geistlichen Angelegenheiten"
    let adjective =
        |i: usize| i > 0 && words[i - 1].is(Classes::LINK) && words[i].folded.ends_with("en");
    let named = |i: usize| words[i].capital || words[i].is(small) || adjective(i);
    is_led && article && is_reader && (0..words.len()).all(named)
}

/// Whether these are a few short lines that begin with a person or a firm and end in a town.
fn names_and_places(text: &Text<'_>, span: Span, language: Option<&str>) -> bool {
    let mut lines = text.slice(span).lines().take(*LINES.end() + 1);
    if !LINES.contains(&lines.clone().count()) || lines.any(|l| l.len() > LONGEST_LINE) {
        return false;
    }
    let words = words(text.as_str(), span, language);
    let pieces = pieces(text.as_str(), &words, Block::Address);
    let named = match pieces.first() {
        Some(Piece::Person(name)) => name.title.map_or(name.span, |t| t.cover(name.span)),
        Some(Piece::Body(body)) => *body,
        _ => return false,
    };
    // "Firma", "Herrn" stand before what they announce
    let announced = words.iter().take_while(|w| w.is(Classes::TITLE.or(Classes::TO)));
    let begins = announced.last().map_or(span.start, |w| w.span.end);
    let before = Span::new(begins.min(named.start), named.start);
    let is_named = !text.slice(before).contains(char::is_alphanumeric);
    is_named && matches!(pieces.last(), Some(Piece::Town(town)) if ends_line(text, *town, span))
}

/// Below a close that nobody signs, a bare name with an office under it, which looks like an address;
/// below a signature the office alone.
fn below_close(text: &Text<'_>, zones: &[Zone], language: Option<&str>, markup: &mut Markup) {
    let is_signed = of(zones, ZoneLabel::Signature).next().is_some();
    for (before, zone) in zones.iter().zip(zones.iter().skip(1)) {
        let is_close = before.label == ZoneLabel::Close && !is_signed;
        // an addressee's office stands in a block of its own
        let between = text.slice(Span::new(before.span.end, zone.span.start));
        let goes_on = before.label == ZoneLabel::Signature && between.matches('\n').count() == 1;
        if !(is_close || goes_on)
            || !matches!(zone.label, ZoneLabel::Address | ZoneLabel::Postscript | ZoneLabel::Other)
            || zone.span.len() >= LONGEST
        {
            continue;
        }
        let words = words(text.as_str(), zone.span, language);
        if goes_on && ends_above_reader(text.slice(before.span), &words, language) {
            continue;
        }
        let bare = |n: &Name| n.full > 0 && n.title.is_none();
        let named = name_at(&words, 0).filter(bare).map(|n| n.words.1);
        let office = if is_close { named } else { Some(0) };
        let Some(office) =
            office.filter(|&at| at == 0 || at < words.len() && words[at].gap.lines == 1)
        else {
            continue;
        };
        let end = (office + 1..words.len()).find(|&i| words[i].gap.lines > 1);
        let end = end.unwrap_or(words.len());
        let block = words.get(office..end).unwrap_or_default();
        let pieces = pieces(text.as_str(), block, Block::Signature);
        // "H. Bell, / Director, / Department of Roads"
        let goes_on_office = || {
            goes_on
                && text.slice(before.span).ends_with(',')
                && !pieces.is_empty()
                && pieces.iter().all(|p| matches!(p, Piece::Body(_)))
        };
        if !matches!(pieces.as_slice(), [Piece::Role(_)] | [Piece::Role(_), Piece::Body(_)])
            && !goes_on_office()
        {
            continue;
        }
        let cut = words.get(end).map_or(zone.span.end, |w| w.span.start);
        let mut push = |label, span: Span| {
            let span = span.trim(text.as_str());
            markup.zones.push(Zone { label, span, confidence: SURE });
        };
        push(ZoneLabel::Signature, Span::new(zone.span.start, cut));
        if words.get(end..).is_some_and(|rest| !rest.is_empty() && names_enclosures(rest)) {
            push(ZoneLabel::Enclosure, Span::new(cut, zone.span.end));
        }
    }
}

/// The numbered lines below a signature, with the label above them, where they would sign or receive:
/// "1. Mr. Hale to the Board. / 2. Reply to the same."
fn list_of_papers(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Zone> {
    let body = of(zones, ZoneLabel::Body).next()?.span.start;
    let signed = of(zones, ZoneLabel::Signature).find(|z| z.span.start > body)?.span.start;
    let below = text.lines().iter().copied().filter(|l| l.start > signed && !l.is_empty());
    let lines: Vec<Span> = below.collect();
    let number = |line: &Span| -> Option<usize> {
        let (digits, rest) = text.slice(*line).split_once(['.', ')'])?;
        rest.starts_with(' ').then(|| digits.parse().ok()).flatten()
    };
    let first = lines.iter().position(|l| number(l) == Some(1))?;
    let mut last = first;
    for (at, line) in lines.iter().enumerate().skip(first + 1) {
        if number(line) == number(&lines[last]).map(|n| n + 1) {
            last = at;
        }
    }
    let labelled = first
        .checked_sub(1)
        .filter(|&above| names_enclosures(&words(text.as_str(), lines[above], language)));
    let span = lines[labelled.unwrap_or(first)].cover(lines[last]);
    let is_other = |z: &Zone| {
        let label = z.label;
        let party = matches!(label, ZoneLabel::Address | ZoneLabel::Signature);
        // below its label a paper's day is not the letter's
        let dated = matches!(label, ZoneLabel::Dateline | ZoneLabel::NoteOfReceipt);
        (party || dated && labelled.is_some()) && z.span.overlaps(span)
    };
    let is_list = last > first || labelled.is_some();
    (is_list && zones.iter().any(is_other)).then_some(Zone {
        label: ZoneLabel::Enclosure,
        span,
        confidence: SURE,
    })
}

/// Blocks below the text whose first words show that they were taken for the other side's, or for what
/// is none: who speaks for a firm below the close, who signs beside another, who attests a copy, what
/// is enclosed.
fn mistaken_below(text: &Text<'_>, zones: &[Zone], language: Option<&str>, markup: &mut Markup) {
    if let Some(zone) = of(zones, ZoneLabel::Signature).last()
        && next_zone(zones, zone.span).is_none()
        && is_last_sentence(text, zone.span, language)
    {
        markup.zones.push(Zone { label: ZoneLabel::Body, span: zone.span, confidence: SURE });
    }
    let is_signed = of(zones, ZoneLabel::Signature).next().is_some();
    let body = zones.iter().position(|z| z.label == ZoneLabel::Body).unwrap_or(zones.len());
    let foot = zones.get(body..).unwrap_or_default();
    for (before, zone) in foot.iter().zip(foot.iter().skip(1)) {
        let between = matches!(zone.label, ZoneLabel::Postscript | ZoneLabel::Other)
            && before.label == ZoneLabel::Close
            && next_zone(zones, zone.span).is_some_and(|z| z.label == ZoneLabel::Signature);
        if !(between || matches!(zone.label, ZoneLabel::Address | ZoneLabel::Enclosure))
            || zone.span.len() >= LONGEST
        {
            continue;
        }
        let words = words(text.as_str(), zone.span, language);
        // "Ill.mo Sr. Juan Gil." between the close and who signs
        if between {
            if label_length(Label::Courtesy, &words).is_some() && words[0].capital {
                let label = ZoneLabel::Address;
                markup.zones.push(Zone { label, span: zone.span, confidence: SURE });
            }
            continue;
        }
        let found = pieces(text.as_str(), &words, Block::Signature);
        let bare = |p: &Piece| matches!(p, Piece::Person(n) if n.title.is_none() && n.full > 0);
        let label = match (before.label, zone.label, found.as_slice()) {
            // "P. J. Weber, Bürgermeister." in a block of his own
            (ZoneLabel::Signature, ZoneLabel::Enclosure, [name, Piece::Role(_)]) if bare(name) => {
                ZoneLabel::Signature
            }
            // "M. Morin, intendant à Lorient."
            (
                ZoneLabel::Signature,
                ZoneLabel::Enclosure,
                [Piece::Person(name), Piece::Role(_), ..],
            ) if name.title.is_some() && words.iter().skip(1).all(|w| w.gap.lines == 0) => {
                ZoneLabel::Address
            }
            (_, ZoneLabel::Enclosure, _) => continue,
            // "for Colonel in charge of Records" below the name
            (ZoneLabel::Signature, ZoneLabel::Address, [Piece::Principal(_)])
                if words[0].is(Classes::FOR) && !words[0].capital =>
            {
                let span = before.span.cover(zone.span);
                let label = ZoneLabel::Signature;
                markup.zones.push(Zone { label, span, confidence: SURE });
                continue;
            }
            // "[Inclosure in No. 5.] / Mr. Hale to Consul Dale." is of the letter that is enclosed
            _ if is_caption(text.as_str(), &words) && is_headed(text, before, language) => {
                ZoneLabel::Enclosure
            }
            // "for Brown & Co. / H. Bell"
            (ZoneLabel::Close, _, [Piece::Principal(_), name, ..]) if !is_signed && bare(name) => {
                ZoneLabel::Signature
            }
            _ if label_length(Label::Attested, &words).is_some() => ZoneLabel::Other,
            _ if labels_enclosures(&words) => ZoneLabel::Enclosure,
            _ => continue,
        };
        markup.zones.push(Zone { label, span: zone.span, confidence: SURE });
    }
}

/// Whether no more than a word or two follow the town in the block ("Soest i. W.").
fn ends_line(text: &Text<'_>, town: Span, block: Span) -> bool {
    const BEHIND: usize = 16;
    let behind = text.slice(Span::new(town.end, block.end));
    behind.len() <= BEHIND && !behind.contains('\n')
}

/// The word at which whom the letter goes to follows the one who signs, behind a full stop and a dash
/// or, if `may_be_below`, a blank line: "Juan Gil.—Sr. Alcalde de Lugo". Whoever signs has no title, the
/// other has.
fn reader_begins(text: &str, words: &[Word], may_be_below: bool) -> Option<usize> {
    let parted = |&i: &usize| dashed(text, words, i) || may_be_below && words[i].gap.lines > 1;
    (1..words.len()).filter(parted).find(|&at| reads_below(text, words, at))
}

/// Whether a full stop and a dash stand before the word at `at`, which is not the first.
fn dashed(text: &str, words: &[Word], at: usize) -> bool {
    words[at].gap.stop && is_dashed(text, words, at)
}

/// Whether the words before `at` are of one who signs, and those from there on of one who is addressed.
fn reads_below(text: &str, words: &[Word], at: usize) -> bool {
    let (signer, reader) = words.split_at(at);
    // "Sr. Gobernador.—Lugo."
    let end = (1..reader.len()).find(|&i| dashed(text, reader, i)).unwrap_or(reader.len());
    let reader = &reader[..end];
    // "Excmo. Sr." above the name still calls the reader
    let called = signer.iter().take_while(|w| w.is(Classes::TITLE) && !w.is_letter()).count();
    let apart = |w: &Word| w.gap.lines > 0 || dashed(text, signer, called);
    let begins = |w: &&Word| (called == 0 || apart(w)) && !w.is(Classes::TITLE);
    let bare = signer.get(called).filter(begins).is_some() && is_bare_name(&signer[called..]);
    let titled = reader[0].is(Classes::TITLE) && reader[0].capital && !reader[0].is_letter();
    let names = name_at(reader, 0).is_some_and(|n| n.title.is_some() && n.full > 0);
    bare && titled && (names || is_addressed(text, reader))
}

/// The word at which the one who signs follows the one who reads, a blank line between: "Exmo. Señor
/// Don Juan Gil. // Pedro Soto."
fn signer_begins(text: &str, words: &[Word]) -> Option<usize> {
    let at = (1..words.len()).find(|&i| words[i].gap.lines > 1)?;
    let (reader, signer) = words.split_at(at);
    let own = name_at(signer, 0).filter(|n| n.full > 0 && n.title.is_none())?;
    let behind = signer.get(own.words.1);
    (reader[0].capital
        && label_length(Label::Courtesy, reader).is_some()
        && (names(reader).iter().any(|n| n.full > 0) || is_addressed(text, reader))
        && behind.is_none_or(|w| w.gap.comma || w.gap.lines > 0))
    .then_some(at)
}

/// Whether a name without a title stands in the words, after an office at most.
fn is_bare_name(words: &[Word]) -> bool {
    (0..words.len()).any(|i| {
        (i == 0 || words[i].gap.comma || words[i].gap.lines > 0)
            && name_at(words, i).is_some_and(|n| n.full > 0 && n.title.is_none())
    })
}

/// Whether the words are a line that says where and in what year the letter was given, and nobody's
/// name: "Dabam Lugduni, Idibus Maiis MDCCXX".
fn is_given_line(words: &[Word]) -> bool {
    let [first, .., last] = words else { return false };
    let is_roman = last.folded.len() > 3 && last.folded.bytes().all(|b| b"mdclxvi".contains(&b));
    let is_year = last.folded.len() == 4 && last.number || is_roman;
    let one_line = words[1..].iter().all(|w| w.gap.lines == 0);
    (first.is(Classes::GIVEN) || first.phrase.any(Classes::GIVEN)) && is_year && one_line
}

/// Cuts a zone into the one who signs and the one who reads, as `labels` say, before the word `next`.
fn push_both(
    text: &Text<'_>,
    span: Span,
    next: &Word,
    labels: [ZoneLabel; 2],
    markup: &mut Markup,
) {
    let parts = [Span::new(span.start, next.span.start), Span::new(next.span.start, span.end)];
    for (label, span) in labels.into_iter().zip(parts) {
        let written = text.slice(span).trim_end_matches(['—', '–', ' ', '\n']);
        let span = Span::new(span.start, span.start + written.len()).trim(text.as_str());
        markup.zones.push(Zone { label, span, confidence: SURE });
    }
}

/// Whether the block begins with the label of enclosures as a word apart: "Enclosures:", not
/// "All'Illustrissimo".
fn labels_enclosures(block: &[Word]) -> bool {
    let apart = |w: &Word| w.gap.colon || w.gap.stop || w.gap.lines > 0 || w.number;
    !block.is_empty() && names_enclosures(block) && block.get(1).is_none_or(apart)
}

/// Whether the block begins with the label of enclosures: "Encs. 2", "2 Anlagen".
fn names_enclosures(block: &[Word]) -> bool {
    let counted = block.first().is_some_and(|w| w.number && w.span.len() <= 2);
    let label = block.get(usize::from(counted));
    label.is_some_and(|w| w.is(Classes::ENCLOSED) && w.capital && w.gap.lines != 1)
}

/// The word behind the label of the outside of the letter, where whom it is for follows: "[Address:] To
/// Mr. Hale". Where the writer lives has the same label.
fn outside(block: &[Word]) -> Option<&Word> {
    let behind = behind_outside(block);
    let reader = behind.first().filter(|w| behind.len() < block.len() && w.capital)?;
    reader.is(Classes::HEAD_TO.or(Classes::TITLE)).then_some(reader)
}

/// Whether the block is a title with its article and, in the next line, a name: "The Right Honourable /
/// John Hale, M.P."
fn is_courteous(block: &[Word]) -> bool {
    let is_title = |w: &&Word| w.is(Classes::TITLE.or(Classes::HONOUR)) && w.gap.lines == 0;
    let titles = block[1..].iter().take_while(is_title).count();
    let next = block.get(1 + titles).filter(|w| titles > 0 && w.gap.lines == 1);
    block[0].is(Classes::LINK)
        && block[0].capital
        && next.is_some()
        && names(block).iter().any(|n| n.full > 0)
}

/// Whether the last line of the zone is the label of an enclosure.
fn is_headed(text: &Text<'_>, zone: &Zone, language: Option<&str>) -> bool {
    let start = line_of(text.as_str(), zone.span.end).start.max(zone.span.start);
    names_enclosures(&words(text.as_str(), Span::new(start, zone.span.end), language))
}

/// Whether the words are a caption that says who writes to whom: "Mr. Hale to Consul Dale."
fn is_caption(text: &str, words: &[Word]) -> bool {
    let both = || {
        let from = name_at(words, 0).filter(|n| n.words.0 == 0)?;
        words.get(from.words.1).filter(|w| w.is(Classes::TO) && !w.capital && !w.gap.comma)?;
        name_at(words, from.words.1 + 1)
    };
    is_office_heading(text, words) || both().is_some()
}

/// Whether the block begins with a title in the case of an address, and a name follows, as the Latin
/// inscription of the outside does: "Integerrimo viro D. Martino Velio".
fn is_dative(block: &[Word]) -> bool {
    let titled = |n: &Name| n.title.is_some() && n.full > 0;
    block[0].is(Classes::DATIVE) && block[0].capital && names(block).iter().any(titled)
}

/// Whether the block below those who sign is a name with its title, alone on one line, or with an honour
/// that nobody gives himself, where whoever signs first has no title: "Genl. Cole, D.S.O.", "Ezra Cole,
/// Esq.", "Commissioner Cole, Hull."
fn is_titled_below(text: &str, signature: &[Word], block: &[Word]) -> bool {
    let begins = |run: &[Word]| name_at(run, 0).filter(|n| n.full > 0 && n.words.0 == 0);
    let Some(name) = begins(block) else { return false };
    let end = (1..block.len()).find(|&i| block[i].gap.lines > 0).unwrap_or(block.len());
    let (block, more) = block.split_at(end);
    if name.words.1 > end {
        return false;
    }
    // "M.D." and "K.C." are letters, "Esq." is none
    let honours = |w: &Word| {
        let letters = &text[w.span.start..w.span.end];
        w.is(Classes::HONOUR) && letters.contains(char::is_lowercase)
    };
    let (own, behind) = block.split_at(name.words.1);
    let is_placed = behind.first().is_some_and(|w| w.gap.comma)
        && (is_town(text, behind) || behind.iter().any(|w| w.is(Classes::BODY) && w.capital))
        && !behind.iter().any(|w| w.is(Classes::ROLE));
    // "Commissioner Lowe, Hull."; of two who sign, each has his office
    let mut signer = signature.iter().take_while(|w| w.gap.lines <= 1);
    let alone = signer.all(|w| !w.is(Classes::ROLE) || w.is_letter());
    let held = name.role.is_some() && name.full == 1 && !own.iter().any(Word::is_letter);
    let letters = |w: &Word| w.is_letter() && w.capital;
    let is_titled = (behind.iter().all(letters) || is_placed)
        && (name.title.is_some() || held && (is_placed || alone))
        && more.is_empty();
    // "Mgr Morin, évêque de Montréal."
    let is_courteous = more.is_empty()
        && label_length(Label::Courtesy, block).is_some()
        && behind.first().is_none_or(|w| w.gap.comma);
    // "Ezra Cole Esq. Clerk of the Council"
    let has_office = || {
        label_length(Label::Esquire, behind).is_some() && behind.iter().any(|w| w.is(Classes::ROLE))
    };
    let is_honoured = own.len() > 1
        && behind.first().is_some_and(honours)
        && (behind.iter().all(|w| honours(w) || letters(w)) || has_office());
    // "Ezra Cole, Governor of Maine", below one who says no office of his
    let rules = more.is_empty() && alone && own.len() > 1 && is_head_of_land(behind);
    (is_titled || is_courteous || is_honoured || rules)
        && begins(signature).is_some_and(|n| n.title.is_none())
}

/// Whether the words behind a name are the office of one who is at the head of a land: ", Governor of
/// Maine".
fn is_head_of_land(behind: &[Word]) -> bool {
    let Some(length) = label_length(Label::Head, behind) else { return false };
    let land = |w: &Word| w.is(Classes::STATE.or(Classes::COUNTRY)) && w.capital;
    let of = |w: &Word| w.is(Classes::GENITIVE) && !w.capital;
    behind[0].gap.comma
        && behind[0].capital
        && behind.get(length).is_some_and(of)
        && behind[length..].iter().any(land)
}

/// Whether the block begins with "To", says to which body it goes and is no sentence: "Au Ministère des
/// Affaires étrangères, / à Vienne."
fn is_led_body(text: &str, block: &[Word]) -> bool {
    /// The longest such block in words, …
    const WORDS: usize = 14;
    /// … and how many of them may be adjectives: "étrangères".
    const ADJECTIVES: usize = 2;
    let [first, next, ..] = block else { return false };
    let small = Classes::LINK.or(Classes::TO).or(Classes::AT).or(Classes::PARTICLE);
    let article = next.is(Classes::LINK) && !next.capital && next.gap.lines == 0;
    let leads = first.is(Classes::HEAD_TO) || label_length(Label::Led, block).is_some();
    let is_led = leads
        && first.capital
        && !first.is(Classes::FOR)
        && (article || !first.is_letter())
        && !first.phrase.any(Classes::BEHALF.or(Classes::FORMULA));
    is_led
        && block.len() <= WORDS
        && block.iter().filter(|w| !w.capital && !w.number && !w.is(small)).count() <= ADJECTIVES
        && matches!(pieces(text, block, Block::Address).first(), Some(Piece::Body(_)))
}

/// Whether the block addresses somebody: an office with its article, a title before an office or a
/// rank.
pub(super) fn is_addressed(text: &str, block: &[Word]) -> bool {
    let led = usize::from(block[0].is(Classes::TO) && block[0].capital && !block[0].is_letter());
    let block = &block[led..];
    let Some(first) = block.first().filter(|w| w.capital) else { return false };
    // "The President" may be a phrase of the tables
    let article = first.is(Classes::LINK) && (first.length == 1 || first.phrase.any(Classes::ROLE));
    let titles = block[usize::from(article)..].iter().take_while(|w| {
        // "The Rev. / The Dean of Wells"
        let article = w.is(Classes::LINK) && (!w.capital || w.gap.lines == 1);
        w.is(Classes::TITLE.or(Classes::HONOUR)) || article
    });
    let begins = usize::from(article) + titles.count();
    let is_office = |w: &&Word| w.is(Classes::ROLE.or(Classes::NOBLE));
    let next = block.get(begins).filter(|w| w.gap.lines <= 1 && w.capital);
    // "The President": the office is a title as well
    let titled = || {
        block[usize::from(article)..begins].iter().rfind(|w| article && w.capital && is_office(w))
    };
    let Some(office) = next.filter(is_office).or_else(titled) else { return false };
    let is_led = article || begins > 0 || led > 0;
    // a sentence has small words of its own: "The Secretary says"
    let small =
        Classes::LINK.or(Classes::AT).or(Classes::TO).or(Classes::PARTICLE).or(Classes::FOR);
    let is_sentence = block
        .iter()
        .any(|w| !w.capital && !w.number && !w.is(small.or(Classes::ROLE).or(Classes::BODY)));
    // "Mr. Secretary Orme" may sign; "Monsieur le Préfet" does not
    is_led
        && !is_sentence
        && !pieces(text, block, Block::Address).iter().any(
            |p| matches!(p, Piece::Person(name) if name.title.is_none() && !office.is(Classes::NOBLE)),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks that are told apart in a signature after `Body.`.
    fn check(language: &str, signature: &str, expected: &[(ZoneLabel, &str)]) {
        let letter = format!("Body.\n{signature}");
        let text = Text::new(&letter);
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
        let zones = [zone(ZoneLabel::Body, 0, 5), zone(ZoneLabel::Signature, 6, letter.len())];
        let markup = marks(&text, &zones, Some(language));
        let found: Vec<_> =
            markup.zones.iter().map(|z| (z.label, &letter[z.span.start..z.span.end])).collect();
        assert_eq!(found, expected, "{signature}");
    }

    #[test]
    fn a_line_that_says_where_and_when_the_letter_was_given_signs_nothing() {
        let given = "Dabam Lugduni, Idibus Maiis MDCCXX.";
        check("la", given, &[(ZoneLabel::Dateline, given)]);
        check("la", "Raptim\nPetrus Vandalius", &[]);
    }

    #[test]
    fn a_sentence_that_ends_the_letter_signs_nothing() {
        let last = "Der Garten steht noch voll Schnee.";
        check("de", last, &[(ZoneLabel::Body, last)]);
        check("de", "Dein getreuer Vetter Schnee.", &[]);
        check("de", "Ihr sehr ergebener Karl Schnee.", &[]);
        check("de", "Deine dich ewig liebende Anna.", &[]);
        check("en", "Your affectionate brother Snow.", &[]);
    }

    #[test]
    fn a_name_with_its_title_or_esquire_below_the_signer_reads() {
        use ZoneLabel::Address;
        check("en", "A. Lowe\n\nGenl. Cole.", &[(Address, "Genl. Cole.")]);
        check("en", "A. Lowe\n\nEzra Cole, Esq.", &[(Address, "Ezra Cole, Esq.")]);
        // a doctor may sign beside others, and so may whoever signs below a colonel
        check("en", "A. Lowe\n\nEzra Cole, M.D.", &[]);
        check("en", "Col. A. Lowe\n\nGenl. Cole.", &[]);
        check("en", "A. Lowe\n\nEzra Cole", &[]);
    }

    #[test]
    fn letters_behind_a_title_or_esquire_leave_the_block_to_the_reader() {
        use ZoneLabel::Address;
        for reader in [
            "Prof. E. Cole, F.R.S.",
            "E. Cole, Esq., C.I.E., I.C.S.",
            "E. Cole, Esq., C.I.E.,\nSecretary to the Board of Works.",
        ] {
            check("en", &format!("A. Lowe\n\n{reader}"), &[(Address, reader)]);
        }
        check("en", "A. Lowe\n\nEzra Cole, F.R.S.,\nSecretary", &[]);
    }

    #[test]
    fn copies_and_the_marks_of_a_typist_are_nobodys() {
        use ZoneLabel::Other;
        check("en", "A. B. Lowe\nABL/ec", &[(Other, "ABL/ec")]);
        check("en", "A. B. Lowe\n\nA.B.L./E.C.", &[(Other, "A.B.L./E.C.")]);
        check("en", "A. Lowe\nc.c. Major Pym", &[(Other, "c.c. Major Pym")]);
        let copy = "Durchschrift an:\n\nHerrn Dr. Lang";
        check("de", &format!("A. Weber\n\n{copy}"), &[(Other, copy)]);
        check("en", "Jean-Paul", &[]);
        check("en", "A. Lowe\nC. C. Hale", &[]);
    }

    #[test]
    fn an_office_with_its_article_below_a_finished_signature_reads() {
        use ZoneLabel::Address;
        let reader = "The Town Clerk,\nHull.";
        check("en", &format!("PETER LOWE.\n{reader}"), &[(Address, reader)]);
        check("en", "Peter Lowe,\nTown Clerk,\nHull.", &[]);
    }

    #[test]
    fn a_courteous_title_above_a_bare_name_reads() {
        use ZoneLabel::{Address, Signature};
        for reader in ["Exmo. Señor Don Juan Gil.", "Sr. Don Juan Gil."] {
            let both = format!("{reader}\n\nPedro Soto.");
            check("es", &both, &[(Address, reader), (Signature, "Pedro Soto.")]);
        }
        check("es", "Dr. Juan Gil.\n\nPedro Soto.", &[]);
    }

    #[test]
    fn an_office_with_its_holder_below_the_signer_reads() {
        use ZoneLabel::Address;
        for reader in [
            "Commissioner Proby, Chatham.",
            "Governor Denny.",
            "Secretary Orme, Admiralty Office.",
            "Superintendent Wade.",
        ] {
            check("en", &format!("A. Lowe\n\n{reader}"), &[(Address, reader)]);
        }
        // of two who sign, each has his office
        check("de", "A. Weber, Ratschreiber.\n\nBürgermeister Lang", &[]);
        check("en", "A. Lowe\n\nPeter Wade, Clerk.", &[]);
    }

    /// What is told of parts with these labels, which stand apart by a blank line.
    fn told(parts: &[(ZoneLabel, &str)]) -> Vec<(ZoneLabel, String)> {
        let page: Vec<&str> = parts.iter().map(|(_, part)| *part).collect();
        let page = page.join("\n\n");
        let mut at = 0;
        let zone = |&(label, part): &(ZoneLabel, &str)| {
            let span = Span::new(at, at + part.len());
            at = span.end + 2;
            Zone { label, span, confidence: 0.9 }
        };
        let zones: Vec<Zone> = parts.iter().map(zone).collect();
        let markup = marks(&Text::new(&page), &zones, Some("en"));
        markup.zones.iter().map(|z| (z.label, page[z.span.start..z.span.end].to_owned())).collect()
    }

    #[test]
    fn what_stands_at_the_foot_is_told_by_its_first_words() {
        use ZoneLabel::{Address, Body, Close, Enclosure, Other, Signature};
        let (body, close) = ((Body, "All is well."), (Close, "Yours truly,"));
        for (label, block, expected) in [
            (Address, "for Harker & Co.\nH. Bell", Some(Signature)),
            (Address, "Harker & Co.\nLeeds", None),
            (Address, "For Mr. Bell", None),
        ] {
            let found = told(&[body, close, (label, block)]);
            assert_eq!(found.first().map(|z| z.0), expected, "{block}");
        }
        let signed = (Signature, "A. Lowe");
        for (label, block, expected) in [
            (Enclosure, "P. J. Bell, Mayor.", Some(Signature)),
            (Enclosure, "Encl. 2", None),
            (Address, "A true copy.\nHenry Lane, Clerk.", Some(Other)),
            (Address, "Enclosures:\na chart", Some(Enclosure)),
            (Address, "All'Illustrissimo\nSignor Bell", None),
        ] {
            let found = told(&[body, close, signed, (label, block)]);
            assert_eq!(found.first().map(|z| z.0), expected, "{block}");
        }
    }

    #[test]
    fn a_leave_that_is_cut_short_closes_the_text() {
        use ZoneLabel::{Body, Close, Signature};
        let found = |text: &str| told(&[(Body, text), (Signature, "A. Lowe")]);
        for leave in ["I have [etc.]", "I am, &c.", "I have the honor, etc."] {
            let expected = [(Close, leave.to_owned())];
            assert_eq!(found(&format!("All is well.\n\n{leave}")), expected, "{leave}");
        }
        assert!(
            found("All is well.\n\nI have bread, salt, wool, oats, hay and wine, etc.").is_empty()
        );
        assert!(found("All is well.\n\nBread, salt, etc.").is_empty());
        assert!(found("I am, &c.").is_empty());
    }

    #[test]
    fn numbered_papers_at_the_foot_are_enclosed() {
        use ZoneLabel::{Address, Body, Enclosure, Postscript, Signature};
        let list = "1. The Mayor to Mr. Hale.\n2. Mr. Hale to the Mayor.";
        let (body, signed) = ((Body, "All is well."), (Signature, "A. Lowe"));
        let expected = vec![(Enclosure, list.to_owned())];
        assert_eq!(told(&[body, signed, (Address, list)]), expected);
        let reader = format!("The Earl of Orme.\n\n{list}");
        assert_eq!(told(&[body, signed, (Address, &reader)]), expected);
        let (first, second) = list.split_once('\n').expect("two lines");
        let parted = [body, signed, (Postscript, first), (Address, second)];
        assert_eq!(told(&parted), [(Enclosure, list.replace('\n', "\n\n"))]);
        // in a postscript the writer speaks
        assert!(told(&[body, signed, (Postscript, list)]).is_empty());
    }

    #[test]
    fn an_office_below_the_name_is_whom_the_letter_goes_to() {
        use ZoneLabel::{Address, Enclosure};
        check(
            "en",
            "A. Lowe.\n\nThe Secretary to the Board.",
            &[(Address, "The Secretary to the Board.")],
        );
        check(
            "en",
            "A. Lowe.\n\nThe Right Hon. the Earl of Ashby.\n\nEncs. 2",
            &[(Address, "The Right Hon. the Earl of Ashby."), (Enclosure, "Encs. 2")],
        );
        check("fr", "Garnier\n\nMonsieur le Préfet", &[(Address, "Monsieur le Préfet")]);
        for reader in ["The President.", "The Governor of Madras.", "The Rev.\nThe Dean of Wells."]
        {
            check("en", &format!("A. Lowe,\nClerk.\n\n{reader}"), &[(Address, reader)]);
        }
        let reader = "Integerrimo iureconsulto D. Martino Velio.";
        check("la", &format!("Petrus Gallus.\n\n{reader}"), &[(Address, reader)]);
        check("de", "Weber\n\n2 Anlagen", &[(Enclosure, "2 Anlagen")]);
    }

    #[test]
    fn whom_it_goes_to_stands_behind_a_dash_or_in_one_address_with_the_signer() {
        use ZoneLabel::{Address, Signature};
        let (signer, reader) = ("El Alcalde, Juan Gil.", "Sr. Gobernador de Lugo.");
        check("es", &format!("{signer}—{reader}"), &[(Signature, signer), (Address, reader)]);
        check("es", "Juan Gil, alcalde.—Pedro Ruiz, regidor.", &[]);
        let letter = "Body.\nJuan Gil\n\nExcmo. Sr. Virrey D. Luis Moro.";
        let text = Text::new(letter);
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
        let zones = [zone(ZoneLabel::Body, 0, 5), zone(Address, 6, letter.len())];
        let found: Vec<_> =
            marks(&text, &zones, Some("es")).zones.iter().map(|z| z.label).collect();
        assert_eq!(found, [Signature, Address]);
    }

    #[test]
    fn a_block_above_the_salutation_that_names_whom_it_greets_is_an_address() {
        let letter = "4 May 1901\nDr. Ellen Moss\nCurator of Shells\nDear Dr. Moss:\nBody.";
        let text = Text::new(letter);
        let zone = |label, words: &str| {
            let start = letter.find(words).expect("the words are in the letter");
            Zone { label, span: Span::new(start, start + words.len()), confidence: 0.9 }
        };
        let head = "Dr. Ellen Moss\nCurator of Shells";
        let found = |greeting| {
            let zones = [
                zone(ZoneLabel::Dateline, "4 May 1901"),
                zone(ZoneLabel::Letterhead, head),
                zone(ZoneLabel::Salutation, greeting),
            ];
            marks(&text, &zones, Some("en")).zones.first().map(|z| (z.label, z.span.len()))
        };
        assert_eq!(found("Dear Dr. Moss:"), Some((ZoneLabel::Address, head.len())));
        assert_eq!(found("Body."), None);
        // her name alone was taken for print
        let zones = [
            zone(ZoneLabel::Dateline, "4 May 1901"),
            zone(ZoneLabel::Letterhead, "Dr. Ellen Moss"),
            zone(ZoneLabel::Address, "Curator of Shells"),
            zone(ZoneLabel::Salutation, "Dear Dr. Moss:"),
        ];
        let markup = marks(&text, &zones, Some("en"));
        assert_eq!(markup.zones.first().map(|z| z.span.len()), Some(head.len()));
    }

    #[test]
    fn a_block_between_date_and_text_that_ends_in_a_town_is_an_address() {
        let found = |language, body: &str| {
            let letter = format!("4 May 1901\n\n{body}");
            let text = Text::new(&letter);
            let zone =
                |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
            let zones = [zone(ZoneLabel::Dateline, 0, 10), zone(ZoneLabel::Body, 12, letter.len())];
            let markup = marks(&text, &zones, Some(language));
            let quote = |z: &Zone| letter[z.span.start..z.span.end].to_owned();
            markup.zones.first().map(quote)
        };
        let text = "\n\nYour order of the 2nd has our best attention.";
        for (language, block) in [
            ("de", "Firma Gebr. Weber & Sohn\nEisenhandlung\nErfurt"),
            ("de", "Herrn Karl Weber\nErfurt"),
            ("en", "Messrs. Lowe & Orme,\n12 High Street,\nLeeds"),
            ("fr", "Monsieur Paul Garnier\nNégociant\nLyon"),
        ] {
            let body = format!("{block}{text}");
            assert_eq!(found(language, &body).as_deref(), Some(block), "{language}");
        }
        // one line that is led and names somebody
        for (language, block) in [
            ("de", "An den Minister von Stein."),
            ("de", "An die Redaktion der Hessischen Zeitung."),
            ("de", "An das Ministerium der geistlichen, Schul- und Medizinal-Sachen in Kassel."),
            ("en", "To the Secretary of State."),
        ] {
            let body = format!("{block}{text}");
            assert_eq!(found(language, &body).as_deref(), Some(block), "{language}");
        }
        // and one that says who writes to whom
        let heading = "Le général Morin au général en chef Delorme.";
        assert_eq!(found("fr", &format!("{heading}{text}")).as_deref(), Some(heading));
        let sentence = "Le général Morin a écrit au général en chef Delorme.";
        assert_eq!(found("fr", &format!("{sentence}{text}")), None);
        for line in ["An den Ufern der Elbe.", "An dem Minister lag es nicht.", "An Weber."] {
            assert_eq!(found("de", &format!("{line}{text}")), None, "{line}");
        }
        // no town, no name, no text below, a line of prose
        assert_eq!(found("en", &format!("Messrs. Lowe & Orme\nMerchants{text}")), None);
        assert_eq!(found("en", &format!("The rain has come\nto Leeds{text}")), None);
        assert_eq!(found("en", "Messrs. Lowe & Orme\nLeeds"), None);
        let prose =
            "Mr. Lowe came yesterday with all his family, and they stayed the night at\nLeeds";
        assert_eq!(found("en", &format!("{prose}{text}")), None);
    }

    #[test]
    fn a_bare_name_with_its_office_below_a_close_signs() {
        use ZoneLabel::{Address, Close, Enclosure, Signature};
        let letter = "Yours faithfully,\n\nAnn Lowe\nClerk to the Trustees.\n\nEncl.: a chart";
        let text = Text::new(letter);
        let zone = |label, words: &str| {
            let start = letter.find(words).expect("the words are in the letter");
            Zone { label, span: Span::new(start, start + words.len()), confidence: 0.9 }
        };
        let found = |zones: &[Zone]| -> Vec<(ZoneLabel, String)> {
            let markup = marks(&text, zones, Some("en"));
            let quote = |z: &Zone| (z.label, letter[z.span.start..z.span.end].to_owned());
            markup.zones.iter().map(quote).collect()
        };
        let close = zone(Close, "Yours faithfully,");
        let signed = "Ann Lowe\nClerk to the Trustees.";
        assert_eq!(
            found(&[close, zone(Address, &letter[19..])]),
            [(Signature, signed.to_owned()), (Enclosure, "Encl.: a chart".to_owned())]
        );
        let office = "Clerk to the Trustees.";
        assert_eq!(
            found(&[close, zone(Signature, "Ann Lowe"), zone(Address, office)]),
            [(Signature, office.to_owned())]
        );
        // an addressee has a title
        let letter = "Yours,\n\nMr. John Orme\nClerk to the Trustees.";
        let text = Text::new(letter);
        let zones = [
            Zone { label: Close, span: Span::new(0, 6), confidence: 0.9 },
            Zone { label: Address, span: Span::new(8, letter.len()), confidence: 0.9 },
        ];
        assert!(marks(&text, &zones, Some("en")).zones.is_empty());
    }

    #[test]
    fn the_label_of_the_outside_stands_before_whom_it_is_for() {
        use ZoneLabel::{Address, Other};
        let reader = "An den Herrn Rat Lang\nin Gotha.";
        let both = format!("A. Weber\n\n[Adresse:] {reader}");
        check("de", &both, &[(Other, "Adresse:]"), (Address, reader)]);
        // the writer lives there
        check("de", "A. Weber\n\nAdresse: Gotha, Markt 3", &[]);
    }

    #[test]
    fn a_caption_below_the_label_of_an_enclosure_names_its_sides() {
        use ZoneLabel::{Address, Body, Close, Enclosure, Signature};
        let parts = |caption| {
            told(&[
                (Body, "All is well."),
                (Signature, "A. Lowe"),
                (Enclosure, "[Inclosure in No. 5.]"),
                (Address, caption),
            ])
        };
        let caption = "Mr. Hale to Mr. Bell.";
        assert_eq!(parts(caption), [(Enclosure, caption.to_owned())]);
        assert!(parts("Mr. Hale, Leeds").iter().all(|z| z.0 != Enclosure));
        // the label may be the last line of another zone
        let below = |close| told(&[(Body, "All is well."), (Close, close), (Address, caption)]);
        let close = "Yours faithfully,\n[Inclosure in No. 5.]";
        assert_eq!(below(close), [(Enclosure, caption.to_owned())]);
        assert!(below("Inclosure in No. 5.\nYours faithfully,").is_empty());
    }

    #[test]
    fn a_paper_below_its_label_is_enclosed_with_its_day() {
        use ZoneLabel::{Body, Dateline, Enclosure, Signature};
        let (label, paper) = ("Enclosures.", "1. Report of the Surveyor, 4 May 1901.");
        let signed = [(Body, "All is well."), (Signature, "A. Lowe")];
        let found = told(&[signed[0], signed[1], (Enclosure, label), (Dateline, paper)]);
        assert_eq!(found, [(Enclosure, format!("{label}\n\n{paper}"))]);
        assert!(told(&[signed[0], signed[1], (Dateline, paper)]).is_empty());
    }

    #[test]
    fn a_title_of_courtesy_above_a_name_reads() {
        use ZoneLabel::Address;
        let reader = "The Right Honourable\nJohn Hale, M.P.";
        check("en", &format!("A. LOWE,\nGovernor.\n{reader}"), &[(Address, reader)]);
    }

    #[test]
    fn who_else_signs_is_no_addressee() {
        check("en", "A. Lowe,\nSecretary.\n\nB. Orme,\nTreasurer.", &[]);
        check("de", "Dr. Weber\n\nDr. Lang", &[]);
        check("en", "A. Lowe\n\nSecretary", &[]);
        check("en", "A. Lowe\n\nThe Secretary says that it rains.", &[]);
        check("en", "", &[]);
    }
}
