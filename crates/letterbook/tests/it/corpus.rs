//! The project's own letters against the readings that were made of them by eye.
//!
//! `corpora/letters/MISSES.tsv` lists every difference between the two, so that each is known,
//! none is forgotten, and a change shows what it mends and what it breaks. `UPDATE_MISSES=1`
//! rewrites the file; read the difference before it is committed.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use letterbook::Options;
use letterbook::source::Source;
use serde_json::Value;

use crate::support::{checked_json, root};

/// A row of the comparison: what was expected and what was read, or nothing on either side.
struct Miss {
    row: String,
    expected: String,
    found: String,
}

#[test]
fn the_letters_are_read_as_a_careful_editor_reads_them_but_for_the_misses_listed() {
    let folder = root().join("corpora/letters");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|e| {
            e.unwrap().file_name().into_string().unwrap().strip_suffix(".txt").map(str::to_owned)
        })
        .collect();
    names.sort();
    assert!(names.len() >= 40, "expected at least 40 letters, but found {}", names.len());

    let (mut rows, mut misses) = (0, String::new());
    for name in &names {
        let bytes = fs::read(folder.join(format!("{name}.txt"))).unwrap();
        let source = Source::decode(&bytes).unwrap();
        let letter = letterbook::read_text(source.text(), &Options::default());
        let read = checked_json(name, source.text(), &letter);
        let expected = fs::read_to_string(folder.join(format!("{name}.expected.json"))).unwrap();
        let expected: Value =
            serde_json::from_str(&expected).unwrap_or_else(|e| panic!("{name}.expected.json: {e}"));
        let mut comparison = Comparison { rows: 0, misses: Vec::new() };
        comparison.letter(source.text(), &expected, &read);
        rows += comparison.rows;
        for Miss { row, expected, found } in comparison.misses {
            writeln!(misses, "{name}\t{row}\t{expected}\t{found}").unwrap();
        }
    }
    let n = misses.lines().count();
    let head = format!(
        "# Where the program's reading differs from the one made by eye; written by the corpus test.\n\
         # {} letters, {rows} rows, {n} differ. Columns: letter, row, expected, found.\n",
        names.len(),
    );
    let path = folder.join("MISSES.tsv");
    let now = head + &misses;
    if std::env::var_os("UPDATE_MISSES").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    let (known, now): (BTreeSet<&str>, BTreeSet<&str>) =
        (known.lines().collect(), now.lines().collect());
    let new: Vec<_> = now.difference(&known).collect();
    let gone: Vec<_> = known.difference(&now).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "MISSES.tsv differs\nnew:\n{new:#?}\nmended:\n{gone:#?}\n\
         read the rows, then run again with UPDATE_MISSES=1"
    );
}

struct Comparison {
    rows: usize,
    misses: Vec<Miss>,
}

impl Comparison {
    fn letter(&mut self, text: &str, expected: &Value, read: &Value) {
        self.value("language", &expected["language"], &read["language"]["value"]);
        for side in ["senders", "recipients"] {
            self.parties(side, &expected[side], &read[side]);
        }
        for key in ["value", "calendar", "weekday"] {
            self.value(&format!("date.{key}"), &expected["date"][key], &read["date"][key]);
        }
        self.parallel(&expected["date"], &read["date"]);
        self.value("place", &expected["place"], &read["place"]["value"]);
        self.zones(text, &expected["zones"], &read["zones"]);
        self.found("occasions", &["kind", "ordinal", "event_date"], expected, read);
        self.found("acts", &["act"], expected, read);
        self.found("references", &["kind", "from", "date", "number"], expected, read);
        self.found("enclosures", &[], expected, read);
        self.findings(&expected["findings"], &read["findings"]);
    }

    fn row(&mut self, row: &str, expected: String, found: String) {
        self.rows += 1;
        if expected != found {
            self.misses.push(Miss { row: row.to_owned(), expected, found });
        }
    }

    fn value(&mut self, row: &str, expected: &Value, found: &Value) {
        if !(expected.is_null() && found.is_null()) {
            self.row(row, shown(expected), shown(found));
        }
    }

    fn parties(&mut self, side: &str, expected: &Value, read: &Value) {
        let n = list(expected).len().max(list(read).len());
        for i in 0..n {
            let (e, r) = (&expected[i], &read[i]);
            for key in
                ["name", "form_of_address", "role", "organisation", "on_behalf_of", "address"]
            {
                self.value(&format!("{side}[{i}].{key}"), &e[key], &r[key]["value"]);
            }
            let contacts = |v: &Value| {
                let one = |c: &Value| format!("{} {}", shown(&c["kind"]), shown(&c["value"]));
                let set: BTreeSet<String> = list(v).iter().map(one).collect();
                set.into_iter().collect::<Vec<_>>().join("; ")
            };
            let (e, r) = (contacts(&e["contacts"]), contacts(&r["contacts"]));
            if !(e.is_empty() && r.is_empty()) {
                self.row(&format!("{side}[{i}].contacts"), e, r);
            }
        }
    }

    /// The other calendars of the day; the expectation lists the first among them, too.
    fn parallel(&mut self, expected: &Value, read: &Value) {
        let all = |date: &Value| {
            let others =
                list(&date["parallel"]).iter().filter(|p| p["calendar"] != expected["calendar"]);
            let one = |p: &Value| format!("{} {}", shown(&p["calendar"]), shown(&p["value"]));
            others.map(one).collect::<Vec<_>>().join("; ")
        };
        let (e, r) = (all(expected), all(read));
        if !(e.is_empty() && r.is_empty()) {
            self.row("date.parallel", e, r);
        }
    }

    /// A zone is right when label and both ends are; the n-th of a label meets the n-th.
    fn zones(&mut self, text: &str, expected: &Value, read: &Value) {
        let characters: Vec<char> = text.chars().collect();
        let crlf = text.contains("\r\n");
        let mut labels: Vec<&str> =
            list(expected).iter().chain(list(read)).filter_map(|z| z["label"].as_str()).collect();
        labels.sort_unstable();
        labels.dedup();
        for label in labels {
            let of = |v: &'_ Value| -> Vec<Value> {
                list(v).iter().filter(|z| z["label"] == label).cloned().collect()
            };
            let (e, r) = (of(expected), of(read));
            for i in 0..e.len().max(r.len()) {
                let expected = e.get(i).map_or(String::new(), |z| {
                    let quote = z["quote"].as_str().unwrap();
                    abridged(&if crlf { quote.replace('\n', "\r\n") } else { quote.to_owned() })
                });
                let found = r.get(i).map_or(String::new(), |z| {
                    let (a, b) = (z["start"].as_u64().unwrap(), z["end"].as_u64().unwrap());
                    abridged(&characters[a as usize..b as usize].iter().collect::<String>())
                });
                self.row(&format!("zone {label}[{i}]"), expected, found);
            }
        }
    }

    /// Things found in the body: the same keys and quotes of which one holds the other.
    fn found(&mut self, what: &str, keys: &[&str], expected: &Value, read: &Value) {
        let mut left: Vec<&Value> = list(&read[what]).iter().collect();
        let describe = |v: &Value, quote: String| {
            let mut words: Vec<String> =
                keys.iter().map(|k| shown(&v[*k])).filter(|s| !s.is_empty()).collect();
            words.push(abridged(&quote));
            words.join(" ")
        };
        for e in list(&expected[what]) {
            let quote = fold(e["quote"].as_str().unwrap());
            let hit = left.iter().position(|r| {
                let q = quote_of(r);
                keys.iter().all(|k| e[*k] == r[*k]) && (q.contains(&quote) || quote.contains(&q))
            });
            match hit {
                Some(i) => {
                    left.remove(i);
                    self.row(what, String::new(), String::new());
                }
                None => self.row(what, describe(e, quote), String::new()),
            }
        }
        for r in left {
            self.row(what, String::new(), describe(r, quote_of(r)));
        }
    }

    /// Findings that need a person's eye; notes of agreement are no part of the expectation.
    fn findings(&mut self, expected: &Value, read: &Value) {
        let e: BTreeSet<String> = list(expected).iter().map(shown).collect();
        let serious =
            list(read).iter().filter(|f| f["severity"] != "note" || f["code"] == "no-date");
        let r: BTreeSet<String> = serious.map(|f| shown(&f["code"])).collect();
        let all = |s: BTreeSet<String>| s.into_iter().collect::<Vec<_>>().join("; ");
        self.row("findings", all(e), all(r));
    }
}

fn list(v: &Value) -> &[Value] {
    v.as_array().map_or(&[], Vec::as_slice)
}

fn quote_of(v: &Value) -> String {
    let quotes: Vec<&str> =
        list(&v["evidence"]).iter().filter_map(|e| e["quote"].as_str()).collect();
    fold(&quotes.join(" "))
}

fn shown(v: &Value) -> String {
    match v {
        Value::Null => String::new(),
        Value::String(s) => fold(s),
        other => other.to_string(),
    }
}

fn fold(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A long stretch by its two ends and its length: enough to see where it was cut.
fn abridged(s: &str) -> String {
    let folded = fold(s);
    let n = folded.chars().count();
    if n <= 60 {
        return folded;
    }
    let head: String = folded.chars().take(28).collect();
    let tail: String = folded.chars().skip(n - 28).collect();
    format!("{head} … {tail} ({n})")
}
