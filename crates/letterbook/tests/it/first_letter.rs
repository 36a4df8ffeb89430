//! The letter that the project started from, row by row of the table beside it.
//!
//! The letter itself is shared data and not part of the project; without it these tests skip.

use letterbook::Options;
use letterbook::record::{ActKind, Letter, OccasionKind};

use crate::support::{checked_json, shared};

fn letter() -> Option<(String, Letter)> {
    let path = shared("letters/2006-10-12_friends-of-korea.txt")?;
    let text = std::fs::read_to_string(path).unwrap();
    let letter = letterbook::read_text(&text, &Options::default());
    checked_json("the first letter", &text, &letter);
    Some((text, letter))
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
fn the_acts_are_those_of_the_writers_and_not_of_those_they_quote() {
    let Some((_, letter)) = letter() else { return };
    let count = |kind| letter.acts.iter().filter(|a| a.act == kind).count();
    assert!(count(ActKind::Congratulate) >= 1);
    assert_eq!(count(ActKind::Wish), 1);
    assert_eq!(count(ActKind::Endorse), 3, "{:#?}", letter.acts);
    assert_eq!(count(ActKind::Promise), 1);
    for act in &letter.acts {
        for evidence in &act.evidence {
            assert!(!evidence.quote.contains("regime change"), "{act:?}");
            assert!(!evidence.quote.contains("pre-emptive"), "{act:?}");
        }
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
