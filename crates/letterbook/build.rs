//! Makes of the tables what would take too long when the program starts.
//!
//! That is the field of bits by which most words are told to be no town's name, which costs as much
//! as reading thirty letters (`src/tables/towns/field.rs` says what the bits mean), and the frames of
//! all languages, of which a letter needs one (`src/mention/frame/make`). The script takes the
//! modules of the crate that know how; what they cannot read of a table is told with file and line.

#![allow(clippy::disallowed_methods, reason = "a build reads files and is told where to write")]
#![allow(unreachable_pub, reason = "these modules are the crate's")]
#![allow(
    dead_code,
    unfulfilled_lint_expectations,
    reason = "the crate has the rest of their users"
)]

use std::path::Path;
use std::{env, fs, io};

#[path = "src/tables/towns/field.rs"]
mod field;

/// Modules of the crate, which know each other by the names that they have there.
#[path = "src"]
#[allow(clippy::all, reason = "they are looked at as parts of the crate")]
mod library {
    pub(crate) mod folding;
    pub(crate) mod record;
    pub(crate) mod rows;
    pub(crate) mod span;
    pub(crate) mod text;
    pub(crate) mod token;

    pub(crate) mod mention {
        pub(crate) mod contraction;
        mod fold;
        pub(crate) mod respelling;
        pub(crate) mod words;

        pub(crate) mod lexicon {
            mod classes;
            pub(crate) mod make;
            pub(crate) use crate::rows::rows;
        }

        pub(crate) mod frame {
            mod endings;
            pub(crate) mod make;
            mod packed;
            mod spelling;
            mod steps;
        }
    }
}

#[path = "../letterbook-dates/src/packed.rs"]
mod packed;

use library::{folding, mention, record, rows, span, text, token};
use mention::frame::make::{Tables, write_all};
use mention::lexicon;

/// The tables of towns, and those of the frames.
const TOWNS: [&str; 2] = ["tables/places.tsv", "tables/towns_then.tsv"];
const CLASSES: &str = "tables/classes.tsv";
const FRAMES: [&str; 4] =
    ["tables/acts.tsv", "tables/occasions.tsv", "tables/references.tsv", "tables/enclosures.tsv"];

fn main() -> io::Result<()> {
    // the modules, and the tables that they include, are watched as parts of this script
    println!("cargo::rerun-if-changed=build.rs");
    for table in TOWNS.iter().chain(&FRAMES).chain(&[CLASSES]) {
        println!("cargo::rerun-if-changed={table}");
    }
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&folder).join("towns.bits"), towns()?)?;
    fs::write(Path::new(&folder).join("parts.bin"), lexicon::make::write())?;
    fs::write(Path::new(&folder).join("frames.bin"), frames()?)
}

fn frames() -> io::Result<Vec<u8>> {
    let classes = fs::read_to_string(CLASSES)?;
    let texts: Vec<String> =
        FRAMES.into_iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
    let frames = [0, 1, 2, 3].map(|at| (FRAMES[at], &texts[at][..]));
    write_all(Tables { classes: (CLASSES, &classes), frames }).map_err(io::Error::other)
}

fn towns() -> io::Result<Vec<u8>> {
    let [today, then] = [fs::read_to_string(TOWNS[0])?, fs::read_to_string(TOWNS[1])?];
    let rows = |table| str::lines(table).filter(|l| !l.starts_with('#'));
    let today = rows(&today).filter_map(|l| l.split_once('\t')).map(|(name, _)| name);
    let then = rows(&then).filter_map(|l| l.split_once('\t')).flat_map(|(_, l)| l.split(", "));
    let mut bytes = vec![0u8; field::BYTES];
    for name in today.chain(then).filter(|name| field::has(name)) {
        let words = name.split(' ').map(folding::fold);
        for bit in field::bits(words.fold(0, folding::join)) {
            bytes[bit / 8] |= 1 << (bit % 8);
        }
    }
    Ok(bytes)
}
