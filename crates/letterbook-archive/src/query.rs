//! The search language: what people type, as a tree, or an error that points at the spot.
//!
//! Words beside each other must all be there; `or`, `not` (or `-`), parentheses, "phrases" and
//! prefixes (`congrat*`) as everywhere. A field stands before a colon and may have a group behind
//! it: `from:(Müller or Meier)`. Does not know the index; `search` turns the tree into its terms.

use std::fmt;
use std::ops::Range;

use letterbook::record::{ActKind, Finding, OccasionKind, Severity, ZoneLabel};
use letterbook_dates::calendar::{Calendar, gregorian};
use letterbook_dates::day::Day;
use letterbook_dates::value::{Component, Edtf};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::language;
use crate::period::{self, Stretch};

/// A query, understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// Every letter.
    All,
    /// Letters that all of these find.
    And(Vec<Query>),
    /// Letters that one of these finds.
    Or(Vec<Query>),
    /// Letters that this does not find.
    Not(Box<Query>),
    /// Letters with these words in this order in a field.
    Words {
        /// Where.
        field: Field,
        /// What, as typed.
        text: String,
        /// How strictly the words must stand there.
        form: Form,
    },
    /// Letters with this label: a kind of thing and its value.
    Label(String),
    /// Letters whose date may lie in these bounds, both included; none is open.
    Date(Option<Day>, Option<Day>),
    /// Letters whose least sure main reading is below (true) or at least (false) this.
    Confidence {
        /// Whether below.
        below: bool,
        /// In `0.0..=1.0`.
        limit: f64,
    },
    /// The letter of this number.
    Number(u64),
}

/// A field with words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The letter's text.
    Text,
    /// Names, offices and bodies of the senders.
    From,
    /// Names, offices and bodies of the recipients.
    To,
    /// The place of writing.
    Place,
    /// Everything that the letter names, and the events that it is written for.
    About,
    /// Bodies: of senders, recipients, and named in the letter.
    Org,
    /// The name under which the file was added.
    File,
}

/// How strictly words must stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Any form and spelling of the word.
    Word,
    /// Exactly these words in this order, without regard to case and accents.
    Phrase,
    /// A word that begins so.
    Prefix,
}

/// Why a query cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The query.
    pub query: String,
    /// Where, in bytes of the query.
    pub at: Range<usize>,
    /// Where, in code points, from 1.
    pub column: usize,
    /// What was expected, and what was found.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at character {}", self.message, self.column)
    }
}

impl std::error::Error for QueryError {}

/// The fields, for messages and help.
pub const FIELDS: [&str; 16] = [
    "from",
    "to",
    "place",
    "date",
    "calendar",
    "act",
    "occasion",
    "about",
    "org",
    "lang",
    "finding",
    "confidence",
    "has",
    "file",
    "text",
    "number",
];

/// What `has:` can ask for beside the zones.
pub const PARTS: [&str; 10] = [
    "date",
    "place",
    "sender",
    "recipient",
    "occasion",
    "act",
    "reference",
    "finding",
    "correction",
    "failure",
];

/// How deep parentheses may be nested.
const DEPTH: usize = 64;

impl Query {
    /// Reads a query; an empty one finds every letter.
    ///
    /// # Errors
    ///
    /// What was expected instead, and where.
    ///
    /// ```
    /// use letterbook_archive::query::Query;
    ///
    /// assert!(Query::parse("from:Müller date:1848..1850 (peace or armistice)").is_ok());
    /// let error = Query::parse("date:1850..1848").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "expected a range that ends after it begins, but found `1850..1848` at character 6"
    /// );
    /// ```
    pub fn parse(text: &str) -> Result<Query, QueryError> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        parser.skip_space();
        if parser.at == text.len() {
            return Ok(Query::All);
        }
        let query = parser.any(None)?;
        match parser.rest().chars().next() {
            None => Ok(query),
            Some(_) => Err(parser.error(
                parser.at..parser.at + 1,
                "expected a word or a field, but found `)`",
                "remove it, or open a parenthesis before it",
            )),
        }
    }
}

struct Parser<'q> {
    text: &'q str,
    at: usize,
    depth: usize,
}

/// A name that stands before a colon, and where.
type Named<'q> = (&'q str, Range<usize>);

impl<'q> Parser<'q> {
    fn rest(&self) -> &'q str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn error(
        &self,
        at: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> QueryError {
        let column = self.text[..at.start].chars().count() + 1;
        QueryError {
            query: self.text.to_owned(),
            at,
            column,
            message: message.into(),
            hint: hint.into(),
        }
    }

    fn here(&self, message: impl Into<String>, hint: impl Into<String>) -> QueryError {
        self.error(self.at..self.text.len(), message, hint)
    }

    /// Takes `word` when it stands here as a word of its own, in any case.
    fn take_word(&mut self, word: &str) -> bool {
        let is_here = self.rest().get(..word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word));
        let ends = |c: char| c.is_whitespace() || c == '(' || c == '"';
        let is_whole =
            self.rest().get(word.len()..).is_some_and(|r| r.is_empty() || r.starts_with(ends));
        if is_here && is_whole {
            self.at += word.len();
            self.skip_space();
        }
        is_here && is_whole
    }

    fn any(&mut self, field: Option<&Named<'q>>) -> Result<Query, QueryError> {
        let mut choices = vec![self.all(field)?];
        while self.take_word("or") {
            choices.push(self.all(field)?);
        }
        Ok(one_or(choices, Query::Or))
    }

    fn all(&mut self, field: Option<&Named<'q>>) -> Result<Query, QueryError> {
        let mut parts = vec![self.one(field)?];
        loop {
            let after_and = self.take_word("and");
            let before = self.at;
            let is_end = self.rest().is_empty() || self.rest().starts_with(')');
            if !after_and && (is_end || self.take_word("or")) {
                self.at = before;
                return Ok(one_or(parts, Query::And));
            }
            parts.push(self.one(field)?);
        }
    }

    fn one(&mut self, field: Option<&Named<'q>>) -> Result<Query, QueryError> {
        if self.take_word("not") || self.take_minus() {
            self.enter()?;
            let query = self.one(field)?;
            self.depth -= 1;
            return Ok(Query::Not(Box::new(query)));
        }
        if self.rest().starts_with('(') {
            let open = self.at;
            self.at += 1;
            self.enter()?;
            self.skip_space();
            let query = self.any(field)?;
            if !self.rest().starts_with(')') {
                return Err(self.error(
                    open..open + 1,
                    "expected a `)` for the `(`, but found the end",
                    "close the parenthesis, or put it in quotation marks",
                ));
            }
            self.at += 1;
            self.depth -= 1;
            self.skip_space();
            return Ok(query);
        }
        if field.is_none()
            && let Some(name) = self.take_field()
        {
            let is_group = self.rest().starts_with('(');
            return if is_group { self.one(Some(&name)) } else { self.value(&name) };
        }
        match field {
            Some(name) => self.value(&name.clone()),
            None => self.value(&("text", self.at..self.at)),
        }
    }

    fn enter(&mut self) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.here(
                format!("expected at most {DEPTH} levels of parentheses, but found more"),
                "",
            ));
        }
        Ok(())
    }

    fn take_minus(&mut self) -> bool {
        let is_here = self.rest().starts_with('-')
            && self.rest()[1..].starts_with(|c: char| !c.is_whitespace());
        self.at += usize::from(is_here);
        is_here
    }

    /// A field's name before a colon; a word with a colon that is no field is an error, because
    /// its author meant a field.
    fn take_field(&mut self) -> Option<Named<'q>> {
        let name = self.rest();
        let end = name.find(|c: char| !c.is_ascii_alphabetic())?;
        if end == 0 || !name[end..].starts_with(':') {
            return None;
        }
        let at = self.at..self.at + end;
        self.at += end + 1;
        Some((&name[..end], at))
    }

    /// The characters up to the next space or parenthesis, or between quotation marks.
    fn raw(&mut self) -> Result<(String, Range<usize>, bool), QueryError> {
        let start = self.at;
        let quotes = ["\"", "“", "„", "«"];
        if let Some(open) = quotes.into_iter().find(|q| self.rest().starts_with(q)) {
            let inner = &self.rest()[open.len()..];
            let Some(end) = inner.find(['"', '”', '“', '»']) else {
                return Err(self.error(
                    start..start + open.len(),
                    format!("expected a closing `{open}`, but found the end"),
                    "close the phrase",
                ));
            };
            let phrase = inner[..end].to_owned();
            self.at += open.len() + end;
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            let range = start..self.at;
            self.skip_space();
            return Ok((phrase, range, true));
        }
        let end = self
            .rest()
            .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"'))
            .unwrap_or(self.rest().len());
        let word = self.rest()[..end].to_owned();
        self.at += end;
        let range = start..self.at;
        self.skip_space();
        Ok((word, range, false))
    }

    fn value(&mut self, (name, named): &Named<'q>) -> Result<Query, QueryError> {
        let (raw, at, quoted) = self.raw()?;
        if raw.trim().is_empty() {
            let found = match self.rest().chars().next() {
                Some(c) if at.is_empty() => format!("`{c}`"),
                _ if quoted => "an empty phrase".to_owned(),
                _ => "the end".to_owned(),
            };
            let what = if named.is_empty() {
                "expected a word or a field".to_owned()
            } else {
                format!("expected a value for `{name}:`")
            };
            return Err(self.error(at, format!("{what}, but found {found}"), ""));
        }
        let words = |field| self.words(field, raw.clone(), at.clone(), quoted);
        match name.to_ascii_lowercase().as_str() {
            "text" => words(Field::Text),
            "from" => words(Field::From),
            "to" => words(Field::To),
            "place" => words(Field::Place),
            "about" => words(Field::About),
            "org" => words(Field::Org),
            "file" => words(Field::File),
            "date" => self.date(&raw, at),
            "confidence" => self.confidence(&raw, at),
            "act" => self.label::<ActKind>("act", &raw, at, &act_names()),
            "occasion" => self.label::<OccasionKind>("occasion", &raw, at, &OCCASIONS),
            "calendar" => {
                let label = raw.to_lowercase();
                if Calendar::from_label(&label).is_none() {
                    return Err(self.error(
                        at,
                        format!("expected a calendar, but found `{raw}`"),
                        "`letterbook calendar --list` shows their labels",
                    ));
                }
                Ok(Query::Label(format!("calendar:{label}")))
            }
            "lang" => match language::tag(&raw) {
                Some(tag) => Ok(Query::Label(format!("lang:{tag}"))),
                None => Err(self.error(
                    at,
                    format!("expected a language, but found `{raw}`"),
                    "a tag such as en, de or zh-Hant, or an English name such as German",
                )),
            },
            "finding" => {
                let code = raw.to_lowercase();
                let severity: Result<Severity, _> =
                    serde_json::from_value(Value::String(code.clone()));
                if severity.is_ok() {
                    Ok(Query::Label(format!("severity:{code}")))
                } else if Finding::CODES.contains(&&*code) {
                    Ok(Query::Label(format!("finding:{code}")))
                } else {
                    Err(self.error(
                        at,
                        format!("expected a finding, but found `{raw}`"),
                        format!("error, warning, note, or one of {}", Finding::CODES.join(", ")),
                    ))
                }
            }
            "has" => {
                let part = raw.to_lowercase();
                if PARTS.contains(&part.as_str()) || ZoneLabel::from_name(&part).is_some() {
                    return Ok(Query::Label(format!("has:{part}")));
                }
                let zones = ZoneLabel::ALL.map(ZoneLabel::name).join(", ");
                Err(self.error(
                    at,
                    format!("expected a part of a letter, but found `{raw}`"),
                    format!("one of {}, {zones}", PARTS.join(", ")),
                ))
            }
            "number" => raw.parse().map(Query::Number).map_err(|_| {
                self.error(at, format!("expected a letter's number, but found `{raw}`"), "")
            }),
            _ => Err(self.error(
                named.clone(),
                format!("expected a field, but found `{name}`"),
                format!("one of {}; put words with a colon in quotation marks", FIELDS.join(", ")),
            )),
        }
    }

    fn words(
        &self,
        field: Field,
        raw: String,
        at: Range<usize>,
        quoted: bool,
    ) -> Result<Query, QueryError> {
        let has_word = raw.chars().any(char::is_alphanumeric);
        if !has_word {
            return Err(self.error(at, format!("expected a word, but found `{raw}`"), ""));
        }
        let (text, form) = match raw.strip_suffix('*') {
            _ if quoted => (raw, Form::Phrase),
            Some(start) => (start.to_owned(), Form::Prefix),
            None => (raw, Form::Word),
        };
        Ok(Query::Words { field, text, form })
    }

    fn label<T: DeserializeOwned>(
        &self,
        kind: &str,
        raw: &str,
        at: Range<usize>,
        names: &[String],
    ) -> Result<Query, QueryError> {
        let value = raw.to_lowercase();
        match serde_json::from_value::<T>(Value::String(value.clone())) {
            Ok(_) => Ok(Query::Label(format!("{kind}:{value}"))),
            Err(_) => Err(self.error(
                at,
                format!("expected a kind of {kind}, but found `{raw}`"),
                format!("one of {}", names.join(", ")),
            )),
        }
    }

    fn confidence(&self, raw: &str, at: Range<usize>) -> Result<Query, QueryError> {
        let (below, number) = match (raw.strip_prefix('<'), raw.strip_prefix(">=")) {
            (Some(number), _) => (true, number),
            (_, Some(number)) => (false, number),
            _ => (false, raw.trim_start_matches('>')),
        };
        match number.parse::<f64>() {
            Ok(limit) if (0.0..=1.0).contains(&limit) && number.len() < raw.len() => {
                Ok(Query::Confidence { below, limit })
            }
            _ => Err(self.error(
                at,
                format!("expected `<` or `>` and a number from 0 to 1, but found `{raw}`"),
                "for instance confidence:<0.7",
            )),
        }
    }

    fn date(&self, raw: &str, at: Range<usize>) -> Result<Query, QueryError> {
        let no_date = |text: &str, offset: usize, found: String| {
            let start = at.start + offset;
            self.error(
                start..start + text.len(),
                format!("expected a date, but found `{text}`: {found}"),
                "write 1848, 1848-03, 1848-03-18, 184X, 1848~, a range 1848..1850, or a set \
                 [1848,1850]",
            )
        };
        let bounds = |text: &str, offset: usize| {
            read_date(text).map_err(|found| no_date(text, offset, found))
        };
        if raw.starts_with(['[', '{']) {
            let set = Edtf::parse(raw).map_err(|e| no_date(raw, 0, e.to_string()))?;
            let of = |stretch: Stretch| Query::Date(stretch.first, stretch.last);
            let choices = period::stretches(&set).into_iter().map(of).collect();
            return Ok(one_or(choices, Query::Or));
        }
        if let Some(rest) = raw.strip_prefix('<') {
            let (first, _) = bounds(rest, 1)?;
            return Ok(Query::Date(None, first.map(|day| Day(day.0.saturating_sub(1)))));
        }
        if let Some(rest) = raw.strip_prefix('>') {
            let (_, last) = bounds(rest, 1)?;
            return Ok(Query::Date(last.map(|day| Day(day.0.saturating_add(1))), None));
        }
        let Some((from, to)) = raw.split_once("..") else {
            let (first, last) = bounds(raw, 0)?;
            return Ok(Query::Date(first, last));
        };
        let first = if from.is_empty() { None } else { bounds(from, 0)?.0 };
        let last = if to.is_empty() { None } else { bounds(to, from.len() + 2)?.1 };
        match (first, last) {
            (Some(first), Some(last)) if first > last => Err(self.error(
                at,
                format!("expected a range that ends after it begins, but found `{raw}`"),
                format!("date:{to}..{from}"),
            )),
            (None, None) => Err(self.error(
                at,
                format!("expected a date before or after `..`, but found `{raw}`"),
                "has:date finds every letter with a date",
            )),
            _ => Ok(Query::Date(first, last)),
        }
    }
}

/// Bounds of an EDTF value; `~` widens a date by its own length to either side, in whole months
/// where it is made of them.
fn read_date(text: &str) -> Result<(Option<Day>, Option<Day>), String> {
    let value = Edtf::parse(text).map_err(|e| e.to_string())?;
    let (first, last) = value.bounds();
    let is_about = value.as_date().is_some_and(|date| {
        [Component::Year, Component::Month, Component::Day]
            .into_iter()
            .any(|part| date.doubt(part).is_approximate())
    });
    Ok(match (first, last) {
        (Some(first), Some(last)) if is_about => widen(first, last),
        bounds => bounds,
    })
}

fn widen(first: Day, last: Day) -> (Option<Day>, Option<Day>) {
    let ((year, month, day), (last_year, last_month, last_day)) =
        (gregorian::from_day(first), gregorian::from_day(last));
    if day != 1 || last_day != gregorian::month_length(last_year, last_month) {
        let length = last.0 - first.0 + 1;
        let by = |day: Day, days: i32| Some(Day(day.0.saturating_add(days)));
        return (by(first, -length), by(last, length));
    }
    let index = |year: i32, month: u8| year * 12 + i32::from(month) - 1;
    let (start, end) = (index(year, month), index(last_year, last_month));
    let months = end - start + 1;
    // the day before the first of the month after
    let first_of = |index: i32| {
        let month = u8::try_from(index.rem_euclid(12) + 1).unwrap_or(1);
        gregorian::day(index.div_euclid(12), month, 1).ok()
    };
    let last = first_of(end + months + 1).map(|day| Day(day.0 - 1));
    (first_of(start - months), last)
}

fn one_or(mut queries: Vec<Query>, join: impl Fn(Vec<Query>) -> Query) -> Query {
    if queries.len() == 1 { queries.remove(0) } else { join(queries) }
}

fn act_names() -> Vec<String> {
    ActKind::ALL.iter().map(crate::label::name).collect()
}

static OCCASIONS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
    use OccasionKind as K;
    [
        K::Anniversary,
        K::Birthday,
        K::Holiday,
        K::Death,
        K::Marriage,
        K::Birth,
        K::Illness,
        K::Appointment,
        K::Award,
        K::Publication,
        K::Visit,
        K::Other,
    ]
    .iter()
    .map(crate::label::name)
    .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &str) {
        let found = match Query::parse(query) {
            Ok(query) => show(&query),
            Err(error) => format!("{error}"),
        };
        assert_eq!(found, expected, "{query}");
    }

    fn show(query: &Query) -> String {
        let list = |queries: &[Query]| queries.iter().map(show).collect::<Vec<_>>().join(" ");
        match query {
            Query::All => "all".into(),
            Query::And(parts) => format!("(and {})", list(parts)),
            Query::Or(parts) => format!("(or {})", list(parts)),
            Query::Not(part) => format!("(not {})", show(part)),
            Query::Words { field, text, form } => format!("{field:?}={text}/{form:?}"),
            Query::Label(label) => label.clone(),
            Query::Date(first, last) => {
                let day = |d: &Option<Day>| match d {
                    Some(d) => Edtf::from_day(*d).map_or_else(|e| e.to_string(), |v| v.to_string()),
                    None => "..".into(),
                };
                format!("{}/{}", day(first), day(last))
            }
            Query::Confidence { below, limit } => {
                format!("{}{limit}", if *below { "<" } else { ">=" })
            }
            Query::Number(n) => format!("#{n}"),
        }
    }

    #[test]
    fn words_beside_each_other_must_all_be_there() {
        check("", "all");
        check("  peace  ", "Text=peace/Word");
        check("peace treaty", "(and Text=peace/Word Text=treaty/Word)");
        check("peace AND treaty", "(and Text=peace/Word Text=treaty/Word)");
        check("peace or war treaty", "(or Text=peace/Word (and Text=war/Word Text=treaty/Word))");
        check("-war congrat*", "(and (not Text=war/Word) Text=congrat/Prefix)");
        check("not (war or peace)", "(not (or Text=war/Word Text=peace/Word))");
        check(
            "\"dear sir\" „lieber Freund“",
            "(and Text=dear sir/Phrase Text=lieber Freund/Phrase)",
        );
        check("order organ notice", "(and Text=order/Word Text=organ/Word Text=notice/Word)");
    }

    #[test]
    fn fields_stand_before_a_colon() {
        check("from:Müller", "From=Müller/Word");
        check("to:\"Karl Meier\"", "To=Karl Meier/Phrase");
        check("from:(A or B) place:Wien", "(and (or From=A/Word From=B/Word) Place=Wien/Word)");
        check("act:congratulate lang:DE", "(and act:congratulate lang:de)");
        check("lang:english", "lang:en");
        check("lang:englisch", "expected a language, but found `englisch` at character 6");
        check("has:postscript finding:error", "(and has:postscript severity:error)");
        check("finding:Weekday-Conflict", "finding:weekday-conflict");
        check("confidence:<0.7 number:12", "(and <0.7 #12)");
    }

    #[test]
    fn dates_are_intervals_of_days() {
        check("date:1951", "1951-01-01/1951-12-31");
        check("date:1848-02..1850", "1848-02-01/1850-12-31");
        check("date:..1850", "../1850-12-31");
        check("date:184X", "1840-01-01/1849-12-31");
        check("date:1951~", "1950-01-01/1952-12-31");
        check("date:1951-03~", "1951-02-01/1951-04-30");
        check("date:1951-03-10~", "1951-03-09/1951-03-11");
        check("date:<1850", "../1849-12-31");
        check("date:>1850-06", "1850-07-01/..");
        check("date:1848/1850", "1848-01-01/1850-12-31");
        check("date:[1848,1850..1851]", "(or 1848-01-01/1848-12-31 1850-01-01/1851-12-31)");
    }

    #[test]
    fn findings_are_those_of_the_documentation() {
        let listed = include_str!("../../../docs/findings.md").lines();
        let first = listed.filter_map(|row| row.strip_prefix("| `")?.split(" |").next());
        let mut codes: Vec<&str> =
            first.flat_map(|cell| cell.split(", ")).map(|code| code.trim_matches('`')).collect();
        codes.sort_unstable();
        assert_eq!(codes, Finding::CODES);
    }

    #[test]
    fn a_query_that_makes_no_sense_is_told_where_and_why() {
        check("(peace", "expected a `)` for the `(`, but found the end at character 1");
        check("peace)", "expected a word or a field, but found `)` at character 6");
        check("form:Müller", "expected a field, but found `form` at character 1");
        check("from:", "expected a value for `from:`, but found the end at character 6");
        check("größe act:dance", "expected a kind of act, but found `dance` at character 11");
        check("\"dear sir", "expected a closing `\"`, but found the end at character 1");
        check(
            "confidence:7",
            "expected `<` or `>` and a number from 0 to 1, but found `7` at character 12",
        );
        check("calendar:stardate", "expected a calendar, but found `stardate` at character 10");
        check(
            "finding:weekday-conflikt",
            "expected a finding, but found `weekday-conflikt` at character 9",
        );
        check("peace or", "expected a word or a field, but found the end at character 9");
        check("date:1850..", "1850-01-01/..");
        check("date:..", "expected a date before or after `..`, but found `..` at character 6");
        assert!(
            Query::parse("date:[1848;1850]").unwrap_err().message.starts_with("expected a date")
        );
        assert!(Query::parse("date:1848-13").unwrap_err().message.starts_with("expected a date"));
        assert!(Query::parse(&"(".repeat(100_000)).is_err());
        assert!(Query::parse(&"not ".repeat(100_000)).is_err());
    }
}
