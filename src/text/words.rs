//! Running text by words and sentences. In: plain text. Out: counts, and shorter texts that end where a reader would.
//!
//! [`count`], [`fold_space`], [`fold_start`], [`cut`] and [`sentence_around`] are the entries; nothing here knows a language but by
//! its marks and abbreviations.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::pairs::{Unpaired, closer_of};

pub use super::sentence::{ends_between, sentence_around};

/// Words (UAX #29) of a text.
#[must_use]
pub fn count(text: &str) -> usize {
    let mut count = 0;
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (words, end) = one_word(rest.as_bytes()).map_or_else(
            || {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (rest[..end].unicode_words().count(), end)
            },
            |end| (1, end),
        );
        count += words;
        rest = &rest[end..];
        // One space is what mostly comes.
        rest = rest.strip_prefix(' ').unwrap_or_else(|| rest.trim_start());
    }
    count
}

/// Where the token that a text begins with ends, if it is one word at first sight: letters, and marks around them.
/// Spares most of Arabic and English the tables of UAX #29. By bytes, because all that is published is counted.
fn one_word(text: &[u8]) -> Option<usize> {
    let (mut at, mut has_letters, mut is_over) = (0, false, false);
    while let Some(&byte) = text.get(at) {
        let (is_letter, length) = match (byte, text.get(at + 1)) {
            (b' ' | b'\n' | b'\t' | b'\r', _) => break,
            (b'.' | b',' | b':' | b'!' | b'?' | b'"' | b'(' | b')', _) => (false, 1),
            // « » ، ؛ ؟
            (0xC2, Some(0xAB | 0xBB)) | (0xD8, Some(0x8C | 0x9B | 0x9F)) => (false, 2),
            // …
            (0xE2, Some(0x80)) if text.get(at + 2) == Some(&0xA6) => (false, 3),
            (b'a'..=b'z' | b'A'..=b'Z', _) => (true, 1),
            // U+0621 to U+0652, U+0671 to U+06D3
            (0xD8, Some(0xA1..)) | (0xD9, Some(..=0x92 | 0xB1..)) => (true, 2),
            (0xDA, _) | (0xDB, Some(..=0x93)) => (true, 2),
            _ => return None,
        };
        if is_letter && is_over {
            return None;
        }
        is_over = has_letters && !is_letter;
        has_letters |= is_letter;
        at += length;
    }
    has_letters.then_some(at)
}

/// The text with each run of white space as one space, none at the ends.
#[must_use]
pub fn fold_space(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// As [`fold_space`], but of a text that has more than `chars` characters then, no more than shows that.
#[must_use]
pub fn fold_start(text: &str, chars: usize) -> Cow<'_, str> {
    let mut rest = text.chars();
    rest.nth(chars);
    let start = &text[..text.len() - rest.as_str().len()];
    if is_line(start) {
        return Cow::Borrowed(start);
    }
    let mut folded = String::with_capacity(start.len() + 64);
    let mut length = 0;
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
        length += word.chars().count() + 1;
        if length > chars + 1 {
            break;
        }
    }
    Cow::Owned(folded)
}

/// Whether a text is one line at first sight: white space is single spaces within, all else ASCII, letters of two
/// bytes, dashes and quotation marks. Most headlines and sentences are. Without branches, so that it is done for many
/// bytes at once.
#[must_use]
pub fn is_line(text: &str) -> bool {
    let fits = |third_last: u8, last: u8, byte: u8| {
        let is_single = (byte != b' ') | (last != b' ');
        let is_seen = (byte >= b' ') & (byte != 0x7F) & ((byte <= 0xDF) | (byte == 0xE2));
        // U+00A1 to U+00BF after the byte 0xC2, U+200B to U+2027 after 0xE2 0x80
        let is_latin = (last != 0xC2) | (byte > 0xA0);
        let is_general = (last != 0xE2) | (byte == 0x80);
        let is_mark = (third_last != 0xE2) | ((0x8B..=0xA7).contains(&byte));
        is_single & is_seen & is_latin & is_general & is_mark
    };
    let bytes = text.as_bytes();
    let begins = match *bytes {
        [first, second, ..] => fits(b'.', b' ', first) & fits(b'.', first, second),
        [first] => fits(b'.', b' ', first),
        [] => true,
    };
    let goes_on = || bytes.windows(3).fold(true, |fit, it| fit & fits(it[0], it[1], it[2]));
    begins && bytes.last() != Some(&b' ') && goes_on()
}

/// The text with its white space folded, and if that is longer than `max_chars` characters, its first words with an
/// ellipsis: no part of a word (unless the first alone is too long), no punctuation before the ellipsis, and every
/// quotation mark, bracket and direction control closed that the part opens.
#[must_use]
pub fn cut(text: &str, max_chars: usize) -> String {
    let text = fold_start(text, max_chars);
    let Some((limit, _)) = text.char_indices().nth(max_chars) else { return text.into_owned() };
    for end in ends_before(&text, limit) {
        let kept = text[..end].trim_end_matches(is_loose_end);
        let closers = Unpaired::of(kept).closers;
        let length = kept.chars().count() + 1 + closers.chars().count();
        if !kept.is_empty() && length <= max_chars {
            return format!("{kept}…{closers}");
        }
    }
    if max_chars == 0 { String::new() } else { "…".to_owned() }
}

/// Where a text may end, at most at the byte `limit`, best first: after words, and where these fail, graphemes.
fn ends_before(text: &str, limit: usize) -> impl Iterator<Item = usize> {
    let head = &text[..limit];
    // A word that ends just at the limit is whole.
    let whole = text[limit..].starts_with(' ').then_some(limit);
    let spaces = head.rmatch_indices(' ').map(|(at, _)| at);
    // Text without spaces, as in Chinese or a long address, is cut between any two graphemes.
    let graphemes = head.grapheme_indices(true).rev().map(|(at, _)| at);
    whole.into_iter().chain(spaces).chain(graphemes)
}

/// Punctuation that makes no sense at a cut.
pub(super) fn is_loose_end(c: char) -> bool {
    let is_mark = matches!(
        c,
        '.' | ','
            | ':'
            | ';'
            | '!'
            | '?'
            | '-'
            | '–'
            | '—'
            | '/'
            | '|'
            | '،'
            | '؛'
            | '؟'
            | '…'
            | '۔'
    );
    is_mark || c.is_whitespace() || closer_of(c).is_some()
}
