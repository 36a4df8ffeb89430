//! A person or body across letters, as a line and as a card.

use letterbook_archive::people::{Counted, Entry, Identifier, Key, Kind, People};
use letterbook_archive::store::{Decision, Deed, Statement};

use super::wrap::{Paragraph, shorten};
use super::{DOUBT, FAINT, PLAIN, TITLE, correction, listing, printable};

/// Values of one kind that a card shows.
const VALUES: usize = 10;

/// Letters that a card names.
const LETTERS: usize = 30;

/// The number of an entry of which somebody said something.
pub(crate) fn number(key: &Key) -> Option<String> {
    match key {
        Key::Kept(number) => Some(format!("P{number}")),
        Key::Form(_) => None,
    }
}

/// An entry as a line, what it may be below it.
pub(crate) fn line(people: &People, entry: &Entry, width: usize) -> String {
    let key = number(&entry.key).unwrap_or_default();
    let mut head = Paragraph::default();
    head.push(&printable(&entry.name), TITLE);
    let others = entry.names.len() - usize::from(entry.names.iter().any(|(n, _)| *n == entry.name));
    if others > 0 {
        let names = if others == 1 { "name" } else { "names" };
        head.push(&format!(" and {others} more {names}"), FAINT);
    }
    head.push(&format!("  {}", numbers(entry)), PLAIN);
    let mut out = String::new();
    for (i, row) in head.lines(width.saturating_sub(8).max(16)).iter().enumerate() {
        let key = if i == 0 { key.as_str() } else { "" };
        out.push_str(&format!("{key:<6}  {row}\n"));
    }
    for (proposal, other) in people.proposals_of(entry) {
        let mut may = Paragraph::default();
        may.push("may be ", DOUBT).push(&printable(&other.name), TITLE);
        may.push(&format!(": {}", printable(&proposal.reasons.join("; "))), DOUBT);
        for row in may.lines(width.saturating_sub(10).max(16)) {
            out.push_str(&format!("{:10}{row}\n", ""));
        }
    }
    out
}

fn numbers(entry: &Entry) -> String {
    let mut parts = Vec::new();
    if entry.kind == Kind::Body {
        parts.push("body".to_owned());
    }
    if !entry.sent.is_empty() {
        parts.push(format!("{} sent", entry.sent.len()));
    }
    if !entry.received.is_empty() {
        parts.push(format!("{} received", entry.received.len()));
    }
    match entry.years {
        Some((first, last)) if first == last => parts.push(first.to_string()),
        Some((first, last)) => parts.push(format!("{first}–{last}")),
        None => {}
    }
    parts.extend(entry.identifiers.iter().cloned());
    parts.join(", ")
}

/// All that is known of an entry.
pub(crate) fn card(people: &People, entry: &Entry, width: usize) -> String {
    let mut title = Paragraph::default();
    if let Some(number) = number(&entry.key) {
        title.push(&number, FAINT).push(" · ", FAINT);
    }
    title.push(&printable(&entry.name), TITLE).push(&format!("  {}", numbers(entry)), PLAIN);
    let mut out = title.lines(width).join("\n");
    out.push('\n');
    let mut row = |label: &str, line: Paragraph| {
        if !line.is_empty() {
            out.push_str(&listing::row(label, &line, width));
        }
    };
    for (label, values) in [
        ("names", &entry.names),
        ("offices", &entry.roles),
        ("of", &entry.organisations),
        ("from", &entry.places),
        ("with", &entry.correspondents),
    ] {
        row(label, counted(values));
    }
    for (label, letters) in [("sent", &entry.sent), ("received", &entry.received)] {
        let named: Vec<String> = letters.iter().take(LETTERS).map(ToString::to_string).collect();
        let mut line = Paragraph::default();
        line.push(&named.join(" "), PLAIN);
        if letters.len() > LETTERS {
            line.push(&format!(" and {} more", letters.len() - LETTERS), FAINT);
        }
        row(label, if letters.is_empty() { Paragraph::default() } else { line });
    }
    for identifier in &entry.identifiers {
        let mut line = Paragraph::default();
        line.push(&url(identifier).unwrap_or_else(|| identifier.clone()), PLAIN);
        row("identifier", line);
    }
    if entry.is_long_lived() {
        let mut line = Paragraph::default();
        line.push("the letters lie more than a life apart; `people split` parts them", DOUBT);
        row("may be two", line);
    }
    for (proposal, other) in people.proposals_of(entry) {
        let mut line = Paragraph::default();
        line.push(&printable(&other.name), TITLE);
        line.push(&format!(": {}", printable(&proposal.reasons.join("; "))), DOUBT);
        row("may be", line);
    }
    for decision in people.decisions_of(entry) {
        row("decided", decided(decision));
    }
    out
}

fn url(identifier: &str) -> Option<String> {
    let (authority, number) = identifier.split_once(':')?;
    let authority = letterbook_archive::people::Authority::from_name(authority)?;
    Some(Identifier { authority, number: number.to_owned() }.url())
}

fn counted(values: &Counted) -> Paragraph {
    let mut line = Paragraph::default();
    for (value, n) in values.iter().take(VALUES) {
        if !line.is_empty() {
            line.push(" · ", FAINT);
        }
        line.push(&shorten(&printable(value), 60), PLAIN).push(&format!("\u{a0}{n}"), FAINT);
    }
    if values.len() > VALUES {
        line.push(&format!(" and {} more", values.len() - VALUES), FAINT);
    }
    line
}

fn decided(decision: &Decision) -> Paragraph {
    let mut line = Paragraph::default();
    line.push(&format!("{}  ", decision.id), FAINT);
    let said: Vec<String> =
        decision.statements.iter().map(|(person, said)| statement(*person, said)).collect();
    let deed = match decision.deed {
        Deed::Merge => "made one",
        Deed::Split => "parted",
        Deed::Name => "named",
        Deed::Identify => "identified",
    };
    line.push(deed, TITLE).push(&format!(": {}", printable(&said.join("; "))), PLAIN);
    let (who, at) = (printable(&decision.who), correction::day(&decision.at));
    line.push(&format!("; {who}, {at}"), FAINT);
    if !decision.why.is_empty() {
        line.push(&format!(": {}", printable(&decision.why)), FAINT);
    }
    if let Some(undone) = &decision.undone {
        let (who, why) = (decision.undoer.as_deref(), decision.undone_why.as_str());
        line.push(&format!("; {}", correction::taken_back(undone, who, why)), DOUBT);
    }
    line
}

fn statement(person: i64, said: &Statement) -> String {
    match said {
        Statement::Form(form) => format!("“{form}” is P{person}"),
        Statement::Letter(form, letter) => format!("“{form}” of letter {letter} is P{person}"),
        Statement::Apart(other) => format!("P{person} is not P{other}"),
        Statement::Name(name) => format!("P{person} is called {name}"),
        Statement::Identifier(identifier) => format!("P{person} is {identifier}"),
    }
}
