//! The letter itself, with the names of its parts in the margin.

use letterbook::record::{Letter, ZoneLabel};
use letterbook::text::Text;

use super::{FAINT, LABEL, TITLE, printable, visible};
use crate::render::wrap::Paragraph;

/// Columns before the text: the longest label, and the rule.
const MARGIN: usize = 19;

/// Draws the whole letter; what belongs to no zone has an empty margin.
pub(crate) fn margin(name: &str, text: &Text<'_>, letter: &Letter, width: usize) -> String {
    let columns = width.saturating_sub(MARGIN).max(16);
    let mut out = format!("{TITLE}{}{TITLE:#}\n", printable(name));
    let mut at = 0;
    for zone in &letter.zones {
        let (Some(start), Some(end)) = (text.byte(zone.start), text.byte(zone.end)) else {
            continue;
        };
        if start < at || end < start {
            continue;
        }
        piece(&mut out, None, &text.as_str()[at..start], columns);
        piece(&mut out, Some(zone.label), &text.as_str()[start..end], columns);
        at = end;
    }
    piece(&mut out, None, &text.as_str()[at..], columns);
    out
}

fn piece(out: &mut String, label: Option<ZoneLabel>, text: &str, columns: usize) {
    let mut label = label.map_or("", ZoneLabel::name);
    let has_label = !label.is_empty();
    if text.trim().is_empty() {
        // the blank lines between two parts: one is enough to part them
        if text.matches('\n').count() > 1 {
            out.push_str(&format!("{:>16} {FAINT}│{FAINT:#}\n", ""));
        }
        return;
    }
    for line in text.trim_matches(['\n', '\r']).lines() {
        let shown: String = line.trim_end().replace('\t', "    ").chars().map(visible).collect();
        let indent = shown.len() - shown.trim_start().len();
        let mut paragraph = Paragraph::default();
        paragraph.push(shown.trim_start(), if has_label { super::PLAIN } else { FAINT });
        let mut lines = paragraph.lines(columns);
        if lines.is_empty() {
            lines.push(String::new());
        }
        // a centred head keeps its place where there is room for it
        let fits = lines.len() == 1 && indent + shown.trim_start().chars().count() <= columns;
        let pad = if fits { " ".repeat(indent) } else { String::new() };
        for line in lines {
            out.push_str(&format!("{LABEL}{label:>16}{LABEL:#} {FAINT}│{FAINT:#} {pad}{line}\n"));
            label = "";
        }
    }
}
