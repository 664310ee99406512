//! Which Markdown an editor may write, and how it is read. In: a body. Out: the parser's events, each with its bytes in
//! the body, by [`Source::events`].
//!
//! `parse` and `render` read every body in the same way, so that byte ranges found by one hold for the other. What
//! Arabic breaks in CommonMark is repaired before the parser sees it ([`repair`](Source::of)); nothing of a repair is
//! left in the events.

mod repair;

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{CowStr, Event, OffsetIter, Options, Parser, Tag};

/// CommonMark with tables, footnotes, strikethrough, task lists, alerts, heading attributes and `[[id]]` links.
///
/// Left off: smart punctuation (it knows English quotation marks only), sub- and superscript (they take `~x~` from
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

/// Stands beside stars that CommonMark would not take for emphasis. Not a character of text: no source holds it.
const JOINT: char = '\u{FFFE}';

/// A body as the parser reads it.
pub struct Source<'a> {
    text: Cow<'a, str>,
    /// Where the repaired text and the body part: a byte of the text, and from there on the distance to the body's.
    shifts: Vec<(usize, isize)>,
}

impl<'a> Source<'a> {
    /// A body, repaired where it needs it.
    #[must_use]
    pub fn of(body: &'a str) -> Self {
        repair::repair(body)
    }

    /// The events of the body, with their bytes in it.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        let parser = Parser::new_ext(&self.text, options());
        Events { parser: parser.into_offset_iter(), shifts: &self.shifts }
    }
}

/// The events of a [`Source`].
pub struct Events<'s> {
    parser: OffsetIter<'s>,
    shifts: &'s [(usize, isize)],
}

impl Events<'_> {
    fn in_body(&self, at: usize) -> usize {
        let before = self.shifts.partition_point(|(from, _)| *from <= at);
        let shift = before.checked_sub(1).map_or(0, |last| self.shifts[last].1);
        at.saturating_add_signed(shift)
    }
}

impl<'s> Iterator for Events<'s> {
    type Item = (Event<'s>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, range) = self.parser.next()?;
        if self.shifts.is_empty() {
            return Some((event, range));
        }
        Some((without_joints(event), self.in_body(range.start)..self.in_body(range.end)))
    }
}

fn without_joints(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(bare(text)),
        Event::Code(text) => Event::Code(bare(text)),
        Event::Html(html) => Event::Html(bare(html)),
        Event::InlineHtml(html) => Event::InlineHtml(bare(html)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: bare(dest_url), title: bare(title), id })
        }
        other => other,
    }
}

fn bare(text: CowStr<'_>) -> CowStr<'_> {
    if !text.contains(JOINT) {
        return text;
    }
    // Mostly at an end, where the text stays what it borrows.
    if let CowStr::Borrowed(borrowed) = text
        && let inner = borrowed.trim_matches(JOINT)
        && !inner.contains(JOINT)
    {
        return CowStr::Borrowed(inner);
    }
    CowStr::from(text.replace(JOINT, ""))
}
