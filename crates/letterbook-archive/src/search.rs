//! Queries against the index: which letters, in what order, how many of each kind, and where in
//! the text the words stand.
//!
//! Turns a [`Query`] into tantivy's terms: a word is searched as it is and by its key in every
//! language that the archive has, so that each letter is searched by its own language's forms.
//! Snippets are cut from the text that the store keeps. Does not change anything.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::{Bound, Range};
use std::sync::Arc;

use letterbook_dates::day::Day;
use serde_json::{Value, json};
use tantivy::aggregation::{AggContextParams, AggregationCollector, AggregationLimitsGuard};
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query as Lowered, RangeQuery,
    RegexQuery, TermQuery,
};
use tantivy::schema::{Field as IndexField, IndexRecordOption};
use tantivy::{
    DocAddress, DocId, IndexReader, Order, ReloadPolicy, Searcher, SegmentReader, TantivyError,
    Term,
};

use crate::error::{Doing, Error};
use crate::fold::{self, Keys, Word};
use crate::index::{Fields, Index, OPEN};
use crate::period::{self, Stretch};
use crate::query::{Field, Form, Query};
use crate::store::LetterId;
use crate::terms::{Common, key_term};

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

/// How many values of a facet are given: all. Tantivy multiplies it by ten.
const ALL_VALUES: u32 = u32::MAX / 10;

/// A word is common when one letter in so many has it: a phrase with a rarer word is found by it.
const RARE: u64 = 40;

/// How many words may be common.
const MOST_COMMON: usize = 2_000;

/// Searches one state of an index.
pub(crate) struct Search {
    reader: IndexReader,
    fields: Fields,
    languages: Vec<String>,
    common: Option<Arc<Common>>,
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
        let (fields, common) = (index.fields, index.common());
        let mut search = Search { reader, fields, languages: Vec::new(), common };
        search.languages = search.find_languages()?;
        Ok(search)
    }

    /// Sees what was committed since.
    pub(crate) fn reload(&mut self) -> Result<(), Error> {
        self.reader.reload().doing("opening the index")?;
        self.languages = self.find_languages()?;
        Ok(())
    }

    /// The languages that words of the letters' texts have keys in.
    fn find_languages(&self) -> Result<Vec<String>, Error> {
        let doing = "reading the index";
        let mut found = Vec::new();
        for language in fold::LANGUAGES {
            // the keys of a language stand together, between its colon and the character after
            let (first, end) = (key_term(language, ""), format!("={language};"));
            for segment in self.reader.searcher().segment_readers() {
                let index = segment.inverted_index(self.fields.text).doing(doing)?;
                let keys = index.terms().range().ge(&first).lt(&end);
                if keys.into_stream().map_err(TantivyError::from).doing(doing)?.advance() {
                    found.push(language.to_owned());
                    break;
                }
            }
        }
        Ok(found)
    }

    /// How many letters it sees.
    pub(crate) fn letters(&self) -> usize {
        self.reader.searcher().num_docs() as usize
    }

    /// The words that stand in more than one of forty letters' texts, at most a few thousand.
    pub(crate) fn find_common(&self) -> Result<Common, Error> {
        let doing = "reading the index";
        let searcher = self.reader.searcher();
        let mut found: HashMap<String, u64> = HashMap::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.text).doing(doing)?;
            let words = index.terms().range().ge("0");
            let mut words = words.into_stream().map_err(TantivyError::from).doing(doing)?;
            while let Some((word, told)) = words.next() {
                // keys and pairs are no words
                if let Ok(word) = std::str::from_utf8(word)
                    && !word.contains(['=', ' '])
                    && u64::from(told.doc_freq) * 2 * RARE > u64::from(segment.max_doc())
                {
                    *found.entry(word.to_owned()).or_default() += u64::from(told.doc_freq);
                }
            }
        }
        let least = self.letters() as u64 / RARE;
        let mut common: Vec<_> = found.into_iter().filter(|&(_, n)| n > least).collect();
        common.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(Common::new(common.into_iter().take(MOST_COMMON).map(|(word, _)| word)))
    }

    pub(crate) fn run(&self, request: &Request<'_>) -> Result<Found, Error> {
        let query = Query::parse(request.query)?;
        let lowered = self.lower(&query)?;
        let searcher = self.reader.searcher();
        let (total, letters) =
            self.count_and_top(&searcher, &*lowered, request, is_words(&query))?;
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

    /// How many letters there are, and those asked for, in order.
    fn count_and_top(
        &self,
        searcher: &Searcher,
        query: &dyn Lowered,
        request: &Request<'_>,
        is_words: bool,
    ) -> Result<(usize, Vec<LetterId>), Error> {
        let doing = "searching";
        if request.limit == 0 {
            return Ok((searcher.search(query, &Count).doing(doing)?, Vec::new()));
        }
        let top = TopDocs::with_limit(request.limit).and_offset(request.offset);
        let (total, addresses) = match request.sort {
            // the best of many that have one of some words are found without a look at most
            Sort::Relevance if is_words => {
                let found = searcher.search(query, &top.order_by_score()).doing(doing)?;
                (searcher.search(query, &Count).doing(doing)?, without_keys(found))
            }
            Sort::Relevance => counted(searcher, query, top.order_by_score())?,
            Sort::Date => {
                let top = top.order_by_fast_field::<i64>("earliest", Order::Asc);
                counted(searcher, query, top)?
            }
            Sort::DateDescending => {
                let top = top.order_by_fast_field::<i64>("earliest", Order::Desc);
                counted(searcher, query, top)?
            }
            Sort::Sender => {
                let top = top.order_by_string_fast_field("sender_order", Order::Asc);
                counted(searcher, query, top)?
            }
            Sort::Number => {
                counted(searcher, query, top.order_by_fast_field::<u64>("id", Order::Asc))?
            }
        };
        let numbers = addresses.into_iter().map(|at| {
            let segment = searcher.segment_reader(at.segment_ord);
            let id = segment.fast_fields().u64("id").doing(doing)?.first(at.doc_id);
            id.and_then(|id| i64::try_from(id).ok()).ok_or_else(|| {
                Error::Damaged("expected a number with every letter of the index".into())
            })
        });
        Ok((total, numbers.collect::<Result<_, _>>()?))
    }

    fn count_facets(
        &self,
        searcher: &Searcher,
        query: &dyn Lowered,
    ) -> Result<BTreeMap<String, Vec<(String, u64)>>, Error> {
        let terms = |field: &str| json!({ "terms": { "field": field, "size": ALL_VALUES } });
        let request = json!({
            "label": terms("label"),
            "from": terms("sender_value"),
            "to": terms("recipient_value"),
            "place": terms("place_value"),
            "year": terms("year"),
        });
        let wanted = serde_json::from_value(request)
            .map_err(|e| Error::Damaged(format!("counting facets: {e}")))?;
        // the limit of buckets is for servers; memory keeps its own
        let limits = AggregationLimitsGuard::new(None, Some(u32::MAX));
        let context = AggContextParams { limits, ..AggContextParams::default() };
        let collector = AggregationCollector::from_aggs(wanted, context);
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
            Query::Or(parts) if is_words(query) => {
                let mut terms = Vec::new();
                for part in parts {
                    if let Query::Words { field, text, .. } = part {
                        let field = self.field(*field);
                        let word = fold::words(text).swap_remove(0).folded;
                        terms.extend(self.forms(&word).iter().map(|form| term(field, form)));
                    }
                }
                Box::new(BooleanQuery::union(terms))
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
            Query::Date(None, None) => filter(term(self.fields.label, "has:date")),
            Query::Date(first, last) => filter(self.lower_date(*first, *last)),
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

    /// Letters by the months of their dates, and where the question cuts a month, by their days.
    fn lower_date(&self, first: Option<Day>, last: Option<Day>) -> Box<dyn Lowered> {
        let having = |terms: Vec<u64>| -> Box<dyn Lowered> {
            let term = |term| Term::from_field_u64(self.fields.period, term);
            let one = |t| -> Box<dyn Lowered> {
                Box::new(TermQuery::new(term(t), IndexRecordOption::Basic))
            };
            Box::new(BooleanQuery::union(terms.into_iter().map(one).collect()))
        };
        let asked = period::ask(Stretch { first, last });
        if asked.doubtful.is_empty() {
            return having(asked.sure);
        }
        let first = first.map_or(OPEN.0, |day| i64::from(day.0));
        let last = last.map_or(OPEN.1, |day| i64::from(day.0));
        let of_segment = FunctionPredicate::from(move |segment: &SegmentReader| {
            // a segment without a dated letter has no such columns
            let column = |name| segment.fast_fields().column_opt::<i64>(name);
            let columns = column("earliest")?.zip(column("latest")?);
            Ok(move |letter: DocId| {
                columns.as_ref().is_some_and(|(earliest, latest)| {
                    let ends = latest.values_for_doc(letter);
                    let mut stretches = earliest.values_for_doc(letter).zip(ends);
                    stretches.any(|(from, to)| from <= last && first <= to)
                })
            })
        });
        let days: DocPredicateQuery = of_segment.into();
        let cut = BooleanQuery::intersection(vec![having(asked.doubtful), Box::new(days)]);
        Box::new(BooleanQuery::union(vec![having(asked.sure), Box::new(cut)]))
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
            _ => self.lower_phrase(field, words),
        })
    }

    fn lower_phrase(&self, field: IndexField, words: Vec<String>) -> Box<dyn Lowered> {
        let terms = match &self.common {
            Some(common) if field == self.fields.text => common.phrase(&words),
            _ => words.into_iter().enumerate().collect(),
        };
        if let [(_, pair)] = &terms[..] {
            return term(field, pair);
        }
        let at = |(at, word): (usize, String)| (at, Term::from_field_text(field, &word));
        Box::new(PhraseQuery::new_with_offset(terms.into_iter().map(at).collect()))
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

/// Whether a query is a word, or some words of which a letter has one: a union of terms.
fn is_words(query: &Query) -> bool {
    match query {
        Query::Words { text, form: Form::Word, .. } => {
            matches!(&fold::words(text)[..], [word] if !is_one_east_asian(&word.folded))
        }
        Query::Or(parts) => {
            parts.iter().all(|part| matches!(part, Query::Words { .. }) && is_words(part))
        }
        _ => false,
    }
}

/// How many letters a query finds, and the first of them in an order, looking at each once.
fn counted<T, C>(
    searcher: &Searcher,
    query: &dyn Lowered,
    top: C,
) -> Result<(usize, Vec<DocAddress>), Error>
where
    C: Collector<Fruit = Vec<(T, DocAddress)>>,
{
    let (total, found) = searcher.search(query, &(Count, top)).doing("searching")?;
    Ok((total, without_keys(found)))
}

fn without_keys<T>(found: Vec<(T, DocAddress)>) -> Vec<DocAddress> {
    found.into_iter().map(|(_, at)| at).collect()
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
