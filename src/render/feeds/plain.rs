//! Text for places without markup. In: text as editors wrote it. Out: text that is legal in XML and JSON and
//! keeps its direction where a reader shows it on its own.
//!
//! Entry: [`title`] for headlines and names, [`line`] for other one-line text, [`xml_characters`] for HTML.

use std::borrow::Cow;

use crate::{model::config, text::words::is_line};

/// Opens a span of the right-to-left direction without a width: the first strong character of a headline that
/// begins with Latin letters.
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';
const POP_ISOLATE: char = '\u{2069}';

/// A headline or name as one line. In a right-to-left `language` (BCP 47) it begins with a right-to-left
/// character: where its own first strong character is another, U+200F stands before it.
#[must_use]
pub(in crate::render) fn title<'t>(text: &'t str, language: &str) -> Cow<'t, str> {
    let line = line(text);
    if config::is_rtl(language) && !begins_right_to_left(&line) && !line.is_empty() {
        Cow::Owned(format!("{RIGHT_TO_LEFT_MARK}{line}"))
    } else {
        line
    }
}

/// Text as one line: white space folded, no control characters, no embeddings or overrides (U+202A to U+202E),
/// which readers would carry on into their own text, and every isolate closed.
#[must_use]
pub(in crate::render) fn line(text: &str) -> Cow<'_, str> {
    if is_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    let mut open_isolates = 0_usize;
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for character in word.chars().filter(|&c| is_xml(c) && !is_embedding(c)) {
            match character {
                '\u{2066}'..='\u{2068}' => open_isolates += 1,
                POP_ISOLATE if open_isolates == 0 => continue,
                POP_ISOLATE => open_isolates -= 1,
                _ => {}
            }
            line.push(character);
        }
    }
    line.extend(std::iter::repeat_n(POP_ISOLATE, open_isolates));
    Cow::Owned(line)
}

/// `text` without the characters that XML 1.0 forbids, section 2.2, and the control characters it advises against.
#[must_use]
pub(in crate::render) fn xml_characters(text: &str) -> Cow<'_, str> {
    if is_plain(text) || text.chars().all(is_xml) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&character| is_xml(character)).collect())
    }
}

/// Whether a text has only characters of XML at first sight. Without branches, as whole articles go through here.
fn is_plain(text: &str) -> bool {
    let fits = |last: u8, byte: u8| {
        let is_ascii = (byte >= b' ') | (byte == b'\n') | (byte == b'\t');
        // Behind the byte 0xC2 are control characters; behind 0xEF and more, what is none.
        is_ascii & (byte != 0x7F) & (byte < 0xEF) & ((last != 0xC2) | (byte >= 0xA0))
    };
    let bytes = text.as_bytes();
    let begins = bytes.first().is_none_or(|&first| fits(b' ', first));
    begins && bytes.windows(2).fold(true, |fit, pair| fit & fits(pair[0], pair[1]))
}

fn is_xml(character: char) -> bool {
    match character {
        '\t' | '\n' => true,
        // A bare carriage return would be read back as a line feed.
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => false,
        '\u{FDD0}'..='\u{FDEF}' => false,
        // The last two of each plane are not characters.
        other => (other as u32) & 0xFFFE != 0xFFFE,
    }
}

fn is_embedding(character: char) -> bool {
    ('\u{202A}'..='\u{202E}').contains(&character)
}

/// Whether the first strong character is a right-to-left one (UAX #9, P2 and P3, isolates not skipped).
fn begins_right_to_left(text: &str) -> bool {
    let strong = |c: &char| c.is_alphabetic() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}');
    text.chars().find(strong).is_some_and(is_right_to_left)
}

/// Bidi classes R and AL, by the blocks that Unicode keeps for right-to-left scripts.
fn is_right_to_left(character: char) -> bool {
    matches!(character,
        '\u{0590}'..='\u{08FF}' | '\u{200F}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::words::fold_space;

    proptest! {
        /// What is taken for a line or for XML at first sight is one by every character.
        #[test]
        fn first_sight_agrees(text in "[ a\n\u{2}\u{7F}\u{85}\u{A0}\u{A1}\u{627}\u{1680}\u{2000}-\u{2066}\u{3000}\u{FDD0}\u{FEFF}\u{FFFE}\u{1F600}]{0,6}") {
            let kept: String = text.chars().filter(|&c| is_xml(c)).collect();
            prop_assert_eq!(xml_characters(&text), kept.as_str());
            let is_isolate = |c| matches!(c, '\u{2066}'..='\u{2069}');
            let is_kept = |c| is_xml(c) && !is_embedding(c) && !is_isolate(c);
            if is_line(&text) {
                prop_assert_eq!(fold_space(&text), text.as_str());
                prop_assert!(text.chars().all(is_kept));
            }
        }
    }

    #[test]
    fn latin_first_gets_a_mark_in_rtl_only() {
        assert_eq!(title("Apple", "ar"), "\u{200F}Apple");
        assert_eq!(title("2023: \u{627}", "ar"), "2023: \u{627}");
        assert_eq!(title("\u{200F}Apple", "he"), "\u{200F}Apple");
        assert_eq!(title("Apple", "en"), "Apple");
        assert_eq!(title("2023", "fa"), "\u{200F}2023");
        assert_eq!(title(" ", "ar"), "");
    }

    #[test]
    fn overrides_go_and_isolates_close() {
        assert_eq!(line("a\u{202E}b\r\n c"), "ab c");
        assert_eq!(line("\u{2067}a"), "\u{2067}a\u{2069}");
        assert_eq!(line("a\u{2069}"), "a");
    }

    #[test]
    fn forbidden_characters_are_dropped() {
        assert_eq!(xml_characters("a\0\u{1B}b\u{FFFF}\n"), "ab\n");
        assert!(matches!(xml_characters("plain"), Cow::Borrowed("plain")));
    }
}
