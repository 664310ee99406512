//! JSON Feed 1.1. In: a [`Channel`]. Out: its JSON, by [`write`].

use serde::Serialize;

use super::{Channel, Item, plain};

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a str>,
    authors: [Author<'a>; 1],
    language: &'a str,
    items: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    content_html: std::borrow::Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

/// Writes the channel as a JSON feed.
pub(super) fn write(channel: &Channel<'_>, out: &mut Vec<u8>) {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.home_url,
        feed_url: &channel.feed_url,
        description: &channel.description,
        icon: channel.logo.as_deref(),
        authors: [Author { name: &channel.publisher, url: Some(channel.site_url) }],
        language: channel.language,
        items: channel.items.iter().map(|item| entry(item, channel.language)).collect(),
    };
    // Strings and lists into memory: there is nothing in them that JSON cannot say.
    serde_json::to_writer(&mut *out, &feed).ok();
    out.push(b'\n');
}

fn entry<'a>(item: &'a Item<'a>, feed_language: &str) -> Entry<'a> {
    let html = item.content.as_deref().unwrap_or(&item.summary_html);
    Entry {
        id: &item.id,
        url: &item.url,
        title: &item.title,
        summary: &item.summary,
        content_html: plain::xml_characters(html),
        image: item.image.as_deref(),
        date_published: item.published.rfc3339(),
        date_modified: (item.updated > item.published).then(|| item.updated.rfc3339()),
        authors: item.authors.iter().map(|name| Author { name, url: None }).collect(),
        tags: item.topics.iter().map(|(_, name)| &**name).collect(),
        language: (item.language != feed_language).then_some(item.language.as_str()),
    }
}
