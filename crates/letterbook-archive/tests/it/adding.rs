//! Files that come once, again, changed, under two names, and not readable.

use letterbook_archive::Error;
use letterbook_archive::ingest::Outcome;
use letterbook_archive::search::Request;

use crate::plain::{Folder, NOW, add, item};

#[test]
fn the_same_file_twice_is_one_letter() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let id = add(&mut archive, "a.txt", "From: Anna\n\nCome soon.");
    let again = archive.add(vec![item("a.txt", "From: Anna\n\nCome soon.")], NOW).unwrap();
    assert_eq!(again, [Outcome::Known(id)]);
    let copy = archive.add(vec![item("copy.txt", "From: Anna\n\nCome soon.")], NOW).unwrap();
    assert_eq!(copy, [Outcome::Same(id)]);
    assert_eq!(archive.letter(id).unwrap().stored.sources, ["a.txt", "copy.txt"]);
    let counts = archive.health().unwrap().counts;
    assert_eq!((counts.letters, counts.versions, counts.sources), (1, 1, 2));
}

#[test]
fn two_copies_in_one_batch_are_one_letter() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let items = vec![item("a", "one"), item("b", "one"), item("a", "one"), item("c", "two")];
    let outcomes = archive.add(items, NOW).unwrap();
    assert_eq!(
        outcomes,
        [Outcome::Added(1), Outcome::Same(1), Outcome::Known(1), Outcome::Added(2)]
    );
}

#[test]
fn empty_files_are_copies_of_nothing() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let outcomes = archive.add(vec![item("a", ""), item("b", ""), item("a", "")], NOW).unwrap();
    assert_eq!(outcomes, [Outcome::Added(1), Outcome::Added(2), Outcome::Known(1)]);
    let again = archive.add(vec![item("b", ""), item("c", "")], NOW).unwrap();
    assert_eq!(again, [Outcome::Known(2), Outcome::Added(3)]);
    assert!(archive.store().verify(&mut |_| ()).unwrap().is_empty());
}

#[test]
fn a_changed_file_is_a_new_version_and_the_old_one_stays() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let id = add(&mut archive, "a.txt", "From: Anna\n\nCome soon.");
    let outcome = archive.add(vec![item("a.txt", "From: Bert\n\nCome later.")], NOW).unwrap();
    assert_eq!(outcome, [Outcome::Changed(id, 2)]);
    let held = archive.letter(id).unwrap();
    assert_eq!(held.stored.version, 2);
    assert_eq!(held.letter.unwrap().senders[0].name.as_ref().unwrap().value, "Bert");
    assert_eq!(archive.store().original(id, Some(1)).unwrap(), b"From: Anna\n\nCome soon.");
    assert_eq!(archive.store().original(id, None).unwrap(), b"From: Bert\n\nCome later.");
    assert!(matches!(archive.store().original(id, Some(3)), Err(Error::NoSuchVersion(_, 3))));
}

#[test]
fn when_one_of_two_copies_changes_it_becomes_a_letter_of_its_own() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let id = add(&mut archive, "a", "the same");
    archive.add(vec![item("b", "the same")], NOW).unwrap();
    let outcome = archive.add(vec![item("b", "another")], NOW).unwrap();
    assert_eq!(outcome, [Outcome::Added(id + 1)]);
    assert_eq!(archive.letter(id).unwrap().stored.sources, ["a"]);
    assert_eq!(archive.letter(id + 1).unwrap().stored.sources, ["b"]);
    // and back again: the name returns, nothing is lost
    assert_eq!(archive.add(vec![item("b", "the same")], NOW).unwrap(), [Outcome::Same(id)]);
    archive.commit().unwrap();
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn a_file_that_cannot_be_read_is_kept_and_told_and_stops_nothing() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0".to_vec();
    let mut bad = item("scan.png", "");
    bad.bytes = png.clone();
    let outcomes = archive.add(vec![bad, item("a.txt", "readable")], NOW).unwrap();
    let [Outcome::Unreadable(id, why), Outcome::Added(_)] = &outcomes[..] else {
        panic!("expected one unreadable and one letter, but found {outcomes:?}");
    };
    assert!(why.starts_with("expected plain text"), "{why}");
    assert_eq!(archive.store().original(*id, None).unwrap(), png);
    archive.commit().unwrap();
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
    assert_eq!(archive.health().unwrap().counts.unreadable, 1);
}

#[test]
fn any_text_of_any_length_can_be_kept() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    for (n, text) in ["", "\0", "é", "\u{feff}\r\n\u{85}", &"a\u{301}".repeat(300_000), "致北京"]
        .into_iter()
        .enumerate()
    {
        let mut one = item(&n.to_string(), text);
        one.text = Some(text.to_owned());
        let id = archive.add(vec![one], NOW).unwrap()[0].letter();
        assert_eq!(archive.letter(id).unwrap().stored.text, text);
    }
    archive.commit().unwrap();
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn a_removed_letter_is_gone_with_everything_and_its_number_is_not_used_again() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let id = add(&mut archive, "a", "From: Anna\n\nsecret");
    archive.remove(id, "editor", NOW, "asked by the family").unwrap();
    archive.commit().unwrap();
    assert!(matches!(archive.letter(id), Err(Error::NoSuchLetter(n)) if n == id));
    assert!(matches!(archive.remove(id, "editor", NOW, ""), Err(Error::NoSuchLetter(_))));
    let counts = archive.health().unwrap().counts;
    assert_eq!((counts.letters, counts.removed, counts.bytes), (0, 1, 0));
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
    assert_eq!(add(&mut archive, "a", "From: Anna\n\nsecret"), id + 1);
}

#[test]
fn what_whoever_brings_it_could_not_read_is_kept_unread() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let mut locked = item("a.pdf", "looks like text");
    locked.failure = Some("expected a document without a password".into());
    let outcomes = archive.add(vec![locked.clone()], NOW).unwrap();
    assert!(matches!(&outcomes[..], [Outcome::Unreadable(1, why)] if why.contains("password")));
    assert_eq!(archive.store().original(1, None).unwrap(), b"looks like text");
    assert_eq!(archive.add(vec![locked], NOW).unwrap(), [Outcome::Known(1)]);
}

#[test]
fn a_text_that_moves_to_a_new_file_while_the_old_one_changes_is_a_letter_again() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", "Place: Wien\n\nalpha");
    // the bytes of `a` are known when the batch is looked at, and gone when `b` is kept
    let items = vec![item("a", "Place: Graz\n\nbeta"), item("b", "Place: Wien\n\nalpha")];
    let outcomes = archive.add(items, NOW).unwrap();
    assert_eq!(outcomes, [Outcome::Changed(1, 2), Outcome::Added(2)]);
    archive.commit().unwrap();
    for (query, letter) in [("place:graz", 1), ("place:wien", 2)] {
        assert_eq!(archive.search(&Request::new(query)).unwrap().letters, [letter]);
    }
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}
