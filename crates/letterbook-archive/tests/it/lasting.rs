//! Archives that are opened again, by two at once, by an older program, damaged, or moved.

use std::fs;

use letterbook_archive::search::Request;
use letterbook_archive::store::FORMAT;
use letterbook_archive::{Archive, Error};
use rusqlite::Connection;

use crate::plain::{Folder, NOW, add, item, reader};

fn total(archive: &Archive, query: &str) -> usize {
    archive.search(&Request::new(query)).unwrap().total
}

#[test]
fn one_writes_while_others_read() {
    let folder = Folder::new();
    let mut writer = folder.archive();
    add(&mut writer, "a", "first words");
    let reader_before = Archive::open(folder.path(), reader()).unwrap();
    let second = Archive::open_or_create(folder.path(), reader());
    assert!(matches!(second, Err(Error::Busy { .. })), "{second:?}");
    add(&mut writer, "b", "second words");
    assert_eq!(total(&reader_before, "words"), 1, "a reader keeps the state that it opened");
    let mut reader_after = Archive::open(folder.path(), reader()).unwrap();
    assert_eq!(total(&reader_after, "words"), 2);
    assert!(matches!(reader_after.add(vec![item("c", "x")], NOW), Err(Error::ReadOnly)));
    drop(writer);
    assert!(Archive::open_or_create(folder.path(), reader()).is_ok());
}

#[test]
fn a_folder_without_an_archive_is_told_and_left_alone() {
    let folder = Folder::new();
    assert!(matches!(Archive::open(folder.path(), reader()), Err(Error::NotAnArchive { .. })));
    assert!(!folder.path().exists());
}

#[test]
fn a_newer_store_is_refused_with_both_versions_and_the_remedy() {
    let folder = Folder::new();
    folder.archive().close().unwrap();
    let path = folder.path().join("letters.sqlite");
    let db = Connection::open(&path).unwrap();
    db.pragma_update(None, "user_version", FORMAT + 1).unwrap();
    drop(db);
    for opened in
        [Archive::open(folder.path(), reader()), Archive::open_or_create(folder.path(), reader())]
    {
        let error = opened.unwrap_err();
        let expected = format!(
            "expected a store of format {FORMAT} or older, but found format {}",
            FORMAT + 1
        );
        assert_eq!(error.to_string(), expected);
        assert!(error.hint().contains("update Letterbook"));
    }
}

#[test]
fn another_programs_database_is_not_taken_for_a_store() {
    let folder = Folder::new();
    fs::create_dir_all(folder.path()).unwrap();
    let db = Connection::open(folder.path().join("letters.sqlite")).unwrap();
    db.execute_batch("CREATE TABLE mail (x); PRAGMA user_version = 1;").unwrap();
    drop(db);
    assert!(matches!(Archive::open(folder.path(), reader()), Err(Error::Damaged(_))));
}

#[test]
fn a_missing_or_foreign_index_is_made_anew() {
    let (one, two) = (Folder::new(), Folder::new());
    let mut archive = one.archive();
    add(&mut archive, "a", "alpha");
    archive.close().unwrap();
    let mut archive = two.archive();
    add(&mut archive, "b", "beta");
    archive.close().unwrap();
    // the index of another archive, at the same stamp
    fs::remove_dir_all(one.path().join("index")).unwrap();
    fs::rename(two.path().join("index"), one.path().join("index")).unwrap();
    assert_eq!(
        total(&Archive::open(one.path(), reader()).unwrap(), "beta"),
        0,
        "never another's letters"
    );
    let archive = one.archive();
    assert_eq!((total(&archive, "alpha"), total(&archive, "beta")), (1, 0));
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
    archive.close().unwrap();
    fs::remove_dir_all(one.path().join("index")).unwrap();
    assert_eq!(Archive::open(one.path(), reader()).unwrap().health().unwrap().behind, 1);
    assert_eq!(total(&one.archive(), "alpha"), 1);
}

#[test]
fn an_index_left_behind_catches_up() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let gone = add(&mut archive, "a", "alpha");
    archive.add(vec![item("b", "beta"), item("c", "gamma")], NOW).unwrap();
    archive.remove(gone, "editor", NOW, "").unwrap();
    drop(archive); // without a commit of the index
    let late = Archive::open(folder.path(), reader()).unwrap();
    assert_eq!(late.health().unwrap().behind, 3);
    assert_eq!(total(&late, "alpha"), 1);
    drop(late);
    let archive = folder.archive();
    assert_eq!(archive.health().unwrap().behind, 0);
    assert_eq!((total(&archive, "alpha"), total(&archive, "beta or gamma")), (0, 2));
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn rebuilding_changes_nothing_that_is_found() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    for n in 0..50 {
        archive
            .add(vec![item(&n.to_string(), &format!("From: P{n}\n\nword{n} common"))], NOW)
            .unwrap();
    }
    archive.commit().unwrap();
    let before = archive.search(&Request::new("common")).unwrap();
    let mut seen = 0;
    archive.rebuild(&mut |_, of| seen = of).unwrap();
    assert_eq!(seen, 50);
    assert_eq!(archive.search(&Request::new("common")).unwrap().total, before.total);
    assert_eq!(total(&archive, "from:P7"), 1);
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn verify_finds_what_was_tampered_with() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", "From: Anna\n\nalpha");
    add(&mut archive, "b", "From: Bert\n\nbeta");
    archive.close().unwrap();
    let db = Connection::open(folder.path().join("letters.sqlite")).unwrap();
    db.execute("UPDATE original SET bytes = x'00616263' WHERE id = 1", []).unwrap();
    db.execute("DELETE FROM version WHERE letter = 2", []).unwrap();
    drop(db);
    let faults = Archive::open(folder.path(), reader()).unwrap().verify(&mut |_| {}).unwrap();
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let has = |what: &str| said.iter().any(|s| s.contains(what));
    assert!(has("original 1: expected the hash"), "{said:?}");
    assert!(has("letter 2: expected its current version, but found none"), "{said:?}");
    assert!(has("but found 1 of none"), "{said:?}");
}

#[test]
fn a_backup_made_while_writing_is_a_whole_archive() {
    let (folder, copy) = (Folder::new(), Folder::new());
    let mut archive = folder.archive();
    add(&mut archive, "a", "alpha");
    archive.add(vec![item("b", "beta")], NOW).unwrap();
    archive.store().back_up(copy.path()).unwrap();
    assert!(archive.store().back_up(copy.path()).is_err(), "a copy is not written over");
    archive.add(vec![item("c", "gamma")], NOW).unwrap();
    let copied = copy.archive();
    assert_eq!((total(&copied, "alpha or beta"), total(&copied, "gamma")), (2, 0));
    assert_eq!(copied.verify(&mut |_| {}).unwrap(), []);
}
