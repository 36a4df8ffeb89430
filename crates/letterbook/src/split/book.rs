//! Which of the places are boundaries, seen from the whole text.
//!
//! A text is one letter, or a book whose letters are parted in one way: by a rule, by numbers, on
//! new pages, by blank lines. Each of these is weighed by all places at once: places parted in the
//! book's way are boundaries often, the others seldom, and no two boundaries stand so close that
//! no letter fits between them. The chance of a boundary is its chance in each kind of book, by
//! how likely that kind is; the sums run over all ways of cutting, by the forward and backward
//! passes of a chain. So ten faint openings alike are a book, and the one date in the middle of a
//! letter is none. Linear in the number of places.

use super::place::{Parting, Place};

/// How often a place parted in the book's way is a boundary, in the kinds of books weighed.
const OFTEN: [f64; 4] = [0.15, 0.45, 0.85, 0.99];
/// How often a place parted in another way is one.
const SELDOM: f64 = 0.003;

/// Least bytes of ink from one boundary to the next.
pub(super) const LETTER: usize = 200;

/// The chance that each place is a boundary, by what each shows (`evidence`, as natural logarithms
/// of how much likelier that is at a boundary than elsewhere) and the chance that a text is a book
/// (`prior`, as the logarithm of its odds).
pub fn chances(places: &[Place], evidence: &[f64], prior: f64) -> Vec<f64> {
    let mut ways: Vec<Parting> = places.iter().map(|p| p.parting).collect();
    ways.sort_unstable();
    ways.dedup();
    let chain = Chain::new(places);
    let books: Vec<(f64, Vec<f64>)> = ways
        .iter()
        .flat_map(|way| OFTEN.iter().map(move |often| (way, often)))
        .map(|(way, &often)| {
            let rates = places.iter().map(|p| if p.parting == *way { often } else { SELDOM });
            chain.read(&rates.collect::<Vec<_>>(), evidence)
        })
        .collect();
    // each kind of book is as likely as the other; a single letter has no boundary and weight 1
    let share = prior - (books.len().max(1) as f64).ln();
    let total = books.iter().map(|(weight, _)| share + weight).fold(0.0, add);
    let mut chances = vec![0.0; places.len()];
    for (weight, inside) in &books {
        let of_book = (share + weight - total).exp();
        chances.iter_mut().zip(inside).for_each(|(sum, chance)| *sum += of_book * chance);
    }
    chances
}

/// Which places to cut at: those that together gain most over `limit`, none too near another.
pub(super) fn choose(places: &[Place], chances: &[f64], limit: f64) -> Vec<usize> {
    let chain = Chain::new(places);
    // the most that can be gained with the first n places, and whether the last of them is cut at
    let mut best = vec![(0.0, false); places.len() + 1];
    for (i, chance) in chances.iter().enumerate() {
        let cut = best[chain.free[i]].0 + chance - limit;
        best[i + 1] = if cut > best[i].0 { (cut, true) } else { (best[i].0, false) };
    }
    let mut found = Vec::new();
    let mut n = places.len();
    while n > 0 {
        if best[n].1 {
            found.push(n - 1);
            n = chain.free[n - 1];
        } else {
            n -= 1;
        }
    }
    found.reverse();
    found
}

/// The logarithm of the sum of two numbers given by theirs.
fn add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

/// For each place, how many places stand far enough above it for a letter between, and from which
/// on they stand far enough below.
pub(super) fn free(places: &[Place]) -> (Vec<usize>, Vec<usize>) {
    let n = places.len();
    let (mut free, mut next) = (Vec::with_capacity(n), vec![n; n]);
    let mut above = 0;
    for place in places {
        while places[above].ink + LETTER <= place.ink {
            above += 1;
        }
        free.push(above);
    }
    let mut below = n;
    for i in (0..n).rev() {
        while below > i + 1 && free[below - 1] > i {
            below -= 1;
        }
        next[i] = below;
    }
    (free, next)
}

/// Places in order, and how far boundaries keep off each other.
struct Chain {
    free: Vec<usize>,
    next: Vec<usize>,
}

impl Chain {
    fn new(places: &[Place]) -> Chain {
        let (free, next) = free(places);
        Chain { free, next }
    }

    /// The weight of all ways of cutting against not cutting at all, as a logarithm, and the chance
    /// that each place is cut at; `rates` say how often a place is a boundary before it is seen.
    fn read(&self, rates: &[f64], evidence: &[f64]) -> (f64, Vec<f64>) {
        let n = rates.len();
        // for the first k places none of which is cut at
        let mut none = vec![0.0; n + 1];
        for k in 0..n {
            none[k + 1] = none[k] + (1.0 - rates[k]).ln();
        }
        let cut = |i: usize| rates[i].ln() + evidence[i];
        let mut forward = vec![0.0; n + 1];
        for i in 0..n {
            let free = self.free[i];
            let with = forward[free] + none[i] - none[free] + cut(i);
            forward[i + 1] = add(forward[i] + none[i + 1] - none[i], with);
        }
        // backward[k]: the places from k on, nothing known of those above
        let mut backward = vec![0.0; n + 1];
        for i in (0..n).rev() {
            let from = self.next[i];
            let with = cut(i) + none[from] - none[i + 1] + backward[from];
            backward[i] = add(backward[i + 1] + none[i + 1] - none[i], with);
        }
        let total = forward[n];
        let chances = (0..n)
            .map(|i| {
                let above = forward[self.free[i]] + none[i] - none[self.free[i]];
                let next = self.next[i];
                let below = none[next] - none[i + 1] + backward[next];
                (above + cut(i) + below - total).exp()
            })
            .collect();
        (total, chances)
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::Form;
    use super::*;

    fn place(ink: usize, parting: Parting) -> Place {
        Place { end: ink, start: ink, parting, ink, signs: Vec::new(), form: Form::default() }
    }

    /// All ways of cutting, one by one.
    fn by_hand(places: &[Place], rates: &[f64], evidence: &[f64]) -> (f64, Vec<f64>) {
        let n = places.len();
        let (mut total, mut sums) = (0.0, vec![0.0; n]);
        'ways: for way in 0u32..1 << n {
            let cut: Vec<usize> = (0..n).filter(|i| way >> i & 1 == 1).collect();
            for pair in cut.windows(2) {
                if places[pair[0]].ink + LETTER > places[pair[1]].ink {
                    continue 'ways;
                }
            }
            let weight: f64 =
                (0..n)
                    .map(|i| {
                        if cut.contains(&i) { rates[i] * evidence[i].exp() } else { 1.0 - rates[i] }
                    })
                    .product();
            total += weight;
            cut.iter().for_each(|&i| sums[i] += weight);
        }
        (total.ln(), sums.iter().map(|s| s / total).collect())
    }

    #[test]
    fn the_chain_sums_over_all_ways_of_cutting() {
        let inks = [70, 150, 300, 420, 480, 900, 1300];
        let places: Vec<Place> = inks.iter().map(|&ink| place(ink, Parting::Blank)).collect();
        let rates = [0.1, 0.3, 0.2, 0.9, 0.05, 0.5, 0.4];
        let evidence = [1.0, 2.0, -3.0, 0.5, 4.0, -1.0, 3.0];
        let (total, chances) = Chain::new(&places).read(&rates, &evidence);
        let (expected, shares) = by_hand(&places, &rates, &evidence);
        assert!((total - expected).abs() < 1e-9, "{total} {expected}");
        for (chance, share) in chances.iter().zip(&shares) {
            assert!((chance - share).abs() < 1e-9, "{chances:?} {shares:?}");
        }
    }

    #[test]
    fn many_faint_places_alike_are_a_book_and_one_is_not() {
        let many: Vec<Place> = (1..=8).map(|n| place(n * 1000, Parting::Rule('*'))).collect();
        let all = chances(&many, &[2.5; 8], -4.0);
        assert!(all.iter().all(|&c| c > 0.9), "{all:?}");
        let one = chances(&many[..1], &[2.5], -4.0);
        assert!(one[0] < 0.5, "{one:?}");
    }

    #[test]
    fn a_place_parted_otherwise_is_seldom_a_boundary_of_the_book() {
        let mut places: Vec<Place> = (1..=6).map(|n| place(n * 1000, Parting::Rule('-'))).collect();
        places.insert(2, place(2500, Parting::Blank));
        let all = chances(&places, &[3.0; 7], -4.0);
        assert!(all[2] < 0.5 && all[3] > 0.9, "{all:?}");
    }

    #[test]
    fn of_places_that_are_close_one_is_chosen() {
        let places =
            [place(1000, Parting::Blank), place(1050, Parting::Line), place(1400, Parting::Line)];
        assert_eq!(choose(&places, &[0.6, 0.9, 0.7], 0.5), [1, 2]);
        assert_eq!(choose(&places, &[0.3, 0.2, 0.4], 0.5), [] as [usize; 0]);
    }
}
