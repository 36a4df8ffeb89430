//! EDTF: any string is refused with a position or read, and what is read survives printing.
//!
//! Each input is tried as it is and squeezed into the alphabet of EDTF, where most bytes would
//! otherwise be refused at once.

#![no_main]

use letterbook_dates::value::Edtf;
use libfuzzer_sys::fuzz_target;

const ALPHABET: &[u8] = b"0123456789X-/.?~%[]{},YESTZ:+ ";

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        check(text);
    }
    let squeezed: String = data.iter().map(|&byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()])).collect();
    check(&squeezed);
});

fn check(text: &str) {
    let value = match Edtf::parse(text) {
        Ok(value) => value,
        Err(error) => {
            assert!(text.is_char_boundary(error.at), "{text:?}: {error}");
            return;
        }
    };
    for level in 0..=2 {
        assert_eq!(Edtf::parse_at_level(text, level).is_ok(), level >= value.level(), "{text:?} at level {level}");
    }
    let printed = value.to_string();
    let again = Edtf::parse(&printed).unwrap_or_else(|error| panic!("{text:?} prints as {printed:?}: {error}"));
    assert_eq!(value, again, "{text:?} prints as {printed:?}");
    assert_eq!(printed, again.to_string(), "{text:?} is not printed canonically");
    if let (Some(earliest), Some(latest)) = value.bounds() {
        assert!(earliest <= latest, "{text:?} runs backwards");
    }
}
