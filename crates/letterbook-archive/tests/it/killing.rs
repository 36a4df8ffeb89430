//! A writer that is killed at any moment loses nothing that it reported.
//!
//! The child is this test program itself; it adds batches for as long as it lives and prints each
//! number that was reported. A few kills run here; the lab runs a thousand.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use letterbook_archive::Archive;

use crate::plain::{Folder, NOW, item, reader};

const FOLDER: &str = "LETTERBOOK_KILL_FOLDER";

/// How often the child is killed.
const KILLS: u64 = 24;

/// Milliseconds after which the child is killed: in the first commit, between, in later ones.
fn moment(n: u64) -> u64 {
    25 + n * n * 37 % 263
}

#[test]
fn child() {
    // Not a test but the process that is killed, when the other test has started it.
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mut archive = Archive::open_or_create(folder.as_ref(), reader()).unwrap();
    let mut out = std::io::stdout();
    let start = archive.health().unwrap().counts.letters;
    for batch in start.. {
        let items = (0..7)
            .map(|n| item(&format!("{batch}/{n}"), &format!("From: P{n}\n\nletter {batch} {n}")))
            .collect();
        for outcome in archive.add(items, NOW).unwrap() {
            writeln!(out, "reported {}", outcome.letter()).unwrap();
        }
        if batch % 3 == 0 {
            archive.commit().unwrap();
        }
    }
}

#[test]
fn no_letter_that_was_reported_is_lost() {
    let folder = Folder::new();
    let mut reported = HashSet::new();
    for n in 0..KILLS {
        let millis = moment(n);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killing::child", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = child.stdout.take().unwrap();
        let (first, is_there) = std::sync::mpsc::channel();
        let lines = std::thread::spawn(move || {
            let mut lines = Vec::new();
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if line.starts_with("reported ") {
                    let _ = first.send(());
                }
                lines.push(line);
            }
            lines
        });
        // every other child lives on after its first report, however busy the machine is
        if n % 2 == 1 {
            is_there.recv_timeout(Duration::from_secs(120)).unwrap();
        }
        std::thread::sleep(Duration::from_millis(millis));
        child.kill().unwrap(); // SIGKILL
        child.wait().unwrap();
        for line in lines.join().unwrap() {
            reported.extend(line.strip_prefix("reported ").and_then(|n| n.parse::<i64>().ok()));
        }
        let archive = folder.archive();
        assert_eq!(archive.verify(&mut |_| {}).unwrap(), [], "after {millis} ms");
        for &id in &reported {
            assert!(archive.letter(id).is_ok(), "letter {id} lost after {millis} ms");
        }
        archive.close().unwrap();
    }
    assert!(!reported.is_empty(), "expected some letters before the last kill");
}
