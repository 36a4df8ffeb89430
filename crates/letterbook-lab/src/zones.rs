//! Trains and scores the zone labeller: the tasks `train`, `loo` and `zones`.
#![allow(clippy::print_stdout, reason = "tables for the terminal")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use letterbook::model::Model;
use letterbook::span::Text;
use letterbook::zone;
use rayon::prelude::*;

use crate::score::ZoneScore;
use crate::{gold, score, train};

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
    let model = Model::parse(&bytes).map_err(|e| e.to_string())?;
    print_table(&by_edition(&model, &gold::load("dev")?));
    Ok(())
}

/// Scores the weights that ship, or those in a file, on `../shared/gold/dev`.
pub(crate) fn score_dev(weights: Option<PathBuf>, faults: Option<&str>) -> Result<(), String> {
    let bytes;
    let other;
    let model = match weights {
        None => zone::model(),
        Some(path) => {
            bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            other = Model::parse(&bytes).map_err(|e| e.to_string())?;
            &other
        }
    };
    let dev = gold::load("dev")?;
    match faults {
        Some(label) => print_faults(model, &dev, label),
        None => print_table(&by_edition(model, &dev)),
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
const UNSEEN: [&str; 4] = ["cody", "allp", "dahn_berlin_intellectuals", "qhod"];

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
    print!("{:28}", "");
    LABELS.iter().for_each(|l| print!(" {:>7.7}", l.replace("close+signature", "cl+sig")));
    println!();
    for (edition, score) in scores {
        print!("{edition:28}");
        for label in LABELS {
            match score.f1(label) {
                Some(f) => print!(" {f:7.2}"),
                None => print!(" {:>7}", "–"),
            }
        }
        println!();
    }
    for (title, wanted) in [("mean, unseen editions", true), ("mean, editions of training", false)]
    {
        let chosen: Vec<&ZoneScore> = scores
            .iter()
            .filter(|(e, _)| UNSEEN.contains(&e.as_str()) == wanted)
            .map(|(_, s)| s)
            .collect();
        if chosen.is_empty() {
            continue;
        }
        print!("{title:28}");
        for label in LABELS {
            let f: Vec<f64> = chosen.iter().filter_map(|s| s.f1(label)).collect();
            if f.is_empty() {
                print!(" {:>7}", "–");
            } else {
                print!(" {:7.2}", f.iter().sum::<f64>() / f.len() as f64);
            }
        }
        println!();
    }
}

/// Trains without one edition at a time and scores on it.
pub(crate) fn loo(settings: &train::Settings, only: &[String]) -> Result<(), String> {
    let all = gold::load("train")?;
    let dev = gold::load("dev")?;
    let mut editions: Vec<String> =
        all.iter().map(|l| l.edition.clone()).filter(|e| e != "dehmel").collect();
    editions.sort();
    editions.dedup();
    let mut table = BTreeMap::new();
    for edition in editions.iter().filter(|e| only.is_empty() || only.contains(e)) {
        let rest: Vec<gold::Letter> =
            all.iter().filter(|l| l.edition != *edition).cloned().collect();
        let weights = train::train(&rest, settings, |_| ());
        let bytes = weights.to_bytes();
        let model = Model::parse(&bytes).map_err(|e| e.to_string())?;
        let own: Vec<&gold::Letter> = dev.iter().filter(|l| l.edition == *edition).collect();
        table.insert(edition.clone(), score_of(&model, &own));
    }
    print_table(&table);
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
            println!(
                "   gold {:11} {}",
                score::name(z.label),
                short(&l.text[z.span.start..z.span.end])
            );
        }
        for z in &zones {
            println!(
                "   read {:11} {}",
                score::name(z.label),
                short(&l.text[z.span.start..z.span.end])
            );
        }
    }
    println!("{shown} letters");
}
