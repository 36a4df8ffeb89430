//! `lab score`: reads or loads the readings, prints the figures, saves them and compares.

#![expect(clippy::print_stdout, reason = "the report is the purpose")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use letterbook::record::{self, Id};
use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::annotated::{Annotated, AnnotatedScore};
use super::letters::LetterScore;
use crate::{fields, gold};

/// What to score, and where the figures go.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Gold letters, JSON Lines.
    gold: Vec<PathBuf>,
    /// Letters annotated by hand, JSON Lines.
    #[arg(long, num_args = 1..)]
    annotated: Vec<PathBuf>,
    /// Records to score, JSON Lines; without it the letters are read now.
    #[arg(long)]
    readings: Option<PathBuf>,
    /// Read through the gold zones: what the field readers do when zones are right.
    #[arg(long, conflicts_with_all = ["annotated", "readings"])]
    gold_zones: bool,
    /// Print a table with a row for each gold file.
    #[arg(long)]
    by_edition: bool,
    /// Write the figures over all letters as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Write the figures of each gold file and of all as TSV.
    #[arg(long)]
    save: Option<PathBuf>,
    /// Print which figures differ from those saved in a TSV.
    #[arg(long)]
    diff: Option<PathBuf>,
}

/// Records by the identifier of their letter.
type Readings = BTreeMap<String, record::Letter>;

/// The figures of one run: edition, figure, value.
type Row = (String, String, f64);

/// Runs the command.
///
/// # Errors
///
/// When a file cannot be read or written, or holds something else than is expected.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let editions: Vec<(String, Vec<gold::Letter>)> = options
        .gold
        .iter()
        .map(|file| gold::read(file).map(|letters| (edition(file), letters)))
        .collect::<Result<_, _>>()?;
    let mut annotated: Vec<Annotated> = Vec::new();
    for file in &options.annotated {
        annotated.extend(json_lines(file)?);
    }
    let readings = match &options.readings {
        Some(file) => load(file)?,
        None => read(options, &editions, &annotated),
    };

    let mut rows: Vec<Row> = Vec::new();
    let mut all = LetterScore::default();
    let mut scores = Vec::new();
    for (name, letters) in &editions {
        let mut score = LetterScore::default();
        for letter in letters {
            let read = readings.get(&letter.id);
            score.add(letter, read);
            all.add(letter, read);
        }
        rows.extend(figures(&score).into_iter().map(|(f, v)| (name.clone(), f, v)));
        scores.push((name.as_str(), score));
    }
    let mut whole = BTreeMap::new();
    if all.letters > 0 {
        print!("{}", lines(&all));
        let figures = figures(&all);
        rows.extend(figures.iter().map(|(f, v)| ("all".to_owned(), f.clone(), *v)));
        whole.extend(figures);
    }
    if !annotated.is_empty() {
        let mut score = AnnotatedScore::default();
        annotated.iter().for_each(|letter| score.add(letter, readings.get(&letter.id)));
        print!("{}", annotated_lines(&score));
        let figures = annotated_figures(&score);
        rows.extend(figures.iter().map(|(f, v)| ("annotated".to_owned(), f.clone(), *v)));
        whole.extend(figures.into_iter().map(|(f, v)| (format!("annotated {f}"), v)));
    }
    if options.by_edition {
        scores.push(("all", all));
        print!("{}", table(&scores));
    }
    if let Some(file) = &options.json {
        let json = serde_json::to_string_pretty(&whole).map_err(|e| e.to_string())?;
        write(file, &json)?;
    }
    if let Some(file) = &options.diff {
        print!("{}", difference(&text(file)?, &rows));
    }
    if let Some(file) = &options.save {
        write(file, &saved(&rows))?;
    }
    Ok(())
}

/// Reads every letter once, on all cores.
fn read(
    options: &Options,
    editions: &[(String, Vec<gold::Letter>)],
    annotated: &[Annotated],
) -> Readings {
    let letters: Vec<&gold::Letter> = editions.iter().flat_map(|(_, letters)| letters).collect();
    if options.gold_zones {
        return letters.par_iter().map(|l| (l.id.clone(), fields::read_through(l))).collect();
    }
    let texts: BTreeMap<&str, &str> = letters
        .iter()
        .map(|l| (l.id.as_str(), l.text.as_str()))
        .chain(annotated.iter().map(|l| (l.id.as_str(), l.text.as_str())))
        .collect();
    texts
        .into_par_iter()
        .map(|(id, text)| {
            (id.to_owned(), letterbook::read_text(text, &letterbook::Options::default()))
        })
        .collect()
}

/// Records from a file; of two with one identifier the last counts.
fn load(file: &Path) -> Result<Readings, String> {
    let records: Vec<record::Letter> = json_lines(file)?;
    Ok(records
        .into_iter()
        .filter_map(|mut r| match r.id.take()? {
            Id::Text(id) => Some((id, r)),
            Id::Number(_) => None, // gold letters are named by texts
        })
        .collect())
}

/// A file's letters, one a line.
///
/// # Errors
///
/// When the file or a line cannot be read.
pub(crate) fn json_lines<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>, String> {
    text(file)?
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| {
            serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", file.display(), i + 1))
        })
        .collect()
}

fn text(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()))
}

/// `de/escher` for a file `…/de/escher.jsonl`.
fn edition(file: &Path) -> String {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    match file.parent().and_then(Path::file_name) {
        Some(folder) => format!("{}/{name}", folder.to_string_lossy()),
        None => name.into_owned(),
    }
}

/// Every figure by its name: shares and F1 in `0.0..=1.0`, faults as a number.
fn figures(score: &LetterScore) -> Vec<(String, f64)> {
    let ratios = score.ratios.iter().map(|(name, ratio)| (name.to_owned(), ratio.share()));
    let zones = score.zones.characters.iter().map(|(n, c)| (format!("zone {n}"), c.f1()));
    let spans = score.zones.spans.iter().map(|(n, c)| (format!("span {n}"), c.f1()));
    let faults = ("evidence faults".to_owned(), score.faults as f64);
    ratios.chain(zones).chain(spans).chain([faults]).collect()
}

fn annotated_figures(score: &AnnotatedScore) -> Vec<(String, f64)> {
    let counts = score.counts.iter().map(|(name, counts)| (name.to_owned(), counts.f1()));
    counts.chain(score.ratios.iter().map(|(name, r)| (name.to_owned(), r.share()))).collect()
}

/// What the shared scorer prints of gold letters.
fn lines(score: &LetterScore) -> String {
    let mut out = format!("{} letters\n", score.letters);
    for (name, ratio) in score.ratios.iter() {
        let _ = writeln!(out, "  {name:38} {ratio}");
    }
    for (name, counts) in score.zones.characters.iter() {
        let _ = write!(out, "  zone {name:20} chars {counts}");
        if let Some(spans) = score.zones.spans.get(name) {
            let _ = write!(out, "   spans F1 {:6.2}", 100.0 * spans.f1());
        }
        out.push('\n');
    }
    let (faults, spans) = (score.faults, score.spans);
    out + &format!("  evidence spans at fault                {faults} of {spans}\n")
}

/// What the shared scorer prints of annotated letters.
fn annotated_lines(score: &AnnotatedScore) -> String {
    let mut out = format!("{} annotated letters\n", score.letters);
    for (name, counts) in score.counts.iter() {
        let _ = writeln!(out, "  {name:28} {counts}");
    }
    for (name, ratio) in score.ratios.iter() {
        let _ = writeln!(out, "  {name:34} {ratio}");
    }
    out
}

/// The columns of the table by edition: heading and figure.
const COLUMNS: [(&str, &str); 11] = [
    ("date", "date exact (page)"),
    ("wrong", "date wrong (all), lower is better"),
    ("sender", "sender (page)"),
    ("recip", "recipient (page)"),
    ("place", "place (page)"),
    ("whole", "whole letter right (page)"),
    ("dateln", "zone dateline"),
    ("salut", "zone salutation"),
    ("body", "zone body"),
    ("cl+sig", "zone close+signature"),
    ("sign", "zone signature"),
];

/// A row for each edition, in per cent.
fn table(scores: &[(&str, LetterScore)]) -> String {
    let mut out = format!("{:30} letters", "");
    for (heading, _) in COLUMNS {
        let _ = write!(out, " {heading:>6}");
    }
    out.push('\n');
    for (name, score) in scores {
        let figures: BTreeMap<String, f64> = figures(score).into_iter().collect();
        let _ = write!(out, "{name:30} {:7}", score.letters);
        for (_, figure) in COLUMNS {
            match figures.get(figure) {
                Some(value) => _ = write!(out, " {:6.2}", 100.0 * value),
                None => _ = write!(out, " {:>6}", "–"),
            }
        }
        out.push('\n');
    }
    out
}

const HEADING: &str = "edition\tfigure\tvalue";

/// The rows as TSV, values with four decimals.
pub(super) fn saved(rows: &[Row]) -> String {
    let mut out = format!("{HEADING}\n");
    for (edition, figure, value) in rows {
        let _ = writeln!(out, "{edition}\t{figure}\t{value:.4}");
    }
    out
}

/// The figures that differ from those saved, among the editions scored now.
pub(super) fn difference(saved: &str, rows: &[Row]) -> String {
    let mut before: BTreeMap<(&str, &str), &str> = saved
        .lines()
        .filter(|l| *l != HEADING)
        .filter_map(|l| l.split_once('\t'))
        .filter_map(|(edition, rest)| rest.split_once('\t').map(|(f, v)| ((edition, f), v)))
        .collect();
    let mut out = String::new();
    for (edition, figure, value) in rows {
        let now = format!("{value:.4}");
        match before.remove(&(edition.as_str(), figure.as_str())) {
            Some(old) if old == now => {}
            Some(old) => {
                let change = value - old.parse().unwrap_or(f64::NAN);
                let _ = writeln!(out, "{edition:30} {figure:38} {old} → {now}  {change:+.4}");
            }
            None => _ = writeln!(out, "{edition:30} {figure:38} new: {now}"),
        }
    }
    for ((edition, figure), old) in before {
        if rows.iter().any(|(e, ..)| e == edition) {
            let _ = writeln!(out, "{edition:30} {figure:38} gone: {old}");
        }
    }
    if out.is_empty() { "no figure differs from those saved\n".to_owned() } else { out }
}
