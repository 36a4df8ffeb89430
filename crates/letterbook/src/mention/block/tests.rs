use super::*;
use crate::mention::stretch::words;

/// The pieces of a block in short: `person` `role` `body` `for` `street` `town` `country`.
fn check(block: Block, text: &str, expected: &[(&str, &str)]) {
    let words = words(text, Span::new(0, text.len()), None);
    let got: Vec<(&str, &str)> = pieces(text, &words, block)
        .iter()
        .map(|piece| {
            let (kind, span) = match piece {
                Piece::Person(name) => ("person", name.span),
                Piece::Role(s) => ("role", *s),
                Piece::Body(s) => ("body", *s),
                Piece::Principal(s) => ("for", *s),
                Piece::Street(s) => ("street", *s),
                Piece::Town(s) => ("town", *s),
                Piece::Country(s) => ("country", *s),
            };
            (kind, &text[span.start..span.end])
        })
        .collect();
    assert_eq!(got, expected, "{text}");
}

#[test]
fn a_signature_names_person_and_office() {
    check(
        Block::Signature,
        "Komai Jutaro,\nMinister for Foreign Affairs.",
        &[("person", "Komai Jutaro"), ("role", "Minister for Foreign Affairs")],
    );
    check(Block::Signature, "gehorsamster Diener Anton Weber", &[("person", "Anton Weber")]);
    check(Block::Signature, "F. & B.", &[("person", "F"), ("person", "B")]);
    check(Block::Signature, "S. L. HARPER.", &[("person", "S. L. HARPER")]);
    check(Block::Signature, "Philander L. Cable", &[("person", "Philander L. Cable")]);
}

#[test]
fn whom_an_office_serves_and_of_which_land_it_is_belongs_to_it() {
    check(
        Block::Address,
        "Monsieur de Valmont, chambellan de Sa Majesté Impériale\nà Vienne",
        &[
            ("person", "de Valmont"),
            ("role", "chambellan de Sa Majesté Impériale"),
            ("town", "Vienne"),
        ],
    );
    check(Block::Address, "Herrn Preußischen Gesandten", &[("role", "Preußischen Gesandten")]);
    check(
        Block::Signature,
        "Franz Lenz,\nKgl. Bayer. Oberförster",
        &[("person", "Franz Lenz"), ("role", "Kgl. Bayer. Oberförster")],
    );
    check(
        Block::Signature,
        "Jan Sowiński,\nPodstoli Wołyński.",
        &[("person", "Jan Sowiński"), ("role", "Podstoli Wołyński")],
    );
    check(Block::Signature, "E. Excell:s\nKarl Lind", &[("person", "Karl Lind")]);
}

#[test]
fn a_signature_says_for_whom() {
    check(
        Block::Signature,
        "For the Colonial Secretary:\nJ. Marsh",
        &[("for", "the Colonial Secretary"), ("person", "J. Marsh")],
    );
    check(
        Block::Signature,
        "Pour le Ministre et par délégation,\nPaul Blanc",
        &[("for", "le Ministre"), ("person", "Paul Blanc")],
    );
    check(
        Block::Signature,
        "Für den Vorstand\nKarl Weber",
        &[("for", "den Vorstand"), ("person", "Karl Weber")],
    );
    check(
        Block::Signature,
        "John Ballard for\nthe Harbour Board",
        &[("person", "John Ballard"), ("for", "the Harbour Board")],
    );
}

#[test]
fn article_and_title_are_no_part_of_an_office() {
    check(Block::Address, "Madame la Directrice des Postes", &[("role", "Directrice des Postes")]);
    check(Block::Address, "The Secretary,\nCardiff", &[("role", "Secretary"), ("town", "Cardiff")]);
    check(
        Block::Signature,
        "Karl Weber\n1. Vorsitzender",
        &[("person", "Karl Weber"), ("role", "1. Vorsitzender")],
    );
}

#[test]
fn firms_have_commas_and_ampersands_and_and_so_on_is_none() {
    check(Block::Address, "Petersen, Lund & Co.", &[("body", "Petersen, Lund & Co")]);
    check(Block::Address, "James Pike, Esq., &c., &c.", &[("person", "James Pike")]);
    check(Block::Address, "Dale, Bros. & Co.", &[("body", "Dale, Bros. & Co")]);
    check(Block::Signature, "for Dale, Orme & Co.", &[("for", "Dale, Orme & Co")]);
    // a name that ends as a German street does
    check(Block::Address, "Messrs. Waring & Co.", &[("body", "Waring & Co")]);
}

#[test]
fn towns_stand_beside_their_postcodes() {
    check(
        Block::Letterhead,
        "3 rue du Puits, 29300 Quimper",
        &[("street", "3 rue du Puits"), ("town", "Quimper")],
    );
    check(
        Block::Letterhead,
        "Siège : Tour de l'Argenterie, 35500 Vitré",
        &[("street", "Tour de l'Argenterie"), ("town", "Vitré")],
    );
}

#[test]
fn a_line_of_the_close_may_speak_for_an_office() {
    let principal = |text: &str| {
        let words = words(text, Span::new(0, text.len()), None);
        principal_line(text, &words).map(|s| text[s.start..s.end].to_owned())
    };
    assert_eq!(
        principal("Yours faithfully,\nFor the Colonial Secretary").as_deref(),
        Some("the Colonial Secretary")
    );
    assert_eq!(
        principal("Yours faithfully,\nfor HALE & SONS LTD.,").as_deref(),
        Some("HALE & SONS LTD")
    );
    assert_eq!(principal("For your kindness I thank the Board."), None);
    assert_eq!(principal("Yours,\nfor the kind attention of the Board"), None);
    assert_eq!(principal("Yours truly"), None);
}

#[test]
fn initials_are_no_street_and_no_quarter_of_a_town() {
    // Harlan is a town, "E" a quarter, and "C. E." is short for a civil engineer
    for name in ["C. E. Harlan", "C. P. Harlan", "E. Harlan"] {
        let address = format!("{name}, Esq.,\nBurlington, Iowa");
        let expected = [("person", name), ("town", "Burlington"), ("country", "Iowa")];
        check(Block::Address, &address, &expected);
    }
    check(
        Block::Address,
        "Herrn Karl Weber\nWien IX",
        &[("person", "Karl Weber"), ("town", "Wien")],
    );
}

#[test]
fn what_stands_behind_a_name_is_no_second_person() {
    check(
        Block::Address,
        "James Lowe, Esq.\nBristol",
        &[("person", "James Lowe"), ("town", "Bristol")],
    );
    check(
        Block::Address,
        "Herrn Karl Weber\nExcellenz\nHalle",
        &[("person", "Karl Weber"), ("town", "Halle")],
    );
    for block in [Block::Address, Block::Signature] {
        for letters in ["F.R.S.", "D.S.O.", "C.I.E., I.C.S."] {
            check(block, &format!("Sir John Lowe, {letters}"), &[("person", "John Lowe")]);
        }
    }
    check(Block::Signature, "George Bell, Jr.", &[("person", "George Bell, Jr")]);
    check(
        Block::Signature,
        "George Bell,\nAsst. Adjt. Genl.",
        &[("person", "George Bell"), ("role", "Asst. Adjt. Genl")],
    );
    check(Block::Signature, "Anna Weber, geb. Moll", &[("person", "Anna Weber, geb. Moll")]);
}

#[test]
fn a_board_signs_in_a_row_and_first_names_are_cut_short() {
    check(
        Block::Signature,
        "Ziegler. Brandt. Meinicke.",
        &[("person", "Ziegler"), ("person", "Brandt"), ("person", "Meinicke")],
    );
    check(Block::Signature, "Joh. Friedr. Weber", &[("person", "Joh. Friedr. Weber")]);
    check(
        Block::Signature,
        "A. Weber. K. Moll. F. Lang.",
        &[("person", "A. Weber"), ("person", "K. Moll"), ("person", "F. Lang")],
    );
    check(
        Block::Signature,
        "Th. Weber, Vorsitzender. K. Moll, Schriftführer.",
        &[
            ("person", "Th. Weber"),
            ("role", "Vorsitzender"),
            ("person", "K. Moll"),
            ("role", "Schriftführer"),
        ],
    );
}

#[test]
fn whoever_signs_for_another_is_not_the_other() {
    check(Block::Signature, "Im Auftrage: von Moll.", &[("person", "von Moll")]);
    check(
        Block::Signature,
        "Der Minister des Innern.\nvon Moll.",
        &[("role", "Minister des Innern"), ("person", "von Moll")],
    );
    let deputy =
        |text: &str| deputy_line(&words(text, Span::new(0, text.len()), Some("de"))).is_some();
    assert!(deputy("Der Landrat.\nI. V.\nMoll"));
    assert!(deputy("Der Landrat.\nIm Auftrage: Dr. Moll"));
    assert!(!deputy("Im Auftrage des Ministers\nMoll"));
    assert!(!deputy("Der Landrat.\nMoll"));
}

#[test]
fn the_name_of_a_ministry_goes_on_over_a_comma() {
    for name in [
        "Ministerium der geistlichen, Schul- und Medizinal-Sachen",
        "Ministère de l'agriculture, du commerce et des travaux publics",
        "Ministry of Food, Fisheries and Forests",
    ] {
        check(Block::Letterhead, name, &[("body", name)]);
    }
    check(
        Block::Address,
        "The Board of Works, Leeds",
        &[("body", "The Board of Works"), ("town", "Leeds")],
    );
}

#[test]
fn offices_of_towns_and_their_adjectives_are_no_names() {
    check(Block::Address, "An den Maire von Trier", &[("role", "Maire von Trier")]);
    check(Block::Address, "An den Königlichen Landrat Herrn von Moll", &[("person", "von Moll")]);
    check(
        Block::Address,
        "Sir John Lowe, Governor of Barton",
        &[("person", "John Lowe"), ("role", "Governor of Barton")],
    );
}

#[test]
fn two_of_one_title_are_two_though_one_is_called_as_a_king() {
    check(Block::Address, "MM. Rey et Morel", &[("person", "Rey"), ("person", "Morel")]);
    check(Block::Signature, "A. Cousin", &[("person", "A. Cousin")]);
    check(
        Block::Signature,
        "A. MOREL,\nde l'Institut.",
        &[("person", "A. MOREL"), ("body", "Institut")],
    );
}

#[test]
fn the_year_in_which_a_firm_was_founded_is_no_part_of_it() {
    check(Block::Letterhead, "Maison fondée en 1842", &[]);
    check(Block::Letterhead, "Alder Bank established 1842", &[("body", "Alder Bank")]);
}

#[test]
fn a_state_behind_its_town_is_nobody() {
    check(
        Block::Address,
        "The Secretary of War,\nWashington, D. C.",
        &[("role", "Secretary of War"), ("town", "Washington"), ("country", "D. C")],
    );
    check(
        Block::Address,
        "The Marquis of Selby,\nOdessa",
        &[("person", "Marquis of Selby"), ("town", "Odessa")],
    );
}

#[test]
fn a_file_number_is_no_house() {
    check(
        Block::Letterhead,
        "Ministerium des Innern\nNr. 2417",
        &[("body", "Ministerium des Innern")],
    );
    check(
        Block::Letterhead,
        "Ministerium des Innern\nII A 3 - 28/51",
        &[("body", "Ministerium des Innern")],
    );
    check(
        Block::Address,
        "Ministerium des Innern\nAz. II B 7/3",
        &[("body", "Ministerium des Innern")],
    );
    check(Block::Letterhead, "12 Mill Road, Hull", &[("street", "12 Mill Road"), ("town", "Hull")]);
    check(Block::Letterhead, "IX/3, Hull", &[("street", "IX/3"), ("town", "Hull")]);
}

#[test]
fn a_line_that_says_to_stands_above_a_firm() {
    let firm = ("body", "Petersen, Lund & Co");
    check(Block::Address, "To\nMessrs. Petersen, Lund & Co.", &[firm]);
    check(Block::Address, "Messrs. Petersen, Lund & Co.", &[firm]);
}

#[test]
fn a_town_of_two_words_may_end_the_line_of_the_name() {
    let weber = ("person", "Karl Weber");
    check(Block::Address, "Herrn Karl Weber Bad Homburg", &[weber, ("town", "Bad Homburg")]);
    check(Block::Address, "Mr. Karl Weber New York", &[weber, ("town", "New York")]);
    check(Block::Address, "Herrn Karl August Weber", &[("person", "Karl August Weber")]);
}

#[test]
fn a_hyphen_parts_a_word_at_the_end_of_a_line() {
    check(
        Block::Address,
        "An die Bezirks-\nhauptmannschaft\nGmunden",
        &[("body", "Bezirks-\nhauptmannschaft"), ("town", "Gmunden")],
    );
    check(Block::Signature, "Karl Wolf-\ngang", &[("person", "Karl Wolf-\ngang")]);
    let two = "Unterrichts-\nund Bauwesen";
    assert!(join_parted(two, &words(two, Span::new(0, two.len()), None)).is_none());
}

#[test]
fn brothers_and_two_names_are_a_firm() {
    check(Block::Address, "MM. Roux frères", &[("body", "Roux frères")]);
    check(Block::Signature, "Vincent frères", &[("body", "Vincent frères")]);
    check(
        Block::Address,
        "Herren Breit & Hartung in Leipzig",
        &[("body", "Breit & Hartung"), ("town", "Leipzig")],
    );
    // the son of the same name is a person, and so are a man and his wife
    check(Block::Signature, "Durand fils", &[("person", "Durand fils")]);
    check(Block::Address, "Mr. & Mrs. Brown", &[("person", "Brown")]);
}

#[test]
fn a_pair_with_one_family_name_and_a_bishop_of_two_sees_are_no_firms() {
    check(Block::Signature, "John & Mary Bell", &[("person", "John"), ("person", "Mary Bell")]);
    check(
        Block::Signature,
        "Edward & Kate Lisle",
        &[("person", "Edward"), ("person", "Kate Lisle")],
    );
    check(Block::Signature, "William & Thomas Harker", &[("body", "William & Thomas Harker")]);
    check(Block::Signature, "J. B. BATH & WELLS", &[("person", "J. B. BATH & WELLS")]);
    check(Block::Signature, "J. B. Harker & Dale", &[("body", "J. B. Harker & Dale")]);
}

#[test]
fn a_line_end_may_break_a_signers_name() {
    check(
        Block::Signature,
        "Juan de la Vega y\nMendoza",
        &[("person", "Juan de la Vega y\nMendoza")],
    );
    check(Block::Signature, "Anna\nMaria", &[("person", "Anna"), ("person", "Maria")]);
    check(Block::Signature, "Hale\nOrme", &[("person", "Hale"), ("person", "Orme")]);
}

#[test]
fn signers_stand_in_one_line_behind_a_dash_or_a_full_stop() {
    check(Block::Signature, "DURAND. — PETIT.", &[("person", "DURAND"), ("person", "PETIT")]);
    check(
        Block::Signature,
        "Joh. Chr. Kessler. G. F. Anders.",
        &[("person", "Joh. Chr. Kessler"), ("person", "G. F. Anders")],
    );
    check(Block::Signature, "W. Hale. Smith", &[("person", "W. Hale. Smith")]);
}

#[test]
fn a_given_name_is_cut_short_though_it_is_a_word() {
    check(Block::Signature, "Ja. Boswin", &[("person", "Ja. Boswin")]);
    check(Block::Signature, "Will. Hale", &[("person", "Will. Hale")]);
}

#[test]
fn who_signs_per_procuration_signs_for_a_firm() {
    check(
        Block::Signature,
        "P. p. de Marchand et Cie :\nLouis Roche",
        &[("for", "Marchand et Cie"), ("person", "Louis Roche")],
    );
    check(Block::Signature, "P. P. Marchand", &[("person", "P. P. Marchand")]);
}

#[test]
fn the_house_of_the_reader_and_how_the_letter_went_are_no_bodies() {
    check(
        Block::Address,
        "Monsieur Perrin,\nen son hôtel,\nà Lyon",
        &[("person", "Perrin"), ("street", "en son hôtel"), ("town", "Lyon")],
    );
    check(Block::Address, "Messrs. Dale & Co.\nper Packet", &[("body", "Dale & Co")]);
}

#[test]
fn an_adjective_belongs_to_the_office_and_a_rulers_service_names_nobody() {
    check(
        Block::Address,
        "The Executive Engineer,\nHull",
        &[("role", "Executive Engineer"), ("town", "Hull")],
    );
    check(
        Block::Address,
        "Mr. Harold Pease, Purchasing Agent",
        &[("person", "Harold Pease"), ("role", "Purchasing Agent")],
    );
    check(
        Block::Address,
        "James Orme, Esq;\nCollector of His Majesty's Customs",
        &[("person", "James Orme"), ("role", "Collector of His Majesty's Customs")],
    );
}

#[test]
fn whoever_masters_the_ship_that_takes_a_letter_is_no_reader() {
    let reader = ("person", "Abel Thorne");
    for way in [
        "Per the Dolphin, Capt. Rusk",
        "by the Dolphin, Captain John Rusk",
        "p. the ship Dolphin, Capt. Rusk",
        "⅌ Capt. Rusk",
        "per brig Two Sisters",
        "par le navire le Dauphin, capitaine Rusk",
        "por el vapor Delfín, capitán Rusk",
    ] {
        check(Block::Address, &format!("Mr. Abel Thorne\n{way}"), &[reader]);
    }
    check(Block::Address, "To Captain Abel Thorne", &[reader]);
    check(
        Block::Address,
        "Mr. Abel Thorne,\nMerchant in Hull\nby the Dolphin, Capt. Rusk",
        &[reader, ("role", "Merchant"), ("town", "Hull")],
    );
}

#[test]
fn whose_house_the_reader_lives_in_is_where_he_is() {
    let thorne = ("person", "Abel Thorne");
    for house in [
        "at Mr. Rusk's",
        "at the Rev. Mr. Rusk’s",
        "to be left with Mrs. Rusk",
        "bei Herrn Kaufmann Rusk",
        "presso il Sig. Rusk",
    ] {
        check(Block::Address, &format!("Mr. Abel Thorne,\n{house}"), &[thorne, ("street", house)]);
    }
    check(Block::Address, "Mr. Abel Thorne,\naux soins de M. Rusk", &[thorne]);
    check(
        Block::Address,
        "Mr. Abel Thorne at Mr. Rusk's, Bookseller, Hull",
        &[thorne, ("street", "at Mr. Rusk's"), ("town", "Hull")],
    );
    for host in ["chez M. Rusk", "bei Herrn Rusk", "chez Rusk", "en casa de don Luis Rusk"] {
        check(
            Block::Address,
            &format!("Mr. Abel Thorne,\n{host}, libraire"),
            &[thorne, ("street", host)],
        );
    }
    check(Block::Address, "Mr. Abel Thorne, Bookseller", &[thorne, ("role", "Bookseller")]);
    check(
        Block::Address,
        "Mr. Abel Thorne, avocat\nchez Monsieur Rusk",
        &[thorne, ("role", "avocat"), ("street", "chez Monsieur Rusk")],
    );
}

#[test]
fn a_trade_below_the_name_is_its_bearers() {
    for trade in ["Tonsetzer", "Kunstmaler", "négociant", "sculpteur", "Escultor", "Incisore"] {
        check(
            Block::Signature,
            &format!("Paul Orth\n{trade}"),
            &[("person", "Paul Orth"), ("role", trade)],
        );
    }
    check(
        Block::Signature,
        "Paul Orth\nKarl Miller",
        &[("person", "Paul Orth"), ("person", "Karl Miller")],
    );
}

#[test]
fn letters_of_a_rank_below_the_name_are_no_second_signer() {
    for rank in ["B. Genl", "Q. M. Genl", "A. D. C", "Lt. Col. Comdg"] {
        check(
            Block::Signature,
            &format!("Seth Rusk\n{rank}."),
            &[("person", "Seth Rusk"), ("role", rank)],
        );
    }
    check(
        Block::Signature,
        "Seth Rusk\nB. Gerrish",
        &[("person", "Seth Rusk"), ("person", "B. Gerrish")],
    );
}

#[test]
fn an_office_that_begins_with_lord_keeps_it() {
    for office in [
        "Lord Advocate",
        "Lord Justice Clerk",
        "Lord President",
        "Lord Privy Seal",
        "Lord Lieutenant of Ireland",
    ] {
        check(Block::Address, &format!("The {office}"), &[("role", office)]);
    }
    check(Block::Address, "Lord Rusk", &[("person", "Rusk")]);
}

#[test]
fn an_and_so_on_is_no_part_of_a_body() {
    check(
        Block::Address,
        "To Seth Rusk Esqr.\nGovernor &ca. Council at Fort Orme",
        &[("person", "Seth Rusk"), ("role", "Governor"), ("body", "Council at Fort Orme")],
    );
}

#[test]
fn a_company_has_its_form_behind_a_comma() {
    for firm in [
        "Minera del Llano, S. A",
        "Minera del Llano, S.A",
        "Calder Mills, Ltd",
        "Harker Brothers, Limited",
        "Orme Steel, Inc",
        "Lindner Maschinen, A.-G",
        "Lindner Maschinen, GmbH",
        "Morel, & Cie",
        "Ferri Tessuti, S.p.A",
        "Ferri Tessuti, S. r. l",
        "Hoek Scheepsbouw, N. V",
        "Minera del Llano, S. A. de C. V",
    ] {
        let block = format!("{firm}.\nJulio Prado");
        check(Block::Signature, &block, &[("body", firm), ("person", "Julio Prado")]);
        check(Block::Address, &format!("{firm}.\nUlm"), &[("body", firm), ("town", "Ulm")]);
    }
}
