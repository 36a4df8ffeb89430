//! Where a mail ends and the message that it answers begins.
//!
//! Three shapes are known, all at the foot of a mail: lines that begin with `>` (RFC 3676), below
//! a line that says who wrote; a line such as `-----Original Message-----`; and a block of at
//! least three header lines (`From:`, `Sent:`, `To:` …) in a language of
//! `tables/mail-headers.tsv`. Quoted lines with an answer below each belong to the answer and
//! stay in it. Does not read the header lines.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../tables/mail-headers.tsv");

struct Labels {
    headers: HashSet<String>,
    originals: Vec<String>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let mut labels = Labels { headers: HashSet::new(), originals: Vec::new() };
    for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split('\t').skip(1);
        if let (Some(what), Some(label)) = (columns.next(), columns.next()) {
            if what == "original" {
                labels.originals.push(label.to_lowercase());
            } else {
                labels.headers.insert(label.to_lowercase());
            }
        }
    }
    labels
});

/// A message quoted at the foot of another.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// Where the answer ends.
    pub(crate) cut: usize,
    /// The lines of the quoted message, without the marks before them.
    pub(crate) lines: Vec<Range<usize>>,
}

/// The message that `text` quotes at its foot, if it does; linear.
pub(crate) fn find(text: &str) -> Option<Quoted> {
    let lines: Vec<Range<usize>> = {
        let mut at = 0;
        text.split_inclusive('\n')
            .map(|line| {
                at += line.len();
                at - line.len()..at
            })
            .collect()
    };
    let of = |i: usize| &text[lines[i].clone()];
    // a message's own head is none that it quotes
    let is_own = |i: &usize| {
        let line = of(*i);
        line.trim().is_empty()
            || line.starts_with([' ', '\t'])
            || is_header(line)
            || is_original(line)
    };
    let body = (0..lines.len()).find(|i| !is_own(i)).unwrap_or(lines.len());
    // whichever shape begins first holds the others inside
    let header = (body..lines.len()).find(|&i| {
        is_original(of(i)) || (0..3).all(|n| i + n < lines.len() && is_header(of(i + n)))
    });
    let marked = marked_tail(text, &lines);
    let start = match (header.filter(|&i| has_words(&text[..lines[i].start])), marked) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    let is_marked = marked == Some(start);
    if !has_words(&text[..lines[start].start]) {
        return None;
    }
    let kept = lines[start..].iter().map(|line| {
        let raw = &text[line.clone()];
        let unmarked = raw.strip_prefix('>').map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
        match unmarked {
            Some(rest) if is_marked => line.end - rest.len()..line.end,
            _ => line.clone(),
        }
    });
    Some(Quoted { cut: lines[start].start, lines: kept.collect() })
}

/// The first line of a run of marked lines that reaches to the end of the text, or of the line
/// above it that says who wrote.
fn marked_tail(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    let of = |i: usize| &text[lines[i].clone()];
    let last = (0..lines.len()).rfind(|&i| !of(i).trim().is_empty())?;
    if !of(last).starts_with('>') {
        return None;
    }
    let mut first = last;
    while first > 0 && (of(first - 1).starts_with('>') || of(first - 1).trim().is_empty()) {
        first -= 1;
    }
    while !of(first).starts_with('>') {
        first += 1;
    }
    // the line that says who wrote ends with a colon and may run over two or three lines
    let above = (0..first).rfind(|&i| !of(i).trim().is_empty());
    let Some(above) = above.filter(|&i| of(i).trim_end().ends_with([':', '：'])) else {
        return Some(first);
    };
    let head =
        (above.saturating_sub(2)..=above).rev().find(|&i| i == 0 || of(i - 1).trim().is_empty());
    Some(head.unwrap_or(above))
}

fn is_header(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ', '*', '\t']);
    line.split_once([':', '：']).is_some_and(|(label, _)| {
        label.len() <= 40 && LABELS.headers.contains(&label.trim_matches([' ', '*']).to_lowercase())
    })
}

fn is_original(line: &str) -> bool {
    let line = line.trim();
    let inner = line.trim_matches(['-', '_', ' ', ':', '*']);
    inner.len() < line.len()
        && inner.len() <= 80
        && LABELS.originals.contains(&inner.to_lowercase())
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = find(text).map(|q| {
            let quoted: String = q.lines.iter().map(|l| &text[l.clone()]).collect();
            (text[..q.cut].to_owned(), quoted)
        });
        let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_marked_tail_is_another_message_with_its_attribution() {
        check(
            "Gladly.\nAnn\n\nOn 1 Mar 2010, Tom wrote:\n> Dear Ann,\n> come.\n",
            Some(("Gladly.\nAnn\n\n", "On 1 Mar 2010, Tom wrote:\nDear Ann,\ncome.\n")),
        );
    }

    #[test]
    fn an_attribution_over_two_lines_is_kept_whole() {
        check(
            "Yes.\n\nOn 1 Mar 2010, at noon,\nTom wrote:\n>> old\n> new\n",
            Some(("Yes.\n\n", "On 1 Mar 2010, at noon,\nTom wrote:\n> old\nnew\n")),
        );
    }

    #[test]
    fn lines_answered_one_by_one_stay() {
        check("> Will you come?\nYes.\n> When?\nAt six.\n", None);
    }

    #[test]
    fn a_line_of_dashes_or_a_block_of_headers_parts_messages() {
        check(
            "Thanks.\r\n\r\n-----Original Message-----\r\nFrom: Tom\r\nHello\r\n",
            Some(("Thanks.\r\n\r\n", "-----Original Message-----\r\nFrom: Tom\r\nHello\r\n")),
        );
        check(
            "Danke!\n\nVon: Ida\nGesendet: Montag\nAn: Emil\nHallo\n",
            Some(("Danke!\n\n", "Von: Ida\nGesendet: Montag\nAn: Emil\nHallo\n")),
        );
        check("From: Tom\nSent: Monday\nTo: Ann\n\nHello\n", None);
        let answer = "From: Ann\nDate: Tuesday\nTo: Tom\nSubject: RE: tea\n\nGladly.\n\n";
        let first = "-----Original Message-----\nFrom: Tom\nSent: Monday\nTo: Ann\n\nTea?\n";
        check(&format!("{answer}{first}"), Some((answer, first)));
        check(first, None);
    }

    #[test]
    fn a_mail_of_nothing_but_quoted_lines_is_one_message() {
        check("> a\n> b\n", None);
    }
}
