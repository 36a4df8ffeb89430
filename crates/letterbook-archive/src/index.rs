//! The search index: a tantivy index made from the store, which can be deleted and made again.
//!
//! Owns which fields there are, what of a letter goes into each, and up to which transaction of
//! the store the index reaches (kept in the commit itself, so that the two cannot part). A date is
//! the terms of its stretches (`period`), and of each two day numbers, the earliest and the latest.
//! Keeps no text: what is shown comes from the store. Does not read queries; see `search`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use letterbook::record::{Letter, Party, Reading};
use letterbook_dates::calendar::gregorian;
use letterbook_dates::value::Edtf;
use serde::{Deserialize, Serialize};
use tantivy::indexer::LogMergePolicy;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Executor, IndexWriter, TantivyDocument, TantivyError, Term};

use crate::error::{At, Doing, Error};
use crate::fold;
use crate::label;
use crate::named::Decided;
use crate::period;
use crate::store::{Hash, LetterId, Stamp};
use crate::terms::{self, Common, Terms};

/// The form of the index; any other is made anew from the store.
pub(crate) const FORMAT: u32 = 3;

/// The index's folder in the archive's folder.
const FOLDER: &str = "index";

/// Bytes that the indexing thread fills before it writes a segment.
const BUFFER: usize = 256 << 20;

/// How many segments of about one size there are before they become one. With fewer a query is a
/// little faster, and each letter is written anew more often, by merges that take much memory.
const MERGED: usize = 32;

/// A query looks into so many segments at once, if the machine has as many cores.
const MOST_THREADS: usize = 4;

/// Day numbers that stand for an open end.
pub(crate) const OPEN: (i64, i64) = (i64::MIN / 2, i64::MAX / 2);

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) text: Field,
    pub(crate) from: Field,
    pub(crate) to: Field,
    pub(crate) place: Field,
    pub(crate) about: Field,
    pub(crate) org: Field,
    pub(crate) file: Field,
    /// `act:thank`, `lang:de`, `has:postscript` …: one term for each label.
    pub(crate) label: Field,
    /// When the letter may be written, as terms.
    pub(crate) period: Field,
    /// The first day of each stretch that the date may be.
    pub(crate) earliest: Field,
    /// The last day of each, in the same order.
    pub(crate) latest: Field,
    pub(crate) year: Field,
    pub(crate) confidence: Field,
    pub(crate) sender_value: Field,
    pub(crate) recipient_value: Field,
    pub(crate) place_value: Field,
    pub(crate) sender_order: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = |of: &str, norms: bool| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(of)
                .set_fieldnorms(norms)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    let names = || words(terms::OF_NAMES, false);
    let column = || TextOptions::default().set_fast("raw");
    let fields = Fields {
        id: schema.add_u64_field("id", INDEXED | FAST),
        text: schema.add_text_field("text", words(terms::OF_TEXT, true)),
        from: schema.add_text_field("from", names()),
        to: schema.add_text_field("to", names()),
        place: schema.add_text_field("place", names()),
        about: schema.add_text_field("about", names()),
        org: schema.add_text_field("org", names()),
        file: schema.add_text_field("file", names()),
        label: schema.add_text_field("label", STRING | FAST),
        period: schema.add_u64_field("period", INDEXED),
        earliest: schema.add_i64_field("earliest", FAST),
        latest: schema.add_i64_field("latest", FAST),
        year: schema.add_i64_field("year", FAST),
        confidence: schema.add_f64_field("confidence", FAST),
        sender_value: schema.add_text_field("sender_value", column()),
        recipient_value: schema.add_text_field("recipient_value", column()),
        place_value: schema.add_text_field("place_value", column()),
        sender_order: schema.add_text_field("sender_order", column()),
    };
    (schema.build(), fields)
}

/// What a commit of the index says of the store that it was made from.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    format: u32,
    stamp: i64,
    chain: [u8; 32],
    /// The common words that the index has pairs of; none before any were learned.
    #[serde(default)]
    common: Option<Vec<String>>,
}

/// What of a letter goes into the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'l> {
    /// The letter's text.
    pub(crate) text: &'l str,
    /// The record with corrections; none when the file could not be read.
    pub(crate) letter: Option<&'l Letter>,
    /// The names under which it came.
    pub(crate) sources: &'l [String],
    /// Whether people have corrected it.
    pub(crate) is_corrected: bool,
    /// Its number; 0 for a letter that has none yet, of which nobody has decided anything.
    pub(crate) id: LetterId,
    /// What people decided of persons.
    pub(crate) decided: &'l Decided,
}

/// The index of one archive.
pub(crate) struct Index {
    inner: tantivy::Index,
    pub(crate) fields: Fields,
    /// The words that it has pairs of, the same for all its letters; none before any were learned.
    common: Option<Arc<Common>>,
    writer: Option<IndexWriter>,
    /// Letters put in or taken out since the last commit.
    pending: usize,
    /// The first failure to write, and what was being done. Nothing is written after it: what the
    /// index then lacks is in the store, and is put in when the archive is next opened.
    failure: Option<(&'static str, TantivyError)>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("pending", &self.pending).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in the archive's folder, to read, if one of this form is there.
    pub(crate) fn open(archive: &Path) -> Option<Index> {
        let inner = tantivy::Index::open_in_dir(archive.join(FOLDER)).ok()?;
        let (schema, fields) = schema();
        if inner.schema() != schema {
            return None;
        }
        let common = payload(&inner)?.common.map(Common::new);
        Some(Index::new(inner, fields, common))
    }

    /// Makes an empty index in the archive's folder in the place of any that is there; with
    /// `common`, it has pairs of these words.
    pub(crate) fn create(archive: &Path, common: Option<Common>) -> Result<Index, Error> {
        let folder = archive.join(FOLDER);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).at(&folder)?;
        }
        std::fs::create_dir_all(&folder).at(&folder)?;
        let (schema, fields) = schema();
        let inner = tantivy::Index::create_in_dir(&folder, schema).doing("making the index")?;
        Ok(Index::new(inner, fields, common))
    }

    /// Makes an index that lies nowhere and finds nothing, for an archive without one.
    pub(crate) fn empty() -> Index {
        let (schema, fields) = schema();
        Index::new(tantivy::Index::create_in_ram(schema), fields, None)
    }

    fn new(mut inner: tantivy::Index, fields: Fields, common: Option<Common>) -> Index {
        // without threads to spare, segments are searched one after the other
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        if threads > 1
            && let Ok(executor) = Executor::multi_thread(threads, "search-")
        {
            inner.set_executor(executor);
        }
        let common = common.map(Arc::new);
        for (name, common) in [
            (terms::OF_NAMES, Arc::default()),
            (terms::OF_TEXT, common.clone().unwrap_or_default()),
        ] {
            inner.tokenizers().register(name, TextAnalyzer::from(Terms::new(common)));
        }
        Index { inner, fields, common, writer: None, pending: 0, failure: None }
    }

    /// The words that it has pairs of; none before any were learned.
    pub(crate) fn common(&self) -> Option<Arc<Common>> {
        self.common.clone()
    }

    pub(crate) fn inner(&self) -> &tantivy::Index {
        &self.inner
    }

    /// Where the index's files lie in an archive.
    pub(crate) fn folder(archive: &Path) -> PathBuf {
        archive.join(FOLDER)
    }

    /// The point of the store's history up to which the index reaches.
    pub(crate) fn stamp(&self) -> Option<Stamp> {
        let payload = payload(&self.inner)?;
        Some(Stamp { number: payload.stamp, chain: Hash(payload.chain) })
    }

    fn writer(&mut self) -> Result<&mut IndexWriter, TantivyError> {
        match &mut self.writer {
            Some(writer) => Ok(writer),
            none => {
                // One thread: reading and packing letters fills the other core.
                let writer: IndexWriter = self.inner.writer_with_num_threads(1, BUFFER)?;
                let mut policy = LogMergePolicy::default();
                policy.set_min_num_segments(MERGED);
                writer.set_merge_policy(Box::new(policy));
                Ok(none.insert(writer))
            }
        }
    }

    /// Puts a new letter in. That it failed is told by [`Index::commit`]: the store has the letter.
    pub(crate) fn add(&mut self, id: LetterId, mut entry: TantivyDocument) {
        entry.add_u64(self.fields.id, id.unsigned_abs());
        self.change("adding to the index", |writer| writer.add_document(entry).map(drop));
    }

    /// Takes a letter out, if it is there; failures as with [`Index::add`].
    pub(crate) fn delete(&mut self, id: LetterId) {
        let term = Term::from_field_u64(self.fields.id, id.unsigned_abs());
        self.change("taking out of the index", |writer| {
            writer.delete_term(term);
            Ok(())
        });
    }

    fn change(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&mut IndexWriter) -> Result<(), TantivyError>,
    ) {
        self.pending += 1;
        if self.failure.is_none() {
            self.failure = self.writer().and_then(work).err().map(|source| (doing, source));
        }
    }

    /// Notes that it lacks letters and could not be given them; nothing is written after it.
    pub(crate) fn fail(&mut self, doing: &'static str, error: &Error) {
        let source = TantivyError::SystemError(error.to_string());
        self.failure.get_or_insert((doing, source));
    }

    /// Whether it could not be written, so that it has not all that it was given.
    pub(crate) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// How many letters were put in or taken out since the last commit.
    pub(crate) fn pending(&self) -> usize {
        self.pending
    }

    /// Writes everything to the disk, and that it reaches up to `stamp`.
    ///
    /// # Errors
    ///
    /// The first failure since the index was opened, now or before.
    pub(crate) fn commit(&mut self, stamp: Stamp) -> Result<(), Error> {
        let words = |common: &Arc<Common>| {
            let mut words: Vec<String> = common.iter().map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        let payload = Payload {
            format: FORMAT,
            stamp: stamp.number,
            chain: stamp.chain.0,
            common: self.common.as_ref().map(words),
        };
        let payload = serde_json::to_string(&payload).map_err(|e| Error::Damaged(e.to_string()))?;
        self.change("writing the index", |writer| {
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&payload);
            commit.commit().map(drop)
        });
        self.pending = 0;
        match &self.failure {
            Some((doing, source)) => Err(Error::Index { doing, source: source.clone() }),
            None => Ok(()),
        }
    }

    /// Waits for merges under way, so that the folder is at rest.
    pub(crate) fn close(&mut self) -> Result<(), Error> {
        match self.writer.take() {
            Some(writer) => writer.wait_merging_threads().doing("closing the index"),
            None => Ok(()),
        }
    }
}

/// What the last commit says; none when there was none, or one of another form.
fn payload(index: &tantivy::Index) -> Option<Payload> {
    let payload: Payload = serde_json::from_str(&index.load_metas().ok()?.payload?).ok()?;
    (payload.format == FORMAT).then_some(payload)
}

impl Fields {
    /// What the index holds of a letter, but its number.
    pub(crate) fn document(&self, entry: Entry<'_>) -> TantivyDocument {
        let mut out = TantivyDocument::new();
        for source in entry.sources {
            put_words(&mut out, self.file, "", source);
        }
        let Some(letter) = entry.letter else {
            out.add_text(self.label, "has:failure");
            return out;
        };
        let language = value(letter.language.as_ref()).unwrap_or_default();
        put_words(&mut out, self.text, language, entry.text);
        self.put_parties(&mut out, letter, language, entry);
        let events = letter.occasions.iter().filter_map(|o| o.event.as_deref());
        for named in letter.mentions.iter().map(|m| m.value.as_str()).chain(events) {
            put_words(&mut out, self.about, language, named);
        }
        if let Some(place) = value(letter.place.as_ref()) {
            put_words(&mut out, self.place, language, place);
            out.add_text(self.place_value, place);
        }
        self.put_names(&mut out, letter, entry);
        self.put_date(&mut out, letter);
        if let Some(least) = least_confidence(letter) {
            out.add_f64(self.confidence, least);
        }
        for label in labels(letter, entry.is_corrected) {
            out.add_text(self.label, label);
        }
        out
    }

    fn put_parties(
        &self,
        out: &mut TantivyDocument,
        letter: &Letter,
        language: &str,
        entry: Entry<'_>,
    ) {
        for (parties, field) in [(&letter.senders, self.from), (&letter.recipients, self.to)] {
            for party in parties {
                for reading in said_of(party) {
                    put_words(out, field, language, &reading.value);
                }
                for reading in
                    [&party.name, &party.organisation, &party.on_behalf_of].into_iter().flatten()
                {
                    put_person(out, field, &reading.value, entry);
                }
                for body in [&party.organisation, &party.on_behalf_of].into_iter().flatten() {
                    put_words(out, self.org, language, &body.value);
                }
            }
        }
        let bodies = letter.mentions.iter().filter(|m| label::name(&m.kind) == "org");
        bodies.for_each(|m| put_words(out, self.org, language, &m.value));
    }

    /// The names that letters are counted and sorted by.
    fn put_names(&self, out: &mut TantivyDocument, letter: &Letter, entry: Entry<'_>) {
        let called = |name| {
            let person = entry.decided.person(name, entry.id);
            person.and_then(|person| person.name).unwrap_or(name)
        };
        for (parties, column) in
            [(&letter.senders, self.sender_value), (&letter.recipients, self.recipient_value)]
        {
            for party in parties {
                if let Some(name) = value(party.name.as_ref().or(party.organisation.as_ref())) {
                    out.add_text(column, called(name));
                }
            }
        }
        let first = letter.senders.first().and_then(|s| s.name.as_ref());
        if let Some(name) = value(first) {
            out.add_text(self.sender_order, fold::fold(called(name)));
        }
    }

    fn put_date(&self, out: &mut TantivyDocument, letter: &Letter) {
        let Some(date) = letter.date.as_ref().and_then(|d| Edtf::parse(&d.value).ok()) else {
            return;
        };
        let stretches = period::stretches(&date);
        for term in period::terms(&stretches) {
            out.add_u64(self.period, term);
        }
        for stretch in &stretches {
            out.add_i64(self.earliest, stretch.first.map_or(OPEN.0, |day| i64::from(day.0)));
            out.add_i64(self.latest, stretch.last.map_or(OPEN.1, |day| i64::from(day.0)));
        }
        if let (Some(first), Some(last)) = date.bounds() {
            let year = gregorian::from_day(first).0;
            if year == gregorian::from_day(last).0 {
                out.add_i64(self.year, i64::from(year));
            }
        }
    }
}

fn put_words(out: &mut TantivyDocument, field: Field, language: &str, text: &str) {
    out.add_text(field, terms::value(language, text));
}

/// What else the person or body is called that the letter writes so, and its number.
fn put_person(out: &mut TantivyDocument, field: Field, name: &str, entry: Entry<'_>) {
    let Some(person) = entry.decided.person(name, entry.id) else { return };
    put_words(out, field, "", &format!("P{}", person.number));
    for name in person.forms.iter().map(String::as_str).chain(person.name) {
        put_words(out, field, "", name);
    }
}

/// What the letter says of a party, as one field searches it.
fn said_of(party: &Party) -> impl Iterator<Item = &Reading> {
    [&party.name, &party.form_of_address, &party.role, &party.organisation, &party.on_behalf_of]
        .into_iter()
        .flatten()
}

fn value(reading: Option<&Reading>) -> Option<&str> {
    reading.map(|r| r.value.as_str())
}

/// How sure the least sure of date, place, senders and recipients is.
pub(crate) fn least_confidence(letter: &Letter) -> Option<f64> {
    let names = letter.senders.iter().chain(&letter.recipients).filter_map(|p| p.name.as_ref());
    names
        .chain(&letter.place)
        .map(|r| r.confidence)
        .chain(letter.date.as_ref().map(|d| d.confidence))
        .map(f64::from)
        .reduce(f64::min)
}

/// The labels of a letter: what it can be counted and chosen by; each once, sorted.
fn labels(letter: &Letter, is_corrected: bool) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(letter.language.iter().map(|l| format!("lang:{}", l.value.to_lowercase())));
    all.extend(letter.date.iter().map(|d| format!("calendar:{}", d.calendar)));
    all.extend(letter.acts.iter().map(|a| format!("act:{}", label::name(&a.act))));
    all.extend(letter.occasions.iter().map(|o| format!("occasion:{}", label::name(&o.kind))));
    for finding in &letter.findings {
        all.push(format!("finding:{}", finding.code));
        all.push(format!("severity:{}", label::name(&finding.severity)));
    }
    all.extend(letter.zones.iter().map(|z| format!("has:{}", z.label.name())));
    for (part, is_there) in [
        ("date", letter.date.is_some()),
        ("place", letter.place.is_some()),
        ("sender", !letter.senders.is_empty()),
        ("recipient", !letter.recipients.is_empty()),
        ("occasion", !letter.occasions.is_empty()),
        ("act", !letter.acts.is_empty()),
        ("reference", !letter.references.is_empty()),
        ("enclosure", !letter.enclosures.is_empty()),
        ("finding", !letter.findings.is_empty()),
        ("correction", is_corrected),
    ] {
        if is_there {
            all.push(format!("has:{part}"));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
