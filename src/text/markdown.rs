//! Which Markdown an editor may write. `parse` and `render` read every body with [`options`], so that byte ranges
//! found by one hold for the other.

use pulldown_cmark::Options;

/// CommonMark with tables, footnotes, strikethrough, task lists, alerts, heading attributes and `[[id]]` links.
///
/// Left off: smart punctuation (it turns straight quotes into English ones), sub- and superscript (they take `~x~` from
/// strikethrough), definition lists (they take lines that begin with a colon) and mathematics (it takes `$`).
#[must_use]
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}
