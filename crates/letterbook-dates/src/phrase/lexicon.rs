//! The words of dates, read once from the tables of `tables/phrase`.
//!
//! A table row is a class, a value and the forms that have it; forms are cut into tokens by the
//! same tokenizer as the text and kept in one trie over folded words, so that "den 3. Osterfeiertag",
//! `三月` and "st. v." are all looked up in the same way. A word means what the tables of its
//! language say; months, weekdays and other telling words are understood in every language, a month
//! in small letters where its day or year stands beside it.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::num::NonZeroU32;
use std::sync::OnceLock;

use super::fold::{HASH_SEED, finish, folded, hash_char};
use super::languages::language_bit;
use super::number::Sum;
use super::token::{Kind, Node, scan};

macro_rules! classes {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// What a word does in a date.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Class { $($variant),+ }

        impl Class {
            /// The class as one bit of a set.
            #[inline]
            pub(crate) const fn bit(self) -> u128 {
                1 << self as u8
            }

            /// Several classes as a set.
            pub(crate) const fn set(classes: &[Class]) -> u128 {
                let mut set = 0;
                let mut nth = 0;
                while nth < classes.len() {
                    set |= classes[nth].bit();
                    nth += 1;
                }
                set
            }

            fn from_name(name: &str) -> Option<Class> {
                match name { $($name => Some(Class::$variant),)+ _ => None }
            }
        }
    };
}

classes! {
    Month "month", Weekday "weekday", WeekdayAbbr "wdabbr", QuakerDay "quakerday", QuakerMark "quakermark",
    DecadeDay "decadeday", MonthMark "monthmark", DayMark "daymark", YearMark "yearmark",
    OrdSuffix "ordsuf", OrdPrefix "ordpre", Num "num", Ord "ord", Few "few", Decade "decade", DecadeOf "decadeof", YearsEnding "yearsending",
    Season "season", Century "century", CenturyName "centuryname", RelDay "relday",
    RelMonth "relmonth", RelYear "relyear", LastPast "lastpast", NextCome "nextcome",
    PastWeekday "pastweekday", Of "of", LastWeek "lastweek", NextWeek "nextweek", ThisWeek "thisweek", Unit "unit", UnitIdiom "unitidiom", Ago "ago", AgoPre "agopre",
    Hence "hence", HencePre "hencepre", Ahead "ahead0", Last "last", Next "next",
    This "this", Part "part", Clock "clock", Early "early", Mid "mid", Late "late",
    Approx "approx", Doubt "doubt", Before "before", After "after", NotAfter "notafter",
    NotBefore "notbefore", Since "since", From "from", To "to", Between "between",
    Either "either", Or "or", And "and", NightOf "nightof", NightTo "nightto", Saint "saint", Glue "glue", Dated "dated",
    Received "received", PastVerb "pastverb", Style "style", Era "era", Anniversary "anniv", AnnivAdj "annivadj",
    Jubilee "jubilee", MoreThan "morethan", For "for", Aged "aged", Old "old",
    HisYear "hisyear", LifeYear "lifeyear", NoDate "nodate", Counted "counted", Feast "feast", Vigil "vigil",
    FeastLead "feastlead", RegnalYear "regnalyear", RegnalOf "regnalof", Monarch "monarch",
    Cal "cal", RomanDay "romanday", Pridie "pridie", Postridie "postridie", AnteDiem "antediem", NumberMonth "brsuf",
    Sansculottide "sansculottide", DayWord "dayword", Lunar "lunar", Leap "leap", FirstYear "firstyear",
    FeriaOf "feria", Cyclic "cyclic", Ides "ides", Particle "particle", MonthPart "monthpart",
    ClockLead "clocklead", Until "until", Half "half", Lead "lead",
}

const _: () = assert!((Class::Lead as u8) < 128, "a set of classes has 128 bits");

/// A reckoning of years or a calendar that a word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Era {
    #[default]
    Christian,
    BeforeChrist,
    /// An East Asian era by its name; index into [`Lexicon::names`].
    Reign(u16),
    Hijri,
    Hebrew,
    Ethiopic,
    Coptic,
    Saka,
    Persian,
    Rumi,
    Republican,
    Liberty,
    Fascist,
    Buddhist,
    Bahai,
    Byzantine,
    /// Years of Bangkok, from 1782.
    Rattanakosin,
}

/// The calendar of a month name that is not Gregorian, in the order of [`MONTH_CALENDARS`].
pub(crate) const MONTH_CALENDARS: &[&str] =
    &["hijri", "persian", "hebrew", "ethiopic", "coptic", "saka", "republican", "rumi", "bahai"];

/// The styles a date may be marked with.
pub(crate) const STYLES: &[&str] = &["os", "ns", "easter", "venice", "florence", "ladyday"];

/// One meaning of a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sense {
    pub(crate) class: Class,
    pub(crate) value: i32,
    /// The languages it has this meaning in, one bit each by [`LANGUAGES`].
    pub(crate) languages: u32,
    /// Some form of it is written with letters beyond ASCII.
    pub(crate) accented: bool,
}

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

/// Hashes of words are mixed already.
#[derive(Default)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type Map<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

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

/// All tables.
pub(crate) struct Lexicon {
    children: Map<Node>,
    /// A bit for the upper bits of each first word's hash: most words of a text end here.
    known: Box<[u64; KNOWN]>,
    /// Of each node, by its number.
    entries: Vec<Entry>,
    senses: Vec<Sense>,
    /// Names that values index: feasts, monarchs, reigns.
    pub(crate) names: Vec<&'static str>,
    /// Values and kinds of number words that languages write in one.
    glued: Map<Piece>,
    /// With what three letters such a number begins, and with what it ends.
    glued_ends: [Letters; 2],
    /// Suffixes of ordinals.
    suffixes: Map<u32>,
    /// Months' names in full, folded, with number and languages.
    months: Vec<(Vec<char>, u8, u32)>,
}

/// Words of 64 bits in [`Lexicon::known`]: 16 KiB, which stay in the nearest cache.
const KNOWN: usize = 2048;

/// Where a hash has its bit.
#[inline]
fn known_bit(word: u64) -> (usize, u64) {
    let place = word >> (64 - 17);
    ((place >> 6) as usize, 1 << (place & 63))
}

/// Languages that write number words in one word.
const GLUING: &[&str] = &["de", "nl", "it", "sv", "da", "hu", "es", "pt"];

impl Lexicon {
    /// The lexicon of this crate, read at the first use.
    pub(crate) fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Builder::new().build())
    }

    fn key(parent: Option<Node>, word: u64) -> u64 {
        // The root keeps the hash as it is: most lookups are there.
        let parent = parent.map_or(0, |node| node.0.get());
        word ^ u64::from(parent).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// The node of a first word.
    #[inline]
    pub(crate) fn first(&self, word: u64) -> Option<Node> {
        let (cell, bit) = known_bit(word);
        if self.known[cell] & bit == 0 {
            return None;
        }
        self.children.get(&word).copied()
    }

    /// The node after a further word.
    #[inline]
    pub(crate) fn next(&self, node: Node, word: u64) -> Option<Node> {
        if !self.entry(node).goes_on {
            return None;
        }
        self.children.get(&Self::key(Some(node), word)).copied()
    }

    /// What a node's words mean.
    #[inline]
    pub(crate) fn senses(&self, node: Node) -> &[Sense] {
        let (start, end) = self.entry(node).senses;
        &self.senses[start as usize..end as usize]
    }

    /// Whether a date can begin with the word, or hang on it.
    #[inline]
    pub(crate) fn is_trigger(&self, node: Node, languages: u32) -> bool {
        self.entry(node).triggers & languages != 0
    }

    #[inline]
    fn entry(&self, node: Node) -> &Entry {
        &self.entries[node.0.get() as usize]
    }

    /// The suffix of an ordinal: the languages that have it.
    pub(crate) fn ordinal_suffix(&self, word: u64) -> Option<u32> {
        self.suffixes.get(&word).copied()
    }

    /// The month that a word stands for which no table has: an abbreviation ("Dezber", "Septmbr") or
    /// a name with one letter misread, lost or too many ("Pévrier", "Ocktober"), or doubled
    /// ("Apprill"); none where two months are as near.
    pub(crate) fn month_like(&self, word: &str, languages: u32) -> Option<u8> {
        const LONGEST: usize = 14;
        let (letters, n) = folded::<LONGEST>(word)?;
        let letters = &letters[..n];
        if n < 3 {
            return None;
        }
        let one_in = |languages: u32, fits: &dyn Fn(&[char]) -> bool| {
            let mut found = None;
            for (name, month, of) in &self.months {
                if of & languages != 0 && fits(name) {
                    if found.is_some_and(|known| known != *month) {
                        return None;
                    }
                    found = Some(*month);
                }
            }
            found
        };
        let one_of = |fits: &dyn Fn(&[char]) -> bool| {
            one_in(languages, fits).or_else(|| one_in(u32::MAX, fits))
        };
        let mut single = ['\0'; LONGEST];
        let mut m = 0;
        for (at, letter) in letters.iter().enumerate() {
            if at == 0 || letters[at - 1] != *letter {
                single[m] = *letter;
                m += 1;
            }
        }
        let single = &single[..m];
        one_of(&|name| abbreviates(letters, name))
            .or_else(|| one_of(&|name| n >= 5 && differs_by_one(letters, name)))
            .or_else(|| {
                let doubled = m < n && m >= 3;
                one_of(&|name| doubled && (single == name || abbreviates(single, name)))
            })
    }

    /// Whether a word may be number words written in one, by its first and last letters.
    #[inline]
    pub(crate) fn may_be_glued(&self, word: &[u8]) -> bool {
        let has = |set: &Letters, letters: Option<&[u8; 3]>| {
            letters.is_some_and(|letters| {
                !letters.is_ascii() || set.has(letters.map(|byte| char::from(byte | 0x20)))
            })
        };
        let [starts, ends] = &self.glued_ends;
        has(starts, word.first_chunk()) && has(ends, word.last_chunk())
    }

    /// The number that a word such as "siebzehnhundertsechsundneunzigsten" spells.
    ///
    /// Gives value, whether it is an ordinal, and the languages that all parts share.
    pub(crate) fn glued_number(&self, word: &str) -> Option<(i32, bool, u32)> {
        let [starts, ends] = &self.glued_ends;
        let (letters, n) = folded::<48>(word)?;
        let letters = &letters[..n];
        if !starts.has(*letters.first_chunk()?) || !ends.has(*letters.last_chunk()?) {
            return None;
        }
        let whole = Glued { sum: Sum::default(), languages: u32::MAX, ordinal: false, pieces: 0 };
        let found = self.glued_rest(letters, whole)?;
        (found.pieces > 1).then(|| (found.sum.value(), found.ordinal, found.languages))
    }

    /// The number that the rest of a word spells after what is read of it; the longest piece first,
    /// then a shorter one, as in Danish "ni-og-fyrre" beside Swedish "nio".
    fn glued_rest(&self, letters: &[char], so_far: Glued) -> Option<Glued> {
        const PIECES: u8 = 9;
        if letters.is_empty() {
            return Some(so_far);
        }
        if so_far.pieces >= PIECES {
            return None;
        }
        let mut hash = HASH_SEED;
        let mut found = [(0, Piece::default()); 4];
        let mut n = 0;
        for (nth, letter) in letters.iter().enumerate() {
            hash = hash_char(hash, *letter);
            if let Some(piece) = self.glued.get(&finish(hash))
                && piece.languages & so_far.languages != 0
            {
                found[n % found.len()] = (nth + 1, *piece);
                n += 1;
            }
        }
        let held = n.min(found.len());
        (0..held).find_map(|back| {
            let (length, piece) = found[(n - 1 - back) % found.len()];
            let mut next = so_far;
            next.languages &= piece.languages;
            next.ordinal |= piece.ordinal;
            next.pieces += 1;
            if piece.value < 0 {
                next.sum.and();
            } else if !next.sum.add(piece.value) {
                return None;
            }
            self.glued_rest(&letters[length..], next)
        })
    }
}

/// A set of three letters each, which may hold some more.
struct Letters(Box<[bool; 4096]>);

impl Letters {
    fn new() -> Letters {
        Letters(Box::new([false; 4096]))
    }

    #[inline]
    fn place(letters: [char; 3]) -> usize {
        let hash = letters.into_iter().fold(HASH_SEED, hash_char);
        (finish(hash) >> 52) as usize
    }

    #[inline]
    fn has(&self, letters: [char; 3]) -> bool {
        self.0[Letters::place(letters)]
    }

    fn add(&mut self, letters: [char; 3]) {
        self.0[Letters::place(letters)] = true;
    }
}

/// A number word as a piece of a longer one; "and" has a negative value.
#[derive(Clone, Copy, Default)]
struct Piece {
    value: i32,
    ordinal: bool,
    languages: u32,
}

/// A number written in one word, as far as it is read.
#[derive(Clone, Copy)]
struct Glued {
    sum: Sum,
    languages: u32,
    ordinal: bool,
    pieces: u8,
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
        // more than the tables have, so that nothing grows, in a map of 2¹⁵ places
        const NODES: usize = 28_000;
        Builder {
            children: Map::with_capacity_and_hasher(NODES, Default::default()),
            entries: vec![Entry::default()],
            firsts: vec![None],
            senses: Vec::with_capacity(NODES),
            names: Vec::new(),
            numbers: HashMap::new(),
            pieces: Vec::new(),
            suffixes: Map::default(),
            months: Vec::new(),
        }
    }

    fn build(mut self) -> Lexicon {
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
        let class = Class::from_name(class)?;
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

    fn finish(mut self) -> Lexicon {
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
        let mut known = Box::new([0; KNOWN]);
        for word in self.children.keys() {
            let (cell, bit) = known_bit(*word);
            known[cell] |= bit;
        }
        let (glued, glued_ends) = glued(&self.pieces);
        Lexicon {
            children: self.children,
            known,
            entries: self.entries,
            senses,
            names: self.names,
            glued,
            glued_ends,
            suffixes: self.suffixes,
            months: self.months,
        }
    }
}

/// The pieces of numbers that are written in one word, and with what such words begin and end.
fn glued(pieces: &[(Vec<char>, Piece)]) -> (Map<Piece>, [Letters; 2]) {
    let mut glued: Map<Piece> = Map::default();
    let [mut starts, mut ends] = [Letters::new(), Letters::new()];
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
                firsts.iter().for_each(|next| starts.add([one, two, *next]));
                lasts.iter().for_each(|before| ends.add([*before, one, two]));
            }
            [one, two, three, ..] => {
                starts.add([one, two, three]);
                let n = letters.len();
                ends.add([letters[n - 3], letters[n - 2], letters[n - 1]]);
            }
            _ => {}
        }
    }
    (glued, [starts, ends])
}

/// Whether letters of a name, in their order and with its first, make up the word; a last letter may
/// be doubled, as in "Febrr".
fn abbreviates(word: &[char], name: &[char]) -> bool {
    let doubled = word.len() > 3 && word[word.len() - 1] == word[word.len() - 2];
    let word = if doubled { &word[..word.len() - 1] } else { word };
    let mut rest = name.iter();
    word.first() == name.first()
        && word.len() < name.len()
        && word.iter().all(|letter| rest.any(|other| other == letter))
}

/// Whether one letter of a name is another, is lost, or is too many.
fn differs_by_one(word: &[char], name: &[char]) -> bool {
    let same = word.iter().zip(name).take_while(|(one, other)| one == other).count();
    let (word, name) = (&word[same..], &name[same..]);
    match (word, name) {
        ([_, one @ ..], [_, other @ ..]) if one.len() == other.len() => one == other,
        ([_, one @ ..], other) if one.len() == other.len() => one == other,
        (one, [_, other @ ..]) if one.len() == other.len() => one == other,
        _ => false,
    }
}

const ERA_NAMES: &[(&str, Era)] = &[
    ("ad", Era::Christian),
    ("bc", Era::BeforeChrist),
    ("hijri", Era::Hijri),
    ("hebrew", Era::Hebrew),
    ("ethiopic", Era::Ethiopic),
    ("coptic", Era::Coptic),
    ("martyrs", Era::Coptic),
    ("saka", Era::Saka),
    ("persian", Era::Persian),
    ("rumi", Era::Rumi),
    ("republican", Era::Republican),
    ("liberty", Era::Liberty),
    ("fascist", Era::Fascist),
    ("buddhist", Era::Buddhist),
    ("bahai", Era::Bahai),
    ("byzantine", Era::Byzantine),
    ("rattanakosin", Era::Rattanakosin),
];

/// The era that the value of a [`Class::Era`] sense stands for.
pub(crate) fn era_of(value: i32) -> Era {
    match value {
        1000.. => Era::Reign((value - 1000) as u16),
        _ => ERA_NAMES.get(value as usize).map_or(Era::Christian, |(_, era)| *era),
    }
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
