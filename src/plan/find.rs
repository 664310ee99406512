//! What is published in a file. In: the name of a file below the output folder. Out: the name of the output, found by
//! lookup where that is possible, never by going over all outputs. [`Planner::at`] is the entry.

use jiff::civil::Date;

use super::{FORMATS, Planner, lists, machine};
use crate::{
    archive::Newsroom,
    model::{
        links::id_keys,
        newsroom::{ArticleId, ListId, Shelf},
        output::{FeedFormat, IndexKind, Period},
        page_id::PageId,
        route,
    },
    text::fold,
};

impl Planner<'_> {
    /// The name of the output whose file this is; `None` if nothing is published there.
    #[must_use]
    pub fn at(&self, file: &str) -> Option<PageId> {
        let is_it = |id: &PageId| {
            self.route(id).is_some_and(|route| route.file() == file) && self.page(id).is_some()
        };
        let in_tongue = |newsroom: &Newsroom| {
            let below = below(newsroom, file)?;
            let planner = self.of(newsroom.tongue);
            let ids = planner.single(below).into_iter().chain(planner.of_lists(file));
            ids.map(|id| self.named_in(newsroom.tongue, id)).find(is_it)
        };
        self.newsroom
            .in_tongues()
            .find_map(in_tongue)
            .or_else(|| self.of_whole_site(file).into_iter().find(is_it))
            .or_else(|| self.article_at(file).map(PageId::Article))
    }

    /// Outputs that the site has once.
    fn of_whole_site(&self, file: &str) -> Vec<PageId> {
        let newsroom = self.newsroom;
        let mut ids =
            vec![PageId::Redirects, PageId::Headers, PageId::SitemapIndex, PageId::Robots];
        ids.extend((0..).zip(&newsroom.registry.pages).map(|(idx, _)| PageId::Static(idx)));
        let statics = newsroom.statics.iter().filter(|(_, it)| it.route.file() == file);
        ids.extend(statics.map(|(path, _)| PageId::StaticFile(path.as_str().into())));
        let media = file.strip_prefix("media/");
        ids.extend(media.map(|path| PageId::Media(format!("content/{path}").into())));
        let folder = file.strip_suffix("index.html").map(|folder| format!("/{folder}"));
        let old = folder.into_iter().chain([format!("/{file}")]);
        ids.extend(old.map(|from| PageId::Redirect(from.into())));
        ids
    }

    /// Outputs of a language of which there are few, and those whose name is in their address; `file` is below the language's
    /// folder.
    fn single(&self, file: &str) -> Vec<PageId> {
        let newsroom = self.newsroom;
        let mut ids = vec![PageId::Front, PageId::NotFound, PageId::Opml, PageId::NewsSitemap];
        ids.extend(FORMATS.map(|format| PageId::Feed(format, None)));
        let indexes = [IndexKind::Topics, IndexKind::Entities, IndexKind::Stories];
        ids.extend(indexes.map(PageId::Index));
        ids.push(PageId::Overview(None));
        ids.extend(period(file).map(|period| match period {
            Period::Day(date) => PageId::Day(date),
            period => PageId::Overview(Some(period)),
        }));
        if file.starts_with("sitemaps/") {
            let months = newsroom.calendar().into_iter();
            ids.extend(months.flat_map(|(month, n_articles)| {
                let parts = 0..machine::month_parts(n_articles);
                parts.map(move |part| PageId::SitemapMonth(month, part))
            }));
            ids.extend((0..machine::page_parts(newsroom)).map(PageId::SitemapPages));
        }
        ids
    }

    /// The pages of the list in whose folder the file is.
    fn of_lists(&self, file: &str) -> Vec<PageId> {
        let newsroom = self.newsroom;
        let holds = |list: &ListId| {
            let folder = newsroom.list_route_in(newsroom.tongue, *list);
            file.strip_prefix(folder.as_str().trim_start_matches('/')).is_some()
        };
        let pages = |list: ListId| {
            let periods = lists::pages(newsroom, list).into_iter();
            let feed = PageId::Feed(FeedFormat::Atom, Some(list));
            periods.map(move |period| PageId::List(period, list)).chain([feed])
        };
        newsroom.registry.lists().into_iter().filter(holds).flat_map(pages).collect()
    }

    /// By its stem, which its slug is most often made of, else by going over the months that its address can be of.
    fn article_at(&self, file: &str) -> Option<ArticleId> {
        let newsroom = self.newsroom;
        let route = route::Route::of_file(file);
        let is_it = |id: &ArticleId| {
            let address = newsroom.archive.address(*id);
            address.is_some_and(|it| it.route.file() == file) && newsroom.row(*id).published
        };
        let name = route.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let stem = name.strip_suffix(".html").unwrap_or(name);
        let keys = id_keys(&fold::key(stem)).into_iter();
        let mut bearers = keys.flat_map(|key| newsroom.archive.bearers(key)).map(|(id, _)| id);
        let found = bearers.find(is_it);
        found.or_else(|| newsroom.in_tongues().find_map(|it| month_of(it, &route, is_it)))
    }
}

/// The article of a language that stands at a route, by going over the months that the route can be of.
fn month_of(
    newsroom: &Newsroom,
    route: &route::Route,
    is_it: impl Fn(&ArticleId) -> bool,
) -> Option<ArticleId> {
    let path = route.as_str().strip_prefix(newsroom.config.prefix(newsroom.tongue).as_str())?;
    let pattern = &newsroom.config.permalink;
    let months = newsroom.months(Shelf::All).into_iter().map(|(month, _)| month);
    let months = months.filter(|month| {
        path.starts_with(&route::permalink_of_month(pattern, month.year, month.month))
    });
    let mut ids = months.flat_map(|month| newsroom.items(Shelf::All, month)).map(|item| item.id);
    ids.find(is_it)
}

/// A file's name below the folder of a language; `None` if it is elsewhere.
fn below<'f>(newsroom: &Newsroom, file: &'f str) -> Option<&'f str> {
    let prefix = newsroom.config.prefix(newsroom.tongue);
    match prefix.strip_prefix('/') {
        Some(folder) => file.strip_prefix(folder)?.strip_prefix('/'),
        None => Some(file),
    }
}

/// The period whose page in the site's calendar a file may be.
fn period(file: &str) -> Option<Period> {
    let numbers = file.strip_suffix("/index.html")?.split('/').map(str::parse::<i16>);
    let numbers: Vec<i16> = numbers.collect::<Result<_, _>>().ok()?;
    let month = |month: i16| i8::try_from(month).ok();
    Some(match *numbers.as_slice() {
        [year] => Period::Year(year),
        [year, of_year] => Period::Month(year, month(of_year)?),
        [year, of_year, day] => Period::Day(Date::new(year, month(of_year)?, month(day)?).ok()?),
        _ => return None,
    })
}
