//! Disks that lose power, and files that are cut or spoilt.
//!
//! A power cut is played on copies of the folder: what SQLite had written to its log but not yet
//! flushed is cut off or turned to noise, and the copy must open with everything that had been
//! reported by then.

use std::fs;

use letterbook_archive::search::Request;
use letterbook_archive::{Archive, Error};

use crate::plain::{Folder, NOW, copy, item, reader};

const LOG: &str = "letters.sqlite-wal";

fn add(archive: &mut Archive, batch: usize) -> Vec<i64> {
    let text = |n| format!("From: P{n}\n\nletter {batch} {n} {}", "and so on ".repeat(40));
    let items = (0..5).map(|n| item(&format!("{batch}/{n}"), &text(n))).collect();
    archive.add(items, NOW).unwrap().iter().map(|outcome| outcome.letter()).collect()
}

#[test]
fn a_power_cut_loses_nothing_that_was_reported() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let mut reported = add(&mut archive, 0);
    reported.extend(add(&mut archive, 1));
    archive.commit().unwrap();
    let log = folder.path().join(LOG);
    let safe = fs::metadata(&log).unwrap().len() as usize;
    // of these nothing is known to the person yet when the power goes
    add(&mut archive, 2);
    archive.commit().unwrap();
    add(&mut archive, 3);
    let whole = fs::read(&log).unwrap();
    assert!(whole.len() > safe, "expected the log to have grown");
    let length = whole.len() - safe;
    for (n, cut) in [0, 1, 31, length / 3, length / 2, length - 1].into_iter().enumerate() {
        for is_noise in [false, true] {
            let after = Folder::new();
            copy(folder.path(), after.path());
            let mut log = whole.clone();
            if is_noise {
                // blocks of the disk that were not reached hold what was there before
                log[safe + cut..].iter_mut().for_each(|byte| *byte ^= 0x5a);
            } else {
                log.truncate(safe + cut);
            }
            fs::write(after.path().join(LOG), log).unwrap();
            let mut opened = after.archive();
            for &id in &reported {
                assert!(opened.letter(id).is_ok(), "letter {id} lost, cut {n}, noise {is_noise}");
            }
            assert_eq!(opened.verify(&mut |_| {}).unwrap(), [], "cut {n}, noise {is_noise}");
            add(&mut opened, 9);
            opened.close().unwrap();
        }
    }
}

#[test]
fn a_spoilt_index_is_made_anew_and_never_loses_a_letter() {
    for spoil in [0, 10] {
        let folder = Folder::new();
        let mut archive = folder.archive();
        let ids = add(&mut archive, 0);
        archive.close().unwrap();
        for entry in fs::read_dir(folder.path().join("index")).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, &bytes[..bytes.len().min(spoil)]).unwrap();
        }
        let mut archive = folder.archive();
        archive.rebuild(&mut |_, _| {}).unwrap();
        assert_eq!(archive.search(&Request::new("letter")).unwrap().total, ids.len());
        assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
    }
}

#[test]
fn an_index_that_cannot_be_written_loses_no_letter() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let mut ids = add(&mut archive, 0);
    archive.commit().unwrap();
    let index = folder.path().join("index");
    fs::remove_dir_all(&index).unwrap();
    fs::write(&index, "in the way").unwrap();
    // it may be noticed at any letter, and no letter is the worse for it
    for batch in 1..20 {
        ids.extend(add(&mut archive, batch));
    }
    assert_eq!(archive.store().counts().unwrap().letters as usize, ids.len());
    assert!(matches!(archive.commit(), Err(Error::Index { .. } | Error::File { .. })));
    drop(archive);
    fs::remove_file(&index).unwrap();
    let archive = Archive::open_or_create(folder.path(), reader()).unwrap();
    assert_eq!(archive.search(&Request::new("letter")).unwrap().total, ids.len());
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}
