//! Dates of calendars that are not Roman, and of the eras of East Asia.

use super::{LAST_OF_MONTH, Resolver, When, full_year};
use crate::calendar::{Calendar, gregorian};
use crate::era;
use crate::phrase::lexicon::{Era, MONTH_CALENDARS};
use crate::phrase::parts::{MonthPart, Parts, YearPart};
use crate::phrase::points::CYCLIC;
use crate::value::Date;

impl Resolver<'_> {
    /// A date of a calendar that is not Roman; none where the parts say nothing of one.
    #[expect(clippy::option_option, reason = "no other calendar, or one without such a date")]
    pub(super) fn other_calendar(&self, parts: &Parts) -> Option<Option<(When, Calendar)>> {
        let year = parts.year.unwrap_or_default();
        let language = self.context.lang.unwrap_or("");
        if let Some(MonthPart::Of { calendar, number }) = parts.month {
            let calendar = match MONTH_CALENDARS.get(usize::from(calendar)).copied() {
                Some("hijri") => Calendar::HijriCivil,
                Some("persian") => Calendar::Persian,
                Some("hebrew") => Calendar::Hebrew,
                Some("ethiopic") => Calendar::Ethiopic,
                Some("coptic") => Calendar::Coptic,
                Some("saka") => Calendar::IndianSaka,
                Some("republican") => Calendar::FrenchRepublican,
                Some("rumi") => Calendar::Rumi,
                _ => Calendar::Bahai,
            };
            return Some(self.of_calendar(calendar, parts, number, false));
        }
        if let Era::Reign(_) = year.era {
            return Some(self.of_era(&year, parts));
        }
        let numbered = match parts.month {
            Some(MonthPart::Numbered { number, leap }) => Some((number, leap)),
            Some(MonthPart::Named(number)) => Some((number, false)),
            _ => None,
        };
        if parts.lunar
            || year.digits == CYCLIC
            || matches!(parts.month, Some(MonthPart::Numbered { leap: true, .. }))
        {
            let calendar = match language {
                "ko" => Calendar::Korean,
                "ja" => Calendar::JapaneseLunisolar,
                "vi" => Calendar::Vietnamese,
                _ => Calendar::Chinese,
            };
            let mut parts = *parts;
            if year.digits == CYCLIC {
                let base = match self.anchor {
                    Some(anchor) => {
                        anchor.year() - (anchor.year() - 3 - year.number).rem_euclid(60)
                    }
                    // The cycle that began in 1984.
                    None => 1983 + year.number,
                };
                parts.year = Some(YearPart { number: base, digits: 4, ..year });
            }
            return Some(match numbered {
                Some((month, leap)) => self.of_calendar(calendar, &parts, month, leap),
                None => None,
            });
        }
        let calendar = self.calendar_of_year(parts, &year, numbered.is_some())?;
        Some(match numbered {
            Some((month, leap)) => self.of_calendar(calendar, parts, month, leap),
            None if parts.day.is_none() && year.era == Era::Rattanakosin => {
                self.year_of_calendar(calendar, year.number.checked_add(2324)?)
            }
            None if parts.day.is_none() => self.year_of_calendar(calendar, year.number),
            None => None,
        })
    }

    /// The calendar by which a year is counted: as its era says, or as the language counts years of
    /// such a number. `numbered` is a month that stands by its number or a Roman name.
    fn calendar_of_year(&self, parts: &Parts, year: &YearPart, numbered: bool) -> Option<Calendar> {
        let language = self.context.lang.unwrap_or("");
        let by_era = match year.era {
            Era::Buddhist | Era::Rattanakosin => Some(Calendar::Buddhist),
            Era::Byzantine => Some(Calendar::Byzantine),
            Era::Rumi => Some(Calendar::Rumi),
            Era::Hijri => Some(Calendar::HijriCivil),
            Era::Persian => Some(Calendar::Persian),
            Era::Hebrew => Some(Calendar::Hebrew),
            Era::Ethiopic => Some(Calendar::Ethiopic),
            Era::Coptic => Some(Calendar::Coptic),
            Era::Saka => Some(Calendar::IndianSaka),
            Era::Republican => Some(Calendar::FrenchRepublican),
            Era::Bahai => Some(Calendar::Bahai),
            _ => None,
        };
        let ottoman = matches!(language, "ota" | "tr")
            || self.context.place.is_some_and(|place| place.contains("Ottoman"));
        match (by_era, year.number) {
            (None, 1256..=1341) if ottoman && numbered && year.era == Era::Christian => {
                Some(Calendar::Rumi)
            }
            (None, 1200..=1500)
                if !numbered
                    && parts.day.is_none()
                    && matches!(language, "ar" | "ota")
                    && year.relative.is_none() =>
            {
                Some(Calendar::HijriCivil)
            }
            (None, 1280..=1450)
                if !numbered
                    && parts.day.is_none()
                    && language == "fa"
                    && year.relative.is_none() =>
            {
                Some(Calendar::Persian)
            }
            // Thai years are those of the Buddha, Persian ones of the sun, unless a name of a month tells.
            (None, 2300..=2700) if language == "th" && year.era == Era::Christian => {
                Some(Calendar::Buddhist)
            }
            (None, 1280..=1450)
                if language == "fa"
                    && numbered
                    && parts.day.is_some()
                    && year.era == Era::Christian =>
            {
                Some(Calendar::Persian)
            }
            (None, 1..=999) if language == "he" && year.digits == 0 => Some(Calendar::Hebrew),
            (None, 1..=14)
                if language == "fr"
                    && !numbered
                    && parts.day.is_none()
                    && year.marked
                    && year.relative.is_none() =>
            {
                Some(Calendar::FrenchRepublican)
            }
            (found, _) => found,
        }
    }

    pub(super) fn year_of_calendar(
        &self,
        calendar: Calendar,
        year: i32,
    ) -> Option<(When, Calendar)> {
        let year = full_year(calendar, year);
        let (first, last) = calendar.year_span(year).ok()?;
        if calendar == Calendar::Buddhist {
            let (start, month, day) = gregorian::from_day(first);
            if (month, day) == (1, 1) {
                return Some((When::Date(Date::year(start).ok()?), calendar));
            }
        }
        Some((When::Span(first, last), calendar))
    }

    pub(super) fn of_calendar(
        &self,
        calendar: Calendar,
        parts: &Parts,
        month: u8,
        leap: bool,
    ) -> Option<(When, Calendar)> {
        let Some(year) = parts.year.filter(|year| year.relative.is_none()) else {
            // The year nearest to the anchor.
            let anchor = self.anchor?;
            let day = parts.day?;
            let year = calendar.from_day(anchor.last).ok()?.year;
            let found = (year - 1..=year + 1)
                .filter_map(|year| calendar.to_day(year, month, leap, day).ok())
                .min_by_key(|day| day.0.abs_diff(anchor.last.0))?;
            return Some((When::Date(Date::from_day(found).ok()?), calendar));
        };
        let number = match year.era {
            // The year 112 of Bangkok is 2436 of the Buddha.
            Era::Rattanakosin => year.number.checked_add(2324)?,
            _ => full_year(calendar, year.number),
        };
        if year.digits == 2
            && !year.marked
            && matches!(calendar, Calendar::HijriCivil | Calendar::Persian | Calendar::Rumi)
        {
            return None;
        }
        let Some(day) = parts.day else {
            let (first, last) = calendar.month_span(number, month, leap).ok()?;
            // A month of the Thai calendar is a Gregorian one.
            let (year, month, day) = gregorian::from_day(first);
            if day == 1
                && gregorian::day(year, month, gregorian::month_length(year, month)) == Ok(last)
            {
                return Some((When::Date(Date::month(year, month).ok()?), calendar));
            }
            return Some((When::Span(first, last), calendar));
        };
        let day = if day == LAST_OF_MONTH {
            let (_, last) = calendar.month_span(number, month, leap).ok()?;
            last
        } else {
            calendar.to_day(number, month, leap, day).ok()?
        };
        // Sighting may differ from the table by two days; a weekday tells.
        let day = match parts.weekday {
            Some(weekday) if calendar == Calendar::HijriCivil => [0, 1, -1, 2, -2]
                .into_iter()
                .map(|shift| day.plus(shift))
                .find(|day| day.weekday() as u8 == weekday)
                .unwrap_or(day),
            _ => day,
        };
        Some((When::Date(Date::from_day(day).ok()?), calendar))
    }

    /// Eras of that name, those of the language's country first.
    pub(super) fn reigns(&self, year: &YearPart) -> impl Iterator<Item = &'static era::Era> {
        let name = match year.era {
            Era::Reign(name) => self.lexicon.names.get(usize::from(name)).copied().unwrap_or(""),
            _ => "",
        };
        let country = match self.context.lang {
            Some("ja") => "japan",
            Some("zh") => "china",
            Some("ko") => "korea",
            _ => "",
        };
        era::eras_named(name)
            .filter(move |era| era.country == country)
            .chain(era::eras_named(name).filter(move |era| era.country != country))
    }

    pub(super) fn of_era(&self, year: &YearPart, parts: &Parts) -> Option<(When, Calendar)> {
        let month = match parts.month {
            Some(MonthPart::Numbered { number, leap }) => Some((number, leap)),
            Some(MonthPart::Named(number)) => Some((number, false)),
            None => None,
            _ => return None,
        };
        self.reigns(year).find_map(|era| {
            let roman = !matches!(
                era.calendar,
                Calendar::Chinese
                    | Calendar::Korean
                    | Calendar::JapaneseLunisolar
                    | Calendar::Vietnamese
            );
            let civil = era.gregorian_year(year.number).ok()?;
            let when = match (month, parts.day) {
                (Some((month, leap)), Some(day)) => {
                    let found = if parts.lunar && roman {
                        Calendar::Chinese.to_day(civil, month, leap, day).ok()?
                    } else {
                        era.day(year.number, month, leap, day).ok()?
                    };
                    When::Date(Date::from_day(found).ok()?)
                }
                (Some((month, _)), None) if roman => When::Date(Date::month(civil, month).ok()?),
                (Some((month, leap)), None) => {
                    let (first, last) = era.month_span(year.number, month, leap).ok()?;
                    When::Span(first, last)
                }
                (None, None) if roman => When::Date(Date::year(civil).ok()?),
                (None, None) => {
                    let (first, last) = era.year_span(year.number).ok()?;
                    When::Span(first, last)
                }
                (None, Some(_)) => return None,
            };
            Some((when, era.calendar))
        })
    }
}
