//! Letters: any text has a record whose spans lie in the text, quote it, and are given again alike.

#![no_main]

use letterbook::record::{Evidence, Letter};
use letterbook::text::Text;
use letterbook::{Options, read, read_text};
use letterbook_dates::value::Edtf;
use libfuzzer_sys::fuzz_target;

/// What letters are made of; each byte of the input picks one, so that zones and fields come about.
const PIECES: [&str; 32] = [
    "\n", "\n\n", " ", ", ", ". ", "Leeds", "Wien, den ", "4 May 1871", "3. Jänner 1848", "Dear Sir,", "Lieber Freund!",
    "Monsieur le Ministre", "Yours faithfully,", "Hochachtungsvoll", "J. Marsh", "Secretary", "i. A.", "on behalf of ",
    "the Harbour Board", "P.S. ", "Encl. 2", "your letter of the 10th inst.", "I thank you", "bitte ich Sie", "From: ",
    "To: ", "tel. 020 7946 0018", "平成18年10月12日", "拝啓", "[", "“", "\u{202e}",
];

fuzz_target!(|data: &[u8]| {
    if let Ok(letter) = read(data, &Options::default()) {
        let _ = serde_json::to_string(&letter).expect("a record is JSON");
    }
    let text: String = data.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()]).collect();
    let letter = read_text(&text, &Options::default());
    assert_eq!(letter, read_text(&text, &Options::default()), "{text:?}");
    check(&Text::new(&text), &letter);
});

fn check(text: &Text<'_>, letter: &Letter) {
    let end = text.as_str().chars().count();
    let mut last = 0;
    for zone in &letter.zones {
        assert!(last <= zone.start && zone.start < zone.end && zone.end <= end, "{zone:?}");
        last = zone.end;
    }
    let holds = |evidence: &[Evidence]| {
        assert!(!evidence.is_empty());
        for e in evidence {
            let span = text.locate(e).unwrap_or_else(|| panic!("no such place: {e:?}"));
            assert_eq!(text.slice(span), e.quote);
        }
    };
    letter.date.iter().for_each(|d| holds(&d.evidence));
    let date = letter.date.iter().flat_map(|d| {
        let others = d.alternatives.iter().map(|a| &a.value);
        std::iter::once(&d.value).chain(others).chain(d.parallel.iter().map(|p| &p.value))
    });
    for value in date.chain(letter.references.iter().filter_map(|r| r.date.as_ref())) {
        assert!(Edtf::parse(value).is_ok(), "{value}");
    }
    letter.place.iter().for_each(|p| holds(&p.evidence));
    letter.mentions.iter().for_each(|m| holds(&m.evidence));
    letter.acts.iter().for_each(|a| holds(&a.evidence));
    letter.references.iter().for_each(|r| holds(&r.evidence));
    for party in letter.senders.iter().chain(&letter.recipients) {
        [&party.name, &party.role, &party.organisation, &party.on_behalf_of, &party.address]
            .into_iter()
            .flatten()
            .for_each(|r| holds(&r.evidence));
    }
}
