//! The places where a letter may begin, and what speaks for and against each.
//!
//! What stands below a place is read by the zone labeller as the head of a letter, what stands
//! above it as the foot of one. What is seen is put into names, such as `foot signature, head
//! dateline`, whose weights the lab learns; a name says the same in any language.

use crate::record::ZoneLabel;
use crate::span::Text;
use crate::tables;
use crate::token::{Kind, tokens};
use crate::zone::{self, Zone, read_zones};

use super::lines::{Line, SHORT, lines};

/// Bytes that are read as the head or foot of a letter.
const WINDOW: usize = 1200;
/// Bytes of a window in which an opening or an ending is looked for.
const NEAR: usize = 500;
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
    /// A heading whose number others count on from.
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
}

/// The places of `text` in order; linear in its length.
pub fn places(text: &str) -> Vec<Place> {
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
        let Some(parting) = parting(&lines, i, rule.take()) else { continue };
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
        let seen = Seen { line, parting, head: &head, foot: &foot, first, last };
        let signs = seen.signs(&whole, start < body);
        body = start + head.to_body;
        found.push(Place { end, start, parting, ink: line.ink, signs });
    }
    found
}

/// How line `i`, below a line of signs or not, is parted from what stands above, if a letter may
/// begin with it.
fn parting(lines: &[Line], i: usize, rule: Option<char>) -> Option<Parting> {
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
    let may_begin = match parting {
        Parting::Rule(_) | Parting::Page => true,
        Parting::Heading | Parting::Blanks | Parting::Blank => opens() || closes(),
        Parting::Line => {
            line.opens && line.span.len() <= SHORT || lines[i - 1].closes && (opens() || closes())
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
    /// Where its first letter begins, below a heading.
    head: usize,
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

/// What stands at the end of a window that meets a place.
struct Side {
    /// The first two zones from there, and how sure the first is: 0 to 3.
    labels: [Option<ZoneLabel>; 2],
    sure: u8,
    /// The labels of the zones up to the body, and how sure each is at best.
    seen: [f32; ZoneLabel::ALL.len()],
    /// Bytes up to the body; all of the window without one.
    to_body: usize,
    has_body: bool,
    /// The first word of the salutation.
    greeting: Option<u64>,
}

/// What a letter opens with.
const OPENERS: &[ZoneLabel] =
    &[ZoneLabel::Letterhead, ZoneLabel::Dateline, ZoneLabel::Address, ZoneLabel::Salutation];
/// What a letter ends with.
const CLOSERS: &[ZoneLabel] = &[ZoneLabel::Close, ZoneLabel::Signature, ZoneLabel::Postscript];

impl Side {
    /// The head of a letter that `window` begins with, after `skip` bytes of a heading.
    fn below(window: &str, skip: usize) -> Side {
        let window = &window[skip.min(window.len())..];
        let zones = read_zones(&Text::new(window));
        let mut side = Side::of(zones.iter(), |z| z.span.start, window.len());
        let salutation = zone::of(&zones, ZoneLabel::Salutation).find(|z| z.span.start < NEAR);
        side.greeting = salutation.and_then(|z| {
            let words = &window[z.span.start..z.span.end];
            let first = tokens(words).into_iter().find(|t| t.kind == Kind::Word)?;
            Some(tables::fold(first.of(words)))
        });
        side.to_body += skip;
        side
    }

    /// The foot of a letter that `window` ends with.
    fn above(window: &str) -> Side {
        let zones = read_zones(&Text::new(window));
        Side::of(zones.iter().rev(), |z| window.len() - z.span.end, window.len())
    }

    fn of<'z>(
        zones: impl Iterator<Item = &'z Zone>,
        reach: impl Fn(&Zone) -> usize,
        size: usize,
    ) -> Side {
        let mut side = Side {
            labels: [None; 2],
            sure: 0,
            seen: [0.0; ZoneLabel::ALL.len()],
            to_body: size,
            has_body: false,
            greeting: None,
        };
        for (n, zone) in zones.enumerate() {
            if n == 0 {
                side.sure =
                    [0.5, 0.8, 0.95].iter().filter(|&&p| zone.confidence >= p).count() as u8;
            }
            if n < 2 {
                side.labels[n] = Some(zone.label);
            }
            if zone.label == ZoneLabel::Body {
                side.to_body = reach(zone);
                side.has_body = true;
                break;
            }
            if reach(zone) < NEAR {
                let seen = &mut side.seen[index(zone.label)];
                *seen = seen.max(zone.confidence).max(0.01);
            }
        }
        side
    }

    fn has(&self, label: ZoneLabel) -> bool {
        self.seen[index(label)] > 0.0
    }

    /// How sure the surest of `labels` is: 0 where there is none, 1 to 4.
    fn strength(&self, labels: &[ZoneLabel]) -> u8 {
        let best = labels.iter().map(|&l| self.seen[index(l)]).fold(0.0, f32::max);
        [f32::MIN_POSITIVE, 0.5, 0.8, 0.95].iter().filter(|&&p| best >= p).count() as u8
    }

    /// The labels up to the body as a list.
    fn list(&self) -> String {
        let seen = ZoneLabel::ALL.into_iter().filter(|&l| self.has(l)).map(ZoneLabel::name);
        let list: Vec<&str> = seen.collect();
        if list.is_empty() { "nothing".into() } else { list.join("+") }
    }
}

fn index(label: ZoneLabel) -> usize {
    ZoneLabel::ALL.iter().position(|&l| l == label).unwrap_or(0)
}

fn name(label: Option<ZoneLabel>) -> &'static str {
    label.map_or("nothing", ZoneLabel::name)
}

/// All that is seen of one place.
struct Seen<'a> {
    line: &'a Line,
    parting: Parting,
    head: &'a Side,
    foot: &'a Side,
    /// The head of the text's first letter, and the foot of its last.
    first: &'a Side,
    last: &'a Side,
}

impl Seen<'_> {
    /// The names of what is seen; `inside` the head of another place or not.
    fn signs(&self, whole: &Whole, inside: bool) -> Vec<String> {
        let Seen { line, parting, head, foot, first, last } = self;
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
        let greets = match (head.greeting, first.greeting) {
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
        let mut signs = vec![
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
        assert!(places(LETTER).is_empty());
        let two = format!("{LETTER}\n{LETTER}");
        let starts: Vec<usize> = places(&two).iter().map(|p| p.start).collect();
        assert!(starts.contains(&(LETTER.len() + 1)), "{starts:?}");
    }

    #[test]
    fn a_place_tells_how_it_is_parted_and_what_stands_on_either_side() {
        let book = format!("{LETTER}\n* * *\n\n{LETTER}");
        let place = places(&book).into_iter().find(|p| p.start == LETTER.len() + 8);
        let place = place.expect("after the stars");
        assert_eq!((place.parting, place.end), (Parting::Rule('*'), LETTER.len() - 1));
        for sign in ["foot signature, head dateline", "parted by rule, head dateline"] {
            assert!(place.signs.iter().any(|s| s == sign), "{sign} is not in {:?}", place.signs);
        }
    }

    #[test]
    fn a_list_of_days_is_looked_at_here_and_there_only() {
        let list = "4 May 1871\n\n".repeat(1000);
        let n = places(&list).len();
        assert!(n <= MANY + list.len() / EACH + 1, "{n} places");
    }
}
