//! Old and New Style: full dates in the style that words, place or age give them, and days written in
//! both.

use super::{Resolved, Resolver, Twin, When};
use crate::calendar::{Calendar, Dated, gregorian, julian};
use crate::phrase::lexicon::STYLES;
use crate::phrase::parts::{MonthPart, Parts, YearPart};
use crate::reckoning::YearStart;
use crate::value::{Date, Edtf, Item};

impl Resolved {
    /// One day in the calendar of the first half, which the second gives again.
    fn twice(first: Dated, second: Dated, confidence: f32) -> Option<Resolved> {
        // of a day that hangs on the moon the other half tells more
        let told = if first.calendar.slack() == (0, 0) { first } else { second };
        let value = Date::from_day(told.day).ok()?;
        let twin = Twin { calendar: second.calendar, value, agrees: true };
        let resolved = Resolved::new(value, confidence);
        Some(Resolved { calendar: first.calendar, twin: Some(twin), ..resolved })
    }
}

impl Resolver<'_> {
    /// Two halves by a slash or in parentheses: one day in two calendars, or else two days.
    pub(super) fn dual(&self, first: &Parts, second: &Parts) -> Option<Resolved> {
        let styled = |parts: &Parts, style: &str, year: Option<i32>| {
            let mut parts = *parts;
            parts.style = STYLES.iter().position(|known| *known == style).map(|nth| nth as u8);
            if let (Some(part), Some(year)) = (&mut parts.year, year) {
                part.number = year;
                part.second = None;
            }
            let (when, calendar) = self.when(&parts)?;
            let day = when.to_day()?;
            if style == "os" && matches!(parts.month, Some(MonthPart::Relative(_))) {
                // "2/14 inst.": the numbers of this month, whose style no word gives
                let (year, month, day) = gregorian::from_day(day);
                let day = julian::day(year, month, day).ok()?;
                return Some(Dated { calendar: Calendar::Julian, day });
            }
            Some(Dated { calendar, day })
        };
        // "1645/6" gives the year that begins in January for both halves; "25 December/5 January
        // 1766 st. v." has the year of the old one.
        let turns = matches!(
            (first.month, second.month),
            (Some(MonthPart::Named(12)), Some(MonthPart::Named(1)))
        );
        let is_old = second.style.or(first.style).and_then(|s| STYLES.get(usize::from(s)).copied())
            == Some("os");
        let civil = match second.year.or(first.year) {
            Some(year) if turns && is_old && year.second.is_none() => Some(year.number + 1),
            year => year.and_then(|year| year.second),
        };
        // "24./12. Mai 1850" has the new style first.
        if let (Some(new), Some(old)) = (styled(first, "ns", civil), styled(second, "os", civil))
            && new.may_be(old)
        {
            return Resolved::twice(new, old, 0.95);
        }
        let new = styled(second, "ns", civil)?;
        let olds = [
            styled(first, "os", civil),
            styled(first, "os", None),
            styled(first, "os", first.year.map(|year| year.number - 1)),
            styled(first, "os", civil.map(|year| year - 1)),
        ];
        if let Some(old) = olds.into_iter().flatten().find(|old| old.may_be(new)) {
            return Resolved::twice(old, new, 0.98);
        }
        let (one, other) = (self.end(first)?, self.end(second)?);
        if let (Some(start), Some(end)) = (one.0.to_day(), other.0.to_day())
            && end.0 - start.0 == 1
        {
            return Some(Resolved::new(Edtf::interval(one.0, other.0).ok()?, 0.9));
        }
        let items = vec![Item::One(one.0), Item::One(other.0)];
        let mut resolved = Resolved::new(Edtf::one_of(items).ok()?, 0.5);
        // two months of different calendars are one day, and one of the two is wrong
        let calendars = [self.when(first)?.1, self.when(second)?.1];
        let is_western = |calendar| matches!(calendar, Calendar::Gregorian | Calendar::Julian);
        if is_western(calendars[0]) != is_western(calendars[1]) {
            resolved.calendar = calendars[0];
            resolved.twin = Some(Twin { calendar: calendars[1], value: other.0, agrees: false });
        }
        Some(resolved)
    }

    /// The day that a dash joins in both styles where the old one was in use: "St. Petersburg,
    /// January 2–14, 1882". Elsewhere a dash says from when until when.
    pub(super) fn one_day(&self, first: &Parts, second: &Parts) -> Option<Resolved> {
        let start = self.end(first)?.0.to_day()?;
        let calendar = match self.custom() {
            Some(custom) => custom.calendar_on(start),
            None => self.context.calendar?,
        };
        if calendar != Calendar::Julian {
            return None;
        }
        let day = self.dual(first, second)?;
        let agrees = day.twin.as_ref().is_some_and(|twin| twin.agrees);
        agrees.then_some(Resolved { confidence: 0.9, ..day })
    }

    /// A full date in the style that the words, the place or the age give it.
    pub(super) fn styled(
        &self,
        parts: &Parts,
        year: &YearPart,
        number: i32,
        month: u8,
        day: u8,
    ) -> Option<(When, Calendar)> {
        let style = parts.style.and_then(|style| STYLES.get(usize::from(style)).copied());
        let mut civil = number;
        if let Some(second) = year.second
            && month <= 3
        {
            civil = second;
        }
        let custom = self.custom();
        match style {
            Some("ns") => {
                return Some((When::Date(Date::day(civil, month, day).ok()?), Calendar::Gregorian));
            }
            Some("venice") => civil = YearStart::Venice.modern_year(number, month, day),
            Some("florence") => civil = YearStart::Florence.modern_year(number, month, day),
            Some(_) if year.second.is_none() => {
                let start = custom.map_or(YearStart::January1, |custom| custom.year_start(number));
                civil = start.modern_year(number, month, day);
            }
            _ => {}
        }
        // Venice and Florence began the year late in both calendars.
        if matches!(style, Some("venice" | "florence"))
            && let Some(custom) = custom
        {
            let placed = custom.modern_day(civil, month, day).ok()?;
            return Some((When::Date(Date::from_day(placed.day).ok()?), placed.calendar));
        }
        if style.is_some() {
            let found = julian::day(civil, month, day).ok()?;
            return Some((When::Date(Date::from_day(found).ok()?), Calendar::Julian));
        }
        if let Some(custom) = custom {
            // Sweden's own calendar between the two.
            if custom.id.starts_with("sweden")
                && (1700..=1712).contains(&number)
                && let Ok(found) = Calendar::Swedish.to_day(number, month, false, day)
            {
                return Some((When::Date(Date::from_day(found).ok()?), Calendar::Swedish));
            }
            let placed = match year.second {
                Some(_) => custom.modern_day(civil, month, day),
                None => custom.day(number, month, day),
            };
            let placed = placed.ok()?;
            return Some((When::Date(Date::from_day(placed.day).ok()?), placed.calendar));
        }
        if julian_is_default(civil, month, day) || year.second.is_some() && civil < 1753 {
            let found = julian::day(civil, month, day).ok()?;
            return Some((When::Date(Date::from_day(found).ok()?), Calendar::Julian));
        }
        Some((When::Date(Date::day(civil, month, day).ok()?), Calendar::Gregorian))
    }
}

/// Before the Gregorian reform of October 1582.
fn julian_is_default(year: i32, month: u8, day: u8) -> bool {
    (year, month, day) < (1582, 10, 15) && year > 0
}
