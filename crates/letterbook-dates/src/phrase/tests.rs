//! Sentences of our own, and what is read in them.

use super::{Context, find_dates, read_date};
use crate::calendar::Calendar;
use crate::value::Edtf;

/// The values found in `text`, with an anchor where one is given, joined by spaces.
fn check(lang: &str, anchor: &str, text: &str, expected: &str) {
    let context =
        Context { lang: Some(lang), anchor: Edtf::parse(anchor).ok(), ..Context::default() };
    let found: Vec<String> =
        find_dates(text, &context).iter().map(|date| date.value.to_string()).collect();
    assert_eq!(found.join(" "), expected, "{lang}: {text}");
}

#[test]
fn a_day_has_its_hour_with_the_minutes_before_the_part_of_the_day() {
    let said = |text: &str| {
        let context = Context { lang: Some("de"), ..Context::default() };
        let readings = find_dates(text, &context);
        readings.first().map(|r| text[r.span.clone()].to_owned()).unwrap_or_default()
    };
    let whole = "4. Juni 1862, 9 Uhr 15 Vorm.";
    assert_eq!(said(&format!("Wien, {whole} aufgegeben")), whole);
    // what is counted is no minute
    assert_eq!(said("am 4. Juni 1862, 9 Uhr 15 Reiter"), "4. Juni 1862, 9 Uhr");
    assert_eq!(said("4. Juni 1862, 9 Uhr 75 abends"), "4. Juni 1862, 9 Uhr");
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
    check("bg", "", "писмото ви от 3 септемврий 1921 г.", "1921-09-03");
    check("sr", "", "у Београду 7. октобра 1921.", "1921-10-07");
    check("ro", "", "scrisoarea din 8 octomvrie 1921", "1921-10-08");
    check("uk", "", "лист від 5 жовтня 1921 року", "1921-10-05");
    check("ru", "", "перваго мая тысяча девятьсот двадцатаго года", "1920-05-01");
    check("nb", "", "brevet av 4. desember 1931", "1931-12-04");
    check("nb", "1931-12-10", "Deres brev av 3. ds.", "1931-12-03");
}

#[test]
fn the_same_month_is_that_of_the_date_before() {
    let cases = [
        ("en", "He fell ill on the 3d of February and died on the 9th of the same month."),
        ("de", "Er kam am 3. Februar an und fuhr am 9. desselben Monats fort."),
        ("fr", "Il arriva le 3 février et repartit le 9 du même mois."),
        ("es", "Llegó el 3 de febrero y salió el 9 del mismo mes."),
        ("it", "Venne il 3 febbraio e partì il 9 dello stesso mese."),
        ("nl", "Hij kwam den 3 februari en vertrok den 9 derzelfde maand."),
        ("pt", "Chegou a 3 de fevereiro e partiu a 9 do mesmo mês."),
    ];
    for (lang, text) in cases {
        check(lang, "1886-04-20", text, "1886-02-03 1886-02-09");
    }
    // without one it is the letter's own
    check("en", "1886-04-20", "Yours of the 9th of the same month is here.", "1886-04-09");
    check(
        "en",
        "",
        "He sailed in May 1790, and on the 9th of the same month died.",
        "1790-05 1790-05-09",
    );
}

#[test]
fn the_same_year_is_that_of_the_date_before() {
    let text = "He came on 3 May 1790 and left on the 9th of June of the same year.";
    check("en", "1800-04-20", text, "1790-05-03 1790-06-09");
    let text = "Er kam am 3. Mai 1790 und ging am 9. Juni desselben Jahres.";
    check("de", "1800-04-20", text, "1790-05-03 1790-06-09");
    check(
        "fr",
        "1800-04-20",
        "Il naquit en 1790 et mourut le 9 juin de la même année.",
        "1790 1790-06-09",
    );
    check("en", "1800-04-20", "Two of them died in the same year.", "");
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
    // an anchor without a year gives none
    check("en", "XXXX-02-20", "on the 3d of March", "XXXX-03-03");
    check("de", "XX52-05-30", "am 14. Juni", "XXXX-06-14");
    check("en", "184X", "on the 3d of March", "XXXX-03-03");
}

#[test]
fn a_double_year_may_be_joined_by_a_dash_a_spaced_stroke_or_a_fraction() {
    // 11 days behind, and in the second year by our count
    check("en", "", "Bristol, Jan. 9. 1708-9.", "1709-01-20");
    check("en", "", "Whitby, 3 Feb. 1731–2", "1732-02-14");
    check("en", "", "Feb. 3d, 1698-99", "1699-02-13");
    check("en", "", "Lady Hale sent it on March 20. 1741 / 2.", "1742-03-31");
    check("en", "", "the 1st of March 172⅔", "1723-03-12");
}

#[test]
fn a_stretch_of_years_or_days_is_no_double_year() {
    check("en", "", "from 1708-9 to the end", "1708/1709");
    check("en", "", "the winter of 1731-2", "1731-24/1732-24");
    check("en", "", "12-13 Jan. 1709", "1709-01-12/1709-01-13");
    check("en", "", "9 Jan. 1708-1711", "1708-01-09");
    check("en", "", "9 Jan. 1708-9 Feb. 1709", "1708-01-09/1709-02-09");
    check("en", "", "May 3. 1708-9", "1708-05-03/1708-05-09");
    check("en", "", "Jan. 9. 1808-9", "1808-01-09");
    check("de", "", "9. Jan. 1708-9", "1708-01-09");
}

#[test]
fn numbers_of_other_things_are_not_dates() {
    check("en", "", "I sold 12 horses for 350 dollars, see page 45.", "");
    check("en", "", "You may march with the 7th regiment.", "");
    check("de", "", "Er schickte 12 Gulden, 3 Ellen Tuch und 1500 Ziegel.", "");
    check("fr", "", "il a mis dix ans et deux cents francs", "");
    check("es", "", "el oficio de V. S. núm. 190", "");
    check("en", "", "I crossed it on Tuesday. May I add a word of warning?", "");
    check("en", "", "your despatch No. 12 of April 28, 1926", "1926-04-28");
    check("de", "", "Ihr Schreiben Nr. 4 vom 2. Mai 1912", "1912-05-02");
    check("de", "", "Nr. 12. Mai 1848", "1848-05");
    check("pl", "", "w XIX w. i później", "18XX");
}

#[test]
fn a_name_or_a_verb_like_a_month_is_no_date_before_what_is_counted() {
    check("en", "1850-05-20", "It came from Captain May 8 days ago.", "1850-05-12");
    check("en", "1850-05-20", "I cannot march 10 miles; we may 12 of us come.", "");
    check("en", "1850-05-20", "We met on march 10, and again may 12.", "1850-03-10 1850-05-12");
    check("en", "1850-05-20", "He was in the brig Julie, of 14 guns.", "");
    check("sv", "1850-05-20", "Jag skickar min son Peter.", "");
}

#[test]
fn a_weekday_of_what_was_received_is_past() {
    check("en", "1850-05-20", "I have your letter of Thursday week.", "1850-05-09");
    check("en", "1850-05-20", "I shall come Thursday week.", "1850-05-30");
    check("de", "1850-05-20", "Ich habe ihn am Donnerstag erhalten.", "1850-05-16");
    check("de", "1850-05-20", "Ich komme am Donnerstag.", "1850-05-23");
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

/// Value and calendar, and of the day written again its words, its calendar, its value and whether
/// it agrees.
fn twice(text: &str) -> String {
    let reading = read_date(text, &Context::default()).expect("a date");
    let again: Vec<String> = reading
        .parallel
        .iter()
        .map(|p| {
            let sign = if p.agrees { '=' } else { '≠' };
            format!("{} {} {sign} {}", &text[p.span.clone()], p.calendar, p.value)
        })
        .collect();
    format!("{} {}; {}", reading.value, reading.calendar.label(), again.join(", "))
}

#[test]
fn a_day_in_two_calendars_is_one_day_with_a_parallel() {
    assert_eq!(
        twice("12/24 March 1874"),
        "1874-03-24 julian; 24 March 1874 gregorian = 1874-03-24"
    );
    assert_eq!(twice("24./12. Mai 1850"), "1850-05-24 gregorian; 12. Mai 1850 julian = 1850-05-24");
    assert_eq!(
        twice("26 августа (7 сентября) 1812 года"),
        "1812-09-07 julian; 7 сентября gregorian = 1812-09-07"
    );
    // of a letter of 24 March, the month of which the words leave to it
    check("en", "1874-03-24", "your letter of the 2/14 inst.", "1874-03-14");
    // 1 Nisan 5668 was 2 April 1908; 1 Frimaire of the year XIV 22 November 1805
    assert_eq!(
        twice("5. Nissan 5668 (6. April 1908)"),
        "1908-04-06 hebrew; 6. April 1908 gregorian = 1908-04-06"
    );
    assert_eq!(
        twice("6. April 1908 (5. Nissan 5668)"),
        "1908-04-06 gregorian; 5. Nissan 5668 hebrew = 1908-04-06"
    );
    assert_eq!(
        twice("le 15 brumaire an XIV (6 novembre 1805)"),
        "1805-11-06 french-republican; 6 novembre 1805 gregorian = 1805-11-06"
    );
    // 1 Muharram 1300 is 12 November 1882 by the table, and may be a day away by the moon
    assert_eq!(
        twice("1 Muharram 1300 / 13 November 1882"),
        "1882-11-13 islamic-civil; 13 November 1882 gregorian = 1882-11-13"
    );
}

#[test]
fn two_calendars_that_do_not_agree_leave_the_day_open() {
    assert_eq!(
        twice("5. Nissan 5668 (8. April 1908)"),
        "[1908-04-06,1908-04-08] hebrew; 8. April 1908 gregorian ≠ 1908-04-08"
    );
    // by one stroke these are two days of one calendar
    assert_eq!(twice("12/13 Mai 1850"), "1850-05-12/1850-05-13 gregorian; ");
}

#[test]
fn a_dash_may_stand_before_the_day() {
    check("en", "", "Keokuk, Oct— 3d", "XXXX-10-03");
    check("en", "", "Keokuk, Sept. — 19, 1896", "1896-09-19");
    check("en", "", "from March — 3 barrels", "XXXX-03");
    check("en", "", "in Oct. — 12 or more", "XXXX-10");
}

#[test]
fn a_roman_year_may_be_written_in_groups() {
    check("de", "", "am 3. Juni anno M. D. XLVI.", "1546-06-13");
    check("la", "", "die 4 Maii M. CCCC. LXXI.", "1471-05-13");
    check("de", "", "Montag nach Trinitatis MD XLVI", "1546-07-01");
    check("fr", "", "J'ai écrit le 15 avril à M. Roux.", "XXXX-04-15");
    check("la", "", "die 4 Maii anno M", "1000-05-10");
    check("fr", "", "le 3 juin MDCXXI. M. Martin est mort.", "1621-06-03");
}

#[test]
fn what_only_looks_like_a_numeral_is_a_word() {
    check("en", "", "Keokuk, Ia\nSept. 22", "XXXX-09-22");
    check("en", "", "Staunton Va May 4th 1871", "1871-05-04");
    check("en", "", "I may mention that I did march with them.", "");
    check("fr", "", "un verre de vin, le premier de la soirée", "");
    check("de", "", "nach § 1 und 2 dieses Gesetzes, Dienstag von 4 bis 6", "XXXX-XX-XX");
    check("it", "", "la via per cui passava, alcuni mesi sono", "");
}

#[test]
fn the_place_carries_its_custom() {
    let at = |place: &'static str, text: &str| {
        let context = Context { lang: Some("en"), place: Some(place), ..Context::default() };
        read_date(text, &context).map(|reading| reading.value.to_string())
    };
    assert_eq!(at("London", "3 February 1690"), Some("1691-02-13".to_owned()));
    assert_eq!(at("Paris", "3 February 1690"), Some("1690-02-03".to_owned()));
    assert_eq!(at("Moscow", "3 February 1890"), Some("1890-02-15".to_owned()));
}

#[test]
fn a_towns_name_is_no_month() {
    check("pt", "", "Rio de Janeiro, 3 de Março de 1892", "1892-03-03");
    check("en", "", "Rio de Janeiro, 3 March 1892", "1892-03-03");
    check("pt", "", "3 de janeiro de 1892", "1892-01-03");
    check("es", "", "Mar del Plata, 5 de mayo de 1930", "1930-05-05");
}

#[test]
fn months_are_counted_in_the_calendar_of_the_anchors_age() {
    // 22 March 1512 by the calendar of its day; "the 6th of this month" is 6 March
    check("it", "1512-04-01", "la vostra de' 6 del presente", "1512-03-16");
    check("it", "1612-04-01", "la vostra de' 6 del presente", "1612-04-06");
}

#[test]
fn other_calendars_meet_on_the_same_axis() {
    check("fr", "", "le 4 frimaire an VI", "1797-11-24");
    check("ja", "", "大正三年七月九日", "1914-07-09");
    check("zh", "", "民國十三年五月", "1924-05");
    check("he", "", "ג׳ בסיון תש״ט", "1949-05-31");
    check("la", "", "VIII Kal. Iun. 1530", "1530-06-04");
    check("en", "", "the 6th of May 20 Geo. III", "1780-05-06");
}

#[test]
fn feasts_fall_where_the_church_put_them() {
    check("en", "", "Ascension Day 1841", "1841-05-20");
    check("de", "", "am Tage nach Johannis 1612", "1612-06-25");
    check("fr", "", "la veille de Noël 1815", "1815-12-24");
    check("it", "", "Pasqua 1866", "1866-04-01");
}

#[test]
fn bounds_and_spans_say_what_is_known() {
    check("en", "", "not later than 4 June 1844", "[..1844-06-04]");
    check("de", "", "vom 3. bis 9. Juni 1844", "1844-06-03/1844-06-09");
    check("fr", "", "début juin 1844", "1844-06-01~/1844-06-10~");
    check("nl", "", "omstreeks 1790", "1790~");
    check("es", "", "entre el 3 y el 9 de junio de 1844", "[1844-06-03..1844-06-09]");
}

#[test]
fn anniversaries_give_their_year_from_the_anchor() {
    check("en", "1931-04-02", "the seventy-fifth anniversary of the school", "1856");
    check("de", "1931-04-02", "zu Ihrem 60. Geburtstage", "1871");
    let context = Context { lang: Some("en"), ..Context::default() };
    let reading = read_date("the 75th anniversary", &context).expect("a reading");
    assert!(reading.unanchored);
    assert_eq!(reading.anniversary.map(|anniversary| anniversary.years), Some(75));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_with_spans_in_bounds(text in "\\PC{0,60}") {
        for reading in find_dates(&text, &Context::default()) {
            proptest::prop_assert!(text.get(reading.span).is_some());
        }
    }

    #[test]
    fn any_words_of_dates_are_read_without_a_panic(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "12", "1850", "4294967295", "May", "8", "bre", "/", "-", "–", "[", "]", "(", ")", "?", ".", ",", "the",
                "of", "to", "and", "or", "between", "before", "XVIII", "Kal.", "anno", "an", "Juche", "95", "年", "月",
                "日", "昭和", "元", "閏", "十", "5708", "Nisan", "last", "Tuesday", "years", "ago", "more than", "inst.",
                "60", "th", "anniversary", "'", "74", "year of", "Geo. III", "c.", "eve of", "Easter", "einundzwanzigsten",
            ]),
            0..14,
        ),
        anchored in proptest::bool::ANY,
    ) {
        let text = words.join(" ");
        let anchor = if anchored { Edtf::parse("1850-05-12").ok() } else { None };
        for lang in [None, Some("en"), Some("de"), Some("ja"), Some("vi")] {
            let context = Context { lang, anchor: anchor.clone(), ..Context::default() };
            let mut end = 0;
            for reading in find_dates(&text, &context) {
                proptest::prop_assert!(text.get(reading.span.clone()).is_some());
                proptest::prop_assert!(reading.span.start >= end);
                end = reading.span.end;
            }
        }
    }
}

#[test]
fn the_ethiopic_ten_thousand_does_not_stop_the_reader() {
    check("am", "", "\u{137c} \u{1369}\u{137b}", "");
}

#[test]
fn days_between_commas_are_one_list() {
    check(
        "en",
        "1850-05-20",
        "yours of the 3rd, 5th and 7th inst. came",
        "{1850-05-03,1850-05-05,1850-05-07}",
    );
    check("en", "", "on May 3, 5, and 7, 1850, we wrote", "{1850-05-03,1850-05-05,1850-05-07}");
    check(
        "fr",
        "",
        "vos lettres des 30 avril, 7 et 20 mai 1850",
        "{1850-04-30,1850-05-07,1850-05-20}",
    );
}

#[test]
fn numbers_before_a_date_are_no_list() {
    check("en", "", "our telegram No. 13, October 21, 1927, 9 p.m.", "1927-10-21");
    check("en", "", "by despatch 12, 13 May 1850, we were told", "1850-05-13");
    check("en", "", "your 21, of September 29, 1896", "1896-09-29");
    check("en", "", "we sold 7, 5 and 3 on May 12, 1850", "1850-05-12");
    check("de", "", "Es kamen 3, 5 und 7 Gulden am 12. Mai 1850.", "1850-05-12");
}

#[test]
fn the_initials_of_an_excellency_are_no_days() {
    check("es", "1820-02-03", "la nota de V. E. de 28 de enero", "1820-01-28");
    check("es", "1820-02-03", "los días 5 e 28 de enero", "{1820-01-05,1820-01-28}");
}

#[test]
fn months_of_the_republic_are_counted_by_its_calendar() {
    let republican = |text: &str| {
        let context = Context {
            lang: Some("fr"),
            anchor: Edtf::parse("1795-08-12").ok(),
            calendar: Some(Calendar::FrenchRepublican),
            ..Context::default()
        };
        find_dates(text, &context).first().map(|reading| reading.value.to_string())
    };
    // the letter is of 25 thermidor III; messidor began on 19 June
    assert_eq!(republican("votre lettre du 20 courant").as_deref(), Some("1795-08-07"));
    assert_eq!(republican("votre lettre du 12 de ce mois").as_deref(), Some("1795-07-30"));
    assert_eq!(republican("la lettre du 12 du mois dernier").as_deref(), Some("1795-06-30"));
    // months with a Roman name stay what they are
    assert_eq!(republican("la lettre du 14 juillet").as_deref(), Some("1795-07-14"));
}

#[test]
fn days_of_a_letter_in_the_julian_calendar_are_counted_by_it() {
    let julian = |text: &str| {
        // the letter is of 17 January 1744/5
        let context = Context {
            lang: Some("en"),
            anchor: Edtf::parse("1745-01-28").ok(),
            calendar: Some(Calendar::Julian),
            ..Context::default()
        };
        find_dates(text, &context).first().map(|reading| reading.value.to_string())
    };
    assert_eq!(julian("your letter of the 12th inst.").as_deref(), Some("1745-01-23"));
    assert_eq!(julian("your letter of the 30th ult.").as_deref(), Some("1745-01-10"));
    assert_eq!(julian("that of yesterday").as_deref(), Some("1745-01-27"));
}

#[test]
fn an_anchor_that_spans_ages_is_none() {
    check("en", "XXXX-05-12", "on the 5th inst.", "XXXX-05-05");
    check("en", "187X", "on the 3d of March", "XXXX-03-03");
}

#[test]
fn words_that_begin_a_count_are_not_always_one() {
    check("en", "1850-05-12", "for the last half hour", "");
    check("en", "1850-05-12", "the last of the wine", "");
    check("de", "1850-05-12", "die letzten Tage waren schön", "");
}

#[test]
fn letters_joined_by_full_stops_are_no_roman_day() {
    check("es", "1786-03-20", "el oficio de V.S. de 3 de Marzo", "1786-03-03");
    check("es", "1786-03-20", "La casa de VS. y la de V.S.I. son buenas.", "");
    check("it", "1786-03-20", "A V.S. non dispiaccia il foglio di X.Y.", "");
    check("pt", "1786-03-20", "o officio de V.Ex.ª de 3 de Abril", "1786-04-03");
    // days and months in Roman figures stay what they are
    check("de", "", "4.V.1914", "1914-05-04");
    check("la", "", "X.Kal.Maias", "XXXX-04-22");
    check("la", "", "anno M.D.XC", "1590");
}

#[test]
fn a_day_in_two_calendars_joined_by_a_dash_is_one_day() {
    check("fr", "", "8 nivôse an II — 28 décembre 1793", "1793-12-28");
    check("fr", "", "28 décembre 1793 - 8 nivôse an II", "1793-12-28");
    check("fr", "", "13 zilhicce 1300 – 15 octobre 1883", "1883-10-15");
    check("fr", "", "du 8 nivôse an II au 3 janvier 1794", "1793-12-28/1794-01-03");
    check("fr", "", "8 — 28 décembre 1793", "1793-12-08/1793-12-28");
    let russian = |text: &str| {
        let context = Context { lang: Some("en"), place: Some("Russia"), ..Context::default() };
        find_dates(text, &context)[0].value.to_string()
    };
    assert_eq!(russian("January 2–14, 1882"), "1882-01-14");
    assert_eq!(russian("January 22–February 3, 1882"), "1882-02-03");
    // eleven days are no thirteen: from when until when, in the style of the place
    assert_eq!(russian("January 2–13, 1882"), "1882-01-14/1882-01-25");
    check("en", "", "January 2–14, 1882", "1882-01-02/1882-01-14");
}

#[test]
fn days_that_a_dash_joins_behind_their_month_are_no_year() {
    check("en", "1882-12-30", "from December 9–21 we were at sea", "1882-12-09/1882-12-21");
    check("en", "", "Dec-9-21", "XX21-12-09");
    check("en", "", "Mar 18-1914", "1914-03-18");
}

#[test]
fn a_saints_name_alone_is_a_place_and_no_day() {
    check("de", "1845-07-27", "die Landjäger in St. Gallen", "");
    check("de", "1845-07-27", "der Pfarrer von St. Michael", "");
    check("fr", "1845-07-27", "le curé de Saint-Jean, rue Saint-Martin", "");
    check("es", "1845-07-27", "Ha salido de San Francisco para San Juan.", "");
    check("it", "1845-07-27", "la chiesa di San Marco", "");
    check("fr", "1845-07-27", "à la Saint-Jean", "1845-06-24");
    check("es", "1845-07-27", "el día de San Juan", "1845-06-24");
    check("de", "1845-07-27", "zu Michaelis", "1845-09-29");
    check("es", "1845-07-27", "por San Juan de 1844", "1844-06-24");
}

#[test]
fn a_count_before_or_after_something_told_hangs_on_no_letter() {
    check("en", "1839-10-15", "He died a week before his marriage.", "");
    check("fr", "1849-11-05", "J'ai revu Chopin une semaine avant sa mort.", "");
    check("fr", "1849-11-05", "Elle partit trois semaines après.", "");
    check("de", "1849-11-05", "Drei Wochen später kam er zurück.", "");
    check("en", "1839-10-15", "He died a week ago.", "1839-10-08");
    check("fr", "1849-11-05", "Elle partit il y a trois semaines.", "1849-10-15");
}

#[test]
fn commas_may_stand_on_either_side_of_the_month() {
    check("es", "", "Madrid, 2, noviembre, 1940", "1940-11-02");
    check("es", "", "Madrid, 2, XI, 1940", "1940-11-02");
    check("es", "", "los tomos 1 y 2, noviembre, 1940", "1940-11");
    check("en", "", "chapters 2, V, 1940", "");
}

#[test]
fn two_letters_of_june_or_july_are_neither() {
    check("en", "", "Leeds, 13 JU 1834", "");
    check("de", "", "Weimar, 8 Ju. 1834.", "");
    check("en", "", "Leeds, 13 JN 1834", "1834-06-13");
}

#[test]
fn days_of_repentance_are_those_of_the_country_and_time() {
    check("de", "", "Zürich, am Bettag 1934", "1934-09-16");
    check("de", "", "Eidgenössischer Bettag 1866", "1866-09-16");
    check("fr", "1934-05-10", "le jour du Jeûne fédéral", "1934-09-16");
    check("de", "", "Buß- und Bettag 1934", "1934-11-21");
    check("de", "", "am Bußtag 1834", "");
}

#[test]
fn the_year_of_an_independence_ends_no_range() {
    check("es", "", "Bogotá, a 9 de abril de 1826.–16º", "1826-04-09");
    check("es", "", "febrero 3 de 1827—17º", "1827-02-03");
    check("es", "", "9–16 de abril de 1826", "1826-04-09/1826-04-16");
}

#[test]
fn the_year_past_is_not_the_next() {
    check("es", "1895-05-04", "Murió el 9 de Diciembre del año próximo pasado.", "1894-12-09");
    check("it", "1895-05-04", "il 9 dicembre dell'anno prossimo passato", "1894-12-09");
    check("es", "1895-05-04", "el 9 de diciembre del año próximo", "1896-12-09");
}

#[test]
fn and_with_an_article_is_no_old_style() {
    check("pt", "", "a carta de 30 de Maio de 1886 e a tua", "1886-05-30");
}

#[test]
fn a_word_behind_a_weekday_begins_a_sentence() {
    check("en", "", "He came on Monday. It rained all day.", "XXXX-XX-XX");
    check("en", "", "It was on a Sunday. It rained all day.", "");
    check("de", "", "Er kam am Sonntag. Ist das alles?", "");
    check("en", "", "Leeds, Ist May 1834", "1834-05-01");
}
