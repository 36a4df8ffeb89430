//! The tokens of a text held against the tables, as the grammar reads them.
//!
//! A word that no table has becomes part of a [`Kind::Break`], and so does what stands between two
//! such words and tells of no date, so that a page without dates leaves almost nothing. A word that
//! is a number, Roman, Hebrew or glued, is known for one here.

use super::fold::{hash_word, is_hebrew};
use super::lexicon::Lexicon;
use super::number;
use super::token::{Kind, Token, scan};

/// The tokens of a text, unknown words collapsed.
pub(crate) struct Tokens<'t> {
    text: &'t str,
    lexicon: &'t Lexicon,
    /// The languages in force; none where they are not known yet.
    languages: Option<u32>,
    list: Vec<Token>,
    /// Where what follows the last unknown word begins, and whether it tells of a date.
    stretch: usize,
    telling: bool,
    /// Before it stands a [`Kind::Break`] of stretches that tell of none.
    after_idle: bool,
}

impl<'t> Tokens<'t> {
    /// The tokens of a text; where the languages are known, stretches between unknown words that tell
    /// of no date in them are collapsed too.
    pub(crate) fn of_text(
        text: &'t str,
        lexicon: &'t Lexicon,
        languages: Option<u32>,
    ) -> Vec<Token> {
        let list = Vec::with_capacity((text.len() / 8).min(8192));
        let (stretch, telling, after_idle) = (0, true, false);
        let mut tokens = Tokens { text, lexicon, languages, list, stretch, telling, after_idle };
        scan(text, |token| tokens.take(token));
        tokens.list
    }

    #[inline]
    fn take(&mut self, mut token: Token) {
        if token.kind != Kind::Word {
            return self.push(token);
        }
        token.node = self.lexicon.first(token.hash);
        if may_be_numeral(self.text, &token, self.lexicon) {
            self.numeral(token);
        } else if token.node.is_some() || number::han_digit(token.mark).is_some() {
            self.push(token);
        } else {
            self.unknown(&token);
        }
    }

    /// Takes a word that may be a number.
    fn numeral(&mut self, mut token: Token) {
        numeral(self.text, &mut token, self.lexicon);
        if token.value == 0 && token.lines == 0 && follows_day(&self.list) {
            token.value = month_after_day(self.text, &token, &self.list);
            if token.value > 0 && token.node.is_none() {
                token.kind = Kind::Numeral;
            }
        }
        if token.kind == Kind::Word && token.node.is_none() {
            self.unknown(&token);
        } else {
            self.push(token);
        }
    }

    #[inline]
    fn push(&mut self, token: Token) {
        self.telling |= match token.kind {
            Kind::Number | Kind::Numeral => true,
            Kind::Punct | Kind::Break => false,
            Kind::Word => {
                let is_trigger = |node| {
                    self.languages.is_none_or(|languages| self.lexicon.is_trigger(node, languages))
                };
                token.dense || token.node.is_some_and(is_trigger)
            }
        };
        self.list.push(token);
    }

    /// Takes a word that no table has.
    #[inline]
    fn unknown(&mut self, word: &Token) {
        if let Some(last) = self.list.last_mut()
            && last.kind == Kind::Break
        {
            last.end = word.end;
            last.lines = last.lines.max(word.lines);
            return;
        }
        self.end_stretch(word);
    }

    /// Ends a stretch before an unknown word.
    fn end_stretch(&mut self, word: &Token) {
        // a short text is kept as it is: it may be one expression
        const SHORT: usize = 20;
        let mut word = Token { kind: Kind::Break, ..*word };
        let idle = !self.telling && self.stretch >= SHORT;
        if idle {
            // the words next to a date stay apart from it
            self.stretch -= usize::from(self.after_idle);
            let first = self.list[self.stretch];
            let lines = self.list.drain(self.stretch..).map(|token| token.lines).max();
            word = Token {
                start: first.start,
                spaced: first.spaced,
                capital: first.capital,
                lines: word.lines.max(lines.unwrap_or(0)),
                ..word
            };
        }
        self.list.push(word);
        self.stretch = self.list.len();
        self.telling = self.languages.is_none();
        self.after_idle = idle;
    }
}

/// The month of a numeral in small letters after the number of a day, or 0: "9 vi 33", "4.viii.1914".
fn month_after_day(text: &str, token: &Token, before: &[Token]) -> i32 {
    let word = &text[token.start as usize..token.end as usize];
    let between_marks = || {
        !token.spaced
            && matches!(before.last(), Some(Token { mark: '.' | '/', spaced: false, .. }))
            && text[token.end as usize..].starts_with(['.', '/'])
    };
    // of one letter it may be a word
    let free = token.node.is_none() || word.len() > 1 || between_marks();
    if free { small_month(word) } else { 0 }
}

/// Whether what was read last is the number of a day, perhaps with a mark.
fn follows_day(tokens: &[Token]) -> bool {
    let is_day = |token: &Token| matches!(token.digits, 1 | 2) && token.value <= 31;
    match tokens {
        [.., day, mark] if matches!(mark.mark, '.' | '/') => is_day(day),
        [.., day] => is_day(day),
        [] => false,
    }
}

/// The month of a numeral in small letters, or 0; a numeral with an x is known anywhere.
fn small_month(word: &str) -> i32 {
    match word {
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        "v" => 5,
        "vi" => 6,
        "vii" => 7,
        "viii" => 8,
        _ => 0,
    }
}

/// Whether a word may be a number, by its first letters and its last.
#[inline]
fn may_be_numeral(text: &str, token: &Token, lexicon: &Lexicon) -> bool {
    // a longer word that a table has is no numeral
    const SHORT: usize = 5;
    if token.dense {
        return false;
    }
    let word = &text.as_bytes()[token.start as usize..token.end as usize];
    let [first, rest @ ..] = word else { return false };
    if word.len() > SHORT && token.node.is_some() {
        return false;
    }
    // numerals of one letter are in capitals, but for those of months
    let is_roman = is_roman_digit(*first)
        && (rest.first().is_none_or(|second| is_roman_digit(*second))
            || rest == b"th"
            || word.len() <= SHORT && first.is_ascii_uppercase());
    is_roman || !first.is_ascii() || word.len() > SHORT && lexicon.may_be_glued(word)
}

/// Notes the number that a word is: Roman (with the ending of an ordinal), Hebrew, or glued.
#[inline(never)]
fn numeral(text: &str, token: &mut Token, lexicon: &Lexicon) {
    let word = &text[token.start as usize..token.end as usize];
    if is_initial(text, token, lexicon) {
        return;
    }
    let stem = word.bytes().take_while(|byte| is_roman_digit(*byte)).count();
    if stem > 0 && word.len() <= 16 {
        if stem == word.len()
            && is_numeral_like(word)
            && let Some(value) = number::roman(word)
        {
            token.value = value;
            if token.node.is_none() {
                token.kind = Kind::Numeral;
            }
            return;
        }
        if token.node.is_none() && stem < word.len() {
            // "XVIIIe", "xxviijth": where the suffix begins with a letter that is a digit too
            // ("IIIme", "XIVmo"), the shorter stem is tried next.
            for cut in [stem, stem.saturating_sub(1)] {
                let (Some(stem), Some(suffix)) = (word.get(..cut), word.get(cut..)) else {
                    continue;
                };
                // "Ind." is a state, and one is no "1nd"; so are "Ia" and "Va", and days are not
                // counted in the feminine; "It" and "Vt" are words; "VS." addresses the reader,
                // and "Ju." is June or July.
                // one small letter is no numeral, but "xth" and "vth" are no words either
                let is_like = is_numeral_like(stem) || suffix == "th" && matches!(stem, "x" | "v");
                if is_like
                    && suffix.len() <= 4
                    && !suffix.is_empty()
                    && !(stem.len() == 1
                        && (stem.eq_ignore_ascii_case("j") && suffix.len() == 1
                            || matches!(suffix.as_bytes()[0] | 0x20, b'n' | b'd' | b'a')
                            || suffix.eq_ignore_ascii_case("t")
                            || suffix.len() == 1 && suffix.as_bytes()[0].is_ascii_uppercase()))
                    && let Some(value) = number::roman(stem)
                    && lexicon.ordinal_suffix(hash_word(suffix)).is_some()
                {
                    token.value = value;
                    token.ordinal = true;
                    token.kind = Kind::Numeral;
                    return;
                }
            }
        }
    }
    if word.starts_with(is_hebrew) {
        if word.contains(['״', '׳', '"', '\'', '”', '’'])
            && let Some(value) =
                number::hebrew(without_thousands(word).chars().filter(|c| is_hebrew(*c)))
        {
            token.value = value;
            token.kind = Kind::Numeral;
        }
    } else if token.node.is_none()
        && (6..=64).contains(&word.len())
        && let Some((value, ordinal, languages)) = lexicon.glued_number(word)
    {
        token.value = value;
        token.ordinal = ordinal;
        token.languages = languages;
        token.kind = Kind::Numeral;
    }
}

/// Whether a letter is one of several that address the reader or stand for a name, each joined to the
/// next by its full stop: "V.S.", "V.S.I.", "V.Ex.ª", but not "X.Kal.", "4.V.MCM" or "M.D.XC".
fn is_initial(text: &str, token: &Token, lexicon: &Lexicon) -> bool {
    let (before, after) = (&text[..token.start as usize], &text[token.end as usize..]);
    let is_other =
        |word: &str| word.starts_with(char::is_uppercase) && number::roman(word).is_none();
    let follows = || {
        let Some(rest) = after.strip_prefix('.') else { return false };
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let word = &rest[..end];
        let known = || lexicon.first(hash_word(word)).is_some();
        is_other(word) && (word.chars().nth(1).is_none() || !known())
    };
    let goes_on = || {
        let Some(back) = before.strip_suffix('.') else { return false };
        let letter = back.trim_end_matches(char::is_alphabetic).len();
        is_other(&back[letter..]) && back[letter..].chars().nth(1).is_none()
    };
    token.capital && token.end - token.start == 1 && (follows() || goes_on())
}

/// A Hebrew numeral without the letter of its thousands: "ה׳תש״ח" is 708.
fn without_thousands(word: &str) -> &str {
    let mut letters = word.chars();
    let (first, mark) = (letters.next(), letters.next());
    let rest = letters.as_str();
    let is_thousands = first == Some('ה')
        && mark.is_some_and(|c| matches!(c, '׳' | '\'' | '’'))
        && rest.chars().any(is_hebrew);
    if is_thousands { rest } else { word }
}

/// Whether a word is written as numerals are: in capitals, or small with an x or a final j, so that
/// "vin", "did" and "mild" stay words.
fn is_numeral_like(word: &str) -> bool {
    let bytes = word.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_uppercase) {
        return bytes.iter().all(u8::is_ascii_uppercase);
    }
    bytes.len() > 1
        && bytes.iter().all(u8::is_ascii_lowercase)
        && (bytes.ends_with(b"j") || word.bytes().any(|byte| byte == b'x'))
}

fn is_roman_digit(byte: u8) -> bool {
    matches!(byte | 0x20, b'i' | b'v' | b'x' | b'l' | b'c' | b'd' | b'm' | b'j')
}
