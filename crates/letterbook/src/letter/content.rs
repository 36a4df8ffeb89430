//! What a letter says it does: acts, occasions, references, enclosures and mentions, read from
//! its zones.
//!
//! The readers of `mention` see one stretch of text at a time; here the zones are chosen that
//! each of them reads, dates are resolved against the letter's own, and the finds become records.

use letterbook_dates::phrase::{AnniversaryKind, Context, find_dates};
use letterbook_dates::value::Edtf;
use rustc_hash::FxHashSet;

use crate::mention::act::{ActReading, find_acts};
use crate::mention::contact::fold_space;
use crate::mention::enclosure::find_enclosures;
use crate::mention::entity::find_names;
use crate::mention::frame::{Grammar, grammar};
use crate::mention::lexicon::{Classes, lexicon};
use crate::mention::occasion::{CountedYears, OccasionReading, find_occasions};
use crate::mention::org::is_initials;
use crate::mention::reference::{DateInText, find_references};
use crate::mention::words::{Spelling, fold};
use crate::mention::{fold as fold_name, town};
use crate::record::{
    Act, ActKind, Enclosure, Evidence, LetterDate, Mention, MentionKind, Occasion, OccasionKind,
    Party, Reference, ReferenceFrom, ZoneLabel,
};
use crate::span::{Span, Text};
use crate::zone::Zone;

/// Everything read from what the letter says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Content {
    /// What the letter is written for or marks.
    pub occasions: Vec<Occasion>,
    /// What the writer does by writing.
    pub acts: Vec<Act>,
    /// Other letters that this one speaks of.
    pub references: Vec<Reference>,
    /// Words that say that something lies with the letter.
    pub enclosures: Vec<Enclosure>,
    /// Persons, organisations, places, dates and events that the letter names.
    pub mentions: Vec<Mention>,
}

/// Reads what `text` says in its body, postscript and enclosure zones.
pub fn read_content(
    text: &Text<'_>,
    zones: &[Zone],
    language: Option<&str>,
    date: Option<&LetterDate>,
    senders: &[Party],
    recipients: &[Party],
) -> Content {
    let mut content = Content::default();
    let Some(grammar) = grammar(language.unwrap_or("en")) else { return content };
    let year = date
        .and_then(|d| Edtf::parse(&d.value).ok())
        .and_then(|e| e.to_string().get(..4)?.parse::<i32>().ok());
    let known = name_words(senders.iter().chain(recipients));
    for zone in zones {
        let body = matches!(zone.label, ZoneLabel::Body | ZoneLabel::Postscript);
        let foot = matches!(zone.label, ZoneLabel::Enclosure | ZoneLabel::Other);
        if zone.label == ZoneLabel::Close {
            read_close(text, grammar, zone.span, year, &mut content);
        }
        if !body && !foot {
            continue;
        }
        let words = grammar.words(text.as_str(), zone.span);
        let matches = grammar.matches(&words);
        let mut transmitted: Vec<Span> = Vec::new();
        if body {
            let acts = find_acts(grammar, &words, &matches);
            let dates = Dates::read(text.as_str(), zone.span, language, date);
            let occasions = find_occasions(
                text.as_str(),
                grammar,
                &words,
                &matches,
                &acts,
                &dates.counted,
                year,
            );
            content.occasions.extend(occasions.into_iter().map(|o| occasion_record(text, o)));
            for a in acts {
                if a.act == ActKind::Transmit {
                    transmitted.push(a.span);
                }
                content.acts.push(act_record(text, a));
            }
            let reread =
                |area| Dates::read(text.as_str(), area, language, date).days.into_iter().next();
            let references =
                find_references(text.as_str(), grammar, &words, &matches, &dates.days, reread);
            for r in references {
                let from = r
                    .from
                    .unwrap_or_else(|| house(&fold_space(text.slice(r.span)), senders, recipients));
                content.references.push(Reference {
                    kind: r.kind,
                    from,
                    date: r.date,
                    number: r.number,
                    evidence: vec![text.evidence(r.span)],
                    confidence: r.confidence,
                    by: "reference/frame".into(),
                });
            }
            let names = find_names(text.as_str(), grammar, &words, &known, is_town);
            // the feast in "Armistice Agreement" is part of a name
            let named = |day: Span| {
                let after = names.partition_point(|(_, n)| n.start <= day.start);
                after > 0 && names[after - 1].1.contains(day)
            };
            let days: Vec<&DateInText> = dates.days.iter().filter(|d| !named(d.span)).collect();
            for &(kind, span) in &names {
                content.mentions.push(Mention {
                    kind,
                    value: fold_space(text.slice(span)),
                    evidence: vec![text.evidence(span)],
                    confidence: 0.7,
                    by: "entity/sign".into(),
                });
            }
            content.mentions.extend(days.into_iter().filter_map(|d| {
                Some(Mention {
                    kind: MentionKind::Date,
                    value: d.value.clone()?,
                    evidence: vec![text.evidence(d.span)],
                    confidence: d.confidence,
                    by: "entity/date".into(),
                })
            }));
        }
        for span in find_enclosures(&words, &matches, &transmitted, foot) {
            content.enclosures.push(Enclosure {
                evidence: vec![text.evidence(span)],
                confidence: 0.8,
                by: "enclosure/frame".into(),
            });
        }
    }
    mention_parties(&mut content.mentions, zones, text, senders.iter().chain(recipients));
    content.mentions.sort_by_key(|m| m.evidence[0].start);
    content
}

/// Reads what the sentence that leads into the close does, and the feast for which it wishes well.
fn read_close(
    text: &Text<'_>,
    grammar: &Grammar,
    close: Span,
    year: Option<i32>,
    content: &mut Content,
) {
    let words = grammar.words(text.as_str(), close);
    let matches = grammar.matches(&words);
    let acts = find_acts(grammar, &words, &matches);
    let occasions = find_occasions(text.as_str(), grammar, &words, &matches, &acts, &[], year);
    let feasts = occasions
        .into_iter()
        .filter(|o| matches!(o.kind, OccasionKind::Holiday | OccasionKind::Birthday));
    content.occasions.extend(feasts.map(|o| occasion_record(text, o)));
    let said = acts.into_iter().filter(|a| is_said_in_closing(a.act));
    content.acts.extend(said.map(|a| act_record(text, a)));
}

fn occasion_record(text: &Text<'_>, o: OccasionReading) -> Occasion {
    Occasion {
        kind: o.kind,
        event: o.event.map(|s| fold_space(text.slice(s))),
        ordinal: o.ordinal,
        event_date: o
            .since
            .and_then(|y| Edtf::parse(&format!("{y:04}")).ok())
            .map(|e| e.to_string()),
        evidence: vec![text.evidence(o.span)],
        confidence: o.confidence,
        by: "occasion/frame".into(),
    }
}

fn act_record(text: &Text<'_>, a: ActReading) -> Act {
    Act {
        act: a.act,
        evidence: vec![text.evidence(a.span)],
        confidence: a.confidence,
        by: "act/frame".into(),
    }
}

/// Whether the sentence that leads into the close may do this: it asks for an answer, thanks in
/// advance, excuses. What it greets and assures is the formula of the close.
fn is_said_in_closing(act: ActKind) -> bool {
    matches!(
        act,
        ActKind::Request
            | ActKind::Ask
            | ActKind::Thank
            | ActKind::Apologise
            | ActKind::Transmit
            | ActKind::Acknowledge
            | ActKind::Offer
    )
}

/// Adds the parties' names where they stand outside the body, each name once.
fn mention_parties<'p>(
    mentions: &mut Vec<Mention>,
    zones: &[Zone],
    text: &Text<'_>,
    parties: impl Iterator<Item = &'p Party>,
) {
    let bodies: Vec<(usize, usize)> = zones
        .iter()
        .filter(|z| matches!(z.label, ZoneLabel::Body | ZoneLabel::Postscript))
        .map(|z| (text.code_point(z.span.start), text.code_point(z.span.end)))
        .collect();
    let in_body = |at: usize| {
        let after = bodies.partition_point(|b| b.0 <= at);
        after > 0 && at < bodies[after - 1].1
    };
    let key = |kind: MentionKind, value: &str| format!("{kind:?} {value}");
    let mut known: FxHashSet<String> = mentions.iter().map(|m| key(m.kind, &m.value)).collect();
    let mut add = |kind, value: &str, evidence: &Evidence, confidence: f32| {
        if !in_body(evidence.start) && known.insert(key(kind, value)) {
            mentions.push(Mention {
                kind,
                value: value.to_owned(),
                evidence: vec![evidence.clone()],
                confidence,
                by: "entity/party".into(),
            });
        }
    };
    for party in parties {
        let bodies = party.organisation.iter().chain(&party.on_behalf_of);
        let named = party.name.iter().map(|r| {
            let body = fold_name(&r.value)
                .split(' ')
                .any(|w| lexicon().word(w).0.any(Classes::BODY) && w.len() > 3);
            (if body { MentionKind::Org } else { MentionKind::Person }, r)
        });
        for (kind, reading) in named.chain(bodies.map(|r| (MentionKind::Org, r))) {
            for evidence in &reading.evidence {
                // the initials and the full name are two names of one body
                let quote = fold_space(&evidence.quote);
                let value = if is_initials(&quote) { &quote } else { &reading.value };
                add(kind, value, evidence, reading.confidence);
            }
        }
        if let Some(address) = &party.address {
            for evidence in &address.evidence {
                let parts = evidence.quote.split(|c: char| !c.is_alphabetic() && c != '-');
                if let Some(name) =
                    parts.rev().find(|p| p.starts_with(char::is_uppercase) && is_town(p))
                {
                    let before = name.as_ptr() as usize - evidence.quote.as_ptr() as usize;
                    let start = evidence.start + evidence.quote[..before].chars().count();
                    let end = start + name.chars().count();
                    let said = Evidence { start, end, quote: name.to_owned() };
                    add(MentionKind::Place, name, &said, address.confidence);
                }
            }
        }
    }
}

/// The dates of one zone, resolved against the letter's own.
#[derive(Default)]
struct Dates {
    days: Vec<DateInText>,
    counted: Vec<CountedYears>,
}

impl Dates {
    fn read(text: &str, area: Span, language: Option<&str>, date: Option<&LetterDate>) -> Dates {
        let anchor = date.and_then(|d| Edtf::parse(&d.value).ok());
        let context = Context { lang: language, anchor, place: None };
        let mut dates = Dates::default();
        for d in find_dates(&text[area.start..area.end], &context) {
            let span = Span::from(d.span).shift(area.start);
            match d.anniversary {
                Some(a) if a.kind == AnniversaryKind::Return => {
                    if let Ok(years) = u32::try_from(a.years) {
                        dates.counted.push(CountedYears { span, years, since: a.since });
                    }
                }
                _ => {
                    let value = d.value.to_string();
                    // a day without month or year says little more than a number
                    let value = (!value.starts_with("XXXX-XX")).then_some(value);
                    dates.days.push(DateInText { span, value, confidence: d.confidence });
                }
            }
        }
        dates
    }
}

/// Whether a name is a town's; a word of three letters is more often something else.
fn is_town(name: &str) -> bool {
    name.chars().count() > 3 && town(&fold_name(name)).is_some()
}

/// The words of the parties' names, folded, by which they are known again in the body.
fn name_words<'p>(parties: impl Iterator<Item = &'p Party>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in parties.filter_map(|p| p.name.as_ref()) {
        for word in name.value.split(|c: char| !c.is_alphanumeric()) {
            if word.chars().count() >= 3 && word.starts_with(char::is_uppercase) {
                let mut folded = String::new();
                fold(word, Spelling::default(), &mut folded);
                out.push(folded);
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Whose a body's message is ("the Department's 125"): the side's whose office or body has the
/// word; where neither has, a ministry is written to, and a mission abroad writes.
fn house(quote: &str, senders: &[Party], recipients: &[Party]) -> ReferenceFrom {
    let owner: String =
        quote.chars().take_while(|&c| c != '\'' && c != '’').flat_map(char::to_lowercase).collect();
    let has = |side: &[Party]| {
        side.iter().flat_map(|p| [&p.role, &p.organisation]).flatten().any(|r| {
            let said = r.value.to_lowercase();
            owner.split_whitespace().any(|w| w.len() > 4 && said.contains(w))
        })
    };
    match (has(senders), has(recipients)) {
        (true, false) => ReferenceFrom::Sender,
        (false, true) => ReferenceFrom::Recipient,
        _ if ["embassy", "legation", "mission", "consulate"].iter().any(|w| owner.contains(w)) => {
            ReferenceFrom::Sender
        }
        _ => ReferenceFrom::Recipient,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `text` as one body.
    fn content(text: &str, language: &str, date: &str) -> Content {
        let date = LetterDate {
            value: date.into(),
            calendar: "gregorian".into(),
            written: Default::default(),
            weekday: None,
            parallel: Vec::new(),
            evidence: Vec::new(),
            confidence: 1.0,
            alternatives: Vec::new(),
            by: "".into(),
        };
        let zone = Zone {
            label: ZoneLabel::Body,
            span: Span::new(0, text.len()).trim(text),
            confidence: 1.0,
        };
        read_content(&Text::new(text), &[zone], Some(language), Some(&date), &[], &[])
    }

    #[test]
    fn the_year_of_an_anniversary_follows_from_the_letters() {
        let c = content(
            "We congratulate you on the 25th anniversary of the founding of the Rowing Club.",
            "en",
            "1950-06-01",
        );
        let o = &c.occasions[0];
        assert_eq!((o.ordinal, o.event_date.as_deref()), (Some(25), Some("1925")));
        assert_eq!(o.event.as_deref(), Some("founding of the Rowing Club"));
    }

    #[test]
    fn the_close_may_ask_and_wish_for_a_feast_but_not_assure() {
        let text = "Awaiting your reply, and with best wishes for a happy New Year, I beg to \
                    assure you of my esteem, yours truly";
        let zone =
            Zone { label: ZoneLabel::Close, span: Span::new(0, text.len()), confidence: 1.0 };
        let c = read_content(&Text::new(text), &[zone], Some("en"), None, &[], &[]);
        let acts: Vec<ActKind> = c.acts.iter().map(|a| a.act).collect();
        assert_eq!(acts, [ActKind::Request], "{:?}", c.acts);
        let kinds: Vec<OccasionKind> = c.occasions.iter().map(|o| o.kind).collect();
        assert_eq!(kinds, [OccasionKind::Holiday], "{:?}", c.occasions);
    }

    #[test]
    fn a_reference_is_dated_from_the_letters_own_day() {
        let c = content("I thank you for your letter of the 10th instant.", "en", "1901-12-20");
        assert_eq!(c.references[0].date.as_deref(), Some("1901-12-10"));
        assert_eq!(c.references[0].from, ReferenceFrom::Recipient);
        let c = content("In meinem Brief vom 3. Mai 1880 steht es.", "de", "1880-05-20");
        assert_eq!(c.references[0].date.as_deref(), Some("1880-05-03"));
        assert_eq!(c.references[0].from, ReferenceFrom::Sender);
    }

    #[test]
    fn bodies_and_the_titled_are_mentioned() {
        let c = content(
            "The plan of General Orme pleased the Harbour Commission of Hull.",
            "en",
            "1880",
        );
        let said: Vec<(MentionKind, &str)> =
            c.mentions.iter().map(|m| (m.kind, m.value.as_str())).collect();
        assert!(said.contains(&(MentionKind::Person, "Orme")), "{said:?}");
        assert!(
            said.iter().any(|m| m.0 == MentionKind::Org && m.1.starts_with("Harbour Commission")),
            "{said:?}"
        );
    }

    #[test]
    fn compounds_lands_and_governments_are_read_whole() {
        let c = content(
            "We joined the \"Up-with-Lanterns League\" on the Iberian Peninsula, and Portugal and \
             the US told the French government; the Armistice Treaty of Hull stands.",
            "en",
            "1930-01-01",
        );
        let said: Vec<(MentionKind, &str)> =
            c.mentions.iter().map(|m| (m.kind, m.value.as_str())).collect();
        for wanted in [
            (MentionKind::Org, "Up-with-Lanterns League"),
            (MentionKind::Place, "Iberian Peninsula"),
            (MentionKind::Place, "Portugal"),
            (MentionKind::Place, "US"),
            (MentionKind::Org, "French government"),
        ] {
            assert!(said.contains(&wanted), "{wanted:?}: {said:?}");
        }
        assert!(!said.iter().any(|m| m.0 == MentionKind::Date), "{said:?}");
        let c = content("They told us of the anti-Hull feeling.", "en", "1930-01-01");
        assert!(!c.mentions.iter().any(|m| m.kind == MentionKind::Place), "{:?}", c.mentions);
    }

    #[test]
    fn a_language_without_tables_and_an_empty_body_have_nothing_to_say() {
        assert_eq!(content("Saluton al vi!", "eo", "1900"), Content::default());
        assert_eq!(content("", "en", "1900"), Content::default());
    }

    #[test]
    fn any_text_is_read_in_a_time_that_grows_with_its_length() {
        // one sentence, one word, no end: each would be quadratic in a careless reader
        for unit in ["please ", "your letter of ", "« ", "a-\n", "A", "\u{301}", "? "] {
            let text = unit.repeat(20_000);
            let _ = content(&text, "fr", "1900-01-01");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test over shared data")]
    fn the_first_letter_does_what_its_table_says() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let name = "letters/2006-10-12_friends-of-korea.txt";
        let found = std::env::var_os("LETTERBOOK_SHARED")
            .map(std::path::PathBuf::from)
            .into_iter()
            .chain(["../../../shared", "../../../../shared"].map(|p| root.join(p)))
            .find_map(|p| std::fs::read_to_string(p.join(name)).ok());
        let Some(text) = found else {
            eprintln!("skipped: {name} of the shared letters is not there");
            return;
        };
        // the body lies between the salutation and the close
        let start = text.find("\nDear ").and_then(|i| Some(i + text[i..].find(",\n")? + 2));
        let end = text.rfind("\nIn solidarity");
        let body = &text[start.expect("a salutation")..end.expect("a close")];
        let c = content(body, "en", "2006-10-12");
        let count = |act| c.acts.iter().filter(|a| a.act == act).count();
        assert_eq!(count(ActKind::Congratulate), 1, "{:?}", c.acts);
        assert_eq!(count(ActKind::Wish), 1, "{:?}", c.acts);
        assert_eq!(count(ActKind::Endorse), 3, "{:?}", c.acts);
        assert_eq!(count(ActKind::Promise), 1, "{:?}", c.acts);
        assert_eq!(c.acts.len(), 6, "{:?}", c.acts);
        let marked: Vec<_> =
            c.occasions.iter().map(|o| (o.ordinal, o.event_date.as_deref())).collect();
        assert_eq!(marked, [(Some(61), Some("1945")), (Some(80), Some("1926"))]);
        assert!(c.references.is_empty() && c.enclosures.is_empty());
        let named = |kind, value: &str| {
            c.mentions.iter().any(|m| m.kind == kind && m.value.contains(value))
        };
        assert!(named(MentionKind::Org, "Workers’ Party of Korea"), "{:?}", c.mentions);
        assert!(named(MentionKind::Event, "Second World War"), "{:?}", c.mentions);
        assert!(named(MentionKind::Event, "Korean War"), "{:?}", c.mentions);
        assert!(named(MentionKind::Date, "1953"), "{:?}", c.mentions);
    }
}
