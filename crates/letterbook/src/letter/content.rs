//! What a letter says it does: acts, occasions, references, enclosures and mentions, read from
//! its zones.
//!
//! The readers of `mention` see one stretch of text at a time; here the zones are chosen that
//! each of them reads, dates are resolved against the letter's own, and the finds become records.

use letterbook_dates::calendar::Calendar;
use letterbook_dates::value::Edtf;

use super::body::BodyDates;
use super::columns::of_readers_letter;
use super::head::is_subject_label;
use super::mentions::{Known, mention_parties, read_zone};
use super::sure::{of_act, signs_of};
use crate::mention::act::{ActReading, find_acts};
use crate::mention::contact::fold_space;
use crate::mention::enclosure::find_enclosures;
use crate::mention::frame::{Grammar, Match, grammar};
use crate::mention::lexicon::Classes;
use crate::mention::occasion::{OccasionReading, find_occasions};
use crate::mention::reference::{OwnDate, find_references};
use crate::mention::stretch::words;
use crate::mention::words::Words;
use crate::record::{
    Act, ActKind, Enclosure, LetterDate, Mention, Occasion, OccasionKind, Party, Reference,
    ReferenceFrom, ReferenceKind, ZoneLabel,
};
use crate::span::Span;
use crate::text::Text;
use crate::zone::Zone;

/// Everything read from what the letter says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Content {
    /// What the letter is written for or marks.
    pub occasions: Vec<Occasion>,
    /// What the writer does by writing.
    pub acts: Vec<Act>,
    /// Other letters that this one speaks of.
    pub references: Vec<Reference>,
    /// Words that say that something lies with the letter.
    pub enclosures: Vec<Enclosure>,
    /// Persons, organisations, places, dates and events that the letter names.
    pub mentions: Vec<Mention>,
}

/// What the readers of one letter's body look at.
struct SplitText<'a> {
    text: &'a Text<'a>,
    language: Option<&'a str>,
    date: Option<&'a LetterDate>,
    senders: &'a [Party],
    recipients: &'a [Party],
}

/// Reads what `text` says in its body, postscript and enclosure zones.
pub fn read_content(
    text: &Text<'_>,
    zones: &[Zone],
    language: Option<&str>,
    date: Option<&LetterDate>,
    senders: &[Party],
    recipients: &[Party],
) -> Content {
    let page = SplitText { text, language, date, senders, recipients };
    let references = page.answered().into_iter().collect();
    let mut content = Content { references, ..Content::default() };
    let grammar = grammar(language.unwrap_or("en"));
    let known = Known::new(senders.iter().chain(recipients));
    let mut read_to = 0; // where the frames of the last sentence that runs on have been read
    for (i, zone) in zones.iter().enumerate() {
        let body = matches!(zone.label, ZoneLabel::Body | ZoneLabel::Postscript);
        let foot = matches!(zone.label, ZoneLabel::Enclosure | ZoneLabel::Other);
        // "Betr.: Ihr Schreiben vom 12. 9."
        let refers = body
            || grammar.is_some()
                && zone.label == ZoneLabel::Other
                && is_subject_line(text, zone.span, language);
        let dates_in = |area| {
            if refers {
                BodyDates::read(text.as_str(), area, language, date)
            } else {
                BodyDates::default()
            }
        };
        let dates = dates_in(zone.span);
        if let Some(grammar) = grammar
            && zone.label == ZoneLabel::Close
        {
            content.read_closing(text, grammar, zone.span);
        }
        if let Some(grammar) = grammar
            && (body || foot)
            && zone.span.start >= read_to
        {
            if let Some(area) = over_vocative(text.as_str(), &zones[i..]) {
                read_to = area.end;
                content.read_frames(&page, grammar, area, &dates_in(area), foot, refers);
            } else {
                content.read_frames(&page, grammar, zone.span, &dates, foot, refers);
            }
        }
        if body {
            content.mentions.extend(read_zone(text, zone.span, language, &known, &dates.days));
        }
    }
    mention_parties(&mut content.mentions, zones, text, senders.iter().chain(recipients));
    content.mentions.sort_by_key(|m| m.evidence[0].start);
    content
}

/// The stretch of a sentence that runs on over its vocative, which is a zone of its own: "I have
/// received, / my dear Sir, / your letter". The first zone is where it begins.
fn over_vocative(text: &str, zones: &[Zone]) -> Option<Span> {
    let [begun, vocative, next, ..] = zones else { return None };
    let labels = (begun.label, vocative.label, next.label);
    let goes_on = |from: usize, to: usize| text[from..to].matches('\n').count() < 2;
    (labels == (ZoneLabel::Body, ZoneLabel::Salutation, ZoneLabel::Body)
        && text[..vocative.span.start].trim_end().ends_with(',')
        && text[next.span.start..].starts_with(char::is_lowercase)
        && goes_on(begun.span.end, vocative.span.start)
        && goes_on(vocative.span.end, next.span.start))
    .then(|| begun.span.cover(next.span))
}

/// Whether a stretch is the lines that say what the letter is about and on what it follows. In the head
/// of a mail, which has other labels, it is the title of an exchange, and refers to nothing.
fn is_subject_line(text: &Text<'_>, area: Span, language: Option<&str>) -> bool {
    let words = words(text.as_str(), area, language);
    let is_other = |i: usize| {
        words[i].gap.lines > 0
            && words[i + 1..].iter().take(2).any(|w| w.gap.colon)
            // "Anlg.: 2" stands below "Bezug: Ihr Schreiben"
            && !words[i].is(Classes::ENCLOSED)
            && !is_subject_label(&words[i..])
    };
    // "2. Unser Schreiben vom 3. 4." goes on with a list
    let is_counted =
        |i: usize| words[i].number && words.get(i + 1).is_some_and(|w| w.gap.stop && w.capital);
    let begins = |i: &usize| words[*i].gap.lines > 0 && !is_counted(*i);
    is_subject_label(&words)
        && (0..words.len()).filter(begins).count() < 3
        && !(0..words.len()).any(is_other)
}

impl SplitText<'_> {
    /// The reader's letter whose day the line of labels has.
    fn answered(&self) -> Option<Reference> {
        let column = of_readers_letter(self.text, self.language)?;
        let dates =
            BodyDates::read(self.text.as_str(), column.value, self.language, self.date).days;
        let date = dates.into_iter().next()?.value?;
        Some(Reference {
            kind: ReferenceKind::Letter,
            from: ReferenceFrom::Recipient,
            date: Some(date),
            number: None,
            evidence: [column.label, column.value].map(|span| self.text.evidence(span)).into(),
            confidence: 0.9,
            by: "reference/column".into(),
        })
    }
}

impl Content {
    /// Reads what the frames of a language show in one zone; at the letter's foot only enclosures,
    /// and the letters to which it `refers`.
    fn read_frames(
        &mut self,
        page: &SplitText<'_>,
        grammar: &Grammar,
        area: Span,
        dates: &BodyDates,
        foot: bool,
        refers: bool,
    ) {
        let text = page.text;
        let words = grammar.words(text, area);
        let matches = grammar.matches(&words);
        let mut transmitted: Vec<Span> = Vec::new();
        if !foot {
            let year = page
                .date
                .and_then(|d| Edtf::parse(&d.value).ok())
                .and_then(|e| e.to_string().get(..4)?.parse::<i32>().ok());
            let acts = find_acts(grammar, &words, &matches);
            let occasions = find_occasions(
                text.as_str(),
                grammar,
                &words,
                &matches,
                &acts,
                &dates.counted,
                year,
            );
            self.occasions.extend(occasions.into_iter().map(|o| occasion_record(text, o)));
            for a in acts {
                if a.act == ActKind::Transmit {
                    transmitted.push(a.span);
                }
                self.acts.push(act_record(text, a));
            }
        }
        if refers {
            self.read_references(page, grammar, &words, &matches, dates);
        }
        for span in find_enclosures(grammar, &words, &matches, &transmitted, foot) {
            self.enclosures.push(Enclosure {
                evidence: vec![text.evidence(span)],
                confidence: 0.8,
                by: "enclosure/frame".into(),
            });
        }
    }

    /// Reads what the sentence that leads into the close does, and the feast for which it wishes
    /// well.
    fn read_closing(&mut self, text: &Text<'_>, grammar: &Grammar, area: Span) {
        let words = grammar.words(text, area);
        let matches = grammar.matches(&words);
        let acts = find_acts(grammar, &words, &matches);
        let occasions = find_occasions(text.as_str(), grammar, &words, &matches, &acts, &[], None);
        let feasts = occasions
            .into_iter()
            .filter(|o| matches!(o.kind, OccasionKind::Holiday | OccasionKind::Birthday));
        self.occasions.extend(feasts.map(|o| occasion_record(text, o)));
        let said = acts.into_iter().filter(|a| is_said_in_closing(a.act));
        self.acts.extend(said.map(|a| act_record(text, a)));
    }

    fn read_references(
        &mut self,
        page: &SplitText<'_>,
        grammar: &Grammar,
        words: &Words,
        matches: &[Match<'_>],
        dates: &BodyDates,
    ) {
        let text = page.text;
        let reread = |area| {
            BodyDates::read(text.as_str(), area, page.language, page.date).days.into_iter().next()
        };
        let own = page.date.and_then(|d| {
            let date = Edtf::parse(&d.value).ok()?.as_date()?;
            let calendar = Calendar::from_label(&d.calendar).unwrap_or(Calendar::Gregorian);
            Some(OwnDate { date, calendar })
        });
        for r in find_references(text.as_str(), grammar, words, matches, &dates.days, own, reread) {
            let quote = fold_space(text.slice(r.span));
            self.references.push(Reference {
                kind: r.kind,
                from: r.from.unwrap_or_else(|| house(&quote, page.senders, page.recipients)),
                date: r.date,
                number: r.number,
                evidence: vec![text.evidence(r.span)],
                confidence: r.confidence,
                by: "reference/frame".into(),
            });
        }
    }
}

fn occasion_record(text: &Text<'_>, o: OccasionReading) -> Occasion {
    Occasion {
        kind: o.kind,
        event: o.event.map(|s| fold_space(text.slice(s))),
        ordinal: o.ordinal,
        event_date: o
            .since
            .and_then(|y| Edtf::parse(&format!("{y:04}")).ok())
            .map(|e| e.to_string()),
        evidence: vec![text.evidence(o.span)],
        confidence: o.confidence,
        by: "occasion/frame".into(),
    }
}

fn act_record(text: &Text<'_>, a: ActReading) -> Act {
    let signs = signs_of(&a);
    Act {
        act: a.act,
        evidence: vec![text.evidence(a.span)],
        confidence: of_act(a.act, &signs),
        by: format!("act/{}", signs.join("+")).into(),
    }
}

/// Whether the sentence that leads into the close may do this: it asks for an answer, thanks in
/// advance, excuses. What it greets and assures is the formula of the close.
fn is_said_in_closing(act: ActKind) -> bool {
    matches!(
        act,
        ActKind::Request
            | ActKind::Ask
            | ActKind::Thank
            | ActKind::Apologise
            | ActKind::Transmit
            | ActKind::Acknowledge
            | ActKind::Offer
    )
}

/// Whose a body's message is ("the Department's 125"): the side's whose office or body has the
/// word; where neither has, a ministry is written to, and a mission abroad writes.
fn house(quote: &str, senders: &[Party], recipients: &[Party]) -> ReferenceFrom {
    let owner: String =
        quote.chars().take_while(|&c| c != '\'' && c != '’').flat_map(char::to_lowercase).collect();
    let has = |side: &[Party]| {
        side.iter().flat_map(|p| [&p.role, &p.organisation]).flatten().any(|r| {
            let said = r.value.to_lowercase();
            owner.split_whitespace().any(|w| w.len() > 4 && said.contains(w))
        })
    };
    match (has(senders), has(recipients)) {
        (true, false) => ReferenceFrom::Sender,
        (false, true) => ReferenceFrom::Recipient,
        _ if ["embassy", "legation", "mission", "consulate"].iter().any(|w| owner.contains(w)) => {
            ReferenceFrom::Sender
        }
        _ => ReferenceFrom::Recipient,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::MentionKind;

    /// Reads `text` as one body.
    fn content(text: &str, language: &str, date: &str) -> Content {
        let date = LetterDate {
            value: date.into(),
            calendar: "gregorian".into(),
            written: Default::default(),
            weekday: None,
            parallel: Vec::new(),
            evidence: Vec::new(),
            confidence: 1.0,
            alternatives: Vec::new(),
            by: "".into(),
        };
        let zone = Zone {
            label: ZoneLabel::Body,
            span: Span::new(0, text.len()).trim(text),
            confidence: 1.0,
        };
        read_content(&Text::new(text), &[zone], Some(language), Some(&date), &[], &[])
    }

    /// The dates of what a letter of `date` refers to, empty where it has none.
    fn dated(text: &str, language: &str, date: &str) -> Vec<String> {
        let references = content(text, language, date).references;
        references.into_iter().map(|r| r.date.unwrap_or_default()).collect()
    }

    /// The same of a letter of 30 March 1886.
    fn days(language: &str, text: &str) -> Vec<String> {
        dated(text, language, "1886-03-30")
    }

    #[test]
    fn the_year_of_an_anniversary_follows_from_the_letters() {
        let c = content(
            "We congratulate you on the 25th anniversary of the founding of the Rowing Club.",
            "en",
            "1950-06-01",
        );
        let o = &c.occasions[0];
        assert_eq!((o.ordinal, o.event_date.as_deref()), (Some(25), Some("1925")));
        assert_eq!(o.event.as_deref(), Some("founding of the Rowing Club"));
    }

    #[test]
    fn a_sentence_runs_on_over_its_vocative() {
        let read = |text: &str, vocative: &str, language| {
            let at = text.find(vocative).expect("in the text");
            let zone = |label, start, end| Zone {
                label,
                span: Span::new(start, end).trim(text),
                confidence: 1.0,
            };
            let end = at + vocative.len();
            let zones = [
                zone(ZoneLabel::Body, 0, at),
                zone(ZoneLabel::Salutation, at, end),
                zone(ZoneLabel::Body, end, text.len()),
            ];
            let acts = read_content(&Text::new(text), &zones, Some(language), None, &[], &[]).acts;
            acts.iter().map(|a| a.act.name()).collect::<Vec<_>>()
        };
        assert_eq!(
            read("J’ai reçu, Monsieur et ami, la vôtre du 2. Il gèle.", "Monsieur et ami,", "fr"),
            ["acknowledge"]
        );
        assert_eq!(
            read("I send you,\nmy dear Sir,\nthe map of the coast.", "my dear Sir,", "en"),
            ["transmit"]
        );
    }

    #[test]
    fn the_close_may_ask_and_wish_for_a_feast_but_not_assure() {
        let text = "Awaiting your reply, and with best wishes for a happy New Year, I beg to \
                    assure you of my esteem, yours truly";
        let zone =
            Zone { label: ZoneLabel::Close, span: Span::new(0, text.len()), confidence: 1.0 };
        let c = read_content(&Text::new(text), &[zone], Some("en"), None, &[], &[]);
        let acts: Vec<ActKind> = c.acts.iter().map(|a| a.act).collect();
        assert_eq!(acts, [ActKind::Request], "{:?}", c.acts);
        let kinds: Vec<OccasionKind> = c.occasions.iter().map(|o| o.kind).collect();
        assert_eq!(kinds, [OccasionKind::Holiday], "{:?}", c.occasions);
    }

    #[test]
    fn a_reference_is_dated_from_the_letters_own_day() {
        let c = content("I thank you for your letter of the 10th instant.", "en", "1901-12-20");
        assert_eq!(c.references[0].date.as_deref(), Some("1901-12-10"));
        assert_eq!(c.references[0].from, ReferenceFrom::Recipient);
        let c = content("In meinem Brief vom 3. Mai 1880 steht es.", "de", "1880-05-20");
        assert_eq!(c.references[0].date.as_deref(), Some("1880-05-03"));
        assert_eq!(c.references[0].from, ReferenceFrom::Sender);
    }

    #[test]
    fn days_that_only_the_letters_own_tells_are_resolved() {
        assert_eq!(dated("I refer to my No. 12 of this date.", "en", "1901-12-20"), ["1901-12-20"]);
        assert_eq!(
            dated("In meinem Schreiben vom 21. habe ich es gesagt.", "de", "1928-02-23"),
            ["1928-02-21"]
        );
        assert_eq!(
            dated("J'ai reçu vos honorées lettres des 20 et 27 Novembre.", "fr", "1871-12-05"),
            ["1871-11-20", "1871-11-27"]
        );
        assert_eq!(dated("I wrote to you on Monday.", "en", "2010-03-04"), ["2010-03-01"]);
        // the day on which a letter came is not the day of the letter
        assert_eq!(dated("Today came a letter from my brother.", "en", "1842-12-03"), [""]);
        assert_eq!(dated("Heute kam ein Brief von meinem Bruder.", "de", "1842-12-03"), [""]);
        assert_eq!(
            dated("Recibí la carta que usted me escribió el 24 de diciembre.", "es", "1831-01-08"),
            ["1830-12-24"]
        );
        assert_eq!(dated("I have your letter of 28 December.", "en", "1902-01-04"), ["1901-12-28"]);
    }

    #[test]
    fn a_list_of_letters_has_a_day_each() {
        for (language, text) in [
            ("en", "Your letters of the 3d, 9th and 12th are here."),
            ("de", "Ihre Briefe vom 3., 9. und 12. d. M. sind hier."),
            ("fr", "Vos lettres des 3, 9 et 12 sont ici."),
            ("es", "Recibí sus cartas del 3, 9 y 12."),
            ("it", "Ebbi le vostre lettere del 3, 9 e 12."),
            ("pt", "Recebi as suas cartas de 3, 9 e 12."),
        ] {
            assert_eq!(days(language, text), ["1886-03-03", "1886-03-09", "1886-03-12"], "{text}");
        }
        let text = "Your letters of February 3, 9, and 12 are here.";
        assert_eq!(days("en", text), ["1886-02-03", "1886-02-09", "1886-02-12"]);
        // the days rise within the last month that has them all
        let c = content("Your letters of the 3d, 9th and 12th are here.", "en", "1886-03-10");
        let first = c.references.first().and_then(|r| r.date.as_deref());
        assert_eq!(first, Some("1886-02-03"));
        // numbers of other things, and days of a single letter
        assert_eq!(
            days("en", "Your letters of the 3d, 9 copies and 12 maps came."),
            ["1886-03-03"]
        );
        assert_eq!(days("en", "Your letter of the 3d, 9 and 12 pages long"), ["1886-03-03"]);
    }

    #[test]
    fn several_letters_may_be_told_one_by_one() {
        for (language, text) in [
            ("en", "I have two letters of yours, one of the 9th, the other of the 20th."),
            ("de", "Ich habe zwei Briefe von Ihnen, den einen vom 9., den andern vom 20."),
            ("fr", "J'ai deux lettres de vous, l'une du 9, l'autre du 20."),
            ("es", "Tengo dos cartas de usted, una del 9 y otra del 20."),
        ] {
            assert_eq!(days(language, text), ["1886-03-09", "1886-03-20"], "{text}");
        }
        assert_eq!(days("en", "I have two letters of yours, one of them torn."), [""]);
    }

    #[test]
    fn who_had_the_honour_of_writing_wrote_on_that_day() {
        for (language, text) in [
            ("en", "I had the honour of addressing you on the 5th."),
            ("en", "In ours of the 5th we named the price."),
            ("de", "Ich hatte die Ehre, Ihnen am 5. d. M. zu schreiben."),
            ("de", "Deinen Brief, den du am 5. geschrieben, habe ich hier."),
            ("fr", "J'ai eu l'honneur de vous écrire le 5."),
            ("es", "Tuve el honor de escribirle el 5 del corriente."),
            ("es", "Con fecha 5 tuve el honor de dirigirme a V. E."),
            ("it", "Ebbi l'onore di scriverle il 5."),
            ("pt", "Tive a honra de escrever-lhe em 5 do corrente."),
            ("de", "Den Brief, den Sie mir am 5. geschrieben haben, habe ich hier."),
            ("en", "I had the honour to write to your Excellency on the 5th."),
            ("it", "Ho qui il foglio di V. S. Ill.ma de' 5."),
        ] {
            assert_eq!(days(language, text), ["1886-03-05"], "{text}");
        }
        assert!(days("en", "I had the honour of addressing the meeting on the 5th.").is_empty());
        assert!(days("en", "The house is ours of old.").is_empty());
        assert_eq!(days("de", "Deinen Brief, den ich am 5. erhielt, habe ich hier."), [""]);
    }

    #[test]
    fn what_a_letter_is_about_does_not_date_it() {
        let date = |text| content(text, "en", "1886-03-30").references[0].date.clone();
        assert_eq!(date("I have your letter about the January number."), None);
        let said = "I have your letter of January 15 about the February number.";
        assert_eq!(date(said).as_deref(), Some("1886-01-15"));
    }

    #[test]
    fn a_letter_named_by_a_pronoun_is_another_letter() {
        let both = ["1793-06-05", "1793-07-02"];
        assert_eq!(
            dated("I have your letter of 5 June and that of the 2d July.", "en", "1793-08-08"),
            both
        );
        assert_eq!(
            dated("J'ai reçu votre lettre du 5 juin et celle du 2 juillet.", "fr", "1793-08-08"),
            both
        );
        assert_eq!(
            dated("Ihr Brief vom 5. Juni und das vom 2. Juli sind da.", "de", "1793-08-08"),
            both
        );
        // the day of an event is no letter's
        let event = "I have your letter of 5 June and that on 2 July he died is sad.";
        assert_eq!(dated(event, "en", "1793-08-08"), ["1793-06-05"]);
    }

    #[test]
    fn a_month_in_short_leaves_the_year_open_too() {
        for (said, day) in [("20th Septr.", "1795-09-20"), ("12th Octr.", "1795-10-12")] {
            let c =
                content(&format!("I have your favor of the {said} by him."), "en", "1796-06-03");
            assert_eq!(c.references[0].date.as_deref(), Some(day), "{said}");
        }
    }

    #[test]
    fn a_dispatch_is_a_telegram_only_where_there_are_telegraphs() {
        for (text, language) in [
            ("J'ai reçu votre dépêche du 4 mai.", "fr"),
            ("Ihre Depesche vom 4. Mai habe ich erhalten.", "de"),
        ] {
            let kind = |date| content(text, language, date).references[0].kind;
            assert_eq!(kind("1806-06-03"), ReferenceKind::Letter, "{text}");
            assert_eq!(kind("1876-06-03"), ReferenceKind::Telegram, "{text}");
        }
    }

    #[test]
    fn the_day_on_which_a_letter_came_is_not_its_own() {
        for (text, language) in [
            ("Your letter came yesterday.", "en"),
            ("Ihr Brief kam gestern an.", "de"),
            ("Votre lettre est venue hier.", "fr"),
        ] {
            let c = content(text, language, "1901-12-20");
            assert_eq!(c.references[0].date, None, "{text}");
        }
        let c = content("I telegraphed you accordingly yesterday.", "en", "1901-12-20");
        assert_eq!(c.references[0].date.as_deref(), Some("1901-12-19"));
    }

    #[test]
    fn a_month_that_the_page_tells_is_not_changed() {
        let c = content("I have yours of the 12th inst.", "en", "1848-05-05");
        assert_eq!(c.references[0].date.as_deref(), Some("1848-05-12"));
    }

    #[test]
    fn a_day_that_the_month_does_not_have_is_no_date() {
        for said in ["your letter of the 31st instant", "your letter of 30 February"] {
            let c = content(&format!("I have {said}."), "en", "1901-04-20");
            assert_eq!(c.references[0].date, None, "{said}");
        }
    }

    #[test]
    fn another_letters_words_keep_their_own_date() {
        let c = content(
            "The instruction with reference to your No. 11 of April 15, 1901, came.",
            "en",
            "1901-05-04",
        );
        let said: Vec<_> = c.references.iter().map(|r| (r.from, r.date.as_deref())).collect();
        assert_eq!(said, [(ReferenceFrom::Recipient, Some("1901-04-15"))]);
    }

    #[test]
    fn her_letter_is_not_yours() {
        let c = content("Gestern kam ihr Brief und dann Ihr Brief.", "de", "1880-04-05");
        let from: Vec<_> = c.references.iter().map(|r| r.from).collect();
        assert_eq!(from, [ReferenceFrom::Other, ReferenceFrom::Recipient]);
    }

    #[test]
    fn bodies_and_the_titled_are_mentioned() {
        let c = content(
            "The plan of General Orme pleased the Harbour Commission of Hull.",
            "en",
            "1880",
        );
        let said: Vec<(MentionKind, &str)> =
            c.mentions.iter().map(|m| (m.kind, m.value.as_str())).collect();
        assert!(said.contains(&(MentionKind::Person, "Orme")), "{said:?}");
        assert!(
            said.iter().any(|m| m.0 == MentionKind::Org && m.1.starts_with("Harbour Commission")),
            "{said:?}"
        );
    }

    #[test]
    fn compounds_lands_and_governments_are_read_whole() {
        let c = content(
            "We joined the \"Up-with-Lanterns League\" on the Iberian Peninsula, and Portugal and \
             the US told the French government; the Armistice Treaty of Hull stands.",
            "en",
            "1930-01-01",
        );
        let said: Vec<(MentionKind, &str)> =
            c.mentions.iter().map(|m| (m.kind, m.value.as_str())).collect();
        for wanted in [
            (MentionKind::Org, "Up-with-Lanterns League"),
            (MentionKind::Place, "Iberian Peninsula"),
            (MentionKind::Place, "Portugal"),
            (MentionKind::Place, "US"),
            (MentionKind::Org, "French government"),
        ] {
            assert!(said.contains(&wanted), "{wanted:?}: {said:?}");
        }
        assert!(!said.iter().any(|m| m.0 == MentionKind::Date), "{said:?}");
        let c = content("They told us of the anti-Hull feeling.", "en", "1930-01-01");
        assert!(!c.mentions.iter().any(|m| m.kind == MentionKind::Place), "{:?}", c.mentions);
    }

    #[test]
    fn a_language_without_tables_and_an_empty_body_have_nothing_to_say() {
        assert_eq!(content("Saluton al vi!", "eo", "1900"), Content::default());
        assert_eq!(content("", "en", "1900"), Content::default());
    }

    #[test]
    fn any_text_is_read_in_a_time_that_grows_with_its_length() {
        // one sentence, one word, no end: each would be quadratic in a careless reader
        for unit in ["please ", "your letter of ", "« ", "a-\n", "A", "\u{301}", "? "] {
            let text = unit.repeat(20_000);
            let _ = content(&text, "fr", "1900-01-01");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test over shared data")]
    fn the_first_letter_does_what_its_table_says() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let name = "letters/2006-10-12_friends-of-korea.txt";
        let found = std::env::var_os("LETTERBOOK_SHARED")
            .map(std::path::PathBuf::from)
            .into_iter()
            .chain(["../../../shared", "../../../../shared"].map(|p| root.join(p)))
            .find_map(|p| std::fs::read_to_string(p.join(name)).ok());
        let Some(text) = found else {
            eprintln!("skipped: {name} of the shared letters is not there");
            return;
        };
        // the body lies between the salutation and the close
        let start = text.find("\nDear ").and_then(|i| Some(i + text[i..].find(",\n")? + 2));
        let end = text.rfind("\nIn solidarity");
        let body = &text[start.expect("a salutation")..end.expect("a close")];
        let c = content(body, "en", "2006-10-12");
        let count = |act| c.acts.iter().filter(|a| a.act == act).count();
        assert_eq!(count(ActKind::Congratulate), 1, "{:?}", c.acts);
        assert_eq!(count(ActKind::Wish), 1, "{:?}", c.acts);
        assert_eq!(count(ActKind::Endorse), 3, "{:?}", c.acts);
        assert_eq!(count(ActKind::Promise), 1, "{:?}", c.acts);
        assert_eq!(c.acts.len(), 6, "{:?}", c.acts);
        let marked: Vec<_> =
            c.occasions.iter().map(|o| (o.ordinal, o.event_date.as_deref())).collect();
        assert_eq!(marked, [(Some(61), Some("1945")), (Some(80), Some("1926"))]);
        assert!(c.references.is_empty() && c.enclosures.is_empty());
        let named = |kind, value: &str| {
            c.mentions.iter().any(|m| m.kind == kind && m.value.contains(value))
        };
        assert!(named(MentionKind::Org, "Workers’ Party of Korea"), "{:?}", c.mentions);
        assert!(named(MentionKind::Event, "Second World War"), "{:?}", c.mentions);
        assert!(named(MentionKind::Event, "Korean War"), "{:?}", c.mentions);
        assert!(named(MentionKind::Date, "1953"), "{:?}", c.mentions);
    }
}
