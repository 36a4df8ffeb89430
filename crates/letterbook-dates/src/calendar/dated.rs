//! A day and the calendar that it is written in.

use super::Calendar;
use crate::day::Day;

/// One dating: the calendar in which it is written, and its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The calendar as written.
    pub calendar: Calendar,
    /// The day that it gives.
    pub day: Day,
}

impl Dated {
    /// Whether both datings can be of one day, with the [slack](Calendar::slack) of either calendar.
    ///
    /// ```
    /// use letterbook_dates::calendar::{Calendar, Dated, gregorian, julian};
    ///
    /// let old = Dated { calendar: Calendar::Julian, day: julian::day(1850, 5, 2)? };
    /// let new = |day| gregorian::day(1850, 5, day).map(|day| Dated { calendar: Calendar::Gregorian, day });
    /// assert!(old.may_be(new(14)?));
    /// assert!(!old.may_be(new(15)?));
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn may_be(self, other: Dated) -> bool {
        let (one, two) = (self.span(), other.span());
        one.0 <= two.1 && two.0 <= one.1
    }

    /// The days that it can mean, from the first to the last.
    fn span(self) -> (Day, Day) {
        let (before, after) = self.calendar.slack();
        (self.day.plus(-before), self.day.plus(after))
    }
}
