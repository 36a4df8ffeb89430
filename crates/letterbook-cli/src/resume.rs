//! Going on with an output that was begun: which letters it has, and which files are left.
//!
//! What is there is taken from the file and from what a run that was killed left under its hidden
//! name, line by line: whole records stay, failures and torn lines go, so that their letters are
//! tried again. A run writes its answers in order, so only the file of its last record may be
//! there in part: it is read again, before all others, and its records are passed over one by one.
//! Every other file that gave a record and no failure is done. Owns no form of output.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use letterbook::record::Id;
use serde::Deserialize;

use crate::files::{self, Item};
use crate::output::{Output, beside, part_of};

/// What an output has already.
#[derive(Debug, Default)]
pub(crate) struct Done {
    ids: HashSet<Id>,
    /// Files, and files within files, of which there is a record.
    begun: HashSet<String>,
    /// Those of which there is a failure.
    failed: HashSet<String>,
    /// The identifier of the last record.
    last: Option<Id>,
}

/// What matters of a line here.
#[derive(Deserialize)]
struct Seen {
    id: Option<Id>,
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
                Ok(Seen { id: Some(id), error: None }) if line.ends_with(b"\n") => {
                    let is_new = self.ids.insert(id.clone());
                    if is_new {
                        kept.write_all(&line)?;
                        each_file(&id, |file| {
                            self.begun.insert(file.to_owned());
                        });
                        self.last = Some(id);
                    }
                }
                Ok(Seen { id: Some(id), .. }) => {
                    each_file(&id, |file| {
                        self.failed.insert(file.to_owned());
                    });
                }
                _ => {}
            }
            line.clear();
        }
        Ok(())
    }

    /// Whether the output has the letter of that identifier.
    pub(crate) fn has(&self, id: Option<&Id>) -> bool {
        id.is_some_and(|id| self.ids.contains(id))
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

/// The names of the files that an identifier may be a part of: all that ends before a ` / `.
fn each_file(id: &Id, mut each: impl FnMut(&str)) {
    if let Id::Text(id) = id {
        id.match_indices(" / ").for_each(|(at, _)| each(&id[..at]));
        each(id);
    }
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
