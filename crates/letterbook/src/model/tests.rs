#![allow(clippy::needless_range_loop, reason = "rows and columns are numbered alike")]

use super::*;
use proptest::prelude::*;

/// Every path's product, by counting up in base [`STATES`]; only states below `states` are walked.
fn by_brute_force(
    lattice: &Lattice,
    factors: &Frame,
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
                p *= f64::from(factors.transitions[kind][path[t - 1]][path[t]]);
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
        scores in prop::collection::vec(-3.0f32..3.0, 5 * STATES + 2 * STATES + 2 * STATES * STATES),
        length in 1usize..=5,
        kinds in prop::collection::vec(0u8..2, 5),
    ) {
        const WALKED: usize = 4;
        let mut next = scores.iter().map(|s| s.exp());
        let mut row = || -> Row { std::array::from_fn(|_| next.next().unwrap_or(1.0)) };
        let mut factors = Frame::flat(2);
        factors.start = row();
        factors.end = row();
        for m in &mut factors.transitions {
            m.iter_mut().for_each(|r| *r = row());
        }
        let mut lattice = Lattice::default();
        for &kind in &kinds[..length] {
            let mut e = row();
            e[WALKED..].fill(0.0);
            lattice.emission.push(e);
            lattice.boundary.push(kind);
        }
        let (sum, marginal, best) = by_brute_force(&lattice, &factors, WALKED);
        let mut pairs = 0.0;
        let log_sum = lattice.forward_backward(&factors, |kind, before, ahead| {
            for a in 0..STATES {
                for b in 0..STATES {
                    pairs += before[a] * factors.transitions[kind][a][b] * ahead[b];
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

fn small() -> Weights {
    let mut w = Weights {
        bits: 4,
        scale: 0.5,
        calibration: std::array::from_fn(|i| i as f32 / 20.0),
        frame: Frame::flat(3),
        keys: vec![0; WAYS << 4],
        rows: vec![[0; STATES]; WAYS << 4],
    };
    let (set, key) = place(77, 4);
    w.keys[set * WAYS + 2] = key;
    w.rows[set * WAYS + 2][5] = -7;
    w
}

#[test]
fn what_is_written_is_read_again() {
    let bytes = small().to_bytes();
    let model = Model::parse(&bytes).expect("a model of our own");
    let mut sum = [0; STATES];
    model.add(77, &mut sum);
    model.add(78, &mut sum);
    let mut expected = [0; STATES];
    expected[5] = -7;
    assert_eq!((sum, model.scale()), (expected, 0.5));
    assert_eq!(model.factors().transitions.len(), 3);
    assert!((model.calibrated(0.33) - 0.33).abs() < 1e-6);
    assert_eq!(model.calibrated(7.0), 1.0);
}

#[test]
fn what_is_not_a_model_is_refused() {
    let bytes = small().to_bytes();
    for cut in [0, 3, 9, 60, bytes.len() - 1] {
        assert!(Model::parse(&bytes[..cut]).is_err(), "{cut}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    let error = Model::parse(&longer).expect_err("a byte too many");
    assert_eq!(
        error.to_string(),
        "expected the weights of a zone model, but found bytes after the end"
    );
    assert!(Model::parse(b"PNG.............").is_err());
}
