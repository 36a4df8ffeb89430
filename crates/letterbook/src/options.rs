//! What a caller may tell the reader beside the text itself.

/// Hints and switches for one reading; the default knows nothing and explains nothing.
///
/// Hints never stand in for what the page says: they settle what it leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The language of the letter, as a BCP 47 tag, where the caller knows it.
    pub language: Option<String>,
    /// Where the letter was written, for calendars and customs that depend on the place.
    pub place: Option<String>,
    /// EDTF of the day on which the letter was received.
    pub received: Option<String>,
    /// EDTF of a day near which the letter was written (a postmark, a neighbour).
    pub anchor: Option<String>,
    /// Whether each value says which rule or model gave it.
    pub explain: bool,
}
