//! Feeds. In: a [`FeedPage`] with its articles. Out: Atom, RSS or JSON Feed bytes; and the OPML list of feeds.
//!
//! Entries: [`feed`], which first collects a [`Channel`], the same for all formats, so that a format is only a way
//! to write it; [`of_entries`] for a feed that shares what it shows with others ([`entry`]); and [`opml`]. Nothing here
//! depends on the clock: a feed is as new as its newest declared change.

mod atom;
mod json;
mod last;
mod opml;
pub(in crate::render) mod plain;
mod rss;
#[cfg(test)]
pub(in crate::render) mod sample;
#[cfg(test)]
mod tests;
pub(in crate::render) mod xml;

pub(super) use atom::Entry;
pub(super) use last::LastEntries;
pub(super) use opml::opml;

use std::{borrow::Cow, sync::Arc};

use super::desk::Desk;
use crate::{
    archive::Newsroom,
    model::{
        article::{BodyLinkKind, Moment},
        config,
        face::Heading,
        links::{Names, Resolved},
        newsroom::{ArticleId, ListId, Target},
        output::{FeedFormat, FeedPage},
        route::{self, Route},
    },
    text::{
        bidi::{self, Manner},
        html,
    },
};

/// What a feed without articles says of its last change (RFC 3339): it must say something, and the same always.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// Writes a feed. `body` gives an article's whole HTML with absolute URLs; it is asked only where the site's
/// feeds carry whole articles, and an article for which it gives nothing is shown by its summary.
pub(super) fn feed(
    desk: &Desk<'_>,
    page: &FeedPage,
    body: &dyn Fn(ArticleId) -> String,
    out: &mut Vec<u8>,
) {
    let items = page.items.iter().map(|&idx| Item::new(desk, idx, body)).collect();
    let channel = Channel::new(desk, page, items);
    match page.format {
        FeedFormat::Atom => atom::write(&channel, out),
        FeedFormat::Rss => rss::write(&channel, out),
        FeedFormat::Json => json::write(&channel, out),
    }
}

/// Writes an Atom feed. `kept` gives what [`entry`] makes of an article.
pub(super) fn of_entries(
    desk: &Desk<'_>,
    page: &FeedPage,
    kept: &dyn Fn(ArticleId) -> Arc<Entry>,
    out: &mut Vec<u8>,
) {
    let entries: Vec<Arc<Entry>> = page.items.iter().map(|&idx| kept(idx)).collect();
    atom::write_entries(&Channel::new(desk, page, Vec::new()), &entries, out);
}

/// An article in Atom feeds: the same in each that shows as much of it.
pub(super) fn entry(desk: &Desk<'_>, idx: ArticleId, body: &dyn Fn(ArticleId) -> String) -> Entry {
    Entry::new(&Item::new(desk, idx, body), &desk.newsroom.config.language)
}

/// A feed before it takes a format. All URLs are absolute and percent-encoded.
struct Channel<'a> {
    title: String,
    /// Plain text; may be empty.
    description: Cow<'a, str>,
    /// BCP 47
    language: &'a str,
    /// The page whose feed it is.
    home_url: String,
    /// The feed itself.
    feed_url: String,
    publisher: Cow<'a, str>,
    site_url: &'a str,
    logo: Option<String>,
    items: Vec<Item<'a>>,
}

/// An article in a feed.
struct Item<'a> {
    /// A tag URI (RFC 4151) that a new title or slug does not change.
    id: String,
    url: String,
    title: String,
    /// BCP 47
    language: String,
    published: Moment,
    /// Not before `published`.
    updated: Moment,
    /// Empty where nobody signed.
    authors: Vec<String>,
    /// Id and name of each topic.
    topics: Vec<(&'a str, Cow<'a, str>)>,
    /// Standfirst, plain text.
    summary: String,
    /// Standfirst and points as HTML.
    summary_html: String,
    /// The whole article as HTML.
    content: Option<String>,
    image: Option<String>,
}

impl<'a> Channel<'a> {
    fn new(desk: &Desk<'a>, page: &FeedPage, items: Vec<Item<'a>>) -> Self {
        let newsroom = desk.newsroom;
        let config = &newsroom.config;
        let title = feed_title(newsroom, page.list);
        Self {
            title: plain::title(&title, &config.language).into_owned(),
            description: plain::prose(description(newsroom, page.list), &config.language),
            language: &config.language,
            home_url: desk.absolute(&home(newsroom, page.list)),
            feed_url: desk.absolute(&feed_route(newsroom, page.list, page.format)),
            publisher: plain::line(publisher_name(newsroom)),
            site_url: &config.base_url,
            logo: config.publisher.logo.as_deref().map(|logo| desk.configured_absolute(logo)),
            items,
        }
    }

    /// The newest declared change of its items.
    fn updated(&self) -> Option<Moment> {
        self.items.iter().map(|item| item.updated).max()
    }
}

impl<'a> Item<'a> {
    fn new(desk: &Desk<'a>, idx: ArticleId, body: &dyn Fn(ArticleId) -> String) -> Self {
        let newsroom = desk.newsroom;
        let face = newsroom.face(idx);
        let article = &face.heading;
        let language = language(newsroom, article);
        let whole = if newsroom.config.feeds.full { body(idx) } else { String::new() };
        let summary = plain::line(&article.standfirst);
        let manner = Manner::of(language);
        let topics = face.ties.topics.iter().map(|&topic| newsroom.topic(topic));
        Self {
            id: tag_uri(newsroom, idx, article),
            url: desk.absolute(&face.ties.route),
            title: plain::title(&article.title, language).into_owned(),
            language: language.to_owned(),
            published: article.date,
            updated: article.modified(),
            authors: article
                .authors
                .iter()
                .map(|author| plain::line(author).into_owned())
                .collect(),
            topics: topics.map(|topic| (topic.id.as_str(), plain::line(&topic.name))).collect(),
            summary_html: in_its_direction(
                &summary_html(&summary, &article.points, manner),
                language,
            ),
            summary: bidi::plain(&summary, manner).into_owned(),
            content: (!whole.trim().is_empty()).then(|| in_its_direction(&whole, language)),
            image: article_image(desk, article),
        }
    }
}

/// The language of an article (BCP 47).
pub(in crate::render) fn language<'a>(newsroom: &'a Newsroom, article: &'a Heading) -> &'a str {
    newsroom.language_of(article)
}

/// The publisher's name, else the site's.
pub(in crate::render) fn publisher_name(newsroom: &Newsroom) -> &str {
    let config = &newsroom.config;
    if config.publisher.name.is_empty() { &config.title } else { &config.publisher.name }
}

/// Absolute URL of an article's lead image.
fn article_image(desk: &Desk<'_>, article: &Heading) -> Option<String> {
    let src = article.image.as_ref()?.src.text.as_str();
    match desk.newsroom.resolve(&article.source, src, BodyLinkKind::Image) {
        Resolved::File(path) => desk.newsroom.media(&path).map(|media| desk.absolute(&media.route)),
        Resolved::AsWritten => {
            Some(desk.configured_absolute(src)).filter(|url| url.contains("://"))
        }
        _ => None,
    }
}

/// Feed readers drop the page's style sheet and direction, so the content carries its own.
fn in_its_direction(content: &str, language: &str) -> String {
    let direction = if config::is_rtl(language) { "rtl" } else { "ltr" };
    format!(r#"<div lang="{}" dir="{direction}">{content}</div>"#, html::escape(language))
}

fn summary_html(summary: &str, points: &[String], manner: Manner) -> String {
    let mut html = String::new();
    if !summary.is_empty() {
        html.push_str(&format!("<p>{}</p>", bidi::html(summary, manner)));
    }
    if !points.is_empty() {
        html.push_str("<ul>");
        for point in points {
            html.push_str(&format!("<li>{}</li>", bidi::html(&plain::line(point), manner)));
        }
        html.push_str("</ul>");
    }
    html
}

/// A tag URI (RFC 4151): `tag:example.org,2023-09-13:stem`. Two articles of one day with one stem are told apart
/// by their paths, for two entries of a feed must not share an id.
fn tag_uri(newsroom: &Newsroom, idx: ArticleId, article: &Heading) -> String {
    let day = article.date.day();
    let shared = newsroom.row(idx).has_namesake;
    let name = if shared { below_articles(&article.source) } else { &article.stem };
    let name = html::percent_encode_path(name);
    // A translation has the stem of its original, and must not have its id.
    let prefix = newsroom.config.prefix(article.tongue);
    let prefix = prefix.strip_prefix('/').map_or_else(String::new, |tag| format!("{tag}/"));
    format!("tag:{},{day}:{prefix}{name}", host(&newsroom.config.base_url))
}

fn below_articles(source: &str) -> &str {
    let path = source.strip_prefix("content/articles/").unwrap_or(source);
    path.rsplit_once('.').map_or(path, |(path, _)| path)
}

/// The host of a URL, without user and port.
fn host(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    host.to_ascii_lowercase()
}

/// `Topic – Site` for a list, the site's name for the whole.
fn feed_title(newsroom: &Newsroom, list: Option<ListId>) -> String {
    let site = &newsroom.config.title;
    list.map_or_else(|| site.clone(), |list| format!("{} – {site}", newsroom.list_name(list)))
}

fn description(newsroom: &Newsroom, list: Option<ListId>) -> &str {
    match list {
        Some(ListId::Entity(idx)) => newsroom.entity(idx).role.as_deref(),
        _ => None,
    }
    .unwrap_or(&newsroom.config.description)
}

fn home(newsroom: &Newsroom, list: Option<ListId>) -> Route {
    list.map_or_else(|| newsroom.at(route::front()), |list| newsroom.route(Target::from(list)))
}

fn feed_route(newsroom: &Newsroom, list: Option<ListId>, format: FeedFormat) -> Route {
    let Some(list) = list else { return newsroom.at(route::site_feed(format)) };
    match format {
        FeedFormat::Atom => newsroom.list_feed(list),
        FeedFormat::Rss => Route::new(format!("{}rss.xml", newsroom.list_route(list))),
        FeedFormat::Json => Route::new(format!("{}feed.json", newsroom.list_route(list))),
    }
}
