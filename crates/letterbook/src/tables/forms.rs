//! Words of set forms: how a note between governments ends, and what stands over an enclosed letter.
//!
//! Owns `tables/forms.tsv`. Apart from the classes that the labeller of zones was trained with, so
//! that a word more changes none of its weights.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::folding::fold;

/// What a word is in a set form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// "This opportunity", of which a government avails itself …
    Occasion,
    /// … to renew its "assurances".
    Assurance,
    /// Of a heading over an enclosed letter or a copy: "Copy", "Beilage".
    Enclosed,
    /// Before whoever gets a copy: "to".
    Gets,
}

static FORMS: LazyLock<FxHashMap<u64, Form>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    for row in include_str!("../../tables/forms.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut columns = row.split('\t');
        let form = match columns.next() {
            Some("occasion") => Form::Occasion,
            Some("assurance") => Form::Assurance,
            Some("enclosed") => Form::Enclosed,
            Some("gets") => Form::Gets,
            _ => continue,
        };
        let words = columns.nth(1).unwrap_or_default().split(' ');
        forms.extend(words.map(|word| (fold(word), form)));
    }
    forms
});

/// What the word of this folded hash is in a set form.
pub(crate) fn form_of(folded: u64) -> Option<Form> {
    FORMS.get(&folded).copied()
}

/// Whether words of these folded hashes renew assurances, as notes between governments end.
pub(crate) fn renews(folded: &[u64]) -> bool {
    let has = |form| folded.iter().any(|word| form_of(*word) == Some(form));
    has(Form::Occasion) && has(Form::Assurance)
}
