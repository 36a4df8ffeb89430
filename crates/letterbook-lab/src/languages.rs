//! `lab language`: how often the language read is that of the edition, by confidence.
//!
//! Letters whose language the edition does not say (`und`) are not counted.

#![expect(clippy::print_stdout, reason = "the report is the purpose")]

use std::path::PathBuf;

use letterbook::language::read_language;
use letterbook::text::Text;
use rayon::prelude::*;

use crate::gold;

/// Reads the language of every letter of `files` and prints a line for each tenth of confidence.
///
/// # Errors
///
/// When a file cannot be read or is no gold file.
pub(crate) fn run(files: &[PathBuf]) -> Result<(), String> {
    let mut letters = Vec::new();
    for file in files {
        letters.extend(gold::read(file)?);
    }
    letters.retain(|l| !l.tag.is_empty() && l.tag != "und");
    let read: Vec<Option<(f32, bool)>> = letters
        .par_iter()
        .map(|l| {
            read_language(&Text::new(&l.text)).map(|read| (read.confidence, read.tag == l.tag))
        })
        .collect();
    let mut bins = [(0usize, 0usize); 10];
    for &(confidence, is_right) in read.iter().flatten() {
        let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
        bin.0 += 1;
        bin.1 += usize::from(is_right);
    }
    let (all, right) = bins.iter().fold((0, 0), |sum, b| (sum.0 + b.0, sum.1 + b.1));
    println!("{} letters, {} without an answer", letters.len(), letters.len() - all);
    for (i, &(n, right)) in bins.iter().enumerate().filter(|(_, b)| b.0 > 0) {
        print_row(&format!("{:.1}–{:.1}", i as f64 / 10.0, (i + 1) as f64 / 10.0), n, right);
    }
    if all > 0 {
        print_row("all", all, right);
    }
    Ok(())
}

fn print_row(name: &str, all: usize, right: usize) {
    println!("  {name:8} {:6.2} %  ({right}/{all})", 100.0 * right as f64 / all as f64);
}
