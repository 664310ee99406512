//! What every source text is before anything reads it: in NFC (UAX #15) and without control characters, which HTML and
//! XML refuse. In: the text of a file. Out: the same text, and where the first thing was left out. [`normal`] is the
//! entry; byte offsets found in a normal text hold whenever the same file is read again.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

/// The normal form of a text, and the byte offset in `text` of the first control character that was left out.
#[must_use]
pub fn normal(text: &str) -> (Cow<'_, str>, Option<usize>) {
    if is_plain(text) {
        return (Cow::Borrowed(text), None);
    }
    let first = text.find(is_control);
    let kept = match first {
        Some(_) => Cow::Owned(text.replace(is_control, "")),
        None => Cow::Borrowed(text),
    };
    if is_normal(&kept) { (kept, first) } else { (Cow::Owned(kept.nfc().collect()), first) }
}

/// Whether a text is normal at first sight: Latin, Arabic with its vowel marks in canonical order, and common
/// punctuation. Spares nearly every text the tables of Unicode.
fn is_plain(text: &str) -> bool {
    let mut previous = '\0';
    for character in text.chars() {
        let plain = match character {
            ' '..='~' | '\n' | '\t' | '\r' | '\u{A0}'..='\u{2FF}' => true,
            // Combining classes 27 to 34 in the order of the code points, so a lower mark after a higher one is not.
            '\u{64B}'..='\u{652}' => {
                !('\u{64B}'..='\u{652}').contains(&previous) || previous <= character
            }
            '\u{60C}'..='\u{60F}'
            | '\u{61B}'..='\u{64A}'
            | '\u{660}'..='\u{66F}'
            | '\u{671}'..='\u{6D5}' => true,
            '\u{2010}'..='\u{203F}' => true,
            _ => false,
        };
        if !plain {
            return false;
        }
        previous = character;
    }
    true
}

fn is_normal(text: &str) -> bool {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => true,
        IsNormalized::No => false,
        IsNormalized::Maybe => is_nfc(text),
    }
}

/// Control characters but tab and line ends.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
        || matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The first sight agrees with the tables, marks in any order and control characters included.
        #[test]
        fn what_is_plain_is_normal(text in "[a-z\u{1}\u{A0}\u{300}\u{301}\u{621}-\u{655}\u{670}\u{671}\u{6C0}\u{6D5}\u{200F}\u{2028}]{0,12}") {
            let (normal, left_out) = normal(&text);
            prop_assert!(is_nfc(&normal));
            prop_assert_eq!(left_out.is_some(), text.contains('\u{1}'));
            prop_assert_eq!(normal.as_ref(), text.replace('\u{1}', "").nfc().collect::<String>());
        }
    }
}
