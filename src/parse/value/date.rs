//! Dates and times as editors write them: [`moment`] and [`day`].
//!
//! Accepted: `2023-09-12`, `2023-9-2`, `2023/09/12`, `20230912`, and `13/09/2023` where one part can only be the day; then,
//! after `T` or a space, `09:40` or `09:40:30`; then `Z`, `+03:00`, `+0300` or `+03`, also after a space. Digits may be
//! Arabic or Persian. A time without an offset is in the site's zone; one that its clocks leap over is moved forward
//! by the leap, one that they show twice is the first of the two (RFC 5545).

use jiff::{
    Timestamp, civil,
    tz::{Offset, TimeZone},
};

use crate::model::article::Moment;

use super::super::yaml::marks;

/// Years that are taken for Hijri ones: no news is that old.
const HIJRI_YEARS: std::ops::Range<i16> = 1300..1500;

/// A text that is not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What is wrong with it.
    pub(crate) message: String,
    /// The nearest texts that are dates.
    instead: Vec<String>,
}

impl Fault {
    fn new(message: String, instead: impl IntoIterator<Item = String>) -> Self {
        Self { message, instead: instead.into_iter().collect() }
    }

    fn shape(text: &str) -> Self {
        Self::new(
            format!("«{text}» is not a date"),
            ["2023-09-12".to_owned(), "2023-09-12 09:40".to_owned()],
        )
    }

    /// What to write after `key`.
    pub(crate) fn remedy(&self, key: &str) -> String {
        let forms: Vec<_> = self.instead.iter().map(|text| format!("`{key}: {text}`")).collect();
        forms.join(" or ")
    }
}

/// The instant that a text means in `zone`, the site's time zone; a date alone is that day's start.
pub(crate) fn moment(text: &str, zone: &TimeZone) -> Result<Moment, Fault> {
    let clean = clean(text);
    let (date, rest) = date(&clean)?;
    let (time, offset) = match rest {
        "" => (None, None),
        rest => {
            let (time, offset) = time(rest).ok_or_else(|| bad_time(&clean, date))?;
            (Some(time), offset)
        }
    };
    let local = date.to_datetime(time.unwrap_or(civil::Time::midnight()));
    let instant = match offset {
        Some(offset) => offset.to_timestamp(local),
        None => zone.to_ambiguous_timestamp(local).compatible(),
    };
    let instant = instant.map_err(|_| Fault::shape(&clean))?;
    Ok(at(instant, zone, time.is_some()))
}

/// An instant as it is told in `zone`.
pub(crate) fn at(instant: Timestamp, zone: &TimeZone, has_time: bool) -> Moment {
    let offset = zone.to_offset(instant);
    Moment { instant, local: offset.to_datetime(instant), offset: offset.seconds(), has_time }
}

/// The day that a text means; a time after it is passed over.
pub(crate) fn day(text: &str) -> Result<civil::Date, Fault> {
    date(&clean(text)).map(|(date, _)| date)
}

/// The text with ASCII digits in place of Arabic-Indic and Persian ones.
pub(crate) fn latin_digits(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\u{660}'..='\u{669}' => digit(character, 0x660),
            '\u{6F0}'..='\u{6F9}' => digit(character, 0x6F0),
            _ => character,
        })
        .collect()
}

fn digit(character: char, zero: u32) -> char {
    char::from_digit(u32::from(character) - zero, 10).unwrap_or(character)
}

fn clean(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|it| if it == '\u{A0}' || it == '\u{202F}' { ' ' } else { it })
        .filter(|&it| marks::invisible_name(it).is_none())
        .collect();
    latin_digits(visible.trim())
}

/// The date that `text` begins with, and what follows it.
fn date(text: &str) -> Result<(civil::Date, &str), Fault> {
    let end =
        text.find(|it: char| !it.is_ascii_digit() && !"-/.".contains(it)).unwrap_or(text.len());
    let (written, rest) = text.split_at(end);
    let parts: Vec<&str> = match written.split(['-', '/', '.']).collect::<Vec<_>>() {
        parts if parts.len() == 1 && written.len() == 8 && rest.is_empty() => {
            vec![&written[..4], &written[4..6], &written[6..]]
        }
        parts => parts,
    };
    let [first, second, third] = parts[..] else { return Err(Fault::shape(text)) };
    let number = |part: &str| part.parse::<i16>().ok();
    let (Some(a), Some(b), Some(c)) = (number(first), number(second), number(third)) else {
        return Err(Fault::shape(text));
    };
    let (year, month, day) = match (first.len(), second.len(), third.len()) {
        (4, 1..=2, 1..=2) => (a, b, c),
        (1..=2, 1..=2, 4) if a > 12 || a == b => (c, b, a),
        (1..=2, 1..=2, 4) if b > 12 => (c, a, b),
        (1..=2, 1..=2, 4) => return Err(ambiguous(text, c, a, b)),
        _ => return Err(Fault::shape(text)),
    };
    if HIJRI_YEARS.contains(&year) {
        return Err(hijri(text, year, month, day));
    }
    match small(month)
        .zip(small(day))
        .and_then(|(month, day)| civil::Date::new(year, month, day).ok())
    {
        Some(date) => Ok((date, rest)),
        None => Err(impossible(text, year, month, day)),
    }
}

fn small(number: i16) -> Option<i8> {
    i8::try_from(number).ok()
}

/// `12/09/2023`, which is September in Riyadh and December in New York.
fn ambiguous(text: &str, year: i16, a: i16, b: i16) -> Fault {
    Fault::new(
        format!("«{text}» can be read as two dates"),
        [format!("{year:04}-{b:02}-{a:02}"), format!("{year:04}-{a:02}-{b:02}")],
    )
}

/// A date that no calendar has, with the nearest that it has.
fn impossible(text: &str, year: i16, month: i16, day: i16) -> Fault {
    let (month, day) =
        if month > 12 && (1..=12).contains(&day) { (day, month) } else { (month, day) };
    let nearest = civil::Date::new(year, small(month.clamp(1, 12)).unwrap_or(1), 1).map(|first| {
        let last = first.last_of_month();
        if day > i16::from(last.day()) {
            last
        } else {
            first.with().day(small(day.max(1)).unwrap_or(1)).build().unwrap_or(first)
        }
    });
    let nearest = nearest.map_or_else(|_| "2023-09-12".to_owned(), |date| date.to_string());
    Fault::new(format!("«{text}»: there is no such day"), [nearest])
}

fn bad_time(text: &str, date: civil::Date) -> Fault {
    Fault::new(
        format!("«{text}»: there is no such time of day"),
        [format!("{date} 09:40"), format!("{date}T09:40:00+03:00")],
    )
}

/// A date of the Hijri calendar, with the Gregorian date of that day. Years up to 1420 are taken as solar, later ones
/// as lunar (Umm al-Qura): so the years around the present are told apart.
fn hijri(text: &str, year: i16, month: i16, day: i16) -> Fault {
    let (month, day) = (u8::try_from(month).unwrap_or(0), u8::try_from(day).unwrap_or(0));
    let date = if year <= 1420 {
        icu_calendar::Date::try_new_persian(year.into(), month, day)
            .map(|date| date.to_calendar(icu_calendar::Iso))
    } else {
        let calendar = icu_calendar::cal::Hijri::new_umm_al_qura();
        icu_calendar::Date::try_new_hijri_with_calendar(year.into(), month, day, calendar)
            .map(|date| date.to_calendar(icu_calendar::Iso))
    };
    let gregorian = date.map_or_else(
        |_| "2023-09-12".to_owned(),
        |it| {
            let (year, month) = (it.year().extended_year(), it.month().ordinal);
            format!("{year:04}-{month:02}-{:02}", it.day_of_month().0)
        },
    );
    Fault::new(format!("«{text}» is a date of the Hijri calendar"), [gregorian])
}

/// The time of day and the offset after a date.
fn time(text: &str) -> Option<(civil::Time, Option<Offset>)> {
    let text = text.strip_prefix(['T', 't', ' ', ',', '\u{60C}'])?.trim();
    let end =
        text.find(|it: char| !it.is_ascii_digit() && it != ':' && it != '.').unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    // Fractions of a second mean nothing in news.
    let clock = clock.split('.').next()?;
    let mut parts = clock
        .split(':')
        .map(|part| ((1..=2).contains(&part.len())).then(|| part.parse::<i8>().ok()).flatten());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    if parts.next().is_some() {
        return None;
    }
    let time = civil::Time::new(hour, minute, second, 0).ok()?;
    Some((time, offset(rest.trim())?))
}

/// An offset: nothing, `Z`, `+03:00`, `+0300`, `+03`. The outer `None` is a fault.
fn offset(text: &str) -> Option<Option<Offset>> {
    match text {
        "" => return Some(None),
        "Z" | "z" | "UTC" | "GMT" => return Some(Some(Offset::UTC)),
        _ => {}
    }
    let (sign, digits) = match text.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, text.strip_prefix(['-', '\u{2212}'])?),
    };
    let digits = digits.replace(':', "");
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    if hours > 14 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().map(Some)
}
