//! Expressions written for this project, a table for each language: the ways of letter manuals that
//! the shared tables may not have.
//!
//! A row that is not read as expected must be listed in `unread.tsv` with what is read instead, and
//! a row that is listed must still fail, so that the list can only tell the truth.

#![expect(clippy::disallowed_methods, reason = "the tables are files beside the test")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use letterbook_dates::phrase::{Context, find_dates};
use letterbook_dates::value::Edtf;

use crate::shared;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/expressions")
}

fn rows(name: &str) -> Vec<Vec<String>> {
    let table = std::fs::read_to_string(folder().join(name)).expect("a table beside the test");
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn every_expression_is_read_as_its_table_says() {
    let mut unread: BTreeMap<(String, String), String> = rows("unread.tsv")
        .into_iter()
        .map(|row| ((row[0].clone(), row[1].clone()), row[2].clone()))
        .collect();
    let mut faults = Vec::new();
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .expect("a folder of tables")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
        .filter(|name| name != "unread.tsv")
        .collect();
    names.sort();
    assert_eq!(names.len(), 26, "expected a table for each language");
    for name in names {
        let lang = name.trim_end_matches(".tsv");
        for row in rows(&name) {
            let [anchor, place, text, expected] = &row[..] else {
                panic!("expected four fields in {name}, but found {row:?}");
            };
            let context = Context {
                lang: Some(lang),
                anchor: Edtf::parse(anchor).ok(),
                place: Some(place.as_str()).filter(|place| !place.is_empty()),
                ..Context::default()
            };
            let found = find_dates(text, &context)
                .first()
                .map_or_else(|| "-".to_owned(), |reading| reading.value.to_string());
            let listed = unread.remove(&(lang.to_owned(), text.clone()));
            if listed.as_deref().unwrap_or(expected) != found {
                faults
                    .push(format!("{lang}\t{anchor}\t{text}\texpected {expected}\tfound {found}"));
            }
        }
    }
    faults.extend(unread.keys().map(|(lang, text)| format!("{lang}\t{text}\tis in no table")));
    assert!(faults.is_empty(), "{} rows:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_shared_tables_are_read_as_well_as_they_were() {
    for (table, least) in [("expressions.tsv", 0.998), ("attested.tsv", 0.919)] {
        let Some(rows) = shared::rows(table) else { continue };
        let mut faults = Vec::new();
        for row in &rows {
            let [lang, anchor, text, expected, ..] = &row[..] else { continue };
            let place = row.get(7).map(|field| field.trim_start_matches("place="));
            let context = Context {
                lang: Some(lang),
                anchor: Edtf::parse(anchor).ok(),
                place: place.filter(|place| !place.is_empty()),
                ..Context::default()
            };
            let found = find_dates(text, &context);
            let is_right = found
                .first()
                .is_some_and(|first| Edtf::parse(expected).as_ref() == Ok(&first.value));
            if !is_right {
                let first = found.first().map_or("-".to_owned(), |first| first.value.to_string());
                faults.push(format!("{lang} | {anchor} | {text} | {expected} | {first}"));
            }
        }
        let share = 1.0 - faults.len() as f64 / rows.len() as f64;
        assert!(share >= least, "{table}: {share:.3} right, not:\n{}", faults.join("\n"));
    }
}
