//! Who is written by a name, by what people decided of persons and bodies.
//!
//! A name in a letter is known by its folded words, its *form*; decisions in force say which forms,
//! or which letters of a form, are one entry's. The index finds letters by all that an entry is
//! called, `people` gathers by it. Decides nothing.

use std::collections::{HashMap, HashSet};

use crate::fold;
use crate::store::{Decision, LetterId, PersonId, Statement};

/// What an entry is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// Its number, once somebody said something of it.
    Kept(PersonId),
    /// The folded words of its one name.
    Form(String),
}

/// The folded words of a name, one space between them: what makes two spellings one form.
pub(crate) fn form(text: &str) -> String {
    fold::words(text).into_iter().map(|w| w.folded).collect::<Vec<_>>().join(" ")
}

/// A person or body of which somebody said something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person<'d> {
    /// Its number.
    pub(crate) number: PersonId,
    /// What people call it.
    pub(crate) name: Option<&'d str>,
    /// The forms that are its own.
    pub(crate) forms: &'d [String],
}

/// What the decisions in force say.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    forms: HashMap<String, PersonId>,
    letters: HashMap<(String, LetterId), PersonId>,
    /// The forms that are a person's, each once, sorted.
    forms_of: HashMap<PersonId, Vec<String>>,
    pub(crate) apart: HashSet<(PersonId, PersonId)>,
    pub(crate) names: HashMap<PersonId, String>,
    pub(crate) identifiers: HashMap<PersonId, Vec<String>>,
}

impl Decided {
    pub(crate) fn of(decisions: &[Decision]) -> Decided {
        let mut decided = Decided::default();
        let in_force = decisions.iter().filter(|d| d.undone.is_none());
        for (person, statement) in in_force.flat_map(|d| &d.statements) {
            match statement {
                Statement::Form(form) => {
                    decided.forms.insert(form.clone(), *person);
                }
                Statement::Letter(form, letter) => {
                    decided.letters.insert((form.clone(), *letter), *person);
                }
                Statement::Apart(other) => {
                    decided.apart.insert((*person.min(other), *person.max(other)));
                }
                Statement::Name(name) => {
                    decided.names.insert(*person, name.clone());
                }
                Statement::Identifier(identifier) => {
                    let all = decided.identifiers.entry(*person).or_default();
                    if !all.contains(identifier) {
                        all.push(identifier.clone());
                    }
                }
            }
        }
        let letters = decided.letters.iter().map(|((form, _), person)| (form, person));
        for (form, person) in decided.forms.iter().chain(letters) {
            decided.forms_of.entry(*person).or_default().push(form.clone());
        }
        for forms in decided.forms_of.values_mut() {
            forms.sort_unstable();
            forms.dedup();
        }
        decided
    }

    /// Who is written so in the letter, where somebody decided it.
    pub(crate) fn person(&self, name: &str, letter: LetterId) -> Option<Person<'_>> {
        if self.forms.is_empty() && self.letters.is_empty() {
            return None;
        }
        let Key::Kept(number) = self.key(&form(name), letter) else { return None };
        Some(Person {
            number,
            name: self.names.get(&number).map(String::as_str),
            forms: self.forms_of.get(&number).map_or(&[], Vec::as_slice),
        })
    }

    /// What makes the entry what it is: the forms that are its own, and those that are its own in
    /// single letters.
    pub(crate) fn held(&self, key: &Key) -> Vec<Statement> {
        let number = match key {
            Key::Form(form) => return vec![Statement::Form(form.clone())],
            Key::Kept(number) => number,
        };
        let forms = self.forms.iter().filter(|(_, person)| *person == number);
        let letters = self.letters.iter().filter(|(_, person)| *person == number);
        let mut all: Vec<Statement> =
            forms.map(|(form, _)| Statement::Form(form.clone())).collect();
        all.extend(letters.map(|((form, id), _)| Statement::Letter(form.clone(), *id)));
        all.sort_by_key(|statement| format!("{statement:?}"));
        all
    }

    pub(crate) fn key(&self, form: &str, letter: LetterId) -> Key {
        let of_letter = || self.letters.get(&(form.to_owned(), letter));
        let person = if self.letters.is_empty() { None } else { of_letter() };
        match person.or_else(|| self.forms.get(form)) {
            Some(person) => Key::Kept(*person),
            None => Key::Form(form.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_one_without_regard_to_case_and_accents() {
        assert_eq!(form("ANNA  Müller,"), "anna muller");
        assert_eq!(form("…"), "");
    }
}
