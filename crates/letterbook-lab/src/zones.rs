//! Trains and scores the zone labeller: the tasks `train`, `loo` and `zones`.
#![allow(clippy::print_stdout, reason = "tables for the terminal")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use letterbook::model::Model;
use letterbook::record::ZoneLabel;
use letterbook::text::Text;
use letterbook::zone;
use rayon::prelude::*;

use crate::score::ZoneScore;
use crate::{gold, train};

/// Trains on `../shared/gold/train` and writes the weights to `out`.
pub(crate) fn train_and_write(
    settings: &train::Settings,
    out: Option<PathBuf>,
) -> Result<(), String> {
    let letters = gold::load("train")?;
    let weights = train::train(&letters, settings, |m| println!("{m}"));
    let out = out.unwrap_or_else(|| gold::workspace().join("crates/letterbook/models/zones.bin"));
    let bytes = weights.to_bytes();
    std::fs::write(&out, &bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    println!("{} bytes to {}", bytes.len(), out.display());
    let model = zone::parse_model(&bytes).map_err(|e| e.to_string())?;
    print_table(&by_edition(&model, &gold::load("dev")?));
    Ok(())
}

/// Scores the weights that ship, or those in a file, on `../shared/gold/dev`.
pub(crate) fn score_dev(
    weights: Option<PathBuf>,
    faults: Option<&str>,
    reliability: bool,
    letters: &[PathBuf],
) -> Result<(), String> {
    let bytes;
    let other;
    let model = match weights {
        None => zone::model(),
        Some(path) => {
            bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            other = zone::parse_model(&bytes).map_err(|e| e.to_string())?;
            &other
        }
    };
    if !letters.is_empty() {
        return print_letters(model, letters);
    }
    let dev = gold::load("dev")?;
    if reliability {
        print_reliability(model, &dev);
        return Ok(());
    }
    match faults {
        Some(label) => print_faults(model, &dev, label),
        None => print_table(&by_edition(model, &dev)),
    }
    Ok(())
}

/// The zones of each letter, one a line, line ends as `/`.
fn print_letters(model: &Model, letters: &[PathBuf]) -> Result<(), String> {
    for path in letters {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("== {}", path.display());
        for zone in read(model, &text) {
            let quote = text[zone.span.start..zone.span.end].replace('\n', "/");
            println!("{}\t{quote}", zone.label.name());
        }
    }
    Ok(())
}

/// The zones that `model` reads in `text`.
fn read(model: &Model, text: &str) -> Vec<gold::Zone> {
    zone::read_zones_with(model, &Text::new(text))
        .into_iter()
        .map(|z| gold::Zone { label: z.label, span: z.span })
        .collect()
}

fn score_of(model: &Model, letters: &[&gold::Letter]) -> ZoneScore {
    let read: Vec<Vec<gold::Zone>> = letters.par_iter().map(|l| read(model, &l.text)).collect();
    let mut score = ZoneScore::default();
    letters.iter().zip(&read).for_each(|(l, z)| score.add(l, z));
    score
}

fn by_edition(model: &Model, letters: &[gold::Letter]) -> BTreeMap<String, ZoneScore> {
    let mut groups: BTreeMap<String, Vec<&gold::Letter>> = BTreeMap::new();
    for l in letters {
        groups.entry(l.edition.clone()).or_default().push(l);
    }
    groups.into_iter().map(|(e, ls)| (e, score_of(model, &ls))).collect()
}

/// The dev editions of which nothing is in training.
pub(crate) const UNSEEN: [&str; 4] = ["cody", "allp", "dahn_berlin_intellectuals", "qhod"];

const LABELS: [&str; 10] = [
    "letterhead",
    "dateline",
    "address",
    "salutation",
    "body",
    "close",
    "signature",
    "close+signature",
    "postscript",
    "other",
];

fn print_table(scores: &BTreeMap<String, ZoneScore>) {
    print_scores(scores);
    for (title, wanted) in [("mean, unseen editions", true), ("mean, editions of training", false)]
    {
        let chosen: Vec<&ZoneScore> = scores
            .iter()
            .filter(|(e, _)| UNSEEN.contains(&e.as_str()) == wanted)
            .map(|(_, s)| s)
            .collect();
        if !chosen.is_empty() {
            print_mean(title, &chosen);
        }
    }
}

fn print_scores(scores: &BTreeMap<String, ZoneScore>) {
    print!("{:28}", "");
    LABELS.iter().for_each(|l| print!(" {:>7.7}", l.replace("close+signature", "cl+sig")));
    println!();
    for (edition, score) in scores {
        print_row(edition, |label| score.f1(label));
    }
}

fn print_mean(title: &str, scores: &[&ZoneScore]) {
    print_row(title, |label| {
        let f: Vec<f64> = scores.iter().filter_map(|s| s.f1(label)).collect();
        (!f.is_empty()).then(|| f.iter().sum::<f64>() / f.len() as f64)
    });
}

fn print_row(title: &str, figure: impl Fn(&str) -> Option<f64>) {
    print!("{title:28}");
    for label in LABELS {
        match figure(label) {
            Some(f) => print!(" {f:7.2}"),
            None => print!(" {:>7}", "–"),
        }
    }
    println!();
}

/// How many letters of an edition left out are scored at most.
const SCORED: usize = 600;

/// Trains without one edition at a time and scores on it.
pub(crate) fn loo(settings: &train::Settings, only: &[String]) -> Result<(), String> {
    let all = gold::load("train")?;
    let dev = gold::load("dev")?;
    let mut editions: Vec<&str> =
        all.iter().filter(|l| !l.scored.is_empty()).map(|l| l.edition.as_str()).collect();
    editions.sort_unstable();
    editions.dedup();
    let mut table = BTreeMap::new();
    for edition in editions {
        if !only.is_empty() && !only.iter().any(|o| o == edition) {
            continue;
        }
        let rest: Vec<gold::Letter> =
            all.iter().filter(|l| l.edition != edition).cloned().collect();
        let weights = train::train(&rest, settings, |_| ());
        let bytes = weights.to_bytes();
        let model = zone::parse_model(&bytes).map_err(|e| e.to_string())?;
        // none of it was learned from, so its training letters may be scored as well
        let own: Vec<&gold::Letter> =
            dev.iter().chain(&all).filter(|l| l.edition == edition).collect();
        let every = own.len().div_ceil(SCORED);
        let own: Vec<&gold::Letter> = own.into_iter().step_by(every).collect();
        println!("without {edition}: {} letters", own.len());
        table.insert(edition.to_owned(), score_of(&model, &own));
    }
    print_scores(&table);
    print_mean("mean, each left out", &table.values().collect::<Vec<_>>());
    Ok(())
}

/// Letters of the unseen editions with what was read against what is marked.
fn print_faults(model: &Model, letters: &[gold::Letter], label: &str) {
    let mut shown = 0;
    for l in letters {
        let zones = read(model, &l.text);
        let mut score = ZoneScore::default();
        score.add(l, &zones);
        let Some(c) = score.characters.get(label) else { continue };
        if c.wrong + c.missed < 4 {
            continue;
        }
        shown += 1;
        let short = |s: &str| {
            let n = s.chars().count();
            let s = s.replace('\n', " / ");
            if n <= 90 {
                s
            } else {
                format!(
                    "{} … {}",
                    s.chars().take(40).collect::<String>(),
                    s.chars().skip(s.chars().count() - 40).collect::<String>()
                )
            }
        };
        println!(
            "== {} {} right {} wrong {} missed {}",
            l.edition, l.id, c.right, c.wrong, c.missed
        );
        for z in &l.zones {
            println!("   gold {:11} {}", z.label.name(), short(&l.text[z.span.start..z.span.end]));
        }
        for z in &zones {
            println!("   read {:11} {}", z.label.name(), short(&l.text[z.span.start..z.span.end]));
        }
    }
    println!("{shown} letters");
}

/// How often zones read with a confidence are right: at least half of their characters bear the
/// label in the edition. Only labels that the edition marks are counted, the body is not.
fn print_reliability(model: &Model, letters: &[gold::Letter]) {
    let counted: Vec<Vec<(f32, bool)>> = letters
        .par_iter()
        .map(|letter| {
            zone::read_zones_with(model, &Text::new(&letter.text))
                .into_iter()
                .filter(|z| z.label != ZoneLabel::Body && letter.scored.contains(&z.label))
                .map(|z| {
                    let shared: usize = letter
                        .zones
                        .iter()
                        .filter(|g| g.label == z.label && g.span.overlaps(z.span))
                        .map(|g| g.span.end.min(z.span.end) - g.span.start.max(z.span.start))
                        .sum();
                    (z.confidence, 2 * shared >= z.span.len())
                })
                .collect()
        })
        .collect();
    for (title, wanted) in [("unseen editions", true), ("editions of training", false)] {
        let mut bins = [(0usize, 0usize, 0.0f64); 10];
        for (letter, zones) in letters.iter().zip(&counted) {
            if UNSEEN.contains(&letter.edition.as_str()) != wanted {
                continue;
            }
            for &(confidence, right) in zones {
                let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
                bin.0 += 1;
                bin.1 += usize::from(right);
                bin.2 += f64::from(confidence);
            }
        }
        println!("{title}: confidence, zones, right");
        let all: usize = bins.iter().map(|b| b.0).sum();
        let mut error = 0.0;
        for (i, &(n, right, sum)) in bins.iter().enumerate().filter(|b| b.1.0 > 0) {
            let share = right as f64 / n as f64;
            error += (share - sum / n as f64).abs() * n as f64 / all as f64;
            println!(
                "  {:.1}–{:.1} {n:6} {:6.1} %",
                i as f64 / 10.0,
                (i + 1) as f64 / 10.0,
                100.0 * share
            );
        }
        println!("  expected calibration error {error:.3}");
    }
}
