//! Makes the lexicon of dates of its tables, which would take too long when the program starts.
//!
//! The script takes the modules of the crate that know how (`src/phrase/make.rs`).

#![allow(clippy::disallowed_methods, reason = "a build is told where to write")]
#![allow(unreachable_pub, reason = "these modules are the crate's")]
#![allow(
    dead_code,
    unused_imports,
    unfulfilled_lint_expectations,
    reason = "the crate has the rest of their users"
)]

use std::path::Path;
use std::{env, fs, io};

/// Modules of the crate, which know each other by the names that they have there.
#[path = "src"]
#[allow(clippy::all, reason = "they are looked at as parts of the crate")]
mod library {
    pub(crate) mod calendar;
    pub(crate) mod day;
    pub(crate) mod era;
    pub(crate) mod packed;

    pub(crate) mod phrase {
        mod fold;
        mod languages;
        mod lexicon;
        pub(crate) mod make;
        mod number;
        mod token;
    }
}

use library::{calendar, day, era, packed, phrase};

fn main() -> io::Result<()> {
    // modules and tables are watched as parts of this script
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&folder).join("dates.bin"), phrase::make::write())
}
