//! Front matter and settings as YAML, read so that meaning and places survive what editors do to it.
//!
//! In: the text between the `---` lines. Out: a [`Front`]: the top-level entries in order, and diagnostics. Entry: [`read`].
//!
//! 1. [`marks`] takes out invisible characters beside keys.
//! 2. [`lines`] quotes one-line texts that YAML would misread.
//! 3. `serde_yaml` reads the rest into [`node::Node`]s. If it fails, each top-level key is read by itself, so that all
//!    faults of a file are found and the good keys are kept.
//! 4. Only if something is to be reported, [`places`] reads the text again to find where everything stands.

pub(crate) mod lines;
pub(crate) mod marks;
pub(crate) mod node;
mod places;
mod quote;
pub(crate) mod schema;

use std::borrow::Cow;

use crate::diag::{Diagnostic, Place};

use self::{
    lines::Scan,
    node::{Entry, Node, Value},
    schema::Key,
};

/// Front matter as read.
#[derive(Debug)]
pub(crate) struct Front<'a> {
    /// The file it is from.
    pub(crate) file: &'a str,
    /// The keys that the file may have.
    pub(crate) keys: &'static [Key],
    /// The top-level keys with their values, in order, duplicates included.
    pub(crate) entries: Vec<Entry>,
    /// The file's line on which the front matter begins, from 1.
    pub(crate) first_line: u32,
    /// The top-level keys whose values could not be read.
    pub(crate) unread: Vec<String>,
    /// Whether nothing could be read at all.
    pub(crate) is_unreadable: bool,
    scan: Scan<'a>,
    parts: Vec<Part>,
}

/// A stretch of the text that was read as one YAML document.
#[derive(Debug)]
struct Part {
    bytes: std::ops::Range<usize>,
    /// Lines before it.
    line: u32,
    /// How many of the entries came from it.
    n_entries: usize,
}

/// Reads `text`, which begins on line `first_line` of `file`, a file that may have `keys`.
pub(crate) fn read<'a>(
    file: &'a str,
    text: &'a str,
    first_line: u32,
    keys: &'static [Key],
    diagnostics: &mut Vec<Diagnostic>,
) -> Front<'a> {
    let scan = match marks::tidy(file, text, first_line, diagnostics) {
        Cow::Borrowed(text) => lines::scan(file, text, first_line, keys, diagnostics),
        Cow::Owned(text) => {
            let scan = lines::scan(file, &text, first_line, keys, diagnostics);
            Scan { text: Cow::Owned(scan.text.into_owned()), blocks: scan.blocks }
        }
    };
    let mut front = Front {
        file,
        keys,
        entries: Vec::new(),
        first_line,
        unread: Vec::new(),
        is_unreadable: false,
        scan,
        parts: Vec::new(),
    };
    front.parse(diagnostics);
    front
}

impl Front<'_> {
    fn parse(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        match serde_yaml::from_str::<Node>(&self.scan.text) {
            Ok(Node { value: Value::Map(entries), .. }) => {
                let bytes = 0..self.scan.text.len();
                self.parts.push(Part { bytes, line: 0, n_entries: entries.len() });
                self.entries = entries;
            }
            Ok(Node { value: Value::Null, .. }) => {}
            Ok(node) => {
                self.is_unreadable = true;
                let message = format!("front matter is {}, not lines of `key: value`", node.kind());
                let fault = Diagnostic::error(
                    self.file,
                    Place::at(self.first_line, 1),
                    "yaml-syntax",
                    message,
                );
                diagnostics.push(fault.hint("write each as `title: …` on a line of its own"));
            }
            Err(error) if is_limit(&error) => {
                self.is_unreadable = true;
                diagnostics.push(self.syntax_error(&error, 0, None));
            }
            Err(error) => self.parse_blocks(&error, diagnostics),
        }
    }

    /// Reads each top-level key by itself, for the whole could not be read.
    fn parse_blocks(&mut self, whole: &serde_yaml::Error, diagnostics: &mut Vec<Diagnostic>) {
        let mut n_faults = 0;
        for number in 0..self.scan.blocks.len() {
            let bytes = self.block_bytes(number);
            let line = self.scan.blocks[number].line;
            match serde_yaml::from_str::<Node>(&self.scan.text[bytes.clone()]) {
                Ok(Node { value: Value::Map(entries), .. }) => {
                    self.parts.push(Part { bytes, line, n_entries: entries.len() });
                    self.entries.extend(entries);
                }
                Ok(_) => {
                    n_faults += 1;
                    diagnostics.push(self.stray_line(number));
                }
                Err(error) => {
                    n_faults += 1;
                    self.unread
                        .push(self.scan.text[self.scan.blocks[number].key.clone()].to_owned());
                    diagnostics.push(self.syntax_error(&error, line, Some(number)));
                }
            }
        }
        if n_faults == 0 {
            self.is_unreadable = self.entries.is_empty();
            diagnostics.push(self.syntax_error(whole, 0, None));
        }
    }

    fn block_bytes(&self, number: usize) -> std::ops::Range<usize> {
        let end =
            self.scan.blocks.get(number + 1).map_or(self.scan.text.len(), |next| next.key.start);
        self.scan.blocks[number].key.start..end
    }

    fn stray_line(&self, number: usize) -> Diagnostic {
        let block = &self.scan.blocks[number];
        let line = self.scan.text[block.key.clone()].trim();
        let place = Place::at(self.first_line + block.line, 1);
        Diagnostic::error(
            self.file,
            place,
            "yaml-syntax",
            format!("«{line}» has no colon, so it is no key"),
        )
        .hint(
            "write `key: value`; a text that goes on from the line above is indented by two spaces",
        )
    }

    fn syntax_error(
        &self,
        error: &serde_yaml::Error,
        lines_before: u32,
        block: Option<usize>,
    ) -> Diagnostic {
        let location = error.location();
        let number = |it: usize| u32::try_from(it).unwrap_or_default();
        let (line, column) = location.map_or((1, 1), |it| (number(it.line()), number(it.column())));
        // YAML notices some faults only on the line after the last.
        let text = block.map_or(0..self.scan.text.len(), |block| self.block_bytes(block));
        let n_lines = number(self.scan.text[text.clone()].trim_end().lines().count()).max(1);
        let (line, column) =
            if line > n_lines { (n_lines, 1) } else { (line.max(1), column.max(1)) };
        let place = Place::at(self.first_line + lines_before + line - 1, column);
        let first = self.scan.text[text].lines().next().unwrap_or_default();
        Diagnostic::error(
            self.file,
            place,
            "yaml-syntax",
            format!("cannot be read as YAML: {}", problem(error)),
        )
        .hint(remedy(first, is_limit(error)))
    }

    /// Adds the places of all entries.
    pub(crate) fn place(&mut self) {
        let mut rest = self.entries.as_mut_slice();
        for part in &self.parts {
            let (entries, after) = rest.split_at_mut(part.n_entries.min(rest.len()));
            places::add(entries, &self.scan.text[part.bytes.clone()], self.first_line + part.line);
            rest = after;
        }
        self.place_keys();
    }

    /// Gives entries that have no place yet that of their key's line.
    fn place_keys(&mut self) {
        for entry in self.entries.iter_mut().filter(|entry| entry.place == Place::FILE) {
            let block = self
                .scan
                .blocks
                .iter()
                .find(|block| self.scan.text[block.key.clone()] == entry.key);
            entry.place = Place::at(self.first_line + block.map_or(0, |block| block.line), 1);
        }
    }

    /// Where `text` stands below the top-level key `key`, after the key `inner` if one is given, not before the byte
    /// `from` of the front matter; and the byte after it. The key's own place if it stands there in another form.
    pub(crate) fn find(
        &self,
        key: &str,
        inner: Option<&str>,
        text: &str,
        from: usize,
    ) -> (Place, usize) {
        let Some(number) =
            self.scan.blocks.iter().position(|block| self.scan.text[block.key.clone()] == *key)
        else {
            return (Place::at(self.first_line, 1), from);
        };
        let bytes = self.block_bytes(number);
        let block = &self.scan.blocks[number];
        let start = from.clamp(block.key.end, bytes.end);
        let found = find_value(&self.scan.text[..bytes.end], start, inner, text);
        match found {
            Some(at) => {
                let line =
                    Place::of_offset(&self.scan.text[bytes.start..], at - bytes.start, block.line);
                (Place::at(line.line + self.first_line, line.column), at + text.len())
            }
            None => (Place::at(self.first_line + block.line, 1), from),
        }
    }
}

/// The byte at which `value` stands in `text` as a whole, from the byte `from` on, after `inner:` if that is given.
fn find_value(text: &str, from: usize, inner: Option<&str>, value: &str) -> Option<usize> {
    let mut at = from;
    loop {
        let start = match inner {
            Some(key) => {
                let found = at + text[at..].find(key)?;
                at = found + key.len();
                if !text[at..].trim_start().starts_with(':') {
                    continue;
                }
                at
            }
            None => at,
        };
        let found = start + text[start..].find(value)?;
        let end = found + value.len();
        let before = text[..found].chars().next_back();
        let after = text[end..].chars().next();
        if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) {
            return Some(found);
        }
        at = found + value.chars().next().map_or(1, char::len_utf8);
        if at >= text.len() || value.is_empty() {
            return None;
        }
    }
}

/// Whether reading stopped because the text would not end or go too deep.
fn is_limit(error: &serde_yaml::Error) -> bool {
    error.to_string().contains("limit exceeded")
}

/// YAML's own words for a fault, without the place.
fn problem(error: &serde_yaml::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    words.split(" at position ").next().unwrap_or_default().to_owned()
}

/// What to write in place of a block whose first line is `line`.
fn remedy(line: &str, is_limit: bool) -> String {
    if is_limit {
        return "it repeats itself or is nested too deep: write plain values without `&` and `*`"
            .to_owned();
    }
    let (key, value) = line.split_once(':').unwrap_or((line, ""));
    let (key, value) = (key.trim(), value.trim());
    if matches!(value.chars().next(), Some('[' | '{')) && value.matches('"').count() % 2 == 1 {
        return format!("close the quote in `{key}: {value}`");
    }
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) if !value[1..].contains(quote) => {
            format!("close the quote: `{key}: {value}{quote}`")
        }
        Some('[') if !value.contains(']') => format!("close the bracket: `{key}: {value}]`"),
        Some('{') => {
            format!("write `{key}:` and each key of it on a line of its own, after two spaces")
        }
        Some('[') => "put each element on a line of its own, after `- `".to_owned(),
        Some(_) => format!("put the value in quotes: `{key}: {}`", quote::quoted(value)),
        None => format!("indent what is below `{key}:` by two spaces, and put texts in quotes"),
    }
}
