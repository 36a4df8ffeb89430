//! The letter joined: from zones to one reading.
//!
//! Chooses among what the readers of `mention` found in each zone, lets letterhead, signature,
//! address, salutation and body agree on one sender and one recipient, and gives the letter its
//! place and date. Invents nothing: a value has characters that show it or is absent.

pub(crate) mod blocks;
mod body;
mod columns;
pub mod content;
mod date;
pub(crate) mod head;
mod mend;
mod mentions;
mod parties;
mod sure;
mod tense;
#[cfg(test)]
mod tests;

use self::head::line_of;
use crate::mention::block::town_in;
use crate::mention::contact::fold_space;
use crate::mention::dateline::{Dateline, PlaceKind, read_dateline};
use crate::mention::label::own_address;
use crate::mention::lexicon::Classes;
use crate::mention::stretch::{SplitText, Word, words};
use crate::options::Options;
use crate::record::{Letter, Reading, Zone as ZoneRecord, ZoneLabel};
use crate::span::Span;
use crate::text::Text;
use crate::zone::{Zone, of};

/// Joins what stands in `zones` into one letter.
///
/// `zones` are sorted and do not overlap; `language` is that of the letter, where it is known.
/// `id`, `language` and `findings` of the record are left to the caller.
pub fn join(text: &Text<'_>, zones: &[Zone], language: Option<&str>, options: &Options) -> Letter {
    let mut letter = Letter::default();
    read_sides(text, zones, language, options, &mut letter);
    read_content(text, zones, language, &mut letter);
    letter
}

/// The first half of [`join`]: who writes to whom, when and from where.
pub(crate) fn read_sides(
    text: &Text<'_>,
    zones: &[Zone],
    language: Option<&str>,
    options: &Options,
    letter: &mut Letter,
) {
    let text = &SplitText::new(text);
    let dates = date::find(text, zones, language, options);
    let datelines: Vec<(Dateline, Zone)> = of(zones, ZoneLabel::Dateline)
        .take(12)
        .map(|zone| {
            let words = text.words(zone.span, language);
            let is_dated = dates.spans.iter().any(|date| zone.span.overlaps(*date));
            let mut found = read_dateline(text.as_str(), &words, &dates.spans);
            if !is_dated && is_below(zones, zone) && says_other_than_place(&words) {
                found.place = found.place.filter(|(_, kind)| *kind > PlaceKind::Unknown);
            }
            (found, zone)
        })
        .collect();
    let only: Vec<Dateline> = datelines.iter().map(|(d, _)| d.clone()).collect();
    let written_at = own_datelines(text, zones, &datelines);
    let mut sides = parties::read_sides(text, zones, language, &only, &dates.days());
    parties::spell_out(text, &mut sides.senders, zones, language);
    letter.senders = sides.senders;
    letter.recipients = sides.recipients;
    letter.place = place(text, zones, &written_at, sides.town, language);
    letter.date = dates.choose(text, zones);
    let zone = |z: &Zone| ZoneRecord {
        label: z.label,
        start: text.code_point(z.span.start),
        end: text.code_point(z.span.end),
        confidence: z.confidence,
    };
    letter.zones = zones.iter().map(zone).collect();
}

/// The second half of [`join`]: what it says, by the sides and the day that the first half read.
pub(crate) fn read_content(
    text: &Text<'_>,
    zones: &[Zone],
    language: Option<&str>,
    letter: &mut Letter,
) {
    let Letter { date, senders, recipients, .. } = letter;
    let said = content::read_content(text, zones, language, date.as_ref(), senders, recipients);
    letter.mentions = said.mentions;
    letter.occasions = said.occasions;
    letter.acts = said.acts;
    letter.references = said.references;
    letter.enclosures = said.enclosures;
}

/// The first bytes of `span`, `most` at most.
fn clip(text: &Text<'_>, span: Span, most: usize) -> Span {
    let end = text.as_str().floor_char_boundary(span.end.min(span.start + most));
    Span::new(span.start, end)
}

/// Whether the zone stands below the text of the letter.
fn is_below(zones: &[Zone], zone: Zone) -> bool {
    of(zones, ZoneLabel::Body).next().is_some_and(|body| zone.span.start > body.span.start)
}

/// Whether a line without a date names who signs, with his office, gives an address under its label or
/// counts something: "Huile de Provence, 1 F. 40."
fn says_other_than_place(words: &[Word]) -> bool {
    let behind_comma = |w: &Word| w.gap.comma && (w.number || w.is(Classes::ROLE));
    own_address(words) == Some(0) || words.iter().any(behind_comma)
}

/// The datelines without those in the midst of the text, where others say a place: "Im Winter
/// 1815–1816. bestand …" begins a sentence.
fn own_datelines(text: &Text<'_>, zones: &[Zone], datelines: &[(Dateline, Zone)]) -> Vec<Dateline> {
    let is_amid = |zone: &Zone| {
        let at = zones.partition_point(|z| z.span.start < zone.span.start);
        let is_body = |z: Option<&Zone>| z.is_some_and(|z| z.label == ZoneLabel::Body);
        let next = zones.get(at + 1);
        let goes_on = next.is_some_and(|next| {
            !text.slice(Span::new(zone.span.end, next.span.start)).contains('\n')
        });
        is_body(at.checked_sub(1).map(|before| &zones[before])) && is_body(next) && goes_on
    };
    let (amid, own): (Vec<_>, Vec<_>) = datelines.iter().partition(|(_, zone)| is_amid(zone));
    let said = if own.iter().any(|(d, _)| d.place.is_some()) { own } else { [own, amid].concat() };
    said.into_iter().map(|(d, _)| d.clone()).collect()
}

/// The place of writing: a dateline's town, else the letterhead's, else what the dateline has.
fn place(
    text: &Text<'_>,
    zones: &[Zone],
    datelines: &[Dateline],
    head: Option<Span>,
    language: Option<&str>,
) -> Option<Reading> {
    let of_kind = |least: PlaceKind| {
        datelines.iter().filter_map(|d| d.place).find(|(_, kind)| *kind >= least)
    };
    let (span, rule) = match (of_kind(PlaceKind::Unknown), head, of_kind(PlaceKind::House)) {
        (Some((span, PlaceKind::Town)), _, _) => (span, "dateline/town"),
        (Some((span, PlaceKind::Near)), _, _) => (span, "dateline/near-town"),
        (Some((span, _)), _, _) => (span, "dateline/unknown-place"),
        (None, Some(span), _) => (span, "letterhead/town"),
        (None, None, house) => match (town_above_date(text, zones, language), house) {
            (Some(span), _) => (span, "above-date/town"),
            (None, Some((span, _))) => (span, "dateline/house"),
            (None, None) => (datelines.iter().find_map(|d| d.body)?, "dateline/office"),
        },
    };
    Some(Reading {
        value: fold_space(text.slice(span)),
        evidence: vec![text.evidence(span)],
        confidence: sure::sure(rule) * sure::of_zone(zones, span),
        alternatives: Vec::new(),
        by: rule.into(),
    })
}

/// The known town that is all of the line right above a dateline, whatever zone that line is in:
/// "Your servant J. Brand / Belgrade / the 3rd of May".
fn town_above_date(text: &Text<'_>, zones: &[Zone], language: Option<&str>) -> Option<Span> {
    of(zones, ZoneLabel::Dateline).take(4).find_map(|zone| {
        let above = text.as_str()[..zone.span.start].trim_end_matches([' ', '\t']);
        let above = above.strip_suffix('\n')?;
        let line = line_of(above, above.len()).trim(above);
        let short = !line.is_empty() && line.len() < 80;
        let words = if short { words(text.as_str(), line, language) } else { Vec::new() };
        let all_of_it = words.iter().all(|w| !w.gap.comma && !w.gap.mark);
        town_in(text.as_str(), &words).filter(|_| all_of_it)
    })
}
