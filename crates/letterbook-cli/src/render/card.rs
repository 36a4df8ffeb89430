//! A letter as a card: a title, then one row for each thing that the letter shows.
//!
//! Words of the letter are underlined, or stand in quotation marks; everything else is the
//! program's. A value that is less than 90 % sure carries its figure, and what else the words
//! may mean stands below it.

use std::collections::HashSet;

use letterbook::record::{
    Act, Alternative, Contact, Evidence, Letter, LetterDate, MentionKind, OccasionKind, Party,
    Reading, ZoneLabel,
};
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook_dates::value::Edtf;
use letterbook_files::map::SourceMap;

use super::wrap::{Paragraph, shorten};
use crate::places;
use crate::progress::grouped;

use super::{DOUBT, FAINT, LABEL, OWN, PLAIN, TITLE, date, finding, printable, words};

/// A letter and how to show it.
pub(crate) struct View<'a> {
    /// What the letter is called: its path or identifier.
    pub name: &'a str,
    /// The text that the evidence points into.
    pub text: &'a Text<'a>,
    /// What was read.
    pub letter: &'a Letter,
    /// Columns to fill.
    pub width: usize,
    /// Whether to say which rule or model gave each value.
    pub explain: bool,
    /// The way back to the file, where each value is to say its place there.
    pub map: Option<&'a SourceMap>,
}

impl View<'_> {
    /// Whether each value has a line of its own.
    fn is_detailed(&self) -> bool {
        self.explain || self.map.is_some()
    }
}

/// Columns before the values.
const MARGIN: usize = 13;

/// Below this the figure is shown.
const SURE: f32 = 0.895;

/// Names and rows shown of each kind, unless all is to be explained.
const MOST: usize = 12;

/// Draws the card, with the findings below it.
pub(crate) fn card(view: &View<'_>) -> String {
    let mut card = Card { out: String::new(), view };
    card.title();
    card.parties("from", &view.letter.senders);
    card.parties("to", &view.letter.recipients);
    card.date();
    card.place();
    card.content();
    card.mentions();
    let (first, more) = card.first(&view.letter.findings);
    let findings = finding::findings(view.name, view.text, first, view.width);
    if !findings.is_empty() {
        card.out.push('\n');
        card.out.push_str(&findings);
    }
    if more > 0 {
        let findings = if more == 1 { "finding" } else { "findings" };
        card.out.push_str(&format!("{FAINT}and {} more {findings}{FAINT:#}\n", grouped(more)));
    }
    card.out
}

struct Card<'a> {
    out: String,
    view: &'a View<'a>,
}

/// What stands behind a value: the rule, the figure, the characters.
struct Why<'a> {
    by: &'a str,
    confidence: f32,
    evidence: &'a [Evidence],
}

impl<'a> Why<'a> {
    fn of(reading: &'a Reading) -> Why<'a> {
        let Reading { by, confidence, evidence, .. } = reading;
        Why { by, confidence: *confidence, evidence }
    }
}

fn percent(confidence: f32) -> String {
    format!("{:.0} %", confidence * 100.0)
}

impl<'a> Card<'a> {
    fn columns(&self) -> usize {
        self.view.width.saturating_sub(MARGIN).max(16)
    }

    /// Columns that a quotation may take: three lines.
    fn quote_columns(&self) -> usize {
        self.columns() * 3
    }

    /// The items that have rows of their own, and how many more there are: a book that is read as
    /// one letter has thousands of each kind, and nobody looks through them on a card.
    fn first<'l, T>(&self, items: &'l [T]) -> (&'l [T], u64) {
        let most = if self.view.is_detailed() { items.len() } else { MOST.min(items.len()) };
        (&items[..most], (items.len() - most) as u64)
    }

    fn and_more(&mut self, more: u64) {
        if more > 0 {
            let mut line = Paragraph::default();
            line.push(&format!("and {} more", grouped(more)), FAINT);
            self.row("", &line);
        }
    }

    fn title(&mut self) {
        let name = shorten(&printable(self.view.name), self.view.width);
        let mut title = Paragraph::default();
        title.push(&name, TITLE);
        if let Some(language) = &self.view.letter.language {
            title
                .push(" · ", FAINT)
                .push(letterbook_archive::language::name(&language.value), PLAIN);
            self.push_doubt(&mut title, language.confidence);
        }
        for line in title.lines(self.view.width) {
            self.out.push_str(&line);
            self.out.push('\n');
        }
        if let Some(language) = &self.view.letter.language {
            self.why(&Why::of(language));
        }
    }

    fn row(&mut self, label: &str, value: &Paragraph) {
        for (i, line) in value.lines(self.columns()).iter().enumerate() {
            let label = if i == 0 { label } else { "" };
            self.out.push_str(&format!("  {LABEL}{label:<10}{LABEL:#} {line}\n"));
        }
    }

    fn why(&mut self, why: &Why<'_>) {
        if self.view.explain {
            self.because(why);
        }
        let Some(map) = self.view.map else { return };
        let spans = why.evidence.iter().filter_map(|e| self.view.text.locate(e));
        let places: Vec<String> = spans.map(|span| places::words(map, span)).collect();
        let places: Vec<&str> =
            places.iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
        if !places.is_empty() {
            let mut paragraph = Paragraph::default();
            paragraph.push(&format!("└ {}", printable(&places.join("; "))), FAINT);
            self.row("", &paragraph);
        }
    }

    fn because(&mut self, why: &Why<'_>) {
        let mut line = percent(why.confidence);
        if !why.by.is_empty() {
            line = format!("{}, {line}", printable(why.by));
        }
        for (i, e) in why.evidence.iter().enumerate() {
            let name = if i == 0 { ", characters " } else { ", " };
            line.push_str(&format!("{name}{}–{}", e.start, e.end));
        }
        let mut paragraph = Paragraph::default();
        paragraph.push(&format!("└ {line}"), FAINT);
        self.row("", &paragraph);
    }

    /// Adds the figure of what is open to doubt, unless the line below says it anyway.
    fn push_doubt(&self, to: &mut Paragraph, confidence: f32) {
        if confidence < SURE && !self.view.explain {
            to.push(&format!(" ({})", percent(confidence)), DOUBT);
        }
    }

    /// Adds a value in the style of the letter's own words where they are that.
    fn push_value(&self, to: &mut Paragraph, value: &str, evidence: &[Evidence]) {
        let value = printable(value);
        let is_own = evidence.iter().any(|e| printable(&e.quote).contains(&*value));
        to.push(&shorten(&value, self.quote_columns()), if is_own { OWN } else { PLAIN });
    }

    fn push_quote(&self, to: &mut Paragraph, quote: &str) {
        let quote = shorten(&printable(quote), self.quote_columns());
        to.push("“", FAINT).push(&quote, OWN).push("”", FAINT);
    }

    fn parties(&mut self, label: &str, parties: &[Party]) {
        if parties.is_empty() {
            let mut none = Paragraph::default();
            none.push("not shown on the page", FAINT);
            self.row(label, &none);
        }
        let (first, more) = self.first(parties);
        for (i, party) in first.iter().enumerate() {
            self.party(if i == 0 { label } else { "" }, party);
        }
        self.and_more(more);
    }

    fn party(&mut self, label: &str, party: &Party) {
        let mut label = label;
        let head = [("", &party.name), ("office ", &party.role), ("body ", &party.organisation)];
        let mut line = Paragraph::default();
        for (what, reading) in head {
            let Some(reading) = reading else { continue };
            if !line.is_empty() {
                line.push(", ", PLAIN);
            } else if self.view.is_detailed() {
                line.push(what, PLAIN);
            }
            self.push_value(&mut line, &reading.value, &reading.evidence);
            self.push_doubt(&mut line, reading.confidence);
            if self.view.is_detailed() {
                self.row(std::mem::take(&mut label), &std::mem::take(&mut line));
                self.why(&Why::of(reading));
                self.alternatives(&reading.alternatives);
            }
        }
        if !line.is_empty() {
            self.row(std::mem::take(&mut label), &line);
        }
        let rest = [
            ("addressed as ", &party.form_of_address),
            ("on behalf of ", &party.on_behalf_of),
            ("address ", &party.address),
        ];
        for (words, reading) in rest {
            let Some(reading) = reading else { continue };
            let mut line = Paragraph::default();
            line.push(words, PLAIN);
            self.push_value(&mut line, &reading.value, &reading.evidence);
            self.push_doubt(&mut line, reading.confidence);
            self.row(std::mem::take(&mut label), &line);
            self.why(&Why::of(reading));
        }
        self.contacts(label, &party.contacts);
    }

    fn contacts(&mut self, label: &str, contacts: &[Contact]) {
        let mut label = label;
        let mut line = Paragraph::default();
        for contact in contacts {
            if !line.is_empty() {
                line.push(" · ", FAINT);
            }
            line.push(words::contact(contact.kind), PLAIN).push(" ", PLAIN);
            self.push_value(&mut line, &contact.value, &contact.evidence);
            self.push_doubt(&mut line, contact.confidence);
            if self.view.is_detailed() {
                self.row(std::mem::take(&mut label), &std::mem::take(&mut line));
                let Contact { by, confidence, evidence, .. } = contact;
                self.why(&Why { by, confidence: *confidence, evidence });
            }
        }
        if !line.is_empty() {
            self.row(label, &line);
        }
    }

    fn date(&mut self) {
        let Some(read) = &self.view.letter.date else {
            let mut none = Paragraph::default();
            none.push("not shown on the page", FAINT);
            return self.row("when", &none);
        };
        let mut line = Paragraph::default();
        push_edtf(&mut line, &read.value);
        self.push_doubt(&mut line, read.confidence);
        self.row("when", &line);
        let mut written = Paragraph::default();
        if !read.evidence.is_empty() {
            written.push("written ", PLAIN);
        }
        for (i, e) in read.evidence.iter().enumerate() {
            if i > 0 {
                written.push(" … ", FAINT);
            }
            self.push_quote(&mut written, &e.quote);
        }
        if !read.evidence.is_empty() {
            written.push(", ", PLAIN);
        }
        written.push(&calendar_words(read), PLAIN);
        self.row("", &written);
        for parallel in &read.parallel {
            let mut line = Paragraph::default();
            line.push("and ", PLAIN);
            if let Some(evidence) = parallel.evidence.first() {
                self.push_quote(&mut line, &evidence.quote);
            }
            line.push(&format!(", {} calendar: ", parallel.calendar), PLAIN);
            push_edtf(&mut line, &parallel.value);
            self.row("", &line);
        }
        let LetterDate { by, confidence, evidence, .. } = read;
        self.why(&Why { by, confidence: *confidence, evidence });
        self.alternatives(&read.alternatives);
    }

    fn alternatives(&mut self, alternatives: &[Alternative]) {
        for other in alternatives {
            let mut line = Paragraph::default();
            line.push("or ", DOUBT);
            push_edtf(&mut line, &other.value);
            let mut aside = percent(other.confidence);
            if !other.reason.is_empty() {
                aside = format!("{}, {aside}", printable(&other.reason));
            }
            line.push(&format!(" ({aside})"), DOUBT);
            self.row("", &line);
        }
    }

    fn place(&mut self) {
        let Some(place) = &self.view.letter.place else { return };
        let mut line = Paragraph::default();
        self.push_value(&mut line, &place.value, &place.evidence);
        self.push_doubt(&mut line, place.confidence);
        self.row("where", &line);
        self.why(&Why::of(place));
    }

    /// What the letter says, in the order of a letter.
    fn content(&mut self) {
        let letter = self.view.letter;
        self.zone("opens", ZoneLabel::Salutation);
        let (first, more) = self.first(&letter.occasions);
        for (i, occasion) in first.iter().enumerate() {
            let mut line = Paragraph::default();
            match occasion.ordinal {
                Some(n) => {
                    let what = format!("{} {}", words::ordinal(n), words::occasion(occasion.kind));
                    line.push(&what, PLAIN);
                }
                // the row's own label says as much
                None if occasion.kind == OccasionKind::Other => {}
                None => {
                    line.push(words::occasion(occasion.kind), PLAIN);
                }
            }
            if let Some(event) = &occasion.event {
                if !line.is_empty() {
                    line.push(": ", PLAIN);
                }
                self.push_value(&mut line, event, &occasion.evidence);
            } else {
                self.push_evidence(&mut line, &occasion.evidence);
            }
            if let Some(date) = &occasion.event_date {
                line.push(" → ", FAINT);
                push_edtf(&mut line, date);
            }
            self.push_doubt(&mut line, occasion.confidence);
            self.row(if i == 0 { "occasion" } else { "" }, &line);
            self.why(&Why {
                by: &occasion.by,
                confidence: occasion.confidence,
                evidence: &occasion.evidence,
            });
        }
        self.and_more(more);
        let acts = self.acts();
        let (first, more) = self.first(&acts);
        for (i, act) in first.iter().enumerate() {
            let mut line = Paragraph::default();
            line.push(words::act(act.act), PLAIN);
            self.push_evidence(&mut line, &act.evidence);
            self.push_doubt(&mut line, act.confidence);
            self.row(if i == 0 { "does" } else { "" }, &line);
            self.why(&Why { by: &act.by, confidence: act.confidence, evidence: &act.evidence });
        }
        self.and_more(more);
        let (first, more) = self.first(&letter.references);
        for (i, reference) in first.iter().enumerate() {
            let mut line = Paragraph::default();
            line.push(&words::reference(reference.kind, reference.from), PLAIN);
            if let Some(number) = &reference.number {
                line.push(" no. ", PLAIN);
                self.push_value(&mut line, number, &reference.evidence);
            }
            if let Some(date) = &reference.date {
                line.push(", ", PLAIN);
                push_edtf(&mut line, date);
            }
            self.push_evidence(&mut line, &reference.evidence);
            self.push_doubt(&mut line, reference.confidence);
            self.row(if i == 0 { "refers to" } else { "" }, &line);
            self.why(&Why {
                by: &reference.by,
                confidence: reference.confidence,
                evidence: &reference.evidence,
            });
        }
        self.and_more(more);
        let (first, more) = self.first(&letter.enclosures);
        for (i, enclosure) in first.iter().enumerate() {
            let mut line = Paragraph::default();
            self.push_evidence(&mut line, &enclosure.evidence);
            self.push_doubt(&mut line, enclosure.confidence);
            self.row(if i == 0 { "encloses" } else { "" }, &line);
            self.why(&Why {
                by: &enclosure.by,
                confidence: enclosure.confidence,
                evidence: &enclosure.evidence,
            });
        }
        self.and_more(more);
        self.zone("closes", ZoneLabel::Close);
    }

    /// What the letter does; what it says twice in the same words only once, unless all is to be
    /// explained.
    fn acts(&self) -> Vec<&'a Act> {
        let quotes = |act: &Act| -> Vec<String> {
            act.evidence.iter().map(|e| printable(&e.quote).to_lowercase()).collect()
        };
        let mut seen = HashSet::new();
        let acts = self.view.letter.acts.iter();
        acts.filter(|act| self.view.is_detailed() || seen.insert((act.act.name(), quotes(act))))
            .collect()
    }

    fn push_evidence(&self, to: &mut Paragraph, evidence: &[Evidence]) {
        for e in evidence {
            if !to.is_empty() {
                to.push(" ", PLAIN);
            }
            self.push_quote(to, &e.quote);
        }
    }

    /// The words of the zones of that kind.
    fn zone(&mut self, label: &str, kind: ZoneLabel) {
        let text = self.view.text;
        let zones = self.view.letter.zones.iter().filter(|zone| zone.label == kind);
        let quotes: Vec<(&str, f32)> = zones
            .filter_map(|zone| {
                Some((text.byte(zone.start)?, text.byte(zone.end)?, zone.confidence))
            })
            .filter(|(start, end, _)| start <= end)
            .map(|(start, end, confidence)| (text.slice(Span::new(start, end)), confidence))
            .collect();
        let (first, more) = self.first(&quotes);
        for (i, &(quote, confidence)) in first.iter().enumerate() {
            let mut line = Paragraph::default();
            self.push_quote(&mut line, quote);
            self.push_doubt(&mut line, confidence);
            self.row(if i == 0 { label } else { "" }, &line);
        }
        self.and_more(more);
    }

    fn mentions(&mut self) {
        use MentionKind::{Date, Event, Org, Person, Place};
        for kind in [Person, Org, Place, Event, Date] {
            let mut seen: HashSet<&str> = HashSet::new();
            let mut line = Paragraph::default();
            let of_kind = self.view.letter.mentions.iter().filter(|m| m.kind == kind);
            let mut label = words::mentions(kind);
            for mention in of_kind {
                if self.view.is_detailed() {
                    let mut line = Paragraph::default();
                    self.push_value(&mut line, &mention.value, &mention.evidence);
                    self.row(std::mem::take(&mut label), &line);
                    let (by, evidence) = (&*mention.by, &*mention.evidence);
                    self.why(&Why { by, confidence: mention.confidence, evidence });
                } else if seen.insert(&mention.value) && seen.len() <= MOST {
                    if !line.is_empty() {
                        line.push(" · ", FAINT);
                    }
                    self.push_value(&mut line, &mention.value, &mention.evidence);
                }
            }
            if seen.len() > MOST {
                line.push(&format!(" and {} more", seen.len() - MOST), FAINT);
            }
            if !line.is_empty() {
                self.row(label, &line);
            }
        }
    }
}

/// The value as it is, and in words.
fn push_edtf(to: &mut Paragraph, value: &str) {
    to.push(&printable(value), TITLE);
    let is_year = value.bytes().all(|b| b.is_ascii_digit());
    let words = || date::words(&Edtf::parse(value).ok()?);
    if let Some(words) = words().filter(|_| !is_year) {
        to.push(&format!("  {words}"), PLAIN);
    }
}

/// The calendar of a date, and the weekday and style that the page gives with it.
fn calendar_words(read: &LetterDate) -> String {
    let mut words = format!("{} calendar", printable(&read.calendar));
    if let Some(style) = &read.written.style {
        words.push_str(&format!(", “{}”", printable(style)));
    }
    if let Some(weekday) = &read.weekday {
        words.push_str(&format!(", a {} by the page", printable(weekday)));
    }
    words
}

#[cfg(test)]
mod tests;
