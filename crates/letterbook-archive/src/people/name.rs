//! Whether two names may be one person's or one body's.
//!
//! Looks at the parts of a name as Western letters write them: given names and initials before a
//! surname, titles as abbreviations with a stop, "Surname, Given". Names of other orders (Chinese,
//! Hungarian) are compared whole. Knows no list of names or titles, and decides nothing.

use crate::fold;

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Folded words without titles, the surname last.
    parts: Vec<String>,
    /// Folded words with a stop, of more letters than one: titles, or given names cut short.
    short: Vec<String>,
    /// For a body: the letters that its words begin with.
    initials: String,
    /// For a body written as letters: those letters.
    letters: String,
}

impl Name {
    pub(super) fn of(text: &str) -> Name {
        let words = fold::words(text);
        let word = |w: &fold::Word| &text[w.start..w.end];
        let starts_upper = |w: &fold::Word| word(w).starts_with(char::is_uppercase);
        let is_all_upper =
            |w: &fold::Word| word(w).chars().all(|c| c.is_uppercase()) && w.folded.len() > 1;
        let letters = match &words[..] {
            [one] if is_all_upper(one) => one.folded.clone(),
            many if many.len() > 1 && many.iter().all(|w| word(w).chars().count() == 1) => {
                many.iter().map(|w| w.folded.as_str()).collect()
            }
            _ => String::new(),
        };
        let initials = words
            .iter()
            .filter(|w| starts_upper(w))
            .filter_map(|w| w.folded.chars().next())
            .collect();
        // a title is an abbreviation: more letters than one, and a stop behind them
        let is_title =
            |w: &fold::Word| text[w.end..].starts_with('.') && word(w).chars().count() > 1;
        let short = words.iter().filter(|w| is_title(w)).map(|w| w.folded.clone()).collect();
        let named: Vec<&fold::Word> = words.iter().filter(|w| !is_title(w)).collect();
        let comma = text.find(',').unwrap_or(text.len());
        let (before, after): (Vec<_>, Vec<_>) = named.into_iter().partition(|w| w.end <= comma);
        let is_turned = (1..=2).contains(&before.len()) && (1..=3).contains(&after.len());
        let ordered = if is_turned { [after, before].concat() } else { [before, after].concat() };
        let parts = ordered.into_iter().map(|w| w.folded.clone()).collect();
        Name { parts, short, initials, letters }
    }

    /// What two names must share to be compared at all: the surname, umlauts written either way.
    pub(super) fn surname_key(&self) -> Option<String> {
        let surname = self.parts.last()?;
        let is_word = surname.chars().count() > 1 && !surname.starts_with(fold::is_east_asian);
        is_word.then(|| plain(surname))
    }

    fn given(&self) -> &[String] {
        self.parts.split_last().map_or(&[], |(_, given)| given)
    }

    /// Whether it has a surname alone.
    pub(super) fn is_bare(&self) -> bool {
        self.given().is_empty()
    }

    /// How the two may be one person's: what of one stands for what of the other.
    pub(super) fn may_be(&self, other: &Name) -> Option<String> {
        if self.surname_key()? != other.surname_key()? {
            return None;
        }
        let (short, long) = match self.given().len() <= other.given().len() {
            true => (self, other),
            false => (other, self),
        };
        let mut rest = long.given().iter();
        let mut reasons = Vec::new();
        for part in short.given() {
            let found = rest.by_ref().find(|whole| stands_for(part, whole))?;
            if found != part {
                let (one, whole) =
                    if part.len() < found.len() { (part, found) } else { (found, part) };
                reasons.push(format!("“{one}.” may be “{whole}”"));
            }
        }
        let (one, two) = (self.parts.last()?, other.parts.last()?);
        if one != two {
            reasons.push(format!("“{one}” may be “{two}”"));
        }
        if short.given().len() < long.given().len() {
            reasons.push(match short.is_bare() {
                true => short.beside_surname(long),
                false => "one gives fewer names".to_owned(),
            });
        }
        if reasons.is_empty() {
            reasons.push("the names differ in titles or order alone".to_owned());
        }
        Some(reasons.join(", "))
    }

    /// What a name without given names says beside the surname, when `long` has given names.
    fn beside_surname(&self, long: &Name) -> String {
        let cut = self.short.iter().find_map(|short| {
            let whole = long.given().iter().find(|given| is_cut_of(short, given))?;
            Some(format!("“{short}.” may be “{whole}”"))
        });
        cut.unwrap_or_else(|| match &self.short[..] {
            [] => "one gives the surname alone".to_owned(),
            short => format!("one gives the surname alone, with “{}.”", short.join(".” and “")),
        })
    }

    /// How the two may be one body's.
    pub(super) fn may_abbreviate(&self, other: &Name) -> Option<String> {
        let one = |short: &Name, long: &Name| {
            short.letters.len() > 1 && long.letters.is_empty() && short.letters == long.initials
        };
        (one(self, other) || one(other, self))
            .then(|| "one is written as the other's initials".to_owned())
    }

    /// What two bodies' names share when one abbreviates the other.
    pub(super) fn initials_key(&self) -> Option<&str> {
        let key = if self.letters.is_empty() { &self.initials } else { &self.letters };
        (key.len() > 1).then_some(key)
    }
}

/// `ä` and `ae` alike, and so on.
fn plain(surname: &str) -> String {
    surname.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// Whether a name cut short has the first letter of the whole one and others of it in order, as
/// “Jas.” has of James.
fn is_cut_of(short: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    short.chars().next() == whole.chars().next()
        && short.len() < whole.len()
        && short.chars().all(|c| rest.any(|other| other == c))
}

fn stands_for(one: &str, other: &str) -> bool {
    let is_initial =
        |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    one == other || is_initial(one, other) || is_initial(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: Option<&str>) {
        let found = Name::of(one).may_be(&Name::of(other));
        assert_eq!(found.as_deref(), expected, "{one}, {other}");
        assert_eq!(found.is_some(), Name::of(other).may_be(&Name::of(one)).is_some());
    }

    #[test]
    fn initials_stand_for_names_and_titles_say_nothing() {
        check("J. Hale", "John Hale", Some("“j.” may be “john”"));
        check("J. Hale", "Henry Hale", None);
        check("John Hale", "John Smith", None);
        check("Dr. John Hale", "John Hale", Some("the names differ in titles or order alone"));
        check("Hale, John", "John Hale", Some("the names differ in titles or order alone"));
        check("Hale", "John Hale", Some("one gives the surname alone"));
        check("Jas. Hale", "James Hale", Some("“jas.” may be “james”"));
        check("Dr. Hale", "James Hale", Some("one gives the surname alone, with “dr.”"));
        check("John Hale", "John Robert Hale", Some("one gives fewer names"));
        check("J. R. Hale", "John Robert Hale", Some("“j.” may be “john”, “r.” may be “robert”"));
        check("R. Hale", "John Robert Hale", Some("“r.” may be “robert”, one gives fewer names"));
        check("Anna Müller", "Anna Mueller", Some("“muller” may be “mueller”"));
    }

    #[test]
    fn names_of_other_orders_are_not_taken_apart() {
        check("王明", "王明德", None);
        check("", "John Hale", None);
    }

    #[test]
    fn a_body_may_be_written_by_its_initials() {
        let may = |one: &str, other: &str| Name::of(one).may_abbreviate(&Name::of(other)).is_some();
        assert!(may("W.P.K.", "Workers' Party of Korea"));
        assert!(may("Board of Trade", "BT"));
        assert!(!may("Board of Trade", "BA"));
        assert!(!may("BT", "BT"));
    }
}
