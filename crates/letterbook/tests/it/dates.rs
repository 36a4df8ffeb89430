//! The letter's own date: which of the page's dates it is, and by what calendar it counts.

use letterbook::record::LetterDate;
use letterbook::{Options, read_text};

#[track_caller]
fn date(text: &str) -> LetterDate {
    read_text(text, &Options::default()).date.expect("a date")
}

const RUSSIAN: &str = "Милостивый Государь!\n\nВаше письмо отъ 5 мая я получилъ вчера и спѣшу \
    отвѣтить Вамъ, что книги уже посланы. Прошу Васъ увѣдомить меня о полученіи ихъ.\n\n\
    Съ совершеннымъ почтеніемъ\nИ. Петровъ";

#[test]
fn a_page_in_russian_is_julian_until_1918() {
    let old = date(&format!("Тверь, 12 мая 1850 года\n\n{RUSSIAN}"));
    assert_eq!((&*old.value, &*old.calendar), ("1850-05-24", "julian"));
    let by_face = old.alternatives.iter().find(|other| other.value == "1850-05-12");
    assert!(by_face.is_some(), "{:?}", old.alternatives);
    let new = date(&format!("Тверь, 12 мая 1925 года\n\n{RUSSIAN}"));
    assert_eq!((&*new.value, &*new.calendar), ("1925-05-12", "gregorian"));
}

#[test]
fn a_place_of_another_calendar_says_more_than_the_language() {
    let abroad = date(&format!("Женева, 12 мая 1850 года\n\n{RUSSIAN}"));
    assert_eq!((&*abroad.value, &*abroad.calendar), ("1850-05-12", "gregorian"));
    let told = Options { place: Some("Paris".into()), ..Options::default() };
    let told = read_text(&format!("12 мая 1850 года\n\n{RUSSIAN}"), &told).date.expect("a date");
    assert_eq!(told.value, "1850-05-12");
}

#[test]
fn dates_of_patents_and_foundations_in_a_head_are_not_the_letters() {
    let body = "Mr. John Pell,\nWhitby.\n\nDear Sir:\n\nWe have received your order and will ship \
        the goods on Tuesday.\n\nYours truly,\nThe Garth Company";
    for head in [
        "The Garth Company\nMakers of the Garth Plough\nPatented Dec. 20, 1887.",
        "The Garth Company\nAll ploughs made under Letters Patent No. 12,192.\nDated January 12, 1904.",
    ] {
        let own = date(&format!("{head}\nChicago, March 21, 1916\n\n{body}"));
        assert_eq!(own.value, "1916-03-21", "{head}");
    }
    // what is not said of a patent is the letter's
    let own = date(&format!("The Garth Company\nEstablished 1850.\nMarch 21, 1916\n\n{body}"));
    assert_eq!(own.value, "1916-03-21");
}
