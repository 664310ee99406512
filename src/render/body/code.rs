//! Code runs from left to right, whatever stands around it. In: code in each of its forms. Out: its HTML.

use pulldown_cmark::{CodeBlockKind, CowStr};

use crate::text::{html::escape, sanitize};

/// The beginning of a block of code.
pub(super) fn block(kind: &CodeBlockKind<'_>) -> String {
    let language = match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
        CodeBlockKind::Indented => "",
    };
    let class = match language {
        "" => String::new(),
        language => format!(" class=\"language-{}\"", escape(language)),
    };
    format!("<pre dir=\"ltr\"><code{class}>")
}

/// Code in a line of text.
pub(super) fn inline(code: &str) -> String {
    let mut html = "<code dir=\"ltr\">".to_owned();
    // Writing to a string does not fail.
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut html, code);
    html + "</code>"
}

/// Editors' own HTML with code from left to right.
pub(super) fn from_left(html: CowStr<'_>) -> CowStr<'_> {
    let is_code = |tag: &sanitize::Tag<'_>| {
        ["pre", "code", "kbd", "samp", "var"].contains(&tag.name.as_str())
            && !tag.closing
            && tag.attributes.iter().all(|(_, name, _)| name != "dir")
    };
    let ends: Vec<usize> = sanitize::tags(&html)
        .iter()
        .filter(|tag| is_code(tag))
        .map(|tag| tag.start + 1 + tag.name.len())
        .collect();
    if ends.is_empty() {
        return html;
    }
    let mut directed = html.into_string();
    ends.iter().rev().for_each(|&end| directed.insert_str(end, " dir=\"ltr\""));
    directed.into()
}
