//! What one segment of a block is: its person, office, body or place.
//!
//! First what leads the segment is taken off ("To", "(signed)", "Siège :"). Then readers are asked in
//! order, and the first that knows the segment says its pieces: those of `SIMPLE` go by the first words
//! or by all of them alike, those of `READERS` weigh office, body, firm and name against each other.
//! What nobody knows is a place, or nothing.

use super::office::{
    company_ends, council, is_body, joins_firm, office_begins, read_agency, role_and_body,
};
use super::place::{is_house_number, is_town, leads_to_town, places};
use super::{Block, Piece};
use crate::mention::label::{Label, is_of_court, label_length};
use crate::mention::lexicon::Classes;
use crate::mention::name::{Name, is_name_word, name_at, rank_behind};
use crate::mention::stretch::{Gap, Word, span_of};
use crate::span::Span;

/// The words of a segment and where they stand.
struct Segment<'s> {
    text: &'s str,
    /// The words without those that lead it; one at least.
    words: &'s [Word],
    block: Block,
    /// "An den", "au" led it: an office may follow that is no name.
    is_led: bool,
    /// It began with an article: "The Executive Engineer".
    has_article: bool,
}

/// What the words of a segment tell together.
struct Signs {
    /// The first word of a body.
    body: Option<usize>,
    /// The first word of an office.
    role: Option<usize>,
    /// Its words are the name of a firm.
    is_firm: bool,
    name: Option<Name>,
}

/// Whether the segment was known; its pieces are then at the end of the list.
type Simple = fn(&Segment<'_>, &mut Vec<Piece>) -> bool;
type Reader = fn(&Segment<'_>, &Signs, &mut Vec<Piece>) -> bool;

/// The readers that need no signs, in their order.
const SIMPLE: [Simple; 12] = [
    office_before_colon,
    land_behind_town,
    ruler_who_reads,
    passes_over,
    street_before_name,
    in_care_of,
    bishop_of_two_sees,
    office_of_only_signer,
    agency,
    rank_below_name,
    rank_in_numbered_body,
    council_of_town,
];

/// The readers that weigh signs, in their order.
const READERS: [Reader; 13] = [
    led_office_and_person,
    office_then_person,
    body_in_quotation_marks,
    from_large_to_small,
    office_of_any_word,
    person_first,
    office_behind_body,
    office,
    firm,
    body,
    reader_of_letter,
    person_of_print,
    place_or_name,
];

/// Reads the pieces of the segment `words` and puts them behind those of the segments before it.
pub(super) fn segment(text: &str, words: &[Word], block: Block, out: &mut Vec<Piece>) {
    if is_way(words, block) {
        return;
    }
    if let Some((principal, rest)) = principal_then_signer(words, block) {
        out.push(Piece::Principal(span_of(principal)));
        return segment(text, rest, block, out);
    }
    let has_article = words.first().is_some_and(|w| w.is(Classes::LINK) && w.capital);
    let (words, is_led) = without_opening(words, block);
    let words = without_history(without_label(text, words, block), block);
    if words.is_empty() {
        return;
    }
    let segment = Segment { text, words, block, is_led, has_article };
    if !SIMPLE.iter().any(|read| read(&segment, out)) {
        let signs = segment.signs();
        READERS.iter().any(|read| read(&segment, &signs, out));
    }
}

/// Whether the segment says how the letter went: "per Packet", and not "per Adr. Verlag Brand".
fn is_way(words: &[Word], block: Block) -> bool {
    let [per, ship] = words else { return false };
    block == Block::Address
        && per.is(Classes::AGENT)
        && !per.capital
        && !ship.is(Classes::TITLE.or(Classes::BODY))
}

/// For whom, and the words behind it, of who signs: "Der Vorstand i. A. Dr. Weber".
fn principal_then_signer(words: &[Word], block: Block) -> Option<(&[Word], &[Word])> {
    let at = (1..words.len()).find(|&i| words[i].phrase.any(Classes::BEHALF))?;
    let (principal, rest) = words.split_at(at);
    let behind = at + words[at].length;
    (block == Block::Signature
        && principal.iter().any(|w| w.is(Classes::ROLE.or(Classes::BODY)) && w.capital)
        && !principal.iter().any(|w| w.is(Classes::BEHALF.or(Classes::FOR)) && !w.capital)
        && !principal[at - 1].is(Classes::AND)
        && name_at(words, behind).is_some())
    .then(|| (principal, &rest[behind - at..]))
}

/// The words behind "(signed)", "To", "An", "Received", and whether an article led to them.
fn without_opening(mut words: &[Word], block: Block) -> (&[Word], bool) {
    let all = words.len();
    let mut is_led = false;
    while let Some(w) = words.first() {
        // "De Ud. attos. y S. S.": letters that end a formula
        let ends_formula =
            words.len() < all && w.phrase.any(Classes::CLOSING) && w.length == words.len();
        let opener = w.is(Classes::SIGNED) && !w.is_letter()
            // "Abs.: Karl Lindner"
            || w.is(Classes::FROM) && !w.is_letter() && words.get(1).is_some_and(|n| n.gap.colon)
            || block == Block::Address
                && w.is(Classes::TO)
                && !w.is(Classes::NOBLE)
                && !(w.is_letter() && w.capital && words.get(1).is_some_and(|n| n.gap.stop))
            || block == Block::Signature
                && w.is(Classes::CLOSING)
                && (ends_formula || !(w.is_letter() && w.capital))
                && !(w.capital
                    && !w.phrase.any(Classes::CLOSING)
                    && name_at(words, 0).is_some_and(|n| n.words.0 == 0 && n.full > 0))
                && !w.is(Classes::BEHALF.or(Classes::FOR).or(Classes::TITLE))
                && !is_particle(words)
                && !is_office_article(words)
                && !closing_is_name(words);
        if !opener {
            break;
        }
        let (opened, rest) = words.split_at(w.length.clamp(1, words.len()));
        is_led = block == Block::Address && opened.last().is_some_and(is_dative_article);
        words = rest;
    }
    // "&c., &c."
    if words.first().is_some_and(|w| w.folded == "&") { (&[], is_led) } else { (words, is_led) }
}

/// The words behind what says, before a colon, what the line gives: "Siège : 3 rue du Puits".
fn without_label<'w>(text: &str, words: &'w [Word], block: Block) -> &'w [Word] {
    let parties = Classes::ROLE.or(Classes::BODY).or(Classes::TITLE).or(Classes::FROM);
    let is_label = |label: &[Word]| {
        label[0].phrase.any(Classes::SEAT)
            || !label.iter().any(|w| w.number || w.is_letter() || w.is(parties))
    };
    let is_place = |given: &[Word]| {
        given.iter().any(|w| w.number || w.is(Classes::STREET.or(Classes::HOUSE)))
            || is_town(text, given)
    };
    let colon = (1..words.len().min(4)).find(|&i| words[i].gap.colon);
    match colon.map(|at| words.split_at(at)) {
        Some((label, given)) if block != Block::Signature && is_label(label) && is_place(given) => {
            given
        }
        _ => words,
    }
}

/// The words before what says how old the firm of a letterhead is: "Maison fondée en 1842".
fn without_history(words: &[Word], block: Block) -> &[Word] {
    let printed = words.iter().position(|w| w.is(Classes::PRINTED));
    match printed {
        Some(at)
            if block == Block::Letterhead && words[at + 1..].iter().take(3).any(|w| w.number) =>
        {
            if at > 1 {
                &words[..at]
            } else {
                &[]
            }
        }
        _ => words,
    }
}

/// "Vizevorsitzender: Hans Berg": what stands before the colon is no name, whatever the word.
fn office_before_colon(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    /// The longest such office in words.
    const LONGEST: usize = 3;
    let &Segment { words, block, .. } = segment;
    let Some(at) = (1..words.len().min(LONGEST + 1)).find(|&i| words[i].gap.colon) else {
        return false;
    };
    let (office, behind) = words.split_at(at);
    let aside = Classes::ROLE
        .or(Classes::BODY)
        .or(Classes::BEHALF)
        .or(Classes::FOR)
        .or(Classes::SIGNED)
        .or(Classes::REMARK)
        .or(Classes::CLOSING);
    let plain = |w: &Word| w.span.len() > 4 && !w.number && !w.is(aside);
    let is_office = block == Block::Signature && office[0].capital && office.iter().all(plain);
    let named = name_at(behind, 0).filter(|n| n.full > 1 || n.full > 0 && n.words.1 > 1);
    let Some(name) = named.filter(|_| is_office && behind[0].gap.lines == 0) else { return false };
    let (first, end) = name.words;
    let role = Some(span_of(office));
    segment.put_person(&Name { role, words: (first + at, end + at), ..name }, out)
}

/// "The Secretary of War, / Washington, D. C."
fn land_behind_town(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    let &Segment { words, block, .. } = segment;
    let known = block == Block::Address
        && (matches!(out.last(), Some(Piece::Town(_))) || words.iter().all(Word::is_letter))
        && !out.is_empty()
        && words.iter().all(|w| w.is(Classes::STATE));
    if known {
        out.push(Piece::Country(span_of(words)));
    }
    known
}

/// "An den König"
fn ruler_who_reads(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    let [ruler] = segment.words else { return false };
    let known = segment.is_led && ruler.is(Classes::NOBLE) && ruler.capital;
    if known {
        out.push(Piece::Role(ruler.span));
    }
    known
}

/// What names neither a party nor a place.
fn passes_over(segment: &Segment<'_>, _: &mut Vec<Piece>) -> bool {
    let &Segment { text, words, block, .. } = segment;
    let first = &words[0];
    // "1140 PM" on a form
    let is_hour = || {
        block != Block::Signature
            && first.number
            && words[1..].iter().any(|w| w.is(Classes::REMARK))
            && words.iter().all(|w| w.number || w.is(Classes::REMARK))
    };
    // "K.C.B." after the name of a peer
    let is_honour =
        || words.iter().all(|w| w.is(Classes::HONOUR.or(Classes::POSTNOMINAL)) && w.is_letter());
    // "E. Excell:s", "Eders Excellences" above the servant who signs
    let is_courtesy = || {
        block == Block::Signature
            && first.phrase.any(Classes::HONOUR)
            && first.length > 1
            && words[first.length..].iter().all(|w| w.is_letter() && !w.capital)
    };
    // "Abs. Weber" on an envelope is who sends it
    let sends = || {
        block == Block::Address
            && first.is(Classes::FROM)
            && first.capital
            && words.get(1).is_some_and(|w| w.gap.stop || w.gap.colon)
    };
    // "Nr. 2417", "J.-Nr. 12", "I. 3. 518" of an office is no house; "Az. II B 7/3" is none anywhere
    let is_file = || {
        block == Block::Letterhead && is_file_number(text, words)
            || block == Block::Address && is_labelled_file(text, words)
    };
    is_hour() || is_file() || is_honour() || is_courtesy() || sends()
}

/// "rue des Beaux-Arts": the street comes first, whatever it is named after.
fn street_before_name(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    let &Segment { text, words, block, .. } = segment;
    let known = block == Block::Address && words[0].is(Classes::STREET) && is_street_of(words);
    if known {
        places(text, words, out);
    }
    known
}

/// Whoever the letter is in care of is no party, but a house may follow.
fn in_care_of(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    let &Segment { words, block, .. } = segment;
    let first = &words[0];
    let known = first.is(Classes::CARE)
        && (first.length > 1 || block != Block::Signature)
        && !first.is(Classes::TITLE)
        && words.len() > first.length;
    if known && block != Block::Signature {
        out.push(Piece::Street(span_of(words)));
    }
    known
}

/// The bishop who signs by the towns of both his sees behind his initials: "J. B. Bath & Wells".
fn bishop_of_two_sees(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    let bishop =
        (segment.block == Block::Signature).then(|| bishop_of_two(segment.words)).flatten();
    let known = bishop.is_some();
    out.extend(bishop.map(Piece::Person));
    known
}

/// "Podstoli Wołyński" on the line behind the comma of the one who signs: an office and what it is of.
fn office_of_only_signer(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    let &Segment { words, block, .. } = segment;
    let ([Piece::Person(_)], [first, of]) = (out.as_slice(), words) else { return false };
    let known = block == Block::Signature
        && first.gap.comma
        && first.gap.lines == 1
        && first.is(Classes::ROLE)
        && first.capital
        && !first.is(Classes::TITLE.or(Classes::SURNAME))
        && is_name_word(of);
    if known {
        out.push(Piece::Role(span_of(words)));
    }
    known
}

/// "For the Secretary: John Brown"
fn agency(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    segment.block == Block::Signature && read_agency(segment.text, segment.words, out)
}

/// "B. Genl.", "A. D. C." below the name: letters of a rank, and no second who signs.
fn rank_below_name(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    let &Segment { words, block, .. } = segment;
    let known = block == Block::Signature
        && matches!(out.last(), Some(Piece::Person(_)))
        && rank_behind(words, 0) == Some(words.len());
    if known {
        out.push(Piece::Role(span_of(words)));
    }
    known
}

/// "Col. 5th Ohio Vols." below the name.
fn rank_in_numbered_body(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    let &Segment { words, block, .. } = segment;
    let known = block == Block::Signature
        && words[0].is(Classes::TITLE.or(Classes::ROLE))
        && !words[0].is_letter()
        && words.get(1).is_some_and(is_ordinal)
        && body_in(words, block).is_none()
        && matches!(out.last(), Some(Piece::Person(_)));
    if known {
        out.push(Piece::Role(span_of(words)));
    }
    known
}

/// "Bürgermeister und Rat von Wismar," above those who sign.
fn council_of_town(segment: &Segment<'_>, out: &mut Vec<Piece>) -> bool {
    let follows_name = matches!(out.last(), Some(Piece::Person(_)));
    let council = (!follows_name).then(|| council(segment.words)).flatten();
    out.extend(council.map(Piece::Body));
    council.is_some()
}

impl Segment<'_> {
    fn signs(&self) -> Signs {
        let &Segment { words, block, .. } = self;
        Signs {
            body: body_in(words, block),
            role: words.iter().position(|w| {
                w.is(Classes::ROLE) && !w.is_letter() && (w.capital || block != Block::Letterhead)
            }),
            is_firm: is_firm(words),
            name: self.name(),
        }
    }

    /// The name, unless its words are a body's, an office's or a ruler's.
    fn name(&self) -> Option<Name> {
        let &Segment { text, words, .. } = self;
        // "Société Générale de Crédit": the title is the body's adjective, and what follows its kind
        let of_body = |n: &Name| {
            let at = n.words.0;
            at > 0
                && n.title.is_some_and(|t| t == words[at].span)
                && !words[at].gap.mark
                && is_body(words, at - 1)
                && words.get(at + 1).is_some_and(|w| w.is(Classes::KIND_OF))
        };
        // "An den Maire von Düren": an office of a town
        let of_town = |n: &Name| {
            let (at, end) = n.words;
            let joint = (at..end).find(|&i| words[i].is(Classes::GENITIVE) && !words[i].capital);
            self.is_led
                && n.title.is_none()
                && n.role.is_some()
                && joint.is_some_and(|i| is_town(text, &words[i + 1..end]))
        };
        // "Collector of His Majesty's Customs"
        let of_ruler = |n: &Name| {
            n.title.is_some_and(|t| {
                let title = &text[t.start..t.end];
                let adjoins = t.end <= n.span.start && text[t.end..n.span.start].trim().is_empty();
                adjoins && (title.ends_with("'s") || title.ends_with("’s"))
            })
        };
        // "secrétaire de Monseigneur le duc de Choiseul": whom the office serves
        let of_office = |n: &Name| {
            let title = n.title.and_then(|t| words.iter().position(|w| w.span.start == t.start));
            let before = &words[..title.unwrap_or(0)];
            before.last().is_some_and(|w| w.is(Classes::GENITIVE) && !w.capital)
                && before.iter().any(|w| w.is(Classes::ROLE) && !w.is_letter())
        };
        // "A rogo de", "A miniszter": an article, or what leads to whom
        let is_small = |n: &Name| {
            let next = words.get(n.words.1);
            let runs_on = next.is_some_and(|w| !w.capital && !w.number && w.gap == Gap::default());
            let first = &words[n.words.0];
            let small = Classes::LINK.or(Classes::TO);
            n.initials && n.words.1 - n.words.0 == 1 && first.is(small) && runs_on
        };
        choose_name(text, words, self.block)
            .filter(|n| !is_small(n) && !of_body(n) && !of_town(n) && !of_ruler(n) && !of_office(n))
    }

    /// Puts the person there, and what follows the name.
    fn put_person(&self, name: &Name, out: &mut Vec<Piece>) -> bool {
        let name = self.without_town(name);
        let behind = &self.words[name.words.1..];
        out.push(Piece::Person(name));
        after_name(self.text, behind, self.block, out);
        true
    }

    /// The name without the town of two words that ends the line behind it in an address: "Herrn Karl Weber
    /// Bad Homburg".
    fn without_town(&self, name: &Name) -> Name {
        /// The words of the town.
        const TOWN: usize = 2;
        let (first, end) = name.words;
        let is_whole = self.block == Block::Address && end == self.words.len();
        let rest = name.full.checked_sub(TOWN).filter(|&full| full > 0 && is_whole);
        let at = end - TOWN.min(end);
        match rest {
            Some(full)
                if name.title.is_some()
                    && name.span.start < self.words[at].span.start
                    && !self.words[at - 1].is(Classes::PARTICLE)
                    && !self.words[at + 1].gap.dash
                    && is_town(self.text, &self.words[at..]) =>
            {
                let span = Span::new(name.span.start, self.words[at - 1].span.end);
                Name { span, words: (first, at), full, ..name.clone() }
            }
            _ => name.clone(),
        }
    }
}

/// "An den Königlichen Landrat Herrn von Stein"
fn led_office_and_person(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let words = segment.words;
    let name = signs.name.as_ref().filter(|n| n.title.is_some() && n.words.0 == 1);
    let Some(name) = name.filter(|_| segment.is_led) else { return false };
    let Some(role) = name.role.filter(|r| r.start == words[1].span.start) else { return false };
    let role = Some(words[0].span.cover(role));
    segment.put_person(&Name { role, ..name.clone() }, out)
}

/// "der verantwortliche Redakteur der Zeitung Herr Weber": office first, then the person.
fn office_then_person(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let Some(name) = &signs.name else { return false };
    let before = &segment.words[..name.words.0];
    let known = segment.block == Block::Address
        && name.title.is_some()
        && before.iter().any(|w| w.is(Classes::ROLE));
    if !known {
        return false;
    }
    role_and_body(before, 0, (0..before.len()).find(|&i| is_body(before, i)), out);
    segment.put_person(name, out)
}

/// „Die Neue Zeit“: what stands in quotation marks at the head of a line is a body.
fn body_in_quotation_marks(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let &Segment { text, words, block, .. } = segment;
    let quoted = text[..words[0].span.start].ends_with(['„', '“', '"', '«', '»', '‚', '”']);
    let known = quoted && block != Block::Signature && words[0].capital && signs.body.is_none();
    if known {
        let end = (1..words.len()).find(|&i| words[i].gap.mark).unwrap_or(words.len());
        out.push(Piece::Body(span_of(&words[..end])));
    }
    known
}

/// "上海机械厂 厂长 王建国": body, office and name, from the large to the small.
fn from_large_to_small(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let &Segment { text, words, block, .. } = segment;
    let (Some(name), Some(at)) = (&signs.name, signs.body) else { return false };
    let known = block == Block::Signature
        && at < name.words.0
        && name.role.is_some()
        && words.iter().all(|w| is_caseless(text, w));
    if known {
        out.push(Piece::Body(span_of(&words[..=at])));
        segment.put_person(name, out);
    }
    known
}

/// "Chief Surveyor" below the name, "The Executive Engineer", "Der Kaiserliche Gesandte", "den
/// Königlichen Landrath": an office, whatever its first word.
fn office_of_any_word(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let &Segment { words, block, .. } = segment;
    let (Some(name), Some(at)) = (&signs.name, signs.role) else { return false };
    let is_below = block != Block::Letterhead
        && name.words == (0, 1)
        && out.iter().any(|p| matches!(p, Piece::Person(_)));
    let is_office = is_below
        || name.words.0 <= 1
            && segment.has_article
            && (block != Block::Address || name.full == 1 && !words[at].is(Classes::BODY))
        || name.words.0 == 0 && segment.is_led && name_at(words, at).is_none();
    let known = name.title.is_none() && name.words.1 == at && !words[at].gap.mark && is_office;
    if known {
        role_and_body(words, name.words.0, signs.body, out);
    }
    known
}

/// A name with a title or office right before it, or at the head of a signature.
fn person_first(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let &Segment { text, words, block, .. } = segment;
    let Some(name) = &signs.name else { return false };
    let before = &words[..name.words.0];
    // "The Marquis of Ashby": a peer is called by what he is peer of
    let peer = block == Block::Address && words[name.words.0].is(Classes::NOBLE);
    let leads = || {
        before.iter().all(|w| {
            !w.capital
                || w.is(Classes::TITLE.or(Classes::DEAR).or(Classes::HONOUR).or(Classes::DATIVE))
                // "The Right Hon. the Earl of Ashby"
                || block == Block::Address && w.is(Classes::LINK) && (name.title.is_some() || peer)
                || block == Block::Signature && !w.is(Classes::ROLE.or(Classes::BODY))
        })
    };
    // "John Orme Esqr. Secretary to the Board": an honour behind the name shows it as well
    let behind = words.get(name.words.1..).unwrap_or_default();
    let esquire = block == Block::Address && label_length(Label::Esquire, behind).is_some();
    let has_title = name.title.is_some()
        || peer
        || esquire
        || name.role.is_some() && block != Block::Letterhead;
    let whole_is_body = signs.body.is_some_and(|b| b <= name.words.0) || signs.is_firm;
    // in an address a word after the name may be the town
    let may_be_town = || block != Block::Signature && name.title.is_none() && name.role.is_none();
    !whole_is_body
        && leads()
        && (has_title || block == Block::Signature)
        && (has_title || signs.role.is_none_or(|r| r >= name.words.0))
        && !(may_be_town() && is_town(text, words))
        && segment.put_person(name, out)
}

/// "Borough Librarian": the office of a body, and no body.
fn office_behind_body(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let words = segment.words;
    let (Some(at), Some(body)) = (signs.role, signs.body) else { return false };
    let known = at == body + 1
        && at + 1 == words.len()
        && !words[at].gap.mark
        && words.iter().all(|w| w.capital && !w.number);
    if known {
        out.push(Piece::Role(span_of(&words[office_begins(words, at)..])));
    }
    known
}

/// "Secretary of the Admiralty"
fn office(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let &Segment { words, block, .. } = segment;
    let Some(at) = signs.role else { return false };
    let known = signs.body.is_none_or(|b| at < b || block == Block::Signature && at == b)
        && (0..at).all(|i| {
            let w = &words[i];
            !is_name_word(w) || w.is(Classes::LINK) || is_of_court(words, i)
        });
    if known {
        role_and_body(words, office_begins(words, at), signs.body, out);
    }
    known
}

/// "Herrn Joh. Brand & Comp. in Zürich"
fn firm(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let &Segment { text, words, .. } = segment;
    let known = signs.is_firm && !words[0].number;
    if known {
        let titles = words.iter().take_while(|w| w.is(Classes::TITLE) && !w.is_letter()).count();
        let place = (titles + 1..words.len()).find(|&i| leads_to_town(words, i));
        let end = place.unwrap_or(words.len());
        out.push(Piece::Body(span_of(if titles < end { &words[titles..end] } else { words })));
        if end < words.len() {
            places(text, &words[end..], out);
        }
    }
    known
}

/// "Peter Weber, Bank": a name before the body's own word is part of the body's name.
fn body(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let words = segment.words;
    let Some(at) = signs.body else { return false };
    let has_street = words.iter().any(is_house_number) && at > 0;
    let known = !has_street || words[..at].iter().all(|w| !w.number);
    if known {
        let end = words.iter().position(|w| w.number && w.span.len() > 1);
        // "Head Quarters 2d Division", "Füsilier-Regiment Nr. 86"
        let end = end.filter(|&n| {
            let is_counted =
                n > at + 1 && words[n - 1].is(Classes::REMARK) && words[n - 2].is(Classes::BODY);
            let counts =
                is_ordinal(&words[n]) && words.get(n + 1).is_some_and(|w| w.is(Classes::BODY));
            n > at && !is_counted && !counts
        });
        out.push(Piece::Body(span_of(&words[..end.unwrap_or(words.len())])));
    }
    known
}

/// The first name of an address, where nothing before it names whom the letter goes to.
fn reader_of_letter(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let &Segment { text, words, block, .. } = segment;
    let Some(name) = &signs.name else { return false };
    let is_street = || words.iter().any(|w| w.number || w.is(Classes::STREET.or(Classes::HOUSE)));
    block == Block::Address
        && name.words.0 == 0
        && !out.iter().any(|p| matches!(p, Piece::Person(_) | Piece::Body(_)))
        && !is_town(text, words)
        && !(name.words.1 == words.len() && is_street())
        && segment.put_person(name, out)
}

/// A letterhead's line that is a name with initials.
fn person_of_print(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let &Segment { text, words, block, .. } = segment;
    let Some(name) = &signs.name else { return false };
    let known = block == Block::Letterhead
        && name.words == (0, words.len())
        && name.full > 0
        && words.iter().any(|w| w.is_letter() && w.capital)
        && !is_town(text, words)
        && !words.iter().any(|w| w.is(Classes::STATE));
    if known {
        out.push(Piece::Person(name.clone()));
    }
    known
}

/// Towns, streets and lands; of a letterhead a whole name, where it is none of these.
fn place_or_name(segment: &Segment<'_>, signs: &Signs, out: &mut Vec<Piece>) -> bool {
    let &Segment { text, words, block, .. } = segment;
    places(text, words, out);
    if let Some(name) = &signs.name
        && block == Block::Letterhead
        && name.words == (0, words.len())
        && (name.full >= 2 || name.full == 1 && words.iter().any(Word::is_letter))
        && !is_town(text, words)
        && !matches!(out.last(), Some(Piece::Town(_) | Piece::Street(_) | Piece::Country(_)))
    {
        out.push(Piece::Person(name.clone()));
    }
    true
}

/// Whether the words are the name of a firm: "Breit & Hartung", "Weber and Sons"; "en son hôtel" is no
/// "and Son".
fn is_firm(words: &[Word]) -> bool {
    let and_sons = |w: &[Word]| {
        w[1].is(Classes::AND) && w[2].is(Classes::FIRM) && (w[2].capital || !w[2].is_letter())
    };
    // "Herren Breit & Hartung", but "Mr. & Mrs. Brown"
    let is_pair = |at: usize| {
        let joined = [at - 1, at + 1].map(|i| words.get(i));
        words[at].folded == "&"
            && joins_firm(words, at)
            && joined.into_iter().flatten().all(|w| !w.is(Classes::TITLE))
    };
    // "Harker Mills, Inc."
    let is_company = |at: usize| company_ends(words, at) == Some(words.len());
    words.windows(3).any(and_sons)
        || (1..words.len()).any(|at| is_pair(at) || is_company(at))
        || ends_as_firm(words)
}

/// Whether names are followed by the small word of a family's firm: "Roux frères", "Gil hermanos".
fn ends_as_firm(words: &[Word]) -> bool {
    let [names @ .., last] = words else { return false };
    let is_name = |w: &Word| is_name_word(w) || w.is(Classes::TITLE) && !w.is_letter();
    last.is(Classes::FIRM)
        && !last.capital
        && !last.is_letter()
        && !last.is(Classes::POSTNOMINAL)
        && last.gap.lines == 0
        && names.iter().any(is_name_word)
        && names.iter().all(is_name)
}

/// Whether the street that begins `words` is joined by a small word to what it is named after.
fn is_street_of(words: &[Word]) -> bool {
    words.get(1).is_some_and(|w| {
        // "Baring & Co."
        w.is(Classes::LINK.or(Classes::PARTICLE)) && !w.capital && w.folded != "&"
    })
}

/// The bishop who signs by both his sees behind his initials: "J. B. Bath & Wells".
fn bishop_of_two(words: &[Word]) -> Option<Name> {
    let [given @ .., see, and, other] = words else { return None };
    let own = |w: &Word| w.capital && (w.is_letter() || is_name_word(w));
    let named = !given.is_empty() && given.iter().all(own);
    let whole = words[1..].iter().all(|w| !w.gap.comma && w.gap.lines == 0);
    let sees = || label_length(Label::Sees, &[see.clone(), other.clone()]).is_some();
    (named && whole && and.is(Classes::AND) && sees()).then(|| Name {
        span: span_of(words),
        title: None,
        role: None,
        words: (0, words.len()),
        initials: false,
        full: 2,
    })
}

/// The name of a segment: in an address what a title leads to, in a signature the last of what
/// small words join ("gehorsamster Diener Anton Weber"), else the first.
fn choose_name(text: &str, words: &[Word], block: Block) -> Option<Name> {
    let mut all: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < words.len().min(16) {
        match name_at(words, at) {
            Some(name) => {
                at = name.words.1.max(at + 1);
                all.push(name);
            }
            // no name begins inside an office: "Comandante General de Marina"
            None if words[at].phrase.any(Classes::ROLE) => at += words[at].length,
            None => at += 1,
        }
    }
    match block {
        Block::Address => {
            let untitled = all.iter().find(|n| {
                // a house number or a street makes one word a place, and so does a month
                let place =
                    words.iter().any(|w| w.number || w.is(Classes::STREET.or(Classes::MONTH)));
                (!place || n.full + usize::from(words[n.words.0].is_letter()) > 1) && n.full > 0
                    || n.initials && words.len() <= 4 && !place
            });
            // "Hochwohlgeboren / Berlin": an honour after the name, then the town
            let honoured_town = |n: &&Name| {
                let (first, last) = n.words;
                n.full == 1
                    && words[first..last - 1].iter().all(|w| w.is(Classes::HONOUR))
                    && is_town(text, &words[last - 1..last])
            };
            all.iter().find(|n| n.title.is_some() && !honoured_town(n)).or(untitled).cloned()
        }
        Block::Signature => {
            let mut chosen = all.first()?;
            for next in &all[1..] {
                let between = &words[chosen.words.1..next.words.0];
                // "Untertänig gehorsamst […] Diener Anton Weber"
                let formula = between.iter().any(|w| w.is(Classes::CLOSING));
                let small = Classes::AND.or(Classes::LINK).or(Classes::PARTICLE).or(Classes::AT);
                // small words alone join parts of a name, or two who sign: "Anne und Karl"
                let joined = between.iter().any(|w| !w.is(small) && w.span.len() > 1)
                    && between.iter().all(|w| {
                        (!w.capital || formula && w.is(Classes::CLOSING))
                            && !w.is(Classes::ROLE.or(Classes::BODY))
                            && (!w.gap.mark || formula)
                    })
                    && chosen.full == 1
                    && chosen.title.is_none()
                    && !words[next.words.0].gap.mark;
                let town = is_town(text, &words[next.words.0..next.words.1]) && next.full == 1;
                if !joined || town {
                    break;
                }
                chosen = next;
            }
            Some(chosen.clone())
        }
        Block::Letterhead => all.first().cloned(),
    }
}

/// What follows a name on its line: office, body, town.
fn after_name(text: &str, mut words: &[Word], block: Block, out: &mut Vec<Piece>) {
    while let Some(w) = words.first() {
        if !w.is(Classes::HONOUR.or(Classes::POSTNOMINAL)) || w.is(Classes::ROLE) {
            break;
        }
        words = &words[w.length.max(1).min(words.len())..];
    }
    let Some(first) = words.first() else { return };
    // "John Hale Lt. Col. Artillery"
    if block == Block::Signature && rank_behind(words, 0).is_some() {
        return out.push(Piece::Role(span_of(words)));
    }
    if block == Block::Signature && read_agency(text, words, out) {
        return;
    }
    // "and Mary", "und seine Schwester Anna"
    let whose = Classes::MY.or(Classes::KIN).or(Classes::OTHERS).or(Classes::SELF);
    let second = 1 + words[1..].iter().take_while(|w| !w.capital && w.is(whose)).count();
    let second =
        second + usize::from(second > 1 && words.get(second).is_some_and(|w| w.is(Classes::KIN)));
    if first.is(Classes::AND)
        && block != Block::Letterhead
        && let Some(name) = name_at(words, second)
    {
        let rest = name.words.1;
        out.push(Piece::Person(name));
        return after_name(text, &words[rest..], block, out);
    }
    let body = body_in(words, block);
    let role = words.iter().position(|w| w.is(Classes::ROLE) && !w.is_letter());
    match (role, body) {
        (Some(at), _) if body.is_none_or(|b| at <= b) => {
            role_and_body(words, office_begins(words, at), body.filter(|&b| b > at), out);
        }
        (_, Some(b)) => {
            let start = (0..=b).find(|&i| words[i].capital).unwrap_or(b);
            out.push(Piece::Body(span_of(&words[start..])));
        }
        // two signatories side by side
        _ if block == Block::Signature
            && name_at(words, 0)
                .is_some_and(|n| n.full > 0 && n.words.0 == 0 && words[0].gap.mark) => {}
        _ => places(text, words, out),
    }
}

/// Whether the closing word at the head of a line is rather a name: it stands alone with a capital
/// after initials, or is a family name.
fn closing_is_name(words: &[Word]) -> bool {
    words[0].is(Classes::SURNAME) && words.len() == 1
}

/// The first word that tells a body; "John Mills" who signs is none.
fn body_in(words: &[Word], block: Block) -> Option<usize> {
    (0..words.len()).find(|&i| {
        let family = block == Block::Signature
            && (1..=3).contains(&i)
            && words[i].is(Classes::SURNAME)
            && (i + 1 == words.len() || words[i + 1].gap.comma)
            && words[..i].iter().all(|w| is_name_word(w) || w.is_letter() && w.capital);
        is_body(words, i) && !family
    })
}

/// Whether the word is written in a script without capitals.
fn is_caseless(text: &str, word: &Word) -> bool {
    let mut letters = text[word.span.start..word.span.end].chars().filter(|c| c.is_alphabetic());
    word.capital && letters.all(|c| !c.is_uppercase() && !c.is_lowercase())
}

/// "An den", "to the", "au": an article behind the word that says to whom, or one with it.
fn is_dative_article(word: &Word) -> bool {
    word.is(Classes::LINK) && !word.is(Classes::HEAD_TO.or(Classes::FOR)) && !word.capital
}

/// "5th", "60th", "4e": a number with the letters that make it an ordinal.
fn is_ordinal(word: &Word) -> bool {
    let letters = word.folded.trim_start_matches(|c: char| c.is_ascii_digit());
    word.number && !letters.is_empty() && letters.chars().all(char::is_alphabetic)
}

/// "De Minister": the article of an office is no word of a formula.
fn is_office_article(words: &[Word]) -> bool {
    let next = words.get(1);
    words[0].is(Classes::LINK)
        && next.is_some_and(|w| w.is(Classes::ROLE) && w.capital && w.gap.lines == 0)
}

/// Whether the words are a number with its label: the letter's own, or that of its file, "II A 3 - 417/52".
fn is_file_number(text: &str, words: &[Word]) -> bool {
    let label = |w: &Word| w.is(Classes::REMARK) || w.is_letter();
    // "IX/3" is a district and a house
    words.iter().any(|w| w.number)
        && words.iter().any(label)
        && words.iter().all(|w| w.number || label(w) || is_division(text, w))
}

/// Whether a label, and a division of an office behind it, stand before the number: "No. 12 A" may be a
/// house.
fn is_labelled_file(text: &str, words: &[Word]) -> bool {
    let [label, division, ..] = words else { return false };
    label.is(Classes::REMARK)
        && !label.is_letter()
        && is_division(text, division)
        && is_file_number(text, words)
}

/// Whether the word is a letter or a Roman numeral, by which offices number their divisions.
fn is_division(text: &str, word: &Word) -> bool {
    let mut written = text[word.span.start..word.span.end].bytes();
    word.is_letter() || written.all(|b| b"IVX".contains(&b))
}

fn is_particle(words: &[Word]) -> bool {
    words[0].is(Classes::PARTICLE)
        && words.get(1).is_some_and(is_name_word)
        && words[0].is(Classes::LEADING)
}
