//! What is searched is found, and nothing else.

use letterbook_archive::search::{Request, Sort, snippet};
use letterbook_archive::{Archive, Error};

use crate::plain::{Folder, NOW, item, reader};

const LETTERS: [(&str, &str); 9] = [
    (
        "1",
        "From: Anna Müller\nTo: Carl Weiß\nDate: 184X\nPlace: Zürich\nLanguage: de\nAct: thank\n\nIch danke für den dritten Theil der Briefe.",
    ),
    (
        "2",
        "From: John Hale\nTo: Anna Müller\nDate: 1845-06-01\nPlace: London\nLanguage: en\nAct: congratulate\n\nMy congratulations on the peace treaty.",
    ),
    (
        "3",
        "From: John Hale\nDate: 1850-01-01/1850-03-01\nPlace: London\nLanguage: en\nAct: request\n\nSend me the public papers on the treaty of peace.",
    ),
    (
        "4",
        "From: Marie Dubois\nDate: 1760-02-11\nPlace: Paris\nLanguage: fr\n\nIl avoit promis de venir à l'été.",
    ),
    (
        "5",
        "From: 王明\nTo: 北京大学\nDate: 1951-10-01\nLanguage: zh\n\n致北京大学全体同志：祝贺国庆。",
    ),
    ("6", "From: Ivan Petrov\nLanguage: ru\n\nПоздравляю васъ съ праздникомъ."),
    (
        "7",
        "From: Anna Berg\nDate: 1851-05-05\nAbout: Board of Trade\nLanguage: en\n\nThe Board congratulated nobody.",
    ),
    ("8", "From: Pekka\nDate: 1849/..\nLanguage: fi\n\nKiitos kirjeestä."),
    ("9", "no head at all, yet a letter"),
];

fn archive(folder: &Folder) -> Archive {
    let mut archive = folder.archive();
    let items = LETTERS.iter().map(|(source, text)| item(source, text)).collect();
    archive.add(items, NOW).unwrap();
    archive.commit().unwrap();
    archive
}

fn check(archive: &Archive, query: &str, expected: &[i64]) {
    let request = Request { sort: Sort::Number, ..Request::new(query) };
    let found = archive.search(&request).unwrap();
    assert_eq!(found.letters, expected, "{query}");
    assert_eq!(found.total, expected.len(), "{query}");
}

#[test]
fn words_are_found_in_any_case_accent_form_and_old_spelling() {
    let folder = Folder::new();
    let archive = archive(&folder);
    check(&archive, "CONGRATULATION", &[2, 7]);
    check(&archive, "\"congratulation\"", &[]);
    check(&archive, "treaty peace", &[2, 3]);
    check(&archive, "\"peace treaty\"", &[2]);
    check(&archive, "Teil", &[1]);
    check(&archive, "avait", &[4]);
    check(&archive, "ete", &[4]);
    check(&archive, "публика or праздник", &[6]);
    check(&archive, "congrat*", &[2, 7]);
    check(&archive, "publick", &[3]);
    check(&archive, "unfindable", &[]);
}

#[test]
fn east_asian_words_are_found_within_their_run() {
    let folder = Folder::new();
    let archive = archive(&folder);
    check(&archive, "北京大学", &[5]);
    check(&archive, "大学", &[5]);
    check(&archive, "学", &[5]);
    check(&archive, "庆", &[5]);
    check(&archive, "to:北京", &[5]);
    check(&archive, "京北", &[]);
}

#[test]
fn fields_and_operators_choose() {
    let folder = Folder::new();
    let archive = archive(&folder);
    check(&archive, "from:muller", &[1]);
    check(&archive, "to:Müller", &[2]);
    check(&archive, "from:anna", &[1, 7]);
    check(&archive, "from:anna not from:berg", &[1]);
    check(&archive, "from:(hale or dubois) -place:Paris", &[2, 3]);
    check(&archive, "act:congratulate or act:thank", &[1, 2]);
    check(&archive, "lang:en calendar:gregorian", &[2, 3, 7]);
    check(&archive, "org:\"board of trade\"", &[7]);
    check(&archive, "about:trade", &[7]);
    check(&archive, "not has:date", &[6, 9]);
    check(&archive, "confidence:<0.7", &[1, 2, 3, 4, 5, 7, 8]);
    check(&archive, "confidence:>0.7", &[6]);
    check(&archive, "number:4", &[4]);
    check(&archive, "", &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn what_was_read_of_the_letter_as_a_whole_chooses() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let letters = [
        "From: Anna\nOccasion: birthday\nPostscript: adieu\n\nfirst",
        "From: Bert\nFinding: weekday-conflict\nPlace: Wien\nDate: 1848\n\nsecond",
        "To: Carl\nYours: 1848-01-02\nAct: thank\n\nthird",
    ];
    let items = letters.iter().enumerate().map(|(n, text)| item(&format!("box/{n}.txt"), text));
    archive.add(items.collect(), NOW).unwrap();
    archive.commit().unwrap();
    check(&archive, "occasion:birthday", &[1]);
    check(&archive, "about:jubilee", &[1]);
    check(&archive, "has:postscript", &[1]);
    check(&archive, "has:occasion or has:reference", &[1, 3]);
    check(&archive, "finding:weekday-conflict", &[2]);
    check(&archive, "finding:error", &[2]);
    check(&archive, "has:finding has:place has:date", &[2]);
    check(&archive, "has:sender", &[1, 2]);
    check(&archive, "has:recipient has:act", &[3]);
    check(&archive, "has:correction or has:failure or has:letterhead", &[]);
    check(&archive, "file:2", &[3]);
    check(&archive, "text:anna", &[1]);
    check(&archive, "text:second or number:1", &[1, 2]);
    check(&archive, "from:(anna or bert) not has:place", &[1]);
}

#[test]
fn dates_are_compared_as_intervals() {
    let folder = Folder::new();
    let archive = archive(&folder);
    check(&archive, "date:1845", &[1, 2]);
    check(&archive, "date:1846", &[1]);
    check(&archive, "date:1850-02", &[3, 8]);
    check(&archive, "date:1850-04", &[8]);
    check(&archive, "date:..1760", &[4]);
    check(&archive, "date:1950~", &[5, 8]);
    check(&archive, "date:1700..1800", &[4]);
    check(&archive, "date:<1845", &[1, 4]);
    check(&archive, "date:>1850", &[5, 7, 8]);
}

#[test]
fn a_set_is_not_found_between_its_dates() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    let letters = ["[1845,1850]", "{1845-03..1845-05,1847-01-10}", "[..1840,1850..]", "1845/1850"];
    let items = letters
        .iter()
        .enumerate()
        .map(|(n, date)| item(&n.to_string(), &format!("Date: {date}\n\nbody")));
    archive.add(items.collect(), NOW).unwrap();
    archive.commit().unwrap();
    check(&archive, "date:1845", &[1, 2, 4]);
    check(&archive, "date:1847", &[2, 4]);
    check(&archive, "date:1847-01-10", &[2, 4]);
    check(&archive, "date:1847-01-11", &[4]);
    check(&archive, "date:1846-12-20..1847-01-09", &[4]);
    check(&archive, "date:1845-05-31..1847-01-10", &[1, 2, 4]);
    check(&archive, "date:1845-06-02..1847-01-02", &[1, 4]);
    check(&archive, "date:1846", &[4]);
    check(&archive, "date:1850", &[1, 3, 4]);
    check(&archive, "date:..1841", &[3]);
    check(&archive, "date:1700", &[3]);
    check(&archive, "date:>1900", &[3]);
    check(&archive, "date:[1700,1846]", &[3, 4]);
    // by its earliest day
    let sorted = Request { sort: Sort::Date, ..Request::new("") };
    assert_eq!(archive.search(&sorted).unwrap().letters, [3, 1, 4, 2]);
}

#[test]
fn a_letter_in_bokmal_is_found_by_norwegian_forms() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    archive.add(vec![item("1", "Language: nb-NO\n\nTakk for brevene.")], NOW).unwrap();
    archive.commit().unwrap();
    check(&archive, "brevet", &[1]);
    check(&archive, "\"brevet\"", &[]);
}

#[test]
fn no_phrase_runs_from_one_name_into_the_next() {
    let folder = Folder::new();
    let mut archive = folder.archive();
    archive.add(vec![item("1", "About: Karl Meier\nAbout: Anna Berg\n\nbody")], NOW).unwrap();
    archive.commit().unwrap();
    check(&archive, "about:\"karl meier\"", &[1]);
    check(&archive, "about:\"meier anna\"", &[]);
}

/// Letters of a few words in every order, each with one that no other has.
fn wordy(n: usize) -> String {
    const WORDS: [&str; 7] = ["dear", "Sir", "my", "lettér", "of", "the", "rarely"];
    let mut state = n as u64 + 1;
    let mut words = vec![format!("w{n}")];
    for _ in 0..12 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let draw = (state >> 33) % 1_501;
        // one word is in one letter of a hundred, as most words are
        words.push(WORDS[if draw == 1_500 { 6 } else { draw as usize % 6 }].to_owned());
    }
    words.join(" ")
}

#[test]
fn phrases_of_common_words_are_found_like_any() {
    const LETTERS: usize = 2_300;
    let folder = Folder::new();
    let mut archive = folder.archive();
    let check = |archive: &Archive, letters: usize| {
        for phrase in [
            "dear sir",
            "my dear sir",
            "the letter of the",
            "of the letter of my",
            "sir rarely",
            "rarely my dear",
            "sir rarely of the",
            "w7 dear",
            "w11 my dear sir",
        ] {
            let is_in = |n: &usize| {
                let text = format!(" {} ", wordy(*n).to_lowercase().replace('é', "e"));
                text.contains(&format!(" {phrase} "))
            };
            let expected = (0..letters).filter(is_in).count();
            let found = archive.search(&Request::new(&format!("\"{phrase}\""))).unwrap().total;
            assert_eq!(found, expected, "{phrase} in {letters} letters");
        }
    };
    let learned = || {
        let meta = std::fs::read_to_string(folder.path().join("index/meta.json")).unwrap();
        meta.contains("letter") && meta.contains("dear") && !meta.contains("rarely")
    };
    for first in (0..LETTERS).step_by(100) {
        let items = (first..first + 100).map(|n| item(&n.to_string(), &wordy(n))).collect();
        archive.add(items, NOW).unwrap();
        if first == 500 || first == 2_000 {
            archive.commit().unwrap();
            check(&archive, first + 100);
            assert_eq!(learned(), first == 2_000);
        }
    }
    archive.commit().unwrap();
    check(&archive, LETTERS);
    archive.rebuild(&mut |_, _| {}).unwrap();
    check(&archive, LETTERS);
    archive.close().unwrap();
    let archive = Archive::open(folder.path(), reader()).unwrap();
    check(&archive, LETTERS);
    assert_eq!(archive.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn letters_are_sorted_and_counted() {
    let folder = Folder::new();
    let archive = archive(&folder);
    let sorted =
        |sort, query| archive.search(&Request { sort, ..Request::new(query) }).unwrap().letters;
    assert_eq!(sorted(Sort::Date, "has:date"), [4, 1, 2, 8, 3, 7, 5]);
    assert_eq!(sorted(Sort::DateDescending, "has:date"), [5, 7, 3, 8, 2, 1, 4]);
    assert_eq!(sorted(Sort::Sender, "lang:en or lang:de"), [7, 1, 2, 3]);
    assert_eq!(sorted(Sort::Date, "")[7..].len(), 2, "letters without a date come last");
    let found = archive.search(&Request { facets: true, ..Request::new("lang:en") }).unwrap();
    let facet = |kind: &str| found.facets.get(kind).cloned().unwrap_or_default();
    assert_eq!(facet("from"), [("John Hale".into(), 2), ("Anna Berg".into(), 1)]);
    assert_eq!(facet("act"), [("congratulate".into(), 1), ("request".into(), 1)]);
    assert_eq!(facet("place"), [("London".into(), 2)]);
    assert_eq!(facet("year"), [("1845".into(), 1), ("1850".into(), 1), ("1851".into(), 1)]);
    let page = Request { sort: Sort::Number, offset: 2, limit: 3, ..Request::new("") };
    let page = archive.search(&page).unwrap();
    assert_eq!((page.total, page.letters), (9, vec![3, 4, 5]));
}

#[test]
fn a_bad_query_points_at_the_spot() {
    let folder = Folder::new();
    let archive = archive(&folder);
    let Err(Error::Query(error)) = archive.search(&Request::new("peace act:dance")) else {
        panic!("expected an error for an act that is none");
    };
    assert_eq!(error.at, 10..15);
    assert!(error.hint.contains("congratulate"));
}

#[test]
fn snippets_show_the_words_marked() {
    let text = format!(
        "{} My congratulations\n  on the peace treaty. {}",
        "word ".repeat(200),
        "end ".repeat(200)
    );
    let cut = snippet("congratulate \"peace\" from:x", &text, "en").unwrap();
    let marked: Vec<&str> = cut.marks.iter().map(|m| &cut.text[m.clone()]).collect();
    assert_eq!(marked, ["congratulations", "peace"]);
    assert!(cut.text.contains("congratulations on the peace treaty"), "{}", cut.text);
    assert!(cut.text.len() < 400);
    let east = snippet("北京大学", "致北京大学全体同志：祝贺国庆。", "zh").unwrap();
    let marked: Vec<&str> = east.marks.iter().map(|m| &east.text[m.clone()]).collect();
    assert_eq!(marked, ["北京大学"]);
    let none = snippet("absent", "Dear Sir,\n\nshort.", "en").unwrap();
    assert_eq!((none.text.as_str(), none.marks.len()), ("Dear Sir, short", 0));
    assert_eq!(snippet("x", "", "en").unwrap().text, "");
}
