//! The figures of letters annotated by hand: acts, occasions, references, enclosures, offices.

use letterbook::record::{self, Evidence};
use serde::Deserialize;

use super::figures::{Counts, Ordered, Ratio};
use super::letters::without_doubt;
use super::words::compact;

/// A letter with what its annotator found.
#[derive(Debug, Deserialize)]
pub(crate) struct Annotated {
    pub(crate) id: String,
    pub(crate) text: String,
    senders: Vec<Party>,
    recipients: Vec<Party>,
    date: Option<String>,
    acts: Vec<Item>,
    occasions: Vec<Item>,
    references: Vec<Item>,
    enclosures: Vec<Item>,
}

#[derive(Debug, Deserialize)]
struct Party {
    role: Option<String>,
    organisation: Option<String>,
    on_behalf_of: Option<String>,
}

/// Something said, by the words that say it; each kind uses its own keys beside `quote`.
#[derive(Debug, Deserialize)]
struct Item {
    quote: String,
    act: Option<String>,
    ordinal: Option<u32>,
    date: Option<String>,
}

impl Annotated {
    /// A letter of which only acts and occasions were noted, each as label and quote; an occasion's
    /// label begins with `occasion:`.
    pub(crate) fn of_acts(id: String, text: String, said: Vec<(String, String)>) -> Annotated {
        let item = |(label, quote): (String, String)| {
            let act = (!label.starts_with("occasion:")).then_some(label);
            Item { quote, act, ordinal: None, date: None }
        };
        let (acts, occasions) = said.into_iter().map(item).partition(|i| i.act.is_some());
        Annotated {
            id,
            text,
            senders: Vec::new(),
            recipients: Vec::new(),
            date: None,
            acts,
            occasions,
            references: Vec::new(),
            enclosures: Vec::new(),
        }
    }

    /// Which of the acts read are acts that the annotator found.
    pub(crate) fn right_acts(&self, acts: &[record::Act]) -> Vec<bool> {
        let mut right = vec![false; acts.len()];
        for (_, i) in AnnotatedScore::default().pair_acts(self, acts) {
            right[i] = true;
        }
        right
    }
}

/// What was counted over annotated letters.
#[derive(Debug, Clone, Default)]
pub(crate) struct AnnotatedScore {
    pub(crate) letters: usize,
    pub(crate) counts: Ordered<Counts>,
    pub(crate) ratios: Ordered<Ratio>,
}

impl AnnotatedScore {
    /// Counts one letter and what was read in it, if it was read.
    pub(crate) fn add(&mut self, gold: &Annotated, read: Option<&record::Letter>) {
        self.letters += 1;
        let acts = read.map(|r| r.acts.as_slice()).unwrap_or_default();
        let occasions = read.map(|r| r.occasions.as_slice()).unwrap_or_default();
        let references = read.map(|r| r.references.as_slice()).unwrap_or_default();
        let enclosures = read.map(|r| r.enclosures.as_slice()).unwrap_or_default();

        self.pair_acts(gold, acts);
        let got: Vec<String> = occasions.iter().map(|o| quote(&o.evidence)).collect();
        for (want, i) in self.pair("occasions", &gold.text, &gold.occasions, &got, |_, _| true) {
            if want.ordinal.is_some() {
                self.ratio("occasion ordinal", occasions[i].ordinal == want.ordinal);
            }
        }
        let got: Vec<String> = references.iter().map(|r| quote(&r.evidence)).collect();
        for (want, i) in self.pair("references", &gold.text, &gold.references, &got, |_, _| true) {
            if let Some(date) = want.date.as_deref().filter(|d| !d.is_empty()) {
                let read = references[i].date.as_deref().unwrap_or_default();
                self.ratio("reference date", without_doubt(read) == without_doubt(date));
            }
        }
        let got: Vec<String> = enclosures.iter().map(|e| quote(&e.evidence)).collect();
        self.pair("enclosures", &gold.text, &gold.enclosures, &got, |_, _| true);

        self.add_side("sender", &gold.senders, read.map(|r| r.senders.as_slice()));
        self.add_side("recipient", &gold.recipients, read.map(|r| r.recipients.as_slice()));
        if let Some(date) = gold.date.as_deref().filter(|d| !d.is_empty()) {
            let read = read.and_then(|r| r.date.as_ref()).map_or("", |d| &d.value);
            let is_right = without_doubt(read) == without_doubt(date);
            self.ratio("date as a careful reader gives it", is_right);
        }
    }

    fn ratio(&mut self, name: &str, is_hit: bool) {
        self.ratios.entry(name).add(is_hit);
    }

    fn pair_acts<'a>(
        &mut self,
        gold: &'a Annotated,
        acts: &[record::Act],
    ) -> Vec<(&'a Item, usize)> {
        let got: Vec<String> = acts.iter().map(|a| quote(&a.evidence)).collect();
        self.pair("acts", &gold.text, &gold.acts, &got, |w, i| {
            w.act.as_deref() == Some(acts[i].act.name())
        })
    }

    /// Gives each wanted item the first one read that fits and is not taken yet.
    fn pair<'a>(
        &mut self,
        name: &str,
        text: &str,
        want: &'a [Item],
        got: &[String],
        is_same_kind: impl Fn(&Item, usize) -> bool,
    ) -> Vec<(&'a Item, usize)> {
        let pairs = first_fits(want, got.len(), |w, i| {
            is_same_kind(w, i)
                && !got[i].is_empty()
                && (contain(&got[i], &w.quote) || overlap(text, &got[i], &w.quote))
        });
        self.count(name, want.len(), got.len(), pairs.len());
        pairs
    }

    fn count(&mut self, name: &str, want: usize, got: usize, right: usize) {
        self.counts.entry(name).add(right, got - right, want - right);
    }

    fn add_side(&mut self, side: &str, gold: &[Party], read: Option<&[record::Party]>) {
        type Wanted = fn(&Party) -> &Option<String>;
        type Read = fn(&record::Party) -> &Option<record::Reading>;
        let fields: [(&str, Wanted, Read); 3] = [
            ("role", |p| &p.role, |p| &p.role),
            ("organisation", |p| &p.organisation, |p| &p.organisation),
            ("on_behalf_of", |p| &p.on_behalf_of, |p| &p.on_behalf_of),
        ];
        for (field, wanted, was_read) in fields {
            let want: Vec<String> = gold
                .iter()
                .filter_map(|p| wanted(p).as_deref())
                .filter(|v| !v.is_empty())
                .map(compact)
                .collect();
            let got: Vec<String> = read
                .unwrap_or_default()
                .iter()
                .filter_map(|p| was_read(p).as_ref())
                .filter(|r| !r.value.is_empty())
                .map(|r| compact(&r.value))
                .collect();
            let pairs =
                first_fits(&want, got.len(), |w, i| w.contains(&got[i]) || got[i].contains(w));
            self.count(&format!("{side} {field}"), want.len(), got.len(), pairs.len());
        }
    }
}

/// For each of `want` in turn, the first of `n` that fits and is free.
fn first_fits<W>(want: &[W], n: usize, fits: impl Fn(&W, usize) -> bool) -> Vec<(&W, usize)> {
    let mut is_free = vec![true; n];
    let mut pairs = Vec::new();
    for w in want {
        if let Some(i) = (0..n).find(|&i| is_free[i] && fits(w, i)) {
            is_free[i] = false;
            pairs.push((w, i));
        }
    }
    pairs
}

fn quote(evidence: &[Evidence]) -> String {
    evidence.iter().map(|e| e.quote.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether one holds the other, both folded and neither empty.
fn contain(a: &str, b: &str) -> bool {
    let (a, b) = (compact(a), compact(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

/// Whether the first places of both in `text` share a character.
fn overlap(text: &str, a: &str, b: &str) -> bool {
    match (text.find(a), text.find(b)) {
        (Some(i), Some(j)) => i < j + b.len() && j < i + a.len(),
        _ => false,
    }
}
