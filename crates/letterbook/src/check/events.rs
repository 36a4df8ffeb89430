//! Events whose day is known: what an anniversary or a span of years can be held against.
//!
//! Owns the look-up in `tables/events.tsv`. What it knows adds findings; it never gives a letter a
//! date, an event or a year that the page does not have.

use std::sync::LazyLock;

use letterbook_dates::day::Day;
use letterbook_dates::value::Edtf;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// An event of the table.
#[derive(Debug)]
pub(super) struct Event {
    /// EDTF: a day, a year, or the first and the last day.
    pub(super) date: &'static str,
    /// Its names, folded, each with a space at both ends.
    names: Vec<String>,
}

/// Date, kind and names of each row of the table; the names without the tags of their languages.
fn rows() -> impl Iterator<Item = (&'static str, &'static str, Vec<&'static str>)> {
    let lines = include_str!("../../tables/events.tsv").lines();
    lines.filter(|l| !l.is_empty() && !l.starts_with('#')).filter_map(|l| {
        let mut columns = l.split('\t');
        let (date, kind, names) = (columns.next()?, columns.next()?, columns.next()?);
        let names = names.split(';').filter_map(|n| Some(n.trim().split_once(' ')?.1));
        Some((date, kind, names.collect()))
    })
}

/// The kind of the row whose names are articles, which no name is known by.
const ARTICLE: &str = "article";

static ARTICLES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows().filter(|row| row.1 == ARTICLE).flat_map(|row| row.2).collect());

static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let events = rows().filter(|row| row.1 != ARTICLE);
    events
        .map(|(date, _, names)| Event { date, names: names.into_iter().map(fold).collect() })
        .collect()
});

impl Event {
    /// The year in which it began.
    pub(super) fn first_year(&self) -> Option<i32> {
        year(self.date.split('/').next()?)
    }

    /// The year in which it ended.
    pub(super) fn last_year(&self) -> Option<i32> {
        year(self.date.rsplit('/').next()?)
    }

    /// Its day, where it has a single one.
    pub(super) fn day(&self) -> Option<Day> {
        let (first, last) = Edtf::parse(self.date).ok()?.bounds();
        first.filter(|_| first == last)
    }
}

fn year(date: &str) -> Option<i32> {
    date.get(..4)?.parse().ok()
}

/// The event that `text` names; of several the one with the longest name.
pub(super) fn find_event(text: &str) -> Option<&'static Event> {
    let text = fold(text);
    let named = |e: &'static Event| {
        let longest = e.names.iter().filter(|n| text.contains(n.as_str())).map(String::len).max();
        longest.map(|length| (length, e))
    };
    EVENTS.iter().filter_map(named).max_by_key(|(length, _)| *length).map(|(_, e)| e)
}

/// Lower case, without marks, words parted by one space and articles left out.
fn fold(text: &str) -> String {
    let mut out = String::from(" ");
    let plain: String = if text.is_ascii() {
        text.replace('\'', "").to_ascii_lowercase()
    } else {
        without_marks(text)
    };
    for word in plain.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() && !ARTICLES.contains(&word) {
            out.push_str(word);
            out.push(' ');
        }
    }
    out
}

/// Lower case, without marks and apostrophes.
fn without_marks(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_date_and_names() {
        for event in EVENTS.iter() {
            assert!(Edtf::parse(event.date).is_ok(), "{}", event.date);
            assert!(event.first_year() <= event.last_year(), "{}", event.date);
            assert!(!event.names.is_empty() && event.names.iter().all(|n| n.len() > 4));
        }
        let rows = include_str!("../../tables/events.tsv").lines().filter(|l| !l.starts_with('#'));
        let rows = rows.filter(|row| !row.contains(ARTICLE));
        assert_eq!(rows.clone().count(), EVENTS.len());
        for row in rows {
            let source = row.split('\t').nth(3);
            assert!(source.is_some_and(|s| ["T", "N", "C", "H"].contains(&s)), "source of {row}");
        }
    }

    #[test]
    fn names_are_known_in_any_spelling_and_the_longer_wins() {
        let date = |text| find_event(text).map(|e| e.date);
        assert_eq!(date("founding of the WORKERS’ PARTY OF KOREA"), Some("1945-10-10"));
        assert_eq!(date("prise de la Bastille"), Some("1789-07-14"));
        assert_eq!(date("fall of the Berlin Wall"), Some("1989-11-09"));
        assert_eq!(date("the Rowing Club of Hull"), None);
    }
}
