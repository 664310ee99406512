//! What every source text is before anything reads it: in NFC (UAX #15), with letters in place of the presentation forms
//! of Arabic that old programs write, and without control characters, which HTML and XML refuse. In: the text of a file. Out: the same text, and where the first thing was left out. [`normal`] is the
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
        let composed: String = kept.flat_map(letters).nfc().collect();
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

/// How many bytes are looked at together.
const BLOCK: usize = 32;

/// Where a text from the byte `at` on is not normal at first sight: printable ASCII, Arabic letters, digits and vowel
/// marks in canonical order, common punctuation. Spares nearly every text the tables of Unicode. By bytes, and where
/// most are letters by blocks of bytes, because every source is read here twice.
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        while let Some(block) = at.checked_sub(3).and_then(|from| bytes.get(from..at + BLOCK))
            && is_plain_block(block)
        {
            at += BLOCK;
            // The block may have ended within a character, of which it saw the first byte.
            at -= usize::from(bytes[at - 1] >= 0xC0);
        }
        let limit = at + BLOCK;
        at = plain_end_before(bytes, at, limit);
        if at < limit {
            return at;
        }
    }
}

/// Whether all of a block is plain but for its first three bytes, which only tell what the next ones mean. Without
/// branches, so that it is done for many bytes at once; says no to two vowel marks in a row, and to dashes.
fn is_plain_block(block: &[u8]) -> bool {
    let is_mark = |byte: u8| (0x8B..=0x92).contains(&byte);
    block.windows(4).fold(true, |is_plain, bytes| {
        let [third_last, second_last, last, byte] = [bytes[0], bytes[1], bytes[2], bytes[3]];
        let ascii =
            (b' '..=b'~').contains(&byte) | (byte == b'\n') | (byte == b'\t') | (byte == b'\r');
        let lead = (0xD8..=0xDB).contains(&byte) | (byte == 0xC2) | (byte == 0xC3);
        let two_marks = (third_last == 0xD9) & is_mark(second_last);
        let d8 = (last == 0xD8) & ((0x8C..=0x8F).contains(&byte) | (0x9B..=0xBF).contains(&byte));
        let d9 = (last == 0xD9)
            & ((0x80..=0x8A).contains(&byte)
                | (is_mark(byte) & !two_marks)
                | (0xA0..=0xAF).contains(&byte)
                | (0xB1..=0xBF).contains(&byte));
        let da = ((last == 0xDA) | (last == 0xC3)) & (0x80..=0xBF).contains(&byte);
        let db = (last == 0xDB) & (0x80..=0x95).contains(&byte);
        let c2 = (last == 0xC2) & (0xA0..=0xBF).contains(&byte);
        is_plain & (ascii | lead | d8 | d9 | da | db | c2)
    })
}

/// As [`plain_end`], byte by byte; at or just after `limit` if all is plain up to there.
fn plain_end_before(bytes: &[u8], mut at: usize, limit: usize) -> usize {
    let mut mark = match at.checked_sub(2).and_then(|from| bytes.get(from..at)) {
        Some(&[0xD9, mark @ 0x8B..=0x92]) => mark,
        _ => 0,
    };
    while let Some(&byte) = bytes.get(at).filter(|_| at < limit) {
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
            && !is_form(c)
            && canonical_combining_class(c) == 0
            && is_nfc_quick(iter::once(c)) == IsNormalized::Yes
}

/// Forms of Arabic letters and their ligatures, which stand for letters; words and signs (U+FDF0 to U+FDFF) stay.
fn is_form(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FBFF}' | '\u{FC00}'..='\u{FD3D}' | '\u{FD50}'..='\u{FDCF}' | '\u{FE70}'..='\u{FEFC}')
}

/// A character, or the letters that it is a form of.
fn letters(c: char) -> impl Iterator<Item = char> {
    let (other, form) = if is_form(c) { (None, Some(c)) } else { (Some(c), None) };
    // A mark alone is decomposed behind a space.
    other.into_iter().chain(form.into_iter().nfkd().filter(|&it| it != ' '))
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
        fn stretches_make_a_normal_whole(text in "[ a-z\u{1}\u{85}\u{A0}\u{A8}\u{E9}\u{300}\u{301}\u{323}\u{621}-\u{655}\u{670}\u{671}\u{6C0}\u{6C1}\u{6D5}\u{1100}\u{1161}\u{11A8}\u{2000}-\u{2003}\u{200F}\u{2013}\u{2028}\u{AC00}\u{FB2A}\u{FEFB}\u{FFFE}]{0,12}", around in "[ a\u{627}\u{64B}]{0,70}") {
            let text = [around.as_str(), &text, &around].concat();
            let (normal, left_out) = normal(&text);
            prop_assert!(is_nfc(&normal));
            prop_assert_eq!(left_out, text.find(['\u{1}', '\u{FFFE}']));
            prop_assert_eq!(normal.as_ref(), text.replace(['\u{1}', '\u{FFFE}'], "").replace('\u{FEFB}', "\u{644}\u{627}").nfc().collect::<String>());
        }
    }
}
