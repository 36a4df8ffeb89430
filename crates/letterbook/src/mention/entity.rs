//! Names that a word of a table shows: events, bodies, governments, lands, the titled.
//!
//! The tagger (`mention/tagger`) knows names by what it was trained on; here the sign is a word: one
//! that heads an event ("Treaty of …"), a body ("… Committee") or a place ("Lake …") in a run of
//! capitalised words, a nation beside its government, the name of a state. These hold in languages
//! that the tagger never saw. This module does not choose between its finds and the tagger's.

use crate::mention::tagger::sheet::{
    BODY, CAPITAL, EVENT, GOVERN, INITIALS, INNER, LAND, LAND_FIRST, NATION, OPENS, SITE, Sheet,
    TITLE, UPPER,
};
use crate::record::MentionKind;
use crate::span::Span;

/// A name and the sign by which it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Signed {
    pub(crate) kind: MentionKind,
    pub(crate) span: Span,
    pub(crate) sign: Sign,
}

/// What shows that something is a name, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sign {
    /// "Korean War".
    Event,
    /// "the British government".
    Government,
    /// "Harbour Commission".
    Body,
    /// "Iberian Peninsula".
    Site,
    /// "DPRK", "Portugal".
    Land,
    /// "General Orme".
    Title,
}

impl Sign {
    /// The rule's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Sign::Event => "entity/event",
            Sign::Government => "entity/government",
            Sign::Body => "entity/body",
            Sign::Site => "entity/site",
            Sign::Land => "entity/land",
            Sign::Title => "entity/title",
        }
    }
}

/// How many words a name has at most.
const MOST_WORDS: usize = 9;

/// Every name of the sheet that a table's word shows, in the order of the text; they may overlap.
///
/// `nouns` says that the language gives every noun a capital, so that "Hindernisse im Weg" is a run
/// like any other.
pub(crate) fn find_signs(sheet: &Sheet, nouns: bool) -> Vec<Signed> {
    let mut out = Vec::new();
    find_governments(sheet, &mut out);
    find_lands(sheet, &mut out);
    let mut run: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < sheet.looked.len() {
        let mut end = at + 1;
        while end < sheet.looked.len() && end - at < MOST_WORDS && goes_on(sheet, end) {
            end += 1;
        }
        run.clear();
        run.extend(sheet.looked[at..end].iter().map(|&i| i as usize));
        read_run(sheet, &run, nouns, &mut out);
        at = end;
    }
    out.sort_by_key(|s| (s.span, s.sign));
    out
}

/// Whether looked-at word `at` stands in one run with the one before it.
fn goes_on(sheet: &Sheet, at: usize) -> bool {
    let (before, i) = (sheet.looked[at - 1] as usize, sheet.looked[at] as usize);
    i == before + 1 && !sheet.is_parted(i)
}

fn covers(sheet: &Sheet, run: &[usize]) -> Span {
    sheet.words[run[0]].span.cover(sheet.words[run[run.len() - 1]].span)
}

/// The name that a run of capitalised words makes.
fn read_run(sheet: &Sheet, run: &[usize], nouns: bool, out: &mut Vec<Signed>) {
    let words = &sheet.words;
    // "The" of a sentence's beginning is no part of a name
    let opening = run.iter().take_while(|&&i| {
        words[i].flags & OPENS != 0 && (words[i].classes & INNER != 0 || sheet.is_written_small(i))
    });
    let run = &run[opening.count()..];
    let titles = run.iter().take_while(|&&i| words[i].classes & TITLE != 0).count();
    let name = &run[titles..];
    // "Madame Votre épouse" names nobody
    let Some(&first) = name.first().filter(|&&i| titles == 0 || !sheet.is_polite(i)) else {
        return;
    };
    let has = |class| name.iter().any(|&i| words[i].classes & class != 0 && is_capital(sheet, i));
    let mut push = |kind, sign| out.push(Signed { kind, span: covers(sheet, name), sign });
    if titles > 0 && !has(BODY | GOVERN | LAND) && is_capital(sheet, first) {
        // "General Orme of Hull": the name ends before the small word, unless it is a "von"
        let end = name.iter().take_while(|&&i| is_capital(sheet, i)).count();
        let span = covers(sheet, &name[..end]);
        out.push(Signed { kind: MentionKind::Person, span, sign: Sign::Title });
        return;
    }
    let opens = words[first].flags & OPENS != 0;
    if name.len() < 2 || titles > 0 || opens && name.len() == 2 {
        return;
    }
    let may_be = !nouns || name.iter().all(|&i| is_capital(sheet, i));
    if may_be && has(EVENT) {
        push(MentionKind::Event, Sign::Event);
    } else if may_be && has(BODY) {
        push(MentionKind::Org, Sign::Body);
    } else if has(SITE) && !nouns {
        push(MentionKind::Place, Sign::Site);
    }
}

fn is_capital(sheet: &Sheet, i: usize) -> bool {
    sheet.words[i].flags & CAPITAL != 0
}

/// A nation's adjective and its government, army or mission side by side.
fn find_governments(sheet: &Sheet, out: &mut Vec<Signed>) {
    for (i, pair) in sheet.words.windows(2).enumerate() {
        let is =
            |a: usize, b: usize| pair[a].classes & NATION != 0 && pair[b].classes & GOVERN != 0;
        if (is(0, 1) || is(1, 0)) && sheet.is_spaced(i + 1) {
            let span = pair[0].span.cover(pair[1].span);
            out.push(Signed { kind: MentionKind::Org, span, sign: Sign::Government });
        }
    }
}

/// States and parts of the world.
fn find_lands(sheet: &Sheet, out: &mut Vec<Signed>) {
    for (i, word) in sheet.words.iter().enumerate() {
        let initials = word.classes & INITIALS != 0 && word.flags & UPPER != 0;
        if word.flags & LAND_FIRST != 0 || initials {
            let more = sheet.words[i + 1..]
                .iter()
                .take_while(|w| !initials && w.classes & LAND != 0 && w.flags & LAND_FIRST == 0)
                .count();
            let span = word.span.cover(sheet.words[i + more].span);
            out.push(Signed { kind: MentionKind::Place, span, sign: Sign::Land });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn signs(text: &str) -> Vec<String> {
        let sheet = Sheet::new(&Text::new(text), Span::new(0, text.len()), &[]);
        let say = |s: &Signed| format!("{:?} {}", s.sign, &text[s.span.start..s.span.end]);
        find_signs(&sheet, false).iter().map(say).collect()
    }

    #[test]
    fn bodies_events_and_the_titled_are_shown_by_a_word() {
        assert_eq!(
            signs("The plan of General Orme pleased the Harbour Commission of Hull."),
            ["Title Orme", "Body Harbour Commission of Hull"]
        );
        assert_eq!(
            signs("before the Armistice Treaty of Hull"),
            ["Event Armistice Treaty of Hull"]
        );
        assert_eq!(signs("on the Iberian Peninsula"), ["Site Iberian Peninsula"]);
        assert_eq!(signs("the Up-with-Lanterns League"), ["Body Up-with-Lanterns League"]);
        assert!(signs("The committee and the war were over.").is_empty());
    }

    #[test]
    fn lands_and_governments_are_known_in_several_languages() {
        assert_eq!(signs("Portugal and the US met"), ["Land Portugal", "Land US"]);
        assert_eq!(signs("told the French government"), ["Government French government"]);
        assert_eq!(signs("el gobierno francés"), ["Government gobierno francés"]);
        assert_eq!(signs("le gouvernement français"), ["Government gouvernement français"]);
        assert_eq!(signs("they told us of it"), Vec::<String>::new());
    }
}
