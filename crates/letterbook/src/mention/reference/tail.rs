//! What follows the words of a reference and belongs to it: days and numbers.
//!
//! Days are claimed where they follow at once, later in the clause, or where they open the
//! sentence; a number where it is marked as one or follows at once.

use letterbook_dates::value::{Date, Edtf};

use super::candidate::Candidate;
use super::days::{DateInText, OwnDate, is_month, names_month};
use crate::mention::frame::Grammar;
use crate::mention::words::{CAPITAL, NUMBER, Word, Words};
use crate::record::ReferenceFrom;
use crate::span::Span;

/// How many words may stand between a reference and its date: "to the Earl of Harcourt, No. 31, of
/// the".
const REACH: usize = 9;
/// The same where a clause lies between: "which I addressed to the minister on".
pub(super) const FAR_REACH: usize = 12;

/// What is known where a tail is read.
pub(super) struct Scene<'s> {
    pub(super) text: &'s str,
    pub(super) grammar: &'s Grammar,
    pub(super) words: &'s Words,
    pub(super) dates: &'s [DateInText],
    pub(super) own: Option<OwnDate>,
    /// Reads the date that some characters are, where the body's were cut otherwise.
    pub(super) reread: &'s dyn Fn(Span) -> Option<DateInText>,
    /// The word at which another letter's words begin.
    pub(super) limit: usize,
}

impl Scene<'_> {
    fn is(&self, at: usize, class: &str) -> bool {
        self.words.words.get(at).is_some_and(|&w| self.grammar.is(w, class))
    }

    /// Whether one of the candidate's own words is of `class`.
    pub(super) fn says(&self, c: &Candidate, class: &str) -> bool {
        self.any(c.first, c.end, class)
    }

    /// Whether one of the words from `first` up to `end` is of `class`.
    pub(super) fn any(&self, first: usize, end: usize, class: &str) -> bool {
        self.words.words[first..end].iter().any(|&w| self.grammar.is(w, class))
    }

    fn said(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }

    /// Whether the word at `at` is the raised ending of one cut short: "n.º".
    fn is_raised(&self, at: usize) -> bool {
        self.words.words.get(at).is_some_and(|w| matches!(self.said(w.span), "º" | "ª"))
    }

    /// Whether a word before word `at` marks it as a number: "No. 318", "n.º 318".
    fn marks_number(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        self.is(before, "no") || before > 0 && self.is_raised(before) && self.is(before - 1, "no")
    }

    /// The word at which `byte` lies, or the next.
    fn word_from(&self, byte: usize) -> usize {
        self.words.words.partition_point(|w| w.span.start < byte)
    }

    /// Which date `word` is part of.
    fn date_at(&self, word: Word) -> Option<usize> {
        let next = self.dates.partition_point(|d| d.span.end <= word.span.start);
        self.dates.get(next).is_some_and(|d| d.span.start <= word.span.start).then_some(next)
    }

    /// The day that the word at `at` names without a month: "21.", "3d", but not "No. 3".
    fn bare_day(&self, at: usize) -> Option<u8> {
        let raw = self.said(self.words.words.get(at).filter(|w| w.is(NUMBER))?.span);
        let end = raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len());
        let day = raw[..end].parse().ok().filter(|d| (1..=31).contains(d))?;
        let is_ordinal = raw.len() - end <= 3 && raw[end..].chars().all(char::is_alphabetic);
        (is_ordinal && !self.marks_number(at)).then_some(day)
    }

    /// The day on which words from `at` on say that a letter was written, and the word after it: "of the
    /// 9th", "vom 9.".
    fn day_said(&self, at: usize) -> Option<(DateInText, usize)> {
        /// Words before the day.
        const NEAR: usize = 3;
        let day = (at..at + NEAR).find(|&i| !self.is(i, "joint"))?;
        let word = *self.words.words.get(day).filter(|_| day > at)?;
        if let Some(nth) = self.date_at(word) {
            let date = &self.dates[nth];
            return Some((date.days().next()?, self.word_from(date.span.end)));
        }
        let date = self.own?.last_day(self.bare_day(day)?)?;
        (!self.has_month_at(day + 1)).then(|| (bare(word.span, date), day + 1))
    }

    /// Whether a comma stands before the word at `at`.
    fn follows_comma(&self, at: usize) -> bool {
        let words = &self.words.words;
        at > 0
            && self.said(Span::new(words[at - 1].span.end, words[at].span.start)).starts_with(',')
    }

    /// The date that begins at `word`.
    fn date_from(&self, word: Word) -> Option<&DateInText> {
        let next = self.dates.partition_point(|d| d.span.start < word.span.start);
        self.dates.get(next).filter(|d| d.span.start == word.span.start)
    }

    /// The number at word `at`.
    fn number(&self, at: usize) -> Number {
        let said = self.said(self.words.words[at].span).to_owned();
        Number { said, is_marked: self.marks_number(at) }
    }

    /// Whether "of" stands right before the date that begins at word `first`, or is its first word.
    fn has_of_before(&self, c: &Candidate, first: usize) -> bool {
        (c.end.max(first.saturating_sub(2))..=first).any(|i| self.is(i, "ref.of"))
    }

    /// Whether the word at `at` tells the month of the number before it: "instant", "February". If
    /// nobody could read the two as a date, there is no such day.
    fn has_month_at(&self, at: usize) -> bool {
        self.words.words.get(at).is_some_and(|&w| {
            // of "the 9th last night" the last word belongs to the night
            let is_of_month = self.grammar.is(w, "ofmonth") && self.date_from(w).is_none();
            // "del 12 non è giunta": Latin Nones are a small word elsewhere
            is_of_month || is_month(self.said(w.span)) && !self.grammar.is(w, "negative")
        })
    }

    /// Whether the word at `at` stands for "of this month" and no month's word follows it: "vom 2. d.".
    fn has_bare_month_at(&self, at: usize) -> bool {
        self.is(at, "ref.thismonth") && !self.is(at + 1, "ofmonth")
    }

    /// Whether the words from `at` on stand for a letter named before: "that of", "celle du".
    fn stands_for_letter(&self, at: usize) -> bool {
        self.is(at, "ref.again") && self.is(at + 1, "ref.of")
    }

    /// The word from which on another day may be claimed, where words before `stop` join it to date
    /// `nth`, after which word `at` stands: "and the 9th", "and that of the 2d", "et celle du 2".
    fn next_day(&self, nth: usize, at: usize, stop: usize) -> Option<usize> {
        let day = &self.dates[nth];
        let joins = at < stop && (self.is(at, "and") || self.text[day.span.end..].starts_with(','));
        let next = self.dates.get(nth + 1).filter(|_| joins)?;
        let first = self.word_from(next.span.start);
        let is_near = first <= at + 3 || first == at + 4 && self.stands_for_letter(at + 1);
        is_near.then(|| at + 1 + usize::from(self.stands_for_letter(at + 1)))
    }

    /// The word at which a date follows an address of the reader between commas: "your dear letter,
    /// my friend, of the 3d".
    fn after_vocative(&self, at: usize, stop: usize) -> Option<usize> {
        /// Words of such an address.
        const LONGEST: usize = 4;
        let words = &self.words.words;
        let stop = stop.min(words.len()).min(at + 1 + LONGEST);
        if !self.follows_comma(at) {
            return None;
        }
        let next = (at + 1..stop).find(|&i| self.follows_comma(i))?;
        self.grammar.is(words[next], "joint").then_some(next)
    }

    /// Whether the date that begins at word `first` says when the reader's letter was shown or read, not
    /// when it was written: "I read your letter at our meeting on Wednesday", but not "of Wednesday".
    fn dates_showing(&self, c: &Candidate, first: usize) -> bool {
        /// Words that may stand between the verb and the letter.
        const NEAR: usize = 2;
        let sentence = self.words.sentence_of(c.first);
        let from = c.first.saturating_sub(NEAR).max(sentence.first);
        c.from == Some(ReferenceFrom::Recipient)
            && first > c.end
            && self.any(from, c.first, "ref.shown")
            && !self.has_of_before(c, first)
    }

    /// Whether the word at `at`, after word `last` of the reference, may be part of a name to whom
    /// the letter went: "to the Earl of Harcourt". What "of" joins is still the reader's.
    fn may_be_name(&self, at: usize, last: usize) -> bool {
        let of = || at > last && self.is(at - 1, "ref.of");
        self.words.words[at].is(CAPITAL) && (at < last + 3 || of())
    }
}

/// A day written without its month.
fn bare(span: Span, date: Date) -> DateInText {
    let value = Some(Edtf::from(date).to_string());
    DateInText { span, value, is_yearless: false, confidence: 0.7 }
}

/// A letter's number as written.
pub(super) struct Number {
    pub(super) said: String,
    /// Whether a word marks it as one: "No."
    pub(super) is_marked: bool,
}

/// What follows a reference's words and belongs to it.
pub(super) struct Tail {
    pub(super) dates: Vec<DateInText>,
    pub(super) number: Option<Number>,
    /// The numbers of "Nos. 12 and 13", the first among them; empty where there is but one.
    joined: Vec<Span>,
    /// Byte where the reference ends.
    pub(super) end: usize,
}

impl Tail {
    pub(super) fn read(scene: &Scene<'_>, c: &Candidate) -> Tail {
        let end = scene.words.words[c.end - 1].span.end;
        let mut tail = Tail { dates: Vec::new(), number: None, joined: Vec::new(), end };
        tail.claim_near(scene, c);
        if tail.dates.is_empty() {
            tail.claim_each(scene, c);
        }
        if tail.dates.is_empty() {
            tail.claim_far(scene, c);
        }
        if tail.dates.is_empty() {
            tail.claim_before(scene, c);
        }
        if let Some(own) = scene.own {
            for d in &mut tail.dates {
                let Some(value) = d.value.take() else { continue };
                let earlier = own.earlier(&value, scene.said(d.span), d.is_yearless);
                let value = earlier.map_or(value, |date| Edtf::from(date).to_string());
                d.value = Some(value).filter(|v| !own.excludes(v));
            }
            tail.claim_listed(scene, c, own);
        }
        tail
    }

    /// Whether a day or a number tells the letter from others.
    pub(super) fn is_named(&self) -> bool {
        !self.dates.is_empty() || self.number.is_some()
    }

    /// Whether the next words say in which volume it is: "del tomo II".
    pub(super) fn is_of_volume(&self, scene: &Scene<'_>) -> bool {
        /// So many words at most lead to the volume's.
        const NEAR: usize = 3;
        let from = scene.word_from(self.end);
        scene.any(from, (from + NEAR).min(scene.words.words.len()), "ref.volume")
    }

    /// Whether the first date is a day and begins at word `at`.
    pub(super) fn dates_at(&self, words: &Words, at: usize) -> bool {
        let is_day = |d: &DateInText| d.value.as_ref().is_some_and(|v| v.len() >= 10);
        let starts =
            |d: &DateInText| words.words.get(at).is_some_and(|w| w.span.start == d.span.start);
        self.dates.first().is_some_and(|d| is_day(d) && starts(d))
    }

    /// The characters of the first letter, whose words are `head`: those after it have their own.
    pub(super) fn span(&self, head: Span) -> Span {
        let end = match (&self.dates[..], self.joined.first()) {
            ([date, _, ..], _) | ([date], Some(_)) => date.span.end,
            ([], Some(number)) => number.end,
            _ => self.end,
        };
        Span::new(head.start, end.max(head.end))
    }

    /// The letters after the first of several numbers, each with its number, its day and its words. As
    /// many days as numbers are one each, and a single day is that of all.
    pub(super) fn joined_letters(&self, text: &str) -> Vec<(String, Option<String>, Span)> {
        let paired = self.dates.len() == self.joined.len();
        let later = self.joined.iter().enumerate().skip(1);
        later
            .map(|(n, &number)| {
                let day = match self.dates.len() {
                    1 => self.dates.first(),
                    _ => self.dates.get(n).filter(|_| paired),
                };
                let after = day.filter(|d| d.span.start > number.end);
                let span = after.map_or(number, |d| number.cover(d.span));
                let date = day.and_then(|d| d.value.clone());
                (text[number.start..number.end].to_owned(), date, span)
            })
            .collect()
    }

    /// Takes the days and numbers that follow at once, word by word.
    fn claim_near(&mut self, scene: &Scene<'_>, c: &Candidate) {
        let &Scene { grammar, words, dates, .. } = scene;
        let sentence = words.sentence_of(c.first);
        let start = words.words[c.first].span.start;
        let mut at = c.first;
        let mut last = c.end; // words up to here are part of the reference
        // a date may run over a full stop: "10. ds. Mts."
        while at < words.words.len() && at < last + REACH && at < scene.limit {
            let word = words.words[at];
            let date = scene.date_at(word).filter(|&nth| dates[nth].span.start >= start);
            if let Some(nth) = date {
                if scene.dates_showing(c, at) {
                    break;
                }
                self.claim_date(scene, c, at, &dates[nth]);
                at = scene.word_from(dates[nth].span.end);
                last = at;
                self.claim_number_at(scene, at);
                // a second day is another letter
                let Some(next) = scene.next_day(nth, at, sentence.end) else { break };
                at = next;
                continue;
            }
            if at >= sentence.end {
                break;
            }
            if word.is(NUMBER) {
                let is_said = at >= c.end || at > c.first && scene.is(at - 1, "ref.on");
                if is_said && self.claim_bare_day(scene, at) {
                    break;
                }
                if let Some(end) = self.claim_number(scene, c, at) {
                    at = end;
                    last = end + 1;
                }
            } else if at >= c.end && !grammar.is(word, "joint") && !scene.is_raised(at) {
                if at == c.end
                    && let Some(next) = scene.after_vocative(at, sentence.end)
                {
                    (at, last) = (next, next);
                    continue;
                }
                if !scene.may_be_name(at, last) {
                    break;
                }
            }
            at += 1;
        }
    }

    /// Takes the date `d`, of which word `at` is part.
    fn claim_date(&mut self, scene: &Scene<'_>, c: &Candidate, at: usize, d: &DateInText) {
        let word = scene.words.words[at];
        let head_end = scene.words.words[c.end - 1].span.end;
        if at < c.end && word.is(NUMBER) && d.span.end > head_end {
            // "Your 1359, April 28": the number is the letter's, not the year's
            self.number = Some(scene.number(at));
            self.dates.extend((scene.reread)(Span::new(word.span.end, d.span.end)));
        } else {
            self.push(d);
        }
        self.end = self.end.max(d.span.end);
    }

    /// Takes the number that follows a date: "of the 12th inst., No. 348".
    fn claim_number_at(&mut self, scene: &Scene<'_>, at: usize) {
        let words = &scene.words.words;
        if let (None, Some([mark, number])) = (&self.number, words.get(at..at + 2))
            && mark.sentence == words[at.saturating_sub(1)].sentence
            && number.sentence == mark.sentence
            && scene.grammar.is(*mark, "no")
            && number.is(NUMBER)
        {
            self.number = Some(scene.number(at + 1));
            self.end = self.end.max(number.span.end);
        }
    }

    /// Takes the number at word `at` as a day without a month, and with it the date that it is joined
    /// to: "vom 21." is the last such day before the letter's own, and of "des 20 et 27 Novembre" each
    /// has the month of the last.
    fn claim_bare_day(&mut self, scene: &Scene<'_>, at: usize) -> bool {
        let words = scene.words;
        let word = words.words[at];
        if !scene.is(at - 1, "joint")
            || scene.has_month_at(at + 1) && !scene.has_bare_month_at(at + 1)
        {
            return false;
        }
        let day = scene.bare_day(at).and_then(|day| scene.own?.last_day(day));
        let Some(day) = day else { return false };
        let is_joined = at + 2 < words.sentence_of(at).end && scene.is(at + 1, "and");
        let other = if is_joined { scene.date_from(words.words[at + 2]) } else { None };
        let in_month = other.and_then(|d| {
            let of = Edtf::parse(d.value.as_deref()?).ok()?.as_date()?;
            Date::day(of.year_number()?, of.month_number()?, day.day_number()?).ok()
        });
        self.dates.push(bare(word.span, in_month.unwrap_or(day)));
        self.end = self.end.max(word.span.end);
        if let Some(other) = other {
            self.push(other);
            self.end = other.span.end;
        }
        true
    }

    /// Takes the days with which a list of letters goes on without their months: "your letters of the
    /// 3d, 9th and 12th". They rise within one month.
    fn claim_listed(&mut self, scene: &Scene<'_>, c: &Candidate, own: OwnDate) {
        let [first] = &self.dates[..] else { return };
        let date_of = |d: &DateInText| Edtf::parse(d.value.as_deref()?).ok()?.as_date();
        let Some(date) = date_of(first).filter(|_| scene.says(c, "ref.many")) else { return };
        let Some(mut last) = date.day_number() else { return };
        let end = scene.words.sentence_of(c.first).end.min(scene.limit);
        let mut at = scene.word_from(first.span.end);
        let mut days = vec![(first.span, last)];
        loop {
            let joins = at < end && scene.is(at, "and");
            if at >= end || !joins && !scene.follows_comma(at) {
                return;
            }
            at += usize::from(joins);
            at += (at..end).take_while(|&i| scene.is(i, "joint")).count();
            let day = (at < end).then(|| scene.bare_day(at)).flatten();
            let Some(day) = day.filter(|day| *day > last) else { return };
            days.push((scene.words.words[at].span, day));
            last = day;
            at += 1;
            if joins {
                break;
            }
        }
        let is_bare = !names_month(scene.said(first.span), first.is_yearless);
        let month = if is_bare { own.last_day(last) } else { Some(date) };
        let month = month.and_then(|m| Some((m.year_number()?, m.month_number()?)));
        let Some((year, month)) = month.filter(|_| !scene.has_month_at(at)) else { return };
        let dated = |(span, day)| Some(bare(span, Date::day(year, month, day).ok()?));
        if let Some(dates) = days.into_iter().map(dated).collect::<Option<Vec<_>>>() {
            self.end = self.end.max(dates[dates.len() - 1].span.end);
            self.dates = dates;
        }
    }

    /// Takes the day of each of several letters: "two letters of yours, one of the 9th, the other of
    /// the 20th".
    fn claim_each(&mut self, scene: &Scene<'_>, c: &Candidate) {
        /// Words up to the one that picks a letter out: "and the other".
        const NEAR: usize = 3;
        if !scene.says(c, "ref.many") {
            return;
        }
        let end = scene.words.sentence_of(c.first).end.min(scene.limit);
        let mut at = c.end;
        while let Some(one) = (at..end.min(at + NEAR)).find(|&i| scene.is(i, "ref.each"))
            && let Some((day, after)) = scene.day_said(one + 1)
        {
            self.end = day.span.end;
            self.dates.push(day);
            at = after;
        }
    }

    /// Takes the number at word `at` and those joined to it, and tells the word of the last.
    fn claim_number(&mut self, scene: &Scene<'_>, c: &Candidate, at: usize) -> Option<usize> {
        let number = scene.number(at);
        let is_plain = |b: u8| b.is_ascii_digit() || b == b'.' || b == b',';
        if self.number.is_some()
            || !number.is_marked && at > c.end
            || !number.said.bytes().all(is_plain)
        {
            return None;
        }
        self.end = self.end.max(scene.words.words[at].span.end);
        let last = if number.is_marked { self.claim_joined(scene, at) } else { at };
        self.number = Some(number);
        Some(last)
    }

    /// Takes the numbers joined to the one at word `at`, "Nos. 12, 13 and 14", "No. 12 and No. 13", and
    /// tells the word of the last. Without a mark of its own a number is higher than the one before
    /// it: of "No. 97 and 2 maps" the second counts maps.
    fn claim_joined(&mut self, scene: &Scene<'_>, at: usize) -> usize {
        let &Scene { text, grammar, words, .. } = scene;
        let value = |span: Span| scene.said(span).parse::<u32>().ok();
        let mate = |i: usize| {
            let word = words.words.get(i).copied()?;
            (word.sentence == words.words[at].sentence).then_some(word)
        };
        let mut numbers = vec![words.words[at].span];
        let mut next = at + 1;
        loop {
            let joins = mate(next).is_some_and(|w| grammar.joins(w));
            next += usize::from(joins);
            let marked = mate(next).is_some_and(|w| grammar.is(w, "no"));
            next += usize::from(marked);
            let before = numbers[numbers.len() - 1];
            let Some(word) = mate(next).filter(|w| w.is(NUMBER)) else { return at };
            let follows = joins || text[before.end..].starts_with(',');
            let rises = value(word.span).is_some_and(|n| marked || Some(n) > value(before));
            if scene.date_at(word).is_some() || !follows || !rises {
                return at;
            }
            numbers.push(word.span);
            if joins {
                self.end = self.end.max(word.span.end);
                self.joined = numbers;
                return next;
            }
            next += 1;
        }
    }

    /// "a despatch which I addressed to the minister on the 19th": a date later in the clause, if
    /// a word that dates stands before it.
    fn claim_far(&mut self, scene: &Scene<'_>, c: &Candidate) {
        let &Scene { words, dates, limit, .. } = scene;
        let end = words.clause_end(c.end, FAR_REACH).min(limit);
        let Some(last) = end.checked_sub(1).map(|i| words.words[i]) else { return };
        let next = dates.partition_point(|d| d.span.start < self.end);
        let Some(d) = dates.get(next).filter(|d| d.span.start < last.span.end) else { return };
        let first = scene.word_from(d.span.start);
        // "the letter about the January number": an article alone dates no month
        let is_month = d.value.as_ref().is_some_and(|v| v.len() == 7);
        let dated = |i: usize| scene.is(i, "joint") && !(is_month && scene.is(i, "ref.article"));
        let between = |to: usize, class: &str| scene.any(c.end.min(to), to, class);
        // "In reply I have to state that he left on the 3d" dates no reply, and "your letter reached
        // me on Friday" does not say when it was written
        let is_own = c.from == Some(ReferenceFrom::Sender);
        if !scene.has_of_before(c, first)
            && (c.is_bare() && !between(first, "ref.sent") || !is_own && between(end, "ref.come"))
        {
            return;
        }
        // "I telegraphed you accordingly to-day", but not "your letter came to-day"; "telegram from
        // Moss at Leeds January 17"
        let at_once =
            !scene.says(c, "ref") && first <= c.end + 3 && scene.own.is_some_and(|o| o.is_near(d))
                || scene.says(c, "ref.telegram")
                    && first > c.end
                    && words.words[first - 1].is(CAPITAL)
                    && first <= c.end + REACH;
        if first > c.end
            && !scene.dates_showing(c, first)
            && (dated(first - 1)
                || dated(first)
                || first > c.end + 1 && dated(first - 2)
                || at_once)
        {
            self.end = d.span.end;
            self.push(d);
        }
    }

    /// "On the 3d instant I received a telegram": a date that opens the sentence. "Today came a letter
    /// from Paris" does not say when that was written.
    fn claim_before(&mut self, scene: &Scene<'_>, c: &Candidate) {
        let &Scene { words, dates, .. } = scene;
        let sentence = words.sentence_of(c.first);
        let opening = words.words[sentence.first].span.start;
        let next = dates.partition_point(|d| d.span.start < opening);
        let Some(d) = dates.get(next) else { return };
        let first = scene.word_from(d.span.start);
        let end = scene.word_from(d.span.end);
        let travelled = || scene.says(c, "ref.letter") && scene.own.is_some_and(|o| o.is_near(d));
        if first <= sentence.first + 2 && end < c.first && c.first <= end + 5 && !travelled() {
            self.dates.extend(d.days().take(1));
        }
    }

    fn push(&mut self, d: &DateInText) {
        self.dates.extend(d.days());
    }
}
