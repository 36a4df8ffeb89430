//! What the grammar gathers, before anything is reckoned.

use super::lexicon::Era;
use crate::value::Doubt;

/// A year as written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct YearPart {
    pub(crate) era: Era,
    pub(crate) number: i32,
    /// How many digits were written; 0 for words.
    pub(crate) digits: u8,
    /// The second half of `1648/9`, in full.
    pub(crate) second: Option<i32>,
    /// How many last digits are unknown, as in `184-`.
    pub(crate) unknown: u8,
    /// Years from the anchor's, as in "this year".
    pub(crate) relative: Option<i32>,
    /// "anno", "A.D.", an era or the like says that it is a year.
    pub(crate) marked: bool,
}

impl YearPart {
    /// A year that is told by the one of the anchor.
    pub(crate) fn told(relative: i32) -> YearPart {
        YearPart { relative: Some(relative), marked: true, ..YearPart::default() }
    }
}

/// A month as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum MonthPart {
    /// A name of the Julian and Gregorian calendar, 1..=12.
    Named(u8),
    /// A number, as Quakers write months.
    Quaker(u8),
    /// A number, as East Asian dates write months.
    Numbered { number: u8, leap: bool },
    /// A name of another calendar, by [`super::lexicon::MONTH_CALENDARS`].
    Of { calendar: u8, number: u8 },
    /// Months from the anchor's.
    Relative(i32),
    /// The month of the anchor or the one before, whichever is past.
    Past,
    /// The month of the anchor or the one after, whichever is to come.
    Coming,
}

/// A feast, with days to add and a weekday to go on to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FeastPart {
    pub(crate) name: u16,
    pub(crate) shift: i32,
    /// The next such weekday after it.
    pub(crate) then: Option<u8>,
}

/// A day before the kalends, nones or ides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RomanPart {
    /// 1 kalends, 2 nones, 3 ides.
    pub(crate) event: u8,
    /// Inclusive count back; 1 is the event itself, 2 the day before.
    pub(crate) count: u8,
}

/// A point in time as written: any of its parts may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Parts {
    pub(crate) weekday: Option<u8>,
    pub(crate) day: Option<u8>,
    /// The day is only a number, as in "12" of "12 to 14 May".
    pub(crate) bare: bool,
    /// The day was an ordinal.
    pub(crate) ordinal: bool,
    pub(crate) month: Option<MonthPart>,
    pub(crate) year: Option<YearPart>,
    pub(crate) season: Option<u8>,
    /// The hundreds: 17 for the eighteenth century.
    pub(crate) century: Option<i32>,
    /// The first year of a decade; below 100 where the century is not written.
    pub(crate) decade: Option<i32>,
    pub(crate) feast: Option<FeastPart>,
    pub(crate) roman: Option<RomanPart>,
    /// Regnal year, 0 where only the monarch is named, and monarch.
    pub(crate) regnal: Option<(i32, u16)>,
    /// By [`super::lexicon::STYLES`].
    pub(crate) style: Option<u8>,
    /// A lunisolar date.
    pub(crate) lunar: bool,
    /// Morning, evening or an hour is named.
    pub(crate) hour: bool,
    /// Which of the month's weekdays of that name: the first is 1, the last -1.
    pub(crate) nth: Option<i8>,
    /// The day stands bare after the month, in a language that has it before: it may be a year.
    pub(crate) day_or_year: bool,
    /// Day and month may be exchanged.
    pub(crate) swappable: bool,
    /// The same year in another era.
    pub(crate) parallel: Option<YearPart>,
    /// Doubt of year, month and day.
    pub(crate) doubt: [Doubt; 3],
    /// Doubt of the whole.
    pub(crate) whole: Doubt,
}

impl Parts {
    pub(crate) fn is_empty(&self) -> bool {
        self.day.is_none()
            && self.month.is_none()
            && self.year.is_none()
            && self.weekday.is_none()
            && self.season.is_none()
            && self.century.is_none()
            && self.decade.is_none()
            && self.feast.is_none()
            && self.roman.is_none()
            && self.regnal.is_none()
    }

    /// It names a weekday and nothing else of a date.
    pub(crate) fn is_weekday(&self) -> bool {
        self.weekday.is_some() && Parts { weekday: None, ..*self }.is_empty()
    }

    /// It has a month or something that stands for one.
    pub(crate) fn has_month(&self) -> bool {
        self.month.is_some() || self.feast.is_some()
    }

    /// Whether both are days, one in a month of Rome and one in that of another calendar.
    pub(crate) fn is_twin(&self, other: &Parts) -> bool {
        let is_other = |parts: &Parts| matches!(parts.month, Some(MonthPart::Of { .. }));
        let are_days = self.day.is_some() && other.day.is_some();
        are_days && self.has_month() && other.has_month() && is_other(self) != is_other(other)
    }

    /// Takes the year, month and style from another point where they are missing here.
    pub(crate) fn complete_from(&mut self, other: &Parts) {
        if self.feast.is_none()
            && self.month.is_none()
            && self.season.is_none()
            && self.day.is_some()
        {
            self.month = other.month;
            self.bare = false;
        }
        if self.year.is_none() {
            self.year = other.year;
            self.parallel = self.parallel.or(other.parallel);
        }
        self.style = self.style.or(other.style);
        self.lunar |= other.lunar;
    }
}

/// Which third or half of a month or year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Third {
    Early,
    Mid,
    Late,
    FirstHalf,
    SecondHalf,
}

/// Three or more days of one year, as in "the 3rd, 5th and 7th of May".
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DayList {
    /// The first day, with the year of all.
    pub(crate) first: Parts,
    /// The days that follow, each with its month.
    pub(crate) rest: [(u8, Option<MonthPart>); DayList::MOST - 1],
    /// How many days follow.
    pub(crate) count: u8,
    /// Only one of them is meant.
    pub(crate) either: bool,
}

impl DayList {
    /// So many days a list may have.
    pub(crate) const MOST: usize = 8;

    /// The days, each a point of its own.
    pub(crate) fn days(&self) -> impl Iterator<Item = Parts> + '_ {
        let rest = self.rest.iter().take(usize::from(self.count));
        let rest = rest.map(|(day, month)| Parts { day: Some(*day), month: *month, ..self.first });
        std::iter::once(self.first).chain(rest)
    }
}

/// What an expression says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Saying {
    Point(Parts),
    Range(Parts, Parts),
    Within(Parts, Parts),
    Either(Parts, Parts),
    Both(Parts, Parts),
    List(DayList),
    /// Old and New Style of one day.
    Dual(Parts, Parts),
    Before(Parts),
    NotAfter(Parts),
    After(Parts),
    NotBefore(Parts),
    Since(Parts),
    Third(Third, Parts),
    /// Days from the anchor; with the weekday, where it is named too.
    Shift(i32, Option<u8>),
    /// Months from the anchor; to the day.
    ShiftMonths(i32, bool),
    /// Years from the anchor; to the day.
    ShiftYears(i32, bool),
    /// A weekday strictly before (negative) or after (positive) the anchor, and weeks more.
    WeekdayFrom(u8, i32, i32),
    /// A weekday of the ISO week so many weeks on.
    WeekdayOf(u8, i32),
    /// The year in which something has its n-th return.
    Anniversary(i32),
    /// More than so many years.
    MoreThan(i32),
    /// Born so many completed years ago; on the day itself.
    Age(i32, bool),
    Undated,
}
