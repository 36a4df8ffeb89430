//! Styled text broken into lines, by the columns that characters take.
//!
//! Breaks where UAX #14 allows it (so Chinese and Japanese need no spaces), counts columns as
//! UAX #11 does; both through `textwrap`.

use anstyle::Style;
use textwrap::WordSeparator;
use textwrap::core::{Word, display_width};

/// A paragraph of differently styled pieces.
#[derive(Debug, Default, Clone)]
pub(crate) struct Paragraph {
    text: String,
    /// Where each piece ends, and its style.
    pieces: Vec<(usize, Style)>,
}

impl Paragraph {
    /// Adds `text`, which must hold no line breaks and nothing that a terminal obeys.
    pub(crate) fn push(&mut self, text: &str, style: Style) -> &mut Paragraph {
        self.text.push_str(text);
        self.pieces.push((self.text.len(), style));
        self
    }

    /// Whether nothing was added.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The lines, none wider than `width` columns unless a single character is.
    pub(crate) fn lines(&self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut start, mut end, mut used) = (0, 0, 0);
        let mut at = 0;
        for word in WordSeparator::UnicodeBreakProperties.find_words(&self.text) {
            for part in parts(word, width) {
                let columns = display_width(part.word);
                if used > 0 && used + columns > width {
                    lines.push(self.line(start, end));
                    (start, used) = (at, 0);
                }
                end = at + part.word.len();
                used += columns + part.whitespace.len();
                at = end + part.whitespace.len();
            }
        }
        if end > start {
            lines.push(self.line(start, end));
        }
        lines
    }

    fn line(&self, start: usize, end: usize) -> String {
        let mut line = String::new();
        let mut from = start;
        for &(until, style) in &self.pieces {
            let until = until.min(end);
            if until <= from {
                continue;
            }
            let text = &self.text[from..until];
            if style == Style::new() {
                line.push_str(text);
            } else {
                line.push_str(&format!("{style}{text}{style:#}"));
            }
            from = until;
        }
        line
    }
}

fn parts(word: Word<'_>, width: usize) -> Vec<Word<'_>> {
    if display_width(word.word) <= width {
        return vec![word];
    }
    let mut parts: Vec<Word<'_>> = word.break_apart(width).collect();
    // the pieces of a word broken by force do not carry the space after it
    if let Some(last) = parts.last_mut() {
        last.whitespace = word.whitespace;
    }
    parts
}

/// At most `columns` columns of `text`: its beginning and its end, with ` … ` between them.
pub(crate) fn shorten(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let tail = columns / 3;
    let head = columns.saturating_sub(tail + 3);
    let mut from = 0;
    let mut used = 0;
    for (i, c) in text.char_indices() {
        used += display_width(c.encode_utf8(&mut [0; 4]));
        if used > head {
            break;
        }
        from = i + c.len_utf8();
    }
    let mut used = 0;
    let mut until = text.len();
    for (i, c) in text.char_indices().rev() {
        used += display_width(c.encode_utf8(&mut [0; 4]));
        if used > tail {
            break;
        }
        until = i;
    }
    // whole words where words have spaces
    let (mut head_text, mut tail_text) = (&text[..from], &text[until..]);
    if !text[from..].starts_with(' ') {
        head_text = head_text.rsplit_once(' ').map_or(head_text, |(h, _)| h);
    }
    if !text[..until].ends_with(' ') {
        tail_text = tail_text.split_once(' ').map_or(tail_text, |(_, t)| t);
    }
    format!("{} … {}", head_text.trim_end(), tail_text.trim_start())
}

#[cfg(test)]
mod tests {
    use anstyle::Effects;

    use super::*;

    fn plain(text: &str, width: usize) -> Vec<String> {
        let mut paragraph = Paragraph::default();
        paragraph.push(text, Style::new());
        paragraph.lines(width)
    }

    #[test]
    fn lines_break_at_spaces_and_keep_to_the_width() {
        let lines = plain("we are obliged to you for your letter of the 3rd instant", 20);
        assert_eq!(lines, ["we are obliged to", "you for your letter", "of the 3rd instant"]);
    }

    #[test]
    fn wide_characters_take_two_columns_and_need_no_spaces() {
        let lines = plain("拝啓秋冷の候ますます御清祥のことと", 10);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|l| display_width(l) <= 10), "{lines:?}");
        assert_eq!(lines.concat(), "拝啓秋冷の候ますます御清祥のことと");
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_by_force() {
        assert_eq!(plain("abcdefghij xy", 4), ["abcd", "efgh", "ij", "xy"]);
        assert_eq!(plain("大阪", 1), ["大", "阪"]);
        assert!(plain("", 10).is_empty());
    }

    #[test]
    fn a_style_is_closed_at_each_line_and_opened_on_the_next() {
        let underline = Style::new().effects(Effects::UNDERLINE);
        let mut paragraph = Paragraph::default();
        paragraph.push("from ", Style::new()).push("Ada Byron", underline);
        let on = underline.render().to_string();
        let off = underline.render_reset().to_string();
        assert_eq!(paragraph.lines(9), [format!("from {on}Ada{off}"), format!("{on}Byron{off}")]);
    }

    #[test]
    fn shortening_keeps_both_ends() {
        let text = "one two three four five six seven eight nine ten";
        let short = shorten(text, 24);
        assert_eq!(short, "one two three … nine ten");
        assert_eq!(shorten(text, 22), "one two … ten");
        assert!(display_width(&short) <= 24);
        assert_eq!(shorten("short", 24), "short");
        let wide = shorten(&"大".repeat(40), 20);
        assert!(display_width(&wide) <= 20, "{wide}");
    }
}
