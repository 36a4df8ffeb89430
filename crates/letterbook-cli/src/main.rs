//! The `letterbook` program.
fn main() {}
