//! The languages of the tables, a bit each, and those whose customs the grammar knows.

/// The languages of the tables, in the order of their bits.
pub(crate) const LANGUAGES: &[&str] = &[
    "en", "de", "fr", "nl", "ko", "ru", "ja", "la", "es", "zh", "it", "pt", "ota", "ar", "pl",
    "sv", "he", "cs", "vi", "fa", "da", "tr", "th", "am", "el", "hu", "bg", "sr", "ro", "uk",
];

/// The bits of languages whose customs the grammar knows.
pub(crate) const ENGLISH: u32 = 1;
pub(crate) const GERMAN: u32 = 1 << 1;
pub(crate) const FRENCH: u32 = 1 << 2;
pub(crate) const LATIN: u32 = 1 << 7;
pub(crate) const ARABIC: u32 = 1 << 13;
/// Spanish, Italian and Portuguese, where "el 25 aniversario" is the twenty-fifth.
pub(crate) const ROMANCE: u32 = 1 << 8 | 1 << 10 | 1 << 11;
/// Swedish and Danish, where "i dag otte dage" is a week from today.
pub(crate) const NORDIC: u32 = 1 << 15 | 1 << 20;
/// Languages that have the day before the month: German, French, Dutch, Russian, Spanish, Italian,
/// Portuguese, Polish, Swedish, Czech, Danish, Greek, Bulgarian, Serbian, Romanian, Ukrainian.
pub(crate) const DAY_FIRST: u32 =
    GERMAN | FRENCH | 1 << 3 | 1 << 5 | ROMANCE | 1 << 14 | NORDIC | 1 << 17 | 1 << 24 | EASTERN;
/// Bulgarian, Serbian, Romanian, Ukrainian.
const EASTERN: u32 = 0b1111 << 26;
pub(crate) const KOREAN: u32 = 1 << 4;
pub(crate) const VIETNAMESE: u32 = 1 << 18;
pub(crate) const PERSIAN: u32 = 1 << 19;
pub(crate) const THAI: u32 = 1 << 22;
/// Turkish and Hungarian, which put after the date, and before the day, what others do not.
pub(crate) const POSTPOSING: u32 = 1 << 21 | 1 << 25;
/// Languages without articles, where "неделю назад" is one week ago: Russian, Arabic, Polish, Hebrew,
/// Czech, Persian, Turkish, Thai, Hungarian.
pub(crate) const UNCOUNTED: u32 =
    1 << 5 | 1 << 13 | 1 << 14 | 1 << 16 | 1 << 17 | 1 << 19 | 1 << 21 | 1 << 22 | 1 << 25;

/// The bit of a language; none for one without a table. Norwegian has that of Danish.
pub(crate) fn language_bit(language: &str) -> Option<u32> {
    let primary = match language.split(['-', '_']).next().unwrap_or(language) {
        "nb" | "nn" | "no" => "da",
        primary => primary,
    };
    let nth = LANGUAGES.iter().position(|known| known.eq_ignore_ascii_case(primary))?;
    Some(1 << nth)
}
