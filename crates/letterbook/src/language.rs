//! In what language a letter is written.
//!
//! Scripts that one language owns settle it, and letters that only Russian of before 1918 has side by
//! side; elsewhere the function words of `tables/function-words.tsv` are counted, which older
//! spelling, names and dates in other languages disturb less than letter statistics. Where too few
//! stand on the page, as in a telegram or a note of one sentence, the words that open and end letters
//! are counted with them ("Querido", "saludos"); where these do not settle it either, no language is
//! given. Does not split a letter that changes its language: the language of most of its words is given.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::folding::key;
use crate::numbered::Numbered;
use crate::span::Span;
use crate::tables::words_of_letters;
use crate::text::Text;
use crate::token::{Kind, Token};

/// A language and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// In `0.0..=1.0`.
    pub confidence: f32,
    /// Words that show it, at most three; where the script decides, its first run of characters.
    pub evidence: Vec<Span>,
    /// The rule that decided: `language/script`, `language/function-words` or `language/letter-words`.
    pub by: &'static str,
}

/// Bytes of the letter that are counted; more would only repeat the answer.
const WINDOW: usize = 4096;

/// Fewer function words than this do not settle a language.
const ENOUGH: usize = 3;
/// With the words of letters, fewer do that weigh as much as one that no other language has, and twice
/// what any other's do. A word of `n` languages weighs `1 / n`.
const OWN: f32 = 1.0;
/// Nor do they where so many words stand on the page for each of them: that a word of a language
/// stands among names or words of no known language is chance. A third of any prose are such words.
const SPARSE: usize = 20;

/// How sure a language may be that only the words of letters tell.
const MOST_OF_LETTERS: f32 = 0.75;
/// How many languages there may be.
const LANGUAGES: usize = u32::BITS as usize;

struct FunctionWords {
    tags: Vec<&'static str>,
    /// Each word, by its key.
    words: Numbered<Usage>,
}

/// Which languages use a word, one bit each, and what it says for each of them.
#[derive(Clone, Copy, Default)]
struct Usage {
    languages: u32,
    weight: f32,
}

impl Usage {
    fn of(languages: u32) -> Usage {
        // a word that many languages share says little of any one
        Usage { languages, weight: 1.0 / languages.count_ones().max(1) as f32 }
    }
}

static WORDS: LazyLock<FunctionWords> = LazyLock::new(|| {
    let mut tags = Vec::new();
    let mut words: FxHashMap<u64, u32> = FxHashMap::default();
    let table = include_str!("../tables/function-words.tsv");
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let Some((tag, list)) = line.split_once('\t') else { continue };
        let bit = 1 << tags.len();
        tags.push(tag);
        for word in list.split(' ') {
            *words.entry(key(word)).or_default() |= bit;
        }
    }
    let words: FxHashMap<u64, Usage> =
        words.into_iter().map(|(word, languages)| (word, Usage::of(languages))).collect();
    FunctionWords { tags, words: words.into() }
});

/// The words of letters, each with the languages of its rows, in the bits of [`WORDS`]; few letters
/// need them.
static LETTER_WORDS: LazyLock<FxHashMap<u64, u32>> = LazyLock::new(|| {
    let mut languages: FxHashMap<u64, u32> = FxHashMap::default();
    for (tag, word) in words_of_letters() {
        if let Some(bit) = WORDS.tags.iter().position(|&t| t == tag) {
            *languages.entry(word).or_default() |= 1 << bit;
        }
    }
    languages
});

/// Tells the language of `text`; `None` where the page does not settle it.
///
/// ```
/// use letterbook::{language::read_language, text::Text};
///
/// let letter = "Ich habe Ihren Brief mit Freude gelesen und danke Ihnen sehr.";
/// assert_eq!(read_language(&Text::new(letter)).map(|l| l.tag), Some("de"));
/// assert_eq!(read_language(&Text::new("12. 5. 1848")), None);
/// ```
pub fn read_language(text: &Text<'_>) -> Option<Language> {
    let window = middle(text.as_str());
    let script = count_scripts(text.slice(window));
    if let Some((tag, span)) = script.owner() {
        return Some(Language {
            tag,
            confidence: 0.98,
            evidence: vec![span.shift(window.start)],
            by: "language/script",
        });
    }
    if script.arabic * 2 > window.len() / 2 {
        return Some(arabic_script(text.slice(window), window.start));
    }
    if script.cyrillic > script.latin
        && let Some(span) = old_russian(text, window)
    {
        return Some(Language {
            tag: "ru",
            confidence: 0.95,
            evidence: vec![span],
            by: "language/script",
        });
    }
    count_words(text, window, false).or_else(|| count_words(text, window, true))
}

/// The first word that ends in a hard sign, where the text has the letter yery too: Russian before
/// 1918 alone has both, for Bulgarian of before 1945 ends its words so but has no such letter.
fn old_russian(text: &Text<'_>, window: Span) -> Option<Span> {
    let is_hard = |t: &&Token| t.of(text.as_str()).ends_with(['ъ', 'Ъ']) && t.span.len() > 2;
    let hard = text.tokens_in(window).iter().find(is_hard)?;
    text.slice(window).contains(['ы', 'Ы']).then_some(hard.span)
}

/// The stretch of `text` that is counted: all of a short letter; of a long one, a window from its
/// first quarter on, where address and salutation, often in another language, are behind.
fn middle(text: &str) -> Span {
    if text.len() <= WINDOW {
        return Span::new(0, text.len());
    }
    let start = text.floor_char_boundary((text.len() / 4).min(WINDOW));
    Span::new(start, text.floor_char_boundary(start + WINDOW))
}

#[derive(Default)]
struct Scripts {
    latin: usize,
    cyrillic: usize,
    arabic: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    /// Scripts of one language each: tag, letters, first run.
    single: [usize; SINGLE.len()],
    first: Option<Span>,
}

/// Scripts that one language of letters owns, by code point range.
const SINGLE: [(&str, std::ops::RangeInclusive<char>); 8] = [
    ("el", '\u{0370}'..='\u{03FF}'),
    ("hy", '\u{0531}'..='\u{058F}'),
    ("he", '\u{0590}'..='\u{05FF}'),
    ("hi", '\u{0900}'..='\u{097F}'),
    ("th", '\u{0E00}'..='\u{0E7F}'),
    ("ka", '\u{10A0}'..='\u{10FF}'),
    ("am", '\u{1200}'..='\u{137F}'),
    ("el", '\u{1F00}'..='\u{1FFF}'),
];

fn count_scripts(text: &str) -> Scripts {
    let mut n = Scripts { latin: plain_letters(text), ..Scripts::default() };
    let mut at = 0;
    while let Some(skipped) = text.as_bytes()[at..].iter().position(|b| !b.is_ascii()) {
        let i = at + skipped;
        let Some(c) = text[i..].chars().next() else { break };
        at = i + c.len_utf8();
        match c {
            '\u{C0}'..='\u{24F}' => {
                n.latin += 1;
                continue;
            }
            '\0'..='\u{BF}' => continue,
            '\u{0400}'..='\u{052F}' => {
                n.cyrillic += 1;
                continue;
            }
            '\u{0600}'..='\u{06FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
                n.arabic += 1;
                continue;
            }
            '\u{3040}'..='\u{30FF}' => n.kana += 1,
            '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => n.hangul += 1,
            '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => n.han += 1,
            _ => match SINGLE.iter().position(|(_, range)| range.contains(&c)) {
                Some(k) => n.single[k] += 1,
                None => continue,
            },
        }
        match &mut n.first {
            Some(run) if run.end == i && run.len() < 24 => run.end = at,
            Some(_) => {}
            None => n.first = Some(Span::new(i, at)),
        }
    }
    n
}

/// How many ASCII letters `text` has. So many bytes at a time are counted in one byte each, which the
/// processor does side by side.
fn plain_letters(text: &str) -> usize {
    let count = |bytes: &[u8]| bytes.iter().map(|b| u8::from(b.is_ascii_alphabetic())).sum::<u8>();
    text.as_bytes().chunks(u8::MAX.into()).map(|bytes| usize::from(count(bytes))).sum()
}

impl Scripts {
    /// The language that owns the script of most letters, if one does.
    fn owner(&self) -> Option<(&'static str, Span)> {
        let shared = self.latin + self.cyrillic + self.arabic;
        // a Han character is about a word, a Latin letter a fifth of one
        let east = self.han + self.kana + self.hangul;
        let first = self.first?;
        if east * 4 > shared {
            // letters of Korea before 1950 mix Han and Hangul; of Japan, Han and kana
            let tag = match () {
                () if self.kana > 0 && self.kana * 20 >= self.han => "ja",
                () if self.hangul > 0 && self.hangul * 20 >= self.han => "ko",
                () => "zh",
            };
            return Some((tag, first));
        }
        let (k, &n) = self.single.iter().enumerate().max_by_key(|(_, n)| **n)?;
        (n > shared).then_some((SINGLE[k].0, first))
    }
}

/// Tells the language by its function words, those `of_letters` with them or not.
fn count_words(text: &Text<'_>, window: Span, of_letters: bool) -> Option<Language> {
    /// The words among which those that show the language are chosen, and how many of them are.
    const SHOWN: usize = 64;
    const MOST: usize = 3;
    let FunctionWords { tags, words } = &*WORDS;
    let mut score = [0.0f32; LANGUAGES];
    let mut count = [0usize; LANGUAGES];
    let mut seen: Vec<(Span, u32)> = Vec::with_capacity(SHOWN);
    let mut lower = String::new();
    let mut all = 0;
    let page = &text.as_str()[..window.end];
    for run in split_words(text.tokens_in(window), page) {
        let span = Span::new(run[0].span.start, run[run.len() - 1].span.end);
        let word = text.slice(span);
        if is_shortened(word, page, span.end) {
            continue;
        }
        all += 1;
        let number = match run {
            [token] if word.is_ascii() => token.folded,
            _ => {
                lower.clear();
                for c in word.chars() {
                    match c {
                        '’' => lower.push('\''),
                        _ if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
                        _ => lower.extend(c.to_lowercase()),
                    }
                }
                key(&lower)
            }
        };
        let mut usage = words.get(number).copied().unwrap_or_default();
        if of_letters
            && let [token] = run
            && let Some(&more) = LETTER_WORDS.get(&token.folded)
        {
            usage = Usage::of(usage.languages | more);
        }
        let Usage { languages, weight } = usage;
        if languages == 0 {
            continue;
        }
        let mut rest = languages;
        while rest != 0 {
            let k = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            score[k] += weight;
            count[k] += 1;
        }
        if seen.len() < SHOWN {
            seen.push((span, languages));
        }
    }
    let best = (0..tags.len()).max_by(|&a, &b| score[a].total_cmp(&score[b]))?;
    let second = (0..tags.len()).filter(|&k| k != best).map(|k| score[k]).fold(0.0f32, f32::max);
    let is_own = of_letters && score[best] >= OWN && score[best] >= 2.0 * second;
    let is_enough = count[best] >= ENOUGH || is_own;
    if !is_enough || score[best] <= second || count[best] * SPARSE < all {
        return None;
    }
    let margin = (score[best] - second) / score[best];
    let weight = score[best] / (score[best] + 2.0);
    // on the training editions, readings given with 0.9 or more agree with the edition's language
    // in 999 of 1,000 letters (`lab language`)
    let confidence = (0.55 + 0.45 * (margin * 2.0).min(1.0) * weight).min(0.99);
    let mut own: Vec<(Span, u32)> =
        seen.into_iter().filter(|(_, l)| l & (1 << best) != 0).collect();
    if own.len() > MOST {
        own.select_nth_unstable_by_key(MOST, |(span, l)| (l.count_ones(), span.start));
        own.truncate(MOST);
    }
    let mut evidence: Vec<Span> = own.into_iter().map(|(span, _)| span).collect();
    evidence.sort();
    let (confidence, by) = match of_letters {
        false => (confidence, "language/function-words"),
        true => (confidence.min(MOST_OF_LETTERS), "language/letter-words"),
    };
    Some(Language { tag: tags[best], confidence, evidence, by })
}

/// Whether a word of `text` that ends at byte `end` is an abbreviation and so a word of no language:
/// "V. E.", "V. Ex.", "Ex.mo".
fn is_shortened(word: &str, text: &str, end: usize) -> bool {
    if text.as_bytes().get(end) != Some(&b'.') {
        return false;
    }
    let rest = &text[end + 1..];
    let is_short = word.chars().count() <= 2 && word.starts_with(char::is_uppercase);
    is_short || rest.starts_with(char::is_alphabetic)
}

/// Arabic, Persian and Ottoman share a script; Persian and Ottoman add four letters.
fn arabic_script(text: &str, base: usize) -> Language {
    let added = text.chars().filter(|c| matches!(c, 'پ' | 'چ' | 'ژ' | 'گ')).count();
    let start = text.find(|c: char| ('\u{0600}'..='\u{06FF}').contains(&c)).unwrap_or(0);
    let run = text[start..]
        .char_indices()
        .take_while(|(_, c)| !c.is_whitespace())
        .take(24)
        .last()
        .map_or(0, |(i, c)| i + c.len_utf8());
    let (tag, confidence) = if added > 0 { ("fa", 0.7) } else { ("ar", 0.85) };
    Language {
        tag,
        confidence,
        evidence: vec![Span::new(start, start + run).shift(base)],
        by: "language/script",
    }
}

/// The words of letters and apostrophes, each as its run of tokens: "c'est", "'n".
fn split_words<'t>(mut tokens: &'t [Token], text: &str) -> impl Iterator<Item = &'t [Token]> {
    let is_part = |t: &Token| match t.kind {
        Kind::Word => true,
        Kind::Number => false,
        Kind::Mark => t.of(text).starts_with(['\'', '’']),
    };
    std::iter::from_fn(move || {
        tokens = &tokens[tokens.iter().position(is_part)?..];
        let goes_on = |[a, b]: &[Token; 2]| a.span.end == b.span.start && is_part(b);
        let more = tokens.array_windows().take_while(|pair| goes_on(pair)).count();
        let (word, rest) = tokens.split_at(1 + more);
        tokens = rest;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, tag: &str) {
        let language =
            read_language(&Text::new(text)).unwrap_or_else(|| panic!("no language for {text:?}"));
        assert_eq!(language.tag, tag, "{text:?}");
        for span in &language.evidence {
            assert!(!text[span.start..span.end].trim().is_empty());
        }
    }

    #[test]
    fn short_letters_in_many_languages_are_told_apart() {
        check("I have received your letter and shall write to you again on Monday.", "en");
        check("Je vous remercie de votre lettre et je ne manquerai pas de la lire.", "fr");
        check("He recibido su carta y le doy las gracias por todo lo que me dice.", "es");
        check("Ho ricevuto la sua lettera e la ringrazio di tutto quanto mi dice.", "it");
        check("Ik heb uw brief ontvangen en dank u voor het bericht van den heer.", "nl");
        check("Litteras tuas accepi et gratias tibi ago quod non tacuisti. Vale.", "la");
        check("Я получил ваше письмо и очень вам благодарен за это.", "ru");
        check("편지를 잘 받았습니다. 고맙습니다.", "ko");
        check("お手紙を拝見しました。", "ja");
        check("来函收悉，至为感谢。", "zh");
        check("Ἔλαβον τὴν ἐπιστολήν σου.", "el");
        check("Saya sudah menerima surat anda dan akan menulis lagi kepada kita.", "id");
        check("Ek het jou brief gekry en sal vir hulle ook hierdie week skryf.", "af");
        check("Vaše pismo sem prejel in vam bom kmalu še enkrat pisal.", "sl");
        check("Es saņēmu jūsu vēstuli un ļoti priecājos par to.", "lv");
        check("Ég fékk bréfið þitt og þakka þér fyrir það sem þú sagðir mér.", "is");
        check("Otrzymałem list pana i bardzo dziękuję za to, że pan o mnie nie zapomniał.", "pl");
    }

    #[test]
    fn initials_and_other_abbreviations_are_no_words() {
        check("Dios guarde a V. E. muchos años. Madrid, 17 de julio de 1808.", "es");
        check("Ill.mo e Ex.mo Sr., Rogo a V. Ex.ª a remessa da copia. Deus guarde a V. Ex.ª", "pt");
    }

    #[test]
    fn what_opens_and_ends_a_letter_tells_the_language_of_a_short_one() {
        check("Querido Julián: Llegué bien. Saludos, Inés", "es");
        check("Carissimo Piero, arrivo domani. Baci, Lina", "it");
        check("Lieber Fritz! Komme morgen. Herzliche Grüße Emma", "de");
        check("Chère Louise, arriverai mardi. Amitiés, Paul", "fr");
        check("Dear Tom, Arrived safely. Love, Kate", "en");
        // a greeting that two languages have settles nothing
        assert_eq!(read_language(&Text::new("Querida Ana")), None);
        assert_eq!(read_language(&Text::new("Caro Bruno")), None);
    }

    #[test]
    fn russian_of_before_1918_is_russian() {
        check("Имѣю честь препроводить Вашему Превосходительству списокъ книгъ.", "ru");
        check("Прошу Васъ явиться въ Контору къ десяти часамъ.", "ru");
        check("Слухъ о семъ подтвердился. Директоръ гимназіи.", "ru");
        // three sentences without a word that the table has
        check("Арестантъ Карповъ бѣжалъ ночью. Приняты мѣры. Розыскъ производится.", "ru");
        check("Дорогая мама! Завтра выѣзжаю домой. Здоровъ. Цѣлую.", "ru");
        check("Получихъ писмото Ви отъ 3-и того и Ви благодаря за него.", "bg");
    }

    #[test]
    fn a_quotation_in_another_tongue_does_not_decide() {
        check(
            "My dear friend, you will have the book on Monday; as the poet says, \
             «il faut cultiver notre jardin». I shall be with you soon.",
            "en",
        );
    }

    #[test]
    fn numbers_and_names_alone_settle_nothing() {
        // words of no language, however many
        let nothing = "dabed rintalster hifung salsted stebri dosu ".repeat(30);
        assert_eq!(read_language(&Text::new(&nothing)), None);
        // nor where one of them is by chance a word of some language
        assert_eq!(read_language(&Text::new(&format!("{nothing} which {nothing}"))), None);
        assert_eq!(read_language(&Text::new("")), None);
        assert_eq!(read_language(&Text::new("12. 5. 1848")), None);
    }

    proptest::proptest! {
        #[test]
        fn evidence_lies_inside_any_text(text: String) {
            if let Some(language) = read_language(&Text::new(&text)) {
                for span in language.evidence {
                    assert!(text.get(span.start..span.end).is_some());
                }
            }
        }
    }
}
