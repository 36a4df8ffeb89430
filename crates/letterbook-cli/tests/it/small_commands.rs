//! `letterbook edtf`, `calendar` and `dates`, for people and as pipes.

use super::program::{json, run};

#[test]
fn edtf_answers_level_and_bounds() {
    let input = concat!(
        "{\"id\": 1, \"edtf\": \"1850-05-12\"}\n",
        "{\"id\": \"b\", \"edtf\": \"1850~\", \"level\": 1}\n",
        "{\"id\": \"c\", \"edtf\": \"1850~\", \"level\": 0}\n",
        "{\"id\": \"d\", \"edtf\": \"1850-13\"}\n",
        "{\"id\": \"e\", \"edtf\": \"1850/..\"}\n",
        "{\"id\": \"f\"}\n",
    );
    let ran = run(&["edtf", "--jsonl"], input.as_bytes());
    let answers: Vec<_> = ran.stdout.lines().map(json).collect();
    assert_eq!(
        ran.stdout.lines().next(),
        Some(r#"{"id":1,"valid":true,"level":0,"earliest":"1850-05-12","latest":"1850-05-12"}"#)
    );
    assert_eq!((&answers[1]["valid"], &answers[1]["latest"]), (&true.into(), &"1850-12-31".into()));
    assert_eq!(answers[2]["valid"], false);
    assert_eq!(answers[3]["error"]["code"], "bad-edtf");
    assert_eq!(answers[4]["latest"], "..");
    assert_eq!(
        (&answers[5]["line"], &answers[5]["error"]["code"]),
        (&6.into(), &"missing-key".into())
    );
    assert_eq!(answers.len(), 6);
    assert_eq!(ran.status, Some(0));
}

#[test]
fn edtf_tells_people_what_a_value_means() {
    let ran = run(&["edtf", "1850-05-12", "-0043-03-15"], b"");
    assert!(ran.stdout.contains("12 May 1850, a Sunday"), "{}", ran.stdout);
    assert!(ran.stdout.contains("15 March 44 BC"), "{}", ran.stdout);
    let ran = run(&["edtf", "1850-13"], b"");
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("expected a month"), "{}", ran.stderr);
}

#[test]
fn calendar_answers_day_and_weekday() {
    let input = concat!(
        "{\"id\": 1, \"calendar\": \"julian\", \"year\": 1752, \"month\": 9, \"day\": 2}\n",
        "{\"id\": 2, \"calendar\": \"julian\", \"year\": \"1900\", \"month\": \"2\", \"day\": \"29\", \"flag\": \"\"}\n",
        "{\"id\": 3, \"calendar\": \"julian\", \"year\": 1752, \"month\": 2, \"day\": 30}\n",
        "{\"id\": 4, \"calendar\": \"stardate\", \"year\": 1, \"month\": 1, \"day\": 1}\n",
        "{\"id\": 5, \"calendar\": \"julian\", \"year\": 1752, \"month\": 300, \"day\": 1}\n",
        "{\"id\": 6, \"calendar\": \"julian\", \"month\": 3, \"day\": 1}\n",
    );
    let ran = run(&["calendar", "--jsonl"], input.as_bytes());
    let mut lines = ran.stdout.lines();
    assert_eq!(lines.next(), Some(r#"{"id":1,"iso":"1752-09-13","weekday":"Wednesday"}"#));
    assert_eq!(lines.next(), Some(r#"{"id":2,"iso":"1900-03-13","weekday":"Tuesday"}"#));
    let codes: Vec<_> = lines.map(|l| json(l)["error"]["code"].clone()).collect();
    assert_eq!(codes, ["bad-date", "unknown-calendar", "bad-date", "missing-key"]);
}

#[test]
fn calendar_shows_people_the_day_in_other_calendars() {
    let ran = run(&["calendar", "gregorian", "1917", "11", "7"], b"");
    assert!(ran.stdout.starts_with("1917-11-07  7 November 1917, a Wednesday\n"), "{}", ran.stdout);
    let julian = ran.stdout.lines().find(|l| l.contains("julian"));
    assert!(julian.is_some_and(|l| l.ends_with("1917 10 25")), "{}", ran.stdout);
    // each row is a date that the command takes
    for row in ran.stdout.lines().skip(1) {
        let args = ["calendar"].into_iter().chain(row.split_whitespace()).collect::<Vec<_>>();
        assert_eq!(run(&args, b"").stdout, ran.stdout, "{row}");
    }
    let list = run(&["calendar", "--list"], b"").stdout;
    assert!(list.lines().any(|l| l == "juche"), "{list}");
    let ran = run(&["calendar", "stardate", "1", "1", "1"], b"");
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("but found `stardate`"), "{}", ran.stderr);
}

#[test]
fn dates_answers_every_date_of_each_text() {
    let input = concat!(
        "{\"id\": 1, \"text\": \"München, 3. März 1848\", \"lang\": \"de\"}\n",
        "{\"id\": 2, \"text\": \"the 10th inst.\", \"anchor\": \"1901-12-20\", \"place\": \"\"}\n",
        "{\"id\": 3, \"text\": \"Dear Sir\", \"lang\": null}\n",
        "{\"id\": 4, \"text\": \"the 10th inst.\", \"anchor\": \"lately\"}\n",
        "{\"id\": 5}\n",
    );
    let ran = run(&["dates", "--jsonl"], input.as_bytes());
    let answers: Vec<_> = ran.stdout.lines().map(json).collect();
    let date = &answers[0]["dates"][0];
    assert_eq!((&date["value"], &date["calendar"]), (&"1848-03-03".into(), &"gregorian".into()));
    // code points, not bytes
    assert_eq!(date["evidence"][0]["start"], 9);
    assert_eq!(date["evidence"][0]["quote"], "3. März 1848");
    assert_eq!(answers[1]["dates"][0]["value"], "1901-12-10");
    assert_eq!(ran.stdout.lines().nth(2), Some(r#"{"id":3,"dates":[]}"#));
    assert_eq!(answers[3]["error"]["code"], "bad-anchor");
    assert_eq!(answers[4]["error"]["code"], "missing-key");
}

#[test]
fn dates_reads_a_text_from_standard_input() {
    let ran = run(&["dates"], "Wien, den 3. Jänner 1848".as_bytes());
    assert!(ran.stdout.contains("1848-01-03"), "{}", ran.stdout);
    let ran = run(&["dates"], b"\x89PNG\r\n\x1a\n\0\0\0");
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("a PNG image"), "{}", ran.stderr);
}
