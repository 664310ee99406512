//! When two written forms are one: keys for names, ids and routes. In: text as written. Out: a key to compare by.
//!
//! [`key`] is the entry for names and ids, [`route_key`] for paths.

use std::iter;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

/// The key under which a name or id is looked up: NFC, lower case, one space for white space, ASCII digits, without
/// harakat, tatweel and invisible characters; Persian kaf and yeh are Arabic ones, presentation forms are letters.
///
/// Forms of alef and hamza stay apart, as do yeh and alef maqsura: they make different names.
#[must_use]
pub fn key(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.to_ascii_lowercase();
    }
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    for c in essence(text) {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !key.is_empty() {
            key.push(' ');
        }
        key.extend(fold_letter(c).to_lowercase());
    }
    in_nfc(key)
}

/// The characters that carry the text: presentation forms are taken apart into letters, and what [`is_optional`] is
/// left out.
pub(super) fn essence(text: &str) -> impl Iterator<Item = char> {
    let letters = text.chars().flat_map(|c| {
        let is_form = matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
        let plain = (!is_form).then_some(c);
        plain.into_iter().chain(is_form.then(|| iter::once(c).nfkc()).into_iter().flatten())
    });
    letters.filter(|&c| !is_optional(c))
}

/// The key by which two paths are one file on some host: lower case without regard to composition (NFC, NFD).
#[must_use]
pub fn route_key(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfd().flat_map(fold_case).nfc().collect()
}

/// Whether a character belongs to the word beside it: letters, digits, combining marks, tatweel, joiners.
#[must_use]
pub fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{620}'..='\u{669}' | '\u{66E}'..='\u{6D3}' => true,
        '\u{200C}' | '\u{200D}' => true,
        // Punctuation that is often looked at, without the tables.
        '\u{A0}'..='\u{A9}' | '«' | '»' | '،' | '؛' | '؟' | '\u{2010}'..='\u{2027}' => false,
        _ => c.is_alphanumeric() || is_combining_mark(c),
    }
}

/// Whether a character may be left out of a word without making another word: see [`is_haraka`], [`is_invisible`],
/// and the tatweel.
#[must_use]
pub fn is_optional(c: char) -> bool {
    c > '\u{7F}' && (c == '\u{640}' || is_haraka(c) || is_invisible(c))
}

/// Vowel signs of Arabic and their kin (Quranic marks), and the points of Hebrew; not the hamza and madda.
#[must_use]
pub fn is_haraka(c: char) -> bool {
    matches!(c,
        '\u{64B}'..='\u{652}' | '\u{656}'..='\u{65F}' | '\u{670}' | '\u{610}'..='\u{61A}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}'
        | '\u{8D3}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}'
        | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}')
}

/// Format characters, which have no shape of their own (general category Cf of the scripts that news is written in),
/// and variation selectors.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E01EF}')
}

fn fold_letter(c: char) -> char {
    match c {
        '\u{6A9}' => '\u{643}',
        '\u{6CC}' => '\u{64A}',
        '\u{3C2}' => '\u{3C3}',
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6F0}'..='\u{6F9}' => digit(c, 0x6F0),
        _ => c,
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

/// Full case folding by way of capitals (ß, final sigma); the dotless i is a letter of its own.
fn fold_case(c: char) -> impl Iterator<Item = char> {
    let upper = if c == '\u{131}' { None } else { Some(c.to_uppercase()) };
    let kept = upper.is_none().then_some(c);
    kept.into_iter().chain(upper.into_iter().flatten().flat_map(char::to_lowercase))
}

/// The text in NFC.
pub(super) fn in_nfc(text: String) -> String {
    if is_nfc(&text) { text } else { text.nfc().collect() }
}
