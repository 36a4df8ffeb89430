//! Letters joined into books, to learn and to measure where each begins.
//!
//! Books are made of letters of one edition, parted in the ways that people part them, some of the
//! letters with page breaks and the like inside. The weights of `letterbook::split` are learned
//! from four fifths of the training letters by logistic regression, for its first look and then for
//! its second; by the last fifth the chance
//! that a text is a book is set so that hardly any whole letter is cut. Measures boundary F1 (a
//! boundary is right at the first character of its letter only), how much the confidences hold,
//! and the share of single letters that are cut.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use letterbook::split::{Boundary, Place, Places, Weights, chances, choose, habits, places};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::gold::{self, Letter};
use crate::random::Random;

/// Ways in which letters are parted: a name, and what stands between letter and letter; `#` stands
/// for a number, `I` for the same in Roman figures.
const STYLES: [(&str, &str); 12] = [
    // the hardest is the commonest
    ("blank line", "\n\n"),
    ("blank line", "\n\n"),
    ("blank line", "\n\n"),
    ("two blank lines", "\n\n\n"),
    ("stars", "\n\n* * *\n\n"),
    ("rule", "\n\n--------------------\n\n"),
    ("double rule", "\n==========\n"),
    ("page", "\n\u{0C}"),
    ("number", "\n\n#.\n\n"),
    ("number in brackets", "\n\n[#]\n\n"),
    ("word and number", "\n\nLetter #\n\n"),
    ("Roman number", "\n\nI.\n\n"),
];

/// The way that is learned and measured beside [`STYLES`]: no blank line anywhere.
const UNSPACED: &str = "no blank lines";

/// How often all texts are learned from.
const EPOCHS: usize = 4;

/// Letters of fewer characters are notes on the edition more often than letters.
const LEAST: usize = 150;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Learn the weights from the training letters before measuring, and write them.
    #[arg(long)]
    train: bool,
    /// Where to write the weights.
    #[arg(long, default_value = "crates/letterbook/tables/split.tsv")]
    out: PathBuf,
    /// Set only the chance of a book anew, and write it with the weights that ship.
    #[arg(long, conflicts_with = "train")]
    tune: bool,
    /// Take the weights of this file instead of those that ship.
    #[arg(long, conflicts_with = "train")]
    table: Option<PathBuf>,
    /// Share of single letters that may be cut, of those kept back from training.
    #[arg(long, default_value_t = 0.002)]
    cut: f64,
    /// Use every N-th letter only.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Print this many single letters that are cut and boundaries that are missed.
    #[arg(long, default_value_t = 0)]
    faults: usize,
}

/// A text of many letters, and where each but the first begins.
struct Book {
    style: &'static str,
    text: String,
    starts: Vec<usize>,
}

pub(crate) fn run(options: &Options) -> Result<(), String> {
    let mut weights = match &options.table {
        None => Weights::shipped().clone(),
        Some(table) => Weights::parse(&std::fs::read_to_string(table).map_err(|e| e.to_string())?),
    };
    if options.train || options.tune {
        let letters = load("train", options.every)?;
        let kept = |back: bool| {
            let all = letters.iter().enumerate().filter(move |(n, _)| (n % 5 == 0) == back);
            all.map(|(_, letter)| letter)
        };
        if options.train {
            weights = learn(&kept(false).cloned().collect::<Vec<_>>());
        }
        tune(&mut weights, kept(true), options.cut);
        trust(&mut weights, &kept(true).cloned().collect::<Vec<_>>());
        std::fs::write(&options.out, table(&weights)).map_err(|e| e.to_string())?;
    }
    report(&load("dev", options.every)?, &weights, options.faults);
    Ok(())
}

fn load(split: &str, every: usize) -> Result<Vec<Letter>, String> {
    let letters = gold::load(split)?;
    let long = letters.into_iter().filter(|l| l.text.trim().chars().count() >= LEAST);
    Ok(long.step_by(every.max(1)).collect())
}

/// The letter as it may come: blank lines doubled, pages broken and numbered, stars between
/// paragraphs. None of these parts two letters, and each of them also does.
fn roughen(text: &str, random: &mut Random) -> String {
    let rough = match random.below(10) {
        0 => "\n\n\n",
        1 => "\n\n\u{0C}",
        2 => "\n\n- # -\n\n",
        3 => "\n\n* * *\n\n",
        _ => return text.trim().to_owned(),
    };
    // a typist doubles every blank line, or a page ends here and there
    let share = if random.chance(0.3) { 1.0 } else { 0.15 };
    let mut out = String::with_capacity(text.len() + 64);
    let mut number = 1;
    for (n, block) in text.trim().split("\n\n").enumerate() {
        if n > 0 && random.chance(share) {
            number += 1;
            out.push_str(&rough.replace('#', &number.to_string()));
        } else if n > 0 {
            out.push_str("\n\n");
        }
        out.push_str(block);
    }
    out
}

/// The letter as those write it who leave no line blank.
fn unspace(text: &str) -> String {
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    lines.collect::<Vec<&str>>().join("\n")
}

/// A book of the same letters without blank lines.
fn unspaced(book: &Book) -> Book {
    let ends = book.starts.iter().copied().chain([book.text.len()]);
    let (mut text, mut starts, mut at) = (String::new(), Vec::new(), 0);
    for end in ends {
        if !text.is_empty() {
            text.push('\n');
            starts.push(text.len());
        }
        text.push_str(&unspace(&book.text[at..end]));
        at = end;
    }
    Book { style: UNSPACED, text, starts }
}

/// Joins letters of each edition into books of two to nine.
fn books(letters: &[Letter], seed: u64) -> Vec<Book> {
    let mut random = Random::new(seed, 0);
    let mut editions: BTreeMap<(&str, &str), Vec<&Letter>> = BTreeMap::new();
    for letter in letters {
        editions.entry((&letter.language, &letter.edition)).or_default().push(letter);
    }
    let mut books = Vec::new();
    for (_, mut letters) in editions {
        while letters.len() > 1 {
            let n = (2 + random.below(8)).min(letters.len());
            let chosen = letters.split_off(letters.len() - n);
            let (style, between) = STYLES[random.below(STYLES.len())];
            let first = 1 + random.below(40);
            let mut text = String::new();
            let mut starts = Vec::new();
            for (i, letter) in chosen.iter().enumerate() {
                let number = first + i;
                let between =
                    between.replace('I', &roman(number)).replace('#', &number.to_string());
                let head = between.trim_start();
                let is_heading = head.chars().any(char::is_alphanumeric);
                match (i, is_heading) {
                    (0, true) => text.push_str(head),
                    (0, false) => {}
                    (_, true) => {
                        text.push_str(&between[..between.len() - head.len()]);
                        starts.push(text.len());
                        text.push_str(head);
                    }
                    (_, false) => {
                        text.push_str(&between);
                        starts.push(text.len());
                    }
                }
                text.push_str(&roughen(&letter.text, &mut random));
            }
            books.push(Book { style, text, starts });
        }
    }
    books
}

fn roman(mut n: usize) -> String {
    let mut out = String::new();
    for (value, sign) in [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ] {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// A text to learn from: its places without their signs, the numbers of these, and whether a
/// letter begins there.
struct Sample {
    places: Places,
    signs: Vec<Vec<u32>>,
    starts: Vec<bool>,
}

/// The names of signs by number.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

impl Names {
    fn numbers(&mut self, signs: Vec<String>) -> Vec<u32> {
        let number = |name: String| {
            *self.numbers.entry(name).or_insert_with_key(|name| {
                self.names.push(name.clone());
                self.names.len() as u32 - 1
            })
        };
        signs.into_iter().map(number).collect()
    }
}

/// Sets the chance of a book so that the share `cut` of single letters is cut.
fn tune<'l>(weights: &mut Weights, letters: impl Iterator<Item = &'l Letter>, cut: f64) {
    let letters: Vec<&Letter> = letters.collect();
    let letters: Vec<Places> = letters.par_iter().map(|l| places(&l.text)).collect();
    // the higher the chance of a book, the more is cut
    let (mut low, mut high) = (-20.0f32, 5.0f32);
    for _ in 0..20 {
        weights.prior[1] = (low + high) / 2.0;
        let n = letters.iter().filter(|places| !choose(places, weights).is_empty()).count();
        if n as f64 > cut * letters.len() as f64 {
            high = weights.prior[1];
        } else {
            low = weights.prior[1];
        }
    }
    weights.prior[1] = low;
}

/// Learns how far chances are to be trusted from books of letters that were kept back.
fn trust(weights: &mut Weights, letters: &[Letter]) {
    weights.trust = (1.0, 0.0);
    let found: Vec<Vec<(f32, bool)>> = books(letters, 4)
        .par_iter()
        .map(|book| {
            let found = choose(&places(&book.text), weights);
            let right = |b: &Boundary| book.starts.contains(&b.start);
            found.iter().map(|b| ((b.confidence / (1.0 - b.confidence)).ln(), right(b))).collect()
        })
        .collect();
    let found = found.concat();
    let (mut slope, mut shift) = (1.0f32, 0.0f32);
    for _ in 0..2000 {
        let (mut by_slope, mut by_shift) = (0.0, 0.0);
        for (odds, is_right) in &found {
            let error =
                1.0 / (1.0 + (-(slope * odds + shift)).exp()) - f32::from(u8::from(*is_right));
            by_slope += error * odds;
            by_shift += error;
        }
        slope -= 0.1 * by_slope / found.len().max(1) as f32;
        shift -= 0.1 * by_shift / found.len().max(1) as f32;
    }
    weights.trust = (slope, shift);
}

/// The samples of single letters and of books.
fn samples(letters: &[Letter], names: &mut Names) -> Vec<Sample> {
    let mut random = Random::new(5, 0);
    let mut singles: Vec<String> = Vec::new();
    for letter in letters {
        singles.push(letter.text.clone());
        singles.push(roughen(&letter.text, &mut random));
        if random.chance(0.25) {
            singles.push(unspace(&letter.text));
        }
    }
    let mut texts: Vec<(String, Vec<usize>)> =
        singles.into_iter().map(|text| (text, Vec::new())).collect();
    for seed in 1..=3 {
        for book in books(letters, seed) {
            if random.chance(0.2) {
                let Book { text, starts, .. } = unspaced(&book);
                texts.push((text, starts));
            }
            texts.push((book.text, book.starts));
        }
    }
    let mut samples = Vec::new();
    for texts in texts.chunks(2000) {
        let found: Vec<Places> = texts.par_iter().map(|(text, _)| places(text)).collect();
        for (mut places, (_, starts)) in found.into_iter().zip(texts) {
            let signs = places.all.iter_mut().map(|p| names.numbers(std::mem::take(&mut p.signs)));
            let signs = signs.collect();
            let starts = places.all.iter().map(|p| starts.contains(&p.start)).collect();
            samples.push(Sample { places, signs, starts });
        }
    }
    samples
}

/// What a text is held to be before it is seen, while learning.
const PRIOR: f32 = -1.0;

/// Learns the weights of both looks. What the second makes of the first is learned from chances
/// that the first gives texts it was not taught with, as it will meet them.
fn learn(letters: &[Letter]) -> Weights {
    let mut names = Names::default();
    let mut samples = samples(letters, &mut names);
    let first = fit(&samples.iter().collect::<Vec<_>>(), names.names.len());
    for half in 0..2 {
        let others: Vec<&Sample> = samples.iter().skip(1 - half).step_by(2).collect();
        let weights = fit(&others, names.names.len());
        for sample in samples.iter_mut().skip(half).step_by(2) {
            let chances = chances(&sample.places.all, &evidence(sample, &weights), PRIOR.into());
            for (signs, habits) in sample.signs.iter_mut().zip(habits(&sample.places, &chances)) {
                signs.extend(names.numbers(habits));
            }
        }
    }
    let second = fit(&samples.iter().collect::<Vec<_>>(), names.names.len());
    let weight = |of: &[f64], n: usize| of.get(n).copied().unwrap_or_default() as f32;
    let weights = names.names.into_iter().enumerate().map(|(n, name)| {
        let both = [weight(&first, n), weight(&second, n)];
        (name, both)
    });
    let known = weights.filter(|(_, both)| both.iter().any(|w| w.abs() >= LEAST_WEIGHT));
    Weights { signs: known.collect(), prior: [PRIOR; 2], limit: 0.5, trust: (1.0, 0.0) }
}

/// A sign that weighs less in both looks is left out.
const LEAST_WEIGHT: f32 = 0.05;

fn evidence(sample: &Sample, weights: &[f64]) -> Vec<f64> {
    let weight = |&s: &u32| weights.get(s as usize).copied().unwrap_or_default();
    sample.signs.iter().map(|signs| signs.iter().map(weight).sum()).collect()
}

/// Raises the chance of the true boundaries of each text against all other ways of cutting it, by
/// adaptive gradient steps; signs that are seldom seen weigh nothing.
fn fit(samples: &[&Sample], n: usize) -> Vec<f64> {
    /// How often a sign must be seen.
    const SEEN: usize = 30;
    let mut seen = vec![0usize; n];
    samples.iter().flat_map(|s| s.signs.iter().flatten()).for_each(|&s| seen[s as usize] += 1);
    let mut random = Random::new(7, 0);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut weights = vec![0f64; n];
    let mut squares = vec![1e-2f64; n];
    for _ in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            order.swap(i, random.below(i + 1));
        }
        for &i in &order {
            let sample = samples[i];
            let chances = chances(&sample.places.all, &evidence(sample, &weights), PRIOR.into());
            for ((chance, is_start), signs) in chances.iter().zip(&sample.starts).zip(&sample.signs)
            {
                let error = chance - f64::from(u8::from(*is_start));
                for s in signs.iter().map(|&s| s as usize).filter(|&s| seen[s] >= SEEN) {
                    let step = error + 1e-4 * weights[s];
                    squares[s] += step * step;
                    weights[s] -= 0.1 * step / squares[s].sqrt();
                }
            }
        }
    }
    weights
}

fn table(weights: &Weights) -> String {
    let head = "# What shows that a letter begins, and how much: weights of a logistic regression, as\n\
         # natural logarithms; models/split.md is the card. (prior) is the odds that a text is a book,\n\
         # (limit) the least chance of a boundary that is given, (trust) makes its confidence.\n\
         # Source: learned by `lab split --train` on the training letters named in models/README.md.\n\
         # Licence: that of the project. Columns: what is seen, weight in the first look, in the second.\n";
    format!("{head}{}\n", weights.rows().join("\n"))
}

#[derive(Default, Clone, Copy)]
struct Count {
    right: usize,
    found: usize,
    there: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.right += other.right;
        self.found += other.found;
        self.there += other.there;
    }

    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.there).max(1) as f64
    }

    fn line(&self, name: &str) -> String {
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        let f1 = self.f1();
        format!(
            "{name:<22} F1 {f1:5.1}  precision {:5.1}  recall {:5.1}  of {}",
            share(self.right, self.found),
            share(self.right, self.there),
            self.there
        )
    }
}

/// Measures with the weights given.
fn report(letters: &[Letter], weights: &Weights, faults: usize) {
    let found = |text: &str| choose(&places(text), weights);
    let mut out = std::io::stdout().lock();
    let mut styles: BTreeMap<&str, Count> = BTreeMap::new();
    let (mut all, mut reached, mut looks) = (Count::default(), 0, 0);
    let mut sure = [(0usize, 0usize, 0f32); 6];
    let mut left = faults;
    let mut measured = books(letters, 11);
    let others: Vec<Book> = books(letters, 12).iter().step_by(4).map(unspaced).collect();
    measured.extend(others);
    let read: Vec<(Vec<Boundary>, Places)> =
        measured.par_iter().map(|book| (found(&book.text), places(&book.text))).collect();
    for (book, (found, places)) in measured.iter().zip(read) {
        let places = places.all;
        let is_right = |start: &usize| book.starts.contains(start);
        let right = found.iter().filter(|b| is_right(&b.start)).count();
        let count = Count { right, found: found.len(), there: book.starts.len() };
        styles.entry(book.style).or_default().add(count);
        for boundary in &found {
            let bin = &mut sure[((boundary.confidence - 0.4) * 10.0).clamp(0.0, 5.0) as usize];
            *bin = (
                bin.0 + usize::from(is_right(&boundary.start)),
                bin.1 + 1,
                bin.2 + boundary.confidence,
            );
        }
        if book.style != UNSPACED {
            all.add(count);
            looks += places.len();
            reached += places.iter().filter(|p| is_right(&p.start)).count();
        }
        let is_found = |s: &&usize| !found.iter().any(|b| b.start == **s);
        let wrong = found.iter().filter(|b| !is_right(&b.start)).map(|b| ("wrong", b.start));
        let missed = book.starts.iter().filter(is_found).map(|s| ("missed", *s));
        for (what, at) in wrong.chain(missed).take(2) {
            if left > 0 {
                left -= 1;
                let place = places.iter().find(|p| p.start == at);
                let shown = place.map_or("not looked at".to_owned(), |p| shown(p, weights));
                let text = around(&book.text, at);
                let _ = writeln!(out, "{what} ({}), {shown}:\n{text}\n", book.style);
            }
        }
    }
    for (style, count) in &styles {
        let _ = writeln!(out, "{}", count.line(style));
    }
    let _ = writeln!(out, "{}", all.line("all but no blank lines"));
    let counts = || styles.iter().filter(|(style, _)| **style != UNSPACED);
    let mean = counts().map(|(_, count)| count.f1()).sum::<f64>() / counts().count().max(1) as f64;
    let _ = writeln!(out, "mean of the {} styles with blank lines  F1 {mean:.1}", counts().count());
    let share = 100.0 * reached as f64 / all.there.max(1) as f64;
    let each = looks as f64 / all.there.max(1) as f64;
    let _ = writeln!(out, "{each:.1} places a boundary hold {share:.1} % of the boundaries");
    for (right, of, sum) in sure.iter().filter(|bin| bin.1 > 0) {
        let of = *of as f32;
        let right = *right as f32 / of;
        let _ = writeln!(out, "sure {:.2}: right {right:.2} of {of}", sum / of);
    }
    let mut editions: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut left = faults;
    let mut random = Random::new(13, 0);
    let rough: Vec<String> = letters.iter().map(|l| roughen(&l.text, &mut random)).collect();
    let read: Vec<[Vec<Boundary>; 3]> = letters
        .par_iter()
        .zip(&rough)
        .map(|(l, rough)| [found(&l.text), found(rough), found(&unspace(&l.text))])
        .collect();
    for (letter, [cut, roughened, unspaced]) in letters.iter().zip(read) {
        let mut count = |name: &str, is_cut: bool| {
            let count = editions.entry(name.to_owned()).or_default();
            *count = (count.0 + usize::from(is_cut), count.1 + 1);
        };
        count("single letters, roughened", !roughened.is_empty());
        count("single letters, no blank lines", !unspaced.is_empty());
        count("single letters", !cut.is_empty());
        count(&format!("{}/{}", letter.language, letter.edition), !cut.is_empty());
        if let Some(boundary) = cut.first().filter(|_| left > 0) {
            left -= 1;
            let text = around(&letter.text, boundary.start);
            let _ = writeln!(out, "cut ({}, {:.2}):\n{text}\n", letter.id, boundary.confidence);
        }
    }
    for (name, (cut, of)) in editions {
        let share = 100.0 * cut as f64 / of as f64;
        let _ = writeln!(out, "{name:<34} cut {cut} of {of}  {share:.2} %");
    }
}

/// What speaks for a place and against it in the second look, its fellows aside; the weightiest
/// first.
fn shown(place: &Place, weights: &Weights) -> String {
    let weight = |sign: &String| weights.signs.get(sign).copied().unwrap_or_default()[1];
    let mut signs: Vec<(f32, &String)> = place.signs.iter().map(|s| (weight(s), s)).collect();
    signs.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let shown = signs.iter().take(8).map(|(weight, sign)| format!("\n    {weight:5.2} {sign}"));
    let [first, second] = weights.evidence(&place.signs);
    format!("evidence {first:.1}, {second:.1}{}", shown.collect::<String>())
}

/// The text around a place, which `⟪` marks.
fn around(text: &str, at: usize) -> String {
    let from = text.floor_char_boundary(at.saturating_sub(300));
    let to = text.ceil_char_boundary((at + 300).min(text.len()));
    format!("{}⟪{}", &text[from..at], &text[at..to])
}
