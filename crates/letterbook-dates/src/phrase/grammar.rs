//! The grammar: tokens into what expressions say, the same for every language.
//!
//! The tables say what a word does; the order of words is free where letters are free with it. A
//! parse begins at one item, takes as much as belongs together, and never looks back, so that the
//! whole is linear in the text. Nothing is reckoned here: see `resolve`.

use std::cell::Cell;

use super::fold::hash_word;
use super::languages::ARABIC;
use super::lexicon::{Class, Lexicon, Sense};
use super::number::{self, Sum};
use super::parts::{MonthPart, Saying};
use super::token::{Kind, Node, Token};
use crate::value::Doubt;

/// A token or the several tokens of one form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) token: Token,
    pub(crate) end: u32,
    pub(crate) node: Option<Node>,
    /// The classes that the item has here, as [`Class::bit`]s.
    classes: u128,
}

/// An expression found: what it says and which items it covers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) saying: Saying,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) rule: &'static str,
}

/// What a year may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Nothing,
    Month,
    Day,
    /// A day of a calendar whose years may have few digits.
    OtherDay,
}

/// A number as written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Number {
    pub(super) value: i32,
    pub(super) digits: u8,
    pub(super) ordinal: bool,
    pub(super) roman: bool,
    pub(super) words: bool,
    pub(super) apostrophe: bool,
    pub(super) doubt: Doubt,
}

pub(crate) struct Parser<'a> {
    pub(crate) text: &'a str,
    pub(crate) items: Vec<Item>,
    pub(super) lexicon: &'static Lexicon,
    /// The languages in force.
    pub(super) languages: u32,
    /// How many items at the start are only marks and articles, and where those at the end begin.
    pub(super) idle: (usize, usize),
    /// The numbers that were read last: every reader asks for them.
    numbers: [Cell<ReadNumber>; NUMBERS],
}

/// An item and the number that begins there, with its end.
type ReadNumber = (usize, Option<(Number, usize)>);

/// So many items one after another have their numbers kept.
const NUMBERS: usize = 8;

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str, tokens: &[Token], languages: u32) -> Parser<'a> {
        let lexicon = Lexicon::get();
        let mut items: Vec<Item> = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while at < tokens.len() {
            let token = tokens[at];
            let mut item = Item { token, end: token.end, node: None, classes: 0 };
            let mut next = at + 1;
            if let Some(mut node) = token
                .node
                .or_else(|| (token.kind == Kind::Number).then(|| lexicon.first(token.hash))?)
            {
                if !lexicon.senses(node).is_empty() && token.kind != Kind::Number {
                    item.node = Some(node);
                }
                let mut ahead = at + 1;
                while let Some(token) = tokens.get(ahead) {
                    if token.lines > 1 {
                        break;
                    }
                    if token.kind == Kind::Punct {
                        if !matches!(token.mark, '.' | '\'' | '-')
                            || (token.spaced && token.mark != '.')
                        {
                            break;
                        }
                        ahead += 1;
                        continue;
                    }
                    if token.kind == Kind::Break {
                        break;
                    }
                    let Some(found) = lexicon.next(node, token.joint(true)) else { break };
                    node = found;
                    ahead += 1;
                    if lexicon.senses(node).iter().any(|sense| sense.languages & languages != 0) {
                        item.node = Some(node);
                        item.end = token.end;
                        next = ahead;
                    }
                }
                if next > at + 1 && item.token.kind == Kind::Number {
                    item.token.kind = Kind::Word;
                }
            }
            if let Some(node) = item.node {
                item.classes = classes(&item, lexicon.senses(node), languages);
            }
            items.push(item);
            at = next;
        }
        let numbers = std::array::from_fn(|_| Cell::new((usize::MAX, None)));
        let mut parser = Parser { text, items, lexicon, languages, idle: (0, 0), numbers };
        for at in 0..parser.items.len() {
            if parser.has(at, Class::Month) && !parser.may_be_month(at) {
                parser.items[at].classes &= !Class::Month.bit();
            }
        }
        let idle = |at: &usize| {
            parser.kind(*at) == Some(Kind::Punct)
                || parser.has(*at, Class::Glue)
                || parser.has(*at, Class::Dated)
        };
        let count = parser.items.len();
        let first = (0..count).take_while(idle).count();
        let last = count - (first..count).rev().take_while(idle).count();
        parser.idle = (first, last);
        parser
    }

    /// Whether a month's name is one as it stands: "marché" has an accent that no spelling of March
    /// has, and a small word that only another language has for a month ("il marche") needs a day
    /// before it or a year behind.
    fn may_be_month(&self, at: usize) -> bool {
        let Item { token, end, .. } = self.items[at];
        let is_accented_month = |sense: &Sense| sense.class == Class::Month && sense.accented;
        let word = &self.text[token.start as usize..end as usize];
        // "Meÿ" and "Marzº" are ways of a hand
        let is_accent = |c: char| !c.is_ascii() && !matches!(c, 'ÿ' | 'º' | 'ª' | '°');
        if word.ends_with(is_accent) && !self.senses(at).iter().any(is_accented_month) {
            return false;
        }
        !word.starts_with(char::is_lowercase)
            || self.is_own(at, Class::Month)
            || self.has_day_or_year_beside(at)
    }

    /// Whether figures or numerals of a day stand before an item, or a year of four digits behind it.
    fn has_day_or_year_beside(&self, at: usize) -> bool {
        const MOST: usize = 4;
        let links = |at: usize| {
            matches!(self.mark(at), '.' | '-' | '/' | '^')
                || self.has(at, Class::Glue)
                || self.has(at, Class::OrdSuffix)
        };
        let digits = |at: usize| self.items.get(at).map_or(0, |item| item.token.digits);
        let before = (at.saturating_sub(MOST)..at).rev().find(|before| !links(*before));
        let next = self.skip(at + 1, ".,");
        let past_day = if matches!(digits(next), 1 | 2) { self.skip(next + 1, ".,") } else { next };
        before.is_some_and(|before| {
            matches!(digits(before), 1 | 2) || self.kind(before) == Some(Kind::Numeral)
        }) || digits(past_day) == 4
    }

    // ---- what stands at an item ----

    pub(super) fn senses(&self, at: usize) -> &'static [Sense] {
        match self.items.get(at).and_then(|item| item.node) {
            Some(node) => self.lexicon.senses(node),
            None => &[],
        }
    }

    /// The value of a class, if the item has it in a language in force, or in any language where
    /// the word is telling enough.
    #[inline]
    pub(crate) fn is(&self, at: usize, class: Class) -> Option<i32> {
        if !self.has(at, class) {
            return None;
        }
        let senses = self.senses(at);
        senses
            .iter()
            .find(|s| s.class == class && s.languages & self.languages != 0)
            .or_else(|| senses.iter().find(|sense| sense.class == class))
            .map(|sense| sense.value)
    }

    #[inline]
    pub(crate) fn has(&self, at: usize, class: Class) -> bool {
        self.items.get(at).is_some_and(|item| item.classes & class.bit() != 0)
    }

    /// Whether the item has one of several classes.
    #[inline]
    pub(super) fn has_any(&self, at: usize, classes: u128) -> bool {
        self.items.get(at).is_some_and(|item| item.classes & classes != 0)
    }

    /// Whether the item has the class in a language in force.
    pub(super) fn is_own(&self, at: usize, class: Class) -> bool {
        let is_own = |sense: &Sense| sense.class == class && sense.languages & self.languages != 0;
        self.senses(at).iter().any(is_own)
    }

    pub(super) fn mark(&self, at: usize) -> char {
        match self.items.get(at) {
            Some(item) if item.token.kind == Kind::Punct => item.token.mark,
            _ => '\0',
        }
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.items.get(at).map(|item| item.token.kind)
    }

    pub(super) fn spaced(&self, at: usize) -> bool {
        self.items.get(at).is_none_or(|item| item.token.spaced)
    }

    pub(super) fn dense(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| item.token.dense)
    }

    /// Whether a paragraph ends before the item.
    pub(super) fn stops(&self, at: usize) -> bool {
        self.items.get(at).is_none_or(|item| item.token.lines > 1)
    }

    pub(super) fn skip(&self, mut at: usize, marks: &str) -> usize {
        while self.mark(at) != '\0' && marks.contains(self.mark(at)) {
            at += 1;
        }
        at
    }

    /// Past commas, dots and words such as "of" and "den", as far as a date may go on there.
    pub(super) fn gap(&self, mut at: usize) -> usize {
        let mut words = 0;
        loop {
            if self.stops(at) {
                return at;
            }
            let mark = self.mark(at);
            if matches!(mark, '.' | ',' | ':' | '\'' | '"' | '_') {
                at += 1;
            } else if words < 4
                && mark == '\0'
                && (self.has(at, Class::Glue) && !self.has(at, Class::Month)
                    || self.has(at, Class::HisYear))
            {
                words += 1;
                at += 1;
            } else {
                return at;
            }
        }
    }

    // ---- numbers ----

    /// The number that begins at an item.
    pub(super) fn number(&self, at: usize) -> Option<(Number, usize)> {
        let memo = &self.numbers[at % NUMBERS];
        let (known, number) = memo.get();
        if known == at {
            return number;
        }
        let number = self.read_number(at);
        memo.set((at, number));
        number
    }

    fn read_number(&self, at: usize) -> Option<(Number, usize)> {
        let item = self.items.get(at)?;
        let token = &item.token;
        let mut number = Number {
            value: token.value,
            digits: token.digits,
            apostrophe: at > 0 && self.mark(at - 1) == '\'' && !token.spaced,
            ..Number::default()
        };
        let mut next = at + 1;
        match token.kind {
            Kind::Number => {}
            Kind::Numeral => {
                if token.languages != 0 && token.languages & self.languages == 0 {
                    return None;
                }
                // "achttienhonderd zeventig" goes on after what is written in one.
                if token.languages != 0 {
                    return self.number_words(at);
                }
                number.ordinal = token.ordinal;
                number.roman = true;
            }
            Kind::Word if token.digits > 0 && self.has(at, Class::UnitIdiom) => {
                return Some((number, next));
            }
            Kind::Word if token.dense => return self.han(at).or_else(|| self.number_words(at)),
            Kind::Word => {
                if let Some(words) = self.number_words(at) {
                    return Some(words);
                }
                if let Some(weekday) = self.is(at, Class::QuakerDay) {
                    number.value = weekday % 7 + 1;
                    number.digits = 1;
                    number.ordinal = true;
                    return Some((number, next));
                }
                if token.value == 0 || !self.is_in_capitals(at) || item.end != token.end {
                    return None;
                }
                number.roman = true;
            }
            _ => return None,
        }
        // "M.D.XXXI", "M. D. XLVI", "MD XLVI": hundreds behind thousands, tens behind hundreds
        if number.roman && number.value >= 100 {
            let above = |group: i32| match group {
                ..10 => 10,
                10..100 => 100,
                _ => 1000,
            };
            let mut end = next;
            let mut sum = number.value;
            loop {
                let at = self.skip(end, ".");
                match self.items.get(at) {
                    Some(Item { token, .. })
                        if token.value > 0
                            && token.digits == 0
                            && sum % above(token.value) == 0
                            && (!self.spaced(at) || self.is_in_capitals(at)) =>
                    {
                        sum += token.value;
                        end = at + 1;
                        next = end;
                    }
                    _ => break,
                }
            }
            number.value = sum;
        }
        if let Some(after) = self.ordinal_suffix(next, &number) {
            number.ordinal = true;
            next = after;
        }
        Some((number, next))
    }

    /// Whether the word stands in capitals, as a Roman numeral does: "XLVI", but neither "xlvi" nor "Di".
    fn is_in_capitals(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|Item { token, .. }| {
            let word = &self.text[token.start as usize..token.end as usize];
            word.bytes().all(|b| b.is_ascii_uppercase())
        })
    }

    /// Past the suffix of an ordinal: "12th", "12 ten", "12. ten", "8-го".
    pub(super) fn ordinal_suffix(&self, at: usize, number: &Number) -> Option<usize> {
        // "J'ai" is no first
        if number.words || number.roman && self.mark(at) == '\'' {
            return None;
        }
        let mut at = at;
        if !self.has(at, Class::OrdSuffix) {
            if matches!(self.mark(at), '.' | '-' | '^' | ':' | '\'')
                && self.has(at + 1, Class::OrdSuffix)
                && !(matches!(self.mark(at), '-' | '\'') && self.spaced(at + 1))
            {
                at += 1;
            } else {
                return None;
            }
        }
        let item = &self.items[at];
        // "6mo" is the sixth month
        if item.token.lines > 0 || self.languages & 1 != 0 && self.has(at, Class::MonthMark) {
            return None;
        }
        let own = self.is_own(at, Class::OrdSuffix);
        if item.token.spaced {
            // "12 ten", "21 t", but not "12 de" or "12 d. M.".
            let long = item.end - item.token.start > 1 || self.mark(at + 1) != '.';
            if !own
                || !long
                || self.has(at, Class::Glue)
                || self.has(at, Class::To)
                || self.has(at, Class::And)
                || self.has(at, Class::Or)
                || self.has(at, Class::RelMonth)
                || self.has(at, Class::Part)
                || self.has(at, Class::Clock)
            {
                return None;
            }
        } else if !own && item.end - item.token.start > 3 {
            return None;
        }
        Some(at + 1)
    }

    fn number_words(&self, at: usize) -> Option<(Number, usize)> {
        let mut sum = Sum::default();
        let mut next = at;
        let mut end = at;
        let mut ordinal = false;
        loop {
            if next > at && self.items.get(next).is_none_or(|item| item.token.lines > 1) {
                break;
            }
            let (value, is_ordinal) = if let Some(item) = self.items.get(next)
                && item.token.kind == Kind::Numeral
                && item.token.languages & self.languages != 0
            {
                (item.token.value, item.token.ordinal)
            } else if let Some(value) = self.is(next, Class::Num) {
                (value, false)
            } else if let Some(value) = self.is(next, Class::Ord) {
                (value, true)
            } else if end > at
                && let Some(weekday) = self.is(next, Class::QuakerDay)
            {
                // The "first day" of "twenty-first day".
                (weekday % 7 + 1, true)
            } else {
                if end > at && next == end && self.has(next, Class::And) {
                    sum.and();
                    next += 1;
                    continue;
                }
                if end > at && next == end && self.mark(next) == '-' && !self.spaced(next) {
                    next += 1;
                    continue;
                }
                break;
            };
            // "وخمسين" is "and fifty"
            if self.languages == ARABIC
                && self.text[self.items[next].token.start as usize..].starts_with('و')
            {
                sum.and();
            }
            if !sum.add(value) {
                break;
            }
            next += 1;
            end = next;
            ordinal |= is_ordinal;
            if is_ordinal && !(self.has(next, Class::Ord)) {
                break;
            }
        }
        if end == at {
            return None;
        }
        let number = Number { value: sum.value(), ordinal, words: true, ..Number::default() };
        Some((number, end))
    }

    /// A number in East Asian characters.
    pub(super) fn han(&self, at: usize) -> Option<(Number, usize)> {
        let mut characters = ['\0'; 12];
        let mut n = 0;
        while n < characters.len() {
            let Some(item) = self.items.get(at + n) else { break };
            if !item.token.dense
                || item.end != item.token.end
                || number::han_digit(item.token.mark).is_none()
                || (n > 0 && item.token.spaced)
            {
                break;
            }
            characters[n] = item.token.mark;
            n += 1;
        }
        // In Hangul the last syllable of "이십오일" is the unit "day".
        if n > 1 && characters[n - 1] == '일' && !self.is_unit(at + n) {
            n -= 1;
        }
        let (value, digits) = number::han(&characters[..n])?;
        Some((Number { value, digits, ..Number::default() }, at + n))
    }

    fn is_unit(&self, at: usize) -> bool {
        self.dense(at)
            && (self.has(at, Class::YearMark)
                || self.has(at, Class::MonthMark)
                || self.has(at, Class::DayMark))
    }

    /// A day of the month; with brackets and doubt: "12th", "[12?]", "twenty-first".
    pub(super) fn day(&self, at: usize) -> Option<(Number, usize)> {
        // A military group: 121800Z is 18:00 on the 12th.
        if let Some(token) = self.items.get(at).map(|item| item.token)
            && token.kind == Kind::Number
            && token.digits == 6
            && self.has(at + 1, Class::Clock)
            && !self.spaced(at + 1)
        {
            let value = token.value / 10_000;
            return (1..=31).contains(&value).then_some((
                Number { value, digits: 2, ordinal: true, ..Number::default() },
                at + 2,
            ));
        }
        let mut next = at;
        let bracket = matches!(self.mark(next), '[' | '(');
        if bracket {
            next += 1;
        }
        let (mut number, mut end) = self.number(next)?;
        if number.digits == 1
            && end == next + 1
            && let Some(token) = self.items.get(end).map(|item| item.token)
            && token.kind == Kind::Number
            && token.digits == 1
            && token.lines == 0
            && number.value * 10 + token.value <= 31
        {
            // "2 8 März", "2 5ten Januar": the figures of one number, set apart.
            let month_at = |at| self.has(self.skip(at, "."), Class::Month);
            let ordinal = self.number(end).filter(|(last, after)| last.ordinal && month_at(*after));
            let after =
                if month_at(end + 1) { Some(end + 1) } else { ordinal.map(|found| found.1) };
            if let Some(after) = after {
                number.value = number.value * 10 + token.value;
                number.digits = 2;
                number.ordinal |= after > end + 1;
                end = after;
            }
        }
        if !(1..=31).contains(&number.value) || number.digits > 2 || number.apostrophe {
            return None;
        }
        if self.mark(end) == '?' {
            number.doubt = Doubt::Uncertain;
            end += 1;
        } else if !bracket
            && self.mark(end) == '['
            && self.mark(end + 1) == '?'
            && self.mark(end + 2) == ']'
            && !self.spaced(end)
        {
            // "12[?] May"
            number.doubt = Doubt::Uncertain;
            end += 3;
        }
        if bracket {
            if !matches!(self.mark(end), ']' | ')') {
                return None;
            }
            end += 1;
        }
        Some((number, end))
    }

    // ---- months and years ----

    /// A month's name, "8bre", "3d mo.", with the dot of an abbreviation.
    pub(super) fn month(&self, at: usize) -> Option<(MonthPart, Doubt, usize)> {
        let bracket = self.mark(at) == '[';
        let first = if bracket { at + 1 } else { at };
        let (month, mut end) = self.month_name(first)?;
        let mut doubt = Doubt::None;
        if self.mark(end) == '?' && (bracket || self.mark(end + 1) == ']') {
            doubt = Doubt::Uncertain;
            end += 1;
        }
        if bracket {
            if self.mark(end) == ']' {
                end += 1;
            } else {
                // "17. [Juni 1790]": month and year in one bracket.
                let (.., close) = self.year(self.gap(end), After::Day)?;
                if self.mark(close) != ']' {
                    return None;
                }
            }
        }
        Some((month, doubt, end))
    }

    /// A word that no table has, between the number of a day and a year of four digits.
    pub(super) fn unknown_month(&self, at: usize) -> Option<u8> {
        let item = self.items.get(at)?;
        let next = self.skip(at + 1, ".,-");
        let is_day = |at: usize| {
            self.items.get(at).is_some_and(|item| {
                matches!(item.token.digits, 1 | 2) && (1..=31).contains(&item.token.value)
            })
        };
        let is_year = |at: usize| {
            self.items.get(at).is_some_and(|item| {
                item.token.digits == 4 && (1000..2100).contains(&item.token.value)
            })
        };
        let after_day = (at.saturating_sub(3)..at).any(is_day);
        let word = &self.text[item.token.start as usize..item.end as usize];
        if !is_year(next)
            || !after_day
            || item.token.lines > 0
            || word.contains(char::is_whitespace)
        {
            return None;
        }
        self.lexicon.month_like(word, self.languages)
    }

    /// A month whose letters stand apart, between the number of a day and a year of four digits, as
    /// spaced print, typewriters and corrections leave it: "M a i", "No vembre".
    pub(super) fn spread_month(&self, at: usize) -> Option<(u8, usize)> {
        const LONGEST: usize = 14;
        let is_letters = |at: usize| {
            self.items.get(at).is_some_and(|item| {
                let letters = matches!(item.token.kind, Kind::Word | Kind::Break | Kind::Numeral);
                letters && item.token.lines == 0 && !item.token.dense
            })
        };
        let end = (at..=at + LONGEST).find(|at| !is_letters(*at))?;
        let year = self.skip(end, ".,");
        let is_year = self.items.get(year).is_some_and(|item| {
            item.token.digits == 4
                && item.token.lines == 0
                && (1000..2100).contains(&item.token.value)
        });
        if end == at || !is_year {
            return None;
        }
        let words =
            &self.text[self.items[at].token.start as usize..self.items[end - 1].end as usize];
        let pieces = words.split_whitespace();
        let apart = pieces.clone().count() > 1 && pieces.clone().any(|piece| piece.len() <= 2);
        let marks = words.chars().any(|c| !c.is_alphabetic() && !c.is_whitespace());
        if !apart || marks || words.chars().filter(|c| c.is_alphabetic()).count() > LONGEST {
            return None;
        }
        let named = |word: &str| {
            let node = self.lexicon.first(hash_word(word))?;
            let mut senses = self.lexicon.senses(node).iter();
            senses.find(|sense| sense.class == Class::Month).map(|sense| sense.value as u8)
        };
        let without = |nth: usize| -> String {
            let others = pieces.clone().enumerate().filter(|(at, _)| *at != nth);
            others.map(|(_, piece)| piece).collect()
        };
        let joined = without(usize::MAX);
        // "Ju l n y": a letter that was written over another
        let corrected = || {
            let mut letters = pieces.clone().enumerate();
            letters.find_map(|(nth, piece)| (piece.len() == 1).then(|| named(&without(nth)))?)
        };
        let month = named(&joined)
            .or_else(corrected)
            .or_else(|| self.lexicon.month_like(&joined, self.languages))?;
        Some((month, end))
    }

    fn month_name(&self, at: usize) -> Option<(MonthPart, usize)> {
        if self.stops(at) && at > 0 && self.items.get(at).is_none() {
            return None;
        }
        if let Some(month) = self.is(at, Class::Month) {
            return Some((MonthPart::Named(month as u8), at + 1));
        }
        if let Some(value) = self.is(at, Class::Cal) {
            let (calendar, number) = ((value / 100) as u8, (value % 100) as u8);
            return Some((MonthPart::Of { calendar, number }, at + 1));
        }
        let item = self.items.get(at)?;
        if item.token.kind == Kind::Break {
            return self.unknown_month(at).map(|month| (MonthPart::Named(month), at + 1));
        }
        // 7bre, 8ber, Xbre, X. br.
        let value = item.token.value;
        if (7..=10).contains(&value)
            && (item.token.kind == Kind::Number
                || item.token.kind == Kind::Numeral
                || item.token.capital)
        {
            let mut next = at + 1;
            if self.mark(next) == '.' || self.mark(next) == '-' {
                next += 1;
            }
            if self.has(next, Class::NumberMonth) {
                return Some((MonthPart::Named(value as u8 + 2), next + 1));
            }
        }
        // 3d mo., Second Month: not East Asian units, whose numbers stand before dense marks.
        let (number, next) = self.number(at)?;
        if (1..=12).contains(&number.value)
            && !self.dense(next)
            && (number.ordinal || number.digits > 0)
        {
            let next = if self.mark(next) == '.' { next + 1 } else { next };
            if self.has(next, Class::MonthMark) && self.languages & 1 != 0 {
                return Some((MonthPart::Quaker(number.value as u8), next + 1));
            }
        }
        None
    }
}

/// The classes of an item: those of the languages in force, and those that are telling enough in any.
fn classes(item: &Item, senses: &[Sense], languages: u32) -> u128 {
    let mut own = 0;
    let mut foreign = 0;
    for sense in senses {
        if sense.languages & languages != 0 {
            own |= sense.class.bit();
            continue;
        }
        let length = match sense.class {
            Class::Month | Class::Cal | Class::Era => 4,
            Class::Weekday => 5,
            Class::Feast => 7,
            Class::OrdSuffix | Class::RomanDay | Class::Style | Class::NumberMonth => 1,
            _ => continue,
        };
        if item.end - item.token.start >= length {
            foreign |= sense.class.bit();
        }
    }
    // a word of the language is no month of another
    own | if own == 0 { foreign } else { foreign & Class::OrdSuffix.bit() }
}
