//! The same letter in every format gives the same reading; what a machine lacks is said.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::program::{LETTER, folder, json, letterbook, root, run, run_in};

/// The records of `letterbook read ARGS --format jsonl`, by identifier.
fn records(args: &[&str]) -> Vec<(String, Value)> {
    let ran = run(&[&["read", "--format", "jsonl", "--quiet"], args].concat(), b"");
    let record = |line: &str| {
        let record = json(line);
        (record["id"].as_str().unwrap_or_default().to_owned(), record)
    };
    ran.stdout.lines().map(record).collect()
}

/// What a record says, without the places, which differ with the page.
fn said(record: &Value) -> Value {
    match record {
        Value::Object(object) => {
            let kept = object.iter().filter(|(key, _)| {
                !matches!(
                    key.as_str(),
                    "id" | "evidence" | "confidence" | "zones" | "start" | "end" | "findings"
                )
            });
            kept.map(|(key, value)| (key.clone(), said(value)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.iter().map(said).collect(),
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        other => other.clone(),
    }
}

/// Holds that the file gives one reading, and that it is the one of the plain text.
#[track_caller]
fn check(path: &str) {
    let plain = root().join("corpora/letters/en-official-harbour-board.txt");
    let file = root().join("corpora/files").join(path);
    let [(_, expected)] = &records(&[&plain.display().to_string()])[..] else {
        panic!("expected one reading of the plain text");
    };
    let found = records(&[&file.display().to_string()]);
    if found.iter().any(|(_, r)| r["error"]["code"] == "program-missing") {
        eprintln!("skipped: {path} needs a program that is not here");
        return;
    }
    assert_eq!(found.len(), 1, "{path}");
    let (expected, found) = (said(expected), said(&found[0].1));
    let keys =
        ["language", "senders", "recipients", "date", "place", "acts", "references", "enclosures"];
    for key in keys {
        assert_eq!(found[key], expected[key], "{path}: {key}");
    }
}

#[test]
fn markdown_gives_the_reading_of_the_plain_text() {
    check("markdown/pandoc.md");
}

#[test]
fn html_gives_the_reading_of_the_plain_text() {
    check("html/pandoc.html");
    check("html/libreoffice.html");
}

#[test]
fn word_gives_the_reading_of_the_plain_text() {
    check("docx/pandoc.docx");
    check("docx/libreoffice.docx");
}

#[test]
fn open_document_gives_the_reading_of_the_plain_text() {
    check("odt/pandoc.odt");
    check("odt/libreoffice.odt");
    check("odt/libreoffice.fodt");
}

#[test]
fn rich_text_gives_the_reading_of_the_plain_text() {
    check("rtf/pandoc.rtf");
    check("rtf/libreoffice.rtf");
}

#[test]
fn tei_gives_the_reading_of_the_plain_text() {
    check("tei/pandoc.tei");
}

#[test]
fn pdf_gives_the_reading_of_the_plain_text() {
    check("pdf/libreoffice.pdf");
    check("pdf/chromium.pdf");
}

#[test]
fn a_folder_of_every_kind_is_read_and_each_part_is_a_record() {
    let at = root().join("corpora/files");
    let ran = run_in(&at, &["read", "mail", "archive", "tei", "jsonl", "-f", "jsonl"], b"");
    let ids: Vec<String> = ran
        .stdout
        .lines()
        .map(|line| json(line)["id"].as_str().unwrap_or_default().to_owned())
        .collect();
    for expected in [
        "mail/attached.eml / attachment 1 (letter.docx)",
        "mail/maildir/new/1267764720.M1P1.skerran",
        "mail/reply.eml",
        "mail/reply.eml / quoted 1",
        "mail/three.mbox / message 3 / quoted 1",
        "archive/letters.zip / three.mbox / message 2",
        "archive/letters.tar.gz / markdown/pandoc.md",
        "tei/corpus.xml / letter 2",
        "harbour",
    ] {
        assert!(ids.iter().any(|id| id == expected), "{expected} is not in {ids:#?}");
    }
    let mut sorted = ids.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), ids.len(), "two records of one name: {ids:#?}");
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
}

#[test]
fn a_mail_whose_head_and_page_differ_gets_a_finding() {
    let mail = |from: &str, date: &str| {
        format!(
            "Message-ID: <1@b.example>\nFrom: {from}\nTo: t.reed@b.example\nDate: {date}\n\nLeeds, 4 May \
             2010\n\nDear Tom,\n\nThe two parcels came this morning, and I have put them in the dry \
             store.\n\nYours sincerely,\nJane Marsh\n"
        )
    };
    let at = folder(
        "stated",
        &[
            ("a.eml", &mail("Jane Marsh <jane@b.example>", "Tue, 4 May 2010 23:50:00 -0500")),
            ("b.eml", &mail("Jane Marsh <jane@b.example>", "Sun, 9 May 2010 10:00:00 +0000")),
            ("c.eml", &mail("Henry Ault <office@b.example>", "Tue, 4 May 2010 10:00:00 +0000")),
        ],
    );
    let ran = run_in(&at, &["read", ".", "-f", "jsonl"], b"");
    let stated: Vec<Vec<String>> = ran
        .stdout
        .lines()
        .map(|line| {
            let findings = json(line)["findings"].as_array().cloned().unwrap_or_default();
            let codes = findings.iter().filter_map(|f| f["code"].as_str());
            codes.filter(|c| c.starts_with("stated-")).map(str::to_owned).collect()
        })
        .collect();
    let expected: [&[&str]; 3] = [&[], &["stated-date-conflict"], &["stated-sender-conflict"]];
    assert_eq!(stated, expected);
}

#[test]
fn what_tei_marks_outranks_the_model() {
    let tei = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><div><opener><dateline>Unter den \
        Linden, gegen Abend</dateline><salute>Du Ungetreue</salute></opener><p>Ich komme nicht.</p>\
        <closer><signed>Der Deine</signed></closer></div></body></text></TEI>";
    let at = folder("marked", &[("a.xml", tei)]);
    let ran = run_in(&at, &["read", "a.xml", "-f", "jsonl"], b"");
    let record = json(&ran.stdout);
    let text = "Unter den Linden, gegen Abend\nDu Ungetreue\n\nIch komme nicht.\n\nDer Deine\n";
    let zones: Vec<(String, String)> = record["zones"]
        .as_array()
        .expect("zones")
        .iter()
        .map(|z| {
            let at = |key: &str| z[key].as_u64().expect("a number") as usize;
            (
                z["label"].as_str().unwrap_or_default().to_owned(),
                text[at("start")..at("end")].to_owned(),
            )
        })
        .collect();
    let zone = |label: &str, words: &str| (label.to_owned(), words.to_owned());
    assert_eq!(zones[0], zone("dateline", "Unter den Linden, gegen Abend"));
    assert_eq!(zones[1], zone("salutation", "Du Ungetreue"));
    assert_eq!(zones.last(), Some(&zone("signature", "Der Deine")));
}

#[test]
fn places_lead_back_to_the_file() {
    let path = root().join("corpora/files/docx/pandoc.docx").display().to_string();
    let [(_, record)] = &records(&["--where", &path])[..] else { panic!("expected one letter") };
    assert_eq!(record["where"]["format"], "docx");
    let evidence = &record["date"]["evidence"][0];
    let places = record["where"]["places"].as_array().expect("places");
    let place = places
        .iter()
        .find(|p| p["start"] == evidence["start"] && p["end"] == evidence["end"])
        .expect("the date has a place");
    assert_eq!(place["at"][0]["part"], "word/document.xml");
    assert!(
        place["at"][0]["path"].as_str().is_some_and(|p| p.starts_with("/document[1]/body[1]/p["))
    );
    let card = run(&["read", "--where", &path], b"").stdout;
    assert!(card.contains("└ word/document.xml /document[1]/body[1]/p["), "{card}");

    let at = folder("places", &[("a.txt", LETTER)]);
    let ran = run_in(&at, &["read", "a.txt", "--where", "-f", "jsonl"], b"");
    let record = json(&ran.stdout);
    for place in record["where"]["places"].as_array().expect("places") {
        let bytes = &place["at"][0]["bytes"];
        let (from, to) =
            (bytes[0].as_u64().expect("a number"), bytes[1].as_u64().expect("a number"));
        assert!(LETTER.get(from as usize..to as usize).is_some());
    }
}

#[test]
fn an_interrupted_run_is_gone_on_with() {
    let many = "From a@b Thu Mar  4 16:52:00 2010\nFrom: a@b.example\nDate: 4 Mar 2010 10:00 +0000\n\nSir,\n\n";
    let at = folder("resume", &[("a.txt", LETTER), ("b.mbox", &many.repeat(3)), ("c.txt", LETTER)]);
    let args = ["read", ".", "-f", "jsonl", "-o", "out.jsonl"];
    assert_eq!(run_in(&at, &args, b"").status, Some(0));
    let whole = fs::read_to_string(at.join("out.jsonl")).expect("written");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    assert_eq!(lines.len(), 5);

    // as if the run had been killed in the middle of the fourth record
    fs::remove_file(at.join("out.jsonl")).expect("there");
    let torn = format!("{}{}", lines[..3].concat(), &lines[3][..20]);
    fs::write(at.join(".out.jsonl.part"), torn).expect("written");
    let ran = run_in(&at, &[&args[..], &["--resume"]].concat(), b"");
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.is_empty() || ran.stderr.contains("2 letters"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(at.join("out.jsonl")).expect("written"), whole);
    assert!(!at.join(".out.jsonl.part").exists());

    let ran = run_in(&at, &["read", ".", "-o", "x.txt", "--resume"], b"");
    assert_eq!(ran.status, Some(2), "{}", ran.stderr);
}

#[test]
fn a_file_that_eats_memory_fails_alone() {
    // packed well, but not so well that it is taken for a bomb
    let noise: String = (0..4_000_000u32)
        .map(|i| char::from(b'a' + (i.wrapping_mul(2_654_435_761) >> 28) as u8))
        .collect();
    let at = folder("memory", &[("b.txt", LETTER)]);
    fs::write(
        at.join("a.eml"),
        format!("Message-ID: <1@b.example>\nFrom: a@b.example\n\n{}", noise.repeat(8)),
    )
    .expect("written");
    let ran = run_in(&at, &["read", ".", "-f", "jsonl", "--max-memory", "40M"], b"");
    let lines: Vec<Value> = ran.stdout.lines().map(json).collect();
    assert_eq!(lines[0]["error"]["code"], "too-much-memory", "{}", ran.stdout);
    assert!(ran.stderr.contains("--max-memory"), "{}", ran.stderr);
    assert_eq!(lines[1]["id"], "./b.txt");
    assert!(lines[1]["error"].is_null());
}

#[cfg(unix)]
#[test]
fn a_program_that_hangs_is_stopped_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let at = folder(
        "hang",
        &[
            ("bin/pdftotext", "#!/bin/sh\nexec sleep 1000\n"),
            ("a.pdf", "%PDF-1.7\n"),
            ("b.txt", LETTER),
        ],
    );
    let program = at.join("bin/pdftotext");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("ours");
    let path =
        format!("{}:{}", at.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let output = letterbook()
        .args(["read", "a.pdf", "b.txt", "-f", "jsonl", "--max-seconds", "1"])
        .current_dir(&at)
        .env("PATH", path)
        .output()
        .expect("the program runs");
    let lines: Vec<Value> = String::from_utf8_lossy(&output.stdout).lines().map(json).collect();
    assert_eq!(lines[0]["error"]["code"], "too-long");
    assert!(lines[1]["error"].is_null());
}

#[test]
fn what_is_missing_is_said() {
    let at = folder("missing", &[("a.pdf", "%PDF-1.7\n")]);
    // `sh` is found by its path; nothing else is
    let bin = at.join("bin");
    fs::create_dir_all(&bin).expect("ours");
    let sh = Path::new("/bin/sh");
    if !sh.exists() {
        return eprintln!("skipped: no /bin/sh");
    }
    #[cfg(unix)]
    let _ = std::os::unix::fs::symlink(sh, bin.join("sh"));
    let output = letterbook()
        .args(["read", "a.pdf"])
        .current_dir(&at)
        .env("PATH", &bin)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("error[program-missing]"), "{said}");
    assert!(said.contains("poppler-utils"), "{said}");
}
