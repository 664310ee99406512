//! Characters that nobody sees, beside keys and dashes: [`tidy`] takes them out and reports them by name.
//!
//! They come from right-to-left editors, chats and word processors, and YAML would take them for part of a key. Tabs
//! that indent become spaces, for YAML does not allow them.

use std::borrow::Cow;

use crate::diag::{Diagnostic, Place};

/// The name of a character that is not seen; `None` if it is seen, or is a space, tab or line end.
pub(crate) fn invisible_name(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{A0}' => "no-break space, U+00A0",
        '\u{AD}' => "soft hyphen, U+00AD",
        '\u{61C}' => "Arabic letter mark, U+061C",
        '\u{200B}' => "zero width space, U+200B",
        '\u{200C}' => "zero width non-joiner, U+200C",
        '\u{200D}' => "zero width joiner, U+200D",
        '\u{200E}' => "left-to-right mark, U+200E",
        '\u{200F}' => "right-to-left mark, U+200F",
        '\u{202A}' => "left-to-right embedding, U+202A",
        '\u{202B}' => "right-to-left embedding, U+202B",
        '\u{202C}' => "pop directional formatting, U+202C",
        '\u{202D}' => "left-to-right override, U+202D",
        '\u{202E}' => "right-to-left override, U+202E",
        '\u{202F}' => "narrow no-break space, U+202F",
        '\u{2060}' => "word joiner, U+2060",
        '\u{2066}' => "left-to-right isolate, U+2066",
        '\u{2067}' => "right-to-left isolate, U+2067",
        '\u{2068}' => "first strong isolate, U+2068",
        '\u{2069}' => "pop directional isolate, U+2069",
        '\u{FEFF}' => "byte order mark, U+FEFF",
        _ => return None,
    })
}

/// A text without invisible characters at its ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|it: char| it.is_whitespace() || invisible_name(it).is_some())
}

/// The front matter without invisible characters before and after keys, dashes and colons, line by line, with a
/// warning for each line that had some.
pub(super) fn tidy<'a>(
    file: &str,
    front: &'a str,
    first_line: u32,
    diagnostics: &mut Vec<Diagnostic>,
) -> Cow<'a, str> {
    if is_plain(front)
        || !front.chars().any(|it| it == '\t' || invisible_name(it).is_some() || is_control(it))
    {
        return Cow::Borrowed(front);
    }
    if let Some(at) = front.find(is_control) {
        let message = "control character that YAML does not allow; left out";
        let place = Place::of_offset(front, at, first_line);
        diagnostics.push(
            Diagnostic::warning(file, place, "control-character", message)
                .hint("delete what stands there, though nothing is seen"),
        );
        let allowed = front.replace(is_control, "");
        return Cow::Owned(tidy(file, &allowed, first_line, diagnostics).into_owned());
    }
    let mut tidied = String::with_capacity(front.len());
    let mut literal: Option<usize> = None;
    for (line_number, line) in (first_line..).zip(front.split_inclusive('\n')) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if literal.is_some_and(|parent| indent > parent || line.trim().is_empty()) {
            tidied.push_str(line);
            continue;
        }
        let mut cleaner = Cleaner { out: String::new(), found: None, column: 1 };
        cleaner.line(line);
        if let Some((column, name)) = cleaner.found {
            diagnostics.push(
                Diagnostic::warning(
                    file,
                    Place::at(line_number, column),
                    "invisible-character",
                    format!("invisible character ({name}) beside a key"),
                )
                .hint(format!("delete it, or write the line anew: `{}`", cleaner.out.trim())),
            );
        }
        literal = opens_literal(&cleaner.out).then_some(indent);
        tidied.push_str(&cleaner.out);
    }
    Cow::Owned(tidied)
}

/// Whether the lines below are text: the line ends in `|` or `>`.
fn opens_literal(line: &str) -> bool {
    line.trim_end()
        .trim_end_matches(|it: char| it.is_ascii_digit() || it == '+' || it == '-')
        .rsplit_once([' ', '\t'])
        .is_some_and(|(before, mark)| {
            matches!(mark, "|" | ">") && before.trim_end().ends_with([':', '-'])
        })
}

struct Cleaner {
    out: String,
    found: Option<(u32, &'static str)>,
    column: u32,
}

impl Cleaner {
    fn line(&mut self, line: &str) {
        let structured = line.trim_start_matches(is_gap);
        if !structured.starts_with('-') && key_end(structured).is_none() {
            self.out.push_str(line);
            return;
        }
        let mut rest = self.gap(line, "  ");
        while let Some(after) = rest.strip_prefix('-').filter(|it| it.starts_with(is_gap)) {
            self.push("-");
            rest = self.value_gap(after);
        }
        if let Some(colon) = key_end(rest) {
            let key = rest[..colon].trim_end_matches(is_gap);
            self.push(key);
            self.gap(&rest[key.len()..colon], " ");
            self.push(":");
            rest = self.value_gap(&rest[colon + 1..]);
        }
        self.out.push_str(rest);
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += u32::try_from(text.chars().count()).unwrap_or_default();
    }

    /// The gap before a value. A direction mark that begins a text is the editor's own and stays.
    fn value_gap<'a>(&mut self, text: &'a str) -> &'a str {
        let value = text.trim_start_matches(is_gap);
        let gap = &text[..text.len() - value.len()];
        let kept = if value.starts_with(['"', '\'', '[', '{', '|', '>', '#']) || value.is_empty() {
            gap.len()
        } else {
            gap.find(is_direction_mark).unwrap_or(gap.len())
        };
        self.gap(&gap[..kept], " ");
        if !value.trim().is_empty() && !self.out.ends_with(' ') {
            self.out.push(' ');
            // The mark stood where YAML wants a space.
            if kept == 0 && !gap.is_empty() {
                self.note(gap.chars().next().unwrap_or_default());
            }
        }
        &text[kept..]
    }

    /// Writes the gap that `text` begins with as spaces, a tab as `tab`, and gives the rest.
    fn gap<'a>(&mut self, text: &'a str, tab: &str) -> &'a str {
        let rest = text.trim_start_matches(is_gap);
        for character in text[..text.len() - rest.len()].chars() {
            match character {
                ' ' => self.out.push(' '),
                '\t' => self.out.push_str(tab),
                '\u{A0}' | '\u{202F}' => {
                    self.note(character);
                    self.out.push(' ');
                }
                _ => self.note(character),
            }
            self.column += 1;
        }
        rest
    }

    fn note(&mut self, character: char) {
        if self.found.is_none() {
            self.found = invisible_name(character).map(|name| (self.column, name));
        }
    }
}

fn is_gap(character: char) -> bool {
    character == ' ' || character == '\t' || invisible_name(character).is_some()
}

/// Whether a text has nothing to tidy at first sight: ASCII that is seen, spaces, line ends, and letters of two bytes.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_seen = |(at, byte): (usize, &u8)| match byte {
        b' '..=b'~' | b'\n' | b'\r' | 0x80..=0xBF | 0xC3..=0xD7 | 0xD9..=0xDF => true,
        // U+061C is a direction mark.
        0xD8 => bytes.get(at + 1) != Some(&0x9C),
        _ => false,
    };
    bytes.iter().enumerate().all(is_seen)
}

/// Whether YAML refuses a text that holds the character (YAML 1.2, 5.1).
fn is_control(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{8}' | '\u{B}'..='\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}'
            | '\u{FFFE}'..='\u{FFFF}'
    )
}

fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The byte of the colon that ends the key `text` begins with.
fn key_end(text: &str) -> Option<usize> {
    if text.starts_with(['"', '\'', '[', '{', '#', '|', '>', '&', '*', '!']) {
        return None;
    }
    let colon = text.match_indices(':').map(|(at, _)| at).find(|at| {
        text[at + 1..].chars().next().is_none_or(|it| is_gap(it) || it == '\n' || it == '\r')
    })?;
    (text[..colon].chars().count() <= 40).then_some(colon)
}
