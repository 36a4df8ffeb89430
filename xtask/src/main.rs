//! `cargo xtask ci`: every check of the project, in order.
fn main() {}
