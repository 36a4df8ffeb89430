use super::*;
use proptest::prelude::*;

fn read(text: &str) -> Vec<(ZoneLabel, &str)> {
    read_zones(&Text::new(text))
        .into_iter()
        .map(|z| (z.label, &text[z.span.start..z.span.end]))
        .collect()
}

#[test]
fn the_weights_that_ship_can_be_read() {
    assert_eq!(model().factors().to.len(), page::BOUNDARIES);
}

#[test]
fn a_plain_letter_falls_into_its_parts() {
    let letter = "Harrow, 9th June 1868.\n\nMy dear Edward,\n\nThe boxes have come at last and are \
                  standing in the hall, where your aunt falls over them every morning. Pray send \
                  somebody for them before Sunday.\n\nYour affectionate cousin,\nMargaret Hale";
    assert_eq!(
        read(letter).iter().map(|z| z.0).collect::<Vec<_>>(),
        [
            ZoneLabel::Dateline,
            ZoneLabel::Salutation,
            ZoneLabel::Body,
            ZoneLabel::Close,
            ZoneLabel::Signature
        ]
    );
    assert_eq!(read(letter)[1].1, "My dear Edward,");
}

fn sound(text: &str) -> Result<(), TestCaseError> {
    let zones = read_zones(&Text::new(text));
    let mut at = 0;
    for z in &zones {
        prop_assert!(z.span.start >= at && !z.span.is_empty());
        let quote = &text[z.span.start..z.span.end];
        prop_assert_eq!(quote.trim(), quote);
        prop_assert!((0.0..=1.0).contains(&z.confidence));
        at = z.span.end;
    }
    prop_assert!(zones.windows(2).all(|w| w[0].label != w[1].label));
    Ok(())
}

proptest! {
    #[test]
    fn zones_of_any_text_are_trimmed_and_in_order(
        text in "(\\PC|\\n){0,200}|([A-Za-zäé,.:0-9]{1,9}[ \\n]{1,2}){0,60}|(.|\\n|\u{301}|\u{FEFF}){0,60}"
    ) {
        sound(&text)?;
    }

    #[test]
    fn long_letters_keep_their_middle_as_body(words in 600usize..900) {
        let text = format!("Dear Sir,\n\n{}\n\nYours,\nA. B.", "and then more ".repeat(words));
        sound(&text)?;
        let zones = read_zones(&Text::new(&text));
        let middle = text.len() / 2;
        let there = zones.iter().find(|z| z.span.start <= middle && middle < z.span.end);
        prop_assert_eq!(there.map(|z| z.label), Some(ZoneLabel::Body));
    }
}

#[test]
fn a_list_of_enclosures_belongs_to_its_label() {
    let text = "Yours,\nA. Lowe\n\nEncl.:\nPlan of the roof\nTwo bills\n\nP.S. It leaks.";
    let at = |words: &str| {
        let start = text.find(words).expect("the words are in the text");
        Span::new(start, start + words.len())
    };
    let zone = |label, words| Zone { label, span: at(words), confidence: 1.0 };
    let mut zones = vec![
        zone(ZoneLabel::Enclosure, "Encl.:"),
        zone(ZoneLabel::Address, "Plan of the roof\nTwo bills"),
        zone(ZoneLabel::Postscript, "P.S. It leaks."),
    ];
    join_announced(text, &mut zones);
    let found: Vec<_> = zones.iter().map(|z| (z.label, &text[z.span.start..z.span.end])).collect();
    assert_eq!(
        found,
        [
            (ZoneLabel::Enclosure, "Encl.:\nPlan of the roof\nTwo bills"),
            (ZoneLabel::Postscript, "P.S. It leaks.")
        ]
    );
}
