use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use letterbook::record;
use serde_json::json;

use super::annotated::{Annotated, AnnotatedScore};
use super::figures::Counts;
use super::letters::LetterScore;
use super::report::{difference, saved};
use super::words::{capitalised, compact, fold, words};
use crate::gold;

fn gold_letter(json: &serde_json::Value) -> gold::Letter {
    // tests run side by side, and two of them may speak of the same letter
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("score-{}-{n}.jsonl", std::process::id());
    let file = std::env::temp_dir().join(name);
    std::fs::write(&file, json.to_string()).unwrap();
    let mut letters = gold::read(Path::new(&file)).unwrap();
    std::fs::remove_file(&file).unwrap();
    letters.remove(0)
}

fn reading(json: serde_json::Value) -> record::Letter {
    serde_json::from_value(json).unwrap()
}

fn value(value: &str, quote: (usize, usize, &str)) -> serde_json::Value {
    let (start, end, quote) = quote;
    json!({"value": value, "confidence": 0.9,
           "evidence": [{"start": start, "end": end, "quote": quote}]})
}

/// 27 characters before the body, 17 of the body, then close and signature.
const TEXT: &str = "Zürich, 3. Mai 1850\n\nLiebe!\nEs geht mir gut.\nDein\nJörg Wyß";

fn zurich() -> gold::Letter {
    gold_letter(&json!({
        "id": "zurich", "lang": "de", "text": TEXT,
        "gold": {"sender": [{"name": "Wyss, Georg (der Ältere)"}], "recipient": [{"name": "Anna Muster"}],
                 "date": {"when": "1850-05-03"}, "place_sent": "Zürich"},
        "scored_labels": ["dateline", "salutation", "body", "close", "signature"],
        "zones": [{"label": "dateline", "start": 0, "end": 19}, {"label": "salutation", "start": 21, "end": 27},
                  {"label": "body", "start": 28, "end": 44}, {"label": "close", "start": 45, "end": 49},
                  {"label": "signature", "start": 50, "end": 58}],
    }))
}

#[track_caller]
fn ratio(score: &LetterScore, name: &str, expected: Option<(usize, usize)>) {
    assert_eq!(score.ratios.get(name).map(|r| (r.hit, r.all)), expected, "{name}");
}

#[test]
fn a_right_reading_scores_on_what_the_page_shows() {
    let mut score = LetterScore::default();
    score.add(
        &zurich(),
        Some(&reading(json!({
            "letterbook": 1,
            "senders": [{"name": value("Jörg Wyß", (50, 58, "Jörg Wyß"))}],
            "date": {"value": "1850-05-03~", "calendar": "gregorian", "confidence": 1.0,
                     "evidence": [{"start": 8, "end": 19, "quote": "3. Mai 1850"}]},
            "place": value("ZURICH", (0, 6, "Zürich")),
            "zones": [{"label": "dateline", "start": 0, "end": 19, "confidence": 1.0},
                      {"label": "close", "start": 45, "end": 58, "confidence": 1.0}],
        }))),
    );
    ratio(&score, "answered", Some((1, 1)));
    ratio(&score, "date exact (page)", Some((1, 1)));
    ratio(&score, "date wrong (all), lower is better", Some((0, 1)));
    // "Georg" is not on the page, "Wyss" is: folded as "Wyß"
    ratio(&score, "sender (page)", Some((1, 1)));
    ratio(&score, "sender wrong (page), lower is better", Some((0, 1)));
    // no word of "Anna Muster" stands on the page
    ratio(&score, "recipient (page)", None);
    ratio(&score, "place (page)", Some((1, 1)));
    ratio(&score, "whole letter right (page)", Some((1, 1)));
    let zone = |name: &str| *score.zones.characters.get(name).unwrap();
    // "Zürich," "3." "Mai" "1850"
    assert_eq!(zone("dateline"), Counts { right: 16, wrong: 0, missed: 0 });
    // "Dein" is right, "Jörg" and "Wyß" are the signature's
    assert_eq!(zone("close"), Counts { right: 4, wrong: 7, missed: 0 });
    assert_eq!(zone("signature"), Counts { right: 0, wrong: 0, missed: 7 });
    assert_eq!(zone("close+signature"), Counts { right: 11, wrong: 0, missed: 0 });
    assert_eq!(zone("salutation"), Counts { right: 0, wrong: 0, missed: 6 });
    assert_eq!(
        *score.zones.spans.get("dateline").unwrap(),
        Counts { right: 1, wrong: 0, missed: 0 }
    );
    assert_eq!(*score.zones.spans.get("close").unwrap(), Counts { right: 0, wrong: 1, missed: 1 });
    // three quotes and two zones
    assert_eq!((score.faults, score.spans), (0, 5));
}

#[test]
fn a_wrong_reading_is_told_from_none() {
    let mut score = LetterScore::default();
    score.add(&zurich(), None);
    score.add(
        &zurich(),
        Some(&reading(json!({
            "letterbook": 1,
            "senders": [{"name": value("Dein", (45, 49, "dein"))}],
            "date": {"value": "1850-03", "calendar": "gregorian", "confidence": 1.0,
                     "evidence": [{"start": 57, "end": 59, "quote": "ß"}]},
        }))),
    );
    ratio(&score, "answered", Some((1, 2)));
    ratio(&score, "date exact (page)", Some((0, 2)));
    ratio(&score, "date exact (all)", Some((0, 2)));
    ratio(&score, "date wrong (all), lower is better", Some((1, 2)));
    ratio(&score, "sender (page)", Some((0, 2)));
    ratio(&score, "sender wrong (page), lower is better", Some((1, 2)));
    ratio(&score, "place (page)", Some((0, 2)));
    ratio(&score, "whole letter right (page)", Some((0, 2)));
    // one quote in another case, one beyond the end of 58 characters
    assert_eq!((score.faults, score.spans), (2, 2));
}

#[test]
fn a_date_that_agrees_as_far_as_it_goes_is_not_wrong() {
    for (read, is_wrong) in
        [("1850", 0), ("1850-05", 0), ("1850-05-XX", 0), ("1851", 1), ("1850-05-04", 1)]
    {
        let mut score = LetterScore::default();
        let evidence = json!([{"start": 15, "end": 19, "quote": "1850"}]);
        let date = json!({"value": read, "calendar": "gregorian", "confidence": 1.0, "evidence": evidence});
        score.add(&zurich(), Some(&reading(json!({"letterbook": 1, "date": date}))));
        ratio(&score, "date wrong (all), lower is better", Some((is_wrong, 1)));
    }
}

#[test]
fn a_date_counts_for_the_page_where_its_day_stands_alone() {
    let counted = |text: &str| {
        let json =
            json!({"id": "day", "text": text, "gold": {"date": {"when": "1850-05-03T10:00"}}});
        let mut score = LetterScore::default();
        score.add(&gold_letter(&json), None);
        score.ratios.get("date exact (page)").is_some()
    };
    assert!(counted("3 May 1850"));
    assert!(counted("03.05.1850"));
    assert!(counted("1850, 3d"));
    assert!(!counted("13 May 1850"));
    assert!(!counted("30 May 1850"));
    assert!(!counted("103 May 1850"));
    assert!(!counted("3 May 50"));
}

#[test]
fn words_are_folded_like_python() {
    assert_eq!(fold("Straße Ærø ΣΊΣΥΦΟΣ ﬁn İı ẞ"), "strasse ærø σισυφοσ fin iı ss");
    assert_eq!(words("D'Este, 2º v. X³a 12th", 1), ["d", "este", "o", "v", "x", "a", "th"]);
    assert_eq!(words("O Oe", 2), ["oe"]);
    let found = capitalised("the Old king Ödön, von 上海");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["odon", "old", "上海"]);
    assert_eq!(compact("Dear_Sir, the 3rd!"), "dearsirthe3rd");
}

#[test]
fn annotated_items_are_matched_once() {
    let gold: Annotated = serde_json::from_value(json!({
        "id": "ann", "text": "I thank you for the map. I thank you for the book of 3 May.", "date": "1850",
        "senders": [{"role": "Consul General", "organisation": null, "on_behalf_of": null}], "recipients": [],
        "acts": [{"act": "thank", "quote": "thank you for the map"}, {"act": "thank", "quote": "thank you for the book"},
                 {"act": "request", "quote": "the map"}],
        "occasions": [], "enclosures": [],
        "references": [{"quote": "the book of 3 May", "date": "1850-05-03"}],
    }))
    .unwrap();
    let item = |start: usize, end: usize, quote: &str| json!([{"start": start, "end": end, "quote": quote}]);
    let mut score = AnnotatedScore::default();
    score.add(
        &gold,
        Some(&reading(json!({
            "letterbook": 1,
            "senders": [{"role": value("CONSUL-GENERAL of the town", (0, 1, "I"))}, {"role": value("Clerk", (0, 1, "I"))}],
            "acts": [{"act": "thank", "confidence": 0.9, "evidence": item(2, 23, "thank you for the map")},
                     {"act": "ask", "confidence": 0.9, "evidence": item(16, 23, "the map")}],
            "references": [{"kind": "letter", "from": "recipient", "date": "1850-05-03?", "confidence": 0.9,
                            "evidence": item(45, 58, "book of 3 May")}],
        }))),
    );
    let counts = |name: &str| *score.counts.get(name).unwrap();
    assert_eq!(counts("acts"), Counts { right: 1, wrong: 1, missed: 2 });
    assert_eq!(counts("references"), Counts { right: 1, wrong: 0, missed: 0 });
    assert_eq!(counts("sender role"), Counts { right: 1, wrong: 1, missed: 0 });
    assert_eq!(counts("occasions"), Counts::default());
    let hits = |name: &str| score.ratios.get(name).map(|r| (r.hit, r.all));
    assert_eq!(hits("reference date"), Some((1, 1)));
    assert_eq!(hits("date as a careful reader gives it"), Some((0, 1)));
    assert_eq!(hits("occasion ordinal"), None);
}

#[test]
fn the_difference_names_what_changed() {
    let row = |edition: &str, figure: &str, value| (edition.to_owned(), figure.to_owned(), value);
    let before = [row("a", "date", 0.5), row("a", "gone", 1.0), row("b", "date", 0.25)];
    let now = [row("a", "date", 0.75), row("a", "place", 0.5)];
    let said = difference(&saved(&before), &now);
    let lines: Vec<Vec<&str>> = said.lines().map(|l| l.split_whitespace().collect()).collect();
    let expected: [&[&str]; 3] = [
        &["a", "date", "0.5000", "→", "0.7500", "+0.2500"],
        &["a", "place", "new:", "0.5000"],
        &["a", "gone", "gone:", "1.0000"],
    ];
    assert_eq!(lines, expected);
    assert_eq!(difference(&saved(&now), &now), "no figure differs from those saved\n");
}
