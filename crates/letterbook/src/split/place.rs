//! The places where a letter may begin, and what speaks for and against each.
//!
//! What stands below a place is read by the zone labeller as the head of a letter, what stands
//! above it as the foot of one, and both as the middle of one. What is seen is put into names, such as `foot signature, head
//! dateline`, whose weights the lab learns; a name says the same in any language.

use std::hash::{BuildHasher, Hasher};

use rustc_hash::{FxBuildHasher, FxHasher};

use crate::record::ZoneLabel;
use crate::zone::Zone;

use super::lines::{Line, SHORT, lines};
use super::side::{CLOSERS, Middle, OPENERS, Side, name, sureness};

/// Bytes that are read as the head or foot of a letter.
const WINDOW: usize = 1200;
/// Bytes above a place, and as many below, that are read as the middle of a letter.
const MIDDLE: usize = 600;
/// A line of fewer bytes above a blank line may be a signature.
const NAME: usize = 40;
/// Characters of a line whose form is looked at.
const FORM: usize = 40;
/// Lines below a place in which its opening must show.
const LINES: usize = 7;
/// Lines above a place in which an ending must show where no opening does.
const LINES_ABOVE: usize = 4;
/// How many places are read in a text, and one more for each so many bytes: a list of days looks
/// like an opening on every line.
const MANY: usize = 16;
const EACH: usize = 100;
/// Bytes of ink that stand above the first place.
const LEAST: usize = 60;

/// How a place is parted from the text above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parting {
    /// A line end.
    Line,
    /// A blank line.
    Blank,
    /// Two blank lines or more.
    Blanks,
    /// A page feed.
    Page,
    /// A heading whose number others count on from, or that of an enclosed letter.
    Heading,
    /// A line of this sign.
    Rule(char),
}

impl Parting {
    fn name(self) -> &'static str {
        match self {
            Parting::Line => "line",
            Parting::Blank => "blank line",
            Parting::Blanks => "blank lines",
            Parting::Page => "page",
            Parting::Heading => "number",
            Parting::Rule(_) => "rule",
        }
    }
}

/// A place where a letter may begin.
#[derive(Debug, Clone)]
pub struct Place {
    /// Where the text before it ends, in bytes.
    pub end: usize,
    /// Where it begins, in bytes.
    pub start: usize,
    /// How it is parted from the text above.
    pub parting: Parting,
    /// Bytes of the text above that are no rules, blank lines or indents.
    pub ink: usize,
    /// What is seen there, by the names of `tables/split.tsv`.
    pub signs: Vec<String>,
    /// What letters of one book have alike.
    pub form: Form,
}

/// What letters of one book have alike, of the letter that begins at a place and of the one that
/// ends there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Form {
    /// Hashes of what each name of [`Form::NAMES`] says; 0 where there is none.
    pub(super) of: [u64; Form::NAMES.len()],
    /// Whether a date is in the head below, and in the foot above.
    pub(super) head_date: bool,
    pub(super) foot_date: bool,
}

impl Form {
    /// What is looked at: four things of the head, three of the foot, and how they are parted.
    pub(super) const NAMES: [&str; 8] = [
        "head order",
        "greeting",
        "first word",
        "form of the line",
        "foot order",
        "signature",
        "form of the line above",
        "parting",
    ];
    /// Which of them is the parting, which the ends of a text do not have.
    pub(super) const PARTING: usize = Form::NAMES.len() - 1;

    /// `line` is the first of the letter below, `words` what it says, `above` the last of the letter
    /// above.
    fn new(line: &Line, words: &str, head: &Side, above: &str, foot: &Side) -> Form {
        let of = [
            hash(head.order.iter().copied()),
            head.word.unwrap_or(0),
            line.word,
            hash([form(words).as_str()]),
            hash(foot.order.iter().copied()),
            foot.word.unwrap_or(0),
            hash([form(above).as_str()]),
            0,
        ];
        let head_date = head.has(ZoneLabel::Dateline);
        Form { of, head_date, foot_date: foot.has(ZoneLabel::Dateline) }
    }
}

fn hash<'p>(parts: impl IntoIterator<Item = &'p str>) -> u64 {
    let mut hasher = FxHasher::default();
    parts.into_iter().for_each(|part| {
        hasher.write(part.as_bytes());
        hasher.write_u8(0);
    });
    hasher.finish()
}

/// Which kinds of characters a line begins with: `Aa, 9. Aa` for a place and a day.
fn form(line: &str) -> String {
    let mut form = String::new();
    let mut last = ' ';
    for c in line.chars().take(FORM).filter(|c| !c.is_whitespace()) {
        let kind = match c {
            c if c.is_numeric() => '9',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if kind != last {
            form.push(kind);
            last = kind;
        }
    }
    form.chars().take(8).collect()
}

/// The places of a text, in order.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// All of them.
    pub all: Vec<Place>,
    /// The form of the first letter's head with that of the last letter's foot: both are sure.
    pub ends: Form,
}

/// The places of `text` in order; linear in its length.
pub fn places(text: &str) -> Places {
    let lines = lines(text);
    let whole = Whole::new(text, &lines);
    let mut found: Vec<Place> = Vec::new();
    // where the body begins of the letter whose head was read last
    let mut body = 0;
    let mut ends = None;
    let mut rule = None;
    for (i, line) in lines.iter().enumerate() {
        if line.rule.is_some() {
            rule = line.rule;
            continue;
        }
        let Some(parting) = parting(&lines, i, rule.take(), whole.word) else { continue };
        let Ends { first, last } = ends.get_or_insert_with(|| whole.ends());
        let (from, to) = (whole.head + first.to_body, whole.end - last.to_body);
        let is_firm = matches!(parting, Parting::Rule(_) | Parting::Page | Parting::Heading);
        let start = line.span.start;
        // no letter begins in the opening of the first or the ending of the last
        let is_within = first.has_body && start < from || last.has_body && start >= to;
        if is_within && !is_firm || found.len() > MANY + start / EACH {
            continue;
        }
        body = body.max(from);
        let above = lines[..i].iter().rposition(|l| l.rule.is_none()).unwrap_or(0);
        let end = lines[above].span.end;
        let head = Side::below(&text[start..cut_after(text, start + WINDOW)], whole.skip(line));
        let foot = Side::above(&text[cut_before(text, end.saturating_sub(WINDOW))..end]);
        let from = cut_before(text, end.saturating_sub(MIDDLE));
        let around = &text[from..cut_after(text, start + MIDDLE)];
        let middle = Middle::of(around, end - from, start - from);
        let above = lines[above].words(text);
        let (head, foot) = (&head, &foot);
        let seen = Seen { line, above, parting, head, foot, middle: &middle, first, last };
        let signs = seen.signs(&whole, start < body);
        let mut form = Form::new(line, line.words(text), head, above, foot);
        form.of[Form::PARTING] = FxBuildHasher.hash_one(parting);
        body = start + head.to_body;
        found.push(Place { end, start, parting, ink: line.ink, signs, form });
    }
    let ends = ends.map(|Ends { first, last }| {
        let is_ink = |l: &&Line| l.rule.is_none();
        let top = lines.iter().find(|l| l.span.start >= whole.head && is_ink(l));
        let bottom = lines.iter().rfind(is_ink).map_or("", |l| l.words(text));
        top.map(|top| Form::new(top, top.words(text), &first, bottom, &last))
    });
    Places { all: found, ends: ends.flatten().unwrap_or_default() }
}

/// How line `i`, below a line of signs or not, is parted from what stands above, if a letter may
/// begin with it; `first` is the first word of the text.
fn parting(lines: &[Line], i: usize, rule: Option<char>, first: u64) -> Option<Parting> {
    let line = &lines[i];
    let parting = match rule {
        Some(sign) => Parting::Rule(sign),
        None if line.page => Parting::Page,
        None if line.counts => Parting::Heading,
        None if line.blank >= 2 => Parting::Blanks,
        None if line.blank == 1 => Parting::Blank,
        None => Parting::Line,
    };
    if line.ink < LEAST {
        return None;
    }
    let opens = || {
        let below = lines[i..].iter().take(LINES).take_while(|l| l.rule.is_none());
        below.into_iter().any(|l| l.opens) || line.number.is_some()
    };
    let closes = || lines[i.saturating_sub(LINES_ABOVE)..i].iter().any(|l| l.closes);
    // the form of a telegraph office, or the name of a firm, opens every letter of a book
    let returns = line.word != 0 && line.word == first;
    let is_below_name = || lines[i - 1].rule.is_none() && lines[i - 1].span.len() <= NAME;
    let may_begin = match parting {
        Parting::Rule(_) | Parting::Page => true,
        Parting::Heading | Parting::Blanks | Parting::Blank => {
            returns || is_below_name() || opens() || closes()
        }
        Parting::Line => {
            (line.opens || returns) && line.span.len() <= SHORT
                || lines[i - 1].closes && (opens() || closes())
        }
    };
    may_begin.then_some(parting)
}

/// What is true of the whole text.
struct Whole<'t> {
    text: &'t str,
    /// Bytes of ink.
    ink: usize,
    /// Whether a place parted so is one of few (0), of some (1) or of most lines (2) of its text,
    /// for one blank line and for more.
    common: [u8; 2],
    /// Whether there are blank lines at all.
    is_spaced: bool,
    /// Where its first letter begins, below a heading, and with what word.
    head: usize,
    word: u64,
    /// Where its last letter ends.
    end: usize,
}

/// The head of the first letter of a text and the foot of its last.
struct Ends {
    first: Side,
    last: Side,
}

impl<'t> Whole<'t> {
    fn new(text: &'t str, lines: &[Line]) -> Whole<'t> {
        let gaps = |least: u8| lines.iter().skip(1).filter(|l| l.blank >= least).count();
        let (all, one, two) = (lines.len().saturating_sub(1), gaps(1), gaps(2));
        let common = |n: usize, of: usize| match () {
            () if n * 6 <= of => 0,
            () if n * 2 <= of => 1,
            () => 2,
        };
        let head = lines.iter().find(|l| l.rule.is_none() && !l.counts);
        Whole {
            text,
            ink: lines.last().map_or(0, |l| l.ink + l.span.len()),
            common: [common(one, all), common(two, one)],
            is_spaced: one > 0,
            head: head.map_or(0, |l| l.span.start),
            word: head.map_or(0, |l| l.word),
            end: text.trim_end().len(),
        }
    }

    fn ends(&self) -> Ends {
        let text = self.text;
        Ends {
            first: Side::below(&text[self.head..cut_after(text, self.head + WINDOW)], 0),
            last: Side::above(&text[cut_before(text, self.end.saturating_sub(WINDOW))..self.end]),
        }
    }

    /// Bytes of a heading that stands above the letter itself.
    fn skip(&self, line: &Line) -> usize {
        if line.counts {
            let rest = &self.text[line.span.end..];
            line.span.len() + rest.len() - rest.trim_start().len()
        } else {
            0
        }
    }
}

/// All that is seen of one place.
struct Seen<'a> {
    line: &'a Line,
    /// The line above.
    above: &'a str,
    parting: Parting,
    head: &'a Side,
    foot: &'a Side,
    /// Both read as one.
    middle: &'a Middle,
    /// The head of the text's first letter, and the foot of its last.
    first: &'a Side,
    last: &'a Side,
}

impl Seen<'_> {
    /// The names of what is seen; `inside` the head of another place or not.
    fn signs(&self, whole: &Whole, inside: bool) -> Vec<String> {
        let Seen { line, parting, head, foot, middle, first, last, .. } = self;
        let text = whole.text;
        let (opens, closes) = (head.strength(OPENERS), foot.strength(CLOSERS));
        let parting = parting.name();
        let [h1, h2] = head.labels.map(name);
        let [f1, f2] = foot.labels.map(name);
        let heads = if head.has_body { head.list() } else { format!("{} alone", head.list()) };
        let feet = if foot.has_body { foot.list() } else { format!("{} alone", foot.list()) };
        let above = text[..line.span.start].trim_end();
        let ends = match above.chars().next_back() {
            Some('.' | '!' | '?' | '…' | '。') => "stop",
            Some(',' | ';' | ':' | '-' | '–' | '—') => "comma",
            Some(c) if c.is_numeric() => "number",
            Some(c) if c.is_alphabetic() => "word",
            _ => "mark",
        };
        let begins = match text[line.span.start..].chars().next() {
            Some(c) if c.is_lowercase() => "small letter",
            Some(c) if c.is_uppercase() => "capital",
            Some(c) if c.is_alphabetic() => "letter",
            Some(c) if c.is_numeric() => "number",
            Some('>' | '"' | '“' | '„' | '«' | '‹' | '‘' | '\'') => "quotation mark",
            Some('(' | '[') => "bracket",
            _ => "mark",
        };
        let size = |n: usize| [150, 400, 1000].iter().filter(|&&s| n >= s).count();
        let bodies = match (foot.has_body, head.has_body) {
            (true, true) => "on either side",
            (true, false) => "above",
            (false, true) => "below",
            (false, false) => "nowhere",
        };
        let (before, after) = (size(line.ink), size(whole.ink - line.ink));
        let alike = |a: &Side, b: &Side, labels: &[ZoneLabel]| {
            let both = labels.iter().filter(|&&l| a.has(l) && b.has(l)).count();
            let none = !labels.iter().any(|&l| b.has(l));
            let all = labels.iter().all(|&l| a.has(l) == b.has(l));
            match () {
                () if none => "unlike any",
                () if all => "like",
                () if both > 0 => "partly like",
                () => "unlike",
            }
        };
        let like_first = alike(head, first, OPENERS);
        let like_last = alike(foot, last, CLOSERS);
        let greets = match (head.word, first.word) {
            (Some(a), Some(b)) if a == b => "as the first",
            (Some(_), Some(_)) => "otherwise",
            (Some(_), None) => "alone",
            (None, Some(_)) => "not",
            (None, None) => "never",
        };
        let number = match line.number {
            Some(_) if line.counts => "counts",
            Some(_) => "alone",
            None => "none",
        };
        let common = match self.parting {
            Parting::Blank => whole.common[0],
            Parting::Blanks => whole.common[1],
            Parting::Line => u8::from(whole.is_spaced),
            _ => 0,
        };
        // a line of a paragraph is long, one of an opening or a name is short
        let length = |line: &str| {
            let n = line.chars().take(81).count();
            [15, 30, 50, 80].iter().filter(|&&most| n > most).count()
        };
        let (this, up) = (length(line.words(text)), length(self.above));
        let zone = |zone: Option<Zone>| {
            (name(zone.map(|z| z.label)), zone.map_or(0, |z| sureness(z.confidence)))
        };
        let ((m1, sure1), (m2, sure2)) = (zone(middle.above), zone(middle.below));
        let as_one = if middle.is_one { "one" } else { "two" };
        let dated = |side: &Side| if side.has(ZoneLabel::Dateline) { "dated" } else { "undated" };
        let mut signs = vec![
            format!("as one letter {m1} {m2}, {as_one}"),
            format!("as one letter {m1} {m2}, {as_one}, foot {f1}, head {h1}"),
            format!("as one letter above {m1} {sure1}, foot {f1}"),
            format!("as one letter below {m2} {sure2}, head {h1}"),
            format!("length {this} below {up}"),
            format!("length {this} below {up}, parted by {parting}"),
            format!("length {this}, head {h1}"),
            format!("length {up} above, foot {f1}"),
            format!("opening words {}, ending words {}", line.opens, line.closes),
            format!("blank lines {}, parted by {parting}", line.blank),
            format!("head in order {}", head.order.join(" ")),
            format!("foot in order {}", foot.order.join(" ")),
            format!(
                "first {}, last {}, head {}, foot {}",
                dated(first),
                dated(last),
                dated(head),
                dated(foot)
            ),
            format!("parted by {parting}, common {common}"),
            format!("parted by {parting}, opens {opens}, closes {closes}"),
            format!("opens {opens}, closes {closes}"),
            format!("foot {f1}"),
            format!("foot {f1}, sure {}", foot.sure),
            format!("foot {f2} {f1}"),
            format!("head {h1}"),
            format!("head {h1}, sure {}", head.sure),
            format!("head {h1} {h2}"),
            format!("foot {f1}, head {h1}"),
            format!("foot {f2} {f1}, head {h1} {h2}"),
            format!("foot of {feet}"),
            format!("head of {heads}"),
            format!("foot of {feet}, head of {heads}"),
            format!("a body {bodies}, opens {opens}, closes {closes}"),
            format!("parted by {parting}, head {h1}"),
            format!("parted by {parting}, foot {f1}"),
            format!("ends in {ends}, foot {f1}"),
            format!("begins with {begins}, head {h1}"),
            format!("ends in {ends}, begins with {begins}"),
            format!("ink above {before}, closes {closes}"),
            format!("ink below {after}, opens {opens}"),
            format!("head {like_first} the first"),
            format!("head {like_first} the first, closes {closes}"),
            format!("foot {like_last} the last"),
            format!("foot {like_last} the last, opens {opens}"),
            format!("head {like_first} the first, foot {like_last} the last"),
            format!("greets {greets}"),
            format!("greets {greets}, closes {closes}"),
            format!("number {number}, opens {opens}"),
            format!("number {number}, closes {closes}"),
        ];
        if inside {
            signs.push("inside an opening".to_owned());
            signs.push(format!("inside an opening, foot {f1}"));
            signs.push(format!("inside an opening, head {h1}"));
        }
        if line.is_postscript {
            signs.push("mark of a postscript".to_owned());
        }
        signs
    }
}

/// The end of the line at or after `at`, unless that is far.
fn cut_after(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at.min(text.len()));
    text[at..].find('\n').filter(|n| *n < WINDOW).map_or(at, |n| at + n)
}

/// The head of the line after `at`, unless that is far.
fn cut_before(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    if at == 0 {
        return 0;
    }
    text[at..].find('\n').filter(|n| *n < WINDOW / 2).map_or(at, |n| at + n + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str = "Leeds, 4 May 1871\n\nDear Sir,\n\nThe two parcels came this morning, and I \
        have put them in the dry store, where they will keep until you send for them.\n\nYours \
        faithfully,\nJ. Marsh\n";

    #[test]
    fn a_letter_is_not_looked_for_within_its_own_opening_and_ending() {
        assert!(places(LETTER).all.is_empty());
        let two = format!("{LETTER}\n{LETTER}");
        let starts: Vec<usize> = places(&two).all.iter().map(|p| p.start).collect();
        assert!(starts.contains(&(LETTER.len() + 1)), "{starts:?}");
    }

    #[test]
    fn a_place_tells_how_it_is_parted_and_what_stands_on_either_side() {
        let book = format!("{LETTER}\n* * *\n\n{LETTER}");
        let place = places(&book).all.into_iter().find(|p| p.start == LETTER.len() + 8);
        let place = place.expect("after the stars");
        assert_eq!((place.parting, place.end), (Parting::Rule('*'), LETTER.len() - 1));
        for sign in ["foot signature, head dateline", "parted by rule, head dateline"] {
            assert!(place.signs.iter().any(|s| s == sign), "{sign} is not in {:?}", place.signs);
        }
    }

    #[test]
    fn a_list_of_days_is_looked_at_here_and_there_only() {
        let list = "4 May 1871\n\n".repeat(1000);
        let n = places(&list).all.len();
        assert!(n <= MANY + list.len() / EACH + 1, "{n} places");
    }
}
