//! The site's language as it writes dates, numbers, counts and order. In: the language and the settings that go with
//! it. Out: a [`Locale`], which formats. [`Locale::new`] is the entry.
//!
//! Names, patterns, plural rules and order come from CLDR by way of ICU4X. They are read once, into tables that all
//! threads share; formatting is then a matter of putting pieces together. Nothing depends on the environment.

mod collation;
mod dates;
mod lists;
mod names;
mod numbers;
mod pattern;
mod second;
mod style;

use icu_locale_core::{LanguageIdentifier, Locale as Tag, langid};

pub use self::{
    names::endonym,
    style::{Months, Numerals, SecondCalendar},
};

use self::{collation::Collation, dates::Dates, numbers::Numbers};

/// Writes dates, numbers, lists and counts in one language, and orders its names.
#[derive(Debug)]
pub struct Locale {
    /// ISO 639, lower case: `ar`.
    primary: String,
    dates: Dates,
    numbers: Numbers,
    collation: Collation,
}

impl Locale {
    /// The locale of a language (BCP 47). A language that CLDR does not know, or no language at all, gets the formats
    /// of English. `months` matters to Arabic only.
    #[must_use]
    pub fn new(language: &str, numerals: Numerals, months: Months, second: SecondCalendar) -> Self {
        let id = known(language);
        Self {
            primary: id.language.as_str().to_owned(),
            dates: Dates::of(&id, months, second),
            numbers: Numbers::of(&id, numerals),
            collation: Collation::of(&id),
        }
    }
}

/// The language without extensions: the settings decide on digits and calendars.
fn known(language: &str) -> LanguageIdentifier {
    let english = langid!("en");
    let Ok(tag) = language.parse::<Tag>() else { return english };
    if dates::has_names(&tag.id) { tag.id } else { english }
}

/// The language with a numbering system of CLDR.
fn with_numerals(id: &LanguageIdentifier, numerals: &str) -> Tag {
    format!("{id}-u-nu-{numerals}").parse().unwrap_or_else(|_| id.clone().into())
}
