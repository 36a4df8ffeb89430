//! Bad input: a record with findings or a failure that says where and what to do; never less.

use std::fs;

use super::program::{folder, json, root, run, run_in};

#[test]
fn the_malformed_corpus_is_read_or_refused_file_by_file() {
    let at = root().join("corpora/malformed");
    let mut files = 0;
    for set in fs::read_dir(&at).expect("the corpus is there") {
        let set = set.expect("readable").path();
        if !set.is_dir() {
            continue;
        }
        for file in fs::read_dir(&set).expect("readable") {
            let file = file.expect("readable").path();
            let name = file.display().to_string();
            files += 1;
            for form in ["jsonl", "text", "csv"] {
                let ran = run(&["read", &name, "--format", form], b"");
                assert!(matches!(ran.status, Some(0 | 1)), "{name}: {ran:?}");
                assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
                assert!(!ran.stdout.contains("internal-fault"), "{name}: {}", ran.stdout);
                let obeyed = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
                if form == "text" {
                    assert_eq!(ran.stdout.chars().find(|c| obeyed(*c)), None, "{name}");
                    assert_eq!(ran.stderr.chars().find(|c| obeyed(*c)), None, "{name}");
                }
                if ran.status == Some(1) {
                    assert!(ran.stderr.contains("help: "), "{name}: {}", ran.stderr);
                }
            }
        }
    }
    assert!(files > 15, "found only {files} files");
}

#[test]
fn every_line_of_the_malformed_pipes_is_answered() {
    for set in ["jsonl-bad-lines", "jsonl-deep-nesting", "lone-surrogate"] {
        let input = fs::read(root().join(format!("corpora/malformed/{set}/letters.jsonl")))
            .expect("the corpus is there");
        let asked: Vec<usize> = input
            .split(|&b| b == b'\n')
            .enumerate()
            .filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace))
            .map(|(n, _)| n + 1)
            .collect();
        let ran = run(&["read", "--jsonl"], &input);
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{set}");
        let answers: Vec<_> = ran.stdout.lines().map(json).collect();
        assert_eq!(answers.len(), asked.len(), "{set}");
        for (answer, number) in answers.iter().zip(asked) {
            assert_eq!(answer["letterbook"], 1);
            if answer.get("error").is_some() {
                assert_eq!(answer["line"], number, "{set}: {answer}");
            }
        }
        assert!(answers.iter().any(|a| a.get("error").is_none()), "{set}: the good ones are read");
    }
}

#[test]
fn large_input_is_read_or_refused_in_good_time() {
    let at = folder("large", &[]);
    fs::write(at.join("blank-lines.txt"), "\n".repeat(1_000_000)).expect("written");
    fs::write(at.join("one-line.txt"), "word ".repeat(20_000_000)).expect("written");
    let long =
        format!("Hull, 3 May 1850\n\n{}", "We sailed at noon and saw no land.\n".repeat(9000));
    fs::write(at.join("long.txt"), long).expect("written");
    let begun = std::time::Instant::now();
    let ran = run_in(&at, &["read", ".", "--format", "jsonl"], b"");
    let answers: Vec<_> = ran.stdout.lines().map(json).collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[2]["error"]["code"], "too-large", "100 MB are beyond the limit");
    assert!(ran.stderr.contains("--max-bytes"), "{}", ran.stderr);
    // generous: this is a build without optimisation on a shared machine
    assert!(begun.elapsed().as_secs() < 300, "took {:?}", begun.elapsed());
}
