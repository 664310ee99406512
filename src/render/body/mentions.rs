//! Names of entities in running text become links. In: text events with their place in the source. Out: the same
//! text with `<a>` around the mentions that the settings want linked.

use std::{collections::BTreeSet, ops::Range};

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::{Desk, Text, links};
use crate::{
    model::{
        config::LinkMentions,
        links::{Names, Resolved},
        newsroom::{EntityIdx, ListId, Target},
    },
    text::html::escape,
};

/// The mentions of a text, taken one after the other.
pub(super) struct MentionLinks<'a> {
    desk: &'a Desk<'a>,
    absolute: bool,
    /// Places in the order of the text.
    places: Vec<(Range<usize>, EntityIdx)>,
    next: usize,
    /// Whether a link is open, and where its name ends.
    open_until: Option<usize>,
    /// Entities linked so far in the article, section or block.
    linked: BTreeSet<EntityIdx>,
    /// The links that the text has itself, by the byte where each begins.
    written: Vec<(usize, EntityIdx)>,
    /// Entities that the text itself links in the block that is open.
    in_block: BTreeSet<EntityIdx>,
    /// The name to print for a `[[id]]` without a text of its own.
    wiki_name: Option<CowStr<'a>>,
}

impl<'a> MentionLinks<'a> {
    pub(super) fn new(
        desk: &'a Desk<'a>,
        text: Text<'a>,
        events: &[(Event<'a>, Range<usize>)],
    ) -> Self {
        let mut places: Vec<_> = Vec::new();
        if desk.newsroom.config.mentions.link != LinkMentions::None {
            for mention in text.mentions {
                let ranges = mention.places.iter();
                places
                    .extend(ranges.map(|&(from, to)| (from as usize..to as usize, mention.entity)));
            }
        }
        places.sort_by_key(|(range, entity)| (range.start, *entity));
        let written = if places.is_empty() { Vec::new() } else { written(desk, text, events) };
        Self {
            desk,
            absolute: text.absolute,
            written,
            in_block: BTreeSet::new(),
            places,
            next: 0,
            open_until: None,
            linked: BTreeSet::new(),
            wiki_name: None,
        }
    }

    /// A heading: a new section.
    pub(super) fn section(&mut self) {
        if self.desk.newsroom.config.mentions.link == LinkMentions::Section {
            self.linked.clear();
            self.in_block.clear();
        }
    }

    /// A paragraph, item or cell begins, which stands at `range` of the source. What it links itself is not linked in it.
    pub(super) fn block(&mut self, range: &Range<usize>) {
        let before = std::mem::take(&mut self.in_block);
        if self.desk.newsroom.config.mentions.link == LinkMentions::All {
            self.linked.clear();
        } else {
            self.linked.extend(before);
        }
        let from = self.written.partition_point(|(at, _)| *at < range.start);
        let within = self.written[from..].iter().take_while(|(at, _)| *at < range.end);
        self.in_block = within.map(|(_, entity)| *entity).collect();
    }

    /// A `[[id]]` shows the name of what it leads to, and nothing where that is not published now.
    pub(super) fn name_bare_wiki_link(&mut self, link_type: LinkType, dest: &str) {
        if !matches!(link_type, LinkType::WikiLink { has_pothole: false }) {
            return;
        }
        self.wiki_name = match self.desk.newsroom.resolve_id(dest) {
            Resolved::Target(target, _) => {
                let name = self.desk.newsroom.name(target);
                (!name.is_empty()).then_some(CowStr::from(name))
            }
            // Not even its id is shown before its time.
            Resolved::Unpublished => Some(CowStr::Borrowed("")),
            _ => None,
        };
    }

    /// Writes a text event that stands at `range` of the source.
    pub(super) fn text(&mut self, text: CowStr<'a>, range: Range<usize>, out: &mut Vec<Event<'a>>) {
        if let Some(name) = self.wiki_name.take() {
            out.push(Event::Text(name));
            return;
        }
        // Text that is not as in the source (an entity, an escape) holds no mention.
        let verbatim = text.len() == range.len();
        let mut at = range.start;
        while verbatim && at < range.end {
            let Some(stop) = self.stop_before(range.end, at) else { break };
            push_text(&text, at - range.start..stop - range.start, out);
            at = stop;
            if self.open_until == Some(stop) {
                self.open_until = None;
                out.push(Event::InlineHtml("</a>".into()));
            } else {
                self.open(out);
            }
        }
        push_text(&text, at - range.start..text.len(), out);
    }

    /// Where the next link begins or the open one ends, at or before `end`.
    fn stop_before(&mut self, end: usize, at: usize) -> Option<usize> {
        if let Some(until) = self.open_until {
            return (until <= end).then_some(until);
        }
        while let Some((range, entity)) = self.places.get(self.next) {
            if range.start >= end {
                return None;
            }
            let is_linked = self.linked.contains(entity) || self.in_block.contains(entity);
            if range.start >= at && !is_linked {
                return Some(range.start);
            }
            self.next += 1;
        }
        None
    }

    fn open(&mut self, out: &mut Vec<Event<'a>>) {
        let Some((range, entity)) = self.places.get(self.next).cloned() else { return };
        self.next += 1;
        self.linked.insert(entity);
        self.open_until = Some(range.end);
        let route = self.desk.newsroom.list_route(ListId::Entity(entity));
        let url = if self.absolute { self.desk.absolute(&route) } else { self.desk.url(&route) };
        out.push(Event::InlineHtml(
            format!("<a class=\"mention\" href=\"{}\">", escape(&url)).into(),
        ));
    }
}

/// The links to entities that a text has itself.
fn written(
    desk: &Desk<'_>,
    text: Text<'_>,
    events: &[(Event<'_>, Range<usize>)],
) -> Vec<(usize, EntityIdx)> {
    let link = |(event, range): &(Event<'_>, Range<usize>)| {
        let Event::Start(Tag::Link { link_type, dest_url, .. }) = event else { return None };
        match desk.newsroom.resolve(text.source, dest_url, links::kind(*link_type)) {
            Resolved::Target(Target::Entity(entity), _) => Some((range.start, entity)),
            _ => None,
        }
    };
    events.iter().filter_map(link).collect()
}

fn push_text<'a>(text: &CowStr<'a>, range: Range<usize>, out: &mut Vec<Event<'a>>) {
    if range.is_empty() {
        return;
    }
    let part = match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(&text[range]),
        owned => CowStr::from(owned[range].to_owned()),
    };
    out.push(Event::Text(part));
}
