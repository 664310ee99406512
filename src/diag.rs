//! What brief says about its input: one fault or remark, and where it is.
//!
//! Verbs that read content cannot fail on it; they return a value and a list
//! of [`Diagnostic`]s. The terminal form is made in `cli::report`.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The build stops; nothing is written.
    Error,
    /// The build goes on; an editor should look.
    Warning,
    /// Worth knowing.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// A place in a source file: lines and columns count from 1, columns in characters (`char`).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Place {
    /// Line, from 1; 0 means the file as a whole.
    pub line: u32,
    /// Column in characters, from 1; 0 means the line as a whole.
    pub column: u32,
}

impl Place {
    /// The file as a whole.
    pub const FILE: Self = Self { line: 0, column: 0 };

    /// The place of a line and a column, both from 1.
    #[must_use]
    pub const fn at(line: u32, column: u32) -> Self {
        Self { line, column }
    }

    /// The place of the byte `offset` in `text`, whose first line is line `first_line` of its file.
    #[must_use]
    pub fn of_offset(text: &str, offset: usize, first_line: u32) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let newlines = before.bytes().filter(|&byte| byte == b'\n').count();
        Self {
            line: first_line + u32::try_from(newlines).unwrap_or(u32::MAX - first_line),
            column: u32::try_from(before[line_start..].chars().count()).unwrap_or(u32::MAX - 1) + 1,
        }
    }
}

/// One finding about the input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The source file, relative to the site's root, with `/` between folders; empty for the site as a whole.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// How much it weighs.
    pub severity: Severity,
    /// A stable short name in kebab-case, e.g. `unknown-topic`.
    pub code: Cow<'static, str>,
    /// Lower case, no full stop, names the thing in quotes.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error at a place of a file.
    pub fn error(file: &str, place: Place, code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, file, place, code, message)
    }

    /// A warning at a place of a file.
    pub fn warning(
        file: &str,
        place: Place,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Warning, file, place, code, message)
    }

    /// A note at a place of a file.
    pub fn note(file: &str, place: Place, code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, file, place, code, message)
    }

    fn new(
        severity: Severity,
        file: &str,
        place: Place,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            file: file.to_owned(),
            place,
            severity,
            code: code.into(),
            message: message.into(),
            hint: None,
        }
    }

    /// The same finding with what to write instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether this finding stops the build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorted by file and place, each finding once.
#[must_use]
pub fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort();
    diagnostics.dedup();
    diagnostics
}
