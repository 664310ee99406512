//! Text with its islands isolated. In: text as editors wrote it, its [`Manner`]. Out: HTML by [`html`]; text for places
//! without markup by [`plain`]; a title that readers show on its own by [`title`].

use std::borrow::Cow;

use super::{Class, Direction, Island, LETTER_MARK, Manner, class, clean, islands, order::opener};
use crate::text::html::{escape, escape_into};

/// The tag that begins an island.
#[must_use]
pub fn bdi(island: &Island) -> String {
    let mark = if island.letter_mark { "\u{61C}" } else { "" };
    format!("<bdi dir=\"{}\">{mark}", island.direction.attribute())
}

/// A text as HTML: escaped, without controls, its islands isolated.
#[must_use]
pub fn html(text: &str, manner: Manner) -> Cow<'_, str> {
    let (cleaned, meant) = clean(text);
    let islands = islands(&cleaned, manner, meant);
    match cleaned {
        Cow::Borrowed(text) if islands.is_empty() => escape(text),
        cleaned => {
            let mut out = String::with_capacity(cleaned.len() + islands.len() * 24);
            weave(&cleaned, &islands, &mut out, &mut |piece, out| match piece {
                Piece::Text(text) => escape_into(out, text),
                Piece::Open(island) => out.push_str(&bdi(island)),
                Piece::Close => out.push_str("</bdi>"),
            });
            Cow::Owned(out)
        }
    }
}

/// A text as HTML for a place in a line of other text: isolated from it, in its own direction, and with its language
/// where that is another than the page's.
#[must_use]
pub fn line_html(text: &str, manner: Manner, language: Option<&str>) -> String {
    let dir = manner.direction.attribute();
    let lang = language.map_or_else(String::new, |it| format!(" lang=\"{}\"", escape(it)));
    format!("<bdi{lang} dir=\"{dir}\">{}</bdi>", html(text, manner))
}

/// A text for a place without markup, with its islands between U+2066 or U+2067 and U+2069.
#[must_use]
pub fn plain(text: &str, manner: Manner) -> Cow<'_, str> {
    let (cleaned, meant) = clean(text);
    let islands = islands(&cleaned, manner, meant);
    if islands.is_empty() {
        return cleaned;
    }
    let mut out = String::with_capacity(cleaned.len() + islands.len() * 6);
    weave(&cleaned, &islands, &mut out, &mut |piece, out| match piece {
        Piece::Text(text) => out.push_str(text),
        Piece::Open(island) => {
            out.push(opener(island.direction));
            out.extend(island.letter_mark.then_some(LETTER_MARK));
        }
        Piece::Close => out.push('\u{2069}'),
    });
    Cow::Owned(out)
}

/// As [`plain`], for a place where readers take the direction from the first strong character: where that is not one
/// from right to left and the language is, U+200F stands before it.
#[must_use]
pub fn title(text: &str, manner: Manner) -> Cow<'_, str> {
    let plain = plain(text, manner);
    let strong = plain.chars().map(class).find(|it| matches!(it, Class::Ltr | Class::Rtl));
    if manner.direction == Direction::Rtl && strong != Some(Class::Rtl) && !plain.is_empty() {
        Cow::Owned(format!("\u{200F}{plain}"))
    } else {
        plain
    }
}

enum Piece<'a> {
    Text(&'a str),
    Open(&'a Island),
    Close,
}

/// Hands out the text and the bounds of its islands in their order.
fn weave(
    text: &str,
    islands: &[Island],
    out: &mut String,
    put: &mut dyn FnMut(Piece<'_>, &mut String),
) {
    let mut at = 0;
    let mut open: Vec<usize> = Vec::new();
    let mut islands = islands.iter().peekable();
    loop {
        let end = open.last().copied().unwrap_or(text.len());
        if let Some(island) = islands.next_if(|it| it.range.start < end) {
            put(Piece::Text(&text[at..island.range.start]), out);
            put(Piece::Open(island), out);
            at = island.range.start;
            open.push(island.range.end);
        } else {
            put(Piece::Text(&text[at..end]), out);
            at = end;
            if open.pop().is_none() {
                return;
            }
            put(Piece::Close, out);
        }
    }
}
