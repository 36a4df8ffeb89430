//! The head of a mail or of a memorandum: "From: …", "To: …".

use super::super::head::{Kind, Labelled, is_indented, labelled};
use super::Draft;
use crate::mention::block::{Block, Piece, pieces};
use crate::mention::contact::contacts;
use crate::mention::fold;
use crate::mention::lexicon::Classes;
use crate::mention::name::names;
use crate::mention::stretch::{SplitText, Word};
use crate::span::Span;

/// What the head of a mail says.
#[derive(Debug, Default)]
pub(super) struct MailHead {
    pub(super) from: Option<Draft>,
    pub(super) to: Vec<Draft>,
    /// Who gets a copy, or stands behind another label of whom it goes to.
    pub(super) copies: Vec<Draft>,
    /// Where its last line ends.
    pub(super) end: usize,
}

/// The two parties of a mail's head: "From: …", "To: …" on lines of their own.
pub(super) fn read_mail_head(text: &SplitText<'_>, language: Option<&str>) -> Option<MailHead> {
    /// A mail's head stands in the first lines.
    const LINES: usize = 24;
    /// The most lines of one label.
    const FOLDED: usize = 40;
    let mut head = MailHead::default();
    let mut labels = 0;
    // what stands below other words is the head of another mail, which this one quotes
    let mut is_over = false;
    for (i, &line) in text.lines().iter().enumerate().take(LINES) {
        let Some(Labelled { kind, value, .. }) = labelled(text, line, language) else {
            is_over |= labels > 0 && !line.is_empty() && !is_indented(text, line);
            continue;
        };
        // a long list goes on in lines that are indented
        let goes_on = |l: &&Span| {
            !l.is_empty() && is_indented(text, **l) && labelled(text, **l, language).is_none()
        };
        let folded = text.lines()[i + 1..].iter().take(FOLDED).take_while(goes_on).last();
        let value = folded.map_or(value, |last| value.cover(*last));
        let value = || text.words(value, language);
        match kind {
            Kind::From => {
                let read = || {
                    let mut all = mail_party(text, &value(), "mail/from").into_iter();
                    let (mut first, second) = (all.next()?, all.next());
                    // one writes a mail, so that two words parted by a comma are one name
                    if all.next().is_none()
                        && let Some((whole, _)) = second.and_then(|s| turned(text, &first, &s))
                    {
                        first.name = first.name.map(|(_, rule)| (whole, rule));
                    }
                    Some(first)
                };
                head.from = head.from.or_else(read);
            }
            Kind::To if head.to.is_empty() => head.to = mail_party(text, &value(), "mail/to"),
            Kind::To if !is_over => head.copies.extend(mail_party(text, &value(), "mail/to")),
            Kind::To | Kind::Subject => {}
            Kind::Date | Kind::Other => continue,
        }
        labels += 1;
        head.end = folded.map_or(line.end, |last| last.end);
    }
    (labels >= 2 && (head.from.is_some() || !head.to.is_empty())).then_some(head)
}

/// Makes one of a family and a given name that stand turned in a head ("Keller, Anna") where the
/// letter itself greets the family alone by its title ("Liebe Frau Keller").
pub(super) fn turn_name(text: &SplitText<'_>, head: &mut Vec<Draft>, read: &[Draft]) {
    let ([family, given], [greeted]) = (head.as_slice(), read) else { return };
    let (Some((whole, name)), Some((said, _))) = (turned(text, family, given), greeted.name) else {
        return;
    };
    if greeted.form.is_some() && fold(text.slice(said)) == fold(text.slice(name)) {
        head[0].name = head[0].name.map(|(_, rule)| (whole, rule));
        let contacts = head.remove(1).contacts;
        head[0].contacts.extend(contacts);
    }
}

/// The whole name of two parties that may be one, the family name of one word before the comma, and
/// that family name.
fn turned(text: &SplitText<'_>, family: &Draft, given: &Draft) -> Option<(Span, Span)> {
    let ((family, _), (given, _)) = (family.name?, given.name?);
    let between = text.slice(Span::new(family.end, given.start.max(family.end)));
    let is_one_word = !text.slice(family).contains(char::is_whitespace);
    (between.trim() == "," && is_one_word).then(|| (family.cover(given), family))
}

fn mail_party(text: &SplitText<'_>, words: &[Word], rule: &'static str) -> Vec<Draft> {
    let contacts = contacts(text.as_str(), words, None);
    let free: Vec<Word> = words
        .iter()
        .filter(|w| !contacts.iter().any(|c| c.span.overlaps(w.span)))
        .cloned()
        .collect();
    let mut out: Vec<Draft> = Vec::new();
    for found in names(&free) {
        let (name, role) = (Some((found.span, rule)), found.role.map(|r| (r, rule)));
        match out.last_mut().and_then(|d| d.name.as_mut()) {
            Some((before, _)) if is_turned(text, *before, found.span) => {
                before.end = found.span.end;
            }
            _ => out.push(Draft { name, role, ..Draft::default() }),
        }
    }
    // "Pfarramt St. Blasius <…>": a body named after somebody
    let whose =
        |w: &Word| out.iter().any(|d| d.name.is_some_and(|(span, _)| span.contains(w.span)));
    let is_body =
        |w: &Word| w.is(Classes::BODY) && w.capital && !w.is_letter() && !w.gap.comma && !whose(w);
    if out.len() == 1 && free.first().is_some_and(is_body) {
        out.clear();
    }
    if out.is_empty() {
        for piece in pieces(text.as_str(), &free, Block::Letterhead) {
            if let Piece::Body(span) = piece {
                out.push(Draft { body: Some((span, rule)), ..Draft::default() });
                break;
            }
        }
    }
    // each address belongs to the name before it
    for contact in contacts {
        let owner = out
            .iter_mut()
            .rev()
            .find(|d| d.name.or(d.body).is_some_and(|(span, _)| span.end <= contact.span.start));
        match owner {
            Some(draft) if draft.contacts.is_empty() => draft.contacts.push(contact),
            Some(_) => {}
            None => out.push(Draft { contacts: vec![contact], ..Draft::default() }),
        }
    }
    out
}

/// Whether two names are one with the family's first, as offices write it: `Reed, Anna <a.reed@…>`.
/// Where mails have addresses in brackets, each name has its own.
fn is_turned(text: &SplitText<'_>, family: Span, given: Span) -> bool {
    let between = text.slice(Span::new(family.end, given.start));
    let below = text.as_str()[given.end..].trim_start_matches(['"', ' ']);
    // an office may stand in between: `Reed, Anna (Harbour Office) <a.reed@…>`
    let office = below.strip_prefix('(').and_then(|office| office.split_once(')'));
    let below = office.map_or(below, |(_, rest)| rest.trim_start_matches(['"', ' ']));
    between.trim() == "," && below.starts_with('<')
}
