//! The order in which text is seen (UAX #9). In: plain text of one block or line, and the [`Manner`] of its language.
//! Out: its [`Island`]s, the parts that would be seen in another order than they are read; or the whole text, with its
//! islands isolated by markup ([`html`]) or, where no markup can stand, by control characters ([`plain`], [`title`]).
//!
//! [`find`](islands) knows the forms that may go wrong (URLs, dates, signed numbers, Latin names …); the algorithm
//! itself, by `unicode-bidi`, says whether one does. So nothing is isolated that is seen in its order without.

mod clean;
mod decide;
mod find;
mod numbers;
mod order;
mod phrase;
mod script;
mod write;

use std::ops::Range;

pub use clean::{clean, is_control};
pub use decide::{is_plain, islands};
pub use order::{Class, class, levels, visual};
pub use script::{Strong, language_of};
pub use write::{bdi, html, line_html, plain, title};

/// A direction of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// Of a language (BCP 47), by its script or, without one, by its usual script.
    #[must_use]
    pub fn of(language: &str) -> Self {
        let is_rtl = match script_of(language) {
            Some(script) => is_among(RTL_SCRIPTS, script),
            None => is_among(RTL_LANGUAGES, primary(language)),
        };
        if is_rtl { Self::Rtl } else { Self::Ltr }
    }

    /// The value of the attribute `dir`.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }

    /// The other one.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Ltr => Self::Rtl,
            Self::Rtl => Self::Ltr,
        }
    }
}

/// Scripts that run from right to left (ISO 15924).
const RTL_SCRIPTS: &[&str] =
    &["arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "mand", "samr", "aran"];

/// Languages that are usually written in one of them.
const RTL_LANGUAGES: &[&str] =
    &["ar", "fa", "ur", "he", "yi", "ps", "sd", "ug", "ckb", "dv", "syr", "arc", "iw"];

fn is_among(tags: &[&str], tag: &str) -> bool {
    tags.iter().any(|it| it.eq_ignore_ascii_case(tag))
}

fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or_default()
}

fn script_of(language: &str) -> Option<&str> {
    let is_script =
        |part: &&str| part.len() == 4 && part.bytes().all(|it| it.is_ascii_alphabetic());
    language.split(['-', '_']).skip(1).find(is_script)
}

/// How a language runs, and what it holds of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Of the text around.
    pub direction: Direction,
    /// In which direction a range of numbers is read. Arabic reads `2019-2023` from the right, as it does without
    /// isolation after Arabic letters; Persian, Hebrew and all others from the left.
    pub ranges: Direction,
    /// Whether percent and currency signs stand on the left of their number, as they do in Arabic script.
    pub signs_left: bool,
}

impl Manner {
    /// Of a language (BCP 47).
    #[must_use]
    pub fn of(language: &str) -> Self {
        let direction = Direction::of(language);
        let primary = primary(language);
        let is_rtl = direction == Direction::Rtl;
        let is_arabic = is_rtl && primary.eq_ignore_ascii_case("ar");
        Self {
            direction,
            ranges: if is_arabic { Direction::Rtl } else { Direction::Ltr },
            signs_left: is_rtl && !is_among(&["he", "iw", "yi"], primary),
        }
    }

    /// Of text that runs the other way, within text of this manner.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { direction: self.direction.opposite(), ranges: Direction::Ltr, signs_left: false }
    }
}

/// A part of a text with a direction of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Island {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its direction.
    pub direction: Direction,
    /// Whether U+061C begins it: numbers are then as after an Arabic letter, which isolation has cut off.
    pub letter_mark: bool,
}

impl Island {
    fn new(range: Range<usize>, direction: Direction) -> Self {
        Self { range, direction, letter_mark: false }
    }
}

/// The Arabic letter mark.
pub const LETTER_MARK: char = '\u{61C}';

#[cfg(test)]
mod tests;
