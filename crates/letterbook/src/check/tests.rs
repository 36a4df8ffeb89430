use super::*;
use crate::record::{Mention, Occasion, ParallelDate, Reference, ReferenceFrom, ReferenceKind};

/// A letter that says only what a test needs; its evidence is the first place of each quote.
struct Page<'t> {
    text: Text<'t>,
    letter: Letter,
}

impl<'t> Page<'t> {
    fn new(text: &'t str) -> Page<'t> {
        let letter = serde_json::from_str(r#"{"letterbook":1}"#).unwrap();
        Page { text: Text::new(text), letter }
    }

    fn at(&self, quote: &str) -> Vec<Evidence> {
        let start = self.text.as_str().find(quote).expect("the quote stands in the text");
        vec![self.text.evidence(Span::new(start, start + quote.len()))]
    }

    fn date(mut self, quote: &str, value: &str, weekday: Option<&str>) -> Self {
        self.letter.date = Some(LetterDate {
            value: value.into(),
            calendar: "gregorian".into(),
            written: Default::default(),
            weekday: weekday.map(Into::into),
            parallel: Vec::new(),
            evidence: self.at(quote),
            confidence: 1.0,
            alternatives: Vec::new(),
            by: "".into(),
        });
        self
    }

    fn parallel(mut self, quote: &str, calendar: &str, value: &str) -> Self {
        let evidence = self.at(quote);
        let date = self.letter.date.as_mut().unwrap();
        date.parallel.push(ParallelDate {
            value: value.into(),
            calendar: calendar.into(),
            evidence,
        });
        self
    }

    fn anniversary(mut self, quote: &str, n: u32, event_date: &str) -> Self {
        let evidence = self.at(quote);
        self.letter.occasions.push(Occasion {
            kind: OccasionKind::Anniversary,
            event: None,
            ordinal: Some(n),
            event_date: Some(event_date.into()),
            evidence,
            confidence: 1.0,
            by: "".into(),
        });
        self
    }

    /// Names the event of the last anniversary.
    fn of(mut self, event: &str) -> Self {
        self.letter.occasions.last_mut().unwrap().event = Some(event.into());
        self
    }

    /// A mention of a date that is read as something other than its words.
    fn span(mut self, quote: &str, value: &str) -> Self {
        self = self.year(quote);
        self.letter.mentions.last_mut().unwrap().value = value.into();
        self
    }

    fn year(mut self, quote: &str) -> Self {
        let evidence = self.at(quote);
        self.letter.mentions.push(Mention {
            kind: MentionKind::Date,
            value: quote.into(),
            evidence,
            confidence: 1.0,
            by: "".into(),
        });
        self
    }

    fn reference(mut self, quote: &str, date: &str) -> Self {
        let evidence = self.at(quote);
        self.letter.references.push(Reference {
            kind: ReferenceKind::Letter,
            from: ReferenceFrom::Recipient,
            date: Some(date.into()),
            number: None,
            evidence,
            confidence: 1.0,
            by: "".into(),
        });
        self
    }

    /// Codes and messages, one a line.
    #[track_caller]
    fn check(self, expected: &[&str]) {
        let found: Vec<String> = check(&self.text, &self.letter)
            .into_iter()
            .map(|f| format!("{}: {}", f.code, f.message))
            .collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_weekday_that_does_not_fit_names_the_day_s_own() {
    // 4 May 1848 was a Thursday
    Page::new("Thursday, 4 May 1848")
        .date("4 May 1848", "1848-05-04", Some("Thursday"))
        .check(&["weekday-agrees: 1848-05-04 is a Thursday"]);
    Page::new("Friday, 4 May 1848")
        .date("4 May 1848", "1848-05-04", Some("Friday"))
        .check(&["weekday-conflict: expected a Thursday on 1848-05-04, but found Friday; the nearest such day is 1848-05-05"]);
}

#[test]
fn a_day_that_does_not_exist_is_told_with_the_days_of_its_month() {
    let mut page = Page::new("31 September 1931").date("31 September 1931", "1931-09", None);
    let date = page.letter.date.as_mut().unwrap();
    date.written.year = Some("1931".into());
    date.written.month = Some("September".into());
    page.letter.date.as_mut().unwrap().written.day = Some("31".into());
    page.check(&[
        "impossible-date: expected a day from 1 to 30 for month 9 of 1931 (gregorian), but found 31",
    ]);
    Page::new("September 1931").date("September 1931", "1931-09", None).check(&[]);
}

#[test]
fn a_day_of_this_or_the_last_month_that_does_not_exist_is_told() {
    fn page(text: &str) -> Page<'_> {
        Page::new(text).date("4 July 1850", "1850-07-04", None)
    }
    page("4 July 1850\n\nYours of the 31st ult. came to hand.").check(&[
        "impossible-date: expected a day from 1 to 30 for month 6 of 1850 (gregorian), but found 31",
    ]);
    page("4 July 1850\n\nYours of the 30th ult. came to hand.").check(&[]);
    page("4 July 1850\n\nWe sold 31 casks, 30 in May and 29 in June.").check(&[]);
    page("4 July 1850\n\nIt is due on the 31st of November.")
        .check(&["impossible-date: expected a day from 1 to 30 for month 11, but found 31"]);
}

#[test]
fn a_weekday_beside_a_month_alone_settles_nothing() {
    Page::new("Friday, May 1848").date("May 1848", "1848-05", Some("Friday")).check(&[]);
}

#[test]
fn two_calendars_agree_or_are_shown_to_differ() {
    Page::new("3 May 1996 (Juche 85)")
        .date("3 May 1996", "1996-05-03", None)
        .parallel("3 May 1996", "gregorian", "1996-05-03")
        .parallel("Juche 85", "juche", "1996")
        .check(&["dual-date-agrees: the dates in gregorian and juche agree on 1996-05-03"]);
    Page::new("3 May 1997 (Juche 85)")
        .date("3 May 1997", "1997-05-03", None)
        .parallel("Juche 85", "juche", "1996")
        .check(&[
            "dual-date-conflict: expected both calendars to name one day, but found 1997-05-03 and, by the juche date, 1996",
        ]);
}

#[test]
fn a_letter_cannot_answer_one_of_a_later_day() {
    Page::new("5 May 1850. Yours of the 12th inst., yours of the 2nd inst.")
        .date("5 May 1850", "1850-05-05", None)
        .reference("Yours of the 12th inst.", "1850-05-12")
        .reference("yours of the 2nd inst.", "1850-05-02")
        .check(&[
            "reference-after-letter: expected a letter from 1850-05-12 on, but found 1850-05-05",
        ]);
}

#[test]
fn an_anniversary_is_held_against_a_year_in_its_sentence() {
    let text = "3 June 1913. The centenary of the Casino, opened in 1812. In 1811 there was a war.";
    Page::new(text)
        .date("3 June 1913", "1913-06-03", None)
        .anniversary("The centenary of the Casino", 100, "1813")
        .year("1812")
        .year("1811")
        .check(&[
            "anniversary-conflict: expected an event of 1813 for anniversary 100 in 1913, but found 1812: the letter is of 1912, or the number is 101",
        ]);
    Page::new("3 June 1913. The centenary of the Casino. In 1811 there was a war.")
        .date("3 June 1913", "1913-06-03", None)
        .anniversary("The centenary of the Casino", 100, "1813")
        .year("1811")
        .check(&["anniversary-agrees: the letter of 1913-06-03 counts 100 years since 1813"]);
}

#[test]
fn damage_is_counted_and_the_first_places_cited() {
    let text = "Dear\u{0} Sir\u{202E}, \u{FFFD}\u{1}";
    let page = Page::new(text);
    let findings = check(&page.text, &page.letter);
    let codes: Vec<_> = findings.iter().map(|f| (f.code.as_ref(), f.evidence.len())).collect();
    assert_eq!(
        codes,
        [("control-character", 2), ("bidi-control", 1), ("lost-character", 1), ("no-date", 0)]
    );
    let many = "\u{7}".repeat(100);
    let findings = check(&Text::new(&many), &Page::new("").letter);
    assert_eq!(findings[0].evidence.len(), PLACES);
    assert!(findings[0].message.contains("100 control"));
}

#[test]
fn an_empty_page_is_only_empty() {
    Page::new(" \n ").check(&["empty-letter: expected a letter, but found no text"]);
}

#[test]
fn an_anniversary_is_held_against_the_event_that_the_table_knows() {
    let page = |n: u32, year: &str| {
        Page::new("16 July 1889. The centenary of the storming of the Bastille.")
            .date("16 July 1889", "1889-07-16", None)
            .anniversary("centenary", n, year)
            .of("storming of the Bastille")
    };
    page(100, "1789").check(&[
        "anniversary-agrees: the letter of 1889-07-16 counts 100 years since 1789",
        "event-agrees: anniversary 100 fits the event, dated 1789-07-14; the letter is 2 days \
         after its anniversary",
    ]);
    page(98, "1791").check(&[
        "anniversary-agrees: the letter of 1889-07-16 counts 98 years since 1791",
        "event-conflict: expected 1789 for an event that is dated 1789-07-14, but found 1791 by \
         anniversary 98",
    ]);
    // the society of that name is another event
    page(20, "1869")
        .check(&["anniversary-agrees: the letter of 1889-07-16 counts 20 years since 1869"]);
}

#[test]
fn more_than_so_many_years_are_counted_from_the_event_that_follows() {
    let page = |year: &str, latest: &str| {
        Page::new("For more than 60 years, since the Second World War, we wrote.")
            .date("For", year, None)
            .span("more than 60 years", latest)
    };
    page("2006", "[..1946]").check(&[
        "span-agrees: more than 60 years holds: 61 years since 1945 (1939-09-01/1945-09-02)",
    ]);
    page("2003", "[..1943]")
        .check(&["span-conflict: expected at least 60 years since an event that is dated \
         1939-09-01/1945-09-02, but found 58"]);
    page("2030", "[..1970]").check(&[]);
}
