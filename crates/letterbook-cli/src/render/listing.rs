//! Letters of an archive as lines: number, date, who to whom, where; with the words searched.

use std::collections::BTreeMap;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use letterbook::record::{Letter, Party};
use letterbook_archive::Held;
use letterbook_archive::search::Snippet;
use textwrap::core::display_width;

use super::wrap::{Paragraph, shorten};
use super::{DOUBT, FAINT, LABEL, PLAIN, TITLE, printable};

/// A word that was searched.
const MARK: Style = AnsiColor::Yellow.on_default().bold();

/// Columns of the number.
const NUMBER: usize = 7;

/// Columns of the date.
const DATE: usize = 12;

/// Columns of the place, at most.
const PLACE: usize = 20;

/// Values of a facet that are shown to people.
pub(crate) const VALUES: usize = 12;

/// A letter as a line, its snippet below it.
pub(crate) fn letter(held: &Held, snippet: Option<&Snippet>, width: usize) -> String {
    let stored = &held.stored;
    let number = format!("{:>NUMBER$}", stored.id);
    let file = stored.sources.first().map_or("", String::as_str);
    let mut out = match &held.letter {
        None => {
            let room = width.saturating_sub(NUMBER + 2);
            let what = shorten(&format!("not read: {}", printable(file)), room);
            format!("{TITLE}{number}{TITLE:#}  {DOUBT}{what}{DOUBT:#}\n")
        }
        Some(letter) => {
            let date = letter.date.as_ref().map_or("–", |d| d.value.as_str());
            let date = pad(&shorten(&printable(date), DATE), DATE);
            let place = letter.place.as_ref().map_or("", |p| p.value.as_str());
            let place = shorten(&printable(place), PLACE);
            let mark = if stored.corrections.is_empty() { "" } else { " ✎" };
            let taken = NUMBER + DATE + 4 + display_width(&place) + 2 + display_width(mark);
            let who = shorten(&parties(letter), width.saturating_sub(taken).max(16));
            let place = if place.is_empty() { place } else { format!("{FAINT}, {place}{FAINT:#}") };
            format!("{TITLE}{number}{TITLE:#}  {date}  {who}{place}{DOUBT}{mark}{DOUBT:#}\n")
        }
    };
    if let Some(snippet) = snippet.filter(|s| !s.text.is_empty()) {
        for line in marked(snippet).lines(width.saturating_sub(NUMBER + 2).max(16)) {
            out.push_str(&format!("{:NUMBER$}  {line}\n", ""));
        }
        let file = shorten(&printable(file), width.saturating_sub(NUMBER + 2).max(16));
        out.push_str(&format!("{:NUMBER$}  {FAINT}{file}{FAINT:#}\n", ""));
    }
    out
}

/// Who writes to whom, in one line.
pub(crate) fn parties(letter: &Letter) -> String {
    let names = |parties: &[Party]| {
        let names: Vec<String> = parties.iter().filter_map(name).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    format!("{} → {}", names(&letter.senders), names(&letter.recipients))
}

fn name(party: &Party) -> Option<String> {
    let first = [&party.name, &party.organisation, &party.role, &party.form_of_address];
    let reading = first.into_iter().flatten().next()?;
    Some(printable(&reading.value).into_owned())
}

fn pad(text: &str, columns: usize) -> String {
    let spare = columns.saturating_sub(display_width(text));
    format!("{text}{}", " ".repeat(spare))
}

/// The snippet with its marks; where no colours are seen, the marks stand between asterisks.
fn marked(snippet: &Snippet) -> Paragraph {
    let mut out = Paragraph::default();
    let plain = |range: Range<usize>| -> String {
        snippet.text[range].chars().map(super::visible).collect()
    };
    let is_coloured =
        anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let star = if is_coloured { "" } else { "*" };
    let mut at = 0;
    for mark in &snippet.marks {
        out.push(&plain(at..mark.start), PLAIN);
        out.push(&format!("{star}{}{star}", plain(mark.clone())), MARK);
        at = mark.end;
    }
    out.push(&plain(at..snippet.text.len()), PLAIN);
    out
}

/// How many letters there are of each value of each kind.
type Facets = BTreeMap<String, Vec<(String, u64)>>;

/// Of each kind the values with most letters, at most so many; years in the order of time.
pub(crate) fn in_order(facets: &Facets, most: usize) -> Facets {
    let one = |(kind, values): (&String, &Vec<(String, u64)>)| {
        let mut values: Vec<_> = values.iter().take(most).cloned().collect();
        if kind == "year" {
            values.sort_by_key(|(year, _)| year.parse().unwrap_or(i64::MAX));
        }
        (kind.clone(), values)
    };
    facets.iter().map(one).collect()
}

/// How many letters there are of each value, at most so many values, the kinds one below the other.
pub(crate) fn facets(facets: &Facets, most: usize, width: usize) -> String {
    let mut out = String::new();
    for (kind, values) in &in_order(facets, most) {
        let mut line = Paragraph::default();
        for (value, n) in values {
            if !line.is_empty() {
                line.push(" · ", FAINT);
            }
            // the count stays with its value
            line.push(&printable(value), PLAIN).push(&format!("\u{a0}{n}"), FAINT);
        }
        let more = facets[kind].len() - values.len();
        if more > 0 {
            line.push(&format!(" and {more} more"), FAINT);
        }
        for (i, row) in line.lines(width.saturating_sub(14).max(16)).iter().enumerate() {
            let kind = if i == 0 { kind } else { "" };
            out.push_str(&format!("{LABEL}{kind:<12}{LABEL:#}  {row}\n"));
        }
    }
    out
}

/// The line at the end.
pub(crate) fn summary(words: &str) -> String {
    format!("{TITLE}{words}{TITLE:#}")
}

/// A row of a short table: a name and what it says, broken into lines.
pub(crate) fn row(label: &str, value: &Paragraph, width: usize) -> String {
    let mut out = String::new();
    for (i, line) in value.lines(width.saturating_sub(13).max(16)).iter().enumerate() {
        let label = if i == 0 { label } else { "" };
        out.push_str(&format!("  {LABEL}{label:<10}{LABEL:#} {line}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_with_most_letters_are_kept_and_years_stand_in_the_order_of_time() {
        let of = |values: &[(&str, u64)]| -> Vec<(String, u64)> {
            values.iter().map(|&(value, n)| (value.to_owned(), n)).collect()
        };
        let counted = Facets::from([
            ("from".to_owned(), of(&[("Hale", 5), ("Berg", 2), ("Roux", 1)])),
            ("year".to_owned(), of(&[("1850", 4), ("-44", 3), ("900", 1)])),
        ]);
        let two = in_order(&counted, 2);
        assert_eq!(two["from"], of(&[("Hale", 5), ("Berg", 2)]));
        assert_eq!(two["year"], of(&[("-44", 3), ("1850", 4)]));
        assert_eq!(in_order(&counted, 9)["year"], of(&[("-44", 3), ("900", 1), ("1850", 4)]));
        assert!(facets(&counted, 1, 60).contains("and 2 more"));
    }
}
