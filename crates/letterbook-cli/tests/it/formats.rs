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

/// What the record of one letter of a file of the corpus says, every field of it.
fn reading(path: &str, part: &str) -> Option<Value> {
    let file = root().join("corpora").join(path).display().to_string();
    let id = if part.is_empty() { file.clone() } else { format!("{file} / {part}") };
    let found = records(&[&file]);
    if found.iter().any(|(_, r)| r["error"]["code"] == "program-missing") {
        eprintln!("skipped: {path} needs a program that is not here");
        return None;
    }
    let ids: Vec<&String> = found.iter().map(|(id, _)| id).collect();
    let record = found.iter().find(|(i, _)| *i == id);
    let (_, record) = record.unwrap_or_else(|| panic!("{id} is not in {ids:#?}"));
    Some(said(record))
}

/// The letter as a page of plain text, which all files hold.
fn page() -> Value {
    reading("letters/en-official-harbour-board.txt", "").expect("needs no program")
}

/// Holds that this letter of the file says all that the plain text does, and no more.
#[track_caller]
fn check_part(path: &str, part: &str) {
    if let Some(found) = reading(&format!("files/{path}"), part) {
        same(&format!("{path} {part}"), &found, &page(), &[]);
    }
}

/// The fields of a record, but for those named, are those of another.
#[track_caller]
fn same(what: &str, found: &Value, expected: &Value, but: &[&str]) {
    let (Value::Object(found), Value::Object(expected)) = (found, expected) else {
        panic!("expected two records");
    };
    assert!(expected.len() > 6, "{what}: {expected:?}");
    let keys = found.keys().chain(expected.keys()).filter(|key| !but.contains(&key.as_str()));
    for key in keys {
        assert_eq!(found.get(key), expected.get(key), "{what}: {key}");
    }
}

#[track_caller]
fn check(path: &str) {
    check_part(path, "");
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
fn recognised_pages_give_the_reading_of_the_plain_text() {
    check("alto/tesseract.xml");
    check("hocr/tesseract.hocr");
}

#[test]
fn pictures_of_the_page_give_the_reading_of_the_plain_text() {
    check("picture/poppler.png");
    check("pdf/img2pdf.pdf");
}

#[test]
fn letters_inside_other_files_give_the_reading_of_the_plain_text() {
    check_part("mail/attached.eml", "attachment 1 (letter.docx)");
    check_part("outlook/attached.msg", "attachment 1 (letter.docx)");
    check_part("archive/letters.zip", "libreoffice.docx");
    check_part("archive/letters.zip", "pandoc.html");
    check_part("archive/letters.tar.gz", "odt/pandoc.odt");
    check_part("archive/letters.tar.gz", "rtf/libreoffice.rtf");
    check_part("archive/letters.tar.gz", "markdown/pandoc.md");
}

#[test]
fn mails_of_every_kind_give_one_reading() {
    let plain = reading("files/mail/plain.eml", "").expect("needs no program");
    for (path, part) in [
        ("mail/alternative.eml", ""),
        ("mail/html-only.eml", ""),
        ("mail/maildir/new/1267764720.M1P1.skerran", ""),
        ("mail/three.mbox", "message 1"),
        ("archive/letters.zip", "three.mbox / message 1"),
    ] {
        let found = reading(&format!("files/{path}"), part).expect("needs no program");
        same(path, &found, &plain, &[]);
    }
    for path in ["outlook/plain.msg", "outlook/html-only.msg"] {
        let found = reading(&format!("files/{path}"), "").expect("needs no program");
        same(path, &found, &plain, &["date"]);
        // Outlook keeps the moment and not the writer's zone: 23:52 in -0500 is the day after
        assert_eq!(plain["date"]["value"], "2010-03-04");
        assert_eq!(found["date"]["value"], "2010-03-05", "{path}");
        assert_eq!(found["date"]["alternatives"], plain["date"]["alternatives"], "{path}");
    }
}

#[test]
fn a_mail_says_what_its_head_says_beside_the_page() {
    let (page, mail) = (page(), reading("files/mail/plain.eml", "").expect("needs no program"));
    // a mail names its sender, its recipients and its day, and days are told from that
    let told_by_head = ["senders", "recipients", "date", "references", "mentions"];
    same("mail/plain.eml", &mail, &page, &told_by_head);
    let other_days = mail["date"]["alternatives"].as_array().expect("another day");
    assert!(other_days.iter().any(|d| d["value"] == page["date"]["value"]), "{other_days:?}");
    let (from, by) = (&mail["senders"][0], &page["senders"][0]);
    assert_eq!(from["name"]["value"], "Zoë Armitage");
    for key in ["on_behalf_of", "address"] {
        assert_eq!(from[key], by[key], "{key}");
    }
    let contacts = from["contacts"].as_array().expect("contacts");
    assert!(contacts.iter().any(|c| c["value"] == "z.armitage@skerran.example"), "{contacts:?}");
    assert!(by["contacts"].as_array().expect("a cable").iter().all(|c| contacts.contains(c)));
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
fn one_identifier_in_two_files_is_two_letters_and_both_are_kept() {
    let line = |id: Value, text: &str| format!("{}\n", serde_json::json!({"id": id, "text": text}));
    let reply = LETTER.replace("list of tides", "chart of rocks");
    let (a, b) = (line(1.into(), LETTER), line(1.into(), &reply));
    let at = folder("two-files", &[("two/a.jsonl", &a), ("two/b.jsonl", &b)]);
    let read = |paths: &str, more: &[&str]| {
        let args = ["read", paths, "-f", "jsonl", "-q", "-o", "all.jsonl"];
        assert_eq!(run_in(&at, &[&args[..], more].concat(), b"").status, Some(0));
        let all = fs::read_to_string(at.join("all.jsonl")).expect("written");
        let source = |record: Value| record["source"].as_str().unwrap_or_default().to_owned();
        all.lines().map(json).map(source).collect::<Vec<_>>()
    };
    assert_eq!(read("two/a.jsonl", &[]), ["two/a.jsonl"]);
    assert_eq!(read("two", &["--resume"]), ["two/a.jsonl", "two/b.jsonl"]);
    assert_eq!(read("two", &["--resume"]), ["two/a.jsonl", "two/b.jsonl"], "all is done");
    // another text under the same name and identifier is another letter
    fs::write(at.join("two/a.jsonl"), line(1.into(), &reply)).expect("ours");
    let again = read("two", &["--resume"]);
    assert_eq!(again, ["two/a.jsonl", "two/b.jsonl", "two/a.jsonl"]);

    let cards = run_in(&at, &["read", "two"], b"").stdout;
    assert!(cards.starts_with("two/a.jsonl / 1"), "{cards}");
    assert!(cards.contains("\ntwo/b.jsonl / 1"), "{cards}");
    assert!(run_in(&at, &["read", "two/a.jsonl"], b"").stdout.starts_with("1 · "));
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_leaves_the_old_file_and_names_what_it_has_written() {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    let at = folder("stopped", &[("a.txt", LETTER)]);
    for (format, resumes) in [("csv", false), ("jsonl", true)] {
        let (out, part) = (format!("keep.{format}"), format!(".keep.{format}.part"));
        fs::write(at.join(&out), "old\n").expect("ours");
        // standard input stays open, so the run cannot end
        let mut child = letterbook()
            .args(["read", "a.txt", "-", "-f", format, "-q", "-o", &out])
            .current_dir(&at)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let _input = child.stdin.take();
        let begun = Instant::now();
        while !fs::read_to_string(at.join(&part)).is_ok_and(|part| part.contains("a.txt")) {
            assert!(begun.elapsed() < Duration::from_secs(60), "expected the first letter");
            std::thread::sleep(Duration::from_millis(20));
        }
        let killed = std::process::Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status()
            .expect("it runs");
        assert!(killed.success());
        let ended = child.wait_with_output().expect("it ends");
        assert_eq!(ended.status.code(), Some(130));
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(said.contains(&part), "{said}");
        assert_eq!(said.contains("--resume"), resumes, "{said}");
        assert_eq!(fs::read_to_string(at.join(&out)).expect("there"), "old\n");
    }
    let args = ["read", "a.txt", "-f", "jsonl", "-q", "-o", "keep.jsonl", "--resume"];
    assert_eq!(run_in(&at, &args, b"").status, Some(0));
    let kept = fs::read_to_string(at.join("keep.jsonl")).expect("written");
    assert_eq!((kept.lines().count(), &json(&kept)["id"]), (1, &"a.txt".into()));
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

/// A folder with a `pdftotext` that does what `script` says, a PDF for it and a letter; and the
/// program, set to run there with that tool.
#[cfg(unix)]
fn with_tool(name: &str, script: &str) -> (std::path::PathBuf, std::process::Command) {
    use std::os::unix::fs::PermissionsExt;
    let at = folder(name, &[("bin/pdftotext", script), ("a.pdf", "%PDF-1.7\n"), ("b.txt", LETTER)]);
    let tool = at.join("bin/pdftotext");
    fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).expect("ours");
    let path =
        format!("{}:{}", at.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let mut command = letterbook();
    command.current_dir(&at).env("PATH", path);
    (at, command)
}

#[cfg(unix)]
#[test]
fn a_program_that_hangs_is_stopped_and_the_rest_is_read() {
    let (_, mut command) = with_tool("hang", "#!/bin/sh\nexec sleep 1000\n");
    let output = command
        .args(["read", "a.pdf", "b.txt", "-f", "jsonl", "--max-seconds", "1"])
        .output()
        .expect("the program runs");
    let lines: Vec<Value> = String::from_utf8_lossy(&output.stdout).lines().map(json).collect();
    assert_eq!(lines[0]["error"]["code"], "too-long");
    assert!(lines[1]["error"].is_null());
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_outlives_a_program_that_is_killed() {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    let (at, mut command) = with_tool(
        "killed",
        "#!/bin/sh\necho $$ $PPID >pids.part; mv pids.part pids; exec sleep 1000\n",
    );
    let mut program = command
        .args(["read", "a.pdf", "-f", "jsonl"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    /// Waits for what must come; far longer than it takes.
    fn wait(what: &str, is_there: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_there() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "expected {what}, but waited in vain"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    wait("the tool to start", || at.join("pids").exists());
    let pids = fs::read_to_string(at.join("pids")).expect("written");
    // a process that has ended may still be listed until somebody asks for its status
    let is_alive = |pid: &str| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit(')').next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with(" Z"))
    };
    let pids: Vec<&str> = pids.split_whitespace().collect();
    assert!(pids.len() == 2 && pids.iter().all(|pid| is_alive(pid)), "{pids:?}");
    program.kill().expect("it runs");
    program.wait().expect("it was killed");
    wait("the worker and its tool to end", || !pids.iter().any(|pid| is_alive(pid)));
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
