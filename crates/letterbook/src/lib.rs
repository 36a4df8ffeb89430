//! Reads letters: who wrote to whom, in what office and on whose behalf, when in any calendar,
//! from where, on what occasion, doing what and answering what, each value with the characters
//! that show it.
//!
//! The cascade is `source` → `zone` → `mention` → `letter` → `check`; a module may use only those
//! above it (ARCHITECTURE.md has the table that a test holds the code against).

pub mod chain;
mod check;
pub mod folding;
pub mod language;
pub mod letter;
pub mod mention;
pub mod model;
mod numbered;
pub mod options;
pub mod record;
mod rows;
pub mod source;
pub mod span;
pub mod split;
pub mod tables;
pub mod text;
pub mod token;
pub mod zone;

pub use options::Options;

use letterbook_dates::packed;
use record::{Finding, Letter, Reading};
use source::{Source, Unreadable};
use text::Text;
use zone::{Markup, Zone};

/// Reads the bytes of a plain-text file that holds one letter.
///
/// A strange letter is not an error: it is a record with findings. To keep the text at hand, for
/// showing evidence on it, call [`Source::decode`] and [`read_text`].
///
/// # Errors
///
/// [`Unreadable`] when the bytes are no text.
///
/// ```
/// use letterbook::{Options, read};
///
/// let letter = b"Whitby, 4 May 1848.\n\nDear Father,\n\nI am well.\n\nYour son,\nJohn";
/// let record = read(letter, &Options::default())?;
/// assert_eq!(record.date.unwrap().value, "1848-05-04");
/// assert_eq!(record.place.unwrap().value, "Whitby");
///
/// assert!(read(b"%PDF-1.7", &Options::default()).is_err());
/// # Ok::<(), letterbook::source::Unreadable>(())
/// ```
pub fn read(bytes: &[u8], options: &Options) -> Result<Letter, Unreadable> {
    Ok(read_text(Source::decode(bytes)?.text(), options))
}

/// Reads one letter; positions in the record are code points of `text`.
///
/// Answers for any text, in time linear in its length, and gives the same record for the same
/// input. `id` is left for the caller to set.
///
/// ```
/// use letterbook::{Options, read_text};
///
/// let record = read_text("To be, or not to be", &Options::default());
/// assert_eq!(record.date, None);
/// assert_eq!(record.findings[0].code, "no-date");
/// ```
pub fn read_text(text: &str, options: &Options) -> Letter {
    read_marked_text(text, options, &Markup::default())
}

/// Reads tables that any letter needs and that do not depend on its language.
///
/// The first letter that is read does so otherwise. A program that calls this on a thread aside
/// while it opens its input has its first reading sooner; where they are read, nothing is done.
///
/// ```
/// std::thread::spawn(letterbook::prepare);
/// let record = letterbook::read_text("To be, or not to be", &letterbook::Options::default());
/// assert_eq!(record.language.unwrap().value, "en");
/// ```
pub fn prepare() {
    letterbook_dates::phrase::find_dates("", &letterbook_dates::phrase::Context::default());
    mention::prepare();
}

/// Reads one letter of which markup names some parts, as TEI names datelines and salutations.
///
/// The markup outranks the model: its zones stand as they are, and the model fills what lies
/// between them.
///
/// # Panics
///
/// When a zone is out of bounds or cuts a character.
///
/// ```
/// use letterbook::zone::{Markup, Zone};
/// use letterbook::{Options, read_marked_text, record::ZoneLabel, span::Span};
///
/// let text = "Sir, it rains. Bath, 3 May 1811";
/// let zone = Zone { label: ZoneLabel::Dateline, span: Span::new(15, 31), confidence: 1.0 };
/// let markup = Markup { zones: vec![zone], is_throughout: true };
/// let record = read_marked_text(text, &Options::default(), &markup);
/// assert_eq!(record.date.unwrap().value, "1811-05-03");
/// ```
pub fn read_marked_text(text: &str, options: &Options, markup: &Markup) -> Letter {
    let mut letter = Underway::new(&Given { text, options, markup });
    for step in Underway::STEPS {
        step(&mut letter);
    }
    letter.record
}

/// A letter to be read, with what is known of it beside its text.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Its text, in which the record counts code points.
    pub text: &'a str,
    /// What the caller says of it.
    pub options: &'a Options,
    /// What the markup of its file says of its parts.
    pub markup: &'a Markup,
}

/// Bytes of letters that are read together; a longer letter is read by itself.
const TOGETHER: usize = 64 << 10;

/// Reads many letters, each as [`read_marked_text`] reads it: the same records, in the same order.
///
/// Some letters at a time go through reader by reader, which takes less time than letter by letter:
/// what the processor keeps at hand of a reader and its tables serves all of them. Any number may
/// be given; what is held beside the records grows with the longest letter, not with how many there
/// are.
///
/// # Panics
///
/// As [`read_marked_text`], and then without a record of any letter.
///
/// ```
/// use letterbook::zone::Markup;
/// use letterbook::{Given, Options, read_many};
///
/// let (options, markup) = (Options::default(), Markup::default());
/// let abroad = Options { place: Some("Riga".into()), ..Options::default() };
/// let records = read_many(&[
///     Given { text: "Bath, 3 May 1811. Dear Ann, it rains.", options: &options, markup: &markup },
///     Given { text: "3 May 1811. Dear Ann, it snows.", options: &abroad, markup: &markup },
/// ]);
/// assert_eq!(records[0].date.as_ref().unwrap().calendar, "gregorian");
/// assert_eq!(records[1].date.as_ref().unwrap().calendar, "julian");
/// ```
pub fn read_many(letters: &[Given<'_>]) -> Vec<Letter> {
    let mut records = Vec::with_capacity(letters.len());
    let mut left = letters;
    while !left.is_empty() {
        let mut bytes = 0;
        let fits = |letter: &&Given<'_>| {
            bytes += letter.text.len();
            bytes <= TOGETHER
        };
        let (some, later) = left.split_at(left.iter().take_while(fits).count().max(1));
        left = later;
        let mut some: Vec<Underway<'_>> = some.iter().map(Underway::new).collect();
        for step in Underway::STEPS {
            some.iter_mut().for_each(step);
        }
        records.extend(some.into_iter().map(|letter| letter.record));
    }
    records
}

/// A letter on its way through the readers.
struct Underway<'a> {
    text: Text<'a>,
    options: &'a Options,
    markup: &'a Markup,
    /// Its language, or the one that the caller says.
    tag: Option<&'a str>,
    zones: Vec<Zone>,
    /// What is read so far.
    record: Letter,
}

impl<'a> Underway<'a> {
    /// What is done with each letter, in this order.
    const STEPS: [fn(&mut Underway<'a>); 6] = [
        Underway::read_language,
        Underway::read_zones,
        Underway::overlay_marks,
        Underway::read_sides,
        Underway::read_content,
        Underway::check,
    ];

    fn new(given: &Given<'a>) -> Underway<'a> {
        Underway {
            text: Text::new(given.text),
            options: given.options,
            markup: given.markup,
            tag: given.options.language.as_deref(),
            zones: Vec::new(),
            record: Letter::default(),
        }
    }

    fn read_language(&mut self) {
        let language = language::read_language(&self.text);
        self.tag = language.as_ref().map(|l| l.tag).or(self.tag);
        self.record.language = language.map(|l| Reading {
            value: l.tag.to_owned(),
            evidence: l.evidence.into_iter().map(|s| self.text.evidence(s)).collect(),
            confidence: l.confidence,
            alternatives: Vec::new(),
            by: l.by.into(),
        });
        // needed last and the longest to make: another thread may make the other tables meanwhile
        mention::prepare_language(self.tag);
    }

    fn read_zones(&mut self) {
        self.zones = zone::read_zones(&self.text);
    }

    fn overlay_marks(&mut self) {
        let text = &self.text;
        let overlay = |zones, marks: &Markup| zone::marked::overlay(text.as_str(), zones, marks);
        let zones = overlay(std::mem::take(&mut self.zones), &letter::head::marks(text, self.tag));
        let blocks = letter::blocks::marks(text, &zones, self.tag);
        self.zones = overlay(overlay(zones, &blocks), self.markup);
    }

    fn read_sides(&mut self) {
        letter::read_sides(&self.text, &self.zones, self.tag, self.options, &mut self.record);
    }

    fn read_content(&mut self) {
        letter::read_content(&self.text, &self.zones, self.tag, &mut self.record);
    }

    fn check(&mut self) {
        self.record.findings = check::check(&self.text, &self.record);
        if !self.options.explain {
            self.record.forget_rules();
        }
    }
}

/// The findings of a letter whose record was changed by hand: what its checks say of it as it is.
///
/// ```
/// use letterbook::{Options, check_record, read_text};
///
/// let text = "Bath, Tuesday, 3 March 1846.\n\nDear Ann,\n\nI am well.\n\nJohn";
/// let mut record = read_text(text, &Options::default());
/// assert_eq!(check_record(text, &record), record.findings);
/// record.date.as_mut().unwrap().value = "1846-03-04".into();
/// assert_eq!(check_record(text, &record)[0].code, "weekday-conflict");
/// ```
pub fn check_record(text: &str, letter: &Letter) -> Vec<Finding> {
    check::check(&Text::new(text), letter)
}
