//! A day in a second calendar: Umm al-Qura or Persian. In: a Gregorian date. Out: it in words.

use icu_calendar::cal::{Hijri, Persian, hijri::UmmAlQura};
use icu_datetime::{
    FixedCalendarDateTimeFormatter as Formatter, fieldsets::YMD, input::Date as IcuDate,
};
use icu_locale_core::Locale as Tag;
use jiff::civil::Date;

use super::SecondCalendar;
use super::pattern::{Field, Pattern, gregorian};

#[derive(Debug)]
pub(super) struct SecondDates {
    calendar: SecondCalendar,
    patterns: Vec<Pattern>,
}

/// Month names of the Persian calendar, which CLDR has for Arabic in a form that no newspaper writes.
const PERSIAN_IN_ARABIC: [&str; 12] = [
    "فروردين",
    "أرديبهشت",
    "خرداد",
    "تير",
    "مرداد",
    "شهريور",
    "مهر",
    "آبان",
    "آذر",
    "دي",
    "بهمن",
    "إسفند",
];

impl SecondDates {
    pub(super) fn of(tag: &Tag, calendar: SecondCalendar) -> Option<Self> {
        let language = tag.id.language;
        let (is_arabic, is_urdu) = (language.as_str() == "ar", language.as_str() == "ur");
        let fields = [("1456", Field::Second(1)), ("28", Field::First(1))];
        let of_month = |month: u8| -> Option<Pattern> {
            let sample = match calendar {
                SecondCalendar::None => return None,
                SecondCalendar::Umalqura => {
                    let formatter =
                        Formatter::<Hijri<UmmAlQura>, _>::try_new(tag.into(), YMD::long()).ok()?;
                    let calendar = Hijri::new_umm_al_qura();
                    let date =
                        IcuDate::try_new_hijri_with_calendar(1456, month, 28, calendar).ok()?;
                    formatter.format(&date).to_string()
                }
                SecondCalendar::Persian if is_arabic => {
                    let name = PERSIAN_IN_ARABIC.get(usize::from(month) - 1)?;
                    format!("28 {name} 1456 هـ.ش")
                }
                SecondCalendar::Persian => {
                    let formatter =
                        Formatter::<Persian, _>::try_new(tag.into(), YMD::long()).ok()?;
                    formatter.format(&IcuDate::try_new_persian(1456, month, 28).ok()?).to_string()
                }
            };
            // Urdu newspapers write dates without the comma of CLDR.
            let sample = if is_urdu { sample.replace('،', "") } else { sample };
            Some(Pattern::of(&sample, &fields))
        };
        let patterns = (1..=12).map(of_month).collect::<Option<_>>()?;
        Some(Self { calendar, patterns })
    }

    pub(super) fn write(&self, date: Date) -> Option<String> {
        let date = gregorian(date.year(), date.month(), date.day())?;
        let (year, month, day) = if self.calendar == SecondCalendar::Persian {
            let date = date.to_calendar(Persian);
            (date.year().extended_year(), date.month().ordinal, date.day_of_month().0)
        } else {
            let date = date.to_calendar(Hijri::new_umm_al_qura());
            (date.year().extended_year(), date.month().ordinal, date.day_of_month().0)
        };
        let mut out = String::with_capacity(32);
        let pattern = self.patterns.get(usize::from(month).checked_sub(1)?)?;
        pattern.write(day.into(), u16::try_from(year).ok()?, &mut out);
        Some(out)
    }
}
