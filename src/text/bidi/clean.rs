//! Characters that only direct, and others that nobody sees. In: text as editors wrote it. Out: the text without them,
//! and what the balanced ones among them meant. [`clean`] is the entry.

use std::borrow::Cow;

use super::{Class, Direction, Island, class};

/// Whether a character only directs others: marks, embeddings, overrides, isolates.
#[must_use]
pub fn is_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text without controls, without byte order marks, and without zero width spaces and soft hyphens beside letters of
/// right-to-left scripts; and the parts of it that a balanced pair of controls gave a direction, in order and none
/// within another. Overrides mean nothing: no honest text needs one.
#[must_use]
pub fn clean(text: &str) -> (Cow<'_, str>, Vec<Island>) {
    if is_clean(text) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut meant = Vec::new();
    // What opened, and where.
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '\u{2066}'..='\u{2068}' | '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => {
                open.push((c, cleaned.len()));
            }
            '\u{2069}' | '\u{202C}' => {
                let is_isolate = |it: char| matches!(it, '\u{2066}'..='\u{2068}');
                let partner = open.iter().rposition(|(it, _)| is_isolate(*it) == (c == '\u{2069}'));
                if let Some(partner) = partner {
                    let (opener, start) = open[partner];
                    open.truncate(partner);
                    meant.extend(island(opener, start, &cleaned));
                }
            }
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}' => {}
            '\u{200B}' | '\u{AD}' if is_beside_rtl(text, at, c) => {}
            c => cleaned.push(c),
        }
    }
    (Cow::Owned(cleaned), outermost(meant))
}

/// Whether nothing is left out, without a look at characters: none of the bytes that those begin with, or another second byte.
pub(super) fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    if !may_have_any(bytes) {
        return true;
    }
    let is_suspect = |at: usize, byte: u8| {
        matches!(
            (byte, bytes.get(at + 1), bytes.get(at + 2)),
            (0xE2, Some(0x80), Some(0x8B | 0x8E | 0x8F | 0xAA..=0xAE))
                | (0xE2, Some(0x81), Some(0xA6..=0xA9))
                | (0xD8, Some(0x9C), _)
                | (0xC2, Some(0xAD), _)
                | (0xEF, Some(0xBB), Some(0xBF))
        )
    };
    !bytes
        .iter()
        .enumerate()
        .any(|(at, &byte)| matches!(byte, 0xE2 | 0xD8 | 0xC2 | 0xEF) && is_suspect(at, byte))
}

/// Whether two bytes stand together with which something begins that is left out. Without branches, for every text goes
/// through here.
fn may_have_any(bytes: &[u8]) -> bool {
    let begins = |first: u8, second: u8| {
        ((first == 0xE2) & ((second == 0x80) | (second == 0x81)))
            | ((first == 0xD8) & (second == 0x9C))
            | ((first == 0xC2) & (second == 0xAD))
            | ((first == 0xEF) & (second == 0xBB))
    };
    let seconds = bytes.get(1..).unwrap_or_default();
    bytes.iter().zip(seconds).fold(false, |any, (&first, &second)| any | begins(first, second))
}

fn is_beside_rtl(text: &str, at: usize, c: char) -> bool {
    let is_rtl = |it: Option<char>| it.is_some_and(|it| class(it) == Class::Rtl);
    is_rtl(text[..at].chars().next_back()) || is_rtl(text[at + c.len_utf8()..].chars().next())
}

/// What a pair of controls means for the text from `start` on.
fn island(opener: char, start: usize, cleaned: &str) -> Option<Island> {
    let direction = match opener {
        '\u{2066}' | '\u{202A}' => Direction::Ltr,
        '\u{2067}' | '\u{202B}' => Direction::Rtl,
        '\u{2068}' => first_strong(&cleaned[start..])?,
        _ => return None,
    };
    // White space at the end of an isolate would be seen on its other side.
    let inside = &cleaned[start..];
    let (first, last) = (inside.len() - inside.trim_start().len(), inside.trim_end().len());
    (first < last).then(|| Island::new(start + first..start + last, direction))
}

/// The direction of the first letter.
pub(super) fn first_strong(text: &str) -> Option<Direction> {
    text.chars().find_map(|c| match class(c) {
        Class::Ltr => Some(Direction::Ltr),
        Class::Rtl => Some(Direction::Rtl),
        _ => None,
    })
}

fn outermost(mut meant: Vec<Island>) -> Vec<Island> {
    meant.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
    let mut end = 0;
    meant.retain(|it| {
        let is_outer = it.range.start >= end;
        end = end.max(it.range.end);
        is_outer
    });
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_seen_at_first_sight() {
        for c in '\0'..='\u{1FFFF}' {
            let is_left_out = is_control(c) || matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}');
            assert_eq!(is_clean(&format!("\u{627}{c}\u{628}")), !is_left_out, "{c:?}");
        }
    }
}
