//! The sentence around a name. In: a paragraph and the name's place in it. Out: what stands before the name, the
//! name, what stands after it. [`sentence_around`] is the entry.
//!
//! Only the neighbourhood of the name is read, so that the cost does not grow with the text.

use std::{borrow::Cow, ops::Range};

use super::{
    pairs::{Unpaired, closer_of, opener_of, quotes_around},
    words::{fold_space, is_line, is_loose_end},
};

/// The sentence around the bytes `start..end` of `text` as (before, name, after), white space folded, together at
/// most `max_chars` characters (the name alone may be longer). A sentence that is longer is cut between words, with
/// an ellipsis on the cut side; quotation marks and brackets whose partner is cut off get it back.
///
/// A sentence ends at `.` `؟` `?` `!` `…` `۔` before a space, at an empty line, or where a space was forgotten before
/// an Arabic word; not after an abbreviation or initial («د.», `Mr.`, `U.S.`), and not within numbers.
#[must_use]
pub fn sentence_around(
    text: &str,
    start: usize,
    end: usize,
    max_chars: usize,
) -> (String, String, String) {
    let start = floor(text, start);
    let end = floor(text, end).max(start);
    // What lies further away is cut off in any case.
    let reach = 4 * (max_chars + 8);
    let before = joined_end(&text[sentence_start(text, start, reach)..start]);
    let after = joined_start(&text[end..sentence_end(text, end, reach)]);
    let nearby = (floor(text, start.saturating_sub(reach)), floor(text, end + reach));
    let quotes = quotes_around(&text[nearby.0..start], &text[end..nearby.1]);
    let excerpt = Excerpt { before, name: plain(&text[start..end]), after, quotes };
    excerpt.fit(max_chars)
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Without direction controls that span text: their partner may be elsewhere.
fn plain(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if is_line(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    let text = fold_space(text);
    let has_any = text.contains(is_spanning_control);
    Cow::Owned(if has_any { text.replace(is_spanning_control, "") } else { text })
}

fn is_spanning_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// What stands before a name, with a space at its end if one parts it from the name.
fn joined_end(text: &str) -> Cow<'_, str> {
    let text = text.trim_start();
    if is_line(text.strip_suffix(' ').unwrap_or(text)) {
        return Cow::Borrowed(text);
    }
    let folded = plain(text);
    let is_apart = !folded.is_empty() && text.ends_with(char::is_whitespace);
    if is_apart { Cow::Owned(format!("{folded} ")) } else { folded }
}

/// What stands after a name, with a space at its beginning if one parts it from the name.
fn joined_start(text: &str) -> Cow<'_, str> {
    let text = text.trim_end();
    if is_line(text.strip_prefix(' ').unwrap_or(text)) {
        return Cow::Borrowed(text);
    }
    let folded = plain(text);
    let is_apart = !folded.is_empty() && text.starts_with(char::is_whitespace);
    if is_apart { Cow::Owned(format!(" {folded}")) } else { folded }
}

/// First byte of the sentence that holds the byte `at`, at most `reach` bytes before it.
fn sentence_start(text: &str, at: usize, reach: usize) -> usize {
    let lowest = floor(text, at.saturating_sub(reach));
    let found = may_end(text, lowest..at).rev().find_map(|(at, c)| end_at(text, at, c));
    let cut = || text[lowest..at].find(' ').map_or(at, |space| lowest + space);
    found.unwrap_or_else(|| if lowest == 0 { 0 } else { cut() }).min(at)
}

/// The byte after the sentence that holds the byte `at`, at most `reach` bytes after it.
fn sentence_end(text: &str, at: usize, reach: usize) -> usize {
    let highest = floor(text, at + reach);
    let found = may_end(text, at..highest).find_map(|(at, c)| end_at(text, at, c));
    let cut = || text[at..highest].rfind(' ').map_or(at, |space| at + space);
    found.unwrap_or_else(|| if highest == text.len() { highest } else { cut() })
}

/// Whether a sentence ends between two bytes of a text, so that what stands at them is not of one.
#[must_use]
pub fn ends_between(text: &str, from: usize, to: usize) -> bool {
    let (from, to) = (floor(text, from), floor(text, to));
    may_end(text, from..to).any(|(at, c)| end_at(text, at, c).is_some())
}

/// The marks between two bytes of a text that may end a sentence, and line breaks, each with its first byte. Found by their
/// last bytes, which few letters share.
fn may_end(text: &str, range: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, char)> {
    let bytes = text.as_bytes().get(range.clone()).unwrap_or_default();
    bytes.iter().enumerate().filter_map(move |(at, last)| {
        let (length, c) = match last {
            b'.' => (1, '.'),
            b'?' => (1, '?'),
            b'!' => (1, '!'),
            b'\n' => (1, '\n'),
            0x9F => (2, '؟'),
            0x94 => (2, '۔'),
            0xA6 => (3, '…'),
            _ => return None,
        };
        let start = (at + 1).checked_sub(length)?;
        let is_whole =
            length == 1 || bytes[start..].starts_with(c.encode_utf8(&mut [0; 4]).as_bytes());
        is_whole.then_some((range.start + start, c))
    })
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '؟' | '?' | '!' | '…' | '۔')
}

/// If a sentence ends with the character `c` at the byte `at`: the byte after it and after the marks that close with
/// it.
fn end_at(text: &str, at: usize, c: char) -> Option<usize> {
    let rest = &text[at + c.len_utf8()..];
    if c == '\n' {
        return rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n').then_some(at);
    }
    let closing = rest
        .find(|c| !is_terminator(c) && opener_of(c).is_none() && c != '"')
        .unwrap_or(rest.len());
    let end = text.len() - rest.len() + closing;
    let Some(next) = text[end..].chars().next() else { return Some(end) };
    let forgotten_space = is_arabic_letter(next) && c != '…';
    let parts = next.is_whitespace() || forgotten_space || (c != '.' && closer_of(next).is_some());
    let is_end = parts && (c != '.' || stop_ends(&text[..at], &text[end..], forgotten_space));
    is_end.then_some(end)
}

/// Whether a full stop between `before` and `after` ends a sentence.
fn stop_ends(before: &str, after: &str, forgotten_space: bool) -> bool {
    let follows_in_lower_case = after.trim_start().starts_with(char::is_lowercase);
    let (rest, word) = last_word(before);
    let is_number = |word: &str| word.ends_with(|c: char| c.is_numeric());
    if follows_in_lower_case || (forgotten_space && is_number(word)) {
        return false;
    }
    // «عام 2023 م.» and «1445 هـ.» end like any other word.
    !is_abbreviation(word, last_word(rest).1) || is_number(last_word(rest).1)
}

fn last_word(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    let at = text
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    (&text[..at], text[at..].trim_start_matches(|c: char| !c.is_alphanumeric()))
}

fn is_abbreviation(word: &str, word_before: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    let mut letters = last.chars().filter(|c| c.is_alphabetic() && *c != '\u{640}');
    let is_single =
        letters.next().is_some() && letters.next().is_none() && !last.contains(char::is_numeric);
    let is_initial = INITIALS.contains(&last) && !INITIALS.contains(&word_before);
    is_single || is_initial || ARABIC.contains(&word) || LATIN.contains(&word)
}

/// Titles with an attached particle.
const ARABIC: [&str; 4] = ["ود", "وم", "وأ", "لد"];

/// Names of Latin letters, as they stand for initials: «جورج دبليو. بوش».
const INITIALS: [&str; 22] = [
    "إيه",
    "بي",
    "سي",
    "دي",
    "إي",
    "إف",
    "جي",
    "إتش",
    "آي",
    "جيه",
    "كيه",
    "إل",
    "إم",
    "إن",
    "أو",
    "كيو",
    "آر",
    "إس",
    "تي",
    "يو",
    "في",
    "دبليو",
];

const LATIN: [&str; 24] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sr", "Jr", "No", "vs", "Inc", "Ltd", "Co", "Corp",
    "Gen", "Col", "Lt", "Sgt", "Gov", "Sen", "Rep", "Hon", "Rev", "Maj",
];

fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}')
}

/// A sentence in three parts, of any length.
struct Excerpt<'t> {
    before: Cow<'t, str>,
    name: Cow<'t, str>,
    after: Cow<'t, str>,
    /// What the name is quoted in. A sentence of a quotation must not read as the newsroom's own.
    quotes: Option<(char, char)>,
}

impl Excerpt<'_> {
    /// Cuts the two sides so that the whole has at most `max_chars` characters.
    fn fit(self, max_chars: usize) -> (String, String, String) {
        let length = |text: &str| text.chars().count();
        let room = max_chars.saturating_sub(length(&self.name));
        let (b, a) = (length(&self.before), length(&self.after));
        if b + a <= room
            && let Some((before, after)) = self.paired(&self.before, &self.after, room)
        {
            return (before, self.name.into_owned(), after);
        }
        // Two characters are kept for quotation marks that a cut may part from their partner.
        let free = room.saturating_sub(2);
        let for_before = if a <= free / 2 { free - a } else { (free / 2).min(b) };
        let before = cut_start(&self.before, for_before);
        let after = cut_end(&self.after, free.saturating_sub(length(&before)));
        let (before, after) = self.paired(&before, &after, room).unwrap_or((before, after));
        (before, self.name.into_owned(), after)
    }

    /// The two sides with the partners of their quotation marks and brackets; `None` if there is no room for them.
    fn paired(&self, before: &str, after: &str, room: usize) -> Option<(String, String)> {
        let whole = [before, &self.name, after];
        let mut lacks = Unpaired::of_parts(&whole);
        if let Some((open, close)) = self.quotes
            && !whole.iter().any(|part| part.contains([open, close]))
        {
            lacks.openers.insert(0, open);
            lacks.closers.push(close);
        }
        let (before, after) = ([&lacks.openers, before].concat(), [after, &lacks.closers].concat());
        (before.chars().count() + after.chars().count() <= room).then_some((before, after))
    }
}

/// The last words of a text in at most `room` characters, behind an ellipsis if some are left out.
fn cut_start(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let lowest = text
        .char_indices()
        .rev()
        .take(room.saturating_sub(1))
        .last()
        .map_or(text.len(), |(at, _)| at);
    let is_whole = text[..lowest].ends_with(' ');
    let from =
        if is_whole { Some(lowest) } else { text[lowest..].find(' ').map(|at| lowest + at + 1) };
    let kept = from.map_or("", |from| &text[from..]);
    let kept = kept.trim_start_matches(|c| is_loose_end(c) && closer_of(c).is_none());
    match room {
        0 => String::new(),
        // A space alone would part the ellipsis from the name.
        _ => format!("…{kept}"),
    }
}

/// The first words of a text in at most `room` characters, before an ellipsis if some are left out.
fn cut_end(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let limit = text.char_indices().nth(room.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let is_whole = text[limit..].starts_with(' ');
    let end = if is_whole { limit } else { text[..limit].rfind(' ').unwrap_or(0) };
    match room {
        0 => String::new(),
        _ => format!("{}…", text[..end].trim_end_matches(is_loose_end)),
    }
}
