//! HTML to text, as a reader sees the page, each character with its byte.
//!
//! Tokens by the WHATWG HTML Standard (`html5gum`); of its tree only so much as decides what is
//! seen: blocks and lines, preformatted text, cells, and what is hidden. White space folds as a
//! browser folds it. A page that has exactly one `main`, or else exactly one `article`, is read
//! inside it; navigation, asides, forms, scripts and the header and footer of the page are left
//! out and noted. Does not run scripts, apply style sheets (but `display: none` written on an
//! element) or fetch anything.

use std::ops::Range;

use html5gum::Token;

use crate::document::{Stated, StatedField};
use crate::entity::{reference, tokens};
use crate::map::Builder;

/// What a page says beside its text.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The language of the page.
    pub(crate) language: Option<String>,
    /// Bytes of the text that the page marks as a message quoted below its answer.
    pub(crate) quotes: Vec<Range<usize>>,
}

impl Page {
    /// What the page says of its language.
    pub(crate) fn language(self) -> Option<Stated> {
        self.language.map(|value| Stated {
            field: StatedField::Language,
            value,
            normalised: None,
            span: None,
            at: "/html/@lang".into(),
        })
    }
}

/// Elements that begin and end a block, with an empty line about them.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "body",
    "center",
    "details",
    "dl",
    "fieldset",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];
/// Elements that begin and end a line.
const LINES: &[&str] =
    &["div", "li", "tr", "dt", "dd", "caption", "figcaption", "summary", "thead", "tbody"];
/// Elements that are never shown as text.
const UNSEEN: &[&str] = &[
    "script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe",
    "select", "button", "textarea", "audio", "video", "canvas",
];
/// Elements about the letter and not of it.
const AROUND: &[&str] = &["nav", "aside", "form", "menu", "dialog"];
/// Elements without an end.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

struct Open {
    name: String,
    hidden: bool,
    quote: Option<usize>,
}

/// Appends the text of `html`, which stands in the builder's part from `base`.
pub(crate) fn read(html: &str, base: usize, max_depth: usize, builder: &mut Builder) -> Page {
    let inside = region(html);
    let mut page = Page::default();
    let mut open: Vec<Open> = Vec::new();
    let mut hidden = 0usize;
    let mut preformatted = 0usize;
    let mut left_out = 0usize;
    let mut within = usize::from(inside.is_none());
    let mut too_deep = 0usize;
    for token in tokens(html) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attribute = |key: &str| {
                    tag.attributes
                        .get(key.as_bytes())
                        .map(|v| String::from_utf8_lossy(v).into_owned())
                };
                if name == "html" || (name == "body" && page.language.is_none()) {
                    page.language = page.language.or(attribute("lang")).filter(|l| !l.is_empty());
                }
                if hidden == 0 && within > 0 {
                    boundary(&name, builder);
                    if name == "td" || name == "th" {
                        builder.next_cell();
                    }
                }
                if VOID.contains(&name.as_str()) || tag.self_closing {
                    continue;
                }
                if open.len() >= max_depth {
                    too_deep += 1;
                    continue;
                }
                let style = attribute("style").unwrap_or_default().replace(' ', "");
                let role = attribute("role").unwrap_or_default();
                let of_page =
                    within == 0 || open.iter().any(|o| o.name == "article" || o.name == "main");
                let around = AROUND.contains(&name.as_str())
                    || matches!(role.as_str(), "navigation" | "banner" | "search" | "contentinfo")
                    || (matches!(name.as_str(), "header" | "footer") && !of_page);
                // a page number that LibreOffice counted
                let is_number = name == "sdfield"
                    && attribute("type").is_some_and(|t| {
                        matches!(t.to_ascii_lowercase().as_str(), "page" | "docstat")
                    });
                let is_hidden = is_number
                    || UNSEEN.contains(&name.as_str())
                    || around
                    || attribute("hidden").is_some()
                    || style.contains("display:none");
                left_out += usize::from(around && hidden == 0);
                let class = attribute("class").unwrap_or_default();
                let is_quote = (name == "blockquote"
                    && attribute("type").is_some_and(|t| t.eq_ignore_ascii_case("cite")))
                    || class.split_whitespace().any(|c| c == "gmail_quote");
                hidden += usize::from(is_hidden);
                preformatted += usize::from(name == "pre");
                if inside == Some(name.as_str()) {
                    within += 1;
                }
                let quote = is_quote.then(|| {
                    builder.end_line();
                    builder.text().len()
                });
                open.push(Open { name, hidden: is_hidden, quote });
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                // an end tag closes what was left open inside; one without a start closes nothing
                if let Some(at) = open.iter().rposition(|o| o.name == name) {
                    for closed in open.drain(at..) {
                        hidden -= usize::from(closed.hidden);
                        preformatted -= usize::from(closed.name == "pre");
                        if inside == Some(closed.name.as_str()) {
                            within -= 1;
                        }
                        if let Some(start) = closed.quote {
                            page.quotes.push(start..builder.text().len());
                        }
                    }
                }
                if hidden == 0 && within > 0 {
                    boundary(&name, builder);
                }
            }
            Token::String(string) if hidden == 0 && within > 0 => {
                let range = string.span.start..string.span.end;
                let value = String::from_utf8_lossy(&string.value);
                text(html, range, &value, base, preformatted > 0, builder);
            }
            _ => {}
        }
    }
    if let Some(start) = open.iter().find_map(|o| o.quote) {
        page.quotes.push(start..builder.text().len());
    }
    page.quotes.sort_by_key(|q| q.start);
    if left_out > 0 {
        builder.note("left-out", format!("{left_out} parts about the letter (navigation, asides, forms, page header and footer) were left out"));
    }
    if too_deep > 0 {
        builder.note("too-deep", format!("expected at most {max_depth} elements inside each other, but found more ({too_deep} were read as if they were not there)"));
    }
    page
}

/// The element whose inside is the letter: the only `main`, or else the only `article`.
fn region(html: &str) -> Option<&'static str> {
    let (mut mains, mut articles) = (0, 0);
    for token in tokens(html) {
        if let Token::StartTag(tag) = token {
            mains += usize::from(&**tag.name == b"main");
            articles += usize::from(&**tag.name == b"article");
        }
    }
    match (mains, articles) {
        (1, _) => Some("main"),
        (_, 1) => Some("article"),
        _ => None,
    }
}

fn boundary(name: &str, builder: &mut Builder) {
    if BLOCKS.contains(&name) {
        builder.end_block();
    } else if LINES.contains(&name) {
        builder.end_line();
    } else if name == "br" {
        builder.make("\n");
    }
}

/// A stretch of characters, of which `value` is what the reader sees.
fn text(
    html: &str,
    range: Range<usize>,
    value: &str,
    base: usize,
    preformatted: bool,
    builder: &mut Builder,
) {
    let push = |builder: &mut Builder, piece: &str, start: usize| {
        if preformatted {
            builder.copy(piece, start);
        } else {
            builder.copy_folded(piece, start);
        }
    };
    match html.get(range.clone()) {
        Some(raw) if raw == value => push(builder, raw, base + range.start),
        Some(raw) if raw.contains('&') => {
            let mut at = 0;
            while at < raw.len() {
                let rest = &raw[at..];
                if !rest.starts_with('&') {
                    let end = rest.find('&').unwrap_or(rest.len());
                    push(builder, &rest[..end], base + range.start + at);
                    at += end;
                    continue;
                }
                let name = rest[1..]
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
                    .map_or(rest.len(), |n| n + 1);
                let end = if rest[name..].starts_with(';') { name + 1 } else { name };
                let start = base + range.start + at;
                builder.stand(&reference(&rest[..end]), start..start + end);
                at += end;
            }
        }
        // line ends that the tokenizer made one kind of, a NUL that it replaced
        Some(raw) => push(builder, raw, base + range.start),
        None => builder.make(value),
    }
}
