//! Letters quoted within the letter: where marks set apart what somebody else wrote.
//!
//! A quoted letter has a dateline, a close and a signature of its own, and by its words nothing
//! tells them from the letter's. Its marks do: what they hold belongs to the text. Marks are those of
//! English, German and French printers, straight ones, and by the older custom the opening mark
//! repeated at the head of every line or paragraph. Reads nothing of what is quoted.

use std::ops::Range;

use super::chance;
use super::page::{Page, Phrase};
use crate::model::Row;
use crate::record::ZoneLabel;
use crate::token::{Kind, Token};

/// Fewer words between marks are a name or a saying.
const LEAST: usize = 6;

/// Tokens between marks, with these, and what stands before them.
struct Quotation {
    tokens: Range<usize>,
    /// Whether a sentence of three words or more leads to it with a colon.
    is_led: bool,
}

/// The quotations of a page that open behind a colon or at the head of a line and end before more of
/// the letter follows; in one pass.
fn quotations(page: &Page, text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    // a mark that opens and is never closed is not looked for again
    let mut unclosed: Vec<char> = Vec::new();
    let mut at = 1;
    while at < page.tokens.len() {
        let mark = mark_of(&page.tokens[at], text).filter(|m| !unclosed.contains(m));
        let Some(mark) = mark.filter(|m| !closers(*m).is_empty() && opens(page, text, at)) else {
            at += 1;
            continue;
        };
        let Some(last) = closing(page, text, at, mark) else {
            unclosed.push(mark);
            at += 1;
            continue;
        };
        // no more words are counted than are asked for, and so each token once
        let has = |tokens: &[Token], least: usize| {
            tokens.iter().filter(|t| t.kind == Kind::Word).nth(least - 1).is_some()
        };
        let rest = &page.tokens[last + 1..];
        let is_note = rest.first().is_some_and(|t| matches!(t.of(text), "[" | "("));
        if has(&page.tokens[at..last], LEAST) && has(rest, 2) && !is_note {
            found.push(Quotation { tokens: at..last + 1, is_led: is_led(page, text, at) });
        }
        at = last + 1;
    }
    found
}

/// The character of a token that is one mark.
fn mark_of(token: &Token, text: &str) -> Option<char> {
    if token.kind != Kind::Mark {
        return None;
    }
    let mut marks = token.of(text).chars();
    marks.next().filter(|_| marks.next().is_none())
}

/// The marks that close what `mark` opens.
fn closers(mark: char) -> &'static [char] {
    match mark {
        '"' => &['"'],
        '“' => &['”'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '»' => &['«'],
        '‘' => &['’'],
        '‚' => &['‘', '’'],
        _ => &[],
    }
}

/// Whether the token at `at`, which is not the first, begins a line.
fn is_line_head(page: &Page, at: usize) -> bool {
    page.tokens[at - 1].line != page.tokens[at].line
}

fn is_line_end(page: &Page, at: usize) -> bool {
    page.tokens.get(at + 1).is_none_or(|next| next.line != page.tokens[at].line)
}

/// Whether the mark at `at`, which is not the first token, stands behind a colon or at the head of a
/// line that goes on.
fn opens(page: &Page, text: &str, at: usize) -> bool {
    (is_line_head(page, at) || colon_before(page, text, at).is_some()) && !is_line_end(page, at)
}

/// The colon right before `at`, a dash between them or not.
fn colon_before(page: &Page, text: &str, at: usize) -> Option<usize> {
    let before = |at: usize| at.checked_sub(1).map(|i| (i, page.tokens[i].of(text)));
    let (i, said) = before(at)?;
    let (i, said) = if matches!(said, "—" | "–" | "-") { before(i)? } else { (i, said) };
    (said == ":").then_some(i)
}

/// Whether the colon before `at` ends a line or sentence of three words or more: "Mr. Hale wrote me
/// thus:", not "Telegrams:".
fn is_led(page: &Page, text: &str, at: usize) -> bool {
    let Some(colon) = colon_before(page, text, at) else { return false };
    let line = page.tokens[..colon].iter().rev().take_while(|t| t.line == page.tokens[colon].line);
    line.filter(|t| t.kind == Kind::Word).nth(2).is_some()
}

/// The token that closes what `mark` opens at `from`. A mark repeated at the head of a line goes on
/// with what is quoted, also below a mark that seemed to close it.
fn closing(page: &Page, text: &str, from: usize, mark: char) -> Option<usize> {
    let closers = closers(mark);
    let goes_on = |at: usize| {
        page.tokens.get(at + 1).is_some_and(|next| mark_of(next, text) == Some(mark))
            && is_line_head(page, at + 1)
    };
    let mut depth = 0usize;
    for at in from + 1..page.tokens.len() {
        let Some(found) = mark_of(&page.tokens[at], text) else { continue };
        // a straight mark closes behind a word, or with a blank before it at the end of a line
        let is_behind = !page.tokens[at].spaced || is_line_end(page, at);
        let repeats = is_line_head(page, at) && !is_line_end(page, at);
        // an apostrophe closes nothing
        let is_inner = matches!(found, '’' | '‘')
            && page.tokens.get(at + 1).is_some_and(|next| !next.spaced && next.kind == Kind::Word);
        if repeats || is_inner {
            continue;
        }
        if closers.contains(&found) && (found != mark || is_behind) {
            match depth {
                0 if goes_on(at) => {}
                0 => return Some(at),
                _ => depth -= 1,
            }
        } else if found == mark {
            depth += 1;
        }
    }
    None
}

/// The phrases of quotations that belong to the text, by what the first look made of the page: not
/// those above its beginning, as a motto, or below its end, as a verse in a postscript.
pub(super) fn phrases(page: &Page, text: &str, marginal: &[Row]) -> Vec<usize> {
    let any = |rows: &[Row], labels: [ZoneLabel; 2]| {
        rows.iter().any(|row| labels.map(|label| chance(row, label)).iter().sum::<f32>() >= 0.5)
    };
    let mut held: Vec<usize> = Vec::new();
    let (mut is_begun, mut at) = (false, 0);
    for quotation in quotations(page, text) {
        let Range { start, end } = quotation.tokens;
        let first = page.phrases.partition_point(|p| p.tokens.start < start);
        let before = marginal.get(at..first).unwrap_or_default();
        if any(before, [ZoneLabel::Close, ZoneLabel::Signature]) {
            break;
        }
        is_begun |= any(before, [ZoneLabel::Body, ZoneLabel::Salutation]);
        let within = |p: &&Phrase| p.tokens.start + 1 < end || p.tokens.end == end;
        let count = page.phrases[first..].iter().take_while(within).count();
        at = first + count;
        if is_begun || quotation.is_led {
            // the number of a page is nobody's
            let is_furniture = |&i: &usize| chance(&marginal[i], ZoneLabel::Other) >= 0.5;
            held.extend((first..at).filter(|i| !is_furniture(i)));
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// What the quotations of a text hold.
    fn check(text: &str, expected: &[&str]) {
        let letter = Text::new(text);
        let page = Page::of(&letter);
        let said = |q: &Quotation| {
            let tokens = &page.tokens[q.tokens.clone()];
            &text[tokens[0].span.start..tokens[tokens.len() - 1].span.end]
        };
        let found: Vec<&str> = quotations(&page, text).iter().map(said).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_any_kind_hold_what_is_quoted() {
        for quoted in [
            "\"Sir,\nThe hay is in. I am your servant,\nJ. LOWE.\"",
            "“Sir, The hay is in. I am your servant, J. LOWE.”",
            "„Sir, The hay is in. I am your servant, J. LOWE.“",
            "« Sir, The hay is in. I am your servant, J. LOWE. »",
            "»Sir, The hay is in. I am your servant, J. LOWE.«",
        ] {
            check(&format!("He wrote me thus: {quoted} So much of him."), &[quoted]);
            check(&format!("He wrote me thus:\n\n{quoted}\n\nSo much of him."), &[quoted]);
        }
    }

    #[test]
    fn a_mark_at_the_head_of_each_line_goes_on() {
        let lines = "« Monsieur,\n\n« Le pont est rompu depuis dimanche.\n\n« GARNIER. »";
        check(&format!("Il écrit :\n\n{lines}\n\nVoilà tout."), &[lines]);
        let lines = "\"Sir,\n\"The hay is in, and the mare is well.\n\"J. LOWE.\"";
        check(&format!("He writes:\n{lines}\nThat is all."), &[lines]);
    }

    #[test]
    fn marks_within_marks_close_themselves() {
        let quoted = "\"He said \"never\" to all of them, and went.\"";
        check(&format!("He writes: {quoted} That is all."), &[quoted]);
        let quoted = "‘It’s the mare’s own fault, and nobody’s.’";
        check(&format!("He writes: {quoted} That is all."), &[quoted]);
    }

    #[test]
    fn names_sayings_and_what_is_never_closed_are_no_letters() {
        check("I stay at\n\"The Laurels\" until the end of the month.", &[]);
        check("He writes: \"The hay is in, and the mare is well. That is all.", &[]);
        // in the midst of a sentence, at the very beginning, or with nothing but a note below
        check("We read \"The hay is in, and the mare is well\" in the paper.", &[]);
        check("\"The hay is in, and the mare is well\"\n\nDear Sir,", &[]);
        check("Hale to Lowe:\n\"The hay is in, and the mare is well\"\n[From a copy.]", &[]);
    }
}
