//! Instructions a letter: what callgrind counts is the same on a busy machine and on an idle one.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::say;

/// How often the corpus is read in the longer of the two runs.
const TIMES: u64 = 11;

/// Counts the instructions of reading `corpora/letters` once and eleven times through the pipe;
/// the difference is free of start-up.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let program = root.join("target/release/letterbook");
    let build = Command::new("cargo")
        .args(["build", "--release", "--locked", "-p", "letterbook-cli"])
        .current_dir(root)
        .status();
    if !build.is_ok_and(|s| s.success()) {
        return Err("the release build failed".into());
    }
    let (once, letters, bytes) = pipe_input(&root.join("corpora/letters"))?;
    let folder = root.join("target/instructions");
    fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let mut counts = Vec::new();
    for times in [1, TIMES] {
        let input = folder.join(format!("{times}.jsonl"));
        fs::write(&input, once.repeat(times as usize)).map_err(|e| e.to_string())?;
        counts.push(count(&program, &input)?);
    }
    let more = TIMES - 1;
    let per_letter = (counts[1] - counts[0]) / (more * letters);
    say(&format!(
        "start-up and tables: {} thousand instructions",
        (counts[0] - per_letter * letters) / 1000
    ));
    say(&format!(
        "a letter of {} bytes: {} thousand instructions",
        bytes / letters,
        per_letter / 1000
    ));
    say(&format!("a byte: {} instructions", (counts[1] - counts[0]) / (more * bytes)));
    Ok(())
}

/// The corpus as lines of the pipe, with its number of letters and bytes.
fn pipe_input(folder: &Path) -> Result<(String, u64, u64), String> {
    let (mut lines, mut letters, mut bytes) = (String::new(), 0, 0);
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        // the few letters in other encodings are the business of the file reader, not of the pipe
        let Ok(text) = fs::read_to_string(path) else { continue };
        letters += 1;
        bytes += text.len() as u64;
        let _ = writeln!(lines, "{{\"id\":{letters},\"text\":\"{}\"}}", escaped(&text));
    }
    Ok((lines, letters, bytes))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// What callgrind collects over one run of the pipe.
fn count(program: &Path, input: &Path) -> Result<u64, String> {
    let input = fs::File::open(input).map_err(|e| e.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["read", "--jsonl"])
        .stdin(input)
        .stdout(Stdio::null())
        .output()
        .map_err(|e| format!("expected valgrind on the path, but it could not be started: {e}"))?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = report.lines().find_map(|l| l.split_once("Collected :"));
    let number = line.and_then(|(_, n)| n.trim().parse().ok());
    number.ok_or_else(|| format!("expected a line of collected instructions, but found\n{report}"))
}
