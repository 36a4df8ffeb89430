//! Parts of letters written for the project, in many languages (`tables/parts.tsv`), to put in the
//! place of those of the editions: letterheads in English hardly occur in training, and most
//! languages not at all.

use letterbook::record::ZoneLabel;
use rustc_hash::FxHashMap;

use crate::random::Random;
use crate::sheet::{ALL, Part, only, sentence_ends};

/// What stands in the place of a language where the parts are those of a telegram.
const TELEGRAM: &str = "telegram";

/// The tables of generic parts.
pub(crate) struct Generic {
    /// By label and language.
    parts: FxHashMap<(usize, &'static str), Vec<&'static str>>,
    languages: Vec<&'static str>,
    fills: FxHashMap<&'static str, Vec<&'static str>>,
}

impl Generic {
    /// Reads the tables.
    pub(crate) fn new() -> Generic {
        let mut generic = Generic {
            parts: FxHashMap::default(),
            languages: Vec::new(),
            fills: FxHashMap::default(),
        };
        for line in rows(include_str!("../tables/parts.tsv")) {
            let [kind, language, text] = line[..] else { continue };
            let Some(label) = ALL.iter().position(|&l| l.name() == kind) else {
                continue;
            };
            generic.parts.entry((label, language)).or_default().push(text);
            if label == of(ZoneLabel::Body) && !generic.languages.contains(&language) {
                generic.languages.push(language);
            }
        }
        for line in rows(include_str!("../tables/fills.tsv")) {
            if let [slot, values] = line[..] {
                generic.fills.insert(slot, values.split('|').collect());
            }
        }
        generic
    }

    /// A part of `label` in `language`, or in English where there is none.
    fn one(&self, label: ZoneLabel, language: &str, r: &mut Random) -> Option<Part> {
        let label = of(label);
        let choice = self.parts.iter().find(|((l, g), _)| *l == label && *g == language);
        let texts = choice.map(|c| c.1).or_else(|| self.parts.get(&(label, "en")))?;
        let text = self.fill(texts[r.below(texts.len())], r);
        Some(Part { space: "\n\n".into(), text, labels: 1 << label })
    }

    /// The same with probability `p`.
    fn perhaps(&self, label: ZoneLabel, language: &str, p: f64, r: &mut Random) -> Option<Part> {
        if r.chance(p) { self.one(label, language, r) } else { None }
    }

    fn fill(&self, pattern: &str, r: &mut Random) -> String {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            let lower = slot.to_lowercase();
            let upper = slot.chars().nth(1).is_some_and(char::is_uppercase);
            let values = self.fills.get(slot).or_else(|| self.fills.get(lower.as_str()));
            if let Some(values) = values {
                let value = values[r.below(values.len())];
                out.push_str(&if upper { value.to_uppercase() } else { value.to_owned() });
            }
            rest = after;
        }
        out.push_str(rest);
        out.replace(" / ", "\n")
    }

    /// Puts generic parts in the place of some of the letter's, and adds a few.
    pub(crate) fn swap(&self, parts: &mut Vec<Part>, language: &str, r: &mut Random) {
        let language = if r.chance(0.3) { self.any(r) } else { language };
        for part in parts.iter_mut() {
            let label = ALL.iter().copied().find(|&l| part.is(l));
            let Some(label) = label.filter(|&l| l != ZoneLabel::Body && l != ZoneLabel::Other)
            else {
                continue;
            };
            if r.chance(0.6)
                && let Some(other) = self.one(label, language, r)
            {
                part.text = other.text;
            }
        }
        let Some(body) = parts.iter().position(|p| p.is(ZoneLabel::Body)) else { return };
        if r.chance(0.35)
            && !parts.iter().any(|p| p.is(ZoneLabel::Letterhead))
            && let Some(head) = self.one(ZoneLabel::Letterhead, language, r)
        {
            if let Some(first) = parts.first_mut() {
                first.space = if r.chance(0.8) { "\n\n".into() } else { "\n".into() };
            }
            parts.insert(0, Part { space: String::new(), ..head });
        }
        if r.chance(0.15)
            && body > 0
            && let Some(to) = self.one(ZoneLabel::Address, language, r)
        {
            parts.insert(body, to);
        }
        if r.chance(0.25)
            && let Some(at) = parts.iter().rposition(|p| p.is(ZoneLabel::Signature))
            && let Some(ps) = self.one(ZoneLabel::Postscript, language, r)
        {
            parts.insert(at + 1, ps);
        }
    }

    /// Takes the end of the body for a postscript, with or without an opener: what stands after the
    /// signature is one, whatever its words.
    pub(crate) fn afterthought(&self, parts: &mut Vec<Part>, r: &mut Random) {
        let ends = |p: &Part| p.is(ZoneLabel::Signature) || p.is(ZoneLabel::Close);
        let Some(at) = parts.iter().rposition(ends) else { return };
        if parts[at + 1..].iter().any(|p| p.is(ZoneLabel::Postscript) || p.is(ZoneLabel::Body)) {
            return;
        }
        let Some(body) = parts.iter().rposition(|p| p.is(ZoneLabel::Body)) else { return };
        let text = &parts[body].text;
        let cuts = sentence_ends(text);
        if cuts.len() < 3 {
            return;
        }
        let most = if r.chance(0.7) { 3 } else { 12 };
        let sentences = 1 + r.below(most);
        let cut = cuts[cuts.len().saturating_sub(sentences).max(1)];
        let mut text = parts[body].text.split_off(cut).trim().to_owned();
        if text.is_empty() {
            return;
        }
        if r.chance(0.45)
            && let Some(openers) = self.fills.get("opener")
        {
            let space = if r.chance(0.2) { "\n\n" } else { " " };
            text = format!("{}{space}{text}", r.one(openers));
        }
        let space = if r.chance(0.7) { "\n\n" } else { "\n" };
        let labels = only(ZoneLabel::Postscript);
        parts.insert(at + 1, Part { space: space.into(), text, labels });
    }

    /// Puts the letterhead once more into the body, as on the second sheet of such paper.
    pub(crate) fn second_sheet(&self, parts: &mut Vec<Part>, r: &mut Random) {
        let Some(head) = parts.iter().find(|p| p.is(ZoneLabel::Letterhead)).cloned() else {
            return;
        };
        let Some(body) = parts.iter().position(|p| p.is(ZoneLabel::Body)) else { return };
        let text = &parts[body].text;
        let spaces: Vec<usize> = text.match_indices([' ', '\n']).map(|(i, _)| i).collect();
        if spaces.len() < 40 {
            return;
        }
        let cut = spaces[20 + r.below(spaces.len() - 40)];
        let rest = parts[body].text.split_off(cut).trim().to_owned();
        let labels = parts[body].labels;
        let space = |r: &mut Random| if r.chance(0.7) { "\n\n" } else { "\n" }.to_owned();
        let mut head = Part { space: space(r), ..head };
        // such paper may have a shorter head
        let lines: Vec<&str> = head.text.lines().collect();
        if lines.len() > 2 && r.chance(0.3) {
            head.text = lines[..lines.len() / 2].join("\n");
        }
        let rest = Part { space: space(r), text: rest, labels };
        parts.splice(body + 1..body + 1, [head, rest]);
    }

    /// A telegram: bare names above and below a few words, and neither greeting nor close.
    fn telegram(&self, body: Part, r: &mut Random) -> Vec<Part> {
        let put = |out: &mut Vec<Part>, label: ZoneLabel, p: f64, r: &mut Random| {
            if let Some(part) = self.perhaps(label, TELEGRAM, p, r) {
                let space = if r.chance(0.6) { "\n" } else { "\n\n" };
                out.push(Part { space: space.into(), ..part });
            }
        };
        let mut out: Vec<Part> = Vec::new();
        put(&mut out, ZoneLabel::Letterhead, 0.5, r);
        put(&mut out, ZoneLabel::Other, 0.4, r);
        put(&mut out, ZoneLabel::Dateline, 0.85, r);
        put(&mut out, ZoneLabel::Other, 0.2, r);
        put(&mut out, ZoneLabel::Address, 0.9, r);
        let at = out.len();
        put(&mut out, ZoneLabel::Signature, 0.9, r);
        put(&mut out, ZoneLabel::Other, 0.15, r);
        let space = if r.chance(0.5) { "\n" } else { "\n\n" };
        let words: Vec<&str> = body.text.split_whitespace().collect();
        let text = words[..words.len().min(4 + r.below(30))].join(" ");
        out.insert(at, Part { space: space.into(), text, ..body });
        if let Some(first) = out.first_mut() {
            first.space.clear();
        }
        out
    }

    fn any(&self, r: &mut Random) -> &'static str {
        self.languages[r.below(self.languages.len())]
    }

    /// A letter made of generic parts; its body may be that of `parts`.
    pub(crate) fn letter(&self, parts: &[Part], language: &str, r: &mut Random) -> Vec<Part> {
        let kept: Vec<Part> =
            parts.iter().filter(|p| p.is(ZoneLabel::Body)).take(1).cloned().collect();
        let own = !kept.is_empty() && r.chance(0.4);
        let language = if own { language } else { self.any(r) };
        if r.chance(0.06) {
            let body = kept.into_iter().next().filter(|_| own);
            if let Some(body) = body.or_else(|| self.one(ZoneLabel::Body, language, r)) {
                return self.telegram(body, r);
            }
            return Vec::new();
        }
        let mut out: Vec<Part> = Vec::new();
        let put = |out: &mut Vec<Part>, label: ZoneLabel, p: f64, r: &mut Random| {
            out.extend(self.perhaps(label, language, p, r));
        };
        put(&mut out, ZoneLabel::Other, 0.08, r);
        let dated_below = r.chance(0.3);
        let addressed_below = r.chance(0.3);
        put(&mut out, ZoneLabel::Letterhead, 0.45, r);
        if !dated_below {
            put(&mut out, ZoneLabel::Dateline, 0.85, r);
        }
        if !addressed_below {
            put(&mut out, ZoneLabel::Address, 0.45, r);
        }
        if r.chance(0.15) {
            out.reverse();
        }
        // the subject, between the address and the greeting
        put(&mut out, ZoneLabel::Other, 0.12, r);
        put(&mut out, ZoneLabel::Salutation, 0.85, r);
        let greeted = out.last().is_some_and(|p| p.is(ZoneLabel::Salutation));
        if own {
            out.extend(kept);
            if let Some(body) = out.last_mut() {
                body.space = "\n\n".into();
            }
        } else {
            let mut body = self.one(ZoneLabel::Body, language, r);
            for _ in 0..r.below(4) {
                let more = self.one(ZoneLabel::Body, language, r);
                if let (Some(body), Some(more)) = (&mut body, more) {
                    body.text.push_str(if r.chance(0.5) { "\n\n" } else { " " });
                    body.text.push_str(&more.text);
                }
            }
            out.extend(body);
        }
        if greeted && r.chance(0.15) {
            out.iter_mut().filter(|p| p.is(ZoneLabel::Body)).for_each(|p| p.space = " ".into());
        }
        let space = *r.one(&["\n\n", "\n\n", "\n\n", "\n", " "]);
        // offices date their letters below, above what they sign or beside it
        let date_at = if dated_below { r.below(3) } else { 3 };
        let closed = if date_at == 0 { 0.4 } else { 0.8 };
        let ends = [(ZoneLabel::Close, closed), (ZoneLabel::Signature, 0.85)];
        for (i, (label, p)) in ends.into_iter().enumerate() {
            if date_at == i {
                put(&mut out, ZoneLabel::Dateline, 0.85, r);
            }
            put(&mut out, label, p, r);
            if let Some(last) = out.last_mut().filter(|p| p.is(label)) {
                last.space = space.into();
            }
        }
        if date_at == 2 {
            put(&mut out, ZoneLabel::Dateline, 0.85, r);
            if let Some(date) = out.last_mut().filter(|p| p.is(ZoneLabel::Dateline)) {
                date.space = (*r.one(&["\n", "\n", "\n\n"])).into();
            }
        }
        put(&mut out, ZoneLabel::Postscript, 0.2, r);
        put(&mut out, ZoneLabel::Enclosure, 0.12, r);
        if addressed_below {
            put(&mut out, ZoneLabel::Address, 0.6, r);
        }
        put(&mut out, ZoneLabel::NoteOfReceipt, 0.05, r);
        if let Some(first) = out.first_mut() {
            first.space.clear();
        }
        out
    }
}

fn of(label: ZoneLabel) -> usize {
    ALL.iter().position(|&l| l == label).unwrap_or(0)
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(label: ZoneLabel, text: &str) -> Part {
        Part { space: "\n\n".into(), text: text.into(), labels: only(label) }
    }

    fn words(parts: &[Part], labels: &[ZoneLabel]) -> Vec<String> {
        parts
            .iter()
            .filter(|p| labels.iter().any(|&l| p.is(l)))
            .flat_map(|p| p.text.split_whitespace().map(str::to_owned))
            .collect()
    }

    #[test]
    fn an_afterthought_takes_its_words_from_the_end_of_the_body() {
        let text = "The hay is in. The barn is full. Nobody is ill. The dog has run away.";
        for seed in 0..50 {
            let mut parts = vec![part(ZoneLabel::Body, text), part(ZoneLabel::Signature, "Anna")];
            Generic::new().afterthought(&mut parts, &mut Random::new(seed, 0));
            assert!(parts[2].is(ZoneLabel::Postscript));
            let body = words(&parts, &[ZoneLabel::Body]).join(" ");
            let after = words(&parts, &[ZoneLabel::Postscript]).join(" ");
            assert!(text.starts_with(&body) && !body.is_empty());
            assert!(after.ends_with(text[body.len()..].trim()));
        }
    }

    #[test]
    fn a_telegram_has_a_frame_and_a_few_words_of_its_body() {
        let generic = Generic::new();
        for seed in 0..50 {
            let body = part(ZoneLabel::Body, &"word ".repeat(90));
            let parts = generic.telegram(body, &mut Random::new(seed, 0));
            let words = words(&parts, &[ZoneLabel::Body]).len();
            assert!((4..34).contains(&words));
            let greets = |p: &Part| p.is(ZoneLabel::Salutation) || p.is(ZoneLabel::Close);
            assert!(!parts.iter().any(greets));
            assert!(parts.iter().all(|p| !p.text.contains(['{', '}'])));
        }
    }

    #[test]
    fn a_second_sheet_repeats_the_letterhead_and_loses_no_word() {
        let text = "word ".repeat(90);
        let mut parts =
            vec![part(ZoneLabel::Letterhead, "Rowan & Sons"), part(ZoneLabel::Body, text.trim())];
        Generic::new().second_sheet(&mut parts, &mut Random::new(1, 0));
        assert_eq!(parts.iter().filter(|p| p.is(ZoneLabel::Letterhead)).count(), 2);
        assert_eq!(words(&parts, &[ZoneLabel::Body]).len(), 90);
    }
}
