//! The place in a dateline, and the body that writes from there.
//!
//! Any order of words: "Paris, ce 3 mars", "Given at …", the town after the date. A known town wins
//! over an unknown word; an unknown capitalised word in the slot is a place all the same, since
//! letters come from villages that no table has. The date itself is read by `letterbook-dates`.

use super::block::{Block, Piece, names_street, office_line, pieces, town_in};
use super::fold::fold;
use super::label::{Label, begins_saint, label_length};
use super::lexicon::Classes;
use super::name::is_name_word;
use super::stretch::{Word, span_of};
use crate::span::Span;
use crate::tables::town;

/// How sure a place is, by what shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PlaceKind {
    /// A house or street without a town.
    House,
    /// Capitalised words that no table knows.
    Unknown,
    /// Several words, one of them a known town: "Belvoir bei Zürich".
    Near,
    /// A known town.
    Town,
}

/// Words of no more bytes may be cut short by their full stop.
const WHOLE: usize = 6;
/// Words of no more bytes are no place that no table knows.
const SHORTEST: usize = 3;

/// What a dateline says beside the date.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Dateline {
    /// The place of writing.
    pub(crate) place: Option<(Span, PlaceKind)>,
    /// The body that writes: "Legation of the United States".
    pub(crate) body: Option<Span>,
    /// The office that writes: "Landrat des Kreises Teltow" after its article.
    pub(crate) role: Option<Span>,
}

/// Whether the word is part of a date or time rather than of a place.
fn is_date_word(words: &[Word], at: usize) -> bool {
    let w = &words[at];
    // "2d Division", "5th Corps"
    let counts_body = w.number
        && words
            .get(at + 1)
            .is_some_and(|n| n.is(Classes::BODY) && n.capital && n.gap.lines == 0 && !n.gap.comma)
        && w.folded.ends_with(char::is_alphabetic);
    w.number && !counts_body
        || w.is(Classes::MONTH.or(Classes::WEEKDAY))
        || !w.capital
            && !w.is(Classes::STREET)
            && w.span.len() <= 4
            && at > 0
            && words[at - 1].number
        || is_roman(&w.folded)
            && w.capital
            && (w.gap.dash || w.gap.stop || at > 0 && words[at - 1].number)
}

fn is_roman(folded: &str) -> bool {
    folded.bytes().all(|b| b"ivx".contains(&b))
}

/// Reads the words of a dateline; `dates` are the spans that date readings cover.
pub(crate) fn read_dateline(text: &str, words: &[Word], dates: &[Span]) -> Dateline {
    let mut out = Dateline::default();
    let town_words = words_of_towns(text, words);
    let dated = |at: usize| is_dated(words, dates, at) && !town_words.contains(&at);
    let mut house_number = false;
    // what the last run may be, should its county follow
    let mut village = None;
    let mut at = 0;
    while at < words.len() {
        if dated(at) {
            // the number of a house, not of a day: "37 Place Trajane"
            house_number = words[at].number
                && words.get(at + 1).is_some_and(|w| {
                    w.capital && w.gap.lines == 0 && !w.gap.comma && !dated(at + 1)
                });
            at += 1;
            continue;
        }
        let ends = |at: usize| {
            let goes_on = |&i: &usize| !words[i].gap.comma && words[i].gap.lines == 0 && !dated(i);
            at + 1 + (at + 1..words.len()).take_while(goes_on).count()
        };
        let end = ends(at);
        // "Regierung zu Kassel / Kassel, den 20. Mai": the town of the first line is the body's
        let has_place = words.get(end).is_some_and(|w| w.gap.lines > 0)
            && !dated(end)
            && town_in(text, &words[end..ends(end)]).is_some();
        // "Three Mile / Cross"
        let adjacent = at == 0 || words.get(end).is_some_and(|_| dated(end));
        let run = &words[at..end];
        // "Alder, near Bath": a village, by the town it is near to
        let is_near = at > 0
            && words[at].gap.comma
            && words[at].gap.lines == 0
            && !words[at].capital
            && label_length(Label::Near, run).is_some_and(|n| n < run.len());
        at = end;
        if let Some((village, PlaceKind::Unknown)) = out.place
            && is_near
        {
            out.place = Some((village, PlaceKind::Town));
            continue;
        }
        if label_length(Label::County, run) == Some(run.len())
            && let Some(place) = village
        {
            if out.place.is_none_or(|(_, kind)| kind < PlaceKind::Near) {
                out.place = Some((place, PlaceKind::Unknown));
            }
            continue;
        }
        village = village_of(run);
        consider(text, run, adjacent && !house_number, has_place, &mut out);
        house_number = false;
    }
    out
}

/// The run as the village that it is if a county follows: "Orpley, Suffolk".
fn village_of(run: &[Word]) -> Option<Span> {
    let other = Classes::STREET.or(Classes::HOUSE).or(Classes::REMARK);
    let begins = run.iter().position(|w| !w.is(Classes::AT) || w.capital)?;
    let name = &run[begins..];
    let is_named = name.iter().all(|w| is_name_word(w) && !w.is(other));
    (is_named && name.len() < 4).then(|| span_of(name))
}

/// The words of towns of two words or more one of which is a month's or a day's too: "Rio de Janeiro",
/// "Viña del Mar", "Santo Domingo".
fn words_of_towns(text: &str, words: &[Word]) -> Vec<usize> {
    const LONGEST: usize = 4;
    let mut out = Vec::new();
    let dated = |i: &usize| words[*i].is(Classes::MONTH.or(Classes::WEEKDAY)) && words[*i].capital;
    for month in (1..words.len()).filter(dated) {
        let from = (month.saturating_sub(LONGEST - 1)..month).find(|&from| {
            let run = &words[from..=month];
            let joined = run[1..].iter().all(|w| w.gap.lines == 0 && !w.gap.comma && !w.gap.stop);
            let span = span_of(run);
            run[0].capital && joined && town(&fold(&text[span.start..span.end])).is_some()
        });
        out.extend(from.into_iter().flat_map(|from| from..=month));
    }
    out
}

/// Letters between strokes, by which an office finds its papers again: "HB/la".
fn is_mark_of_office(text: &str) -> bool {
    text.contains('/') && text.split('/').all(|piece| piece.chars().count() <= SHORTEST)
}

fn is_dated(words: &[Word], dates: &[Span], at: usize) -> bool {
    dates.iter().any(|d| d.contains(words[at].span)) || is_date_word(words, at)
}

/// The ship on which the letter is written: "On board the ship Neptune", "A bordo del Volador".
fn ship(run: &[Word]) -> Option<Span> {
    let first = run.first()?;
    let is_aboard = first.capital && first.length > 1 && first.phrase.any(Classes::HOUSE);
    let is_named = run.get(first.length..)?.iter().any(|w| w.capital && is_name_word(w));
    (is_aboard && is_named).then(|| span_of(run))
}

/// Whether the first word is part of a place's name: the article of "La Brède", what a hyphen joins
/// ("'s-Gravenhage"). An article is a small word of offices and of salutations that leads to no place.
fn begins_name(run: &[Word]) -> bool {
    let [first, next, ..] = run else { return false };
    let article = first.is(Classes::LINK) && first.is(Classes::MY) && !first.is(Classes::AT);
    next.gap.tight || article && is_name_word(next)
}

/// `span` with the short article that an apostrophe opens and a hyphen joins to it: "'s-Gravenhage".
fn with_short_article(text: &str, span: Span) -> Span {
    let before = &text[..span.start];
    let article = before.strip_suffix('-').map_or("", |b| {
        let stem = b.trim_end_matches(char::is_lowercase);
        if stem.len() < b.len() && stem.ends_with(['\'', '’', '‘']) {
            &b[stem.len()..]
        } else {
            ""
        }
    });
    if article.is_empty() {
        return span;
    }
    let stem = &before[..before.len() - 1 - article.len()];
    let apostrophe = stem.chars().next_back().map_or(0, char::len_utf8);
    Span::new(stem.len() - apostrophe, span.end)
}

/// Takes what a run of words says; `has_place` when the line below names the place.
fn consider(text: &str, mut run: &[Word], adjacent: bool, has_place: bool, out: &mut Dateline) {
    if let Some(office) = office_line(text, run) {
        out.role = out.role.or(Some(office));
        return;
    }
    if let Some(ship) = ship(run) {
        out.place = out.place.or(Some((ship, PlaceKind::House)));
        return;
    }
    // "In Eil", though Eil is a town
    if run.first().is_some_and(|w| w.phrase.any(Classes::REMARK) && w.length == run.len()) {
        return;
    }
    while let Some(w) = run.first() {
        if begins_saint(run) {
            break;
        }
        if w.is(Classes::REMARK)
            && run.len() > 1
            && !is_name_word(w)
            && town_in(text, run).is_none()
        {
            // "Telegramm aus Wien", but "Porto Alegre"
            run = &run[1..];
            continue;
        }
        // "aufgegeben Potsdam"
        if let Some(n) = label_length(Label::HandedIn, run).filter(|n| *n < run.len()) {
            run = &run[n..];
            continue;
        }
        if !w.capital && run.len() > 1 && w.is(Classes::AT) {
            run = &run[1..];
            continue;
        }
        let opener = w.phrase.any(Classes::GIVEN)
            || w.is(Classes::GIVEN)
            || w.is(Classes::AT.or(Classes::LINK))
                && (!w.capital
                    || run.len() > 1
                        && w.folded.chars().count() <= 3
                        && !begins_name(run)
                        && town_in(text, run).is_none());
        if !opener || w.is(Classes::AT) && town(&w.folded).is_some() && run.len() == 1 {
            break;
        }
        let n = if w.phrase.any(Classes::GIVEN) { w.length } else { 1 };
        run = &run[n.min(run.len())..];
    }
    // "Smyrna ye" before the day
    let leads = |w: &Word| {
        // "B.s Ay.s"
        let link = !w.is_letter() && w.is(Classes::LINK);
        !w.capital && (link || w.is(Classes::AT)) || w.is_letter() && w.is(Classes::AT)
    };
    while run.len() > 1 && run.last().is_some_and(leads) {
        run = &run[..run.len() - 1];
    }
    // "Caslau Nr 12"
    while run.len() > 1
        && run
            .last()
            .is_some_and(|w| w.is(Classes::REMARK) && !is_name_word(w) && w.span.len() <= SHORTEST)
    {
        run = &run[..run.len() - 1];
    }
    let Some(first) = run.first() else { return };
    // "Maison fondée en" the year that follows
    if run.iter().any(|w| w.is(Classes::PRINTED)) {
        return;
    }
    // "Praes. 6. Juni" says when the letter came
    if run.iter().any(|w| w.is(Classes::RECEIPT) && !w.is(Classes::AT)) {
        return;
    }
    let mut propose = |span: Span, kind: PlaceKind| {
        let span = with_short_article(text, span);
        if out.place.is_none_or(|(_, best)| kind > best) {
            out.place = Some((span, kind));
        }
    };
    let body = (0..run.len()).find(|&i| {
        let w = &run[i];
        w.is(Classes::BODY) && w.capital && !w.is_letter() && !names_street(run, i)
    });
    // "Camp near White Oak Church" is no body
    let is_near = |i: usize| !run[i].capital && label_length(Label::Near, &run[i..]).is_some();
    let in_body = body.is_some_and(|body| !(1..body).any(is_near));
    // a country may be a town's name as well: "Mexico", "Luxembourg"
    let country = run.len() == 1 && first.is(Classes::STATE.or(Classes::COUNTRY));
    if let Some(span) = town_in(text, run) {
        return propose(span, if country { PlaceKind::Unknown } else { PlaceKind::Town });
    }
    // "Wien I, Franz-Josephs-Kai", "Kopenhagen (genügend Adresse)"
    if run.len() > 1
        && !in_body
        && town(&first.folded).is_some()
        && (run[1].gap.mark || is_roman(&run[1].folded) || run[1].gap.stop)
        && is_name_word(first)
    {
        return propose(first.span, PlaceKind::Town);
    }
    if in_body {
        let mut body = run;
        // "Consulate of the United States at Bahia", "Foreign Office London"
        let town_at = (1..run.len())
            .rev()
            .find(|&i| {
                is_name_word(&run[i])
                    && run[i - 1].is(Classes::AT)
                    && !run[i - 1].capital
                    && town_in(text, &run[i..]).is_some()
            })
            .or_else(|| {
                (1..run.len()).rev().take(2).find(|&i| {
                    is_name_word(&run[i])
                        && !run[i - 1].is(Classes::LINK)
                        && town_in(text, &run[i..]).is_some()
                })
            });
        if let Some(i) = town_at.filter(|_| !has_place) {
            propose(span_of(&run[i..]), PlaceKind::Town);
            body = &run[..i];
            while body.len() > 1 && body.last().is_some_and(|w| w.is(Classes::AT) && !w.capital) {
                body = &body[..body.len() - 1];
            }
        }
        if out.body.is_none() {
            for piece in pieces(text, body, Block::Letterhead) {
                if let Piece::Body(span) = piece {
                    out.body = out.body.or(Some(span));
                }
            }
        }
        return;
    }
    if run
        .iter()
        .all(|w| w.is(Classes::STATE.or(Classes::COUNTRY)) || w.is(Classes::REMARK) || !w.capital)
    {
        return;
    }
    // "Libertad y Constitución. Lugo": a motto, and the town behind its full stop
    let behind = (1..run.len()).find(|&i| {
        run[i].gap.stop && run[i - 1].span.len() > WHOLE && town_in(text, &run[i..]).is_some()
    });
    if let Some(town) = behind.and_then(|i| town_in(text, &run[i..])) {
        return propose(town, PlaceKind::Town);
    }
    let street = run.iter().any(|w| w.is(Classes::STREET.or(Classes::HOUSE)) && !w.is_letter());
    let plausible = run.len() <= 5
        && (first.capital || first.is(Classes::STREET))
        && run.iter().all(|w| {
            is_name_word(w)
                || w.is_letter() && w.capital
                || w.is(Classes::LINK
                    .or(Classes::AT)
                    .or(Classes::HOUSE)
                    .or(Classes::STREET)
                    .or(Classes::STATE)
                    .or(Classes::COUNTRY)
                    .or(Classes::SURNAME)
                    .or(Classes::PARTICLE))
        })
        && run.iter().any(|w| !w.is_letter() && (w.span.len() > 3 || is_name_word(w)));
    if !plausible {
        // "dem großen Rathe zu Luzern"
        let leads = |i: &usize| run[i - 1].is(Classes::AT) && !run[i - 1].capital;
        let last = (1..run.len()).rfind(leads).filter(|&i| !has_place && is_name_word(&run[i]));
        if let Some(town) = last.and_then(|i| town_in(text, &run[i..])) {
            propose(town, PlaceKind::Town);
        }
        return;
    }
    if first.is(Classes::REMARK.or(Classes::CLOSING)) && run.len() == 1 {
        return;
    }
    let known = run.iter().any(|w| is_name_word(w) && town(&w.folded).is_some());
    let span = span_of(run);
    let near = known
        && run.len() > 1
        && !street
        && run.last().is_some_and(|w| is_name_word(w) && town(&w.folded).is_some())
        || known && run.iter().any(|w| w.is(Classes::AT) && !w.capital || w.gap.mark || w.gap.dash);
    if near {
        propose(span, PlaceKind::Near);
    } else if street || !adjacent {
        propose(span, PlaceKind::House);
    } else if town(&fold(&text[span.start..span.end])).is_some() {
        propose(span, PlaceKind::Town);
    } else if span.len() > SHORTEST && !is_mark_of_office(&text[span.start..span.end]) {
        // "Tue, 4 May" is the weekday of a mail in any language
        propose(span, PlaceKind::Unknown);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::stretch::words;

    fn check(text: &str, place: &str, body: &str) {
        let w = words(text, Span::new(0, text.len()), None);
        let d = read_dateline(text, &w, &[]);
        let of = |s: Option<Span>| s.map(|s| &text[s.start..s.end]).unwrap_or_default();
        assert_eq!((of(d.place.map(|p| p.0)), of(d.body)), (place, body), "{text}");
    }

    #[test]
    fn an_office_with_its_article_is_who_writes() {
        let role = |text: &str| {
            let w = words(text, Span::new(0, text.len()), None);
            read_dateline(text, &w, &[]).role.map(|s| text[s.start..s.end].to_owned())
        };
        let office = "Landrat des Kreises Teltow";
        assert_eq!(role("Der Landrat des Kreises Teltow\nBerlin, 4. Juli"), Some(office.into()));
        assert_eq!(role("Der Brunnenhof, 4. Juli"), None);
    }

    #[test]
    fn the_place_stands_before_or_after_the_date() {
        check("Paris, ce 3 mars 1812", "Paris", "");
        check("ce 3 mars 1812, à Paris", "Paris", "");
        check("A Madrid, a 3 de mayo de 1780", "Madrid", "");
        check("München d. 3/5", "München", "");
        check("Given at Warsaw, the 3rd of May", "Warsaw", "");
        check("aufgegeben Potsdam, 3. Mai, 4 Uhr", "Potsdam", "");
        check("Aufgegeben in Ulm den 3. Mai", "Ulm", "");
        check("Handed in at Leeds, 3 May", "Leeds", "");
        check("Warsaw ye 3d May 1701", "Warsaw", "");
        check("Fort Augustus, 3 May 1746", "Fort Augustus", "");
        check("5 May 1902.\nBoston, Mass.", "Boston", "");
        check("3. März", "", "");
        check("HB/la  19.3.1931", "", "");
        check("Friday evening", "", "");
        check("Tue, 4 May 2010", "", "");
        check("Ulm, 4 May 2010", "Ulm", "");
        check("Rio de Janeiro, 4 May 2010", "Rio de Janeiro", "");
        check("La Brède, ce 3 juin 1746", "La Brède", "");
        check("De La Brède, ce 3 juin 1746", "La Brède", "");
        check("’s-Gravenhage, 3 juni 1846", "’s-Gravenhage", "");
        check("Au quartier général de Vérone, le 3 juin 1796", "Vérone", "");
        check("On board the ship Neptune, 3 June 1796", "On board the ship Neptune", "");
        check("A bordo del bergantín Volador, 3 de junio", "A bordo del bergantín Volador", "");
        check("Im Felde, den 23. 10. 1916", "", "");
        check("Rio de Janeiro, 4 de Janeiro de 1910", "Rio de Janeiro", "");
        check("In Eil, den 2. März 1790", "", "");
        check("г. Тверь. 2 марта 1868 г.", "Тверь", "");
        check("En hâte, le 2 mars 1790", "", "");
        check("Gegeben auf Unserm Rathhause, den 2. März 1790", "", "");
        check("Gegeben unter Unserm Stadt-Insiegel, den 2. März 1790", "", "");
        check("Beschlossen im Rathe, den 2. März 1790", "", "");
        check("Geschehen, den 2. März 1790", "", "");
        check("Porto Alegre, 3 de junho de 1846", "Porto Alegre", "");
        check("Pôrto Seguro, 3 de junho de 1846", "Pôrto Seguro", "");
        check("Porto 3 de junho de 1846", "Porto", "");
        check("S. Agata, 3 giugno 1846", "S. Agata", "");
        check("S. Ildefonso 3 de junio de 1786", "S. Ildefonso", "");
        check("S. José de Costa Rica, 3 de junio de 1886", "S. José de Costa Rica", "");
        check("B.s Ay.s 3 de junio de 1816", "B.s Ay.s", "");
        check("Camp near White Elm Church, April 3, 1863", "Camp near White Elm Church", "");
    }

    #[test]
    fn bodies_and_villages_are_told_apart() {
        check(
            "Legation of the United States,\nConstantinople, May 3, 1890",
            "Constantinople",
            "Legation of the United States",
        );
        check("Department of State, May 3, 1890", "", "Department of State");
        check("Regierung zu Kassel\nKassel, den 20. Mai 1868", "Kassel", "Regierung zu Kassel");
        check("Regierung zu Kassel\nden 20. Mai 1868", "Kassel", "Regierung");
        check("Hinterkappelen, 3. Mai 1850", "Hinterkappelen", "");
        check("Rosenhof bei Zürich, 3. Mai 1850", "Rosenhof bei Zürich", "");
        check("Lisbon 3 May\n37 Rua Nova", "Lisbon", "");
        check("Hollin Dale, near Bath, 3 May 1850", "Hollin Dale", "");
        check("Rose Cottage, near Bath, 3 May 1850", "Bath", "");
        check("The Rectory, Orpley, Suffolk, 3 May 1850", "Orpley", "");
        check("Rose Cottage, near Bath, Somerset, 3 May 1850", "Bath", "");
        check("12 rue des Lions, 3 mai 1850", "rue des Lions", "");
        check("Aus dem großen Rathe zu Bern den 3 Mai 1850", "Bern", "");
        check("Iglau Nr 12, 3. Mai 1850", "Iglau", "");
        check("Maison fondée en 1842\nLyon, 3 mai 1850", "Lyon", "");
        check("Libertad y Constitución. Lima, 3 de mayo de 1850", "Lima", "");
        check("Hd. Qrs. 2d Division, 5th Corps\n3 May 1850", "", "Hd. Qrs. 2d Division");
    }
}
