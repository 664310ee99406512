//! Marks that come in pairs: quotation marks, brackets, direction controls. In: a part of a text. Out: the partners
//! that it lacks. [`Unpaired::of`] is the entry, and [`with_partners`] for a part that is to be whole.

use std::ops::Range;

/// What a part of a text lacks at its ends.
#[derive(Debug, Default)]
pub(super) struct Unpaired {
    /// Openers of what it only closes, in the order in which they stand before it.
    pub(super) openers: String,
    /// Closers of what it only opens, in the order in which they stand after it.
    pub(super) closers: String,
}

impl Unpaired {
    pub(super) fn of(text: &str) -> Self {
        Self::of_parts(&[text])
    }

    /// Of a text in several parts.
    pub(super) fn of_parts(parts: &[&str]) -> Self {
        if !parts.iter().any(|part| part.bytes().any(|byte| BEGINS[usize::from(byte)])) {
            return Self::default();
        }
        let mut openers = Vec::new();
        let mut waiting: Vec<char> = Vec::new();
        let mut before = ' ';
        // The double prime is what some keyboards give for a closing quotation mark.
        let chars = parts.iter().flat_map(|part| part.chars());
        let mut chars = chars.map(|c| if c == '\u{2033}' { '"' } else { c }).peekable();
        while let Some(c) = chars.next() {
            // Most characters are none of the marks: letters, digits and spaces.
            if matches!(c, ' ' | 'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{600}'..='\u{6FF}') {
                before = c;
                continue;
            }
            let closes_straight = (c == '"').then(|| closes(before, chars.peek()));
            if let Some(closer) = closer_of(c).or((closes_straight == Some(false)).then_some('"')) {
                waiting.push(closer);
            } else if let Some(opener) =
                opener_of(c).or((closes_straight == Some(true)).then_some('"'))
            {
                match partner(&waiting, c) {
                    // Only its own partner: what stands open within crossing marks stays open.
                    Some(at) => drop(waiting.remove(at)),
                    None if is_control(c) => {}
                    None => openers.push(opener),
                }
            }
            before = c;
        }
        Self { openers: openers.iter().rev().collect(), closers: waiting.iter().rev().collect() }
    }
}

/// For each byte whether a mark begins with it. Most texts have none.
static BEGINS: [bool; 256] = {
    let mut bytes = [false; 256];
    let marks = b"\"()[]{}\xC2\xE2";
    let mut at = 0;
    while at < marks.len() {
        bytes[marks[at] as usize] = true;
        at += 1;
    }
    bytes
};

/// Where the mark that `c` closes waits. Newsrooms mix curly and straight quotation marks: one closes the other.
fn partner(waiting: &[char], c: char) -> Option<usize> {
    let same = waiting.iter().rposition(|&closer| closer == c);
    let is_quote = |c: char| matches!(c, '”' | '"');
    same.or_else(|| waiting.iter().rposition(|&closer| is_quote(closer) && is_quote(c)))
}

/// Whether a straight quotation mark closes: it stands after a word and not before one.
fn closes(before: char, after: Option<&char>) -> bool {
    !before.is_whitespace() && !after.is_some_and(|c| c.is_alphanumeric())
}

/// What closes an opening mark or direction control.
pub(super) fn closer_of(c: char) -> Option<char> {
    Some(match c {
        '«' => '»',
        '‹' => '›',
        '“' => '”',
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '\u{2066}'..='\u{2068}' => '\u{2069}',
        '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => '\u{202C}',
        _ => return None,
    })
}

/// What opens a closing mark or direction control.
pub(super) fn opener_of(c: char) -> Option<char> {
    Some(match c {
        '»' => '«',
        '›' => '‹',
        '”' => '“',
        ')' => '(',
        ']' => '[',
        '}' => '{',
        '\u{2069}' => '\u{2068}',
        '\u{202C}' => '\u{202B}',
        _ => return None,
    })
}

/// A part of a text, and the partners of marks in it that stand right beside it; what is outside `within` is none.
#[must_use]
pub fn with_partners(text: &str, part: Range<usize>, within: Range<usize>) -> Range<usize> {
    let lacks = text.get(part.clone()).map(Unpaired::of).unwrap_or_default();
    let before = text.get(within.start..part.start).unwrap_or_default();
    let after = text.get(part.end..within.end).unwrap_or_default();
    let (openers, closers) = (&*lacks.openers, &*lacks.closers);
    let start = if before.ends_with(openers) { part.start - openers.len() } else { part.start };
    let end = if after.starts_with(closers) { part.end + closers.len() } else { part.end };
    start..end
}

fn is_control(c: char) -> bool {
    matches!(c, '\u{2069}' | '\u{202C}')
}

/// The quotation marks that something between `before` and `after` stands in: the nearest mark before it in its
/// paragraph opens, and the nearest after it closes.
pub(super) fn quotes_around(before: &str, after: &str) -> Option<(char, char)> {
    let is_mark = |c: &char| matches!(c, '«' | '»' | '“' | '”');
    // All of them begin with one of two bytes, which no Arabic letter has.
    let has_marks = |text: &str| text.bytes().any(|byte| matches!(byte, 0xC2 | 0xE2));
    if !has_marks(before) || !has_marks(after) {
        return None;
    }
    let before = before.rsplit("\n\n").next().unwrap_or(before);
    let after = after.split("\n\n").next().unwrap_or(after);
    let open = before.chars().rev().find(is_mark)?;
    let close = after.chars().find(is_mark)?;
    (closer_of(open) == Some(close)).then_some((open, close))
}
