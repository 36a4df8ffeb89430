//! English names of languages and their tags (BCP 47), as people read and search them.
//!
//! Names as in the IANA Language Subtag Registry, for the languages that letters are likely to be
//! in. Does not tell in what language a letter is.

const NAMES: &str = include_str!("../tables/languages.tsv");

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// The English name of a language, or its tag where the table has none.
///
/// ```
/// use letterbook_archive::language::name;
///
/// assert_eq!(name("zh-Hant"), "Chinese");
/// assert_eq!(name("qqq"), "qqq");
/// ```
pub fn name(tag: &str) -> &str {
    let primary = tag.split('-').next().unwrap_or(tag);
    rows().find_map(|(t, name)| (t == primary).then_some(name)).unwrap_or(tag)
}

/// The tag of an English name.
pub(crate) fn named(name: &str) -> Option<&'static str> {
    let folded = name.to_lowercase();
    rows().find_map(|(tag, name)| (name.to_lowercase() == folded).then_some(tag))
}

/// The tag, in small letters, of what may be a tag or an English name; none where it is neither.
pub(crate) fn tag(written: &str) -> Option<String> {
    if let Some(tag) = named(written) {
        return Some(tag.to_owned());
    }
    let folded = written.to_lowercase();
    let primary = folded.split('-').next().unwrap_or_default();
    let is_tag =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase());
    is_tag.then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_tags_are_understood_and_other_words_are_not() {
        let cases = [
            ("DE", Some("de")),
            ("zh-Hant", Some("zh-hant")),
            ("English", Some("en")),
            ("qqq", Some("qqq")),
            ("englisch", None),
            ("d1", None),
        ];
        for (written, expected) in cases {
            assert_eq!(tag(written).as_deref(), expected, "{written}");
        }
    }
}
