//! Words that say what the place or the name behind them is, "near", "My address is", "A true copy",
//! and endings that say what the number before them is.
//!
//! Owns the table `tables/labels.tsv`. Whether what they stand beside is read by it, its readers say.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::fold;
use super::lexicon::{Classes, rows};
use super::stretch::Word;

/// What a label says of what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// The town that the place before it is near.
    Near,
    /// Where the writer is to be reached.
    Own,
    /// The address on the outside of the letter.
    Outside,
    /// What an edition says of the paper: "ALS".
    Edition,
    /// That what stands above is a copy, or is countersigned: "Pour ampliation", "A true copy".
    Attested,
    /// Whoever gets a copy: "c.c.", "Durchschrift an".
    Copied,
    /// A title of whoever is written to that nobody gives himself: "Exmo. Señor".
    Courtesy,
    /// A seal, which is drawn or told in brackets: "Hay un sello", "L. S.".
    Seal,
    /// A common given name, behind which the family name stands: "Pierre".
    Given,
    /// The same of a woman: "Harriet".
    Woman,
    /// The title of a woman: "Mrs.".
    Lady,
    /// A land, a ruler or his court before an office: "Königl.", "Bayerischen".
    Court,
    /// What leads to a reader with its article: "Au".
    Led,
    /// The article of an office that no other reader takes for one: "Il".
    Article,
    /// An office that is none to another, so that "to" behind it leads to the reader: "Governor".
    Head,
    /// Those whom somebody sends to a body: "Delegation".
    Sent,
    /// A ministry by what it is for, as telegrams call it: "Intérieur".
    Ministry,
    /// Behind which those stand whom the writer calls his like: "Fellow Workers".
    Fellow,
    /// A rank cut short behind a name: "Genl.".
    Rank,
    /// What stands above the body that it belongs to: "Schweizerische".
    Adjective,
    /// What stands between both sides of a note in the third person: "presents his compliments to".
    Compliments,
    /// The same where a note does not say to whom: "herewith makes a communication".
    Announces,
    /// A county of Great Britain or Ireland: "Kent".
    County,
    /// The two sees of one bishop, "and" between them aside: "Bath & Wells".
    Sees,
    /// A title that who writes gives the reader and not himself: "Mrs.".
    Reader,
    /// The same behind the name: "Esq.".
    Esquire,
    /// A ship by which the letter goes: "per the brig".
    Ship,
    /// What leads to whoever takes the letter along, or to his ship: "per".
    Bearer,
    /// The master of a ship: "Capt.".
    Captain,
    /// What leads to the one in whose house the reader is: "to be left with".
    Host,
    /// A formula that is cut short: "etc.".
    CutShort,
    /// What lies with the letter stands behind it: "Enclosed", "Inliegend".
    Lies,
    /// What a writer says for another who bids him, or to whom: "inform", "you".
    Spoken,
    /// What is done for somebody without speaking for him: "intercede" on behalf of a prisoner.
    Pleads,
    /// What the motto of a state, a party or an army is made of: "Libertad".
    Motto,
    /// "Saint" cut short before the name of a town: "S.".
    Saint,
    /// A street that a word before it names: "Lane".
    Way,
    /// The ending of an ordinal number: "3rd".
    Ordinal,
    /// A form of a company that stands behind its name: "S. A.", "Limited".
    Company,
    /// A given name cut short before a colon, where it is a title or longer than most: "Fra:".
    Short,
    /// Where a telegram was handed in: "aufgegeben".
    HandedIn,
    /// Over the day of the reader's letter in a line of labels: "Ihre Nachricht vom".
    Theirs,
    /// What greets whoever comes to a place, and names no party: "Welcome" to Bath.
    Slogan,
    /// An ending that is an ordinal's only where the number is a day's, "3d": in a street "3d" and
    /// "3 ter" are houses.
    DayOrdinal,
}

/// A label and the words of one of its phrases.
type Phrase = (Label, Vec<String>);

/// The classes of the table.
const NAMES: [(&str, Label); 44] = [
    ("near", Label::Near),
    ("own", Label::Own),
    ("outside", Label::Outside),
    ("edition", Label::Edition),
    ("attested", Label::Attested),
    ("copied", Label::Copied),
    ("courtesy", Label::Courtesy),
    ("seal", Label::Seal),
    ("given", Label::Given),
    ("woman", Label::Woman),
    ("lady", Label::Lady),
    ("court", Label::Court),
    ("led", Label::Led),
    ("article", Label::Article),
    ("head", Label::Head),
    ("sent", Label::Sent),
    ("ministry", Label::Ministry),
    ("fellow", Label::Fellow),
    ("rank", Label::Rank),
    ("adjective", Label::Adjective),
    ("compliments", Label::Compliments),
    ("announces", Label::Announces),
    ("county", Label::County),
    ("sees", Label::Sees),
    ("reader", Label::Reader),
    ("esquire", Label::Esquire),
    ("ship", Label::Ship),
    ("bearer", Label::Bearer),
    ("captain", Label::Captain),
    ("host", Label::Host),
    ("cutshort", Label::CutShort),
    ("lies", Label::Lies),
    ("spoken", Label::Spoken),
    ("pleads", Label::Pleads),
    ("motto", Label::Motto),
    ("saint", Label::Saint),
    ("way", Label::Way),
    ("ordinal", Label::Ordinal),
    ("company", Label::Company),
    ("short", Label::Short),
    ("handedin", Label::HandedIn),
    ("theirs", Label::Theirs),
    ("slogan", Label::Slogan),
    ("dayordinal", Label::DayOrdinal),
];

/// The table, parsed once.
#[derive(Default)]
struct Labels {
    /// The phrases by their first word.
    begun: FxHashMap<String, Vec<Phrase>>,
    /// The ends of longer words: "-ischen".
    endings: Vec<(Label, String)>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let mut labels = Labels::default();
    for [class, _, phrases] in rows(include_str!("../../tables/labels.tsv")) {
        let Some(&(_, label)) = NAMES.iter().find(|(name, _)| *name == class) else { continue };
        for phrase in phrases.split(", ") {
            // an end that stands alone is a word of its class as well
            if let Some(end) = phrase.strip_prefix('-') {
                labels.endings.push((label, fold(end)));
            }
            let said: Vec<String> = fold(phrase).split(' ').map(str::to_owned).collect();
            labels.begun.entry(said[0].clone()).or_default().push((label, said));
        }
    }
    labels
});

/// How many of the first words are such a label; the longest where several are.
pub(crate) fn label_length(label: Label, words: &[Word]) -> Option<usize> {
    let is_said = |phrase: &[String]| {
        phrase.len() <= words.len() && phrase.iter().zip(words).all(|(said, w)| *said == w.folded)
    };
    let begun = LABELS.begun.get(&words.first()?.folded)?;
    let of = begun.iter().filter(|(of, phrase)| *of == label && is_said(phrase));
    of.map(|(_, phrase)| phrase.len()).max()
}

/// Whether the first word is a saint cut short, and the name follows: "S. Agata".
pub(crate) fn begins_saint(words: &[Word]) -> bool {
    let [first, name, ..] = words else { return false };
    first.capital
        && label_length(Label::Saint, words).is_some()
        && name.capital
        && !name.is_letter()
        && name.gap.stop
        && name.gap.lines == 0
}

/// Whether the words of a line are a motto, as offices set it above the date or below the close: "Libertad
/// y Constitución". One such word alone may be a name.
pub(crate) fn is_motto(line: &[Word]) -> bool {
    let (mut at, mut said) = (0, 0);
    while let Some(word) = line.get(at) {
        match label_length(Label::Motto, &line[at..]) {
            Some(length) => {
                at += length;
                said += length;
            }
            None if at > 0 && word.is(Classes::AND.or(Classes::LINK)) => at += 1,
            None => return false,
        }
    }
    said > 1
}

/// Whether the words begin a line that says what lies with the letter and is no sentence: "Enclosed
/// invoice", "Inliegend 1 Rechnung", not "Enclosed is a letter".
pub(crate) fn says_what_lies(words: &[Word]) -> bool {
    /// The longest such line in words.
    const LONGEST: usize = 8;
    let line = 1 + words.iter().skip(1).take_while(|w| w.gap.lines == 0).count();
    let told = Classes::SELF.or(Classes::OTHERS);
    label_length(Label::Lies, words).is_some_and(|length| {
        words[0].capital
            && (length + 1..=LONGEST).contains(&line)
            && !words[length].is(Classes::REMARK)
            && !words[length..line].iter().any(|w| w.is(told))
    })
}

/// Whether the folded letters behind a number make it an ordinal.
pub(crate) fn is_ordinal(ending: &str) -> bool {
    is_ending(Label::Ordinal, ending)
}

/// The same where the number is a day's.
pub(crate) fn is_day_ordinal(ending: &str) -> bool {
    is_ordinal(ending) || is_ending(Label::DayOrdinal, ending)
}

fn is_ending(label: Label, letters: &str) -> bool {
    LABELS.begun.get(letters).is_some_and(|begun| begun.iter().any(|(of, _)| *of == label))
}

/// Whether the words begin by saying who gets a copy; "C. C. Hale" is a name.
pub(crate) fn is_copied(words: &[Word]) -> bool {
    label_length(Label::Copied, words).is_some_and(|length| {
        let initials = words[..length].iter().all(|w| w.folded == "c" && w.capital);
        words.get(length).is_some_and(|next| !initials || next.gap.colon)
    })
}

/// The ends of words that the table has of a class.
fn endings(label: Label) -> impl Iterator<Item = &'static str> {
    LABELS.endings.iter().filter(move |(of, _)| *of == label).map(|(_, end)| end.as_str())
}

/// Whether the word is an adjective that a letterhead may set above the body it belongs to.
pub(crate) fn is_adjective(word: &Word) -> bool {
    label_length(Label::Adjective, std::slice::from_ref(word)).is_some()
        || endings(Label::Adjective).any(|end| word.folded.ends_with(end))
}

/// Whether the word at `at` says of which land or ruler the office is that follows it on the line, others
/// of its kind between: "Herzogl. Sächs. Hofrath", "Bayerischen Gesandten".
pub(crate) fn is_of_court(words: &[Word], at: usize) -> bool {
    /// A word is longer than such an end by so many letters: "Fischer" is a family.
    const STEM: usize = 3;
    let follows = |w: &Word| w.capital && w.gap.lines == 0 && !w.gap.comma && !w.gap.mark;
    let run = words.get(at..).unwrap_or_default();
    // each word of each name is asked, and most have no such word behind them
    if !run.get(1).is_some_and(follows) {
        return false;
    }
    let is_court = |w: &Word| {
        let of = |end: &str| w.folded.len() >= end.len() + STEM && w.folded.ends_with(end);
        w.capital
            && (label_length(Label::Court, std::slice::from_ref(w)).is_some()
                || endings(Label::Court).any(of))
    };
    let court = run.iter().take_while(|w| is_court(w)).count();
    court > 0
        && run[1..court].iter().all(follows)
        && run.get(court).is_some_and(|w| w.is(Classes::ROLE) && follows(w))
}

/// Whether the words begin with a common given name.
pub(crate) fn is_given(words: &[Word]) -> bool {
    [Label::Given, Label::Woman].iter().any(|&of| label_length(of, words).is_some())
}

/// The words behind a label and its colon, all of them where none stands: "[Addressed:] Mr. Hale".
pub(crate) fn behind_outside(words: &[Word]) -> &[Word] {
    let length = label_length(Label::Outside, words).unwrap_or(0);
    let is_label = length > 0 && words.get(length).is_some_and(|w| w.gap.colon);
    if is_label { &words[length..] } else { words }
}

/// The first word of a line that gives the address of the writer: "My address is Leeds", "Address:
/// Fort Royal".
pub(crate) fn own_address(words: &[Word]) -> Option<usize> {
    let lines = (0..words.len()).filter(|&i| i == 0 || words[i].gap.lines > 0);
    lines.into_iter().find(|&i| {
        let length = label_length(Label::Own, &words[i..]).unwrap_or(0);
        let next = words.get(i + length);
        // a noun alone is a label where a colon follows
        length > 0 && words[i].capital && next.is_some_and(|w| length > 1 || w.gap.colon)
    })
}

/// Whether the words begin by saying where the writer is to be reached, whoever is named behind: "Direct
/// to me at Mr. Gray's". Behind "Address:" and "Direct to" a title may be the reader's.
pub(crate) fn reaches_writer(words: &[Word]) -> bool {
    /// Shorter phrases may stand on the outside of the letter.
    const SHORT: usize = 2;
    let Some(length) = label_length(Label::Own, words).filter(|_| own_address(words) == Some(0))
    else {
        return false;
    };
    let leads = Classes::AT.or(Classes::CARE);
    length > SHORT
        || words[0].is(Classes::MY)
        || words.get(length).is_some_and(|w| w.is(leads) && !w.capital)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::stretch::words;
    use crate::span::Span;

    fn all(text: &str) -> Vec<Word> {
        words(text, Span::new(0, text.len()), None)
    }

    #[test]
    fn the_writer_gives_his_own_address() {
        for line in ["Address: Fort Royal", "My address is 14 Mill Street", "Direct to Leeds"] {
            assert_eq!(own_address(&all(line)), Some(0), "{line}");
        }
        assert_eq!(own_address(&all("A. Hale\nMeine Adresse ist Ulm")), Some(2));
        assert_eq!(own_address(&all("Address to the King")), None);
        assert_eq!(own_address(&all("")), None);
    }

    #[test]
    fn a_host_behind_the_writers_own_address_is_not_whom_it_goes_to() {
        for line in [
            "Direct to me at Mr. Gray's, Bath",
            "Address me care of Dr. Wood, York",
            "My direction is at Mr. Wood's",
            "Mon adresse : chez M. Morel",
        ] {
            assert!(reaches_writer(&all(line)), "{line}");
        }
        for line in ["Address: Mr. Hale, Bath", "Direct to Mr. Hale", "To Mr. Hale, at Bath", ""] {
            assert!(!reaches_writer(&all(line)), "{line}");
        }
    }

    #[test]
    fn the_address_on_the_outside_stands_behind_its_label() {
        assert_eq!(behind_outside(&all("[Addressed:] Mr. Hale")).len(), 2);
        assert_eq!(behind_outside(&all("Mr. Hale")).len(), 2);
    }

    #[test]
    fn the_letter_of_a_house_is_an_ordinal_only_of_a_day() {
        assert!(is_ordinal("rd") && is_day_ordinal("rd"));
        assert!(!is_ordinal("d") && is_day_ordinal("d"));
        assert!(!is_day_ordinal("inst") && !is_day_ordinal(""));
    }

    #[test]
    fn whoever_gets_a_copy_stands_behind_a_label() {
        for line in ["c.c. Mr. Hale", "C. C. to Miss Lowe", "cc: A. Orme", "Copy to Mr. Pym"] {
            assert!(is_copied(&all(line)), "{line}");
        }
        assert!(!is_copied(&all("C. C. Hale")));
        assert!(!is_copied(&all("Copy of the Will")));
    }

    #[test]
    fn lands_and_rulers_before_an_office_are_of_it() {
        for text in ["Herzogl. Sächs. Hofrath", "Bayerischen Gesandten", "Kgl. Amtmann"] {
            assert!(is_of_court(&all(text), 0), "{text}");
        }
        for text in ["Anton Bayer, Amtmann", "Bayer Werke", "Wienischen", ""] {
            assert!(!is_of_court(&all(text), 0), "{text}");
        }
    }

    #[test]
    fn what_lies_with_the_letter_is_told_in_a_line_that_is_no_sentence() {
        for line in ["Enclosed invoice", "Inliegend 1 Rechnung.", "Ci-joint une facture"] {
            assert!(says_what_lies(&all(line)), "{line}");
        }
        for line in ["Enclosed is a plan", "Enclosed I send a plan", "Enclosed", "A plan", ""] {
            assert!(!says_what_lies(&all(line)), "{line}");
        }
    }

    #[test]
    fn a_motto_is_made_of_its_words_alone() {
        let mottoes = [
            "LIBERTAD Y CONSTITUCIÓN.",
            "Sufragio Efectivo. No Reelección.",
            "Dios y Libertad",
            "REFORMA, LIBERTAD, JUSTICIA Y LEY",
            "Salud y República",
            "Liberté, Égalité, Fraternité",
            "Saúde e Fraternidade",
            "Ordem e Progresso",
            "Liberty or Death",
        ];
        for line in mottoes {
            assert!(is_motto(&all(line)), "{line}");
        }
        for line in ["Libertad", "Libertad Lamarque", "Banco de Orden y Progreso", "y Ruiz", ""] {
            assert!(!is_motto(&all(line)), "{line}");
        }
    }

    #[test]
    fn every_class_of_the_table_is_read() {
        for [class, _, _] in rows::<3>(include_str!("../../tables/labels.tsv")) {
            let known = NAMES.iter().any(|(name, _)| *name == class);
            assert!(known, "unknown class `{class}`");
        }
    }
}
