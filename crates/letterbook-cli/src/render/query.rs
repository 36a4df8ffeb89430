//! A query that makes no sense, with the spot underlined; drawn by `annotate-snippets`.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use letterbook_archive::query::QueryError;

use super::visible;

/// Draws the query with what is wrong in it.
pub(crate) fn error(error: &QueryError, width: usize) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(width);
    // a stand-in of another length would move the spot
    let shown: String = error
        .query
        .chars()
        .map(|c| if visible(c).len_utf8() == c.len_utf8() { visible(c) } else { c })
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let spot = error.at.start.min(shown.len())..error.at.end.min(shown.len());
    let snippet =
        Snippet::source(shown).path("query").annotation(AnnotationKind::Primary.span(spot));
    let title = Level::ERROR.primary_title(error.message.as_str()).id("bad-query");
    let mut group = Group::with_title(title).element(snippet);
    if !error.hint.is_empty() {
        group = group.element(Level::HELP.message(super::finding::aside(&error.hint, width)));
    }
    let mut out = renderer.render(&[group]);
    out.push('\n');
    out
}
