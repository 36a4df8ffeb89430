//! How sure a rule is: the share of its readings that were right on letters with known answers.
//!
//! The figures stand in `tables/sureness.tsv` with the measure they come from; a rule that was too
//! rare to be measured has the figure of its kind.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::mention::lexicon::rows;
use crate::span::Span;
use crate::zone::Zone;

static SURENESS: LazyLock<FxHashMap<&'static str, f32>> = LazyLock::new(|| {
    rows(include_str!("../../tables/sureness.tsv"))
        .filter_map(|[rule, share, _]: [&str; 3]| Some((rule, share.parse().ok()?)))
        .collect()
});

/// What a rule has when the table does not list it.
const UNMEASURED: f32 = 0.7;

/// The confidence of readings that `rule` gives, in `0.0..=1.0`.
pub(super) fn sure(rule: &str) -> f32 {
    SURENESS.get(rule).copied().unwrap_or(UNMEASURED)
}

/// How sure the zone is that `span` begins in; 1 outside of all zones.
pub(super) fn of_zone(zones: &[Zone], span: Span) -> f32 {
    let at = zones.partition_point(|z| z.span.end <= span.start);
    zones.get(at).filter(|z| z.span.start <= span.start).map_or(1.0, |z| z.confidence)
}

/// The share of recipients that are right although the zone is not what it was taken for: a
/// salutation read as an address greets the same person. About 0.45 on the letters of dev whose zones
/// are in doubt, by `letterbook-lab reliability`; a sender's name has no such luck.
const SPARED: f32 = 0.5;

/// How sure the place is where a recipient stands: [`of_zone`], and what is right despite it.
pub(super) fn of_reader(zones: &[Zone], span: Span) -> f32 {
    let zone = of_zone(zones, span);
    zone + (1.0 - zone) * SPARED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_share() {
        for [rule, share, count] in rows::<3>(include_str!("../../tables/sureness.tsv")) {
            let share: f32 =
                share.parse().unwrap_or_else(|_| panic!("expected a number for `{rule}`"));
            assert!((0.0..=1.0).contains(&share), "{rule}");
            assert!(count.parse::<u32>().is_ok(), "expected a count for `{rule}`");
        }
    }
}
