//! Dates and times of a language. In: its tag and the settings for months and the second calendar. Out: the methods
//! of [`Locale`] that write dates.
//!
//! ICU formats each month (and weekday) once, with a day, year and time that cannot be mistaken for another; from
//! these samples come the patterns, see [`super::pattern`].

use icu_locale_core::{
    LanguageIdentifier, Locale as Tag, langid,
    subtags::{Language as Subtag, region},
};
use jiff::civil::{Date, DateTime};

use super::{
    Locale,
    pattern::{
        DAY, Field, Pattern, YEAR, day_digits, sample_day_month, sample_full, sample_month,
        sample_month_year, sample_with_weekday, times,
    },
    second::SecondDates,
    with_numerals,
};
use super::{Months, SecondCalendar};

/// Patterns by month, January first; by weekday, Sunday first.
#[derive(Debug)]
pub(super) struct Dates {
    with_weekday: Vec<Vec<Pattern>>,
    full: Vec<Pattern>,
    day_month: Vec<Pattern>,
    month_year: Vec<Pattern>,
    months: Vec<String>,
    /// Before noon, after noon.
    time: [Pattern; 2],
    twelve_hours: bool,
    /// Between a date and a time of day.
    comma: &'static str,
    second: Option<SecondDates>,
}

impl Dates {
    pub(super) fn of(id: &LanguageIdentifier, months: Months, second: SecondCalendar) -> Self {
        let names = Names::of(id, months);
        let two = day_digits(&names.tag);
        let dated = |sample: &str, day: i8| {
            Pattern::of(
                sample,
                &[("3456", Field::Second(1)), (&day.to_string(), Field::First(two))],
            )
        };
        let by_month = |format: &dyn Fn(i8) -> String| -> Vec<Pattern> {
            (1..=12).map(|month| dated(&names.styled(month, format(month)), DAY)).collect()
        };
        let tag = &names.tag;
        // CLDR would have Urdu write AM and PM in Latin letters.
        let clock = if id.language.as_str() == "ur" { "latn-hc-h23" } else { "latn" };
        let time = times(&with_numerals(id, clock));
        Self {
            with_weekday: weekday_patterns(&names, &dated),
            full: by_month(&|month| sample_full(tag, month)),
            day_month: by_month(&|month| sample_day_month(tag, month)),
            month_year: by_month(&|month| sample_month_year(tag, month)),
            months: (1..=12).map(|month| names.styled(month, sample_month(tag, month))).collect(),
            time: time.0,
            twelve_hours: time.1,
            comma: if ["ar", "fa", "ur", "ckb", "ps", "sd", "ug"].contains(&id.language.as_str()) {
                "، "
            } else {
                ", "
            },
            second: SecondDates::of(tag, second),
        }
    }
}

/// Whether CLDR has month names of the language; else all would be written as in the root locale.
pub(super) fn has_names(id: &LanguageIdentifier) -> bool {
    let root = sample_month(&langid!("und").into(), 9);
    sample_month(&id.clone().into(), 9) != root
}

/// The language whose month names are used, and names to put beside them.
struct Names {
    tag: Tag,
    /// Month names of the language, and what is written for them.
    beside: Vec<(String, String)>,
    language: Subtag,
}

impl Names {
    fn of(id: &LanguageIdentifier, months: Months) -> Self {
        if id.language.as_str() != "ar" {
            let tag = with_numerals(id, "latn");
            return Self { tag, beside: Vec::new(), language: id.language };
        }
        let gregorian = with_numerals(&langid!("ar"), "latn");
        let levant = with_numerals(&langid!("ar-LB"), "latn");
        let french = [region!("DZ"), region!("TN"), region!("MR")];
        let maghreb = match id.region {
            // These three have month names of their own.
            Some(region) if french.contains(&region) => with_numerals(id, "latn"),
            _ => with_numerals(&langid!("ar-MA"), "latn"),
        };
        let pair = |month| {
            let name = sample_month(&gregorian, month);
            let both = format!("{}/ {name}", sample_month(&levant, month));
            (name, both)
        };
        let beside = if months == Months::Dual { (1..=12).map(pair).collect() } else { Vec::new() };
        let tag = match months {
            Months::Gregorian | Months::Dual => gregorian,
            Months::Levant => levant,
            Months::Maghreb => maghreb,
        };
        Self { tag, beside, language: id.language }
    }

    /// A sample with the month's name as the settings want it, and with the commas that newspapers write: Arabic ones
    /// none after the weekday, Urdu ones none at all.
    fn styled(&self, month: i8, sample: String) -> String {
        let sample = match self.language.as_str() {
            "ar" => sample.replacen('،', "", 1),
            "ur" => sample.replace('،', ""),
            _ => sample,
        };
        match usize::try_from(month - 1).ok().and_then(|at| self.beside.get(at)) {
            Some((name, written)) => sample.replacen(name, written, 1),
            None => sample,
        }
    }
}

fn weekday_patterns(names: &Names, dated: &dyn Fn(&str, i8) -> Pattern) -> Vec<Vec<Pattern>> {
    let of_month = |month: i8| {
        let mut days: Vec<i8> = (22..=28).collect();
        days.sort_by_key(|day| weekday(jiff::civil::date(YEAR, month, *day)));
        let pattern =
            |day: i8| dated(&names.styled(month, sample_with_weekday(&names.tag, month, day)), day);
        days.into_iter().map(pattern).collect()
    };
    (1..=12).map(of_month).collect()
}

fn weekday(date: Date) -> usize {
    usize::try_from(date.weekday().to_sunday_zero_offset()).unwrap_or(0)
}

impl Locale {
    /// `الأربعاء 13 سبتمبر 2023`
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let patterns = self.dates.with_weekday.get(month_index(date.month()));
        self.dated(patterns.and_then(|patterns| patterns.get(weekday(date))), date)
    }

    /// `13 سبتمبر 2023`
    #[must_use]
    pub fn day_month_year(&self, date: Date) -> String {
        self.dated(self.dates.full.get(month_index(date.month())), date)
    }

    /// `13 سبتمبر`
    #[must_use]
    pub fn day_month(&self, date: Date) -> String {
        self.dated(self.dates.day_month.get(month_index(date.month())), date)
    }

    /// `الأربعاء 13 سبتمبر`: what the long date says but for the year. A language that puts its weekday into the middle
    /// keeps the year.
    #[must_use]
    pub fn weekday_day_month(&self, date: Date) -> String {
        let (long, dated, short) =
            (self.date(date), self.day_month_year(date), self.day_month(date));
        match (long.strip_suffix(&dated), long.strip_prefix(&dated)) {
            (Some(weekday), _) => [weekday, &short].concat(),
            (_, Some(weekday)) => [&short, weekday].concat(),
            (None, None) => long,
        }
    }

    /// `سبتمبر 2023`; the month from 1 to 12.
    #[must_use]
    pub fn month_year(&self, year: i16, month: i8) -> String {
        let pattern = self.dates.month_year.get(month_index(month));
        self.written(pattern, 0, year.unsigned_abs(), || format!("{year:04}-{month:02}"))
    }

    /// `سبتمبر`; the month from 1 to 12.
    #[must_use]
    pub fn month(&self, month: i8) -> String {
        self.dates
            .months
            .get(month_index(month))
            .map_or_else(|| self.digits(&month.to_string()), |name| self.digits(name))
    }

    /// `2023`
    #[must_use]
    pub fn year(&self, year: i16) -> String {
        self.digits(&year.to_string())
    }

    /// `9:40 ص`; the hour from 0 to 23.
    #[must_use]
    pub fn time(&self, hour: u8, minute: u8) -> String {
        let shown = match (self.dates.twelve_hours, hour % 12) {
            (false, _) => hour,
            (true, 0) => 12,
            (true, hour) => hour,
        };
        let [morning, evening] = &self.dates.time;
        let pattern = if hour < 12 { morning } else { evening };
        self.written(Some(pattern), shown.into(), minute.into(), String::new)
    }

    /// `13 سبتمبر 2023، 9:40 ص`
    #[must_use]
    pub fn date_time(&self, at: DateTime) -> String {
        let time = self.time(at.hour().unsigned_abs(), at.minute().unsigned_abs());
        [&*self.day_month_year(at.date()), self.dates.comma, &*time].concat()
    }

    /// The day in the second calendar, if the site has one: `28 صفر 1445 هـ`.
    #[must_use]
    pub fn second_date(&self, date: Date) -> Option<String> {
        let written = self.dates.second.as_ref()?.write(date)?;
        Some(self.digits_owned(written))
    }

    fn dated(&self, pattern: Option<&Pattern>, date: Date) -> String {
        self.written(pattern, date.day().unsigned_abs().into(), date.year().unsigned_abs(), || {
            date.to_string()
        })
    }

    fn written(
        &self,
        pattern: Option<&Pattern>,
        first: u16,
        second: u16,
        or: impl Fn() -> String,
    ) -> String {
        let Some(pattern) = pattern else { return or() };
        let mut out = String::with_capacity(48);
        pattern.write(first, second, &mut out);
        self.digits_owned(out)
    }
}

fn month_index(month: i8) -> usize {
    usize::try_from(month - 1).unwrap_or(usize::MAX)
}
