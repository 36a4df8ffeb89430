//! What people say of a reading: values set, confirmed or rejected, and the record that follows.
//!
//! A correction names a field (`date`, `senders.0.name`, `acts.2`, `zones.1`) of the record as it
//! was shown, with the corrections before it, and is laid over the reading whenever the letter is
//! shown, searched or exported; the reading itself stays as it is. Positions in lists shift when a
//! letter is read again or a correction is taken back, so a correction keeps what stood there, and
//! finds its item by that or by the characters that it cites. A value that a person gives cites
//! the page only where the page has it in whole words. Does not know where corrections are kept,
//! and makes no findings: whoever lays corrections says what the record's checks find.

use letterbook::record::{Finding, Letter};
use letterbook::span::Span;
use letterbook::text::Text;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::field;
use crate::fold;

/// What is said of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// It is something else, or there is one where the reading has none.
    Set,
    /// It is right.
    Confirm,
    /// It is wrong, and there is none.
    Reject,
}

impl Action {
    /// Its name in the store and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Action::Set => "set",
            Action::Confirm => "confirm",
            Action::Reject => "reject",
        }
    }

    /// The action of that name.
    pub fn from_name(name: &str) -> Option<Action> {
        [Action::Set, Action::Confirm, Action::Reject].into_iter().find(|a| a.name() == name)
    }
}

/// A correction as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Its number in the archive.
    pub id: i64,
    /// Where in the record.
    pub path: String,
    /// What is said.
    pub action: Action,
    /// The value set; none unless the action is [`Action::Set`].
    pub value: Option<String>,
    /// What stood there when the correction was made: the value, or the whole item of a list.
    pub was: Option<Value>,
    /// Who said it.
    pub who: String,
    /// When, as RFC 3339.
    pub at: String,
    /// Why; may be empty.
    pub why: String,
    /// When it was taken back.
    pub undone: Option<String>,
    /// Who took it back; none where nobody was asked.
    pub undoer: Option<String>,
    /// Why it was taken back; may be empty.
    pub undone_why: String,
}

impl Correction {
    /// What stood in the field itself when the correction was made.
    pub fn was_there(&self) -> Option<&Value> {
        let was = self.was.as_ref()?;
        let parts: Vec<&str> = self.path.split('.').collect();
        match &parts[..] {
            [list, _, rest @ ..] if LISTS.contains(list) && is_item(list, was) => find(was, rest),
            _ => Some(was),
        }
    }
}

/// A correction as it is asked for.
///
/// A value is a plain string: the value of a reading, an act's or zone's label, EDTF for a date. A
/// position one past the end of a list adds an item to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The letter.
    pub letter: i64,
    /// Where in the record: `date`, `senders.0.name`, `acts.2`.
    pub path: String,
    /// What is said.
    pub action: Action,
    /// The value set; none unless the action is [`Action::Set`].
    pub value: Option<String>,
    /// Who says it.
    pub who: String,
    /// Why; may be empty.
    pub why: String,
}

/// A correction that has been checked against its letter and may be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCorrection {
    pub(crate) path: String,
    pub(crate) action: Action,
    pub(crate) value: Option<String>,
    pub(crate) was: Option<Value>,
    pub(crate) who: String,
    pub(crate) why: String,
}

/// How the rule of a value that a person gave begins; the person follows.
pub const BY: &str = "correction";

/// The lists whose items are found again by what they say and cite.
const LISTS: [&str; 9] = [
    "senders",
    "recipients",
    "zones",
    "mentions",
    "occasions",
    "acts",
    "references",
    "enclosures",
    "findings",
];

/// The lists whose items are made by the reader alone.
const CLOSED: [&str; 3] = ["zones", "enclosures", "findings"];

fn is_party(list: &str) -> bool {
    matches!(list, "senders" | "recipients")
}

/// Whether what a correction keeps is the list's item; of parties the value alone was kept once.
fn is_item(list: &str, was: &Value) -> bool {
    was.is_object() && !(is_party(list) && was.get("value").is_some())
}

impl NewCorrection {
    /// Checks a correction against `letter` as it stands, corrections included.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchField`] when no record has such a field, [`Error::Correction`] when the
    /// letter has nothing there to confirm or reject, or when the field cannot hold the value.
    pub fn new(letter: &Letter, text: &str, edit: &Edit) -> Result<NewCorrection, Error> {
        let Edit { path, action, value, who, why, .. } = edit;
        let Some(field) = field::find(path) else {
            let nearest = field::nearest(path);
            return Err(Error::NoSuchField { found: path.clone(), nearest });
        };
        let mut record = to_value(letter)?;
        let parts: Vec<&str> = path.split('.').collect();
        let value = match (action, value) {
            (Action::Set, value) => {
                let value = value.as_deref().unwrap_or_default();
                let value = field.check(value).map_err(Error::Correction)?;
                has_room(&record, &parts).map_err(Error::Correction)?;
                Some(value)
            }
            _ if find(&record, &parts).is_none() => {
                let message = format!("expected a value at `{path}`, but found none");
                return Err(Error::Correction(message));
            }
            (Action::Reject, _) if field.is_required => {
                let message = format!("expected another value for `{path}`, but found none");
                return Err(Error::Correction(message));
            }
            _ => None,
        };
        let was = anchor(&record, &parts).cloned();
        let new = NewCorrection {
            path: path.clone(),
            action: *action,
            value,
            was,
            who: who.clone(),
            why: why.clone(),
        };
        lay(&mut record, text, &new.as_kept())
            .and_then(|()| from_value(record))
            .map_err(Error::Correction)?;
        Ok(new)
    }

    /// The correction as it will be kept, but for number and time.
    pub(crate) fn as_kept(&self) -> Correction {
        Correction {
            id: 0,
            path: self.path.clone(),
            action: self.action,
            value: self.value.clone(),
            was: self.was.clone(),
            who: self.who.clone(),
            at: String::new(),
            why: self.why.clone(),
            undone: None,
            undoer: None,
            undone_why: String::new(),
        }
    }
}

/// Whether a value can be set there: in a list at most one past its end, and below what is there.
fn has_room(record: &Value, parts: &[&str]) -> Result<(), String> {
    let path = parts.join(".");
    for (i, part) in parts.iter().enumerate().filter(|(_, part)| field::is_position(part)) {
        let there = find(record, &parts[..i]).and_then(Value::as_array).map_or(0, Vec::len);
        let most = if CLOSED.contains(&parts[0]) { there.checked_sub(1) } else { Some(there) };
        let position = part.parse::<usize>().ok();
        if position.is_none_or(|at| most.is_none_or(|most| at > most)) {
            let most = most.map_or("none".to_owned(), |most| format!("at most {most}"));
            return Err(format!("expected a position of {most} in `{path}`, but found {part}"));
        }
    }
    let above = &parts[..parts.len() - 1];
    let is_below = parts.last().is_some_and(|last| !field::is_position(last))
        && !(above.len() == 2 && is_party(above[0]))
        && !above.is_empty();
    if is_below && find(record, above).is_none() {
        return Err(format!("expected a value at `{}`, but found none", above.join(".")));
    }
    Ok(())
}

/// The record with the corrections laid over it, oldest first, and what `check` then finds in it;
/// what was said of findings is laid over those.
///
/// A correction that no longer fits the reading is left out; the others hold.
pub fn apply(
    letter: &Letter,
    text: &str,
    corrections: &[Correction],
    check: &dyn Fn(&Letter) -> Vec<Finding>,
) -> Letter {
    if corrections.is_empty() {
        return letter.clone();
    }
    let (of_findings, others): (Vec<&Correction>, Vec<&Correction>) =
        corrections.iter().partition(|c| c.path.starts_with("findings"));
    let mut corrected = lay_all(letter, text, &others);
    corrected.findings = check(&corrected);
    lay_all(&corrected, text, &of_findings)
}

fn lay_all(letter: &Letter, text: &str, corrections: &[&Correction]) -> Letter {
    let Ok(mut record) = to_value(letter) else { return letter.clone() };
    let mut corrected = letter.clone();
    for said in corrections {
        let mut next = record.clone();
        if let Ok(letter) = lay(&mut next, text, said).and_then(|()| from_value(next.clone())) {
            corrected = letter;
            record = next;
        }
    }
    corrected
}

fn to_value(letter: &Letter) -> Result<Value, Error> {
    serde_json::to_value(letter).map_err(|e| Error::Damaged(format!("writing a record: {e}")))
}

fn from_value(record: Value) -> Result<Letter, String> {
    serde_json::from_value(record).map_err(|e| format!("expected a record, but found {e}"))
}

fn step<'v>(value: &'v Value, part: &str) -> Option<&'v Value> {
    match value {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get(part),
        _ => None,
    }
    .filter(|v| !v.is_null())
}

fn find<'v>(record: &'v Value, parts: &[&str]) -> Option<&'v Value> {
    parts.iter().try_fold(record, |value, part| step(value, part))
}

/// What a correction keeps of the record: the whole list item, or the value itself.
fn anchor<'v>(record: &'v Value, parts: &[&str]) -> Option<&'v Value> {
    match parts {
        [list, _, ..] if LISTS.contains(list) => find(record, &parts[..2]),
        _ => find(record, parts),
    }
}

fn lay(record: &mut Value, text: &str, said: &Correction) -> Result<(), String> {
    let path = said.path.as_str();
    let field = field::find(path).ok_or("expected a field of the record, but found another")?;
    let value = match said.action {
        Action::Set => Some(field.check(said.value.as_deref().unwrap_or_default())?),
        _ => None,
    };
    let mut parts: Vec<String> = path.split('.').map(str::to_owned).collect();
    if let [list, position, ..] = &mut parts[..]
        && LISTS.contains(&list.as_str())
    {
        let items = record
            .as_object_mut()
            .ok_or("expected a record")?
            .entry(list.as_str())
            .or_insert_with(|| json!([]))
            .as_array_mut()
            .ok_or_else(|| format!("expected a list at `{list}`"))?;
        match item_of(items, list, position, said) {
            Some(found) => *position = found.to_string(),
            None => return Ok(()),
        }
    }
    let (last, before) = parts.split_last().ok_or("expected a path, but found none")?;
    let mut place = &mut *record;
    for (i, part) in before.iter().enumerate() {
        let next_is_list = field::is_position(&parts[i + 1]);
        place = enter(place, part, path, if next_is_list { json!([]) } else { json!({}) })?;
    }
    match value {
        None if said.action == Action::Reject => reject(place, last),
        None => confirm(enter(place, last, path, Value::Null)?),
        Some(value) => {
            let by = if said.who.is_empty() { BY.into() } else { format!("{BY} by {}", said.who) };
            set(enter(place, last, path, Value::Null)?, text, &parts, &value, &by);
        }
    }
    drop_empty(record);
    Ok(())
}

/// Where in its list the item is that a correction is of; one that is added comes last. None when
/// the item is no more, and there is nothing to reject.
fn item_of(items: &mut Vec<Value>, list: &str, hint: &str, said: &Correction) -> Option<usize> {
    let hint: usize = hint.parse().ok()?;
    let is_there = hint < items.len();
    match &said.was {
        Some(was) => {
            let found = position_of(items, was, hint);
            if found.is_some() || said.action == Action::Reject {
                return found;
            }
            if is_party(list) && is_there {
                return Some(hint);
            }
            items.push(if is_item(list, was) { was.clone() } else { json!({}) });
        }
        None if is_party(list) && is_there => return Some(hint),
        None => items.push(if is_party(list) { json!({}) } else { Value::Null }),
    }
    Some(items.len() - 1)
}

/// The value below `part`, made when it is not there; a list grows by one item at most.
fn enter<'v>(
    value: &'v mut Value,
    part: &str,
    path: &str,
    new: Value,
) -> Result<&'v mut Value, String> {
    match value {
        Value::Array(items) => {
            let position: usize = part
                .parse()
                .map_err(|_| format!("expected a position in `{path}`, but found `{part}`"))?;
            let position = position.min(items.len());
            if position == items.len() {
                items.push(new);
            }
            Ok(&mut items[position])
        }
        Value::Object(fields) => Ok(fields.entry(part).or_insert(new)),
        _ => Err(format!("expected something below `{part}` in `{path}`, but found a plain value")),
    }
}

/// The item that a correction was made of: the very same, here or elsewhere, or one that cites the
/// same characters.
fn position_of(items: &[Value], was: &Value, hint: usize) -> Option<usize> {
    let find = |fits: &dyn Fn(&Value) -> bool| {
        let is_here = items.get(hint).is_some_and(fits);
        if is_here { Some(hint) } else { items.iter().position(fits) }
    };
    let cited = extents(was);
    let code = was.get("code");
    let fits = |item: &Value| {
        let theirs = extents(item);
        item.get("code") == code
            && match (cited.is_empty(), theirs.is_empty()) {
                (true, true) => code.is_some(),
                _ => cited.iter().any(|a| theirs.iter().any(|b| a.0 < b.1 && b.0 < a.1)),
            }
    };
    find(&|item| item == was).or_else(|| find(&fits))
}

/// First and last code point of whatever a part of a record cites, or covers when it is a zone.
fn extents(part: &Value) -> Vec<(u64, u64)> {
    let mut found = Vec::new();
    let mut open = vec![part];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => {
                let at = |key: &str| fields.get(key)?.as_u64();
                found.extend(at("start").zip(at("end")));
                open.extend(fields.values());
            }
            _ => {}
        }
    }
    found
}

fn reject(place: &mut Value, last: &str) {
    match place {
        Value::Array(items) => {
            if let Some(position) = last.parse().ok().filter(|&i: &usize| i < items.len()) {
                items.remove(position);
            }
        }
        Value::Object(fields) => {
            fields.remove(last);
        }
        _ => {}
    }
}

/// Takes out parties of which nothing is left, and lists without items.
fn drop_empty(record: &mut Value) {
    let is_empty = |value: &Value| match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    let Some(record) = record.as_object_mut() else { return };
    for list in ["senders", "recipients"] {
        let Some(Value::Array(parties)) = record.get_mut(list) else { continue };
        for party in parties.iter_mut().filter_map(Value::as_object_mut) {
            party.retain(|_, value| !is_empty(value));
        }
        parties.retain(|party| !is_empty(party));
    }
    record.retain(|_, value| !is_empty(value));
}

fn confirm(target: &mut Value) {
    let Value::Object(fields) = target else { return };
    if fields.contains_key("confidence") {
        fields.insert("confidence".into(), json!(1.0));
        fields.remove("alternatives");
        return;
    }
    // a party is right when all that it says is
    for value in fields.values_mut() {
        match value {
            Value::Array(items) => items.iter_mut().for_each(confirm),
            value => confirm(value),
        }
    }
}

fn set(target: &mut Value, text: &str, parts: &[String], value: &str, by: &str) {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let key = match parts[..] {
        ["acts", _] => "act",
        ["occasions" | "references", _] => "kind",
        ["zones", _] => "label",
        ["date" | "place" | "language"] | ["mentions", _] => "value",
        ["senders" | "recipients", _, _] | [_, _, "contacts", _] => "value",
        // a plain value: a reference's date, an ordinal, a calendar
        _ => {
            let number = (parts.last() == Some(&"ordinal")).then(|| value.parse::<u32>().ok());
            *target = number.flatten().map_or_else(|| json!(value), |n| json!(n));
            return;
        }
    };
    if !target.is_object() {
        *target = json!({ "evidence": [] });
    }
    let Value::Object(fields) = target else { return };
    let new = match parts[..] {
        ["date"] => Some(("calendar", "gregorian")),
        ["references", _] => Some(("from", "other")),
        ["mentions", _] => Some(("kind", "person")),
        [_, _, "contacts", _] => Some(("kind", field::contact_kind(value).unwrap_or("phone"))),
        _ => None,
    };
    if let Some((key, value)) = new {
        fields.entry(key).or_insert(json!(value));
    }
    fields.insert(key.into(), json!(value));
    fields.insert("confidence".into(), json!(1.0));
    fields.remove("alternatives");
    if key == "label" {
        return;
    }
    fields.insert("by".into(), json!(by));
    // the name of an act, an occasion or a reference is never on the page, and the passage stays
    if key == "value" {
        // how the page writes the parts of another date
        fields.remove("written");
        let evidence = match parts[..] {
            ["language"] => None,
            _ => shown(text, value, fields),
        };
        fields.insert("evidence".into(), evidence.unwrap_or_else(|| json!([])));
    }
}

/// Where the page has the value in whole words: within what was cited for the value before, or
/// once on the page.
fn shown(text: &str, value: &str, before: &Map<String, Value>) -> Option<Value> {
    let marks = Text::new(text);
    let cited = before.get("evidence").map(extents).unwrap_or_default();
    let found: Vec<Span> = text
        .match_indices(value)
        .map(|(at, _)| Span::new(at, at + value.len()))
        .filter(|span| is_whole(text, *span))
        .collect();
    let at = |byte: usize| marks.code_point(byte) as u64;
    let is_cited = |span: &&Span| {
        cited.iter().any(|(start, end)| *start <= at(span.start) && at(span.end) <= *end)
    };
    let only = || if let [one] = &found[..] { Some(one) } else { None };
    let span = found.iter().find(is_cited).or_else(only)?;
    serde_json::to_value([marks.evidence(*span)]).ok()
}

/// Whether no word goes on over an end of the span; scripts without spaces have no such ends.
fn is_whole(text: &str, span: Span) -> bool {
    let ends = |inside: Option<char>, outside: Option<char>| {
        let goes_on = |c: char| c.is_alphanumeric() && !fold::is_east_asian(c);
        !(inside.is_some_and(goes_on) && outside.is_some_and(goes_on))
    };
    let inside = &text[span.start..span.end];
    ends(inside.chars().next(), text[..span.start].chars().next_back())
        && ends(inside.chars().next_back(), text[span.end..].chars().next())
}
