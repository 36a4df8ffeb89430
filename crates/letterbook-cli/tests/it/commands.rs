//! The cases of `tests/cmd`: commands with all that they print.
//!
//! `TRYCMD=overwrite cargo test -p letterbook-cli --test it commands` writes them anew; read what
//! it wrote.

use std::path::Path;

#[test]
fn commands_print_what_the_cases_say() {
    let cases = trycmd::TestCases::new();
    cases.register_bin("letterbook", Path::new(env!("CARGO_BIN_EXE_letterbook")));
    cases.env("NO_COLOR", "1");
    cases.case(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/*.trycmd"));
}
