//! Every record against `schemas/letter.schema.json`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use letterbook::Options;
use letterbook::source::Source;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let text = fs::read_to_string(root().join("schemas/letter.schema.json")).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
});

fn faults(json: &Value) -> Vec<String> {
    SCHEMA.iter_errors(json).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[track_caller]
fn check(name: &str, text: &str) {
    for explain in [false, true] {
        let options = Options { explain, ..Options::default() };
        let json = serde_json::to_value(letterbook::read_text(text, &options)).unwrap();
        let faults = faults(&json);
        assert!(faults.is_empty(), "{name}: the schema refuses the record\n{}", faults.join("\n"));
    }
}

#[test]
fn every_letter_of_the_corpora_gives_a_valid_record() {
    let mut n = 0;
    let mut folders = vec![root().join("corpora/letters"), root().join("corpora/malformed")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(source) = Source::decode(&fs::read(&path).unwrap()) {
                check(&path.display().to_string(), source.text());
                n += 1;
            }
        }
    }
    assert!(n >= 60, "expected the corpora, but found {n} texts");
}

#[test]
fn the_schema_refuses_what_a_record_must_not_say() {
    let refused = |json: &str| {
        let value: Value = serde_json::from_str(json).unwrap();
        assert!(!faults(&value).is_empty(), "expected a refusal of {json}");
    };
    refused(r#"{}"#);
    refused(r#"{"letterbook":2}"#);
    refused(r#"{"letterbook":1,"place":null}"#);
    refused(r#"{"letterbook":1,"place":{"value":"Hull","evidence":[],"confidence":0.5}}"#);
    refused(
        r#"{"letterbook":1,"place":{"value":"Hull","evidence":[],"confidence":1,"by":"place"}}"#,
    );
    refused(r#"{"letterbook":1,"zones":[{"label":"greeting","start":0,"end":4,"confidence":1}]}"#);
    refused(
        r#"{"letterbook":1,"acts":[{"act":"ask","evidence":[{"start":0,"end":1,"quote":"?"}],"confidence":1.5}]}"#,
    );
    assert_eq!(faults(&serde_json::json!({"letterbook": 1})), Vec::<String>::new());
    let said = r#"{"letterbook":1,"place":{"value":"Hull","evidence":[],"confidence":1,"by":"correction by Ann"}}"#;
    let said: Value = serde_json::from_str(said).unwrap();
    assert_eq!(faults(&said), Vec::<String>::new(), "a person may say what no page shows");
}

#[test]
fn gold_letters_give_valid_records() {
    let folder = [root().join("../shared/gold/dev"), root().join("../../shared/gold/dev")]
        .into_iter()
        .find(|f| f.exists());
    let Some(folder) = folder else {
        eprintln!("skipped: ../shared/gold/dev is not there");
        return;
    };
    let mut n = 0;
    for language in fs::read_dir(folder).unwrap() {
        for file in fs::read_dir(language.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            // a few letters of each edition: the shape of records, not their accuracy
            for line in text.lines().step_by(15) {
                let gold: Value = serde_json::from_str(line).unwrap();
                check(gold["id"].as_str().unwrap(), gold["text"].as_str().unwrap());
                n += 1;
            }
        }
    }
    assert!(n > 100, "expected gold letters, but found {n}");
}
