//! What the letter names: the finds of tagger and tables joined, and the correspondents known again.
//!
//! Where two finds overlap, an event or a government is surest, then the tagger, then a body, a
//! place, a land, a title that a table knows; a longer body of the tables takes in what the tagger
//! found of it. A correspondent who is named again in the body bears the fuller name that the
//! letter gives elsewhere; the evidence stays the body's own.

use rustc_hash::FxHashSet;

use super::mend::{mend, names_nothing};
use crate::folding::fold;
use crate::mention::contact::fold_space;
use crate::mention::entity::{Sign, Signed, find_signs};
use crate::mention::lexicon::{Classes, lexicon, primary};
use crate::mention::org::is_initials;
use crate::mention::reference::DateInText;
use crate::mention::tagger::sheet::Sheet;
use crate::mention::tagger::{Tagged, model, read_names};
use crate::mention::{fold as fold_name, town};
use crate::record::{Evidence, Mention, MentionKind, Party, ZoneLabel};
use crate::span::Span;
use crate::text::Text;
use crate::zone::Zone;

/// How sure a name is that a table's word shows.
const SIGNED: f32 = 0.7;
/// The same of a state named inside the name of a body.
const INSIDE: f32 = 0.6;

/// The letter's parties, as the body may name them.
pub(super) struct Known {
    /// Folded hashes of the words of their names.
    words: Vec<u64>,
    /// Fuller names: what kind, as written, and their folded words.
    names: Vec<(MentionKind, String, Vec<u64>)>,
}

impl Known {
    /// Gathers the names, bodies and lands of both sides.
    pub(super) fn new<'p>(parties: impl Iterator<Item = &'p Party>) -> Known {
        let mut known = Known { words: Vec::new(), names: Vec::new() };
        for party in parties {
            if let Some(name) = &party.name {
                let words = words_of(&name.value);
                known.words.extend(&words);
                known.add(MentionKind::Person, &name.value, words);
            }
            for body in party.organisation.iter().chain(&party.on_behalf_of) {
                let spelt = body.alternatives.iter().map(|a| &a.value);
                for value in std::iter::once(&body.value).chain(spelt) {
                    known.add(MentionKind::Org, value, words_of(value));
                }
            }
            if let Some(address) = &party.address {
                for line in address.value.split(['\n', ',']) {
                    known.add(MentionKind::Place, line.trim(), words_of(line));
                }
            }
        }
        known
    }

    fn add(&mut self, kind: MentionKind, value: &str, words: Vec<u64>) {
        let is_new = !self.names.iter().any(|n| n.0 == kind && n.2 == words);
        if words.len() > 1 && is_new {
            self.names.push((kind, fold_space(value), words));
        }
    }

    /// The one fuller name that begins, ends or is abbreviated as `said` is.
    fn fuller(&self, kind: MentionKind, said: &str) -> Option<&str> {
        let words = words_of(said);
        // a surname stands for a person, two words for a body; a land has only its initials, for
        // "Korea" may be another than the one of the address
        let least = match kind {
            MentionKind::Person => 1,
            MentionKind::Org => 2,
            _ => usize::MAX,
        };
        let is_short_for = |full: &[u64], name: &str| {
            (least..full.len()).contains(&words.len())
                && (full.starts_with(&words) || full.ends_with(&words))
                || is_initials(said) && initials_of(name) == said
        };
        let mut found = self.names.iter().filter(|n| n.0 == kind && is_short_for(&n.2, &n.1));
        let first = found.next()?;
        found.next().is_none().then_some(first.1.as_str())
    }
}

/// The folded hashes of the longer words of a name.
fn words_of(name: &str) -> Vec<u64> {
    let words = name.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| w.chars().count() >= 3).map(fold).collect()
}

/// "DPRK" of "Democratic People's Republic of Korea".
fn initials_of(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|w| w.chars().count() > 1)
        .filter_map(|w| w.chars().next())
        .filter(|c| c.is_uppercase())
        .collect()
}

/// A name of the body, before it is a mention.
struct Found {
    kind: MentionKind,
    span: Span,
    confidence: f32,
    by: &'static str,
}

/// How sure the tagger must be of a body that opens a quotation: mostly it is the title of a work.
const SURE_IN_QUOTATION: f32 = 0.85;

/// Whether a quotation mark stands right before the words.
fn opens_quotation(page: &str, span: Span) -> bool {
    page[..span.start].ends_with(['"', '„', '“', '”', '«', '»', '‚', '‘'])
}

/// Reads the names of one zone and the dates among them, in the order of the text.
pub(super) fn read_zone(
    text: &Text<'_>,
    area: Span,
    language: Option<&str>,
    known: &Known,
    days: &[DateInText],
) -> Vec<Mention> {
    let page = text.as_str();
    let sheet = Sheet::new(text, area, &known.words);
    let mut tagged = read_names(model(), page, &sheet);
    // "March" and "Whit Monday" are dates
    tagged.retain(|t| {
        let after = days.partition_point(|d| d.span.end < t.span.end);
        days.get(after).is_none_or(|d| !d.span.contains(t.span))
    });
    tagged.retain(|t| {
        t.kind != MentionKind::Org
            || t.confidence >= SURE_IN_QUOTATION
            || !opens_quotation(page, t.span)
    });
    let of = |code: &str| primary(language) == Some(code);
    mend(text, &sheet, of("en"), &mut tagged);
    let mut signed = find_signs(&sheet, of("de"));
    // a land that opens a quotation is the title of a work: "Sicily and Other Poems"
    let by_word = |s: &Signed| matches!(s.sign, Sign::Site | Sign::Land);
    signed.retain(|s| !(by_word(s) && opens_quotation(page, s.span)));
    signed.retain(|s| !names_nothing(text, &sheet, s.span));
    let names = join(&tagged, &signed);
    let mut out: Vec<Mention> = Vec::with_capacity(names.len() + days.len());
    for f in &names {
        let said = fold_space(text.slice(f.span));
        let value = known.fuller(f.kind, &said).map(str::to_owned).unwrap_or(said);
        out.push(Mention {
            kind: f.kind,
            value,
            evidence: vec![text.evidence(f.span)],
            confidence: f.confidence,
            by: f.by.into(),
        });
    }
    // the feast in "Armistice Agreement" is part of a name
    let named = |day: Span| {
        let after = names.partition_point(|n| n.span.start <= day.start);
        names[..after].iter().rev().take(2).any(|n| n.span.contains(day))
    };
    out.extend(days.iter().filter(|d| !named(d.span)).filter_map(|d| {
        Some(Mention {
            kind: MentionKind::Date,
            value: d.value.clone()?,
            evidence: vec![text.evidence(d.span)],
            confidence: d.confidence,
            by: "entity/date".into(),
        })
    }));
    out
}

/// Finds of both readers in order; none overlaps another, but for places inside bodies' names.
fn join(tagged: &[Tagged], signed: &[Signed]) -> Vec<Found> {
    let sign =
        |s: &Signed| Found { kind: s.kind, span: s.span, confidence: SIGNED, by: s.sign.name() };
    let mut out: Vec<Found> = Vec::with_capacity(tagged.len() + signed.len());
    // "Party of Korea", "Bank of Leeds": the place is named as well
    let mut inside: Vec<Found> = Vec::new();
    for s in signed.iter().filter(|s| s.sign <= Sign::Government) {
        if out.last().is_none_or(|f| f.span.end <= s.span.start) {
            out.push(sign(s));
        }
    }
    // both lists are sorted, and each find overlaps few of the other's
    let mut from = 0;
    for t in tagged {
        while signed.get(from).is_some_and(|s| s.span.end <= t.span.start) {
            from += 1;
        }
        let near = signed[from..].iter().take_while(|s| s.span.start < t.span.end);
        let within = |s: &Signed| s.span.contains(t.span) && s.span != t.span;
        let mut over = near.filter(|s| s.span.overlaps(t.span)).filter(|s| match s.sign {
            Sign::Event | Sign::Government => true,
            Sign::Body => within(s),
            Sign::Site => s.span.contains(t.span) && t.kind == MentionKind::Org,
            Sign::Land | Sign::Title => false,
        });
        let found =
            Found { kind: t.kind, span: t.span, confidence: t.confidence, by: "entity/tagger" };
        match over.next() {
            None => out.push(found),
            Some(s) if s.sign == Sign::Body && t.kind == MentionKind::Place => inside.push(found),
            Some(_) => {}
        }
    }
    out.sort_by_key(|f| f.span);
    let mut rest: Vec<Found> = Vec::new();
    let mut last = 0; // where the last of the rest ends
    for s in signed.iter().filter(|s| s.sign > Sign::Government) {
        let after = out.partition_point(|f| f.span.end <= s.span.start);
        let is_free = out.get(after).is_none_or(|f| f.span.start >= s.span.end);
        if is_free && s.span.start >= last {
            last = s.span.end;
            rest.push(sign(s));
        } else if s.sign == Sign::Land {
            inside.push(Found { confidence: INSIDE, ..sign(s) });
        }
    }
    out.extend(rest);
    out.sort_by_key(|f| f.span);
    inside.sort_by_key(|f| f.span);
    inside.dedup_by_key(|f| f.span);
    let in_body = |f: &Found| {
        let after = out.partition_point(|o| o.span.end < f.span.end);
        let body = out.get(after).filter(|o| o.kind == MentionKind::Org);
        body.is_some_and(|o| o.span.contains(f.span) && o.span != f.span)
    };
    inside.retain(in_body);
    out.extend(inside);
    out.sort_by_key(|f| f.span);
    out
}

/// Adds the parties' names where they stand outside the body, each name once.
pub(super) fn mention_parties<'p>(
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
    let said = |e: &Evidence| fold_space(&e.quote);
    let mut known: FxHashSet<(MentionKind, String)> =
        mentions.iter().map(|m| (m.kind, said(&m.evidence[0]))).collect();
    let mut add = |kind, value: &str, evidence: &Evidence, confidence: f32| {
        if !in_body(evidence.start) && known.insert((kind, said(evidence))) {
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
                for part in places_of(&evidence.quote) {
                    let name = &evidence.quote[part.start..part.end];
                    let start = evidence.start + evidence.quote[..part.start].chars().count();
                    let end = start + name.chars().count();
                    let said = Evidence { start, end, quote: name.to_owned() };
                    add(MentionKind::Place, &fold_space(name), &said, address.confidence);
                }
            }
        }
    }
}

/// The states that an address names, and its last town.
fn places_of(address: &str) -> Vec<Span> {
    let sheet = Sheet::new(&Text::new(address), Span::new(0, address.len()), &[]);
    let signs = find_signs(&sheet, false);
    let lands = signs.iter().filter(|s| s.sign == Sign::Land).map(|s| s.span);
    let mut out: Vec<Span> = lands.collect();
    let parts = address.split(|c: char| !c.is_alphabetic() && c != '-');
    let spans = parts.filter(|p| p.starts_with(char::is_uppercase)).map(|p| {
        let start = p.as_ptr() as usize - address.as_ptr() as usize;
        Span::new(start, start + p.len())
    });
    let towns: Vec<Span> = spans
        .filter(|s| is_town(&address[s.start..s.end]) && !out.iter().any(|l| l.overlaps(*s)))
        .collect();
    out.extend(towns.last());
    out
}

/// Whether a name is a town's; a word of three letters is more often something else.
fn is_town(name: &str) -> bool {
    name.chars().count() > 3 && town(&fold_name(name)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Reading;

    fn reading(value: &str) -> Option<Reading> {
        Some(Reading {
            value: value.into(),
            evidence: Vec::new(),
            confidence: 1.0,
            alternatives: Vec::new(),
            by: "".into(),
        })
    }

    /// What a body of `text` names, where one party has this name, body and address.
    fn mentions(text: &str, name: &str, body: &str, address: &str) -> Vec<String> {
        let party = Party {
            name: reading(name),
            organisation: reading(body),
            address: reading(address),
            ..Party::default()
        };
        let known = Known::new([party].iter());
        let page = Text::new(text);
        let found = read_zone(&page, Span::new(0, text.len()), Some("en"), &known, &[]);
        found.iter().map(|m| format!("{} [{}]", m.value, m.evidence[0].quote)).collect()
    }

    #[test]
    fn a_correspondent_named_again_bears_the_fuller_name() {
        let found = mentions(
            "I told Mr. Thornbury that the Harbour Commission met in London.",
            "Edward Thornbury",
            "Harbour Commission of Whitby",
            "Whitby",
        );
        assert_eq!(
            found,
            [
                "Edward Thornbury [Thornbury]",
                "Harbour Commission of Whitby [Harbour Commission]",
                "London [London]"
            ]
        );
    }

    #[test]
    fn a_lands_initials_are_known_and_its_last_word_is_left_alone() {
        let found = mentions(
            "the rights of the DPRK, and all Korea with it",
            "Kim",
            "Party",
            "Democratic People’s Republic of Korea",
        );
        assert_eq!(found, ["Democratic People’s Republic of Korea [DPRK]", "Korea [Korea]"]);
    }

    #[test]
    fn only_what_stands_right_behind_a_quotation_mark_opens_a_quotation() {
        let page = "she read “Sicily, and Naples” in „Rom“";
        let opens = |word: &str| {
            let at = page.find(word).expect("a word of the page");
            opens_quotation(page, Span::new(at, at + word.len()))
        };
        assert!(opens("Sicily") && opens("Rom"));
        assert!(!opens("Naples") && !opens("she"));
    }

    #[test]
    fn an_address_names_its_land_and_its_town() {
        let said = |address: &str| -> Vec<String> {
            places_of(address).iter().map(|s| address[s.start..s.end].to_owned()).collect()
        };
        assert_eq!(said("4 Park Row, Leeds, England"), ["England", "Leeds"]);
        assert_eq!(said("People’s Republic of China"), ["People’s Republic of China"]);
        assert!(said("c/o the porter").is_empty());
    }
}
