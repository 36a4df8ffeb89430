//! TEI P5: letters of an edition, as a reader sees the page.
//!
//! By the TEI Guidelines P5. Each `TEI` element of a corpus and each `text` of a `group` is a
//! document. The text is the source's own: of a `choice` the form that the page has (`sic`,
//! `orig`, `abbr`), what was deleted, the editor's notes and the headings before the letter are
//! left out and noted, an addition and what the editor supplied stay and gaps are noted. Blocks
//! and lines are those of `p`, `opener`, `closer`, `dateline`, `salute`, `signed`, `address`,
//! `lb` and their kind; what `dateline`, `salute`, `signed`, `closer`, `postscript` and the
//! `address` of an opener hold is [`Marked`] as the part of the letter that they name. What `correspDesc` says is [`Stated`] with its path; it never enters the
//! text. Does not resolve pointers, `include` other files or read a facsimile.

use letterbook::record::ZoneLabel;
use letterbook::span::Span;

use crate::decode::Offsets;
use crate::document::{Boundary, Document, Marked, Stated, StatedField};
use crate::format::Format;
use crate::map::Builder;
use crate::reader::{Reader, Unit, join};
use crate::trouble::{Damage, Failure};
use crate::xml::{Item, Tag, Walk};

const BLOCKS: &[&str] = &[
    "p",
    "ab",
    "opener",
    "closer",
    "postscript",
    "div",
    "div1",
    "div2",
    "div3",
    "body",
    "front",
    "back",
    "lg",
    "list",
    "table",
    "address",
    "salute",
    "signed",
    "dateline",
    "head",
    "quote",
    "trailer",
    "argument",
    "epigraph",
    "figure",
    "floatingText",
    "byline",
];
const LINES: &[&str] = &["addrLine", "l", "item", "row", "label", "sp", "speaker"];
/// Inside an opener or closer these are lines of the page rather than blocks.
const LINES_IN: &[&str] = &["opener", "closer", "postscript", "p"];
const UNSEEN: &[&str] = &[
    "note",
    "noteGrp",
    "del",
    "fw",
    "figDesc",
    "graphic",
    "corr",
    "reg",
    "expan",
    "rdg",
    "index",
    "certainty",
    "metamark",
    "facsimile",
    "standOff",
    "surplus",
    "am",
];

struct Letter {
    builder: Builder,
    stated: Vec<Stated>,
    marked: Vec<Marked>,
    language: Option<String>,
    /// Texts that were finished inside this `TEI`.
    texts: usize,
    unseen: Vec<&'static str>,
    gaps: usize,
    supplied: usize,
}

/// Where the walk is inside `correspDesc`.
#[derive(Default)]
struct Action {
    sent: Option<bool>,
    field: Option<StatedField>,
    value: String,
    normalised: Option<String>,
    path: String,
}

/// Reads the letters of `xml`, the decoded text of `unit`.
pub(crate) fn read(
    reader: &mut Reader,
    unit: Unit<'_>,
    xml: &str,
    offsets: &Offsets,
    damage: &[Damage],
) {
    let mut tei = Tei {
        part: unit.part,
        new: || Letter {
            builder: Builder::new(unit.source, offsets.clone()),
            stated: Vec::new(),
            marked: Vec::new(),
            language: None,
            texts: 0,
            unseen: Vec::new(),
            gaps: 0,
            supplied: 0,
        },
        open: Vec::new(),
        hidden: 0,
        in_text: 0,
        action: Action::default(),
        documents: Vec::new(),
    };
    let mut letter = (tei.new)();
    let mut walk = Walk::new(xml, reader.budget.limits.markup_depth);
    while let Some(item) = walk.next() {
        match item {
            Item::Start(tag) => tei.start(&tag, &walk, &mut letter),
            Item::End(name) => tei.end(&name, &mut letter),
            Item::Text(text, at) => tei.text(text, Some(at), &mut letter),
            Item::Reference(stands, range) => {
                if tei.is_shown() {
                    letter.builder.stand(&stands, range);
                } else {
                    tei.text(&stands, None, &mut letter);
                }
            }
        }
    }
    if let Some(fault) = walk.fault {
        letter.builder.note(fault.code, fault.message.clone());
        tei.finish(&mut letter);
        if tei.documents.is_empty() {
            let hint = "check the file with an XML editor";
            return reader.fail(Failure::new(unit.part, fault.code, fault.message, hint));
        }
    }
    let documents = tei.documents;
    if documents.is_empty() {
        return reader.fail(Failure::new(
            unit.part,
            "no-text",
            "expected a `text` with the letter, but found none",
            "the file describes letters and does not hold them; read the files that do",
        ));
    }
    let several = documents.len() > 1;
    for (n, mut document) in documents.into_iter().enumerate() {
        if several {
            document.part = join(unit.part, &format!("letter {}", n + 1));
        }
        if n == 0 {
            document.damage.extend_from_slice(damage);
        }
        reader.push(document);
    }
}

/// An element that is open.
struct Open {
    name: String,
    is_hidden: bool,
    /// The part of the letter that it names, and where in the text it begins.
    label: Option<(ZoneLabel, usize)>,
}

struct Tei<'a, F: Fn() -> Letter> {
    part: &'a str,
    new: F,
    open: Vec<Open>,
    hidden: usize,
    in_text: usize,
    action: Action,
    documents: Vec<Document>,
}

impl<F: Fn() -> Letter> Tei<'_, F> {
    fn is_shown(&self) -> bool {
        self.in_text > 0 && self.hidden == 0
    }

    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|o| o.name == name)
    }

    fn start(&mut self, tag: &Tag<'_>, walk: &Walk<'_>, letter: &mut Letter) {
        let name = tag.name.as_str();
        let is_text = name == "text" && !self.is_in("teiHeader");
        if matches!(name, "TEI" | "TEI.2") {
            *letter = (self.new)();
        }
        if is_text || matches!(name, "TEI" | "TEI.2" | "body") {
            letter.language = tag.attribute("lang").or(letter.language.take());
        }
        if self.is_in("correspDesc") || name == "correspDesc" {
            self.start_stated(tag, walk, letter);
        } else if name == "language" && self.is_in("langUsage") && letter.language.is_none() {
            letter.language = tag.attribute("ident");
        } else if name == "idno" && self.is_in("publicationStmt") {
            self.state(StatedField::Identifier, None, walk.path());
        }
        let mut hides = false;
        if self.in_text > 0 {
            let is_first = self.is_in("body") && letter.builder.text().trim().is_empty();
            let is_heading = name == "head" && is_first;
            hides = UNSEEN.contains(&name) || is_heading;
            if hides && self.hidden == 0 {
                let what = match name {
                    "head" => "a heading before the letter",
                    "note" | "noteGrp" => "an editor's note",
                    "del" | "surplus" => "deleted text",
                    "fw" => "a running head or page number",
                    "corr" | "reg" | "expan" | "rdg" | "am" => "an editor's reading",
                    _ => "",
                };
                letter.unseen.extend((!what.is_empty()).then_some(what));
            }
        }
        if self.is_shown() && !hides {
            letter.gaps += usize::from(name == "gap");
            letter.supplied += usize::from(name == "supplied");
            self.boundary(name, tag.attribute("break").as_deref(), letter);
            if BLOCKS.contains(&name) || LINES.contains(&name) {
                letter.builder.enter_path(&walk.path());
            }
            if name == "cell" {
                letter.builder.next_cell();
            }
        }
        self.hidden += usize::from(hides);
        self.in_text += usize::from(is_text);
        let label = if self.is_shown() { self.label(name) } else { None };
        self.open.push(Open {
            name: name.to_owned(),
            is_hidden: hides,
            label: label.map(|label| (label, letter.builder.text().len())),
        });
    }

    /// The part of a letter that an element names where it stands.
    fn label(&self, name: &str) -> Option<ZoneLabel> {
        if self.is_in("postscript") || self.is_in("floatingText") || self.is_in("quote") {
            return None;
        }
        match name {
            "postscript" => Some(ZoneLabel::Postscript),
            "closer" => Some(ZoneLabel::Close),
            "dateline" if !self.is_in("signed") => Some(ZoneLabel::Dateline),
            "salute" if self.is_in("closer") => Some(ZoneLabel::Close),
            "salute" => Some(ZoneLabel::Salutation),
            "signed" => Some(ZoneLabel::Signature),
            "address" if self.is_in("opener") && !self.is_in("dateline") => {
                Some(ZoneLabel::Address)
            }
            _ => None,
        }
    }

    fn boundary(&self, name: &str, break_: Option<&str>, letter: &mut Letter) {
        let inside = self.open.iter().rev().any(|o| LINES_IN.contains(&o.name.as_str()));
        if name == "lb" {
            if break_ != Some("no") && !letter.builder.text().is_empty() {
                letter.builder.end_line();
            }
        } else if LINES.contains(&name) || (BLOCKS.contains(&name) && inside) {
            letter.builder.end_line();
        } else if BLOCKS.contains(&name) {
            letter.builder.end_block();
        }
    }

    fn end(&mut self, name: &str, letter: &mut Letter) {
        let Some(Open { is_hidden: hidden, label, .. }) = self.open.pop() else { return };
        self.hidden -= usize::from(hidden);
        if let Some((label, from)) = label {
            mark(letter, label, from);
        }
        if self.is_shown() && !hidden && name != "lb" {
            self.boundary(name, None, letter);
        }
        if name == "text" && self.in_text > 0 {
            self.in_text -= 1;
            if self.in_text == 0 || self.is_in("group") {
                self.finish(letter);
            }
        }
        if self.action.field.is_some() && is_stated(name) {
            self.end_stated(letter);
        }
        if name == "correspAction" {
            self.action.sent = None;
        }
    }

    fn text(&mut self, text: &str, at: Option<usize>, letter: &mut Letter) {
        if self.is_shown()
            && let Some(at) = at
        {
            letter.builder.copy_folded(text, at);
        } else if self.action.field.is_some() {
            self.action.value.push_str(text);
        }
    }

    /// Gives the text so far as a document, unless there is none.
    fn finish(&mut self, letter: &mut Letter) {
        if letter.builder.text().trim().is_empty() {
            return;
        }
        let fresh = (self.new)();
        let mut builder = std::mem::replace(&mut letter.builder, fresh.builder);
        for what in std::mem::take(&mut letter.unseen) {
            builder.note("left-out", format!("{what} was left out"));
        }
        for (count, code, what) in [
            (letter.gaps, "gap", "places where the source has a gap"),
            (letter.supplied, "supplied", "places where the editor supplied text"),
        ] {
            if count > 0 {
                builder.note(code, format!("{count} {what}"));
            }
        }
        let (text, map, damage) = builder.finish();
        let mut stated = letter.stated.clone();
        stated.extend(letter.language.clone().map(|value| Stated {
            field: StatedField::Language,
            value,
            normalised: None,
            span: None,
            at: "xml:lang".into(),
        }));
        letter.texts += 1;
        (letter.gaps, letter.supplied) = (0, 0);
        let mut marked = std::mem::take(&mut letter.marked);
        marked.sort_by_key(|m| m.span);
        self.documents.push(Document {
            format: Format::Tei,
            part: self.part.to_owned(),
            boundary: Boundary::CERTAIN,
            text,
            map,
            stated,
            marked,
            damage,
        });
    }

    fn state(&mut self, field: StatedField, normalised: Option<String>, path: String) {
        self.action.field = Some(field);
        self.action.value.clear();
        self.action.normalised = normalised;
        self.action.path = path;
    }

    fn start_stated(&mut self, tag: &Tag<'_>, walk: &Walk<'_>, letter: &mut Letter) {
        let reference = || tag.attribute("ref").or_else(|| tag.attribute("key"));
        match (tag.name.as_str(), self.action.sent) {
            ("correspDesc", _) => {
                if let Some(value) = tag.attribute("ref").or_else(|| tag.attribute("key")) {
                    letter.stated.push(Stated {
                        field: StatedField::Identifier,
                        value,
                        normalised: None,
                        span: None,
                        at: walk.path(),
                    });
                }
            }
            ("correspAction", _) => {
                self.action.sent = match tag.attribute("type").as_deref() {
                    Some("sent" | "Sent") => Some(true),
                    Some("received") => Some(false),
                    _ => None,
                };
            }
            ("persName" | "orgName" | "name" | "rs", Some(sent)) => {
                let field = if sent { StatedField::Sender } else { StatedField::Recipient };
                self.state(field, reference(), walk.path());
            }
            ("placeName" | "settlement", Some(sent)) => {
                let field = if sent { StatedField::Place } else { StatedField::Destination };
                self.state(field, reference(), walk.path());
            }
            // when it was received is no hint for when it was written
            ("date", Some(true)) => self.state(StatedField::Date, edtf(tag), walk.path()),
            _ => {}
        }
    }

    fn end_stated(&mut self, letter: &mut Letter) {
        let Some(field) = self.action.field.take() else { return };
        let mut value = self.action.value.split_whitespace().collect::<Vec<_>>().join(" ");
        let normalised = self.action.normalised.take();
        if value.is_empty() {
            value = normalised.clone().unwrap_or_default();
        }
        let at = std::mem::take(&mut self.action.path);
        if !value.is_empty() {
            letter.stated.push(Stated { field, value, normalised, span: None, at });
        }
    }
}

/// Marks the text from byte `from` on, but for what elements inside it have marked already.
fn mark(letter: &mut Letter, label: ZoneLabel, from: usize) {
    let text = letter.builder.text();
    if from >= text.len() {
        return;
    }
    let inner = letter.marked.iter().rev().take_while(|m| m.span.start >= from).count();
    let holes = letter.marked.len() - inner;
    let mut at = from;
    let mut marks = Vec::new();
    for hole in
        letter.marked[holes..].iter().map(|m| m.span).chain([Span::new(text.len(), text.len())])
    {
        let span = if at < hole.start { Span::new(at, hole.start).trim(text) } else { hole };
        if at < hole.start && !span.is_empty() {
            marks.push(Marked { label, span });
        }
        at = at.max(hole.end);
    }
    letter.marked.extend(marks);
    letter.marked[holes..].sort_by_key(|m| m.span);
}

fn is_stated(name: &str) -> bool {
    matches!(
        name,
        "persName" | "orgName" | "name" | "rs" | "placeName" | "settlement" | "date" | "idno"
    )
}

/// The dating attributes of TEI (att.datable.w3c) as EDTF.
fn edtf(tag: &Tag<'_>) -> Option<String> {
    let get = |name| tag.attribute(name).filter(|v| !v.trim().is_empty());
    if let Some(when) = get("when") {
        return Some(when);
    }
    match (get("from"), get("to"), get("notBefore"), get("notAfter")) {
        (Some(from), Some(to), ..) => Some(format!("{from}/{to}")),
        (Some(one), None, ..) | (None, Some(one), ..) => Some(one),
        (_, _, Some(first), Some(last)) => Some(format!("[{first}..{last}]")),
        (_, _, Some(first), None) => Some(format!("[{first}..]")),
        (_, _, None, Some(last)) => Some(format!("[..{last}]")),
        _ => None,
    }
}
