//! `letterbook read` on files and folders.

use std::fs;

use super::program::{LETTER, folder, json, run_in};

/// The identifiers of the records in JSON lines.
fn ids(stdout: &str) -> Vec<String> {
    let id = |line: &str| json(line)["id"].as_str().unwrap_or_default().to_owned();
    stdout.lines().map(id).collect()
}

#[test]
fn a_folder_is_read_in_the_order_of_names_and_other_kinds_are_named() {
    let at = folder(
        "walk",
        &[
            ("b.txt", LETTER),
            ("a.TXT", LETTER),
            ("c/letter", LETTER),
            ("c/d.text", LETTER),
            ("many.jsonl", "{\"id\": \"one\", \"text\": \"Dear Sir,\"}\n{\"text\": \"Madam,\"}\n"),
            ("sheet.xlsx", "x"),
            ("film.mp4", "x"),
            ("README.md", "Which letters these are"),
            (".hidden.txt", LETTER),
            (".git/config", LETTER),
            ("b.expected.json", "{}"),
        ],
    );
    let ran = run_in(&at, &["read", ".", "--format", "jsonl"], b"");
    assert_eq!(
        ids(&ran.stdout),
        ["./a.TXT", "./b.txt", "./c/d.text", "./c/letter", "one", "./many.jsonl:2"]
    );
    assert_eq!(ran.status, Some(0));
    assert!(ran.stderr.contains("6 letters"), "{}", ran.stderr);
    assert!(ran.stderr.contains("3 passed over"), "{}", ran.stderr);
    assert!(ran.stderr.contains("./README.md, ./film.mp4, ./sheet.xlsx"), "{}", ran.stderr);
}

#[test]
fn a_file_that_is_named_is_always_tried() {
    let at = folder("named", &[("letter.md", LETTER), (".secret", LETTER)]);
    let ran = run_in(&at, &["read", "letter.md", ".secret", "--format", "jsonl"], b"");
    assert_eq!(ids(&ran.stdout), ["letter.md", ".secret"]);
}

#[test]
fn failures_are_reported_with_cause_and_remedy_and_the_rest_is_read() {
    let at = folder("failures", &[("good.txt", LETTER), ("empty/.keep", "")]);
    fs::write(at.join("scan.txt"), b"GIF89a\0\0\0").expect("written");
    let args = ["read", "scan.txt", "missing.txt", "empty", "good.txt"];
    let ran = run_in(&at, &args, b"");
    assert_eq!(ran.status, Some(1));
    for (name, code) in [
        ("scan.txt", "unsupported-format"),
        ("missing.txt", "not-found"),
        ("empty", "empty-folder"),
    ] {
        assert!(ran.stderr.contains(&format!("error[{code}]")), "{}", ran.stderr);
        assert!(ran.stderr.contains(name), "{}", ran.stderr);
    }
    assert_eq!(ran.stderr.matches("help: ").count(), 3, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("good.txt"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("3 not read (empty-folder, not-found, unsupported-format)"),
        "{}",
        ran.stdout
    );

    // in the forms for programs each failure has its place
    let ran = run_in(&at, &["read", "missing.txt", "good.txt", "--format", "jsonl"], b"");
    assert_eq!(ids(&ran.stdout), ["missing.txt", "good.txt"]);
    assert_eq!(json(ran.stdout.lines().next().unwrap_or("{}"))["error"]["code"], "not-found");
}

#[test]
fn an_output_file_is_replaced_whole_and_never_read() {
    let at = folder("output", &[("a.txt", LETTER), ("out.jsonl", "left from before")]);
    let args = ["read", ".", "--format", "jsonl", "-o", "out.jsonl"];
    let ran = run_in(&at, &args, b"");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    let first = fs::read_to_string(at.join("out.jsonl")).expect("written");
    assert_eq!(ids(&first), ["./a.txt"]);
    run_in(&at, &args, b"");
    assert_eq!(fs::read_to_string(at.join("out.jsonl")).expect("written"), first);
    let names: Vec<_> =
        fs::read_dir(&at).expect("readable").map(|e| e.map(|e| e.file_name())).collect();
    assert_eq!(names.len(), 2, "{names:?}");

    let ran = run_in(&at, &["read", "a.txt", "-o", "no/such/folder.txt"], b"");
    assert_eq!(ran.status, Some(1));
    let expected = "expected to write to no/such/folder.txt, but found nothing of that name";
    assert!(ran.stderr.contains(expected), "{}", ran.stderr);
}

#[test]
fn json_is_one_array_and_csv_one_table() {
    let at = folder("forms", &[("a.txt", LETTER), ("b.txt", LETTER)]);
    let ran = run_in(&at, &["read", ".", "--format", "json"], b"");
    assert_eq!(json(&ran.stdout).as_array().map(Vec::len), Some(2));
    let ran = run_in(&at, &["read", "missing.txt", "a.txt", "--format", "csv"], b"");
    let mut table = csv::Reader::from_reader(ran.stdout.as_bytes());
    let head: Vec<String> = table.headers().expect("a head").iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> =
        table.records().collect::<Result<_, _>>().expect("every row has every column");
    assert_eq!(rows.len(), 2);
    let cell = |row: usize, name: &str| {
        let column = head.iter().position(|h| h == name).expect("a column of that name");
        rows[row][column].to_owned()
    };
    assert_eq!(cell(0, "id"), "missing.txt");
    assert!(cell(0, "error").starts_with("not-found: "));
    assert_eq!((cell(1, "id"), cell(1, "error")), ("a.txt".to_owned(), String::new()));
    let record = json(&run_in(&at, &["read", "a.txt", "--format", "jsonl"], b"").stdout);
    for (column, value) in [("language", &record["language"]), ("date", &record["date"])] {
        assert_eq!(cell(1, column), value["value"].as_str().unwrap_or_default(), "{column}");
    }
    let ran = run_in(&folder("none", &[]), &["read", ".", "--format", "json"], b"");
    assert!(json(&ran.stdout).is_array());
}

#[test]
fn standard_input_is_a_letter_too() {
    let ran = run_in(&folder("stdin", &[]), &["read", "-"], LETTER.as_bytes());
    assert!(ran.stdout.starts_with("-"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1 letter"), "{}", ran.stdout);
}

#[test]
fn colours_come_when_they_are_asked_for() {
    let at = folder("colours", &[("a.txt", LETTER)]);
    let plain = run_in(&at, &["read", "a.txt"], b"").stdout;
    assert!(!plain.contains('\x1b'));
    let colours = run_in(&at, &["read", "a.txt", "--color", "always"], b"").stdout;
    assert!(colours.contains("\x1b["));
    let bare = anstream::adapter::strip_str(&colours).to_string();
    assert_eq!(bare, plain);
    let records = run_in(&at, &["read", "a.txt", "--color", "always", "-f", "jsonl"], b"").stdout;
    assert!(!records.contains('\x1b'));
}

#[test]
fn quiet_leaves_the_letters_alone() {
    let at = folder("quiet", &[("a.txt", LETTER), ("b.mp4", "x")]);
    let ran = run_in(&at, &["read", ".", "--quiet"], b"");
    assert!(!ran.stdout.contains("1 letter"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_letter_that_is_too_long_is_refused_by_name() {
    let more = "I thank you, and I thank you again, for all that you tell me of the harbour. ";
    let long = LETTER.replace("I thank you", &format!("{}I thank you", more.repeat(8)));
    let at = folder("long", &[("long.txt", &long), ("short.txt", LETTER)]);
    let ran = run_in(&at, &["read", ".", "--max-bytes", "500"], b"");
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("error[too-large]"), "{}", ran.stderr);
    assert!(ran.stderr.contains("./long.txt"), "{}", ran.stderr);
    assert!(ran.stdout.starts_with("./short.txt"), "{}", ran.stdout);
}

#[test]
fn the_margin_holds_every_line_of_the_letter() {
    let at = folder("margin", &[("a.txt", LETTER)]);
    let ran = run_in(&at, &["read", "a.txt", "--zones"], b"");
    for line in LETTER.lines().filter(|l| !l.is_empty()) {
        let shown = ran.stdout.lines().any(|l| l.contains('│') && l.ends_with(line));
        assert!(shown, "{line} is not in\n{}", ran.stdout);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_and_noise_are_reported_as_what_they_are() {
    let at = folder("dangling", &[("a.txt", LETTER)]);
    std::os::unix::fs::symlink("gone.txt", at.join("b.txt")).expect("ours");
    // each byte from the one before, by Knuth's multiplier
    let mut state = 1u64;
    let noise: Vec<u8> = (0..5_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((state >> 56) as u8).max(1)
        })
        .collect();
    fs::write(at.join("c.txt"), noise).expect("ours");
    let ran = run_in(&at, &["read", ".", "--format", "jsonl"], b"");
    assert_eq!(ran.status, Some(1));
    let codes: Vec<String> = ran
        .stdout
        .lines()
        .map(|line| json(line)["error"]["code"].as_str().unwrap_or("read").to_owned())
        .collect();
    assert_eq!(codes, ["read", "dangling-link", "binary-file"]);
    assert!(ran.stderr.contains("it points to gone.txt"), "{}", ran.stderr);
}
