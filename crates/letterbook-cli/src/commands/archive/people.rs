//! `letterbook people`: who writes and receives, and what people say of them.

use std::io::Write as _;

use letterbook_archive::people::{self, Authority, Done, Entry, Identifier, Kind, People, Voice};
use serde::Serialize;

use super::{Failure, count, now, open, open_to_write, who};
use crate::args::archive::{
    self as args, Format, Home, PeopleCommand, PeopleList, PeopleShow, Shown,
};
use crate::commands::Status;
use crate::commands::jsonl::to_line;
use crate::output::Output;
use crate::progress::{Progress, Tally, Unit};
use crate::render::{listing, person, table, width};
use crate::request::Problem;

pub(crate) fn home(args: &args::People) -> &Home {
    match &args.command {
        None => &args.list.archive,
        Some(PeopleCommand::List(args)) => &args.archive,
        Some(PeopleCommand::Show(args)) => &args.archive,
        Some(PeopleCommand::Merge(args)) => &args.archive,
        Some(PeopleCommand::Split(args)) => &args.archive,
        Some(PeopleCommand::Name(args)) => &args.archive,
        Some(PeopleCommand::Identify(args)) => &args.archive,
        Some(PeopleCommand::Undo(args)) => &args.archive,
    }
}

pub(crate) fn run(args: &args::People) -> Result<Status, Failure> {
    match &args.command {
        None => list(&args.list),
        Some(PeopleCommand::List(args)) => list(args),
        Some(PeopleCommand::Show(args)) => show(args),
        Some(PeopleCommand::Merge(args)) => {
            decide(&args.archive, &args.voice, |archive, people, voice| {
                let mut entries = Vec::new();
                for named in &args.entries {
                    entries.push(entry(people, named)?);
                }
                Ok(people::merge(archive, &entries, voice)?)
            })
        }
        Some(PeopleCommand::Split(args)) => {
            decide(&args.archive, &args.voice, |archive, people, voice| {
                let entry = entry(people, &args.entry)?;
                Ok(people::split(archive, people, entry, &args.names, &args.letters, voice)?)
            })
        }
        Some(PeopleCommand::Name(args)) => {
            decide(&args.archive, &args.voice, |archive, people, voice| {
                let entry = entry(people, &args.entry)?;
                Ok(people::rename(archive, entry, &args.name, voice)?)
            })
        }
        Some(PeopleCommand::Identify(args)) => {
            let identifier = identifier(&args.authority, &args.identifier)?;
            decide(&args.archive, &args.voice, |archive, people, voice| {
                let entry = entry(people, &args.entry)?;
                Ok(people::identify(archive, entry, &identifier, voice)?)
            })
        }
        Some(PeopleCommand::Undo(args)) => {
            let speaker = who(&args.voice)?;
            let mut archive = open_to_write(&args.archive)?;
            let at = now();
            let voice = Voice { who: &speaker, at: &at, why: &args.voice.why };
            people::undo(&mut archive, args.decision, voice)?;
            archive.close()?;
            say(&format!("decision {} is taken back", args.decision))
        }
    }
}

fn say(words: &str) -> Result<Status, Failure> {
    let mut output = Output::open(None, true)?;
    writeln!(output, "{}", listing::summary(words))?;
    output.finish()?;
    Ok(Status::Done)
}

fn gather(archive: &letterbook_archive::Archive) -> Result<People, Failure> {
    let total = archive.health()?.counts.letters;
    let mut progress = Progress::new(Unit::Letter, Some(total), false, false);
    let mut tally = Tally::default();
    let people = people::gather(archive, &mut |_| {
        tally.letters += 1;
        progress.advance(1, &tally);
    })?;
    progress.finish();
    Ok(people)
}

fn entry<'p>(people: &'p People, named: &str) -> Result<&'p Entry, Failure> {
    people.find(named).ok_or_else(|| {
        let message = format!("expected a person or body of the archive, but found `{named}`");
        let hint = "`letterbook people` lists them; give a number such as P3, or a name as written";
        Failure::Problem(named.to_owned(), Problem::new("no-such-entry", message, hint))
    })
}

fn identifier(authority: &str, text: &str) -> Result<Identifier, Failure> {
    let fail = |message: String, hint: String| {
        Failure::Problem(text.to_owned(), Problem::new("bad-identifier", message, hint))
    };
    let names = Authority::ALL.map(Authority::name).join(", ");
    let authority = Authority::from_name(authority).ok_or_else(|| {
        fail(
            format!("expected an authority file, but found `{authority}`"),
            format!("one of {names}"),
        )
    })?;
    Identifier::parse(authority, text)
        .map_err(|message| fail(message, "compare it with the authority's page".into()))
}

fn decide(
    home: &Home,
    voice: &args::Voice,
    work: impl FnOnce(&mut letterbook_archive::Archive, &People, Voice<'_>) -> Result<Done, Failure>,
) -> Result<Status, Failure> {
    let speaker = who(voice)?;
    let mut archive = open_to_write(home)?;
    let people = gather(&archive)?;
    let at = now();
    let voice = Voice { who: &speaker, at: &at, why: &voice.why };
    let done = work(&mut archive, &people, voice)?;
    let people = gather(&archive)?;
    archive.close()?;
    let named = format!("P{}", done.person);
    let name = people.find(&named).map_or(String::new(), |entry| format!(", {}", entry.name));
    say(&format!("{named}{name} (decision {})", done.decision))
}

/// An entry as programs get it.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    name: &'a str,
    kind: &'a str,
    names: &'a people::Counted,
    sent: &'a [i64],
    received: &'a [i64],
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<(i32, i32)>,
    roles: &'a people::Counted,
    organisations: &'a people::Counted,
    places: &'a people::Counted,
    correspondents: &'a people::Counted,
    identifiers: Vec<String>,
    proposals: Vec<Proposed<'a>>,
}

#[derive(Serialize)]
struct Proposed<'a> {
    name: &'a str,
    reasons: &'a [String],
}

impl<'a> Listed<'a> {
    fn of(people: &'a People, entry: &'a Entry) -> Listed<'a> {
        Listed {
            entry: person::number(&entry.key),
            name: &entry.name,
            kind: kind(entry),
            names: &entry.names,
            sent: &entry.sent,
            received: &entry.received,
            years: entry.years,
            roles: &entry.roles,
            organisations: &entry.organisations,
            places: &entry.places,
            correspondents: &entry.correspondents,
            identifiers: entry.identifiers.clone(),
            proposals: people
                .proposals_of(entry)
                .into_iter()
                .map(|(p, other)| Proposed { name: &other.name, reasons: &p.reasons })
                .collect(),
        }
    }
}

fn kind(entry: &Entry) -> &'static str {
    match entry.kind {
        Kind::Person => "person",
        Kind::Body => "body",
    }
}

/// Entries that people get at a time.
const PAGE: usize = 50;

fn list(args: &PeopleList) -> Result<Status, Failure> {
    let archive = open(&args.archive)?;
    let people = gather(&archive)?;
    let words: Vec<String> = args.words.iter().map(|w| letterbook_archive::fold::fold(w)).collect();
    let is_asked = |entry: &&Entry| {
        let has = |word: &String| entry.forms.iter().any(|form| form.contains(word.as_str()));
        words.iter().all(has) && (!args.proposals || !people.proposals_of(entry).is_empty())
    };
    let found: Vec<&Entry> = people.entries.iter().filter(is_asked).collect();
    let most = match (args.limit, args.shown.format) {
        (Some(0), _) => usize::MAX,
        (Some(limit), _) => limit,
        (None, Format::Text) => PAGE,
        (None, _) => usize::MAX,
    };
    let mut output = Output::open(None, args.shown.format == Format::Text)?;
    head(&mut output, &args.shown)?;
    for entry in found.iter().take(most) {
        give(&mut output, &people, entry, &args.shown)?;
    }
    if args.shown.format == Format::Text {
        let mut words = count(found.len() as u64, "entry");
        if found.len() > most {
            words = format!("{most} of {words}; --limit 0 shows all");
        }
        if !people.proposals.is_empty() {
            let proposals = count(people.proposals.len() as u64, "proposal");
            words.push_str(&format!("; {proposals}, --proposals shows them"));
        }
        writeln!(output, "\n{}", listing::summary(&words))?;
    }
    output.finish()?;
    Ok(Status::Done)
}

fn head(output: &mut Output, shown: &Shown) -> Result<(), Failure> {
    if shown.format == Format::Csv {
        let head = [
            "entry",
            "name",
            "kind",
            "names",
            "sent",
            "received",
            "first_year",
            "last_year",
            "roles",
            "organisations",
            "places",
            "identifiers",
            "may_be",
        ];
        output.write_all(&table::line(head.into_iter()))?;
    }
    Ok(())
}

fn give(output: &mut Output, people: &People, entry: &Entry, shown: &Shown) -> Result<(), Failure> {
    match shown.format {
        Format::Text => {
            write!(output, "{}", person::line(people, entry, width(shown.width)))?;
        }
        Format::Jsonl => output.write_all(&to_line(&Listed::of(people, entry)))?,
        Format::Csv => {
            let join = |values: &people::Counted| {
                values.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>().join("; ")
            };
            let (first, last) = entry
                .years
                .map_or((String::new(), String::new()), |(a, b)| (a.to_string(), b.to_string()));
            let others: Vec<&str> =
                people.proposals_of(entry).iter().map(|(_, other)| other.name.as_str()).collect();
            let cells = [
                person::number(&entry.key).unwrap_or_default(),
                entry.name.clone(),
                kind(entry).to_owned(),
                join(&entry.names),
                entry.sent.len().to_string(),
                entry.received.len().to_string(),
                first,
                last,
                join(&entry.roles),
                join(&entry.organisations),
                join(&entry.places),
                entry.identifiers.join("; "),
                others.join("; "),
            ];
            output.write_all(&table::line(cells.iter().map(String::as_str)))?;
        }
    }
    Ok(())
}

fn show(args: &PeopleShow) -> Result<Status, Failure> {
    let archive = open(&args.archive)?;
    let people = gather(&archive)?;
    let entry = entry(&people, &args.entry)?;
    let mut output = Output::open(None, args.shown.format == Format::Text)?;
    match args.shown.format {
        Format::Text => {
            write!(output, "{}", person::card(&people, entry, width(args.shown.width)))?;
        }
        _ => {
            head(&mut output, &args.shown)?;
            give(&mut output, &people, entry, &args.shown)?;
        }
    }
    output.finish()?;
    Ok(Status::Done)
}
