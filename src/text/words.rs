//! Running text by words and sentences. In: plain text. Out: counts, and shorter texts that end where a reader would.
//!
//! [`count`], [`fold_space`], [`cut`] and [`sentence_around`] are the entries; nothing here knows a language but by
//! its marks and abbreviations.

use unicode_segmentation::UnicodeSegmentation;

use super::pairs::{Unpaired, closer_of};

pub use super::sentence::sentence_around;

/// Words (UAX #29) of a text.
#[must_use]
pub fn count(text: &str) -> usize {
    let words = |token: &str| if is_one_word(token) { 1 } else { token.unicode_words().count() };
    text.split_whitespace().map(words).sum()
}

/// Whether a token is one word at first sight: letters only, and marks around them. Spares most of Arabic and English
/// the tables of UAX #29.
fn is_one_word(token: &str) -> bool {
    let is_letter = |c: char| {
        c.is_ascii_alphabetic() || matches!(c, '\u{621}'..='\u{652}' | '\u{671}'..='\u{6D3}')
    };
    let bare = token.trim_matches(|c: char| {
        matches!(
            c,
            '.' | ',' | ':' | '!' | '?' | '"' | '(' | ')' | '«' | '»' | '،' | '؛' | '؟' | '…'
        )
    });
    !bare.is_empty() && bare.chars().all(is_letter)
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

/// The text with its white space folded, and if that is longer than `max_chars` characters, its first words with an
/// ellipsis: no part of a word (unless the first alone is too long), no punctuation before the ellipsis, and every
/// quotation mark, bracket and direction control closed that the part opens.
#[must_use]
pub fn cut(text: &str, max_chars: usize) -> String {
    let text = fold_space(text);
    let Some((limit, _)) = text.char_indices().nth(max_chars) else { return text };
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
