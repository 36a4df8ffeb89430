//! Markdown to text, each character with its byte.
//!
//! By CommonMark (`pulldown-cmark`), which gives the place of each piece. Signs of emphasis and
//! headings go, what they enclose stays. Lines stay lines, since the lines of an address are
//! written so; so do the marks of lists, since "3. März 1848" at the head of a line is a list to
//! CommonMark and a date to its reader. Metadata at the head of the file and comments are left
//! out and noted, and so are footnotes and their marks. Does not follow links.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::html;
use crate::map::Builder;

/// Appends the text of `markdown`, which is the builder's part from byte 0.
pub(crate) fn read(markdown: &str, max_depth: usize, builder: &mut Builder) {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES;
    let mut unseen = 0usize;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        let raw = &markdown[range.clone()];
        match event {
            Event::Start(Tag::MetadataBlock(_)) => {
                unseen += 1;
                builder.note("left-out", "metadata at the head of the file was left out");
            }
            Event::Start(Tag::FootnoteDefinition(_)) => {
                unseen += 1;
                builder.note("left-out", "a note was left out");
            }
            Event::End(TagEnd::MetadataBlock(_) | TagEnd::FootnoteDefinition) => unseen -= 1,
            _ if unseen > 0 => {}
            Event::Start(Tag::Item) => {
                builder.end_line();
                let mark = raw.find([' ', '\t', '\n']).map_or(raw.len(), |n| n + 1);
                builder.copy(raw[..mark].trim_end_matches('\n'), range.start);
            }
            Event::End(TagEnd::Item) => builder.end_line(),
            // the text of an item goes on behind its mark
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_))
                if !builder.text().ends_with([' ', '\t']) =>
            {
                builder.end_block();
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::HtmlBlock,
            )
            | Event::Rule => builder.end_block(),
            Event::Text(text) | Event::Code(text) => {
                let inner = raw.find(&*text).filter(|_| !text.is_empty());
                match inner {
                    Some(at) => builder.copy(&text, range.start + at),
                    None => builder.stand(&text, range),
                }
            }
            Event::SoftBreak | Event::HardBreak => builder.end_line(),
            Event::Html(_) => {
                html::read(raw, range.start, max_depth, builder);
            }
            Event::InlineHtml(tag) if tag.starts_with("<br") => builder.end_line(),
            _ => {}
        }
    }
}
