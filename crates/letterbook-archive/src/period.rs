//! When a letter may be written, as terms of an index: stretches of days as nodes of a tree of
//! months, years, decades, centuries, millennia.
//!
//! A stretch is the fewest nodes that cover its months. A letter has a term for each of them, and
//! another kind of term for each node above, so that a question of any length is answered by a few
//! terms and no letter need be looked at; only of the months that a question cuts are the days to
//! be compared. A set (`[1845,1850]`) is as many stretches as it has gaps; digits left open in the
//! middle (`18X5`) are one. Years beyond −20000..=19999 count as the outermost.

use letterbook_dates::calendar::gregorian;
use letterbook_dates::day::Day;
use letterbook_dates::value::{Edtf, Item};

/// Days that may be meant, both included; none is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) first: Option<Day>,
    pub(crate) last: Option<Day>,
}

/// The stretches of a date, in order and apart; empty when it may be any day.
pub(crate) fn stretches(date: &Edtf) -> Vec<Stretch> {
    let Some((_, items)) = date.as_set() else {
        let (first, last) = date.bounds();
        let is_open = first.is_none() && last.is_none();
        return if is_open { Vec::new() } else { vec![Stretch { first, last }] };
    };
    let mut all: Vec<Stretch> = items
        .iter()
        .map(|item| match *item {
            Item::One(date) => (date.earliest().day(), date.latest().day()),
            Item::Range(from, to) => (from.earliest().day(), to.latest().day()),
            Item::UpTo(to) => (None, to.latest().day()),
            Item::From(from) => (from.earliest().day(), None),
        })
        .map(|(first, last)| Stretch { first, last })
        .collect();
    all.sort_by_key(|stretch| stretch.first);
    let mut apart: Vec<Stretch> = Vec::with_capacity(all.len());
    for next in all {
        match apart.last_mut() {
            Some(before) if touches(before.last, next.first) => {
                before.last = before.last.zip(next.last).map(|(one, other)| one.max(other));
            }
            _ => apart.push(next),
        }
    }
    apart.retain(|stretch| stretch.first.is_some() || stretch.last.is_some());
    apart
}

/// Whether no day lies between a stretch that ends at `last` and one that begins at `first`.
fn touches(last: Option<Day>, first: Option<Day>) -> bool {
    last.zip(first).is_none_or(|(last, first)| first.0 <= last.0.saturating_add(1))
}

/// Months in a node of each level, from the month upwards.
const SIZES: [i64; 6] = [1, 12, 120, 1_200, 12_000, 120_000];

/// The year that begins the first node of the highest level.
const FIRST_YEAR: i64 = -20_000;

/// Months from the first year to the last.
const MONTHS: i64 = 40_000 * 12;

/// What a term says of a node.
#[derive(Debug, Clone, Copy)]
enum Says {
    /// The date may be any day of it, as far as its months tell.
    Covers = 0,
    /// The date may be in it.
    Touches = 1,
}

/// A month, year, decade …: the level, and how many of its level come before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    level: usize,
    index: i64,
}

impl Node {
    fn term(self, says: Says) -> u64 {
        (says as u64) << 32 | (self.level as u64) << 24 | self.index.unsigned_abs()
    }

    /// The nodes that it lies in, itself first.
    fn upwards(self) -> impl Iterator<Item = Node> {
        let first = self.index * SIZES[self.level];
        (self.level..SIZES.len()).map(move |level| Node { level, index: first / SIZES[level] })
    }
}

/// The terms of a letter that may be written in these stretches, each once.
pub(crate) fn terms(stretches: &[Stretch]) -> Vec<u64> {
    let mut terms = Vec::new();
    for stretch in stretches {
        let first = stretch.first.map_or(0, month);
        let last = stretch.last.map_or(MONTHS - 1, month);
        for node in cover(first, last) {
            terms.push(node.term(Says::Covers));
            terms.extend(node.upwards().map(|above| above.term(Says::Touches)));
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What finds the letters of a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Every letter with one of these terms is one.
    pub(crate) sure: Vec<u64>,
    /// A letter with one of these terms is one if its days are.
    pub(crate) doubtful: Vec<u64>,
}

/// The terms that find the letters of a stretch.
pub(crate) fn ask(stretch: Stretch) -> Asked {
    let is_cut = |day: Option<Day>, is_whole: fn(i32, u8, u8) -> bool| {
        day.is_some_and(|day| {
            let (year, month, day) = gregorian::from_day(day);
            !is_whole(year, month, day)
        })
    };
    let is_cut_first = is_cut(stretch.first, |_, _, day| day == 1);
    let is_cut_last =
        is_cut(stretch.last, |year, month, day| day == gregorian::month_length(year, month));
    let first = stretch.first.map_or(0, month);
    let last = stretch.last.map_or(MONTHS - 1, month);
    let mut cut: Vec<Node> = Vec::new();
    cut.extend(is_cut_first.then_some(Node { level: 0, index: first }));
    cut.extend(is_cut_last.then_some(Node { level: 0, index: last }));
    let whole = cover(first + i64::from(is_cut_first), last - i64::from(is_cut_last));
    Asked { sure: asking(whole), doubtful: asking(cut) }
}

fn asking(nodes: Vec<Node>) -> Vec<u64> {
    let mut terms = Vec::new();
    for node in nodes {
        terms.push(node.term(Says::Touches));
        terms.extend(node.upwards().skip(1).map(|above| above.term(Says::Covers)));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn month(day: Day) -> i64 {
    let (year, month, _) = gregorian::from_day(day);
    ((i64::from(year) - FIRST_YEAR) * 12 + i64::from(month) - 1).clamp(0, MONTHS - 1)
}

/// The fewest nodes of the months from `first` to `last`; empty when they run backwards.
fn cover(first: i64, last: i64) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = first;
    while at <= last {
        let level = (0..SIZES.len())
            .rev()
            .find(|&level| at % SIZES[level] == 0 && at + SIZES[level] - 1 <= last)
            .unwrap_or(0);
        nodes.push(Node { level, index: at / SIZES[level] });
        at += SIZES[level];
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Vec<Stretch> {
        stretches(&Edtf::parse(text).unwrap())
    }

    /// Whether terms alone find the letter; none when its days must be compared.
    fn finds(question: &str, letter: &str) -> Option<bool> {
        let terms = terms(&days(letter));
        let asked = ask(days(question)[0]);
        let has = |asked: &[u64]| asked.iter().any(|term| terms.contains(term));
        match (has(&asked.sure), has(&asked.doubtful)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        }
    }

    #[test]
    fn months_and_years_are_found_by_terms_alone() {
        for letter in
            ["1845", "1845-03", "1845-03-12", "184X", "18XX", "1840/1850", "../1845", "1845/.."]
        {
            assert_eq!(finds("1845", letter), Some(true), "{letter}");
            assert_eq!(finds("184X", letter), Some(true), "{letter}");
            assert_eq!(finds("1845-03", letter), Some(true), "{letter}");
        }
        for letter in ["1844", "1846-01-01", "183X", "17XX", "../1844", "1846/..", "[1844,1846]"] {
            assert_eq!(finds("1845", letter), Some(false), "{letter}");
            assert_eq!(finds("1845-03", letter), Some(false), "{letter}");
        }
        assert_eq!(finds("../1760", "1760-12-31"), Some(true));
        assert_eq!(finds("../1760", "1761"), Some(false));
        assert_eq!(finds("1845/..", "1844/1846"), Some(true));
    }

    #[test]
    fn a_month_that_a_question_cuts_leaves_doubt() {
        assert_eq!(finds("1845-03-12", "1845-03-13"), None);
        assert_eq!(finds("1845-03-12", "1845-04-13"), Some(false));
        assert_eq!(finds("1845-03-12/1845-05-03", "1845-04-13"), Some(true));
        assert_eq!(finds("1845-03-12/1845-05-03", "1845"), Some(true));
        assert_eq!(finds("1845-03-12/1845-03-31", "1845"), None);
    }

    #[test]
    fn terms_and_bounds_say_the_same_of_every_pair_of_intervals() {
        let dates: Vec<String> = (0..24)
            .map(|n| format!("{}-{:02}-{:02}", 1798 + n % 5, 1 + n % 12, [1, 9, 28][n % 3]))
            .collect();
        let mut compared = 0;
        for (i, a) in dates.iter().enumerate() {
            for b in &dates[i..] {
                let Some(&[question]) =
                    Edtf::parse(&format!("{a}/{b}")).ok().as_ref().map(stretches).as_deref()
                else {
                    continue;
                };
                for c in &dates {
                    for d in dates.iter().step_by(5) {
                        let Ok(letter) = Edtf::parse(&format!("{c}/{d}")) else { continue };
                        let (first, last) = letter.bounds();
                        let overlap = first <= question.last && question.first <= last;
                        let told = finds(&format!("{a}/{b}"), &format!("{c}/{d}"));
                        assert!(told.is_none_or(|told| told == overlap), "{a}/{b} {c}/{d}");
                        compared += 1;
                    }
                }
            }
        }
        assert!(compared > 1_000, "{compared}");
    }

    #[test]
    fn a_set_is_as_many_stretches_as_it_has_gaps() {
        assert_eq!(days("[1845,1850]").len(), 2);
        assert_eq!(days("{1850,1845..1847,1848}").len(), 2);
        assert_eq!(days("[..1845,1850..]").len(), 2);
        assert_eq!(days("[1845..1850]").len(), 1);
        assert_eq!(days("../..").len(), 0);
        assert_eq!(finds("1847", "[1845,1850]"), Some(false));
        assert_eq!(finds("1850", "[1845,1850]"), Some(true));
        assert_eq!(finds("1800", "[..1845,1850..]"), Some(true));
    }

    #[test]
    fn an_interval_has_few_terms() {
        assert_eq!(terms(&days("1845-03-12")).len(), 7);
        assert!(terms(&days("1845-02/1999-03")).len() < 120);
        let asked = ask(Stretch { first: None, last: days("1999-11")[0].last });
        assert!(asked.sure.len() < 60, "{}", asked.sure.len());
    }
}
