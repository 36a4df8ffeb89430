use super::foot::{join_afterthought, join_announced, part_bracket};
use super::head::{
    greet_initials, join_greeting, join_receipt, join_sentence, join_year, part_columns, part_day,
};
use super::leave::{join_begun, join_leave, join_paragraph, join_vocative, part_leave, part_news};
use super::*;
use crate::span::Span;
use crate::text::Text;

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
    join_leave(&Page::of(&Text::new(&text)), &text, &mut zones);
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
    // a long paragraph is news, whatever it was taken for
    let long = "It rained again. ".repeat(25);
    assert_eq!(joined(&[leave, (Body, long.trim()), (Signature, "H.")], &[" ", "\n"]).len(), 3);
    assert_eq!(joined(&[cut[0], (Postscript, long.trim())], &["\n"]).len(), 2);
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
fn initials_before_the_first_sentence_greet() {
    use ZoneLabel::{Address, Body, Salutation};
    let label = |initials: &str, space: &str| {
        let text = format!("{initials}{space}When do you come?");
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
        let body = initials.len() + space.len();
        let mut zones = [zone(Address, 0, initials.len()), zone(Body, body, text.len())];
        greet_initials(&text, &mut zones);
        zones[0].label
    };
    assert_eq!(label("L. R.", " "), Salutation);
    assert_eq!(label("V. F.!", " "), Salutation);
    assert_eq!(label("L. R.", "\n\n"), Address);
    assert_eq!(label("L. Rusk", " "), Address);
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
fn a_leave_that_is_a_paragraph_is_not_cut_in_two() {
    use ZoneLabel::{Body, Close};
    let cut = |text: &str, at: usize| {
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
        let body = text[..at].trim_end().len();
        let mut zones = [zone(Body, 0, body), zone(Close, at, text.len())];
        join_paragraph(&Page::of(&Text::new(text)), &mut zones);
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
        part_news(&Page::of(&Text::new(&text)), &mut zones);
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
        join_greeting(&Page::of(&Text::new(&text)), &text, &mut zones);
        zones.iter().map(|z| z.label).collect::<Vec<_>>()
    };
    assert_eq!(read("Hochlöblicher Hofgerichtsrat p.", Salutation), [Salutation]);
    assert_eq!(read("Hochlöblicher Hofgerichtsrat p.", Body), [Salutation, Body]);
    assert_eq!(read("Monsieur Morel", Salutation), [Address, Salutation]);
    assert_eq!(read("Hochlöblicher Magistrat\nin Ulm", Body), [Address, Body]);
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
        join_afterthought(&Page::of(&Text::new(&"aa ".repeat(labels.len()))), &mut zones);
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

/// The zones of parts cut as said, a blank line between them, and their page.
fn parts(cut: &[(ZoneLabel, &str)]) -> (String, Vec<Zone>) {
    let text = cut.iter().map(|(_, part)| *part).collect::<Vec<_>>().join("\n\n");
    let mut at = 0;
    let zone = |&(label, part): &(ZoneLabel, &str)| {
        let span = Span::new(at, at + part.len());
        at = span.end + 2;
        Zone { label, span, confidence: 0.9 }
    };
    let zones = cut.iter().map(zone).collect();
    (text, zones)
}

/// What is said in the zones of `label`.
fn said(text: &str, zones: &[Zone], label: ZoneLabel) -> Vec<String> {
    let of = zones.iter().filter(|z| z.label == label);
    of.map(|z| text[z.span.start..z.span.end].to_owned()).collect()
}

#[test]
fn a_formula_begins_in_the_lines_above_it_that_are_open() {
    use ZoneLabel::{Body, Close};
    let begun = |body: &str, close: &str| {
        let (text, mut zones) = parts(&[(Body, body), (Close, close)]);
        join_begun(&Page::of(&Text::new(&text)), &mut zones);
        said(&text, &zones, Close).remove(0)
    };
    let close = "de Votre Altesse\nle très humble serviteur";
    assert_eq!(
        begun("Il pleut.\n\nJe suis avec respect,\n\nMonseigneur,", close),
        format!("Je suis avec respect,\n\nMonseigneur,\n\n{close}")
    );
    let close = "Ew. Gnaden ergebenster";
    assert_eq!(
        begun("Es regnet. Ich verharre mit vollkommener Hochachtung", close),
        format!("Ich verharre mit vollkommener Hochachtung\n\n{close}")
    );
    // news with a word of leave, a sentence at its end, and one that takes no leave
    assert_eq!(begun("Es regnet.\n\nIhr Schweigen gibt mir zu denken", close), close);
    assert_eq!(begun("Il pleut.\n\nJe le dis avec respect.", close), close);
    assert_eq!(begun("Il pleut.\n\nles chevaux, les vaches,", close), close);
}

#[test]
fn a_note_that_renews_assurances_takes_leave() {
    use ZoneLabel::{Body, Close, Dateline};
    let leave = |body: &str| {
        let (text, mut zones) = parts(&[(Body, body), (Dateline, "Bern, 3. Mai 1931.")]);
        part_leave(&Page::of(&Text::new(&text)), &mut zones);
        said(&text, &zones, Close)
    };
    let note = "Die Gesandtschaft ergreift diesen Anlaß, um dem Amt die Versicherung ihrer \
                Hochachtung zu erneuern.";
    assert_eq!(leave(&format!("Das Heu ist da.\n\n{note}")), [note]);
    assert!(leave("Es regnet.\n\nWir haben Anlaß zur Sorge.").is_empty());
}

#[test]
fn whoever_is_named_within_a_sentence_is_not_greeted() {
    use ZoneLabel::{Body, Salutation};
    let read = |first: &str, rest: &str| {
        let text = format!("{first} {rest}");
        let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
        let mut zones =
            vec![zone(Salutation, 0, first.len()), zone(Body, first.len() + 1, text.len())];
        join_sentence(&Page::of(&Text::new(&text)), &text, &mut zones);
        zones.iter().map(|z| z.label).collect::<Vec<_>>()
    };
    assert_eq!(read("Your letter, my dear Sir,", "of the 3rd came."), [Body]);
    assert_eq!(read("Litteras tuas, vir clarissime,", "accepi."), [Body]);
    assert_eq!(read("My dear Sir,", "your letter came."), [Salutation, Body]);
    assert_eq!(read("Your letter, my dear Sir,", "The hay is in."), [Salutation, Body]);
}

#[test]
fn a_note_of_receipt_has_all_of_its_bracket() {
    use ZoneLabel::{Dateline, NoteOfReceipt};
    let read = |cut: &[(ZoneLabel, &str)]| {
        let text: String = cut.iter().map(|(_, part)| *part).collect();
        let mut zones = Vec::new();
        for &(label, part) in cut {
            let start = zones.last().map_or(0, |zone: &Zone| zone.span.end);
            let span = Span::new(start, start + part.len());
            zones.push(Zone { label, span, confidence: 0.9 });
        }
        join_receipt(&Page::of(&Text::new(&text)), &text, &mut zones);
        zones.iter().map(|zone| zone.label).collect::<Vec<_>>()
    };
    let note = (NoteOfReceipt, "(Received 2.");
    assert_eq!(read(&[note, (Dateline, "40 a.m., 19th November.)")]), [NoteOfReceipt]);
    assert_eq!(read(&[(Dateline, "[Received 19th November, 1913.]")]), [NoteOfReceipt]);
    assert_eq!(read(&[(Dateline, "(Lagos, 19th November, 1913.)")]), [Dateline]);
    let two = [note, (Dateline, "40 a.m.) Lagos, 19th November (Monday)")];
    assert_eq!(read(&two), [NoteOfReceipt, Dateline]);
}

#[test]
fn a_telegram_begins_with_its_day() {
    use ZoneLabel::{Body, Dateline};
    let day = |body: &str| {
        let (text, mut zones) = parts(&[(ZoneLabel::Other, "TELEGRAM."), (Body, body)]);
        part_day(&Page::of(&Text::new(&text)), &text, &mut zones);
        said(&text, &zones, Dateline)
    };
    assert_eq!(day("18th November. No. 3. The strike is over."), ["18th November."]);
    assert_eq!(day("3. Mai. Der Streik ist vorbei."), ["3. Mai."]);
    assert!(day("18 November is the day. So be it.").is_empty());
    assert!(day("In November. The strike is over.").is_empty());
}

#[test]
fn what_has_stops_spelt_out_is_the_text_of_a_telegram() {
    use ZoneLabel::{Body, Other, Signature};
    let read = |above: ZoneLabel, words: &str| {
        let (text, mut zones) =
            parts(&[(above, "LEEDS 4 MAY"), (Other, words), (Signature, "HALE")]);
        read_telegram(&Page::of(&Text::new(&text)), &text, &mut zones);
        said(&text, &zones, Body)
    };
    assert_eq!(read(ZoneLabel::Dateline, "ALL WELL STOP WRITE"), ["ALL WELL STOP WRITE"]);
    assert!(read(ZoneLabel::Dateline, "BUS STOPPED TWICE").is_empty());
    // where a text was found, the rest is what it is
    assert_eq!(read(Body, "ALL WELL STOP WRITE"), ["LEEDS 4 MAY"]);
}

#[test]
fn what_stands_above_the_first_close_is_no_postscript() {
    use ZoneLabel::{Body, Postscript, Signature};
    let read = |last: &str| {
        let (text, mut zones) =
            parts(&[(Body, "The hay is in."), (Postscript, last), (Signature, "Ann")]);
        join_afterthought(&Page::of(&Text::new(&text)), &mut zones);
        zones.len()
    };
    assert_eq!(read("Send the boots."), 2);
    assert_eq!(read("P. S. Send the boots."), 3);
}

#[test]
fn an_opening_bracket_stands_with_what_it_opens() {
    use ZoneLabel::{Enclosure, Signature};
    let text = "A. Lowe\n[Enclosure.]";
    let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 0.9 };
    let mut zones = vec![zone(Signature, 0, 9), zone(Enclosure, 9, text.len())];
    part_bracket(text, &mut zones);
    assert_eq!(said(text, &zones, Signature), ["A. Lowe"]);
    assert_eq!(said(text, &zones, Enclosure), ["[Enclosure.]"]);
}
