//! JSON-LD (schema.org 30). In: what stands on a page. Out: one `@graph` as JSON that is safe inside `<script>`.
//!
//! Entries: [`article`], [`list`], [`collection`], [`page`]. Every graph has the site, its publisher, the page
//! with its breadcrumb, and the main thing of the page; each bears an `@id` that is the same on all pages:
//! `BASE#website`, `BASE#publisher`, `URL#page`, `URL#article`, `URL#entity`, `URL#topic`, `URL#story`.

mod article;
mod list;
mod schema;
mod site;
#[cfg(test)]
mod tests;
mod things;

use std::borrow::Cow;

use super::{
    desk::Desk,
    feeds::{language, plain},
    view::HeadImage,
};
use crate::{
    model::{
        newsroom::ArticleId,
        output::{ArticlePage, ListPage},
    },
    text::html,
};
use schema::{Graph, Node, Reference, WebPage};

/// A page's place in the site: the name and absolute URL of each step, the page itself last.
pub(super) type Breadcrumb = [(String, String)];

/// The graph of an article's page. `images` are its lead image, in each size that
/// exists.
#[must_use]
pub(super) fn article(
    desk: &Desk<'_>,
    page: &ArticlePage,
    breadcrumb: &Breadcrumb,
    images: &[HeadImage],
) -> String {
    let newsroom = desk.newsroom;
    let filed = newsroom.article(page.article);
    let summary = &filed.summary;
    let url = desk.absolute(&filed.ties.route);
    let mut web_page = WebPage::new("WebPage", &url, &summary.title, language(newsroom, summary));
    web_page.main_entity = Some(Reference::to(&url, "article"));
    let main = article::news_article(desk, &filed, &url, images);
    graph(desk, web_page, breadcrumb, vec![Node::Article(Box::new(main))])
}

/// The graph of a topic's, entity's or story's page or of one of its calendar pages, whose absolute URL is
/// `canonical`.
#[must_use]
pub(super) fn list(
    desk: &Desk<'_>,
    page: &ListPage,
    canonical: &str,
    breadcrumb: &Breadcrumb,
) -> String {
    let name = desk.newsroom.list_name(page.list);
    let mut web_page = collection_page(desk, name, canonical);
    let main = list::describe(desk, page, &mut web_page);
    graph(desk, web_page, breadcrumb, main)
}

/// The graph of any other page that collects articles: the front, a day, a month, an index.
#[must_use]
pub(super) fn collection(
    desk: &Desk<'_>,
    name: &str,
    canonical: &str,
    articles: &[ArticleId],
    breadcrumb: &Breadcrumb,
) -> String {
    let mut web_page = collection_page(desk, name, canonical);
    let main = list::item_list(desk, articles, &mut web_page);
    graph(desk, web_page, breadcrumb, main.into_iter().collect())
}

/// The graph of a page outside the news.
#[must_use]
pub(super) fn page(
    desk: &Desk<'_>,
    name: &str,
    canonical: &str,
    breadcrumb: &Breadcrumb,
) -> String {
    let language = &desk.newsroom.config.language;
    graph(desk, WebPage::new("WebPage", canonical, name, language), breadcrumb, Vec::new())
}

fn collection_page<'a>(desk: &Desk<'a>, name: &'a str, canonical: &str) -> WebPage<'a> {
    WebPage::new("CollectionPage", canonical, name, &desk.newsroom.config.language)
}

/// Puts the site, its publisher and the breadcrumb before what is the page's own.
fn graph<'a>(
    desk: &Desk<'a>,
    mut web_page: WebPage<'a>,
    breadcrumb: &'a Breadcrumb,
    main: Vec<Node<'a>>,
) -> String {
    let crumbs = site::breadcrumb(&web_page.url, breadcrumb);
    web_page.is_part_of = Some(site::website_reference(desk));
    web_page.breadcrumb = crumbs.as_ref().map(|crumbs| Reference { id: crumbs.id.clone() });
    let mut nodes = vec![
        Node::Website(site::website(desk)),
        Node::Publisher(Box::new(site::publisher(desk))),
        Node::Page(Box::new(web_page)),
    ];
    nodes.extend(crumbs.map(Node::Breadcrumb));
    nodes.extend(main);
    let graph = Graph { context: "https://schema.org", graph: nodes };
    // Strings, numbers and lists only: there is nothing in them that JSON cannot say.
    let json = serde_json::to_string(&graph).unwrap_or_default();
    html::json_script(&json).into_owned()
}

/// Plain text for a property: one line, safe to be shown on its own.
fn text(text: &str) -> Cow<'_, str> {
    plain::line(text)
}
