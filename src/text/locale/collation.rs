//! The order of names, and the letters under which an index lists them. In: a language's tag. Out: the methods of
//! [`Locale`] that compare.

use std::{borrow::Cow, cmp::Ordering};

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::{LanguageIdentifier, Locale as Tag};

use super::Locale;
use crate::text::fold::is_optional;

pub(super) struct Collation {
    collator: Option<CollatorBorrowed<'static>>,
    is_arabic: bool,
    /// Whether it is another language in Arabic letters that has letters of its own.
    is_persian_or_urdu: bool,
}

impl std::fmt::Debug for Collation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collation").field("is_arabic", &self.is_arabic).finish_non_exhaustive()
    }
}

impl Collation {
    pub(super) fn of(id: &LanguageIdentifier) -> Self {
        let tag: Tag = id.clone().into();
        let collator = Collator::try_new((&tag).into(), CollatorOptions::default()).ok();
        let language = id.language.as_str();
        Self {
            collator,
            is_arabic: language == "ar",
            is_persian_or_urdu: ["fa", "ur"].contains(&language),
        }
    }

    /// What is compared of a name: in Arabic without the article, and with all forms of alef as one.
    fn essence<'a>(&self, name: &'a str) -> Cow<'a, str> {
        let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        if !self.is_arabic {
            return Cow::Borrowed(name);
        }
        let bare = without_article(name);
        if bare.contains(is_alef) {
            Cow::Owned(bare.replace(is_alef, "ا"))
        } else {
            Cow::Borrowed(bare)
        }
    }
}

fn is_alef(c: char) -> bool {
    matches!(c, 'أ' | 'إ' | 'آ' | 'ٱ')
}

/// Beginnings of words whose first two letters look like the article but belong to the word.
const NO_ARTICLE: [&str; 16] = [
    "التزام",
    "التهاب",
    "التماس",
    "التقاء",
    "التفاف",
    "التحاق",
    "التباس",
    "الكسندر",
    "اليكس",
    "الياس",
    "اليزابيث",
    "البرت",
    "الفريد",
    "الفونس",
    "الى ",
    "الين ",
];

fn without_article(name: &str) -> &str {
    match name.strip_prefix("ال") {
        Some(bare) if is_long(bare) && !NO_ARTICLE.iter().any(|word| name.starts_with(word)) => {
            bare
        }
        _ => name,
    }
}

/// Whether enough of a word is left for an article to have stood before it: three letters, as in «القدس».
fn is_long(bare: &str) -> bool {
    bare.chars().take_while(|c| !c.is_whitespace()).filter(|&c| !is_optional(c)).count() >= 2
}

impl Locale {
    /// The order of two names in this language (CLDR's collation). Arabic skips the article «ال» and takes all forms
    /// of alef as one. Equal only if the texts are.
    #[must_use]
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let (x, y) = (self.collation.essence(a), self.collation.essence(b));
        let order = |x: &str, y: &str| match &self.collation.collator {
            Some(collator) => collator.compare(x, y),
            None => x.cmp(y),
        };
        order(&x, &y).then_with(|| order(a, b)).then_with(|| a.cmp(b))
    }

    /// Bytes whose order is that of [`Locale::compare`], for sorting many names.
    #[must_use]
    pub fn sort_key(&self, name: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(name.len() * 3);
        if let Some(collator) = &self.collation.collator {
            let Ok(()) = collator.write_sort_key_to(&self.collation.essence(name), &mut key);
            key.push(0);
            let Ok(()) = collator.write_sort_key_to(name, &mut key);
            key.push(0);
        }
        key.extend_from_slice(name.as_bytes());
        key
    }

    /// The letter under which an index lists a name: «ا» for all its forms, without the article; capitals; `#` for
    /// digits and for names without letters.
    #[must_use]
    pub fn initial(&self, name: &str) -> String {
        let essence = self.collation.essence(name);
        let Some(first) = essence.chars().find(|c| c.is_alphanumeric()) else {
            return "#".to_owned();
        };
        if first.is_numeric() {
            return "#".to_owned();
        }
        if self.collation.is_arabic {
            return arabic_initial(first).to_uppercase().collect();
        }
        if self.collation.is_persian_or_urdu {
            return persian_initial(first).to_uppercase().collect();
        }
        first.to_uppercase().collect()
    }
}

/// The letter of Persian and Urdu for those that are written as in Arabic, and for alef with what stands on it.
fn persian_initial(first: char) -> char {
    match first {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ء' => 'ا',
        'ك' => 'ک',
        'ي' | 'ى' => 'ی',
        _ => first,
    }
}

/// One of the 28 letters for those that Arabic adds or borrows.
fn arabic_initial(first: char) -> char {
    match first {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ء' | 'ؤ' | 'ئ' => 'ا',
        'پ' => 'ب',
        'چ' => 'ج',
        'ژ' => 'ز',
        'ڤ' | 'ڥ' => 'ف',
        'ک' | 'گ' | 'ڭ' => 'ك',
        'ى' | 'ی' => 'ي',
        _ => first,
    }
}
