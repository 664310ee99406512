//! How a site wants its dates and numbers written; the settings of the same names. Choices only, nothing is done here.

use serde::Serialize;

/// Digits of dates, counts and list markers (CLDR numbering systems).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Numerals {
    /// 0123456789
    #[default]
    Latn,
    /// ٠١٢٣٤٥٦٧٨٩
    Arab,
    /// ۰۱۲۳۴۵۶۷۸۹
    Arabext,
}

/// Month names of Arabic dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Months {
    /// سبتمبر
    #[default]
    Gregorian,
    /// أيلول
    Levant,
    /// أيلول/ سبتمبر
    Dual,
    /// شتنبر
    Maghreb,
}

/// A second date beside the Gregorian one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondCalendar {
    /// None.
    #[default]
    None,
    /// Umm al-Qura.
    Umalqura,
    /// Solar Hijri.
    Persian,
}
