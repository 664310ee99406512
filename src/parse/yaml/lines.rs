//! Reads front matter line by line, before YAML does: [`scan`].
//!
//! In: front matter as written and the keys that the file may have. Out: the text that YAML is given, with the same
//! lines, in which every one-line text that YAML would misread is quoted; and where each top-level key stands.
//!
//! One headline in eight holds what YAML takes for syntax (`قال: …`, `"…" …`, `#…`). For keys whose value is known to be
//! one line of text the rest of the line is that text, whatever it holds.

use std::{borrow::Cow, ops::Range};

use crate::diag::{Diagnostic, Place};

use super::{
    quote::{Flow, Judgement, is_risky_below, judge, quoted, without_comment},
    schema::{Key, Shape},
};

/// What [`scan`] found.
#[derive(Debug)]
pub(crate) struct Scan<'a> {
    /// What YAML reads.
    pub(super) text: Cow<'a, str>,
    /// The top-level keys, in order.
    pub(super) blocks: Vec<Block>,
}

/// A top-level key and its value, up to the next.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Bytes of the key in [`Scan::text`].
    pub(super) key: Range<usize>,
    /// Lines before it in the front matter.
    pub(super) line: u32,
}

/// The key at the start of a line: its end and the byte after its colon.
pub(crate) fn key_at_start(line: &str) -> Option<(usize, usize)> {
    let first = line.chars().next()?;
    if first.is_whitespace() || "#*>[]{}&!|%@`,<".contains(first) || line.starts_with("- ") {
        return None;
    }
    let key_end = match first {
        '"' | '\'' => line[1..].find(first)? + 2,
        _ => 0,
    };
    let bytes = line.as_bytes();
    let colon = (key_end..line.len())
        .filter(|&at| bytes[at] == b':')
        .find(|&at| bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace))?;
    Some((line[..colon].trim_end().len(), colon + 1))
}

/// Reads `front`, whose first line is line `first_line` of `file`.
pub(super) fn scan<'a>(
    file: &str,
    front: &'a str,
    first_line: u32,
    keys: &[Key],
    diagnostics: &mut Vec<Diagnostic>,
) -> Scan<'a> {
    let mut scanner = Scanner {
        file,
        source: front,
        keys,
        first_line,
        out: String::new(),
        copied: 0,
        line: 0,
        shape: None,
        literal: None,
        flow: Flow::default(),
        blocks: Vec::with_capacity(16),
        diagnostics,
    };
    let mut at = 0;
    while at < front.len() {
        at = scanner.read_line(at);
    }
    let Scanner { mut out, copied, blocks, .. } = scanner;
    let text = if copied == 0 {
        Cow::Borrowed(front)
    } else {
        out.push_str(&front[copied..]);
        Cow::Owned(out)
    };
    Scan { text, blocks }
}

struct Scanner<'s, 'a> {
    file: &'s str,
    source: &'a str,
    keys: &'s [Key],
    first_line: u32,
    /// The text so far, where it differs from the source.
    out: String,
    /// Bytes of the source that `out` holds.
    copied: usize,
    /// Lines before the current one.
    line: u32,
    /// What is written below the current top-level key.
    shape: Option<Shape>,
    /// In the lines of a `|` or `>`: the column of its key.
    literal: Option<usize>,
    /// In quotes or brackets that are still open.
    flow: Flow,
    blocks: Vec<Block>,
    diagnostics: &'s mut Vec<Diagnostic>,
}

/// A one-line text: the bytes of its value in the source, the column of its key and the key, if it has one.
struct Value<'k> {
    bytes: Range<usize>,
    column: usize,
    key: &'k str,
}

impl<'a> Scanner<'_, 'a> {
    /// The end of the line at `at` without its line end, and the start of the next.
    fn line_ends(&self, at: usize) -> (usize, usize) {
        let next = self.source[at..].find('\n').map_or(self.source.len(), |end| at + end + 1);
        (at + self.source[at..next].trim_end_matches(['\n', '\r']).len(), next)
    }

    /// Reads the line at `at`; the start of the next line to read.
    fn read_line(&mut self, at: usize) -> usize {
        let (end, next) = self.line_ends(at);
        let line = &self.source[at..end];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let mut after = next;
        if line.len() == indent || self.literal.is_some_and(|column| indent > column) {
            // Blank, or text of a `|`.
        } else if self.flow.is_open() && !self.is_known_key(line) {
            self.literal = None;
            self.read_flow(at..end);
        } else {
            self.literal = None;
            self.flow = Flow::default();
            after = if indent == 0 && !line.starts_with("- ") && line != "-" {
                self.read_key(at..end, next)
            } else {
                self.read_nested(at..end, next)
            };
        }
        let passed = self.source[at..after].bytes().filter(|&byte| byte == b'\n').count();
        self.line += u32::try_from(passed).unwrap_or_default();
        after
    }

    fn known(&self, name: &str) -> Option<Key> {
        self.keys.iter().find(|key| key.name == name).copied()
    }

    fn is_known_key(&self, line: &str) -> bool {
        key_at_start(line).is_some_and(|(end, _)| self.known(&line[..end]).is_some())
    }

    /// A line that begins at the margin.
    fn read_key(&mut self, line: Range<usize>, next: usize) -> usize {
        let text = &self.source[line.clone()];
        if let Some((key_end, value)) = key_at_start(text) {
            let key = self.known(&text[..key_end]);
            self.open_block(line.start, key_end, key);
            return self.read_value(line.start + value..line.end, next, key);
        }
        // `title:قال`: YAML wants a space after the colon.
        let glued = text.find(':').and_then(|colon| Some((colon, self.known(&text[..colon])?)));
        if let Some((colon, key)) = glued {
            self.open_block(line.start, colon, Some(key));
            return self.split_glued(line.start + colon + 1..line.end, next, key);
        }
        // Apart from comments and brackets, nothing else may stand at the margin: it is reported by itself.
        if !text.starts_with(['#', '[', '{', ']', '}']) {
            self.open_block(line.start, text.len(), None);
        }
        next
    }

    fn open_block(&mut self, start: usize, key_length: usize, key: Option<Key>) {
        self.shape = key.map(|key| key.shape);
        let start = self.out.len() + start - self.copied;
        self.blocks.push(Block { key: start..start + key_length, line: self.line });
    }

    fn split_glued(&mut self, value: Range<usize>, next: usize, key: Key) -> usize {
        let written = &self.source[value.clone()];
        self.warn(
            value.start,
            "missing-space",
            format!("no space after `{}:`", key.name),
            format!("write `{}: {written}`", key.name),
        );
        self.replace(value.start..value.start, " ");
        self.read_value(value, next, Some(key))
    }

    /// What stands after a top-level `key:` on its line.
    fn read_value(&mut self, rest: Range<usize>, next: usize, key: Option<Key>) -> usize {
        let bytes = self.trimmed(rest);
        let value = &self.source[bytes.clone()];
        let is_flow = value.starts_with(['[', '{']);
        match key {
            Some(Key { name, shape: Shape::Text }) => {
                self.read_text(Value { bytes, column: 0, key: name }, next)
            }
            Some(Key { name, shape: Shape::Texts | Shape::Ids })
                if !is_flow && !value.is_empty() && !value.starts_with('#') =>
            {
                self.read_text(Value { bytes, column: 0, key: name }, next)
            }
            _ => {
                self.read_other(bytes, 0);
                next
            }
        }
    }

    /// A line below a top-level key: `- …`, `key: …`, or both.
    fn read_nested(&mut self, line: Range<usize>, next: usize) -> usize {
        let mut at = line.start + self.source[line.clone()].len()
            - self.source[line.clone()].trim_start_matches(' ').len();
        let mut column = at - line.start;
        let mut is_item = false;
        while self.source[at..line.end].starts_with("- ") {
            is_item = true;
            column = at - line.start;
            at += 2;
            at += self.source[at..line.end].len()
                - self.source[at..line.end].trim_start_matches(' ').len();
        }
        let rest = self.trimmed(at..line.end);
        if is_item && matches!(self.shape, Some(Shape::Texts | Shape::Ids)) {
            return self.read_text(Value { bytes: rest, column, key: "-" }, next);
        }
        if is_item {
            column = at - line.start;
        }
        let text = &self.source[rest.clone()];
        if let Some((key_end, value)) = key_at_start(text) {
            let bytes = self.trimmed(rest.start + value..rest.end);
            let key = &text[..key_end];
            let is_text = match self.shape {
                Some(Shape::Nested(texts, _)) => texts.contains(&key),
                Some(Shape::Named) => true,
                _ => false,
            };
            if is_text {
                return self.read_text(Value { bytes, column, key }, next);
            }
            self.read_other(bytes, column);
        } else {
            self.read_other(rest, column);
        }
        next
    }

    /// A value of any kind: only notes what it opens.
    fn read_other(&mut self, bytes: Range<usize>, column: usize) {
        let value = &self.source[bytes.clone()];
        if judge(value) == Judgement::Literal {
            self.literal = Some(column);
        } else if value.starts_with(['[', '{', '"', '\'']) {
            self.read_flow(bytes);
        }
    }

    /// Text within brackets or quotes. An Arabic comma between ids is read as a comma.
    fn read_flow(&mut self, bytes: Range<usize>) {
        let text = &self.source[bytes.clone()];
        let mut commas = Vec::new();
        self.flow.feed(text, |at| commas.push(bytes.start + at));
        if self.shape != Some(Shape::Ids) || commas.is_empty() {
            return;
        }
        let repaired = commas.iter().rev().fold(text.to_owned(), |mut text, at| {
            text.replace_range(at - bytes.start..at - bytes.start + '،'.len_utf8(), ",");
            text
        });
        self.warn(
            commas[0],
            "arabic-comma",
            "the Arabic comma `،` does not divide a list in brackets; read as `,`".to_owned(),
            format!("write `{}`", repaired.trim()),
        );
        for at in commas {
            self.replace(at..at + '،'.len_utf8(), ",");
        }
    }

    /// A value that is text to the end of its line, and of the lines below that are indented.
    fn read_text(&mut self, mut value: Value<'_>, next: usize) -> usize {
        let (end, after) = self.continued(&value, next);
        if value.bytes.is_empty() && end > value.bytes.end {
            let (line_end, _) = self.line_ends(next);
            value.bytes = self.trimmed(next..line_end);
        }
        let lines = &self.source[value.bytes.start..end];
        let judgement = judge(&self.source[value.bytes.clone()]);
        let is_continued = end > value.bytes.end;
        match judgement {
            Judgement::Literal => {
                self.literal = Some(value.column);
                return next;
            }
            Judgement::OpenQuote if is_continued => {
                self.flow.feed(lines, |_| {});
                self.flow = Flow::default();
                return after;
            }
            Judgement::Typed if !is_continued => {
                let written = without_comment(lines);
                self.replace(
                    value.bytes.start..value.bytes.start + written.len(),
                    &quoted(written),
                );
            }
            _ if judgement == Judgement::Risky
                || judgement == Judgement::OpenQuote
                || (is_continued && is_risky_below(lines)) =>
            {
                self.quote(&value, end);
            }
            _ => {}
        }
        after
    }

    /// Where the text of a value ends, and the line after it: lines that are indented more than its key belong to it.
    fn continued(&self, value: &Value<'_>, next: usize) -> (usize, usize) {
        let mut ends = (value.bytes.end, next);
        let mut is_first = value.bytes.is_empty();
        let mut at = next;
        while at < self.source.len() {
            let (end, next) = self.line_ends(at);
            let line = &self.source[at..end];
            let indent = line.len() - line.trim_start_matches(' ').len();
            if indent < line.len() {
                // A list or a quoted or literal text that begins on its own line is YAML's.
                if indent <= value.column || (is_first && is_own_yaml(&line[indent..])) {
                    break;
                }
                is_first = false;
                ends = (at + line.trim_end().len(), next);
            }
            at = next;
        }
        ends
    }

    /// Quotes a value that ends at `end`, on its own line or a later one, and says so.
    fn quote(&mut self, value: &Value<'_>, end: usize) {
        let written = &self.source[value.bytes.start..end];
        let text = if end == value.bytes.end { without_comment(written) } else { written };
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let form = match value.key {
            "-" => format!("write `- {}`", quoted(&folded)),
            key => format!("write `{key}: {}`", quoted(&folded)),
        };
        self.warn(
            value.bytes.start,
            "quote-value",
            format!("«{folded}» needs quotes in YAML; read as written"),
            form,
        );
        self.replace(value.bytes.start..value.bytes.start + text.len(), &quoted(text));
    }

    fn replace(&mut self, bytes: Range<usize>, with: &str) {
        self.out.push_str(&self.source[self.copied..bytes.start]);
        self.out.push_str(with);
        self.copied = bytes.end;
    }

    fn warn(&mut self, at: usize, code: &'static str, message: String, hint: String) {
        let line_start = self.source[..at].rfind('\n').map_or(0, |end| end + 1);
        let column = self.source[line_start..at].chars().count();
        let place =
            Place::at(self.first_line + self.line, u32::try_from(column).unwrap_or_default() + 1);
        self.diagnostics.push(Diagnostic::warning(self.file, place, code, message).hint(hint));
    }

    fn trimmed(&self, bytes: Range<usize>) -> Range<usize> {
        let text = &self.source[bytes.clone()];
        let start = bytes.end - text.trim_start_matches([' ', '\t']).len();
        start..start + self.source[start..bytes.end].trim_end_matches([' ', '\t']).len()
    }
}

/// Whether what stands below a key with nothing after it is YAML and not one line of text: quotes, a list, or keys.
fn is_own_yaml(line: &str) -> bool {
    let is_name =
        |key: &str| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    line.starts_with(['"', '\'', '|', '>', '[', '{', '#'])
        || line.starts_with("- ")
        || key_at_start(line).is_some_and(|(end, _)| is_name(&line[..end]))
}
