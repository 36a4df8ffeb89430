//! The words of a body of text, cut into sentences and clauses, as the frames read them.
//!
//! A word here is a run of letters or of digits; a hyphen at a line's end joins its two halves,
//! an apostrophe parts an elided article or pronoun from its word (`j'ai`) where the language
//! does so and is dropped elsewhere (`oblig'd`); a contraction is the two words that it stands for
//! (`don't`). A sentence ends at its mark, at a colon or
//! semicolon and at a blank line, but not after an abbreviation, an initial or, in German and
//! Dutch, an ordinal number; a word that another language abbreviates ("me.", "no.") ends one where
//! it is written small and a capital follows; the "STOP" of telegrams ends one and is no word. Longer
//! stretches between quotation marks, double or single, are marked as quoted: they are somebody's
//! words, not the writer's own doing. This module knows no meaning.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::folding::{base_of, key, reformed, without_hard_sign};
use crate::mention::contraction::Contractions;
use crate::mention::lexicon::rows;
use crate::mention::respelling::Respelling;
use crate::span::Span;
use crate::text::Text;
use crate::token::{Kind, char_at, is_letter_or_number, is_plain, is_telegraph_stop};

/// One word and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its characters, in bytes of the text.
    pub(crate) span: Span,
    /// Its number in the grammar's lexicon; see [`crate::mention::frame`].
    pub(crate) id: u32,
    /// Which sentence it belongs to.
    pub(crate) sentence: u32,
    /// [`CAPITAL`], [`NUMBER`] and so on.
    pub(crate) flags: u8,
}

/// The word begins with a capital.
pub(crate) const CAPITAL: u8 = 1;
/// The word begins with a digit.
pub(crate) const NUMBER: u8 = 2;
/// The word stands between quotation marks.
pub(crate) const QUOTED: u8 = 4;
/// A comma, a dash or a bracket stands before the word.
pub(crate) const CLAUSE: u8 = 8;

impl Word {
    #[inline]
    pub(crate) fn is(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// A sentence: which words, and how it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Its first word.
    pub(crate) first: usize,
    /// The word after its last.
    pub(crate) end: usize,
    /// Whether it ends with a question mark.
    pub(crate) question: bool,
}

/// The words and sentences of one stretch of text.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) words: Vec<Word>,
    pub(crate) sentences: Vec<Sentence>,
    /// Parentheses within sentences, as words; frames are read over them too.
    pub(crate) asides: Vec<Range<usize>>,
}

impl Words {
    /// The sentence that word `at` belongs to.
    pub(crate) fn sentence_of(&self, at: usize) -> Sentence {
        self.sentences[self.words[at].sentence as usize]
    }

    /// The bytes from word `first` up to and with the word before `end`.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        self.words[first].span.cover(self.words[end - 1].span)
    }

    /// The first word of the clause in which word `at` stands, or the word `most` before it.
    pub(crate) fn clause_start(&self, at: usize, most: usize) -> usize {
        let low = self.sentence_of(at).first.max(at.saturating_sub(most));
        (low..=at).rev().find(|&i| self.words[i].is(CLAUSE)).unwrap_or(low)
    }

    /// Where the clause that goes on at word `from` ends: before the next comma, dash or bracket,
    /// at the sentence's end, or after `most` words.
    pub(crate) fn clause_end(&self, from: usize, most: usize) -> usize {
        let end = self.sentence_of(from.saturating_sub(1)).end.min(from + most);
        (from..end).find(|&i| self.words[i].is(CLAUSE)).unwrap_or(end)
    }
}

/// A sentence of so many words is cut at its next comma …
const LONG_SENTENCE: usize = 150;
/// … and at so many anywhere, so that a page without a full stop costs no more than another.
const MOST_WORDS: usize = 300;

/// How a language writes its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Spelling {
    /// An apostrophe ends a word (`l'on`, `dell'anno`).
    pub(crate) elides: bool,
    /// A number with a full stop is an ordinal (`10. Juli`).
    pub(crate) dotted_ordinals: bool,
    /// Spellings of before 1901 are read as today's: `th` as `t`, `y` as `i`, `m̅` as `mm`; a verb
    /// that lost its last `e` has it back.
    pub(crate) german: bool,
    /// Portuguese spellings of before 1911 are read as today's: `ph` as `f`, `th` as `t`, `y` as `i`,
    /// doubled consonants as one.
    pub(crate) portuguese: bool,
    /// Letters that keep their accent at the end of a word: `mandó` (he sent) is not `mando` (I send),
    /// `mandé` (I sent) not `mande` (send).
    pub(crate) final_accents: &'static [char],
    /// Words of the language that are abbreviations in it or in another, parted by spaces.
    pub(crate) short_words: &'static str,
    /// Which of its words are two written as one.
    pub(crate) contractions: Option<&'static Contractions>,
    /// How words that the grammar does not know were spelt of old.
    pub(crate) older: Option<&'static Respelling>,
    /// Words stand without spaces: the longest word that the grammar knows is one, and so is
    /// whatever lies between two of them.
    pub(crate) unspaced: bool,
}

/// What numbers words: a grammar's lexicon.
pub(crate) trait Numbers {
    /// The number of a word that is known itself, by the [`key`] of its folded form.
    fn known(&self, key: u64) -> Option<u32>;
    /// The number of a folded word that is not known itself: what its ending has, or the one that
    /// all words share of which nothing is known.
    fn unknown(&self, folded: &str) -> u32;
    /// Length in bytes of the longest word that is known.
    fn longest(&self) -> usize;
}

/// Short forms by language, and what they stand for.
pub(crate) const ABBREVIATIONS: &str = include_str!("../../tables/abbreviations.tsv");

static SHORT: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(ABBREVIATIONS).flat_map(|[_, short, _, _]| short.split_whitespace()).collect()
});

/// Those among the short forms of any language that are words of `language`.
pub(crate) fn short_words(language: &str) -> &'static str {
    rows(ABBREVIATIONS).find(|row: &[_; 4]| row[0] == language).map_or("", |row| row[2])
}

/// Folds one word onto `out`: lower case, without diacritics, `ß` and `ſ` spelt out.
pub(crate) fn fold(word: &str, spelling: Spelling, out: &mut String) {
    let from = out.len();
    if is_plain(word) {
        // most words are of the plainest kind
        out.push_str(word);
        out[from..].make_ascii_lowercase();
    } else {
        fold_letters(without_hard_sign(word), spelling, out);
    }
    if !spelling.final_accents.is_empty() {
        let accented = match word.chars().next_back() {
            Some('ó' | 'ò' | 'Ó' | 'Ò') => Some('ó'),
            Some('é' | 'è' | 'É' | 'È') => Some('é'),
            _ => None,
        };
        if let Some(letter) = accented.filter(|l| spelling.final_accents.contains(l)) {
            out.pop();
            out.push(letter);
        }
    }
    if spelling.portuguese {
        let old = out.split_off(from);
        let old = old.replace("ph", "f").replace("th", "t").replace('y', "i");
        for c in old.chars() {
            // "carro" and "nosso" are spelt so today
            if !(out[from..].ends_with(c) && "bcdfglmnpt".contains(c)) {
                out.push(c);
            }
        }
    }
    if spelling.german {
        let bytes = &out.as_bytes()[from..];
        let is_old = |i: usize| {
            bytes[i] == b'y'
                || bytes[i] == b'h' && i.checked_sub(1).is_some_and(|t| bytes[t] == b't')
        };
        if (0..bytes.len()).any(is_old) {
            let old = out.split_off(from).replace("th", "t").replace('y', "i");
            out.push_str(&old);
        }
    }
}

/// Folds a word letter by letter.
fn fold_letters(word: &str, spelling: Spelling, out: &mut String) {
    for c in word.chars() {
        match c {
            'a'..='z' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'ß' => out.push_str("ss"),
            'ſ' => out.push('s'),
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            _ if let Some(base) = base_of(c) => out.push(base),
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'ı' => out.push('i'),
            // a stroke over `m` and `n` doubles the letter: "kom̅en"
            '\u{304}' | '\u{305}' if spelling.german && out.ends_with(['m', 'n']) => {
                let doubled = if out.ends_with('m') { 'm' } else { 'n' };
                out.push(doubled);
            }
            // the marks of kana and the parts of Hangul tell words apart
            '\u{3005}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => out.push(c),
            '\'' | '’' | 'ʼ' | '-' | '‐' | '\u{ad}' | '¬' | '[' | ']' => {}
            _ if c.is_ascii() => {
                if !c.is_whitespace() {
                    out.push(c);
                }
            }
            _ => out.extend(
                std::iter::once(c)
                    .nfkd()
                    .filter(|&c| !is_combining_mark(c) && !c.is_whitespace())
                    .map(|c| reformed(c).unwrap_or(c))
                    .flat_map(char::to_lowercase),
            ),
        }
    }
}

/// Reads the words of `text[area]`, numbered by `numbers`; a number in digits is `digits`.
pub(crate) fn read_words(
    text: &Text<'_>,
    area: Span,
    spelling: Spelling,
    numbers: &impl Numbers,
    digits: u32,
) -> Words {
    let tokens = text.tokens_in(area);
    let mut out = Words { words: Vec::with_capacity(tokens.len()), ..Words::default() };
    let mut folded = String::new();
    let mut at = area.start; // where the last word ends
    let mut next = 0; // the first token that does not end there
    let mut block = tokens.first().map_or(0, |t| t.block);
    let mut pending = CLAUSE; // flags for the next word
    let mut first = 0; // of the sentence being read
    let mut quote: Option<Quote> = None;
    let s = &text.as_str()[..area.end];
    let finish = |out: &mut Words, first: &mut usize, question: bool| {
        if out.words.len() > *first {
            out.sentences.push(Sentence { first: *first, end: out.words.len(), question });
            *first = out.words.len();
        } else if question && let Some(last) = out.sentences.last_mut() {
            last.question = true;
        }
    };
    let number_of = |word: &str| numbers.known(key(word)).unwrap_or_else(|| numbers.unknown(word));
    while let Some(token) = tokens.get(next) {
        if token.block > block {
            block = token.block;
            finish(&mut out, &mut first, false);
            end_quote(&mut out, quote.take());
        }
        let long = out.words.len() - first;
        if long >= MOST_WORDS || long >= LONG_SENTENCE && pending & CLAUSE != 0 {
            finish(&mut out, &mut first, false);
        }
        if is_telegraph_stop(tokens, next, s) {
            finish(&mut out, &mut first, false);
            at = token.span.end;
            next += 1;
            continue;
        }
        if token.kind != Kind::Mark {
            // tokens of a script without spaces may begin in one word and end in another
            let from = at.max(token.span.start);
            let Some(c) = char_at(s, from) else { break };
            let end = if spelling.unspaced && is_unspaced(c) {
                unspaced_end(s, from, numbers)
            } else {
                word_end(s, from, token.span.end, spelling)
            };
            at = end;
            next += tokens[next..].iter().take_while(|t| t.span.end <= at).count();
            let raw = Span::new(from, end);
            let number_word = c.is_ascii_digit();
            let mut contracted = None;
            let id = if number_word {
                digits
            } else {
                let opens = out.words.len() == first;
                let may_lack_e = spelling.german && (opens || c.is_lowercase());
                // what the grammar knows as it stands has no old spelling: its own words have none
                let plain = raw == token.span && s[from..end].is_ascii();
                let known = if plain { numbers.known(token.folded) } else { None };
                known.unwrap_or_else(|| {
                    folded.clear();
                    fold(&s[from..end], spelling, &mut folded);
                    contracted = spelling.contractions.and_then(|c| c.of(&s[from..end], &folded));
                    if let Some(contraction) = contracted {
                        return number_of(contraction.full[0]);
                    }
                    let look_up = |folded: &mut String| {
                        let known = numbers.known(key(folded));
                        known.or_else(
                            || if may_lack_e { with_final_e(folded, numbers) } else { None },
                        )
                    };
                    look_up(&mut folded)
                        .or_else(|| {
                            folded = spelling.older?.respell(&folded)?;
                            look_up(&mut folded)
                        })
                        .unwrap_or_else(|| numbers.unknown(&folded))
                })
            };
            let flags = pending
                | if c.is_uppercase() { CAPITAL } else { 0 }
                | if number_word { NUMBER } else { 0 };
            let word = Word { span: raw, id, sentence: out.sentences.len() as u32, flags };
            if let Some(contraction) = contracted {
                let (first, second) = contraction.cut(&s[from..end]);
                let [first, second] =
                    [Span::new(from, from + first), Span::new(from + second, end)];
                let id = number_of(contraction.full[1]);
                out.words.push(Word { span: first, ..word });
                out.words.push(Word { span: second, id, flags: 0, ..word });
            } else {
                out.words.push(word);
            }
            pending = 0;
            continue;
        }
        next += 1;
        for (i, c) in token.of(s).char_indices() {
            let at = token.span.start + i;
            let after = &s[at + c.len_utf8()..];
            match c {
                '.' if ends_sentence(s, at, &out, spelling) => finish(&mut out, &mut first, false),
                // an editor's doubt, "[protocol?]", asks nobody
                '?' if after.starts_with([']', ')']) => {}
                '?' => finish(&mut out, &mut first, true),
                '？' => finish(&mut out, &mut first, true),
                '!' | '…' | ';' | '。' | '！' | '；' | '：' => {
                    finish(&mut out, &mut first, false)
                }
                // "10:30" and "Sir:—" alike end what stands before
                ':' if !after.starts_with(|c: char| c.is_ascii_digit())
                    && !abbreviates(s, at, &out) =>
                {
                    finish(&mut out, &mut first, false);
                }
                ',' | '—' | '–' | '(' | ')' | '[' | ']' | '/' | '、' | '，' | '（' | '）' =>
                {
                    pending |= CLAUSE;
                }
                '-' if !s[..at].ends_with(char::is_alphanumeric) => pending |= CLAUSE,
                '&' => {
                    out.words.push(Word {
                        span: Span::new(at, at + 1),
                        id: number_of("&"),
                        sentence: out.sentences.len() as u32,
                        flags: pending,
                    });
                    pending = 0;
                }
                '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' | '‘'
                | '’' | '‚' | '‟' | '\'' => {
                    let n = out.words.len();
                    match &mut quote {
                        Some(open) if open.closes(s, at, c) => {
                            mark_quoted(&mut out.words[open.from..]);
                            quote = None;
                        }
                        Some(open) => open.goes_on |= c == open.mark,
                        None => quote = Quote::open(s, at, c, n),
                    }
                }
                _ => {}
            }
        }
    }
    finish(&mut out, &mut first, false);
    // "“… I am, Sir, your humble servant.”": a zone may end inside what is quoted
    end_quote(&mut out, quote.filter(|q| q.closes_beyond(&text.as_str()[area.end..])));
    out
}

/// The number of a German word with the `e` that a writer leaves out, if the grammar knows it so:
/// "möcht' ich", "ich bitt Sie". The word stays as it is.
fn with_final_e(folded: &mut String, numbers: &impl Numbers) -> Option<u32> {
    folded.push('e');
    let known = numbers.known(key(folded));
    folded.pop();
    known
}

/// Marks a quotation of three words or more; shorter ones are names and catchwords.
fn mark_quoted(words: &mut [Word]) {
    if words.len() >= 3 {
        words.iter_mut().for_each(|w| w.flags |= QUOTED);
    }
}

/// A quotation that has been opened.
#[derive(Debug, Clone, Copy)]
struct Quote {
    mark: char,
    /// Its first word.
    from: usize,
    /// Where a single mark closes it; what looks like one may be an apostrophe.
    until: usize,
    /// Whether its mark stands at the head of later lines too.
    goes_on: bool,
}

impl Quote {
    /// The quotation that mark `c` at `at` opens before word `from`, if it opens one.
    fn open(s: &str, at: usize, c: char, from: usize) -> Option<Quote> {
        let before = s[..at].chars().next_back();
        let after = s[at + c.len_utf8()..].chars().next();
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let led =
            before.is_none_or(|b| !b.is_alphanumeric() && !matches!(b, '.' | ',' | '!' | '?'));
        let opens = match c {
            '”' | '‟' | '」' | '』' | '’' => false,
            // a blank stands inside the marks of French, and of any hand that likes air
            '„' | '«' | '“' | '"' => !blank(after) || blank(before),
            '»' | '›' => after.is_some_and(char::is_alphanumeric),
            '‚' | '‘' | '\'' => led && after.is_some_and(char::is_alphabetic),
            _ => !blank(after),
        };
        let until = match c {
            '‚' | '‘' | '\'' if opens => single_end(s, at, c)?,
            _ => usize::MAX,
        };
        opens.then_some(Quote { mark: c, from, until, goes_on: false })
    }

    /// Whether mark `c` at `at` closes it. A mark at the head of a line only says that it goes on.
    fn closes(self, s: &str, at: usize, c: char) -> bool {
        let head = || {
            let line = s[..at].trim_end_matches([' ', '\t']);
            let rest = s[at + c.len_utf8()..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
            let goes_on = rest.starts_with(char::is_alphanumeric);
            goes_on && (line.is_empty() || line.ends_with('\n'))
        };
        match self.mark {
            '"' => c == '"' && !head(),
            '“' => c == '”',
            '„' => matches!(c, '“' | '”' | '‟' | '"') && !head(),
            '«' => c == '»' && !head(),
            '「' => c == '」',
            '『' => c == '』',
            '»' => c == '«' && !head(),
            '‹' => c == '›',
            '›' => c == '‹',
            _ => at == self.until,
        }
    }

    /// Whether what follows closes it before another opens.
    fn closes_beyond(self, rest: &str) -> bool {
        /// How far a quotation may go on, in characters.
        const MOST: usize = 400;
        let close = match self.mark {
            '“' => '”',
            '„' => '“',
            '«' => '»',
            _ => return false,
        };
        let mut marks = rest.chars().take(MOST).filter(|&c| c == self.mark || c == close);
        marks.next() == Some(close)
    }
}

/// Where the quotation in single marks that opens at `at` ends: at the first mark after which no
/// letter stands. A straight one, which may be an owner's ("the boys' hats"), stands beside a stop.
fn single_end(s: &str, at: usize, mark: char) -> Option<usize> {
    /// The longest quotation, in bytes.
    const MOST: usize = 1500;
    let close: &[char] = match mark {
        '‘' => &['’'],
        '‚' => &['‘', '’'],
        _ => &['\''],
    };
    let from = at + mark.len_utf8();
    let rest = &s[from..s.floor_char_boundary(from + MOST)];
    let rest = rest.split("\n\n").next().unwrap_or_default();
    let mut ends = rest.match_indices(close).map(|(i, c)| (i, &rest[i + c.len()..]));
    let (end, after) = ends.find(|(_, after)| !after.starts_with(char::is_alphanumeric))?;
    let stops = ['.', ',', '!', '?', ';', ':', '-', '—', '…', ')'];
    let beside_stop = rest[..end].ends_with(stops) || after.is_empty() || after.starts_with(stops);
    (mark != '\'' || beside_stop).then_some(from + end)
}

/// Marks a quotation that no mark closes up to where its paragraph ends; a typewriter's stray
/// straight mark quotes nothing, if it is the only one.
fn end_quote(out: &mut Words, quote: Option<Quote>) {
    if let Some(quote) = quote.filter(|q| (q.mark != '"' || q.goes_on) && q.until == usize::MAX) {
        mark_quoted(&mut out.words[quote.from..]);
    }
}

/// Whether a language that writes no spaces writes with `c`: Han and kana.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Where the word at `at` ends in a script without spaces: the longest known word that begins
/// there, or all up to the next known word.
fn unspaced_end(s: &str, at: usize, numbers: &impl Numbers) -> usize {
    let known = |from: usize| {
        let most = numbers.longest();
        let ends = s[from..].char_indices().map(|(i, c)| i + c.len_utf8());
        ends.take_while(|&l| l <= most)
            .filter(|&l| numbers.known(key(&s[from..from + l])).is_some())
            .last()
    };
    if let Some(length) = known(at) {
        return at + length;
    }
    let mut ends = s[at..].char_indices().skip(1).map(|(i, c)| (at + i, c));
    ends.find(|&(i, c)| !is_unspaced(c) || known(i).is_some()).map_or(s.len(), |(i, _)| i)
}

/// Where the word that begins at `at` ends; its first token does at `end`.
fn word_end(s: &str, at: usize, mut end: usize, spelling: Spelling) -> usize {
    // most words end at a space
    if s.as_bytes().get(end) == Some(&b' ') {
        return end;
    }
    let digit = s.as_bytes()[at].is_ascii_digit();
    loop {
        end += s.as_bytes()[end..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if s.as_bytes().get(end).is_some_and(|b| !b.is_ascii()) {
            end += s[end..]
                .chars()
                .take_while(|&c| is_letter_or_number(c) || is_combining_mark(c))
                .take_while(|&c| !(spelling.unspaced && is_unspaced(c)))
                .map(char::len_utf8)
                .sum::<usize>();
        }
        let rest = &s[end..];
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return end };
        let after = chars.as_str();
        match c {
            '\'' | '’' | 'ʼ' if !digit => {
                if spelling.elides || !after.starts_with(char::is_alphabetic) {
                    return end;
                }
                end += c.len_utf8();
            }
            '-' | '‐' | '¬' | '\u{ad}' => {
                // "de-⏎manderai" is one word; "vice-consul" is two
                let line = after.trim_start_matches([' ', '\t', '\r']);
                let joined = match line.strip_prefix('\n') {
                    Some(l) => l.trim_start_matches([' ', '\t']),
                    None if c == '\u{ad}' => after,
                    None => return end,
                };
                if digit || !joined.starts_with(char::is_lowercase) {
                    return end;
                }
                end = s.len() - joined.len();
            }
            '.' | ',' | '/' if digit && after.starts_with(|c: char| c.is_ascii_digit()) => {
                end += 1;
            }
            _ => return end,
        }
    }
}

/// Whether the full stop at `at` ends a sentence.
fn ends_sentence(s: &str, at: usize, out: &Words, spelling: Spelling) -> bool {
    let after = &s[at + 1..];
    let Some(last) = out.words.last() else { return false };
    if last.span.end != at {
        return true; // after a bracket, a quotation mark, another stop
    }
    let next = after.trim_start_matches([' ', '\t', '\r', '\n', '"', '”', '“', '»', '«', ')', ']']);
    let Some(c) = next.chars().next() else { return true };
    let gap = &after[..after.len() - next.len()];
    if gap.matches('\n').count() > 1 {
        return true;
    }
    if c.is_lowercase() || matches!(c, ',' | ';' | '-' | '.' | '&') || gap.is_empty() {
        return false;
    }
    let word = &s[last.span.start..last.span.end];
    if last.is(NUMBER) {
        return !(spelling.dotted_ordinals && word.len() <= 2);
    }
    let mut chars = word.chars();
    let single = chars.next().is_some() && chars.next().is_none();
    if single && word != "I" {
        return false;
    }
    let is_word = c.is_uppercase() && spelling.short_words.split(' ').any(|w| w == word);
    is_word || !is_abbreviation(word)
}

/// Whether the colon at `at` only cuts a word short, as hands of the 19th century wrote it: "Sie
/// möchten gef: darauf sehen".
fn abbreviates(s: &str, at: usize, out: &Words) -> bool {
    let Some(last) = out.words.last().filter(|w| w.span.end == at) else { return false };
    let goes_on = s[at + 1..].trim_start_matches([' ', '\t']).starts_with(char::is_lowercase);
    goes_on && is_abbreviation(&s[last.span.start..last.span.end])
}

/// Whether the table has the word among those that are written short.
fn is_abbreviation(word: &str) -> bool {
    let mut folded = String::new();
    fold(word, Spelling::default(), &mut folded);
    SHORT.contains(folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A lexicon without words.
    struct Nothing;

    impl Numbers for Nothing {
        fn known(&self, _: u64) -> Option<u32> {
            None
        }

        fn unknown(&self, _: &str) -> u32 {
            0
        }

        fn longest(&self) -> usize {
            0
        }
    }

    fn read(text: &str, spelling: Spelling) -> Words {
        read_words(&Text::new(text), Span::new(0, text.len()), spelling, &Nothing, 1)
    }

    fn sentences(text: &str, spelling: Spelling) -> Vec<&str> {
        let words = read(text, spelling);
        words
            .sentences
            .iter()
            .map(|s| {
                let span = words.span(s.first, s.end);
                &text[span.start..span.end]
            })
            .collect()
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_eq!(
            sentences(
                "I met Mr. A. B. Carr on the 3d inst. in town. He is well",
                Spelling::default()
            ),
            ["I met Mr. A. B. Carr on the 3d inst. in town", "He is well"]
        );
        let german = Spelling { dotted_ordinals: true, german: true, ..Spelling::default() };
        assert_eq!(
            sentences("Am 10. Mai kam er. Dann ging er.", german),
            ["Am 10. Mai kam er", "Dann ging er"]
        );
        assert_eq!(
            sentences("Sie möchten gef: darauf sehen und frdl. Antwort geben. Gut", german),
            ["Sie möchten gef: darauf sehen und frdl. Antwort geben", "Gut"]
        );
    }

    #[test]
    fn a_small_word_that_is_an_abbreviation_elsewhere_ends_a_sentence() {
        let words =
            |language| Spelling { short_words: short_words(language), ..Spelling::default() };
        assert_eq!(
            sentences("Had he told me. I see no. 5 of Me. Roux", words("en")),
            ["Had he told me", "I see no. 5 of Me. Roux"]
        );
        assert_eq!(sentences("Digo que no. Venga", words("es")), ["Digo que no", "Venga"]);
        assert_eq!(sentences("Le col. Roux dit-on. Il va", words("fr")).len(), 2);
    }

    #[test]
    fn a_blank_line_a_colon_and_a_question_mark_end_a_sentence() {
        assert_eq!(
            sentences("Sir: will you come\n\nYours", Spelling::default()),
            ["Sir", "will you come", "Yours"]
        );
        let words = read("Will he? No.", Spelling::default());
        assert!(words.sentences[0].question && !words.sentences[1].question);
    }

    /// How many words stand between quotation marks.
    fn quoted(text: &str) -> usize {
        let words = read(text, Spelling::default());
        words.words.iter().filter(|w| w.is(QUOTED)).count()
    }

    #[test]
    fn only_longer_quotations_are_somebody_elses_words() {
        assert_eq!(quoted("He said “please come at once” and left"), 4);
        assert_eq!(quoted("the “Alert” sailed"), 0);
        assert_eq!(quoted("a \" stray mark and more words"), 0);
        assert_eq!(quoted("Er sagte „ich bitte Sie sehr“ und ging"), 4);
        assert_eq!(quoted("“a quotation that is never\nclosed at all\n\nand then not"), 8);
    }

    #[test]
    fn marks_with_a_blank_inside_quote_too() {
        for text in [
            "Il dit : « Je vous envoie la liste. » Adieu",
            "Il dit : «\u{a0}Je vous envoie la liste.\u{a0}» Adieu",
            "Il dit : «\u{202f}Je vous envoie la liste.\u{202f}» Adieu",
            "Il dit : “ Je vous envoie la liste. ” Adieu",
            "Il dit : \" Je vous envoie la liste. \" Adieu",
        ] {
            assert_eq!(quoted(text), 5, "{text}");
        }
    }

    #[test]
    fn single_marks_quote_and_apostrophes_do_not() {
        assert_eq!(quoted("He wrote ‘I don’t thank you.’ and left"), 4);
        assert_eq!(quoted("He wrote 'I don't thank you.' and left"), 4);
        assert_eq!(quoted("Er schrieb ‚Ich danke Ihnen sehr.‘ und ging"), 4);
        assert_eq!(quoted("'Tis late, and the boys' hats are come"), 0);
        assert_eq!(quoted("the friends’ hats and the girls’ hats"), 0);
    }

    #[test]
    fn a_mark_at_the_head_of_a_line_goes_on_with_the_quotation() {
        assert_eq!(quoted("\"I thank you\n\"for the cheese\n\"and the wine.\" So he"), 9);
        assert_eq!(quoted("« Je vous envoie\n» la liste et\n» le plan. » Adieu"), 8);
        assert_eq!(quoted("\"I thank you\n\"for the cheese\n\nAnd so he"), 6);
    }

    #[test]
    fn folding_spells_old_and_accented_words_alike() {
        let fold = |w: &str, german| {
            let mut out = String::new();
            super::fold(w, Spelling { german, ..Spelling::default() }, &mut out);
            out
        };
        assert_eq!(fold("Mittheilung", true), "mitteilung");
        assert_eq!(fold("daſs", true), "dass");
        assert_eq!(fold("kom̅en", true), "kommen");
        assert_eq!(fold("Été", false), "ete");
        assert_eq!(fold("don’t", false), "dont");
        assert_eq!(fold("thy", false), "thy");
        let mut out = String::new();
        let spanish = Spelling { final_accents: &['ó', 'é'], ..Spelling::default() };
        super::fold("Mandó", spanish, &mut out);
        assert_eq!(out, "mandó");
        out.clear();
        super::fold("Имѣемъ", Spelling::default(), &mut out);
        assert_eq!(out, "имеем");
    }

    #[test]
    fn without_spaces_the_longest_known_word_is_one() {
        struct Known;
        impl Numbers for Known {
            fn known(&self, word: u64) -> Option<u32> {
                ["収", "収到", "感謝"].map(key).contains(&word).then_some(1)
            }

            fn unknown(&self, _: &str) -> u32 {
                0
            }

            fn longest(&self) -> usize {
                "収到".len()
            }
        }
        let text = "来信収到非常感謝、2006年。";
        let spelling = Spelling { unspaced: true, ..Spelling::default() };
        let words = read_words(&Text::new(text), Span::new(0, text.len()), spelling, &Known, 1);
        let read: Vec<&str> = words.words.iter().map(|w| &text[w.span.start..w.span.end]).collect();
        assert_eq!(read, ["来信", "収到", "非常", "感謝", "2006", "年"]);
        assert!(words.words[4].is(CLAUSE | NUMBER));
    }

    #[test]
    fn a_page_without_a_full_stop_is_cut_into_sentences_all_the_same() {
        let text = "word ".repeat(5000);
        assert!(sentences(&text, Spelling::default()).len() > 10);
    }
}
