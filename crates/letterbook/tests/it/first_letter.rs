//! The letter that the project started from, row by row of the table beside it.
//!
//! The letter itself is shared data and not part of the project; without it these tests skip.

use letterbook::Options;
use letterbook::record::{ActKind, ContactKind, Letter, MentionKind, OccasionKind, ZoneLabel};

use crate::support::{checked_json, shared};

fn letter() -> Option<(String, Letter)> {
    let path = shared("letters/2006-10-12_friends-of-korea.txt")?;
    let text = std::fs::read_to_string(path).unwrap();
    let letter = letterbook::read_text(&text, &Options::default());
    checked_json("the first letter", &text, &letter);
    Some((text, letter))
}

fn zone<'t>(text: &'t str, letter: &Letter, label: ZoneLabel) -> &'t str {
    let zones: Vec<_> = letter.zones.iter().filter(|z| z.label == label).collect();
    assert_eq!(zones.len(), 1, "expected one {}, but found {zones:?}", label.name());
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
    &text[byte(zones[0].start)..byte(zones[0].end)]
}

#[test]
fn the_letterhead_gives_body_address_and_telephone() {
    let Some((text, letter)) = letter() else { return };
    let head = zone(&text, &letter, ZoneLabel::Letterhead);
    assert!(head.starts_with("Co-ordinating Committee") && head.ends_with("07764288678"), "{head}");
    let sender = &letter.senders[0];
    assert_eq!(
        sender.organisation.as_ref().unwrap().value,
        "Co-ordinating Committee of Friends of Korea"
    );
    assert_eq!(sender.address.as_ref().unwrap().value, "c/o 170 Wandsworth Road, London SW8 2LA");
    let [phone] = sender.contacts.as_slice() else { panic!("{:?}", sender.contacts) };
    assert_eq!((phone.kind, phone.value.as_str()), (ContactKind::Phone, "+447764288678"));
}

#[test]
fn the_place_comes_from_the_letterhead() {
    let Some((_, letter)) = letter() else { return };
    assert_eq!(letter.place.unwrap().value, "London");
}

#[test]
fn the_date_stands_in_two_calendars_that_agree() {
    let Some((_, letter)) = letter() else { return };
    let date = letter.date.as_ref().unwrap();
    assert_eq!((date.value.as_str(), date.calendar.as_str()), ("2006-10-12", "gregorian"));
    assert_eq!(date.written.year.as_deref(), Some("2006"));
    assert_eq!(date.written.month.as_deref(), Some("October"));
    assert_eq!(date.written.day.as_deref(), Some("12"));
    let juche = date.parallel.iter().find(|p| p.calendar == "juche").unwrap();
    assert_eq!(juche.value, "2006");
    assert!(!letter.findings.iter().any(|f| f.code == "dual-date-conflict"));
    assert!(letter.findings.iter().any(|f| f.code == "dual-date-agrees"), "{:?}", letter.findings);
}

#[test]
fn the_recipient_has_name_office_party_and_land() {
    let Some((text, letter)) = letter() else { return };
    let [recipient] = letter.recipients.as_slice() else { panic!("{:?}", letter.recipients) };
    assert_eq!(recipient.name.as_ref().unwrap().value, "Kim Jong Il");
    assert_eq!(recipient.role.as_ref().unwrap().value, "General Secretary");
    assert_eq!(recipient.organisation.as_ref().unwrap().value, "Workers’ Party of Korea");
    assert_eq!(recipient.address.as_ref().unwrap().value, "Democratic People’s Republic of Korea");
    assert_eq!(recipient.form_of_address.as_ref().unwrap().value, "Comrade");
    assert_eq!(zone(&text, &letter, ZoneLabel::Salutation), "Dear Comrade Kim Jong Il,");
}

#[test]
fn the_sender_signs_on_behalf_of_a_body_given_by_its_initials() {
    let Some((text, letter)) = letter() else { return };
    let [sender] = letter.senders.as_slice() else { panic!("{:?}", letter.senders) };
    assert_eq!(sender.name.as_ref().unwrap().value, "Michael Chant");
    assert_eq!(sender.role.as_ref().unwrap().value, "General Secretary");
    let body = sender.on_behalf_of.as_ref().unwrap();
    assert_eq!(body.value, "Co-ordinating Committee of Friends of Korea");
    assert_eq!(body.alternatives[0].value, "CCFK");
    let quotes: Vec<&str> = body.evidence.iter().map(|e| e.quote.as_str()).collect();
    assert!(quotes.contains(&"CCFK"), "{quotes:?}");
    assert_eq!(quotes.len(), 2, "the initials and the name in full");
    assert_eq!(zone(&text, &letter, ZoneLabel::Close), "In solidarity,");
}

#[test]
fn the_language_is_english() {
    let Some((_, letter)) = letter() else { return };
    assert_eq!(letter.language.unwrap().value, "en");
}

#[test]
fn both_anniversaries_are_solved_against_the_year_of_the_letter() {
    let Some((_, letter)) = letter() else { return };
    let anniversaries: Vec<_> = letter
        .occasions
        .iter()
        .filter(|o| o.kind == OccasionKind::Anniversary)
        .map(|o| (o.ordinal.unwrap(), o.event_date.as_deref().unwrap()))
        .collect();
    assert_eq!(anniversaries, [(61, "1945"), (80, "1926")]);
    let quotes = |n: usize| letter.occasions[n].evidence[0].quote.as_str();
    assert!(quotes(0).contains("Workers’ Party of Korea"), "{}", quotes(0));
    assert!(quotes(1).contains("Down-with-Imperialism Union"), "{}", quotes(1));
    assert!(
        letter.findings.iter().any(|f| f.code == "anniversary-agrees"),
        "{:?}",
        letter.findings
    );
}

#[test]
fn events_whose_day_is_known_bear_the_counts_out() {
    let Some((_, letter)) = letter() else { return };
    let said = |code| {
        let findings = letter.findings.iter().filter(move |f| f.code == code);
        findings.map(|f| f.message.as_str()).collect::<Vec<_>>()
    };
    let events = said("event-agrees");
    assert_eq!(events.len(), 2, "{events:?}");
    assert!(events[0].contains("1945-10-10") && events[0].contains("2 days after"), "{events:?}");
    assert!(events[1].contains("1926-10-17") && events[1].contains("5 days before"), "{events:?}");
    let spans = said("span-agrees");
    assert!(spans[0].starts_with("more than 60 years holds: 61 years"), "{spans:?}");
    assert!(said("event-conflict").is_empty() && said("span-conflict").is_empty());
}

#[test]
fn the_acts_are_those_of_the_writers_and_not_of_those_they_quote() {
    let Some((_, letter)) = letter() else { return };
    let count = |kind| letter.acts.iter().filter(|a| a.act == kind).count();
    assert_eq!(count(ActKind::Congratulate), 1, "{:#?}", letter.acts);
    assert_eq!(count(ActKind::Wish), 1);
    assert_eq!(count(ActKind::Endorse), 3, "{:#?}", letter.acts);
    assert_eq!(count(ActKind::Promise), 1);
    assert_eq!(letter.acts.len(), 6, "{:#?}", letter.acts);
    for act in &letter.acts {
        for evidence in &act.evidence {
            assert!(!evidence.quote.contains("regime change"), "{act:?}");
            assert!(!evidence.quote.contains("pre-emptive"), "{act:?}");
        }
    }
}

#[test]
fn the_body_names_its_dates_persons_bodies_places_and_events() {
    let Some((_, letter)) = letter() else { return };
    let has =
        |kind, value: &str| letter.mentions.iter().any(|m| m.kind == kind && m.value == value);
    assert!(has(MentionKind::Date, "[..1946]"), "for more than 60 years: {:#?}", letter.mentions);
    assert!(has(MentionKind::Date, "1953"));
    for person in ["Kim Jong Il", "Michael Chant"] {
        assert!(has(MentionKind::Person, person), "{person}");
    }
    for org in
        ["Workers’ Party of Korea", "Down-with-Imperialism Union", "CCFK", "British government"]
    {
        assert!(has(MentionKind::Org, org), "{org}: {:#?}", letter.mentions);
    }
    for place in ["Korea", "Korean Peninsula", "US", "Britain", "London"] {
        assert!(has(MentionKind::Place, place), "{place}: {:#?}", letter.mentions);
    }
    // the initials bear the name that the address writes out, and cite themselves
    let land = "Democratic People’s Republic of Korea";
    let initials: Vec<_> =
        letter.mentions.iter().filter(|m| m.evidence[0].quote == "DPRK").collect();
    assert_eq!(initials.len(), 5, "{:#?}", letter.mentions);
    assert!(initials.iter().all(|m| m.kind == MentionKind::Place && m.value == land));
    assert!(letter.mentions.iter().any(|m| m.value == land && m.evidence[0].quote == land));
    assert!(!has(MentionKind::Place, "Republic"), "a word of a land's name is no town");
    for event in ["Second World War", "Korean War", "Armistice Agreement"] {
        assert!(has(MentionKind::Event, event), "{event}");
    }
}

#[test]
fn there_is_no_reference_no_enclosure_and_nothing_to_worry_about() {
    let Some((_, letter)) = letter() else { return };
    assert!(letter.references.is_empty(), "{:?}", letter.references);
    assert!(letter.enclosures.is_empty(), "{:?}", letter.enclosures);
    let serious: Vec<_> = letter
        .findings
        .iter()
        .filter(|f| f.severity != letterbook::record::Severity::Note)
        .collect();
    assert!(serious.is_empty(), "{serious:?}");
}
