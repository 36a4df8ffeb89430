//! Letters that nobody wrote: seeded, with lengths, names, dates and word frequencies like those
//! of real ones, and the reader of their fixed layout.

use letterbook::record::Letter;
use letterbook::span::Span;
use letterbook::text::Text;
use letterbook_archive::Hints;
use serde_json::json;

use crate::notmuch;

/// Different words in all letters.
const WORDS: usize = 40_000;

/// Different writers.
const WRITERS: usize = 4_000;

const GIVEN: [&str; 16] = [
    "Anna", "Carl", "Marie", "John", "Otto", "Clara", "Henri", "Ruth", "Ivan", "Elena", "Paul",
    "Sofia", "Hugo", "Laura", "Emil", "Jane",
];
const PLACES: [&str; 12] = [
    "Zürich", "London", "Paris", "Wien", "Leipzig", "Praha", "Boston", "Torino", "Kiel", "Lyon",
    "Basel", "Dublin",
];
const LANGUAGES: [&str; 3] = ["en", "de", "fr"];
const ACTS: [(&str, &str); 4] = [
    ("thank", "I thank you for"),
    ("request", "be so good as to send"),
    ("congratulate", "I congratulate you on"),
    ("transmit", "I send you herewith"),
];

/// SplitMix64.
#[derive(Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A rank below `n`, the first most often, as words and correspondents are.
    fn rank(&mut self, n: usize) -> usize {
        ((n as f64).powf(self.unit()) as usize - 1).min(n - 1)
    }
}

/// An endless row of letters.
#[derive(Debug)]
pub(crate) struct Letters {
    random: Random,
    words: Vec<String>,
}

impl Letters {
    pub(crate) fn new(seed: u64) -> Letters {
        Letters { random: Random(seed), words: words() }
    }

    pub(crate) fn next_letter(&mut self) -> String {
        let random = &mut self.random;
        let year = 1700 + random.below(250);
        let date = match random.below(10) {
            0 => format!("{year}"),
            1 => format!("{}X", year / 10),
            _ => format!("{year}-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28)),
        };
        let place = PLACES[random.rank(PLACES.len())];
        let (to, from) = (writer(random.rank(WRITERS)), writer(random.rank(WRITERS)));
        let language = LANGUAGES[random.rank(LANGUAGES.len())];
        let mut text = format!("{place}, {date}\n{language}\nDear {to},\n\n");
        let (_, act) = ACTS[random.below(ACTS.len())];
        text.push_str(act);
        // most letters have a page, a few have many
        let length = (1_800.0 * (1.1 * (random.unit() + random.unit() - 1.0)).exp()) as usize;
        let mut sentence = 0;
        while text.len() < length {
            text.push(' ');
            text.push_str(&self.words[random.rank(WORDS)]);
            sentence += 1;
            if sentence > 6 && random.below(8) == 0 {
                text.push_str(if random.below(5) == 0 { ".\n\n" } else { "." });
                sentence = 0;
            }
        }
        text.push_str(".\n\nYours,\n");
        text.push_str(&from);
        text
    }
}

/// Words of two to four syllables, the same in every run; the frequent ones are short.
fn words() -> Vec<String> {
    let mut random = Random(40);
    (0..WORDS).map(|rank| syllables(&mut random, 1 + (rank as f64).log10() as usize / 2)).collect()
}

fn syllables(random: &mut Random, n: usize) -> String {
    const STARTS: [&str; 16] =
        ["b", "br", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v"];
    const ENDS: [&str; 14] =
        ["a", "e", "i", "o", "u", "an", "en", "er", "in", "ing", "ed", "or", "al", "ung"];
    (0..=n).map(|_| format!("{}{}", STARTS[random.below(16)], ENDS[random.below(14)])).collect()
}

fn writer(n: usize) -> String {
    let mut random = Random(n as u64);
    let name = syllables(&mut random, 1);
    let mut chars = name.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{} {first}{}", GIVEN[n % GIVEN.len()], chars.as_str())
}

/// Reads the layout of these letters, and nothing else.
pub(crate) fn read(text: &str, _: &Hints) -> Letter {
    let marks = Text::new(text);
    let at = |part: &str| {
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        json!([marks.evidence(Span::new(start, start + part.len()))])
    };
    let reading = |part: &str| json!({ "value": part, "evidence": at(part), "confidence": 0.9 });
    let mut lines = text.lines();
    let (place, date) = lines.next().and_then(|l| l.split_once(", ")).unwrap_or_default();
    let language = lines.next().unwrap_or_default();
    let to = lines.next().map_or("", |l| l.trim_start_matches("Dear ").trim_end_matches(','));
    let from = text.lines().next_back().unwrap_or_default();
    let acts: Vec<_> = ACTS
        .iter()
        .filter_map(|(act, words)| Some((act, text.find(words)?, words.len())))
        .map(|(act, start, len)| {
            json!({ "act": act, "evidence": at(&text[start..start + len]), "confidence": 0.8 })
        })
        .collect();
    let body = marks.code_point(text.find("\n\n").map_or(0, |i| i + 2));
    let end = marks.code_point(text.len() - from.len());
    let record = json!({
        "letterbook": 1,
        "language": reading(language),
        "senders": [{ "name": reading(from) }],
        "recipients": [{ "name": reading(to) }],
        "date": { "value": date, "calendar": "gregorian", "evidence": at(date), "confidence": 0.9 },
        "place": reading(place),
        "acts": acts,
        "zones": [
            { "label": "body", "start": body, "end": end, "confidence": 0.9 },
            { "label": "signature", "start": end, "end": marks.code_point(text.len()),
              "confidence": 0.9 }
        ],
    });
    serde_json::from_value(record).expect("a record of the fixed layout")
}

/// A query such as people type, and the same for SQLite's FTS5 and for notmuch.
#[derive(Debug)]
pub(crate) struct Question {
    /// For the archive.
    pub(crate) query: String,
    /// For notmuch; see `notmuch.rs` for what stands in which header.
    pub(crate) mail: String,
    /// For `MATCH`; none where only columns are asked.
    pub(crate) terms: Option<String>,
    /// A condition on columns; may be empty.
    pub(crate) condition: String,
    /// Whether the oldest come first.
    pub(crate) by_date: bool,
}

/// Fifty queries: words of every frequency, phrases, prefixes, fields, dates.
pub(crate) fn questions() -> Vec<Question> {
    let words = words();
    let mut random = Random(50);
    let mut word = |most: usize| words[random.rank(most)].clone();
    let mut all = Vec::new();
    let mut ask =
        |query: String, mail: String, terms: Option<String>, condition: String, by_date: bool| {
            all.push(Question { query, mail, terms, condition, by_date });
        };
    let in_text = |terms: String| Some(format!("text : ({terms})"));
    for i in 0..10 {
        let name = writer(i * 37);
        let surname = name.split(' ').next_back().unwrap_or_default().to_owned();
        let year = 1720 + 20 * i;
        let one = word(WORDS);
        ask(one.clone(), one.clone(), in_text(one), String::new(), false);
        let (one, two, how) = match i % 3 {
            0 => (word(2_000), word(WORDS), "and"),
            1 => (word(5_000), word(WORDS), "or"),
            _ => (word(5_000), word(500), "not"),
        };
        let terms = format!("{one} {} {two}", how.to_uppercase());
        let query = format!("{one} {how} {two}");
        // notmuch wants the word before it denied as well
        let mail = query.replace(" not ", " and not ");
        ask(query, mail, in_text(terms), String::new(), false);
        match i % 2 {
            0 => {
                let terms = Some(format!("sender : {}", surname.to_lowercase()));
                let query = format!("from:{surname}");
                ask(query.clone(), query, terms, String::new(), false);
            }
            _ => {
                let terms = Some(format!("recipient : \"{name}\" AND place : zurich"));
                let query = |place: &str| format!("to:\"{name}\" {place}:zurich");
                ask(query("place"), query("subject"), terms, String::new(), false);
            }
        }
        let searched = match i % 3 {
            0 => "\"i thank you for\"".to_owned(),
            1 => format!("\"{} {}\"", word(50), word(50)),
            _ => format!("{}*", word(20_000)),
        };
        ask(searched.clone(), searched.clone(), in_text(searched), String::new(), false);
        let within = |first: i32, last: i32| {
            format!("latest >= '{first}-01-01' AND earliest <= '{last}-12-31'")
        };
        match i % 2 {
            0 => {
                let last = year + 2;
                let condition = format!("{} AND act = 'thank'", within(year as i32, last as i32));
                let mail = format!("{} subject:thank", notmuch::years(year, last));
                ask(format!("date:{year}..{last} act:thank"), mail, None, condition, true);
            }
            _ => {
                let one = word(3_000);
                let (first, last) = (year as i32 - 1, year as i32 + 1);
                let condition = format!("{} AND lang = 'de'", within(first, last));
                let mail = format!("{} {one} subject:de", notmuch::years(year - 1, year + 1));
                ask(format!("date:{year}~ {one} lang:de"), mail, in_text(one), condition, true);
            }
        }
    }
    all
}
