//! What people see: cards, diagnostics, margins, tables. Decides nothing about a letter, and
//! nothing about exit statuses.
//!
//! Every string that comes from a letter passes through [`printable`] before it reaches a
//! terminal: a page must not be able to move the cursor or turn the line around.

use std::borrow::Cow;

use anstyle::{AnsiColor, Effects, Style};

pub(crate) mod card;
pub(crate) mod conflict;
pub(crate) mod correction;
pub(crate) mod date;
pub(crate) mod finding;
pub(crate) mod listing;
pub(crate) mod margin;
pub(crate) mod person;
pub(crate) mod query;
pub(crate) mod table;
pub(crate) mod words;
pub(crate) mod wrap;

/// A title.
pub(crate) const TITLE: Style = Style::new().effects(Effects::BOLD);
/// The name of a row.
pub(crate) const LABEL: Style = AnsiColor::Cyan.on_default();
/// What the program says itself.
pub(crate) const PLAIN: Style = Style::new();
/// Words of the letter.
pub(crate) const OWN: Style = Style::new().effects(Effects::UNDERLINE);
/// What matters less.
pub(crate) const FAINT: Style = Style::new().effects(Effects::DIMMED);
/// What is open to doubt.
pub(crate) const DOUBT: Style = AnsiColor::Yellow.on_default();

/// The columns to fill: as asked for, or the terminal's, at most 100.
pub(crate) fn width(asked: Option<u16>) -> usize {
    let columns = asked.unwrap_or_else(|| {
        let seen = terminal_size::terminal_size().map_or(100, |(width, _)| width.0);
        seen.clamp(30, 100)
    });
    usize::from(columns)
}

/// `text` with white space folded and without characters that a terminal would obey.
///
/// Control characters become their pictures (`␛`), those that turn the direction of writing
/// around become U+FFFD.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c != ' ' && !c.is_whitespace() && visible(c) == c;
    let mut spaces = 0;
    let folded = text.chars().all(|c| {
        spaces = if c == ' ' { spaces + 1 } else { 0 };
        spaces < 2 && (c == ' ' || is_plain(c))
    });
    if folded && !text.starts_with(' ') && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(visible));
    }
    Cow::Owned(out)
}

/// The character that stands for `c` on a terminal.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or(c),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(printable("a\x1b[31mb\u{9b}2J"), "a␛[31mb\u{FFFD}2J");
        assert_eq!(printable("\u{202E}desrever\u{202C}"), "\u{FFFD}desrever\u{FFFD}");
        assert_eq!(printable("\0"), "␀");
    }

    #[test]
    fn white_space_is_folded_and_plain_text_is_lent() {
        assert_eq!(printable("  Kim\r\n\tJong \u{3000} Il "), "Kim Jong Il");
        assert!(matches!(printable("Dear Sir, 大阪"), Cow::Borrowed(_)));
        assert_eq!(printable(" \n "), "");
    }
}
