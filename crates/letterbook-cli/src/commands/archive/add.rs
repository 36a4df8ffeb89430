//! `letterbook add`: files into the archive, a batch at a time, once or as they come.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use letterbook::record::Id;
use letterbook_archive::ingest::{Item, Outcome};
use letterbook_archive::store::Hash;
use letterbook_archive::{Archive, Error, Hints};
use rayon::prelude::*;

use super::{Failure, count, now, reader, say, tidy};
use crate::args::archive::Add;
use crate::commands::Status;
use crate::files::{self, Found};
use crate::intake::{Intake, Letter, Refusal, Settings, Taken};
use crate::interrupt;
use crate::progress::{Progress, Tally, Unit};
use crate::render::{finding, width};
use crate::request::Problem;

/// Files passed over that are named, unless all are asked for.
const NAMED: usize = 10;

/// Letters in one batch, about.
const BATCH: usize = 1_000;

/// Bytes of files and texts in one batch, about.
const BATCH_BYTES: usize = 32 << 20;

/// Files that are looked for in the archive at a time.
const LOOKED: usize = 4_096;

/// How often a watched folder is looked at.
const LOOK: Duration = Duration::from_millis(1000);

/// How often, while waiting, a Ctrl-C is looked for.
const NAP: Duration = Duration::from_millis(50);

pub(crate) fn run(args: &Add) -> Result<Status, Failure> {
    interrupt::listen();
    let settings = args.intake.settings(false, false);
    let mut adding = Adding {
        args,
        settings,
        names: Names::default(),
        counts: Counts::default(),
        failed: false,
    };
    if !args.paths.is_empty() {
        let found = files::find(&args.paths, None, !args.intake.no_ocr);
        let found = outside(found, &args.archive.folder);
        let mut archive = Archive::open_or_create(&args.archive.folder, reader())?;
        let done = adding.all(&mut archive, found);
        // what was added is there whatever came after it
        let closed = archive.close();
        done?;
        closed?;
    }
    if let Some(folder) = args.watch.as_deref().filter(|_| !interrupt::is_asked()) {
        adding.watch(folder)?;
        return Ok(Status::Interrupted);
    }
    Ok(match (interrupt::is_asked(), adding.failed) {
        (true, _) => Status::Interrupted,
        (false, true) => Status::Incomplete,
        (false, false) => Status::Done,
    })
}

/// What was found without what lies in the archive's own folder.
fn outside(mut found: Found, archive: &Path) -> Found {
    let Ok(archive) = archive.canonicalize() else { return found };
    let is_outside = |path: &Path| !path.canonicalize().is_ok_and(|p| p.starts_with(&archive));
    found.items.retain(|item| match item {
        files::Item::File(path, _) => is_outside(path),
        _ => true,
    });
    found.skipped.retain(|path| is_outside(path));
    found
}

/// How many files became what.
#[derive(Debug, Default)]
struct Counts {
    added: u64,
    changed: u64,
    known: u64,
    /// Letters so far, and what could not be read.
    tally: Tally,
}

impl Counts {
    fn summary(&self) -> String {
        let mut line = format!("{} added", count(self.added, "letter"));
        for (n, what) in [(self.changed, "changed"), (self.known, "there already")] {
            if n > 0 {
                line.push_str(&format!(", {} {what}", crate::progress::grouped(n)));
            }
        }
        line.push_str(&self.tally.failures());
        if self.tally.skipped > 0 {
            line.push_str(&format!("; {} passed over", self.tally.skipped));
        }
        line
    }
}

/// Letters on their way into the archive, and what they are called in messages.
#[derive(Default)]
struct Batch {
    items: Vec<Item>,
    bytes: usize,
}

struct Adding<'a> {
    args: &'a Add,
    settings: Settings,
    names: Names,
    counts: Counts,
    failed: bool,
}

/// The names that letters of one file have got. An identifier that stands in a file twice is two
/// letters' unless the letters are one: the second is called `file / identifier (2)`, and so again
/// whenever the file is added.
#[derive(Debug, Default)]
struct Names {
    /// The file, as far as it has a name.
    file: Option<Arc<str>>,
    given: HashMap<(String, Hash), String>,
    taken: HashMap<String, u32>,
}

impl Names {
    /// Forgets the names of the file before, where `file` is another.
    fn turn_to(&mut self, file: Option<Arc<str>>) {
        if self.file != file {
            *self = Names { file, ..Names::default() };
        }
    }

    /// The name of a letter that would be called `wanted`.
    fn give(&mut self, wanted: &str, hash: Hash) -> String {
        let key = (wanted.to_owned(), hash);
        if let Some(name) = self.given.get(&key) {
            return name.clone();
        }
        let mut n = self.taken.get(wanted).map_or(1, |n| n + 1);
        let numbered = |n: u32| if n == 1 { wanted.to_owned() } else { format!("{wanted} ({n})") };
        let mut name = numbered(n);
        while n > 1 && self.taken.contains_key(&name) {
            n += 1;
            name = numbered(n);
        }
        self.taken.insert(wanted.to_owned(), n);
        self.taken.entry(name.clone()).or_insert(1);
        self.given.insert(key, name.clone());
        name
    }
}

impl Adding<'_> {
    /// Adds everything that was found, until it is done or Ctrl-C.
    fn all(&mut self, archive: &mut Archive, found: Found) -> Result<(), Failure> {
        self.names = Names::default();
        let size = |item: &files::Item| match item {
            files::Item::File(_, size) => Some(*size),
            files::Item::Unreadable(..) => Some(0),
            files::Item::Stdin => None,
        };
        let total: Option<u64> = found.items.iter().map(size).sum();
        self.counts.tally.skipped += found.skipped.len() as u64;
        let most = if self.args.verbose { usize::MAX } else { NAMED };
        let passed_over = files::passed_over(&found.skipped, most);
        let mut progress = Progress::new(Unit::Letter, total, self.args.quiet, false);
        let mut before = Vec::new();
        for items in found.items.chunks(LOOKED) {
            let new = self.unknown(archive, items, &mut progress)?;
            let mut batch = Batch::default();
            for taken in Intake::new(new, &self.settings) {
                if interrupt::is_asked() {
                    break;
                }
                let done = taken.iter().map(|t| t.taken).sum();
                self.take_in(taken, &mut batch, &progress);
                progress.advance(done, &self.counts.tally);
                if batch.items.len() >= BATCH || batch.bytes >= BATCH_BYTES {
                    let full = std::mem::take(&mut batch);
                    before = self.push(archive, full, before, &progress)?;
                }
            }
            before = self.push(archive, batch, before, &progress)?;
            if interrupt::is_asked() {
                break;
            }
        }
        self.push(archive, Batch::default(), before, &progress)?;
        progress.finish();
        if !self.args.quiet {
            let mut summary = self.counts.summary();
            if interrupt::is_asked() {
                summary.push_str("; interrupted, the same command goes on from here");
            }
            say(&summary);
            if let Some(names) = passed_over {
                say(&names);
            }
        }
        Ok(())
    }

    /// The files whose bytes are not in the archive under their name, so that what is there
    /// already costs no more than to read it.
    fn unknown(
        &mut self,
        archive: &Archive,
        items: &[files::Item],
        progress: &mut Progress,
    ) -> Result<Vec<files::Item>, Failure> {
        let most = self.settings.limits.file_bytes;
        let hashes: Vec<Option<Hash>> = items
            .par_iter()
            .map(|item| match item {
                files::Item::File(path, size) if *size <= most => {
                    std::fs::read(path).ok().map(|bytes| Hash::of(&bytes))
                }
                _ => None,
            })
            .collect();
        let mut new = Vec::new();
        for (item, hash) in items.iter().zip(hashes) {
            let is_known = match hash {
                Some(hash) => archive.store().holds(&tidy(&item.name()), hash)?,
                None => false,
            };
            if !is_known {
                new.push(item.clone());
                continue;
            }
            self.counts.known += 1;
            self.counts.tally.letters += 1;
            if let files::Item::File(_, size) = item {
                progress.advance(*size, &self.counts.tally);
            }
        }
        Ok(new)
    }

    /// Opens the pieces of files on all cores, and puts their letters into the batch.
    fn take_in(&mut self, taken: Vec<Taken>, batch: &mut Batch, progress: &Progress) {
        let settings = &self.settings;
        let opened: Vec<(Option<Arc<str>>, Vec<Opened>)> = taken
            .into_par_iter()
            .map(|taken| {
                let source = taken.source();
                let letters = settings.open(taken).into_iter();
                let letters = letters.map(|letter| to_item(source.as_ref(), letter, settings));
                let letters = letters.collect();
                (source, letters)
            })
            .collect();
        let each = opened.into_iter().flat_map(|(source, letters)| {
            letters.into_iter().map(move |letter| (source.clone(), letter))
        });
        for (source, one) in each {
            let item = match one {
                Ok(mut item) => {
                    self.names.turn_to(source);
                    item.source = self.names.give(&item.source, Hash::of(&item.bytes));
                    item
                }
                Err(unread) => {
                    let Unread { refusal, kept } = *unread;
                    let hint = match kept {
                        Some(_) => format!("{}; its bytes are kept", refusal.problem.hint),
                        None => refusal.problem.hint.to_string(),
                    };
                    let problem = Problem { hint: hint.into(), ..*refusal.problem };
                    self.fail(&refusal.name, refusal.line, &problem, progress);
                    let Some(item) = kept else { continue };
                    item
                }
            };
            batch.bytes += item.bytes.len() + item.text.as_ref().map_or(0, String::len);
            batch.items.push(item);
        }
    }

    fn fail(&mut self, name: &str, line: Option<u64>, problem: &Problem, progress: &Progress) {
        self.failed = true;
        self.counts.tally.fail(problem.code.clone());
        progress.say(&finding::failure(name, line, problem, width(None)));
    }

    /// Hands a batch to the archive, and counts what became of the one before; the names of this
    /// one, for the next time.
    fn push(
        &mut self,
        archive: &mut Archive,
        batch: Batch,
        before: Vec<(String, bool)>,
        progress: &Progress,
    ) -> Result<Vec<(String, bool)>, Failure> {
        let names = batch.items.iter().map(|i| (i.source.clone(), i.failure.is_some())).collect();
        let outcomes = archive.push(batch.items, &now())?;
        for ((name, is_told), outcome) in before.iter().zip(outcomes) {
            self.counts.tally.letters += 1;
            match outcome {
                Outcome::Added(_) => self.counts.added += 1,
                Outcome::Changed(..) => self.counts.changed += 1,
                Outcome::Known(_) | Outcome::Same(_) if *is_told => {}
                Outcome::Known(_) | Outcome::Same(_) => self.counts.known += 1,
                Outcome::Unreadable(..) if *is_told => {}
                Outcome::Unreadable(id, why) => {
                    let hint = format!("its bytes are kept as letter {id}");
                    let problem = Problem::new("unreadable-file", why, hint);
                    self.fail(name, None, &problem, progress);
                }
            }
        }
        Ok(names)
    }

    /// Adds what is new or changed in a folder, until Ctrl-C.
    ///
    /// The folder is looked at, not listened to: that works on every disk, and a file that is
    /// still being written is left until two looks have found it the same.
    fn watch(&mut self, folder: &Path) -> Result<(), Failure> {
        if !self.args.quiet {
            say(&format!("watching {}; Ctrl-C ends it", folder.display()));
        }
        let mut seen: HashMap<PathBuf, Seen> = HashMap::new();
        while !interrupt::is_asked() {
            let mut ready = Found::default();
            let found = files::find(&[folder.to_owned()], None, !self.args.intake.no_ocr);
            for item in outside(found, &self.args.archive.folder).items {
                let files::Item::File(path, size) = item else { continue };
                let changed = path.metadata().and_then(|m| m.modified()).ok();
                let now = Seen { size, changed, is_taken: false };
                let last = seen.insert(path.clone(), now);
                match last {
                    Some(last) if (last.size, last.changed) == (size, changed) => {
                        if last.is_taken {
                            seen.insert(path, last);
                        } else {
                            ready.items.push(files::Item::File(path, size));
                        }
                    }
                    _ => {}
                }
            }
            if !ready.items.is_empty() {
                self.take_ready(ready, &mut seen)?;
            }
            let mut waited = Duration::ZERO;
            while waited < LOOK && !interrupt::is_asked() {
                std::thread::sleep(NAP);
                waited += NAP;
            }
        }
        Ok(())
    }

    fn take_ready(
        &mut self,
        ready: Found,
        seen: &mut HashMap<PathBuf, Seen>,
    ) -> Result<(), Failure> {
        let mut archive = match Archive::open_or_create(&self.args.archive.folder, reader()) {
            // another command writes: look again when it is done
            Err(Error::Busy { .. }) => return Ok(()),
            opened => opened?,
        };
        for item in &ready.items {
            if let files::Item::File(path, _) = item
                && let Some(seen) = seen.get_mut(path)
            {
                seen.is_taken = true;
            }
        }
        self.counts = Counts::default();
        let done = self.all(&mut archive, ready);
        let closed = archive.close();
        done?;
        closed?;
        Ok(())
    }
}

/// A file of a watched folder at the last look.
struct Seen {
    size: u64,
    changed: Option<SystemTime>,
    is_taken: bool,
}

/// What gave no letter.
struct Unread {
    refusal: Refusal,
    /// Its bytes, where it is a file that can be opened.
    kept: Option<Item>,
}

/// What a piece of a file gave.
type Opened = Result<Item, Box<Unread>>;

/// A letter as the archive takes it; of what could not be read the bytes, where it is a file that
/// can be opened.
fn to_item(
    source: Option<&Arc<str>>,
    letter: Result<Letter, Refusal>,
    settings: &Settings,
) -> Opened {
    let file = || {
        let path = source.map(|source| Path::new(&**source))?;
        let is_small = path.metadata().ok()?.len() <= settings.limits.file_bytes;
        is_small.then(|| std::fs::read(path).ok()).flatten()
    };
    match letter {
        Err(refusal) => {
            let is_file = refusal.line.is_none() && source.is_some_and(|s| **s == *refusal.name);
            let kept = is_file.then(file).flatten().map(|bytes| Item {
                source: tidy(&refusal.name),
                bytes,
                failure: Some(refusal.problem.message.clone()),
                ..Item::default()
            });
            Err(Box::new(Unread { refusal, kept }))
        }
        Ok(letter) => {
            let is_whole = letter.document.as_ref().is_some_and(|d| d.part.is_empty());
            // of a file with several letters each is kept by its own text
            let bytes = is_whole.then(file).flatten();
            let told = letter.document.as_ref().map(|d| d.told());
            let hints = Hints {
                markup: letter.document.as_ref().map(|d| d.markup()).unwrap_or_default(),
                file: told.filter(|told| !told.is_nothing()).map(|told| told.to_json()),
                options: letter.options.clone(),
            };
            Ok(Item {
                source: name(source, &letter),
                bytes: bytes.unwrap_or_else(|| letter.text.clone().into_bytes()),
                text: Some(letter.text),
                hints,
                failure: None,
            })
        }
    }
}

/// What a letter is called in the archive: identifiers of two files may be the same, so a line's
/// stands behind its file.
fn name(source: Option<&Arc<str>>, letter: &Letter) -> String {
    let is_line = letter.document.is_none();
    match (&letter.id, source) {
        (Some(Id::Text(id)), Some(source)) if is_line && !id.starts_with(&**source) => {
            format!("{} / {id}", tidy(source))
        }
        (Some(Id::Number(id)), Some(source)) if is_line => format!("{} / {id}", tidy(source)),
        _ => tidy(&letter.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_one_identifier_are_told_apart_and_keep_their_names() {
        let [one, two, three] = [b"one", b"two", b"six"].map(|text| Hash::of(text));
        let mut names = Names::default();
        names.turn_to(Some("a.jsonl".into()));
        for _ in 0..2 {
            assert_eq!(names.give("1", one), "1");
            assert_eq!(names.give("1", two), "1 (2)");
            assert_eq!(names.give("1 (2)", three), "1 (2) (2)");
            assert_eq!(names.give("1", three), "1 (3)");
        }
        names.turn_to(Some("b.jsonl".into()));
        assert_eq!(names.give("1", two), "1", "another file");
    }
}
