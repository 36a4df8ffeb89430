//! Prose: any text has its dates in order, on character boundaries, with values that EDTF can write.
//!
//! Each input is tried as it is and as a string of words that dates are made of, picked by its bytes.

#![no_main]

use letterbook_dates::phrase::{Context, find_dates, read_date};
use letterbook_dates::value::Edtf;
use libfuzzer_sys::fuzz_target;

const WORDS: [&str; 48] = [
    "1", "12", "31", "1850", "1648/9", "XIX", "MDCCC", "2/VIII", "12.", "1st", "8bre", "0", "99999999999", "May", "Feb.",
    "mars", "Jänner", "Σεπτεμβρίου", "мая", "年", "月", "日", "昭和", "元", "٥", "رجب", "Easter", "Michaelmas", "Monday", "lundi",
    "inst.", "ult.", "yesterday", "an VIII", "brumaire", "Kal.", "prid.", "[", "]", "?", "c.", "-", "/", ",", ".", "(", ")",
    "61st anniversary of",
];

const LANGUAGES: [Option<&str>; 6] = [None, Some("en"), Some("de"), Some("fr"), Some("ja"), Some("xx-unknown")];

fuzz_target!(|data: &[u8]| {
    let lang = LANGUAGES[data.first().map_or(0, |&byte| usize::from(byte) % LANGUAGES.len())];
    let anchor = data.get(1).filter(|&&byte| byte % 2 == 0).and_then(|_| Edtf::parse("1850-05-12").ok());
    let context = Context { lang, anchor, place: Some("London"), ..Context::default() };
    if let Ok(text) = std::str::from_utf8(data) {
        check(text, &context);
    }
    let words: Vec<&str> = data.iter().map(|&byte| WORDS[usize::from(byte) % WORDS.len()]).collect();
    check(&words.join(" "), &context);
    check(&words.concat(), &context);
});

fn check(text: &str, context: &Context<'_>) {
    let mut end = 0;
    for reading in find_dates(text, context) {
        assert!(reading.span.start >= end && reading.span.start < reading.span.end, "{text:?}: {:?}", reading.span);
        assert!(text.get(reading.span.clone()).is_some(), "{text:?}: {:?}", reading.span);
        assert!((0.0..=1.0).contains(&reading.confidence), "{text:?}: {}", reading.confidence);
        let printed = reading.value.to_string();
        assert_eq!(Edtf::parse(&printed).as_ref(), Ok(&reading.value), "{text:?} gives {printed}");
        end = reading.span.end;
    }
    let _ = read_date(text, context);
}
