//! What does not fit between letters, drawn as findings are.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Group, Level, Origin, Renderer};
use letterbook::record::Severity;
use letterbook_archive::audit::Conflict;

use super::finding::aside;
use super::printable;

/// Draws a finding with the letters that it is between.
pub(crate) fn draw(conflict: &Conflict, width: usize) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(width);
    let level = match conflict.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let [one, other] = conflict.letters;
    let message = printable(&conflict.message);
    // a title stands on one line; what does not fit follows below
    let (title, rest) = match message.split_once(", but found ") {
        Some((title, rest)) if message.len() + conflict.code.len() + 12 > width => {
            (title.to_owned(), Some(format!("but found {rest}")))
        }
        _ => (message.into_owned(), None),
    };
    let mut group = Group::with_title(level.primary_title(title).id(conflict.code))
        .element(Origin::path(format!("letters {one} and {other}")));
    if let Some(rest) = rest {
        group = group.element(Level::NOTE.message(aside(&rest, width)));
    }
    if !conflict.hint.is_empty() {
        group = group.element(Level::HELP.message(aside(conflict.hint, width)));
    }
    renderer.render(&[group])
}

/// A severity's name in the record.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
