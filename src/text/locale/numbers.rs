//! Digits, grouping and plural categories of a language. In: its tag and the site's numerals. Out: the methods of
//! [`Locale`] that write numbers.

use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_locale_core::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRules};

use super::Numerals;
use super::{Locale, with_numerals};

#[derive(Debug)]
pub(super) struct Numbers {
    numerals: Numerals,
    /// Between groups of digits.
    separator: String,
    /// Digits in the last group, and in those before it.
    groups: (usize, usize),
    plurals: Plurals,
}

impl Numbers {
    pub(super) fn of(id: &LanguageIdentifier, numerals: Numerals) -> Self {
        let system = match numerals {
            Numerals::Latn => "latn",
            Numerals::Arab => "arab",
            Numerals::Arabext => "arabext",
        };
        let formatter =
            DecimalFormatter::try_new((&with_numerals(id, system)).into(), Default::default()).ok();
        let sample = formatter
            .map(|it| it.format(&Decimal::from(1_234_567_890_u64)).to_string())
            .unwrap_or_default();
        let groups: Vec<usize> =
            sample.split(|c: char| !c.is_numeric()).map(|group| group.chars().count()).collect();
        let last = groups.last().copied().filter(|_| groups.len() > 1).unwrap_or(3);
        let before =
            groups.iter().rev().nth(1).copied().filter(|_| groups.len() > 2).unwrap_or(last);
        let separator =
            sample.find(|c: char| !c.is_numeric()).and_then(|at| sample[at..].chars().next());
        Self {
            numerals,
            separator: separator.map(String::from).unwrap_or_default(),
            groups: (last.max(1), before.max(1)),
            plurals: Plurals::of(id),
        }
    }
}

/// Plural categories of whole numbers, looked up: the rules of CLDR for whole numbers go by the last three digits,
/// by whether there are more, and by whether it is a number of millions.
#[derive(Debug)]
struct Plurals {
    small: Vec<&'static str>,
    large: Vec<&'static str>,
    millions: &'static str,
}

impl Plurals {
    fn of(id: &LanguageIdentifier) -> Self {
        let rules =
            PluralRules::try_new((&with_numerals(id, "latn")).into(), Default::default()).ok();
        let name = |n: u64| rules.as_ref().map_or("other", |rules| name(rules.category_for(n)));
        Self {
            small: (0..1000).map(name).collect(),
            large: (1000..2000).map(name).collect(),
            millions: name(1_000_000),
        }
    }

    fn of_number(&self, n: u64) -> &'static str {
        if n >= 1000 && n.is_multiple_of(1_000_000) {
            return self.millions;
        }
        let table = if n < 1000 { &self.small } else { &self.large };
        usize::try_from(n % 1000).ok().and_then(|at| table.get(at).copied()).unwrap_or("other")
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

impl Locale {
    /// The CLDR plural category of a count: `zero`, `one`, `two`, `few`, `many` or `other`.
    #[must_use]
    pub fn plural(&self, n: u64) -> &'static str {
        self.numbers.plurals.of_number(n)
    }

    /// A whole number in the site's numerals. From 10,000 its digits are grouped, with the separator that goes with
    /// the numerals; smaller ones read better without, and years look like years.
    #[must_use]
    pub fn number(&self, n: u64) -> String {
        let plain = n.to_string();
        if n < 10_000 {
            return self.digits_owned(plain);
        }
        let (last, before) = self.numbers.groups;
        let mut grouped = String::with_capacity(plain.len() * 2);
        for (at, digit) in plain.chars().enumerate() {
            let left = plain.len() - at;
            let is_bound = left == last || (left > last && (left - last).is_multiple_of(before));
            if at > 0 && is_bound {
                grouped.push_str(&self.numbers.separator);
            }
            grouped.push(digit);
        }
        self.digits_owned(grouped)
    }

    /// A formatted text with its ASCII digits in the site's numerals.
    #[must_use]
    pub fn digits(&self, text: &str) -> String {
        self.digits_owned(text.to_owned())
    }

    pub(super) fn digits_owned(&self, text: String) -> String {
        let zero = match self.numbers.numerals {
            Numerals::Latn => return text,
            Numerals::Arab => '\u{660}',
            Numerals::Arabext => '\u{6F0}',
        };
        let digit = |c: char| {
            c.to_digit(10).and_then(|value| char::from_u32(u32::from(zero) + value)).unwrap_or(c)
        };
        text.chars().map(digit).collect()
    }
}
