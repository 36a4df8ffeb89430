//! A disk that is full, played with SQLite's limit of pages.

use letterbook::record::Letter;

use super::{Hints, Reading, Store};
use crate::error::Error;

const NOW: &str = "2026-01-01T00:00:00Z";

fn add(store: &mut Store, n: i64) -> Result<i64, Error> {
    let letter: Letter = serde_json::from_str(r#"{"letterbook": 1}"#).expect("a record");
    // text that does not pack: the pages fill
    let text: String = (0..2_000i64)
        .map(|i| char::from(b'a' + ((i * i + n * 7 + i * n) % 26).unsigned_abs() as u8))
        .collect();
    let reading = Reading::new(text.as_bytes(), text.clone(), Ok(letter), &Hints::default())?;
    store.write(NOW, |batch| batch.insert(&n.to_string(), &reading, "test"))
}

#[test]
fn a_full_disk_is_told_keeps_what_was_added_and_goes_on_when_there_is_room() {
    let folder = std::env::temp_dir().join(format!("letterbook-full-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let mut store = Store::open_or_create(&folder).unwrap();
    let pages: i64 = store.db.pragma_query_value(None, "page_count", |r| r.get(0)).unwrap();
    store.db.pragma_update(None, "max_page_count", pages + 20).unwrap();
    let mut added = Vec::new();
    let error = loop {
        match add(&mut store, added.len() as i64) {
            Ok(id) => added.push(id),
            Err(error) => break error,
        }
        assert!(added.len() < 10_000, "expected the disk to fill");
    };
    assert!(error.hint().starts_with("free some space"), "{error}: {}", error.hint());
    assert!(!added.is_empty());
    let check = |store: &Store, added: &[i64]| {
        assert!(added.iter().all(|&id| store.letter(id).is_ok()));
        assert_eq!(store.counts().unwrap().letters, added.len() as u64);
        assert_eq!(store.verify(&mut |_| {}).unwrap(), []);
    };
    check(&store, &added);
    store.db.pragma_update(None, "max_page_count", pages + 100_000).unwrap();
    added.push(add(&mut store, added.len() as i64).unwrap());
    drop(store);
    check(&Store::open(&folder).unwrap(), &added);
    std::fs::remove_dir_all(&folder).unwrap();
}
