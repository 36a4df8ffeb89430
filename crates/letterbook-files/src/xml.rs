//! XML as a stream of tags and characters, each with its place.
//!
//! By XML 1.0 (`quick-xml`), without validation. Entities that a document declares are never
//! expanded, so none can grow: the five of XML, numbers, and the names of HTML are known, any
//! other stays as it is written and is noted. Names are compared without their prefix. What is
//! not well formed ends the reading there; what came before it stays. Does not fetch DTDs.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::entity::reference;

/// One step through a document.
pub(crate) enum Item<'a> {
    /// An element begins; an empty element ends at once.
    Start(Tag<'a>),
    /// The element of that local name ends.
    End(String),
    /// Characters that stand so at that byte.
    Text(&'a str, usize),
    /// Characters that stand for a reference.
    Reference(String, Range<usize>),
}

/// The beginning of an element.
pub(crate) struct Tag<'a> {
    /// The name without its prefix.
    pub(crate) name: String,
    inner: BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of the attribute of that local name, references resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .inner
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().as_ref() == name.as_bytes())?;
        Some(unescape(&String::from_utf8_lossy(&found.value)))
    }

    /// The value of the attribute as a number.
    pub(crate) fn number(&self, name: &str) -> Option<f32> {
        self.attribute(name)?.trim().parse().ok().filter(|n: &f32| n.is_finite())
    }
}

/// A value with its references resolved.
fn unescape(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        value.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').map_or(rest.len(), |e| e + 1);
        value.push_str(&reference(&rest[..end]));
        rest = &rest[end..];
    }
    value + rest
}

/// A walk through a document.
pub(crate) struct Walk<'a> {
    xml: &'a str,
    reader: Reader<&'a [u8]>,
    open: Vec<Open>,
    max_depth: usize,
    /// Why the walk ended before the document did.
    pub(crate) fault: Option<Fault>,
    /// References to entities that nobody but the document declares.
    pub(crate) unknown: usize,
}

/// What is wrong with a document.
#[derive(Debug)]
pub(crate) struct Fault {
    /// A stable name.
    pub(crate) code: &'static str,
    /// What was expected and found, and where.
    pub(crate) message: String,
}

struct Open {
    name: String,
    number: usize,
    children: HashMap<String, usize>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(xml: &'a str, max_depth: usize) -> Walk<'a> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let root = Open { name: String::new(), number: 1, children: HashMap::new() };
        Walk { xml, reader, open: vec![root], max_depth, fault: None, unknown: 0 }
    }

    /// The path of the element that is open, as in `/TEI[1]/text[1]/body[1]/p[2]`.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for open in &self.open[1..] {
            path.push('/');
            path.push_str(&open.name);
            path.push('[');
            path.push_str(&open.number.to_string());
            path.push(']');
        }
        path
    }

    fn fail(&mut self, code: &'static str, message: String) {
        self.fault = Some(Fault { code, message });
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        if self.fault.is_some() {
            return None;
        }
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(e) => {
                    let at = self.reader.error_position();
                    self.fail(
                        "damaged-xml",
                        format!("expected well-formed XML, but found at byte {at}: {e}"),
                    );
                    return None;
                }
            };
            match event {
                Event::Start(tag) => {
                    if self.open.len() > self.max_depth {
                        let most = self.max_depth;
                        self.fail(
                            "too-deep",
                            format!(
                                "expected at most {most} elements inside each other, but found more"
                            ),
                        );
                        return None;
                    }
                    let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
                    let count = self.open.last_mut().map(|parent| {
                        let n = parent.children.entry(name.clone()).or_insert(0);
                        *n += 1;
                        *n
                    });
                    self.open.push(Open {
                        name: name.clone(),
                        number: count.unwrap_or(1),
                        children: HashMap::new(),
                    });
                    return Some(Item::Start(Tag { name, inner: tag }));
                }
                Event::End(tag) => {
                    let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
                    if self.open.len() > 1 {
                        self.open.pop();
                    }
                    return Some(Item::End(name));
                }
                Event::Text(text) => {
                    let start = self.offset(&text);
                    let end = start + text.len();
                    if let Some(raw) = self.xml.get(start..end) {
                        return Some(Item::Text(raw, start));
                    }
                }
                Event::CData(text) => {
                    let start = self.offset(&text);
                    if let Some(raw) = self.xml.get(start..start + text.len()) {
                        return Some(Item::Text(raw, start));
                    }
                }
                Event::GeneralRef(name) => {
                    let start = self.offset(&name).saturating_sub(1);
                    let end = (start + name.len() + 2).min(self.xml.len());
                    let raw = self.xml.get(start..end).unwrap_or_default();
                    let stands = reference(raw);
                    self.unknown += usize::from(stands == raw && raw.len() > 1);
                    return Some(Item::Reference(stands, start..end));
                }
                Event::Eof => {
                    if self.open.len() > 1 {
                        let name = self.open.last().map(|o| o.name.clone()).unwrap_or_default();
                        self.fail(
                            "truncated",
                            format!("expected the end of `{name}`, but found the end of the file"),
                        );
                    }
                    return None;
                }
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
                Event::Empty(_) => unreachable!("empty elements are expanded"),
            }
        }
    }
}

impl Walk<'_> {
    /// Where in the document a piece of it stands.
    fn offset(&self, piece: &[u8]) -> usize {
        (piece.as_ptr() as usize).saturating_sub(self.xml.as_ptr() as usize)
    }
}

/// The name of the root element, without its prefix, and its namespace, if the text is XML.
pub(crate) fn root(text: &str) -> Option<(String, String)> {
    if !text.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') {
        return None;
    }
    let mut walk = Walk::new(text, 8);
    loop {
        match walk.next()? {
            Item::Start(tag) => {
                let namespace = tag
                    .inner
                    .attributes()
                    .with_checks(false)
                    .flatten()
                    .find(|a| {
                        let key = a.key.as_ref();
                        match tag.inner.name().prefix() {
                            Some(prefix) => key == [b"xmlns:", prefix.as_ref()].concat(),
                            None => key == b"xmlns",
                        }
                    })
                    .map(|a| String::from_utf8_lossy(&a.value).into_owned());
                return Some((tag.name, namespace.unwrap_or_default()));
            }
            Item::Text(..) | Item::Reference(..) | Item::End(_) => {}
        }
    }
}

/// The encoding that an XML declaration names.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]).into_owned();
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next().map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, expected: &str) {
        let mut walk = Walk::new(xml, 8);
        let mut shown = String::new();
        for item in walk.by_ref() {
            match item {
                Item::Start(tag) => shown += &format!("<{}", tag.name),
                Item::End(_) => shown += ">",
                Item::Text(text, at) => {
                    assert_eq!(&xml[at..at + text.len()], text);
                    shown += text;
                }
                Item::Reference(stands, range) => {
                    shown += &format!("{stands}={}", &xml[range]);
                }
            }
        }
        if let Some(fault) = walk.fault {
            shown += &format!(" ! {}", fault.message);
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn pieces_know_their_places() {
        check("<a>x<t:b/>&amp;&#xe9;<![CDATA[<c>]]></a>", "<ax<b>&=&amp;é=&#xe9;<c>>");
        check("<a>caf&eacute; &own;</a>", "<acafé=&eacute; &own;=&own;>");
    }

    #[test]
    fn entities_of_the_document_are_never_expanded() {
        check("<!DOCTYPE a [<!ENTITY b \"xxxx\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>", "<a&c;=&c;>");
    }

    #[test]
    fn damage_ends_the_walk_and_keeps_what_came_before() {
        check("<a>x<b>y", "<ax<by ! expected the end of `b`, but found the end of the file");
        check(
            "<a><a><a><a><a><a><a><a><a>",
            "<a<a<a<a<a<a<a<a ! expected at most 8 elements inside each other, but found more",
        );
    }

    #[test]
    fn roots_and_encodings_are_seen() {
        let tei = "<?xml version='1.0' encoding='ISO-8859-1'?><t:TEI xmlns:t=\"http://x\"/>";
        assert_eq!(root(tei), Some(("TEI".into(), "http://x".into())));
        assert_eq!(declared_encoding(tei.as_bytes()).as_deref(), Some("ISO-8859-1"));
        assert_eq!(root("Dear Ann,"), None);
    }
}
