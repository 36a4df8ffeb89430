//! The labelled head of a mail or a memorandum, and the foot that a mail's separator sets apart.
//!
//! "From: …", "To: …", "Date: …" on lines of their own (RFC 5322 and the memoranda before it) are a
//! form that needs no guess: what stands behind the label of the date is a dateline, the rest of the
//! head is neither letterhead nor body. Below a line of two hyphens and a space (RFC 3676, 4.3)
//! stands the signature. Who the parties are is read in `parties`, by the lines that are told here.

use memchr::memchr2;

use crate::mention::lexicon::Classes;
use crate::mention::stretch::{Word, words};
use crate::record::ZoneLabel;
use crate::span::Span;
use crate::text::Text;
use crate::zone::{Markup, Zone};

/// A head begins in the first lines …
const LINES: usize = 8;
/// … and ends before so many lines.
const LONGEST: usize = 40;
/// The longest label in bytes.
const LABEL: usize = 24;
/// How sure a form is.
const SURE: f32 = 0.97;

/// What a label says of what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    From,
    To,
    Date,
    Subject,
    /// A label that the tables do not know: "X-Mailer".
    Other,
}

/// A line that begins with a label and a colon.
pub(super) struct Labelled {
    pub(super) kind: Kind,
    /// From the label to its colon.
    pub(super) label: Span,
    /// What stands behind, without white space at either end.
    pub(super) value: Span,
}

/// The zones that the form of a mail or memorandum shows; none for other letters.
pub(crate) fn marks(text: &Text<'_>, language: Option<&str>) -> Markup {
    let mut markup = Markup::default();
    let is_label =
        |line: &Span| labelled(text, *line, language).is_some_and(|l| l.kind != Kind::Other);
    let lines = text.lines();
    let Some(first) = lines.iter().take(LINES).position(is_label) else {
        return markup;
    };
    let mut head: Vec<(Kind, Span)> = Vec::new();
    let mut last = first;
    for (i, &line) in lines.iter().enumerate().skip(first).take(LONGEST) {
        match labelled(text, line, language) {
            Some(line) if i <= last + 2 => {
                head.push((line.kind, line.value));
                last = i;
            }
            Some(_) => break,
            None if line.is_empty() => {}
            // a long list of addressees goes on in an indented line
            None if i == last + 1 && is_indented(text, line) => {
                if let Some((_, value)) = head.last_mut() {
                    *value = value.cover(line);
                }
                last = i;
            }
            None => break,
        }
    }
    let has = |kind| head.iter().any(|h| h.0 == kind);
    let is_head = has(Kind::From) && (has(Kind::To) || has(Kind::Date) || has(Kind::Subject))
        || has(Kind::To) && has(Kind::Date) && has(Kind::Subject);
    if !is_head {
        return markup;
    }
    let mut push = |label: ZoneLabel, span: Span| {
        let span = span.trim(text.as_str());
        if !span.is_empty() {
            markup.zones.push(Zone { label, span, confidence: SURE });
        }
    };
    let end = lines[last].end;
    let mut at = lines[first].start;
    for &(kind, value) in &head {
        let is_date = kind == Kind::Date && text.slice(value).contains(|c: char| c.is_numeric());
        if is_date {
            push(ZoneLabel::Other, Span::new(at, value.start));
            push(ZoneLabel::Dateline, value);
            at = value.end;
        }
    }
    push(ZoneLabel::Other, Span::new(at, end));
    if let Some((separator, foot)) = foot(text, &lines[last + 1..]) {
        push(ZoneLabel::Other, separator);
        push(ZoneLabel::Signature, foot);
    }
    markup
}

/// The line that a byte stands in, without its end.
pub(super) fn line_of(page: &str, at: usize) -> Span {
    let start = page[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = page[at..].find('\n').map_or(page.len(), |n| at + n);
    Span::new(start, end)
}

/// Whether the words begin with the label of what a letter is about: "Re: …", "Betr.: …".
pub(super) fn is_subject_label(words: &[Word]) -> bool {
    words.first().is_some_and(|w| w.is(Classes::SUBJECT) && w.capital)
        && words.get(1).is_some_and(|w| w.gap.colon || w.gap.stop)
}

pub(super) fn is_indented(text: &Text<'_>, line: Span) -> bool {
    text.as_str()[..line.start].ends_with([' ', '\t'])
}

/// Whether the words may have a colon of either width, by the first byte of each; few lines have one.
pub(super) fn may_have_colon(words: &str) -> bool {
    /// Of "：", as of other wide marks.
    const WIDE: u8 = 0xEF;
    memchr2(b':', WIDE, words.as_bytes()).is_some()
}

/// The label of a line and what it says of what stands behind it, if the line has one.
pub(super) fn labelled(text: &Text<'_>, line: Span, language: Option<&str>) -> Option<Labelled> {
    let written = text.slice(line);
    if !written.starts_with(char::is_alphabetic) {
        return None;
    }
    // a line may be a whole letter, so no more of it is looked at than a label and its colon
    let head = &written[..written.floor_char_boundary(LABEL + '：'.len_utf8())];
    if !may_have_colon(head) {
        return None;
    }
    let (label, rest) = head.split_once([':', '：']).filter(|(label, _)| label.len() <= LABEL)?;
    let behind = line.start + head.len() - rest.len();
    let value = Span::new(behind, line.end).trim(text.as_str());
    let words = words(text.as_str(), Span::new(line.start, line.start + label.len()), language);
    let first = words.first()?;
    let is = |class| first.is(class) && first.length.max(1) == words.len();
    let kind = match () {
        () if is(Classes::FROM) => Kind::From,
        () if is(Classes::DATED) => Kind::Date,
        () if is(Classes::HEAD_TO) => Kind::To,
        () if is(Classes::SUBJECT) => Kind::Subject,
        () if words.len() <= 2 && first.capital => Kind::Other,
        () => return None,
    };
    Some(Labelled { kind, label: Span::new(line.start, behind), value })
}

/// The line that sets a signature apart, and the lines below it down to a quotation or the end.
fn foot(text: &Text<'_>, lines: &[Span]) -> Option<(Span, Span)> {
    /// A signature has at most so many lines.
    const MOST: usize = 12;
    let separator = lines.iter().position(|&l| text.slice(l) == "--")?;
    let below = &lines[separator + 1..];
    let quoted = |l: &Span| text.slice(*l).starts_with('>');
    let foot = &below[..below.iter().position(quoted).unwrap_or(below.len())];
    let inked: Vec<Span> = foot.iter().copied().filter(|l| !l.is_empty()).collect();
    let (first, last) = (*inked.first()?, *inked.last()?);
    (inked.len() <= MOST).then(|| (lines[separator], first.cover(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(ZoneLabel, &str)]) {
        let markup = marks(&Text::new(text), Some("en"));
        let found: Vec<_> =
            markup.zones.iter().map(|z| (z.label, &text[z.span.start..z.span.end])).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_mails_date_is_a_dateline_and_its_foot_a_signature() {
        check(
            "From: Ann Lowe <ann@lowe.example>\nTo: Ben Orme,\n  Carl Pym\nDate: Mon, 4 May 2009\n\
             Subject: Leeds\n\nDear Ben,\nyes.\nAnn\n-- \nAnn Lowe\nWarden\n",
            &[
                (
                    ZoneLabel::Other,
                    "From: Ann Lowe <ann@lowe.example>\nTo: Ben Orme,\n  Carl Pym\nDate:",
                ),
                (ZoneLabel::Dateline, "Mon, 4 May 2009"),
                (ZoneLabel::Other, "Subject: Leeds"),
                (ZoneLabel::Other, "--"),
                (ZoneLabel::Signature, "Ann Lowe\nWarden"),
            ],
        );
    }

    #[test]
    fn a_memorandum_may_have_blank_lines_between_its_labels() {
        check(
            "MEMORANDUM\n\nTO: The Warden\n\nFROM: Miss Lowe\n\nDATE: 4 May 1961\n\nThe roof leaks.",
            &[
                (ZoneLabel::Other, "TO: The Warden\n\nFROM: Miss Lowe\n\nDATE:"),
                (ZoneLabel::Dateline, "4 May 1961"),
            ],
        );
    }

    #[test]
    fn a_letter_with_a_subject_or_a_colon_is_no_mail() {
        check("Dear Sir,\n\nRe: the roof\n\nIt leaks: badly.\n\nYours,\nA. Lowe", &[]);
        check("To: Mr. Orme\n\nDear Sir: it leaks.", &[]);
        check("", &[]);
    }
}
