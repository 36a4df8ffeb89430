//! The commands that keep letters, as people and scripts meet them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::program::{LETTER, Ran, folder, json, letterbook, run_in};

const REPLY: &str = "\
London, 7 June 1888

Dear Mr. Swales,

Your letter of the 4th has come, and I thank you for the tides.

Yours truly,
Wilhelmina Harker
";

/// What is said when a letter was taken out.
const GONE: &str = "1 letter taken out; adding its file again makes it a new letter\n";

/// A folder with an archive of two letters.
fn archive(name: &str) -> PathBuf {
    let at = folder(name, &[("letters/harbour.txt", LETTER), ("letters/reply.txt", REPLY)]);
    let added = run_in(&at, &["add", "letters"], b"");
    assert_eq!((added.status, added.stderr.as_str()), (Some(0), "2 letters added\n"));
    at
}

fn ok(at: &Path, args: &[&str]) -> Ran {
    let ran = run_in(at, args, b"");
    assert_eq!(ran.status, Some(0), "{args:?}: {}{}", ran.stdout, ran.stderr);
    ran
}

/// What was said, wherever the lines were broken.
fn folded(ran: &Ran) -> String {
    ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(json).collect()
}

#[test]
fn files_are_added_once_and_changed_ones_anew() {
    let at = archive("archive-add");
    assert_eq!(ok(&at, &["add", "./letters"]).stderr, "0 letters added, 2 there already\n");
    fs::write(at.join("letters/copy.txt"), LETTER).unwrap();
    fs::write(at.join("letters/reply.txt"), REPLY.replace("7 June", "8 June")).unwrap();
    let again = ok(&at, &["add", "letters"]);
    assert_eq!(again.stderr, "0 letters added, 1 changed, 2 there already\n");
    let shown = ok(&at, &["show", "letters/reply.txt", "--format", "jsonl"]);
    let shown = &lines(&shown)[0];
    assert_eq!((&shown["letter"], &shown["version"]), (&2.into(), &2.into()));
    assert_eq!(shown["added"], "2026-01-02T03:04:05Z");
    let old = ok(&at, &["show", "2", "--original", "--version", "1"]);
    assert_eq!(old.stdout, REPLY);
    let files = &lines(&ok(&at, &["show", "1", "--format", "jsonl"]))[0]["files"];
    assert_eq!(*files, serde_json::json!(["letters/copy.txt", "letters/harbour.txt"]));
    assert_eq!(ok(&at, &["verify"]).stdout, "2 letters, all whole\n");
}

#[test]
fn what_a_file_says_against_its_page_is_kept_with_the_letter_and_stays_when_it_is_read_again() {
    let mail = "From: Zillah Armitage <z@lights.example>\nTo: Ben Oke <ben@example.org>\n\
        Date: Thu, 4 Mar 2010 09:00:00 +0000\n\nSkerran, 20 February 2010\n\nDear Ben,\n\n\
        The lamp is lit again, and the boats come home.\n\nYours,\nZillah\n";
    let note =
        "Leeds, 4 May 1871\n\nDear Sir,\n\nThe parcel[^1] came.\n\nJ. Marsh\n\n[^1]: Of tea.\n";
    let at = folder("archive-told", &[("a.eml", mail), ("b.md", note)]);
    let codes = |letter: &Value| -> Vec<String> {
        let findings = letter["findings"].as_array().into_iter().flatten();
        findings.map(|f| f["code"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let read: Vec<Vec<String>> = lines(&ok(&at, &["read", "--format", "jsonl", "a.eml", "b.md"]))
        .iter()
        .map(codes)
        .collect();
    assert!(read[0].contains(&"stated-date-conflict".to_owned()), "{read:?}");
    assert!(read[1].contains(&"left-out".to_owned()), "{read:?}");
    ok(&at, &["add", "a.eml", "b.md"]);
    let kept = || -> Vec<Vec<String>> {
        let shown = lines(&ok(&at, &["show", "1", "2", "--format", "jsonl"]));
        shown.iter().map(|l| codes(&l["record"])).collect()
    };
    assert_eq!(kept(), read);
    ok(&at, &["rebuild"]);
    assert_eq!(kept(), read);
}

#[test]
fn a_file_that_cannot_be_read_is_reported_and_kept_and_stops_nothing() {
    let at = folder("archive-bad", &[("a.txt", LETTER)]);
    fs::write(at.join("scan.txt"), b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0").unwrap();
    let ran = run_in(&at, &["add", "scan.txt", "missing.txt", "a.txt"], b"");
    assert_eq!(ran.status, Some(1));
    let said = ran.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("its bytes are kept"), "{said}");
    assert!(ran.stderr.contains("missing.txt"), "{}", ran.stderr);
    assert!(ran.stderr.contains("1 letter added; 2 not read ("), "{}", ran.stderr);
    let list = ok(&at, &["list"]).stdout;
    assert!(list.contains("not read: scan.txt"), "{list}");
    let failed = ok(&at, &["list", "has:failure", "--format", "jsonl"]);
    assert!(lines(&failed)[0]["error"].as_str().unwrap().starts_with("expected"));
}

#[test]
fn what_is_searched_is_found_with_the_words_marked() {
    let at = archive("archive-search");
    let found = ok(&at, &["search", "tide"]);
    assert!(found.stdout.contains("enclose the list of *tides*"), "{}", found.stdout);
    assert!(found.stdout.contains("letters/reply.txt"), "{}", found.stdout);
    assert!(found.stdout.ends_with("\n2 letters\n"), "{}", found.stdout);
    let by = ok(&at, &["search", "from:swales", "date:1888-06", "--format", "jsonl"]);
    let by = lines(&by);
    assert_eq!(by.len(), 1);
    assert_eq!(by[0]["record"]["senders"][0]["name"]["value"], "Josiah Swales");
    let marked = lines(&ok(&at, &["search", "Harker", "--format", "jsonl"]));
    for hit in marked {
        let text: Vec<char> = hit["snippet"]["text"].as_str().unwrap().chars().collect();
        for mark in hit["snippet"]["marks"].as_array().unwrap() {
            let (from, to) = (mark[0].as_u64().unwrap(), mark[1].as_u64().unwrap());
            let word: String = text[from as usize..to as usize].iter().collect();
            assert_eq!(word, "Harker");
        }
    }
    assert_eq!(ok(&at, &["search", "zeppelin"]).stdout, "0 letters\n");
    let csv = ok(&at, &["search", "tides", "--sort", "newest", "--format", "csv"]).stdout;
    let mut rows = csv.lines();
    assert!(rows.next().unwrap().starts_with("letter,file,snippet,language,date,"));
    assert!(rows.next().unwrap().starts_with("2,letters/reply.txt,"));
}

#[test]
fn letters_are_paged_sorted_and_counted() {
    let at = archive("archive-pages");
    let numbers = |args: &[&str]| -> Vec<i64> {
        let ran = ok(&at, &[&["list", "--format", "jsonl"], args].concat());
        lines(&ran).iter().map(|hit| hit["letter"].as_i64().unwrap()).collect()
    };
    assert_eq!(numbers(&[]), [1, 2]);
    assert_eq!(numbers(&["--sort", "newest"]), [2, 1]);
    assert_eq!(numbers(&["--limit", "1", "--offset", "1"]), [2]);
    assert_eq!(numbers(&["--all", "place:whitby"]), [1]);
    let page = ok(&at, &["list", "--limit", "1"]).stdout;
    assert!(page.ends_with("1–1 of 2 letters; --offset 1 shows more\n"), "{page}");
    let counts = ok(&at, &["search", "tides", "--facets", "--format", "csv"]).stdout;
    assert!(counts.contains("\nplace,Whitby,1\n"), "{counts}");
    assert!(counts.contains("\nyear,1888,2\n"), "{counts}");
    let stats = &lines(&ok(&at, &["stats", "--format", "jsonl"]))[0];
    assert_eq!((&stats["letters"], &stats["corrections"]), (&2.into(), &0.into()));
    assert!(
        ok(&at, &["stats"]).stdout.starts_with("2 letters, 2 files, 2 versions, 0 corrections")
    );
}

#[test]
fn a_query_that_makes_no_sense_is_shown_with_the_spot() {
    let at = archive("archive-query");
    let ran = run_in(&at, &["search", "tides act:dance"], b"");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("expected a kind of act, but found `dance`"), "{}", ran.stderr);
    let under = ran.stderr.lines().find(|l| l.contains("━━━━━")).unwrap();
    let query = ran.stderr.lines().find(|l| l.contains("tides act:dance")).unwrap();
    let column = |line: &str, of: &str| line[..line.find(of).unwrap()].chars().count();
    assert_eq!(column(under, "━"), column(query, "dance"), "{}", ran.stderr);
}

#[test]
fn corrections_hold_are_told_and_can_be_taken_back() {
    let at = archive("archive-edit");
    let set = ok(&at, &["edit", "1", "date", "1888-06-05", "--why", "the postmark"]);
    assert!(set.stdout.contains("date  1888-06-04 → 1888-06-05"), "{}", set.stdout);
    ok(&at, &["edit", "letters/harbour.txt", "sender", "--confirm"]);
    let card = folded(&ok(&at, &["show", "1"]));
    assert!(card.contains("date is 1888-06-05, not 1888-06-04"), "{card}");
    assert!(card.contains("Editor, 2026-01-02"), "{card}");
    assert_eq!(ok(&at, &["list", "date:1888-06-05"]).stdout.lines().count(), 3);
    let history = folded(&ok(&at, &["history", "1"]));
    assert!(history.contains("the postmark"), "{history}");
    ok(&at, &["edit", "--undo", "1", "--who", "Reviser", "--why", "another hand"]);
    assert_eq!(ok(&at, &["search", "date:1888-06-05"]).stdout, "0 letters\n");
    let history = folded(&ok(&at, &["history", "1"]));
    assert!(history.contains("taken back 2026-01-02 by Reviser: another hand"), "{history}");
    let refused = run_in(&at, &["edit", "1", "date", "soon"], b"");
    assert_eq!(refused.status, Some(1));
    assert!(refused.stderr.contains("expected an EDTF date"), "{}", refused.stderr);
    let none = run_in(&at, &["edit", "9", "date", "1888"], b"");
    assert!(none.stderr.contains("expected a letter's number or file"), "{}", none.stderr);
}

#[test]
fn a_table_of_corrections_is_done_whole_or_not_at_all() {
    let at = archive("archive-csv");
    let table =
        |rows: &str| fs::write(at.join("c.csv"), format!("letter,field,action,value\n{rows}"));
    table("1,date,,1888-06-05\n2,place,reject,\n2,sender,,Mina Harker\n").unwrap();
    let dry = ok(&at, &["edit", "--csv", "c.csv", "--dry-run"]);
    assert!(dry.stdout.contains("place  London → nothing"), "{}", dry.stdout);
    assert!(dry.stdout.ends_with("3 corrections would be made; nothing was changed\n"));
    assert_eq!(ok(&at, &["list", "has:correction"]).stdout, "0 letters\n");
    ok(&at, &["edit", "--csv", "c.csv"]);
    assert_eq!(ok(&at, &["list", "from:mina"]).stdout.lines().count(), 3);
    table("1,date,,1889\n2,sendr,,Hans\n").unwrap();
    let bad = run_in(&at, &["edit", "--csv", "c.csv"], b"");
    assert_eq!(bad.status, Some(1));
    assert!(bad.stderr.contains("c.csv:3"), "{}", bad.stderr);
    assert!(bad.stderr.contains("the nearest is `sender`"), "{}", bad.stderr);
    assert_eq!(run_in(&at, &["edit", "--csv", "c.csv", "--dry-run"], b"").status, Some(1));
    assert_eq!(ok(&at, &["search", "date:1889"]).stdout, "0 letters\n");
}

#[test]
fn letters_are_taken_out_for_good_and_copies_are_whole() {
    let at = archive("archive-remove");
    let copy = ok(&at, &["backup", "copy"]);
    assert_eq!(copy.stderr, "2 letters copied to copy\n");
    assert_eq!(ok(&at, &["verify", "--archive", "copy"]).stdout, "2 letters, all whole\n");
    assert!(ok(&at, &["list", "--archive", "copy"]).stdout.ends_with("\n2 letters\n"));
    assert_eq!(ok(&at, &["remove", "1", "--why", "a test"]).stderr, GONE);
    let shown = run_in(&at, &["show", "1"], b"");
    assert_eq!(shown.status, Some(1));
    assert!(shown.stderr.contains("taken out 2026-01-02 by Editor: a test"), "{}", shown.stderr);
    let told = "letter 1 · taken out 2026-01-02 by Editor: a test\n";
    assert_eq!(ok(&at, &["history", "1"]).stdout, told);
    let told = &lines(&ok(&at, &["history", "1", "--format", "jsonl"]))[0];
    assert_eq!((&told["letter"], &told["who"]), (&1.into(), &"Editor".into()));
    assert_eq!(ok(&at, &["verify"]).stdout, "1 letter, all whole\n");
    assert_eq!(ok(&at, &["show", "1", "--text", "--archive", "copy"]).stdout, LETTER);
    assert_eq!(ok(&at, &["rebuild", "--archive", "copy"]).stderr, "the index has 2 letters now\n");
    assert_eq!(ok(&at, &["verify", "--archive", "copy"]).stdout, "2 letters, all whole\n");
    let again = run_in(&at, &["backup", "copy"], b"");
    assert_eq!(again.status, Some(1), "a copy is not written over");
    let expected = "expected a new folder for the copy, but found an archive";
    assert!(again.stderr.contains(expected), "{}", again.stderr);
}

#[test]
fn reading_again_with_the_same_reader_changes_nothing() {
    let at = archive("archive-reread");
    ok(&at, &["edit", "1", "place", "Scarborough"]);
    let ran = ok(&at, &["rebuild", "--read"]);
    assert_eq!(ran.stdout, "");
    assert_eq!(ran.stderr, "2 letters read again; 0 are read otherwise, 0 of them in a value\n");
    assert_eq!(ok(&at, &["list", "place:scarborough"]).stdout.lines().count(), 3);
}

#[test]
fn an_archive_that_is_not_there_is_not_made_by_asking() {
    let at = folder("archive-none", &[]);
    for args in [&["list"][..], &["edit", "1", "date", "1888"], &["rebuild"], &["remove", "1"]] {
        let ran = run_in(&at, args, b"");
        assert_eq!(ran.status, Some(1), "{args:?}");
        assert!(ran.stderr.contains("`letterbook add PATH… --archive DIR` makes one"), "{args:?}");
    }
    assert_eq!(fs::read_dir(&at).unwrap().count(), 0);
}

#[test]
fn findings_between_letters_are_drawn_and_given_to_programs() {
    let at = archive("archive-check");
    assert_eq!(ok(&at, &["check"]).stdout, "2 letters compared, 0 findings\n");
    let text = LETTER.replace("Whitby", "Oxford").replace("list of tides", "list");
    fs::write(at.join("letters/other.txt"), text).unwrap();
    ok(&at, &["add", "letters"]);
    let ran = run_in(&at, &["check"], b"");
    assert_eq!(ran.status, Some(1));
    assert!(ran.stdout.contains("letters 1 and 3"), "{}", ran.stdout);
    assert!(ran.stdout.ends_with("3 letters compared, 1 finding\n"), "{}", ran.stdout);
    let ran = run_in(&at, &["check", "--format", "jsonl"], b"");
    assert_eq!(lines(&ran)[0]["code"], "two-places-one-day");
}

#[test]
fn the_archives_own_files_are_never_added() {
    let at = archive("archive-inside");
    let ran = ok(&at, &["add", "."]);
    assert_eq!(ran.stderr, "0 letters added, 2 there already\n");
}

#[cfg(unix)]
#[test]
fn a_watched_folder_is_taken_in_until_it_is_interrupted() {
    let at = folder("archive-watch", &[("inbox/first.txt", LETTER)]);
    let mut child = letterbook()
        .args(["add", "--watch", "inbox"])
        .current_dir(&at)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stderr.take().unwrap());
    let mut said = said.lines().map_while(Result::ok);
    assert_eq!(said.next().unwrap(), "watching inbox; Ctrl-C ends it");
    assert_eq!(said.next().unwrap(), "1 letter added");
    // between two looks the archive is free
    let deadline = Instant::now() + Duration::from_secs(20);
    while run_in(&at, &["edit", "1", "place", "York"], b"").status != Some(0) {
        assert!(Instant::now() < deadline, "expected the archive to be free at times");
    }
    fs::write(at.join("inbox/second.txt"), REPLY).unwrap();
    assert_eq!(said.next().unwrap(), "1 letter added");
    let killed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(ok(&at, &["verify"]).stdout, "2 letters, all whole\n");
}

#[test]
fn a_mailbox_gives_its_letters_and_only_new_ones_when_it_has_grown() {
    let mail = |n: u32, text: &str| {
        format!(
            "From anna@example.org Mon Jan  5 10:00:0{n} 2026\nFrom: Anna Berg <anna@example.org>\n\
             To: Otto Hahn <otto@example.org>\nDate: Mon, 5 Jan 2026 10:00:0{n} +0000\n\
             Subject: Tides\nMessage-ID: <{n}@example.org>\n\nDear Otto,\n\n{text}\n\nAnna\n\n"
        )
    };
    let two = mail(1, "The first.") + &mail(2, "The second.");
    let at = folder("archive-mbox", &[("box.mbox", &two)]);
    assert_eq!(ok(&at, &["add", "box.mbox"]).stderr, "2 letters added\n");
    fs::write(at.join("box.mbox"), two + &mail(3, "The third.")).unwrap();
    let grown = ok(&at, &["add", "box.mbox"]).stderr;
    assert_eq!(grown, "1 letter added, 2 there already\n");
    assert_eq!(ok(&at, &["list", "from:anna"]).stdout.lines().count(), 5);
    assert_eq!(ok(&at, &["verify"]).stdout, "3 letters, all whole\n");
}

#[test]
fn people_are_gathered_and_decided_about() {
    let at = archive("archive-people");
    let listed = ok(&at, &["people"]).stdout;
    assert!(listed.contains("Josiah Swales"), "{listed}");
    let proposed = lines(&ok(&at, &["people", "list", "--proposals", "--format", "jsonl"]));
    let swales = proposed.iter().find(|e| e["name"] == "Josiah Swales").unwrap();
    assert_eq!(swales["proposals"][0]["name"], "Swales");
    let merged = ok(&at, &["people", "merge", "Josiah Swales", "Swales", "--why", "his hand"]);
    assert_eq!(merged.stdout, "P1, Josiah Swales (decision 1)\n");
    let identified = ["people", "identify", "P1", "gnd", "https://d-nb.info/gnd/118540238"];
    ok(&at, &identified);
    let card = folded(&ok(&at, &["people", "show", "P1"]));
    assert!(card.contains("1 sent, 1 received, 1888"), "{card}");
    for query in ["from:P1", "to:P1", "to:\"Josiah Swales\""] {
        assert!(ok(&at, &["list", query]).stdout.ends_with("\n1 letter\n"), "{query}");
    }
    let stats = &lines(&ok(&at, &["stats", "--format", "jsonl"]))[0];
    assert_eq!(stats["facets"]["to"][1], serde_json::json!(["Josiah Swales", 1]));
    assert!(card.contains("https://d-nb.info/gnd/118540238"), "{card}");
    assert!(card.contains("Editor, 2026-01-02: his hand"), "{card}");
    let wrong = run_in(&at, &["people", "identify", "P1", "gnd", "118540239"], b"");
    assert_eq!(wrong.status, Some(1));
    assert!(wrong.stderr.contains("expected the check digit 8"), "{}", wrong.stderr);
    assert_eq!(run_in(&at, &["people", "undo", "1"], b"").status, Some(1));
    ok(&at, &["people", "undo", "2"]);
    ok(&at, &["people", "undo", "1"]);
    assert_eq!(ok(&at, &["people"]).stdout, listed);
}

#[test]
fn programs_get_all_and_people_a_page() {
    let given = ["Anna", "Clara", "Helen", "Josiah", "Otto", "Paul", "Ruth", "Walter"];
    let family = ["Berg", "Hale", "Hartwell", "Keller", "Marsh", "Swales", "Weber"];
    let mut letters = String::new();
    for (n, (given, family)) in
        given.iter().flat_map(|g| family.iter().map(move |f| (g, f))).enumerate()
    {
        let text = LETTER
            .replace("Josiah Swales", &format!("{given} {family}"))
            .replace("1888", &(1801 + n).to_string());
        letters += &format!("{}\n", serde_json::json!({"id": n, "text": text}));
    }
    let at = folder("archive-many", &[("many.jsonl", &letters)]);
    ok(&at, &["add", "many.jsonl"]);
    let count = |args: &[&str]| ok(&at, args).stdout.lines().count();
    assert_eq!(count(&["list", "--format", "csv"]), 57);
    assert_eq!(count(&["search", "tides", "-f", "jsonl"]), 56);
    assert_eq!(count(&["list", "-f", "jsonl", "-n", "3"]), 3);
    // and a blank line and the sum
    assert_eq!(count(&["list"]), 22);
    // those who write, and the one who is written to
    assert_eq!(count(&["people", "-f", "csv"]), 58);
    assert_eq!(count(&["people", "-f", "csv", "-n", "5"]), 6);
    assert!(folded(&ok(&at, &["people"])).contains("50 of 57 entries"));
    let stats = ok(&at, &["stats", "-f", "csv"]).stdout;
    let years: Vec<&str> = stats.lines().filter_map(|l| l.strip_prefix("year,")).collect();
    assert_eq!((years.len(), years[0], years[55]), (56, "1801,1", "1856,1"));
    assert_eq!(stats.lines().filter(|l| l.starts_with("from,")).count(), 56);
    let stats = ok(&at, &["stats", "-f", "csv", "--limit", "2"]).stdout;
    assert_eq!(stats.lines().filter(|l| l.starts_with("from,")).count(), 2);
    assert!(folded(&ok(&at, &["stats"])).contains("and 44 more"));
}

#[test]
fn a_field_is_denied_by_a_hyphen_also_where_options_stand_beside_it() {
    let at = archive("archive-denied");
    let found = |args: &[&str]| ok(&at, args).stdout.lines().count();
    assert_eq!(found(&["search", "-from:Swales", "-f", "jsonl"]), 1);
    assert_eq!(found(&["search", "tides", "-from:Swales", "-fjsonl"]), 1);
    assert_eq!(found(&["list", "-f", "jsonl", "-(from:Swales or from:Harker)"]), 0);
    let ran = run_in(&at, &["search", "-tides"], b"");
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("-- -t"), "{}", ran.stderr);
}

#[test]
fn messages_speak_of_letters_and_files_and_not_of_the_programs_parts() {
    let at = archive("archive-words");
    fs::write(at.join("taken"), "a file").unwrap();
    fs::write(at.join("odd.csv"), "nr;feld;wert\n1;date;1888\n").unwrap();
    fs::write(at.join("good.csv"), "letter;field;value\n1;date;1888-06-05\n").unwrap();
    let cases: [(&[&str], &str); 6] = [
        (&["add", "letters", "--archive", "taken"], "expected to use taken, but found"),
        (
            &["edit", "--csv", "odd.csv"],
            "expected a column `letter`, but found the columns nr, feld, wert",
        ),
        (&["edit", "1", "senders.0", "Hale"], "expected one of its fields to set"),
        (&["edit", "1", "acts.0", "dance"], "but found `dance`"),
        (&["list", "lang:englisch"], "expected a language, but found `englisch`"),
        (&["backup", "taken"], "expected a new folder for the copy, but found a file"),
    ];
    for (args, expected) in cases {
        let ran = run_in(&at, args, b"");
        let said = ran.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(ran.status != Some(0) && said.contains(expected), "{args:?}: {said}");
        for word in ["os error", " struct", "variant", "StringRecord", "entity"] {
            assert!(!said.contains(word), "{args:?}: {said}");
        }
    }
    ok(&at, &["edit", "--csv", "good.csv"]);
    assert_eq!(ok(&at, &["list", "lang:english", "-f", "jsonl"]).stdout.lines().count(), 2);
}

#[test]
fn files_that_are_passed_over_are_named() {
    let films: Vec<String> = (10..22).map(|n| format!("in/film{n}.mp4")).collect();
    let mut files: Vec<(&str, &str)> = films.iter().map(|f| (f.as_str(), "")).collect();
    files.push(("in/a.txt", LETTER));
    let at = folder("archive-passed-over", &files);
    let said = ok(&at, &["add", "in"]).stderr;
    assert!(said.contains("in/film19.mp4 and 2 more; --verbose names all"), "{said}");
    assert!(ok(&at, &["add", "in", "--verbose"]).stderr.contains("in/film21.mp4"));
}

#[test]
fn an_identifier_that_stands_twice_in_a_file_is_two_letters_for_good() {
    let one = |id: &str, text: &str| serde_json::json!({ "id": id, "text": text }).to_string();
    let first = one("1", "Bath, 1 May 1801.\n\nDear Sister, I am well.\n\nAnn Lowe");
    let second = one("1", "Ely, 2 May 1802.\n\nDear Sister, I am ill.\n\nAnn Ware");
    let file = format!("{first}\n{second}\n{first}\n");
    let at = folder("archive-twice", &[("d/a.jsonl", &file)]);
    assert_eq!(ok(&at, &["add", "d"]).stderr, "2 letters added, 1 there already\n");
    for paths in [&["add", "d"][..], &["add", "d/a.jsonl"]] {
        assert_eq!(ok(&at, paths).stderr, "0 letters added, 3 there already\n");
    }
    assert_eq!(
        ok(&at, &["show", "d/a.jsonl / 1 (2)", "--text"]).stdout.lines().next(),
        Some("Ely, 2 May 1802.")
    );
    // what comes after them is added, and a change is a new version of the one that it is of
    let changed = first.replace("well", "better");
    let third = one("2", "Rye, 3 May 1803.\n\nDear Sister, I am gone.\n\nAnn Ware");
    fs::write(at.join("d/a.jsonl"), format!("{changed}\n{second}\n{third}\n")).unwrap();
    let again = ok(&at, &["add", "d"]).stderr;
    assert_eq!(again, "1 letter added, 1 changed, 1 there already\n");
    assert_eq!(ok(&at, &["verify"]).stdout, "3 letters, all whole\n");
}

#[test]
fn the_fields_of_a_letter_are_shown_as_they_can_be_named() {
    let at = archive("archive-fields");
    let shown = ok(&at, &["show", "1", "--fields"]).stdout;
    let has = |shown: &str, path: &str, value: &str| {
        shown.lines().any(|line| {
            line.trim().strip_prefix(path).is_some_and(|rest| rest.trim_start().starts_with(value))
        })
    };
    assert!(has(&shown, "senders.0.name ", "Josiah Swales"), "{shown}");
    assert!(has(&shown, "date ", "1888-06-04 “4 June 1888”"), "{shown}");
    ok(&at, &["edit", "1", "senders.0", "--reject"]);
    let shown = ok(&at, &["show", "1", "--fields"]).stdout;
    assert!(!shown.contains("senders."), "{shown}");
}

#[test]
fn misspelt_fields_and_values_of_another_kind_are_refused() {
    let at = archive("archive-misspelt");
    for (field, value, expected) in [
        ("recipient_typo", "x", "the nearest is `recipient`"),
        ("foo", "bar", "expected a field of the record, but found `foo`"),
        ("language", "francese", "expected a language, by its English name or a BCP 47 tag"),
        ("sender", "", "expected a value, but found an empty one"),
    ] {
        let refused = run_in(&at, &["edit", "1", field, value], b"");
        assert_eq!(refused.status, Some(1), "{field}");
        let said = refused.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(expected), "{said}");
    }
    let refused = run_in(&at, &["edit", "1", "foo", "bar"], b"").stderr;
    assert!(refused.contains("the fields are language, date,"), "{refused}");
    assert_eq!(ok(&at, &["list", "has:correction"]).stdout, "0 letters\n");
}

#[test]
fn findings_follow_a_correction() {
    let text =
        "Whitby, Tuesday, 3 March 1846\n\nDear Sir,\n\nAll is well.\n\nYours truly,\nJohn Hale";
    let at = folder("archive-follow", &[("a.txt", text)]);
    ok(&at, &["add", "a.txt"]);
    assert!(ok(&at, &["show", "1"]).stdout.contains("weekday-agrees"));
    let set = ok(&at, &["edit", "1", "date", "1846-03-04"]);
    assert!(set.stdout.contains("nothing → weekday-conflict"), "{}", set.stdout);
    let card = ok(&at, &["show", "1"]).stdout;
    assert!(card.contains("weekday-conflict") && !card.contains("weekday-agrees"), "{card}");
    assert!(ok(&at, &["list", "finding:weekday-conflict"]).stdout.ends_with("\n1 letter\n"));
    ok(&at, &["edit", "--undo", "1"]);
    assert!(ok(&at, &["show", "1"]).stdout.contains("weekday-agrees"));
}

#[test]
fn a_letter_of_the_archive_explains_itself_and_shows_its_earlier_versions() {
    let at = archive("archive-explain");
    // the title has the number, and how many letters were read stands below
    let reason = |card: &str| {
        let lines = card.lines().skip(1).take_while(|line| !line.is_empty());
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let read = ok(&at, &["read", "--explain", "letters/harbour.txt"]).stdout;
    let shown = ok(&at, &["show", "--explain", "1"]).stdout;
    assert_eq!(reason(&shown), reason(&read));
    ok(&at, &["edit", "1", "place", "Hull"]);
    let shown = folded(&ok(&at, &["show", "--explain", "1"]));
    assert!(shown.contains("Hull └ correction by Editor, 100 %"), "{shown}");
    fs::write(at.join("letters/harbour.txt"), LETTER.replace("Whitby", "Robin Hood's Bay"))
        .unwrap();
    ok(&at, &["add", "letters"]);
    let old = folded(&ok(&at, &["show", "1", "--version", "1"]));
    assert!(old.starts_with("letter 1, version 1 · letters/harbour.txt"), "{old}");
    assert!(old.contains("where Whitby"), "as it was read, without corrections: {old}");
    assert_eq!(ok(&at, &["show", "1", "--version", "1", "--text"]).stdout, LETTER);
    let none = run_in(&at, &["show", "1", "--version", "3"], b"");
    assert!(none.stderr.contains("expected a version of letter 1"), "{}", none.stderr);
}

#[test]
fn nobody_is_asked_for_a_name_where_nothing_is_kept() {
    let at = archive("archive-nameless");
    let run = |args: &[&str], path: &str| {
        let mut command = letterbook();
        for name in ["LETTERBOOK_WHO", "USER", "LOGNAME", "USERNAME"] {
            command.env_remove(name);
        }
        // with an empty path there is no `id` either
        command.env("PATH", path).args(args).current_dir(&at).output().unwrap()
    };
    let edit = ["edit", "1", "place", "Hull"];
    let tried = run(&[&edit[..], &["--dry-run"]].concat(), "");
    assert_eq!(tried.status.code(), Some(0));
    let refused = run(&edit, "");
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("give it with --who NAME, or set LETTERBOOK_WHO"), "{said}");
    assert_eq!(run(&["edit", "--undo", "1"], "").status.code(), Some(1), "{said}");
    #[cfg(unix)]
    assert_eq!(run(&edit, &std::env::var("PATH").unwrap()).status.code(), Some(0));
}

#[test]
fn what_is_nobodys_name_parts_nothing() {
    let at = archive("archive-split");
    ok(&at, &["people", "merge", "Josiah Swales", "Swales"]);
    assert!(ok(&at, &["people"]).stdout.contains("Josiah Swales and 1 more name "));
    let refused = run_in(&at, &["people", "split", "P1", "2"], b"");
    assert_eq!(refused.status, Some(1));
    let said = refused.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("expected a name that the letters write, but found `2`"), "{said}");
    let undone = ["people", "undo", "1", "--who", "Reviser", "--why", "two men"];
    ok(&at, &undone);
    let listed = ok(&at, &["people"]).stdout;
    assert!(!listed.contains("P1"), "{listed}");
}
