//! Cards of records made by hand, so that nothing here depends on how well letters are read.

use expect_test::{Expect, expect};
use letterbook::record::{
    Act, ActKind, ContactKind, Enclosure, Finding, Id, Mention, Occasion, OccasionKind, Reference,
    ReferenceFrom, ReferenceKind, Severity, Written, Zone,
};

use super::*;

/// A letter without anything.
fn blank() -> Letter {
    Letter { id: Some(Id::Number(1)), ..Letter::default() }
}

/// Where `quote` first stands.
fn at(text: &str, quote: &str) -> Vec<Evidence> {
    let start = text.find(quote).expect("the tests quote what is there");
    vec![Text::new(text).evidence(Span::new(start, start + quote.len()))]
}

fn reading(text: &str, value: &str, quote: &str, confidence: f32) -> Option<Reading> {
    Some(Reading {
        value: value.to_owned(),
        evidence: at(text, quote),
        confidence,
        alternatives: Vec::new(),
        by: "test/rule".into(),
    })
}

fn check(text: &str, letter: &Letter, width: usize, explain: bool, expected: &Expect) {
    let view =
        View { name: "letter.txt", text: &Text::new(text), letter, width, explain, map: None };
    expected.assert_eq(&anstream::adapter::strip_str(&card(&view)).to_string());
}

const NOTICE: &str = "\
Tuesday, 4 March 1890

The Keeper, Lamp Stores

Sir,

The Board thanks you for your note of the
1st and sends a list of wicks. Marking the
tenth year of the light, it wishes you well.

Yours obediently,
J. Tain
for the Board
";

fn notice() -> Letter {
    let zone = |label, quote| {
        let e = at(NOTICE, quote).remove(0);
        Zone { label, start: e.start, end: e.end, confidence: 1.0 }
    };
    let by = || "test/rule".into();
    Letter {
        language: reading(NOTICE, "en", "The Board thanks", 0.99),
        senders: vec![Party {
            name: reading(NOTICE, "J. Tain", "J. Tain", 0.97),
            on_behalf_of: reading(NOTICE, "the Board", "the Board", 0.62),
            contacts: vec![Contact {
                kind: ContactKind::Cable,
                value: "Wicks".into(),
                evidence: at(NOTICE, "wicks"),
                confidence: 0.95,
                by: by(),
            }],
            ..Party::default()
        }],
        recipients: vec![Party {
            role: reading(NOTICE, "The Keeper", "The Keeper", 0.93),
            organisation: reading(NOTICE, "Lamp Stores", "Lamp Stores", 0.91),
            ..Party::default()
        }],
        date: Some(LetterDate {
            value: "1890-03-04".into(),
            calendar: "gregorian".into(),
            written: Written { year: Some("1890".into()), ..Written::default() },
            weekday: Some("Wednesday".into()),
            parallel: Vec::new(),
            evidence: at(NOTICE, "Tuesday, 4 March 1890"),
            confidence: 0.8,
            alternatives: vec![Alternative {
                value: "1890-03-05".into(),
                confidence: 0.15,
                reason: "the weekday as written".into(),
            }],
            by: by(),
        }),
        zones: vec![
            zone(ZoneLabel::Salutation, "Sir,"),
            zone(ZoneLabel::Close, "Yours obediently,"),
        ],
        mentions: vec![Mention {
            kind: MentionKind::Org,
            value: "The Board".into(),
            evidence: at(NOTICE, "The Board"),
            confidence: 0.5,
            by: by(),
        }],
        occasions: vec![Occasion {
            kind: OccasionKind::Anniversary,
            event: Some("the light".into()),
            ordinal: Some(10),
            event_date: Some("1880".into()),
            evidence: at(NOTICE, "tenth year of the light"),
            confidence: 0.9,
            by: by(),
        }],
        acts: vec![
            Act {
                act: ActKind::Thank,
                evidence: at(NOTICE, "thanks you for your note of the\n1st"),
                confidence: 0.9,
                by: by(),
            },
            Act {
                act: ActKind::Wish,
                evidence: at(NOTICE, "it wishes you well"),
                confidence: 0.7,
                by: by(),
            },
        ],
        references: vec![Reference {
            kind: ReferenceKind::Note,
            from: ReferenceFrom::Recipient,
            date: Some("1890-03-01".into()),
            number: None,
            evidence: at(NOTICE, "your note of the\n1st"),
            confidence: 0.95,
            by: by(),
        }],
        enclosures: vec![Enclosure {
            evidence: at(NOTICE, "a list of wicks"),
            confidence: 0.92,
            by: by(),
        }],
        findings: vec![Finding {
            code: "test-finding".into(),
            severity: Severity::Warning,
            message: "expected one thing, but found another".into(),
            hint: "look at the page".into(),
            evidence: at(NOTICE, "4 March 1890"),
        }],
        ..blank()
    }
}

#[test]
fn a_card_has_a_row_for_each_thing_and_findings_below() {
    check(
        NOTICE,
        &notice(),
        76,
        false,
        &expect![[r#"
            letter.txt · English
              from       J. Tain
                         on behalf of the Board (62 %)
                         cable Wicks
              to         The Keeper, Lamp Stores
              when       1890-03-04  4 March 1890, a Tuesday (80 %)
                         written “Tuesday, 4 March 1890”, gregorian calendar, a
                         Wednesday by the page
                         or 1890-03-05  5 March 1890, a Wednesday (the weekday as
                         written, 15 %)
              opens      “Sir,”
              occasion   10th anniversary: the light → 1880
              does       thanks “thanks you for your note of the 1st”
                         wishes “it wishes you well” (70 %)
              refers to  note of the recipient, 1890-03-01  1 March 1890, a Saturday
                         “your note of the 1st”
              encloses   “a list of wicks”
              closes     “Yours obediently,”
              bodies     The Board

            warning[test-finding]: expected one thing, but found another
              ╭▸ letter.txt:1:10
              │
            1 │ Tuesday, 4 March 1890
              │          ━━━━━━━━━━━━
              │
              ╰ help: look at the page
        "#]],
    );
}

#[test]
fn an_explained_card_says_who_said_it_and_where() {
    check(
        NOTICE,
        &notice(),
        76,
        true,
        &expect![[r#"
            letter.txt · English
                         └ test/rule, 99 %, characters 54–70
              from       J. Tain
                         └ test/rule, 97 %, characters 203–210
                         on behalf of the Board
                         └ test/rule, 62 %, characters 215–224
                         cable Wicks
                         └ test/rule, 95 %, characters 120–125
              to         office The Keeper
                         └ test/rule, 93 %, characters 23–33
                         body Lamp Stores
                         └ test/rule, 91 %, characters 35–46
              when       1890-03-04  4 March 1890, a Tuesday
                         written “Tuesday, 4 March 1890”, gregorian calendar, a
                         Wednesday by the page
                         └ test/rule, 80 %, characters 0–21
                         or 1890-03-05  5 March 1890, a Wednesday (the weekday as
                         written, 15 %)
              opens      “Sir,”
              occasion   10th anniversary: the light → 1880
                         └ test/rule, 90 %, characters 139–162
              does       thanks “thanks you for your note of the 1st”
                         └ test/rule, 90 %, characters 64–99
                         wishes “it wishes you well”
                         └ test/rule, 70 %, characters 164–182
              refers to  note of the recipient, 1890-03-01  1 March 1890, a Saturday
                         “your note of the 1st”
                         └ test/rule, 95 %, characters 79–99
              encloses   “a list of wicks”
                         └ test/rule, 92 %, characters 110–125
              closes     “Yours obediently,”
              bodies     The Board
                         └ test/rule, 50 %, characters 54–63

            warning[test-finding]: expected one thing, but found another
              ╭▸ letter.txt:1:10
              │
            1 │ Tuesday, 4 March 1890
              │          ━━━━━━━━━━━━
              │
              ╰ help: look at the page
        "#]],
    );
}

#[test]
fn what_the_page_does_not_show_is_said_to_be_missing() {
    check(
        "",
        &blank(),
        60,
        false,
        &expect![[r#"
            letter.txt
              from       not shown on the page
              to         not shown on the page
              when       not shown on the page
        "#]],
    );
}

#[test]
fn a_narrow_card_of_wide_characters_keeps_to_its_columns() {
    let text = "拝啓 秋も深まりましたが皆様にはお変わりなくお過ごしのこととお慶び申し上げます。さて先日はお手紙をありがとうございました。";
    let letter = Letter {
        acts: vec![Act {
            act: ActKind::Thank,
            evidence: at(text, text),
            confidence: 1.0,
            by: "".into(),
        }],
        ..blank()
    };
    let view = View {
        name: "手紙",
        text: &Text::new(text),
        letter: &letter,
        width: 40,
        explain: false,
        map: None,
    };
    let drawn = anstream::adapter::strip_str(&card(&view)).to_string();
    let widest = drawn.lines().map(textwrap::core::display_width).max();
    assert!(widest.is_some_and(|w| (30..=40).contains(&w)), "{drawn}");
}

#[test]
fn words_of_the_letter_are_underlined_and_others_are_not() {
    let text = "LONDON, in haste";
    let letter = |value| Letter { place: reading(text, value, "LONDON", 1.0), ..blank() };
    let drawn = |value| {
        let letter = letter(value);
        let view = View {
            name: "x",
            text: &Text::new(text),
            letter: &letter,
            width: 60,
            explain: false,
            map: None,
        };
        card(&view)
    };
    assert!(drawn("LONDON").contains(&format!("{OWN}LONDON{OWN:#}")));
    assert!(!drawn("London").contains(&format!("{OWN}London")));
}

#[test]
fn nothing_in_a_letter_reaches_the_terminal_as_a_command() {
    let text = "Dear \x1b[2J\u{9b}31m\u{202e}Sir\u{7}, look";
    let mut finding = notice().findings.remove(0);
    finding.evidence = at(text, "Sir");
    finding.message = "a \x1b[31m message".into();
    let letter =
        Letter { place: reading(text, text, text, 0.5), findings: vec![finding], ..blank() };
    let view = View {
        name: "\x1b]0;x",
        text: &Text::new(text),
        letter: &letter,
        width: 60,
        explain: true,
        map: None,
    };
    let drawn = anstream::adapter::strip_str(&card(&view)).to_string();
    let obeyed = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    assert_eq!(drawn.chars().find(|c| obeyed(*c)), None, "{drawn}");
    // and no sequence of the letter hides among those of the program
    assert_eq!(card(&view).matches("\x1b[2J").count(), 0);
}

#[test]
fn a_row_says_what_it_is_once_and_so_does_an_act() {
    let text =
        "The Keeper, Quay 4. I thank you for the oil. On his ordination. I thank you for the oil.";
    let thank = |start: usize| Act {
        act: ActKind::Thank,
        evidence: vec![Evidence {
            start,
            end: start + 23,
            quote: "I thank you for the oil".into(),
        }],
        confidence: 1.0,
        by: "".into(),
    };
    let keeper = Party {
        role: reading(text, "The Keeper", "The Keeper", 1.0),
        address: reading(text, "Quay 4", "Quay 4", 1.0),
        ..Party::default()
    };
    let letter = Letter {
        recipients: vec![keeper],
        occasions: vec![Occasion {
            kind: OccasionKind::Other,
            event: Some("his ordination".into()),
            ordinal: None,
            event_date: None,
            evidence: at(text, "his ordination"),
            confidence: 1.0,
            by: "".into(),
        }],
        acts: vec![thank(20), thank(64)],
        ..blank()
    };
    check(
        text,
        &letter,
        60,
        false,
        &expect![[r#"
            letter.txt
              from       not shown on the page
              to         The Keeper
                         address Quay 4
              when       not shown on the page
              occasion   his ordination
              does       thanks “I thank you for the oil”
        "#]],
    );
}

#[test]
fn a_book_that_is_read_as_one_letter_has_a_short_card() {
    let lists: Vec<String> = (0..40).map(|n| format!("list {n:02}")).collect();
    let text = lists.join(", ");
    let enclosure =
        |quote: &String| Enclosure { evidence: at(&text, quote), confidence: 1.0, by: "".into() };
    let finding =
        |quote: &String| Finding { evidence: at(&text, quote), ..notice().findings.remove(0) };
    let letter = Letter {
        enclosures: lists.iter().map(enclosure).collect(),
        findings: lists.iter().map(finding).collect(),
        ..blank()
    };
    let draw = |explain| {
        let text = &Text::new(&text);
        let view =
            View { name: "letter.txt", text, letter: &letter, width: 60, explain, map: None };
        anstream::adapter::strip_str(&card(&view)).to_string()
    };
    let short = draw(false);
    assert!(short.contains("“list 11”") && !short.contains("“list 12”"), "{short}");
    assert!(short.contains("             and 28 more\n"), "{short}");
    assert!(short.ends_with("and 28 more findings\n"), "{short}");
    assert!(draw(true).contains("“list 39”"), "who asks for everything gets it");
}
