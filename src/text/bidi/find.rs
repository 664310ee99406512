//! Parts of a text that may be seen in a wrong order, by their form. In: text without controls, its manner. Out:
//! candidates in order, none within another. [`candidates`] is the entry; whether one is isolated is decided elsewhere.

use std::ops::Range;

use super::{Class, Direction, Island, Manner, class, numbers, phrase};

/// A part of a text by its characters, each with its byte.
pub(super) struct Chars<'t> {
    text: &'t str,
    chars: Vec<(usize, char)>,
    /// The byte behind the part.
    end: usize,
}

impl<'t> Chars<'t> {
    /// No part of a text yet.
    fn none_of(text: &'t str) -> Self {
        Self { text, chars: Vec::new(), end: 0 }
    }

    fn all_of(text: &'t str) -> Self {
        let mut chars = Self::none_of(text);
        chars.read(0..text.len());
        chars
    }

    /// Takes these bytes of the text for the part.
    fn read(&mut self, part: Range<usize>) {
        let start = part.start;
        self.end = part.end;
        self.chars.clear();
        self.chars.extend(self.text[part].char_indices().map(|(at, c)| (start + at, c)));
    }

    /// The character at a place; a space beyond the ends.
    pub(super) fn at(&self, at: usize) -> char {
        self.chars.get(at).map_or(' ', |(_, c)| *c)
    }

    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |at| self.at(at))
    }

    pub(super) fn class(&self, at: usize) -> Class {
        class(self.at(at))
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The first place from `at` on whose character is none of these.
    pub(super) fn skip(&self, mut at: usize, is_in: impl Fn(char) -> bool) -> usize {
        while at < self.len() && is_in(self.at(at)) {
            at += 1;
        }
        at
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.end, |(byte, _)| *byte)
    }

    /// What stands between two places.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(self.byte(from)..self.byte(to)).unwrap_or_default()
    }

    pub(super) fn island(&self, from: usize, to: usize, direction: Direction) -> Island {
        Island::new(self.byte(from)..self.byte(to), direction)
    }
}

/// Parts of a text that may be seen in a wrong order.
pub(super) fn candidates(text: &str, manner: Manner) -> Vec<Island> {
    let mut found = Vec::new();
    if manner.direction == Direction::Ltr {
        read_all(&Chars::all_of(text), manner, &mut found);
        return found;
    }
    // In text from right to left they are few and short.
    let mut chars = Chars::none_of(text);
    let mut at = 0;
    while let Some(start) = first_start(text, at) {
        let before = text[..start].chars().next_back().map_or(0, char::len_utf8);
        at = end_of_part(text, start);
        chars.read(start - before..at);
        read_all(&chars, manner, &mut found);
    }
    found
}

/// The first byte, from `at` on, with which a candidate may begin in text from right to left.
fn first_start(text: &str, at: usize) -> Option<usize> {
    let is_start = |c: char| match c {
        '@' | '#' | '/' | '~' | '(' | '$' => true,
        c if c.is_ascii_punctuation() => numbers::is_sign(c),
        c => numbers::is_sign(c) || matches!(class(c), Class::Ltr | Class::Digit),
    };
    text[at..].find(is_start).map(|found| at + found)
}

/// Where, behind `start`, a part of a text from right to left ends that can be read without the rest: behind a space and the
/// letter from right to left after it, which nothing that began before them reaches over.
fn end_of_part(text: &str, start: usize) -> usize {
    let mut is_apart = false;
    let ends = |c: char| {
        let is_end = is_apart && class(c) == Class::Rtl;
        is_apart = c == ' ';
        is_end
    };
    let rest = &text[start..];
    let end = rest.find(ends).and_then(|at| Some(at + rest[at..].chars().next()?.len_utf8()));
    start + end.unwrap_or(rest.len())
}

/// Reads all that begins in a part of a text into `found`.
fn read_all(chars: &Chars<'_>, manner: Manner, found: &mut Vec<Island>) {
    let mut at = 0;
    while at < chars.len() {
        let next = one(chars, at, manner, found);
        at = next.unwrap_or_else(|| beyond(chars, at));
    }
}

/// Reads what begins at a place into `found`; the place behind it, or `None` if nothing begins there.
fn one(chars: &Chars<'_>, at: usize, manner: Manner, found: &mut Vec<Island>) -> Option<usize> {
    let c = chars.at(at);
    let is_start = c.is_ascii_graphic() || !matches!(class(c), Class::Other | Class::Rtl);
    if !is_start && manner.direction == Direction::Rtl && !numbers::is_sign(c) {
        return None;
    }
    if let Some(end) = address(chars, at) {
        found.push(chars.island(at, end, Direction::Ltr));
        return Some(end);
    }
    if let Some((end, islands)) = numbers::read(chars, at, manner) {
        found.extend(islands);
        return Some(end);
    }
    phrase::read(chars, at, manner, found)
}

/// The place behind a word or character of which nothing begins.
fn beyond(chars: &Chars<'_>, at: usize) -> usize {
    match chars.class(at) {
        Class::Other => at + 1,
        kind => chars.skip(at, |c| class(c) == kind).max(at + 1),
    }
}

/// The end of a URL, an e-mail address, a handle, a tag, a path or an option of a command that begins at a place.
fn address(chars: &Chars<'_>, at: usize) -> Option<usize> {
    let before = chars.before(at);
    if before.is_ascii_alphanumeric() || matches!(before, '/' | '@' | '.' | '-' | '_') {
        return None;
    }
    let end = chars.skip(at, |c| !c.is_whitespace() && !ends_address(c));
    let word = chars.slice(at, end);
    let is_letter = |at: usize| chars.at(at).is_ascii_alphanumeric();
    let is_address = match chars.at(at) {
        '@' | '#' => is_letter(at + 1) && !has_rtl(word),
        '/' => is_letter(at + 1) && chars.class(at + 1) == Class::Ltr && !has_rtl(word),
        '~' => chars.at(at + 1) == '/',
        '-' if chars.at(at + 1) == '-' => chars.at(at + 2).is_ascii_alphabetic(),
        '-' => chars.at(at + 1).is_ascii_alphabetic() && !before.is_alphanumeric(),
        c if c.is_ascii_alphanumeric() => is_web(word) || is_mail(word) || is_drive(word),
        _ => false,
    };
    is_address.then(|| trimmed(chars, at, end))
}

/// Marks that end an address though no space does.
fn ends_address(c: char) -> bool {
    matches!(c, '«' | '»' | '"' | '“' | '”' | '<' | '>' | '\u{60C}' | '\u{61B}' | '\u{61F}' | '|')
}

fn is_web(word: &str) -> bool {
    let scheme = word.split_once("://").map(|(scheme, rest)| (scheme, !rest.is_empty()));
    let is_scheme = |it: &str| it.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if let Some((scheme, true)) = scheme {
        return is_scheme(scheme);
    }
    let host = word.split('/').next().unwrap_or_default();
    let (name, top) = host.rsplit_once('.').unwrap_or_default();
    let is_host =
        |it: &str| it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    word.starts_with("www.") && word.len() > 4
        // `example.com/…`; a host alone is a word like others.
        || word.len() > host.len() && !name.is_empty() && is_host(name) && (2..=12).contains(&top.len()) && top.bytes().all(|it| it.is_ascii_alphabetic())
}

fn is_mail(word: &str) -> bool {
    let (name, host) = word.split_once('@').unwrap_or_default();
    let is_name = name.bytes().all(|it| it.is_ascii_alphanumeric() || b"._%+-".contains(&it));
    !name.is_empty()
        && is_name
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.contains('.')
}

fn is_drive(word: &str) -> bool {
    matches!(word.as_bytes(), [letter, b':', b'\\', _, ..] if letter.is_ascii_alphabetic())
}

fn has_rtl(word: &str) -> bool {
    word.chars().any(|c| class(c) == Class::Rtl)
}

/// An address without the marks of the sentence that it ends.
fn trimmed(chars: &Chars<'_>, at: usize, mut end: usize) -> usize {
    let opens = |it: char| (at..end).filter(|&at| chars.at(at) == it).count();
    let has_opener = opens('(') >= opens(')').max(1);
    while end > at + 1 {
        match chars.at(end - 1) {
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '’' | ']' | '}' | '…' | '*' => end -= 1,
            ')' if !has_opener => end -= 1,
            _ => break,
        }
    }
    end
}

/// The parts of an address that run from right to left: each step of a path for itself.
pub(super) fn parts_of_address(text: &str) -> Vec<Island> {
    let chars = Chars::all_of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars.class(at) != Class::Rtl {
            at += 1;
            continue;
        }
        let is_part = |c: char| !c.is_ascii() || matches!(c, '-' | '_') || c.is_ascii_digit();
        let mut end = chars.skip(at, is_part);
        while end > at && chars.class(end - 1) == Class::Other {
            end -= 1;
        }
        found.push(chars.island(at, end, Direction::Rtl));
        at = end.max(at + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// In parts nothing else is found than in the whole.
        #[test]
        fn parts_hold_all_candidates(text in "([ a-cA-C0-3\u{627}-\u{62A}\u{660}-\u{662}.,!?()\"/:@#+%$=~_&*'\u{A3}\u{60C}\u{AB}\u{BB}\u{64E}\u{2013}\u{2019}\u{2212}\n-]|Inc\\.| km| \u{627}|http://|www\\.|, |\\. ){0,24}", language in "ar|fa|he") {
            let manner = Manner::of(&language);
            let mut whole = Vec::new();
            read_all(&Chars::all_of(&text), manner, &mut whole);
            prop_assert_eq!(candidates(&text, manner), whole);
        }
    }
}
