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
use zone::Markup;

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
    let text = &Text::new(text);
    let language = language::read_language(text);
    let tag = language.as_ref().map(|l| l.tag).or(options.language.as_deref());
    // needed last and the longest to make: another thread may make the other tables meanwhile
    mention::prepare_language(tag);
    let zones = zone::read_zones(text);
    let zones = zone::marked::overlay(text.as_str(), zones, &letter::head::marks(text, tag));
    let blocks = letter::blocks::marks(text, &zones, tag);
    let zones = zone::marked::overlay(text.as_str(), zones, &blocks);
    let zones = zone::marked::overlay(text.as_str(), zones, markup);
    let mut letter = letter::join(text, &zones, tag, options);
    letter.language = language.map(|l| Reading {
        value: l.tag.to_owned(),
        evidence: l.evidence.into_iter().map(|s| text.evidence(s)).collect(),
        confidence: l.confidence,
        alternatives: Vec::new(),
        by: l.by.into(),
    });
    letter.findings = check::check(text, &letter);
    if !options.explain {
        letter.forget_rules();
    }
    letter
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
