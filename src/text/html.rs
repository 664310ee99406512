//! Text → HTML, URLs and scripts, each escaped for its place. In: plain text. Out: text that is safe there.
//!
//! [`escape`] is the entry for text and attributes, [`percent_encode_path`] for URLs, [`json_script`] for JSON-LD.

use std::{borrow::Cow, fmt};

use serde::Serialize;

/// Markup that is safe already: no one may escape it again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Html(String);

impl Html {
    /// Takes markup that was escaped or sanitised.
    #[must_use]
    pub fn of_safe(markup: String) -> Self {
        Self(markup)
    }

    /// Plain text as markup.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self(escape(text).into_owned())
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Plain text for an HTML element or a quoted attribute, and as well for XML.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    match text.bytes().position(|byte| entity(byte).is_some()) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let mut out = String::with_capacity(text.len() + text.len() / 8 + 8);
            escape_into(&mut out, text);
            Cow::Owned(out)
        }
    }
}

/// Appends what [`escape`] returns.
pub fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((at, entity)) =
        rest.bytes().enumerate().find_map(|(at, byte)| Some((at, entity(byte)?)))
    {
        out.push_str(&rest[..at]);
        out.push_str(entity);
        // What has an entity is ASCII: one byte.
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn entity(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        b'\'' => "&#39;",
        _ => return None,
    })
}

/// A decoded path as the path of a URL (RFC 3986): `/` stays, as do unreserved characters and those that a path may
/// hold; all else, `%` among it, becomes `%XX` of its UTF-8 bytes. The apostrophe too, for the sake of attributes.
#[must_use]
pub fn percent_encode_path(path: &str) -> Cow<'_, str> {
    percent_encode(path, |byte| {
        is_unreserved(byte)
            || matches!(byte, b'/' | b'!' | b'$' | b'&' | b'(' | b')' | b'*' | b'+')
            || matches!(byte, b',' | b';' | b'=' | b':' | b'@')
    })
}

/// A text as a value in the query of a URL (RFC 3986, section 2.3): all but unreserved characters is encoded.
#[must_use]
pub fn percent_encode_value(text: &str) -> Cow<'_, str> {
    percent_encode(text, is_unreserved)
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// `is_kept` holds for ASCII only.
fn percent_encode(text: &str, is_kept: impl Fn(u8) -> bool) -> Cow<'_, str> {
    if text.bytes().all(&is_kept) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if is_kept(byte) {
            out.push(char::from(byte));
        } else {
            let digit = |half: u8| {
                char::from_digit(half.into(), 16).map_or('0', |c| c.to_ascii_uppercase())
            };
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    Cow::Owned(out)
}

/// JSON for `<script type="application/ld+json">`: nothing in it can end the script or open a comment, and old
/// parsers of JavaScript find no line separators. The JSON means the same.
#[must_use]
pub fn json_script(json: &str) -> Cow<'_, str> {
    let replaced = [('<', "\\u003c"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];
    replaced.into_iter().fold(Cow::Borrowed(json), |json, (c, escape)| {
        if json.contains(c) { Cow::Owned(json.replace(c, escape)) } else { json }
    })
}

/// Decodes `%XX`; what is not valid UTF-8 afterwards stays as it was.
#[must_use]
pub fn percent_decode(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| path.to_owned())
}
