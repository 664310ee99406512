//! Words as names are compared by. In: text as written. Out: its words, each with a key that all spellings of it share
//! ([`Word::next`]), and its letters ([`letters`]).
//!
//! Fold to find, then compare spellings: the key unites أ and ا, ى and ي, ة and ه; of two words with one key,
//! [`agree`](super::spelling::agree) says whether a reader takes them for the same name. A word is folded where it stands,
//! letter by letter, without a copy; all that is published goes through [`Word::next`].

use std::{borrow::Cow, iter};

use unicode_normalization::{
    UnicodeNormalization,
    char::{compose, is_combining_mark},
};

mod codes;

use self::codes::{ASCII, SKIPPED, fold_letter, pair_of_bytes, scattered};
use super::fold::{essence, is_invisible, is_optional, is_word_char};

/// Joins parts of a Persian or Urdu word that are written apart («تهران‌ها»).
pub const ZWNJ: char = '\u{200C}';

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its first letter.
    pub start: usize,
    /// After its last letter and the marks on that.
    pub end: usize,
    /// The same for all spellings; 0 for what is too long to be of a name.
    pub key: u64,
    /// Letters and digits.
    pub len: usize,
    /// The first letter, folded.
    pub first: u16,
    /// Whether each of its letters is two bytes of it, and nothing else is.
    is_plain: bool,
    /// Whether a zero-width non-joiner joins it to what follows.
    pub is_joined: bool,
}

/// A word longer than this is no word of a name; no two letters of a shorter one are turned alike in its key.
const MAX_LETTERS: usize = 48;
/// By how many bits a letter turns the key of those before it.
const TURN: u32 = 7;

const fn is_hebrew(code: u16) -> bool {
    0x5D0 <= code && code <= 0x5EA
}

/// The bytes of the character that begins at a byte, if it is one of the common ones that are of no word; else 0.
#[inline(always)]
fn mark_len(bytes: &[u8], at: usize) -> usize {
    let Some(&byte) = bytes.get(at) else { return 0 };
    if byte.is_ascii() {
        return usize::from(ASCII[usize::from(byte)] == 0);
    }
    let low = bytes.get(at + 1).copied().unwrap_or_default();
    let is_mark = match byte {
        0xC2 => matches!(low, 0xA0 | 0xAB | 0xBB),
        _ => low > 0 && pair_of_bytes(byte, low) == Some(0),
    };
    if is_mark { 2 } else { 0 }
}

impl Word {
    /// The first word of `text` that begins at or after the byte `at`, as far as the byte `end`.
    #[must_use]
    #[inline(always)]
    pub fn next(text: &str, at: usize, end: usize) -> Option<Self> {
        let bytes = text.as_bytes().get(..end)?;
        // Most words are letters of two bytes with a space before them.
        let mut start = at + usize::from(bytes.get(at) == Some(&b' '));
        loop {
            match mark_len(bytes, start) {
                0 => break,
                len => start += len,
            }
        }
        let (mut key, mut n) = (0_u64, 0);
        for pair in bytes.get(start..)?.chunks_exact(2) {
            match pair_of_bytes(pair[0], pair[1]) {
                Some(letter) if letter > SKIPPED as u64 => key = key.rotate_left(TURN) ^ letter,
                _ => break,
            }
            n += 1;
        }
        let at = start + 2 * n;
        if n == 0 || !Self::ends_at(bytes, at) {
            return Self::next_of_any(text, start, end);
        }
        let first = pair_of_bytes(bytes[start], bytes[start + 1]).unwrap_or_default() as u16;
        let key = if n > MAX_LETTERS { 0 } else { key };
        Some(Self { start, end: at, key, len: n, first, is_plain: true, is_joined: false })
    }

    /// Whether it is plain that a word of letters of two bytes ends at a byte.
    #[inline]
    fn ends_at(bytes: &[u8], at: usize) -> bool {
        let Some(&byte) = bytes.get(at) else { return true };
        // A mark of abbreviation may stand within a Hebrew word.
        byte == b' ' || bytes[at - 2] >= 0xD8 && mark_len(bytes, at) > 0
    }

    /// The same, whatever the word is made of.
    fn next_of_any(text: &str, at: usize, end: usize) -> Option<Self> {
        let bytes = text.as_bytes().get(..end)?;
        let mut scan = Scan { text, at, word: Self::NONE, last: 0 };
        while let Some(&lead) = bytes.get(scan.at) {
            let before = scan.at;
            let low = bytes.get(before + 1).copied().unwrap_or_default();
            let letter = if lead.is_ascii() {
                scan.at += 1;
                scattered(ASCII[usize::from(lead)].into())
            } else if let Some(letter) = pair_of_bytes(lead, low) {
                scan.at += 2;
                letter
            } else {
                let (seen, code) = scan.rare(bytes);
                scan = seen;
                match code {
                    Some(code) => scattered(code),
                    None => break,
                }
            };
            if letter > SKIPPED as u64 {
                scan.letter(letter, before);
            } else if scan.word.len > 0 {
                if letter == SKIPPED as u64 {
                    scan.word.end = scan.at;
                } else {
                    match is_hebrew(scan.last).then(|| scan.quote_within(before)).flatten() {
                        Some(seen) => scan = seen,
                        None => break,
                    }
                }
            }
        }
        (scan.word.len > 0).then(|| scan.word.closed())
    }

    const NONE: Self =
        Self { start: 0, end: 0, key: 0, len: 0, first: 0, is_plain: false, is_joined: false };

    fn closed(mut self) -> Self {
        if self.len > MAX_LETTERS {
            self.key = 0;
        }
        self
    }

    /// Whether its first letter is one of Hebrew, whose table it is then read by.
    #[must_use]
    #[inline(always)]
    pub fn is_hebrew(&self) -> bool {
        is_hebrew(self.first)
    }

    /// The key of what is left without the first `n` letters, whose key is `key`.
    #[must_use]
    #[inline]
    pub fn key_without(&self, n: usize, key: u64) -> u64 {
        let left = self.len.saturating_sub(n) as u32;
        self.key ^ key.rotate_left(left * TURN)
    }

    /// Whether a word of `text` begins with these letters, and goes on.
    #[must_use]
    #[inline]
    pub fn begins_with(&self, text: &str, letters: &[u16]) -> bool {
        if letters.len() >= self.len {
            return false;
        }
        let written = &text[self.start..self.end];
        if self.is_plain {
            let pairs = written.as_bytes().chunks_exact(2);
            let codes = pairs.filter_map(|pair| pair_of_bytes(pair[0], pair[1]));
            codes.zip(letters).all(|(code, letter)| code as u16 == *letter)
        } else {
            codes(written).zip(letters).all(|((code, _), letter)| code == *letter)
        }
    }
}

/// A look at a word, letter by letter. It is handed over by value, so that it is kept in registers.
#[derive(Clone, Copy)]
struct Scan<'t> {
    text: &'t str,
    at: usize,
    word: Word,
    /// The last letter.
    last: u16,
}

impl Scan<'_> {
    /// Takes in a letter, [`scattered`].
    #[inline(always)]
    fn letter(&mut self, letter: u64, before: usize) {
        let word = &mut self.word;
        self.last = letter as u16;
        if word.len == 0 {
            word.start = before;
            word.first = self.last;
        }
        word.len += 1;
        word.key = word.key.rotate_left(TURN) ^ letter;
        word.end = self.at;
    }

    /// Steps over a character that neither ASCII nor the letters of Arabic and Hebrew hold; the code of its last letter,
    /// or `None` where the word ends in a joiner.
    #[cold]
    fn rare(mut self, bytes: &[u8]) -> (Self, Option<u16>) {
        let code = self.rare_code(bytes);
        (self, code)
    }

    fn rare_code(&mut self, bytes: &[u8]) -> Option<u16> {
        let before = self.at;
        let c = self.text[before..].chars().next().unwrap_or(' ');
        self.at += c.len_utf8();
        if self.at > bytes.len() {
            self.at = bytes.len();
            return Some(0);
        }
        if c == ZWNJ {
            let follows = |c: char| fold_letter(c) > SKIPPED;
            self.word.is_joined =
                self.word.len > 0 && self.text[self.at..bytes.len()].starts_with(follows);
            return if self.word.is_joined { None } else { Some(SKIPPED) };
        }
        if is_invisible(c) {
            // Within a word it is nothing; what comes after a word's last letter is no part of it.
            let goes_on = self.text[self.at..bytes.len()].starts_with(is_word_char);
            return Some(if goes_on { SKIPPED } else { 0 });
        }
        if !is_presentation_form(c) {
            return Some(fold_letter(c));
        }
        let mut last = SKIPPED;
        for part in iter::once(c).nfkc().map(fold_letter).filter(|code| *code > SKIPPED) {
            if last > SKIPPED {
                self.letter(scattered(last), before);
            }
            last = part;
        }
        Some(last)
    }

    /// Steps over a mark of abbreviation at `before` if it stands between two Hebrew letters (צה״ל).
    #[cold]
    fn quote_within(mut self, before: usize) -> Option<Self> {
        let mut rest = self.text[before..].chars();
        let quoted = rest.next().filter(|c| matches!(quote(*c), '"' | '\''))?;
        rest.next().filter(|c| is_hebrew(fold_letter(*c)))?;
        self.at = before + quoted.len_utf8();
        self.letter(scattered(u16::from(b'"')), before);
        Some(self)
    }
}

/// The key of a word with one letter more.
#[must_use]
pub fn with_letter(key: u64, code: u16) -> u64 {
    key.rotate_left(TURN) ^ scattered(code)
}

/// The codes of a word's letters, each with the byte at which it begins; those of one ligature begin at one byte.
pub fn codes(word: &str) -> impl Iterator<Item = (u16, usize)> + '_ {
    word.char_indices().flat_map(|(at, c)| {
        let parts = is_presentation_form(c).then(|| iter::once(c).nfkc());
        let plain = parts.is_none().then_some(c);
        let is_quote = |c: char| matches!(quote(c), '"' | '\'');
        let code = move |c: char| if is_quote(c) { u16::from(b'"') } else { fold_letter(c) };
        let codes = plain.into_iter().chain(parts.into_iter().flatten()).map(code);
        codes.filter(|code| *code > SKIPPED).map(move |code| (code, at))
    })
}

fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// One mark for all that stand for it: quotation marks, apostrophes, the marks of Hebrew abbreviations.
#[must_use]
pub fn quote(c: char) -> char {
    match c {
        '\u{5F4}' | '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '\u{5F3}' | '‘' | '’' | 'ʼ' | '′' | '`' => '\'',
        _ => c,
    }
}

/// The letters of a word as written: composed, without marks and the tatweel, presentation forms as letters, digits of
/// ASCII.
#[must_use]
pub fn letters(word: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(word.len() / 2 + 1);
    // Nearly every word is of these alone.
    let is_plain = |c: char| matches!(c, '\u{620}'..='\u{63A}' | '\u{641}'..='\u{64A}' | 'a'..='z');
    let mut chars = word.chars();
    letters.extend(chars.by_ref().take_while(|c| is_plain(*c)));
    if letters.len() * 2 == word.len() {
        return letters;
    }
    letters.clear();
    for c in essence(word) {
        let is_mark = is_combining_mark(c);
        match letters.last_mut() {
            Some(last) if is_mark => *last = compose(*last, c).map_or(*last, plain_letter),
            _ if is_mark => {}
            _ => letters.push(plain_letter(c)),
        }
    }
    letters
}

fn plain_letter(c: char) -> char {
    match c {
        '\u{6A9}' | '\u{6AA}' => '\u{643}',
        '\u{671}' => '\u{627}',
        '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' => {
            char::from_u32(fold_letter(c).into()).unwrap_or(c)
        }
        _ => match quote(c) {
            '\'' => '"',
            c => c,
        },
    }
}

/// What stands between two words, as names are compared: nothing for white space, or for a hyphen that joins them; else
/// its marks, without spaces, quotation marks and apostrophes each in one form.
#[must_use]
pub fn gap(between: &str) -> Cow<'_, str> {
    if between == " " {
        return Cow::Borrowed("");
    }
    let seen = |c: &char| !is_optional(*c) && !is_combining_mark(*c);
    let mut marks = between.chars().filter(seen);
    if let (Some(c), None) = (marks.next(), marks.next())
        && matches!(c, '-' | '\u{5BE}' | '\u{2010}' | '\u{2011}')
    {
        return Cow::Borrowed("");
    }
    let marks = between.chars().filter(|c| seen(c) && !c.is_whitespace() && *c != '\u{AD}');
    Cow::Owned(marks.map(quote).collect())
}
