//! What people say holds, is found, survives a new reading, and can be taken back.

use letterbook::record::{Finding, Letter};
use letterbook::zone::Zone;
use letterbook_archive::correction::Action;
use letterbook_archive::ingest::Reader;
use letterbook_archive::search::Request;
use letterbook_archive::{Archive, Error, Hints, Reread};

use crate::plain::{Folder, NOW, add, check, each, edit, item, read};

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
    assert_eq!(archive.undo(n, "reviser", NOW, "misread").unwrap(), 1);
    assert_eq!(found(&mut archive, "date:1845"), 1);
    assert!(matches!(archive.undo(n, "reviser", NOW, ""), Err(Error::NoSuchCorrection(_))));
    let history = archive.history(1).unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!((history[0].who.as_str(), history[0].undone.as_deref()), ("editor", Some(NOW)));
    let undone = (history[0].undoer.as_deref(), history[0].undone_why.as_str());
    assert_eq!(undone, (Some("reviser"), "misread"));
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
        ("acts.4", Action::Set, Some("thank")),
        ("date.calendar", Action::Reject, None),
        ("senders.0.name", Action::Set, Some(" ")),
        ("senders.0", Action::Set, Some("Anna")),
        ("senders.0.contacts.0", Action::Set, Some("mail")),
        ("senders.1.contacts.0.kind", Action::Set, Some("web")),
        ("language", Action::Set, Some("martian")),
        ("zones.1", Action::Set, Some("body")),
        ("references.0.date", Action::Set, Some("1845")),
    ] {
        let refused = fix(&mut archive, path, action, value);
        let is_refused = matches!(refused, Err(Error::Correction(_) | Error::NoSuchField { .. }));
        assert!(is_refused, "{path}: {refused:?}");
    }
    for (path, nearest) in [
        ("letterbook", None),
        ("", None),
        ("foo", None),
        ("acts.x", Some("acts.N")),
        ("sendr", Some("sender")),
        ("recipient_typo", Some("recipient")),
    ] {
        for (action, value) in [(Action::Set, Some("x")), (Action::Reject, None)] {
            let refused = fix(&mut archive, path, action, value);
            let expected = matches!(&refused, Err(Error::NoSuchField { found, nearest: n })
                if found == path && *n == nearest);
            assert!(expected, "{path}: {refused:?}");
        }
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
    let reader = Reader { name: "plain 2".into(), read: |all| each(all, read_less), check };
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
    let reader = Reader { name: "nothing 1".into(), read: |all| each(all, read_nothing), check };
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
    let reader = Reader { name: "hints 1".into(), read: |all| each(all, read_hints), check };
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

/// The names of the senders as they are shown, parted by commas.
fn senders(archive: &Archive) -> String {
    let names = letter(archive).senders.into_iter().map(|s| s.name.map_or("?".into(), |n| n.value));
    names.collect::<Vec<_>>().join(", ")
}

const FOUR: &str = "From: Ann Lowe\nFrom: Ben Ware\nFrom: Carl Ashe\nFrom: Dora Kemp\n\nDear all";

#[test]
fn what_is_named_is_what_is_shown_also_after_a_rejection() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", FOUR);
    let rejected = edit(1, "senders.1", Action::Reject, None);
    let set = edit(1, "senders.2.name", Action::Set, Some("Anna"));
    let planned = archive.plan(&[rejected, set]).unwrap();
    let said: Vec<String> =
        planned.iter().flat_map(|p| &p.differences).map(ToString::to_string).collect();
    assert_eq!(said, ["senders.1.name: Ben Ware → nothing", "senders.2.name: Dora Kemp → Anna"]);
    let numbers = archive.correct_all(&planned, NOW).unwrap();
    assert_eq!(senders(&archive), "Ann Lowe, Carl Ashe, Anna");
    fix(&mut archive, "senders.1.role", Action::Set, Some("Dean")).unwrap();
    assert_eq!(letter(&archive).senders[1].role.as_ref().unwrap().value, "Dean");
    // the rejection is taken back: the others stay where they were made
    archive.undo(numbers[0], "editor", NOW, "").unwrap();
    assert_eq!(senders(&archive), "Ann Lowe, Ben Ware, Carl Ashe, Anna");
    assert_eq!(letter(&archive).senders[2].role.as_ref().unwrap().value, "Dean");
    let was = archive.history(1).unwrap();
    assert_eq!(was[1].was_there().unwrap()["value"], "Dora Kemp");
    assert_eq!(was[2].was_there(), None, "no role was read");
}

#[test]
fn a_sender_whose_only_value_is_rejected_is_gone() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", FOUR);
    fix(&mut archive, "senders.0.name", Action::Reject, None).unwrap();
    assert_eq!(senders(&archive), "Ben Ware, Carl Ashe, Dora Kemp");
    for _ in 0..3 {
        fix(&mut archive, "senders.0.name", Action::Reject, None).unwrap();
    }
    assert_eq!(letter(&archive).senders, []);
    assert_eq!(found(&mut archive, "has:sender"), 0);
}

#[test]
fn a_persons_value_cites_the_page_in_whole_words_or_not_at_all() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", "Place: York, England\nFrom: Archivarius Hertz\nLanguage: en\n\nYork");
    let quotes = |archive: &Archive| -> Vec<String> {
        let place = letter(archive).place.unwrap();
        assert_eq!(place.by, "correction by editor");
        place.evidence.iter().map(|e| format!("{} {}", e.start, e.quote)).collect()
    };
    for (value, expected) in [
        ("Her", &[][..]),
        ("Archivar", &[]),
        ("Hertz", &["39 Hertz"]),
        // twice on the page, and what was cited before is neither
        ("York", &[]),
        ("Bath", &[]),
    ] {
        fix(&mut archive, "place", Action::Set, Some(value)).unwrap();
        assert_eq!(quotes(&archive), expected, "{value}");
    }
    fix(&mut archive, "language", Action::Set, Some("en")).unwrap();
    assert_eq!(letter(&archive).language.unwrap().evidence, [], "a tag is no word of the page");
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", "Place: York, England\n\nYork");
    fix(&mut archive, "place", Action::Set, Some("York")).unwrap();
    assert_eq!(quotes(&archive), ["7 York"], "what was cited before has it");
}

#[test]
fn findings_follow_corrections_and_can_be_rejected() {
    /// Finds whether the date is of 1845.
    fn check_year(_: &str, letter: &Letter, _: &Hints) -> Vec<Finding> {
        let is_of_1845 = letter.date.as_ref().is_some_and(|d| d.value.starts_with("1845"));
        let code = if is_of_1845 { "span-agrees" } else { "span-conflict" };
        let finding = serde_json::json!({ "code": code, "severity": "error", "message": "m" });
        vec![serde_json::from_value(finding).unwrap()]
    }
    let folder = Folder::new();
    let reader = Reader { name: "year 1".into(), read: |all| each(all, read), check: check_year };
    let mut archive = Archive::open_or_create(folder.path(), reader.clone()).unwrap();
    add(&mut archive, "a", "Finding: span-agrees\nDate: 1845\n\nText");
    let plan = archive.plan(&[edit(1, "date", Action::Set, Some("1846"))]).unwrap();
    let said: Vec<String> = plan[0].differences.iter().map(ToString::to_string).collect();
    let expected = [
        "date: 1845 → 1846",
        "findings: span-agrees → nothing",
        "findings: nothing → span-conflict",
    ];
    assert_eq!(said, expected);
    archive.correct_all(&plan, NOW).unwrap();
    assert_eq!(found(&mut archive, "finding:span-conflict -finding:span-agrees"), 1);
    fix(&mut archive, "findings.0", Action::Reject, None).unwrap();
    assert_eq!(found(&mut archive, "has:finding"), 0);
    archive.close().unwrap();
    let archive = Archive::open(folder.path(), reader).unwrap();
    assert_eq!(letter(&archive).findings, [], "who only reads sees the same");
}

/// Every kind of edit, and whether the record of the letter is valid by the schema after it.
#[test]
fn corrected_records_are_valid_by_the_schema() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/letter.schema.json");
    let schema = std::fs::read_to_string(schema).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let folder = Folder::new();
    let mut archive = folder.archive();
    let text = "From: Anna Müller\nRole: Abbess\nTo: Otto Hahn\nDate: 1845\nPlace: York\nAct: thank\n\
        Occasion: birthday\nYours: 1844-01\nAbout: Diet\nPostscript: Come.\nLanguage: en\n\nText";
    add(&mut archive, "a", text);
    let check = |archive: &Archive, after: &str| {
        let record = serde_json::to_value(letter(archive)).unwrap();
        let faults: Vec<String> =
            schema.iter_errors(&record).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert_eq!(faults, Vec::<String>::new(), "{after}: {record}");
    };
    check(&archive, "adding");
    for (path, value) in [
        ("language", "fr"),
        ("date", "1846-03-04"),
        ("date.calendar", "julian"),
        ("date.weekday", "Wednesday"),
        ("place", "Her"),
        ("senders.0.name", "Anna Berg"),
        ("senders.0.contacts.0", "anna@example.org"),
        ("senders.0.contacts.1", "Tel. 123"),
        ("senders.0.contacts.1.kind", "fax"),
        ("senders.1.organisation", "Board of Trade"),
        ("recipients.0.form_of_address", "Sir"),
        ("recipients.1.name", "Nobody"),
        ("acts.0", "ask"),
        ("acts.1", "wish"),
        ("occasions.0", "death"),
        ("occasions.0.ordinal", "3"),
        ("occasions.0.event_date", "1840"),
        ("occasions.1", "visit"),
        ("occasions.1.event", "a visit"),
        ("references.0", "telegram"),
        ("references.0.number", "7"),
        ("references.1", "letter"),
        ("references.1.from", "sender"),
        ("references.1.date", "1843"),
        ("mentions.0", "Senate"),
        ("mentions.1", "Rome"),
        ("mentions.1.kind", "place"),
        ("zones.0", "body"),
    ] {
        fix(&mut archive, path, Action::Set, Some(value)).unwrap_or_else(|e| panic!("{path}: {e}"));
        check(&archive, path);
        fix(&mut archive, path, Action::Confirm, None).unwrap_or_else(|e| panic!("{path}: {e}"));
        check(&archive, path);
    }
    for path in [
        "senders.1.organisation",
        "senders.0.contacts.0",
        "senders.0.contacts.0",
        "senders.0.name",
        "senders.0.role",
        "recipients.0",
        "recipients.0",
        "occasions.0.ordinal",
        "occasions.0",
        "acts.0",
        "references.1.date",
        "references.0",
        "mentions.0",
        "zones.0",
        "date.weekday",
        "date",
        "place",
        "language",
    ] {
        fix(&mut archive, path, Action::Reject, None).unwrap_or_else(|e| panic!("{path}: {e}"));
        check(&archive, path);
    }
    assert_eq!((letter(&archive).senders, letter(&archive).recipients), (vec![], vec![]));
}

#[test]
fn a_letter_that_was_taken_out_is_told() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    add(&mut archive, "a", TEXT);
    assert_eq!(archive.store().removal(1).unwrap(), None);
    archive.remove(1, "editor", NOW, "a test").unwrap();
    let told = archive.store().removal(1).unwrap().unwrap();
    assert_eq!((told.who.as_str(), told.at.as_str(), told.why.as_str()), ("editor", NOW, "a test"));
}
