#![allow(clippy::needless_range_loop, reason = "rows and columns are numbered alike")]

use super::*;
use proptest::prelude::*;

const N: usize = 16;

/// Every path's product, by counting up in base [`N`]; only states below `states` are walked.
fn by_brute_force(
    lattice: &Lattice<N>,
    factors: &Factors<N>,
    states: usize,
) -> (f64, Vec<Vec<f64>>, Vec<u8>) {
    let n = lattice.emission.len();
    let (mut sum, mut best) = (0.0, (0.0, vec![]));
    let mut marginal = vec![vec![0.0; states]; n];
    for code in 0..states.pow(n as u32) {
        let path: Vec<usize> = (0..n).map(|t| code / states.pow(t as u32) % states).collect();
        let mut p = f64::from(factors.start[path[0]]) * f64::from(factors.end[path[n - 1]]);
        for t in 0..n {
            p *= f64::from(lattice.emission[t][path[t]]);
            if t > 0 {
                let kind = usize::from(lattice.boundary[t]);
                p *= f64::from(factors.to[kind][path[t - 1]][path[t]]);
            }
        }
        sum += p;
        path.iter().enumerate().for_each(|(t, &s)| marginal[t][s] += p);
        if p > best.0 {
            best = (p, path.iter().map(|&s| s as u8).collect());
        }
    }
    marginal.iter_mut().flatten().for_each(|m| *m /= sum);
    (sum, marginal, best.1)
}

proptest! {
    #[test]
    fn the_lattice_agrees_with_every_path_counted(
        scores in prop::collection::vec(-3.0f32..3.0, 5 * N + 2 * N + 2 * N * N),
        length in 1usize..=5,
        kinds in prop::collection::vec(0u8..2, 5),
    ) {
        const WALKED: usize = 4;
        let mut next = scores.iter().copied();
        let mut row = || -> Row<N> { std::array::from_fn(|_| next.next().unwrap_or(0.0)) };
        let mut frame = Frame::flat(2);
        frame.start = row();
        frame.end = row();
        for m in &mut frame.transitions {
            m.iter_mut().for_each(|r| *r = row());
        }
        let factors = frame.exp();
        let mut lattice = Lattice::default();
        for &kind in &kinds[..length] {
            let mut e = row().map(f32::exp);
            e[WALKED..].fill(0.0);
            lattice.emission.push(e);
            lattice.boundary.push(kind);
        }
        let (sum, marginal, best) = by_brute_force(&lattice, &factors, WALKED);
        let mut pairs = 0.0;
        let log_sum = lattice.forward_backward(&factors, |kind, before, ahead| {
            for a in 0..N {
                for b in 0..N {
                    pairs += before[a] * factors.to[kind][a][b] * ahead[b];
                }
            }
        });
        prop_assert!((log_sum - sum.ln()).abs() < 1e-3);
        prop_assert!((pairs - (length - 1) as f32).abs() < 1e-3);
        for t in 0..length {
            for s in 0..WALKED {
                prop_assert!((f64::from(lattice.marginal[t][s]) - marginal[t][s]).abs() < 1e-4);
            }
        }
        let mut path = Vec::new();
        lattice.best_path(&factors, &mut path);
        prop_assert_eq!(path, best);
    }
}
