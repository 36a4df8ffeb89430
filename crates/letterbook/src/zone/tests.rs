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

#[test]
fn a_doubted_sentence_before_the_formula_is_body() {
    let text = "The hay is in. The mare is well. Ever yours,";
    let letter = Text::new(text);
    let page = Page::of(&letter);
    let at = |word: &str| page.token_at(text.find(word).expect("a word of the text"));
    // the close begins at "The mare", and the chain is as sure of that sentence as told
    let body_with = |chance: f32, formula: &str| {
        let nodes: Vec<Range<usize>> = (0..page.tokens.len()).map(|t| t..t + 1).collect();
        let (mut path, mut marginal) =
            (vec![BODY as u8; nodes.len()], vec![[0.0; STATES]; nodes.len()]);
        path[at("The mare")..at(formula)].fill(CLOSE as u8);
        marginal[at("The mare")..at("Ever")].iter_mut().for_each(|row| row[CLOSE] = chance);
        part_doubted(&page, &nodes, &mut path, &marginal);
        path.iter().take_while(|&&state| usize::from(state) == BODY).count()
    };
    assert_eq!(LABELS[CLOSE], ZoneLabel::Close);
    assert_eq!(body_with(0.6, ","), at("Ever"));
    assert_eq!(body_with(0.95, ","), at("The mare"));
    // where nothing of the close is left behind it, it stays
    assert_eq!(body_with(0.6, "Ever"), at("The mare"));
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
fn the_head_of_a_second_sheet_is_no_part_of_the_text() {
    let head =
        "Thornbury & Vane, Seedsmen\nEstablished 1841\nJ. Vane, Manager\n14 Corn Street, Leith";
    let letter = format!(
        "{head}\n\nLeith, 2nd March 1897\n\nDear Mr. Abbott,\n\nWe have looked through the whole of \
         last year's books and cannot find that the second parcel was ever charged to you. It left \
         here on the ninth by the carrier, who has the receipt, and we\n\n{head}\n\nmust suppose that \
         it went astray between the station and your gate. We shall of course send another free of \
         cost.\n\nYours faithfully,\nThornbury & Vane"
    );
    let heads = read(&letter).into_iter().filter(|z| z.0 == ZoneLabel::Letterhead);
    assert_eq!(heads.map(|z| z.1).collect::<Vec<_>>(), [head, head]);
}

#[test]
fn a_dateline_below_the_signature_may_have_the_place_in_a_line_of_its_own() {
    let letter = "Gnädigster Herr,\n\ndie Brücke ist nun wieder gangbar, und die Wagen mit dem Mehl \
                  sind heute früh ohne Schaden herübergekommen. Was an Hafer fehlt, läßt sich bis zum \
                  Sonntag aus den Dörfern beibringen.\n\nIch verharre mit tiefstem Respekt\nEuer \
                  Gnaden\nuntertäniger Diener\nKaspar von Lenthe\n\nFeldlager vor Ohrdruf\nden 12. \
                  Augusti 1743";
    let last = read(letter).pop();
    assert_eq!(last, Some((ZoneLabel::Dateline, "Feldlager vor Ohrdruf\nden 12. Augusti 1743")));
}
