//! How the zones hold out against worse and worse pages: the task `decay`.
//!
//! The letters of the unseen dev editions are changed in one way at a time and read; the figures are
//! characters' F1 against the edition's zones, which move with their characters.
#![allow(clippy::print_stdout, reason = "tables for the terminal")]

use std::fmt::Write;
use std::path::Path;

use letterbook::record::ZoneLabel;
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook::zone::{LABELS, read_zones};
use rayon::prelude::*;

use crate::augment::{
    Chars, damage, drop_blank_lines, flow, join_all, move_to_other_end, put_page_header, to_text,
};
use crate::gold::{self, Letter, Zone};
use crate::random::Random;
use crate::score::ZoneScore;
use crate::sheet::{Part, lay_out, parts};

/// One way of changing a letter.
struct Change {
    name: &'static str,
    parts: fn(&mut Vec<Part>, &mut Random),
    page: fn(&mut Chars, &mut Random),
}

fn no_part(_: &mut Vec<Part>, _: &mut Random) {}
fn no_page(_: &mut Chars, _: &mut Random) {}
fn without(parts: &mut Vec<Part>, label: ZoneLabel) {
    parts.retain(|p| !p.is(label));
}

const CHANGES: [Change; 12] = [
    Change { name: "as edited", parts: no_part, page: no_page },
    Change { name: "lines joined", parts: no_part, page: |page, r| *page = flow(page, r, None) },
    Change {
        name: "lines wrapped at 60",
        parts: no_part,
        page: |page, r| *page = flow(page, r, Some(60)),
    },
    Change { name: "no blank lines", parts: no_part, page: |page, _| drop_blank_lines(page) },
    Change { name: "all in one line", parts: no_part, page: |page, _| join_all(page) },
    Change {
        name: "without dateline",
        parts: |parts, _| without(parts, ZoneLabel::Dateline),
        page: no_page,
    },
    Change {
        name: "without salutation",
        parts: |parts, _| without(parts, ZoneLabel::Salutation),
        page: no_page,
    },
    Change {
        name: "without close",
        parts: |parts, _| without(parts, ZoneLabel::Close),
        page: no_page,
    },
    Change {
        name: "without signature",
        parts: |parts, _| without(parts, ZoneLabel::Signature),
        page: no_page,
    },
    Change {
        name: "letterhead at the foot",
        parts: |parts, _| move_to_other_end(parts, ZoneLabel::Letterhead),
        page: no_page,
    },
    Change {
        name: "dateline at the other end",
        parts: |parts, _| move_to_other_end(parts, ZoneLabel::Dateline),
        page: no_page,
    },
    Change { name: "page numbers between", parts: put_page_header, page: no_page },
];

/// Shares of characters damaged, in per cent.
const NOISE: [usize; 7] = [0, 1, 2, 3, 5, 7, 9];

/// The labels that are counted, and what the mean is taken of.
const COUNTED: [&str; 8] =
    ["letterhead", "dateline", "address", "salutation", "body", "close", "signature", "postscript"];

/// Prints the tables, and draws the curve of damage into `plot`.
pub(crate) fn run(plot: Option<&Path>) -> Result<(), String> {
    let unseen = |l: &Letter| crate::zones::UNSEEN.contains(&l.edition.as_str());
    let letters: Vec<Letter> = gold::load("dev")?.into_iter().filter(unseen).collect();
    print!("| {:26} |", "change");
    COUNTED.iter().for_each(|l| print!(" {l} |"));
    println!(" mean |");
    println!("|---|{}---|", "---|".repeat(COUNTED.len()));
    for change in &CHANGES {
        row(change.name, &scores(&letters, change, 0));
    }
    let plain = &CHANGES[0];
    let mut curve = Vec::new();
    for noise in NOISE {
        let scores = scores(&letters, plain, noise);
        row(&format!("{noise} % of characters damaged"), &scores);
        curve.push((noise, scores));
    }
    if let Some(path) = plot {
        std::fs::write(path, draw(&curve)).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

fn row(name: &str, scores: &[Option<f64>]) {
    print!("| {name:26} |");
    scores.iter().for_each(|s| match s {
        Some(s) => print!(" {s:.1} |"),
        None => print!(" |"),
    });
    println!(" {:.1} |", mean(scores));
}

fn mean(scores: &[Option<f64>]) -> f64 {
    let told: Vec<f64> = scores.iter().copied().flatten().collect();
    told.iter().sum::<f64>() / told.len().max(1) as f64
}

/// F1 of each counted label over all letters, changed.
fn scores(letters: &[Letter], change: &Change, noise: usize) -> Vec<Option<f64>> {
    let read: Vec<(Letter, Vec<Zone>)> = letters
        .par_iter()
        .enumerate()
        .map(|(i, letter)| {
            let letter = changed(letter, change, noise, &mut Random::new(7, i as u64));
            let zones = read_zones(&Text::new(&letter.text))
                .into_iter()
                .map(|z| Zone { label: z.label, span: z.span })
                .collect();
            (letter, zones)
        })
        .collect();
    let mut score = ZoneScore::default();
    read.iter().for_each(|(letter, zones)| score.add(letter, zones));
    // a label that the change has taken from every letter has no figure
    let stands = |l: &&&str| score.characters.get(l).is_some_and(|c| c.right + c.missed > 0);
    COUNTED.iter().map(|l| Some(l).filter(stands).and_then(|l| score.f1(l))).collect()
}

/// The letter with its zones after the change.
fn changed(letter: &Letter, change: &Change, noise: usize, r: &mut Random) -> Letter {
    let mut parts = parts(letter);
    (change.parts)(&mut parts, r);
    if let Some(first) = parts.first_mut() {
        first.space.clear();
    }
    let (text, states) = lay_out(&parts);
    let mut page: Chars = text.char_indices().map(|(i, c)| (c, states[i])).collect();
    (change.page)(&mut page, r);
    if noise > 0 {
        damage(&mut page, noise as f64 / 100.0, r);
    }
    let (text, states) = to_text(&page);
    let zones = zones(&text, &states);
    Letter { text, zones, ..letter.clone() }
}

/// Runs of characters with one label, white space at their ends left out.
fn zones(text: &str, states: &[u16]) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    let mut open = false;
    for (i, c) in text.char_indices() {
        if c.is_whitespace() {
            continue;
        }
        let label = label(states[i]);
        let end = i + c.len_utf8();
        match (label, zones.last_mut()) {
            (Some(label), Some(last)) if open && last.label == label => last.span.end = end,
            (Some(label), _) => zones.push(Zone { label, span: Span::new(i, end) }),
            (None, _) => {}
        }
        open = label.is_some();
    }
    zones
}

/// The label that all of the states share.
fn label(states: u16) -> Option<ZoneLabel> {
    let mut labels = (0..LABELS.len()).filter(|s| states >> s & 1 == 1).map(|s| LABELS[s]);
    let first = labels.next()?;
    labels.all(|l| l == first).then_some(first)
}

/// The curve as a picture: damage to the right, F1 upwards from 40 to 100.
fn draw(curve: &[(usize, Vec<Option<f64>>)]) -> String {
    const COLOURS: [&str; 8] =
        ["#4e79a7", "#f28e2b", "#e15759", "#76b7b2", "#59a14f", "#b07aa1", "#9c755f", "#7f7f7f"];
    let x = |noise: usize| 50.0 + noise as f64 * 52.0;
    let y = |f: f64| 300.0 - (f - 20.0).max(0.0) * 3.4;
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 660 340\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"660\" height=\"340\" fill=\"white\"/>\n",
    );
    let mut put = |s: std::fmt::Arguments| {
        let _ = svg.write_fmt(s);
        svg.push('\n');
    };
    for f in [20, 40, 60, 80, 100] {
        let at = y(f64::from(f));
        put(format_args!(
            "<path d=\"M50 {at:.1}H518\" stroke=\"#ddd\"/><text x=\"44\" y=\"{:.1}\" \
             text-anchor=\"end\">{f}</text>",
            at + 4.0
        ));
    }
    for &(noise, _) in curve {
        put(format_args!(
            "<text x=\"{:.0}\" y=\"318\" text-anchor=\"middle\">{noise} %</text>",
            x(noise)
        ));
    }
    put(format_args!("<text x=\"284\" y=\"335\" text-anchor=\"middle\">characters damaged</text>"));
    let mut names: Vec<(f64, usize)> = Vec::new();
    for (i, _) in COUNTED.iter().enumerate() {
        let points: Vec<(f64, f64)> =
            curve.iter().filter_map(|(n, f)| Some((x(*n), y(f[i]?)))).collect();
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.0},{y:.1}")).collect();
        put(format_args!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>",
            path.join(" "),
            COLOURS[i]
        ));
        names.extend(points.last().map(|p| (p.1, i)));
    }
    // the names stand beside the ends of their lines, moved apart where they would meet
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f64::MIN;
    for (at, i) in names {
        last = at.max(last + 14.0);
        put(format_args!(
            "<text x=\"526\" y=\"{:.1}\" fill=\"{}\">{}</text>",
            last + 4.0,
            COLOURS[i],
            COUNTED[i]
        ));
    }
    svg.push_str("</svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;
    use letterbook::zone::BODY;

    #[test]
    fn zones_are_runs_of_one_label() {
        let at = |label| LABELS.iter().position(|&l| l == label).map_or(0, |s| 1u16 << s);
        let (close, body) = (at(ZoneLabel::Close), 1 << BODY);
        let text = "ab c  d\u{e9}";
        let states: Vec<u16> = [body, body, 0, body, 0, 0, close, close, close].to_vec();
        let zones = zones(text, &states);
        let spans: Vec<(ZoneLabel, &str)> =
            zones.iter().map(|z| (z.label, &text[z.span.start..z.span.end])).collect();
        assert_eq!(spans, [(ZoneLabel::Body, "ab c"), (ZoneLabel::Close, "d\u{e9}")]);
    }

    #[test]
    fn states_of_two_labels_tell_none() {
        assert_eq!(label(1 << BODY), Some(ZoneLabel::Body));
        assert_eq!(label(1 << BODY | 2), None);
        assert_eq!(label(0), None);
    }
}
