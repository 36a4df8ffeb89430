//! Ways to reach someone: telephone, fax, e-mail, web, cable address.
//!
//! Telephone numbers are brought into E.164 by the `phonenumber` crate where the country is known;
//! elsewhere they stay as written. A number without exchange or country ("Tel. 214") is left out.

use super::lexicon::Classes;
use super::stretch::{Word, span_of};
use crate::record::ContactKind;
use crate::span::Span;

/// A contact of a stretch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contact {
    /// What kind of contact it is.
    pub(crate) kind: ContactKind,
    /// Where it stands, label excluded.
    pub(crate) span: Span,
    /// As [`crate::record::Contact::value`].
    pub(crate) value: String,
    /// Whether the number is valid in its country, or the address has its form.
    pub(crate) sure: bool,
}

const LABELS: [(Classes, ContactKind); 5] = [
    (Classes::PHONE, ContactKind::Phone),
    (Classes::FAX, ContactKind::Fax),
    (Classes::EMAIL, ContactKind::Email),
    (Classes::WEB, ContactKind::Web),
    (Classes::CABLE, ContactKind::Cable),
];

/// The contacts among `words`, in order; `country` (ISO 3166-1 alpha-2) is where the numbers are.
pub(crate) fn contacts(text: &str, words: &[Word], country: Option<&str>) -> Vec<Contact> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if let Some((n, contact)) = address_at(text, words, i) {
            i += n;
            out.push(contact);
            continue;
        }
        let label = LABELS.iter().find(|(class, _)| words[i].is(*class));
        let (kind, from) = match label {
            Some(&(_, kind)) => (Some(kind), i + words[i].length.max(1)),
            None => (None, i),
        };
        let found = match kind {
            Some(ContactKind::Cable) => cable(text, words, from),
            Some(ContactKind::Phone | ContactKind::Fax) => number(text, words, from, kind, country),
            None if text[..words[i].span.start].ends_with('+') => {
                number(text, words, i, None, country)
            }
            _ => None,
        };
        match found {
            Some((n, contact)) => {
                out.push(contact);
                i = from + n;
            }
            None => i = from.max(i + 1),
        }
    }
    out
}

/// An e-mail or web address that begins at word `at`: how many words it has, and itself.
fn address_at(text: &str, words: &[Word], at: usize) -> Option<(usize, Contact)> {
    let start = words[at].span.start;
    if at > 0
        && !text[words[at - 1].span.end..start]
            .contains(|c: char| c.is_whitespace() || ":<(".contains(c))
    {
        return None;
    }
    let end = words[words.len() - 1].span.end;
    let whole = &text[start..end];
    let length = whole
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')' | '"'))
        .unwrap_or(whole.len());
    let written = whole[..length].trim_end_matches(['.', '/', ':']);
    let (local, domain) = written.split_once('@').unwrap_or(("", written));
    let kind = if written.contains('@') && !local.is_empty() && is_domain(domain) {
        ContactKind::Email
    } else if ["www.", "http://", "https://"].iter().any(|p| {
        written.len() > p.len()
            && written.is_char_boundary(p.len())
            && written[..p.len()].eq_ignore_ascii_case(p)
    }) {
        ContactKind::Web
    } else {
        return None;
    };
    let span = Span::new(start, start + written.len());
    let n = words[at..].iter().take_while(|w| w.span.start < span.end).count();
    Some((n.max(1), Contact { kind, span, value: written.to_owned(), sure: true }))
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// A number of fewer digits needs an exchange or an area code that only its time knew.
const SHORTEST: usize = 7;

/// A telephone number whose first digits are at word `from`.
fn number(
    text: &str,
    words: &[Word],
    mut from: usize,
    kind: Option<ContactKind>,
    country: Option<&str>,
) -> Option<(usize, Contact)> {
    let skipped = from;
    // "Tel. No. 12", "Tel: Amt Zentrum 12"
    while words.get(from).is_some_and(|w| !w.number && w.gap.lines == 0 && from - skipped < 3) {
        from += 1;
    }
    let first = words.get(from).filter(|w| w.number && (w.gap.lines == 0 || from == skipped))?;
    let mut end = from + 1;
    while words.get(end).is_some_and(|w| w.number && w.gap.lines == 0 && !w.gap.comma)
        && end - from < 8
    {
        end += 1;
    }
    let mut span = Span::new(first.span.start, words[end - 1].span.end);
    let before = &text[..span.start];
    if before.ends_with('+') || before.ends_with('(') {
        span.start -= 1;
        if span.start > 0 && before[..before.len() - 1].ends_with('+') {
            span.start -= 1;
        }
    }
    let written = &text[span.start..span.end];
    let digits = written.chars().filter(char::is_ascii_digit).count();
    if !(2..=20).contains(&digits) {
        return None;
    }
    let parsed = international(written, digits, country);
    // "Tel. 214" reached somebody through an exchange that the page does not name
    if parsed.is_none() && (kind.is_none() || digits < SHORTEST) {
        return None;
    }
    let contact = Contact {
        kind: kind.unwrap_or(ContactKind::Phone),
        span,
        sure: parsed.is_some(),
        value: parsed.unwrap_or_else(|| fold_space(written)),
    };
    Some((end - skipped, contact))
}

/// The number in E.164, where the country settles it and the number is one of that country's.
fn international(written: &str, digits: usize, country: Option<&str>) -> Option<String> {
    if digits < SHORTEST || (country.is_none() && !written.starts_with('+')) {
        return None;
    }
    let country = country.and_then(|code| code.parse::<phonenumber::country::Id>().ok());
    let number = phonenumber::parse(country, written).ok()?;
    number.is_valid().then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}

/// The words of a cable address: the rest of the line.
fn cable(text: &str, words: &[Word], from: usize) -> Option<(usize, Contact)> {
    let n = words[from.min(words.len())..]
        .iter()
        .take_while(|w| w.gap.lines == 0 && !w.gap.comma && !w.is(Classes::PHONE.or(Classes::FAX)))
        .count();
    (1..=4).contains(&n).then(|| {
        let span = span_of(&words[from..from + n]);
        let value = fold_space(&text[span.start..span.end]);
        (n, Contact { kind: ContactKind::Cable, span, value, sure: true })
    })
}

/// `text` with each run of white space as one space.
pub(crate) fn fold_space(text: &str) -> String {
    // most of what is folded is one plain word
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::stretch::words;

    #[test]
    fn no_country_makes_a_number_fail() {
        let letters = || ('A'..='Z').map(String::from);
        for code in letters().flat_map(|a| letters().map(move |b| format!("{a}{b}"))) {
            international("030 1234567", 10, Some(&code));
            international("+44 20 7946 0817", 12, Some(&code));
        }
    }

    fn check(text: &str, country: Option<&str>, expected: &[(ContactKind, &str)]) {
        let w = words(text, Span::new(0, text.len()), None);
        let got: Vec<_> =
            contacts(text, &w, country).into_iter().map(|c| (c.kind, c.value)).collect();
        let expected: Vec<_> = expected.iter().map(|&(k, v)| (k, v.to_owned())).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn numbers_become_international_where_the_country_is_known() {
        use ContactKind::*;
        check("12 Mill Lane. Tel 020 7946 0018", Some("GB"), &[(Phone, "+442079460018")]);
        check("Tel 020 7946 0018", None, &[(Phone, "020 7946 0018")]);
        check("Telefon Nr. 214", Some("CH"), &[]);
        check(
            "+49 30 901820, Fax: (030) 901821",
            Some("DE"),
            &[(Phone, "+4930901820"), (Fax, "+4930901821")],
        );
    }

    #[test]
    fn addresses_of_mail_web_and_cable() {
        use ContactKind::*;
        check(
            "E-mail: a.b@mill.example, www.mill.example.",
            None,
            &[(Email, "a.b@mill.example"), (Web, "www.mill.example")],
        );
        check("Cable Address: Millwork London", None, &[(Cable, "Millwork London")]);
    }

    #[test]
    fn years_and_house_numbers_are_no_telephones() {
        check("12 Mill Lane, 1848", Some("GB"), &[]);
        check("a@b", None, &[]);
    }
}
