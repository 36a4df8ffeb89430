//! Pages whose words have places: ALTO, PAGE XML, hOCR, and the text layer of PDF.
//!
//! ALTO 2 to 4 (Library of Congress), PAGE content 2010 to 2019 (PRImA), hOCR 1.2, and the boxes
//! that `pdftotext -bbox-layout` writes: all are pages of blocks of lines of words. Words stay as
//! they were recognised, hyphens at line ends too; a line of the page is a line of the text, a
//! block a block. PAGE's reading order is followed. A line that returns as the first or the last
//! of at least three pages, numbers aside, is a running head, and one that says the number of its
//! page a page number: left out and noted. Does not
//! recognise characters and does not find columns that its source did not find.

use std::collections::HashMap;

use crate::map::{Area, Builder};
use crate::xml::{Fault, Item, Tag, Walk};

/// A page as its source gives it.
#[derive(Debug, Default)]
pub(crate) struct Page {
    blocks: Vec<Block>,
}

#[derive(Debug, Default)]
struct Block {
    id: String,
    lines: Vec<Line>,
}

#[derive(Debug, Default)]
struct Line {
    words: Vec<(String, Area)>,
}

impl Line {
    fn text(&self) -> String {
        self.words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")
    }
}

impl Page {
    /// Whether the page has no words.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.iter().all(|b| b.lines.iter().all(|l| l.words.is_empty()))
    }
}

/// Which grammar the pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// ALTO.
    Alto,
    /// PAGE XML.
    PageXml,
    /// hOCR.
    Hocr,
    /// `pdftotext -bbox-layout`.
    Boxes,
}

/// What an element is for.
enum Kind {
    Page,
    Block(String),
    Line(Area),
    /// A word, whole or between its tags.
    Word(Option<String>, Area),
    /// The part of a word broken at the end of a line that says so.
    Hyphen(String, Area),
    /// The outline of the line or block that it stands in.
    Outline(Area),
    Order(String),
    Other,
}

const NOWHERE: Area = Area { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };

/// Reads pages, and what is wrong with their source.
pub(crate) fn pages(xml: &str, grammar: Grammar, max_depth: usize) -> (Vec<Page>, Option<Fault>) {
    let mut pages: Vec<Page> = Vec::new();
    let mut order: Vec<String> = Vec::new();
    let mut open: Vec<(String, Kind)> = Vec::new();
    let mut walk = Walk::new(xml, max_depth);
    for item in walk.by_ref() {
        match item {
            Item::Start(tag) => {
                let kind = kind(grammar, &tag, &open);
                match &kind {
                    Kind::Page => pages.push(Page::default()),
                    Kind::Block(id) => {
                        let block = Block { id: id.clone(), lines: Vec::new() };
                        if let Some(page) = pages.last_mut() {
                            page.blocks.push(block);
                        }
                    }
                    Kind::Line(_) => {
                        if let Some(block) = last_block(&mut pages) {
                            block.lines.push(Line::default());
                        }
                    }
                    Kind::Word(Some(word), area) => push_word(&mut pages, word, *area),
                    Kind::Word(None, area) => push_word(&mut pages, "", *area),
                    Kind::Hyphen(hyphen, area) => {
                        if let Some(line) = last_block(&mut pages).and_then(|b| b.lines.last_mut())
                        {
                            match line.words.last_mut() {
                                Some((word, _)) => word.push_str(hyphen),
                                None => line.words.push((hyphen.clone(), *area)),
                            }
                        }
                    }
                    Kind::Outline(area) => {
                        let line = open.iter_mut().rev().find_map(|(_, k)| match k {
                            Kind::Line(outline) => Some(outline),
                            _ => None,
                        });
                        if let Some(outline) = line.filter(|o| **o == NOWHERE) {
                            *outline = *area;
                        }
                    }
                    Kind::Order(id) => order.push(id.clone()),
                    Kind::Other => {}
                }
                open.push((tag.name, kind));
            }
            Item::End(_) => {
                if let Some((_, Kind::Page)) = open.pop() {
                    if let Some(page) = pages.last_mut() {
                        reorder(page, &order);
                    }
                    order.clear();
                }
            }
            Item::Text(text, _) => push_text(&mut pages, &open, text, grammar),
            Item::Reference(stands, _) => push_text(&mut pages, &open, &stands, grammar),
        }
    }
    for line in pages.iter_mut().flat_map(|p| &mut p.blocks).flat_map(|b| &mut b.lines) {
        for (word, _) in &mut line.words {
            *word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        line.words.retain(|(word, _)| !word.is_empty());
    }
    (pages, walk.fault)
}

fn last_block(pages: &mut [Page]) -> Option<&mut Block> {
    let page = pages.last_mut()?;
    if page.blocks.is_empty() {
        page.blocks.push(Block::default());
    }
    page.blocks.last_mut()
}

fn push_word(pages: &mut [Page], word: &str, area: Area) {
    if let Some(block) = last_block(pages) {
        if block.lines.is_empty() {
            block.lines.push(Line::default());
        }
        if let Some(line) = block.lines.last_mut() {
            line.words.push((word.to_owned(), area));
        }
    }
}

/// Characters between tags: of a word, or of a line that has no words.
fn push_text(pages: &mut [Page], open: &[(String, Kind)], text: &str, grammar: Grammar) {
    let in_word = open.iter().any(|(_, k)| matches!(k, Kind::Word(None, _)));
    if in_word {
        let line = last_block(pages).and_then(|b| b.lines.last_mut());
        if let Some((word, _)) = line.and_then(|l| l.words.last_mut()) {
            word.push_str(text);
        }
        return;
    }
    if grammar == Grammar::Boxes || grammar == Grammar::Alto || text.trim().is_empty() {
        return;
    }
    let area = open.iter().rev().find_map(|(_, k)| match k {
        Kind::Line(area) => Some(*area),
        _ => None,
    });
    if let Some(area) = area
        && (grammar == Grammar::Hocr || is_line_text(open))
    {
        push_word(pages, text, area);
    }
}

/// PAGE has the text of a line beside that of its words: `TextLine/TextEquiv/Unicode` is meant.
fn is_line_text(open: &[(String, Kind)]) -> bool {
    let names: Vec<&str> = open.iter().rev().take(3).map(|(n, _)| n.as_str()).collect();
    names == ["Unicode", "TextEquiv", "TextLine"]
}

fn kind(grammar: Grammar, tag: &Tag<'_>, open: &[(String, Kind)]) -> Kind {
    match grammar {
        Grammar::Alto => match tag.name.as_str() {
            "Page" => Kind::Page,
            "TextBlock" => Kind::Block(String::new()),
            "TextLine" => Kind::Line(NOWHERE),
            "String" => {
                Kind::Word(Some(tag.attribute("CONTENT").unwrap_or_default()), alto_area(tag))
            }
            "HYP" => Kind::Hyphen(tag.attribute("CONTENT").unwrap_or_default(), alto_area(tag)),
            _ => Kind::Other,
        },
        Grammar::Boxes => match tag.name.as_str() {
            "page" => Kind::Page,
            "block" => Kind::Block(String::new()),
            "line" => Kind::Line(NOWHERE),
            "word" => Kind::Word(None, area_of(tag, ["xMin", "yMin", "xMax", "yMax"])),
            _ => Kind::Other,
        },
        Grammar::PageXml => match tag.name.as_str() {
            "Page" => Kind::Page,
            "TextRegion" => Kind::Block(tag.attribute("id").unwrap_or_default()),
            "TextLine" => Kind::Line(NOWHERE),
            "Coords" if open.last().is_some_and(|(n, _)| n == "TextLine") => {
                Kind::Outline(outline(&tag.attribute("points").unwrap_or_default()))
            }
            "RegionRefIndexed" | "RegionRef" => {
                Kind::Order(tag.attribute("regionRef").unwrap_or_default())
            }
            _ => Kind::Other,
        },
        Grammar::Hocr => {
            let class = tag.attribute("class").unwrap_or_default();
            let area = || hocr_area(&tag.attribute("title").unwrap_or_default());
            match class.split_whitespace().next().unwrap_or_default() {
                "ocr_page" => Kind::Page,
                "ocr_par" => Kind::Block(String::new()),
                "ocr_line" | "ocr_header" | "ocr_caption" | "ocr_textfloat" | "ocrx_line" => {
                    Kind::Line(area())
                }
                "ocrx_word" => Kind::Word(None, area()),
                _ => Kind::Other,
            }
        }
    }
}

fn area_of(tag: &Tag<'_>, [left, top, right, bottom]: [&str; 4]) -> Area {
    let get = |name| tag.number(name).unwrap_or(0.0);
    Area { left: get(left), top: get(top), right: get(right), bottom: get(bottom) }
}

fn alto_area(tag: &Tag<'_>) -> Area {
    let area = area_of(tag, ["HPOS", "VPOS", "WIDTH", "HEIGHT"]);
    Area { right: area.left + area.right, bottom: area.top + area.bottom, ..area }
}

/// `title='bbox 201 219 273 243; x_wconf 93'`
fn hocr_area(title: &str) -> Area {
    let numbers: Vec<f32> = title
        .split(';')
        .find_map(|p| p.trim().strip_prefix("bbox "))
        .map(|n| n.split_whitespace().filter_map(|n| n.parse().ok()).collect())
        .unwrap_or_default();
    match numbers[..] {
        [left, top, right, bottom] => Area { left, top, right, bottom },
        _ => NOWHERE,
    }
}

/// The box about the points of a polygon, as in `10,20 30,40`.
fn outline(points: &str) -> Area {
    let points = points.split_whitespace().filter_map(|p| {
        let (x, y) = p.split_once(',')?;
        Some((x.parse::<f32>().ok()?, y.parse::<f32>().ok()?))
    });
    points
        .fold(None, |area: Option<Area>, (x, y)| {
            let area = area.unwrap_or(Area { left: x, top: y, right: x, bottom: y });
            Some(Area {
                left: area.left.min(x),
                top: area.top.min(y),
                right: area.right.max(x),
                bottom: area.bottom.max(y),
            })
        })
        .unwrap_or(NOWHERE)
}

fn reorder(page: &mut Page, order: &[String]) {
    let place: HashMap<&str, usize> =
        order.iter().enumerate().map(|(n, id)| (id.as_str(), n)).collect();
    // regions that the order does not name come behind, as they stand
    page.blocks.sort_by_key(|b| place.get(b.id.as_str()).copied().unwrap_or(usize::MAX));
}

/// Appends the text of pages, which count from `first`.
pub(crate) fn write(pages: &[Page], first: u32, builder: &mut Builder) {
    let running = running_heads(pages);
    let mut left_out = 0usize;
    for (page, number) in pages.iter().zip(first..) {
        if number > first && !builder.text().is_empty() {
            builder.end_block();
            builder.make("\u{0C}");
        }
        let total: usize = page.blocks.iter().map(|b| b.lines.len()).sum();
        let mut at = 0;
        for block in &page.blocks {
            builder.end_block();
            for line in &block.lines {
                at += 1;
                let is_edge = at == 1 || at == total;
                if is_edge
                    && (is_number_of(line, number) || running.contains_key(&key(line, at == 1)))
                {
                    left_out += 1;
                    continue;
                }
                builder.end_line();
                write_line(line, number, builder);
            }
        }
    }
    builder.end_line();
    if left_out > 0 {
        builder
            .note("left-out", format!("{left_out} running heads and page numbers were left out"));
    }
}

fn write_line(line: &Line, page: u32, builder: &mut Builder) {
    let mut before: Option<Area> = None;
    for (word, area) in &line.words {
        if let Some(before) = before {
            // a gap of more than two heights of the line parts columns
            let wide = area.left - before.right > 2.0 * (before.bottom - before.top).max(1.0);
            builder.make(if wide { "   " } else { " " });
        }
        builder.boxed(word, page, *area);
        before = Some(*area);
    }
}

/// Whether a line says the number of its page and nothing else, as in `– 2 –`.
fn is_number_of(line: &Line, page: u32) -> bool {
    let text = line.text();
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—')).parse()
        == Ok(page)
}

/// Lines that return at the head or foot of at least three pages and of half of all.
fn running_heads(pages: &[Page]) -> HashMap<(bool, String), usize> {
    let mut seen: HashMap<(bool, String), usize> = HashMap::new();
    for page in pages {
        let mut lines = page.blocks.iter().flat_map(|b| &b.lines);
        let first = lines.next();
        for (line, is_first) in [(first, true), (lines.next_back(), false)] {
            if let Some(line) = line {
                *seen.entry(key(line, is_first)).or_default() += 1;
            }
        }
    }
    seen.retain(|_, n| *n >= 3 && *n * 2 >= pages.len());
    seen
}

/// What two running heads have in common: their words, numbers aside, and their end of the page.
fn key(line: &Line, is_first: bool) -> (bool, String) {
    let mut text = String::new();
    for c in line.text().chars() {
        match c.is_numeric() {
            true if text.ends_with('0') => {}
            true => text.push('0'),
            false => text.push(c),
        }
    }
    (is_first, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Offsets;
    use crate::map::{SourceMap, Spot};

    fn text(xml: &str, grammar: Grammar) -> (String, SourceMap) {
        let (pages, fault) = pages(xml, grammar, 64);
        assert!(fault.is_none(), "{fault:?}");
        let mut builder = Builder::new("", Offsets::Same(0));
        write(&pages, 1, &mut builder);
        let (text, map, _) = builder.finish();
        (text, map)
    }

    #[test]
    fn page_xml_is_read_in_its_own_order_by_lines() {
        let xml = "<PcGts><Page><ReadingOrder><OrderedGroup><RegionRefIndexed index='0' \
            regionRef='b'/><RegionRefIndexed index='1' regionRef='a'/></OrderedGroup></ReadingOrder>\
            <TextRegion id='a'><TextLine><Coords points='10,60 90,60 90,70 10,70'/><Word><TextEquiv>\
            <Unicode>come</Unicode></TextEquiv></Word><TextEquiv><Unicode>come &amp; stay.</Unicode>\
            </TextEquiv></TextLine></TextRegion><TextRegion id='b'><TextLine><Coords \
            points='10,20 90,22'/><TextEquiv><Unicode>Dear Ann,</Unicode></TextEquiv></TextLine>\
            </TextRegion></Page></PcGts>";
        let (text, map) = text(xml, Grammar::PageXml);
        assert_eq!(text, "Dear Ann,\n\ncome & stay.\n");
        let spot = map.place(text.find("come").expect("there")).expect("placed").spot;
        let area = Area { left: 10.0, top: 60.0, right: 90.0, bottom: 70.0 };
        assert_eq!(spot, Spot::Page(1, area));
    }

    #[test]
    fn running_heads_of_three_pages_are_left_out() {
        let page = |n: usize, line: &str| {
            let words = |text: &str| -> String {
                text.split(' ').map(|w| format!("<word xMin='1' xMax='2'>{w}</word>")).collect()
            };
            let lines = [format!("Letters, page {n}"), line.to_owned(), format!("end {n}{n}")];
            let lines: String =
                lines.iter().map(|l| format!("<line>{}</line>", words(l))).collect();
            format!("<page><block>{lines}</block></page>")
        };
        let three =
            format!("<doc>{}{}{}</doc>", page(1, "Dear Ann,"), page(2, "come"), page(9, "soon"));
        assert_eq!(text(&three, Grammar::Boxes).0, "Dear Ann,\n\n\u{0C}come\n\n\u{0C}soon\n");
        let two = format!("<doc>{}{}</doc>", page(1, "Dear Ann,"), page(2, "come"));
        assert!(text(&two, Grammar::Boxes).0.contains("Letters, page 2"));
    }

    #[test]
    fn alto_keeps_hyphens_and_columns() {
        let xml = "<alto><Page><TextBlock><TextLine><String CONTENT='No.' HPOS='0' VPOS='0' \
            WIDTH='30' HEIGHT='10'/><String CONTENT='Bath,' HPOS='200' VPOS='0' WIDTH='30' \
            HEIGHT='10'/></TextLine><TextLine><String CONTENT='prom'/><HYP CONTENT='-'/></TextLine>\
            <TextLine><String CONTENT='ise'/></TextLine></TextBlock></Page></alto>";
        assert_eq!(text(xml, Grammar::Alto).0, "No.   Bath,\nprom-\nise\n");
    }
}
