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

/// What [`join_leave`] and [`join_vocative`] make of parts cut as said, with `spaces` between them.
fn joined(cut: &[(ZoneLabel, &str)], spaces: &[&str]) -> Vec<(ZoneLabel, String)> {
    let mut text = String::new();
    let mut zones: Vec<Zone> = Vec::new();
    for (i, &(label, part)) in cut.iter().enumerate() {
        let start = text.len();
        text.push_str(part);
        zones.push(Zone { label, span: Span::new(start, text.len()), confidence: 0.9 });
        text.push_str(spaces.get(i).unwrap_or(&""));
    }
    join_leave(&text, &mut zones);
    join_vocative(&text, &mut zones);
    zones.iter().map(|z| (z.label, text[z.span.start..z.span.end].to_owned())).collect()
}

#[test]
fn a_leave_goes_on_to_the_end_of_its_paragraph() {
    use ZoneLabel::{Body, Close, Postscript, Signature};
    let whole = [(Close, "Farewell then, my\ndear, until the spring.".to_owned())];
    let cut = [(Close, "Farewell then, my"), (Postscript, "dear, until the spring.")];
    assert_eq!(joined(&cut, &["\n"]), whole);
    // a blank line, a mark, a short line of its own, or a name between makes it a thing apart
    assert_eq!(joined(&cut, &["\n\n"]).len(), 2);
    let marked = [(Close, "Ever your most loving son"), (Postscript, "P. S. Send the boots.")];
    assert_eq!(joined(&marked, &["\n"]).len(), 2);
    let short = [(Close, "Yours, B."), (Postscript, "The boots came.")];
    assert_eq!(joined(&short, &["\n"]).len(), 2);
    // running text counts only where the name follows
    let leave = (Close, "Love to all of them at home");
    let news = (Body, "and to the old mare.");
    assert_eq!(joined(&[leave, news, (Signature, "Hugh")], &["\n", "\n"]).len(), 2);
    assert_eq!(joined(&[leave, news], &["\n"]).len(), 2);
    let ended = (Close, "Love to all of them at home.");
    assert_eq!(joined(&[ended, news, (Signature, "Hugh")], &["\n", "\n"]).len(), 3);
    let long = "It rained again. ".repeat(20);
    assert_eq!(joined(&[leave, (Body, long.trim()), (Signature, "H.")], &[" ", "\n"]).len(), 3);
}

#[test]
fn a_dateline_has_its_year_from_the_line_below() {
    use ZoneLabel::{Body, Dateline};
    let day = "Lima, 3 de Enero";
    let joined = |below: &str| {
        let text = format!("{day}\n{below}");
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
        let mut zones = vec![zone(Dateline, 0, day.len()), zone(Body, day.len() + 1, text.len())];
        join_year(&text, &mut zones);
        zones.iter().map(|z| text[z.span.start..z.span.end].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(joined("de 1795."), ["Lima, 3 de Enero\nde 1795."]);
    assert_eq!(joined("1795\nLlegaron"), ["Lima, 3 de Enero\n1795", "Llegaron"]);
    assert_eq!(joined("1795 fanegas")[0], day);
    assert_eq!(joined("En 1795")[0], day);
}

#[test]
fn a_vocative_within_a_leave_greets_nobody() {
    use ZoneLabel::{Close, Salutation, Signature};
    let (begun, sir) = ((Close, "I have the honour to be,"), (Salutation, "Sir,"));
    let cut = [begun, sir, (Close, "your obedient servant,"), (Signature, "John Hale")];
    let breaks = ["\n\n", "\n\n", "\n"];
    assert_eq!(joined(&cut, &breaks).len(), 2);
    // what follows a leave that has come to its end begins another letter
    let ended = (Close, "I have the honour to be yours.");
    assert_eq!(joined(&[ended, sir, cut[2], cut[3]], &breaks).len(), 4);
}

#[test]
fn a_doubted_sentence_before_the_formula_is_body() {
    let text = "The hay is in. The mare is well. Ever yours,";
    let page = Page::new(text);
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

#[test]
fn a_leave_that_is_a_paragraph_is_not_cut_in_two() {
    use ZoneLabel::{Body, Close};
    let cut = |text: &str, at: usize| {
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
        let body = text[..at].trim_end().len();
        let mut zones = [zone(Body, 0, body), zone(Close, at, text.len())];
        join_paragraph(&Page::new(text), &mut zones);
        text[zones[1].span.start..zones[1].span.end].to_owned()
    };
    let text = "The hay is in.\n\nAwaiting your answer I remain\nwith high esteem\nyours";
    let at = text.find("with").expect("the formula");
    assert_eq!(cut(text, at), "Awaiting your answer I remain\nwith high esteem\nyours");
    // not where the sentence stands among others, nor where it is news by its length
    let text = "The hay is in. Awaiting your answer I remain\nwith high esteem\nyours";
    let at = text.find("with").expect("the formula");
    assert_eq!(cut(text, at), "with high esteem\nyours");
    let text = "The hay is in.\n\nFarewell, my dear, and write soon. Ever\nyour Ann";
    let at = text.find("Ever").expect("the formula");
    assert_eq!(cut(text, at), "Farewell, my dear, and write soon. Ever\nyour Ann");
    let text = "The hay is in.\n\nThe mare is well again. Ever\nyour Ann";
    let at = text.find("Ever").expect("the formula");
    assert_eq!(cut(text, at), "Ever\nyour Ann");
    let text = format!("It is.\n\n{} we are\nyours truly", "and it rained on the hay".repeat(20));
    let at = text.find("yours").expect("the formula");
    assert_eq!(cut(&text, at), "yours truly");
}

#[test]
fn what_is_said_in_blocks_above_the_leave_is_body() {
    use ZoneLabel::{Body, Close};
    let parted = |words: &str| {
        let text = format!("The hay is in.\n\n{words}");
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
        let mut zones = [zone(Body, 0, 14), zone(Close, 16, text.len())];
        part_news(&Page::new(&text), &mut zones);
        assert!(text[zones[0].span.end..zones[1].span.start].trim().is_empty());
        text[zones[1].span.start..].to_owned()
    };
    assert_eq!(parted("Love to the boys. Come soon.\n\nEver yours,"), "Ever yours,");
    assert_eq!(parted("Come soon.\n\nThe key hangs inside\n\nEver yours,"), "Ever yours,");
    // a formula that is not at its end goes on below the blank line
    for whole in ["I remain, Sir,\n\nyours truly,", "Come soon.\nEver yours,", "Come soon."] {
        assert_eq!(parted(whole), whole);
    }
}

#[test]
fn a_body_is_greeted_above_those_who_sit_in_it() {
    use ZoneLabel::{Address, Body, Salutation};
    let read = |first: &str, next: ZoneLabel| {
        let text = format!("{first}\n\nAnd so on");
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
        let mut zones =
            vec![zone(Address, 0, first.len()), zone(next, first.len() + 2, text.len())];
        join_greeting(&Page::new(&text), &text, &mut zones);
        zones.iter().map(|z| z.label).collect::<Vec<_>>()
    };
    assert_eq!(read("Hochlöblicher Hofgerichtsrat p.", Salutation), [Salutation]);
    assert_eq!(read("Hochlöblicher Hofgerichtsrat p.", Body), [Salutation, Body]);
    assert_eq!(read("Monsieur Morel", Salutation), [Address, Salutation]);
    assert_eq!(read("Hochlöblicher Magistrat\nin Ulm", Body), [Address, Body]);
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

#[test]
fn a_postscript_goes_on_to_the_next_signature() {
    use ZoneLabel::{Body, Close, Dateline, Postscript, Signature};
    let joined = |labels: &[ZoneLabel]| {
        let zone = |(i, &label)| Zone { label, span: Span::new(3 * i, 3 * i + 2), confidence: 0.5 };
        let mut zones: Vec<Zone> = labels.iter().enumerate().map(zone).collect();
        join_afterthought(&mut zones);
        zones.iter().map(|z| (z.label, z.span.start)).collect::<Vec<_>>()
    };
    assert_eq!(
        joined(&[Body, Signature, Postscript, Body, Postscript, Body, Signature]),
        [(Body, 0), (Signature, 3), (Postscript, 6), (Signature, 18)]
    );
    // nothing is signed yet, and a date begins something new
    let others = [Body, Postscript, Body, Close, Postscript, Dateline, Body];
    assert_eq!(joined(&others).len(), others.len());
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

#[test]
fn a_wide_gap_parts_a_greeting_from_the_dateline_beside_it() {
    use ZoneLabel::{Dateline, Salutation};
    let parted = |text: &str, border: usize| {
        let start = border + text[border..].len() - text[border..].trim_start().len();
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.5 };
        let mut zones = [zone(Salutation, 0, border), zone(Dateline, start, text.len())];
        part_columns(text, &mut zones);
        zones.map(|z| text[z.span.start..z.span.end].to_owned())
    };
    assert_eq!(parted("Dear Sir      New York, 3 June", 17), ["Dear Sir", "New York, 3 June"]);
    assert_eq!(parted("Dear Sir New York, 3 June", 8), ["Dear Sir", "New York, 3 June"]);
}
