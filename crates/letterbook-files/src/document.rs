//! What comes out of a file: letters, what could not be read of it, and what the format says.
//!
//! Owns the types only; they derive serde so that a `worker` can hand them on between two processes of one
//! version, and no other form is promised. A [`Document`] is one text that `letterbook::read_text` can be given,
//! with the way back to the file; it is not yet known to be a letter.

use letterbook::Options;
use letterbook::record::ZoneLabel;
use letterbook::span::Span;
use letterbook::zone::{Markup, Zone};

use serde::{Deserialize, Serialize};

use crate::format::Format;
use crate::map::SourceMap;
use crate::trouble::{Damage, Failure};

/// All that a file holds, in its order.
#[derive(Debug, Default)]
pub struct Contents {
    /// The texts.
    pub documents: Vec<Document>,
    /// The parts that could not be read, each by itself; the others are still there.
    pub failures: Vec<Failure>,
}

/// What a file gives while it is read, in its order.
#[derive(Debug, Serialize, Deserialize)]
pub enum Piece {
    /// A text.
    Document(Box<Document>),
    /// A part that could not be read.
    Failure(Failure),
    /// Work that gives no text yet: a page whose characters were recognised.
    Step,
}

impl Contents {
    /// Takes in the next piece.
    pub fn push(&mut self, piece: Piece) {
        match piece {
            Piece::Document(document) => self.documents.push(*document),
            Piece::Failure(failure) => self.failures.push(failure),
            Piece::Step => {}
        }
    }
}

/// One text of a file, and how it got here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// What it was.
    pub format: Format,
    /// Which part of the file it is, such as `message 2` or `letters/a.docx`; empty when the file
    /// is this text and nothing else.
    pub part: String,
    /// Why this text begins and ends where it does, and how sure that is.
    pub boundary: Boundary,
    /// The text, as a reader sees the page.
    pub text: String,
    /// Where each character of the text stands in the file.
    pub map: SourceMap,
    /// What the format itself says of the letter, beside the page.
    pub stated: Vec<Stated>,
    /// The parts of the letter that the format's own markup names, in the order of the text.
    pub marked: Vec<Marked>,
    /// What was lost, mended or left out on the way.
    pub damage: Vec<Damage>,
}

/// A part of a letter that markup names: an opener's dateline in TEI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// What it is.
    pub label: ZoneLabel,
    /// Where in the text, in bytes.
    #[serde(with = "crate::wire::span")]
    pub span: Span,
}

/// What a file says of a letter beside its text: what its reading is [held against](crate::check).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Told {
    /// What the file was.
    pub format: Format,
    /// What the format itself says of the letter, beside the page.
    pub stated: Vec<Stated>,
    /// What was lost, mended or left out on the way.
    pub damage: Vec<Damage>,
}

impl Told {
    /// Whether the file says nothing.
    pub fn is_nothing(&self) -> bool {
        self.stated.is_empty() && self.damage.is_empty()
    }

    /// As a program may keep it beside the text.
    ///
    /// ```
    /// use letterbook_files::{Limits, document::Told, read_file};
    /// let mail = b"From: Ann Hill <ann@example.org>\nDate: 4 May 2001 10:00 +0000\n\nDear Ben,\n";
    /// let document = read_file("a.eml", mail, Limits::default()).documents.remove(0);
    /// let told = document.told();
    /// let again = Told::of_json(&told.to_json(), &document.text).expect("as it was kept");
    /// assert_eq!(again.stated.len(), told.stated.len());
    /// assert!(Told::of_json("damaged", &document.text).is_none());
    /// assert!(Told::of_json(&told.to_json(), "another text").is_none());
    /// ```
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What [`Told::to_json`] wrote of a letter with this text; none of anything else.
    pub fn of_json(json: &str, text: &str) -> Option<Told> {
        let told: Told = serde_json::from_str(json).ok()?;
        let stated = told.stated.iter().filter_map(|s| s.span);
        // what was left out at the foot of a file stands behind the last character
        let damaged = told.damage.iter().filter_map(|d| d.span).filter(|s| !s.is_empty());
        let fits = |s: Span| text.get(s.start..s.end).is_some();
        stated.chain(damaged).all(fits).then_some(told)
    }
}

impl Document {
    /// What the file says of this letter beside its text.
    pub fn told(&self) -> Told {
        let Document { format, stated, damage, .. } = self;
        Told { format: *format, stated: stated.clone(), damage: damage.clone() }
    }

    /// A text that is the whole of its part, of which the format says nothing more.
    pub(crate) fn whole(
        format: Format,
        part: &str,
        (text, map, damage): (String, SourceMap, Vec<Damage>),
    ) -> Document {
        let (part, boundary) = (part.to_owned(), Boundary::CERTAIN);
        let (stated, marked) = (Vec::new(), Vec::new());
        Document { format, part, boundary, text, map, stated, marked, damage }
    }

    /// What the format's markup says of the letter's parts, for reading this text.
    pub fn markup(&self) -> Markup {
        let zone = |m: &Marked| Zone { label: m.label, span: m.span, confidence: 1.0 };
        // of a mail only the head is marked, an edition marks datelines wherever they stand
        let is_throughout = self.format == Format::Tei;
        Markup { zones: self.marked.iter().map(zone).collect(), is_throughout }
    }

    /// The hints for reading this text: those of the caller, and where they are silent those of
    /// the format (its language; its date as an anchor for a date that the page cuts short).
    pub fn options(&self, caller: &Options) -> Options {
        let stated = |field| self.stated.iter().find(|s| s.field == field);
        let mut options = caller.clone();
        if options.language.is_none() {
            options.language = stated(StatedField::Language).map(|s| s.value.clone());
        }
        if options.anchor.is_none() {
            options.anchor = stated(StatedField::Date).and_then(|s| s.normalised.clone());
        }
        options
    }
}

/// Why a text begins where it does.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Boundary {
    /// What shows it.
    pub reason: BoundaryReason,
    /// In `0.0..=1.0`.
    pub confidence: f32,
}

impl Boundary {
    /// The format itself parts the texts: nothing was guessed.
    pub(crate) const CERTAIN: Boundary =
        Boundary { reason: BoundaryReason::Format, confidence: 1.0 };
}

/// The kinds of [`Boundary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum BoundaryReason {
    /// The format parts them: a file, a message, a member, an element, a line.
    Format,
    /// A message quoted below its answer.
    Quoted,
    /// A line of signs between two letters.
    Separator,
    /// A page feed or a new page.
    Page,
    /// A heading or number that returns at the head of each letter.
    Heading,
    /// An opening (dateline, address, salutation) after the end of another letter.
    Opening,
}

/// Something that the format says of the letter: a header of a mail, a `correspDesc` of TEI.
///
/// It never takes the place of what the page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// What it says.
    pub field: StatedField,
    /// As it is written there.
    pub value: String,
    /// EDTF of a date, or the identifier of a person or place, where the format gives one.
    pub normalised: Option<String>,
    /// Where it stands in the text, if it does.
    #[serde(with = "crate::wire::maybe_span")]
    pub span: Option<Span>,
    /// Where it stands in the file: an XML path or the name of a header.
    pub at: String,
}

/// The kinds of [`Stated`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum StatedField {
    /// Who sent it.
    Sender,
    /// To whom.
    Recipient,
    /// Who else got it.
    Copy,
    /// When.
    Date,
    /// From where.
    Place,
    /// Where to.
    Destination,
    /// What it is about.
    Subject,
    /// In what language, as a BCP 47 tag.
    Language,
    /// The identifier of the letter in its collection.
    Identifier,
    /// What the mail says it is an answer to.
    AnswerTo,
    /// What came with it and is no text.
    Attachment,
}
