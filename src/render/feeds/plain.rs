//! Text for places without markup. In: text as editors wrote it. Out: text that is legal in XML and JSON and
//! keeps its direction where a reader shows it on its own.
//!
//! Entries: [`title`] for headlines and names that are shown, [`prose`] for other text that is, [`line`] for names that
//! machines compare, [`xml_characters`] for HTML.

use std::borrow::Cow;

use crate::text::{
    bidi::{self, Manner},
    words::is_line,
};

/// A headline or name as one line. In a right-to-left `language` (BCP 47) it begins with a right-to-left
/// character: where its own first strong character is another, U+200F stands before it. Its islands are isolated.
#[must_use]
pub(in crate::render) fn title<'t>(text: &'t str, language: &str) -> Cow<'t, str> {
    let manner = Manner::of(language);
    match folded(text) {
        Cow::Borrowed(line) => bidi::title(line, manner),
        Cow::Owned(line) => Cow::Owned(bidi::title(&line, manner).into_owned()),
    }
}

/// Running text as one line, its islands isolated.
#[must_use]
pub(in crate::render) fn prose<'t>(text: &'t str, language: &str) -> Cow<'t, str> {
    let manner = Manner::of(language);
    match folded(text) {
        Cow::Borrowed(line) => bidi::plain(line, manner),
        Cow::Owned(line) => Cow::Owned(bidi::plain(&line, manner).into_owned()),
    }
}

/// Text that machines compare, as one line: white space folded, no control characters, no direction controls.
#[must_use]
pub(in crate::render) fn line(text: &str) -> Cow<'_, str> {
    match folded(text) {
        Cow::Borrowed(line) => bidi::clean(line).0,
        Cow::Owned(line) => Cow::Owned(bidi::clean(&line).0.into_owned()),
    }
}

/// White space folded, no control characters.
fn folded(text: &str) -> Cow<'_, str> {
    if is_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|&c| is_xml(c)));
    }
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
            if is_line(&text) {
                prop_assert_eq!(fold_space(&text), text.as_str());
                prop_assert!(text.chars().all(is_xml));
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
    fn controls_are_balanced_or_go() {
        assert_eq!(line("a\u{202E}b\r\n c"), "ab c");
        assert_eq!(line("\u{2067}a\u{2069}"), "a");
        assert_eq!(
            prose("\u{627} \u{2066}a, \u{628}\u{2069}", "ar"),
            "\u{627} \u{2066}a, \u{628}\u{2069}"
        );
        assert_eq!(prose("\u{627} \u{2066}a, \u{628}", "ar"), "\u{627} a, \u{628}");
        assert_eq!(prose("a\u{2069}", "ar"), "a");
    }

    #[test]
    fn forbidden_characters_are_dropped() {
        assert_eq!(xml_characters("a\0\u{1B}b\u{FFFF}\n"), "ab\n");
        assert!(matches!(xml_characters("plain"), Cow::Borrowed("plain")));
    }
}
