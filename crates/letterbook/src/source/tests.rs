use super::*;

const LETTER: &str = "Zürich, 3. März 1848.\r\nLieber Freund — grüße Frau Weiß!\r\n";

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let legacy = encoding_rs::WINDOWS_1252.encode(LETTER).0.into_owned();
    let cases: [(&str, Vec<u8>); 7] = [
        ("UTF-8", LETTER.as_bytes().to_vec()),
        ("UTF-8", [b"\xEF\xBB\xBF", LETTER.as_bytes()].concat()),
        ("UTF-16LE", [b"\xFF\xFE".to_vec(), utf16(LETTER, false)].concat()),
        ("UTF-16BE", [b"\xFE\xFF".to_vec(), utf16(LETTER, true)].concat()),
        ("UTF-16LE", utf16(LETTER, false)),
        ("UTF-16BE", utf16(LETTER, true)),
        ("windows-1252", legacy),
    ];
    for (encoding, bytes) in cases {
        let source = Source::decode(&bytes).unwrap();
        assert_eq!(source.text(), LETTER, "{encoding}");
        assert_eq!(source.encoding(), encoding);
        assert!(source.replaced().is_empty());
        // the way back leads to the bytes of the same character
        let at = LETTER.find("Weiß").unwrap();
        let from = source.file_offset(at);
        let w = if encoding == "UTF-16BE" { [0, b'W'] } else { [b'W', bytes[from + 1]] };
        assert_eq!(bytes[from..from + 2], w, "{encoding} at {from}");
    }
}

#[test]
fn a_spoilt_byte_is_damage_and_the_rest_stays() {
    let mut bytes = LETTER.as_bytes().to_vec();
    let at = LETTER.find("Freund").unwrap();
    bytes[at] = 0xFF;
    let source = Source::decode(&bytes).unwrap();
    assert_eq!(source.encoding(), "windows-1252", "four good stretches are too few for one bad");

    let long = LETTER.repeat(4);
    let mut bytes = long.as_bytes().to_vec();
    bytes[at] = 0xFF;
    let source = Source::decode(&bytes).unwrap();
    assert_eq!(source.encoding(), "UTF-8");
    assert_eq!(source.replaced(), [Replaced { span: Span::new(at, at + 3), byte: at, len: 1 }]);
    let after = source.text().find("reund").unwrap();
    assert_eq!(source.file_offset(after), at + 1);
}

#[test]
fn what_is_no_text_is_refused_by_name() {
    let check = |bytes: &[u8], expected: &str| {
        assert_eq!(Source::decode(bytes).unwrap_err().to_string(), expected);
    };
    check(b"%PDF-1.7\n...", "expected plain text, but found a PDF document");
    check(b"abc\0\x01\x02\x03def\0\0", "expected plain text, but found binary data at byte 3");
    check(
        b"\xFF\xFE\0\0D\0\0\0",
        "expected plain text, but found text in UTF-32, which no letter program writes",
    );
}

#[test]
fn empty_files_and_stray_halves_of_characters_are_texts() {
    assert_eq!(Source::decode(b"").unwrap().text(), "");
    assert_eq!(Source::decode(b"\xEF\xBB\xBF").unwrap().text(), "");
    let odd = [b"\xFF\xFE".to_vec(), utf16("Dear", false), vec![b'x']].concat();
    assert_eq!(Source::decode(&odd).unwrap().text(), "Dear\u{FFFD}");
}

#[test]
fn oddities_are_found_where_they_stand() {
    let text = "Dear\u{202E} Sir,\tI am\u{0}\r\n\u{85}";
    let found: Vec<_> = find_oddities(text).map(|o| (o.span.start, o.kind)).collect();
    assert_eq!(
        found,
        [(4, OddityKind::Bidi), (17, OddityKind::Control), (20, OddityKind::Control)]
    );
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_text_or_refused(bytes: Vec<u8>) {
        if let Ok(source) = Source::decode(&bytes) {
            let offsets: Vec<usize> =
                source.text().char_indices().map(|(i, _)| source.file_offset(i)).collect();
            // exact for Unicode; elsewhere an unreadable byte may count for more than itself
            if source.encoding().starts_with("UTF") {
                assert!(offsets.iter().all(|&at| at < bytes.len()), "{offsets:?}");
            }
        }
    }
}

#[test]
fn noise_is_no_letter_and_old_encodings_are_no_noise() {
    // each byte from the one before, by Knuth's multiplier
    let mut state = 1u64;
    let mut noise = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    for length in [500, 5_000, 100_000] {
        let bytes: Vec<u8> = (0..length).map(|_| noise().max(1)).collect();
        let error = Source::decode(&bytes).expect_err("no text");
        assert_eq!(error.code(), "binary-file", "{length}");
    }
    let cyrillic = "Дорогой друг, посылаю Вам книгу.\u{1}\r\n";
    let bytes = encoding_rs::WINDOWS_1251.encode(&cyrillic.repeat(3)).0.into_owned();
    assert_eq!(Source::decode(&bytes).expect("text").encoding(), "windows-1251");
}
