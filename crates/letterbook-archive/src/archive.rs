//! The archive as a whole: a store and its index, kept in step.
//!
//! Owns the order of the two: the store commits first, the index follows and says in its own
//! commit how far it reaches. An index that is missing, behind, of another form, or made from
//! another store is brought up or made anew when the archive is opened for writing. Holds no rule
//! of reading and no query.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use letterbook::record::Letter;
use rayon::prelude::*;

use crate::correction::{self, Correction, Edit, NewCorrection};
use crate::difference::{self, Difference};
use crate::error::Error;
use crate::index::{self, Index};
use crate::ingest::{self, Change, Item, Opened, Outcome, Prepared, Reader};
use crate::named::Decided;
use crate::search::{Found, Request, Search};
use crate::store::{Batch, Counts, Fault, LetterId, Reading, Stamp, Store, Stored};
use crate::terms::Common;

/// How many changes the index gathers before it is committed on its own.
const COMMIT_EVERY: usize = 50_000;

/// How many letters show which words are common. Smaller archives need no pairs.
const LEARN_FROM: usize = 2_000;

/// An archive, open for reading or as its one writer.
#[derive(Debug)]
pub struct Archive {
    store: Store,
    index: Index,
    search: Search,
    reader: Reader,
    /// What people decided of persons, for the index; of no use to who only reads.
    decided: Decided,
    /// The state of the store that the index has everything of, committed or pending.
    reached: Stamp,
    /// Files that are being read while the last batch is written.
    coming: Vec<Prepared>,
}

/// A letter as it is shown: the reading with the corrections laid over it.
#[derive(Debug, Clone)]
pub struct Held {
    /// What the store keeps.
    pub stored: Stored,
    /// The record with corrections; none when the file could not be read.
    pub letter: Option<Letter>,
}

/// What can be said of an archive as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// How many there are of everything.
    pub counts: Counts,
    /// How many letters were changed since the index was made; 0 when it is up to date.
    pub behind: usize,
}

/// What came of reading a letter again.
#[derive(Debug, Clone, PartialEq)]
pub enum Reread {
    /// The same.
    Unchanged,
    /// Another record.
    Changed {
        /// The record before, when there was one.
        before: Option<Box<Letter>>,
        /// The record now, or why there is none.
        after: Result<Box<Letter>, String>,
    },
}

/// A correction that fits its letter, and what it changes there.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The letter.
    pub letter: LetterId,
    /// What the record then says otherwise; empty when a value is confirmed.
    pub differences: Vec<Difference>,
    correction: NewCorrection,
}

/// A letter that was read again.
struct Compared {
    id: LetterId,
    reading: Reading,
    reread: Reread,
}

impl Archive {
    /// Opens the archive in `folder` as its one writer, and makes it when it is not there.
    ///
    /// An index that is behind is brought up first.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when another process writes, [`Error::Newer`] when the archive is of a
    /// newer format, and whatever the disk says.
    pub fn open_or_create(folder: &Path, reader: Reader) -> Result<Archive, Error> {
        let store = Store::open_or_create(folder)?;
        let found = Index::open(folder).map(|index| (index.stamp(), index));
        let (index, reached) = match found {
            Some((Some(stamp), index)) if store.has_been_at(stamp)? => (index, stamp),
            _ => (Index::create(folder, None)?, start()),
        };
        // files of the index that are cut or spoilt are found when they are opened
        let (index, reached, search) = match Search::new(&index) {
            Ok(search) => (index, reached, search),
            Err(_) => {
                drop(index);
                let index = Index::create(folder, None)?;
                let search = Search::new(&index)?;
                (index, start(), search)
            }
        };
        let decided = Decided::of(&store.decisions()?);
        let mut archive =
            Archive { store, index, search, reader, decided, reached, coming: Vec::new() };
        archive.catch_up()?;
        Ok(archive)
    }

    /// Opens the archive in `folder` as its one writer, if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::NotAnArchive`] when there is none, and as [`Archive::open_or_create`].
    pub fn open_to_write(folder: &Path, reader: Reader) -> Result<Archive, Error> {
        if !Store::is_in(folder) {
            return Err(Error::NotAnArchive { folder: folder.to_owned() });
        }
        Archive::open_or_create(folder, reader)
    }

    /// Opens the archive in `folder` for reading; another process may be writing.
    ///
    /// # Errors
    ///
    /// [`Error::NotAnArchive`], [`Error::Newer`], and whatever the disk says.
    pub fn open(folder: &Path, reader: Reader) -> Result<Archive, Error> {
        let store = Store::open(folder)?;
        let found = Index::open(folder).map(|index| (index.stamp(), index));
        let (index, reached) = match found {
            Some((Some(stamp), index)) if store.has_been_at(stamp)? => (index, stamp),
            _ => (Index::empty(), start()),
        };
        let search = Search::new(&index)?;
        let decided = Decided::default();
        Ok(Archive { store, index, search, reader, decided, reached, coming: Vec::new() })
    }

    /// What reads letters for it.
    ///
    /// # Errors
    ///
    /// [`Error::ReadOnly`] when the archive was opened for reading.
    fn writing_reader(&self) -> Result<Reader, Error> {
        if self.store.is_writer() { Ok(self.reader.clone()) } else { Err(Error::ReadOnly) }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Adds files in one transaction; what became of each, in order.
    ///
    /// When it returns, they are on the disk; they are found after [`Archive::commit`].
    ///
    /// # Errors
    ///
    /// When the disk fails, in which case none of them was added. A file that cannot be read is
    /// no error: it is kept, and told.
    pub fn add(&mut self, items: Vec<Item>, at: &str) -> Result<Vec<Outcome>, Error> {
        let mut outcomes = self.push(items, at)?;
        outcomes.extend(self.flush(at)?);
        Ok(outcomes)
    }

    /// Adds many files, a batch at a time: what became of the batch *before*, while this one is
    /// read on all cores. [`Archive::flush`] gives the last.
    ///
    /// # Errors
    ///
    /// As [`Archive::add`].
    pub fn push(&mut self, items: Vec<Item>, at: &str) -> Result<Vec<Outcome>, Error> {
        let reader = self.writing_reader()?;
        let files = ingest::look_up(&self.store, items)?;
        let before = std::mem::take(&mut self.coming);
        let fields = self.index.fields;
        let (read, kept) = rayon::join(
            || ingest::read(&reader, &fields, &self.decided, files),
            || keep(&mut self.store, &reader, before, at),
        );
        let (outcomes, changes) = kept?;
        self.index_changes(changes)?;
        self.coming = read?;
        // the files are kept whatever becomes of the index, which tells at the last commit
        if self.index.pending() >= COMMIT_EVERY && !self.index.has_failed() {
            let _ = self.commit();
        }
        Ok(outcomes)
    }

    /// Writes the batch that [`Archive::push`] left; what became of it.
    ///
    /// # Errors
    ///
    /// As [`Archive::add`].
    pub fn flush(&mut self, at: &str) -> Result<Vec<Outcome>, Error> {
        self.push(Vec::new(), at)
    }

    fn index_changes(&mut self, changes: Vec<Change>) -> Result<(), Error> {
        for change in changes {
            match change {
                Change::Add(id, document) => self.index.add(id, *document),
                Change::Refresh(id) => self.refresh(id)?,
            }
        }
        self.follow()?;
        self.learn_once();
        Ok(())
    }

    /// Makes the index anew with pairs of common words, as soon as there are letters enough to
    /// tell these. The letters are kept whatever comes of it: a failure is the index's, as when it
    /// cannot take a letter, and told by the next commit.
    fn learn_once(&mut self) {
        let letters = self.search.letters() + self.index.pending();
        let is_due = self.index.common().is_none() && letters >= LEARN_FROM;
        if is_due
            && !self.index.has_failed()
            && let Err(error) = self.make_anew(&mut |_, _| {})
        {
            self.index.fail("making the index anew", &error);
        }
    }

    /// Puts an empty index in the place of the one there is.
    fn empty_index(&mut self, common: Option<Common>) -> Result<(), Error> {
        self.index.close()?;
        self.index = Index::create(self.store.folder(), common)?;
        self.search = Search::new(&self.index)?;
        self.reached = start();
        Ok(())
    }

    /// Makes the index from nothing; `seen` is told how many of how many letters are done.
    fn make_anew(&mut self, seen: &mut dyn FnMut(usize, usize)) -> Result<(), Error> {
        let now = self.store.stamp()?;
        let all = self.store.changed_since(0)?;
        self.empty_index(None)?;
        if all.len() >= LEARN_FROM {
            // letters from all over the archive show its common words
            for &id in all.iter().step_by(all.len() / LEARN_FROM) {
                self.put_in(id)?;
            }
            self.commit()?;
            let common = self.search.find_common()?;
            self.empty_index(Some(common))?;
        }
        for (n, &id) in all.iter().enumerate() {
            seen(n, all.len());
            self.put_in(id)?;
        }
        self.reached = now;
        self.commit()
    }

    /// Notes that the index was given all that the store has, unless it could not take it.
    fn follow(&mut self) -> Result<(), Error> {
        if !self.index.has_failed() {
            self.reached = self.store.stamp()?;
        }
        Ok(())
    }

    /// Takes a letter into the index as the store now has it.
    fn refresh(&mut self, id: LetterId) -> Result<(), Error> {
        self.index.delete(id);
        self.put_in(id)
    }

    /// Puts a letter that is not there into the index; one that was removed meanwhile is left out.
    fn put_in(&mut self, id: LetterId) -> Result<(), Error> {
        let held = match self.letter(id) {
            Ok(held) => held,
            Err(Error::NoSuchLetter(_)) => return Ok(()),
            Err(error) => return Err(error),
        };
        let document = self.index.fields.document(index::Entry {
            text: &held.stored.text,
            letter: held.letter.as_ref(),
            sources: &held.stored.sources,
            is_corrected: !held.stored.corrections.is_empty(),
            id,
            decided: &self.decided,
        });
        self.index.add(id, document);
        Ok(())
    }

    /// Lets what was added and changed be found.
    ///
    /// # Errors
    ///
    /// When the disk fails; nothing of the letters is lost, and the index catches up later.
    pub fn commit(&mut self) -> Result<(), Error> {
        if self.index.pending() > 0 || self.index.stamp() != Some(self.reached) {
            self.index.commit(self.reached)?;
            self.search.reload()?;
        }
        Ok(())
    }

    /// Commits and waits until the archive's folder is at rest.
    ///
    /// # Errors
    ///
    /// As [`Archive::commit`].
    pub fn close(mut self) -> Result<(), Error> {
        if self.store.is_writer() {
            self.commit()?;
        }
        self.index.close()
    }

    /// Brings the index up to the store.
    fn catch_up(&mut self) -> Result<(), Error> {
        if self.reached.number == 0 {
            return self.make_anew(&mut |_, _| {});
        }
        let now = self.store.stamp()?;
        if now == self.reached {
            return Ok(());
        }
        for id in self.store.removed_since(self.reached.number)? {
            self.index.delete(id);
        }
        for id in self.store.changed_since(self.reached.number)? {
            self.refresh(id)?;
        }
        self.reached = now;
        self.commit()?;
        self.learn_once();
        Ok(())
    }

    /// Makes the index anew from the store; `seen` is told how many of how many letters are done.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn rebuild(&mut self, seen: &mut dyn FnMut(usize, usize)) -> Result<(), Error> {
        self.writing_reader()?;
        self.make_anew(seen)
    }

    /// Reads a letter's file again and keeps the new reading if it is another; corrections stay.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchLetter`], or whatever the disk says.
    pub fn read_again(&mut self, id: LetterId, at: &str) -> Result<Reread, Error> {
        let mut all = self.read_all_again(&[id], at)?;
        Ok(all.pop().map_or(Reread::Unchanged, |(_, reread)| reread))
    }

    /// Reads several letters again on all cores, and keeps the readings that are others in one
    /// transaction; corrections stay.
    ///
    /// # Errors
    ///
    /// As [`Archive::read_again`]; then none is kept.
    pub fn read_all_again(
        &mut self,
        ids: &[LetterId],
        at: &str,
    ) -> Result<Vec<(LetterId, Reread)>, Error> {
        let reader = self.writing_reader()?;
        let all = self.compare(ids, &reader)?;
        let changed = |reread: &Compared| !matches!(reread.reread, Reread::Unchanged);
        if all.iter().any(changed) {
            self.store.write(at, |batch| {
                all.iter()
                    .filter(|c| changed(c))
                    .try_for_each(|c| batch.replace_reading(c.id, &c.reading, &reader.name))
            })?;
            for c in all.iter().filter(|c| changed(c)) {
                self.refresh(c.id)?;
            }
            self.follow()?;
        }
        Ok(all.into_iter().map(|c| (c.id, c.reread)).collect())
    }

    /// What reading the letters again would change; nothing is kept.
    ///
    /// # Errors
    ///
    /// As [`Archive::read_again`].
    pub fn would_change(
        &self,
        ids: &[LetterId],
        reader: &Reader,
    ) -> Result<Vec<(LetterId, Reread)>, Error> {
        Ok(self.compare(ids, reader)?.into_iter().map(|c| (c.id, c.reread)).collect())
    }

    fn compare(&self, ids: &[LetterId], reader: &Reader) -> Result<Vec<Compared>, Error> {
        fn open((before, bytes): &(Stored, Vec<u8>)) -> Opened<'_> {
            // a text that is not the file's own came with the file and is read as it came
            let is_own = before.record.is_err() || before.text.as_bytes() == bytes;
            Opened::new(bytes, (!is_own).then(|| before.text.clone()), &before.hints)
        }
        let mut held = Vec::with_capacity(ids.len());
        for &id in ids {
            held.push((self.store.letter(id)?, self.store.original(id, None)?));
        }
        let together = ingest::together(held.len());
        let read: Vec<Vec<Reading>> = held
            .par_chunks(together)
            .map(|some| ingest::read_together(reader, some.iter().map(open).collect()))
            .collect::<Result<_, Error>>()?;
        let compared =
            held.into_iter().zip(read.into_iter().flatten()).map(|((before, _), now)| {
                let reread = if now.record == before.record {
                    Reread::Unchanged
                } else {
                    Reread::Changed {
                        before: before.record.ok().map(Box::new),
                        after: now.record.clone().map(Box::new),
                    }
                };
                Compared { id: before.id, reading: now, reread }
            });
        Ok(compared.collect())
    }

    /// The letter of that number, with its corrections laid over the reading.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchLetter`], or [`Error::Damaged`].
    pub fn letter(&self, id: LetterId) -> Result<Held, Error> {
        let stored = self.store.letter(id)?;
        let letter = self.corrected(&stored, &stored.corrections);
        Ok(Held { stored, letter })
    }

    /// A version of a letter as it was read, without corrections.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchVersion`], or [`Error::Damaged`].
    pub fn version(&self, id: LetterId, version: u32) -> Result<Held, Error> {
        let stored = self.store.version(id, version)?;
        let letter = stored.record.as_ref().ok().cloned();
        Ok(Held { stored, letter })
    }

    fn corrected(&self, stored: &Stored, corrections: &[Correction]) -> Option<Letter> {
        let letter = stored.record.as_ref().ok()?;
        let check = |letter: &Letter| (self.reader.check)(&stored.text, letter, &stored.hints);
        Some(correction::apply(letter, &stored.text, corrections, &check))
    }

    /// Finds letters.
    ///
    /// # Errors
    ///
    /// [`Error::Query`] when the query cannot be understood.
    pub fn search(&self, request: &Request<'_>) -> Result<Found, Error> {
        self.search.run(request)
    }

    /// Checks corrections against the letters that they are of, each as those before it leave its
    /// letter; nothing is kept.
    ///
    /// # Errors
    ///
    /// The position of the first that does not fit, counted from 0, and why:
    /// [`Error::Correction`] or [`Error::NoSuchLetter`].
    pub fn plan(&self, edits: &[Edit]) -> Result<Vec<Planned>, (usize, Error)> {
        let mut letters: HashMap<LetterId, Held> = HashMap::new();
        let mut planned = Vec::with_capacity(edits.len());
        for (at, edit) in edits.iter().enumerate() {
            let fits = self.plan_one(edit, &mut letters).map_err(|error| (at, error))?;
            planned.push(fits);
        }
        Ok(planned)
    }

    fn plan_one(
        &self,
        edit: &Edit,
        letters: &mut HashMap<LetterId, Held>,
    ) -> Result<Planned, Error> {
        let id = edit.letter;
        let held = match letters.entry(id) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(self.letter(id)?),
        };
        let letter = held.letter.as_ref().ok_or_else(|| {
            Error::Correction(format!("expected a letter that was read, but found {id} was not"))
        })?;
        let correction = NewCorrection::new(letter, &held.stored.text, edit)?;
        held.stored.corrections.push(correction.as_kept());
        let after = self.corrected(&held.stored, &held.stored.corrections);
        let differences =
            after.as_ref().map_or_else(Vec::new, |after| difference::between(letter, after));
        held.letter = after;
        Ok(Planned { letter: id, differences, correction })
    }

    /// Keeps corrections that were planned, all of them or none; their numbers.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn correct_all(&mut self, planned: &[Planned], at: &str) -> Result<Vec<i64>, Error> {
        let numbers = self.store.write(at, |batch| {
            planned.iter().map(|p| batch.correct(p.letter, &p.correction)).collect()
        })?;
        let letters: BTreeSet<LetterId> = planned.iter().map(|p| p.letter).collect();
        for id in letters {
            self.refresh(id)?;
        }
        self.follow()?;
        Ok(numbers)
    }

    /// Sets, confirms or rejects a value of a letter's record; the correction's number.
    ///
    /// # Errors
    ///
    /// [`Error::Correction`] when it does not fit the letter, and whatever the disk says.
    pub fn correct(&mut self, edit: &Edit, at: &str) -> Result<i64, Error> {
        let planned = self.plan(std::slice::from_ref(edit)).map_err(|(_, error)| error)?;
        let numbers = self.correct_all(&planned, at)?;
        Ok(numbers[0])
    }

    /// Takes a correction back; the letter that it was of.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchCorrection`] when there is none of that number in force.
    pub fn undo(
        &mut self,
        correction: i64,
        who: &str,
        at: &str,
        why: &str,
    ) -> Result<LetterId, Error> {
        let id = self.store.write(at, |batch| batch.undo(correction, who, why))?;
        self.refresh(id)?;
        self.follow()?;
        Ok(id)
    }

    /// Writes what people decided of persons, in one transaction at time `at`; `letters` are those
    /// that are then found by other names.
    pub(crate) fn decide<T>(
        &mut self,
        at: &str,
        letters: &BTreeSet<LetterId>,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let done = self.store.write(at, |batch| {
            let done = work(batch)?;
            letters.iter().try_for_each(|id| batch.touch(*id))?;
            Ok(done)
        })?;
        self.decided = Decided::of(&self.store.decisions()?);
        for &id in letters {
            self.refresh(id)?;
        }
        self.follow()?;
        Ok(done)
    }

    /// All corrections of a letter, oldest first, those undone too.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn history(&self, id: LetterId) -> Result<Vec<Correction>, Error> {
        self.store.history(id)
    }

    /// Takes a letter out for good, with its versions, corrections and originals.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchLetter`], and whatever the disk says.
    pub fn remove(&mut self, id: LetterId, who: &str, at: &str, why: &str) -> Result<(), Error> {
        self.store.write(at, |batch| batch.remove(id, who, why))?;
        self.index.delete(id);
        self.follow()
    }

    /// Hands every letter that was read to `visit`, in the order of their numbers and with its
    /// corrections; `seen` is told the number of each, read or not. Few are in memory at a time.
    ///
    /// # Errors
    ///
    /// When a letter cannot be taken from the store.
    pub(crate) fn each_letter(
        &self,
        seen: &mut dyn FnMut(LetterId),
        mut visit: impl FnMut(LetterId, &Letter),
    ) -> Result<(), Error> {
        let mut last = 0;
        loop {
            let ids = self.store.letters_after(last, 1_000)?;
            let Some(&end) = ids.last() else { return Ok(()) };
            for id in ids {
                seen(id);
                if let Some(letter) = self.letter(id)?.letter {
                    visit(id, &letter);
                }
            }
            last = end;
        }
    }

    /// How much there is, and whether the index has all of it.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn health(&self) -> Result<Health, Error> {
        Ok(Health { counts: self.store.counts()?, behind: self.behind()? })
    }

    /// How many letters were changed since the index was made; 0 when it is up to date.
    ///
    /// # Errors
    ///
    /// Whatever the disk says.
    pub fn behind(&self) -> Result<usize, Error> {
        if self.reached == self.store.stamp()? {
            return Ok(0);
        }
        let changed = self.store.changed_since(self.reached.number)?.len();
        Ok(changed + self.store.removed_since(self.reached.number)?.len())
    }

    /// Checks the store (see [`Store::verify`]), the index's files, and that the index has exactly
    /// the store's letters.
    ///
    /// # Errors
    ///
    /// When the store cannot be read at all; what is wrong in it comes back as faults.
    pub fn verify(&self, seen: &mut dyn FnMut(LetterId)) -> Result<Vec<Fault>, Error> {
        let mut faults = self.store.verify(seen)?;
        let whole = |message: String| Fault { letter: None, message };
        match self.index.inner().validate_checksum() {
            Ok(broken) => faults.extend(broken.into_iter().map(|path: PathBuf| {
                whole(format!(
                    "index: expected the checksum of {}, but found another",
                    path.display()
                ))
            })),
            Err(error) => faults.push(whole(format!("index: {error}"))),
        }
        let behind = self.health()?.behind;
        if behind > 0 {
            faults.push(whole(format!(
                "index: expected it up to date, but found it {behind} behind"
            )));
            return Ok(faults);
        }
        let mut indexed = self.search.all()?;
        indexed.sort_unstable();
        let mut last = 0;
        let mut found = indexed.iter().copied().peekable();
        loop {
            let ids = self.store.letters_after(last, 10_000)?;
            let Some(&end) = ids.last() else { break };
            for id in ids {
                while let Some(extra) = found.next_if(|&n| n < id) {
                    faults.push(fault(
                        extra,
                        "expected it in the store, but found it in the index only",
                    ));
                }
                if found.next_if_eq(&id).is_none() {
                    faults.push(fault(
                        id,
                        "expected it in the index, but found it in the store only",
                    ));
                }
                if found.next_if_eq(&id).is_some() {
                    faults.push(fault(id, "expected it once in the index, but found it twice"));
                }
            }
            last = end;
        }
        faults.extend(
            found.map(|extra| {
                fault(extra, "expected it in the store, but found it in the index only")
            }),
        );
        Ok(faults)
    }

    /// Where the index's files lie, for measuring.
    pub fn index_folder(&self) -> PathBuf {
        Index::folder(self.store.folder())
    }
}

fn keep(
    store: &mut Store,
    reader: &Reader,
    files: Vec<Prepared>,
    at: &str,
) -> Result<(Vec<Outcome>, Vec<Change>), Error> {
    if files.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    ingest::keep(store, reader, files, at)
}

fn start() -> Stamp {
    Stamp { number: 0, chain: crate::store::Hash([0; 32]) }
}

fn fault(id: LetterId, message: &str) -> Fault {
    Fault { letter: Some(id), message: message.to_owned() }
}
