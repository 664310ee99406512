//! Parts of a text that may be seen in a wrong order, by their form. In: text without controls, its manner. Out:
//! candidates in order, none within another. [`candidates`] is the entry; whether one is isolated is decided elsewhere.

use super::{Class, Direction, Island, Manner, class, numbers, phrase};

/// A text by its characters, each with its byte.
pub(super) struct Chars(Vec<(usize, char)>, usize);

impl Chars {
    pub(super) fn of(text: &str) -> Self {
        // Counted first: a list that grows is copied again and again.
        let mut chars = Vec::with_capacity(text.chars().count());
        chars.extend(text.char_indices());
        Self(chars, text.len())
    }

    /// The character at a place; a space beyond the ends.
    pub(super) fn at(&self, at: usize) -> char {
        self.0.get(at).map_or(' ', |(_, c)| *c)
    }

    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |at| self.at(at))
    }

    pub(super) fn class(&self, at: usize) -> Class {
        class(self.at(at))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The first place from `at` on whose character is none of these.
    pub(super) fn skip(&self, mut at: usize, is_in: impl Fn(char) -> bool) -> usize {
        while at < self.len() && is_in(self.at(at)) {
            at += 1;
        }
        at
    }

    fn byte(&self, at: usize) -> usize {
        self.0.get(at).map_or(self.1, |(byte, _)| *byte)
    }

    pub(super) fn island(&self, from: usize, to: usize, direction: Direction) -> Island {
        Island::new(self.byte(from)..self.byte(to), direction)
    }
}

/// Parts of a text that may be seen in a wrong order.
pub(super) fn candidates(text: &str, manner: Manner) -> Vec<Island> {
    let chars = Chars::of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let next = one(&chars, at, manner, &mut found);
        at = next.unwrap_or_else(|| beyond(&chars, at));
    }
    found
}

/// Reads what begins at a place into `found`; the place behind it, or `None` if nothing begins there.
fn one(chars: &Chars, at: usize, manner: Manner, found: &mut Vec<Island>) -> Option<usize> {
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
fn beyond(chars: &Chars, at: usize) -> usize {
    match chars.class(at) {
        Class::Other => at + 1,
        kind => chars.skip(at, |c| class(c) == kind).max(at + 1),
    }
}

/// The end of a URL, an e-mail address, a handle, a tag, a path or an option of a command that begins at a place.
fn address(chars: &Chars, at: usize) -> Option<usize> {
    let before = chars.before(at);
    if before.is_ascii_alphanumeric() || matches!(before, '/' | '@' | '.' | '-' | '_') {
        return None;
    }
    let end = chars.skip(at, |c| !c.is_whitespace() && !ends_address(c));
    let word: String = (at..end).map(|at| chars.at(at)).collect();
    let is_letter = |at: usize| chars.at(at).is_ascii_alphanumeric();
    let is_address = match chars.at(at) {
        '@' | '#' => is_letter(at + 1) && !has_rtl(&word),
        '/' => is_letter(at + 1) && chars.class(at + 1) == Class::Ltr && !has_rtl(&word),
        '~' => chars.at(at + 1) == '/',
        '-' if chars.at(at + 1) == '-' => chars.at(at + 2).is_ascii_alphabetic(),
        '-' => chars.at(at + 1).is_ascii_alphabetic() && !before.is_alphanumeric(),
        c if c.is_ascii_alphanumeric() => is_web(&word) || is_mail(&word) || is_drive(&word),
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
fn trimmed(chars: &Chars, at: usize, mut end: usize) -> usize {
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
    let chars = Chars::of(text);
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
