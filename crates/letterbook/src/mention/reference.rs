//! Other letters, telegrams and notes that a letter speaks of.
//!
//! The frames of `tables/references.tsv` find the words ("your letter", "my No. 721", "I wrote to
//! you"), a date or number that follows belongs to them, and further dates joined by "and" are
//! further letters ("of the 3d and 9th instant"). What is only awaited, and the letter itself,
//! is no other letter. Which day a date is comes from `letterbook_dates`, resolved against the
//! letter's own.

use letterbook_dates::calendar::Calendar;
use letterbook_dates::value::{Date, Edtf};

use crate::mention::frame::{Grammar, Match, Table};
use crate::mention::words::{CAPITAL, NUMBER, Words};
use crate::record::{ReferenceFrom, ReferenceKind};
use crate::span::Span;
use crate::tables::{Classes, classes, fold};
use crate::token::tokens;

/// A date of the body that a reference may claim.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DateInText {
    pub(crate) span: Span,
    /// EDTF; `None` where the day cannot be told.
    pub(crate) value: Option<String>,
    /// The words name day and month and leave the year open: "the 20th Septr."
    pub(crate) is_yearless: bool,
    pub(crate) confidence: f32,
}

/// The letter's own date, and the calendar by which it counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnDate {
    pub(crate) date: Date,
    pub(crate) calendar: Calendar,
}

impl DateInText {
    /// Each day of "the 19th and 27th", which the date reader gives as one set.
    fn days(&self) -> impl Iterator<Item = DateInText> + '_ {
        let value = self.value.as_deref();
        let set = value.and_then(|v| v.strip_prefix('{')?.strip_suffix('}'));
        let set = set.filter(|s| !s.contains(".."));
        // a choice, "[…,…]", is one day that could not be told, and stays whole
        let (listed, comma) = (set.or(value).unwrap_or(""), set.map(|_| ','));
        listed.split(move |c| Some(c) == comma).map(|day| DateInText {
            span: self.span,
            value: (!day.is_empty()).then(|| day.trim().to_owned()),
            is_yearless: self.is_yearless,
            confidence: self.confidence,
        })
    }
}

/// Another letter that is spoken of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReferenceReading {
    pub(crate) kind: ReferenceKind,
    /// `None`: a body's message, and the parties tell whose.
    pub(crate) from: Option<ReferenceFrom>,
    pub(crate) date: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) span: Span,
    pub(crate) confidence: f32,
}

/// What may be written on the digits of a day.
const ORDINALS: [&str; 10] = ["st", "nd", "rd", "th", "d", "t", "te", "ten", "ter", "er"];
const WEEK: i32 = 7;
/// How many later frames are asked whether they begin another letter.
const NEAR: usize = 16;
/// How many words may stand between a reference and its date: "to the Earl of Harcourt, No. 31, of
/// the".
const REACH: usize = 9;
/// The same where a clause lies between: "which I addressed to the minister on".
const FAR_REACH: usize = 12;

struct Candidate<'g> {
    what: &'g str,
    bare: bool,
    /// A day must follow at once: "Your September 18".
    next: bool,
    first: usize,
    end: usize,
}

/// Finds the references of a body, in the order of the text. `dates` are those of the same body,
/// in order, not overlapping.
pub(crate) fn find_references(
    text: &str,
    grammar: &Grammar,
    words: &Words,
    matches: &[Match<'_>],
    dates: &[DateInText],
    own: Option<OwnDate>,
    reread: impl Fn(Span) -> Option<DateInText>,
) -> Vec<ReferenceReading> {
    let mut blocked: Vec<(usize, usize)> = Vec::new();
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    let mut said: Vec<DateInText> = Vec::new(); // days told by the letter's own
    for m in matches.iter().filter(|m| m.frame.table == Table::Reference) {
        let (first, end) = m.cited;
        let before = match m.frame.what {
            "own" => Some(0),
            "own1" => Some(1),
            _ => None,
        };
        if let Some(days) = before {
            let day = own.and_then(|o| Edtf::from_day(o.date.to_day()?.plus(-days)).ok());
            let value = day.map(|d| d.to_string());
            let span = words.span(first, end);
            said.push(DateInText { span, value, is_yearless: false, confidence: 0.8 });
        } else if m.frame.when == "x" {
            blocked.push((first, end));
        } else if !closes_bracket(text, words.span(first, end)) {
            candidates.push(Candidate {
                what: m.frame.what,
                bare: m.frame.when.contains(['b', 'n']),
                next: m.frame.when.contains('n'),
                first,
                end,
            });
        }
    }
    // the longest that begins first
    candidates.sort_by_key(|c| (c.first, c.bare, std::cmp::Reverse(c.end)));
    blocked.sort_unstable();
    let dates = &joined(dates, said);
    let mut out: Vec<ReferenceReading> = Vec::new();
    let mut taken = 0; // words before this one belong to a reference
    for (n, c) in candidates.iter().enumerate() {
        if c.first < taken {
            continue;
        }
        // "with reference to your No. 12 of": what follows the next letter's words is the next's
        let next = candidates[n + 1..].iter().take(NEAR).find(|o| o.first >= c.end && !o.bare);
        let scene =
            Scene { text, grammar, words, dates, own, limit: next.map_or(usize::MAX, |o| o.first) };
        let from = blocked.partition_point(|b| b.0 + 16 < c.first);
        let tail = Tail::read(&scene, c, &reread);
        let named = !tail.dates.is_empty() || tail.number.is_some();
        if c.bare && !named || c.next && !tail.dates_at(words, c.end) {
            continue;
        }
        let awaited = blocked[from..]
            .iter()
            .take_while(|b| b.0 < c.end)
            .any(|b| b.1 >= c.end && b.1 > c.first);
        if awaited && (!named || c.next) {
            continue;
        }
        let kind = kind_of(&scene, c, tail.marked);
        let sender = match c.what {
            "sender" => Some(ReferenceFrom::Sender),
            // "ihr Brief" is her letter, "Ihr Brief" yours
            "recipient"
                if !words.words[c.first].is(CAPITAL)
                    && grammar.is(words.words[c.first], "ihr.polite") =>
            {
                Some(ReferenceFrom::Other)
            }
            "recipient" => Some(ReferenceFrom::Recipient),
            "house" => None,
            _ => Some(ReferenceFrom::Other),
        };
        let head = words.span(c.first, c.end);
        let end = match (&tail.dates[..], tail.joined.first()) {
            ([date, _, ..], _) | ([date], Some(_)) => date.span.end,
            ([], Some(number)) => number.end,
            _ => tail.end,
        };
        let span = Span::new(head.start, end.max(head.end));
        // the same letter again, by words that tell nothing new
        let again = !named
            && c.end - c.first <= 3
            && sender.is_some_and(|s| s != ReferenceFrom::Other)
            && out.iter().rev().take(8).any(|r| r.from == sender && r.kind == kind);
        if again {
            continue;
        }
        let joined = tail.joined_letters(text);
        let mut more = tail.dates.into_iter();
        let first = more.next();
        let date = first.as_ref().and_then(|d| d.value.clone());
        let confidence = if named { 0.9 } else { 0.7 };
        out.push(ReferenceReading {
            kind,
            from: sender,
            date,
            number: tail.number,
            span,
            confidence,
        });
        // each number is a letter; one that has none is told by its day
        let more = more.filter(|_| joined.is_empty());
        out.extend(joined.iter().map(|(number, date, span)| ReferenceReading {
            kind,
            from: sender,
            date: date.clone(),
            number: Some(number.clone()),
            span: *span,
            confidence: 0.8,
        }));
        for d in more {
            out.push(ReferenceReading {
                kind,
                from: sender,
                date: d.value,
                number: None,
                span: d.span,
                confidence: 0.8,
            });
        }
        taken = words.words.partition_point(|w| w.span.start < tail.end).max(c.end);
    }
    out
}

/// Whether a bracket closes among the words that has not opened there: the words are no phrase.
fn closes_bracket(text: &str, span: Span) -> bool {
    let said = &text[span.start..span.end];
    said.find(')').is_some_and(|at| !said[..at].contains('('))
}

/// The first year in which telegraphs carried what private persons and offices wrote: Prussia opened
/// its lines in 1849, France in 1851.
const TELEGRAPH: i32 = 1849;

fn kind_of(scene: &Scene<'_>, c: &Candidate<'_>, number_marked: Option<bool>) -> ReferenceKind {
    let &Scene { grammar, words, own, .. } = scene;
    let says = |class| words.words[c.first..c.end].iter().any(|&w| grammar.is(w, class));
    let before_telegraphs =
        own.and_then(|o| o.date.year_number()).is_some_and(|year| year < TELEGRAPH);
    // an office numbers its despatches or names them with ceremony ("dont Votre Excellence m'a
    // honoré"), and writes "dépêche télégraphique" where it wired
    let by_wire = words.words.get(c.end).is_some_and(|&w| grammar.is(w, "ref.wired"));
    let end = words.clause_end(c.end, FAR_REACH);
    let courtly = words.words[c.first..end].iter().any(|&w| grammar.is(w, "ref.courtly"));
    let is_office = (number_marked.is_some() || courtly) && !by_wire;
    if says("ref.letter") || says("ref.despatch") && (before_telegraphs || is_office) {
        ReferenceKind::Letter
    } else if says("ref.telegram") || says("ref.despatch") || says("ref.wire") {
        ReferenceKind::Telegram
    } else if says("ref.note") {
        ReferenceKind::Note
    } else if says("ref.other") || says("ref.paper") {
        ReferenceKind::Other
    } else if number_marked == Some(false) {
        // "Your 575": telegrams are cited by the number alone
        ReferenceKind::Telegram
    } else {
        ReferenceKind::Letter
    }
}

/// `said` put among `dates`, in order; where both read the same words, `dates` stands.
fn joined(dates: &[DateInText], mut said: Vec<DateInText>) -> Vec<DateInText> {
    said.sort_by_key(|d| d.span);
    said.retain(|s| {
        let after = dates.partition_point(|d| d.span.end <= s.span.start);
        dates.get(after).is_none_or(|d| d.span.start >= s.span.end)
    });
    let mut last = 0;
    said.retain(|s| {
        let is_free = s.span.start >= last;
        last = last.max(s.span.end);
        is_free
    });
    let mut out: Vec<DateInText> = dates.iter().cloned().chain(said).collect();
    out.sort_by_key(|d| d.span);
    out
}

/// The last day of that number, 1 to 31, that is not after `own`, in the months by which it counts.
fn last_day(own: OwnDate, day: u8) -> Option<Date> {
    let today = own.calendar.from_day(own.date.to_day()?).ok()?;
    let (year, month) = match today.month {
        month if day <= today.day => (today.year, month),
        1 => (today.year - 1, 12),
        month => (today.year, month - 1),
    };
    Date::from_day(own.calendar.to_day(year, month, false, day).ok()?).ok()
}

/// What follows a frame and belongs to it.
struct Tail {
    dates: Vec<DateInText>,
    number: Option<String>,
    /// The numbers of "Nos. 12 and 13", the first among them; empty where there is but one.
    joined: Vec<Span>,
    /// Whether the number is marked as one ("No."); `None` without number.
    marked: Option<bool>,
    /// Byte where the reference ends.
    end: usize,
}

/// What is known where a tail is read.
struct Scene<'s> {
    text: &'s str,
    grammar: &'s Grammar,
    words: &'s Words,
    dates: &'s [DateInText],
    own: Option<OwnDate>,
    /// The word at which another letter's words begin.
    limit: usize,
}

impl Scene<'_> {
    /// The last day before the letter's own that "21." or "3d" names.
    fn day_of_month(&self, raw: &str) -> Option<Date> {
        let end = raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len());
        let day: u8 = raw[..end].parse().ok().filter(|d| (1..=31).contains(d))?;
        let is_ordinal = raw.len() - end <= 3 && raw[end..].chars().all(char::is_alphabetic);
        last_day(self.own?, day).filter(|_| is_ordinal)
    }

    /// Whether the word at `at` tells the month of the number before it: "instant", "February". If
    /// nobody could read the two as a date, there is no such day.
    fn has_month_at(&self, at: usize) -> bool {
        self.words.words.get(at).is_some_and(|&w| {
            // of "the 9th last night" the last word belongs to the night
            let dated = self.dates.partition_point(|d| d.span.start < w.span.start);
            let begins_date = self.dates.get(dated).is_some_and(|d| d.span.start == w.span.start);
            self.grammar.is(w, "ofmonth") && !begins_date
                || is_month(&self.text[w.span.start..w.span.end])
        })
    }

    /// Whether the word at `at` stands for "of this month" and no month's word follows it: "vom 2. d.".
    fn has_bare_month_at(&self, at: usize) -> bool {
        let words = &self.words.words;
        words.get(at).is_some_and(|&w| self.grammar.is(w, "ref.thismonth"))
            && words.get(at + 1).is_none_or(|&w| !self.grammar.is(w, "ofmonth"))
    }

    /// Whether the words from `at` on stand for a letter named before: "that of", "celle du".
    fn stands_for_letter(&self, at: usize) -> bool {
        let is = |at: usize, class: &str| {
            self.words.words.get(at).is_some_and(|&w| self.grammar.is(w, class))
        };
        is(at, "ref.again") && is(at + 1, "ref.of")
    }

    /// Whether the date is the letter's own day or the one before: "to-day", "gestern".
    fn is_near(&self, date: &DateInText) -> bool {
        let day = date.value.as_deref().and_then(|v| Edtf::parse(v).ok()?.to_day());
        let own = self.own.and_then(|o| o.date.to_day());
        matches!((day, own), (Some(d), Some(o)) if d == o || d == o.plus(-1))
    }

    /// Whether the date is no day and lies after the letter that speaks of it: "in the coming
    /// autumn" is no day of a letter received. A day after it stands, and the checks say so.
    fn is_ahead(&self, value: &str) -> bool {
        let Ok(said) = Edtf::parse(value) else { return false };
        let own = self.own.and_then(|o| o.date.to_day());
        said.to_day().is_none() && matches!((said.bounds().0, own), (Some(f), Some(o)) if f > o)
    }

    /// The word at which a date follows an address of the reader between commas: "your dear letter,
    /// my friend, of the 3d".
    fn after_vocative(&self, at: usize, stop: usize) -> Option<usize> {
        /// Words of such an address.
        const LONGEST: usize = 4;
        let words = &self.words.words;
        let comma_before = |i: usize| {
            let gap = Span::new(words[i - 1].span.end, words[i].span.start);
            self.text[gap.start..gap.end].starts_with(',')
        };
        let stop = stop.min(words.len()).min(at + 1 + LONGEST);
        if at == 0 || !comma_before(at) {
            return None;
        }
        let next = (at + 1..stop).find(|&i| comma_before(i))?;
        self.grammar.is(words[next], "joint").then_some(next)
    }

    /// `value`, or the same day a year or a month earlier where the words leave it open and it
    /// would lie after the letter that speaks of it.
    fn not_later(&self, value: String, day_said: &DateInText) -> String {
        let earlier = || {
            let counted = self.own?;
            let own = counted.date;
            let date = Edtf::parse(&value).ok()?.as_date()?;
            if date.to_day()? <= own.to_day()? {
                return None;
            }
            let said = &self.text[day_said.span.start..day_said.span.end];
            let ahead = date.to_day()?.0 - own.to_day()?.0;
            if ahead <= WEEK && !said.contains(|c: char| c.is_ascii_digit()) {
                // "I wrote you on Monday": the last one
                return Date::from_day(date.to_day()?.plus(-WEEK)).ok();
            }
            let mut numbers = said.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
            let day = date.day_number()?;
            let is_day_only = numbers.next()?.parse() == Ok(day) && numbers.next().is_none();
            // ordinal endings are on the digits; any other word than a month's may tell the month
            let is_plain = |w: &str| ORDINALS.contains(&w) || is_month(w);
            let said_by = said.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
            // "the 20th of May" has its month, whatever small words stand beside it
            let has_month = day_said.is_yearless || said_by.clone().any(is_month);
            if !is_day_only || !has_month && !said_by.clone().all(is_plain) {
                return None; // the year is written, or "inst." tells the month
            }
            let same = Date::day(own.year_number()?, date.month_number()?, day).ok()?;
            if !has_month {
                return last_day(counted, day);
            }
            if same.to_day()? <= own.to_day()? {
                return Some(same);
            }
            Date::day(own.year_number()? - 1, date.month_number()?, day).ok()
        };
        match earlier() {
            Some(date) => Edtf::from(date).to_string(),
            None => value,
        }
    }
}

fn is_month(word: &str) -> bool {
    let token = tokens(word);
    let folded: Vec<u64> = token.iter().map(|t| fold(t.of(word))).collect();
    classes(word, &token, &folded).iter().any(|c| c.any(Classes::MONTH))
}

impl Tail {
    /// Takes the number that follows a date: "of the 12th inst., No. 348".
    fn claim_number_at(&mut self, text: &str, grammar: &Grammar, words: &Words, at: usize) {
        if let (None, Some([mark, number])) = (&self.number, words.words.get(at..at + 2))
            && mark.sentence == words.words[at.saturating_sub(1)].sentence
            && number.sentence == mark.sentence
            && grammar.is(*mark, "no")
            && number.is(NUMBER)
        {
            self.number = Some(text[number.span.start..number.span.end].to_owned());
            self.marked = Some(true);
            self.end = self.end.max(number.span.end);
        }
    }

    /// Takes the numbers joined to the one at word `at`, "Nos. 12, 13 and 14", "No. 12 and No. 13", and
    /// tells the word of the last. Without a mark of its own a number is higher than the one before
    /// it: of "No. 97 and 2 maps" the second counts maps.
    fn claim_joined(&mut self, scene: &Scene<'_>, at: usize) -> usize {
        let &Scene { text, grammar, words, dates, .. } = scene;
        let value = |span: Span| text[span.start..span.end].parse::<u32>().ok();
        let mate = |i: usize| {
            let word = words.words.get(i).copied()?;
            (word.sentence == words.words[at].sentence).then_some(word)
        };
        let mut numbers = vec![words.words[at].span];
        let mut next = at + 1;
        loop {
            let joins = mate(next).is_some_and(|w| grammar.is(w, "and"));
            next += usize::from(joins);
            let marked = mate(next).is_some_and(|w| grammar.is(w, "no"));
            next += usize::from(marked);
            let before = numbers[numbers.len() - 1];
            let Some(word) = mate(next).filter(|w| w.is(NUMBER)) else { return at };
            let dated = dates.partition_point(|d| d.span.end <= word.span.start);
            let is_date = dates.get(dated).is_some_and(|d| d.span.start <= word.span.start);
            let follows = joins || text[before.end..].starts_with(',');
            let rises = value(word.span).is_some_and(|n| marked || Some(n) > value(before));
            if is_date || !follows || !rises {
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

    /// The letters after the first of several numbers, each with its number, its day and its words. As
    /// many days as numbers are one each, and a single day is that of all.
    fn joined_letters(&self, text: &str) -> Vec<(String, Option<String>, Span)> {
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

    fn read(
        scene: &Scene<'_>,
        c: &Candidate<'_>,
        reread: &impl Fn(Span) -> Option<DateInText>,
    ) -> Tail {
        let &Scene { text, grammar, words, dates, .. } = scene;
        let sentence = words.sentence_of(c.first);
        let head = words.span(c.first, c.end);
        let mut tail = Tail {
            dates: Vec::new(),
            number: None,
            joined: Vec::new(),
            marked: None,
            end: head.end,
        };
        let mut at = c.first;
        let mut last = c.end; // words up to here are part of the reference
        // a date may run over a full stop: "10. ds. Mts."
        while at < words.words.len() && at < last + REACH && at < scene.limit {
            let word = words.words[at];
            let next = dates.partition_point(|d| d.span.end <= word.span.start);
            if let Some(d) = dates.get(next)
                && d.span.start <= word.span.start
                && d.span.start >= head.start
            {
                let numbered = at < c.end && word.is(NUMBER) && d.span.end > head.end;
                if numbered {
                    // "Your 1359, April 28": the number is the letter's, not the year's
                    tail.number = Some(text[word.span.start..word.span.end].to_owned());
                    tail.marked = Some(at > 0 && grammar.is(words.words[at - 1], "no"));
                    tail.dates.extend(reread(Span::new(word.span.end, d.span.end)));
                } else {
                    tail.push(d);
                }
                tail.end = tail.end.max(d.span.end);
                at = words.words.partition_point(|w| w.span.start < d.span.end);
                last = at;
                tail.claim_number_at(text, grammar, words, at);
                // a second day is another letter
                if !(at < sentence.end
                    && (grammar.is(words.words[at], "and") || text[d.span.end..].starts_with(','))
                    && dates.get(next + 1).is_some_and(|n| {
                        let first = words.words.partition_point(|w| w.span.start < n.span.start);
                        first <= at + 3 || first == at + 4 && scene.stands_for_letter(at + 1)
                    }))
                {
                    break;
                }
                at += 1;
                // "and that of the 2d", "et celle du 2"
                at += usize::from(scene.stands_for_letter(at));
                continue;
            }
            if at >= sentence.end {
                break;
            }
            if word.is(NUMBER) {
                let before = at.checked_sub(1).map(|i| words.words[i]);
                let marked = before.is_some_and(|w| grammar.is(w, "no"));
                let raw = &text[word.span.start..word.span.end];
                if at >= c.end
                    && !marked
                    && before.is_some_and(|w| grammar.is(w, "joint"))
                    && (!scene.has_month_at(at + 1) || scene.has_bare_month_at(at + 1))
                    && let Some(day) = scene.day_of_month(raw)
                {
                    // "vom 21.": the last such day before the letter's own; of "des 20 et 27
                    // Novembre" each has the month of the last
                    let other = words.words.get(at + 2).and_then(|w| {
                        let joined =
                            at + 2 < sentence.end && grammar.is(words.words[at + 1], "and");
                        let next = dates.partition_point(|d| d.span.end <= w.span.start);
                        dates.get(next).filter(|d| joined && d.span.start == w.span.start)
                    });
                    let in_month = other.and_then(|d| {
                        let of = Edtf::parse(d.value.as_deref()?).ok()?.as_date()?;
                        Date::day(of.year_number()?, of.month_number()?, day.day_number()?).ok()
                    });
                    let value = Some(Edtf::from(in_month.unwrap_or(day)).to_string());
                    let span = word.span;
                    let is_yearless = false;
                    tail.dates.push(DateInText { span, value, is_yearless, confidence: 0.7 });
                    tail.end = tail.end.max(word.span.end);
                    if let Some(other) = other {
                        tail.push(other);
                        tail.end = other.span.end;
                    }
                    break;
                }
                if tail.number.is_none()
                    && (marked || at < c.end || at == c.end)
                    && raw.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
                {
                    tail.number = Some(raw.to_owned());
                    tail.marked = Some(marked);
                    tail.end = tail.end.max(word.span.end);
                    if marked {
                        at = tail.claim_joined(scene, at);
                    }
                    last = at + 1;
                }
            } else if at >= c.end && !grammar.is(word, "joint") {
                if at == c.end
                    && let Some(next) = scene.after_vocative(at, sentence.end)
                {
                    (at, last) = (next, next);
                    continue;
                }
                // "to the Earl of Harcourt": the name that "of" joins is still the reader's
                let of = at > last && grammar.is(words.words[at - 1], "ref.of");
                if !(word.is(CAPITAL) && (at < last + 3 || of)) {
                    break;
                }
            }
            at += 1;
        }
        if tail.dates.is_empty() {
            tail.claim_far(scene, c);
        }
        if tail.dates.is_empty() {
            tail.claim_before(scene, c);
        }
        for d in &mut tail.dates {
            let value = d.value.take().map(|v| scene.not_later(v, d));
            d.value = value.filter(|v| !scene.is_ahead(v));
        }
        tail
    }

    /// "a despatch which I addressed to the minister on the 19th": a date later in the clause, if
    /// a word that dates stands before it.
    fn claim_far(&mut self, scene: &Scene<'_>, c: &Candidate<'_>) {
        let &Scene { grammar, words, dates, limit, .. } = scene;
        let end = words.clause_end(c.end, FAR_REACH).min(limit);
        let Some(last) = end.checked_sub(1).map(|i| words.words[i]) else { return };
        let next = dates.partition_point(|d| d.span.start < self.end);
        let Some(d) = dates.get(next).filter(|d| d.span.start < last.span.end) else { return };
        let first = words.words.partition_point(|w| w.span.start < d.span.start);
        let dated = |i: usize| words.words.get(i).is_some_and(|w| grammar.is(*w, "joint"));
        let of = (c.end.max(first.saturating_sub(2))..=first)
            .any(|i| words.words.get(i).is_some_and(|w| grammar.is(*w, "ref.of")));
        let between = |to: usize, class: &str| {
            words.words[c.end.min(to)..to].iter().any(|&w| grammar.is(w, class))
        };
        // "In reply I have to state that he left on the 3d" dates no reply, and "your letter reached
        // me on Friday" does not say when it was written
        if !of
            && (c.bare && !between(first, "ref.sent")
                || c.what != "sender" && between(end, "ref.come"))
        {
            return;
        }
        // "I telegraphed you accordingly to-day", but not "your letter came to-day"; "telegram from
        // Moss at Leeds January 17"
        let says = |class| words.words[c.first..c.end].iter().any(|&w| grammar.is(w, class));
        let at_once = !says("ref") && first <= c.end + 3 && scene.is_near(d)
            || says("ref.telegram")
                && first > c.end
                && words.words[first - 1].is(CAPITAL)
                && first <= c.end + REACH;
        if first > c.end
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
    fn claim_before(&mut self, scene: &Scene<'_>, c: &Candidate<'_>) {
        let &Scene { grammar, words, dates, .. } = scene;
        let sentence = words.sentence_of(c.first);
        let opening = words.words[sentence.first].span.start;
        let next = dates.partition_point(|d| d.span.start < opening);
        let Some(d) = dates.get(next) else { return };
        let first = words.words.partition_point(|w| w.span.start < d.span.start);
        let end = words.words.partition_point(|w| w.span.start < d.span.end);
        let says = |class| words.words[c.first..c.end].iter().any(|&w| grammar.is(w, class));
        let travelled = says("ref.letter") && scene.is_near(d);
        if first <= sentence.first + 2 && end < c.first && c.first <= end + 5 && !travelled {
            self.dates.extend(d.days().take(1));
        }
    }

    /// Whether the first date is a day and begins at word `at`.
    fn dates_at(&self, words: &Words, at: usize) -> bool {
        let is_day = |d: &DateInText| d.value.as_ref().is_some_and(|v| v.len() >= 10);
        let starts =
            |d: &DateInText| words.words.get(at).is_some_and(|w| w.span.start == d.span.start);
        self.dates.first().is_some_and(|d| is_day(d) && starts(d))
    }

    fn push(&mut self, d: &DateInText) {
        self.dates.extend(d.days());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::frame::grammar;

    /// The references of `text`, where `dates` are words of it and what they mean.
    fn references(language: &str, text: &str, dates: &[(&str, &str)]) -> Vec<String> {
        let grammar = grammar(language).expect("a language with tables");
        let words = grammar.words(text, Span::new(0, text.len()));
        let matches = grammar.matches(&words);
        let dates: Vec<DateInText> = dates
            .iter()
            .map(|&(said, value)| {
                let start = text.find(said).expect("a date of the text");
                let span = Span::new(start, start + said.len());
                let value = Some(value.to_owned());
                DateInText { span, value, is_yearless: false, confidence: 1.0 }
            })
            .collect();
        find_references(text, grammar, &words, &matches, &dates, None, |_| None)
            .iter()
            .map(|r| {
                format!(
                    "{:?} {:?} {} {} [{}]",
                    r.kind,
                    r.from.unwrap_or(ReferenceFrom::Other),
                    r.date.as_deref().unwrap_or("-"),
                    r.number.as_deref().unwrap_or("-"),
                    &text[r.span.start..r.span.end]
                )
            })
            .collect()
    }

    #[test]
    fn scandinavian_letters_say_whose_letter_they_answer() {
        let da = references("da", "Deres Skrivelse af 3. ds. er her.", &[("3. ds.", "1897-11-03")]);
        assert_eq!(da, ["Letter Recipient 1897-11-03 - [Deres Skrivelse af 3. ds.]"]);
        let sv = references("sv", "I mitt brev av den 4 maj", &[("den 4 maj", "1871-05-04")]);
        assert_eq!(sv, ["Letter Sender 1871-05-04 - [mitt brev av den 4 maj]"]);
        assert!(references("da", "Jeg venter Svar inden 20. ds.", &[]).is_empty());
    }

    #[test]
    fn an_address_between_commas_does_not_part_a_letter_from_its_day() {
        let text = "Ihren lieben Brief, mein Freund, vom 3ten habe ich gelesen.";
        assert_eq!(
            references("de", text, &[("3ten", "1850-05-03")]),
            ["Letter Recipient 1850-05-03 - [Ihren lieben Brief, mein Freund, vom 3ten]"]
        );
    }

    #[test]
    fn joined_numbers_are_a_letter_each() {
        let read = |said| references("en", said, &[]);
        assert_eq!(
            read("I beg to refer to my Nos. 97 and 98."),
            ["Letter Sender - 97 [my Nos. 97]", "Letter Sender - 98 [98]"]
        );
        assert_eq!(
            read("I have your No. 12 and No. 13."),
            ["Letter Recipient - 12 [your No. 12]", "Letter Recipient - 13 [13]"]
        );
        assert_eq!(read("I have your No. 97 and 2 maps."), ["Letter Recipient - 97 [your No. 97]"]);
        assert_eq!(
            references(
                "en",
                "Your despatches Nos. 12 and 13, of the 3d and 5th, are here.",
                &[("3d", "1880-03-03"), ("5th", "1880-03-05")]
            ),
            [
                "Letter Recipient 1880-03-03 12 [Your despatches Nos. 12 and 13, of the 3d]",
                "Letter Recipient 1880-03-05 13 [13, of the 3d and 5th]"
            ]
        );
        assert_eq!(references("de", "Ihre Schreiben Nr. 4, 5 und 6 sind da.", &[]).len(), 3);
    }

    #[test]
    fn the_day_on_which_a_letter_came_is_not_its_own() {
        assert_eq!(
            references("de", "Deinen Brief habe ich am 4. erhalten.", &[("4.", "1880-04-04")]),
            ["Letter Recipient - - [Deinen Brief]"]
        );
        assert_eq!(
            references("en", "Your letter reached us on the 9th.", &[("9th", "1880-04-09")]),
            ["Letter Recipient - - [Your letter]"]
        );
    }

    #[test]
    fn a_bare_word_takes_no_date_from_afar() {
        let text = "In reply I have to state that he sailed on the 9th.";
        assert!(references("en", text, &[("9th", "1880-04-09")]).is_empty());
    }

    #[test]
    fn the_name_of_a_reader_does_not_part_a_letter_from_its_day() {
        let text = "my letter to the Earl of Harcourt, No. 31, of the 2d of April";
        assert_eq!(
            references("en", text, &[("2d of April", "1780-04-02")]),
            [
                "Letter Sender 1780-04-02 31 [my letter to the Earl of Harcourt, No. 31, of the 2d of April]"
            ]
        );
    }

    #[test]
    fn her_letter_is_written_small() {
        let text = "Die Frau klagt; ihre Eingabe vom 6. liegt bei.";
        assert_eq!(
            references("de", text, &[("6.", "1880-04-06")]),
            ["Letter Other 1880-04-06 - [ihre Eingabe vom 6.]"]
        );
    }

    #[test]
    fn a_despatch_of_ceremony_is_a_letter() {
        let text = "la dépêche dont Votre Excellence m'a honoré";
        assert_eq!(references("fr", text, &[])[0].split(' ').next(), Some("Letter"));
        assert_eq!(
            references("fr", "ta dépêche m'a surpris", &[]),
            ["Telegram Recipient - - [ta dépêche]"]
        );
    }

    #[test]
    fn an_initial_is_no_form_of_address() {
        assert_eq!(
            references("es", "el oficio de V. Pérez", &[]),
            ["Letter Other - - [el oficio de]"]
        );
        let polite = references("es", "el oficio de V. E.", &[]);
        assert_eq!(polite, ["Letter Recipient - - [el oficio de V. E]"]);
    }

    #[test]
    fn words_across_a_bracket_are_no_letter() {
        let text = "to Mr. Orme (to whom the same instruction was addressed) with reference to it";
        assert!(references("en", text, &[]).is_empty());
    }

    #[test]
    fn a_date_and_a_number_that_follow_belong_to_the_letter() {
        assert_eq!(
            references(
                "en",
                "I refer to your letter No. 12 of the 4th ultimo.",
                &[("4th ultimo", "1880-03-04")]
            ),
            ["Letter Recipient 1880-03-04 12 [your letter No. 12 of the 4th ultimo]"]
        );
        assert_eq!(
            references(
                "fr",
                "J'ai reçu votre lettre du 4 courant, n° 348, et le plan.",
                &[("4 courant", "1880-03-04")]
            ),
            ["Letter Recipient 1880-03-04 348 [votre lettre du 4 courant, n° 348]"]
        );
        assert_eq!(
            references(
                "de",
                "Auf Ihr Schreiben vom 6. ds. Mts. erwidere ich",
                &[("6. ds. Mts.", "1880-04-06")]
            ),
            ["Letter Recipient 1880-04-06 - [Ihr Schreiben vom 6. ds. Mts.]"]
        );
        assert_eq!(
            references("es", "su carta del 5 del corriente", &[("5 del corriente", "1880-04-05")]),
            ["Letter Recipient 1880-04-05 - [su carta del 5 del corriente]"]
        );
    }

    #[test]
    fn two_days_are_two_letters() {
        let found = references(
            "en",
            "Your notes of the 3d instant and the 9th instant lie here.",
            &[("3d instant", "1880-04-03"), ("9th instant", "1880-04-09")],
        );
        assert_eq!(
            found,
            [
                "Note Recipient 1880-04-03 - [Your notes of the 3d instant]",
                "Note Recipient 1880-04-09 - [9th instant]"
            ]
        );
    }

    #[test]
    fn who_wrote_is_told_by_the_words() {
        assert_eq!(
            references("en", "I wrote to you from Leeds", &[]),
            ["Letter Sender - - [I wrote to you]"]
        );
        assert_eq!(references("fr", "ma lettre", &[]), ["Letter Sender - - [ma lettre]"]);
        assert_eq!(
            references("en", "He read a telegram from Captain Moss.", &[]),
            ["Telegram Other - - [a telegram from]"]
        );
    }

    #[test]
    fn what_is_awaited_and_the_letter_itself_are_no_references() {
        assert!(references("en", "I await your reply.", &[]).is_empty());
        assert!(references("en", "Burn this letter.", &[]).is_empty());
        assert!(references("en", "On your 40th birthday I thank you.", &[]).is_empty());
        assert!(references("en", "Your 50th annual meeting was held.", &[]).is_empty());
        assert!(references("de", "Ich hoffe auf baldige Antwort.", &[]).is_empty());
    }
}
