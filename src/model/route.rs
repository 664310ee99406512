//! Where things are published: the routes of DESIGN's table of URLs, as pure functions.
//!
//! In: what a page is. Out: its [`Route`]. `permalink` is the entry for articles, the methods of
//! [`Newsroom`] for the rest.

use std::fmt;

use jiff::civil::Date;

use super::{
    article::Summary,
    newsroom::{ListId, Newsroom, Target},
    output::{FeedFormat, IndexKind, Period},
};

/// The path of an output's URL below the site's root, decoded, in NFC: `/2023/09/12/قمة.html`, `/topics/asia/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Newsroom {
    /// The own page of a topic, entity or story.
    #[must_use]
    pub fn list_route(&self, list: ListId) -> Route {
        match list {
            ListId::Topic(idx) => Route::new(format!("/topics/{}/", self.topic(idx).id)),
            ListId::Entity(idx) => entity_id(&self.entity(idx).id),
            ListId::Story(idx) => Route::new(format!("/stories/{}/", self.story(idx).id)),
        }
    }

    /// A calendar page of a topic, entity or story: `/topics/x/2023-09.html`.
    #[must_use]
    pub fn period_route(&self, list: ListId, period: Period) -> Route {
        Route::new(format!("{}{period}.html", self.list_route(list)))
    }

    /// The Atom feed of a topic, entity or story.
    #[must_use]
    pub fn list_feed(&self, list: ListId) -> Route {
        Route::new(format!("{}feed.xml", self.list_route(list)))
    }

    /// The route of anything that a link can lead to.
    #[must_use]
    pub fn route(&self, target: Target) -> Route {
        match target {
            Target::Article(idx) => self.ties(idx).route.clone(),
            Target::Topic(idx) => self.list_route(ListId::Topic(idx)),
            Target::Entity(idx) => self.list_route(ListId::Entity(idx)),
            Target::Story(idx) => self.list_route(ListId::Story(idx)),
            Target::Page(idx) => static_page(&self.pages[idx as usize].path),
            Target::Day(date) => day(date),
        }
    }

    /// The name of anything that a link can lead to: a headline, a name, a title.
    #[must_use]
    pub fn name(&self, target: Target) -> &str {
        match target {
            Target::Article(idx) => &self.article(idx).title,
            Target::Topic(idx) => &self.topic(idx).name,
            Target::Entity(idx) => &self.entity(idx).name,
            Target::Story(idx) => &self.story(idx).name,
            Target::Page(idx) => &self.pages[idx as usize].title,
            Target::Day(date) => {
                self.editions.get(&date).and_then(|edition| edition.title.as_deref()).unwrap_or("")
            }
        }
    }

    /// The name of a topic, entity or story.
    #[must_use]
    pub fn list_name(&self, list: ListId) -> &str {
        self.name(Target::from(list))
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
