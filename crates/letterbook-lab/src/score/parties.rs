//! Which words of a gold name can be found on the page.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use letterbook::record;

use super::words::words;
use crate::gold::Person;

/// Titles, particles and the like: no keys of a name.
static NOT_NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    include_str!("../../tables/not-names.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// The surname, if there is one, and the given names, folded; of a body, its longer words. A name
/// with a comma has its surname first.
pub(crate) fn keys(person: &Person) -> Vec<String> {
    let name = without_brackets(&person.name);
    let named = |text: &str, least: usize| -> Vec<String> {
        words(text, least).into_iter().filter(|w| !NOT_NAMES.contains(w.as_str())).collect()
    };
    if person.is_body {
        return named(&name, 5);
    }
    let (surname, mut given) = match name.split_once(',') {
        Some((surname, given)) => (named(surname, 2).pop(), named(given, 3)),
        None => {
            let mut all = named(&name, 2);
            let surname = all.pop();
            all.retain(|w| w.chars().count() >= 3);
            (surname, all)
        }
    };
    given.extend(surname);
    given
}

/// `name` with a space for each stretch in round brackets.
fn without_brackets(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, tail)) = rest.split_once('(') {
        let Some((_, after)) = tail.split_once(')') else { break };
        out += before;
        out.push(' ');
        rest = after;
    }
    out + rest
}

/// The keys of `person` that stand in the frame with a capital and belong to no one of the other
/// side.
pub(crate) fn keys_on_page(
    person: &Person,
    others: &[Person],
    capitalised: &BTreeSet<String>,
) -> BTreeSet<String> {
    let foreign: BTreeSet<String> = others.iter().flat_map(keys).collect();
    keys(person).into_iter().filter(|k| capitalised.contains(k) && !foreign.contains(k)).collect()
}

/// The words of every name and body that was read on a side.
pub(crate) fn words_read(parties: &[record::Party]) -> BTreeSet<String> {
    parties
        .iter()
        .flat_map(|p| [&p.name, &p.organisation])
        .flatten()
        .flat_map(|r| words(&r.value, 2))
        .collect()
}
