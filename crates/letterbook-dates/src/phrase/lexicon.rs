//! The words of dates, from the tables of `tables/phrase`.
//!
//! A table row is a class, a value and the forms that have it; forms are cut into tokens by the
//! same tokenizer as the text and kept in one trie over folded words, so that "den 3. Osterfeiertag",
//! `三月` and "st. v." are all looked up in the same way. The trie is made when the crate is built
//! (`make`). A word means what the tables of its language say; months, weekdays and other telling words are understood in every language, a month
//! in small letters where its day or year stands beside it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::num::NonZeroU32;

use super::fold::{HASH_SEED, finish, folded, hash_char};
use super::number::Sum;
use super::token::Node;
use crate::packed::Packed;

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

            /// The classes by their names in the tables, in the order of their bits.
            pub(super) const ALL: &[(&str, Class)] = &[$(($name, Class::$variant)),+];
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
    ClockLead "clocklead", Until "until", Half "half", Any "indefinite", Common "commonword", Lead "lead",
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

pub(super) type Map<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

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
pub(super) const KNOWN: usize = 2048;

/// Where a hash has its bit.
#[inline]
pub(super) fn known_bit(word: u64) -> (usize, u64) {
    let place = word >> (64 - 17);
    ((place >> 6) as usize, 1 << (place & 63))
}

impl Lexicon {
    /// Reads what the script that builds the crate has made of the tables, in the order in which it
    /// wrote that.
    pub(super) fn read(bytes: &'static [u8]) -> Lexicon {
        let from = &mut Packed(bytes);
        let nodes = from.longs().zip(from.numbers());
        let node = |number| Node(NonZeroU32::new(number).expect("a node below the root"));
        Lexicon {
            children: nodes.map(|(key, number)| (key, node(number))).collect(),
            known: Box::new(
                from.longs().collect::<Vec<_>>().try_into().expect("a bit for each place"),
            ),
            entries: from
                .rows()
                .map(|[start, end, triggers, goes_on]| Entry {
                    senses: (start, end),
                    triggers,
                    goes_on: goes_on != 0,
                })
                .collect(),
            senses: from
                .rows()
                .map(|[class, value, languages, accented]| Sense {
                    class: Class::ALL[class as usize].1,
                    value: value as i32,
                    languages,
                    accented: accented != 0,
                })
                .collect(),
            names: from.strings(),
            glued: from
                .longs()
                .zip(from.rows())
                .map(|(key, [value, ordinal, languages])| {
                    (key, Piece { value: value as i32, ordinal: ordinal != 0, languages })
                })
                .collect(),
            glued_ends: [(); 2].map(|()| Letters::read(from)),
            suffixes: from.longs().zip(from.numbers()).collect(),
            months: from
                .strings()
                .into_iter()
                .zip(from.rows())
                .map(|(name, [month, languages])| (name.chars().collect(), month as u8, languages))
                .collect(),
        }
    }

    pub(super) fn key(parent: Option<Node>, word: u64) -> u64 {
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
pub(super) struct Letters(Box<[bool; LETTERS]>);

/// How many places a set of three letters has.
pub(super) const LETTERS: usize = 4096;

impl Letters {
    /// The set whose places are listed.
    fn read(from: &mut Packed) -> Letters {
        let mut set = Letters(Box::new([false; LETTERS]));
        from.numbers().for_each(|place| set.0[place as usize] = true);
        set
    }

    #[inline]
    pub(super) fn place(letters: [char; 3]) -> usize {
        let hash = letters.into_iter().fold(HASH_SEED, hash_char);
        (finish(hash) >> 52) as usize
    }

    #[inline]
    fn has(&self, letters: [char; 3]) -> bool {
        self.0[Letters::place(letters)]
    }
}

/// A number word as a piece of a longer one; "and" has a negative value.
#[derive(Clone, Copy, Default)]
pub(super) struct Piece {
    pub(super) value: i32,
    pub(super) ordinal: bool,
    pub(super) languages: u32,
}

/// A number written in one word, as far as it is read.
#[derive(Clone, Copy)]
struct Glued {
    sum: Sum,
    languages: u32,
    ordinal: bool,
    pieces: u8,
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

/// The reckonings by their names in the tables.
pub(super) const ERA_NAMES: &[(&str, Era)] = &[
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
