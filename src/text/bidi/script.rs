//! Of what language a block of text may be, by its letters. In: text. Out: [`Strong`], whether it has letters of either
//! direction; and a language (BCP 47), by [`language_of`].

use super::{Class, class};

/// How many words of either direction a text has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Strong {
    /// Words that run from left to right, addresses not among them.
    pub ltr_words: usize,
    /// Whether any letter runs from right to left.
    pub has_rtl: bool,
    /// Words that run from right to left; counted only where none runs from left to right.
    pub rtl_words: usize,
}

impl Strong {
    /// Of a text. Stops at the first letter from right to left if only `Ltr` words would matter.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut strong = Self::default();
        for word in text.split_whitespace() {
            if is_address(word) {
                continue;
            }
            let first = word.chars().map(class).find(|it| matches!(it, Class::Ltr | Class::Rtl));
            strong.ltr_words += usize::from(first == Some(Class::Ltr));
            strong.rtl_words += usize::from(first == Some(Class::Rtl));
            strong.has_rtl |= word.chars().any(|c| class(c) == Class::Rtl);
        }
        strong
    }
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.")
}

/// Words of English that other languages have not.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "is", "that", "for", "with", "was", "are", "this", "by", "from",
    "has", "have", "it", "not", "at", "we", "you", "he", "they", "will", "said", "be", "on", "or",
    "his",
];

/// The language of a text that is in another script than the text around it. `und` with a script where its letters do
/// not tell.
#[must_use]
pub fn language_of(text: &str) -> &'static str {
    let has = |letters: &str| text.chars().any(|c| letters.contains(c));
    match text.chars().find(|c| matches!(class(*c), Class::Ltr | Class::Rtl)) {
        Some('\u{590}'..='\u{5FF}' | '\u{FB1D}'..='\u{FB4F}') => "he",
        Some('\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}') => {
            if has("\u{679}\u{688}\u{691}\u{6BA}\u{6BE}\u{6D2}") {
                "ur"
            } else if has("\u{67E}\u{686}\u{698}\u{6AF}\u{6A9}\u{6CC}") {
                "fa"
            } else {
                "ar"
            }
        }
        Some('\u{370}'..='\u{3FF}') => "el",
        Some('\u{400}'..='\u{52F}') => "und-Cyrl",
        Some('\u{3040}'..='\u{30FF}') => "ja",
        Some('\u{4E00}'..='\u{9FFF}') => "und-Hani",
        Some('\u{AC00}'..='\u{D7AF}') => "ko",
        Some('A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}') => {
            if is_english(text) {
                "en"
            } else {
                "und-Latn"
            }
        }
        _ => "und",
    }
}

/// Whether of the words of a text at least one in eight is one of [`ENGLISH`].
fn is_english(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words: Vec<String> = words.filter(|it| !it.is_empty()).map(str::to_lowercase).collect();
    let n_english = words.iter().filter(|it| ENGLISH.contains(&it.as_str())).count();
    n_english > 0 && n_english * 8 >= words.len()
}
