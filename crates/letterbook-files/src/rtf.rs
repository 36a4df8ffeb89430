//! RTF to text, each character with its bytes.
//!
//! By the Rich Text Format Specification 1.9.1, so much of it as makes characters and lines. The
//! project has its own reader because the kept library for Rust drops words beside `\u` escapes
//! and all paragraph ends; the tests show both. Code pages are those that `encoding_rs` knows,
//! told by `\ansicpg` and by the character set of the font in use. A paragraph is a block, unless
//! empty ones part the blocks, as in `office`. Headers stand where the file has them,
//! before the body, footers at the end; notes, fields' codes, pictures, hidden and deleted text
//! are left out. Does not read tables as more than rows of cells.

use std::ops::Range;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

use crate::map::{Builder, Paragraphs, is_page_number};

/// Groups that hold no text of the page.
const UNSEEN: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "fldinst",
    "footnote",
    "annotation",
    "atnid",
    "atnauthor",
    "themedata",
    "colorschememapping",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "filetbl",
    "revtbl",
    "xmlnstbl",
    "latentstyles",
    "pgdsctbl",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "template",
    "listtext",
    "pntext",
    "tc",
    "xe",
    "mmathPr",
    "panose",
    "falt",
    "private",
    "userprops",
    "docvar",
];
/// Groups that begin with `\*` and hold text of the page all the same.
const SEEN: &[&str] = &["shptxt", "shpinst", "shprslt", "fldrslt"];
/// Groups that stand at the foot of the page and before the body in the file.
const FOOTERS: &[&str] = &["footer", "footerl", "footerr", "footerf"];

#[derive(Clone)]
struct Group {
    hidden: bool,
    encoding: Option<&'static Encoding>,
    /// How many characters behind a `\u` stand for readers that do not know it.
    skip: usize,
    in_fonts: bool,
    footer: Option<usize>,
}

struct Rtf<'a, 'b> {
    bytes: &'a [u8],
    at: usize,
    builder: &'b mut Builder,
    base: &'static Encoding,
    fonts: Vec<(i32, &'static Encoding)>,
    font_in_table: i32,
    pending: Vec<u8>,
    pending_range: Range<usize>,
    to_skip: usize,
    high: Option<(u16, usize)>,
    by_lines: bool,
    line_start: usize,
    paragraphs: Paragraphs,
    footers: Vec<Range<usize>>,
    max_depth: usize,
    too_deep: usize,
    left_out: usize,
    page_field: bool,
    /// Whether the paragraph holds the number of a page.
    is_paged: bool,
}

/// Appends the text of an RTF file, which is the builder's part.
///
/// `by_lines` says whether a paragraph is a line or a block; gives whether it had better be one.
pub(crate) fn read(bytes: &[u8], max_depth: usize, by_lines: bool, builder: &mut Builder) -> bool {
    let mut rtf = Rtf {
        bytes,
        at: 0,
        builder,
        base: WINDOWS_1252,
        fonts: Vec::new(),
        font_in_table: 0,
        pending: Vec::new(),
        pending_range: 0..0,
        to_skip: 0,
        high: None,
        by_lines,
        line_start: 0,
        paragraphs: Paragraphs::default(),
        footers: Vec::new(),
        max_depth,
        too_deep: 0,
        left_out: 0,
        page_field: false,
        is_paged: false,
    };
    let depth = rtf.run(bytes.len(), true);
    for footer in std::mem::take(&mut rtf.footers) {
        rtf.builder.end_block();
        rtf.line_start = rtf.builder.text().len();
        rtf.paragraphs.end_section();
        rtf.at = footer.start;
        rtf.run(footer.end, false);
    }
    if depth > 0 {
        let message = format!("expected the end of {depth} groups, but found the end of the file");
        rtf.builder.note("truncated", message);
    }
    if rtf.too_deep > 0 {
        let message = format!("expected at most {max_depth} groups inside each other");
        rtf.builder.note("too-deep", message);
    }
    if rtf.left_out > 0 {
        let message = format!("{} notes, comments or pictures were left out", rtf.left_out);
        rtf.builder.note("left-out", message);
    }
    rtf.paragraphs.are_lines()
}

impl Rtf<'_, '_> {
    /// Reads up to byte `end`; gives how many groups are still open there.
    fn run(&mut self, end: usize, defers_footers: bool) -> usize {
        let outer = Group { hidden: false, encoding: None, skip: 1, in_fonts: false, footer: None };
        let mut groups = vec![outer];
        let mut deeper = 0usize;
        while self.at < end {
            let start = self.at;
            self.at += 1;
            match self.bytes[start] {
                b'{' => {
                    self.flush(groups.last());
                    if groups.len() > self.max_depth {
                        deeper += 1;
                        self.too_deep += 1;
                    } else if let Some(group) = groups.last().cloned() {
                        groups.push(Group { footer: None, ..group });
                    }
                }
                b'}' => {
                    self.flush(groups.last());
                    if deeper > 0 {
                        deeper -= 1;
                    } else if groups.len() > 1
                        && let Some(Group { footer: Some(from), .. }) = groups.pop()
                    {
                        self.footers.push(from..start);
                    }
                }
                b'\\' => self.control(start, end, &mut groups, defers_footers),
                b'\r' | b'\n' => {}
                byte => {
                    if let Some(group) = groups.last() {
                        self.byte(byte, start..self.at, group);
                    }
                }
            }
        }
        self.flush(groups.last());
        groups.len() - 1 + deeper
    }

    fn control(&mut self, start: usize, end: usize, groups: &mut [Group], defers_footers: bool) {
        let Some(group) = groups.last_mut() else { return };
        let Some(&first) = self.bytes[..end].get(self.at) else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    let digits = self.bytes[..end].get(self.at..self.at + 2);
                    let byte = digits
                        .and_then(|d| std::str::from_utf8(d).ok())
                        .and_then(|d| u8::from_str_radix(d, 16).ok());
                    let Some(byte) = byte else {
                        // half an escape stands for nothing
                        let digit = self.bytes[..end].get(self.at);
                        self.at += usize::from(digit.is_some_and(u8::is_ascii_hexdigit));
                        return;
                    };
                    self.at += 2;
                    let group = group.clone();
                    self.byte(byte, start..self.at, &group);
                }
                b'~' => self.character('\u{A0}', start, group),
                b'_' => self.character('\u{2011}', start, group),
                b'\\' | b'{' | b'}' => {
                    let group = group.clone();
                    self.byte(first, start..self.at, &group);
                }
                b'\r' | b'\n' => self.paragraph(group),
                // a group that older readers pass over, and so does this one
                b'*' => {
                    let name = self.bytes[self.at..end]
                        .strip_prefix(b"\\")
                        .map(|rest| rest.iter().take_while(|b| b.is_ascii_alphabetic()).count());
                    let name = name.map(|n| &self.bytes[self.at + 1..self.at + 1 + n]);
                    if !name.is_some_and(|n| SEEN.iter().any(|s| s.as_bytes() == n)) {
                        group.hidden = true;
                    }
                }
                _ => {}
            }
            return;
        }
        let letters = self.bytes[self.at..end]
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let name = String::from_utf8_lossy(&self.bytes[self.at..self.at + letters]).into_owned();
        self.at += letters;
        let digits = self.bytes[self.at..end]
            .iter()
            .take(11)
            .enumerate()
            .take_while(|&(i, b)| b.is_ascii_digit() || (i == 0 && *b == b'-'))
            .count();
        let number: Option<i32> = std::str::from_utf8(&self.bytes[self.at..self.at + digits])
            .ok()
            .and_then(|d| d.parse().ok());
        self.at += digits;
        if self.bytes[..end].get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(&name, number, start, end, group, defers_footers);
    }

    fn word(
        &mut self,
        name: &str,
        number: Option<i32>,
        start: usize,
        end: usize,
        group: &mut Group,
        defers_footers: bool,
    ) {
        match name {
            "par" | "sect" => self.paragraph(group),
            "line" | "row" | "page" | "column" => {
                self.flush(Some(group));
                if !group.hidden {
                    self.builder.end_line();
                    self.line_start = self.builder.text().len();
                }
            }
            "tab" | "cell" => self.character('\t', start, group),
            "emdash" => self.character('\u{2014}', start, group),
            "endash" => self.character('\u{2013}', start, group),
            "lquote" => self.character('\u{2018}', start, group),
            "rquote" => self.character('\u{2019}', start, group),
            "ldblquote" => self.character('\u{201C}', start, group),
            "rdblquote" => self.character('\u{201D}', start, group),
            "bullet" => self.character('\u{2022}', start, group),
            "emspace" | "enspace" | "qmspace" => self.character(' ', start, group),
            "u" => self.unicode(number.unwrap_or(0), start, group),
            "uc" => group.skip = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8),
            "bin" => {
                let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                self.at = self.at.saturating_add(length).min(end);
            }
            "ansicpg" => {
                if let Some(encoding) = number.and_then(code_page) {
                    self.base = encoding;
                }
            }
            "mac" => self.base = encoding_rs::MACINTOSH,
            "f" if group.in_fonts => self.font_in_table = number.unwrap_or(0),
            "f" => {
                self.flush(Some(group));
                let font = number.unwrap_or(0);
                group.encoding = self.fonts.iter().find(|(f, _)| *f == font).map(|(_, e)| *e);
            }
            "fcharset" if group.in_fonts => {
                if let Some(encoding) = number.and_then(character_set) {
                    self.fonts.push((self.font_in_table, encoding));
                }
            }
            "plain" => group.encoding = None,
            "v" | "deleted" => {
                self.flush(Some(group));
                group.hidden = number != Some(0);
            }
            "fldrslt" => {
                self.is_paged |= self.page_field && !group.hidden;
                group.hidden |= self.page_field;
            }
            _ if UNSEEN.contains(&name) => {
                if name == "fldinst" {
                    let code = &self.bytes[self.at..end.min(self.at + 200)];
                    let code = code.split(|&b| b == b'}').next().unwrap_or_default();
                    let mut words = code.split(|b| !b.is_ascii_alphabetic());
                    self.page_field = words.any(|w| matches!(w, b"PAGE" | b"NUMPAGES"));
                }
                self.flush(Some(group));
                let is_told = matches!(name, "footnote" | "annotation" | "pict" | "object");
                self.left_out += usize::from(is_told && !group.hidden);
                group.hidden = true;
                group.in_fonts |= name == "fonttbl";
            }
            _ if FOOTERS.contains(&name) && defers_footers => {
                group.hidden = true;
                group.footer = Some(self.at);
            }
            _ => {}
        }
    }

    /// A byte of text in the code page of its font.
    fn byte(&mut self, byte: u8, range: Range<usize>, group: &Group) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        if group.hidden {
            return;
        }
        if byte.is_ascii() && self.pending.is_empty() {
            let mut buffer = [0; 4];
            let text: &str = char::from(byte).encode_utf8(&mut buffer);
            match range.len() {
                1 => self.builder.copy(text, range.start),
                _ => self.builder.stand(text, range),
            }
            return;
        }
        if self.pending.is_empty() {
            self.pending_range.start = range.start;
        }
        self.pending.push(byte);
        self.pending_range.end = range.end;
        let encoding = group.encoding.unwrap_or(self.base);
        if encoding.is_single_byte() || self.pending.len() >= 2 {
            self.flush(Some(group));
        }
    }

    fn flush(&mut self, group: Option<&Group>) {
        if self.pending.is_empty() {
            return;
        }
        let encoding = group.and_then(|g| g.encoding).unwrap_or(self.base);
        let (text, _) = encoding.decode_without_bom_handling(&self.pending);
        self.builder.stand(&text, self.pending_range.clone());
        self.pending.clear();
    }

    fn character(&mut self, c: char, start: usize, group: &Group) {
        self.flush(Some(group));
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if !group.hidden {
            self.builder.stand(c.encode_utf8(&mut [0; 4]), start..self.at);
        }
    }

    /// A UTF-16 unit, written as a signed number.
    fn unicode(&mut self, number: i32, start: usize, group: &Group) {
        self.flush(Some(group));
        self.to_skip = group.skip;
        if group.hidden {
            return;
        }
        let unit = number as u16;
        let from = match self.high {
            Some((_, from)) if (0xDC00..0xE000).contains(&unit) => from,
            _ => start,
        };
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some((unit, start));
            return;
        }
        let units: Vec<u16> =
            self.high.take().map(|(high, _)| high).into_iter().chain([unit]).collect();
        for c in char::decode_utf16(units) {
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.builder.stand(c.encode_utf8(&mut [0; 4]), from..self.at);
        }
    }

    fn paragraph(&mut self, group: &Group) {
        self.flush(Some(group));
        if group.hidden {
            return;
        }
        let is_paged = std::mem::take(&mut self.is_paged);
        if is_paged && self.builder.text().get(self.line_start..).is_some_and(is_page_number) {
            self.builder.truncate(self.line_start);
        }
        let text = self.builder.text();
        let is_empty = text.get(self.line_start..).is_none_or(|line| line.trim().is_empty());
        self.paragraphs.count(is_empty);
        if self.by_lines && !is_empty {
            self.builder.end_line()
        } else {
            self.builder.end_block()
        }
        self.line_start = self.builder.text().len();
    }
}

fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        _ => return None,
    })
}

/// The `\fcharset` numbers of the specification.
fn character_set(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Offsets;
    use crate::map::Spot;

    fn check(rtf: &str, expected: &str) {
        let mut builder = Builder::new("", Offsets::Same(0));
        read(rtf.as_bytes(), 64, false, &mut builder);
        let (text, map, _) = builder.finish();
        assert_eq!(text, expected);
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
            let Some(Spot::Bytes(range)) = map.place(at).map(|p| p.spot) else {
                panic!("no place for `{c}`");
            };
            assert_eq!(rtf[range], c.to_string());
        }
    }

    #[test]
    fn words_between_escapes_and_paragraph_ends_are_kept() {
        check(
            "{\\rtf1\\ansi\\uc1 Ich schrieb \\u8222?heute\\u8220? davon.\\par Dein Emil\\par}",
            "Ich schrieb „heute“ davon.\n\nDein Emil\n",
        );
    }

    #[test]
    fn code_pages_come_from_the_document_and_the_font() {
        check("{\\rtf1\\ansicpg1252 M\\'fcnchen}", "München");
        check(
            "{\\rtf1\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}\\f1\\'cc\\'e8\\'f0 \\f0 x\\'e9}",
            "Мир xé",
        );
        check("{\\rtf1\\ansicpg932 \\'93\\'fa\\'96\\'7b}", "日本");
        check("{\\rtf1 \\u-10179?\\u-8704?!}", "😀!");
    }

    #[test]
    fn what_is_not_on_the_page_is_left_out() {
        check(
            "{\\rtf1{\\info{\\title x}}{\\*\\generator y;}Sir,{\\v no}{\\footnote no} \
             {\\field{\\*\\fldinst HYPERLINK}{\\fldrslt here}}{\\pict\\bin3 {}}}}",
            "Sir, here",
        );
    }

    #[test]
    fn footers_come_last_and_lines_stay_lines() {
        check(
            "{\\rtf1{\\header The Trust\\par}{\\footer Tel. 217\\par}Sir,\\line come.\\par}",
            "The Trust\n\nSir,\ncome.\n\nTel. 217\n",
        );
        check(
            "{\\rtf1{\\footer Page {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}} of 2\\par}Sir,\\par Ann}",
            "Sir,\n\nAnn\n",
        );
    }

    #[test]
    fn broken_files_end_in_a_note() {
        let mut builder = Builder::new("", Offsets::Same(0));
        read(b"{\\rtf1 {Sir, \\'f", 64, false, &mut builder);
        let (text, _, damage) = builder.finish();
        assert_eq!((text.as_str(), &*damage[0].code), ("Sir, ", "truncated"));
    }
}
