//! Help, completions and manual pages.

use std::fs;

use super::program::{LETTER, folder, run, run_in};

const COMMANDS: [&str; 19] = [
    "read",
    "add",
    "list",
    "show",
    "search",
    "check",
    "edit",
    "history",
    "people",
    "stats",
    "rebuild",
    "verify",
    "backup",
    "remove",
    "dates",
    "edtf",
    "calendar",
    "completions",
    "man",
];

/// A second letter, so that there is one to take out.
const REPLY: &str = "\
London, 7 June 1888

Dear Mr. Swales,

Your letter of the 4th has come, and I thank you for the tides.

Yours truly,
M. Harker
";

/// A line of a shell as its words; the examples use only plain words and quotation marks.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        let last = words.last_mut().expect("never empty");
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => last.push(c),
            None if c == '\'' || c == '"' => quote = Some(c),
            None if c == ' ' => words.push(String::new()),
            None => last.push(c),
        }
    }
    words
}

#[test]
fn the_examples_of_the_long_help_run() {
    let pipe = format!("{}\n", serde_json::json!({"id": 1, "text": LETTER}));
    let at = folder(
        "examples",
        &[
            ("letters/harbour.txt", LETTER),
            ("letters/more/tides.txt", LETTER),
            ("letters/reply.txt", REPLY),
            ("corrections.csv", "letter,field,value\n1,date,1888-06-04\n"),
            ("pipe.jsonl", &pipe),
        ],
    );
    assert_eq!(run_in(&at, &["add", "letters", "--quiet"], b"").status, Some(0));
    let mut examples = 0;
    let helps = COMMANDS.iter().map(|c| vec![*c, "--help"]).chain([vec!["--help"]]);
    for help in helps {
        let ran = run(&help, b"");
        assert_eq!(ran.status, Some(0));
        for line in ran.stdout.lines().filter_map(|l| l.trim_start().strip_prefix("$ ")) {
            let words = words(line);
            assert_eq!(words[0], "letterbook", "{line}");
            let ran = run_in(&at, &words[1..], b"");
            assert_eq!(ran.status, Some(0), "{line}: {}", ran.stderr);
            assert!(!ran.stderr.contains("error"), "{line}: {}", ran.stderr);
            examples += 1;
        }
        assert!(ran.stdout.lines().all(|l| l.chars().count() <= 100), "{help:?} is too wide");
    }
    assert!(examples >= 45, "found only {examples} examples");
}

#[test]
fn the_short_help_is_short_and_the_long_one_says_more() {
    for command in COMMANDS {
        let short = run(&[command, "-h"], b"").stdout;
        let long = run(&[command, "--help"], b"").stdout;
        assert!(short.lines().count() < long.lines().count(), "{command}");
        assert!(short.lines().count() <= 45, "{command}");
        assert!(long.contains("Examples:"), "{command}");
    }
    for (command, said) in [
        ("read", "PATH is a file, a folder, or - for standard input"),
        ("dates", "stays open (XXXX-XX-10)"),
        ("edtf", "the first and the last"),
        ("calendar", "its Gregorian date, its weekday"),
        ("add", "the same command goes on where it stopped"),
        ("search", "these words in this order"),
        ("edit", "What was read stays as it is"),
        ("people", "never done unasked"),
    ] {
        assert!(run(&[command, "--help"], b"").stdout.contains(said), "{command}");
    }
}

#[test]
fn exit_statuses_are_told_and_kept() {
    let help = run(&["read", "--help"], b"").stdout;
    for status in ["0 ", "1 ", "2 ", "130 "] {
        assert!(help.lines().any(|l| l.trim_start().starts_with(status)), "{status} in\n{help}");
    }
    assert_eq!(run(&["read"], b"").status, Some(2));
    assert_eq!(run(&["read", "--format", "tei", "x"], b"").status, Some(2));
    assert_eq!(run(&["reed"], b"").status, Some(2));
    assert_eq!(run(&["--version"], b"").stdout, "letterbook 0.1.0\n");
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(&["completions", shell], b"").stdout;
        for command in COMMANDS {
            assert!(script.contains(command), "{command} in {shell}");
        }
    }
    let at = folder("man", &[]);
    assert_eq!(run_in(&at, &["man", "--dir", "pages"], b"").status, Some(0));
    for command in COMMANDS {
        let page = fs::read_to_string(at.join(format!("pages/letterbook-{command}.1")));
        assert!(page.is_ok_and(|p| p.contains(".SH SYNOPSIS")), "{command}");
    }
    assert!(run(&["man"], b"").stdout.contains(".SH NAME"));
}
