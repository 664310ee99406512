//! The newsroom → the outputs to publish. In: a [`Newsroom`], "now", and what all pages depend on ([`Basis`]). Out: the
//! names of all outputs ([`Planner::all`]) or of those that a change may touch ([`Planner::near`]), and for each name what
//! stands on it, where, and its fingerprint ([`Planner::output`]), what that covers ([`Planner::explained`]), and the name of
//! what is published in a file ([`Planner::at`]).
//!
//! The two ways to the names differ in cost alone: what stands on an output is decided in one place, whichever way it was
//! come to. Nothing is written before [`Planner::prove`] has found that no two outputs share a file.

mod articles;
pub mod calendar;
mod days;
mod find;
mod fingerprint;
mod front;
pub mod inputs;
mod lists;
mod machine;
mod near;
mod prove;

use jiff::Timestamp;

use inputs::{Basis, Input};
pub use prove::Proof;

use crate::{
    archive::Newsroom,
    model::{
        newsroom::{ArticleId, ListId, Shelf},
        output::{FeedFormat, IndexKind, Output, Page, Period},
        page_id::PageId,
        route::{self, Route},
    },
};

/// The three formats of the site's own feed.
const FORMATS: [FeedFormat; 3] = [FeedFormat::Atom, FeedFormat::Rss, FeedFormat::Json];

/// Plans the outputs of a newsroom; every thread may ask at once.
pub struct Planner<'a> {
    /// What is published.
    pub newsroom: &'a Newsroom,
    /// Decides what the news sitemap holds, and nothing else here.
    pub now: Timestamp,
    /// What every page depends on.
    pub basis: &'a Basis,
}

impl Planner<'_> {
    /// The names of all outputs, in publishing order.
    #[must_use]
    pub fn all(&self) -> Vec<PageId> {
        let newsroom = self.newsroom;
        let mut all: Vec<PageId> = Vec::new();
        all.extend(newsroom.statics.keys().map(|path| PageId::StaticFile(path.as_str().into())));
        let media = newsroom.archive.all_media().into_iter();
        all.extend(media.map(|(path, _)| PageId::Media(path.into())));
        for (month, n_articles) in newsroom.calendar() {
            all.extend(newsroom.items(Shelf::All, month).iter().map(|it| PageId::Article(it.id)));
            let days = newsroom.days_between(month.first_day(), month.last_day());
            all.extend(days.into_iter().map(PageId::Day));
            let year = Period::Year(month.year);
            all.extend([Period::of_month(month), year].map(|it| PageId::Overview(Some(it))));
            let parts = 0..machine::month_parts(n_articles);
            all.extend(parts.map(|part| PageId::SitemapMonth(month, part)));
        }
        all.extend((0..).zip(&newsroom.registry.pages).map(|(idx, _)| PageId::Static(idx)));
        for list in newsroom.registry.lists() {
            let periods = lists::pages(newsroom, list).into_iter();
            all.extend(periods.map(|period| PageId::List(period, list)));
            all.push(PageId::Feed(FeedFormat::Atom, Some(list)));
        }
        let indexes = [IndexKind::Topics, IndexKind::Entities, IndexKind::Stories];
        all.extend(indexes.map(PageId::Index));
        let redirects = machine::redirects(newsroom).into_iter();
        all.extend(redirects.map(|(from, ..)| PageId::Redirect(from.as_str().into())));
        all.extend(FORMATS.map(|format| PageId::Feed(format, None)));
        let parts = 0..machine::page_parts(newsroom);
        all.extend(parts.map(PageId::SitemapPages));
        all.extend([PageId::Overview(None), PageId::NotFound, PageId::Front]);
        all.extend([PageId::Redirects, PageId::Headers, PageId::Opml]);
        all.extend([PageId::NewsSitemap, PageId::SitemapIndex, PageId::Robots]);
        all.sort_unstable();
        all.dedup();
        all
    }

    /// An output by its name; `None` if there is none of that name now.
    #[must_use]
    pub fn output(&self, id: &PageId) -> Option<Output> {
        let (page, route) = (self.page(id)?, self.route(id)?);
        let fingerprint = fingerprint::of(self.newsroom, self.basis, (id, &route, &page));
        Some(Output { id: id.clone(), route, page, fingerprint })
    }

    /// An output with everything that its fingerprint covers.
    #[must_use]
    pub fn explained(&self, id: &PageId) -> Option<(Output, Vec<Input>)> {
        let (page, route) = (self.page(id)?, self.route(id)?);
        let shown = (id, &route, &page);
        let (fingerprint, inputs) = fingerprint::explained(self.newsroom, self.basis, shown);
        Some((Output { id: id.clone(), route, page, fingerprint }, inputs))
    }

    /// What stands on an output.
    fn page(&self, id: &PageId) -> Option<Page> {
        let newsroom = self.newsroom;
        Some(match id {
            PageId::StaticFile(path) => {
                newsroom.statics.get(&**path)?;
                Page::StaticFile(path.to_string())
            }
            PageId::Media(path) => {
                self.is_shown(path).then(|| newsroom.media(path))??;
                Page::Media(path.to_string())
            }
            PageId::Article(id) => Page::Article(articles::page(newsroom, *id)?),
            PageId::Static(idx) => {
                newsroom.registry.pages.get(*idx as usize)?;
                Page::Static(*idx)
            }
            PageId::List(period, list) => Page::List(lists::page(newsroom, *list, *period)?),
            PageId::Index(kind) => Page::Index(lists::index(newsroom, *kind)),
            PageId::Day(date) => Page::Day(days::day(newsroom, *date)?),
            PageId::Overview(period) => {
                let page = days::overview(newsroom, *period)?;
                match period {
                    None => Page::Archive(page),
                    Some(Period::Year(_)) => Page::Year(page),
                    Some(_) => Page::Month(page),
                }
            }
            PageId::NotFound => Page::NotFound,
            PageId::Front => Page::Front(front::page(newsroom)),
            PageId::Redirect(from) => {
                Page::Redirect(newsroom.route(machine::redirect(newsroom, from)?))
            }
            PageId::Redirects => {
                let redirects = machine::redirects(newsroom).into_iter();
                Page::Redirects(redirects.map(|(from, to, _)| (from, newsroom.route(to))).collect())
            }
            PageId::Headers => Page::Headers,
            PageId::Feed(format, list) => Page::Feed(machine::feed(newsroom, *format, *list)),
            PageId::Opml => Page::Opml,
            PageId::SitemapMonth(month, part) => machine::sitemap_month(newsroom, *month, *part)?,
            PageId::SitemapPages(part) => machine::sitemap_pages(newsroom, *part)?,
            PageId::NewsSitemap => Page::NewsSitemap(machine::news(newsroom, self.now)),
            PageId::SitemapIndex => machine::sitemap_index(newsroom),
            PageId::Robots => Page::Robots,
        })
    }

    /// Where an output is published, or would be if there were one of that name; `None` for an article that there is not.
    #[must_use]
    pub fn route(&self, id: &PageId) -> Option<Route> {
        let newsroom = self.newsroom;
        Some(match id {
            PageId::StaticFile(path) => newsroom
                .statics
                .get(&**path)
                .map_or_else(|| route::static_file(path), |file| file.route.clone()),
            PageId::Media(path) => route::media(path),
            PageId::Article(id) => self.article_route(*id)?,
            PageId::Static(idx) => {
                route::static_page(&newsroom.registry.pages.get(*idx as usize)?.path)
            }
            PageId::List(None, list) => newsroom.list_route(*list),
            PageId::List(Some(period), list) => newsroom.period_route(*list, *period),
            PageId::Index(kind) => route::index(*kind),
            PageId::Day(date) => route::day(*date),
            PageId::Overview(None) => route::archive(),
            PageId::Overview(Some(period)) => route::calendar(*period),
            PageId::NotFound => Route::new("/404.html"),
            PageId::Front => route::front(),
            PageId::Redirect(from) => Route::new(&**from),
            PageId::Redirects => Route::new("/_redirects"),
            PageId::Headers => Route::new("/_headers"),
            PageId::Feed(format, None) => route::site_feed(*format),
            PageId::Feed(_, Some(list)) => newsroom.list_feed(*list),
            PageId::Opml => Route::new("/feeds.opml"),
            PageId::SitemapMonth(month, part) => {
                machine::sitemap_route(route::sitemap(month.year, month.month), *part)
            }
            PageId::SitemapPages(part) => machine::sitemap_route(route::sitemap_pages(), *part),
            PageId::NewsSitemap => Route::new("/news-sitemap.xml"),
            PageId::SitemapIndex => Route::new("/sitemap.xml"),
            PageId::Robots => Route::new("/robots.txt"),
        })
    }

    fn article_route(&self, id: ArticleId) -> Option<Route> {
        self.newsroom.archive.address(id).map(|address| address.route)
    }

    /// Whether anything that is published shows a file beside content.
    fn is_shown(&self, path: &str) -> bool {
        let key = crate::model::links::path_key(path);
        !self.newsroom.archive.backlinks(key).is_empty()
            || self.newsroom.registry.wanted.binary_search(&key).is_ok()
    }

    /// What to name when an output is at fault: a source file, or what the output is.
    #[must_use]
    pub fn owner(&self, id: &PageId) -> String {
        let newsroom = self.newsroom;
        match id {
            PageId::StaticFile(path) => {
                let source = newsroom.statics.get(&**path).and_then(|file| file.source.clone());
                source.unwrap_or_else(|| format!("the theme's static/{path}"))
            }
            PageId::Media(path) => path.to_string(),
            PageId::Article(id) => newsroom.article(*id).summary.source.clone(),
            PageId::Static(idx) => newsroom
                .registry
                .pages
                .get(*idx as usize)
                .map_or_else(String::new, |page| page.source.clone()),
            PageId::List(_, list) => self.list_owner(*list),
            PageId::Index(_) => "an index".to_owned(),
            PageId::Day(_) => "a day's edition".to_owned(),
            PageId::Overview(_) => "the archive".to_owned(),
            PageId::NotFound => "the page for what is not found".to_owned(),
            PageId::Front => "the front page".to_owned(),
            PageId::Redirect(from) => machine::redirects(newsroom)
                .into_iter()
                .find(|(route, ..)| route.as_str() == &**from)
                .map_or_else(|| "an alias".to_owned(), |(.., source)| source),
            PageId::Redirects => "the host's redirects".to_owned(),
            PageId::Headers => "the host's headers".to_owned(),
            PageId::Feed(..) | PageId::Opml => "a feed".to_owned(),
            PageId::SitemapMonth(..)
            | PageId::SitemapPages(_)
            | PageId::NewsSitemap
            | PageId::SitemapIndex => "a sitemap".to_owned(),
            PageId::Robots => "robots.txt".to_owned(),
        }
    }

    fn list_owner(&self, list: ListId) -> String {
        let newsroom = self.newsroom;
        let source = match list {
            ListId::Topic(idx) => &newsroom.topic(idx).source,
            ListId::Entity(idx) => &newsroom.entity(idx).source,
            ListId::Story(idx) => &newsroom.story(idx).source,
        };
        if source.is_empty() {
            format!("«{}» in front matter", newsroom.list_name(list))
        } else {
            source.clone()
        }
    }
}
