//! Word lists: the classes that tell a labeller what a word is for.
//!
//! Owns `tables/zone-words.tsv` (months, weekdays, salutations, closings, titles, … in some twenty
//! languages) and the look-up of words and short phrases in it, and the names of towns ([`town`]).
//! Knows nothing of places in a letter.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::folding::{fold, join};
use crate::numbered::Numbered;
use crate::rows::rows;
use crate::token::{Kind, Token, tokens};

mod forms;
mod towns;

pub(crate) use forms::{Form, form_of, renews};
pub(crate) use towns::may_be_town;
pub use towns::town;

/// The classes, in the order of their bits: those of `zone-words.tsv`, and names of towns.
const CLASSES: [&str; 24] = [
    "month",
    "weekday",
    "dateword",
    "salute",
    "addressee",
    "close",
    "servant",
    "farewell",
    "title",
    "role",
    "organisation",
    "company",
    "contact",
    "street",
    "toward",
    "state",
    "ps",
    "encl",
    "receipt",
    "head",
    "behalf",
    "running",
    "person",
    "town",
];

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Classes(pub u32);

impl Classes {
    /// A month's name or abbreviation.
    pub const MONTH: Classes = Classes(1);
    /// A weekday's name.
    pub const WEEKDAY: Classes = Classes(1 << 1);
    /// A word that stands in dates: "inst", "den", "ce".
    pub const DATEWORD: Classes = Classes(1 << 2);
    /// A word that opens a salutation.
    pub const SALUTE: Classes = Classes(1 << 3);
    /// A word that a salutation names its reader by.
    pub const ADDRESSEE: Classes = Classes(1 << 4);
    /// A word of a complimentary close.
    pub const CLOSE: Classes = Classes(1 << 5);
    /// What the writer calls himself at the end: "servant", "Diener".
    pub const SERVANT: Classes = Classes(1 << 6);
    /// Farewells and greetings.
    pub const FAREWELL: Classes = Classes(1 << 7);
    /// A title before a name: "Mr", "Herr".
    pub const TITLE: Classes = Classes(1 << 8);
    /// A mark of a postscript.
    pub const PS: Classes = Classes(1 << 16);
    /// A word that notes that a letter came or was answered.
    pub const RECEIPT: Classes = Classes(1 << 18);
    /// A small word of running text.
    pub const RUNNING: Classes = Classes(1 << 21);
    /// A name that a town may bear.
    pub const TOWN: Classes = Classes(1 << 23);

    /// Whether the two sets share a class.
    pub fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of the set, as bit numbers below 24.
    pub fn bits(self) -> impl Iterator<Item = u32> {
        let mut rest = self.0 & ((1 << CLASSES.len()) - 1);
        std::iter::from_fn(move || {
            let bit = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (bit < u32::BITS).then_some(bit)
        })
    }
}

/// What follows from a run of folded words.
#[derive(Clone, Copy, Default)]
struct Entry {
    classes: u32,
    /// Whether a longer phrase of the table begins so.
    more: bool,
}

const TABLE: &str = include_str!("../tables/zone-words.tsv");

static WORDS: LazyLock<Numbered<Entry>> = LazyLock::new(|| parse().into());

/// The single words that open and end letters, take leave and date them: the language of each and its
/// number. A word of several languages comes once for each.
pub(crate) fn words_of_letters() -> impl Iterator<Item = (&'static str, u64)> {
    const OF_LETTERS: u32 = Classes::MONTH.0
        | Classes::WEEKDAY.0
        | Classes::SALUTE.0
        | Classes::CLOSE.0
        | Classes::SERVANT.0
        | Classes::FAREWELL.0;
    let is_of_letters = |class: &str| {
        CLASSES.iter().position(|&c| c == class).is_some_and(|bit| OF_LETTERS & 1 << bit != 0)
    };
    rows(TABLE).filter(move |[class, _, _]| is_of_letters(class)).flat_map(
        |[_, language, words]| {
            words.split(' ').filter(|w| !w.contains('_')).map(move |word| (language, fold(word)))
        },
    )
}

fn parse() -> FxHashMap<u64, Entry> {
    let mut map: FxHashMap<u64, Entry> = FxHashMap::default();
    for [class, _, words] in rows(TABLE) {
        let Some(bit) = CLASSES.iter().position(|&c| c == class) else { continue };
        for phrase in words.split(' ') {
            let spaced = phrase.replace('_', " ");
            let mut hash = 0;
            let mut parts = tokens(&spaced).into_iter().filter(|t| t.kind == Kind::Word).peekable();
            while let Some(token) = parts.next() {
                hash = join(hash, token.folded);
                let entry = map.entry(hash).or_default();
                match parts.peek() {
                    Some(_) => entry.more = true,
                    None => entry.classes |= 1 << bit,
                }
            }
        }
    }
    map
}

/// The classes of each of `tokens`; phrases give theirs to every word they are made of. Full stops,
/// apostrophes and hyphens may stand inside a phrase.
pub fn classes(text: &str, tokens: &[Token]) -> Vec<Classes> {
    let table = &*WORDS;
    let mut out = vec![Classes::default(); tokens.len()];
    for i in 0..tokens.len() {
        if tokens[i].kind != Kind::Word {
            continue;
        }
        if tokens[i].capital && tokens[i].span.len() > 2 {
            find_town(tokens, i, &mut out);
        }
        let Some(&first) = table.get(tokens[i].folded) else { continue };
        out[i].0 |= first.classes;
        let (mut hash, mut entry, mut j) = (tokens[i].folded, first, i);
        while entry.more {
            let Some(next) = next_word(text, tokens, j) else { break };
            hash = join(hash, tokens[next].folded);
            let Some(&longer) = table.get(hash) else { break };
            entry = longer;
            j = next;
            if entry.classes != 0 {
                out[i..=j].iter_mut().for_each(|c| c.0 |= entry.classes);
            }
        }
    }
    out
}

/// Marks word `i` where it, alone or with the one before it, may be a town's name.
fn find_town(tokens: &[Token], i: usize, out: &mut [Classes]) {
    if may_be_town(tokens[i].folded) {
        out[i].0 |= Classes::TOWN.0;
    }
    let Some(before) = i.checked_sub(1).filter(|&j| tokens[j].capital) else { return };
    let pair = join(tokens[before].folded, tokens[i].folded);
    if tokens[before].line == tokens[i].line && may_be_town(pair) {
        out[before].0 |= Classes::TOWN.0;
        out[i].0 |= Classes::TOWN.0;
    }
}

/// The word after token `i` on the same line, across at most one small mark.
fn next_word(text: &str, tokens: &[Token], i: usize) -> Option<usize> {
    let mut j = i + 1;
    let next = tokens.get(j)?;
    if next.kind == Kind::Mark && matches!(next.of(text), "." | "'" | "’" | "-" | "/") {
        j += 1;
    }
    let next = tokens.get(j)?;
    (next.kind == Kind::Word && next.line == tokens[i].line).then_some(j)
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;

    fn class_of(text: &str, word: &str) -> Vec<&'static str> {
        let t = tokens(text);
        let i = t.iter().position(|t| t.of(text) == word).expect("the word stands in the text");
        classes(text, &t)[i].bits().map(|b| CLASSES[b as usize]).collect()
    }

    #[test]
    fn words_have_their_classes_in_many_scripts() {
        assert_eq!(class_of("le 3 Août 1790", "Août"), ["month"]);
        assert_eq!(class_of("존경하는 동지", "존경하는"), ["salute"]);
        assert_eq!(class_of("Глубокоуважаемый коллега", "Глубокоуважаемый"), ["salute"]);
        assert!(class_of("xyzzy", "xyzzy").is_empty());
    }

    #[test]
    fn phrases_are_found_across_points_and_in_scripts_without_spaces() {
        assert!(class_of("P. S. One word more", "P").contains(&"ps"));
        assert!(class_of("此致 敬礼", "致").contains(&"close"));
        assert!(!class_of("p and s", "s").contains(&"ps"));
    }

    #[test]
    fn every_row_of_the_table_has_a_known_class_and_a_language() {
        let mut read = FxHashSet::default();
        for line in include_str!("../tables/zone-words.tsv").lines().filter(|l| !l.starts_with('#'))
        {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            assert!(CLASSES.contains(&columns[0]), "{line}");
            assert!((2..=3).contains(&columns[1].len()), "{line}");
            assert!(!columns[2].is_empty() && !columns[2].contains("  "), "{line}");
            let is_new = columns[2].split(' ').all(|w| read.insert((columns[0], columns[1], w)));
            assert!(is_new, "expected each phrase once, but found one twice: {line}");
        }
    }
}
