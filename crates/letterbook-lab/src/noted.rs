//! Letters in which every name is noted, to learn from: `annotated/names.tsv` has the notes of
//! letters of the shared training editions and of those of `annotated/letters`, `annotated/names`
//! has bodies written for it with the names marked inside them.
//!
//! Editions leave names unmarked; here what is not noted is no name, but for the places that the
//! reader left open. The rules are `docs/annotation/names.md`.

use letterbook::record::MentionKind;
use letterbook::span::Span;
use letterbook::text::Text;
use rustc_hash::FxHashMap;

use crate::gold::{Letter, Name};

/// Notes of letters whose text stands elsewhere: a line a letter, its name, then kind, first and
/// last code point of each name.
const NOTES: &str = include_str!("../annotated/names.tsv");
/// Bodies whose clauses say what they do; here their names count.
pub(crate) const CLAUSES: [(&str, &str); 4] = [
    ("de", include_str!("../annotated/letters/de.tsv")),
    ("en", include_str!("../annotated/letters/en.tsv")),
    ("es", include_str!("../annotated/letters/es.tsv")),
    ("fr", include_str!("../annotated/letters/fr.tsv")),
];
/// Bodies with the names marked inside.
const MARKED: [(&str, &str); 4] = [
    ("de", include_str!("../annotated/names/de.txt")),
    ("en", include_str!("../annotated/names/en.txt")),
    ("es", include_str!("../annotated/names/es.txt")),
    ("fr", include_str!("../annotated/names/fr.txt")),
];

/// What the notes call the edition of letters written for the project.
pub(crate) const OWN: &str = "own";

/// The mark of what was left open.
const OPEN: &str = "x";

fn kind_of(mark: &str) -> Option<MentionKind> {
    match mark {
        "p" => Some(MentionKind::Person),
        "l" => Some(MentionKind::Place),
        "o" => Some(MentionKind::Org),
        _ => None,
    }
}

/// The noted letters: those of `letters` that have notes, and the project's own.
///
/// # Errors
///
/// Which row cannot be read, or of which no letter is there.
pub(crate) fn letters(letters: &[Letter]) -> Result<Vec<Letter>, String> {
    let written = own_bodies();
    let by_id: FxHashMap<&str, &Letter> =
        letters.iter().chain(&written).map(|l| (l.id.as_str(), l)).collect();
    let mut out = Vec::new();
    for line in NOTES.lines().filter(|l| !l.starts_with('#')) {
        let (id, notes) = line.split_once('\t').unwrap_or((line, ""));
        let Some(letter) = by_id.get(id) else {
            return Err(format!("expected the letter {id} of the notes, but found none"));
        };
        out.push(with_notes(letter, notes)?);
    }
    for (language, text) in MARKED {
        for body in text.split("\n\n").filter(|b| !b.trim().is_empty() && !b.starts_with("# ")) {
            out.push(of_marks(language, body)?);
        }
    }
    Ok(out)
}

/// `letter` with the names of its row in place of its edition's.
fn with_notes(letter: &Letter, notes: &str) -> Result<Letter, String> {
    let index = Text::new(&letter.text);
    let (mut names, mut open) = (Vec::new(), Vec::new());
    for note in notes.split('\t').filter(|n| !n.is_empty()) {
        let parts: Vec<&str> = note.split(' ').collect();
        let span = match parts[..] {
            [_, start, end] => start.parse().ok().zip(end.parse().ok()),
            _ => None,
        };
        let span = span.and_then(|(a, b)| Some((index.byte(a)?, index.byte(b)?)));
        let Some((start, end)) = span.filter(|(a, b)| a < b) else {
            return Err(format!("{}: expected kind, start and end, but found {note:?}", letter.id));
        };
        add(&mut names, &mut open, parts[0], Span::new(start, end))
            .map_err(|e| format!("{}: {e}", letter.id))?;
    }
    names.sort_by_key(|n| n.span);
    Ok(Letter { names, open: Some(open), ..letter.clone() })
}

fn add(names: &mut Vec<Name>, open: &mut Vec<Span>, mark: &str, span: Span) -> Result<(), String> {
    match kind_of(mark) {
        Some(kind) => names.push(Name { kind, span }),
        None if mark == OPEN => open.push(span),
        None => return Err(format!("expected p, l, o or x, but found {mark:?}")),
    }
    Ok(())
}

/// A letter that is nothing but a body.
fn own(language: &str, id: &str, text: String) -> Letter {
    Letter {
        id: id.to_owned(),
        edition: OWN.to_owned(),
        language: language.to_owned(),
        tag: language.to_owned(),
        text,
        ..Letter::default()
    }
}

/// The bodies of all files of clauses.
fn own_bodies() -> Vec<Letter> {
    let of = |(language, table): &(&str, &'static str)| {
        written(table).iter().map(|body| own(language, body.id, body.text())).collect::<Vec<_>>()
    };
    CLAUSES.iter().flat_map(of).collect()
}

/// A body written clause by clause.
pub(crate) struct Written<'t> {
    pub(crate) id: &'t str,
    /// What each clause does, and its words.
    pub(crate) clauses: Vec<(&'t str, &'t str)>,
}

impl Written<'_> {
    pub(crate) fn text(&self) -> String {
        let words: Vec<&str> = self.clauses.iter().map(|clause| clause.1).collect();
        words.join(" ")
    }
}

/// The bodies of a file of clauses.
pub(crate) fn written(table: &str) -> Vec<Written<'_>> {
    let mut out: Vec<Written> = Vec::new();
    for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with("# ")) {
        if let Some(id) = line.strip_prefix("## ") {
            out.push(Written { id, clauses: Vec::new() });
        } else if let (Some(body), Some(clause)) = (out.last_mut(), line.split_once('\t')) {
            body.clauses.push(clause);
        }
    }
    out
}

/// A body whose names stand in brackets: `## en-name-1`, then `I met [p Holt] at [l Dover].`
fn of_marks(language: &str, body: &str) -> Result<Letter, String> {
    let expected = |what: &str| format!("expected {what}, but found {body:?}");
    let (head, mut rest) = body.trim().split_once('\n').ok_or_else(|| expected("a body"))?;
    let id = head.strip_prefix("## ").ok_or_else(|| expected("a line with ## and a name"))?;
    let mut letter = own(language, id, String::new());
    let (mut names, mut open) = (Vec::new(), Vec::new());
    while let Some((before, after)) = rest.split_once('[') {
        letter.text.push_str(before);
        let (inside, after) = after.split_once(']').ok_or_else(|| expected("a closing bracket"))?;
        let (mark, name) = inside.split_once(' ').ok_or_else(|| expected("a mark and a name"))?;
        let start = letter.text.len();
        letter.text.push_str(name);
        add(&mut names, &mut open, mark, Span::new(start, letter.text.len()))
            .map_err(|e| format!("{id}: {e}"))?;
        rest = after;
    }
    letter.text.push_str(rest);
    Ok(Letter { names, open: Some(open), ..letter })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn marks_inside_a_body_become_names() {
        let letter = of_marks("en", "## en-name-1\nI met [p Holt] and [x Rex] at [l Dover].\n");
        let letter = letter.expect("marks that can be read");
        assert_eq!(letter.text, "I met Holt and Rex at Dover.");
        let of = |s: Span| &letter.text[s.start..s.end];
        let names: Vec<_> = letter.names.iter().map(|n| (n.kind, of(n.span))).collect();
        assert_eq!(names, [(MentionKind::Person, "Holt"), (MentionKind::Place, "Dover")]);
        let open: Vec<&str> = letter.open.iter().flatten().map(|&s| of(s)).collect();
        assert_eq!(open, ["Rex"]);
        assert!(of_marks("en", "## en-name-2\nI met [p Holt.").is_err());
        assert!(of_marks("en", "## en-name-2\nI met [q Holt].").is_err());
    }

    #[test]
    fn every_letter_written_by_the_project_can_be_read_and_stands_once() {
        let written = own_bodies();
        // the notes of the editions' letters are held against them where the editions are there
        let mut seen = BTreeSet::new();
        for line in NOTES.lines().filter(|l| !l.starts_with('#')) {
            let (id, notes) = line.split_once('\t').unwrap_or((line, ""));
            assert!(seen.insert(id), "expected each letter once, but found {id} again");
            if let Some(letter) = written.iter().find(|l| l.id == id) {
                with_notes(letter, notes).expect("a row that can be read");
            }
        }
        for (language, text) in MARKED {
            let bodies =
                text.split("\n\n").filter(|b| !b.trim().is_empty() && !b.starts_with("# "));
            for body in bodies {
                let letter = of_marks(language, body).expect("marks that can be read");
                assert!(!letter.text.contains(['[', ']']), "{}", letter.id);
                assert!(seen.insert(letter.id.leak()), "{body}");
            }
        }
    }
}
