//! The record: what Letterbook says of one letter, as it is written to JSON.
//!
//! These types are the contract of `schemas/letter.schema.json`: one record, one JSON. Other
//! formats map from it and none of them leaks back. Values use EDTF (ISO 8601-2), BCP 47 language
//! tags and E.164 telephone numbers; evidence follows the W3C Web Annotation text selectors
//! (position and quote, in Unicode code points). Absent things are absent: no nulls, no empty
//! strings. This module holds no rule of reading.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The version of the record's shape, written as `"letterbook": 1`.
pub const VERSION: u32 = 1;

/// The name of the rule or model that gave a value, for `--explain`; empty when not asked for.
pub type By = Cow<'static, str>;

/// The whole reading of one letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// The version of this shape: [`VERSION`].
    pub letterbook: u32,
    /// The identifier that came with the text, or the file's path; given back as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The language of the letter, as a BCP 47 tag (`en`, `de`, `zh`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Reading>,
    /// Those who sign or speak: in the order of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub senders: Vec<Party>,
    /// Those who are addressed: in the order of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Party>,
    /// The letter's own date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<LetterDate>,
    /// The place of writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Reading>,
    /// The anatomy of the letter, in the order of the text, never overlapping.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<Zone>,
    /// Persons, organisations, places, dates and events that the letter names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention>,
    /// What the letter is written for or marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub occasions: Vec<Occasion>,
    /// What the writer does by writing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<Act>,
    /// Other letters, telegrams and notes that the letter speaks of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// Words that say that something lies with the letter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enclosures: Vec<Enclosure>,
    /// What arithmetic and damage show to be worth a second look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl Default for Letter {
    /// The record of a letter in which nothing is read.
    fn default() -> Letter {
        Letter {
            letterbook: VERSION,
            id: None,
            language: None,
            senders: Vec::new(),
            recipients: Vec::new(),
            date: None,
            place: None,
            zones: Vec::new(),
            mentions: Vec::new(),
            occasions: Vec::new(),
            acts: Vec::new(),
            references: Vec::new(),
            enclosures: Vec::new(),
            findings: Vec::new(),
        }
    }
}

impl Letter {
    /// Takes out which rule gave each value, for a record that was not asked to explain itself.
    pub fn forget_rules(&mut self) {
        for party in self.senders.iter_mut().chain(&mut self.recipients) {
            let Party {
                name,
                form_of_address,
                role,
                organisation,
                on_behalf_of,
                address,
                contacts,
            } = party;
            for reading in [name, form_of_address, role, organisation, on_behalf_of, address] {
                forget(reading.iter_mut().map(|r| &mut r.by));
            }
            forget(contacts.iter_mut().map(|c| &mut c.by));
        }
        forget(self.language.iter_mut().chain(&mut self.place).map(|r| &mut r.by));
        forget(self.date.iter_mut().map(|d| &mut d.by));
        forget(self.mentions.iter_mut().map(|m| &mut m.by));
        forget(self.occasions.iter_mut().map(|o| &mut o.by));
        forget(self.acts.iter_mut().map(|a| &mut a.by));
        forget(self.references.iter_mut().map(|r| &mut r.by));
        forget(self.enclosures.iter_mut().map(|e| &mut e.by));
    }
}

fn forget<'a>(rules: impl Iterator<Item = &'a mut By>) {
    rules.for_each(|by| *by = By::default());
}

/// An identifier as it came: text or number, given back unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Id {
    /// A whole number.
    Number(i64),
    /// Any text.
    Text(String),
}

/// Characters of the letter that show a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// First code point, counted from 0.
    pub start: usize,
    /// The code point after the last; `start <= end <=` the text's length.
    pub end: usize,
    /// Exactly what stands there.
    pub quote: String,
}

/// A value with the characters that show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The value, white space folded to single spaces.
    pub value: String,
    /// The characters that show it; never empty.
    pub evidence: Vec<Evidence>,
    /// In `0.0..=1.0`: of the readings given with 0.9, nine in ten are right.
    pub confidence: f32,
    /// Other readings of the same characters, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// Which rule or model said it; only with `explain`.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by: By,
}

/// Another reading that the same characters allow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The other value.
    pub value: String,
    /// In `0.0..=1.0`.
    pub confidence: f32,
    /// Why it is possible, in a few words.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub reason: Cow<'static, str>,
}

/// A sender or a recipient.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Party {
    /// The person, or the body where no person is named, as the page writes the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Reading>,
    /// How the salutation addresses the person: "Comrade", "Herr Geheimrat".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_of_address: Option<Reading>,
    /// Office or position, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Reading>,
    /// The body that the person belongs to or writes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Reading>,
    /// The body or person that the party says to speak for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Reading>,
    /// Street, town, country, as written, lines joined by ", ".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Reading>,
    /// Telephone numbers and the like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
}

/// A way to reach a party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// What kind of contact it is.
    pub kind: ContactKind,
    /// E.164 for telephone numbers whose country the page settles; as written otherwise.
    pub value: String,
    /// The characters that show it; never empty.
    pub evidence: Vec<Evidence>,
    /// In `0.0..=1.0`.
    pub confidence: f32,
    /// Which rule or model said it; only with `explain`.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by: By,
}

/// The kinds of [`Contact`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContactKind {
    /// A telephone number.
    Phone,
    /// A telefax number.
    Fax,
    /// An e-mail address.
    Email,
    /// A web address.
    Web,
    /// A cable (telegraphic) address.
    Cable,
}

/// The letter's date: an EDTF value, and what the page writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LetterDate {
    /// EDTF (ISO 8601-2), proleptic Gregorian.
    pub value: String,
    /// The calendar as written, by its label (`gregorian`, `julian`, `juche`).
    pub calendar: String,
    /// Year, month and day as written.
    #[serde(default, skip_serializing_if = "Written::is_empty")]
    pub written: Written,
    /// The weekday that the page gives, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<String>,
    /// The same day in other calendars, where the page gives it twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parallel: Vec<ParallelDate>,
    /// The characters that show it; never empty.
    pub evidence: Vec<Evidence>,
    /// In `0.0..=1.0`.
    pub confidence: f32,
    /// Other readings, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// Which rule or model said it; only with `explain`.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by: By,
}

/// A date's parts as the page writes them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Written {
    /// "2006", "an III", "1731/2".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// "October", "Xbre", "9".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// "12", "12th", "zwölften".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// "O.S.", "n. St.".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
}

impl Written {
    /// Whether no part is there.
    pub fn is_empty(&self) -> bool {
        *self == Written::default()
    }
}

/// The letter's day as it stands in a second calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParallelDate {
    /// EDTF of what the second calendar says, proleptic Gregorian.
    pub value: String,
    /// The second calendar's label.
    pub calendar: String,
    /// The characters that show it; never empty.
    pub evidence: Vec<Evidence>,
}

/// A stretch of the letter and what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// What the stretch is.
    pub label: ZoneLabel,
    /// First code point, counted from 0.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// In `0.0..=1.0`.
    pub confidence: f32,
}

/// The parts of a letter, by the names of letter-writing manuals and TEI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneLabel {
    /// Printed or written head: body, address, telephone.
    Letterhead,
    /// Place and date of writing.
    Dateline,
    /// Inside address: to whom the letter goes.
    Address,
    /// "Dear Madam,".
    Salutation,
    /// What is said.
    Body,
    /// "Yours faithfully,".
    Close,
    /// Name, office and body of those who sign.
    Signature,
    /// "P.S. …".
    Postscript,
    /// "Encl.: 2".
    Enclosure,
    /// "Received 9 May", an endorsement by the recipient.
    NoteOfReceipt,
    /// File numbers, page headers, stamps and whatever else stands on the page.
    Other,
}

impl ZoneLabel {
    /// All labels, in the order in which a letter usually has them.
    pub const ALL: [ZoneLabel; 11] = [
        ZoneLabel::Letterhead,
        ZoneLabel::Dateline,
        ZoneLabel::Address,
        ZoneLabel::Salutation,
        ZoneLabel::Body,
        ZoneLabel::Close,
        ZoneLabel::Signature,
        ZoneLabel::Postscript,
        ZoneLabel::Enclosure,
        ZoneLabel::NoteOfReceipt,
        ZoneLabel::Other,
    ];

    /// The label's name in the record.
    pub fn name(self) -> &'static str {
        match self {
            ZoneLabel::Letterhead => "letterhead",
            ZoneLabel::Dateline => "dateline",
            ZoneLabel::Address => "address",
            ZoneLabel::Salutation => "salutation",
            ZoneLabel::Body => "body",
            ZoneLabel::Close => "close",
            ZoneLabel::Signature => "signature",
            ZoneLabel::Postscript => "postscript",
            ZoneLabel::Enclosure => "enclosure",
            ZoneLabel::NoteOfReceipt => "note_of_receipt",
            ZoneLabel::Other => "other",
        }
    }

    /// The label of that name, if there is one.
    pub fn from_name(name: &str) -> Option<ZoneLabel> {
        ZoneLabel::ALL.into_iter().find(|l| l.name() == name)
    }
}

/// Something that the letter names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// What kind of thing it is.
    pub kind: MentionKind,
    /// As the page writes it; EDTF for a date.
    pub value: String,
    /// The characters that show it; never empty.
    pub evidence: Vec<Evidence>,
    /// In `0.0..=1.0`.
    pub confidence: f32,
    /// Which rule or model said it; only with `explain`.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by: By,
}

/// The kinds of [`Mention`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// A person.
    Person,
    /// A body: party, ministry, firm, society.
    Org,
    /// A town, land, state or house.
    Place,
    /// A date, as EDTF.
    Date,
    /// A named event: a war, a treaty, a congress.
    Event,
}

/// What the letter is written for or marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Occasion {
    /// What kind of occasion it is.
    pub kind: OccasionKind,
    /// What is marked, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The number of an anniversary, 1 or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u32>,
    /// EDTF of the event that follows from the ordinal and the letter's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_date: Option<String>,
    /// The characters that show it; never empty.
    pub evidence: Vec<Evidence>,
    /// In `0.0..=1.0`.
    pub confidence: f32,
    /// Which rule or model said it; only with `explain`.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by: By,
}

/// The kinds of [`Occasion`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OccasionKind {
    /// The return of a day: "the 61st anniversary of …".
    Anniversary,
    /// A birthday or name day.
    Birthday,
    /// New Year, Christmas and other feasts.
    Holiday,
    /// A death.
    Death,
    /// An engagement or wedding.
    Marriage,
    /// A birth.
    Birth,
    /// An illness or recovery.
    Illness,
    /// An election, appointment or promotion.
    Appointment,
    /// An honour or prize.
    Award,
    /// A book or article.
    Publication,
    /// A visit or arrival.
    Visit,
    /// Anything else.
    Other,
}

/// What the writer does by writing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// Which of the nineteen.
    pub act: ActKind,
    /// The clause that shows it; never empty.
    pub evidence: Vec<Evidence>,
    /// In `0.0..=1.0`.
    pub confidence: f32,
    /// Which rule or model said it; only with `explain`.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by: By,
}

/// The acts of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each act is the plain meaning of its verb; see docs/annotation")]
pub enum ActKind {
    Acknowledge,
    Transmit,
    Request,
    Instruct,
    Ask,
    Offer,
    Invite,
    Accept,
    Decline,
    Promise,
    Thank,
    Congratulate,
    Condole,
    Wish,
    Apologise,
    Introduce,
    Endorse,
    Protest,
    Warn,
}

impl ActKind {
    /// All nineteen.
    pub const ALL: [ActKind; 19] = [
        ActKind::Acknowledge,
        ActKind::Transmit,
        ActKind::Request,
        ActKind::Instruct,
        ActKind::Ask,
        ActKind::Offer,
        ActKind::Invite,
        ActKind::Accept,
        ActKind::Decline,
        ActKind::Promise,
        ActKind::Thank,
        ActKind::Congratulate,
        ActKind::Condole,
        ActKind::Wish,
        ActKind::Apologise,
        ActKind::Introduce,
        ActKind::Endorse,
        ActKind::Protest,
        ActKind::Warn,
    ];

    /// The act's name in the record.
    pub fn name(self) -> &'static str {
        match self {
            ActKind::Acknowledge => "acknowledge",
            ActKind::Transmit => "transmit",
            ActKind::Request => "request",
            ActKind::Instruct => "instruct",
            ActKind::Ask => "ask",
            ActKind::Offer => "offer",
            ActKind::Invite => "invite",
            ActKind::Accept => "accept",
            ActKind::Decline => "decline",
            ActKind::Promise => "promise",
            ActKind::Thank => "thank",
            ActKind::Congratulate => "congratulate",
            ActKind::Condole => "condole",
            ActKind::Wish => "wish",
            ActKind::Apologise => "apologise",
            ActKind::Introduce => "introduce",
            ActKind::Endorse => "endorse",
            ActKind::Protest => "protest",
            ActKind::Warn => "warn",
        }
    }

    /// The act of that name, if there is one.
    pub fn from_name(name: &str) -> Option<ActKind> {
        ActKind::ALL.into_iter().find(|a| a.name() == name)
    }
}

/// Another letter that this one speaks of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// What was sent.
    pub kind: ReferenceKind,
    /// Who sent it.
    pub from: ReferenceFrom,
    /// EDTF of its date, resolved against the letter's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its number, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The characters that show it; never empty.
    pub evidence: Vec<Evidence>,
    /// In `0.0..=1.0`.
    pub confidence: f32,
    /// Which rule or model said it; only with `explain`.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by: By,
}

/// The kinds of [`Reference`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReferenceKind {
    /// A letter or despatch.
    Letter,
    /// A telegram or cable.
    Telegram,
    /// A note, card or postcard.
    Note,
    /// Any other message.
    Other,
}

/// Who sent the message that is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReferenceFrom {
    /// The sender of this letter.
    Sender,
    /// Its recipient.
    Recipient,
    /// Somebody else.
    Other,
}

/// Words that say that something lies with the letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enclosure {
    /// The characters that show it; never empty.
    pub evidence: Vec<Evidence>,
    /// In `0.0..=1.0`.
    pub confidence: f32,
    /// Which rule or model said it; only with `explain`.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub by: By,
}

/// Something worth a second look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// A stable name, such as `weekday-conflict`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// What was expected and what was found.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// Where it stands; empty when the whole letter is meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

impl Finding {
    /// Every code, those of the formats of files among them, in the order of the alphabet;
    /// `docs/findings.md` says what each means.
    pub const CODES: [&'static str; 31] = [
        "anniversary-agrees",
        "anniversary-conflict",
        "bidi-control",
        "control-character",
        "damaged-body",
        "damaged-xml",
        "dual-date-agrees",
        "dual-date-conflict",
        "empty-letter",
        "event-agrees",
        "event-conflict",
        "gap",
        "impossible-date",
        "left-out",
        "lost-character",
        "no-date",
        "recognised",
        "reference-after-letter",
        "span-agrees",
        "span-conflict",
        "stated-date-conflict",
        "stated-place-conflict",
        "stated-recipient-conflict",
        "stated-sender-conflict",
        "supplied",
        "too-deep",
        "too-many-pages",
        "truncated",
        "undecoded-bytes",
        "weekday-agrees",
        "weekday-conflict",
    ];
}

/// How much a [`Finding`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Agreement or oddity that a reader may like to know.
    Note,
    /// Something that may be wrong.
    Warning,
    /// Something that cannot be right as it stands.
    Error,
}
