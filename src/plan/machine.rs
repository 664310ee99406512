//! Outputs for programs and hosts: feeds, sitemaps, redirects. In: the newsroom, and "now" for the news sitemap. Out: what
//! stands on each.

use jiff::{Timestamp, ToSpan};

use super::lists;
use crate::{
    archive::Newsroom,
    model::{
        day::Month,
        newsroom::{ArticleId, EntityIdx, ListId, Shelf, Target},
        output::{FeedFormat, FeedPage, IndexKind, Page, Period},
        route::{self, Route},
    },
};

/// Articles of a news sitemap: of the last two days, at most a thousand (Google News).
const NEWS_HOURS: i64 = 48;
const NEWS_ITEMS: usize = 1000;
/// URLs of a sitemap (sitemaps.org).
const SITEMAP_URLS: usize = 50_000;

/// A feed of the site or of a list: its newest articles.
#[must_use]
pub(super) fn feed(newsroom: &Newsroom, format: FeedFormat, list: Option<ListId>) -> FeedPage {
    let shelf = list.map_or(Shelf::All, Shelf::List);
    let newest = newsroom.newest(shelf).take(newsroom.config.feeds.items);
    FeedPage { format, list, items: newest.map(|item| item.id).collect() }
}

/// One part of a month's sitemap: the month's page and its days' first, then its articles.
#[must_use]
pub(super) fn sitemap_month(newsroom: &Newsroom, month: Month, part: u32) -> Option<Page> {
    let items = newsroom.items(Shelf::All, month);
    let articles = items.chunks(SITEMAP_URLS).nth(part as usize);
    let days = newsroom.days_between(month.first_day(), month.last_day());
    let mut routes = Vec::new();
    if part == 0 && !days.is_empty() {
        routes.push(newsroom.at(route::calendar(Period::of_month(month))));
        routes.extend(days.into_iter().rev().map(|day| newsroom.at(route::day(day))));
    }
    let articles: Vec<ArticleId> = articles.unwrap_or_default().iter().map(|it| it.id).collect();
    (!articles.is_empty() || !routes.is_empty()).then_some(Page::SitemapMonth(routes, articles))
}

/// How many parts a month's sitemap has.
#[must_use]
pub(super) fn month_parts(n_articles: usize) -> u32 {
    u32::try_from(n_articles.div_ceil(SITEMAP_URLS).max(1)).unwrap_or(u32::MAX)
}

/// Everything that search engines should know besides articles and the pages of days and months. The calendar pages of
/// lists lead on to articles that are in the sitemaps of their months.
#[must_use]
pub(super) fn indexed(newsroom: &Newsroom) -> Vec<Route> {
    let mut routes = vec![newsroom.at(route::front()), newsroom.at(route::archive())];
    let indexes = [IndexKind::Topics, IndexKind::Entities, IndexKind::Stories];
    routes.extend(indexes.map(|kind| newsroom.at(route::index(kind))));
    let pages = (0..).zip(&newsroom.registry.pages);
    let pages = pages.filter(|(_, page)| page.tongue == newsroom.tongue);
    routes.extend(pages.map(|(idx, _)| newsroom.route(Target::Page(idx))));
    let mut years: Vec<i16> = newsroom.calendar().iter().map(|(month, _)| month.year).collect();
    years.dedup();
    let years = years.into_iter().map(|year| newsroom.at(route::calendar(Period::Year(year))));
    routes.extend(years);
    let is_thin = |list| matches!(list, ListId::Entity(idx) if newsroom.is_thin(idx));
    let lists = lists::all(newsroom).into_iter().filter(|list| !is_thin(*list));
    routes.extend(lists.map(|list| newsroom.list_route(list)));
    routes.sort();
    routes
}

/// One part of the sitemap of everything else.
#[must_use]
pub(super) fn sitemap_pages(newsroom: &Newsroom, part: u32) -> Option<Page> {
    let routes = indexed(newsroom);
    let part = routes.chunks(SITEMAP_URLS).nth(part as usize)?;
    Some(Page::SitemapPages(part.to_vec()))
}

/// How many parts that has.
#[must_use]
pub(super) fn page_parts(newsroom: &Newsroom) -> u32 {
    month_parts(indexed(newsroom).len())
}

/// The first part keeps its name, so that a month that grows past one file does not move.
pub(super) fn sitemap_route(route: Route, part: u32) -> Route {
    if part == 0 {
        return route;
    }
    Route::new(route.as_str().replace(".xml", &format!("-{}.xml", part + 1)))
}

/// The routes of all parts.
#[must_use]
pub(super) fn sitemap_index(newsroom: &Newsroom) -> Page {
    Page::SitemapIndex(newsroom.in_tongues().flat_map(sitemaps).collect())
}

/// The parts of one language.
fn sitemaps(newsroom: &Newsroom) -> Vec<Route> {
    let months = newsroom.calendar().into_iter().flat_map(|(month, n_articles)| {
        let route = newsroom.at(route::sitemap(month.year, month.month));
        (0..month_parts(n_articles)).map(move |part| sitemap_route(route.clone(), part))
    });
    let route = newsroom.at(route::sitemap_pages());
    let pages = (0..page_parts(newsroom)).map(|part| sitemap_route(route.clone(), part));
    months.chain(pages).collect()
}

/// The articles of the last two days.
#[must_use]
pub(super) fn news(newsroom: &Newsroom, now: Timestamp) -> Vec<ArticleId> {
    let from = now.saturating_sub(NEWS_HOURS.hours()).unwrap_or(Timestamp::MIN).as_microsecond();
    let newest = newsroom.newest(Shelf::All).take_while(|item| item.micros >= from);
    newest.take(NEWS_ITEMS).map(|item| item.id).collect()
}

/// An old address: where it leads, and the file that asks for it.
pub(super) type Redirect = (Route, Target, String);

/// Every old address, by address; one that several files ask for comes as often.
#[must_use]
pub(super) fn redirects(newsroom: &Newsroom) -> Vec<Redirect> {
    let of_articles = newsroom.archive.redirects().into_iter().map(|(from, id)| {
        let source = newsroom.face(id).heading.source.clone();
        (Route::new(from), Target::Article(id), source)
    });
    let mut redirects: Vec<_> = of_articles.chain(registered(newsroom)).collect();
    redirects.sort();
    redirects.dedup();
    redirects
}

/// Old addresses of pages, and of entities that were merged into others.
fn registered(newsroom: &Newsroom) -> impl Iterator<Item = Redirect> + '_ {
    let pages = (0..).zip(&newsroom.registry.pages).flat_map(|(idx, page)| {
        let aliases = page.aliases.iter();
        aliases.map(move |it| (route::old(&it.text), Target::Page(idx), page.source.clone()))
    });
    let merged = newsroom.registry.entities.iter().flat_map(|(number, entity)| {
        let ids = entity.redirect_from.iter();
        ids.map(move |id| {
            (route::entity_id(&id.text), Target::Entity(EntityIdx(number)), entity.source.clone())
        })
    });
    pages.chain(merged)
}

/// Where an old address leads, if it is one.
#[must_use]
pub(super) fn redirect(newsroom: &Newsroom, from: &str) -> Option<Target> {
    let article = newsroom.archive.redirects_from(from).first().map(|id| Target::Article(*id));
    article.or_else(|| {
        registered(newsroom).find(|(route, ..)| route.as_str() == from).map(|(_, target, _)| target)
    })
}
