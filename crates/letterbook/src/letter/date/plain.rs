//! Copies of a dateline, byte for byte as long as it, in which what hides a date is smoothed: rules,
//! and words that print or scan has set apart.

/// `text` with spaces for dashes, underscores and brackets, byte for byte; `None` without any.
pub(super) fn without_rules(text: &str) -> Option<String> {
    let rule = |c: char| matches!(c, '—' | '–' | '-' | '_' | '[' | ']' | '|');
    text.contains(rule).then(|| {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if rule(c) { out.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { out.push(c) }
        }
        out
    })
}

/// `text` with the words between two numbers joined, byte for byte: "15 No vembre 1917", "3 A p r i l
/// 1916." `None` where there are no two words between numbers.
pub(super) fn joined_words(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut joined = false;
    let mut rest = text;
    while let Some(end) = rest.find(|c: char| c.is_ascii_digit()) {
        let (words, numbers) = rest.split_at(end);
        let is_between = !out.is_empty();
        let letters = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.');
        let pieces = words.split_whitespace().filter(|w| w.contains(char::is_alphabetic)).count();
        if is_between && (2..=10).contains(&pieces) && words.chars().all(letters) {
            out.push(' ');
            out.extend(words.chars().filter(|c| c.is_alphabetic()));
            let gap = words.chars().filter(|c| !c.is_alphabetic()).count() - 1;
            out.extend(std::iter::repeat_n(' ', gap));
            joined = true;
        } else {
            out.push_str(words);
        }
        let after = numbers.find(|c: char| !c.is_ascii_digit()).unwrap_or(numbers.len());
        out.push_str(&numbers[..after]);
        rest = &numbers[after..];
    }
    out.push_str(rest);
    joined.then_some(out)
}
