//! What people say of a reading: values set, confirmed or rejected, and the record that follows.
//!
//! A correction names a place in the record by a path of keys and positions (`date`,
//! `senders.0.name`, `acts.2`, `zones.1`) and is laid over the reading whenever the letter is
//! shown, searched or exported; the reading itself stays as it is. Positions in lists may shift
//! when a letter is read again, so a correction keeps what the reading said, and finds its item
//! by the characters that it cites. Does not know where corrections are kept.

use letterbook::record::Letter;
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook_dates::value::Edtf;
use serde_json::{Map, Value, json};

use crate::error::Error;

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
    /// What the reading said there when the correction was made.
    pub was: Option<Value>,
    /// Who said it.
    pub who: String,
    /// When, as RFC 3339.
    pub at: String,
    /// Why; may be empty.
    pub why: String,
    /// When it was taken back.
    pub undone: Option<String>,
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

/// The rule name that a value set by a person carries.
pub const BY: &str = "correction";

/// The lists whose items are found again by the characters that they cite.
const LISTS: [&str; 7] =
    ["zones", "mentions", "occasions", "acts", "references", "enclosures", "findings"];

/// The values that are EDTF.
const DATES: [&str; 3] = ["date", "event_date", "date.value"];

impl NewCorrection {
    /// Checks a correction against `letter` as it stands, corrections included.
    ///
    /// # Errors
    ///
    /// [`Error::Correction`] when the path leads nowhere, when a date is no EDTF, or when the
    /// record could not hold the value.
    pub fn new(letter: &Letter, text: &str, edit: &Edit) -> Result<NewCorrection, Error> {
        let Edit { path, action, value, who, why, .. } = edit;
        let (path, action, value) = (path.as_str(), *action, value.as_deref());
        let refuse = |what: String| Err(Error::Correction(what));
        let mut record = to_value(letter)?;
        let parts: Vec<&str> = path.split('.').collect();
        let was = anchor(&record, &parts).cloned();
        if action != Action::Set && find(&record, &parts).is_none() {
            return refuse(format!("expected a value at `{path}`, but found none"));
        }
        match (action, value) {
            (Action::Set, None) => {
                return refuse(format!("expected a value to set at `{path}`, but found none"));
            }
            (Action::Set, Some(value)) if DATES.iter().any(|d| path.ends_with(d)) => {
                if let Err(error) = Edtf::parse(value) {
                    return refuse(format!("expected an EDTF date, but found `{value}`: {error}"));
                }
            }
            _ => {}
        }
        let new = NewCorrection {
            path: path.to_owned(),
            action,
            value: value.map(str::to_owned),
            was,
            who: who.clone(),
            why: why.clone(),
        };
        if let Err(why) = lay(&mut record, text, &new.path, action, value, new.was.as_ref()) {
            return refuse(why);
        }
        if let Err(why) = from_value(record) {
            return refuse(unfit(path, value.unwrap_or_default(), &why));
        }
        Ok(new)
    }
}

/// The record with the corrections laid over it, oldest first.
///
/// A correction that no longer fits the reading is left out; the others hold.
pub fn apply(letter: &Letter, text: &str, corrections: &[Correction]) -> Letter {
    if corrections.is_empty() {
        return letter.clone();
    }
    let Ok(mut record) = to_value(letter) else { return letter.clone() };
    let mut corrected = letter.clone();
    for c in corrections {
        let mut next = record.clone();
        let laid = lay(&mut next, text, &c.path, c.action, c.value.as_deref(), c.was.as_ref());
        if let Ok(letter) = laid.and_then(|()| from_value(next.clone())) {
            corrected = letter;
            record = next;
        }
    }
    corrected
}

/// The record with one more correction laid over it; as it was, where that does not fit.
pub(crate) fn lay_over(letter: &Letter, text: &str, new: &NewCorrection) -> Letter {
    let Ok(mut record) = to_value(letter) else { return letter.clone() };
    let value = new.value.as_deref();
    lay(&mut record, text, &new.path, new.action, value, new.was.as_ref())
        .and_then(|()| from_value(record))
        .unwrap_or_else(|_| letter.clone())
}

fn to_value(letter: &Letter) -> Result<Value, Error> {
    serde_json::to_value(letter).map_err(|e| Error::Damaged(format!("writing a record: {e}")))
}

/// The record without the holes that rejected list items leave until the end.
fn from_value(mut record: Value) -> Result<Letter, String> {
    for list in record.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Value::Array(items) = list {
            items.retain(|item| !item.is_null());
        }
    }
    serde_json::from_value(record).map_err(|e| format!("expected a record, but found {e}"))
}

/// Why a record with that value is none, in words for people; `why` is what the parser says.
fn unfit(path: &str, value: &str, why: &str) -> String {
    if let Some((_, known)) = why.split_once("unknown variant `")
        && let Some((found, names)) = known.split_once("`, expected ")
    {
        return format!("expected {} at `{path}`, but found `{found}`", names.replace('`', ""));
    }
    if why.contains("expected struct") {
        return format!(
            "expected one of the values within `{path}`, such as `{path}.name` of a person, but \
             found only `{path}`"
        );
    }
    format!("expected a value that fits `{path}`, but found `{value}`")
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

/// What a correction remembers of the reading: the whole list item, or the value itself.
fn anchor<'v>(record: &'v Value, parts: &[&str]) -> Option<&'v Value> {
    match parts {
        [list, _, ..] if LISTS.contains(list) => find(record, &parts[..2]),
        _ => find(record, parts),
    }
}

fn lay(
    record: &mut Value,
    text: &str,
    path: &str,
    action: Action,
    value: Option<&str>,
    was: Option<&Value>,
) -> Result<(), String> {
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
        match was {
            Some(was) => match position_of(items, was, position) {
                Some(found) => *position = found.to_string(),
                None if action == Action::Reject => return Ok(()),
                None => {
                    items.push(was.clone());
                    *position = (items.len() - 1).to_string();
                }
            },
            None if position.parse::<usize>().is_err() => {
                return Err(format!("expected a position in `{list}`, but found `{position}`"));
            }
            None => *position = items.len().to_string(),
        }
    }
    let (last, before) = parts.split_last().ok_or("expected a path, but found none")?;
    let mut place = record;
    for (i, part) in before.iter().enumerate() {
        let next_is_list = parts[i + 1].parse::<usize>().is_ok();
        place = enter(place, part, path, if next_is_list { json!([]) } else { json!({}) })?;
    }
    match action {
        Action::Reject => reject(place, last),
        Action::Confirm => confirm(enter(place, last, path, Value::Null)?),
        Action::Set => {
            let value = value.unwrap_or_default();
            let target = enter(place, last, path, Value::Null)?;
            set(target, text, &parts, value);
        }
    }
    Ok(())
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
            if position > items.len() {
                return Err(format!(
                    "expected a position of at most {} in `{path}`, but found {position}",
                    items.len()
                ));
            }
            if position == items.len() {
                items.push(new);
            }
            Ok(&mut items[position])
        }
        Value::Object(fields) => Ok(fields.entry(part).or_insert(new)),
        _ => Err(format!("expected something below `{part}` in `{path}`, but found a plain value")),
    }
}

fn position_of(items: &[Value], was: &Value, hint: &str) -> Option<usize> {
    let wanted = extent(was);
    let fits = |item: &Value| match (wanted, extent(item)) {
        (Some(a), Some(b)) => a.0 < b.1 && b.0 < a.1,
        _ => item == was,
    };
    let hint: Option<usize> = hint.parse().ok();
    hint.filter(|&i| items.get(i).is_some_and(fits)).or_else(|| items.iter().position(fits))
}

/// First and last code point that an item cites, or covers when it is a zone.
fn extent(item: &Value) -> Option<(u64, u64)> {
    let of = |v: &Value| Some((v.get("start")?.as_u64()?, v.get("end")?.as_u64()?));
    of(item).or_else(|| item.get("evidence")?.as_array()?.first().and_then(of))
}

fn reject(place: &mut Value, last: &str) {
    match place {
        Value::Array(items) => {
            // A hole, so that the positions of the others stay; see `from_value`.
            if let Some(item) = last.parse::<usize>().ok().and_then(|i| items.get_mut(i)) {
                *item = Value::Null;
            }
        }
        Value::Object(fields) => {
            fields.remove(last);
        }
        _ => {}
    }
}

fn confirm(target: &mut Value) {
    if let Value::Object(fields) = target {
        fields.insert("confidence".into(), json!(1.0));
        fields.remove("alternatives");
    }
}

fn set(target: &mut Value, text: &str, parts: &[String], value: &str) {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let key = match parts[..] {
        ["acts", _] => "act",
        ["occasions" | "references", _] => "kind",
        ["zones", _] => "label",
        ["date" | "place" | "language"] | ["mentions", _] => "value",
        [
            _,
            _,
            "name" | "form_of_address" | "role" | "organisation" | "on_behalf_of" | "address",
        ]
        | [_, _, "contacts", _] => "value",
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
    match parts[..] {
        ["date"] => {
            fields.entry("calendar").or_insert_with(|| json!("gregorian"));
        }
        ["references", _] => {
            fields.entry("from").or_insert_with(|| json!("other"));
        }
        ["mentions", _] => {
            fields.entry("kind").or_insert_with(|| json!("person"));
        }
        [_, _, "contacts", _] => {
            fields.entry("kind").or_insert_with(|| json!("phone"));
        }
        _ => {}
    }
    fields.insert(key.into(), json!(value));
    fields.insert("confidence".into(), json!(1.0));
    fields.remove("alternatives");
    if parts[0] != "zones" {
        fields.insert("by".into(), json!(BY));
        if key == "value"
            && let Some(evidence) = only_place(text, value)
        {
            fields.insert("evidence".into(), evidence);
        }
    }
}

/// Where the value stands on the page, when it stands there exactly once.
fn only_place(text: &str, value: &str) -> Option<Value> {
    let mut found = text.match_indices(value).filter(|(_, v)| !v.is_empty());
    let (at, _) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let evidence = Text::new(text).evidence(Span::new(at, at + value.len()));
    serde_json::to_value([evidence]).ok()
}
