//! What people say holds, is found, survives a new reading, and can be taken back.

use letterbook::Options;
use letterbook::record::Letter;
use letterbook_archive::correction::Action;
use letterbook_archive::ingest::Reader;
use letterbook_archive::search::Request;
use letterbook_archive::{Archive, Error, Reread};

use crate::plain::{Folder, NOW, add, read};

const TEXT: &str =
    "From: Anna Müller\nDate: 1845\nAct: thank\nAct: request\nAct: wish\n\nPetrov, 1846";

fn fix(
    archive: &mut Archive,
    path: &str,
    action: Action,
    value: Option<&str>,
) -> Result<i64, Error> {
    archive.correct(1, path, action, value, "editor", NOW, "")
}

fn found(archive: &mut Archive, query: &str) -> usize {
    archive.commit().unwrap();
    archive.search(&Request::new(query)).unwrap().total
}

fn letter(archive: &Archive) -> Letter {
    archive.letter(1).unwrap().letter.unwrap()
}

#[test]
fn a_value_that_is_set_is_shown_and_found_and_can_be_undone() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", TEXT);
    let n = fix(&mut archive, "date", Action::Set, Some("1846")).unwrap();
    let date = letter(&archive).date.unwrap();
    assert_eq!((date.value.as_str(), date.confidence), ("1846", 1.0));
    assert_eq!(date.evidence[0].quote, "1846", "the page has it once, so it is cited");
    assert_eq!(found(&mut archive, "date:1846"), 1);
    assert_eq!(found(&mut archive, "date:1845"), 0);
    assert_eq!(found(&mut archive, "has:correction"), 1);
    assert_eq!(archive.undo(n, NOW).unwrap(), 1);
    assert_eq!(found(&mut archive, "date:1845"), 1);
    assert!(matches!(archive.undo(n, NOW), Err(Error::NoSuchCorrection(_))));
    let history = archive.history(1).unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!((history[0].who.as_str(), history[0].undone.as_deref()), ("editor", Some(NOW)));
}

#[test]
fn values_are_confirmed_rejected_and_added() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", TEXT);
    fix(&mut archive, "senders.0.name", Action::Confirm, None).unwrap();
    fix(&mut archive, "acts.0", Action::Reject, None).unwrap();
    fix(&mut archive, "acts.0", Action::Reject, None).unwrap();
    fix(&mut archive, "acts.1", Action::Set, Some("protest")).unwrap();
    fix(&mut archive, "recipients.0.name", Action::Set, Some("Petrov")).unwrap();
    let letter = letter(&archive);
    assert_eq!(letter.senders[0].name.as_ref().unwrap().confidence, 1.0);
    let acts = serde_json::to_value(&letter.acts).unwrap();
    assert_eq!((acts[0]["act"].as_str(), acts[1]["act"].as_str()), (Some("wish"), Some("protest")));
    assert_eq!(letter.acts.len(), 2);
    assert_eq!(letter.recipients[0].name.as_ref().unwrap().evidence[0].quote, "Petrov");
    assert_eq!(found(&mut archive, "to:petrov act:protest -act:thank"), 1);
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", TEXT);
    for (path, action, value) in [
        ("date", Action::Set, Some("yesterday")),
        ("date", Action::Set, None),
        ("acts.0", Action::Set, Some("dance")),
        ("acts.9", Action::Confirm, None),
        ("place", Action::Reject, None),
        ("senders.7.name", Action::Set, Some("X")),
        ("acts.x", Action::Set, Some("thank")),
        ("letterbook", Action::Set, Some("two")),
        ("", Action::Reject, None),
    ] {
        let refused = fix(&mut archive, path, action, value);
        assert!(matches!(refused, Err(Error::Correction(_))), "{path}: {refused:?}");
    }
    assert_eq!(archive.history(1).unwrap(), []);
    assert!(matches!(
        archive.correct(9, "date", Action::Confirm, None, "editor", NOW, ""),
        Err(Error::NoSuchLetter(9))
    ));
}

#[test]
fn corrections_survive_a_reader_that_reads_otherwise() {
    /// Finds one act less, so that all positions shift, and no date.
    fn read_less(text: &str, options: &Options) -> Letter {
        let mut letter = read(text, options);
        letter.acts.remove(0);
        letter.date = None;
        letter
    }
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", TEXT);
    fix(&mut archive, "acts.1", Action::Set, Some("invite")).unwrap();
    fix(&mut archive, "date", Action::Set, Some("1850-05")).unwrap();
    archive.close().unwrap();
    let reader = Reader { name: "plain 2".into(), read: read_less };
    let mut archive = Archive::open_or_create(folder.path(), reader).unwrap();
    let Reread::Changed { before, after } = archive.read_again(1, NOW).unwrap() else {
        panic!("expected another record");
    };
    assert_eq!((before.unwrap().acts.len(), after.unwrap().acts.len()), (3, 2));
    assert_eq!(archive.read_again(1, NOW).unwrap(), Reread::Unchanged);
    let acts = serde_json::to_value(letter(&archive).acts).unwrap();
    assert_eq!((acts[0]["act"].as_str(), acts[1]["act"].as_str()), (Some("invite"), Some("wish")));
    assert_eq!(letter(&archive).date.unwrap().value, "1850-05");
    assert_eq!(found(&mut archive, "act:invite date:1850"), 1);
}
