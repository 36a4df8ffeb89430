//! Scores readings against gold letters, by the rules of `../shared/score/score.py`: the same names
//! and the same figures, so that a number here can be held against a number there.
//!
//! A figure counts only what the page can show: a date whose year and day stand in the text, a name
//! of which a capitalised word stands outside the body, zones whose label the edition marks.

mod annotated;
mod figures;
mod letters;
mod parties;
mod report;
mod words;
mod zones;

pub(crate) use annotated::{Annotated, AnnotatedScore};
pub(crate) use letters::{is_asserted, without_doubt};
pub(crate) use report::{Options, json_lines, run};
pub(crate) use zones::ZoneScore;

#[cfg(test)]
mod tests;
