//! Queries against the index: which letters, in what order, how many of each kind, and where in
//! the text the words stand.
//!
//! Turns a [`Query`] into tantivy's terms: a word is searched as it is and by its key in every
//! language that the archive has, so that each letter is searched by its own language's forms.
//! Snippets are cut from the text that the store keeps. Does not change anything.

use std::collections::{BTreeMap, HashSet};
use std::ops::{Bound, Range};

use serde_json::{Value, json};
use tantivy::aggregation::AggregationCollector;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query as Lowered, RangeQuery,
    RegexQuery, TermQuery,
};
use tantivy::schema::{Field as IndexField, IndexRecordOption};
use tantivy::{DocAddress, IndexReader, Order, ReloadPolicy, Searcher, Term};

use crate::error::{Doing, Error};
use crate::fold::{self, Keys, Word};
use crate::index::{Fields, Index, key_term};
use crate::query::{Field, Form, Query};
use crate::store::LetterId;

/// In what order letters are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Those that fit best first.
    #[default]
    Relevance,
    /// By the earliest day that the date can mean; letters without a date last.
    Date,
    /// By the same, latest first; letters without a date last.
    DateDescending,
    /// By the first sender's name; letters without one last.
    Sender,
    /// In the order in which they were added.
    Number,
}

/// What is asked of an archive.
#[derive(Debug, Clone)]
pub struct Request<'q> {
    /// What is searched; see [`Query::parse`].
    pub query: &'q str,
    /// The order.
    pub sort: Sort,
    /// How many of the first are left out.
    pub offset: usize,
    /// How many are given at most.
    pub limit: usize,
    /// Whether to count what was found by kind.
    pub facets: bool,
}

impl<'q> Request<'q> {
    /// The first twenty letters that fit best.
    pub fn new(query: &'q str) -> Request<'q> {
        Request { query, sort: Sort::default(), offset: 0, limit: 20, facets: false }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// How many letters there are in all.
    pub total: usize,
    /// The numbers of those asked for, in order.
    pub letters: Vec<LetterId>,
    /// For each kind (`act`, `lang`, `from`, `year` …) the values and how many letters have each,
    /// most first; empty unless asked for.
    pub facets: BTreeMap<String, Vec<(String, u64)>>,
}

/// How many values of a facet with names are given.
const MOST_NAMES: usize = 50;

/// How many kinds of label there may be in all.
const MOST_LABELS: usize = 5_000;

/// Searches one state of an index.
pub(crate) struct Search {
    reader: IndexReader,
    fields: Fields,
    languages: Vec<String>,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search").field("languages", &self.languages).finish_non_exhaustive()
    }
}

impl Search {
    pub(crate) fn new(index: &Index) -> Result<Search, Error> {
        let reader: IndexReader = index
            .inner()
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .doing("opening the index")?;
        let mut search = Search { reader, fields: index.fields, languages: Vec::new() };
        search.languages = search.find_languages()?;
        Ok(search)
    }

    /// Sees what was committed since.
    pub(crate) fn reload(&mut self) -> Result<(), Error> {
        self.reader.reload().doing("opening the index")?;
        self.languages = self.find_languages()?;
        Ok(())
    }

    /// The languages of the letters in the index that have keys.
    fn find_languages(&self) -> Result<Vec<String>, Error> {
        let doing = "reading the index";
        let searcher = self.reader.searcher();
        let mut found = Vec::new();
        for language in fold::LANGUAGES {
            let term = Term::from_field_text(self.fields.label, &format!("lang:{language}"));
            if searcher.doc_freq(&term).doing(doing)? > 0 {
                found.push(language.to_owned());
            }
        }
        Ok(found)
    }

    pub(crate) fn run(&self, request: &Request<'_>) -> Result<Found, Error> {
        let query = Query::parse(request.query)?;
        let lowered = self.lower(&query)?;
        let searcher = self.reader.searcher();
        let doing = "searching";
        let total = searcher.search(&*lowered, &Count).doing(doing)?;
        let letters = self.top(&searcher, &*lowered, request)?;
        let facets =
            if request.facets { self.count_facets(&searcher, &*lowered)? } else { BTreeMap::new() };
        Ok(Found { total, letters, facets })
    }

    /// Every letter of the index.
    pub(crate) fn all(&self) -> Result<Vec<LetterId>, Error> {
        let searcher = self.reader.searcher();
        let mut ids = Vec::new();
        for segment in searcher.segment_readers() {
            let column = segment.fast_fields().u64("id").doing("reading the index")?;
            ids.extend(segment.doc_ids_alive().filter_map(|doc| column.first(doc)));
        }
        Ok(ids.into_iter().filter_map(|id| i64::try_from(id).ok()).collect())
    }

    fn top(
        &self,
        searcher: &Searcher,
        query: &dyn Lowered,
        request: &Request<'_>,
    ) -> Result<Vec<LetterId>, Error> {
        let doing = "searching";
        if request.limit == 0 {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit(request.limit).and_offset(request.offset);
        let addresses: Vec<DocAddress> = match request.sort {
            Sort::Relevance => {
                let found = searcher.search(query, &top.order_by_score()).doing(doing)?;
                found.into_iter().map(|(_, at)| at).collect()
            }
            Sort::Date | Sort::DateDescending => {
                let order = if request.sort == Sort::Date { Order::Asc } else { Order::Desc };
                let top = top.order_by_fast_field::<i64>("earliest", order);
                let found = searcher.search(query, &top).doing(doing)?;
                found.into_iter().map(|(_, at)| at).collect()
            }
            Sort::Sender => {
                let top = top.order_by_string_fast_field("sender_order", Order::Asc);
                let found = searcher.search(query, &top).doing(doing)?;
                found.into_iter().map(|(_, at)| at).collect()
            }
            Sort::Number => {
                let top = top.order_by_fast_field::<u64>("id", Order::Asc);
                let found = searcher.search(query, &top).doing(doing)?;
                found.into_iter().map(|(_, at)| at).collect()
            }
        };
        addresses
            .into_iter()
            .map(|at| {
                let segment = searcher.segment_reader(at.segment_ord);
                let id = segment.fast_fields().u64("id").doing(doing)?.first(at.doc_id);
                id.and_then(|id| i64::try_from(id).ok()).ok_or_else(|| {
                    Error::Damaged("expected a number with every letter of the index".into())
                })
            })
            .collect()
    }

    fn count_facets(
        &self,
        searcher: &Searcher,
        query: &dyn Lowered,
    ) -> Result<BTreeMap<String, Vec<(String, u64)>>, Error> {
        let terms = |field: &str, size: usize| json!({ "terms": { "field": field, "size": size } });
        let request = json!({
            "label": terms("label", MOST_LABELS),
            "from": terms("sender_value", MOST_NAMES),
            "to": terms("recipient_value", MOST_NAMES),
            "place": terms("place_value", MOST_NAMES),
            "year": terms("year", MOST_LABELS),
        });
        let wanted = serde_json::from_value(request)
            .map_err(|e| Error::Damaged(format!("counting facets: {e}")))?;
        let collector = AggregationCollector::from_aggs(wanted, Default::default());
        let counted = searcher.search(query, &collector).doing("counting facets")?;
        let counted = serde_json::to_value(counted)
            .map_err(|e| Error::Damaged(format!("counting facets: {e}")))?;
        let mut facets: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
        for (name, bucket) in counted.as_object().into_iter().flatten() {
            let buckets = bucket.get("buckets").and_then(Value::as_array);
            for bucket in buckets.into_iter().flatten() {
                let n = bucket.get("doc_count").and_then(Value::as_u64).unwrap_or(0);
                let key = match bucket.get("key") {
                    Some(Value::String(key)) => key.clone(),
                    Some(Value::Number(year)) => format!("{:.0}", year.as_f64().unwrap_or(0.0)),
                    _ => continue,
                };
                match key.split_once(':') {
                    Some((kind, value)) if name == "label" => {
                        facets.entry(kind.to_owned()).or_default().push((value.to_owned(), n));
                    }
                    _ => facets.entry(name.clone()).or_default().push((key, n)),
                }
            }
        }
        for values in facets.values_mut() {
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        }
        Ok(facets)
    }

    fn lower(&self, query: &Query) -> Result<Box<dyn Lowered>, Error> {
        Ok(match query {
            Query::All => Box::new(AllQuery),
            Query::And(parts) => {
                let mut clauses: Vec<(Occur, Box<dyn Lowered>)> = Vec::new();
                for part in parts {
                    clauses.push(match part {
                        Query::Not(inner) => (Occur::MustNot, self.lower(inner)?),
                        part => (Occur::Must, self.lower(part)?),
                    });
                }
                if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    clauses.push((Occur::Must, Box::new(AllQuery)));
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Query::Or(parts) => {
                let parts: Result<Vec<_>, _> = parts.iter().map(|part| self.lower(part)).collect();
                Box::new(BooleanQuery::union(parts?))
            }
            Query::Not(inner) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, Box::new(AllQuery)),
                (Occur::MustNot, self.lower(inner)?),
            ])),
            Query::Words { field, text, form } => {
                self.lower_words(self.field(*field), text, *form)?
            }
            Query::Label(label) => filter(term(self.fields.label, label)),
            Query::Date(first, last) => {
                let day = |field, day: &letterbook_dates::day::Day| {
                    Term::from_field_i64(field, i64::from(day.0))
                };
                let mut bounds: Vec<Box<dyn Lowered>> = Vec::new();
                if let Some(last) = last {
                    let end = Bound::Included(day(self.fields.earliest, last));
                    bounds.push(Box::new(RangeQuery::new(Bound::Unbounded, end)));
                }
                if let Some(first) = first {
                    let start = Bound::Included(day(self.fields.latest, first));
                    bounds.push(Box::new(RangeQuery::new(start, Bound::Unbounded)));
                }
                if bounds.is_empty() {
                    bounds.push(term(self.fields.label, "has:date"));
                }
                filter(Box::new(BooleanQuery::intersection(bounds)))
            }
            Query::Confidence { below, limit } => {
                let limit = Term::from_field_f64(self.fields.confidence, *limit);
                let (low, high) = if *below {
                    (Bound::Unbounded, Bound::Excluded(limit))
                } else {
                    (Bound::Included(limit), Bound::Unbounded)
                };
                filter(Box::new(RangeQuery::new(low, high)))
            }
            Query::Number(number) => {
                let term = Term::from_field_u64(self.fields.id, *number);
                filter(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
            }
        })
    }

    fn field(&self, field: Field) -> IndexField {
        match field {
            Field::Text => self.fields.text,
            Field::From => self.fields.from,
            Field::To => self.fields.to,
            Field::Place => self.fields.place,
            Field::About => self.fields.about,
            Field::Org => self.fields.org,
            Field::File => self.fields.file,
        }
    }

    fn lower_words(
        &self,
        field: IndexField,
        text: &str,
        form: Form,
    ) -> Result<Box<dyn Lowered>, Error> {
        let mut words: Vec<String> = fold::words(text).into_iter().map(|w| w.folded).collect();
        Ok(match (form, words.len()) {
            (_, 0) => Box::new(BooleanQuery::union(Vec::new())),
            (Form::Prefix, 1) => pattern(field, &format!("{}.*", words[0]))?,
            (_, 1) if is_one_east_asian(&words[0]) => {
                let c = &words[0];
                pattern(field, &format!("({c}.?)|(.{c})"))?
            }
            (Form::Word, 1) => {
                let terms = self.forms(&words.remove(0));
                Box::new(BooleanQuery::union(terms.iter().map(|t| term(field, t)).collect()))
            }
            (_, 1) => term(field, &words[0]),
            _ => {
                let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
                Box::new(PhraseQuery::new(terms))
            }
        })
    }

    /// The terms by which a word is found: itself, and its key in each language.
    fn forms(&self, word: &str) -> Vec<String> {
        let mut forms = vec![word.to_owned()];
        for language in &self.languages {
            let keys = Keys::of(language);
            let key = keys.key(word);
            // a letter's word that is its own key has no term for it
            forms.push(key_term(language, &key));
            if key != word {
                forms.push(key.into_owned());
            }
        }
        forms.sort_unstable();
        forms.dedup();
        forms
    }
}

fn term(field: IndexField, text: &str) -> Box<dyn Lowered> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

/// A condition that chooses and says nothing of how well a letter fits.
fn filter(query: Box<dyn Lowered>) -> Box<dyn Lowered> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// Folded words hold letters and digits only, so nothing needs escaping.
fn pattern(field: IndexField, pattern: &str) -> Result<Box<dyn Lowered>, Error> {
    Ok(Box::new(RegexQuery::from_pattern(pattern, field).doing("searching for a prefix")?))
}

fn is_one_east_asian(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(fold::is_east_asian) && chars.next().is_none()
}

/// A stretch of a letter's text around the words that were searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The stretch, white space folded to single spaces.
    pub text: String,
    /// Where the words stand in it, in bytes, in order.
    pub marks: Vec<Range<usize>>,
}

/// How many bytes a snippet has, about.
const SNIPPET: usize = 180;

/// What marks a word of the text.
#[derive(Debug, Default)]
struct Needles {
    folded: HashSet<String>,
    keys: HashSet<String>,
    prefixes: Vec<String>,
}

impl Needles {
    fn of(query: &Query, keys: &Keys) -> Needles {
        let mut needles = Needles::default();
        needles.collect(query, keys);
        needles
    }

    fn collect(&mut self, query: &Query, keys: &Keys) {
        match query {
            Query::And(parts) | Query::Or(parts) => {
                parts.iter().for_each(|part| self.collect(part, keys));
            }
            Query::Words { field: Field::Text, text, form } => {
                for word in fold::words(text) {
                    match form {
                        Form::Prefix => self.prefixes.push(word.folded),
                        Form::Phrase => {
                            self.folded.insert(word.folded);
                        }
                        Form::Word => {
                            self.keys.insert(keys.key(&word.folded).into_owned());
                            self.folded.insert(word.folded);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn marks(&self, word: &Word, keys: &Keys) -> bool {
        self.folded.contains(&word.folded)
            || (!self.keys.is_empty() && self.keys.contains(keys.key(&word.folded).as_ref()))
            || self.prefixes.iter().any(|prefix| word.folded.starts_with(prefix))
    }
}

/// The stretch of `text` with the most of the words that `query` searches in it; its beginning,
/// when it has none of them.
///
/// # Errors
///
/// When the query cannot be understood.
pub fn snippet(query: &str, text: &str, language: &str) -> Result<Snippet, Error> {
    let keys = Keys::of(language);
    let needles = Needles::of(&Query::parse(query)?, &keys);
    let words = fold::words(text);
    let hits: Vec<&Word> = words.iter().filter(|word| needles.marks(word, &keys)).collect();
    let best = (0..hits.len())
        .map(|i| {
            let end = hits[i..].partition_point(|w| w.end <= hits[i].start + SNIPPET);
            (end, i)
        })
        .max_by_key(|&(n, i)| (n, std::cmp::Reverse(i)));
    let (start, end) = match best {
        Some((n, i)) => {
            let (first, last) = (hits[i].start, hits[i + n.max(1) - 1].end);
            let spare = SNIPPET.saturating_sub(last - first);
            let start = words
                .iter()
                .find(|w| w.start + spare / 2 >= first)
                .map_or(first, |w| w.start.min(first));
            (start, start + SNIPPET.max(last - start))
        }
        None => (words.first().map_or(0, |w| w.start), SNIPPET),
    };
    let end = words
        .iter()
        .rev()
        .find(|w| w.end <= end)
        .map_or(text.floor_char_boundary(end.min(text.len())), |w| w.end)
        .max(start);
    Ok(cut(text, start..end, &hits))
}

/// The stretch with its white space folded, and the marks where they then are.
fn cut(text: &str, range: Range<usize>, hits: &[&Word]) -> Snippet {
    let mut out = String::with_capacity(range.len());
    let mut marks = Vec::new();
    let mut at = range.start;
    let push = |out: &mut String, part: &str| {
        for c in part.chars() {
            match c.is_whitespace() {
                true if out.is_empty() || out.ends_with(' ') => {}
                true => out.push(' '),
                false => out.push(c),
            }
        }
    };
    for hit in hits.iter().filter(|h| range.start <= h.start && h.end <= range.end) {
        // the pairs of an East Asian word overlap: the marks of one word are joined
        if at < hit.start {
            push(&mut out, &text[at..hit.start]);
        }
        let from = hit.start.max(at);
        let start = out.len();
        push(&mut out, &text[from..hit.end]);
        match marks.last_mut() {
            Some(Range { end, .. }) if from > hit.start && *end == start => *end = out.len(),
            _ => marks.push(start..out.len()),
        }
        at = hit.end;
    }
    push(&mut out, &text[at..range.end.max(at)]);
    Snippet { text: out, marks }
}
