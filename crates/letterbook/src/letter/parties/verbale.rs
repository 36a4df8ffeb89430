//! A note in the third person, which names both sides in its first sentence: "The Embassy of Liberia
//! presents its compliments to the Department of State and has the honour …", or its writer alone: "Prince
//! Orlo, Minister of War, herewith makes a communication."
//!
//! What stands behind the writer is in `tables/labels.tsv`. Such a note is not signed, or with initials;
//! at its foot stands the reader once more, if anybody.

use super::heading::heading_writer;
use super::recipients::read_address;
use super::{Draft, clip};
use crate::mention::fold;
use crate::mention::label::{Label, label_length};
use crate::mention::lexicon::Classes;
use crate::mention::name::name_at;
use crate::mention::stretch::{SplitText, Word};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::zone::Zone;

/// Who writes stands in so many bytes of the body, …
const OPENING: usize = 320;
/// … and its first word in these.
const FIRST: usize = 24;

/// Both sides of a note, as its first sentence names them; of the reader it may say nothing.
#[derive(Debug)]
pub(super) struct Note {
    writer: Draft,
    reader: Draft,
}

/// Reads the first sentence of the body, if it is that of a note in the third person.
pub(super) fn read_note(
    text: &SplitText<'_>,
    zones: &[Zone],
    language: Option<&str>,
) -> Option<Note> {
    let body = first_sentence(text, zones)?;
    let opens = |w: &Word| w.is(Classes::LINK.or(Classes::TITLE).or(Classes::NOBLE)) && w.capital;
    let head = text.words(clip(text, body, FIRST), language);
    // "I have the honour" is most letters' first sentence
    head.get(1).filter(|w| w.capital && opens(&head[0]))?;
    let words = text.words(clip(text, body, OPENING), language);
    let ends = |w: &Word| w.gap.stop && w.gap.lines > 0 || w.gap.colon || w.gap.call;
    let sentence = (1..words.len()).find(|&i| ends(&words[i])).unwrap_or(words.len());
    let behind = |label, i: usize| Some((i, label, label_length(label, &words[i..])?));
    let says = |i| behind(Label::Compliments, i).or_else(|| behind(Label::Announces, i));
    let (at, label, length) = (1..sentence).find_map(says)?;
    let office = Classes::ROLE.or(Classes::BODY).or(Classes::NOBLE);
    let writes = &words[usize::from(words[0].is(Classes::LINK))..at];
    let titled = || name_at(writes, 0).is_some_and(|n| n.title.is_some() && n.full > 0);
    if !writes.iter().any(|w| w.is(office) && w.capital) && !titled() {
        return None;
    }
    let writer = heading_writer(text, writes);
    if label == Label::Announces {
        return Some(Note { writer, reader: Draft::default() });
    }
    let reads = words.get(at + length..sentence)?;
    // "the Department and has the honour", "Mr. Orme, and begs"
    let goes_on = |i: usize| {
        let next = reads.get(i + 1);
        reads[i].is(Classes::AND)
            && !reads[i].capital
            && next.is_some_and(|w| !w.capital && (!w.is(Classes::LINK) || w.is(Classes::AND)))
    };
    let ends = |&i: &usize| reads[i].gap.comma || reads[i].gap.stop && i > 1 || goes_on(i);
    let end = (1..reads.len()).find(ends).unwrap_or(reads.len());
    let mut readers = Vec::new();
    read_address(text, &reads[..end], &mut readers);
    let reader = readers.into_iter().next()?;
    Some(Note { writer, reader })
}

/// Where the letter's first sentence stands: the body, and what of it was read as a salutation.
fn first_sentence(text: &SplitText<'_>, zones: &[Zone]) -> Option<Span> {
    let at = zones.iter().position(|z| z.label == ZoneLabel::Body)?;
    let body = zones[at].span;
    let above = at.checked_sub(1).map(|above| zones[above]);
    let begun = above.filter(|above| {
        above.label == ZoneLabel::Salutation
            && !text.slice(Span::new(above.span.end, body.start)).contains('\n')
    });
    Some(begun.map_or(body, |begun| begun.span.cover(body)))
}

/// Gives the sides that nothing else names those of the note; what signs as the reader is the reader's
/// line at the foot.
pub(super) fn join_note(
    text: &SplitText<'_>,
    note: Note,
    senders: &mut Vec<Draft>,
    recipients: &mut Vec<Draft>,
) {
    let is_reader = |found: Option<(Span, &str)>| {
        let named = [note.reader.name, note.reader.role, note.reader.body];
        let said = found.map(|(span, _)| fold(text.slice(span)));
        let same = |(span, _): (Span, _)| {
            said.as_ref().is_some_and(|s| s.contains(&fold(text.slice(span))))
        };
        named.into_iter().flatten().any(same)
    };
    senders.retain(|s| !is_reader(s.body) && !is_reader(s.role));
    // "Prince Orlo, …" opens the note as a salutation would
    let is_writer = |found: Option<(Span, &str)>| {
        let whole = |(name, _): (Span, _)| name.cover(found.map_or(name, |(span, _)| span));
        let joined = |name| !text.slice(whole(name)).contains([',', '\n']);
        found.is_some() && note.writer.name.is_some_and(joined)
    };
    recipients.retain(|r| !is_writer(r.name));
    for reader in recipients.iter_mut() {
        reader.form = reader.form.filter(|_| !is_writer(reader.form));
    }
    match senders.as_mut_slice() {
        [] => senders.push(note.writer),
        [one] => {
            one.name = one.name.or(note.writer.name);
            one.role = one.role.or(note.writer.role);
            one.body = one.body.or(note.writer.body);
        }
        _ => {}
    }
    if !note.reader.is_empty()
        && recipients.iter().all(|r| r.name.is_none() && r.role.is_none() && r.body.is_none())
    {
        recipients.truncate(1);
        match recipients.first_mut() {
            Some(first) => {
                let form = first.form.or(note.reader.form);
                *first = Draft { form, ..note.reader };
            }
            None => recipients.push(note.reader),
        }
    }
}
