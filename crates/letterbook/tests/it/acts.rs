//! The sentences of `tests/acts`: what each does, or that it does nothing; and those of
//! `tests/occasions`: what each marks.
//!
//! One file a language. A line has what the writer does by writing it (acts in their order, parted
//! by commas; `-` for none) and the sentence. A first column that ends in `!` marks a sentence that
//! is still read otherwise: when it comes to be read rightly the mark must go. The sentences were
//! written before the frames were looked at, so that they say what letters do and not what the
//! tables know; the near misses deny, report, tell of others, or have an act's word in another
//! sense.

use letterbook::letter::content::read_content;
use letterbook::record::ZoneLabel;
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook::zone::Zone;

const TABLES: [(&str, &str); 7] = [
    ("en", include_str!("../acts/en.tsv")),
    ("de", include_str!("../acts/de.tsv")),
    ("fr", include_str!("../acts/fr.tsv")),
    ("es", include_str!("../acts/es.tsv")),
    ("it", include_str!("../acts/it.tsv")),
    ("nl", include_str!("../acts/nl.tsv")),
    ("pt", include_str!("../acts/pt.tsv")),
];

const OCCASIONS: [(&str, &str); 7] = [
    ("en", include_str!("../occasions/en.tsv")),
    ("de", include_str!("../occasions/de.tsv")),
    ("fr", include_str!("../occasions/fr.tsv")),
    ("es", include_str!("../occasions/es.tsv")),
    ("it", include_str!("../occasions/it.tsv")),
    ("nl", include_str!("../occasions/nl.tsv")),
    ("pt", include_str!("../occasions/pt.tsv")),
];

/// What `sentence`, as the whole body of a letter, is read to do.
fn acts(language: &str, sentence: &str) -> String {
    let zone = Zone { label: ZoneLabel::Body, span: Span::new(0, sentence.len()), confidence: 1.0 };
    let content = read_content(&Text::new(sentence), &[zone], Some(language), None, &[], &[]);
    let acts: Vec<&str> = content.acts.iter().map(|a| a.act.name()).collect();
    if acts.is_empty() { "-".to_owned() } else { acts.join(",") }
}

/// What occasions `sentence`, as the whole body of a letter, is read to mark.
fn occasions(language: &str, sentence: &str) -> String {
    let zone = Zone { label: ZoneLabel::Body, span: Span::new(0, sentence.len()), confidence: 1.0 };
    let content = read_content(&Text::new(sentence), &[zone], Some(language), None, &[], &[]);
    let kinds = content.occasions.iter().map(|o| format!("{:?}", o.kind).to_lowercase());
    let kinds: Vec<String> = kinds.collect();
    if kinds.is_empty() { "-".to_owned() } else { kinds.join(",") }
}

#[test]
fn sentences_do_what_their_table_says() {
    assert_held("tests/acts", &TABLES, acts);
}

#[test]
fn sentences_mark_what_their_table_says() {
    assert_held("tests/occasions", &OCCASIONS, occasions);
}

/// Asserts that `read` finds in each sentence what the first column says.
fn assert_held(what: &str, tables: &[(&str, &str)], read: fn(&str, &str) -> String) {
    let mut wrong = Vec::new();
    for &(language, table) in tables {
        let mut known = 0;
        let lines = table.lines().filter(|l| !l.starts_with('#'));
        for line in lines.clone() {
            let (said, sentence) = line.split_once('\t').expect("two columns");
            let expected = said.trim_end_matches('!');
            let found = read(language, sentence);
            let missed = found != expected;
            known += usize::from(missed);
            if missed != said.ends_with('!') {
                wrong.push(format!("{language}: {sentence}\n    {said}, but read {found}"));
            }
        }
        eprintln!("{language}: {known} of {} sentences read otherwise", lines.count());
    }
    assert!(
        wrong.is_empty(),
        "expected {what} to hold, but {} sentences differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
