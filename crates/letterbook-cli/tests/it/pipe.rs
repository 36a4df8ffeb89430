//! The contract of `letterbook read --jsonl`.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json as object};

use super::program::{LETTER, Ran, evidence, json, letterbook, run};

fn pipe(input: &str) -> Ran {
    run(&["read", "--jsonl"], input.as_bytes())
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(json).collect()
}

#[test]
fn every_line_is_answered_in_order_with_its_own_id() {
    let ids: Vec<Value> = (0..700)
        .map(|n| if n % 3 == 0 { object!(n) } else { object!(format!("letter {n}")) })
        .collect();
    let input: String = ids
        .iter()
        .enumerate()
        .map(|(n, id)| {
            // long letters between short ones, so that cores finish out of order
            let text = LETTER.repeat(if n % 50 == 0 { 40 } else { 1 });
            format!("{}\n", object!({"id": id, "text": text}))
        })
        .collect();
    let ran = pipe(&input);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    let answered: Vec<Value> = lines(&ran).iter().map(|record| record["id"].clone()).collect();
    assert_eq!(answered, ids);
    assert_eq!(pipe(&input), ran, "the same input gives the same bytes");
}

#[test]
fn a_record_says_what_it_is_and_cites_the_text() {
    let text = format!("Zürich, 大阪 😀\r\n\r\n{LETTER}");
    let ran = pipe(&object!({"id": "a", "text": text}).to_string());
    assert!(ran.stdout.starts_with("{\"letterbook\":1,\"id\":\"a\","), "{}", ran.stdout);
    assert!(!ran.stdout.contains("\": "), "compact: {}", ran.stdout);
    let cited = evidence(&json(&ran.stdout));
    assert!(!cited.is_empty(), "{}", ran.stdout);
    for (start, end, quote) in cited {
        let there: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(there, quote, "{start}..{end}");
    }
}

#[test]
fn half_surrogates_are_read_and_positions_stay_the_senders() {
    let letter = LETTER.replace('\n', "\\n");
    let ran = pipe(&format!("{{\"id\": 1, \"text\": \"Oslo \\ud83d\\n{letter}\"}}"));
    let record = json(&ran.stdout);
    assert!(record.get("error").is_none(), "{}", ran.stdout);
    let text = format!("Oslo \u{FFFD}\n{LETTER}");
    for (start, end, quote) in evidence(&record) {
        let there: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(there, quote, "{start}..{end}");
    }
}

#[test]
fn a_bad_line_is_one_error_record_and_the_rest_is_read() {
    let good = object!({"id": "good", "text": LETTER}).to_string();
    let bad = [
        "{\"id\": 9, \"text\": \"Dear",
        "[]",
        "{\"id\": \"t\", \"text\": 3}",
        "{\"id\": \"m\"}",
        "{\"text\": \"a\", \"text\": \"b\", \"id\": \"d\"}",
        "nonsense",
    ];
    let input: String = bad.iter().map(|bad| format!("{bad}\n{good}\n")).collect();
    let ran = pipe(&input);
    assert_eq!(ran.status, Some(0), "every line was answered: {}", ran.stderr);
    let answers = lines(&ran);
    assert_eq!(answers.len(), 2 * bad.len());
    let alone = json(&pipe(&good).stdout);
    for (n, pair) in answers.chunks(2).enumerate() {
        assert_eq!(pair[0]["line"], 2 * n + 1, "{}", bad[n]);
        for key in ["code", "message", "hint"] {
            assert!(pair[0]["error"][key].is_string(), "{key} of {}", bad[n]);
        }
        assert_eq!(pair[1], alone);
    }
    let ids: Vec<&Value> = answers.iter().step_by(2).map(|a| &a["id"]).collect();
    let null = Value::Null;
    let expected = [&object!(9), &null, &object!("t"), &object!("m"), &object!("d"), &null];
    assert_eq!(ids, expected);
}

#[test]
fn escaped_and_plain_lines_give_the_same_record() {
    let plain = r#"{"id": "å", "text": "Malmö, den 3 mars 1848\n\nKära Åsa, 大阪 😀"}"#;
    let escaped = r#"{"id": "\u00e5", "text": "Malm\u00f6, den 3 mars 1848\n\nK\u00e4ra \u00c5sa, \u5927\u962a \ud83d\ude00"}"#;
    assert_eq!(pipe(plain), pipe(escaped));
}

#[test]
fn a_file_of_lines_that_is_not_there_is_a_failure() {
    let ran = run(&["read", "--jsonl", "no-such-file.jsonl"], b"");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("error[not-found]"), "{}", ran.stderr);
}

#[test]
fn a_line_beyond_the_limit_is_refused_and_measured() {
    let long = object!({"id": 1, "text": "x".repeat(5000)});
    let short = object!({"id": 2, "text": "Dear Sir,"});
    let args = ["read", "--jsonl", "--max-bytes", "1000"];
    let ran = run(&args, format!("{long}\n{short}\n").as_bytes());
    let answers = lines(&ran);
    assert_eq!(answers[0]["error"]["code"], "too-large");
    assert_eq!(
        answers[0]["error"]["message"],
        format!("expected at most 1000 bytes, but found {}", long.to_string().len())
    );
    assert_eq!(answers[1]["id"], 2);
}

#[test]
fn hints_are_taken_and_nulls_are_no_hints() {
    let text = "the 5th inst.\n\nDear Sir,\n\nThe boat is sold.\n\nYours truly,\nA. Bone";
    let with = object!({"id": 1, "text": text, "lang": "en", "anchor": "1901-12-20"});
    let without = object!({"id": 1, "text": text, "lang": null, "received": null});
    let ran = pipe(&format!("{with}\n{without}\n"));
    let answers = lines(&ran);
    assert!(answers.iter().all(|a| a.get("error").is_none()), "{}", ran.stdout);
}

#[test]
fn a_person_at_the_keyboard_gets_each_answer_before_the_next_question() {
    let mut child = letterbook()
        .args(["read", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    let mut input = child.stdin.take().expect("stdin is a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    for n in 0..5 {
        writeln!(input, "{}", object!({"id": n, "text": LETTER})).expect("the program listens");
        let mut line = String::new();
        output.read_line(&mut line).expect("the program answers");
        assert_eq!(json(&line)["id"], n);
    }
    drop(input);
    assert!(child.wait().expect("the program ends").success());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = letterbook()
        .args(["read", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    let mut input = child.stdin.take().expect("stdin is a pipe");
    drop(child.stdout.take());
    let writer = std::thread::spawn(move || {
        let line = format!("{}\n", object!({"id": 1, "text": LETTER}));
        while input.write_all(line.as_bytes()).is_ok() {}
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer does not panic");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(unix)]
#[test]
fn an_interrupted_pipe_leaves_whole_lines_behind() {
    let mut child = letterbook()
        .args(["read", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    let mut input = child.stdin.take().expect("stdin is a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    writeln!(input, "{}", object!({"id": 1, "text": LETTER})).expect("the program listens");
    let mut line = String::new();
    output.read_line(&mut line).expect("the program answers");
    // the input stays open: only the signal can end the run
    let killed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .expect("every Unix has kill");
    assert!(killed.success());
    assert_eq!(child.wait().expect("the program ends").code(), Some(130));
    let mut rest = String::new();
    output.read_line(&mut rest).expect("the pipe is readable to its end");
    assert_eq!((json(&line)["id"].as_i64(), rest.as_str()), (Some(1), ""));
    drop(input);
}

#[test]
fn every_code_of_an_error_has_the_form_that_the_schema_states() {
    let input = b"{\"text\": \"M\xFCnchen\"}\n[1]\n";
    let ran = run(&["read", "--jsonl"], input);
    for record in lines(&ran) {
        let code = record["error"]["code"].as_str().expect("each line is bad");
        let is_word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase());
        assert!(code.split('-').all(is_word), "{code}");
    }
}
