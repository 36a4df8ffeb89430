//! What people say holds, is found, survives a new reading, and can be taken back.

use letterbook::record::Letter;
use letterbook::zone::Zone;
use letterbook_archive::correction::Action;
use letterbook_archive::ingest::Reader;
use letterbook_archive::search::Request;
use letterbook_archive::{Archive, Error, Hints, Reread};

use crate::plain::{Folder, NOW, add, edit, item, read};

const TEXT: &str =
    "From: Anna Müller\nDate: 1845\nAct: thank\nAct: request\nAct: wish\n\nPetrov, 1846";

fn fix(
    archive: &mut Archive,
    path: &str,
    action: Action,
    value: Option<&str>,
) -> Result<i64, Error> {
    archive.correct(&edit(1, path, action, value), NOW)
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
        archive.correct(&edit(9, "date", Action::Confirm, None), NOW),
        Err(Error::NoSuchLetter(9))
    ));
}

#[test]
fn corrections_survive_a_reader_that_reads_otherwise() {
    /// Finds one act less, so that all positions shift, and no date.
    fn read_less(text: &str, hints: &Hints) -> Letter {
        let mut letter = read(text, hints);
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

#[test]
fn many_corrections_are_kept_together_or_not_at_all() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    archive.add(vec![item("a", TEXT), item("b", "Place: Wien\n\n.")], NOW).unwrap();
    let first = edit(1, "acts.3", Action::Set, Some("invite"));
    // fits only when the first has been laid over the letter
    let second = edit(1, "acts.3", Action::Confirm, None);
    let third = edit(2, "place", Action::Set, Some("Graz"));
    let bad = edit(2, "date", Action::Set, Some("soon"));
    let (at, error) = archive.plan(&[first.clone(), third.clone(), bad]).unwrap_err();
    assert_eq!(at, 2);
    assert!(error.to_string().starts_with("expected an EDTF date"), "{error}");
    let planned = archive.plan(&[first, second, third]).unwrap();
    let said: Vec<String> =
        planned.iter().flat_map(|p| &p.differences).map(ToString::to_string).collect();
    assert_eq!(said, ["acts: nothing → invite", "place: Wien → Graz"]);
    assert_eq!(archive.history(1).unwrap(), [], "a plan changes nothing");
    assert_eq!(archive.correct_all(&planned, NOW).unwrap(), [1, 2, 3]);
    assert_eq!(found(&mut archive, "act:invite or place:graz"), 2);
}

#[test]
fn reading_again_can_be_tried_without_keeping_anything() {
    fn read_nothing(_: &str, _: &Hints) -> Letter {
        serde_json::from_str(r#"{"letterbook": 1}"#).unwrap()
    }
    let folder = Folder::new();
    let mut archive = folder.archive();
    archive.add(vec![item("a", TEXT), item("b", "no head")], NOW).unwrap();
    let reader = Reader { name: "nothing 1".into(), read: read_nothing };
    let tried = archive.would_change(&[1, 2], &reader).unwrap();
    assert!(tried.iter().all(|(_, reread)| matches!(reread, Reread::Changed { .. })));
    assert_eq!(letter(&archive).acts.len(), 3);
    let same = archive.read_all_again(&[1, 2], NOW).unwrap();
    assert_eq!(same, [(1, Reread::Unchanged), (2, Reread::Unchanged)]);
}

#[test]
fn a_new_reading_gets_the_hints_of_the_first() {
    /// Says in what language, with how many marked parts and with what of the file it was asked.
    fn read_hints(_: &str, hints: &Hints) -> Letter {
        let say = |hint: &Option<String>| hint.clone().unwrap_or("none".into());
        let Hints { options, markup, file } = hints;
        let value = format!("{}{}{}", say(&options.language), markup.zones.len(), say(file));
        let reading = serde_json::json!({ "value": value, "evidence": [], "confidence": 1.0 });
        serde_json::from_value(serde_json::json!({ "letterbook": 1, "language": reading })).unwrap()
    }
    let folder = Folder::new();
    let reader = Reader { name: "hints 1".into(), read: read_hints };
    let mut archive = Archive::open_or_create(folder.path(), reader).unwrap();
    let mut hinted = item("a", "a text");
    hinted.hints.options.language = Some("xx".into());
    let span = letterbook::span::Span::new(0, 1);
    hinted.hints.markup.zones =
        vec![Zone { label: letterbook::record::ZoneLabel::Body, span, confidence: 1.0 }];
    hinted.hints.file = Some("torn".into());
    archive.add(vec![hinted], NOW).unwrap();
    assert_eq!(letter(&archive).language.unwrap().value, "xx1torn");
    assert_eq!(archive.read_again(1, NOW).unwrap(), Reread::Unchanged);
}
