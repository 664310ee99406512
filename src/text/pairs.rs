//! Marks that come in pairs: quotation marks, brackets, direction controls. In: a part of a text. Out: the partners
//! that it lacks. [`Unpaired::of`] is the entry.

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
        let mut openers = Vec::new();
        let mut waiting = Vec::new();
        let mut before = ' ';
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let straight = (c == '"').then(|| closes(before, chars.peek()));
            if let Some(closer) = closer_of(c).or((straight == Some(false)).then_some('"')) {
                waiting.push(closer);
            } else if let Some(opener) = opener_of(c).or((straight == Some(true)).then_some('"')) {
                match waiting.iter().rposition(|&closer| closer == c) {
                    Some(at) => waiting.truncate(at),
                    None if is_control(c) => {}
                    None => openers.push(opener),
                }
            }
            before = c;
        }
        Self { openers: openers.iter().rev().collect(), closers: waiting.iter().rev().collect() }
    }
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

fn is_control(c: char) -> bool {
    matches!(c, '\u{2069}' | '\u{202C}')
}
