//! Headlines and names → the last part of a URL, in the script they are written in. In: any text. Out: letters and
//! digits with hyphens between.
//!
//! [`slug`] is the entry; [`heading_id`] does the same for anchors.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::fold::{essence, in_nfc};

/// The longest slug, in bytes of UTF-8: some sixty Arabic letters. File systems allow 255 bytes for a name, which also
/// has an extension and, while it is written, a temporary suffix.
pub const MAX_BYTES: usize = 120;

/// A cut at a hyphen must leave this much of the slug; else a long word is cut at a letter.
const MIN_BYTES: usize = 40;

/// The slug of a text: NFC, lower case, without harakat, tatweel and invisible characters; letters and digits of all
/// scripts stay, with their hamzas; everything else becomes one hyphen, none at the ends. At most [`MAX_BYTES`], cut
/// at a hyphen. Empty only if the text has no letter or digit. The slug of a slug is itself.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(4 * MAX_BYTES));
    let mut gap = false;
    for c in essence(text) {
        if !is_kept(c, gap || slug.is_empty()) {
            // A mark that is not kept does not part the letters around it.
            gap |= !is_combining_mark(c);
            continue;
        }
        if std::mem::take(&mut gap) && !slug.is_empty() {
            slug.push('-');
        }
        // Its lower case by the book is an i with a second dot over the first.
        let c = if c == '\u{130}' { 'i' } else { c };
        slug.extend(c.to_lowercase());
    }
    shorten(in_nfc(slug))
}

/// The `id` of a heading with this text: as [`slug`].
#[must_use]
pub fn heading_id(text: &str) -> String {
    slug(text)
}

/// Letters and digits, and the marks that belong to the letter before them (vowels of Indic scripts, accents that
/// have no composed form), but not the rings and keycaps put round symbols.
fn is_kept(c: char, at_start: bool) -> bool {
    let is_mark = is_combining_mark(c);
    let is_symbol_mark = matches!(c, '\u{20D0}'..='\u{20FF}');
    if is_mark { !at_start && !is_symbol_mark } else { c.is_alphanumeric() }
}

fn shorten(mut slug: String) -> String {
    if slug.len() <= MAX_BYTES {
        return slug;
    }
    let hyphen = slug.as_bytes()[..=MAX_BYTES].iter().rposition(|&byte| byte == b'-');
    let grapheme = || {
        let ends = slug.grapheme_indices(true).map(|(at, _)| at);
        ends.take_while(|&at| at <= MAX_BYTES).last().unwrap_or(0)
    };
    let end = hyphen.filter(|&at| at >= MIN_BYTES).unwrap_or_else(grapheme);
    slug.truncate(end);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
