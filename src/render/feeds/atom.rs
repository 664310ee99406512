//! Atom (RFC 4287). In: a [`Channel`]. Out: its XML, by [`write`].

use super::{Channel, Item, NEVER, xml::Xml};

/// Writes the channel as an Atom feed.
pub(super) fn write(channel: &Channel<'_>, out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    let namespace = ("xmlns", "http://www.w3.org/2005/Atom");
    xml.open("feed", &[namespace, ("xml:lang", channel.language)]);
    // The feed's own address names it: unlike an entry, it has no life apart from where it stands.
    xml.text("id", &channel.feed_url);
    xml.text("title", &channel.title);
    if !channel.description.is_empty() {
        xml.text("subtitle", &channel.description);
    }
    xml.text("updated", &channel.updated().map_or_else(|| NEVER.to_owned(), |at| at.rfc3339()));
    link(&mut xml, "self", "application/atom+xml", &channel.feed_url);
    link(&mut xml, "alternate", "text/html", &channel.home_url);
    person(&mut xml, &channel.publisher, Some(channel.site_url));
    if let Some(logo) = &channel.logo {
        xml.text("logo", logo);
    }
    xml.text("generator", "brief");
    for item in &channel.items {
        entry(&mut xml, item, channel);
    }
    xml.close("feed");
    xml.finish();
}

fn entry(xml: &mut Xml<'_>, item: &Item<'_>, channel: &Channel<'_>) {
    let own_language = [("xml:lang", item.language.as_str())];
    xml.open("entry", if item.language == channel.language { &[] } else { &own_language });
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
