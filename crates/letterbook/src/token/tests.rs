use super::*;
use proptest::prelude::*;

fn words(text: &str) -> Vec<&str> {
    tokens(text).iter().map(|t| t.of(text)).collect()
}

#[test]
fn words_numbers_and_marks_part_without_spaces() {
    assert_eq!(
        words("Bath, 3d May—1791. L’été"),
        ["Bath", ",", "3", "d", "May", "—", "1791", ".", "L", "’", "été"]
    );
}

#[test]
fn a_run_of_one_mark_is_one_token_and_mixed_marks_are_not() {
    assert_eq!(words("-----...!?"), ["-----", "...", "!", "?"]);
}

#[test]
fn what_is_told_at_once_of_a_letter_is_what_unicode_says() {
    assert!(('\0'..='\u{2FFF}').all(|c| is_letter(c) == c.is_alphabetic()));
    assert!(('\0'..='\u{2FFF}').all(|c| is_letter_or_number(c) == c.is_alphanumeric()));
}

#[test]
fn combining_marks_stay_with_their_letter() {
    assert_eq!(words("e\u{301}te\u{301} ok"), ["e\u{301}te\u{301}", "ok"]);
}

#[test]
fn han_gives_a_token_a_character_and_hangul_a_token_a_word() {
    assert_eq!(words("敬启者 존경하는 동지"), ["敬", "启", "者", "존경하는", "동지"]);
    assert_eq!(words("拝啓ありがとう"), ["拝", "啓", "ありがと", "う"]);
}

#[test]
fn lines_count_blank_ones_and_blocks_do_not_see_crlf() {
    for text in ["a\nb\n\n\nc", "a\r\nb\r\n\r\n\r\nc", "a\nb\n \n\t\nc"] {
        let t = tokens(text);
        assert_eq!(t.iter().map(|t| t.line).collect::<Vec<_>>(), [0, 1, 4], "{text:?}");
        assert_eq!(t.iter().map(|t| t.block).collect::<Vec<_>>(), [0, 0, 1], "{text:?}");
    }
}

#[test]
fn case_is_told_in_scripts_that_have_it() {
    let t = tokens("SÉNAT Paris Москва J 東 senat");
    let case: Vec<_> = t.iter().map(|t| (t.capital, t.upper)).collect();
    assert_eq!(
        case,
        [(true, true), (true, false), (true, false), (true, false), (false, false), (false, false)]
    );
}

#[test]
fn an_endless_word_is_cut() {
    let text = "x".repeat(1000);
    assert!(tokens(&text).iter().all(|t| t.span.len() <= LONGEST_WORD));
}

proptest! {
    #[test]
    fn tokens_cover_what_is_visible_in_order(text in "\\PC{0,80}|[ -~\\n\\r\\t]{0,120}|(.|\\n|\u{301}|\u{FEFF}){0,60}") {
        let tokens = tokens(&text);
        let mut at = 0;
        for t in &tokens {
            prop_assert!(t.span.start >= at && !t.span.is_empty());
            prop_assert!(text[at..t.span.start].chars().all(|c| c.is_whitespace() || is_unseen(c)));
            prop_assert!(!t.of(&text).contains(char::is_whitespace));
            at = t.span.end;
        }
        prop_assert!(text[at..].chars().all(|c| c.is_whitespace() || is_unseen(c)));
        prop_assert!(tokens.windows(2).all(|w| w[0].line <= w[1].line && w[0].block <= w[1].block));
    }
}

#[test]
fn the_brackets_of_an_editor_who_completes_a_word_belong_to_it() {
    let words =
        |text| -> Vec<String> { tokens(text).iter().map(|t| t.of(text).to_owned()).collect() };
    assert_eq!(words("h[um]ble Serv[an]t"), ["h[um]ble", "Serv[an]t"]);
    assert_eq!(words("3 Nov[ember]."), ["3", "Nov[ember]", "."]);
    assert_eq!(words("[Bos]ton [the] f[ür]"), ["[", "Bos]ton", "[", "the", "]", "f[ür]"]);
    // words of the editor, and what is no word
    assert_eq!(words("recieved[sic] it[1]"), ["recieved", "[", "sic", "]", "it", "[", "1", "]"]);
    let folded = |text| tokens(text)[0].folded;
    assert_eq!(folded("Nov[ember]"), folded("November"));
}
