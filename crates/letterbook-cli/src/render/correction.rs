//! What people said of a letter, and what two readings say otherwise.

use letterbook_archive::correction::{Action, Correction};
use letterbook_archive::difference::{Difference, plain};
use letterbook_archive::store::Removal;

use super::wrap::{Paragraph, shorten};
use super::{DOUBT, FAINT, PLAIN, TITLE, listing, printable};

/// Columns that one value takes at most.
const VALUE: usize = 120;

/// The corrections below a card, oldest first.
pub(crate) fn below_card(corrections: &[Correction], width: usize) -> String {
    let mut out = String::new();
    for (i, correction) in corrections.iter().enumerate() {
        let label = if i == 0 { "✎ edited" } else { "" };
        out.push_str(&listing::row(label, &said(correction), width));
    }
    out
}

/// A correction as a sentence.
pub(crate) fn said(correction: &Correction) -> Paragraph {
    let mut line = Paragraph::default();
    line.push(&format!("{}  ", correction.id), FAINT).push(&printable(&correction.path), TITLE);
    let was = correction.was_there().map(|was| shorten(&printable(&plain(was)), VALUE));
    match (correction.action, &correction.value) {
        (Action::Set, Some(value)) => {
            line.push(" is ", PLAIN).push(&shorten(&printable(value), VALUE), TITLE);
            match was {
                Some(was) => line.push(&format!(", not {was}"), PLAIN),
                None => line.push(", where nothing was read", PLAIN),
            };
        }
        (Action::Reject, _) => {
            line.push(" is not there", PLAIN);
            if let Some(was) = was {
                line.push(&format!("; {was} was read",), PLAIN);
            }
        }
        _ => {
            line.push(" is right", PLAIN);
            if let Some(was) = was {
                line.push(&format!(": {was}"), PLAIN);
            }
        }
    }
    line.push(&format!("; {}, {}", printable(&correction.who), day(&correction.at)), FAINT);
    if !correction.why.is_empty() {
        line.push(&format!(": {}", printable(&correction.why)), FAINT);
    }
    if let Some(undone) = &correction.undone {
        let (who, why) = (correction.undoer.as_deref(), correction.undone_why.as_str());
        line.push(&format!("; {}", taken_back(undone, who, why)), DOUBT);
    }
    line
}

/// When something was taken back, by whom and why.
pub(crate) fn taken_back(at: &str, who: Option<&str>, why: &str) -> String {
    let mut words = format!("taken back {}", day(at));
    if let Some(who) = who {
        words.push_str(&format!(" by {}", printable(who)));
    }
    if !why.is_empty() {
        words.push_str(&format!(": {}", printable(why)));
    }
    words
}

/// How a letter was taken out.
pub(crate) fn removal(removal: &Removal) -> String {
    let Removal { who, at, why } = removal;
    let why = if why.is_empty() { String::new() } else { format!(": {}", printable(why)) };
    format!("taken out {} by {}{why}", day(at), printable(who))
}

/// The day of a time.
pub(crate) fn day(at: &str) -> &str {
    at.split_once('T').map_or(at, |(day, _)| day)
}

/// What is otherwise, a line each.
pub(crate) fn differences(all: &[Difference], width: usize) -> String {
    let mut out = String::new();
    for difference in all {
        let value = |value: &Option<String>| match value {
            Some(value) => shorten(&printable(value), VALUE),
            None => "nothing".to_owned(),
        };
        let mut line = Paragraph::default();
        line.push(&printable(&difference.path), TITLE);
        line.push(
            &format!("  {} → {}", value(&difference.before), value(&difference.after)),
            PLAIN,
        );
        for row in line.lines(width.saturating_sub(9).max(16)) {
            out.push_str(&format!("         {row}\n"));
        }
    }
    out
}
