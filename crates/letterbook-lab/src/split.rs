//! Letters joined into books, to learn and to measure where each begins.
//!
//! Books are made of letters of one edition, parted in the ways that people part them, some of the
//! letters with page breaks and the like inside. The weights
//! of `letterbook::split` are learned from the training letters by logistic regression, and its
//! bias is set so that hardly any whole letter is cut. Measures boundary F1 (a boundary is right
//! at the first character of its letter only) and the share of single letters that are cut.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use letterbook::split::{Candidate, FEATURES, NAMES, candidates, find_letters, sure};

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
    /// Share of single training letters that may be cut.
    #[arg(long, default_values_t = [0.006])]
    cut: Vec<f64>,
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
    let dev = load("dev", options.every)?;
    if !options.train {
        report(&dev, None, options.faults);
        return Ok(());
    }
    let learned = train(&load("train", options.every)?);
    // with several shares all are measured, and the last one is kept
    for share in &options.cut {
        let weights = learned.with_share(*share);
        std::fs::write(&options.out, table(&weights)).map_err(|e| e.to_string())?;
        println(&format!("share {share}, bias {:.2}", weights[0]));
        report(&dev, Some(&weights), options.faults);
    }
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
        2 => "\n\n- 2 -\n\n",
        3 => "\n\n* * *\n\n",
        _ => return text.trim().to_owned(),
    };
    // a typist doubles every blank line, or a page ends here and there
    let share = if random.chance(0.3) { 1.0 } else { 0.15 };
    let mut out = String::with_capacity(text.len() + 64);
    for (n, block) in text.trim().split("\n\n").enumerate() {
        if n > 0 {
            out.push_str(if random.chance(share) { rough } else { "\n\n" });
        }
        out.push_str(block);
    }
    out
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

fn println(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Weights, and how sure the surest place of each single letter is by them.
struct Learned {
    weights: [f32; FEATURES],
    /// Highest first.
    surest: Vec<f32>,
}

impl Learned {
    /// The weights with a bias that lets this share of single letters be cut.
    fn with_share(&self, share: f64) -> [f32; FEATURES] {
        let mut weights = self.weights;
        let at = (self.surest.len() as f64 * share) as usize;
        if let Some(limit) = self.surest.get(at).filter(|limit| limit.is_finite()) {
            weights[0] -= limit;
        }
        weights
    }
}

/// Learns the weights: logistic regression by adaptive gradient steps.
fn train(letters: &[Letter]) -> Learned {
    let mut samples: Vec<([f32; FEATURES], bool)> = Vec::new();
    let mut singles: Vec<Vec<Candidate>> = Vec::new();
    let mut random = Random::new(5, 0);
    let rough: Vec<String> = letters.iter().map(|l| roughen(&l.text, &mut random)).collect();
    for text in letters.iter().map(|l| &l.text).chain(&rough) {
        let found = candidates(text);
        samples.extend(found.iter().map(|c| (c.features, false)));
        singles.push(found);
    }
    for seed in 1..=3 {
        for book in books(letters, seed) {
            let found = candidates(&book.text);
            samples.extend(found.iter().map(|c| (c.features, book.starts.contains(&c.start))));
        }
    }
    let mut random = Random::new(7, 0);
    let mut weights = [0f32; FEATURES];
    let mut squares = [1e-6f32; FEATURES];
    for _ in 0..12 {
        for i in (1..samples.len()).rev() {
            samples.swap(i, random.below(i + 1));
        }
        for (features, is_start) in &samples {
            let error = sure(features, &weights) - f32::from(u8::from(*is_start));
            for i in 0..FEATURES {
                let step = error * features[i] + 1e-6 * weights[i];
                squares[i] += step * step;
                weights[i] -= 0.2 * step / squares[i].sqrt();
            }
        }
    }
    let mut surest: Vec<f32> = singles
        .iter()
        .map(|found| {
            let all = found.iter().map(|c| logit(sure(&c.features, &weights)));
            all.fold(f32::NEG_INFINITY, f32::max)
        })
        .collect();
    surest.sort_by(|a, b| b.total_cmp(a));
    Learned { weights, surest }
}

fn logit(p: f32) -> f32 {
    (p / (1.0 - p)).ln()
}

fn table(weights: &[f32; FEATURES]) -> String {
    let mut out = String::from(
        "# What shows that a letter begins, and how much: weights of a logistic regression.\n\
         # Source: learned by `lab split --train` on the training letters named in models/README.md.\n\
         # Licence: that of the project. Columns: feature as `split::NAMES` has it, weight.\n",
    );
    for (name, weight) in NAMES.iter().zip(weights) {
        out.push_str(&format!("{name}\t{weight:.3}\n"));
    }
    out
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

    fn line(&self, name: &str) -> String {
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        let f1 = share(2 * self.right, self.found + self.there);
        format!(
            "{name:<22} F1 {f1:5.1}  precision {:5.1}  recall {:5.1}  of {}",
            share(self.right, self.found),
            share(self.right, self.there),
            self.there
        )
    }
}

/// Measures with the weights that ship, or with those just learned.
fn report(letters: &[Letter], weights: Option<&[f32; FEATURES]>, faults: usize) {
    let starts = |text: &str| -> Vec<usize> {
        match weights {
            None => find_letters(text).iter().map(|b| b.start).collect(),
            Some(weights) => letterbook::split::choose(candidates(text), text, weights)
                .iter()
                .map(|b| b.start)
                .collect(),
        }
    };
    let mut out = std::io::stdout().lock();
    let mut styles: BTreeMap<&str, Count> = BTreeMap::new();
    let mut all = Count::default();
    let mut left = faults;
    for book in books(letters, 11) {
        let found = starts(&book.text);
        let right = found.iter().filter(|s| book.starts.contains(s)).count();
        let count = Count { right, found: found.len(), there: book.starts.len() };
        styles.entry(book.style).or_default().add(count);
        all.add(count);
        let wrong = found.iter().filter(|s| !book.starts.contains(s)).map(|s| ("wrong", s));
        let missed = book.starts.iter().filter(|s| !found.contains(s)).map(|s| ("missed", s));
        for (what, at) in wrong.chain(missed).take(2) {
            if left > 0 {
                left -= 1;
                let _ = writeln!(out, "{what} ({}):\n{}\n", book.style, around(&book.text, *at));
            }
        }
    }
    for (style, count) in &styles {
        let _ = writeln!(out, "{}", count.line(style));
    }
    let _ = writeln!(out, "{}", all.line("all"));
    let mut editions: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut left = faults;
    let mut random = Random::new(13, 0);
    for letter in letters {
        let found = starts(&letter.text);
        let count = editions.entry("single letters, roughened".into()).or_default();
        count.0 += usize::from(!starts(&roughen(&letter.text, &mut random)).is_empty());
        count.1 += 1;
        for name in [format!("{}/{}", letter.language, letter.edition), "single letters".into()] {
            let count = editions.entry(name).or_default();
            count.0 += usize::from(!found.is_empty());
            count.1 += 1;
        }
        if let Some(at) = found.first().filter(|_| left > 0) {
            left -= 1;
            let _ = writeln!(out, "cut ({}):\n{}\n", letter.id, around(&letter.text, *at));
        }
    }
    for (name, (cut, of)) in editions {
        let share = 100.0 * cut as f64 / of as f64;
        let _ = writeln!(out, "{name:<34} cut {cut} of {of}  {share:.2} %");
    }
}

/// The text around a place, which `⟪` marks.
fn around(text: &str, at: usize) -> String {
    let from = text.floor_char_boundary(at.saturating_sub(300));
    let to = text.ceil_char_boundary((at + 300).min(text.len()));
    format!("{}⟪{}", &text[from..at], &text[at..to])
}
