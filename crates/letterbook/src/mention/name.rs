//! Names of persons, as the page writes them.
//!
//! A name is a run of capitalised words and initials, with particles inside it ("van der", "y"),
//! after titles and offices that are not part of it ("Herrn Rechtsanwalt Dr."), before what
//! follows names ("Esq."). What a capitalised word cannot be, the lexicon says; what is left is a
//! name. This module does not know who writes to whom.

use super::label::{Label, is_given, is_of_court, label_length};
use super::lexicon::Classes;
use super::stretch::{Word, span_of};
use crate::span::Span;
use crate::tables::town;

/// A name and what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Name {
    /// The name without title and form of address, initials kept.
    pub(crate) span: Span,
    /// The title before it: "Mr.", "Comrade", "Herr Dr.".
    pub(crate) title: Option<Span>,
    /// The office that stands between title and name: "Rechtsanwalt" in "Herrn Rechtsanwalt Weber".
    pub(crate) role: Option<Span>,
    /// The first word, title and all, and the word after the last, counted in the run searched.
    pub(crate) words: (usize, usize),
    /// Whether the name is a single initial or several and no full word.
    pub(crate) initials: bool,
    /// How many full words it has.
    pub(crate) full: usize,
}

/// What a word of a name cannot be, wherever it stands.
const NEVER: Classes = Classes::BODY
    .or(Classes::HONOUR)
    .or(Classes::TITLE)
    .or(Classes::ROLE)
    .or(Classes::COUNTRY)
    .or(Classes::WEEKDAY);
/// What a word of a name is not, unless it closes a name that has begun: "William Love".
const SELDOM: Classes = Classes::CLOSING
    .or(Classes::DEAR)
    .or(Classes::MY)
    .or(Classes::SIR)
    .or(Classes::KIN)
    .or(Classes::REMARK)
    .or(Classes::MONTH)
    .or(Classes::STREET)
    .or(Classes::HOUSE)
    .or(Classes::NOBLE)
    .or(Classes::AT)
    .or(Classes::TO)
    .or(Classes::LINK)
    .or(Classes::AND)
    .or(Classes::CARE)
    .or(Classes::SIGNED)
    .or(Classes::FOR)
    .or(Classes::BEHALF);

/// Whether the word may be a word of a name by itself.
pub(crate) fn is_name_word(word: &Word) -> bool {
    // a month or a day that is a name as well: "August Weber", "Marco", "Domingo Ruiz"
    const DATES: Classes = Classes::MONTH.or(Classes::WEEKDAY);
    let is_date = word.is(DATES) && word.is(Classes::SURNAME);
    let blocked = NEVER.or(SELDOM).without(if is_date { DATES } else { Classes::NONE });
    !word.number
        && word.capital
        && !word.is_letter()
        && !word.is(blocked)
        && word.folded != "&"
        && !is_running_text(word)
}

/// Whether a word of a script without spaces is too long for a name: "若葉の候となりましたが".
fn is_running_text(word: &Word) -> bool {
    /// A name written in one has fewer characters than this.
    const LONG: usize = 8;
    let unspaced = |c: char| ('\u{3040}'..='\u{9fff}').contains(&c);
    word.folded.starts_with(unspaced) && word.folded.chars().count() >= LONG
}

/// Whether the word may close a name that has begun, though it is a common word as well.
fn may_close(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let after_initial = at > 0 && is_initial(&words[at - 1]);
    // "T. J. Holland": a country after initials is a family
    let country = after_initial && !word.is(NEVER.without(Classes::COUNTRY));
    let alone_allowed = !word.is(NEVER) || word.is(Classes::SURNAME) || country;
    let last = after_initial
        || words.get(at + 1).is_none_or(|next| {
            next.gap.lines > 0
                || next.gap.comma
                || next.gap.colon
                || is_one_of_two(words, at)
                || next.is(Classes::AT) && !next.capital && word.is(Classes::SURNAME)
        });
    word.capital
        && !word.number
        && !word.is_letter()
        && alone_allowed
        && last
        && word.gap.lines == 0
}

/// The one word with a capital as a family name, though it is a common word as well, where its place says
/// that a name stands there.
pub(crate) fn lone_family(words: &[Word]) -> Option<Name> {
    let [word] = words else { return None };
    let may_be = word.capital && !word.number && !word.is_letter() && !word.is(NEVER);
    may_be.then_some(Name {
        span: word.span,
        title: None,
        role: None,
        words: (0, 1),
        initials: false,
        full: 1,
    })
}

fn is_initial(word: &Word) -> bool {
    word.is_letter() && word.capital
}

/// "L' Amministratore": an article before a word, its apostrophe apart from it.
fn is_article(words: &[Word], at: usize) -> bool {
    words[at].is_letter()
        && words[at].is(Classes::LINK)
        && words.get(at + 1).is_some_and(|n| n.gap.dash && !n.gap.stop && n.gap.lines == 0)
}

/// A particle and what it leads to: the number of particles before a name word, from `at`.
fn particles(words: &[Word], at: usize) -> Option<usize> {
    let mut n = 0;
    while let Some(w) = words.get(at + n) {
        if n > 0 && (w.gap.comma || w.gap.lines > 0) {
            return None;
        }
        if is_name_word(w) || (n > 0 && is_initial(w) && !w.is(Classes::PARTICLE)) {
            return (n > 0).then_some(n);
        }
        if !w.is(Classes::PARTICLE) || w.number {
            return (n > 0 && may_close(words, at + n) && !w.is(Classes::PARTICLE)).then_some(n);
        }
        n += 1;
        if n > 4 {
            return None;
        }
    }
    None
}

/// The name that begins at word `at`, title first, if one does.
pub(crate) fn name_at(words: &[Word], at: usize) -> Option<Name> {
    // there is no name where the words end
    words.get(at)?;
    let (mut i, mut title, mut role) = (at, None, None);
    // titles, ranks and offices before the name, over line ends: "Herrn / Rechtsanwalt Dr. Weber"
    while let Some(w) = words.get(i) {
        if i > at && w.gap.comma {
            break;
        }
        let (is_title, is_role) = (
            w.is(Classes::TITLE.or(Classes::NOBLE).or(Classes::HONOUR))
                && !is_initial_of_name(words, i)
                && !is_short_given(words, i),
            w.is(Classes::ROLE) && !w.is_letter(),
        );
        // "Segretario generale" is one office, though the second word may be a title
        let n = if is_role && w.phrase.any(Classes::ROLE) { w.length } else { 1 };
        let n = n.clamp(1, words.len() - i);
        let here = span_of(&words[i..i + n]);
        // "général de brigade": with what it is of, a rank is an office
        let is_whole = is_role && (title.is_some() || n > 2) && !w.is(Classes::NOBLE);
        if is_title && !(is_whole && role.is_none()) {
            if w.is(Classes::NOBLE) && (rank_is_name(words, i) || is_one_of_two(words, i) && i > at)
            {
                break;
            }
            title = Some(title.map_or(here, |t: Span| t.cover(here)));
        } else if is_role {
            role = Some(role.map_or(here, |r: Span| r.cover(here)));
            i += n;
            continue;
        } else if (title.is_some() || role.is_some())
            && w.is(Classes::LINK)
            && (!w.capital || title.is_some())
            && words
                .get(i + 1)
                .is_some_and(|next| next.is(Classes::TITLE.or(Classes::NOBLE).or(Classes::ROLE)))
        {
            // "Monsieur le Président", "Herrn und Frau"
        } else {
            break;
        }
        i += 1;
    }
    let begin = i;
    let (mut full, mut initials) = (0, 0);
    while let Some(w) = words.get(i) {
        if i > begin && !goes_on(words, i) || is_of_court(words, i) {
            break;
        }
        let begun = full + initials > 0;
        if full > 0 && rank_behind(words, i).is_some() {
            break;
        }
        if !begun && is_article(words, i) {
            break;
        }
        if is_initial(w) {
            initials += 1;
            i += 1;
        } else if is_name_word(w) || is_given_abbreviation(words, i) {
            full += 1;
            i += 1;
        } else if let Some(n) =
            particles(words, i).filter(|_| begun || begin > at || w.is(Classes::LEADING))
        {
            // "Signor Lo Cascio", "Mr. Li Yü-ying"
            let opens = w.is(Classes::LEADING) || w.capital && title.is_some();
            if !begun && !opens {
                break;
            }
            i += n + 1;
            full += 1;
        } else if begun
            && w.capital
            && w.span.len() <= 3
            && w.is(Classes::TITLE)
            && words.get(i + 1).is_some_and(is_name_word)
        {
            // "Jean Paul Fr. Weber"
            full += 1;
            i += 1;
        } else if begun && w.is(Classes::NOBLE) && particles(words, i + 1).is_some() {
            // "Anton Graf von Berg": the rank stands inside the name
            i += 1;
        } else if begun
            && w.capital
            && w.is(Classes::SIR.or(Classes::SURNAME))
            && !w.is(NEVER)
            && words.get(i + 1).is_some_and(|n| is_name_word(n) && goes_on(words, i + 1))
        {
            // "Miguel Angel Araujo", "Walter Page Norton"
            full += 1;
            i += 1;
        } else if (begun || title.is_some()) && is_syllable(words, i, begun) {
            full += 1;
            i += 1;
        } else if begun && is_joined_syllable(words, i) {
            i += 1;
        } else if begun && w.is(Classes::POSTNOMINAL) {
            i += w.length.max(1);
        } else if may_close(words, i)
            && (begun || title.is_some() && !w.is(NEVER.or(Classes::SIR).or(Classes::KIN)))
        {
            // "William Love", "Mr. Close"
            full += 1;
            i += 1;
            break;
        } else if i == begin && w.is(Classes::NOBLE) && rank_is_name(words, i) {
            full += 1;
            i += 1;
        } else {
            break;
        }
    }
    let i = i.min(words.len());
    // what a body's own word follows is the body's name: "Bern'sche Handelsbank"
    let of_body = words.get(i).is_some_and(|w| {
        w.is(Classes::BODY)
            && w.capital
            && !w.is_letter()
            && !w.gap.comma
            && w.gap.lines == 0
            && !w.gap.mark
    });
    // "membre de l'Assemblée": what an office is held in is no name
    let office = role.is_some_and(|r| begin > at && words[begin - 1].span.end == r.end)
        || begin == at && at > 0 && words[at - 1].is(Classes::ROLE) && !words[at].gap.comma;
    let of_office = office && words.get(begin).is_some_and(|w| w.is(Classes::NAMED_AFTER));
    // "De Minister van Koloniën": with its article an office is named after what follows; without,
    // "Minister van Houten" is a person
    let of_office = of_office
        || role.is_some()
            && at > 0
            && words[at - 1].is(Classes::LINK)
            && words[at].gap.lines == 0
            && !words[at].gap.comma
            && words[begin - 1].is(Classes::ROLE)
            && words.get(begin).is_some_and(|w| w.is(Classes::GENITIVE) && !w.capital);
    // "Minister for Foreign Affairs": so is what a small word joins to an office
    let of_office = of_office
        || role.is_some()
            && begin > at
            && words[begin - 1].is(Classes::LINK)
            && !words[begin - 1].capital
            && !words[begin - 1].is(Classes::TITLE.or(Classes::NOBLE));
    // "Governor of Madras": a title that is an office as well; "Général de Villars" is a person
    let of_office = of_office
        || begin > at
            && words[begin - 1].is(Classes::ROLE)
            && !words[begin - 1].is(Classes::NOBLE)
            && words.get(begin).is_some_and(|w| {
                w.is(Classes::NAMED_AFTER) && !w.is(Classes::LEADING) && !w.capital
            });
    // "Bürgermeister und Rat von Wismar": two offices of a town are its council
    let of_council = title.is_none() && is_of_council(&words[at..i], begin - at);
    // a Roman number is part of a name, and none by itself; "Xi" is one
    let is_number = full == 1 && initials == 0 && i == begin + 1 && is_roman(&words[begin]);
    if i == begin || of_body || of_office || of_council || is_number {
        return None;
    }
    Some(Name {
        span: span_of(&words[begin..i]),
        title,
        role,
        words: (at, i),
        initials: full == 0,
        full,
    })
}

/// Whether the small word of some language is a part of an East Asian name here: "Kim Il Sung",
/// "Pak In Ho", "Mr. Li Yuan". Such names have a family of one syllable, and no part of them is long.
fn is_syllable(words: &[Word], at: usize, begun: bool) -> bool {
    let short = |w: &Word, most: usize| w.capital && w.folded.chars().count() <= most;
    let small = Classes::MY.or(Classes::LINK).or(Classes::AT).or(Classes::TO);
    short(&words[at], 3)
        && words[at].is(small)
        && !words[at].is(NEVER.or(Classes::AND).or(Classes::PARTICLE))
        && (!begun || short(&words[at - 1], 4))
        && words.get(at + 1).is_some_and(|next| {
            short(next, 5)
                && (is_name_word(next)
                    || is_initial(next)
                    || next.is(Classes::REMARK.or(Classes::STREET)))
                && goes_on(words, at + 1)
        })
}

/// Whether the word is the second syllable of a Chinese given name, small after its hyphen: "Chang
/// Po-ling". The initials of whoever typed the letter, "Meyer/ks", are none.
fn is_joined_syllable(words: &[Word], at: usize) -> bool {
    const LONGEST: usize = 5;
    let (before, word) = (&words[at - 1], &words[at]);
    let short = |w: &Word| (2..=LONGEST).contains(&w.folded.chars().count());
    word.gap.tight
        && before.capital
        && !word.capital
        && !word.number
        && short(before)
        && short(word)
        && word.folded.contains(['a', 'e', 'i', 'o', 'u'])
}

/// Whether a small word joins two offices, and another a known town to both: what stands from `begin` on
/// is that town.
fn is_of_council(words: &[Word], begin: usize) -> bool {
    let (offices, rest) = words.split_at(begin);
    let [first, .., last] = offices else { return false };
    let [of, town_of] = rest else { return false };
    let joined = offices.iter().any(|w| w.is(Classes::AND) && !w.capital);
    joined
        && first.is(Classes::ROLE)
        && last.is(Classes::ROLE)
        && of.is(Classes::GENITIVE)
        && !of.capital
        && town(&town_of.folded).is_some()
}

/// "XII", "IX" being too short to tell.
fn is_roman(word: &Word) -> bool {
    word.capital && word.folded.len() > 2 && word.folded.bytes().all(|b| b"ivx".contains(&b))
}

/// Whether the name may go on over the gap before word `at`.
fn goes_on(words: &[Word], at: usize) -> bool {
    let (before, word) = (&words[at - 1], &words[at]);
    let gap = word.gap;
    // "Th. Mann" goes on over the stop, "Weber. Wien" does not
    let short = before.is_letter() || before.span.len() <= 6;
    !(gap.comma || gap.call || gap.mark || gap.lines > 0)
        && (!gap.colon || before.span.len() <= 4 || is_short_given(words, at - 1))
        && (!gap.stop || short || is_initial(word))
}

/// A given name cut short that is a common word as well: "Ed. Brenner", "Th: Albrecht".
fn is_given_abbreviation(words: &[Word], at: usize) -> bool {
    let w = &words[at];
    let next = words.get(at + 1);
    w.capital
        && !w.number
        && ((2..=5).contains(&w.span.len()) || is_short_given(words, at))
        // German "ja" is a word beside names
        && (is_given(&words[at..=at]) || is_short_given(words, at) || !w.is(NEVER
            .or(Classes::NOBLE)
            .or(Classes::REMARK)
            .or(Classes::SIGNED)
            .or(Classes::BEHALF)
            .or(Classes::DEAR)
            .or(Classes::MY)
            .or(Classes::SIR)))
        && next.is_some_and(|n| {
            (n.gap.stop || n.gap.colon)
                && n.gap.lines == 0
                && !n.gap.comma
                && (is_name_word(n) || is_initial(n) || may_close(words, at + 1))
        })
}

/// Whether the word is a given name that a colon cuts short, as English hands wrote it until the 18th
/// century, and its family follows: "Fra: Godwin", "Richd: Hale".
fn is_short_given(words: &[Word], at: usize) -> bool {
    let follows = |next: &Word| next.gap.colon && next.gap.lines == 0 && is_name_word(next);
    words[at].capital
        && words.get(at + 1).is_some_and(follows)
        && label_length(Label::Short, &words[at..]) == Some(1)
}

/// How many words from `at` on are ranks cut short behind a name, up to the end of the line or the name of
/// what they are held in: "M. Genl.", "Lt. Colo. Comdt.".
pub(crate) fn rank_behind(words: &[Word], at: usize) -> Option<usize> {
    /// No such word is longer.
    const LONGEST: usize = 7;
    let mut end = at;
    while words.get(end).is_some_and(|w| w.capital && w.span.len() <= LONGEST)
        && (end == at || words[end].gap.lines == 0 && !words[end].gap.comma)
        && let Some(length) = label_length(Label::Rank, &words[end..])
    {
        end += length;
    }
    let ends = words
        .get(end)
        .is_none_or(|w| w.gap.lines > 0 || w.gap.comma || w.is(Classes::BODY) || !w.capital);
    (end > at && ends).then_some(end - at)
}

/// Whether the one letter that could be a title is the first of initials: "M. R. Brown".
fn is_initial_of_name(words: &[Word], at: usize) -> bool {
    words[at].is_letter() && words.get(at + 1).is_some_and(Word::is_letter)
}

/// Whether the rank at `at` is a family name that "and" joins to another: "MM. Rey et Magneval".
fn is_one_of_two(words: &[Word], at: usize) -> bool {
    let [and, other] = [at + 1, at + 2].map(|i| words.get(i).filter(|w| w.gap.lines == 0));
    words[at].is(Classes::SURNAME)
        && and.is_some_and(|w| w.is(Classes::AND))
        && other.is_some_and(is_name_word)
}

/// Whether the rank belongs to the name: "Duke of Kent", not "Graf von Berg".
fn rank_is_name(words: &[Word], at: usize) -> bool {
    words.get(at + 1).is_some_and(|w| w.gap.lines == 0 && w.is(Classes::NAMED_AFTER))
}

/// The names of a run, in order, not overlapping.
pub(crate) fn names(words: &[Word]) -> Vec<Name> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match name_at(words, i) {
            Some(name) => {
                i = name.words.1.max(i + 1);
                out.push(name);
            }
            None => i += 1,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::stretch::words;

    fn check(text: &str, language: Option<&str>, name: &str, title: &str) {
        let w = words(text, Span::new(0, text.len()), language);
        let all = names(&w);
        let of = |s: Span| &text[s.start..s.end];
        let first = all.first().unwrap_or_else(|| panic!("expected a name in `{text}`"));
        assert_eq!(of(first.span), name, "{text}");
        assert_eq!(first.title.map(of).unwrap_or_default(), title, "{text}");
    }

    #[test]
    fn titles_stand_before_names_and_are_none() {
        check("Mr. J. P. Hartley, Esq.", None, "J. P. Hartley", "Mr");
        check("Herrn Geheimrat Dr. Anton Weisskopf", None, "Anton Weisskopf", "Herrn Geheimrat Dr");
        check("Comrade Ho Minh Chau", None, "Ho Minh Chau", "Comrade");
        check("Comrade Ho Il Nam", None, "Ho Il Nam", "Comrade");
        check("Mr. Li Yuan", None, "Li Yuan", "Mr");
        check("Sr. Gral. don Luis Prado", Some("es"), "Luis Prado", "Sr. Gral. don");
        check("Sr. Cap. don Luis Prado", Some("es"), "Luis Prado", "Sr. Cap. don");
        check("Sra. Dª Rosa Prado", Some("es"), "Rosa Prado", "Sra. Dª");
        check("D.ª Rosa Prado", Some("es"), "Rosa Prado", "D.ª");
        check("C. Gral. Luis Prado", Some("es"), "Luis Prado", "C. Gral");
        check("Da Costa", Some("pt"), "Da Costa", "");
        check("Mr. Li Yü-ying", None, "Li Yü-ying", "Mr");
        check("Mr. Chang Po-ling", None, "Chang Po-ling", "Mr");
        check("Mr. Weber/ks", None, "Weber", "Mr");
        check("Monsieur le Comte d’Arlincourt", None, "d’Arlincourt", "Monsieur le Comte");
        check("M. Bertholet", Some("fr"), "Bertholet", "M");
        check("M. R. Bertholet", Some("fr"), "M. R. Bertholet", "");
    }

    #[test]
    fn a_colon_cuts_given_names_short() {
        for name in ["Fra: Godwin", "Tho: Pelling", "Richd: Hale", "Alexr: Orme"] {
            check(name, Some("en"), name, "");
        }
        check("Fra Bernardo", Some("it"), "Bernardo", "Fra");
        check("Dr: Hale", Some("en"), "Hale", "Dr");
    }

    #[test]
    fn a_small_word_may_be_a_syllable_of_a_name() {
        check("Comrade Han Il Sok", None, "Han Il Sok", "Comrade");
        check("PAK IN HO", None, "PAK IN HO", "");
        check("Dr. Weber in Wien", Some("de"), "Weber", "Dr");
        check("Dr. Weber An Karl", Some("de"), "Weber", "Dr");
    }

    #[test]
    fn no_name_stands_where_the_words_end() {
        // the last word may be an office, after which a name is looked for
        for text in ["", "Weber", "The Secretary", "im Auftrag des Ministers"] {
            let w = words(text, Span::new(0, text.len()), None);
            assert!(name_at(&w, w.len()).is_none(), "{text}");
            assert!(name_at(&w, w.len() + 1).is_none(), "{text}");
        }
    }

    #[test]
    fn particles_and_common_words_are_parts_of_names() {
        check("Freiherr von der Aue", None, "von der Aue", "Freiherr");
        check("The Duke of Ayrshire", None, "Duke of Ayrshire", "");
        check("Pedro Calvo y Ruiz", None, "Pedro Calvo y Ruiz", "");
        check("Elizabeth Bishop", None, "Elizabeth Bishop", "");
        check("Anton Graf von Bergen", None, "Anton Graf von Bergen", "");
        check("William Love", None, "William Love", "");
        check("An den Herzog von Weimar", None, "Herzog von Weimar", "");
        check("Graf von Berg", None, "von Berg", "Graf");
        check("Dr. Beer-Hallstein", None, "Beer-Hallstein", "Dr");
    }

    #[test]
    fn an_office_without_a_name_after_it_is_no_name() {
        for text in ["Herrn Direktor", "Monsieur le Président", "Rechtsanwalt", "Dr."] {
            let w = words(text, Span::new(0, text.len()), None);
            assert_eq!(names(&w), Vec::new(), "{text}");
        }
    }

    #[test]
    fn a_number_is_part_of_a_name_and_none_by_itself() {
        check("Pius PP. IX", None, "Pius PP. IX", "");
        check("Leo XIII", None, "Leo XIII", "");
        let w = words("XIII", Span::new(0, 4), None);
        assert_eq!(names(&w), Vec::new());
    }

    #[test]
    fn an_elided_word_to_the_reader_is_no_part_of_his_name() {
        check("All'Avv. Brunelli", None, "Brunelli", "Avv");
        check("Dall'Ongaro", None, "Dall'Ongaro", "");
    }

    #[test]
    fn formulas_and_offices_name_nobody() {
        for text in [
            "Yours very truly",
            "Hochachtungsvoll Ihr ergebener",
            "Secretary of State",
            "Sehr geehrter Herr",
            "Veuillez agréer, Monsieur",
            "Dev.mo ed Obbl.mo Serv.re",
            "Sig. Pron. Col.mo",
            "P.ron Col.mo",
        ] {
            let w = words(text, Span::new(0, text.len()), None);
            assert_eq!(names(&w), Vec::new(), "{text}");
        }
    }
}
