//! The checks against their table, whose rows are read by a thin parser.

use letterbook_dates::calendar::roman::Event;
use letterbook_dates::calendar::{Calendar, easter::Computus, gregorian, julian};
use letterbook_dates::check::{
    self, Age, Count, Dated, Instant, MonthWord, Outcome, Tense, Verdict,
};
use letterbook_dates::day::Day;
use letterbook_dates::era::{Era, eras, eras_named, sexagenary_number};
use letterbook_dates::feast::feast_by_id;
use letterbook_dates::reckoning::custom_of;
use letterbook_dates::regnal::{Reign, reigns};
use proptest::prelude::*;

use crate::reader::{Piece, as_number, months, pieces, read, roman_numeral, weekday};
use crate::shared;

#[test]
fn every_check_of_the_table_has_its_verdict_and_names_the_days() {
    let Some(rows) = shared::rows("checks.tsv") else { return };
    let mut failures = Vec::new();
    for row in &rows {
        let (kind, input, facts, expected) =
            (row[0].as_str(), row[1].as_str(), row[2].as_str(), row[3].as_str());
        let Some(outcome) = run(kind, input, facts) else {
            failures.push(format!("{kind}: {input}: not read"));
            continue;
        };
        let verdict = match outcome.verdict {
            Verdict::Ok => "ok",
            Verdict::Warning => "warning",
            Verdict::Conflict => "conflict",
        };
        let message = row.get(4).map_or("", String::as_str);
        let lacks = iso_days(message).into_iter().find(|day| !says(&outcome, day));
        if verdict != expected || outcome.message.is_empty() || lacks.is_some() {
            failures
                .push(format!("{kind}: {input}: {verdict} ({}), lacks {lacks:?}", outcome.message));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), rows.len(), failures.join("\n"));
}

proptest! {
    #[test]
    fn no_numbers_panic(one in any::<i32>(), other in any::<i32>(), n in any::<i32>(), small in any::<u8>(), nth in 0..Calendar::ALL.len()) {
        let (day, later, calendar) = (Day(one), Day(other), Calendar::ALL[nth]);
        let custom = custom_of("London").expect("a place of the table");
        let datings = [Dated { calendar, day }, Dated { calendar: Calendar::Hebrew, day: later }];
        let at = |day| Instant { day, minute: u16::from(small), ahead: i16::from(small) };
        let outcomes = [
            check::weekday(day, calendar, later.weekday()),
            check::same_day(&datings),
            check::exists(calendar, n, small, false, small),
            check::exists_at(custom, n, small, small),
            check::unmarked_style(custom, n % 10_000, small % 14, small % 33),
            check::roman_count(small, Event::Kalends, small),
            check::anniversary(one, n, other),
            check::anniversary_year(n, day),
            check::anniversaries(&[(n, one), (n, other)]),
            check::years_since(day, later, Count::MoreThan, n),
            check::age(day, later, Age::InYear(n)),
            check::event(day, later, Tense::Past),
            check::in_use(day, Some(later), None, true),
            check::not_after(day, later),
            check::received(day, later),
            check::post(day, "London", later, "Boston"),
            check::answers(day, later),
            check::zones(at(day), at(later)),
            check::month_word(day, Calendar::Julian, MonthWord::Ultimo, small, true),
            check::sexagenary(small % 60 + 1, n),
        ];
        for era in eras() {
            let _ = check::era_year(era, n, one);
            let _ = check::exists_in_era(era, n % 100, small, false, small);
        }
        for reign in reigns() {
            let _ = check::regnal(reign, n % 70, small, small, n);
        }
        prop_assert!(outcomes.iter().all(|outcome| !outcome.message.is_empty()));
    }
}

/// Whether a day stands in the message or among the values computed.
fn says(outcome: &Outcome, day: &str) -> bool {
    outcome.message.contains(day) || outcome.computed.iter().any(|value| value.to_string() == day)
}

fn iso_days(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit() && c != '-')
        .filter(|word| word.len() == 10 && word.split('-').count() == 3)
        .collect()
}

fn run(kind: &str, input: &str, facts: &str) -> Option<Outcome> {
    match kind {
        "weekday" => {
            let written = read(input)?;
            Some(check::weekday(written.to_day()?, written.calendar_of_day(), weekday(input)?))
        }
        "dual OS/NS" => dual_styles(input),
        "dual era" => {
            let (era, year, rest) = era(input)?;
            let written = rest.iter().filter_map(as_number).find(|number| *number > 1000)?;
            Some(check::era_year(era, year, written))
        }
        _ if kind.starts_with("dual ") => {
            let datings: Vec<Dated> = input
                .split(['/', '(', ')'])
                .filter_map(|part| {
                    let written = read(part)?;
                    Some(Dated { calendar: written.calendar_of_day(), day: written.to_day()? })
                })
                .collect();
            (datings.len() > 1).then(|| check::same_day(&datings))
        }
        "impossible date" => impossible(input),
        _ if kind.starts_with("anniversary two") => {
            let numbers: Vec<i32> = pieces(input).iter().filter_map(as_number).collect();
            Some(check::anniversaries(&[(numbers[0], numbers[1]), (numbers[2], numbers[3])]))
        }
        _ if kind.starts_with("anniversary") => {
            let event = days_of(facts).first().copied()?;
            let n = ordinal(input.split_once(": ").map_or(input, |(_, text)| text))?;
            match days_of(input).first() {
                Some(letter) => Some(check::anniversary(
                    gregorian::from_day(*letter).0,
                    n,
                    gregorian::from_day(event).0,
                )),
                None => Some(check::anniversary_year(n, event)),
            }
        }
        "bound" => {
            let (_, words) = input.split_once('"')?;
            let n = pieces(words).iter().find_map(as_number)?;
            let count = if words.contains("more than") || words.contains("over") {
                Count::MoreThan
            } else if words.contains("less than") || words.contains("not yet") {
                Count::LessThan
            } else if words.contains("at most") {
                Count::AtMost
            } else {
                Count::AtLeast
            };
            Some(check::years_since(*days_of(input).first()?, *days_of(facts).first()?, count, n))
        }
        "age" => {
            let (_, words) = input.split_once(": ")?;
            let n = pieces(words).iter().find_map(as_number)?;
            let age = if words.contains("this day") {
                Age::ThisDay(n)
            } else if words.contains(" year") && !words.contains("years") {
                Age::InYear(n)
            } else {
                Age::Completed(n)
            };
            Some(check::age(*days_of(input).first()?, *days_of(facts).first()?, age))
        }
        "event after the letter" => {
            let is_future = ["look forward", "will ", "shall ", "hope", "coming"]
                .iter()
                .any(|cue| input.contains(cue));
            let tense = if is_future { Tense::Future } else { Tense::Past };
            Some(check::event(*days_of(input).first()?, *days_of(facts).first()?, tense))
        }
        "person dead" => Some(check::in_use(
            *days_of(input).first()?,
            None,
            days_of(facts).first().copied(),
            false,
        )),
        "office not yet held" => Some(check::in_use(
            *days_of(input).first()?,
            days_of(facts).first().copied(),
            None,
            false,
        )),
        "place name" => {
            let letter = read(input)?.to_day()?;
            let days = days_of(facts);
            // "X from …" names what came after; a bare span is that of the name itself.
            match facts.contains(" from ") {
                true => Some(check::in_use(letter, None, Some(days.first()?.plus(-1)), true)),
                false => {
                    Some(check::in_use(letter, days.first().copied(), days.get(1).copied(), true))
                }
            }
        }
        "future" => {
            let days = days_of(input);
            Some(check::not_after(*days.first()?, *days.get(1)?))
        }
        "reply order" => {
            let letter = *days_of(input).first()?;
            month_word(letter, input.split_once('"')?.1)
        }
        _ if kind.starts_with("ult.") || kind.starts_with("inst.") => {
            let (letter, words) = input.split_once(": ")?;
            month_word(read(letter)?.to_day()?, words)
        }
        "received before sent" => {
            let (sent, received) = input.split_once("endorsed")?;
            Some(check::received(read(sent)?.to_day()?, read(received)?.to_day()?))
        }
        "received too soon" => {
            let (sent, received) = input.split_once(", received ")?;
            let place = |text: &str| {
                let end = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
                text[..end].trim().to_owned()
            };
            let sent_words = sent.trim_start_matches("dated ");
            Some(check::post(
                read(sent)?.to_day()?,
                &place(sent_words),
                read(received)?.to_day()?,
                &place(received),
            ))
        }
        "new year slip" => {
            let (letter, answered) = input.split_once("answering")?;
            Some(check::answers(read(letter)?.to_day()?, read(answered)?.to_day()?))
        }
        "feast" => {
            let written = read(input)?;
            let name: Vec<String> = pieces(input)
                .into_iter()
                .map_while(|piece| match piece {
                    Piece::Word(word) => Some(Some(word.to_lowercase())),
                    Piece::Mark(' ') => Some(None),
                    _ => None,
                })
                .flatten()
                .collect();
            let id = name.join("-");
            let feast = feast_by_id(&id).or_else(|| feast_by_id(id.trim_end_matches("-sunday")))?;
            Some(check::feast(feast, Computus::Western, written.to_day()?))
        }
        "regnal" => regnal(input),
        "ganji" => {
            let pair: String = input.chars().take(2).collect();
            let year = pieces(input).iter().find_map(as_number)?;
            Some(check::sexagenary(sexagenary_number(&pair)?, year))
        }
        "time zone" => time_zone(input),
        _ => None,
    }
}

/// "5/16 November 1688", "28 Feb./10 March 1699/1700", "25 October (7 November) 1917".
fn dual_styles(input: &str) -> Option<Outcome> {
    let (mut days, mut found, mut years) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces(input) {
        match piece {
            Piece::Number(number) if number > 31 => years.push(number),
            // The second half of a year written twice.
            Piece::Number(number) if days.len() == 2 && !years.is_empty() => years.push(number),
            Piece::Number(number) => days.push(number as u8),
            Piece::Word(word) => {
                if let Some((Calendar::Gregorian, month)) = months(&word).first() {
                    found.push(*month);
                }
            }
            Piece::Mark(_) => {}
        }
    }
    let year = match years.as_slice() {
        [year] => *year,
        [year, _] => year + 1,
        _ => return None,
    };
    let (old_month, new_month) = (*found.first()?, *found.last()?);
    let old =
        julian::day(year - i32::from(old_month > new_month), old_month, *days.first()?).ok()?;
    let new = gregorian::day(year, new_month, *days.get(1)?).ok()?;
    Some(check::same_day(&[
        Dated { calendar: Calendar::Julian, day: old },
        Dated { calendar: Calendar::Gregorian, day: new },
    ]))
}

/// The era and its year at the start of a text, and what follows.
fn era(text: &str) -> Option<(&'static Era, i32, Vec<Piece>)> {
    let all = pieces(text);
    let name: String = all
        .iter()
        .map_while(|piece| match piece {
            Piece::Word(word) => Some(word.as_str()),
            Piece::Mark(' ') => Some(""),
            _ => None,
        })
        .collect();
    let first_year = name.chars().position(|c| c == '元');
    let bare: String = name.chars().take(first_year.unwrap_or(usize::MAX)).collect();
    // Of several eras of a name the latest is meant.
    let era = eras_named(&bare).last()?;
    let numbers = all.iter().filter(|piece| as_number(piece).is_some());
    match first_year {
        Some(_) => Some((era, 1, numbers.cloned().collect())),
        None => {
            let mut numbers = numbers.cloned();
            let year = as_number(&numbers.next()?)?;
            Some((era, year, numbers.collect()))
        }
    }
}

fn impossible(input: &str) -> Option<Outcome> {
    if let Some((era, year, rest)) = era(input) {
        let numbers: Vec<i32> = rest.iter().filter_map(as_number).collect();
        return Some(check::exists_in_era(
            era,
            year,
            *numbers.first()? as u8,
            false,
            *numbers.get(1)? as u8,
        ));
    }
    let words: Vec<String> = pieces(input)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Word(word) => Some(word),
            _ => None,
        })
        .collect();
    let event = words.iter().find_map(|word| match word.get(..3)?.to_lowercase().as_str() {
        "kal" | "cal" => Some(Event::Kalends),
        "non" => Some(Event::Nones),
        "idu" | "idi" => Some(Event::Ides),
        _ => None,
    });
    if let Some(event) =
        event.or_else(|| words.iter().any(|word| word == "Id").then_some(Event::Ides))
    {
        let count = words.iter().find_map(|word| roman_numeral(word))? as u8;
        let month = words.iter().rev().find_map(|word| {
            months(&word.to_lowercase().replace('j', "i")).first().map(|(_, month)| *month)
        })?;
        return Some(check::roman_count(month, event, count));
    }
    let written = read(input)?;
    match written.custom {
        Some(custom) => {
            Some(check::exists_at(custom, written.modern_year(), written.month, written.day))
        }
        None => Some(check::exists(
            written.calendar,
            written.modern_year(),
            written.month,
            false,
            written.day,
        )),
    }
}

/// The ISO days of a text, in order.
fn days_of(text: &str) -> Vec<Day> {
    iso_days(&text.replace("..", " ").replace('/', " "))
        .into_iter()
        .filter_map(|day| read(day)?.to_day())
        .collect()
}

/// "61st", "fiftieth", "first centenary".
fn ordinal(text: &str) -> Option<i32> {
    const WORDS: [(&str, i32); 16] = [
        ("tercentenary", 300),
        ("bicentenary", 200),
        ("centenary", 100),
        ("hundredth", 100),
        ("ninetieth", 90),
        ("eightieth", 80),
        ("seventieth", 70),
        ("sixtieth", 60),
        ("fiftieth", 50),
        ("fortieth", 40),
        ("thirtieth", 30),
        ("twenty-fifth", 25),
        ("twentieth", 20),
        ("tenth", 10),
        ("golden", 50),
        ("silver", 25),
    ];
    let number = pieces(text).iter().find_map(as_number);
    number.or_else(|| WORDS.iter().find(|(word, _)| text.contains(word)).map(|(_, n)| *n))
}

fn month_word(letter: Day, words: &str) -> Option<Outcome> {
    let day = pieces(words).iter().find_map(as_number)? as u8;
    let word = match words {
        _ if words.contains("inst") => MonthWord::Instant,
        _ if words.contains("ult") => MonthWord::Ultimo,
        _ if words.contains("prox") => MonthWord::Proximo,
        _ => return None,
    };
    Some(check::month_word(letter, Calendar::Gregorian, word, day, word != MonthWord::Proximo))
}

/// "20 June 43 Eliz. (1602)".
fn regnal(input: &str) -> Option<Outcome> {
    let (date, year) = input.split_once('(')?;
    let all = pieces(date);
    let numbers: Vec<i32> = all.iter().filter_map(as_number).collect();
    let words: Vec<&str> = all
        .iter()
        .filter_map(|piece| match piece {
            Piece::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    let (_, month) = *months(words.first()?).first()?;
    let year = pieces(year).iter().find_map(as_number)?;
    Some(check::regnal(reign(&words[1..])?, *numbers.get(1)?, month, *numbers.first()? as u8, year))
}

/// The English reign of an abbreviated name: `Eliz.`, `Hen. VIII`, `Jac. I`.
fn reign(words: &[&str]) -> Option<&'static Reign> {
    let name = words.first()?.to_lowercase();
    let name = match name.as_str() {
        "jac" => "james",
        "car" => "charles",
        "gul" => "william",
        "ric" => "richard",
        "phil" => "mary",
        name => name,
    };
    let number = words.get(1).map(|number| number.to_lowercase());
    reigns().find(|reign| {
        let mut parts = reign.id.split('-');
        let is_of_name = parts.next().is_some_and(|part| part.starts_with(name));
        let is_numbered = number.as_deref().is_none_or(|number| parts.next() == Some(number));
        is_of_name && is_numbered && reign.id.ends_with("-england")
    })
}

/// "cable 121800Z OCT 06 and reply dated 11 Oct 2006 18:00 (-0900)".
fn time_zone(input: &str) -> Option<Outcome> {
    let (cable, reply) = input.split_once(" and ")?;
    let group = pieces(cable);
    let numbers: Vec<i32> = group.iter().filter_map(as_number).collect();
    let written = read(reply)?;
    let month = group.iter().find_map(|piece| match piece {
        Piece::Word(word) => months(word).first().map(|(_, month)| *month),
        _ => None,
    })?;
    let (of_group, year) = (*numbers.first()?, *numbers.get(1)?);
    let day = gregorian::day(2000 + year, month, (of_group / 10_000) as u8).ok()?;
    let minutes = |clock: i32| clock / 100 * 60 + clock % 100;
    let first = Instant { day, minute: minutes(of_group % 10_000) as u16, ahead: 0 };
    let (clock, shift) = reply.split_once('(')?;
    let numbers: Vec<i32> = pieces(clock).iter().filter_map(as_number).collect();
    let [.., hour, minute] = numbers.as_slice() else { return None };
    let ahead = minutes(pieces(shift).iter().find_map(as_number)?) as i16;
    let ahead = if shift.starts_with('-') { -ahead } else { ahead };
    let reply = Instant { day: written.to_day()?, minute: (hour * 60 + minute) as u16, ahead };
    Some(check::zones(first, reply))
}
