//! A finding → terminal. In: a [`Diagnostic`]. Out: two or three lines for people, or one JSON object.
//!
//! No carets under the text: a terminal reorders right-to-left lines, so they would point elsewhere; the message
//! quotes the words instead.

use serde::Serialize;

use crate::diag::{Diagnostic, Severity};

/// Colours, or none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    coloured: bool,
}

impl Style {
    pub(crate) fn new(coloured: bool) -> Self {
        Self { coloured }
    }

    pub(crate) fn error(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn warning(self, text: &str) -> String {
        self.paint("1;33", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.error(text),
            Severity::Warning => self.warning(text),
            Severity::Note => self.paint("1;36", text),
        }
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.coloured { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// ```text
/// error[missing-target]: there is no file «../12/x.md»
///   content/articles/a.md:12:8
///   hint: write a path relative to this file
/// ```
pub(crate) fn plain(diagnostic: &Diagnostic, style: Style) -> String {
    let Diagnostic { severity, code, message, .. } = diagnostic;
    let label = style.severity(*severity, &format!("{severity}[{code}]:"));
    let mut text = format!("{label} {message}");
    if !diagnostic.file.is_empty() {
        text.push_str("\n  ");
        text.push_str(&style.dim(&place(diagnostic)));
    }
    if let Some(hint) = &diagnostic.hint {
        text.push_str("\n  hint: ");
        text.push_str(&hint.replace('\n', "\n        "));
    }
    text
}

/// `file:line:column`, without what is not known.
fn place(diagnostic: &Diagnostic) -> String {
    let (file, place) = (&diagnostic.file, diagnostic.place);
    match (place.line, place.column) {
        (0, _) => file.clone(),
        (line, 0) => format!("{file}:{line}"),
        (line, column) => format!("{file}:{line}:{column}"),
    }
}

#[derive(Serialize)]
struct Json<'a> {
    severity: String,
    code: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
}

/// One line of JSON; line and column count from 1, 0 where they are not known.
pub(crate) fn json(diagnostic: &Diagnostic) -> String {
    let json = Json {
        severity: diagnostic.severity.to_string(),
        code: &diagnostic.code,
        file: &diagnostic.file,
        line: diagnostic.place.line,
        column: diagnostic.place.column,
        message: &diagnostic.message,
        hint: diagnostic.hint.as_deref(),
    };
    serde_json::to_string(&json).unwrap_or_default()
}
