//! Changes that real letters undergo: lines joined and wrapped anew, blank lines lost, case,
//! damage by optical reading, parts missing or moved, page headers between.
//!
//! Labels move with their characters. What is put in is written for the project (`tables/`).

use letterbook::record::ZoneLabel;

use crate::random::Random;
use crate::sheet::{Part, only, sentence_ends};

/// Characters, each with the states it may have.
pub(crate) type Chars = Vec<(char, u16)>;

/// Changes a letter's parts: shortens the body, drops and moves parts, puts page headers in.
pub(crate) fn change_parts(parts: &mut Vec<Part>, r: &mut Random) {
    if r.chance(0.3) {
        for part in parts.iter_mut().filter(|p| p.is(ZoneLabel::Body)) {
            shorten(part, r);
        }
    }
    for (label, p) in [
        (ZoneLabel::Letterhead, 0.06),
        (ZoneLabel::Dateline, 0.07),
        (ZoneLabel::Address, 0.06),
        (ZoneLabel::Salutation, 0.07),
        (ZoneLabel::Close, 0.06),
        (ZoneLabel::Signature, 0.06),
        (ZoneLabel::Other, 0.3),
    ] {
        if r.chance(p) {
            parts.retain(|part| !part.is(label));
        }
    }
    if r.chance(0.12)
        && let Some(date) = parts.iter_mut().find(|p| p.is(ZoneLabel::Dateline))
    {
        part_day(date, r);
    }
    if r.chance(0.06) {
        let label = *r.one(&[ZoneLabel::Dateline, ZoneLabel::Letterhead, ZoneLabel::Address]);
        move_to_other_end(parts, label);
    }
    if r.chance(0.05) {
        put_page_header(parts, r);
    }
    if r.chance(0.12) {
        // head or foot without blank lines, or all on one line
        let space = *r.one(&["\n", "\n", " ", "\n\n", ", "]);
        for i in 1..parts.len() {
            let frame = !parts[i].is(ZoneLabel::Body) && !parts[i - 1].is(ZoneLabel::Body);
            if frame && (space != ", " || parts[i].is(ZoneLabel::Dateline)) {
                parts[i].space = space.to_owned();
            }
        }
    }
    if let Some(first) = parts.first_mut() {
        first.space.clear();
    }
}

/// Cuts a body down to a few of its first or last sentences.
fn shorten(part: &mut Part, r: &mut Random) {
    let ends = sentence_ends(&part.text);
    if ends.len() < 3 {
        return;
    }
    let n = 1 + r.below(4).min(ends.len() - 2);
    let kept = if r.chance(0.5) {
        part.text[..ends[n - 1]].to_owned()
    } else {
        part.text[ends[ends.len() - 1 - n]..].trim_start().to_owned()
    };
    part.text = kept;
}

/// Sets the place and the day of a dateline in lines of their own.
fn part_day(date: &mut Part, r: &mut Random) {
    let text = &date.text;
    let Some(number) = text.find(|c: char| c.is_ascii_digit()) else { return };
    // before the day, or before the word that leads to it ("den", "le", "May")
    let mut blanks = text[..number].rmatch_indices(' ').map(|(i, _)| i);
    let (last, before) = (blanks.next(), blanks.next());
    let comma = text[..number].find(", ").map(|i| i + 1);
    let at = comma.filter(|_| r.chance(0.6)).or(if r.chance(0.7) { before } else { last });
    if let Some(at) = at.or(last).filter(|&at| !text[..at].contains('\n')) {
        date.text.replace_range(at..=at, "\n");
    }
}

/// Moves the first part of `label` to the foot, or from there to the head.
pub(crate) fn move_to_other_end(parts: &mut Vec<Part>, label: ZoneLabel) {
    let Some(i) = parts.iter().position(|p| p.is(label)) else { return };
    let Some(body) = parts.iter().position(|p| p.is(ZoneLabel::Body)) else { return };
    let mut part = parts.remove(i);
    part.space = "\n\n".to_owned();
    if i < body {
        parts.push(part);
    } else {
        if let Some(first) = parts.first_mut() {
            first.space = "\n\n".to_owned();
        }
        parts.insert(0, part);
    }
}

/// Breaks the body at one of its lines with the number of a page.
pub(crate) fn put_page_header(parts: &mut Vec<Part>, r: &mut Random) {
    let Some(i) = parts.iter().position(|p| p.is(ZoneLabel::Body)) else { return };
    let breaks: Vec<usize> = parts[i].text.match_indices('\n').map(|(at, _)| at).collect();
    if breaks.is_empty() {
        return;
    }
    let at = *r.one(&breaks);
    let rest = parts[i].text.split_off(at).trim().to_owned();
    let number = 2 + r.below(6);
    let header = match r.below(4) {
        0 => format!("- {number} -"),
        1 => format!("{number}"),
        2 => format!("[page {number}]"),
        _ => format!("{number}."),
    };
    let header = Part { space: "\n".into(), text: header, labels: only(ZoneLabel::Other) };
    let rest = Part { space: "\n".into(), text: rest, labels: parts[i].labels };
    if !rest.text.is_empty() && !parts[i].text.trim().is_empty() {
        parts.splice(i + 1..i + 1, [header, rest]);
    }
}

/// Changes the page as a whole: line ends, blank lines, case, indents, damage.
pub(crate) fn change_page(text: &str, states: &[u16], r: &mut Random) -> (String, Vec<u16>) {
    let mut page: Chars = text.char_indices().map(|(i, c)| (c, states[i])).collect();
    match r.below(20) {
        0..=9 => {}
        10..=12 => page = flow(&page, r, Some(40 + r.clone().below(60))),
        13..=15 => page = flow(&page, r, None),
        16 => join_all(&mut page),
        _ => drop_blank_lines(&mut page),
    }
    if r.chance(0.1) {
        drop_blank_lines(&mut page);
    } else if r.chance(0.2) {
        space_out(&mut page, r);
    }
    if r.chance(0.08) {
        indent(&mut page, r);
    }
    match r.below(40) {
        0 => page.iter_mut().for_each(|c| c.0 = c.0.to_uppercase().next().unwrap_or(c.0)),
        1 | 2 => page.iter_mut().for_each(|c| c.0 = c.0.to_lowercase().next().unwrap_or(c.0)),
        3 | 4 => page.retain(|c| !matches!(c.0, ',' | '!' | ':' | ';')),
        _ => {}
    }
    if r.chance(0.04) {
        put_stops(&mut page, r);
    }
    if r.chance(0.12) {
        let rate = 0.01 + 0.08 * r.unit();
        damage(&mut page, rate, r);
    }
    to_text(&page)
}

/// The text of a page, and for each byte the states that it may have.
pub(crate) fn to_text(page: &Chars) -> (String, Vec<u16>) {
    let mut text = String::with_capacity(page.len());
    let mut states = Vec::with_capacity(page.len());
    for &(c, s) in page {
        text.push(c);
        states.resize(text.len(), s);
    }
    (text, states)
}

/// Joins the lines of each block, and wraps them again at `width` characters if one is given.
pub(crate) fn flow(page: &Chars, r: &mut Random, width: Option<usize>) -> Chars {
    let mut out: Chars = Vec::with_capacity(page.len());
    let short_lines_stay = r.chance(0.6);
    let lines: Vec<&[(char, u16)]> = page.split(|c| c.0 == '\n').collect();
    for (i, line) in lines.iter().enumerate() {
        out.extend_from_slice(line);
        let Some(next) = lines.get(i + 1) else { break };
        let blank = |l: &[(char, u16)]| l.iter().all(|c| c.0.is_whitespace());
        // lines of the frame are short and stay; lines of the text are joined
        let other_part = match (line.last(), next.first()) {
            (Some(a), Some(b)) => a.1 != b.1,
            _ => false,
        };
        let stays = blank(line)
            || blank(next)
            || (short_lines_stay && (other_part || line.len().max(next.len()) < 30));
        let state = line.last().map_or(0, |c| c.1);
        out.push(if stays { ('\n', 0) } else { (' ', state) });
    }
    if let Some(width) = width {
        let mut column = 0;
        for c in &mut out {
            if c.0 == '\n' {
                column = 0;
            } else if c.0 == ' ' && column >= width {
                c.0 = '\n';
                column = 0;
            } else {
                column += 1;
            }
        }
    }
    out
}

/// Puts everything in one line.
pub(crate) fn join_all(page: &mut Chars) {
    for c in page.iter_mut().filter(|c| c.0.is_whitespace()) {
        c.0 = ' ';
    }
}

/// Leaves no blank line.
pub(crate) fn drop_blank_lines(page: &mut Chars) {
    let mut last = ' ';
    page.retain(|c| {
        let blank = c.0 == '\n' && last == '\n';
        last = c.0;
        !blank
    });
}

/// Puts blank lines between the lines of the frame, and more of them between its parts, as letters
/// come out of word processors and web pages.
fn space_out(page: &mut Chars, r: &mut Random) {
    /// Lines longer than this are running text.
    const SHORT: usize = 80;
    let inside = if r.chance(0.8) { 1.0 } else { r.unit() };
    let text_too = r.chance(0.15);
    let wider = if r.chance(0.6) { 1 + r.below(2) } else { 0 };
    let strip = |l: &[(char, u16)]| l.iter().rfind(|c| !c.0.is_whitespace()).map(|c| c.1);
    let lines: Vec<&[(char, u16)]> = page.split(|c| c.0 == '\n').collect();
    let mut out: Chars = Vec::with_capacity(page.len() + 200);
    for (i, line) in lines.iter().enumerate() {
        out.extend_from_slice(line);
        let Some(next) = lines.get(i + 1) else { break };
        out.push(('\n', 0));
        let more = match (strip(line), next.iter().find(|c| !c.0.is_whitespace())) {
            (Some(state), Some(first)) => {
                let frame = line.len().max(next.len()) < SHORT || state != first.1;
                usize::from((frame || text_too) && r.chance(inside))
            }
            // a blank line: parts drift further apart than paragraphs
            (Some(_), None) => {
                let far = lines[i + 1..].iter().find_map(|l| strip(l));
                if far == strip(line) || !r.chance(0.6) { 0 } else { wider }
            }
            _ => 0,
        };
        out.extend(std::iter::repeat_n(('\n', 0), more));
    }
    *page = out;
}

/// Puts points after words of short lines, as some pens do wherever they rest: "My. Dear. Anna."
fn put_stops(page: &mut Chars, r: &mut Random) {
    /// Longer lines are running text.
    const SHORT: usize = 60;
    let often = 0.3 + 0.6 * r.unit();
    let mut out: Chars = Vec::with_capacity(page.len() + 40);
    for line in page.split_inclusive(|c| c.0 == '\n') {
        let is_short = line.len() < SHORT;
        for (i, &(c, s)) in line.iter().enumerate() {
            out.push((c, s));
            let ends = line.get(i + 1).is_none_or(|next| next.0.is_whitespace());
            if is_short && ends && c.is_alphabetic() && r.chance(often) {
                out.push(('.', s));
            }
        }
    }
    *page = out;
}

fn indent(page: &mut Chars, r: &mut Random) {
    let mut out: Chars = Vec::with_capacity(page.len() + 200);
    let lines: Vec<&[(char, u16)]> = page.split(|c| c.0 == '\n').collect();
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            out.push(('\n', 0));
        }
        if !line.is_empty() && line.len() < 60 && r.chance(0.6) {
            let room = if r.chance(0.5) { 64usize.saturating_sub(line.len()) } else { r.below(40) };
            out.extend(std::iter::repeat_n((' ', 0), room));
        }
        out.extend_from_slice(line);
    }
    *page = out;
}

/// Pairs that optical reading confuses.
const ALIKE: &[(char, char)] = &[
    ('e', 'c'),
    ('o', '0'),
    ('l', '1'),
    ('i', 'l'),
    ('s', '5'),
    ('u', 'n'),
    ('n', 'u'),
    ('h', 'b'),
    ('r', 't'),
    ('f', 't'),
    ('a', 'o'),
    ('m', 'n'),
    ('S', '8'),
    ('B', '8'),
    ('I', 'l'),
    ('O', '0'),
    ('.', ','),
    (',', '.'),
    ('c', 'e'),
    ('t', 'f'),
    ('ü', 'u'),
    ('ö', 'o'),
    ('é', 'e'),
    ('D', 'O'),
    ('1', 'l'),
    ('0', 'o'),
    ('8', '3'),
    ('3', '8'),
    ('7', '1'),
    ('5', 'S'),
];

/// Damages each character with probability `rate`, as optical reading does.
pub(crate) fn damage(page: &mut Chars, rate: f64, r: &mut Random) {
    let mut out: Chars = Vec::with_capacity(page.len());
    for &(c, s) in page.iter() {
        if c == '\n' || !r.chance(rate) {
            out.push((c, s));
            continue;
        }
        match r.below(10) {
            0 | 1 => {}
            2 => out.extend([(c, s), (*r.one(&['.', '\'', ',', '-', ' ', '^']), s)]),
            3 => out.extend([(c, s), (c, s)]),
            _ => {
                let alike: Vec<char> = ALIKE.iter().filter(|p| p.0 == c).map(|p| p.1).collect();
                let other = if !alike.is_empty() {
                    *r.one(&alike)
                } else if c.is_alphabetic() {
                    char::from(b'a' + r.below(26) as u8)
                } else {
                    c
                };
                out.push((other, s));
            }
        }
    }
    *page = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_put_after_words_of_short_lines_alone() {
        let long = "word ".repeat(20);
        let text = format!("My Dear Anna\n\n{long}\nYours truly\nCarl");
        let mut page: Chars = text.chars().map(|c| (c, 1)).collect();
        put_stops(&mut page, &mut Random::new(3, 0));
        let (changed, _) = to_text(&page);
        assert_ne!(changed, text);
        assert_eq!(changed.replace('.', ""), text);
        assert!(changed.contains(&long));
    }

    #[test]
    fn a_parted_day_keeps_every_word() {
        for text in
            ["Leeds, 4 May 1871", "Hof den 3ten Julii", "12 May", "Sunday", "à Gap, le 2 mai"]
        {
            for seed in 0..20 {
                let labels = only(ZoneLabel::Dateline);
                let mut part = Part { space: String::new(), text: text.into(), labels };
                part_day(&mut part, &mut Random::new(seed, 0));
                assert_eq!(part.text.replace('\n', " "), text);
                assert!(part.text.matches('\n').count() <= 1);
                assert!(part.text.lines().all(|l| !l.trim().is_empty()), "{:?}", part.text);
            }
        }
    }
}
