//! How sure a rule is: the share of its readings that were right on letters with known answers.
//!
//! The figures stand in `tables/sureness.tsv` with the measure they come from; a rule that was too
//! rare to be measured has the figure of its kind. Acts have no rules but frames by the thousand; how
//! sure one is follows from the signs in `tables/act-odds.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::mention::act::ActReading;
use crate::mention::lexicon::rows;
use crate::record::ActKind;
use crate::span::Span;
use crate::zone::Zone;

static SURENESS: LazyLock<FxHashMap<&'static str, f32>> =
    LazyLock::new(|| figures(include_str!("../../tables/sureness.tsv")));

static ACT_ODDS: LazyLock<FxHashMap<&'static str, f32>> =
    LazyLock::new(|| figures(include_str!("../../tables/act-odds.tsv")));

/// The figure that each row of a table has beside its name.
fn figures(table: &'static str) -> FxHashMap<&'static str, f32> {
    rows(table)
        .filter_map(|[name, figure, _]: [&str; 3]| Some((name, figure.parse().ok()?)))
        .collect()
}

/// What a rule has when the table does not list it.
const UNMEASURED: f32 = 0.7;

/// The confidence of readings that `rule` gives, in `0.0..=1.0`.
pub(super) fn sure(rule: &str) -> f32 {
    SURENESS.get(rule).copied().unwrap_or(UNMEASURED)
}

/// The signs that an act shows besides what it does, by the names of the table.
pub(super) fn signs_of(act: &ActReading) -> Vec<&'static str> {
    let said = match act.frames {
        0 => "question",
        1 => "frames-1",
        2 => "frames-2",
        3 => "frames-3",
        _ => "frames-4",
    };
    let opening = act.opens.then_some("opening");
    std::iter::once(said).chain(opening).collect()
}

/// The confidence of an act that shows `signs`: the odds of any act, times what the act and each sign
/// make of them.
pub(super) fn of_act(act: ActKind, signs: &[&str]) -> f32 {
    let all = ["any", act.name()].into_iter().chain(signs.iter().copied());
    let odds: f32 = all.map(|sign| ACT_ODDS.get(sign).copied().unwrap_or(1.0)).product();
    odds / (1.0 + odds)
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

    #[test]
    fn every_row_of_acts_has_odds_and_every_sign_a_row() {
        for [sign, odds, count] in rows::<3>(include_str!("../../tables/act-odds.tsv")) {
            let odds: f32 = odds.parse().unwrap_or_else(|_| panic!("expected odds for `{sign}`"));
            assert!(odds > 0.0 && count.parse::<u32>().is_ok(), "{sign}");
        }
        for frames in 0..=4 {
            let span = Span::new(0, 1);
            for sign in signs_of(&ActReading { act: ActKind::Thank, span, frames, opens: true }) {
                assert!(ACT_ODDS.contains_key(sign), "{sign}");
            }
        }
    }

    #[test]
    fn an_act_is_surer_the_more_frames_agree() {
        let sure = |signs: &[&str]| of_act(ActKind::Thank, signs);
        assert!(sure(&["frames-1"]) < sure(&["frames-2"]));
        assert!(sure(&["frames-2"]) < sure(&["frames-4"]));
        assert!(sure(&["frames-4"]) < sure(&["frames-4", "opening"]));
        assert!(sure(&["frames-4", "opening"]) < 1.0);
    }
}
