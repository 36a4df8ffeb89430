//! Makes the field of bits by which most words are told to be no town's name.
//!
//! Making it when the program starts would cost as much as reading thirty letters. What the bits
//! mean stands in `src/tables/towns/field.rs`.

#![allow(clippy::disallowed_methods, reason = "a build reads files and is told where to write")]
#![allow(unreachable_pub, reason = "these modules are the crate's")]

use std::path::Path;
use std::{env, fs, io};

#[path = "src/tables/towns/field.rs"]
mod field;
#[allow(dead_code, reason = "towns are named in plain spelling")]
#[path = "src/folding.rs"]
mod folding;

fn main() -> io::Result<()> {
    let tables = ["tables/places.tsv", "tables/towns_then.tsv"];
    for used in tables.into_iter().chain(["build.rs", "src/folding.rs", "src/tables"]) {
        println!("cargo::rerun-if-changed={used}");
    }
    let [today, then] = [fs::read_to_string(tables[0])?, fs::read_to_string(tables[1])?];
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
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&folder).join("towns.bits"), bytes)
}
