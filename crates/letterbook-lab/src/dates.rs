//! `lab dates`: reads the tables of date expressions and counts what is right; or, of gold letters,
//! prints those whose own date is not the edition's.
//!
//! A row is *exact* when the first value equals the one expected, *partial* when every day of the
//! expected value is a day of ours and ours is less precise (or the right one is an alternative),
//! *wrong* when it is another, *none* when nothing was read.

#![expect(clippy::print_stdout, reason = "the report is the purpose")]

mod letters;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use letterbook_dates::phrase::{Context, find_dates};
use letterbook_dates::value::Edtf;

/// What to read and how much to print.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder of the tables; by default `../shared/dates` beside the project.
    #[arg(long)]
    tables: Option<PathBuf>,
    /// Only rows whose class is this.
    #[arg(long)]
    class: Option<String>,
    /// Only rows of this language.
    #[arg(long)]
    lang: Option<String>,
    /// Print the rows that are not exact.
    #[arg(long)]
    rows: bool,
    /// Instead of the tables, print the dates of these gold letters (JSON Lines) that are read
    /// wrongly, in part or not at all, with their datelines.
    #[arg(long, num_args = 1..)]
    letters: Vec<PathBuf>,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    exact: usize,
    partial: usize,
    wrong: usize,
    none: usize,
}

impl Tally {
    fn all(&self) -> usize {
        self.exact + self.partial + self.wrong + self.none
    }

    fn print(&self, name: &str) {
        let share = |n: usize| 100.0 * n as f64 / self.all().max(1) as f64;
        println!(
            "{name:24} {:5} rows  {:5.1} % exact  {:5.1} % partial  {:5.1} % wrong  {:5.1} % none",
            self.all(),
            share(self.exact),
            share(self.partial),
            share(self.wrong),
            share(self.none),
        );
    }
}

/// Runs the command.
pub(crate) fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    if !options.letters.is_empty() {
        return Ok(letters::report(&options.letters)?);
    }
    let folder = match &options.tables {
        Some(folder) => folder.clone(),
        None => shared()?.join("dates"),
    };
    for table in ["expressions.tsv", "attested.tsv"] {
        report(&folder.join(table), options)?;
    }
    Ok(())
}

/// The folder of shared data: `LETTERBOOK_SHARED`, or `shared` beside the project.
fn shared() -> Result<PathBuf, String> {
    if let Some(folder) = std::env::var_os("LETTERBOOK_SHARED") {
        return Ok(folder.into());
    }
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    ["../shared", "../../shared"]
        .iter()
        .map(|folder| project.join(folder))
        .find(|folder| folder.is_dir())
        .ok_or_else(|| {
            "expected the tables in ../shared, but found no such folder; set LETTERBOOK_SHARED"
                .to_owned()
        })
}

fn report(path: &Path, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let table = std::fs::read_to_string(path)?;
    let (mut total, mut classes, mut languages) =
        (Tally::default(), BTreeMap::<&str, Tally>::new(), BTreeMap::<&str, Tally>::new());
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [lang, anchor, text, expected, _, _, class, ..] = fields[..] else { continue };
        if options.class.as_deref().is_some_and(|wanted| wanted != class)
            || options.lang.as_deref().is_some_and(|wanted| wanted != lang)
        {
            continue;
        }
        let place = fields
            .get(7)
            .map(|field| field.trim_start_matches("place="))
            .filter(|place| !place.is_empty());
        let context = Context {
            lang: Some(lang),
            anchor: Edtf::parse(anchor).ok(),
            place,
            ..Context::default()
        };
        let readings = find_dates(text, &context);
        // A few attested rows have an editor's mistake for a value and can never be exact.
        let Ok(expected_value) = Edtf::parse(expected) else {
            total.none += 1;
            continue;
        };
        let first = readings.first();
        let verdict = match first {
            None => "none",
            Some(reading) if reading.value == expected_value => "exact",
            Some(reading) if is_partial(&reading.value, &expected_value) => "partial",
            Some(_) => "wrong",
        };
        for tally in
            [&mut total, classes.entry(class).or_default(), languages.entry(lang).or_default()]
        {
            match verdict {
                "exact" => tally.exact += 1,
                "partial" => tally.partial += 1,
                "wrong" => tally.wrong += 1,
                _ => tally.none += 1,
            }
        }
        if options.rows && verdict != "exact" {
            let found = first
                .map_or("-".to_owned(), |reading| format!("{} ({})", reading.value, reading.rule));
            println!(
                "{verdict:8} {lang:3} {class:16} {anchor:10} | {text} | expected {expected} | found {found}"
            );
        }
    }
    println!("{}", path.file_name().unwrap_or_default().to_string_lossy());
    for (class, tally) in &classes {
        tally.print(&format!("  {class}"));
    }
    for (lang, tally) in &languages {
        tally.print(&format!("  {lang}"));
    }
    total.print("  all");
    Ok(())
}

/// Whether the value found says less than the one expected, but nothing against it.
fn is_partial(found: &Edtf, expected: &Edtf) -> bool {
    let text = found.to_string();
    if text.contains('X') && expected.as_date().is_some() {
        let expected = expected.to_string();
        return text.len() <= expected.len()
            && text
                .bytes()
                .zip(expected.bytes())
                .all(|(mine, theirs)| mine == theirs || mine == b'X');
    }
    let ((start, end), (first, last)) = (found.bounds(), expected.bounds());
    let begins = match (start, first) {
        (Some(start), Some(first)) => start <= first,
        (None, _) => true,
        (Some(_), None) => false,
    };
    let ends = match (end, last) {
        (Some(end), Some(last)) => last <= end,
        (None, _) => true,
        (Some(_), None) => false,
    };
    begins && ends
}
