//! Outlook's `.msg`: a message as a folder of properties in a compound file.
//!
//! By MS-OXMSG, with the properties of MS-OXPROPS that a mail program prints, from a compound file
//! by MS-CFB (`cfb`). The text is that of any other mail: `From`, `Date`, `To`, `Cc`, `Subject`, an
//! empty line and the body, plain before HTML before RTF (which is packed by MS-OXRTFCP). The date
//! is that of the message's own header lines where it kept them, else the time of sending, which
//! the file knows in UTC only. Attached messages and files are read by themselves. A character
//! leads back to the stream that holds it and its byte there. Does not read contacts, appointments
//! or what is signed or encrypted.

use std::io::{Cursor, Read};

use cfb::CompoundFile;
use letterbook::span::Span;

use crate::decode::{Decoded, Offsets, decode, decode_named};
use crate::document::{Stated, StatedField};
use crate::format::Format;
use crate::html;
use crate::mail::push_documents;
use crate::map::Builder;
use crate::reader::{Reader, Unit, join};
use crate::rtf;
use crate::trouble::Failure;

/// Days from 1 January 1601, where the file's clock begins, to 1 January 1970.
const EPOCH: i64 = 134_774;
/// Ticks of the file's clock in a second: 100 nanoseconds each.
const TICKS: i64 = 10_000_000;

/// The numbers of properties.
mod tag {
    pub(super) const SUBJECT: u16 = 0x0037;
    pub(super) const SENT: u16 = 0x0039;
    pub(super) const ON_BEHALF_OF: u16 = 0x0042;
    pub(super) const HEADERS: u16 = 0x007D;
    pub(super) const RECIPIENT_TYPE: u16 = 0x0C15;
    pub(super) const SENDER: u16 = 0x0C1A;
    pub(super) const SENDER_ADDRESS: u16 = 0x0C1F;
    pub(super) const SENDER_SMTP: u16 = 0x5D01;
    pub(super) const COPIES: u16 = 0x0E03;
    pub(super) const TO: u16 = 0x0E04;
    pub(super) const RECEIVED: u16 = 0x0E06;
    pub(super) const BODY: u16 = 0x1000;
    pub(super) const RTF: u16 = 0x1009;
    pub(super) const HTML: u16 = 0x1013;
    pub(super) const MESSAGE_ID: u16 = 0x1035;
    pub(super) const ANSWER_TO: u16 = 0x1042;
    pub(super) const NAME: u16 = 0x3001;
    pub(super) const ADDRESS: u16 = 0x3003;
    pub(super) const DATA: u16 = 0x3701;
    pub(super) const SHORT_FILE: u16 = 0x3704;
    pub(super) const FILE: u16 = 0x3707;
    pub(super) const SMTP: u16 = 0x39FE;
    pub(super) const CODE_PAGE: u16 = 0x3FFD;
}

/// Reads a message.
pub(crate) fn read(reader: &mut Reader, unit: Unit<'_>) {
    match CompoundFile::open(Cursor::new(unit.bytes)) {
        Ok(mut file) => read_storage(reader, unit, &mut file, "/"),
        Err(_) => reader.fail(Failure::new(
            unit.part,
            "damaged-document",
            "expected a whole Outlook message, but found one that is damaged or breaks off",
            "copy the file again from where it came, or save it from Outlook as .eml",
        )),
    }
}

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// A message, recipient or attachment: a storage of properties.
struct Storage<'f, 'a> {
    file: &'f mut File<'a>,
    path: String,
    /// Of strings that are not Unicode.
    code_page: String,
    /// The fixed properties: number, and eight bytes of value.
    fixed: Vec<(u16, [u8; 8])>,
    most: u64,
}

/// A property that is text, and the stream that holds it.
struct Value {
    stream: String,
    decoded: Decoded,
}

impl<'f, 'a> Storage<'f, 'a> {
    /// The storage at `path`; `head` is the length of what stands before its properties.
    fn open(file: &'f mut File<'a>, path: &str, head: usize, most: u64) -> Storage<'f, 'a> {
        let path = path.trim_end_matches('/').to_owned();
        let mut storage =
            Storage { file, path, code_page: "windows-1252".into(), fixed: Vec::new(), most };
        let bytes = storage.bytes("__properties_version1.0").unwrap_or_default();
        // some writers give a message inside another the head of one that stands alone
        let is_whole = |head: usize| bytes.len().checked_sub(head).is_some_and(|n| n % 16 == 0);
        let head = if is_whole(head) || !is_whole(32) { head } else { 32 };
        for row in bytes.get(head..).unwrap_or_default().chunks_exact(16) {
            let [_, _, low, high, _, _, _, _, value @ ..] = row else { continue };
            if let Ok(value) = value.try_into() {
                storage.fixed.push((u16::from_le_bytes([*low, *high]), value));
            }
        }
        if let Some(number) = storage.number(tag::CODE_PAGE) {
            storage.code_page = match number {
                65001 => "utf-8".into(),
                932 => "shift_jis".into(),
                936 => "gbk".into(),
                949 => "euc-kr".into(),
                950 => "big5".into(),
                20866 => "koi8-r".into(),
                28591..=28606 => format!("iso-8859-{}", number - 28590),
                n => format!("windows-{n}"),
            };
        }
        storage
    }

    fn number(&self, tag: u16) -> Option<i64> {
        let (_, value) = self.fixed.iter().find(|(t, _)| *t == tag)?;
        Some(i64::from(i32::from_le_bytes([value[0], value[1], value[2], value[3]])))
    }

    fn time(&self, tag: u16) -> Option<i64> {
        let (_, value) = self.fixed.iter().find(|(t, _)| *t == tag)?;
        Some(i64::from_le_bytes(*value) / TICKS).filter(|seconds| *seconds > 0)
    }

    fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let stream = self.file.open_stream(format!("{}/{name}", self.path)).ok()?;
        let mut bytes = Vec::new();
        stream.take(self.most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    fn binary(&mut self, tag: u16) -> Option<(String, Vec<u8>)> {
        let name = format!("__substg1.0_{tag:04X}0102");
        self.bytes(&name).map(|bytes| (format!("{}/{name}", self.path), bytes))
    }

    fn text(&mut self, tag: u16) -> Option<Value> {
        for (kind, label) in [("001F", "utf-16le"), ("001E", "")] {
            let name = format!("__substg1.0_{tag:04X}{kind}");
            if let Some(bytes) = self.bytes(&name) {
                let label = if label.is_empty() { self.code_page.as_str() } else { label };
                let mut decoded = decode_named(&bytes, label);
                let kept = decoded.text.trim_end_matches(['\0', ' ', '\r', '\n']).len();
                decoded.text.truncate(kept);
                if !decoded.text.trim().is_empty() {
                    let stream = format!("{}/{name}", self.path);
                    return Some(Value { stream, decoded });
                }
            }
        }
        None
    }

    /// The storages inside this one whose names begin so, in order.
    fn inner(&self, prefix: &str) -> Vec<String> {
        let root = if self.path.is_empty() { "/" } else { &self.path };
        let Ok(entries) = self.file.read_storage(root) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .filter(|e| e.is_storage() && e.name().starts_with(prefix))
            .map(|e| format!("{}/{}", self.path, e.name()))
            .collect();
        names.sort();
        names
    }
}

/// The header lines and body in the making.
struct Page<'u> {
    unit: Unit<'u>,
    builder: Builder,
    stated: Vec<Stated>,
}

impl Page<'_> {
    /// From now on characters come from that stream.
    fn enter(&mut self, stream: &str, offsets: Offsets) {
        let stream = stream.trim_start_matches('/');
        self.builder.enter_part(&join(self.unit.source, stream), offsets);
    }

    fn copy(&mut self, value: &Value) {
        self.enter(&value.stream, value.decoded.offsets.clone());
        self.builder.damage.extend(value.decoded.damage.iter().cloned());
        self.builder.copy_folded(&value.decoded.text, 0);
    }

    /// A header line whose value is what `write` appends; `normalised` goes with what it states.
    fn line(
        &mut self,
        name: &str,
        field: StatedField,
        normalised: Option<String>,
        write: impl FnOnce(&mut Self),
    ) {
        self.builder.make(name);
        self.builder.make(": ");
        let start = self.builder.text().len();
        write(self);
        let value = self.builder.text()[start..].to_owned();
        let span = Some(Span::new(start, start + value.len()));
        self.builder.make("\n");
        self.stated.push(Stated { field, value, normalised, span, at: name.to_owned() });
    }

    fn state(&mut self, field: StatedField, at: &str, value: Option<Value>) {
        self.stated.extend(value.map(|value| Stated {
            field,
            value: value.decoded.text,
            normalised: None,
            span: None,
            at: at.to_owned(),
        }));
    }
}

fn read_storage(reader: &mut Reader, unit: Unit<'_>, file: &mut File<'_>, path: &str) {
    // the message itself has a longer head than one inside another
    let head = if path == "/" { 32 } else { 24 };
    let limits = reader.budget.limits;
    let mut message = Storage::open(file, path, head, limits.file_bytes);
    let builder = Builder::new(unit.source, Offsets::Same(0));
    let mut page = Page { unit, builder, stated: Vec::new() };
    push_from(&mut page, &mut message);
    push_date(&mut page, &mut message);
    push_recipients(&mut page, &mut message);
    if let Some(subject) = message.text(tag::SUBJECT) {
        page.line("Subject", StatedField::Subject, None, |page| page.copy(&subject));
    }
    page.state(StatedField::Identifier, "Message-ID", message.text(tag::MESSAGE_ID));
    page.state(StatedField::AnswerTo, "In-Reply-To", message.text(tag::ANSWER_TO));
    page.builder.end_block();
    push_body(&mut page, &mut message, limits.markup_depth);
    let attachments = message.inner("__attach_version1.0_");
    let Page { builder, stated, .. } = page;
    let (text, map, damage) = builder.finish();
    if text.trim().is_empty() && attachments.is_empty() {
        return reader.fail(Failure::new(
            unit.part,
            "no-text",
            "expected a message with a sender or a body, but found neither",
            "open it in Outlook and save it again, or save it as .eml",
        ));
    }
    push_documents(reader, Format::Outlook, unit.part, (text, map, damage), stated, &[]);
    for (n, path) in attachments.iter().enumerate() {
        read_attachment(reader, unit, file, path, n + 1);
        if reader.is_full() {
            return;
        }
    }
}

fn push_from(page: &mut Page<'_>, message: &mut Storage<'_, '_>) {
    let name = message.text(tag::SENDER).or_else(|| message.text(tag::ON_BEHALF_OF));
    let address = message.text(tag::SENDER_SMTP).or_else(|| message.text(tag::SENDER_ADDRESS));
    push_addresses(page, "From", StatedField::Sender, &[(name, address)]);
}

fn push_recipients(page: &mut Page<'_>, message: &mut Storage<'_, '_>) {
    let mut lists: [Vec<(Option<Value>, Option<Value>)>; 2] = [Vec::new(), Vec::new()];
    let most = message.most;
    for path in message.inner("__recip_version1.0_") {
        let mut recipient = Storage::open(&mut *message.file, &path, 8, most);
        recipient.code_page.clone_from(&message.code_page);
        let which = match recipient.number(tag::RECIPIENT_TYPE) {
            Some(2) => 1,
            Some(3) => continue,
            _ => 0,
        };
        let name = recipient.text(tag::NAME);
        let address = recipient.text(tag::SMTP).or_else(|| recipient.text(tag::ADDRESS));
        lists[which].push((name, address));
    }
    let lines = [("To", StatedField::Recipient, tag::TO), ("Cc", StatedField::Copy, tag::COPIES)];
    for ((name, field, shown), list) in lines.into_iter().zip(&lists) {
        if !list.is_empty() {
            push_addresses(page, name, field, list);
        } else if let Some(value) = message.text(shown) {
            page.line(name, field, None, |page| page.copy(&value));
        }
    }
}

fn push_addresses(
    page: &mut Page<'_>,
    line: &str,
    field: StatedField,
    list: &[(Option<Value>, Option<Value>)],
) {
    // an address of an office's own directory, as in /O=FIRM/OU=…, says nothing to a reader
    let shown = |address: &Value| address.decoded.text.contains('@');
    let named: Vec<_> =
        list.iter().filter(|(name, a)| name.is_some() || a.as_ref().is_some_and(shown)).collect();
    let Some((_, first)) = named.first() else { return };
    let normalised = first.as_ref().map(|a| a.decoded.text.clone()).filter(|a| a.contains('@'));
    page.line(line, field, normalised, |page| {
        for (n, (name, address)) in named.into_iter().enumerate() {
            if n > 0 {
                page.builder.make(", ");
            }
            let address = address.as_ref().filter(|a| shown(a));
            match (name, address) {
                (Some(name), Some(address)) if name.decoded.text != address.decoded.text => {
                    page.copy(name);
                    page.builder.make(" <");
                    page.copy(address);
                    page.builder.make(">");
                }
                (Some(one), _) | (None, Some(one)) => page.copy(one),
                (None, None) => {}
            }
        }
    });
}

fn push_date(page: &mut Page<'_>, message: &mut Storage<'_, '_>) {
    if let Some(headers) = message.text(tag::HEADERS)
        && let Some((start, line)) = date_line(&headers.decoded.text)
    {
        let normalised = mail_parser::DateTime::parse_rfc822(line)
            .filter(|d| d.year > 0 && (1..=12).contains(&d.month) && (1..=31).contains(&d.day))
            .map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day));
        page.line("Date", StatedField::Date, normalised, |page| {
            page.enter(&headers.stream, headers.decoded.offsets.clone());
            page.builder.copy(line, start);
        });
        return;
    }
    let Some(seconds) = message.time(tag::SENT).or_else(|| message.time(tag::RECEIVED)) else {
        return;
    };
    let shown = mail_parser::DateTime::from_timestamp(seconds - EPOCH * 86_400);
    let day = format!("{:04}-{:02}-{:02}", shown.year, shown.month, shown.day);
    let stream = format!("{}/__properties_version1.0", message.path);
    page.line("Date", StatedField::Date, Some(day), |page| {
        page.enter(&stream, Offsets::Same(0));
        page.builder.stand(&shown.to_rfc822(), 0..0);
    });
}

/// The value of the `Date` line of a mail's header, and where it begins.
fn date_line(headers: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    for line in headers.split_inclusive('\n') {
        if line.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("date:")) {
            let value = line[5..].trim();
            return (!value.is_empty())
                .then(|| (at + 5 + (line[5..].len() - line[5..].trim_start().len()), value));
        }
        at += line.len();
    }
    None
}

fn push_body(page: &mut Page<'_>, message: &mut Storage<'_, '_>, max_depth: usize) {
    if let Some(body) = message.text(tag::BODY) {
        page.enter(&body.stream, body.decoded.offsets.clone());
        page.builder.copy(&body.decoded.text, 0);
        return;
    }
    let html = message.text(tag::HTML).or_else(|| {
        let (stream, bytes) = message.binary(tag::HTML)?;
        // valid UTF-8 is that, whatever page the message names
        let decoded = decode("", &bytes, Some(&message.code_page)).ok()?;
        Some(Value { stream, decoded })
    });
    if let Some(html) = html {
        page.enter(&html.stream, html.decoded.offsets.clone());
        html::read(&html.decoded.text, 0, max_depth, &mut page.builder);
        return;
    }
    let Some((stream, packed)) = message.binary(tag::RTF) else { return };
    match unpack(&packed, message.most) {
        Some(text) => {
            page.enter(&format!("{stream} (unpacked)"), Offsets::Same(0));
            rtf::read(&text, max_depth, false, &mut page.builder);
        }
        None => page.builder.note("damaged-body", "the packed body is damaged"),
    }
}

/// What is put before the text of every packed RTF (MS-OXRTFCP 2.1.2.1): the words it has most.
const DICTIONARY: &[u8; 207] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Unpacks RTF by MS-OXRTFCP; none when it breaks off or grows beyond `most`.
fn unpack(packed: &[u8], most: u64) -> Option<Vec<u8>> {
    let word = |at: usize| -> Option<u32> {
        Some(u32::from_le_bytes(packed.get(at..at + 4)?.try_into().ok()?))
    };
    let (size, kind) = (u64::from(word(4)?), word(8)?);
    let body = packed.get(16..)?;
    match &kind.to_le_bytes() {
        b"MELA" => return Some(body.get(..usize::try_from(size).ok()?)?.to_vec()),
        b"LZFu" => {}
        _ => return None,
    }
    let mut window = Window { bytes: [b' '; 4096], at: DICTIONARY.len(), out: Vec::new() };
    window.bytes[..DICTIONARY.len()].copy_from_slice(DICTIONARY);
    let mut input = body.iter().copied();
    while let Some(flags) = input.next() {
        for bit in 0..8 {
            if window.out.len() as u64 > most {
                return None;
            }
            if flags >> bit & 1 == 0 {
                match input.next() {
                    Some(byte) => window.put(byte),
                    // some writers leave out the mark of the end
                    None => return Some(window.out),
                }
                continue;
            }
            let reference = u16::from_be_bytes([input.next()?, input.next()?]);
            let from = usize::from(reference >> 4);
            if from == window.at {
                return Some(window.out);
            }
            for i in 0..usize::from(reference & 0xF) + 2 {
                window.put(window.bytes[(from + i) % window.bytes.len()]);
            }
        }
    }
    Some(window.out)
}

/// The last 4,096 bytes that were unpacked, which what follows may point back into.
struct Window {
    bytes: [u8; 4096],
    at: usize,
    out: Vec<u8>,
}

impl Window {
    fn put(&mut self, byte: u8) {
        self.bytes[self.at] = byte;
        self.at = (self.at + 1) % self.bytes.len();
        self.out.push(byte);
    }
}

fn read_attachment(
    reader: &mut Reader,
    unit: Unit<'_>,
    file: &mut File<'_>,
    path: &str,
    number: usize,
) {
    let most = reader.budget.limits.file_bytes;
    let mut attachment = Storage::open(file, path, 8, most);
    let name = attachment.text(tag::FILE).or_else(|| attachment.text(tag::SHORT_FILE));
    let name = name.map(|n| n.decoded.text).unwrap_or_default();
    let shown = match name.as_str() {
        "" => format!("attachment {number}"),
        name => format!("attachment {number} ({name})"),
    };
    let label = join(unit.part, &shown);
    if let Some((_, bytes)) = attachment.binary(tag::DATA) {
        // pictures in mails are logos and photographs more often than letters
        if crate::format::is_readable(&name, &bytes) {
            let bytes = bytes.as_slice();
            reader.read_member(Unit { part: &label, source: &label, bytes, base: 0, name: &name });
        }
        return;
    }
    let inner = format!("{path}/__substg1.0_{:04X}000D", tag::DATA);
    if file.is_storage(&inner) {
        let unit = Unit { part: &label, ..unit };
        reader.nested(unit, |reader, unit| read_storage(reader, unit, file, &inner));
    }
}
