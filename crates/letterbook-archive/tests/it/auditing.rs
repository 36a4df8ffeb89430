//! What two letters say that cannot both be.

use letterbook_archive::audit::audit;
use letterbook_archive::correction::Action;

use crate::plain::{Folder, NOW, edit, item};

fn check(letters: &[&str], expected: &[(&str, [i64; 2])]) {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let items = letters.iter().enumerate().map(|(n, text)| item(&n.to_string(), text)).collect();
    archive.add(items, NOW).unwrap();
    let mut seen = 0;
    let found = audit(&archive, &mut |_| seen += 1).unwrap();
    let found: Vec<(&str, [i64; 2])> = found.iter().map(|c| (c.code, c.letters)).collect();
    assert_eq!(found, expected);
    assert_eq!(seen, letters.len());
}

#[test]
fn a_sender_in_two_towns_on_one_day_is_told() {
    check(
        &[
            "From: Anna Berg\nDate: 1848-03-01\nPlace: Wien\n\n.",
            "From: ANNA  BERG\nDate: 1848-03-01\nPlace: Paris\n\n.",
            "From: Anna Berg\nDate: 1848-03-01\nPlace: wien\n\n.",
            "From: Anna Berg\nDate: 1848-03-02\nPlace: London\n\n.",
            "From: Otto\nDate: 1848-03-01\nPlace: Rom\n\n.",
            "From: Anna Berg\nDate: 1848-03\nPlace: Bonn\n\n.",
        ],
        &[("two-places-one-day", [1, 2])],
    );
}

#[test]
fn letters_a_long_life_apart_are_told() {
    let first = "From: Anna Berg\nDate: 1748-03-01\n\n.";
    check(&[first, "From: Anna Berg\nDate: 1848-03-01\n\n."], &[("long-life", [1, 2])]);
    check(&[first, "From: Anna Berg\nDate: 1828-03-01\n\n."], &[]);
}

#[test]
fn an_answer_to_a_letter_of_another_year_is_told() {
    let asked = "From: Otto Hahn\nTo: Anna Berg\nDate: 1848-01-05\n\n.";
    let answer =
        |day: &str| format!("From: Anna Berg\nTo: Otto Hahn\nDate: 1849-01-20\nYours: {day}\n\n.");
    check(&[asked, &answer("1849-01-05")], &[("cited-year", [1, 2])]);
    check(&[asked, &answer("1848-01-05")], &[]);
    check(&[asked, &answer("1849-01-06")], &[]);
}

#[test]
fn an_answer_older_than_the_letter_that_it_answers_is_told() {
    let asked = "From: Otto Hahn\nTo: Anna Berg\nDate: 1850-01-05\n\n.";
    let answer =
        |day: &str| format!("From: Anna Berg\nTo: Otto Hahn\nDate: 1849-01-20\nYours: {day}\n\n.");
    check(&[asked, &answer("1849-01-05")], &[("answer-before-letter", [1, 2])]);
    check(&[asked, &answer("1850-01-05")], &[("answer-before-letter", [1, 2])]);
    check(&[asked, &answer("1849-02-05")], &[]);
}

#[test]
fn a_weekday_of_another_year_in_which_the_sender_wrote_is_told() {
    // 4 May was a Thursday in 1848, a Friday in 1849
    let odd = "From: Anna Berg\nDate: 1848-05-04\nWeekday: Friday\n\n.";
    let fits = "From: Anna Berg\nDate: 1848-05-04\nWeekday: Thursday\n\n.";
    let later = "From: Anna Berg\nDate: 1849-09-01\n\n.";
    let others = "From: Otto Hahn\nDate: 1849-09-01\n\n.";
    check(&[odd, later], &[("weekday-other-year", [1, 2])]);
    check(&[odd, others], &[]);
    check(&[fits, later], &[]);
}

#[test]
fn a_corrected_date_is_what_counts() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let text = |year: &str| format!("From: Anna Berg\nDate: {year}-03-01\n\n.");
    archive.add(vec![item("a", &text("1748")), item("b", &text("1848"))], NOW).unwrap();
    assert_eq!(audit(&archive, &mut |_| {}).unwrap().len(), 1);
    archive.correct(&edit(1, "date", Action::Set, Some("1848-03-02")), NOW).unwrap();
    assert_eq!(audit(&archive, &mut |_| {}).unwrap(), []);
}
