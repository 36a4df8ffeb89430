//! The words that the heads and feet of letters are made of, by class.
//!
//! Owns the table `tables/parts.tsv` and how its phrases are found; knows nothing of zones. The
//! classes of a word say what it may be, in any language of the table; the readers decide.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::fold::fold;
use crate::folding::key;

/// A set of classes that a word may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Classes(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $bit:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub(crate) const $name: Classes = Classes(1 << $bit);)*
        }
        /// The classes by their names in the table.
        const NAMES: &[(&str, Classes)] = &[$(($word, Classes::$name)),*];
    };
}

classes! {
    /// Before a name: "Mr", "Herrn", "Comrade".
    TITLE = "title", 0;
    /// "Graf", "Duke", "Marquise".
    NOBLE = "noble", 1;
    /// Beside a name: "Esq.", "Hochwohlgeboren".
    HONOUR = "honour", 2;
    /// After a name and part of it: "jun.", "fils".
    POSTNOMINAL = "postnominal", 3;
    /// Inside a name: "von", "de la".
    PARTICLE = "particle", 4;
    /// Office or trade: "Secretary of State", "Rechtsanwalt".
    ROLE = "role", 5;
    /// An office or common word that is a family name as well: "Bishop", "Richter".
    SURNAME = "surname", 6;
    /// "Committee", "Gesandtschaft", "Ltd".
    BODY = "body", 7;
    /// What follows "&" in the name of a firm: "Sons", "Cie".
    FIRM = "firm", 8;
    /// "Street", "rue", "-gasse".
    STREET = "street", 9;
    /// "Hotel", "Schloss", "Hall".
    HOUSE = "house", 10;
    /// "Dear", "verehrter".
    DEAR = "dear", 11;
    /// Small words of a salutation: "my", "mein", "und".
    MY = "my", 12;
    /// Whom a salutation may address without a name: "Sir", "Freund".
    SIR = "sir", 13;
    /// "Vater", "Mother".
    KIN = "kin", 14;
    /// Words of closing formulas: "yours", "ergebenst".
    CLOSING = "closing", 15;
    /// "on behalf of", "i. A.": at the head of a line of a signature.
    BEHALF = "behalf", 16;
    /// "on behalf of", "au nom de": strong enough to stand in a sentence.
    FORMULA = "formula", 17;
    /// One word that stands for "on behalf of" in a signature: "for", "pour".
    FOR = "for", 18;
    /// "(signed)", "gez.".
    SIGNED = "signed", 19;
    /// "and", "und", "y".
    AND = "and", 20;
    /// Small words inside offices and bodies: "of the", "du".
    LINK = "link", 21;
    /// Small words before a place or a date: "at", "den", "à".
    AT = "at", 22;
    /// "Given at", "Fait à".
    GIVEN = "given", 23;
    /// "c/o", "bei", "chez".
    CARE = "care", 24;
    /// Before the addressee: "To", "An".
    TO = "to", 25;
    /// "Tel."
    PHONE = "phone", 26;
    /// "Fax"
    FAX = "fax", 27;
    /// "E-mail"
    EMAIL = "email", 28;
    /// "Website"
    WEB = "web", 29;
    /// "Cable address"
    CABLE = "cable", 30;
    /// "From:" of a mail's head.
    FROM = "from", 31;
    /// "To:" of a mail's head.
    HEAD_TO = "headto", 32;
    /// "Subject:", "Betreff:".
    SUBJECT = "subject", 33;
    /// Part of a country: "Mass.", "Sachsen"; postal districts.
    STATE = "state", 34;
    /// "March", "Xbre".
    MONTH = "month", 35;
    /// "Monday", "abends".
    WEEKDAY = "weekday", 36;
    /// What stands beside names and is none: "Received", "Abschrift".
    REMARK = "remark", 37;
    /// A state by name: "Schweiz", "United States".
    COUNTRY = "country", 38;
    /// Before the date of a receipt or answer: "Praes.", "Recd".
    RECEIPT = "receipt", 39;
    /// Who speaks: "I", "wir".
    SELF = "self", 40;
    /// Whoever else may be the subject of a sentence: "you", "er".
    OTHERS = "others", 41;
    /// What opens a clause with a subject of its own: "that", "dass".
    THAT = "that", 42;
    /// "instructed by": whom the writer speaks for follows.
    BIDDEN = "bidden", 43;
    /// "directs me": whom the writer speaks for stands before.
    BIDS = "bids", 44;
    /// Print of post offices and telegraphs: "Post Card", "Western Union".
    FORM = "form", 45;
    /// A title in the case of an address: "Herrn".
    DATIVE = "dative", 46;
    /// Right before the name of the one who signs: "your", "Ihre".
    YOURS = "yours", 47;
    /// Abbreviations that keep their full stop at the end of a value: "Jr.", "Nachf.".
    STOPPED = "stopped", 48;
    /// "Date:", "Gesendet:" of a mail's head.
    DATED = "dated", 49;
    /// A salutation that addresses nobody in particular: "To whom it may concern".
    NOBODY = "nobody", 50;
    /// The label of what is enclosed: "Encl.", "Anlagen".
    ENCLOSED = "enclosed", 51;
    /// What a body calls the house it is in: "Registered Office".
    SEAT = "seat", 52;
    /// Before a date that heads print and that is not the letter's: "Patented", "Copyright".
    PRINTED = "printed", 53;
    /// What joins a town to an office that is named after it: "of", "de".
    GENITIVE = "genitive", 54;
    /// Greets several at once: "Gentlemen", "Messieurs".
    SEVERAL = "several", 55;
    /// A particle that may be the first word of a name: "von", "d'", "ibn".
    LEADING = "leading", 56;
    /// Joins a rank or an office to what it is named after: "Duke of", "membre de".
    NAMED_AFTER = "namedafter", 57;
    /// Joins an office to its kind: "Chef de Bureau", "Head of Section".
    KIND_OF = "kindof", 58;
    /// Opens a paper by saying whom it is for: "Memorandum for", "Vermerk für".
    MEMO = "memo", 59;
    /// Opens a clause that may not hold: "unless", "falls".
    CONDITION = "condition", 60;
    /// An article after which another noun of the clause begins: "die", "den".
    OBJECT = "object", 61;
    /// Before the one who signs for the body above: "by", "per".
    AGENT = "agent", 62;
    /// Those for whom somebody speaks, by number or kind: "all", "members", "vecinos".
    GROUP = "group", 63;
}

impl Classes {
    /// No class at all.
    pub(crate) const NONE: Classes = Classes(0);

    /// Whether the two sets share a class.
    pub(crate) fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(crate) const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// What is in both sets.
    pub(crate) const fn and(self, other: Classes) -> Classes {
        Classes(self.0 & other.0)
    }

    /// This set without `other`.
    pub(crate) const fn without(self, other: Classes) -> Classes {
        Classes(self.0 & !other.0)
    }
}

/// The tables, parsed once; words and phrases by their keys.
pub(crate) struct Lexicon {
    /// One word: its classes, and how many words the longest phrase has that it begins.
    words: FxHashMap<u64, (Classes, u8)>,
    phrases: FxHashMap<u64, Classes>,
    suffixes: FxHashMap<u64, Classes>,
    /// How long the suffixes are that end in these two bytes: a bit for each length below 64. Most
    /// words end otherwise.
    suffix_lengths: FxHashMap<[u8; 2], u64>,
    /// Titles and streets of one letter hold in their own language only: keys of language and letter.
    letters: FxHashMap<(u64, u64), Classes>,
    /// Folded name of a country and its ISO 3166-1 alpha-2 code.
    countries: FxHashMap<u64, &'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    // about as many as the tables have, so that nothing grows
    const WORDS: usize = 1 << 13;
    const PHRASES: usize = 1 << 11;
    let mut lexicon = Lexicon {
        words: FxHashMap::with_capacity_and_hasher(WORDS, FxBuildHasher),
        phrases: FxHashMap::with_capacity_and_hasher(PHRASES, FxBuildHasher),
        suffixes: FxHashMap::default(),
        suffix_lengths: FxHashMap::default(),
        letters: FxHashMap::default(),
        countries: FxHashMap::default(),
    };
    for [class, language, phrases] in rows(include_str!("../../tables/parts.tsv")) {
        let Some(&(_, class)) = NAMES.iter().find(|(name, _)| *name == class) else { continue };
        for phrase in phrases.split(", ") {
            lexicon.add(phrase, class, language);
        }
    }
    for [code, names] in rows(include_str!("../../tables/countries.tsv")) {
        for name in names.split(", ") {
            lexicon.add(name, Classes::COUNTRY, "");
            lexicon.countries.insert(key(&fold(name)), code);
        }
    }
    lexicon
});

/// The rows of a table: lines that are neither empty nor comments, cut at tabs into `N` columns.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.splitn(N, '\t');
        let mut row = [""; N];
        for cell in &mut row {
            *cell = columns.next()?.trim();
        }
        Some(row)
    })
}

/// The language of a tag without script and region: "de" of "de-AT".
pub(crate) fn primary(language: Option<&str>) -> Option<&str> {
    language?.split('-').next()
}

/// The lexicon that all readers share.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn add(&mut self, phrase: &str, class: Classes, language: &'static str) {
        let folded = fold(phrase);
        if phrase.starts_with('-') {
            if let Some(&end) = folded.as_bytes().last_chunk() {
                *self.suffix_lengths.entry(end).or_default() |= 1 << folded.len();
            }
            let known = self.suffixes.entry(key(&folded)).or_default();
            *known = known.or(class);
            return;
        }
        if class.any(Classes::TITLE.or(Classes::STREET)) && folded.chars().count() == 1 {
            let known = self.letters.entry((key(language), key(&folded))).or_default();
            *known = known.or(class);
            return;
        }
        let n = 1 + folded.bytes().filter(|&byte| byte == b' ').count();
        let first = folded.split_once(' ').map_or(&folded[..], |(first, _)| first);
        let entry = self.words.entry(key(first)).or_default();
        entry.1 = entry.1.max(n.min(250) as u8);
        if n == 1 {
            entry.0 = entry.0.or(class);
        } else {
            let known = self.phrases.entry(key(&folded)).or_default();
            *known = known.or(class);
        }
    }

    /// The classes of a folded word standing alone, and the length in words of the longest phrase
    /// that begins with it (0 where there is none).
    pub(crate) fn word(&self, folded: &str) -> (Classes, usize) {
        match self.words.get(&key(folded)) {
            Some(&(classes, longest)) if classes != Classes::NONE => (classes, longest.into()),
            Some(&(_, longest)) => (self.ending(folded), longest.into()),
            None => (self.ending(folded).or(self.declined(folded)), 0),
        }
    }

    /// What a declined German office or body is: "Präsidenten", "Rathes".
    fn declined(&self, folded: &str) -> Classes {
        const DECLINED: Classes = Classes::ROLE.or(Classes::BODY);
        /// Bytes of the shortest stem.
        const STEM: usize = 6;
        let mut found = Classes::NONE;
        if folded.len() <= STEM {
            return found;
        }
        let stems = ["en", "es", "e", "n", "s"].iter().filter_map(|end| folded.strip_suffix(end));
        for stem in stems.filter(|stem| stem.len() >= STEM) {
            let known = self.words.get(&key(stem)).map_or(Classes::NONE, |&(classes, _)| classes);
            found = found.or(known.or(self.ending(stem)).and(DECLINED));
        }
        found
    }

    /// The classes that the end of a long word gives it.
    fn ending(&self, folded: &str) -> Classes {
        /// A word must be longer than its ending by this many letters.
        const STEM: usize = 2;
        let mut found = Classes::NONE;
        let end = folded.as_bytes().last_chunk();
        let Some(&(mut lengths)) = end.and_then(|end| self.suffix_lengths.get(end)) else {
            return found;
        };
        let stem = folded.char_indices().nth(STEM).map_or(folded.len(), |(at, _)| at);
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            if let Some(at) = folded.len().checked_sub(length)
                && at >= stem
                && let Some(&classes) =
                    folded.get(at..).and_then(|end| self.suffixes.get(&key(end)))
            {
                found = found.or(classes);
            }
        }
        found
    }

    /// The classes of a folded phrase of two words or more.
    pub(crate) fn phrase(&self, folded: &str) -> Classes {
        self.phrases.get(&key(folded)).copied().unwrap_or_default()
    }

    /// What the one letter is in `language` alone: a title as French "M." and Spanish "D.", a street
    /// as Spanish "C.".
    pub(crate) fn letter(&self, language: Option<&str>, folded: &str) -> Classes {
        if folded.len() > 2 {
            return Classes::NONE;
        }
        let Some(primary) = primary(language) else { return Classes::NONE };
        self.letters.get(&(key(primary), key(folded))).copied().unwrap_or_default()
    }

    /// The ISO 3166-1 alpha-2 code of the country of that folded name.
    pub(crate) fn country(&self, folded: &str) -> Option<&'static str> {
        self.countries.get(&key(folded)).copied()
    }
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;

    #[test]
    fn no_two_classes_are_one() {
        for (i, (name, class)) in NAMES.iter().enumerate() {
            assert_ne!(*class, Classes::NONE, "{name}");
            for (other, same) in &NAMES[..i] {
                assert!(!class.any(*same), "`{name}` and `{other}` share a bit");
            }
        }
    }

    #[test]
    fn every_row_of_the_tables_has_a_known_class() {
        let mut read = FxHashSet::default();
        for [class, language, phrases] in rows(include_str!("../../tables/parts.tsv")) {
            let is_new = phrases.split(", ").all(|phrase| read.insert((class, language, phrase)));
            assert!(is_new, "expected each phrase once, but found one twice: {class} {phrases}");
            assert!(NAMES.iter().any(|(name, _)| *name == class), "unknown class `{class}`");
            assert!(!phrases.is_empty(), "no phrases for `{class}`");
        }
        for [code, _] in rows(include_str!("../../tables/countries.tsv")) {
            assert_eq!(code.len(), 2, "expected a country code, but found `{code}`");
        }
    }

    #[test]
    fn a_word_is_known_by_itself_or_by_its_end() {
        let l = lexicon();
        assert!(l.word("herrn").0.any(Classes::TITLE));
        assert!(l.word("landsknechtsgasse").0.any(Classes::STREET));
        assert!(l.word("oberbergrath").0.any(Classes::ROLE));
        assert_eq!(l.word("rath").0.without(Classes::ROLE), Classes::NONE);
        assert!(l.phrase("secretary of state").any(Classes::ROLE));
        assert_eq!(l.country(&fold("Österreich")), Some("AT"));
    }

    #[test]
    fn one_letter_is_a_title_or_a_street_in_its_own_language_only() {
        assert_eq!(lexicon().letter(Some("fr-CH"), "m"), Classes::TITLE);
        assert_eq!(lexicon().letter(Some("es"), "c"), Classes::STREET);
        assert_eq!(lexicon().letter(Some("en"), "m"), Classes::NONE);
        assert_eq!(lexicon().letter(None, "m"), Classes::NONE);
    }
}
