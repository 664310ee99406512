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

/// Whether a text is normal at first sight: printable ASCII, and Arabic letters, digits and vowel marks in canonical
/// order. Spares nearly every text the tables of Unicode. By bytes, because every source is read here twice.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut mark) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        if matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r') {
            (at, mark) = (at + 1, 0);
            continue;
        }
        match (byte, bytes.get(at + 1)) {
            // U+060C to U+060F, U+061B to U+063F
            (0xD8, Some(0x8C..=0x8F | 0x9B..=0xBF)) => mark = 0,
            // U+0640 to U+064A, U+0660 to U+066F, U+0671 to U+067F
            (0xD9, Some(0x80..=0x8A | 0xA0..=0xAF | 0xB1..=0xBF)) => mark = 0,
            // U+064B to U+0652: combining classes 27 to 34 in the order of the code points, so a lower mark after a
            // higher one is not normal.
            (0xD9, Some(&next @ 0x8B..=0x92)) if mark <= next => mark = next,
            // « and »
            (0xC2, Some(0xAB | 0xBB)) => mark = 0,
            _ => return false,
        }
        at += 2;
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
