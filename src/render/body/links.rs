//! Links and images of a text. In: destinations as written. Out: `<a>` and `<img>` with URLs of the site, text of
//! attributes with its islands isolated; nothing for what leads nowhere.

use pulldown_cmark::{Event, LinkType};

use super::Writer;
use crate::{
    model::{
        article::BodyLinkKind,
        config::HtmlPolicy,
        links::{Names, Resolved},
    },
    text::{bidi, html::escape, sanitize},
};

/// An image that is open: the text in it is its alternative.
pub(super) struct ImageText {
    dest: String,
    title: String,
    alt: String,
}

impl ImageText {
    pub(super) fn new(dest: String, title: String) -> Self {
        Self { dest, title, alt: String::new() }
    }

    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            _ => {}
        }
    }
}

impl Writer<'_> {
    pub(super) fn start_link(&mut self, link_type: LinkType, dest: &str, title: &str) {
        let kind = kind(link_type);
        let url = match link_type {
            LinkType::Email => Some(format!("mailto:{dest}")),
            _ => self.url(dest, kind),
        };
        self.open_links.push(url.is_some());
        if let Some(url) = url {
            let title = self.attribute("title", title);
            // An address shown as it is: always from left to right.
            let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email)
                || url.starts_with("tel:");
            let dir = if is_address { " dir=\"ltr\"" } else { "" };
            self.inline(format!("<a href=\"{}\"{title}{dir}>", href(&url)));
        }
        self.mentions.name_bare_wiki_link(link_type, dest);
    }

    /// The URL that a destination means; `None` for what gets no link.
    fn url(&self, dest: &str, kind: BodyLinkKind) -> Option<String> {
        let newsroom = self.desk.newsroom;
        let at = |route: &_| {
            if self.text.absolute { self.desk.absolute(route) } else { self.desk.url(route) }
        };
        match newsroom.resolve(self.text.source, dest, kind) {
            Resolved::Target(target, fragment) => Some(at(&newsroom.route(target)) + &fragment),
            Resolved::File(path) => newsroom.media(&path).map(|media| at(&media.route)),
            Resolved::AsWritten => self.as_written(dest),
            Resolved::Unpublished | Resolved::Ambiguous(_) | Resolved::Missing => None,
        }
    }

    fn as_written(&self, dest: &str) -> Option<String> {
        if self.desk.newsroom.config.html == HtmlPolicy::Safe && !sanitize::is_safe_url(dest) {
            return None;
        }
        Some(if self.text.absolute {
            self.desk.configured_absolute(dest)
        } else {
            self.desk.configured(dest)
        })
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let names = self.desk.newsroom;
        let size = match names.resolve(self.text.source, &image.dest, BodyLinkKind::Image) {
            Resolved::File(path) => self.desk.newsroom.media(&path).and_then(|media| media.size),
            _ => self.desk.static_size(&image.dest),
        };
        let Some(url) = self.url(&image.dest, BodyLinkKind::Image) else { return };
        let size = size.map_or_else(String::new, |(width, height)| {
            format!(" width=\"{width}\" height=\"{height}\"")
        });
        let title = self.attribute("title", &image.title);
        let alt = bidi::plain(&image.alt, self.manner);
        let (url, alt) = (href(&url), escape(&alt));
        self.inline(format!(
            "<img src=\"{url}\" alt=\"{alt}\"{title}{size} loading=\"lazy\" decoding=\"async\">"
        ));
    }

    /// An attribute with text, which no markup can isolate; nothing if the text is empty.
    fn attribute(&self, name: &str, text: &str) -> String {
        match text {
            "" => String::new(),
            text => format!(" {name}=\"{}\"", escape(&bidi::plain(text, self.manner))),
        }
    }
}

/// How the destination of a link is read.
pub(super) fn kind(link_type: LinkType) -> BodyLinkKind {
    match link_type {
        LinkType::WikiLink { .. } => BodyLinkKind::Wiki,
        _ => BodyLinkKind::Link,
    }
}

/// A URL for an attribute: what a URL may not hold is percent-encoded, what is encoded already stays.
fn href(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len() + 8);
    // Writing to a string does not fail.
    let _ = pulldown_cmark_escape::escape_href(&mut escaped, url);
    escaped
}
