//! Archives of earlier formats, kept as they were, open and lose nothing.

use std::path::Path;

use letterbook_archive::search::Request;
use letterbook_archive::store::FORMAT;
use letterbook_archive::{Archive, people};

use crate::plain::{Folder, copy, reader};

fn old(format: u32, to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora/old-archives");
    copy(&from.join(format!("format-{format}")), to);
}

/// What corpora/old-archives/README.md says is in every one of them.
fn check(archive: &Archive) {
    let health = archive.health().unwrap();
    let counts = health.counts;
    assert_eq!((counts.letters, counts.unreadable, counts.removed), (4, 1, 1));
    assert_eq!((counts.versions, counts.sources, counts.corrections), (5, 5, 2));
    let total = |query: &str| archive.search(&Request::new(query)).unwrap().total;
    assert_eq!(total("from:swales"), 1);
    assert_eq!(total("date:1888-06-05"), 1, "a corrected date is found");
    assert_eq!(total("has:failure"), 1);
    assert_eq!(total(""), 4);
    let letter = archive.letter(1).unwrap();
    assert_eq!(letter.letter.unwrap().date.unwrap().value, "1888-06-05");
    assert_eq!(letter.stored.corrections.len(), 2);
    assert!(
        archive.store().original(2, Some(1)).unwrap() != archive.store().original(2, None).unwrap()
    );
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn archives_of_every_format_open_for_reading_and_for_writing() {
    for format in 1..FORMAT {
        let folder = Folder::new();
        old(format, folder.path());
        // an index of an earlier form is made anew by whoever first writes; until then all its
        // letters, and the one taken out, are told as not yet found
        let archive = Archive::open(folder.path(), reader()).unwrap();
        assert_eq!(archive.behind().unwrap(), 5);
        assert_eq!(archive.letter(1).unwrap().letter.unwrap().date.unwrap().value, "1888-06-05");
        drop(archive);
        let archive = folder.archive();
        check(&archive);
        archive.close().unwrap();
        check(&Archive::open(folder.path(), reader()).unwrap());

        let folder = Folder::new();
        old(format, folder.path());
        check(&folder.archive());
    }
}

#[test]
fn what_a_later_format_adds_works_in_an_old_archive() {
    let folder = Folder::new();
    old(1, folder.path());
    let mut archive = folder.archive();
    let everyone = people::gather(&archive, &mut |_| {}).unwrap();
    let swales = everyone.find("Josiah Swales").unwrap();
    let voice = people::Voice { who: "editor", at: "2026-01-02T00:00:00Z", why: "" };
    people::rename(&mut archive, swales, "Swales, Josiah", voice).unwrap();
    let everyone = people::gather(&archive, &mut |_| {}).unwrap();
    assert_eq!(everyone.find("P1").unwrap().name, "Swales, Josiah");
}
