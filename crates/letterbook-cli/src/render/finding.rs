//! Findings and failures, with the letter's own line underlined; drawn by `annotate-snippets`.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use letterbook::record::{Finding, Severity};
use letterbook::span::Span;
use letterbook::text::Text;
use textwrap::core::display_width;

use super::wrap::Paragraph;
use super::{PLAIN, printable, visible};
use crate::request::Problem;

/// Bytes of the letter that are drawn at most; beyond, the finding is given by its words alone.
const WINDOW: usize = 4096;

/// The findings of a letter, in the order of the record.
pub(crate) fn findings(name: &str, text: &Text<'_>, findings: &[Finding], width: usize) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(width);
    let mut out = String::new();
    for finding in findings {
        let spans: Vec<Span> = finding.evidence.iter().filter_map(|e| text.locate(e)).collect();
        out.push_str(&one(&renderer, name, text.as_str(), finding, &spans, width));
        out.push('\n');
    }
    out
}

/// Columns that stand before the words of a note: the rule and "╰ help: ".
const ASIDE: usize = 12;

/// Words broken into lines of a note.
pub(super) fn aside(words: &str, width: usize) -> String {
    let mut paragraph = Paragraph::default();
    paragraph.push(words, PLAIN);
    paragraph.lines(width.saturating_sub(ASIDE).max(16)).join("\n")
}

fn one(
    renderer: &Renderer,
    name: &str,
    text: &str,
    finding: &Finding,
    spans: &[Span],
    width: usize,
) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = printable(&finding.message);
    // a title stands on one line; what does not fit follows below the letter's own
    let room = width.saturating_sub(ASIDE + finding.code.len());
    let (title, rest) = match message.split_once("; ") {
        Some((title, rest)) if display_width(&message) > room => (title, Some(rest)),
        _ => (&*message, None),
    };
    let mut group = Group::with_title(level.primary_title(title).id(&*finding.code));
    let source;
    match spans.first().map(|first| window(text, *first, spans)) {
        None => group = group.element(Origin::path(name)),
        Some(Window { lines, at, first_line }) if lines.len() <= WINDOW => {
            source = obedient(&text[lines.clone()]);
            let mut snippet = Snippet::source(&*source).path(name).line_start(first_line);
            for (i, span) in at.iter().enumerate() {
                let kind = if i == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                snippet = snippet.annotation(kind.span(span.clone()));
            }
            group = group.element(snippet);
        }
        Some(Window { lines, at, first_line }) => {
            let quote = &text[lines.start + at[0].start..lines.start + at[0].end];
            let quote = super::wrap::shorten(&printable(quote), 200);
            let column = text[lines.start..lines.start + at[0].start].chars().count() + 1;
            let place = format!("at “{quote}”");
            group = group
                .element(Origin::path(name).line(first_line).char_column(column))
                .element(Level::NOTE.message(place));
        }
    }
    if let Some(rest) = rest {
        group = group.element(Level::NOTE.message(aside(rest, width)));
    }
    if !finding.hint.is_empty() {
        group = group.element(Level::HELP.message(aside(&printable(&finding.hint), width)));
    }
    renderer.render(&[group])
}

/// The lines of a text that show some of its spans.
struct Window {
    /// Bytes of the text.
    lines: Range<usize>,
    /// The spans, seen from the window; the first of them first.
    at: Vec<Range<usize>>,
    /// The number of the window's first line, counted from 1.
    first_line: usize,
}

/// The lines of `first` and of as many other spans as fit into a window with it.
fn window(text: &str, first: Span, spans: &[Span]) -> Window {
    let whole_lines = |span: Span| {
        let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
        // the other half of a line end is no part of the line
        let end = if text[..end].ends_with('\r') { end - 1 } else { end };
        Span::new(start, end.max(start))
    };
    let mut lines = whole_lines(first);
    let mut shown = vec![first];
    for &span in spans.iter().skip(1) {
        let wider = lines.cover(whole_lines(span));
        if wider.len() <= WINDOW {
            lines = wider;
            shown.push(span);
        }
    }
    let within = |at: usize| at.clamp(lines.start, lines.end) - lines.start;
    let at = shown.iter().map(|s| within(s.start)..within(s.end)).collect();
    let first_line = text[..lines.start].bytes().filter(|&b| b == b'\n').count() + 1;
    Window { lines: lines.start..lines.end, at, first_line }
}

/// The text with what a terminal would obey replaced, byte for byte as long as it was.
///
/// `annotate-snippets` shows the ASCII controls and turned directions itself; the controls of
/// ISO 6429's second set (two bytes each in UTF-8) it lets through.
fn obedient(text: &str) -> String {
    let stand_in = |c| if ('\u{80}'..='\u{9F}').contains(&c) { '¤' } else { c };
    text.chars().map(stand_in).collect()
}

/// Why a file or a letter has no reading.
pub(crate) fn failure(name: &str, line: Option<u64>, problem: &Problem, width: usize) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(width);
    let name: String = name.chars().map(visible).collect();
    let mut origin = Origin::path(name);
    if let Some(line) = line {
        origin = origin.line(usize::try_from(line).unwrap_or(usize::MAX));
    }
    let title = Level::ERROR.primary_title(printable(&problem.message)).id(&*problem.code);
    let mut group = Group::with_title(title).element(origin);
    if !problem.hint.is_empty() {
        group = group.element(Level::HELP.message(aside(&printable(&problem.hint), width)));
    }
    let mut out = renderer.render(&[group]);
    out.push('\n');
    out
}
