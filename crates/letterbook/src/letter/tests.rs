use std::path::{Path, PathBuf};

use super::*;
use crate::record::{ContactKind, LetterDate, Party};

/// The letter at `path`, cut into zones by a label for each block between blank lines.
fn zones_by_block(text: &str, labels: &[ZoneLabel]) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    let mut at = 0;
    let mut blocks = Vec::new();
    for block in text.split("\n\n") {
        let span = Span::new(at, at + block.len()).trim(text);
        at += block.len() + 2;
        if !span.is_empty() {
            blocks.push(span);
        }
    }
    assert_eq!(blocks.len(), labels.len(), "expected a label for each block");
    for (span, &label) in blocks.into_iter().zip(labels) {
        match zones.last_mut() {
            Some(last) if last.label == label => last.span = last.span.cover(span),
            _ => zones.push(Zone { label, span, confidence: 1.0 }),
        }
    }
    zones
}

fn shared() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    [here.join("../../../shared"), here.join("../../../../shared")].into_iter().find(|p| p.is_dir())
}

fn value(reading: &Option<Reading>) -> &str {
    reading.as_ref().map(|r| r.value.as_str()).unwrap_or_default()
}

fn read_blocks(text: &str, labels: &[ZoneLabel]) -> Letter {
    let zones = zones_by_block(text, labels);
    join(&Text::new(text), &zones, Some("en"), &Options::default())
}

#[test]
#[expect(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test of a file that may be absent"
)]
fn the_first_letter_is_joined_from_its_zones() {
    use ZoneLabel::*;
    let Some(file) =
        shared().map(|s| s.join("letters/2006-10-12_friends-of-korea.txt")).filter(|f| f.is_file())
    else {
        eprintln!("skipped: ../shared/letters is not there");
        return;
    };
    let text = std::fs::read_to_string(file).expect("a readable letter");
    let labels = [
        Letterhead, Letterhead, Dateline, Address, Address, Address, Address, Salutation, Body,
        Body, Body, Body, Close, Signature, Signature,
    ];
    let letter = read_blocks(&text, &labels);
    let [sender] = letter.senders.as_slice() else {
        panic!("expected one sender: {:#?}", letter.senders)
    };
    let [recipient] = letter.recipients.as_slice() else {
        panic!("expected one recipient: {:#?}", letter.recipients)
    };
    let body = "Co-ordinating Committee of Friends of Korea";
    assert_eq!(value(&sender.name), "Michael Chant");
    assert_eq!(value(&sender.role), "General Secretary");
    assert_eq!(value(&sender.organisation), body);
    let principal = sender.on_behalf_of.as_ref().expect("on behalf of");
    assert_eq!(principal.value, body);
    assert_eq!(principal.alternatives[0].value, "CCFK");
    assert_eq!(principal.evidence.len(), 2);
    let phones: Vec<_> = sender.contacts.iter().map(|c| (c.kind, c.value.as_str())).collect();
    assert_eq!(phones, [(ContactKind::Phone, "+447764288678")]);
    assert!(value(&sender.address).contains("170 Wandsworth Road"));
    assert_eq!(value(&recipient.name), "Kim Jong Il");
    assert_eq!(value(&recipient.form_of_address), "Comrade");
    assert_eq!(value(&recipient.role), "General Secretary");
    assert_eq!(value(&recipient.organisation), "Workers’ Party of Korea");
    assert_eq!(value(&recipient.address), "Democratic People’s Republic of Korea");
    assert_eq!(value(&letter.place), "London");
    let date = letter.date.expect("a date");
    assert_eq!(date.value, "2006-10-12");
    assert_eq!(date.parallel.len(), 1);
    assert_eq!(date.parallel[0].value, "2006");
}

#[test]
fn a_letter_without_zones_says_nothing() {
    let letter = join(&Text::new("   "), &[], None, &Options::default());
    assert!(letter.senders.is_empty() && letter.recipients.is_empty());
    assert_eq!(letter.date, None);
    assert_eq!(letter.place, None);
}

#[test]
fn a_clerk_signs_for_his_minister() {
    use ZoneLabel::*;
    let text = "Ministry of Harbours,\nLeith, 4 May 1921.\n\nSir,\n\nThe dredger is repaired.\n\nI am, Sir,\nyour obedient servant,\n\nfor the Minister of Harbours:\nJ. P. Hartley";
    let letter = read_blocks(text, &[Dateline, Salutation, Body, Close, Signature]);
    let sender = &letter.senders[0];
    assert_eq!(value(&sender.name), "J. P. Hartley");
    assert_eq!(value(&sender.on_behalf_of), "the Minister of Harbours");
    assert_eq!(value(&sender.organisation), "Ministry of Harbours");
    assert_eq!(value(&letter.place), "Leith");
    assert_eq!(letter.date.expect("a date").value, "1921-05-04");
    assert_eq!(value(&letter.recipients[0].form_of_address), "Sir");
    assert_eq!(letter.recipients[0].name, None);
}

#[test]
fn salutation_and_address_agree_on_one_recipient() {
    use ZoneLabel::*;
    let text = "Herrn Geheimrat Dr. Anton Weisskopf,\nDirektor der Sternwarte,\nLange Gasse 12\nWien\n\nLieber Weisskopf!\n\nDas Rohr ist fertig.\n\nDein\n\nFritz";
    let letter = read_blocks(text, &[Address, Salutation, Body, Close, Signature]);
    let [recipient] = letter.recipients.as_slice() else { panic!("{:#?}", letter.recipients) };
    assert_eq!(value(&recipient.name), "Anton Weisskopf");
    assert_eq!(value(&recipient.address), "Lange Gasse 12, Wien");
    assert_eq!(value(&letter.senders[0].name), "Fritz");
}

#[test]
fn a_note_of_receipt_in_a_dateline_is_not_the_date() {
    use ZoneLabel::*;
    let text = "Praes. 6. Juni 1812.\nBerlin, den 28. Mai 1812.\n\nHier die Liste.";
    let letter = read_blocks(text, &[Dateline, Body]);
    assert_eq!(letter.date.expect("a date").value, "1812-05-28");
}

#[test]
fn in_a_line_of_references_the_last_day_is_the_letters_own() {
    use ZoneLabel::{Body, Dateline};
    let read = |line: &str| {
        let text = format!("{line}\n\nThe bench stays where it is.");
        read_blocks(&text, &[Dateline, Body]).date.map(|d| d.value).unwrap_or_default()
    };
    assert_eq!(read("25 May 1999    -    BP/99-0871     18 May 1999"), "1999-05-18");
    assert_eq!(read("3 June 1921, received 5 June 1921"), "1921-06-03");
}

#[test]
fn a_date_without_a_year_stays_without_one_unless_a_hint_settles_it() {
    use ZoneLabel::*;
    let text = "Leith, 20 December\n\nThe dredger is repaired.";
    assert_eq!(read_blocks(text, &[Dateline, Body]).date.expect("a date").value, "XXXX-12-20");
    let zones = zones_by_block(text, &[Dateline, Body]);
    let options = Options { received: Some("1901-12-22".into()), ..Options::default() };
    let letter = join(&Text::new(text), &zones, Some("en"), &options);
    assert_eq!(letter.date.expect("a date").value, "1901-12-20");
}

#[test]
fn mail_heads_name_both_sides() {
    use ZoneLabel::*;
    let text = "From: Anna Keller <anna@mill.example>\nTo: Jonas Brandt <jonas@dock.example>\nSubject: the crane\n\nIt is repaired.";
    let letter = read_blocks(text, &[Other, Body]);
    assert_eq!(value(&letter.senders[0].name), "Anna Keller");
    assert_eq!(letter.senders[0].contacts[0].value, "anna@mill.example");
    assert_eq!(value(&letter.recipients[0].name), "Jonas Brandt");
}

#[test]
fn who_gets_a_copy_of_a_mail_reads_it_and_who_got_the_quoted_one_does_not() {
    use ZoneLabel::*;
    let text = "From: Anna Keller <anna@mill.example>\nTo: Jonas Brandt <jonas@dock.example>\nCc: Ida Holm \
                <ida@dock.example>\nSubject: the crane\n\nIt is repaired.\n\nFrom: Jonas Brandt\nTo: Otto Lind\n";
    let letter = read_blocks(text, &[Other, Body, Other]);
    let to: Vec<&str> = letter.recipients.iter().map(|r| value(&r.name)).collect();
    assert_eq!(to, ["Jonas Brandt", "Ida Holm"]);
    assert_eq!(letter.recipients[1].contacts[0].value, "ida@dock.example");
}

#[test]
fn a_body_whose_name_a_mail_turns_is_no_person() {
    use ZoneLabel::*;
    let text = "From: \"Lights, Northern\" <office@lights.example>\nTo: Jonas Brandt <jonas@dock.example>\n\
                Subject: the lamp\n\nIt is lit.\n\nNorthern Lights Board";
    let letter = read_blocks(text, &[Other, Body, Signature]);
    assert_eq!(letter.senders[0].name, None);
    assert_eq!(value(&letter.senders[0].organisation), "Northern Lights Board");
}

#[test]
fn a_family_name_that_ends_as_a_bank_does_is_a_name() {
    use ZoneLabel::*;
    let text = "From: Dr. Helen Marchbanks <helen@mill.example>\nTo: Jonas Brandt <jonas@dock.example>\n\
                Subject: the crane\n\nIt is repaired.\n\nHelen Marchbanks";
    let letter = read_blocks(text, &[Other, Body, Signature]);
    assert_eq!(value(&letter.senders[0].name), "Helen Marchbanks");
    assert_eq!(letter.senders[0].organisation, None);
}

#[test]
fn mail_heads_name_the_family_first() {
    use ZoneLabel::*;
    let text = "From: \"Keller, Anna (Works)\" <anna@mill.example>\nTo: Brandt, Jonas \
                <jonas@dock.example>, Ida Holm <ida@dock.example>\nSubject: the crane\n\nIt is repaired.";
    let letter = read_blocks(text, &[Other, Body]);
    assert_eq!(value(&letter.senders[0].name), "Keller, Anna");
    let to: Vec<&str> = letter.recipients.iter().map(|r| value(&r.name)).collect();
    assert_eq!(to, ["Brandt, Jonas", "Ida Holm"]);
}

#[test]
fn strange_text_is_no_error_in_any_zone() {
    for text in [
        "\u{202e}\u{0}\u{fffd}",
        "&&&& & &",
        "....,,,;;;\n\n\n",
        "'’'’ d’ ’d",
        "а́".repeat(50).as_str(),
        "von von von von",
        "i. A. p. p. for for",
    ] {
        for label in ZoneLabel::ALL {
            let span = Span::new(0, text.len());
            let zone = Zone { label, span, confidence: 0.5 };
            let letter = join(&Text::new(text), &[zone], None, &Options::default());
            for party in letter.senders.iter().chain(&letter.recipients) {
                assert!(party.name.as_ref().is_none_or(|n| !n.evidence.is_empty()));
            }
        }
    }
}

/// The value of the date, and what shows it.
fn date_of(letter: &Letter) -> (&str, Vec<&str>) {
    let date = letter.date.as_ref().expect("a date");
    (&date.value, date.evidence.iter().map(|e| e.quote.as_str()).collect())
}

#[test]
fn a_line_with_a_place_and_a_day_dates_a_letter_without_dateline() {
    use ZoneLabel::*;
    let text = "Received 16 May 1822.\n\nSir,\n\nThe books of 3 April 1822 are here.\n\nReading, 14 May 1822.\n\nMary Hale";
    let letter = read_blocks(text, &[Other, Salutation, Body, Other, Signature]);
    assert_eq!(date_of(&letter), ("1822-05-14", vec!["14 May 1822"]));
}

#[test]
fn a_hand_that_runs_on_dates_the_letter_in_the_last_sentence_of_its_body() {
    let labels = [ZoneLabel::Salutation, ZoneLabel::Body, ZoneLabel::Signature];
    let letter = |end: &str| {
        let body = "The ship sails tomorrow, and my brother goes with her.";
        read_blocks(&format!("Dear Sir,\n\n{body} {end}\n\nJohn Reed"), &labels)
    };
    assert_eq!(date_of(&letter("Bristol, 9 May 1787.")), ("1787-05-09", vec!["9 May 1787"]));
    assert_eq!(date_of(&letter("Farewell. Bristol, May 9. 1787")).0, "1787-05-09");
    assert_eq!(letter("She was launched here on 9 May 1787.").date, None);
    assert_eq!(letter("Bristol, 9 May 1787, was her first port.").date, None);
}

#[test]
fn running_text_and_receipts_do_not_date_a_letter() {
    use ZoneLabel::*;
    let text = "Received 16 May 1822.\n\nSir,\n\nI write of the books that were sent on the 3 April 1822 to you.\n\nMary Hale";
    let letter = read_blocks(text, &[Other, Salutation, Body, Signature]);
    assert_eq!(letter.date, None);
}

#[test]
fn a_year_on_the_next_line_completes_the_day_and_is_cited() {
    use ZoneLabel::*;
    let text = "Reading, May 14th\n\n1822\n\nDear Jane,\n\nAll are well.\n\nMary Hale";
    let letter = read_blocks(text, &[Dateline, Other, Salutation, Body, Signature]);
    assert_eq!(date_of(&letter), ("1822-05-14", vec!["May 14th", "1822"]));
}

#[test]
fn two_digits_take_their_century_from_the_page_only_where_it_has_one() {
    use ZoneLabel::*;
    let labels = [Dateline, Salutation, Body, Signature];
    let text = "Reading, 14.5.22\n\nDear Jane,\n\nThe roses of 1922 are out.\n\nMary Hale";
    assert_eq!(date_of(&read_blocks(text, &labels)), ("1922-05-14", vec!["14.5.22", "1922"]));
    let text = "Reading, 14.5.22\n\nDear Jane,\n\nThe roses of 1822 and of 1922.\n\nMary Hale";
    assert_eq!(date_of(&read_blocks(text, &labels)).0, "XX22-05-14");
}

#[test]
fn a_stroke_beside_an_american_town_has_the_month_first() {
    use ZoneLabel::*;
    let labels = [Dateline, Salutation, Body, Signature];
    let text = "Sheridan, Wyo., 4/9 1896\n\nDear Jane,\n\nAll are well.\n\nMary Hale";
    assert_eq!(date_of(&read_blocks(text, &labels)).0, "1896-04-09");
    let text = "4/9 1896\n\nDear Jane,\n\nAll are well.\n\nMary Hale";
    assert_eq!(date_of(&read_blocks(text, &labels)).0, "[1896-04-09,1896-09-04]");
}

#[test]
fn the_first_dateline_takes_its_year_from_a_later_one() {
    use ZoneLabel::*;
    let labels = [Dateline, Body, Dateline, Body];
    let text = "Paris, 7 October.\n\nI copy what was sent.\n\nParis, 3 October 1895\n\nSir, no.";
    let letter = read_blocks(text, &labels);
    assert_eq!(date_of(&letter), ("1895-10-07", vec!["7 October", "3 October 1895"]));
    // over the turn of the year
    let text = "11 January.\n\nI copy what was sent.\n\nParis, 23 December 1895\n\nSir, no.";
    assert_eq!(date_of(&read_blocks(text, &labels)).0, "1896-01-11");
    // half a year away it settles nothing
    let text = "7 May.\n\nI copy what was sent.\n\nParis, 3 December 1895\n\nSir, no.";
    assert_eq!(date_of(&read_blocks(text, &labels)).0, "1895-12-03");
}

#[test]
fn a_date_is_read_in_its_whole_line() {
    let text = "Lugduni prid. Kal. Maias 1622";
    let at = text.find("Kal.").expect("kalends");
    let zone = |label, start, end| Zone { label, span: Span::new(start, end), confidence: 1.0 };
    let zones = [zone(ZoneLabel::Other, 0, at), zone(ZoneLabel::Dateline, at, text.len())];
    let letter = join(&Text::new(text), &zones, Some("la"), &Options::default());
    // the day before 1 May, and no zone's Kalends
    assert_eq!(date_of(&letter), ("1622-04-30", vec!["prid. Kal. Maias 1622"]));
}

#[test]
fn a_town_is_near_another_and_no_letter_is_received() {
    use ZoneLabel::*;
    let text = "Mornex, près Lausanne, le 5 novembre 1871\n\nMonsieur,";
    let zones = zones_by_block(text, &[Dateline, Salutation]);
    let letter = join(&Text::new(text), &zones, Some("fr"), &Options::default());
    assert_eq!(date_of(&letter).0, "1871-11-05");
}

#[test]
fn words_that_a_scan_has_torn_are_joined_in_a_dateline() {
    use ZoneLabel::*;
    let text = "3 A p r i l 1916.\n\nDear Sir,";
    assert_eq!(date_of(&read_blocks(text, &[Dateline, Salutation])).0, "1916-04-03");
}

#[test]
fn two_days_of_writing_stay_two() {
    use ZoneLabel::*;
    let text = "Glarus, 12-13 May 1844\n\nDear Sir,";
    assert_eq!(date_of(&read_blocks(text, &[Dateline, Salutation])).0, "1844-05-12/1844-05-13");
}

#[test]
fn the_last_column_of_a_line_of_references_is_the_letter_s_own_day() {
    use ZoneLabel::*;
    let text = "Your letter of    Our sign    Hull\n28.04.2003        32.1-62          14 May 2003\n\nDear Sir,";
    assert_eq!(date_of(&read_blocks(text, &[Other, Salutation])).0, "2003-05-14");
}

/// The names and offices of both sides of a letter that is read as a whole.
fn parties(text: &str) -> [Vec<String>; 2] {
    let letter = crate::read_text(text, &Options::default());
    [&letter.senders, &letter.recipients].map(|side| {
        let say = |p: &Party| format!("{} ({})", value(&p.name), value(&p.role));
        side.iter().map(say).collect()
    })
}

#[test]
fn a_name_that_a_lines_end_breaks_is_one_recipient() {
    let text = "March 4, 1921\n\nDean Josiah\nMurray THORNLEY\nAston College\nHull\n\n\
        Dear Dean Thornley:\n\nI have read your report with much interest and shall write at \
        more length soon.\n\nSincerely yours,\nJohn Hadley\n";
    assert_eq!(parties(text)[1], ["Josiah Murray THORNLEY (Dean)"]);
    // two persons, each on a line, are two
    let text = text.replace("Josiah\nMurray THORNLEY", "Josiah\nPym Orme");
    assert!(!parties(&text)[1].iter().any(|p| p.contains("Josiah Pym")));
}

#[test]
fn a_family_name_before_the_comma_of_a_head_is_one_party() {
    let mail = "An: Keller, Anna\nVon: Weber, Karl\nDatum: 4. Mai 2009\nBetreff: Sitzung\n\n\
        Liebe Frau Keller,\ndie Sitzung ist am Montag.\nGruß\nKarl Weber\n";
    assert_eq!(parties(mail), [["Weber, Karl ()"], ["Keller, Anna ()"]]);
    // who is greeted by her first name may be one of two
    let mail = mail.replace("Liebe Frau Keller", "Liebe Anna");
    assert_eq!(parties(&mail)[1].len(), 2);
}

#[test]
fn what_the_letter_is_about_receives_nothing() {
    let text = "Ulm, den 4. Mai 1950\n\nBetr.: Lieferung von Ziegeln\nBezug: Ihr Schreiben vom \
                28.4.1950\n\nDie Ziegel liegen bereit.\n\nHochachtungsvoll\nKarl Weber";
    let letter = crate::read_text(text, &Options::default());
    assert!(letter.recipients.is_empty());
    let days: Vec<_> = letter.references.iter().map(|r| r.date.as_deref()).collect();
    assert_eq!(days, [Some("1950-04-28")]);
}

#[test]
fn a_minister_is_no_name_of_what_he_ministers() {
    let text = "Ministerie van Koloniën\nAfd. B\nNo. 345\n\n's-Gravenhage, 12 Mei 1908\n\n\
        Ik heb de eer Uwer Excellentie mede te deelen dat het verzoek van den heer Bakker is \
        afgewezen.\n\nDe Minister van Koloniën,\nTerbeek\n";
    assert_eq!(parties(text), [vec!["Terbeek (Minister van Koloniën)".to_owned()], vec![]]);
}

#[test]
fn a_heading_names_who_holds_the_office_that_writes() {
    let body = "\n\nBangkok, May 3, 1917.\n\nYour 47. I have delivered the note to the Minister.\n";
    let of = |heading: &str| parties(&format!("{heading}{body}"));
    assert_eq!(of("Ambassador Orme to the Secretary of State")[0], ["Orme (Ambassador)"]);
    let small = of("Le consul de France à Smyrne au ministre des Affaires étrangères.");
    assert_eq!(small[0], [" (consul de France à Smyrne)"]);
    assert_eq!(small[1], [" (ministre des Affaires étrangères)"]);
    let both = of("The Minister in Siam (Halford) to the Secretary of State (Orme)");
    assert_eq!(both, [["Halford (Minister in Siam)"], ["Orme (Secretary of State)"]]);
}

#[test]
fn who_signs_and_writes_on_is_read_within_the_foot() {
    let signs = |foot: &str| {
        let text = format!(
            "Lieber Paul, die Kiste ist gestern gut angekommen, und alle\nBecher sind heil. {foot}"
        );
        parties(&text)[0].clone()
    };
    assert_eq!(
        signs("Dein Konrad.\nMöchten die anderen ebenso heil sein, wenn sie\nkommen, und bald."),
        ["Konrad ()"]
    );
    assert_eq!(signs("Dein alter Konrad, mit\nvielen Grüßen von Haus zu Haus."), ["Konrad ()"]);
    // no formula, and a sentence that goes on
    assert_ne!(signs("Dein Konrad kam auch.\nMöchten die anderen kommen."), ["Konrad ()"]);
}

#[test]
fn a_note_may_name_its_writer_alone() {
    let note = "Peking, December 14, 1881.\n\nPrince Orlo, Secretary of State for war, herewith \
        makes a communication in reply:\n\nI have received your dispatch of the 8th instant about \
        the lines, and have given orders.\n\nTo his Excellency Henry Crane, Minister of Liberia.";
    let [writes, reads] = parties(note);
    assert_eq!(writes, ["Orlo (Secretary of State for war)"]);
    assert_eq!(reads, ["Henry Crane (Minister of Liberia)"]);
    let letter = crate::read_text(
        "Note Verbale\n\nThe Foreign Office has the honor to inform the Embassy of Liberia, in response to its \
         note of May 16, that the tax is lifted.\n\nBerlin, September 3, 1924.",
        &Options::default(),
    );
    let body = |side: &[Party]| value(&side[0].organisation).to_owned();
    assert_eq!(body(&letter.senders), "Foreign Office");
    assert_eq!(body(&letter.recipients), "Embassy of Liberia");
}

#[test]
fn a_family_that_is_a_common_word_may_stand_within_a_name() {
    let text = "Lima, April 2, 1901.\n\nSir: I have the honor to inform you of the arrival of the \
        ship.\n\nI have, etc.,\n\nWalter Page Norton.";
    assert_eq!(parties(text)[0], ["Walter Page Norton ()"]);
}

#[test]
fn a_small_article_opens_the_address_of_a_body() {
    let body = |head: &str| {
        let text = format!(
            "{head}\n\n13. Juni 1930\n\nIhre Zuschrift vom 2. Juni habe ich erst gestern erhalten \
             und werde sie beantworten.\n\nHochachtungsvoll"
        );
        let letter = crate::read_text(&text, &Options::default());
        let of = |side: &[Party]| side.first().map_or("", |p| value(&p.organisation)).to_owned();
        [of(&letter.senders), of(&letter.recipients)]
    };
    let [writes, reads] = body("die\nDirektion der Vereinigten Bühnen\nLübeck");
    assert_eq!([&*writes, &*reads], ["", "Direktion der Vereinigten Bühnen"]);
    // a letterhead has its article with a capital, if any
    assert_eq!(body("Direktion der Vereinigten Bühnen\nLübeck")[1], "");
}

#[test]
fn a_town_alone_above_the_reader_is_where_it_was_written() {
    let read = |gap: &str| {
        let text = format!(
            "Graz{gap}Herrn\nDr. Max Hirt,\nRechtsanwalt\nGartengasse 30\nLinz\n\n2. April 1929\n\n\
             Sehr geehrter Herr Kollege!\n\nIch überweise Ihnen heute durch die Post den Betrag.\n\n\
             Hochachtungsvoll\nKarl Weber"
        );
        value(&crate::read_text(&text, &Options::default()).place).to_owned()
    };
    assert_eq!(read("\n\n"), "Graz");
    assert_eq!(read(", "), "");
}

#[test]
fn words_that_an_editor_completes_are_read_whole() {
    let text = "Boston Feb[ruar]y 3d 1776\n\nD[ea]r Sir\n\nI rec[eive]d your l[ette]r of the 20th \
        Jan[uar]y, and shall send the powder by the first post.\n\nI am S[i]r your most ob[edien]t \
        h[um]ble Serv[an]t\n\nW[illia]m H[ollis]";
    let letter = crate::read_text(text, &Options::default());
    assert_eq!(letter.date.as_ref().map(|d| &*d.value), Some("1776-02-03"));
    assert_eq!(value(&letter.senders[0].name), "W[illia]m H[ollis]");
    let days: Vec<_> = letter.references.iter().map(|r| r.date.as_deref()).collect();
    assert_eq!(days, [Some("1776-01-20")]);
    assert!(letter.acts.iter().any(|a| a.act == crate::record::ActKind::Acknowledge));
}

#[test]
fn a_name_written_on_to_the_word_before_it_is_a_name() {
    let signs = |foot: &str| {
        let text = format!(
            "Wien, 4. Mai 1910\n\nLieber Freund,\n\nich komme am Montag in die Stadt und bringe \
             das Buch.\n\n{foot}"
        );
        parties(&text)[0].clone()
    };
    assert_eq!(signs("Herzlichst\nIhrHugo"), ["Hugo ()"]);
    assert_eq!(signs("Ihr sehr ergebener\nDrWeber"), ["Weber ()"]);
    assert_eq!(signs("Ihr\nMacDonald"), ["MacDonald ()"]);
}

#[test]
fn a_sentence_that_begins_like_a_dateline_says_no_place_where_a_dateline_does() {
    let place = |foot: &str| {
        let text =
            format!("We met.\n\nIn Hollin Wood 1815. the men left, and all was still.\n\n{foot}");
        let at = |label, said: &str| {
            let start = text.find(said).expect("words of the text");
            Zone { label, span: Span::new(start, start + said.len()), confidence: 1.0 }
        };
        let zones = [
            at(ZoneLabel::Body, "We met."),
            at(ZoneLabel::Dateline, "In Hollin Wood 1815."),
            at(ZoneLabel::Body, "the men left, and all was still."),
            at(ZoneLabel::Dateline, foot),
        ];
        let letter = join(&Text::new(&text), &zones, Some("en"), &Options::default());
        value(&letter.place).to_owned()
    };
    assert_eq!(place("Leeds, 4 May 1816"), "Leeds");
    assert_eq!(place("4 May 1816"), "Hollin Wood");
}

/// The date of a letter in a language with nothing but a dateline.
fn dated(language: &str, dateline: &str) -> LetterDate {
    let text = format!("{dateline}\n\nWe met.");
    let span = Span::new(0, dateline.len());
    let zones = [Zone { label: ZoneLabel::Dateline, span, confidence: 1.0 }];
    let letter = join(&Text::new(&text), &zones, Some(language), &Options::default());
    letter.date.expect("a date")
}

#[test]
fn a_letter_from_a_town_of_the_julian_calendar_may_be_dated_by_it() {
    let old = dated("fr", "Stockholm, 6 février 1690.");
    assert_eq!(old.value, "1690-02-06");
    assert_eq!(old.alternatives[0].value, "1690-02-16");
    assert!(old.confidence < 0.7);
    assert!(dated("fr", "Paris, 6 février 1690.").alternatives.is_empty());
    assert!(dated("fr", "Stockholm, 6 février 1790.").alternatives.is_empty());
}

#[test]
fn an_english_letter_may_be_in_the_old_style_until_1752_wherever_it_is_from() {
    for place in ["Rackham Creek, ", "Paris, ", ""] {
        let old = dated("en", &format!("{place}9 June 1687."));
        assert_eq!((&*old.value, &*old.alternatives[0].value), ("1687-06-09", "1687-06-19"));
        assert!(old.confidence < 0.7);
    }
    assert!(dated("en", "Rackham Creek, 9 June 1787.").alternatives.is_empty());
    assert!(dated("en", "9 June 1687, N. S.").alternatives.is_empty());
}

#[test]
fn a_dash_may_join_the_two_styles_of_one_day() {
    let read = |town: &str| {
        let text = format!(
            "{town}, January 2–14, 1882.\n\nExcellency: In my note of December 9–21 last, I had the \
             honor to inform your excellency of the loss of the ship.\n\nI beg to assure you, \
             &c.\n\nWALTER HALE."
        );
        let letter = crate::read_text(&text, &Options::default());
        letter.date.map(|d| d.value).unwrap_or_default()
    };
    assert_eq!(read("St. Petersburg"), "1882-01-14");
    assert_eq!(read("Leeds"), "1882-01-02/1882-01-14");
}

#[test]
fn a_feast_may_be_that_of_the_old_style_too() {
    // Easter of 1688 was on 15 April by the old reckoning and on 18 April by the new
    let old = dated("en", "Rackham Hall, Easter Monday 1688");
    assert_eq!((&*old.value, &*old.alternatives[0].value), ("1688-04-19", "1688-04-26"));
}

#[test]
fn recipients_of_a_mail_go_on_in_indented_lines() {
    use ZoneLabel::*;
    let text = "From: Ann Lowe <ann@lowe.example>\nTo: Tom Orme <tom@orme.example>,\n  \
                Carl Pym <carl@pym.example>,\n  Dora Hale <dora@hale.example>\n\
                Subject: The roof\n\nIt leaks.";
    let letter = read_blocks(text, &[Other, Body]);
    let names: Vec<&str> = letter.recipients.iter().map(|party| value(&party.name)).collect();
    assert_eq!(names, ["Tom Orme", "Carl Pym", "Dora Hale"]);
}

#[test]
fn the_office_behind_a_name_that_nobody_knows_is_not_the_writers() {
    use ZoneLabel::*;
    // Peel is a town as well
    let text = "THE GRAND HOTEL\nW. Peel, Proprietor.\n\nIt leaks.\n\nAda";
    let letter = read_blocks(text, &[Letterhead, Body, Signature]);
    assert_eq!(value(&letter.senders[0].name), "Ada");
    assert_eq!(value(&letter.senders[0].role), "");
}

#[test]
fn the_line_of_labels_says_which_letter_is_answered() {
    use ZoneLabel::*;
    let text = "Your letter of     Our ref.     Date\n2 March 1961       b-r          9 March \
                1961\n\nThe roof leaks.";
    let letter = read_blocks(text, &[Other, Body]);
    let dates: Vec<_> = letter.references.iter().map(|r| r.date.as_deref()).collect();
    assert_eq!(dates, [Some("1961-03-02")]);
}
