//! Reads gold letters through their gold zones: what the field readers do when zones are right.
//!
//! Writes records as JSON Lines, to be scored by `../shared/score/score.py --readings`.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use letterbook::Options;
use letterbook::language::read_language;
use letterbook::letter::join;
use letterbook::record::{Id, ZoneLabel};
use letterbook::span::{Span, Text};
use letterbook::zone::Zone;
use serde::Deserialize;

#[derive(Deserialize)]
struct GoldLetter {
    id: String,
    text: String,
    #[serde(default)]
    zones: Vec<GoldZone>,
    #[serde(default)]
    zones_silver: Vec<GoldZone>,
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
            let language = read_language(&letter.text).map(|l| l.tag);
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

/// The gold zones in bytes, sorted, without overlap; silver ones where gold leaves room.
fn zones_of(text: &Text<'_>, letter: &GoldLetter) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    for zone in letter.zones.iter().chain(&letter.zones_silver) {
        let (Some(start), Some(end)) = (text.byte(zone.start), text.byte(zone.end)) else {
            continue;
        };
        let span = Span::new(start, end.max(start)).trim(text.as_str());
        if let Some(label) = ZoneLabel::from_name(&zone.label)
            && !span.is_empty()
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
