//! The persons and bodies across letters: one entry for what may be one, and never more than that.
//!
//! Gathers every sender and recipient by the folded words of the name (a *form*); people's
//! decisions say which forms, or which letters of a form, are one entry's. What else may be one, by
//! the names, the years, places, offices, bodies and correspondents, is a proposal with its
//! reasons. Changes no letter and merges nothing unasked. Names of places are not gathered yet.

mod authority;
mod name;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub use authority::{Authority, Identifier};
use letterbook::record::{Letter, Party};
use letterbook_dates::calendar::gregorian;
use letterbook_dates::value::Edtf;

use crate::archive::Archive;
use crate::audit::LIFE;
use crate::error::Error;
pub use crate::named::Key;
use crate::named::{Decided, form};
use crate::store::{Decision, Deed, LetterId, PersonId, Statement};
use name::Name;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A person, as far as can be seen.
    Person,
    /// A body: named as the organisation of a party at least once.
    Body,
}

/// Values and in how many letters each stands, most first.
pub type Counted = Vec<(String, u64)>;

/// A person or body across letters.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is known by.
    pub key: Key,
    /// What it is called: as people said, or as most letters write it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its names as written.
    pub names: Counted,
    /// Its offices.
    pub roles: Counted,
    /// The bodies that it writes for or belongs to.
    pub organisations: Counted,
    /// The places that it writes from.
    pub places: Counted,
    /// Those it writes to or hears from, by what they are called.
    pub correspondents: Counted,
    /// First and last year of its letters, where dates give one.
    pub years: Option<(i32, i32)>,
    /// The letters that it sent, by number.
    pub sent: Vec<LetterId>,
    /// The letters that it received, by number.
    pub received: Vec<LetterId>,
    /// Its numbers in authority files, as people gave them.
    pub identifiers: Vec<String>,
    /// The folded forms that are its own.
    pub forms: BTreeSet<String>,
}

impl Entry {
    /// In how many letters it stands, as sender or recipient.
    pub fn letters(&self) -> usize {
        self.sent.len() + self.received.len()
    }

    /// Whether its letters lie further apart than a life is long.
    pub fn is_long_lived(&self) -> bool {
        self.kind == Kind::Person && self.years.is_some_and(|(first, last)| last - first > LIFE)
    }
}

/// Two entries that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The one, by its position in [`People::entries`].
    pub one: usize,
    /// The other; the one has at least as many letters.
    pub other: usize,
    /// Why, in words, the names first.
    pub reasons: Vec<String>,
}

/// Everyone who writes or receives letters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct People {
    /// Most letters first.
    pub entries: Vec<Entry>,
    /// Those with most reasons first.
    pub proposals: Vec<Proposal>,
    /// Everything that was decided, oldest first.
    pub decisions: Vec<Decision>,
}

/// What is said of an entry, while it is gathered.
#[derive(Debug, Default)]
struct Gathered {
    is_body: bool,
    names: HashMap<String, u64>,
    roles: HashMap<String, u64>,
    organisations: HashMap<String, u64>,
    places: HashMap<String, u64>,
    correspondents: HashMap<u32, u64>,
    years: Option<(i32, i32)>,
    sent: Vec<LetterId>,
    received: Vec<LetterId>,
    forms: BTreeSet<String>,
}

/// Gathers everyone in the archive; `seen` is told each letter's number.
///
/// Reads every record once.
///
/// # Errors
///
/// When a letter cannot be read from the store.
pub fn gather(archive: &Archive, seen: &mut dyn FnMut(LetterId)) -> Result<People, Error> {
    let decisions = archive.store().decisions()?;
    let decided = Decided::of(&decisions);
    let mut gathering = Gathering { decided: &decided, numbers: HashMap::new(), all: Vec::new() };
    archive.each_letter(seen, |id, letter| gathering.letter(id, letter))?;
    let (entries, apart) = gathering.entries();
    let proposals = propose(&entries, &apart);
    Ok(People { entries, proposals, decisions })
}

struct Gathering<'d> {
    decided: &'d Decided,
    numbers: HashMap<Key, u32>,
    all: Vec<Gathered>,
}

impl Gathering<'_> {
    fn letter(&mut self, id: LetterId, letter: &Letter) {
        let senders = self.side(id, &letter.senders);
        let recipients = self.side(id, &letter.recipients);
        let place = letter.place.as_ref().map(|place| place.value.as_str());
        let years = letter.date.as_ref().and_then(|date| years(&date.value));
        for &at in &senders {
            let entry = &mut self.all[at as usize];
            entry.sent.push(id);
            if let Some(place) = place {
                *entry.places.entry(place.to_owned()).or_default() += 1;
            }
        }
        for &at in &recipients {
            self.all[at as usize].received.push(id);
        }
        for (ours, theirs) in [(&senders, &recipients), (&recipients, &senders)] {
            for &at in ours {
                let entry = &mut self.all[at as usize];
                for &other in theirs.iter().filter(|&&other| other != at) {
                    *entry.correspondents.entry(other).or_default() += 1;
                }
                if let Some((first, last)) = years {
                    let (from, to) = entry.years.unwrap_or((first, last));
                    entry.years = Some((from.min(first), to.max(last)));
                }
            }
        }
    }

    /// The entries of one side of a letter, each once.
    fn side(&mut self, id: LetterId, parties: &[Party]) -> Vec<u32> {
        let mut found = Vec::new();
        for party in parties {
            let bodies = [&party.organisation, &party.on_behalf_of];
            if let Some(name) = &party.name
                && let Some(at) = self.entry(id, &name.value)
            {
                let entry = &mut self.all[at as usize];
                if let Some(role) = &party.role {
                    *entry.roles.entry(role.value.clone()).or_default() += 1;
                }
                for body in bodies.into_iter().flatten() {
                    *entry.organisations.entry(body.value.clone()).or_default() += 1;
                }
                found.push(at);
            }
            for body in bodies.into_iter().flatten() {
                if let Some(at) = self.entry(id, &body.value) {
                    self.all[at as usize].is_body = true;
                    found.push(at);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn entry(&mut self, id: LetterId, name: &str) -> Option<u32> {
        let form = form(name);
        if form.is_empty() {
            return None;
        }
        let key = self.decided.key(&form, id);
        let at = *self.numbers.entry(key).or_insert_with(|| {
            self.all.push(Gathered::default());
            u32::try_from(self.all.len() - 1).expect("fewer names than 2^32")
        });
        let entry = &mut self.all[at as usize];
        *entry.names.entry(name.split_whitespace().collect::<Vec<_>>().join(" ")).or_default() += 1;
        entry.forms.insert(form);
        Some(at)
    }

    /// The entries, most letters first, and which of them were said to be apart.
    fn entries(self) -> (Vec<Entry>, HashSet<(usize, usize)>) {
        let mut keys: Vec<Option<Key>> = vec![None; self.all.len()];
        for (key, at) in self.numbers {
            keys[at as usize] = Some(key);
        }
        let called: Vec<String> = self
            .all
            .iter()
            .zip(&keys)
            .map(|(gathered, key)| {
                let said = match key {
                    Some(Key::Kept(person)) => self.decided.names.get(person).cloned(),
                    _ => None,
                };
                let most = || counted(gathered.names.clone()).swap_remove(0).0;
                said.unwrap_or_else(most)
            })
            .collect();
        let mut entries: Vec<Entry> = self
            .all
            .into_iter()
            .zip(keys)
            .enumerate()
            .filter_map(|(at, (gathered, key))| Some((at, gathered, key?)))
            .map(|(at, gathered, key)| {
                let correspondents = gathered
                    .correspondents
                    .into_iter()
                    .map(|(other, n)| (called[other as usize].clone(), n));
                let identifiers = match &key {
                    Key::Kept(person) => self.decided.identifiers.get(person).cloned(),
                    Key::Form(_) => None,
                };
                Entry {
                    name: called[at].clone(),
                    kind: if gathered.is_body { Kind::Body } else { Kind::Person },
                    names: counted(gathered.names),
                    roles: counted(gathered.roles),
                    organisations: counted(gathered.organisations),
                    places: counted(gathered.places),
                    correspondents: counted(correspondents.collect()),
                    years: gathered.years,
                    sent: gathered.sent,
                    received: gathered.received,
                    identifiers: identifiers.unwrap_or_default(),
                    forms: gathered.forms,
                    key,
                }
            })
            .collect();
        entries.sort_by(|a, b| {
            b.letters()
                .cmp(&a.letters())
                .then_with(|| a.name.cmp(&b.name))
                .then_with(|| a.key.cmp(&b.key))
        });
        let position: HashMap<PersonId, usize> = entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| match entry.key {
                Key::Kept(person) => Some((person, at)),
                Key::Form(_) => None,
            })
            .collect();
        let apart = self
            .decided
            .apart
            .iter()
            .filter_map(|(a, b)| Some((*position.get(a)?, *position.get(b)?)))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        (entries, apart)
    }
}

fn counted(values: HashMap<String, u64>) -> Counted {
    let mut all: Counted = values.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}

/// First and last year that a date may mean, where they are no more than ten apart.
fn years(value: &str) -> Option<(i32, i32)> {
    let (first, last) = Edtf::parse(value).ok()?.bounds();
    let (first, last) = (gregorian::from_day(first?).0, gregorian::from_day(last?).0);
    (last - first <= 10).then_some((first, last))
}

/// Entries under one surname that are compared each with each; where there are more, the surname
/// says too little, and a list of guesses would help nobody.
const CROWD: usize = 400;

fn propose(entries: &[Entry], apart: &HashSet<(usize, usize)>) -> Vec<Proposal> {
    let names: Vec<Vec<Name>> = entries
        .iter()
        .map(|entry| entry.names.iter().map(|(name, _)| Name::of(name)).collect())
        .collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let mut keys: Vec<String> = Vec::new();
        for name in &names[at] {
            match entry.kind {
                Kind::Person => keys.extend(name.surname_key().map(|key| format!("s {key}"))),
                Kind::Body => keys.extend(name.initials_key().map(|key| format!("i {key}"))),
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().for_each(|key| groups.entry(key).or_default().push(at));
    }
    let mut proposals = Vec::new();
    let mut seen = HashSet::new();
    for group in groups.values().filter(|group| (2..=CROWD).contains(&group.len())) {
        let mut found: Vec<(usize, usize, String)> = Vec::new();
        for (i, &one) in group.iter().enumerate() {
            for &other in &group[i + 1..] {
                let pair = (one.min(other), one.max(other));
                let may = !apart.contains(&pair) && may_have_met(&entries[one], &entries[other]);
                let reason = may.then(|| alike(&names[one], &names[other], entries[one].kind));
                found.extend(reason.flatten().map(|reason| (pair.0, pair.1, reason)));
            }
        }
        for (one, other, reason) in &found {
            let shared = shared(&entries[*one], &entries[*other]);
            // a bare surname, or initials, that fit several need more than the name
            let rivals =
                |at: usize| found.iter().filter(|(a, b, _)| *a == at || *b == at).count() > 1;
            let is_bare = |at: usize| names[at].iter().all(Name::is_bare);
            let is_vague = is_bare(*one) || is_bare(*other) || rivals(*one) && rivals(*other);
            if (shared.is_empty() && is_vague) || !seen.insert((*one, *other)) {
                continue;
            }
            let reasons = [vec![reason.clone()], shared].concat();
            proposals.push(Proposal { one: *one, other: *other, reasons });
        }
    }
    proposals.sort_by(|a, b| {
        b.reasons.len().cmp(&a.reasons.len()).then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    proposals
}

/// Whether the years of the two fit into one life.
fn may_have_met(one: &Entry, other: &Entry) -> bool {
    if one.kind != other.kind {
        return false;
    }
    match (one.years, other.years) {
        (Some(a), Some(b)) if one.kind == Kind::Person => a.1.max(b.1) - a.0.min(b.0) <= LIFE,
        _ => true,
    }
}

fn alike(one: &[Name], other: &[Name], kind: Kind) -> Option<String> {
    let compare = |a: &Name, b: &Name| match kind {
        Kind::Person => a.may_be(b),
        Kind::Body => a.may_abbreviate(b),
    };
    // every name of the one must fit some name of the other, or the entry holds more than one person
    let fits = |a: &Name| other.iter().find_map(|b| compare(a, b));
    let reasons: Option<Vec<String>> = one.iter().map(fits).collect();
    reasons?.into_iter().next()
}

/// What the two share beside the name, in words.
fn shared(one: &Entry, other: &Entry) -> Vec<String> {
    let mut reasons = Vec::new();
    let common = |a: &Counted, b: &Counted, key: &dyn Fn(&str) -> Option<String>| {
        let keys: HashSet<String> = a.iter().filter_map(|(value, _)| key(value)).collect();
        let is_common = |value: &str| key(value).is_some_and(|key| keys.contains(&key));
        b.iter().find(|(value, _)| is_common(value)).map(|(value, _)| value.clone())
    };
    let whole = |value: &str| Some(form(value));
    let surname = |value: &str| Name::of(value).surname_key();
    match common(&one.correspondents, &other.correspondents, &whole) {
        Some(name) => reasons.push(format!("both correspond with {name}")),
        // the other side of a correspondence is as often written short
        None => {
            let name = common(&one.correspondents, &other.correspondents, &surname);
            reasons.extend(name.map(|name| format!("both correspond with a {name}")));
        }
    }
    for (what, a, b) in [
        ("both write from", &one.places, &other.places),
        ("both are", &one.roles, &other.roles),
        ("both are of", &one.organisations, &other.organisations),
    ] {
        reasons.extend(common(a, b, &whole).map(|value| format!("{what} {value}")));
    }
    reasons
}

impl People {
    /// The entry that a person means by `P3` or by a name as the letters write it.
    pub fn find(&self, named: &str) -> Option<&Entry> {
        let named = named.trim();
        let number = named.strip_prefix(['P', 'p']).and_then(|n| n.parse::<PersonId>().ok());
        if let Some(number) = number
            && let Some(entry) = self.entries.iter().find(|e| e.key == Key::Kept(number))
        {
            return Some(entry);
        }
        let wanted = form(named);
        self.entries
            .iter()
            .find(|entry| entry.forms.contains(&wanted))
            .or_else(|| self.entries.iter().find(|entry| form(&entry.name) == wanted))
    }

    /// The proposals that an entry is in, and the other entry of each.
    pub fn proposals_of(&self, entry: &Entry) -> Vec<(&Proposal, &Entry)> {
        self.proposals
            .iter()
            .filter_map(|proposal| {
                let (one, other) = (&self.entries[proposal.one], &self.entries[proposal.other]);
                match entry.key {
                    ref key if *key == one.key => Some((proposal, other)),
                    ref key if *key == other.key => Some((proposal, one)),
                    _ => None,
                }
            })
            .collect()
    }

    /// The decisions that say something of an entry, oldest first.
    pub fn decisions_of(&self, entry: &Entry) -> Vec<&Decision> {
        let Key::Kept(number) = entry.key else { return Vec::new() };
        let is_of = |d: &&Decision| {
            d.statements.iter().any(|(person, statement)| {
                *person == number || *statement == Statement::Apart(number)
            })
        };
        self.decisions.iter().filter(is_of).collect()
    }
}

/// Who decides, when and why.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'v> {
    /// Who.
    pub who: &'v str,
    /// When, as RFC 3339.
    pub at: &'v str,
    /// Why; may be empty.
    pub why: &'v str,
}

/// What a decision was about, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// The entry's number.
    pub person: PersonId,
    /// The decision's number, by which it can be taken back.
    pub decision: i64,
}

/// Takes a decision back.
///
/// # Errors
///
/// [`Error::NoSuchDecision`] when none of that number is in force, [`Error::Decision`] when a
/// later one stands on it, and whatever the disk says.
pub fn undo(archive: &mut Archive, decision: i64, voice: Voice<'_>) -> Result<(), Error> {
    let all = archive.store().decisions()?;
    let of = all.iter().find(|d| d.id == decision).map_or_else(Vec::new, Decision::persons);
    let people = gather(archive, &mut |_| {})?;
    let is_of = |entry: &&Entry| matches!(entry.key, Key::Kept(number) if of.contains(&number));
    let letters = letters_of(people.entries.iter().filter(is_of));
    archive.decide(voice.at, &letters, |batch| {
        batch.undo_decision(decision, &all, voice.who, voice.why)
    })
}

/// The letters of entries, each once.
fn letters_of<'e>(entries: impl Iterator<Item = &'e Entry>) -> BTreeSet<LetterId> {
    entries.flat_map(|entry| entry.sent.iter().chain(&entry.received)).copied().collect()
}

/// Says that several entries are one; the one's number. The first gives the name.
///
/// # Errors
///
/// [`Error::Decision`] when there are fewer than two, and whatever the disk says.
pub fn merge(archive: &mut Archive, entries: &[&Entry], voice: Voice<'_>) -> Result<Done, Error> {
    let keys: BTreeSet<&Key> = entries.iter().map(|entry| &entry.key).collect();
    let [first, ..] = entries else { return Err(few()) };
    if keys.len() < 2 {
        return Err(few());
    }
    let kept = entries.iter().find_map(|entry| match entry.key {
        Key::Kept(number) => Some(number),
        Key::Form(_) => None,
    });
    let decided = Decided::of(&archive.store().decisions()?);
    let letters = letters_of(entries.iter().copied());
    archive.decide(voice.at, &letters, |batch| {
        let person = kept.map_or_else(|| batch.insert_person(), Ok)?;
        let mut said = Vec::new();
        for entry in entries {
            if entry.key == Key::Kept(person) {
                continue;
            }
            let held = decided.held(&entry.key).into_iter();
            said.extend(held.map(|statement| (person, statement)));
            for identifier in &entry.identifiers {
                said.push((person, Statement::Identifier(identifier.clone())));
            }
        }
        said.push((person, Statement::Name(first.name.clone())));
        let decision = batch.decide(Deed::Merge, &said, voice.who, voice.why)?;
        Ok(Done { person, decision })
    })
}

fn few() -> Error {
    Error::Decision("expected two entries or more, but found one".into())
}

/// Says that some names, or some letters, of an entry are another's; the other's number.
///
/// A name that is not the entry's is said to be another's for good, and no longer proposed.
///
/// # Errors
///
/// [`Error::Decision`] when nothing of the entry would be left or nobody has such a name, and
/// whatever the disk says.
pub fn split(
    archive: &mut Archive,
    people: &People,
    entry: &Entry,
    names: &[String],
    letters: &[LetterId],
    voice: Voice<'_>,
) -> Result<Done, Error> {
    let forms: BTreeSet<String> = names.iter().map(|n| form(n)).filter(|f| !f.is_empty()).collect();
    if forms.is_empty() && letters.is_empty() {
        return Err(Error::Decision("expected a name or a letter, but found none".into()));
    }
    if entry.forms.is_subset(&forms) {
        return Err(Error::Decision(format!(
            "expected a name to be left to {}, but found none",
            entry.name
        )));
    }
    let is_anyones = |form: &String| people.entries.iter().any(|entry| entry.forms.contains(form));
    if let Some(name) = names.iter().find(|name| !is_anyones(&form(name))) {
        return Err(Error::Decision(format!(
            "expected a name that the letters write, but found `{name}`"
        )));
    }
    let own: BTreeSet<LetterId> = entry.sent.iter().chain(&entry.received).copied().collect();
    if let Some(strange) = letters.iter().find(|id| !own.contains(id)) {
        return Err(Error::Decision(format!(
            "expected a letter of {}, but found {strange}",
            entry.name
        )));
    }
    if !letters.is_empty() && own.iter().all(|id| letters.contains(id)) {
        return Err(Error::Decision(format!(
            "expected a letter to be left to {}, but found none",
            entry.name
        )));
    }
    // the other, where it is an entry already
    let other = forms
        .iter()
        .filter(|f| !entry.forms.contains(*f))
        .find_map(|f| people.entries.iter().find(|e| e.forms.contains(f)));
    let touched = letters_of(std::iter::once(entry).chain(other));
    let other = other.map(|entry| &entry.key);
    let decided = Decided::of(&archive.store().decisions()?);
    archive.decide(voice.at, &touched, |batch| {
        let mut said = Vec::new();
        let person = keep(batch, &entry.key, &mut said)?;
        let apart = match other {
            Some(key) => keep(batch, key, &mut said)?,
            None => batch.insert_person()?,
        };
        for statement in decided.held(&entry.key) {
            let (Statement::Form(form) | Statement::Letter(form, _)) = &statement else { continue };
            if forms.contains(form) {
                said.push((apart, statement));
            }
        }
        for form in &entry.forms {
            said.extend(letters.iter().map(|&id| (apart, Statement::Letter(form.clone(), id))));
        }
        said.push((person, Statement::Apart(apart)));
        let decision = batch.decide(Deed::Split, &said, voice.who, voice.why)?;
        Ok(Done { person: apart, decision })
    })
}

/// Says what an entry is to be called; its number.
///
/// # Errors
///
/// [`Error::Decision`] when the name is empty, and whatever the disk says.
pub fn rename(
    archive: &mut Archive,
    entry: &Entry,
    name: &str,
    voice: Voice<'_>,
) -> Result<Done, Error> {
    if form(name).is_empty() {
        return Err(Error::Decision(format!("expected a name, but found `{name}`")));
    }
    say(archive, entry, Deed::Name, Statement::Name(name.trim().to_owned()), voice)
}

/// Gives an entry its number in an authority file; the entry's number.
///
/// # Errors
///
/// Whatever the disk says.
pub fn identify(
    archive: &mut Archive,
    entry: &Entry,
    identifier: &Identifier,
    voice: Voice<'_>,
) -> Result<Done, Error> {
    say(archive, entry, Deed::Identify, Statement::Identifier(identifier.to_string()), voice)
}

fn say(
    archive: &mut Archive,
    entry: &Entry,
    deed: Deed,
    statement: Statement,
    voice: Voice<'_>,
) -> Result<Done, Error> {
    let letters = letters_of(std::iter::once(entry));
    archive.decide(voice.at, &letters, |batch| {
        let mut said = Vec::new();
        let person = keep(batch, &entry.key, &mut said)?;
        said.push((person, statement));
        let decision = batch.decide(deed, &said, voice.who, voice.why)?;
        Ok(Done { person, decision })
    })
}

/// The number of an entry; one that had none gets its form with it.
fn keep(
    batch: &mut crate::store::Batch<'_>,
    key: &Key,
    said: &mut Vec<(PersonId, Statement)>,
) -> Result<PersonId, Error> {
    match key {
        Key::Kept(number) => Ok(*number),
        Key::Form(form) => {
            let person = batch.insert_person()?;
            said.push((person, Statement::Form(form.clone())));
            Ok(person)
        }
    }
}
