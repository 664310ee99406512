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

impl Numerals {
    /// The digits that newspapers of a language (BCP 47) write when nobody says otherwise. Arabic and Urdu ones mostly
    /// write European digits.
    #[must_use]
    pub fn usual(language: &str) -> Self {
        match primary(language) {
            "fa" | "ps" => Self::Arabext,
            "ckb" => Self::Arab,
            _ => Self::Latn,
        }
    }
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

impl Months {
    /// The month names of a country, where a language (BCP 47) names one: `ar-LB`, `ar-MA`.
    #[must_use]
    pub fn usual(language: &str) -> Self {
        match language.rsplit('-').next().filter(|_| primary(language) == "ar") {
            Some("IQ" | "JO" | "LB" | "PS" | "SY") => Self::Levant,
            Some("DZ" | "MA" | "MR" | "TN") => Self::Maghreb,
            _ => Self::Gregorian,
        }
    }
}

fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
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
