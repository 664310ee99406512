//! Entries of an Atom feed that was published before. In: its bytes. Out: the entry of an article, for a feed in which nothing
//! of it changed: to read it costs a hundredth of making it again. [`LastEntries::entry`] is the entry.

use std::collections::BTreeMap;

use super::{atom::Entry, tag_uri, xml::escaped};
use crate::{model::newsroom::ArticleId, render::desk::Desk};

/// The entries of a feed by their ids as they are written there.
pub(in crate::render) struct LastEntries<'a>(BTreeMap<&'a [u8], &'a [u8]>);

impl<'a> LastEntries<'a> {
    /// Those of a feed that brief wrote: each element begins on a line of its own, and `<` stands nowhere else.
    pub(in crate::render) fn of(feed: &'a [u8]) -> Self {
        let mut entries = BTreeMap::new();
        let (mut at, mut start, mut id) = (0, None, None);
        for line in feed.split_inclusive(|byte| *byte == b'\n') {
            if line.starts_with(b"<entry") {
                (start, id) = (Some(at), None);
            } else if id.is_none() && line.starts_with(b"<id>") {
                let end = line.iter().rposition(|byte| *byte == b'<').unwrap_or(0);
                id = line.get(b"<id>".len()..end);
            } else if line.starts_with(END) {
                let entry = start.and_then(|start| feed.get(start..at + END.len()));
                entries.extend(id.take().zip(entry));
            }
            at += line.len();
        }
        Self(entries)
    }

    /// The entry of an article.
    pub(in crate::render) fn entry(&self, desk: &Desk<'_>, idx: ArticleId) -> Option<Entry> {
        if self.0.is_empty() {
            return None;
        }
        let face = desk.newsroom.face(idx);
        let id = tag_uri(desk.newsroom, idx, &face.heading);
        let xml = self.0.get(escaped(&id).as_bytes())?;
        Some(Entry::of_xml(face.heading.modified(), xml))
    }
}

const END: &[u8] = b"</entry>";
