//! Whether two spans name one person.

use std::sync::LazyLock;

use crate::mention::fold;
use crate::mention::lexicon::{Classes, lexicon, rows};

/// Whether `signed` is `full` cut short: "A. W.", "A.", "AWeber", "ArthWeb", "Arth", "Wbr" for
/// "Arthur Weber".
pub(super) fn same_initials(signed: &str, full: &str) -> bool {
    let full = fold(full);
    let full: Vec<&str> = full.split(' ').collect();
    let parts: Vec<String> = glued_parts(signed);
    let (Some(first), Some(last)) = (full.first(), full.last()) else { return false };
    if parts.iter().all(|p| p.chars().count() == 1) {
        // each letter begins a word, in the same order
        let mut rest = full.iter();
        return parts.iter().all(|p| rest.any(|f| f.starts_with(p.as_str())));
    }
    if let [one] = parts.as_slice() {
        let glued = last.chars().count() > 2
            && one
                .strip_suffix(last)
                .is_some_and(|rest| !rest.is_empty() && first.starts_with(rest));
        // what is left of "DrWeber" is the whole name
        return glued || one == last || is_cut_from(one, first) || is_cut_from(one, last);
    }
    // "ArthWeb": each part begins a word, the last part that of the family
    full.len() > 1 && parts.last().is_some_and(|p| p.len() > 1 && last.starts_with(p.as_str())) && {
        let mut rest = full.iter();
        parts.iter().all(|p| rest.any(|f| f.starts_with(p.as_str())))
    }
}

/// Whether `short` is the beginning of `word` ("Arth"), or a few of its letters in their order with
/// the first among them ("Er" of "Ehrhardt").
fn is_cut_from(short: &str, word: &str) -> bool {
    /// A name is contracted to this many letters at most.
    const FEW: usize = 3;
    let letters = short.chars().count();
    if letters < 2 || letters >= word.chars().count() {
        return false;
    }
    let mut rest = word.chars();
    word.starts_with(short) && letters > FEW
        || letters <= FEW
            && word.chars().next() == short.chars().next()
            && short.chars().all(|c| rest.any(|w| w == c))
}

/// The folded words of a signature, titles aside, those written in one parted at their capitals: "ArthWeber".
fn glued_parts(signed: &str) -> Vec<String> {
    /// Capitals that stand together are a monogram up to this many: "AW".
    const MONOGRAM: usize = 3;
    let letters = signed.chars().filter(|c| c.is_alphabetic());
    let monogram = letters.clone().count() <= MONOGRAM && letters.clone().all(char::is_uppercase);
    let mut parted = String::with_capacity(signed.len() + 4);
    let mut before = ' ';
    for c in signed.chars() {
        if c.is_uppercase() && (before.is_lowercase() || monogram) {
            parted.push(' ');
        }
        parted.push(c);
        before = c;
    }
    let parted = fold(&parted);
    let parts = parted.split(' ').filter(|p| !p.is_empty());
    let is_title = |p: &str| p.chars().count() > 1 && lexicon().word(p).0.any(Classes::TITLE);
    let named: Vec<String> = parts.clone().filter(|p| !is_title(p)).map(str::to_owned).collect();
    if named.is_empty() { parts.map(str::to_owned).collect() } else { named }
}

/// Whether the two have one family name, and no given name or initial of one is another's: "T. Hale" and
/// "Hale", not "Mary Hale".
pub(super) fn may_be_same(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let [(given_a, family_a), (given_b, family_b)] =
        [&a, &b].map(|name| name.rsplit_once(' ').unwrap_or(("", name)));
    let begin = |given: &str| given.split(' ').filter_map(|g| g.chars().next()).collect::<Vec<_>>();
    let initials = begin(given_a).into_iter().zip(begin(given_b));
    family_a == family_b
        && family_a.chars().count() > 2
        && initials.into_iter().all(|(a, b)| a == b)
}

/// Whether the two have a word of three letters or more in common.
pub(super) fn share_word(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    a.split(' ').any(|w| w.chars().count() > 2 && b.split(' ').any(|v| v == w))
}

/// The rows of the table: given names, and the pet names that stand for them.
static PET_NAMES: LazyLock<Vec<[Vec<String>; 2]>> = LazyLock::new(|| {
    let names = |cell: &str| cell.split(", ").map(fold).collect();
    rows(include_str!("../../../tables/petnames.tsv"))
        .map(|[_, given, pets]: [&'static str; 3]| [names(given), names(pets)])
        .collect()
});

/// Whether `called` is by what a friend calls the one whose name is `full`: "Pepe" for "José Moro".
pub(super) fn is_pet_name(called: &str, full: &str) -> bool {
    let (called, full) = (fold(called), fold(full));
    PET_NAMES.iter().any(|[given, pets]| {
        let bears = |name: &String| {
            full.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(' '))
        };
        pets.contains(&called) && given.iter().any(bears)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_may_cut_the_name_short() {
        for signed in
            ["A. W.", "A.", "AWeber", "ArthWeber", "ArthWeb", "AW.", "Arth", "Wbr", "DrWeber"]
        {
            assert!(same_initials(signed, "Arthur Weber"), "{signed}");
        }
        for signed in ["B. W.", "BWeber", "Karl", "ArthMeyer", "ArthWebX", "Bro", "Webern"] {
            assert!(!same_initials(signed, "Arthur Weber"), "{signed}");
        }
    }

    #[test]
    fn a_friend_is_called_by_a_pet_name() {
        assert!(is_pet_name("Fritz", "Friedrich Weber"));
        assert!(is_pet_name("Pepe", "José Moro"));
        assert!(!is_pet_name("Fritz", "Karl Weber"));
        assert!(!is_pet_name("Anna", "Friedrich Weber"));
    }

    #[test]
    fn a_family_and_no_other_given_name_may_be_one_person() {
        assert!(may_be_same("T. Hale", "Hale"));
        assert!(may_be_same("Thomas Hale", "T. J. Hale"));
        assert!(!may_be_same("T. Hale", "Mary Hale"));
        assert!(!may_be_same("T. Hale", "T. Bell"));
    }

    #[test]
    fn names_are_compared_by_their_words() {
        assert!(share_word("Anton Weber", "Herrn Weber"));
        assert!(!share_word("A. de la Tour", "de la Rue"));
    }
}
