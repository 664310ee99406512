//! What every source text is before anything reads it: in NFC (UAX #15) and without control characters, which HTML and
//! XML refuse. In: the text of a file. Out: the same text, and where the first thing was left out. [`normal`] is the
//! entry; byte offsets found in a normal text hold whenever the same file is read again.

use std::{borrow::Cow, iter};

use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc_quick,
};

/// The normal form of a text, and the byte offset in `text` of the first control character that was left out.
///
/// Nearly all of a text is normal as it stands: only the stretches that may not be are composed.
#[must_use]
pub fn normal(text: &str) -> (Cow<'_, str>, Option<usize>) {
    let mut normal = String::new();
    let (mut copied, mut left_out) = (0, None);
    let mut at = 0;
    while let Some((start, end)) = next_stretch(text, at) {
        let stretch = &text[start..end];
        let kept = stretch.chars().filter(|&c| !is_control(c));
        let composed: String = kept.nfc().collect();
        if composed != stretch {
            normal.push_str(&text[copied..start]);
            normal.push_str(&composed);
            copied = end;
        }
        left_out = left_out.or_else(|| stretch.find(is_control).map(|offset| start + offset));
        at = end;
    }
    if copied == 0 {
        return (Cow::Borrowed(text), None);
    }
    normal.push_str(&text[copied..]);
    (Cow::Owned(normal), left_out)
}

/// The next bytes at or after `at` that may not be normal, from the last character before them that nothing joins to
/// what stands before it, to the next such character (UAX #15, stable code points).
fn next_stretch(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut stop = at;
    loop {
        stop = plain_end(text.as_bytes(), stop);
        let c = text[stop..].chars().next()?;
        if !stands_alone(c) {
            break;
        }
        stop += c.len_utf8();
    }
    let bound = |(_, c): &(usize, char)| stands_alone(*c);
    let start = text[at..stop].char_indices().rev().find(bound).map_or(at, |(start, _)| at + start);
    let end = text[stop..].char_indices().find(bound).map_or(text.len(), |(end, _)| stop + end);
    Some((start, end))
}

/// Where a text from the byte `at` on is not normal at first sight: printable ASCII, Arabic letters, digits and vowel
/// marks in canonical order, common punctuation. Spares nearly every text the tables of Unicode. By bytes, because
/// every source is read here twice.
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    let mut mark = 0;
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
            // U+0680 to U+06D5: letters of Persian, Urdu and others; U+00A0 to U+00FF: Latin letters, « and »
            (0xDA, _) | (0xDB, Some(0x80..=0x95)) | (0xC2, Some(0xA0..)) | (0xC3, _) => mark = 0,
            // U+2002 to U+203F: dashes, quotation marks, the ellipsis, direction controls
            (0xE2, Some(0x80)) if bytes.get(at + 2).is_some_and(|&last| last >= 0x82) => {
                (at, mark) = (at + 1, 0);
            }
            _ => break,
        }
        at += 2;
    }
    at
}

/// Whether a character is kept, and is neither changed by composing nor joins or passes what stands before it.
fn stands_alone(c: char) -> bool {
    c.is_ascii_graphic()
        || !is_control(c)
            && canonical_combining_class(c) == 0
            && is_nfc_quick(iter::once(c)) == IsNormalized::Yes
}

/// Control characters but tab and line ends.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
        || matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::is_nfc;

    use super::*;

    proptest! {
        /// What is done by stretches agrees with the whole, marks in any order and control characters included.
        #[test]
        fn stretches_make_a_normal_whole(text in "[ a-z\u{1}\u{85}\u{A0}\u{A8}\u{E9}\u{300}\u{301}\u{323}\u{621}-\u{655}\u{670}\u{671}\u{6C0}\u{6C1}\u{6D5}\u{1100}\u{1161}\u{11A8}\u{2000}-\u{2003}\u{200F}\u{2013}\u{2028}\u{AC00}\u{FB2A}\u{FEFB}\u{FFFE}]{0,12}") {
            let (normal, left_out) = normal(&text);
            prop_assert!(is_nfc(&normal));
            prop_assert_eq!(left_out, text.find(['\u{1}', '\u{FFFE}']));
            prop_assert_eq!(normal.as_ref(), text.replace(['\u{1}', '\u{FFFE}'], "").nfc().collect::<String>());
        }
    }
}
