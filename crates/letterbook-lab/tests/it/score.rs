//! `lab score` against `../shared/score/score.py`, on the same readings.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use letterbook::record::Id;
use letterbook::{Options, read_text};
use serde_json::Value;

fn shared() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("LETTERBOOK_SHARED") {
        return Some(path.into());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    ["../shared", "../../shared"].iter().map(|p| root.join(p)).find(|p| p.is_dir())
}

fn figures(mut command: Command, arguments: &[&Path], json: &Path) -> BTreeMap<String, Value> {
    let [first, second, annotated, readings] = arguments else { panic!("four files") };
    command.args([first, second]).arg("--annotated").arg(annotated);
    command.arg("--readings").arg(readings).arg("--json").arg(json);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&fs::read_to_string(json).unwrap()).unwrap()
}

#[test]
fn figures_are_those_of_the_shared_scorer() {
    let Some(shared) = shared().filter(|s| s.join("score/score.py").exists()) else {
        eprintln!("skipped: ../shared/score/score.py is not there");
        return;
    };
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: python3 is not there");
        return;
    }
    let files = ["gold/dev/en/mitford.jsonl", "gold/dev/fr/escher.jsonl", "annotated/dev.jsonl"]
        .map(|f| shared.join(f));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut readings = String::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        // every ninth letter goes unread, as when a reader gives up
        for (_, line) in text.lines().enumerate().filter(|(i, _)| i % 9 != 8) {
            let gold: Value = serde_json::from_str(line).unwrap();
            let mut record = read_text(gold["text"].as_str().unwrap(), &Options::default());
            record.id = gold["id"].as_str().map(|id| Id::Text(id.to_owned()));
            writeln!(readings, "{}", serde_json::to_string(&record).unwrap()).unwrap();
        }
    }
    let read = folder.join("readings.jsonl");
    fs::write(&read, readings).unwrap();

    let arguments = [&files[0], &files[1], &files[2], &read].map(PathBuf::as_path);
    let mut lab = Command::new(env!("CARGO_BIN_EXE_letterbook-lab"));
    lab.arg("score");
    let ours = figures(lab, &arguments, &folder.join("ours.json"));
    let mut python = Command::new("python3");
    python.arg(shared.join("score/score.py"));
    let theirs = figures(python, &arguments, &folder.join("theirs.json"));

    assert!(theirs.len() > 30, "expected many figures, but found {}", theirs.len());
    let names = |f: &BTreeMap<String, Value>| f.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&ours), names(&theirs));
    for (name, expected) in &theirs {
        let (a, b) = (ours[name].as_f64().unwrap(), expected.as_f64().unwrap());
        assert!((a - b).abs() < 1e-9, "{name}: expected {b}, but found {a}");
    }
}
