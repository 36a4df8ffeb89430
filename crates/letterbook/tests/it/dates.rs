//! The letter's own date: which of the page's dates it is, and by what calendar it counts.

use letterbook::record::LetterDate;
use letterbook::{Options, read_text};

use crate::support::checked_json;

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
fn a_short_letter_of_an_office_is_julian_too() {
    let letter = date(
        "12 Ноября 1898 г.\n\nГосподину Директору Гимназіи\n\nИмѣю честь препроводить при семъ \
         списокъ учениковъ.\n\nСекретарь К. Вересовъ",
    );
    assert_eq!((&*letter.value, &*letter.calendar), ("1898-11-24", "julian"));
}

#[test]
fn letters_of_the_orthodox_countries_are_julian_as_long_as_they_were() {
    let read = |text: &str| {
        let date = date(text);
        format!("{} {} {}", date.value, date.calendar, date.alternatives.len())
    };
    let greek = "Φίλε Κύριε,\n\nἜλαβον τὴν ἐπιστολὴν ὑμῶν καὶ σᾶς εὐχαριστῶ θερμῶς.";
    assert_eq!(read(&format!("Ἐν Ἀθήναις, 5 Μαΐου 1897\n\n{greek}")), "1897-05-17 julian 1");
    assert_eq!(read(&format!("Ἐν Ἀθήναις, 5 Μαΐου 1927\n\n{greek}")), "1927-05-05 gregorian 0");
    assert_eq!(read(&format!("Ἐν Βιέννῃ, 5 Μαΐου 1897\n\n{greek}")), "1897-05-05 gregorian 0");
    let bulgarian =
        "Драги приятелю,\n\nПолучих писмото ти и ти благодаря за него, защото отдавна го чаках.";
    assert_eq!(read(&format!("София, 12 март 1903 г.\n\n{bulgarian}")), "1903-03-25 julian 1");
    let serbian = "Драги пријатељу,\n\nПримио сам твоје писмо и хвала ти на њему.";
    assert_eq!(read(&format!("Београд, 7. јуна 1889.\n\n{serbian}")), "1889-06-19 julian 1");
    let romanian = "Iubite prietene,\n\nAm primit scrisoarea ta și îți mulțumesc pentru ea.";
    assert_eq!(read(&format!("Iași, 8 ianuarie 1894\n\n{romanian}")), "1894-01-20 julian 1");
}

#[test]
fn where_only_the_language_tells_the_calendar_the_day_is_less_sure() {
    let greek = "Φίλε Κύριε,\n\nἜλαβον τὴν ἐπιστολὴν ὑμῶν καὶ σᾶς εὐχαριστῶ θερμῶς.";
    let here = date(&format!("Ἐν Ἀθήναις, 5 Μαΐου 1897\n\n{greek}"));
    let nowhere = date(&format!("5 Μαΐου 1897\n\n{greek}"));
    assert!(nowhere.value == here.value && nowhere.confidence < 0.85, "{nowhere:?}");
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

#[test]
fn the_day_on_which_a_letter_came_or_was_written_is_not_this_ones() {
    for text in [
        "Recibí el 4 de marzo de 1820 su carta.\n\nSu servidor,\nJuan Pérez",
        "Am 4. März 1850 erhielt ich Ihren Brief.\n\nIhr ergebener\nKarl Weber",
        "J'ai reçu le 4 mars 1796 votre lettre.\n\nVotre serviteur,\nPaul Blanc",
        "I received your letter on the 4th of March 1796.\n\nYours truly,\nJohn Pell",
        "Your letter of March 4, 1850, was received at Boston.\n\nI am well.\n\nJames Hall",
    ] {
        let letter = read_text(text, &Options::default());
        assert_eq!(letter.date.map(|date| date.value), None, "{text}");
        assert_eq!(letter.place.map(|place| place.value), None, "{text}");
    }
    // who signs is no letter
    let own = date("I am well.\n\nYour brother\nJames Hall\nBoston, March 4, 1850");
    assert_eq!(own.value, "1850-03-04");
}

/// The day, its calendar, and each day given beside it with its words; then the findings on it.
#[track_caller]
fn twice(head: &str) -> (String, Vec<String>) {
    let body = "Monsieur,\n\nMerci de votre lettre, que j'ai reçue hier matin avec plaisir.\n\n\
        Agréez mes salutations.\nJ. Naccache";
    let letter = read_text(&format!("{head}\n\n{body}"), &Options::default());
    let date = letter.date.expect("a date");
    let mut days = format!("{} {}", date.value, date.calendar);
    for p in &date.parallel {
        days += &format!(", {} {} “{}”", p.value, p.calendar, p.evidence[0].quote);
    }
    let findings = letter.findings.iter().filter(|f| f.code.starts_with("dual-date"));
    (days, findings.map(|f| format!("{}: {}", f.code, f.message)).collect())
}

#[test]
fn a_day_in_two_calendars_is_read_and_counted_after() {
    let agrees = |calendars: &str, day: &str| {
        vec![format!("dual-date-agrees: the dates in {calendars} agree on {day}")]
    };
    assert_eq!(
        twice("Odessa, le 12/24 mars 1874"),
        (
            "1874-03-24 julian, 1874-03-24 gregorian “24 mars 1874”".into(),
            agrees("julian and gregorian", "1874-03-24")
        )
    );
    // 1 Nisan 5668 was 2 April 1908
    assert_eq!(
        twice("Jérusalem, 5 Nissan 5668\n6 avril 1908"),
        (
            "1908-04-06 hebrew, 1908-04-06 gregorian “6 avril 1908”".into(),
            agrees("hebrew and gregorian", "1908-04-06")
        )
    );
    // 3 Rabi II 1325 is 16 May 1907 by the table, and may be two days away by the moon
    assert_eq!(
        twice("Beyrouth, le 17 mai 1907 = 3 Rebi ul-akhir 1325"),
        (
            "1907-05-17 gregorian, 1907-05-16 islamic-civil “3 Rebi ul-akhir 1325”".into(),
            agrees("gregorian and islamic-civil", "1907-05-17")
        )
    );
}

#[test]
fn two_calendars_that_name_two_days_are_a_finding() {
    let (days, findings) = twice("Beyrouth, le 26 mai 1907 = 3 Rebi ul-akhir 1325");
    assert_eq!(days, "1907-05-26 gregorian, 1907-05-16 islamic-civil “3 Rebi ul-akhir 1325”");
    assert_eq!(
        findings,
        [
            "dual-date-conflict: expected both calendars to name one day, but found 1907-05-26 and, by the islamic-civil date, 1907-05-16"
        ]
    );
    let (days, findings) = twice("Paris, le 15 brumaire an XIV (8 novembre 1805)");
    assert_eq!(
        days,
        "[1805-11-06,1805-11-08] french-republican, 1805-11-08 gregorian “8 novembre 1805”"
    );
    assert_eq!(findings.len(), 1, "{findings:?}");
}

#[test]
fn a_day_that_could_not_be_told_is_one_day_of_a_reference() {
    let text = "Leeds, 24 March 1874\n\nDear Sir,\n\nI have your letter of 3/5 February and thank \
        you.\n\nYours truly,\nA. Brown";
    let letter = read_text(text, &Options::default());
    checked_json("two days by one stroke", text, &letter);
    let days: Vec<_> = letter.references.iter().filter_map(|r| r.date.as_deref()).collect();
    assert_eq!(days, ["[1874-02-03,1874-02-05]"]);
}
