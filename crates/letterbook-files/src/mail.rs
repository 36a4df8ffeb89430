//! E-mail: messages, mailboxes, what is attached and what is quoted.
//!
//! By RFC 5322 and MIME (`mail-parser`), mailboxes by RFC 4155 with the `>From ` of mboxrd; a
//! Maildir is a folder of messages and needs no more. The text of a message is what a mail
//! program prints: the lines `From`, `Date`, `To`, `Cc` and `Subject`, an empty line, the body.
//! The header lines are in the text because a value needs characters that show it: who reads the
//! record sees on the page that `From: Ida Behr <i.behr@…>` says so. They are also
//! [`Stated`], with the day in the sender's own zone. Bodies prefer plain text to HTML. A message
//! quoted at the foot and each attachment that holds text is a document by itself. Does not check
//! signatures, decrypt, or say whether header and body agree.

use std::borrow::Cow;
use std::fmt::Write as _;

use letterbook::record::ZoneLabel;
use letterbook::span::Span;
use mail_parser::{
    Addr, Address, Header, HeaderName, HeaderValue, Message, MessageParser, MessagePart,
    MimeHeaders, PartType,
};

use crate::decode::Offsets;
use crate::document::{Boundary, BoundaryReason, Document, Marked, Stated, StatedField};
use crate::format::Format;
use crate::html;
use crate::map::{Builder, SourceMap, select};
use crate::quoted;
use crate::reader::{Reader, Unit, join};
use crate::trouble::{Damage, Failure};

/// How often a message may quote a message that quotes a message.
const MAX_QUOTED: usize = 32;

/// Reads one message of `unit`.
pub(crate) fn read_message(reader: &mut Reader, unit: Unit<'_>, is_of_mbox: bool) {
    let Some(message) = MessageParser::default().parse(unit.bytes) else {
        reader.fail(Failure::new(
            unit.part,
            "damaged-mail",
            "expected header lines such as `From: …` at the head of a message, but found none",
            "check that the file is a mail saved whole, with its headers",
        ));
        return;
    };
    read_parsed(reader, unit, &message, is_of_mbox);
}

fn read_parsed(reader: &mut Reader, unit: Unit<'_>, message: &Message<'_>, is_of_mbox: bool) {
    let mut builder = Builder::new(unit.source, Offsets::Same(unit.base));
    let mut stated = Vec::new();
    let headers = message.parts.first().map(|p| p.headers.as_slice()).unwrap_or_default();
    let shown = [
        ("From", StatedField::Sender),
        ("Date", StatedField::Date),
        ("To", StatedField::Recipient),
        ("Cc", StatedField::Copy),
        ("Subject", StatedField::Subject),
    ];
    for (name, field) in shown {
        for header in headers.iter().filter(|h| h.name.as_str().eq_ignore_ascii_case(name)) {
            push_header(name, field, header, unit.bytes, &mut builder, &mut stated);
        }
    }
    stated.extend(headers.iter().filter_map(unseen_header));
    builder.end_block();

    let mut quotes = Vec::new();
    for &id in &message.text_body {
        if let Some(part) = message.parts.get(id as usize) {
            builder.end_block();
            let max_depth = reader.budget.limits.markup_depth;
            let body = Body { unit, part, id, is_of_mbox, max_depth };
            quotes.extend(body.push(&mut builder));
        }
    }
    for &id in &message.attachments {
        let Some(part) = message.parts.get(id as usize) else { continue };
        stated.extend(part.attachment_name().map(|name| Stated {
            field: StatedField::Attachment,
            value: name.to_owned(),
            normalised: None,
            span: None,
            at: "Content-Disposition".into(),
        }));
    }
    let (text, map, damage) = builder.finish();
    push_documents(reader, Format::Mail, unit.part, (text, map, damage), stated, &quotes);

    for (n, &id) in message.attachments.iter().enumerate() {
        if let Some(part) = message.parts.get(id as usize) {
            read_attachment(reader, unit, part, n + 1);
        }
    }
}

/// The message, and the messages that it quotes, each by itself.
///
/// `quotes` are the places where markup says that a quoted message begins.
pub(crate) fn push_documents(
    reader: &mut Reader,
    format: Format,
    part: &str,
    (mut text, mut map, damage): (String, SourceMap, Vec<Damage>),
    stated: Vec<Stated>,
    quotes: &[usize],
) {
    // the date of the head says so itself; what stands beside it is no telephone
    let dates = stated.iter().filter(|s| s.field == StatedField::Date).filter_map(|s| s.span);
    let mut marked: Vec<Marked> = dates
        .filter(|span| !span.is_empty())
        .map(|span| Marked { label: ZoneLabel::Dateline, span })
        .collect();
    marked.sort_by_key(|m| m.span);
    marked.dedup_by(|b, a| a.span.overlaps(b.span));
    let mut stated = Some(stated);
    let mut damage = Some(damage);
    let mut name = part.to_owned();
    let mut boundary = Boundary::CERTAIN;
    for depth in 0..=MAX_QUOTED {
        let by_markup = quotes.first().copied().filter(|_| depth == 0);
        let quoted = quoted::find(&text).filter(|q| by_markup.is_none_or(|at| q.cut <= at));
        let (cut, lines) = match (quoted, by_markup) {
            (Some(q), _) => (q.cut, q.lines),
            (None, Some(at)) => (at, std::iter::once(at..text.len()).collect()),
            (None, None) => (text.len(), Vec::new()),
        };
        let is_last = lines.is_empty() || depth == MAX_QUOTED;
        let cut = if is_last { text.len() } else { cut };
        let below = (!is_last).then(|| select(&text, &map, lines));
        let (own, own_map) = match is_last {
            true => (std::mem::take(&mut text), std::mem::take(&mut map)),
            false => select(&text, &map, std::iter::once(0..text[..cut].trim_end().len())),
        };
        reader.push(Document {
            format,
            part: name.clone(),
            boundary,
            text: own,
            map: own_map,
            stated: stated.take().unwrap_or_default(),
            marked: std::mem::take(&mut marked),
            damage: damage.take().unwrap_or_default(),
        });
        let Some(below) = below else { return };
        (text, map) = below;
        name = join(part, &format!("quoted {}", depth + 1));
        boundary = Boundary { reason: BoundaryReason::Quoted, confidence: 0.9 };
    }
}

fn push_header(
    name: &str,
    field: StatedField,
    header: &Header<'_>,
    bytes: &[u8],
    builder: &mut Builder,
    stated: &mut Vec<Stated>,
) {
    let range = header.offset_start as usize..header.offset_end as usize;
    let raw = bytes.get(range.clone()).map(String::from_utf8_lossy).unwrap_or_default();
    let value = match &header.value {
        HeaderValue::Address(address) => shown_address(address),
        HeaderValue::Text(text) => text.to_string(),
        HeaderValue::TextList(list) => list.join(", "),
        // a date is shown as its writer's program wrote it, not as it was understood
        _ => raw.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    if value.trim().is_empty() {
        return;
    }
    let field_start = header.offset_field as usize;
    let written = bytes.get(field_start..field_start + name.len());
    match written.is_some_and(|w| w == name.as_bytes()) {
        true => builder.copy(name, field_start),
        false => builder.stand(name, field_start..range.start),
    }
    builder.make(": ");
    let start = builder.text().len();
    match raw.find(&value) {
        Some(at) if matches!(raw, Cow::Borrowed(_)) => builder.copy(&value, range.start + at),
        _ => builder.stand(&value, range),
    }
    let span = Some(Span::new(start, builder.text().len()));
    builder.make("\n");
    let normalised = match &header.value {
        HeaderValue::DateTime(d)
            if (1..=12).contains(&d.month) && (1..=31).contains(&d.day) && d.year > 0 =>
        {
            Some(format!("{:04}-{:02}-{:02}", d.year, d.month, d.day))
        }
        HeaderValue::Address(address) => {
            address.first().and_then(|a| a.address.as_ref()).map(ToString::to_string)
        }
        _ => None,
    };
    stated.push(Stated { field, value, normalised, span, at: header.name.as_str().to_owned() });
}

/// Headers that a mail program does not print.
fn unseen_header(header: &Header<'_>) -> Option<Stated> {
    let field = match header.name {
        HeaderName::MessageId => StatedField::Identifier,
        HeaderName::InReplyTo => StatedField::AnswerTo,
        HeaderName::ContentLanguage => StatedField::Language,
        _ => return None,
    };
    let value = match &header.value {
        HeaderValue::Text(text) => text.to_string(),
        HeaderValue::TextList(list) => list.first()?.to_string(),
        _ => return None,
    };
    let at = header.name.as_str().to_owned();
    Some(Stated { field, value, normalised: None, span: None, at })
}

fn shown_address(address: &Address<'_>) -> String {
    let list = |addresses: &[Addr<'_>]| {
        let shown = addresses.iter().map(|a| match (&a.name, &a.address) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (Some(one), None) | (None, Some(one)) => one.to_string(),
            (None, None) => String::new(),
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    match address {
        Address::List(addresses) => list(addresses),
        Address::Group(groups) => {
            let mut shown = String::new();
            for group in groups {
                if !shown.is_empty() {
                    shown.push_str(", ");
                }
                if let Some(name) = &group.name {
                    // writing to a string cannot fail
                    let _ = write!(shown, "{name}: ");
                }
                shown.push_str(&list(&group.addresses));
            }
            shown
        }
    }
}

/// A part of a message that is shown as its body.
struct Body<'a> {
    unit: Unit<'a>,
    part: &'a MessagePart<'a>,
    id: u32,
    is_of_mbox: bool,
    max_depth: usize,
}

impl Body<'_> {
    /// Appends the text; gives where in it HTML marks a quoted message at the foot.
    fn push(&self, builder: &mut Builder) -> Option<usize> {
        let part = self.part;
        let (text, is_html) = match &part.body {
            PartType::Text(text) => (text, false),
            PartType::Html(text) => (text, true),
            _ => return None,
        };
        let raw = self
            .unit
            .bytes
            .get(part.offset_body as usize..part.offset_end as usize)
            .unwrap_or_default();
        let is_raw = raw.starts_with(text.as_bytes());
        if part.is_encoding_problem {
            builder.note("undecoded-bytes", "the encoding of the body is damaged");
        }
        let base = if is_raw {
            part.offset_body as usize
        } else {
            let name = format!("body {} (decoded)", self.id);
            builder.enter_part(&join(self.unit.source, &name), Offsets::Same(0));
            0
        };
        let mut quote = None;
        if is_html {
            let page = html::read(text, base, self.max_depth, builder);
            let end = builder.text().trim_end().len();
            quote = page.quotes.iter().find(|q| q.end >= end).map(|q| q.start);
        } else {
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                let escaped = self.is_of_mbox
                    && line.starts_with('>')
                    && line.trim_start_matches('>').starts_with("From ");
                let skip = usize::from(escaped);
                builder.copy(&line[skip..], base + at + skip);
                at += line.len();
            }
        }
        if !is_raw {
            builder.enter_part(self.unit.source, Offsets::Same(self.unit.base));
        }
        quote
    }
}

fn read_attachment(reader: &mut Reader, unit: Unit<'_>, part: &MessagePart<'_>, number: usize) {
    let name = part.attachment_name().unwrap_or_default();
    let shown = if name.is_empty() {
        format!("attachment {number}")
    } else {
        format!("attachment {number} ({name})")
    };
    let label = join(unit.part, &shown);
    match &part.body {
        PartType::Message(message) => {
            let bytes: &[u8] = &message.raw_message;
            let inner = Unit { part: &label, source: &label, bytes, base: 0, name };
            reader.nested(inner, |reader, inner| read_parsed(reader, inner, message, false));
        }
        PartType::Text(text) | PartType::Html(text) => {
            let bytes = text.as_bytes();
            reader.read_member(Unit { part: &label, source: &label, bytes, base: 0, name });
        }
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            // pictures in mails are logos and photographs more often than letters
            let is_picture = part.content_type().is_some_and(|t| {
                matches!(&*t.c_type, "image" | "audio" | "video" | "application")
                    && t.c_subtype.as_deref() != Some("octet-stream")
                    && !crate::format::is_readable(name, bytes)
            });
            if !is_picture {
                reader.read_member(Unit { part: &label, source: &label, bytes, base: 0, name });
            }
        }
        PartType::Multipart(_) => {}
    }
}

/// Reads each message of a mailbox.
pub(crate) fn read_mailbox(reader: &mut Reader, unit: Unit<'_>) {
    let bytes = unit.bytes;
    let mut starts = Vec::new();
    let mut at = 0;
    let mut after_blank = true;
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        if after_blank && line.starts_with(b"From ") {
            starts.push((at, at + line.len()));
        }
        after_blank = matches!(line, b"\n" | b"\r\n");
        at += line.len();
    }
    for (n, &(_, from)) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(bytes.len(), |&(next, _)| next);
        let part = join(unit.part, &format!("message {}", n + 1));
        let base = unit.base + from;
        read_message(reader, Unit { part: &part, base, bytes: &bytes[from..end], ..unit }, true);
        if reader.is_full() {
            return;
        }
    }
}
