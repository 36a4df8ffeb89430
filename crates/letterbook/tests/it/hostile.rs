//! Input that no letter writer made: a record with findings or a clear refusal, never a panic.

use letterbook::Options;
use letterbook::source::Source;

use crate::support::{checked_json, root};

fn check(name: &str, text: &str) -> Vec<String> {
    let letter = letterbook::read_text(text, &Options::default());
    checked_json(name, text, &letter);
    letter.findings.iter().map(|f| f.code.to_string()).collect()
}

#[test]
fn every_file_of_the_malformed_corpus_is_a_record_or_refused_by_name() {
    let mut n = 0;
    let mut folders = vec![root().join("corpora/malformed")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            n += 1;
            match Source::decode(&bytes) {
                Ok(source) => drop(check(&path.display().to_string(), source.text())),
                Err(refusal) => {
                    assert!(refusal.to_string().starts_with("expected "), "{refusal}");
                    assert!(!refusal.hint().is_empty());
                }
            }
        }
    }
    assert!(n >= 20, "expected the malformed corpus, but found {n} files");
}

#[test]
fn an_empty_letter_says_so() {
    assert_eq!(check("empty", ""), ["empty-letter"]);
    assert_eq!(check("blank lines", &"\n".repeat(1_000_000)), ["empty-letter"]);
}

#[test]
fn what_can_deceive_the_eye_is_pointed_at() {
    let findings = check("bidi", "Dear Sir,\n\nPay \u{202E}0001\u{202C} pounds.\n\nA. Smith");
    assert!(findings.contains(&"bidi-control".to_owned()), "{findings:?}");
    let findings = check("controls", "Dear Sir,\n\nPay\u{0} a\u{7} pound.\n\nA. Smith");
    assert!(findings.contains(&"control-character".to_owned()), "{findings:?}");
    let findings = check("replaced", "Dear Sir,\n\nPay a p\u{FFFD}und.\n\nA. Smith");
    assert!(findings.contains(&"lost-character".to_owned()), "{findings:?}");
}

#[test]
fn long_letters_and_long_lines_are_read() {
    check("one line", &"And so on it went. ".repeat(60_000));
    let body = "The harvest is in, thank God.\n\n".repeat(20_000);
    check("long body", &format!("Leeds, 3 May 1848.\n\nDear Father,\n\n{body}Your son,\nJohn"));
    check("no spaces", &"x".repeat(1_000_000));
    check("marks only", &"(((([[[[«„".repeat(50_000));
    check("digits only", &"18481849".repeat(50_000));
}

#[test]
fn line_ends_and_forms_of_accents_do_not_change_what_is_read() {
    for entry in std::fs::read_dir(root().join("corpora/letters")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let text = Source::decode(&std::fs::read(&path).unwrap()).unwrap().text().to_owned();
        let lf = text.replace("\r\n", "\n");
        let crlf = lf.replace('\n', "\r\n");
        let read = |text: &str| {
            let letter = letterbook::read_text(text, &Options::default());
            checked_json(&path.display().to_string(), text, &letter);
            let names = |parties: &[letterbook::record::Party]| {
                parties
                    .iter()
                    .filter_map(|p| Some(p.name.as_ref()?.value.clone()))
                    .collect::<Vec<_>>()
            };
            let labels: Vec<_> = letter.zones.iter().map(|z| z.label).collect();
            (
                letter.date.map(|d| d.value),
                names(&letter.senders),
                names(&letter.recipients),
                labels,
            )
        };
        assert_eq!(read(&lf), read(&crlf), "{}", path.display());
    }
}

proptest::proptest! {
    #[test]
    fn any_text_gives_a_record_that_holds(text: String) {
        check("random", &text);
    }

    #[test]
    fn letter_like_noise_gives_a_record_that_holds(
        parts in proptest::collection::vec(
            proptest::sample::select(&[
                "Dear Sir", ",", "\n", "\n\n", " ", "3", "May", "1848", "Yours", "P.S.", "\u{202E}", "é",
                "Encl.", "Tel", "+44", "@", "大阪", "昭和", "31.", "Februar", "inst.", "«", "»", "\"", "No. 7",
                "on behalf of", "anniversary", "61st", "letter of the", "\r\n", "\u{0}", "[", "]", "?",
            ][..]),
            0..80,
        )
    ) {
        check("noise", &parts.concat());
    }
}
