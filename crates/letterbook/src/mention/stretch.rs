//! A stretch of the letter as words, with their classes and what stands between them.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use super::fold::{fold_into, is_inner};
use super::lexicon::{Classes, lexicon, primary};
use crate::folding::key;
use crate::span::Span;
use crate::text::Text;
use crate::token::{char_at, is_letter, is_letter_or_number};

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Gap {
    /// How many line ends, 0 where the words share a line.
    pub(crate) lines: u8,
    /// A comma, semicolon, bar, wide space or the like that parts what stands beside it.
    pub(crate) comma: bool,
    /// A space as wide as between two columns, on one line.
    pub(crate) wide: bool,
    /// A full stop or a mark of abbreviation.
    pub(crate) stop: bool,
    /// A colon.
    pub(crate) colon: bool,
    /// A dash, free-standing or tight.
    pub(crate) dash: bool,
    /// A bracket or quotation mark.
    pub(crate) mark: bool,
    /// `!` or `?`
    pub(crate) call: bool,
    /// Nothing but one hyphen, slash or apostrophe, without space: "Beer-Hofmann".
    pub(crate) tight: bool,
    /// Nothing at all: a change between digits and letters, or an ampersand.
    pub(crate) none: bool,
}

/// One word, number or ampersand of a stretch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word {
    /// Where it stands, in bytes of the letter.
    pub(crate) span: Span,
    /// Its folded form; "&" for an ampersand.
    pub(crate) folded: String,
    /// What it may be, by itself or as part of a phrase.
    pub(crate) classes: Classes,
    /// The classes of the phrase of two words or more that begins here.
    pub(crate) phrase: Classes,
    /// How many words that phrase has; 1 where there is none.
    pub(crate) length: usize,
    /// Whether it begins with a capital, or with a letter of a script without case.
    pub(crate) capital: bool,
    /// Whether it begins with a digit.
    pub(crate) number: bool,
    /// What stands before it.
    pub(crate) gap: Gap,
}

impl Word {
    /// Whether it is one letter: an initial, a monogram.
    pub(crate) fn is_letter(&self) -> bool {
        let mut letters = self.folded.chars();
        !self.number && letters.next().is_some_and(|first| first != '&') && letters.next().is_none()
    }

    /// Whether it is of `classes` by itself or in its phrase.
    pub(crate) fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }
}

/// The text of a letter with the words of its stretches: each is split once, however many readers
/// ask for it.
pub(crate) struct SplitText<'t> {
    text: &'t Text<'t>,
    split: RefCell<Vec<Stretch>>,
}

struct Stretch {
    span: Span,
    /// The number of the language in whose terms it was read, 0 where it is not known.
    language: u64,
    words: Rc<Vec<Word>>,
}

impl<'t> SplitText<'t> {
    pub(crate) fn new(text: &'t Text<'t>) -> SplitText<'t> {
        SplitText { text, split: RefCell::default() }
    }

    /// The words of `span`, as [`words`] gives them.
    pub(crate) fn words(&self, span: Span, language: Option<&str>) -> Rc<Vec<Word>> {
        let number = primary(language).map_or(0, key);
        let is_it = |known: &&Stretch| known.span == span && known.language == number;
        if let Some(known) = self.split.borrow().iter().find(is_it) {
            return Rc::clone(&known.words);
        }
        let words = Rc::new(words(self.text.as_str(), span, language));
        let stretch = Stretch { span, language: number, words: Rc::clone(&words) };
        self.split.borrow_mut().push(stretch);
        words
    }
}

impl<'t> Deref for SplitText<'t> {
    type Target = Text<'t>;

    fn deref(&self) -> &Text<'t> {
        self.text
    }
}

/// So many spaces side by side part columns.
const WIDE: usize = 3;

/// The words of `text[span]`.
pub(crate) fn words(text: &str, span: Span, language: Option<&str>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(span.len() / 6 + 2);
    let mut gap = Gap::default();
    let mut blank = 0usize;
    let mut punctuation = 0usize;
    let mut wide = 0usize;
    let text = &text[..span.end];
    let mut at = span.start;
    while let Some(c) = char_at(text, at) {
        if is_letter_or_number(c) || c == '&' {
            let digits = c.is_numeric();
            let end = if c == '&' { at + 1 } else { word_end(text, at, digits) };
            let end = glued(text, Span::new(at, end)).unwrap_or(end);
            let word = Span::new(at, end);
            at = end;
            gap.none = blank == 0 && punctuation == 0;
            gap.tight = blank == 0 && punctuation == 1 && gap.dash && gap.lines == 0;
            out.push(word_of(text, word, gap, digits, language));
            gap = Gap::default();
            (blank, punctuation, wide) = (0, 0, 0);
            continue;
        }
        at += c.len_utf8();
        // what a wide gap parts stands in columns
        if matches!(c, ' ' | '\t' | '\u{a0}') {
            wide += if c == '\t' { WIDE } else { 1 };
            gap.wide |= wide >= WIDE && gap.lines == 0;
            gap.comma |= gap.wide;
        } else {
            wide = 0;
        }
        match c {
            '\n' => {
                gap.lines = gap.lines.saturating_add(1);
                blank += 1;
            }
            _ if c.is_whitespace() => blank += 1,
            ',' | ';' | '|' | '、' | '，' | '•' | '·' | '*' => gap.comma = true,
            '.' | '。' => gap.stop = true,
            ':' | '：' => gap.colon = true,
            '-' | '–' | '—' | '‐' | '=' | '/' | '\'' | '’' => gap.dash = true,
            '!' | '?' | '！' => gap.call = true,
            // square brackets are the editor's
            '[' | ']' => {}
            _ => gap.mark = true,
        }
        if !c.is_whitespace() {
            punctuation += 1;
        }
    }
    find_phrases(language, &mut out);
    // "Regierungs=Rat", "Kredit-Anstalt": the first part is of what the whole is
    const WHOLE: Classes = Classes::ROLE.or(Classes::BODY).or(Classes::STREET);
    for i in (1..out.len()).rev() {
        if out[i].gap.tight && !out[i].is(Classes::SURNAME) {
            let classes = out[i].classes.and(WHOLE);
            out[i - 1].classes = out[i - 1].classes.or(classes);
        }
    }
    out
}

/// Whether the first word of `text[span]` begins phrases of the lexicon; which of them stands there,
/// [`words`] tells.
pub(crate) fn may_open_phrase(text: &str, span: Span) -> bool {
    let text = &text[..span.end];
    let Some(skipped) = text[span.start..].find(is_letter_or_number) else { return false };
    let start = span.start + skipped;
    let digits = text[start..].starts_with(char::is_numeric);
    let word = without_article(text, Span::new(start, word_end(text, start, digits)));
    let mut folded = String::with_capacity(word.len());
    fold_into(&text[word.start..word.end], &mut folded);
    lexicon().word(&folded).1 > 1
}

/// Where the word or number that begins at byte `at` ends.
fn word_end(text: &str, at: usize, digits: bool) -> usize {
    let mut end = at;
    loop {
        // most letters are of the plainest kind
        while text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let Some(next) = char_at(text, end) else { return end };
        let behind = &text[end + next.len_utf8()..];
        let goes_on = is_letter_or_number(next)
            // an editor's completion: "Ca[rl]"
            || (matches!(next, '[' | ']') && !digits && behind.starts_with(char::is_alphabetic))
            // a letter with its raised ending: "D.ª"
            || next == '.' && !digits && behind.starts_with('ª') && end - at == 1
            || (is_inner(next)
                && !digits
                && (!matches!(next, '\'' | '’' | '‘' | 'ʼ')
                    || behind.starts_with(char::is_alphabetic)));
        if !goes_on || is_inner(next) && is_elided(&text[at..end]) {
            return end;
        }
        end += next.len_utf8();
    }
}

/// Where a name begins that a hand or an edition writes on to the word before it: "IhrHugo", "DrWeber",
/// "ergebenerHugo".
fn glued(text: &str, word: Span) -> Option<usize> {
    /// A shorter word without a capital is no more than a slip: "leP".
    const WHOLE: usize = 5;
    let bytes = &text.as_bytes()[word.start..word.end];
    let begins = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    let at = bytes.windows(2).position(begins)? + 1;
    let before = &text[word.start..word.start + at];
    if at < WHOLE && !bytes[0].is_ascii_uppercase() {
        return None;
    }
    let mut folded = String::with_capacity(at);
    fold_into(before, &mut folded);
    let leads = Classes::YOURS.or(Classes::TITLE).or(Classes::CLOSING);
    lexicon().word(&folded).0.any(leads).then_some(word.start + at)
}

/// Whether what stands before an apostrophe is a word by itself that leads to a reader: "All'Avv. Rossi",
/// while "D'Annunzio" and "O'Brien" are one.
fn is_elided(written: &str) -> bool {
    /// Shorter words are part of the name behind them.
    const SHORTEST: usize = 3;
    if written.len() < SHORTEST {
        return false;
    }
    let mut folded = String::with_capacity(written.len());
    fold_into(written, &mut folded);
    lexicon().word(&folded).0.any(Classes::TO)
}

/// The span of an office or body without the article that is elided before it: "l'Ingénieur en chef".
fn without_article(text: &str, span: Span) -> Span {
    let written = &text[span.start..span.end];
    let elided = written.strip_prefix(['l', 'L']).and_then(|w| w.strip_prefix(['\'', '’']));
    let Some(rest) = elided.filter(|w| w.starts_with(char::is_uppercase)) else { return span };
    let at = written.len() - rest.len();
    let mut folded = String::with_capacity(written.len());
    fold_into(rest, &mut folded);
    let is_office = lexicon().word(&folded).0.any(Classes::ROLE.or(Classes::BODY));
    if is_office { Span::new(span.start + at, span.end) } else { span }
}

fn word_of(text: &str, span: Span, gap: Gap, number: bool, language: Option<&str>) -> Word {
    let span = without_article(text, span);
    let written = &text[span.start..span.end];
    let mut folded = String::with_capacity(written.len());
    if written == "&" {
        folded.push('&');
    } else {
        fold_into(written, &mut folded);
    }
    let (mut classes, longest) = lexicon().word(&folded);
    if folded == "&" {
        classes = Classes::AND.or(Classes::LINK);
    } else if let Some(letter) = folded.get(..1).filter(|_| is_raised(written)) {
        classes = lexicon().letter(language, letter);
    } else if !number {
        classes = classes.or(lexicon().letter(language, &folded));
    }
    // what is cut short has no accents: "S.A." is a company, "Sá" a family
    if folded.len() == 2 && written.len() > 2 && written.chars().count() == 2 {
        classes = classes.without(Classes::BODY);
    }
    let mut letters = written.chars().filter(|&c| is_letter(c));
    let capital = letters.next().is_some_and(|c| !c.is_lowercase())
        || (letters.next().is_some_and(char::is_uppercase) && written.contains(['\'', '’']));
    Word {
        span,
        folded,
        classes,
        phrase: Classes::NONE,
        length: longest.max(1),
        capital,
        number,
        gap,
    }
}

/// Whether a word is one letter with a raised ending, which is no other word of the same letters: "Dª".
fn is_raised(written: &str) -> bool {
    let stem = written.strip_suffix('ª').map_or("", |stem| stem.trim_end_matches('.'));
    stem.len() == 1
}

/// Marks the phrases of the lexicon: every word of one has its classes.
fn find_phrases(language: Option<&str>, words: &mut [Word]) {
    let mut key = String::new();
    for i in 0..words.len() {
        let longest = std::mem::replace(&mut words[i].length, 1);
        for n in (2..=longest.min(words.len() - i)).rev() {
            let run = &words[i..i + n];
            if run[1..].iter().any(|w| w.gap.comma || w.gap.lines > 1 || w.gap.colon) {
                continue;
            }
            key.clear();
            for w in run {
                if !key.is_empty() {
                    key.push(' ');
                }
                key.push_str(&w.folded);
            }
            let mut classes = lexicon().phrase(&key);
            // "i. A." and "P. p." speak for somebody, "I. A. Smith" does not, but "I. A." above a German
            // name does
            if run.iter().all(|w| w.is_letter() && w.capital) {
                // German print sets them so
                let in_german = primary(language) == Some("de");
                if !words.get(i + n).is_some_and(|w| in_german && is_apart(w)) {
                    classes = classes.without(Classes::BEHALF);
                }
                // "C. P. 14" is a box, "Weber, C. E." an engineer, "C. P. Harlan" a person
                if words.get(i + n).is_some_and(|w| leads_to_name(&words[i + 1..i + n], w)) {
                    classes = classes.without(NEVER_INITIALS);
                }
            }
            if classes == Classes::NONE {
                continue;
            }
            words[i].phrase = classes;
            words[i].length = n;
            for w in &mut words[i..i + n] {
                w.classes = w.classes.or(classes);
            }
            break;
        }
    }
}

/// Whether a word stands apart from the letters before it, as a name does from "I. V." and not from
/// its initials: on a line of its own, behind a colon, or signed.
fn is_apart(word: &Word) -> bool {
    word.gap.lines > 0 || word.gap.colon || word.is(Classes::SIGNED)
}

/// What initials before a name are not, though the same letters are short for it elsewhere.
const NEVER_INITIALS: Classes =
    Classes::HONOUR.or(Classes::STREET).or(Classes::CARE).or(Classes::POSTNOMINAL);

/// Whether letters with full stops, all but the first of them given, stand right before the capital
/// of `next`.
fn leads_to_name(letters: &[Word], next: &Word) -> bool {
    let follows = |w: &Word| w.gap.stop && w.gap.lines == 0 && !w.gap.comma;
    letters.iter().all(follows) && follows(next) && next.capital && !next.is_letter()
}

/// Where a run of words stands.
pub(crate) fn span_of(words: &[Word]) -> Span {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let got: Vec<String> = words(text, Span::new(0, text.len()), None)
            .iter()
            .map(|w| text[w.span.start..w.span.end].to_owned())
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn apostrophes_stay_inside_and_hyphens_part() {
        check(
            "d’Aubigné, O'Neill & Beer-Hofmann's",
            &["d’Aubigné", "O'Neill", "&", "Beer", "Hofmann's"],
        );
        check("the Workers' Union", &["the", "Workers", "Union"]);
        check("", &[]);
    }

    #[test]
    fn an_elided_article_is_no_part_of_an_office() {
        check("Monsieur l'Inspecteur général", &["Monsieur", "Inspecteur", "général"]);
        check("Monsieur l’Abbé Morel", &["Monsieur", "l’Abbé", "Morel"]);
    }

    #[test]
    fn a_phrase_gives_its_classes_to_each_of_its_words() {
        let text = "Under Secretary of State";
        let w = words(text, Span::new(0, text.len()), None);
        assert!(w.iter().all(|w| w.is(Classes::ROLE)));
        assert_eq!(w[0].length, 2);
    }

    #[test]
    fn a_stretch_asked_for_again_is_not_split_again() {
        let text = Text::new("Dear Sir,\nYours");
        let page = SplitText::new(&text);
        let line = Span::new(0, 9);
        let first = page.words(line, Some("en"));
        assert!(Rc::ptr_eq(&first, &page.words(line, Some("en-GB"))));
        assert!(!Rc::ptr_eq(&first, &page.words(line, None)));
        assert_eq!(page.words(Span::new(10, 15), Some("en")).len(), 1);
    }

    #[test]
    fn a_line_may_open_a_phrase_whatever_stands_before_its_first_word() {
        let may = |text: &str| may_open_phrase(text, Span::new(0, text.len()));
        assert!(may("Under Secretary of State"));
        assert!(may("— «Under Secretary»"));
        assert!(!may("Zwirbelkamm und Sohn"));
        assert!(!may(" … "));
    }

    #[test]
    fn initials_before_a_name_are_nothing_else() {
        let is_street = |text: &str, language| {
            words(text, Span::new(0, text.len()), Some(language))[0].is(Classes::STREET)
        };
        // the box of an Italian post office
        assert!(is_street("C. P. 14, Torino", "it"));
        assert!(!is_street("C. P. Harlan", "it"));
        // a street in Spanish alone
        assert!(is_street("C. Mayor 5", "es"));
        assert!(!is_street("C. Harlan", "en"));
    }

    #[test]
    fn initials_do_not_speak_for_anybody() {
        let of = |text: &str| words(text, Span::new(0, text.len()), None)[0].is(Classes::BEHALF);
        assert!(of("i. A. Weber"));
        assert!(!of("I. A. Weber"));
        let german =
            |text: &str| words(text, Span::new(0, text.len()), Some("de"))[0].is(Classes::BEHALF);
        assert!(german("I. V.\nWeber"));
        assert!(german("I. A.: Weber"));
        assert!(german("I. V. gez. Weber"));
        assert!(!german("I. V. Weber"));
    }
}
