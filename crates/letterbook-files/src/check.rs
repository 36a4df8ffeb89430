//! Findings: what happened to the page on its way, and where it and its format do not agree.
//!
//! What was lost, left out or recognised ([`Damage`]) is said once for each kind. Compares the
//! [`Stated`] values of a document (headers of a mail, `correspDesc` of TEI) with the reading of its
//! page. The page wins: a finding is added and nothing changed. A mail's header lines stand in its
//! text, so only what lies below them counts as its page. Codes are listed in `docs/findings.md`.
//! Does not look anything up, and does not hold a nickname against a name of which it shares a word.

use std::borrow::Cow;

use letterbook::folding::fold;
use letterbook::record::{Evidence, Finding, Letter, Party, Severity, ZoneLabel};
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook::token::{Kind, tokens};
use letterbook_dates::day::Day;
use letterbook_dates::phrase::{Context, find_dates};
use letterbook_dates::value::Edtf;

use crate::document::{Stated, StatedField, Told};
use crate::format::Format;
use crate::trouble::Damage;

/// Days by which a mail's header may differ from its page: the zones of two clocks.
const CLOCKS: i32 = 1;

/// Words shorter than this, in bytes, are initials and particles and show nobody.
const SHORTEST: usize = 3;

/// What is to be said beside the reading of a letter, whose text is `text`, by what its file
/// `told`: damage first.
pub fn check(told: &Told, text: &str, letter: &Letter) -> Vec<Finding> {
    let mut findings = damage(&told.damage, text);
    if told.stated.is_empty() {
        return findings;
    }
    let head = told.stated.iter().filter_map(|s| s.span).map(|s| s.end).max().unwrap_or(0);
    let page = Page { told, text: Text::new(text), letter, head };
    findings.extend(page.date());
    let parties = [
        (StatedField::Sender, &letter.senders, "stated-sender-conflict", "sender"),
        (StatedField::Recipient, &letter.recipients, "stated-recipient-conflict", "recipient"),
    ];
    for (field, read, code, what) in parties {
        findings.extend(page.party(field, read, code, what));
    }
    findings.extend(page.place());
    findings
}

/// Damage as findings: each kind once, with the place where it was seen first.
fn damage(all: &[Damage], text: &str) -> Vec<Finding> {
    let mut kinds: Vec<(&Damage, usize)> = Vec::new();
    for one in all {
        match kinds.iter_mut().find(|(d, _)| d.code == one.code && d.message == one.message) {
            Some((_, n)) => *n += 1,
            None => kinds.push((one, 1)),
        }
    }
    if kinds.is_empty() {
        return Vec::new();
    }
    let text = Text::new(text);
    let findings = kinds.into_iter().map(|(one, n)| {
        let is_choice = matches!(&*one.code, "left-out" | "gap" | "supplied" | "recognised");
        let severity = if is_choice { Severity::Note } else { Severity::Warning };
        let hint = match &*one.code {
            "recognised" => "compare names and numbers with the picture of the page",
            "left-out" | "gap" | "supplied" => "",
            _ => "compare with the original; what came before the damage was read",
        };
        let message = match n {
            1 => one.message.clone(),
            n => format!("{} ({n} times)", one.message),
        };
        let span = one.span.filter(|s| !s.is_empty());
        Finding {
            code: one.code.clone(),
            severity,
            message,
            hint: hint.into(),
            evidence: span.map(|s| text.evidence(s)).into_iter().collect(),
        }
    });
    findings.collect()
}

struct Page<'a> {
    told: &'a Told,
    text: Text<'a>,
    letter: &'a Letter,
    /// Where the header lines end and the page begins.
    head: usize,
}

impl<'a> Page<'a> {
    fn stated(&self, field: StatedField) -> impl Iterator<Item = &'a Stated> {
        self.told.stated.iter().filter(move |s| s.field == field)
    }

    /// Whether all characters that show a value stand below the header lines.
    fn is_below(&self, evidence: &[Evidence]) -> bool {
        let spans = evidence.iter().map(|e| self.text.locate(e));
        !evidence.is_empty() && spans.into_iter().all(|s| s.is_some_and(|s| s.start >= self.head))
    }

    /// The date that the page itself gives.
    fn page_date(&self) -> Option<(Edtf, Vec<Evidence>)> {
        let read = self.letter.date.as_ref();
        if let Some(date) = read.filter(|d| self.is_below(&d.evidence)) {
            return Some((Edtf::parse(&date.value).ok()?, date.evidence.clone()));
        }
        let lang = self.letter.language.as_ref().map(|l| l.value.as_str());
        let datelines = self.letter.zones.iter().filter(|z| z.label == ZoneLabel::Dateline);
        for zone in datelines {
            let (Some(start), Some(end)) = (self.text.byte(zone.start), self.text.byte(zone.end))
            else {
                continue;
            };
            let start = start.max(self.head);
            if start >= end {
                continue;
            }
            let line = self.text.slice(Span::new(start, end));
            let found = find_dates(line, &Context { lang, ..Context::default() });
            if let Some(reading) = found.into_iter().next() {
                let span = Span::from(reading.span).shift(start);
                return Some((reading.value, vec![self.text.evidence(span)]));
            }
        }
        None
    }

    fn date(&self) -> Option<Finding> {
        let stated = self.stated(StatedField::Date).find(|s| s.normalised.is_some())?;
        let expected = Edtf::parse(stated.normalised.as_deref()?).ok()?;
        let (found, mut evidence) = self.page_date()?;
        let ((a1, a2), (b1, b2)) = (expected.bounds(), found.bounds());
        let is_mail = matches!(self.told.format, Format::Mail | Format::Outlook);
        let slack = if is_mail { CLOCKS } else { 0 };
        let is_apart = |end: Option<Day>, start: Option<Day>| match (end, start) {
            (Some(end), Some(start)) => start > end.plus(slack),
            _ => false,
        };
        if !is_apart(a2, b1) && !is_apart(b2, a1) {
            return None;
        }
        evidence.extend(stated.span.map(|span| self.text.evidence(span)));
        Some(finding(
            "stated-date-conflict",
            Severity::Warning,
            format!(
                "expected the page to be of {expected}, as `{}` says, but found {found}",
                stated.at
            ),
            "one of the two is wrong, or it was sent on another day than it was written",
            evidence,
        ))
    }

    fn party(
        &self,
        field: StatedField,
        read: &[Party],
        code: &'static str,
        what: &str,
    ) -> Option<Finding> {
        let stated: Vec<&Stated> = self.stated(field).collect();
        // a bare address names nobody for certain
        if stated.iter().all(|s| s.value.contains('@') && !s.value.contains('<')) {
            return None;
        }
        let mut shown: Vec<(Cow<'_, str>, Vec<Evidence>)> = read
            .iter()
            .flat_map(|p| [&p.name, &p.organisation, &p.on_behalf_of])
            .flatten()
            .filter(|r| self.is_below(&r.evidence))
            .map(|r| (Cow::Borrowed(r.value.as_str()), r.evidence.clone()))
            .collect();
        if shown.is_empty() && field == StatedField::Sender {
            // the head was read for the sender; who signs below it is still the page's word
            shown.extend(self.signatures());
        }
        let known = words(stated.iter().flat_map(|s| {
            // an address says a name too: z.armitage@…
            [Some(s.value.as_str()), s.normalised.as_deref()].into_iter().flatten()
        }));
        let seen = words(shown.iter().map(|(name, _)| name.as_ref()));
        if known.is_empty() || seen.is_empty() || seen.iter().any(|w| known.contains(w)) {
            return None;
        }
        let first = stated.first()?;
        let (name, evidence) = shown.into_iter().next()?;
        Some(finding(
            code,
            Severity::Note,
            format!(
                "expected the {what} {}, as `{}` says, but found {} on the page",
                first.value,
                first.at,
                name.replace('\n', " ")
            ),
            "two names of one, a clerk, a list, or an error of one of the two",
            evidence,
        ))
    }

    /// What stands in the signatures below the header lines.
    fn signatures(&self) -> impl Iterator<Item = (Cow<'_, str>, Vec<Evidence>)> {
        let zones = self.letter.zones.iter().filter(|z| z.label == ZoneLabel::Signature);
        zones.filter_map(|zone| {
            let span = Span::new(self.text.byte(zone.start)?, self.text.byte(zone.end)?);
            let evidence = vec![self.text.evidence(span)];
            (span.start >= self.head).then(|| (Cow::Borrowed(self.text.slice(span)), evidence))
        })
    }

    fn place(&self) -> Option<Finding> {
        let stated = self.stated(StatedField::Place).next()?;
        let read = self.letter.place.as_ref().filter(|p| self.is_below(&p.evidence))?;
        let (known, seen) = (words([stated.value.as_str()]), words([read.value.as_str()]));
        if known.is_empty() || seen.is_empty() || seen.iter().any(|w| known.contains(w)) {
            return None;
        }
        Some(finding(
            "stated-place-conflict",
            Severity::Note,
            format!(
                "expected a letter from {}, as `{}` says, but found {} on the page",
                stated.value, stated.at, read.value
            ),
            "an older name, a house in the town, or an error of one of the two",
            read.evidence.clone(),
        ))
    }
}

/// The words of names, folded; initials left out.
fn words<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<u64> {
    let mut words = Vec::new();
    for text in texts {
        let all = tokens(text);
        let long = all.iter().filter(|t| t.kind == Kind::Word && t.span.len() >= SHORTEST);
        words.extend(long.map(|t| fold(t.of(text))));
    }
    words
}

fn finding(
    code: &'static str,
    severity: Severity,
    message: String,
    hint: &str,
    evidence: Vec<Evidence>,
) -> Finding {
    Finding { code: Cow::Borrowed(code), severity, message, hint: hint.into(), evidence }
}
