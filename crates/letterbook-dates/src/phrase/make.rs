//! Makes the lexicon of dates from its tables, when the crate is built.
//!
//! The program knows nothing of this module: it reads what [`write`] leaves
//! ([`Lexicon::read`](super::lexicon::Lexicon::read)).

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU32;

use super::fold::{HASH_SEED, finish, folded, hash_char};
use super::languages::language_bit;
use super::lexicon::{
    Class, ERA_NAMES, KNOWN, Letters, Lexicon, MONTH_CALENDARS, Map, Piece, STYLES, Sense,
    known_bit,
};
use super::token::{Kind, Node, scan};
use crate::packed::Bytes;

const TABLES: &[(&str, &str)] = &[
    ("any", include_str!("../../tables/phrase/any.tsv")),
    ("en", include_str!("../../tables/phrase/en.tsv")),
    ("de", include_str!("../../tables/phrase/de.tsv")),
    ("fr", include_str!("../../tables/phrase/fr.tsv")),
    ("nl", include_str!("../../tables/phrase/nl.tsv")),
    ("ko", include_str!("../../tables/phrase/ko.tsv")),
    ("ru", include_str!("../../tables/phrase/ru.tsv")),
    ("ja", include_str!("../../tables/phrase/ja.tsv")),
    ("la", include_str!("../../tables/phrase/la.tsv")),
    ("es", include_str!("../../tables/phrase/es.tsv")),
    ("zh", include_str!("../../tables/phrase/zh.tsv")),
    ("it", include_str!("../../tables/phrase/it.tsv")),
    ("pt", include_str!("../../tables/phrase/pt.tsv")),
    ("ota", include_str!("../../tables/phrase/ota.tsv")),
    ("ar", include_str!("../../tables/phrase/ar.tsv")),
    ("pl", include_str!("../../tables/phrase/pl.tsv")),
    ("sv", include_str!("../../tables/phrase/sv.tsv")),
    ("he", include_str!("../../tables/phrase/he.tsv")),
    ("cs", include_str!("../../tables/phrase/cs.tsv")),
    ("vi", include_str!("../../tables/phrase/vi.tsv")),
    ("fa", include_str!("../../tables/phrase/fa.tsv")),
    ("da", include_str!("../../tables/phrase/da.tsv")),
    ("tr", include_str!("../../tables/phrase/tr.tsv")),
    ("th", include_str!("../../tables/phrase/th.tsv")),
    ("am", include_str!("../../tables/phrase/am.tsv")),
    ("bg", include_str!("../../tables/phrase/bg.tsv")),
    ("sr", include_str!("../../tables/phrase/sr.tsv")),
    ("ro", include_str!("../../tables/phrase/ro.tsv")),
    ("uk", include_str!("../../tables/phrase/uk.tsv")),
    ("el", include_str!("../../tables/phrase/el.tsv")),
    ("hu", include_str!("../../tables/phrase/hu.tsv")),
];

/// Languages that write number words in one word.
const GLUING: &[&str] = &["de", "nl", "it", "sv", "da", "hu", "es", "pt"];

/// The lexicon as it is read back.
pub(crate) fn write() -> Vec<u8> {
    Builder::new().build().0
}

/// What is known of a node.
#[derive(Clone, Default)]
struct Entry {
    /// Where its senses begin and end.
    senses: (u32, u32),
    /// The languages in which its word is telling of a date.
    triggers: u32,
    /// Some form goes on after it.
    goes_on: bool,
}

/// The tables on their way to a [`Lexicon`].
struct Builder {
    children: Map<Node>,
    entries: Vec<Entry>,
    /// The first sense of each node, by its number in `senses`.
    firsts: Vec<Option<u32>>,
    /// The senses as they are read, each with the next of its node.
    senses: Vec<(Sense, Option<u32>)>,
    names: Vec<&'static str>,
    numbers: HashMap<&'static str, i32>,
    /// The letters of number words that may be pieces of one word.
    pieces: Vec<(Vec<char>, Piece)>,
    suffixes: Map<u32>,
    months: Vec<(Vec<char>, u8, u32)>,
}

impl Builder {
    fn new() -> Builder {
        Builder {
            children: Map::default(),
            entries: vec![Entry::default()],
            firsts: vec![None],
            senses: Vec::new(),
            names: Vec::new(),
            numbers: HashMap::new(),
            pieces: Vec::new(),
            suffixes: Map::default(),
            months: Vec::new(),
        }
    }

    fn build(mut self) -> Bytes {
        for (language, table) in TABLES {
            let languages = language_bit(language).unwrap_or(0);
            let gluing = GLUING.contains(language);
            for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
                let mut fields = line.split('\t');
                let (Some(class), Some(value), Some(forms)) =
                    (fields.next(), fields.next(), fields.next())
                else {
                    continue;
                };
                let Some((class, value)) = self.value(class, value) else { continue };
                let languages = if *language == "any" { u32::MAX } else { languages };
                for form in forms.split('|') {
                    expand(form.trim(), &mut |form| {
                        self.insert(form, class, value, languages, gluing);
                    });
                }
            }
        }
        for era in crate::era::eras() {
            for name in era.names() {
                let (class, value) = (Class::Era, 1000 + self.name(name));
                self.insert(name, class, value, u32::MAX, false);
            }
        }
        self.finish()
    }

    /// Class and number of the first two fields of a row.
    fn value(&mut self, class: &str, value: &'static str) -> Option<(Class, i32)> {
        if let Some(calendar) = class.strip_prefix("cal ") {
            let nth = MONTH_CALENDARS.iter().position(|known| *known == calendar)?;
            return Some((Class::Cal, nth as i32 * 100 + value.parse::<i32>().ok()?));
        }
        let (_, class) = *Class::ALL.iter().find(|(name, _)| *name == class)?;
        let value = match class {
            Class::Feast | Class::Saint | Class::Monarch => self.name(value),
            Class::Style => STYLES.iter().position(|style| *style == value)? as i32,
            Class::Era => self.era(value)?,
            _ => value.parse().ok()?,
        };
        Some((class, value))
    }

    fn name(&mut self, name: &'static str) -> i32 {
        *self.numbers.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.names.len() as i32 - 1
        })
    }

    fn era(&mut self, value: &'static str) -> Option<i32> {
        if let Some(reign) = value.strip_prefix("reign ") {
            return Some(1000 + self.name(reign));
        }
        ERA_NAMES.iter().position(|(name, _)| *name == value).map(|nth| nth as i32)
    }

    fn insert(&mut self, form: &str, class: Class, value: i32, languages: u32, gluing: bool) {
        let sense = Sense { class, value, languages, accented: !form.is_ascii() };
        let mut last = None;
        let mut count = 0;
        let (mut first, mut longest) = (0, (0, 0));
        scan(form, |token| {
            if token.kind == Kind::Punct {
                return;
            }
            count += 1;
            if last.is_none() {
                first = token.hash;
            } else {
                // Every word of a form must be known at the root too, or the text's token is
                // dropped as unknown before the trie can see it.
                self.child(None, token.hash);
            }
            let length = token.end - token.start;
            if length >= longest.0 {
                longest = (length, token.hash);
            }
            last = Some(self.child(last, token.joint(last.is_some())));
        });
        let Some(node) = last else { return };
        if count > 1 && is_trigger(sense.class) {
            let word = self.child(None, longest.1);
            self.entries[word.0.get() as usize].triggers |= reach(&sense);
        }
        self.add(node, sense);
        if count != 1 {
            return;
        }
        let letters = || {
            let (letters, n) = folded::<48>(form).expect("a word of the tables");
            letters[..n].to_vec()
        };
        if sense.class == Class::Month && form.chars().count() >= 5 {
            self.months.push((letters(), sense.value as u8, sense.languages));
        }
        if sense.class == Class::OrdSuffix {
            *self.suffixes.entry(first).or_default() |= sense.languages;
        }
        let (value, ordinal) = match sense.class {
            _ if !gluing => return,
            Class::Num => (sense.value, false),
            Class::Ord => (sense.value, true),
            Class::And if form.len() > 1 => (-1, false),
            _ => return,
        };
        self.pieces.push((letters(), Piece { value, ordinal, languages: sense.languages }));
    }

    fn child(&mut self, parent: Option<Node>, word: u64) -> Node {
        let key = Lexicon::key(parent, word);
        if let Some(parent) = parent {
            self.entries[parent.0.get() as usize].goes_on = true;
        }
        *self.children.entry(key).or_insert_with(|| {
            self.entries.push(Entry::default());
            self.firsts.push(None);
            Node(NonZeroU32::MIN.saturating_add(self.entries.len() as u32 - 2))
        })
    }

    /// Gives a node a sense; one that another language has too is the same.
    fn add(&mut self, node: Node, sense: Sense) {
        if is_trigger(sense.class) {
            self.entries[node.0.get() as usize].triggers |= reach(&sense);
        }
        let added = self.senses.len() as u32;
        let mut place = &mut self.firsts[node.0.get() as usize];
        while let Some(at) = *place {
            let (known, next) = &mut self.senses[at as usize];
            if known.class == sense.class && known.value == sense.value {
                known.languages |= sense.languages;
                known.accented |= sense.accented;
                return;
            }
            place = next;
        }
        *place = Some(added);
        self.senses.push((sense, None));
    }

    fn finish(mut self) -> Bytes {
        let mut senses = Vec::with_capacity(self.senses.len());
        for (entry, first) in self.entries.iter_mut().zip(&self.firsts) {
            let start = senses.len() as u32;
            let mut at = *first;
            while let Some((sense, next)) = at.map(|at| self.senses[at as usize]) {
                senses.push(sense);
                at = next;
            }
            entry.senses = (start, senses.len() as u32);
        }
        // Nodes further down have bits too, which are few and do no harm.
        let mut known = vec![0; KNOWN];
        for word in self.children.keys() {
            let (cell, bit) = known_bit(*word);
            known[cell] |= bit;
        }
        let mut out = Bytes::default();
        let nodes = sorted(self.children.into_iter().map(|(key, node)| (key, node.0.get())));
        out.longs(nodes.iter().map(|(key, _)| *key));
        out.numbers(nodes.iter().map(|(_, node)| *node));
        out.longs(known);
        out.numbers(self.entries.iter().flat_map(|entry| {
            let (start, end) = entry.senses;
            [start, end, entry.triggers, entry.goes_on.into()]
        }));
        out.numbers(senses.iter().flat_map(|sense| {
            [sense.class as u32, sense.value as u32, sense.languages, sense.accented.into()]
        }));
        out.strings(self.names);
        let (glued, glued_ends) = glued(&self.pieces);
        let glued = sorted(glued.into_iter().map(|(key, piece)| {
            (key, [piece.value as u32, piece.ordinal.into(), piece.languages])
        }));
        out.longs(glued.iter().map(|(key, _)| *key));
        out.numbers(glued.iter().flat_map(|(_, piece)| *piece));
        glued_ends.into_iter().for_each(|places| out.numbers(places));
        let suffixes = sorted(self.suffixes);
        out.longs(suffixes.iter().map(|(key, _)| *key));
        out.numbers(suffixes.iter().map(|(_, languages)| *languages));
        let names: Vec<String> =
            self.months.iter().map(|(name, ..)| name.iter().collect()).collect();
        out.strings(names.iter().map(String::as_str));
        out.numbers(self.months.iter().flat_map(|(_, month, of)| [u32::from(*month), *of]));
        out
    }
}

/// What is kept in a map, in an order that is the same in every build.
fn sorted<V: Ord>(map: impl IntoIterator<Item = (u64, V)>) -> Vec<(u64, V)> {
    let mut all: Vec<_> = map.into_iter().collect();
    all.sort_unstable();
    all
}

/// The pieces of numbers that are written in one word, and the places of what such words begin and end
/// with.
fn glued(pieces: &[(Vec<char>, Piece)]) -> (Map<Piece>, [BTreeSet<u32>; 2]) {
    let mut glued: Map<Piece> = Map::default();
    let [mut starts, mut ends] = [BTreeSet::new(), BTreeSet::new()];
    let place = |letters| Letters::place(letters) as u32;
    let sides = |side: fn(&Vec<char>) -> Option<&char>| -> BTreeSet<char> {
        pieces.iter().filter_map(|(letters, ..)| side(letters).copied()).collect()
    };
    let (firsts, lasts) = (sides(|letters| letters.first()), sides(|letters| letters.last()));
    for (letters, piece) in pieces {
        // Ordinals such as "achte" and numbers such as "acht" differ in form, so a piece that two
        // languages share has one value; the first table wins.
        let hash = letters.iter().copied().fold(HASH_SEED, hash_char);
        let known = glued.entry(finish(hash)).or_insert(*piece);
        if known.value == piece.value && known.ordinal == piece.ordinal {
            known.languages |= piece.languages;
        }
        match letters[..] {
            // "niogfyrre": the third letter is that of the next piece
            [one, two] => {
                firsts.iter().for_each(|next| starts.extend([place([one, two, *next])]));
                lasts.iter().for_each(|before| ends.extend([place([*before, one, two])]));
            }
            [one, two, three, ..] => {
                starts.insert(place([one, two, three]));
                let n = letters.len();
                ends.insert(place([letters[n - 3], letters[n - 2], letters[n - 1]]));
            }
            _ => {}
        }
    }
    (glued, [starts, ends])
}

/// The languages in which a sense may be used: the grammar understands some in all of them.
fn reach(sense: &Sense) -> u32 {
    match sense.class {
        Class::Month | Class::Weekday | Class::Cal | Class::Feast | Class::RomanDay => u32::MAX,
        _ => sense.languages,
    }
}

fn is_trigger(class: Class) -> bool {
    matches!(
        class,
        Class::Month
            | Class::Weekday
            | Class::WeekdayAbbr
            | Class::QuakerDay
            | Class::DecadeDay
            | Class::Num
            | Class::Ord
            | Class::Season
            | Class::Century
            | Class::CenturyName
            | Class::Decade
            | Class::RelDay
            | Class::RelYear
            | Class::PastWeekday
            | Class::LastWeek
            | Class::NextWeek
            | Class::UnitIdiom
            | Class::Anniversary
            | Class::Jubilee
            | Class::NoDate
            | Class::Feast
            | Class::Cal
            | Class::RomanDay
            | Class::FirstYear
            | Class::Unit
            | Class::Ides
            | Class::Cyclic
            | Class::DayWord
            | Class::Sansculottide
    )
}

/// Calls `each` with every form that `a{b,c}d` stands for.
fn expand(form: &str, each: &mut dyn FnMut(&str)) {
    let Some(brace) = form.bytes().position(|byte| byte == b'{') else {
        if !form.is_empty() {
            each(form);
        }
        return;
    };
    let Some((choices, tail)) = form[brace + 1..].split_once('}') else { return };
    for choice in choices.split(',') {
        expand(&[&form[..brace], choice, tail].concat(), each);
    }
}
