//! The picture in the README: what the program prints for one letter, as SVG.
//!
//! `SNAPSHOTS=overwrite cargo test -p letterbook-cli --test it picture` draws it anew.

use std::path::Path;

use snapbox::{Data, assert_data_eq};

use super::program::{root, run};

#[test]
fn the_picture_in_the_readme_is_what_the_program_prints() {
    let letter = "corpora/letters/en-official-harbour-board.txt";
    let ran = run(&["read", letter, "--quiet", "--color", "always", "--width", "88"], b"");
    let screen = format!("$ letterbook read {letter}\n{}", ran.stdout);
    let svg = anstyle_svg::Term::new().render_svg(&screen);
    let kept = Data::read_from(&root().join("docs/read.svg"), None);
    assert_data_eq!(Data::text(svg), kept.raw());
    assert!(Path::new(&root()).join("docs/read.svg").exists());
}
