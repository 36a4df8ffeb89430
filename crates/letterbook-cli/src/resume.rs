//! Going on with an output that was begun: which letters it has, and which files are left.
//!
//! What is there is taken from the file and from what a run that was killed left under its hidden
//! name, line by line: whole records stay, failures and torn lines go, so that their letters are
//! tried again. A run writes its answers in order, so only the file of its last record may be
//! there in part: it is read again, before all others, and its records are passed over one by one.
//! Every other file that gave a record and no failure is done. A letter is known by its identifier;
//! one whose identifier is its own, which another file may have as well, by its file, its
//! identifier and the hash of its text. Owns no form of output.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use letterbook::record::Id;
use serde::Deserialize;

use crate::files::{self, Item};
use crate::intake::Letter;
use crate::output::{Output, beside, part_of};

/// What an output has already.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The texts' hashes of the letters of a file and an identifier, where the record has them.
    letters: HashMap<Key, Vec<Option<String>>>,
    /// Files, and files within files, of which there is a record.
    begun: HashSet<String>,
    /// Those of which there is a failure.
    failed: HashSet<String>,
    /// The file of the last record, or its identifier.
    last: Option<String>,
}

/// The file, where the identifier does not name it, and the identifier.
type Key = (Option<String>, Id);

/// What matters of a line here.
#[derive(Deserialize)]
struct Seen {
    id: Option<Id>,
    source: Option<String>,
    hash: Option<String>,
    error: Option<serde::de::IgnoredAny>,
}

/// Opens `file` to go on where a run was interrupted or killed; a file that is not there is begun.
///
/// # Errors
///
/// When it cannot be read or written.
pub(crate) fn open(file: &Path) -> io::Result<(Output, Done)> {
    let mut done = Done::default();
    let next = beside(file, "next");
    let mut kept = BufWriter::new(File::create(&next)?);
    for from in [file.to_owned(), part_of(file)] {
        match File::open(&from) {
            Ok(old) => done.keep(BufReader::new(old), &mut kept)?,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(e),
        }
    }
    let kept = kept.into_inner().map_err(io::IntoInnerError::into_error)?;
    // now the hidden file has all that the two had, and is the one to be written on
    fs::rename(&next, part_of(file))?;
    Ok((Output::go_on(file, kept), done))
}

impl Done {
    /// Copies the whole records of `old` that are not there yet.
    fn keep(&mut self, mut old: impl BufRead, kept: &mut impl Write) -> io::Result<()> {
        let mut line = Vec::new();
        while old.read_until(b'\n', &mut line)? > 0 {
            let seen = serde_json::from_slice::<Seen>(&line);
            match seen {
                Ok(Seen { id: Some(id), source, hash, error: None }) if line.ends_with(b"\n") => {
                    let file = file_of(&id, source.as_deref());
                    let hashes = self.letters.entry((source, id)).or_default();
                    if !hashes.contains(&hash) {
                        hashes.push(hash);
                        kept.write_all(&line)?;
                        each_file(&file, |file| {
                            self.begun.insert(file.to_owned());
                        });
                        self.last = Some(file);
                    }
                }
                Ok(Seen { id: Some(id), source, .. }) => {
                    each_file(&file_of(&id, source.as_deref()), |file| {
                        self.failed.insert(file.to_owned());
                    });
                }
                _ => {}
            }
            line.clear();
        }
        Ok(())
    }

    /// Whether the output has the letter.
    pub(crate) fn has(&self, letter: &Letter) -> bool {
        let Some(id) = letter.id.clone().filter(|_| !self.letters.is_empty()) else { return false };
        let hash = letter.hash();
        let hashes = self.letters.get(&(letter.source.clone(), id));
        hashes.into_iter().flatten().any(|had| had.is_none() || *had == hash)
    }

    /// The files that are still to be read, the one that may be there in part first.
    pub(crate) fn left(&self, items: Vec<Item>) -> Vec<Item> {
        let mut torn = HashSet::new();
        if let Some(last) = &self.last {
            each_file(last, |file| {
                torn.insert(file.to_owned());
            });
        }
        let (first, rest): (Vec<Item>, Vec<Item>) =
            items.into_iter().partition(|item| torn.contains(&item.name()));
        let rest = rest.into_iter().filter(|item| {
            let name = item.name();
            // the lines of a file have identifiers of their own
            let is_jsonl = matches!(item, Item::File(path, _) if files::is_jsonl(path));
            is_jsonl || !self.begun.contains(&name) || self.failed.contains(&name)
        });
        first.into_iter().chain(rest).collect()
    }
}

/// The file and part of a record: what it says, or its identifier.
fn file_of(id: &Id, source: Option<&str>) -> String {
    match (source, id) {
        (Some(source), _) => source.to_owned(),
        (None, Id::Text(id)) => id.clone(),
        (None, Id::Number(_)) => String::new(),
    }
}

/// The names of the files that something may be a part of: all that ends before a ` / `.
fn each_file(name: &str, mut each: impl FnMut(&str)) {
    name.match_indices(" / ").for_each(|(at, _)| each(&name[..at]));
    each(name);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(lines: &str, items: &[&str]) -> (String, Vec<String>) {
        let (mut done, mut kept) = (Done::default(), Vec::new());
        done.keep(lines.as_bytes(), &mut kept).expect("in memory");
        let items = items.iter().map(|name| Item::File(name.into(), 0)).collect();
        let left = done.left(items).iter().map(Item::name).collect();
        (String::from_utf8(kept).expect("as it came"), left)
    }

    #[test]
    fn records_stay_and_failures_and_torn_lines_are_tried_again() {
        let good = "{\"letterbook\":1,\"id\":\"a.txt\"}\n{\"letterbook\":1,\"id\":\"b.mbox / message 1\"}\n";
        let bad = "{\"letterbook\":1,\"id\":\"c.pdf\",\"error\":{\"code\":\"x\"}}\n";
        let torn = "{\"letterbook\":1,\"id\":\"d.txt\"";
        let (kept, names) = left(
            &format!("{bad}{good}{good}{torn}"),
            &["a.txt", "b.mbox", "c.pdf", "d.txt", "e.txt", "f.jsonl"],
        );
        assert_eq!(kept, good);
        // the mailbox may be there in part only, so it comes first
        assert_eq!(names, ["b.mbox", "c.pdf", "d.txt", "e.txt", "f.jsonl"]);
    }

    #[test]
    fn one_identifier_of_two_files_is_two_letters_and_another_text_a_third() {
        let old = concat!(
            "{\"id\":1,\"source\":\"a.jsonl\",\"hash\":\"x\"}\n",
            "{\"id\":1,\"source\":\"b.jsonl\",\"hash\":\"x\"}\n",
            "{\"id\":1,\"source\":\"b.jsonl\",\"hash\":\"y\"}\n",
        );
        let (kept, _) = left(&format!("{old}{old}"), &[]);
        assert_eq!(kept, old);
    }

    #[test]
    fn an_identifier_that_looks_like_another_file_does_not_stand_for_it() {
        let lines = concat!(
            "{\"id\":\"b.txt\",\"source\":\"a.jsonl\",\"hash\":\"x\"}\n",
            "{\"id\":\"c.txt\"}\n",
            "{\"id\":\"d.txt\"}\n",
        );
        assert_eq!(left(lines, &["b.txt", "c.txt"]).1, ["b.txt"]);
    }

    #[test]
    fn a_file_with_a_failure_in_one_part_is_read_again() {
        let lines = concat!(
            "{\"id\":\"a.eml\"}\n",
            "{\"id\":\"a.eml / attachment 1\",\"error\":{}}\n",
            "{\"id\":\"b.txt\"}\n",
            "{\"id\":\"c.txt\"}\n",
        );
        assert_eq!(left(lines, &["a.eml", "b.txt", "c.txt"]).1, ["c.txt", "a.eml"]);
    }
}
