//! `letterbook list` and `letterbook search`: letters found, for people and for programs.

use std::collections::BTreeMap;
use std::io::Write as _;

use letterbook::record::Letter;
use letterbook_archive::search::{self, Request, Snippet};
use letterbook_archive::{Archive, Held, query};
use serde::Serialize;

use super::{Failure, count, open};
use crate::args::archive::{Format, List, Page, Search, Shown, Sort};
use crate::commands::Status;
use crate::commands::jsonl::to_line;
use crate::output::Output;
use crate::render::{listing, table, width};

/// Letters that are taken from the archive at a time.
const PORTION: usize = 1_000;

/// `letterbook list`.
pub(crate) fn list(args: &List) -> Result<Status, Failure> {
    let List { archive, query, sort, page, shown, .. } = args;
    let query = query.join(" ");
    let asked = Asked { query, sort: *sort, page, shown, snippets: false, facets: false };
    asked.answer(&open(archive)?)
}

/// `letterbook search`.
pub(crate) fn search(args: &Search) -> Result<Status, Failure> {
    let Search { archive, query, sort, page, shown, facets, .. } = args;
    let query = query.join(" ");
    let asked = Asked { query, sort: *sort, page, shown, snippets: true, facets: *facets };
    asked.answer(&open(archive)?)
}

/// What is asked of an archive, and how it is to be shown.
struct Asked<'a> {
    query: String,
    sort: Sort,
    page: &'a Page,
    shown: &'a Shown,
    snippets: bool,
    facets: bool,
}

/// A letter that was found, as programs get it.
#[derive(Serialize)]
struct Hit<'a> {
    letter: i64,
    version: u32,
    files: &'a [String],
    corrected: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Cut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a Letter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

/// A snippet, with its marks in code points.
#[derive(Serialize)]
struct Cut<'a> {
    text: &'a str,
    marks: Vec<[usize; 2]>,
}

/// What was found in all, as programs get it.
#[derive(Serialize)]
struct Counted<'a> {
    total: usize,
    facets: &'a BTreeMap<String, Vec<(String, u64)>>,
}

impl Asked<'_> {
    fn answer(&self, archive: &Archive) -> Result<Status, Failure> {
        let format = self.shown.format;
        // a query that makes no sense is told before anything is written
        query::Query::parse(&self.query).map_err(letterbook_archive::Error::Query)?;
        let mut output = Output::open(None, format == Format::Text)?;
        let only_counts = self.facets && format == Format::Csv;
        if format == Format::Csv && !only_counts {
            output.write_all(&table::head_with(&["letter", "file", "snippet"]))?;
        }
        let wanted = self.wanted();
        let mut given = 0;
        let mut found = self.run(archive, self.page.offset, wanted.min(PORTION), self.facets)?;
        let (total, facets) = (found.total, std::mem::take(&mut found.facets));
        while !found.letters.is_empty() && !only_counts {
            for &id in &found.letters {
                let held = archive.letter(id)?;
                output.write_all(&self.show(&held)?)?;
            }
            given += found.letters.len();
            if given >= wanted || self.page.offset + given >= total {
                break;
            }
            let next = PORTION.min(wanted - given);
            found = self.run(archive, self.page.offset + given, next, false)?;
        }
        self.end(&mut output, total, given, &facets)?;
        output.finish()?;
        Ok(Status::Done)
    }

    /// How many letters to give: programs get all that were found, people a page.
    fn wanted(&self) -> usize {
        const PAGE: usize = 20;
        match self.page.limit {
            Some(limit) => limit,
            None if self.page.all || self.shown.format != Format::Text => usize::MAX,
            None => PAGE,
        }
    }

    fn run(
        &self,
        archive: &Archive,
        offset: usize,
        limit: usize,
        facets: bool,
    ) -> Result<search::Found, Failure> {
        let sort = match self.sort {
            Sort::Relevance => search::Sort::Relevance,
            Sort::Date => search::Sort::Date,
            Sort::Newest => search::Sort::DateDescending,
            Sort::Sender => search::Sort::Sender,
            Sort::Number => search::Sort::Number,
        };
        Ok(archive.search(&Request { query: &self.query, sort, offset, limit, facets })?)
    }

    fn snippet(&self, held: &Held) -> Result<Option<Snippet>, Failure> {
        if !self.snippets {
            return Ok(None);
        }
        let language = held.letter.as_ref().and_then(|l| l.language.as_ref());
        let language = language.map_or("", |l| l.value.as_str());
        Ok(Some(search::snippet(&self.query, &held.stored.text, language)?))
    }

    fn show(&self, held: &Held) -> Result<Vec<u8>, Failure> {
        let snippet = self.snippet(held)?;
        let stored = &held.stored;
        Ok(match self.shown.format {
            Format::Text => {
                listing::letter(held, snippet.as_ref(), width(self.shown.width)).into_bytes()
            }
            Format::Jsonl => {
                let hit = Hit {
                    letter: stored.id,
                    version: stored.version,
                    files: &stored.sources,
                    corrected: !stored.corrections.is_empty(),
                    snippet: snippet.as_ref().map(cut),
                    record: held.letter.as_ref(),
                    error: stored.record.as_ref().err().map(String::as_str),
                };
                to_line(&hit)
            }
            Format::Csv => {
                let snippet = snippet.map(|s| s.text).unwrap_or_default();
                let number = stored.id.to_string();
                let first = [number, stored.sources.join("; "), snippet];
                table::row_with(&first, held.letter.as_ref(), stored.record.as_ref().err())
            }
        })
    }

    fn end(
        &self,
        output: &mut Output,
        total: usize,
        given: usize,
        facets: &BTreeMap<String, Vec<(String, u64)>>,
    ) -> Result<(), Failure> {
        match self.shown.format {
            Format::Text => {
                if self.facets {
                    let counts = listing::facets(facets, listing::VALUES, width(self.shown.width));
                    write!(output, "{}{counts}", if given > 0 { "\n" } else { "" })?;
                }
                let mut words = count(total as u64, "letter");
                let offset = self.page.offset;
                if given < total && given > 0 {
                    words = format!("{}–{} of {words}", offset + 1, offset + given);
                    if offset + given < total {
                        words.push_str(&format!("; --offset {} shows more", offset + given));
                    }
                }
                let gap = if given > 0 || self.facets { "\n" } else { "" };
                writeln!(output, "{gap}{}", listing::summary(&words))?;
            }
            Format::Jsonl if self.facets => {
                let facets = &listing::in_order(facets, usize::MAX);
                output.write_all(&to_line(&Counted { total, facets }))?;
            }
            Format::Csv if self.facets => {
                let facets = listing::in_order(facets, usize::MAX);
                output.write_all(&table::counts(&facets))?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn cut(snippet: &Snippet) -> Cut<'_> {
    let at = |byte: usize| snippet.text[..byte].chars().count();
    let marks = snippet.marks.iter().map(|m| [at(m.start), at(m.end)]).collect();
    Cut { text: &snippet.text, marks }
}
