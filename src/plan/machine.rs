//! Outputs for programs and hosts: feeds, sitemaps, redirects, robots. In: the newsroom, "now" for the news sitemap,
//! and the routes of pages that search engines should know. Out: routes with their pages: [`feeds`], [`sitemaps`],
//! [`redirects`].

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};

use crate::model::{
    newsroom::{ArticleIdx, Newsroom},
    output::{FeedFormat, FeedPage, Page},
    route::{self, Route},
};

/// Articles of a news sitemap: of the last two days, at most a thousand (Google News).
const NEWS_HOURS: i64 = 48;
const NEWS_ITEMS: usize = 1000;
/// URLs of a sitemap (sitemaps.org).
const SITEMAP_URLS: usize = 50_000;

/// Feeds of the site, then of every topic, entity and story.
#[must_use]
pub(super) fn feeds(newsroom: &Newsroom) -> Vec<(Route, Page)> {
    let n_items = newsroom.config.feeds.items;
    let newest = || (0..).map(ArticleIdx).take(newsroom.articles.len().min(n_items)).collect();
    let formats = [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json];
    let mut feeds: Vec<_> = formats
        .map(|format| {
            let page = FeedPage { format, list: None, items: newest() };
            (route::site_feed(format), Page::Feed(page))
        })
        .into();
    for list in newsroom.lists() {
        let items = newsroom.list(list).iter().copied().take(n_items).collect();
        let page = FeedPage { format: FeedFormat::Atom, list: Some(list), items };
        feeds.push((newsroom.list_feed(list), Page::Feed(page)));
    }
    feeds.push((Route::new("/feeds.opml"), Page::Opml));
    feeds
}

/// Sitemaps: one for the articles of each month, one for everything else, the news, and the index of all.
#[must_use]
pub(super) fn sitemaps(
    newsroom: &Newsroom,
    now: Timestamp,
    pages: Vec<Route>,
) -> Vec<(Route, Page)> {
    let mut months: BTreeMap<(i16, i8), Vec<ArticleIdx>> = BTreeMap::new();
    for (date, articles) in newsroom.days.iter().rev() {
        months.entry((date.year(), date.month())).or_default().extend(articles);
    }
    let mut sitemaps: Vec<(Route, Page)> = Vec::new();
    for ((year, month), articles) in months {
        for (part, articles) in articles.chunks(SITEMAP_URLS).enumerate() {
            let route = numbered(route::sitemap(year, month), part);
            sitemaps.push((route, Page::SitemapMonth(articles.to_vec())));
        }
    }
    for (part, pages) in pages.chunks(SITEMAP_URLS).enumerate() {
        let route = numbered(Route::new("/sitemaps/pages.xml"), part);
        sitemaps.push((route, Page::SitemapPages(pages.to_vec())));
    }
    let parts = sitemaps.iter().map(|(route, _)| route.clone()).collect();
    sitemaps.push((Route::new("/news-sitemap.xml"), Page::NewsSitemap(news(newsroom, now))));
    sitemaps.push((Route::new("/sitemap.xml"), Page::SitemapIndex(parts)));
    sitemaps
}

/// The first part keeps its name, so that a month that grows past one file does not move.
fn numbered(route: Route, part: usize) -> Route {
    if part == 0 {
        return route;
    }
    Route::new(route.as_str().replace(".xml", &format!("-{}.xml", part + 1)))
}

fn news(newsroom: &Newsroom, now: Timestamp) -> Vec<ArticleIdx> {
    let from = now.saturating_sub(NEWS_HOURS.hours()).unwrap_or(Timestamp::MIN);
    let articles = (0..).map(ArticleIdx).take(newsroom.articles.len());
    articles
        .take_while(|&idx| newsroom.article(idx).date.instant >= from)
        .take(NEWS_ITEMS)
        .collect()
}

/// Pages at old URLs, each with the route that it leads to and the file that asks for it.
#[must_use]
pub(super) fn redirects(newsroom: &Newsroom) -> Vec<(Route, Route, String)> {
    let mut redirects = Vec::new();
    for (article, ties) in newsroom.articles.iter().zip(&newsroom.ties) {
        for alias in &article.aliases {
            let redirect = (old(&alias.text), ties.route.clone(), article.source.clone());
            // `/old` and `/old/` are one address.
            if redirects.last() != Some(&redirect) {
                redirects.push(redirect);
            }
        }
    }
    for page in &newsroom.pages {
        for alias in &page.aliases {
            let to = route::static_page(&page.path);
            redirects.push((old(&alias.text), to, page.source.clone()));
        }
    }
    for entity in &newsroom.entities {
        for merged in &entity.redirect_from {
            let (from, to) = (route::entity_id(&merged.text), route::entity_id(&entity.id));
            redirects.push((from, to, entity.source.clone()));
        }
    }
    redirects
}

/// The route of an old URL: a path without an extension was served as a folder.
fn old(alias: &str) -> Route {
    let path = alias.split(['?', '#']).next().unwrap_or(alias);
    let path = format!("/{}", path.trim_start_matches('/'));
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() || name.contains('.') {
        Route::new(path)
    } else {
        Route::new(format!("{path}/"))
    }
}
