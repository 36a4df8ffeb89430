//! The line of labels that offices print above the text, with what each label says in the line below:
//! "Ihr Zeichen   Ihre Nachricht vom   Unser Zeichen   Tag" (DIN 676 and its kin).
//!
//! Tells of which day the reader's letter is that this one answers. The letter's own day stands in the
//! last column and is `date`'s affair; the marks of files name no letter.

use crate::mention::label::{Label, label_length};
use crate::mention::stretch::words;
use crate::span::Span;
use crate::text::Text;

/// The columns of such a line, and those below it, are looked for in so many lines.
const LINES: usize = 60;

/// A label for the day of the reader's letter, and what stands below it.
pub(super) struct Column {
    pub(super) label: Span,
    pub(super) value: Span,
}

/// The column that says of which day the reader's letter is.
pub(super) fn of_readers_letter(text: &Text<'_>, language: Option<&str>) -> Option<Column> {
    let lines = text.lines();
    lines.iter().zip(lines.iter().skip(1)).take(LINES).find_map(|(&head, &below)| {
        let labels = cells(text, head);
        if labels.len() < 2 {
            return None;
        }
        let is_theirs = |label: &Span| {
            let words = words(text.as_str(), *label, language);
            label_length(Label::Theirs, &words) == Some(words.len())
        };
        let at = labels.iter().position(is_theirs)?;
        let values = cells(text, below);
        let value = if values.len() == labels.len() {
            values[at]
        } else {
            // where a column is empty, those below stand where their labels do
            let column = |cell: &Span, line: Span| {
                let indent = text.as_str()[..line.start].rfind('\n').map_or(0, |n| n + 1);
                text.as_str()[indent..cell.start].chars().count()
            };
            let from = column(&labels[at], head);
            let to = labels.get(at + 1).map_or(usize::MAX, |next| column(next, head));
            *values.iter().find(|value| (from..to).contains(&column(value, below)))?
        };
        Some(Column { label: labels[at], value })
    })
}

/// The stretches of a line that a tab or three spaces part.
fn cells(text: &Text<'_>, line: Span) -> Vec<Span> {
    const WIDE: &str = "   ";
    let mut out = Vec::new();
    let mut at = line.start;
    while at < line.end {
        let rest = &text.as_str()[at..line.end];
        let gap = rest.find(WIDE).into_iter().chain(rest.find('\t')).min();
        let end = at + gap.unwrap_or(rest.len());
        let cell = Span::new(at, end).trim(text.as_str());
        if !cell.is_empty() {
            out.push(cell);
        }
        at = end + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &str) {
        let text = Text::new(page);
        let found = of_readers_letter(&text, Some("de")).map(|column| text.slice(column.value));
        assert_eq!(found.unwrap_or("-"), expected, "{page}");
    }

    #[test]
    fn values_stand_below_their_labels() {
        let head = "Ihr Zeichen   Ihre Nachricht vom   Unser Zeichen   Tag";
        check(
            &format!("{head}\nKl/o          2.3.1961             b-r             9.3.1961"),
            "2.3.1961",
        );
        check(
            &format!("{head}\n              2.3.1961             b-r             9.3.1961"),
            "2.3.1961",
        );
        check(&format!("{head}\n                                   b-r             9.3.1961"), "-");
        check("Ihr Zeichen\tIhr Schreiben vom\tTag\nKl/o\t2.3.1961\t9.3.1961", "2.3.1961");
    }

    #[test]
    fn a_sentence_is_no_line_of_labels() {
        check("Wir haben Ihre Nachricht vom   2.3.\nerhalten   und", "-");
        check("Ihre Nachricht vom\n2.3.1961", "-");
        check("", "-");
    }
}
