//! Where the segments of a block end.
//!
//! A comma or a line end parts two segments, unless it stands inside a name, an office or a firm; a full
//! stop or a dash parts them where print sets names in a row. What a segment is, `segment` says.

use super::Block;
use super::office::{company_ends, joins_firm, speaks_for};
use super::place::{is_town, leads_to_town};
use crate::mention::label::{Label, is_adjective, is_given, label_length};
use crate::mention::lexicon::{Classes, lexicon};
use crate::mention::name::{Name, is_name_word, name_at};
use crate::mention::stretch::Word;
use crate::tables::town;

/// Words before a telephone number and the like.
const LABELS: Classes =
    Classes::PHONE.or(Classes::FAX).or(Classes::EMAIL).or(Classes::WEB).or(Classes::CABLE);

/// The words with the lines joined whose end breaks a name or an office, as `is_broken` tells; none
/// where no line does.
pub(super) fn join_lines(
    words: &[Word],
    is_broken: fn(&[Word], usize) -> bool,
) -> Option<Vec<Word>> {
    let is_broken = |&at: &usize| runs_on(&words[at]) && is_broken(words, at);
    let broken: Vec<usize> = (1..words.len()).filter(is_broken).collect();
    let mut out = (!broken.is_empty()).then(|| words.to_vec())?;
    for at in broken {
        out[at].gap.lines = 0;
    }
    Some(out)
}

/// The words with those made whole that a hyphen parts at a line's end: "Bezirks- / hauptmannschaft"; none
/// where none does.
pub(super) fn join_parted(text: &str, words: &[Word]) -> Option<Vec<Word>> {
    let is_parted = |before: &Word, next: &Word| {
        next.gap.lines == 1
            && !next.capital
            && !next.number
            && !next.is(Classes::AND)
            && !before.is_letter()
            // words of columns are not in the order of the page
            && text
                .get(before.span.end..next.span.start)
                .is_some_and(|between| between.starts_with(['-', '=']))
    };
    words.windows(2).any(|pair| is_parted(&pair[0], &pair[1])).then(|| {
        let mut out: Vec<Word> = Vec::with_capacity(words.len());
        for word in words {
            match out.last_mut() {
                Some(before) if is_parted(before, word) => {
                    before.span = before.span.cover(word.span);
                    before.folded.push_str(&word.folded);
                    before.classes = lexicon().word(&before.folded).0;
                    before.phrase = Classes::NONE;
                }
                _ => out.push(word.clone()),
            }
        }
        // a phrase may have had the halves
        let all = out.len();
        for (at, word) in out.iter_mut().enumerate() {
            word.length = word.length.min(all - at);
        }
        out
    })
}

/// Whether a line ends before the word, with no mark at its end.
fn runs_on(word: &Word) -> bool {
    let gap = word.gap;
    gap.lines == 1 && !(gap.comma || gap.stop || gap.colon || gap.call || gap.mark)
}

/// Whether the line end before the word at `at` breaks a name or an office, as in prose: "A Monsieur
/// Jean / Lambert", "Al Sr. D. Luis de la / Vega", "Ministre des Affaires / étrangères".
pub(super) fn is_broken(words: &[Word], at: usize) -> bool {
    let begin = (1..at).rfind(|&i| words[i].gap.lines > 0 || words[i].gap.comma).unwrap_or(0);
    let end = (at + 1..words.len()).find(|&i| words[i].gap.lines > 0 || words[i].gap.comma);
    let (line, next) = (&words[begin..at], &words[at..end.unwrap_or(words.len())]);
    let held = line.iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY)) && !w.is_letter());
    let small = Classes::LINK.or(Classes::AT).or(Classes::TO).or(Classes::AND).or(Classes::CARE);
    if held {
        let ends_name = |w: &Word| w.is(small) || w.is(Classes::ROLE);
        let adjective = !next[0].capital && !next[0].number && !next[0].is_letter();
        return adjective && !next[0].is(small.or(Classes::ROLE)) && !ends_name(&words[at - 1]);
    }
    let elsewhere = Classes::STREET
        .or(Classes::HOUSE)
        .or(Classes::ROLE)
        .or(Classes::BODY)
        .or(Classes::STATE)
        .or(Classes::COUNTRY);
    let is_family = next.iter().all(|w| !w.number && !w.is(elsewhere))
        && is_name_word(&next[0])
        && next[0].capital
        && name_at(next, 0).is_some_and(|n| n.words == (0, next.len()) && n.title.is_none())
        && town(&next[0].folded).is_none()
        && !is_given(next);
    let led = line[0].is(Classes::TO.or(Classes::TITLE));
    // "Jean", and no family name before it; "de la", "de la Vega y"
    let given = is_given(&words[at - 1..at])
        && name_from(line).is_some_and(|n| n.full == 1 && n.words.1 == line.len());
    let particle = words[at - 1].is(Classes::PARTICLE)
        && !words[at - 1].capital
        && line.iter().any(|w| w.is(Classes::TITLE));
    led && is_family && (given || particle)
}

/// Whether the line end before the word at `at` parts the body of a letterhead from its adjectives:
/// "Kaiserlich Deutsches / Konsulat".
pub(super) fn breaks_body(words: &[Word], at: usize) -> bool {
    /// So many adjectives at most.
    const MOST: usize = 3;
    let next = &words[at];
    let begin = (1..at).rfind(|&i| words[i].gap.lines > 0).unwrap_or(0);
    let line = &words[begin..at];
    next.is(Classes::BODY)
        && next.capital
        && line.len() <= MOST
        && line.iter().all(|w| w.capital && !w.is(Classes::BODY) && is_adjective(w))
}

/// Whether the line end before the word at `at` breaks the name of one who signs, or a pair: "Juan de la
/// Vega y / Mendoza", "Anna und / Karl Weber".
pub(super) fn breaks_signer(words: &[Word], at: usize) -> bool {
    let (last, next) = (&words[at - 1], &words[at]);
    let begin = (1..at).rfind(|&i| words[i].gap.lines > 0).unwrap_or(0);
    let line = &words[begin..at];
    let office = |w: &Word| w.is(Classes::ROLE.or(Classes::BODY)) && !w.is_letter();
    let leads = last.is(Classes::AND.or(Classes::PARTICLE)) && !last.capital;
    leads
        && !last.is(Classes::TO)
        && is_name_word(next)
        && name_from(line).is_some()
        && !line.iter().any(office)
}

/// The first name of a line.
fn name_from(line: &[Word]) -> Option<Name> {
    (0..line.len()).find_map(|at| name_at(line, at).filter(|n| n.full > 0))
}

/// Whether a full stop and a dash part the word at `at` from those before it, as Spanish prints part
/// those who sign: "Juan Gil, alcalde.—Pedro Ruiz, regidor"; or a full stop does after an office, where
/// a name follows: "Weber, Vorsitzender. Lang, Schriftführer".
pub(super) fn parts_signers(text: &str, words: &[Word], at: usize) -> bool {
    /// Shorter words that end in a full stop may be cut short, …
    const WHOLE: usize = 5;
    /// … and shorter names.
    const LONG: usize = 6;
    let (before, word) = (&words[at - 1], &words[at]);
    let whole = |least: usize| before.span.len() > least && word.gap.lines == 0;
    let names = || name_at(words, at).is_some_and(|n| n.full > 0 && n.role.is_none());
    let after_office = before.is(Classes::ROLE) && whole(WHOLE) && names();
    // "J. Kessler. G. Anders": initials behind a family name begin the next
    let after_name = at > 1
        && whole(LONG)
        && is_name_word(before)
        && before.gap.lines == 0
        && (words[at - 2].is_letter() || is_name_word(&words[at - 2]))
        && word.is_letter()
        && names();
    word.gap.stop && (is_dashed(text, words, at) || after_office || after_name)
}

/// Whether a dash stands between the word at `at` and the one before it; words of columns are not in
/// the order of the page.
pub(crate) fn is_dashed(text: &str, words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| words[i].span.end);
    let between = before.and_then(|end| text.get(end..words[at].span.start));
    between.is_some_and(|between| between.contains(['—', '–']))
}

/// Whether a dash, or a hyphen between spaces, parts the town that ends the line from the name before it:
/// "Herrn Weber — Ulm", "BRANDT WERKE - ULM".
pub(super) fn is_dashed_town(text: &str, words: &[Word], at: usize) -> bool {
    let parts = |i: usize| {
        let end = i.checked_sub(1).map(|before| words[before].span.end);
        let between = end.and_then(|end| text.get(end..words[i].span.start));
        let hyphen = |between: &str| {
            let bare = between.trim_start_matches('.');
            bare.starts_with(' ') && bare.ends_with(' ') && bare.trim().bytes().all(|b| b == b'-')
        };
        is_dashed(text, words, i) || between.is_some_and(hyphen)
    };
    let may_be = at > 0 && words[at].gap.lines == 0 && words[at].gap.dash && parts(at);
    // of a line of towns each is one; a comma behind the town leads to its land
    let end = |i: &usize| words[*i].gap.lines > 0 || words[*i].gap.comma;
    // "NEW - YORK" is one
    let is_inside = || {
        let whole = format!("{} {}", words[at - 1].folded, words[at].folded);
        town(&whole).is_some()
    };
    may_be
        && !is_inside()
        && is_town(text, &words[at..(at + 1..words.len()).find(end).unwrap_or(words.len())])
}

/// Where the name of a body or an office ends that `words[at..end]` begin and that goes on behind their
/// comma: "Ministerium der geistlichen, Unterrichts- und Medizinal-Angelegenheiten",
/// "Ministère de l'agriculture, du commerce et des travaux publics", "Ministry of Food, Fisheries and
/// Forests".
pub(super) fn enumeration_ends(words: &[Word], at: usize, end: usize) -> Option<usize> {
    let held = Classes::BODY.or(Classes::ROLE);
    let head =
        (at..end).find(|&i| words[i].is(held) && words[i].capital && !words[i].is_letter())?;
    let next = words.get(end).filter(|w| w.gap.comma && w.gap.lines == 0)?;
    let close = (end + 1..words.len())
        .find(|&i| words[i].gap.comma || words[i].gap.lines > 0)
        .unwrap_or(words.len());
    let is_of = |w: &Word| w.is(Classes::LINK) && !w.is(Classes::AND) && !w.capital;
    let named = words.get(head + 1..end)?;
    let (of, rest) = (named.first()?, &words[end..close]);
    let joined = rest.iter().any(|w| w.is(Classes::AND) && !w.capital && !w.is_letter());
    let elsewhere = Classes::STREET.or(Classes::TITLE).or(Classes::ROLE).or(Classes::BODY);
    let plain = |w: &Word| !w.number && !w.is(elsewhere);
    // "der geistlichen": an adjective without its noun; "du commerce" behind "de l'agriculture"
    let is_open = named.len() > 1
        && !words[end - 1].is(Classes::LINK)
        && !words[end - 1].capital
        && next.capital
        && rest.get(1).is_some_and(|w| w.is(Classes::AND));
    let is_more = !next.capital && next.is(Classes::LINK) && !next.is(Classes::AND);
    let is_list = next.capital && named.len() > 1 && words[head].is(Classes::BODY);
    (is_of(of) && joined && rest.iter().all(plain) && (is_open || is_more || is_list))
        .then_some(close)
}

/// Where the firm ends that begins with the names `at..end` before a comma.
pub(super) fn firm_goes_on(words: &[Word], at: usize, end: usize) -> Option<usize> {
    // "HARKER & SONS, LTD."
    let form = words.get(end).is_some_and(|w| {
        w.gap.comma && w.gap.lines == 0 && w.is(Classes::BODY) && w.span.len() <= 4
    });
    let form_ends = words.get(end + 1).is_none_or(|w| w.gap.comma || w.gap.lines > 0);
    if form && form_ends && (at..end).any(|i| joins_firm(words, i) && words[i].folded == "&") {
        return Some(end + 1);
    }
    if let Some(close) = company_ends(words, end) {
        return Some(close);
    }
    // "Morel, & Cie"
    let joined = words.get(end..end + 2).filter(|next| {
        let [and, firm] = next else { return false };
        and.gap.comma && and.gap.lines == 0 && and.folded == "&" && firm.is(Classes::FIRM)
    });
    if joined.is_some() && words.get(end + 2).is_none_or(|w| w.gap.comma || w.gap.lines > 0) {
        return Some(end + 2);
    }
    // "p. p. Dale, Fox y Cía", "for Dale, Fox & Co."
    let at = at + speaks_for(&words[at..end]).unwrap_or(0).min(end - at);
    // "To / Sres. Dale, Fox y Cía"
    let leads = Classes::TITLE.or(Classes::TO);
    let titles = words[at..end].iter().take_while(|w| w.is(leads) && !w.is_letter());
    let at = at + titles.count();
    let name = |w: &Word| (is_name_word(w) || w.is_letter() && w.capital) && !w.is(Classes::TITLE);
    // "Dale, Bros. & Co."
    let goes_on = |w: &Word| name(w) || w.is(Classes::FIRM) && w.capital;
    let next = words.get(end).filter(|w| w.gap.comma && w.gap.lines == 0 && goes_on(w))?;
    if at == end || end - at > 3 || !words[at..end].iter().all(name) || next.number {
        return None;
    }
    let ends = |from: usize| {
        let parts = |&i: &usize| words[i].gap.comma || words[i].gap.lines > 0;
        (from + 1..words.len()).find(parts).unwrap_or(words.len())
    };
    let mut close = ends(end);
    // "Crawford, Bayley, Shaw & Co."
    while words[end..close].iter().all(name)
        && words.get(close).is_some_and(|w| w.gap.comma && w.gap.lines == 0 && goes_on(w))
    {
        close = ends(close);
    }
    let joins = |i: usize| {
        words[i].folded == "&" && joins_firm(words, i)
            // "Dale, Fox y Cía"
            || words[i].is(Classes::AND)
                && words.get(i + 1).is_some_and(|w| w.is(Classes::FIRM) && !w.gap.stop)
    };
    (end..close).any(joins).then_some(close)
}

/// Whether the word at `at` announces a telephone number or the like: "Philander Cable" is a name.
pub(super) fn is_label(words: &[Word], at: usize, block: Block) -> bool {
    let follows_name = at > 0
        && words[at].gap.lines == 0
        && !words[at].gap.comma
        && (words[at - 1].is_letter() || is_name_word(&words[at - 1]));
    words[at].is(LABELS) && !(block != Block::Letterhead && follows_name && words[at].capital)
}

/// Whether the segment `at..end` needs the next line to be whole.
pub(super) fn goes_on(text: &str, words: &[Word], at: usize, end: usize) -> bool {
    let (last, next) = (&words[end - 1], &words[end]);
    // "Der Minister des Innern. / von Stein"
    let is_named = next.is(Classes::LEADING)
        && !next.capital
        && words.get(end + 1).is_some_and(|w| is_name_word(w) && w.gap.lines == 0);
    if next.gap.stop && last.span.len() > 4 && is_named {
        return false;
    }
    // "MINISTÈRE / DE LA GUERRE": in print that is all capitals a small word has them too
    let in_capitals =
        |w: &Word| !text[w.span.start..w.span.end].contains(char::is_lowercase) && !w.is_letter();
    // "AL-BAHRIYA" is a name
    let is_name = words.get(end + 1).is_some_and(|w| w.gap.tight);
    let is_small =
        !next.capital || in_capitals(next) && !is_name && words[at..end].iter().all(in_capitals);
    // "Ill.mo Sig. / Il Sig. Pietro Neri"
    if next.capital && label_length(Label::Article, std::slice::from_ref(next)).is_some() {
        return false;
    }
    let only_title = words[at..end].iter().all(|w| {
        (w.is(Classes::TITLE.or(Classes::HONOUR).or(Classes::TO)) && !w.is_letter())
            || (w.is(Classes::LINK) && !w.capital)
    });
    // "Herrn Regierungsrat und Professor / Anton Weber"
    let titled = words[at].is(Classes::TITLE.or(Classes::TO))
        && words[at..end].iter().any(|w| w.is(Classes::TITLE))
        && words[at..end].iter().all(|w| {
            w.is(Classes::TITLE
                .or(Classes::ROLE)
                .or(Classes::HONOUR)
                .or(Classes::AND)
                .or(Classes::TO))
        })
        && !next.number
        && next.capital
        && town(&next.folded).is_none();
    let small = |w: &Word| {
        w.is(Classes::LINK)
            && !w.is_letter()
            && !next.number
            && (!w.capital || w.is(Classes::LINK) && !is_name_word(w))
    };
    // "John Ballard for / the Harbour Board"
    let speaks = last.is(Classes::FOR)
        && !last.is_letter()
        && !last.capital
        && words[at..end - 1].iter().any(is_name_word);
    // "Captain / for Officer Commanding the Depot"
    let for_office = next.is(Classes::FOR)
        && words.get(end + 1).is_some_and(|w| {
            w.is(Classes::ROLE.or(Classes::TITLE)) && w.capital && w.gap.lines == 0
        });
    if for_office {
        return false;
    }
    // "Director des philologischen / Seminars": what the office is held in has not come yet
    let open_office = end - at > 2
        && !last.capital
        && !last.number
        && !last.is_letter()
        && !last.is(Classes::CLOSING.or(Classes::ROLE).or(Classes::BODY))
        && next.capital
        && words[at..end].iter().any(|w| w.is(Classes::ROLE) && w.capital)
        && words[end - 2].is(Classes::LINK)
        && !words[end - 2].capital
        // "Responsable de prensa / Museo de la Mar" is whole
        && last.folded.ends_with("en");
    only_title
        || titled
        || speaks
        || open_office
        || (small(last) && !last.is(Classes::AT) || small(last) && words[at..end].iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY))))
            && words[at..end].iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY).or(Classes::NOBLE)))
        || (next.is(Classes::LINK) && is_small && !next.is(Classes::TITLE.or(Classes::AGENT)) && words[at..end].iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY))) && (next.is(Classes::GENITIVE) || !leads_to_town(words, end)))
        // "DIRECTION / DER / BANK": a small word on a line of its own
        || (next.is(Classes::LINK) && words.get(end + 1).is_some_and(|w| w.gap.lines > 0) && !leads_to_town(words, end))
}
