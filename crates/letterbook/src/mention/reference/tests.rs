use super::*;
use crate::mention::frame::grammar;
use crate::text::Text;

/// The references of `text`, where `dates` are words of it and what they mean.
fn references(language: &str, text: &str, dates: &[(&str, &str)]) -> Vec<String> {
    let grammar = grammar(language).expect("a language with tables");
    let words = grammar.words(&Text::new(text), Span::new(0, text.len()));
    let matches = grammar.matches(&words);
    let dates: Vec<DateInText> = dates
        .iter()
        .map(|&(said, value)| {
            let start = text.find(said).expect("a date of the text");
            let span = Span::new(start, start + said.len());
            let value = Some(value.to_owned());
            DateInText { span, value, is_yearless: false, confidence: 1.0 }
        })
        .collect();
    find_references(text, grammar, &words, &matches, &dates, None, |_| None)
        .iter()
        .map(|r| {
            format!(
                "{:?} {:?} {} {} [{}]",
                r.kind,
                r.from.unwrap_or(ReferenceFrom::Other),
                r.date.as_deref().unwrap_or("-"),
                r.number.as_deref().unwrap_or("-"),
                &text[r.span.start..r.span.end]
            )
        })
        .collect()
}

#[test]
fn scandinavian_letters_say_whose_letter_they_answer() {
    let da = references("da", "Deres Skrivelse af 3. ds. er her.", &[("3. ds.", "1897-11-03")]);
    assert_eq!(da, ["Letter Recipient 1897-11-03 - [Deres Skrivelse af 3. ds.]"]);
    let sv = references("sv", "I mitt brev av den 4 maj", &[("den 4 maj", "1871-05-04")]);
    assert_eq!(sv, ["Letter Sender 1871-05-04 - [mitt brev av den 4 maj]"]);
    assert!(references("da", "Jeg venter Svar inden 20. ds.", &[]).is_empty());
}

#[test]
fn an_address_between_commas_does_not_part_a_letter_from_its_day() {
    let text = "Ihren lieben Brief, mein Freund, vom 3ten habe ich gelesen.";
    assert_eq!(
        references("de", text, &[("3ten", "1850-05-03")]),
        ["Letter Recipient 1850-05-03 - [Ihren lieben Brief, mein Freund, vom 3ten]"]
    );
}

#[test]
fn joined_numbers_are_a_letter_each() {
    let read = |said| references("en", said, &[]);
    assert_eq!(
        read("I beg to refer to my Nos. 97 and 98."),
        ["Letter Sender - 97 [my Nos. 97]", "Letter Sender - 98 [98]"]
    );
    assert_eq!(
        read("I have your No. 12 and No. 13."),
        ["Letter Recipient - 12 [your No. 12]", "Letter Recipient - 13 [13]"]
    );
    assert_eq!(read("I have your No. 97 and 2 maps."), ["Letter Recipient - 97 [your No. 97]"]);
    assert_eq!(
        references(
            "en",
            "Your despatches Nos. 12 and 13, of the 3d and 5th, are here.",
            &[("3d", "1880-03-03"), ("5th", "1880-03-05")]
        ),
        [
            "Letter Recipient 1880-03-03 12 [Your despatches Nos. 12 and 13, of the 3d]",
            "Letter Recipient 1880-03-05 13 [13, of the 3d and 5th]"
        ]
    );
    assert_eq!(references("de", "Ihre Schreiben Nr. 4, 5 und 6 sind da.", &[]).len(), 3);
}

#[test]
fn the_day_on_which_a_letter_came_is_not_its_own() {
    assert_eq!(
        references("de", "Deinen Brief habe ich am 4. erhalten.", &[("4.", "1880-04-04")]),
        ["Letter Recipient - - [Deinen Brief]"]
    );
    assert_eq!(
        references("en", "Your letter reached us on the 9th.", &[("9th", "1880-04-09")]),
        ["Letter Recipient - - [Your letter]"]
    );
}

#[test]
fn a_bare_word_takes_no_date_from_afar() {
    let text = "In reply I have to state that he sailed on the 9th.";
    assert!(references("en", text, &[("9th", "1880-04-09")]).is_empty());
}

#[test]
fn the_name_of_a_reader_does_not_part_a_letter_from_its_day() {
    let text = "my letter to the Earl of Harcourt, No. 31, of the 2d of April";
    assert_eq!(
        references("en", text, &[("2d of April", "1780-04-02")]),
        [
            "Letter Sender 1780-04-02 31 [my letter to the Earl of Harcourt, No. 31, of the 2d of April]"
        ]
    );
}

#[test]
fn her_letter_is_written_small() {
    let text = "Die Frau klagt; ihre Eingabe vom 6. liegt bei.";
    assert_eq!(
        references("de", text, &[("6.", "1880-04-06")]),
        ["Letter Other 1880-04-06 - [ihre Eingabe vom 6.]"]
    );
}

#[test]
fn a_despatch_of_ceremony_is_a_letter() {
    let text = "la dépêche dont Votre Excellence m'a honoré";
    assert_eq!(references("fr", text, &[])[0].split(' ').next(), Some("Letter"));
    assert_eq!(
        references("fr", "ta dépêche m'a surpris", &[]),
        ["Telegram Recipient - - [ta dépêche]"]
    );
}

#[test]
fn an_initial_is_no_form_of_address() {
    assert_eq!(references("es", "el oficio de V. Pérez", &[]), ["Letter Other - - [el oficio de]"]);
    let polite = references("es", "el oficio de V. E.", &[]);
    assert_eq!(polite, ["Letter Recipient - - [el oficio de V. E]"]);
}

#[test]
fn words_across_a_bracket_are_no_letter() {
    let text = "to Mr. Orme (to whom the same instruction was addressed) with reference to it";
    assert!(references("en", text, &[]).is_empty());
}

#[test]
fn a_date_and_a_number_that_follow_belong_to_the_letter() {
    assert_eq!(
        references(
            "en",
            "I refer to your letter No. 12 of the 4th ultimo.",
            &[("4th ultimo", "1880-03-04")]
        ),
        ["Letter Recipient 1880-03-04 12 [your letter No. 12 of the 4th ultimo]"]
    );
    assert_eq!(
        references(
            "fr",
            "J'ai reçu votre lettre du 4 courant, n° 348, et le plan.",
            &[("4 courant", "1880-03-04")]
        ),
        ["Letter Recipient 1880-03-04 348 [votre lettre du 4 courant, n° 348]"]
    );
    assert_eq!(
        references(
            "de",
            "Auf Ihr Schreiben vom 6. ds. Mts. erwidere ich",
            &[("6. ds. Mts.", "1880-04-06")]
        ),
        ["Letter Recipient 1880-04-06 - [Ihr Schreiben vom 6. ds. Mts.]"]
    );
    assert_eq!(
        references("es", "su carta del 5 del corriente", &[("5 del corriente", "1880-04-05")]),
        ["Letter Recipient 1880-04-05 - [su carta del 5 del corriente]"]
    );
}

#[test]
fn two_days_are_two_letters() {
    let found = references(
        "en",
        "Your notes of the 3d instant and the 9th instant lie here.",
        &[("3d instant", "1880-04-03"), ("9th instant", "1880-04-09")],
    );
    assert_eq!(
        found,
        [
            "Note Recipient 1880-04-03 - [Your notes of the 3d instant]",
            "Note Recipient 1880-04-09 - [9th instant]"
        ]
    );
}

#[test]
fn who_wrote_is_told_by_the_words() {
    assert_eq!(
        references("en", "I wrote to you from Leeds", &[]),
        ["Letter Sender - - [I wrote to you]"]
    );
    assert_eq!(references("fr", "ma lettre", &[]), ["Letter Sender - - [ma lettre]"]);
    assert_eq!(
        references("en", "He read a telegram from Captain Moss.", &[]),
        ["Telegram Other - - [a telegram from]"]
    );
}

#[test]
fn what_is_awaited_and_the_letter_itself_are_no_references() {
    assert!(references("en", "I await your reply.", &[]).is_empty());
    assert!(references("en", "Burn this letter.", &[]).is_empty());
    assert!(references("en", "On your 40th birthday I thank you.", &[]).is_empty());
    assert!(references("en", "Your 50th annual meeting was held.", &[]).is_empty());
    assert!(references("de", "Ich hoffe auf baldige Antwort.", &[]).is_empty());
}

#[test]
fn the_day_on_which_a_letter_was_shown_is_not_its_own() {
    let read = |said, day| references("en", said, &[(day, "1768-05-04")]);
    assert_eq!(
        read("I read your Letter at our Meeting on Wednesday.", "Wednesday"),
        ["Letter Recipient - - [your Letter]"]
    );
    assert_eq!(
        read("I showed your note to Lord Ashe on Monday last.", "Monday last"),
        ["Note Recipient - - [your note]"]
    );
    assert_eq!(
        read("I read your letter of Wednesday.", "Wednesday"),
        ["Letter Recipient 1768-05-04 - [your letter of Wednesday]"]
    );
}

#[test]
fn a_word_for_the_kind_of_note_does_not_part_it_from_its_number() {
    assert_eq!(
        references(
            "es",
            "Acuso recibo de su Nota verbal núm. 212, de 14 de febrero.",
            &[("14 de febrero", "1850-02-14")]
        ),
        ["Note Recipient 1850-02-14 212 [su Nota verbal núm. 212, de 14 de febrero]"]
    );
    assert_eq!(
        references(
            "es",
            "He leído su carta particular núm. 3, de 5 de enero.",
            &[("5 de enero", "1850-01-05")]
        ),
        ["Letter Recipient 1850-01-05 3 [su carta particular núm. 3, de 5 de enero]"]
    );
    assert_eq!(
        references(
            "es",
            "sus notas números 21 y 22, fechadas el 30 de Mayo y el 4 de Junio",
            &[("30 de Mayo", "1850-05-30"), ("4 de Junio", "1850-06-04")]
        ),
        [
            "Note Recipient 1850-05-30 21 [sus notas números 21 y 22, fechadas el 30 de Mayo]",
            "Note Recipient 1850-06-04 22 [22, fechadas el 30 de Mayo y el 4 de Junio]"
        ]
    );
}

#[test]
fn an_order_of_a_russian_office_is_a_letter_with_its_number() {
    assert_eq!(
        references(
            "ru",
            "Получено предписаніе отъ 9 августа за № 4416.",
            &[("9 августа", "1850-08-21")]
        ),
        ["Letter Other 1850-08-21 4416 [предписаніе отъ 9 августа за № 4416]"]
    );
}

#[test]
fn a_mail_coach_is_no_letter() {
    assert!(references("fr", "Je vous l'envoie par le courrier de Lyon.", &[]).is_empty());
    assert_eq!(
        references("fr", "J'ai votre courrier du 3 mai.", &[("3 mai", "1850-05-03")]),
        ["Letter Recipient 1850-05-03 - [votre courrier du 3 mai]"]
    );
}

#[test]
fn the_same_date_is_that_of_the_letter_before() {
    let read = |language, text, day| references(language, text, &[(day, "1886-01-15")]);
    assert_eq!(
        read("es", "su despacho del 15 de enero y el telegrama de la misma fecha", "15 de enero"),
        [
            "Letter Recipient 1886-01-15 - [su despacho del 15 de enero]",
            "Telegram Other 1886-01-15 - [el telegrama de la misma fecha]"
        ]
    );
    assert_eq!(
        read("de", "Ihr Schreiben vom 15. und Ihr Telegramm vom gleichen Tage", "15."),
        [
            "Letter Recipient 1886-01-15 - [Ihr Schreiben vom 15.]",
            "Telegram Recipient 1886-01-15 - [Ihr Telegramm vom gleichen Tage]"
        ]
    );
    assert_eq!(
        read("en", "He came on the 15th with my letter of the same date.", "15th"),
        ["Letter Sender - - [my letter of the same date]"]
    );
}

#[test]
fn a_small_word_behind_a_day_is_no_month() {
    // the letter's own day is not known here, so the day stays open
    let read = |text| references("it", text, &[("12", "1886-01-12")]);
    assert_eq!(
        read("La vostra lettera del 12 non basta."),
        ["Letter Recipient 1886-01-12 - [La vostra lettera del 12]"]
    );
    assert_eq!(
        read("Dalla Vostra del 12 vedo tutto."),
        ["Letter Recipient 1886-01-12 - [Dalla Vostra del 12]"]
    );
    assert_eq!(
        read("Con la mia del 12 vi chiesi aiuto."),
        ["Letter Sender 1886-01-12 - [la mia del 12]"]
    );
    assert!(read("La casa mia del 12 ottobre").is_empty());
}

#[test]
fn a_raised_ending_does_not_part_a_mark_from_its_number() {
    assert_eq!(
        references("es", "su despacho n.º 318, de 15 de enero", &[("15 de enero", "1886-01-15")]),
        ["Letter Recipient 1886-01-15 318 [su despacho n.º 318, de 15 de enero]"]
    );
    assert_eq!(
        references("es", "Confirmo la mía del 13 de mayo.", &[("13 de mayo", "1886-05-13")]),
        ["Letter Sender 1886-05-13 - [la mía del 13 de mayo]"]
    );
}

#[test]
fn a_portuguese_letter_may_be_left_unsaid() {
    let read = |text| references("pt", text, &[("30 de Maio", "1886-05-30")]);
    assert_eq!(
        read("Recebi a sua de 30 de Maio."),
        ["Letter Recipient 1886-05-30 - [a sua de 30 de Maio]"]
    );
    assert_eq!(
        read("Confirmo a minha de 30 de Maio."),
        ["Letter Sender 1886-05-30 - [a minha de 30 de Maio]"]
    );
    assert_eq!(
        read("o Aviso de V. Ex.ª de 30 de Maio"),
        ["Letter Recipient 1886-05-30 - [o Aviso de V. Ex.ª de 30 de Maio]"]
    );
    assert!(references("pt", "A casa sua de pedra", &[]).is_empty());
}

#[test]
fn music_and_the_letter_opened_anew_are_no_references() {
    for (language, text) in [
        ("it", "La nota di basso era falsa."),
        ("de", "Die Noten von Brahms sind gekommen."),
        ("fr", "La note de musique était fausse."),
        ("fr", "Je vous adresse le procès-verbal."),
        ("en", "I reopen my letter to say that he is here."),
        ("en", "I break open my letter again."),
        ("de", "Ich öffne meinen Brief noch einmal."),
        ("fr", "Je rouvre ma lettre pour vous le dire."),
        ("es", "Vuelvo a abrir mi carta."),
    ] {
        assert!(references(language, text, &[]).is_empty(), "{text}");
    }
    assert_eq!(
        references("de", "die Noten der Mächte vom 3. Mai", &[("3. Mai", "1886-05-03")]),
        ["Note Other 1886-05-03 - [die Noten der Mächte vom 3. Mai]"]
    );
    assert_eq!(references("fr", "Je vous ai adressé une plainte.", &[]).len(), 1);
}

#[test]
fn a_portuguese_article_leaves_the_letter_to_whom_it_is() {
    assert_eq!(
        references("pt", "as suas cartas de 3 de Maio", &[("3 de Maio", "1886-05-03")]),
        ["Letter Recipient 1886-05-03 - [as suas cartas de 3 de Maio]"]
    );
    assert_eq!(
        references("pt", "a carta dele de 3 de Maio", &[("3 de Maio", "1886-05-03")]),
        ["Letter Other 1886-05-03 - [a carta dele de 3 de Maio]"]
    );
}
