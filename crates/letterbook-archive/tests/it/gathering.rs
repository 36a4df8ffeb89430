//! One entry for what may be one person or body, and what people say of it.

use letterbook_archive::people::{
    self, Authority, Entry, Identifier, Key, Kind, People, Voice, gather,
};
use letterbook_archive::search::Request;
use letterbook_archive::{Archive, Error};

use crate::plain::{Folder, NOW, item};

const VOICE: Voice<'static> = Voice { who: "editor", at: NOW, why: "" };

fn archive(folder: &Folder, letters: &[&str]) -> Archive {
    let mut archive = folder.archive();
    let items = letters.iter().enumerate().map(|(n, text)| item(&n.to_string(), text)).collect();
    archive.add(items, NOW).unwrap();
    archive
}

fn people(archive: &Archive) -> People {
    gather(archive, &mut |_| {}).unwrap()
}

fn entry<'p>(people: &'p People, name: &str) -> &'p Entry {
    people.find(name).unwrap_or_else(|| panic!("expected {name}"))
}

/// Who may be whom, and why.
fn check(letters: &[&str], expected: &[&str]) {
    let folder = Folder::new();
    let people = people(&archive(&folder, letters));
    let said: Vec<String> = people
        .proposals
        .iter()
        .map(|p| {
            let name = |at: usize| people.entries[at].name.as_str();
            format!("{} = {}: {}", name(p.one), name(p.other), p.reasons.join("; "))
        })
        .collect();
    assert_eq!(said, expected);
}

#[test]
fn letters_under_one_name_are_one_entry_with_all_that_they_say() {
    let folder = Folder::new();
    let archive = archive(
        &folder,
        &[
            "From: Anna Müller\nTo: John Hale\nDate: 1845-06-01\nPlace: Wien\nRole: Consul\n\n.",
            "From: ANNA MULLER\nTo: Otto Berg\nDate: 1850\nPlace: Graz\nBody: Board of Trade\n\n.",
            "From: John Hale\nTo: Anna Müller\nDate: 184X\nPlace: London\n\n.",
        ],
    );
    let people = people(&archive);
    let anna = entry(&people, "anna müller");
    assert_eq!(anna.key, Key::Form("anna muller".into()));
    assert_eq!((&anna.sent[..], &anna.received[..]), (&[1, 2][..], &[3][..]));
    assert_eq!(anna.names, [("Anna Müller".into(), 2), ("ANNA MULLER".into(), 1)]);
    assert_eq!(anna.places, [("Graz".into(), 1), ("Wien".into(), 1)]);
    assert_eq!(anna.roles, [("Consul".into(), 1)]);
    assert_eq!(anna.correspondents[0], ("John Hale".into(), 2));
    assert_eq!(anna.years, Some((1840, 1850)));
    assert_eq!(people.entries[0].name, "Anna Müller", "most letters first");
    let board = entry(&people, "Board of Trade");
    assert_eq!((board.kind, &board.sent[..]), (Kind::Body, &[2][..]));
    assert!(people.find("nobody").is_none());
}

#[test]
fn what_may_be_one_is_proposed_with_reasons() {
    check(
        &[
            "From: John Hale\nTo: Anna Berg\nDate: 1845\nPlace: London\n\n.",
            "From: J. Hale\nTo: Anna Berg\nDate: 1846\nPlace: London\n\n..",
        ],
        &["J. Hale = John Hale: “j.” may be “john”; both correspond with Anna Berg; both write \
           from London"],
    );
    check(
        &[
            "From: Anna\nBody: Board of Trade\nTo: Carl\n\n.",
            "From: Otto\nBody: B.T.\nTo: Carl\n\n.",
        ],
        &[
            "B.T. = Board of Trade: one is written as the other's initials; both correspond with Carl",
        ],
    );
}

#[test]
fn both_sides_of_a_correspondence_may_be_written_short() {
    check(
        &[
            "From: Josiah Swales\nTo: Harker\nDate: 1888\n\n.",
            "From: Mina Harker\nTo: Swales\nDate: 1888\n\n.",
        ],
        &[
            "Harker = Mina Harker: one gives the surname alone; both correspond with a Swales",
            "Josiah Swales = Swales: one gives the surname alone; both correspond with a Mina Harker",
        ],
    );
}

#[test]
fn what_cannot_be_one_is_not_proposed() {
    // a life apart, another given name, a bare surname without anything else in common
    check(&["From: J. Hale\nDate: 1745\n\n.", "From: John Hale\nDate: 1845\n\n."], &[]);
    check(&["From: Henry Hale\n\n.", "From: John Hale\n\n."], &[]);
    check(&["From: Hale\nDate: 1845\n\n.", "From: John Hale\nDate: 1845\n\n."], &[]);
}

#[test]
fn merging_splitting_and_identifying_hold_and_can_be_taken_back() {
    let folder = Folder::new();
    let letters = [
        "From: John Hale\nTo: Anna Berg\nDate: 1845\n\n.",
        "From: J. Hale\nTo: Anna Berg\nDate: 1846\n\n.",
        "From: J. Hale\nTo: Otto Berg\nDate: 1847\n\n.",
    ];
    let mut archive = archive(&folder, &letters);
    let before = people(&archive);
    let both = [entry(&before, "John Hale"), entry(&before, "J. Hale")];
    let merged = people::merge(&mut archive, &both, VOICE).unwrap();
    let after = people(&archive);
    let hale = entry(&after, "j. hale");
    assert_eq!((&hale.key, hale.name.as_str()), (&Key::Kept(merged.person), "John Hale"));
    assert_eq!(hale.sent, [1, 2, 3]);
    assert_eq!(after.proposals, [], "what is decided is not proposed");

    // letter 3 is another's
    let split = people::split(&mut archive, &after, hale, &[], &[3], VOICE).unwrap();
    let after = people(&archive);
    let other = entry(&after, &format!("P{}", split.person));
    assert_eq!((&other.sent[..], &entry(&after, "P1").sent[..]), (&[3][..], &[1, 2][..]));
    assert_eq!(after.proposals, [], "what was parted is not proposed again");

    let gnd = Identifier::parse(Authority::Gnd, "118540238").unwrap();
    let named = people::identify(&mut archive, entry(&after, "P1"), &gnd, VOICE).unwrap();
    let after = people(&archive);
    assert_eq!(entry(&after, "P1").identifiers, ["gnd:118540238"]);
    assert_eq!(after.decisions_of(entry(&after, "P1")).len(), 3);

    // the first cannot go while later ones stand on it
    let refused = people::undo(&mut archive, merged.decision, VOICE);
    assert!(matches!(refused, Err(Error::Decision(_))), "{refused:?}");
    for decision in [named.decision, split.decision, merged.decision] {
        people::undo(&mut archive, decision, VOICE).unwrap();
    }
    assert!(matches!(
        people::undo(&mut archive, merged.decision, VOICE),
        Err(Error::NoSuchDecision(_))
    ));
    let undone = people(&archive);
    assert_eq!(undone.entries, before.entries);
    assert_eq!(undone.proposals, before.proposals);
    archive.commit().unwrap();
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn a_proposal_that_is_refused_is_not_made_again() {
    let folder = Folder::new();
    let letters = ["From: John Hale\nTo: Anna Berg\n\n.", "From: J. Hale\nTo: Anna Berg\n\n."];
    let mut archive = archive(&folder, &letters);
    let before = people(&archive);
    assert_eq!(before.proposals.len(), 1);
    let john = entry(&before, "John Hale");
    people::split(&mut archive, &before, john, &["J. Hale".into()], &[], VOICE).unwrap();
    let after = people(&archive);
    assert_eq!(after.proposals, []);
    assert_eq!(
        (entry(&after, "John Hale").sent.len(), entry(&after, "J. Hale").sent.len()),
        (1, 1)
    );
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let folder = Folder::new();
    let mut archive = archive(&folder, &["From: John Hale\nTo: Anna Berg\n\n."]);
    let before = people(&archive);
    let john = entry(&before, "John Hale");
    let name = |n: &str| vec![n.to_owned()];
    for refused in [
        people::merge(&mut archive, &[john, john], VOICE),
        people::split(&mut archive, &before, john, &name("John Hale"), &[], VOICE),
        people::split(&mut archive, &before, john, &[], &[1], VOICE),
        people::split(&mut archive, &before, john, &[], &[7], VOICE),
        people::split(&mut archive, &before, john, &name("2"), &[], VOICE),
        people::split(&mut archive, &before, john, &[], &[], VOICE),
        people::rename(&mut archive, john, " … ", VOICE),
    ] {
        assert!(matches!(refused, Err(Error::Decision(_))), "{refused:?}");
    }
    assert_eq!(people(&archive).decisions, []);
}

#[test]
fn decisions_outlive_new_letters_and_removed_ones() {
    let folder = Folder::new();
    let letters = ["From: John Hale\n\n.", "From: J. Hale\n\n.."];
    let mut archive = archive(&folder, &letters);
    let before = people(&archive);
    let both = [entry(&before, "John Hale"), entry(&before, "J. Hale")];
    people::merge(&mut archive, &both, VOICE).unwrap();
    archive.remove(1, "editor", NOW, "").unwrap();
    archive.add(vec![item("new", "From: John Hale\n\n...")], NOW).unwrap();
    let after = people(&archive);
    assert_eq!(entry(&after, "P1").sent, [2, 3]);
}

#[test]
fn letters_are_found_and_counted_by_all_names_of_an_entry() {
    let folder = Folder::new();
    let letters = [
        "From: John Hale\nTo: Anna Berg\n\n.",
        "From: J. Hale\nTo: Otto Berg\n\n..",
        "From: Anna Berg\nTo: Lord Stone\n\n...",
    ];
    let mut archive = archive(&folder, &letters);
    let found = |archive: &mut Archive, query: &str| {
        archive.commit().unwrap();
        archive.search(&Request::new(query)).unwrap().total
    };
    let before = people(&archive);
    let all = ["John Hale", "J. Hale", "Lord Stone"].map(|name| entry(&before, name));
    let merged = people::merge(&mut archive, &all, VOICE).unwrap();
    for name in ["from:\"John Hale\"", "from:\"J. Hale\"", "from:stone", "from:P1"] {
        assert_eq!(found(&mut archive, name), 2, "{name}");
    }
    assert_eq!(found(&mut archive, "to:hale"), 1);
    let request = Request { facets: true, ..Request::new("") };
    let facets = archive.search(&request).unwrap().facets;
    assert_eq!(facets["from"], [("John Hale".to_owned(), 2), ("Anna Berg".to_owned(), 1)]);
    // a letter that comes later, and an index that is made anew
    archive.add(vec![item("new", "From: J. Hale\n\n....")], NOW).unwrap();
    assert_eq!(found(&mut archive, "from:stone"), 3);
    archive.rebuild(&mut |_, _| {}).unwrap();
    assert_eq!(found(&mut archive, "from:stone"), 3);
    people::undo(&mut archive, merged.decision, VOICE).unwrap();
    assert_eq!((found(&mut archive, "from:stone"), found(&mut archive, "from:P1")), (0, 0));
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}
