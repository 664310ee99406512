//! Where things are published: the routes of DESIGN's table of URLs, as pure functions.
//!
//! In: what a page is. Out: its [`Route`]. [`permalink`] is the entry for articles; what a list or target is called stands
//! in the archive, which knows their names.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    article::Summary,
    newsroom::{ListId, Target},
    output::{FeedFormat, IndexKind, Period},
};

/// The path of an output's URL below the site's root, decoded, in NFC: `/2023/09/12/قمة.html`, `/topics/asia/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Route(String);

impl Route {
    /// A route from a path that begins with `/`.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        let path = path.into();
        debug_assert!(path.starts_with('/'), "a route begins with /: {path}");
        Self(path)
    }

    /// The path, decoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file below the output folder, `index.html` for a folder's route.
    #[must_use]
    pub fn file(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    }

    /// The route of a file below the output folder: of a folder's `index.html` the folder's.
    #[must_use]
    pub fn of_file(file: &str) -> Self {
        let folder = file.strip_suffix("index.html");
        let folder = folder.filter(|folder| folder.is_empty() || folder.ends_with('/'));
        Self::new(format!("/{}", folder.unwrap_or(file)))
    }
}

/// The front page's.
impl Default for Route {
    fn default() -> Self {
        front()
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The route of an article by the site's pattern, e.g. `/:year/:month/:day/:slug.html`.
#[must_use]
pub fn permalink(pattern: &str, article: &Summary) -> Route {
    let day = article.date.day();
    Route::new(
        pattern
            .replace(":year", &format!("{:04}", day.year()))
            .replace(":month", &format!("{:02}", day.month()))
            .replace(":day", &format!("{:02}", day.day()))
            .replace(":slug", &article.slug),
    )
}

/// What the routes of all articles of a month begin with, as far as the pattern says.
#[must_use]
pub fn permalink_of_month(pattern: &str, year: i16, month: i8) -> String {
    let known = [":day", ":slug"].iter().filter_map(|part| pattern.find(part)).min();
    let known = known.and_then(|at| pattern.get(..at)).unwrap_or(pattern);
    known.replace(":year", &format!("{year:04}")).replace(":month", &format!("{month:02}"))
}

/// The front page.
#[must_use]
pub fn front() -> Route {
    Route::new("/")
}

/// `/archive/`
#[must_use]
pub fn archive() -> Route {
    Route::new("/archive/")
}

/// A period of the site's calendar: `/2023/`, `/2023/09/`, `/2023/09/12/`.
#[must_use]
pub fn calendar(period: Period) -> Route {
    Route::new(match period {
        Period::Year(year) => format!("/{year:04}/"),
        Period::Month(year, month) => format!("/{year:04}/{month:02}/"),
        Period::Day(date) => format!("/{:04}/{:02}/{:02}/", date.year(), date.month(), date.day()),
    })
}

/// A day's edition.
#[must_use]
pub fn day(date: Date) -> Route {
    calendar(Period::Day(date))
}

/// `/topics/`, `/entities/`, `/stories/`
#[must_use]
pub fn index(kind: IndexKind) -> Route {
    Route::new(match kind {
        IndexKind::Topics => "/topics/",
        IndexKind::Entities => "/entities/",
        IndexKind::Stories => "/stories/",
    })
}

/// The page of an entity's id, also of one that was merged into another.
#[must_use]
pub fn entity_id(id: &str) -> Route {
    Route::new(format!("/entities/{id}/"))
}

/// A file of `static/` under its own name.
#[must_use]
pub fn static_file(path: &str) -> Route {
    Route::new(format!("/{path}"))
}

/// A file beside content: `content/articles/a/b.png` at `/media/articles/a/b.png`.
#[must_use]
pub fn media(source: &str) -> Route {
    Route::new(format!("/media/{}", source.strip_prefix("content/").unwrap_or(source)))
}

/// A page outside the news, by its path below `content/pages/` without extension.
#[must_use]
pub fn static_page(path: &str) -> Route {
    Route::new(format!("/{path}.html"))
}

/// A site-wide feed.
#[must_use]
pub fn site_feed(format: FeedFormat) -> Route {
    Route::new(match format {
        FeedFormat::Atom => "/feed.xml",
        FeedFormat::Rss => "/rss.xml",
        FeedFormat::Json => "/feed.json",
    })
}

/// The sitemap of a month.
#[must_use]
pub fn sitemap(year: i16, month: i8) -> Route {
    Route::new(format!("/sitemaps/{year:04}-{month:02}.xml"))
}

/// The sitemap of everything that is in no month's.
#[must_use]
pub fn sitemap_pages() -> Route {
    Route::new("/sitemaps/pages.xml")
}

/// The news sitemap.
#[must_use]
pub fn news_sitemap() -> Route {
    Route::new("/news-sitemap.xml")
}

/// The route of an old URL: a path without an extension was served as a folder.
#[must_use]
pub fn old(alias: &str) -> Route {
    let path = alias.split(['?', '#']).next().unwrap_or(alias);
    let path = format!("/{}", path.trim_start_matches('/'));
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() || name.contains('.') {
        Route::new(path)
    } else {
        Route::new(format!("{path}/"))
    }
}

impl From<ListId> for Target {
    fn from(list: ListId) -> Self {
        match list {
            ListId::Topic(idx) => Self::Topic(idx),
            ListId::Entity(idx) => Self::Entity(idx),
            ListId::Story(idx) => Self::Story(idx),
        }
    }
}
