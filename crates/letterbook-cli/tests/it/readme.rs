//! The examples in README and docs, run as they stand.

use std::fs;

use super::program::root;

/// Every page for people: README and what lies in docs.
#[test]
fn console_examples_in_the_documentation_run() {
    let root = root();
    // the examples name files from the root of the project; no other test depends on the folder
    std::env::set_current_dir(&root).expect("the root is there");
    let cases = trycmd::TestCases::new();
    cases.default_bin_path(env!("CARGO_BIN_EXE_letterbook"));
    cases.register_bin("letterbook", std::path::Path::new(env!("CARGO_BIN_EXE_letterbook")));
    cases.env("NO_COLOR", "1");
    let mut pages = 0;
    for page in ["README.md", "docs/*.md"] {
        let found = match page.strip_suffix("*.md") {
            None => root.join(page).exists(),
            Some(folder) => fs::read_dir(root.join(folder)).is_ok_and(|mut entries| {
                entries.any(|e| e.is_ok_and(|e| e.path().extension().is_some_and(|x| x == "md")))
            }),
        };
        if found {
            cases.case(root.join(page));
            pages += 1;
        } else {
            eprintln!("skipped: {page} is not there");
        }
    }
    if pages > 0 {
        cases.run();
    }
}
