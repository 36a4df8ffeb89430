use super::*;
use proptest::prelude::*;

const BUCKETS: usize = 5;

fn small() -> Weights {
    let mut w = Weights {
        scale: 0.5,
        doubt: 0.75,
        calibration: std::array::from_fn(|i| i as f32 / 20.0),
        frame: Frame::flat(3),
        keys: vec![0; WAYS * BUCKETS],
        rows: vec![[0; STATES]; WAYS * BUCKETS],
    };
    for (hash, way, weight) in [(77, 2, -7), (79, 1, 100), (80, 0, 101)] {
        let (bucket, key) = place(hash, BUCKETS);
        w.keys[bucket * WAYS + way] = key;
        w.rows[bucket * WAYS + way][5] = weight;
    }
    w
}

#[test]
fn what_is_written_is_read_again() {
    let bytes = small().to_bytes();
    let model = Model::parse(&bytes, []).expect("a model of our own");
    let mut sum = [0; STATES];
    let mut features = vec![78, 77, 81, 79, 80, 82];
    model.add(&mut features, &mut sum);
    let mut expected = [0; STATES];
    expected[5] = 194;
    assert_eq!((sum, model.scale(), model.doubt()), (expected, 0.5, 0.75));
    assert!(features.is_empty());
    assert_eq!(model.factors().to.len(), 3);
    assert!((model.calibrated(0.33) - 0.33).abs() < 1e-6);
    assert_eq!(model.calibrated(7.0), 1.0);
}

#[test]
fn factors_are_powers_of_what_lies_below_the_best() {
    let bytes = small().to_bytes();
    let model = Model::parse(&bytes, []).expect("a model of our own");
    let mut steps = [-30_000; STATES];
    steps[2] = 40;
    steps[3] = 37;
    let row = model.weighed(&steps, 2);
    assert_eq!(row[2], 1.0);
    assert!((row[3] - (-3.0f32).exp()).abs() < 1e-6);
    assert!(row[4] > 0.0 && row[4] < 1e-20);
}

proptest! {
    #[test]
    fn a_look_up_agrees_with_a_search_of_all_slots(
        known in prop::collection::vec((0u64..500, -128i8..=127), 0..40),
        asked in prop::collection::vec(0u64..500, 0..60),
    ) {
        const BUCKETS: usize = 20;
        let mut w = Weights {
            keys: vec![0; WAYS * BUCKETS],
            rows: vec![[0; STATES]; WAYS * BUCKETS],
            ..small()
        };
        let mut held: Vec<(u64, i8)> = Vec::new();
        for (hash, weight) in known {
            let (bucket, key) = place(hash, BUCKETS);
            let slots = bucket * WAYS..(bucket + 1) * WAYS;
            if held.iter().any(|h| h.0 == hash) {
                continue;
            }
            if let Some(slot) = slots.into_iter().find(|&i| w.keys[i] == 0) {
                w.keys[slot] = key;
                w.rows[slot][9] = weight;
                held.push((hash, weight));
            }
        }
        let by_search: i16 = asked
            .iter()
            .filter_map(|a| held.iter().find(|h| h.0 == *a))
            .map(|h| i16::from(h.1))
            .sum();
        let bytes = w.to_bytes();
        let model = Model::parse(&bytes, []).expect("a model of our own");
        let mut sum = [0; STATES];
        model.add(&mut asked.clone(), &mut sum);
        prop_assert_eq!(sum[9], by_search);
        prop_assert!(sum[..9].iter().all(|&s| s == 0));
    }
}

#[test]
fn what_is_not_a_model_is_refused() {
    let bytes = small().to_bytes();
    for cut in [0, 3, 9, 60, bytes.len() - 1] {
        assert!(Model::parse(&bytes[..cut], []).is_err(), "{cut}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    let error = Model::parse(&longer, []).expect_err("a byte too many");
    assert_eq!(
        error.to_string(),
        "expected the weights of a zone model, but found bytes after the end"
    );
    assert!(Model::parse(b"PNG.............", []).is_err());
}
