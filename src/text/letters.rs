//! Words as names are compared by. In: text as written. Out: its words, each with a key that all spellings of it share
//! ([`Word::next`]), and its letters ([`letters`]).
//!
//! Fold to find, then compare spellings: the key unites أ and ا, ى and ي, ة and ه; of two words with one key,
//! [`agree`](super::spelling::agree) says whether a reader takes them for the same name. A word is folded where it stands,
//! letter by letter, without a copy; all that is published goes through [`Word::next`].

use std::{borrow::Cow, iter};

use unicode_normalization::{
    UnicodeNormalization,
    char::{compose, decompose_canonical, is_combining_mark},
};

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
    /// The first letters, folded.
    pub head: [u16; HEAD],
    /// Whether a zero-width non-joiner joins it to what follows.
    pub is_joined: bool,
}

/// How many letters of a word are kept: more than particles have that stand before a name.
pub const HEAD: usize = 7;
/// A word longer than this is no word of a name.
const MAX_LETTERS: usize = 48;
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
/// `POWERS[n]` is `BASE` to the power of n.
const POWERS: [u64; MAX_LETTERS + 1] = {
    let mut powers = [1; MAX_LETTERS + 1];
    let mut n = 1;
    while n <= MAX_LETTERS {
        powers[n] = BASE.wrapping_mul(powers[n - 1]);
        n += 1;
    }
    powers
};

/// Marks and the tatweel, which are no part of a key.
const SKIPPED: u16 = 1;
/// The codes of U+0580 to U+06FF, which two bytes from 0xD6 to 0xDB write.
const CODES: [u16; 0x180] = {
    let mut codes = [0; 0x180];
    let mut at = 0;
    while at < 0x180 {
        codes[at as usize] = code_of(0x580 + at);
        at += 1;
    }
    codes
};
const ASCII: [u8; 128] = {
    let mut codes = [0; 128];
    let mut at = 0;
    while at < 128_u8 {
        if at.is_ascii_alphanumeric() {
            codes[at as usize] = at.to_ascii_lowercase();
        }
        at += 1;
    }
    codes
};

/// The code of a character from U+0580 to U+06FF: 0 for what is of no word, [`SKIPPED`], or the folded letter.
const fn code_of(c: u16) -> u16 {
    match c {
        0x5BE | 0x5C0 | 0x5C3 | 0x5C6 => 0,
        0x591..=0x5C7 | 0x610..=0x61A | 0x61C | 0x640 | 0x64B..=0x65F | 0x670 => SKIPPED,
        0x6D6..=0x6DC | 0x6DF..=0x6E4 | 0x6E7 | 0x6E8 | 0x6EA..=0x6ED => SKIPPED,
        // Alef with hamza, madda or wasla; waw and yeh with hamza; alef maqsura and the yeh of Persian.
        0x622 | 0x623 | 0x625 | 0x671..=0x673 | 0x675 => 0x627,
        0x624 => 0x648,
        0x626 | 0x649 | 0x6CC => 0x64A,
        // Teh marbuta, and the forms of heh.
        0x629 | 0x6BE | 0x6C0..=0x6C3 | 0x6D5 => 0x647,
        0x6A9 | 0x6AA => 0x643,
        0x6A4 => 0x641,
        0x660..=0x669 => c - 0x660 + 0x30,
        0x6F0..=0x6F9 => c - 0x6F0 + 0x30,
        0x5D0..=0x5EA | 0x5EF..=0x5F2 | 0x620..=0x64A | 0x66E..=0x6D3 | 0x6E5 | 0x6E6 => c,
        0x6EE | 0x6EF | 0x6FA..=0x6FC | 0x6FF => c,
        _ => 0,
    }
}

/// A letter anywhere in Unicode, folded.
fn fold_letter(c: char) -> u16 {
    let low = |c: char| (u32::from(c) & 0xFFFF) as u16 ^ (u32::from(c) >> 16) as u16;
    match u32::from(c) {
        0..=0x7F => ASCII[c as usize].into(),
        0x580..=0x6FF => CODES[c as usize - 0x580],
        _ if is_optional(c) || is_combining_mark(c) => SKIPPED,
        _ if !is_word_char(c) => 0,
        _ => {
            let mut base = c;
            let mut is_first = true;
            decompose_canonical(c, |part| {
                if std::mem::take(&mut is_first) {
                    base = part;
                }
            });
            let lower = base.to_lowercase().next().unwrap_or(base);
            if lower.is_ascii() { ASCII[lower as usize].into() } else { low(lower).max(2) }
        }
    }
}

const fn is_hebrew(code: u16) -> bool {
    0x5D0 <= code && code <= 0x5EA
}

impl Word {
    /// The first word of `text` that begins at or after the byte `at`, as far as the byte `end`.
    #[must_use]
    #[inline]
    pub fn next(text: &str, at: usize, end: usize) -> Option<Self> {
        let bytes = text.as_bytes().get(..end)?;
        let mut scan = Scan { text, at, word: Self::NONE, last: 0 };
        while let Some(&lead) = bytes.get(scan.at) {
            let before = scan.at;
            let code = match (lead, bytes.get(before + 1)) {
                (0xD6..=0xDB, Some(&low)) => {
                    scan.at += 2;
                    CODES[usize::from(lead - 0xD6) << 6 | usize::from(low & 0x3F)]
                }
                (0..0x80, _) => {
                    scan.at += 1;
                    ASCII[usize::from(lead)].into()
                }
                _ => {
                    let (seen, code) = scan.rare(bytes);
                    scan = seen;
                    match code {
                        Some(code) => code,
                        None => break,
                    }
                }
            };
            if code > SKIPPED {
                scan.letter(code, before);
            } else if scan.word.len > 0 {
                if code == SKIPPED {
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

    const NONE: Self = Self { start: 0, end: 0, key: 0, len: 0, head: [0; HEAD], is_joined: false };

    fn closed(mut self) -> Self {
        if self.len > MAX_LETTERS {
            self.key = 0;
        }
        self
    }

    /// The key of what is left without the first `n` letters, whose key is `key`.
    #[must_use]
    pub fn key_without(&self, n: usize, key: u64) -> u64 {
        let left = self.len.saturating_sub(n);
        POWERS.get(left).map_or(0, |power| self.key.wrapping_sub(key.wrapping_mul(*power)))
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
    #[inline(always)]
    fn letter(&mut self, code: u16, before: usize) {
        let word = &mut self.word;
        if word.len == 0 {
            word.start = before;
        }
        if let Some(slot) = word.head.get_mut(word.len) {
            *slot = code;
        }
        self.last = code;
        word.len += 1;
        word.key = with_letter(word.key, code);
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
                self.letter(last, before);
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
        self.letter(u16::from(b'"'), before);
        Some(self)
    }
}

/// The key of a word with one letter more.
#[must_use]
#[inline(always)]
pub fn with_letter(key: u64, code: u16) -> u64 {
    key.wrapping_mul(BASE).wrapping_add(code as u64)
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
