//! Cuts a file's text into front matter and body: [`cut`].
//!
//! Front matter is what stands between a first line `---` and the next line `---` or `...`, if it begins like a map.
//! A `---` that opens a thematic break is body. A byte order mark, `\r\n` and white space after the marks are accepted.

use crate::model::source::Document;

use super::yaml::{lines::key_at_start, marks};

/// Front matter and body of a file's text. Never fails: without front matter all is body.
#[must_use]
pub fn cut(text: &str) -> Document<'_> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    front_matter(text).unwrap_or(Document { front: "", front_line: 1, body: text, body_line: 1 })
}

fn front_matter(text: &str) -> Option<Document<'_>> {
    let mut lines = lines(text);
    let (_, opening) = lines.next()?;
    if opening.trim_end() != "---" {
        return None;
    }
    let start = lines.at;
    let mut line_number = 1_u32;
    loop {
        let (end, line) = lines.next()?;
        line_number = line_number.saturating_add(1);
        if matches!(line.trim_end(), "---" | "...") {
            let front = &text[start..end];
            return begins_like_a_map(front).then(|| Document {
                front,
                front_line: 2,
                body: &text[lines.at..],
                body_line: line_number.saturating_add(1),
            });
        }
    }
}

/// Whether the text between two `---` lines is meant as YAML: empty, or its first line is a key and not a paragraph.
fn begins_like_a_map(front: &str) -> bool {
    let first = lines(front)
        .map(|(_, line)| line)
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_none_or(|line| is_key_line(line) || line.starts_with('{'))
        || lines(front).any(|(_, line)| is_known_key_line(line))
}

/// Whether a line can begin front matter: `key:`, alone or with a value after a space.
fn is_key_line(line: &str) -> bool {
    key_at_start(line.trim_start_matches(|it| marks::invisible_name(it).is_some())).is_some()
}

/// Whether a line begins with one of the keys that nearly every file has.
fn is_known_key_line(line: &str) -> bool {
    ["title", "name", "date"]
        .iter()
        .any(|key| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

/// The lines of a text without their ends, each with its byte offset.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

fn lines(text: &str) -> Lines<'_> {
    Lines { text, at: 0 }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        self.at = start + length;
        Some((start, rest[..length].trim_end_matches(['\n', '\r'])))
    }
}
