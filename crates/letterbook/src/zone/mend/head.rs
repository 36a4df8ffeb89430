//! The head of a letter: dateline, address and salutation against each other.

use super::super::page::Page;
use super::{Zone, is_open, join_equal};
use crate::record::ZoneLabel;
use crate::span::Span;

/// Lets a dateline that is not at its end have the year that fills the line below: "Lima, 3 de Enero /
/// de 1795."
pub(super) fn join_year(text: &str, zones: &mut Vec<Zone>) {
    for i in 1..zones.len() {
        let (day, next) = (zones[i - 1], zones[i]);
        let is_day = day.label == ZoneLabel::Dateline
            && is_open(text, day)
            && text[day.span.end..next.span.start].trim_matches([' ', '\r']) == "\n";
        let line = text[next.span.start..next.span.end].lines().next().unwrap_or("");
        if is_day && is_year_line(line) {
            let end = next.span.start + line.trim_end().len();
            zones[i - 1].span.end = end;
            zones[i].span = Span::new(end, next.span.end).trim(text);
        }
    }
    zones.retain(|zone| !zone.span.is_empty());
}

/// Whether the line is a year, alone or behind small words.
fn is_year_line(line: &str) -> bool {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let year = words.pop().unwrap_or("").trim_end_matches(['.', ',']);
    let is_small = |w: &&str| w.len() <= 3 && w.chars().all(char::is_lowercase);
    year.len() == 4
        && year.starts_with('1')
        && year.bytes().all(|b| b.is_ascii_digit())
        && words.len() <= 2
        && words.iter().all(is_small)
}

/// Lets a line of head or address that begins like a greeting be one, where a greeting or the text
/// follows it: "Hochlöblicher Hofkriegsrat p." above "Durchlauchtigster Fürst, …" greets a body.
pub(super) fn join_greeting(page: &Page, text: &str, zones: &mut Vec<Zone>) {
    for i in 1..zones.len() {
        let (line, next) = (zones[i - 1], zones[i].label);
        let leads = matches!(line.label, ZoneLabel::Letterhead | ZoneLabel::Address)
            && matches!(next, ZoneLabel::Salutation | ZoneLabel::Body);
        if leads
            && page.greets_at(line.span.start)
            && !text[line.span.start..line.span.end].contains('\n')
        {
            zones[i - 1].label = ZoneLabel::Salutation;
        }
    }
    join_equal(zones);
}

/// Lets initials before the first sentence on their line greet: "L. R. Wenn Du …", "V. F.! Ich …". Nobody
/// sets an address there.
pub(super) fn greet_initials(text: &str, zones: &mut [Zone]) {
    let is_initials = |said: &str| {
        let mut words = said.trim_end_matches('!').split_whitespace();
        let initial = |w: &str| w.strip_suffix('.').is_some_and(|w| w.chars().count() == 1);
        words.clone().count() <= 2 && words.all(|w| initial(w) && w.starts_with(char::is_uppercase))
    };
    for i in 1..zones.len() {
        let (line, body) = (zones[i - 1], zones[i]);
        if (line.label, body.label) == (ZoneLabel::Address, ZoneLabel::Body)
            && !text[line.span.end..body.span.start].contains('\n')
            && is_initials(&text[line.span.start..line.span.end])
        {
            zones[i - 1].label = ZoneLabel::Salutation;
        }
    }
}

/// Lets a wide gap in their line part a salutation from the dateline beside it: "Dear Sir      New
/// York, 3 June".
pub(super) fn part_columns(text: &str, zones: &mut [Zone]) {
    const GAPS: [&str; 2] = ["\t", "   "];
    for i in 1..zones.len() {
        let (greeting, dateline) = (zones[i - 1].span, zones[i].span);
        let labels = (zones[i - 1].label, zones[i].label);
        let line = &text[greeting.start..dateline.start];
        if labels != (ZoneLabel::Salutation, ZoneLabel::Dateline) || line.contains('\n') {
            continue;
        }
        let said = &text[greeting.start..greeting.end];
        let Some(gap) = GAPS.iter().filter_map(|gap| said.find(gap)).min() else { continue };
        let place = said[gap..].trim_start();
        zones[i - 1].span.end = greeting.start + gap;
        zones[i].span.start = greeting.end - place.len();
    }
}

/// Lets the body have the first words of its first sentence where whoever reads is named within it:
/// "Your letter, my dear Sir, of the 3rd came" greets nobody.
pub(super) fn join_sentence(page: &Page, text: &str, zones: &mut Vec<Zone>) {
    for i in 1..zones.len() {
        let (said, body) = (zones[i - 1], zones[i]);
        let goes_on = !text[said.span.end..body.span.start].contains('\n')
            && text[body.span.start..].starts_with(char::is_lowercase);
        if (said.label, body.label) == (ZoneLabel::Salutation, ZoneLabel::Body)
            && goes_on
            && page.tells_at(said.span.start)
        {
            zones[i - 1].label = ZoneLabel::Body;
        }
    }
    join_equal(zones);
}

/// Lets a note of receipt have all of its bracket: the point in the hour of "(Received 2.40 a.m., 19th
/// November.)" ends nothing, and the day is not the letter's.
pub(super) fn join_receipt(page: &Page, text: &str, zones: &mut Vec<Zone>) {
    for i in 0..zones.len() {
        let day = zones[i];
        let note = match i.checked_sub(1).map(|before| zones[before]) {
            Some(before) if before.label == ZoneLabel::NoteOfReceipt => before.span.cover(day.span),
            _ => day.span,
        };
        let said = &text[note.start..note.end];
        let inner = said.strip_prefix(['(', '[']).and_then(|said| said.strip_suffix([')', ']']));
        let is_one = inner.is_some_and(|inner| !inner.contains(['\n', '(', ')', '[', ']']));
        if day.label == ZoneLabel::Dateline && is_one && page.receives_at(note.start) {
            zones[i].label = ZoneLabel::NoteOfReceipt;
        }
    }
    join_equal(zones);
}

/// Lets a letter without a dateline have the day as one that its text begins with: "18th November. The
/// strike is over."
pub(super) fn part_day(page: &Page, text: &str, zones: &mut Vec<Zone>) {
    if zones.iter().any(|z| z.label == ZoneLabel::Dateline) {
        return;
    }
    // the heading above may be body too
    let begins = |(at, z): (usize, &Zone)| {
        let end = page.day_at(z.span.start).filter(|&end| end < z.span.end);
        end.filter(|_| z.label == ZoneLabel::Body).map(|end| (at, end))
    };
    let Some((at, end)) = zones.iter().enumerate().find_map(begins) else { return };
    let body = zones[at].span;
    zones[at].span = Span::new(end, body.end).trim(text);
    let span = Span::new(body.start, end);
    zones.insert(at, Zone { label: ZoneLabel::Dateline, span, ..zones[at] });
}
