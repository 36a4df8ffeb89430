//! Sentences of our own, and what is read in them.

use super::{Context, find_dates, read_date};
use crate::value::Edtf;

/// The values found in `text`, with an anchor where one is given, joined by spaces.
fn check(lang: &str, anchor: &str, text: &str, expected: &str) {
    let context = Context { lang: Some(lang), anchor: Edtf::parse(anchor).ok(), place: None };
    let found: Vec<String> =
        find_dates(text, &context).iter().map(|date| date.value.to_string()).collect();
    assert_eq!(found.join(" "), expected, "{lang}: {text}");
}

#[test]
fn a_full_date_in_running_english() {
    check("en", "", "I came home on Tuesday, the 14th of August, 1821, after dark.", "1821-08-14");
    check("en", "", "We sailed Septr. 3d 1790 with a fair wind.", "1790-09-03");
    check(
        "en",
        "",
        "signed this twenty-first day of June, eighteen hundred and forty",
        "1840-06-21",
    );
}

#[test]
fn a_full_date_in_other_languages() {
    check("de", "", "Ich war am 9ten Hornung 1794 in Jena.", "1794-02-09");
    check("de", "", "Ihr Brief vom 4/XI. 1899 kam gestern nicht mit.", "1899-11-04 XXXX-XX-XX");
    check("fr", "", "Paris, ce lundi 2 7bre 1811", "1811-09-02");
    check("nl", "", "den 11den wijnmaand 1809", "1809-10-11");
    check("es", "", "a veinte y dos de agosto de mil setecientos noventa", "1790-08-22");
    check("it", "", "addì 3 xbre 1702", "1702-12-03");
}

#[test]
fn a_date_without_a_year_waits_for_its_anchor() {
    check("en", "", "on the 3d of March", "XXXX-03-03");
    check("en", "1830-02-20", "on the 3d of March", "1830-03-03");
    check(
        "en",
        "1830-02-20",
        "yours of the 28th ult. and of the 4th inst.",
        "1830-01-28 1830-02-04",
    );
    check("fr", "1830-02-20", "votre lettre du 12 courant", "1830-02-12");
}

#[test]
fn numbers_of_other_things_are_not_dates() {
    check("en", "", "I sold 12 horses for 350 dollars, see page 45.", "");
    check("en", "", "You may march with the 7th regiment.", "");
    check("de", "", "Er schickte 12 Gulden, 3 Ellen Tuch und 1500 Ziegel.", "");
    check("fr", "", "il a mis dix ans et deux cents francs", "");
}

#[test]
fn a_birthday_without_a_number_is_left_alone() {
    check("en", "1850-05-12", "all good wishes for your birthday", "");
}

#[test]
fn a_second_era_is_kept_beside_the_first() {
    let reading = read_date("September 9, 2008 (Juche 97)", &Context::default()).expect("a date");
    assert_eq!(reading.value.to_string(), "2008-09-09");
    assert_eq!(reading.parallel.len(), 1);
    assert!(reading.parallel[0].agrees);
    let reading = read_date("September 9, 2008 (Juche 98)", &Context::default()).expect("a date");
    assert!(!reading.parallel[0].agrees);
}
