//! Atom (RFC 4287). In: a [`Channel`]. Out: its XML, by [`write`]; or by [`write_entries`] that of a channel whose entries
//! were made before, each by [`Entry::new`].

use std::sync::Arc;

use super::{Channel, Item, NEVER, xml::Xml};
use crate::model::article::Moment;

/// An entry as every feed in a language shows it.
pub(in crate::render) struct Entry {
    updated: Moment,
    xml: Box<[u8]>,
}

impl Entry {
    /// The entry of an item, for feeds in a language (BCP 47).
    pub(super) fn new(item: &Item<'_>, language: &str) -> Self {
        let mut part = Vec::new();
        entry(&mut Xml::of_part(&mut part), item, language);
        Self { updated: item.updated, xml: part.into() }
    }

    /// The entry of an article whose XML was made before.
    pub(super) fn of_xml(updated: Moment, xml: &[u8]) -> Self {
        Self { updated, xml: xml.into() }
    }
}

/// Writes the channel as an Atom feed.
pub(super) fn write(channel: &Channel<'_>, out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    head(&mut xml, channel, channel.updated());
    for item in &channel.items {
        entry(&mut xml, item, channel.language);
    }
    xml.close("feed");
    xml.finish();
}

/// Writes the channel with these entries as an Atom feed.
pub(super) fn write_entries(channel: &Channel<'_>, entries: &[Arc<Entry>], out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    head(&mut xml, channel, entries.iter().map(|entry| entry.updated).max());
    entries.iter().for_each(|entry| xml.part(&entry.xml));
    xml.close("feed");
    xml.finish();
}

/// What stands before the entries.
fn head(xml: &mut Xml<'_>, channel: &Channel<'_>, updated: Option<Moment>) {
    let namespace = ("xmlns", "http://www.w3.org/2005/Atom");
    xml.open("feed", &[namespace, ("xml:lang", channel.language)]);
    // The feed's own address names it: unlike an entry, it has no life apart from where it stands.
    xml.text("id", &channel.feed_url);
    xml.text("title", &channel.title);
    if !channel.description.is_empty() {
        xml.text("subtitle", &channel.description);
    }
    xml.text("updated", &updated.map_or_else(|| NEVER.to_owned(), |at| at.rfc3339()));
    link(xml, "self", "application/atom+xml", &channel.feed_url);
    link(xml, "alternate", "text/html", &channel.home_url);
    person(xml, &channel.publisher, Some(channel.site_url));
    if let Some(logo) = &channel.logo {
        xml.text("logo", logo);
    }
    xml.text("generator", "brief");
}

fn entry(xml: &mut Xml<'_>, item: &Item<'_>, language: &str) {
    let own_language = [("xml:lang", item.language.as_str())];
    xml.open("entry", if item.language == language { &[] } else { &own_language });
    xml.text("id", &item.id);
    xml.text("title", &item.title);
    link(xml, "alternate", "text/html", &item.url);
    xml.text("published", &item.published.rfc3339());
    xml.text("updated", &item.updated.rfc3339());
    for author in &item.authors {
        person(xml, author, None);
    }
    for (id, name) in &item.topics {
        xml.empty("category", &[("term", id), ("label", name)]);
    }
    match &item.content {
        Some(content) => {
            xml.text("summary", &item.summary);
            xml.text_with("content", &[("type", "html")], content);
        }
        None => xml.text_with("summary", &[("type", "html")], &item.summary_html),
    }
    xml.close("entry");
}

fn link(xml: &mut Xml<'_>, relation: &str, media_type: &str, url: &str) {
    xml.empty("link", &[("rel", relation), ("type", media_type), ("href", url)]);
}

fn person(xml: &mut Xml<'_>, name: &str, url: Option<&str>) {
    xml.open("author", &[]);
    xml.text("name", name);
    if let Some(url) = url {
        xml.text("uri", url);
    }
    xml.close("author");
}
