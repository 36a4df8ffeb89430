//! The lab: trains, scores and measures; not shipped.
fn main() {}
