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
        newsroom::{ArticleId, ListId, Shelf, Target},
        output::{FeedFormat, IndexKind, Output, Page, Period},
        page_id::PageId,
        route::{self, Route},
        tongue::Tongue,
    },
};

/// Sorts names in publishing order: what is in another language comes with its like.
pub fn in_order(ids: &mut [PageId]) {
    ids.sort_unstable_by(|a, b| a.stage().cmp(&b.stage()).then_with(|| a.cmp(b)));
}

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
        for planner in newsroom.in_tongues().map(|it| self.of(it.tongue)) {
            let of_tongue = planner.all_of_tongue().into_iter();
            all.extend(of_tongue.map(|id| self.named_in(planner.newsroom.tongue, id)));
        }
        all.extend(newsroom.statics.keys().map(|path| PageId::StaticFile(path.as_str().into())));
        let media = newsroom.archive.all_media().into_iter();
        all.extend(media.map(|(path, _)| PageId::Media(path.into())));
        all.extend((0..).zip(&newsroom.registry.pages).map(|(idx, _)| PageId::Static(idx)));
        let redirects = machine::redirects(newsroom).into_iter();
        all.extend(redirects.map(|(from, ..)| PageId::Redirect(from.as_str().into())));
        all.extend([PageId::Redirects, PageId::Headers, PageId::SitemapIndex, PageId::Robots]);
        in_order(&mut all);
        all.dedup();
        all
    }

    /// The names of the outputs that every language has for itself, and of its articles.
    fn all_of_tongue(&self) -> Vec<PageId> {
        let newsroom = self.newsroom;
        let mut all: Vec<PageId> = Vec::new();
        for (month, n_articles) in newsroom.calendar() {
            all.extend(newsroom.items(Shelf::All, month).iter().map(|it| PageId::Article(it.id)));
            let days = newsroom.days_between(month.first_day(), month.last_day());
            all.extend(days.into_iter().map(PageId::Day));
            let year = Period::Year(month.year);
            all.extend([Period::of_month(month), year].map(|it| PageId::Overview(Some(it))));
            let parts = 0..machine::month_parts(n_articles);
            all.extend(parts.map(|part| PageId::SitemapMonth(month, part)));
        }
        for list in lists::all(newsroom) {
            let periods = lists::pages(newsroom, list).into_iter();
            all.extend(periods.map(|period| PageId::List(period, list)));
            all.push(PageId::Feed(FeedFormat::Atom, Some(list)));
        }
        let indexes = [IndexKind::Topics, IndexKind::Entities, IndexKind::Stories];
        all.extend(indexes.map(PageId::Index));
        all.extend(FORMATS.map(|format| PageId::Feed(format, None)));
        let parts = 0..machine::page_parts(newsroom);
        all.extend(parts.map(PageId::SitemapPages));
        all.extend([PageId::Overview(None), PageId::NotFound, PageId::Front]);
        all.extend([PageId::Opml, PageId::NewsSitemap]);
        all
    }

    /// The same for a language of the site.
    fn of(&self, tongue: Tongue) -> Planner<'_> {
        Planner { newsroom: self.newsroom.in_tongue(tongue), now: self.now, basis: self.basis }
    }

    /// The name of an output in a language; an article has one language, and one name.
    fn named_in(&self, tongue: Tongue, id: PageId) -> PageId {
        if matches!(id, PageId::Article(_)) { id } else { id.in_tongue(tongue) }
    }

    /// The language of an output.
    fn tongue(&self, id: &PageId) -> Tongue {
        match id {
            PageId::In(tongue, _) => *tongue,
            PageId::Article(id) => self.newsroom.tongue_of(*id),
            PageId::Static(idx) => {
                let page = self.newsroom.registry.pages.get(*idx as usize);
                page.map(|page| page.tongue).unwrap_or_default()
            }
            PageId::Redirect(from) => match machine::redirect(self.newsroom, from) {
                Some(Target::Article(id)) => self.newsroom.tongue_of(id),
                _ => Tongue::OWN,
            },
            _ => Tongue::OWN,
        }
    }

    /// An output by its name; `None` if there is none of that name now.
    #[must_use]
    pub fn output(&self, id: &PageId) -> Option<Output> {
        let (page, route) = (self.page(id)?, self.route(id)?);
        let tongue = self.tongue(id);
        let newsroom = self.newsroom.in_tongue(tongue);
        let fingerprint = fingerprint::of(newsroom, self.basis, (id, &route, &page));
        Some(Output { id: id.clone(), route, page, tongue, fingerprint })
    }

    /// An output with everything that its fingerprint covers.
    #[must_use]
    pub fn explained(&self, id: &PageId) -> Option<(Output, Vec<Input>)> {
        let (page, route) = (self.page(id)?, self.route(id)?);
        let shown = (id, &route, &page);
        let tongue = self.tongue(id);
        let newsroom = self.newsroom.in_tongue(tongue);
        let (fingerprint, inputs) = fingerprint::explained(newsroom, self.basis, shown);
        Some((Output { id: id.clone(), route, page, tongue, fingerprint }, inputs))
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
            PageId::Article(id) => Page::Article(articles::page(newsroom.of_article(*id), *id)?),
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
            PageId::Feed(_, Some(list)) if !newsroom.has_list(newsroom.tongue, *list) => {
                return None;
            }
            PageId::Feed(format, list) => Page::Feed(machine::feed(newsroom, *format, *list)),
            PageId::Opml => Page::Opml,
            PageId::SitemapMonth(month, part) => machine::sitemap_month(newsroom, *month, *part)?,
            PageId::SitemapPages(part) => machine::sitemap_pages(newsroom, *part)?,
            PageId::NewsSitemap => Page::NewsSitemap(machine::news(newsroom, self.now)),
            PageId::SitemapIndex => machine::sitemap_index(newsroom),
            PageId::Robots => Page::Robots,
            PageId::In(tongue, id) => self.of(*tongue).page(id)?,
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
                newsroom.registry.pages.get(*idx as usize)?;
                newsroom.route(Target::Page(*idx))
            }
            PageId::List(None, list) => newsroom.list_route_in(newsroom.tongue, *list),
            PageId::List(Some(period), list) => newsroom.period_route(*list, *period),
            PageId::Index(kind) => newsroom.at(route::index(*kind)),
            PageId::Day(date) => newsroom.at(route::day(*date)),
            PageId::Overview(None) => newsroom.at(route::archive()),
            PageId::Overview(Some(period)) => newsroom.at(route::calendar(*period)),
            PageId::NotFound => newsroom.at(Route::new("/404.html")),
            PageId::Front => newsroom.at(route::front()),
            PageId::Redirect(from) => Route::new(&**from),
            PageId::Redirects => Route::new("/_redirects"),
            PageId::Headers => Route::new("/_headers"),
            PageId::Feed(format, None) => newsroom.at(route::site_feed(*format)),
            PageId::Feed(_, Some(list)) => newsroom.list_feed(*list),
            PageId::Opml => newsroom.at(Route::new("/feeds.opml")),
            PageId::SitemapMonth(month, part) => {
                let route = newsroom.at(route::sitemap(month.year, month.month));
                machine::sitemap_route(route, *part)
            }
            PageId::SitemapPages(part) => {
                machine::sitemap_route(newsroom.at(route::sitemap_pages()), *part)
            }
            PageId::NewsSitemap => newsroom.at(route::news_sitemap()),
            PageId::SitemapIndex => Route::new("/sitemap.xml"),
            PageId::Robots => Route::new("/robots.txt"),
            PageId::In(tongue, id) => self.of(*tongue).route(id)?,
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
            PageId::Article(id) => newsroom.face(*id).heading.source.clone(),
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
            PageId::In(tongue, id) => self.of(*tongue).owner(id),
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
