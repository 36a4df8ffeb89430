//! The lab: trains, scores and measures; not shipped.

mod dates;

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
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match Lab::parse().task {
        Task::Dates(options) => dates::run(&options),
    }
}
