//! Which module uses which, read off the source as text.
//!
//! Sees `crate::…` and `super::…` paths, in `use` trees and in expressions. Does not parse Rust: a
//! path made by a macro goes unseen.

use std::collections::BTreeSet;
use std::path::Path;

/// The module path of a file below `src`: `mention/name.rs` is `["mention", "name"]`.
pub(crate) fn of_file(relative: &Path) -> Vec<String> {
    let mut path: Vec<String> =
        relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if let Some(last) = path.pop() {
        let stem = last.trim_end_matches(".rs");
        if !matches!(stem, "mod" | "lib" | "main" | "tests") {
            path.push(stem.to_owned());
        }
    }
    path
}

/// The module paths that `source`, the text of the module `own`, names.
pub(crate) fn used(source: &str, own: &[String]) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let code: String = source.lines().map(without_comment).collect::<Vec<_>>().join("\n");
    for (marker, base) in [("crate::", Vec::new()), ("super::", parent(own))] {
        for (at, _) in code.match_indices(marker) {
            let before = code[..at].chars().next_back();
            // `letterbook::`-like words and the second half of `super::super::` start no path
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$') {
                continue;
            }
            expand(&code[at + marker.len()..], &base, &mut found);
        }
    }
    found
}

fn parent(own: &[String]) -> Vec<String> {
    own[..own.len().saturating_sub(1)].to_vec()
}

fn without_comment(line: &str) -> &str {
    line.find("//").map_or(line, |at| &line[..at])
}

/// Follows one path, and each branch of a `{…}` tree, from `base` on.
fn expand(text: &str, base: &[String], found: &mut BTreeSet<Vec<String>>) {
    let mut path = base.to_vec();
    let mut rest = text.trim_start();
    loop {
        if let Some(tree) = rest.strip_prefix('{') {
            for branch in branches(tree) {
                expand(branch, &path, found);
            }
            return;
        }
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let name = &rest[..end];
        if name == "super" {
            path.pop();
        } else if !name.is_empty() {
            path.push(name.to_owned());
        }
        match rest[end..].strip_prefix("::") {
            Some(next) => rest = next,
            None => break,
        }
    }
    if !path.is_empty() {
        found.insert(path);
    }
}

/// The comma-separated branches of a use tree, up to its closing brace.
fn branches(tree: &str) -> Vec<&str> {
    let (mut depth, mut start, mut out) = (0usize, 0usize, Vec::new());
    for (i, c) in tree.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                out.push(tree[start..i].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                out.push(tree[start..i].trim());
                start = i + 1;
            }
            _ => {}
        }
    }
    out.retain(|b| !b.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(source: &str, own: &[&str]) -> Vec<String> {
        let own: Vec<String> = own.iter().map(|s| s.to_string()).collect();
        used(source, &own).into_iter().map(|p| p.join("::")).collect()
    }

    #[test]
    fn use_trees_are_followed_branch_by_branch() {
        let source = "use crate::{span::{Span, Text}, record::Zone};\nuse std::fmt;";
        assert_eq!(paths(source, &["zone"]), ["record::Zone", "span::Span", "span::Text"]);
    }

    #[test]
    fn super_is_seen_from_the_file() {
        assert_eq!(
            paths("use super::name::read;", &["mention", "address"]),
            ["mention::name::read"]
        );
        assert_eq!(paths("use super::super::span::Span;", &["mention", "address"]), ["span::Span"]);
    }

    #[test]
    fn paths_in_expressions_count_and_comments_do_not() {
        let source = "let t = crate::token::tokens(s); // crate::letter::join";
        assert_eq!(paths(source, &["zone"]), ["token::tokens"]);
        assert!(paths("use other_crate::x::y;", &["zone"]).is_empty());
    }
}
