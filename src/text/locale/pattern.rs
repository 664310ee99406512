//! How ICU writes dates and times, as patterns. In: a language's tag. Out: samples, each formatted with a day, year and
//! time that cannot be mistaken for another part of it, and [`Pattern`]s: samples taken apart into fixed text and
//! fields, which format other values the same way.

use icu_calendar::Gregorian;
use icu_datetime::{
    FixedCalendarDateTimeFormatter as Formatter, NoCalendarFormatter,
    fieldsets::{M, MD, T, YM, YMD, YMDE},
    input::{Date as IcuDate, Time},
};
use icu_locale_core::Locale as Tag;

/// Fixed text and fields in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

/// What varies in a pattern, with the least number of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Day of the month, or hour.
    First(usize),
    /// Year, or minute.
    Second(usize),
}

impl Pattern {
    /// The pattern behind `sample`, in which each text of `fields` stands for that field.
    pub(super) fn of(sample: &str, fields: &[(&str, Field)]) -> Self {
        let mut pieces = vec![Piece::Text(clean(sample))];
        for (shown, field) in fields {
            let found = pieces
                .iter()
                .position(|piece| matches!(piece, Piece::Text(text) if text.contains(shown)));
            if let Some(at) = found
                && let Piece::Text(text) = pieces.remove(at)
                && let Some((before, after)) = text.split_once(shown)
            {
                let parts =
                    [Piece::Text(before.into()), Piece::Field(*field), Piece::Text(after.into())];
                pieces.splice(at..at, parts);
            }
        }
        pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        Self(pieces)
    }

    /// Appends the pattern with these values of its fields, in ASCII digits.
    pub(super) fn write(&self, first: u16, second: u16, out: &mut String) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Field(Field::First(digits)) => push_number(first, *digits, out),
                Piece::Field(Field::Second(digits)) => push_number(second, *digits, out),
            }
        }
    }
}

/// Without direction marks, which HTML has better means for; with plain spaces, which readers search for.
fn clean(sample: &str) -> String {
    let kept = sample.chars().filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{61C}'));
    kept.map(|c| if matches!(c, '\u{A0}' | '\u{202F}') { ' ' } else { c }).collect()
}

fn push_number(number: u16, digits: usize, out: &mut String) {
    let mut divisor = 10_000;
    let mut places = 5;
    while divisor > 0 {
        if number >= divisor || places <= digits.max(1) {
            out.push(char::from(b'0' + u8::try_from(number / divisor % 10).unwrap_or(0)));
        }
        divisor /= 10;
        places -= 1;
    }
}

/// A year and a day that no other part of a sample can be mistaken for.
pub(super) const YEAR: i16 = 3456;
pub(super) const DAY: i8 = 28;

/// Least number of digits of a day.
pub(super) fn day_digits(tag: &Tag) -> usize {
    let formatter = Formatter::<Gregorian, _>::try_new(tag.into(), YMD::long()).ok();
    let sample =
        formatter.zip(gregorian(YEAR, 1, 5)).map(|(it, date)| it.format(&date).to_string());
    if sample.is_some_and(|sample| sample.contains("05")) { 2 } else { 1 }
}

pub(super) fn gregorian(year: i16, month: i8, day: i8) -> Option<IcuDate<Gregorian>> {
    IcuDate::try_new_gregorian(year.into(), month.unsigned_abs(), day.unsigned_abs()).ok()
}

/// A sample in the Gregorian calendar; ISO 8601 should ICU fail, which compiled data does not.
macro_rules! sample {
    ($name:ident, $fields:expr, $iso:literal) => {
        pub(super) fn $name(tag: &Tag, month: i8) -> String {
            let formatter = Formatter::<Gregorian, _>::try_new(tag.into(), $fields).ok();
            let sample = formatter
                .zip(gregorian(YEAR, month, DAY))
                .map(|(f, date)| f.format(&date).to_string());
            sample.unwrap_or_else(|| $iso.replace("MM", &format!("{month:02}")))
        }
    };
}

sample!(sample_full, YMD::long(), "3456-MM-28");
sample!(sample_day_month, MD::long(), "MM-28");
sample!(sample_month_year, YM::long(), "3456-MM");
sample!(sample_month, M::long(), "MM");

pub(super) fn sample_with_weekday(tag: &Tag, month: i8, day: i8) -> String {
    let formatter = Formatter::<Gregorian, _>::try_new(tag.into(), YMDE::long()).ok();
    let sample =
        formatter.zip(gregorian(YEAR, month, day)).map(|(f, date)| f.format(&date).to_string());
    sample.unwrap_or_else(|| format!("3456-{month:02}-{day}"))
}

/// Patterns before and after noon, and whether the clock has twelve hours.
pub(super) fn times(tag: &Tag) -> ([Pattern; 2], bool) {
    let formatter = NoCalendarFormatter::try_new(tag.into(), T::hm()).ok();
    let sample = |hour: u8| {
        let time = Time::try_new(hour, 37, 0, 0).ok();
        let sample = formatter
            .as_ref()
            .zip(time)
            .map(|(formatter, time)| formatter.format(&time).to_string());
        sample.unwrap_or_else(|| format!("{hour:02}:37"))
    };
    let (morning, evening) = (sample(5), sample(17));
    let twelve_hours = !evening.contains("17");
    let minute = ("37", Field::Second(2));
    let hour = |digits| Field::First(digits);
    let digits = if morning.contains("05") { 2 } else { 1 };
    let shown = if digits == 2 { "05" } else { "5" };
    let morning = Pattern::of(&morning, &[minute, (shown, hour(digits))]);
    let evening =
        Pattern::of(&evening, &[minute, (if twelve_hours { shown } else { "17" }, hour(digits))]);
    ([morning, evening], twelve_hours)
}
