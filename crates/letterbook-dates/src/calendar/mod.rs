//! The calendars that letters are dated by, one file each, meeting only on the day axis.
//!
//! Every calendar states its year numbering and the range over which it is exact; beyond the range
//! a date is an error, never clamped or wrapped. Names of months and eras belong to
//! the phrases, beginnings of the year to `reckoning`.

mod bahai;
mod buddhist;
mod byzantine;
mod chinese;
mod convert;
mod coptic;
mod counted;
mod dated;
pub mod easter;
mod error;
mod ethiopic;
mod fascist;
mod french_republican;
pub mod gregorian;
mod hebrew;
pub mod hijri;
mod indian_saka;
mod iso_week;
mod japanese;
mod japanese_lunisolar;
pub mod julian;
mod korean;
mod month_table;
mod persian;
mod quaker;
pub mod roman;
mod rule;
mod rumi;
mod swedish;
mod umm_al_qura;
mod vietnamese;

pub use convert::convert;
pub use dated::Dated;
pub use error::CalendarError;
use rule::Rule;

use crate::day::Day;

/// A calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Calendar {
    /// `gregorian`: Proleptic Gregorian, with a year 0.
    Gregorian,
    /// `julian`: Julian, without a year 0.
    Julian,
    /// `iso-week`: Weeks of ISO 8601: the month is the week, the day Monday 1 to Sunday 7.
    IsoWeek,
    /// `roman`: Kalends, nones and ides, see [`roman`]; the day is [`roman::Event::day_number`].
    Roman,
    /// `byzantine`: Years of the World from 1 September.
    Byzantine,
    /// `swedish`: Sweden, 1700–1712.
    Swedish,
    /// `quaker`: Numbered months of the Society of Friends.
    Quaker,
    /// `french-republican`: France, years I–XIV, and LXXIX of the Commune.
    FrenchRepublican,
    /// `fascist`: Italy, years from 29 October.
    Fascist,
    /// `coptic`: Years of the Martyrs.
    Coptic,
    /// `ethiopic`: Ethiopia, years of Mercy.
    Ethiopic,
    /// `hebrew`: Hebrew; month 1 is Nisan.
    Hebrew,
    /// `islamic-civil`: Hijri by table, civil epoch.
    HijriCivil,
    /// `islamic-tbla`: Hijri by table, astronomical epoch, a day before the civil one.
    HijriAstronomical,
    /// `islamic-umalqura`: Hijri as proclaimed in Saudi Arabia.
    UmmAlQura,
    /// `rumi`: Ottoman financial calendar; month 1 is Kânunusani.
    Rumi,
    /// `persian`: Solar Hijri.
    Persian,
    /// `indian-saka`: Indian national calendar.
    IndianSaka,
    /// `bahai`: Bahá'í; month 0 is Ayyám-i-Há.
    Bahai,
    /// `buddhist`: Thai solar calendar, Buddhist era.
    Buddhist,
    /// `juche`: North Korea, from 1912.
    Juche,
    /// `minguo`: Republic of China, from 1912.
    Minguo,
    /// `dangi-era`: Korea, years of Dangun.
    DangiEra,
    /// `daehan-minguk`: Korea, years of the Republic from 1919.
    DaehanMinguk,
    /// `koki`: Japan, imperial years.
    Koki,
    /// `japanese-meiji`: Japan, Meiji.
    JapaneseMeiji,
    /// `japanese-taisho`: Japan, Taishō.
    JapaneseTaisho,
    /// `japanese-showa`: Japan, Shōwa.
    JapaneseShowa,
    /// `japanese-heisei`: Japan, Heisei.
    JapaneseHeisei,
    /// `japanese-reiwa`: Japan, Reiwa.
    JapaneseReiwa,
    /// `chinese`: China, lunisolar, in related Gregorian years.
    Chinese,
    /// `korean`: Korea, lunisolar, in related Gregorian years.
    Korean,
    /// `japanese-lunisolar`: Japan to 1872, lunisolar, in related Gregorian years.
    JapaneseLunisolar,
    /// `vietnamese`: Vietnam from 1813, lunisolar, in related Gregorian years.
    Vietnamese,
}

/// A date as its calendar writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CalendarDate {
    /// The calendar.
    pub calendar: Calendar,
    /// The year, as the calendar numbers it.
    pub year: i32,
    /// The month, 1-based.
    pub month: u8,
    /// Whether it is an intercalary month that repeats the number of the month before.
    pub leap_month: bool,
    /// The day of the month, 1-based.
    pub day: u8,
}

impl Calendar {
    /// Every calendar.
    pub const ALL: &[Calendar] = &[
        Calendar::Gregorian,
        Calendar::Julian,
        Calendar::IsoWeek,
        Calendar::Roman,
        Calendar::Byzantine,
        Calendar::Swedish,
        Calendar::Quaker,
        Calendar::FrenchRepublican,
        Calendar::Fascist,
        Calendar::Coptic,
        Calendar::Ethiopic,
        Calendar::Hebrew,
        Calendar::HijriCivil,
        Calendar::HijriAstronomical,
        Calendar::UmmAlQura,
        Calendar::Rumi,
        Calendar::Persian,
        Calendar::IndianSaka,
        Calendar::Bahai,
        Calendar::Buddhist,
        Calendar::Juche,
        Calendar::Minguo,
        Calendar::DangiEra,
        Calendar::DaehanMinguk,
        Calendar::Koki,
        Calendar::JapaneseMeiji,
        Calendar::JapaneseTaisho,
        Calendar::JapaneseShowa,
        Calendar::JapaneseHeisei,
        Calendar::JapaneseReiwa,
        Calendar::Chinese,
        Calendar::Korean,
        Calendar::JapaneseLunisolar,
        Calendar::Vietnamese,
    ];

    /// The label by which commands and tables name the calendar.
    pub fn label(self) -> &'static str {
        match self {
            Calendar::Gregorian => "gregorian",
            Calendar::Julian => "julian",
            Calendar::IsoWeek => "iso-week",
            Calendar::Roman => "roman",
            Calendar::Byzantine => "byzantine",
            Calendar::Swedish => "swedish",
            Calendar::Quaker => "quaker",
            Calendar::FrenchRepublican => "french-republican",
            Calendar::Fascist => "fascist",
            Calendar::Coptic => "coptic",
            Calendar::Ethiopic => "ethiopic",
            Calendar::Hebrew => "hebrew",
            Calendar::HijriCivil => "islamic-civil",
            Calendar::HijriAstronomical => "islamic-tbla",
            Calendar::UmmAlQura => "islamic-umalqura",
            Calendar::Rumi => "rumi",
            Calendar::Persian => "persian",
            Calendar::IndianSaka => "indian-saka",
            Calendar::Bahai => "bahai",
            Calendar::Buddhist => "buddhist",
            Calendar::Juche => "juche",
            Calendar::Minguo => "minguo",
            Calendar::DangiEra => "dangi-era",
            Calendar::DaehanMinguk => "daehan-minguk",
            Calendar::Koki => "koki",
            Calendar::JapaneseMeiji => "japanese-meiji",
            Calendar::JapaneseTaisho => "japanese-taisho",
            Calendar::JapaneseShowa => "japanese-showa",
            Calendar::JapaneseHeisei => "japanese-heisei",
            Calendar::JapaneseReiwa => "japanese-reiwa",
            Calendar::Chinese => "chinese",
            Calendar::Korean => "korean",
            Calendar::JapaneseLunisolar => "japanese-lunisolar",
            Calendar::Vietnamese => "vietnamese",
        }
    }

    /// The calendar of a label.
    ///
    /// ```
    /// use letterbook_dates::calendar::Calendar;
    ///
    /// assert_eq!(Calendar::from_label("julian"), Some(Calendar::Julian));
    /// assert_eq!(Calendar::from_label("stardate"), None);
    /// ```
    pub fn from_label(label: &str) -> Option<Calendar> {
        Calendar::ALL.iter().copied().find(|calendar| calendar.label() == label)
    }

    /// How many days before and after the one that is counted a dating may mean.
    ///
    /// A Hebrew or Bahá'í day begins on the evening before; a Hijri month by sighting begins
    /// earlier or later than by the table.
    ///
    /// ```
    /// use letterbook_dates::calendar::Calendar;
    ///
    /// assert_eq!(Calendar::Hebrew.slack(), (1, 0));
    /// assert_eq!(Calendar::Julian.slack(), (0, 0));
    /// ```
    pub fn slack(self) -> (i32, i32) {
        match self {
            Calendar::Hebrew | Calendar::Bahai => (1, 0),
            Calendar::HijriCivil | Calendar::HijriAstronomical => {
                (hijri::TOLERANCE_DAYS, hijri::TOLERANCE_DAYS)
            }
            _ => (0, 0),
        }
    }

    /// The day of a year, month and day; `leap` asks for the intercalary month of that number.
    ///
    /// # Errors
    ///
    /// When the calendar has no such year, month or day, or states no such range.
    ///
    /// ```
    /// use letterbook_dates::calendar::Calendar;
    ///
    /// let day = Calendar::Julian.to_day(1917, 10, false, 25)?;
    /// assert_eq!(Calendar::Gregorian.from_day(day)?.month, 11);
    /// assert!(Calendar::Julian.to_day(1917, 13, false, 1).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn to_day(self, year: i32, month: u8, leap: bool, day: u8) -> Result<Day, CalendarError> {
        match self {
            Calendar::Gregorian if !leap => gregorian::day(year, month, day),
            Calendar::Julian if !leap => julian::day(year, month, day),
            Calendar::Roman => roman::to_day(year, month, leap, day),
            Calendar::Fascist if !leap => fascist::to_day(year, month, day),
            Calendar::Quaker if !leap => quaker::day_of_the_short_month(year, month, day)
                .unwrap_or_else(|| rule::to_day(self.rule(), self, year, month, leap, day)),
            _ => rule::to_day(self.rule(), self, year, month, leap, day),
        }
    }

    /// The date of a day.
    ///
    /// # Errors
    ///
    /// When the day is beyond the calendar's range.
    ///
    /// ```
    /// use letterbook_dates::calendar::{Calendar, gregorian};
    ///
    /// let date = Calendar::FrenchRepublican.from_day(gregorian::day(1799, 11, 9)?)?;
    /// assert_eq!((date.year, date.month, date.day), (8, 2, 18));
    /// assert!(Calendar::FrenchRepublican.from_day(gregorian::day(1850, 5, 12)?).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn from_day(self, day: Day) -> Result<CalendarDate, CalendarError> {
        if day < Day::MIN || day > Day::MAX {
            return Err(CalendarError::beyond(self, day));
        }
        let date = match self {
            Calendar::Gregorian => plain(self, gregorian::from_day(day)),
            Calendar::Julian => plain(self, julian::from_day(day)),
            Calendar::Roman => roman::from_day(day),
            _ => rule::from_day(self.rule(), self, day)?,
        };
        Ok(match self {
            Calendar::Fascist => {
                CalendarDate { day: fascist::numbered(date.month, date.day, day), ..date }
            }
            Calendar::Quaker => CalendarDate { day: quaker::numbered(day, date.day), ..date },
            _ => date,
        })
    }

    /// The first and the last day of a year, both within it.
    ///
    /// # Errors
    ///
    /// When the year is beyond the calendar's range.
    ///
    /// ```
    /// use letterbook_dates::calendar::{Calendar, gregorian};
    ///
    /// let (first, last) = Calendar::FrenchRepublican.year_span(3)?;
    /// assert_eq!(gregorian::from_day(first), (1794, 9, 22));
    /// assert_eq!(gregorian::from_day(last), (1795, 9, 22));
    /// assert!(Calendar::FrenchRepublican.year_span(80).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn year_span(self, year: i32) -> Result<(Day, Day), CalendarError> {
        rule::year_span(self.rule(), self, year)
    }

    /// The first and the last day of a month, both within it.
    ///
    /// # Errors
    ///
    /// When the calendar has no such year or month.
    ///
    /// ```
    /// use letterbook_dates::calendar::{Calendar, gregorian};
    ///
    /// let (first, last) = Calendar::Julian.month_span(1900, 2, false)?;
    /// assert_eq!(gregorian::from_day(first), (1900, 2, 13));
    /// assert_eq!(last.0 - first.0, 28);
    /// assert!(Calendar::Julian.month_span(1900, 13, false).is_err());
    /// # Ok::<(), letterbook_dates::calendar::CalendarError>(())
    /// ```
    pub fn month_span(self, year: i32, month: u8, leap: bool) -> Result<(Day, Day), CalendarError> {
        rule::month_span(self.rule(), self, year, month, leap)
    }

    /// The first and the last year that the calendar counts here, closed.
    ///
    /// ```
    /// use letterbook_dates::calendar::Calendar;
    ///
    /// assert_eq!(Calendar::Minguo.years(), (1, 8088));
    /// ```
    pub fn years(self) -> (i32, i32) {
        self.rule().years()
    }

    /// The first and the last day that the calendar counts here, closed.
    ///
    /// ```
    /// use letterbook_dates::calendar::{Calendar, gregorian};
    ///
    /// let (first, last) = Calendar::Swedish.days();
    /// assert_eq!(gregorian::from_day(first), (1700, 3, 11));
    /// assert_eq!(gregorian::from_day(last), (1712, 3, 11));
    /// ```
    pub fn days(self) -> (Day, Day) {
        let (first, last) = self.years();
        let span = |year| rule::year_span(self.rule(), self, year).unwrap_or((Day::MIN, Day::MAX));
        (span(first).0, span(last).1)
    }

    /// The months of the calendar; for the Roman count, those that it counts in.
    fn rule(self) -> &'static dyn Rule {
        match self {
            Calendar::Gregorian => &gregorian::Gregorian,
            Calendar::Julian => &julian::Julian,
            Calendar::IsoWeek => &iso_week::IsoWeek,
            Calendar::Roman => &julian::Julian,
            Calendar::Byzantine => &byzantine::Byzantine,
            Calendar::Swedish => &swedish::Swedish,
            Calendar::Quaker => &quaker::Quaker,
            Calendar::FrenchRepublican => &french_republican::FrenchRepublican,
            Calendar::Fascist => &fascist::Fascist,
            Calendar::Coptic => &coptic::COPTIC,
            Calendar::Ethiopic => &ethiopic::ETHIOPIC,
            Calendar::Hebrew => &hebrew::Hebrew,
            Calendar::HijriCivil => &hijri::CIVIL,
            Calendar::HijriAstronomical => &hijri::ASTRONOMICAL,
            Calendar::UmmAlQura => &umm_al_qura::UMM_AL_QURA,
            Calendar::Rumi => &rumi::Rumi,
            Calendar::Persian => &persian::Persian,
            Calendar::IndianSaka => &indian_saka::IndianSaka,
            Calendar::Bahai => &bahai::Bahai,
            Calendar::Buddhist => &buddhist::Buddhist,
            Calendar::Juche => &counted::JUCHE,
            Calendar::Minguo => &counted::MINGUO,
            Calendar::DangiEra => &counted::DANGI,
            Calendar::DaehanMinguk => &counted::DAEHAN_MINGUK,
            Calendar::Koki => &counted::KOKI,
            Calendar::JapaneseMeiji => &japanese::MEIJI,
            Calendar::JapaneseTaisho => &japanese::TAISHO,
            Calendar::JapaneseShowa => &japanese::SHOWA,
            Calendar::JapaneseHeisei => &japanese::HEISEI,
            Calendar::JapaneseReiwa => &japanese::REIWA,
            Calendar::Chinese => &chinese::CHINESE,
            Calendar::Korean => &korean::KOREAN,
            Calendar::JapaneseLunisolar => &japanese_lunisolar::JapaneseLunisolar,
            Calendar::Vietnamese => &vietnamese::Vietnamese,
        }
    }
}

fn plain(calendar: Calendar, (year, month, day): (i32, u8, u8)) -> CalendarDate {
    CalendarDate { calendar, year, month, leap_month: false, day }
}
