//! The tagger: which words of a body name a person, a place, an organisation.
//!
//! A linear-chain conditional random field over the words with a capital, with the weights in
//! `models/mentions.bin`; the card beside them says what they were trained on and how they score.
//! It does not look at the letter's language and knows no script without capitals. Who a name
//! belongs to it does not say, and dates and events are read elsewhere.

pub mod field;
pub mod sheet;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::record::MentionKind;
use crate::span::Span;
use field::{Field, Lattice, STATES};
use sheet::Sheet;

/// How many states of the lattice are used: background, and beginning and inside of each kind.
pub const USED: usize = 7;

/// What the states mean: state `2k + 1` begins a name of `KINDS[k]`, `2k + 2` goes on with it, and
/// state 0 is no name.
pub const KINDS: [MentionKind; 3] = [MentionKind::Person, MentionKind::Place, MentionKind::Org];

static MODEL: LazyLock<Field> = LazyLock::new(|| {
    Field::parse(include_bytes!("../../../models/mentions.bin"))
        .unwrap_or_else(|e| panic!("the weights in this program are damaged: {e}"))
});

/// The weights that ship with the crate.
///
/// # Panics
///
/// When the crate was built with damaged weights, which a test rules out.
pub fn model() -> &'static Field {
    &MODEL
}

/// A name and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tagged {
    /// What it names.
    pub kind: MentionKind,
    /// Where it stands, in bytes.
    pub span: Span,
    /// In `0.0..=1.0`.
    pub confidence: f32,
}

/// The names of a sheet, in order, not overlapping.
pub fn read_names(model: &Field, text: &str, sheet: &Sheet) -> Vec<Tagged> {
    let mut lattice = Lattice::default();
    lattice.boundary.extend_from_slice(&sheet.boundary);
    lattice.emission.reserve(sheet.looked.len());
    let mut features: Vec<u64> = Vec::with_capacity(64);
    for at in 0..sheet.looked.len() {
        sheet.features(text, at, &mut features);
        let mut sum = [0i16; STATES];
        model.add(&mut features, &mut sum);
        lattice.emission.push(model.weighed(&sum, USED));
    }
    lattice.forward_backward(model.factors(), |_, _, _| {});
    let mut path = Vec::with_capacity(sheet.looked.len());
    lattice.best_path(model.factors(), &mut path);
    let mut names: Vec<Name> = Vec::new();
    let mut open = 0u8; // the state that goes on with the last name
    for (at, &state) in path.iter().enumerate() {
        let probability = lattice.marginal[at][usize::from(state)];
        if state == 0 {
            open = 0;
        } else if state == open
            && let Some(last) = names.last_mut()
        {
            last.end = at + 1;
            last.sum += probability;
        } else {
            let kind = usize::from(state - 1) / 2;
            names.push(Name { kind, first: at, end: at + 1, sum: probability });
            open = (state - 1) / 2 * 2 + 2;
        }
    }
    agree(sheet, &mut names);
    let polite = |at: usize| sheet.is_polite(sheet.looked[at] as usize);
    names.retain(|n| !(n.first..n.end).any(polite));
    // one letter may stand for a person ("Mr. B."), but names no place and no body: Dutch "U"
    let lone = |n: &Name| n.end - n.first == 1 && sheet.is_letter(sheet.looked[n.first] as usize);
    names.retain(|n| KINDS[n.kind] == MentionKind::Person || !lone(n));
    let span = |at: usize| sheet.words[sheet.looked[at] as usize].span;
    let tagged = |n: &Name| Tagged {
        kind: KINDS[n.kind],
        span: span(n.first).cover(span(n.end - 1)),
        confidence: model.calibrated(n.confidence()),
    };
    names.iter().map(tagged).collect()
}

/// A name by its looked-at words.
#[derive(Debug, Clone, Copy)]
struct Name {
    kind: usize,
    first: usize,
    end: usize,
    /// The sum of its words' probabilities.
    sum: f32,
}

impl Name {
    fn confidence(&self) -> f32 {
        self.sum / (self.end - self.first) as f32
    }
}

/// Lets the places where one word stands agree: a word that is surely a person's name once is one
/// wherever the letter has it again, and of two kinds the one with more weight holds.
fn agree(sheet: &Sheet, names: &mut Vec<Name>) {
    /// From this sum of probabilities on, a word is taken for a name where it stands again.
    const SURE: f32 = 0.85;
    /// How much less sure a name is that only another place shows.
    const AGAIN: f32 = 0.8;
    /// How much more weight another kind must have.
    const MORE: f32 = 1.5;
    let folded = |at: usize| sheet.words[sheet.looked[at] as usize].folded;
    let mut votes: FxHashMap<u64, [f32; KINDS.len()]> = FxHashMap::default();
    for name in names.iter() {
        // of "Edward Thornbury" the last word is used alone, of "New York" none
        if name.end - name.first == 1 || name.kind == 0 {
            votes.entry(folded(name.end - 1)).or_default()[name.kind] += name.confidence();
        }
    }
    if votes.is_empty() {
        return;
    }
    let best =
        |v: &[f32; KINDS.len()]| (1..KINDS.len()).fold(0, |b, k| if v[k] > v[b] { k } else { b });
    for name in names.iter_mut().filter(|n| n.end - n.first == 1) {
        let Some(v) = votes.get(&folded(name.first)) else { continue };
        if v[best(v)] > MORE * v[name.kind] {
            name.kind = best(v);
        }
    }
    let mut next = 0; // the name that has not ended
    let mut more = Vec::new();
    for at in 0..sheet.looked.len() {
        while names.get(next).is_some_and(|n| n.end <= at) {
            next += 1;
        }
        let i = sheet.looked[at] as usize;
        let is_free = names.get(next).is_none_or(|n| at < n.first) && sheet.is_capital(i);
        if !is_free || sheet.words[i].span.len() < 3 || sheet.is_written_small(i) {
            continue;
        }
        let Some(v) = votes.get(&folded(at)) else { continue };
        if v[best(v)] >= SURE {
            let sum = AGAIN * v[best(v)].min(1.0);
            more.push(Name { kind: best(v), first: at, end: at + 1, sum });
        }
    }
    names.extend(more);
    names.sort_by_key(|n| n.first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn names(text: &str) -> Vec<String> {
        let sheet = Sheet::new(&Text::new(text), Span::new(0, text.len()), &[]);
        read_names(model(), text, &sheet)
            .iter()
            .map(|t| format!("{:?} {}", t.kind, &text[t.span.start..t.span.end]))
            .collect()
    }

    #[test]
    fn persons_and_places_are_told_apart_in_three_languages() {
        assert_eq!(
            names("I saw Mr. Thornbury in London, and he goes to Paris."),
            ["Person Thornbury", "Place London", "Place Paris"]
        );
        assert_eq!(
            names("Gestern war Herr Wiesengrund aus Berlin hier."),
            ["Person Wiesengrund", "Place Berlin"]
        );
        assert_eq!(
            names("J'ai vu M. Delorme, qui part pour Rome."),
            ["Person Delorme", "Place Rome"]
        );
    }

    #[test]
    fn what_courtesy_writes_with_a_capital_is_no_name() {
        let named = |text: &str, word: &str| names(text).iter().any(|n| n.contains(word));
        assert!(!named("Благодарю Вас и Марию Николаевну за письмо.", "Вас"));
        assert!(!named("Gestern bat Ich Sie, Ihnen Frau Wiese senden zu dürfen.", "Ihnen"));
    }

    #[test]
    fn a_word_that_is_a_name_once_is_one_again() {
        let text = "I met Mr. Thornbury in the wood. Before Thornbury spoke, Thornbury sat.";
        let names = names(text);
        assert_eq!(names, ["Person Thornbury", "Person Thornbury", "Person Thornbury"]);
    }

    #[test]
    fn nothing_is_named_without_a_capital_and_nouns_are_no_names() {
        assert!(names("nothing was said of it, and nobody came.").is_empty());
        assert!(names("Die Rechnung und der Vertrag liegen auf dem Tisch.").is_empty());
        assert!(names("").is_empty());
    }

    #[test]
    fn names_stand_in_order_and_do_not_overlap_whatever_the_text() {
        for unit in ["A", "Mr. ", "von ", "Paris-", "a-\nb", "É\u{301} ", "«", "O'"] {
            let text = unit.repeat(3_000);
            let sheet = Sheet::new(&Text::new(&text), Span::new(0, text.len()), &[]);
            let found = read_names(model(), &text, &sheet);
            assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{unit}");
            assert!(found.iter().all(|t| (0.0..=1.0).contains(&t.confidence)), "{unit}");
        }
    }
}
