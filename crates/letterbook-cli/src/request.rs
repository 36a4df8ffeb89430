//! One line of JSON: the object that a pipe is asked with, and what is said when it is none.
//!
//! By RFC 8259, read strictly: UTF-8, one object a line, no key twice. Unknown keys are passed
//! over and `null` is as good as absent, since tables exported by other programs have both. Half
//! surrogates (`\ud800` alone), which that standard's grammar lets pass, become U+FFFD one for
//! one, so positions stay those of the sender's string. Does not know what the values mean.

use std::borrow::Cow;
use std::fmt;

use letterbook::record::Id;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Why a line has no answer, or a file no reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// A stable name, such as `bad-json`.
    pub code: Cow<'static, str>,
    /// What was expected and what was found, and where.
    pub message: String,
    /// What to do about it.
    pub hint: Cow<'static, str>,
}

impl Problem {
    /// A problem of that name.
    pub(crate) fn new(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Problem {
        Problem { code: code.into(), message: message.into(), hint: hint.into() }
    }

    /// Message and hint on one line.
    pub(crate) fn line(&self) -> String {
        let Problem { message, hint, .. } = self;
        if hint.is_empty() { message.clone() } else { format!("{message}; {hint}") }
    }
}

/// An object as it came: the values of the keys that were asked for, still as JSON.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    id: Option<Id>,
    keys: &'static [&'static str],
    values: Vec<Option<&'a str>>,
}

impl<'a> Object<'a> {
    /// Reads a line as an object; `keys` are those that the caller will ask for, `id` apart.
    ///
    /// # Errors
    ///
    /// The problem, with the object's `id` where the line showed one before it broke off.
    pub(crate) fn parse(
        line: &'a [u8],
        keys: &'static [&'static str],
    ) -> Result<Object<'a>, (Option<Id>, Problem)> {
        let line = match std::str::from_utf8(line) {
            Ok(line) => line,
            Err(e) => {
                let message = format!(
                    "expected UTF-8, but found the byte 0x{:02X} at byte {} of the line",
                    line[e.valid_up_to()],
                    e.valid_up_to()
                );
                let hint = "save the input as UTF-8; JSON has no other encoding";
                return Err((None, Problem::new("invalid-encoding", message, hint)));
            }
        };
        let mut raw = RawObject { keys, id: None, values: vec![None; keys.len()], twice: None };
        let mut json = serde_json::Deserializer::from_str(line);
        let read = RawSeed(&mut raw).deserialize(&mut json).and_then(|()| json.end());
        let id = raw.id.map(read_id).transpose();
        if let Err(e) = read {
            return Err((id.ok().flatten(), bad_json(line, &e)));
        }
        let id = id.map_err(|problem| (None, problem))?;
        if let Some(key) = raw.twice {
            let message = format!("expected each key once, but found `{key}` twice");
            let hint = "write one object for each letter";
            return Err((id, Problem::new("duplicate-key", message, hint)));
        }
        Ok(Object { id, keys, values: raw.values })
    }

    /// The identifier, to be given back as it came.
    pub(crate) fn id(&self) -> Option<&Id> {
        self.id.as_ref()
    }

    fn raw(&self, key: &str) -> Option<&'a str> {
        let at = self.keys.iter().position(|k| *k == key);
        debug_assert!(at.is_some(), "`{key}` was not asked for");
        at.and_then(|at| self.values[at]).filter(|raw| *raw != "null")
    }

    /// The text under `key`, if there is one.
    ///
    /// # Errors
    ///
    /// When something else than a text stands there.
    pub(crate) fn text(&self, key: &'static str) -> Result<Option<String>, Problem> {
        let Some(raw) = self.raw(key) else { return Ok(None) };
        read_text(raw).map(Some).ok_or_else(|| {
            let message = format!("expected text under `{key}`, but found {}", kind(raw));
            Problem::new("wrong-type", message, "put it in double quotes")
        })
    }

    /// The text under `key`, which must be there.
    ///
    /// # Errors
    ///
    /// When nothing or something else than a text stands there.
    pub(crate) fn expect_text(&self, key: &'static str) -> Result<String, Problem> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    /// The text under `key`, if there is one that says something; an empty cell of a table does not.
    ///
    /// # Errors
    ///
    /// When something else than a text stands there.
    pub(crate) fn hint(&self, key: &'static str) -> Result<Option<String>, Problem> {
        Ok(self.text(key)?.filter(|text| !text.trim().is_empty()))
    }

    /// The whole number under `key`, also when written as text (`"12"`), if there is one.
    ///
    /// # Errors
    ///
    /// When something else stands there, or a number outside `-2147483648..=2147483647`.
    pub(crate) fn number(&self, key: &'static str) -> Result<Option<i32>, Problem> {
        let Some(raw) = self.raw(key) else { return Ok(None) };
        let written = read_text(raw).map_or(Cow::Borrowed(raw), Cow::Owned);
        written.trim().parse().map(Some).map_err(|_| {
            let message = format!("expected a whole number under `{key}`, but found {}", kind(raw));
            Problem::new("wrong-type", message, "write the number in digits")
        })
    }

    /// The text or the whole number under `key`, as text, if there is one.
    ///
    /// # Errors
    ///
    /// When something else stands there.
    pub(crate) fn scalar(&self, key: &'static str) -> Result<Option<String>, Problem> {
        match self.raw(key) {
            Some(raw) if kind(raw) == "a number" => Ok(Some(raw.to_owned())),
            _ => self.text(key),
        }
    }

    /// The problem of a key that is not there.
    pub(crate) fn missing(&self, key: &'static str) -> Problem {
        let message = format!("expected the key `{key}`, but the object does not have it");
        Problem::new("missing-key", message, "see --help for the keys of a line")
    }
}

fn bad_json(line: &str, error: &serde_json::Error) -> Problem {
    // serde_json appends its own place, which counts lines from the one that it was given
    let message = error.to_string();
    let what = message.rfind(" at line ").map_or(message.as_str(), |at| &message[..at]);
    if error.is_data() {
        let found = kind(line.trim_start());
        let message = format!("expected an object, but found {found}");
        return Problem::new(
            "not-an-object",
            message,
            "write one object a line; see --help for its keys",
        );
    }
    let message = format!(
        "expected one JSON object on the line, but found {} at byte {}",
        Explained(what),
        error.column()
    );
    let hint = if error.is_eof() {
        "write each object on one line, with the line breaks of its texts escaped"
    } else {
        "write the line with a JSON library, such as Python's json.dumps"
    };
    Problem::new("bad-json", message, hint)
}

/// A message of serde_json as the end of "but found …".
struct Explained<'a>(&'a str);

impl fmt::Display for Explained<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Explained(what) = *self;
        if let Some(what) = what.strip_prefix("EOF while parsing ") {
            return write!(f, "the end of the line inside {what}");
        }
        f.write_str(match what {
            "expected ident" | "expected value" => "a word that is no JSON",
            "expected `:`" => "no colon after a key",
            "expected `,` or `}`" => "no comma after a value",
            "expected `,` or `]`" => "no comma after an item of a list",
            "key must be a string" => "a key without double quotes",
            "trailing comma" => "a comma before the closing bracket",
            "trailing characters" => "more after the object",
            "invalid escape" => "a backslash before a character that needs none",
            what if what.starts_with("control character") => {
                "a control character that is not escaped"
            }
            what => what,
        })
    }
}

/// What kind of thing a piece of JSON is, for messages.
fn kind(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'"') => "text",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        Some(b'-' | b'0'..=b'9') if raw.contains(['.', 'e', 'E']) => "a number with a fraction",
        Some(b'-' | b'0'..=b'9') => "a number",
        _ => "nothing",
    }
}

fn read_id(raw: &str) -> Result<Id, Problem> {
    if let Some(text) = read_text(raw) {
        return Ok(Id::Text(text));
    }
    raw.parse().map(Id::Number).map_err(|_| {
        let found = match kind(raw) {
            "a number" => "a number of more than 63 bits",
            other => other,
        };
        let message = format!("expected text or a whole number under `id`, but found {found}");
        Problem::new("wrong-type", message, "put the identifier in double quotes")
    })
}

/// The text that a piece of JSON is, if it is text.
fn read_text(raw: &str) -> Option<String> {
    struct Bytes;
    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text")
        }

        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_owned())
        }
    }
    if !raw.starts_with('"') {
        return None;
    }
    let bytes = serde_json::Deserializer::from_str(raw).deserialize_bytes(Bytes).ok()?;
    Some(String::from_utf8(bytes).unwrap_or_else(|e| mend(e.as_bytes())))
}

/// Bytes that are UTF-8 but for half surrogates, each of them three bytes from 0xED.
fn mend(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        // the standard library gives the three bytes of a surrogate as three chunks
        if chunk.invalid().first() == Some(&0xED) {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    text
}

/// What is gathered while the line is read, kept when it breaks off.
struct RawObject<'a> {
    keys: &'static [&'static str],
    id: Option<&'a str>,
    values: Vec<Option<&'a str>>,
    twice: Option<&'static str>,
}

struct RawSeed<'r, 'a>(&'r mut RawObject<'a>);

impl<'de> DeserializeSeed<'de> for RawSeed<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RawSeed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let raw = self.0;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let value = map.next_value::<&'de RawValue>()?.get();
            if key == "id" {
                match raw.id {
                    None if value != "null" => raw.id = Some(value),
                    None => {}
                    Some(_) => raw.twice = Some("id"),
                }
            } else if let Some(at) = raw.keys.iter().position(|k| *k == key) {
                match raw.values[at] {
                    None => raw.values[at] = Some(value),
                    Some(_) => raw.twice = Some(raw.keys[at]),
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[&str] = &["text", "year"];

    fn problem(line: &str) -> (Option<Id>, String) {
        let (id, p) = Object::parse(line.as_bytes(), KEYS).expect_err("the line is bad");
        (id, format!("{}: {}", p.code, p.message))
    }

    fn text(line: &str) -> Result<String, Problem> {
        Object::parse(line.as_bytes(), KEYS).map_err(|(_, p)| p)?.expect_text("text")
    }

    #[test]
    fn identifiers_come_back_as_they_came() {
        let id = |line: &str| Object::parse(line.as_bytes(), KEYS).expect("good").id().cloned();
        assert_eq!(id(r#"{"id": "a\u00e4", "text": ""}"#), Some(Id::Text("aä".into())));
        assert_eq!(id(r#"{"text": "", "id": -7}"#), Some(Id::Number(-7)));
        assert_eq!(id(r#"{"text": "", "id": "007"}"#), Some(Id::Text("007".into())));
        assert_eq!(id(r#"{"text": "", "id": null}"#), None);
        let (none, message) = problem(r#"{"id": 1.5, "text": ""}"#);
        assert_eq!(none, None);
        assert_eq!(
            message,
            "wrong-type: expected text or a whole number under `id`, but found a number with a fraction"
        );
        assert!(problem(r#"{"id": 99999999999999999999, "text": ""}"#).1.contains("63 bits"));
    }

    #[test]
    fn a_broken_line_keeps_the_id_that_it_showed() {
        let (id, message) = problem(r#"{"id": 3, "text": "Dear"#);
        assert_eq!(id, Some(Id::Number(3)));
        assert_eq!(
            message,
            "bad-json: expected one JSON object on the line, but found the end of the line inside a string at byte 23"
        );
        let (id, message) = problem(r#"{"id": "x" "text": 1}"#);
        assert_eq!(id, Some(Id::Text("x".into())));
        assert!(message.starts_with("bad-json"), "{message}");
        assert!(problem(r#"{"text": "a"} {"text": "b"}"#).1.contains("more after the object"));
        assert!(problem("{'text': 1}").1.contains("a key without double quotes"));
        assert!(problem("Dear Sir").1.contains("a word that is no JSON"));
        assert!(problem("{\"text\": \"a\tb\"}").1.contains("not escaped"));
    }

    #[test]
    fn what_is_no_object_is_named() {
        let cases = [("[1]", "a list"), ("\"x\"", "text"), ("3", "a number"), ("null", "null")];
        for (line, name) in cases {
            let expected = format!("not-an-object: expected an object, but found {name}");
            assert_eq!(problem(line).1, expected);
        }
    }

    #[test]
    fn a_key_twice_is_refused_and_an_unknown_one_is_not() {
        let (id, message) = problem(r#"{"id": 1, "text": "a", "text": "b"}"#);
        assert_eq!(id, Some(Id::Number(1)));
        assert_eq!(message, "duplicate-key: expected each key once, but found `text` twice");
        assert_eq!(text(r#"{"x": 1, "x": [{}], "text": "a"}"#).expect("good"), "a");
    }

    #[test]
    fn missing_empty_and_wrong_texts_differ() {
        assert_eq!(text(r#"{"text": ""}"#).expect("empty is a text"), "");
        assert_eq!(text(r#"{"text": null}"#).expect_err("absent").code, "missing-key");
        assert_eq!(text("{}").expect_err("absent").code, "missing-key");
        let wrong = text(r#"{"text": ["a"]}"#).expect_err("a list");
        assert_eq!(wrong.message, "expected text under `text`, but found a list");
    }

    #[test]
    fn half_surrogates_become_one_replacement_character_each() {
        let halves = text(r#"{"text": "a\ud800b\udc00\udbffc\ud83d\ude00"}"#).expect("read");
        assert_eq!(halves, "a\u{FFFD}b\u{FFFD}\u{FFFD}c😀");
        let escaped = text(r#"{"text": "Z\u00fcrich \u5927"}"#).expect("read");
        let plain = text(r#"{"text": "Zürich 大"}"#).expect("read");
        assert_eq!(escaped, plain);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_placed() {
        let (_, p) = Object::parse(b"{\"text\": \"M\xFCnchen\"}", KEYS).expect_err("Latin-1");
        assert_eq!(p.message, "expected UTF-8, but found the byte 0xFC at byte 11 of the line");
    }

    #[test]
    fn numbers_may_be_quoted() {
        let year = |line: &str| Object::parse(line.as_bytes(), KEYS).expect("good").number("year");
        assert_eq!(year(r#"{"year": -586}"#), Ok(Some(-586)));
        assert_eq!(year(r#"{"year": "95"}"#), Ok(Some(95)));
        assert_eq!(year(r#"{"year": null}"#), Ok(None));
        assert!(year(r#"{"year": 1e3}"#).is_err());
        assert!(year(r#"{"year": 99999999999}"#).is_err());
    }

    #[test]
    fn a_line_of_brackets_ends_in_a_message() {
        let deep = format!("{{\"x\": {}", "[".repeat(200_000));
        assert!(problem(&deep).1.starts_with("bad-json"));
    }
}
