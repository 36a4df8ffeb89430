//! What goes wrong with a file: the parts that cannot be read, and what was lost of those that can.

use std::borrow::Cow;
use std::fmt;

use letterbook::span::Span;
use serde::{Deserialize, Serialize};

/// Something that is not as it was in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// A stable name, such as `undecoded-bytes`.
    pub code: Cow<'static, str>,
    /// What happened.
    pub message: String,
    /// Where in the text; empty at the place where something was left out.
    #[serde(with = "crate::wire::maybe_span")]
    pub span: Option<Span>,
}

/// A file or part that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Which part of the file; empty for the whole of it.
    pub part: String,
    /// A stable name, such as `unsupported-format`.
    pub code: Cow<'static, str>,
    /// What was expected and what was found, and where.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Failure {
    pub(crate) fn new(
        part: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Failure {
        let code = Cow::Borrowed(code);
        Failure { part: part.into(), code, message: message.into(), hint: hint.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.part.is_empty() {
            write!(f, "{}: ", self.part)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
