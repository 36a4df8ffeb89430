//! Reads gold letters through their gold zones: what the field readers do when zones are right.
//!
//! Writes records as JSON Lines, to be scored by `../shared/score/score.py --readings`.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use letterbook::Options;
use letterbook::language::read_language;
use letterbook::letter::join;
use letterbook::mention::fold;
use letterbook::record::{Id, Letter, Party, ZoneLabel};
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook::zone::Zone;
use serde::Deserialize;

use crate::gold;

#[derive(Deserialize)]
pub(crate) struct GoldLetter {
    id: String,
    pub(crate) text: String,
    #[serde(default)]
    gold: Gold,
    #[serde(default)]
    date_suspect: Option<serde_json::Value>,
    #[serde(default)]
    zones: Vec<GoldZone>,
    #[serde(default)]
    zones_silver: Vec<GoldZone>,
}

/// What the edition says of the letter.
#[derive(Deserialize, Default)]
struct Gold {
    #[serde(default)]
    sender: Vec<GoldParty>,
    #[serde(default)]
    recipient: Vec<GoldParty>,
    #[serde(default)]
    date: Option<GoldDate>,
    #[serde(default)]
    place_sent: Option<String>,
}

#[derive(Deserialize)]
struct GoldParty {
    name: String,
    /// "org" for a body.
    #[serde(default)]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct GoldDate {
    when: Option<String>,
    cert: Option<String>,
}

#[derive(Deserialize)]
struct GoldZone {
    label: String,
    start: usize,
    end: usize,
}

/// Reads every letter of `files` and writes its record to `out`; gives their number.
///
/// # Errors
///
/// When a file cannot be read, is no gold file, or `out` cannot be written.
pub(crate) fn run(files: &[PathBuf], out: impl Write) -> io::Result<usize> {
    let mut out = BufWriter::new(out);
    let mut n = 0;
    for file in files {
        for line in BufReader::new(std::fs::File::open(file)?).lines() {
            let letter: GoldLetter = serde_json::from_str(&line?)?;
            let text = Text::new(&letter.text);
            let zones = zones_of(&text, &letter);
            let language = read_language(&text).map(|l| l.tag);
            let mut record = join(&text, &zones, language, &Options::default());
            record.id = Some(Id::Text(letter.id));
            serde_json::to_writer(&mut out, &record)?;
            out.write_all(b"\n")?;
            n += 1;
        }
    }
    out.flush()?;
    Ok(n)
}

/// The record of `letter` read through its gold zones, as if the reader had found them.
pub(crate) fn read_through(letter: &gold::Letter) -> Letter {
    let text = Text::new(&letter.text);
    let marked = letter.zones.iter().chain(&letter.silver).map(|z| (z.label, z.span));
    let language = read_language(&text).map(|l| l.tag);
    join(&text, &without_overlap(&text, marked), language, &Options::default())
}

/// The gold zones in bytes, sorted, without overlap; silver ones where gold leaves room.
pub(crate) fn zones_of(text: &Text<'_>, letter: &GoldLetter) -> Vec<Zone> {
    let marked = letter.zones.iter().chain(&letter.zones_silver).filter_map(|zone| {
        let (start, end) = (text.byte(zone.start)?, text.byte(zone.end)?);
        Some((ZoneLabel::from_name(&zone.label)?, Span::new(start, end.max(start))))
    });
    without_overlap(text, marked)
}

/// Trims and sorts `marked`; a zone that overlaps an earlier one is left out, or cut out of the body.
fn without_overlap(text: &Text<'_>, marked: impl Iterator<Item = (ZoneLabel, Span)>) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    for (label, span) in marked {
        let span = span.trim(text.as_str());
        if !span.is_empty()
            && zones.iter().all(|z| z.label == ZoneLabel::Body || !z.span.overlaps(span))
        {
            cut(&mut zones, text, span);
            zones.push(Zone { label, span, confidence: 1.0 });
        }
    }
    zones.sort_by_key(|z| z.span);
    zones
}

/// Cuts `span` out of the body zones it lies in.
fn cut(zones: &mut Vec<Zone>, text: &Text<'_>, span: Span) {
    for old in std::mem::take(zones) {
        if old.label == ZoneLabel::Body && old.span.overlaps(span) {
            for part in [
                (old.span.start, span.start.max(old.span.start)),
                (span.end.min(old.span.end), old.span.end),
            ] {
                let part = Span::new(part.0, part.1.max(part.0)).trim(text.as_str());
                if !part.is_empty() {
                    zones.push(Zone { span: part, ..old });
                }
            }
        } else {
            zones.push(old);
        }
    }
}

/// Of each rule: how many of its readings were right, and how many there were.
type Tally = BTreeMap<String, (u32, u32)>;

/// A rule seen less often than this has no figure of its own.
const SELDOM: u32 = 20;

/// Reads every letter of `files` through its gold zones and gives the table of how often each rule
/// was right (`crates/letterbook/tables/sureness.tsv`).
///
/// A name is right when it shares a word with a name that the edition gives that side, where such
/// a word stands on the page; a place likewise; a date when it is the edition's day, or agrees with
/// it as far as it goes. Shares are those of a letter more each way, so that none is 0 or 1.
///
/// # Errors
///
/// When a file cannot be read or is no gold file.
pub(crate) fn sureness(files: &[PathBuf]) -> io::Result<String> {
    let mut tally = Tally::new();
    for file in files {
        for line in BufReader::new(std::fs::File::open(file)?).lines() {
            let letter: GoldLetter = serde_json::from_str(&line?)?;
            count(&letter, &mut tally);
        }
    }
    let mut out = String::from(
        "# How often a rule is right: rule, share right, readings counted.\n\
         # Source: measured on gold/train, through gold zones, by `letterbook-lab sureness`. Licence: as the project.\n\
         # Range: rules of names, places and dates seen 20 times or more; others have what their kind has.\n",
    );
    for (rule, (right, all)) in tally {
        if all >= SELDOM {
            let share = f64::from(right + 1) / f64::from(all + 2);
            out += &format!("{rule}\t{share:.3}\t{all}\n");
        }
    }
    Ok(out)
}

fn count(letter: &GoldLetter, tally: &mut Tally) {
    let text = Text::new(&letter.text);
    let zones = zones_of(&text, letter);
    let language = read_language(&text).map(|l| l.tag);
    let record = join(&text, &zones, language, &Options::default());
    for value in judge(letter, &record) {
        let entry = tally.entry(value.rule).or_default();
        entry.0 += u32::from(value.right);
        entry.1 += 1;
    }
}

/// A value that was read where the edition says what is right.
struct Judged {
    /// "sender", "recipient", "place" or "date".
    kind: &'static str,
    /// The rule that gave it, what stands after a colon aside.
    rule: String,
    confidence: f32,
    right: bool,
}

/// The names, the place and the date of `record` against what the edition says, where the page
/// shows it.
fn judge(letter: &GoldLetter, record: &Letter) -> Vec<Judged> {
    let page = fold(&letter.text);
    let on_page = |word: &str| page.split(' ').any(|w| w == word);
    let mut out = Vec::new();
    let mut add = |kind, by: &str, confidence, right| {
        let rule = by.split(':').next().unwrap_or(by).to_owned();
        out.push(Judged { kind, rule, confidence, right });
    };
    for (kind, gold, read) in [
        ("sender", &letter.gold.sender, &record.senders),
        ("recipient", &letter.gold.recipient, &record.recipients),
    ] {
        let words: Vec<String> =
            gold.iter().flat_map(|p| words_of(&p.name, 3)).filter(|w| on_page(w)).collect();
        if words.is_empty() {
            continue;
        }
        // a body that writes by itself is compared by its own name
        let body = gold.iter().any(|p| p.kind.as_deref() == Some("org"));
        let named = |p: &'_ Party| match &p.name {
            None if body => p.organisation.clone(),
            name => name.clone(),
        };
        for name in read.iter().filter_map(named) {
            // initials cannot be compared by word
            let read = words_of(&name.value, 2);
            let initials: Vec<char> = gold
                .iter()
                .flat_map(|p| words_of(&p.name, 2))
                .filter_map(|w| w.chars().next())
                .collect();
            let right = if read.is_empty() {
                fold(&name.value)
                    .split(' ')
                    .filter_map(|w| w.chars().next())
                    .all(|c| initials.contains(&c))
            } else {
                read.iter().any(|w| words.contains(w))
            };
            add(kind, &name.by, name.confidence, right);
        }
    }
    if let (Some(place), Some(gold)) = (&record.place, &letter.gold.place_sent) {
        let gold: Vec<String> = words_of(gold, 4).into_iter().filter(|w| on_page(w)).collect();
        if !gold.is_empty() {
            let right = words_of(&place.value, 4).iter().any(|w| gold.contains(w));
            add("place", &place.by, place.confidence, right);
        }
    }
    if let (Some(date), Some(GoldDate { when: Some(when), cert: None })) =
        (&record.date, &letter.gold.date)
        && letter.date_suspect.is_none()
    {
        let when = when.split('T').next().unwrap_or(when);
        let agrees = date.value.len() <= when.len()
            && date.value.chars().zip(when.chars()).all(|(read, gold)| read == 'X' || read == gold);
        let right = agrees || date.value.starts_with(when);
        add("date", &date.by, date.confidence, right);
    }
    out
}

/// Readings by kind: what confidence each was given, and whether it was right.
#[derive(Default)]
pub(crate) struct Reliability(BTreeMap<String, Vec<(f32, bool)>>);

impl Reliability {
    pub(crate) fn add(&mut self, kind: &str, confidence: f32, right: bool) {
        self.0.entry(kind.to_owned()).or_default().push((confidence, right));
    }

    /// For each kind and tenth of confidence how many readings there are, the mean of what they say
    /// and the share that is right; the expected calibration error; and the order: how often of a
    /// right and a wrong reading the right one has the higher confidence, ties being half.
    pub(crate) fn table(&self) -> String {
        /// Confidences are sorted into tenths.
        const STEPS: usize = 10;
        let mut out = String::from(
            "| values | confidence | readings | said | right |\n|---|---|---|---|---|\n",
        );
        for (kind, readings) in &self.0 {
            let total = readings.len();
            let mut error = 0.0;
            for n in 0..STEPS {
                let step_of = |c: f32| ((c * STEPS as f32) as usize).min(STEPS - 1);
                let step: Vec<_> = readings.iter().filter(|r| step_of(r.0) == n).collect();
                if step.is_empty() {
                    continue;
                }
                let all = step.len() as f64;
                let said = step.iter().map(|r| f64::from(r.0)).sum::<f64>() / all;
                let right = step.iter().filter(|r| r.1).count() as f64 / all;
                error += (said - right).abs() * all / total as f64;
                let (from, to) = (n as f64 / STEPS as f64, (n + 1) as f64 / STEPS as f64);
                out += &format!(
                    "| {kind} | {from:.1}–{to:.1} | {} | {said:.3} | {right:.3} |\n",
                    step.len()
                );
            }
            out += &format!("| {kind} | calibration error | {total} | | {error:.3} |\n");
            if let Some(area) = area_under_curve(readings) {
                out += &format!("| {kind} | right above wrong | {total} | | {area:.3} |\n");
            }
        }
        out
    }
}

/// The area under the ROC curve; none where all are right or all wrong.
fn area_under_curve(readings: &[(f32, bool)]) -> Option<f64> {
    let mut sorted = readings.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut area) = (0.0, 0.0);
    for ties in sorted.chunk_by(|a, b| a.0 == b.0) {
        let right = ties.iter().filter(|r| r.1).count() as f64;
        let wrong = ties.len() as f64 - right;
        area += right * (below + wrong / 2.0);
        below += wrong;
    }
    let pairs = below * (readings.len() as f64 - below);
    (pairs > 0.0).then(|| area / pairs)
}

/// Reads the letters of `files` as they stand, zones and all, and gives for each kind of value how
/// often readings of each confidence are right, as [`Reliability::table`] has it.
///
/// # Errors
///
/// When a file cannot be read or is no gold file.
pub(crate) fn reliability(files: &[PathBuf]) -> io::Result<String> {
    let mut kinds = Reliability::default();
    for file in files {
        for line in BufReader::new(std::fs::File::open(file)?).lines() {
            let letter: GoldLetter = serde_json::from_str(&line?)?;
            let options = Options { explain: true, ..Options::default() };
            let record = letterbook::read_text(&letter.text, &options);
            for value in judge(&letter, &record) {
                for kind in [value.kind, "all values"] {
                    kinds.add(kind, value.confidence, value.right);
                }
            }
        }
    }
    Ok(kinds.table())
}

/// The folded words of a name with `least` letters or more.
fn words_of(name: &str, least: usize) -> Vec<String> {
    fold(name).split(' ').filter(|w| w.chars().count() >= least).map(str::to_owned).collect()
}
